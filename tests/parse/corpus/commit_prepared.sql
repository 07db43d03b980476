-- ok
COMMIT PREPARED 'x'

-- ok
COMMIT PREPARED ''

-- ok
COMMIT PREPARED 'a b'

-- ok
COMMIT PREPARED $$x$$

-- ok
COMMIT PREPARED E'\n'

-- ok
COMMIT PREPARED U&'\0061'

-- ok
COMMIT PREPARED 'it''s'

-- ok
COMMIT PREPARED 'é'

-- ok
COMMIT PREPARED $t$a$t$

-- ok
COMMIT PREPARED '123'

-- ok
COMMIT PREPARED e'\x41'

-- ok
COMMIT PREPARED 'a"b'

-- ok
commit prepared 'x'

-- ok
COMMIT/**/PREPARED'x'

-- ok
COMMIT PREPARED 'x'; COMMIT PREPARED 'y'

-- error 17: syntax error at or near "N"
COMMIT PREPARED N'x'

-- error 16: syntax error at end of input
COMMIT PREPARED

-- error 17: syntax error at or near "x"
COMMIT PREPARED x

-- error 17: syntax error at or near ""x""
COMMIT PREPARED "x"

-- error 17: syntax error at or near "1"
COMMIT PREPARED 1

-- error 17: syntax error at or near "NULL"
COMMIT PREPARED NULL

-- error 17: syntax error at or near "$1"
COMMIT PREPARED $1

-- error 20: syntax error at or near ","
COMMIT PREPARED 'x', 'y'

-- error 21: syntax error at or near "'y'"
COMMIT PREPARED 'x' 'y'

-- error 17: syntax error at or near "("
COMMIT PREPARED ('x')

-- error 17: syntax error at or near "TRANSACTION"
COMMIT PREPARED TRANSACTION 'x'

-- error 13: syntax error at or near "PREPARED"
COMMIT WORK PREPARED 'x'

-- error 21: syntax error at or near "AND"
COMMIT PREPARED 'x' AND CHAIN

-- error 20: syntax error at or near "PREPARED"
COMMIT TRANSACTION PREPARED 'x'

-- error 17: syntax error at or near "B'01'"
COMMIT PREPARED B'01'
