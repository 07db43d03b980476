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
-- the binary form of texts is in the client's encoding, that of what is made of texts too
create type client_mood as enum ('ä', 'b');
set client_encoding = 'latin1';
select textsend(U&'\00e4'), json_send(U&'"\00e4"'), jsonb_send(U&'"\00e4"'), enum_send(U&'\00e4'::client_mood), jsonpath_send(U&'$."\00e4"'), namesend(U&'\00e4');
select record_send(row(U&'\00e4'::text, U&'"\00e4"'::jsonb));
select jsonb_send('"\u20ac"');
select textsend(U&'\20ac');
set client_encoding = 'utf8';
select json_send(U&'"\00e4"'), enum_send('ä'::client_mood);
drop type client_mood;
