-- rows: made, taken apart, compared, stored, assigned to
create type pair as (a int, b text);
create type nest as (p pair, ps pair[], n numeric(6,2));
create domain positive as int check (value > 0);
create type checked as (x positive, y int);

-- text in and out
select ''::pair;
select '('::pair;
select '(1'::pair;
select '(1)'::pair;
select '(1,2,3)'::pair;
select '(1,2) x'::pair;
select ' (1,"a""b\\c") '::pair, '( 1 , a b "c"d)'::pair, '(1,"")'::pair, '(,)'::pair;
select '(x,1)'::pair;
select '("(1,""a b"")","{""(1,x)"",""(2,\\"",\\"")""}",3.456)'::nest;
select '(-1,1)'::checked;
select '(,1)'::checked;
select '(1,2)'::record;
select row(), row(1), row('a b', 'x"y', '', null, 'a\b', '(', ',');
select row(1,'x')::pair, row(1,2)::pair, row(null)::text;
select row(1,'b',3)::pair;
select row(1)::pair;
select row('x',1)::pair;
select row(row(1,'a'),array[row(2,'b')::pair],1.005)::nest;
select record_send(row(1,2));
select pg_typeof(row(1,2)), pg_typeof('(1,)'::pair);

-- comparisons
select row(1,2) = row(1,2), row(1,2) <> row(1,3), row(1,2) < row(1,3), row(2,1) >= row(1,9);
select (1,2) in ((1,2),(3,4)), (1,2) not in ((1,2)), (1,null) = (1,null), (1,null) < (2,1);
select row(1,2::int8) < row(1::int8,3), row(1.5,2) > row(1,2), row(1, 'a') < row(1, 'b'::text);
select row(1,2) is distinct from row(1,null), row(1,2)::record is not distinct from row(1,2)::record;
select (1,null) is null, (null,null) is null, (1,null) is not null, (1,2) is not null;
select '(1,)'::pair is null, '(,)'::pair is null, null::pair is null, '(,)'::pair is not null;
select row(1,2)::record = row(1,'a'::text)::record;
select row(1,2)::record = row(1,2,3)::record;
select row(1,'x')::pair = row(1,'x')::pair, row(1,'x')::pair < row(1,'y')::pair;
select row(1,2)::record *= row(1,2)::record, row(1.0,2)::record *= row(1.00,2)::record;
select hash_record(row(1,'a'::text)), hash_record_extended(row(1,'a'::text), 7);
select min(v), max(v) from (values (row(1,'b')::pair), (row(1,'a')::pair), (row(0,'z')::pair)) s(v);
select row(1,2) = row(1,2,3);
select row(1,2) = all (select row(1,2));
select (1,2) = (select 1,2), (1,2) < (select 1,3), (1,2) in (select 1,2), (1,3) not in (select 1,2);

-- columns
create table t (id int primary key, c pair, cs pair[], n nest);
insert into t values (1, row(1,'x'), array[row(1,'a')::pair, '(2,b)'], null), (2, null, '{}', row(row(5,'q'),null,2));
insert into t (id, c.a, c.b, n.p.b) values (3, 7, 'seven', 'deep');
select * from t order by id;
select id, (c).a, (c).b, (t.c).*, (n).p, ((n).p).b, (cs[2]).b, cs[1] from t order by id;
select (c).zzz from t;
select c.a from t;
select (id).a from t;
select (row(1,2)).f1, (row(1,'x')::pair).b, (row(1,2)).f3;
update t set c.a = 10, c.b = 'ten', n.ps[2].a = 4 where id = 1 returning c, n;
update t set c = row(1,2,3);
update t set c.a = 'x';
update t set c.nope = 1;
update t set cs[3].b = 'new', cs[1] = '(9,nine)' where id = 1 returning cs;
update t set c = null where id = 3 returning c, c is null;
select id from t where c = row(10,'ten')::pair;
select c, count(*) from t group by c order by c;
select distinct c from t order by c desc;
select array_agg(c order by id) from t;

-- whole rows
select t from t order by t;
select x, x.id from t x where x is not null order by 1;
select t.* from t where t = t order by 1 limit 1;
select count(t), count(distinct t) from t;
select a, b from (values (1),(2)) a(i) left join t b on b.id = a.i + 1 order by a.i;
select s, s is null from (values (1),(5)) a(i) left join (select id, 'k' as k from t) s on s.id = a.i order by a.i;
select g from generate_series(1,2) g;
select g from generate_series(1,2) with ordinality g;
select j from (t join (values (1,'one')) v(id, w) using (id)) j;
select (select t from t where id = o.id) from t o order by o.id;
with w as (select id, c from t) select w, (w).c from w order by w.id;
insert into t values (4, '(4,four)', null, null) returning t, (t).id, old, new;
update t set c = '(5,five)' where id = 4 returning old, new;
delete from t where id = 4 returning t, old, new;
select (x).id, (x).c from (select t as x from t) s order by 1;
select (x).* from (select t as x from t) s order by 1;
create view v as select t, t.c, (t.c).a as ca from t;
select * from v order by ca;
select pg_get_viewdef('v');
drop view v;

-- indexes and constraints over rows
create table k (p pair primary key, q pair unique, r checked);
insert into k values ('(1,a)', '(1,a)', '(1,1)'), ('(1,b)', '(1,b)', null);
insert into k values ('(1,a)', '(9,z)', null);
insert into k values ('(2,a)', '(1,a)', null);
insert into k values ('(3,a)', '(3,a)', row(0,1));
select * from k where p = '(1,b)';
select * from k where p > '(1,a)' order by p;
select * from k order by p desc;

-- column definition lists and whole-row functions
select * from unnest(array[row(1,'x')::pair, row(2,'y')::pair]);
select * from unnest(array[row(1,'x')::pair, null]) with ordinality u(a, b, n);
select u, u.a from unnest(array[row(1,'x')::pair, row(2,'y')::pair]) u;
select unnest(array[row(1,'x')::pair, row(2,'y')::pair]);
select (unnest(array[row(1,'x')::pair, row(2,'y')::pair])).*;

-- parts of arrays
create table arr (a int[], b int[][], s text[]);
insert into arr values (null, null, null);
update arr set a[3] = 5 returning a;
update arr set a[-1] = 7, a[1] = 1 returning a;
update arr set a[2:4] = '{10,20,30}' returning a;
update arr set a[6:7] = '{1,2}' returning a;
update arr set a[1:2] = '{1}';
update arr set a[2:1] = '{1}';
update arr set a[null] = 1;
update arr set a[1] = null, s[2] = 'x' returning a, s;
update arr set a[1:2] = null returning a;
update arr set b[1][1] = 1 returning b;
update arr set b[1][2] = 1;
update arr set b[1] = 1;
update arr set b = '{{1,2},{3,4}}';
update arr set b[2][1] = 9 returning b;
update arr set b[:1][:1] = '{{55}}' returning b;
update arr set b[2:3] = '{{55,56}}';
update arr set a = '{}';
update arr set a[:5] = '{1,2}';
update arr set a[2147483647] = 1;
insert into arr (a[2], a[1]) values (1, 2), (3, 4) returning a;
