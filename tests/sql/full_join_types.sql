-- FULL JOIN on equalities of two types that have an order in common but no hash.
set timezone = 'UTC';
create table d (k int, day date);
create table s (k int, at timestamp);
create table z (k int, at timestamptz);
insert into d values (1, '2020-01-01'), (2, '2020-01-02'), (3, null), (4, '2020-01-01'), (5, 'infinity');
insert into s values (1, '2020-01-01 00:00'), (2, '2020-01-02 00:01'), (3, null), (4, 'infinity'), (6, '2020-01-01');
insert into z values (1, '2020-01-01 00:00+00'), (2, '2020-01-02 01:00+01'), (9, null);
select d.k, day, s.k, at from d full join s on day = at order by 1, 2, 3, 4;
select d.k, s.k from d full join s on at = day and d.k = s.k order by 1, 2;
select s.k, z.k from s full join z on s.at = z.at order by 1, 2;
select d.k, z.k from d full join z on z.at = d.day order by 1, 2;
select d.k, s.k from d full join s on day = at where coalesce(d.k, s.k) > 3 order by 1, 2;
select count(*) from d full join (select * from s where false) s on day = at;
select d.k, s.k from d full join s on day = at and d.k + s.k > 2;
select d.k, s.k from d full join s on day < at;
select d.k, s.k from d full join s on day = at and d.k = 1 order by 1, 2;
