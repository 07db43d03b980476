-- ok
DROP COLLATION a

-- ok
DROP COLLATION s.a

-- ok
DROP COLLATION d.s.a

-- ok
DROP COLLATION "A"

-- ok
DROP COLLATION "S"."A"

-- ok
DROP COLLATION a, b

-- ok
DROP COLLATION a, s.b, "C"

-- ok
DROP COLLATION IF EXISTS a

-- ok
DROP COLLATION IF EXISTS s.a, b

-- ok
DROP COLLATION a CASCADE

-- ok
DROP COLLATION a RESTRICT

-- ok
DROP COLLATION a, b CASCADE

-- ok
DROP COLLATION IF EXISTS a RESTRICT

-- ok
DROP COLLATION IF EXISTS a, b, c CASCADE

-- ok
DROP COLLATION if_

-- ok
DROP COLLATION "IF"

-- ok
DROP COLLATION IF EXISTS "a b" CASCADE

-- error 15: syntax error at end of input
DROP COLLATION

-- error 18: syntax error at or near "b"
DROP COLLATION a b

-- error 18: syntax error at end of input
DROP COLLATION a,

-- error 16: syntax error at or near ","
DROP COLLATION ,a

-- error 21: syntax error at end of input
DROP COLLATION a, b,

-- error 25: syntax error at end of input
DROP COLLATION IF EXISTS

-- error 34: syntax error at or near "x"
DROP COLLATION IF EXISTS CASCADE x

-- error 19: syntax error at or near "NOT"
DROP COLLATION IF NOT EXISTS a

-- error 23: syntax error at or near "a"
DROP COLLATION EXISTS a

-- error 26: syntax error at or near "RESTRICT"
DROP COLLATION a CASCADE RESTRICT

-- error 18: syntax error at or near "IF"
DROP COLLATION a IF EXISTS

-- error 16: syntax error at or near "'a'"
DROP COLLATION 'a'

-- error 16: syntax error at or near "1"
DROP COLLATION 1

-- error 16: syntax error at or near "$1"
DROP COLLATION $1

-- error 16: syntax error at or near "("
DROP COLLATION (a)

-- error 17: syntax error at or near "("
DROP COLLATION a()

-- error 18: syntax error at or near "*"
DROP COLLATION a *

-- error 16: syntax error at or near "select"
DROP COLLATION select

-- error 25: syntax error at or near ","
DROP COLLATION a CASCADE, b

-- error 18: syntax error at end of input
DROP COLLATION s.

-- error 17: syntax error at or near ".."
DROP COLLATION s..a

-- error 20: syntax error at end of input
DROP COLLATION s.a,

-- error 20: syntax error at end of input
DROP COLLATION a.b.
