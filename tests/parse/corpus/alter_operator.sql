-- ok
ALTER OPERATOR + (int, int) OWNER TO r

-- ok
ALTER OPERATOR s.+ (int, text) SET SCHEMA s

-- ok
ALTER OPERATOR ! (NONE, int) SET (RESTRICT = f)

-- ok
ALTER OPERATOR <> (s.a, "B") SET (RESTRICT = NONE, JOIN = s.g)

-- ok
ALTER OPERATOR @@ (int[], varchar(3)) SET (JOIN = NONE)

-- ok
ALTER OPERATOR - (NONE, int) SET (COMMUTATOR = +)

-- ok
ALTER OPERATOR + (int, int) SET (COMMUTATOR = OPERATOR(s.+), NEGATOR = <>)

-- ok
ALTER OPERATOR s.+ (int, text) SET (HASHES)

-- ok
ALTER OPERATOR ! (NONE, int) SET (MERGES, HASHES = true)

-- ok
ALTER OPERATOR <> (s.a, "B") SET (a = b, c = 1)

-- ok
ALTER OPERATOR @@ (int[], varchar(3)) SET (x = 'y')

-- ok
ALTER OPERATOR - (NONE, int) OWNER TO CURRENT_USER

-- ok
ALTER OPERATOR + (int, int) SET (RESTRICT = _f)

-- ok
ALTER OPERATOR s.+ (int, text) SET (x = int[])

-- ok
ALTER OPERATOR ! (NONE, int) SET (x = 'y', z)

-- ok
ALTER OPERATOR + (int, NONE) OWNER TO r

-- error 15: syntax error at end of input
ALTER OPERATOR

-- error 17: syntax error at end of input
ALTER OPERATOR +

-- error 22: missing argument
-- hint: Use NONE to denote the missing argument of a unary operator.
ALTER OPERATOR + (int)

-- error 28: syntax error at end of input
ALTER OPERATOR + (int, int)

-- error 22: missing argument
-- hint: Use NONE to denote the missing argument of a unary operator.
ALTER OPERATOR + (int) OWNER TO r

-- error 25: syntax error at or near "NONE"
ALTER OPERATOR + (NONE, NONE) OWNER TO r

-- error 19: syntax error at or near ")"
ALTER OPERATOR + () OWNER TO r

-- error 27: syntax error at or near ","
ALTER OPERATOR + (int, int, int) OWNER TO r

-- error 18: syntax error at or near "("
ALTER OPERATOR a (int, int) OWNER TO r

-- error 29: syntax error at or near "RENAME"
ALTER OPERATOR + (int, int) RENAME TO -

-- error 32: syntax error at end of input
ALTER OPERATOR + (int, int) SET

-- error 34: syntax error at or near ")"
ALTER OPERATOR + (int, int) SET ()

-- error 44: syntax error at or near ")"
ALTER OPERATOR + (int, int) SET (RESTRICT =)

-- error 34: syntax error at or near "1"
ALTER OPERATOR + (int, int) SET (1 = 2)

-- error 35: syntax error at or near "r"
ALTER OPERATOR + (int, int) OWNER r

-- error 39: syntax error at end of input
ALTER OPERATOR + (int, int) SET SCHEMA

-- error 16: syntax error at or near "'+'"
ALTER OPERATOR '+' (int, int) OWNER TO r

-- error 23: syntax error at or near "int"
ALTER OPERATOR + (int int) OWNER TO r

-- error 24: syntax error at or near "int"
ALTER OPERATOR + (NONE int) OWNER TO r
