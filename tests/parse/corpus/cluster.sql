-- ok
CLUSTER

-- ok
CLUSTER t

-- ok
CLUSTER t USING i

-- ok
CLUSTER s.t

-- ok
CLUSTER s.t USING "I"

-- ok
CLUSTER VERBOSE

-- ok
CLUSTER VERBOSE t

-- ok
CLUSTER VERBOSE t USING i

-- ok
CLUSTER (VERBOSE)

-- ok
CLUSTER (VERBOSE) t

-- ok
CLUSTER (VERBOSE off) t USING i

-- ok
CLUSTER (VERBOSE true, a) s.t

-- ok
CLUSTER i ON t

-- ok
CLUSTER i ON s.t

-- ok
CLUSTER VERBOSE i ON t

-- ok
CLUSTER (a 1, b 'c')

-- ok
CLUSTER d.s.t

-- error 16: syntax error at end of input
CLUSTER t USING

-- error 9: syntax error at or near "USING"
CLUSTER USING i

-- error 18: syntax error at or near "."
CLUSTER t USING a.b

-- error 17: syntax error at or near "'i'"
CLUSTER t USING 'i'

-- error 10: syntax error at or near ","
CLUSTER t, u

-- error 11: syntax error at or near "i"
CLUSTER t i

-- error 13: syntax error at end of input
CLUSTER i ON

-- error 13: syntax error at or near "ON"
CLUSTER a.b ON t

-- error 10: syntax error at or near ")"
CLUSTER ()

-- error 10: syntax error at or near ")"
CLUSTER () t

-- error 19: syntax error at end of input
CLUSTER (VERBOSE t

-- error 19: syntax error at or near "VERBOSE"
CLUSTER (VERBOSE) VERBOSE t

-- error 17: syntax error at or near "VERBOSE"
CLUSTER VERBOSE VERBOSE t

-- error 11: syntax error at or near "*"
CLUSTER t *

-- error 9: syntax error at or near "ONLY"
CLUSTER ONLY t

-- error 18: syntax error at or near ","
CLUSTER t USING i, j

-- error 21: syntax error at or near "ON"
CLUSTER (VERBOSE) i ON t

-- error 9: syntax error at or near "'t'"
CLUSTER 't'
