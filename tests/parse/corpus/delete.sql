-- ok
DELETE FROM t

-- ok
DELETE FROM ONLY t

-- ok
DELETE FROM t *

-- ok
DELETE FROM t AS x

-- ok
DELETE FROM t x

-- ok
DELETE FROM s.t

-- ok
DELETE FROM ONLY (t) AS x

-- ok
DELETE FROM d.s.t "X"

-- ok
DELETE FROM t USING u

-- ok
DELETE FROM t USING u, v

-- ok
DELETE FROM t USING u JOIN v ON a

-- ok
DELETE FROM t USING (SELECT 1) x

-- ok
DELETE FROM t USING f() y, LATERAL g() z

-- ok
DELETE FROM t USING u WHERE t.a = u.b

-- ok
DELETE FROM t USING ONLY u AS w

-- ok
DELETE FROM t WHERE a = 1

-- ok
DELETE FROM t WHERE CURRENT OF c

-- ok
DELETE FROM t WHERE a IN (SELECT b FROM u)

-- ok
DELETE FROM t WHERE EXISTS (TABLE u)

-- ok
DELETE FROM t WHERE FALSE

-- ok
DELETE FROM t WHERE NOT a OR b

-- ok
DELETE FROM t RETURNING *

-- ok
DELETE FROM t RETURNING a, b AS c

-- ok
DELETE FROM t WHERE a RETURNING old.*

-- ok
DELETE FROM t USING u WHERE a RETURNING t.*, u.*

-- ok
DELETE FROM t WHERE CURRENT OF c RETURNING WITH (OLD AS o) o.a

-- ok
DELETE FROM t RETURNING WITH (OLD AS o, NEW AS n) n.a

-- ok
WITH c AS (SELECT 1) DELETE FROM t USING c WHERE a

-- ok
WITH RECURSIVE c AS (SELECT 1) DELETE FROM t USING c WHERE a

-- ok
WITH c AS (DELETE FROM u RETURNING *) DELETE FROM t USING c WHERE a

-- ok
DELETE FROM t AS x USING u AS y JOIN z ON a WHERE x.a = 1 RETURNING x.*

-- ok
DELETE FROM t AS x USING LATERAL f(x.b) c, d WHERE x.b IN (1, 2) RETURNING WITH (OLD AS o) o.a + 1 AS b, o.*

-- ok
DELETE FROM t AS x USING (VALUES (1), (2)) v (e) WHERE (x.a, x.b) = (1, 2) RETURNING 1

-- ok
DELETE FROM t AS x USING u TABLESAMPLE BERNOULLI (5) WHERE NOT EXISTS (TABLE w) RETURNING (SELECT 1), old.a

-- error 7: syntax error at end of input
DELETE

-- error 8: syntax error at or near "t"
DELETE t

-- error 12: syntax error at end of input
DELETE FROM

-- error 17: syntax error at or near "v"
DELETE FROM t u v

-- error 13: syntax error at or near "WHERE"
DELETE FROM WHERE a

-- error 8: syntax error at or near "*"
DELETE * FROM t

-- error 20: syntax error at end of input
DELETE FROM t WHERE

-- error 20: syntax error at end of input
DELETE FROM t USING

-- error 21: syntax error at or near "WHERE"
DELETE FROM t USING WHERE a

-- error 15: syntax error at or near "ORDER"
DELETE FROM t ORDER BY a

-- error 15: syntax error at or near "LIMIT"
DELETE FROM t LIMIT 1

-- error 14: syntax error at or near ","
DELETE FROM t, u

-- error 15: syntax error at or near "FROM"
DELETE FROM t FROM u

-- error 23: syntax error at or near "USING"
DELETE FROM t WHERE a USING u

-- error 24: syntax error at end of input
DELETE FROM t RETURNING

-- error 15: syntax error at or near "JOIN"
DELETE FROM t JOIN u ON a

-- error 13: syntax error at or near "("
DELETE FROM (SELECT 1)

-- error 34: syntax error at or near "d"
DELETE FROM t WHERE CURRENT OF c d

-- error 13: syntax error at or near "'t'"
DELETE FROM 't'

-- error 17: syntax error at end of input
DELETE FROM ONLY

-- error 20: syntax error at or near "("
DELETE FROM t AS x (a)

-- error 31: syntax error at or near "c"
DELETE FROM t x WHERE CURRENT c OF

-- error 8: syntax error at or near "CASCADE"
DELETE CASCADE FROM t
