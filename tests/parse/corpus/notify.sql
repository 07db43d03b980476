-- ok
NOTIFY c

-- ok
NOTIFY "C"

-- ok
NOTIFY c, 'x'

-- ok
NOTIFY "C", ''

-- ok
NOTIFY abort

-- ok
NOTIFY notify, $$x$$

-- ok
NOTIFY c, E'a\nb'

-- ok
NOTIFY between

-- ok
NOTIFY int, 'y'

-- ok
NOTIFY c, U&'\0061'

-- ok
NOTIFY "a b", 'c'

-- ok
NOTIFY _c

-- ok
NOTIFY c1, 'it''s'

-- ok
NOTIFY key

-- ok
NOTIFY c, 'é';

-- error 7: syntax error at end of input
NOTIFY

-- error 10: syntax error at or near "d"
NOTIFY c d

-- error 10: syntax error at end of input
NOTIFY c,

-- error 11: syntax error at or near "d"
NOTIFY c, d

-- error 10: syntax error at or near "'x'"
NOTIFY c 'x'

-- error 8: syntax error at or near "'c'"
NOTIFY 'c'

-- error 8: syntax error at or near "1"
NOTIFY 1

-- error 9: syntax error at or near "."
NOTIFY a.b

-- error 11: syntax error at or near "1"
NOTIFY c, 1

-- error 11: syntax error at or near "NULL"
NOTIFY c, NULL

-- error 14: syntax error at or near ","
NOTIFY c, 'x', 'y'

-- error 11: syntax error at or near "$1"
NOTIFY c, $1

-- error 8: syntax error at or near "*"
NOTIFY *

-- error 8: syntax error at or near "("
NOTIFY (c)

-- error 15: syntax error at or near "'y'"
NOTIFY c, 'x' 'y'
