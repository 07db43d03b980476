-- ok
DROP SUBSCRIPTION s

-- ok
DROP SUBSCRIPTION "S"

-- ok
DROP SUBSCRIPTION IF EXISTS s

-- ok
DROP SUBSCRIPTION s CASCADE

-- ok
DROP SUBSCRIPTION s RESTRICT

-- ok
DROP SUBSCRIPTION IF EXISTS "S" CASCADE

-- ok
DROP SUBSCRIPTION IF EXISTS s RESTRICT

-- ok
DROP SUBSCRIPTION if_

-- ok
DROP SUBSCRIPTION "IF"

-- ok
DROP SUBSCRIPTION name

-- ok
DROP SUBSCRIPTION subscription

-- ok
DROP SUBSCRIPTION IF EXISTS if_

-- ok
DROP SUBSCRIPTION publication CASCADE

-- ok
DROP SUBSCRIPTION "a b"

-- ok
DROP SUBSCRIPTION IF EXISTS exists_ RESTRICT

-- error 18: syntax error at end of input
DROP SUBSCRIPTION

-- error 20: syntax error at or near ","
DROP SUBSCRIPTION s, t

-- error 20: syntax error at or near "."
DROP SUBSCRIPTION a.b

-- error 19: syntax error at or near "'s'"
DROP SUBSCRIPTION 's'

-- error 29: syntax error at or near "RESTRICT"
DROP SUBSCRIPTION s CASCADE RESTRICT

-- error 28: syntax error at end of input
DROP SUBSCRIPTION IF EXISTS

-- error 22: syntax error at or near "NOT"
DROP SUBSCRIPTION IF NOT EXISTS s

-- error 21: syntax error at or near "t"
DROP SUBSCRIPTION s t

-- error 20: syntax error at or near "("
DROP SUBSCRIPTION s()

-- error 19: syntax error at or near "1"
DROP SUBSCRIPTION 1

-- error 21: syntax error at or near "IF"
DROP SUBSCRIPTION s IF EXISTS

-- error 21: syntax error at or near "WITH"
DROP SUBSCRIPTION s WITH (x)
