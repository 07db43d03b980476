-- ok
CREATE SERVER v FOREIGN DATA WRAPPER w

-- ok
CREATE SERVER IF NOT EXISTS v TYPE 't' FOREIGN DATA WRAPPER "W" OPTIONS (a 'b')

-- ok
CREATE SERVER "V" VERSION '1' FOREIGN DATA WRAPPER w OPTIONS (a 'b', "C" 'd')

-- ok
CREATE SERVER v VERSION NULL FOREIGN DATA WRAPPER "W"

-- ok
CREATE SERVER IF NOT EXISTS v TYPE 't' VERSION '1' FOREIGN DATA WRAPPER w OPTIONS (a 'b')

-- ok
CREATE SERVER s1 TYPE '' FOREIGN DATA WRAPPER w OPTIONS (host 'h', port '5')

-- ok
CREATE SERVER s1 TYPE '' FOREIGN DATA WRAPPER w

-- ok
CREATE SERVER s1 TYPE '' FOREIGN DATA WRAPPER wrapper OPTIONS (host 'h', port '5')

-- ok
CREATE SERVER s1 TYPE '' FOREIGN DATA WRAPPER wrapper

-- ok
CREATE SERVER s1 TYPE 'x' VERSION NULL FOREIGN DATA WRAPPER w OPTIONS (host 'h', port '5')

-- ok
CREATE SERVER s1 TYPE 'x' VERSION NULL FOREIGN DATA WRAPPER w

-- ok
CREATE SERVER s1 TYPE 'x' VERSION NULL FOREIGN DATA WRAPPER wrapper OPTIONS (host 'h', port '5')

-- ok
CREATE SERVER s1 TYPE 'x' VERSION NULL FOREIGN DATA WRAPPER wrapper

-- ok
CREATE SERVER s1 FOREIGN DATA WRAPPER w OPTIONS (host 'h', port '5')

-- ok
CREATE SERVER s1 FOREIGN DATA WRAPPER w

-- ok
CREATE SERVER s1 FOREIGN DATA WRAPPER wrapper OPTIONS (host 'h', port '5')

-- ok
CREATE SERVER s1 FOREIGN DATA WRAPPER wrapper

-- ok
CREATE SERVER server TYPE '' FOREIGN DATA WRAPPER w OPTIONS (host 'h', port '5')

-- ok
CREATE SERVER server TYPE '' FOREIGN DATA WRAPPER w

-- ok
CREATE SERVER server TYPE '' FOREIGN DATA WRAPPER wrapper OPTIONS (host 'h', port '5')

-- ok
CREATE SERVER server TYPE '' FOREIGN DATA WRAPPER wrapper

-- ok
CREATE SERVER server TYPE 'x' VERSION NULL FOREIGN DATA WRAPPER w OPTIONS (host 'h', port '5')

-- ok
CREATE SERVER server TYPE 'x' VERSION NULL FOREIGN DATA WRAPPER w

-- ok
CREATE SERVER server TYPE 'x' VERSION NULL FOREIGN DATA WRAPPER wrapper OPTIONS (host 'h', port '5')

-- ok
CREATE SERVER server TYPE 'x' VERSION NULL FOREIGN DATA WRAPPER wrapper

-- ok
CREATE SERVER server FOREIGN DATA WRAPPER w OPTIONS (host 'h', port '5')

-- ok
CREATE SERVER server FOREIGN DATA WRAPPER w

-- ok
CREATE SERVER server FOREIGN DATA WRAPPER wrapper OPTIONS (host 'h', port '5')

-- ok
CREATE SERVER server FOREIGN DATA WRAPPER wrapper

-- error 14: syntax error at end of input
CREATE SERVER

-- error 16: syntax error at end of input
CREATE SERVER v

-- error 24: syntax error at end of input
CREATE SERVER v FOREIGN

-- error 37: syntax error at end of input
CREATE SERVER v FOREIGN DATA WRAPPER

-- error 22: syntax error at or near "FOREIGN"
CREATE SERVER v TYPE FOREIGN DATA WRAPPER w

-- error 22: syntax error at or near "t"
CREATE SERVER v TYPE t FOREIGN DATA WRAPPER w

-- error 25: syntax error at or near "FOREIGN"
CREATE SERVER v VERSION FOREIGN DATA WRAPPER w

-- error 25: syntax error at or near "1"
CREATE SERVER v VERSION 1 FOREIGN DATA WRAPPER w

-- error 29: syntax error at or near "TYPE"
CREATE SERVER v VERSION '1' TYPE 't' FOREIGN DATA WRAPPER w

-- error 47: syntax error at end of input
CREATE SERVER v FOREIGN DATA WRAPPER w OPTIONS

-- error 49: syntax error at or near ")"
CREATE SERVER v FOREIGN DATA WRAPPER w OPTIONS ()

-- error 50: syntax error at or near ")"
CREATE SERVER v FOREIGN DATA WRAPPER w OPTIONS (a)

-- error 53: syntax error at or near "a"
CREATE SERVER v FOREIGN DATA WRAPPER w OPTIONS (ADD a 'b')

-- error 16: syntax error at or near "."
CREATE SERVER a.b FOREIGN DATA WRAPPER w

-- error 17: syntax error at or near "WRAPPER"
CREATE SERVER v WRAPPER w

-- error 22: syntax error at or near "NULL"
CREATE SERVER v TYPE NULL FOREIGN DATA WRAPPER w

-- error 17: syntax error at or near "OPTIONS"
CREATE SERVER v OPTIONS (a 'b') FOREIGN DATA WRAPPER w
