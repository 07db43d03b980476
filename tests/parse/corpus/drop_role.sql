-- ok
DROP ROLE r

-- ok
DROP ROLE "R"

-- ok
DROP ROLE r, s

-- ok
DROP ROLE IF EXISTS r

-- ok
DROP ROLE IF EXISTS r, s

-- ok
DROP ROLE CURRENT_USER

-- ok
DROP ROLE SESSION_USER, r

-- ok
DROP ROLE CURRENT_ROLE

-- ok
DROP ROLE if_

-- ok
DROP ROLE "IF"

-- ok
DROP ROLE r, s, "T"

-- ok
DROP ROLE IF EXISTS "R"

-- ok
DROP ROLE IF EXISTS CURRENT_USER

-- ok
DROP ROLE name

-- ok
DROP ROLE PUBLIC

-- error 10: syntax error at end of input
DROP ROLE

-- error 12: syntax error at or near "."
DROP ROLE a.b

-- error 11: syntax error at or near "'r'"
DROP ROLE 'r'

-- error 13: syntax error at or near "s"
DROP ROLE r s

-- error 13: syntax error at end of input
DROP ROLE r,

-- error 13: syntax error at or near "CASCADE"
DROP ROLE r CASCADE

-- error 13: syntax error at or near "RESTRICT"
DROP ROLE r RESTRICT

-- error 20: syntax error at end of input
DROP ROLE IF EXISTS

-- error 14: syntax error at or near "NOT"
DROP ROLE IF NOT EXISTS r

-- error 11 42939: role name "none" is reserved
DROP ROLE none

-- error 11: syntax error at or near "1"
DROP ROLE 1

-- error 12: syntax error at or near "("
DROP ROLE r()
