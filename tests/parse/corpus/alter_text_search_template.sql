-- ok
ALTER TEXT SEARCH TEMPLATE t RENAME TO u

-- ok
ALTER TEXT SEARCH TEMPLATE t RENAME TO "U"

-- ok
ALTER TEXT SEARCH TEMPLATE t SET SCHEMA s

-- ok
ALTER TEXT SEARCH TEMPLATE t SET SCHEMA "S"

-- ok
ALTER TEXT SEARCH TEMPLATE s.t RENAME TO u

-- ok
ALTER TEXT SEARCH TEMPLATE s.t RENAME TO "U"

-- ok
ALTER TEXT SEARCH TEMPLATE s.t SET SCHEMA s

-- ok
ALTER TEXT SEARCH TEMPLATE s.t SET SCHEMA "S"

-- ok
ALTER TEXT SEARCH TEMPLATE "T" RENAME TO u

-- ok
ALTER TEXT SEARCH TEMPLATE "T" RENAME TO "U"

-- ok
ALTER TEXT SEARCH TEMPLATE "T" SET SCHEMA s

-- ok
ALTER TEXT SEARCH TEMPLATE "T" SET SCHEMA "S"

-- ok
ALTER TEXT SEARCH TEMPLATE d.s.t RENAME TO u

-- ok
ALTER TEXT SEARCH TEMPLATE d.s.t RENAME TO "U"

-- ok
ALTER TEXT SEARCH TEMPLATE d.s.t SET SCHEMA s

-- ok
ALTER TEXT SEARCH TEMPLATE d.s.t SET SCHEMA "S"

-- error 27: syntax error at end of input
ALTER TEXT SEARCH TEMPLATE

-- error 29: syntax error at end of input
ALTER TEXT SEARCH TEMPLATE t

-- error 36: syntax error at end of input
ALTER TEXT SEARCH TEMPLATE t RENAME

-- error 39: syntax error at end of input
ALTER TEXT SEARCH TEMPLATE t RENAME TO

-- error 41: syntax error at or near "."
ALTER TEXT SEARCH TEMPLATE t RENAME TO a.b

-- error 33: syntax error at end of input
ALTER TEXT SEARCH TEMPLATE t SET

-- error 40: syntax error at end of input
ALTER TEXT SEARCH TEMPLATE t SET SCHEMA

-- error 42: syntax error at or near "."
ALTER TEXT SEARCH TEMPLATE t SET SCHEMA a.b

-- error 30: syntax error at or near "OWNER"
ALTER TEXT SEARCH TEMPLATE t OWNER TO r

-- error 28: syntax error at or near "'t'"
ALTER TEXT SEARCH TEMPLATE 't' RENAME TO u

-- error 30: syntax error at or near "("
ALTER TEXT SEARCH TEMPLATE t (a = b)

-- error 31: syntax error at or near "EXISTS"
ALTER TEXT SEARCH TEMPLATE IF EXISTS t RENAME TO u

-- error 29: syntax error at or near ","
ALTER TEXT SEARCH TEMPLATE t, u RENAME TO v
