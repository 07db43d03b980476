-- ok
SHOW a

-- ok
SHOW a.b

-- ok
SHOW "A"

-- ok
SHOW a.b.c

-- ok
SHOW ALL

-- ok
SHOW TIME ZONE

-- ok
SHOW TRANSACTION ISOLATION LEVEL

-- ok
SHOW SESSION AUTHORIZATION

-- ok
SHOW search_path

-- ok
SHOW timezone

-- ok
SHOW server_version

-- ok
SHOW role

-- ok
SHOW names

-- ok
SHOW abort

-- ok
SHOW "ALL"

-- ok
SHOW between

-- ok
SHOW TIME

-- ok
SHOW TRANSACTION

-- ok
SHOW SESSION

-- error 5: syntax error at end of input
SHOW

-- error 8: syntax error at or near "b"
SHOW a b

-- error 7: syntax error at or near ","
SHOW a, b

-- error 6: syntax error at or near "'a'"
SHOW 'a'

-- error 6: syntax error at or near "1"
SHOW 1

-- error 8: syntax error at or near "="
SHOW a = 1

-- error 16: syntax error at or near "x"
SHOW TIME ZONE x

-- error 18: syntax error at or near "READ"
SHOW TRANSACTION READ ONLY

-- error 12: syntax error at or near "a"
SHOW LOCAL a

-- error 10: syntax error at or near "a"
SHOW ALL a

-- error 6: syntax error at or near "("
SHOW (a)

-- error 6: syntax error at or near "$1"
SHOW $1

-- error 8: syntax error at end of input
SHOW a.

-- error 6: syntax error at or near "*"
SHOW *

-- error 13: syntax error at or near "x"
SHOW TABLES x

-- error 6: syntax error at or near "select"
SHOW select
