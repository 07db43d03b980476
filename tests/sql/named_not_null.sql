-- NOT NULL with a name and without one on the same column; two checks of one name.
create table named(a int not null, b int check (b > 0), constraint x not null a);
select conname, contype, conkey from pg_constraint where conrelid = 'named'::regclass order by 1;
create table other(a int, constraint n1 not null a, constraint n2 not null a);
create table checks(a int constraint c check (a > 0), b int constraint c check (b > 0));
alter table named add constraint x check (b < 9);
drop table named;
