-- ok
CREATE TABLE t AS SELECT 1

-- ok
CREATE TEMP TABLE s.t AS TABLE u

-- ok
CREATE TEMPORARY TABLE IF NOT EXISTS t AS VALUES (1)

-- ok
CREATE LOCAL TEMP TABLE t (a) AS (SELECT 1)

-- ok
-- notice 01000 8: GLOBAL is deprecated in temporary table creation
CREATE GLOBAL TEMPORARY TABLE t (a, "B") AS EXECUTE p

-- ok
CREATE UNLOGGED TABLE t AS EXECUTE p (1, 2)

-- ok
CREATE TABLE s.t AS WITH c AS (SELECT 1) TABLE c

-- ok
CREATE TEMP TABLE IF NOT EXISTS t AS SELECT 1 UNION SELECT 2

-- ok
CREATE TABLE t USING heap AS SELECT 1

-- ok
CREATE TABLE t WITH (x = 1) AS SELECT 1 WITH DATA

-- ok
CREATE TABLE t WITHOUT OIDS AS SELECT 1 WITH NO DATA

-- ok
CREATE TABLE t ON COMMIT DROP AS SELECT 1

-- ok
CREATE TABLE t TABLESPACE x AS SELECT 1 WITH DATA

-- ok
CREATE TABLE t (a, b) USING heap WITH (x) ON COMMIT PRESERVE ROWS TABLESPACE y AS SELECT 1 WITH NO DATA

-- ok
CREATE TABLE IF NOT EXISTS t AS EXECUTE p (1) WITH NO DATA

-- ok
CREATE TEMP TABLE t ON COMMIT DELETE ROWS AS EXECUTE p WITH DATA

-- ok
CREATE TABLE t (a) AS (SELECT 1) WITH NO DATA

-- ok
CREATE TABLE t AS SELECT * FROM u WHERE a ORDER BY b LIMIT 1

-- error 18: syntax error at end of input
CREATE TABLE t AS

-- error 19: syntax error at or near "1"
CREATE TABLE t AS 1

-- error 19: syntax error at or near "AS"
CREATE TABLE t () AS SELECT 1

-- error 24: syntax error at or near "AS"
CREATE TABLE t (a int) AS SELECT 1

-- error 32: syntax error at end of input
CREATE TABLE t AS SELECT 1 WITH

-- error 31: syntax error at or near "DATA"
CREATE TABLE t AS SELECT 1 NO DATA

-- error 38: syntax error at or near "NO"
CREATE TABLE t AS SELECT 1 WITH DATA NO

-- error 19: syntax error at or near "INSERT"
CREATE TABLE t AS INSERT INTO u VALUES (1)

-- error 19: syntax error at or near "DELETE"
CREATE TABLE t AS DELETE FROM u RETURNING *

-- error 26: syntax error at end of input
CREATE TABLE t AS EXECUTE

-- error 30: syntax error at or near ")"
CREATE TABLE t AS EXECUTE p ()

-- error 20: syntax error at or near ")"
CREATE TABLE t (a, ) AS SELECT 1

-- error 28: syntax error at end of input
CREATE TABLE t AS (SELECT 1

-- error 16: syntax error at or near "SELECT"
CREATE TABLE t SELECT 1

-- error 14: syntax error at or near "AS"
CREATE TABLE AS SELECT 1

-- error 16: syntax error at or near "INHERITS"
CREATE TABLE t INHERITS (u) AS SELECT 1

-- error 39: syntax error at or near "x"
CREATE TABLE t AS SELECT 1 TABLESPACE x

-- error 18: syntax error at or near "."
CREATE TABLE t (a.b) AS SELECT 1
