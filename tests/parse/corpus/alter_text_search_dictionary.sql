-- ok
ALTER TEXT SEARCH DICTIONARY d (a = b)

-- ok
ALTER TEXT SEARCH DICTIONARY s.d (a)

-- ok
ALTER TEXT SEARCH DICTIONARY "D" (a = 'x', b = 1)

-- ok
ALTER TEXT SEARCH DICTIONARY d (a = 1.5, b = none, c = s.t, d)

-- ok
ALTER TEXT SEARCH DICTIONARY s.d RENAME TO e

-- ok
ALTER TEXT SEARCH DICTIONARY "D" OWNER TO r

-- ok
ALTER TEXT SEARCH DICTIONARY d SET SCHEMA x

-- ok
ALTER TEXT SEARCH DICTIONARY s.d (a = -1)

-- ok
ALTER TEXT SEARCH DICTIONARY "D" (a = true)

-- ok
ALTER TEXT SEARCH DICTIONARY d ("A" = "B")

-- ok
ALTER TEXT SEARCH DICTIONARY s.d OWNER TO CURRENT_USER

-- ok
ALTER TEXT SEARCH DICTIONARY "D" (a = int[])

-- ok
ALTER TEXT SEARCH DICTIONARY d (a = select_)

-- ok
ALTER TEXT SEARCH DICTIONARY s.d (a = OPERATOR(s.+), b = +)

-- ok
ALTER TEXT SEARCH DICTIONARY "D" (stopwords = 'x', stopwords)

-- error 29: syntax error at end of input
ALTER TEXT SEARCH DICTIONARY

-- error 31: syntax error at end of input
ALTER TEXT SEARCH DICTIONARY d

-- error 33: syntax error at or near ")"
ALTER TEXT SEARCH DICTIONARY d ()

-- error 37: syntax error at or near ")"
ALTER TEXT SEARCH DICTIONARY d (a = )

-- error 33: syntax error at or near "="
ALTER TEXT SEARCH DICTIONARY d (= b)

-- error 32: syntax error at or near "a"
ALTER TEXT SEARCH DICTIONARY d a = b

-- error 35: syntax error at or near "b"
ALTER TEXT SEARCH DICTIONARY d (a b)

-- error 36: syntax error at or near ")"
ALTER TEXT SEARCH DICTIONARY d (a, )

-- error 33: syntax error at or near "1"
ALTER TEXT SEARCH DICTIONARY d (1 = 2)

-- error 33: syntax error at or near "'a'"
ALTER TEXT SEARCH DICTIONARY d ('a' = b)

-- error 38: syntax error at end of input
ALTER TEXT SEARCH DICTIONARY d RENAME

-- error 43: syntax error at or near "."
ALTER TEXT SEARCH DICTIONARY d RENAME TO a.b

-- error 42: syntax error at end of input
ALTER TEXT SEARCH DICTIONARY d SET SCHEMA

-- error 38: syntax error at or near "r"
ALTER TEXT SEARCH DICTIONARY d OWNER r

-- error 34: syntax error at or near "."
ALTER TEXT SEARCH DICTIONARY d (a.b = c)

-- error 37: syntax error at or near "("
ALTER TEXT SEARCH DICTIONARY d (a = (b))

-- error 35: syntax error at or near ":="
ALTER TEXT SEARCH DICTIONARY d (a := b)

-- error 33: syntax error at or near "EXISTS"
ALTER TEXT SEARCH DICTIONARY IF EXISTS d (a)
