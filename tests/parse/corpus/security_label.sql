-- ok
SECURITY LABEL ON TABLE t IS 'x'

-- ok
SECURITY LABEL FOR p ON TABLE s.t IS NULL

-- ok
SECURITY LABEL FOR 'p' ON COLUMN t.a IS ''

-- ok
SECURITY LABEL FOR "P" ON COLUMN s.t.a IS 'x'

-- ok
SECURITY LABEL ON AGGREGATE a (int) IS NULL

-- ok
SECURITY LABEL FOR p ON AGGREGATE a (*) IS ''

-- ok
SECURITY LABEL FOR 'p' ON DATABASE d IS 'x'

-- ok
SECURITY LABEL FOR "P" ON DOMAIN s.d IS NULL

-- ok
SECURITY LABEL ON EVENT TRIGGER e IS ''

-- ok
SECURITY LABEL FOR p ON FOREIGN TABLE t IS 'x'

-- ok
SECURITY LABEL FOR 'p' ON FUNCTION f IS NULL

-- ok
SECURITY LABEL FOR "P" ON FUNCTION f(int) IS ''

-- ok
SECURITY LABEL ON LARGE OBJECT 1 IS 'x'

-- ok
SECURITY LABEL FOR p ON MATERIALIZED VIEW v IS NULL

-- ok
SECURITY LABEL FOR 'p' ON LANGUAGE l IS ''

-- ok
SECURITY LABEL FOR "P" ON PROCEDURAL LANGUAGE l IS 'x'

-- ok
SECURITY LABEL ON PROCEDURE p() IS NULL

-- ok
SECURITY LABEL FOR p ON PUBLICATION p IS ''

-- ok
SECURITY LABEL FOR 'p' ON ROLE r IS 'x'

-- ok
SECURITY LABEL FOR "P" ON ROUTINE r(a int) IS NULL

-- ok
SECURITY LABEL ON SCHEMA s IS ''

-- ok
SECURITY LABEL FOR p ON SEQUENCE q IS 'x'

-- ok
SECURITY LABEL FOR 'p' ON SUBSCRIPTION s IS NULL

-- ok
SECURITY LABEL FOR "P" ON TABLESPACE x IS ''

-- ok
SECURITY LABEL ON TYPE t IS 'x'

-- ok
SECURITY LABEL FOR p ON VIEW v IS NULL

-- ok
SECURITY LABEL FOR 'p' ON INDEX i IS ''

-- ok
SECURITY LABEL FOR "P" ON EXTENSION e IS 'x'

-- ok
SECURITY LABEL ON COLLATION c IS NULL

-- ok
SECURITY LABEL FOR p ON SERVER v IS ''

-- ok
SECURITY LABEL FOR 'p' ON TYPE int[] IS 'x'

-- error 15: syntax error at end of input
SECURITY LABEL

-- error 18: syntax error at end of input
SECURITY LABEL ON

-- error 26: syntax error at end of input
SECURITY LABEL ON TABLE t

-- error 29: syntax error at end of input
SECURITY LABEL ON TABLE t IS

-- error 30: syntax error at or near "x"
SECURITY LABEL ON TABLE t IS x

-- error 19: syntax error at or near "t"
SECURITY LABEL ON t IS 'x'

-- error 20: syntax error at or near "ON"
SECURITY LABEL FOR ON TABLE t IS 'x'

-- error 22: syntax error at or near "TABLE"
SECURITY LABEL FOR p TABLE t IS 'x'

-- error 21: syntax error at or near "."
SECURITY LABEL FOR a.b ON TABLE t IS 'x'

-- error 20: syntax error at or near "1"
SECURITY LABEL FOR 1 ON TABLE t IS 'x'

-- error 19: syntax error at or near "CAST"
SECURITY LABEL ON CAST (a AS b) IS 'x'

-- error 19: syntax error at or near "TRIGGER"
SECURITY LABEL ON TRIGGER g ON t IS 'x'

-- error 19: syntax error at or near "CONSTRAINT"
SECURITY LABEL ON CONSTRAINT c ON t IS 'x'

-- error 19: syntax error at or near "OPERATOR"
SECURITY LABEL ON OPERATOR + (int, int) IS 'x'

-- error 26: syntax error at or near ","
SECURITY LABEL ON TABLE t, u IS 'x'

-- error 30: syntax error at or near "1"
SECURITY LABEL ON TABLE t IS 1

-- error 16: syntax error at or near "TABLE"
SECURITY LABEL TABLE t IS 'x'

-- error 19: syntax error at or near "USER"
SECURITY LABEL ON USER r IS 'x'
