/* SPDX-License-Identifier: Apache-2.0 */
/* test_trees.c - the trees of statements of every shape, and that copy, equal and walk hold for each of them. */
#include "../unit.h"

#include "parse/parse.h"

typedef struct Tree {
    const char *sql, *dump;
} Tree;

/* Zero values (the first member of an enum, false, absent) are not printed. */
static const Tree trees[] = {
    {"SELECT", "(select)"},
    {"SELECT 1, -2, 3.5, - 1e5, 'a''b', B'01', X'f', true, NULL, $1",
     "(select :targets [(target :expr (int_const :value 1)) (target :expr (int_const"
     " :value -2)) (target :expr (float_const :text \"3.5\")) (target :expr"
     " (float_const :text \"-1e5\")) (target :expr (string_const :value \"a'b\")) (target"
     " :expr (bit_const :digits \"01\")) (target :expr (bit_const :digits \"f\" :hex"
     " true)) (target :expr (bool_const :value true)) (target :expr (null_const))"
     " (target :expr (param :number 1))])"},
    {"SELECT a, b.c, d.e.*, *, \"Q\" AS \"Label\", x y",
     "(select :targets [(target :expr (column_ref :names [\"a\"])) (target :expr"
     " (column_ref :names [\"b\" \"c\"])) (target :expr (column_ref :names [\"d\" \"e\"]"
     " :star true)) (target :expr (column_ref :star true)) (target :expr (column_ref"
     " :names [\"Q\"]) :name \"Label\") (target :expr (column_ref :names [\"x\"]) :name"
     " \"y\")])"},
    {"SELECT a AND b AND c OR NOT d",
     "(select :targets [(target :expr (bool_expr :args [(bool_expr :args [(column_ref"
     " :names [\"a\"]) (column_ref :names [\"b\"]) (column_ref :names [\"c\"])]) (not_expr"
     " :arg (column_ref :names [\"d\"]))] :op or))])"},
    {"SELECT a AND (b AND c)",
     "(select :targets [(target :expr (bool_expr :args [(column_ref :names [\"a\"])"
     " (bool_expr :args [(column_ref :names [\"b\"]) (column_ref :names [\"c\"])])]))])"},
    {"SELECT 1 + 2 * 3 ^ 4 - -5",
     "(select :targets [(target :expr (op_expr :op \"-\" :left (op_expr :op \"+\" :left"
     " (int_const :value 1) :right (op_expr :op \"*\" :left (int_const :value 2) :right"
     " (op_expr :op \"^\" :left (int_const :value 3) :right (int_const :value 4))))"
     " :right (int_const :value -5)))])"},
    {"SELECT a < b IS NULL, a = ANY (c) = b, a @@ b || c",
     "(select :targets [(target :expr (null_test :arg (op_expr :op \"<\" :left"
     " (column_ref :names [\"a\"]) :right (column_ref :names [\"b\"])))) (target :expr"
     " (op_expr :op \"=\" :left (op_any_expr :op \"=\" :left (column_ref :names [\"a\"])"
     " :right (column_ref :names [\"c\"])) :right (column_ref :names [\"b\"]))) (target"
     " :expr (op_expr :op \"||\" :left (op_expr :op \"@@\" :left (column_ref :names"
     " [\"a\"]) :right (column_ref :names [\"b\"])) :right (column_ref :names [\"c\"])))])"},
    {"SELECT a OPERATOR(s.+) b, @ c, x::int::text, x COLLATE \"C\", x AT TIME ZONE 'UTC'",
     "(select :targets [(target :expr (op_expr :schema [\"s\"] :op \"+\" :left"
     " (column_ref :names [\"a\"]) :right (column_ref :names [\"b\"]))) (target :expr"
     " (op_expr :op \"@\" :right (column_ref :names [\"c\"]))) (target :expr (cast_expr"
     " :arg (cast_expr :arg (column_ref :names [\"x\"]) :type (type_name :names"
     " [\"pg_catalog\" \"int4\"])) :type (type_name :names [\"text\"]))) (target :expr"
     " (collate_expr :arg (column_ref :names [\"x\"]) :collation [\"C\"])) (target :expr"
     " (func_call :names [\"pg_catalog\" \"timezone\"] :args [(string_const :value \"UTC\")"
     " (column_ref :names [\"x\"])] :sql_syntax true))])"},
    {"SELECT a[1], a[1:2].b, (c).d, ((e)).f[:][g:], $1.h",
     "(select :targets [(target :expr (indirection :arg (column_ref :names [\"a\"])"
     " :parts [(subscript :upper (int_const :value 1))])) (target :expr (indirection"
     " :arg (column_ref :names [\"a\"]) :parts [(subscript :lower (int_const :value 1)"
     " :upper (int_const :value 2) :slice true) (field_access :name \"b\")])) (target"
     " :expr (indirection :arg (column_ref :names [\"c\"]) :parts [(field_access :name"
     " \"d\")])) (target :expr (indirection :arg (column_ref :names [\"e\"]) :parts"
     " [(field_access :name \"f\") (subscript :slice true) (subscript :lower"
     " (column_ref :names [\"g\"]) :slice true)])) (target :expr (indirection :arg"
     " (param :number 1) :parts [(field_access :name \"h\")]))])"},
    {"SELECT a IN (1, 2), b NOT IN (SELECT 1), c LIKE d ESCAPE e, f NOT BETWEEN"
     " SYMMETRIC 1 AND 2",
     "(select :targets [(target :expr (in_expr :arg (column_ref :names [\"a\"]) :items"
     " [(int_const :value 1) (int_const :value 2)])) (target :expr (not_expr :arg"
     " (sublink :test (column_ref :names [\"b\"]) :select (select :targets [(target"
     " :expr (int_const :value 1))]) :sublink in))) (target :expr (like_expr :arg"
     " (column_ref :names [\"c\"]) :pattern (column_ref :names [\"d\"]) :escape"
     " (column_ref :names [\"e\"]))) (target :expr (between_expr :arg (column_ref"
     " :names [\"f\"]) :low (int_const :value 1) :high (int_const :value 2) :negated"
     " true :symmetric true))])"},
    {"SELECT a IS DISTINCT FROM b, a IS NOT TRUE, a IS NOT DOCUMENT, a IS JSON OBJECT"
     " WITH UNIQUE KEYS, a IS NFC NORMALIZED",
     "(select :targets [(target :expr (distinct_expr :left (column_ref :names [\"a\"])"
     " :right (column_ref :names [\"b\"]))) (target :expr (truth_expr :arg (column_ref"
     " :names [\"a\"]) :test not_true)) (target :expr (not_expr :arg (xml_is_document"
     " :arg (column_ref :names [\"a\"])))) (target :expr (json_is :arg (column_ref"
     " :names [\"a\"]) :type object :unique true)) (target :expr (func_call :names"
     " [\"pg_catalog\" \"is_normalized\"] :args [(column_ref :names [\"a\"]) (string_const"
     " :value \"NFC\")] :sql_syntax true))])"},
    {"SELECT ((SELECT 1) UNION SELECT 2), ((SELECT 3) + 4), EXISTS (SELECT 5),"
     " ARRAY(SELECT 6), ((SELECT 7), 8)",
     "(select :targets [(target :expr (sublink :select (set_operation :left (select"
     " :targets [(target :expr (int_const :value 1))]) :right (select :targets"
     " [(target :expr (int_const :value 2))])) :sublink scalar)) (target :expr"
     " (op_expr :op \"+\" :left (sublink :select (select :targets [(target :expr"
     " (int_const :value 3))]) :sublink scalar) :right (int_const :value 4))) (target"
     " :expr (sublink :select (select :targets [(target :expr (int_const :value"
     " 5))]))) (target :expr (sublink :select (select :targets [(target :expr"
     " (int_const :value 6))]) :sublink array)) (target :expr (row_expr :items"
     " [(sublink :select (select :targets [(target :expr (int_const :value 7))])"
     " :sublink scalar) (int_const :value 8)]))])"},
    {"SELECT ROW(), ROW(1), (1, 2), ARRAY[[1], [2]], ARRAY[]",
     "(select :targets [(target :expr (row_expr :explicit true)) (target :expr"
     " (row_expr :items [(int_const :value 1)] :explicit true)) (target :expr"
     " (row_expr :items [(int_const :value 1) (int_const :value 2)])) (target :expr"
     " (array_expr :items [(array_expr :items [(int_const :value 1)]) (array_expr"
     " :items [(int_const :value 2)])])) (target :expr (array_expr))])"},
    {"SELECT CASE a WHEN 1 THEN 2 ELSE 3 END, COALESCE(a, b), NULLIF(a, b),"
     " GREATEST(1, 2), CURRENT_TIME(3)",
     "(select :targets [(target :expr (case_expr :arg (column_ref :names [\"a\"])"
     " :whens [(case_when :condition (int_const :value 1) :result (int_const :value"
     " 2))] :otherwise (int_const :value 3))) (target :expr (coalesce_expr :args"
     " [(column_ref :names [\"a\"]) (column_ref :names [\"b\"])])) (target :expr"
     " (null_if_expr :left (column_ref :names [\"a\"]) :right (column_ref :names"
     " [\"b\"]))) (target :expr (min_max_expr :args [(int_const :value 1) (int_const"
     " :value 2)])) (target :expr (value_function :op current_time :precision 3))])"},
    {"SELECT f(*), g(DISTINCT a ORDER BY b DESC NULLS LAST), h(VARIADIC c), i(x => 1,"
     " y := 2), p() WITHIN GROUP (ORDER BY q) FILTER (WHERE r)",
     "(select :targets [(target :expr (func_call :names [\"f\"] :star true)) (target"
     " :expr (func_call :names [\"g\"] :args [(column_ref :names [\"a\"])] :order_by"
     " [(sort_item :expr (column_ref :names [\"b\"]) :order desc :nulls last)]"
     " :distinct true)) (target :expr (func_call :names [\"h\"] :args [(column_ref"
     " :names [\"c\"])] :variadic true)) (target :expr (func_call :names [\"i\"] :args"
     " [(named_arg :name \"x\" :value (int_const :value 1)) (named_arg :name \"y\" :value"
     " (int_const :value 2))])) (target :expr (func_call :names [\"p\"] :order_by"
     " [(sort_item :expr (column_ref :names [\"q\"]))] :filter (column_ref :names"
     " [\"r\"]) :within_group true))])"},
    {"SELECT sum(a) OVER w, sum(b) OVER (w PARTITION BY c ORDER BY d ROWS BETWEEN 1"
     " PRECEDING AND CURRENT ROW EXCLUDE TIES) FROM t WINDOW w AS (ORDER BY e)",
     "(select :targets [(target :expr (func_call :names [\"sum\"] :args [(column_ref"
     " :names [\"a\"])] :over (window_def :name \"w\" :reference true))) (target :expr"
     " (func_call :names [\"sum\"] :args [(column_ref :names [\"b\"])] :over (window_def"
     " :parent \"w\" :partition_by [(column_ref :names [\"c\"])] :order_by [(sort_item"
     " :expr (column_ref :names [\"d\"]))] :start_offset (int_const :value 1) :frame"
     " rows :start preceding :end current_row :exclusion ties :between true)))] :from"
     " [(range_var :name \"t\")] :windows [(window_def :name \"w\" :order_by [(sort_item"
     " :expr (column_ref :names [\"e\"]))])])"},
    {"SELECT extract(year FROM a), substring(a FOR 2), trim(both 'x' FROM y),"
     " position('a' IN b), overlay(a, b, c), (a, b) OVERLAPS (c, d)",
     "(select :targets [(target :expr (func_call :names [\"pg_catalog\" \"extract\"]"
     " :args [(string_const :value \"year\") (column_ref :names [\"a\"])] :sql_syntax"
     " true)) (target :expr (func_call :names [\"pg_catalog\" \"substring\"] :args"
     " [(column_ref :names [\"a\"]) (int_const :value 1) (cast_expr :arg (int_const"
     " :value 2) :type (type_name :names [\"pg_catalog\" \"int4\"]))] :sql_syntax true))"
     " (target :expr (func_call :names [\"pg_catalog\" \"btrim\"] :args [(column_ref"
     " :names [\"y\"]) (string_const :value \"x\")] :sql_syntax true)) (target :expr"
     " (func_call :names [\"pg_catalog\" \"position\"] :args [(column_ref :names [\"b\"])"
     " (string_const :value \"a\")] :sql_syntax true)) (target :expr (func_call :names"
     " [\"overlay\"] :args [(column_ref :names [\"a\"]) (column_ref :names [\"b\"])"
     " (column_ref :names [\"c\"])])) (target :expr (func_call :names [\"pg_catalog\""
     " \"overlaps\"] :args [(column_ref :names [\"a\"]) (column_ref :names [\"b\"])"
     " (column_ref :names [\"c\"]) (column_ref :names [\"d\"])] :sql_syntax true))])"},
    {"SELECT CAST(a AS varchar(10)[]), int '1', interval '1' day to second(3), char"
     " 'x', s.t(3) 'y', timestamptz 'now', time(2) with time zone '1:00'",
     "(select :targets [(target :expr (cast_expr :arg (column_ref :names [\"a\"]) :type"
     " (type_name :names [\"pg_catalog\" \"varchar\"] :modifiers [(int_const :value 10)]"
     " :bounds [-1]))) (target :expr (cast_expr :arg (string_const :value \"1\") :type"
     " (type_name :names [\"pg_catalog\" \"int4\"]))) (target :expr (cast_expr :arg"
     " (string_const :value \"1\") :type (type_name :names [\"pg_catalog\" \"interval\"]"
     " :modifiers [(int_const :value 3)] :fields day_to_second))) (target :expr"
     " (cast_expr :arg (string_const :value \"x\") :type (type_name :names"
     " [\"pg_catalog\" \"bpchar\"]))) (target :expr (cast_expr :arg (string_const :value"
     " \"y\") :type (type_name :names [\"s\" \"t\"] :modifiers [(int_const :value 3)])))"
     " (target :expr (cast_expr :arg (string_const :value \"now\") :type (type_name"
     " :names [\"timestamptz\"]))) (target :expr (cast_expr :arg (string_const :value"
     " \"1:00\") :type (type_name :names [\"pg_catalog\" \"timetz\"] :modifiers [(int_const"
     " :value 2)])))])"},
    {"SELECT a::char, a::bit, a::bit varying(3), a::interval(2), a::double precision,"
     " a::float(24), a::numeric(3, 1), a::int ARRAY[4], a::s.t[][5]",
     "(select :targets [(target :expr (cast_expr :arg (column_ref :names [\"a\"]) :type"
     " (type_name :names [\"pg_catalog\" \"bpchar\"] :modifiers [(int_const :value 1)])))"
     " (target :expr (cast_expr :arg (column_ref :names [\"a\"]) :type (type_name"
     " :names [\"pg_catalog\" \"bit\"] :modifiers [(int_const :value 1)]))) (target :expr"
     " (cast_expr :arg (column_ref :names [\"a\"]) :type (type_name :names"
     " [\"pg_catalog\" \"varbit\"] :modifiers [(int_const :value 3)]))) (target :expr"
     " (cast_expr :arg (column_ref :names [\"a\"]) :type (type_name :names"
     " [\"pg_catalog\" \"interval\"] :modifiers [(int_const :value 2)] :fields full)))"
     " (target :expr (cast_expr :arg (column_ref :names [\"a\"]) :type (type_name"
     " :names [\"pg_catalog\" \"float8\"]))) (target :expr (cast_expr :arg (column_ref"
     " :names [\"a\"]) :type (type_name :names [\"pg_catalog\" \"float4\"]))) (target :expr"
     " (cast_expr :arg (column_ref :names [\"a\"]) :type (type_name :names"
     " [\"pg_catalog\" \"numeric\"] :modifiers [(int_const :value 3) (int_const :value"
     " 1)]))) (target :expr (cast_expr :arg (column_ref :names [\"a\"]) :type"
     " (type_name :names [\"pg_catalog\" \"int4\"] :bounds [4]))) (target :expr"
     " (cast_expr :arg (column_ref :names [\"a\"]) :type (type_name :names [\"s\" \"t\"]"
     " :bounds [-1 5])))])"},
    {"SELECT DISTINCT ON (a, b) c INTO TEMP t2 FROM t WHERE d GROUP BY DISTINCT a,"
     " ROLLUP (b), GROUPING SETS ((), CUBE (c, d)) HAVING e ORDER BY f USING < LIMIT"
     " 1 OFFSET 2 FOR UPDATE OF t SKIP LOCKED",
     "(select :order_by [(sort_item :expr (column_ref :names [\"f\"]) :operator [\"<\"]"
     " :order using)] :limit (int_const :value 1) :offset (int_const :value 2) :locks"
     " [(lock_clause :tables [(range_var :name \"t\")] :strength update :wait skip)]"
     " :distinct_on [(column_ref :names [\"a\"]) (column_ref :names [\"b\"])] :targets"
     " [(target :expr (column_ref :names [\"c\"]))] :into (into :relation (range_var"
     " :name \"t2\" :persistence temporary)) :from [(range_var :name \"t\")] :where"
     " (column_ref :names [\"d\"]) :group_by [(column_ref :names [\"a\"]) (grouping_set"
     " :grouping rollup :items [(column_ref :names [\"b\"])]) (grouping_set :grouping"
     " sets :items [(grouping_set) (grouping_set :grouping cube :items [(column_ref"
     " :names [\"c\"]) (column_ref :names [\"d\"])])])] :having (column_ref :names [\"e\"])"
     " :distinct true :group_distinct true)"},
    {"SELECT 1 UNION ALL SELECT 2 INTERSECT SELECT 3 EXCEPT (SELECT 4 LIMIT 1) ORDER"
     " BY 1 FETCH FIRST 2 ROWS WITH TIES",
     "(set_operation :order_by [(sort_item :expr (int_const :value 1))] :limit"
     " (int_const :value 2) :with_ties true :op except :left (set_operation :all true"
     " :left (select :targets [(target :expr (int_const :value 1))]) :right"
     " (set_operation :op intersect :left (select :targets [(target :expr (int_const"
     " :value 2))]) :right (select :targets [(target :expr (int_const :value 3))])))"
     " :right (select :limit (int_const :value 1) :targets [(target :expr (int_const"
     " :value 4))]))"},
    {"(SELECT 1) LIMIT ALL",
     "(select :limit (null_const) :targets [(target :expr (int_const :value 1))])"},
    {"VALUES (1, 2), (DEFAULT, 3)",
     "(values :rows [(values_row :items [(int_const :value 1) (int_const :value 2)])"
     " (values_row :items [(default) (int_const :value 3)])])"},
    {"TABLE ONLY s.t", "(select :targets [(target :expr (column_ref :star true))] :from [(range_var"
                       " :schema \"s\" :name \"t\" :only true)])"},
    {"WITH RECURSIVE a (b) AS NOT MATERIALIZED (SELECT 1) SEARCH DEPTH FIRST BY b SET"
     " c CYCLE b SET d USING e SELECT 2",
     "(select :with (with :ctes [(common_table :name \"a\" :columns [\"b\"] :materialized"
     " not_materialized :query (select :targets [(target :expr (int_const :value"
     " 1))]) :search (cte_search :columns [\"b\"] :sequence \"c\") :cycle (cte_cycle"
     " :columns [\"b\"] :mark \"d\" :path \"e\"))] :recursive true) :targets [(target :expr"
     " (int_const :value 2))])"},
    {"SELECT * FROM a, ONLY b.c AS d (e), (SELECT 1) f, LATERAL g(1) WITH ORDINALITY"
     " h (i, j), k() AS (l int, m text), ROWS FROM (n(), o() AS (p int)) q",
     "(select :targets [(target :expr (column_ref :star true))] :from [(range_var"
     " :name \"a\") (range_var :schema \"b\" :name \"c\" :only true :alias (alias :name \"d\""
     " :columns [\"e\"])) (range_subselect :select (select :targets [(target :expr"
     " (int_const :value 1))]) :alias (alias :name \"f\")) (range_function :functions"
     " [(range_function_item :call (func_call :names [\"g\"] :args [(int_const :value"
     " 1)]))] :alias (alias :name \"h\" :columns [\"i\" \"j\"]) :lateral true :ordinality"
     " true) (range_function :functions [(range_function_item :call (func_call :names"
     " [\"k\"]))] :columns [(column_def :name \"l\" :type (type_name :names [\"pg_catalog\""
     " \"int4\"])) (column_def :name \"m\" :type (type_name :names [\"text\"]))])"
     " (range_function :functions [(range_function_item :call (func_call :names"
     " [\"n\"])) (range_function_item :call (func_call :names [\"o\"]) :columns"
     " [(column_def :name \"p\" :type (type_name :names [\"pg_catalog\" \"int4\"]))])]"
     " :alias (alias :name \"q\") :rows_from true)])"},
    {"SELECT * FROM a JOIN b JOIN c ON x ON y NATURAL LEFT JOIN d CROSS JOIN (e FULL"
     " JOIN f USING (g, h) AS i) AS j",
     "(select :targets [(target :expr (column_ref :star true))] :from [(join :join"
     " cross :left (join :join left :left (join :left (range_var :name \"a\") :right"
     " (join :left (range_var :name \"b\") :right (range_var :name \"c\") :on (column_ref"
     " :names [\"x\"])) :on (column_ref :names [\"y\"])) :right (range_var :name \"d\")"
     " :natural true) :right (join :join full :left (range_var :name \"e\") :right"
     " (range_var :name \"f\") :using [\"g\" \"h\"] :using_alias (alias :name \"i\") :alias"
     " (alias :name \"j\")))])"},
    {"SELECT * FROM t TABLESAMPLE bernoulli (10) REPEATABLE (1)",
     "(select :targets [(target :expr (column_ref :star true))] :from [(table_sample"
     " :relation (range_var :name \"t\") :method [\"bernoulli\"] :args [(int_const :value"
     " 10)] :repeatable (int_const :value 1))])"},
    {"SELECT * FROM XMLTABLE(XMLNAMESPACES('u' AS x, DEFAULT 'v'), '/r' PASSING a"
     " COLUMNS n FOR ORDINALITY, b int PATH 'c' DEFAULT 1 NOT NULL)",
     "(select :targets [(target :expr (column_ref :star true))] :from [(xml_table"
     " :row (string_const :value \"/r\") :document (column_ref :names [\"a\"])"
     " :namespaces [(xml_namespace :uri (string_const :value \"u\") :name \"x\")"
     " (xml_namespace :uri (string_const :value \"v\"))] :columns [(xml_table_column"
     " :name \"n\" :ordinality true) (xml_table_column :name \"b\" :type (type_name"
     " :names [\"pg_catalog\" \"int4\"]) :path (string_const :value \"c\") :fallback"
     " (int_const :value 1) :not_null true)])])"},
    {"SELECT * FROM JSON_TABLE(a, '$' AS p PASSING b AS c COLUMNS (o FOR ORDINALITY,"
     " d int PATH '$.d' DEFAULT 1 ON EMPTY ERROR ON ERROR, NESTED '$.e' COLUMNS (f"
     " text FORMAT JSON KEEP QUOTES, g bool EXISTS)))",
     "(select :targets [(target :expr (column_ref :star true))] :from [(json_table"
     " :context (json_value :expr (column_ref :names [\"a\"])) :path (string_const"
     " :value \"$\") :path_name \"p\" :passing [(json_argument :value (json_value :expr"
     " (column_ref :names [\"b\"])) :name \"c\")] :columns [(json_table_column :name \"o\")"
     " (json_table_column :column regular :name \"d\" :type (type_name :names"
     " [\"pg_catalog\" \"int4\"]) :path \"$.d\" :on_empty (json_behavior :behavior default"
     " :expr (int_const :value 1)) :on_error (json_behavior :behavior error))"
     " (json_table_column :column nested :path \"$.e\" :columns [(json_table_column"
     " :column formatted :name \"f\" :type (type_name :names [\"text\"]) :quotes keep)"
     " (json_table_column :column exists :name \"g\" :type (type_name :names"
     " [\"bool\"]))])])])"},
    {"SELECT JSON_OBJECT('a' : 1, 'b' VALUE 2 ABSENT ON NULL WITH UNIQUE RETURNING"
     " text FORMAT JSON), JSON_ARRAY(1, 2 NULL ON NULL), JSON_ARRAY(SELECT 1),"
     " JSON_VALUE(a, '$' RETURNING int), json_object('{}')",
     "(select :targets [(target :expr (json_object :items [(json_key_value :key"
     " (string_const :value \"a\") :value (json_value :expr (int_const :value 1)))"
     " (json_key_value :key (string_const :value \"b\") :value (json_value :expr"
     " (int_const :value 2)))] :returning (json_returning :type (type_name :names"
     " [\"text\"]) :format_json true) :absent_on_null true :unique true)) (target :expr"
     " (json_array :items [(json_value :expr (int_const :value 1)) (json_value :expr"
     " (int_const :value 2))])) (target :expr (json_array_query :select (select"
     " :targets [(target :expr (int_const :value 1))]) :absent_on_null true)) (target"
     " :expr (json_function :op value :context (json_value :expr (column_ref :names"
     " [\"a\"])) :path (string_const :value \"$\") :returning (json_returning :type"
     " (type_name :names [\"pg_catalog\" \"int4\"])))) (target :expr (func_call :names"
     " [\"pg_catalog\" \"json_object\"] :args [(string_const :value \"{}\")]))])"},
    {"SELECT XMLELEMENT(NAME a, XMLATTRIBUTES(b AS c), d), XMLFOREST(e),"
     " XMLPARSE(DOCUMENT f PRESERVE WHITESPACE), XMLROOT(g, VERSION NO VALUE,"
     " STANDALONE YES), XMLSERIALIZE(CONTENT h AS text INDENT)",
     "(select :targets [(target :expr (xml_element :name \"a\" :attributes"
     " [(xml_attribute :value (column_ref :names [\"b\"]) :name \"c\")] :args"
     " [(column_ref :names [\"d\"])])) (target :expr (xml_forest :items [(xml_attribute"
     " :value (column_ref :names [\"e\"]))])) (target :expr (xml_parse :arg (column_ref"
     " :names [\"f\"]) :document true :preserve_whitespace true)) (target :expr"
     " (xml_root :arg (column_ref :names [\"g\"]) :standalone yes)) (target :expr"
     " (xml_serialize :arg (column_ref :names [\"h\"]) :type (type_name :names"
     " [\"text\"]) :indent true))])"},
    {"INSERT INTO t AS a (b, c[1].d) OVERRIDING USER VALUE VALUES (1, 2) ON CONFLICT"
     " (lower(e) COLLATE \"C\" text_ops) WHERE f DO UPDATE SET g = 1, (h, i) = (SELECT"
     " 2, 3) WHERE j RETURNING WITH (OLD AS o, NEW AS n) *",
     "(insert :relation (range_var :name \"t\" :alias (alias :name \"a\")) :columns"
     " [(column_target :name \"b\") (column_target :name \"c\" :parts [(subscript :upper"
     " (int_const :value 1)) (field_access :name \"d\")])] :query (values :rows"
     " [(values_row :items [(int_const :value 1) (int_const :value 2)])]) :conflict"
     " (on_conflict :elements [(index_element :expr (func_call :names [\"lower\"] :args"
     " [(column_ref :names [\"e\"])]) :collation [\"C\"] :opclass [\"text_ops\"])] :where"
     " (column_ref :names [\"f\"]) :update true :assignments [(assignment :targets"
     " [(column_target :name \"g\")] :value (int_const :value 1)) (assignment :targets"
     " [(column_target :name \"h\") (column_target :name \"i\")] :value (sublink :select"
     " (select :targets [(target :expr (int_const :value 2)) (target :expr (int_const"
     " :value 3))]) :sublink scalar) :row true)] :update_where (column_ref :names"
     " [\"j\"])) :returning (returning :options [(returning_option :name \"o\")"
     " (returning_option :name \"n\" :is_new true)] :targets [(target :expr (column_ref"
     " :star true))]) :overriding user)"},
    {"INSERT INTO t DEFAULT VALUES", "(insert :relation (range_var :name \"t\"))"},
    {"UPDATE ONLY t SET a = DEFAULT FROM b WHERE CURRENT OF c RETURNING d",
     "(update :relation (range_var :name \"t\" :only true) :assignments [(assignment"
     " :targets [(column_target :name \"a\")] :value (default))] :from [(range_var"
     " :name \"b\")] :where (current_of :cursor \"c\") :returning (returning :targets"
     " [(target :expr (column_ref :names [\"d\"]))]))"},
    {"DELETE FROM t * AS u USING v WHERE w",
     "(delete :relation (range_var :name \"t\" :alias (alias :name \"u\")) :using"
     " [(range_var :name \"v\")] :where (column_ref :names [\"w\"]))"},
    {"MERGE INTO t USING s ON a WHEN MATCHED AND b THEN UPDATE SET c = 1 WHEN NOT"
     " MATCHED BY SOURCE THEN DELETE WHEN NOT MATCHED THEN INSERT (d) VALUES (2)"
     " RETURNING merge_action()",
     "(merge :relation (range_var :name \"t\") :source (range_var :name \"s\") :on"
     " (column_ref :names [\"a\"]) :whens [(merge_when :action update :condition"
     " (column_ref :names [\"b\"]) :assignments [(assignment :targets [(column_target"
     " :name \"c\")] :value (int_const :value 1))]) (merge_when :match"
     " not_matched_by_source :action delete) (merge_when :match not_matched_by_target"
     " :action insert :columns [(column_target :name \"d\")] :values [(int_const :value"
     " 2)])] :returning (returning :targets [(target :expr (merge_action))]))"},
    {"PREPARE p (int, text) AS SELECT $1",
     "(prepare :name \"p\" :types [(type_name :names [\"pg_catalog\" \"int4\"]) (type_name"
     " :names [\"text\"])] :query (select :targets [(target :expr (param :number 1))]))"},
    {"EXECUTE p (1, 'a')",
     "(execute :name \"p\" :args [(int_const :value 1) (string_const :value \"a\")])"},
    {"DECLARE c NO SCROLL CURSOR WITH HOLD FOR SELECT 1",
     "(declare_cursor :name \"c\" :query (select :targets [(target :expr (int_const"
     " :value 1))]) :no_scroll true :hold true)"},
    {"FETCH BACKWARD ALL IN c",
     "(fetch :name \"c\" :count 9223372036854775807 :direction backward)"},
    {"MOVE LAST FROM c", "(fetch :name \"c\" :count -1 :direction absolute :move true)"},
    {"EXPLAIN (ANALYZE, FORMAT json, BUFFERS off) SELECT 1",
     "(explain :query (select :targets [(target :expr (int_const :value 1))])"
     " :options [(option :name \"analyze\") (option :name \"format\" :value (string_const"
     " :value \"json\")) (option :name \"buffers\" :value (string_const :value \"off\"))])"},
    {"START TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY NOT DEFERRABLE",
     "(transaction :transaction start :modes [(option :name \"transaction_isolation\""
     " :value (string_const :value \"repeatable read\")) (option :name"
     " \"transaction_read_only\" :value (bool_const :value true)) (option :name"
     " \"transaction_deferrable\" :value (bool_const))])"},
    {"ROLLBACK WORK AND NO CHAIN", "(transaction :transaction rollback)"},
    {"SET LOCAL a.b TO 1, 'x', on",
     "(set_variable :name \"a.b\" :args [(int_const :value 1) (string_const :value \"x\")"
     " (string_const :value \"on\")] :local true)"},
    {"SET TIME ZONE INTERVAL '-1' HOUR",
     "(set_variable :name \"timezone\" :args [(cast_expr :arg (string_const :value"
     " \"-1\") :type (type_name :names [\"pg_catalog\" \"interval\"] :fields hour))])"},
    {"SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE",
     "(set_variable :set session_characteristics :args [(option :name"
     " \"transaction_read_only\" :value (bool_const))])"},
    {"COPY t (a, b) FROM PROGRAM 'x' WITH (FORMAT csv, FORCE_NULL (a, b), HEADER) WHERE c",
     "(copy :relation (range_var :name \"t\") :columns [\"a\" \"b\"] :file \"x\" :where"
     " (column_ref :names [\"c\"]) :options [(option :name \"format\" :value"
     " (string_const :value \"csv\")) (option :name \"force_null\" :value (node_group"
     " :items [(string_const :value \"a\") (string_const :value \"b\")])) (option :name"
     " \"header\")] :from true :program true)"},
    {"COPY BINARY t TO STDOUT DELIMITER AS '|' FORCE QUOTE a, b",
     "(copy :relation (range_var :name \"t\") :options [(option :name \"format\" :value"
     " (string_const :value \"binary\")) (option :name \"delimiter\" :value (string_const"
     " :value \"|\")) (option :name \"force_quote\" :value (node_group :items"
     " [(string_const :value \"a\") (string_const :value \"b\")]))])"},
    {"CREATE TEMP TABLE t (a text STORAGE main COMPRESSION lz4 COLLATE \"C\" UNIQUE NULLS"
     " NOT DISTINCT WITH (x = 1) USING INDEX TABLESPACE y, CONSTRAINT c FOREIGN KEY (a,"
     " PERIOD b) REFERENCES u (c, PERIOD d) MATCH FULL ON DELETE SET NULL (a) ON UPDATE"
     " CASCADE DEFERRABLE INITIALLY DEFERRED NOT VALID) INHERITS (p) USING heap ON COMMIT"
     " DROP TABLESPACE z",
     "(create_table :relation (range_var :name \"t\" :persistence temporary) :elements"
     " [(column_def :name \"a\" :type (type_name :names [\"text\"]) :collation [\"C\"]"
     " :constraints [(constraint :constraint unique :options [(option :name \"x\" :value"
     " (int_const :value 1))] :tablespace \"y\" :nulls_not_distinct true)] :storage \"main\""
     " :compression \"lz4\") (constraint :constraint foreign_key :name \"c\" :columns [\"a\""
     " \"b\"] :references (range_var :name \"u\") :reference_columns [\"c\" \"d\"]"
     " :on_delete_columns [\"a\"] :match full :on_update cascade :on_delete set_null"
     " :without_overlaps true :reference_period true :deferrable true :deferred true"
     " :not_valid true)] :inherits [(range_var :name \"p\")] :method \"heap\" :tablespace"
     " \"z\" :on_commit drop)"},
    {"CREATE TABLE t (LIKE u INCLUDING ALL EXCLUDING INDEXES, EXCLUDE USING gist (a WITH"
     " &&)) PARTITION BY RANGE (a, (b) COLLATE \"C\" ops)",
     "(create_table :relation (range_var :name \"t\") :elements [(table_like :relation"
     " (range_var :name \"u\") :included 447 :all true) (constraint :constraint exclusion"
     " :method \"gist\" :elements [(exclusion_element :element (index_element :name \"a\")"
     " :operator [\"&&\"])])] :partition_by (partition_spec :strategy range :elements"
     " [(partition_element :name \"a\") (partition_element :expr (column_ref :names [\"b\"])"
     " :collation [\"C\"] :opclass [\"ops\"])]))"},
    {"CREATE TABLE t PARTITION OF p FOR VALUES WITH (MODULUS 4, REMAINDER 1)",
     "(create_table :relation (range_var :name \"t\") :partition_of (range_var :name \"p\")"
     " :bound (partition_bound :strategy hash :modulus 4 :remainder 1))"},
    {"CREATE TABLE t (a, b) AS SELECT 1 WITH NO DATA",
     "(create_table_as :into (into :relation (range_var :name \"t\") :columns [\"a\" \"b\"])"
     " :query (select :targets [(target :expr (int_const :value 1))]) :no_data true)"},
    {"ALTER TABLE ONLY t ALTER a SET GENERATED ALWAYS SET START 5 RESTART, ALTER CONSTRAINT"
     " c NOT ENFORCED, ENABLE TRIGGER ALL",
     "(alter_table :relation (range_var :name \"t\" :only true) :object table :commands"
     " [(alter_command :action set_identity :name \"a\" :options [(option :name"
     " \"generated\" :value (string_const :value \"always\")) (option :name \"start\" :value"
     " (int_const :value 5)) (option :name \"restart\")]) (alter_command :action"
     " alter_constraint :constraint (constraint :name \"c\" :not_enforced true)"
     " :alter_enforced true) (alter_command :action enable_trigger_all)])"},
    {"ALTER TRIGGER g ON s.t NO DEPENDS ON EXTENSION e",
     "(alter_depends :kind_of trigger :object (object_ref :object trigger :names [\"g\"] :on"
     " [\"s\" \"t\"]) :extension \"e\" :remove true)"},
    {"CREATE FUNCTION f(a int, OUT b text) RETURNS SETOF t.a%TYPE LANGUAGE sql IMMUTABLE"
     " BEGIN ATOMIC SELECT 1; RETURN 2; END",
     "(create_function :names [\"f\"] :params [(func_param :name \"a\" :type (type_name"
     " :names [\"pg_catalog\" \"int4\"])) (func_param :name \"b\" :type (type_name :names"
     " [\"text\"]) :mode out)] :returns (type_name :names [\"t\" \"a\"] :setof true"
     " :percent_type true) :options [(option :name \"language\" :value (string_const :value"
     " \"sql\")) (option :name \"volatility\" :value (string_const :value \"immutable\"))]"
     " :body (atomic_block :statements [(select :targets [(target :expr (int_const :value"
     " 1))]) (return :value (int_const :value 2))]))"},
    {"DROP AGGREGATE IF EXISTS f(*), g(int ORDER BY text) CASCADE",
     "(drop :object aggregate :objects [(object_ref :object aggregate :routine (routine_ref"
     " :names [\"f\"] :star true :direct_count -1)) (object_ref :object aggregate :routine"
     " (routine_ref :names [\"g\"] :params [(func_param :type (type_name :names"
     " [\"pg_catalog\" \"int4\"])) (func_param :type (type_name :names [\"text\"]))]"
     " :direct_count 1))] :behavior cascade :if_exists true)"},
    {"COMMENT ON CONSTRAINT c ON DOMAIN s.d IS NULL",
     "(comment :object (object_ref :object domain_constraint :names [\"c\"] :type (type_name"
     " :names [\"s\" \"d\"])))"},
    {"GRANT SELECT (a), INSERT ON TABLE s.t TO r, PUBLIC WITH GRANT OPTION",
     "(grant :object table :privileges [(privilege :name \"select\" :columns [\"a\"])"
     " (privilege :name \"insert\")] :objects [(range_var :schema \"s\" :name \"t\")]"
     " :grantees [(role_spec :name \"r\") (role_spec :role public)] :grant_option true)"},
    {"REVOKE admin OPTION FOR a FROM c CASCADE",
     "(grant_role :roles [(privilege :name \"a\")] :grantees [(role_spec :name \"c\")]"
     " :options [(option :name \"admin\" :value (bool_const))] :behavior cascade :revoke"
     " true)"},
    {"CREATE PUBLICATION p FOR TABLE t (a) WHERE (b), u, TABLES IN SCHEMA s, CURRENT_SCHEMA",
     "(create_publication :name \"p\" :objects [(publication_object :table (range_var :name"
     " \"t\") :where (column_ref :names [\"b\"]) :columns [\"a\"]) (publication_object"
     " :table (range_var :name \"u\")) (publication_object :object tables_in_schema :name"
     " \"s\") (publication_object :object tables_in_current_schema)])"},
};

static Str dump_of(Arena *arena, const AstNode *node)
{
    StrBuilder out = str_builder(arena, 256);
    ast_print(&out, node);
    return str_done(&out);
}

static void test_dumps(void **state)
{
    Unit unit;
    (void)state;
    unit_open(&unit);
    for (size_t i = 0; i < ARRAY_LEN(trees); i++) {
        ParseResult *result = parse_sql(unit.arena, str_from(trees[i].sql), NULL);
        assert_int_equal(result->count, 1);
        Str dump = dump_of(unit.arena, result->statements[0].tree);
        if (!str_equal(dump, str_from(trees[i].dump)))
            fail_msg("%s\n got %.*s\nwant %s", trees[i].sql, STR_ARG(dump), trees[i].dump);
        arena_reset(unit.arena);
    }
    unit_close(&unit);
}

/* A copy is equal, shares nothing with its source, and differs from every other statement. */
static void test_copy_and_equal(void **state)
{
    Unit unit;
    (void)state;
    unit_open(&unit);
    Arena *source = arena_new(unit.account, "source");
    const AstNode *before = NULL;
    for (size_t i = 0; i < ARRAY_LEN(trees); i++) {
        Str sql = str_copy(source, str_from(trees[i].sql));
        AstNode *tree = parse_sql(source, sql, NULL)->statements[0].tree;
        AstNode *copy = ast_copy(unit.arena, tree);
        assert_true(ast_equal(tree, copy));
        assert_false(ast_equal(before, copy));
        assert_int_equal(copy->location, tree->location);
        arena_reset(source);
        Str dump = dump_of(unit.arena, copy);
        assert_true(str_equal(dump, str_from(trees[i].dump)));
        before = copy;
    }
    assert_true(ast_equal(NULL, NULL));
    assert_null(ast_copy(unit.arena, NULL));
    arena_drop(source);
    unit_close(&unit);
}

typedef struct Walk {
    uint32_t seen, stop_at;
} Walk;

static bool visit(void *arg, void *child)
{
    Walk *walk = arg;
    if (++walk->seen == walk->stop_at) return true;
    return ast_walk(child, visit, walk);
}

/* As many nodes are visited as the dump shows, the root aside; and a walk ends where it is told. */
static void test_walk(void **state)
{
    Unit unit;
    (void)state;
    unit_open(&unit);
    for (size_t i = 0; i < ARRAY_LEN(trees); i++) {
        AstNode *tree = parse_sql(unit.arena, str_from(trees[i].sql), NULL)->statements[0].tree;
        uint32_t nodes = 0;
        bool quoted = false;
        for (const char *c = trees[i].dump; *c; c++) {
            if (*c == '"') quoted = !quoted;
            nodes += *c == '(' && !quoted;
        }
        Walk whole = {0};
        assert_false(ast_walk(tree, visit, &whole));
        assert_int_equal(whole.seen, nodes - 1);
        for (uint32_t stop = 1; stop < nodes; stop++) {
            Walk cut = {.stop_at = stop};
            assert_true(ast_walk(tree, visit, &cut));
            assert_int_equal(cut.seen, stop);
        }
        arena_reset(unit.arena);
    }
    unit_close(&unit);
}

static void test_casts(void **state)
{
    Unit unit;
    (void)state;
    unit_open(&unit);
    AstNode *node = &AST_NEW(unit.arena, IntConst)->base;
    assert_int_equal(node->location, NODE_NO_LOCATION);
    assert_ptr_equal(AST_IF(IntConst, node), node);
    assert_null(AST_IF(FloatConst, node));
    assert_null(AST_IF(FloatConst, NULL));
    assert_string_equal(ast_kind_name(node->kind), "int_const");
    unit_close(&unit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dumps),
        cmocka_unit_test(test_copy_and_equal),
        cmocka_unit_test(test_walk),
        cmocka_unit_test(test_casts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
