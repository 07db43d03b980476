-- ok
DROP TEXT SEARCH TEMPLATE a

-- ok
DROP TEXT SEARCH TEMPLATE s.a

-- ok
DROP TEXT SEARCH TEMPLATE d.s.a

-- ok
DROP TEXT SEARCH TEMPLATE "A"

-- ok
DROP TEXT SEARCH TEMPLATE "S"."A"

-- ok
DROP TEXT SEARCH TEMPLATE a, b

-- ok
DROP TEXT SEARCH TEMPLATE a, s.b, "C"

-- ok
DROP TEXT SEARCH TEMPLATE IF EXISTS a

-- ok
DROP TEXT SEARCH TEMPLATE IF EXISTS s.a, b

-- ok
DROP TEXT SEARCH TEMPLATE a CASCADE

-- ok
DROP TEXT SEARCH TEMPLATE a RESTRICT

-- ok
DROP TEXT SEARCH TEMPLATE a, b CASCADE

-- ok
DROP TEXT SEARCH TEMPLATE IF EXISTS a RESTRICT

-- ok
DROP TEXT SEARCH TEMPLATE IF EXISTS a, b, c CASCADE

-- ok
DROP TEXT SEARCH TEMPLATE if_

-- ok
DROP TEXT SEARCH TEMPLATE "IF"

-- ok
DROP TEXT SEARCH TEMPLATE IF EXISTS "a b" CASCADE

-- error 26: syntax error at end of input
DROP TEXT SEARCH TEMPLATE

-- error 29: syntax error at or near "b"
DROP TEXT SEARCH TEMPLATE a b

-- error 29: syntax error at end of input
DROP TEXT SEARCH TEMPLATE a,

-- error 27: syntax error at or near ","
DROP TEXT SEARCH TEMPLATE ,a

-- error 32: syntax error at end of input
DROP TEXT SEARCH TEMPLATE a, b,

-- error 36: syntax error at end of input
DROP TEXT SEARCH TEMPLATE IF EXISTS

-- error 45: syntax error at or near "x"
DROP TEXT SEARCH TEMPLATE IF EXISTS CASCADE x

-- error 30: syntax error at or near "NOT"
DROP TEXT SEARCH TEMPLATE IF NOT EXISTS a

-- error 34: syntax error at or near "a"
DROP TEXT SEARCH TEMPLATE EXISTS a

-- error 37: syntax error at or near "RESTRICT"
DROP TEXT SEARCH TEMPLATE a CASCADE RESTRICT

-- error 29: syntax error at or near "IF"
DROP TEXT SEARCH TEMPLATE a IF EXISTS

-- error 27: syntax error at or near "'a'"
DROP TEXT SEARCH TEMPLATE 'a'

-- error 27: syntax error at or near "1"
DROP TEXT SEARCH TEMPLATE 1

-- error 27: syntax error at or near "$1"
DROP TEXT SEARCH TEMPLATE $1

-- error 27: syntax error at or near "("
DROP TEXT SEARCH TEMPLATE (a)

-- error 28: syntax error at or near "("
DROP TEXT SEARCH TEMPLATE a()

-- error 29: syntax error at or near "*"
DROP TEXT SEARCH TEMPLATE a *

-- error 27: syntax error at or near "select"
DROP TEXT SEARCH TEMPLATE select

-- error 36: syntax error at or near ","
DROP TEXT SEARCH TEMPLATE a CASCADE, b

-- error 29: syntax error at end of input
DROP TEXT SEARCH TEMPLATE s.

-- error 28: syntax error at or near ".."
DROP TEXT SEARCH TEMPLATE s..a

-- error 31: syntax error at end of input
DROP TEXT SEARCH TEMPLATE s.a,

-- error 31: syntax error at end of input
DROP TEXT SEARCH TEMPLATE a.b.
