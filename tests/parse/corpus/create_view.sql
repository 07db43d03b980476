-- ok
CREATE VIEW v AS SELECT 1

-- ok
CREATE OR REPLACE VIEW s.v WITH (security_barrier) AS TABLE t WITH CHECK OPTION

-- ok
CREATE TEMP VIEW v (a) WITH (check_option = local, security_invoker = true) AS VALUES (1) WITH LOCAL CHECK OPTION

-- ok
CREATE TEMPORARY VIEW v (a, "B") AS (SELECT 1) WITH CASCADED CHECK OPTION

-- ok
CREATE OR REPLACE TEMP VIEW v WITH (security_barrier) AS WITH c AS (SELECT 1) TABLE c

-- ok
CREATE LOCAL TEMP VIEW s.v WITH (check_option = local, security_invoker = true) AS SELECT 1 UNION SELECT 2 WITH CHECK OPTION

-- ok
-- notice 01000 8: GLOBAL is deprecated in temporary table creation
CREATE GLOBAL TEMPORARY VIEW v (a) AS SELECT a INTO b WITH LOCAL CHECK OPTION

-- ok
CREATE UNLOGGED VIEW v (a, "B") WITH (security_barrier) AS SELECT 1 WITH CASCADED CHECK OPTION

-- ok
CREATE RECURSIVE VIEW v (a) AS SELECT 1

-- ok
CREATE OR REPLACE RECURSIVE VIEW s.v (a, b) WITH (security_barrier) AS VALUES (1) UNION ALL SELECT a + 1 FROM v

-- ok
CREATE TEMP RECURSIVE VIEW v (a) AS (SELECT 1)

-- ok
CREATE OR REPLACE TEMPORARY RECURSIVE VIEW s.v (a, b) WITH (security_barrier) AS SELECT 1

-- ok
CREATE VIEW v AS SELECT * FROM t WHERE a ORDER BY b LIMIT 1 FOR UPDATE

-- ok
CREATE VIEW a.b.c AS SELECT * FROM t

-- ok
CREATE VIEW "V" AS SELECT a, b FROM t JOIN u USING (c)

-- ok
CREATE VIEW v (x, y, z) AS (TABLE t) UNION ALL TABLE u

-- ok
CREATE OR REPLACE VIEW v WITH (a.b = c, d = none) AS SELECT 1 AS x WITH CHECK OPTION

-- error 12: syntax error at end of input
CREATE VIEW

-- error 14: syntax error at end of input
CREATE VIEW v

-- error 17: syntax error at end of input
CREATE VIEW v AS

-- error 15: syntax error at or near "SELECT"
CREATE VIEW v SELECT 1

-- error 16: syntax error at or near ")"
CREATE VIEW v () AS SELECT 1

-- error 18: syntax error at or near "int"
CREATE VIEW v (a int) AS SELECT 1

-- error 17: syntax error at or near "."
CREATE VIEW v (a.b) AS SELECT 1

-- error 18: syntax error at or near "INSERT"
CREATE VIEW v AS INSERT INTO t VALUES (1)

-- error 31: syntax error at end of input
CREATE VIEW v AS SELECT 1 WITH

-- error 37: syntax error at end of input
CREATE VIEW v AS SELECT 1 WITH CHECK

-- error 32: syntax error at or near "BOTH"
CREATE VIEW v AS SELECT 1 WITH BOTH CHECK OPTION

-- error 32: syntax error at or near "NO"
CREATE VIEW v AS SELECT 1 WITH NO DATA

-- error 21: syntax error at or near ")"
CREATE VIEW v WITH () AS SELECT 1

-- error 16: syntax error at or near "NOT"
CREATE VIEW IF NOT EXISTS v AS SELECT 1

-- error 18: syntax error at or near "EXECUTE"
CREATE VIEW v AS EXECUTE p

-- error 15: syntax error at or near "TABLESPACE"
CREATE VIEW v TABLESPACE x AS SELECT 1

-- error 13: syntax error at or near "AS"
CREATE VIEW AS SELECT 1

-- error 41: syntax error at or near "LOCAL"
CREATE VIEW v AS SELECT 1 WITH CASCADED LOCAL CHECK OPTION

-- error 25: syntax error at or near "AS"
CREATE RECURSIVE VIEW v AS SELECT 1

-- error 26: syntax error at or near ")"
CREATE RECURSIVE VIEW v () AS SELECT 1

-- error 41 0A000: WITH CHECK OPTION not supported on recursive views
CREATE RECURSIVE VIEW v (a) AS SELECT 1 WITH CHECK OPTION

-- error 41 0A000: WITH CHECK OPTION not supported on recursive views
CREATE RECURSIVE VIEW v (a) AS SELECT 1 WITH LOCAL CHECK OPTION

-- error 18: syntax error at or near "TEMP"
CREATE RECURSIVE TEMP VIEW v (a) AS SELECT 1

-- error 11: syntax error at or near "VIEW"
CREATE OR VIEW v AS SELECT 1

-- error 13: syntax error at or near "OR"
CREATE TEMP OR REPLACE VIEW v AS SELECT 1

-- error 29: syntax error at or near "MATERIALIZED"
CREATE OR REPLACE RECURSIVE MATERIALIZED VIEW v (a) AS SELECT 1
