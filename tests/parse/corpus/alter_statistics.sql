-- ok
ALTER STATISTICS s OWNER TO r

-- ok
ALTER STATISTICS a.s RENAME TO t

-- ok
ALTER STATISTICS "S" SET SCHEMA x

-- ok
ALTER STATISTICS s SET STATISTICS 5

-- ok
ALTER STATISTICS a.s SET STATISTICS -1

-- ok
ALTER STATISTICS "S" SET STATISTICS DEFAULT

-- ok
ALTER STATISTICS s OWNER TO CURRENT_USER

-- ok
ALTER STATISTICS IF EXISTS s SET STATISTICS 5

-- ok
ALTER STATISTICS IF EXISTS a.s SET STATISTICS DEFAULT

-- ok
ALTER STATISTICS IF EXISTS s SET STATISTICS +7

-- ok
ALTER STATISTICS x.y.z OWNER TO SESSION_USER

-- ok
ALTER STATISTICS x.y.z RENAME TO "T"

-- ok
ALTER STATISTICS x.y.z SET SCHEMA "X"

-- ok
ALTER STATISTICS x.y.z SET STATISTICS 10000

-- ok
ALTER STATISTICS x.y.z SET STATISTICS 0

-- error 17: syntax error at end of input
ALTER STATISTICS

-- error 19: syntax error at end of input
ALTER STATISTICS s

-- error 25: syntax error at end of input
ALTER STATISTICS s OWNER

-- error 26: syntax error at or near "r"
ALTER STATISTICS s OWNER r

-- error 26: syntax error at end of input
ALTER STATISTICS s RENAME

-- error 31: syntax error at or near "."
ALTER STATISTICS s RENAME TO a.b

-- error 23: syntax error at end of input
ALTER STATISTICS s SET

-- error 34: syntax error at end of input
ALTER STATISTICS s SET STATISTICS

-- error 35: syntax error at or near "x"
ALTER STATISTICS s SET STATISTICS x

-- error 35: syntax error at or near "1.5"
ALTER STATISTICS s SET STATISTICS 1.5

-- error 30: syntax error at end of input
ALTER STATISTICS s SET SCHEMA

-- error 30: syntax error at or near "RENAME"
ALTER STATISTICS IF EXISTS s RENAME TO t

-- error 30: syntax error at or near "OWNER"
ALTER STATISTICS IF EXISTS s OWNER TO r

-- error 18: syntax error at or near "'s'"
ALTER STATISTICS 's' SET STATISTICS 5

-- error 20: syntax error at or near "STATISTICS"
ALTER STATISTICS s STATISTICS 5

-- error 20: syntax error at or near "ON"
ALTER STATISTICS s ON a FROM t

-- error 35: syntax error at or near "99999999999"
ALTER STATISTICS s SET STATISTICS 99999999999
