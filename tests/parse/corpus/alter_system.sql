-- ok
ALTER SYSTEM SET a = 1

-- ok
ALTER SYSTEM SET a TO 'x'

-- ok
ALTER SYSTEM SET a = on

-- ok
ALTER SYSTEM SET a = off

-- ok
ALTER SYSTEM SET a = true

-- ok
ALTER SYSTEM SET a = DEFAULT

-- ok
ALTER SYSTEM SET a TO DEFAULT

-- ok
ALTER SYSTEM SET a.b = 1.5

-- ok
ALTER SYSTEM SET a = x, y, 'z'

-- ok
ALTER SYSTEM SET a = -1

-- ok
ALTER SYSTEM SET a TO b

-- ok
ALTER SYSTEM SET "A" = 'b'

-- ok
ALTER SYSTEM SET a = '1GB'

-- ok
ALTER SYSTEM SET work_mem = +5

-- ok
ALTER SYSTEM SET search_path = "$user", public

-- ok
ALTER SYSTEM RESET a

-- ok
ALTER SYSTEM RESET a.b

-- ok
ALTER SYSTEM RESET ALL

-- ok
ALTER SYSTEM RESET "A"

-- error 25: syntax error at or near "ZONE"
ALTER SYSTEM RESET TIME ZONE

-- error 32: syntax error at or near "ISOLATION"
ALTER SYSTEM RESET TRANSACTION ISOLATION LEVEL

-- error 28: syntax error at or near "AUTHORIZATION"
ALTER SYSTEM RESET SESSION AUTHORIZATION

-- error 13: syntax error at end of input
ALTER SYSTEM

-- error 17: syntax error at end of input
ALTER SYSTEM SET

-- error 19: syntax error at end of input
ALTER SYSTEM SET a

-- error 21: syntax error at end of input
ALTER SYSTEM SET a =

-- error 22: syntax error at end of input
ALTER SYSTEM SET a TO

-- error 20: syntax error at or near "1"
ALTER SYSTEM SET a 1

-- error 22: syntax error at or near "("
ALTER SYSTEM SET a = (1)

-- error 24: syntax error at or near "2"
ALTER SYSTEM SET a = 1 2

-- error 20: syntax error at or near "=="
ALTER SYSTEM SET a == 1

-- error 24: syntax error at or near "a"
ALTER SYSTEM SET LOCAL a = 1

-- error 26: syntax error at or near "a"
ALTER SYSTEM SET SESSION a = 1

-- error 19: syntax error at end of input
ALTER SYSTEM RESET

-- error 22: syntax error at or near "b"
ALTER SYSTEM RESET a b

-- error 21: syntax error at or near ","
ALTER SYSTEM RESET a, b

-- error 20: syntax error at or near "FROM"
ALTER SYSTEM SET a FROM CURRENT

-- error 23: syntax error at or near "ZONE"
ALTER SYSTEM SET TIME ZONE 'x'

-- error 22: syntax error at or near "$1"
-- witness: ok
ALTER SYSTEM SET a = $1

-- error 18: syntax error at or near "'a'"
ALTER SYSTEM SET 'a' = 1

-- error 14: syntax error at or near "SHOW"
ALTER SYSTEM SHOW a

-- error 20: syntax error at or near ":="
ALTER SYSTEM SET a := 1

-- error 22: syntax error at or near "NULL"
ALTER SYSTEM SET a = NULL

-- error 27: syntax error at end of input
ALTER SYSTEM SET a.b.c.d =

-- error 25: syntax error at or near "'x'"
ALTER SYSTEM SET SCHEMA 'x'

-- error 23: syntax error at or near "r"
ALTER SYSTEM SET ROLE r

-- error 30: syntax error at or near "READ"
ALTER SYSTEM SET TRANSACTION READ ONLY
