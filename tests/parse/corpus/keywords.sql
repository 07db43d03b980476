-- ok
SELECT abort FROM t

-- ok
SELECT abs FROM t

-- ok
SELECT action FROM t

-- ok
SELECT begin FROM t

-- ok
SELECT cascade FROM t

-- ok
SELECT day FROM t

-- ok
SELECT double FROM t

-- ok
SELECT escape FROM t

-- ok
SELECT first FROM t

-- ok
SELECT hour FROM t

-- ok
SELECT key FROM t

-- ok
SELECT language FROM t

-- ok
SELECT last FROM t

-- ok
SELECT level FROM t

-- ok
SELECT name FROM t

-- ok
SELECT next FROM t

-- ok
SELECT no FROM t

-- ok
SELECT nothing FROM t

-- ok
SELECT nulls FROM t

-- ok
SELECT off FROM t

-- ok
SELECT owner FROM t

-- ok
SELECT over FROM t

-- ok
SELECT password FROM t

-- ok
SELECT period FROM t

-- ok
SELECT plan FROM t

-- ok
SELECT range FROM t

-- ok
SELECT read FROM t

-- ok
SELECT rows FROM t

-- ok
SELECT schema FROM t

-- ok
SELECT set FROM t

-- ok
SELECT share FROM t

-- ok
SELECT source FROM t

-- ok
SELECT system FROM t

-- ok
SELECT temp FROM t

-- ok
SELECT text FROM t

-- ok
SELECT type FROM t

-- ok
SELECT until FROM t

-- ok
SELECT value FROM t

-- ok
SELECT version FROM t

-- ok
SELECT view FROM t

-- ok
SELECT work FROM t

-- ok
SELECT year FROM t

-- ok
SELECT zone FROM t

-- ok
SELECT a as_

-- ok
SELECT a abort

-- ok
SELECT a between

-- ok
SELECT a bigint

-- ok
SELECT a bit

-- ok
SELECT a boolean

-- ok
SELECT a cast

-- ok
SELECT a coalesce

-- ok
SELECT a collation

-- ok
SELECT a dec

-- ok
SELECT a else

-- ok
SELECT a end

-- ok
SELECT a exists

-- ok
SELECT a extract

-- ok
SELECT a from_

-- ok
SELECT a greatest

-- ok
SELECT a grouping

-- ok
SELECT a inner

-- ok
SELECT a int

-- ok
SELECT a interval

-- ok
SELECT a is

-- ok
SELECT a join

-- ok
SELECT a left

-- ok
SELECT a like

-- ok
SELECT a nchar

-- ok
SELECT a none

-- ok
SELECT a nullif

-- ok
SELECT a numeric

-- ok
SELECT a out

-- ok
SELECT a overlay

-- ok
SELECT a position

-- ok
SELECT a real

-- ok
SELECT a row

-- ok
SELECT a setof

-- ok
SELECT a similar

-- ok
SELECT a smallint

-- ok
SELECT a substring

-- ok
SELECT a time

-- ok
SELECT a timestamp

-- ok
SELECT a treat

-- ok
SELECT a trim

-- ok
SELECT a values

-- ok
SELECT a varchar

-- ok
SELECT a xmlattributes

-- ok
SELECT a xmltable

-- ok
SELECT a AS all

-- ok
SELECT a AS and

-- ok
SELECT a AS array

-- ok
SELECT a AS as

-- ok
SELECT a AS asc

-- ok
SELECT a AS case

-- ok
SELECT a AS check

-- ok
SELECT a AS create

-- ok
SELECT a AS distinct

-- ok
SELECT a AS do

-- ok
SELECT a AS else

-- ok
SELECT a AS except

-- ok
SELECT a AS false

-- ok
SELECT a AS fetch

-- ok
SELECT a AS for

-- ok
SELECT a AS from

-- ok
SELECT a AS grant

-- ok
SELECT a AS group

-- ok
SELECT a AS having

-- ok
SELECT a AS in

-- ok
SELECT a AS into

-- ok
SELECT a AS isnull

-- ok
SELECT a AS join

-- ok
SELECT a AS limit

-- ok
SELECT a AS not

-- ok
SELECT a AS null

-- ok
SELECT a AS offset

-- ok
SELECT a AS on

-- ok
SELECT a AS or

-- ok
SELECT a AS order

-- ok
SELECT a AS over

-- ok
SELECT a AS overlaps

-- ok
SELECT a AS primary

-- ok
SELECT a AS select

-- ok
SELECT a AS table

-- ok
SELECT a AS then

-- ok
SELECT a AS to

-- ok
SELECT a AS true

-- ok
SELECT a AS union

-- ok
SELECT a AS unique

-- ok
SELECT a AS user

-- ok
SELECT a AS using

-- ok
SELECT a AS when

-- ok
SELECT a AS where

-- ok
SELECT a AS window

-- ok
SELECT a AS with

-- ok
SELECT a analyse

-- ok
SELECT a any

-- ok
SELECT a asymmetric

-- ok
SELECT a both

-- ok
SELECT a check

-- ok
SELECT a cross

-- ok
SELECT a current_date

-- ok
SELECT a default

-- ok
SELECT a desc

-- ok
SELECT a do

-- ok
SELECT a false

-- ok
SELECT a foreign

-- ok
SELECT a leading

-- ok
SELECT a natural

-- ok
SELECT a null

-- ok
SELECT a only

-- ok
SELECT a or_

-- ok
SELECT a placing

-- ok
SELECT a primary

-- ok
SELECT a references

-- ok
SELECT a session_user

-- ok
SELECT a some

-- ok
SELECT a symmetric

-- ok
SELECT a table

-- ok
SELECT a then

-- ok
SELECT a trailing

-- ok
SELECT a true

-- ok
SELECT a unique

-- ok
SELECT a user

-- ok
SELECT a using

-- ok
SELECT a variadic

-- ok
SELECT a verbose

-- ok
SELECT a when

-- ok
SELECT a outer

-- ok
SELECT a right

-- ok
SELECT a full

-- ok
SELECT * FROM t AS abort

-- ok
SELECT * FROM t AS between

-- ok
SELECT * FROM t AS char

-- ok
SELECT * FROM t AS coalesce

-- ok
SELECT * FROM t AS exists

-- ok
SELECT * FROM t AS int

-- ok
SELECT * FROM t AS row

-- ok
SELECT * FROM t AS time

-- ok
SELECT * FROM t AS values

-- ok
SELECT * FROM t AS none

-- ok
SELECT * FROM t AS over

-- ok
SELECT * FROM t AS out

-- ok
SELECT * FROM abort

-- ok
SELECT * FROM between

-- ok
SELECT * FROM bigint

-- ok
SELECT * FROM coalesce

-- ok
SELECT * FROM exists

-- ok
SELECT * FROM row

-- ok
SELECT * FROM time

-- ok
SELECT * FROM none

-- ok
SELECT * FROM overlay

-- ok
SELECT * FROM setof

-- ok
SELECT * FROM values_

-- ok
SELECT * FROM xmlparse

-- ok
SELECT * FROM json_object

-- ok
SELECT * FROM merge_action

-- ok
SELECT * FROM inout

-- ok
SELECT * FROM precision

-- ok
SELECT * FROM character

-- ok
SELECT * FROM t abort

-- ok
SELECT * FROM t type

-- ok
SELECT * FROM t name

-- ok
SELECT * FROM t value

-- ok
SELECT * FROM t key

-- ok
SELECT * FROM t row

-- ok
SELECT * FROM t int

-- ok
SELECT * FROM t coalesce

-- ok
SELECT * FROM t values

-- ok
SELECT * FROM t exists

-- ok
SELECT * FROM t trim

-- ok
SELECT left(1)

-- ok
SELECT right(1)

-- ok
SELECT verbose(1)

-- ok
SELECT binary(1)

-- ok
SELECT collation(1)

-- ok
SELECT concurrently(1)

-- ok
SELECT cross(1)

-- ok
SELECT freeze(1)

-- ok
SELECT full(1)

-- ok
SELECT ilike(1)

-- ok
SELECT inner(1)

-- ok
SELECT is(1)

-- ok
SELECT isnull(1)

-- ok
SELECT join(1)

-- ok
SELECT like(1)

-- ok
SELECT natural(1)

-- ok
SELECT notnull(1)

-- ok
SELECT outer(1)

-- ok
SELECT overlaps(1)

-- ok
SELECT similar(1)

-- ok
SELECT tablesample(1)

-- ok
SELECT authorization(1)

-- ok
SELECT current_schema(1)

-- ok
SELECT s.select, (x).order

-- ok
SELECT s.from, (x).group

-- ok
SELECT s.table, (x).select

-- ok
SELECT s.user, (x).order

-- ok
SELECT s.all, (x).group

-- ok
SELECT s.where, (x).select

-- ok
SELECT s.left, (x).order

-- ok
SELECT s.coalesce, (x).group

-- ok
SELECT s.int, (x).select

-- ok
SELECT abort(1)

-- ok
SELECT day(1)

-- ok
SELECT filter(1)

-- ok
SELECT first(1)

-- ok
SELECT over(1)

-- ok
SELECT partition(1)

-- ok
SELECT ranges(1)

-- ok
SELECT rows(1)

-- ok
SELECT within(1)

-- ok
SELECT set(1)

-- ok
SELECT name(1)

-- ok
SELECT view(1)

-- ok
SELECT xmlx(1)

-- ok
SELECT filter, within, over, partition, range, rows, groups FROM t

-- ok
CREATE TABLE t (abort int)

-- ok
CREATE TABLE t (between int)

-- ok
CREATE TABLE t (int int)

-- ok
CREATE TABLE t (char int)

-- ok
CREATE TABLE t (time int)

-- ok
CREATE TABLE t (values int)

-- ok
CREATE TABLE t (row int)

-- ok
CREATE TABLE t (position int)

-- ok
CREATE TABLE t (coalesce int)

-- ok
CREATE TABLE t (none int)

-- ok
CREATE TABLE t (setof int)

-- ok
CREATE TABLE t (out int)

-- ok
CREATE TABLE t (inout int)

-- ok
CREATE TABLE t (national int)

-- ok
CREATE TABLE t (bit int)

-- ok
CREATE TABLE t (exists int)

-- ok
CREATE TABLE t (extract int)

-- ok
CREATE TABLE t (json_table int)

-- ok
CREATE TABLE t (normalize int)

-- ok
CREATE TABLE abort (a int)

-- ok
CREATE TABLE between (a int)

-- ok
CREATE TABLE int (a int)

-- ok
CREATE TABLE time (a int)

-- ok
CREATE TABLE values (a int)

-- ok
CREATE TABLE none (a int)

-- ok
CREATE TABLE row (a int)

-- ok
CREATE TABLE coalesce (a int)

-- ok
CREATE FUNCTION left(a int) RETURNS int LANGUAGE sql

-- ok
CREATE FUNCTION overlaps(a int) RETURNS int LANGUAGE sql

-- ok
CREATE FUNCTION abort(a int) RETURNS int LANGUAGE sql

-- ok
CREATE FUNCTION ilike(a int) RETURNS int LANGUAGE sql

-- ok
CREATE FUNCTION verbose(a int) RETURNS int LANGUAGE sql

-- ok
CREATE FUNCTION freeze(a int) RETURNS int LANGUAGE sql

-- ok
CREATE FUNCTION binary(a int) RETURNS int LANGUAGE sql

-- ok
CREATE FUNCTION isnull(a int) RETURNS int LANGUAGE sql

-- ok
CREATE FUNCTION tablesample(a int) RETURNS int LANGUAGE sql

-- ok
CREATE FUNCTION natural(a int) RETURNS int LANGUAGE sql

-- ok
CREATE FUNCTION f(left int) RETURNS int LANGUAGE sql

-- ok
CREATE FUNCTION f(overlaps int) RETURNS int LANGUAGE sql

-- ok
CREATE FUNCTION f(natural int) RETURNS int LANGUAGE sql

-- ok
CREATE TYPE abort AS (a int)

-- ok
CREATE TYPE day AS (a int)

-- ok
CREATE TYPE value AS (a int)

-- ok
CREATE ROLE abort

-- ok
CREATE ROLE between

-- ok
CREATE ROLE int

-- ok
CREATE ROLE left

-- ok
CREATE ROLE overlaps

-- ok
CREATE ROLE select_

-- ok
CREATE ROLE out

-- ok
CREATE ROLE binary

-- ok
DROP ROLE current_role

-- ok
DROP ROLE current_user

-- ok
DROP ROLE session_user

-- ok
DROP ROLE left

-- ok
DROP ROLE none_

-- ok
SET abort = on

-- ok
SET between = off

-- ok
SET time = true

-- ok
SET name = 1

-- ok
SET role_ = default

-- ok
SET names_ = 'x'

-- ok
SET session_x = ident

-- ok
SELECT CAST(a AS abort), b::overlaps

-- ok
SELECT CAST(a AS day), b::version

-- ok
SELECT CAST(a AS name), b::view

-- ok
SELECT CAST(a AS left), b::overlaps

-- ok
SELECT CAST(a AS binary), b::version

-- ok
SELECT CAST(a AS value), b::view

-- ok
SELECT CAST(a AS json_object_), b::overlaps

-- ok
SELECT CAST(a AS natural), b::version

-- ok
SELECT CAST(a AS zone), b::view

-- ok
ALTER TABLE t ADD COLUMN between int

-- ok
ALTER TABLE t ADD COLUMN column_ int

-- ok
ALTER TABLE t ADD COLUMN key int

-- ok
ALTER TABLE t ADD COLUMN constraint_ int

-- ok
ALTER TABLE t ADD COLUMN if int

-- ok
ALTER TABLE t ADD COLUMN action int

-- ok
ALTER TABLE t DROP between

-- ok
ALTER TABLE t DROP key

-- ok
ALTER TABLE t DROP if

-- ok
ALTER TABLE t DROP action

-- ok
ALTER TABLE t DROP int

-- ok
ALTER TABLE t RENAME key TO values

-- ok
ALTER TABLE t RENAME column_x TO row

-- ok
ALTER TABLE t RENAME to_ TO time

-- ok
ALTER TABLE t RENAME between TO int

-- ok
ALTER TABLE t RENAME between TO none

-- ok
LISTEN between

-- ok
LISTEN abort

-- ok
LISTEN int

-- ok
LISTEN coalesce

-- ok
SAVEPOINT between

-- ok
SAVEPOINT abort

-- ok
SAVEPOINT int

-- ok
SAVEPOINT coalesce

-- ok
SAVEPOINT row

-- ok
DECLARE abort CURSOR FOR SELECT 1

-- ok
DECLARE int CURSOR FOR SELECT 1

-- ok
DECLARE between CURSOR FOR SELECT 1

-- ok
DECLARE row CURSOR FOR SELECT 1

-- ok
DECLARE out CURSOR FOR SELECT 1

-- ok
SELECT * FROM a NATURAL JOIN b AS cross_

-- ok
SELECT * FROM a NATURAL JOIN b AS inner_

-- ok
SELECT * FROM a NATURAL JOIN b AS on_

-- ok
SELECT * FROM a NATURAL JOIN b AS key

-- ok
SELECT format, system_user, current_schema, current_catalog, session_user, current_role

-- ok
SELECT json, json_array, json_object, json_scalar, json_serialize FROM t

-- ok
SELECT array_

-- ok
SELECT user

-- ok
SELECT localtime

-- ok
SELECT localtimestamp

-- ok
CREATE ACCESS METHOD between TYPE index HANDLER h

-- ok
CREATE COLLATION int FROM "C"

-- ok
CREATE CONVERSION row FOR 'a' TO 'b' FROM c

-- ok
CREATE EXTENSION abort

-- ok
CREATE LANGUAGE coalesce HANDLER h

-- ok
SELECT all

-- ok
SELECT a having 1

-- ok
SELECT a limit 1

-- ok
SELECT a offset 1

-- ok
SELECT a where 1

-- ok
SELECT * FROM user

-- ok
SELECT * FROM current_date

-- ok
SELECT * FROM localtime

-- ok
SELECT * FROM values

-- ok
SELECT * FROM json_table

-- ok
SELECT * FROM xmltable

-- ok
CREATE TABLE t (like int)

-- ok
CREATE TYPE between AS (a int)

-- ok
CREATE TYPE int AS (a int)

-- ok
CREATE TYPE coalesce AS (a int)

-- ok
CREATE TYPE row AS (a int)

-- ok
CREATE TYPE time AS (a int)

-- ok
SELECT assertion, catalog, partial, unencrypted, views FROM plan

-- ok
CREATE TABLE assertion (catalog int, partial int, unencrypted int, views int)

-- ok
SELECT 1 AS assertion, 2 catalog, 3 partial, 4 unencrypted, 5 views

-- ok
SELECT assertion(1), catalog(2), partial(3), unencrypted(4), views(5)

-- error 10: syntax error at or near "precision"
SELECT a precision

-- error 23: syntax error at or near ","
SELECT count(*) filter, sum(a) within, max(b) over_

-- error 23: syntax error at or near "int"
CREATE FUNCTION f(int int) RETURNS int LANGUAGE sql

-- error 19: syntax error at or near "between"
CREATE FUNCTION f(between int) RETURNS int LANGUAGE sql

-- error 19: syntax error at or near "coalesce"
CREATE FUNCTION f(coalesce int) RETURNS int LANGUAGE sql

-- error 13: syntax error at or near "left"
CREATE TYPE left AS (a int)

-- error 13: syntax error at or near "binary"
CREATE TYPE binary AS (a int)

-- error 13: syntax error at or near "overlaps"
CREATE TYPE overlaps AS (a int)

-- error 8: syntax error at or near "asc"
SELECT asc

-- error 8: syntax error at or near "and"
SELECT and

-- error 13: syntax error at end of input
SELECT array

-- error 8: syntax error at or near "as"
SELECT as

-- error 8: syntax error at or near "both"
SELECT both

-- error 12: syntax error at end of input
SELECT case

-- error 8: syntax error at or near "check"
SELECT check

-- error 8: syntax error at or near "collate"
SELECT collate

-- error 8: syntax error at or near "column"
SELECT column

-- error 8: syntax error at or near "constraint"
SELECT constraint

-- error 8: syntax error at or near "desc"
SELECT desc

-- error 16: syntax error at end of input
SELECT distinct

-- error 8: syntax error at or near "do"
SELECT do

-- error 8: syntax error at or near "else"
SELECT else

-- error 8: syntax error at or near "end"
SELECT end

-- error 14: syntax error at end of input
SELECT except

-- error 11: syntax error at end of input
SELECT for

-- error 8: syntax error at or near "foreign"
SELECT foreign

-- error 8: syntax error at or near "grant"
SELECT grant

-- error 13: syntax error at end of input
SELECT group

-- error 14: syntax error at end of input
SELECT having

-- error 8: syntax error at or near "in"
SELECT in

-- error 8: syntax error at or near "initially"
SELECT initially

-- error 17: syntax error at end of input
SELECT intersect

-- error 8: syntax error at or near "lateral"
SELECT lateral

-- error 8: syntax error at or near "leading"
SELECT leading

-- error 13: syntax error at end of input
SELECT limit

-- error 11: syntax error at end of input
SELECT not

-- error 14: syntax error at end of input
SELECT offset

-- error 8: syntax error at or near "on"
SELECT on

-- error 8: syntax error at or near "only"
SELECT only

-- error 8: syntax error at or near "or"
SELECT or

-- error 13: syntax error at end of input
SELECT order

-- error 8: syntax error at or near "placing"
SELECT placing

-- error 8: syntax error at or near "primary"
SELECT primary

-- error 8: syntax error at or near "references"
SELECT references

-- error 8: syntax error at or near "some"
SELECT some

-- error 8: syntax error at or near "symmetric"
SELECT symmetric

-- error 8: syntax error at or near "then"
SELECT then

-- error 8: syntax error at or near "to"
SELECT to

-- error 8: syntax error at or near "trailing"
SELECT trailing

-- error 13: syntax error at end of input
SELECT union

-- error 14: syntax error at end of input
SELECT unique

-- error 8: syntax error at or near "using"
SELECT using

-- error 8: syntax error at or near "variadic"
SELECT variadic

-- error 8: syntax error at or near "when"
SELECT when

-- error 13: syntax error at end of input
SELECT where

-- error 14: syntax error at end of input
SELECT window

-- error 8: syntax error at or near "with"
SELECT with

-- error 10: syntax error at or near "array"
SELECT a array 1

-- error 10: syntax error at or near "char"
SELECT a char 1

-- error 10: syntax error at or near "character"
SELECT a character 1

-- error 10: syntax error at or near "create"
SELECT a create 1

-- error 10: syntax error at or near "day"
SELECT a day 1

-- error 17: syntax error at or near "1"
SELECT a except 1

-- error 16: syntax error at or near "1"
SELECT a fetch 1

-- error 10: syntax error at or near "filter"
SELECT a filter 1

-- error 14: syntax error at or near "1"
SELECT a for 1

-- error 10: syntax error at or near "grant"
SELECT a grant 1

-- error 10: syntax error at or near "hour"
SELECT a hour 1

-- error 20: syntax error at or near "1"
SELECT a intersect 1

-- error 15: syntax error at or near "1"
SELECT a into 1

-- error 17: syntax error at or near "1"
SELECT a isnull 1

-- error 10: syntax error at or near "minute"
SELECT a minute 1

-- error 10: syntax error at or near "month"
SELECT a month 1

-- error 18: syntax error at or near "1"
SELECT a notnull 1

-- error 10: syntax error at or near "on"
SELECT a on 1

-- error 16: syntax error at or near "1"
SELECT a order 1

-- error 10: syntax error at or near "over"
SELECT a over 1

-- error 10: syntax error at or near "overlaps"
SELECT a overlaps 1

-- error 10: syntax error at or near "precision"
SELECT a precision 1

-- error 10: syntax error at or near "second"
SELECT a second 1

-- error 10: syntax error at or near "to"
SELECT a to 1

-- error 16: syntax error at or near "1"
SELECT a union 1

-- error 10: syntax error at or near "varying"
SELECT a varying 1

-- error 17: syntax error at or near "1"
SELECT a window 1

-- error 10: syntax error at or near "with"
SELECT a with 1

-- error 10: syntax error at or near "within"
SELECT a within 1

-- error 10: syntax error at or near "without"
SELECT a without 1

-- error 10: syntax error at or near "year"
SELECT a year 1

-- error 15: syntax error at or near "all"
SELECT * FROM all

-- error 15: syntax error at or near "select"
SELECT * FROM select

-- error 19: syntax error at end of input
SELECT * FROM left

-- error 23: syntax error at end of input
SELECT * FROM overlaps

-- error 15: syntax error at or near "where"
SELECT * FROM where

-- error 15: syntax error at or near "table"
SELECT * FROM table

-- error 21: syntax error at end of input
SELECT * FROM binary

-- error 20: syntax error at end of input
SELECT * FROM cross

-- error 22: syntax error at end of input
SELECT * FROM natural

-- error 20: syntax error at or near "select"
SELECT * FROM t AS select

-- error 20: syntax error at or near "left"
SELECT * FROM t AS left

-- error 20: syntax error at or near "where"
SELECT * FROM t AS where

-- error 20: syntax error at or near "on"
SELECT * FROM t AS on

-- error 20: syntax error at or near "natural"
SELECT * FROM t AS natural

-- error 20: syntax error at or near "all"
SELECT * FROM t AS all

-- error 20: syntax error at or near "table"
SELECT * FROM t AS table

-- error 20: syntax error at or near "binary"
SELECT * FROM t AS binary

-- error 20: syntax error at or near "isnull"
SELECT * FROM t AS isnull

-- error 20: syntax error at or near "user"
SELECT * FROM t AS user

-- error 17: syntax error at or near "select"
CREATE TABLE t (select int)

-- error 17: syntax error at or near "left"
CREATE TABLE t (left int)

-- error 17: syntax error at or near "user"
CREATE TABLE t (user int)

-- error 17: syntax error at or near "all"
CREATE TABLE t (all int)

-- error 17: syntax error at or near "binary"
CREATE TABLE t (binary int)

-- error 23: syntax error at or near "int"
CREATE TABLE t (check int)

-- error 17: syntax error at or near "column"
CREATE TABLE t (column int)

-- error 25: syntax error at or near "int"
CREATE TABLE t (primary int)

-- error 14: syntax error at or near "select"
CREATE TABLE select (a int)

-- error 14: syntax error at or near "left"
CREATE TABLE left (a int)

-- error 14: syntax error at or near "user"
CREATE TABLE user (a int)

-- error 14: syntax error at or near "binary"
CREATE TABLE binary (a int)

-- error 24: syntax error at or near "("
CREATE FUNCTION between(a int) RETURNS int LANGUAGE sql

-- error 25: syntax error at or near "("
CREATE FUNCTION coalesce(a int) RETURNS int LANGUAGE sql

-- error 20: syntax error at or near "("
CREATE FUNCTION int(a int) RETURNS int LANGUAGE sql

-- error 17: syntax error at or near "select"
CREATE FUNCTION select(a int) RETURNS int LANGUAGE sql

-- error 20: syntax error at or near "("
CREATE FUNCTION row(a int) RETURNS int LANGUAGE sql

-- error 23: syntax error at or near "("
CREATE FUNCTION values(a int) RETURNS int LANGUAGE sql

-- error 23: syntax error at or near "("
CREATE FUNCTION exists(a int) RETURNS int LANGUAGE sql

-- error 13: syntax error at or near "select"
CREATE TYPE select AS (a int)

-- error 13 42939: role name "none" is reserved
CREATE ROLE none

-- error 13 42939: role name "public" is reserved
CREATE ROLE public

-- error 13 42939: CURRENT_ROLE cannot be used as a role name here
CREATE ROLE current_role

-- error 13 42939: CURRENT_USER cannot be used as a role name here
CREATE ROLE current_user

-- error 13 42939: SESSION_USER cannot be used as a role name here
CREATE ROLE session_user

-- error 13: syntax error at or near "user"
CREATE ROLE user

-- error 13: syntax error at or near "select"
CREATE ROLE select

-- error 12: syntax error at or near "("
SELECT none(

-- error 11: syntax error at or near "("
SELECT out(

-- error 13: syntax error at or near "("
SELECT inout(

-- error 13: syntax error at or near "("
SELECT setof(

-- error 16: syntax error at or near "("
SELECT national(

-- error 17: syntax error at or near "("
SELECT precision(

-- error 14: syntax error at end of input
SELECT treat(

-- error 14: syntax error at or near "("
SELECT values(

-- error 15: syntax error at end of input
SELECT nullif(

-- error 17: syntax error at end of input
SELECT coalesce(

-- error 15: syntax error at or near "("
SELECT between(1)

-- error 13: syntax error at or near "("
SELECT setof(1)

-- error 13: syntax error at or near "("
SELECT inout(1)

-- error 16: syntax error at or near "("
SELECT xmltable(1)

-- error 18: syntax error at or near "between"
SELECT CAST(a AS between)

-- error 18: syntax error at or near "coalesce"
SELECT CAST(a AS coalesce)

-- error 18: syntax error at or near "row"
SELECT CAST(a AS row)

-- error 18: syntax error at or near "select"
SELECT CAST(a AS select)

-- error 18: syntax error at or near "user"
SELECT CAST(a AS user)

-- error 18: syntax error at or near "none"
SELECT CAST(a AS none)

-- error 18: syntax error at or near "out"
SELECT CAST(a AS out)

-- error 18: syntax error at or near "values"
SELECT CAST(a AS values)

-- error 11: syntax error at or near "left"
SAVEPOINT left

-- error 11: syntax error at or near "select"
SAVEPOINT select

-- error 11: syntax error at or near "user"
SAVEPOINT user

-- error 11: syntax error at or near "binary"
SAVEPOINT binary

-- error 1 0A000: CREATE ASSERTION is not yet implemented
CREATE ASSERTION a CHECK (b)

-- error 1 0A000: CREATE ASSERTION is not yet implemented
CREATE ASSERTION s.a CHECK (b > 1) DEFERRABLE

-- error 1 0A000: CREATE ASSERTION is not yet implemented
CREATE ASSERTION s.a CHECK (b > 1) NOT DEFERRABLE INITIALLY IMMEDIATE

-- error 6: syntax error at or near "ASSERTION"
DROP ASSERTION a
