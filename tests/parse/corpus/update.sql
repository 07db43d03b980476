-- ok
UPDATE t SET a = 1

-- ok
UPDATE ONLY t SET a = 1

-- ok
UPDATE t * SET a = 1

-- ok
UPDATE t AS x SET a = 1

-- ok
UPDATE t x SET a = 1

-- ok
UPDATE s.t SET a = 1

-- ok
UPDATE ONLY (t) AS x SET a = 1

-- ok
UPDATE d.s.t "X" SET a = 1

-- ok
UPDATE ONLY t x SET a = 1

-- ok
UPDATE t SET a = DEFAULT

-- ok
UPDATE t SET a = a + 1, b = NULL

-- ok
UPDATE t SET a.b = 1

-- ok
UPDATE t SET a[1] = 2

-- ok
UPDATE t SET a[1:2].c = 3

-- ok
UPDATE t SET (a, b) = (1, 2)

-- ok
UPDATE t SET (a, b) = ROW(1, DEFAULT)

-- ok
UPDATE t SET (a, b) = (DEFAULT, 2)

-- ok
UPDATE t SET (a, b) = (SELECT 1, 2)

-- ok
UPDATE t SET (a) = (1)

-- ok
UPDATE t SET (a) = ROW(1)

-- ok
UPDATE t SET (a.b, c[1]) = (1, 2)

-- ok
UPDATE t SET a = (SELECT 1)

-- ok
UPDATE t SET (a, b) = (SELECT c, d FROM u), e = 1

-- ok
UPDATE t SET "A" = 'x'

-- ok
UPDATE t SET (a) = (SELECT 1)

-- ok
UPDATE t SET (a, b) = f(c)

-- ok
UPDATE t SET (a, b) = x.*

-- ok
UPDATE t SET t.a = 1

-- ok
UPDATE t SET a = 1 FROM u

-- ok
UPDATE t SET a = 1 FROM u, v RETURNING *

-- ok
UPDATE t SET a = 1 FROM u JOIN v ON b

-- ok
UPDATE t SET a = 1 FROM (SELECT 1) x RETURNING *

-- ok
UPDATE t SET a = 1 FROM LATERAL f(1) y

-- ok
UPDATE t SET a = 1 FROM u AS x WHERE t.b = x.b RETURNING *

-- ok
UPDATE t SET a = 1 FROM ONLY u

-- ok
UPDATE t SET a = 1 WHERE b = 1

-- ok
UPDATE t SET a = 1 WHERE CURRENT OF c

-- ok
UPDATE t SET a = 1 WHERE EXISTS (SELECT 1)

-- ok
UPDATE t SET a = 1 WHERE a IN (SELECT b FROM u)

-- ok
UPDATE t SET a = 1 WHERE current OF "C"

-- ok
UPDATE t SET a = 1 WHERE b = 1 RETURNING a

-- ok
UPDATE t SET a = 1 WHERE CURRENT OF c RETURNING *

-- ok
UPDATE t SET a = 1 RETURNING *

-- ok
UPDATE t SET a = 1 RETURNING a, b

-- ok
UPDATE t SET a = 1 RETURNING a AS b

-- ok
UPDATE t SET a = 1 RETURNING old.a, new.a

-- ok
UPDATE t SET a = 1 RETURNING WITH (OLD AS o, NEW AS n) o.a, n.a

-- ok
UPDATE t SET a = 1 RETURNING WITH (NEW AS x) x.*

-- ok
UPDATE t SET a = 1 RETURNING t.*, u.*

-- ok
WITH c AS (SELECT 1) UPDATE t SET a = 1

-- ok
WITH RECURSIVE c AS (SELECT 1), d AS (SELECT 2) UPDATE t SET a = 1

-- ok
WITH c AS (UPDATE u SET b = 1 RETURNING *) UPDATE t SET a = 1

-- ok
UPDATE t AS x SET a = x.b + $1, c = CASE WHEN d THEN e END FROM u, v WHERE x.f = u.g AND u.h = v.i RETURNING x.*, u.j AS k

-- ok
UPDATE set SET set = 1

-- ok
UPDATE t SET (a, b, c) = (1, 2, 3), d = 4

-- ok
UPDATE t SET (a, b, c) = (DEFAULT, DEFAULT, DEFAULT), d = 4

-- ok
UPDATE t SET (a, b, c) = (SELECT 1, 2, 3), d = 4

-- ok
UPDATE t SET (a, b, c) = (VALUES (1, 2, 3)), d = 4

-- ok
UPDATE t SET (a, b, c) = (TABLE u), d = 4

-- ok
UPDATE t SET (a, b, c) = (WITH x AS (SELECT 1) TABLE x), d = 4

-- ok
UPDATE t SET (a, b, c) = (SELECT d, e, f FROM u WHERE u.g = t.g LIMIT 1), d = 4

-- ok
UPDATE t SET a = CASE WHEN b THEN 1 END WHERE b = a

-- ok
UPDATE t SET a = ARRAY[1, 2] WHERE b = a

-- ok
UPDATE t SET a = ROW(1, 2) WHERE b = a

-- ok
UPDATE t SET a = (SELECT max(b) FROM u) WHERE b = a

-- ok
UPDATE t SET a = a COLLATE "C" WHERE b = a

-- ok
UPDATE t SET a = b IS NULL WHERE b = a

-- ok
UPDATE t SET a = NOT b WHERE b = a

-- ok
UPDATE t SET a = $1 WHERE b = a

-- ok
UPDATE t SET a = DEFAULT WHERE b = a

-- ok
UPDATE t SET a = f(b => 1) WHERE b = a

-- ok
UPDATE t SET a = a AND b OR c WHERE b = a

-- ok
UPDATE t SET a["x"] = 1, b[1][2] = 2, c[:] = d, e.f.g = 3, h[1].i[2:] = 4

-- ok
WITH u AS (UPDATE v SET a = 1 RETURNING *) UPDATE t AS w SET (a, b) = (SELECT c, d FROM u), e = DEFAULT FROM u x JOIN y USING (z) WHERE CURRENT OF cur RETURNING WITH (OLD AS before, NEW AS after) before.a, after.b

-- error 18: syntax error at or near "a"
UPDATE t set SET a = 1

-- error 7: syntax error at end of input
UPDATE

-- error 9: syntax error at end of input
UPDATE t

-- error 14: syntax error at or near "="
UPDATE SET a = 1

-- error 13: syntax error at end of input
UPDATE t SET

-- error 15: syntax error at end of input
UPDATE t SET a

-- error 17: syntax error at end of input
UPDATE t SET a =

-- error 14: syntax error at or near "="
UPDATE t SET = 1

-- error 20: syntax error at end of input
UPDATE t SET a = 1,

-- error 16: syntax error at or near "1"
UPDATE t SET a 1

-- error 16: syntax error at or near "=="
UPDATE t SET a == 1

-- error 18: syntax error at or near "1"
UPDATE t SET (a) 1

-- error 15: syntax error at or near ")"
UPDATE t SET () = (1)

-- error 22: syntax error at end of input
UPDATE t SET (a, b) =

-- error 14: syntax error at or near "1"
UPDATE t SET 1 = a

-- error 20: syntax error at or near "b"
UPDATE t SET a = 1 b = 2

-- error 16: syntax error at or near "+"
UPDATE t SET a + b = 1

-- error 14: syntax error at or near "*"
UPDATE t SET *

-- error 14: syntax error at or near "'a'"
UPDATE t SET 'a' = 1

-- error 9: syntax error at or near ","
UPDATE t, u SET a = 1

-- error 17: syntax error at or near "a"
UPDATE t AS SET a = 1

-- error 8: syntax error at or near "FROM"
UPDATE FROM t SET a = 1

-- error 12: syntax error at or near "y"
UPDATE t x y SET a = 1

-- error 19: syntax error at or near "="
UPDATE ONLY SET a = 1

-- error 16: syntax error at or near "=>"
UPDATE t SET a => 1

-- error 16: syntax error at or near ":="
UPDATE t SET a := 1

-- error 24: syntax error at end of input
UPDATE t SET a = 1 FROM

-- error 25: syntax error at or near "WHERE"
UPDATE t SET a = 1 FROM WHERE a

-- error 25: syntax error at end of input
UPDATE t SET a = 1 WHERE

-- error 36: syntax error at end of input
UPDATE t SET a = 1 WHERE CURRENT OF

-- error 37: syntax error at or near "1"
UPDATE t SET a = 1 WHERE CURRENT OF 1

-- error 38: syntax error at or near "."
UPDATE t SET a = 1 WHERE CURRENT OF a.b

-- error 29: syntax error at end of input
UPDATE t SET a = 1 RETURNING

-- error 20: syntax error at or near "ORDER"
UPDATE t SET a = 1 ORDER BY a

-- error 20: syntax error at or near "LIMIT"
UPDATE t SET a = 1 LIMIT 1

-- error 20: syntax error at or near "GROUP"
UPDATE t SET a = 1 GROUP BY a

-- error 28: syntax error at or near "FROM"
UPDATE t SET a = 1 WHERE a FROM b

-- error 28: syntax error at or near "WHERE"
UPDATE t SET a = 1 WHERE a WHERE b

-- error 32: syntax error at or near "WHERE"
UPDATE t SET a = 1 RETURNING a WHERE b

-- error 39: syntax error at or near "AND"
UPDATE t SET a = 1 WHERE CURRENT OF c AND d

-- error 38: syntax error at or near "OF"
UPDATE t SET a = 1 WHERE NOT CURRENT OF c

-- error 20: syntax error at or near "SET"
UPDATE t SET a = 1 SET b = 2

-- error 20: syntax error at or near "USING"
UPDATE t SET a = 1 USING u

-- error 20: syntax error at or near "FOR"
UPDATE t SET a = 1 FOR UPDATE

-- error 32: syntax error at or near "INTO"
UPDATE t SET a = 1 RETURNING a INTO b
