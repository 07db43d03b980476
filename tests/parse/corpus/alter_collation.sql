-- ok
ALTER COLLATION c REFRESH VERSION

-- ok
ALTER COLLATION s.c RENAME TO d

-- ok
ALTER COLLATION "en_US" OWNER TO r

-- ok
ALTER COLLATION d.s.c SET SCHEMA s

-- ok
ALTER COLLATION c OWNER TO CURRENT_USER

-- ok
ALTER COLLATION "x"."Y" REFRESH VERSION

-- ok
ALTER COLLATION "x"."Y" RENAME TO "z"

-- ok
ALTER COLLATION "x"."Y" OWNER TO SESSION_USER

-- ok
ALTER COLLATION "x"."Y" SET SCHEMA "S"

-- ok
ALTER COLLATION "x"."Y" OWNER TO CURRENT_ROLE

-- ok
ALTER COLLATION abc REFRESH VERSION

-- ok
ALTER COLLATION abc RENAME TO "z"

-- ok
ALTER COLLATION abc OWNER TO SESSION_USER

-- ok
ALTER COLLATION abc SET SCHEMA "S"

-- ok
ALTER COLLATION abc OWNER TO CURRENT_ROLE

-- error 16: syntax error at end of input
ALTER COLLATION

-- error 18: syntax error at end of input
ALTER COLLATION c

-- error 26: syntax error at end of input
ALTER COLLATION c REFRESH

-- error 19: syntax error at or near "VERSION"
ALTER COLLATION c VERSION

-- error 25: syntax error at end of input
ALTER COLLATION c RENAME

-- error 28: syntax error at end of input
ALTER COLLATION c RENAME TO

-- error 30: syntax error at or near "."
ALTER COLLATION c RENAME TO a.b

-- error 24: syntax error at end of input
ALTER COLLATION c OWNER

-- error 27: syntax error at end of input
ALTER COLLATION c OWNER TO

-- error 22: syntax error at end of input
ALTER COLLATION c SET

-- error 31: syntax error at or near "."
ALTER COLLATION c SET SCHEMA a.b

-- error 17: syntax error at or near "'c'"
ALTER COLLATION 'c' REFRESH VERSION

-- error 18: syntax error at or near ","
ALTER COLLATION c, d REFRESH VERSION

-- error 20: syntax error at or near "EXISTS"
ALTER COLLATION IF EXISTS c REFRESH VERSION
