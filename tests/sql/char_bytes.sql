-- Bytes above 127 of "char": written as \ooo by most, and refused where they would have to be a character.
select c, c::text, c::varchar(3), c::name, octet_length(c::text) from (values ('\303'::"char")) v(c);
select c::char(3) from (values ('\303'::"char")) v(c);
select c::char from (values ('\303'::"char")) v(c);
select 'a'::"char"::char(3) || '|', length('a'::"char"::bpchar), '\177'::"char"::char(1) = chr(127);
