-- ok
DROP TABLESPACE x

-- ok
DROP TABLESPACE "X"

-- ok
DROP TABLESPACE IF EXISTS x

-- ok
DROP TABLESPACE if_

-- ok
DROP TABLESPACE "IF"

-- ok
DROP TABLESPACE IF EXISTS "X"

-- ok
DROP TABLESPACE tablespace

-- ok
DROP TABLESPACE location

-- ok
DROP TABLESPACE name

-- ok
DROP TABLESPACE IF EXISTS name

-- ok
DROP TABLESPACE "a b"

-- ok
DROP TABLESPACE a1

-- ok
DROP TABLESPACE _x

-- ok
DROP TABLESPACE pg_default

-- ok
DROP TABLESPACE IF EXISTS pg_default

-- error 16: syntax error at end of input
DROP TABLESPACE

-- error 18: syntax error at or near ","
DROP TABLESPACE x, y

-- error 18: syntax error at or near "."
DROP TABLESPACE a.b

-- error 17: syntax error at or near "'x'"
DROP TABLESPACE 'x'

-- error 19: syntax error at or near "CASCADE"
DROP TABLESPACE x CASCADE

-- error 19: syntax error at or near "RESTRICT"
DROP TABLESPACE x RESTRICT

-- error 26: syntax error at end of input
DROP TABLESPACE IF EXISTS

-- error 20: syntax error at or near "NOT"
DROP TABLESPACE IF NOT EXISTS x

-- error 19: syntax error at or near "y"
DROP TABLESPACE x y

-- error 18: syntax error at or near "("
DROP TABLESPACE x()

-- error 17: syntax error at or near "1"
DROP TABLESPACE 1

-- error 17: syntax error at or near "select"
DROP TABLESPACE select
