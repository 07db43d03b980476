-- ok
ALTER INDEX i RENAME TO j

-- ok
ALTER INDEX s.i SET TABLESPACE x

-- ok
ALTER INDEX i SET (fillfactor = 70)

-- ok
ALTER INDEX s.i SET (a, b = 'c')

-- ok
ALTER INDEX IF EXISTS i RESET (a)

-- ok
ALTER INDEX IF EXISTS s.i RESET (a, b)

-- ok
ALTER INDEX i ALTER 1 SET STATISTICS 5

-- ok
ALTER INDEX s.i ALTER COLUMN 2 SET STATISTICS -1

-- ok
ALTER INDEX IF EXISTS i ALTER COLUMN a SET STATISTICS DEFAULT

-- ok
ALTER INDEX IF EXISTS s.i OWNER TO r

-- ok
ALTER INDEX i CLUSTER ON x

-- ok
ALTER INDEX s.i SET LOGGED

-- ok
ALTER INDEX i NO DEPENDS ON EXTENSION e

-- ok
ALTER INDEX i ATTACH PARTITION s.j

-- ok
ALTER INDEX i RENAME TO "J"

-- ok
ALTER INDEX i DEPENDS ON EXTENSION "E"

-- ok
ALTER INDEX i ADD a int

-- ok
ALTER INDEX ALL IN TABLESPACE x SET TABLESPACE y

-- ok
ALTER INDEX ALL IN TABLESPACE x OWNED BY r SET TABLESPACE y

-- ok
ALTER INDEX ALL IN TABLESPACE x OWNED BY r, s SET TABLESPACE y NOWAIT

-- ok
ALTER INDEX ALL IN TABLESPACE x SET TABLESPACE y NOWAIT

-- error 25: syntax error at or near "ATTACH"
ALTER INDEX IF EXISTS i ATTACH PARTITION j

-- error 27: syntax error at or near "DEPENDS"
ALTER INDEX IF EXISTS s.i DEPENDS ON EXTENSION e

-- error 12: syntax error at end of input
ALTER INDEX

-- error 14: syntax error at end of input
ALTER INDEX i

-- error 21: syntax error at end of input
ALTER INDEX i RENAME

-- error 26: syntax error at or near "."
ALTER INDEX i RENAME TO a.b

-- error 22: syntax error at or near "a"
ALTER INDEX i RENAME a TO b

-- error 18: syntax error at end of input
ALTER INDEX i SET

-- error 20: syntax error at or near ")"
ALTER INDEX i SET ()

-- error 29: syntax error at end of input
ALTER INDEX i SET TABLESPACE

-- error 20: syntax error at end of input
ALTER INDEX i RESET

-- error 22: syntax error at or near ")"
ALTER INDEX i RESET ()

-- error 21: syntax error at end of input
ALTER INDEX i ATTACH

-- error 31: syntax error at end of input
ALTER INDEX i ATTACH PARTITION

-- error 15: syntax error at or near "DETACH"
ALTER INDEX i DETACH PARTITION j

-- error 26: syntax error at or near "e"
ALTER INDEX i DEPENDS ON e

-- error 25: syntax error at end of input
ALTER INDEX i NO DEPENDS

-- error 25: syntax error at or near "DEPENDS"
ALTER INDEX IF EXISTS i DEPENDS ON EXTENSION e

-- error 37: syntax error at end of input
ALTER INDEX i ALTER 1 SET STATISTICS

-- error 19: syntax error at or near "SCHEMA"
ALTER INDEX i SET SCHEMA s

-- error 13: syntax error at or near "ONLY"
ALTER INDEX ONLY i RENAME TO j

-- error 32: syntax error at end of input
ALTER INDEX ALL IN TABLESPACE x

-- error 34: syntax error at or near "DEFAULT"
ALTER INDEX i ATTACH PARTITION j DEFAULT

-- error 13: syntax error at or near "CONCURRENTLY"
ALTER INDEX CONCURRENTLY i RENAME TO j
