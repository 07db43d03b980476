-- ok
LISTEN c

-- ok
LISTEN "C"

-- ok
LISTEN abort

-- ok
LISTEN listen

-- ok
LISTEN notify

-- ok
LISTEN "a b"

-- ok
LISTEN _c

-- ok
LISTEN c1

-- ok
LISTEN between

-- ok
LISTEN int

-- ok
LISTEN é

-- ok
LISTEN key

-- ok
LISTEN all_

-- ok
LISTEN "ALL"

-- ok
LISTEN c;

-- error 7: syntax error at end of input
LISTEN

-- error 10: syntax error at or near "d"
LISTEN c d

-- error 9: syntax error at or near ","
LISTEN c, d

-- error 8: syntax error at or near "'c'"
LISTEN 'c'

-- error 8: syntax error at or near "1"
LISTEN 1

-- error 9: syntax error at or near "."
LISTEN a.b

-- error 8: syntax error at or near "*"
LISTEN *

-- error 8: syntax error at or near "$1"
LISTEN $1

-- error 8: syntax error at or near "("
LISTEN (c)

-- error 8: syntax error at or near "select"
LISTEN select

-- error 8: syntax error at or near "ALL"
LISTEN ALL

-- error 10: syntax error at or near "'x'"
LISTEN c 'x'
