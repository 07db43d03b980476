-- ok
SELECT JSON_OBJECT()

-- ok
SELECT JSON_OBJECT('a' : 1)

-- ok
SELECT JSON_OBJECT('a' VALUE 1)

-- ok
SELECT JSON_OBJECT('a' : 1, 'b' : 2)

-- ok
SELECT JSON_OBJECT(a VALUE b, c : d)

-- ok
SELECT JSON_OBJECT('a' : 1 NULL ON NULL)

-- ok
SELECT JSON_OBJECT('a' : 1 ABSENT ON NULL)

-- ok
SELECT JSON_OBJECT('a' : 1 WITH UNIQUE)

-- ok
SELECT JSON_OBJECT('a' : 1 WITH UNIQUE KEYS)

-- ok
SELECT JSON_OBJECT('a' : 1 WITHOUT UNIQUE)

-- ok
SELECT JSON_OBJECT('a' : 1 WITHOUT UNIQUE KEYS)

-- ok
SELECT JSON_OBJECT('a' : 1 ABSENT ON NULL WITH UNIQUE KEYS RETURNING jsonb)

-- ok
SELECT JSON_OBJECT('a' : 1 RETURNING text FORMAT JSON)

-- ok
SELECT JSON_OBJECT(RETURNING json)

-- ok
SELECT JSON_OBJECT('a' : b FORMAT JSON)

-- ok
SELECT JSON_OBJECT('a' : b FORMAT JSON ENCODING UTF8)

-- ok
SELECT JSON_OBJECT(RETURNING bytea FORMAT JSON ENCODING UTF16)

-- ok
SELECT JSON_OBJECT(a)

-- ok
SELECT JSON_OBJECT(a, b)

-- ok
SELECT JSON_OBJECT(ARRAY[a, b])

-- ok
SELECT JSON_OBJECT('a' )

-- ok
SELECT JSON_OBJECT( 'b' VALUE c)

-- ok
SELECT JSON_OBJECT(KEY_ VALUE 1)

-- ok
SELECT JSON_OBJECT('a', 1)

-- ok
SELECT JSON_OBJECT(x => y)

-- ok
SELECT JSON_ARRAY()

-- ok
SELECT JSON_ARRAY(1)

-- ok
SELECT JSON_ARRAY(1, 'a', NULL)

-- ok
SELECT JSON_ARRAY(1 NULL ON NULL)

-- ok
SELECT JSON_ARRAY(1 ABSENT ON NULL)

-- ok
SELECT JSON_ARRAY(1, 2 RETURNING jsonb)

-- ok
SELECT JSON_ARRAY(a FORMAT JSON, b)

-- ok
SELECT JSON_ARRAY(RETURNING text)

-- ok
SELECT JSON_ARRAY(SELECT a FROM t)

-- ok
SELECT JSON_ARRAY(SELECT 1 RETURNING jsonb)

-- ok
SELECT JSON_ARRAY(VALUES (1), (2))

-- ok
SELECT JSON_ARRAY(SELECT a FROM t ORDER BY b FORMAT JSON)

-- ok
SELECT JSON_ARRAY(WITH c AS (SELECT 1) SELECT * FROM c)

-- ok
SELECT JSON_ARRAY((SELECT 1))

-- ok
SELECT JSON_ARRAY(TABLE t RETURNING text FORMAT JSON ENCODING UTF8)

-- ok
SELECT JSON(a)

-- ok
SELECT JSON(a FORMAT JSON)

-- ok
SELECT JSON(a WITH UNIQUE)

-- ok
SELECT JSON(a FORMAT JSON ENCODING UTF8 WITH UNIQUE KEYS)

-- ok
SELECT JSON(a WITHOUT UNIQUE KEYS)

-- ok
SELECT JSON_SCALAR(a)

-- ok
SELECT JSON_SCALAR(1 + 2)

-- ok
SELECT JSON_SERIALIZE(a)

-- ok
SELECT JSON_SERIALIZE(a RETURNING bytea)

-- ok
SELECT JSON_SERIALIZE(a FORMAT JSON RETURNING text FORMAT JSON)

-- ok
SELECT JSON_OBJECTAGG(a : b)

-- ok
SELECT JSON_OBJECTAGG(a VALUE b) FILTER (WHERE c)

-- ok
SELECT JSON_OBJECTAGG(a : b NULL ON NULL) OVER w

-- ok
SELECT JSON_OBJECTAGG(a : b ABSENT ON NULL) OVER (PARTITION BY d)

-- ok
SELECT JSON_OBJECTAGG(a : b WITH UNIQUE) FILTER (WHERE c) OVER ()

-- ok
SELECT JSON_OBJECTAGG(a : b ABSENT ON NULL WITH UNIQUE KEYS RETURNING jsonb)

-- ok
SELECT JSON_OBJECTAGG(a : b FORMAT JSON RETURNING text) FILTER (WHERE c)

-- ok
SELECT JSON_ARRAYAGG(a)

-- ok
SELECT JSON_ARRAYAGG(a ORDER BY b) FILTER (WHERE c)

-- ok
SELECT JSON_ARRAYAGG(a ORDER BY b DESC, c NULL ON NULL) OVER w

-- ok
SELECT JSON_ARRAYAGG(a ABSENT ON NULL) OVER (ORDER BY d ROWS 1 PRECEDING)

-- ok
SELECT JSON_ARRAYAGG(a FORMAT JSON) FILTER (WHERE c) OVER w

-- ok
SELECT JSON_ARRAYAGG(a RETURNING jsonb)

-- ok
SELECT JSON_ARRAYAGG(a ORDER BY b ABSENT ON NULL RETURNING text FORMAT JSON) FILTER (WHERE c)

-- ok
SELECT JSON_EXISTS(a, '$.x' )

-- ok
SELECT JSON_EXISTS(a, '$.x' PASSING 1 AS x)

-- ok
SELECT JSON_EXISTS(a, '$.x' PASSING b AS x, c + 1 AS "Y")

-- ok
SELECT JSON_EXISTS(a, '$.x' TRUE ON ERROR)

-- ok
SELECT JSON_EXISTS(a, '$.x' FALSE ON ERROR)

-- ok
SELECT JSON_EXISTS(a, '$.x' UNKNOWN ON ERROR)

-- ok
SELECT JSON_EXISTS(a, '$.x' ERROR ON ERROR)

-- ok
SELECT JSON_EXISTS(a, '$.x' PASSING 1 AS x ERROR ON ERROR)

-- ok
SELECT JSON_EXISTS(a, '$.x' PASSING b FORMAT JSON AS x)

-- ok
SELECT JSON_VALUE(a, '$.x' )

-- ok
SELECT JSON_VALUE(a, '$.x' PASSING 1 AS x)

-- ok
SELECT JSON_VALUE(a, '$.x' RETURNING int)

-- ok
SELECT JSON_VALUE(a, '$.x' RETURNING numeric(5, 2))

-- ok
SELECT JSON_VALUE(a, '$.x' NULL ON EMPTY)

-- ok
SELECT JSON_VALUE(a, '$.x' ERROR ON EMPTY)

-- ok
SELECT JSON_VALUE(a, '$.x' DEFAULT 1 ON EMPTY)

-- ok
SELECT JSON_VALUE(a, '$.x' DEFAULT a + b ON ERROR)

-- ok
SELECT JSON_VALUE(a, '$.x' NULL ON ERROR)

-- ok
SELECT JSON_VALUE(a, '$.x' ERROR ON EMPTY DEFAULT 1 ON ERROR)

-- ok
SELECT JSON_VALUE(a, '$.x' RETURNING text NULL ON EMPTY NULL ON ERROR)

-- ok
SELECT JSON_VALUE(a, '$.x' RETURNING text DEFAULT 'x' ON EMPTY ERROR ON ERROR)

-- ok
SELECT JSON_VALUE(a, '$.x' RETURNING text FORMAT JSON)

-- ok
SELECT JSON_QUERY(a, '$.x' )

-- ok
SELECT JSON_QUERY(a, '$.x' PASSING 1 AS x)

-- ok
SELECT JSON_QUERY(a, '$.x' RETURNING jsonb)

-- ok
SELECT JSON_QUERY(a, '$.x' RETURNING text FORMAT JSON)

-- ok
SELECT JSON_QUERY(a, '$.x' WITH WRAPPER)

-- ok
SELECT JSON_QUERY(a, '$.x' WITHOUT WRAPPER)

-- ok
SELECT JSON_QUERY(a, '$.x' WITH ARRAY WRAPPER)

-- ok
SELECT JSON_QUERY(a, '$.x' WITHOUT ARRAY WRAPPER)

-- ok
SELECT JSON_QUERY(a, '$.x' WITH UNCONDITIONAL WRAPPER)

-- ok
SELECT JSON_QUERY(a, '$.x' WITH CONDITIONAL WRAPPER)

-- ok
SELECT JSON_QUERY(a, '$.x' WITH UNCONDITIONAL ARRAY WRAPPER)

-- ok
SELECT JSON_QUERY(a, '$.x' WITH CONDITIONAL ARRAY WRAPPER)

-- ok
SELECT JSON_QUERY(a, $1 KEEP QUOTES)

-- ok
SELECT JSON_QUERY(a, $1 OMIT QUOTES)

-- ok
SELECT JSON_QUERY(a, $1 KEEP QUOTES ON SCALAR STRING)

-- ok
SELECT JSON_QUERY(a, $1 OMIT QUOTES ON SCALAR STRING)

-- ok
SELECT JSON_QUERY(a, $1 WITH WRAPPER KEEP QUOTES)

-- ok
SELECT JSON_QUERY(a, $1 EMPTY ON EMPTY)

-- ok
SELECT JSON_QUERY(a, $1 EMPTY ARRAY ON EMPTY)

-- ok
SELECT JSON_QUERY(a, $1 EMPTY OBJECT ON ERROR)

-- ok
SELECT JSON_QUERY(a, $1 NULL ON EMPTY ERROR ON ERROR)

-- ok
SELECT JSON_QUERY(a, $1 DEFAULT '[]' ON EMPTY EMPTY ARRAY ON ERROR)

-- ok
SELECT JSON_QUERY(a, $1 TRUE ON ERROR)

-- ok
SELECT JSON_QUERY(a, $1 UNKNOWN ON EMPTY)

-- ok
SELECT JSON_VALUE(a FORMAT JSON ENCODING UTF32, b || c), JSON_EXISTS(a::jsonb, 'lax $' ), JSON_QUERY(f(a), '$' RETURNING text[])

-- ok
SELECT json_object_agg(1)

-- ok
SELECT json_build_object(1)

-- ok
SELECT json_each(1)

-- ok
SELECT "json_object"(1)

-- ok
SELECT s.json_array(1)

-- ok
SELECT JSON_OBJECT('a' : JSON_ARRAY(1, 2))

-- ok
SELECT JSON_ARRAY(JSON_OBJECT('a' : 1) FORMAT JSON)

-- ok
SELECT JSON_VALUE(a, '$')

-- ok
SELECT

-- ok
SELECT 'x'

-- ok
SELECT JSON_OBJECT('a' : 1) -> 'a'

-- ok
SELECT JSON_SCALAR(1)::text

-- ok
SELECT json '"a": 1', json 'x'::text

-- ok
SELECT json_scalar, json_serialize, json_value, json_query, json_exists FROM t

-- ok
SELECT JSON(a FORMAT JSON ENCODING utf8)

-- ok
SELECT JSON(a FORMAT JSON ENCODING "UTF16")

-- ok
SELECT JSON(a FORMAT JSON ENCODING uTf32)

-- ok
SELECT JSON_QUERY(a, '$' WITH WRAPPER OMIT QUOTES)

-- ok
SELECT JSON_QUERY(a, '$' WITH WRAPPER KEEP QUOTES)

-- ok
SELECT JSON_QUERY(a, '$' WITH WRAPPER OMIT QUOTES ON SCALAR STRING)

-- ok
SELECT JSON_VALUE(a, b), JSON_QUERY(a, f(b)), JSON_EXISTS(a, $1)

-- error 20: syntax error at or near "VARIADIC"
SELECT JSON_OBJECT(VARIADIC a_)

-- error 25: syntax error at or near ")"
SELECT JSON_OBJECT('a' :)

-- error 28: syntax error at or near ")"
SELECT JSON_OBJECT('a' : 1,)

-- error 20: syntax error at or near ":"
SELECT JSON_OBJECT(: 1)

-- error 24: syntax error at or near "1"
SELECT JSON_OBJECT('a' 1)

-- error 28: syntax error at or near "ON"
SELECT JSON_OBJECT('a' : 1 ON NULL)

-- error 33: syntax error at or near "NULL"
SELECT JSON_OBJECT('a' : 1 NULL NULL)

-- error 28: syntax error at or near "UNIQUE"
SELECT JSON_OBJECT('a' : 1 UNIQUE)

-- error 25: syntax error at or near "ON"
SELECT JSON_OBJECT(NULL ON NULL)

-- error 40: syntax error at or near "NULL"
SELECT JSON_OBJECT('a' : 1 WITH UNIQUE NULL ON NULL)

-- error 37: syntax error at or near ")"
SELECT JSON_OBJECT('a' : 1 RETURNING)

-- error 28: syntax error at or near "FORMAT"
SELECT JSON_OBJECT('a' : 1 FORMAT)

-- error 28: syntax error at or near "FORMAT"
SELECT JSON_OBJECT('a' : 1 FORMAT XML)

-- error 32: syntax error at or near ")"
SELECT JSON_OBJECT('a' : b, 'c')

-- error 19: syntax error at or near ","
SELECT JSON_ARRAY(,)

-- error 21: syntax error at or near ")"
SELECT JSON_ARRAY(1,)

-- error 25: syntax error at or near ")"
SELECT JSON_ARRAY(1 NULL)

-- error 24: syntax error at or near "ON"
SELECT JSON_ARRAY(NULL ON NULL)

-- error 33: syntax error at or near "ON"
SELECT JSON_ARRAY(SELECT 1 NULL ON NULL)

-- error 29: syntax error at or near "RETURNING"
SELECT JSON_ARRAY(SELECT 1, RETURNING text)

-- error 30: syntax error at or near ")"
SELECT JSON_ARRAY(1 RETURNING)

-- error 42: syntax error at or near "ON"
SELECT JSON_ARRAY(SELECT a FROM t ABSENT ON NULL)

-- error 41: syntax error at or near ")"
SELECT JSON_ARRAY(1 FORMAT JSON ENCODING)

-- error 19: syntax error at or near "DISTINCT"
SELECT JSON_ARRAY(DISTINCT 1)

-- error 23: syntax error at or near ")"
SELECT JSON_OBJECTAGG()

-- error 24: syntax error at or near ")"
SELECT JSON_OBJECTAGG(a)

-- error 28: syntax error at or near ","
SELECT JSON_OBJECTAGG(a : b, c : d)

-- error 29: syntax error at or near "ORDER"
SELECT JSON_OBJECTAGG(a : b ORDER BY c)

-- error 22: syntax error at or near ")"
SELECT JSON_ARRAYAGG()

-- error 23: syntax error at or near ","
SELECT JSON_ARRAYAGG(a, b)

-- error 22: syntax error at or near "DISTINCT"
SELECT JSON_ARRAYAGG(DISTINCT a)

-- error 39: syntax error at or near "ORDER"
SELECT JSON_ARRAYAGG(a ABSENT ON NULL ORDER BY b)

-- error 22: syntax error at or near "*"
SELECT JSON_ARRAYAGG(*)

-- error 25: syntax error at or near "WITHIN"
SELECT JSON_ARRAYAGG(a) WITHIN GROUP (ORDER BY b)

-- error 13: syntax error at or near ")"
SELECT JSON()

-- error 14: syntax error at or near ","
SELECT JSON(a, b)

-- error 19: syntax error at or near ")"
SELECT JSON(a WITH)

-- error 36: syntax error at or near "'UTF8'"
SELECT JSON(a FORMAT JSON ENCODING 'UTF8')

-- error 15: syntax error at or near "RETURNING"
SELECT JSON(a RETURNING text)

-- error 20: syntax error at or near ")"
SELECT JSON_SCALAR()

-- error 21: syntax error at or near ","
SELECT JSON_SCALAR(a, b)

-- error 22: syntax error at or near "FORMAT"
SELECT JSON_SCALAR(a FORMAT JSON)

-- error 23: syntax error at or near ")"
SELECT JSON_SERIALIZE()

-- error 25: syntax error at or near "AS"
SELECT JSON_SERIALIZE(a AS text)

-- error 34: syntax error at or near ")"
SELECT JSON_SERIALIZE(a RETURNING)

-- error 21: syntax error at or near ")"
SELECT JSON_EXISTS(a)

-- error 27: syntax error at or near "RETURNING"
SELECT JSON_EXISTS(a, '$' RETURNING int)

-- error 35: syntax error at or near "EMPTY"
SELECT JSON_EXISTS(a, '$' TRUE ON EMPTY)

-- error 31: syntax error at or near ")"
SELECT JSON_EXISTS(a, '$' TRUE)

-- error 34: syntax error at or near ")"
SELECT JSON_EXISTS(a, '$' PASSING)

-- error 36: syntax error at or near ")"
SELECT JSON_EXISTS(a, '$' PASSING 1)

-- error 40: syntax error at or near "'x'"
SELECT JSON_EXISTS(a, '$' PASSING 1 AS 'x')

-- error 42: syntax error at or near "TRUE"
SELECT JSON_EXISTS(a, '$' ERROR ON ERROR TRUE ON ERROR)

-- error 35: syntax error at or near ")"
SELECT JSON_EXISTS(a, '$' EMPTY ON)

-- error 20: syntax error at or near ")"
SELECT JSON_VALUE(a)

-- error 26: syntax error at or near "WITH"
SELECT JSON_VALUE(a, '$' WITH WRAPPER)

-- error 26: syntax error at or near "KEEP"
SELECT JSON_VALUE(a, '$' KEEP QUOTES)

-- error 40: syntax error at or near "NULL"
SELECT JSON_VALUE(a, '$' NULL ON ERROR NULL ON EMPTY)

-- error 34: syntax error at or near "ON"
SELECT JSON_VALUE(a, '$' DEFAULT ON EMPTY)

-- error 35: syntax error at or near ")"
SELECT JSON_VALUE(a, '$' DEFAULT 1)

-- error 40: syntax error at or near "PASSING"
SELECT JSON_VALUE(a, '$' RETURNING int PASSING 1 AS x)

-- error 33: syntax error at or near ")"
SELECT JSON_VALUE(a, '$' NULL ON)

-- error 20: syntax error at or near ")"
SELECT JSON_QUERY(a)

-- error 26: syntax error at or near "WRAPPER"
SELECT JSON_QUERY(a, '$' WRAPPER)

-- error 36: syntax error at or near ")"
SELECT JSON_QUERY(a, '$' WITH ARRAY)

-- error 30: syntax error at or near ")"
SELECT JSON_QUERY(a, '$' WITH)

-- error 30: syntax error at or near ")"
SELECT JSON_QUERY(a, '$' KEEP)

-- error 38: syntax error at or near "WITH"
SELECT JSON_QUERY(a, '$' KEEP QUOTES WITH WRAPPER)

-- error 26: syntax error at or near "QUOTES"
SELECT JSON_QUERY(a, '$' QUOTES)

-- error 34: syntax error at or near "CONDITIONAL"
SELECT JSON_QUERY(a, '$' WITHOUT CONDITIONAL WRAPPER)

-- error 41: syntax error at or near "RETURNING"
SELECT JSON_QUERY(a, '$' EMPTY ON EMPTY RETURNING text)

-- error 47: syntax error at or near ")"
SELECT JSON_QUERY(a, '$' OMIT QUOTES ON SCALAR)

-- error 25: syntax error at or near ","
SELECT JSON_QUERY(a, '$', 'x')

-- error 36 22023: unrecognized JSON encoding: bogus
SELECT JSON(a FORMAT JSON ENCODING bogus)

-- error 49 22023: unrecognized JSON encoding: utf8x
SELECT JSON_OBJECT('a' : 1 FORMAT JSON ENCODING "utf8x")

-- error 57 22023: unrecognized JSON encoding: x
SELECT JSON_ARRAY(1 RETURNING text FORMAT JSON ENCODING x)
