-- ok
DROP EVENT TRIGGER a

-- ok
DROP EVENT TRIGGER "A"

-- ok
DROP EVENT TRIGGER a, b

-- ok
DROP EVENT TRIGGER a, "C", d

-- ok
DROP EVENT TRIGGER IF EXISTS a

-- ok
DROP EVENT TRIGGER IF EXISTS a, b

-- ok
DROP EVENT TRIGGER a CASCADE

-- ok
DROP EVENT TRIGGER a RESTRICT

-- ok
DROP EVENT TRIGGER a, b CASCADE

-- ok
DROP EVENT TRIGGER IF EXISTS a RESTRICT

-- ok
DROP EVENT TRIGGER IF EXISTS a, b, c CASCADE

-- ok
DROP EVENT TRIGGER if_

-- ok
DROP EVENT TRIGGER "IF"

-- ok
DROP EVENT TRIGGER IF EXISTS "a b" CASCADE

-- ok
DROP EVENT TRIGGER name

-- ok
DROP EVENT TRIGGER a, b, c RESTRICT

-- error 19: syntax error at end of input
DROP EVENT TRIGGER

-- error 22: syntax error at or near "b"
DROP EVENT TRIGGER a b

-- error 22: syntax error at end of input
DROP EVENT TRIGGER a,

-- error 20: syntax error at or near ","
DROP EVENT TRIGGER ,a

-- error 25: syntax error at end of input
DROP EVENT TRIGGER a, b,

-- error 29: syntax error at end of input
DROP EVENT TRIGGER IF EXISTS

-- error 38: syntax error at or near "x"
DROP EVENT TRIGGER IF EXISTS CASCADE x

-- error 23: syntax error at or near "NOT"
DROP EVENT TRIGGER IF NOT EXISTS a

-- error 27: syntax error at or near "a"
DROP EVENT TRIGGER EXISTS a

-- error 30: syntax error at or near "RESTRICT"
DROP EVENT TRIGGER a CASCADE RESTRICT

-- error 22: syntax error at or near "IF"
DROP EVENT TRIGGER a IF EXISTS

-- error 20: syntax error at or near "'a'"
DROP EVENT TRIGGER 'a'

-- error 20: syntax error at or near "1"
DROP EVENT TRIGGER 1

-- error 20: syntax error at or near "$1"
DROP EVENT TRIGGER $1

-- error 20: syntax error at or near "("
DROP EVENT TRIGGER (a)

-- error 21: syntax error at or near "("
DROP EVENT TRIGGER a()

-- error 22: syntax error at or near "*"
DROP EVENT TRIGGER a *

-- error 20: syntax error at or near "select"
DROP EVENT TRIGGER select

-- error 29: syntax error at or near ","
DROP EVENT TRIGGER a CASCADE, b

-- error 21: syntax error at or near "."
DROP EVENT TRIGGER a.b

-- error 24: syntax error at or near "."
DROP EVENT TRIGGER a, b.c

-- error 31: syntax error at or near "."
DROP EVENT TRIGGER IF EXISTS s.a
