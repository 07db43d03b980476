-- ok
VACUUM

-- ok
VACUUM FULL t

-- ok
VACUUM FREEZE s.t

-- ok
VACUUM VERBOSE t, u

-- ok
VACUUM ANALYZE t (a)

-- ok
VACUUM ANALYSE ONLY t

-- ok
VACUUM FULL FREEZE VERBOSE ANALYZE t *

-- ok
VACUUM FREEZE ANALYZE t (a, b), s.u (c)

-- ok
VACUUM VERBOSE ANALYSE

-- ok
VACUUM FULL VERBOSE t

-- ok
VACUUM (FULL)

-- ok
VACUUM (FREEZE) t

-- ok
VACUUM (VERBOSE) t (a), u

-- ok
VACUUM (ANALYZE)

-- ok
VACUUM (ANALYSE) t

-- ok
VACUUM (FULL true, VERBOSE off) t (a), u

-- ok
VACUUM (DISABLE_PAGE_SKIPPING)

-- ok
VACUUM (SKIP_LOCKED) t

-- ok
VACUUM (INDEX_CLEANUP auto) t (a), u

-- ok
VACUUM (INDEX_CLEANUP on)

-- ok
VACUUM (PROCESS_MAIN false) t

-- ok
VACUUM (PROCESS_TOAST) t (a), u

-- ok
VACUUM (TRUNCATE)

-- ok
VACUUM (TRUNCATE 1) t

-- ok
VACUUM (PARALLEL 4) t (a), u

-- ok
VACUUM (SKIP_DATABASE_STATS)

-- ok
VACUUM (ONLY_DATABASE_STATS) t

-- ok
VACUUM (BUFFER_USAGE_LIMIT '1MB') t (a), u

-- ok
VACUUM (bogus x)

-- ok
VACUUM (a -1.5) t

-- ok
VACUUM ANALYZE t (a, "B")

-- error 16: syntax error at or near "FULL"
VACUUM ANALYZE FULL

-- error 15: syntax error at or near "FULL"
VACUUM FREEZE FULL

-- error 16: syntax error at or near "FREEZE"
VACUUM VERBOSE FREEZE t

-- error 21: syntax error at or near "VERBOSE"
VACUUM FULL ANALYZE VERBOSE

-- error 16: syntax error at or near "FULL"
VACUUM VERBOSE FULL t

-- error 16: syntax error at or near "VERBOSE"
VACUUM ANALYZE VERBOSE t

-- error 10: syntax error at or near "FULL"
VACUUM t FULL

-- error 10: syntax error at or near "u"
VACUUM t u

-- error 10: syntax error at end of input
VACUUM t,

-- error 11: syntax error at or near ")"
VACUUM t ()

-- error 9: syntax error at or near ")"
VACUUM ()

-- error 9: syntax error at or near ")"
VACUUM () t

-- error 15: syntax error at end of input
VACUUM (FULL t

-- error 14: syntax error at or near ")"
VACUUM (FULL,) t

-- error 15: syntax error at or near "VERBOSE"
VACUUM (FULL) VERBOSE t

-- error 13: syntax error at or near "("
VACUUM FULL (VERBOSE) t

-- error 10: syntax error at or near "AS"
VACUUM t AS x

-- error 10: syntax error at or near "WHERE"
VACUUM t WHERE a

-- error 8: syntax error at or near "'t'"
VACUUM 't'

-- error 14: syntax error at or near "="
VACUUM (FULL = true)
