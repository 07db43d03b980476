-- Classes that are the rest of others in brackets, assertions with a quantifier, groups asked of patterns without.
select 'a b' ~ '[\W]', 'ab' ~ '[\W]', 'a1' ~ '[\D]', ' ' ~ '[^\W]', 'a' ~ '[^\W\d]', regexp_matches('a1 _-ä','[\Wa]','g');
select regexp_matches('a1 _-ä','[\W\d]+','g'), regexp_matches('a1 _-ä','[^\Sa]','g');
select regexp_matches(E'a\nb','\W','gn'), regexp_count(E'a\n\nb','\S','1','n'), regexp_count(E'a\n\nb','\D',1,'n'),regexp_count(E'a\n\nb','\W',1,'n'),regexp_count(E'a\n\nb','[\W]',1,'n'),regexp_count(E'a\n\nb','[^a]',1,'n'),regexp_count(E'a\n\nb','[\D]',1,'n'),regexp_count(E'a\n\nb','[\S]',1,'n'),regexp_count(E'a\n\nb','[^\w]',1,'n'),regexp_count(E'a\n\nb','[^[:alpha:]]',1,'n');
select regexp_count(E'a\n\nb','\W',1,'p'), regexp_count(E'a\n\nb','\W',1,'w'), regexp_count(E'a\n\nb','\D',1,'p'), regexp_count(E'a\n\nb','\S',1,'p'), regexp_count(E'a\n\nb','[\D]',1,'p');
select 'a' ~ '[\W-z]';
select 'a' ~ '[a-\W]';
select '-' ~ '[\W-]', 'x' ~ '[\w-]', 'x' ~ '[--\w]';
select 'x' ~ '(?ä:b)';
select 'x' ~ '(?_:b)';
select 'x' ~ '(?1:b)';
select 'x' ~ '(?z)b';
select 'é' ~* '[\W]', 'É' ~* '[\w]', ' ' ~* '[\S]', 'A' ~* '[^\W]';
select 'é' collate "C" ~ '[\W]', 'é' collate "C" ~ '\w', 'é' collate "C" ~ '[^\W]';
select regexp_substr('bb', 'a|b', 1, 2, '', 1), regexp_instr('bb', 'a|b', 1, 1, 1, '', 1), regexp_substr('bb', 'a|b', 1, 2, '', 2), regexp_instr('bb', '(a)|b', 1, 1, 1, '', 1);
select regexp_match('a', 'a\y{1,0}');
select regexp_match('a', '^{1}');
select regexp_match('a', '(?=a){2');
select regexp_match('a', '\y*');
