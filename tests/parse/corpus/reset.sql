-- ok
RESET a

-- ok
RESET a.b

-- ok
RESET "A"

-- ok
RESET a.b.c

-- ok
RESET ALL

-- ok
RESET TIME ZONE

-- ok
RESET TRANSACTION ISOLATION LEVEL

-- ok
RESET SESSION AUTHORIZATION

-- ok
RESET search_path

-- ok
RESET role

-- ok
RESET timezone

-- ok
RESET time_

-- ok
RESET session_

-- ok
RESET transaction_

-- ok
RESET all_

-- ok
RESET names

-- ok
RESET TIME

-- ok
RESET TRANSACTION

-- ok
RESET SESSION

-- error 6: syntax error at end of input
RESET

-- error 9: syntax error at or near "b"
RESET a b

-- error 8: syntax error at or near ","
RESET a, b

-- error 7: syntax error at or near "'a'"
RESET 'a'

-- error 7: syntax error at or near "1"
RESET 1

-- error 9: syntax error at or near "="
RESET a = 1

-- error 9: syntax error at or near "TO"
RESET a TO b

-- error 17: syntax error at or near "x"
RESET TIME ZONE x

-- error 19: syntax error at or near "READ"
RESET TRANSACTION READ ONLY

-- error 15: syntax error at or near "a"
RESET SESSION a

-- error 13: syntax error at or near "a"
RESET LOCAL a

-- error 29: syntax error at or near "x"
RESET SESSION AUTHORIZATION x

-- error 11: syntax error at or near "a"
RESET ALL a

-- error 7: syntax error at or near "("
RESET (a)

-- error 7: syntax error at or near "$1"
RESET $1

-- error 9: syntax error at end of input
RESET a.
