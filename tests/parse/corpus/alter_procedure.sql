-- ok
ALTER PROCEDURE p RENAME TO q

-- ok
ALTER PROCEDURE p() OWNER TO r

-- ok
ALTER PROCEDURE s.p(int) SET SCHEMA s

-- ok
ALTER PROCEDURE p(IN a int, OUT b text) DEPENDS ON EXTENSION e

-- ok
ALTER PROCEDURE p NO DEPENDS ON EXTENSION e

-- ok
ALTER PROCEDURE p() SECURITY DEFINER

-- ok
ALTER PROCEDURE s.p(int) EXTERNAL SECURITY INVOKER

-- ok
ALTER PROCEDURE p(IN a int, OUT b text) SET a = 1

-- ok
ALTER PROCEDURE p SET a TO DEFAULT

-- ok
ALTER PROCEDURE p() SET a FROM CURRENT

-- ok
ALTER PROCEDURE s.p(int) RESET a

-- ok
ALTER PROCEDURE p(IN a int, OUT b text) RESET ALL

-- ok
ALTER PROCEDURE p SECURITY INVOKER SET x TO 'y' RESTRICT

-- ok
ALTER PROCEDURE p() IMMUTABLE

-- ok
ALTER PROCEDURE s.p(int) COST 1

-- ok
ALTER PROCEDURE "P"(VARIADIC a text[]) RENAME TO "Q"

-- ok
ALTER PROCEDURE "P"(VARIADIC a text[]) RESET ALL

-- error 16: syntax error at end of input
ALTER PROCEDURE

-- error 18: syntax error at end of input
ALTER PROCEDURE p

-- error 20: syntax error at end of input
ALTER PROCEDURE p()

-- error 27: syntax error at end of input
ALTER PROCEDURE p() RENAME

-- error 32: syntax error at or near "."
ALTER PROCEDURE p() RENAME TO a.b

-- error 27: syntax error at or near "r"
ALTER PROCEDURE p() OWNER r

-- error 24: syntax error at end of input
ALTER PROCEDURE p() SET

-- error 31: syntax error at end of input
ALTER PROCEDURE p() SET SCHEMA

-- error 29: syntax error at end of input
ALTER PROCEDURE p() SECURITY

-- error 21: syntax error at or near "AS"
ALTER PROCEDURE p() AS 'x'

-- error 21: syntax error at or near "LANGUAGE"
ALTER PROCEDURE p() LANGUAGE sql

-- error 27: syntax error at or near "TO"
ALTER PROCEDURE p( RENAME TO q

-- error 29: syntax error at or near "e"
ALTER PROCEDURE p() DEPENDS e

-- error 20: syntax error at or near "EXISTS"
ALTER PROCEDURE IF EXISTS p() RENAME TO q

-- error 29: syntax error at or near "int"
ALTER PROCEDURE p() RETURNS int

-- error 20: syntax error at or near ","
ALTER PROCEDURE p(), q() OWNER TO r
