select 1/0;
select nosuch from pg_class;
begin;
create table t(a int primary key, b text);
insert into t values (1,'x"y'),(2, E'a\nb');
insert into t values (1,'z');
select 1;
rollback;
select 1,
  2;
selec;
select 1 \bind \g
select $1::int \bind 'x' \g
select $1::int + $2 \bind 4 5 \g
select $1::text \bind 'it''s' \g
select $1::int \parse p1
select $1::int, $2::text \parse p1
\bind_named p1 5 \g
\bind_named p1 5 6 \g
prepare q as select 1;
execute q;
execute nosuch;
declare c cursor for select 1;
set log_error_verbosity = verbose;
select 1/0;
set log_error_verbosity = terse;
insert into pg_class(oid) values (1259);
set log_error_verbosity = default;
set log_parameter_max_length = 3;
set log_parameter_max_length_on_error = 2;
select $1::text \bind 'abcdef' \g
select $1::int \bind 'abcdef' \g
set log_min_error_statement = fatal;
select 1/0;
set log_min_error_statement = error;
set log_min_duration_statement = -1;
set log_duration = on;
select 2;
set log_duration = off;
set log_statement = ddl;
create table z(a int);
insert into z values(1);
comment on table z is 'x';
truncate z;
select * into zz from z;
explain analyze insert into z values (1);
grant select on z to public;
set log_statement = mod;
create view w as select 1;
insert into z values (1);
truncate z;
select 3;
copy z from stdin;
\.
copy z to stdout;
prepare d as delete from z;
execute d;
explain analyze delete from z;
explain delete from z;
drop view w;
drop table z, zz;
set log_statement = none;
select 1/0;
