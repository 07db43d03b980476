-- ok
CREATE DATABASE d

-- ok
CREATE DATABASE d OWNER r

-- ok
CREATE DATABASE d OWNER = r

-- ok
CREATE DATABASE d OWNER DEFAULT

-- ok
CREATE DATABASE d TEMPLATE t

-- ok
CREATE DATABASE d TEMPLATE = DEFAULT

-- ok
CREATE DATABASE d ENCODING 'UTF8'

-- ok
CREATE DATABASE d ENCODING = 6

-- ok
CREATE DATABASE d ENCODING DEFAULT

-- ok
CREATE DATABASE d STRATEGY wal_log

-- ok
CREATE DATABASE d STRATEGY = 'file_copy'

-- ok
CREATE DATABASE d LOCALE 'C'

-- ok
CREATE DATABASE d LOCALE = "C"

-- ok
CREATE DATABASE d LC_COLLATE 'C' LC_CTYPE = 'C'

-- ok
CREATE DATABASE d BUILTIN_LOCALE 'C.UTF-8'

-- ok
CREATE DATABASE d ICU_LOCALE 'und' ICU_RULES '&a'

-- ok
CREATE DATABASE d LOCALE_PROVIDER icu

-- ok
CREATE DATABASE d COLLATION_VERSION '1'

-- ok
CREATE DATABASE d TABLESPACE x

-- ok
CREATE DATABASE d TABLESPACE = DEFAULT

-- ok
CREATE DATABASE d ALLOW_CONNECTIONS true

-- ok
CREATE DATABASE d ALLOW_CONNECTIONS = off

-- ok
CREATE DATABASE d CONNECTION LIMIT 5

-- ok
CREATE DATABASE d CONNECTION LIMIT = -1

-- ok
CREATE DATABASE d IS_TEMPLATE on

-- ok
CREATE DATABASE d OID 12345

-- ok
CREATE DATABASE d WITH OWNER r TEMPLATE t ENCODING 'x' CONNECTION LIMIT = 5

-- ok
CREATE DATABASE d WITH

-- ok
CREATE DATABASE d LOCATION 'x'

-- ok
CREATE DATABASE d LOCATION DEFAULT

-- ok
CREATE DATABASE d bogus 1

-- ok
CREATE DATABASE d "X" = 'y'

-- ok
CREATE DATABASE d a 1.5

-- ok
CREATE DATABASE d a false b true

-- error 16: syntax error at end of input
CREATE DATABASE

-- error 18: syntax error at or near "."
CREATE DATABASE a.b

-- error 17: syntax error at or near "'d'"
CREATE DATABASE 'd'

-- error 24: syntax error at end of input
CREATE DATABASE d OWNER

-- error 26: syntax error at end of input
CREATE DATABASE d OWNER =

-- error 26: syntax error at or near ","
CREATE DATABASE d OWNER r, TEMPLATE t

-- error 30: syntax error at or near "5"
CREATE DATABASE d CONNECTION 5

-- error 35: syntax error at end of input
CREATE DATABASE d CONNECTION LIMIT

-- error 19: syntax error at or near "LIMIT"
CREATE DATABASE d LIMIT

-- error 24: syntax error at or near "WITH"
CREATE DATABASE d WITH WITH OWNER r

-- error 19: syntax error at or near "("
CREATE DATABASE d (OWNER r)

-- error 28: syntax error at or near "NULL"
CREATE DATABASE d ENCODING NULL

-- error 21: syntax error at or near "=="
CREATE DATABASE d x == 1

-- error 20: syntax error at or near "NOT"
CREATE DATABASE IF NOT EXISTS d

-- error 24: syntax error at end of input
CREATE DATABASE d e f g

-- error 35: syntax error at end of input
CREATE DATABASE d TABLESPACE 'x' y

-- error 19: syntax error at or near "AS"
CREATE DATABASE d AS e

-- error 21: syntax error at or near "("
CREATE DATABASE d x (1)

-- error 17: syntax error at or near "1"
CREATE DATABASE 1
