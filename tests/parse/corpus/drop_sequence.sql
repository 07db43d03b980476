-- ok
DROP SEQUENCE a

-- ok
DROP SEQUENCE s.a

-- ok
DROP SEQUENCE d.s.a

-- ok
DROP SEQUENCE "A"

-- ok
DROP SEQUENCE "S"."A"

-- ok
DROP SEQUENCE a, b

-- ok
DROP SEQUENCE a, s.b, "C"

-- ok
DROP SEQUENCE IF EXISTS a

-- ok
DROP SEQUENCE IF EXISTS s.a, b

-- ok
DROP SEQUENCE a CASCADE

-- ok
DROP SEQUENCE a RESTRICT

-- ok
DROP SEQUENCE a, b CASCADE

-- ok
DROP SEQUENCE IF EXISTS a RESTRICT

-- ok
DROP SEQUENCE IF EXISTS a, b, c CASCADE

-- ok
DROP SEQUENCE if_

-- ok
DROP SEQUENCE "IF"

-- ok
DROP SEQUENCE IF EXISTS "a b" CASCADE

-- error 14: syntax error at end of input
DROP SEQUENCE

-- error 17: syntax error at or near "b"
DROP SEQUENCE a b

-- error 17: syntax error at end of input
DROP SEQUENCE a,

-- error 15: syntax error at or near ","
DROP SEQUENCE ,a

-- error 20: syntax error at end of input
DROP SEQUENCE a, b,

-- error 24: syntax error at end of input
DROP SEQUENCE IF EXISTS

-- error 33: syntax error at or near "x"
DROP SEQUENCE IF EXISTS CASCADE x

-- error 18: syntax error at or near "NOT"
DROP SEQUENCE IF NOT EXISTS a

-- error 22: syntax error at or near "a"
DROP SEQUENCE EXISTS a

-- error 25: syntax error at or near "RESTRICT"
DROP SEQUENCE a CASCADE RESTRICT

-- error 17: syntax error at or near "IF"
DROP SEQUENCE a IF EXISTS

-- error 15: syntax error at or near "'a'"
DROP SEQUENCE 'a'

-- error 15: syntax error at or near "1"
DROP SEQUENCE 1

-- error 15: syntax error at or near "$1"
DROP SEQUENCE $1

-- error 15: syntax error at or near "("
DROP SEQUENCE (a)

-- error 16: syntax error at or near "("
DROP SEQUENCE a()

-- error 17: syntax error at or near "*"
DROP SEQUENCE a *

-- error 15: syntax error at or near "select"
DROP SEQUENCE select

-- error 24: syntax error at or near ","
DROP SEQUENCE a CASCADE, b

-- error 17: syntax error at end of input
DROP SEQUENCE s.

-- error 16: syntax error at or near ".."
DROP SEQUENCE s..a

-- error 19: syntax error at end of input
DROP SEQUENCE s.a,

-- error 19: syntax error at end of input
DROP SEQUENCE a.b.
