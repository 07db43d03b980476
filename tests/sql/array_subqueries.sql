-- ARRAY(SELECT ...) of values, and of arrays, which become slices.
select array(select a from (values (1,'{1}'::int[]),(2,'{2}')) v(i,a) order by i);
select array(select a from (values (1,'{1}'::int[]),(2,null)) v(i,a) order by i);
select array(select a from (values (1,'{}'::int[]),(2,'{}')) v(i,a) order by i);
select array(select a from (values (1,'{a,b}'::text[]),(2,'{c,d}')) v(i,a) order by i);
select array(select a from (values (1,'{a,b}'::text[]),(2,'{c,d}')) v(i,a) where i>5), array(select '[5:6]={1,2}'::int[]), array_dims(array(select '[5:6]={1,2}'::int[] union all select '[5:6]={1,2}'::int[]));
select g, array(select array[g,h] from generate_series(1,2) h) from generate_series(1,2) g;
select array(select '1 2'::int2vector), pg_typeof(array(select '1 2'::int2vector)), array(select '1 2'::oidvector union all select '3');
select array(select array[row(1,'x')]);
-- domains
select array(select a from (values ('{1,2}'::int[]), ('{3}')) v(a));
select array(select a from (values ('[0:1]={1,2}'::int[]), ('{3,4}')) v(a));
select array(select '{{{{{{1}}}}}}'::int[]);
select array(select array(select x * y from generate_series(1, 3) y) from generate_series(1, 2) x);
select array(select null::int[] where false), array(select null::int), array(select array[null, 'x']);
create domain pair as int[] check (array_length(value, 1) = 2);
select array(select '{1,2}'::pair union all select '{3,4}'), pg_typeof(array(select '{1,2}'::pair));
