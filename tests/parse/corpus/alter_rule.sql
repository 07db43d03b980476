-- ok
ALTER RULE r ON t RENAME TO q

-- ok
ALTER RULE r ON s.t RENAME TO q

-- ok
ALTER RULE r ON "T" RENAME TO q

-- ok
ALTER RULE "R" ON t RENAME TO q

-- ok
ALTER RULE "R" ON s.t RENAME TO q

-- ok
ALTER RULE "R" ON "T" RENAME TO q

-- ok
ALTER RULE _return ON t RENAME TO q

-- ok
ALTER RULE _return ON s.t RENAME TO q

-- ok
ALTER RULE _return ON "T" RENAME TO q

-- ok
ALTER RULE r ON d.s.t RENAME TO "Q"

-- ok
ALTER RULE rule ON a.b RENAME TO rule

-- ok
ALTER RULE "select" ON "A"."B" RENAME TO "R 2"

-- ok
ALTER RULE on_ ON view_ RENAME TO also

-- ok
ALTER RULE do_also ON t1 RENAME TO rule

-- ok
ALTER RULE instead ON a.b RENAME TO "R 2"

-- ok
ALTER RULE nothing ON "A"."B" RENAME TO also

-- error 17: syntax error at or near "ONLY"
ALTER RULE r ON ONLY t RENAME TO q

-- error 19: syntax error at or near "*"
ALTER RULE r ON t * RENAME TO q

-- error 19: syntax error at or near "ONLY"
ALTER RULE "R" ON ONLY t RENAME TO q

-- error 21: syntax error at or near "*"
ALTER RULE "R" ON t * RENAME TO q

-- error 23: syntax error at or near "ONLY"
ALTER RULE _return ON ONLY t RENAME TO q

-- error 25: syntax error at or near "*"
ALTER RULE _return ON t * RENAME TO q

-- error 11: syntax error at end of input
ALTER RULE

-- error 13: syntax error at end of input
ALTER RULE r

-- error 16: syntax error at end of input
ALTER RULE r ON

-- error 18: syntax error at end of input
ALTER RULE r ON t

-- error 25: syntax error at end of input
ALTER RULE r ON t RENAME

-- error 28: syntax error at end of input
ALTER RULE r ON t RENAME TO

-- error 30: syntax error at or near "."
ALTER RULE r ON t RENAME TO a.b

-- error 14: syntax error at or near "RENAME"
ALTER RULE r RENAME TO q

-- error 13: syntax error at or near "."
ALTER RULE a.b ON t RENAME TO c

-- error 12: syntax error at or near "'r'"
ALTER RULE 'r' ON t RENAME TO q

-- error 15: syntax error at or near "EXISTS"
ALTER RULE IF EXISTS r ON t RENAME TO q

-- error 19: syntax error at or near "OWNER"
ALTER RULE r ON t OWNER TO x

-- error 19: syntax error at or near "DISABLE"
ALTER RULE r ON t DISABLE
