-- ok
CREATE TEXT SEARCH TEMPLATE t (LEXIZE = f)

-- ok
CREATE TEXT SEARCH TEMPLATE s.t (INIT = f, LEXIZE = g)

-- ok
CREATE TEXT SEARCH TEMPLATE "T" (INIT = s.f)

-- ok
CREATE TEXT SEARCH TEMPLATE t (lexize = d.s.f)

-- ok
CREATE TEXT SEARCH TEMPLATE s.t ("lexize" = f)

-- ok
CREATE TEXT SEARCH TEMPLATE "T" (x)

-- ok
CREATE TEXT SEARCH TEMPLATE t (a = 1)

-- ok
CREATE TEXT SEARCH TEMPLATE s.t (a = none)

-- ok
CREATE TEXT SEARCH TEMPLATE "T" (a = 'x')

-- ok
CREATE TEXT SEARCH TEMPLATE t (a = true)

-- ok
CREATE TEXT SEARCH TEMPLATE s.t (a = +)

-- ok
CREATE TEXT SEARCH TEMPLATE "T" (a = int[])

-- ok
CREATE TEXT SEARCH TEMPLATE t (init = "I", lexize = "L")

-- ok
CREATE TEXT SEARCH TEMPLATE s.t (LEXIZE = f, LEXIZE = g)

-- ok
CREATE TEXT SEARCH TEMPLATE "T" (a = SETOF int)

-- error 28: syntax error at end of input
CREATE TEXT SEARCH TEMPLATE

-- error 30: syntax error at end of input
CREATE TEXT SEARCH TEMPLATE t

-- error 32: syntax error at or near ")"
CREATE TEXT SEARCH TEMPLATE t ()

-- error 31: syntax error at or near "LEXIZE"
CREATE TEXT SEARCH TEMPLATE t LEXIZE = f

-- error 40: syntax error at or near ")"
CREATE TEXT SEARCH TEMPLATE t (LEXIZE =)

-- error 39: syntax error at or near "f"
CREATE TEXT SEARCH TEMPLATE t (LEXIZE f)

-- error 32: syntax error at or near "="
CREATE TEXT SEARCH TEMPLATE t (= f)

-- error 38: syntax error at or near ")"
CREATE TEXT SEARCH TEMPLATE t (a = b,)

-- error 38: syntax error at or near "c"
CREATE TEXT SEARCH TEMPLATE t (a = b c = d)

-- error 32: syntax error at or near "1"
CREATE TEXT SEARCH TEMPLATE t (1 = a)

-- error 38: syntax error at or near ")"
CREATE TEXT SEARCH TEMPLATE t (a = f())

-- error 29: syntax error at or near "'t'"
CREATE TEXT SEARCH TEMPLATE 't' (LEXIZE = f)

-- error 32: syntax error at or near "NOT"
CREATE TEXT SEARCH TEMPLATE IF NOT EXISTS t (LEXIZE = f)

-- error 31: syntax error at or near "USING"
CREATE TEXT SEARCH TEMPLATE t USING x

-- error 33: syntax error at or near "."
CREATE TEXT SEARCH TEMPLATE t (a.b = c)
