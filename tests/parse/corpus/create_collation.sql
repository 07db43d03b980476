-- ok
CREATE COLLATION c (locale = 'x')

-- ok
CREATE COLLATION s.c (lc_collate = 'a', lc_ctype = 'b')

-- ok
CREATE COLLATION IF NOT EXISTS c (PROVIDER = icu, LOCALE = 'und', DETERMINISTIC = false)

-- ok
CREATE COLLATION "C" (provider = 'libc', version = '1')

-- ok
CREATE COLLATION IF NOT EXISTS s.c (rules = '&a < b')

-- ok
CREATE COLLATION c (from = "C")

-- ok
CREATE COLLATION s.c (x)

-- ok
CREATE COLLATION IF NOT EXISTS c (a = none)

-- ok
CREATE COLLATION c FROM d

-- ok
CREATE COLLATION IF NOT EXISTS c FROM "C"

-- ok
CREATE COLLATION s.c FROM s."D"

-- ok
CREATE COLLATION c FROM pg_catalog."default"

-- ok
CREATE COLLATION IF NOT EXISTS c FROM a.b.c

-- ok
CREATE COLLATION IF NOT EXISTS "X" FROM s.t

-- ok
CREATE COLLATION c (FROM = d, provider = icu)

-- error 17: syntax error at end of input
CREATE COLLATION

-- error 19: syntax error at end of input
CREATE COLLATION c

-- error 21: syntax error at or near ")"
CREATE COLLATION c ()

-- error 21: syntax error at or near "="
CREATE COLLATION c (=)

-- error 29: syntax error at or near ")"
CREATE COLLATION c (locale =)

-- error 28: syntax error at or near "'x'"
CREATE COLLATION c (locale 'x')

-- error 27: syntax error at or near "c"
CREATE COLLATION c (a = b c = d)

-- error 20: syntax error at or near "locale"
CREATE COLLATION c locale = 'x'

-- error 24: syntax error at end of input
CREATE COLLATION c FROM

-- error 25: syntax error at or near "'d'"
CREATE COLLATION c FROM 'd'

-- error 27: syntax error at or near "("
CREATE COLLATION c FROM d (a = b)

-- error 18: syntax error at or near "FROM"
CREATE COLLATION FROM d

-- error 21: syntax error at or near "EXISTS"
CREATE COLLATION IF EXISTS c FROM d

-- error 25: syntax error at or near "("
CREATE COLLATION c (a = (b))

-- error 20: syntax error at or near "AS"
CREATE COLLATION c AS d

-- error 27: syntax error at or near ")"
CREATE COLLATION c (a = b,)

-- error 21: syntax error at or near "1"
CREATE COLLATION c (1 = b)

-- error 22: syntax error at or near "."
CREATE COLLATION c (a.b = c)

-- error 19: syntax error at or near "COLLATION"
CREATE OR REPLACE COLLATION c FROM d
