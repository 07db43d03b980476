-- A precision that is too great: what is told once, and what twice.
create temp table p2(a time(8), b timestamptz(9), c int, d timetz(10));
create temp table p3(a timestamp(7)[]);
alter table p3 add b timestamp(7), add c time(8);
alter table p3 alter b type timestamp(8), add e time(9);
create domain t7_dd as timestamp(7); drop domain t7_dd;
create type t7_cc as (a timestamp(7), b time(9));
alter type t7_cc add attribute c time(9);
alter type t7_cc alter attribute c type time(10);
drop type t7_cc;
create temp table p4 (like p2, x interval(7));
create temp table if not exists p4 (x interval(7));
create temp table p5 (a timestamp(7) default '2020-01-01'::timestamp(8) check (a > '2020-01-01'::timestamp(9)));
create function t7_f(a timestamp(7)) returns timestamp(8) language sql return a::timestamp(9);
drop function t7_f;
create temp view t7_v as select now()::timestamp(7);
select cast(null as timestamp(7));
prepare t7_p(timestamp(7)) as select $1;
