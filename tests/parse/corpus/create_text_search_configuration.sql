-- ok
CREATE TEXT SEARCH CONFIGURATION c (PARSER = p)

-- ok
CREATE TEXT SEARCH CONFIGURATION s.c (PARSER = s.p)

-- ok
CREATE TEXT SEARCH CONFIGURATION "C" (COPY = d)

-- ok
CREATE TEXT SEARCH CONFIGURATION c (COPY = s.d)

-- ok
CREATE TEXT SEARCH CONFIGURATION s.c (parser = "P")

-- ok
CREATE TEXT SEARCH CONFIGURATION "C" ("parser" = p)

-- ok
CREATE TEXT SEARCH CONFIGURATION c (x)

-- ok
CREATE TEXT SEARCH CONFIGURATION s.c (a = 1, b = 'c')

-- ok
CREATE TEXT SEARCH CONFIGURATION "C" (a = none)

-- ok
CREATE TEXT SEARCH CONFIGURATION c (parser = default_)

-- ok
CREATE TEXT SEARCH CONFIGURATION s.c (copy = pg_catalog.english)

-- ok
CREATE TEXT SEARCH CONFIGURATION "C" (a = true)

-- ok
CREATE TEXT SEARCH CONFIGURATION c (a = +)

-- ok
CREATE TEXT SEARCH CONFIGURATION s.c (a = int[])

-- ok
CREATE TEXT SEARCH CONFIGURATION "C" (a = OPERATOR(s.+))

-- error 33: syntax error at end of input
CREATE TEXT SEARCH CONFIGURATION

-- error 35: syntax error at end of input
CREATE TEXT SEARCH CONFIGURATION c

-- error 37: syntax error at or near ")"
CREATE TEXT SEARCH CONFIGURATION c ()

-- error 36: syntax error at or near "PARSER"
CREATE TEXT SEARCH CONFIGURATION c PARSER = p

-- error 45: syntax error at or near ")"
CREATE TEXT SEARCH CONFIGURATION c (PARSER =)

-- error 44: syntax error at or near "p"
CREATE TEXT SEARCH CONFIGURATION c (PARSER p)

-- error 37: syntax error at or near "="
CREATE TEXT SEARCH CONFIGURATION c (= p)

-- error 43: syntax error at or near ")"
CREATE TEXT SEARCH CONFIGURATION c (a = b,)

-- error 43: syntax error at or near "c"
CREATE TEXT SEARCH CONFIGURATION c (a = b c = d)

-- error 37: syntax error at or near "1"
CREATE TEXT SEARCH CONFIGURATION c (1 = a)

-- error 41: syntax error at or near "("
CREATE TEXT SEARCH CONFIGURATION c (a = (b))

-- error 34: syntax error at or near "'c'"
CREATE TEXT SEARCH CONFIGURATION 'c' (PARSER = p)

-- error 37: syntax error at or near "NOT"
CREATE TEXT SEARCH CONFIGURATION IF NOT EXISTS c (PARSER = p)

-- error 36: syntax error at or near "COPY"
CREATE TEXT SEARCH CONFIGURATION c COPY d

-- error 38: syntax error at or near "."
CREATE TEXT SEARCH CONFIGURATION c (a.b = c)

-- error 39: syntax error at or near ":="
CREATE TEXT SEARCH CONFIGURATION c (a := b)
