-- ok
ALTER PUBLICATION p ADD TABLE t

-- ok
ALTER PUBLICATION p ADD TABLE t, s.u

-- ok
ALTER PUBLICATION p ADD TABLE ONLY t

-- ok
ALTER PUBLICATION p ADD TABLE t *

-- ok
ALTER PUBLICATION p ADD TABLE t (a, b)

-- ok
ALTER PUBLICATION p ADD TABLE t WHERE (a > 1)

-- ok
ALTER PUBLICATION p ADD TABLE t (a) WHERE (b), u

-- ok
ALTER PUBLICATION p ADD TABLES IN SCHEMA s

-- ok
ALTER PUBLICATION p ADD TABLES IN SCHEMA s, CURRENT_SCHEMA

-- ok
ALTER PUBLICATION p ADD TABLE t, TABLES IN SCHEMA s

-- ok
ALTER PUBLICATION p SET TABLE t

-- ok
ALTER PUBLICATION p SET TABLES IN SCHEMA s, TABLE t

-- ok
ALTER PUBLICATION p SET TABLE t WHERE (a)

-- ok
ALTER PUBLICATION p DROP TABLE t

-- ok
ALTER PUBLICATION p DROP TABLES IN SCHEMA s

-- ok
ALTER PUBLICATION p DROP TABLE t, u

-- ok
ALTER PUBLICATION p SET (publish = 'insert')

-- ok
ALTER PUBLICATION p SET (publish = 'x', publish_via_partition_root)

-- ok
ALTER PUBLICATION p SET (publish_generated_columns = stored)

-- ok
ALTER PUBLICATION p OWNER TO r

-- ok
ALTER PUBLICATION p RENAME TO q

-- ok
ALTER PUBLICATION "P" OWNER TO CURRENT_USER

-- ok
ALTER PUBLICATION "P" RENAME TO "Q"

-- ok
ALTER PUBLICATION "P" SET (a = none, b = true)

-- ok
ALTER PUBLICATION "P" DROP TABLE ONLY (t) (a)

-- error 18: syntax error at end of input
ALTER PUBLICATION

-- error 20: syntax error at end of input
ALTER PUBLICATION p

-- error 24: syntax error at end of input
ALTER PUBLICATION p ADD

-- error 25: invalid publication object list
-- detail: One of TABLE or TABLES IN SCHEMA must be specified before a standalone table or schema name.
ALTER PUBLICATION p ADD t

-- error 30: syntax error at end of input
ALTER PUBLICATION p ADD TABLE

-- error 33: syntax error at or near "u"
ALTER PUBLICATION p ADD TABLE t u

-- error 39: syntax error at or near "a"
ALTER PUBLICATION p ADD TABLE t WHERE a

-- error 34: syntax error at or near ")"
ALTER PUBLICATION p ADD TABLE t ()

-- error 43: syntax error at or near "("
ALTER PUBLICATION p ADD TABLE t WHERE (a) (b)

-- error 25: syntax error at or near "ALL"
ALTER PUBLICATION p ADD ALL TABLES

-- error 35: syntax error at or near "s"
ALTER PUBLICATION p ADD TABLES IN s

-- error 41: syntax error at end of input
ALTER PUBLICATION p ADD TABLES IN SCHEMA

-- error 25: invalid publication object list
-- detail: One of TABLE or TABLES IN SCHEMA must be specified before a standalone table or schema name.
ALTER PUBLICATION p ADD s

-- error 44: syntax error at or near "("
ALTER PUBLICATION p ADD TABLES IN SCHEMA s (a)

-- error 44: syntax error at or near "WHERE"
ALTER PUBLICATION p ADD TABLES IN SCHEMA s WHERE (a)

-- error 24: syntax error at end of input
ALTER PUBLICATION p SET

-- error 26: syntax error at or near ")"
ALTER PUBLICATION p SET ()

-- error 25: syntax error at or near "FOR"
ALTER PUBLICATION p SET FOR ALL TABLES

-- error 27: syntax error at or near "r"
ALTER PUBLICATION p OWNER r

-- error 32: syntax error at or near "."
ALTER PUBLICATION p RENAME TO a.b

-- error 20: syntax error at or near "."
ALTER PUBLICATION a.b ADD TABLE t

-- error 25: syntax error at end of input
ALTER PUBLICATION p DROP

-- error 25: invalid publication object list
-- detail: One of TABLE or TABLES IN SCHEMA must be specified before a standalone table or schema name.
ALTER PUBLICATION p ADD SEQUENCE q

-- error 22: syntax error at or near "EXISTS"
ALTER PUBLICATION IF EXISTS p ADD TABLE t
