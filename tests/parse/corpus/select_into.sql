-- ok
SELECT a INTO x FROM t

-- ok
SELECT a INTO s.x FROM t

-- ok
SELECT a INTO d.s.x FROM t

-- ok
SELECT a INTO "X" FROM t

-- ok
SELECT * INTO TEMP x FROM t

-- ok
SELECT * INTO TEMPORARY TABLE x FROM t

-- ok
SELECT * INTO LOCAL TEMP x FROM t

-- ok
SELECT * INTO LOCAL TEMPORARY TABLE x FROM t

-- ok
-- notice 01000 15: GLOBAL is deprecated in temporary table creation
SELECT * INTO GLOBAL TEMP x FROM t

-- ok
-- notice 01000 15: GLOBAL is deprecated in temporary table creation
SELECT * INTO GLOBAL TEMPORARY TABLE x FROM t

-- ok
SELECT * INTO UNLOGGED x FROM t

-- ok
SELECT INTO x

-- ok
SELECT INTO TABLE x FROM t

-- ok
SELECT DISTINCT a INTO x FROM t WHERE b GROUP BY c HAVING d ORDER BY e LIMIT 1

-- ok
SELECT DISTINCT ON (a) b INTO TEMP x FROM t

-- ok
SELECT 1 INTO x UNION SELECT 2

-- ok
SELECT 1 UNION SELECT 2 INTO x

-- ok
WITH c AS (SELECT 1) SELECT * INTO x FROM c

-- ok
(SELECT 1 INTO x)

-- ok
SELECT * INTO temp_ FROM t

-- ok
SELECT a INTO temp.x FROM t

-- ok
SELECT a INTO TEMP

-- error 15: syntax error at or near "FROM"
SELECT a INTO FROM t

-- error 20: syntax error at end of input
SELECT a INTO TABLE

-- error 17: syntax error at or near "y"
SELECT a INTO x y FROM t

-- error 16: syntax error at or near ","
SELECT a INTO x, y FROM t

-- error 17: syntax error at or near "("
SELECT a INTO x (a) FROM t

-- error 25: syntax error at or near "x"
SELECT a INTO TEMP TEMP x

-- error 29: syntax error at or near "x"
SELECT a INTO UNLOGGED TEMP x

-- error 22: syntax error at or near "x"
SELECT a INTO GLOBAL x y

-- error 21: syntax error at or near "TABLE"
SELECT a INTO LOCAL TABLE x

-- error 15: syntax error at or near "1"
SELECT a INTO 1 FROM t

-- error 17: syntax error at or near "AS"
SELECT a INTO x AS y FROM t

-- error 26: syntax error at or near "TABLE"
SELECT a INTO TEMP TABLE TABLE x

-- error 18: syntax error at or near "NOT"
SELECT a INTO IF NOT EXISTS x FROM t
