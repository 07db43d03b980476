-- Where errors of a WINDOW clause are told: at the bracket of the definition.
select 1 window w as (order by 1), v as (w partition by 2);
select 1 window w as (order by 1), v as (w order by 2);
select 1 window w as (rows unbounded preceding), v as (w);
select 1 window w as (nosuch);
select 1 window w as (range 1 preceding);
select 1 window w as (order by 1, 2 range 1 preceding);
select 1 window w as (order by 'x'::text range 1 preceding);
select 1 window w as (groups unbounded preceding);
select 1 window w as (rows -1 preceding);
select sum(1) over v window w as (order by 1), w as (order by 2);
select sum(1) over (w order by 1) from (values (1)) x(a) window w as (order by a);
