-- the collations of ICU's locales, there from the beginning
select count(*) > 700, count(*) = count(distinct collname), bool_and(collisdeterministic), bool_and(collencoding = -1), bool_and(collversion is not null) from pg_collation where collprovider = 'i' and oid > 12000;
select collname, colllocale, obj_description(oid, 'pg_collation') from pg_collation where collname in ('und-x-icu', 'de-x-icu', 'de-AT-x-icu', 'en-US-x-icu', 'sv-x-icu', 'ja-x-icu') order by collname collate "C";
select x from (values ('Ä'), ('b'), ('a'), ('z')) v(x) order by x collate "de-x-icu";
select x from (values ('Ä'), ('b'), ('a'), ('z')) v(x) order by x collate "sv-x-icu";
create table names (name text collate "en-x-icu");
insert into names values ('beta'), ('Alpha'), ('alpha'), ('Beta');
select name from names order by name;
select upper('straße' collate "de-x-icu"), upper('i' collate "tr-x-icu"), lower('I' collate "tr-x-icu"), initcap('ŉamE' collate "en-x-icu");
select pg_collation_actual_version(oid) = collversion from pg_collation where collname = 'fr-x-icu';
