-- ok
SELECT a + b

-- ok
SELECT a - b

-- ok
SELECT a * b

-- ok
SELECT a / b

-- ok
SELECT a % b

-- ok
SELECT a ^ b

-- ok
SELECT a < b

-- ok
SELECT a > b

-- ok
SELECT a = b

-- ok
SELECT a <= b

-- ok
SELECT a >= b

-- ok
SELECT a <> b

-- ok
SELECT a != b

-- ok
SELECT a OR b

-- ok
SELECT a AND b

-- ok
SELECT NOT a

-- ok
SELECT -a

-- ok
SELECT +a

-- ok
SELECT a IS NULL

-- ok
SELECT a IS NOT NULL

-- ok
SELECT a ISNULL

-- ok
SELECT a NOTNULL

-- ok
SELECT a IS TRUE

-- ok
SELECT a IS NOT TRUE

-- ok
SELECT a IS FALSE

-- ok
SELECT a IS NOT FALSE

-- ok
SELECT a IS UNKNOWN

-- ok
SELECT a IS NOT UNKNOWN

-- ok
SELECT a IS DISTINCT FROM b

-- ok
SELECT a IS NOT DISTINCT FROM b

-- ok
SELECT a IS DOCUMENT

-- ok
SELECT a IS NOT DOCUMENT

-- ok
SELECT a IS NORMALIZED

-- ok
SELECT a IS NFC NORMALIZED

-- ok
SELECT a IS NFD NORMALIZED

-- ok
SELECT a IS NFKC NORMALIZED

-- ok
SELECT a IS NFKD NORMALIZED

-- ok
SELECT a IS NOT NORMALIZED

-- ok
SELECT a IS NOT NFC NORMALIZED

-- ok
SELECT a IS JSON

-- ok
SELECT a IS NOT JSON

-- ok
SELECT a IS JSON VALUE

-- ok
SELECT a IS JSON ARRAY

-- ok
SELECT a IS JSON OBJECT

-- ok
SELECT a IS JSON SCALAR

-- ok
SELECT a IS JSON WITH UNIQUE

-- ok
SELECT a IS JSON WITH UNIQUE KEYS

-- ok
SELECT a IS JSON WITHOUT UNIQUE

-- ok
SELECT a IS JSON WITHOUT UNIQUE KEYS

-- ok
SELECT a IS JSON OBJECT WITH UNIQUE KEYS

-- ok
SELECT a IS NOT JSON ARRAY WITHOUT UNIQUE KEYS

-- ok
SELECT a LIKE 'x%'

-- ok
SELECT a NOT LIKE 'x%' ESCAPE '!'

-- ok
SELECT a ILIKE 'x%' ESCAPE ''

-- ok
SELECT a NOT ILIKE 'x%' ESCAPE b

-- ok
SELECT a SIMILAR TO 'x%'

-- ok
SELECT a NOT SIMILAR TO 'x%' ESCAPE '!'

-- ok
SELECT a BETWEEN 1 AND 2

-- ok
SELECT a NOT BETWEEN 1 AND 2

-- ok
SELECT a BETWEEN ASYMMETRIC 1 AND 2

-- ok
SELECT a BETWEEN SYMMETRIC 1 AND 2

-- ok
SELECT a NOT BETWEEN SYMMETRIC 1 AND 2

-- ok
SELECT a NOT BETWEEN ASYMMETRIC 1 AND 2

-- ok
SELECT a IN (1)

-- ok
SELECT a NOT IN (1, 2, b)

-- ok
SELECT a IN (SELECT c FROM t)

-- ok
SELECT a NOT IN ((1), (2))

-- ok
SELECT a IN ((SELECT 1))

-- ok
SELECT a NOT IN (VALUES (1))

-- ok
SELECT a IN ((1, 2), (3, 4))

-- ok
SELECT EXISTS (SELECT 1), NOT EXISTS (SELECT), (SELECT 1), ARRAY(SELECT 1), ARRAY(VALUES (1))

-- ok
SELECT ARRAY[], ARRAY[]::int[], ARRAY[1, 2], ARRAY[[1], [2]], ARRAY[ARRAY[1], ARRAY[2]], ARRAY[[[]]]

-- ok
SELECT ROW(), ROW(1), ROW(1, 2), (1, 2), (1, 2, 3), ROW(t.*), ROW(1, t.*, 2)

-- ok
SELECT CASE WHEN a THEN b END, CASE WHEN a THEN b ELSE c END, CASE x WHEN 1 THEN 2 WHEN 3 THEN 4 ELSE 5 END

-- ok
SELECT CASE a + 1 WHEN b IS NULL THEN CASE WHEN c THEN d END END

-- ok
SELECT a::int, a::int::text, -1::int, (a)::int[], a::varchar(3), a::numeric(3, 1)[], CAST(a + b AS double precision)

-- ok
SELECT a COLLATE "C", a || b COLLATE s."x", (a COLLATE "C") < b, a COLLATE "C" COLLATE "D"

-- ok
SELECT a AT TIME ZONE 'UTC', a AT LOCAL, a AT TIME ZONE b AT TIME ZONE c, a AT TIME ZONE INTERVAL '1' HOUR

-- ok
SELECT a[1], a[1:2], a[:], a[1:], a[:2], a[1][2], a[b + 1][c:d], (a)[1], $1[1], (ARRAY[1, 2])[1], (f(x))[2], (''::int[])[1:]

-- ok
SELECT a.b.c[1].d[2].*, (a).b.c, (SELECT r).f, (ROW(1, 2)).f1, (SELECT ARRAY[1])[1], $1.a.b

-- ok
SELECT (a, b) OVERLAPS (c, d), ROW(a, b) OVERLAPS ROW(c, d), (a, b) OVERLAPS ROW(c, d)

-- ok
SELECT (a, b) = (c, d), (a, b) < ROW(c, d), ROW(a) = ROW(b), (a, b) IN ((1, 2)), (a, b) IS NULL, (a, b) = ANY (SELECT 1, 2), ROW(1, 2) IS DISTINCT FROM ROW(3, 4)

-- ok
SELECT (a, b) = (SELECT c, d FROM t)

-- ok
SELECT (a, b) <> ALL (SELECT 1, 2)

-- ok
SELECT (a, b) < SOME (SELECT 1, 2)

-- ok
SELECT (a, b) <= (1, 2)

-- ok
SELECT a OPERATOR(s.+) b, OPERATOR(-) a, a OPERATOR(pg_catalog.||) b, OPERATOR(x.y.!) a

-- ok
SELECT a || b, a -> 'b' ->> 'c', a #> b, a @> b, a <@ b, a ?| b, a ?& b, a && b, a ~* 'x', a !~ 'x', a << 1, a >> 1, a & b, a | b, a # b, ~a, @a, |/ a, ||/ a, !!a, a <-> b, a @@ b, a ^@ b, a !~~* b

-- ok
SELECT (((a))), (a + b) * c, -(a), - (- a), a - -b, a+-b, a*-b, NOT NOT a

-- ok
SELECT a IS NULL IS NOT NULL, a IS NULL = b, NOT a = b, NOT a IS NULL

-- ok
SELECT a < b AND b < c, a + b < c * d, a || b LIKE c || d, a LIKE b || c ESCAPE d

-- ok
SELECT a = b OR a BETWEEN 1 AND 2 AND c, a BETWEEN b + 1 AND c * 2, a NOT IN (1) IS TRUE

-- ok
SELECT DEFAULT, f(DEFAULT)

-- ok
INSERT INTO t VALUES (DEFAULT, (DEFAULT), DEFAULT + 1)

-- ok
SELECT CURRENT_DATE, CURRENT_TIME, CURRENT_TIME(3), CURRENT_TIMESTAMP, CURRENT_TIMESTAMP(0), LOCALTIME, LOCALTIME(2), LOCALTIMESTAMP, LOCALTIMESTAMP(1)

-- ok
SELECT CURRENT_ROLE, CURRENT_USER, USER, SESSION_USER, SYSTEM_USER, CURRENT_CATALOG, CURRENT_SCHEMA, current_schema()

-- ok
SELECT a FROM t WHERE a = $1 AND b > $2

-- ok
SELECT 1 = 1 AND 2 <> 3 OR NULL

-- ok
SELECT a::text || b::text, -a::int, - a ^ b, a ^ -b, a AT TIME ZONE 'x' + b

-- ok
SELECT x IN (1) = y, 1 + CASE WHEN TRUE THEN 2 END * 3, NOT a LIKE b, NOT a BETWEEN b AND c

-- ok
SELECT +a, + + a, -(+a), @-a, a * @b, a @ -1

-- ok
SELECT a->>'x' = 'y' AND (a->'z')::int > 3

-- ok
SELECT a < ALL (ARRAY[1]) AND b > ANY (c), a + ANY (b)

-- ok
SELECT (SELECT a FROM t LIMIT 1) + 1, (SELECT 1 UNION SELECT 2), ((SELECT 1)), ((SELECT 1) + 2), ((SELECT 1) UNION (SELECT 2))

-- ok
SELECT (WITH c AS (SELECT 1) TABLE c), (TABLE t), (VALUES (1)), EXISTS (VALUES (1)), EXISTS ((SELECT 1))

-- ok
SELECT a AND

-- ok
SELECT a IS

-- ok
SELECT a IN

-- ok
SELECT a LIKE

-- ok
SELECT ROW

-- ok
SELECT a COLLATE

-- ok
SELECT AT LOCAL

-- ok
SELECT a AT LOCAL LOCAL

-- ok
SELECT EXISTS

-- ok
SELECT a IS JSON UNIQUE

-- ok
SELECT a IS JSON TEXT

-- ok
SELECT a IS NORMALIZED NFC

-- ok
SELECT a IN (1) IN (2)

-- ok
SELECT a FROM t WHERE CURRENT

-- ok
SELECT a = ANY (SELECT 1)

-- ok
SELECT a <> SOME (b)

-- ok
SELECT a < ALL (ARRAY[1, 2])

-- ok
SELECT a >= ANY (x::int[])

-- ok
SELECT a ~ SOME (SELECT 1)

-- ok
SELECT a LIKE ALL (b)

-- ok
SELECT a NOT LIKE ANY (ARRAY[1, 2])

-- ok
SELECT a ILIKE SOME (x::int[])

-- ok
SELECT a NOT ILIKE ALL (SELECT 1)

-- ok
SELECT a OPERATOR(pg_catalog.=) ANY (b)

-- ok
SELECT (a.*).b

-- ok
SELECT a.* IS NULL, ROW(a.*) = b, COALESCE(a.*), ARRAY[a.*]

-- ok
CREATE VIEW v AS SELECT a LIKE WITH CHECK OPTION

-- ok
SELECT (1, 2) OVERLAPS (((SELECT 1) UNION SELECT 2), 3)

-- ok
SELECT (1, 2) OVERLAPS ROW (3, 4)

-- ok
SELECT (1, 2) OVERLAPS (VALUES, 1)

-- error 16: syntax error at or near "{"
SELECT a = ANY {(SELECT 1)|(b)|(ARRAY[1, 2])|(''::int[])}

-- error 18: syntax error at or near "{"
SELECT a <> SOME {(SELECT 1)|(b)|(ARRAY[1, 2])|(''::int[])}

-- error 16: syntax error at or near "{"
SELECT a < ALL {(SELECT 1)|(b)|(ARRAY[1, 2])|(''::int[])}

-- error 17: syntax error at or near "{"
SELECT a >= ANY {(SELECT 1)|(b)|(ARRAY[1, 2])|(''::int[])}

-- error 17: syntax error at or near "{"
SELECT a ~ SOME {(SELECT 1)|(b)|(ARRAY[1, 2])|(''::int[])}

-- error 19: syntax error at or near "{"
SELECT a LIKE ALL {(SELECT 1)|(b)|(ARRAY[1, 2])|(''::int[])}

-- error 23: syntax error at or near "{"
SELECT a NOT LIKE ANY {(SELECT 1)|(b)|(ARRAY[1, 2])|(''::int[])}

-- error 21: syntax error at or near "{"
SELECT a ILIKE SOME {(SELECT 1)|(b)|(ARRAY[1, 2])|(''::int[])}

-- error 24: syntax error at or near "{"
SELECT a NOT ILIKE ALL {(SELECT 1)|(b)|(ARRAY[1, 2])|(''::int[])}

-- error 37: syntax error at or near "{"
SELECT a OPERATOR(pg_catalog.=) ANY {(SELECT 1)|(b)|(ARRAY[1, 2])|(''::int[])}

-- error 54: syntax error at or near "="
SELECT a AND b OR NOT c AND d, (a OR b) AND c, a = b = FALSE IS NOT TRUE

-- error 8 0A000: UNIQUE predicate is not yet implemented
SELECT UNIQUE (SELECT 1)

-- error 31: syntax error at or near "OF"
SELECT a FROM t WHERE CURRENT OF c

-- error 12: syntax error at or near "("
SELECT f(a)(1)

-- error 11: syntax error at end of input
SELECT a +

-- error 10: syntax error at or near "a"
SELECT * a b

-- error 12: syntax error at or near "c"
SELECT a b c

-- error 8: syntax error at or near "OR"
SELECT OR a

-- error 11: syntax error at end of input
SELECT NOT

-- error 12: syntax error at end of input
SELECT a ==

-- error 16: syntax error at end of input
SELECT a IS NOT

-- error 13: syntax error at or near "1"
SELECT a IS 1

-- error 22: syntax error at or near "b"
SELECT a IS DISTINCT b

-- error 14: syntax error at or near "b"
SELECT a NOT b

-- error 14: syntax error at or near "NULL"
SELECT a NOT NULL x

-- error 19: syntax error at end of input
SELECT a BETWEEN 1

-- error 20: syntax error at or near "OR"
SELECT a BETWEEN 1 OR 2

-- error 14: syntax error at or near ")"
SELECT a IN ()

-- error 13: syntax error at or near "b"
SELECT a IN b

-- error 13: syntax error at or near "1"
SELECT a IN 1, 2

-- error 18: syntax error at or near "b"
SELECT a SIMILAR b

-- error 17: syntax error at or near "b"
SELECT a ESCAPE b

-- error 9: syntax error at end of input
SELECT (

-- error 8: syntax error at or near ")"
SELECT )

-- error 9: syntax error at or near ")"
SELECT ()

-- error 10: syntax error at end of input
SELECT (a

-- error 9: syntax error at or near ")"
SELECT a)

-- error 11: syntax error at or near ")"
SELECT (a,)

-- error 9: syntax error at or near ","
SELECT (,a)

-- error 13: syntax error at end of input
SELECT (a, b

-- error 12: syntax error at end of input
SELECT ROW(

-- error 14: syntax error at or near ")"
SELECT ROW(1,)

-- error 13: syntax error at end of input
SELECT ARRAY

-- error 14: syntax error at end of input
SELECT ARRAY[

-- error 16: syntax error at or near "]"
SELECT ARRAY[1,]

-- error 17: syntax error at or near "["
SELECT ARRAY[1, [2]]

-- error 19: syntax error at or near "2"
SELECT ARRAY[[1], 2]

-- error 14: syntax error at or near ")"
SELECT ARRAY()

-- error 14: syntax error at or near "1"
SELECT ARRAY(1)

-- error 8: syntax error at or near "["
SELECT [1]

-- error 13: syntax error at or near "END"
SELECT CASE END

-- error 15: syntax error at or near "END"
SELECT CASE a END

-- error 20: syntax error at or near "END"
SELECT CASE WHEN a END

-- error 18: syntax error at or near "THEN"
SELECT CASE WHEN THEN b END

-- error 26: syntax error at end of input
SELECT CASE WHEN a THEN b

-- error 15: syntax error at or near "ELSE"
SELECT CASE a ELSE b END

-- error 32: syntax error at or near "END"
SELECT CASE WHEN a THEN b ELSE END

-- error 34: syntax error at or near "ELSE"
SELECT CASE WHEN a THEN b ELSE c ELSE d END

-- error 25: syntax error at end of input
SELECT CASE WHEN DEFAULT

-- error 14: syntax error at or near ")"
SELECT CAST(a)

-- error 17: syntax error at or near ")"
SELECT CAST(a AS)

-- error 14: syntax error at or near ","
SELECT CAST(a, int)

-- error 13: syntax error at or near "a"
SELECT CAST a AS int

-- error 21: syntax error at end of input
SELECT CAST(a AS int

-- error 11: syntax error at end of input
SELECT a::

-- error 11: syntax error at or near "1"
SELECT a::1

-- error 8: syntax error at or near "::"
SELECT ::int

-- error 12: syntax error at or near "'x'"
SELECT a:: 'x'

-- error 25: syntax error at end of input
SELECT CAST(a AS int) AS

-- error 9: syntax error at or near ":"
SELECT a:int

-- error 18: syntax error at or near "'C'"
SELECT a COLLATE 'C'

-- error 8: syntax error at or near "COLLATE"
SELECT COLLATE "C"

-- error 17: syntax error at end of input
SELECT a AT TIME

-- error 13: syntax error at or near "ZONE"
SELECT a AT ZONE 'x'

-- error 22: syntax error at end of input
SELECT a AT TIME ZONE

-- error 10: syntax error at end of input
SELECT a[

-- error 10: syntax error at or near "]"
SELECT a[]

-- error 11: syntax error at end of input
SELECT a[1

-- error 13: syntax error at or near ":"
SELECT a[1:2:3]

-- error 11: syntax error at or near ","
SELECT a[1,2]

-- error 9: syntax error at or near "]"
SELECT a]

-- error 10: syntax error at or near "["
SELECT a.[1]

-- error 12: syntax error at or near "["
SELECT f(x)[1]

-- error 9: syntax error at or near "["
SELECT 1[1]

-- error 11: syntax error at or near "["
SELECT 'x'[1]

-- error 16: syntax error at or near ")"
SELECT EXISTS ()

-- error 16: syntax error at or near "1"
SELECT EXISTS (1)

-- error 22: syntax error at or near "1"
SELECT EXISTS SELECT 1

-- error 18: syntax error at or near "y"
SELECT (SELECT)x y z

-- error 8: syntax error at or near "ANY"
SELECT ANY (SELECT 1)

-- error 8: syntax error at or near "="
SELECT = 1

-- error 16: syntax error at or near "b"
SELECT a = ANY b

-- error 15: syntax error at end of input
SELECT a = ANY

-- error 17: syntax error at or near ")"
SELECT a = ANY ()

-- error 13: syntax error at or near "ANY"
SELECT a IN ANY (b)

-- error 18: syntax error at or near "ANY"
SELECT a BETWEEN ANY (b) AND c

-- error 16: syntax error at or near "1"
SELECT a = ALL 1

-- error 22: syntax error at end of input
SELECT a IS JSON WITH

-- error 23: syntax error at or near "KEYS"
SELECT a IS JSON WITH KEYS

-- error 13: syntax error at or near "NFX"
SELECT a IS NFX NORMALIZED

-- error 16: syntax error at end of input
SELECT a IS NFC

-- error 23: syntax error at or near "x"
SELECT a IS NULL NULL x

-- error 13: syntax error at or near "OF"
SELECT a IS OF (int)

-- error 24: syntax error at or near "y"
SELECT a IS DOCUMENT x y

-- error 19: syntax error at or near "b"
SELECT a OPERATOR b

-- error 19: syntax error at or near ")"
SELECT a OPERATOR() b

-- error 21: syntax error at or near ")"
SELECT a OPERATOR(s.) b

-- error 20: syntax error at end of input
SELECT a OPERATOR(+

-- error 19: syntax error at or near "'+'"
SELECT a OPERATOR('+') b

-- error 18: syntax error at or near ")"
SELECT OPERATOR(x) a

-- error 22: syntax error at or near ")"
SELECT a OPERATOR(s.t) b

-- error 24: syntax error at or near "c"
SELECT (a, b) OVERLAPS c

-- error 12: syntax error at or near "OVERLAPS"
SELECT (a) OVERLAPS (b)

-- error 8: wrong number of parameters on left side of OVERLAPS expression
SELECT (a, b, c) OVERLAPS (d, e)

-- error 8: wrong number of parameters on left side of OVERLAPS expression
SELECT ROW(a) OVERLAPS ROW(b, c)

-- error 27: wrong number of parameters on right side of OVERLAPS expression
SELECT ROW(a, b) OVERLAPS ROW(c, d, e)

-- error 8: wrong number of parameters on left side of OVERLAPS expression
SELECT ROW() OVERLAPS ROW()

-- error 14: syntax error at or near "<"
SELECT a < b < c

-- error 14: syntax error at or near "="
SELECT a = b = c

-- error 15: syntax error at or near ">"
SELECT a <= b > c

-- error 15: syntax error at or near "<>"
SELECT a <> b <> c

-- error 26: syntax error at or near "BETWEEN"
SELECT a BETWEEN 1 AND 2 BETWEEN 3 AND 4

-- error 17: syntax error at or near "LIKE"
SELECT a LIKE b LIKE c

-- error 17: syntax error at or near "c"
SELECT a = b IS c

-- error 23: syntax error at or near "SIMILAR"
SELECT a SIMILAR TO b SIMILAR TO c

-- error 20: syntax error at or near "("
SELECT CURRENT_DATE(1)

-- error 20: syntax error at or near "("
SELECT CURRENT_DATE()

-- error 21: syntax error at or near ")"
SELECT CURRENT_TIME()

-- error 20: syntax error at or near "("
SELECT CURRENT_USER()

-- error 18: syntax error at or near "a"
SELECT LOCALTIME(a)

-- error 27: syntax error at or near ","
SELECT CURRENT_TIMESTAMP(1, 2)

-- error 20: syntax error at or near "("
SELECT SESSION_USER()

-- error 23: syntax error at or near "("
SELECT CURRENT_CATALOG()

-- error 21: syntax error at or near "-"
SELECT CURRENT_TIME(-1)

-- error 15: syntax error at or near "1"
SELECT UNIQUE 1

-- error 31: syntax error at or near "OF"
SELECT a FROM t WHERE CURRENT OF

-- error 31: syntax error at or near "OF"
SELECT a FROM t WHERE CURRENT OF 1

-- error 31: syntax error at or near "OF"
SELECT a FROM t WHERE CURRENT OF a.b

-- error 25: syntax error at or near "CURRENT"
SELECT a FROM t WHERE a CURRENT OF c

-- error 26: syntax error at end of input
SELECT a FROM t WHERE NOT

-- error 13: improper use of "*" at end of input
SELECT a.*.b

-- error 15: improper use of "*" at end of input
SELECT (a).*.c

-- error 16: improper use of "*" at end of input
SELECT a[1].*.b

-- error 12: syntax error at or near "."
SELECT f(a).*

-- error 14: improper use of "*" at end of input
SELECT $1.*.a

-- error 50: improper use of "*" at end of input
SELECT a.*::text, (a.*) IS NULL, f(a.*), (a).*[1]

-- error 17: syntax error at or near "LIKE"
SELECT a LIKE b LIKE WITH c

-- error 17: syntax error at or near "LIKE"
SELECT a LIKE b LIKE

-- error 17: syntax error at or near "LIKE"
SELECT a LIKE b LIKE FROM t

-- error 17: syntax error at or near "LIKE"
SELECT a LIKE b LIKE, c

-- error 17: syntax error at or near "LIKE"
SELECT a LIKE b LIKE WITH TIME

-- error 15: syntax error at or near "WITH"
SELECT a LIKE WITH TIME

-- error 15: syntax error at or near "WITH"
SELECT a LIKE WITH

-- error 14: syntax error at or near "WITH"
SELECT a AND WITH TIME

-- error 14: syntax error at or near "WITH"
SELECT a AND WITH CHECK

-- error 14: syntax error at or near "WITH"
SELECT a AND WITH

-- error 34: syntax error at or near "LIKE"
CREATE VIEW v AS SELECT a LIKE b LIKE WITH CHECK OPTION

-- error 25: syntax error at or near "SELECT"
SELECT (1, 2) OVERLAPS (SELECT 1)

-- error 36: syntax error at or near "UNION"
SELECT (1, 2) OVERLAPS ((SELECT 1) UNION SELECT 2)

-- error 32: syntax error at or near "("
SELECT (1, 2) OVERLAPS (VALUES (1))

-- error 25: syntax error at or near "TABLE"
SELECT (1, 2) OVERLAPS (TABLE a)

-- error 25: syntax error at or near "WITH"
SELECT (1, 2) OVERLAPS (WITH a AS (SELECT 1) SELECT 2)

-- error 25: syntax error at or near ")"
SELECT (1, 2) OVERLAPS ()

-- error 26: syntax error at or near ")"
SELECT (1, 2) OVERLAPS (3)

-- error 30: syntax error at or near "."
SELECT (1, 2) OVERLAPS (3, 4).a

-- error 24: wrong number of parameters on right side of OVERLAPS expression
SELECT (1, 2) OVERLAPS ROW ()

-- error 29: syntax error at or near "SELECT"
SELECT (1, 2) OVERLAPS ROW (SELECT 1)

-- error 26: syntax error at or near ")"
SELECT (1, 2) OVERLAPS (1) + 2

-- error 36: multiple COLLATE clauses not allowed
CREATE TABLE t (a text COLLATE "a" COLLATE "b" NOT LIKE)

-- error 36: syntax error at or near "NOT"
CREATE TABLE t (a text COLLATE "a" NOT LIKE COLLATE "b")

-- error 36: multiple COLLATE clauses not allowed
CREATE TABLE t (a text COLLATE "a" COLLATE "b" x)

-- error 38: multiple COLLATE clauses not allowed
ALTER TABLE t ADD a text COLLATE "a" COLLATE "b" NOT IN

-- error 34: multiple COLLATE clauses not allowed
CREATE DOMAIN d text COLLATE "a" COLLATE "b" NOT LIKE

-- error 44: multiple COLLATE clauses not allowed
CREATE FOREIGN TABLE t (a text COLLATE "a" COLLATE "b" NOT LIKE) SERVER s

-- error 36: multiple COLLATE clauses not allowed
CREATE TABLE t OF u (a COLLATE "a" COLLATE "b" NOT LIKE)

-- error 24: syntax error at or near "WITH"
CREATE TABLE t OF u (a WITH TIME OPTIONS)

-- error 49: multiple COLLATE clauses not allowed
CREATE TABLE t OF u (a WITH OPTIONS COLLATE "a" COLLATE "b" NOT LIKE)

-- error 30: syntax error at or near "TIME"
CREATE SEQUENCE s START WITH TIME

-- error 32: syntax error at or near "TIME"
CREATE SEQUENCE s RESTART WITH TIME

-- error 22: syntax error at or near "WITH"
CREATE SEQUENCE s NO WITH TIME

-- error 27: syntax error at end of input
SELECT TIMESTAMP WITH TIME

-- error 23: syntax error at or near "ORDINALITY"
SELECT TIMESTAMP WITH ORDINALITY

-- error 18: syntax error at or near "WITHOUT"
SELECT TIMESTAMP WITHOUT ORDINALITY

-- error 26: syntax error at or near "ORDINALITY"
SELECT a::TIMESTAMP WITH ORDINALITY

-- error 21: syntax error at or near "WITH"
SELECT a::TIMESTAMP WITH CHECK

-- error 27: syntax error at or near "ORDINALITY"
SELECT TIMESTAMP (3) WITH ORDINALITY

-- error 18: syntax error at or near "WITH"
SELECT TIMESTAMP WITH CHECK

-- error 18: syntax error at or near "WITHOUT"
SELECT TIMESTAMP WITHOUT CHECK

-- error 34: syntax error at or near "ORDINALITY"
CREATE TABLE t (a TIMESTAMP WITH ORDINALITY)

-- error 37: syntax error at or near "ORDINALITY"
CREATE TABLE t (a TIMESTAMP(3) WITH ORDINALITY)

-- error 29: syntax error at or near "WITH"
CREATE TABLE t (a TIMESTAMP WITH CHECK)

-- error 36: syntax error at or near "WITH"
SELECT * FROM f() AS (a TIMESTAMP) WITH ORDINALITY

-- error 35: syntax error at or near "ORDINALITY"
SELECT * FROM f(a::TIMESTAMP WITH ORDINALITY)
