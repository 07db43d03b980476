-- What a column asks of ANALYZE: SET STATISTICS and n_distinct.
create table st (a int, b int, c int, d text);
insert into st select i, i % 50, i % 500, 'x' || i % 300 from generate_series(1, 5000) i;
alter table st alter b set statistics 10, alter c set statistics 0, alter a set statistics 20;
analyze st;
select attname, n_distinct, cardinality(histogram_bounds::text::text[]) from pg_stats where tablename = 'st' order by 1;
alter table st alter b set (n_distinct = 77), alter d set (n_distinct = -0.25), alter a set (n_distinct_inherited = 5);
analyze st;
select attname, n_distinct, cardinality(histogram_bounds::text::text[]) from pg_stats where tablename = 'st' order by 1;
alter table st alter c set statistics -1, alter b set statistics 0, alter b reset (n_distinct);
insert into st select 1,1,1,'y' from generate_series(1, 100);
analyze st;
select attname, n_distinct, cardinality(histogram_bounds::text::text[]) from pg_stats where tablename = 'st' order by 1;
alter table st alter a set statistics 0, alter b set statistics 0, alter c set statistics 0, alter d set statistics 0;
delete from st where a > 100; analyze st; select reltuples from pg_class where relname='st';
select attname, n_distinct from pg_stats where tablename = 'st' order by 1;
analyze st(c);
select attname, n_distinct from pg_stats where tablename = 'st' order by 1;
drop table st;
