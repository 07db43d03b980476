-- COPY: rows cut out of text and CSV, escapes, line ends, nulls, values of the usual types, and what is refused.
create table c (a int, b text, n numeric(8,3), t timestamptz, d date, f bool);
set timezone = 'UTC';

copy c from stdin;
1	one	1.5	2024-02-29 12:30:00+00	2024-02-29	t
2	a\tb\\c\nd\x41\101\q	-0.0005	2024-02-29 12:30:00.123456-05:30	0001-01-01	f
3	\N	\N	\N	\N	\N
\N		12345.6789	2024-12-31T23:59:59.5Z	9999-12-31	true
5	a field that is longer than sixteen bytes, and then some	.5	2024-06-01 00:00:00+14	infinity	0
6	\\N	5.	June 1 2024 1:00 PM	20240601	yes
7	ends with a backslash\\	+7	2024-01-01 24:00:00	J2451187	on
8	\ .x	007	2024-01-01 12:00	1/2/2024	1
\.
select a, b, n, t, d, f from c order by a;
copy c to stdout;
copy c (b, a) to stdout with (format csv, header, force_quote (b));
truncate c;

-- columns, other marks
copy c (b, a) from stdin with (delimiter '|', null 'nix');
x|1
nix|2
|3
a\|b|4
nixx|nix
\.
select a, b from c order by a;
truncate c;

-- CSV
copy c (a, b) from stdin with (format csv, header true);
a,b
1,plain
2,"quoted, with ""quotes"" and
a line end"
3,
4,""
5," spaces "
,"\."
\.
select a, b, b is null as null_b from c order by a;
copy c (a, b) to stdout (format csv);
copy c (a, b) to stdout (format csv, null 'NULL', delimiter ';', quote '''', escape '\');
truncate c;

-- what does not fit
copy c (a, b) from stdin;
1
\.
copy c (a, b) from stdin;
1	2	3
\.
copy c (a) from stdin;
1
zwei
\.
copy c (a, n) from stdin;
1	123456.7
\.
copy c (a, n) from stdin;
1	1.2.3
\.
copy c (n) from stdin;
-
\.
copy c (n) from stdin;
.
\.
copy c (t) from stdin;
2024-02-30 12:00:00
\.
copy c (t) from stdin;
2024-13-01 12:00:00
\.
copy c (t) from stdin;
2024-01-01 12:60:00
\.
copy c (t) from stdin;
2024-01-01 12:00:00+16
\.
copy c (t) from stdin;
2024-01-01 12:00:00+14:60
\.
copy c (t) from stdin;
2024-1x-01
\.
copy c (d) from stdin;
0000-01-01
\.
copy c (a, b) from stdin with (format csv);
1,"never closed
\.
copy c (a, b) from stdin with (format csv, header match);
b,a
1,2
\.
copy c (a, b) from stdin with (on_error ignore);
1	good
bad	row
3	good\\
\.
copy c (a, b) from stdin with (on_error ignore, log_verbosity verbose);
x\\y	row
4	good
\.
copy c (a) from stdin with (on_error ignore, reject_limit 1);
x
5
y
\.
select a, b from c order by a;
copy c (a, a) from stdin;
\.
copy c (nope) from stdin;
\.
copy nope from stdin;
\.
copy c from stdin (format parquet);
\.
copy c from stdin (delimiter 'ab');
\.
copy c from stdin (delimiter E'\n');
\.
copy c from stdin (null E'\n');
\.
copy c from stdin (format csv, quote 'ab');
\.
copy c from stdin (quote '"');
\.
copy c (a, b) from stdin;
1	\.x
\.
copy (select a, b from c order by a desc) to stdout;
copy (select 1 as x, null as y, E'a\tb\\' as z) to stdout (header);
copy c (a) to stdout (format text, header match);

-- numbers that are short, and those that are not
create table n (x numeric);
copy n from stdin;
0
-0
0.00
123456789012345678
-123456789012345678
1234567890123456789
0.123456789012345678
0.1234567890123456789
99999999.9999999999
1e5
1_000
0x1F
NaN
-inf
00000000000000000001
\.
select x from n order by x, x::text;
-- many rows over several leaves, of growing and shrinking length
create table m (id int, s text);
insert into m select i, repeat('x', i % 97) from generate_series(1, 20000) i;
insert into m select i, repeat('y', (20000 - i) / 100) from generate_series(1, 20000) i;
select count(*), sum(length(s)), min(id), max(id) from m;
update m set s = s || 'z' where id % 7 = 0;
select count(*), sum(length(s)), count(*) filter (where s like '%z') from m;

-- constraints tell the line
create table k (id int primary key, v int check (v > 0), w text not null);
copy k from stdin;
1	1	a
2	-2	b
3	3	c
\.
copy k from stdin;
1	1	a
2	2	\N
\.
copy k from stdin;
1	1	a
1	2	b
\.
copy k from stdin with (format csv);
1,1,a
2,2,

3,3,c
\.

create table g (a int, b int generated always as (1 / a) stored);
copy g from stdin;
1
0
\.
create table f (id int references k (id));
copy f from stdin;
7
\.
create domain pos as int check (value > 0);
create table dm (p pos);
copy dm from stdin;
1
-1
\.
create table c2 (a int, b text);
copy c2 from stdin;
1	x
2	y
\.
copy c2 from stdin;
1	x
2	y
\.
copy c2 from stdin with (format csv);
1,x
2,"y
"
\.
copy c2 from stdin;
1	a\
b
\.
select * from c2;
