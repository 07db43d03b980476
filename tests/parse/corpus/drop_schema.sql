-- ok
DROP SCHEMA a

-- ok
DROP SCHEMA "A"

-- ok
DROP SCHEMA a, b

-- ok
DROP SCHEMA a, "C", d

-- ok
DROP SCHEMA IF EXISTS a

-- ok
DROP SCHEMA IF EXISTS a, b

-- ok
DROP SCHEMA a CASCADE

-- ok
DROP SCHEMA a RESTRICT

-- ok
DROP SCHEMA a, b CASCADE

-- ok
DROP SCHEMA IF EXISTS a RESTRICT

-- ok
DROP SCHEMA IF EXISTS a, b, c CASCADE

-- ok
DROP SCHEMA if_

-- ok
DROP SCHEMA "IF"

-- ok
DROP SCHEMA IF EXISTS "a b" CASCADE

-- ok
DROP SCHEMA name

-- ok
DROP SCHEMA a, b, c RESTRICT

-- error 12: syntax error at end of input
DROP SCHEMA

-- error 15: syntax error at or near "b"
DROP SCHEMA a b

-- error 15: syntax error at end of input
DROP SCHEMA a,

-- error 13: syntax error at or near ","
DROP SCHEMA ,a

-- error 18: syntax error at end of input
DROP SCHEMA a, b,

-- error 22: syntax error at end of input
DROP SCHEMA IF EXISTS

-- error 31: syntax error at or near "x"
DROP SCHEMA IF EXISTS CASCADE x

-- error 16: syntax error at or near "NOT"
DROP SCHEMA IF NOT EXISTS a

-- error 20: syntax error at or near "a"
DROP SCHEMA EXISTS a

-- error 23: syntax error at or near "RESTRICT"
DROP SCHEMA a CASCADE RESTRICT

-- error 15: syntax error at or near "IF"
DROP SCHEMA a IF EXISTS

-- error 13: syntax error at or near "'a'"
DROP SCHEMA 'a'

-- error 13: syntax error at or near "1"
DROP SCHEMA 1

-- error 13: syntax error at or near "$1"
DROP SCHEMA $1

-- error 13: syntax error at or near "("
DROP SCHEMA (a)

-- error 14: syntax error at or near "("
DROP SCHEMA a()

-- error 15: syntax error at or near "*"
DROP SCHEMA a *

-- error 13: syntax error at or near "select"
DROP SCHEMA select

-- error 22: syntax error at or near ","
DROP SCHEMA a CASCADE, b

-- error 14: syntax error at or near "."
DROP SCHEMA a.b

-- error 17: syntax error at or near "."
DROP SCHEMA a, b.c

-- error 24: syntax error at or near "."
DROP SCHEMA IF EXISTS s.a
