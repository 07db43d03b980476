-- ok
ROLLBACK PREPARED 'x'

-- ok
ROLLBACK PREPARED ''

-- ok
ROLLBACK PREPARED 'a b'

-- ok
ROLLBACK PREPARED $$x$$

-- ok
ROLLBACK PREPARED E'\n'

-- ok
ROLLBACK PREPARED U&'\0061'

-- ok
ROLLBACK PREPARED 'it''s'

-- ok
ROLLBACK PREPARED 'é'

-- ok
ROLLBACK PREPARED $t$a$t$

-- ok
ROLLBACK PREPARED '123'

-- ok
ROLLBACK PREPARED e'\x41'

-- ok
ROLLBACK PREPARED 'a"b'

-- ok
rollback prepared 'x'

-- ok
ROLLBACK/**/PREPARED'x'

-- ok
ROLLBACK PREPARED 'x'; ROLLBACK PREPARED 'y'

-- error 19: syntax error at or near "N"
ROLLBACK PREPARED N'x'

-- error 18: syntax error at end of input
ROLLBACK PREPARED

-- error 19: syntax error at or near "x"
ROLLBACK PREPARED x

-- error 19: syntax error at or near ""x""
ROLLBACK PREPARED "x"

-- error 19: syntax error at or near "1"
ROLLBACK PREPARED 1

-- error 19: syntax error at or near "NULL"
ROLLBACK PREPARED NULL

-- error 19: syntax error at or near "$1"
ROLLBACK PREPARED $1

-- error 22: syntax error at or near ","
ROLLBACK PREPARED 'x', 'y'

-- error 23: syntax error at or near "'y'"
ROLLBACK PREPARED 'x' 'y'

-- error 19: syntax error at or near "("
ROLLBACK PREPARED ('x')

-- error 19: syntax error at or near "TRANSACTION"
ROLLBACK PREPARED TRANSACTION 'x'

-- error 15: syntax error at or near "PREPARED"
ROLLBACK WORK PREPARED 'x'

-- error 23: syntax error at or near "AND"
ROLLBACK PREPARED 'x' AND CHAIN

-- error 22: syntax error at or near "PREPARED"
ROLLBACK TRANSACTION PREPARED 'x'

-- error 19: syntax error at or near "B'01'"
ROLLBACK PREPARED B'01'
