-- ok
EXECUTE p

-- ok
EXECUTE "P"

-- ok
EXECUTE p (1)

-- ok
EXECUTE p (1, 'a', NULL)

-- ok
EXECUTE p (a + b)

-- ok
EXECUTE p ($1)

-- ok
EXECUTE p ((SELECT 1))

-- ok
EXECUTE p (f(x), ARRAY[1])

-- ok
EXECUTE p (ROW(1, 2))

-- ok
EXECUTE p (CASE WHEN a THEN b END)

-- ok
EXECUTE abort

-- ok
EXECUTE between (1)

-- ok
EXECUTE p ('x'::int)

-- ok
EXECUTE p (DEFAULT)

-- ok
EXECUTE int (1)

-- ok
EXECUTE p (a, b, c)

-- error 8: syntax error at end of input
EXECUTE

-- error 12: syntax error at or near ")"
EXECUTE p ()

-- error 12: syntax error at end of input
EXECUTE p (

-- error 11: syntax error at or near "1"
EXECUTE p 1

-- error 14: syntax error at or near ")"
EXECUTE p (1,)

-- error 12: syntax error at or near ","
EXECUTE p (,)

-- error 14: syntax error at or near "2"
EXECUTE p (1 2)

-- error 15: syntax error at or near "("
EXECUTE p (1) (2)

-- error 9: syntax error at or near "'p'"
EXECUTE 'p'

-- error 10: syntax error at or near "."
EXECUTE a.b

-- error 10: syntax error at or near "."
EXECUTE a.b (1)

-- error 11: syntax error at or near "USING"
EXECUTE p USING 1

-- error 10: syntax error at or near ","
EXECUTE p, q

-- error 9: syntax error at or near "1"
EXECUTE 1

-- error 12: syntax error at or near "*"
EXECUTE p (*)

-- error 14: syntax error at or near "=>"
EXECUTE p (a => 1)

-- error 12: syntax error at or near "VARIADIC"
EXECUTE p (VARIADIC a)

-- error 12: syntax error at or near "SELECT"
EXECUTE p (SELECT 1)

-- error 11: syntax error at or near "INTO"
EXECUTE p INTO x

-- error 19: syntax error at or near "'x'"
EXECUTE IMMEDIATE 'x'
