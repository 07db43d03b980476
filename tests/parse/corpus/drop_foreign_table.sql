-- ok
DROP FOREIGN TABLE a

-- ok
DROP FOREIGN TABLE s.a

-- ok
DROP FOREIGN TABLE d.s.a

-- ok
DROP FOREIGN TABLE "A"

-- ok
DROP FOREIGN TABLE "S"."A"

-- ok
DROP FOREIGN TABLE a, b

-- ok
DROP FOREIGN TABLE a, s.b, "C"

-- ok
DROP FOREIGN TABLE IF EXISTS a

-- ok
DROP FOREIGN TABLE IF EXISTS s.a, b

-- ok
DROP FOREIGN TABLE a CASCADE

-- ok
DROP FOREIGN TABLE a RESTRICT

-- ok
DROP FOREIGN TABLE a, b CASCADE

-- ok
DROP FOREIGN TABLE IF EXISTS a RESTRICT

-- ok
DROP FOREIGN TABLE IF EXISTS a, b, c CASCADE

-- ok
DROP FOREIGN TABLE if_

-- ok
DROP FOREIGN TABLE "IF"

-- ok
DROP FOREIGN TABLE IF EXISTS "a b" CASCADE

-- error 19: syntax error at end of input
DROP FOREIGN TABLE

-- error 22: syntax error at or near "b"
DROP FOREIGN TABLE a b

-- error 22: syntax error at end of input
DROP FOREIGN TABLE a,

-- error 20: syntax error at or near ","
DROP FOREIGN TABLE ,a

-- error 25: syntax error at end of input
DROP FOREIGN TABLE a, b,

-- error 29: syntax error at end of input
DROP FOREIGN TABLE IF EXISTS

-- error 38: syntax error at or near "x"
DROP FOREIGN TABLE IF EXISTS CASCADE x

-- error 23: syntax error at or near "NOT"
DROP FOREIGN TABLE IF NOT EXISTS a

-- error 27: syntax error at or near "a"
DROP FOREIGN TABLE EXISTS a

-- error 30: syntax error at or near "RESTRICT"
DROP FOREIGN TABLE a CASCADE RESTRICT

-- error 22: syntax error at or near "IF"
DROP FOREIGN TABLE a IF EXISTS

-- error 20: syntax error at or near "'a'"
DROP FOREIGN TABLE 'a'

-- error 20: syntax error at or near "1"
DROP FOREIGN TABLE 1

-- error 20: syntax error at or near "$1"
DROP FOREIGN TABLE $1

-- error 20: syntax error at or near "("
DROP FOREIGN TABLE (a)

-- error 21: syntax error at or near "("
DROP FOREIGN TABLE a()

-- error 22: syntax error at or near "*"
DROP FOREIGN TABLE a *

-- error 20: syntax error at or near "select"
DROP FOREIGN TABLE select

-- error 29: syntax error at or near ","
DROP FOREIGN TABLE a CASCADE, b

-- error 22: syntax error at end of input
DROP FOREIGN TABLE s.

-- error 21: syntax error at or near ".."
DROP FOREIGN TABLE s..a

-- error 24: syntax error at end of input
DROP FOREIGN TABLE s.a,

-- error 24: syntax error at end of input
DROP FOREIGN TABLE a.b.
