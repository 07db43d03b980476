-- Indexes built beside writers, as far as one session can see it: what is refused, and what a failure leaves.
create table t(a int, b text);
insert into t values (1,'a'),(1,'b');
create unique index concurrently tu on t(a);
select indexrelid::regclass, indisvalid, indisready, indislive from pg_index where indrelid='t'::regclass;
insert into t values (1,'c');
update t set b='z' where b='c';
delete from t where b='z';
insert into t values (1,'c');
reindex index concurrently tu;
select indexrelid::regclass, indisvalid, indisready, indislive from pg_index where indrelid='t'::regclass order by indexrelid::regclass::text;
reindex table concurrently t;
reindex index tu;
delete from t where b<>'a';
reindex index tu_ccnew;
reindex index concurrently tu;
select indexrelid::regclass, indisvalid, indisready, indislive from pg_index where indrelid='t'::regclass order by indexrelid::regclass::text;
reindex table concurrently t;
drop index concurrently tu_ccnew;
create index concurrently if not exists tu on t(b);
create index concurrently on t(b);
create index concurrently on t(lower(b)) where a > 0;
insert into t values (2,'Q'), (3, 'R');
set enable_seqscan=off;
select * from t where lower(b)='q' and a>0;
reindex table concurrently t;
insert into t values (4,'Q');
update t set b = 'Y' where a = 3;
select * from t where lower(b)='q' and a>0 order by indexrelid::regclass::text;
select * from t where lower(b)='y' and a>0;
insert into t values (4,'x');
\d t
create temp table tt(a int);
create index concurrently on tt(a);
reindex table concurrently tt;
reindex table concurrently pg_class;
create view ccx as select 1;
create index concurrently on ccx((1));
reindex index concurrently ccx;
begin; create index concurrently on t(a); rollback;
begin; reindex table concurrently t; rollback;
select 1 \; create index concurrently on t(a);
create table p(a int primary key, b int unique deferrable initially deferred);
insert into p values (1,1),(2,2);
create table f(a int references p);
insert into f values (1);
reindex table concurrently p;
insert into f values (3);
insert into f values (2);
insert into p values (1,3);
delete from p where a = 2;
begin; update p set b = 3 - b; commit;
select * from p order by 1;
comment on index p_pkey is 'x';
reindex index concurrently p_pkey;
select obj_description('p_pkey'::regclass);
\d p
drop table p, f;
-- What several statements share until Sync is a block too.
create table pipe (a int);
\startpipeline
select 1 \bind \sendpipeline
create index concurrently on pipe (a) \bind \sendpipeline
\endpipeline
\startpipeline
create index concurrently on pipe (a) \bind \sendpipeline
select 1 \bind \sendpipeline
\endpipeline
\startpipeline
vacuum pipe \bind \sendpipeline
vacuum pipe \bind \sendpipeline
\endpipeline
\d pipe
drop table pipe;
