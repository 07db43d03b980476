-- ok
CREATE EXTENSION e

-- ok
CREATE EXTENSION IF NOT EXISTS e SCHEMA s

-- ok
CREATE EXTENSION "uuid-ossp" VERSION '1'

-- ok
CREATE EXTENSION e VERSION v1

-- ok
CREATE EXTENSION IF NOT EXISTS e CASCADE

-- ok
CREATE EXTENSION "uuid-ossp" WITH SCHEMA s

-- ok
CREATE EXTENSION e WITH VERSION "1 2" CASCADE

-- ok
CREATE EXTENSION IF NOT EXISTS e SCHEMA s VERSION '1' CASCADE

-- ok
CREATE EXTENSION "uuid-ossp" CASCADE SCHEMA s

-- ok
CREATE EXTENSION e WITH

-- ok
CREATE EXTENSION IF NOT EXISTS e SCHEMA "S"

-- ok
CREATE EXTENSION "uuid-ossp" CASCADE CASCADE

-- ok
CREATE EXTENSION e VERSION x SCHEMA y VERSION z

-- ok
CREATE EXTENSION schema

-- ok
CREATE EXTENSION schema SCHEMA cascade

-- ok
CREATE EXTENSION schema VERSION version

-- error 17: syntax error at end of input
CREATE EXTENSION

-- error 19: syntax error at or near "."
CREATE EXTENSION a.b

-- error 18: syntax error at or near "'e'"
CREATE EXTENSION 'e'

-- error 26: syntax error at end of input
CREATE EXTENSION e SCHEMA

-- error 27: syntax error at or near "'s'"
CREATE EXTENSION e SCHEMA 's'

-- error 28: syntax error at or near "."
CREATE EXTENSION e SCHEMA a.b

-- error 27: syntax error at end of input
CREATE EXTENSION e VERSION

-- error 28: syntax error at or near "1"
CREATE EXTENSION e VERSION 1

-- error 28: syntax error at or near "1.5"
CREATE EXTENSION e VERSION 1.5

-- error 20 0A000: CREATE EXTENSION ... FROM is no longer supported
CREATE EXTENSION e FROM '1'

-- error 20 0A000: CREATE EXTENSION ... FROM is no longer supported
CREATE EXTENSION e FROM unpackaged

-- error 20: syntax error at or near "RESTRICT"
CREATE EXTENSION e RESTRICT

-- error 25: syntax error at or near "WITH"
CREATE EXTENSION e WITH WITH

-- error 19: syntax error at or near ","
CREATE EXTENSION e, f

-- error 21: syntax error at or near "EXISTS"
CREATE EXTENSION IF EXISTS e

-- error 20: syntax error at or near "("
CREATE EXTENSION e (a = b)
