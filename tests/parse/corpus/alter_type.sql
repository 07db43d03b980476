-- ok
ALTER TYPE t OWNER TO r

-- ok
ALTER TYPE s.t RENAME TO u

-- ok
ALTER TYPE "T" SET SCHEMA s

-- ok
ALTER TYPE t RENAME ATTRIBUTE a TO b

-- ok
ALTER TYPE s.t RENAME ATTRIBUTE a TO b CASCADE

-- ok
ALTER TYPE "T" RENAME ATTRIBUTE a TO b RESTRICT

-- ok
ALTER TYPE t ADD ATTRIBUTE a int

-- ok
ALTER TYPE s.t ADD ATTRIBUTE a text COLLATE "C" CASCADE

-- ok
ALTER TYPE "T" ADD ATTRIBUTE a int RESTRICT

-- ok
ALTER TYPE t DROP ATTRIBUTE a

-- ok
ALTER TYPE s.t DROP ATTRIBUTE IF EXISTS a CASCADE

-- ok
ALTER TYPE "T" ALTER ATTRIBUTE a TYPE int

-- ok
ALTER TYPE t ALTER ATTRIBUTE a SET DATA TYPE text COLLATE "C" CASCADE

-- ok
ALTER TYPE s.t ADD VALUE 'x'

-- ok
ALTER TYPE "T" ADD VALUE IF NOT EXISTS 'x'

-- ok
ALTER TYPE t ADD VALUE 'x' BEFORE 'y'

-- ok
ALTER TYPE s.t ADD VALUE IF NOT EXISTS 'x' AFTER 'y'

-- ok
ALTER TYPE "T" RENAME VALUE 'x' TO 'y'

-- ok
ALTER TYPE t SET (RECEIVE = f)

-- ok
ALTER TYPE s.t SET (STORAGE = plain, SEND = NONE, ANALYZE = s.f)

-- ok
ALTER TYPE "T" SET (a)

-- ok
ALTER TYPE t ADD ATTRIBUTE a int, DROP ATTRIBUTE b, ALTER ATTRIBUTE c TYPE int CASCADE

-- ok
ALTER TYPE s.t DROP ATTRIBUTE a RESTRICT

-- error 11: syntax error at end of input
ALTER TYPE

-- error 13: syntax error at end of input
ALTER TYPE t

-- error 17: syntax error at end of input
ALTER TYPE t ADD

-- error 18: syntax error at or near "a"
ALTER TYPE t ADD a int

-- error 27: syntax error at end of input
ALTER TYPE t ADD ATTRIBUTE

-- error 29: syntax error at end of input
ALTER TYPE t ADD ATTRIBUTE a

-- error 34: syntax error at or near "NOT"
ALTER TYPE t ADD ATTRIBUTE a int NOT NULL

-- error 34: syntax error at or near "DEFAULT"
ALTER TYPE t ADD ATTRIBUTE a int DEFAULT 1

-- error 28: syntax error at end of input
ALTER TYPE t DROP ATTRIBUTE

-- error 19: syntax error at or near "a"
ALTER TYPE t DROP a

-- error 32: syntax error at or near "int"
ALTER TYPE t ALTER ATTRIBUTE a int

-- error 41: syntax error at or near "USING"
ALTER TYPE t ALTER ATTRIBUTE a TYPE int USING b

-- error 23: syntax error at end of input
ALTER TYPE t ADD VALUE

-- error 24: syntax error at or near "x"
ALTER TYPE t ADD VALUE x

-- error 24: syntax error at or near "1"
ALTER TYPE t ADD VALUE 1

-- error 34: syntax error at end of input
ALTER TYPE t ADD VALUE 'x' BEFORE

-- error 39: syntax error at or near "AFTER"
ALTER TYPE t ADD VALUE 'x' BEFORE 'y' AFTER 'z'

-- error 14 0A000: dropping an enum value is not implemented
ALTER TYPE t DROP VALUE 'x'

-- error 30: syntax error at end of input
ALTER TYPE t RENAME VALUE 'x'

-- error 27: syntax error at or near "x"
ALTER TYPE t RENAME VALUE x TO y

-- error 20: syntax error at end of input
ALTER TYPE t RENAME

-- error 21: syntax error at or near "a"
ALTER TYPE t RENAME a TO b

-- error 25: syntax error at or near "."
ALTER TYPE t RENAME TO a.b

-- error 19: syntax error at or near ")"
ALTER TYPE t SET ()

-- error 17: syntax error at end of input
ALTER TYPE t SET

-- error 22: syntax error at or near ")"
ALTER TYPE t SET (a =)

-- error 27: syntax error at or near ","
ALTER TYPE t ADD VALUE 'x', ADD VALUE 'y'

-- error 15: syntax error at or near "EXISTS"
ALTER TYPE IF EXISTS t ADD VALUE 'x'

-- error 18: syntax error at or near "IF"
ALTER TYPE t ADD IF NOT EXISTS VALUE 'x'

-- error 25: syntax error at or near "IF"
ALTER TYPE t DROP VALUE IF EXISTS 'x'
