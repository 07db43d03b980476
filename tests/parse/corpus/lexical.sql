-- ok
select/**/a/**/from/**/t

-- ok
SELECT a,b,c,*FROM t

-- ok
SELECT-1,+1,~1,@1,!1

-- ok
SELECT a[1:2],a[:],b[$1:$2]

-- ok
SELECT f(a=>b,c:=d)

-- ok
SELECT a<>b,a!=b,a<=b,a>=b

-- ok
SELECT"a""b",'c''d'

-- ok
SELECT 1 AND 2,a AND-1,'a'AND'b'

-- ok
SELECT*FROM t WHERE a='x'AND b="y"OR c

-- ok
SELECT a.b .c. d

-- ok
SELECT a . b, f (1), g( * ), a [ 1 ]

-- ok
SELECT e'x', e "x", b'1', b "1", x'1', x "1", n'x', n "x", u&"x"

-- ok
SELECT E 'x'

-- ok
SELECT U& 'x'

-- ok
SELECT U &'x'

-- ok
SELECT u&x, e||x, b+x

-- ok
SELECT $$a$$,$b$c$b$

-- ok
SELECT a$b, a$1, a$$b

-- ok
SELECT a -1, a - 1, a-1, a- 1

-- ok
SELECT a--1

-- ok
SELECT 5 % 2, 5%-2, 5 !=-1

-- ok
SELECT a?b, a ?& b, a?|b, ?a

-- ok
SELECT a@>b,a<@b,a#>>b,a||b,a&&b,a->b,a->>b

-- ok
SELECT a|||b, a@@@b, a~~~b

-- ok
SELECT "a".*, "a"."b".*, ("a").*

-- ok
SELECT 1;SELECT 2;;

-- ok
SELECT (1)::int::text,(a).b.c,(a)[1]

-- ok
SELECT 0b1,0o7,0xf,0B0,0O0,0X0,00,0.0

-- ok
SELECT 1_0,1_0.0_1e1_0

-- ok
SELECT a #b

-- ok
SELECT #a

-- ok
SELECT a & & b

-- ok
SELECT 'a\', 'b'

-- ok
SELECT 'a\\', E'b\\'

-- ok
SELECT """", "a"""

-- ok
SELECT $a$ $b$ $a$

-- ok
SELECT $_$ x $_$

-- ok
SELECT a$b$c$b$

-- ok
SELECT 9999999999999999999999999999999999999999

-- ok
SELECT 0xffffffffffffffffffffffffffffffffffff

-- ok
SELECT $2147483647

-- ok
SELECT $0

-- ok
SELECT 08, 09

-- ok
SELECT 1
, 2

-- ok
SELECT1

-- ok
SELECT1

-- ok
SELECT 1 -- c, 2

-- ok
SELECT 'a''b'

-- ok
SELECT 'a'
 'b'

-- ok
SELECT 'a'
'b'

-- ok
SELECT 'tab	here'

-- ok
SELECT a	b	FROM	t

-- ok
SELECT E'a\
b'

-- ok
SELECT "a
b"

-- ok
SELECT ''

-- ok
SELECT '''', '''''', ''

-- ok
SELECT	1,
2

-- ok
WITH RECURSIVE c AS (SELECT 1) CYCLE a SET x TO f(1) 'x' DEFAULT int '2' USING p SELECT 1

-- ok
WITH RECURSIVE c AS (SELECT 1) CYCLE a SET x TO interval '1' day DEFAULT interval(3) '2' USING p SELECT 1

-- ok
WITH RECURSIVE c AS (SELECT 1) CYCLE a SET x TO B'1' DEFAULT X'2' USING p SELECT 1

-- ok
WITH RECURSIVE c AS (SELECT 1) CYCLE a SET x TO left 'x' DEFAULT json 'x' USING p SELECT 1

-- ok
SELECT a AND a AND

-- ok
SELECT a AND b AND FROM t

-- ok
SELECT a AND b AND c AND, d

-- ok
SELECT a OR b OR

-- ok
SELECT a OR b AND c OR

-- ok
SELECT a AND b OR FROM t

-- ok
SELECT a AND b AND c

-- ok
SELECT a IS NULL IS

-- ok
SELECT a IN (b) IN

-- ok
SELECT a AT TIME ZONE b AT

-- ok
SELECT a COLLATE b COLLATE

-- ok
SELECT a SIMILAR FROM t

-- ok
SELECT a OPERATOR(+) b OPERATOR

-- ok
SELECT a ISNULL ISNULL

-- ok
SELECT NOT a NOT

-- ok
SELECT f() OVER (ROWS BETWEEN NOT a PRECEDING AND 1 FOLLOWING)

-- ok
SELECT f() OVER (ROWS NOT a PRECEDING)

-- ok
SELECT f() OVER (ROWS NOT LIKE (a) PRECEDING)

-- ok
SELECT f() OVER (ROWS BETWEEN 1 PRECEDING AND NOT LIKE (a) FOLLOWING)

-- ok
SELECT f() OVER (ROWS BETWEEN 1 PRECEDING AND NOT a FOLLOWING)

-- ok
SELECT f(NOT LIKE (a)), NOT LIKE ('x')

-- ok
SELECT a BETWEEN b AND NOT LIKE (a)

-- ok
SELECT a = NOT LIKE (a)

-- ok
SELECT a AND NOT LIKE (a)

-- ok
SELECT - NOT LIKE (a)

-- ok
SELECT CASE NOT LIKE (a) WHEN NOT LIKE (b) THEN NOT LIKE (c) ELSE NOT LIKE (d) END

-- ok
SELECT (NOT LIKE (a))

-- ok
SELECT NOT LIKE (a) = b, NOT NOT LIKE (a), NOT LIKE (a) AND b

-- ok
SELECT NOT BETWEEN, NOT BETWEEN a

-- ok
SELECT 1 WHERE NOT LIKE (a)

-- ok
CREATE TABLE t (a int CHECK (NOT LIKE (a)))

-- ok
INSERT INTO t VALUES (NOT LIKE (a))

-- ok
SELECT 1 LIMIT NOT LIKE (a)

-- ok
SELECT 1 ORDER BY NOT LIKE (a)

-- ok
SELECT 1 OFFSET NOT LIKE (a)

-- ok
SELECT f(a => NOT LIKE (b), VARIADIC NOT LIKE (c))

-- ok
SELECT a[NOT LIKE (a) : NOT LIKE (b)]

-- ok
SELECT ARRAY[NOT LIKE (a)]

-- ok
SELECT SUBSTRING(NOT LIKE (a) FROM NOT LIKE (b))

-- error 10: syntax error at end of input
SELECT	1,

-- error 1: syntax error at or near "2"
2

-- error 18: trailing junk after parameter at or near "$1c_"
-- witness: ok
SELECT(1),'a'"b",$1c_ FROM t

-- error 11: syntax error at or near ".6"
SELECT 1.5.6

-- error 14: trailing junk after numeric literal at or near "5.e1_"
SELECT .5,5.,5.e1_

-- error 26: syntax error at or near ":"
SELECT a::int,b :: text,c: :d

-- error 9: syntax error at or near ":="
SELECT a:=b

-- error 9: syntax error at or near "=>"
SELECT a=>b

-- error 16: trailing junk after numeric literal at or near "2as"
SELECT 1 as"x",2as y

-- error 8: trailing junk after numeric literal at or near "1AND"
SELECT 1AND 2

-- error 23: trailing junk after numeric literal at or near "1AND"
SELECT*FROM t WHERE a=1AND b=2

-- error 10: syntax error at or near "$2"
SELECT $1$2

-- error 9: syntax error at or near "$1"
SELECT 1$1

-- error 13: zero-length delimited identifier at or near """"
SELECT a AS "",b

-- error 11: syntax error at end of input
SELECT `a`

-- error 10: syntax error at or near "\\"
SELECT a \ b

-- error 8: syntax error at or near "{"
SELECT {a}

-- error 11: syntax error at or near "}"
SELECT a; }

-- error 9: syntax error at or near ","
SELECT @, 1

-- error 8: unterminated quoted string at or near "E'\\'"
SELECT E'\'

-- error 8: syntax error at or near ","
SELECT , '', ''

-- error 8: unterminated quoted string at or near "'a''"
SELECT 'a''

-- error 8: unterminated dollar-quoted string at or near "$a$ $A$"
SELECT $a$ $A$

-- error 8: syntax error at or near "$"
SELECT $a b$ x $a b$

-- error 8: trailing junk after parameter at or near "$1a$"
-- witness: error 13: syntax error at or near "x"
SELECT $1a$ x $1a$

-- error 8: parameter number too large at or near "$2147483648"
SELECT $2147483648

-- error 8: trailing junk after numeric literal at or near "1.0e"
SELECT 1.0e, 1

-- error 8: trailing junk after numeric literal at or near "1e+"
SELECT 1e+

-- error 8: trailing junk after numeric literal at or near "1e5e5"
SELECT 1e5e5

-- error 9: syntax error at or near ".."
SELECT 1...2

-- error 8: syntax error at or near ".."
SELECT ...

-- error 10: syntax error at end of input
SELECT a.

-- error 11: syntax error at or near ".1"
SELECT (a).1

-- error 13: improper use of "*" at end of input
SELECT a.*.*

-- error 8: syntax error at or near "::"
SELECT ::int

-- error 9: syntax error at or near "a"
SELECT ;a

-- error 10: syntax error at or near ";"
SELECT a,;

-- error 8: trailing junk after numeric literal at or near "100000000000000000000000000000000000000x"
SELECT 100000000000000000000000000000000000000x

-- error 8: invalid binary integer at or near "0b"
SELECT 0b, 0x

-- error 8: trailing junk after numeric literal at or near "0b102"
SELECT 0b102

-- error 8: trailing junk after numeric literal at or near "0o8"
SELECT 0o8

-- error 12: syntax error at or near "'b'"
SELECT 'a''b'

-- error 7: syntax error at or near ""
SELECT 1

-- error 9: syntax error at or near ""
SELECT a

-- error 1: syntax error at or near "SELECT 1"
SELECT 1

-- error 8: trailing junk after numeric literal at or near "1 "
SELECT 1 , 2

-- error 8: syntax error at or near ""
SELECT 

-- error 31: syntax error at or near "NOT"
SELECT f() OVER (ROWS BETWEEN NOT LIKE 2 FOLLOWING AND 1 FOLLOWING)

-- error 1: syntax error at or near "WITHOUT"
WITHOUT U&"a" UESCAPE

-- error 1: syntax error at or near "WITHOUT"
WITHOUT U&"a" UESCAPE 'aa'

-- error 9: unterminated quoted identifier at or near "U&"a"
WITHOUT U&"a

-- error 9: zero-length delimited identifier at or near "U&"""
WITHOUT U&""

-- error 1: syntax error at or near "WITHOUT"
WITHOUT U&"\zz"

-- error 1: syntax error at or near "WITHOUT"
WITHOUT U&'\zz'

-- error 1: syntax error at or near "U&"c""
U&"c" U&'a' UESCAPE i,

-- error 7: unterminated quoted string at or near "U&'a"
U&"c" U&'a

-- error 1: syntax error at or near "U&"c""
U&"c" U&"\zz"

-- error 1: syntax error at or near "U&"c" UESCAPE '!'"
U&"c" UESCAPE '!' 1a

-- error 16: trailing junk after numeric literal at or near "1a"
SELECT U&"\zz" 1a

-- error 12: trailing junk after numeric literal at or near "1_0.0_1e1$_1a$x$_1a$"
SELECT 1_0,1_0.0_1e1$_1a$x$_1a$ _0

-- error 8: trailing junk after numeric literal at or near "1e1$a"
SELECT 1e1$a

-- error 12: syntax error at or near "$a$ x $a$"
SELECT 1e+1$a$ x $a$

-- error 8: trailing junk after numeric literal at or near "1.5e1$"
SELECT 1.5e1$

-- error 8: trailing junk after numeric literal at or near ".5e1$a"
SELECT .5e1$a

-- error 10: syntax error at or near "$"
SELECT 1.$a

-- error 11: syntax error at or near "$"
SELECT 1.5$a

-- error 9: syntax error at or near "$"
SELECT 1$a

-- error 8: trailing junk after numeric literal at or near "0x1F$a"
SELECT 0x1F$a

-- error 8: trailing junk after numeric literal at or near "0x1F_$"
SELECT 0x1F_$

-- error 8: trailing junk after numeric literal at or near "1_0$"
SELECT 1_0$

-- error 8: trailing junk after numeric literal at or near "1e$"
SELECT 1e$

-- error 8: trailing junk after numeric literal at or near "1e1_$"
SELECT 1e1_$

-- error 9: syntax error at or near ".."
SELECT 1..2e1$

-- error 62: syntax error at or near "CURRENT_DATE"
WITH RECURSIVE c AS (SELECT 1) CYCLE a SET x TO TRUE DEFAULT CURRENT_DATE USING p SELECT 1

-- error 49: syntax error at or near "-"
WITH RECURSIVE c AS (SELECT 1) CYCLE a SET x TO -1 DEFAULT 2 USING p SELECT 1

-- error 49: syntax error at or near "("
WITH RECURSIVE c AS (SELECT 1) CYCLE a SET x TO (1) DEFAULT 2 USING p SELECT 1

-- error 57: syntax error at or near "("
WITH RECURSIVE c AS (SELECT 1) CYCLE a SET x TO COALESCE(1) DEFAULT 2 USING p SELECT 1

-- error 54: syntax error at or near "DEFAULT"
WITH RECURSIVE c AS (SELECT 1) CYCLE a SET x TO f(1) DEFAULT 2 USING p SELECT 1

-- error 49: syntax error at or near "case"
WITH RECURSIVE c AS (SELECT 1) CYCLE a SET x TO case DEFAULT 2 USING p SELECT 1

-- error 52: syntax error at or near "("
WITH RECURSIVE c AS (SELECT 1) CYCLE a SET x TO row(1) DEFAULT 2 USING p SELECT 1

-- error 49: syntax error at or near "cast"
WITH RECURSIVE c AS (SELECT 1) CYCLE a SET x TO cast(1 as int) DEFAULT 2 USING p SELECT 1

-- error 53: syntax error at or near "DEFAULT"
WITH RECURSIVE c AS (SELECT 1) CYCLE a SET x TO a.b DEFAULT 2 USING p SELECT 1

-- error 55: syntax error at or near "("
WITH RECURSIVE c AS (SELECT 1) CYCLE a SET x TO exists(select 1) DEFAULT 2 USING p SELECT 1

-- error 50: syntax error at or near "::"
WITH RECURSIVE c AS (SELECT 1) CYCLE a SET x TO 1::int DEFAULT 2 USING p SELECT 1

-- error 49: syntax error at or near "array"
WITH RECURSIVE c AS (SELECT 1) CYCLE a SET x TO array[1] DEFAULT 2 USING p SELECT 1

-- error 19: syntax error at or near "FROM"
SELECT a OR b AND FROM t

-- error 29: syntax error at or near "IS"
SELECT a IS DISTINCT FROM b IS

-- error 26: syntax error at or near "BETWEEN"
SELECT a BETWEEN b AND c BETWEEN

-- error 23: syntax error at or near "SIMILAR"
SELECT a SIMILAR TO b SIMILAR FROM t

-- error 21: syntax error at or near "LIKE"
SELECT a NOT LIKE b LIKE

-- error 27: syntax error at or near "ILIKE"
SELECT a ILIKE b ESCAPE c ILIKE

-- error 31: syntax error at or near "NOT"
SELECT f() OVER (ROWS BETWEEN NOT LIKE (a) PRECEDING AND 1 FOLLOWING)

-- error 31: syntax error at or near "NOT"
SELECT f() OVER (ROWS BETWEEN NOT LIKE

-- error 57: syntax error at or near "NOT"
SELECT f() OVER (PARTITION BY NOT LIKE (a) ROWS BETWEEN NOT LIKE

-- error 33: syntax error at or near "NOT"
SELECT f() OVER (x ROWS BETWEEN NOT LIKE

-- error 42: syntax error at or near "NOT"
SELECT f() OVER (ORDER BY a ROWS BETWEEN NOT LIKE

-- error 44: syntax error at or near "NOT"
SELECT f() OVER (ORDER BY a GROUPS BETWEEN NOT LIKE

-- error 47: syntax error at end of input
SELECT f() OVER (ORDER BY a ROWS BETWEEN NOT a

-- error 37: syntax error at or near "NOT"
SELECT f() OVER (ORDER BY a BETWEEN NOT LIKE

-- error 18: syntax error at or near "NOT"
SELECT a BETWEEN NOT LIKE (a) AND c

-- error 17: syntax error at or near "IN"
SELECT a OR NOT IN (a)

-- error 52: syntax error at or near "("
SELECT NOT ILIKE (a), NOT SIMILAR (a), NOT BETWEEN (a)

-- error 31: syntax error at or near "NOT"
CREATE TABLE t (a int DEFAULT NOT LIKE (a))

-- error 8: trailing junk after numeric literal at or near "1_$"
SELECT 1_$

-- error 8: trailing junk after numeric literal at or near "1_0_0$a_"
SELECT 1_0_0$a_

-- error 8: trailing junk after numeric literal at or near "0b1_$"
SELECT 0b1_$

-- error 13: syntax error at or near "$"
SELECT 1_0.5$

-- error 8: trailing junk after numeric literal at or near "1.5_0$"
SELECT 1.5_0$

-- error 12: syntax error at or near "$"
SELECT 1_0.$

-- error 8: trailing junk after numeric literal at or near "1_0e5$"
SELECT 1_0e5$

-- error 8: trailing junk after numeric literal at or near "1_0e5_0$"
SELECT 1_0e5_0$

-- error 8: trailing junk after numeric literal at or near "1e5_0$"
SELECT 1e5_0$

-- error 10: syntax error at or near "$"
SELECT 10$

-- error 11: syntax error at or near ".."
SELECT 1_0..2_0$

-- error 8: trailing junk after numeric literal at or near "1.5_$"
SELECT 1.5_$

-- error 16: unterminated quoted string at or near "'abc"
SELECT U&"\zz" 'abc

-- error 16: trailing junk after numeric literal at or near "1a"
SELECT U&'\zz' 1a

-- error 11: invalid Unicode escape
-- hint: Unicode escapes must be \\XXXX or \\+XXXXXX.
SELECT U&'\zz' U&'\yy'

-- error 24: trailing junk after numeric literal at or near "1a"
SELECT U&"\zz" UESCAPE 1a

-- error 24: invalid Unicode escape character at or near "'a'"
SELECT U&"\zz" UESCAPE 'a' 1a

-- error 16: unterminated /* comment at or near "/*"
SELECT U&"\zz" /*

-- error 16: unterminated quoted identifier at or near """
SELECT U&"\zz" "

-- error 16: zero-length delimited identifier at or near """"
SELECT U&"\zz" ""
