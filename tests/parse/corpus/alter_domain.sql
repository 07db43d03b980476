-- ok
ALTER DOMAIN d SET DEFAULT 1

-- ok
ALTER DOMAIN s.d SET DEFAULT a + b

-- ok
ALTER DOMAIN "D" DROP DEFAULT

-- ok
ALTER DOMAIN d SET NOT NULL

-- ok
ALTER DOMAIN s.d DROP NOT NULL

-- ok
ALTER DOMAIN "D" ADD CHECK (VALUE > 1)

-- ok
ALTER DOMAIN d ADD CONSTRAINT c CHECK (VALUE) NOT VALID

-- ok
ALTER DOMAIN s.d ADD NOT NULL

-- ok
ALTER DOMAIN "D" ADD CONSTRAINT c NOT NULL

-- ok
ALTER DOMAIN d DROP CONSTRAINT c

-- ok
ALTER DOMAIN s.d DROP CONSTRAINT IF EXISTS c

-- ok
ALTER DOMAIN "D" DROP CONSTRAINT c CASCADE

-- ok
ALTER DOMAIN d DROP CONSTRAINT c RESTRICT

-- ok
ALTER DOMAIN s.d RENAME CONSTRAINT a TO b

-- ok
ALTER DOMAIN "D" VALIDATE CONSTRAINT c

-- ok
ALTER DOMAIN d OWNER TO r

-- ok
ALTER DOMAIN s.d RENAME TO e

-- ok
ALTER DOMAIN "D" SET SCHEMA s

-- ok
ALTER DOMAIN d OWNER TO CURRENT_USER

-- ok
ALTER DOMAIN s.d ADD CHECK (VALUE IN (1, 2))

-- ok
ALTER DOMAIN "D" ADD CONSTRAINT "c" CHECK (f(VALUE))

-- ok
ALTER DOMAIN d DROP CONSTRAINT IF EXISTS c CASCADE

-- ok
ALTER DOMAIN d ADD CHECK (VALUE) NO INHERIT

-- error 13: syntax error at end of input
ALTER DOMAIN

-- error 15: syntax error at end of input
ALTER DOMAIN d

-- error 19: syntax error at end of input
ALTER DOMAIN d SET

-- error 27: syntax error at end of input
ALTER DOMAIN d SET DEFAULT

-- error 20: syntax error at or near "NULL"
ALTER DOMAIN d SET NULL

-- error 20: syntax error at end of input
ALTER DOMAIN d DROP

-- error 21: syntax error at or near "NULL"
ALTER DOMAIN d DROP NULL

-- error 19: syntax error at end of input
ALTER DOMAIN d ADD

-- error 25: syntax error at end of input
ALTER DOMAIN d ADD CHECK

-- error 26: syntax error at or near "VALUE"
ALTER DOMAIN d ADD CHECK VALUE

-- error 20: syntax error at or near "UNIQUE"
ALTER DOMAIN d ADD UNIQUE

-- error 20: syntax error at or near "PRIMARY"
ALTER DOMAIN d ADD PRIMARY KEY

-- error 20: syntax error at or near "DEFAULT"
ALTER DOMAIN d ADD DEFAULT 1

-- error 32: syntax error at end of input
ALTER DOMAIN d ADD CONSTRAINT c

-- error 34 0A000: CHECK constraints cannot be marked DEFERRABLE
ALTER DOMAIN d ADD CHECK (VALUE) DEFERRABLE

-- error 34 0A000: CHECK constraints cannot be marked DEFERRABLE
ALTER DOMAIN d ADD CHECK (VALUE) INITIALLY DEFERRED

-- error 34 0A000: CHECK constraints cannot be marked NOT ENFORCED
ALTER DOMAIN d ADD CHECK (VALUE) NOT ENFORCED

-- error 31: syntax error at end of input
ALTER DOMAIN d DROP CONSTRAINT

-- error 33: syntax error at or near ","
ALTER DOMAIN d DROP CONSTRAINT a, b

-- error 23: syntax error at or near "a"
ALTER DOMAIN d RENAME a TO b

-- error 27: syntax error at or near "."
ALTER DOMAIN d RENAME TO a.b

-- error 25: syntax error at or near "c"
ALTER DOMAIN d VALIDATE c

-- error 29: syntax error at or near ","
ALTER DOMAIN d SET DEFAULT 1, SET NOT NULL

-- error 29 0A000: NOT NULL constraints cannot be marked NOT VALID
ALTER DOMAIN d ADD NOT NULL NOT VALID

-- error 16: syntax error at or near "TYPE"
ALTER DOMAIN d TYPE int

-- error 17: syntax error at or near "EXISTS"
ALTER DOMAIN IF EXISTS d SET NOT NULL

-- error 20: syntax error at or near "FOREIGN"
ALTER DOMAIN d ADD FOREIGN KEY (a) REFERENCES b

-- error 29 0A000: NOT NULL constraints cannot be marked NO INHERIT
ALTER DOMAIN d ADD NOT NULL NO INHERIT
