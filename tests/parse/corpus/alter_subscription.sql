-- ok
ALTER SUBSCRIPTION s CONNECTION 'c'

-- ok
ALTER SUBSCRIPTION s SET PUBLICATION p

-- ok
ALTER SUBSCRIPTION s SET PUBLICATION p, q

-- ok
ALTER SUBSCRIPTION s SET PUBLICATION p WITH (copy_data = false)

-- ok
ALTER SUBSCRIPTION s ADD PUBLICATION p

-- ok
ALTER SUBSCRIPTION s ADD PUBLICATION p, q WITH (refresh)

-- ok
ALTER SUBSCRIPTION s DROP PUBLICATION p

-- ok
ALTER SUBSCRIPTION s DROP PUBLICATION p WITH (refresh = true)

-- ok
ALTER SUBSCRIPTION s REFRESH PUBLICATION

-- ok
ALTER SUBSCRIPTION s REFRESH PUBLICATION WITH (copy_data = off)

-- ok
ALTER SUBSCRIPTION s ENABLE

-- ok
ALTER SUBSCRIPTION s DISABLE

-- ok
ALTER SUBSCRIPTION s SET (slot_name = NONE)

-- ok
ALTER SUBSCRIPTION s SET (a = 'b', c)

-- ok
ALTER SUBSCRIPTION s SKIP (lsn = '0/0')

-- ok
ALTER SUBSCRIPTION s SKIP (lsn = NONE)

-- ok
ALTER SUBSCRIPTION s SKIP (x)

-- ok
ALTER SUBSCRIPTION s OWNER TO r

-- ok
ALTER SUBSCRIPTION s RENAME TO t

-- ok
ALTER SUBSCRIPTION s OWNER TO CURRENT_ROLE

-- error 19: syntax error at end of input
ALTER SUBSCRIPTION

-- error 21: syntax error at end of input
ALTER SUBSCRIPTION s

-- error 32: syntax error at end of input
ALTER SUBSCRIPTION s CONNECTION

-- error 33: syntax error at or near "c"
ALTER SUBSCRIPTION s CONNECTION c

-- error 25: syntax error at end of input
ALTER SUBSCRIPTION s SET

-- error 27: syntax error at or near ")"
ALTER SUBSCRIPTION s SET ()

-- error 37: syntax error at end of input
ALTER SUBSCRIPTION s SET PUBLICATION

-- error 38: syntax error at or near "'p'"
ALTER SUBSCRIPTION s SET PUBLICATION 'p'

-- error 39: syntax error at or near "."
ALTER SUBSCRIPTION s SET PUBLICATION a.b

-- error 25: syntax error at end of input
ALTER SUBSCRIPTION s ADD

-- error 26: syntax error at or near "p"
ALTER SUBSCRIPTION s ADD p

-- error 29: syntax error at end of input
ALTER SUBSCRIPTION s REFRESH

-- error 42: syntax error at or near "p"
ALTER SUBSCRIPTION s REFRESH PUBLICATION p

-- error 46: syntax error at end of input
ALTER SUBSCRIPTION s REFRESH PUBLICATION WITH

-- error 29: syntax error at or near "DISABLE"
ALTER SUBSCRIPTION s ENABLE DISABLE

-- error 26: syntax error at end of input
ALTER SUBSCRIPTION s SKIP

-- error 28: syntax error at or near ")"
ALTER SUBSCRIPTION s SKIP ()

-- error 27: syntax error at or near "lsn"
ALTER SUBSCRIPTION s SKIP lsn

-- error 28: syntax error at or near "r"
ALTER SUBSCRIPTION s OWNER r

-- error 33: syntax error at or near "."
ALTER SUBSCRIPTION s RENAME TO a.b

-- error 21: syntax error at or near "."
ALTER SUBSCRIPTION a.b ENABLE

-- error 23: syntax error at or near "EXISTS"
ALTER SUBSCRIPTION IF EXISTS s ENABLE

-- error 28: syntax error at or near ","
ALTER SUBSCRIPTION s ENABLE, SET (a)
