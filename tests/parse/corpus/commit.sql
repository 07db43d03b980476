-- ok
COMMIT

-- ok
COMMIT WORK AND CHAIN

-- ok
COMMIT TRANSACTION AND NO CHAIN

-- ok
COMMIT WORK AND NO CHAIN

-- ok
COMMIT TRANSACTION AND CHAIN

-- ok
COMMIT AND CHAIN

-- ok
COMMIT AND NO CHAIN

-- ok
COMMIT PREPARED 'x'

-- ok
COMMIT PREPARED ''

-- ok
commit

-- ok
Commit Work

-- ok
COMMIT; COMMIT

-- ok
/* x */ COMMIT

-- ok
COMMIT;

-- ok
COMMIT; SELECT 1

-- ok
COMMIT -- x

-- ok
COMMIT;;

-- ok
cOmMiT wOrK aNd No ChAiN

-- error 11: syntax error at end of input
COMMIT AND

-- error 8: syntax error at or near "CHAIN"
COMMIT CHAIN

-- error 14: syntax error at end of input
COMMIT AND NO

-- error 8: syntax error at or near "NO"
COMMIT NO CHAIN

-- error 13: syntax error at or near "TRANSACTION"
COMMIT WORK TRANSACTION

-- error 8: syntax error at or near "'x'"
COMMIT 'x'

-- error 16: syntax error at end of input
COMMIT PREPARED

-- error 17: syntax error at or near "x"
COMMIT PREPARED x

-- error 8: syntax error at or near "TO"
COMMIT TO s

-- error 18: syntax error at or near "AND"
COMMIT AND CHAIN AND CHAIN

-- error 12: syntax error at or near ","
COMMIT WORK,

-- error 8: syntax error at or near "1"
COMMIT 1

-- error 8: syntax error at or near "READ"
COMMIT READ ONLY
