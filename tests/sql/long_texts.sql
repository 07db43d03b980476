-- Values of more than a megabyte, which functions take piece by piece.
create function long_text(int) returns text language sql as $$ select repeat('abcdefgh', $1) $$;
select md5(long_text(300000)), md5(long_text(131072)), md5(long_text(131073) || 'x');
select sha256(long_text(300000)::bytea), sha512(long_text(131072)::bytea), sha224(long_text(131072)::bytea || 'x'), sha384(long_text(262144)::bytea);
select crc32(long_text(300000)::bytea), crc32c(long_text(300000)::bytea), crc32(long_text(131072)::bytea);
select position('hx' in long_text(131072) || 'x'), position('hxa' in long_text(131071) || 'abcdefghxa'), position('gx' in long_text(300000)),
       position('hxabc' in long_text(131072) || 'xabc' || long_text(200000)), position('hö' in long_text(200000) || 'öä');
select position(long_text(140000) || 'x' in long_text(290000) || 'x' || long_text(10));
select md5(replace(long_text(300000), 'ha', '-')), md5(replace(long_text(131072) || 'ha', 'ha', '+')), strpos(long_text(262144) || 'i', 'i');
select split_part(long_text(300000), 'h', 250000), split_part(long_text(300000) || 'z', 'h', -1);
select substring(long_text(300000) from 2000001 for 5), substring(repeat('äbc', 100000) from 65535 for 4), substring(repeat('äbc', 100000) from 65536 for 4),
       substring(repeat('äbc', 100000) from 131073 for 70000) = repeat('bcä', 23333) || 'b', length(substring(repeat('äbc', 100000) from 3));
select left(repeat('äbc', 100000), -299996), right(repeat('äbc', 100000), 5), length(left(repeat('äbc', 100000), 131072)), length(right(repeat('äbc', 100000), -131072));
select md5(upper(long_text(300000))), md5(lower(repeat('ÄBc', 300000))), md5(initcap(repeat('ab öx', 300000))), md5(reverse(repeat('äbc', 300000)));
select count(*), min(g), max(g) from (select g from generate_series(1, 200000) g order by -g offset 0) s;
select md5(string_agg(t, ',' order by t)) from (select md5(g::text) as t from generate_series(1, 100000) g) s;
select md5(string_agg(t, ',' order by t desc)) from (select 'a long beginning that all share ' || g % 5000 as t from generate_series(1, 100000) g) s;
-- Texts whose length does not divide a megabyte.
select md5(repeat('abc', 1000000)), md5(repeat('äbcde', 700000)), md5(repeat(repeat('xyz', 400000) || '1', 3)), length(replace(repeat('{"a": [1, "xyz"]},', 500000), '{"a": [1, "xyz"]},', ''));
select md5(lpad('x', 3000000, 'abc')), md5(rpad('x', 3000000, 'abcdefg')), md5(repeat('\x010203'::bytea::text, 500000));
select length((('[' || repeat('{"a": [1, "xyz"]},', 200000) || '1]')::jsonb)::text), md5(upper(repeat('abc', 1000000))), position('cb' in repeat('abc', 1000000) || 'b');
