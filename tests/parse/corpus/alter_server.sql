-- ok
ALTER SERVER v VERSION '1'

-- ok
ALTER SERVER v VERSION NULL

-- ok
ALTER SERVER v OPTIONS (a 'b')

-- ok
ALTER SERVER v VERSION '1' OPTIONS (SET a 'b')

-- ok
ALTER SERVER v OPTIONS (ADD a 'b', SET c 'd', DROP e)

-- ok
ALTER SERVER v OWNER TO r

-- ok
ALTER SERVER v OWNER TO CURRENT_USER

-- ok
ALTER SERVER v RENAME TO w

-- ok
ALTER SERVER v VERSION '' OPTIONS (DROP x)

-- ok
ALTER SERVER "V" VERSION '2'

-- ok
ALTER SERVER "V" OPTIONS (x '')

-- ok
ALTER SERVER "V" OWNER TO SESSION_USER

-- ok
ALTER SERVER "V" RENAME TO "W"

-- ok
ALTER SERVER s2 VERSION '2'

-- ok
ALTER SERVER s2 OPTIONS (x '')

-- ok
ALTER SERVER s2 OWNER TO SESSION_USER

-- ok
ALTER SERVER s2 RENAME TO "W"

-- error 13: syntax error at end of input
ALTER SERVER

-- error 15: syntax error at end of input
ALTER SERVER v

-- error 23: syntax error at end of input
ALTER SERVER v VERSION

-- error 24: syntax error at or near "1"
ALTER SERVER v VERSION 1

-- error 24: syntax error at or near "x"
ALTER SERVER v VERSION x

-- error 23: syntax error at end of input
ALTER SERVER v OPTIONS

-- error 25: syntax error at or near ")"
ALTER SERVER v OPTIONS ()

-- error 26: syntax error at or near ")"
ALTER SERVER v OPTIONS (a)

-- error 32: syntax error at or near "VERSION"
ALTER SERVER v OPTIONS (a 'b') VERSION '1'

-- error 29: syntax error at or near ")"
ALTER SERVER v OPTIONS (DROP)

-- error 21: syntax error at end of input
ALTER SERVER v OWNER

-- error 22: syntax error at or near "r"
ALTER SERVER v OWNER r

-- error 22: syntax error at end of input
ALTER SERVER v RENAME

-- error 27: syntax error at or near "."
ALTER SERVER v RENAME TO a.b

-- error 15: syntax error at or near "."
ALTER SERVER a.b VERSION '1'

-- error 16: syntax error at or near "TYPE"
ALTER SERVER v TYPE 'x'

-- error 17: syntax error at or near "EXISTS"
ALTER SERVER IF EXISTS v VERSION '1'

-- error 16: syntax error at or near "SET"
ALTER SERVER v SET SCHEMA s
