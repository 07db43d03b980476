-- Who may write a table but not read it is not told of its rows by errors.
create role disclosure_u; create schema s; grant usage on schema s to disclosure_u;
create table s.t (a int primary key, b text unique, c int check (c > 0), d int not null default 1, e int); create unique index on s.t (lower(b)); create unique index on s.t (e, (e+1), d);
create table s.k (x int references s.t, y text);
insert into s.t values (1, 'b', 1, 1, 1), (2, 'q', 1, 1, 2); insert into s.k values (1);
create view s.v as select * from s.t where c < 10 with check option; 
create domain s.dd as int check (value > 0); create table s.dt (a int, b s.dd);
grant insert, update, delete on s.t, s.k, s.v, s.dt to disclosure_u;
set role disclosure_u;
insert into s.t values (1, 'x', 1, 1);
insert into s.t values (3, 'b', 1, 1);
insert into s.t values (3, 'B', 1, 1);
insert into s.t values (3, 'z', 0, 1);
insert into s.t (a, c) values (3, 0);
insert into s.t values (3, 'z', 1, null);
insert into s.t values (3, 'z', 1, 1, 1);
update s.t set a = 2;
insert into s.k values (99, 'q');
delete from s.t;
insert into s.v values (5, 'k', 11, 1, 9);
insert into s.dt values (1, -1);
reset role; grant select (a) on s.t to disclosure_u; grant select (y) on s.k to disclosure_u; set role disclosure_u;
insert into s.t values (1, 'x', 1, 1);
insert into s.t values (3, 'b', 1, 1);
insert into s.t values (3, 'z', 0, 1);
insert into s.t (a, c, b) values (3, 0, 'z');
update s.t set c = 0 where a = 1;
insert into s.t values (3, 'z', 1, 1, 1);
insert into s.k values (99, 'q');
delete from s.t where a = 1;
insert into s.v values (5, 'k', 11, 1, 9);
update s.t set a = 2 where a = 1;
reset role; grant select on s.t to disclosure_u; grant select (x) on s.k to disclosure_u; set role disclosure_u;
insert into s.t values (3, 'B', 1, 1);
insert into s.t values (3, 'z', 1, 1, 1);
insert into s.k values (99, 'q');
delete from s.t where a = 1;
reset role; grant select on s.v to disclosure_u; set role disclosure_u;
insert into s.v values (5, 'k', 11, 1, 9);
insert into s.t values (1, 'b', 1, 1) on conflict (a) do update set c = -1;
merge into s.t using (select 1 as z) q on a = z when matched then update set c = -1;
reset role;
create unique index on s.dt ((a+1), (a*2)); insert into s.dt values (1, 1), (1, 1);
create unique index on s.k ((x || 'q'::text) collate "C", (y is null)); insert into s.k values (1);
drop schema s cascade; drop role disclosure_u;
create table z (a int primary key, b int unique deferrable initially deferred, secret text);
insert into z values (1, 1, 'x'), (2, 2, 'y');
create role disclosure_u; grant insert, update (a, b) on z to disclosure_u; set role disclosure_u;
insert into z values (3, 2, 'mine');
update z set b = 2;
insert into z (b) values (9);
copy z (a, secret) from stdin;
1	q
\.
copy z (b, secret) from stdin;
7	q
\.
with w as (insert into z values (null, 4, 'k') returning a) select 1;
reset role; drop table z; drop role disclosure_u;
