-- a label given twice is found by the catalog's index
\set VERBOSITY terse
create type e as enum ('a', 'b', 'a');
\set VERBOSITY sqlstate
create type e as enum ('a', 'b', 'a');
create type e as enum ('a', 'A', '');
select enum_range(null::e);
