-- ok
SELECT 1; SELECT 2

-- ok
SELECT 1;;;SELECT 2;

-- ok
BEGIN; INSERT INTO t VALUES (1); COMMIT

-- ok
;;

-- ok
CREATE TABLE t (a int); INSERT INTO t VALUES ($$;$$); SELECT ';' AS ";"

-- ok
CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END; SELECT 3

-- ok
CREATE FUNCTION f() RETURNS int BEGIN ATOMIC END

-- ok
CREATE FUNCTION f() RETURNS int BEGIN ATOMIC ; ; SELECT 1; END

-- ok
CREATE RULE r AS ON UPDATE TO t DO ALSO (SELECT 1; DELETE FROM u; ); SELECT 2

-- ok
CREATE PROCEDURE p() BEGIN ATOMIC INSERT INTO t VALUES (1); DELETE FROM t; END; COMMIT

-- ok
SELECT 1;SELECT 2;SELECT 3;SELECT 4

-- ok
END; END; BEGIN; ABORT

-- ok
VACUUM; CHECKPOINT; ANALYZE

-- ok
PREPARE p AS SELECT 1; EXECUTE p; DEALLOCATE p

-- ok
CREATE SCHEMA s CREATE TABLE t (a int) CREATE VIEW v AS SELECT 1; DROP SCHEMA s

-- ok
SET a = b; RESET a; SHOW a;

-- ok
SELECT 1 ; -- comment ; SELECT

-- ok
SELECT 1; SELECT

-- ok
SELECT; SELECT

-- error 58: syntax error at end of input
CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1 END

-- error 17: syntax error at or near "2"
SELECT 1 SELECT 2

-- error 11: syntax error at or near "FOO"
SELECT 1; FOO

-- error 1: syntax error at or near "FOO"
FOO; SELECT 1

-- error 11: syntax error at or near "'x'"
SELECT 1; 'x'

-- error 24: syntax error at or near "ö"
SELECT 'é'; SELECT ö ö ö

-- error 18: syntax error at or near "COMMITTED"
BEGIN; SELECT 1; COMMITTED

-- error 41: syntax error at or near ","
CREATE SCHEMA s CREATE TABLE t (a int); , SELECT

-- error 5: syntax error at or near ")"
; ; )

-- error 10: syntax error at or near ";"
SELECT (1; SELECT 2)

-- error 66: syntax error at end of input
CREATE RULE r AS ON UPDATE TO t DO ALSO (SELECT 1; DELETE FROM u;

-- error 64: syntax error at end of input
CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2

-- error 60: syntax error at or near "END"
CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; END END

-- error 10: unterminated /* comment at or near "/*"
SELECT 1;/*
