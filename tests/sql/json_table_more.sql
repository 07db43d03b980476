-- JSON_TABLE beside other items, in other formats, with what it refuses.
select * from json_table('{"a":"x"}', '$' columns (a int) error on error) t;
create view j1 as select * from json_table('{"a":"x"}', '$' columns (a int, b int path '$.b' null on error null on empty) error on error) t;
\d+ j1
create view j2 as select * from (select * from json_table('{"a":"x"}', '$' columns (a int, b int path '$.b' error on error)) t) u, lateral (select * from json_table('1', '$' columns (z int path '$'))) w(q);
\d+ j2
select * from j2;
create view j3 as select * from json_table('{"a":"x"}'::text, '$' columns (a int)) as t(b) where b > 1;
\d+ j3
select * from json_table('[1]', '$[*]' columns (nested '$' columns (a int path '$'), b int path '$')) t;
select * from json_table('[1]' format json, '$[*]' columns (b int path '$')) t;
select * from json_table('[1]'::bytea format json, '$[*]' columns (b int path '$')) t;
explain (verbose, format json, costs off) select * from json_table('[1]', '$[*]' columns (b int path '$')) t;
explain (format yaml, costs off) select * from json_table('[1]', '$[*]' columns (b int path '$'));
select * from json_table('[{"a":[1,2]},3]', '$[*]' columns (a int path '$.a' with wrapper));
select * from json_table('[{"a":[1,2]},3]', '$[*]' columns (a jsonb path '$.a[*]' error on error));
select * from json_table('[{"a":[1,2]},3]', '$[*]' columns (a jsonb path '$.a[*]' null on empty, b jsonb path '$.b' empty array on empty, c text format json path '$.c' default '[7]' on empty));
select * from json_table('[{"a":[1,2]},3]', '$[*]' columns (a jsonb path '$.a[*]' true on empty));
select * from json_table('[{"a":[1,2]},3]', '$[*]' columns (a int exists error on empty));
select * from json_table('[{"a":true,"b":1}]', '$[*]' columns (a bool, b bool, c "char" path '$.b', d name path '$.b', e numeric(3,1) path '$.b', f date path '$.b'));
select * from generate_series(1,3) i, json_table(to_jsonb(i), '$' columns (v int path '$')) where v <> 2;
select * from generate_series(1,3) i left join json_table(to_jsonb(i), '$ ? (@ < 3)' columns (v int path '$')) on v > 1;
with x as (select 1 as one) select * from x, json_table('[1,2,3]', '$[*] ? (@ > $o)' passing x.one as o columns (v int path '$'));
select v, count(*) from json_table('[1,2,1]', '$[*]' columns (v int path '$')) group by v order by v;
prepare p(jsonb) as select * from json_table($1, '$[*]' columns (v int path '$')); execute p('[5,6]'); execute p(null);
update j1 set a = 1; 
begin; declare c scroll cursor for select * from json_table('[1,2,3]', '$[*]' columns (v int path '$')); fetch all from c; fetch backward 2 from c; rollback;
select * from json_table('[1,2,3]', '$[*]' columns (v int path '$')) tablesample system(1);
select * from json_table('[1,2,3]', 'lax $[*]' columns (v int path '$')), json_table('[1,2,3]', 'lax $[*]' columns (v int path '$'));
select json_table.v from json_table('[1,2,3]', 'lax $[*]' columns (v int path '$')) t;
select * from json_table((select jsonb '[4]'), '$[*]' columns (v int path '$'));
select * from json_table(jsonb_agg(1), '$[*]' columns (v int path '$'));
select * from json_table('[4]', '$[*]' passing count(*) as c columns (v int path '$'));
select * from json_table('[4]', '$[*]' columns (v int path '$' default count(*) on empty));
select * from json_table('[4]', '$[*]' columns ());
select * from json_table('[4]', null columns (v int path '$'));
select * from json_table('[4]', 1 columns (v int path '$'));
select * from json_table('[4,"a"]', '$[*]' columns (v int path '$' default 1/0 on error));
-- Functions that read tables beside them are LATERAL when they are written out.
create table jl(a int[]);
create view jlv as select * from jl, unnest(a) u;
create view jlw as select * from jl, lateral unnest(a) u, generate_series(1, 2) g, json_table('[1]', '$[*]' columns (v int path '$')) t;
\d+ jlv
\d+ jlw
