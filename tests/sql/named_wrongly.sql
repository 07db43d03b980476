-- functions whose name is not unique, roles by special words, types that go with others
create table sd (a int);
create function div(int, int) returns int language sql as 'select 1';
comment on function div is 'x'; alter function div stable; drop function div; comment on routine div is 'x';
create procedure div(int) language sql as 'select 1';
drop procedure div; drop function public.div; 
drop role current_user; drop role session_user, public;
create type sty as enum ('a'); drop type sty[]; drop type _sty; drop type sd; drop type sd[]; drop type _sd; drop type sty;
