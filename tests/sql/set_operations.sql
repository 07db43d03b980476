select null as p union all select 1;
select 'x' as t, null as p union all select 'y', 1 order by 1;
select null as p, 1 from (values(1)) v(a) union all select 1, 2;
select '7' as p, 1 from (values(1)) v(a) union all select 1, 2;
select null as p, a from (values(1)) v(a) union all select 1, 2;
select null as p, a from (values(1)) v(a) union all select 1, a from (values(1)) v(a) order by 1;
