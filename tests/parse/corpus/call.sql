-- ok
CALL p()

-- ok
CALL s.p()

-- ok
CALL d.s.p(1)

-- ok
CALL "P"()

-- ok
CALL p(1, 'x', NULL)

-- ok
CALL p(a => 1)

-- ok
CALL p(a := 1, b => 2)

-- ok
CALL p(1, b => 2)

-- ok
CALL p(VARIADIC a)

-- ok
CALL p(1, VARIADIC ARRAY[2])

-- ok
CALL p((SELECT 1))

-- ok
CALL p(a + b, f(c))

-- ok
CALL p($1)

-- ok
CALL p(DISTINCT a)

-- ok
CALL p(*)

-- ok
CALL p(a ORDER BY b)

-- ok
CALL left('a', 1)

-- ok
CALL p(ROW(1, 2), ARRAY[1], DEFAULT)

-- error 5: syntax error at end of input
CALL

-- error 7: syntax error at end of input
CALL p

-- error 8: syntax error at end of input
CALL p(

-- error 8: syntax error at or near ","
CALL p(,)

-- error 10: syntax error at or near ")"
CALL p(1,)

-- error 10: syntax error at or near "q"
CALL p() q()

-- error 9: syntax error at or near ","
CALL p(), q()

-- error 6: syntax error at or near "1"
CALL 1

-- error 6: syntax error at or near "'p'"
CALL 'p'()

-- error 10: syntax error at or near "AS"
CALL p() AS x

-- error 10: syntax error at or near "WITHIN"
CALL p() WITHIN GROUP (ORDER BY a)

-- error 10: syntax error at or near "FILTER"
CALL p() FILTER (WHERE a)

-- error 10: syntax error at or near "OVER"
CALL p() OVER w

-- error 6: syntax error at or near "("
CALL (p())

-- error 10: syntax error at or near "2"
CALL p(1 2)

-- error 8: syntax error at or near "SELECT"
CALL p(SELECT 1)

-- error 14: syntax error at or near "("
CALL coalesce(a)

-- error 9: syntax error at or near "::"
CALL p()::int
