-- ok
UNLISTEN c

-- ok
UNLISTEN "C"

-- ok
UNLISTEN *

-- ok
UNLISTEN abort

-- ok
UNLISTEN listen

-- ok
UNLISTEN unlisten

-- ok
UNLISTEN "a b"

-- ok
UNLISTEN _c

-- ok
UNLISTEN c1

-- ok
UNLISTEN between

-- ok
UNLISTEN int

-- ok
UNLISTEN é

-- ok
UNLISTEN key

-- ok
UNLISTEN "*"

-- ok
UNLISTEN c;

-- error 9: syntax error at end of input
UNLISTEN

-- error 12: syntax error at or near "d"
UNLISTEN c d

-- error 11: syntax error at or near ","
UNLISTEN c, d

-- error 10: syntax error at or near "'c'"
UNLISTEN 'c'

-- error 10: syntax error at or near "1"
UNLISTEN 1

-- error 11: syntax error at or near "."
UNLISTEN a.b

-- error 10: syntax error at or near "**"
UNLISTEN **

-- error 10: syntax error at or near "$1"
UNLISTEN $1

-- error 10: syntax error at or near "("
UNLISTEN (c)

-- error 10: syntax error at or near "select"
UNLISTEN select

-- error 10: syntax error at or near "ALL"
UNLISTEN ALL

-- error 12: syntax error at or near "*"
UNLISTEN c *

-- error 12: syntax error at or near "c"
UNLISTEN * c
