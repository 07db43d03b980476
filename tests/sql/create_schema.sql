-- CREATE SCHEMA with elements: made by the owner, the schema in front of the path, in an order of their own.
create role ce_owner;
create role ce_other;
grant ce_owner to current_user;
create table ce_outside (a int, b text);

create schema ce2 create view v as select * from t create table t (a int);
create schema ce3 create table t (a int) grant select on v to ce_other create view v as select * from t;
select c.relname, c.relacl is not null as granted, c.relowner = r.oid as mine
  from pg_class c, pg_roles r where relnamespace = 'ce3'::regnamespace and r.rolname = current_user order by 1;
select has_table_privilege('ce_other', 'ce3.v', 'select'), has_table_privilege('ce_other', 'ce3.t', 'select');

-- another schema's name
create schema ce4 create table public.x (a int);
create schema ce4 create view public.x as select 1;
create schema ce4 create index on public.ce_outside (a);
create schema ce4 create sequence public.x;
create schema ce4 create trigger tr after insert on public.ce_outside execute function nosuch();
select count(*) from pg_namespace where nspname = 'ce4';

-- what comes before what
create schema ce4 create index on t (a) create view v as select nextval('s') from t create table t (a int default nextval('s')) create sequence s;
select relname, relkind from pg_class where relnamespace = 'ce4'::regnamespace order by 1;
create schema ce5 create table t (a int references u) create table u (a int primary key);
create schema ce5 create table t (a int references u);
create schema ce5 create table ce5.t (a int primary key) create table u (a int references t) create index ti on ce5.t (a) create index on t (a) create unique index ux on u (a);
\d ce5.t
\d ce5.u
create schema ce6 create index on ce_outside (a) create table ce_outside (a int, b int);
\d ce6.ce_outside
create schema ce7 create index on ce_outside (a);
create schema ce7 create table t (a serial) create view w as select * from t;
\d ce7.*

-- the owner makes them, with the path that there was behind the schema
create schema authorization ce_owner create table t (a int) create view v as select current_user as u, a from t;
select relname, relowner::regrole from pg_class where relnamespace = 'ce_owner'::regnamespace order by 1;
select current_user = session_user, current_schemas(true);
create schema ce8 authorization ce_owner create view ce_borrowed as select * from public.ce_outside;
set search_path = ce7, public;
create schema ce9 create view w2 as select * from ce_outside create view w3 as select * from w;
show search_path;
select pg_get_viewdef('ce9.w2'::regclass), pg_get_viewdef('ce9.w3'::regclass);
reset search_path;
create schema "Odd ""Name" create table "T" (a int) create view "V" as select * from "T";
select count(*) from "Odd ""Name"."V";

-- nothing stays of what fails
create schema ce10 create table t (a int) create table t2 (a nosuch);
create schema ce10 create table t (a int) create table t (b int);
create schema ce10 grant select on nosuch to ce_other;
create schema ce10 grant select on ce_outside to nosuch;
select count(*) from pg_namespace where nspname = 'ce10';
create schema pg_ce create table t (a int);
create schema ce7 create table t (a int);
create schema if not exists ce7;
create schema if not exists ce7 create table t (a int);
create schema ce10 create temp table t (a int);
create schema ce10 create materialized view v as select 1;
create schema ce10 create table t as select 1;
create schema ce10 create table t (a int) create index concurrently on t (a);
begin;
create schema ce10 create table t (a int) create index concurrently on t (a);
rollback;
begin;
create schema ce10 create table t (a int);
insert into ce10.t values (1);
rollback;
create schema ce10 create table t (a int) create view v as select * from t;
insert into ce10.t values (1) returning *;
table ce10.v;

-- roles without rights
set role ce_owner;
create schema ce11 create table t (a int);
reset role;
select format('grant create on database %I to ce_owner', current_database()) \gexec
set role ce_owner;
create schema ce11 authorization ce_other;
create schema pg_ce authorization ce_other;
create schema ce11 create table t (a int) create view v as select * from public.ce_outside;
table ce11.v;
reset role;
select format('revoke create on database %I from ce_owner', current_database()) \gexec

set client_min_messages = warning;
drop schema ce2, ce3, ce4, ce5, ce6, ce7, ce8, ce9, ce10, ce11, ce_owner, "Odd ""Name" cascade;
drop table ce_outside;
drop role ce_owner, ce_other;
-- GRANT of a role is no element
create schema ce12 grant ce_owner to ce_other;
create schema ce12 grant select to ce_other;
create schema ce12 create table t (a int) grant all to ce_other;
