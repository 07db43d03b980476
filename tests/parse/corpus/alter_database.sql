-- ok
ALTER DATABASE d RENAME TO e

-- ok
ALTER DATABASE d OWNER TO r

-- ok
ALTER DATABASE d SET TABLESPACE x

-- ok
ALTER DATABASE d REFRESH COLLATION VERSION

-- ok
ALTER DATABASE d SET a = 1

-- ok
ALTER DATABASE d SET a TO DEFAULT

-- ok
ALTER DATABASE d SET a FROM CURRENT

-- ok
ALTER DATABASE d RESET a

-- ok
ALTER DATABASE d RESET ALL

-- ok
ALTER DATABASE d SET TIME ZONE 'x'

-- ok
ALTER DATABASE d SET search_path TO a, b

-- ok
ALTER DATABASE d ALLOW_CONNECTIONS false

-- ok
ALTER DATABASE d CONNECTION LIMIT 5

-- ok
ALTER DATABASE d IS_TEMPLATE true

-- ok
ALTER DATABASE d WITH ALLOW_CONNECTIONS = true CONNECTION LIMIT = -1

-- ok
ALTER DATABASE d WITH IS_TEMPLATE 'x' x 1 y DEFAULT

-- ok
ALTER DATABASE d TABLESPACE x

-- ok
ALTER DATABASE d OWNER r

-- ok
ALTER DATABASE d ENCODING 5

-- ok
ALTER DATABASE d SET TRANSACTION ISOLATION LEVEL SERIALIZABLE

-- ok
ALTER DATABASE d RESET TIME ZONE

-- ok
ALTER DATABASE d RESET SESSION AUTHORIZATION

-- ok
ALTER DATABASE d SET ROLE r

-- ok
ALTER DATABASE d RESET TRANSACTION ISOLATION LEVEL

-- ok
ALTER DATABASE "D" OWNER TO CURRENT_USER

-- ok
ALTER DATABASE d OWNER TO SESSION_USER

-- ok
ALTER DATABASE d

-- ok
ALTER DATABASE d WITH

-- ok
ALTER DATABASE d SET TRANSACTION READ ONLY

-- ok
ALTER DATABASE d SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY

-- ok
ALTER DATABASE d SET NAMES 'x'

-- ok
ALTER DATABASE d SET XML OPTION CONTENT

-- ok
ALTER DATABASE d SET SCHEMA 'x'

-- ok
ALTER DATABASE d TABLESPACE 8

-- ok
ALTER DATABASE d TABLESPACE = true

-- ok
ALTER DATABASE d TABLESPACE DEFAULT

-- ok
ALTER DATABASE d TABLESPACE x OWNER r

-- error 15: syntax error at end of input
ALTER DATABASE

-- error 24: syntax error at end of input
ALTER DATABASE d RENAME

-- error 27: syntax error at end of input
ALTER DATABASE d RENAME TO

-- error 29: syntax error at or near "."
ALTER DATABASE d RENAME TO a.b

-- error 26: syntax error at end of input
ALTER DATABASE d OWNER TO

-- error 21: syntax error at end of input
ALTER DATABASE d SET

-- error 32: syntax error at end of input
ALTER DATABASE d SET TABLESPACE

-- error 23: syntax error at end of input
ALTER DATABASE d SET a

-- error 23: syntax error at end of input
ALTER DATABASE d RESET

-- error 26: syntax error at or near "VERSION"
ALTER DATABASE d REFRESH VERSION

-- error 35: syntax error at end of input
ALTER DATABASE d REFRESH COLLATION

-- error 17: syntax error at or near "."
ALTER DATABASE a.b RENAME TO c

-- error 16: syntax error at or near "'d'"
ALTER DATABASE 'd' RENAME TO e

-- error 19: syntax error at or near "EXISTS"
ALTER DATABASE IF EXISTS d RENAME TO e

-- error 29: syntax error at or near "5"
ALTER DATABASE d CONNECTION 5

-- error 34: syntax error at end of input
ALTER DATABASE d CONNECTION LIMIT

-- error 28: syntax error at or near "a"
ALTER DATABASE d SET LOCAL a = 1

-- error 37: syntax error at or near "5"
ALTER DATABASE d CONNECTION LIMIT x 5

-- error 21: syntax error at end of input
ALTER DATABASE d x =

-- error 28: syntax error at end of input
ALTER DATABASE d SET SCHEMA

-- error 23: syntax error at or near "WITH"
ALTER DATABASE d WITH WITH x 1

-- error 30 0A000: current database cannot be changed
ALTER DATABASE d SET CATALOG 'x'

-- error 34: syntax error at or near "ALL"
ALTER DATABASE d SET CONSTRAINTS ALL DEFERRED

-- error 31: syntax error at end of input
ALTER DATABASE d SET TIME ZONE
