-- ok
DROP PROCEDURE f

-- ok
DROP PROCEDURE f()

-- ok
DROP PROCEDURE f(int)

-- ok
DROP PROCEDURE s.f(int, text)

-- ok
DROP PROCEDURE IF EXISTS f

-- ok
DROP PROCEDURE IF EXISTS f(int), g

-- ok
DROP PROCEDURE f(a int, OUT b text)

-- ok
DROP PROCEDURE f(VARIADIC int[])

-- ok
DROP PROCEDURE f CASCADE

-- ok
DROP PROCEDURE f() RESTRICT

-- ok
DROP PROCEDURE f, g(), s.h(int)

-- ok
DROP PROCEDURE "F"(s.t)

-- ok
DROP PROCEDURE f(IN OUT a int)

-- ok
DROP PROCEDURE f(INOUT a int)

-- ok
DROP PROCEDURE left(text)

-- ok
DROP PROCEDURE d.s.f

-- error 15: syntax error at end of input
DROP PROCEDURE

-- error 18: syntax error at end of input
DROP PROCEDURE f(

-- error 18: syntax error at or near ","
DROP PROCEDURE f(,)

-- error 21: syntax error at or near "b"
DROP PROCEDURE f(a) b

-- error 20: syntax error at end of input
DROP PROCEDURE f(),

-- error 18: syntax error at or near "1"
DROP PROCEDURE f(1)

-- error 18: syntax error at or near "*"
DROP PROCEDURE f(*)

-- error 25: syntax error at end of input
DROP PROCEDURE IF EXISTS

-- error 28: syntax error at or near "RESTRICT"
DROP PROCEDURE f() CASCADE RESTRICT

-- error 16: syntax error at or near "'f'"
DROP PROCEDURE 'f'

-- error 22: syntax error at or near "DEFAULT"
DROP PROCEDURE f(int DEFAULT 1)

-- error 19: syntax error at or near "NOT"
DROP PROCEDURE IF NOT EXISTS f
