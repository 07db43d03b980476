-- ALTER TYPE ... ADD VALUE
create type e as enum ('a','b');
alter type e add value 'c';
alter type e add value 'c';
alter type e add value if not exists 'c';
alter type e add value 'z' before 'a';
alter type e add value 'm' after 'a';
alter type e add value 'n' after 'nope';
alter type nope add value 'x';
alter type e add value '';
alter type e add value '1234567890123456789012345678901234567890123456789012345678901234567890';
select enumlabel, enumsortorder from pg_enum where enumtypid='e'::regtype order by 2;
create domain d as int; alter type d add value 'x'; alter type d rename value 'x' to 'y';
begin; create type e2 as enum ('p'); alter type e2 add value 'q'; select 'q'::e2; rollback;
alter type e rename value 'a' to '1234567890123456789012345678901234567890123456789012345678901234567890';
