-- Entries of access lists: what is read, and which are equal.
select 'x y=r/postgres'::aclitem; select 'group postgres=r/postgres'::aclitem; select 'user postgres=r/postgres'::aclitem; select 'group =r/postgres'::aclitem; select 'user'::aclitem; select ''::aclitem; select 'postgres'::aclitem; select 'postgres=r/'::aclitem; select 'postgres=r/nope'::aclitem; select 'nope=r/postgres'::aclitem; select 'postgres=z/postgres'::aclitem; select 'postgres=*r/postgres'::aclitem; select '=r/postgres x'::aclitem; select '"postgres"=r/postgres'::aclitem; select '"post=r/postgres'::aclitem; select 'group "postgres"=r/postgres'::aclitem; select ' postgres=r/postgres '::aclitem; select 'group  postgres  =r/postgres'::aclitem; select 'postgres =r/postgres'::aclitem; select 'group group postgres=r/postgres'::aclitem; select '{postgres=r/postgres, =w/postgres}'::aclitem[];
select * from (select distinct a from (values ('{postgres=r/postgres}'::aclitem[]), ('{postgres=r/postgres}'), ('{postgres=rw/postgres}'), (null)) v(a)) d order by a::text;
select '{postgres=r/postgres}'::aclitem[] = '{postgres=r/postgres}'::aclitem[];
select '{postgres=r/postgres}'::aclitem = '{postgres=r/postgres}'::aclitem;
select distinct relacl from pg_class where oid < 3;
select relacl from pg_class where oid<3 group by relacl;
select count(*) from pg_class group by relacl having false;
select '{postgres=r/postgres}'::aclitem[] < '{postgres=r/postgres}'::aclitem[];
select relacl from pg_class where oid<3 order by relacl;
select hash_aclitem(null), hash_aclitem_extended(null, 1);
select 'postgres=r/postgres'::aclitem in ('postgres=r/postgres'::aclitem, 'postgres=w/postgres');
select '{postgres=r/postgres}'::aclitem[] @> 'postgres=r/postgres'::aclitem;
select '{postgres=r/postgres}'::aclitem[] || 'postgres=r/postgres'::aclitem;
select array_position('{postgres=r/postgres}'::aclitem[] , 'postgres=r/postgres'::aclitem);
select count(distinct relacl) from pg_class where oid < 3;
select relacl from pg_class where oid < 3 union select relacl from pg_class where oid < 3;
select aclexplode('{postgres=r/postgres,=w*/postgres}'::aclitem[]);
