-- ok
DROP OWNED BY r

-- ok
DROP OWNED BY "R"

-- ok
DROP OWNED BY r, s

-- ok
DROP OWNED BY CURRENT_USER

-- ok
DROP OWNED BY SESSION_USER

-- ok
DROP OWNED BY CURRENT_ROLE

-- ok
DROP OWNED BY PUBLIC

-- ok
DROP OWNED BY r CASCADE

-- ok
DROP OWNED BY r RESTRICT

-- ok
DROP OWNED BY r, s, CURRENT_USER CASCADE

-- ok
DROP OWNED BY "A", "B" RESTRICT

-- ok
DROP OWNED BY owned

-- ok
DROP OWNED BY by_

-- ok
DROP OWNED BY r, r

-- ok
DROP OWNED BY cascade_

-- error 11: syntax error at end of input
DROP OWNED

-- error 12: syntax error at or near "r"
DROP OWNED r

-- error 14: syntax error at end of input
DROP OWNED BY

-- error 17: syntax error at or near "s"
DROP OWNED BY r s

-- error 17: syntax error at end of input
DROP OWNED BY r,

-- error 16: syntax error at or near "."
DROP OWNED BY a.b

-- error 15: syntax error at or near "'r'"
DROP OWNED BY 'r'

-- error 18: syntax error at or near "EXISTS"
DROP OWNED BY IF EXISTS r

-- error 25: syntax error at or near "RESTRICT"
DROP OWNED BY r CASCADE RESTRICT

-- error 15 42939: role name "none" is reserved
DROP OWNED BY none

-- error 15: syntax error at or near "("
DROP OWNED BY (r)

-- error 12: syntax error at or near "FROM"
DROP OWNED FROM r

-- error 12: syntax error at or near "TO"
DROP OWNED TO r
