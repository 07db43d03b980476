-- ok
CREATE TEXT SEARCH PARSER p (START = f, GETTOKEN = g, END = h, LEXTYPES = i)

-- ok
CREATE TEXT SEARCH PARSER s.p (START = s.f)

-- ok
CREATE TEXT SEARCH PARSER "P" (HEADLINE = f)

-- ok
CREATE TEXT SEARCH PARSER p (start = f, gettoken = g, end = h, lextypes = i, headline = j)

-- ok
CREATE TEXT SEARCH PARSER s.p ("start" = f)

-- ok
CREATE TEXT SEARCH PARSER "P" (x)

-- ok
CREATE TEXT SEARCH PARSER p (a = 1)

-- ok
CREATE TEXT SEARCH PARSER s.p (a = none)

-- ok
CREATE TEXT SEARCH PARSER "P" (a = 'x')

-- ok
CREATE TEXT SEARCH PARSER p (a = true)

-- ok
CREATE TEXT SEARCH PARSER s.p (a = +)

-- ok
CREATE TEXT SEARCH PARSER "P" (a = int[])

-- ok
CREATE TEXT SEARCH PARSER p (end = "E")

-- ok
CREATE TEXT SEARCH PARSER s.p (a = d.s.f)

-- ok
CREATE TEXT SEARCH PARSER "P" (START = f, START = g)

-- error 26: syntax error at end of input
CREATE TEXT SEARCH PARSER

-- error 28: syntax error at end of input
CREATE TEXT SEARCH PARSER p

-- error 30: syntax error at or near ")"
CREATE TEXT SEARCH PARSER p ()

-- error 29: syntax error at or near "START"
CREATE TEXT SEARCH PARSER p START = f

-- error 37: syntax error at or near ")"
CREATE TEXT SEARCH PARSER p (START =)

-- error 36: syntax error at or near "f"
CREATE TEXT SEARCH PARSER p (START f)

-- error 30: syntax error at or near "="
CREATE TEXT SEARCH PARSER p (= f)

-- error 36: syntax error at or near ")"
CREATE TEXT SEARCH PARSER p (a = b,)

-- error 36: syntax error at or near "c"
CREATE TEXT SEARCH PARSER p (a = b c = d)

-- error 30: syntax error at or near "1"
CREATE TEXT SEARCH PARSER p (1 = a)

-- error 36: syntax error at or near ")"
CREATE TEXT SEARCH PARSER p (a = f())

-- error 27: syntax error at or near "'p'"
CREATE TEXT SEARCH PARSER 'p' (START = f)

-- error 30: syntax error at or near "NOT"
CREATE TEXT SEARCH PARSER IF NOT EXISTS p (START = f)

-- error 29: syntax error at or near "USING"
CREATE TEXT SEARCH PARSER p USING x

-- error 31: syntax error at or near "."
CREATE TEXT SEARCH PARSER p (a.b = c)
