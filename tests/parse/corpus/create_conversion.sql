-- ok
CREATE CONVERSION c FOR 'UTF8' TO 'LATIN1' FROM f

-- ok
CREATE CONVERSION c FOR 'UTF8' TO 'LATIN1' FROM s.f

-- ok
CREATE CONVERSION s.c FOR 'UTF8' TO 'LATIN1' FROM f

-- ok
CREATE CONVERSION s.c FOR 'UTF8' TO 'LATIN1' FROM s.f

-- ok
CREATE CONVERSION "C" FOR 'UTF8' TO 'LATIN1' FROM f

-- ok
CREATE CONVERSION "C" FOR 'UTF8' TO 'LATIN1' FROM s.f

-- ok
CREATE CONVERSION d.s.c FOR 'UTF8' TO 'LATIN1' FROM f

-- ok
CREATE CONVERSION d.s.c FOR 'UTF8' TO 'LATIN1' FROM s.f

-- ok
CREATE DEFAULT CONVERSION c FOR 'UTF8' TO 'LATIN1' FROM f

-- ok
CREATE DEFAULT CONVERSION c FOR 'UTF8' TO 'LATIN1' FROM s.f

-- ok
CREATE DEFAULT CONVERSION s.c FOR 'UTF8' TO 'LATIN1' FROM f

-- ok
CREATE DEFAULT CONVERSION s.c FOR 'UTF8' TO 'LATIN1' FROM s.f

-- ok
CREATE DEFAULT CONVERSION "C" FOR 'UTF8' TO 'LATIN1' FROM f

-- ok
CREATE DEFAULT CONVERSION "C" FOR 'UTF8' TO 'LATIN1' FROM s.f

-- ok
CREATE DEFAULT CONVERSION d.s.c FOR 'UTF8' TO 'LATIN1' FROM f

-- ok
CREATE DEFAULT CONVERSION d.s.c FOR 'UTF8' TO 'LATIN1' FROM s.f

-- ok
CREATE CONVERSION c FOR '' TO '' FROM f

-- error 18: syntax error at end of input
CREATE CONVERSION

-- error 20: syntax error at end of input
CREATE CONVERSION c

-- error 24: syntax error at end of input
CREATE CONVERSION c FOR

-- error 28: syntax error at end of input
CREATE CONVERSION c FOR 'a'

-- error 31: syntax error at end of input
CREATE CONVERSION c FOR 'a' TO

-- error 35: syntax error at end of input
CREATE CONVERSION c FOR 'a' TO 'b'

-- error 40: syntax error at end of input
CREATE CONVERSION c FOR 'a' TO 'b' FROM

-- error 25: syntax error at or near "a"
CREATE CONVERSION c FOR a TO b FROM f

-- error 29: syntax error at or near "FROM"
CREATE CONVERSION c FOR 'a' FROM f TO 'b'

-- error 41: syntax error at or near "'f'"
CREATE CONVERSION c FOR 'a' TO 'b' FROM 'f'

-- error 42: syntax error at or near "("
CREATE CONVERSION c FOR 'a' TO 'b' FROM f()

-- error 21: syntax error at or near "TO"
CREATE CONVERSION c TO 'b' FROM f

-- error 22: syntax error at or near "NOT"
CREATE CONVERSION IF NOT EXISTS c FOR 'a' TO 'b' FROM f

-- error 25: syntax error at or near "NULL"
CREATE CONVERSION c FOR NULL TO 'b' FROM f

-- error 19: syntax error at or near "'c'"
CREATE CONVERSION 'c' FOR 'a' TO 'b' FROM f

-- error 43: syntax error at or near "DEFAULT"
CREATE CONVERSION c FOR 'a' TO 'b' FROM f DEFAULT
