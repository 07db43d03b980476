-- ok
ALTER OPERATOR FAMILY f USING m RENAME TO g

-- ok
ALTER OPERATOR FAMILY f USING m OWNER TO r

-- ok
ALTER OPERATOR FAMILY f USING m SET SCHEMA s

-- ok
ALTER OPERATOR FAMILY s.f USING m RENAME TO g

-- ok
ALTER OPERATOR FAMILY s.f USING m OWNER TO r

-- ok
ALTER OPERATOR FAMILY s.f USING m SET SCHEMA s

-- ok
ALTER OPERATOR FAMILY f USING m ADD OPERATOR 1 < (int, int)

-- ok
ALTER OPERATOR FAMILY f USING m ADD OPERATOR 1 s.< (int, text) FOR SEARCH

-- ok
ALTER OPERATOR FAMILY f USING m ADD OPERATOR 15 <-> (a, b) FOR ORDER BY s.f

-- ok
ALTER OPERATOR FAMILY f USING m ADD FUNCTION 1 f(int, int)

-- ok
ALTER OPERATOR FAMILY f USING m ADD FUNCTION 1 (int) f(int)

-- ok
ALTER OPERATOR FAMILY f USING m ADD FUNCTION 2 (int, text) s.f(a, b)

-- ok
ALTER OPERATOR FAMILY f USING m ADD STORAGE int

-- ok
ALTER OPERATOR FAMILY f USING m ADD OPERATOR 1 <, FUNCTION 2 f

-- ok
ALTER OPERATOR FAMILY f USING m ADD OPERATOR 1 < (int, int), OPERATOR 2 > (int, int), FUNCTION 1 (int, int) f(int, int)

-- ok
ALTER OPERATOR FAMILY f USING m ADD FUNCTION 1 (int, text) f

-- ok
ALTER OPERATOR FAMILY f USING m DROP OPERATOR 1 (int)

-- ok
ALTER OPERATOR FAMILY f USING m DROP OPERATOR 1 (int, text)

-- ok
ALTER OPERATOR FAMILY f USING m DROP FUNCTION 2 (int)

-- ok
ALTER OPERATOR FAMILY f USING m DROP FUNCTION 2 (int, s.t), OPERATOR 3 (a, b)

-- ok
ALTER OPERATOR FAMILY f USING m DROP OPERATOR 1 (int, int, int)

-- error 50: syntax error at or near "RECHECK"
ALTER OPERATOR FAMILY f USING m ADD OPERATOR 3 = RECHECK

-- error 22: syntax error at end of input
ALTER OPERATOR FAMILY

-- error 24: syntax error at end of input
ALTER OPERATOR FAMILY f

-- error 32: syntax error at end of input
ALTER OPERATOR FAMILY f USING m

-- error 36: syntax error at end of input
ALTER OPERATOR FAMILY f USING m ADD

-- error 45: syntax error at end of input
ALTER OPERATOR FAMILY f USING m ADD OPERATOR

-- error 47: syntax error at end of input
ALTER OPERATOR FAMILY f USING m ADD OPERATOR 1

-- error 46: syntax error at or near "<"
ALTER OPERATOR FAMILY f USING m ADD OPERATOR < (int, int)

-- error 54: missing argument
-- hint: Use NONE to denote the missing argument of a unary operator.
ALTER OPERATOR FAMILY f USING m ADD OPERATOR 1 < (int)

-- error 46: syntax error at or near "f"
ALTER OPERATOR FAMILY f USING m ADD FUNCTION f(int)

-- error 47: syntax error at end of input
ALTER OPERATOR FAMILY f USING m ADD FUNCTION 1

-- error 46: syntax error at or near "'x'"
ALTER OPERATOR FAMILY f USING m ADD OPERATOR 'x' <

-- error 37: syntax error at end of input
ALTER OPERATOR FAMILY f USING m DROP

-- error 48: syntax error at end of input
ALTER OPERATOR FAMILY f USING m DROP OPERATOR 1

-- error 50: syntax error at or near ")"
ALTER OPERATOR FAMILY f USING m DROP OPERATOR 1 ()

-- error 47: syntax error at or near "f"
ALTER OPERATOR FAMILY f USING m DROP FUNCTION f(int)

-- error 49: syntax error at or near "<"
ALTER OPERATOR FAMILY f USING m DROP OPERATOR 1 < (int, int)

-- error 53: syntax error at end of input
ALTER OPERATOR FAMILY f USING m ADD OPERATOR 1 = FOR

-- error 62: syntax error at end of input
ALTER OPERATOR FAMILY f USING m ADD OPERATOR 1 = FOR ORDER BY

-- error 25: syntax error at or near "ADD"
ALTER OPERATOR FAMILY f ADD OPERATOR 1 =

-- error 46: syntax error at or near "1.5"
ALTER OPERATOR FAMILY f USING m ADD OPERATOR 1.5 =
