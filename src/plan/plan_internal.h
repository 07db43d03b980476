/* SPDX-License-Identifier: Apache-2.0 */
/* plan_internal.h - what the planner's files share.
 *
 * One Planner plans one query level; sub-queries have planners of their own, chained by `outer`. A level goes through
 * the passes of plan.c: expressions are made ready (prepare.c), FROM becomes a tree of joins with its conditions
 * distributed (join_tree.c), paths are chosen by cost (scan_path.c, join_path.c), and a path becomes operators
 * (build.c), on which grouping, windows, DISTINCT, ORDER BY and LIMIT are put (upper.c).
 *
 * (P1) The query of a Planner is its own copy: passes change it in place.
 * (P2) After prepare.c no expression of the level holds a Var of an outer level (they are ExecParams) nor a SubLink
 * (they
 *      are joins or SubPlanCalls).
 * (P3) A Rel's columns are expressions of the level; column i of its operator's output computes columns.items[i]. Slots
 * are put
 *      in place of whatever subtree equals a column: so Vars, group keys, aggregates and window calls are all found one
 * way. */
#pragma once

#include "base/array.h"
#include "base/settings.h"
#include "plan/plan.h"
#include "type/extended_statistics.h"

enum { PLAN_TABLES_MAX = 256, PLAN_DP_TABLES_MAX = 10, INLINED_TABLES_MAX = 100 };

/* Range-table indexes (from 1) of a level. */
typedef struct TableSet {
    uint64_t words[PLAN_TABLES_MAX / 64];
} TableSet;
static inline void set_add(TableSet *set, uint32_t table)
{
    ASSERT(table < PLAN_TABLES_MAX);
    set->words[table / 64] |= UINT64_C(1) << (table % 64);
}
static inline bool set_has(const TableSet *set, uint32_t table)
{
    return (set->words[table / 64] >> (table % 64)) & 1;
}
static inline TableSet set_union(TableSet a, TableSet b)
{
    for (uint32_t i = 0; i < ARRAY_LEN(a.words); i++) a.words[i] |= b.words[i];
    return a;
}
static inline TableSet set_minus(TableSet a, TableSet b)
{
    for (uint32_t i = 0; i < ARRAY_LEN(a.words); i++) a.words[i] &= ~b.words[i];
    return a;
}
static inline bool set_is_empty(TableSet a)
{
    uint64_t any = 0;
    for (uint32_t i = 0; i < ARRAY_LEN(a.words); i++) any |= a.words[i];
    return any == 0;
}
static inline bool set_overlaps(TableSet a, TableSet b)
{
    uint64_t any = 0;
    for (uint32_t i = 0; i < ARRAY_LEN(a.words); i++) any |= a.words[i] & b.words[i];
    return any != 0;
}
static inline bool set_within(TableSet a, TableSet b)
{
    return set_is_empty(set_minus(a, b));
}

/* What ANALYZE knows of a column; `distinct` negative: times the table's rows. */
typedef struct ColumnStats {
    Oid relation, type;
    int32_t column, width;
    bool known; /* there is a row of statistics */
    double null_share, distinct, correlation;
    uint32_t common_count, bound_count;
    const Datum *common, *bounds; /* most common values; the histogram */
    double *shares, common_share; /* of the common values, and of them all */
} ColumnStats;

/* A column (its attnum) or an expression (-1, -2, ...) of a statistics object. */
typedef struct JointMember {
    int16_t number;
    Str stored;               /* the expression; without data: a column */
    const ColumnStats *stats; /* of an expression; NULL: none are known */
} JointMember;

/* What ANALYZE knows of the members of a statistics object together. */
typedef struct JointStats {
    uint32_t count;
    JointMember members[STATISTICS_ATTRIBUTES_MAX];
    ColumnGroups ndistinct, dependencies;
    CommonRows common;
} JointStats;
typedef struct TableJoints {
    Oid relation;
    JointStats *items;
    uint32_t count;
} TableJoints;

/* What all levels of one plan share. */
typedef struct PlanState {
    Arena *arena;     /* the plan's */
    Arena *temporary; /* dropped when planning is over */
    const PlanOptions *options;
    PlanPlan *plan;
    ARRAY_OF(PlanSubPlan *) subplans;
    ARRAY_OF(QTable *) tables;
    ARRAY_OF(ColumnStats *) stats;  /* read so far */
    ARRAY_OF(TableJoints *) joints; /* of statistics objects */
    uint32_t params, ops, recursions, filters, inlined;
    bool
        looks_once; /* no row is looked at again by another snapshot: nothing is changed or locked */
    bool
        rechecks; /* rows may be looked at again as another transaction left them: some are changed or locked */
    bool may_be_parallel; /* nothing in the statement forbids other tasks */
} PlanState;

/* A value of an outer level that this level reads through an exec param. */
typedef struct OuterRef {
    QExpr *expr; /* as the level `up` outward sees it (its own `up` is 0 there) */
    uint32_t up, param;
} OuterRef;

/* A CTE of a level: planned once, or put in place where it is named. */
typedef struct CtePlan {
    QCte *cte;
    uint32_t subplan; /* from 1; 0: not planned (inlined, or being planned: recursive reference) */
    uint32_t recursion; /* number of the RecursiveUnion whose work table a self-reference reads */
    double rows;
    /* What it reads of levels around the one it stands in, counted from there. */
    const OuterRef *refs;
    uint32_t ref_count;
} CtePlan;

/* A Var that an operator reads through an exec param, since its row comes from the outer side of a nested loop
 * above. */
typedef struct LoopParam {
    QVar *var;
    uint32_t param;
    uint32_t reader; /* the table whose operators read it */
} LoopParam;

/* What FROM names beside the target, of statements whose rows may be looked at again (sources.c). */
typedef struct SourceTable {
    uint32_t table;
    bool nullable; /* by an outer join */
} SourceTable;
typedef ARRAY_OF(SourceTable) SourceList;

typedef struct Planner {
    PlanState *state;
    struct Planner *outer;
    QQuery *query;
    ARRAY_OF(OuterRef) outer_refs;
    CtePlan *ctes;
    /* By table - 1: its place in the plan's flat range table, and its relation (NULL: it is none). */
    uint32_t *flat;
    const CatRelation **relations;
    uint32_t set_table; /* of a set operation: the leaf whose columns its targets name */
    /* Every Var of the level that something above the joins wants. */
    ARRAY_OF(QVar *) wanted;
    SourceList sources;
    ARRAY_OF(LoopParam) loop_params; /* asked for, not yet set by a loop */
    uint32_t building;               /* the table whose operator is being made */
    bool runs_by_row;                /* its sub-queries stay as they are */
    double
        group_rows; /* of the groups that are the level's first table, about (grouped.c); 0: none are */
    bool reads_work_table; /* it is run again for each round of a recursion, with other rows */
    ARRAY_OF(int32_t) init_plans; /* sub-plans that run once, CTEs too */
} Planner;

/* An operator and what its output columns are. */
typedef struct Rel {
    PlanOp *op;
    QExprList columns;
    bool ordered; /* already as ORDER BY wants it */
} Rel;

/* ---- FROM as a tree ---- */

/* A condition, with what it needs to know again and again. */
typedef struct Condition {
    QExpr *expr;
    TableSet tables;
    double selectivity;
    bool is_volatile;
    const QVar *column; /* it reads this column and nothing else; NULL: it is not so simple */
    /* left = right with a hashable equality and sides of disjoint tables; NULL: it is not of that form */
    QExpr *left, *right;
    TableSet left_tables, right_tables;
    uint32_t equality; /* operator, as left = right */
    uint32_t collation;
    /* Of a group (equivalence.c): a join wants one of each class (0: none); what is implied it wants not at all. */
    uint32_t class;
    bool is_implied;
    /* It follows from that one, for indexes alone (derived_keys.c); `decides`: that one follows from it too. */
    struct Condition *source;
    bool decides;
} Condition;
typedef struct ConditionList {
    Condition **items;
    uint32_t count, capacity;
    Arena *arena;
} ConditionList;

typedef enum JoinNodeKind { JOIN_NODE_TABLE, JOIN_NODE_GROUP, JOIN_NODE_JOIN } JoinNodeKind;
typedef struct JoinNode {
    JoinNodeKind kind;
    TableSet tables;
    uint32_t table;          /* TABLE */
    struct JoinNode **items; /* GROUP: inner-joined in any order */
    uint32_t item_count;
    struct JoinNode *left, *right; /* JOIN */
    QJoinKind join;
    bool null_aware; /* ANTI out of NOT IN: a NULL on either side is no match and no miss */
    ConditionList conditions; /* JOIN: its ON; GROUP, TABLE: all that can be decided here */
} JoinNode;

/* ---- paths ---- */

typedef enum PlanPathKind {
    PATH_EMPTY_FROM, /* one row, no columns */
    PATH_TABLE_SCAN,
    PATH_INDEX_SCAN,
    PATH_ROW_ID_SCAN,
    PATH_ITEM, /* sub-query, function, VALUES, CTE: `rel` is there already */
    PATH_NESTED_LOOP,
    PATH_HASH_JOIN,
    PATH_MERGE_JOIN,
    PATH_FILTER,
} PlanPathKind;
typedef struct IndexMatch {
    const CatIndex *index;
    PlanIndexKeyList keys; /* values are expressions, not yet slots */
    ConditionList used;    /* conditions that the keys decide wholly */
    double selectivity;
    bool unique; /* at most one row */
    bool only;   /* its entries have all that is wanted of the table */
} IndexMatch;
typedef struct Path {
    PlanPathKind kind;
    TableSet tables;
    TableSet
        needs; /* tables outside that must be bound to exec params first: parameterised or lateral */
    double startup, total, rows;
    int32_t width;
    uint32_t table;
    IndexMatch *match;
    bool backward;
    ConditionList conditions; /* scans and filters: applied here; joins: decide matches */
    ConditionList filters;    /* joins: applied to the result */
    Rel *rel;
    struct Path *outer, *inner;
    QJoinKind join;
    ConditionList keys; /* hash and merge joins */
    bool inner_unique, null_aware;
    bool sort_outer, sort_inner; /* merge joins: the side has no order of its own */
    /* Order of its rows: expressions with their ordering operator; empty: none known. */
    PlanSortKeyList order;
} Path;

/* Of a pair of rows: to make it, and to ask it a condition. */
#define JOIN_ROW_COST 0.002
#define JOIN_CONDITION_COST 0.0025

/* What is joined; `node`: what it is, where it is one member of FROM. */
typedef struct JoinSide {
    Path *path;
    JoinNode *node;
} JoinSide;

/* ---- plan.c ---- */
/* Plans a level; its result's columns are the query's targets, junk included when `keep_junk`. */
Rel *plan__level(Planner *planner, double tuple_fraction, bool keep_junk);
/* Entries `from` to the end of the level's range table are new: they join the plan's. */
void plan__register_tables(Planner *planner, uint32_t from);
Planner *plan__new_level(PlanState *state, Planner *outer, QQuery *query);
/* Plans a query below `planner`, as a sub-plan; its number from 1. */
uint32_t plan__subplan(Planner *planner, QQuery *query, QSubLinkKind kind, double tuple_fraction,
                       Planner **level);

/* ---- prepare.c ---- */
void plan__prepare(Planner *planner);
/* Makes one expression of the level ready: folded, outer references and sub-links replaced. */
/* What stands in a range-table entry itself. */
void plan__prepare_table(Planner *planner, QTable *table);
/* Vars of JOIN entries become what they stand for, at all levels. */
void plan__flatten_joins(Planner *planner);
QExpr *plan__prepare_expr(Planner *planner, QExpr *expr);
/* The exec param through which `planner` reads `expr` of the level `up` outward. */
uint32_t plan__outer_param(Planner *planner, QExpr *expr, uint32_t up);
/* Tables of the level that an expression reads. */
TableSet plan__tables_of(const QExpr *expr);
void plan__split_conjunction(Arena *arena, QExpr *expr, QExprList *out);
void plan__gather_vars(Planner *planner, const QNode *node);
/* What targets and the conditions of joins read: the columns that scans must give. */
void plan__gather_wanted(Planner *planner, const JoinNode *tree);
/* Is there a set-returning call in the targets (not only in FROM)? */
bool plan__has_set_targets(const QQuery *query);
bool plan__expr_has(const QNode *node, QKind kind);
void plan__list_add(Arena *arena, QExprList *list, QExpr *expr);
/* ---- guard.c ---- */
/* Adds a conjunct of WHERE or ON; of one that stands behind a condition, apart what need not. */
void plan__open_guard(Planner *planner, QExpr *expr, QExprList *conjuncts);

/* ---- levels.c ---- */
/* An expression moved `by` levels inward: what it reads outside of itself is further away. */
void plan__raise_levels(QExpr *expr, uint32_t by);
/* An expression that reads nothing nearer than `by` levels outward, as that level sees it. */
void plan__lower_levels(QExpr *expr, uint32_t by);
/* Raising of a query whose outside begins at `depth` (1: its own range table stays). */
void plan__raise_levels_from(QQuery *query, int32_t by, uint32_t depth);
/* Puts a sub-query's targets in place of the Vars of table `table`, at every level below `query`. */
void plan__substitute(Arena *arena, QQuery *query, uint32_t table, const QTargetList *targets);
/* A copy in which the Vars of table `from` are of table `to`: stored expressions number theirs 1. */
QExpr *plan__renumbered(Arena *arena, const QExpr *expr, uint32_t from, uint32_t to);
/* The query's own range-table indexes raised by `by`. */
void plan__shift_tables(QQuery *query, uint32_t by);

/* ---- whole_row.c: whole rows as ROW(...) of their columns ---- */
void plan__write_out_rows(PlanState *state, QQuery *query);
QExpr *plan__null(Arena *arena, Oid type, Phys phys);
/* Those that an outer join of this level may put NULLs in place of. */
TableSet plan__nullable_tables(const QQuery *query);

/* ---- virtual.c ---- */
/* The value as one of another collation (0: any). */
QExpr *plan__collated(Arena *arena, QExpr *value, Oid collation);
/* Whole rows, then virtual columns, as what they are made of. */
void plan__write_out(PlanState *state, QQuery *query);

/* ---- multi_assign.c: SET (a, b) = (SELECT ...) ---- */
void plan__split_assignments(Planner *planner);

/* ---- pullup.c: sub-queries that are no more than joins dissolve in their parent ---- */
void plan__pull_up(Planner *planner);

/* What becomes of a condition's NULL: it makes a difference, or is as good as false, or as true. */
typedef enum Unknown { UNKNOWN_COUNTS, UNKNOWN_IS_FALSE, UNKNOWN_IS_TRUE } Unknown;
Unknown plan__unknown_below_not(Unknown unknown);

/* ---- decorrelate.c: sub-queries inside of expressions that read the row by equalities become joins ---- */
void plan__decorrelate(Planner *planner);
void plan__decorrelate_item(Planner *planner, QJoinItem *item);

/* ---- grouped.c: the groups of a level whose sub-queries hang on them become a table of it ---- */
void plan__separate_groups(Planner *planner);

/* ---- quantified.c: op ANY and op ALL ---- */
/* The same over rows that do not hang on the row outside, out of what runs once; the sub-link itself: it stays. */
QExpr *plan__quantified_once(Planner *planner, QSubLink *link, Unknown unknown);

/* ---- sublink.c: EXISTS, IN and their negations in WHERE as semi and anti joins ---- */
/* Only joins and filters (and, where `exists`, what changes nothing of whether there are rows), perhaps aggregates. */
bool plan__is_join(const QQuery *query, bool exists);
/* Only joins and filters, and gives columns that may be computed anywhere. */
bool plan__is_simple(Planner *planner, const QQuery *query);
/* Is the table a sub-query of which PostgreSQL locks nothing but what is locked inside of it? It dissolves there
 * wherever it stands, also without tables and below an outer join. */
bool plan__locks_inside(Planner *planner, const QTable *table);
/* Does the condition of an outer join in a sub-query's FROM read what stands outside of the sub-query? Then it stays
 * one: in the parent, the join could come before the tables that its condition reads. */
bool plan__outer_join_looks_beside(const QJoinItem *item);
/* Does anything in there read levels at least this many further out? */
bool plan__looks_outward(const QNode *node, uint32_t level);
/* Do the tables in its FROM not look outward? */
bool plan__from_is_closed(const QQuery *query);
/* A test in which SubOutputs are the targets themselves. */
QExpr *plan__put_targets(Arena *arena, QExpr *test, const QTargetList *targets);
/* Does plan__unnest take the condition? */
bool plan__becomes_join(Planner *planner, QExpr *condition);
/* Takes what it can out of `conditions`; gives the tree with those joins on top. */
JoinNode *plan__unnest(Planner *planner, JoinNode *tree, QExprList *conditions);

/* ---- join_tree.c ---- */
JoinNode *plan__join_tree(Planner *planner);
ConditionList plan__lift_conditions(Planner *planner, JoinNode *node);
/* Puts those of the left side of a join, whose rows it keeps, above it. */
void plan__rise(Planner *planner, JoinNode *node);
JoinNode *plan__node_of_from(Planner *planner, QFrom *from);
Condition *plan__condition(Planner *planner, QExpr *expr);
void plan__conditions_add(ConditionList *list, Condition *condition);
/* Is comparing values by their hashes as good as comparing them? Records may have columns that cannot be compared,
 * which is an error that only comparing them raises. */
bool plan__hash_is_sure(const QExpr *expr);
/* Gives a condition that must hold of the tree's rows to the lowest node that can decide it. */
void plan__push_condition(Planner *planner, JoinNode *node, Condition *condition);

/* Outer joins below the node that a condition which every row must meet (it need not sink to them) makes less: LEFT to
 * INNER, FULL to LEFT or INNER. */
void plan__reduce_below(Planner *planner, JoinNode *node, const Condition *condition);

/* ---- equivalence.c: equalities that follow from others ---- */
void plan__derive(Planner *planner, JoinNode *node);

/* ---- scan_path.c: what indexes hold ---- */
/* A stored expression over `table`, as a condition would come here. */
QExpr *plan__stored_expr(Planner *planner, Str stored, uint32_t table);
/* Is `expr` what key `i` of the index holds? */
bool plan__is_index_key(Planner *planner, const CatIndex *index, uint32_t i, const QExpr *expr,
                        uint32_t table);
/* Does the index, if it is a partial one, have every row that meets `known`? */
bool plan__index_covers(Planner *planner, const CatIndex *index, uint32_t table,
                        const QExprList *known);

/* ---- implication.c ---- */
/* Do conditions that are true of a row prove `wanted`? */
bool plan__proves(Planner *planner, const QExprList *known, const QExpr *wanted);

/* ---- arbiter.c ---- */
/* Finds the indexes that the query's ON CONFLICT means; raises 42P10 when its elements mean none. */
void plan__infer_arbiters(Planner *planner);

/* ---- simplify.c ---- */
/* min and max over a table as the ends of an index. */
void plan__read_ends(Planner *planner);
/* Leaves out tables that a LEFT JOIN looks up by a unique key for nothing. */
void plan__eliminate_joins(Planner *planner, JoinNode *tree);

/* ---- inline.c ---- */
/* Constants folded and functions in SQL put in place of their calls. */
QExpr *plan__simplify(Planner *planner, Arena *arena, QExpr *expr, const Datum *params,
                      uint32_t param_count);

/* The function in FROM that the table is, as the sub-query that it stands for, where it does. */
void plan__inline_table(Planner *planner, QTable *table);

/* ---- reduce.c ---- */
/* Outer joins in the sub-query that the table is, which a condition that every row must meet makes less. */
void plan__reduce_inside(Planner *planner, uint32_t table, const Condition *condition);
/* The same in the query itself, by a condition over its tables. */
void plan__reduce_query(Planner *planner, QQuery *query, const QExpr *condition);
/* The same by the conditions of its own WHERE and ON, before they are prepared; false: nothing has changed. */
bool plan__reduce_joins(Planner *planner);

/* ---- pushdown.c ---- */
/* Moves conditions into the sub-query that the table is; gives those that must stay outside. */
ConditionList plan__push_into(Planner *planner, uint32_t table, const ConditionList *conditions);

/* ---- scan_path.c, join_path.c ---- */
Path *plan__scan_path(Planner *planner, uint32_t table, ConditionList *conditions, TableSet bound);
Path *plan__join_path(Planner *planner, JoinNode *node);
Path *plan__filter_path(Planner *planner, Path *path, ConditionList *conditions);
/* Do the index's entries hold every column that is wanted of the table (and read by the conditions), and give the
 * values back? What is wanted is known in full only when all paths are made. */
bool plan__index_has_all(Planner *planner, uint32_t table, const CatIndex *index,
                         const ConditionList *conditions);
/* ---- merge_path.c ---- */
/* Makes a merge join of the path, whose keys and conditions are set; NULL: it cannot be one. */
Path *plan__merge_join(Planner *planner, Path *path, JoinSide outer, JoinSide inner);
/* The keys of a merge join as each side sees them. */
void plan__merge_keys(Planner *planner, const Path *path, PlanSortKeyList *outer,
                      PlanSortKeyList *inner);
/* Do rows that come in `order` come as wanted? */
bool plan__has_order(const PlanSortKeyList *order, const PlanSortKeyList *wanted);
double plan__sort_cost(double rows);

/* An index scan of the (single) table that gives this order; NULL: none. */
Path *plan__ordered_path(Planner *planner, uint32_t table, ConditionList *conditions,
                         const PlanSortKeyList *order);
Rel *plan__plan_item(Planner *planner, uint32_t table, TableSet *needs);
/* In place of an item of whose rows FALSE or NULL is asked: it is not even planned. */
Rel *plan__no_rows(Planner *planner, uint32_t table, const QExpr *never);
/* Without a SubqueryScan that does nothing. */
Rel *plan__trim_item(Planner *planner, Rel *rel);

/* ---- estimate.c ---- */
double plan__table_rows(Planner *planner, uint32_t table);
double plan__relation_rows(const CatRelation *relation);
/* NOT NULL of all rows: NOT VALID it is of those alone that came later. */
bool plan__is_never_null_column(const CatRelation *relation, int32_t column);
/* Is it valid, and does it hold what the oldest snapshot of the plan sees (docs/traps.md C13)? */
bool plan__may_use(const Planner *planner, const CatIndex *index);
double plan__selectivity(Planner *planner, const QExpr *expr);
double plan__distinct(Planner *planner, const QExpr *expr, double rows);
double plan__group_count(Planner *planner, const QExprList *keys, double rows);
int32_t plan__width(Planner *planner, const QExprList *columns);
/* Share of rows that pass them all: conditions on one column are seen together. */
double plan__all_selectivity(Planner *planner, const ConditionList *conditions);
/* The same without statistics of several columns together. */
double plan__independent_selectivity(Planner *planner, const ConditionList *conditions);
/* Of the pairs of rows that a join with these conditions keeps. */
double plan__join_selectivity(Planner *planner, const ConditionList *conditions);
/* Of the outer rows that find a partner among inner_rows. */
double plan__match_share(Planner *planner, const ConditionList *conditions, TableSet outer,
                         double inner_rows);
/* Do they equate all columns of a unique key of the table? */
bool plan__key_covered(Planner *planner, const ConditionList *conditions, uint32_t table);

/* Are values that it calls equal the same bytes? Under others `a = b` may hold and `f(a) = f(b)` not. */
bool plan__is_deterministic(Planner *planner, Oid collation);

/* ---- statistics.c ---- */
/* NULL: none are known, or it is no column of a table, nor an expression that a statistics object has. */
const ColumnStats *plan__column_stats(Planner *planner, const QExpr *expr);
/* Out of a row of pg_statistic. */
ColumnStats *plan__read_stats(Planner *planner, const Datum *row, Oid relation, Oid type);
double plan__stats_distinct(const ColumnStats *stats, double rows);
/* The one column that an immutable expression reads; NULL: none, or more than that. */
const QVar *plan__only_column(Planner *planner, const QExpr *expr);
/* Share of the column's rows that pass these conditions on it; false: it cannot be told. */
bool plan__share_of_values(Planner *planner, const ColumnStats *stats, QExpr *const *conditions,
                           uint32_t count, double *share);
/* Share of rows that equal `value`, a constant or not. */
double plan__share_of_value(Planner *planner, const ColumnStats *stats, const QExpr *value,
                            double rows);

/* ---- joint_statistics.c: statistics objects ---- */
/* The one table that an expression reads; 0: none, or several. */
uint32_t plan__single_table(const QExpr *expr);
const ColumnStats *plan__expression_stats(Planner *planner, const QExpr *expr);
/* Where a condition reads one such expression and nothing else: a copy for plan__share_of_values. NULL: it does not. */
const ColumnStats *plan__only_expression(Planner *planner, const QExpr *condition, QExpr **over);
/* Share of rows that pass those conditions which some objects know together; they are `done` then. */
double plan__joint_selectivity(Planner *planner, const ConditionList *conditions, bool *done);
/* Combinations of those keys which some objects know together. */
double plan__joint_groups(Planner *planner, const QExprList *keys, bool *done);

/* ---- derived_keys.c ---- */
/* The conditions, and behind them what follows from them that an index may decide. */
ConditionList plan__with_derived(Planner *planner, const ConditionList *conditions);

/* ---- disjunction.c ---- */
/* The list as one AND or OR; NULL: it is empty. */
QExpr *plan__combine(Arena *arena, QBoolOp op, const QExprList *list);
/* The conjuncts of a condition with what the arms of its ORs have in common taken out. */
void plan__split_disjunction(Planner *planner, QExpr *expr, QExprList *out);
/* Pushes what an OR over several tables asks of each alone. */
void plan__restrict_tables(Planner *planner, JoinNode *tree, Condition *condition);

/* ---- runtime_filter.c ---- */
void plan__add_runtime_filters(Planner *planner, PlanHashJoin *join, const Path *path);

/* ---- parallel.c ---- */
/* How a Rel could be run by several; workers 0: it cannot. Costs of `setup`, and of handing over a `row`. */
typedef struct Parallel {
    uint32_t workers;
    double divisor; /* among how many the rows are shared, as far as costs go */
    double once, setup, row;
    NodeI32s init_params;
} Parallel;
bool plan__may_be_parallel(const PlanState *state, const QQuery *query);
/* The operator's rows come in an order that is wanted: an index scan that it is from is not shared. */
void plan__keep_order(PlanOp *op);
Parallel plan__parallel(Planner *planner, const Rel *rel);
/* The same of an Append whose parts each have a Gather, for groups that are made in two steps around one; of its costs
 * nothing is said, since they stay what they are. */
Parallel plan__shared_append(Planner *planner, Rel *rel);
/* A Gather that hands on what its child gives, and in no order. */
bool plan__is_plain_gather(const PlanOp *op);
/* Starting tasks for a gain of less than this share of the serial cost does not pay. */
#define PARALLEL_PAYS_FROM 0.9
double plan__parallel_cost(const Parallel *parallel, const Rel *rel);
/* From here on the Rel gives a part of its rows to each who runs it. */
void plan__share_rows(Planner *planner, Rel *rel, const Parallel *parallel);
Rel *plan__gather(Planner *planner, Rel *child, const Parallel *parallel, double rows);
/* A sort of which each does its part, and a Gather Merge. The keys are columns of the child: the session's task
 * merges, and has then no right to compute more (exec/parallel.h, G2). */
bool plan__shared_sort_pays(Planner *planner, const Rel *rel, const Parallel *parallel);
Rel *plan__shared_sort(Planner *planner, Rel *child, const PlanSortKeyList *keys,
                       const Parallel *parallel);
/* May this be evaluated below a Gather? */
bool plan__can_run(Planner *planner, const QNode *expr);
bool plan__can_split(Planner *planner, const QAggregate *aggregate);
/* The first step of grouping, as `whole` would do it, and a Gather: keys, then states. `row`: its columns. */
Rel *plan__split_groups(Planner *planner, PlanAggregate *whole, const Rel *row, Rel *child,
                        const Parallel *parallel);
PlanOp *plan__force_worker(Planner *planner, PlanOp *root);

/* ---- build.c ---- */
/* The param by which the table that is being built reads a Var of the outer side of a loop. */
uint32_t plan__loop_param(Planner *planner, const QVar *var);
Rel *plan__build(Planner *planner, Path *path);
PlanOp *plan__new_op(Planner *planner, PlanKind kind, double startup, double total, double rows);
/* A copy of the expression over the outputs of up to two inputs. */
QExpr *plan__to_slots(Planner *planner, const QNode *expr, const Rel *outer, const Rel *inner);
/* The operator gives just these expressions of the level (over its children, or over the outputs it has now). */
void plan__set_outputs(Planner *planner, Rel *rel, const QExprList *columns, const Rel *outer,
                       const Rel *inner);
Rel *plan__wrap(Planner *planner, Rel *child, PlanOp *op, double cost, double rows);
PlanSortKey *plan__sort_key(Planner *planner, const QSortKey *key, QExpr *expr);

/* ---- upper.c ---- */
Rel *plan__sort(Planner *planner, Rel *child, const PlanSortKeyList *keys);
/* The keys over what the child gives. */
PlanSortKeyList plan__keys_over(Planner *planner, const PlanSortKeyList *keys, const Rel *child);
Rel *plan__upper(Planner *planner, Rel *input, bool keep_junk);
Rel *plan__set_operation(Planner *planner, bool keep_junk);
/* The operator gives just these: by its own outputs where that is possible, else by a Project on top. */
Rel *plan__project(Planner *planner, Rel *rel, const QExprList *columns);

/* ---- cursor.c ---- */
/* Ids of the rows that a cursor stands on, as junk targets; false: there are none. */
bool plan__add_row_ids(Planner *planner);
void plan__check_row_ids(PlanPlan *plan);

/* ---- sources.c ---- */
/* Raises 0A000 where a row to be locked may be missing (NULLs of an outer join in its place). */
void plan__check_locks(Planner *planner, const JoinNode *tree);
void plan__find_sources(Planner *planner);
bool plan__is_source(const Planner *planner, uint32_t table);
/* Their columns are wanted above the joins. */
void plan__gather_sources(Planner *planner);
/* Where the child has them. */
PlanSourceList plan__sources(Planner *planner, const Rel *child);

/* ---- modify.c ---- */
Rel *plan__modify(Planner *planner);
