-- ok
CREATE CAST (int AS text) WITH FUNCTION f(int)

-- ok
CREATE CAST (int AS text) WITH FUNCTION f AS ASSIGNMENT

-- ok
CREATE CAST (int AS text) WITH FUNCTION s.f(int, int, boolean) AS IMPLICIT

-- ok
CREATE CAST (int AS text) WITHOUT FUNCTION

-- ok
CREATE CAST (int AS text) WITH INOUT AS ASSIGNMENT

-- ok
CREATE CAST (s.t AS double precision) WITHOUT FUNCTION

-- ok
CREATE CAST (s.t AS double precision) WITH INOUT AS IMPLICIT

-- ok
CREATE CAST (s.t AS double precision) WITH FUNCTION f(a int) AS ASSIGNMENT

-- ok
CREATE CAST (int[] AS varchar(3)) WITHOUT FUNCTION

-- ok
CREATE CAST (int[] AS varchar(3)) WITH INOUT AS IMPLICIT

-- ok
CREATE CAST (int[] AS varchar(3)) WITH FUNCTION f(a int) AS ASSIGNMENT

-- ok
CREATE CAST ("A" AS "B") WITHOUT FUNCTION

-- ok
CREATE CAST ("A" AS "B") WITH INOUT AS IMPLICIT

-- ok
CREATE CAST ("A" AS "B") WITH FUNCTION f(a int) AS ASSIGNMENT

-- ok
CREATE CAST (timestamp(3) with time zone AS interval day) WITH INOUT AS ASSIGNMENT

-- ok
CREATE CAST (timestamp(3) with time zone AS interval day) WITH FUNCTION s.f(timestamptz) AS IMPLICIT

-- ok
CREATE CAST (timestamp(3) with time zone AS interval day) WITHOUT FUNCTION AS ASSIGNMENT

-- error 12: syntax error at end of input
CREATE CAST

-- error 17: syntax error at or near ")"
CREATE CAST (int)

-- error 20: syntax error at or near ")"
CREATE CAST (int AS)

-- error 26: syntax error at end of input
CREATE CAST (int AS text)

-- error 17: syntax error at or near ","
CREATE CAST (int, text) WITH INOUT

-- error 13: syntax error at or near "int"
CREATE CAST int AS text WITH INOUT

-- error 31: syntax error at end of input
CREATE CAST (int AS text) WITH

-- error 40: syntax error at end of input
CREATE CAST (int AS text) WITH FUNCTION

-- error 34: syntax error at end of input
CREATE CAST (int AS text) WITHOUT

-- error 44: syntax error at or near "f"
CREATE CAST (int AS text) WITHOUT FUNCTION f

-- error 40: syntax error at end of input
CREATE CAST (int AS text) WITH INOUT AS

-- error 41: syntax error at or near "EXPLICIT"
CREATE CAST (int AS text) WITH INOUT AS EXPLICIT

-- error 27: syntax error at or near "AS"
CREATE CAST (int AS text) AS IMPLICIT

-- error 35: syntax error at or near "INOUT"
CREATE CAST (int AS text) WITHOUT INOUT

-- error 48: syntax error at or near "IMPLICIT"
CREATE CAST (int AS text) WITH FUNCTION f(int) IMPLICIT

-- error 41: syntax error at or near "'f'"
CREATE CAST (int AS text) WITH FUNCTION 'f'

-- error 14: syntax error at or near ")"
CREATE CAST () WITH INOUT

-- error 19: syntax error at or near "CAST"
CREATE OR REPLACE CAST (int AS text) WITH INOUT
