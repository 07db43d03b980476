-- ok
SELECT * FROM a JOIN b ON c JOIN d ON e

-- ok
SELECT * FROM a LEFT JOIN b ON c RIGHT JOIN d ON e

-- ok
SELECT * FROM a JOIN b JOIN c JOIN d ON e ON f ON g

-- ok
SELECT * FROM a CROSS JOIN b JOIN c ON d

-- ok
SELECT * FROM a JOIN b CROSS JOIN c ON d

-- ok
SELECT * FROM a NATURAL JOIN b CROSS JOIN c

-- ok
SELECT * FROM a , b JOIN c ON d, e

-- ok
SELECT * FROM a FULL JOIN (b LEFT JOIN c ON d) ON e

-- ok
SELECT * FROM a JOIN LATERAL (SELECT a.x) b ON TRUE

-- ok
SELECT * FROM a JOIN b USING (c, "D") AS e JOIN f USING (g)

-- ok
SELECT * FROM ((a JOIN b ON c) JOIN (d JOIN e ON f) ON g)

-- ok
SELECT * FROM ((a JOIN b ON c) JOIN (d JOIN e ON f) ON g) AS h

-- ok
SELECT * FROM ((a JOIN b ON c) JOIN (d JOIN e ON f) ON g) h (i, j)

-- ok
SELECT * FROM a x JOIN LATERAL f(x.b) WITH ORDINALITY AS y (c, d) ON x.e = y.c LEFT OUTER JOIN ONLY z TABLESAMPLE SYSTEM (1) ON NOT y.d

-- ok
SELECT * FROM a NATURAL INNER JOIN b

-- ok
SELECT * FROM a NATURAL LEFT JOIN b

-- ok
SELECT * FROM a NATURAL LEFT OUTER JOIN b

-- ok
SELECT * FROM a NATURAL RIGHT JOIN b

-- ok
SELECT * FROM a NATURAL RIGHT OUTER JOIN b

-- ok
SELECT * FROM a NATURAL FULL JOIN b

-- ok
SELECT * FROM a NATURAL FULL OUTER JOIN b

-- ok
SELECT * FROM a INNER JOIN b ON a.c = b.c AND (a.d, a.e) = (b.d, b.e) WHERE f

-- ok
SELECT * FROM a LEFT JOIN b ON a.c = b.c AND (a.d, a.e) = (b.d, b.e) WHERE f

-- ok
SELECT * FROM a RIGHT JOIN b ON a.c = b.c AND (a.d, a.e) = (b.d, b.e) WHERE f

-- ok
SELECT * FROM a FULL JOIN b ON a.c = b.c AND (a.d, a.e) = (b.d, b.e) WHERE f

-- error 21: syntax error at end of input
SELECT * FROM a JOIN

-- error 26: syntax error at end of input
SELECT * FROM a JOIN b ON

-- error 35: syntax error at end of input
SELECT * FROM a JOIN b JOIN c ON d

-- error 28: syntax error at end of input
SELECT * FROM a LEFT JOIN b

-- error 25: syntax error at or near "b"
SELECT * FROM a NATURAL b

-- error 23: syntax error at or near "b"
SELECT * FROM a CROSS b

-- error 23: syntax error at or near "b"
SELECT * FROM a INNER b ON c

-- error 29: syntax error at or near "ON"
SELECT * FROM a JOIN b ON c ON d

-- error 30: syntax error at or near "USING"
SELECT * FROM a CROSS JOIN b USING (c)

-- error 33: syntax error at or near "+"
SELECT * FROM a JOIN b USING (c + 1)

-- error 34: syntax error at end of input
SELECT * FROM a JOIN b USING ("c"

-- error 17: syntax error at or near "OUTER"
SELECT * FROM a OUTER LEFT JOIN b ON c

-- error 24: syntax error at or near ")"
SELECT * FROM a JOIN (b) ON c

-- error 32: syntax error at or near "ON"
SELECT * FROM a JOIN (SELECT 1 ON c

-- error 32: syntax error at or near "USING"
SELECT * FROM a NATURAL JOIN b USING (c)

-- error 39: syntax error at or near "("
SELECT * FROM a JOIN b USING (c) AS d (e)

-- error 25: syntax error at or near "NATURAL"
SELECT * FROM a NATURAL NATURAL JOIN b

-- error 28: syntax error at or near "b"
SELECT * FROM a FULL OUTER b ON c

-- error 29: syntax error at end of input
SELECT * FROM (a JOIN b ON c

-- error 17: syntax error at or near ","
SELECT * FROM (a, b)
