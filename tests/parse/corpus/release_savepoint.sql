-- ok
RELEASE s

-- ok
RELEASE SAVEPOINT s

-- ok
RELEASE "S"

-- ok
RELEASE SAVEPOINT "S"

-- ok
RELEASE savepoint

-- ok
RELEASE SAVEPOINT savepoint

-- ok
RELEASE abort

-- ok
RELEASE SAVEPOINT between

-- ok
RELEASE int

-- ok
RELEASE SAVEPOINT "a b"

-- ok
RELEASE s1

-- ok
RELEASE _s

-- ok
RELEASE work

-- ok
RELEASE SAVEPOINT s;

-- ok
RELEASE s; RELEASE t

-- error 8: syntax error at end of input
RELEASE

-- error 21: syntax error at or near "t"
RELEASE SAVEPOINT s t

-- error 11: syntax error at or near "t"
RELEASE s t

-- error 9: syntax error at or near "'s'"
RELEASE 's'

-- error 9: syntax error at or near "1"
RELEASE 1

-- error 10: syntax error at or near "."
RELEASE a.b

-- error 10: syntax error at or near ","
RELEASE s, t

-- error 19: syntax error at or near "'s'"
RELEASE SAVEPOINT 's'

-- error 20: syntax error at or near "."
RELEASE SAVEPOINT a.b

-- error 9: syntax error at or near "$1"
RELEASE $1

-- error 9: syntax error at or near "("
RELEASE (s)

-- error 9: syntax error at or near "select"
RELEASE select

-- error 9: syntax error at or near "ALL"
RELEASE ALL

-- error 14: syntax error at or near "TO"
RELEASE WORK TO s
