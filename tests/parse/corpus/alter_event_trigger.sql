-- ok
ALTER EVENT TRIGGER e DISABLE

-- ok
ALTER EVENT TRIGGER e ENABLE

-- ok
ALTER EVENT TRIGGER e ENABLE REPLICA

-- ok
ALTER EVENT TRIGGER e ENABLE ALWAYS

-- ok
ALTER EVENT TRIGGER e OWNER TO r

-- ok
ALTER EVENT TRIGGER e OWNER TO CURRENT_USER

-- ok
ALTER EVENT TRIGGER e RENAME TO f

-- ok
ALTER EVENT TRIGGER "E" DISABLE

-- ok
ALTER EVENT TRIGGER "E" ENABLE

-- ok
ALTER EVENT TRIGGER "E" ENABLE REPLICA

-- ok
ALTER EVENT TRIGGER "E" ENABLE ALWAYS

-- ok
ALTER EVENT TRIGGER "E" OWNER TO r

-- ok
ALTER EVENT TRIGGER "E" OWNER TO CURRENT_USER

-- ok
ALTER EVENT TRIGGER "E" RENAME TO f

-- ok
ALTER EVENT TRIGGER trigger DISABLE

-- ok
ALTER EVENT TRIGGER trigger ENABLE

-- ok
ALTER EVENT TRIGGER trigger ENABLE REPLICA

-- ok
ALTER EVENT TRIGGER trigger ENABLE ALWAYS

-- ok
ALTER EVENT TRIGGER trigger OWNER TO r

-- ok
ALTER EVENT TRIGGER trigger OWNER TO CURRENT_USER

-- ok
ALTER EVENT TRIGGER trigger RENAME TO f

-- error 20: syntax error at end of input
ALTER EVENT TRIGGER

-- error 22: syntax error at end of input
ALTER EVENT TRIGGER e

-- error 30: syntax error at or near "TRIGGER"
ALTER EVENT TRIGGER e ENABLE TRIGGER

-- error 31: syntax error at or near "REPLICA"
ALTER EVENT TRIGGER e DISABLE REPLICA

-- error 31: syntax error at or near "ALWAYS"
ALTER EVENT TRIGGER e DISABLE ALWAYS

-- error 28: syntax error at end of input
ALTER EVENT TRIGGER e OWNER

-- error 31: syntax error at end of input
ALTER EVENT TRIGGER e OWNER TO

-- error 29: syntax error at end of input
ALTER EVENT TRIGGER e RENAME

-- error 34: syntax error at or near "."
ALTER EVENT TRIGGER e RENAME TO a.b

-- error 22: syntax error at or near "."
ALTER EVENT TRIGGER a.b ENABLE

-- error 21: syntax error at or near "'e'"
ALTER EVENT TRIGGER 'e' ENABLE

-- error 29: syntax error at or near ","
ALTER EVENT TRIGGER e ENABLE, DISABLE

-- error 23: syntax error at or near "SET"
ALTER EVENT TRIGGER e SET SCHEMA s

-- error 24: syntax error at or near "EXISTS"
ALTER EVENT TRIGGER IF EXISTS e ENABLE

-- error 23: syntax error at or near "ON"
ALTER EVENT TRIGGER e ON sql_drop
