-- What clients of other languages ask for and look at: properties of indexes, names of types in errors, objects of a parameter's
-- error, types without a length in stored expressions.
create table t(a int primary key, b text, c int, d int);
create index i1 on t(a desc, b nulls first, (c+1)) include (d);
create index i2 on t(b desc nulls last);
select n, k, p, pg_index_column_has_property(n::regclass,k,p)
  from (values('i1'),('i2'),('t_pkey')) v(n), generate_series(0,5) k,
       (values('asc'),('desc'),('nulls_first'),('nulls_last'),('orderable'),('distance_orderable'),('returnable'),('search_array'),
              ('search_nulls'),('bogus'),('clusterable'),('can_order'),('ASC')) q(p)
  where pg_index_column_has_property(n::regclass,k,p) is not null
  order by 1,2,3 collate "C";
select n, p, pg_index_has_property(n::regclass,p) from (values('i1'),('t'),('pg_class_oid_index')) v(n),
  (values('clusterable'),('index_scan'),('bitmap_scan'),('backward_scan'),('asc'),('can_order'),('bogus'),('Clusterable')) q(p)
  order by 1,2 collate "C";
select amname, p, pg_indexam_has_property(a.oid,p) from pg_am a,
  (values('can_order'),('can_unique'),('can_multi_col'),('can_exclude'),('can_include'),('bogus'),('asc'),('Can_order')) q(p)
  order by 1,2 collate "C";
select pg_index_column_has_property(0,1,'asc'), pg_index_column_has_property('t'::regclass,1,'asc'),
  pg_index_has_property(99999,'clusterable'), pg_indexam_has_property(99999,'can_order'), pg_indexam_has_property(null,'x'),
  pg_index_column_has_property('pg_class_relname_nsp_index'::regclass,2,'asc'), pg_index_column_has_property('i1'::regclass,-1,'asc');
drop table t;

create schema gs;
create type gs.mood as enum('a');
create type gs.none as enum();
create domain gs.dd as int check(value>0);
select 'z'::gs.mood;
select enum_in('z','gs.mood'::regtype);
select enum_first(null::gs.none);
begin;
alter type gs.mood add value 'n';
savepoint s;
select 'n'::gs.mood;
rollback to s;
select enum_range(null::gs.mood);
rollback;
set search_path = gs;
select 'z'::mood;
reset search_path;
create table gs.t(d gs.dd);
select $1::gs.dd \bind -1 \g
insert into gs.t values($1) \bind -1 \g
select $1::int \bind x \g
select '{-1}'::gs.dd[];
drop table gs.t;
drop type gs.mood, gs.none;
drop domain gs.dd;
drop schema gs;

create table t(a char(3) default 'abc', b char(5) default 'x'::bpchar, c "char" default 'q', d varchar(3) default 'v', e bit(3) default b'101',
  f numeric(5,2) default 1.5, j char default 'z', k varbit(4) default '11', l varchar default 'w', m char(3)[] default '{a}',
  n bpchar default 'nn', o timestamp(2));
select attname, pg_get_expr(adbin,adrelid) from pg_attrdef join pg_attribute on attrelid=adrelid and attnum=adnum
  where adrelid='t'::regclass order by adnum;
select column_name, column_default from information_schema.columns where table_name='t' order by ordinal_position;
alter table t add constraint c1 check (a in ('x','abc')), add constraint c2 check (a<>'z');
select pg_get_constraintdef(oid) from pg_constraint where conrelid='t'::regclass order by conname;
create domain dc as char(3) default 'ab' check (value in ('ab','cd'));
select pg_get_constraintdef(oid) from pg_constraint where conname='dc_check';
select typdefault from pg_type where typname='dc';
create index ti on t((a||'a'), (e & '101'), (a::bpchar)) where a > 'b';
select pg_get_indexdef('ti'::regclass);
create view v1 as select 'abc'::char(3) a, 'abc'::bpchar b, 'x'::character c, a::char(2) d, a::bpchar e, cast(c as char) f, 'x'::char(5) g from t;
select pg_get_viewdef('v1');
create view v2 as select a='abc' x, a||'z' y, coalesce(a,'q') z, a in ('a','b') w, case when a='x' then 'abc'::char(3) end u, a<'abc'::char(3) q,
  a::text::bpchar p, e::bit(5) b5, e::bit bb1, k::bit(2) vb2, e & b'110' band, e = '101' beq, k = '101' veq, greatest(a,'b') gr,
  nullif(a,'a') nu, a like 'a%' lk, m[1] = 'x' as su, array[a,'b'] as ar, a::"char" cch, 5::bpchar fb, null::bpchar nb, null::bit(2) nbit from t;
select pg_get_viewdef('v2');
create view v3 as select b'101' a, b'101'::bit(3) b, '1'::bit d, x'1f' e, array[b'1',b'0'] g, 'ab'::bpchar::text j, b''::bit p;
select pg_get_viewdef('v3');
create function f(a character, b bit, c bpchar default 'xx') returns character language sql as 'select a';
select pg_get_functiondef('f'::regproc);
drop function f;

-- A length is forgotten where a type without one is asked for.
create view v4 as select d::varchar a, f::numeric b, o::timestamp c, e::bit(3) d, k::varbit e, a::bpchar f, d::text i, cast(d as varchar) l,
  (d::varchar)::varchar m, f::numeric(5,2) o, f::numeric(4,1)::numeric p, m::bpchar[] q, null::varchar(3)::varchar s from t;
select pg_get_viewdef('v4');
select attname, format_type(atttypid, atttypmod) from pg_attribute where attrelid='v4'::regclass order by attnum;
select d::varchar, f::numeric, o::timestamp, k::varbit, a::bpchar, m::bpchar[], d::varchar(3) from t \gdesc
create table t2 as select d::varchar, f::numeric, d as d3 from t;
select attname, format_type(atttypid, atttypmod) from pg_attribute where attrelid='t2'::regclass and attnum > 0 order by attnum;
insert into t(d, f, a) values ('xyz', 1.25, 'abc');
insert into t2 select d, f, d from t where d::varchar = 'xyz' and a::bpchar = 'abc';
select * from t2;
drop table t2;
drop view v1, v2, v3, v4;
drop domain dc;
drop table t;

-- A line that ends too early: its values are looked at first.
create table cp(a int, b text, c int);
copy cp from stdin;
zz	b
\.
copy cp from stdin;
1	b
\.
copy cp from stdin csv;
zz,b
\.
copy cp from stdin csv;
1
\.
copy cp from stdin with (on_error ignore, log_verbosity verbose);
zz	b
1	b	3
\.
copy cp from stdin with (on_error ignore);
1	b
\.
copy cp from stdin;
zz	b	1	2
\.
select * from cp;
drop table cp;

-- Definition lists, and unnest of several arrays, written out.
create view v as select * from jsonb_to_recordset('[{"a":"x","b":1}]') as x(a char(3), b int);
create view v2 as select * from rows from (jsonb_to_recordset('[]') as (a char(2), b bpchar, c bit)) rf(x,y,z);
create view v3 as select * from rows from (jsonb_to_recordset('[]') as (a char(2), "B b" bpchar), generate_series(1,2)) with ordinality rf(x,y,z);
create view v4 as select * from generate_series(1,2) with ordinality as g(q,w), unnest(array[1],array['a']) as u(m,n),
  lateral jsonb_to_record('{}') as r(k text collate "C", z varchar(3)[]), unnest(array[1],array[2]) with ordinality as u2(a,b,o);
create view v5 as select * from rows from (jsonb_to_record('{}') as (a int)) with ordinality as j(x, o);
create view v6 as select * from rows from (unnest(array[1]), generate_series(1,2)) as j, unnest(array[3]) as k;
select pg_get_viewdef('v');
select pg_get_viewdef('v2');
select pg_get_viewdef('v3');
select pg_get_viewdef('v4');
select pg_get_viewdef('v5');
select pg_get_viewdef('v6');
select * from v;
drop view v, v2, v3, v4, v5, v6;

-- No recovery is under way.
select pg_last_xact_replay_timestamp(), pg_last_wal_receive_lsn();
select pg_is_wal_replay_paused();
select pg_get_wal_replay_pause_state();
select oid, proname, provolatile, proisstrict, prorettype::regtype from pg_proc
  where proname in ('pg_last_xact_replay_timestamp','pg_last_wal_receive_lsn','pg_last_wal_replay_lsn','pg_is_wal_replay_paused',
                    'pg_get_wal_replay_pause_state') order by oid;

create sequence s;
select nextval('s'), currval('s'), lastval();
discard all;
select currval('s');
select lastval();
select nextval('s');
create sequence ts cache 5;
select nextval('ts');
discard sequences;
select lastval();
select nextval('ts');
begin;
discard sequences;
rollback;
drop sequence s, ts;
