-- Statements that need more than work_mem: the same rows as with much of it.
SET work_mem = '64kB';
SET hash_mem_multiplier = 1;
CREATE TABLE wide (id int PRIMARY KEY, grp int, few int, txt text, num numeric, f float8, maybe int);
INSERT INTO wide SELECT i, (i * 7919) % 4001, i % 7, 'value ' || (i * 7919) % 5003 || repeat('x', i % 40),
    ((i * 31) % 977)::numeric / 7, ((i * 17) % 1009) / 3.0::float8, CASE WHEN i % 11 = 0 THEN NULL ELSE i % 3001 END
    FROM generate_series(1, 12000) i;
CREATE TABLE other (id int, ref int, note text);
INSERT INTO other SELECT i, (i * 13) % 9001, 'note ' || i || repeat('y', i % 30) FROM generate_series(1, 9000) i;
INSERT INTO other VALUES (-1, NULL, NULL), (-2, 20000, 'nobody');

-- sorting: each result is folded into one value that hangs on the order
SELECT md5(string_agg(id::text, ',')) FROM (SELECT id FROM wide ORDER BY txt COLLATE "C", id OFFSET 0) s;
SELECT md5(string_agg(id::text, ',')) FROM (SELECT id FROM wide ORDER BY f DESC, id OFFSET 0) s;
SELECT md5(string_agg(id::text, ',')) FROM (SELECT id FROM wide ORDER BY num, few DESC, id OFFSET 0) s;
SELECT md5(string_agg(id::text, ',')) FROM (SELECT id FROM wide ORDER BY maybe NULLS FIRST, grp, id DESC OFFSET 0) s;
SELECT md5(string_agg(coalesce(maybe::text, 'null'), ',')) FROM (SELECT maybe FROM wide ORDER BY maybe OFFSET 0) s;
SELECT md5(string_agg(f::text, ',')) FROM (SELECT f FROM wide ORDER BY f OFFSET 0) s;
SELECT id, txt FROM wide ORDER BY txt COLLATE "C" DESC, id LIMIT 3 OFFSET 5000;
SELECT md5(string_agg(id::text, ',')) FROM (SELECT id FROM wide ORDER BY txt COLLATE "C", id LIMIT 7000) s;
-- long values: their keys are cut and the values decide
SELECT md5(string_agg(id::text, ',')) FROM
    (SELECT id FROM wide WHERE id <= 1500 ORDER BY repeat('z', 1100) || (id * 7919) % 1009, id OFFSET 0) s;
SELECT count(DISTINCT txt), count(DISTINCT num), count(DISTINCT grp), sum(DISTINCT maybe) FROM wide;
SELECT md5(string_agg(txt, '|' ORDER BY txt COLLATE "C", id)) FROM wide;
SELECT few, count(DISTINCT txt), md5(string_agg(id::text, ',' ORDER BY f, id)) FROM wide GROUP BY few ORDER BY few;

-- grouping
SELECT count(*), sum(n), sum(s) FROM (SELECT grp, count(*) n, sum(id) s FROM wide GROUP BY grp) g;
SELECT count(*), sum(n), min(t COLLATE "C"), max(t COLLATE "C"), sum(a) FROM
    (SELECT txt, grp, count(*) n, min(txt COLLATE "C") t, avg(num) a FROM wide GROUP BY txt, grp) g;
SELECT count(*), sum(d), sum(f) FROM
    (SELECT grp, count(DISTINCT few) d, count(*) FILTER (WHERE id % 2 = 0) f FROM wide GROUP BY grp) g;
SELECT count(*) FROM (SELECT DISTINCT txt, num FROM wide) d;
SELECT count(*) FROM (SELECT grp FROM wide UNION SELECT maybe FROM wide UNION SELECT ref FROM other) u;
SELECT g, count(*), sum(n) FROM (SELECT grouping(grp, few) g, count(*) n FROM wide GROUP BY GROUPING SETS ((grp), (grp, few), (few), ())) x
    GROUP BY g ORDER BY g;
SELECT count(*), sum(length(a)) FROM (SELECT grp, string_agg(txt, ',' ORDER BY id) a FROM wide GROUP BY grp) g;
SELECT count(*), count(maybe), sum(n) FROM (SELECT maybe, count(*) n FROM wide GROUP BY maybe) g;

-- joins
SELECT count(*), sum(w.id), sum(o.id) FROM wide w JOIN other o ON w.grp = o.ref;
SELECT count(*), count(o.id), sum(length(o.note)) FROM wide w LEFT JOIN other o ON w.maybe = o.ref;
SELECT count(*), count(w.id), sum(length(w.txt)) FROM wide w RIGHT JOIN other o ON w.grp = o.ref;
SELECT count(*), count(w.id), count(o.id) FROM wide w FULL JOIN other o ON w.maybe = o.ref;
SELECT count(*), sum(w.id) FROM wide w WHERE EXISTS (SELECT FROM other o WHERE o.ref = w.grp);
SELECT count(*), sum(w.id) FROM wide w WHERE NOT EXISTS (SELECT FROM other o WHERE o.ref = w.grp AND o.id % 2 = 0);
SELECT count(*), sum(w.id) FROM wide w JOIN wide v ON w.txt = v.txt AND w.id < v.id;
SELECT count(*) FROM wide w JOIN wide v ON w.few = v.few WHERE w.id < 100;
SELECT count(*) FROM wide w WHERE id IN (SELECT ref FROM other);
-- one key alone
SELECT count(*), sum(length(v.txt)) FROM wide w JOIN wide v ON w.few * 0 = v.few * 0 WHERE w.id <= 5;
-- again and again
SELECT x, (SELECT count(*) FROM wide w JOIN other o ON w.grp = o.ref AND w.few = x) FROM generate_series(1, 3) x;

-- set operations
SELECT count(*) FROM (SELECT grp FROM wide INTERSECT SELECT ref FROM other) s;
SELECT count(*) FROM (SELECT txt FROM wide EXCEPT SELECT txt FROM wide WHERE id % 3 = 0) s;
SELECT count(*), sum(grp) FROM (SELECT grp FROM wide INTERSECT ALL SELECT ref FROM other) s;
SELECT count(*), sum(maybe) FROM (SELECT maybe FROM wide EXCEPT ALL SELECT ref FROM other) s;

-- kept rows
WITH c AS MATERIALIZED (SELECT * FROM wide) SELECT count(*), sum(a.id), sum(length(b.txt)) FROM c a JOIN c b ON a.id = b.id + 1;
SELECT sum(r), sum(t), sum(l) FROM
    (SELECT rank() OVER w r, sum(id) OVER w t, lag(id, 100) OVER w l FROM wide WINDOW w AS (ORDER BY grp, id)) s;
SELECT sum(s), count(f), max(l) FROM (SELECT sum(id) OVER w s, first_value(txt) OVER w f, last_value(id) OVER w l FROM wide
    WINDOW w AS (PARTITION BY few ORDER BY id ROWS BETWEEN 3 PRECEDING AND 900 FOLLOWING)) s;
WITH RECURSIVE r AS (SELECT id, 0 AS depth FROM wide UNION ALL SELECT id, depth + 1 FROM r WHERE depth < 2 AND id % 2 = 0)
    SELECT depth, count(*), sum(id) FROM r GROUP BY depth ORDER BY depth;
SELECT count(*) FROM wide w, (SELECT * FROM wide WHERE id % 100 = 0 OFFSET 0) v WHERE w.id < v.id AND w.few > v.few;

-- a limit of disk
SET temp_file_limit = '64kB';
SELECT count(*) FROM (SELECT id FROM wide ORDER BY txt COLLATE "C" OFFSET 0) s;
SELECT count(*) FROM wide w JOIN other o ON w.txt = o.note;
RESET temp_file_limit;
SELECT count(*) FROM (SELECT id FROM wide ORDER BY txt COLLATE "C" OFFSET 0) s;
DROP TABLE wide, other;
-- a scalar sub-query asked once stands for all batches
SELECT x, a, count(*) FROM (SELECT (SELECT 'a longer text of ' || 5) x, ARRAY(SELECT 'another longer text') a FROM generate_series(1, 5000) i OFFSET 0) s
    GROUP BY x, a;
