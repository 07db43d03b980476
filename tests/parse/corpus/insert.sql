-- ok
INSERT INTO t VALUES (1)

-- ok
INSERT INTO s.t DEFAULT VALUES

-- ok
INSERT INTO d.s.t SELECT 1

-- ok
INSERT INTO t AS x (a) VALUES (1)

-- ok
INSERT INTO s.t AS "X" (a, b) SELECT 1, 2

-- ok
INSERT INTO t TABLE u

-- ok
INSERT INTO s.t (a) TABLE u

-- ok
INSERT INTO d.s.t (SELECT 1)

-- ok
INSERT INTO t AS x (a) (SELECT 1)

-- ok
INSERT INTO s.t AS "X" VALUES (1), (2), (DEFAULT)

-- ok
INSERT INTO t (a) VALUES (DEFAULT)

-- ok
INSERT INTO s.t SELECT * FROM u ORDER BY 1 LIMIT 1

-- ok
INSERT INTO d.s.t WITH c AS (SELECT 1) SELECT * FROM c

-- ok
INSERT INTO t AS x (a) WITH c AS (SELECT 1) TABLE c

-- ok
INSERT INTO t (a) VALUES (1)

-- ok
INSERT INTO t (a, b) VALUES (1)

-- ok
INSERT INTO t (a.b) VALUES (1)

-- ok
INSERT INTO t (a[1]) VALUES (1)

-- ok
INSERT INTO t (a[1:2]) VALUES (1)

-- ok
INSERT INTO t (a.b[1].c) VALUES (1)

-- ok
INSERT INTO t ("A", b.c) VALUES (1)

-- ok
INSERT INTO t (a[:]) VALUES (1)

-- ok
INSERT INTO t (a[b + 1]) VALUES (1)

-- ok
INSERT INTO t (a) OVERRIDING SYSTEM VALUE VALUES (1)

-- ok
INSERT INTO t (a) OVERRIDING USER VALUE SELECT 1

-- ok
INSERT INTO t (a) OVERRIDING SYSTEM VALUE TABLE u

-- ok
INSERT INTO t OVERRIDING USER VALUE VALUES (1)

-- ok
INSERT INTO t OVERRIDING SYSTEM VALUE SELECT 1

-- ok
INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING

-- ok
INSERT INTO t VALUES (1) ON CONFLICT (a) DO NOTHING

-- ok
INSERT INTO t VALUES (1) ON CONFLICT (a, b) DO NOTHING

-- ok
INSERT INTO t VALUES (1) ON CONFLICT (lower(a)) DO NOTHING

-- ok
INSERT INTO t VALUES (1) ON CONFLICT ((a + 1)) DO NOTHING

-- ok
INSERT INTO t VALUES (1) ON CONFLICT (a COLLATE "C") DO NOTHING

-- ok
INSERT INTO t VALUES (1) ON CONFLICT (a COLLATE "C" s.ops) DO NOTHING

-- ok
INSERT INTO t VALUES (1) ON CONFLICT (a text_ops) DO NOTHING

-- ok
INSERT INTO t VALUES (1) ON CONFLICT (a) WHERE b DO NOTHING

-- ok
INSERT INTO t VALUES (1) ON CONFLICT ON CONSTRAINT k DO NOTHING

-- ok
INSERT INTO t VALUES (1) ON CONFLICT (a DESC NULLS LAST) DO NOTHING

-- ok
INSERT INTO t VALUES (1) ON CONFLICT (a ops (x = 1)) DO NOTHING

-- ok
INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET b = 1

-- ok
INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET b = EXCLUDED.b

-- ok
INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET b = DEFAULT

-- ok
INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET b = 1, c = 2

-- ok
INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET (b, c) = (1, 2)

-- ok
INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET (b, c) = ROW(1, 2)

-- ok
INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET (b, c) = (SELECT 1, 2)

-- ok
INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET b.c = 1

-- ok
INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET b[1] = 2

-- ok
INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET (b) = ROW(1)

-- ok
INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET b = t.b + EXCLUDED.b WHERE t.c

-- ok
INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET b = 1 WHERE EXCLUDED.b > t.b

-- ok
INSERT INTO t VALUES (1) ON CONFLICT ON CONSTRAINT k DO UPDATE SET a = 1

-- ok
INSERT INTO t VALUES (1) ON CONFLICT (a) WHERE b > 1 DO UPDATE SET a = 1 RETURNING *

-- ok
INSERT INTO t VALUES (1) ON CONFLICT DO UPDATE SET a = 1 WHERE c RETURNING a

-- ok
INSERT INTO t VALUES (1) RETURNING *

-- ok
INSERT INTO t VALUES (1) RETURNING a

-- ok
INSERT INTO t VALUES (1) RETURNING a, b AS c

-- ok
INSERT INTO t VALUES (1) RETURNING a + 1 x

-- ok
INSERT INTO t VALUES (1) RETURNING t.*

-- ok
INSERT INTO t VALUES (1) RETURNING WITH (OLD AS o) o.a, new.b

-- ok
INSERT INTO t VALUES (1) RETURNING WITH (OLD AS o, NEW AS n) o.*, n.*

-- ok
INSERT INTO t VALUES (1) RETURNING WITH (NEW AS n) n.a

-- ok
INSERT INTO t VALUES (1) RETURNING old.a, new.a

-- ok
INSERT INTO t VALUES (1) RETURNING WITH (OLD AS old, OLD AS x) *

-- ok
INSERT INTO t VALUES (1) RETURNING (SELECT 1)

-- ok
WITH c AS (SELECT 1) INSERT INTO t SELECT * FROM c

-- ok
WITH RECURSIVE c AS (SELECT 1) INSERT INTO t SELECT * FROM c

-- ok
WITH c AS (DELETE FROM u RETURNING *), d AS (SELECT 2) INSERT INTO t SELECT * FROM c

-- ok
INSERT INTO t DEFAULT VALUES ON CONFLICT DO NOTHING

-- ok
INSERT INTO t DEFAULT VALUES RETURNING a

-- ok
INSERT INTO t DEFAULT VALUES ON CONFLICT (a) DO NOTHING RETURNING *

-- ok
INSERT INTO t (a) SELECT a FROM u WHERE b ON CONFLICT DO NOTHING

-- ok
INSERT INTO t (SELECT 1) UNION SELECT 2

-- ok
INSERT INTO t SELECT 1 UNION ALL SELECT 2 RETURNING *

-- ok
INSERT INTO t VALUES (1), (2) ORDER BY 1 LIMIT 1

-- ok
INSERT INTO t AS x (a) VALUES ($1) RETURNING x.a

-- error 7: syntax error at end of input
INSERT

-- error 8: syntax error at or near "t"
INSERT t VALUES (1)

-- error 21: syntax error at or near "1"
INSERT INTO VALUES (1)

-- error 14: syntax error at end of input
INSERT INTO t

-- error 16: syntax error at or near ")"
INSERT INTO t ()

-- error 16: syntax error at or near ")"
INSERT INTO t () VALUES (1)

-- error 15: syntax error at or near "x"
INSERT INTO t x VALUES (1)

-- error 18: syntax error at end of input
INSERT INTO t (a)

-- error 21: syntax error at end of input
INSERT INTO t VALUES

-- error 23: syntax error at or near ")"
INSERT INTO t VALUES ()

-- error 22: syntax error at or near "1"
INSERT INTO t VALUES 1

-- error 22: syntax error at end of input
INSERT INTO t DEFAULT

-- error 19: syntax error at or near "DEFAULT"
INSERT INTO t (a) DEFAULT VALUES

-- error 13: syntax error at or near "ONLY"
INSERT INTO ONLY t VALUES (1)

-- error 26: syntax error at or near "("
INSERT INTO t VALUES (1) (2)

-- error 16: syntax error at or near "1"
INSERT INTO t (1) VALUES (1)

-- error 15: syntax error at or near "*"
INSERT INTO t * VALUES (1)

-- error 18: syntax error at or near ")"
INSERT INTO t (a,) VALUES (1)

-- error 16: syntax error at or near "*"
INSERT INTO t (*) VALUES (1)

-- error 26: syntax error at or near "VALUES"
INSERT INTO t OVERRIDING VALUES (1)

-- error 33: syntax error at or near "VALUES"
INSERT INTO t OVERRIDING SYSTEM VALUES (1)

-- error 26: syntax error at or near "ALL"
INSERT INTO t OVERRIDING ALL VALUE VALUES (1)

-- error 37: syntax error at or near "DEFAULT"
INSERT INTO t OVERRIDING USER VALUE DEFAULT VALUES

-- error 26: syntax error at or near "OVERRIDING"
INSERT INTO t VALUES (1) OVERRIDING USER VALUE

-- error 38: syntax error at or near "a"
INSERT INTO t OVERRIDING USER VALUE (a) VALUES (1)

-- error 15: syntax error at or near "SET"
INSERT INTO t SET a = 1

-- error 26: syntax error at or near "1"
INSERT INTO t AS VALUES (1)

-- error 18: syntax error at or near "1"
INSERT INTO t AS 1 VALUES (1)

-- error 37: syntax error at end of input
INSERT INTO t VALUES (1) ON CONFLICT

-- error 40: syntax error at end of input
INSERT INTO t VALUES (1) ON CONFLICT DO

-- error 47: syntax error at end of input
INSERT INTO t VALUES (1) ON CONFLICT DO UPDATE

-- error 51: syntax error at end of input
INSERT INTO t VALUES (1) ON CONFLICT DO UPDATE SET

-- error 48: syntax error at or near "b"
INSERT INTO t VALUES (1) ON CONFLICT DO UPDATE b = 1

-- error 38: syntax error at or near "a"
INSERT INTO t VALUES (1) ON CONFLICT a DO NOTHING

-- error 39: syntax error at or near ")"
INSERT INTO t VALUES (1) ON CONFLICT () DO NOTHING

-- error 52: syntax error at or near "DO"
INSERT INTO t VALUES (1) ON CONFLICT ON CONSTRAINT DO NOTHING

-- error 53: syntax error at or near "."
INSERT INTO t VALUES (1) ON CONFLICT ON CONSTRAINT a.b DO NOTHING

-- error 54: syntax error at or near "("
INSERT INTO t VALUES (1) ON CONFLICT ON CONSTRAINT k (a) DO NOTHING

-- error 53: syntax error at or near "WHERE"
INSERT INTO t VALUES (1) ON CONFLICT (a) DO NOTHING WHERE b

-- error 45: syntax error at or near "DELETE"
INSERT INTO t VALUES (1) ON CONFLICT (a) DO DELETE

-- error 41: syntax error at or near "+"
INSERT INTO t VALUES (1) ON CONFLICT (a + 1) DO NOTHING

-- error 49: syntax error at or near "ON"
INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING ON CONFLICT DO NOTHING

-- error 53: syntax error at end of input
INSERT INTO t VALUES (1) ON CONFLICT DO UPDATE SET a

-- error 55: syntax error at end of input
INSERT INTO t VALUES (1) ON CONFLICT DO UPDATE SET a =

-- error 60: syntax error at end of input
INSERT INTO t VALUES (1) ON CONFLICT DO UPDATE SET (a) = 1,

-- error 38: syntax error at or near "IGNORE"
INSERT INTO t VALUES (1) ON CONFLICT IGNORE

-- error 38: syntax error at or near "WHERE"
INSERT INTO t VALUES (1) ON CONFLICT WHERE a DO NOTHING

-- error 54: syntax error at or near "WHERE"
INSERT INTO t VALUES (1) ON CONFLICT ON CONSTRAINT k WHERE a DO NOTHING

-- error 60: syntax error at or near "b"
INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET t.a b = 1

-- error 35: syntax error at end of input
INSERT INTO t VALUES (1) RETURNING

-- error 38: syntax error at end of input
INSERT INTO t VALUES (1) RETURNING *,

-- error 41: syntax error at or near "a"
INSERT INTO t VALUES (1) RETURNING WITH a

-- error 42: syntax error at or near ")"
INSERT INTO t VALUES (1) RETURNING WITH () a

-- error 46: syntax error at or near "o"
INSERT INTO t VALUES (1) RETURNING WITH (OLD o) a

-- error 42: syntax error at or near "FOO"
INSERT INTO t VALUES (1) RETURNING WITH (FOO AS o) a

-- error 51: syntax error at or near "a"
INSERT INTO t VALUES (1) RETURNING WITH (OLD AS o a

-- error 51: syntax error at end of input
INSERT INTO t VALUES (1) RETURNING WITH (OLD AS o)

-- error 36: syntax error at or near "INTO"
INSERT INTO t VALUES (1) RETURNING INTO x

-- error 38: syntax error at or near "FROM"
INSERT INTO t VALUES (1) RETURNING a FROM t

-- error 38: syntax error at or near "WHERE"
INSERT INTO t VALUES (1) RETURNING a WHERE b

-- error 38: syntax error at or near "RETURNING"
INSERT INTO t VALUES (1) RETURNING a RETURNING b

-- error 36: syntax error at or near "DISTINCT"
INSERT INTO t VALUES (1) RETURNING DISTINCT a
