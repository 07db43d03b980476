-- ok
ALTER TABLESPACE x RENAME TO y

-- ok
ALTER TABLESPACE x OWNER TO r

-- ok
ALTER TABLESPACE x OWNER TO CURRENT_USER

-- ok
ALTER TABLESPACE x SET (seq_page_cost = 1)

-- ok
ALTER TABLESPACE x SET (a = 1.5, b = -2, c)

-- ok
ALTER TABLESPACE x RESET (a)

-- ok
ALTER TABLESPACE x RESET (a, b)

-- ok
ALTER TABLESPACE x SET (a.b = 'c')

-- ok
ALTER TABLESPACE x RENAME TO "Y"

-- ok
ALTER TABLESPACE x SET ("A" = on)

-- ok
ALTER TABLESPACE x RESET (a = 1)

-- ok
ALTER TABLESPACE "X" RENAME TO z

-- ok
ALTER TABLESPACE "X" SET (a = none)

-- ok
ALTER TABLESPACE "X" RESET (q)

-- ok
ALTER TABLESPACE "X" OWNER TO SESSION_USER

-- ok
ALTER TABLESPACE pg_default RENAME TO z

-- ok
ALTER TABLESPACE pg_default SET (a = none)

-- ok
ALTER TABLESPACE pg_default RESET (q)

-- ok
ALTER TABLESPACE pg_default OWNER TO SESSION_USER

-- error 17: syntax error at end of input
ALTER TABLESPACE

-- error 19: syntax error at end of input
ALTER TABLESPACE x

-- error 26: syntax error at end of input
ALTER TABLESPACE x RENAME

-- error 29: syntax error at end of input
ALTER TABLESPACE x RENAME TO

-- error 31: syntax error at or near "."
ALTER TABLESPACE x RENAME TO a.b

-- error 25: syntax error at end of input
ALTER TABLESPACE x OWNER

-- error 26: syntax error at or near "r"
ALTER TABLESPACE x OWNER r

-- error 23: syntax error at end of input
ALTER TABLESPACE x SET

-- error 25: syntax error at or near ")"
ALTER TABLESPACE x SET ()

-- error 24: syntax error at or near "a"
ALTER TABLESPACE x SET a = 1

-- error 28: syntax error at or near ")"
ALTER TABLESPACE x SET (a =)

-- error 25: syntax error at end of input
ALTER TABLESPACE x RESET

-- error 27: syntax error at or near ")"
ALTER TABLESPACE x RESET ()

-- error 19: syntax error at or near "."
ALTER TABLESPACE a.b SET (c)

-- error 18: syntax error at or near "'x'"
ALTER TABLESPACE 'x' SET (c)

-- error 21: syntax error at or near "EXISTS"
ALTER TABLESPACE IF EXISTS x SET (a)

-- error 25: syntax error at or near "1"
ALTER TABLESPACE x SET (1)

-- error 20: syntax error at or near "LOCATION"
ALTER TABLESPACE x LOCATION 'y'
