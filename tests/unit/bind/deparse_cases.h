/* SPDX-License-Identifier: Apache-2.0 */
/* Statements and how the oracle writes them as views: plain, and pretty. */
{"select relname, oid from pg_class where relpages > 1 and relkind = 'r' order by relname "
 "desc limit 5",
 " SELECT relname,\n    oid\n   FROM pg_class\n  WHERE ((relpages > 1) AND (relkind = 'r':"
 ":\"char\"))\n  ORDER BY relname DESC\n LIMIT 5",
 " SELECT relname,\n    oid\n   FROM pg_class\n  WHERE relpages > 1 AND relkind = 'r'::\"c"
 "har\"\n  ORDER BY relname DESC\n LIMIT 5"},
    {"select c.relname, n.nspname as ns, c.relpages + 1 as p from pg_class c left join pg_name"
     "space n on n.oid = c.relnamespace",
     " SELECT c.relname,\n    n.nspname AS ns,\n    (c.relpages + 1) AS p\n   FROM (pg_class c"
     "\n     LEFT JOIN pg_namespace n ON ((n.oid = c.relnamespace)))",
     " SELECT c.relname,\n    n.nspname AS ns,\n    c.relpages + 1 AS p\n   FROM pg_class c\n "
     "    LEFT JOIN pg_namespace n ON n.oid = c.relnamespace"},
    {"select relkind, count(*) as n, sum(relpages) filter (where relpages > 1) as s from pg_cl"
     "ass group by relkind having count(*) > 1",
     " SELECT relkind,\n    count(*) AS n,\n    sum(relpages) FILTER (WHERE (relpages > 1)) AS"
     " s\n   FROM pg_class\n  GROUP BY relkind\n HAVING (count(*) > 1)",
     " SELECT relkind,\n    count(*) AS n,\n    sum(relpages) FILTER (WHERE relpages > 1) AS s"
     "\n   FROM pg_class\n  GROUP BY relkind\n HAVING count(*) > 1"},
    {"with w as (select 1 as one) select w.one, (select max(oid::int8) from pg_class) as m, ex"
     "ists (select 1 from pg_type where typname = 'x') as ex from w union all select 2, 3, fal"
     "se",
     " WITH w AS (\n         SELECT 1 AS one\n        )\n SELECT w.one,\n    ( SELECT max((pg_"
     "class.oid)::bigint) AS max\n           FROM pg_class) AS m,\n    (EXISTS ( SELECT 1\n   "
     "        FROM pg_type\n          WHERE (pg_type.typname = 'x'::name))) AS ex\n   FROM w\n"
     "UNION ALL\n SELECT 2 AS one,\n    3 AS m,\n    false AS ex",
     " WITH w AS (\n         SELECT 1 AS one\n        )\n SELECT w.one,\n    ( SELECT max(pg_c"
     "lass.oid::bigint) AS max\n           FROM pg_class) AS m,\n    (EXISTS ( SELECT 1\n     "
     "      FROM pg_type\n          WHERE pg_type.typname = 'x'::name)) AS ex\n   FROM w\nUNIO"
     "N ALL\n SELECT 2 AS one,\n    3 AS m,\n    false AS ex"},
    {"select row_number() over (partition by relkind order by oid desc nulls last) as rn, sum("
     "relpages) over w as sw from pg_class window w as (order by relpages rows between 1 prece"
     "ding and current row)",
     " SELECT row_number() OVER (PARTITION BY relkind ORDER BY oid DESC NULLS LAST) AS rn,\n  "
     "  sum(relpages) OVER w AS sw\n   FROM pg_class\n  WINDOW w AS (ORDER BY relpages ROWS BE"
     "TWEEN 1 PRECEDING AND CURRENT ROW)",
     NULL},
    {"select oid from pg_class where relpages in (1,2,3) and not (relpages = 1 or relkind = 'x"
     "') and relpages between 1 and 2 and coalesce(relpages, 3) = any (array[1,2])",
     " SELECT oid\n   FROM pg_class\n  WHERE ((relpages = ANY (ARRAY[1, 2, 3])) AND (NOT ((rel"
     "pages = 1) OR (relkind = 'x'::\"char\"))) AND ((relpages >= 1) AND (relpages <= 2)) AND "
     "(COALESCE(relpages, 3) = ANY (ARRAY[1, 2])))",
     " SELECT oid\n   FROM pg_class\n  WHERE (relpages = ANY (ARRAY[1, 2, 3])) AND NOT (relpag"
     "es = 1 OR relkind = 'x'::\"char\") AND relpages >= 1 AND relpages <= 2 AND (COALESCE(rel"
     "pages, 3) = ANY (ARRAY[1, 2]))"},
    {"select case when relpages > 1 then 'p' else 'q' end as cs, relpages::text as t, -relpage"
     "s as neg, (relpages + 1) * 2 as ar, relpages is distinct from 3 as df, nullif(relpages, "
     "1) as nf, greatest(relpages, 2) as gr, array[relpages, 2] as arr, null::int as nn, true "
     "as bo, 1.5 as nu, current_user as cu from pg_class",
     " SELECT\n        CASE\n            WHEN (relpages > 1) THEN 'p'::text\n            ELSE "
     "'q'::text\n        END AS cs,\n    (relpages)::text AS t,\n    (- relpages) AS neg,\n   "
     " ((relpages + 1) * 2) AS ar,\n    (relpages IS DISTINCT FROM 3) AS df,\n    NULLIF(relpa"
     "ges, 1) AS nf,\n    GREATEST(relpages, 2) AS gr,\n    ARRAY[relpages, 2] AS arr,\n    NU"
     "LL::integer AS nn,\n    true AS bo,\n    1.5 AS nu,\n    CURRENT_USER AS cu\n   FROM pg_"
     "class",
     " SELECT\n        CASE\n            WHEN relpages > 1 THEN 'p'::text\n            ELSE 'q"
     "'::text\n        END AS cs,\n    relpages::text AS t,\n    - relpages AS neg,\n    (relp"
     "ages + 1) * 2 AS ar,\n    relpages IS DISTINCT FROM 3 AS df,\n    NULLIF(relpages, 1) AS"
     " nf,\n    GREATEST(relpages, 2) AS gr,\n    ARRAY[relpages, 2] AS arr,\n    NULL::intege"
     "r AS nn,\n    true AS bo,\n    1.5 AS nu,\n    CURRENT_USER AS cu\n   FROM pg_class"},
    {"select oid from pg_class where relpages > 1 intersect all (select oid from pg_type union"
     " select oid from pg_proc order by 1 limit 2) order by 1",
     " SELECT pg_class.oid\n   FROM pg_class\n  WHERE (pg_class.relpages > 1)\nINTERSECT ALL\n"
     "( SELECT pg_type.oid\n   FROM pg_type\nUNION\n SELECT pg_proc.oid\n   FROM pg_proc\n  OR"
     "DER BY 1\n LIMIT 2)\n  ORDER BY 1",
     " SELECT pg_class.oid\n   FROM pg_class\n  WHERE pg_class.relpages > 1\nINTERSECT ALL\n( "
     "SELECT pg_type.oid\n   FROM pg_type\nUNION\n SELECT pg_proc.oid\n   FROM pg_proc\n  ORDE"
     "R BY 1\n LIMIT 2)\n  ORDER BY 1"},
    {"select distinct on (c.relkind) c.relkind, t.typname from pg_class c join pg_type t on tr"
     "ue cross join (select 1 as k) q where (c.oid, c.relpages) < (t.oid, 2) and c.oid in (sel"
     "ect oid from pg_proc) and c.relpages + 1 * 2 > 3",
     " SELECT DISTINCT ON (c.relkind) c.relkind,\n    t.typname\n   FROM ((pg_class c\n     JO"
     "IN pg_type t ON (true))\n     CROSS JOIN ( SELECT 1 AS k) q)\n  WHERE ((ROW(c.oid, c.rel"
     "pages) < ROW(t.oid, 2)) AND (c.oid IN ( SELECT pg_proc.oid\n           FROM pg_proc)) AN"
     "D ((c.relpages + (1 * 2)) > 3))",
     " SELECT DISTINCT ON (c.relkind) c.relkind,\n    t.typname\n   FROM pg_class c\n     JOIN"
     " pg_type t ON true\n     CROSS JOIN ( SELECT 1 AS k) q\n  WHERE ((ROW(c.oid, c.relpages)"
     " < ROW(t.oid, 2))) AND (c.oid IN ( SELECT pg_proc.oid\n           FROM pg_proc)) AND (c."
     "relpages + 1 * 2) > 3"},
    {"values (1, 'a'), (2, 'b')", " VALUES (1,'a'::text), (2,'b'::text)", NULL},
    {"select x.relname, g.g from pg_class x, generate_series(1, 3) g, lateral (select x.oid as"
     " la) l where l.la = x.oid",
     " SELECT x.relname,\n    g.g\n   FROM pg_class x,\n    generate_series(1, 3) g(g),\n    L"
     "ATERAL ( SELECT x.oid AS la) l\n  WHERE (l.la = x.oid)",
     " SELECT x.relname,\n    g.g\n   FROM pg_class x,\n    generate_series(1, 3) g(g),\n    L"
     "ATERAL ( SELECT x.oid AS la) l\n  WHERE l.la = x.oid"},
