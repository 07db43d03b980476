-- ok
SELECT f() OVER ()

-- ok
SELECT f() OVER (w)

-- ok
SELECT f() OVER (PARTITION BY a)

-- ok
SELECT f() OVER (PARTITION BY a, b + 1)

-- ok
SELECT f() OVER (ORDER BY a)

-- ok
SELECT f() OVER (ORDER BY a DESC, b NULLS LAST)

-- ok
SELECT f() OVER (PARTITION BY a ORDER BY b)

-- ok
SELECT f() OVER (w ORDER BY a)

-- ok
SELECT f() OVER (w PARTITION BY a)

-- ok
SELECT f() OVER (w ROWS UNBOUNDED PRECEDING)

-- ok
SELECT f() OVER (ORDER BY a ROWS UNBOUNDED PRECEDING)

-- ok
SELECT f() OVER (ORDER BY a RANGE CURRENT ROW)

-- ok
SELECT f() OVER (ORDER BY a GROUPS 1 PRECEDING)

-- ok
SELECT f() OVER (ORDER BY a ROWS a + 1 PRECEDING)

-- ok
SELECT f() OVER (ORDER BY a RANGE INTERVAL '1' DAY PRECEDING)

-- ok
SELECT f() OVER (ORDER BY a GROUPS $1 PRECEDING)

-- ok
SELECT f() OVER (ORDER BY a ROWS '1 day' PRECEDING)

-- ok
SELECT f() OVER (ORDER BY a ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)

-- ok
SELECT f() OVER (ORDER BY a RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)

-- ok
SELECT f() OVER (ORDER BY a GROUPS BETWEEN 1 PRECEDING AND 2 FOLLOWING)

-- ok
SELECT f() OVER (ORDER BY a ROWS BETWEEN 1 FOLLOWING AND 3 FOLLOWING)

-- ok
SELECT f() OVER (ORDER BY a RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)

-- ok
SELECT f() OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)

-- ok
SELECT f() OVER (ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING)

-- ok
SELECT f() OVER (ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)

-- ok
SELECT f() OVER (ROWS BETWEEN CURRENT ROW AND CURRENT ROW)

-- ok
SELECT f() OVER (ROWS BETWEEN 1 PRECEDING AND 2 PRECEDING)

-- ok
SELECT f() OVER (ROWS BETWEEN 2 FOLLOWING AND 1 FOLLOWING)

-- ok
SELECT f() OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)

-- ok
SELECT f() OVER (RANGE CURRENT ROW EXCLUDE CURRENT ROW)

-- ok
SELECT f() OVER (RANGE UNBOUNDED PRECEDING EXCLUDE GROUP)

-- ok
SELECT f() OVER (RANGE BETWEEN CURRENT ROW AND CURRENT ROW EXCLUDE TIES)

-- ok
SELECT f() OVER (RANGE 1 PRECEDING EXCLUDE NO OTHERS)

-- ok
SELECT f() OVER w FROM t WINDOW w AS ()

-- ok
SELECT f() OVER w FROM t WINDOW w AS (PARTITION BY a)

-- ok
SELECT f() OVER w FROM t WINDOW w AS (ORDER BY a), v AS (w)

-- ok
SELECT f() OVER w FROM t WINDOW w AS (v), v AS (ORDER BY a ROWS 1 PRECEDING)

-- ok
SELECT f() OVER w FROM t WINDOW "W" AS (w ORDER BY b)

-- ok
SELECT f() OVER w FROM t WINDOW rows AS ()

-- ok
SELECT f() OVER w, g() OVER (w), h() OVER (ORDER BY a), i() FILTER (WHERE b) OVER w FROM t WHERE c GROUP BY d HAVING e WINDOW w AS (PARTITION BY f) ORDER BY g LIMIT 1

-- ok
SELECT f() OVER (partition_)

-- ok
SELECT f() OVER ("partition")

-- ok
SELECT f() OVER (unbounded)

-- ok
SELECT f() OVER (current_)

-- ok
SELECT f() OVER (exclude)

-- ok
SELECT f() OVER (preceding)

-- ok
SELECT f() OVER (ORDER BY a ROWS BETWEEN (SELECT 1) PRECEDING AND f(b) FOLLOWING)

-- ok
SELECT f() OVER (ORDER BY a ROWS BETWEEN unbounded + 1 PRECEDING AND unbounded FOLLOWING)

-- ok
SELECT sum(sum(a)) OVER (PARTITION BY count(*) OVER ())

-- ok
SELECT rows FROM t

-- ok
SELECT range FROM t

-- ok
SELECT groups FROM t

-- ok
SELECT unbounded FROM t

-- ok
SELECT preceding FROM t

-- ok
SELECT following FROM t

-- ok
SELECT exclude FROM t

-- ok
SELECT ties FROM t

-- ok
SELECT others FROM t

-- ok
SELECT partition FROM t

-- ok
SELECT f() OVER (ROWS LIKE (a) PRECEDING)

-- ok
SELECT f() OVER (ROWS BETWEEN (a) PRECEDING AND LIKE (a) FOLLOWING)

-- ok
SELECT f() OVER (ROWS BETWEEN = 1 PRECEDING)

-- ok
SELECT f() OVER (ROWS BETWEEN * 1 PRECEDING)

-- ok
SELECT f() OVER (ROWS BETWEEN <> 1 PRECEDING)

-- ok
SELECT f() OVER (ROWS BETWEEN ^ 1 PRECEDING)

-- ok
SELECT f() OVER (ROWS BETWEEN IS NULL PRECEDING)

-- ok
SELECT f() OVER (ROWS BETWEEN ISNULL PRECEDING)

-- ok
SELECT f() OVER (ROWS BETWEEN NOTNULL PRECEDING)

-- ok
SELECT f() OVER (ROWS BETWEEN AND 1 PRECEDING)

-- ok
SELECT f() OVER (ROWS BETWEEN OR 1 PRECEDING)

-- ok
SELECT f() OVER (ROWS BETWEEN COLLATE x PRECEDING)

-- ok
SELECT f() OVER (ROWS BETWEEN .x PRECEDING)

-- ok
SELECT f() OVER (ROWS BETWEEN [1] PRECEDING)

-- ok
SELECT f() OVER (ROWS BETWEEN ::int PRECEDING)

-- ok
SELECT f() OVER (ROWS BETWEEN % 2 PRECEDING)

-- error 61: syntax error at or near "ROW_"
SELECT f() OVER (ROWS BETWEEN a AND b PRECEDING AND CURRENT ROW_)

-- error 22: syntax error at or near ")"
SELECT f() OVER (rows)

-- error 23: syntax error at or near ")"
SELECT f() OVER (range)

-- error 24: syntax error at or near ")"
SELECT f() OVER (groups)

-- error 28: syntax error at or near "a"
SELECT f() OVER (PARTITION a)

-- error 30: syntax error at or near ")"
SELECT f() OVER (PARTITION BY)

-- error 24: syntax error at or near "a"
SELECT f() OVER (ORDER a)

-- error 26: syntax error at or near ")"
SELECT f() OVER (ORDER BY)

-- error 29: syntax error at or near "PARTITION"
SELECT f() OVER (ORDER BY a PARTITION BY b)

-- error 33: syntax error at or near "w"
SELECT f() OVER (PARTITION BY a w)

-- error 20: syntax error at or near "v"
SELECT f() OVER (w v)

-- error 19: syntax error at or near "."
SELECT f() OVER (a.b)

-- error 18: syntax error at or near "1"
SELECT f() OVER (1)

-- error 18: syntax error at or near "'w'"
SELECT f() OVER ('w')

-- error 20: syntax error at or near "AS"
SELECT f() OVER (w AS ())

-- error 22: syntax error at or near ")"
SELECT f() OVER (ROWS)

-- error 31: syntax error at or near ")"
SELECT f() OVER (RANGE BETWEEN)

-- error 26: syntax error at or near ")"
SELECT f() OVER (GROUPS 1)

-- error 24: syntax error at or near ")"
SELECT f() OVER (ROWS 1)

-- error 23 42P20: frame start cannot be UNBOUNDED FOLLOWING
SELECT f() OVER (ROWS UNBOUNDED FOLLOWING)

-- error 23 42P20: frame starting from following row cannot end with current row
SELECT f() OVER (ROWS 1 FOLLOWING)

-- error 31 42P20: frame start cannot be UNBOUNDED FOLLOWING
SELECT f() OVER (ROWS BETWEEN UNBOUNDED FOLLOWING AND CURRENT ROW)

-- error 47 42P20: frame end cannot be UNBOUNDED PRECEDING
SELECT f() OVER (ROWS BETWEEN CURRENT ROW AND UNBOUNDED PRECEDING)

-- error 47 42P20: frame starting from current row cannot have preceding rows
SELECT f() OVER (ROWS BETWEEN CURRENT ROW AND 1 PRECEDING)

-- error 47 42P20: frame starting from following row cannot have preceding rows
SELECT f() OVER (ROWS BETWEEN 1 FOLLOWING AND CURRENT ROW)

-- error 47 42P20: frame starting from following row cannot have preceding rows
SELECT f() OVER (ROWS BETWEEN 1 FOLLOWING AND 1 PRECEDING)

-- error 55 42P20: frame end cannot be UNBOUNDED PRECEDING
SELECT f() OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED PRECEDING)

-- error 31 42P20: frame start cannot be UNBOUNDED FOLLOWING
SELECT f() OVER (ROWS BETWEEN UNBOUNDED FOLLOWING AND UNBOUNDED FOLLOWING)

-- error 31: syntax error at or near ")"
SELECT f() OVER (RANGE CURRENT)

-- error 43: syntax error at or near ")"
SELECT f() OVER (RANGE CURRENT ROW EXCLUDE)

-- error 44: syntax error at or near "ROW"
SELECT f() OVER (RANGE CURRENT ROW EXCLUDE ROW)

-- error 46: syntax error at or near ")"
SELECT f() OVER (RANGE CURRENT ROW EXCLUDE NO)

-- error 44: syntax error at or near "OTHERS"
SELECT f() OVER (RANGE CURRENT ROW EXCLUDE OTHERS)

-- error 36: syntax error at or near "AND"
SELECT f() OVER (RANGE CURRENT ROW AND CURRENT ROW)

-- error 43: syntax error at or near ")"
SELECT f() OVER (RANGE BETWEEN CURRENT ROW)

-- error 39: syntax error at or near ")"
SELECT f() OVER (RANGE BETWEEN 1 AND 2)

-- error 36: syntax error at or near "2"
SELECT f() OVER (RANGE 1 PRECEDING 2 FOLLOWING)

-- error 32: syntax error at or near "TIES"
SELECT f() OVER (RANGE EXCLUDE TIES)

-- error 33: syntax error at or near ")"
SELECT f() OVER (RANGE UNBOUNDED)

-- error 32: syntax error at end of input
SELECT f() OVER w FROM t WINDOW

-- error 34: syntax error at end of input
SELECT f() OVER w FROM t WINDOW w

-- error 37: syntax error at end of input
SELECT f() OVER w FROM t WINDOW w AS

-- error 35: syntax error at or near "("
SELECT f() OVER w FROM t WINDOW w ()

-- error 38: syntax error at or near "v"
SELECT f() OVER w FROM t WINDOW w AS v

-- error 41: syntax error at end of input
SELECT f() OVER w FROM t WINDOW w AS (),

-- error 41: syntax error at or near "WINDOW"
SELECT f() OVER w FROM t WINDOW w AS () WINDOW v AS ()

-- error 41: syntax error at or near "WHERE"
SELECT f() OVER w FROM t WINDOW w AS () WHERE a

-- error 33: syntax error at or near "'w'"
SELECT f() OVER w FROM t WINDOW 'w' AS ()

-- error 41: syntax error at or near "HAVING"
SELECT f() OVER w FROM t WINDOW w AS () HAVING a

-- error 37: syntax error at or near "WINDOW"
SELECT f() OVER w FROM t ORDER BY a WINDOW w AS ()

-- error 31: syntax error at or near "BETWEEN"
SELECT f() OVER (ROWS BETWEEN BETWEEN

-- error 31: syntax error at or near "LIKE"
SELECT f() OVER (ROWS BETWEEN LIKE (a) PRECEDING AND 1 FOLLOWING)

-- error 31: syntax error at or near "ILIKE"
SELECT f() OVER (ROWS BETWEEN ILIKE (a) PRECEDING AND 1 FOLLOWING)

-- error 48: syntax error at or near "AND"
SELECT f() OVER (ROWS BETWEEN IN (a) PRECEDING AND 1 FOLLOWING)

-- error 31: syntax error at or near "SIMILAR"
SELECT f() OVER (ROWS BETWEEN SIMILAR (a) PRECEDING AND 1 FOLLOWING)

-- error 31: syntax error at or near "SIMILAR"
SELECT f() OVER (ROWS BETWEEN SIMILAR.x PRECEDING AND 1 FOLLOWING)

-- error 31: syntax error at or near "LIKE"
SELECT f() OVER (ROWS BETWEEN LIKE 'a' PRECEDING AND 1 FOLLOWING)

-- error 44: syntax error at or near ")"
SELECT f() OVER (ROWS BETWEEN + 1 PRECEDING)

-- error 45: syntax error at or near ")"
SELECT f() OVER (ROWS BETWEEN || 1 PRECEDING)

-- error 34: syntax error at or near "TIME"
SELECT f() OVER (ROWS BETWEEN AT TIME ZONE 'x' PRECEDING)

-- error 54: syntax error at or near ")"
SELECT f() OVER (ROWS BETWEEN OPERATOR(+) 1 PRECEDING)

-- error 40: syntax error at or near ")"
SELECT f() OVER (ROWS BETWEEN PRECEDING)

-- error 40: syntax error at or near ")"
SELECT f() OVER (ROWS BETWEEN FOLLOWING)

-- error 31: syntax error at or near "=>"
SELECT f() OVER (ROWS BETWEEN => 2 PRECEDING)

-- error 30: syntax error at or near ")"
SELECT f() OVER (ROWS BETWEEN)

-- error 30: syntax error at or near ","
SELECT f() OVER (ROWS BETWEEN, 1)

-- error 50: syntax error at or near ")"
SELECT f() OVER (ROWS BETWEEN UNBOUNDED PRECEDING)

-- error 39: syntax error at or near "TIES"
SELECT f() OVER (ROWS BETWEEN EXCLUDE TIES)
