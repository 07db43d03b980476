-- ok
COPY t FROM 'f'

-- ok
COPY s.t FROM STDIN

-- ok
COPY t (a) FROM STDOUT

-- ok
COPY t (a, "B") FROM PROGRAM 'cmd'

-- ok
COPY d.s.t (a) FROM 'f'

-- ok
COPY t TO 'f'

-- ok
COPY s.t TO STDOUT

-- ok
COPY t (a) TO PROGRAM 'cmd'

-- ok
COPY t (a, b) TO STDIN

-- ok
COPY (SELECT 1) TO 'f'

-- ok
COPY (VALUES (1)) TO STDOUT

-- ok
COPY (TABLE t) TO PROGRAM 'cmd'

-- ok
COPY (INSERT INTO t VALUES (1) RETURNING *) TO STDIN

-- ok
COPY (UPDATE t SET a = 1 RETURNING a) TO 'f'

-- ok
COPY (DELETE FROM t RETURNING *) TO STDOUT

-- ok
COPY (WITH c AS (SELECT 1) TABLE c) TO PROGRAM 'cmd'

-- ok
COPY (MERGE INTO t USING u ON a WHEN MATCHED THEN DELETE RETURNING *) TO STDIN

-- ok
COPY ((SELECT 1)) TO 'f'

-- ok
COPY t FROM STDIN (FORMAT csv)

-- ok
COPY t FROM STDIN (FORMAT 'binary')

-- ok
COPY t FROM STDIN (FORMAT text, HEADER)

-- ok
COPY t FROM STDIN (HEADER true)

-- ok
COPY t FROM STDIN (HEADER match)

-- ok
COPY t FROM STDIN (FREEZE)

-- ok
COPY t FROM STDIN (FREEZE off)

-- ok
COPY t FROM STDIN (DELIMITER ',')

-- ok
COPY t FROM STDIN (NULL 'x', DEFAULT 'd')

-- ok
COPY t FROM STDIN (QUOTE '"', ESCAPE '!')

-- ok
COPY t FROM STDIN (FORCE_NOT_NULL (a, b))

-- ok
COPY t FROM STDIN (FORCE_NULL *)

-- ok
COPY t FROM STDIN (FORCE_QUOTE *)

-- ok
COPY t FROM STDIN (ENCODING 'UTF8')

-- ok
COPY t FROM STDIN (ON_ERROR ignore)

-- ok
COPY t FROM STDIN (ON_ERROR stop, LOG_VERBOSITY verbose)

-- ok
COPY t FROM STDIN (REJECT_LIMIT 10)

-- ok
COPY t FROM STDIN (reject_limit '5')

-- ok
COPY t FROM STDIN (x 1.5)

-- ok
COPY t FROM STDIN (x -1)

-- ok
COPY t FROM STDIN (bogus)

-- ok
COPY t FROM STDIN ("Y" true)

-- ok
COPY t FROM STDIN WITH (FORMAT csv)

-- ok
COPY t FROM STDIN WITH (HEADER, NULL '')

-- ok
COPY t FROM STDIN WITH (a on, b default, c 'd', e *)

-- ok
COPY t FROM STDIN WITH (FORCE_NULL (a, "B c"))

-- ok
COPY t FROM STDIN BINARY

-- ok
COPY t FROM STDIN FREEZE

-- ok
COPY t FROM STDIN DELIMITER ','

-- ok
COPY t FROM STDIN DELIMITER AS ','

-- ok
COPY t FROM STDIN NULL 'x'

-- ok
COPY t FROM STDIN NULL AS 'x'

-- ok
COPY t FROM STDIN CSV

-- ok
COPY t FROM STDIN HEADER

-- ok
COPY t FROM STDIN QUOTE '"'

-- ok
COPY t FROM STDIN QUOTE AS '"'

-- ok
COPY t FROM STDIN ESCAPE '!'

-- ok
COPY t FROM STDIN ESCAPE AS '!'

-- ok
COPY t FROM STDIN FORCE QUOTE a, b

-- ok
COPY t FROM STDIN FORCE QUOTE *

-- ok
COPY t FROM STDIN FORCE NOT NULL a

-- ok
COPY t FROM STDIN FORCE NOT NULL *

-- ok
COPY t FROM STDIN FORCE NULL a, b

-- ok
COPY t FROM STDIN FORCE NULL *

-- ok
COPY t FROM STDIN ENCODING 'UTF8'

-- ok
COPY t FROM STDIN WITH BINARY

-- ok
COPY t FROM STDIN WITH CSV HEADER

-- ok
COPY t FROM STDIN WITH CSV HEADER DELIMITER ';' NULL AS '' QUOTE AS '"'

-- ok
COPY t FROM STDIN WITH DELIMITER ',' CSV

-- ok
COPY t FROM STDIN WITH CSV QUOTE '"' FORCE NULL a ENCODING 'x'

-- ok
COPY BINARY t FROM STDIN

-- ok
COPY BINARY t (a) TO 'f'

-- ok
COPY BINARY s.t TO STDOUT

-- ok
COPY t FROM STDIN DELIMITERS '/' WITH CSV

-- ok
COPY t TO STDOUT USING DELIMITERS ',' CSV

-- ok
COPY t FROM 'f' USING DELIMITERS '+' CSV

-- ok
COPY t FROM 'f' WHERE a > 1

-- ok
COPY t FROM 'f' WHERE a AND b

-- ok
COPY t FROM 'f' WHERE f(a) IS NULL

-- ok
COPY t (a) FROM PROGRAM 'x' WITH (FORMAT csv) WHERE a = 1

-- ok
COPY t FROM STDIN CSV WHERE a

-- ok
COPY (SELECT * FROM t WHERE a ORDER BY b) TO PROGRAM 'gzip' (FORMAT csv, HEADER)

-- ok
COPY (SELECT 1) TO STDOUT CSV HEADER

-- ok
COPY (SELECT 1) TO STDOUT WITH BINARY

-- ok
COPY t FROM STDIN WITH

-- error 23: syntax error at or near ")"
COPY t FROM STDIN (x ())

-- error 20: syntax error at or near ")"
COPY t FROM STDIN ()

-- error 27: syntax error at or near "all"
COPY t FROM STDIN WITH (x all, y user_)

-- error 31: syntax error at or near "bar_"
COPY t FROM STDIN WITH (x foo bar_)

-- error 30: syntax error at or near "AS"
COPY t FROM STDIN DELIMITERS AS ';'

-- error 5: syntax error at end of input
COPY

-- error 7: syntax error at end of input
COPY t

-- error 6: syntax error at or near "FROM"
COPY FROM STDIN

-- error 8: syntax error at or near "STDIN"
COPY t STDIN

-- error 12: syntax error at end of input
COPY t FROM

-- error 10: syntax error at end of input
COPY t TO

-- error 13: syntax error at or near "f"
COPY t FROM f

-- error 13: syntax error at or near "$1"
COPY t FROM $1

-- error 13: syntax error at or near "STDERR"
COPY t FROM STDERR

-- error 19: syntax error at or near "STDOUT"
COPY t FROM STDIN STDOUT

-- error 9: syntax error at or near ")"
COPY t () FROM STDIN

-- error 10: syntax error at or near "."
COPY t (a.b) FROM STDIN

-- error 9: syntax error at or near "1"
COPY t (1) FROM STDIN

-- error 17: syntax error at or near "FROM"
COPY (SELECT 1) FROM STDIN

-- error 17: syntax error at or near "("
COPY (SELECT 1) (a) TO STDOUT

-- error 6: syntax error at or near "SELECT"
COPY SELECT 1 TO STDOUT

-- error 7: syntax error at or near "t"
COPY (t) TO STDOUT

-- error 6: syntax error at or near "ONLY"
COPY ONLY t FROM STDIN

-- error 8: syntax error at or near "*"
COPY t * TO STDOUT

-- error 8: syntax error at or near "AS"
COPY t AS x TO STDOUT

-- error 7: syntax error at or near "CREATE"
COPY (CREATE TABLE t ()) TO STDOUT

-- error 13: syntax error at or near "("
COPY BINARY (SELECT 1) TO STDOUT

-- error 30: syntax error at end of input
COPY t FROM STDIN (FORMAT csv

-- error 20: syntax error at or near ","
COPY t FROM STDIN (,)

-- error 31: syntax error at or near ")"
COPY t FROM STDIN (FORMAT csv,)

-- error 27: syntax error at or near "="
COPY t FROM STDIN (FORMAT = csv)

-- error 31: syntax error at or near "HEADER"
COPY t FROM STDIN (FORMAT csv HEADER)

-- error 20: syntax error at or near "'x'"
COPY t FROM STDIN ('x' 1)

-- error 23: syntax error at or near "1"
COPY t FROM STDIN (x (1))

-- error 23: syntax error at or near "."
COPY t FROM STDIN (x a.b)

-- error 22: syntax error at or near "NULL"
COPY t FROM STDIN (x NULL)

-- error 26: syntax error at or near "b"
COPY t FROM STDIN (x (a) b)

-- error 28: syntax error at or near "("
COPY t FROM STDIN WITH CSV (x)

-- error 32: syntax error at or near "CSV"
COPY t FROM STDIN (FORMAT csv) CSV

-- error 24: syntax error at or near "WITH"
COPY t FROM STDIN WITH WITH CSV

-- error 22: syntax error at or near "$1"
COPY t FROM STDIN (x $1)

-- error 25: syntax error at or near ")"
COPY t FROM STDIN (x (a,))

-- error 28: syntax error at end of input
COPY t FROM STDIN DELIMITER

-- error 29: syntax error at or near ","
COPY t FROM STDIN DELIMITER ,

-- error 29: syntax error at or near "a"
COPY t FROM STDIN DELIMITER a

-- error 24: syntax error at or near "a"
COPY t FROM STDIN NULL a

-- error 24: syntax error at end of input
COPY t FROM STDIN QUOTE

-- error 26: syntax error at or near "1"
COPY t FROM STDIN ESCAPE 1

-- error 24: syntax error at end of input
COPY t FROM STDIN FORCE

-- error 25: syntax error at or near "a"
COPY t FROM STDIN FORCE a

-- error 30: syntax error at end of input
COPY t FROM STDIN FORCE QUOTE

-- error 31: syntax error at or near "("
COPY t FROM STDIN FORCE QUOTE (a)

-- error 29: syntax error at or near "a"
COPY t FROM STDIN FORCE NOT a

-- error 28: syntax error at or near "utf8"
COPY t FROM STDIN ENCODING utf8

-- error 26: syntax error at or near "MATCH"
COPY t FROM STDIN HEADER MATCH

-- error 22: syntax error at or near ","
COPY t FROM STDIN CSV, HEADER

-- error 19: syntax error at or near "FORMAT"
COPY t FROM STDIN FORMAT csv

-- error 25: syntax error at or near "','"
COPY t FROM STDIN USING ','

-- error 23: syntax error at or near "="
COPY t FROM STDIN CSV = true

-- error 29: syntax error at end of input
COPY t FROM STDIN FORCE NULL

-- error 26: syntax error at end of input
COPY t FROM STDIN NULL AS

-- error 18: WHERE clause not allowed with COPY TO
COPY t TO STDOUT WHERE a

-- error 27: syntax error at or near "WHERE"
COPY (SELECT 1) TO STDOUT WHERE a

-- error 20: syntax error at end of input
COPY t FROM PROGRAM

-- error 21: syntax error at or near "cmd"
COPY t FROM PROGRAM cmd

-- error 22: syntax error at end of input
COPY t FROM 'f' WHERE

-- error 25: syntax error at or near "WITH"
COPY t FROM 'f' WHERE a WITH CSV

-- error 27: syntax error at or near "WHERE"
COPY t FROM STDIN WHERE a WHERE b

-- error 0: STDIN/STDOUT not allowed with PROGRAM
COPY t FROM PROGRAM STDIN

-- error 0: STDIN/STDOUT not allowed with PROGRAM
COPY t FROM PROGRAM STDOUT

-- error 0: STDIN/STDOUT not allowed with PROGRAM
COPY t TO PROGRAM STDIN

-- error 19: syntax error at or near "PROGRAM"
COPY t FROM STDIN PROGRAM 'x'

-- error 17: STDIN/STDOUT not allowed with PROGRAM
COPY (SELECT 1) TO PROGRAM STDOUT
