-- ok
CREATE FOREIGN TABLE t () SERVER v

-- ok
CREATE FOREIGN TABLE s.t (a int) SERVER v OPTIONS (a 'b')

-- ok
CREATE FOREIGN TABLE IF NOT EXISTS t (a int OPTIONS (x 'y') NOT NULL) SERVER v OPTIONS (a 'b', "C" 'd')

-- ok
CREATE FOREIGN TABLE t (a int COLLATE "C" DEFAULT 1, CHECK (a)) SERVER v

-- ok
CREATE FOREIGN TABLE s.t (a int CONSTRAINT c CHECK (a) NO INHERIT) SERVER v OPTIONS (a 'b')

-- ok
CREATE FOREIGN TABLE IF NOT EXISTS t (a int GENERATED ALWAYS AS (b) STORED) SERVER v OPTIONS (a 'b', "C" 'd')

-- ok
CREATE FOREIGN TABLE t (a int, LIKE u INCLUDING ALL) SERVER v

-- ok
CREATE FOREIGN TABLE s.t (a int) INHERITS (u) SERVER v OPTIONS (a 'b')

-- ok
CREATE FOREIGN TABLE IF NOT EXISTS t (a int, CONSTRAINT n NOT NULL a) SERVER v OPTIONS (a 'b', "C" 'd')

-- ok
CREATE FOREIGN TABLE t PARTITION OF u DEFAULT SERVER v

-- ok
CREATE FOREIGN TABLE IF NOT EXISTS s.t PARTITION OF u FOR VALUES IN (1) SERVER v OPTIONS (a 'b')

-- ok
CREATE FOREIGN TABLE t PARTITION OF u (a NOT NULL) FOR VALUES FROM (1) TO (2) SERVER v

-- ok
CREATE FOREIGN TABLE IF NOT EXISTS s.t PARTITION OF u (a WITH OPTIONS DEFAULT 1, CHECK (a)) DEFAULT SERVER v OPTIONS (a 'b')

-- ok
CREATE FOREIGN TABLE t PARTITION OF u FOR VALUES WITH (MODULUS 2, REMAINDER 0) SERVER v

-- ok
CREATE FOREIGN TABLE t (a int) INHERITS (u, s.v) SERVER "V"

-- ok
CREATE FOREIGN TABLE t (PRIMARY KEY (a)) SERVER v

-- error 21: syntax error at end of input
CREATE FOREIGN TABLE

-- error 23: syntax error at end of input
CREATE FOREIGN TABLE t

-- error 26: syntax error at end of input
CREATE FOREIGN TABLE t ()

-- error 31: syntax error at end of input
CREATE FOREIGN TABLE t (a int)

-- error 24: syntax error at or near "SERVER"
CREATE FOREIGN TABLE t SERVER v

-- error 33: syntax error at end of input
CREATE FOREIGN TABLE t () SERVER

-- error 34: syntax error at or near "'v'"
CREATE FOREIGN TABLE t () SERVER 'v'

-- error 43: syntax error at end of input
CREATE FOREIGN TABLE t () SERVER v OPTIONS

-- error 45: syntax error at or near ")"
CREATE FOREIGN TABLE t () SERVER v OPTIONS ()

-- error 46: syntax error at or near ")"
CREATE FOREIGN TABLE t () SERVER v OPTIONS (a)

-- error 27: syntax error at or near "OPTIONS"
CREATE FOREIGN TABLE t () OPTIONS (a 'b') SERVER v

-- error 36: syntax error at or near "WITH"
CREATE FOREIGN TABLE t () SERVER v WITH (x)

-- error 36: syntax error at or near "TABLESPACE"
CREATE FOREIGN TABLE t () SERVER v TABLESPACE x

-- error 26: syntax error at or near ")"
CREATE FOREIGN TABLE t (a) SERVER v

-- error 39: syntax error at or near "SERVER"
CREATE FOREIGN TABLE t PARTITION OF u SERVER v

-- error 27: syntax error at or near "PARTITION"
CREATE FOREIGN TABLE t () PARTITION BY LIST (a) SERVER v

-- error 24: syntax error at or near "AS"
CREATE FOREIGN TABLE t AS SELECT 1

-- error 37: syntax error at or near ")"
CREATE FOREIGN TABLE t () INHERITS () SERVER v

-- error 27: syntax error at or near "USING"
CREATE FOREIGN TABLE t () USING heap SERVER v

-- error 13: syntax error at or near "FOREIGN"
CREATE TEMP FOREIGN TABLE t () SERVER v
