-- ok
CREATE PROCEDURE p() LANGUAGE sql AS 'x'

-- ok
CREATE OR REPLACE PROCEDURE s.p() LANGUAGE plpgsql AS $$ select 1 $$

-- ok
CREATE PROCEDURE p(a int) LANGUAGE 'sql' AS 'a', 'b'

-- ok
CREATE OR REPLACE PROCEDURE p(IN a int, b text) LANGUAGE sql AS 'x'

-- ok
CREATE PROCEDURE p(OUT a int) LANGUAGE plpgsql AS $$ select 1 $$

-- ok
CREATE OR REPLACE PROCEDURE p(INOUT a int = 1) LANGUAGE 'sql' AS 'a', 'b'

-- ok
CREATE PROCEDURE p(VARIADIC a int[]) LANGUAGE sql AS 'x'

-- ok
CREATE OR REPLACE PROCEDURE p(int, text DEFAULT 'x') LANGUAGE plpgsql AS $$ select 1 $$

-- ok
CREATE PROCEDURE "P"() LANGUAGE 'sql' AS 'a', 'b'

-- ok
CREATE PROCEDURE p() SECURITY DEFINER

-- ok
CREATE PROCEDURE p() SECURITY INVOKER

-- ok
CREATE PROCEDURE p() EXTERNAL SECURITY DEFINER

-- ok
CREATE PROCEDURE p() SET a = 1

-- ok
CREATE PROCEDURE p() SET a FROM CURRENT

-- ok
CREATE PROCEDURE p() TRANSFORM FOR TYPE t

-- ok
CREATE PROCEDURE p() BEGIN ATOMIC END

-- ok
CREATE PROCEDURE p() BEGIN ATOMIC INSERT INTO t VALUES (1); END

-- ok
CREATE PROCEDURE p() LANGUAGE sql BEGIN ATOMIC DELETE FROM t; DELETE FROM u; END

-- ok
CREATE PROCEDURE p() RESET x

-- ok
CREATE PROCEDURE p() RETURN 1

-- ok
CREATE PROCEDURE p() IMMUTABLE COST 5

-- error 17: syntax error at end of input
CREATE PROCEDURE

-- error 19: syntax error at end of input
CREATE PROCEDURE p

-- error 20: syntax error at or near "AS"
CREATE PROCEDURE p AS 'x'

-- error 21: syntax error at or near "AS"
CREATE PROCEDURE p( AS 'x'

-- error 30: syntax error at or near "int"
CREATE PROCEDURE p() RETURNS int AS 'x'

-- error 30: syntax error at or near "TABLE"
CREATE PROCEDURE p() RETURNS TABLE (a int)

-- error 23: syntax error at or near "b"
CREATE PROCEDURE p(a) b

-- error 25: syntax error at or near "x"
CREATE PROCEDURE p() AS x

-- error 30: syntax error at end of input
CREATE PROCEDURE p() LANGUAGE

-- error 28: syntax error at or near "END"
CREATE PROCEDURE p() BEGIN END

-- error 47: syntax error at end of input
CREATE PROCEDURE p() BEGIN ATOMIC SELECT 1 END

-- error 21: syntax error at or near "NOT"
CREATE PROCEDURE IF NOT EXISTS p()

-- error 20: syntax error at or near ","
CREATE PROCEDURE p(,)

-- error 26: syntax error at or near ")"
CREATE PROCEDURE p(a int,) AS 'x'

-- error 30: syntax error at end of input
CREATE PROCEDURE p() SECURITY

-- error 25: syntax error at end of input
CREATE PROCEDURE p() SET
