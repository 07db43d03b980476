-- Letters whatever their case, of a name and under collation C: those of ASCII alone.
\pset null NULL
select 'ÀÉ'::name ~* 'é', 'Àé'::name ~* 'É','É'::name ~ '\w', 'ÀÉ'::name ilike 'é%', 'É'::name ilike 'é', 'É' collate "C" ilike 'é', 'É' collate "C" ~* 'é', 'É' collate "C" ~ '\w', 'É'::name ~ '[[:alpha:]]', regexp_match('É'::name,'\w'), 'É' collate "pg_c_utf8" ~* 'é', upper('é'::name), upper('é' collate "C"), regexp_replace('É'::name,'é','x','i');
select 'ABC' collate "C" ~* 'abc', 'abc' collate "C" ~* '[A-B]+C', 'x' collate "C" ~* '[^X]', 'Z' collate "C" ~* '[a-z]', '_' collate "C" ~* '[A-z]', 'k' collate "C" ~* '[^a-jL-z]', 'ä' collate "C" ~* 'Ä', 'ab' collate "C" ~* '(?i)AB', 'aA' collate "C" ~ '(?i)^(.)a$';
select regexp_matches('aBÄä' collate "C", '[b-ä]', 'gi'), regexp_replace('XxÄä' collate "C", '[xä]', '-', 'gi');
select nameicregexne('ÀÉ', 'é'), nameicregexeq('ÀÉ', 'é'), nameicregexeq('Ab', 'aB'), '[' collate "C" ~* '[Z-a]', 'm' collate "C" ~* '[Z-a]';
