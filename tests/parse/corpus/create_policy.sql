-- ok
CREATE POLICY p ON t

-- ok
CREATE POLICY "P" ON s.t AS PERMISSIVE

-- ok
CREATE POLICY p ON t AS RESTRICTIVE

-- ok
CREATE POLICY "P" ON s.t FOR ALL

-- ok
CREATE POLICY p ON t FOR SELECT

-- ok
CREATE POLICY "P" ON s.t FOR INSERT

-- ok
CREATE POLICY p ON t FOR UPDATE

-- ok
CREATE POLICY "P" ON s.t FOR DELETE

-- ok
CREATE POLICY p ON t TO r

-- ok
CREATE POLICY "P" ON s.t TO PUBLIC

-- ok
CREATE POLICY p ON t TO CURRENT_USER, r

-- ok
CREATE POLICY "P" ON s.t USING (a)

-- ok
CREATE POLICY p ON t WITH CHECK (a)

-- ok
CREATE POLICY "P" ON s.t USING (a > 1) WITH CHECK (b OR c)

-- ok
CREATE POLICY p ON t AS RESTRICTIVE FOR UPDATE TO r USING (a) WITH CHECK (b)

-- ok
CREATE POLICY "P" ON s.t AS permissive

-- ok
CREATE POLICY p ON t FOR ALL TO SESSION_USER

-- ok
CREATE POLICY "P" ON s.t TO CURRENT_ROLE USING (a = current_user)

-- error 14: syntax error at end of input
CREATE POLICY

-- error 16: syntax error at end of input
CREATE POLICY p

-- error 19: syntax error at end of input
CREATE POLICY p ON

-- error 17: syntax error at or near "t"
CREATE POLICY p t

-- error 24: syntax error at end of input
CREATE POLICY p ON t AS

-- error 25: unrecognized row security option "bogus"
-- hint: Only PERMISSIVE or RESTRICTIVE policies are supported currently.
CREATE POLICY p ON t AS BOGUS

-- error 39: syntax error at or near "x"
CREATE POLICY p ON t AS "restrictive" x

-- error 25: syntax error at end of input
CREATE POLICY p ON t FOR

-- error 26: syntax error at or near "TRUNCATE"
CREATE POLICY p ON t FOR TRUNCATE

-- error 32: syntax error at or near ","
CREATE POLICY p ON t FOR SELECT, INSERT

-- error 24: syntax error at end of input
CREATE POLICY p ON t TO

-- error 27: syntax error at end of input
CREATE POLICY p ON t USING

-- error 28: syntax error at or near "a"
CREATE POLICY p ON t USING a

-- error 26: syntax error at end of input
CREATE POLICY p ON t WITH

-- error 33: syntax error at or near "a"
CREATE POLICY p ON t WITH CHECK a

-- error 22: syntax error at or near "CHECK"
CREATE POLICY p ON t CHECK (a)

-- error 37: syntax error at or near "USING"
CREATE POLICY p ON t WITH CHECK (a) USING (b)

-- error 30: syntax error at or near "AS"
CREATE POLICY p ON t FOR ALL AS PERMISSIVE

-- error 27: syntax error at or near "FOR"
CREATE POLICY p ON t TO r FOR ALL

-- error 16: syntax error at or near "."
CREATE POLICY a.b ON t

-- error 18: syntax error at or near "NOT"
CREATE POLICY IF NOT EXISTS p ON t

-- error 25: syntax error at or near "'permissive'"
CREATE POLICY p ON t AS 'permissive'
