-- ok
ALTER FUNCTION f IMMUTABLE

-- ok
ALTER FUNCTION f() STABLE

-- ok
ALTER FUNCTION f(int) VOLATILE

-- ok
ALTER FUNCTION s.f(a int, OUT b text) STRICT

-- ok
ALTER FUNCTION f(VARIADIC int[]) CALLED ON NULL INPUT

-- ok
ALTER FUNCTION f RETURNS NULL ON NULL INPUT

-- ok
ALTER FUNCTION f() LEAKPROOF

-- ok
ALTER FUNCTION f(int) NOT LEAKPROOF

-- ok
ALTER FUNCTION s.f(a int, OUT b text) SECURITY DEFINER

-- ok
ALTER FUNCTION f(VARIADIC int[]) EXTERNAL SECURITY INVOKER

-- ok
ALTER FUNCTION f PARALLEL SAFE

-- ok
ALTER FUNCTION f() COST 5

-- ok
ALTER FUNCTION f(int) ROWS 10.5

-- ok
ALTER FUNCTION s.f(a int, OUT b text) SUPPORT s.g

-- ok
ALTER FUNCTION f(VARIADIC int[]) SET a = 1

-- ok
ALTER FUNCTION f SET a TO DEFAULT

-- ok
ALTER FUNCTION f() SET a FROM CURRENT

-- ok
ALTER FUNCTION f(int) RESET a

-- ok
ALTER FUNCTION s.f(a int, OUT b text) RESET ALL

-- ok
ALTER FUNCTION f(VARIADIC int[]) RENAME TO g

-- ok
ALTER FUNCTION f OWNER TO r

-- ok
ALTER FUNCTION f() SET SCHEMA s

-- ok
ALTER FUNCTION f(int) DEPENDS ON EXTENSION e

-- ok
ALTER FUNCTION s.f(a int, OUT b text) NO DEPENDS ON EXTENSION e

-- ok
ALTER FUNCTION f(VARIADIC int[]) STABLE STRICT COST 1 RESTRICT

-- ok
ALTER FUNCTION f IMMUTABLE RESET ALL SET b = 2

-- error 15: syntax error at end of input
ALTER FUNCTION

-- error 17: syntax error at end of input
ALTER FUNCTION f

-- error 19: syntax error at end of input
ALTER FUNCTION f()

-- error 26: syntax error at end of input
ALTER FUNCTION f() RENAME

-- error 31: syntax error at or near "."
ALTER FUNCTION f() RENAME TO a.b

-- error 25: syntax error at end of input
ALTER FUNCTION f() OWNER

-- error 23: syntax error at end of input
ALTER FUNCTION f() SET

-- error 30: syntax error at end of input
ALTER FUNCTION f() SET SCHEMA

-- error 24: syntax error at end of input
ALTER FUNCTION f() COST

-- error 25: syntax error at or near "x"
ALTER FUNCTION f() COST x

-- error 29: syntax error at or near ","
ALTER FUNCTION f() IMMUTABLE, STRICT

-- error 20: syntax error at or near "LANGUAGE"
ALTER FUNCTION f() LANGUAGE sql

-- error 20: syntax error at or near "AS"
ALTER FUNCTION f() AS 'x'

-- error 20: syntax error at or near "CASCADE"
ALTER FUNCTION f() CASCADE

-- error 30: syntax error at or near "CASCADE"
ALTER FUNCTION f() IMMUTABLE CASCADE

-- error 20: syntax error at or near "WINDOW"
ALTER FUNCTION f() WINDOW

-- error 18: syntax error at or near ","
ALTER FUNCTION f(,) STABLE

-- error 21: syntax error at or near "b"
ALTER FUNCTION f(a) b

-- error 24: syntax error at or near "="
ALTER FUNCTION f(a int = 1) STABLE_ x

-- error 28: syntax error at or near "EXTENSION"
ALTER FUNCTION f() DEPENDS EXTENSION e

-- error 40: syntax error at end of input
ALTER FUNCTION f() DEPENDS ON EXTENSION

-- error 22: syntax error at end of input
ALTER FUNCTION f() NO

-- error 20: syntax error at or near "TRANSFORM"
ALTER FUNCTION f() TRANSFORM FOR TYPE t

-- error 19: syntax error at or near "EXISTS"
ALTER FUNCTION IF EXISTS f() STABLE

-- error 19: syntax error at or near ","
ALTER FUNCTION f(), g() STABLE
