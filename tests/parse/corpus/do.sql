-- ok
DO 'x'

-- ok
DO $$begin end$$

-- ok
DO $x$ begin end $x$

-- ok
DO LANGUAGE sql 'x'

-- ok
DO 'x' LANGUAGE plpgsql

-- ok
DO LANGUAGE "L" $$x$$

-- ok
DO LANGUAGE 'l' 'x'

-- ok
DO E'a\nb'

-- ok
DO $$a$$ LANGUAGE 'plpgsql'

-- ok
DO ''

-- ok
DO 'x' LANGUAGE a LANGUAGE b

-- ok
DO LANGUAGE sql

-- ok
DO U&'x'

-- ok
DO $body$
BEGIN
  RAISE NOTICE 'x; %', 1;
END
$body$

-- ok
DO 'x' LANGUAGE "do"

-- ok
DO LANGUAGE l $q$ ; $q$

-- ok
DO $$a$$ LANGUAGE plpgsql; DO 'b'

-- error 11: syntax error at or near "_"
DO 'x' 'y'_

-- error 13: syntax error at or near "do"
DO LANGUAGE do 'x'

-- error 3: syntax error at end of input
DO

-- error 4: syntax error at or near "x"
DO x

-- error 4: syntax error at or near "1"
DO 1

-- error 16: syntax error at end of input
DO 'x' LANGUAGE

-- error 12: syntax error at end of input
DO LANGUAGE

-- error 4: syntax error at or near "BEGIN"
DO BEGIN END

-- error 4: syntax error at or near "$1"
DO $1

-- error 7: syntax error at or near ","
DO 'x', 'y'

-- error 4: syntax error at or near "("
DO ('x')

-- error 13: syntax error at or near "1"
DO LANGUAGE 1 'x'

-- error 8: syntax error at or near "IMMUTABLE"
DO 'x' IMMUTABLE

-- error 4: syntax error at or near "AS"
DO AS 'x'

-- error 18: syntax error at or near "."
DO 'x' LANGUAGE a.b

-- error 4: syntax error at or near "NULL"
DO NULL
