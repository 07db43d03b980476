-- Indexes under conditions that no index decides.
create table a (id int primary key, t text, u text collate "en-x-icu");
insert into a select i, md5(i::text), md5(i::text) from generate_series(1, 20000) i;
create index a_t on a (t, id);
create index a_u on a (u);
create index a_p on a (u text_pattern_ops);
analyze a;
-- shape: Index Scan using a_t; Index Cond: ((t >= 'abc'::text) AND (t < 'abd'::text)); Filter: (t ~~ 'abc%'::text)
select * from a where t like 'abc%';
-- shape: Index Scan using a_p; Index Cond: ((u ~>=~ 'abc'::text) AND (u ~<~ 'abd'::text)); Filter
select * from a where u like 'abc%';
-- shape: Seq Scan
select * from a where t like '%abc';
-- shape: Index Cond: ((t >= 'ab'::text) AND (t < 'ac'::text)); Filter: (t ~ '^abc*'::text)
select * from a where t ~ '^abc*';
-- shape: Index Scan using a_pkey; Index Cond: (id = ANY ('{5,7}'::integer[])); no Filter
select * from a where id = 5 or 7 = id;
-- shape: Limit; Index Scan using a_t; Index Cond: (t >= 'fff0'::text); Filter: (ROW(t, id) > ROW('fff0'::text, 7))
select * from a where (t, id) > ('fff0', 7) order by t, id limit 3;
