-- Labels of an enum are not used before the transaction that adds them has committed.
create table t(a int);
create type e1 as enum('a','b');
begin; alter type e1 add value 'c'; select 'c'::e1; rollback;
begin; alter type e1 add value 'c'; select enum_range(null::e1); rollback;
begin; create type e2 as enum('a'); alter type e2 add value 'b'; select 'b'::e2; select enum_range(null::e2); rollback;
begin; alter type e1 add value 'c' before 'a'; create table te(x e1 default 'c'); rollback;
begin; alter type e1 add value 'c' before 'a'; select enum_first(null::e1); rollback;
begin; alter type e1 add value 'c'; select enum_last(null::e1); rollback;
begin; alter type e1 add value 'c'; select 'a'::e1 < 'b'::e1; insert into t select 1; copy (select 'b'::e1) to stdout; rollback;
begin; savepoint s; alter type e1 add value 'c'; release s; select 'c'::e1; rollback;
begin; alter type e1 add value 'c'; commit; select 'c'::e1;
begin; alter type e1 rename to e9; alter type e9 add value 'q'; select 'q'::e9; rollback;
begin; alter type e1 rename value 'a' to 'z'; select 'z'::e1; rollback;
begin; create type e3 as enum('a'); commit; begin; savepoint s; create type e4 as enum('a'); savepoint s2; alter type e4 add value 'x'; select 'x'::e4; rollback;

begin; create type e5 as enum('a'); savepoint s; alter type e5 add value 'x'; select 'x'::e5; rollback;
begin; savepoint s; create type e5 as enum('a'); alter type e5 add value 'x'; select 'x'::e5; rollback;
begin; savepoint s; create type e5 as enum('a'); release s; alter type e5 add value 'x'; select 'x'::e5; rollback;
begin; savepoint s; create type e5 as enum('a'); savepoint s2; alter type e5 add value 'x'; select 'x'::e5; rollback;
begin; create type e5 as enum('a'); alter type e5 rename to e6; alter type e6 add value 'x'; select 'x'::e6; rollback;
begin; create type e5 as enum('a'); alter type e5 owner to postgres; savepoint s; alter type e5 rename to e6;release s; alter type e6 add value 'x'; select 'x'::e6; rollback;

