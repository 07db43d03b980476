-- ok
ROLLBACK TO s

-- ok
ROLLBACK TO SAVEPOINT s

-- ok
ROLLBACK WORK TO s

-- ok
ROLLBACK WORK TO SAVEPOINT s

-- ok
ROLLBACK TRANSACTION TO s

-- ok
ROLLBACK TRANSACTION TO SAVEPOINT s

-- ok
ROLLBACK TO "S"

-- ok
ROLLBACK TO savepoint

-- ok
ROLLBACK TO SAVEPOINT savepoint

-- ok
ROLLBACK WORK TO between

-- ok
ROLLBACK TO SAVEPOINT "a b"

-- ok
ROLLBACK TO work

-- ok
ROLLBACK TO abort;

-- ok
ROLLBACK TO s1; SELECT 1

-- ok
ROLLBACK TO SAVEPOINT _s

-- ok
ROLLBACK TO SAVEPOINT

-- error 12: syntax error at end of input
ROLLBACK TO

-- error 15: syntax error at or near "t"
ROLLBACK TO s t

-- error 13: syntax error at or near "'s'"
ROLLBACK TO 's'

-- error 13: syntax error at or near "1"
ROLLBACK TO 1

-- error 14: syntax error at or near "."
ROLLBACK TO a.b

-- error 14: syntax error at or near ","
ROLLBACK TO s, t

-- error 10: syntax error at or near "SAVEPOINT"
ROLLBACK SAVEPOINT s

-- error 25: syntax error at or near "t"
ROLLBACK TO SAVEPOINT s t

-- error 15: syntax error at or near "AND"
ROLLBACK TO s AND CHAIN

-- error 15: syntax error at or near "SAVEPOINT"
ROLLBACK WORK SAVEPOINT s

-- error 13: syntax error at or near "("
ROLLBACK TO (s)

-- error 13: syntax error at or near "$1"
ROLLBACK TO $1

-- error 13: syntax error at or near "select"
ROLLBACK TO select

-- error 7: syntax error at or near "TO"
ABORT TO s
