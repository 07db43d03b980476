-- ok
COMMENT ON TABLE t IS 'text'

-- ok
COMMENT ON TABLE s.t IS NULL

-- ok
COMMENT ON COLUMN t.a IS ''

-- ok
COMMENT ON COLUMN s.t.a IS $$x$$

-- ok
COMMENT ON INDEX i IS 'text'

-- ok
COMMENT ON SEQUENCE s.q IS NULL

-- ok
COMMENT ON VIEW v IS ''

-- ok
COMMENT ON MATERIALIZED VIEW v IS $$x$$

-- ok
COMMENT ON FOREIGN TABLE t IS 'text'

-- ok
COMMENT ON COLLATION c IS NULL

-- ok
COMMENT ON CONVERSION c IS ''

-- ok
COMMENT ON STATISTICS s.x IS $$x$$

-- ok
COMMENT ON TEXT SEARCH CONFIGURATION c IS 'text'

-- ok
COMMENT ON TEXT SEARCH DICTIONARY s.d IS NULL

-- ok
COMMENT ON TEXT SEARCH PARSER p IS ''

-- ok
COMMENT ON TEXT SEARCH TEMPLATE t IS $$x$$

-- ok
COMMENT ON TYPE t IS 'text'

-- ok
COMMENT ON TYPE int[] IS NULL

-- ok
COMMENT ON DOMAIN s.d IS ''

-- ok
COMMENT ON ACCESS METHOD a IS $$x$$

-- ok
COMMENT ON EVENT TRIGGER e IS 'text'

-- ok
COMMENT ON EXTENSION e IS NULL

-- ok
COMMENT ON FOREIGN DATA WRAPPER w IS ''

-- ok
COMMENT ON LANGUAGE l IS $$x$$

-- ok
COMMENT ON PROCEDURAL LANGUAGE l IS 'text'

-- ok
COMMENT ON PUBLICATION p IS NULL

-- ok
COMMENT ON SCHEMA s IS ''

-- ok
COMMENT ON SERVER v IS $$x$$

-- ok
COMMENT ON DATABASE d IS 'text'

-- ok
COMMENT ON ROLE r IS NULL

-- ok
COMMENT ON SUBSCRIPTION s IS ''

-- ok
COMMENT ON TABLESPACE x IS $$x$$

-- ok
COMMENT ON AGGREGATE a (int) IS 'text'

-- ok
COMMENT ON AGGREGATE s.a (*) IS NULL

-- ok
COMMENT ON CAST (int AS text) IS 'text'

-- ok
COMMENT ON CONSTRAINT c ON t IS NULL

-- ok
COMMENT ON CONSTRAINT c ON s.t IS 'text'

-- ok
COMMENT ON CONSTRAINT c ON DOMAIN d IS NULL

-- ok
COMMENT ON CONSTRAINT c ON DOMAIN s.d IS 'text'

-- ok
COMMENT ON FUNCTION f IS NULL

-- ok
COMMENT ON FUNCTION f(int) IS 'text'

-- ok
COMMENT ON FUNCTION f(a int, OUT b text) IS NULL

-- ok
COMMENT ON LARGE OBJECT 1 IS 'text'

-- ok
COMMENT ON OPERATOR + (int, int) IS NULL

-- ok
COMMENT ON OPERATOR s.! (NONE, int) IS 'text'

-- ok
COMMENT ON OPERATOR CLASS c USING m IS NULL

-- ok
COMMENT ON OPERATOR FAMILY s.f USING m IS 'text'

-- ok
COMMENT ON POLICY p ON t IS NULL

-- ok
COMMENT ON PROCEDURE p IS 'text'

-- ok
COMMENT ON PROCEDURE p() IS NULL

-- ok
COMMENT ON ROUTINE r(int) IS 'text'

-- ok
COMMENT ON RULE r ON s.t IS NULL

-- ok
COMMENT ON TRANSFORM FOR t LANGUAGE l IS 'text'

-- ok
COMMENT ON TRANSFORM FOR int[] LANGUAGE "L" IS NULL

-- ok
COMMENT ON TRIGGER g ON t IS 'text'

-- ok
COMMENT ON COLUMN a IS NULL

-- ok
COMMENT ON INDEX d.s.i IS 'text'

-- ok
COMMENT ON TABLE t IS 'x'

-- error 11: syntax error at end of input
COMMENT ON

-- error 17: syntax error at end of input
COMMENT ON TABLE

-- error 19: syntax error at end of input
COMMENT ON TABLE t

-- error 22: syntax error at end of input
COMMENT ON TABLE t IS

-- error 23: syntax error at or near "x"
COMMENT ON TABLE t IS x

-- error 23: syntax error at or near "1"
COMMENT ON TABLE t IS 1

-- error 19: syntax error at or near ","
COMMENT ON TABLE t, u IS 'x'

-- error 12: syntax error at or near "t"
COMMENT ON t IS 'x'

-- error 18: syntax error at or near "IS"
COMMENT ON TABLE IS 'x'

-- error 19: syntax error at or near "IS"
COMMENT ON COLUMN IS 'x'

-- error 17: syntax error at or near "int"
COMMENT ON CAST int AS text IS 'x'

-- error 24: syntax error at or near "IS"
COMMENT ON AGGREGATE a IS 'x'

-- error 25: syntax error at or near ")"
COMMENT ON AGGREGATE a () IS 'x'

-- error 25: syntax error at or near "IS"
COMMENT ON CONSTRAINT c IS 'x'

-- error 24: syntax error at or near "."
COMMENT ON CONSTRAINT s.c ON t IS 'x'

-- error 23: syntax error at or near "IS"
COMMENT ON OPERATOR + IS 'x'

-- error 27: missing argument
-- hint: Use NONE to denote the missing argument of a unary operator.
COMMENT ON OPERATOR + (int) IS 'x'

-- error 29: syntax error at or near "IS"
COMMENT ON OPERATOR CLASS c IS 'x'

-- error 22: syntax error at or near "IS"
COMMENT ON TRIGGER g IS 'x'

-- error 25: syntax error at or near "a"
COMMENT ON LARGE OBJECT a IS 'x'

-- error 12: syntax error at or near "USER"
COMMENT ON USER r IS 'x'

-- error 12: syntax error at or near "GROUP"
COMMENT ON GROUP g IS 'x'

-- error 12: syntax error at or near "USER"
COMMENT ON USER MAPPING FOR r SERVER v IS 'x'

-- error 20: syntax error at or near "AS"
COMMENT ON TABLE t AS 'x'

-- error 27: syntax error at or near "'y'"
COMMENT ON TABLE t IS 'x' 'y'

-- error 12: syntax error at or near "'y'"
COMMENT ON 'y'

-- error 21: syntax error at or near "EXISTS"
COMMENT ON TABLE IF EXISTS t IS 'x'

-- error 20: syntax error at or near "."
COMMENT ON SCHEMA a.b IS 'x'

-- error 12: syntax error at or near "PARAMETER"
COMMENT ON PARAMETER a IS 'x'

-- error 22: syntax error at or near "t"
COMMENT ON TRANSFORM t LANGUAGE l IS 'x'

-- error 23: syntax error at or near "DEFAULT"
COMMENT ON TABLE t IS DEFAULT

-- error 9: syntax error at or near "TABLE"
COMMENT TABLE t IS 'x'

-- error 29 0A000: aggregates cannot have output arguments
COMMENT ON AGGREGATE a(int, INOUT int) IS 'x'
