-- Joins of two sides in the order of their keys: all kinds, keys of all kinds, groups of any size.
SET enable_hashjoin = off;
SET enable_nestloop = off;
CREATE TABLE left_rows (k integer, v text, n numeric, f real, d date);
CREATE TABLE right_rows (k bigint, w text, n numeric, f double precision, d date);
INSERT INTO left_rows SELECT i / 2, 'a' || i % 300, i % 70 * 1.50, i % 9, date '2000-01-01' + i % 50 FROM generate_series(1, 3000) i;
INSERT INTO left_rows VALUES (NULL, NULL, NULL, NULL, NULL), (NULL, 'an', 1, 'nan', 'infinity'), (-1, '', 0, '-0', '-infinity');
INSERT INTO right_rows SELECT i / 3, 'a' || i % 700, i % 110 * 1.5, i % 5, date '2000-01-20' + i % 90 FROM generate_series(1, 6000) i;
INSERT INTO right_rows VALUES (NULL, NULL, NULL, NULL, NULL), (NULL, 'an', 1, 'nan', 'infinity'), (-1, '', 0, 0, '-infinity');
CREATE TABLE no_rows (k integer, w text);
ANALYZE left_rows;
ANALYZE right_rows;
-- kinds
SELECT count(*), count(v), count(w), sum(l.k + r.k) FROM left_rows l JOIN right_rows r USING (k);
SELECT count(*), count(v), count(w), sum(r.k) FROM left_rows l LEFT JOIN right_rows r USING (k);
SELECT count(*), count(v), count(w), sum(l.k) FROM left_rows l RIGHT JOIN right_rows r USING (k);
SELECT count(*), count(v), count(w), sum(k) FROM left_rows l FULL JOIN right_rows r USING (k);
SELECT count(*), sum(k) FROM left_rows l WHERE EXISTS (SELECT FROM right_rows r WHERE r.k = l.k + 2000);
SELECT count(*), sum(k) FROM left_rows l WHERE NOT EXISTS (SELECT FROM right_rows r WHERE r.k = l.k + 2000);
SELECT count(*) FROM right_rows r WHERE EXISTS (SELECT FROM left_rows l WHERE r.k = l.k);
SELECT count(*) FROM right_rows r WHERE NOT EXISTS (SELECT FROM left_rows l WHERE r.k = l.k);
-- kinds with conditions beyond the keys
SELECT count(*), count(v), count(w) FROM left_rows l JOIN right_rows r ON l.k = r.k AND l.v < r.w;
SELECT count(*), count(v), count(w) FROM left_rows l LEFT JOIN right_rows r ON l.k = r.k AND l.v < r.w;
SELECT count(*), count(v), count(w) FROM left_rows l RIGHT JOIN right_rows r ON l.k = r.k AND l.v < r.w;
SELECT count(*), count(v), count(w) FROM left_rows l FULL JOIN right_rows r ON l.k = r.k AND l.v < r.w;
SELECT count(*) FROM left_rows l WHERE EXISTS (SELECT FROM right_rows r WHERE r.k = l.k AND l.v < r.w);
SELECT count(*) FROM left_rows l WHERE NOT EXISTS (SELECT FROM right_rows r WHERE r.k = l.k AND l.v < r.w);
SELECT count(*) FROM left_rows l FULL JOIN right_rows r ON l.k = r.k AND l.v = 'none' WHERE l.k IS NULL OR r.k IS NULL;
-- keys
SELECT count(*) FROM left_rows l JOIN right_rows r ON l.v = r.w;
SELECT count(*) FROM left_rows l FULL JOIN right_rows r ON l.v = r.w;
SELECT count(*) FROM left_rows l JOIN right_rows r ON l.n = r.n AND l.k < 50;
SELECT count(*) FROM left_rows l JOIN right_rows r ON l.f = r.f AND l.k < 20;
SELECT count(*) FROM left_rows l FULL JOIN right_rows r ON l.d = r.d AND r.k < 40;
SELECT count(*) FROM left_rows l JOIN right_rows r ON l.d = r.d AND l.v = r.w;
SELECT count(*) FROM left_rows l FULL JOIN right_rows r ON l.k = r.k AND l.v = r.w AND l.n = r.n;
SELECT count(*) FROM left_rows l JOIN right_rows r ON ARRAY[l.k, 1] = ARRAY[r.k::int, 1];
SELECT count(*) FROM (SELECT v COLLATE "en-US-x-icu" AS v FROM left_rows) l JOIN (SELECT w COLLATE "en-US-x-icu" AS w FROM right_rows) r ON v = w;
-- nothing on a side
SELECT count(*) FROM left_rows l JOIN no_rows r USING (k);
SELECT count(*), count(r.w) FROM left_rows l LEFT JOIN no_rows r USING (k);
SELECT count(*), count(r.w) FROM no_rows r LEFT JOIN left_rows l USING (k);
SELECT count(*), count(v) FROM no_rows r FULL JOIN left_rows l USING (k);
SELECT count(*), count(v) FROM left_rows l FULL JOIN no_rows r USING (k);
-- keys that begin alike and are longer than what is compared at once
CREATE TABLE long_keys (t text, i integer);
INSERT INTO long_keys SELECT repeat('x', 900 + i % 3) || i % 40, i FROM generate_series(1, 400) i;
ANALYZE long_keys;
SELECT count(*), sum(a.i - b.i) FROM long_keys a JOIN long_keys b USING (t);
SELECT count(*), count(b.i) FROM long_keys a LEFT JOIN long_keys b ON a.t || 'y' = b.t || CASE WHEN b.i % 2 = 0 THEN 'y' ELSE 'z' END;
-- sides in order already: indexes, joins below; the result's order
CREATE INDEX left_k ON left_rows (k);
CREATE INDEX right_k ON right_rows (k);
SET enable_sort = off;
SELECT l.k, l.v, r.w FROM left_rows l JOIN right_rows r USING (k) ORDER BY l.k, l.v, r.w LIMIT 5;
SELECT count(*) FROM (SELECT l.k FROM left_rows l JOIN right_rows r USING (k) ORDER BY l.k LIMIT 3000) s WHERE k < 500;
SELECT k, v FROM left_rows l WHERE EXISTS (SELECT FROM right_rows r WHERE r.k = l.k) AND k % 500 = 3 ORDER BY k, v;
SELECT count(*), sum(a.k) FROM left_rows a JOIN right_rows b ON a.k = b.k JOIN left_rows c ON c.k = a.k;
RESET enable_sort;
-- groups larger than what may be held
SET work_mem = '64kB';
SELECT count(*), sum(length(v) + length(w)) FROM left_rows a JOIN right_rows b ON a.k / 1200 = b.k / 1200 WHERE a.k % 100 = 7;
SELECT count(*), count(v), count(w) FROM left_rows a FULL JOIN right_rows b ON a.k / 1500 = b.k / 1500 AND a.v = 'a7' AND b.w = 'a7';
SELECT count(*) FROM right_rows b WHERE NOT EXISTS (SELECT FROM left_rows a WHERE a.k / 1500 = b.k / 1500 AND a.v < b.w AND a.v > 'a98');
RESET work_mem;
-- run again and again, stopped early, changed
SELECT g, (SELECT count(*) FROM left_rows l FULL JOIN right_rows r ON l.k = r.k AND r.w <> 'a' || g) FROM generate_series(1, 3) g;
SELECT g, k FROM generate_series(1, 3) g, LATERAL (SELECT l.k FROM left_rows l JOIN right_rows r ON l.k = r.k AND l.k > g * 10 ORDER BY l.k LIMIT 1) s;
BEGIN;
DECLARE c CURSOR FOR SELECT l.k, r.k FROM left_rows l FULL JOIN right_rows r ON l.k = r.k WHERE coalesce(l.k, r.k) IN (-1, 7) ORDER BY 1;
FETCH 3 FROM c;
FETCH ALL FROM c;
COMMIT;
UPDATE left_rows l SET v = v || '!' FROM right_rows r WHERE r.k = l.k AND l.k = 30 AND r.w > 'a2';
SELECT k, v FROM left_rows WHERE k = 30 ORDER BY v;
-- what has an order and no hash
CREATE TABLE prices (p money, b bit varying);
INSERT INTO prices SELECT i % 7, (i % 4)::bit(3) FROM generate_series(1, 30) i;
SELECT count(*) FROM prices x FULL JOIN prices y ON x.p = y.p;
SELECT count(*) FROM prices x JOIN prices y ON x.b = y.b;
-- errors of keys
SELECT count(*) FROM left_rows l JOIN right_rows r ON 1 / (l.k - 17) = r.k;
