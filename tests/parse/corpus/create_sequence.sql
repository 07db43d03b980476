-- ok
CREATE SEQUENCE q

-- ok
CREATE TEMP SEQUENCE s.q AS int

-- ok
CREATE TEMPORARY SEQUENCE IF NOT EXISTS q AS s.t

-- ok
CREATE UNLOGGED SEQUENCE q INCREMENT 1

-- ok
CREATE LOCAL TEMP SEQUENCE s.q INCREMENT BY -1

-- ok
-- notice 01000 8: GLOBAL is deprecated in temporary table creation
CREATE GLOBAL TEMPORARY SEQUENCE IF NOT EXISTS q MINVALUE 1

-- ok
CREATE SEQUENCE q NO MINVALUE

-- ok
CREATE TEMP SEQUENCE s.q MAXVALUE 1e10

-- ok
CREATE TEMPORARY SEQUENCE IF NOT EXISTS q NO MAXVALUE

-- ok
CREATE UNLOGGED SEQUENCE q START 1

-- ok
CREATE LOCAL TEMP SEQUENCE s.q START WITH -5

-- ok
-- notice 01000 8: GLOBAL is deprecated in temporary table creation
CREATE GLOBAL TEMPORARY SEQUENCE IF NOT EXISTS q CACHE 10

-- ok
CREATE SEQUENCE q CYCLE

-- ok
CREATE TEMP SEQUENCE s.q NO CYCLE

-- ok
CREATE TEMPORARY SEQUENCE IF NOT EXISTS q OWNED BY t.a

-- ok
CREATE UNLOGGED SEQUENCE q OWNED BY s.t.a

-- ok
CREATE LOCAL TEMP SEQUENCE s.q OWNED BY NONE

-- ok
-- notice 01000 8: GLOBAL is deprecated in temporary table creation
CREATE GLOBAL TEMPORARY SEQUENCE IF NOT EXISTS q AS bigint INCREMENT BY 2 MINVALUE 1 MAXVALUE 10 START WITH 3 CACHE 4 CYCLE OWNED BY t.a

-- ok
CREATE SEQUENCE q RESTART

-- ok
CREATE TEMP SEQUENCE s.q RESTART WITH 5

-- ok
CREATE TEMPORARY SEQUENCE IF NOT EXISTS q SEQUENCE NAME x

-- ok
CREATE UNLOGGED SEQUENCE q LOGGED

-- ok
CREATE LOCAL TEMP SEQUENCE s.q START 1 START 2

-- ok
-- notice 01000 8: GLOBAL is deprecated in temporary table creation
CREATE GLOBAL TEMPORARY SEQUENCE IF NOT EXISTS q UNLOGGED

-- ok
CREATE SEQUENCE q INCREMENT +1_000

-- ok
CREATE TEMP SEQUENCE s.q MAXVALUE 0xFF

-- error 16: syntax error at end of input
CREATE SEQUENCE

-- error 17: syntax error at or near "1"
CREATE SEQUENCE 1

-- error 17: syntax error at or near "'q'"
CREATE SEQUENCE 'q'

-- error 21: syntax error at end of input
CREATE SEQUENCE q AS

-- error 28: syntax error at end of input
CREATE SEQUENCE q INCREMENT

-- error 32: syntax error at or near "x"
CREATE SEQUENCE q INCREMENT BY x

-- error 27: syntax error at end of input
CREATE SEQUENCE q MINVALUE

-- error 21: syntax error at end of input
CREATE SEQUENCE q NO

-- error 22: syntax error at or near "INCREMENT"
CREATE SEQUENCE q NO INCREMENT

-- error 24: syntax error at end of input
CREATE SEQUENCE q START

-- error 29: syntax error at end of input
CREATE SEQUENCE q START WITH

-- error 25: syntax error at or near "'x'"
CREATE SEQUENCE q START 'x'

-- error 25: syntax error at or near "x"
CREATE SEQUENCE q CACHE x

-- error 24: syntax error at end of input
CREATE SEQUENCE q OWNED

-- error 27: syntax error at end of input
CREATE SEQUENCE q OWNED BY

-- error 28: syntax error at or near "'x'"
CREATE SEQUENCE q OWNED BY 'x'

-- error 19: syntax error at or near "NOCYCLE"
CREATE SEQUENCE q NOCYCLE

-- error 30: syntax error at or near ","
CREATE SEQUENCE q INCREMENT 1, CACHE 2

-- error 27: syntax error at or near "-"
CREATE SEQUENCE q START - -1

-- error 20: syntax error at or near "EXISTS"
CREATE SEQUENCE IF EXISTS q

-- error 19: syntax error at or near "("
CREATE SEQUENCE q (START 1)

-- error 28: syntax error at or near "NULL"
CREATE SEQUENCE q MAXVALUE NULL

-- error 28: syntax error at or near "x"
CREATE SEQUENCE q SEQUENCE x

-- error 31: syntax error at or near "+"
CREATE SEQUENCE q INCREMENT 1 + 1

-- error 19: syntax error at or near "SEQUENCE"
CREATE OR REPLACE SEQUENCE q
