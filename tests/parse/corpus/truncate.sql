-- ok
TRUNCATE t

-- ok
TRUNCATE TABLE t RESTART IDENTITY

-- ok
TRUNCATE ONLY t CONTINUE IDENTITY

-- ok
TRUNCATE TABLE ONLY t CASCADE

-- ok
TRUNCATE t * RESTRICT

-- ok
TRUNCATE TABLE t, s.u RESTART IDENTITY CASCADE

-- ok
TRUNCATE s.t, ONLY u, v * CONTINUE IDENTITY RESTRICT

-- ok
TRUNCATE TABLE ONLY (t)

-- ok
TRUNCATE d.s.t RESTART IDENTITY

-- ok
TRUNCATE "T" CONTINUE IDENTITY

-- ok
TRUNCATE TABLE a, b, c RESTART IDENTITY CASCADE

-- ok
TRUNCATE x RESTART IDENTITY RESTRICT

-- ok
TRUNCATE x CONTINUE IDENTITY CASCADE

-- ok
TRUNCATE x CASCADE

-- ok
TRUNCATE TABLE y RESTART IDENTITY RESTRICT

-- ok
TRUNCATE TABLE y CONTINUE IDENTITY CASCADE

-- ok
TRUNCATE TABLE y CASCADE

-- error 9: syntax error at end of input
TRUNCATE

-- error 15: syntax error at end of input
TRUNCATE TABLE

-- error 12: syntax error at or near "u"
TRUNCATE t u

-- error 12: syntax error at end of input
TRUNCATE t,

-- error 12: syntax error at or near "AS"
TRUNCATE t AS x

-- error 12: syntax error at or near "WHERE"
TRUNCATE t WHERE a

-- error 10: syntax error at or near "'t'"
TRUNCATE 't'

-- error 19: syntax error at end of input
TRUNCATE t RESTART

-- error 12: syntax error at or near "IDENTITY"
TRUNCATE t IDENTITY

-- error 20: syntax error at or near "RESTART"
TRUNCATE t CASCADE RESTART IDENTITY

-- error 20: syntax error at or near "RESTRICT"
TRUNCATE t CASCADE RESTRICT

-- error 13: syntax error at or near "EXISTS"
TRUNCATE IF EXISTS t

-- error 29: syntax error at or near "CONTINUE"
TRUNCATE t RESTART IDENTITY CONTINUE IDENTITY

-- error 15: syntax error at or near "v"
TRUNCATE VIEW v

-- error 11: syntax error at or near "("
TRUNCATE t()

-- error 10: syntax error at or near "("
TRUNCATE (t)

-- error 14: syntax error at end of input
TRUNCATE ONLY
