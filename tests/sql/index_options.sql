-- indexes: of what, over which classes, with which parameters, and what goes with a column
create index on pg_class(relname);
create unique index on pg_proc(nope);
create table t(a int, b text, c varchar, d int, e int[], f char(3), g int);
create index on t(a int8_ops);
create index on t(b int4_ops);
create index on t(a nope_ops);
create index on t(c text_pattern_ops);
create index on t(f varchar_pattern_ops);
create index on t(f bpchar_pattern_ops);
create index on t(e array_ops);
create index on t(e int4_ops);
create index on t((a + 1) text_ops);
create index i1 on t(b) with (fillfactor = 70);
create index i2 on t(b) with (deduplicate_items = off, fillfactor = 80) where a > 3;
create unique index i3 on t(a) nulls not distinct with (deduplicate_items);
create index i4 on t(d);
alter index i4 set (fillfactor = 33);
alter table t add constraint k unique (a, d) include (g) with (fillfactor = 50);
select indexdef from pg_indexes where tablename = 't' order by indexname;
select pg_get_constraintdef(oid) from pg_constraint where conname = 'k';
alter index i4 reset (fillfactor);
select pg_get_indexdef('i4'::regclass);
create table l (like t including indexes);
select indexdef from pg_indexes where tablename = 'l' order by indexname;
create index i5 on t(a) include (g);
create unique index i6 on t(d) include (g);
alter table t add constraint k6 unique using index i6;
alter table t drop column g;
\d t
insert into t(a, d) values (1, 1), (1, 1);
\d+ l
