-- Statistics of tables that are read whole: what is common, what stands in histograms, how rows follow values.
create table st(k int, v text);
\set q 'select attname, null_frac, n_distinct, most_common_vals::text as mcv, most_common_freqs::text as mcf, histogram_bounds::text as hb, correlation from pg_stats where tablename=''st'' order by 1;'
\pset format unaligned
truncate st; insert into st values (1,'a'); analyze st; :q
truncate st; insert into st values (1,'a'),(1,'a'); analyze st; :q
truncate st; insert into st values (1,'a'),(2,'b'); analyze st; :q
truncate st; insert into st values (1,'a'),(1,'b'),(2,'b'); analyze st; :q
truncate st; insert into st values (1,'a'),(1,'b'),(2,'b'),(2,'a'); analyze st; :q
truncate st; insert into st values (1,'a'),(1,'b'),(2,'b'),(2,'a'),(3,null); analyze st; :q
truncate st; insert into st values (1,'a'),(1,'b'),(2,'b'),(2,'a'),(3,null),(4,null),(5,'c'); analyze st; :q
truncate st; insert into st select i, 'x'||i from generate_series(1,10) i; analyze st; :q
truncate st; insert into st select i%5, 'x'||i/2 from generate_series(1,10) i; analyze st; :q
truncate st; insert into st select i%50, 'x'||i/2 from generate_series(1,100) i; analyze st; :q
truncate st; insert into st select i%50, 'x'||i/2 from generate_series(0,99) i; analyze st; :q
truncate st; insert into st select i%150, 'x'||i/2 from generate_series(0,299) i; analyze st; :q
truncate st; insert into st select i%150, 'x'||i/2 from generate_series(0,300) i; analyze st; :q
truncate st; insert into st select i%150, 'x'||i/3 from generate_series(0,310) i; analyze st; :q
truncate st; insert into st select i%70, 'x'||i/7 from generate_series(0,1000) i; analyze st; :q
truncate st; insert into st select i/3, case when i<500 then 'x' else 'y'||i/2 end from generate_series(0,999) i; analyze st; :q
truncate st; insert into st select case when i<300 then i/3 else i end, case when i<500 then 'x' else 'y'||i end from generate_series(0,999) i; analyze st; :q
truncate st; insert into st select i*i%97, null from generate_series(0,999) i; analyze st; :q
truncate st; insert into st select sqrt(i)::int, repeat('x',i) from generate_series(0,999) i; analyze st; :q
truncate st; insert into st select sqrt(i)::int, repeat('x',2000) from generate_series(0,9) i; analyze st; :q
truncate st; insert into st select (i*i*7)%1000, ln(i+1)::int from generate_series(0,9999) i; analyze st; :q
truncate st; insert into st select sqrt(i)::int, ln(i+1)::int from generate_series(0,29999) i; analyze st; :q
truncate st; insert into st select power(i,0.75)::int, 'z'||power(i,0.9)::int from generate_series(0,29999) i; analyze st; :q
alter table st alter k set statistics 5; alter table st alter v set statistics 5; 
truncate st; insert into st select sqrt(i)::int, ln(i+1)::int from generate_series(0,1499) i; analyze st; :q
truncate st; insert into st select i%7, i%5 from generate_series(0,999) i; analyze st; :q
truncate st; insert into st select i%6, i%4 from generate_series(0,1199) i; analyze st; :q
truncate st; insert into st select least(i,6), i%4+i%3 from generate_series(0,1199) i; analyze st; :q
truncate st; insert into st select i/2, i/3 from generate_series(0,1199) i; analyze st; :q
truncate st; insert into st select i/2, i/300 from generate_series(0,1199) i; analyze st; :q
truncate st; analyze st; :q
alter table st alter k set statistics -1;
alter table st alter v set statistics default;
truncate st; insert into st select case when i % 10 < 3 then null else i % 9 end, case when i % 4 = 0 then null else md5((i % 333)::text) end from generate_series(1, 3000) i; analyze st; :q
create table su (a int[], b numeric, c bool, d date, e float8, f uuid, g interval, h "char");
insert into su select array[i % 3, i % 5], i / 7.0, i % 3 = 0, '2024-01-01'::date + i % 50, i::float8 / (1 + i % 4), lpad((i % 20)::text, 32, '0')::uuid, make_interval(hours => i % 12), chr(65 + i % 6)::"char" from generate_series(1, 400) i;
analyze su;
select attname, null_frac, avg_width, n_distinct, left(most_common_vals::text, 60) as mcv, left(most_common_freqs::text, 60) as mcf, left(histogram_bounds::text, 60) as hb, correlation from pg_stats where tablename = 'su' and attname not in ('a', 'b', 'i') order by 1;
drop table st, su;
