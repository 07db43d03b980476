-- Conditions inside of an EXISTS, and outer joins of a sub-query beside it: neither's tables are the other's.
create table a(id int);
create table b(id int);
create table c(id int, v int);
create table d(x int, y int);
insert into a values (1), (2), (3), (4);
insert into b values (1), (2), (3);
insert into c values (1, 10);
insert into d values (1, 1), (2, 2), (3, 3);
analyze;
select a.id, s.* from a right join (select b.id, c.v from c right join b on c.id = b.id) s on s.id = a.id
where exists (select 1 from d where d.x > 0 and d.y = s.id) order by 1;
select a.id, s.* from a join (select b.id, c.v from c right join b on c.id = b.id) s on s.id = a.id
where exists (select 1 from d where d.x > 0 and d.y = a.id) order by 1;
select a.id, s.* from a left join (select b.id, c.v from b left join c on c.id = b.id) s on s.id = a.id
where exists (select 1 from b e, d where d.x > 0 and d.y = a.id and e.id = d.x) order by 1;
select a.id, s.* from (select b.id, c.v from b left join c on c.id = b.id) s full join a on s.id = a.id
where exists (select 1 from b e join d on d.x = e.id where d.y = a.id and e.id > 0) order by 1;
select a.id, l.x from a, lateral (select c.v as x from (select b.id, c.v from c right join b on c.id = b.id) c
  right join b on exists (select a.id from d where d.x <= d.y)) l order by 1, 2;
select s1.c0 from (select max(id) as c0 from a group by id) s0,
  lateral (select i.last_idx_scan as c0 from pg_stat_sys_indexes i right join pg_range r
    on exists (select r.rngsubdiff, s0.c0 from pg_type t where true or t.typstorage <= t.typstorage) where 1 > 1) s1;
