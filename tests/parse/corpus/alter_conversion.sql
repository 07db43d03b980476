-- ok
ALTER CONVERSION c RENAME TO d

-- ok
ALTER CONVERSION c OWNER TO r

-- ok
ALTER CONVERSION c SET SCHEMA s

-- ok
ALTER CONVERSION c OWNER TO CURRENT_USER

-- ok
ALTER CONVERSION s.c RENAME TO d

-- ok
ALTER CONVERSION s.c OWNER TO r

-- ok
ALTER CONVERSION s.c SET SCHEMA s

-- ok
ALTER CONVERSION s.c OWNER TO CURRENT_USER

-- ok
ALTER CONVERSION "C" RENAME TO d

-- ok
ALTER CONVERSION "C" OWNER TO r

-- ok
ALTER CONVERSION "C" SET SCHEMA s

-- ok
ALTER CONVERSION "C" OWNER TO CURRENT_USER

-- ok
ALTER CONVERSION d.s.c RENAME TO d

-- ok
ALTER CONVERSION d.s.c OWNER TO r

-- ok
ALTER CONVERSION d.s.c SET SCHEMA s

-- ok
ALTER CONVERSION d.s.c OWNER TO CURRENT_USER

-- error 17: syntax error at end of input
ALTER CONVERSION

-- error 19: syntax error at end of input
ALTER CONVERSION c

-- error 26: syntax error at end of input
ALTER CONVERSION c RENAME

-- error 29: syntax error at end of input
ALTER CONVERSION c RENAME TO

-- error 31: syntax error at or near "."
ALTER CONVERSION c RENAME TO a.b

-- error 27: syntax error at or near "x"
ALTER CONVERSION c RENAME x TO y

-- error 25: syntax error at end of input
ALTER CONVERSION c OWNER

-- error 26: syntax error at or near "r"
ALTER CONVERSION c OWNER r

-- error 28: syntax error at end of input
ALTER CONVERSION c OWNER TO

-- error 30: syntax error at end of input
ALTER CONVERSION c SET SCHEMA

-- error 32: syntax error at or near "."
ALTER CONVERSION c SET SCHEMA a.b

-- error 18: syntax error at or near "'c'"
ALTER CONVERSION 'c' RENAME TO d

-- error 21: syntax error at or near "EXISTS"
ALTER CONVERSION IF EXISTS c RENAME TO d

-- error 19: syntax error at or near ","
ALTER CONVERSION c, d RENAME TO e
