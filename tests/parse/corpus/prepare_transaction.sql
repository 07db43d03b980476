-- ok
PREPARE TRANSACTION 'x'

-- ok
PREPARE TRANSACTION ''

-- ok
PREPARE TRANSACTION 'a b'

-- ok
PREPARE TRANSACTION $$x$$

-- ok
PREPARE TRANSACTION E'\n'

-- ok
PREPARE TRANSACTION U&'\0061'

-- ok
PREPARE TRANSACTION 'it''s'

-- ok
PREPARE TRANSACTION 'é'

-- ok
PREPARE TRANSACTION $t$a$t$

-- ok
PREPARE TRANSACTION '123'

-- ok
PREPARE TRANSACTION e'\x41'

-- ok
PREPARE TRANSACTION 'a"b'

-- ok
prepare transaction 'x'

-- ok
PREPARE/**/TRANSACTION'x'

-- ok
PREPARE TRANSACTION 'x'; ROLLBACK PREPARED 'x'

-- error 21: syntax error at or near "N"
PREPARE TRANSACTION N'x'

-- error 20: syntax error at end of input
PREPARE TRANSACTION

-- error 21: syntax error at or near "x"
PREPARE TRANSACTION x

-- error 21: syntax error at or near ""x""
PREPARE TRANSACTION "x"

-- error 21: syntax error at or near "1"
PREPARE TRANSACTION 1

-- error 21: syntax error at or near "NULL"
PREPARE TRANSACTION NULL

-- error 21: syntax error at or near "$1"
PREPARE TRANSACTION $1

-- error 24: syntax error at or near ","
PREPARE TRANSACTION 'x', 'y'

-- error 25: syntax error at or near "'y'"
PREPARE TRANSACTION 'x' 'y'

-- error 22: syntax error at or near "'x'"
PREPARE TRANSACTION ('x')

-- error 21: syntax error at or near "B'01'"
PREPARE TRANSACTION B'01'

-- error 25: syntax error at or near "AND"
PREPARE TRANSACTION 'x' AND CHAIN

-- error 21: syntax error at or near "WORK"
PREPARE TRANSACTION WORK 'x'

-- error 25: syntax error at or near "AS"
PREPARE TRANSACTION 'x' AS y
