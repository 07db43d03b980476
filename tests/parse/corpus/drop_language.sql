-- ok
DROP LANGUAGE a

-- ok
DROP LANGUAGE "A"

-- ok
DROP LANGUAGE a, b

-- ok
DROP LANGUAGE a, "C", d

-- ok
DROP LANGUAGE IF EXISTS a

-- ok
DROP LANGUAGE IF EXISTS a, b

-- ok
DROP LANGUAGE a CASCADE

-- ok
DROP LANGUAGE a RESTRICT

-- ok
DROP LANGUAGE a, b CASCADE

-- ok
DROP LANGUAGE IF EXISTS a RESTRICT

-- ok
DROP LANGUAGE IF EXISTS a, b, c CASCADE

-- ok
DROP LANGUAGE if_

-- ok
DROP LANGUAGE "IF"

-- ok
DROP LANGUAGE IF EXISTS "a b" CASCADE

-- ok
DROP LANGUAGE name

-- ok
DROP LANGUAGE a, b, c RESTRICT

-- ok
DROP PROCEDURAL LANGUAGE l

-- ok
DROP PROCEDURAL LANGUAGE IF EXISTS l

-- ok
DROP PROCEDURAL LANGUAGE l CASCADE

-- ok
DROP PROCEDURAL LANGUAGE "L" RESTRICT

-- error 14: syntax error at end of input
DROP LANGUAGE

-- error 17: syntax error at or near "b"
DROP LANGUAGE a b

-- error 17: syntax error at end of input
DROP LANGUAGE a,

-- error 15: syntax error at or near ","
DROP LANGUAGE ,a

-- error 20: syntax error at end of input
DROP LANGUAGE a, b,

-- error 24: syntax error at end of input
DROP LANGUAGE IF EXISTS

-- error 33: syntax error at or near "x"
DROP LANGUAGE IF EXISTS CASCADE x

-- error 18: syntax error at or near "NOT"
DROP LANGUAGE IF NOT EXISTS a

-- error 22: syntax error at or near "a"
DROP LANGUAGE EXISTS a

-- error 25: syntax error at or near "RESTRICT"
DROP LANGUAGE a CASCADE RESTRICT

-- error 17: syntax error at or near "IF"
DROP LANGUAGE a IF EXISTS

-- error 15: syntax error at or near "'a'"
DROP LANGUAGE 'a'

-- error 15: syntax error at or near "1"
DROP LANGUAGE 1

-- error 15: syntax error at or near "$1"
DROP LANGUAGE $1

-- error 15: syntax error at or near "("
DROP LANGUAGE (a)

-- error 16: syntax error at or near "("
DROP LANGUAGE a()

-- error 17: syntax error at or near "*"
DROP LANGUAGE a *

-- error 15: syntax error at or near "select"
DROP LANGUAGE select

-- error 24: syntax error at or near ","
DROP LANGUAGE a CASCADE, b

-- error 16: syntax error at or near "."
DROP LANGUAGE a.b

-- error 19: syntax error at or near "."
DROP LANGUAGE a, b.c

-- error 26: syntax error at or near "."
DROP LANGUAGE IF EXISTS s.a

-- error 17: syntax error at or near "l"
DROP PROCEDURAL l

-- error 25: syntax error at end of input
DROP PROCEDURAL LANGUAGE

-- error 35: syntax error at end of input
DROP PROCEDURAL LANGUAGE IF EXISTS
