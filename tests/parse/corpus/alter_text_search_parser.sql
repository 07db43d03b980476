-- ok
ALTER TEXT SEARCH PARSER p RENAME TO q

-- ok
ALTER TEXT SEARCH PARSER p RENAME TO "Q"

-- ok
ALTER TEXT SEARCH PARSER p SET SCHEMA s

-- ok
ALTER TEXT SEARCH PARSER p SET SCHEMA "S"

-- ok
ALTER TEXT SEARCH PARSER s.p RENAME TO q

-- ok
ALTER TEXT SEARCH PARSER s.p RENAME TO "Q"

-- ok
ALTER TEXT SEARCH PARSER s.p SET SCHEMA s

-- ok
ALTER TEXT SEARCH PARSER s.p SET SCHEMA "S"

-- ok
ALTER TEXT SEARCH PARSER "P" RENAME TO q

-- ok
ALTER TEXT SEARCH PARSER "P" RENAME TO "Q"

-- ok
ALTER TEXT SEARCH PARSER "P" SET SCHEMA s

-- ok
ALTER TEXT SEARCH PARSER "P" SET SCHEMA "S"

-- ok
ALTER TEXT SEARCH PARSER d.s.p RENAME TO q

-- ok
ALTER TEXT SEARCH PARSER d.s.p RENAME TO "Q"

-- ok
ALTER TEXT SEARCH PARSER d.s.p SET SCHEMA s

-- ok
ALTER TEXT SEARCH PARSER d.s.p SET SCHEMA "S"

-- error 25: syntax error at end of input
ALTER TEXT SEARCH PARSER

-- error 27: syntax error at end of input
ALTER TEXT SEARCH PARSER p

-- error 34: syntax error at end of input
ALTER TEXT SEARCH PARSER p RENAME

-- error 37: syntax error at end of input
ALTER TEXT SEARCH PARSER p RENAME TO

-- error 39: syntax error at or near "."
ALTER TEXT SEARCH PARSER p RENAME TO a.b

-- error 31: syntax error at end of input
ALTER TEXT SEARCH PARSER p SET

-- error 38: syntax error at end of input
ALTER TEXT SEARCH PARSER p SET SCHEMA

-- error 40: syntax error at or near "."
ALTER TEXT SEARCH PARSER p SET SCHEMA a.b

-- error 28: syntax error at or near "OWNER"
ALTER TEXT SEARCH PARSER p OWNER TO r

-- error 26: syntax error at or near "'p'"
ALTER TEXT SEARCH PARSER 'p' RENAME TO q

-- error 28: syntax error at or near "("
ALTER TEXT SEARCH PARSER p (a = b)

-- error 29: syntax error at or near "EXISTS"
ALTER TEXT SEARCH PARSER IF EXISTS p RENAME TO q

-- error 27: syntax error at or near ","
ALTER TEXT SEARCH PARSER p, q RENAME TO r
