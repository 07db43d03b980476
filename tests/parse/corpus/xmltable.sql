-- ok
SELECT * FROM XMLTABLE('/r' PASSING a COLUMNS b int)

-- ok
SELECT * FROM XMLTABLE('/r' PASSING BY REF a COLUMNS b FOR ORDINALITY)

-- ok
SELECT * FROM XMLTABLE('/r' PASSING BY VALUE a COLUMNS b int PATH '@x')

-- ok
SELECT * FROM XMLTABLE('/r' PASSING a BY REF COLUMNS b int DEFAULT 1)

-- ok
SELECT * FROM XMLTABLE('/r' PASSING BY VALUE a BY REF COLUMNS b int NOT NULL)

-- ok
SELECT * FROM XMLTABLE('/r' PASSING f(a) COLUMNS b text[], c s.t)

-- ok
SELECT * FROM XMLTABLE('/r' PASSING a COLUMNS b int PATH c )

-- ok
SELECT * FROM XMLTABLE('/r' PASSING a BY REF COLUMNS b int DEFAULT a PATH 'z', c FOR ORDINALITY, d text)

-- ok
SELECT * FROM XMLTABLE(XMLNAMESPACES('u' AS x), '/r' PASSING a COLUMNS b int)

-- ok
SELECT * FROM XMLTABLE(XMLNAMESPACES(DEFAULT 'u'), '/r' PASSING a COLUMNS b int) AS x

-- ok
SELECT * FROM XMLTABLE(XMLNAMESPACES('u' AS x, 'v' AS "Y"), '/r' PASSING a COLUMNS b int) x (b)

-- ok
SELECT * FROM XMLTABLE(XMLNAMESPACES('u' AS x, DEFAULT 'v'), '/r' PASSING a COLUMNS b int) AS x (b)

-- ok
SELECT * FROM XMLTABLE(XMLNAMESPACES( b AS z), '/r' PASSING a COLUMNS b int) AS x

-- ok
SELECT * FROM t, LATERAL XMLTABLE('/r' PASSING t.a COLUMNS b int) AS x WHERE x.b = 1

-- ok
SELECT * FROM XMLTABLE($1 PASSING a COLUMNS b int) x JOIN t ON TRUE

-- ok
SELECT * FROM XMLTABLE(f(p) PASSING a COLUMNS path int PATH 'x', columns text)

-- ok
SELECT * FROM XMLTABLE( 'x' PASSING a COLUMNS b int)

-- ok
SELECT * FROM XMLTABLE('/r' PASSING (a || b) COLUMNS b int PATH c || d, e int DEFAULT f || g NOT NULL)

-- ok
SELECT * FROM XMLTABLE(XMLNAMESPACES(a || b AS z, DEFAULT 'u' || 'v'), ('/' || p) PASSING a COLUMNS b int)

-- ok
SELECT a.*, x.* FROM a CROSS JOIN XMLTABLE('r' PASSING BY REF a.d COLUMNS b FOR ORDINALITY, "C" text PATH '.') AS x (p, q)

-- ok
SELECT * FROM XMLTABLE('/r' PASSING a COLUMNS b int "path" 'x')

-- error 40: syntax error at or near "COLUMNS"
SELECT * FROM XMLTABLE('/r' PASSING (a COLUMNS b int NULL)

-- error 45: syntax error at or near "b"
SELECT * FROM XMLTABLE('/r' PASSING COLUMNS b int PATH 'x' DEFAULT 'y' NOT NULL)

-- error 38: syntax error at or near ")"
SELECT * FROM XMLTABLE('/r' PASSING b) COLUMNS b int NOT NULL DEFAULT 1 PATH 'p')

-- error 54: syntax error at or near ")"
SELECT * FROM XMLTABLE('/r' PASSING BY REF a COLUMNS )

-- error 57: syntax error at or near ")"
SELECT * FROM XMLTABLE('/r' PASSING BY VALUE a COLUMNS d)

-- error 40: syntax error at or near ")"
SELECT * FROM XMLTABLE(XMLNAMESPACES(a ), '/r' PASSING a COLUMNS b int)

-- error 38: syntax error at or near ")"
SELECT * FROM XMLTABLE(XMLNAMESPACES(), '/r' PASSING a COLUMNS b int)

-- error 63: syntax error at or near ")"
SELECT * FROM XMLTABLE(('/' || p) PASSING a COLUMNS b int path)

-- error 24: syntax error at or near ")"
SELECT * FROM XMLTABLE()

-- error 28: syntax error at or near ")"
SELECT * FROM XMLTABLE('/r')

-- error 38: syntax error at or near ")"
SELECT * FROM XMLTABLE('/r' PASSING a)

-- error 29: syntax error at or near "COLUMNS"
SELECT * FROM XMLTABLE('/r' COLUMNS b int)

-- error 32: syntax error at or near "a"
SELECT * FROM XMLTABLE(PASSING a COLUMNS b int)

-- error 46: syntax error at or near ")"
SELECT * FROM XMLTABLE('/r' PASSING a COLUMNS)

-- error 48: syntax error at or near ")"
SELECT * FROM XMLTABLE('/r' PASSING a COLUMNS b)

-- error 47: syntax error at or near "("
SELECT * FROM XMLTABLE('/r' PASSING a COLUMNS (b int))

-- error 39: syntax error at or near "+"
SELECT * FROM XMLTABLE('/r' PASSING a + b COLUMNS c int)

-- error 29: syntax error at or near ")"
SELECT * FROM XMLTABLE('/r' )

-- error 28: syntax error at or near ","
SELECT * FROM XMLTABLE('/r', a COLUMNS b int)

-- error 57: syntax error at or near ")"
SELECT * FROM XMLTABLE('/r' PASSING a COLUMNS b int PATH)

-- error 60: syntax error at or near ")"
SELECT * FROM XMLTABLE('/r' PASSING a COLUMNS b int DEFAULT)

-- error 56: syntax error at or near ")"
SELECT * FROM XMLTABLE('/r' PASSING a COLUMNS b int NOT)

-- error 62: only one PATH value per column is allowed
SELECT * FROM XMLTABLE('/r' PASSING a COLUMNS b int PATH 'x' PATH 'y')

-- error 63: only one DEFAULT value is allowed
SELECT * FROM XMLTABLE('/r' PASSING a COLUMNS b int DEFAULT 1 DEFAULT 2)

-- error 58: conflicting or redundant NULL / NOT NULL declarations for column "b"
SELECT * FROM XMLTABLE('/r' PASSING a COLUMNS b int NULL NOT NULL)

-- error 62: conflicting or redundant NULL / NOT NULL declarations for column "b"
SELECT * FROM XMLTABLE('/r' PASSING a COLUMNS b int NOT NULL NOT NULL)

-- error 53: syntax error at or near "FOR"
SELECT * FROM XMLTABLE('/r' PASSING a COLUMNS b int FOR ORDINALITY)

-- error 53: syntax error at or near "UNIQUE"
SELECT * FROM XMLTABLE('/r' PASSING a COLUMNS b int UNIQUE)

-- error 53: unrecognized column option "bogus"
SELECT * FROM XMLTABLE('/r' PASSING a COLUMNS b int BOGUS 1)

-- error 67: conflicting or redundant NULL / NOT NULL declarations for column "b"
SELECT * FROM XMLTABLE('/r' PASSING a COLUMNS b int PATH 'x' NULL NULL)

-- error 53: unrecognized column option "is_not_null"
SELECT * FROM XMLTABLE('/r' PASSING a COLUMNS b int is_not_null 1)

-- error 41: syntax error at or near ")"
SELECT * FROM XMLTABLE(XMLNAMESPACES('u'), '/r' PASSING a COLUMNS b int)

-- error 45: syntax error at or near ")"
SELECT * FROM XMLTABLE(XMLNAMESPACES(DEFAULT), '/r' PASSING a COLUMNS b int)

-- error 44: syntax error at or near ")"
SELECT * FROM XMLTABLE(XMLNAMESPACES('u' AS), '/r' PASSING a COLUMNS b int)

-- error 43: syntax error at or near "'u'"
SELECT * FROM XMLTABLE(XMLNAMESPACES(x AS 'u'), '/r' PASSING a COLUMNS b int)

-- error 41: syntax error at or near "DEFAULT"
SELECT * FROM XMLTABLE(XMLNAMESPACES(NO DEFAULT), '/r' PASSING a COLUMNS b int)

-- error 47: syntax error at or near ")"
SELECT * FROM XMLTABLE(XMLNAMESPACES('u' AS x,), '/r' PASSING a COLUMNS b int)

-- error 16: syntax error at or near "("
SELECT XMLTABLE('/r' PASSING a COLUMNS b int)

-- error 54: syntax error at or near "WITH"
SELECT * FROM XMLTABLE('/r' PASSING a COLUMNS b int) WITH ORDINALITY

-- error 53: option name "__pg__is_not_null" cannot be used in XMLTABLE
SELECT * FROM XMLTABLE('/r' PASSING a COLUMNS b int __pg__is_not_null TRUE)

-- error 53: unrecognized column option "bogus"
SELECT * FROM XMLTABLE('/r' PASSING a COLUMNS b int bogus 'x')
