-- ok
CREATE OPERATOR FAMILY f USING m

-- ok
CREATE OPERATOR FAMILY f USING "M"

-- ok
CREATE OPERATOR FAMILY f USING btree

-- ok
CREATE OPERATOR FAMILY f USING hash

-- ok
CREATE OPERATOR FAMILY s.f USING m

-- ok
CREATE OPERATOR FAMILY s.f USING "M"

-- ok
CREATE OPERATOR FAMILY s.f USING btree

-- ok
CREATE OPERATOR FAMILY s.f USING hash

-- ok
CREATE OPERATOR FAMILY "F" USING m

-- ok
CREATE OPERATOR FAMILY "F" USING "M"

-- ok
CREATE OPERATOR FAMILY "F" USING btree

-- ok
CREATE OPERATOR FAMILY "F" USING hash

-- ok
CREATE OPERATOR FAMILY d.s.f USING m

-- ok
CREATE OPERATOR FAMILY d.s.f USING "M"

-- ok
CREATE OPERATOR FAMILY d.s.f USING btree

-- ok
CREATE OPERATOR FAMILY d.s.f USING hash

-- error 23: syntax error at end of input
CREATE OPERATOR FAMILY

-- error 25: syntax error at end of input
CREATE OPERATOR FAMILY f

-- error 31: syntax error at end of input
CREATE OPERATOR FAMILY f USING

-- error 24: syntax error at or near "USING"
CREATE OPERATOR FAMILY USING m

-- error 32: syntax error at or near "'m'"
CREATE OPERATOR FAMILY f USING 'm'

-- error 33: syntax error at or near "."
CREATE OPERATOR FAMILY f USING a.b

-- error 26: syntax error at or near "m"
CREATE OPERATOR FAMILY f m

-- error 34: syntax error at or near "AS"
CREATE OPERATOR FAMILY f USING m AS x

-- error 27: syntax error at or near "NOT"
CREATE OPERATOR FAMILY IF NOT EXISTS f USING m

-- error 33: syntax error at or near ","
CREATE OPERATOR FAMILY f USING m, n

-- error 24: syntax error at or near "'f'"
CREATE OPERATOR FAMILY 'f' USING m

-- error 34: syntax error at or near "FOR"
CREATE OPERATOR FAMILY f USING m FOR TYPE int

-- error 26: syntax error at or near "("
CREATE OPERATOR FAMILY f (a) USING m
