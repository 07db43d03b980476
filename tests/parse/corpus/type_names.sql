-- ok
SELECT a::int

-- ok
SELECT a::int2

-- ok
SELECT a::int4

-- ok
SELECT a::int8

-- ok
SELECT a::integer

-- ok
SELECT a::smallint

-- ok
SELECT a::bigint

-- ok
SELECT a::real

-- ok
SELECT a::float

-- ok
SELECT a::float(1)

-- ok
SELECT a::float(24)

-- ok
SELECT a::float(25)

-- ok
SELECT a::float(53)

-- ok
SELECT a::float4

-- ok
SELECT a::float8

-- ok
SELECT a::double precision

-- ok
SELECT a::decimal

-- ok
SELECT a::decimal(3)

-- ok
SELECT a::dec(3,1)

-- ok
SELECT a::numeric

-- ok
SELECT a::numeric(10,-2)

-- ok
SELECT a::boolean

-- ok
SELECT a::bool

-- ok
SELECT a::bit

-- ok
SELECT a::bit(3)

-- ok
SELECT a::bit varying

-- ok
SELECT a::bit varying(3)

-- ok
SELECT a::char

-- ok
SELECT a::char(3)

-- ok
SELECT a::character

-- ok
SELECT a::character(3)

-- ok
SELECT a::char varying(3)

-- ok
SELECT a::character varying

-- ok
SELECT a::character varying(3)

-- ok
SELECT a::varchar

-- ok
SELECT a::varchar(3)

-- ok
SELECT a::nchar

-- ok
SELECT a::nchar(3)

-- ok
SELECT a::nchar varying(3)

-- ok
SELECT a::national char

-- ok
SELECT a::national character(3)

-- ok
SELECT a::national char varying(3)

-- ok
SELECT a::national character varying

-- ok
SELECT a::time

-- ok
SELECT a::time(3)

-- ok
SELECT a::time with time zone

-- ok
SELECT a::time without time zone

-- ok
SELECT a::time(3) with time zone

-- ok
SELECT a::time(3) without time zone

-- ok
SELECT a::timestamp

-- ok
SELECT a::timestamp(3)

-- ok
SELECT a::timestamp with time zone

-- ok
SELECT a::timestamp without time zone

-- ok
SELECT a::timestamp(3) with time zone

-- ok
SELECT a::timestamptz

-- ok
SELECT a::timestamptz(3)

-- ok
SELECT a::date

-- ok
SELECT a::interval

-- ok
SELECT a::interval year

-- ok
SELECT a::interval month

-- ok
SELECT a::interval day

-- ok
SELECT a::interval hour

-- ok
SELECT a::interval minute

-- ok
SELECT a::interval second

-- ok
SELECT a::interval year to month

-- ok
SELECT a::interval day to hour

-- ok
SELECT a::interval day to minute

-- ok
SELECT a::interval day to second

-- ok
SELECT a::interval hour to minute

-- ok
SELECT a::interval hour to second

-- ok
SELECT a::interval minute to second

-- ok
SELECT a::interval second(3)

-- ok
SELECT a::interval day to second(3)

-- ok
SELECT a::interval hour to second(3)

-- ok
SELECT a::interval minute to second(3)

-- ok
SELECT a::interval(3)

-- ok
SELECT a::json

-- ok
SELECT a::jsonb

-- ok
SELECT a::text

-- ok
SELECT a::xml

-- ok
SELECT a::s.t

-- ok
SELECT a::d.s.t

-- ok
SELECT a::"T"

-- ok
SELECT a::"s"."T"

-- ok
SELECT a::t(1)

-- ok
SELECT a::t(1, 2)

-- ok
SELECT a::s.t('x', a)

-- ok
SELECT a::t(a + 1)

-- ok
SELECT a::pg_catalog.int4

-- ok
SELECT a::"char"

-- ok
SELECT a::money

-- ok
SELECT a::int[]

-- ok
SELECT a::int[3]

-- ok
SELECT a::int[][]

-- ok
SELECT a::int[3][4]

-- ok
SELECT a::int ARRAY

-- ok
SELECT a::int ARRAY[3]

-- ok
SELECT a::int[ ]

-- ok
SELECT a::int[][5]

-- ok
SELECT CAST(a AS timestamp(3) with time zone[])

-- ok
SELECT CAST(a AS interval day to second(3)[2])

-- ok
SELECT CAST(a AS character varying(3)[][])

-- ok
SELECT CAST(a AS s.t(1)[])

-- ok
SELECT CAST(a AS double precision ARRAY)

-- ok
SELECT CAST(a AS numeric(3) ARRAY[4])

-- ok
SELECT CAST(a AS bit varying(3) ARRAY)

-- ok
SELECT CAST(a AS time ARRAY)

-- ok
SELECT CAST(a AS SETOF int)

-- ok
SELECT a::SETOF int[]

-- ok
CREATE TABLE t (a int)

-- ok
CREATE TABLE t (a SETOF int)

-- ok
CREATE TABLE t (a int[])

-- ok
CREATE TABLE t (a SETOF text ARRAY[2])

-- ok
CREATE TABLE t (a "x"[])

-- ok
CREATE FUNCTION f(a int) RETURNS t.b%TYPE LANGUAGE sql

-- ok
CREATE FUNCTION f(a t.b%TYPE) RETURNS SETOF t.b%TYPE LANGUAGE sql

-- ok
CREATE FUNCTION f(int[]) RETURNS SETOF int LANGUAGE sql

-- ok
CREATE FUNCTION f(SETOF int) RETURNS int[] LANGUAGE sql

-- ok
CREATE FUNCTION f(a SETOF t.b%TYPE) RETURNS s.t.c%TYPE LANGUAGE sql

-- ok
CREATE FUNCTION f(VARIADIC a text[]) RETURNS record LANGUAGE sql

-- ok
CREATE FUNCTION f(double precision) RETURNS SETOF record LANGUAGE sql

-- ok
CREATE FUNCTION f(a bit varying(3)) RETURNS trigger LANGUAGE sql

-- ok
SELECT a::double

-- ok
SELECT a::double(3)

-- ok
SELECT a::t.b%TYPE

-- ok
SELECT a::int setof

-- ok
SELECT CAST(a AS varying)

-- ok
SELECT a::decimal(b), c::bit(2, 3), d::bit(e)

-- ok
SELECT a::interval(2147483647), b::timestamp(2147483647), c::time(0)

-- error 22: syntax error at or near "%"
CREATE TABLE t (a t.b%TYPE)

-- error 28: syntax error at or near "%"
CREATE TABLE t (a SETOF t.b%TYPE)

-- error 24: syntax error at or near "%"
CREATE TABLE t (a s.t.b%TYPE)

-- error 15: syntax error at end of input
SELECT a::int[

-- error 15: syntax error at or near "a"
SELECT a::int[a]

-- error 15: syntax error at or near "-"
SELECT a::int[-1]

-- error 21: syntax error at or near "]"
SELECT a::int ARRAY[]

-- error 23: syntax error at or near "["
SELECT a::int ARRAY[1][2]

-- error 17 22023: precision for type float must be at least 1 bit
SELECT a::float(0)

-- error 17 22023: precision for type float must be less than 54 bits
SELECT a::float(54)

-- error 17: syntax error at or near "a"
SELECT a::float(a)

-- error 18: syntax error at or near ","
SELECT a::float(3,4)

-- error 17: syntax error at or near "-"
SELECT a::float(-1)

-- error 17: syntax error at or near ")"
SELECT a::float()

-- error 15: syntax error at or near ")"
SELECT a::bit()

-- error 17: syntax error at end of input
SELECT a::bit(3,

-- error 19: syntax error at or near ")"
SELECT a::varchar()

-- error 19: syntax error at or near "a"
SELECT a::varchar(a)

-- error 19: syntax error at or near "-"
SELECT a::varchar(-1)

-- error 20: syntax error at or near ","
SELECT a::varchar(1,2)

-- error 16: syntax error at or near "1.5"
SELECT a::char(1.5)

-- error 16: syntax error at or near "a"
SELECT a::time(a)

-- error 21: syntax error at or near ")"
SELECT a::timestamp()

-- error 21: syntax error at or near "-"
SELECT a::timestamp(-1)

-- error 23: syntax error at or near "day"
SELECT a::interval(3) day

-- error 27: syntax error at or near "a"
SELECT a::interval second(a)

-- error 21: syntax error at or near ","
SELECT a::interval(1,2)

-- error 26: syntax error at or near "to"
SELECT a::interval month to day

-- error 16: syntax error at or near "with"
SELECT a::time with zone

-- error 21: syntax error at or near "with"
SELECT a::timestamp with

-- error 13: syntax error at or near ")"
SELECT a::t()

-- error 13: syntax error at or near "*"
SELECT a::t(*)

-- error 13: syntax error at end of input
SELECT a::s.

-- error 15: syntax error at end of input
SELECT a::s.t.

-- error 11: syntax error at or near "1"
SELECT a::1

-- error 11: syntax error at or near "'int'"
SELECT a::'int'

-- error 19: syntax error at end of input
SELECT a::national

-- error 20: syntax error at or near "int"
SELECT a::national int

-- error 25: syntax error at or near "varying"
SELECT a::nchar varying varying

-- error 16: syntax error at end of input
SELECT a::setof

-- error 14: syntax error at or near "("
SELECT a::int(3)

-- error 17: syntax error at or near "("
SELECT a::bigint(3)

-- error 15: syntax error at or near "("
SELECT a::real(3)

-- error 18: syntax error at or near "("
SELECT a::boolean(1)

-- error 24: syntax error at or near "x"
SELECT a::int unsigned x y

-- error 13: syntax error at or near "DISTINCT"
SELECT a::t(DISTINCT 1)

-- error 15: syntax error at or near "ORDER"
SELECT a::t(a ORDER BY b)

-- error 15: syntax error at or near "=>"
SELECT a::t(a => 1)

-- error 13: syntax error at or near "VARIADIC"
SELECT a::t(VARIADIC a)

-- error 24: syntax error at or near ")"
SELECT CAST(a AS int[][)

-- error 24: syntax error at or near "a"
SELECT CAST(a AS int[][a])

-- error 24: syntax error at or near "SETOF"
SELECT CAST(a AS SETOF SETOF int)

-- error 21: syntax error at or near "%"
SELECT CAST(a AS t.b%ROWTYPE)

-- error 18: syntax error at or near "ARRAY"
SELECT CAST(a AS ARRAY[int])

-- error 18: syntax error at or near "precision"
SELECT CAST(a AS precision)

-- error 36: syntax error at or near "varying"
SELECT CAST(a AS character varying varying)

-- error 36: syntax error at or near ")"
SELECT a::numeric(1, 2, 3), a::dec(), b::json(3)

-- error 19: syntax error at or near ")"
SELECT a::numeric(), 1

-- error 19: syntax error at or near "'1'"
SELECT INTERVAL(1 '1' x, 2, 'a')
