-- Decision-support queries over a parts-and-orders schema, in our own words: the shapes of the
-- usual 22 (deep joins, correlated subqueries, CASE in aggregates, views, EXISTS, intervals).

-- ok
SELECT l.l_returnflag AS flag, l.l_linestatus AS status,
       sum(l.l_quantity) AS quantity, sum(l.l_extendedprice) AS gross,
       sum(l.l_extendedprice * (1 - l.l_discount)) AS net,
       sum(l.l_extendedprice * (1 - l.l_discount) * (1 + l.l_tax)) AS charged,
       avg(l.l_quantity) AS mean_quantity, avg(l.l_extendedprice) AS mean_price,
       avg(l.l_discount) AS mean_discount, count(*) AS lines
FROM lineitem AS l
WHERE l.l_shipdate <= date '1998-12-01' - interval '75 days'
GROUP BY flag, status
ORDER BY flag, status

-- ok
SELECT s.s_acctbal, s.s_name, n.n_name, p.p_partkey, p.p_mfgr, s.s_address, s.s_phone, s.s_comment
FROM part p
JOIN partsupp ps ON ps.ps_partkey = p.p_partkey
JOIN supplier s ON s.s_suppkey = ps.ps_suppkey
JOIN nation n ON n.n_nationkey = s.s_nationkey
JOIN region r ON r.r_regionkey = n.n_regionkey AND r.r_name = 'ASIA'
WHERE p.p_size = 22 AND p.p_type LIKE '%STEEL'
  AND ps.ps_supplycost = (
      SELECT min(q.ps_supplycost)
      FROM partsupp q
      JOIN supplier t ON t.s_suppkey = q.ps_suppkey
      JOIN nation m ON m.n_nationkey = t.s_nationkey
      JOIN region u ON u.r_regionkey = m.n_regionkey
      WHERE q.ps_partkey = p.p_partkey AND u.r_name = 'ASIA')
ORDER BY s.s_acctbal DESC, n.n_name, s.s_name, p.p_partkey
FETCH FIRST 100 ROWS ONLY

-- ok
SELECT o.o_orderkey, sum(l.l_extendedprice * (1 - l.l_discount)) AS revenue, o.o_orderdate, o.o_shippriority
FROM customer c, orders o, lineitem l
WHERE c.c_mktsegment = 'MACHINERY' AND c.c_custkey = o.o_custkey AND l.l_orderkey = o.o_orderkey
  AND o.o_orderdate < date '1995-03-20' AND l.l_shipdate > date '1995-03-20'
GROUP BY o.o_orderkey, o.o_orderdate, o.o_shippriority
ORDER BY revenue DESC, o.o_orderdate
LIMIT 10

-- ok
SELECT o_orderpriority, count(*) AS late_orders
FROM orders
WHERE o_orderdate >= date '1994-04-01' AND o_orderdate < date '1994-04-01' + interval '3' month
  AND EXISTS (SELECT 1 FROM lineitem WHERE l_orderkey = o_orderkey AND l_commitdate < l_receiptdate)
GROUP BY o_orderpriority
ORDER BY o_orderpriority

-- ok
SELECT n.n_name, sum(l.l_extendedprice * (1 - l.l_discount)) AS revenue
FROM customer c
JOIN orders o USING (custkey)
JOIN lineitem l USING (orderkey)
JOIN supplier s USING (suppkey, nationkey)
JOIN nation n USING (nationkey)
JOIN region r USING (regionkey)
WHERE r.r_name = 'EUROPE' AND o.o_orderdate BETWEEN date '1996-01-01' AND date '1996-12-31'
GROUP BY 1
ORDER BY 2 DESC

-- ok
SELECT sum(l_extendedprice * l_discount) AS gained
FROM lineitem
WHERE l_shipdate >= date '1993-01-01' AND l_shipdate < date '1993-01-01' + interval '1' year
  AND l_discount BETWEEN 0.07 - 0.01 AND 0.07 + 0.01 AND l_quantity < 25

-- ok
SELECT supplier_nation, customer_nation, ship_year, sum(volume) AS revenue
FROM (
    SELECT a.n_name AS supplier_nation, b.n_name AS customer_nation,
           extract(year FROM l_shipdate) AS ship_year,
           l_extendedprice * (1 - l_discount) AS volume
    FROM supplier, lineitem, orders, customer, nation a, nation b
    WHERE s_suppkey = l_suppkey AND o_orderkey = l_orderkey AND c_custkey = o_custkey
      AND s_nationkey = a.n_nationkey AND c_nationkey = b.n_nationkey
      AND ((a.n_name = 'PERU' AND b.n_name = 'JAPAN') OR (a.n_name = 'JAPAN' AND b.n_name = 'PERU'))
      AND l_shipdate BETWEEN date '1995-01-01' AND date '1996-12-31'
) AS shipping
GROUP BY supplier_nation, customer_nation, ship_year
ORDER BY supplier_nation, customer_nation, ship_year

-- ok
SELECT year, sum(CASE WHEN nation = 'KENYA' THEN volume ELSE 0 END) / sum(volume) AS share
FROM (
    SELECT extract(year FROM o.o_orderdate) AS year, l.l_extendedprice * (1 - l.l_discount) AS volume,
           n2.n_name AS nation
    FROM part p
    INNER JOIN lineitem l ON p.p_partkey = l.l_partkey
    INNER JOIN supplier s ON s.s_suppkey = l.l_suppkey
    INNER JOIN orders o ON l.l_orderkey = o.o_orderkey
    INNER JOIN customer c ON o.o_custkey = c.c_custkey
    INNER JOIN nation n1 ON c.c_nationkey = n1.n_nationkey
    INNER JOIN nation n2 ON s.s_nationkey = n2.n_nationkey
    INNER JOIN region r ON n1.n_regionkey = r.r_regionkey
    WHERE r.r_name = 'AFRICA' AND p.p_type = 'PROMO BURNISHED COPPER'
      AND o.o_orderdate BETWEEN '1995-01-01' AND '1996-12-31'
) all_nations
GROUP BY year
ORDER BY year

-- ok
SELECT nation, o_year, sum(amount) AS profit
FROM (SELECT n_name AS nation, extract(year FROM o_orderdate) AS o_year,
             l_extendedprice * (1 - l_discount) - ps_supplycost * l_quantity AS amount
      FROM part, supplier, lineitem, partsupp, orders, nation
      WHERE s_suppkey = l_suppkey AND (ps_suppkey, ps_partkey) = (l_suppkey, l_partkey)
        AND p_partkey = l_partkey AND o_orderkey = l_orderkey AND s_nationkey = n_nationkey
        AND p_name LIKE '%lavender%') AS profits
GROUP BY ROLLUP (nation, o_year)
ORDER BY nation NULLS LAST, o_year DESC

-- ok
SELECT c.c_custkey, c.c_name, sum(l.l_extendedprice * (1 - l.l_discount)) AS lost, c.c_acctbal,
       n.n_name, c.c_address, c.c_phone, c.c_comment
FROM customer AS c, orders AS o, lineitem AS l, nation AS n
WHERE c.c_custkey = o.o_custkey AND l.l_orderkey = o.o_orderkey AND l.l_returnflag = 'R'
  AND o.o_orderdate >= '1993-07-01'::date AND o.o_orderdate < '1993-07-01'::date + '3 months'::interval
  AND c.c_nationkey = n.n_nationkey
GROUP BY c.c_custkey, c.c_name, c.c_acctbal, c.c_phone, n.n_name, c.c_address, c.c_comment
ORDER BY lost DESC
LIMIT 20

-- ok
SELECT ps_partkey, sum(ps_supplycost * ps_availqty) AS value
FROM partsupp, supplier, nation
WHERE ps_suppkey = s_suppkey AND s_nationkey = n_nationkey AND n_name = 'EGYPT'
GROUP BY ps_partkey
HAVING sum(ps_supplycost * ps_availqty) > (
    SELECT sum(ps_supplycost * ps_availqty) * 0.00002
    FROM partsupp, supplier, nation
    WHERE ps_suppkey = s_suppkey AND s_nationkey = n_nationkey AND n_name = 'EGYPT')
ORDER BY value DESC

-- ok
SELECT l_shipmode,
       count(*) FILTER (WHERE o_orderpriority IN ('1-URGENT', '2-HIGH')) AS high,
       sum(CASE WHEN o_orderpriority <> '1-URGENT' AND o_orderpriority <> '2-HIGH' THEN 1 ELSE 0 END) AS low
FROM orders JOIN lineitem ON o_orderkey = l_orderkey
WHERE l_shipmode IN ('RAIL', 'FOB') AND l_commitdate < l_receiptdate AND l_shipdate < l_commitdate
  AND l_receiptdate >= date '1997-01-01' AND l_receiptdate < date '1997-01-01' + interval '1' year
GROUP BY l_shipmode
ORDER BY l_shipmode

-- ok
SELECT orders_placed, count(*) AS customers
FROM (
    SELECT c_custkey, count(o_orderkey)
    FROM customer LEFT OUTER JOIN orders ON c_custkey = o_custkey AND o_comment NOT LIKE '%pending%deposits%'
    GROUP BY c_custkey
) AS placed (custkey, orders_placed)
GROUP BY orders_placed
ORDER BY customers DESC, orders_placed DESC

-- ok
SELECT 100.00 * sum(CASE WHEN p_type LIKE 'PROMO%' THEN l_extendedprice * (1 - l_discount) ELSE 0 END)
           / nullif(sum(l_extendedprice * (1 - l_discount)), 0) AS promo_share
FROM lineitem, part
WHERE l_partkey = p_partkey AND l_shipdate >= date '1995-10-01' AND l_shipdate < date '1995-10-01' + interval '1 month'

-- ok
WITH revenue (supplier_no, total) AS MATERIALIZED (
    SELECT l_suppkey, sum(l_extendedprice * (1 - l_discount))
    FROM lineitem
    WHERE l_shipdate >= date '1996-05-01' AND l_shipdate < date '1996-05-01' + interval '3' month
    GROUP BY l_suppkey)
SELECT s_suppkey, s_name, s_address, s_phone, total
FROM supplier JOIN revenue ON s_suppkey = supplier_no
WHERE total = (SELECT max(total) FROM revenue)
ORDER BY s_suppkey

-- ok
SELECT p_brand, p_type, p_size, count(DISTINCT ps_suppkey) AS suppliers
FROM partsupp, part
WHERE p_partkey = ps_partkey AND p_brand <> 'Brand#32' AND p_type NOT LIKE 'ECONOMY PLATED%'
  AND p_size IN (1, 4, 9, 16, 25, 36, 42, 49)
  AND ps_suppkey NOT IN (SELECT s_suppkey FROM supplier WHERE s_comment LIKE '%Customer%Complaints%')
GROUP BY p_brand, p_type, p_size
ORDER BY suppliers DESC, p_brand, p_type, p_size

-- ok
SELECT sum(l.l_extendedprice) / 7.0 AS yearly
FROM lineitem l, part p
WHERE p.p_partkey = l.l_partkey AND p.p_brand = 'Brand#41' AND p.p_container = 'LG CAN'
  AND l.l_quantity < (SELECT 0.2 * avg(m.l_quantity) FROM lineitem m WHERE m.l_partkey = p.p_partkey)

-- ok
SELECT c.c_name, c.c_custkey, o.o_orderkey, o.o_orderdate, o.o_totalprice, sum(l.l_quantity)
FROM customer c, orders o, lineitem l
WHERE o.o_orderkey IN (SELECT l_orderkey FROM lineitem GROUP BY l_orderkey HAVING sum(l_quantity) > 312)
  AND c.c_custkey = o.o_custkey AND o.o_orderkey = l.l_orderkey
GROUP BY c.c_name, c.c_custkey, o.o_orderkey, o.o_orderdate, o.o_totalprice
ORDER BY o.o_totalprice DESC, o.o_orderdate
LIMIT 100

-- ok
SELECT sum(l_extendedprice * (1 - l_discount)) AS revenue
FROM lineitem, part
WHERE (p_partkey = l_partkey AND p_brand = 'Brand#13' AND p_container IN ('SM CASE', 'SM BOX', 'SM PACK', 'SM PKG')
       AND l_quantity >= 5 AND l_quantity <= 5 + 10 AND p_size BETWEEN 1 AND 5
       AND l_shipmode IN ('AIR', 'AIR REG') AND l_shipinstruct = 'DELIVER IN PERSON')
   OR (p_partkey = l_partkey AND p_brand = 'Brand#24' AND p_container IN ('MED BAG', 'MED BOX', 'MED PKG', 'MED PACK')
       AND l_quantity >= 14 AND l_quantity <= 14 + 10 AND p_size BETWEEN 1 AND 10
       AND l_shipmode IN ('AIR', 'AIR REG') AND l_shipinstruct = 'DELIVER IN PERSON')
   OR (p_partkey = l_partkey AND p_brand = 'Brand#55' AND p_container IN ('LG CASE', 'LG BOX', 'LG PACK', 'LG PKG')
       AND l_quantity >= 28 AND l_quantity <= 28 + 10 AND p_size BETWEEN 1 AND 15
       AND l_shipmode IN ('AIR', 'AIR REG') AND l_shipinstruct = 'DELIVER IN PERSON')

-- ok
SELECT s_name, s_address
FROM supplier, nation
WHERE s_suppkey IN (
          SELECT ps_suppkey FROM partsupp
          WHERE ps_partkey IN (SELECT p_partkey FROM part WHERE p_name LIKE 'forest%')
            AND ps_availqty > (
                SELECT 0.5 * sum(l_quantity) FROM lineitem
                WHERE l_partkey = ps_partkey AND l_suppkey = ps_suppkey
                  AND l_shipdate >= date '1994-01-01' AND l_shipdate < date '1994-01-01' + interval '1' year))
  AND s_nationkey = n_nationkey AND n_name = 'CHINA'
ORDER BY s_name

-- ok
SELECT s.s_name, count(*) AS waiting
FROM supplier s, lineitem l1, orders o, nation n
WHERE s.s_suppkey = l1.l_suppkey AND o.o_orderkey = l1.l_orderkey AND o.o_orderstatus = 'F'
  AND l1.l_receiptdate > l1.l_commitdate
  AND EXISTS (SELECT * FROM lineitem l2 WHERE l2.l_orderkey = l1.l_orderkey AND l2.l_suppkey <> l1.l_suppkey)
  AND NOT EXISTS (SELECT * FROM lineitem l3 WHERE l3.l_orderkey = l1.l_orderkey
                  AND l3.l_suppkey <> l1.l_suppkey AND l3.l_receiptdate > l3.l_commitdate)
  AND s.s_nationkey = n.n_nationkey AND n.n_name = 'BRAZIL'
GROUP BY s.s_name
ORDER BY waiting DESC, s.s_name
LIMIT 100

-- ok
SELECT code, count(*) AS customers, sum(balance) AS total
FROM (SELECT substring(c_phone FROM 1 FOR 2) AS code, c_acctbal AS balance
      FROM customer
      WHERE substring(c_phone FROM 1 FOR 2) IN ('11', '22', '28', '30', '19', '16', '34')
        AND c_acctbal > (SELECT avg(c_acctbal) FROM customer
                         WHERE c_acctbal > 0.00 AND substring(c_phone FROM 1 FOR 2) = ANY ('{11,22,28}'))
        AND NOT EXISTS (SELECT FROM orders WHERE o_custkey = c_custkey)) AS sleeping
GROUP BY code
ORDER BY code
