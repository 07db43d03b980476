-- ok
SELECT EXTRACT(year FROM a), EXTRACT(DAY FROM b + c)

-- ok
SELECT EXTRACT(month FROM a), EXTRACT(DAY FROM b + c)

-- ok
SELECT EXTRACT(day FROM a), EXTRACT(DAY FROM b + c)

-- ok
SELECT EXTRACT(hour FROM a), EXTRACT(DAY FROM b + c)

-- ok
SELECT EXTRACT(minute FROM a), EXTRACT(DAY FROM b + c)

-- ok
SELECT EXTRACT(second FROM a), EXTRACT(DAY FROM b + c)

-- ok
SELECT EXTRACT(epoch FROM a), EXTRACT(DAY FROM b + c)

-- ok
SELECT EXTRACT(century FROM a), EXTRACT(DAY FROM b + c)

-- ok
SELECT EXTRACT("Dow" FROM a), EXTRACT(DAY FROM b + c)

-- ok
SELECT EXTRACT('quarter' FROM a), EXTRACT(DAY FROM b + c)

-- ok
SELECT EXTRACT(timezone_hour FROM a), EXTRACT(DAY FROM b + c)

-- ok
SELECT OVERLAY(a PLACING b FROM 1), overlay(a)

-- ok
SELECT OVERLAY(a PLACING b FROM 1 FOR 2), overlay(a)

-- ok
SELECT OVERLAY(a ), overlay(a)

-- ok
SELECT OVERLAY(), overlay(a)

-- ok
SELECT OVERLAY( 'x' PLACING b FROM c + 1 FOR d), overlay(a)

-- ok
SELECT OVERLAY(a, b, 1), overlay(a)

-- ok
SELECT OVERLAY(a, b, 1, 2), overlay(a)

-- ok
SELECT OVERLAY(x => 1), overlay(a)

-- ok
SELECT POSITION(a IN b)

-- ok
SELECT POSITION( 'b' IN c)

-- ok
SELECT POSITION(a IN b )

-- ok
SELECT POSITION(1 + 2 IN x)

-- ok
SELECT SUBSTRING(a FROM 1), substring(a)

-- ok
SELECT SUBSTRING(a FROM 1 FOR 2), substring(a)

-- ok
SELECT SUBSTRING(a FOR 2), substring(a)

-- ok
SELECT SUBSTRING(a FOR 2 FROM 1), substring(a)

-- ok
SELECT SUBSTRING(a SIMILAR b ESCAPE c), substring(a)

-- ok
SELECT SUBSTRING(a FROM 'x'), substring(a)

-- ok
SELECT SUBSTRING(a, 1), substring(a)

-- ok
SELECT SUBSTRING(a, 1, 2), substring(a)

-- ok
SELECT SUBSTRING(a), substring(a)

-- ok
SELECT SUBSTRING(a FROM b FOR c), substring(a)

-- ok
SELECT SUBSTRING(), substring(a)

-- ok
SELECT SUBSTRING(x => 1, y => 2), substring(a)

-- ok
SELECT TRIM(a)

-- ok
SELECT TRIM(BOTH a)

-- ok
SELECT TRIM(LEADING a)

-- ok
SELECT TRIM(TRAILING a)

-- ok
SELECT TRIM(FROM a)

-- ok
SELECT TRIM(BOTH FROM a)

-- ok
SELECT TRIM(LEADING FROM a)

-- ok
SELECT TRIM(TRAILING FROM a)

-- ok
SELECT TRIM('x' FROM a)

-- ok
SELECT TRIM(BOTH 'x' FROM a)

-- ok
SELECT TRIM(LEADING 'x' FROM a)

-- ok
SELECT TRIM(TRAILING 'x' FROM a)

-- ok
SELECT TRIM(a, b)

-- ok
SELECT TRIM(BOTH a, b)

-- ok
SELECT TRIM('x' FROM a, b)

-- ok
SELECT TRIM(FROM a, b)

-- ok
SELECT COALESCE(a)

-- ok
SELECT COALESCE(a, b, c)

-- ok
SELECT NULLIF(a, b)

-- ok
SELECT GREATEST(a)

-- ok
SELECT GREATEST(a, b)

-- ok
SELECT LEAST(a, b, c)

-- ok
SELECT LEAST(a)

-- ok
SELECT COALESCE(COALESCE(a), NULLIF(b, c))

-- ok
SELECT NORMALIZE(a)

-- ok
SELECT NORMALIZE(a, NFC)

-- ok
SELECT NORMALIZE(a, NFD)

-- ok
SELECT NORMALIZE(a, NFKC)

-- ok
SELECT NORMALIZE(a, nfkd)

-- ok
SELECT

-- ok
SELECT COLLATION FOR (a)

-- ok
SELECT COLLATION FOR ('x' COLLATE "C")

-- ok
SELECT TREAT(a AS int)

-- ok
SELECT TREAT(a AS s.t)

-- ok
SELECT CAST(a AS int)

-- ok
SELECT GROUPING(a)

-- ok
SELECT GROUPING(a, b + 1)

-- ok
SELECT MERGE_ACTION()

-- ok
SELECT "grouping"(a)

-- ok
SELECT "coalesce"(a)

-- ok
SELECT pg_catalog.position(a, b)

-- ok
SELECT pg_catalog.extract('x', y)

-- ok
SELECT "overlay"()

-- ok
SELECT pg_catalog.substring(a, b)

-- ok
SELECT pg_catalog.btrim(a)

-- ok
SELECT s.normalize(a, b)

-- ok
SELECT s.xmlconcat(a)

-- ok
SELECT s.json_object(a)

-- ok
SELECT XMLELEMENT(NAME a)

-- ok
SELECT XMLELEMENT(NAME "B c")

-- ok
SELECT XMLELEMENT(NAME a, XMLATTRIBUTES(b))

-- ok
SELECT XMLELEMENT(NAME a, XMLATTRIBUTES(b, c AS d))

-- ok
SELECT XMLELEMENT(NAME a, b)

-- ok
SELECT XMLELEMENT(NAME a, b, 'c')

-- ok
SELECT XMLELEMENT(NAME a, XMLATTRIBUTES(b AS "C d"), e, f)

-- ok
SELECT XMLFOREST(a), XMLCONCAT(a)

-- ok
SELECT XMLFOREST(a, b), XMLCONCAT(a, b)

-- ok
SELECT XMLFOREST(a AS b), XMLCONCAT(a, b, c)

-- ok
SELECT XMLFOREST(a AS b, c + 1 AS "D e"), XMLCONCAT(NULL)

-- ok
SELECT XMLPARSE(DOCUMENT a)

-- ok
SELECT XMLPARSE(CONTENT a)

-- ok
SELECT XMLPARSE(DOCUMENT a PRESERVE WHITESPACE)

-- ok
SELECT XMLPARSE(CONTENT a STRIP WHITESPACE)

-- ok
SELECT XMLPARSE(CONTENT a )

-- ok
SELECT XMLPI(NAME a)

-- ok
SELECT XMLPI(NAME "b c")

-- ok
SELECT XMLPI(NAME a, 'content')

-- ok
SELECT XMLPI(NAME a, b )

-- ok
SELECT XMLPI(NAME c)

-- ok
SELECT XMLROOT(a, VERSION '1.0')

-- ok
SELECT XMLROOT(a, VERSION NO VALUE)

-- ok
SELECT XMLROOT(a, VERSION '1.0', STANDALONE YES)

-- ok
SELECT XMLROOT(a, VERSION NO VALUE, STANDALONE NO)

-- ok
SELECT XMLROOT(a, VERSION b )

-- ok
SELECT XMLROOT(a, VERSION c, STANDALONE NO VALUE)

-- ok
SELECT XMLSERIALIZE(DOCUMENT a AS text)

-- ok
SELECT XMLSERIALIZE(CONTENT a AS varchar(9))

-- ok
SELECT XMLSERIALIZE(CONTENT a AS text INDENT)

-- ok
SELECT XMLSERIALIZE(DOCUMENT a AS text NO INDENT)

-- ok
SELECT XMLEXISTS('//x' PASSING a)

-- ok
SELECT XMLEXISTS('//x' PASSING BY REF a)

-- ok
SELECT XMLEXISTS('//x' PASSING BY VALUE a)

-- ok
SELECT XMLEXISTS('//x' PASSING a BY REF)

-- ok
SELECT XMLEXISTS('//x' PASSING a BY VALUE)

-- ok
SELECT XMLEXISTS('//x' PASSING BY REF a BY VALUE)

-- ok
SELECT XMLEXISTS('//x' PASSING BY VALUE a BY REF)

-- ok
SELECT XMLEXISTS('//x' PASSING f(a))

-- ok
SELECT CURRENT_DATE + 1, f(CURRENT_TIMESTAMP), COALESCE(USER, CURRENT_ROLE), NULLIF(SESSION_USER, SYSTEM_USER)

-- ok
SELECT GREATEST(a, b) COLLATE "C", NOT COALESCE(a, b), - NULLIF(a, b), TRIM(a) || TRIM(b)

-- ok
SELECT POSITION(a = b IN c)_

-- ok
SELECT COLLATION (a)

-- ok
SELECT MERGE_ACTION

-- ok
SELECT XMLROOT(a, VERSION NO)

-- ok
SELECT POSITION('a' + 'b' IN c), NORMALIZE(a + b), COLLATION FOR (a + b), XMLPARSE(CONTENT (a || b) PRESERVE WHITESPACE)

-- ok
SELECT XMLPI(NAME a, (b || c)), XMLROOT(a, VERSION b || c, STANDALONE NO VALUE), XMLSERIALIZE(CONTENT (a || b) AS s.t), XMLEXISTS('//x' PASSING (a || b))

-- ok
SELECT OVERLAY(a || 'x' PLACING b || 'y' FROM c + 1 FOR d * 2), NORMALIZE(a || b, NFKC), COLLATION FOR (a || b)

-- ok
alter type x add value 'a' before 'b'

-- ok
set time zone interval '1' hour to minute

-- ok
select 1::float(25)

-- ok
create role r encrypted password 'x'

-- ok
copy t to stdin

-- ok
copy t from stdout

-- ok
drop table a.b.c.d

-- ok
reset session authorization

-- ok
set a.b.c.d = 1

-- ok
set names

-- ok
set names default

-- ok
set xml option document

-- ok
set local time zone local

-- ok
create policy p on t as permissive

-- ok
select f(a, variadic b order by c)

-- ok
select f(all a)

-- ok
select f() filter (where a) over w

-- ok
select f(a) within group (order by b) filter (where c) over (w)

-- ok
select count(*) within group (order by a)

-- ok
select * from xmltable('a' passing b columns c for ordinality, d for ordinality)

-- ok
select * from json_table(a, 'x' columns (nested 'b' columns (c int)))

-- ok
select json_value(a, 'x' returning int default 1 on error)

-- ok
select json_value(a, 'x' null on empty error on error)

-- ok
select json_query(a, 'x' with conditional wrapper keep quotes on scalar string)

-- ok
select json_query(a, 'x' without array wrapper omit quotes)

-- ok
select json_exists(a, 'x' passing 1 as b, 2 as c unknown on error)

-- ok
select json_exists(a, 'x' empty on error)

-- ok
select json_object('a' value 1, 'b': 2 null on null with unique keys returning text format json encoding utf16)

-- ok
select json_object('a', 1)

-- ok
select json_object(a => 1)

-- ok
select json_array(select 1 returning int)

-- ok
select json_array(1, 2 format json absent on null)

-- ok
select json_arrayagg(a order by b null on null returning int) filter (where x)

-- ok
select json_objectagg(a: b absent on null without unique) over (w)

-- ok
select json_scalar(1), json_serialize(2 returning bytea), json('3' with unique keys)

-- ok
select a is json object with unique keys

-- ok
select a is not json scalar without unique

-- ok
select merge_action()

-- ok
select treat(a as int)

-- ok
select overlay(a placing b from 1), overlay(a, b)

-- ok
select substring(a for 2 from 1)

-- ok
select trim(both from a, b), trim(from a), trim(leading a from b), trim(a from b, c)

-- ok
select collation for (a)

-- ok
select a.b[1].c, (a).*, (a.b).c[1]

-- ok
select 1 between 2 and 3 and 4

-- ok
select 1 not between symmetric 2 and 3

-- ok
select a ~~ any (array[1]), a like all (select 1), a not ilike some (values (1))

-- ok
select operator(x.+) 1

-- ok
select a isnull notnull

-- ok
select 1 as from

-- ok
select distinct on (a, b) c

-- ok
select all from t

-- ok
select a into temp table b from c

-- ok
select a into local temp b

-- ok
-- notice 01000 15: GLOBAL is deprecated in temporary table creation
select a into global temporary b

-- ok
select a into unlogged table b.c

-- ok
select a from t for update of x, y nowait for share skip locked

-- ok
select a for read only

-- ok
select a order by b fetch next 2 rows with ties

-- ok
with recursive a(b) as materialized (select 1) search depth first by b set c select 1

-- ok
with recursive a(b) as (select 1) search breadth first by b, d set c cycle e, f set g to 1 default 2 using h select 1

-- ok
with recursive a(b) as (select 1) cycle e set g using h select 1

-- ok
with a as not materialized (insert into t values (1) returning *) table a

-- ok
values (1), (2) order by 1 limit 1

-- ok
values (default), (1, default)

-- ok
table t union table u

-- ok
table only t

-- ok
table t *

-- ok
select * from t1 left outer join t2 on a right join t3 on b

-- ok
select * from ((t1 join t2 on a))

-- ok
select * from lateral (select 1) x(a,b), lateral f(x) with ordinality as y(a int)

-- ok
select * from rows from (f(1) as (a int), g(2)) with ordinality z

-- ok
select * from f() as (a int, b text collate "C")

-- ok
select * from t tablesample system (1) repeatable (2)

-- ok
select * from t as x tablesample foo.bar (1, 2) repeatable (2), u

-- ok
select a group by all a

-- ok
select a group by distinct rollup (a, (b, c)), cube (d), grouping sets ((), (a), rollup (b))

-- ok
select a group by ()

-- ok
select a having b window w as (partition by c order by d rows 1 preceding), x as (w groups between 1 following and unbounded following exclude ties)

-- ok
select sum(a) over (w partition by a)

-- error 21: syntax error at or near ")"
SELECT POSITION('a' )

-- error 17: syntax error at or near ")"
SELECT POSITION()

-- error 19: syntax error at or near ")"
SELECT POSITION( c)

-- error 19: syntax error at end of input
SELECT NORMALIZE(a

-- error 9: syntax error at or near ")"
SELECT b)

-- error 24: syntax error at end of input
SELECT COLLATION FOR (a

-- error 17: syntax error at or near ")"
SELECT XMLPARSE()

-- error 18: syntax error at or near "b"
SELECT XMLPARSE( b PRESERVE WHITESPACE)

-- error 19: syntax error at or near ")"
SELECT XMLPI(NAME )

-- error 27: syntax error at or near ")"
SELECT XMLROOT(a, VERSION )

-- error 31: syntax error at or near ")"
SELECT XMLSERIALIZE(CONTENT a )

-- error 21: syntax error at or near ")"
SELECT XMLSERIALIZE()

-- error 22: syntax error at or near "b"
SELECT XMLSERIALIZE( b AS s.t)

-- error 36: syntax error at end of input
SELECT XMLEXISTS('//x' PASSING (a )

-- error 24: syntax error at or near ")"
SELECT XMLEXISTS('//x' )

-- error 24: syntax error at or near "b"
SELECT XMLEXISTS('//x' b))

-- error 101: syntax error at or near "["
SELECT EXTRACT(x FROM y) OVER_ , TRIM(a) x, COALESCE(a, b)::int, (POSITION(a IN b)) + 1, COALESCE(a)[1]_

-- error 23: syntax error at or near "FILTER"
SELECT COALESCE(a, b) FILTER (WHERE c), CURRENT_DATE OVER w

-- error 28: syntax error at or near "FILTER"
SELECT EXTRACT(day FROM a) FILTER (WHERE b)

-- error 16: syntax error at or near ")"
SELECT EXTRACT()

-- error 17: syntax error at or near ","
SELECT EXTRACT(a, b)

-- error 20: syntax error at or near "a"
SELECT EXTRACT(day a)

-- error 16: syntax error at or near "FROM"
SELECT EXTRACT(FROM a)

-- error 16: syntax error at or near "1"
SELECT EXTRACT(1 FROM a)

-- error 17: syntax error at or near "."
SELECT EXTRACT(a.b FROM c)

-- error 24: syntax error at or near ")"
SELECT EXTRACT(day FROM)

-- error 26: syntax error at or near ","
SELECT EXTRACT(day FROM a, b)

-- error 16: syntax error at or near "day"
SELECT EXTRACT day

-- error 23: syntax error at or near "to"
SELECT EXTRACT(decade to day FROM a)

-- error 16: syntax error at or near "select"
SELECT EXTRACT(select FROM a)

-- error 27: syntax error at or near ")"
SELECT OVERLAY(a PLACING b)

-- error 18: syntax error at or near "FROM"
SELECT OVERLAY(a FROM 1)

-- error 28: syntax error at or near "FOR"
SELECT OVERLAY(a PLACING b FOR 1)

-- error 26: syntax error at or near "FROM"
SELECT OVERLAY(a PLACING FROM 1)

-- error 38: syntax error at or near ")"
SELECT OVERLAY(a PLACING b FROM 1 FOR)

-- error 18: syntax error at or near ")"
SELECT POSITION(a)

-- error 18: syntax error at or near ","
SELECT POSITION(a, b)

-- error 21: syntax error at or near ")"
SELECT POSITION(a IN)

-- error 24: syntax error at or near "IN"
SELECT POSITION(a IN b IN c)

-- error 18: syntax error at or near "FROM"
SELECT SUBSTRING(FROM 1)

-- error 24: syntax error at or near ")"
SELECT SUBSTRING(a FROM)

-- error 23: syntax error at or near ")"
SELECT SUBSTRING(a FOR)

-- error 27: syntax error at or near "FROM"
SELECT SUBSTRING(a FROM 1 FROM 2)

-- error 26: syntax error at or near "FOR"
SELECT SUBSTRING(a FOR 1 FOR 2)

-- error 29: syntax error at or near ")"
SELECT SUBSTRING(a SIMILAR b)

-- error 20: syntax error at or near "ESCAPE"
SELECT SUBSTRING(a ESCAPE b)

-- error 21: syntax error at or near "FROM"
SELECT SUBSTRING(a, FROM 1)

-- error 36: syntax error at or near ")"
SELECT SUBSTRING(a SIMILAR b ESCAPE)

-- error 13: syntax error at or near ")"
SELECT TRIM()

-- error 17: syntax error at or near ")"
SELECT TRIM(BOTH)

-- error 18: syntax error at or near "LEADING"
SELECT TRIM(BOTH LEADING a)

-- error 17: syntax error at or near ")"
SELECT TRIM(FROM)

-- error 21: syntax error at or near ")"
SELECT TRIM('x' FROM)

-- error 22: syntax error at or near "FROM"
SELECT TRIM(a FROM b FROM c)

-- error 20: syntax error at or near "a"
SELECT TRIM(MIDDLE a)

-- error 25: syntax error at or near "a"
SELECT TRIM(LEADING 'x' a)

-- error 15: syntax error at or near "BOTH"
SELECT TRIM(a BOTH b)

-- error 17: syntax error at or near ")"
SELECT COALESCE()

-- error 15: syntax error at or near ")"
SELECT NULLIF()

-- error 16: syntax error at or near ")"
SELECT NULLIF(a)

-- error 19: syntax error at or near ","
SELECT NULLIF(a, b, c)

-- error 17: syntax error at or near ")"
SELECT GREATEST()

-- error 14: syntax error at or near ")"
SELECT LEAST()

-- error 19: syntax error at or near ")"
SELECT COALESCE(a,)

-- error 17: syntax error at or near "DISTINCT"
SELECT COALESCE(DISTINCT a)

-- error 19: syntax error at or near "ORDER"
SELECT COALESCE(a ORDER BY b)

-- error 17: syntax error at or near "VARIADIC"
SELECT COALESCE(VARIADIC a)

-- error 19: syntax error at or near "=>"
SELECT COALESCE(a => 1)

-- error 18: syntax error at or near ")"
SELECT NORMALIZE()

-- error 21: syntax error at or near "'NFC'"
SELECT NORMALIZE(a, 'NFC')

-- error 21: syntax error at or near "NFX"
SELECT NORMALIZE(a, NFX)

-- error 24: syntax error at or near ","
SELECT NORMALIZE(a, NFC, b)

-- error 22: syntax error at or near "a"
SELECT COLLATION FOR a

-- error 23: syntax error at or near ")"
SELECT COLLATION FOR ()

-- error 15: syntax error at or near ")"
SELECT TREAT(a)

-- error 15: syntax error at or near ","
SELECT TREAT(a, int)

-- error 13: syntax error at or near ")"
SELECT CAST()

-- error 17: syntax error at or near ")"
SELECT GROUPING()

-- error 17: syntax error at or near "*"
SELECT GROUPING(*)

-- error 21: syntax error at or near "a"
SELECT MERGE_ACTION(a)

-- error 19: syntax error at or near ")"
SELECT XMLELEMENT()

-- error 19: syntax error at or near "a"
SELECT XMLELEMENT(a)

-- error 23: syntax error at or near ")"
SELECT XMLELEMENT(NAME)

-- error 24: syntax error at or near "'a'"
SELECT XMLELEMENT(NAME 'a')

-- error 41: syntax error at or near ")"
SELECT XMLELEMENT(NAME a, XMLATTRIBUTES())

-- error 43: syntax error at or near "("
SELECT XMLELEMENT(NAME a, b, XMLATTRIBUTES(c))

-- error 25: syntax error at or near "."
SELECT XMLELEMENT(NAME a.b)

-- error 18: syntax error at or near ")"
SELECT XMLFOREST()

-- error 22: syntax error at or near ")"
SELECT XMLFOREST(a AS)

-- error 18: syntax error at or near ")"
SELECT XMLCONCAT()

-- error 23: syntax error at or near "a"
SELECT XMLCONCAT(NAME a)

-- error 17: syntax error at or near "a"
SELECT XMLPARSE(a)

-- error 25: syntax error at or near ")"
SELECT XMLPARSE(DOCUMENT)

-- error 17: syntax error at or near "TEXT"
SELECT XMLPARSE(TEXT a)

-- error 32: syntax error at or near ")"
SELECT XMLPARSE(CONTENT a STRIP)

-- error 14: syntax error at or near "a"
SELECT XMLPI(a)

-- error 18: syntax error at or near ")"
SELECT XMLPI(NAME)

-- error 23: syntax error at or near ","
SELECT XMLPI(NAME a, b, c)

-- error 17: syntax error at or near ")"
SELECT XMLROOT(a)

-- error 26: syntax error at or near ")"
SELECT XMLROOT(a, VERSION)

-- error 19: syntax error at or near "'1.0'"
SELECT XMLROOT(a, '1.0')

-- error 42: syntax error at or near ")"
SELECT XMLROOT(a, VERSION 'x', STANDALONE)

-- error 43: syntax error at or near "MAYBE"
SELECT XMLROOT(a, VERSION 'x', STANDALONE MAYBE)

-- error 21: syntax error at or near "a"
SELECT XMLSERIALIZE(a AS text)

-- error 30: syntax error at or near ")"
SELECT XMLSERIALIZE(CONTENT a)

-- error 33: syntax error at or near ")"
SELECT XMLSERIALIZE(CONTENT a AS)

-- error 41: syntax error at or near ")"
SELECT XMLSERIALIZE(CONTENT a AS text NO)

-- error 19: syntax error at or near ")"
SELECT XMLEXISTS(a)

-- error 19: syntax error at or near ","
SELECT XMLEXISTS(a, b)

-- error 27: syntax error at or near ")"
SELECT XMLEXISTS(a PASSING)

-- error 30: syntax error at or near "+"
SELECT XMLEXISTS(a PASSING b + c)

-- error 31: syntax error at or near "b"
SELECT XMLEXISTS(a PASSING BY b)

-- error 1 0A000: CREATE ASSERTION is not yet implemented
CREATE ASSERTION a CHECK (true)

-- error 35 0A000: MATCH PARTIAL not yet implemented
create table t(a int references b match partial)

-- error 52 0A000: MATCH PARTIAL not yet implemented
create table t(a int, foreign key (a) references b match partial)

-- error 40 0A000: WITH CHECK OPTION not supported on recursive views
create recursive view v(a) as select 1 with check option

-- error 14 0A000: dropping an enum value is not implemented
alter type x drop value 'a'

-- error 28: time zone interval must be HOUR or HOUR TO MINUTE
set time zone interval '1' day

-- error 31: syntax error at or near "hour"
set time zone interval(3) '1' hour

-- error 24: syntax error at or near "second"
select interval(3) '1' second(3)

-- error 25: syntax error at or near "second"
select '1'::interval(3) second(2)

-- error 17 22023: precision for type float must be at least 1 bit
select 1::float(0)

-- error 17 22023: precision for type float must be less than 54 bits
select 1::float(54)

-- error 15 0A000: UNENCRYPTED PASSWORD is no longer supported
-- hint: Remove UNENCRYPTED to store the password in encrypted form instead.
create role r unencrypted password 'x'

-- error 20 0A000: CREATE EXTENSION ... FROM is no longer supported
create extension e from 'a'

-- error 0: STDIN/STDOUT not allowed with PROGRAM
copy t from program stdin

-- error 18: WHERE clause not allowed with COPY TO
copy t to stdout where a > 1

-- error 17: syntax error at or near "from"
copy (select 1) from stdin

-- error 34: duplicate trigger events specified at or near "insert"
create trigger t after insert or insert on x execute function f()

-- error 51: duplicate trigger events specified at or near "on"
create trigger t after update of a or update of b on x execute function f()

-- error 59 42710: modulus for hash partition provided more than once
create table p partition of q for values with (modulus 3, modulus 4)

-- error 42: remainder for hash partition must be specified
create table p partition of q for values with (modulus 3)

-- error 42: modulus for hash partition must be specified
create table p partition of q for values with (remainder 3)

-- error 48: unrecognized hash partition bound specification "foo"
create table p partition of q for values with (foo 3)

-- error 72 42710: remainder for hash partition provided more than once
create table p partition of q for values with (modulus 3, remainder 1, remainder 2)

-- error 56: syntax error at or near "-"
create table p partition of q for values with (modulus -3, remainder 1)

-- error 15: improper qualified name (too many dotted names): a.b.c.d
select * from a.b.c.d

-- error 13: improper qualified name (too many dotted names): a.b.c.d
insert into a.b.c.d values (1)

-- error 14: improper qualified name (too many dotted names): a.b.c.d
create table a.b.c.d (a int)

-- error 24: syntax error at or near "1"
create database d with 1

-- error 5: syntax error at or near "current_catalog"
set current_catalog = x

-- error 13 0A000: current database cannot be changed
set catalog 'x'

-- error 25: unrecognized row security option "foo"
-- hint: Only PERMISSIVE or RESTRICTIVE policies are supported currently.
create policy p on t as foo for select

-- error 20: syntax error at or near ","
select f(variadic a, b)

-- error 19: syntax error at or near "*"
select f(distinct *)

-- error 16: syntax error at or near "("
select xmltable('a' passing b columns c int)

-- error 62: only one DEFAULT value is allowed
select * from xmltable('a' passing b columns c int default 1 default 2)

-- error 61: only one PATH value per column is allowed
select * from xmltable('a' passing b columns c int path 'a' path 'b')

-- error 57: conflicting or redundant NULL / NOT NULL declarations for column "c"
select * from xmltable('a' passing b columns c int null not null)

-- error 52: unrecognized column option "foo"
select * from xmltable('a' passing b columns c int foo 'x')

-- error 29 0A000: only string constants are supported in JSON_TABLE path specification
select * from json_table(a, 'x' || 'y' columns (b int))

-- error 42: syntax error at or near ")"
select * from json_table(a, 'x' columns ())

-- error 41: syntax error at or near "null"
select json_value(a, 'x' error on error null on empty)

-- error 15: syntax error at or near "format"
select json(1 format foo)

-- error 36 22023: unrecognized JSON encoding: foo
select json(1 format json encoding foo)

-- error 40: syntax error at or near "foo"
select normalize(a, nfc), normalize(a, foo)

-- error 28: syntax error at or near "for"
select overlay(a placing b for 1)

-- error 33: syntax error at or near "for"
select substring(a from 1 for 2 for 3)

-- error 62: syntax error at or near ")"
select substring(a similar b escape c), substring(a similar b)

-- error 17: syntax error at or near ")"
select trim(both), trim()

-- error 58: syntax error at or near "1"
select extract(foo from a), extract('x' from b), extract(1 from b)

-- error 36: syntax error at or near ","
select position(a in b), position(a, b), position(a)

-- error 30: syntax error at or near ","
select cast(a as int), cast(a, int)

-- error 40: syntax error at or near "-"
select current_time(3), localtimestamp(-1)

-- error 20: syntax error at or near "("
select current_date()

-- error 17: syntax error at or near ")"
select grouping()

-- error 36: syntax error at or near ")"
select row(), row(1), (1,2), (1), ()

-- error 41: syntax error at or near "["
select array[], array[[1],[2]], array[1,[2]], array(select 1)

-- error 13: syntax error at or near ":"
select a[1:2:3], a[:], a[1:], a[:2][3]

-- error 26: improper use of "*" at end of input
select a.b.c.d.e.f, a.*.b

-- error 23: syntax error at or near "null"
select a between b is null and c

-- error 26: syntax error at or near "like"
select a like b escape c like d

-- error 22: syntax error at or near ")"
select a operator(x.y) b

-- error 20: syntax error at end of input
select a operator(b

-- error 16: syntax error at or near "b"
select a = any b

-- error 32: syntax error at or near ")"
select a not in (1), a not in ()

-- error 29: syntax error at or near "is"
select a is distinct from b is distinct from c

-- error 18: syntax error at or near "null"
select not a not null

-- error 14: syntax error at end of input
select 1 from

-- error 10: syntax error at or near "year"
select 1 year, 2 as year, 3 second

-- error 10: syntax error at or near "precision"
select 1 precision

-- error 10: syntax error at or near "without"
select 1 without

-- error 21: syntax error at or near ")"
select distinct on () a

-- error 16: syntax error at end of input
select distinct

-- error 22: syntax error at or near "b"
select a into strict b

-- error 28: syntax error at or near "share"
select a from t for no key share

-- error 41: syntax error at or near "fetch"
select a from t limit all offset 1 rows fetch first row only

-- error 18: syntax error at or near "limit"
select a limit 1 limit 2

-- error 19: syntax error at or near "offset"
select a offset 1 offset 2

-- error 28: WITH TIES cannot be specified without ORDER BY clause
select a fetch next 2 rows with ties

-- error 47: SKIP LOCKED and WITH TIES options cannot be used together
select a from t order by b fetch first 1 rows with ties for update skip locked

-- error 20: multiple LIMIT clauses not allowed
(select 1 limit 1) limit 2

-- error 33: multiple ORDER BY clauses not allowed
((select 1 order by 1) order by 2)

-- error 39: syntax error at or near "with"
(with a as (select 1) select 2) union with b as (select 3) select 4

-- error 1: multiple WITH clauses not allowed
with a as (select 1) (with b as (select 2) select 3)

-- error 57: syntax error at or near "using"
with recursive a(b) as (select 1) cycle e set g to true using h select 1

-- error 20: syntax error at end of input
select from t where

-- error 34: syntax error at or near "on"
select * from t1 natural join t2 on true

-- error 32: syntax error at or near "using"
select * from t1 cross join t2 using (a)

-- error 25: syntax error at end of input
select * from t1 join t2

-- error 41: syntax error at or near "("
select * from t1 join t2 using (a) as x (b)

-- error 33: syntax error at or near ")"
select * from t1 join t2 using ()

-- error 42: syntax error at or near ")"
select * from (t1 join t2 on a) as x, (t3)

-- error 24: syntax error at end of input
select * from lateral t

-- error 26: syntax error at or near ")"
select * from rows from ()

-- error 29: syntax error at or near ")"
select * from f() x(a int, b)

-- error 35: syntax error at end of input
select * from t tablesample system

-- error 28: syntax error at or near "with"
select * from (values (1)) with ordinality

-- error 28: syntax error at or near "*"
select * from t as x(a, b) *

-- error 37: syntax error at or near "*"
select * from only (t) as x, only t *, t* y

-- error 1: syntax error at or near "group"
group by

-- error 32: syntax error at end of input
select a group by grouping sets

-- error 34 42P20: frame start cannot be UNBOUNDED FOLLOWING
select sum(a) over (rows between unbounded following and current row)

-- error 50 42P20: frame starting from current row cannot have preceding rows
select sum(a) over (rows between current row and 1 preceding)

-- error 26 42P20: frame starting from following row cannot end with current row
select sum(a) over (rows 1 following)

-- error 51 42P20: frame starting from following row cannot have preceding rows
select sum(a) over (range between 1 following and current row)

-- error 50 42P20: frame end cannot be UNBOUNDED PRECEDING
select sum(a) over (rows between current row and unbounded preceding)

-- error 26 42P20: frame start cannot be UNBOUNDED FOLLOWING
select sum(a) over (rows unbounded following)

-- error 31: syntax error at or near "w"
select sum(a) over (partition w)
