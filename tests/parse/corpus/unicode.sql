-- ok
SELECT 'é', "é", é FROM ñ

-- ok
SELECT 'Ω≈ç√∫', '日本語', '🙂' AS 🙂

-- ok
SELECT é.ü, ß.* FROM É, Ü

-- ok
SELECT '‘’', '–'

-- ok
SELECT U&'\00e9', U&'\+01F600', E'\u00e9\U0001F600'

-- ok
SELECT É, é, "É" FROM t WHERE ÀÉ = àé

-- ok
SELECT a FROM  t

-- ok
SELECT $ñ$ x $ñ$, 'ﬀ', 'a‍b'

-- ok
INSERT INTO таблица (столбец) VALUES ('значение')

-- ok
CREATE TABLE 表 (列 int, "列 2" text DEFAULT '値')

-- ok
SELECT 1 AS été, 2 "où", 3 naïve

-- ok
COMMENT ON TABLE naïve IS 'ça va'

-- ok
SELECT 'é' -- é

-- ok
/* é */ SELECT /* 日本 */ 1

-- ok
NOTIFY é, 'ü'

-- ok
SET é = 'ü'

-- ok
SELECT ﻿a

-- error 12: syntax error at or near "é"
SELECT é é é

-- error 12: syntax error at or near "'ü'"
SELECT 'é' 'ü'

-- error 17: syntax error at or near "FROM"
SELECT 'é', 1 + FROM t

-- error 14: syntax error at or near ")"
SELECT '🙂🙂', ) FROM t

-- error 14: syntax error at or near "日本"
SELECT 日本 日本 日本

-- error 8: unterminated quoted identifier at or near ""é"
SELECT "é

-- error 8: unterminated quoted string at or near "'é"
SELECT 'é

-- error 1: unterminated /* comment at or near "/* é"
/* é

-- error 18: invalid Unicode escape
-- hint: Unicode escapes must be \\XXXX or \\+XXXXXX.
SELECT 'é' || U&'\00'

-- error 17 22025: invalid Unicode escape
-- hint: Unicode escapes must be \\uXXXX or \\UXXXXXXXX.
SELECT 'é' || E'\u00'

-- error 0 22021: invalid byte sequence for encoding "UTF8": 0xff
SELECT 'é' || E'\xff'

-- error 8: trailing junk after numeric literal at or near "1é"
SELECT 1é

-- error 8: trailing junk after parameter at or near "$1é"
-- witness: ok
SELECT $1é

-- error 8: trailing junk after numeric literal at or near "0xé"
SELECT 0xé

-- error 31: syntax error at or near "é"
SELECT é FROM é WHERE é = 'é' é

-- error 14: syntax error at or near "*"
SELECT 'é' + * /

-- error 23: syntax error at or near "ü"
CREATE TABLE é (é int ü)

-- error 16: syntax error at or near ","
SELECT €€ €€ , , €

-- error 30: syntax error at or near ")"
INSERT INTO ñ VALUES ('ñ', ñ,)
