-- ok
ALTER ROLE r SUPERUSER

-- ok
ALTER ROLE "R" NOSUPERUSER

-- ok
ALTER ROLE CURRENT_USER CREATEDB

-- ok
ALTER ROLE CURRENT_ROLE NOCREATEDB

-- ok
ALTER ROLE SESSION_USER CREATEROLE

-- ok
ALTER ROLE r NOCREATEROLE

-- ok
ALTER ROLE "R" INHERIT

-- ok
ALTER ROLE CURRENT_USER NOINHERIT

-- ok
ALTER ROLE CURRENT_ROLE LOGIN

-- ok
ALTER ROLE SESSION_USER NOLOGIN

-- ok
ALTER ROLE r REPLICATION

-- ok
ALTER ROLE "R" NOREPLICATION

-- ok
ALTER ROLE CURRENT_USER BYPASSRLS

-- ok
ALTER ROLE CURRENT_ROLE NOBYPASSRLS

-- ok
ALTER ROLE SESSION_USER CONNECTION LIMIT 5

-- ok
ALTER ROLE r CONNECTION LIMIT -1

-- ok
ALTER ROLE "R" PASSWORD 'x'

-- ok
ALTER ROLE CURRENT_USER ENCRYPTED PASSWORD 'x'

-- ok
ALTER ROLE CURRENT_ROLE PASSWORD NULL

-- ok
ALTER ROLE SESSION_USER VALID UNTIL '2030-01-01'

-- ok
ALTER ROLE r WITH LOGIN CREATEDB PASSWORD 'x'

-- ok
ALTER ROLE "R" WITH

-- ok
ALTER ROLE CURRENT_USER USER u

-- ok
ALTER ROLE CURRENT_ROLE USER u, v

-- ok
ALTER ROLE SESSION_USER SET a = 1

-- ok
ALTER ROLE r SET a TO DEFAULT

-- ok
ALTER ROLE "R" SET a FROM CURRENT

-- ok
ALTER ROLE CURRENT_USER RESET a

-- ok
ALTER ROLE CURRENT_ROLE RESET ALL

-- ok
ALTER ROLE SESSION_USER IN DATABASE d SET a = 1

-- ok
ALTER ROLE r IN DATABASE d RESET ALL

-- ok
ALTER ROLE "R" IN DATABASE d SET a FROM CURRENT

-- ok
ALTER ROLE r RENAME TO s

-- ok
ALTER ROLE r RENAME TO "S"

-- ok
ALTER ROLE ALL SET a = 1

-- ok
ALTER ROLE ALL RESET a

-- ok
ALTER ROLE ALL RESET ALL

-- ok
ALTER ROLE ALL IN DATABASE d SET a TO b

-- ok
ALTER ROLE ALL IN DATABASE d RESET a

-- ok
ALTER ROLE r

-- ok
ALTER ROLE PUBLIC SUPERUSER

-- error 11: syntax error at end of input
ALTER ROLE

-- error 14: unrecognized role option "bogus"
ALTER ROLE r BOGUS

-- error 24: syntax error at end of input
ALTER ROLE r CONNECTION

-- error 30: syntax error at end of input
ALTER ROLE r CONNECTION LIMIT

-- error 31: syntax error at or near "'x'"
ALTER ROLE r CONNECTION LIMIT 'x'

-- error 22: syntax error at end of input
ALTER ROLE r PASSWORD

-- error 23: syntax error at or near "x"
ALTER ROLE r PASSWORD x

-- error 14 0A000: UNENCRYPTED PASSWORD is no longer supported
-- hint: Remove UNENCRYPTED to store the password in encrypted form instead.
ALTER ROLE r UNENCRYPTED PASSWORD 'x'

-- error 23: syntax error at end of input
ALTER ROLE r ENCRYPTED

-- error 33: syntax error at or near "NULL"
ALTER ROLE r ENCRYPTED PASSWORD NULL

-- error 19: syntax error at end of input
ALTER ROLE r VALID

-- error 26: syntax error at or near "NULL"
ALTER ROLE r VALID UNTIL NULL

-- error 20: syntax error at or near "'x'"
ALTER ROLE r VALID 'x'

-- error 14: syntax error at or near "SYSID"
ALTER ROLE r SYSID 5

-- error 14: syntax error at or near "ADMIN"
ALTER ROLE r ADMIN a

-- error 14: syntax error at or near "ROLE"
ALTER ROLE r ROLE a

-- error 17: syntax error at or near "ROLE"
ALTER ROLE r IN ROLE a

-- error 17: syntax error at end of input
ALTER ROLE r SET

-- error 19: syntax error at end of input
ALTER ROLE r SET a

-- error 27: syntax error at end of input
ALTER ROLE r IN DATABASE d

-- error 30: syntax error at or near "a"
ALTER ROLE r IN DATABASE SET a = 1

-- error 20: syntax error at end of input
ALTER ROLE r RENAME

-- error 25: syntax error at or near "."
ALTER ROLE r RENAME TO a.b

-- error 16: syntax error at or near "LOGIN"
ALTER ROLE ALL LOGIN

-- error 16: syntax error at or near "RENAME"
ALTER ROLE ALL RENAME TO r

-- error 13: syntax error at or near "."
ALTER ROLE a.b LOGIN

-- error 12: syntax error at or near "'r'"
ALTER ROLE 'r' LOGIN

-- error 12 42939: role name "none" is reserved
ALTER ROLE NONE LOGIN

-- error 19: syntax error at or near "WITH"
ALTER ROLE r WITH WITH

-- error 24 42939: CURRENT_USER cannot be used as a role name here
ALTER ROLE r RENAME TO CURRENT_USER

-- error 24 42939: role name "none" is reserved
ALTER ROLE r RENAME TO none

-- error 14: unrecognized role option "superuser_"
ALTER ROLE r "superuser_"

-- error 14: unrecognized role option "super"
ALTER ROLE r SUPER

-- error 19: syntax error at or near ","
ALTER ROLE r login, createdb
