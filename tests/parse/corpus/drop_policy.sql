-- ok
DROP POLICY p ON t

-- ok
DROP POLICY p ON t CASCADE

-- ok
DROP POLICY p ON t RESTRICT

-- ok
DROP POLICY p ON s.t

-- ok
DROP POLICY p ON s.t CASCADE

-- ok
DROP POLICY p ON s.t RESTRICT

-- ok
DROP POLICY "P" ON t

-- ok
DROP POLICY "P" ON t CASCADE

-- ok
DROP POLICY "P" ON t RESTRICT

-- ok
DROP POLICY "P" ON s.t

-- ok
DROP POLICY "P" ON s.t CASCADE

-- ok
DROP POLICY "P" ON s.t RESTRICT

-- ok
DROP POLICY IF EXISTS p ON t

-- ok
DROP POLICY IF EXISTS p ON t CASCADE

-- ok
DROP POLICY IF EXISTS p ON t RESTRICT

-- ok
DROP POLICY IF EXISTS p ON s.t

-- ok
DROP POLICY IF EXISTS p ON s.t CASCADE

-- ok
DROP POLICY IF EXISTS p ON s.t RESTRICT

-- ok
DROP POLICY IF EXISTS "P" ON t

-- ok
DROP POLICY IF EXISTS "P" ON t CASCADE

-- ok
DROP POLICY IF EXISTS "P" ON t RESTRICT

-- ok
DROP POLICY IF EXISTS "P" ON s.t

-- ok
DROP POLICY IF EXISTS "P" ON s.t CASCADE

-- ok
DROP POLICY IF EXISTS "P" ON s.t RESTRICT

-- error 12: syntax error at end of input
DROP POLICY

-- error 14: syntax error at end of input
DROP POLICY p

-- error 17: syntax error at end of input
DROP POLICY p ON

-- error 15: syntax error at or near "t"
DROP POLICY p t

-- error 20: syntax error at or near "u"
DROP POLICY p ON t u

-- error 19: syntax error at or near ","
DROP POLICY p ON t, u

-- error 14: syntax error at or near ","
DROP POLICY p, q ON t

-- error 14: syntax error at or near "."
DROP POLICY a.b ON t

-- error 13: syntax error at or near "'p'"
DROP POLICY 'p' ON t

-- error 16: syntax error at or near "NOT"
DROP POLICY IF NOT EXISTS p ON t

-- error 24: syntax error at end of input
DROP POLICY IF EXISTS p

-- error 28: syntax error at or near "RESTRICT"
DROP POLICY p ON t CASCADE RESTRICT

-- error 13: syntax error at or near "ON"
DROP POLICY ON t

-- error 19: syntax error at or near "("
DROP POLICY p ON t()
