-- ok
SAVEPOINT s

-- ok
SAVEPOINT "S"

-- ok
SAVEPOINT savepoint

-- ok
SAVEPOINT abort

-- ok
SAVEPOINT between

-- ok
SAVEPOINT int

-- ok
SAVEPOINT "a b"

-- ok
SAVEPOINT s1

-- ok
SAVEPOINT _s

-- ok
SAVEPOINT work

-- ok
SAVEPOINT s;

-- ok
SAVEPOINT é

-- ok
SAVEPOINT key

-- ok
SAVEPOINT to_

-- ok
SAVEPOINT row

-- error 10: syntax error at end of input
SAVEPOINT

-- error 13: syntax error at or near "t"
SAVEPOINT s t

-- error 11: syntax error at or near "'s'"
SAVEPOINT 's'

-- error 11: syntax error at or near "1"
SAVEPOINT 1

-- error 12: syntax error at or near "."
SAVEPOINT a.b

-- error 12: syntax error at or near ","
SAVEPOINT s, t

-- error 11: syntax error at or near "$1"
SAVEPOINT $1

-- error 11: syntax error at or near "("
SAVEPOINT (s)

-- error 11: syntax error at or near "select"
SAVEPOINT select

-- error 21: syntax error at or near "s"
SAVEPOINT SAVEPOINT s

-- error 11: syntax error at or near "all"
SAVEPOINT all

-- error 11: syntax error at or near "TO"
SAVEPOINT TO s

-- error 13: syntax error at or near "AND"
SAVEPOINT s AND CHAIN
