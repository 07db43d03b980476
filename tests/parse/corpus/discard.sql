-- ok
DISCARD ALL

-- ok
DISCARD PLANS

-- ok
DISCARD SEQUENCES

-- ok
DISCARD TEMP

-- ok
DISCARD TEMPORARY

-- ok
discard all

-- ok
Discard Plans

-- ok
DISCARD/**/TEMP

-- ok
DISCARD ALL;

-- ok
DISCARD ALL; DISCARD PLANS

-- ok
-- x

-- ok
DISCARD SEQUENCES -- c

-- ok
discard temporary;

-- ok
DISCARD TEMP; SELECT 1

-- ok
DISCARD SEQUENCES;;

-- ok
dIsCaRd sEqUeNcEs

-- error 8: syntax error at end of input
DISCARD

-- error 9: syntax error at or near "x"
DISCARD x

-- error 13: syntax error at or near "PLANS"
DISCARD ALL PLANS

-- error 12: syntax error at or near ","
DISCARD ALL, PLANS

-- error 9: syntax error at or near "'all'"
DISCARD 'all'

-- error 9: syntax error at or near "TABLES"
DISCARD TABLES

-- error 14: syntax error at or near "TABLES"
DISCARD TEMP TABLES

-- error 9: syntax error at or near "SEQUENCE"
DISCARD SEQUENCE

-- error 9: syntax error at or near "PLAN"
DISCARD PLAN

-- error 9: syntax error at or near "1"
DISCARD 1

-- error 9: syntax error at or near ""all""
DISCARD "all"

-- error 14: syntax error at or near "TEMPORARY"
DISCARD TEMP TEMPORARY

-- error 9: syntax error at or near "("
DISCARD (ALL)

-- error 9: syntax error at or near "SESSION"
DISCARD SESSION
