-- ok
DROP TYPE a

-- ok
DROP TYPE s.a

-- ok
DROP TYPE d.s.a

-- ok
DROP TYPE "A"

-- ok
DROP TYPE "S"."A"

-- ok
DROP TYPE a, b

-- ok
DROP TYPE a, s.b, "C"

-- ok
DROP TYPE IF EXISTS a

-- ok
DROP TYPE IF EXISTS s.a, b

-- ok
DROP TYPE a CASCADE

-- ok
DROP TYPE a RESTRICT

-- ok
DROP TYPE a, b CASCADE

-- ok
DROP TYPE IF EXISTS a RESTRICT

-- ok
DROP TYPE IF EXISTS a, b, c CASCADE

-- ok
DROP TYPE if_

-- ok
DROP TYPE "IF"

-- ok
DROP TYPE IF EXISTS "a b" CASCADE

-- ok
DROP TYPE int

-- ok
DROP TYPE double precision

-- ok
DROP TYPE int[]

-- ok
DROP TYPE s.t[]

-- ok
DROP TYPE varchar(3)

-- ok
DROP TYPE SETOF int

-- ok
DROP TYPE bit varying

-- ok
DROP TYPE timestamp with time zone

-- error 10: syntax error at end of input
DROP TYPE

-- error 13: syntax error at or near "b"
DROP TYPE a b

-- error 13: syntax error at end of input
DROP TYPE a,

-- error 11: syntax error at or near ","
DROP TYPE ,a

-- error 16: syntax error at end of input
DROP TYPE a, b,

-- error 20: syntax error at end of input
DROP TYPE IF EXISTS

-- error 29: syntax error at or near "x"
DROP TYPE IF EXISTS CASCADE x

-- error 14: syntax error at or near "NOT"
DROP TYPE IF NOT EXISTS a

-- error 11: syntax error at or near "EXISTS"
DROP TYPE EXISTS a

-- error 21: syntax error at or near "RESTRICT"
DROP TYPE a CASCADE RESTRICT

-- error 13: syntax error at or near "IF"
DROP TYPE a IF EXISTS

-- error 11: syntax error at or near "'a'"
DROP TYPE 'a'

-- error 11: syntax error at or near "1"
DROP TYPE 1

-- error 11: syntax error at or near "$1"
DROP TYPE $1

-- error 11: syntax error at or near "("
DROP TYPE (a)

-- error 13: syntax error at or near ")"
DROP TYPE a()

-- error 13: syntax error at or near "*"
DROP TYPE a *

-- error 11: syntax error at or near "select"
DROP TYPE select

-- error 20: syntax error at or near ","
DROP TYPE a CASCADE, b

-- error 13: syntax error at end of input
DROP TYPE s.

-- error 12: syntax error at or near ".."
DROP TYPE s..a

-- error 15: syntax error at end of input
DROP TYPE s.a,

-- error 15: syntax error at end of input
DROP TYPE a.b.

-- error 14: syntax error at or near "%"
DROP TYPE t.a%TYPE
