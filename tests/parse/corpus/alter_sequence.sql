-- ok
ALTER SEQUENCE q AS int

-- ok
ALTER SEQUENCE s.q AS bigint

-- ok
ALTER SEQUENCE IF EXISTS q INCREMENT 1

-- ok
ALTER SEQUENCE IF EXISTS s.q INCREMENT BY -1

-- ok
ALTER SEQUENCE q MINVALUE 1

-- ok
ALTER SEQUENCE s.q NO MINVALUE

-- ok
ALTER SEQUENCE IF EXISTS q MAXVALUE 5

-- ok
ALTER SEQUENCE IF EXISTS s.q NO MAXVALUE

-- ok
ALTER SEQUENCE q START 1

-- ok
ALTER SEQUENCE s.q START WITH -1

-- ok
ALTER SEQUENCE IF EXISTS q RESTART

-- ok
ALTER SEQUENCE IF EXISTS s.q RESTART 5

-- ok
ALTER SEQUENCE q RESTART WITH 5

-- ok
ALTER SEQUENCE s.q CACHE 10

-- ok
ALTER SEQUENCE IF EXISTS q CYCLE

-- ok
ALTER SEQUENCE IF EXISTS s.q NO CYCLE

-- ok
ALTER SEQUENCE q OWNED BY t.a

-- ok
ALTER SEQUENCE s.q OWNED BY s.t.a

-- ok
ALTER SEQUENCE IF EXISTS q OWNED BY NONE

-- ok
ALTER SEQUENCE IF EXISTS s.q SET LOGGED

-- ok
ALTER SEQUENCE q SET UNLOGGED

-- ok
ALTER SEQUENCE s.q OWNER TO r

-- ok
ALTER SEQUENCE IF EXISTS q RENAME TO p

-- ok
ALTER SEQUENCE IF EXISTS s.q SET SCHEMA s

-- ok
ALTER SEQUENCE q INCREMENT 2 MINVALUE 1 MAXVALUE 10 START 3 RESTART 4 CACHE 5 CYCLE OWNED BY t.a

-- ok
ALTER SEQUENCE s.q MAXVALUE 99999999999999999999

-- ok
ALTER SEQUENCE IF EXISTS q INCREMENT 1.5

-- ok
ALTER SEQUENCE IF EXISTS s.q SEQUENCE NAME x

-- ok
ALTER SEQUENCE q LOGGED

-- ok
ALTER SEQUENCE s.q UNLOGGED

-- error 15: syntax error at end of input
ALTER SEQUENCE

-- error 17: syntax error at end of input
ALTER SEQUENCE q

-- error 20: syntax error at end of input
ALTER SEQUENCE q AS

-- error 27: syntax error at end of input
ALTER SEQUENCE q INCREMENT

-- error 30: syntax error at end of input
ALTER SEQUENCE q INCREMENT BY

-- error 28: syntax error at or near "x"
ALTER SEQUENCE q INCREMENT x

-- error 26: syntax error at end of input
ALTER SEQUENCE q MINVALUE

-- error 20: syntax error at end of input
ALTER SEQUENCE q NO

-- error 21: syntax error at or near "START"
ALTER SEQUENCE q NO START

-- error 21: syntax error at or near "CACHE"
ALTER SEQUENCE q NO CACHE

-- error 24: syntax error at or near "TO"
ALTER SEQUENCE q START TO 5

-- error 26: syntax error at or near "TO"
ALTER SEQUENCE q RESTART TO 5

-- error 25: syntax error at end of input
ALTER SEQUENCE q CACHE -

-- error 23: syntax error at end of input
ALTER SEQUENCE q OWNED

-- error 26: syntax error at end of input
ALTER SEQUENCE q OWNED BY

-- error 24: syntax error at or near "r"
ALTER SEQUENCE q OWNER r

-- error 24: syntax error at end of input
ALTER SEQUENCE q RENAME

-- error 29: syntax error at or near "."
ALTER SEQUENCE q RENAME TO a.b

-- error 28: syntax error at end of input
ALTER SEQUENCE q SET SCHEMA

-- error 32: syntax error at end of input
ALTER SEQUENCE q SET TABLESPACE

-- error 29: syntax error at or near ","
ALTER SEQUENCE q INCREMENT 1, CACHE 2

-- error 18: syntax error at or near "NOCYCLE"
ALTER SEQUENCE q NOCYCLE

-- error 24: syntax error at or near "'1'"
ALTER SEQUENCE q START '1'

-- error 23: syntax error at or near "EXISTS"
ALTER SEQUENCE IF NOT EXISTS q CYCLE

-- error 16: syntax error at or near "'q'"
ALTER SEQUENCE 'q' CYCLE
