-- ok
DROP DATABASE d

-- ok
DROP DATABASE "D"

-- ok
DROP DATABASE IF EXISTS d

-- ok
DROP DATABASE d WITH (FORCE)

-- ok
DROP DATABASE d (FORCE)

-- ok
DROP DATABASE IF EXISTS d WITH (FORCE)

-- ok
DROP DATABASE d (FORCE, FORCE)

-- ok
DROP DATABASE IF EXISTS "D E" (force, FORCE)

-- ok
DROP DATABASE if_

-- ok
DROP DATABASE force

-- ok
DROP DATABASE with_ (FORCE)

-- ok
DROP DATABASE "IF"

-- ok
DROP DATABASE IF EXISTS exists_

-- ok
DROP DATABASE template1

-- ok
DROP DATABASE d1 WITH (FORCE, FORCE)

-- error 14: syntax error at end of input
DROP DATABASE

-- error 16: syntax error at or near ","
DROP DATABASE d, e

-- error 16: syntax error at or near "."
DROP DATABASE a.b

-- error 15: syntax error at or near "'d'"
DROP DATABASE 'd'

-- error 17: syntax error at or near "CASCADE"
DROP DATABASE d CASCADE

-- error 17: syntax error at or near "RESTRICT"
DROP DATABASE d RESTRICT

-- error 17: syntax error at or near "FORCE"
DROP DATABASE d FORCE

-- error 21: syntax error at end of input
DROP DATABASE d WITH

-- error 23: syntax error at or near ")"
DROP DATABASE d WITH ()

-- error 18: syntax error at or near ")"
DROP DATABASE d ()

-- error 18: syntax error at or near "BOGUS"
DROP DATABASE d (BOGUS)

-- error 24: syntax error at or near "true"
DROP DATABASE d (FORCE true)

-- error 24: syntax error at or near ")"
DROP DATABASE d (FORCE,)

-- error 18: syntax error at or near "NOT"
DROP DATABASE IF NOT EXISTS d

-- error 24: syntax error at end of input
DROP DATABASE IF EXISTS

-- error 22: syntax error at or near "FORCE"
DROP DATABASE d WITH FORCE
