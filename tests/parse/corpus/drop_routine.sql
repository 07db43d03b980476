-- ok
DROP ROUTINE f

-- ok
DROP ROUTINE f()

-- ok
DROP ROUTINE f(int)

-- ok
DROP ROUTINE s.f(int, text)

-- ok
DROP ROUTINE IF EXISTS f

-- ok
DROP ROUTINE IF EXISTS f(int), g

-- ok
DROP ROUTINE f(a int, OUT b text)

-- ok
DROP ROUTINE f(VARIADIC int[])

-- ok
DROP ROUTINE f CASCADE

-- ok
DROP ROUTINE f() RESTRICT

-- ok
DROP ROUTINE f, g(), s.h(int)

-- ok
DROP ROUTINE "F"(s.t)

-- ok
DROP ROUTINE f(IN OUT a int)

-- ok
DROP ROUTINE f(INOUT a int)

-- ok
DROP ROUTINE left(text)

-- ok
DROP ROUTINE d.s.f

-- error 13: syntax error at end of input
DROP ROUTINE

-- error 16: syntax error at end of input
DROP ROUTINE f(

-- error 16: syntax error at or near ","
DROP ROUTINE f(,)

-- error 19: syntax error at or near "b"
DROP ROUTINE f(a) b

-- error 18: syntax error at end of input
DROP ROUTINE f(),

-- error 16: syntax error at or near "1"
DROP ROUTINE f(1)

-- error 16: syntax error at or near "*"
DROP ROUTINE f(*)

-- error 23: syntax error at end of input
DROP ROUTINE IF EXISTS

-- error 26: syntax error at or near "RESTRICT"
DROP ROUTINE f() CASCADE RESTRICT

-- error 14: syntax error at or near "'f'"
DROP ROUTINE 'f'

-- error 20: syntax error at or near "DEFAULT"
DROP ROUTINE f(int DEFAULT 1)

-- error 17: syntax error at or near "NOT"
DROP ROUTINE IF NOT EXISTS f
