-- obj_description tells of the object, not of its columns
create table t(a int, b text);
comment on table t is 'hello';
comment on column t.b is 'col';
select obj_description('t'::regclass), obj_description('t'::regclass, 'pg_class'), col_description('t'::regclass, 2);
comment on table t is null;
select obj_description('t'::regclass), obj_description('t'::regclass, 'pg_class'), col_description('t'::regclass, 2);
comment on table t is '';
comment on column t.b is '';
select count(*) from pg_description where objoid = 't'::regclass;
select obj_description(null), obj_description(0), col_description('t'::regclass, 99), obj_description('t'::regclass, 'nope');
