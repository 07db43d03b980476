-- ok
ALTER POLICY p ON t TO r

-- ok
ALTER POLICY "P" ON s.t TO r, s

-- ok
ALTER POLICY p ON t TO PUBLIC

-- ok
ALTER POLICY "P" ON s.t TO CURRENT_USER

-- ok
ALTER POLICY p ON t USING (a)

-- ok
ALTER POLICY "P" ON s.t USING (a > 1 AND b)

-- ok
ALTER POLICY p ON t WITH CHECK (a)

-- ok
ALTER POLICY "P" ON s.t USING (a) WITH CHECK (b)

-- ok
ALTER POLICY p ON t TO r USING (a) WITH CHECK (b)

-- ok
ALTER POLICY "P" ON s.t TO PUBLIC, r WITH CHECK (a)

-- ok
ALTER POLICY p ON t

-- ok
ALTER POLICY "P" ON s.t TO SESSION_USER USING (EXISTS (SELECT 1))

-- ok
ALTER POLICY p ON t USING ((a)) WITH CHECK ((b) OR c)

-- ok
ALTER POLICY p ON t RENAME TO q

-- ok
ALTER POLICY p ON t RENAME TO "Q"

-- ok
ALTER POLICY IF EXISTS p ON t RENAME TO q

-- error 13: syntax error at end of input
ALTER POLICY

-- error 15: syntax error at end of input
ALTER POLICY p

-- error 18: syntax error at end of input
ALTER POLICY p ON

-- error 16: syntax error at or near "t"
ALTER POLICY p t

-- error 23: syntax error at end of input
ALTER POLICY p ON t TO

-- error 26: syntax error at end of input
ALTER POLICY p ON t USING

-- error 27: syntax error at or near "a"
ALTER POLICY p ON t USING a

-- error 28: syntax error at or near ")"
ALTER POLICY p ON t USING ()

-- error 21: syntax error at or near "CHECK"
ALTER POLICY p ON t CHECK (a)

-- error 32: syntax error at or near "a"
ALTER POLICY p ON t WITH CHECK a

-- error 36: syntax error at or near "USING"
ALTER POLICY p ON t WITH CHECK (a) USING (b)

-- error 31: syntax error at or near "TO"
ALTER POLICY p ON t USING (a) TO r

-- error 21: syntax error at or near "FOR"
ALTER POLICY p ON t FOR SELECT

-- error 21: syntax error at or near "AS"
ALTER POLICY p ON t AS PERMISSIVE

-- error 27: syntax error at end of input
ALTER POLICY p ON t RENAME

-- error 32: syntax error at or near "."
ALTER POLICY p ON t RENAME TO a.b

-- error 15: syntax error at or near "."
ALTER POLICY a.b ON t TO r

-- error 24: syntax error at or near "'r'"
ALTER POLICY p ON t TO 'r'

-- error 31: syntax error at or near "TO"
ALTER POLICY IF EXISTS p ON t TO r
