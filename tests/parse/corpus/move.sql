-- ok
MOVE c

-- ok
MOVE NEXT c

-- ok
MOVE PRIOR c

-- ok
MOVE FIRST c

-- ok
MOVE LAST c

-- ok
MOVE ABSOLUTE 1 c

-- ok
MOVE ABSOLUTE -1 c

-- ok
MOVE RELATIVE 5 c

-- ok
MOVE 5 c

-- ok
MOVE -5 c

-- ok
MOVE ALL c

-- ok
MOVE FORWARD c

-- ok
MOVE FORWARD 5 c

-- ok
MOVE FORWARD ALL c

-- ok
MOVE BACKWARD c

-- ok
MOVE BACKWARD 5 c

-- ok
MOVE BACKWARD ALL c

-- ok
MOVE FROM c

-- ok
MOVE IN c

-- ok
MOVE NEXT FROM c

-- ok
MOVE 5 IN c

-- ok
MOVE ALL FROM c

-- ok
MOVE BACKWARD ALL IN c

-- ok
MOVE "C"

-- error 5: syntax error at end of input
MOVE

-- error 7: syntax error at end of input
MOVE 5

-- error 15: syntax error at or near "x"
MOVE ABSOLUTE x c

-- error 6: syntax error at or near "5.5"
MOVE 5.5 c

-- error 6: syntax error at or near "'c'"
MOVE 'c'

-- error 10: syntax error at end of input
MOVE FROM

-- error 17: syntax error at or near "c"
MOVE NEXT PRIOR c

-- error 8: syntax error at or near "d"
MOVE c d

-- error 7: syntax error at or near ","
MOVE c, d

-- error 16: syntax error at or near "c"
MOVE FORWARD x c

-- error 10: syntax error at or near "ALL"
MOVE ALL ALL c

-- error 7: syntax error at or near "."
MOVE a.b

-- error 12: syntax error at or near "5"
MOVE FIRST 5 c

-- error 8: syntax error at or near "TO"
MOVE c TO d
