-- ok
SET SESSION AUTHORIZATION r

-- ok
SET SESSION SESSION AUTHORIZATION "R"

-- ok
SET LOCAL SESSION AUTHORIZATION 'r'

-- ok
SET SESSION AUTHORIZATION DEFAULT

-- ok
SET SESSION SESSION AUTHORIZATION abort

-- ok
SET LOCAL SESSION AUTHORIZATION between

-- ok
SET SESSION AUTHORIZATION default_

-- ok
SET SESSION SESSION AUTHORIZATION DEFAULT

-- ok
SET SESSION SESSION AUTHORIZATION x

-- ok
SET SESSION SESSION AUTHORIZATION 'Y z'

-- ok
SET LOCAL SESSION AUTHORIZATION DEFAULT

-- ok
SET LOCAL SESSION AUTHORIZATION x

-- ok
SET LOCAL SESSION AUTHORIZATION 'Y z'

-- ok
SET SESSION AUTHORIZATION x

-- ok
SET SESSION AUTHORIZATION 'Y z'

-- ok
RESET SESSION AUTHORIZATION

-- ok
SET session_authorization = r

-- ok
SET session_authorization TO DEFAULT

-- error 26: syntax error at end of input
SET SESSION AUTHORIZATION

-- error 29: syntax error at or near "s"
SET SESSION AUTHORIZATION r s

-- error 28: syntax error at or near ","
SET SESSION AUTHORIZATION r, s

-- error 27: syntax error at or near "1"
SET SESSION AUTHORIZATION 1

-- error 28: syntax error at or near "."
SET SESSION AUTHORIZATION a.b

-- error 27: syntax error at or near "CURRENT_USER"
SET SESSION AUTHORIZATION CURRENT_USER

-- error 27: syntax error at or near "="
SET SESSION AUTHORIZATION = r

-- error 27: syntax error at or near "TO"
SET SESSION AUTHORIZATION TO r

-- error 27: syntax error at or near "select"
SET SESSION AUTHORIZATION select

-- error 27: syntax error at or near "NULL"
SET SESSION AUTHORIZATION NULL

-- error 21: syntax error at or near "r"
SET SESSION SESSION r

-- error 27: syntax error at or near "$1"
-- witness: ok
SET SESSION AUTHORIZATION $1

-- error 5: syntax error at or near "AUTHORIZATION"
SET AUTHORIZATION r
