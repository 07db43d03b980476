-- ok
DROP DOMAIN a

-- ok
DROP DOMAIN s.a

-- ok
DROP DOMAIN d.s.a

-- ok
DROP DOMAIN "A"

-- ok
DROP DOMAIN "S"."A"

-- ok
DROP DOMAIN a, b

-- ok
DROP DOMAIN a, s.b, "C"

-- ok
DROP DOMAIN IF EXISTS a

-- ok
DROP DOMAIN IF EXISTS s.a, b

-- ok
DROP DOMAIN a CASCADE

-- ok
DROP DOMAIN a RESTRICT

-- ok
DROP DOMAIN a, b CASCADE

-- ok
DROP DOMAIN IF EXISTS a RESTRICT

-- ok
DROP DOMAIN IF EXISTS a, b, c CASCADE

-- ok
DROP DOMAIN if_

-- ok
DROP DOMAIN "IF"

-- ok
DROP DOMAIN IF EXISTS "a b" CASCADE

-- ok
DROP DOMAIN int

-- ok
DROP DOMAIN numeric(3, 1)

-- ok
DROP DOMAIN IF EXISTS s.d[], text CASCADE

-- error 12: syntax error at end of input
DROP DOMAIN

-- error 15: syntax error at or near "b"
DROP DOMAIN a b

-- error 15: syntax error at end of input
DROP DOMAIN a,

-- error 13: syntax error at or near ","
DROP DOMAIN ,a

-- error 18: syntax error at end of input
DROP DOMAIN a, b,

-- error 22: syntax error at end of input
DROP DOMAIN IF EXISTS

-- error 31: syntax error at or near "x"
DROP DOMAIN IF EXISTS CASCADE x

-- error 16: syntax error at or near "NOT"
DROP DOMAIN IF NOT EXISTS a

-- error 13: syntax error at or near "EXISTS"
DROP DOMAIN EXISTS a

-- error 23: syntax error at or near "RESTRICT"
DROP DOMAIN a CASCADE RESTRICT

-- error 15: syntax error at or near "IF"
DROP DOMAIN a IF EXISTS

-- error 13: syntax error at or near "'a'"
DROP DOMAIN 'a'

-- error 13: syntax error at or near "1"
DROP DOMAIN 1

-- error 13: syntax error at or near "$1"
DROP DOMAIN $1

-- error 13: syntax error at or near "("
DROP DOMAIN (a)

-- error 15: syntax error at or near ")"
DROP DOMAIN a()

-- error 15: syntax error at or near "*"
DROP DOMAIN a *

-- error 13: syntax error at or near "select"
DROP DOMAIN select

-- error 22: syntax error at or near ","
DROP DOMAIN a CASCADE, b

-- error 15: syntax error at end of input
DROP DOMAIN s.

-- error 14: syntax error at or near ".."
DROP DOMAIN s..a

-- error 17: syntax error at end of input
DROP DOMAIN s.a,

-- error 17: syntax error at end of input
DROP DOMAIN a.b.
