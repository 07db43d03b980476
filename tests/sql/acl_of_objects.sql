-- pg_get_acl: the access list as the catalog keeps it
create table t(a int, b text);
create role acl_of_objects_r;
grant select on t to acl_of_objects_r;
grant update (b) on t to acl_of_objects_r;
create function f() returns int language sql as 'select 1';
revoke all on function f() from public;
select pg_get_acl(0, 0, 0), pg_get_acl('pg_class'::regclass, 0, 0), pg_get_acl(null, 1, 0);
select pg_get_acl('pg_class'::regclass, 't'::regclass, 0), pg_get_acl('pg_class'::regclass, 't'::regclass, 1),
  pg_get_acl('pg_class'::regclass, 't'::regclass, 2), pg_get_acl('pg_class'::regclass, 't'::regclass, 9);
select pg_get_acl('pg_proc'::regclass, 'f'::regproc, 0), pg_get_acl('pg_proc'::regclass, 'now'::regproc, 0),
  pg_get_acl('pg_namespace'::regclass, 'public'::regnamespace, 0), pg_get_acl('pg_type'::regclass, 'int4'::regtype, 0);
select pg_get_acl(12345, 1, 0);
select a.* from pg_class c, aclexplode(pg_get_acl('pg_class'::regclass, c.oid, 0)) a where c.oid = 'pg_am'::regclass order by grantee, privilege_type;
drop table t;
drop role acl_of_objects_r;
