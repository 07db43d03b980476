-- ok
CREATE DOMAIN d AS int

-- ok
CREATE DOMAIN s.d int

-- ok
CREATE DOMAIN "D" AS text COLLATE "C"

-- ok
CREATE DOMAIN d varchar(3)

-- ok
CREATE DOMAIN s.d AS int[]

-- ok
CREATE DOMAIN "D" AS int DEFAULT 1

-- ok
CREATE DOMAIN d AS int NOT NULL

-- ok
CREATE DOMAIN s.d AS int NULL

-- ok
CREATE DOMAIN "D" AS int CHECK (VALUE > 1)

-- ok
CREATE DOMAIN d AS int CONSTRAINT c CHECK (VALUE)

-- ok
CREATE DOMAIN s.d AS int CONSTRAINT n NOT NULL DEFAULT 5 CHECK (VALUE)

-- ok
CREATE DOMAIN "D" AS numeric(3, 1) DEFAULT 1.5 NOT NULL CONSTRAINT a CHECK (VALUE > 0) CONSTRAINT b CHECK (VALUE < 9)

-- ok
CREATE DOMAIN d AS s.t

-- ok
CREATE DOMAIN s.d int UNIQUE

-- ok
CREATE DOMAIN "D" int PRIMARY KEY

-- ok
CREATE DOMAIN d int REFERENCES t

-- ok
CREATE DOMAIN s.d int GENERATED ALWAYS AS IDENTITY

-- ok
CREATE DOMAIN "D" int DEFERRABLE

-- ok
CREATE DOMAIN d int INITIALLY DEFERRED

-- ok
CREATE DOMAIN s.d AS text DEFAULT 'a'

-- ok
CREATE DOMAIN s.d AS SETOF int

-- ok
CREATE DOMAIN "D" int CHECK (VALUE) NO INHERIT

-- ok
CREATE DOMAIN d int NOT NULL NULL

-- ok
CREATE DOMAIN s.d int NOT ENFORCED

-- error 18: syntax error at end of input
CREATE DOMAIN "D"

-- error 17: syntax error at or near "'b'"
CREATE DOMAIN d 'b' COLLATE "C"

-- error 14: syntax error at end of input
CREATE DOMAIN

-- error 16: syntax error at end of input
CREATE DOMAIN d

-- error 19: syntax error at end of input
CREATE DOMAIN d AS

-- error 15: syntax error at or near "AS"
CREATE DOMAIN AS int

-- error 20: syntax error at or near "'int'"
CREATE DOMAIN d AS 'int'

-- error 29: syntax error at end of input
CREATE DOMAIN d AS int CHECK

-- error 30: syntax error at or near "VALUE"
CREATE DOMAIN d AS int CHECK VALUE

-- error 31: syntax error at end of input
CREATE DOMAIN d AS int DEFAULT

-- error 27: syntax error at end of input
CREATE DOMAIN d AS int NOT

-- error 36: syntax error at end of input
CREATE DOMAIN d AS int CONSTRAINT c

-- error 35: syntax error at or near "CHECK"
CREATE DOMAIN d AS int CONSTRAINT CHECK (VALUE)

-- error 17: syntax error at or near "("
CREATE DOMAIN d (a int)

-- error 23: syntax error at or near ","
CREATE DOMAIN d AS int, CHECK (VALUE)

-- error 18: syntax error at or near "NOT"
CREATE DOMAIN IF NOT EXISTS d AS int

-- error 24: syntax error at or near "USING"
CREATE DOMAIN d AS int USING (x)

-- error 31: syntax error at end of input
CREATE DOMAIN d AS int COLLATE

-- error 24: syntax error at or near "WITH"
CREATE DOMAIN d AS int WITH (x)

-- error 24: syntax error at or near "STORAGE"
CREATE DOMAIN d AS int STORAGE main

-- error 38: syntax error at or near "VALID"
CREATE DOMAIN d AS int CHECK (a) NOT VALID

-- error 19: syntax error at or near "DOMAIN"
CREATE OR REPLACE DOMAIN d AS int

-- error 37: multiple COLLATE clauses not allowed
CREATE DOMAIN d AS text COLLATE "C" COLLATE "D"

-- error 49: multiple COLLATE clauses not allowed
CREATE DOMAIN d AS text COLLATE "C" DEFAULT 'x' COLLATE "D" COLLATE "E" NOT NULL COLLATE "F"
