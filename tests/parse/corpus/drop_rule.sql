-- ok
DROP RULE p ON t

-- ok
DROP RULE p ON t CASCADE

-- ok
DROP RULE p ON t RESTRICT

-- ok
DROP RULE p ON s.t

-- ok
DROP RULE p ON s.t CASCADE

-- ok
DROP RULE p ON s.t RESTRICT

-- ok
DROP RULE "P" ON t

-- ok
DROP RULE "P" ON t CASCADE

-- ok
DROP RULE "P" ON t RESTRICT

-- ok
DROP RULE "P" ON s.t

-- ok
DROP RULE "P" ON s.t CASCADE

-- ok
DROP RULE "P" ON s.t RESTRICT

-- ok
DROP RULE IF EXISTS p ON t

-- ok
DROP RULE IF EXISTS p ON t CASCADE

-- ok
DROP RULE IF EXISTS p ON t RESTRICT

-- ok
DROP RULE IF EXISTS p ON s.t

-- ok
DROP RULE IF EXISTS p ON s.t CASCADE

-- ok
DROP RULE IF EXISTS p ON s.t RESTRICT

-- ok
DROP RULE IF EXISTS "P" ON t

-- ok
DROP RULE IF EXISTS "P" ON t CASCADE

-- ok
DROP RULE IF EXISTS "P" ON t RESTRICT

-- ok
DROP RULE IF EXISTS "P" ON s.t

-- ok
DROP RULE IF EXISTS "P" ON s.t CASCADE

-- ok
DROP RULE IF EXISTS "P" ON s.t RESTRICT

-- error 10: syntax error at end of input
DROP RULE

-- error 12: syntax error at end of input
DROP RULE p

-- error 15: syntax error at end of input
DROP RULE p ON

-- error 13: syntax error at or near "t"
DROP RULE p t

-- error 18: syntax error at or near "u"
DROP RULE p ON t u

-- error 17: syntax error at or near ","
DROP RULE p ON t, u

-- error 12: syntax error at or near ","
DROP RULE p, q ON t

-- error 12: syntax error at or near "."
DROP RULE a.b ON t

-- error 11: syntax error at or near "'p'"
DROP RULE 'p' ON t

-- error 14: syntax error at or near "NOT"
DROP RULE IF NOT EXISTS p ON t

-- error 22: syntax error at end of input
DROP RULE IF EXISTS p

-- error 26: syntax error at or near "RESTRICT"
DROP RULE p ON t CASCADE RESTRICT

-- error 11: syntax error at or near "ON"
DROP RULE ON t

-- error 17: syntax error at or near "("
DROP RULE p ON t()
