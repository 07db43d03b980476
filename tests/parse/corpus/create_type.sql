-- ok
CREATE TYPE t AS ()

-- ok
CREATE TYPE s.t AS (a int)

-- ok
CREATE TYPE "T" AS (a int, b text COLLATE "C", c s.t[])

-- ok
CREATE TYPE t AS ENUM ()

-- ok
CREATE TYPE s.t AS ENUM ('a')

-- ok
CREATE TYPE "T" AS ENUM ('a', 'b', '')

-- ok
CREATE TYPE t AS RANGE (SUBTYPE = int)

-- ok
CREATE TYPE s.t AS RANGE (subtype = s.t, subtype_opclass = o, collation = "C", canonical = f, subtype_diff = g, multirange_type_name = m)

-- ok
CREATE TYPE "T" (INPUT = f, OUTPUT = g)

-- ok
CREATE TYPE t (INPUT = f, OUTPUT = g, RECEIVE = h, SEND = s.i, TYPMOD_IN = j, TYPMOD_OUT = k, ANALYZE = l, SUBSCRIPT = m)

-- ok
CREATE TYPE s.t (INTERNALLENGTH = 16, PASSEDBYVALUE, ALIGNMENT = int4, STORAGE = plain)

-- ok
CREATE TYPE "T" (INTERNALLENGTH = VARIABLE, LIKE = int, CATEGORY = 'U', PREFERRED = true)

-- ok
CREATE TYPE t (DEFAULT = 'x', ELEMENT = int, DELIMITER = ',', COLLATABLE = false)

-- ok
CREATE TYPE s.t

-- ok
CREATE TYPE "T" (a = double precision, b = 'c')

-- ok
CREATE TYPE t (default = -1.5)

-- ok
CREATE TYPE s.t AS RANGE (x)

-- ok
CREATE TYPE "T" (LIKE = s.t)

-- error 12: syntax error at end of input
CREATE TYPE

-- error 17: syntax error at end of input
CREATE TYPE t AS

-- error 16: syntax error at or near ")"
CREATE TYPE t ()

-- error 18: syntax error at or near "a"
CREATE TYPE t AS a int

-- error 20: syntax error at or near ")"
CREATE TYPE t AS (a)

-- error 25: syntax error at or near ")"
CREATE TYPE t AS (a int,)

-- error 25: syntax error at or near "NOT"
CREATE TYPE t AS (a int NOT NULL)

-- error 25: syntax error at or near "DEFAULT"
CREATE TYPE t AS (a int DEFAULT 1)

-- error 22: syntax error at end of input
CREATE TYPE t AS ENUM

-- error 24: syntax error at or near "a"
CREATE TYPE t AS ENUM (a)

-- error 28: syntax error at or near ")"
CREATE TYPE t AS ENUM ('a',)

-- error 23: syntax error at or near "'a'"
CREATE TYPE t AS ENUM 'a'

-- error 24: syntax error at or near "1"
CREATE TYPE t AS ENUM (1)

-- error 23: syntax error at end of input
CREATE TYPE t AS RANGE

-- error 25: syntax error at or near ")"
CREATE TYPE t AS RANGE ()

-- error 34: syntax error at or near ")"
CREATE TYPE t AS RANGE (SUBTYPE =)

-- error 15: syntax error at or near "RANGE"
CREATE TYPE t RANGE (SUBTYPE = int)

-- error 22: syntax error at or near "f"
CREATE TYPE t (INPUT f)

-- error 26: syntax error at or near ")"
CREATE TYPE t (INPUT = f,)

-- error 18: syntax error at or near "int"
CREATE TYPE t AS int

-- error 16: syntax error at or near "NOT"
CREATE TYPE IF NOT EXISTS t AS (a int)

-- error 18: syntax error at or near "TABLE"
CREATE TYPE t AS TABLE (a int)

-- error 18: syntax error at or near "int"
CREATE TYPE t (a int)

-- error 25: syntax error at or near "b"
CREATE TYPE t AS (a int b int)

-- error 13: syntax error at or near "1"
CREATE TYPE 1

-- error 19: syntax error at or near "CHECK"
CREATE TYPE t AS (CHECK (a))

-- error 19: syntax error at or near "TYPE"
CREATE OR REPLACE TYPE t AS (a int)
