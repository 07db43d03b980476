-- ok
CREATE SUBSCRIPTION s CONNECTION 'c' PUBLICATION p

-- ok
CREATE SUBSCRIPTION "S" CONNECTION '' PUBLICATION p, q WITH (enabled = false)

-- ok
CREATE SUBSCRIPTION s CONNECTION 'c' PUBLICATION "P", q WITH (copy_data = false, slot_name = NONE)

-- ok
CREATE SUBSCRIPTION "S" CONNECTION '' PUBLICATION p WITH (streaming = parallel, binary)

-- ok
CREATE SUBSCRIPTION s CONNECTION 'c' PUBLICATION p, q WITH (origin = 'none', x = 1.5)

-- ok
CREATE SUBSCRIPTION "S" CONNECTION '' PUBLICATION "P", q WITH (two_phase, failover = true)

-- ok
CREATE SUBSCRIPTION s CONNECTION 'c' PUBLICATION p WITH (slot_name = 'x', create_slot = off)

-- ok
CREATE SUBSCRIPTION "S" CONNECTION '' PUBLICATION p, q WITH (synchronous_commit = "local")

-- ok
CREATE SUBSCRIPTION sub1 CONNECTION 'host=h' PUBLICATION pub1 WITH (connect = on)

-- ok
CREATE SUBSCRIPTION sub1 CONNECTION 'host=h' PUBLICATION pub1 WITH (run_as_owner)

-- ok
CREATE SUBSCRIPTION sub1 CONNECTION 'host=h' PUBLICATION pub1

-- ok
CREATE SUBSCRIPTION sub1 CONNECTION 'host=h' PUBLICATION publication, b WITH (connect = on)

-- ok
CREATE SUBSCRIPTION sub1 CONNECTION 'host=h' PUBLICATION publication, b WITH (run_as_owner)

-- ok
CREATE SUBSCRIPTION sub1 CONNECTION 'host=h' PUBLICATION publication, b

-- ok
CREATE SUBSCRIPTION subscription CONNECTION 'host=h' PUBLICATION pub1 WITH (connect = on)

-- ok
CREATE SUBSCRIPTION subscription CONNECTION 'host=h' PUBLICATION pub1 WITH (run_as_owner)

-- ok
CREATE SUBSCRIPTION subscription CONNECTION 'host=h' PUBLICATION pub1

-- ok
CREATE SUBSCRIPTION subscription CONNECTION 'host=h' PUBLICATION publication, b WITH (connect = on)

-- ok
CREATE SUBSCRIPTION subscription CONNECTION 'host=h' PUBLICATION publication, b WITH (run_as_owner)

-- ok
CREATE SUBSCRIPTION subscription CONNECTION 'host=h' PUBLICATION publication, b

-- error 64: syntax error at or near "."
CREATE SUBSCRIPTION s CONNECTION 'c' PUBLICATION "P", q WITH (a.b = c)

-- error 20: syntax error at end of input
CREATE SUBSCRIPTION

-- error 22: syntax error at end of input
CREATE SUBSCRIPTION s

-- error 33: syntax error at end of input
CREATE SUBSCRIPTION s CONNECTION

-- error 37: syntax error at end of input
CREATE SUBSCRIPTION s CONNECTION 'c'

-- error 49: syntax error at end of input
CREATE SUBSCRIPTION s CONNECTION 'c' PUBLICATION

-- error 34: syntax error at or near "c"
CREATE SUBSCRIPTION s CONNECTION c PUBLICATION p

-- error 23: syntax error at or near "PUBLICATION"
CREATE SUBSCRIPTION s PUBLICATION p

-- error 23: syntax error at or near "PUBLICATION"
CREATE SUBSCRIPTION s PUBLICATION p CONNECTION 'c'

-- error 50: syntax error at or near "'p'"
CREATE SUBSCRIPTION s CONNECTION 'c' PUBLICATION 'p'

-- error 51: syntax error at or near "."
CREATE SUBSCRIPTION s CONNECTION 'c' PUBLICATION a.b

-- error 52: syntax error at end of input
CREATE SUBSCRIPTION s CONNECTION 'c' PUBLICATION p,

-- error 56: syntax error at end of input
CREATE SUBSCRIPTION s CONNECTION 'c' PUBLICATION p WITH

-- error 58: syntax error at or near ")"
CREATE SUBSCRIPTION s CONNECTION 'c' PUBLICATION p WITH ()

-- error 22: syntax error at or near "."
CREATE SUBSCRIPTION a.b CONNECTION 'c' PUBLICATION p

-- error 24: syntax error at or near "NOT"
CREATE SUBSCRIPTION IF NOT EXISTS s CONNECTION 'c' PUBLICATION p

-- error 52: syntax error at or near "("
CREATE SUBSCRIPTION s CONNECTION 'c' PUBLICATION p (a = b)

-- error 34: syntax error at or near "NULL"
CREATE SUBSCRIPTION s CONNECTION NULL PUBLICATION p
