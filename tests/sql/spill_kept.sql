-- Rows that are kept otherwise than for sorts and joins, and are more than work_mem: what IN asks for inside of an expression,
-- rows that a recursion has seen, those of functions and of cursors.
SET work_mem = '64kB';
SET hash_mem_multiplier = 1;
CREATE TABLE big AS SELECT i AS id, (i * 7919) % 16001 AS grp, 'value ' || (i * 7919) % 16001 AS txt,
    CASE WHEN i % 500 = 7 THEN NULL ELSE i % 4001 END AS maybe FROM generate_series(1, 12000) i;
SELECT count(*) FILTER (WHERE a), count(*) FILTER (WHERE NOT a), count(*) FILTER (WHERE a IS NULL), count(*) FROM
    (SELECT i IN (SELECT grp FROM big) OR i < 0 a FROM generate_series(1, 17000, 97) i OFFSET 0) s;
SELECT count(*) FILTER (WHERE a), count(*) FILTER (WHERE NOT a), count(*) FILTER (WHERE a IS NULL), count(*) FROM
    (SELECT i IN (SELECT maybe FROM big) OR i < 0 a FROM generate_series(1, 5000, 19) i OFFSET 0) s;
SELECT count(*) FILTER (WHERE a), count(*) FILTER (WHERE NOT a), count(*) FILTER (WHERE a IS NULL), count(*) FROM
    (SELECT nullif(i % 3, 0) NOT IN (SELECT grp FROM big WHERE grp > 3) AND i > 0 a FROM generate_series(1, 150) i OFFSET 0) s;
SELECT count(*) FILTER (WHERE a), count(*) FILTER (WHERE NOT a), count(*) FILTER (WHERE a IS NULL), count(*) FROM
    (SELECT ('value ' || i, nullif(i % 5, 0)) IN (SELECT txt, CASE WHEN id % 2999 <> 0 THEN id % 5 END FROM big) OR i < 0 a
        FROM generate_series(1, 5000, 7) i OFFSET 0) s;
SELECT x, (SELECT count(*) FROM (SELECT i IN (SELECT grp FROM big WHERE id % 3 <> x) OR i < 0 a FROM generate_series(1, 100) i OFFSET 0) s WHERE a)
    FROM generate_series(0, 2) x;
WITH RECURSIVE r AS (SELECT 1 AS n UNION SELECT (n * 3 + k) % 8009 FROM r, generate_series(0, 1) k) SELECT count(*), sum(n), min(n), max(n) FROM r;
WITH RECURSIVE r(n, t) AS (SELECT 1, 'text 1' UNION SELECT m, 'text ' || m FROM (SELECT (n + 1709 * k) % 9001 m FROM r, generate_series(1, 3) k) s)
    SELECT count(*), sum(n), sum(length(t)) FROM r;
WITH RECURSIVE r(n, t) AS (SELECT i, 'text ' || i FROM big, LATERAL (SELECT id % 5000 i) s UNION SELECT n % 4000, t FROM r WHERE n >= 4000)
    SELECT count(*), sum(n), sum(length(t)) FROM r;
WITH RECURSIVE r AS (SELECT 1 AS n UNION SELECT n + 1 FROM r) SELECT count(*), sum(n) FROM (SELECT n FROM r LIMIT 4000) s;
SELECT x, (WITH RECURSIVE r AS (SELECT x AS n UNION SELECT (n * 2) % 3001 FROM r) SELECT count(*) FROM r) FROM generate_series(1, 3) x;
CREATE FUNCTION bigs(int) RETURNS SETOF big LANGUAGE sql AS 'SELECT * FROM big WHERE id > $1 ORDER BY id';
CREATE FUNCTION texts(int) RETURNS SETOF text LANGUAGE sql AS 'SELECT txt FROM big WHERE id > $1 ORDER BY id';
SELECT count(*), sum(id), sum(length(txt)), count(maybe) FROM bigs(100);
SELECT count(*), sum(length(t)) FROM (SELECT texts(id) t FROM big WHERE id < 4 OFFSET 0) s;
SELECT count(*), sum(o), sum(length(t)) FROM ROWS FROM (texts(5), generate_series(1, 7)) WITH ORDINALITY f(t, g, o);
BEGIN;
DECLARE s SCROLL CURSOR FOR SELECT id, txt FROM big ORDER BY id;
MOVE 8000 IN s;
FETCH 2 FROM s;
FETCH ABSOLUTE 3 FROM s;
FETCH LAST FROM s;
FETCH BACKWARD 2 FROM s;
FETCH ABSOLUTE 2049 FROM s;
FETCH PRIOR FROM s;
DECLARE h CURSOR WITH HOLD FOR SELECT id, txt FROM big ORDER BY id DESC;
FETCH 1 FROM h;
COMMIT;
DELETE FROM big WHERE id % 2 = 0;
MOVE 6000 IN h;
FETCH 2 FROM h;
MOVE ALL IN h;
CLOSE h;
WITH d AS (DELETE FROM big WHERE id > 10 RETURNING *) SELECT count(*), sum(length(txt)) FROM d;
RESET temp_file_limit;
DROP FUNCTION bigs, texts;
DROP TABLE big;
