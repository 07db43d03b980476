-- Joins whose table is made of the few rows that are kept, and that the many of the other side only mark or extend.
CREATE TABLE few (k integer, v integer, name text);
CREATE TABLE many (k integer, v integer, long bigint, small smallint, word text, day date);
INSERT INTO few SELECT CASE WHEN i % 7 = 0 THEN NULL ELSE i * 3 END, i % 4, 'n' || i FROM generate_series(1, 40) i;
INSERT INTO few SELECT 9, 2, 'twice' FROM generate_series(1, 2);
INSERT INTO many SELECT CASE WHEN i % 11 = 0 THEN NULL ELSE i % 90 END, i % 5, 9223372036854775000 - i % 90, i % 90,
    'w' || i % 90, date '2000-01-01' + i % 90 FROM generate_series(1, 6000) i;
ANALYZE few;
ANALYZE many;
-- SEMI, ANTI
SELECT name FROM few WHERE EXISTS (SELECT FROM many WHERE many.k = few.k) ORDER BY name;
SELECT name FROM few WHERE NOT EXISTS (SELECT FROM many WHERE many.k = few.k) ORDER BY name;
SELECT name FROM few WHERE EXISTS (SELECT FROM many WHERE many.k = few.k AND many.v < few.v) ORDER BY name;
SELECT name FROM few WHERE NOT EXISTS (SELECT FROM many WHERE many.k = few.k AND many.v < few.v) ORDER BY name;
SELECT name FROM few WHERE EXISTS (SELECT FROM many WHERE many.k = few.k AND many.v = 17) ORDER BY name;
SELECT count(*) FROM few WHERE NOT EXISTS (SELECT FROM many WHERE many.k = few.k AND many.v = 17);
SELECT name FROM few WHERE k IN (SELECT k FROM many WHERE v = few.v) ORDER BY name;
SELECT name FROM few WHERE k NOT IN (SELECT k FROM many WHERE k IS NOT NULL) ORDER BY name;
SELECT name FROM few WHERE k NOT IN (SELECT k FROM many);
SELECT name FROM few WHERE EXISTS (SELECT FROM many WHERE many.k = few.k) ORDER BY name LIMIT 3;
-- LEFT, RIGHT, FULL
SELECT few.name, count(many.k), sum(many.v) FROM few LEFT JOIN many ON many.k = few.k AND many.v > few.v GROUP BY 1 ORDER BY 1;
SELECT few.name, count(many.k) FROM many RIGHT JOIN few USING (k) WHERE many.v = 1 OR many.v IS NULL GROUP BY 1 ORDER BY 1;
SELECT count(*), count(few.k), count(many.k), count(few.name) FROM few FULL JOIN many ON few.k = many.k;
SELECT count(*), count(few.k), count(many.k), count(few.name) FROM few FULL JOIN (SELECT * FROM many WHERE v = 3) many ON few.k = many.k;
-- keys of other kinds: those of close integers, far ones, small ones, dates, texts
SELECT count(*) FROM few WHERE EXISTS (SELECT FROM many WHERE long = 9223372036854775000 - few.k);
SELECT count(*) FROM few WHERE NOT EXISTS (SELECT FROM many WHERE long = few.k::bigint * 50000000000000000);
SELECT count(*) FROM few WHERE EXISTS (SELECT FROM many WHERE small = few.k::smallint);
SELECT count(*) FROM few WHERE EXISTS (SELECT FROM many WHERE day = date '2000-01-01' + few.k);
SELECT count(*) FROM few WHERE NOT EXISTS (SELECT FROM many WHERE word = 'w' || few.k);
SELECT count(*) FROM (VALUES (-9223372036854775808), (9223372036854775807), (9223372036854774990)) AS ends (k)
    WHERE EXISTS (SELECT FROM many WHERE long = ends.k);
-- joins above and below
SELECT count(*) FROM few f WHERE EXISTS (SELECT FROM many m WHERE m.k = f.k AND m.v <> f.v)
    AND NOT EXISTS (SELECT FROM many m WHERE m.k = f.k AND m.v <> f.v AND m.small > 60);
SELECT f.name, count(*) FROM few f JOIN many a ON a.k = f.k LEFT JOIN many b ON b.k = f.k AND b.v = 0 AND a.v = 1 GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 5;
-- changed by what has a partner; locked
WITH changed AS (UPDATE few SET name = name || '!' WHERE EXISTS (SELECT FROM many WHERE many.k = few.k AND many.v = 1) RETURNING name)
    SELECT name FROM changed ORDER BY name;
DELETE FROM few WHERE NOT EXISTS (SELECT FROM many WHERE many.k = few.k);
SELECT count(*) FROM few;
SELECT name FROM few WHERE EXISTS (SELECT FROM many WHERE many.k = few.k) ORDER BY name FOR UPDATE;
-- an error in the condition is one of the pair that has it
SELECT count(*) FROM few WHERE EXISTS (SELECT FROM many WHERE many.k = few.k AND 1 / (many.v - 7) < few.v);
SELECT count(*) FROM few WHERE EXISTS (SELECT FROM many WHERE many.k = few.k AND 1 / (many.v - 3) > 5 + few.v);
-- by several
SET min_parallel_table_scan_size = 0;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET max_parallel_workers_per_gather = 3;
SELECT count(*), min(name) FROM few WHERE EXISTS (SELECT FROM many WHERE many.k = few.k AND many.v < few.v);
SELECT count(*), min(name) FROM few WHERE NOT EXISTS (SELECT FROM many WHERE many.k = few.k AND many.v < few.v);
SELECT count(*), count(many.k), sum(many.v) FROM few LEFT JOIN many ON many.k = few.k AND many.v > few.v;
SELECT count(*), count(few.k), count(many.k), count(few.name) FROM few FULL JOIN many ON few.k = many.k;
SET work_mem = '64kB';
INSERT INTO few SELECT 1000 + i, i % 4, repeat('long', 20) || i FROM generate_series(1, 3000) i;
ANALYZE few;
SELECT count(*), min(name) FROM few WHERE EXISTS (SELECT FROM many WHERE many.k = few.k AND many.v < few.v);
SELECT count(*), min(name) FROM few WHERE NOT EXISTS (SELECT FROM many WHERE many.k = few.k AND many.v < few.v);
SELECT count(*), count(many.k), sum(many.v), count(few.name) FROM many RIGHT JOIN few ON many.k = few.k AND many.v > few.v;
SELECT count(*), count(few.k), count(many.k), count(few.name) FROM few FULL JOIN many ON few.k = many.k;
DROP TABLE few, many;
