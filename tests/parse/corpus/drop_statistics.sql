-- ok
DROP STATISTICS a

-- ok
DROP STATISTICS s.a

-- ok
DROP STATISTICS d.s.a

-- ok
DROP STATISTICS "A"

-- ok
DROP STATISTICS "S"."A"

-- ok
DROP STATISTICS a, b

-- ok
DROP STATISTICS a, s.b, "C"

-- ok
DROP STATISTICS IF EXISTS a

-- ok
DROP STATISTICS IF EXISTS s.a, b

-- ok
DROP STATISTICS a CASCADE

-- ok
DROP STATISTICS a RESTRICT

-- ok
DROP STATISTICS a, b CASCADE

-- ok
DROP STATISTICS IF EXISTS a RESTRICT

-- ok
DROP STATISTICS IF EXISTS a, b, c CASCADE

-- ok
DROP STATISTICS if_

-- ok
DROP STATISTICS "IF"

-- ok
DROP STATISTICS IF EXISTS "a b" CASCADE

-- error 16: syntax error at end of input
DROP STATISTICS

-- error 19: syntax error at or near "b"
DROP STATISTICS a b

-- error 19: syntax error at end of input
DROP STATISTICS a,

-- error 17: syntax error at or near ","
DROP STATISTICS ,a

-- error 22: syntax error at end of input
DROP STATISTICS a, b,

-- error 26: syntax error at end of input
DROP STATISTICS IF EXISTS

-- error 35: syntax error at or near "x"
DROP STATISTICS IF EXISTS CASCADE x

-- error 20: syntax error at or near "NOT"
DROP STATISTICS IF NOT EXISTS a

-- error 24: syntax error at or near "a"
DROP STATISTICS EXISTS a

-- error 27: syntax error at or near "RESTRICT"
DROP STATISTICS a CASCADE RESTRICT

-- error 19: syntax error at or near "IF"
DROP STATISTICS a IF EXISTS

-- error 17: syntax error at or near "'a'"
DROP STATISTICS 'a'

-- error 17: syntax error at or near "1"
DROP STATISTICS 1

-- error 17: syntax error at or near "$1"
DROP STATISTICS $1

-- error 17: syntax error at or near "("
DROP STATISTICS (a)

-- error 18: syntax error at or near "("
DROP STATISTICS a()

-- error 19: syntax error at or near "*"
DROP STATISTICS a *

-- error 17: syntax error at or near "select"
DROP STATISTICS select

-- error 26: syntax error at or near ","
DROP STATISTICS a CASCADE, b

-- error 19: syntax error at end of input
DROP STATISTICS s.

-- error 18: syntax error at or near ".."
DROP STATISTICS s..a

-- error 21: syntax error at end of input
DROP STATISTICS s.a,

-- error 21: syntax error at end of input
DROP STATISTICS a.b.
