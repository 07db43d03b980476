-- what a read-only transaction may not do: write, take values of sequences and lock rows, but for what is temporary
create table t1 (a int primary key, b text, v varchar(10));
create index on t1 (v varchar_pattern_ops, b text_pattern_ops, a);
insert into t1 values (1,'x','y'); create sequence sq1; create temp table tt1 (a int); create temp sequence tsq1;
start transaction read only; select nextval('sq1'); rollback;
start transaction read only; select setval('sq1', 5); rollback;
start transaction read only; select nextval('tsq1'); insert into tt1 values (1); select * from tt1 for update; copy tt1 from stdin;
2
\.
update tt1 set a = 3; delete from tt1; rollback;
start transaction read only; select * from t1 for update; rollback;
start transaction read only; select * from t1 for no key update; rollback;
start transaction read only; select * from t1 for share; rollback;
start transaction read only; select * from (select * from t1 for key share) s; rollback;
start transaction read only; declare c cursor for select * from t1 for update; rollback;
start transaction read only; with x as (insert into t1 values (9) returning a) select * from x; rollback;
start transaction read only; insert into t1 values (9); rollback;
start transaction read only; merge into t1 using (select 1) s on true when matched then delete; rollback;
start transaction read only; select * into t9 from t1; rollback;
start transaction read only; create table t9 as select 1; rollback;
start transaction read only; copy t1 from stdin; rollback;
start transaction read only; analyze t1; reindex table t1; cluster t1 using t1_pkey; rollback;
start transaction read only; select count(*) from t1; rollback;
start transaction read only; explain (costs off) select * from t1 for update; rollback;
start transaction read only; explain (analyze, costs off) select * from t1 for update; rollback;
