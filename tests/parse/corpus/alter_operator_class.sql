-- ok
ALTER OPERATOR CLASS c USING m RENAME TO d

-- ok
ALTER OPERATOR CLASS c USING m OWNER TO r

-- ok
ALTER OPERATOR CLASS c USING m SET SCHEMA s

-- ok
ALTER OPERATOR CLASS c USING "M" RENAME TO d

-- ok
ALTER OPERATOR CLASS c USING "M" OWNER TO r

-- ok
ALTER OPERATOR CLASS c USING "M" SET SCHEMA s

-- ok
ALTER OPERATOR CLASS s.c USING m RENAME TO d

-- ok
ALTER OPERATOR CLASS s.c USING m OWNER TO r

-- ok
ALTER OPERATOR CLASS s.c USING m SET SCHEMA s

-- ok
ALTER OPERATOR CLASS s.c USING "M" RENAME TO d

-- ok
ALTER OPERATOR CLASS s.c USING "M" OWNER TO r

-- ok
ALTER OPERATOR CLASS s.c USING "M" SET SCHEMA s

-- ok
ALTER OPERATOR CLASS "C" USING m RENAME TO d

-- ok
ALTER OPERATOR CLASS "C" USING m OWNER TO r

-- ok
ALTER OPERATOR CLASS "C" USING m SET SCHEMA s

-- ok
ALTER OPERATOR CLASS "C" USING "M" RENAME TO d

-- ok
ALTER OPERATOR CLASS "C" USING "M" OWNER TO r

-- ok
ALTER OPERATOR CLASS "C" USING "M" SET SCHEMA s

-- error 21: syntax error at end of input
ALTER OPERATOR CLASS

-- error 23: syntax error at end of input
ALTER OPERATOR CLASS c

-- error 29: syntax error at end of input
ALTER OPERATOR CLASS c USING

-- error 31: syntax error at end of input
ALTER OPERATOR CLASS c USING m

-- error 24: syntax error at or near "RENAME"
ALTER OPERATOR CLASS c RENAME TO d

-- error 38: syntax error at end of input
ALTER OPERATOR CLASS c USING m RENAME

-- error 43: syntax error at or near "."
ALTER OPERATOR CLASS c USING m RENAME TO a.b

-- error 37: syntax error at end of input
ALTER OPERATOR CLASS c USING m OWNER

-- error 35: syntax error at end of input
ALTER OPERATOR CLASS c USING m SET

-- error 44: syntax error at or near "."
ALTER OPERATOR CLASS c USING m SET SCHEMA a.b

-- error 30: syntax error at or near "'m'"
ALTER OPERATOR CLASS c USING 'm' OWNER TO r

-- error 31: syntax error at or near "."
ALTER OPERATOR CLASS c USING a.b OWNER TO r

-- error 32: syntax error at or near "ADD"
ALTER OPERATOR CLASS c USING m ADD OPERATOR 1 +

-- error 32: syntax error at or near "DROP"
ALTER OPERATOR CLASS c USING m DROP x
