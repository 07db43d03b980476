-- Statistics objects: what columns say of each other.
create table v (a int, b int, c int, d int);
insert into v select i % 20, i % 20, i % 3, i from generate_series(1, 20000) i;
create table w (d int primary key, x int);
insert into w select i, i from generate_series(1, 20000) i;
create index w_x on w (x);
create statistics sv on a, b, c from v;
create statistics sw on (a % 4) from v;
analyze;
-- none of the rows has both: each that has is looked up
-- shape: Nested Loop; Index
select count(*) from v, w where v.d = w.x and a = 1 and b = 2;
-- a twentieth has both, and not a four hundredth
-- shape: Hash Join
select count(*) from v, w where v.d = w.x and a in (1, 2, 3, 4, 5, 6) and b in (1, 2, 3, 4, 5, 6);
-- shape: Hash Join
select count(*) from v, w where v.d = w.x and a % 4 = 3;
