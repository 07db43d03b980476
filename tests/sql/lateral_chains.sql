-- Sub-queries of LATERAL that read each other, among more tables than have their order looked for by dynamic programming.
create table g1 as select i as a from generate_series(1,3) i;
analyze g1;
select count(*) from (select a from g1 limit 1) x1, lateral (select x1.a + 1 as b from g1 limit 2) x2, lateral (select x2.b - 1 as c, x2.b from g1 limit 1) x3, g1 y1, g1 y2, g1 y3, g1 y4, g1 y5, g1 y6, g1 y7, g1 y8, g1 y9, g1 y10, g1 y11 where x3.c = x1.a and y1.a=y2.a and y2.a = y3.a and y3.a=y4.a and y4.a=y5.a and y5.a=y6.a and y6.a=y7.a and y7.a=y8.a and y8.a=y9.a and y9.a = y10.a and y10.a = y11.a;
