-- what must not be taken for granted where sub-queries become joins
create table t (id int, k int, y int, bp char(3));
insert into t select i, i % 7, i % 5, 'a' from generate_series(1, 300) i;
create table r (id int, k int, y int);
insert into r select i, i % 9, i % 11 from generate_series(1, 300) i;
analyze t; analyze r;
-- a unique key of another equality than the one that is asked
create table padded (v varchar(5) primary key, w int);
insert into padded values ('a', 1), ('a ', 2), ('b', 3);
select t.id, (select w from padded where padded.v::bpchar = t.bp) from t where t.id < 3 order by 1;
select count(*) from t where (select w from padded where padded.v::bpchar = t.bp) > 0;
select t.id, (select w from padded where padded.v = t.bp) from t where t.id < 3 order by 1;
-- NOT NULL that rows do not meet
create table late (a int, k int);
insert into late select i, i from generate_series(100, 150) i;
insert into late values (null, 1);
create index on late (a);
alter table late add constraint late_a not null a not valid;
analyze late;
select count(*) from t where t.y not in (select a from late);
select id, y not in (select a from late where late.k <= t.k) from t where id < 9 order by 1;
select id, y > all (select a from late where late.k <= t.k) from t where id < 9 order by 1;
select id, y > all (select a from late) from t where id < 4 order by 1;
select count(*) from late where a not in (select y from r);
select max(a), min(a) from late;
select late.a, (select count(*) from r where r.y < coalesce(late.a, 3)) from late where k < 103 order by 1;
prepare not_in as select count(*) from t where t.y not in (select a from late);
execute not_in;
delete from late where a is null;
alter table late validate constraint late_a;
execute not_in;
-- an order that is another than the type's
create table t_icu (id int, k int, s text collate "en-x-icu");
insert into t_icu select i, i % 3, (array['a', 'B', 'c', 'D'])[1 + i % 4] from generate_series(1, 200) i;
create table r_icu (id int, k int, s text collate "en-x-icu");
insert into r_icu select i, i % 3, (array['b', 'C', 'A'])[1 + i % 3] from generate_series(1, 200) i;
analyze t_icu; analyze r_icu;
select id, s ~<~ any (select r.s from r_icu r where r.k = t.k), s ~>=~ all (select r.s from r_icu r where r.k = t.k), s < any (select r.s from r_icu r where r.k = t.k) from t_icu t where id < 14 order by 1;
select count(*) from t_icu where s ~<~ any (select s from r_icu);
select count(*) from t_icu where s ~>~ all (select s from r_icu);
select count(*) from t_icu t where s ~>~ all (select r.s from r_icu r where r.k = t.k);
-- aggregates that raise, of groups that nobody asks for
create table j (k int, key text, v int, f float8, n numeric, a int[], i interval, b bit varying(4), js json);
insert into j select g % 50, 'k' || g, g, g, g, array[g], g * interval '1 day', b'1010', '1' from generate_series(1, 500) g;
insert into j values (1000, null, 1, 1, 1, null, null, b'1', '"\u0000"'), (1001, 'x', 1, 1e308, 2, null, '178000000 years', b'10', null),
  (1001, 'x', 1, 1e308, 3, null, '178000000 years', b'101', null), (1002, 'x', 1, 1, 4, array[1, 2], null, null, null), (1002, 'x', 1, 1, 5, array[1], null, null, null);
analyze j;
select count((select json_object_agg(j.key, j.v)::text from j where j.k = t.id)) from t;
select count((select jsonb_object_agg(j.key, j.v) from j where j.k = t.id)) from t;
select count((select json_object_agg_unique(j.key, j.v)::text from j where j.k = t.id)) from t;
select count((select jsonb_agg(j.js) from j where j.k = t.id)) from t;
select sum((select sum(j.f) from j where j.k = t.id)), sum((select avg(j.f) from j where j.k = t.id)), count((select stddev(j.f) from j where j.k = t.id)) from t;
select sum((select sum(j.i) from j where j.k = t.id)) from t;
select count((select bit_and(j.b) from j where j.k = t.id)) from t;
select count((select array_agg(j.a) from j where j.k = t.id)) from t;
select count(*) from t where (select sum(j.f) from j where j.k = t.id) > 3 or t.id = 200;
select count(*) from t, lateral (select sum(j.f) x, json_object_agg(key, v) y from j where j.k = t.id) q where q.x > 3 and q.y is not null;
select sum((select sum(j.n) from j where j.k = t.id)), sum((select avg(j.v) from j where j.k = t.id)), max((select string_agg(j.key, ',' order by v) from j where j.k = t.id)) from t;
select t.id, (select json_object_agg(j.key, j.v) from j where j.k = t.id + 999) from t where t.id > 1 and t.id < 4 order by 1;
select t.id, (select sum(f) from j where j.k = t.id + 999) from t where t.id < 4 order by 1;
