-- What an execution counted.
create table t (a int primary key, b text);
-- shape (analyze, wal): Insert on t; Buffers: shared hit=; WAL: records=; bytes=; Function Scan on generate_series; no fpi
insert into t select g, 'x' from generate_series(1, 3) g;
-- shape (analyze, wal, buffers off): Update on t; WAL: records=; Index Scan using t_pkey; Index Searches: 1; no Buffers
update t set b = 'y' where a = 1;
-- shape (analyze, wal, format yaml): WAL Records: ; WAL FPI: 0; WAL Bytes: ; WAL Buffers Full: 0; Index Scan; WAL Records: 0
delete from t where a = 2;
-- shape (analyze, wal): Seq Scan on t; no WAL
select count(*) from t where b > '';
