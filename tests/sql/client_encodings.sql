select length('ä'), octet_length('ä');
set client_encoding = 'latin1';
show client_encoding;
select length('ä'), octet_length('ä'), 'ä' as "ü";
select pg_client_encoding();
select U&'\20ac' as euro;
select chr(228) || 'x' = 'ä';
select 1 as "ä" union select 'ö';
\copy (select 'ä', 1) to stdout
create table et(a text);
copy et from stdin;
äö
\.
select length(a), a from et;
copy et to stdout;
copy et to stdout (encoding 'utf8');
copy et to stdout (encoding 'nonsense');
copy et to stdout (encoding 'win1252');
insert into et values (U&'\20ac');
copy et to stdout;
select a from et;
set client_encoding = 'mule_internal';
set client_encoding = 'nonsense';
set client_encoding = 'euc_jp';
select convert_to(U&'\3042', 'euc_jp'), U&'\3042' < 'z';
set client_encoding = 'utf8';
select length(a) from et;
set client_encoding = 'latin1';
select 'ä'::int;
do $$ begin null; end $$ language "ä";
create table "ä"("ü" text);
select * from "ä";
select "ö" from "ä";
prepare p as select $1::text, length($1);
execute p('ä');
set client_encoding = 'utf8';
select relname, length(relname) from pg_class where relname ~ 'ä|Ã';
