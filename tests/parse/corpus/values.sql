-- ok
VALUES (1)

-- ok
VALUES (1, 2)

-- ok
VALUES (DEFAULT)

-- ok
VALUES (1, DEFAULT, NULL)

-- ok
VALUES ((1))

-- ok
VALUES ((SELECT 1))

-- ok
VALUES (a + b, f(c))

-- ok
VALUES (ROW(1, 2))

-- ok
VALUES ($1, $2)

-- ok
VALUES (1), (2)

-- ok
VALUES (1), (2), (3)

-- ok
VALUES (1), (2) ORDER BY 1

-- ok
VALUES (1), (2) LIMIT 1

-- ok
VALUES (1), (2) OFFSET 1

-- ok
VALUES (1), (2) ORDER BY 1 DESC LIMIT 2 OFFSET 3

-- ok
VALUES (1), (2) FETCH FIRST ROW ONLY

-- ok
VALUES (1), (2) UNION VALUES (4)

-- ok
VALUES (1), (2) UNION ALL SELECT 4

-- ok
VALUES (1), (2) FOR UPDATE

-- ok
(VALUES (1))

-- ok
(VALUES (1)) LIMIT 1

-- ok
(VALUES (1)) UNION (VALUES (2))

-- ok
VALUES (1, 2), (3)

-- ok
WITH c AS (VALUES (1)) VALUES (2)

-- ok
SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS v (n, s) WHERE n IN (VALUES (1))

-- error 7: syntax error at end of input
VALUES

-- error 9: syntax error at or near ")"
VALUES ()

-- error 8: syntax error at or near "1"
VALUES 1

-- error 12: syntax error at end of input
VALUES (1),

-- error 12: syntax error at or near "("
VALUES (1) (2)

-- error 11: syntax error at or near ")"
VALUES (1,)

-- error 9: syntax error at or near ","
VALUES (,1)

-- error 12: syntax error at or near "AS"
VALUES (1) AS v

-- error 13: syntax error at or near "2"
VALUES (1), 2

-- error 10: syntax error at end of input
VALUES (1

-- error 9: syntax error at or near "*"
VALUES (*)

-- error 11: syntax error at or near "AS"
VALUES (1 AS a)

-- error 11: syntax error at or near "2"
VALUES (1 2)

-- error 12: syntax error at or near "WHERE"
VALUES (1) WHERE a

-- error 12: syntax error at or near "GROUP"
VALUES (1) GROUP BY a

-- error 12: syntax error at or near "INTO"
VALUES (1) INTO x

-- error 12: syntax error at or near "FROM"
VALUES (1) FROM t

-- error 12: syntax error at or near "HAVING"
VALUES (1) HAVING a

-- error 12: syntax error at or near "WINDOW"
VALUES (1) WINDOW w AS ()
