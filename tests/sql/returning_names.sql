-- RETURNING with names qualified by schema: the row itself, not OLD or NEW.
create schema s;
create table s.t (a int primary key, b text default 'x');
insert into s.t (a) values (1), (2) returning s.t.a, s.t.b, old.a, new.a, t.a;
update s.t set b = b || 'y' where s.t.a = 1 returning s.t.b, old.b, new.b;
insert into s.t values (1, 'z') on conflict (a) do update set b = excluded.b || s.t.b returning s.t.*, old.b;
delete from s.t returning s.t.a, s.t, old, new;
insert into s.t values (3) returning with (old as o, new as n) s.t.a, o.a, n.a, old.a;
merge into s.t using (values (3, 'm'), (4, 'n')) v(a, b) on s.t.a = v.a
    when matched then update set b = v.b when not matched then insert values (v.a, v.b) returning merge_action(), s.t.a, s.t.b, old.b;
select s.t.a from s.t join s.t u on u.a = s.t.a order by 1;
drop schema s cascade;
