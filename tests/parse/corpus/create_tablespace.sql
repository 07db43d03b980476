-- ok
CREATE TABLESPACE x LOCATION '/a'

-- ok
CREATE TABLESPACE "X" OWNER r LOCATION '' WITH (a = 1)

-- ok
CREATE TABLESPACE x OWNER CURRENT_USER LOCATION '/b' WITH (seq_page_cost = 1.5, random_page_cost = 2)

-- ok
CREATE TABLESPACE "X" OWNER SESSION_USER LOCATION '/a' WITH (a)

-- ok
CREATE TABLESPACE x OWNER CURRENT_ROLE LOCATION ''

-- ok
CREATE TABLESPACE t1 OWNER "R" LOCATION '/x y' WITH (a = none, b = -1)

-- ok
CREATE TABLESPACE t1 OWNER "R" LOCATION '/x y' WITH (c.d = 'e')

-- ok
CREATE TABLESPACE t1 OWNER "R" LOCATION '/x y'

-- ok
CREATE TABLESPACE t1 OWNER owner LOCATION '/x y' WITH (a = none, b = -1)

-- ok
CREATE TABLESPACE t1 OWNER owner LOCATION '/x y' WITH (c.d = 'e')

-- ok
CREATE TABLESPACE t1 OWNER owner LOCATION '/x y'

-- ok
CREATE TABLESPACE location OWNER "R" LOCATION '/x y' WITH (a = none, b = -1)

-- ok
CREATE TABLESPACE location OWNER "R" LOCATION '/x y' WITH (c.d = 'e')

-- ok
CREATE TABLESPACE location OWNER "R" LOCATION '/x y'

-- ok
CREATE TABLESPACE location OWNER owner LOCATION '/x y' WITH (a = none, b = -1)

-- ok
CREATE TABLESPACE location OWNER owner LOCATION '/x y' WITH (c.d = 'e')

-- ok
CREATE TABLESPACE location OWNER owner LOCATION '/x y'

-- error 18: syntax error at end of input
CREATE TABLESPACE

-- error 20: syntax error at end of input
CREATE TABLESPACE x

-- error 29: syntax error at end of input
CREATE TABLESPACE x LOCATION

-- error 30: syntax error at or near "/"
CREATE TABLESPACE x LOCATION /a

-- error 30: syntax error at or near "a"
CREATE TABLESPACE x LOCATION a

-- error 36: syntax error at or near "'a'"
CREATE TABLESPACE x OWNER LOCATION 'a'

-- error 28: syntax error at end of input
CREATE TABLESPACE x OWNER r

-- error 34: syntax error at or near "OWNER"
CREATE TABLESPACE x LOCATION 'a' OWNER r

-- error 38: syntax error at end of input
CREATE TABLESPACE x LOCATION 'a' WITH

-- error 40: syntax error at or near ")"
CREATE TABLESPACE x LOCATION 'a' WITH ()

-- error 21: syntax error at or near "WITH"
CREATE TABLESPACE x WITH (a) LOCATION 'b'

-- error 20: syntax error at or near "."
CREATE TABLESPACE a.b LOCATION 'c'

-- error 19: syntax error at or near "'x'"
CREATE TABLESPACE 'x' LOCATION 'a'

-- error 22: syntax error at or near "NOT"
CREATE TABLESPACE IF NOT EXISTS x LOCATION 'a'

-- error 27: syntax error at or near "="
CREATE TABLESPACE x OWNER = r LOCATION 'a'

-- error 30: syntax error at or near "="
CREATE TABLESPACE x LOCATION = 'a'

-- error 30: syntax error at or near "NULL"
CREATE TABLESPACE x LOCATION NULL
