-- ok
DROP TEXT SEARCH PARSER a

-- ok
DROP TEXT SEARCH PARSER s.a

-- ok
DROP TEXT SEARCH PARSER d.s.a

-- ok
DROP TEXT SEARCH PARSER "A"

-- ok
DROP TEXT SEARCH PARSER "S"."A"

-- ok
DROP TEXT SEARCH PARSER a, b

-- ok
DROP TEXT SEARCH PARSER a, s.b, "C"

-- ok
DROP TEXT SEARCH PARSER IF EXISTS a

-- ok
DROP TEXT SEARCH PARSER IF EXISTS s.a, b

-- ok
DROP TEXT SEARCH PARSER a CASCADE

-- ok
DROP TEXT SEARCH PARSER a RESTRICT

-- ok
DROP TEXT SEARCH PARSER a, b CASCADE

-- ok
DROP TEXT SEARCH PARSER IF EXISTS a RESTRICT

-- ok
DROP TEXT SEARCH PARSER IF EXISTS a, b, c CASCADE

-- ok
DROP TEXT SEARCH PARSER if_

-- ok
DROP TEXT SEARCH PARSER "IF"

-- ok
DROP TEXT SEARCH PARSER IF EXISTS "a b" CASCADE

-- error 24: syntax error at end of input
DROP TEXT SEARCH PARSER

-- error 27: syntax error at or near "b"
DROP TEXT SEARCH PARSER a b

-- error 27: syntax error at end of input
DROP TEXT SEARCH PARSER a,

-- error 25: syntax error at or near ","
DROP TEXT SEARCH PARSER ,a

-- error 30: syntax error at end of input
DROP TEXT SEARCH PARSER a, b,

-- error 34: syntax error at end of input
DROP TEXT SEARCH PARSER IF EXISTS

-- error 43: syntax error at or near "x"
DROP TEXT SEARCH PARSER IF EXISTS CASCADE x

-- error 28: syntax error at or near "NOT"
DROP TEXT SEARCH PARSER IF NOT EXISTS a

-- error 32: syntax error at or near "a"
DROP TEXT SEARCH PARSER EXISTS a

-- error 35: syntax error at or near "RESTRICT"
DROP TEXT SEARCH PARSER a CASCADE RESTRICT

-- error 27: syntax error at or near "IF"
DROP TEXT SEARCH PARSER a IF EXISTS

-- error 25: syntax error at or near "'a'"
DROP TEXT SEARCH PARSER 'a'

-- error 25: syntax error at or near "1"
DROP TEXT SEARCH PARSER 1

-- error 25: syntax error at or near "$1"
DROP TEXT SEARCH PARSER $1

-- error 25: syntax error at or near "("
DROP TEXT SEARCH PARSER (a)

-- error 26: syntax error at or near "("
DROP TEXT SEARCH PARSER a()

-- error 27: syntax error at or near "*"
DROP TEXT SEARCH PARSER a *

-- error 25: syntax error at or near "select"
DROP TEXT SEARCH PARSER select

-- error 34: syntax error at or near ","
DROP TEXT SEARCH PARSER a CASCADE, b

-- error 27: syntax error at end of input
DROP TEXT SEARCH PARSER s.

-- error 26: syntax error at or near ".."
DROP TEXT SEARCH PARSER s..a

-- error 29: syntax error at end of input
DROP TEXT SEARCH PARSER s.a,

-- error 29: syntax error at end of input
DROP TEXT SEARCH PARSER a.b.
