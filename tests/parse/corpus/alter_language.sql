-- ok
ALTER LANGUAGE l RENAME TO m

-- ok
ALTER LANGUAGE l OWNER TO r

-- ok
ALTER LANGUAGE l OWNER TO CURRENT_USER

-- ok
ALTER LANGUAGE "L" RENAME TO m

-- ok
ALTER LANGUAGE "L" OWNER TO r

-- ok
ALTER LANGUAGE "L" OWNER TO CURRENT_USER

-- ok
ALTER LANGUAGE sql RENAME TO m

-- ok
ALTER LANGUAGE sql OWNER TO r

-- ok
ALTER LANGUAGE sql OWNER TO CURRENT_USER

-- ok
ALTER PROCEDURAL LANGUAGE l RENAME TO m

-- ok
ALTER PROCEDURAL LANGUAGE l OWNER TO r

-- ok
ALTER PROCEDURAL LANGUAGE l OWNER TO CURRENT_USER

-- ok
ALTER PROCEDURAL LANGUAGE "L" RENAME TO m

-- ok
ALTER PROCEDURAL LANGUAGE "L" OWNER TO r

-- ok
ALTER PROCEDURAL LANGUAGE "L" OWNER TO CURRENT_USER

-- ok
ALTER PROCEDURAL LANGUAGE sql RENAME TO m

-- ok
ALTER PROCEDURAL LANGUAGE sql OWNER TO r

-- ok
ALTER PROCEDURAL LANGUAGE sql OWNER TO CURRENT_USER

-- error 15: syntax error at end of input
ALTER LANGUAGE

-- error 17: syntax error at end of input
ALTER LANGUAGE l

-- error 24: syntax error at end of input
ALTER LANGUAGE l RENAME

-- error 27: syntax error at end of input
ALTER LANGUAGE l RENAME TO

-- error 29: syntax error at or near "."
ALTER LANGUAGE l RENAME TO a.b

-- error 23: syntax error at end of input
ALTER LANGUAGE l OWNER

-- error 26: syntax error at end of input
ALTER LANGUAGE l OWNER TO

-- error 17: syntax error at or near "."
ALTER LANGUAGE a.b RENAME TO c

-- error 16: syntax error at or near "'l'"
ALTER LANGUAGE 'l' RENAME TO m

-- error 18: syntax error at or near "SET"
ALTER LANGUAGE l SET SCHEMA s

-- error 18: syntax error at or near "HANDLER"
ALTER LANGUAGE l HANDLER h

-- error 19: syntax error at or near "EXISTS"
ALTER LANGUAGE IF EXISTS l RENAME TO m

-- error 24: syntax error at or near "l"
ALTER LANGUAGE TRUSTED l OWNER TO r
