-- ok
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (b int))

-- ok
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (b int, c text))

-- ok
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (b FOR ORDINALITY))

-- ok
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (b int PATH '$.x'))

-- ok
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (b text FORMAT JSON))

-- ok
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (b text FORMAT JSON ENCODING UTF8 PATH '$'))

-- ok
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (b int EXISTS))

-- ok
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (b int EXISTS PATH '$.y'))

-- ok
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (b jsonb WITH WRAPPER))

-- ok
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (b jsonb PATH '$' WITHOUT ARRAY WRAPPER))

-- ok
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (b text KEEP QUOTES))

-- ok
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (b text OMIT QUOTES ON SCALAR STRING))

-- ok
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (b int NULL ON EMPTY))

-- ok
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (b int ERROR ON ERROR))

-- ok
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (b int DEFAULT 1 ON EMPTY DEFAULT 2 ON ERROR))

-- ok
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (b int EXISTS TRUE ON ERROR))

-- ok
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (b int EXISTS PATH '$' UNKNOWN ON ERROR))

-- ok
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (b text FORMAT JSON WITH CONDITIONAL WRAPPER KEEP QUOTES EMPTY ON EMPTY ERROR ON ERROR))

-- ok
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (b int[] PATH '$' EMPTY ARRAY ON ERROR))

-- ok
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (b numeric(3, 1) PATH '$' NULL ON EMPTY NULL ON ERROR))

-- ok
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (NESTED '$.x' COLUMNS (b int)))

-- ok
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (NESTED PATH '$.x' COLUMNS (b int)))

-- ok
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (NESTED PATH '$' AS p COLUMNS (b int, c FOR ORDINALITY)))

-- ok
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (a int, NESTED '$' COLUMNS (NESTED '$' COLUMNS (b int)), NESTED '$' COLUMNS (c int)))

-- ok
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (nested int))

-- ok
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (nested text PATH '$'))

-- ok
SELECT * FROM JSON_TABLE(a, '$' AS p COLUMNS (b int) )

-- ok
SELECT * FROM JSON_TABLE(a, '$' PASSING 1 AS x COLUMNS (b int) ERROR ON ERROR) AS j

-- ok
SELECT * FROM JSON_TABLE(a, '$' AS p PASSING 1 AS x, b AS y COLUMNS (b int) EMPTY ON ERROR) j (x)

-- ok
SELECT * FROM JSON_TABLE(a, '$' PASSING c + d AS "Z" COLUMNS (b int) EMPTY ARRAY ON ERROR) AS j (x)

-- ok
SELECT * FROM JSON_TABLE(a, '$' AS p COLUMNS (b int) NULL ON ERROR) j

-- ok
SELECT * FROM JSON_TABLE(a FORMAT JSON, 'lax $' COLUMNS (b int))

-- ok
SELECT * FROM t, LATERAL JSON_TABLE(t.a, '$[*]' COLUMNS (b int)) AS j WHERE j.b > 1

-- ok
SELECT * FROM t LEFT JOIN JSON_TABLE(t.a, '$' COLUMNS (b int)) j ON TRUE

-- ok
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (b ORDINALITY))

-- ok
SELECT * FROM JSON_TABLE(a, 'x' COLUMNS (b int))

-- ok
SELECT * FROM JSON_TABLE(a, 'y' COLUMNS (b int))

-- ok
SELECT a, j.* FROM t CROSS JOIN LATERAL JSON_TABLE(t.a -> 'x', '$[*]' AS root PASSING b AS c COLUMNS (n FOR ORDINALITY, d text PATH '$.d' DEFAULT 'x' ON EMPTY ERROR ON ERROR, NESTED PATH '$.e[*]' AS e COLUMNS (f int EXISTS PATH '$.f'))) j (n, d, f)

-- ok
SELECT * FROM JSON_TABLE(a, ('$') COLUMNS (b int))

-- ok
SELECT * FROM JSON_TABLE(a, E'$' COLUMNS (b int))

-- ok
SELECT * FROM JSON_TABLE(a, $$lax $.x$$ COLUMNS (b int))

-- ok
SELECT * FROM JSON_TABLE(a, '$'
  '.x' COLUMNS (b int))

-- error 32 0A000: only string constants are supported in JSON_TABLE path specification
SELECT * FROM JSON_TABLE(f(a), $1 COLUMNS (b s.t))

-- error 32: syntax error at or near ")"
SELECT * FROM JSON_TABLE(a, '$')

-- error 33: syntax error at or near ")"
SELECT * FROM JSON_TABLE(a, 'x' )

-- error 26: syntax error at or near ")"
SELECT * FROM JSON_TABLE()

-- error 30: syntax error at or near ")"
SELECT * FROM JSON_TABLE( 'y')

-- error 42: syntax error at or near ")"
SELECT * FROM JSON_TABLE(a, '$' COLUMNS ())

-- error 28: syntax error at or near "COLUMNS"
SELECT * FROM JSON_TABLE(a COLUMNS (b int))

-- error 41: syntax error at or near "b"
SELECT * FROM JSON_TABLE(a, '$' COLUMNS b int)

-- error 43: syntax error at or near ")"
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (b))

-- error 48: syntax error at or near ")"
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (b int,))

-- error 44: syntax error at or near "("
SELECT * FROM JSON_TABLE(a, '$' AS COLUMNS (b int))

-- error 43: syntax error at or near "COLUMNS"
SELECT * FROM JSON_TABLE(a, '$' PASSING 1 COLUMNS (b int))

-- error 48: syntax error at or near "AS"
SELECT * FROM JSON_TABLE(a, '$' PASSING 1 AS x AS p COLUMNS (b int))

-- error 47: syntax error at or near ")"
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (b FOR))

-- error 48: syntax error at or near "FOR"
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (b int FOR ORDINALITY))

-- error 52: syntax error at or near ")"
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (b int PATH))

-- error 53: syntax error at or near "1"
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (b int PATH 1))

-- error 53: syntax error at or near "a"
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (b int PATH a.b))

-- error 55: syntax error at or near "WITH"
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (b int EXISTS WITH WRAPPER))

-- error 63: syntax error at or near "EMPTY"
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (b int EXISTS NULL ON EMPTY))

-- error 57: syntax error at or near "FORMAT"
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (b int PATH '$' FORMAT JSON))

-- error 56: syntax error at or near "ON"
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (b int DEFAULT ON EMPTY))

-- error 48: syntax error at or near ")"
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (NESTED))

-- error 60: syntax error at or near "int"
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (NESTED COLUMNS (c int)))

-- error 52: syntax error at or near ")"
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (NESTED '$'))

-- error 54: syntax error at or near "p"
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (NESTED PATH p COLUMNS (c int)))

-- error 56: syntax error at or near "'p'"
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (NESTED '$' AS 'p' COLUMNS (c int)))

-- error 62: syntax error at or near "NULL"
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (b int NULL ON ERROR NULL ON EMPTY))

-- error 49: syntax error at or near "ON"
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (b int) ON ERROR)

-- error 57: syntax error at or near "EMPTY"
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (b int) NULL ON EMPTY)

-- error 54: syntax error at or near ")"
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (b int) ERROR)

-- error 49: syntax error at or near "COLUMNS"
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (b int) COLUMNS (c int))

-- error 56: syntax error at or near ")"
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (b int) TRUE ON)

-- error 18: syntax error at or near "("
SELECT JSON_TABLE(a, '$' COLUMNS (b int))

-- error 50: syntax error at or near "WITH"
SELECT * FROM JSON_TABLE(a, '$' COLUMNS (b int)) WITH ORDINALITY

-- error 29 0A000: only string constants are supported in JSON_TABLE path specification
SELECT * FROM JSON_TABLE(a, b COLUMNS (b int))

-- error 29 0A000: only string constants are supported in JSON_TABLE path specification
SELECT * FROM JSON_TABLE(a, f(c) COLUMNS (b int))

-- error 40: syntax error at or near "int"
SELECT * FROM JSON_TABLE(a, COLUMNS (b int))

-- error 29 0A000: only string constants are supported in JSON_TABLE path specification
SELECT * FROM JSON_TABLE(a, (SELECT 1) COLUMNS (b int))

-- error 29 0A000: only string constants are supported in JSON_TABLE path specification
SELECT * FROM JSON_TABLE(a, 1 COLUMNS (b int))

-- error 29 0A000: only string constants are supported in JSON_TABLE path specification
SELECT * FROM JSON_TABLE(a, NULL COLUMNS (b int))

-- error 29 0A000: only string constants are supported in JSON_TABLE path specification
SELECT * FROM JSON_TABLE(a, CAST('$' AS jsonpath) COLUMNS (b int))

-- error 29 0A000: only string constants are supported in JSON_TABLE path specification
SELECT * FROM JSON_TABLE(a, n'lower' COLUMNS (NESTED '$.x' COLUMNS (b int)))

-- error 29 0A000: only string constants are supported in JSON_TABLE path specification
SELECT * FROM JSON_TABLE(a, N'$[*]' COLUMNS (b int))

-- error 29 0A000: only string constants are supported in JSON_TABLE path specification
SELECT * FROM JSON_TABLE(a, ( n'x') COLUMNS (b int))

-- error 29 0A000: only string constants are supported in JSON_TABLE path specification
SELECT * FROM JSON_TABLE(a, cast('$' AS text) COLUMNS (b int))

-- error 29 0A000: only string constants are supported in JSON_TABLE path specification
SELECT * FROM JSON_TABLE(a, '$'::text COLUMNS (b int))

-- error 29 0A000: only string constants are supported in JSON_TABLE path specification
SELECT * FROM JSON_TABLE(a, text '$' COLUMNS (b int))

-- error 29 0A000: only string constants are supported in JSON_TABLE path specification
SELECT * FROM JSON_TABLE(a, -1 COLUMNS (b int))
