-- What drivers ask for: functions of information_schema, and parameters of type void for what a function gives out.
SELECT * FROM information_schema._pg_expandarray('[0:1]={5,6}'::int[]);
SELECT information_schema._pg_expandarray('{{1,2},{3,4}}'::int[]);
SELECT * FROM information_schema._pg_expandarray('{}'::int[]);
SELECT * FROM information_schema._pg_expandarray(NULL::int[]);
SELECT (r).n, (r).x FROM (SELECT information_schema._pg_expandarray('3 4 5'::int2vector) AS r) q;
SELECT p.proname, pg_get_function_arguments(p.oid), pg_get_function_result(p.oid), provolatile, proisstrict, proretset,
       prorows, procost, proparallel, proargnames, proargmodes
FROM pg_proc p WHERE pronamespace = 'information_schema'::regnamespace ORDER BY 1;
CREATE TYPE dc_row AS (a int);
CREATE DOMAIN dc_domain AS numeric(7, 3);
CREATE TABLE dc (a char(4), b varchar(7), c varchar, d text, e bit(3), f varbit(5), g varbit, h numeric(8, 2), i numeric, j numeric(5, -2),
    k int2, l int4, m int8, n float4, o float8, p date, q time(2), r timetz, s timestamp(0), t timestamptz, u interval,
    v interval year to month, w interval second(3), x interval(4), y dc_domain, z bool, aa dc_row, PRIMARY KEY (l, k));
SELECT attname, information_schema._pg_truetypid(a, t)::regtype AS typ, information_schema._pg_truetypmod(a, t) AS mod,
       information_schema._pg_char_max_length(typ, mod) AS len, information_schema._pg_char_octet_length(typ, mod) AS octets,
       information_schema._pg_numeric_precision(typ, mod) AS prec, information_schema._pg_numeric_precision_radix(typ, mod) AS radix,
       information_schema._pg_numeric_scale(typ, mod) AS scale, information_schema._pg_datetime_precision(typ, mod) AS time,
       coalesce(information_schema._pg_interval_type(typ, mod), 'none') AS interval
FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid,
     LATERAL (SELECT information_schema._pg_truetypid(a, t), information_schema._pg_truetypmod(a, t)) AS true_type (typ, mod)
WHERE attrelid = 'dc'::regclass AND attnum > 0 ORDER BY attnum;
SELECT attname, information_schema._pg_index_position('dc_pkey'::regclass, attnum) AS place
FROM pg_attribute WHERE attrelid = 'dc'::regclass AND attnum BETWEEN 10 AND 13 ORDER BY attnum;
-- as JDBC asks for a primary key
SELECT r.key, r.place, r.name FROM (
    SELECT (i.keys).x AS key, (i.keys).n AS place, c.relname AS name
    FROM (SELECT indexrelid, information_schema._pg_expandarray(indkey) AS keys FROM pg_index WHERE indrelid = 'dc'::regclass) i
         JOIN pg_class c ON c.oid = i.indexrelid) r ORDER BY place;

-- what is polymorphic in the rows that a function gives
CREATE FUNCTION dc_pair(a anyelement, OUT b anyelement, OUT c anyarray) RETURNS SETOF record LANGUAGE sql
    AS 'SELECT a, ARRAY[a, a] UNION ALL SELECT a, ARRAY[a]';
SELECT * FROM dc_pair(1);
SELECT b || 'x' AS b, c[1] FROM dc_pair('q'::text);
SELECT (dc_pair(2.5)).*;
SELECT pg_typeof(b), pg_typeof(c) FROM dc_pair(DATE '2001-01-01');
CREATE FUNCTION dc_one(anyarray, OUT first anyelement, OUT n int) LANGUAGE sql AS 'SELECT $1[1], cardinality($1)';
SELECT * FROM dc_one('{3,4}'::int[]);
SELECT (dc_one(ARRAY['a', 'b'])).first;
DROP FUNCTION dc_pair, dc_one;

-- void parameters: functions are called without them
PREPARE v1(void, int) AS SELECT abs($1, $2);
EXECUTE v1(NULL, -5);
PREPARE v2(void, int) AS SELECT abs($2, $1) AS x, $1 IS NULL AS y;
EXECUTE v2(NULL, -5);
PREPARE v3(void) AS SELECT abs($1);
PREPARE v4(void) AS SELECT $1;
EXECUTE v4(NULL);
PREPARE v5(void) AS SELECT $1 + 1;
PREPARE v6(void) AS SELECT now($1) IS NOT NULL, count($1), coalesce($1, 1);
PREPARE v7(void) AS SELECT count($1);
PREPARE v8(void) AS SELECT count(DISTINCT $1);
PREPARE v9(void) AS SELECT sum($1, 3);
PREPARE v10(void) AS SELECT now($1) IS NULL;
EXECUTE v10('');
PREPARE v11(void) AS SELECT lower(a => $1);
PREPARE v12(int) AS SELECT abs(NULL::void, $1);
PREPARE v13(void) AS SELECT * FROM generate_series($1, 1, 2);
EXECUTE v13('x');
PREPARE v14(void) AS SELECT row_number($1) OVER ();
EXECUTE v14('x');
PREPARE v15(void) AS SELECT count($1) OVER ();
PREPARE v16(void) AS SELECT rank($1) WITHIN GROUP (ORDER BY 1);
PREPARE v17(void) AS SELECT ($1).x;
PREPARE v18(void) AS SELECT x($1);
PREPARE v19(void) AS SELECT int4($1);
PREPARE v20(void) AS SELECT abs(VARIADIC $1);
DROP TABLE dc;
DROP DOMAIN dc_domain;
DROP TYPE dc_row;
