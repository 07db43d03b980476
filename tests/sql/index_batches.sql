-- Index entries of rows that come together: which duplicate is told is a matter of rows and indexes in their order.
create table entries (a int primary key, b text unique, c int, d numeric);
create index entries_c on entries (c);
create index entries_d on entries (d) include (b) where d > 0;
create unique index entries_expr on entries ((100 / c)) where c < 0;
insert into entries select g, 'b' || g, g % 7 + 1, g / 3.0 from generate_series(1, 3000) g;
select count(*), sum(c), count(distinct b) from entries where a between 100 and 2000;
-- twice in the batch; and rows that are there, in either index
insert into entries values (4001, 'x1', 1), (4002, 'x2', 1), (4003, 'x3', 1), (4002, 'x4', 1), (4004, 'x1', 1);
insert into entries values (4001, 'x1', 1), (4002, 'x2', 1), (4003, 'b17', 1), (4004, 'x4', 1), (17, 'x5', 1);
insert into entries values (4001, 'x1', 1), (4002, 'x2', 1), (17, 'b17', 1), (4004, 'x4', 1), (18, 'b18', 1);
insert into entries select 5000 - g, 'y' || g, 1 from generate_series(1, 100) g union all select 4950, 'z', 1;
insert into entries select g, 'y' || (g % 50), 1 from generate_series(5001, 5100) g;
-- an expression that raises comes in its row's turn
insert into entries values (4001, 'x1', -1), (4002, 'x2', -2), (4003, 'b3', 1), (4004, 'x4', 1), (4005, 'x5', 0);
insert into entries values (4001, 'x1', -1), (4002, 'x2', -2), (4003, 'x3', -1), (4004, 'b4', 1);
select count(*) from entries;
-- keys come back within a transaction
begin;
delete from entries where a % 2 = 0;
insert into entries select g, 'b' || g, 2, g from generate_series(2, 3000, 2) g;
savepoint before;
delete from entries where a % 3 = 0;
insert into entries select g, 'c' || g, 3, g from generate_series(3000, 3, -3) g;
select count(*), sum(a), min(b), max(b), sum(d) from entries;
rollback to before;
select count(*), sum(a), min(b), max(b), sum(d) from entries;
insert into entries select g, 'd' || g, 3, g from generate_series(3001, 3500) g;
commit;
select count(*), sum(a), min(b), max(b), sum(d) from entries;
set enable_seqscan = off;
select count(*), sum(d) from entries where c = 3;
select b from entries where b >= 'd34' order by b limit 3;
reset enable_seqscan;
-- nulls, and keys too long to go with others
create table wide (a int, t text unique, u text, unique nulls not distinct (u));
insert into wide values (1, null, 'p'), (2, null, 'q'), (3, repeat('t', 400), 'r'), (4, repeat('t', 401), null), (5, 't', 's');
insert into wide values (6, null, 'v'), (7, null, 'w'), (8, null, 'x'), (9, repeat('t', 400), 'y');
insert into wide values (6, null, 'v'), (7, null, 'w'), (8, null, 'x'), (9, 'u', null);
select a, length(t), u from wide order by a;
-- constraints that wait
create table later (a int, unique (a) deferrable initially deferred);
begin;
insert into later values (1), (2), (3), (2), (4), (5);
update later set a = 6 where ctid = (select max(ctid) from later where a = 2);
commit;
begin;
insert into later values (7), (8), (9), (8), (4);
commit;
select * from later order by a;
create table soon (a int, unique (a) deferrable);
insert into soon values (1), (2), (3), (2), (4), (5);
insert into soon values (1), (2), (3), (4), (5);
update soon set a = a + 1;
select * from soon order by a;
-- rows that refer to each other
create table node (id int primary key, parent int references node);
insert into node values (1, 2), (2, 3), (3, 4), (4, 5), (5, 1);
insert into node values (6, 7), (7, 8), (8, 9), (9, 11), (10, 6);
insert into node select g, g - 1 from generate_series(6, 500) g;
select count(*), sum(parent) from node;
drop table entries, wide, later, soon, node;
