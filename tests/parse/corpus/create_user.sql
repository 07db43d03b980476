-- ok
CREATE USER r

-- ok
CREATE USER "R" WITH

-- ok
CREATE USER r SUPERUSER

-- ok
CREATE USER "R" NOCREATEDB

-- ok
CREATE USER r LOGIN

-- ok
CREATE USER "R" NOLOGIN

-- ok
CREATE USER r PASSWORD 'x'

-- ok
CREATE USER "R" ENCRYPTED PASSWORD 'x'

-- ok
CREATE USER r PASSWORD NULL

-- ok
CREATE USER "R" VALID UNTIL 'x'

-- ok
CREATE USER r IN ROLE a

-- ok
CREATE USER "R" IN GROUP a, b

-- ok
CREATE USER r ROLE a

-- ok
CREATE USER "R" ADMIN a

-- ok
CREATE USER r USER a

-- ok
CREATE USER "R" SYSID 5

-- ok
CREATE USER r CONNECTION LIMIT 1

-- ok
CREATE USER "R" WITH CREATEDB PASSWORD 'x' BYPASSRLS

-- error 12: syntax error at end of input
CREATE USER

-- error 13: syntax error at or near "1"
CREATE USER 1

-- error 13: syntax error at or near "'r'"
CREATE USER 'r'

-- error 14: syntax error at or near "."
CREATE USER a.b

-- error 13 42939: CURRENT_USER cannot be used as a role name here
CREATE USER CURRENT_USER

-- error 13 42939: role name "public" is reserved
CREATE USER PUBLIC

-- error 13 42939: role name "none" is reserved
CREATE USER none

-- error 15: unrecognized role option "bogus"
CREATE USER r BOGUS

-- error 23: syntax error at end of input
CREATE USER r PASSWORD

-- error 24: syntax error at or near "x"
CREATE USER r PASSWORD x

-- error 15 0A000: UNENCRYPTED PASSWORD is no longer supported
-- hint: Remove UNENCRYPTED to store the password in encrypted form instead.
CREATE USER r UNENCRYPTED PASSWORD 'x'

-- error 21: syntax error at or near "'x'"
CREATE USER r VALID 'x'

-- error 18: syntax error at or near "a"
CREATE USER r IN a

-- error 15: unrecognized role option "identified"
CREATE USER r IDENTIFIED BY 'x'

-- error 16: syntax error at or near "NOT"
CREATE USER IF NOT EXISTS r

-- error 14: syntax error at or near "@"
CREATE USER r@localhost
