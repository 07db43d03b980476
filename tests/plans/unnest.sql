-- Sub-queries that hang on the row run once, as joins.
create table t (id int primary key, k int, g int not null, v numeric, s text);
create table u (id int primary key, tk int, y int, n int not null, v numeric, s text);
create index u_n on u (n);
insert into t select i, i % 50, i % 7, i * 1.5, 's' || i % 10 from generate_series(1, 300) i;
insert into u select i, i % 40, i % 30, i, i * 0.5, 's' || i % 12 from generate_series(1, 3000) i;
analyze t;
analyze u;
-- shape: Hash Join; HashAggregate; Group Key: u.tk; no SubPlan
select count(*) from t where v < (select avg(u.v) * 2 from u where u.tk = t.k);
-- shape: Hash Left Join; HashAggregate; no SubPlan
select id, (select count(*) from u where u.tk = t.k) from t;
-- shape: Hash Right Join; Group Key: u.tk, u.y; no SubPlan
select count(*) from t where g = 3 or exists (select 1 from u where u.tk = t.k and u.y = t.g);
-- shape: Hash Right Join; no SubPlan
select t.id, (select u.s from u where u.id = t.k and u.y > 5) from t;
-- the table is made of the side with fewer rows, whichever of them is kept
-- shape: Hash Right Semi Join
select id from t where exists (select 1 from u where u.tk = t.k);
-- shape: Hash Right Anti Join; Join Filter
select id from t where not exists (select 1 from u where u.tk = t.k and u.y > t.g);
-- shape: Hash Semi Join
select id from u where exists (select 1 from t where u.tk = t.k);
-- shape: Hash Anti Join
select id from u where not exists (select 1 from t where u.tk = t.k);
-- what cannot be told beforehand to give one row runs row by row, as what may raise, and what one row asks by an index
-- shape: SubPlan
select t.id, (select u.s from u where u.y = t.k) from t;
-- shape: SubPlan
select id, (select sum(1 / u.y) from u where u.tk = t.k) from t;
-- shape: SubPlan 1; Index Scan using u_n
select id, (select sum(u.v) from u where u.n = t.k) from t where id = 3;
-- shape: Hash Anti Join; no SubPlan
select count(*) from t where k not in (select tk from u);
-- shape: Anti Join; no SubPlan
select count(*) from t where g not in (select n from u where n > 3);
-- the sub-query of a semi join has sub-queries of its own
-- shape: Semi Join; HashAggregate; no SubPlan
select id from t where k in (select tk from u where u.v > (select avg(v) from t t2 where t2.g = u.y));
-- shape: Update on t; HashAggregate; no SubPlan
update t set v = (select sum(v) from u where u.tk = t.k);
-- shape: Delete on t; HashAggregate; no SubPlan
delete from t where v > (select avg(u.v) from u where u.tk = t.k);
-- shape: SubPlan
update t set v = (select sum(v) from u where u.n = t.k) where id = 5;
-- what is dear waits for LIMIT, below which the first rows alone are sorted
create table few (id int, k int);
insert into few select n, n % 7 from generate_series(1, 50) n;
-- shape: Limit; Sort; Seq Scan on few; SubPlan 1; Seq Scan on few f
select (select max(x) from few f, generate_series(1, 3) x where f.k < few.k and x < few.k) from few order by id limit 2;
-- arguments of sub-plans that aggregates call are of the rows that are grouped
-- shape: Aggregate; Seq Scan on t; SubPlan 1; Filter: ((y < t.g) AND ((tk / t.g) = t.k))
select sum((select count(*) from u where u.y < t.g and u.tk / t.g = t.k)) from t;
-- shape: Group Key: (SubPlan 1); SubPlan 1; Filter: ((y < t.g) AND ((tk / t.g) = t.k))
select count(*) from t group by (select count(*) from u where u.y < t.g and u.tk / t.g = t.k);
-- shape: WindowAgg; SubPlan 1; Filter: ((y < t.g) AND ((tk / t.g) = t.k))
select lag((select count(*) from u where u.y < t.g and u.tk / t.g = t.k)) over (order by id) from t;
-- what reads the row otherwise than by equalities is joined to the values that it reads
-- shape: Hash Right Join; Hash Cond: ((t_1.g = t.g) AND (t_1.k = t.k)); HashAggregate; Group Key: t_1.g, t_1.k; Join Filter: (u.y < t_1.g); HashAggregate; no SubPlan
select sum((select count(*) from u where u.tk = t.k and u.y < t.g)) from t;
-- shape: Hash Right Join; HashAggregate; Group Key: t_1.k, t_1.g; no SubPlan
select id, (select bool_or(u.y < t.g) from u where u.tk = t.k) from t;
-- shape: IS NOT NULL; Join Filter: (u.y < t_1.g); no SubPlan
select count(*) from t where g = 3 or exists (select from u where u.tk = t.k and u.y < t.g);
-- an inequality alone joins no fewer pairs than it looks at row by row
-- shape: SubPlan
select id, (select count(*) from u where u.y < t.k) from t;
-- shape: SubPlan
update t set g = (select count(*) from u where u.tk = t.k and u.y < t.g);
-- ANY and ALL
-- shape: Hash Right Join; Group Key: u.tk, u.y; no SubPlan
select count(*) from t where g = 3 or k in (select y from u where u.tk = t.k);
-- shape: Anti Join; Hash Right Anti Join; Filter: (y IS NULL); no SubPlan
select count(*) from t where k not in (select y from u where u.tk = t.k);
-- shape: HashAggregate; no SubPlan
select count(*) from t where g > all (select y from u where u.tk = t.k);
-- shape: InitPlan
select count(*) from t where g < any (select y from u);
-- shape: Hash Anti Join; no SubPlan
select count(*) from t where k <> all (select tk from u);
-- shape: hashed SubPlan
select count(*) from t where k <> all (select tk from u) or g = 1;
-- sub-queries inside of sub-queries
-- shape: Hash; Group Key: u.tk; no SubPlan
select id, (select count(*) from u where u.tk = t.k and u.y > (select max(z.g) from t z where z.k = u.n)) from t;
-- the first of several rows
-- shape: Hash Cond: (t.k = u.tk); Unique; Sort Key: u.tk, u.v DESC; no SubPlan
select id, (select s from u where u.tk = t.k order by v desc limit 1) from t;
-- shape: SubPlan; Index Scan using u_n
select id, (select s from u where u.n = t.k order by v desc limit 1) from t where id < 5;
-- LATERAL
-- shape: Hash Left Join; Group Key: u.tk
select t.id, x.c, x.m from t, lateral (select count(*) c, max(y) m from u where u.tk = t.k) x;
-- shape: Hash Join; Unique; Sort Key: u.tk, u.v DESC
select t.id, x.s from t, lateral (select s from u where u.tk = t.k order by v desc limit 1) x;
-- shape: Nested Loop; using u_n
select t.id, x.c from t, lateral (select count(*) c from u where u.n = t.k) x where t.id < 5;
-- groups
-- shape: Filter: ((count(*)) > ; Hash Left Join; Group Key: t.k; Group Key: u.tk; no SubPlan
select k, count(*) from t group by k having count(*) > (select count(*) from u where u.tk = t.k);
-- shape: Hash Right Semi Join; HashAggregate; Group Key: t.k; no SubPlan
select k from t group by k having max(g) in (select y from u where u.tk = t.k);
-- shape: Hash Left Join; no SubPlan
select k, (select sum(v) from u where u.tk = t.k) from t group by k;
-- shape: HashAggregate; Filter: (max(t.g) > (InitPlan 1).col1)
select k from t group by k having max(g) > (select max(y) from u);
-- shape: Insert on t; Group Key: t_2.g, t_2.k; no SubPlan
insert into t select id + 1000, k, (select count(*) from u where u.tk = t.k and u.y < t.g) from t;
-- what an index finds first is looked up row by row
create index u_tk_v on u (tk, v);
-- shape: SubPlan; Index Scan Backward using u_tk_v
select id, (select s from u where u.tk = t.k order by v desc limit 1) from t;
-- as deep as this, copies of copies would be made: the outermost stays as it is
-- shape: SubPlan
select count(*) from u a0 where a0.y not in (select a1.y from u a1 where a1.tk = a0.tk and (a1.y not in (select a2.y from u a2 where a2.tk = a1.tk and (a2.y not in (select a3.y from u a3 where a3.tk = a2.tk and (a3.y not in (select a4.y from u a4 where a4.tk = a3.tk and a4.y > 1) or a3.y = 3)) or a2.y = 3)) or a1.y = 3));
