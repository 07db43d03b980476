-- ok
CREATE INDEX i ON t (a)

-- ok
CREATE UNIQUE INDEX CONCURRENTLY i ON ONLY t (a)

-- ok
CREATE INDEX IF NOT EXISTS i ON s.t (a)

-- ok
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON t * (a)

-- ok
CREATE INDEX ON t (a)

-- ok
CREATE UNIQUE INDEX CONCURRENTLY ON ONLY t (a)

-- ok
CREATE INDEX ON t (a, b)

-- ok
CREATE INDEX ON t ((a + 1))

-- ok
CREATE INDEX ON t (f(a))

-- ok
CREATE INDEX ON t (s.f(a, b))

-- ok
CREATE INDEX ON t (a COLLATE "C")

-- ok
CREATE INDEX ON t (a ops)

-- ok
CREATE INDEX ON t (a s.ops)

-- ok
CREATE INDEX ON t (a COLLATE "C" ops)

-- ok
CREATE INDEX ON t (a ASC)

-- ok
CREATE INDEX ON t (a DESC)

-- ok
CREATE INDEX ON t (a NULLS FIRST)

-- ok
CREATE INDEX ON t (a DESC NULLS LAST)

-- ok
CREATE INDEX ON t (a ops (x = 1))

-- ok
CREATE INDEX ON t (a ops (x, y = 'z') DESC)

-- ok
CREATE INDEX ON t (COALESCE(a, b))

-- ok
CREATE INDEX ON t (CAST(a AS int))

-- ok
CREATE INDEX ON t (lower(a), (b), "C")

-- ok
CREATE INDEX ON t (((a)))

-- ok
CREATE INDEX i ON t USING btree (a)

-- ok
CREATE INDEX i ON t USING gin (a)

-- ok
CREATE INDEX i ON t USING "X" (a)

-- ok
CREATE INDEX i ON t (a) INCLUDE (b)

-- ok
CREATE INDEX i ON t (a) INCLUDE (b, c)

-- ok
CREATE INDEX i ON t (a) NULLS DISTINCT

-- ok
CREATE INDEX i ON t (a) NULLS NOT DISTINCT

-- ok
CREATE INDEX i ON t (a) WITH (fillfactor = 70)

-- ok
CREATE INDEX i ON t (a) WITH (x, y = 'z', w = auto)

-- ok
CREATE INDEX i ON t (a) TABLESPACE x

-- ok
CREATE INDEX i ON t (a) WHERE b

-- ok
CREATE INDEX i ON t (a) WHERE b > 1 AND c IS NULL

-- ok
CREATE INDEX i ON t USING gist (a) INCLUDE (b) NULLS NOT DISTINCT WITH (x = 1) TABLESPACE y WHERE c

-- ok
CREATE INDEX i ON t (a) INCLUDE ((b + 1))

-- ok
CREATE INDEX i ON t (a) INCLUDE (b COLLATE "C")

-- ok
CREATE INDEX i ON t (a) INCLUDE (f(b))

-- ok
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON ONLY s.t USING btree (a DESC, lower(b)) WHERE a = 1

-- ok
CREATE INDEX if_ ON t (a)

-- ok
CREATE INDEX ON t (a NULLS)

-- error 22: syntax error at end of input
CREATE INDEX ON t ((a

-- error 18: syntax error at end of input
CREATE INDEX ON t

-- error 19: syntax error at or near "b"
CREATE INDEX ON t b) COLLATE "C" ops ASC NULLS LAST)

-- error 13: syntax error at end of input
CREATE INDEX

-- error 15: syntax error at end of input
CREATE INDEX i

-- error 18: syntax error at end of input
CREATE INDEX i ON

-- error 20: syntax error at end of input
CREATE INDEX i ON t

-- error 22: syntax error at or near ")"
CREATE INDEX i ON t ()

-- error 21: syntax error at or near "a"
CREATE INDEX i ON t a

-- error 16: syntax error at or near "t"
CREATE INDEX i t (a)

-- error 15: syntax error at or near "."
CREATE INDEX s.i ON t (a)

-- error 28: syntax error at or near "ON"
CREATE INDEX IF NOT EXISTS ON t (a)

-- error 16: syntax error at or near "IF"
CREATE INDEX i IF NOT EXISTS ON t (a)

-- error 16: syntax error at or near "CONCURRENTLY"
CREATE INDEX i CONCURRENTLY ON t (a)

-- error 22: syntax error at or near "+"
CREATE INDEX ON t (a + 1)

-- error 27: syntax error at or near "ASC"
CREATE INDEX ON t (a DESC ASC)

-- error 20: syntax error at or near "NULLS"
CREATE INDEX ON t (NULLS FIRST)

-- error 23: syntax error at or near ")"
CREATE INDEX ON t (a, )

-- error 27: syntax error at or near ")"
CREATE INDEX ON t (a ops ())

-- error 26: syntax error at or near "COLLATE"
CREATE INDEX ON t (a ops COLLATE "C")

-- error 25: syntax error at or near "("
CREATE INDEX ON t USING (a)

-- error 23: syntax error at or near "USING"
CREATE INDEX ON t (a) USING gin

-- error 32: syntax error at end of input
CREATE INDEX i ON t (a) INCLUDE

-- error 34: syntax error at or near ")"
CREATE INDEX i ON t (a) INCLUDE ()

-- error 33: syntax error at or near "b"
CREATE INDEX i ON t (a) INCLUDE b

-- error 30: syntax error at end of input
CREATE INDEX i ON t (a) NULLS

-- error 34: syntax error at end of input
CREATE INDEX i ON t (a) NULLS NOT

-- error 25: syntax error at or near "NULLS"
CREATE INDEX i ON t (a) NULLS FIRST

-- error 29: syntax error at end of input
CREATE INDEX i ON t (a) WITH

-- error 31: syntax error at or near ")"
CREATE INDEX i ON t (a) WITH ()

-- error 34: syntax error at or near "."
CREATE INDEX i ON t (a) WITH (a.b.c = 1)

-- error 35: syntax error at end of input
CREATE INDEX i ON t (a) TABLESPACE

-- error 30: syntax error at end of input
CREATE INDEX i ON t (a) WHERE

-- error 33: syntax error at or near "TABLESPACE"
CREATE INDEX i ON t (a) WHERE a TABLESPACE x

-- error 34: syntax error at or near "INCLUDE"
CREATE INDEX i ON t (a) WITH (x) INCLUDE (b)

-- error 38: syntax error at or near "WITH"
CREATE INDEX i ON t (a) TABLESPACE x WITH (y)

-- error 25: syntax error at or near "DESC"
CREATE INDEX i ON t (a) DESC

-- error 32: syntax error at or near ","
CREATE INDEX i ON t (a) WHERE a, b

-- error 25: syntax error at or near "("
CREATE INDEX i ON t (a) (b)

-- error 15: syntax error at or near "UNIQUE"
CREATE UNIQUE UNIQUE INDEX i ON t (a)

-- error 8: syntax error at or near "CLUSTERED"
CREATE CLUSTERED INDEX i ON t (a)

-- error 19: syntax error at or near "INDEX"
CREATE OR REPLACE INDEX i ON t (a)

-- error 13: syntax error at or near "INDEX"
CREATE TEMP INDEX i ON t (a)

-- error 8: syntax error at or near "PRIMARY"
CREATE PRIMARY INDEX i ON t (a)

-- error 8: syntax error at or near "FULLTEXT"
CREATE FULLTEXT INDEX i ON t (a)
