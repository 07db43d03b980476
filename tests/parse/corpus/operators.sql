-- ok
SELECT 1+2

-- ok
SELECT 1-2

-- ok
SELECT 1*2

-- ok
SELECT 1/2

-- ok
SELECT 1%2

-- ok
SELECT 2^3

-- ok
SELECT 1<2

-- ok
SELECT 1>2

-- ok
SELECT 1=2

-- ok
SELECT 1<=2

-- ok
SELECT 1>=2

-- ok
SELECT 1<>2

-- ok
SELECT 1!=2

-- ok
SELECT

-- ok
SELECT a@>b

-- ok
SELECT a +- b

-- ok
SELECT a -+ b

-- ok
SELECT a @- b

-- ok
SELECT a *- b

-- ok
SELECT a <- b

-- ok
SELECT a /* c */ + b

-- ok
SELECT a !=- b

-- ok
SELECT a ~- b

-- ok
SELECT a =- b

-- ok
SELECT a #- b

-- ok
SELECT a ?- b

-- ok
SELECT a +@- b

-- ok
SELECT a <=> b

-- ok
SELECT a <<= b

-- ok
SELECT a

-- ok
SELECT >> b

-- ok
SELECT a ~~ b

-- ok
SELECT a !~~ b

-- ok
SELECT a ~~* b

-- ok
SELECT a ~=~ b

-- ok
SELECT a *<> b

-- ok
SELECT b

-- ok
SELECT a ## b

-- ok
SELECT a <#> b

-- ok
SELECT a >^ b

-- ok
SELECT a &< b

-- ok
SELECT a &> b

-- ok
SELECT - b

-- ok
SELECT a @@@ b

-- ok
SELECT a === b

-- ok
SELECT a <@> b

-- ok
SELECT - a

-- ok
SELECT + a

-- ok
SELECT ~ a

-- ok
SELECT @ a

-- ok
SELECT ! a

-- ok
SELECT !! a

-- ok
SELECT @@ a

-- ok
SELECT # a

-- ok
SELECT ?- a

-- ok
SELECT @-@ a

-- ok
SELECT << a

-- ok
SELECT & a

-- ok
SELECT a =ANY(b), a<>ALL(b), a|| -b, a||-b

-- ok
SELECT 2 - 3 - 4, 2 ^ 3 ^ 4, 2 * 3 / 4 % 5, 2 + 3 * 4 ^ 5, -2 ^ 2, - 2 * 3, a || b + c, a + b || c, a & b | c

-- ok
SELECT NOT a = b, NOT a < b AND c, a = b AND c = d OR e, a IS NULL OR b, a + 1 IS NULL, a < b IS TRUE, a = b IS NULL

-- ok
SELECT a IN (1) AND b, a = b IN (c), NOT a IN (1), a || b IN (c), a LIKE b AND c, a LIKE b = c

-- ok
SELECT a::int + b::int, -a::int, a::int[1], a.b::int, a COLLATE "x" || b, - a COLLATE "x", a AT TIME ZONE b::text, a + b AT TIME ZONE c

-- ok
SELECT a BETWEEN b AND c AND d, a BETWEEN b AND c = d, a + b BETWEEN c - d AND e * f, a BETWEEN - b AND + c

-- ok
SELECT a OPERATOR(pg_catalog.*) b + c, a + b OPERATOR(s.*) c, OPERATOR(s.-) a ^ b, a OPERATOR(+) b OPERATOR(*) c

-- ok
SELECT a <-> b < c, a < b <-> c, a -> b -> c, a ->> b = c, a = b ->> c

-- ok
SELECT a ~ b AND c, @ a + b, @ - a, ~ a & b, a ! b, a !! b

-- ok
CREATE OPERATOR + (FUNCTION = f, LEFTARG = int)

-- ok
CREATE OPERATOR === (FUNCTION = f, LEFTARG = int)

-- ok
CREATE OPERATOR <#> (FUNCTION = f, LEFTARG = int)

-- ok
CREATE OPERATOR @@ (FUNCTION = f, LEFTARG = int)

-- ok
CREATE OPERATOR s.+ (FUNCTION = f, LEFTARG = int)

-- ok
SELECT a */**/b, a-- c

-- ok
SELECT a -- minus minus

-- ok
SELECT (a) - (b), (a)-(b), a -(b), (a)- b

-- ok
SELECT a=-1, a>-1, a<-1, a<>-1, a=+1, a*-1

-- ok
SELECT a IN (b) LIKE c

-- ok
SELECT a @@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@ b

-- ok
SELECT OPERATOR(-) 1, OPERATOR(-) 1.5, OPERATOR(+) 1, OPERATOR(-) a, OPERATOR(s.-) 1

-- ok
SELECT OPERATOR(*) c, OPERATOR(/) c, OPERATOR(%) c, OPERATOR(^) c, OPERATOR(<) c, OPERATOR(>) c, OPERATOR(=) c

-- ok
SELECT OPERATOR(<=) c, OPERATOR(>=) c, OPERATOR(<>) c, OPERATOR(!=) c, OPERATOR(@) c, OPERATOR(||) c

-- ok
SELECT a OPERATOR(*) OPERATOR(*) b + c

-- ok
SELECT a OPERATOR(-) 1, a OPERATOR(-) OPERATOR(-) 1

-- error 9: syntax error at or near "=>"
SELECT a=>b_

-- error 15: syntax error at end of input
SELECT a @-- x

-- error 11: syntax error at end of input
SELECT a -

-- error 12: syntax error at end of input
SELECT a ?-

-- error 9: syntax error at end of input
SELECT ?

-- error 17: syntax error at or near "("
CREATE OPERATOR (FUNCTION = f, LEFTARG = int)

-- error 32: syntax error at or near "=>"
SELECT a < b, c > d, a <= b, a => b_

-- error 9: syntax error at or near ":"
SELECT a:b, 1

-- error 11: syntax error at end of input
SELECT a &

-- error 11: syntax error at end of input
SELECT a =

-- error 8: syntax error at or near "="
SELECT = a =

-- error 11: syntax error at end of input
SELECT a ^

-- error 8: syntax error at or near "^"
SELECT ^ a

-- error 10: syntax error at or near "a"
SELECT * a

-- error 8: syntax error at or near "/"
SELECT / a

-- error 8: syntax error at or near "%"
SELECT % a

-- error 8: syntax error at or near "="
SELECT = a

-- error 8: syntax error at or near "<"
SELECT < a

-- error 8: syntax error at or near ">"
SELECT > a

-- error 11: syntax error at end of input
SELECT a <

-- error 12: syntax error at end of input
SELECT a >=

-- error 13: syntax error at end of input
SELECT a @ @

-- error 12: syntax error at end of input
SELECT a !=

-- error 8: syntax error at or near "<>"
SELECT <> a

-- error 8: syntax error at or near "{"
SELECT {a := b|a => b|a : b|a .. b|a ; b c|a , , b|a :: + b|a . + b|a ? ? |a == = |a [ b|a b

-- error 8: syntax error at or near "{"
SELECT {a := b|a => b|a : b|a .. b|a ; b c|a , , b|a :: + b|a . + b|a ? ? |a == = |a [ b|a a \ b

-- error 14: syntax error at or near "<"
SELECT a < b < c

-- error 14: syntax error at or near "="
SELECT a < b = c

-- error 14: syntax error at or near "<>"
SELECT a = b <> c

-- error 15: syntax error at or near ">="
SELECT 1 <= 2 >= 3

-- error 15: syntax error at or near "!="
SELECT a != b != c

-- error 17: syntax error at or near "ILIKE"
SELECT a LIKE b ILIKE c

-- error 26: syntax error at or near "LIKE"
SELECT a BETWEEN b AND c LIKE d

-- error 22: syntax error at end of input
SELECT a OPERATOR(s.<

-- error 11: syntax error at end of input
SELECT NOT

-- error 14: syntax error at or near "b"
SELECT a NOT b

-- error 14: syntax error at or near "+"
SELECT a NOT + b

-- error 16: syntax error at or near "AND"
SELECT a AND + AND b

-- error 73: syntax error at end of input
SELECT a +++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++++

-- error 10: operator too long at or near "@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@"
SELECT a @@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@ b

-- error 96: syntax error at or near "=>"
SELECT OPERATOR(<=) c, OPERATOR(>=) c, OPERATOR(<>) c, OPERATOR(!=) c, OPERATOR(@) c, OPERATOR(=>) c
