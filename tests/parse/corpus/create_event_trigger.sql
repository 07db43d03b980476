-- ok
CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION f()

-- ok
CREATE EVENT TRIGGER "E" ON sql_drop WHEN tag IN ('a') EXECUTE PROCEDURE s.f()

-- ok
CREATE EVENT TRIGGER e ON login WHEN tag IN ('a', 'b') EXECUTE FUNCTION "F"()

-- ok
CREATE EVENT TRIGGER "E" ON "X" WHEN a IN ('x') AND b IN ('y', 'z') EXECUTE PROCEDURE d.s.f()

-- ok
CREATE EVENT TRIGGER e ON table_ WHEN "T" IN ('q') EXECUTE FUNCTION f()

-- ok
CREATE EVENT TRIGGER trigger ON event EXECUTE FUNCTION trigger()

-- ok
CREATE EVENT TRIGGER trigger ON event EXECUTE FUNCTION execute()

-- ok
CREATE EVENT TRIGGER trigger ON event EXECUTE FUNCTION a.b()

-- ok
CREATE EVENT TRIGGER trigger ON event EXECUTE FUNCTION "X"."Y"()

-- ok
CREATE EVENT TRIGGER trigger ON event EXECUTE FUNCTION function()

-- ok
CREATE EVENT TRIGGER trigger ON event EXECUTE FUNCTION procedure()

-- ok
CREATE EVENT TRIGGER trigger ON event EXECUTE PROCEDURE trigger()

-- ok
CREATE EVENT TRIGGER trigger ON event EXECUTE PROCEDURE execute()

-- ok
CREATE EVENT TRIGGER trigger ON event EXECUTE PROCEDURE a.b()

-- ok
CREATE EVENT TRIGGER trigger ON event EXECUTE PROCEDURE "X"."Y"()

-- ok
CREATE EVENT TRIGGER trigger ON event EXECUTE PROCEDURE function()

-- ok
CREATE EVENT TRIGGER trigger ON event EXECUTE PROCEDURE procedure()

-- error 21: syntax error at end of input
CREATE EVENT TRIGGER

-- error 23: syntax error at end of input
CREATE EVENT TRIGGER e

-- error 26: syntax error at end of input
CREATE EVENT TRIGGER e ON

-- error 28: syntax error at end of input
CREATE EVENT TRIGGER e ON x

-- error 36: syntax error at end of input
CREATE EVENT TRIGGER e ON x EXECUTE

-- error 37: syntax error at or near "f"
CREATE EVENT TRIGGER e ON x EXECUTE f()

-- error 47: syntax error at end of input
CREATE EVENT TRIGGER e ON x EXECUTE FUNCTION f

-- error 48: syntax error at or near "'a'"
CREATE EVENT TRIGGER e ON x EXECUTE FUNCTION f('a')

-- error 27: syntax error at or near "'x'"
CREATE EVENT TRIGGER e ON 'x' EXECUTE FUNCTION f()

-- error 42: syntax error at or near "FUNCTION"
CREATE EVENT TRIGGER e ON x WHEN EXECUTE FUNCTION f()

-- error 38: syntax error at or near "="
CREATE EVENT TRIGGER e ON x WHEN tag = 'a' EXECUTE FUNCTION f()

-- error 42: syntax error at or near ")"
CREATE EVENT TRIGGER e ON x WHEN tag IN () EXECUTE FUNCTION f()

-- error 42: syntax error at or near "a"
CREATE EVENT TRIGGER e ON x WHEN tag IN (a) EXECUTE FUNCTION f()

-- error 47: syntax error at or near "OR"
CREATE EVENT TRIGGER e ON x WHEN tag IN ('a') OR b IN ('c') EXECUTE FUNCTION f()

-- error 23: syntax error at or near "."
CREATE EVENT TRIGGER a.b ON x EXECUTE FUNCTION f()

-- error 24: syntax error at or near "BEFORE"
CREATE EVENT TRIGGER e BEFORE x EXECUTE FUNCTION f()

-- error 28: syntax error at or near ","
CREATE EVENT TRIGGER e ON x, y EXECUTE FUNCTION f()

-- error 19: syntax error at or near "EVENT"
CREATE OR REPLACE EVENT TRIGGER e ON x EXECUTE FUNCTION f()
