-- operator classes that ALTER TYPE keeps, and how keys that are expressions are written
create table t1 (a int primary key, b text, v varchar(10));
create index on t1 (v varchar_pattern_ops, b text_pattern_ops, a);
alter table t1 alter v type varchar(20);
\d t1
alter table t1 alter v type text;
\d t1
alter table t1 alter v type int using 1;
alter table t1 alter a type bigint;
select pg_get_indexdef('t1_v_b_a_idx'::regclass);
create table dti (a int, t text, ts timestamptz);
create index on dti ((row(a, t)));
create index dti1 on dti ((ts at time zone 'UTC'), (substring(t from 2 for 3)), (overlay(t placing 'x' from 1)), (position('a' in t)), (trim(both 'x' from t)), (extract(year from ts at time zone 'UTC')));
select pg_get_indexdef('dti1'::regclass), pg_get_indexdef('dti1'::regclass, 1, true), pg_get_indexdef('dti1'::regclass, 4, true);
