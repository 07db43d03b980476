-- ok
SET CONSTRAINTS ALL DEFERRED

-- ok
SET CONSTRAINTS c IMMEDIATE

-- ok
SET CONSTRAINTS c, d DEFERRED

-- ok
SET CONSTRAINTS s.c IMMEDIATE

-- ok
SET CONSTRAINTS s.c, "D" DEFERRED

-- ok
SET CONSTRAINTS all IMMEDIATE

-- ok
SET CONSTRAINTS ALL IMMEDIATE

-- ok
SET CONSTRAINTS "C" DEFERRED

-- ok
SET CONSTRAINTS "C" IMMEDIATE

-- ok
SET CONSTRAINTS a.b.c DEFERRED

-- ok
SET CONSTRAINTS a.b.c IMMEDIATE

-- ok
SET CONSTRAINTS x, y, z DEFERRED

-- ok
SET CONSTRAINTS x, y, z IMMEDIATE

-- ok
SET CONSTRAINTS abort IMMEDIATE

-- ok
SET CONSTRAINTS between IMMEDIATE

-- ok
SET CONSTRAINTS "ALL" IMMEDIATE

-- ok
SET CONSTRAINTS = 1

-- ok
SET CONSTRAINTS TO x

-- error 16: syntax error at end of input
SET CONSTRAINTS

-- error 20: syntax error at end of input
SET CONSTRAINTS ALL

-- error 18: syntax error at end of input
SET CONSTRAINTS c

-- error 25: syntax error at end of input
SET CONSTRAINTS DEFERRED

-- error 19: syntax error at or near "d"
SET CONSTRAINTS c d DEFERRED

-- error 28: syntax error at end of input
SET CONSTRAINTS c, DEFERRED

-- error 20: syntax error at or near ","
SET CONSTRAINTS ALL, c DEFERRED

-- error 19: syntax error at or near "DEFERRABLE"
SET CONSTRAINTS c DEFERRABLE

-- error 19: syntax error at or near "INITIALLY"
SET CONSTRAINTS c INITIALLY DEFERRED

-- error 17: syntax error at or near "'c'"
SET CONSTRAINTS 'c' DEFERRED

-- error 19: syntax error at or near "NOT"
SET CONSTRAINTS c NOT DEFERRED

-- error 30: syntax error at or near "IMMEDIATE"
SET CONSTRAINTS ALL DEFERRED IMMEDIATE

-- error 23: syntax error at or near "ALL"
SET LOCAL CONSTRAINTS ALL DEFERRED

-- error 25: syntax error at or near "ALL"
SET SESSION CONSTRAINTS ALL DEFERRED

-- error 5: syntax error at or near "CONSTRAINT"
SET CONSTRAINT c DEFERRED
