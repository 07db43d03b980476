-- Range types of users: what CREATE TYPE makes, how its ranges work, and what goes with them.

create type floatr as range (subtype = float8, subtype_diff = float8mi);
select typname, typlen, typbyval, typtype, typcategory, typisdefined, typelem::regtype, typarray::regtype, typinput, typoutput,
       typreceive, typsend, typanalyze, typalign, typstorage
  from pg_type where typname like '%floatr%' order by typname;
select rngtypid::regtype, rngsubtype::regtype, rngmultitypid::regtype, rngcollation, opcname, rngcanonical, rngsubdiff
  from pg_range join pg_opclass c on c.oid = rngsubopc where rngtypid = 'floatr'::regtype;
select oid::regprocedure as f, prolang, procost, provariadic::regtype, prokind, proisstrict, provolatile, proparallel, pronargs,
       prorettype::regtype, proargmodes, prosrc
  from pg_proc where proname like 'floatr%' order by prosrc;
select castsource::regtype, casttarget::regtype, castfunc::regprocedure, castcontext, castmethod
  from pg_cast where castsource = 'floatr'::regtype;
select pg_describe_object(classid, objid, objsubid) as object, pg_describe_object(refclassid, refobjid, refobjsubid) as on_what, deptype
  from pg_depend where pg_describe_object(classid, objid, objsubid) like '%floatr%' order by 1, 2, 3;

select floatr(1, 2), floatr(1, 2, '[]'), floatr(null, 2), floatr(2, 2), '[1,2)'::floatr, '(,1.5]'::floatr;
select floatr(2, 1);
select floatr_multirange(), floatr_multirange(floatr(1, 2)), floatr_multirange(floatr(5, 6), floatr(1, 2), floatr(1.5, 3)),
       floatr(1, 2)::floatr_multirange, floatr_multirange(variadic array[floatr(1, 2)]);
select floatr(1, 5) @> 3::float8, floatr(1, 5) && floatr(5, 6), floatr(1, 5) -|- floatr(5, 6), floatr(1, 5) * floatr(3, 9),
       floatr(1, 5) + floatr(5, 9), floatr(1, 5) - floatr(3, 9), lower(floatr(1, 5)), upper_inc(floatr(1, 5)),
       floatr(1, 5) < floatr(1, 6), range_merge(floatr(1, 2), floatr(5, 6)), multirange(floatr(1, 2));
select floatr_multirange(floatr(1, 2), floatr(5, 6)) @> floatr(5, 5.5), unnest(floatr_multirange(floatr(1, 2), floatr(5, 6)));
create table spans (id int primary key, span floatr, many floatr_multirange, list floatr[]);
insert into spans values (1, '[1,2)', '{[1,2)}', array[floatr(1, 2)]), (2, '[5,6]', '{}', '{}'), (3, null, null, null),
                         (4, 'empty', '{[1,2),[3,4)}', '{"[1,2)",empty}');
create index on spans (span);
select * from spans order by span nulls first, id;
select span, count(*) from spans group by span order by span;
select range_agg(span), range_intersect_agg(span) from spans;
select a.id, b.id from spans a join spans b on a.span = b.span order by 1, 2;
select to_jsonb(span), span::text, pg_typeof(span), pg_typeof(many), pg_typeof(list) from spans where id = 1;
create function width(r floatr) returns float8 language sql as 'select upper(r) - lower(r)';
select width(span) from spans where id < 3 order by id;
drop type floatr_multirange;
drop function floatr(float8, float8);
drop type floatr;
drop type floatr cascade;
select * from spans order by id;
select count(*) from pg_proc where proname like 'floatr%';
select count(*) from pg_range where rngtypid > 16383;
drop table spans;

-- Subtypes of all kinds.
create type textr as range (subtype = text, collation = "C");
select textr('B', 'a'), textr('a', 'B');
select '[a,b)'::textr @> 'aa'::text;
drop type textr;
create domain positive as int check (value > 0);
create type dr as range (subtype = positive);
select '[1,5)'::dr;
select '[0,5)'::dr;
drop type dr;
create type cr as range (subtype = int4range);
select cr(int4range(1, 2), int4range(5, 6)), '{["[1,3)","[5,8)"]}'::cr_multirange;
drop type cr;
create type ar as range (subtype = int4[]);
select ar('{1,2}', '{3,4}') @> '{2}'::int4[];
drop type ar;
create type color as enum ('red', 'green', 'blue');
create type er as range (subtype = color);
select er('red', 'blue') @> 'green'::color, er('green', null) @> 'red'::color;
drop type color;
drop type color cascade;
create type int4range as range (subtype = int4);
select '[1,2]'::public.int4range;
drop type public.int4range;

-- Names of multiranges.
create type xrangey as range (subtype = float8);
select rngmultitypid::regtype from pg_range where rngtypid = 'xrangey'::regtype;
create type xmultirangey as enum ('a');
drop type xrangey;
create type m1 as range (subtype = float8, multirange_type_name = m2);
create type m3 as range (subtype = float8, multirange_type_name = m2);
create type mm_multirange as enum ();
create type mm as range (subtype = float8);
alter type m1 rename to m9;
select m1(1, 2), m2(m1(1, 2), m1(5, 6)), m1(1, 2)::m2;
drop type m9;
create type longnamelongnamelongnamelongnamelongnamelongnamelongnamelongnam as range (subtype = int4);
select typname from pg_type where typname like 'longname%' order by 1;
drop type longnamelongnamelongnamelongnamelongnamelongnamelongnamelongnam;

-- What is refused.
create type r1 as range (subtype = int4, subtype = int8);
create type r1 as range ();
create type r1 as range (foo = 1);
create type r1 as range (collation = "C");
create type r1 as range (subtype = nosuch);
create type r1 as range (subtype = xid);
create type r1 as range (subtype = anyelement);
create type r1 as range (subtype = int4, collation = "C");
create type r1 as range (subtype = text, collation = nosuch);
create type r1 as range (subtype = float8, subtype_diff = nosuch);
create type r1 as range (subtype = float8, subtype_diff = float84mi);
create type r1 as range (subtype = int4, subtype_diff = int4mi);
create type r1 as range (subtype = float8, canonical = nosuch);
create type r1 as range (subtype = float8, subtype_opclass = nosuch_ops);
create type r1 as range (subtype = float8, subtype_opclass = int4_ops);
create type r1 as range (subtype = float8, subtype_opclass = float8_ops);
create type r1 as range (subtype = float8);
drop type r1;
