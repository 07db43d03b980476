-- ok
select E'a\'b'

-- error 10: invalid Unicode escape
select E'\u00zz'
