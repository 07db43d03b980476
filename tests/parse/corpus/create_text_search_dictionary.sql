-- ok
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = t)

-- ok
CREATE TEXT SEARCH DICTIONARY s.d (TEMPLATE = s.t)

-- ok
CREATE TEXT SEARCH DICTIONARY "D" (template = simple, stopwords = 'x')

-- ok
CREATE TEXT SEARCH DICTIONARY d ("Template" = t)

-- ok
CREATE TEXT SEARCH DICTIONARY s.d (x)

-- ok
CREATE TEXT SEARCH DICTIONARY "D" (a = 1, b = 'c', d)

-- ok
CREATE TEXT SEARCH DICTIONARY d (a = none)

-- ok
CREATE TEXT SEARCH DICTIONARY s.d (a = -1.5)

-- ok
CREATE TEXT SEARCH DICTIONARY "D" (copy = pg_catalog.english)

-- ok
CREATE TEXT SEARCH DICTIONARY d (a = true)

-- ok
CREATE TEXT SEARCH DICTIONARY s.d (a = +)

-- ok
CREATE TEXT SEARCH DICTIONARY "D" (a = int[])

-- ok
CREATE TEXT SEARCH DICTIONARY d (a = OPERATOR(s.+))

-- ok
CREATE TEXT SEARCH DICTIONARY s.d (template = ispell, dictfile = english, afffile = english, stopwords = english)

-- ok
CREATE TEXT SEARCH DICTIONARY "D" (a = on_, b = off)

-- error 30: syntax error at end of input
CREATE TEXT SEARCH DICTIONARY

-- error 32: syntax error at end of input
CREATE TEXT SEARCH DICTIONARY d

-- error 34: syntax error at or near ")"
CREATE TEXT SEARCH DICTIONARY d ()

-- error 33: syntax error at or near "TEMPLATE"
CREATE TEXT SEARCH DICTIONARY d TEMPLATE = p

-- error 44: syntax error at or near ")"
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE =)

-- error 43: syntax error at or near "p"
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE p)

-- error 34: syntax error at or near "="
CREATE TEXT SEARCH DICTIONARY d (= p)

-- error 40: syntax error at or near ")"
CREATE TEXT SEARCH DICTIONARY d (a = b,)

-- error 40: syntax error at or near "c"
CREATE TEXT SEARCH DICTIONARY d (a = b c = d)

-- error 34: syntax error at or near "1"
CREATE TEXT SEARCH DICTIONARY d (1 = a)

-- error 38: syntax error at or near "("
CREATE TEXT SEARCH DICTIONARY d (a = (b))

-- error 31: syntax error at or near "'d'"
CREATE TEXT SEARCH DICTIONARY 'd' (TEMPLATE = p)

-- error 34: syntax error at or near "NOT"
CREATE TEXT SEARCH DICTIONARY IF NOT EXISTS d (TEMPLATE = p)

-- error 33: syntax error at or near "FROM"
CREATE TEXT SEARCH DICTIONARY d FROM e

-- error 35: syntax error at or near "."
CREATE TEXT SEARCH DICTIONARY d (a.b = c)
