-- IS JSON: texts, bytes, json and jsonb; kinds, unique keys, NULL, bad types, and written out.
select '{}' is json, '[1]' is json array, '[1]' is json object, '1' is json scalar, 'x' is json, '' is json, ' ' is json,
  ' [ ] ' is json array, 'null' is json scalar, 'true' is json value, 'tru' is json, '1' is not json, 'x' is not json;
select null is json, null::text is not json, null::jsonb is json scalar, null::bytea is json;
select '{"a":1,"a":2}' is json, '{"a":1,"a":2}' is json with unique keys, '{"a":1, "\u0061":2}' is json object with unique,
  '{"a":{"b":1,"b":2}}' is json with unique keys, '[{"a":1},{"a":1}]' is json array with unique keys,
  '{"a":1,"a":2}' is json object without unique keys, '{"a":1}' is json scalar with unique keys;
select E'"\\u0000"' is json, E'"\\ud800"' is json, E'"\\ud800"' is json with unique keys, E'{"\\ud800":1}' is json with unique keys,
  E'"\\ux"' is json, E'"a\nb"' is json;
select '{"a":1,"a":2}'::jsonb is json object with unique keys, '{"a":1,"a":2}'::json is json with unique keys,
  '[1]'::json is json object, '[1]'::jsonb is json array, '1'::jsonb is json scalar, '1'::json is json scalar,
  '{}'::jsonb is json scalar, ' {}'::json is json object;
select '{}'::bytea is json, '\x5b315d'::bytea is json array, 'x'::bytea is json;
select '\xff'::bytea is json;
select '1'::varchar(3) is json, '1'::char(5) is json, '1'::name is json;
select 1 is json;
select 2, now() is json object;
select array['1'] is json;
select row(1) is json;
create domain json_text as text;
select '1'::json_text is json, 'x'::json_text is json;
create table json_is(id int, t text check (t is json), j jsonb, b bytea, d json_text, v varchar(9) collate "C");
insert into json_is values (1, '{"a": 1}', '[1]', '1', '1', '"x"'), (2, null, null, null, null, null), (3, '[]', '{}', 'x', 'x', 'x');
insert into json_is(t) values ('{');
select id, t is json object, j is json array, b is json, d is json scalar, v is json from json_is order by id;
select id from json_is where v is json;
select id from json_is where not v is json;
select id from json_is where (v is json) is not true order by id;
create view json_is_view as select t is json a, j is json scalar b, b is not json array c, d is json object with unique keys d,
  v is json e, (t is json) is true f, (t is json) and v is json g, (t is json)::text h, t || 'x' is json i, t is json = true k from json_is;
select pg_get_viewdef('json_is_view'::regclass);
select pg_get_viewdef('json_is_view'::regclass, true);
select * from json_is_view order by a;
select pg_get_constraintdef(oid) from pg_constraint where conrelid = 'json_is'::regclass;
create index on json_is ((t is json object));
select a.id from json_is a left join json_is b on a.id = b.id + 1 where b.t is json order by 1;
select count(*) from generate_series(1, 5000) g where (case when g % 3 = 0 then '{' else '[' end || g::text || ']') is json array;
prepare json_is_param as select $1 is json, $1 is json scalar;
execute json_is_param('1');
execute json_is_param(null);
select repeat('[', 100000) is json;
