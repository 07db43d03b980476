-- ok
REASSIGN OWNED BY r TO s

-- ok
REASSIGN OWNED BY r, s TO "S"

-- ok
REASSIGN OWNED BY "R" TO CURRENT_USER

-- ok
REASSIGN OWNED BY CURRENT_USER TO SESSION_USER

-- ok
REASSIGN OWNED BY SESSION_USER, CURRENT_ROLE TO CURRENT_ROLE

-- ok
REASSIGN OWNED BY PUBLIC TO to_

-- ok
REASSIGN OWNED BY a, b, c TO s

-- ok
REASSIGN OWNED BY owned TO "S"

-- ok
REASSIGN OWNED BY x TO q

-- ok
REASSIGN OWNED BY x TO CURRENT_ROLE

-- ok
REASSIGN OWNED BY x TO "A B"

-- ok
REASSIGN OWNED BY y, z TO q

-- ok
REASSIGN OWNED BY y, z TO CURRENT_ROLE

-- ok
REASSIGN OWNED BY y, z TO "A B"

-- ok
REASSIGN OWNED BY by_ TO q

-- ok
REASSIGN OWNED BY by_ TO CURRENT_ROLE

-- ok
REASSIGN OWNED BY by_ TO "A B"

-- error 9: syntax error at end of input
REASSIGN

-- error 15: syntax error at end of input
REASSIGN OWNED

-- error 18: syntax error at end of input
REASSIGN OWNED BY

-- error 20: syntax error at end of input
REASSIGN OWNED BY r

-- error 23: syntax error at end of input
REASSIGN OWNED BY r TO

-- error 19: syntax error at or near "TO"
REASSIGN OWNED BY TO s

-- error 16: syntax error at or near "r"
REASSIGN OWNED r TO s

-- error 10: syntax error at or near "BY"
REASSIGN BY r TO s

-- error 25: syntax error at or near ","
REASSIGN OWNED BY r TO s, t

-- error 21: syntax error at or near "s"
REASSIGN OWNED BY r s TO t

-- error 19: syntax error at or near "'r'"
REASSIGN OWNED BY 'r' TO s

-- error 20: syntax error at or near "."
REASSIGN OWNED BY a.b TO c

-- error 26: syntax error at or near "CASCADE"
REASSIGN OWNED BY r TO s CASCADE

-- error 19 42939: role name "none" is reserved
REASSIGN OWNED BY none TO s

-- error 16: syntax error at or near "FROM"
REASSIGN OWNED FROM r TO s
