-- What pgbench sends: its three built-in scripts with literals (simple protocol) and with
-- parameters (extended protocol), and how it fills its tables.

-- ok
BEGIN;

-- ok
UPDATE pgbench_accounts SET abalance = abalance + -2377 WHERE aid = 84123;

-- ok
SELECT abalance FROM pgbench_accounts WHERE aid = 84123;

-- ok
UPDATE pgbench_tellers SET tbalance = tbalance + -2377 WHERE tid = 7;

-- ok
UPDATE pgbench_branches SET bbalance = bbalance + -2377 WHERE bid = 1;

-- ok
INSERT INTO pgbench_history (tid, bid, aid, delta, mtime) VALUES (7, 1, 84123, -2377, CURRENT_TIMESTAMP);

-- ok
END;

-- ok
UPDATE pgbench_accounts SET abalance = abalance + $1 WHERE aid = $2;

-- ok
SELECT abalance FROM pgbench_accounts WHERE aid = $1;

-- ok
UPDATE pgbench_tellers SET tbalance = tbalance + $1 WHERE tid = $2;

-- ok
UPDATE pgbench_branches SET bbalance = bbalance + $1 WHERE bid = $2;

-- ok
INSERT INTO pgbench_history (tid, bid, aid, delta, mtime) VALUES ($1, $2, $3, $4, CURRENT_TIMESTAMP);

-- ok
drop table if exists pgbench_accounts, pgbench_branches, pgbench_history, pgbench_tellers

-- ok
create table pgbench_accounts(aid    int not null,bid int,abalance int,filler char(84)) with (fillfactor=100)

-- ok
truncate table pgbench_accounts, pgbench_branches, pgbench_history, pgbench_tellers

-- ok
copy pgbench_accounts from stdin with (freeze on)

-- ok
alter table pgbench_accounts add primary key (aid)

-- ok
vacuum analyze pgbench_tellers

-- ok
select o.n, p.partstrat, pg_catalog.count(i.inhparent) from pg_catalog.pg_class as c join pg_catalog.pg_namespace as n on (n.oid = c.relnamespace) cross join lateral (select pg_catalog.array_position(pg_catalog.current_schemas(true), n.nspname)) as o(n) left join pg_catalog.pg_partitioned_table as p on (p.partrelid = c.oid) left join pg_catalog.pg_inherits as i on (c.oid = i.inhparent) where c.relname = 'pgbench_accounts' and o.n is not null group by 1, 2 order by 1 asc limit 1
