-- ok
DROP TABLE a

-- ok
DROP TABLE s.a

-- ok
DROP TABLE d.s.a

-- ok
DROP TABLE "A"

-- ok
DROP TABLE "S"."A"

-- ok
DROP TABLE a, b

-- ok
DROP TABLE a, s.b, "C"

-- ok
DROP TABLE IF EXISTS a

-- ok
DROP TABLE IF EXISTS s.a, b

-- ok
DROP TABLE a CASCADE

-- ok
DROP TABLE a RESTRICT

-- ok
DROP TABLE a, b CASCADE

-- ok
DROP TABLE IF EXISTS a RESTRICT

-- ok
DROP TABLE IF EXISTS a, b, c CASCADE

-- ok
DROP TABLE if_

-- ok
DROP TABLE "IF"

-- ok
DROP TABLE IF EXISTS "a b" CASCADE

-- error 11: syntax error at end of input
DROP TABLE

-- error 14: syntax error at or near "b"
DROP TABLE a b

-- error 14: syntax error at end of input
DROP TABLE a,

-- error 12: syntax error at or near ","
DROP TABLE ,a

-- error 17: syntax error at end of input
DROP TABLE a, b,

-- error 21: syntax error at end of input
DROP TABLE IF EXISTS

-- error 30: syntax error at or near "x"
DROP TABLE IF EXISTS CASCADE x

-- error 15: syntax error at or near "NOT"
DROP TABLE IF NOT EXISTS a

-- error 19: syntax error at or near "a"
DROP TABLE EXISTS a

-- error 22: syntax error at or near "RESTRICT"
DROP TABLE a CASCADE RESTRICT

-- error 14: syntax error at or near "IF"
DROP TABLE a IF EXISTS

-- error 12: syntax error at or near "'a'"
DROP TABLE 'a'

-- error 12: syntax error at or near "1"
DROP TABLE 1

-- error 12: syntax error at or near "$1"
DROP TABLE $1

-- error 12: syntax error at or near "("
DROP TABLE (a)

-- error 13: syntax error at or near "("
DROP TABLE a()

-- error 14: syntax error at or near "*"
DROP TABLE a *

-- error 12: syntax error at or near "select"
DROP TABLE select

-- error 21: syntax error at or near ","
DROP TABLE a CASCADE, b

-- error 14: syntax error at end of input
DROP TABLE s.

-- error 13: syntax error at or near ".."
DROP TABLE s..a

-- error 16: syntax error at end of input
DROP TABLE s.a,

-- error 16: syntax error at end of input
DROP TABLE a.b.

-- error 6: syntax error at or near "TEMP"
DROP TEMP TABLE t

-- error 12: syntax error at or near "ONLY"
DROP TABLE ONLY t

-- error 14: syntax error at or near "AS"
DROP TABLE t AS x

-- error 14: syntax error at or near "t"
DROP FOREIGN t

-- error 6: syntax error at or near "TABLES"
DROP TABLES t

-- error 20: syntax error at or near "v"
DROP TABLE t, VIEW v
