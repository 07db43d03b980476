-- Functions in SQL that are put in place of their calls: what EXPLAIN shows, and errors without CONTEXT.
CREATE TABLE t (a int, b int, s text);
INSERT INTO t SELECT i, i % 3, 'text ' || i FROM generate_series(1, 5) i;
CREATE FUNCTION plus(int, int) RETURNS int LANGUAGE sql AS 'SELECT $1 + $2';
CREATE FUNCTION twice(x int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT x + x';
CREATE FUNCTION strict_plus(int, int) RETURNS int LANGUAGE sql STRICT AS 'SELECT $1 + $2';
CREATE FUNCTION strict_first(int, int) RETURNS int LANGUAGE sql STRICT AS 'SELECT $1';
CREATE FUNCTION strict_lenient(int) RETURNS int LANGUAGE sql STRICT AS 'SELECT coalesce($1, 1)';
CREATE FUNCTION immutable_random(int) RETURNS float8 LANGUAGE sql IMMUTABLE AS 'SELECT $1 + random()';
CREATE FUNCTION stable_now(int) RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT now() + $1 * interval ''1 s''';
CREATE FUNCTION immutable_now(int) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS 'SELECT now() + $1 * interval ''1 s''';
CREATE FUNCTION definer(int) RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT $1 + 1';
CREATE FUNCTION configured(int) RETURNS int LANGUAGE sql SET work_mem = '1MB' AS 'SELECT $1 + 1';
CREATE FUNCTION reads(int) RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM t WHERE a > $1';
CREATE FUNCTION sub(int) RETURNS int LANGUAGE sql AS 'SELECT (SELECT $1)';
CREATE FUNCTION asks(int) RETURNS int LANGUAGE sql AS 'SELECT 1 WHERE $1 > 0';
CREATE FUNCTION two_parts(int) RETURNS int LANGUAGE sql AS 'SELECT 1; SELECT $1';
CREATE FUNCTION limited(int) RETURNS int LANGUAGE sql AS 'SELECT $1 LIMIT 1';
CREATE FUNCTION nothing(int) RETURNS void LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION casts(int) RETURNS bigint LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION texts(text) RETURNS text LANGUAGE sql AS $$ SELECT upper($1) || '!' $$;
CREATE FUNCTION nested(int) RETURNS int LANGUAGE sql AS 'SELECT plus(twice($1), 1)';
CREATE FUNCTION body(x int, y int) RETURNS int IMMUTABLE RETURN x * y;
CREATE FUNCTION whole(x int) RETURNS int BEGIN ATOMIC SELECT x - 1; END;
CREATE FUNCTION element(anyarray) RETURNS anyelement LANGUAGE sql AS 'SELECT $1[1]';
CREATE FUNCTION default_(x int, y int DEFAULT 7) RETURNS int LANGUAGE sql AS 'SELECT x + y';
CREATE FUNCTION variadic_(VARIADIC int[]) RETURNS int LANGUAGE sql AS 'SELECT array_length($1, 1)';
CREATE FUNCTION ignores(int) RETURNS int LANGUAGE sql AS 'SELECT 5';
CREATE FUNCTION divide(int, int) RETURNS int LANGUAGE sql AS 'SELECT $1 / $2';
CREATE FUNCTION divide_const(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 / $2';
CREATE FUNCTION conditional(int) RETURNS text LANGUAGE sql AS $$ SELECT CASE WHEN $1 > 2 THEN 'big' ELSE 'small' END $$;
EXPLAIN (VERBOSE, COSTS OFF) SELECT plus(a, b), twice(a), twice(a + b), strict_plus(a, b), strict_first(a, b), strict_lenient(a) FROM t;
EXPLAIN (VERBOSE, COSTS OFF) SELECT immutable_random(a), stable_now(a), immutable_now(a), definer(a), configured(a) FROM t;
EXPLAIN (VERBOSE, COSTS OFF) SELECT reads(a), sub(a), asks(a), two_parts(a), limited(a), nothing(a) FROM t;
EXPLAIN (VERBOSE, COSTS OFF) SELECT casts(a), texts(s), nested(a), body(a, b), whole(b), element(ARRAY[a, b]) FROM t;
EXPLAIN (VERBOSE, COSTS OFF) SELECT default_(a), default_(a, 8), variadic_(a, b), ignores(a), conditional(a) FROM t;
EXPLAIN (VERBOSE, COSTS OFF) SELECT twice((random() * a)::int), ignores((random() * a)::int), plus((random() * a)::int, b) FROM t;
EXPLAIN (VERBOSE, COSTS OFF) SELECT twice(reads(a)::int), plus(reads(a)::int, 1) FROM t;
EXPLAIN (VERBOSE, COSTS OFF) SELECT * FROM t WHERE plus(a, b) > 3 AND strict_plus(NULL, b) IS NULL AND conditional(a) = 'big';
SELECT plus(a, b), twice(a), strict_plus(a, nullif(b, 0)), strict_first(a, nullif(b, 0)), strict_lenient(nullif(b, 1)) FROM t ORDER BY a;
SELECT casts(a), texts(s), nested(a), body(a, b), whole(b), element(ARRAY[a, b]) FROM t ORDER BY a;
SELECT default_(a), default_(a, 8), variadic_(a, b), ignores(a), conditional(a), pg_typeof(casts(a)) FROM t ORDER BY a;
SELECT conditional(a), count(*) FROM t GROUP BY conditional(a) ORDER BY 1;
SELECT DISTINCT twice(b) FROM t ORDER BY twice(b);
-- errors
SELECT divide(a, b) FROM t;
SELECT divide_const(1, 0);
SELECT divide(1, 0);
SELECT divide_const(a, 0) FROM t;
-- an index over a function
CREATE TABLE big AS SELECT i AS a FROM generate_series(1, 3000) i;
CREATE INDEX ON big (twice(a));
CREATE UNIQUE INDEX ON big (body(a, 2)) WHERE twice(a) > 10;
ANALYZE big;
SET enable_seqscan = off;
EXPLAIN (COSTS OFF) SELECT * FROM big WHERE twice(a) = 100;
SELECT * FROM big WHERE twice(a) = 100;
INSERT INTO big VALUES (50) ON CONFLICT (body(a, 2)) WHERE twice(a) > 10 DO NOTHING;
RESET enable_seqscan;
-- the function changes under a prepared statement
PREPARE p(int) AS SELECT plus(a, $1), s FROM t WHERE plus(b, 1) = 2 ORDER BY a;
EXECUTE p(10);
EXECUTE p(10);
CREATE OR REPLACE FUNCTION plus(int, int) RETURNS int LANGUAGE sql AS 'SELECT $1 + $2 * 2';
EXECUTE p(10);
SET plan_cache_mode = force_generic_plan;
EXECUTE p(10);
CREATE OR REPLACE FUNCTION plus(int, int) RETURNS int LANGUAGE sql AS 'SELECT $1 + $2 + 100';
EXECUTE p(10);
RESET plan_cache_mode;
-- recursion ends in a call
CREATE FUNCTION faculty(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE OR REPLACE FUNCTION faculty(int) RETURNS int LANGUAGE sql AS 'SELECT CASE WHEN $1 <= 1 THEN 1 ELSE $1 * faculty($1 - 1) END';
SELECT faculty(a) FROM t ORDER BY a;
-- who may not call it
CREATE ROLE inline_nobody;
GRANT SELECT ON t TO inline_nobody;
REVOKE EXECUTE ON FUNCTION twice(int) FROM public;
SET ROLE inline_nobody;
SELECT twice(a) FROM t;
SELECT nested(a) FROM t;
RESET ROLE;
REVOKE SELECT ON t FROM inline_nobody;
DROP ROLE inline_nobody;
-- a body that cannot be read any more
SET check_function_bodies = off;
CREATE FUNCTION broken(int) RETURNS int LANGUAGE sql AS 'SELECT $1 + no_such_column';
CREATE FUNCTION unreadable(int) RETURNS int LANGUAGE sql AS 'SELECT $1 +';
RESET check_function_bodies;
SELECT broken(a) FROM t;
SELECT unreadable(a) FROM t;
-- operators
CREATE OPERATOR +++ (LEFTARG = int, RIGHTARG = int, FUNCTION = body);
EXPLAIN (VERBOSE, COSTS OFF) SELECT a +++ b FROM t;
SELECT a +++ b FROM t ORDER BY a;
-- views keep the call
CREATE VIEW v AS SELECT twice(a) AS x FROM t;
SELECT pg_get_viewdef('v'::regclass);
SELECT * FROM v WHERE x > 4 ORDER BY x;
DROP VIEW v;
DROP OPERATOR +++ (int, int);
DROP TABLE t, big CASCADE;
DROP FUNCTION plus, twice, strict_plus, strict_first, strict_lenient, immutable_random, stable_now, immutable_now, definer, configured, reads, sub,
    asks, two_parts, limited, nothing, casts, texts, nested, body, whole, element, default_, variadic_, ignores, divide, divide_const, conditional,
    faculty, broken, unreadable;
