-- ok
DROP TEXT SEARCH CONFIGURATION a

-- ok
DROP TEXT SEARCH CONFIGURATION s.a

-- ok
DROP TEXT SEARCH CONFIGURATION d.s.a

-- ok
DROP TEXT SEARCH CONFIGURATION "A"

-- ok
DROP TEXT SEARCH CONFIGURATION "S"."A"

-- ok
DROP TEXT SEARCH CONFIGURATION a, b

-- ok
DROP TEXT SEARCH CONFIGURATION a, s.b, "C"

-- ok
DROP TEXT SEARCH CONFIGURATION IF EXISTS a

-- ok
DROP TEXT SEARCH CONFIGURATION IF EXISTS s.a, b

-- ok
DROP TEXT SEARCH CONFIGURATION a CASCADE

-- ok
DROP TEXT SEARCH CONFIGURATION a RESTRICT

-- ok
DROP TEXT SEARCH CONFIGURATION a, b CASCADE

-- ok
DROP TEXT SEARCH CONFIGURATION IF EXISTS a RESTRICT

-- ok
DROP TEXT SEARCH CONFIGURATION IF EXISTS a, b, c CASCADE

-- ok
DROP TEXT SEARCH CONFIGURATION if_

-- ok
DROP TEXT SEARCH CONFIGURATION "IF"

-- ok
DROP TEXT SEARCH CONFIGURATION IF EXISTS "a b" CASCADE

-- error 31: syntax error at end of input
DROP TEXT SEARCH CONFIGURATION

-- error 34: syntax error at or near "b"
DROP TEXT SEARCH CONFIGURATION a b

-- error 34: syntax error at end of input
DROP TEXT SEARCH CONFIGURATION a,

-- error 32: syntax error at or near ","
DROP TEXT SEARCH CONFIGURATION ,a

-- error 37: syntax error at end of input
DROP TEXT SEARCH CONFIGURATION a, b,

-- error 41: syntax error at end of input
DROP TEXT SEARCH CONFIGURATION IF EXISTS

-- error 50: syntax error at or near "x"
DROP TEXT SEARCH CONFIGURATION IF EXISTS CASCADE x

-- error 35: syntax error at or near "NOT"
DROP TEXT SEARCH CONFIGURATION IF NOT EXISTS a

-- error 39: syntax error at or near "a"
DROP TEXT SEARCH CONFIGURATION EXISTS a

-- error 42: syntax error at or near "RESTRICT"
DROP TEXT SEARCH CONFIGURATION a CASCADE RESTRICT

-- error 34: syntax error at or near "IF"
DROP TEXT SEARCH CONFIGURATION a IF EXISTS

-- error 32: syntax error at or near "'a'"
DROP TEXT SEARCH CONFIGURATION 'a'

-- error 32: syntax error at or near "1"
DROP TEXT SEARCH CONFIGURATION 1

-- error 32: syntax error at or near "$1"
DROP TEXT SEARCH CONFIGURATION $1

-- error 32: syntax error at or near "("
DROP TEXT SEARCH CONFIGURATION (a)

-- error 33: syntax error at or near "("
DROP TEXT SEARCH CONFIGURATION a()

-- error 34: syntax error at or near "*"
DROP TEXT SEARCH CONFIGURATION a *

-- error 32: syntax error at or near "select"
DROP TEXT SEARCH CONFIGURATION select

-- error 41: syntax error at or near ","
DROP TEXT SEARCH CONFIGURATION a CASCADE, b

-- error 34: syntax error at end of input
DROP TEXT SEARCH CONFIGURATION s.

-- error 33: syntax error at or near ".."
DROP TEXT SEARCH CONFIGURATION s..a

-- error 36: syntax error at end of input
DROP TEXT SEARCH CONFIGURATION s.a,

-- error 36: syntax error at end of input
DROP TEXT SEARCH CONFIGURATION a.b.
