-- ok
ALTER FOREIGN DATA WRAPPER w HANDLER h

-- ok
ALTER FOREIGN DATA WRAPPER w NO HANDLER

-- ok
ALTER FOREIGN DATA WRAPPER w VALIDATOR v

-- ok
ALTER FOREIGN DATA WRAPPER w NO VALIDATOR

-- ok
ALTER FOREIGN DATA WRAPPER w HANDLER s.h VALIDATOR s.v

-- ok
ALTER FOREIGN DATA WRAPPER w NO HANDLER NO VALIDATOR

-- ok
ALTER FOREIGN DATA WRAPPER w OPTIONS (a 'b')

-- ok
ALTER FOREIGN DATA WRAPPER w OPTIONS (ADD a 'b', SET c 'd', DROP e)

-- ok
ALTER FOREIGN DATA WRAPPER w HANDLER h OPTIONS (SET "A" 'b')

-- ok
ALTER FOREIGN DATA WRAPPER w OWNER TO r

-- ok
ALTER FOREIGN DATA WRAPPER w OWNER TO CURRENT_ROLE

-- ok
ALTER FOREIGN DATA WRAPPER w RENAME TO x

-- ok
ALTER FOREIGN DATA WRAPPER w VALIDATOR v NO HANDLER OPTIONS (DROP a)

-- ok
ALTER FOREIGN DATA WRAPPER w OPTIONS (add 'x')

-- ok
ALTER FOREIGN DATA WRAPPER w OPTIONS (set 'x', drop 'y')

-- ok
ALTER FOREIGN DATA WRAPPER w HANDLER a HANDLER b

-- error 27: syntax error at end of input
ALTER FOREIGN DATA WRAPPER

-- error 29: syntax error at end of input
ALTER FOREIGN DATA WRAPPER w

-- error 37: syntax error at end of input
ALTER FOREIGN DATA WRAPPER w HANDLER

-- error 32: syntax error at end of input
ALTER FOREIGN DATA WRAPPER w NO

-- error 40: syntax error at or near "'v'"
ALTER FOREIGN DATA WRAPPER w VALIDATOR 'v'

-- error 37: syntax error at end of input
ALTER FOREIGN DATA WRAPPER w OPTIONS

-- error 39: syntax error at or near ")"
ALTER FOREIGN DATA WRAPPER w OPTIONS ()

-- error 40: syntax error at or near ")"
ALTER FOREIGN DATA WRAPPER w OPTIONS (a)

-- error 41: syntax error at or near "b"
ALTER FOREIGN DATA WRAPPER w OPTIONS (a b)

-- error 46: syntax error at or near "'b'"
ALTER FOREIGN DATA WRAPPER w OPTIONS (DROP a 'b')

-- error 44: syntax error at or near ")"
ALTER FOREIGN DATA WRAPPER w OPTIONS (SET a)

-- error 41: syntax error at or near "="
ALTER FOREIGN DATA WRAPPER w OPTIONS (a = 'b')

-- error 46: syntax error at or near "HANDLER"
ALTER FOREIGN DATA WRAPPER w OPTIONS (a 'b') HANDLER h

-- error 36: syntax error at or near "r"
ALTER FOREIGN DATA WRAPPER w OWNER r

-- error 41: syntax error at or near "."
ALTER FOREIGN DATA WRAPPER w RENAME TO a.b

-- error 29: syntax error at or near "."
ALTER FOREIGN DATA WRAPPER a.b NO HANDLER

-- error 30: syntax error at or near "SET"
ALTER FOREIGN DATA WRAPPER w SET SCHEMA s

-- error 33: syntax error at or near "OPTIONS"
ALTER FOREIGN DATA WRAPPER w NO OPTIONS

-- error 47: syntax error at or near ")"
ALTER FOREIGN DATA WRAPPER w OPTIONS (a $$b$$,)
