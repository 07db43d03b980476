-- every type out in binary form and in again, and as text and in again: nothing is lost
create type mood as enum ('sad', 'ok');
create type pair as (a int, b text);
create domain positive as int check (value > 0);
create table kinds (id int, a_bool bool, a_char "char", a_int2 int2, a_int4 int4, a_int8 int8, a_oid oid, a_float4 float4, a_float8 float8,
  a_numeric numeric, a_numeric2 numeric(10,3), a_money money, a_text text, a_varchar varchar(9), a_bpchar char(5), a_name name, a_bytea bytea,
  a_date date, a_time time, a_time3 time(3), a_timetz timetz, a_timestamp timestamp, a_timestamptz timestamptz, a_interval interval,
  a_uuid uuid, a_bit bit(5), a_varbit varbit, a_inet inet, a_cidr cidr, a_macaddr macaddr, a_macaddr8 macaddr8,
  a_xid xid, a_cid cid, a_tid tid, a_xid8 xid8, a_lsn pg_lsn, a_snapshot pg_snapshot, a_txid_snapshot txid_snapshot,
  a_regproc regproc, a_regprocedure regprocedure, a_regoper regoper, a_regoperator regoperator, a_regclass regclass, a_regtype regtype,
  a_regnamespace regnamespace, a_regrole regrole, a_regcollation regcollation, a_json json, a_jsonb jsonb, a_jsonpath jsonpath,
  a_mood mood, a_pair pair, a_positive positive, some_ints int[], some_texts text[], some_moods mood[], some_pairs pair[],
  a_int2vector int2vector, a_oidvector oidvector, a_range int4range, a_numrange numrange, a_daterange daterange, a_multirange int4multirange,
  a_nummultirange nummultirange, some_ranges int4range[]);
insert into kinds values
 (1, true, 'x', -32768, -2147483648, -9223372036854775808, 4294967295, 1e-45, 1.7976931348623157e308, 'NaN', 1234567.891, '$1,234.56', 'häß€𝄞', 'varchar', 'ab', 'Name', '\x00ff10',
  '4713-11-24 BC', '24:00', '23:59:59.999', '12:34:56.789+05:30', '0044-03-15 12:00 BC', '294276-12-31 23:59:59.999999+00', '-1 year 2 mons -3 days 04:05:06.789',
  'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '10101', '1', '192.168.1.5/24', '10.0.0.0/8', '08:00:2b:01:02:03', '08:00:2b:01:02:03:04:05',
  '4294967295', '7', '(42,7)', '18446744073709551615', '16/B374D848', '10:20:10,14,15', '10:20:10,14,15',
  'pi', 'abs(int4)', '|/', '+(int4,int4)', 'pg_class', 'int4', 'pg_catalog', 'postgres', '"C"', ' { "a" : [1, 2] } ', '{"b": 1.50, "a": [null, true]}', '$.a[*] ? (@ > 1)',
  'ok', '(1,"a,b")', 5, '{{1,2},{3,NULL}}', '[0:1]={a,"b c"}', '{sad,ok,NULL}', '{"(1,x)",NULL}', '1 2 3', '23 25', '[1,5)', '(1.5,]', 'empty', '{[1,2),[5,)}', '{(,1.0],[2.50,3)}', '{empty,"[1,2)"}'),
 (2, false, '', 0, 0, 0, 0, 'NaN', '-Infinity', 'Infinity', -0.001, '-92233720368547758.08', '', '', '', '', '',
  'infinity', '00:00', '00:00', '00:00-15:59', '-infinity', 'infinity', 'infinity', '00000000-0000-0000-0000-000000000000', '00000', '', '::1', '2001:db8::/32', 'ff:ff:ff:ff:ff:ff', '00:00:00:00:00:00:00:00',
  '0', '0', '(0,0)', '0', '0/0', '1:1:', '1:1:', '0', '0', '0', '0', '0', '0', '0', '0', '0', 'null', '"x"', 'strict $',
  'sad', '(,)', 1, '{}', '{}', '{}', '{}', '-1', '0', 'empty', '(,)', '(,2020-01-01]', '{}', '{(,)}', '{}');
insert into kinds (id) values (3);
\copy kinds to '/tmp/tusk-binary-types' with (format binary)
create table again (like kinds);
\copy again from '/tmp/tusk-binary-types' with (format binary)
\! rm -f /tmp/tusk-binary-types
select count(*) from again a join kinds k on a.id = k.id where a::text is not distinct from k::text;
select id, row_to_json(a) from again a order by id;
-- as text, through one value and through COPY
\copy kinds to '/tmp/tusk-text-types'
create table once_more (like kinds);
\copy once_more from '/tmp/tusk-text-types'
\! rm -f /tmp/tusk-text-types
select count(*) from once_more a join kinds k on a.id = k.id where a::text is not distinct from k::text;
select count(*) from kinds k where (k::text::kinds)::text is not distinct from k::text;
-- the parts that send functions give
select boolsend(a_bool), charsend(a_char), int2send(a_int2), int4send(a_int4), int8send(a_int8), oidsend(a_oid), float4send(a_float4), float8send(a_float8), numeric_send(a_numeric2), cash_send(a_money), textsend(a_text), varcharsend(a_varchar), bpcharsend(a_bpchar), namesend(a_name), byteasend(a_bytea) from kinds where id < 3 order by id;
select date_send(a_date), time_send(a_time), timetz_send(a_timetz), timestamp_send(a_timestamp), timestamptz_send(a_timestamptz), interval_send(a_interval), uuid_send(a_uuid), bit_send(a_bit), varbit_send(a_varbit), inet_send(a_inet), cidr_send(a_cidr), macaddr_send(a_macaddr), macaddr8_send(a_macaddr8) from kinds where id < 3 order by id;
select xidsend(a_xid), cidsend(a_cid), tidsend(a_tid), xid8send(a_xid8), pg_lsn_send(a_lsn), pg_snapshot_send(a_snapshot), txid_snapshot_send(a_txid_snapshot), regtypesend(a_regtype), json_send(a_json), jsonb_send(a_jsonb), jsonpath_send(a_jsonpath), array_send(some_ints), array_send(some_texts), record_send(a_pair), int2vectorsend(a_int2vector), oidvectorsend(a_oidvector), range_send(a_range), range_send(a_numrange), multirange_send(a_multirange), enum_send(a_mood) from kinds where id < 3 order by id;
