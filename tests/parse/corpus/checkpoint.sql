-- ok
CHECKPOINT

-- ok
checkpoint

-- ok
CHECKPOINT;

-- ok
CHECKPOINT; CHECKPOINT

-- ok
/* c */ CHECKPOINT -- d

-- ok
CheckPoint

-- ok
CHECKPOINT -- x

-- ok
CHECKPOINT;;

-- ok
;CHECKPOINT

-- ok
CHECKPOINT/* (FAST) */

-- ok
/**/CHECKPOINT

-- ok
-- x

-- ok
CHECKPOINT; SELECT 1

-- ok
BEGIN; CHECKPOINT; END

-- ok
cHECKPOINT ; CHECKPOINT ;

-- ok
SELECT checkpoint

-- ok
CHECKPOINT -- and
  -- nothing else

-- error 12: syntax error at or near "("
CHECKPOINT (MODE FAST)

-- error 12: syntax error at or near "("
CHECKPOINT (MODE SPREAD)

-- error 12: syntax error at or near "("
CHECKPOINT (FLUSH_UNLOGGED)

-- error 12: syntax error at or near "("
CHECKPOINT (FLUSH_UNLOGGED true)

-- error 12: syntax error at or near "("
CHECKPOINT (MODE fast, FLUSH_UNLOGGED off)

-- error 12: syntax error at or near "("
CHECKPOINT (x 1)

-- error 12: syntax error at or near "("
CHECKPOINT (a 'b')

-- error 12: syntax error at or near "("
CHECKPOINT (a -1)

-- error 12: syntax error at or near "("
CHECKPOINT ("B" c)

-- error 12: syntax error at or near "("
CHECKPOINT ()

-- error 12: syntax error at or near "("
CHECKPOINT (x, y)

-- error 12: syntax error at or near "NOW"
CHECKPOINT NOW

-- error 12: syntax error at or near "1"
CHECKPOINT 1

-- error 12: syntax error at or near "'x'"
CHECKPOINT 'x'

-- error 12: syntax error at or near "FAST"
CHECKPOINT FAST

-- error 12: syntax error at or near "ALL"
CHECKPOINT ALL

-- error 12: syntax error at or near "t"
CHECKPOINT t

-- error 12: syntax error at or near "WITH"
CHECKPOINT WITH x

-- error 13: syntax error at or near ","
CHECKPOINT ;,

-- error 12: syntax error at or near "CHECKPOINT"
CHECKPOINT CHECKPOINT

-- error 12: syntax error at or near "MODE"
CHECKPOINT MODE FAST

-- error 12: syntax error at or near "="
CHECKPOINT = 1

-- error 12: syntax error at or near "*"
CHECKPOINT *
