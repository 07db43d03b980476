-- ok
DROP PUBLICATION a

-- ok
DROP PUBLICATION "A"

-- ok
DROP PUBLICATION a, b

-- ok
DROP PUBLICATION a, "C", d

-- ok
DROP PUBLICATION IF EXISTS a

-- ok
DROP PUBLICATION IF EXISTS a, b

-- ok
DROP PUBLICATION a CASCADE

-- ok
DROP PUBLICATION a RESTRICT

-- ok
DROP PUBLICATION a, b CASCADE

-- ok
DROP PUBLICATION IF EXISTS a RESTRICT

-- ok
DROP PUBLICATION IF EXISTS a, b, c CASCADE

-- ok
DROP PUBLICATION if_

-- ok
DROP PUBLICATION "IF"

-- ok
DROP PUBLICATION IF EXISTS "a b" CASCADE

-- ok
DROP PUBLICATION name

-- ok
DROP PUBLICATION a, b, c RESTRICT

-- error 17: syntax error at end of input
DROP PUBLICATION

-- error 20: syntax error at or near "b"
DROP PUBLICATION a b

-- error 20: syntax error at end of input
DROP PUBLICATION a,

-- error 18: syntax error at or near ","
DROP PUBLICATION ,a

-- error 23: syntax error at end of input
DROP PUBLICATION a, b,

-- error 27: syntax error at end of input
DROP PUBLICATION IF EXISTS

-- error 36: syntax error at or near "x"
DROP PUBLICATION IF EXISTS CASCADE x

-- error 21: syntax error at or near "NOT"
DROP PUBLICATION IF NOT EXISTS a

-- error 25: syntax error at or near "a"
DROP PUBLICATION EXISTS a

-- error 28: syntax error at or near "RESTRICT"
DROP PUBLICATION a CASCADE RESTRICT

-- error 20: syntax error at or near "IF"
DROP PUBLICATION a IF EXISTS

-- error 18: syntax error at or near "'a'"
DROP PUBLICATION 'a'

-- error 18: syntax error at or near "1"
DROP PUBLICATION 1

-- error 18: syntax error at or near "$1"
DROP PUBLICATION $1

-- error 18: syntax error at or near "("
DROP PUBLICATION (a)

-- error 19: syntax error at or near "("
DROP PUBLICATION a()

-- error 20: syntax error at or near "*"
DROP PUBLICATION a *

-- error 18: syntax error at or near "select"
DROP PUBLICATION select

-- error 27: syntax error at or near ","
DROP PUBLICATION a CASCADE, b

-- error 19: syntax error at or near "."
DROP PUBLICATION a.b

-- error 22: syntax error at or near "."
DROP PUBLICATION a, b.c

-- error 29: syntax error at or near "."
DROP PUBLICATION IF EXISTS s.a
