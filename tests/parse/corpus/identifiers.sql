-- ok
SELECT a FROM t

-- ok
SELECT A_b1 FROM t

-- ok
SELECT _x FROM t

-- ok
SELECT "Quoted" FROM t

-- ok
SELECT "a ""b""" FROM t

-- ok
SELECT "SELECT" FROM t

-- ok
SELECT a$b FROM t

-- ok
SELECT tablé FROM t

-- ok
SELECT "with space" FROM t

-- ok
SELECT Ünï FROM t

-- ok
SELECT 数据 FROM t

-- ok
SELECT "UPPER".lower FROM t

-- ok
SELECT x."y".z FROM t

-- ok
SELECT a.b.c.d FROM t

-- ok
SELECT a.b.c.d.e FROM t

-- ok
SELECT * FROM t

-- ok
SELECT * FROM s.t

-- ok
SELECT * FROM d.s.t

-- ok
SELECT * FROM "S"."T"

-- ok
SELECT * FROM t x

-- ok
SELECT * FROM t AS x

-- ok
SELECT * FROM t AS "x y"

-- ok
SELECT * FROM t x(a)

-- ok
SELECT * FROM t AS x (a, b)

-- ok
SELECT * FROM ONLY t

-- ok
SELECT * FROM ONLY (t)

-- ok
SELECT * FROM t *

-- ok
SELECT * FROM ONLY s.t AS x

-- ok
SELECT t.*, s.t.*, t.a.b.*, (t).a, (t).*, (t.a).b.c, (t.a).*

-- ok
SELECT a.b[1].c, a[1][2:3].d, (f(x)).y, (f(x)).*, a.b[1].*

-- ok
SELECT "a"."b"."c" AS "d.e"

-- ok
-- notice 42622 0: identifier "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" will be truncated to "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
SELECT aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa

-- ok
-- notice 42622 0: identifier "ééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé" will be truncated to "ééééééééééééééééééééééééééééééé"
SELECT "ééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé"

-- ok
SELECT aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa

-- ok
-- notice 42622 0: identifier "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb" will be truncated to "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
-- notice 42622 0: identifier "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc" will be truncated to "ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"
SELECT 'x' AS bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb, 1 AS "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"

-- ok
SELECT U&"caf\00E9", u&"x"

-- ok
SELECT a AS select, b AS from, c AS "where"

-- ok
SELECT a name, b value, c type, d user_name

-- ok
INSERT INTO t (a, b.c, d[1], e[1:2].f) VALUES (1, 2, 3, 4)

-- ok
UPDATE t SET a.b = 1, c[1] = 2, d[1:2] = 3, (e.f, g[1]) = (1, 2)

-- ok
CREATE TABLE "Mixed".Case ("Col 1" int, cOl2 int)

-- error 15: improper qualified name (too many dotted names): a.b.c.d
SELECT * FROM a.b.c.d

-- error 10: syntax error at end of input
SELECT a.

-- error 9: syntax error at or near ".."
SELECT a..b

-- error 8: syntax error at or near "."
SELECT .a

-- error 9: syntax error at or near ".1"
SELECT a.1

-- error 10: syntax error at or near "'b'"
SELECT a.'b'

-- error 12: syntax error at end of input
SELECT "a".

-- error 12: syntax error at end of input
SELECT a.b.

-- error 9: syntax error at or near "."
SELECT *.a

-- error 13: improper use of "*" at end of input
SELECT a.*.b

-- error 8: trailing junk after numeric literal at or near "1.a"
SELECT 1.a

-- error 10: syntax error at or near "$1"
SELECT a.$1

-- error 17: syntax error at end of input
SELECT * FROM a.

-- error 18: syntax error at end of input
SELECT * FROM a.*

-- error 20: syntax error at end of input
SELECT * FROM a.b.*

-- error 15: syntax error at or near "."
SELECT * FROM .t

-- error 19: syntax error at end of input
SELECT * FROM a[1]

-- error 21: syntax error at end of input
SELECT * FROM a.b[1]

-- error 15: syntax error at or near "'t'"
SELECT * FROM 't'

-- error 15: syntax error at or near "1"
SELECT * FROM 1

-- error 15: syntax error at or near "$1"
SELECT * FROM $1

-- error 19: syntax error at end of input
SELECT * FROM t AS

-- error 20: syntax error at or near "1"
SELECT * FROM t AS 1

-- error 21: syntax error at end of input
SELECT * FROM t.a.b.

-- error 22: syntax error at end of input
SELECT * FROM ONLY (t

-- error 22: syntax error at or near "*"
SELECT * FROM ONLY t *

-- error 19: syntax error at or near "y"
SELECT * FROM t x y

-- error 24: syntax error at end of input
SELECT * FROM t AS x (a

-- error 20: syntax error at or near ")"
SELECT * FROM t x ()

-- error 13: syntax error at or near "1"
SELECT a AS 1

-- error 13: syntax error at or near "'b'"
SELECT a AS 'b'

-- error 14: syntax error at or near "."
SELECT a AS b.c

-- error 13: syntax error at or near "*"
SELECT a AS *

-- error 11: syntax error at or near ":"
SELECT a.b:c
