-- ok
DROP MATERIALIZED VIEW a

-- ok
DROP MATERIALIZED VIEW s.a

-- ok
DROP MATERIALIZED VIEW d.s.a

-- ok
DROP MATERIALIZED VIEW "A"

-- ok
DROP MATERIALIZED VIEW "S"."A"

-- ok
DROP MATERIALIZED VIEW a, b

-- ok
DROP MATERIALIZED VIEW a, s.b, "C"

-- ok
DROP MATERIALIZED VIEW IF EXISTS a

-- ok
DROP MATERIALIZED VIEW IF EXISTS s.a, b

-- ok
DROP MATERIALIZED VIEW a CASCADE

-- ok
DROP MATERIALIZED VIEW a RESTRICT

-- ok
DROP MATERIALIZED VIEW a, b CASCADE

-- ok
DROP MATERIALIZED VIEW IF EXISTS a RESTRICT

-- ok
DROP MATERIALIZED VIEW IF EXISTS a, b, c CASCADE

-- ok
DROP MATERIALIZED VIEW if_

-- ok
DROP MATERIALIZED VIEW "IF"

-- ok
DROP MATERIALIZED VIEW IF EXISTS "a b" CASCADE

-- error 23: syntax error at end of input
DROP MATERIALIZED VIEW

-- error 26: syntax error at or near "b"
DROP MATERIALIZED VIEW a b

-- error 26: syntax error at end of input
DROP MATERIALIZED VIEW a,

-- error 24: syntax error at or near ","
DROP MATERIALIZED VIEW ,a

-- error 29: syntax error at end of input
DROP MATERIALIZED VIEW a, b,

-- error 33: syntax error at end of input
DROP MATERIALIZED VIEW IF EXISTS

-- error 42: syntax error at or near "x"
DROP MATERIALIZED VIEW IF EXISTS CASCADE x

-- error 27: syntax error at or near "NOT"
DROP MATERIALIZED VIEW IF NOT EXISTS a

-- error 31: syntax error at or near "a"
DROP MATERIALIZED VIEW EXISTS a

-- error 34: syntax error at or near "RESTRICT"
DROP MATERIALIZED VIEW a CASCADE RESTRICT

-- error 26: syntax error at or near "IF"
DROP MATERIALIZED VIEW a IF EXISTS

-- error 24: syntax error at or near "'a'"
DROP MATERIALIZED VIEW 'a'

-- error 24: syntax error at or near "1"
DROP MATERIALIZED VIEW 1

-- error 24: syntax error at or near "$1"
DROP MATERIALIZED VIEW $1

-- error 24: syntax error at or near "("
DROP MATERIALIZED VIEW (a)

-- error 25: syntax error at or near "("
DROP MATERIALIZED VIEW a()

-- error 26: syntax error at or near "*"
DROP MATERIALIZED VIEW a *

-- error 24: syntax error at or near "select"
DROP MATERIALIZED VIEW select

-- error 33: syntax error at or near ","
DROP MATERIALIZED VIEW a CASCADE, b

-- error 26: syntax error at end of input
DROP MATERIALIZED VIEW s.

-- error 25: syntax error at or near ".."
DROP MATERIALIZED VIEW s..a

-- error 28: syntax error at end of input
DROP MATERIALIZED VIEW s.a,

-- error 28: syntax error at end of input
DROP MATERIALIZED VIEW a.b.
