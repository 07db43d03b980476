-- ok
CREATE SCHEMA s

-- ok
CREATE SCHEMA IF NOT EXISTS s

-- ok
CREATE SCHEMA AUTHORIZATION r

-- ok
CREATE SCHEMA s AUTHORIZATION r

-- ok
CREATE SCHEMA IF NOT EXISTS AUTHORIZATION r

-- ok
CREATE SCHEMA IF NOT EXISTS s AUTHORIZATION r

-- ok
CREATE SCHEMA AUTHORIZATION CURRENT_USER

-- ok
CREATE SCHEMA s AUTHORIZATION SESSION_USER

-- ok
CREATE SCHEMA AUTHORIZATION CURRENT_ROLE

-- ok
CREATE SCHEMA "S"

-- ok
CREATE SCHEMA s CREATE TABLE t (a int)

-- ok
CREATE SCHEMA s CREATE VIEW v AS SELECT 1

-- ok
CREATE SCHEMA s CREATE INDEX i ON t (a)

-- ok
CREATE SCHEMA s CREATE SEQUENCE q

-- ok
CREATE SCHEMA s CREATE TRIGGER g AFTER INSERT ON t EXECUTE FUNCTION f()

-- ok
CREATE SCHEMA s GRANT SELECT ON t TO r

-- ok
CREATE SCHEMA s CREATE TABLE t (a int) CREATE VIEW v AS TABLE t GRANT ALL ON v TO PUBLIC

-- ok
CREATE SCHEMA s CREATE TABLE t () CREATE TABLE u ()

-- ok
CREATE SCHEMA AUTHORIZATION r CREATE TABLE t (a int PRIMARY KEY) CREATE INDEX ON t (a)

-- ok
CREATE SCHEMA s AUTHORIZATION r CREATE SEQUENCE q START 5 CREATE VIEW v AS SELECT 1

-- ok
CREATE AGGREGATE a (basetype = 'ANY', "partition" = f, stype = st)

-- ok
CREATE AGGREGATE a ("select" = f, "Stype" = st, b = "partition")

-- ok
CREATE SCHEMA s CREATE VIEW v AS SELECT CREATE VIEW w AS SELECT GRANT ALL ON t TO u

-- ok
CREATE SCHEMA s CREATE VIEW v AS SELECT a AND CREATE VIEW w AS SELECT 1

-- ok
CREATE SCHEMA s CREATE VIEW v AS SELECT a GRANT ALL ON t TO u

-- error 14: syntax error at end of input
CREATE SCHEMA

-- error 16: syntax error at or near "."
CREATE SCHEMA a.b

-- error 15: syntax error at or near "'s'"
CREATE SCHEMA 's'

-- error 28: syntax error at end of input
CREATE SCHEMA AUTHORIZATION

-- error 30: syntax error at end of input
CREATE SCHEMA s AUTHORIZATION

-- error 31: syntax error at or near "'r'"
CREATE SCHEMA s AUTHORIZATION 'r'

-- error 23: syntax error at end of input
CREATE SCHEMA s CREATE

-- error 24: syntax error at or near "FUNCTION"
CREATE SCHEMA s CREATE FUNCTION f() RETURNS int AS 'x' LANGUAGE sql

-- error 32: syntax error at or near "AS"
CREATE SCHEMA s CREATE TABLE t AS SELECT 1

-- error 24: syntax error at or near "TYPE"
CREATE SCHEMA s CREATE TYPE x AS (a int)

-- error 17: syntax error at or near "INSERT"
CREATE SCHEMA s INSERT INTO t VALUES (1)

-- error 17: syntax error at or near "DROP"
CREATE SCHEMA s DROP TABLE t

-- error 34: syntax error at or near ","
CREATE SCHEMA s CREATE TABLE t (), CREATE TABLE u ()

-- error 31 0A000: CREATE SCHEMA IF NOT EXISTS cannot include schema elements
CREATE SCHEMA IF NOT EXISTS s CREATE TABLE t ()

-- error 45 0A000: CREATE SCHEMA IF NOT EXISTS cannot include schema elements
CREATE SCHEMA IF NOT EXISTS AUTHORIZATION r CREATE TABLE t ()

-- error 47 0A000: CREATE SCHEMA IF NOT EXISTS cannot include schema elements
CREATE SCHEMA IF NOT EXISTS s AUTHORIZATION r CREATE VIEW v AS SELECT 1

-- error 17: syntax error at or near "REVOKE"
CREATE SCHEMA s REVOKE ALL ON t FROM r

-- error 24: syntax error at or near "MATERIALIZED"
CREATE SCHEMA s CREATE MATERIALIZED VIEW v AS SELECT 1

-- error 18: syntax error at or near "EXISTS"
CREATE SCHEMA IF EXISTS s

-- error 32: syntax error at or near ","
CREATE SCHEMA s AUTHORIZATION r, q

-- error 19: syntax error at or near "SCHEMA"
CREATE OR REPLACE SCHEMA s

-- error 48: syntax error at or near "SCHEMA"
CREATE SCHEMA s CREATE VIEW v AS SELECT CREATE SCHEMA AUTHORIZATION s

-- error 8: syntax error at or near "CREATE"
SELECT CREATE

-- error 8: syntax error at or near "GRANT"
SELECT GRANT

-- error 14: syntax error at or near "CREATE"
SELECT a AND CREATE

-- error 15: syntax error at or near "GRANT"
SELECT a LIKE GRANT

-- error 12: syntax error at or near "CREATE"
SELECT ALL CREATE TABLE t (a int)

-- error 72: unrecognized column option "e"
SELECT * FROM XMLTABLE('/r' PASSING (a || b) COLUMNS b int PATH c || d e int DEFAULT f || g NOT LIKE IN NULL)

-- error 53: syntax error at or near "NOT"
SELECT * FROM XMLTABLE('/r' PASSING a COLUMNS b int NOT LIKE)

-- error 63: only one DEFAULT value is allowed
SELECT * FROM XMLTABLE('/r' PASSING a COLUMNS b int DEFAULT 1 DEFAULT 2 NOT IN)
