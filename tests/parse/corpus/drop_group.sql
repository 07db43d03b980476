-- ok
DROP GROUP r

-- ok
DROP GROUP "R"

-- ok
DROP GROUP r, s

-- ok
DROP GROUP IF EXISTS r

-- ok
DROP GROUP IF EXISTS r, s

-- ok
DROP GROUP CURRENT_USER

-- ok
DROP GROUP SESSION_USER, r

-- ok
DROP GROUP CURRENT_ROLE

-- ok
DROP GROUP if_

-- ok
DROP GROUP "IF"

-- ok
DROP GROUP r, s, "T"

-- ok
DROP GROUP IF EXISTS "R"

-- ok
DROP GROUP IF EXISTS CURRENT_USER

-- ok
DROP GROUP name

-- ok
DROP GROUP PUBLIC

-- error 11: syntax error at end of input
DROP GROUP

-- error 13: syntax error at or near "."
DROP GROUP a.b

-- error 12: syntax error at or near "'r'"
DROP GROUP 'r'

-- error 14: syntax error at or near "s"
DROP GROUP r s

-- error 14: syntax error at end of input
DROP GROUP r,

-- error 14: syntax error at or near "CASCADE"
DROP GROUP r CASCADE

-- error 14: syntax error at or near "RESTRICT"
DROP GROUP r RESTRICT

-- error 21: syntax error at end of input
DROP GROUP IF EXISTS

-- error 15: syntax error at or near "NOT"
DROP GROUP IF NOT EXISTS r

-- error 12 42939: role name "none" is reserved
DROP GROUP none

-- error 12: syntax error at or near "1"
DROP GROUP 1

-- error 13: syntax error at or near "("
DROP GROUP r()
