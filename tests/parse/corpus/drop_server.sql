-- ok
DROP SERVER a

-- ok
DROP SERVER "A"

-- ok
DROP SERVER a, b

-- ok
DROP SERVER a, "C", d

-- ok
DROP SERVER IF EXISTS a

-- ok
DROP SERVER IF EXISTS a, b

-- ok
DROP SERVER a CASCADE

-- ok
DROP SERVER a RESTRICT

-- ok
DROP SERVER a, b CASCADE

-- ok
DROP SERVER IF EXISTS a RESTRICT

-- ok
DROP SERVER IF EXISTS a, b, c CASCADE

-- ok
DROP SERVER if_

-- ok
DROP SERVER "IF"

-- ok
DROP SERVER IF EXISTS "a b" CASCADE

-- ok
DROP SERVER name

-- ok
DROP SERVER a, b, c RESTRICT

-- error 12: syntax error at end of input
DROP SERVER

-- error 15: syntax error at or near "b"
DROP SERVER a b

-- error 15: syntax error at end of input
DROP SERVER a,

-- error 13: syntax error at or near ","
DROP SERVER ,a

-- error 18: syntax error at end of input
DROP SERVER a, b,

-- error 22: syntax error at end of input
DROP SERVER IF EXISTS

-- error 31: syntax error at or near "x"
DROP SERVER IF EXISTS CASCADE x

-- error 16: syntax error at or near "NOT"
DROP SERVER IF NOT EXISTS a

-- error 20: syntax error at or near "a"
DROP SERVER EXISTS a

-- error 23: syntax error at or near "RESTRICT"
DROP SERVER a CASCADE RESTRICT

-- error 15: syntax error at or near "IF"
DROP SERVER a IF EXISTS

-- error 13: syntax error at or near "'a'"
DROP SERVER 'a'

-- error 13: syntax error at or near "1"
DROP SERVER 1

-- error 13: syntax error at or near "$1"
DROP SERVER $1

-- error 13: syntax error at or near "("
DROP SERVER (a)

-- error 14: syntax error at or near "("
DROP SERVER a()

-- error 15: syntax error at or near "*"
DROP SERVER a *

-- error 13: syntax error at or near "select"
DROP SERVER select

-- error 22: syntax error at or near ","
DROP SERVER a CASCADE, b

-- error 14: syntax error at or near "."
DROP SERVER a.b

-- error 17: syntax error at or near "."
DROP SERVER a, b.c

-- error 24: syntax error at or near "."
DROP SERVER IF EXISTS s.a
