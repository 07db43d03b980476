-- ok
ALTER GROUP g ADD USER u

-- ok
ALTER GROUP "G" DROP USER u

-- ok
ALTER GROUP CURRENT_USER ADD USER u, v

-- ok
ALTER GROUP SESSION_USER DROP USER u, "V", CURRENT_USER

-- ok
ALTER GROUP CURRENT_ROLE ADD USER u

-- ok
ALTER GROUP g RENAME TO h

-- ok
ALTER GROUP g ADD USER SESSION_USER

-- ok
ALTER GROUP g DROP USER a, b, c

-- ok
ALTER GROUP g RENAME TO "H"

-- ok
ALTER GROUP a ADD USER b

-- ok
ALTER GROUP a ADD USER b, CURRENT_ROLE

-- ok
ALTER GROUP a DROP USER b

-- ok
ALTER GROUP a DROP USER b, CURRENT_ROLE

-- ok
ALTER GROUP user_ ADD USER b

-- ok
ALTER GROUP user_ ADD USER b, CURRENT_ROLE

-- ok
ALTER GROUP user_ DROP USER b

-- ok
ALTER GROUP user_ DROP USER b, CURRENT_ROLE

-- ok
ALTER GROUP role ADD USER b

-- ok
ALTER GROUP role ADD USER b, CURRENT_ROLE

-- ok
ALTER GROUP role DROP USER b

-- ok
ALTER GROUP role DROP USER b, CURRENT_ROLE

-- error 12: syntax error at end of input
ALTER GROUP

-- error 14: syntax error at end of input
ALTER GROUP g

-- error 18: syntax error at end of input
ALTER GROUP g ADD

-- error 19: syntax error at or near "u"
ALTER GROUP g ADD u

-- error 23: syntax error at end of input
ALTER GROUP g ADD USER

-- error 26: syntax error at or near "v"
ALTER GROUP g ADD USER u v

-- error 26: syntax error at end of input
ALTER GROUP g ADD USER u,

-- error 24: syntax error at end of input
ALTER GROUP g DROP USER

-- error 20: syntax error at or near "ROLE"
ALTER GROUP g DROP ROLE u

-- error 19: syntax error at or near "ROLE"
ALTER GROUP g ADD ROLE u

-- error 21: syntax error at end of input
ALTER GROUP g RENAME

-- error 24: syntax error at end of input
ALTER GROUP g RENAME TO

-- error 26: syntax error at or near "."
ALTER GROUP g RENAME TO a.b

-- error 14: syntax error at or near "."
ALTER GROUP a.b ADD USER u

-- error 13: syntax error at or near "'g'"
ALTER GROUP 'g' ADD USER u

-- error 15: syntax error at or near "SET"
ALTER GROUP g SET x = 1

-- error 13 42939: role name "public" is reserved
ALTER GROUP PUBLIC ADD_

-- error 15: syntax error at or near "WITH"
ALTER GROUP g WITH SUPERUSER

-- error 13 42939: role name "none" is reserved
ALTER GROUP NONE ADD USER u
