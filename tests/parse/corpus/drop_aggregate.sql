-- ok
DROP AGGREGATE a (int)

-- ok
DROP AGGREGATE s.a (int, text)

-- ok
DROP AGGREGATE a (*)

-- ok
DROP AGGREGATE IF EXISTS a (int)

-- ok
DROP AGGREGATE a (int), b (*)

-- ok
DROP AGGREGATE a (ORDER BY int)

-- ok
DROP AGGREGATE a (int ORDER BY text)

-- ok
DROP AGGREGATE a (int) CASCADE

-- ok
DROP AGGREGATE IF EXISTS a (x int, VARIADIC y int[]), s.b (*) RESTRICT

-- ok
DROP AGGREGATE a (VARIADIC "any" ORDER BY VARIADIC "any")

-- ok
DROP AGGREGATE a (IN int)

-- ok
DROP AGGREGATE "A" (s.t[])

-- ok
DROP AGGREGATE a (double precision) RESTRICT

-- ok
DROP AGGREGATE d.s.a (*)

-- ok
DROP AGGREGATE a (*), b (*), c (ORDER BY text) CASCADE

-- error 15: syntax error at end of input
DROP AGGREGATE

-- error 17: syntax error at end of input
DROP AGGREGATE a

-- error 19: syntax error at or near ")"
DROP AGGREGATE a ()

-- error 22: syntax error at end of input
DROP AGGREGATE a (int

-- error 24: syntax error at or near "b"
DROP AGGREGATE a (int) b

-- error 24: syntax error at end of input
DROP AGGREGATE a (int),

-- error 19: syntax error at or near ","
DROP AGGREGATE a (,)

-- error 18: syntax error at or near "CASCADE"
DROP AGGREGATE a CASCADE

-- error 27: syntax error at end of input
DROP AGGREGATE IF EXISTS a

-- error 31: syntax error at or near ")"
DROP AGGREGATE a (int ORDER BY)

-- error 21: syntax error at or near "ORDER"
DROP AGGREGATE a (* ORDER BY int)

-- error 32: syntax error at or near "RESTRICT"
DROP AGGREGATE a (int) CASCADE RESTRICT

-- error 19: syntax error at or near "1"
DROP AGGREGATE a (1)

-- error 16: syntax error at or near "'a'"
DROP AGGREGATE 'a' (int)

-- error 19: syntax error at or near "NOT"
DROP AGGREGATE IF NOT EXISTS a (int)

-- error 18 0A000: aggregates cannot have output arguments
DROP AGGREGATE a(OUT int)

-- error 18 0A000: aggregates cannot have output arguments
DROP AGGREGATE a(OUT int) x

-- error 26 0A000: aggregates cannot have output arguments
DROP AGGREGATE a(int), b(x INOUT int)
