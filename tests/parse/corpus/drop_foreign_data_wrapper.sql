-- ok
DROP FOREIGN DATA WRAPPER a

-- ok
DROP FOREIGN DATA WRAPPER "A"

-- ok
DROP FOREIGN DATA WRAPPER a, b

-- ok
DROP FOREIGN DATA WRAPPER a, "C", d

-- ok
DROP FOREIGN DATA WRAPPER IF EXISTS a

-- ok
DROP FOREIGN DATA WRAPPER IF EXISTS a, b

-- ok
DROP FOREIGN DATA WRAPPER a CASCADE

-- ok
DROP FOREIGN DATA WRAPPER a RESTRICT

-- ok
DROP FOREIGN DATA WRAPPER a, b CASCADE

-- ok
DROP FOREIGN DATA WRAPPER IF EXISTS a RESTRICT

-- ok
DROP FOREIGN DATA WRAPPER IF EXISTS a, b, c CASCADE

-- ok
DROP FOREIGN DATA WRAPPER if_

-- ok
DROP FOREIGN DATA WRAPPER "IF"

-- ok
DROP FOREIGN DATA WRAPPER IF EXISTS "a b" CASCADE

-- ok
DROP FOREIGN DATA WRAPPER name

-- ok
DROP FOREIGN DATA WRAPPER a, b, c RESTRICT

-- error 26: syntax error at end of input
DROP FOREIGN DATA WRAPPER

-- error 29: syntax error at or near "b"
DROP FOREIGN DATA WRAPPER a b

-- error 29: syntax error at end of input
DROP FOREIGN DATA WRAPPER a,

-- error 27: syntax error at or near ","
DROP FOREIGN DATA WRAPPER ,a

-- error 32: syntax error at end of input
DROP FOREIGN DATA WRAPPER a, b,

-- error 36: syntax error at end of input
DROP FOREIGN DATA WRAPPER IF EXISTS

-- error 45: syntax error at or near "x"
DROP FOREIGN DATA WRAPPER IF EXISTS CASCADE x

-- error 30: syntax error at or near "NOT"
DROP FOREIGN DATA WRAPPER IF NOT EXISTS a

-- error 34: syntax error at or near "a"
DROP FOREIGN DATA WRAPPER EXISTS a

-- error 37: syntax error at or near "RESTRICT"
DROP FOREIGN DATA WRAPPER a CASCADE RESTRICT

-- error 29: syntax error at or near "IF"
DROP FOREIGN DATA WRAPPER a IF EXISTS

-- error 27: syntax error at or near "'a'"
DROP FOREIGN DATA WRAPPER 'a'

-- error 27: syntax error at or near "1"
DROP FOREIGN DATA WRAPPER 1

-- error 27: syntax error at or near "$1"
DROP FOREIGN DATA WRAPPER $1

-- error 27: syntax error at or near "("
DROP FOREIGN DATA WRAPPER (a)

-- error 28: syntax error at or near "("
DROP FOREIGN DATA WRAPPER a()

-- error 29: syntax error at or near "*"
DROP FOREIGN DATA WRAPPER a *

-- error 27: syntax error at or near "select"
DROP FOREIGN DATA WRAPPER select

-- error 36: syntax error at or near ","
DROP FOREIGN DATA WRAPPER a CASCADE, b

-- error 28: syntax error at or near "."
DROP FOREIGN DATA WRAPPER a.b

-- error 31: syntax error at or near "."
DROP FOREIGN DATA WRAPPER a, b.c

-- error 38: syntax error at or near "."
DROP FOREIGN DATA WRAPPER IF EXISTS s.a
