-- Rows written after columns of every kind of form are dropped.
CREATE TABLE a (x int, n varchar(10), b int, d numeric NOT NULL, u uuid, t timestamptz DEFAULT now());
INSERT INTO a VALUES (0, 'n', 0, 0, '00000000-0000-0000-0000-000000000001', NULL);
ALTER TABLE a DROP COLUMN n;
INSERT INTO a VALUES (1, 2, 3), (4, 5, 6) RETURNING x, b, d, u;
ALTER TABLE a DROP COLUMN d, DROP COLUMN t;
INSERT INTO a (x, u) SELECT g, NULL FROM generate_series(10, 12) AS g;
ALTER TABLE a DROP COLUMN u, ADD COLUMN s text DEFAULT 'new', DROP COLUMN x;
INSERT INTO a (b) VALUES (7);
UPDATE a SET s = s || b, b = b + 1 WHERE b > 2;
SELECT * FROM a ORDER BY b, s;
COPY a FROM stdin;
1	copied
\.
ALTER TABLE a DROP COLUMN s, DROP COLUMN b;
INSERT INTO a DEFAULT VALUES;
SELECT count(*), count(a) FROM a;
