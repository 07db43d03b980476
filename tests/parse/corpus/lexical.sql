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
