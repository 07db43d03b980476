-- ok
DEALLOCATE p

-- ok
DEALLOCATE "P"

-- ok
DEALLOCATE ALL

-- ok
DEALLOCATE PREPARE p

-- ok
DEALLOCATE PREPARE ALL

-- ok
DEALLOCATE PREPARE "P"

-- ok
DEALLOCATE prepare

-- ok
DEALLOCATE all

-- ok
DEALLOCATE prepared

-- ok
DEALLOCATE PREPARE prepare

-- ok
DEALLOCATE abort

-- ok
DEALLOCATE "ALL"

-- ok
DEALLOCATE between

-- ok
DEALLOCATE p1

-- ok
DEALLOCATE "a b"

-- ok
DEALLOCATE int

-- ok
DEALLOCATE PREPARE

-- error 11: syntax error at end of input
DEALLOCATE

-- error 14: syntax error at or near "q"
DEALLOCATE p q

-- error 13: syntax error at or near ","
DEALLOCATE p, q

-- error 12: syntax error at or near "'p'"
DEALLOCATE 'p'

-- error 12: syntax error at or near "1"
DEALLOCATE 1

-- error 13: syntax error at or near "."
DEALLOCATE a.b

-- error 22: syntax error at or near "q"
DEALLOCATE PREPARE p q

-- error 16: syntax error at or near "p"
DEALLOCATE ALL p

-- error 14: syntax error at or near "ALL"
DEALLOCATE p ALL

-- error 12: syntax error at or near "$1"
DEALLOCATE $1

-- error 12: syntax error at or near "("
DEALLOCATE (p)

-- error 15: syntax error at or near "EXISTS"
DEALLOCATE IF EXISTS p

-- error 12: syntax error at or near "select"
DEALLOCATE select

-- error 21: syntax error at or near "p"
DEALLOCATE PREPARED p
