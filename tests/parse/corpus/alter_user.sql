-- ok
ALTER USER r SUPERUSER

-- ok
ALTER USER "R" NOSUPERUSER

-- ok
ALTER USER CURRENT_USER CREATEDB

-- ok
ALTER USER SESSION_USER LOGIN

-- ok
ALTER USER r PASSWORD 'x'

-- ok
ALTER USER "R" PASSWORD NULL

-- ok
ALTER USER CURRENT_USER VALID UNTIL 'infinity'

-- ok
ALTER USER SESSION_USER CONNECTION LIMIT 3

-- ok
ALTER USER r WITH NOINHERIT BYPASSRLS

-- ok
ALTER USER "R" USER u

-- ok
ALTER USER CURRENT_USER SET a = 1

-- ok
ALTER USER SESSION_USER SET a FROM CURRENT

-- ok
ALTER USER r RESET a

-- ok
ALTER USER "R" RESET ALL

-- ok
ALTER USER CURRENT_USER IN DATABASE d SET a = 1

-- ok
ALTER USER SESSION_USER IN DATABASE d RESET ALL

-- ok
ALTER USER r WITH

-- ok
ALTER USER ALL SET a = 1

-- ok
ALTER USER ALL IN DATABASE d RESET a

-- ok
ALTER USER r RENAME TO s

-- ok
ALTER USER PUBLIC LOGIN

-- error 11: syntax error at end of input
ALTER USER

-- error 14: unrecognized role option "bogus"
ALTER USER r BOGUS

-- error 24: syntax error at end of input
ALTER USER r CONNECTION

-- error 23: syntax error at or near "x"
ALTER USER r PASSWORD x

-- error 20: syntax error at or near "'x'"
ALTER USER r VALID 'x'

-- error 17: syntax error at end of input
ALTER USER r SET

-- error 27: syntax error at end of input
ALTER USER r IN DATABASE d

-- error 23: syntax error at end of input
ALTER USER r RENAME TO

-- error 16: syntax error at or near "LOGIN"
ALTER USER ALL LOGIN

-- error 13: syntax error at or near "."
ALTER USER a.b LOGIN

-- error 12: syntax error at or near "'r'"
ALTER USER 'r' LOGIN

-- error 14 0A000: UNENCRYPTED PASSWORD is no longer supported
-- hint: Remove UNENCRYPTED to store the password in encrypted form instead.
ALTER USER r UNENCRYPTED PASSWORD 'x'

-- error 12 42939: role name "none" is reserved
ALTER USER NONE LOGIN

-- error 14: syntax error at or near "ADMIN"
ALTER USER r ADMIN a
