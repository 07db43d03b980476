-- inet and cidr: text, order, networks in networks, parts, arithmetic.
\set VERBOSITY verbose
\set SHOW_CONTEXT always
CREATE TABLE texts (n serial, t text);
INSERT INTO texts (t) SELECT unnest(ARRAY['1.2.3.4', '1.2.3.4/24', '1.2.3.4/32', '1.2.3.4/33', '1.2.3', '1.2/16', '1.2/24', '1.2/8', '1/8',
  '10', '192.168', '192.168.1', '224', '224.1', '225', '240', '128.1', '10.1.2.3', '0', '0/0', '0.0.0.0/0', '256.1.1.1', ' 1.2.3.4', '1.2.3.4 ',
  '01.2.3.4', '0001.2.3.4', '1.2.3.4/08', '1.2.3.4/032', '1.2.3.4/+3', '1.2.3.4/', '1.2.3.4/2x', '1.2.3.4/0', '1..2', '1.', '1.2.3.4.', '1.2.3.',
  '1.2.3./24', '.1', '1.2.3.4.5', '', '/8', '0x0a01', '0x0a01/16', '0xa1b', '0x', '0X0A/8', '0x0a0b0c0d0e', '::', '::/0', '::1', '::1/0', '::1/129',
  '1::', '1:0:0:2::3', 'ABCD::/16', '::1:0:0:0', '1:2:3:4:5:6:7::', '2001:db8:0:1:1:1:1:1', '00000::1', '0000::1', '::1::', ':1', '1:', '::1.2.3',
  '::1.2.3.04', '::1.2.3.4', '::1.2.3.4/1', '1.2.3.4::', '1:2:3:4:5:6:7:1.2.3.4', '1:2:3:4:5:6:1.2.3.4', ':::', '1:::2', '0:0:1::', '0:0:1:0:0:0:0:0',
  '0:0:1:0:0:1:0:0', '0:0:0:0:0:0:1:2', '0:0:0:0:0:0:0:2', '0:0:0:0:0:1:0:2', '0:0:0:0:0:ffff:0:2', '1:0:1:1:1:1:1:1', '::ffff:1.2.3.4/96',
  '::ffff:0:0/96', '::fffe:1.2.3.4', '1:2:3:4:5:6:7:8:9', '12345::', '1:2:3:4:5:6:7:8::', 'fe80::1%eth0', '::/', 'g::1', '1.2.3.4/24/8']);
SELECT t, CASE WHEN pg_input_is_valid(t, 'inet') THEN t::inet END AS inet, CASE WHEN pg_input_is_valid(t, 'cidr') THEN t::cidr END AS cidr
FROM texts ORDER BY n;
SELECT '1.2.3.4/33'::inet;
SELECT '1.2.3.4/24'::cidr;
SELECT '1/40'::cidr;
SELECT abbrev(c), c FROM (SELECT unnest(ARRAY['10.1.0.0/16', '10.0.0.0/7', '0.0.0.0/0', '0.0.0.0/8', '1.2.3.4', '10.0.0.0/9', '10.0.0.0/31', '::1/128',
  '2001:db8::/32', '::/0', '2001:db8:1:2::/64', 'fe80::/10', '1:2:3:4:5:6:7:0/112', '::1.2.0.0/112', '0:0:0:0:1::/80', '1:0:1::/48', '1::/16', '1::/40',
  '::ffff:1.2.0.0/112', '::ffff:0.0.0.0/96', '::/96', '0:0:1:0:0:1::/96']::cidr[]) AS c) AS s;
SELECT i, text(i), abbrev(i), host(i), masklen(i), family(i), network(i), netmask(i), hostmask(i), broadcast(i), i::cidr, ~ i AS inverted
FROM (SELECT unnest(ARRAY['192.168.1.5/23', '1.2.3.4', '0.0.0.0/0', '::ffff:1.2.3.4/96', '::1/3', '::1', 'ffff::/128']::inet[]) AS i) AS s;
-- Order.
CREATE TABLE hosts (a inet PRIMARY KEY, c cidr, b inet[]);
INSERT INTO hosts SELECT a, a, ARRAY[a, NULL] FROM (SELECT unnest(ARRAY['10.0.0.1/8', '10.0.0.1', '10.0.0.0/8', '10.0.0.0/9', '9.255.255.255', '::', '::/0',
  '0.0.0.0/0', '255.255.255.255', '1::1/64', '1::2/64', '1::/65', '10.128.0.0/9', '10.0.0.0/16']::inet[]) AS a) AS s;
SELECT a, c FROM hosts ORDER BY a;
SELECT a FROM hosts ORDER BY a DESC LIMIT 3;
SELECT a FROM hosts WHERE a > '10.0.0.0/8' AND a <= '1::/65' ORDER BY a;
SELECT a FROM hosts WHERE a = '10.0.0.1/32';
SELECT count(*), count(DISTINCT c) FROM hosts;
INSERT INTO hosts VALUES ('10.0.0.1/8');
SELECT b FROM hosts ORDER BY a LIMIT 2;
SELECT x.a, y.a FROM hosts x JOIN hosts y ON x.a << y.a ORDER BY 1, 2 LIMIT 20;
SELECT inet '1.2.3.4/24' <<= '1.2.3.0/24', inet '1.2.3.4/25' << '1.2.3.9/24', inet '1.2.3.4' << '::/0', inet '10.0.0.0/8' >> '10.1.1.1', inet '10.0.0.0/8' >>= '10.1.1.1/8',
  inet '10.0.0.0/8' && '10.1.0.0/16', inet '10.1.0.0/16' && '10.0.0.0/8', inet '10.1.0.0/16' && '10.2.0.0/16';
SELECT hashinet(a), hashinetextended(a, 5), inet_send(a), cidr_send(c) FROM hosts ORDER BY a;
-- Arithmetic.
SELECT inet '192.168.1.5/24' + 300, 1 + inet '10.0.0.255/24', inet '10.0.0.0/8' + (-1), inet '::1.2.3.4' + 1, inet 'ffff::' + 9223372036854775807,
  inet '::1' - 1, inet '0.0.1.0' - (-5), inet 'ffff::' - (-9223372036854775807 - 1);
SELECT inet '0.0.0.0' + (-1);
SELECT inet '255.255.255.255' + 1;
SELECT inet '::1' - 2;
SELECT inet '1.1.1.1' + 4294967296;
SELECT inet '255.255.255.255' - inet '0.0.0.0', inet '::2' - inet '::1', inet '::1' - inet '::2', inet '::8000:0:0:0' - inet '::1',
  inet '::' - inet '::8000:0:0:0';
SELECT inet 'ffff::' - inet '::';
SELECT inet '::8000:0:0:0' - inet '::';
SELECT inet '0.0.0.1' - inet '::1';
SELECT inet '10.0.0.1' & inet '255.0.0.0/8', inet '10.0.0.1/8' | inet '0.0.0.6/16', ~ inet '::';
SELECT inet '1.1.1.1' & inet '::1';
SELECT inet '1.1.1.1' | inet '::1';
SELECT set_masklen(inet '1.2.3.4/8', -1), set_masklen(cidr '1.2.3.0/24', 8), set_masklen(inet '1.2.3.4', 0), set_masklen(cidr '1::1', 128);
SELECT set_masklen(inet '1.2.3.4', 33);
SELECT set_masklen(cidr '::', -2);
SELECT inet_merge('10.0.0.1/24', '10.0.1.5/24'), inet_merge('::1', '::2'), inet_merge('1.2.3.4', '200.1.1.1'), inet_same_family('::1', '1.1.1.1');
SELECT inet_merge('10.0.0.1', '::1');
SELECT '1.2.3.4'::text::inet::cidr, '1.2.3.4/24'::inet::varchar(5), '1.2.3.0/24'::cidr::text, NULL::inet + 1;
-- NULLs among addresses.
CREATE TABLE gaps (a inet, n int);
INSERT INTO gaps SELECT CASE WHEN n % 3 > 0 THEN inet '10.0.0.0/8' + n END, n FROM generate_series(1, 20) AS n;
SELECT count(*), count(a), count(*) FILTER (WHERE a = '10.0.0.4/8'), count(*) FILTER (WHERE a > '10.0.0.9'), count(*) FILTER (WHERE a << '10.0.0.0/7'),
  count(family(a)), max(masklen(a)), count(inet_same_family(a, '::1')), count(DISTINCT host(a)) FROM gaps;
SELECT n FROM gaps WHERE a = '10.0.0.4/8' OR a IS NULL ORDER BY a, n LIMIT 3;
