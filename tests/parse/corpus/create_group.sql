-- ok
CREATE GROUP r

-- ok
CREATE GROUP "R" WITH

-- ok
CREATE GROUP r SUPERUSER

-- ok
CREATE GROUP "R" NOCREATEDB

-- ok
CREATE GROUP r LOGIN

-- ok
CREATE GROUP "R" NOLOGIN

-- ok
CREATE GROUP r PASSWORD 'x'

-- ok
CREATE GROUP "R" ENCRYPTED PASSWORD 'x'

-- ok
CREATE GROUP r PASSWORD NULL

-- ok
CREATE GROUP "R" VALID UNTIL 'x'

-- ok
CREATE GROUP r IN ROLE a

-- ok
CREATE GROUP "R" IN GROUP a, b

-- ok
CREATE GROUP r ROLE a

-- ok
CREATE GROUP "R" ADMIN a

-- ok
CREATE GROUP r USER a, b

-- ok
CREATE GROUP "R" SYSID 5

-- ok
CREATE GROUP r CONNECTION LIMIT 1

-- ok
CREATE GROUP "R" WITH USER a SYSID 7

-- error 13: syntax error at end of input
CREATE GROUP

-- error 14: syntax error at or near "1"
CREATE GROUP 1

-- error 14: syntax error at or near "'r'"
CREATE GROUP 'r'

-- error 15: syntax error at or near "."
CREATE GROUP a.b

-- error 14 42939: CURRENT_USER cannot be used as a role name here
CREATE GROUP CURRENT_USER

-- error 14 42939: role name "public" is reserved
CREATE GROUP PUBLIC

-- error 14 42939: role name "none" is reserved
CREATE GROUP none

-- error 16: unrecognized role option "bogus"
CREATE GROUP r BOGUS

-- error 24: syntax error at end of input
CREATE GROUP r PASSWORD

-- error 25: syntax error at or near "x"
CREATE GROUP r PASSWORD x

-- error 16 0A000: UNENCRYPTED PASSWORD is no longer supported
-- hint: Remove UNENCRYPTED to store the password in encrypted form instead.
CREATE GROUP r UNENCRYPTED PASSWORD 'x'

-- error 16: syntax error at or near "ADD"
CREATE GROUP r ADD USER u

-- error 19: syntax error at or near "a"
CREATE GROUP r IN a

-- error 21: syntax error at or near "WITH"
CREATE GROUP r WITH WITH

-- error 17: syntax error at or near "NOT"
CREATE GROUP IF NOT EXISTS r
