-- SQL/JSON's constructors: JSON, JSON_SCALAR, JSON_SERIALIZE, JSON_OBJECT, JSON_ARRAY and the two aggregates; what they refuse, and
-- how they are written out.
create view made as select json('{"a":1}') a, json('{"a" :1}' with unique keys) b, json(null) c, json('{"a":1}'::jsonb) d,
  json('{"a":1}'::json) e, json('1'::bytea) f, json('1' format json) g, json('1'::varchar) h, json('1'::bytea format json encoding utf8) i,
  json('1'::char(5)) j, json('1'::name);
select pg_get_viewdef('made');
select * from made;
select json(1);
select json('{"a":1,"a":2}' with unique keys);
select json('{"a":1,"a":2}'::json with unique keys);
select json('1'::bytea format json encoding utf16);
select json('1'::text format json encoding utf8);
select json('{a');
select json('\xff'::bytea);
create view scalars as select json_scalar(1) a, json_scalar('x') b, json_scalar(null) c, json_scalar(true) d, json_scalar('{"a":1}'::json) e,
  json_scalar('{"a":1}'::jsonb) f, json_scalar(date '2020-01-01') g, json_scalar(interval '1 day') h, json_scalar(1.5) i,
  json_scalar(array[1,2]) j, json_scalar(1.5::float8), json_scalar(row(1, 2)) k;
select pg_get_viewdef('scalars');
select * from scalars;
create view serialized as select json_serialize('{"a":1}') a, json_serialize('{"a":1}'::json returning bytea) b, json_serialize(null) c,
  json_serialize('1'::bytea) d, json_serialize('{"a":  1}' format json returning varchar(30)) e, json_serialize(json('1')) f,
  json_serialize(json_object(1:2)) g, json_serialize('1' returning text format json) h, json_serialize('1' returning bytea format json encoding utf8);
select pg_get_viewdef('serialized');
select * from serialized;
select json_serialize('{"a":1}' returning varchar(3));
select json_serialize('1' returning jsonb);
select json_serialize(1);
select json_serialize('1' returning text format json encoding utf8);
select json_serialize('1' returning bytea format json encoding utf16);
select json_serialize('{a');
create view objects as select json_object() a, json_object(returning jsonb) b, json_object('a':1, 'b' value null) c,
  json_object('a':1, 'b' value null absent on null with unique keys) d,
  json_object('a': '{"x":1}' format json, 1: '1'::bytea format json returning text) e, json_object('a':1 returning bytea) f,
  json_object('a': json_object('b':1) null on null returning jsonb) g, json_object('a':1 returning jsonb format json) h,
  json_object('a':1 returning varchar(20)) i, json_object('a'::text:'{"a":1}'::json format json) j,
  json_object('a'::varchar:'x'::varchar, 1.5:true, date '2020-01-01':'1'::bytea format json encoding utf8), json_object('a'::name:'x'::name) k;
select pg_get_viewdef('objects');
select * from objects;
select pg_typeof(json_object('a':'1'::jsonb)), pg_typeof(json_array('1'::jsonb)), pg_typeof(json_arrayagg('1'::jsonb)),
  pg_typeof(json_objectagg(1:'1'::jsonb)), pg_typeof(json_scalar('1'::jsonb)), pg_typeof(json_array(select '1'::jsonb)), pg_typeof(json_array(1));
select json_object('a':1, null:1);
select json_object(null:1 returning jsonb);
select json_object(1:1, null:null absent on null), json_object('a':1, 'a':2), json_object('a':1, 'a':2 returning jsonb);
select json_object(1:null, null:null absent on null with unique);
select json_object('a':1, 'a':null absent on null with unique keys);
select json_object('a':1, 'a':2 with unique keys returning jsonb);
select json_object(array[1]:1);
select json_object('a':1 returning int);
select json_object('a':1 returning varchar(2));
select json_object('a':1 returning bytea format json encoding utf16);
select json_object('a':1 format json);
select json_object('a':'{a' format json);
create domain no_array as text check (value <> '[]');
create view arrays as select json_array() a, json_array(returning jsonb) b, json_array(1,null,'x') c, json_array(1,null null on null) d,
  json_array(1, '{}' format json absent on null returning jsonb) e, json_array(json_array(1), array[1,2], row(1,2)) f,
  json_array(json('{}') returning text) g, json_array(1 returning text format json) h, json_array(1 returning no_array) i,
  json_array(1 returning char(10)) j;
select pg_get_viewdef('arrays');
select * from arrays;
select json_array(returning no_array);
select json_array(1 returning setof int);
select json_array('{"a":"\ud800"}' format json);
select json_array(generate_series(1,2) returning text), json_array(1,2)->1, json_object('a':1)->>'a';
prepare p1 as select json_array($1, $1), json_scalar($1), json($1);
execute p1('7');
prepare p2 as select json_object($1:1);

create table t(a int, b text, c jsonb, d date);
insert into t values (1, 'x', '[1]', null), (2, null, null, null), (3, '{"q":1}', '{}', null);
create index on t (json_serialize(json_object('a':d)));
create index on t (json_array(a, b, c returning text));
select case a when 1 then json_array(b returning text) when 2 then json_object(a:b) ::text end from t order by a;
create view of_query as select json_array(select a from t order by a) x, json_array(select b from t order by a returning jsonb) y,
  json_array(select b from t i where i.a = o.a and a = 3 format json) z, json_array(values (1), (2)) v, json_array(select 1 where false) w from t o;
select pg_get_viewdef('of_query');
select * from of_query;
select json_array(select a, b from t);
select json_array(select 1 union select 1), json_array(select a from t order by a limit 1 returning text) from t;
create view aggregated as select json_arrayagg(a order by b desc null on null) v, json_arrayagg(a order by b returning jsonb) w,
  json_arrayagg(b format json returning text) filter (where a = 3) x, json_arrayagg(b order by b null on null returning jsonb) y from t;
select pg_get_viewdef('aggregated');
select * from aggregated;
create view keyed as select json_objectagg(a:b) v, json_objectagg(a value b absent on null) w, json_objectagg(a:b with unique keys) x,
  json_objectagg(a:b absent on null with unique keys returning jsonb) y, json_objectagg('k':b returning text) filter (where a = 1) z from t;
select pg_get_viewdef('keyed');
select * from keyed;
create view running as select a, json_arrayagg(a) over (order by a) x,
  json_objectagg(a:b null on null with unique keys returning text) filter (where a > 1) over (partition by c order by a) y from t order by a;
select pg_get_viewdef('running');
select * from running;
select json_arrayagg(a) from t where a = 0;
select json_arrayagg(null::int), json_objectagg(1:null absent on null) from t;
select c, json_arrayagg(a) from t group by c having json_arrayagg(a)::text <> '' order by 1;
select json_objectagg(null:1);
select json_objectagg(1:a with unique keys) from t;
select json_arrayagg(a returning int) from t;
select json_arrayagg(a format json) from t;
select json_arrayagg(json_arrayagg(a)) from t;
select 1 where json_arrayagg(1) is null;
explain (verbose, costs off) select json_object('a':a, 'b':b absent on null returning text), json_scalar(a), json(b), json_serialize(c) from t;
explain (verbose, costs off) select json_arrayagg(a returning text), json_objectagg(b:c), json_arrayagg(d) filter (where a > 1) from t;
drop view made, scalars, serialized, objects, arrays, of_query, aggregated, keyed, running;
drop table t;
drop domain no_array;
