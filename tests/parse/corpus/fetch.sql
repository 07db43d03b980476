-- ok
FETCH c

-- ok
FETCH NEXT c

-- ok
FETCH PRIOR c

-- ok
FETCH FIRST c

-- ok
FETCH LAST c

-- ok
FETCH ABSOLUTE 1 c

-- ok
FETCH ABSOLUTE -1 c

-- ok
FETCH RELATIVE 5 c

-- ok
FETCH RELATIVE -5 c

-- ok
FETCH RELATIVE 0 c

-- ok
FETCH 5 c

-- ok
FETCH -5 c

-- ok
FETCH +5 c

-- ok
FETCH ALL c

-- ok
FETCH FORWARD c

-- ok
FETCH FORWARD 5 c

-- ok
FETCH FORWARD -5 c

-- ok
FETCH FORWARD ALL c

-- ok
FETCH BACKWARD c

-- ok
FETCH BACKWARD 5 c

-- ok
FETCH BACKWARD ALL c

-- ok
FETCH FROM c

-- ok
FETCH IN c

-- ok
FETCH NEXT FROM c

-- ok
FETCH PRIOR IN c

-- ok
FETCH FIRST FROM c

-- ok
FETCH LAST IN c

-- ok
FETCH ABSOLUTE 1 FROM c

-- ok
FETCH RELATIVE 1 IN c

-- ok
FETCH 5 FROM c

-- ok
FETCH ALL IN c

-- ok
FETCH FORWARD FROM c

-- ok
FETCH FORWARD 5 IN c

-- ok
FETCH FORWARD ALL FROM c

-- ok
FETCH BACKWARD IN c

-- ok
FETCH BACKWARD 5 FROM c

-- ok
FETCH BACKWARD ALL IN c

-- ok
FETCH "C"

-- ok
FETCH next

-- ok
FETCH FROM next

-- ok
FETCH 1_000 c

-- ok
FETCH 0x1F c

-- ok
FETCH absolute

-- ok
FETCH FORWARD FORWARD

-- error 6: syntax error at end of input
FETCH

-- error 8: syntax error at end of input
FETCH 5

-- error 16: syntax error at or near "c"
FETCH ABSOLUTE c d

-- error 16: syntax error at or near "x"
FETCH ABSOLUTE x c

-- error 7: syntax error at or near "5.5"
FETCH 5.5 c

-- error 7: syntax error at or near "99999999999"
FETCH 99999999999 c

-- error 7: syntax error at or near "'c'"
FETCH 'c'

-- error 11: syntax error at end of input
FETCH FROM

-- error 12: syntax error at or near "IN"
FETCH FROM IN c

-- error 18: syntax error at or near "c"
FETCH NEXT PRIOR c

-- error 9: syntax error at or near "d"
FETCH c d

-- error 8: syntax error at or near ","
FETCH c, d

-- error 17: syntax error at or near "c"
FETCH FORWARD x c

-- error 11: syntax error at or near "ALL"
FETCH ALL ALL c

-- error 8: syntax error at or near "."
FETCH a.b

-- error 13: syntax error at or near "5"
FETCH FIRST 5 c

-- error 9: syntax error at or near "c"
FETCH - c

-- error 17: syntax error at or near "ALL"
FETCH FORWARD 5 ALL c

-- error 7: syntax error at or near "$1"
FETCH $1 c

-- error 9: syntax error at or near "+"
FETCH 5 + 1 c

-- error 9: syntax error at or near "INTO"
FETCH c INTO x

-- error 7: syntax error at or near "("
FETCH (5) c
