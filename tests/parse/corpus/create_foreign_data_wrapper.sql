-- ok
CREATE FOREIGN DATA WRAPPER w

-- ok
CREATE FOREIGN DATA WRAPPER "W" HANDLER h

-- ok
CREATE FOREIGN DATA WRAPPER w NO HANDLER

-- ok
CREATE FOREIGN DATA WRAPPER "W" VALIDATOR v

-- ok
CREATE FOREIGN DATA WRAPPER w NO VALIDATOR

-- ok
CREATE FOREIGN DATA WRAPPER "W" HANDLER s.h VALIDATOR s.v

-- ok
CREATE FOREIGN DATA WRAPPER w NO HANDLER NO VALIDATOR

-- ok
CREATE FOREIGN DATA WRAPPER "W" OPTIONS (a 'b')

-- ok
CREATE FOREIGN DATA WRAPPER w OPTIONS (a 'b', "C" 'd')

-- ok
CREATE FOREIGN DATA WRAPPER "W" HANDLER h VALIDATOR v OPTIONS (a '')

-- ok
CREATE FOREIGN DATA WRAPPER w VALIDATOR v HANDLER h

-- ok
CREATE FOREIGN DATA WRAPPER "W" NO HANDLER OPTIONS (a 'b')

-- ok
CREATE FOREIGN DATA WRAPPER w HANDLER a HANDLER b

-- ok
CREATE FOREIGN DATA WRAPPER "W" OPTIONS (handler 'x', options 'y')

-- ok
CREATE FOREIGN DATA WRAPPER w NO VALIDATOR HANDLER h OPTIONS (no 'x')

-- error 28: syntax error at end of input
CREATE FOREIGN DATA WRAPPER

-- error 30: syntax error at or near "."
CREATE FOREIGN DATA WRAPPER a.b

-- error 29: syntax error at or near "'w'"
CREATE FOREIGN DATA WRAPPER 'w'

-- error 38: syntax error at end of input
CREATE FOREIGN DATA WRAPPER w HANDLER

-- error 39: syntax error at or near "'h'"
CREATE FOREIGN DATA WRAPPER w HANDLER 'h'

-- error 33: syntax error at end of input
CREATE FOREIGN DATA WRAPPER w NO

-- error 38: syntax error at end of input
CREATE FOREIGN DATA WRAPPER w OPTIONS

-- error 40: syntax error at or near ")"
CREATE FOREIGN DATA WRAPPER w OPTIONS ()

-- error 41: syntax error at or near ")"
CREATE FOREIGN DATA WRAPPER w OPTIONS (a)

-- error 42: syntax error at or near "b"
CREATE FOREIGN DATA WRAPPER w OPTIONS (a b)

-- error 44: syntax error at or near "a"
CREATE FOREIGN DATA WRAPPER w OPTIONS (SET a 'b')

-- error 44: syntax error at or near "a"
CREATE FOREIGN DATA WRAPPER w OPTIONS (ADD a 'b')

-- error 47: syntax error at or near "HANDLER"
CREATE FOREIGN DATA WRAPPER w OPTIONS (a 'b') HANDLER h

-- error 42: syntax error at or near "="
CREATE FOREIGN DATA WRAPPER w OPTIONS (a = 'b')

-- error 32: syntax error at or near "NOT"
CREATE FOREIGN DATA WRAPPER IF NOT EXISTS w

-- error 40: syntax error at or near "("
CREATE FOREIGN DATA WRAPPER w HANDLER h()

-- error 42: syntax error at or near "1"
CREATE FOREIGN DATA WRAPPER w OPTIONS (a 1)
