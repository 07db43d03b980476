-- Hypothetical-set aggregates: where a row would stand among those of the group.
create table ranked (g int, a int, b text, c numeric);
insert into ranked select i % 3, case when i % 7 = 0 then null else i * 5 % 13 end, case when i % 5 = 0 then null else chr(97 + i % 4) end, case when i = 8 then 'NaN' else i % 4 + 0.5 end
  from generate_series(1, 40) i;
select rank(5) within group (order by a), dense_rank(5) within group (order by a), percent_rank(5) within group (order by a), cume_dist(5) within group (order by a) from ranked;
select g, rank(5) within group (order by a desc), dense_rank(5) within group (order by a desc), percent_rank(5) within group (order by a desc), cume_dist(5) within group (order by a desc)
  from ranked group by g order by g;
-- NULL as the row, and among the rows
select rank(null::int) within group (order by a), dense_rank(null::int) within group (order by a), percent_rank(null::int) within group (order by a), cume_dist(null::int) within group (order by a) from ranked;
select rank(null::int) within group (order by a nulls first), dense_rank(null::int) within group (order by a nulls first), cume_dist(null::int) within group (order by a nulls first) from ranked;
select rank(5) within group (order by a nulls first), dense_rank(5) within group (order by a desc nulls last), percent_rank(5) within group (order by a desc nulls first), cume_dist(5) within group (order by a nulls first) from ranked;
-- several keys
select rank(5, 'b') within group (order by a, b), dense_rank(5, 'b') within group (order by a, b), percent_rank(5, 'b') within group (order by a, b), cume_dist(5, 'b') within group (order by a, b) from ranked;
select rank(5, 'b', 2.5) within group (order by a desc, b desc nulls last, c), dense_rank(5, 'b', 2.5) within group (order by a desc, b desc nulls last, c), cume_dist(5, null, 'NaN') within group (order by a, b, c) from ranked;
select rank(null::int, null::text) within group (order by a, b), dense_rank(null::int, null::text) within group (order by a, b) from ranked;
select g, rank('b', 5) within group (order by b collate "C" desc, a) from ranked group by g order by g;
-- rows that are not there
select rank(5) within group (order by a), dense_rank(5) within group (order by a), percent_rank(5) within group (order by a), cume_dist(5) within group (order by a) from ranked where false;
select g, rank(1) within group (order by a) from ranked where false group by g;
select rank(5) within group (order by a) filter (where g = 1), dense_rank(5) within group (order by a) filter (where g > 5), percent_rank(5) within group (order by a) filter (where a is null), cume_dist(5) within group (order by a) filter (where g = 1) from ranked;
-- values beside those of the rows, of the group, in expressions; types made common
select g, rank(g) within group (order by a), rank(g + 1) within group (order by a % 5) from ranked group by g order by g;
select rank(5.5) within group (order by a), rank('7') within group (order by a), dense_rank('NaN') within group (order by c), rank(2) within group (order by c) from ranked;
select rank(3) within group (order by a + g), cume_dist(lower('B')) within group (order by upper(b)) from ranked;
select g, count(*), rank(5) within group (order by a), max(a), percentile_disc(0.5) within group (order by a), mode() within group (order by b) from ranked group by rollup (g) having rank(5) within group (order by a) > 0 order by g;
select rank(x) within group (order by x) from (values (1), (1), (2)) t(x) group by x order by 1;
-- ordered sets beside them
select percentile_cont(0.25) within group (order by a), percentile_cont(array[0, 0.5, null, 1]) within group (order by a), percentile_disc(array[[0.1, 0.9], [0.5, null]]) within group (order by b) from ranked;
select percentile_cont(0.5) within group (order by v), percentile_cont(array[0.1, 0.9]) within group (order by v desc) from (values (interval '1 day'), (interval '1 month'), (null), (interval '10 hours')) t(v);
select percentile_disc(null) within group (order by a), percentile_cont(null::float8) within group (order by a), mode() within group (order by a), mode() within group (order by a desc) from ranked;
select mode() within group (order by a) from ranked where a is null;
-- what is refused
select rank(1) within group (order by a, b) from ranked;
select rank(1, 2) within group (order by a) from ranked;
select rank() within group (order by a) from ranked;
select rank(a) within group (order by a) from ranked;
select rank('x') within group (order by a) from ranked;
select rank(distinct 1) within group (order by a) from ranked;
select rank(1) within group (order by a) over () from ranked;
select dense_rank(1) from ranked;
select rank(variadic array[1, 2]) within group (order by a) from ranked;
select percentile_cont(1.5) within group (order by a) from ranked;
select percentile_cont(-0.1) within group (order by a), percentile_disc('NaN') within group (order by a) from ranked;
select percentile_disc(array[0.5, 2]) within group (order by a) from ranked;
select mode(a) within group (order by a) from ranked;
select sum(a) within group (order by a) from ranked;
select rank(true) within group (order by a) from ranked;
select rank('x', 'y') within group (order by a) from ranked;
