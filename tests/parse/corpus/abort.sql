-- ok
ABORT

-- ok
abort;

-- ok
ABORT WORK

-- ok
ABORT TRANSACTION

-- ok
ABORT AND CHAIN

-- ok
ABORT AND NO CHAIN

-- ok
ABORT WORK AND CHAIN

-- ok
ABORT WORK AND NO CHAIN

-- ok
ABORT TRANSACTION AND CHAIN

-- ok
ABORT TRANSACTION AND NO CHAIN

-- ok
ABORT; ABORT

-- ok
aBoRt wOrK aNd ChAiN

-- ok
ABORT/* why */WORK -- done

-- ok
;;ABORT;

-- ok
ABORT; SELECT 1; ABORT WORK

-- error 10: syntax error at end of input
ABORT AND

-- error 12: syntax error at or near "TRANSACTION"
ABORT WORK TRANSACTION

-- error 7: syntax error at or near "CHAIN"
ABORT CHAIN

-- error 13: syntax error at end of input
ABORT AND NO

-- error 7: syntax error at or near "PREPARED"
ABORT PREPARED 'x'

-- error 7: syntax error at or near "TO"
ABORT TO s

-- error 7: syntax error at or near "1"
ABORT 1

-- error 7: syntax error at or near "'x'"
ABORT 'x'

-- error 15: syntax error at end of input
ABORT WORK AND

-- error 7: syntax error at or near "ISOLATION"
ABORT ISOLATION LEVEL SERIALIZABLE

-- error 17: syntax error at or near "NO"
ABORT AND CHAIN NO

-- error 17: syntax error at or near "AND"
ABORT AND CHAIN AND CHAIN
