-- ok
DECLARE c CURSOR FOR SELECT 1

-- ok
DECLARE "C" BINARY CURSOR WITH HOLD FOR VALUES (1)

-- ok
DECLARE cursor INSENSITIVE CURSOR WITHOUT HOLD FOR TABLE t

-- ok
DECLARE abort ASENSITIVE CURSOR FOR (SELECT 1)

-- ok
DECLARE c SCROLL CURSOR WITH HOLD FOR WITH c AS (SELECT 1) TABLE c

-- ok
DECLARE "C" NO SCROLL CURSOR WITHOUT HOLD FOR SELECT 1 UNION SELECT 2

-- ok
DECLARE cursor BINARY INSENSITIVE SCROLL CURSOR FOR SELECT a FROM t FOR UPDATE

-- ok
DECLARE abort NO SCROLL BINARY CURSOR WITH HOLD FOR SELECT a FROM t ORDER BY b LIMIT 1

-- ok
DECLARE c SCROLL SCROLL CURSOR WITHOUT HOLD FOR SELECT a INTO b FROM c

-- ok
DECLARE "C" SCROLL NO SCROLL CURSOR FOR SELECT 1

-- ok
DECLARE cursor INSENSITIVE ASENSITIVE CURSOR WITH HOLD FOR VALUES (1)

-- ok
DECLARE c CURSOR WITH HOLD FOR SELECT a FROM t WHERE b FOR SHARE OF t NOWAIT

-- ok
DECLARE between INSENSITIVE NO SCROLL CURSOR WITHOUT HOLD FOR (VALUES (1), (2)) LIMIT 1

-- ok
DECLARE "x y" BINARY ASENSITIVE CURSOR FOR TABLE ONLY t

-- ok
DECLARE int BINARY ASENSITIVE CURSOR FOR SELECT

-- ok
DECLARE row BINARY ASENSITIVE CURSOR FOR ((SELECT 1))

-- error 8: syntax error at end of input
DECLARE

-- error 10: syntax error at end of input
DECLARE c

-- error 17: syntax error at end of input
DECLARE c CURSOR

-- error 21: syntax error at end of input
DECLARE c CURSOR FOR

-- error 11: syntax error at or near "FOR"
DECLARE c FOR SELECT 1

-- error 16: syntax error at or near "FOR"
DECLARE CURSOR FOR SELECT 1

-- error 18: syntax error at or near "SELECT"
DECLARE c CURSOR SELECT 1

-- error 18: syntax error at or near "IS"
DECLARE c CURSOR IS SELECT 1

-- error 21: syntax error at or near "CURSOR"
DECLARE c SCROLL NO CURSOR FOR SELECT 1

-- error 23: syntax error at or near "FOR"
DECLARE c CURSOR WITH FOR SELECT 1

-- error 18: syntax error at or near "HOLD"
DECLARE c CURSOR HOLD FOR SELECT 1

-- error 22: syntax error at or near "INSERT"
DECLARE c CURSOR FOR INSERT INTO t VALUES (1)

-- error 22: syntax error at or near "EXECUTE"
DECLARE c CURSOR FOR EXECUTE p

-- error 10: syntax error at or near ","
DECLARE c, d CURSOR FOR SELECT 1

-- error 9: syntax error at or near "'c'"
DECLARE 'c' CURSOR FOR SELECT 1

-- error 10: syntax error at or near "."
DECLARE a.b CURSOR FOR SELECT 1

-- error 11: syntax error at or near "WITH"
DECLARE c WITH HOLD CURSOR FOR SELECT 1

-- error 18: syntax error at or near "BINARY"
DECLARE c CURSOR BINARY FOR SELECT 1

-- error 18: syntax error at or near "("
DECLARE c CURSOR (a int) FOR SELECT 1

-- error 39: syntax error at end of input
DECLARE c CURSOR FOR SELECT 1 FOR READ

-- error 22: syntax error at or near "p"
DECLARE c CURSOR FOR p

-- error 11: syntax error at or near "SENSITIVE"
DECLARE c SENSITIVE CURSOR FOR SELECT 1
