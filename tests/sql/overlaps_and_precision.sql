-- OVERLAPS that is not there, and precisions above 6.
select ('2003-01-01'::date,'1 day'::interval) overlaps ('2003-01-01 12:00'::timestamp,'2003-01-02'::timestamp);
select ('10:00'::time,'11:00'::time) overlaps ('11:00','12:00');
select (null::date,'2003-01-01') overlaps ('2002-01-01'::date,'2004-01-01');
select (1,2) overlaps (3,4);
select (1,2,3) overlaps (3,4);
select '2003-01-01 10:00'::timestamp(7);
select interval '1 s' second(7);
select '1 s'::interval(9);
select cast('10:00' as timetz(10));
create domain dd as timestamp(7);
select null::timestamp(7)[];
select timestamp(7) '2003-01-01';
select (1,2) overlaps (3,4);
select (1,2,3) overlaps (3,4);
select (1,2) overlaps (3,4,5);
select ((1,2)) overlaps row(3,4);
select '10:00'::time(7);
