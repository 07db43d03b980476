-- Zones and abbreviations as views; what tzdata changes with its versions is not asked.
SELECT c.relname, string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ', ' ORDER BY a.attnum) AS columns
FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0
WHERE c.relnamespace = 11 AND c.relname IN ('pg_timezone_names', 'pg_timezone_abbrevs') GROUP BY c.relname ORDER BY c.relname;
SELECT * FROM pg_timezone_names WHERE name IN ('UTC', 'Etc/GMT+12', 'Asia/Tokyo', 'GMT', 'Asia/Kolkata', 'Etc/GMT-14') ORDER BY name;
SELECT count(*) FROM pg_timezone_names WHERE name ~ '^(posix|right)' OR name = 'localtime';
SELECT count(*) > 400 AS many, count(DISTINCT name) = count(*) AS once FROM pg_timezone_names;
SELECT count(*) FROM pg_timezone_names WHERE utc_offset IS NULL OR abbrev IS NULL OR is_dst IS NULL;
SELECT name FROM pg_timezone_names WHERE (now() AT TIME ZONE name) - (now() AT TIME ZONE 'UTC') <> utc_offset;
SET timezone = 'Europe/Berlin';
SELECT * FROM pg_timezone_abbrevs_zone();
SET timezone = 'Europe/London';
SELECT * FROM pg_timezone_abbrevs_zone();
SELECT * FROM pg_timezone_abbrevs WHERE abbrev IN ('BST', 'GMT', 'LMT', 'EST');
SET timezone = 'Europe/Moscow';
SELECT * FROM pg_timezone_abbrevs_zone();
SET timezone = 'America/Sao_Paulo';
SELECT * FROM pg_timezone_abbrevs_zone();
SET timezone = 'XYZ5ABC';
SELECT * FROM pg_timezone_abbrevs_zone();
SET timezone = '+3';
SELECT * FROM pg_timezone_abbrevs_zone();
SET timezone = 'UTC';
SELECT * FROM pg_timezone_abbrevs_zone();
SELECT * FROM pg_timezone_abbrevs;
