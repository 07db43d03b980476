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

-- ok
WITH TIME AS (SELECT 1) SELECT 2

-- ok
WITH ORDINALITY AS (SELECT 1) SELECT 2

-- ok
EXPLAIN WITH TIME AS (SELECT 1) SELECT 2

-- ok
INSERT INTO t WITH TIME AS (SELECT 1) SELECT 2

-- ok
UPDATE t SET a = 1 RETURNING WITH (OLD AS a) 1

-- ok
CREATE TABLE t (a timestamp WITH TIME ZONE)

-- ok
SELECT a FROM t ORDER BY b NULLS FIRST

-- ok
CREATE INDEX ON t (a) NULLS NOT DISTINCT

-- ok
SELECT NULLS FROM t

-- ok
EXPLAIN (FORMAT JSON) SELECT 1

-- ok
SELECT FORMAT FROM t

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

-- error 25: syntax error at or near "TIME"
CREATE EXTENSION e WITH TIME

-- error 20: syntax error at or near "TIME"
CREATE ROLE e WITH TIME

-- error 20: syntax error at or near "TIME"
CREATE USER e WITH TIME

-- error 21: syntax error at or near "ORDINALITY"
CREATE GROUP e WITH ORDINALITY

-- error 19: syntax error at or near "TIME"
ALTER ROLE e WITH TIME

-- error 19: syntax error at or near "TIME"
ALTER USER e WITH TIME

-- error 24: syntax error at or near "TIME"
CREATE DATABASE e WITH TIME

-- error 24: syntax error at or near "TIME"
CREATE DATABASE e WITH TIME = 1

-- error 24: syntax error at or near "ORDINALITY"
CREATE DATABASE e WITH ORDINALITY 1

-- error 18: syntax error at or near "WITH"
ALTER DATABASE e WITH TIME

-- error 18: syntax error at or near "WITH"
ALTER DATABASE e WITH TIME 1

-- error 24: syntax error at or near "TIME"
COPY t FROM STDIN WITH TIME

-- error 24: syntax error at or near "ORDINALITY"
COPY t FROM STDIN WITH ORDINALITY

-- error 45: syntax error at or near "TIME"
COPY t FROM STDIN USING DELIMITERS 'x' WITH TIME

-- error 40: syntax error at or near "WITH"
CREATE SERVER s FOREIGN DATA WRAPPER w WITH TIME

-- error 34: syntax error at or near "WITH"
CREATE TABLESPACE t LOCATION 'x' WITH TIME

-- error 23: syntax error at or near "WITH"
CREATE INDEX ON t (a) WITH TIME

-- error 24: syntax error at or near "WITH"
CREATE TABLE t (a int) WITH TIME

-- error 30: syntax error at or near "WITH"
CREATE TABLE t (a int UNIQUE WITH TIME)

-- error 28: syntax error at or near "WITH"
CREATE TABLE t (UNIQUE (a) WITH TIME)

-- error 15: syntax error at or near "WITH"
CREATE VIEW v WITH TIME AS SELECT 1

-- error 27: syntax error at or near "WITH"
CREATE VIEW v AS SELECT 1 WITH TIME

-- error 28: syntax error at or near "WITH"
CREATE TABLE t AS SELECT 1 WITH TIME

-- error 40: syntax error at or near "WITH"
CREATE MATERIALIZED VIEW v AS SELECT 1 WITH TIME

-- error 29: syntax error at or near "WITH"
REFRESH MATERIALIZED VIEW v WITH TIME

-- error 18: syntax error at or near "WITH"
DECLARE c CURSOR WITH TIME FOR SELECT 1

-- error 18: syntax error at or near "WITH"
DECLARE c CURSOR WITH ORDINALITY HOLD FOR SELECT 1

-- error 19: syntax error at or near "WITH"
GRANT a ON b TO c WITH TIME

-- error 14: syntax error at or near "WITH"
GRANT a TO c WITH TIME

-- error 14: syntax error at or near "WITH"
GRANT a TO c WITH TIME TRUE

-- error 52: syntax error at or near "WITH"
CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p WITH TIME

-- error 22: syntax error at or near "WITH"
CREATE PUBLICATION p WITH TIME

-- error 42: syntax error at or near "WITH"
ALTER SUBSCRIPTION s REFRESH PUBLICATION WITH TIME

-- error 33: syntax error at or near "WITH"
CREATE FUNCTION f() RETURNS int WITH TIME

-- error 22: syntax error at or near "WITH"
CREATE POLICY p ON t WITH TIME

-- error 19: syntax error at or near "WITH"
CREATE LANGUAGE l WITH TIME

-- error 22: syntax error at or near "WITH"
CREATE CAST (a AS b) WITH TIME

-- error 22: syntax error at or near "WITHOUT"
CREATE CAST (a AS b) WITHOUT TIME

-- error 33: syntax error at or near "WITH"
SELECT a FROM t FETCH FIRST ROW WITH TIME

-- error 37: syntax error at or near "WITH"
SELECT a FROM t GROUP BY ROLLUP (a) WITH TIME

-- error 22: syntax error at or near "WITH"
SELECT json_object() WITH TIME

-- error 26: syntax error at or near "WITH"
SELECT json_query(a, 'b' WITH TIME)

-- error 26: syntax error at or near "WITHOUT"
SELECT json_query(a, 'b' WITHOUT TIME)

-- error 25: syntax error at or near "WITH"
SELECT json_object(a: b WITH TIME)

-- error 25: syntax error at or near "WITHOUT"
SELECT json_object(a: b WITHOUT TIME)

-- error 18: syntax error at or near "WITH"
SELECT a IS JSON WITH TIME

-- error 18: syntax error at or near "WITH"
SELECT a IS JSON WITH ORDINALITY

-- error 18: syntax error at or near "WITHOUT"
SELECT a IS JSON WITHOUT TIME

-- error 18: syntax error at or near "WITHOUT"
SELECT a IS JSON WITHOUT TIME ZONE

-- error 24: syntax error at or near "TIME"
SELECT * FROM f() WITH TIME

-- error 30: syntax error at or near "WITH"
UPDATE t SET a = 1 RETURNING WITH TIME

-- error 19: syntax error at or near "WITH"
ALTER TABLE t SET WITH TIME

-- error 19: syntax error at or near "WITHOUT"
ALTER TABLE t SET WITHOUT TIME

-- error 24: syntax error at or near "WITHOUT"
CREATE TABLE t (a int) WITHOUT TIME

-- error 38: syntax error at or near ")"
CREATE TABLE t (a timestamp WITH TIME)

-- error 41: syntax error at or near ")"
CREATE TABLE t (a timestamp WITHOUT TIME)

-- error 34: syntax error at or near "ORDINALITY"
CREATE TABLE t (a timestamp WITH ORDINALITY)

-- error 28: syntax error at or near "WITH"
CREATE TABLE t (EXCLUDE (a WITH TIME))

-- error 21: syntax error at or near "NOT"
CREATE COLLATION IF NOT ilike EXISTS c FROM "C"

-- error 25: syntax error at or near "c"
CREATE COLLATION IF NOT c FROM "C"

-- error 17: syntax error at or near "NOT"
CREATE TABLE IF NOT LIKE t

-- error 17: syntax error at or near "NOT"
CREATE TABLE IF NOT IN t

-- error 17: syntax error at or near "NOT"
CREATE INDEX IF NOT BETWEEN EXISTS

-- error 18: syntax error at or near "NOT"
CREATE SCHEMA IF NOT LIKE

-- error 20: syntax error at or near "NOT"
CREATE SEQUENCE IF NOT LIKE

-- error 16: syntax error at or near "NOT"
CREATE VIEW IF NOT LIKE

-- error 29: syntax error at or near "NOT"
CREATE MATERIALIZED VIEW IF NOT LIKE

-- error 21: syntax error at or near "NOT"
CREATE EXTENSION IF NOT LIKE

-- error 18: syntax error at or near "NOT"
CREATE SERVER IF NOT LIKE

-- error 25: syntax error at or near "NOT"
CREATE FOREIGN TABLE IF NOT LIKE

-- error 24: syntax error at or near "NOT"
CREATE USER MAPPING IF NOT LIKE

-- error 22: syntax error at or near "NOT"
CREATE STATISTICS IF NOT LIKE

-- error 25: syntax error at or near "NOT"
CREATE EVENT TRIGGER IF NOT LIKE

-- error 29: syntax error at or near "NOT"
ALTER TABLE t ADD COLUMN IF NOT LIKE

-- error 22: syntax error at or near "NOT"
ALTER TABLE t ADD IF NOT LIKE

-- error 27: syntax error at or near "NOT"
ALTER TYPE t ADD VALUE IF NOT LIKE 'a'

-- error 31: syntax error at or near "NOT"
ALTER TYPE t ADD ATTRIBUTE IF NOT IN

-- error 23: syntax error at or near "NOT"
CREATE PUBLICATION IF NOT IN

-- error 24: syntax error at or near "NOT"
CREATE DOMAIN d AS int NOT LIKE

-- error 24: syntax error at or near "NOT"
CREATE DOMAIN d AS int NOT IN

-- error 23: syntax error at or near "NOT"
CREATE TABLE t (a int NOT LIKE)

-- error 23: syntax error at or near "NOT"
CREATE TABLE t (a int NOT IN)

-- error 36: syntax error at or near "NOT"
CREATE TABLE t (a int CHECK (true) NOT LIKE)

-- error 30: syntax error at or near "NOT"
CREATE TABLE t (CHECK (true) NOT LIKE)

-- error 30: syntax error at or near "NOT"
CREATE TABLE t (CHECK (true) NOT BETWEEN)

-- error 34: syntax error at or near "NOT"
ALTER TABLE t ALTER CONSTRAINT c NOT LIKE

-- error 27: syntax error at or near "NOT"
ALTER TABLE t ALTER a SET NOT LIKE

-- error 28: syntax error at or near "NOT"
ALTER TABLE t ALTER a DROP NOT LIKE

-- error 20: syntax error at or near "NOT"
ALTER DOMAIN t SET NOT LIKE

-- error 21: syntax error at or near "NOT"
ALTER DOMAIN t DROP NOT LIKE

-- error 20: syntax error at or near "NOT"
ALTER FUNCTION f() NOT LIKE

-- error 33: syntax error at or near "NOT"
CREATE FUNCTION f() RETURNS int NOT LIKE

-- error 7: syntax error at or near "NOT"
BEGIN NOT LIKE

-- error 18: syntax error at or near "NOT"
BEGIN READ ONLY, NOT LIKE

-- error 17: syntax error at or near "NOT"
SET TRANSACTION NOT LIKE

-- error 17: syntax error at or near "NOT"
SET CONSTRAINTS NOT LIKE

-- error 32: syntax error at or near "NOT"
MERGE INTO t USING u ON a WHEN NOT LIKE

-- error 52: syntax error at or near "NOT"
SELECT * FROM xmltable('a' PASSING b COLUMNS c int NOT LIKE)

-- error 13: syntax error at or near "NOT"
SELECT 1 IS NOT LIKE

-- error 13: syntax error at or near "NOT"
SELECT 1 IS NOT IN

-- error 16: syntax error at end of input
SELECT NOT LIKE

-- error 12: syntax error at or near "IN"
SELECT NOT IN

-- error 36: syntax error at or near "NOT"
CREATE RULE r AS ON INSERT TO t DO NOT LIKE

-- error 19: syntax error at or near "NOT"
CREATE SEQUENCE s NOT LIKE

-- error 19: syntax error at or near "NOT"
ALTER EXTENSION e NOT LIKE

-- error 17: syntax error at or near "("
ALTER OPERATOR f(a, b) NOT LIKE

-- error 12: syntax error at or near "NOT"
EXPLAIN (a NOT LIKE) SELECT 1

-- error 11: syntax error at or near "NOT"
WITH a AS NOT LIKE (SELECT 1) SELECT 2

-- error 11: syntax error at or near "NOT"
WITH a AS NOT IN (SELECT 1) SELECT 2

-- error 11: syntax error at or near "NOT"
DECLARE c NOT LIKE CURSOR FOR SELECT 1

-- error 23: syntax error at or near "NULLS"
CREATE INDEX ON t (a) NULLS FIRST

-- error 29: syntax error at or near "NOT"
CREATE INDEX ON t (a) NULLS NOT LIKE

-- error 30: syntax error at or near "NULLS"
CREATE TABLE t (a int UNIQUE NULLS FIRST)

-- error 24: syntax error at or near "NULLS"
CREATE TABLE t (UNIQUE NULLS FIRST (a))

-- error 30: syntax error at or near "NOT"
CREATE TABLE t (UNIQUE NULLS NOT IN (a))

-- error 20: syntax error at or near "NULLS"
SELECT f(a) IGNORE NULLS FIRST

-- error 8: syntax error at or near "NULLS"
SELECT NULLS FIRST

-- error 10: syntax error at or near "NULLS"
SELECT a NULLS FIRST

-- error 13: syntax error at or near "NULLS"
SELECT a AS NULLS FIRST

-- error 17: syntax error at or near "NULLS"
SELECT a FROM t NULLS FIRST

-- error 18: syntax error at or near "FORMAT"
COPY t TO STDOUT FORMAT JSON

-- error 19: syntax error at or near "FORMAT"
COPY t TO STDOUT (FORMAT JSON)

-- error 58: syntax error at or near "FORMAT"
CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p WITH (FORMAT JSON)

-- error 16: syntax error at or near "FORMAT"
CREATE TYPE t (FORMAT JSON)

-- error 8: syntax error at or near "FORMAT"
SELECT FORMAT JSON

-- error 12: syntax error at or near "FORMAT"
SELECT f(a FORMAT JSON)

-- error 13: syntax error at or near "FORMAT"
SELECT a AS FORMAT JSON

-- error 14: syntax error at or near "FORMAT"
CREATE TABLE FORMAT JSON

-- error 17: syntax error at or near "FORMAT"
SELECT * FROM t FORMAT JSON
