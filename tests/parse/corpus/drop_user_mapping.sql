-- ok
DROP USER MAPPING FOR r SERVER v

-- ok
DROP USER MAPPING FOR "R" SERVER "V"

-- ok
DROP USER MAPPING FOR USER SERVER v

-- ok
DROP USER MAPPING FOR CURRENT_USER SERVER "V"

-- ok
DROP USER MAPPING FOR CURRENT_ROLE SERVER v

-- ok
DROP USER MAPPING FOR SESSION_USER SERVER "V"

-- ok
DROP USER MAPPING FOR PUBLIC SERVER v

-- ok
DROP USER MAPPING FOR user_ SERVER "V"

-- ok
DROP USER MAPPING IF EXISTS FOR r SERVER v

-- ok
DROP USER MAPPING IF EXISTS FOR "R" SERVER "V"

-- ok
DROP USER MAPPING IF EXISTS FOR USER SERVER server

-- ok
DROP USER MAPPING IF EXISTS FOR CURRENT_USER SERVER v

-- ok
DROP USER MAPPING IF EXISTS FOR CURRENT_ROLE SERVER "V"

-- ok
DROP USER MAPPING IF EXISTS FOR SESSION_USER SERVER server

-- ok
DROP USER MAPPING IF EXISTS FOR PUBLIC SERVER v

-- error 22: syntax error at end of input
DROP USER MAPPING FOR

-- error 24: syntax error at end of input
DROP USER MAPPING FOR r

-- error 31: syntax error at end of input
DROP USER MAPPING FOR r SERVER

-- error 30: syntax error at or near "v"
DROP USER MAPPING FOR SERVER v

-- error 19: syntax error at or near "r"
DROP USER MAPPING r SERVER v

-- error 24: syntax error at or near ","
DROP USER MAPPING FOR r, s SERVER v

-- error 33: syntax error at or near ","
DROP USER MAPPING FOR r SERVER v, w

-- error 34: syntax error at or near "CASCADE"
DROP USER MAPPING FOR r SERVER v CASCADE

-- error 34: syntax error at or near "RESTRICT"
DROP USER MAPPING FOR r SERVER v RESTRICT

-- error 23: syntax error at or near "'r'"
DROP USER MAPPING FOR 'r' SERVER v

-- error 33: syntax error at or near "."
DROP USER MAPPING FOR r SERVER a.b

-- error 22: syntax error at or near "NOT"
DROP USER MAPPING IF NOT EXISTS FOR r SERVER v

-- error 28: syntax error at end of input
DROP USER MAPPING IF EXISTS

-- error 34: syntax error at or near "OPTIONS"
DROP USER MAPPING FOR r SERVER v OPTIONS (a 'b')
