-- ok
SELECT EXTRACT(year FROM a), EXTRACT(DAY FROM b + c)

-- ok
SELECT EXTRACT(month FROM a), EXTRACT(DAY FROM b + c)

-- ok
SELECT EXTRACT(day FROM a), EXTRACT(DAY FROM b + c)

-- ok
SELECT EXTRACT(hour FROM a), EXTRACT(DAY FROM b + c)

-- ok
SELECT EXTRACT(minute FROM a), EXTRACT(DAY FROM b + c)

-- ok
SELECT EXTRACT(second FROM a), EXTRACT(DAY FROM b + c)

-- ok
SELECT EXTRACT(epoch FROM a), EXTRACT(DAY FROM b + c)

-- ok
SELECT EXTRACT(century FROM a), EXTRACT(DAY FROM b + c)

-- ok
SELECT EXTRACT("Dow" FROM a), EXTRACT(DAY FROM b + c)

-- ok
SELECT EXTRACT('quarter' FROM a), EXTRACT(DAY FROM b + c)

-- ok
SELECT EXTRACT(timezone_hour FROM a), EXTRACT(DAY FROM b + c)

-- ok
SELECT OVERLAY(a PLACING b FROM 1), overlay(a)

-- ok
SELECT OVERLAY(a PLACING b FROM 1 FOR 2), overlay(a)

-- ok
SELECT OVERLAY(a ), overlay(a)

-- ok
SELECT OVERLAY(), overlay(a)

-- ok
SELECT OVERLAY( 'x' PLACING b FROM c + 1 FOR d), overlay(a)

-- ok
SELECT OVERLAY(a, b, 1), overlay(a)

-- ok
SELECT OVERLAY(a, b, 1, 2), overlay(a)

-- ok
SELECT OVERLAY(x => 1), overlay(a)

-- ok
SELECT POSITION(a IN b)

-- ok
SELECT POSITION( 'b' IN c)

-- ok
SELECT POSITION(a IN b )

-- ok
SELECT POSITION(1 + 2 IN x)

-- ok
SELECT SUBSTRING(a FROM 1), substring(a)

-- ok
SELECT SUBSTRING(a FROM 1 FOR 2), substring(a)

-- ok
SELECT SUBSTRING(a FOR 2), substring(a)

-- ok
SELECT SUBSTRING(a FOR 2 FROM 1), substring(a)

-- ok
SELECT SUBSTRING(a SIMILAR b ESCAPE c), substring(a)

-- ok
SELECT SUBSTRING(a FROM 'x'), substring(a)

-- ok
SELECT SUBSTRING(a, 1), substring(a)

-- ok
SELECT SUBSTRING(a, 1, 2), substring(a)

-- ok
SELECT SUBSTRING(a), substring(a)

-- ok
SELECT SUBSTRING(a FROM b FOR c), substring(a)

-- ok
SELECT SUBSTRING(), substring(a)

-- ok
SELECT SUBSTRING(x => 1, y => 2), substring(a)

-- ok
SELECT TRIM(a)

-- ok
SELECT TRIM(BOTH a)

-- ok
SELECT TRIM(LEADING a)

-- ok
SELECT TRIM(TRAILING a)

-- ok
SELECT TRIM(FROM a)

-- ok
SELECT TRIM(BOTH FROM a)

-- ok
SELECT TRIM(LEADING FROM a)

-- ok
SELECT TRIM(TRAILING FROM a)

-- ok
SELECT TRIM('x' FROM a)

-- ok
SELECT TRIM(BOTH 'x' FROM a)

-- ok
SELECT TRIM(LEADING 'x' FROM a)

-- ok
SELECT TRIM(TRAILING 'x' FROM a)

-- ok
SELECT TRIM(a, b)

-- ok
SELECT TRIM(BOTH a, b)

-- ok
SELECT TRIM('x' FROM a, b)

-- ok
SELECT TRIM(FROM a, b)

-- ok
SELECT COALESCE(a)

-- ok
SELECT COALESCE(a, b, c)

-- ok
SELECT NULLIF(a, b)

-- ok
SELECT GREATEST(a)

-- ok
SELECT GREATEST(a, b)

-- ok
SELECT LEAST(a, b, c)

-- ok
SELECT LEAST(a)

-- ok
SELECT COALESCE(COALESCE(a), NULLIF(b, c))

-- ok
SELECT NORMALIZE(a)

-- ok
SELECT NORMALIZE(a, NFC)

-- ok
SELECT NORMALIZE(a, NFD)

-- ok
SELECT NORMALIZE(a, NFKC)

-- ok
SELECT NORMALIZE(a, nfkd)

-- ok
SELECT

-- ok
SELECT COLLATION FOR (a)

-- ok
SELECT COLLATION FOR ('x' COLLATE "C")

-- ok
SELECT TREAT(a AS int)

-- ok
SELECT TREAT(a AS s.t)

-- ok
SELECT CAST(a AS int)

-- ok
SELECT GROUPING(a)

-- ok
SELECT GROUPING(a, b + 1)

-- ok
SELECT MERGE_ACTION()

-- ok
SELECT "grouping"(a)

-- ok
SELECT "coalesce"(a)

-- ok
SELECT pg_catalog.position(a, b)

-- ok
SELECT pg_catalog.extract('x', y)

-- ok
SELECT "overlay"()

-- ok
SELECT pg_catalog.substring(a, b)

-- ok
SELECT pg_catalog.btrim(a)

-- ok
SELECT s.normalize(a, b)

-- ok
SELECT s.xmlconcat(a)

-- ok
SELECT s.json_object(a)

-- ok
SELECT XMLELEMENT(NAME a)

-- ok
SELECT XMLELEMENT(NAME "B c")

-- ok
SELECT XMLELEMENT(NAME a, XMLATTRIBUTES(b))

-- ok
SELECT XMLELEMENT(NAME a, XMLATTRIBUTES(b, c AS d))

-- ok
SELECT XMLELEMENT(NAME a, b)

-- ok
SELECT XMLELEMENT(NAME a, b, 'c')

-- ok
SELECT XMLELEMENT(NAME a, XMLATTRIBUTES(b AS "C d"), e, f)

-- ok
SELECT XMLFOREST(a), XMLCONCAT(a)

-- ok
SELECT XMLFOREST(a, b), XMLCONCAT(a, b)

-- ok
SELECT XMLFOREST(a AS b), XMLCONCAT(a, b, c)

-- ok
SELECT XMLFOREST(a AS b, c + 1 AS "D e"), XMLCONCAT(NULL)

-- ok
SELECT XMLPARSE(DOCUMENT a)

-- ok
SELECT XMLPARSE(CONTENT a)

-- ok
SELECT XMLPARSE(DOCUMENT a PRESERVE WHITESPACE)

-- ok
SELECT XMLPARSE(CONTENT a STRIP WHITESPACE)

-- ok
SELECT XMLPARSE(CONTENT a )

-- ok
SELECT XMLPI(NAME a)

-- ok
SELECT XMLPI(NAME "b c")

-- ok
SELECT XMLPI(NAME a, 'content')

-- ok
SELECT XMLPI(NAME a, b )

-- ok
SELECT XMLPI(NAME c)

-- ok
SELECT XMLROOT(a, VERSION '1.0')

-- ok
SELECT XMLROOT(a, VERSION NO VALUE)

-- ok
SELECT XMLROOT(a, VERSION '1.0', STANDALONE YES)

-- ok
SELECT XMLROOT(a, VERSION NO VALUE, STANDALONE NO)

-- ok
SELECT XMLROOT(a, VERSION b )

-- ok
SELECT XMLROOT(a, VERSION c, STANDALONE NO VALUE)

-- ok
SELECT XMLSERIALIZE(DOCUMENT a AS text)

-- ok
SELECT XMLSERIALIZE(CONTENT a AS varchar(9))

-- ok
SELECT XMLSERIALIZE(CONTENT a AS text INDENT)

-- ok
SELECT XMLSERIALIZE(DOCUMENT a AS text NO INDENT)

-- ok
SELECT XMLEXISTS('//x' PASSING a)

-- ok
SELECT XMLEXISTS('//x' PASSING BY REF a)

-- ok
SELECT XMLEXISTS('//x' PASSING BY VALUE a)

-- ok
SELECT XMLEXISTS('//x' PASSING a BY REF)

-- ok
SELECT XMLEXISTS('//x' PASSING a BY VALUE)

-- ok
SELECT XMLEXISTS('//x' PASSING BY REF a BY VALUE)

-- ok
SELECT XMLEXISTS('//x' PASSING BY VALUE a BY REF)

-- ok
SELECT XMLEXISTS('//x' PASSING f(a))

-- ok
SELECT CURRENT_DATE + 1, f(CURRENT_TIMESTAMP), COALESCE(USER, CURRENT_ROLE), NULLIF(SESSION_USER, SYSTEM_USER)

-- ok
SELECT GREATEST(a, b) COLLATE "C", NOT COALESCE(a, b), - NULLIF(a, b), TRIM(a) || TRIM(b)

-- ok
SELECT POSITION(a = b IN c)_

-- ok
SELECT COLLATION (a)

-- ok
SELECT MERGE_ACTION

-- ok
SELECT XMLROOT(a, VERSION NO)

-- ok
SELECT POSITION('a' + 'b' IN c), NORMALIZE(a + b), COLLATION FOR (a + b), XMLPARSE(CONTENT (a || b) PRESERVE WHITESPACE)

-- ok
SELECT XMLPI(NAME a, (b || c)), XMLROOT(a, VERSION b || c, STANDALONE NO VALUE), XMLSERIALIZE(CONTENT (a || b) AS s.t), XMLEXISTS('//x' PASSING (a || b))

-- ok
SELECT OVERLAY(a || 'x' PLACING b || 'y' FROM c + 1 FOR d * 2), NORMALIZE(a || b, NFKC), COLLATION FOR (a || b)

-- error 21: syntax error at or near ")"
SELECT POSITION('a' )

-- error 17: syntax error at or near ")"
SELECT POSITION()

-- error 19: syntax error at or near ")"
SELECT POSITION( c)

-- error 19: syntax error at end of input
SELECT NORMALIZE(a

-- error 9: syntax error at or near ")"
SELECT b)

-- error 24: syntax error at end of input
SELECT COLLATION FOR (a

-- error 17: syntax error at or near ")"
SELECT XMLPARSE()

-- error 18: syntax error at or near "b"
SELECT XMLPARSE( b PRESERVE WHITESPACE)

-- error 19: syntax error at or near ")"
SELECT XMLPI(NAME )

-- error 27: syntax error at or near ")"
SELECT XMLROOT(a, VERSION )

-- error 31: syntax error at or near ")"
SELECT XMLSERIALIZE(CONTENT a )

-- error 21: syntax error at or near ")"
SELECT XMLSERIALIZE()

-- error 22: syntax error at or near "b"
SELECT XMLSERIALIZE( b AS s.t)

-- error 36: syntax error at end of input
SELECT XMLEXISTS('//x' PASSING (a )

-- error 24: syntax error at or near ")"
SELECT XMLEXISTS('//x' )

-- error 24: syntax error at or near "b"
SELECT XMLEXISTS('//x' b))

-- error 101: syntax error at or near "["
SELECT EXTRACT(x FROM y) OVER_ , TRIM(a) x, COALESCE(a, b)::int, (POSITION(a IN b)) + 1, COALESCE(a)[1]_

-- error 23: syntax error at or near "FILTER"
SELECT COALESCE(a, b) FILTER (WHERE c), CURRENT_DATE OVER w

-- error 28: syntax error at or near "FILTER"
SELECT EXTRACT(day FROM a) FILTER (WHERE b)

-- error 16: syntax error at or near ")"
SELECT EXTRACT()

-- error 17: syntax error at or near ","
SELECT EXTRACT(a, b)

-- error 20: syntax error at or near "a"
SELECT EXTRACT(day a)

-- error 16: syntax error at or near "FROM"
SELECT EXTRACT(FROM a)

-- error 16: syntax error at or near "1"
SELECT EXTRACT(1 FROM a)

-- error 17: syntax error at or near "."
SELECT EXTRACT(a.b FROM c)

-- error 24: syntax error at or near ")"
SELECT EXTRACT(day FROM)

-- error 26: syntax error at or near ","
SELECT EXTRACT(day FROM a, b)

-- error 16: syntax error at or near "day"
SELECT EXTRACT day

-- error 23: syntax error at or near "to"
SELECT EXTRACT(decade to day FROM a)

-- error 16: syntax error at or near "select"
SELECT EXTRACT(select FROM a)

-- error 27: syntax error at or near ")"
SELECT OVERLAY(a PLACING b)

-- error 18: syntax error at or near "FROM"
SELECT OVERLAY(a FROM 1)

-- error 28: syntax error at or near "FOR"
SELECT OVERLAY(a PLACING b FOR 1)

-- error 26: syntax error at or near "FROM"
SELECT OVERLAY(a PLACING FROM 1)

-- error 38: syntax error at or near ")"
SELECT OVERLAY(a PLACING b FROM 1 FOR)

-- error 18: syntax error at or near ")"
SELECT POSITION(a)

-- error 18: syntax error at or near ","
SELECT POSITION(a, b)

-- error 21: syntax error at or near ")"
SELECT POSITION(a IN)

-- error 24: syntax error at or near "IN"
SELECT POSITION(a IN b IN c)

-- error 18: syntax error at or near "FROM"
SELECT SUBSTRING(FROM 1)

-- error 24: syntax error at or near ")"
SELECT SUBSTRING(a FROM)

-- error 23: syntax error at or near ")"
SELECT SUBSTRING(a FOR)

-- error 27: syntax error at or near "FROM"
SELECT SUBSTRING(a FROM 1 FROM 2)

-- error 26: syntax error at or near "FOR"
SELECT SUBSTRING(a FOR 1 FOR 2)

-- error 29: syntax error at or near ")"
SELECT SUBSTRING(a SIMILAR b)

-- error 20: syntax error at or near "ESCAPE"
SELECT SUBSTRING(a ESCAPE b)

-- error 21: syntax error at or near "FROM"
SELECT SUBSTRING(a, FROM 1)

-- error 36: syntax error at or near ")"
SELECT SUBSTRING(a SIMILAR b ESCAPE)

-- error 13: syntax error at or near ")"
SELECT TRIM()

-- error 17: syntax error at or near ")"
SELECT TRIM(BOTH)

-- error 18: syntax error at or near "LEADING"
SELECT TRIM(BOTH LEADING a)

-- error 17: syntax error at or near ")"
SELECT TRIM(FROM)

-- error 21: syntax error at or near ")"
SELECT TRIM('x' FROM)

-- error 22: syntax error at or near "FROM"
SELECT TRIM(a FROM b FROM c)

-- error 20: syntax error at or near "a"
SELECT TRIM(MIDDLE a)

-- error 25: syntax error at or near "a"
SELECT TRIM(LEADING 'x' a)

-- error 15: syntax error at or near "BOTH"
SELECT TRIM(a BOTH b)

-- error 17: syntax error at or near ")"
SELECT COALESCE()

-- error 15: syntax error at or near ")"
SELECT NULLIF()

-- error 16: syntax error at or near ")"
SELECT NULLIF(a)

-- error 19: syntax error at or near ","
SELECT NULLIF(a, b, c)

-- error 17: syntax error at or near ")"
SELECT GREATEST()

-- error 14: syntax error at or near ")"
SELECT LEAST()

-- error 19: syntax error at or near ")"
SELECT COALESCE(a,)

-- error 17: syntax error at or near "DISTINCT"
SELECT COALESCE(DISTINCT a)

-- error 19: syntax error at or near "ORDER"
SELECT COALESCE(a ORDER BY b)

-- error 17: syntax error at or near "VARIADIC"
SELECT COALESCE(VARIADIC a)

-- error 19: syntax error at or near "=>"
SELECT COALESCE(a => 1)

-- error 18: syntax error at or near ")"
SELECT NORMALIZE()

-- error 21: syntax error at or near "'NFC'"
SELECT NORMALIZE(a, 'NFC')

-- error 21: syntax error at or near "NFX"
SELECT NORMALIZE(a, NFX)

-- error 24: syntax error at or near ","
SELECT NORMALIZE(a, NFC, b)

-- error 22: syntax error at or near "a"
SELECT COLLATION FOR a

-- error 23: syntax error at or near ")"
SELECT COLLATION FOR ()

-- error 15: syntax error at or near ")"
SELECT TREAT(a)

-- error 15: syntax error at or near ","
SELECT TREAT(a, int)

-- error 13: syntax error at or near ")"
SELECT CAST()

-- error 17: syntax error at or near ")"
SELECT GROUPING()

-- error 17: syntax error at or near "*"
SELECT GROUPING(*)

-- error 21: syntax error at or near "a"
SELECT MERGE_ACTION(a)

-- error 19: syntax error at or near ")"
SELECT XMLELEMENT()

-- error 19: syntax error at or near "a"
SELECT XMLELEMENT(a)

-- error 23: syntax error at or near ")"
SELECT XMLELEMENT(NAME)

-- error 24: syntax error at or near "'a'"
SELECT XMLELEMENT(NAME 'a')

-- error 41: syntax error at or near ")"
SELECT XMLELEMENT(NAME a, XMLATTRIBUTES())

-- error 43: syntax error at or near "("
SELECT XMLELEMENT(NAME a, b, XMLATTRIBUTES(c))

-- error 25: syntax error at or near "."
SELECT XMLELEMENT(NAME a.b)

-- error 18: syntax error at or near ")"
SELECT XMLFOREST()

-- error 22: syntax error at or near ")"
SELECT XMLFOREST(a AS)

-- error 18: syntax error at or near ")"
SELECT XMLCONCAT()

-- error 23: syntax error at or near "a"
SELECT XMLCONCAT(NAME a)

-- error 17: syntax error at or near "a"
SELECT XMLPARSE(a)

-- error 25: syntax error at or near ")"
SELECT XMLPARSE(DOCUMENT)

-- error 17: syntax error at or near "TEXT"
SELECT XMLPARSE(TEXT a)

-- error 32: syntax error at or near ")"
SELECT XMLPARSE(CONTENT a STRIP)

-- error 14: syntax error at or near "a"
SELECT XMLPI(a)

-- error 18: syntax error at or near ")"
SELECT XMLPI(NAME)

-- error 23: syntax error at or near ","
SELECT XMLPI(NAME a, b, c)

-- error 17: syntax error at or near ")"
SELECT XMLROOT(a)

-- error 26: syntax error at or near ")"
SELECT XMLROOT(a, VERSION)

-- error 19: syntax error at or near "'1.0'"
SELECT XMLROOT(a, '1.0')

-- error 42: syntax error at or near ")"
SELECT XMLROOT(a, VERSION 'x', STANDALONE)

-- error 43: syntax error at or near "MAYBE"
SELECT XMLROOT(a, VERSION 'x', STANDALONE MAYBE)

-- error 21: syntax error at or near "a"
SELECT XMLSERIALIZE(a AS text)

-- error 30: syntax error at or near ")"
SELECT XMLSERIALIZE(CONTENT a)

-- error 33: syntax error at or near ")"
SELECT XMLSERIALIZE(CONTENT a AS)

-- error 41: syntax error at or near ")"
SELECT XMLSERIALIZE(CONTENT a AS text NO)

-- error 19: syntax error at or near ")"
SELECT XMLEXISTS(a)

-- error 19: syntax error at or near ","
SELECT XMLEXISTS(a, b)

-- error 27: syntax error at or near ")"
SELECT XMLEXISTS(a PASSING)

-- error 30: syntax error at or near "+"
SELECT XMLEXISTS(a PASSING b + c)

-- error 31: syntax error at or near "b"
SELECT XMLEXISTS(a PASSING BY b)
