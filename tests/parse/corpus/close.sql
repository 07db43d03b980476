-- ok
CLOSE c

-- ok
CLOSE "C"

-- ok
CLOSE ALL

-- ok
CLOSE all

-- ok
CLOSE cursor

-- ok
CLOSE abort

-- ok
CLOSE _c

-- ok
CLOSE c1

-- ok
CLOSE "ALL"

-- ok
CLOSE between

-- ok
CLOSE coalesce

-- ok
CLOSE "a b"

-- ok
CLOSE work

-- ok
CLOSE next

-- ok
CLOSE absolute

-- error 6: syntax error at end of input
CLOSE

-- error 9: syntax error at or near "d"
CLOSE c d

-- error 8: syntax error at or near ","
CLOSE c, d

-- error 7: syntax error at or near "'c'"
CLOSE 'c'

-- error 7: syntax error at or near "1"
CLOSE 1

-- error 8: syntax error at or near "."
CLOSE a.b

-- error 7: syntax error at or near "$1"
CLOSE $1

-- error 14: syntax error at or near "c"
CLOSE CURSOR c

-- error 11: syntax error at or near "c"
CLOSE ALL c

-- error 9: syntax error at or near "ALL"
CLOSE c ALL

-- error 7: syntax error at or near "("
CLOSE (c)

-- error 7: syntax error at or near "select"
CLOSE select

-- error 7: syntax error at or near "*"
CLOSE *
