-- ok
ALTER USER MAPPING FOR r SERVER v OPTIONS (a 'b')

-- ok
ALTER USER MAPPING FOR CURRENT_USER SERVER v OPTIONS (ADD a 'b')

-- ok
ALTER USER MAPPING FOR USER SERVER v OPTIONS (SET a 'b')

-- ok
ALTER USER MAPPING FOR PUBLIC SERVER v OPTIONS (DROP a)

-- ok
ALTER USER MAPPING FOR CURRENT_ROLE SERVER v OPTIONS (SET a 'b', DROP c)

-- ok
ALTER USER MAPPING FOR SESSION_USER SERVER v OPTIONS ("A" '')

-- ok
ALTER USER MAPPING FOR "R" SERVER v OPTIONS (ADD x 'y', SET z 'w', DROP q)

-- ok
ALTER USER MAPPING FOR r SERVER "V" OPTIONS (SET user 'x')

-- ok
ALTER USER MAPPING FOR r SERVER s1 OPTIONS (SET user 'x')

-- ok
ALTER USER MAPPING FOR r SERVER s2 OPTIONS (SET user 'x')

-- ok
ALTER USER MAPPING FOR public_ SERVER "V" OPTIONS (SET user 'x')

-- ok
ALTER USER MAPPING FOR public_ SERVER s1 OPTIONS (SET user 'x')

-- ok
ALTER USER MAPPING FOR public_ SERVER s2 OPTIONS (SET user 'x')

-- ok
ALTER USER MAPPING FOR user_ SERVER "V" OPTIONS (SET user 'x')

-- ok
ALTER USER MAPPING FOR user_ SERVER s1 OPTIONS (SET user 'x')

-- ok
ALTER USER MAPPING FOR user_ SERVER s2 OPTIONS (SET user 'x')

-- ok
ALTER USER MAPPING

-- error 23: syntax error at end of input
ALTER USER MAPPING FOR

-- error 25: syntax error at end of input
ALTER USER MAPPING FOR r

-- error 32: syntax error at end of input
ALTER USER MAPPING FOR r SERVER

-- error 34: syntax error at end of input
ALTER USER MAPPING FOR r SERVER v

-- error 42: syntax error at end of input
ALTER USER MAPPING FOR r SERVER v OPTIONS

-- error 44: syntax error at or near ")"
ALTER USER MAPPING FOR r SERVER v OPTIONS ()

-- error 45: syntax error at or near ")"
ALTER USER MAPPING FOR r SERVER v OPTIONS (a)

-- error 46: syntax error at or near "b"
ALTER USER MAPPING FOR r SERVER v OPTIONS (a b)

-- error 20: unrecognized role option "r"
ALTER USER MAPPING r SERVER v OPTIONS (a 'b')

-- error 25: syntax error at or near ","
ALTER USER MAPPING FOR r, s SERVER v OPTIONS (a 'b')

-- error 20: syntax error at or near "IF"
ALTER USER MAPPING IF EXISTS FOR r SERVER v OPTIONS (a 'b')

-- error 24: syntax error at or near "'r'"
ALTER USER MAPPING FOR 'r' SERVER v OPTIONS (a 'b')

-- error 34: syntax error at or near "."
ALTER USER MAPPING FOR r SERVER a.b OPTIONS (a 'b')

-- error 35: syntax error at or near "OWNER"
ALTER USER MAPPING FOR r SERVER v OWNER TO x
