-- COPY FROM: WHERE, and DEFAULT's marker.
create table ct (id int default 7, v text default 'dd' || 'x', g int generated always as (id * 2) stored, n text);
copy ct (id, v) from stdin (default '\D');
1	\D
\D	\D
3	a\\D
\.
copy ct (id, n) from stdin (default '\D');
1	\D
\.
copy ct (id, v) from stdin where id > 2;
1	a
3	b
\.
copy ct (id, v) from stdin where id > 2 and v is not null and n is null;
4	a
5	\N
\.
copy ct (id, v) from stdin where ct.id > 2 and v in ('q', 'r');
6	q
2	r
8	s
\.
copy ct (v) from stdin where id = 7;
defaulted
\.
copy ct (v) from stdin where id <> 7;
left out
\.
copy ct (id, v) from stdin with (format csv, default 'D') where v <> 'D';
8,D
9,"D"
\.
copy ct (id, v) from stdin where null;
1	a
\.
copy ct (id, v) from stdin where 'false';
1	a
\.
select * from ct order by id, v;
create sequence s;
create table counted (id int default nextval('s'), v text);
copy counted (id, v) from stdin (default '<next>') where v <> 'b';
<next>	a
<next>	b
10	c
<next>	d
\.
select * from counted order by v;
-- refused before any row is read
\set ON_ERROR_STOP off
copy ct (id, v) from '/dev/null' where g > 2;
copy ct (id, v) from '/dev/null' where ct is null;
copy ct (id, v) from '/dev/null' where id > (select 1);
copy ct (id, v) from '/dev/null' where count(*) > 2;
copy ct (id, v) from '/dev/null' where rank() over () > 2;
copy ct (id, v) from '/dev/null' where generate_series(1, 2) > 2;
copy ct (id, v) from '/dev/null' where id;
copy ct (id, v) from '/dev/null' where nosuch > 2;
copy ct (id, v) from '/dev/null' where other.id > 2;
copy ct to stdout where id > 2;
copy ct (id) from '/dev/null' (default '\N');
copy ct (id) from '/dev/null' (default E'a\nb');
copy ct (id) from '/dev/null' (default E'a\tb');
copy ct (id) from '/dev/null' (format csv, default 'a"b');
copy ct (id) from '/dev/null' (format binary, default 'a');
copy ct to stdout (default 'x');
-- an error in WHERE has its line
copy ct (id, v) from stdin where 1 / (id - 7) > -5;
6	q
7	q
8	q
\.
copy ct (id, v) from stdin where 1 / (id - 7) > -5;
6	q
q	7
7	q
\.
