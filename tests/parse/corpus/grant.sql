-- ok
GRANT SELECT ON t TO r

-- ok
GRANT INSERT ON TABLE t TO PUBLIC

-- ok
GRANT UPDATE ON TABLE t, s.u TO r, s

-- ok
GRANT DELETE ON t, u TO GROUP r

-- ok
GRANT TRUNCATE ON t TO CURRENT_USER

-- ok
GRANT REFERENCES ON TABLE t TO CURRENT_ROLE

-- ok
GRANT TRIGGER ON TABLE t, s.u TO SESSION_USER

-- ok
GRANT MAINTAIN ON t, u TO "R"

-- ok
GRANT ALL ON t TO GROUP r, PUBLIC

-- ok
GRANT ALL PRIVILEGES ON TABLE t TO r

-- ok
GRANT SELECT, INSERT ON TABLE t, s.u TO PUBLIC

-- ok
GRANT USAGE ON t, u TO r, s

-- ok
GRANT EXECUTE ON t TO GROUP r

-- ok
GRANT CREATE ON TABLE t TO CURRENT_USER

-- ok
GRANT CONNECT ON TABLE t, s.u TO CURRENT_ROLE

-- ok
GRANT TEMPORARY ON t, u TO SESSION_USER

-- ok
GRANT TEMP ON t TO "R"

-- ok
GRANT SET ON TABLE t TO GROUP r, PUBLIC

-- ok
GRANT ALTER SYSTEM ON TABLE t, s.u TO r

-- ok
GRANT SELECT (a) ON t, u TO PUBLIC

-- ok
GRANT SELECT (a, b), UPDATE (c) ON t TO r, s

-- ok
GRANT ALL (a) ON TABLE t TO GROUP r

-- ok
GRANT ALL PRIVILEGES (a, b) ON TABLE t, s.u TO CURRENT_USER

-- ok
GRANT INSERT, REFERENCES (a) ON t, u TO CURRENT_ROLE

-- ok
GRANT bogus ON t TO SESSION_USER

-- ok
GRANT "x y" ON TABLE t TO "R"

-- ok
GRANT ALL ON SEQUENCE q TO r

-- ok
GRANT ALL ON SEQUENCE q, s.q TO r

-- ok
GRANT ALL ON DATABASE d TO r

-- ok
GRANT ALL ON DATABASE d, e TO r

-- ok
GRANT ALL ON DOMAIN d TO r

-- ok
GRANT ALL ON DOMAIN s.d, e TO r

-- ok
GRANT ALL ON FOREIGN DATA WRAPPER w TO r

-- ok
GRANT ALL ON FOREIGN DATA WRAPPER w, x TO r

-- ok
GRANT ALL ON FOREIGN SERVER v TO r

-- ok
GRANT ALL ON FOREIGN SERVER v, w TO r

-- ok
GRANT ALL ON FUNCTION f TO r

-- ok
GRANT ALL ON FUNCTION f() TO r

-- ok
GRANT ALL ON FUNCTION f(int, OUT a text), s.g TO r

-- ok
GRANT ALL ON PROCEDURE p TO r

-- ok
GRANT ALL ON PROCEDURE p(int) TO r

-- ok
GRANT ALL ON ROUTINE r(a int) TO r

-- ok
GRANT ALL ON ROUTINE r, s.t TO r

-- ok
GRANT ALL ON LANGUAGE l TO r

-- ok
GRANT ALL ON LANGUAGE l, m TO r

-- ok
GRANT ALL ON LARGE OBJECT 1 TO r

-- ok
GRANT ALL ON LARGE OBJECT 1, 2 TO r

-- ok
GRANT ALL ON PARAMETER a TO r

-- ok
GRANT ALL ON PARAMETER a.b, c TO r

-- ok
GRANT ALL ON SCHEMA s TO r

-- ok
GRANT ALL ON SCHEMA s, t TO r

-- ok
GRANT ALL ON TABLESPACE x TO r

-- ok
GRANT ALL ON TABLESPACE x, y TO r

-- ok
GRANT ALL ON TYPE t TO r

-- ok
GRANT ALL ON TYPE s.t, u TO r

-- ok
GRANT SELECT ON ALL TABLES IN SCHEMA s TO r

-- ok
GRANT ALL ON ALL SEQUENCES IN SCHEMA s, t TO r

-- ok
GRANT SELECT ON ALL FUNCTIONS IN SCHEMA s TO r

-- ok
GRANT ALL ON ALL PROCEDURES IN SCHEMA s, t TO r

-- ok
GRANT SELECT ON ALL ROUTINES IN SCHEMA s TO r

-- ok
GRANT ALL ON t TO r WITH GRANT OPTION

-- ok
GRANT ALL ON t TO r GRANTED BY s

-- ok
GRANT ALL ON t TO r GRANTED BY CURRENT_USER

-- ok
GRANT ALL ON t TO r WITH GRANT OPTION GRANTED BY CURRENT_ROLE

-- ok
GRANT ALL ON t TO r GRANTED BY SESSION_USER

-- ok
GRANT r TO u

-- ok
GRANT r, s TO u, v

-- ok
GRANT "R" TO PUBLIC

-- ok
GRANT select_ TO CURRENT_USER

-- ok
GRANT r (a) TO SESSION_USER

-- ok
GRANT create TO u

-- ok
GRANT references TO u, v

-- ok
GRANT alter_ TO PUBLIC

-- ok
GRANT usage TO CURRENT_USER

-- ok
GRANT r TO u WITH ADMIN OPTION

-- ok
GRANT r TO u WITH ADMIN TRUE

-- ok
GRANT r TO u WITH ADMIN FALSE

-- ok
GRANT r TO u WITH INHERIT TRUE

-- ok
GRANT r TO u WITH INHERIT OPTION

-- ok
GRANT r TO u WITH SET FALSE

-- ok
GRANT r TO u WITH SET OPTION

-- ok
GRANT r TO u WITH ADMIN TRUE, INHERIT FALSE, SET TRUE

-- ok
GRANT r TO u GRANTED BY v

-- ok
GRANT r TO u WITH ADMIN OPTION GRANTED BY CURRENT_USER

-- ok
GRANT r TO u WITH bogus TRUE

-- ok
GRANT r TO u WITH admin FALSE, admin TRUE

-- ok
GRANT SELECT TO r

-- ok
GRANT SELECT, INSERT TO r

-- ok
GRANT ALTER SYSTEM, x TO r

-- ok
GRANT SET, ALTER SYSTEM ON PARAMETER work_mem, a.b.c TO r WITH GRANT OPTION

-- ok
GRANT ALTER ON PARAMETER a TO r

-- ok
GRANT ALL ON SEQUENCE TO r

-- ok
GRANT ALL ON DATABASE TO r

-- ok
GRANT ALL ON FUNCTION TO r

-- ok
GRANT ALL ON TYPE TO r

-- error 16: syntax error at or near "GROUP"
GRANT admin TO GROUP u

-- error 6: syntax error at end of input
GRANT

-- error 13: syntax error at end of input
GRANT SELECT

-- error 16: syntax error at end of input
GRANT SELECT ON

-- error 18: syntax error at end of input
GRANT SELECT ON t

-- error 21: syntax error at end of input
GRANT SELECT ON t TO

-- error 7: syntax error at or near "ON"
GRANT ON t TO r

-- error 14: syntax error at or near "t"
GRANT SELECT t TO r

-- error 14: syntax error at or near "INSERT"
GRANT SELECT INSERT ON t TO r

-- error 15: syntax error at or near "ON"
GRANT SELECT, ON t TO r

-- error 19: syntax error at or near "FROM"
GRANT SELECT ON t FROM r

-- error 17: syntax error at or near "TO"
GRANT SELECT ON TO r

-- error 15: syntax error at or near ")"
GRANT SELECT () ON t TO r

-- error 16: syntax error at or near "."
GRANT SELECT (a.b) ON t TO r

-- error 12: syntax error at or near ")"
GRANT ALL () ON t TO r

-- error 24: syntax error at or near "t"
GRANT SELECT ON TABLES t TO r

-- error 22: syntax error at or near "v"
GRANT SELECT ON VIEW v TO r

-- error 7: syntax error at or near "1"
GRANT 1 ON t TO r

-- error 7: syntax error at or near "'x'"
GRANT 'x' ON t TO r

-- error 24: syntax error at or near "."
GRANT ALL ON DATABASE a.b TO r

-- error 25: syntax error at or near ","
GRANT ALL ON FUNCTION f(,) TO r

-- error 29: syntax error at or near "TO"
GRANT ALL ON FUNCTION f(int TO r

-- error 23: syntax error at or near "'l'"
GRANT ALL ON LANGUAGE 'l'_ x TO r

-- error 27: syntax error at or near "TO"
GRANT ALL ON LARGE OBJECT TO r

-- error 27: syntax error at or near "a"
GRANT ALL ON LARGE OBJECT a TO r

-- error 20: syntax error at or near "1"
GRANT ALL ON LARGE 1 TO r

-- error 24: syntax error at or near "'a'"
GRANT ALL ON PARAMETER 'a' TO r

-- error 22: syntax error at or near "."
GRANT ALL ON SCHEMA s.t TO r

-- error 26: syntax error at or near "."
GRANT ALL ON TABLESPACE x.y TO r

-- error 27: syntax error at or near "w"
GRANT ALL ON FOREIGN DATA w TO r

-- error 22: syntax error at or near "TABLE"
GRANT ALL ON FOREIGN TABLE t TO r

-- error 21: syntax error at or near "v"
GRANT ALL ON SERVER v TO r

-- error 25: syntax error at or near "TO"
GRANT ALL ON ALL TABLES TO r

-- error 28: syntax error at or near "s"
GRANT ALL ON ALL TABLES IN s TO r

-- error 35: syntax error at or near "TO"
GRANT ALL ON ALL TABLES IN SCHEMA TO r

-- error 18: syntax error at or near "TYPES"
GRANT ALL ON ALL TYPES IN SCHEMA s TO r

-- error 24: syntax error at or near "a"
GRANT ALL ON AGGREGATE a(int) TO r

-- error 19: syntax error at or near "x"
GRANT ALL ON ROLE x TO r

-- error 14: syntax error at or near "COLUMN"
GRANT ALL ON COLUMN a TO r

-- error 25: syntax error at end of input
GRANT ALL ON t TO r WITH

-- error 31: syntax error at end of input
GRANT ALL ON t TO r WITH GRANT

-- error 26: syntax error at or near "ADMIN"
GRANT ALL ON t TO r WITH ADMIN OPTION

-- error 32: syntax error at or near "TRUE"
GRANT ALL ON t TO r WITH GRANT TRUE

-- error 28: syntax error at end of input
GRANT ALL ON t TO r GRANTED

-- error 31: syntax error at end of input
GRANT ALL ON t TO r GRANTED BY

-- error 32: syntax error at or near "'x'"
GRANT ALL ON t TO r GRANTED BY 'x'

-- error 34: syntax error at or near "WITH"
GRANT ALL ON t TO r GRANTED BY s WITH GRANT OPTION

-- error 21: syntax error at or near "CASCADE"
GRANT ALL ON t TO r CASCADE

-- error 22: syntax error at end of input
GRANT ALL ON t TO r ,

-- error 21: syntax error at or near "s"
GRANT ALL ON t TO r s

-- error 11: syntax error at end of input
GRANT r TO

-- error 18: syntax error at end of input
GRANT r TO u WITH

-- error 24: syntax error at end of input
GRANT r TO u WITH ADMIN

-- error 32: syntax error at or near "x"
GRANT r TO u WITH GRANT OPTION x

-- error 32: syntax error at end of input
GRANT r TO u WITH ADMIN OPTION,

-- error 19: syntax error at or near "1"
GRANT r TO u WITH 1 TRUE

-- error 25: syntax error at or near "ON"
GRANT r TO u WITH ADMIN ON

-- error 25: syntax error at or near "'x'"
GRANT r TO u WITH ADMIN 'x'

-- error 25: syntax error at end of input
GRANT r TO u WITH OPTION

-- error 32: syntax error at or near "SET"
GRANT r TO u WITH ADMIN OPTION SET TRUE

-- error 14: syntax error at or near "CASCADE"
GRANT r TO u CASCADE

-- error 12: syntax error at or near "'u'"
GRANT r TO 'u'

-- error 12 42939: role name "none" is reserved
GRANT r TO none
