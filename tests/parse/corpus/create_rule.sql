-- ok
CREATE RULE r AS ON SELECT TO t DO NOTHING

-- ok
CREATE OR REPLACE RULE "_RETURN" AS ON INSERT TO s.t WHERE a DO ALSO NOTHING

-- ok
CREATE RULE r AS ON UPDATE TO t WHERE old.a > new.a DO INSTEAD NOTHING

-- ok
CREATE OR REPLACE RULE "_RETURN" AS ON DELETE TO s.t DO SELECT 1

-- ok
CREATE RULE r AS ON SELECT TO t WHERE a DO INSTEAD SELECT * FROM u

-- ok
CREATE OR REPLACE RULE "_RETURN" AS ON INSERT TO s.t WHERE old.a > new.a DO ALSO INSERT INTO u VALUES (new.a)

-- ok
CREATE RULE r AS ON UPDATE TO t DO UPDATE u SET a = 1

-- ok
CREATE OR REPLACE RULE "_RETURN" AS ON DELETE TO s.t WHERE a DO INSTEAD DELETE FROM u

-- ok
CREATE RULE r AS ON SELECT TO t WHERE old.a > new.a DO NOTIFY c

-- ok
CREATE OR REPLACE RULE "_RETURN" AS ON INSERT TO s.t DO INSTEAD NOTIFY c, 'x'

-- ok
CREATE RULE r AS ON UPDATE TO t WHERE a DO (SELECT 1)

-- ok
CREATE OR REPLACE RULE "_RETURN" AS ON DELETE TO s.t WHERE old.a > new.a DO INSTEAD (INSERT INTO u VALUES (1); DELETE FROM v)

-- ok
CREATE RULE r AS ON SELECT TO t DO (SELECT 1; NOTIFY c; )

-- ok
CREATE OR REPLACE RULE "_RETURN" AS ON INSERT TO s.t WHERE a DO (; SELECT 1;; UPDATE u SET a = 2)

-- ok
CREATE RULE r AS ON UPDATE TO t WHERE old.a > new.a DO INSTEAD (VALUES (1))

-- ok
CREATE OR REPLACE RULE "_RETURN" AS ON DELETE TO s.t DO ALSO (DELETE FROM u WHERE a = old.a; )

-- ok
CREATE RULE r AS ON SELECT TO t WHERE a DO INSTEAD INSERT INTO u VALUES (1) RETURNING *

-- ok
CREATE OR REPLACE RULE "_RETURN" AS ON INSERT TO s.t WHERE old.a > new.a DO WITH c AS (SELECT 1) INSERT INTO u TABLE c

-- ok
CREATE RULE r AS ON INSERT TO t DO ()

-- ok
CREATE RULE r AS ON SELECT TO t WHERE EXISTS (SELECT 1 FROM u WHERE u.a = old.a) DO INSTEAD (SELECT * FROM v; INSERT INTO w DEFAULT VALUES; NOTIFY x; UPDATE w SET a = new.b)

-- error 12: syntax error at end of input
CREATE RULE

-- error 14: syntax error at end of input
CREATE RULE r

-- error 17: syntax error at end of input
CREATE RULE r AS

-- error 20: syntax error at end of input
CREATE RULE r AS ON

-- error 27: syntax error at end of input
CREATE RULE r AS ON INSERT

-- error 32: syntax error at end of input
CREATE RULE r AS ON INSERT TO t

-- error 35: syntax error at end of input
CREATE RULE r AS ON INSERT TO t DO

-- error 15: syntax error at or near "ON"
CREATE RULE r ON INSERT TO t DO NOTHING

-- error 21: syntax error at or near "TRUNCATE"
CREATE RULE r AS ON TRUNCATE TO t DO NOTHING

-- error 43: syntax error at end of input
CREATE RULE r AS ON INSERT TO t DO INSTEAD

-- error 33: syntax error at or near "INSTEAD"
CREATE RULE r AS ON INSERT TO t INSTEAD NOTHING

-- error 28: syntax error at or near "OR"
CREATE RULE r AS ON INSERT OR UPDATE TO t DO NOTHING

-- error 28: syntax error at or near "INTO"
CREATE RULE r AS ON INSERT INTO t DO NOTHING

-- error 39: syntax error at or near "DO"
CREATE RULE r AS ON INSERT TO t WHERE DO NOTHING

-- error 41: syntax error at or near "INSTEAD"
CREATE RULE r AS ON INSERT TO t DO ALSO INSTEAD NOTHING

-- error 36: syntax error at or near "CREATE"
CREATE RULE r AS ON INSERT TO t DO CREATE TABLE u ()

-- error 53: syntax error at or near ")"
CREATE RULE r AS ON INSERT TO t DO SELECT 1; SELECT )

-- error 37: syntax error at or near "NOTHING"
CREATE RULE r AS ON INSERT TO t DO (NOTHING)

-- error 47: syntax error at or near "SELECT"
CREATE RULE r AS ON INSERT TO t DO (SELECT 1, SELECT 2)

-- error 21: syntax error at or near "MERGE"
CREATE RULE r AS ON MERGE TO t DO NOTHING

-- error 36: syntax error at or near "MERGE"
CREATE RULE r AS ON INSERT TO t DO MERGE INTO u USING v ON a WHEN MATCHED THEN DELETE

-- error 37: syntax error at or near "TRUNCATE"
CREATE RULE r AS ON INSERT TO t DO (TRUNCATE u)

-- error 14: syntax error at or near "."
CREATE RULE a.b AS ON INSERT TO t DO NOTHING
