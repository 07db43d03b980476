-- ok
ALTER AGGREGATE a (int) RENAME TO b

-- ok
ALTER AGGREGATE s.a (int) OWNER TO r

-- ok
ALTER AGGREGATE a (*) SET SCHEMA s

-- ok
ALTER AGGREGATE a (int, text) OWNER TO CURRENT_USER

-- ok
ALTER AGGREGATE a (ORDER BY int) OWNER TO SESSION_USER

-- ok
ALTER AGGREGATE a (int ORDER BY text) OWNER TO CURRENT_ROLE

-- ok
ALTER AGGREGATE a (x int) RENAME TO b

-- ok
ALTER AGGREGATE a (VARIADIC x int[]) OWNER TO r

-- ok
ALTER AGGREGATE a (IN int) RENAME TO "B"

-- ok
ALTER AGGREGATE a (IN int) SET SCHEMA s

-- ok
ALTER AGGREGATE a (IN int) OWNER TO r

-- ok
ALTER AGGREGATE d.s.a (VARIADIC "any" ORDER BY VARIADIC "any") OWNER TO r

-- ok
ALTER AGGREGATE d.s.a (VARIADIC "any" ORDER BY VARIADIC "any") RENAME TO b

-- ok
ALTER AGGREGATE d.s.a (VARIADIC "any" ORDER BY VARIADIC "any") SET SCHEMA s

-- ok
ALTER AGGREGATE d.s.a (VARIADIC "any" ORDER BY VARIADIC "any") OWNER TO "R"

-- error 16: syntax error at end of input
ALTER AGGREGATE

-- error 18: syntax error at end of input
ALTER AGGREGATE a

-- error 24: syntax error at end of input
ALTER AGGREGATE a (int)

-- error 19: syntax error at or near "RENAME"
ALTER AGGREGATE a RENAME TO b

-- error 20: syntax error at or near ")"
ALTER AGGREGATE a () RENAME TO b

-- error 32: syntax error at or near "b"
ALTER AGGREGATE a (int) RENAME b

-- error 36: syntax error at or near "."
ALTER AGGREGATE a (int) RENAME TO s.b

-- error 31: syntax error at or near "r"
ALTER AGGREGATE a (int) OWNER r

-- error 33: syntax error at end of input
ALTER AGGREGATE a (int) OWNER TO

-- error 35: syntax error at end of input
ALTER AGGREGATE a (int) SET SCHEMA

-- error 37: syntax error at or near "."
ALTER AGGREGATE a (int) SET SCHEMA s.t

-- error 24: syntax error at or near ")"
ALTER AGGREGATE a (int,) RENAME TO b

-- error 20: syntax error at or near "EXISTS"
ALTER AGGREGATE IF EXISTS a (int) RENAME TO b

-- error 32: syntax error at or near "x"
ALTER AGGREGATE a (int) RENAME x TO y

-- error 32: syntax error at or near ")"
ALTER AGGREGATE a (int ORDER BY) OWNER TO r

-- error 19 0A000: aggregates cannot have output arguments
ALTER AGGREGATE a(OUT int) RENAME TO b
