-- Values of every type through text and back, and through the binary form and back: each comes out as it went in, and its binary
-- form is PostgreSQL's, byte for byte. The values are those of the golden calls (tests/calls) and the least and greatest ones.
-- A column a type, and one of its arrays.
set timezone = 'UTC';
create temp table given (type text, number int, value text);

insert into given select 'bool', n, x from unnest(array['t', 'f']) with ordinality u(x, n);
insert into given select 'bytea', n, x from unnest(array[E'\\x', E'\\x00', E'\\x00ff5c27', E'\\xdeadbeef', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', '', 'ab', 'abc', 'The quick brown fox', 'a_b', 'a%b', 'a%', 'a#%', '#']) with ordinality u(x, n);
insert into given select 'char', n, x from unnest(array['', 'a', E'\\001', E'\\377', '0', 'Z', 'abc', 'a ', '1']) with ordinality u(x, n);
insert into given select 'name', n, x from unnest(array['', 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', 'a,', 'foo.bar', '.C 日cca,日 22a0.cé', 'é21', 'Bbé2- éA0日b', 'Bbéc.Cb-日 1ba-.日 1', ',AcAA日,AACc ', 'bc0,A222Ac2', 'Ac.-aéc日日1é Ab', ',a,C-,CAéA1,日12A', 'B1日b,ACé1cAé01c.a', 'a日 1a,B0C.1A1B.', '2. 日.日b', 'b,a']) with ordinality u(x, n);
insert into given select 'int8', n, x from unnest(array['0', '-9223372036854775808', '9223372036854775807', '5', '50', '3062787934262172190', '255', '7156264712250696619', '2880349375247652740', '-1290741836898807365', '3950633647451357667', '978765529492673579', '451046429973995146', '7737395470605996869', '-5057060524991528666', '70']) with ordinality u(x, n);
insert into given select 'int2', n, x from unnest(array['0', '-32768', '32767', '3', '-82', '13324', '-12', '-25581', '-25771', '24719', '21435', '-7', '-5', '-2327', '2574', '-17128']) with ordinality u(x, n);
insert into given select 'int4', n, x from unnest(array['0', '-2147483648', '2147483647', '3', '-8', '-839852389', '1909297705', '127', '-17', '41', '16', '-509129867', '637404690', '425830097', '-69', '-1118732135']) with ordinality u(x, n);
insert into given select 'regproc', n, x from unnest(array['pg_catalog.now', '-']) with ordinality u(x, n);
insert into given select 'text', n, x from unnest(array['', 'é日😀', E'''"\\', 'a', '9', 'FM9.999999PL', '9."a"', 'xy5', '0000167', 'a日,21BC2--CC,02 .2', '(?z)a', 'foobarbequebaz', 'o(.)b', 'éb1 aA AB.', ' 1', '"a']) with ordinality u(x, n);
insert into given select 'oid', n, x from unnest(array['0', '4294967295', '2147483648', '2097659415', '4219185365', '3655821807', '42', '1125178412', '2956267744', '2470759461', '1916786144', '24112935', '3153330857', '4252701836', '1587716042']) with ordinality u(x, n);
insert into given select 'tid', n, x from unnest(array['(0,0)', '(4294967295,65535)', '(7,3)', '(1,258)', '(1,2)', '(2,1)', '(1,3)', '(4294967295,1)', '(0,1)', '(70000,2)']) with ordinality u(x, n);
insert into given select 'xid', n, x from unnest(array['0', '4294967295', '258', '7', '8', '4', '2', '2147483647', '1']) with ordinality u(x, n);
insert into given select 'cid', n, x from unnest(array['0', '4294967295', '31', '1', '2', '7']) with ordinality u(x, n);
insert into given select 'json', n, x from unnest(array['null', '{"a" : 1, "a":2}', ' [1, 2.50] ', '"x"', ' { "a" : { "b" : "c" } } ', '-1.5e3', '[1,2,3]', '{}', '{"a":1,"a":2}', '{"x":1}', '{"1":2}', '1', '[1]', '{"a":{"b":[1, {"c":"x"}]}}', '[1 ]', '{"a":null}']) with ordinality u(x, n);
insert into given select 'xid8', n, x from unnest(array['0', '18446744073709551615', '258', '1', '2', '4294967299', '4294967297', '3']) with ordinality u(x, n);
insert into given select 'float4', n, x from unnest(array['0', '-0', 'NaN', 'Infinity', '-Infinity', '3.4028235e38', '1e-45', '-1.1754944e-38', '-9.53809e+29', '16777217', '-3.23897e-05', '-3.62579e-17', '1e-10', '108.918', '3.65699e-11', '9.94452e+15']) with ordinality u(x, n);
insert into given select 'float8', n, x from unnest(array['0', '-0', 'NaN', 'Infinity', '-Infinity', '1.7976931348623157e308', '5e-324', '-2.2250738585072014e-308', '1', '2147483647.5', '8.39405126675245e+290', '1.2637210170701397e+62', '-0.224400347869937', '-0.7788724273411076', '0.4305315027590042', '0.22281094714072625']) with ordinality u(x, n);
insert into given select 'money', n, x from unnest(array['-92233720368547758.08', '92233720368547758.07', '0', '0.01', '-1', '($1.5)', '-1.005', '', '1 -', '(1', '$ -1', '-12.34', '0.15', '-123456.7', '1-$', '+']) with ordinality u(x, n);
insert into given select 'macaddr', n, x from unnest(array['00:00:00:00:00:00', 'ff:ff:ff:ff:ff:ff', '08:00:2b:01:02:03']) with ordinality u(x, n);
insert into given select 'inet', n, x from unnest(array['0.0.0.0/0', '::/128', '255.255.255.255/31', '10.0.0.1', '192.168.1.5/24', '255.255.255.255', '192.168.1.0/24', 'fe80::1/64', '::/0', '::1', '::ffff:1.2.3.4/96', '192.168.1.5', '1.2.3.4/24']) with ordinality u(x, n);
insert into given select 'cidr', n, x from unnest(array['0.0.0.0/0', '::/0', '10.0.0.0/8', '192.168.1.7/32', '2001:db8::/32', '192.168.1.0/24', '1.2.3.0/24']) with ordinality u(x, n);
insert into given select 'macaddr8', n, x from unnest(array['00:00:00:00:00:00:00:00', 'ff:ff:ff:ff:ff:ff:ff:ff', '08:00:2b:01:02:03', '08:00:2b:01:02:03:04:05']) with ordinality u(x, n);
insert into given select 'aclitem', n, x from unnest(array['postgres=arwdDxt/postgres', '=r*/postgres']) with ordinality u(x, n);
insert into given select 'bpchar', n, x from unnest(array['', 'a  ', 'abc', 'Hello, World', 'foo.bar', ',1éé', '日-', '日é0CBa0A', 'é.b日0', '.éé1bac,é b1,0B1ééC1', 'b,B-110   日0', '21c12A日AA日.0 aA0A,a', ' b  ,aé, é,.c-,aB1..', '日éABcé', '20BBB.B0A.A b,-0日,B-', 'Cé.CC-c']) with ordinality u(x, n);
insert into given select 'varchar', n, x from unnest(array['', ' x ', 'aé,1b, cB.a1 ,c', 'äöü', ',0-bA2aB.0C-日,.éC-b0', '日本語', 'é', 'true', 'ABC', 'z', '.22-', ' padded ', 'é.B-b', '.A,B ,,B日b2,.a', 'ca日B 1CbC1é ', '1']) with ordinality u(x, n);
insert into given select 'date', n, x from unnest(array['-infinity', 'infinity', '4713-01-01 BC', '5874897-12-31', '2000-01-01', '1999-12-31', '2024-01-01', '1970-01-01', '9999-12-31', '2024-02-29', '0044-03-15 BC', '0001-01-01 BC', '2024-01-31']) with ordinality u(x, n);
insert into given select 'time', n, x from unnest(array['00:00', '24:00:00', '23:59:59.999999', '10:00', '11:00', '12:34:56.789']) with ordinality u(x, n);
insert into given select 'timestamp', n, x from unnest(array['-infinity', 'infinity', '4713-01-01 00:00:00 BC', '294276-12-31 23:59:59.999999', '2000-01-01', '1999-12-31 23:59:59.999999', '2024-01-01 10:00:00', '1995-05-05', '2001-01-01 00:02:30', '2020-01-01', '2024-03-09 12:00', '2024-03-31 12:00', '2024-03-31', '2020-02-29 13:00', '2024-06-01', '2024-02-01']) with ordinality u(x, n);
insert into given select 'timestamptz', n, x from unnest(array['-infinity', 'infinity', '4713-01-01 00:00:00+00 BC', '294276-12-31 23:59:59.999999+00', '2000-01-01 00:00+00', '2024-07-01 00:00+00', '0001-01-01', '1970-01-01 00:00:00', '2024-02-29 12:34:56.789', '2024-07-01 12:34:56.789012', '2023-11-05 01:30-05', '2001-01-01 00:02:30', '2020-01-01', '2024-03-09 12:00', '2024-02-29', '2024-03-31']) with ordinality u(x, n);
insert into given select 'interval', n, x from unnest(array['0', '-infinity', 'infinity', '178000000 years', '-178000000 years 2147483647 days', '1 mon -1 day 00:00:00.000001', '-9223372036854775807 us', '100 hours', '-1 month', '1 day', '-00:00:01', '150 years', '1 s', '24 hours', '27 hours', '-35 days 1:00']) with ordinality u(x, n);
insert into given select 'timetz', n, x from unnest(array['00:00+15:59', '24:00:00-15:59:59', '12:34:56.789+02', '00:00+00', '10:00+00', '11:00+00', '23:59:59-05:30', '12:34:56.789+05:30', '01:00-03:15:20', '12:00+01']) with ordinality u(x, n);
insert into given select 'bit', n, x from unnest(array['0', '1', '101', '11111111', '111111110', '10101', '1111', 'x1f', '10', '1010']) with ordinality u(x, n);
insert into given select 'varbit', n, x from unnest(array['', '1', '00000000', '1010101010101', '10101', '1111000', '101', 'b101', '1010']) with ordinality u(x, n);
insert into given select 'numeric', n, x from unnest(array['0', '0.00', 'NaN', 'Infinity', '-Infinity', '-0.0000000000000000000000000001', '123456789012345678901234567890.0123456789', '1e1000', '99999999999999999999', '10000', '-9999.9999', '0.00010000', '5.50', '2.6', '-7399797855258710153325919.1740931925449920707413748477718341704718', '-89453338626373897.1788617161']) with ordinality u(x, n);
insert into given select 'refcursor', n, x from unnest(array['', '<unnamed portal 1>', 'a']) with ordinality u(x, n);
insert into given select 'regprocedure', n, x from unnest(array['abs(integer)', '-']) with ordinality u(x, n);
insert into given select 'regoper', n, x from unnest(array['0']) with ordinality u(x, n);
insert into given select 'regoperator', n, x from unnest(array['+(integer,integer)', '0']) with ordinality u(x, n);
insert into given select 'regclass', n, x from unnest(array['pg_class', 'pg_catalog.pg_type']) with ordinality u(x, n);
insert into given select 'regcollation', n, x from unnest(array['"C"', '-']) with ordinality u(x, n);
insert into given select 'regtype', n, x from unnest(array['integer', 'text[]', '-', 'numeric(10,2)']) with ordinality u(x, n);
insert into given select 'regrole', n, x from unnest(array['postgres', '-']) with ordinality u(x, n);
insert into given select 'regnamespace', n, x from unnest(array['pg_catalog', '-']) with ordinality u(x, n);
insert into given select 'uuid', n, x from unnest(array['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '00000000-0000-0000-0000-000000000001', '80000000-0000-0000-0000-000000000000', 'ffffffff-0000-0000-0000-000000000001', 'ffffffff-0000-0000-0000-000000000002', 'a0eebc99-9c0b-4ef8-0b6d-6bb9bd380a11', 'a0eebc99-9c0b-1ef8-bb6d-6bb9bd380a11', '018f3a1e-9c0b-7ef8-bb6d-6bb9bd380a11', 'a0eebc99-9c0b-1ef8-0b6d-6bb9bd380a11']) with ordinality u(x, n);
insert into given select 'pg_lsn', n, x from unnest(array['0/0', 'FFFFFFFF/FFFFFFFF', '16/B374D848', '1/0', '0/FFFFFFFF', 'FFFFFFFF/0', '0/1', '16/A', '1/1', '0/10', '0/5']) with ordinality u(x, n);
insert into given select 'regconfig', n, x from unnest(array['-']) with ordinality u(x, n);
insert into given select 'regdictionary', n, x from unnest(array['-']) with ordinality u(x, n);
insert into given select 'jsonb', n, x from unnest(array['null', '""', '{}', '[]', E'{"b":1,"a":[true,false,null,"\\u00e9",-0.00,1e400]}', 'true', '{"a":1,"b":[1,2,null]}', '[[1,{}]]', '{"a":1,"b":2,"c":3}', '-0', '12345678901234567890123', '"a"', '{"a":{"b":[1,{"c":"x"}]}}', '[2]', '["a","b","a",1]', '{"a":[1,2]}']) with ordinality u(x, n);
insert into given select 'jsonpath', n, x from unnest(array['$', 'strict $.a[*] ? (@.x > 1 && exists (@.y))', 'lax $."a b".**{1 to 3}.size()', '$.** ? (@ > 1)', '$.a == 1', '$.*', '$.a ? (@.b > 1 && @.c == "x" || !(@.d <= 2.5e3))', '$ ? (@ starts with $x)', '-($.a)', '$[last - 1]', '"a"', '1.', '$.a <> 1', '$.last', '$.a.b.c ? (@ > 1).d ? (@.x == $y)', '1 + 2 * 3']) with ordinality u(x, n);
insert into given select 'txid_snapshot', n, x from unnest(array['1:1:', '10:20:10,14,15', '3:3:', ' 3:5:', '18446744073709551615:18446744073709551615:', '9223372036854775807:9223372036854775807:']) with ordinality u(x, n);
insert into given select 'pg_snapshot', n, x from unnest(array['1:1:', '10:20:10,14,15', '3:3:', '1:18446744073709551615:7', '3:5:', '3:5:3,3,4', '3:5:4,']) with ordinality u(x, n);
insert into given select 'int4range', n, x from unnest(array['empty', '(,)', '[1,5)', '(,3]', '[-2147483648,2147483647)', '[3,8)', '[7,)', '[5,5]', '(,3)', '[,5]', ' [1 , 5 ) ', '[1,1)', '[1,1]', '(1,2)', '["1","5")']) with ordinality u(x, n);
insert into given select 'numrange', n, x from unnest(array['empty', '(,)', '[0.10,NaN]', '(-Infinity,1e30)', '[NaN,)', '(1.5,5]', '[1.5,2.50)', '[1.5,1.50]', '(1.5,1.50)', '[1,5)', '(,5]']) with ordinality u(x, n);
insert into given select 'tsrange', n, x from unnest(array['empty', '[-infinity,infinity]', '(2000-01-01,)', '(2000-01-01 12:00,)', '[2000-01-01,2000-01-02)', '[2020-01-01 10:00,2020-01-02)']) with ordinality u(x, n);
insert into given select 'tstzrange', n, x from unnest(array['empty', '(,2000-01-01 00:00+00]', '[2000-01-01 00:00+00,2000-01-02 00:00+00)', '(,)', '["2020-01-01 10:00","2020-01-02 00:00+02")']) with ordinality u(x, n);
insert into given select 'daterange', n, x from unnest(array['empty', '[2000-01-01,infinity)', '(,)', '[2000-01-01,2000-02-01)', '(,infinity)', '[2000-01-31,]', '[,infinity]', '[-infinity,infinity]', '(-infinity,2020-01-01]', '[2020-01-01,2020-01-02]', '[2020-01-01,infinity)']) with ordinality u(x, n);
insert into given select 'int8range', n, x from unnest(array['empty', '(,)', '[-9223372036854775808,9223372036854775807)', '[1,5)', '[3,)']) with ordinality u(x, n);
insert into given select 'int4multirange', n, x from unnest(array['{}', '{[1,3),[5,7)}', '{(,)}', '{(,2),[8,)}', '{[5,7)}', '{[1,3),[7,9)}', '{[1,2),[5,)}', '{[1,2),[3,4)}', '{[1,3),[2,5)}', '{[1,3),[3,5)}', '{empty}', '{empty,[1,2)}', '{["1","2")}', '{(,3)}', '{[1,5),[7,9)}']) with ordinality u(x, n);
insert into given select 'nummultirange', n, x from unnest(array['{}', '{[0.5,1.50],(2,3)}', '{(,)}']) with ordinality u(x, n);
insert into given select 'tsmultirange', n, x from unnest(array['{}', '{[2000-01-01,2000-01-02)}', '{[2020-01-01 00:00,2020-01-02 00:00]}']) with ordinality u(x, n);
insert into given select 'int8multirange', n, x from unnest(array['{}', '{[1,3),[5,)}']) with ordinality u(x, n);
insert into given select 'tstzmultirange', n, x from unnest(array['{}', '{[2000-01-01 00:00+00,infinity]}']) with ordinality u(x, n);
insert into given select 'datemultirange', n, x from unnest(array['{}', '{[2000-01-01,2000-01-03),[2001-01-01,)}']) with ordinality u(x, n);

-- Types of which there is no value: those that are missing, and those that refuse input.
select t.typname from pg_type t where t.typtype in ('b', 'r', 'm') and t.typcategory <> 'A' and t.typnamespace = 'pg_catalog'::regnamespace
    and not exists (select from given where type = t.typname) order by 1;

create type round_mood as enum ('sad', 'it''s ok', 'happy');
create domain round_positive as int check (value > 0);
create type round_pair as (a int, "B b" text, c numeric[]);
create type round_span as range (subtype = text);
insert into given values ('round_mood', 1, 'sad'), ('round_mood', 2, 'it''s ok'), ('round_positive', 1, '1'), ('round_positive', 2, '2147483647'),
    ('round_pair', 1, '(1,"a ""b"" \\ c","{1.50,NULL}")'), ('round_pair', 2, '(,,)'), ('round_pair', 3, '(,"",{})'),
    ('round_span', 1, 'empty'), ('round_span', 2, '["a b",)'), ('round_multispan', 1, '{}'), ('round_multispan', 2, '{[a,b),[d,e]}'),
    ('int2vector', 1, '1 -2 3'), ('oidvector', 1, '0 4294967295');

\set ECHO none
\pset tuples_only on
\pset format unaligned
create temp table walked as select type, format('c_%s', type) as plain, format('a_%s', type) as many, typsend::oid <> 0 as wired,
        t.oid >= 16384 as own, typarray <> 0 as arrayed
    from (select distinct type from given) g join pg_type t on typname = type;
select format('create table %I (number int, %s)', name, string_agg(format('%I %I', plain, type) || case when arrayed then format(', %I %I[]', many, type) else '' end, ', ' order by type))
    from walked, unnest(array['original', 'by_text', 'by_wire']) as name where wired or name <> 'by_wire' group by name \gexec
select format('insert into original (number, %s) select number, %s from given group by number', string_agg(format('%I', plain), ', ' order by type),
    string_agg(format('(max(value) filter (where type = %L))::%I', type, type), ', ' order by type)) from walked \gexec
select format('update original o set %s from original f where f.number = 1', string_agg(format('%I = array[o.%I, null, f.%I]', many, plain, plain), ', ' order by type))
    from walked where arrayed \gexec
\set text `mktemp`
\set wire `mktemp`
\setenv ROUND_TEXT :text
\setenv ROUND_WIRE :wire
copy original to stdout \g :text
\copy by_text from program 'cat "$ROUND_TEXT"'
select format('copy original (number, %s) to stdout (format binary) \g :wire', string_agg(format('%I', plain) || case when arrayed then format(', %I', many) else '' end, ', ' order by type)) as command from walked where wired \gset
:command
\copy by_wire from program 'cat "$ROUND_WIRE"' (format binary)
\! rm -f "$ROUND_TEXT" "$ROUND_WIRE"
\echo -- rows of the three
select (select count(*) from original), (select count(*) from by_text), (select count(*) from by_wire);
\echo -- types and arrays that came back changed
create temp table columns as select type, plain as name, wired, own from walked
    union all select type || '[]', many, wired, own from walked where arrayed;
select format('select %L where exists (select from original o join %s b using (number) where o.%I::text is distinct from b.%I::text)', type || ' ' || way, way, name, name)
    from columns, unnest(array['by_text', 'by_wire']) way where wired or way = 'by_text' order by type, way \gexec
\echo -- types and arrays whose binary form changed
select format('select %L where (select string_agg(record_send(row(%I)), '''' order by number) from original) is distinct from (select string_agg(record_send(row(%I)), '''' order by number) from %s)', type || ' ' || way, name, name, way)
    from columns, unnest(array['by_text', 'by_wire']) way where wired order by type, way \gexec
\echo -- what the binary forms are
select format('select %L, count(%I), md5(string_agg(record_send(row(%I)), '''' order by number)) from original', type, name, name)
    from columns where wired and not own order by type \gexec
drop table original, by_text, by_wire;
drop type round_mood, round_span, round_pair;
drop domain round_positive;
