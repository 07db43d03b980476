-- ok
CREATE ROLE r

-- ok
CREATE ROLE "R" WITH

-- ok
CREATE ROLE r SUPERUSER

-- ok
CREATE ROLE "R" NOSUPERUSER

-- ok
CREATE ROLE r CREATEDB

-- ok
CREATE ROLE "R" NOCREATEDB

-- ok
CREATE ROLE r CREATEROLE

-- ok
CREATE ROLE "R" NOCREATEROLE

-- ok
CREATE ROLE r INHERIT

-- ok
CREATE ROLE "R" NOINHERIT

-- ok
CREATE ROLE r LOGIN

-- ok
CREATE ROLE "R" NOLOGIN

-- ok
CREATE ROLE r REPLICATION

-- ok
CREATE ROLE "R" NOREPLICATION

-- ok
CREATE ROLE r BYPASSRLS

-- ok
CREATE ROLE "R" NOBYPASSRLS

-- ok
CREATE ROLE r CONNECTION LIMIT 5

-- ok
CREATE ROLE "R" CONNECTION LIMIT -1

-- ok
CREATE ROLE r PASSWORD 'x'

-- ok
CREATE ROLE "R" PASSWORD NULL

-- ok
CREATE ROLE r ENCRYPTED PASSWORD 'x'

-- ok
CREATE ROLE "R" VALID UNTIL '2030'

-- ok
CREATE ROLE r IN ROLE a

-- ok
CREATE ROLE "R" IN ROLE a, b

-- ok
CREATE ROLE r IN GROUP a

-- ok
CREATE ROLE "R" ROLE a, b

-- ok
CREATE ROLE r USER a

-- ok
CREATE ROLE "R" ADMIN a, CURRENT_USER

-- ok
CREATE ROLE r SYSID 5

-- ok
CREATE ROLE "R" WITH LOGIN PASSWORD 'x' CREATEDB IN ROLE a ADMIN b

-- ok
CREATE ROLE r LOGIN LOGIN

-- ok
CREATE ROLE "R" "login"

-- ok
CREATE ROLE r superuser

-- ok
CREATE ROLE r ADMIN SESSION_USER ROLE PUBLIC

-- error 17: unrecognized role option "CreateDB"
CREATE ROLE "R" "CreateDB"_

-- error 12: syntax error at end of input
CREATE ROLE

-- error 13: syntax error at or near "1"
CREATE ROLE 1

-- error 13: syntax error at or near "'r'"
CREATE ROLE 'r'

-- error 14: syntax error at or near "."
CREATE ROLE a.b

-- error 13 42939: CURRENT_USER cannot be used as a role name here
CREATE ROLE CURRENT_USER

-- error 13 42939: SESSION_USER cannot be used as a role name here
CREATE ROLE SESSION_USER

-- error 13 42939: CURRENT_ROLE cannot be used as a role name here
CREATE ROLE CURRENT_ROLE

-- error 13 42939: role name "public" is reserved
CREATE ROLE PUBLIC

-- error 13 42939: role name "none" is reserved
CREATE ROLE none

-- error 13 42939: role name "none" is reserved
CREATE ROLE "none"

-- error 13 42939: role name "public" is reserved
CREATE ROLE "public"

-- error 15: unrecognized role option "bogus"
CREATE ROLE r BOGUS

-- error 23: syntax error at end of input
CREATE ROLE r PASSWORD

-- error 24: syntax error at or near "x"
CREATE ROLE r PASSWORD x

-- error 15 0A000: UNENCRYPTED PASSWORD is no longer supported
-- hint: Remove UNENCRYPTED to store the password in encrypted form instead.
CREATE ROLE r UNENCRYPTED PASSWORD 'x'

-- error 34: syntax error at or near "NULL"
CREATE ROLE r ENCRYPTED PASSWORD NULL

-- error 21: syntax error at or near "'x'"
CREATE ROLE r VALID 'x'

-- error 26: syntax error at end of input
CREATE ROLE r VALID UNTIL

-- error 18: syntax error at or near "a"
CREATE ROLE r IN a

-- error 22: syntax error at end of input
CREATE ROLE r IN ROLE

-- error 19: syntax error at end of input
CREATE ROLE r ROLE

-- error 20: syntax error at end of input
CREATE ROLE r ADMIN

-- error 21: syntax error at or near "x"
CREATE ROLE r SYSID x

-- error 26: syntax error at or near "5"
CREATE ROLE r CONNECTION 5

-- error 32: syntax error at or near "1.5"
CREATE ROLE r CONNECTION LIMIT 1.5

-- error 20: syntax error at or near ","
CREATE ROLE r LOGIN, CREATEDB

-- error 16: syntax error at or near "NOT"
CREATE ROLE IF NOT EXISTS r

-- error 19: syntax error at end of input
CREATE ROLE r USER

-- error 15: syntax error at or near "SET"
CREATE ROLE r SET a = 1

-- error 15: unrecognized role option "super"
CREATE ROLE r SUPER
