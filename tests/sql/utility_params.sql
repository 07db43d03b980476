-- Statements that are no queries take parameters: their number and types are inferred at Parse.
select $1::int;
begin; declare c cursor for select $1::int; fetch c; rollback;
explain select $1::int;
select nosuch \parse p
select nosuch \parse p
create table t0 as select $1::int;
create table t1 as select $1::int as a \bind 5 \g
select * from t1;
create procedure pr(int) language sql as 'insert into t1 values ($1)';
call pr($1) \bind 7 \g
call pr($1);
execute nosuch;
explain (costs off) select * from t1 where a = $1 \bind 5 \g
explain (costs off, generic_plan) select * from t1 where a = $1 \bind 5 \g
explain (costs off, generic_plan) select * from t1 where a = $1;
begin;
declare c cursor for select a + $1 from t1 \bind 5 \g
fetch all from c;
rollback;
create materialized view mv as select $1::int \bind 5 \g
create table t1 as select nosuch;
create table t1 as select $1 \bind 5 \g
create table if not exists t1 as select $1 \bind 5 \g
create table t2 as select $1 as x, $2 + 1.5 as y \bind foo 2 \g
select *, pg_typeof(x), pg_typeof(y) from t2;
create table t3 as select $2::int \bind 1 2 \g
create table t3 as select $1::int, $2::text \bind 1 \g
create table t3 as select $1::int, $2::text \bind a b \g
select $1::int as a into t4 \bind 9 \g
table t4;
explain (costs off) create table t9 as select $1::int as a \bind 9 \g
explain (costs off) declare c cursor for select $1::int as a \bind 9 \g
explain (costs off) select $1::int as a into t10 \bind 9 \g
explain (costs off, verbose) select $1 || 'x' \bind foo \g
explain (nosuch) select $1 \bind foo \g
explain (costs off, verbose) insert into t1 values ($1) \bind 3 \g
copy (select $1::int) to stdout \bind 3 \g
create view vv as select $1::int \bind 3 \g
create function f(x int) returns int language sql as 'call pr($1); select count(*)::int from t1';
select f(3);
create function g(x int) returns int language sql as 'create table if not exists tg as select $1 as a; select $1';
begin; call pr($1); rollback;
select $1::int \bind 4 \g
explain select nosuch \parse q
begin;
declare nosc cursor for select $1::text \bind 4 \g
fetch all from nosc;
commit;
create domain dm as int check (value > 0);
create table t20 as select $1::dm as a \bind 4 \g
\d t20
create table t21 as select $1 + $2 \bind 0 1 \g
create table t21 as select $1::int \parse s1
\bind_named s1 5 \g
\bind_named s1 5 \g
\bind_named s1 null \g
drop table t21;
\bind_named s1 6 \g
table t21;
create table t22 as select * from t21 where int4 = $1 \parse s2
alter table t21 alter int4 type text;
\bind_named s2 6 \g
alter table t21 alter int4 type bigint using int4::bigint;
\bind_named s2 6 \g
table t22;
call pr($1, $2) \bind 1 2 \g
call pr($1::text) \bind 1 \g
create procedure po(a int, out b text, inout c int) language sql as 'select a::text, c + 1';
call po($1, null, $2) \bind 1 2 \g
call po($1, $3, $2) \bind 1 2 3 \g
explain (costs off, analyze, timing off, summary off, buffers off) select $1 from t1 \bind 5 \g
