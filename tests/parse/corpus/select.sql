-- ok
SELECT

-- ok
SELECT 1

-- ok
SELECT *

-- ok
SELECT a, b

-- ok
SELECT a AS b

-- ok
SELECT a b

-- ok
SELECT t.*

-- ok
SELECT DISTINCT a

-- ok
SELECT DISTINCT ON (a) b

-- ok
SELECT DISTINCT ON (a, b + 1) *

-- ok
SELECT ALL a

-- ok
SELECT ALL

-- ok
SELECT DISTINCT *

-- ok
SELECT a, *

-- ok
SELECT 1 AS "X"

-- ok
SELECT FROM t

-- ok
SELECT WHERE a

-- ok
SELECT GROUP BY a

-- ok
SELECT HAVING a

-- ok
SELECT ORDER BY a

-- ok
SELECT LIMIT 1

-- ok
SELECT OFFSET 1

-- ok
SELECT FOR UPDATE

-- ok
SELECT INTO x

-- ok
SELECT WINDOW w AS ()

-- ok
SELECT UNION SELECT

-- ok
SELECT FETCH FIRST ROW ONLY

-- ok
SELECT * FROM t

-- ok
SELECT * FROM t, u

-- ok
SELECT * FROM t x, u AS y

-- ok
SELECT * FROM ONLY t

-- ok
SELECT * FROM ONLY (t)

-- ok
SELECT * FROM t *

-- ok
SELECT * FROM t * AS x

-- ok
SELECT * FROM s.t AS x (a, b)

-- ok
SELECT * FROM (SELECT 1) x

-- ok
SELECT * FROM (SELECT 1) AS x (a)

-- ok
SELECT * FROM (SELECT 1)

-- ok
SELECT * FROM LATERAL (SELECT 1) x

-- ok
SELECT * FROM (VALUES (1, 2)) v (a, b)

-- ok
SELECT * FROM (TABLE t) x

-- ok
SELECT * FROM (WITH c AS (SELECT 1) TABLE c) x

-- ok
SELECT * FROM ((SELECT 1)) x

-- ok
SELECT * FROM (SELECT 1 UNION SELECT 2) x

-- ok
SELECT * FROM ((SELECT 1) UNION (SELECT 2)) x

-- ok
SELECT * FROM t JOIN u ON t.a = u.a

-- ok
SELECT * FROM t INNER JOIN u USING (a)

-- ok
SELECT * FROM t LEFT JOIN u USING (a, b)

-- ok
SELECT * FROM t LEFT OUTER JOIN u USING (a) AS j

-- ok
SELECT * FROM t RIGHT JOIN u ON TRUE

-- ok
SELECT * FROM t RIGHT OUTER JOIN u ON (a)

-- ok
SELECT * FROM t FULL JOIN u ON t.a = u.a

-- ok
SELECT * FROM t FULL OUTER JOIN u USING (a)

-- ok
SELECT * FROM t CROSS JOIN u

-- ok
SELECT * FROM t NATURAL JOIN u

-- ok
SELECT * FROM t NATURAL INNER JOIN u

-- ok
SELECT * FROM t NATURAL LEFT JOIN u

-- ok
SELECT * FROM t NATURAL RIGHT OUTER JOIN u

-- ok
SELECT * FROM t NATURAL FULL JOIN u

-- ok
SELECT * FROM t CROSS JOIN LATERAL f(t.a)

-- ok
SELECT * FROM t JOIN LATERAL (SELECT t.a) x ON TRUE

-- ok
SELECT * FROM t CROSS JOIN u CROSS JOIN v

-- ok
SELECT * FROM t JOIN u ON a JOIN v ON b

-- ok
SELECT * FROM t JOIN u JOIN v ON a ON b

-- ok
SELECT * FROM t NATURAL JOIN u NATURAL JOIN v

-- ok
SELECT * FROM (t JOIN u ON a)

-- ok
SELECT * FROM (t JOIN u USING (a)) AS x

-- ok
SELECT * FROM (t CROSS JOIN u) x (a, b)

-- ok
SELECT * FROM ((t JOIN u ON a) JOIN v ON b)

-- ok
SELECT * FROM ((t CROSS JOIN u))

-- ok
SELECT * FROM t JOIN (u JOIN v ON a) ON b

-- ok
SELECT * FROM (t NATURAL JOIN u), v

-- ok
SELECT * FROM (a CROSS JOIN b) AS x JOIN c USING (d)

-- ok
SELECT * FROM ((SELECT 1) x JOIN t ON TRUE)

-- ok
SELECT * FROM ((SELECT 1) x CROSS JOIN (SELECT 2) y) z

-- ok
SELECT * FROM t TABLESAMPLE BERNOULLI (10)

-- ok
SELECT * FROM t TABLESAMPLE SYSTEM (1.5)

-- ok
SELECT * FROM t TABLESAMPLE s.m (a, 1)

-- ok
SELECT * FROM t TABLESAMPLE system(1) REPEATABLE (42)

-- ok
SELECT * FROM t TABLESAMPLE bernoulli (a + 1) REPEATABLE (b)

-- ok
SELECT * FROM t AS x TABLESAMPLE SYSTEM (1), ONLY u TABLESAMPLE BERNOULLI (2) REPEATABLE (3)

-- ok
SELECT a FROM t WHERE a = 1

-- ok
SELECT a FROM t WHERE a IN (SELECT b FROM u)

-- ok
SELECT a FROM t WHERE EXISTS (SELECT 1)

-- ok
SELECT a FROM t WHERE (a, b) = (1, 2)

-- ok
SELECT a FROM t WHERE NOT a AND b

-- ok
SELECT a FROM t WHERE a > ALL (SELECT 1)

-- ok
SELECT a FROM t WHERE TRUE

-- ok
SELECT a FROM t GROUP BY a

-- ok
SELECT a FROM t GROUP BY a, b

-- ok
SELECT a FROM t GROUP BY ()

-- ok
SELECT a FROM t GROUP BY (a)

-- ok
SELECT a FROM t GROUP BY (a, b)

-- ok
SELECT a FROM t GROUP BY ROLLUP (a)

-- ok
SELECT a FROM t GROUP BY ROLLUP (a, (b, c))

-- ok
SELECT a FROM t GROUP BY CUBE (a, b)

-- ok
SELECT a FROM t GROUP BY CUBE ((a, b), c)

-- ok
SELECT a FROM t GROUP BY GROUPING SETS (a)

-- ok
SELECT a FROM t GROUP BY GROUPING SETS ((), (a), (a, b))

-- ok
SELECT a FROM t GROUP BY GROUPING SETS (ROLLUP (a), CUBE (b), GROUPING SETS (c, ()))

-- ok
SELECT a FROM t GROUP BY a, ROLLUP (b), ()

-- ok
SELECT a FROM t GROUP BY 1

-- ok
SELECT a FROM t GROUP BY a + b

-- ok
SELECT a FROM t GROUP BY DISTINCT a

-- ok
SELECT a FROM t GROUP BY ALL a

-- ok
SELECT a FROM t GROUP BY DISTINCT ROLLUP (a), CUBE (b)

-- ok
SELECT a FROM t GROUP BY ALL GROUPING SETS ((a), ())

-- ok
SELECT a FROM t GROUP BY a HAVING count(*) > 1

-- ok
SELECT a FROM t GROUP BY a HAVING a

-- ok
SELECT a FROM t GROUP BY a HAVING NOT b

-- ok
SELECT a FROM t ORDER BY a

-- ok
SELECT a FROM t ORDER BY a ASC

-- ok
SELECT a FROM t ORDER BY a DESC

-- ok
SELECT a FROM t ORDER BY a NULLS FIRST

-- ok
SELECT a FROM t ORDER BY a NULLS LAST

-- ok
SELECT a FROM t ORDER BY a ASC NULLS LAST

-- ok
SELECT a FROM t ORDER BY a DESC NULLS FIRST

-- ok
SELECT a FROM t ORDER BY a USING <

-- ok
SELECT a FROM t ORDER BY a USING >= NULLS LAST

-- ok
SELECT a FROM t ORDER BY a USING OPERATOR(pg_catalog.<)

-- ok
SELECT a FROM t ORDER BY 1, 2 DESC

-- ok
SELECT a FROM t ORDER BY a + b

-- ok
SELECT a FROM t ORDER BY a COLLATE "C" DESC

-- ok
SELECT a FROM t ORDER BY f(a), b

-- ok
SELECT a FROM t ORDER BY (a, b)

-- ok
SELECT a FROM t ORDER BY a USING OPERATOR(s.@@) NULLS FIRST

-- ok
SELECT a FROM t LIMIT 1

-- ok
SELECT a FROM t LIMIT ALL

-- ok
SELECT a FROM t LIMIT NULL

-- ok
SELECT a FROM t LIMIT 1 + 1

-- ok
SELECT a FROM t LIMIT (SELECT 1)

-- ok
SELECT a FROM t LIMIT $1 OFFSET $2

-- ok
SELECT a FROM t OFFSET 1

-- ok
SELECT a FROM t OFFSET 1 ROW

-- ok
SELECT a FROM t OFFSET 2 ROWS

-- ok
SELECT a FROM t OFFSET a + 1

-- ok
SELECT a FROM t OFFSET 1 LIMIT 2

-- ok
SELECT a FROM t LIMIT 2 OFFSET 1

-- ok
SELECT a FROM t OFFSET (1) ROWS

-- ok
SELECT a FROM t OFFSET +1 ROW

-- ok
SELECT a FROM t FETCH FIRST ROW ONLY

-- ok
SELECT a FROM t FETCH FIRST 1 ROW ONLY

-- ok
SELECT a FROM t FETCH NEXT 2 ROWS ONLY

-- ok
SELECT a FROM t FETCH FIRST (1 + 1) ROWS ONLY

-- ok
SELECT a FROM t FETCH NEXT ROW ONLY

-- ok
SELECT a FROM t OFFSET 1 ROWS FETCH NEXT 5 ROWS ONLY

-- ok
SELECT a FROM t FETCH FIRST $1 ROWS ONLY

-- ok
SELECT a FROM t ORDER BY a FETCH FIRST 3 ROWS WITH TIES

-- ok
SELECT a FROM t ORDER BY a FETCH FIRST ROW WITH TIES

-- ok
SELECT a FROM t FETCH FIRST -1 ROWS ONLY

-- ok
SELECT a FROM t FETCH FIRST +2 ROWS ONLY

-- ok
SELECT a FROM t FETCH FIRST 1.5 ROWS ONLY

-- ok
SELECT a FROM t FETCH NEXT ROW ONLY OFFSET 3 ROWS

-- ok
SELECT a FROM t FETCH FIRST 'x' ROWS ONLY

-- ok
SELECT a FROM t FOR UPDATE

-- ok
SELECT a FROM t FOR NO KEY UPDATE

-- ok
SELECT a FROM t FOR SHARE

-- ok
SELECT a FROM t FOR KEY SHARE

-- ok
SELECT a FROM t FOR UPDATE OF t

-- ok
SELECT a FROM t FOR SHARE OF t, u

-- ok
SELECT a FROM t FOR UPDATE NOWAIT

-- ok
SELECT a FROM t FOR KEY SHARE OF t SKIP LOCKED

-- ok
SELECT a FROM t FOR UPDATE OF t NOWAIT FOR SHARE OF u

-- ok
SELECT a FROM t FOR UPDATE FOR UPDATE

-- ok
SELECT a FROM t FOR READ ONLY

-- ok
SELECT a FROM t FOR UPDATE OF s.t

-- ok
SELECT a FROM t LIMIT 1 FOR UPDATE

-- ok
SELECT a FROM t FOR UPDATE LIMIT 1

-- ok
SELECT a FROM t FOR SHARE OFFSET 1

-- ok
SELECT a FROM t ORDER BY a FOR UPDATE

-- ok
SELECT a FROM t ORDER BY a LIMIT 1 OFFSET 2 FOR SHARE SKIP LOCKED

-- ok
SELECT a FROM t ORDER BY a FOR KEY SHARE LIMIT ALL

-- ok
SELECT a INTO x FROM t

-- ok
SELECT a INTO TABLE x FROM t

-- ok
SELECT a INTO TEMP x FROM t

-- ok
SELECT a INTO TEMPORARY TABLE x FROM t

-- ok
SELECT a INTO LOCAL TEMP x FROM t

-- ok
SELECT a INTO LOCAL TEMPORARY x FROM t

-- ok
-- notice 01000 15: GLOBAL is deprecated in temporary table creation
SELECT a INTO GLOBAL TEMP x FROM t

-- ok
-- notice 01000 15: GLOBAL is deprecated in temporary table creation
SELECT a INTO GLOBAL TEMPORARY TABLE x FROM t

-- ok
SELECT a INTO UNLOGGED x FROM t

-- ok
SELECT a INTO UNLOGGED TABLE x FROM t

-- ok
SELECT a INTO s.x FROM t

-- ok
SELECT a INTO TEMP TABLE s.x FROM t

-- ok
SELECT 1 UNION SELECT 2

-- ok
SELECT 1 UNION ALL SELECT 2

-- ok
SELECT 1 UNION DISTINCT SELECT 2

-- ok
SELECT 1 INTERSECT SELECT 2

-- ok
SELECT 1 INTERSECT ALL SELECT 2

-- ok
SELECT 1 INTERSECT DISTINCT SELECT 2

-- ok
SELECT 1 EXCEPT SELECT 2

-- ok
SELECT 1 EXCEPT ALL SELECT 2

-- ok
SELECT 1 EXCEPT DISTINCT SELECT 2

-- ok
SELECT 1 UNION SELECT 2 INTERSECT SELECT 3

-- ok
SELECT 1 UNION SELECT 2 EXCEPT SELECT 3

-- ok
SELECT 1 UNION SELECT 2 UNION ALL SELECT 3

-- ok
SELECT 1 UNION SELECT 2 ORDER BY 1

-- ok
SELECT 1 UNION SELECT 2 LIMIT 1

-- ok
SELECT 1 UNION SELECT 2 UNION (SELECT 3 ORDER BY 1)

-- ok
SELECT 1 UNION SELECT 2 UNION VALUES (3)

-- ok
SELECT 1 UNION SELECT 2 UNION TABLE t

-- ok
SELECT 1 UNION SELECT 2 ORDER BY 1 LIMIT 2 OFFSET 3

-- ok
SELECT 1 UNION SELECT 2 FOR UPDATE

-- ok
(SELECT 1)

-- ok
(SELECT 1) UNION (SELECT 2)

-- ok
(SELECT 1) ORDER BY 1

-- ok
(SELECT 1) LIMIT 1

-- ok
(SELECT 1) UNION SELECT 2

-- ok
(SELECT 1) INTERSECT (SELECT 2) EXCEPT (SELECT 3)

-- ok
(SELECT 1) OFFSET 1 FETCH FIRST ROW ONLY

-- ok
(SELECT 1) FOR UPDATE

-- ok
((SELECT 1))

-- ok
(((SELECT 1) UNION SELECT 2)) LIMIT 1

-- ok
(SELECT 1 ORDER BY 1) LIMIT 1

-- ok
(VALUES (1)) UNION (TABLE t)

-- ok
(WITH c AS (SELECT 1) SELECT * FROM c)

-- ok
(SELECT 1 LIMIT 1) UNION ALL (SELECT 2 LIMIT 1) ORDER BY 1

-- ok
((SELECT 1) FOR UPDATE)

-- ok
TABLE t UNION TABLE u

-- ok
(TABLE t)

-- ok
WITH c AS (SELECT 1) SELECT * FROM c

-- ok
WITH c AS (VALUES (1)) SELECT * FROM c

-- ok
WITH c AS (TABLE t) SELECT * FROM c

-- ok
WITH c AS (INSERT INTO t VALUES (1) RETURNING *) SELECT * FROM c

-- ok
WITH c AS (UPDATE t SET a = 1 RETURNING a) SELECT * FROM c

-- ok
WITH c AS (DELETE FROM t RETURNING *) SELECT * FROM c

-- ok
WITH c AS (MERGE INTO t USING u ON a WHEN MATCHED THEN DO NOTHING RETURNING *) SELECT * FROM c

-- ok
WITH c AS ((SELECT 1)) SELECT * FROM c

-- ok
WITH c AS (SELECT 1 UNION SELECT 2) SELECT * FROM c

-- ok
WITH c AS (WITH d AS (SELECT 1) SELECT * FROM d) SELECT * FROM c

-- ok
WITH c (a, b) AS (SELECT 1, 2) SELECT 1

-- ok
WITH c AS MATERIALIZED (SELECT 1) SELECT 1

-- ok
WITH c AS NOT MATERIALIZED (SELECT 1) SELECT 1

-- ok
WITH c AS (SELECT 1), d AS (SELECT 2) SELECT 1

-- ok
WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT 1

-- ok
WITH RECURSIVE c AS (SELECT 1), d AS (SELECT 2) SELECT 1

-- ok
WITH "C" AS (SELECT 1) SELECT 1

-- ok
WITH RECURSIVE AS (SELECT 1) SELECT 1

-- ok
WITH RECURSIVE c (a, b) AS (SELECT 1, 2 UNION ALL SELECT a, b FROM c) SEARCH DEPTH FIRST BY a SET o SELECT * FROM c

-- ok
WITH RECURSIVE c (a, b) AS (SELECT 1, 2 UNION ALL SELECT a, b FROM c) SEARCH BREADTH FIRST BY a, b SET o SELECT * FROM c

-- ok
WITH RECURSIVE c (a, b) AS (SELECT 1, 2 UNION ALL SELECT a, b FROM c) CYCLE a SET x USING p SELECT * FROM c

-- ok
WITH RECURSIVE c (a, b) AS (SELECT 1, 2 UNION ALL SELECT a, b FROM c) CYCLE a, b SET x TO 'Y' DEFAULT 'N' USING p SELECT * FROM c

-- ok
WITH RECURSIVE c (a, b) AS (SELECT 1, 2 UNION ALL SELECT a, b FROM c) SEARCH DEPTH FIRST BY a SET o CYCLE b SET x USING p SELECT * FROM c

-- ok
WITH RECURSIVE c (a, b) AS (SELECT 1, 2 UNION ALL SELECT a, b FROM c) CYCLE a SET x TO TRUE DEFAULT FALSE USING p SELECT * FROM c

-- ok
WITH RECURSIVE c (a, b) AS (SELECT 1, 2 UNION ALL SELECT a, b FROM c) CYCLE a SET x TO int '1' DEFAULT 0 USING p SELECT * FROM c

-- ok
WITH c AS (SELECT 1) VALUES (1)

-- ok
WITH c AS (SELECT 1) TABLE c

-- ok
WITH c AS (SELECT 1) (SELECT 1)

-- ok
WITH c AS (SELECT 1) SELECT 1 UNION SELECT 2

-- ok
WITH c AS (SELECT 1) SELECT 1 ORDER BY 1

-- ok
WITH c AS (SELECT 1) SELECT 1 FOR UPDATE

-- ok
WITH c AS (SELECT 1) SELECT 1 LIMIT 1 FOR SHARE

-- ok
WITH c AS (SELECT 1) (SELECT 1) UNION (SELECT 2) LIMIT 1

-- ok
SELECT a, b AS c, d e FROM t AS x JOIN u ON x.a = u.b WHERE x.c > 1 GROUP BY a, d HAVING sum(e) > 2 WINDOW w AS (PARTITION BY a) ORDER BY 1 DESC LIMIT 10 OFFSET 5 FOR UPDATE OF x

-- ok
SELECT * FROM t, LATERAL (SELECT t.a) x, LATERAL f(x.a) AS y, ROWS FROM (g()) z

-- ok
SELECT (SELECT 1), ARRAY(SELECT 1), (SELECT a FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.a = t.a) LIMIT 1) FROM (SELECT 1) AS s

-- ok
SELECT a -- c

-- ok
SELECT 1 FROM t WHERE a = ANY (SELECT b FROM u) AND c NOT IN (VALUES (1), (2))

-- ok
SELECT * FROM t x, u AS y (a), (SELECT 1) AS z (b, c), f() AS w (d int, e text)

-- ok
SELECT DISTINCT ON (a, (b)) a, b FROM t ORDER BY a, b, c DESC

-- ok
select "Select" from "From" where "Where" = 'x'

-- ok
SELECT t.* AS y

-- ok
SELECT * FROM t (a)

-- ok
SELECT a FROM t GROUP BY ROLLUP

-- ok
SELECT a FROM t FETCH FIRST a ROWS ONLY

-- ok
(WITH c AS (SELECT 1) SELECT 1) ORDER BY 1

-- ok
(SELECT 1 FOR UPDATE) FOR SHARE

-- ok
SELECT a FROM t OFFSET + 1.5 ROWS

-- error 16: syntax error at end of input
SELECT DISTINCT

-- error 12: syntax error at or near "2"
SELECT 1 a 2

-- error 12: syntax error at end of input
SELECT a AS

-- error 10: syntax error at end of input
SELECT a,

-- error 8: syntax error at or near ","
SELECT , a

-- error 12: syntax error at or near "c"
SELECT a b c

-- error 8: syntax error at or near "AS"
SELECT AS b

-- error 14: syntax error at end of input
SELECT a FROM

-- error 20: syntax error at or near "a"
SELECT DISTINCT ON a b

-- error 21: syntax error at or near ")"
SELECT DISTINCT ON () a

-- error 12: syntax error at or near "DISTINCT"
SELECT ALL DISTINCT a

-- error 17: syntax error at or near "ALL"
SELECT DISTINCT ALL a

-- error 10: syntax error at or near "AS"
SELECT * AS x

-- error 23: syntax error at or near ","
SELECT DISTINCT ON (a), b

-- error 14: syntax error at end of input
SELECT * FROM

-- error 17: syntax error at end of input
SELECT * FROM t,

-- error 15: syntax error at or near ","
SELECT * FROM , t

-- error 19: syntax error at or near "v"
SELECT * FROM t u v

-- error 19: syntax error at end of input
SELECT * FROM t AS

-- error 15: syntax error at or near "1"
SELECT * FROM 1

-- error 15: syntax error at or near "'t'"
SELECT * FROM 't'

-- error 15: syntax error at or near "SELECT"
SELECT * FROM SELECT 1

-- error 24: syntax error at end of input
SELECT * FROM (SELECT 1

-- error 16: syntax error at or near ")"
SELECT * FROM ()

-- error 17: syntax error at or near ")"
SELECT * FROM (t)

-- error 17: syntax error at or near ")"
SELECT * FROM (t) x

-- error 23: syntax error at or near ")"
SELECT * FROM t AS x ()

-- error 23: syntax error at end of input
SELECT * FROM t.u.v.w.

-- error 24: syntax error at end of input
SELECT * FROM LATERAL t

-- error 19: syntax error at end of input
SELECT * FROM ONLY

-- error 22: syntax error at or near "*"
SELECT * FROM ONLY t *

-- error 22: syntax error at or near ")"
SELECT * FROM (VALUES) x

-- error 21: syntax error at or near "SELECT"
SELECT * FROM ONLY (SELECT 1)

-- error 20: syntax error at or near "("
SELECT * FROM t AS (a int)

-- error 23: syntax error at end of input
SELECT * FROM t JOIN u

-- error 22: syntax error at or near "u"
SELECT * FROM t LEFT u ON a

-- error 22: syntax error at or near "ON"
SELECT * FROM t JOIN ON a

-- error 30: syntax error at or near "ON"
SELECT * FROM t CROSS JOIN u ON a

-- error 32: syntax error at or near "ON"
SELECT * FROM t NATURAL JOIN u ON a

-- error 25: syntax error at or near "u"
SELECT * FROM t NATURAL u

-- error 29: syntax error at end of input
SELECT * FROM t JOIN u USING

-- error 31: syntax error at or near ")"
SELECT * FROM t JOIN u USING ()

-- error 30: syntax error at or near "a"
SELECT * FROM t JOIN u USING a

-- error 32: syntax error at or near "."
SELECT * FROM t JOIN u USING (a.b)

-- error 26: syntax error at end of input
SELECT * FROM t JOIN u ON

-- error 17: syntax error at or near "OUTER"
SELECT * FROM t OUTER JOIN u ON a

-- error 22: syntax error at or near "INNER"
SELECT * FROM t LEFT INNER JOIN u ON a

-- error 25: syntax error at or near "CROSS"
SELECT * FROM t NATURAL CROSS JOIN u

-- error 34: syntax error at or near "j"
SELECT * FROM t JOIN u USING (a) j

-- error 29: syntax error at or near "USING"
SELECT * FROM t JOIN u ON a USING (b)

-- error 23: syntax error at or near "CROSS"
SELECT * FROM t INNER CROSS JOIN u

-- error 28: syntax error at end of input
SELECT * FROM t TABLESAMPLE

-- error 38: syntax error at end of input
SELECT * FROM t TABLESAMPLE BERNOULLI

-- error 40: syntax error at or near ")"
SELECT * FROM t TABLESAMPLE BERNOULLI ()

-- error 29: syntax error at or near "("
SELECT * FROM t TABLESAMPLE (10)

-- error 50: syntax error at end of input
SELECT * FROM t TABLESAMPLE SYSTEM (1) REPEATABLE

-- error 52: syntax error at or near ")"
SELECT * FROM t TABLESAMPLE SYSTEM (1) REPEATABLE ()

-- error 53: syntax error at or near ","
SELECT * FROM t TABLESAMPLE SYSTEM (1) REPEATABLE (1, 2)

-- error 40: syntax error at or near "x"
SELECT * FROM t TABLESAMPLE SYSTEM (1) x

-- error 22: syntax error at end of input
SELECT a FROM t WHERE

-- error 25: syntax error at or near "WHERE"
SELECT a FROM t WHERE a WHERE b

-- error 23: syntax error at or near "a"
SELECT a FROM t GROUP a

-- error 25: syntax error at end of input
SELECT a FROM t GROUP BY

-- error 28: syntax error at end of input
SELECT a FROM t GROUP BY a,

-- error 34: syntax error at end of input
SELECT a FROM t GROUP BY DISTINCT

-- error 34: syntax error at or near ")"
SELECT a FROM t GROUP BY ROLLUP ()

-- error 41: syntax error at or near ")"
SELECT a FROM t GROUP BY GROUPING SETS ()

-- error 40: syntax error at or near "a"
SELECT a FROM t GROUP BY GROUPING SETS a

-- error 41: syntax error at end of input
SELECT a FROM t GROUP BY CUBE (a) HAVING

-- error 23: syntax error at end of input
SELECT a FROM t HAVING

-- error 26: syntax error at or near "GROUP"
SELECT a FROM t HAVING a GROUP BY b

-- error 28: syntax error at or near "WHERE"
SELECT a FROM t GROUP BY a WHERE b

-- error 39: syntax error at or near "SETS"
SELECT a FROM t GROUP BY GROUPING (a) SETS

-- error 23: syntax error at or near "a"
SELECT a FROM t ORDER a

-- error 25: syntax error at end of input
SELECT a FROM t ORDER BY

-- error 28: syntax error at end of input
SELECT a FROM t ORDER BY a,

-- error 32: syntax error at or near "DESC"
SELECT a FROM t ORDER BY a ASC DESC

-- error 28: syntax error at or near "NULLS"
SELECT a FROM t ORDER BY a NULLS

-- error 28: syntax error at or near "NULLS"
SELECT a FROM t ORDER BY a NULLS MIDDLE

-- error 33: syntax error at end of input
SELECT a FROM t ORDER BY a USING

-- error 36: syntax error at or near "DESC"
SELECT a FROM t ORDER BY a USING < DESC

-- error 26: syntax error at or near "NULLS"
SELECT a FROM t ORDER BY NULLS FIRST a

-- error 34: syntax error at or near "lt"
SELECT a FROM t ORDER BY a USING lt

-- error 28: syntax error at or near "WHERE"
SELECT a FROM t ORDER BY a WHERE b

-- error 28: syntax error at or near "ORDER"
SELECT a FROM t ORDER BY a ORDER BY b

-- error 28: syntax error at or near "GROUP"
SELECT a FROM t ORDER BY a GROUP BY b

-- error 22: syntax error at end of input
SELECT a FROM t LIMIT

-- error 17: LIMIT #,# syntax is not supported
-- hint: Use separate LIMIT and OFFSET clauses.
SELECT a FROM t LIMIT 1, 2

-- error 25: syntax error at or near "LIMIT"
SELECT a FROM t LIMIT 1 LIMIT 2

-- error 23: syntax error at end of input
SELECT a FROM t OFFSET

-- error 26: syntax error at or near "OFFSET"
SELECT a FROM t OFFSET 1 OFFSET 2

-- error 24: syntax error at or near "ALL"
SELECT a FROM t OFFSET ALL

-- error 23: syntax error at or near "1"
SELECT a FROM t FETCH 1 ROW ONLY

-- error 28: syntax error at end of input
SELECT a FROM t FETCH FIRST

-- error 30: syntax error at end of input
SELECT a FROM t FETCH FIRST 1

-- error 34: syntax error at end of input
SELECT a FROM t FETCH FIRST 1 ROW

-- error 31: syntax error at or near "+"
SELECT a FROM t FETCH FIRST 1 + 1 ROWS ONLY

-- error 25: syntax error at or near "FETCH"
SELECT a FROM t LIMIT 1 FETCH FIRST 1 ROW ONLY

-- error 33: WITH TIES cannot be specified without ORDER BY clause
SELECT a FROM t FETCH FIRST ROW WITH TIES

-- error 33: syntax error at or near "TIES"
SELECT a FROM t FETCH FIRST ROW TIES

-- error 25: syntax error at or near "ROWS"
SELECT a FROM t LIMIT 1 ROWS

-- error 30: syntax error at or near "ROWS"
SELECT a FROM t OFFSET 1 + 1 ROWS

-- error 47: SKIP LOCKED and WITH TIES options cannot be used together
SELECT a FROM t ORDER BY a FETCH FIRST 1 ROWS WITH TIES FOR UPDATE SKIP LOCKED

-- error 20: syntax error at end of input
SELECT a FROM t FOR

-- error 21: syntax error at or near "NOTHING"
SELECT a FROM t FOR NOTHING

-- error 30: syntax error at end of input
SELECT a FROM t FOR UPDATE OF

-- error 33: syntax error at or near "u"
SELECT a FROM t FOR UPDATE OF t u

-- error 28: syntax error at or near "WAIT"
SELECT a FROM t FOR UPDATE WAIT

-- error 32: syntax error at end of input
SELECT a FROM t FOR UPDATE SKIP

-- error 24: syntax error at or near "UPDATE"
SELECT a FROM t FOR NO UPDATE

-- error 25: syntax error at or near "UPDATE"
SELECT a FROM t FOR KEY UPDATE

-- error 28: syntax error at or near "SHARE"
SELECT a FROM t FOR NO KEY SHARE

-- error 27: syntax error at or near "LOCKED"
SELECT a FROM t FOR SHARE LOCKED

-- error 35: syntax error at or near "SKIP"
SELECT a FROM t FOR UPDATE NOWAIT SKIP LOCKED

-- error 25: syntax error at end of input
SELECT a FROM t FOR READ

-- error 36: syntax error at or near "FOR"
SELECT a FROM t FOR UPDATE LIMIT 1 FOR SHARE

-- error 14: syntax error at end of input
SELECT a INTO

-- error 15: syntax error at or near "FROM"
SELECT a INTO FROM t

-- error 21: syntax error at or near "FROM"
SELECT a INTO TABLE FROM t

-- error 32: syntax error at end of input
SELECT a INTO TEMP FROM t WHERE

-- error 16: syntax error at or near ","
SELECT a INTO a, b FROM t

-- error 15: syntax error at or near "'x'"
SELECT a INTO 'x' FROM t

-- error 21: syntax error at end of input
SELECT a INTO x FROM

-- error 17: syntax error at or near "INTO"
SELECT a INTO x INTO y

-- error 29: syntax error at or near "x"
SELECT a INTO TEMP UNLOGGED x FROM t

-- error 17: syntax error at or near "("
SELECT a INTO x (a) FROM t

-- error 15: syntax error at end of input
SELECT 1 UNION

-- error 20: syntax error at or near "DISTINCT"
SELECT 1 UNION ALL DISTINCT SELECT 2

-- error 16: syntax error at or near "SELECT"
SELECT 1 MINUS SELECT 2 x

-- error 16: syntax error at or near "2"
SELECT 1 UNION 2

-- error 21: syntax error at or near "UNION"
SELECT 1 ORDER BY 1 UNION SELECT 2

-- error 18: syntax error at or near "UNION"
SELECT 1 LIMIT 1 UNION SELECT 2

-- error 41: syntax error at end of input
SELECT 1 UNION SELECT 2 WHERE a ORDER BY

-- error 16: syntax error at end of input
SELECT 1 EXCEPT

-- error 23: syntax error at end of input
SELECT 1 INTERSECT ALL

-- error 25: syntax error at end of input
SELECT 1 UNION (SELECT 2

-- error 21: syntax error at or near "UNION"
SELECT 1 FOR UPDATE UNION SELECT 2

-- error 16: syntax error at or near "WITH"
SELECT 1 UNION WITH c AS (SELECT 1) SELECT 2

-- error 10: syntax error at end of input
(SELECT 1

-- error 9: syntax error at or near ")"
SELECT 1)

-- error 2: syntax error at or near ")"
()

-- error 12: syntax error at or near "("
(SELECT 1) (SELECT 2)

-- error 12: syntax error at or near "x"
(SELECT 1) x

-- error 12: syntax error at or near "WHERE"
(SELECT 1) WHERE a

-- error 23: syntax error at or near "ORDER"
(SELECT 1) ORDER BY 1 ORDER BY 2

-- error 20: LIMIT #,# syntax is not supported
-- hint: Use separate LIMIT and OFFSET clauses.
(SELECT 1 LIMIT 1) LIMIT 2, 3

-- error 12: syntax error at end of input
((SELECT 1)

-- error 11: syntax error at or near ","
(SELECT 1), (SELECT 2)

-- error 32: multiple ORDER BY clauses not allowed
(SELECT 1 ORDER BY 1) ORDER BY 2

-- error 20: multiple LIMIT clauses not allowed
(SELECT 1 LIMIT 1) LIMIT 2

-- error 21: multiple OFFSET clauses not allowed
(SELECT 1 OFFSET 1) OFFSET 2

-- error 1: multiple WITH clauses not allowed
WITH c AS (SELECT 1) (WITH d AS (SELECT 2) SELECT 3)

-- error 49: multiple LIMIT clauses not allowed
(SELECT 1 ORDER BY 1 FETCH FIRST ROW WITH TIES) FETCH FIRST ROW WITH TIES

-- error 6: syntax error at or near "SELECT"
WITH SELECT 1

-- error 8: syntax error at or near "SELECT"
WITH c SELECT 1

-- error 11: syntax error at or near "SELECT"
WITH c AS SELECT 1

-- error 12: syntax error at or near "1"
WITH c AS (1) SELECT 1

-- error 12: syntax error at or near ")"
WITH c AS () SELECT 1

-- error 9: syntax error at or near ")"
WITH c () AS (SELECT 1) SELECT 1

-- error 21: syntax error at end of input
WITH c AS (SELECT 1)

-- error 23: syntax error at or near "SELECT"
WITH c AS (SELECT 1), SELECT 1

-- error 22: syntax error at or near "d"
WITH c AS (SELECT 1) d AS (SELECT 2) SELECT 1

-- error 24: syntax error at or near "SELECT"
WITH c AS MATERIALIZED SELECT 1

-- error 15: syntax error at or near "("
WITH c AS NOT (SELECT 1) SELECT 1

-- error 7: syntax error at or near "."
WITH s.c AS (SELECT 1) SELECT 1

-- error 16: syntax error at or near "SELECT"
WITH RECURSIVE SELECT 1

-- error 12: syntax error at or near "CREATE"
WITH c AS (CREATE TABLE t ()) SELECT 1

-- error 22: syntax error at or near "CREATE"
WITH c AS (SELECT 1) CREATE TABLE t ()

-- error 22: syntax error at or near "WITH"
WITH c AS (SELECT 1) WITH d AS (SELECT 2) SELECT 3

-- error 45: syntax error at or near "BY"
WITH RECURSIVE c AS (SELECT 1) SEARCH DEPTH BY a SET o SELECT 1

-- error 39: syntax error at or near "FIRST"
WITH RECURSIVE c AS (SELECT 1) SEARCH FIRST BY a SET o SELECT 1

-- error 51: syntax error at or near "SET"
WITH RECURSIVE c AS (SELECT 1) SEARCH DEPTH FIRST SET o SELECT 1

-- error 56: syntax error at or near "SELECT"
WITH RECURSIVE c AS (SELECT 1) SEARCH DEPTH FIRST BY a SELECT 1

-- error 46: syntax error at or near "SELECT"
WITH RECURSIVE c AS (SELECT 1) CYCLE a SET x SELECT 1

-- error 40: syntax error at or near "USING"
WITH RECURSIVE c AS (SELECT 1) CYCLE a USING p SELECT 1

-- error 42: syntax error at or near "x"
WITH RECURSIVE c AS (SELECT 1) CYCLE SET x USING p SELECT 1

-- error 51: syntax error at or near "DEFAULT"
WITH RECURSIVE c AS (SELECT 1) CYCLE a SET x TO b DEFAULT 1 USING p SELECT 1

-- error 51: syntax error at or near "USING"
WITH RECURSIVE c AS (SELECT 1) CYCLE a SET x TO 1 USING p SELECT 1

-- error 46: syntax error at or near "DEFAULT"
WITH RECURSIVE c AS (SELECT 1) CYCLE a SET x DEFAULT 1 USING p SELECT 1

-- error 54: syntax error at or near "SEARCH"
WITH RECURSIVE c AS (SELECT 1) CYCLE a SET x USING p SEARCH DEPTH FIRST BY a SET o SELECT 1

-- error 29: syntax error at or near "ROW"
SELECT a FROM t OFFSET + +1 ROW

-- error 29: syntax error at or near "ROW"
SELECT a FROM t OFFSET - -1 ROW

-- error 30: syntax error at or near "ROWS"
SELECT a FROM t OFFSET + (1) ROWS

-- error 31: syntax error at or near "ROWS"
SELECT a FROM t OFFSET +1 + 2 ROWS

-- error 32: syntax error at or near "ROWS"
SELECT a FROM t OFFSET -1::int ROWS
