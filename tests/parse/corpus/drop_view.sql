-- ok
DROP VIEW a

-- ok
DROP VIEW s.a

-- ok
DROP VIEW d.s.a

-- ok
DROP VIEW "A"

-- ok
DROP VIEW "S"."A"

-- ok
DROP VIEW a, b

-- ok
DROP VIEW a, s.b, "C"

-- ok
DROP VIEW IF EXISTS a

-- ok
DROP VIEW IF EXISTS s.a, b

-- ok
DROP VIEW a CASCADE

-- ok
DROP VIEW a RESTRICT

-- ok
DROP VIEW a, b CASCADE

-- ok
DROP VIEW IF EXISTS a RESTRICT

-- ok
DROP VIEW IF EXISTS a, b, c CASCADE

-- ok
DROP VIEW if_

-- ok
DROP VIEW "IF"

-- ok
DROP VIEW IF EXISTS "a b" CASCADE

-- error 10: syntax error at end of input
DROP VIEW

-- error 13: syntax error at or near "b"
DROP VIEW a b

-- error 13: syntax error at end of input
DROP VIEW a,

-- error 11: syntax error at or near ","
DROP VIEW ,a

-- error 16: syntax error at end of input
DROP VIEW a, b,

-- error 20: syntax error at end of input
DROP VIEW IF EXISTS

-- error 29: syntax error at or near "x"
DROP VIEW IF EXISTS CASCADE x

-- error 14: syntax error at or near "NOT"
DROP VIEW IF NOT EXISTS a

-- error 18: syntax error at or near "a"
DROP VIEW EXISTS a

-- error 21: syntax error at or near "RESTRICT"
DROP VIEW a CASCADE RESTRICT

-- error 13: syntax error at or near "IF"
DROP VIEW a IF EXISTS

-- error 11: syntax error at or near "'a'"
DROP VIEW 'a'

-- error 11: syntax error at or near "1"
DROP VIEW 1

-- error 11: syntax error at or near "$1"
DROP VIEW $1

-- error 11: syntax error at or near "("
DROP VIEW (a)

-- error 12: syntax error at or near "("
DROP VIEW a()

-- error 13: syntax error at or near "*"
DROP VIEW a *

-- error 11: syntax error at or near "select"
DROP VIEW select

-- error 20: syntax error at or near ","
DROP VIEW a CASCADE, b

-- error 13: syntax error at end of input
DROP VIEW s.

-- error 12: syntax error at or near ".."
DROP VIEW s..a

-- error 15: syntax error at end of input
DROP VIEW s.a,

-- error 15: syntax error at end of input
DROP VIEW a.b.
