-- ok
DROP OPERATOR CLASS c USING m

-- ok
DROP OPERATOR CLASS c USING m CASCADE

-- ok
DROP OPERATOR CLASS c USING m RESTRICT

-- ok
DROP OPERATOR CLASS s.c USING m

-- ok
DROP OPERATOR CLASS s.c USING m CASCADE

-- ok
DROP OPERATOR CLASS s.c USING m RESTRICT

-- ok
DROP OPERATOR CLASS "C" USING m

-- ok
DROP OPERATOR CLASS "C" USING m CASCADE

-- ok
DROP OPERATOR CLASS "C" USING m RESTRICT

-- ok
DROP OPERATOR CLASS IF EXISTS c USING m

-- ok
DROP OPERATOR CLASS IF EXISTS c USING m CASCADE

-- ok
DROP OPERATOR CLASS IF EXISTS c USING m RESTRICT

-- ok
DROP OPERATOR CLASS IF EXISTS s.c USING m

-- ok
DROP OPERATOR CLASS IF EXISTS s.c USING m CASCADE

-- ok
DROP OPERATOR CLASS IF EXISTS s.c USING m RESTRICT

-- ok
DROP OPERATOR CLASS IF EXISTS "C" USING m

-- ok
DROP OPERATOR CLASS IF EXISTS "C" USING m CASCADE

-- ok
DROP OPERATOR CLASS IF EXISTS "C" USING m RESTRICT

-- error 20: syntax error at end of input
DROP OPERATOR CLASS

-- error 22: syntax error at end of input
DROP OPERATOR CLASS c

-- error 28: syntax error at end of input
DROP OPERATOR CLASS c USING

-- error 29: syntax error at or near "'m'"
DROP OPERATOR CLASS c USING 'm'

-- error 22: syntax error at or near ","
DROP OPERATOR CLASS c, d USING m

-- error 30: syntax error at or near ","
DROP OPERATOR CLASS c USING m, d USING m

-- error 30: syntax error at or near "."
DROP OPERATOR CLASS c USING a.b

-- error 23: syntax error at or near "CASCADE"
DROP OPERATOR CLASS c CASCADE

-- error 24: syntax error at or near "NOT"
DROP OPERATOR CLASS IF NOT EXISTS c USING m

-- error 39: syntax error at or near "RESTRICT"
DROP OPERATOR CLASS c USING m CASCADE RESTRICT

-- error 21: syntax error at or near "'c'"
DROP OPERATOR CLASS 'c' USING m

-- error 31: syntax error at or near "n"
DROP OPERATOR CLASS c USING m n
