-- ok
ALTER TRIGGER g ON t RENAME TO h

-- ok
ALTER TRIGGER g ON s.t RENAME TO h

-- ok
ALTER TRIGGER g ON d.s.t RENAME TO h

-- ok
ALTER TRIGGER "G" ON t RENAME TO h

-- ok
ALTER TRIGGER "G" ON s.t RENAME TO h

-- ok
ALTER TRIGGER "G" ON d.s.t RENAME TO h

-- ok
ALTER TRIGGER g ON t DEPENDS ON EXTENSION e

-- ok
ALTER TRIGGER g ON s.t NO DEPENDS ON EXTENSION e

-- ok
ALTER TRIGGER g ON "T" DEPENDS ON EXTENSION "E"

-- ok
ALTER TRIGGER trigger ON t RENAME TO after

-- ok
ALTER TRIGGER before ON t RENAME TO after

-- ok
ALTER TRIGGER row ON t RENAME TO after

-- ok
ALTER TRIGGER statement ON t RENAME TO after

-- ok
ALTER TRIGGER each ON a.b.c RENAME TO z

-- ok
ALTER TRIGGER instead ON a.b.c DEPENDS ON EXTENSION e2

-- ok
ALTER TRIGGER "x y" ON a.b.c NO DEPENDS ON EXTENSION "E 2"

-- ok
ALTER TRIGGER truncate ON a.b.c RENAME TO z

-- error 20: syntax error at or near "ONLY"
ALTER TRIGGER g ON ONLY t RENAME TO h

-- error 22: syntax error at or near "ONLY"
ALTER TRIGGER "G" ON ONLY t RENAME TO h

-- error 22: syntax error at or near "*"
ALTER TRIGGER g ON t * RENAME TO "H"

-- error 14: syntax error at end of input
ALTER TRIGGER

-- error 16: syntax error at end of input
ALTER TRIGGER g

-- error 19: syntax error at end of input
ALTER TRIGGER g ON

-- error 21: syntax error at end of input
ALTER TRIGGER g ON t

-- error 28: syntax error at end of input
ALTER TRIGGER g ON t RENAME

-- error 31: syntax error at end of input
ALTER TRIGGER g ON t RENAME TO

-- error 33: syntax error at or near "."
ALTER TRIGGER g ON t RENAME TO a.b

-- error 17: syntax error at or near "RENAME"
ALTER TRIGGER g RENAME TO h

-- error 16: syntax error at or near "."
ALTER TRIGGER a.b ON t RENAME TO c

-- error 15: syntax error at or near "'g'"
ALTER TRIGGER 'g' ON t RENAME TO h

-- error 22: syntax error at or near "ENABLE"
ALTER TRIGGER g ON t ENABLE

-- error 33: syntax error at or near "e"
ALTER TRIGGER g ON t DEPENDS ON e

-- error 33: syntax error at or near "EXTENSION"
ALTER TRIGGER g ON t NO DEPENDS EXTENSION e

-- error 18: syntax error at or near "EXISTS"
ALTER TRIGGER IF EXISTS g ON t RENAME TO h

-- error 22: syntax error at or near "SET"
ALTER TRIGGER g ON t SET SCHEMA s
