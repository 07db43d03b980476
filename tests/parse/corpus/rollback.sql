-- ok
ROLLBACK

-- ok
ROLLBACK WORK

-- ok
ROLLBACK TRANSACTION

-- ok
ROLLBACK AND CHAIN

-- ok
ROLLBACK AND NO CHAIN

-- ok
ROLLBACK WORK AND CHAIN

-- ok
ROLLBACK WORK AND NO CHAIN

-- ok
ROLLBACK TRANSACTION AND CHAIN

-- ok
ROLLBACK TRANSACTION AND NO CHAIN

-- ok
ROLLBACK TO s

-- ok
ROLLBACK PREPARED 'x'

-- ok
rollback

-- ok
ROLLBACK;

-- ok
ROLLBACK; ROLLBACK

-- ok
/* x */ ROLLBACK -- y

-- ok
rOlLbAcK wOrK

-- error 13: syntax error at end of input
ROLLBACK AND

-- error 10: syntax error at or near "CHAIN"
ROLLBACK CHAIN

-- error 16: syntax error at end of input
ROLLBACK AND NO

-- error 10: syntax error at or near "NO"
ROLLBACK NO CHAIN

-- error 15: syntax error at or near "TRANSACTION"
ROLLBACK WORK TRANSACTION

-- error 10: syntax error at or near "'x'"
ROLLBACK 'x'

-- error 18: syntax error at end of input
ROLLBACK PREPARED

-- error 10: syntax error at or near "s"
ROLLBACK s

-- error 20: syntax error at or near "AND"
ROLLBACK AND CHAIN AND CHAIN

-- error 20: syntax error at or near "TO"
ROLLBACK AND CHAIN TO s

-- error 10: syntax error at or near "1"
ROLLBACK 1

-- error 12: syntax error at end of input
ROLLBACK TO

-- error 14: syntax error at or near ","
ROLLBACK WORK,
