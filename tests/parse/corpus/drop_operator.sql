-- ok
DROP OPERATOR + (int, int)

-- ok
DROP OPERATOR s.+ (int, text)

-- ok
DROP OPERATOR ! (NONE, int)

-- ok
DROP OPERATOR IF EXISTS + (int, int)

-- ok
DROP OPERATOR + (int, int), - (NONE, int)

-- ok
DROP OPERATOR + (int, int) CASCADE

-- ok
DROP OPERATOR IF EXISTS s.@> (a, b), <> (c, d) RESTRICT

-- ok
DROP OPERATOR = (int[], varchar(3))

-- ok
DROP OPERATOR <-> ("A", s.t)

-- ok
DROP OPERATOR + (int, NONE)

-- ok
DROP OPERATOR / (int, int)

-- ok
DROP OPERATOR <= (int, int)

-- ok
DROP OPERATOR != (int, int) RESTRICT

-- ok
DROP OPERATOR % (double precision, bit varying)

-- ok
DROP OPERATOR d.s.- (int, int)

-- ok
DROP OPERATOR d.s.@@ (a, b), + (NONE, c) CASCADE

-- ok
DROP OPERATOR *<> (record, record)

-- error 19: syntax error at end of input
DROP OPERATOR d.s.

-- error 21: syntax error at or near "%"
DROP OPERATOR * (t.a%TYPE, int)

-- error 14: syntax error at end of input
DROP OPERATOR

-- error 16: syntax error at end of input
DROP OPERATOR +

-- error 18: syntax error at or near ")"
DROP OPERATOR + ()

-- error 21: missing argument
-- hint: Use NONE to denote the missing argument of a unary operator.
DROP OPERATOR + (int)

-- error 22: syntax error at or near ")"
DROP OPERATOR + (NONE)

-- error 26: syntax error at or near ","
DROP OPERATOR + (int, int, int)

-- error 24: syntax error at or near "NONE"
DROP OPERATOR + (NONE, NONE)

-- error 17: syntax error at or near "("
DROP OPERATOR a (int, int)

-- error 15: syntax error at or near "'+'"
DROP OPERATOR '+' (int, int)

-- error 22: syntax error at or near "int"
DROP OPERATOR + (int int)

-- error 28: syntax error at or near "-"
DROP OPERATOR + (int, int) - (int, int)

-- error 28: syntax error at end of input
DROP OPERATOR + (int, int),

-- error 18: syntax error at or near "NOT"
DROP OPERATOR IF NOT EXISTS + (int, int)

-- error 23: syntax error at or near "("
DROP OPERATOR OPERATOR(+) (int, int)

-- error 36: syntax error at or near "RESTRICT"
DROP OPERATOR + (int, int) CASCADE RESTRICT

-- error 17: syntax error at or near "CASCADE"
DROP OPERATOR + CASCADE

-- error 15: syntax error at or near "=>"
DROP OPERATOR => (int, int)

-- error 15: syntax error at or near "::"
DROP OPERATOR :: (int, int)
