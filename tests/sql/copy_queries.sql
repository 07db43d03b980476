-- queries of COPY that give no rows are not run
create table sd (a int primary key); insert into sd values (1),(2);
copy (delete from sd) to stdout;
copy (insert into sd values (5)) to stdout;
copy (update sd set a = a + 10) to stdout;
copy (merge into sd using (select 1) s on true when matched then delete) to stdout;
copy (select 1 into x) to stdout;
copy (with x as (select 1) select * into y from x) to stdout;
copy (create table zz (a int)) to stdout;
copy (values (1)) to stdout;
copy (table sd) to stdout;
copy (with x as (delete from sd returning a) select 1) to stdout;
select * from sd;
