-- ok
ALTER LARGE OBJECT 1 OWNER TO r

-- ok
ALTER LARGE OBJECT 0 OWNER TO CURRENT_USER

-- ok
ALTER LARGE OBJECT 4294967295 OWNER TO CURRENT_ROLE

-- ok
ALTER LARGE OBJECT 99999999999 OWNER TO SESSION_USER

-- ok
ALTER LARGE OBJECT 1.5 OWNER TO "R"

-- ok
ALTER LARGE OBJECT +5 OWNER TO r

-- ok
ALTER LARGE OBJECT -5 OWNER TO CURRENT_USER

-- ok
ALTER LARGE OBJECT 1_000 OWNER TO CURRENT_ROLE

-- ok
ALTER LARGE OBJECT 0x1F OWNER TO SESSION_USER

-- ok
ALTER LARGE OBJECT 1e3 OWNER TO "R"

-- ok
ALTER LARGE OBJECT 16384 OWNER TO r

-- ok
ALTER LARGE OBJECT 7 OWNER TO r

-- ok
ALTER LARGE OBJECT 7 OWNER TO CURRENT_USER

-- ok
ALTER LARGE OBJECT 7 OWNER TO SESSION_USER

-- ok
ALTER LARGE OBJECT 7 OWNER TO public_

-- ok
ALTER LARGE OBJECT 7 OWNER TO user_

-- error 19: syntax error at end of input
ALTER LARGE OBJECT

-- error 21: syntax error at end of input
ALTER LARGE OBJECT 1

-- error 20: syntax error at or near "a"
ALTER LARGE OBJECT a OWNER TO r

-- error 20: syntax error at or near "'1'"
ALTER LARGE OBJECT '1' OWNER TO r

-- error 27: syntax error at end of input
ALTER LARGE OBJECT 1 OWNER

-- error 30: syntax error at end of input
ALTER LARGE OBJECT 1 OWNER TO

-- error 28: syntax error at or near "r"
ALTER LARGE OBJECT 1 OWNER r

-- error 21: syntax error at or near ","
ALTER LARGE OBJECT 1, 2 OWNER TO r

-- error 20: syntax error at or near "$1"
ALTER LARGE OBJECT $1 OWNER TO r

-- error 22: syntax error at or near "RENAME"
ALTER LARGE OBJECT 1 RENAME TO b

-- error 32: syntax error at or near ","
ALTER LARGE OBJECT 1 OWNER TO r, s

-- error 31: syntax error at or near "'r'"
ALTER LARGE OBJECT 1 OWNER TO 'r'

-- error 20: syntax error at or near "("
ALTER LARGE OBJECT (1) OWNER TO r

-- error 13: syntax error at or near "1"
ALTER LARGE 1 OWNER TO r
