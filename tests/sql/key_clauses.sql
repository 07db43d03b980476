-- clauses of constraints that do not go together, keys that are named twice, and who may refer to them
create table sd (a int primary key);
create table sd2 (a int, foreign key (a) references sd (a, a));
create table sd2 (a int, b int, foreign key (a, a) references sd (a, a));
create table sd2 (a int, foreign key (a) references sd on delete set null (b));
create table sd2 (a int, b int, foreign key (a) references sd on delete set null (b));
create table sd2 (a int unique deferrable not deferrable);
create table sd2 (a int unique not deferrable deferrable);
create table sd2 (a int unique initially deferred initially immediate);
create table sd2 (a int unique not deferrable initially deferred);
create table sd2 (a int unique initially deferred not deferrable);
create table sd2 (a int deferrable unique);
create table sd2 (a int check (a > 0) deferrable);
create table sd2 (a int references sd enforced not enforced);
create table sd2 (a int check (a > 0) not enforced not enforced);
create table sd2 (a int not enforced);
create table sd2 (a int default 5 not enforced);
create table sd2 (a int, foreign key (a) references sd not valid, check (a > 0) not valid);
select conname, convalidated, pg_get_constraintdef(oid) from pg_constraint where conrelid = 'sd2'::regclass order by 1;
drop table sd2;
create table sd2 (a int constraint n1 not null, constraint n2 not null a);
create table sd2 (a int, not null b);
create table sd2 (a int, constraint sd2_pkey unique (a), primary key (a));
\d sd2
drop table if exists sd2;
create table sd2 (a int, constraint u1 unique (a), constraint u2 unique (a), b int unique, unique (b));
\d sd2
drop table if exists sd2;
create table sd2 (a int check (a > 0) not enforced);
alter table sd2 validate constraint sd2_a_check;
drop table sd2;
create table sd3 (a int primary key, b int default 1.5, c int generated always as identity);
create role sdr; create schema sds authorization sdr; grant references (a) on sd3 to sdr; set role sdr;
create table sds.t1 (x int references public.sd3); create table sds.t2 (x int references public.sd3 (a)); create table sds.t3 (x int references public.sd);
create table sds.t4 (x int); alter table sds.t4 add foreign key (x) references public.sd3;
reset role; drop schema sds cascade; drop role sdr;
