-- ok
DROP INDEX a

-- ok
DROP INDEX s.a

-- ok
DROP INDEX d.s.a

-- ok
DROP INDEX "A"

-- ok
DROP INDEX "S"."A"

-- ok
DROP INDEX a, b

-- ok
DROP INDEX a, s.b, "C"

-- ok
DROP INDEX IF EXISTS a

-- ok
DROP INDEX IF EXISTS s.a, b

-- ok
DROP INDEX a CASCADE

-- ok
DROP INDEX a RESTRICT

-- ok
DROP INDEX a, b CASCADE

-- ok
DROP INDEX IF EXISTS a RESTRICT

-- ok
DROP INDEX IF EXISTS a, b, c CASCADE

-- ok
DROP INDEX if_

-- ok
DROP INDEX "IF"

-- ok
DROP INDEX IF EXISTS "a b" CASCADE

-- ok
DROP INDEX CONCURRENTLY i

-- ok
DROP INDEX CONCURRENTLY s.i

-- ok
DROP INDEX CONCURRENTLY IF EXISTS i

-- ok
DROP INDEX CONCURRENTLY i, j

-- ok
DROP INDEX CONCURRENTLY i CASCADE

-- ok
DROP INDEX CONCURRENTLY IF EXISTS i, s.j RESTRICT

-- error 11: syntax error at end of input
DROP INDEX

-- error 14: syntax error at or near "b"
DROP INDEX a b

-- error 14: syntax error at end of input
DROP INDEX a,

-- error 12: syntax error at or near ","
DROP INDEX ,a

-- error 17: syntax error at end of input
DROP INDEX a, b,

-- error 21: syntax error at end of input
DROP INDEX IF EXISTS

-- error 30: syntax error at or near "x"
DROP INDEX IF EXISTS CASCADE x

-- error 15: syntax error at or near "NOT"
DROP INDEX IF NOT EXISTS a

-- error 19: syntax error at or near "a"
DROP INDEX EXISTS a

-- error 22: syntax error at or near "RESTRICT"
DROP INDEX a CASCADE RESTRICT

-- error 14: syntax error at or near "IF"
DROP INDEX a IF EXISTS

-- error 12: syntax error at or near "'a'"
DROP INDEX 'a'

-- error 12: syntax error at or near "1"
DROP INDEX 1

-- error 12: syntax error at or near "$1"
DROP INDEX $1

-- error 12: syntax error at or near "("
DROP INDEX (a)

-- error 13: syntax error at or near "("
DROP INDEX a()

-- error 14: syntax error at or near "*"
DROP INDEX a *

-- error 12: syntax error at or near "select"
DROP INDEX select

-- error 21: syntax error at or near ","
DROP INDEX a CASCADE, b

-- error 14: syntax error at end of input
DROP INDEX s.

-- error 13: syntax error at or near ".."
DROP INDEX s..a

-- error 16: syntax error at end of input
DROP INDEX s.a,

-- error 16: syntax error at end of input
DROP INDEX a.b.

-- error 24: syntax error at end of input
DROP INDEX CONCURRENTLY

-- error 34: syntax error at end of input
DROP INDEX CONCURRENTLY IF EXISTS

-- error 22: syntax error at or near "CONCURRENTLY"
DROP INDEX IF EXISTS CONCURRENTLY i j

-- error 14: syntax error at or near "CONCURRENTLY"
DROP INDEX i CONCURRENTLY

-- error 14: syntax error at or near "ON"
DROP INDEX i ON t

-- error 12: syntax error at or near "UNIQUE"
DROP INDEX UNIQUE i
