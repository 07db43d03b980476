-- ok
ALTER VIEW v ALTER a SET DEFAULT 1

-- ok
ALTER VIEW IF EXISTS v ALTER COLUMN a SET DEFAULT b + c

-- ok
ALTER VIEW s.v ALTER a DROP DEFAULT

-- ok
ALTER VIEW IF EXISTS s.v OWNER TO r

-- ok
ALTER VIEW v RENAME a TO b

-- ok
ALTER VIEW IF EXISTS v RENAME COLUMN a TO b

-- ok
ALTER VIEW s.v RENAME TO w

-- ok
ALTER VIEW IF EXISTS s.v SET SCHEMA s

-- ok
ALTER VIEW v SET (security_barrier)

-- ok
ALTER VIEW IF EXISTS v SET (check_option = 'local', security_invoker = true)

-- ok
ALTER VIEW s.v RESET (check_option)

-- ok
ALTER VIEW IF EXISTS s.v RESET (a, b)

-- ok
ALTER VIEW v OWNER TO CURRENT_USER

-- ok
ALTER VIEW IF EXISTS v ALTER a SET DEFAULT NULL, ALTER b DROP DEFAULT

-- ok
ALTER VIEW s.v ADD a int

-- ok
ALTER VIEW IF EXISTS s.v SET (security_barrier = off)

-- error 11: syntax error at end of input
ALTER VIEW

-- error 13: syntax error at end of input
ALTER VIEW v

-- error 19: syntax error at end of input
ALTER VIEW v ALTER

-- error 21: syntax error at end of input
ALTER VIEW v ALTER a

-- error 25: syntax error at end of input
ALTER VIEW v ALTER a SET

-- error 20: syntax error at end of input
ALTER VIEW v RENAME

-- error 23: syntax error at end of input
ALTER VIEW v RENAME TO

-- error 25: syntax error at or near "."
ALTER VIEW v RENAME TO a.b

-- error 17: syntax error at end of input
ALTER VIEW v SET

-- error 19: syntax error at or near ")"
ALTER VIEW v SET ()

-- error 19: syntax error at end of input
ALTER VIEW v RESET

-- error 20: syntax error at or near "r"
ALTER VIEW v OWNER r

-- error 12: syntax error at or near "ONLY"
ALTER VIEW ONLY v RENAME TO w

-- error 14: syntax error at or near "*"
ALTER VIEW v * RENAME TO w

-- error 24: syntax error at end of input
ALTER VIEW v SET SCHEMA

-- error 14: syntax error at or near "AS"
ALTER VIEW v AS SELECT 1

-- error 21: syntax error at or near "CONSTRAINT"
ALTER VIEW v RENAME CONSTRAINT a TO b

-- error 12: syntax error at or near "ALL"
ALTER VIEW ALL IN TABLESPACE x SET TABLESPACE y
