-- Members of different types that several tasks read.
set min_parallel_table_scan_size = 0; set parallel_setup_cost = 0; set parallel_tuple_cost = 0;
create table one (id int, k int, s varchar(9));
create table two (id int, k bigint, s text);
create table three (id int, k numeric(9, 2), s char(9));
insert into one select i, i % 100, i % 10 from generate_series(1, 20000) i;
insert into two select i, i % 70, i % 7 from generate_series(1, 10000) i;
insert into three select i, i % 30 / 4.0, i % 3 from generate_series(1, 9000) i;
analyze;
select count(*), sum(k) from (select k from one union all select k from two) s;
select count(*), sum(k), max(s) from (select k, s from one union all select k, s from two union all select k, s from three) s;
select k, count(*) from (select k from one union all select k from three union all select 7) s group by k order by k limit 5;
select count(*) from (select k, s from one union select k, s from two union select k, s from three) s;
select count(*), sum(k) from (select k from two where id < 900 union all select k from one order by 1 limit 100) s;
select count(*) from (select k from one intersect select k from three) s;
select count(*) from (select k from three except select k from one) s;
