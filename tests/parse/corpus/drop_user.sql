-- ok
DROP USER r

-- ok
DROP USER "R"

-- ok
DROP USER r, s

-- ok
DROP USER IF EXISTS r

-- ok
DROP USER IF EXISTS r, s

-- ok
DROP USER CURRENT_USER

-- ok
DROP USER SESSION_USER, r

-- ok
DROP USER CURRENT_ROLE

-- ok
DROP USER if_

-- ok
DROP USER "IF"

-- ok
DROP USER r, s, "T"

-- ok
DROP USER IF EXISTS "R"

-- ok
DROP USER IF EXISTS CURRENT_USER

-- ok
DROP USER name

-- ok
DROP USER PUBLIC

-- error 10: syntax error at end of input
DROP USER

-- error 12: syntax error at or near "."
DROP USER a.b

-- error 11: syntax error at or near "'r'"
DROP USER 'r'

-- error 13: syntax error at or near "s"
DROP USER r s

-- error 13: syntax error at end of input
DROP USER r,

-- error 13: syntax error at or near "CASCADE"
DROP USER r CASCADE

-- error 13: syntax error at or near "RESTRICT"
DROP USER r RESTRICT

-- error 20: syntax error at end of input
DROP USER IF EXISTS

-- error 14: syntax error at or near "NOT"
DROP USER IF NOT EXISTS r

-- error 11 42939: role name "none" is reserved
DROP USER none

-- error 11: syntax error at or near "1"
DROP USER 1

-- error 12: syntax error at or near "("
DROP USER r()
