-- ok
CREATE STATISTICS ON a, b FROM t

-- ok
CREATE STATISTICS s (ndistinct) ON a, b FROM t

-- ok
CREATE STATISTICS a.s (ndistinct, dependencies, mcv) ON a, b FROM s.t

-- ok
CREATE STATISTICS IF NOT EXISTS s ON (a + b) FROM t

-- ok
CREATE STATISTICS "S" ON a, (b + 1), f(c) FROM t

-- ok
CREATE STATISTICS ON lower(a) FROM t

-- ok
CREATE STATISTICS s ON a FROM t, u

-- ok
CREATE STATISTICS a.s ON a FROM t JOIN u ON b

-- ok
CREATE STATISTICS IF NOT EXISTS s ON a FROM (SELECT 1) x

-- ok
CREATE STATISTICS "S" ("X") ON a FROM t AS y

-- ok
CREATE STATISTICS ON a FROM ONLY t

-- ok
CREATE STATISTICS s ON (a), ((b)) FROM t

-- ok
CREATE STATISTICS a.s ON COALESCE(a, b), c FROM t

-- ok
CREATE STATISTICS IF NOT EXISTS s.x (mcv) ON (a || b), c FROM d

-- ok
CREATE STATISTICS (mcv) ON a FROM t

-- error 18: syntax error at end of input
CREATE STATISTICS

-- error 20: syntax error at end of input
CREATE STATISTICS s

-- error 23: syntax error at end of input
CREATE STATISTICS s ON

-- error 25: syntax error at end of input
CREATE STATISTICS s ON a

-- error 30: syntax error at end of input
CREATE STATISTICS s ON a FROM

-- error 21: syntax error at or near "FROM"
CREATE STATISTICS s FROM t

-- error 22: syntax error at or near ")"
CREATE STATISTICS s () ON a FROM t

-- error 32: syntax error at or near "ON"
CREATE STATISTICS s (ndistinct ON a FROM t

-- error 22: syntax error at or near "'mcv'"
CREATE STATISTICS s ('mcv') ON a FROM t

-- error 26: syntax error at or near "+"
CREATE STATISTICS s ON a + b FROM t

-- error 27: syntax error at or near "FROM"
CREATE STATISTICS s ON a, FROM t

-- error 24: syntax error at or near "*"
CREATE STATISTICS s ON * FROM t

-- error 28: syntax error at or near "FROM"
CREATE STATISTICS s ON a.b FROM t

-- error 33: syntax error at or near "WHERE"
CREATE STATISTICS s ON a FROM t WHERE b

-- error 26: syntax error at or near "DESC"
CREATE STATISTICS s ON a DESC FROM t

-- error 33: syntax error at or near "ON"
CREATE STATISTICS IF NOT EXISTS ON a FROM t

-- error 26: syntax error at or near "COLLATE"
CREATE STATISTICS s ON a COLLATE "C" FROM t

-- error 24: syntax error at or near "1"
CREATE STATISTICS s ON 1 FROM t

-- error 26: syntax error at or near "AS"
CREATE STATISTICS s ON a AS b FROM t

-- error 19: syntax error at or near "STATISTICS"
CREATE OR REPLACE STATISTICS s ON a FROM t
