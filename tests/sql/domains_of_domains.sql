-- Domains over domains: what refuses is told by the outermost, in casts, input, COPY, rows of JSON; rows before stay.
create domain dd_a as int constraint dd_pos check (value > 0) not null;
create domain dd_b as dd_a check (value < 10);
create domain dd_c as dd_b;
select 0::dd_b;
select 0::dd_c;
select '0'::dd_c;
select null::dd_c;
select null::text::dd_c;
select cast(x as dd_c) from (values (5),(0)) v(x);
select '{0}'::dd_c[];
select array[0]::dd_c[];
create table dd_t (x dd_c); insert into dd_t values (0);
insert into dd_t values (null);
insert into dd_t select i from generate_series(3,0,-1) i;
copy dd_t from stdin;
0
\.
copy dd_t from stdin;
\N
\.
select json_populate_record(null::dd_t,'{"x":0}');
select json_populate_record(null::dd_t,'{"x":null}');
select jsonb_populate_record(null::dd_t,'{"x":11}');
select '()'::dd_t;
select row(null)::dd_t;
select row(0)::dd_t;
select pg_input_error_info('12','dd_c'), pg_input_error_info('','dd_c');
prepare p(dd_c) as select $1; execute p(0); execute p(null);
drop table dd_t; drop domain dd_c; drop domain dd_b; drop domain dd_a cascade;
create domain dn_a as int not null;
create domain dn_b as dn_a;
create domain dn_c as int check (value is not null);
create table dn_t1 (x dn_a); create table dn_t2 (x dn_b); create table dn_t3 (x dn_c, y int);
copy dn_t1 from stdin;
\N
\.
copy dn_t2 from stdin;
\N
\.
copy dn_t3 from stdin;
\N	1
\.
insert into dn_t3 (y) values (1);
select count(*) from dn_t1; select count(*) from dn_t2; select count(*) from dn_t3;
drop table dn_t1, dn_t2, dn_t3; drop domain dn_b, dn_a, dn_c;
