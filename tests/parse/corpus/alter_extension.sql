-- ok
ALTER EXTENSION e UPDATE

-- ok
ALTER EXTENSION e UPDATE TO '2'

-- ok
ALTER EXTENSION e UPDATE TO v2

-- ok
ALTER EXTENSION e UPDATE TO "V 2"

-- ok
ALTER EXTENSION e SET SCHEMA s

-- ok
ALTER EXTENSION e UPDATE TO a TO b

-- ok
ALTER EXTENSION e ADD ACCESS METHOD a

-- ok
ALTER EXTENSION e DROP AGGREGATE a (int)

-- ok
ALTER EXTENSION e ADD CAST (int AS text)

-- ok
ALTER EXTENSION e DROP COLLATION s.c

-- ok
ALTER EXTENSION e ADD CONVERSION c

-- ok
ALTER EXTENSION e DROP DOMAIN d

-- ok
ALTER EXTENSION e ADD EVENT TRIGGER t

-- ok
ALTER EXTENSION e DROP FOREIGN DATA WRAPPER w

-- ok
ALTER EXTENSION e ADD FOREIGN TABLE t

-- ok
ALTER EXTENSION e DROP FUNCTION f (int)

-- ok
ALTER EXTENSION e ADD FUNCTION f

-- ok
ALTER EXTENSION e DROP MATERIALIZED VIEW v

-- ok
ALTER EXTENSION e ADD OPERATOR + (int, int)

-- ok
ALTER EXTENSION e DROP OPERATOR s.! (NONE, int)

-- ok
ALTER EXTENSION e ADD OPERATOR CLASS c USING m

-- ok
ALTER EXTENSION e DROP OPERATOR FAMILY f USING m

-- ok
ALTER EXTENSION e ADD PROCEDURE p ()

-- ok
ALTER EXTENSION e DROP LANGUAGE l

-- ok
ALTER EXTENSION e ADD PROCEDURAL LANGUAGE l

-- ok
ALTER EXTENSION e DROP ROUTINE r

-- ok
ALTER EXTENSION e ADD SCHEMA s

-- ok
ALTER EXTENSION e DROP SEQUENCE q

-- ok
ALTER EXTENSION e ADD SERVER v

-- ok
ALTER EXTENSION e DROP TABLE t

-- ok
ALTER EXTENSION e ADD TEXT SEARCH CONFIGURATION c

-- ok
ALTER EXTENSION e DROP TEXT SEARCH DICTIONARY d

-- ok
ALTER EXTENSION e ADD TEXT SEARCH PARSER p

-- ok
ALTER EXTENSION e DROP TEXT SEARCH TEMPLATE t

-- ok
ALTER EXTENSION e ADD TRANSFORM FOR t LANGUAGE l

-- ok
ALTER EXTENSION e DROP TYPE t

-- ok
ALTER EXTENSION e ADD VIEW v

-- ok
ALTER EXTENSION e DROP INDEX i

-- ok
ALTER EXTENSION e ADD STATISTICS s

-- ok
ALTER EXTENSION e DROP DATABASE d

-- ok
ALTER EXTENSION e ADD ROLE r

-- ok
ALTER EXTENSION e DROP TABLESPACE x

-- ok
ALTER EXTENSION e ADD PUBLICATION p

-- ok
ALTER EXTENSION e DROP SUBSCRIPTION s

-- ok
ALTER EXTENSION e ADD EXTENSION f

-- ok
ALTER EXTENSION e DROP TYPE s.t[]

-- error 16: syntax error at end of input
ALTER EXTENSION

-- error 18: syntax error at end of input
ALTER EXTENSION e

-- error 28: syntax error at end of input
ALTER EXTENSION e UPDATE TO

-- error 26: syntax error at or near "2"
ALTER EXTENSION e UPDATE 2

-- error 29: syntax error at or near "2"
ALTER EXTENSION e UPDATE TO 2

-- error 22: syntax error at end of input
ALTER EXTENSION e SET

-- error 29: syntax error at end of input
ALTER EXTENSION e SET SCHEMA

-- error 31: syntax error at or near "."
ALTER EXTENSION e SET SCHEMA a.b

-- error 22: syntax error at end of input
ALTER EXTENSION e ADD

-- error 23: syntax error at end of input
ALTER EXTENSION e DROP

-- error 23: syntax error at or near "t"
ALTER EXTENSION e ADD t

-- error 28: syntax error at end of input
ALTER EXTENSION e ADD TABLE

-- error 30: syntax error at or near ","
ALTER EXTENSION e ADD TABLE t, u

-- error 33: syntax error at or near "EXISTS"
ALTER EXTENSION e DROP TABLE IF EXISTS t

-- error 30: syntax error at or near ","
ALTER EXTENSION e ADD CAST (a, b)

-- error 33: syntax error at end of input
ALTER EXTENSION e ADD OPERATOR +

-- error 38: missing argument
-- hint: Use NONE to denote the missing argument of a unary operator.
ALTER EXTENSION e ADD OPERATOR + (int)

-- error 39: syntax error at end of input
ALTER EXTENSION e ADD OPERATOR CLASS c

-- error 33: syntax error at or near "t"
ALTER EXTENSION e ADD TRANSFORM t

-- error 23: syntax error at or near "TRIGGER"
ALTER EXTENSION e ADD TRIGGER t ON u

-- error 19: syntax error at or near "RENAME"
ALTER EXTENSION e RENAME TO f

-- error 18: syntax error at or near "."
ALTER EXTENSION a.b UPDATE

-- error 17: syntax error at or near "'e'"
ALTER EXTENSION 'e' UPDATE

-- error 34: syntax error at end of input
ALTER EXTENSION e ADD AGGREGATE a

-- error 23: syntax error at or near "POLICY"
ALTER EXTENSION e ADD POLICY p ON t

-- error 19: syntax error at or near "OWNER"
ALTER EXTENSION e OWNER TO r
