-- ok
select E'a\'b'

-- ok
SELECT 'plain', 'it''s', ''

-- ok
SELECT E'tab\tnl\n\r\b\f\\ \' '' \101 \x41 \u0041 \U0001F600 \q'

-- ok
SELECT e'lower\x4'

-- ok
SELECT E'\uD83D\uDE00'

-- ok
SELECT U&'d\0061t\+000061 \\ plain'

-- ok
SELECT U&'d!0061t!+000061' UESCAPE '!'

-- ok
SELECT u&'\D83D\DE00'

-- ok
SELECT U&"d\0061t\+000061" FROM t

-- ok
SELECT U&"d*0061ta" UESCAPE '*' FROM U&"\0074"

-- ok
SELECT U&'a'   UESCAPE	'#'

-- ok
SELECT U&'no uescape' uescape_col

-- ok
SELECT 'one'

-- ok
SELECT 'one'
  'two'
	'three'

-- ok
SELECT E'one\n'
  'two\n'

-- ok
-- witness: error 29: syntax error at or near "'two'"
SELECT 'one' -- a comment
  'two'

-- ok
SELECT U&'\0061'
  '\0062' UESCAPE '\'

-- ok
SELECT 'line
break'

-- ok
SELECT $$dollar 'quoted' $ text$$

-- ok
SELECT $tag$ inner $$ and $other$ here $tag$

-- ok
SELECT $é$ unicode tag $é$

-- ok
SELECT $_1a$x$_1a$

-- ok
SELECT $body$
several
lines
$body$

-- ok
SELECT $x$ $X$ $x$

-- ok
SELECT B'0101', b'1', B''

-- ok
SELECT X'1FfA', x'0', X''

-- ok
SELECT B'01'
'10'

-- ok
SELECT X'0f'
 'F0'

-- ok
SELECT B'012'

-- ok
SELECT X'0G'

-- ok
SELECT N'national', n'lower'

-- ok
SELECT 0

-- ok
SELECT 7

-- ok
SELECT 42

-- ok
SELECT 2147483647

-- ok
SELECT 2147483648

-- ok
SELECT -2147483648

-- ok
SELECT 9223372036854775807

-- ok
SELECT 9223372036854775808

-- ok
SELECT 00012

-- ok
SELECT 1_000

-- ok
SELECT 1_2_3

-- ok
SELECT 0x1F

-- ok
SELECT 0XfF

-- ok
SELECT 0o17

-- ok
SELECT 0O7

-- ok
SELECT 0b101

-- ok
SELECT 0B1

-- ok
SELECT 0x7fffffff

-- ok
SELECT 0x80000000

-- ok
SELECT 0xffffffffffffffffffff

-- ok
SELECT 0x_1F

-- ok
SELECT 0o_7

-- ok
SELECT 0b_1

-- ok
SELECT 0x1_F

-- ok
SELECT 0b1_0_1

-- ok
SELECT 0o1_7

-- ok
SELECT 1.5

-- ok
SELECT 1.

-- ok
SELECT .5

-- ok
SELECT 0.0

-- ok
SELECT 1e10

-- ok
SELECT 1E10

-- ok
SELECT 1.e5

-- ok
SELECT .5e-3

-- ok
SELECT 1e+3

-- ok
SELECT 1_0.0_1

-- ok
SELECT 1.5E-1_0

-- ok
SELECT 123456789012345678901234567890

-- ok
SELECT 1e400

-- ok
SELECT -1

-- ok
SELECT +1

-- ok
SELECT - 1

-- ok
SELECT - -1

-- ok
SELECT -1.5

-- ok
SELECT + .5

-- ok
SELECT -0x10

-- ok
SELECT - - - 1

-- ok
SELECT TRUE

-- ok
SELECT FALSE

-- ok
SELECT NULL

-- ok
SELECT true, False, nUll

-- ok
SELECT $1, $2, $65535

-- ok
SELECT $1::int, $1.f, ($1).f, $1[1]

-- ok
SELECT DATE '2020-01-01'

-- ok
SELECT TIMESTAMP 'now'

-- ok
SELECT TIMESTAMP WITH TIME ZONE 'now'

-- ok
SELECT TIMESTAMP WITHOUT TIME ZONE 'now'

-- ok
SELECT TIMESTAMP(3) 'now'

-- ok
SELECT TIMESTAMP(3) WITH TIME ZONE 'now'

-- ok
SELECT TIME '10:00'

-- ok
SELECT TIME(2) '10:00'

-- ok
SELECT TIME WITH TIME ZONE '10:00'

-- ok
SELECT TIME (0) WITHOUT TIME ZONE '1:1'

-- ok
SELECT INTERVAL '1'

-- ok
SELECT INTERVAL '1' YEAR

-- ok
SELECT INTERVAL '1' MONTH

-- ok
SELECT INTERVAL '1' DAY

-- ok
SELECT INTERVAL '1' HOUR

-- ok
SELECT INTERVAL '1' MINUTE

-- ok
SELECT INTERVAL '1' SECOND

-- ok
SELECT INTERVAL '1' YEAR TO MONTH

-- ok
SELECT INTERVAL '1' DAY TO HOUR

-- ok
SELECT INTERVAL '1' DAY TO MINUTE

-- ok
SELECT INTERVAL '1' DAY TO SECOND

-- ok
SELECT INTERVAL '1' HOUR TO MINUTE

-- ok
SELECT INTERVAL '1' HOUR TO SECOND

-- ok
SELECT INTERVAL '1' MINUTE TO SECOND

-- ok
SELECT INTERVAL '1' SECOND(3)

-- ok
SELECT INTERVAL '1' DAY TO SECOND(2)

-- ok
SELECT INTERVAL '1' HOUR TO SECOND (1)

-- ok
SELECT INTERVAL '1' MINUTE TO SECOND(0)

-- ok
SELECT INTERVAL(3) '1.5'

-- ok
SELECT int 'v'

-- ok
SELECT integer 'v'

-- ok
SELECT int4 'v'

-- ok
SELECT smallint 'v'

-- ok
SELECT bigint 'v'

-- ok
SELECT real 'v'

-- ok
SELECT float 'v'

-- ok
SELECT double precision 'v'

-- ok
SELECT decimal 'v'

-- ok
SELECT numeric 'v'

-- ok
SELECT dec 'v'

-- ok
SELECT boolean 'v'

-- ok
SELECT bit 'v'

-- ok
SELECT bit varying 'v'

-- ok
SELECT char 'v'

-- ok
SELECT character 'v'

-- ok
SELECT varchar 'v'

-- ok
SELECT character varying 'v'

-- ok
SELECT nchar 'v'

-- ok
SELECT national character 'v'

-- ok
SELECT json 'v'

-- ok
SELECT text 'v'

-- ok
SELECT bytea 'v'

-- ok
SELECT uuid 'v'

-- ok
SELECT public.mytype 'v'

-- ok
SELECT "My Type" 'v'

-- ok
SELECT float(10) 'v'

-- ok
SELECT numeric(5,2) 'v'

-- ok
SELECT decimal(5) 'v'

-- ok
SELECT bit(3) 'v'

-- ok
SELECT varchar(9) 'v'

-- ok
SELECT char(4) 'v'

-- ok
SELECT bit varying(6) 'v'

-- ok
SELECT national character varying(7) 'v'

-- ok
SELECT nchar varying(3) 'v'

-- ok
SELECT mytype(1,2) 'v'

-- ok
SELECT a.b.c 'x', f(1, 2) 'y'

-- ok
SELECT f('a') E'esc\n'

-- ok
SELECT 'a'::text, CAST('a' AS text), text 'a'

-- ok
SELECT 1 a, 1.5 b, 0x1 c

-- ok
SELECT 1;SELECT'a'

-- ok
SELECT 'é€😀', 'ß' AS ü

-- ok
SELECT NULL::int[], NULL IS NULL

-- ok
SELECT E'\xc3\xa9'

-- ok
SELECT 'é' || E'\n
€' || 'x'

-- ok
SELECT INTERVAL '1' MILLENNIUM

-- ok
SELECT double 'x'

-- ok
SELECT b'a\\\\', x'\\z', B'', X''

-- error 10 22025: invalid Unicode escape
-- hint: Unicode escapes must be \\uXXXX or \\UXXXXXXXX.
select E'\u00zz'

-- error 22: invalid Unicode escape character at or near "'"'"
SELECT U&'x' UESCAPE '"'

-- error 14: syntax error at or near "'b'"
SELECT $$a$$ 'b'

-- error 8: trailing junk after numeric literal at or near "1AS"
SELECT 1AS

-- error 8: trailing junk after numeric literal at or near "1a"
SELECT 1a

-- error 11: syntax error at or near ".3"
SELECT 1.2.3

-- error 9: syntax error at or near ".."
SELECT 1..2

-- error 11: syntax error at or near ".."
SELECT a[1..2]

-- error 8: trailing junk after numeric literal at or near "1.e"
SELECT 1.e

-- error 8: trailing junk after numeric literal at or near "1_"
SELECT 1_

-- error 8: trailing junk after numeric literal at or near "1__0"
SELECT 1__0

-- error 8: invalid hexadecimal integer at or near "0x"
SELECT 0x

-- error 8: trailing junk after numeric literal at or near "0xG"
SELECT 0xG

-- error 8: trailing junk after numeric literal at or near "0b2"
SELECT 0b2

-- error 8: trailing junk after numeric literal at or near "0o8"
SELECT 0o8

-- error 8: invalid octal integer at or near "0o"
SELECT 0o

-- error 8: invalid binary integer at or near "0b"
SELECT 0b

-- error 8: invalid hexadecimal integer at or near "0x_"
SELECT 0x_

-- error 8: trailing junk after numeric literal at or near "1e"
SELECT 1e

-- error 8: trailing junk after numeric literal at or near "1e+"
SELECT 1e+

-- error 8: trailing junk after numeric literal at or near "1.5e-"
SELECT 1.5e-

-- error 8: trailing junk after numeric literal at or near "123abc"
SELECT 123abc

-- error 8: trailing junk after numeric literal at or near "1.5x"
SELECT 1.5x

-- error 8: trailing junk after numeric literal at or near "0x1g"
SELECT 0x1g

-- error 8: trailing junk after numeric literal at or near "1_000_"
SELECT 1_000_

-- error 8: trailing junk after numeric literal at or near "1._5"
SELECT 1._5

-- error 8: trailing junk after numeric literal at or near ".5_"
SELECT .5_

-- error 8: trailing junk after numeric literal at or near "1_e5"
SELECT 1_e5

-- error 8: trailing junk after numeric literal at or near "1e_5"
SELECT 1e_5

-- error 8: trailing junk after numeric literal at or near "0b12"
SELECT 0b12

-- error 8: trailing junk after numeric literal at or near "0o78"
SELECT 0o78

-- error 8: trailing junk after numeric literal at or near "0b1_"
SELECT 0b1_

-- error 8: trailing junk after numeric literal at or near "0x1__1"
SELECT 0x1__1

-- error 8: trailing junk after numeric literal at or near "1.2abc"
SELECT 1.2abc

-- error 8: trailing junk after numeric literal at or near "1e5x"
SELECT 1e5x

-- error 8: trailing junk after parameter at or near "$1a"
-- witness: ok
SELECT $1a

-- error 8: parameter number too large at or near "$99999999999"
SELECT $99999999999

-- error 8: trailing junk after parameter at or near "$0x1"
-- witness: ok
SELECT $0x1

-- error 8: trailing junk after parameter at or near "$1_0"
-- witness: ok
SELECT $1_0

-- error 8: unterminated quoted string at or near "'unterminated"
SELECT 'unterminated

-- error 8: unterminated quoted identifier at or near ""unterminated"
SELECT "unterminated

-- error 8: zero-length delimited identifier at or near """"
SELECT ""

-- error 8: zero-length delimited identifier at or near "U&"""
SELECT U&""

-- error 8: unterminated dollar-quoted string at or near "$$unterminated"
SELECT $$unterminated

-- error 8: unterminated dollar-quoted string at or near "$a$ wrong tag $b$"
SELECT $a$ wrong tag $b$

-- error 8: unterminated bit string literal at or near "B'01"
SELECT B'01

-- error 8: unterminated hexadecimal string literal at or near "X'0F"
SELECT X'0F

-- error 8: unterminated quoted string at or near "E'open\\'"
SELECT E'open\'

-- error 10 22025: invalid Unicode escape
-- hint: Unicode escapes must be \\uXXXX or \\UXXXXXXXX.
SELECT E'\u12'

-- error 10 22025: invalid Unicode escape
-- hint: Unicode escapes must be \\uXXXX or \\UXXXXXXXX.
SELECT E'\U0012'

-- error 10: invalid Unicode escape value at or near "\\UFFFFFFFF"
SELECT E'\UFFFFFFFF'

-- error 16: invalid Unicode surrogate pair at or near "'"
SELECT E'\uD800'

-- error 16: invalid Unicode surrogate pair at or near "x"
SELECT E'\uD800x'

-- error 10: invalid Unicode surrogate pair at or near "\\uDC00"
SELECT E'\uDC00'

-- error 16: invalid Unicode surrogate pair at or near "\\u0041"
SELECT E'\uD800\u0041'

-- error 0 22021: invalid byte sequence for encoding "UTF8": 0x00
SELECT E'\x00'

-- error 0 22021: invalid byte sequence for encoding "UTF8": 0x00
SELECT E'\000'

-- error 10: invalid Unicode escape value at or near "\\u0000"
SELECT E'\u0000'

-- error 0 22021: invalid byte sequence for encoding "UTF8": 0xff
SELECT E'\xff'

-- error 0 22021: invalid byte sequence for encoding "UTF8": 0xc3
SELECT E'\xc3'

-- error 11: invalid Unicode escape
-- hint: Unicode escapes must be \\XXXX or \\+XXXXXX.
SELECT U&'\00'

-- error 11: invalid Unicode escape
-- hint: Unicode escapes must be \\XXXX or \\+XXXXXX.
SELECT U&'\+12'

-- error 11: invalid Unicode escape value
SELECT U&'\0000'

-- error 16: invalid Unicode surrogate pair
SELECT U&'\D800'

-- error 16: invalid Unicode surrogate pair
SELECT U&'\D800\0041'

-- error 11: invalid Unicode surrogate pair
SELECT U&'\DC00'

-- error 11: invalid Unicode escape value
SELECT U&'\+110000'

-- error 22: invalid Unicode escape character at or near "'ab'"
SELECT U&'x' UESCAPE 'ab'

-- error 22: invalid Unicode escape character at or near "''"
SELECT U&'x' UESCAPE ''

-- error 22: invalid Unicode escape character at or near "'a'"
SELECT U&'x' UESCAPE 'a'

-- error 22: invalid Unicode escape character at or near "'+'"
SELECT U&'x' UESCAPE '+'

-- error 22: invalid Unicode escape character at or near "''''"
SELECT U&'x' UESCAPE ''''

-- error 22: invalid Unicode escape character at or near "' '"
SELECT U&'x' UESCAPE ' '

-- error 22: UESCAPE must be followed by a simple string literal at or near "1"
SELECT U&'x' UESCAPE 1

-- error 21: UESCAPE must be followed by a simple string literal at end of input
SELECT U&'x' UESCAPE

-- error 22: invalid Unicode escape character at or near "'f'"
SELECT U&"x" UESCAPE 'f' FROM t

-- error 11: invalid Unicode escape value
SELECT U&"\0000" FROM t

-- error 12: syntax error at or near "'b'"
SELECT 'a' 'b'

-- error 20: syntax error at or near "'!'"
SELECT 'a' UESCAPE '!'

-- error 20: syntax error at or near "'b'"
SELECT 'é€',
  'a' 'b'

-- error 14: syntax error at or near "'y'"
SELECT N 'x' 'y'

-- error 27: syntax error at or near "TO"
SELECT INTERVAL '1' MONTH TO YEAR

-- error 29: syntax error at or near "DAY"
SELECT INTERVAL '1' YEAR TO DAY

-- error 28: syntax error at or near "TO"
SELECT INTERVAL '1' SECOND TO MINUTE

-- error 25: syntax error at or near "("
SELECT INTERVAL '1' YEAR(3)

-- error 28: syntax error at or near "DAY"
SELECT INTERVAL '1' DAY TO DAY

-- error 24: syntax error at or near "("
SELECT INTERVAL '1' DAY(2) TO HOUR

-- error 24: syntax error at or near "DAY"
SELECT INTERVAL(3) '1' DAY

-- error 17: syntax error at or near "a"
SELECT INTERVAL(a) '1'

-- error 17: syntax error at or near "'3'"
SELECT INTERVAL('3') '1'

-- error 17: syntax error at or near "-"
SELECT INTERVAL(-1) '1'

-- error 12: syntax error at or near "]"
SELECT int[] '1'

-- error 13: syntax error at or near "'x'"
SELECT f(*) 'x'

-- error 22: syntax error at or near "'x'"
SELECT f(DISTINCT 1) 'x'

-- error 10: type modifier cannot have parameter name
SELECT f(a => 1) 'x'

-- error 12: type modifier cannot have ORDER BY
SELECT f(a ORDER BY b) 'x'

-- error 18: syntax error at or near "'x'"
SELECT setof int 'x'

-- error 14: syntax error at or near "'x'"
SELECT (int) 'x'

-- error 13: syntax error at or near "a"
SELECT time(a) '1'

-- error 18: syntax error at or near "WITH"
SELECT TIMESTAMP WITH ZONE 'x'

-- error 22: syntax error at or near "'x'"
SELECT f(VARIADIC a) 'x'

-- error 15: syntax error at or near "varying"
SELECT bit(1) varying 'x'
