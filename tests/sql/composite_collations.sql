-- arrays and collations of the attributes of a composite type
create type dco as (a int[], b text collate "C", c varchar(3)[][] collate "POSIX", d int);
\d dco
create type dco2 as (a int collate "C");
select attname, attndims, attcollation::regcollation from pg_attribute where attrelid = 'dco'::regclass order by attnum;
