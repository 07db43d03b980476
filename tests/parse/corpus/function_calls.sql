-- ok
SELECT f()

-- ok
SELECT f(1)

-- ok
SELECT f(1, 2)

-- ok
SELECT f(*)

-- ok
SELECT s.f()

-- ok
SELECT d.s.f(1)

-- ok
SELECT "F"(1)

-- ok
SELECT "s"."F"(*)

-- ok
SELECT f(f(f()))

-- ok
SELECT f(1)::int

-- ok
SELECT (f(a))[1]

-- ok
SELECT (f(a)).b

-- ok
SELECT f(a => 1)

-- ok
SELECT f(a := 1)

-- ok
SELECT f(1, b => 2)

-- ok
SELECT f(1, b := 2, c => 3)

-- ok
SELECT f("A b" => 1)

-- ok
SELECT f(a => 1 + 2)

-- ok
SELECT f(VARIADIC a)

-- ok
SELECT f(VARIADIC ARRAY[1])

-- ok
SELECT f(1, VARIADIC b)

-- ok
SELECT f(a => 1, VARIADIC b => c)

-- ok
SELECT f(VARIADIC b => c)

-- ok
SELECT f(DISTINCT a)

-- ok
SELECT f(DISTINCT a, b)

-- ok
SELECT f(ALL a)

-- ok
SELECT f(ALL a, b)

-- ok
SELECT f(a ORDER BY b)

-- ok
SELECT f(a, b ORDER BY c, d DESC)

-- ok
SELECT f(DISTINCT a ORDER BY a)

-- ok
SELECT f(ALL a ORDER BY b NULLS FIRST)

-- ok
SELECT f(VARIADIC a ORDER BY b)

-- ok
SELECT f(a, VARIADIC b ORDER BY c)

-- ok
SELECT f(a ORDER BY b USING <)

-- ok
SELECT f(a ORDER BY b ASC NULLS LAST)

-- ok
SELECT f(a) FILTER (WHERE a > 1)

-- ok
SELECT f(*) FILTER (WHERE TRUE)

-- ok
SELECT f(DISTINCT a) FILTER (WHERE x IS NULL AND y)

-- ok
SELECT f() FILTER (WHERE a > 1)

-- ok
SELECT f(a ORDER BY b) FILTER (WHERE TRUE)

-- ok
SELECT f(0.5) WITHIN GROUP (ORDER BY a)

-- ok
SELECT f(a, b) WITHIN GROUP (ORDER BY a, b) FILTER (WHERE c)

-- ok
SELECT f() WITHIN GROUP (ORDER BY a DESC)

-- ok
SELECT f() WITHIN GROUP (ORDER BY a COLLATE "C") FILTER (WHERE d > 1)

-- ok
SELECT f(a) OVER w

-- ok
SELECT f() OVER ()

-- ok
SELECT f(*) OVER (w)

-- ok
SELECT f(DISTINCT a) FILTER (WHERE x) OVER w

-- ok
SELECT f(a ORDER BY b) FILTER (WHERE x) OVER (ORDER BY y)

-- ok
SELECT f(a) AS x

-- ok
SELECT f(a) y

-- ok
SELECT f(a) IS NULL

-- ok
SELECT f(a) COLLATE "C"

-- ok
SELECT f(a) AT TIME ZONE 'u'

-- ok
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY x) FILTER (WHERE y) OVER (PARTITION BY z)

-- ok
SELECT * FROM f()

-- ok
SELECT * FROM f(1) x

-- ok
SELECT * FROM f() AS x

-- ok
SELECT * FROM f() AS x(a)

-- ok
SELECT * FROM f() x(a, b)

-- ok
SELECT * FROM f() WITH ORDINALITY

-- ok
SELECT * FROM f() WITH ORDINALITY AS x(a, n)

-- ok
SELECT * FROM f() AS x(a int)

-- ok
SELECT * FROM f() AS (a int, b text)

-- ok
SELECT * FROM f() x(a int COLLATE "C", b int[])

-- ok
SELECT * FROM LATERAL f(t.a)

-- ok
SELECT * FROM LATERAL f(1) WITH ORDINALITY x

-- ok
SELECT * FROM s.f(a => 1)

-- ok
SELECT * FROM ROWS FROM (f())

-- ok
SELECT * FROM ROWS FROM (f(), g()) WITH ORDINALITY

-- ok
SELECT * FROM ROWS FROM (f() AS (a int), g()) AS x(a, b)

-- ok
SELECT * FROM ROWS FROM (f() AS (a int, b text)) WITH ORDINALITY y (a, b, n)

-- ok
SELECT * FROM LATERAL ROWS FROM (f(1), g(2)) x, ROWS FROM (h(VARIADIC a)) AS y

-- ok
SELECT * FROM CURRENT_DATE

-- ok
SELECT * FROM CURRENT_TIMESTAMP(3) x

-- ok
SELECT * FROM COALESCE(1, 2) AS c

-- ok
SELECT * FROM CAST(1 AS int)

-- ok
SELECT * FROM GREATEST(1)

-- ok
SELECT * FROM USER

-- ok
SELECT * FROM XMLELEMENT(NAME a)

-- ok
SELECT * FROM EXTRACT(day FROM x)

-- ok
SELECT * FROM TRIM(a)

-- ok
CALL f()

-- ok
CALL f(1)

-- ok
CALL f(a => 1)

-- ok
CALL f(VARIADIC a)

-- ok
CALL f(DISTINCT a)

-- ok
CALL f(*)

-- ok
CALL f(1 ORDER BY 2)

-- ok
CREATE INDEX ON t (f(a))

-- ok
CREATE INDEX ON t (s.f(a, b))

-- ok
CREATE INDEX ON t ((f(a) + 1))

-- ok
CREATE INDEX ON t (lower(a) COLLATE "C" DESC)

-- ok
CREATE INDEX ON t (COALESCE(a, b))

-- ok
CREATE INDEX ON t ((a))

-- ok
CREATE INDEX ON t (f(DISTINCT a))

-- ok
SELECT f(*) WITHIN GROUP (ORDER BY c)

-- ok
SELECT f(ALL a) WITHIN GROUP (ORDER BY b)

-- ok
SELECT f(a => '{}', b := '|')

-- ok
SELECT f(a) WITHIN GROUP (ORDER BY b) FILTER (WHERE c) OVER w

-- error 12: syntax error at or near "["
SELECT f(a)[1]_

-- error 17: syntax error at or near "=>"
SELECT f(a => b => c_)

-- error 22: cannot use VARIADIC with WITHIN GROUP
SELECT f(VARIADIC a) WITHIN GROUP (ORDER BY a USING > NULLS FIRST)

-- error 21: syntax error at or near "NULLS_"
SELECT f(a) RESPECT NULLS_

-- error 10: syntax error at end of input
SELECT f(

-- error 10: syntax error at or near ","
SELECT f(,)

-- error 12: syntax error at or near ")"
SELECT f(1,)

-- error 10: syntax error at or near ","
SELECT f(,1)

-- error 12: syntax error at or near "2"
SELECT f(1 2)

-- error 11: syntax error at or near ","
SELECT f(*, 1)

-- error 13: syntax error at or near "*"
SELECT f(1, *)

-- error 18: syntax error at or near ")"
SELECT f(DISTINCT)

-- error 13: syntax error at or near ")"
SELECT f(ALL)

-- error 19: syntax error at or near "*"
SELECT f(DISTINCT *)

-- error 14: syntax error at or near "*"
SELECT f(ALL *)

-- error 10: syntax error at or near "ORDER"
SELECT f(ORDER BY a)

-- error 12: syntax error at or near "ORDER"
SELECT f(* ORDER BY a)

-- error 14: syntax error at or near ")"
SELECT f(a =>)

-- error 10: syntax error at or near "=>"
SELECT f(=> 1)

-- error 12: syntax error at or near "=>"
SELECT f(1 => 2)

-- error 14: syntax error at or near "=>"
SELECT f(s.a => 1)

-- error 14: syntax error at or near "=>"
SELECT f('a' => 1)

-- error 18: syntax error at or near ")"
SELECT f(VARIADIC)

-- error 20: syntax error at or near ","
SELECT f(VARIADIC a, b)

-- error 19: syntax error at or near "DISTINCT"
SELECT f(VARIADIC DISTINCT a)

-- error 19: syntax error at or near "VARIADIC"
SELECT f(DISTINCT VARIADIC a)

-- error 18: syntax error at or near "b"
SELECT f(a ORDER b)

-- error 20: syntax error at or near ")"
SELECT f(a ORDER BY)

-- error 15: syntax error at or near ")"
SELECT f(a := )

-- error 13: syntax error at or near "DISTINCT"
SELECT f(a, DISTINCT b)

-- error 18: syntax error at end of input
SELECT f() FILTER

-- error 20: syntax error at or near "a"
SELECT f() FILTER (a)

-- error 25: syntax error at or near ")"
SELECT f() FILTER (WHERE)

-- error 19: syntax error at or near "WHERE"
SELECT f() FILTER WHERE a

-- error 27: syntax error at end of input
SELECT f() FILTER (WHERE a

-- error 16: syntax error at end of input
SELECT f() OVER

-- error 18: syntax error at or near "."
SELECT f() OVER w.x

-- error 17: syntax error at or near "'w'"
SELECT f() OVER 'w'

-- error 19: syntax error at or near "FILTER"
SELECT f() OVER w FILTER (WHERE a)

-- error 19: syntax error at or near "("
SELECT f() WITHIN (ORDER BY a)

-- error 24: syntax error at end of input
SELECT f() WITHIN GROUP

-- error 26: syntax error at or near ")"
SELECT f() WITHIN GROUP ()

-- error 26: syntax error at or near "a"
SELECT f() WITHIN GROUP (a)

-- error 24: cannot use multiple ORDER BY clauses with WITHIN GROUP
SELECT f(a ORDER BY b) WITHIN GROUP (ORDER BY c)

-- error 22: cannot use DISTINCT with WITHIN GROUP
SELECT f(DISTINCT a) WITHIN GROUP (ORDER BY c)

-- error 22: cannot use VARIADIC with WITHIN GROUP
SELECT f(VARIADIC a) WITHIN GROUP (ORDER BY c)

-- error 20: syntax error at or near "WITHIN"
SELECT f(a) OVER w WITHIN GROUP (ORDER BY c)

-- error 12: syntax error at or near "."
SELECT f(a).b

-- error 12: syntax error at or near "("
SELECT f(a)(b)

-- error 12: syntax error at or near "["
SELECT f(a)[1]

-- error 22: syntax error at end of input
SELECT * FROM f WHERE

-- error 18: syntax error at or near "WHERE"
SELECT * FROM f( WHERE

-- error 22: syntax error at or near "WHERE"
SELECT * FROM f() AS WHERE

-- error 19: syntax error at or near "("
SELECT * FROM f() () WHERE

-- error 23: syntax error at or near ")"
SELECT * FROM f() AS () WHERE

-- error 19: syntax error at or near "WITH"
SELECT * FROM f() WITH WHERE

-- error 45: syntax error at or near "_"
SELECT * FROM f() WITH ORDINALITY AS (a int)_ WHERE

-- error 26: syntax error at or near ")"
SELECT * FROM ROWS FROM () WHERE

-- error 25: syntax error at or near "f"
SELECT * FROM ROWS FROM f() WHERE

-- error 31: syntax error at end of input
SELECT * FROM ROWS (f()) WHERE

-- error 30: syntax error at or near "x"
SELECT * FROM ROWS FROM (f() x) WHERE

-- error 27: syntax error at or near ")"
SELECT * FROM ROWS FROM (t) WHERE

-- error 27: syntax error at or near "WHERE"
SELECT * FROM f() FILTER (WHERE a) WHERE

-- error 24: syntax error at or near "w"
SELECT * FROM f() OVER w WHERE

-- error 32: syntax error at or near "("
SELECT * FROM f() WITHIN GROUP (ORDER BY a) WHERE

-- error 7: syntax error at end of input
CALL f

-- error 8: syntax error at end of input
CALL f(

-- error 9: syntax error at or near "("
CALL f()()

-- error 10: syntax error at or near "OVER"
CALL f() OVER ()

-- error 6: syntax error at or near "1"
CALL 1

-- error 9: syntax error at end of input
CALL s.f

-- error 10: syntax error at or near "x"
CALL f() x

-- error 54: syntax error at or near "=>"
SELECT f(VARIADIC '{}'::text[]), f('{a|b}', VARIADIC => 1)

-- error 22: cannot use VARIADIC with WITHIN GROUP
SELECT f(VARIADIC a) WITHIN GROUP (ORDER BY b), g() WITHIN

-- error 64: syntax error at or near ")"
SELECT f(a ORDER BY a) WITHIN GROUP (ORDER BY b) FILTER (WHERE )

-- error 24: cannot use multiple ORDER BY clauses with WITHIN GROUP
SELECT f(a ORDER BY a) WITHIN GROUP (ORDER BY b) FILTER (WHERE c) OVER ()

-- error 56: syntax error at or near "1"
SELECT f(a ORDER BY a) WITHIN GROUP (ORDER BY b) OVER (1)

-- error 22: cannot use DISTINCT with WITHIN GROUP
SELECT f(DISTINCT a) WITHIN GROUP (ORDER BY b) OVER x y z

-- error 63: syntax error at end of input
SELECT f(VARIADIC a) WITHIN GROUP (ORDER BY b) FILTER (WHERE 1

-- error 22: cannot use VARIADIC with WITHIN GROUP
SELECT f(VARIADIC a) WITHIN GROUP (ORDER BY b) x y
