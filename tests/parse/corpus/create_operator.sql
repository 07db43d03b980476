-- ok
CREATE OPERATOR + (FUNCTION = f)

-- ok
CREATE OPERATOR s.+ (PROCEDURE = s.f, LEFTARG = int)

-- ok
CREATE OPERATOR d.s.<@ (function = f, rightarg = s.t[])

-- ok
CREATE OPERATOR === (FUNCTION = f, LEFTARG = int, RIGHTARG = int, COMMUTATOR = +, NEGATOR = <>)

-- ok
CREATE OPERATOR @#@ (COMMUTATOR = OPERATOR(s.@>))

-- ok
CREATE OPERATOR <> (RESTRICT = f, JOIN = s.g, HASHES, MERGES)

-- ok
CREATE OPERATOR != (LEFTARG = NONE)

-- ok
CREATE OPERATOR % (leftarg = double precision)

-- ok
CREATE OPERATOR + (RIGHTARG = SETOF int)

-- ok
CREATE OPERATOR s.+ (x = 1.5)

-- ok
CREATE OPERATOR d.s.<@ (LEFTARG = t.a%TYPE)

-- ok
CREATE OPERATOR === (hashes = true)

-- ok
CREATE OPERATOR @#@ (LEFTARG = varchar(3), RIGHTARG = "X"."Y")

-- ok
CREATE OPERATOR <> (SORT1 = <, LTCMP = OPERATOR(a.<))

-- ok
CREATE OPERATOR != (a = 'b', c)

-- ok
CREATE OPERATOR % (LEFTARG = interval day to second)

-- error 16: syntax error at end of input
CREATE OPERATOR

-- error 18: syntax error at end of input
CREATE OPERATOR +

-- error 20: syntax error at or near ")"
CREATE OPERATOR + ()

-- error 19: syntax error at or near "("
CREATE OPERATOR a (FUNCTION = f)

-- error 19: syntax error at or near "FUNCTION"
CREATE OPERATOR + FUNCTION = f

-- error 29: syntax error at or near "f"
CREATE OPERATOR + (FUNCTION f)

-- error 30: syntax error at or near ")"
CREATE OPERATOR + (FUNCTION =)

-- error 20: syntax error at or near "="
CREATE OPERATOR + (= f)

-- error 33: syntax error at or near ")"
CREATE OPERATOR + (FUNCTION = f,)

-- error 33: syntax error at or near "LEFTARG"
CREATE OPERATOR + (FUNCTION = f LEFTARG = int)

-- error 17: syntax error at or near "'+'"
CREATE OPERATOR '+' (FUNCTION = f)

-- error 20: syntax error at or near "("
CREATE OPERATOR s. (FUNCTION = f)

-- error 25: syntax error at or near "("
CREATE OPERATOR OPERATOR(+) (FUNCTION = f)

-- error 17: syntax error at or near "("
CREATE OPERATOR (FUNCTION = f)

-- error 30: syntax error at or near "("
CREATE OPERATOR + (LEFTARG = (int))

-- error 30: syntax error at or near "("
CREATE OPERATOR + (int, int) (FUNCTION = f)

-- error 17: syntax error at or near ";"
CREATE OPERATOR ; (FUNCTION = f)

-- error 17: syntax error at or near "=>"
CREATE OPERATOR => (FUNCTION = f)

-- error 17: syntax error at or near "::"
CREATE OPERATOR :: (FUNCTION = f)

-- error 19: syntax error at or near "OPERATOR"
CREATE OR REPLACE OPERATOR + (FUNCTION = f)
