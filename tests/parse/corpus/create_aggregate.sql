-- ok
CREATE AGGREGATE a (int) (SFUNC = f, STYPE = int)

-- ok
CREATE OR REPLACE AGGREGATE s.a (int) (SFUNC = f, STYPE = int)

-- ok
CREATE AGGREGATE a (*) (SFUNC = f, STYPE = int)

-- ok
CREATE OR REPLACE AGGREGATE a (int, text) (SFUNC = f, STYPE = int)

-- ok
CREATE AGGREGATE a (x int) (SFUNC = f, STYPE = int)

-- ok
CREATE OR REPLACE AGGREGATE a (IN x int) (SFUNC = f, STYPE = int)

-- ok
CREATE AGGREGATE a (VARIADIC x int[]) (SFUNC = f, STYPE = int)

-- ok
CREATE OR REPLACE AGGREGATE a (ORDER BY int) (SFUNC = f, STYPE = int)

-- ok
CREATE AGGREGATE a (int ORDER BY text) (SFUNC = f, STYPE = int)

-- ok
CREATE OR REPLACE AGGREGATE a (x int, y text ORDER BY z int, w text) (SFUNC = f, STYPE = int)

-- ok
CREATE AGGREGATE a (VARIADIC "any" ORDER BY VARIADIC "any") (SFUNC = f, STYPE = int)

-- ok
CREATE OR REPLACE AGGREGATE a (int ORDER BY VARIADIC int[]) (SFUNC = f, STYPE = int)

-- ok
CREATE AGGREGATE "A" (double precision) (SFUNC = f, STYPE = int)

-- ok
CREATE AGGREGATE a (int) (sfunc = f)

-- ok
CREATE AGGREGATE a (int) (SFUNC = s.f, STYPE = int[], SSPACE = 8)

-- ok
CREATE AGGREGATE a (int) (stype = t.x%TYPE)

-- ok
CREATE AGGREGATE a (int) (FINALFUNC = f, FINALFUNC_EXTRA)

-- ok
CREATE AGGREGATE a (int) (FINALFUNC_MODIFY = READ_ONLY)

-- ok
CREATE AGGREGATE a (int) (COMBINEFUNC = f, SERIALFUNC = g, DESERIALFUNC = h)

-- ok
CREATE AGGREGATE a (int) (INITCOND = '0')

-- ok
CREATE AGGREGATE a (int) (MSFUNC = f, MINVFUNC = g, MSTYPE = int, MSSPACE = 1)

-- ok
CREATE AGGREGATE a (int) (MINITCOND = 'x', SORTOP = <)

-- ok
CREATE AGGREGATE a (int) (SORTOP = OPERATOR(s.<))

-- ok
CREATE AGGREGATE a (int) (PARALLEL = SAFE)

-- ok
CREATE AGGREGATE a (int) (HYPOTHETICAL)

-- ok
CREATE AGGREGATE a (int) (x = 1.5, y = none, z = SETOF int)

-- ok
CREATE AGGREGATE a (int) (a = on_, b = -5)

-- ok
CREATE AGGREGATE a (BASETYPE = int, SFUNC = f, STYPE = int)

-- ok
CREATE AGGREGATE a (basetype = 'ANY', sfunc = f, stype = s.t)

-- ok
CREATE AGGREGATE a (x = y)

-- ok
CREATE AGGREGATE a (sfunc1 = f, basetype = "any", stype1 = int[], initcond1 = '[]')

-- ok
CREATE AGGREGATE a (int, VARIADIC int[] ORDER BY VARIADIC int[]) (SFUNC = f)

-- error 25: syntax error at or near "_"
CREATE AGGREGATE s.a (x)_

-- error 17: syntax error at end of input
CREATE AGGREGATE

-- error 19: syntax error at end of input
CREATE AGGREGATE a

-- error 25: syntax error at end of input
CREATE AGGREGATE a (int)

-- error 21: syntax error at or near ")"
CREATE AGGREGATE a () (SFUNC = f)

-- error 32: syntax error at or near "("
CREATE AGGREGATE a (SFUNC = f) (x = y)

-- error 27: syntax error at or near ")"
CREATE AGGREGATE a (int) ()

-- error 34: syntax error at or near ")"
CREATE AGGREGATE a (int) (SFUNC =)

-- error 33: syntax error at or near "f"
CREATE AGGREGATE a (int) (SFUNC f)

-- error 27: syntax error at or near "="
CREATE AGGREGATE a (int) (= f)

-- error 37: syntax error at or near ")"
CREATE AGGREGATE a (int) (SFUNC = f,)

-- error 25: syntax error at or near ")"
CREATE AGGREGATE a (int,) (SFUNC = f)

-- error 22: syntax error at or near ","
CREATE AGGREGATE a (*, int) (SFUNC = f)

-- error 33: syntax error at or near ")"
CREATE AGGREGATE a (int ORDER BY) (SFUNC = f)

-- error 27: syntax error at or near "int"
CREATE AGGREGATE a (ORDER int) (SFUNC = f)

-- error 43 0A000: an ordered-set aggregate with a VARIADIC direct argument must have one VARIADIC aggregated argument of the same data type
CREATE AGGREGATE a (VARIADIC int ORDER BY text) (SFUNC = f)

-- error 45 0A000: an ordered-set aggregate with a VARIADIC direct argument must have one VARIADIC aggregated argument of the same data type
CREATE AGGREGATE a (VARIADIC int[] ORDER BY VARIADIC text[]) (SFUNC = f)

-- error 45 0A000: an ordered-set aggregate with a VARIADIC direct argument must have one VARIADIC aggregated argument of the same data type
CREATE AGGREGATE a (VARIADIC "any" ORDER BY "any", int) (SFUNC = f)

-- error 27: syntax error at or near "="
CREATE AGGREGATE a (x int = 1)(SFUNC = f)

-- error 37: syntax error at or near "="
CREATE AGGREGATE a (BASETYPE, SFUNC = f)

-- error 26: syntax error at or near "SFUNC"
CREATE AGGREGATE a (int) SFUNC = f

-- error 32: syntax error at or near "."
CREATE AGGREGATE a (int) (sfunc.x = f)

-- error 45 0A000: an ordered-set aggregate with a VARIADIC direct argument must have one VARIADIC aggregated argument of the same data type
CREATE AGGREGATE a (VARIADIC int[] ORDER BY int) (SFUNC = f)

-- error 45 0A000: an ordered-set aggregate with a VARIADIC direct argument must have one VARIADIC aggregated argument of the same data type
CREATE AGGREGATE a (VARIADIC int[] ORDER BY text, VARIADIC int[]) (SFUNC = f)

-- error 45 0A000: an ordered-set aggregate with a VARIADIC direct argument must have one VARIADIC aggregated argument of the same data type
CREATE AGGREGATE a (VARIADIC int[] ORDER BY VARIADIC "any") (SFUNC = f)

-- error 21 0A000: aggregates cannot have output arguments
CREATE AGGREGATE a (OUT int) (SFUNC = f, STYPE = int)

-- error 26 0A000: aggregates cannot have output arguments
CREATE AGGREGATE a (int, INOUT b int) (SFUNC = f, STYPE = int)

-- error 21 0A000: aggregates cannot have output arguments
CREATE AGGREGATE a (b IN OUT int) (SFUNC = f, STYPE = int)

-- error 34 0A000: aggregates cannot have output arguments
CREATE AGGREGATE a (int ORDER BY OUT int) (SFUNC = f, STYPE = int)

-- error 45 0A000: aggregates cannot have output arguments
CREATE AGGREGATE a (VARIADIC "any" ORDER BY INOUT "any") (SFUNC = f, STYPE = int)

-- error 21 0A000: aggregates cannot have output arguments
CREATE AGGREGATE a (OUT int ORDER BY int, x
