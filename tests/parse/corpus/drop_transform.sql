-- ok
DROP TRANSFORM FOR t LANGUAGE l

-- ok
DROP TRANSFORM FOR t LANGUAGE l CASCADE

-- ok
DROP TRANSFORM FOR t LANGUAGE l RESTRICT

-- ok
DROP TRANSFORM FOR s.t LANGUAGE l

-- ok
DROP TRANSFORM FOR s.t LANGUAGE l CASCADE

-- ok
DROP TRANSFORM FOR s.t LANGUAGE l RESTRICT

-- ok
DROP TRANSFORM FOR int[] LANGUAGE l

-- ok
DROP TRANSFORM FOR int[] LANGUAGE l CASCADE

-- ok
DROP TRANSFORM FOR int[] LANGUAGE l RESTRICT

-- ok
DROP TRANSFORM IF EXISTS FOR t LANGUAGE l

-- ok
DROP TRANSFORM IF EXISTS FOR t LANGUAGE l CASCADE

-- ok
DROP TRANSFORM IF EXISTS FOR t LANGUAGE l RESTRICT

-- ok
DROP TRANSFORM IF EXISTS FOR s.t LANGUAGE l

-- ok
DROP TRANSFORM IF EXISTS FOR s.t LANGUAGE l CASCADE

-- ok
DROP TRANSFORM IF EXISTS FOR s.t LANGUAGE l RESTRICT

-- ok
DROP TRANSFORM IF EXISTS FOR int[] LANGUAGE l

-- ok
DROP TRANSFORM IF EXISTS FOR int[] LANGUAGE l CASCADE

-- ok
DROP TRANSFORM IF EXISTS FOR int[] LANGUAGE l RESTRICT

-- error 15: syntax error at end of input
DROP TRANSFORM

-- error 19: syntax error at end of input
DROP TRANSFORM FOR

-- error 21: syntax error at end of input
DROP TRANSFORM FOR t

-- error 30: syntax error at end of input
DROP TRANSFORM FOR t LANGUAGE

-- error 29: syntax error at or near "l"
DROP TRANSFORM FOR LANGUAGE l

-- error 16: syntax error at or near "t"
DROP TRANSFORM t LANGUAGE l

-- error 21: syntax error at or near ","
DROP TRANSFORM FOR t, u LANGUAGE l

-- error 31: syntax error at or near "'l'"
DROP TRANSFORM FOR t LANGUAGE 'l'

-- error 32: syntax error at or near ","
DROP TRANSFORM FOR t LANGUAGE l, m

-- error 19: syntax error at or near "NOT"
DROP TRANSFORM IF NOT EXISTS FOR t LANGUAGE l

-- error 41: syntax error at or near "RESTRICT"
DROP TRANSFORM FOR t LANGUAGE l CASCADE RESTRICT

-- error 25: syntax error at or near "t"
DROP TRANSFORM FOR TYPE t LANGUAGE l

-- error 32: syntax error at or near "."
DROP TRANSFORM FOR t LANGUAGE a.b
