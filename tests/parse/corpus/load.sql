-- ok
LOAD 'x'

-- ok
LOAD ''

-- ok
LOAD '$libdir/x'

-- ok
LOAD $$x$$

-- ok
LOAD E'x'

-- ok
LOAD U&'x'

-- ok
LOAD '/a/b.so'

-- ok
LOAD 'it''s'

-- ok
LOAD 'é'

-- ok
LOAD $t$a$t$

-- ok
LOAD 'a b'

-- ok
LOAD 'x';

-- ok
LOAD e'\x41'

-- ok
LOAD '1'

-- ok
load 'x'

-- ok
LOAD/**/'x'

-- ok
LOAD 'x' -- y

-- ok
LOAD 'a'
  'b'

-- error 6: syntax error at or near "N"
LOAD N'x'

-- error 5: syntax error at end of input
LOAD

-- error 6: syntax error at or near "x"
LOAD x

-- error 6: syntax error at or near ""x""
LOAD "x"

-- error 6: syntax error at or near "1"
LOAD 1

-- error 10: syntax error at or near "'y'"
LOAD 'x' 'y'

-- error 9: syntax error at or near ","
LOAD 'x', 'y'

-- error 6: syntax error at or near "$1"
LOAD $1

-- error 6: syntax error at or near "NULL"
LOAD NULL

-- error 6: syntax error at or near "("
LOAD ('x')

-- error 6: syntax error at or near "LIBRARY"
LOAD LIBRARY 'x'

-- error 10: syntax error at or near "AS"
LOAD 'x' AS y

-- error 6: syntax error at or near "B'1'"
LOAD B'1'
