-- ok
DROP TRIGGER p ON t

-- ok
DROP TRIGGER p ON t CASCADE

-- ok
DROP TRIGGER p ON t RESTRICT

-- ok
DROP TRIGGER p ON s.t

-- ok
DROP TRIGGER p ON s.t CASCADE

-- ok
DROP TRIGGER p ON s.t RESTRICT

-- ok
DROP TRIGGER "P" ON t

-- ok
DROP TRIGGER "P" ON t CASCADE

-- ok
DROP TRIGGER "P" ON t RESTRICT

-- ok
DROP TRIGGER "P" ON s.t

-- ok
DROP TRIGGER "P" ON s.t CASCADE

-- ok
DROP TRIGGER "P" ON s.t RESTRICT

-- ok
DROP TRIGGER IF EXISTS p ON t

-- ok
DROP TRIGGER IF EXISTS p ON t CASCADE

-- ok
DROP TRIGGER IF EXISTS p ON t RESTRICT

-- ok
DROP TRIGGER IF EXISTS p ON s.t

-- ok
DROP TRIGGER IF EXISTS p ON s.t CASCADE

-- ok
DROP TRIGGER IF EXISTS p ON s.t RESTRICT

-- ok
DROP TRIGGER IF EXISTS "P" ON t

-- ok
DROP TRIGGER IF EXISTS "P" ON t CASCADE

-- ok
DROP TRIGGER IF EXISTS "P" ON t RESTRICT

-- ok
DROP TRIGGER IF EXISTS "P" ON s.t

-- ok
DROP TRIGGER IF EXISTS "P" ON s.t CASCADE

-- ok
DROP TRIGGER IF EXISTS "P" ON s.t RESTRICT

-- error 13: syntax error at end of input
DROP TRIGGER

-- error 15: syntax error at end of input
DROP TRIGGER p

-- error 18: syntax error at end of input
DROP TRIGGER p ON

-- error 16: syntax error at or near "t"
DROP TRIGGER p t

-- error 21: syntax error at or near "u"
DROP TRIGGER p ON t u

-- error 20: syntax error at or near ","
DROP TRIGGER p ON t, u

-- error 15: syntax error at or near ","
DROP TRIGGER p, q ON t

-- error 15: syntax error at or near "."
DROP TRIGGER a.b ON t

-- error 14: syntax error at or near "'p'"
DROP TRIGGER 'p' ON t

-- error 17: syntax error at or near "NOT"
DROP TRIGGER IF NOT EXISTS p ON t

-- error 25: syntax error at end of input
DROP TRIGGER IF EXISTS p

-- error 29: syntax error at or near "RESTRICT"
DROP TRIGGER p ON t CASCADE RESTRICT

-- error 14: syntax error at or near "ON"
DROP TRIGGER ON t

-- error 20: syntax error at or near "("
DROP TRIGGER p ON t()
