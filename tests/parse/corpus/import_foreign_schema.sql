-- ok
IMPORT FOREIGN SCHEMA s FROM SERVER v INTO s

-- ok
IMPORT FOREIGN SCHEMA "S" LIMIT TO (t) FROM SERVER "V" INTO "S" OPTIONS (a 'b')

-- ok
IMPORT FOREIGN SCHEMA s LIMIT TO (t, u) FROM SERVER v INTO s OPTIONS (a 'b', c 'd')

-- ok
IMPORT FOREIGN SCHEMA "S" LIMIT TO (s.t) FROM SERVER "V" INTO "S"

-- ok
IMPORT FOREIGN SCHEMA s EXCEPT (t) FROM SERVER v INTO s OPTIONS (a 'b')

-- ok
IMPORT FOREIGN SCHEMA "S" EXCEPT (t, "U") FROM SERVER "V" INTO "S" OPTIONS (a 'b', c 'd')

-- ok
IMPORT FOREIGN SCHEMA s LIMIT TO (ONLY t, u *) FROM SERVER v INTO s

-- ok
IMPORT FOREIGN SCHEMA public FROM SERVER server INTO t

-- ok
IMPORT FOREIGN SCHEMA public FROM SERVER s1 INTO t

-- ok
IMPORT FOREIGN SCHEMA public EXCEPT (a.b) FROM SERVER server INTO t

-- ok
IMPORT FOREIGN SCHEMA public EXCEPT (a.b) FROM SERVER s1 INTO t

-- ok
IMPORT FOREIGN SCHEMA public LIMIT TO (x) FROM SERVER server INTO t

-- ok
IMPORT FOREIGN SCHEMA public LIMIT TO (x) FROM SERVER s1 INTO t

-- ok
IMPORT FOREIGN SCHEMA schema FROM SERVER server INTO t

-- ok
IMPORT FOREIGN SCHEMA schema FROM SERVER s1 INTO t

-- ok
IMPORT FOREIGN SCHEMA schema EXCEPT (a.b) FROM SERVER server INTO t

-- ok
IMPORT FOREIGN SCHEMA schema EXCEPT (a.b) FROM SERVER s1 INTO t

-- ok
IMPORT FOREIGN SCHEMA schema LIMIT TO (x) FROM SERVER server INTO t

-- ok
IMPORT FOREIGN SCHEMA schema LIMIT TO (x) FROM SERVER s1 INTO t

-- error 22: syntax error at end of input
IMPORT FOREIGN SCHEMA

-- error 24: syntax error at end of input
IMPORT FOREIGN SCHEMA s

-- error 29: syntax error at end of input
IMPORT FOREIGN SCHEMA s FROM

-- error 38: syntax error at end of input
IMPORT FOREIGN SCHEMA s FROM SERVER v

-- error 30: syntax error at or near "v"
IMPORT FOREIGN SCHEMA s FROM v INTO t

-- error 25: syntax error at or near "INTO"
IMPORT FOREIGN SCHEMA s INTO t FROM SERVER v

-- error 31: syntax error at or near "("
IMPORT FOREIGN SCHEMA s LIMIT (t) FROM SERVER v INTO w

-- error 35: syntax error at or near ")"
IMPORT FOREIGN SCHEMA s LIMIT TO () FROM SERVER v INTO w

-- error 32: syntax error at or near "t"
IMPORT FOREIGN SCHEMA s EXCEPT t FROM SERVER v INTO w

-- error 33: syntax error at or near ")"
IMPORT FOREIGN SCHEMA s EXCEPT () FROM SERVER v INTO w

-- error 45: syntax error at or near "."
IMPORT FOREIGN SCHEMA s FROM SERVER v INTO a.b

-- error 53: syntax error at end of input
IMPORT FOREIGN SCHEMA s FROM SERVER v INTO w OPTIONS

-- error 55: syntax error at or near ")"
IMPORT FOREIGN SCHEMA s FROM SERVER v INTO w OPTIONS ()

-- error 56: syntax error at or near ")"
IMPORT FOREIGN SCHEMA s FROM SERVER v INTO w OPTIONS (a)

-- error 24: syntax error at or near "."
IMPORT FOREIGN SCHEMA a.b FROM SERVER v INTO w

-- error 23: syntax error at or near "'s'"
IMPORT FOREIGN SCHEMA 's' FROM SERVER v INTO w

-- error 38: syntax error at or near "EXCEPT"
IMPORT FOREIGN SCHEMA s LIMIT TO (t) EXCEPT (u) FROM SERVER v INTO w

-- error 8: syntax error at or near "SCHEMA"
IMPORT SCHEMA s FROM SERVER v INTO w
