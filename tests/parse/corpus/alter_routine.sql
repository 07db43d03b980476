-- ok
ALTER ROUTINE p RENAME TO q

-- ok
ALTER ROUTINE p() OWNER TO r

-- ok
ALTER ROUTINE s.p(int) SET SCHEMA s

-- ok
ALTER ROUTINE p(IN a int, OUT b text) DEPENDS ON EXTENSION e

-- ok
ALTER ROUTINE p NO DEPENDS ON EXTENSION e

-- ok
ALTER ROUTINE p() SECURITY DEFINER

-- ok
ALTER ROUTINE s.p(int) EXTERNAL SECURITY INVOKER

-- ok
ALTER ROUTINE p(IN a int, OUT b text) SET a = 1

-- ok
ALTER ROUTINE p SET a TO DEFAULT

-- ok
ALTER ROUTINE p() SET a FROM CURRENT

-- ok
ALTER ROUTINE s.p(int) RESET a

-- ok
ALTER ROUTINE p(IN a int, OUT b text) RESET ALL

-- ok
ALTER ROUTINE p STRICT STABLE LEAKPROOF

-- ok
ALTER ROUTINE p() PARALLEL SAFE COST 2 ROWS 3

-- ok
ALTER ROUTINE s.p(int) SUPPORT f RESTRICT

-- error 14: syntax error at end of input
ALTER ROUTINE

-- error 16: syntax error at end of input
ALTER ROUTINE p

-- error 18: syntax error at end of input
ALTER ROUTINE p()

-- error 25: syntax error at end of input
ALTER ROUTINE p() RENAME

-- error 30: syntax error at or near "."
ALTER ROUTINE p() RENAME TO a.b

-- error 25: syntax error at or near "r"
ALTER ROUTINE p() OWNER r

-- error 22: syntax error at end of input
ALTER ROUTINE p() SET

-- error 29: syntax error at end of input
ALTER ROUTINE p() SET SCHEMA

-- error 27: syntax error at end of input
ALTER ROUTINE p() SECURITY

-- error 19: syntax error at or near "AS"
ALTER ROUTINE p() AS 'x'

-- error 19: syntax error at or near "LANGUAGE"
ALTER ROUTINE p() LANGUAGE sql

-- error 25: syntax error at or near "TO"
ALTER ROUTINE p( RENAME TO q

-- error 27: syntax error at or near "e"
ALTER ROUTINE p() DEPENDS e

-- error 18: syntax error at or near "EXISTS"
ALTER ROUTINE IF EXISTS p() RENAME TO q

-- error 22: syntax error at end of input
ALTER ROUTINE p() NOT

-- error 17: syntax error at or near "*"
ALTER ROUTINE p(*) STABLE
