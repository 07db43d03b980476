-- joins on types that have an order and, in PostgreSQL, no hash
create table a (id int, b bit(4), v varbit, m money);
create table c (id int, b bit(4), v varbit, m money);
insert into a values (1, b'0001', b'01', 1), (2, b'0010', b'010', 2.5), (3, null, null, null), (4, b'0010', b'', -1);
insert into c values (1, b'0010', b'010', 2.50), (2, b'0010', b'01', 7), (3, b'1111', null, null), (4, null, b'', -1);
select a.id, c.id from a full join c on a.b = c.b order by 1, 2;
select a.id, c.id from a full join c on a.v = c.v order by 1, 2;
select a.id, c.id from a left join c using (m) order by 1, 2;
select id from a where b in (select b from c) order by 1;
select id from a where m not in (select m from c where m is not null) order by 1;
select m, count(*) from (select m from a union all select m from c) u group by m order by m;
drop table a, c;
