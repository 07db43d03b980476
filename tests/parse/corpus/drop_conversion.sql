-- ok
DROP CONVERSION a

-- ok
DROP CONVERSION s.a

-- ok
DROP CONVERSION d.s.a

-- ok
DROP CONVERSION "A"

-- ok
DROP CONVERSION "S"."A"

-- ok
DROP CONVERSION a, b

-- ok
DROP CONVERSION a, s.b, "C"

-- ok
DROP CONVERSION IF EXISTS a

-- ok
DROP CONVERSION IF EXISTS s.a, b

-- ok
DROP CONVERSION a CASCADE

-- ok
DROP CONVERSION a RESTRICT

-- ok
DROP CONVERSION a, b CASCADE

-- ok
DROP CONVERSION IF EXISTS a RESTRICT

-- ok
DROP CONVERSION IF EXISTS a, b, c CASCADE

-- ok
DROP CONVERSION if_

-- ok
DROP CONVERSION "IF"

-- ok
DROP CONVERSION IF EXISTS "a b" CASCADE

-- error 16: syntax error at end of input
DROP CONVERSION

-- error 19: syntax error at or near "b"
DROP CONVERSION a b

-- error 19: syntax error at end of input
DROP CONVERSION a,

-- error 17: syntax error at or near ","
DROP CONVERSION ,a

-- error 22: syntax error at end of input
DROP CONVERSION a, b,

-- error 26: syntax error at end of input
DROP CONVERSION IF EXISTS

-- error 35: syntax error at or near "x"
DROP CONVERSION IF EXISTS CASCADE x

-- error 20: syntax error at or near "NOT"
DROP CONVERSION IF NOT EXISTS a

-- error 24: syntax error at or near "a"
DROP CONVERSION EXISTS a

-- error 27: syntax error at or near "RESTRICT"
DROP CONVERSION a CASCADE RESTRICT

-- error 19: syntax error at or near "IF"
DROP CONVERSION a IF EXISTS

-- error 17: syntax error at or near "'a'"
DROP CONVERSION 'a'

-- error 17: syntax error at or near "1"
DROP CONVERSION 1

-- error 17: syntax error at or near "$1"
DROP CONVERSION $1

-- error 17: syntax error at or near "("
DROP CONVERSION (a)

-- error 18: syntax error at or near "("
DROP CONVERSION a()

-- error 19: syntax error at or near "*"
DROP CONVERSION a *

-- error 17: syntax error at or near "select"
DROP CONVERSION select

-- error 26: syntax error at or near ","
DROP CONVERSION a CASCADE, b

-- error 19: syntax error at end of input
DROP CONVERSION s.

-- error 18: syntax error at or near ".."
DROP CONVERSION s..a

-- error 21: syntax error at end of input
DROP CONVERSION s.a,

-- error 21: syntax error at end of input
DROP CONVERSION a.b.
