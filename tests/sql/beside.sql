-- Conditions of sub-queries that read tables outside of them, in inner joins of their FROM: below the outer joins, in EXISTS and in LATERAL.
create table p (id int primary key, a int);
create table q (id int primary key, a int);
insert into p select i, nullif(i % 4, 0) from generate_series(1, 8) i;
insert into q select i, i % 3 from generate_series(1, 6) i;
analyze p, q;
select id from p where exists (select 1 from q x join q y on p.a = x.id + y.a) order by id;
select id from p where not exists (select 1 from q x join q y on p.a = x.id + y.a) order by id;
select id from p where not exists (select 1 from q x join q y on p.a between x.id and y.a join q z on true) order by id;
select id from p where exists (select 1 from q x join q y on p.a = x.id + y.a and y.a > 1 left join q z on z.id = y.id) order by id;
select id from p where exists (select 1 from q x join q y on p.a = x.a full join q z on z.id = y.id + 10 where x.id > 3) order by id;
select id from p where not exists (select 1 from q x left join (q y join q z on y.id = p.id + z.a) on y.id = x.id where y.id is not null) order by id;
select id from p where exists (select 1 from q x join q y on y.id = p.id where exists (select 1 from q z where z.id = x.a and z.a = 2)) order by id;
select id from p where id in (select y.id from q x join q y on x.id = p.a) order by id;
select id from p where id not in (select y.id from q x join q y on x.id = p.a) order by id;
select p.id, s.id from p, lateral (select y.id from q x join q y on x.id = p.a and y.id = x.a) s left join q z on z.id = s.id + 2 order by 1, 2;
select p.id, s.id, z.id from p, lateral (select y.id from q x join q y on x.id = p.a left join q w on w.id = y.id) s left join q z on z.id = s.id + 2
where p.id < 4 order by 1, 2;
select p.id, s.id from p left join lateral (select y.id from q x join q y on x.id = p.a and y.id = x.a left join q w on w.id = y.id) s on true order by 1, 2;
select p.id, count(z.id) from p cross join lateral (select x.id from q x where x.a = p.a) s right join q z on z.id = s.id group by 1 order by 1;
-- NOT IN of sub-queries whose conditions read no table
select id from p where a not in (select id from q where false) order by id;
select id from p where a not in (select id from q where 1 = 2 and a = 1) order by id;
select id from p where a not in (select x.id from q x full join q y on x.id = y.a where false) order by id;
select id from p where a not in (select id from q where true and id > 2) order by id;
select id from p where a not in (select id from q where clock_timestamp() is null) order by id;
select id from p where a not in (select id from q where clock_timestamp() is not null) order by id;
select id from p where a not in (select id from q where (select false)) order by id;
select id from p where a not in (select id from q where (select count(*) from p) > 3 and id < 2) order by id;
select id from p where (a, id) not in (select a, id from q where false) order by id;
select id from p where id not in (select id from q where false) order by id;
