-- ok
CREATE OPERATOR CLASS c FOR TYPE int USING m AS OPERATOR 1 <

-- ok
CREATE OPERATOR CLASS s.c DEFAULT FOR TYPE s.t USING "M" FAMILY f AS OPERATOR 1 < (int, int)

-- ok
CREATE OPERATOR CLASS "C" FOR TYPE int[] USING m FAMILY s.f AS OPERATOR 1 s.< (int, int) FOR SEARCH

-- ok
CREATE OPERATOR CLASS c DEFAULT FOR TYPE double precision USING "M" AS OPERATOR 2 <-> FOR ORDER BY f

-- ok
CREATE OPERATOR CLASS s.c FOR TYPE int USING m FAMILY f AS OPERATOR 3 = (int, int) FOR ORDER BY s.f

-- ok
CREATE OPERATOR CLASS "C" DEFAULT FOR TYPE s.t USING "M" FAMILY s.f AS FUNCTION 1 f(int)

-- ok
CREATE OPERATOR CLASS c FOR TYPE int[] USING m AS FUNCTION 1 f

-- ok
CREATE OPERATOR CLASS s.c DEFAULT FOR TYPE double precision USING "M" FAMILY f AS FUNCTION 1 (int, int) s.f(a, b)

-- ok
CREATE OPERATOR CLASS "C" FOR TYPE int USING m FAMILY s.f AS FUNCTION 2 (int) f

-- ok
CREATE OPERATOR CLASS c DEFAULT FOR TYPE s.t USING "M" AS STORAGE int

-- ok
CREATE OPERATOR CLASS s.c FOR TYPE int[] USING m FAMILY f AS STORAGE s.t[]

-- ok
CREATE OPERATOR CLASS "C" DEFAULT FOR TYPE double precision USING "M" FAMILY s.f AS OPERATOR 1 <, OPERATOR 2 <=, FUNCTION 1 f(int, int), STORAGE int

-- ok
CREATE OPERATOR CLASS c FOR TYPE int USING m AS FUNCTION 1 f(IN a int, OUT b int)

-- ok
CREATE OPERATOR CLASS s.c DEFAULT FOR TYPE s.t USING "M" FAMILY f AS OPERATOR 1 ! (NONE, int)

-- ok
CREATE OPERATOR CLASS c FOR TYPE int USING m AS OPERATOR 1 s.t.=

-- error 22: syntax error at end of input
CREATE OPERATOR CLASS

-- error 24: syntax error at end of input
CREATE OPERATOR CLASS c

-- error 37: syntax error at end of input
CREATE OPERATOR CLASS c FOR TYPE int

-- error 45: syntax error at end of input
CREATE OPERATOR CLASS c FOR TYPE int USING m

-- error 48: syntax error at end of input
CREATE OPERATOR CLASS c FOR TYPE int USING m AS

-- error 29: syntax error at or near "int"
CREATE OPERATOR CLASS c FOR int USING m AS STORAGE int

-- error 25: syntax error at or near "TYPE"
CREATE OPERATOR CLASS c TYPE int USING m AS STORAGE int

-- error 38: syntax error at or near "AS"
CREATE OPERATOR CLASS c FOR TYPE int AS STORAGE int

-- error 53: syntax error at or near "AS"
CREATE OPERATOR CLASS c FOR TYPE int USING m FAMILY AS STORAGE int

-- error 57: syntax error at end of input
CREATE OPERATOR CLASS c FOR TYPE int USING m AS OPERATOR

-- error 58: syntax error at or near "<"
CREATE OPERATOR CLASS c FOR TYPE int USING m AS OPERATOR <

-- error 59: syntax error at end of input
CREATE OPERATOR CLASS c FOR TYPE int USING m AS OPERATOR 1

-- error 66: missing argument
-- hint: Use NONE to denote the missing argument of a unary operator.
CREATE OPERATOR CLASS c FOR TYPE int USING m AS OPERATOR 1 < (int)

-- error 58: syntax error at or near "f"
CREATE OPERATOR CLASS c FOR TYPE int USING m AS FUNCTION f

-- error 59: syntax error at end of input
CREATE OPERATOR CLASS c FOR TYPE int USING m AS FUNCTION 1

-- error 56: syntax error at end of input
CREATE OPERATOR CLASS c FOR TYPE int USING m AS STORAGE

-- error 61: syntax error at end of input
CREATE OPERATOR CLASS c FOR TYPE int USING m AS STORAGE int,

-- error 65: syntax error at end of input
CREATE OPERATOR CLASS c FOR TYPE int USING m AS OPERATOR 1 < FOR

-- error 38: syntax error at or near "DEFAULT"
CREATE OPERATOR CLASS c FOR TYPE int DEFAULT USING m AS STORAGE int

-- error 58: syntax error at or near "x"
CREATE OPERATOR CLASS c FOR TYPE int USING m AS OPERATOR x <

-- error 62: syntax error at or near "RECHECK"
CREATE OPERATOR CLASS c FOR TYPE int USING m AS OPERATOR 1 < RECHECK
