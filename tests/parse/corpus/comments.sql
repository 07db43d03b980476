-- ok
SELECT 1 -- one

-- ok
-- before

-- ok
-- leading
SELECT -- middle
  1 -- trailing

-- ok
SELECT /* a */ 1 /* b */

-- ok
SELECT /* nested /* twice */ still */ 1

-- ok
SELECT /*/* */*/ 1

-- ok
SELECT 1 /**/ + /***/ 2 /* * / */

-- ok
SELECT 1/* no space */AS/**/x

-- ok
SELECT 'a -- b', '/* c */', "d -- e" FROM t

-- ok
SELECT $$ -- /* $$

-- ok
SELECT a /* ' " $$ */ FROM t -- ' " $$

-- ok
-- witness: error 23: syntax error at or near "'y'"
SELECT 'x' -- keep
   'y'

-- ok
SELECT a */*c*/ b

-- ok
SELECT a -- x /*
 FROM t /* -- y
 */ WHERE b

-- ok
/* alone */

-- ok
-- alone

-- ok


-- ok
;

-- ok
 ; ;; 

-- ok
SELECT 1;;SELECT 2;

-- ok
SELECT 1; -- two

-- ok
/* a */;/* b */

-- ok
SELECT/* */1

-- ok
--

-- ok
SELECT 1 --/* x

-- ok
--é€
SELECT 1 /*é€*/ AS x

-- ok
SELECT a --+ hint

-- ok
SELECT 2 --1

-- ok
SELECT a /* b */ */ c d

-- ok
SELECT -- nothing but a comment, FROM

-- error 15: syntax error at end of input
SELECT a +-- c

-- error 10: unterminated /* comment at or near "/* open"
SELECT 1 /* open

-- error 10: unterminated /* comment at or near "/* open /* inner */"
SELECT 1 /* open /* inner */

-- error 1: unterminated /* comment at or near "/*"
/*

-- error 1: unterminated /* comment at or near "/* /* */"
/* /* */

-- error 12: syntax error at end of input
SELECT 1 */

-- error 20: syntax error at or near "'b'"
SELECT 'a' /* c */ 'b'

-- error 20: syntax error at or near "'b'"
SELECT 'a' /* c
*/ 'b'

-- error 25: syntax error at or near "1"
SELECT 'a' || 'é' -- é
 1

-- error 15: syntax error at end of input
-- é€
SELECT +

-- error 20: syntax error at or near ";"
SELECT 1 + /* x */ ; SELECT 2

-- error 10: unterminated /* comment at or near "/* é"
SELECT é /* é

-- error 8: unterminated quoted identifier at or near ""a /* b */"
SELECT "a /* b */
