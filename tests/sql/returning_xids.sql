-- xmin and xmax in RETURNING: (xmax = 0) tells what ON CONFLICT inserted
create table x1(a int primary key, b int);
insert into x1 values (1,1) returning xmax, cmin, tableoid::regclass, xmin = pg_current_xact_id()::xid as own;
insert into x1 values (1,2),(2,2) on conflict (a) do update set b = excluded.b returning a, (xmax = 0) as inserted;
update x1 set b = 5 returning xmax, xmin = pg_current_xact_id()::xid;
delete from x1 where a = 2 returning xmax <> 0 as x;
select xmax, cmax, tableoid::regclass from x1;
create table x2(a int primary key, b int);
insert into x2 values (1,1);
merge into x2 using (values (1,7),(3,3)) s(k,v) on a = k when matched then update set b = v when not matched then insert values (k, v) returning merge_action(), a, xmax, x2.xmin = pg_current_xact_id()::xid;
merge into x2 using (values (1,7)) s(k,v) on a = k when matched then delete returning merge_action(), a, xmax <> 0;
insert into x2 values (3, 9) on conflict (a) do update set b = 1 where x2.b = 0 returning a, xmax;
insert into x2 values (3, 9) on conflict (a) do update set b = 1 returning a, b, old.b, new.xmax <> 0, old.xmax <> 0, new.cmin is not null;
insert into x2 values (30, 9) on conflict (a) do nothing returning a, xmax, old.xmax, new.xmax;
update x2 set b = 4 returning new.xmax, old.xmax <> 0;
with i as (insert into x2 values (30, 9), (31, 1) on conflict (a) do update set b = 2 returning (xmax = 0) as ins) select count(*) filter (where ins), count(*) filter (where not ins) from i;
drop table x1, x2;
