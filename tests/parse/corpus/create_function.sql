-- ok
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'x'

-- ok
CREATE OR REPLACE FUNCTION s.f() RETURNS void LANGUAGE plpgsql AS 'x'

-- ok
CREATE FUNCTION d.s.f(int) RETURNS SETOF int LANGUAGE 'sql' AS 'x'

-- ok
CREATE OR REPLACE FUNCTION "F"() RETURNS s.t LANGUAGE "C" AS 'x'

-- ok
CREATE FUNCTION f(a int) RETURNS trigger LANGUAGE 'C' AS 'x'

-- ok
CREATE OR REPLACE FUNCTION f(a int, b text) RETURNS int[] LANGUAGE sql AS 'x'

-- ok
CREATE FUNCTION f() RETURNS record LANGUAGE plpgsql AS 'x'

-- ok
CREATE OR REPLACE FUNCTION s.f() RETURNS TABLE (a int) LANGUAGE 'sql' AS 'x'

-- ok
CREATE FUNCTION d.s.f(int) RETURNS TABLE (a int, b text[]) LANGUAGE "C" AS 'x'

-- ok
CREATE OR REPLACE FUNCTION "F"() RETURNS t.a%TYPE LANGUAGE 'C' AS 'x'

-- ok
CREATE FUNCTION f(a int) RETURNS SETOF t.a%TYPE LANGUAGE sql AS 'x'

-- ok
CREATE FUNCTION f() AS 'x' LANGUAGE sql

-- ok
CREATE FUNCTION f(int) AS 'x' LANGUAGE sql

-- ok
CREATE FUNCTION f(a int) AS 'x' LANGUAGE sql

-- ok
CREATE FUNCTION f(IN a int) AS 'x' LANGUAGE sql

-- ok
CREATE FUNCTION f(OUT a int) AS 'x' LANGUAGE sql

-- ok
CREATE FUNCTION f(INOUT a int) AS 'x' LANGUAGE sql

-- ok
CREATE FUNCTION f(IN OUT a int) AS 'x' LANGUAGE sql

-- ok
CREATE FUNCTION f(VARIADIC a int[]) AS 'x' LANGUAGE sql

-- ok
CREATE FUNCTION f(IN int) AS 'x' LANGUAGE sql

-- ok
CREATE FUNCTION f(OUT int) AS 'x' LANGUAGE sql

-- ok
CREATE FUNCTION f(a IN int) AS 'x' LANGUAGE sql

-- ok
CREATE FUNCTION f(a OUT int) AS 'x' LANGUAGE sql

-- ok
CREATE FUNCTION f(a INOUT int) AS 'x' LANGUAGE sql

-- ok
CREATE FUNCTION f(int DEFAULT 1) AS 'x' LANGUAGE sql

-- ok
CREATE FUNCTION f(a int DEFAULT 1 + 2) AS 'x' LANGUAGE sql

-- ok
CREATE FUNCTION f(a int = 1) AS 'x' LANGUAGE sql

-- ok
CREATE FUNCTION f(IN a int = 'x') AS 'x' LANGUAGE sql

-- ok
CREATE FUNCTION f(a int, b int = 2, OUT c text) AS 'x' LANGUAGE sql

-- ok
CREATE FUNCTION f(VARIADIC int[]) AS 'x' LANGUAGE sql

-- ok
CREATE FUNCTION f("A" s.t[]) AS 'x' LANGUAGE sql

-- ok
CREATE FUNCTION f(a varchar(3)) AS 'x' LANGUAGE sql

-- ok
CREATE FUNCTION f(a t.b%TYPE) AS 'x' LANGUAGE sql

-- ok
CREATE FUNCTION f(double precision) AS 'x' LANGUAGE sql

-- ok
CREATE FUNCTION f(a double precision = 1.5) AS 'x' LANGUAGE sql

-- ok
CREATE FUNCTION f(in_ int) AS 'x' LANGUAGE sql

-- ok
CREATE FUNCTION f(a setof int) AS 'x' LANGUAGE sql

-- ok
CREATE FUNCTION f() RETURNS int LANGUAGE sql

-- ok
CREATE FUNCTION f() RETURNS int AS 'x'

-- ok
CREATE FUNCTION f() RETURNS int AS $$select 1$$

-- ok
CREATE FUNCTION f() RETURNS int AS 'obj', 'sym'

-- ok
CREATE FUNCTION f() RETURNS int IMMUTABLE

-- ok
CREATE FUNCTION f() RETURNS int STABLE

-- ok
CREATE FUNCTION f() RETURNS int VOLATILE

-- ok
CREATE FUNCTION f() RETURNS int STRICT

-- ok
CREATE FUNCTION f() RETURNS int CALLED ON NULL INPUT

-- ok
CREATE FUNCTION f() RETURNS int RETURNS NULL ON NULL INPUT

-- ok
CREATE FUNCTION f() RETURNS int SECURITY DEFINER

-- ok
CREATE FUNCTION f() RETURNS int SECURITY INVOKER

-- ok
CREATE FUNCTION f() RETURNS int EXTERNAL SECURITY DEFINER

-- ok
CREATE FUNCTION f() RETURNS int EXTERNAL SECURITY INVOKER

-- ok
CREATE FUNCTION f() RETURNS int LEAKPROOF

-- ok
CREATE FUNCTION f() RETURNS int NOT LEAKPROOF

-- ok
CREATE FUNCTION f() RETURNS int WINDOW

-- ok
CREATE FUNCTION f() RETURNS int COST 1

-- ok
CREATE FUNCTION f() RETURNS int COST 1.5

-- ok
CREATE FUNCTION f() RETURNS int COST -1

-- ok
CREATE FUNCTION f() RETURNS int ROWS 10

-- ok
CREATE FUNCTION f() RETURNS int ROWS +1e3

-- ok
CREATE FUNCTION f() RETURNS int PARALLEL safe

-- ok
CREATE FUNCTION f() RETURNS int PARALLEL UNSAFE

-- ok
CREATE FUNCTION f() RETURNS int PARALLEL "Restricted"

-- ok
CREATE FUNCTION f() RETURNS int SUPPORT f

-- ok
CREATE FUNCTION f() RETURNS int SUPPORT s.f

-- ok
CREATE FUNCTION f() RETURNS int TRANSFORM FOR TYPE t

-- ok
CREATE FUNCTION f() RETURNS int TRANSFORM FOR TYPE int, FOR TYPE s.t

-- ok
CREATE FUNCTION f() RETURNS int SET a = 1 AS 'x' LANGUAGE sql

-- ok
CREATE FUNCTION f() RETURNS int SET a TO b AS 'x' LANGUAGE sql

-- ok
CREATE FUNCTION f() RETURNS int SET a.b = 'c' AS 'x' LANGUAGE sql

-- ok
CREATE FUNCTION f() RETURNS int SET a FROM CURRENT AS 'x' LANGUAGE sql

-- ok
CREATE FUNCTION f() RETURNS int SET TIME ZONE 'x' AS 'x' LANGUAGE sql

-- ok
CREATE FUNCTION f() RETURNS int SET a TO DEFAULT AS 'x' LANGUAGE sql

-- ok
CREATE FUNCTION f() RETURNS int SET search_path = a, b, 'c' AS 'x' LANGUAGE sql

-- ok
CREATE FUNCTION f() RETURNS int RESET a AS 'x' LANGUAGE sql

-- ok
CREATE FUNCTION f() RETURNS int RESET ALL AS 'x' LANGUAGE sql

-- ok
CREATE FUNCTION f() RETURNS int SET SCHEMA 'x' AS 'x' LANGUAGE sql

-- ok
CREATE FUNCTION f() RETURNS int SET NAMES 'utf8' AS 'x' LANGUAGE sql

-- ok
CREATE FUNCTION f() RETURNS int SET ROLE r AS 'x' LANGUAGE sql

-- ok
CREATE FUNCTION f() RETURNS int SET a = on SET b = off AS 'x' LANGUAGE sql

-- ok
CREATE FUNCTION f() RETURNS int LANGUAGE sql RETURN 1

-- ok
CREATE FUNCTION f() RETURNS int LANGUAGE sql RETURN a + b

-- ok
CREATE FUNCTION f() RETURNS int LANGUAGE sql RETURN (SELECT 1)

-- ok
CREATE FUNCTION f() RETURNS int LANGUAGE sql RETURN f($1)

-- ok
CREATE FUNCTION f() RETURNS int LANGUAGE sql RETURN CASE WHEN a THEN b END

-- ok
CREATE FUNCTION f() RETURNS int LANGUAGE sql RETURN NULL

-- ok
CREATE FUNCTION f() RETURNS int LANGUAGE sql RETURN a = b AND c

-- ok
CREATE FUNCTION f() RETURNS int LANGUAGE sql RETURN CAST(a AS int)

-- ok
CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC END

-- ok
CREATE FUNCTION f() RETURNS int IMMUTABLE BEGIN ATOMIC SELECT 1; END

-- ok
CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END

-- ok
CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC RETURN 1; END

-- ok
CREATE FUNCTION f() RETURNS int IMMUTABLE BEGIN ATOMIC INSERT INTO t VALUES (1); RETURN a; END

-- ok
CREATE FUNCTION f() RETURNS int BEGIN ATOMIC ; END

-- ok
CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT CASE WHEN a THEN b END; END

-- ok
CREATE FUNCTION f() RETURNS int IMMUTABLE BEGIN ATOMIC CREATE TABLE t (a int); END

-- ok
CREATE FUNCTION f() RETURNS int BEGIN ATOMIC (SELECT 1); END

-- ok
CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC VALUES (1); TABLE t; END

-- ok
CREATE FUNCTION f(a int, OUT b int, INOUT c text DEFAULT 'x') RETURNS record LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 5 SET x = 1 AS $body$ begin end $body$

-- ok
CREATE OR REPLACE FUNCTION s.f(VARIADIC a text[] = '') RETURNS SETOF text LANGUAGE sql STABLE ROWS 5 AS $$ select 1; $$

-- ok
CREATE FUNCTION f() LANGUAGE sql

-- ok
CREATE FUNCTION f() RETURNS int

-- ok
CREATE FUNCTION f()

-- ok
CREATE FUNCTION f() RETURNS int AS 'x' AS 'y' LANGUAGE a LANGUAGE b

-- ok
CREATE FUNCTION f() RETURNS TABLE (a int, b text) ROWS 10 LANGUAGE sql BEGIN ATOMIC SELECT a, b FROM t; END

-- ok
CREATE FUNCTION f(VARIADIC a int[], b int) RETURNS int AS 'x' LANGUAGE sql

-- ok
CREATE FUNCTION f(VARIADIC a int) RETURNS int AS 'x' LANGUAGE sql

-- error 25: syntax error at or near ":="
CREATE FUNCTION f(a int := 1_) AS 'x' LANGUAGE sql

-- error 16: syntax error at end of input
CREATE FUNCTION

-- error 18: syntax error at end of input
CREATE FUNCTION f

-- error 19: syntax error at or near "RETURNS"
CREATE FUNCTION f RETURNS int

-- error 31: syntax error at end of input
CREATE FUNCTION f( RETURNS int

-- error 22: syntax error at or near "("
CREATE FUNCTION f(a) (b)

-- error 19: syntax error at or near ","
CREATE FUNCTION f(,) RETURNS int

-- error 25: syntax error at or near ")"
CREATE FUNCTION f(a int,) RETURNS int

-- error 19: syntax error at or near "1"
CREATE FUNCTION f(1) RETURNS int

-- error 25: syntax error at or near "b"
CREATE FUNCTION f(a int b) RETURNS int

-- error 23: syntax error at or near "int"
CREATE FUNCTION f(a.b int) RETURNS int

-- error 21: syntax error at or near ")"
CREATE FUNCTION f(IN) RETURNS int

-- error 23: syntax error at or near "OUT"
CREATE FUNCTION f(OUT OUT a int) RETURNS int

-- error 24: syntax error at or near "OUT"
CREATE FUNCTION f(IN a OUT int) RETURNS int

-- error 32: syntax error at or near ")"
CREATE FUNCTION f(a int DEFAULT) RETURNS int

-- error 26: syntax error at or near ")"
CREATE FUNCTION f(a int =) RETURNS int

-- error 26: syntax error at or near "DEFAULT"
CREATE FUNCTION f(a int, DEFAULT 1) RETURNS int

-- error 28: syntax error at or near "OUT"
CREATE FUNCTION f(VARIADIC OUT a int) RETURNS int

-- error 20: syntax error at or near "NOT"
CREATE FUNCTION IF NOT EXISTS f() RETURNS int

-- error 19: syntax error at or near "*"
CREATE FUNCTION f(*) RETURNS int

-- error 19: syntax error at or near "$1"
CREATE FUNCTION f($1 int) RETURNS int

-- error 28: syntax error at end of input
CREATE FUNCTION f() RETURNS

-- error 34: syntax error at end of input
CREATE FUNCTION f() RETURNS SETOF

-- error 34: syntax error at end of input
CREATE FUNCTION f() RETURNS TABLE

-- error 36: syntax error at or near ")"
CREATE FUNCTION f() RETURNS TABLE ()

-- error 37: syntax error at or near ")"
CREATE FUNCTION f() RETURNS TABLE (a)

-- error 35: syntax error at or near "int"
CREATE FUNCTION f() RETURNS TABLE int

-- error 35: syntax error at or near "TABLE"
CREATE FUNCTION f() RETURNS SETOF TABLE (a int)

-- error 33: syntax error at or near "int"
CREATE FUNCTION f() RETURNS int int

-- error 29: syntax error at or near "("
CREATE FUNCTION f() RETURNS (int)

-- error 36: syntax error at or near "int"
CREATE FUNCTION f() RETURNS TABLE (int)

-- error 42: syntax error at or near "DEFAULT"
CREATE FUNCTION f() RETURNS TABLE (a int DEFAULT 1)

-- error 36: syntax error at or near "OUT"
CREATE FUNCTION f() RETURNS TABLE (OUT a int)

-- error 37: syntax error at or near "NULL"
CREATE FUNCTION f() RETURNS int NOT NULL

-- error 37: syntax error at or near "INPUT"
CREATE FUNCTION f() RETURNS NULL ON INPUT

-- error 32: syntax error at or near ","
CREATE FUNCTION f() RETURNS int, text

-- error 42: syntax error at or near ")"
CREATE FUNCTION f() RETURNS TABLE (a int,)

-- error 35: syntax error at end of input
CREATE FUNCTION f() RETURNS int AS

-- error 36: syntax error at or near "x"
CREATE FUNCTION f() RETURNS int AS x

-- error 36: syntax error at or near "$1"
CREATE FUNCTION f() RETURNS int AS $1

-- error 36: syntax error at or near "1"
CREATE FUNCTION f() RETURNS int AS 1

-- error 44: syntax error at or near ","
CREATE FUNCTION f() RETURNS int AS 'a', 'b', 'c'

-- error 41: syntax error at end of input
CREATE FUNCTION f() RETURNS int LANGUAGE

-- error 42: syntax error at or near "1"
CREATE FUNCTION f() RETURNS int LANGUAGE 1

-- error 43: syntax error at or near "."
CREATE FUNCTION f() RETURNS int LANGUAGE a.b

-- error 42: syntax error at or near ","
CREATE FUNCTION f() RETURNS int IMMUTABLE, STRICT

-- error 39: syntax error at end of input
CREATE FUNCTION f() RETURNS int CALLED

-- error 43: syntax error at or near "INPUT"
CREATE FUNCTION f() RETURNS int CALLED ON INPUT

-- error 41: syntax error at end of input
CREATE FUNCTION f() RETURNS int SECURITY

-- error 42: syntax error at or near "OWNER"
CREATE FUNCTION f() RETURNS int SECURITY OWNER

-- error 41: syntax error at end of input
CREATE FUNCTION f() RETURNS int EXTERNAL

-- error 36: syntax error at end of input
CREATE FUNCTION f() RETURNS int NOT

-- error 37: syntax error at or near "STRICT"
CREATE FUNCTION f() RETURNS int NOT STRICT

-- error 37: syntax error at end of input
CREATE FUNCTION f() RETURNS int COST

-- error 38: syntax error at or near "x"
CREATE FUNCTION f() RETURNS int COST x

-- error 38: syntax error at or near "'1'"
CREATE FUNCTION f() RETURNS int ROWS '1'

-- error 41: syntax error at end of input
CREATE FUNCTION f() RETURNS int PARALLEL

-- error 42: syntax error at or near "'safe'"
CREATE FUNCTION f() RETURNS int PARALLEL 'safe'

-- error 40: syntax error at end of input
CREATE FUNCTION f() RETURNS int SUPPORT

-- error 42: syntax error at or near "("
CREATE FUNCTION f() RETURNS int SUPPORT f()

-- error 42: syntax error at end of input
CREATE FUNCTION f() RETURNS int TRANSFORM

-- error 47: syntax error at or near "t"
CREATE FUNCTION f() RETURNS int TRANSFORM FOR t

-- error 51: syntax error at end of input
CREATE FUNCTION f() RETURNS int TRANSFORM FOR TYPE

-- error 36: syntax error at end of input
CREATE FUNCTION f() RETURNS int SET

-- error 38: syntax error at end of input
CREATE FUNCTION f() RETURNS int SET a

-- error 40: syntax error at end of input
CREATE FUNCTION f() RETURNS int SET a =

-- error 43: syntax error at end of input
CREATE FUNCTION f() RETURNS int SET a FROM

-- error 38: syntax error at end of input
CREATE FUNCTION f() RETURNS int RESET

-- error 43: syntax error at or near "a"
CREATE FUNCTION f() RETURNS int SET LOCAL a = 1

-- error 33: syntax error at or near "WITH"
CREATE FUNCTION f() RETURNS int WITH (isStrict)

-- error 33: syntax error at or near "FROM"
CREATE FUNCTION f() RETURNS int FROM CURRENT

-- error 33: syntax error at or near "DETERMINISTIC"
CREATE FUNCTION f() RETURNS int DETERMINISTIC

-- error 39: syntax error at end of input
CREATE FUNCTION f() RETURNS int RETURN

-- error 43: syntax error at or near "RETURN"
CREATE FUNCTION f() RETURNS int RETURN 1; RETURN 2 x

-- error 40: syntax error at or near "SELECT"
CREATE FUNCTION f() RETURNS int RETURN SELECT 1

-- error 42: syntax error at or near "LANGUAGE"
CREATE FUNCTION f() RETURNS int RETURN 1 LANGUAGE sql

-- error 38: syntax error at end of input
CREATE FUNCTION f() RETURNS int BEGIN

-- error 45: syntax error at end of input
CREATE FUNCTION f() RETURNS int BEGIN ATOMIC

-- error 58: syntax error at end of input
CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1 END

-- error 55: syntax error at end of input
CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1;

-- error 39: syntax error at or near "SELECT"
CREATE FUNCTION f() RETURNS int BEGIN SELECT 1; END

-- error 50: syntax error at or near "LANGUAGE"
CREATE FUNCTION f() RETURNS int BEGIN ATOMIC END LANGUAGE sql

-- error 39: syntax error at or near "NOT"
CREATE FUNCTION f() RETURNS int BEGIN NOT ATOMIC END

-- error 52: syntax error at or near ";"
CREATE FUNCTION f() RETURNS int BEGIN ATOMIC RETURN; END

-- error 55: syntax error at or near "END"
CREATE FUNCTION f() RETURNS int BEGIN ATOMIC RETURN 1 END

-- error 42: syntax error at or near "BEGIN"
CREATE FUNCTION f() RETURNS int RETURN 1 BEGIN ATOMIC END

-- error 40: syntax error at or near "*"
CREATE FUNCTION f() RETURNS int RETURN *

-- error 41: syntax error at or near ","
CREATE FUNCTION f() RETURNS int RETURN 1, 2

-- error 11: syntax error at or near "FUNCTION"
CREATE OR FUNCTION f() RETURNS int AS 'x' LANGUAGE sql

-- error 8: syntax error at or near "REPLACE"
CREATE REPLACE FUNCTION f() RETURNS int AS 'x' LANGUAGE sql

-- error 19: syntax error at or near "OR"
CREATE OR REPLACE OR REPLACE FUNCTION f() RETURNS int AS 'x' LANGUAGE sql

-- error 13: syntax error at or near "FUNCTION"
CREATE TEMP FUNCTION f() RETURNS int AS 'x' LANGUAGE sql

-- error 27: syntax error at or near "f"
CREATE AGGREGATE FUNCTION f() RETURNS int AS 'x' LANGUAGE sql

-- error 8: syntax error at or near "WINDOW"
CREATE WINDOW FUNCTION f() RETURNS int AS 'x' LANGUAGE sql

-- error 19: OUT and INOUT arguments aren't allowed in TABLE functions
CREATE FUNCTION f(OUT a int) RETURNS TABLE (c int) LANGUAGE sql

-- error 19: OUT and INOUT arguments aren't allowed in TABLE functions
CREATE FUNCTION f(INOUT a int) RETURNS TABLE (c int) LANGUAGE sql

-- error 26: OUT and INOUT arguments aren't allowed in TABLE functions
CREATE FUNCTION f(a int, OUT b text) RETURNS TABLE (c int) LANGUAGE sql

-- error 77: syntax error at or near "x"
CREATE FUNCTION f(a int, VARIADIC b int[], VARIADIC c int[]) RETURNS int AS x
