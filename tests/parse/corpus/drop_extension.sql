-- ok
DROP EXTENSION a

-- ok
DROP EXTENSION "A"

-- ok
DROP EXTENSION a, b

-- ok
DROP EXTENSION a, "C", d

-- ok
DROP EXTENSION IF EXISTS a

-- ok
DROP EXTENSION IF EXISTS a, b

-- ok
DROP EXTENSION a CASCADE

-- ok
DROP EXTENSION a RESTRICT

-- ok
DROP EXTENSION a, b CASCADE

-- ok
DROP EXTENSION IF EXISTS a RESTRICT

-- ok
DROP EXTENSION IF EXISTS a, b, c CASCADE

-- ok
DROP EXTENSION if_

-- ok
DROP EXTENSION "IF"

-- ok
DROP EXTENSION IF EXISTS "a b" CASCADE

-- ok
DROP EXTENSION name

-- ok
DROP EXTENSION a, b, c RESTRICT

-- error 15: syntax error at end of input
DROP EXTENSION

-- error 18: syntax error at or near "b"
DROP EXTENSION a b

-- error 18: syntax error at end of input
DROP EXTENSION a,

-- error 16: syntax error at or near ","
DROP EXTENSION ,a

-- error 21: syntax error at end of input
DROP EXTENSION a, b,

-- error 25: syntax error at end of input
DROP EXTENSION IF EXISTS

-- error 34: syntax error at or near "x"
DROP EXTENSION IF EXISTS CASCADE x

-- error 19: syntax error at or near "NOT"
DROP EXTENSION IF NOT EXISTS a

-- error 23: syntax error at or near "a"
DROP EXTENSION EXISTS a

-- error 26: syntax error at or near "RESTRICT"
DROP EXTENSION a CASCADE RESTRICT

-- error 18: syntax error at or near "IF"
DROP EXTENSION a IF EXISTS

-- error 16: syntax error at or near "'a'"
DROP EXTENSION 'a'

-- error 16: syntax error at or near "1"
DROP EXTENSION 1

-- error 16: syntax error at or near "$1"
DROP EXTENSION $1

-- error 16: syntax error at or near "("
DROP EXTENSION (a)

-- error 17: syntax error at or near "("
DROP EXTENSION a()

-- error 18: syntax error at or near "*"
DROP EXTENSION a *

-- error 16: syntax error at or near "select"
DROP EXTENSION select

-- error 25: syntax error at or near ","
DROP EXTENSION a CASCADE, b

-- error 17: syntax error at or near "."
DROP EXTENSION a.b

-- error 20: syntax error at or near "."
DROP EXTENSION a, b.c

-- error 27: syntax error at or near "."
DROP EXTENSION IF EXISTS s.a
