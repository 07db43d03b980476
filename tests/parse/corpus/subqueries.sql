-- ok
SELECT * FROM a WHERE b IN (SELECT 1)

-- ok
SELECT * FROM a WHERE b NOT IN (TABLE c)

-- ok
SELECT * FROM a WHERE b = (SELECT 1)

-- ok
SELECT * FROM a WHERE b = ANY (SELECT 1)

-- ok
SELECT * FROM a WHERE b <> ALL (VALUES (1))

-- ok
SELECT * FROM a WHERE b > SOME (SELECT 1 UNION SELECT 2)

-- ok
SELECT * FROM a WHERE b LIKE ANY (SELECT 'x')

-- ok
SELECT * FROM a WHERE b IN ((SELECT 1))

-- ok
SELECT * FROM a WHERE b IN (((SELECT 1) UNION SELECT 2))

-- ok
SELECT * FROM a WHERE b BETWEEN (SELECT 1) AND (SELECT 2)

-- ok
SELECT * FROM a WHERE b IN (WITH d AS (SELECT 1) TABLE d)

-- ok
SELECT * FROM a WHERE b ~~ ALL (SELECT 'x')

-- ok
SELECT * FROM a WHERE b IS NOT DISTINCT FROM (SELECT 1)

-- ok
SELECT * FROM a WHERE b OPERATOR(s.=) ALL (SELECT 1)

-- ok
SELECT (SELECT 1), ((SELECT 2)), (((SELECT 3))) + 4, -(SELECT 5), (SELECT 6)::int, (SELECT ARRAY[7])[1], (SELECT r FROM r).f, NOT (SELECT TRUE)

-- ok
SELECT ARRAY(SELECT a FROM b ORDER BY c), ARRAY(VALUES (1), (2)), ARRAY((SELECT 1)), ARRAY(WITH d AS (SELECT 1) TABLE d)

-- ok
SELECT EXISTS (SELECT 1), EXISTS (TABLE a), NOT EXISTS ((SELECT 1)), EXISTS (VALUES (1)) AND a

-- ok
SELECT (a, b) IN (SELECT c, d FROM e), ROW(a, b) = (SELECT 1, 2), (a, b) > ALL (SELECT 1, 2), ROW(a) IN (SELECT 1)

-- ok
SELECT f((SELECT 1)), f(ARRAY(SELECT 1)), CASE WHEN (SELECT TRUE) THEN (SELECT 1) ELSE (SELECT 2) END, COALESCE((SELECT 1), 2)

-- ok
SELECT (SELECT 1 LIMIT 1), (SELECT a FROM b FOR UPDATE), ((SELECT 1) UNION (SELECT 2) ORDER BY 1 LIMIT 1)

-- ok
SELECT ALL (SELECT 1) = a

-- error 15: syntax error at end of input
SELECT (SELECT

-- error 17: syntax error at end of input
SELECT (SELECT 1

-- error 8: syntax error at or near "SELECT"
SELECT SELECT 1)

-- error 10: syntax error at or near "SELECT"
SELECT f(SELECT 1)

-- error 14: syntax error at or near "1"
SELECT ARRAY(1, 2)

-- error 14: syntax error at or near "SELECT"
SELECT ARRAY SELECT 1

-- error 22: syntax error at or near "1"
SELECT EXISTS SELECT 1

-- error 16: syntax error at or near "a"
SELECT EXISTS (a)

-- error 13: syntax error at or near "SELECT"
SELECT a IN SELECT 1

-- error 16: syntax error at or near "SELECT"
SELECT a = ANY SELECT 1

-- error 27: syntax error at end of input
SELECT a = ANY ((SELECT 1)

-- error 8: syntax error at or near "ANY"
SELECT ANY (SELECT 1)

-- error 24: syntax error at or near "("
SELECT a IN (SELECT 1) (SELECT 2)

-- error 19: syntax error at end of input
SELECT (SELECT 1).

-- error 17: syntax error at or near "SELECT"
SELECT COALESCE(SELECT 1)

-- error 18: syntax error at or near "SELECT"
SELECT CASE WHEN SELECT 1 THEN 2 END

-- error 16: syntax error at or near "INTO"
SELECT (INSERT INTO t VALUES (1))

-- error 16: syntax error at or near "t"
SELECT (UPDATE t SET a = 1 RETURNING a)
