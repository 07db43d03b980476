-- ok
SET ROLE r

-- ok
SET SESSION ROLE "R"

-- ok
SET LOCAL ROLE 'r'

-- ok
SET ROLE NONE

-- ok
SET SESSION ROLE none

-- ok
SET LOCAL ROLE user_

-- ok
SET ROLE abort

-- ok
SET SESSION ROLE between

-- ok
SET SESSION ROLE NONE

-- ok
SET SESSION ROLE x

-- ok
SET SESSION ROLE 'Y z'

-- ok
SET LOCAL ROLE NONE

-- ok
SET LOCAL ROLE x

-- ok
SET LOCAL ROLE 'Y z'

-- ok
SET ROLE x

-- ok
SET ROLE 'Y z'

-- ok
RESET ROLE

-- ok
SET role = r

-- ok
SET ROLE TO r

-- ok
SET role TO NONE_

-- ok
SET ROLE = DEFAULT

-- error 9: syntax error at end of input
SET ROLE

-- error 12: syntax error at or near "s"
SET ROLE r s

-- error 11: syntax error at or near ","
SET ROLE r, s

-- error 10: syntax error at or near "1"
SET ROLE 1

-- error 11: syntax error at or near "."
SET ROLE a.b

-- error 10: syntax error at or near "CURRENT_USER"
SET ROLE CURRENT_USER

-- error 10: syntax error at or near "DEFAULT"
SET ROLE DEFAULT

-- error 10: syntax error at or near "select"
SET ROLE select

-- error 10: syntax error at or near "$1"
-- witness: ok
SET ROLE $1

-- error 10: syntax error at or near "NULL"
SET ROLE NULL

-- error 10: syntax error at or near "("
SET ROLE (r)

-- error 11: syntax error at end of input
SET ROLE =

-- error 10: syntax error at or near "user"
SET ROLE user
