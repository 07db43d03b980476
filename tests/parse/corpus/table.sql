-- ok
TABLE t

-- ok
TABLE s.t

-- ok
TABLE d.s.t

-- ok
TABLE ONLY t

-- ok
TABLE ONLY (t)

-- ok
TABLE t *

-- ok
TABLE "T"

-- ok
TABLE t UNION TABLE u

-- ok
TABLE t ORDER BY 1

-- ok
TABLE t LIMIT 1

-- ok
TABLE t OFFSET 2

-- ok
TABLE t FOR UPDATE

-- ok
TABLE t INTERSECT SELECT 1

-- ok
TABLE t EXCEPT ALL VALUES (1)

-- ok
TABLE t ORDER BY a LIMIT 1 OFFSET 2 FOR SHARE

-- ok
TABLE t FETCH FIRST ROW ONLY

-- ok
WITH c AS (TABLE t) TABLE c

-- error 6: syntax error at end of input
TABLE

-- error 7: syntax error at or near "1"
TABLE 1

-- error 7: syntax error at or near "'t'"
TABLE 't'

-- error 9: syntax error at or near "x"
TABLE t x

-- error 9: syntax error at or near "AS"
TABLE t AS x

-- error 8: syntax error at or near ","
TABLE t, u

-- error 9: syntax error at or near "WHERE"
TABLE t WHERE a

-- error 9: syntax error at or near "JOIN"
TABLE t JOIN u ON a

-- error 8: syntax error at or near "("
TABLE f()

-- error 7: syntax error at or near "("
TABLE (SELECT 1)

-- error 7: syntax error at or near "("
TABLE (t)

-- error 13: syntax error at end of input
TABLE a.b.c.

-- error 9: syntax error at or near "GROUP"
TABLE t GROUP BY a

-- error 9: syntax error at or near "INTO"
TABLE t INTO x
