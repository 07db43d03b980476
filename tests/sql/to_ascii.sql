-- to_ascii: bytes, whatever the encoding of the database, taken for those of four encodings.
select to_ascii('äöü', 'LATIN1'), to_ascii('äöü', 'latin-2'), to_ascii('Łódź', 'win1250'), to_ascii('plain', 'LATIN9'), to_ascii('', 'LATIN1');
select i, to_ascii(chr(i), 'LATIN1') as latin1, to_ascii(chr(i), 9) as latin2, to_ascii(chr(i), 16) as latin9, to_ascii(chr(i), 'WIN1250') as win1250
  from generate_series(160, 255) i;
select to_ascii(chr(1000), 'LATIN1') as a, to_ascii(chr(40000), 'LATIN2') as b, to_ascii(chr(100000), 'LATIN9') as c;
select to_ascii(null, 'LATIN1'), to_ascii('a', null::name);
select to_ascii('abc');
select to_ascii('abc', 'UTF8');
select to_ascii('abc', 0);
select to_ascii('abc', 10);
select to_ascii('abc', 'nosuch');
select to_ascii('abc', 999);
select to_ascii('abc', -1);
