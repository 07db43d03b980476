-- ok
DROP FUNCTION f

-- ok
DROP FUNCTION f()

-- ok
DROP FUNCTION f(int)

-- ok
DROP FUNCTION s.f(int, text)

-- ok
DROP FUNCTION IF EXISTS f

-- ok
DROP FUNCTION IF EXISTS f(int), g

-- ok
DROP FUNCTION f(a int, OUT b text)

-- ok
DROP FUNCTION f(VARIADIC int[])

-- ok
DROP FUNCTION f CASCADE

-- ok
DROP FUNCTION f() RESTRICT

-- ok
DROP FUNCTION f, g(), s.h(int)

-- ok
DROP FUNCTION "F"(s.t)

-- ok
DROP FUNCTION f(a t.b%TYPE)

-- ok
DROP FUNCTION f(INOUT a int)

-- ok
DROP FUNCTION left(text)

-- ok
DROP FUNCTION d.s.f

-- error 14: syntax error at end of input
DROP FUNCTION

-- error 17: syntax error at end of input
DROP FUNCTION f(

-- error 17: syntax error at or near ","
DROP FUNCTION f(,)

-- error 20: syntax error at or near "b"
DROP FUNCTION f(a) b

-- error 19: syntax error at end of input
DROP FUNCTION f(),

-- error 23: syntax error at or near "="
DROP FUNCTION f(a int = 1) x

-- error 17: syntax error at or near "1"
DROP FUNCTION f(1)

-- error 17: syntax error at or near "*"
DROP FUNCTION f(*)

-- error 24: syntax error at end of input
DROP FUNCTION IF EXISTS

-- error 27: syntax error at or near "RESTRICT"
DROP FUNCTION f() CASCADE RESTRICT

-- error 15: syntax error at or near "'f'"
DROP FUNCTION 'f'

-- error 21: syntax error at or near "DEFAULT"
DROP FUNCTION f(int DEFAULT 1)

-- error 17: syntax error at or near "RETURNS"
DROP FUNCTION f RETURNS int

-- error 18: syntax error at or near "NOT"
DROP FUNCTION IF NOT EXISTS f

-- error 17: syntax error at or near "ORDER"
DROP FUNCTION f(ORDER BY int)

-- error 22: syntax error at or near "("
DROP FUNCTION between(int)
