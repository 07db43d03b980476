-- ok
DROP TEXT SEARCH DICTIONARY a

-- ok
DROP TEXT SEARCH DICTIONARY s.a

-- ok
DROP TEXT SEARCH DICTIONARY d.s.a

-- ok
DROP TEXT SEARCH DICTIONARY "A"

-- ok
DROP TEXT SEARCH DICTIONARY "S"."A"

-- ok
DROP TEXT SEARCH DICTIONARY a, b

-- ok
DROP TEXT SEARCH DICTIONARY a, s.b, "C"

-- ok
DROP TEXT SEARCH DICTIONARY IF EXISTS a

-- ok
DROP TEXT SEARCH DICTIONARY IF EXISTS s.a, b

-- ok
DROP TEXT SEARCH DICTIONARY a CASCADE

-- ok
DROP TEXT SEARCH DICTIONARY a RESTRICT

-- ok
DROP TEXT SEARCH DICTIONARY a, b CASCADE

-- ok
DROP TEXT SEARCH DICTIONARY IF EXISTS a RESTRICT

-- ok
DROP TEXT SEARCH DICTIONARY IF EXISTS a, b, c CASCADE

-- ok
DROP TEXT SEARCH DICTIONARY if_

-- ok
DROP TEXT SEARCH DICTIONARY "IF"

-- ok
DROP TEXT SEARCH DICTIONARY IF EXISTS "a b" CASCADE

-- error 28: syntax error at end of input
DROP TEXT SEARCH DICTIONARY

-- error 31: syntax error at or near "b"
DROP TEXT SEARCH DICTIONARY a b

-- error 31: syntax error at end of input
DROP TEXT SEARCH DICTIONARY a,

-- error 29: syntax error at or near ","
DROP TEXT SEARCH DICTIONARY ,a

-- error 34: syntax error at end of input
DROP TEXT SEARCH DICTIONARY a, b,

-- error 38: syntax error at end of input
DROP TEXT SEARCH DICTIONARY IF EXISTS

-- error 47: syntax error at or near "x"
DROP TEXT SEARCH DICTIONARY IF EXISTS CASCADE x

-- error 32: syntax error at or near "NOT"
DROP TEXT SEARCH DICTIONARY IF NOT EXISTS a

-- error 36: syntax error at or near "a"
DROP TEXT SEARCH DICTIONARY EXISTS a

-- error 39: syntax error at or near "RESTRICT"
DROP TEXT SEARCH DICTIONARY a CASCADE RESTRICT

-- error 31: syntax error at or near "IF"
DROP TEXT SEARCH DICTIONARY a IF EXISTS

-- error 29: syntax error at or near "'a'"
DROP TEXT SEARCH DICTIONARY 'a'

-- error 29: syntax error at or near "1"
DROP TEXT SEARCH DICTIONARY 1

-- error 29: syntax error at or near "$1"
DROP TEXT SEARCH DICTIONARY $1

-- error 29: syntax error at or near "("
DROP TEXT SEARCH DICTIONARY (a)

-- error 30: syntax error at or near "("
DROP TEXT SEARCH DICTIONARY a()

-- error 31: syntax error at or near "*"
DROP TEXT SEARCH DICTIONARY a *

-- error 29: syntax error at or near "select"
DROP TEXT SEARCH DICTIONARY select

-- error 38: syntax error at or near ","
DROP TEXT SEARCH DICTIONARY a CASCADE, b

-- error 31: syntax error at end of input
DROP TEXT SEARCH DICTIONARY s.

-- error 30: syntax error at or near ".."
DROP TEXT SEARCH DICTIONARY s..a

-- error 33: syntax error at end of input
DROP TEXT SEARCH DICTIONARY s.a,

-- error 33: syntax error at end of input
DROP TEXT SEARCH DICTIONARY a.b.
