-- Sort keys of another collation than their type's.
create table t (id int, a text, b text collate "C", c text collate "en-x-icu", n name, v varchar(5) collate "POSIX");
explain (costs off) select * from t order by a, b, c desc, id, n, v nulls first;
explain (costs off) select * from t order by a collate "C", b collate "default", lower(c), lower(a) collate "C" desc, n collate "default";
explain (costs off) select * from t order by b limit 3;
explain (costs off) select rank() over (order by b) from t;
explain (costs off, verbose) select * from t order by b;
