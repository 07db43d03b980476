-- ok
LOCK t

-- ok
LOCK TABLE t IN ACCESS SHARE MODE NOWAIT

-- ok
LOCK ONLY t IN ROW SHARE MODE

-- ok
LOCK TABLE ONLY t IN ROW EXCLUSIVE MODE NOWAIT

-- ok
LOCK t * IN SHARE UPDATE EXCLUSIVE MODE

-- ok
LOCK s.t IN SHARE MODE NOWAIT

-- ok
LOCK t, u IN SHARE ROW EXCLUSIVE MODE

-- ok
LOCK TABLE t, s.u, ONLY v IN EXCLUSIVE MODE NOWAIT

-- ok
LOCK TABLE ONLY (t) IN ACCESS EXCLUSIVE MODE

-- ok
LOCK d.s.t NOWAIT

-- ok
LOCK TABLE t NOWAIT

-- ok
LOCK TABLE t IN SHARE MODE NOWAIT

-- ok
LOCK TABLE t IN ACCESS EXCLUSIVE MODE NOWAIT

-- ok
LOCK "T" IN ROW EXCLUSIVE MODE

-- ok
LOCK TABLE a, b IN ACCESS EXCLUSIVE MODE

-- ok
LOCK x IN SHARE UPDATE EXCLUSIVE MODE NOWAIT

-- ok
LOCK TABLE ONLY a, ONLY b IN ROW SHARE MODE NOWAIT

-- ok
LOCK mode IN SHARE MODE

-- error 5: syntax error at end of input
LOCK

-- error 11: syntax error at end of input
LOCK TABLE

-- error 10: syntax error at end of input
LOCK t IN

-- error 16: syntax error at end of input
LOCK t IN SHARE

-- error 8: syntax error at or near "SHARE"
LOCK t SHARE MODE

-- error 11: syntax error at or near "MODE"
LOCK t IN MODE

-- error 15: syntax error at or near "MODE"
LOCK t IN ROW MODE

-- error 11: syntax error at or near "UPDATE"
LOCK t IN UPDATE EXCLUSIVE MODE

-- error 24: syntax error at or near "MODE"
LOCK t IN SHARE UPDATE MODE

-- error 18: syntax error at or near "MODE"
LOCK t IN ACCESS MODE

-- error 21: syntax error at or near "SHARE"
LOCK t IN EXCLUSIVE SHARE MODE

-- error 15: syntax error at or near "IN"
LOCK t NOWAIT IN SHARE MODE

-- error 8: syntax error at or near "u"
LOCK t u

-- error 8: syntax error at end of input
LOCK t,

-- error 8: syntax error at or near "AS"
LOCK t AS x

-- error 6: syntax error at or near "'t'"
LOCK 't'

-- error 8: syntax error at or near "SKIP"
LOCK t SKIP LOCKED

-- error 11: syntax error at or near "'share'"
LOCK t IN 'share' MODE

-- error 11: syntax error at or near "v"
LOCK VIEW v

-- error 8: syntax error at or near "WAIT"
LOCK t WAIT
