-- CREATE, ALTER and DROP DATABASE
create database ddl_a;
create database ddl_a;
select datname, datdba::regrole, encoding, datlocprovider, datistemplate, datallowconn, datconnlimit, datcollate, datctype, datlocale, datacl
from pg_database where datname like 'ddl%' order by 1;
create database ddl_b template nope;
create database ddl_b owner nope;
create database ddl_b encoding 'bad';
create database ddl_b encoding 'latin1';
create database ddl_b encoding 77;
create database ddl_b encoding 'sjis';
create database ddl_b encoding 6;
drop database ddl_b;
create database ddl_b locale 'nope';
create database ddl_b locale 'C';
create database ddl_b locale 'C' template template0 connection limit 3 is_template true allow_connections false;
drop database ddl_b;
create database ddl_b locale 'C' template template0 connection limit 3 is_template true allow_connections false;
select datname, encoding, datlocprovider, datistemplate, datallowconn, datconnlimit, datcollate, datctype, datlocale, datacl
from pg_database where datname like 'ddl%' order by 1;
drop database ddl_b;
alter database ddl_b is_template false;
drop database ddl_b;
drop database ddl_b;
drop database if exists ddl_b;
create database ddl_b locale_provider builtin builtin_locale 'C.UTF-8' template template0;
create database ddl_d locale_provider libc icu_locale 'und' template template0;
create database ddl_d locale_provider foo template template0;
create database ddl_d builtin_locale 'nope' template template0;
create database ddl_d builtin_locale 'C' template template0 locale_provider libc;
create database ddl_d icu_rules '&a<b' template template0;
create database ddl_d locale_provider libc;
create database ddl_d lc_collate 'C.UTF-8';
create database ddl_d lc_ctype 'C.UTF-8';
create database ddl_d lc_ctype 'nope';
create database ddl_d lc_collate 'POSIX' lc_ctype 'C.UTF-8' template template0 collation_version 'x';
select datcollate, datctype, datlocale, datlocprovider, datcollversion from pg_database where datname = 'ddl_d';
drop database ddl_d;
create database ddl_d locale_provider libc template template0;
select datcollate, datctype, datlocale, datlocprovider, datcollversion from pg_database where datname = 'ddl_d';
drop database ddl_d;
create database ddl_d bar 3;
create database ddl_d connection limit -3;
create database ddl_d connection limit 'x';
create database ddl_d is_template 7;
create database ddl_d owner postgres owner postgres;
create database ddl_d oid 16;
create database ddl_d oid 'x';
create database ddl_d oid 5000000000;
create database ddl_d oid 70000;
create database ddl_e oid 70000;
create database ddl_e strategy foo;
create database ddl_e strategy wal_log;
create database ddl_f tablespace nope;
create database ddl_f tablespace pg_global;
create database ddl_f tablespace pg_default;
create database ddl_g location 'x';
create database ddl_h owner default template default encoding default allow_connections default connection limit default;
begin; create database x; rollback;
begin; drop database x; rollback;
drop database template0;
drop database template1;
drop database ddl_e with (force);
drop database ddl_d (force);
drop database ddl_f with (foo);
drop database ddl_f with (force, force);
drop database ddl_h;
alter database ddl_g connection limit 5;
alter database ddl_g with connection limit 6 allow_connections true is_template true;
alter database ddl_g connection limit 5 connection limit 6;
alter database ddl_g connection limit -2;
alter database ddl_g foo 2;
alter database ddl_g set tablespace pg_default;
alter database ddl_g refresh collation version;
alter database nope rename to x;
alter database ddl_a rename to ddl_g;
alter database ddl_a rename to ddl_aa;
alter database ddl_aa rename to ddl_a;
alter database t_databases rename to x;
alter database nope refresh collation version;
-- settings
alter database ddl_g set work_mem = '1MB';
alter database ddl_g set work_mem to '2MB';
alter database ddl_g set nope to 3;
alter database ddl_g set a.b to 3;
alter database ddl_g set search_path to a, b;
alter database ddl_g set datestyle from current;
select setconfig from pg_db_role_setting s join pg_database d on d.oid = setdatabase where datname = 'ddl_g';
\c ddl_g
show work_mem;
show search_path;
show a.b;
select datname = current_database() as here, datdba::regrole from pg_database where datname = 'ddl_g';
drop database ddl_g;
alter database ddl_g allow_connections false;
\c t_databases
alter database ddl_g reset work_mem;
select setconfig from pg_db_role_setting s join pg_database d on d.oid = setdatabase where datname = 'ddl_g';
alter database ddl_g reset all;
select setconfig from pg_db_role_setting s join pg_database d on d.oid = setdatabase where datname = 'ddl_g';
alter database ddl_g set shared_buffers to 3;
alter database ddl_g set work_mem to 'a';
alter database nope set work_mem = 3;
-- privileges
create role ddl_r;
set role ddl_r;
create database ddl_x;
drop database ddl_g;
alter database ddl_g connection limit 3;
alter database ddl_g set work_mem to '3MB';
reset role;
alter role ddl_r createdb;
set role ddl_r;
create database ddl_x;
create database ddl_y template ddl_x;
create database ddl_z template ddl_b;
create database ddl_z owner postgres;
drop database ddl_x;
reset role;
drop role ddl_r;
-- copies have what their template has, and go their own way
create database ddl_t1;
\c ddl_t1
create table t (a int primary key, b text default 'x', c serial);
create index on t (b);
create view v as select a, b from t where a > 1;
insert into t (a, b) select g, 'row ' || g from generate_series(1, 500) g;
delete from t where a % 3 = 0;
update t set b = b || '!' where a % 5 = 0;
\c t_databases
create database ddl_t2 template ddl_t1;
\c ddl_t2
select count(*), sum(a), min(b), max(b), max(c) from t;
select count(*) from v where b like 'row 1%';
insert into t (a) values (3), (9) returning *;
insert into t (a) values (3);
alter table t add column d int default 7;
update t set d = a where a < 5;
select * from t where a < 6 order by a;
\c ddl_t1
select * from t where a < 6 order by a;
\c t_databases
drop database ddl_t1;
\c ddl_t2
select count(*) from t;
\c t_databases
drop database ddl_t2;
alter database ddl_g is_template false;
drop database ddl_g;
drop database ddl_y;
drop database ddl_b;
drop database ddl_a;
drop role ddl_r;
