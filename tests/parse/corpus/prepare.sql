-- ok
PREPARE p AS SELECT 1

-- ok
PREPARE "P" AS SELECT $1 + $2

-- ok
PREPARE p (int) AS INSERT INTO t VALUES ($1)

-- ok
PREPARE p (int, text) AS UPDATE t SET a = $1

-- ok
PREPARE p (s.t, int[], varchar(3)) AS DELETE FROM t WHERE a = $1

-- ok
PREPARE p (double precision) AS MERGE INTO t USING u ON a WHEN MATCHED THEN DELETE

-- ok
PREPARE abort AS VALUES ($1)

-- ok
PREPARE p (unknown) AS TABLE t

-- ok
PREPARE between AS (SELECT 1)

-- ok
PREPARE p (SETOF int) AS SELECT 1 UNION SELECT $1

-- ok
PREPARE p AS INSERT INTO t SELECT $1 RETURNING *

-- ok
PREPARE "P" AS WITH c AS (SELECT 1) DELETE FROM t

-- ok
PREPARE p (int) AS SELECT $1::int FOR UPDATE

-- ok
PREPARE p (int, text) AS SELECT a INTO b FROM c

-- ok
PREPARE p AS SELECT x y

-- error 15: syntax error at or near "%"
PREPARE p (t.a%TYPE) AS WITH c AS (SELECT 1) TABLE c

-- error 11: syntax error at or near "y"
PREPARE x y

-- error 11: syntax error at or near "x"
PREPARE p x y

-- error 14: syntax error at or near "x"
PREPARE p AS x y

-- error 9: syntax error at or near "AS"
PREPARE AS SELECT 1 x y

-- error 11: syntax error at or near "SELECT"
PREPARE p SELECT 1 x y

-- error 12: syntax error at or near ")"
PREPARE p () AS SELECT 1 x y

-- error 12: syntax error at or near "1"
PREPARE p (1) AS SELECT 1 x y

-- error 16: syntax error at or near ")"
PREPARE p (int,) AS SELECT 1 x y

-- error 14: syntax error at or near "int"
PREPARE p (a int) AS SELECT 1 x y

-- error 14: syntax error at or near "CREATE"
PREPARE p AS CREATE TABLE t () x y

-- error 14: syntax error at or near "EXECUTE"
PREPARE p AS EXECUTE q x y

-- error 14: syntax error at or near "COMMIT"
PREPARE p AS COMMIT x y

-- error 14: syntax error at or near "CALL"
PREPARE p AS CALL q() x y

-- error 11: syntax error at or near "FROM"
PREPARE p FROM 'SELECT 1' x y

-- error 9: syntax error at or near "'p'"
PREPARE 'p' AS SELECT 1 x y

-- error 10: syntax error at or near "."
PREPARE a.b AS SELECT 1 x y

-- error 14: syntax error at or near "'SELECT 1'"
PREPARE p AS 'SELECT 1' x y

-- error 14: syntax error at or near "EXPLAIN"
PREPARE p AS EXPLAIN SELECT 1 x y

-- error 16: syntax error at or near "AS"
PREPARE p (int AS SELECT 1 x y
