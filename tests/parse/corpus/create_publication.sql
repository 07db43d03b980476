-- ok
CREATE PUBLICATION p

-- ok
CREATE PUBLICATION "P" FOR ALL TABLES

-- ok
CREATE PUBLICATION p FOR TABLE t

-- ok
CREATE PUBLICATION "P" FOR TABLE t, s.u

-- ok
CREATE PUBLICATION p FOR TABLE ONLY t

-- ok
CREATE PUBLICATION "P" FOR TABLE t *

-- ok
CREATE PUBLICATION p FOR TABLE t (a)

-- ok
CREATE PUBLICATION "P" FOR TABLE t (a, b) WHERE (c > 1)

-- ok
CREATE PUBLICATION p FOR TABLE t WHERE (a AND b)

-- ok
CREATE PUBLICATION "P" FOR TABLES IN SCHEMA s

-- ok
CREATE PUBLICATION p FOR TABLES IN SCHEMA s, CURRENT_SCHEMA

-- ok
CREATE PUBLICATION "P" FOR TABLE t, TABLES IN SCHEMA s

-- ok
CREATE PUBLICATION p FOR TABLES IN SCHEMA s, TABLE t, u

-- ok
CREATE PUBLICATION "P" FOR TABLE t, u (a), v WHERE (b), TABLES IN SCHEMA s, r

-- ok
CREATE PUBLICATION p WITH (publish = 'insert, update')

-- ok
CREATE PUBLICATION "P" FOR ALL TABLES WITH (publish_via_partition_root)

-- ok
CREATE PUBLICATION p FOR TABLE t WITH (publish_generated_columns = stored, x = none)

-- ok
CREATE PUBLICATION "P" FOR TABLE ONLY (t) (a), TABLE u

-- ok
CREATE PUBLICATION p FOR TABLES IN SCHEMA s WITH (a)

-- error 19: syntax error at end of input
CREATE PUBLICATION

-- error 21: syntax error at or near "."
CREATE PUBLICATION a.b

-- error 20: syntax error at or near "'p'"
CREATE PUBLICATION 'p'

-- error 25: syntax error at end of input
CREATE PUBLICATION p FOR

-- error 26: invalid publication object list
-- detail: One of TABLE or TABLES IN SCHEMA must be specified before a standalone table or schema name.
CREATE PUBLICATION p FOR t

-- error 31: syntax error at end of input
CREATE PUBLICATION p FOR TABLE

-- error 34: syntax error at or near "u"
CREATE PUBLICATION p FOR TABLE t u

-- error 34: syntax error at end of input
CREATE PUBLICATION p FOR TABLE t,

-- error 26: invalid publication object list
-- detail: One of TABLE or TABLES IN SCHEMA must be specified before a standalone table or schema name.
CREATE PUBLICATION p FOR TABLES t

-- error 42: syntax error at end of input
CREATE PUBLICATION p FOR TABLES IN SCHEMA

-- error 36: syntax error at or near "s"
CREATE PUBLICATION p FOR TABLES IN s

-- error 29: syntax error at end of input
CREATE PUBLICATION p FOR ALL

-- error 30: syntax error at or near "TABLE"
CREATE PUBLICATION p FOR ALL TABLE

-- error 35: syntax error at or near ")"
CREATE PUBLICATION p FOR TABLE t ()

-- error 40: syntax error at or near "a"
CREATE PUBLICATION p FOR TABLE t WHERE a

-- error 41: syntax error at or near ")"
CREATE PUBLICATION p FOR TABLE t WHERE ()

-- error 32: syntax error at or near "CURRENT_SCHEMA"
CREATE PUBLICATION p FOR TABLE CURRENT_SCHEMA

-- error 45: syntax error at or near "("
CREATE PUBLICATION p FOR TABLES IN SCHEMA s (a)

-- error 45: syntax error at or near "WHERE"
CREATE PUBLICATION p FOR TABLES IN SCHEMA s WHERE (a)

-- error 44: syntax error at or near "."
CREATE PUBLICATION p FOR TABLES IN SCHEMA a.b

-- error 26: invalid publication object list
-- detail: One of TABLE or TABLES IN SCHEMA must be specified before a standalone table or schema name.
CREATE PUBLICATION p FOR t, TABLE u

-- error 26: syntax error at end of input
CREATE PUBLICATION p WITH

-- error 28: syntax error at or near ")"
CREATE PUBLICATION p WITH ()

-- error 36: syntax error at or near ","
CREATE PUBLICATION p FOR ALL TABLES, TABLE t

-- error 37: syntax error at or near "IN"
CREATE PUBLICATION p FOR ALL TABLES IN SCHEMA s

-- error 57: invalid schema name
CREATE PUBLICATION p FOR TABLE s.t, TABLES IN SCHEMA x, a.b

-- error 61: syntax error at or near "("
CREATE PUBLICATION p FOR TABLES IN SCHEMA s, CURRENT_SCHEMA (a)

-- error 23: syntax error at or near "NOT"
CREATE PUBLICATION IF NOT EXISTS p

-- error 26: invalid publication object list
-- detail: One of TABLE or TABLES IN SCHEMA must be specified before a standalone table or schema name.
CREATE PUBLICATION p FOR SEQUENCE q

-- error 30: syntax error at or near "SEQUENCES"
CREATE PUBLICATION p FOR ALL SEQUENCES
