-- ok
SELECT a NOT BETWEEN 1 AND 2

-- ok
SELECT a NOT IN (1)

-- ok
SELECT a NOT LIKE b

-- ok
SELECT a NOT ILIKE b

-- ok
SELECT a NOT SIMILAR TO b

-- ok
-- witness: error 30: syntax error at or near "LIKE"
SELECT a /* c */ NOT /* d */ LIKE b

-- ok
SELECT NOT a, NOT NOT b, (NOT c) = d, NOT TRUE

-- ok
SELECT a FROM t ORDER BY a NULLS FIRST, b NULLS LAST, nulls NULLS FIRST, nulls

-- ok
SELECT nulls, within, without, format, first, last FROM nulls

-- ok
SELECT a::time with time zone, b::time without time zone, time with time zone 'x'

-- ok
CREATE TABLE t (a timestamp with time zone, b time, c int) WITH (x = 1)

-- ok
CREATE TABLE t (a time) WITH (x = 1)

-- ok
CREATE TABLE t (a int) WITHOUT OIDS

-- ok
CREATE VIEW v AS SELECT a::time WITH CHECK OPTION

-- ok
CREATE TABLE t AS SELECT a::timestamp WITH NO DATA

-- ok
SELECT * FROM f() WITH ORDINALITY, g() AS w

-- ok
SELECT a::time without time zone WITHOUT_

-- ok
SELECT JSON_OBJECT('a' : b FORMAT JSON), format JSON_, format

-- ok
SELECT format('x'), format AS format, t.format FROM t

-- ok
SELECT JSON_ARRAY(format, a FORMAT JSON)

-- ok
SELECT U&'a' UESCAPE '!', U&'b' uescape_x, U&"c" UESCAPE '!' FROM t

-- ok
-- witness: error 38: syntax error at or near "'!'"
SELECT U&'a' /* c */ UESCAPE /* d */ '!'

-- ok
-- witness: error 26: UESCAPE must be followed by a simple string literal at or near "-- c"
SELECT U&'!0061' UESCAPE -- c
  '!'

-- ok
SELECT a WITH_, b FROM t GROUP BY ROLLUP (a), b

-- ok
WITH time AS (SELECT 1) TABLE time

-- ok
SELECT a IS NOT DISTINCT FROM b, a IS NOT NULL, a IS NOT JSON

-- ok
SELECT a NOT

-- ok
SELECT NOT LIKE 'x'

-- ok
SELECT U&'a' UESCAPE E'!'

-- ok
SELECT U&"a" UESCAPE '!' '!'

-- error 19: syntax error at or near "within"
SELECT a nulls, b within, c format FROM t format

-- error 14: syntax error at or near "NOT"
SELECT a NOT NOT LIKE b

-- error 14: syntax error at or near "b"
SELECT a NOT b

-- error 11: syntax error at end of input
SELECT NOT

-- error 14: syntax error at or near "NULL"
SELECT a NOT NULL b

-- error 20: syntax error at or near "1"
SELECT NOT BETWEEN 1 AND 2

-- error 14: syntax error at or near "+"
SELECT a NOT + b

-- error 14: syntax error at or near "="
SELECT a NOT = b

-- error 12: syntax error at or near "IN"
SELECT NOT IN (1)

-- error 28: syntax error at or near "NULLS"
SELECT a FROM t ORDER BY a NULLS

-- error 26: syntax error at or near "NULLS"
SELECT a FROM t ORDER BY NULLS FIRST b

-- error 28: syntax error at or near "NULLS"
SELECT a FROM t ORDER BY a NULLS NULLS FIRST

-- error 28: syntax error at or near "NULLS"
SELECT a FROM t ORDER BY a NULLS 1

-- error 40: syntax error at or near "LAST"
SELECT a FROM t ORDER BY a NULLS FIRST LAST

-- error 16: syntax error at or near "with"
SELECT a::time with

-- error 25: syntax error at end of input
SELECT a::time with time

-- error 16: syntax error at or near "without"
SELECT a::time without

-- error 16: syntax error at or near "without"
SELECT a::time without zone

-- error 36: syntax error at or near "x"
SELECT a::time with time zone zone x

-- error 29: syntax error at or near "x"
SELECT a::time without time x

-- error 28: syntax error at or near "FORMAT"
SELECT JSON_OBJECT('a' : b FORMAT)

-- error 28: syntax error at or near "FORMAT"
SELECT JSON_OBJECT('a' : b FORMAT XML)

-- error 28: syntax error at or near "FORMAT"
SELECT JSON_OBJECT('a' : b FORMAT 'JSON')

-- error 40: syntax error at or near "JSON"
SELECT JSON_OBJECT('a' : b FORMAT JSON JSON)

-- error 21: UESCAPE must be followed by a simple string literal at end of input
SELECT U&'a' UESCAPE

-- error 22: UESCAPE must be followed by a simple string literal at or near "UESCAPE"
SELECT U&'a' UESCAPE UESCAPE '!'

-- error 22: UESCAPE must be followed by a simple string literal at or near "U&'!'"
SELECT U&'a' UESCAPE U&'!'

-- error 20: syntax error at or near "'!'"
SELECT 'a' UESCAPE '!'

-- error 11: invalid Unicode escape
-- hint: Unicode escapes must be \\XXXX or \\+XXXXXX.
SELECT U&'\zzzz' UESCAPE '\'

-- error 12: invalid Unicode escape
-- hint: Unicode escapes must be \\XXXX or \\+XXXXXX.
SELECT U&'a\0' FROM

-- error 5: syntax error at end of input
WITH

-- error 16: syntax error at end of input
WITH ORDINALITY

-- error 11: syntax error at or near "zone"
WITH time zone

-- error 9: syntax error at or near "DATA"
WITH NO DATA

-- error 38: trailing junk after numeric literal at or near "1ignore"
SELECT JSON_OBJECT('a' : UNIQUE WITH 1ignore

-- error 20: trailing junk after numeric literal at or near "1ignore"
SELECT 1 FROM WITH 1ignore

-- error 20: unterminated quoted string at or near "'a"
SELECT 1 FROM WITH 'a

-- error 20: trailing junk after numeric literal at or near "1ignore"
SELECT (UNIQUE NOT 1ignore

-- error 24: trailing junk after numeric literal at or near "1x"
SELECT FROM a JOIN NOT 1x

-- error 25: trailing junk after numeric literal at or near "1x"
SELECT FROM NULLS NULLS 1x

-- error 26: trailing junk after numeric literal at or near "0b2"
SELECT a FROM b c FORMAT 0b2

-- error 23: unterminated /* comment at or near "/* a"
SELECT 1 FROM WITHOUT /* a

-- error 28: unterminated quoted string at or near "'abc"
SELECT 1 FROM VALUES U&'x' 'abc

-- error 28: trailing junk after numeric literal at or near "1a"
SELECT 1 FROM VALUES U&"x" 1a

-- error 22: syntax error at or near "U&'x' UESCAPE '!'"
SELECT 1 FROM VALUES U&'x' UESCAPE '!' 'abc

-- error 40: trailing junk after numeric literal at or near "1a"
SELECT 1 FROM VALUES U&"x" UESCAPE '!' 1a

-- error 18: trailing junk after parameter at or near "$1a"
-- witness: error 12: syntax error at or near "U&"x""
SELECT a b U&"x" $1a
