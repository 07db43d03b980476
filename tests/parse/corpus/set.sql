-- ok
SET a = 1

-- ok
SET SESSION a TO 1

-- ok
SET LOCAL a = 'x'

-- ok
SET a TO x

-- ok
SET SESSION a = on

-- ok
SET LOCAL a = off

-- ok
SET a = true

-- ok
SET SESSION a = false

-- ok
SET LOCAL a = 1.5

-- ok
SET a = -1

-- ok
SET SESSION a = +1

-- ok
SET LOCAL a = b, c

-- ok
SET a TO 'b', "C", 1

-- ok
SET SESSION a = DEFAULT

-- ok
SET LOCAL a TO DEFAULT

-- ok
SET a.b = 1

-- ok
SET SESSION a.b.c TO 'x'

-- ok
SET LOCAL "A" = 1

-- ok
SET a FROM CURRENT

-- ok
SET SESSION a.b FROM CURRENT

-- ok
SET LOCAL a = select_

-- ok
SET a = int

-- ok
SET SESSION a = between

-- ok
SET LOCAL a = left_

-- ok
SET search_path TO "$user", public

-- ok
SET SESSION a = 0x1F

-- ok
SET LOCAL a = 1e3

-- ok
SET a = abort

-- ok
SET TIME ZONE 'x'

-- ok
SET SESSION TIME ZONE utc

-- ok
SET LOCAL TIME ZONE "UTC"

-- ok
SET TIME ZONE 1

-- ok
SET SESSION TIME ZONE -3.5

-- ok
SET LOCAL TIME ZONE LOCAL

-- ok
SET TIME ZONE DEFAULT

-- ok
SET SESSION TIME ZONE INTERVAL '1' HOUR

-- ok
SET LOCAL TIME ZONE INTERVAL '1' HOUR TO MINUTE

-- ok
SET TIME ZONE INTERVAL '1'

-- ok
SET SESSION TIME ZONE INTERVAL(3) '1'

-- ok
SET LOCAL TIME ZONE +5

-- ok
SET TIME ZONE INTERVAL(0) '-08:00'

-- ok
SET SCHEMA 'x'

-- ok
SET LOCAL SCHEMA 'x'

-- ok
SET NAMES

-- ok
SET NAMES 'utf8'

-- ok
SET NAMES DEFAULT

-- ok
SET SESSION NAMES 'x'

-- ok
SET XML OPTION DOCUMENT

-- ok
SET XML OPTION CONTENT

-- ok
SET LOCAL XML OPTION CONTENT

-- ok
SET ROLE r

-- ok
SET ROLE NONE

-- ok
SET SESSION AUTHORIZATION r

-- ok
SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY

-- ok
SET TRANSACTION SNAPSHOT 'x'

-- ok
SET TRANSACTION READ ONLY

-- ok
SET LOCAL ROLE 'r'

-- ok
SET LOCAL TRANSACTION READ WRITE

-- ok
SET timezone = 'x'

-- ok
SET time = 1

-- ok
SET time_zone TO 2

-- ok
SET names = 'x'

-- ok
SET schema = 'x'

-- ok
SET role = r

-- ok
SET session = 1

-- ok
SET local = 1

-- ok
SET xml = 2

-- ok
SET transaction = 3

-- ok
SET constraints = 4

-- ok
SET SCHEMA = x

-- error 4: syntax error at end of input
SET

-- error 6: syntax error at end of input
SET a

-- error 8: syntax error at end of input
SET a =

-- error 9: syntax error at end of input
SET a TO

-- error 7: syntax error at or near "1"
SET a 1

-- error 11: syntax error at or near "c"
SET a = b c

-- error 7: syntax error at or near "=="
SET a == 1

-- error 11: syntax error at end of input
SET a = 1,

-- error 9: syntax error at or near "("
SET a = (1)

-- error 11: syntax error at or near "+"
SET a = 1 + 1

-- error 10: syntax error at or near "("
SET a = f(1)

-- error 9: syntax error at or near "$1"
-- witness: ok
SET a = $1

-- error 9: syntax error at or near "NULL"
SET a = NULL

-- error 7: syntax error at or near ":="
SET a := 1

-- error 5: syntax error at or near "'a'"
SET 'a' = 1

-- error 5: syntax error at or near "1"
SET 1 = 1

-- error 8: syntax error at or near "="
SET a. = 1

-- error 16: syntax error at or near ","
SET a = DEFAULT, 1

-- error 12: syntax error at or near "DEFAULT"
SET a = 1, DEFAULT

-- error 12: syntax error at or near "DEFAULT"
SET a FROM DEFAULT

-- error 10: syntax error at end of input
SET LOCAL

-- error 12: syntax error at end of input
SET SESSION

-- error 19: syntax error at or near "a"
SET LOCAL SESSION a = 1

-- error 12: syntax error at or near "a"
SET GLOBAL a = 1

-- error 9: syntax error at or near "select"
SET a = select

-- error 10: syntax error at or near "."
SET a = b.c

-- error 9: syntax error at or near "ARRAY"
SET a = ARRAY[1]

-- error 10: syntax error at or near "::"
SET a = 1::int

-- error 14: syntax error at end of input
SET TIME ZONE

-- error 10: syntax error at or near "'x'"
SET TIME 'x'

-- error 15: syntax error at or near "="
SET TIME ZONE = 'x'

-- error 15: syntax error at or near "TO"
SET TIME ZONE TO 'x'

-- error 23: syntax error at end of input
SET TIME ZONE INTERVAL

-- error 28: time zone interval must be HOUR or HOUR TO MINUTE
SET TIME ZONE INTERVAL '1' DAY

-- error 28: time zone interval must be HOUR or HOUR TO MINUTE
SET TIME ZONE INTERVAL '1' YEAR TO MONTH

-- error 28: time zone interval must be HOUR or HOUR TO MINUTE
SET TIME ZONE INTERVAL '1' SECOND

-- error 28: time zone interval must be HOUR or HOUR TO MINUTE
SET TIME ZONE INTERVAL '1' HOUR TO SECOND

-- error 18: syntax error at or near ","
SET TIME ZONE 'x', 'y'

-- error 11: syntax error at end of input
SET SCHEMA

-- error 12: syntax error at or near "x"
SET SCHEMA x

-- error 11: syntax error at or near "utf8"
SET NAMES utf8

-- error 14: syntax error at or near ","
SET NAMES 'x', 'y'

-- error 15: syntax error at end of input
SET XML OPTION

-- error 9: syntax error at or near "CONTENT"
SET XML CONTENT

-- error 16: syntax error at or near "'x'"
SET XML OPTION 'x'

-- error 9: syntax error at end of input
SET ROLE

-- error 26: syntax error at end of input
SET SESSION AUTHORIZATION

-- error 16: syntax error at end of input
SET TRANSACTION

-- error 12: syntax error at end of input
SET CATALOG

-- error 13 0A000: current database cannot be changed
SET CATALOG 'x'

-- error 17: syntax error at end of input
SET SESSION TIME
