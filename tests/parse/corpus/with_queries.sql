-- ok
WITH a AS (SELECT 1), b AS (SELECT * FROM a), c (x, y) AS MATERIALIZED (TABLE b) SELECT * FROM c

-- ok
WITH a AS (SELECT 1), b AS (SELECT * FROM a), c (x, y) AS MATERIALIZED (TABLE b) INSERT INTO t TABLE c

-- ok
WITH a AS (SELECT 1), b AS (SELECT * FROM a), c (x, y) AS MATERIALIZED (TABLE b) UPDATE t SET a = 1 FROM c

-- ok
WITH a AS (SELECT 1), b AS (SELECT * FROM a), c (x, y) AS MATERIALIZED (TABLE b) DELETE FROM t USING c

-- ok
WITH a AS (SELECT 1), b AS (SELECT * FROM a), c (x, y) AS MATERIALIZED (TABLE b) MERGE INTO t USING c ON TRUE WHEN MATCHED THEN DELETE

-- ok
WITH a AS (SELECT 1), b AS (SELECT * FROM a), c (x, y) AS MATERIALIZED (TABLE b) VALUES (1)

-- ok
WITH a AS (SELECT 1), b AS (SELECT * FROM a), c (x, y) AS MATERIALIZED (TABLE b) TABLE c

-- ok
WITH a AS (SELECT 1), b AS (SELECT * FROM a), c (x, y) AS MATERIALIZED (TABLE b) (SELECT 1) UNION (TABLE c)

-- ok
WITH RECURSIVE t (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM t WHERE n < 100) SELECT sum(n) FROM t

-- ok
WITH RECURSIVE t (n) AS (VALUES (1) UNION DISTINCT SELECT n + 1 FROM t WHERE n < 100) SELECT sum(n) FROM t

-- ok
WITH RECURSIVE t (n) AS (VALUES (1) UNION SELECT n + 1 FROM t WHERE n < 100) SELECT sum(n) FROM t

-- ok
WITH RECURSIVE a AS (SELECT 1 UNION SELECT 2), b AS (SELECT 3) SELECT * FROM a, b

-- ok
WITH x AS (WITH y AS (WITH z AS (SELECT 1) TABLE z) TABLE y) TABLE x

-- ok
SELECT * FROM (WITH x AS (SELECT 1) SELECT * FROM x) y WHERE a IN (WITH z AS (SELECT 2) TABLE z)

-- ok
WITH d AS (DELETE FROM t WHERE a RETURNING *), i AS (INSERT INTO u SELECT * FROM d RETURNING b), m AS (MERGE INTO v USING d ON c WHEN NOT MATCHED THEN DO NOTHING RETURNING merge_action()) SELECT * FROM i, m

-- ok
CREATE VIEW v AS WITH a AS (SELECT 1) SELECT * FROM a

-- ok
CREATE TABLE t AS WITH a AS (SELECT 1) TABLE a WITH NO DATA

-- ok
WITH RECURSIVE g (a, b, c) AS (SELECT 1, 2, 3 UNION ALL SELECT g.a, h.b, h.c FROM g, h) SEARCH DEPTH FIRST BY a, b SET ord CYCLE a SET is_cycle TO 1 DEFAULT 0 USING path TABLE g

-- ok
WITH RECURSIVE g (a, b, c) AS (SELECT 1, 2, 3 UNION ALL SELECT g.a, h.b, h.c FROM g, h) SEARCH BREADTH FIRST BY a, b SET ord CYCLE a, c SET is_cycle TO 'y' DEFAULT 'n' USING path TABLE g

-- ok
WITH RECURSIVE g (a, b, c) AS (SELECT 1, 2, 3 UNION ALL SELECT g.a, h.b, h.c FROM g, h) SEARCH DEPTH FIRST BY a, b SET ord CYCLE a SET is_cycle TO TRUE DEFAULT FALSE USING path TABLE g

-- ok
WITH RECURSIVE g (a, b, c) AS (SELECT 1, 2, 3 UNION ALL SELECT g.a, h.b, h.c FROM g, h) SEARCH BREADTH FIRST BY a, b SET ord CYCLE a, c SET is_cycle USING path TABLE g

-- error 7: syntax error at end of input
WITH a

-- error 10: syntax error at end of input
WITH a AS

-- error 12: syntax error at end of input
WITH a AS (

-- error 20: syntax error at end of input
WITH a AS (SELECT 1

-- error 23: syntax error at end of input
WITH a AS (SELECT 1) ,

-- error 12: syntax error at or near "("
WITH a (x) (SELECT 1) TABLE a

-- error 9: syntax error at or near "1"
WITH a (1) AS (SELECT 1) TABLE a

-- error 22: syntax error at or near "b"
WITH a AS (SELECT 1) b

-- error 11: syntax error at or near "ONLY"
WITH a AS ONLY (SELECT 1) TABLE a

-- error 12: syntax error at or near "EXPLAIN"
WITH a AS (EXPLAIN SELECT 1) TABLE a

-- error 26: syntax error at or near "a"
WITH RECURSIVE RECURSIVE a AS (SELECT 1) TABLE a x

-- error 22: syntax error at or near "COMMIT"
WITH a AS (SELECT 1) COMMIT

-- error 22: syntax error at or near "EXPLAIN"
WITH a AS (SELECT 1) EXPLAIN SELECT 1

-- error 24: syntax error at or near "NOT"
WITH a AS MATERIALIZED NOT (SELECT 1) TABLE a

-- error 20: syntax error at or near ";"
WITH a AS (SELECT 1;) TABLE a

-- error 6: syntax error at or near "'a'"
WITH 'a' AS (SELECT 1) TABLE a

-- error 10: syntax error at or near "WITH"
SELECT 1 WITH a AS (SELECT 1)

-- error 51: syntax error at or near ")"
WITH RECURSIVE c AS (SELECT 1) CYCLE a SET x TO f() '2' DEFAULT 1 USING p SELECT 1

-- error 53: syntax error at or near ")"
WITH RECURSIVE c AS (SELECT 1) CYCLE a SET x TO a.f() DEFAULT 1 USING p SELECT 1

-- error 54: syntax error at or near "DEFAULT"
WITH RECURSIVE c AS (SELECT 1) CYCLE a SET x TO f(1) DEFAULT 1 USING p SELECT 1

-- error 67: syntax error at end of input
WITH RECURSIVE c AS (SELECT 1) CYCLE a SET x TO f(1) '2' DEFAULT g
