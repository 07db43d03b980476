-- ok
DROP ACCESS METHOD a

-- ok
DROP ACCESS METHOD "A"

-- ok
DROP ACCESS METHOD a, b

-- ok
DROP ACCESS METHOD a, "C", d

-- ok
DROP ACCESS METHOD IF EXISTS a

-- ok
DROP ACCESS METHOD IF EXISTS a, b

-- ok
DROP ACCESS METHOD a CASCADE

-- ok
DROP ACCESS METHOD a RESTRICT

-- ok
DROP ACCESS METHOD a, b CASCADE

-- ok
DROP ACCESS METHOD IF EXISTS a RESTRICT

-- ok
DROP ACCESS METHOD IF EXISTS a, b, c CASCADE

-- ok
DROP ACCESS METHOD if_

-- ok
DROP ACCESS METHOD "IF"

-- ok
DROP ACCESS METHOD IF EXISTS "a b" CASCADE

-- ok
DROP ACCESS METHOD name

-- ok
DROP ACCESS METHOD a, b, c RESTRICT

-- error 19: syntax error at end of input
DROP ACCESS METHOD

-- error 22: syntax error at or near "b"
DROP ACCESS METHOD a b

-- error 22: syntax error at end of input
DROP ACCESS METHOD a,

-- error 20: syntax error at or near ","
DROP ACCESS METHOD ,a

-- error 25: syntax error at end of input
DROP ACCESS METHOD a, b,

-- error 29: syntax error at end of input
DROP ACCESS METHOD IF EXISTS

-- error 38: syntax error at or near "x"
DROP ACCESS METHOD IF EXISTS CASCADE x

-- error 23: syntax error at or near "NOT"
DROP ACCESS METHOD IF NOT EXISTS a

-- error 27: syntax error at or near "a"
DROP ACCESS METHOD EXISTS a

-- error 30: syntax error at or near "RESTRICT"
DROP ACCESS METHOD a CASCADE RESTRICT

-- error 22: syntax error at or near "IF"
DROP ACCESS METHOD a IF EXISTS

-- error 20: syntax error at or near "'a'"
DROP ACCESS METHOD 'a'

-- error 20: syntax error at or near "1"
DROP ACCESS METHOD 1

-- error 20: syntax error at or near "$1"
DROP ACCESS METHOD $1

-- error 20: syntax error at or near "("
DROP ACCESS METHOD (a)

-- error 21: syntax error at or near "("
DROP ACCESS METHOD a()

-- error 22: syntax error at or near "*"
DROP ACCESS METHOD a *

-- error 20: syntax error at or near "select"
DROP ACCESS METHOD select

-- error 29: syntax error at or near ","
DROP ACCESS METHOD a CASCADE, b

-- error 21: syntax error at or near "."
DROP ACCESS METHOD a.b

-- error 24: syntax error at or near "."
DROP ACCESS METHOD a, b.c

-- error 31: syntax error at or near "."
DROP ACCESS METHOD IF EXISTS s.a
