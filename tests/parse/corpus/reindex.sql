-- ok
REINDEX INDEX i

-- ok
REINDEX (VERBOSE) TABLE t

-- ok
REINDEX (CONCURRENTLY) SCHEMA s

-- ok
REINDEX (CONCURRENTLY true, TABLESPACE x, VERBOSE off) DATABASE d

-- ok
REINDEX (TABLESPACE 'x') SYSTEM d

-- ok
REINDEX (bogus 1) INDEX s.i

-- ok
REINDEX TABLE "S"."T"

-- ok
REINDEX (VERBOSE) DATABASE

-- ok
REINDEX (CONCURRENTLY) SYSTEM

-- ok
REINDEX INDEX CONCURRENTLY x

-- ok
REINDEX TABLE CONCURRENTLY x

-- ok
REINDEX SCHEMA CONCURRENTLY x

-- ok
REINDEX DATABASE CONCURRENTLY x

-- ok
REINDEX SYSTEM CONCURRENTLY x

-- ok
REINDEX (VERBOSE) INDEX CONCURRENTLY s.i

-- ok
REINDEX (VERBOSE) TABLE CONCURRENTLY t

-- ok
REINDEX (VERBOSE) DATABASE CONCURRENTLY d

-- ok
REINDEX (VERBOSE) SCHEMA CONCURRENTLY s

-- ok
REINDEX (VERBOSE) SYSTEM CONCURRENTLY

-- ok
REINDEX DATABASE CONCURRENTLY

-- error 8: syntax error at end of input
REINDEX

-- error 9: syntax error at or near "x"
REINDEX x

-- error 14: syntax error at end of input
REINDEX INDEX

-- error 14: syntax error at end of input
REINDEX TABLE

-- error 15: syntax error at end of input
REINDEX SCHEMA

-- error 16: syntax error at or near ","
REINDEX INDEX i, j

-- error 17: syntax error at or near "u"
REINDEX TABLE t u

-- error 17: syntax error at or near "."
REINDEX SCHEMA a.b

-- error 19: syntax error at or near "."
REINDEX DATABASE a.b

-- error 9: syntax error at or near "VIEW"
REINDEX VIEW v

-- error 9: syntax error at or near "VERBOSE"
REINDEX VERBOSE INDEX i

-- error 10: syntax error at or near ")"
REINDEX () INDEX i

-- error 24: syntax error at or near "i"
REINDEX (VERBOSE INDEX i

-- error 18: syntax error at end of input
REINDEX (VERBOSE)

-- error 17: syntax error at or near "CONCURRENTLY"
REINDEX INDEX i CONCURRENTLY

-- error 9: syntax error at or near "CONCURRENTLY"
REINDEX CONCURRENTLY INDEX i

-- error 17: syntax error at or near "FORCE"
REINDEX INDEX i FORCE

-- error 15: syntax error at or near "'i'"
REINDEX INDEX 'i'

-- error 15: syntax error at or near "VERBOSE"
REINDEX INDEX VERBOSE i

-- error 15: syntax error at or near "ONLY"
REINDEX TABLE ONLY t

-- error 17: syntax error at or near "*"
REINDEX TABLE t *
