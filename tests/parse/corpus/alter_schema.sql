-- ok
ALTER SCHEMA s RENAME TO t

-- ok
ALTER SCHEMA "S" OWNER TO r

-- ok
ALTER SCHEMA pg_catalog OWNER TO CURRENT_USER

-- ok
ALTER SCHEMA public OWNER TO SESSION_USER

-- ok
ALTER SCHEMA s OWNER TO CURRENT_ROLE

-- ok
ALTER SCHEMA "S" RENAME TO "T"

-- ok
ALTER SCHEMA pg_catalog OWNER TO "R"

-- ok
ALTER SCHEMA abc RENAME TO def

-- ok
ALTER SCHEMA abc OWNER TO role

-- ok
ALTER SCHEMA abc OWNER TO r

-- ok
ALTER SCHEMA abc OWNER TO user_

-- ok
ALTER SCHEMA s1 RENAME TO def

-- ok
ALTER SCHEMA s1 OWNER TO role

-- ok
ALTER SCHEMA s1 OWNER TO r

-- ok
ALTER SCHEMA s1 OWNER TO user_

-- error 13: syntax error at end of input
ALTER SCHEMA

-- error 15: syntax error at end of input
ALTER SCHEMA s

-- error 22: syntax error at end of input
ALTER SCHEMA s RENAME

-- error 25: syntax error at end of input
ALTER SCHEMA s RENAME TO

-- error 27: syntax error at or near "."
ALTER SCHEMA s RENAME TO a.b

-- error 21: syntax error at end of input
ALTER SCHEMA s OWNER

-- error 24: syntax error at end of input
ALTER SCHEMA s OWNER TO

-- error 22: syntax error at or near "r"
ALTER SCHEMA s OWNER r

-- error 15: syntax error at or near "."
ALTER SCHEMA a.b RENAME TO c

-- error 14: syntax error at or near "'s'"
ALTER SCHEMA 's' RENAME TO t

-- error 17: syntax error at or near "EXISTS"
ALTER SCHEMA IF EXISTS s RENAME TO t

-- error 15: syntax error at or near ","
ALTER SCHEMA s, t RENAME TO u

-- error 16: syntax error at or near "SET"
ALTER SCHEMA s SET SCHEMA t

-- error 16: syntax error at or near "AUTHORIZATION"
ALTER SCHEMA s AUTHORIZATION r
