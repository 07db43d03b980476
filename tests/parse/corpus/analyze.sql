-- ok
ANALYZE

-- ok
ANALYSE t

-- ok
ANALYZE VERBOSE

-- ok
ANALYSE VERBOSE t

-- ok
ANALYZE t (a)

-- ok
ANALYSE t (a, b), s.u

-- ok
ANALYZE (VERBOSE) t

-- ok
ANALYSE (VERBOSE true, SKIP_LOCKED) t, u (c)

-- ok
ANALYZE (SKIP_LOCKED off)

-- ok
ANALYSE (BUFFER_USAGE_LIMIT '1MB') t

-- ok
ANALYZE (BUFFER_USAGE_LIMIT 256)

-- ok
ANALYSE ONLY t

-- ok
ANALYZE ONLY t (a), u *

-- ok
ANALYSE (VERBOSE)

-- ok
ANALYZE d.s.t

-- ok
ANALYSE t *

-- ok
ANALYZE (bogus x) t

-- ok
ANALYSE (a -1.5) "T" ("B")

-- error 11: syntax error at or near "u"
ANALYZE t u

-- error 11: syntax error at end of input
ANALYZE t,

-- error 12: syntax error at or near ")"
ANALYZE t ()

-- error 13: syntax error at or near "."
ANALYZE t (a.b)

-- error 12: syntax error at or near "1"
ANALYZE t (1)

-- error 10: syntax error at or near ")"
ANALYZE ()

-- error 10: syntax error at or near ")"
ANALYZE () t

-- error 19: syntax error at end of input
ANALYZE (VERBOSE t

-- error 17: syntax error at or near "("
ANALYZE VERBOSE (a b)

-- error 19: syntax error at or near "VERBOSE"
ANALYZE (VERBOSE) VERBOSE t

-- error 17: syntax error at or near "VERBOSE"
ANALYZE VERBOSE VERBOSE t u

-- error 11: syntax error at or near "AS"
ANALYZE t AS x

-- error 9: syntax error at or near "'t'"
ANALYZE 't'

-- error 18: syntax error at or near ")"
ANALYZE (VERBOSE,) t

-- error 9: syntax error at or near "FULL"
ANALYZE FULL t

-- error 11: syntax error at or near "WHERE"
ANALYZE t WHERE a

-- error 10: syntax error at or near "SELECT"
ANALYZE (SELECT 1)

-- error 14: syntax error at or near ")"
ANALYZE t (a,)

-- error 18: syntax error at or near "="
ANALYZE (VERBOSE = true) t
