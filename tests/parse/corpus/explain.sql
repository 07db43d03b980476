-- ok
EXPLAIN SELECT 1

-- ok
EXPLAIN ANALYZE INSERT INTO t VALUES (1)

-- ok
EXPLAIN ANALYSE UPDATE t SET a = 1

-- ok
EXPLAIN VERBOSE DELETE FROM t

-- ok
EXPLAIN ANALYZE VERBOSE EXECUTE p (1)

-- ok
EXPLAIN analyse verbose VALUES (1)

-- ok
EXPLAIN TABLE t

-- ok
EXPLAIN ANALYZE (SELECT 1)

-- ok
EXPLAIN ANALYSE WITH c AS (SELECT 1) TABLE c

-- ok
EXPLAIN VERBOSE DECLARE c CURSOR FOR SELECT 1

-- ok
EXPLAIN ANALYZE VERBOSE CREATE TABLE t AS SELECT 1

-- ok
EXPLAIN analyse verbose CREATE MATERIALIZED VIEW v AS SELECT 1

-- ok
EXPLAIN REFRESH MATERIALIZED VIEW v

-- ok
EXPLAIN ANALYZE MERGE INTO t USING u ON a WHEN MATCHED THEN DELETE

-- ok
EXPLAIN ANALYSE SELECT 1 UNION SELECT 2

-- ok
EXPLAIN VERBOSE CREATE TABLE t AS EXECUTE p

-- ok
EXPLAIN ANALYZE VERBOSE CREATE TEMP TABLE IF NOT EXISTS t AS SELECT 1 WITH NO DATA

-- ok
EXPLAIN analyse verbose EXECUTE p

-- ok
EXPLAIN SELECT a INTO b FROM c

-- ok
EXPLAIN (ANALYZE) SELECT 1

-- ok
EXPLAIN (ANALYSE) SELECT 1

-- ok
EXPLAIN (VERBOSE) SELECT 1

-- ok
EXPLAIN (COSTS off) SELECT 1

-- ok
EXPLAIN (SETTINGS) SELECT 1

-- ok
EXPLAIN (GENERIC_PLAN) SELECT 1

-- ok
EXPLAIN (BUFFERS true) SELECT 1

-- ok
EXPLAIN (SERIALIZE) SELECT 1

-- ok
EXPLAIN (SERIALIZE text) SELECT 1

-- ok
EXPLAIN (WAL on) SELECT 1

-- ok
EXPLAIN (TIMING 0) SELECT 1

-- ok
EXPLAIN (SUMMARY 1) SELECT 1

-- ok
EXPLAIN (MEMORY) SELECT 1

-- ok
EXPLAIN (FORMAT json) SELECT 1

-- ok
EXPLAIN (FORMAT 'yaml') SELECT 1

-- ok
EXPLAIN (FORMAT xml, ANALYZE) SELECT 1

-- ok
EXPLAIN (bogus 1.5) SELECT 1

-- ok
EXPLAIN (ANALYZE false, VERBOSE true) SELECT 1

-- ok
EXPLAIN (x -1) SELECT 1

-- ok
EXPLAIN (x default_) SELECT 1

-- ok
EXPLAIN (a all_) SELECT 1

-- ok
EXPLAIN ("B" 'c') SELECT 1

-- ok
EXPLAIN (ANALYZE, ANALYZE) SELECT 1

-- ok
EXPLAIN (SELECT 1) UNION (SELECT 2)

-- ok
EXPLAIN ((SELECT 1))

-- ok
EXPLAIN (ANALYZE, VERBOSE, BUFFERS, FORMAT json) INSERT INTO t SELECT 1

-- ok
EXPLAIN (analyze on, timing off) UPDATE t SET a = 1 WHERE b

-- ok
EXPLAIN (COSTS false, SUMMARY true, SETTINGS on) DELETE FROM t USING u

-- ok
EXPLAIN (SERIALIZE binary, MEMORY off, WAL false) MERGE INTO t USING u ON a WHEN MATCHED THEN DELETE

-- ok
EXPLAIN (FORMAT "yaml") EXECUTE p (1, 2)

-- ok
EXPLAIN (a b, c 'd', e 1, f -2.5, g) CREATE TABLE t AS SELECT 1

-- ok
EXPLAIN (ANALYZE, VERBOSE, BUFFERS, FORMAT json) DECLARE c SCROLL CURSOR FOR SELECT 1

-- ok
EXPLAIN (analyze on, timing off) REFRESH MATERIALIZED VIEW CONCURRENTLY v

-- ok
EXPLAIN (COSTS false, SUMMARY true, SETTINGS on) CREATE MATERIALIZED VIEW IF NOT EXISTS v AS TABLE t WITH NO DATA

-- ok
EXPLAIN (SERIALIZE binary, MEMORY off, WAL false) (SELECT 1) UNION ALL (SELECT 2)

-- ok
EXPLAIN (FORMAT "yaml") WITH c AS (SELECT 1) DELETE FROM t

-- ok
EXPLAIN (a b, c 'd', e 1, f -2.5, g) VALUES (1), (2) ORDER BY 1

-- ok
EXPLAIN (ANALYZE, VERBOSE, BUFFERS, FORMAT json) TABLE ONLY t

-- ok
EXPLAIN ANALYZE VERBOSE UPDATE t SET a = 1

-- ok
EXPLAIN ANALYZE VERBOSE WITH c AS (SELECT 1) SELECT * FROM c

-- ok
EXPLAIN ANALYZE VERBOSE EXECUTE p

-- ok
EXPLAIN ANALYZE VERBOSE VALUES (1)

-- error 23: syntax error at or near "EXPLAIN_"
EXPLAIN (FORMAT text) EXPLAIN_ 

-- error 8: syntax error at end of input
EXPLAIN

-- error 16: syntax error at end of input
EXPLAIN ANALYZE

-- error 17: syntax error at or near "ANALYZE"
EXPLAIN VERBOSE ANALYZE SELECT 1

-- error 18: syntax error at end of input
EXPLAIN (ANALYZE)

-- error 10: syntax error at or near ")"
EXPLAIN () SELECT 1

-- error 18: syntax error at or near "SELECT"
EXPLAIN (ANALYZE SELECT 1

-- error 10: syntax error at or near ","
EXPLAIN (,) SELECT 1

-- error 18: syntax error at or near ")"
EXPLAIN (ANALYZE,) SELECT 1

-- error 17: syntax error at or near "="
EXPLAIN (FORMAT = json) SELECT 1

-- error 19: syntax error at or near "b"
EXPLAIN (FORMAT a b) SELECT 1

-- error 10: syntax error at or near "1"
EXPLAIN (1) SELECT 1

-- error 10: syntax error at or near "'x'"
EXPLAIN ('x') SELECT 1

-- error 12: syntax error at or near "*"
EXPLAIN (x *) SELECT 1

-- error 12: syntax error at or near "("
EXPLAIN (x ()) SELECT 1

-- error 12: syntax error at or near "("
EXPLAIN (x (a)) SELECT 1

-- error 12: syntax error at or near "NULL"
EXPLAIN (x NULL) SELECT 1

-- error 27: syntax error at or near "int"
EXPLAIN CREATE TABLE t (a int)

-- error 16: syntax error at or near "VIEW"
EXPLAIN CREATE VIEW v AS SELECT 1

-- error 9: syntax error at or near "DROP"
EXPLAIN DROP TABLE t

-- error 9: syntax error at or near "EXPLAIN"
EXPLAIN EXPLAIN SELECT 1

-- error 9: syntax error at or near "COMMIT"
EXPLAIN COMMIT

-- error 9: syntax error at or near "CALL"
EXPLAIN CALL p()

-- error 9: syntax error at or near "PREPARE"
EXPLAIN PREPARE p AS SELECT 1

-- error 9: syntax error at or near "COPY"
EXPLAIN COPY t FROM STDIN

-- error 9: syntax error at or near "VACUUM"
EXPLAIN VACUUM

-- error 9: syntax error at or near "SET"
EXPLAIN SET a = 1

-- error 9: syntax error at or near "SHOW"
EXPLAIN SHOW a

-- error 17: syntax error at or near "t"
EXPLAIN ANALYZE t

-- error 17: syntax error at or near "ANALYZE"
EXPLAIN ANALYZE ANALYZE SELECT 1

-- error 9: syntax error at or near "FETCH"
EXPLAIN FETCH c

-- error 9: syntax error at or near "LOCK"
EXPLAIN LOCK t

-- error 19: syntax error at or near "VERBOSE"
EXPLAIN (ANALYZE) VERBOSE SELECT 1

-- error 9: syntax error at or near "FORMAT"
EXPLAIN FORMAT json SELECT 1

-- error 9: syntax error at or near "QUERY"
EXPLAIN QUERY PLAN SELECT 1
