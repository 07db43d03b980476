-- ok
DROP CAST (int AS text)

-- ok
DROP CAST (int AS text) CASCADE

-- ok
DROP CAST (int AS text) RESTRICT

-- ok
DROP CAST (int AS s.t)

-- ok
DROP CAST (int AS s.t) CASCADE

-- ok
DROP CAST (int AS s.t) RESTRICT

-- ok
DROP CAST (int AS int[])

-- ok
DROP CAST (int AS int[]) CASCADE

-- ok
DROP CAST (int AS int[]) RESTRICT

-- ok
DROP CAST IF EXISTS (int AS text)

-- ok
DROP CAST IF EXISTS (int AS text) CASCADE

-- ok
DROP CAST IF EXISTS (int AS text) RESTRICT

-- ok
DROP CAST IF EXISTS (int AS s.t)

-- ok
DROP CAST IF EXISTS (int AS s.t) CASCADE

-- ok
DROP CAST IF EXISTS (int AS s.t) RESTRICT

-- ok
DROP CAST IF EXISTS (int AS int[])

-- ok
DROP CAST IF EXISTS (int AS int[]) CASCADE

-- ok
DROP CAST IF EXISTS (int AS int[]) RESTRICT

-- error 10: syntax error at end of input
DROP CAST

-- error 15: syntax error at or near ")"
DROP CAST (int)

-- error 15: syntax error at or near ","
DROP CAST (int, text)

-- error 11: syntax error at or near "int"
DROP CAST int AS text

-- error 18: syntax error at or near ")"
DROP CAST (int AS)

-- error 12: syntax error at or near "AS"
DROP CAST (AS text)

-- error 33: syntax error at or near "RESTRICT"
DROP CAST (int AS text) CASCADE RESTRICT

-- error 24: syntax error at or near ","
DROP CAST (int AS text), (text AS int)

-- error 25: syntax error at or near "WITH"
DROP CAST (int AS text) WITH FUNCTION f

-- error 14: syntax error at or near "NOT"
DROP CAST IF NOT EXISTS (int AS text)

-- error 12: syntax error at or near "'int'"
DROP CAST ('int' AS text)

-- error 23: syntax error at end of input
DROP CAST (int AS text

-- error 11: syntax error at or near "a"
DROP CAST a
