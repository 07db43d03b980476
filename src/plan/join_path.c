/* SPDX-License-Identifier: Apache-2.0 */
/* join_path.c - in which order, and how, to join. A group of inner joins is ordered by dynamic programming over its
 * subsets (Selinger et al., "Access Path Selection in a Relational Database Management System", SIGMOD 1979; bushy
 * trees included) up to PLAN_DP_TABLES_MAX members, by greedy merging above that. Sets that a condition connects come
 * first; cross products only where nothing else is left. */
#include "plan/plan_internal.h"

#include "base/bitset.h"

static const double hash_build_cost = 0.006, hash_probe_cost = 0.004;

/* ---- one join of two paths ---- */

static Path *new_join(Planner *planner, PlanPathKind kind, QJoinKind join, Path *outer, Path *inner)
{
    Path *path = ARENA_NEW(planner->state->temporary, Path);
    path->kind = kind;
    path->join = join;
    path->outer = outer;
    path->inner = inner;
    path->tables = set_union(outer->tables, inner->tables);
    path->needs = set_minus(set_union(outer->needs, inner->needs), path->tables);
    path->width = outer->width + inner->width;
    path->conditions.arena = planner->state->temporary;
    path->filters.arena = planner->state->temporary;
    path->keys.arena = planner->state->temporary;
    return path;
}

static double joined_rows(Planner *planner, QJoinKind join, const Path *left, const Path *right,
                          const ConditionList *conditions)
{
    const double outer = left->rows, inner = right->rows;
    const double product = outer * inner * plan__join_selectivity(planner, conditions);
    const bool one_sided = join == Q_JOIN_SEMI || join == Q_JOIN_ANTI;
    const double matched = one_sided
                               ? outer * plan__match_share(planner, conditions, left->tables, inner)
                               : 0;
    switch (join) {
    case Q_JOIN_LEFT: return MAX(product, outer);
    case Q_JOIN_FULL: return MAX(product, outer + inner);
    case Q_JOIN_SEMI: return MAX(matched, 1);
    case Q_JOIN_ANTI: return MAX(outer - matched, 1);
    case Q_JOIN_SINGLE:
    case Q_JOIN_MARK: return outer;
    case Q_JOIN_INNER:
    case Q_JOIN_RIGHT:
    case Q_JOIN_RIGHT_SEMI:
    case Q_JOIN_RIGHT_ANTI: break;
    }
    return MAX(product, 1);
}

static bool splits(const Condition *condition, TableSet outer, TableSet inner)
{
    if (condition->left == NULL || condition->is_volatile) return false;
    return (set_within(condition->left_tables, outer) &&
            set_within(condition->right_tables, inner)) ||
           (set_within(condition->left_tables, inner) &&
            set_within(condition->right_tables, outer));
}

/* An equality of two sides that have an order in common but no hash, such as date = timestamp? */
static bool merges(Planner *planner, const Condition *condition, TableSet outer, TableSet inner)
{
    const QOpCall *call = Q_IF(OpCall, condition->expr);
    if (call == NULL || call->args.count != 2) return false;
    const CatOperator *op = cat_operator(planner->state->options->view, call->op);
    const TableSet left = plan__tables_of(call->args.items[0]);
    const TableSet right = plan__tables_of(call->args.items[1]);
    if (op == NULL || !op->merge || set_is_empty(left) || set_is_empty(right)) return false;
    return (set_within(left, outer) && set_within(right, inner)) ||
           (set_within(left, inner) && set_within(right, outer));
}

/* FULL JOIN has no other way than hashing. On a constant, or on equalities that cannot be hashed, there are no keys:
 * all rows are in one group, and each pair is asked. */
static bool may_lack_keys(Planner *planner, QJoinKind join, const Path *outer, const Path *inner,
                          const ConditionList *conditions)
{
    bool fits = join == Q_JOIN_FULL;
    for (uint32_t i = 0; i < conditions->count && fits; i++)
        fits = conditions->items[i]->expr->kind == Q_CONST ||
               merges(planner, conditions->items[i], outer->tables, inner->tables);
    return fits;
}

/* A join by what both sides have; NULL: the inner one is to be run for each outer row. */
static Path *keyed_join(Planner *planner, PlanPathKind kind, QJoinKind join, Path *outer,
                        Path *inner, const ConditionList *conditions)
{
    if (set_overlaps(inner->needs, outer->tables)) return NULL;
    Path *path = new_join(planner, kind, join, outer, inner);
    for (uint32_t i = 0; i < conditions->count; i++) {
        Condition *condition = conditions->items[i];
        plan__conditions_add(splits(condition, outer->tables, inner->tables) ? &path->keys
                                                                             : &path->conditions,
                             condition);
    }
    return path;
}

static Path *hash_join(Planner *planner, QJoinKind join, Path *outer, Path *inner,
                       const ConditionList *conditions)
{
    Path *path = keyed_join(planner, PATH_HASH_JOIN, join, outer, inner, conditions);
    if (path == NULL) return NULL;
    if (path->keys.count == 0 && !may_lack_keys(planner, join, outer, inner, conditions))
        return NULL;
    double keyed = outer->rows * inner->rows * plan__join_selectivity(planner, &path->keys);
    path->rows = joined_rows(planner, join, outer, inner, conditions);
    path->startup = outer->startup + inner->total + inner->rows * hash_build_cost;
    path->total = path->startup + (outer->total - outer->startup) + outer->rows * hash_probe_cost +
                  keyed * (JOIN_ROW_COST + JOIN_CONDITION_COST * path->conditions.count);
    if (!planner->state->options->settings->enable_hashjoin) path->total += 1e10;
    return path;
}

static Path *nested_loop(Planner *planner, QJoinKind join, Path *outer, Path *inner,
                         const ConditionList *conditions, double rows)
{
    Path *path = new_join(planner, PATH_NESTED_LOOP, join, outer, inner);
    for (uint32_t i = 0; i < conditions->count; i++)
        plan__conditions_add(&path->conditions, conditions->items[i]);
    bool again = set_overlaps(inner->needs, outer->tables);
    double runs = MAX(outer->rows, 1);
    /* An inner side that is the same each time is kept in memory. */
    double inner_cost = again ? inner->total * runs : inner->total + inner->rows * runs * 0.001;
    path->rows = rows;
    path->startup = outer->startup + inner->startup;
    path->total = outer->total + inner_cost +
                  runs * inner->rows * (JOIN_ROW_COST + JOIN_CONDITION_COST * conditions->count);
    return path;
}

/* The inner table read anew for each outer row, its index keyed by the outer's values. */
static Path *index_loop(Planner *planner, QJoinKind join, Path *outer, JoinNode *inner,
                        const ConditionList *conditions, double rows)
{
    if (inner->kind != JOIN_NODE_TABLE || join == Q_JOIN_FULL) return NULL;
    ConditionList all = {.arena = planner->state->temporary};
    for (uint32_t i = 0; i < inner->conditions.count; i++)
        plan__conditions_add(&all, inner->conditions.items[i]);
    for (uint32_t i = 0; i < conditions->count; i++)
        plan__conditions_add(&all, conditions->items[i]);
    const CatRelation *relation = planner->relations[inner->table - 1];
    if (relation == NULL || relation->index_count == 0) return NULL;
    Path *scan = plan__scan_path(planner, inner->table, &all, outer->tables);
    if (scan == NULL || scan->kind == PATH_ITEM || !set_overlaps(scan->needs, outer->tables))
        return NULL;
    /* Conditions that the scan did not turn into keys and that read the outer row are decided by the join. */
    ConditionList own = {.arena = planner->state->temporary},
                  left = {.arena = planner->state->temporary};
    for (uint32_t i = 0; i < scan->conditions.count; i++)
        plan__conditions_add(set_within(scan->conditions.items[i]->tables, scan->tables) ? &own
                                                                                         : &left,
                             scan->conditions.items[i]);
    scan->conditions = own;
    Path *path = nested_loop(planner, join, outer, scan, &left, rows);
    if (!planner->state->options->settings->enable_nestloop) path->total += 1e9;
    return path;
}

/* The same rows with the sides changed: the table is made of the outer ones, which is better when they are few, and the
 * inner side's scan can leave out what has no partner. False: there is no such kind, or it is tried anyway. */
static bool mirrored(QJoinKind join, QJoinKind *mirror)
{
    switch (join) {
    case Q_JOIN_LEFT: *mirror = Q_JOIN_RIGHT; return true;
    case Q_JOIN_FULL: *mirror = Q_JOIN_FULL; return true;
    case Q_JOIN_SEMI: *mirror = Q_JOIN_RIGHT_SEMI; return true;
    case Q_JOIN_ANTI: *mirror = Q_JOIN_RIGHT_ANTI; return true;
    case Q_JOIN_INNER:
    case Q_JOIN_RIGHT:
    case Q_JOIN_SINGLE:
    case Q_JOIN_MARK:
    case Q_JOIN_RIGHT_SEMI:
    case Q_JOIN_RIGHT_ANTI: break;
    }
    return false;
}

static Path *mirrored_hash_join(Planner *planner, QJoinKind join, Path *outer, Path *inner,
                                const ConditionList *conditions, double rows)
{
    QJoinKind mirror;
    if (!mirrored(join, &mirror) || set_overlaps(inner->needs, outer->tables)) return NULL;
    Path *path = hash_join(planner, mirror, inner, outer, conditions);
    if (path == NULL) return NULL;
    path->rows = rows;
    if (join == Q_JOIN_SEMI || join == Q_JOIN_ANTI) path->startup = path->total;
    return path;
}

static Path *merge_join(Planner *planner, QJoinKind join, JoinSide outer, JoinSide inner,
                        const ConditionList *conditions, double rows)
{
    Path *path = keyed_join(planner, PATH_MERGE_JOIN, join, outer.path, inner.path, conditions);
    if (path == NULL) return NULL;
    path->rows = rows;
    return plan__merge_join(planner, path, outer, inner);
}

static Path *cheaper(Path *a, Path *b)
{
    return a == NULL || (b != NULL && b->total < a->total) ? b : a;
}

/* The best way to join two things in this order. */
static Path *best_join(Planner *planner, QJoinKind join, JoinSide outer, JoinSide inner,
                       const ConditionList *conditions)
{
    if (set_overlaps(outer.path->needs, inner.path->tables))
        return NULL; /* the other way round, then */
    double rows = joined_rows(planner, join, outer.path, inner.path, conditions);
    Path *best = hash_join(planner, join, outer.path, inner.path, conditions);
    best = cheaper(best,
                   mirrored_hash_join(planner, join, outer.path, inner.path, conditions, rows));
    best = cheaper(best, merge_join(planner, join, outer, inner, conditions, rows));
    if (inner.node != NULL)
        best = cheaper(best, index_loop(planner, join, outer.path, inner.node, conditions, rows));
    bool loops = join != Q_JOIN_FULL;
    if (loops) {
        Path *loop = nested_loop(planner, join, outer.path, inner.path, conditions, rows);
        if (!planner->state->options->settings->enable_nestloop) loop->total += 1e9;
        best = cheaper(best, loop);
    }
    if (best == NULL)
        raise_error(
            SQLSTATE_FEATURE_NOT_SUPPORTED,
            "FULL JOIN is only supported with merge-joinable or hash-joinable join conditions");
    return best;
}

/* ---- groups ---- */

typedef struct Group {
    Planner *planner;
    JoinNode *node;
    Path **best; /* by subset of members (dynamic programming) */
    double *rows;
} Group;

/* Conditions that the union of the two decides and neither alone could; of those that follow from each other, one. */
static ConditionList between(Group *group, TableSet a, TableSet b, bool *connected)
{
    ConditionList list = {.arena = group->planner->state->temporary};
    TableSet both = set_union(a, b);
    uint64_t classes[2] = {
        0}; /* those that are in the list: at most MEMBERS_MAX of equivalence.c, from 1 */
    for (uint32_t i = 0; i < group->node->conditions.count; i++) {
        Condition *condition = group->node->conditions.items[i];
        if (condition->is_volatile || set_is_empty(condition->tables)) continue;
        if (!set_within(condition->tables, both) || set_within(condition->tables, a) ||
            set_within(condition->tables, b))
            continue;
        *connected = true;
        if (condition->is_implied) continue;
        if (condition->class != 0 && splits(condition, a, b)) {
            if (bits_get(classes, condition->class)) continue;
            bits_set(classes, condition->class);
        }
        plan__conditions_add(&list, condition);
    }
    return list;
}

static Path *try_pair(Group *group, JoinSide left, JoinSide right, bool cross)
{
    bool connected = false;
    const TableSet a = left.path->tables, b = right.path->tables;
    ConditionList conditions = between(group, a, b, &connected);
    bool lateral = set_overlaps(right.path->needs, a) || set_overlaps(left.path->needs, b);
    if (!connected && !cross && !lateral) return NULL;
    Planner *planner = group->planner;
    Path *one = best_join(planner, Q_JOIN_INNER, left, right, &conditions);
    Path *two = best_join(planner, Q_JOIN_INNER, right, left, &conditions);
    return cheaper(one, two);
}

static JoinSide side_of(const Group *group, uint32_t set)
{
    const bool is_member = (set & (set - 1)) == 0;
    return (JoinSide){group->best[set], is_member ? group->node->items[__builtin_ctz(set)] : NULL};
}

static void try_subset(Group *group, uint32_t set, bool cross)
{
    /* Each split once: the part with the lowest member stands left. */
    uint32_t lowest = set & -set;
    for (uint32_t part = (set - 1) & set; part != 0; part = (part - 1) & set) {
        if (!(part & lowest)) continue;
        uint32_t rest = set & ~part;
        if (group->best[part] == NULL || group->best[rest] == NULL) continue;
        Path *path = try_pair(group, side_of(group, part), side_of(group, rest), cross);
        group->best[set] = cheaper(group->best[set], path);
    }
}

static Path *order_by_dp(Group *group)
{
    uint32_t n = group->node->item_count;
    for (uint32_t set = 1; set < (1u << n); set++) {
        task_check();
        if ((set & (set - 1)) == 0) continue;
        try_subset(group, set, false);
    }
    uint32_t all = (1u << n) - 1;
    if (group->best[all] != NULL) return group->best[all];
    /* Something is not connected: cross products as well. */
    for (uint32_t set = 1; set < (1u << n); set++) {
        task_check();
        if ((set & (set - 1)) != 0 && group->best[set] == NULL) try_subset(group, set, true);
    }
    return group->best[all];
}

/* Would what the two parts need together, if they were one, need them in turn? Then nothing could be joined with them
 * any more. */
static bool needs_itself(const JoinSide *parts, uint32_t count, uint32_t i, uint32_t j)
{
    const TableSet tables = set_union(parts[i].path->tables, parts[j].path->tables);
    TableSet needed = set_minus(set_union(parts[i].path->needs, parts[j].path->needs), tables);
    for (bool grew = true; grew && !set_overlaps(needed, tables);) {
        grew = false;
        for (uint32_t k = 0; k < count; k++) {
            if (k == i || k == j || !set_overlaps(parts[k].path->tables, needed)) continue;
            const TableSet more = set_union(needed, parts[k].path->needs);
            grew |= !set_within(more, needed);
            needed = more;
        }
    }
    return set_overlaps(needed, tables);
}

static Path *order_greedily(Group *group, JoinSide *parts, uint32_t count)
{
    while (count > 1) {
        task_check();
        Path *best = NULL;
        uint32_t best_i = 0, best_j = 0;
        for (uint32_t cross = 0; cross < 2 && best == NULL; cross++) {
            for (uint32_t i = 0; i < count; i++) {
                for (uint32_t j = i + 1; j < count; j++) {
                    if (needs_itself(parts, count, i, j)) continue;
                    Path *path = try_pair(group, parts[i], parts[j], cross == 1);
                    if (path == NULL || (best != NULL && path->rows >= best->rows)) continue;
                    best = path;
                    best_i = i;
                    best_j = j;
                }
            }
        }
        if (NEVER(best == NULL)) return NULL;
        parts[best_i] = (JoinSide){.path = best};
        parts[best_j] = parts[--count];
    }
    return parts[0].path;
}

static Path *empty_from(Planner *planner)
{
    Path *path = ARENA_NEW(planner->state->temporary, Path);
    path->kind = PATH_EMPTY_FROM;
    path->rows = 1;
    path->total = 0.01;
    return path;
}

static Path *group_path(Planner *planner, JoinNode *node)
{
    Path *path = NULL;
    uint32_t n = node->item_count;
    if (n == 0) {
        path = empty_from(planner);
    } else if (n == 1) {
        path = plan__join_path(planner, node->items[0]);
    } else {
        Group group = {.planner = planner, .node = node};
        Arena *temporary = planner->state->temporary;
        bool dynamic = n <= PLAN_DP_TABLES_MAX;
        if (dynamic) group.best = ARENA_ARRAY(temporary, Path *, (size_t)1 << n);
        JoinSide *parts = ARENA_ARRAY(temporary, JoinSide, n);
        for (uint32_t i = 0; i < n; i++) {
            parts[i] = (JoinSide){plan__join_path(planner, node->items[i]), node->items[i]};
            if (dynamic) group.best[1u << i] = parts[i].path;
        }
        path = dynamic ? order_by_dp(&group) : order_greedily(&group, parts, n);
    }
    /* What no join decided: conditions without tables, volatile ones, those over one member that could not sink. */
    ConditionList left = {.arena = planner->state->temporary};
    for (uint32_t i = 0; i < node->conditions.count; i++) {
        Condition *condition = node->conditions.items[i];
        bool joined = n > 1 && !condition->is_volatile && !set_is_empty(condition->tables);
        for (uint32_t j = 0; j < n && joined; j++)
            joined = !set_within(condition->tables, node->items[j]->tables);
        if (!joined) plan__conditions_add(&left, condition);
    }
    return plan__filter_path(planner, path, &left);
}

Path *plan__join_path(Planner *planner, JoinNode *node)
{
    task_check_stack();
    if (node == NULL) return empty_from(planner);
    switch (node->kind) {
    case JOIN_NODE_TABLE:
        return plan__scan_path(planner, node->table, &node->conditions, (TableSet){0});
    case JOIN_NODE_GROUP: return group_path(planner, node);
    case JOIN_NODE_JOIN: break;
    }
    Path *left = plan__join_path(planner, node->left);
    Path *right = plan__join_path(planner, node->right);
    if (node->null_aware) {
        Path *path = hash_join(planner, Q_JOIN_ANTI, left, right, &node->conditions);
        if (path == NULL || path->keys.count != 1 || path->conditions.count > 0)
            raise_error(SQLSTATE_INTERNAL_ERROR, "NOT IN became a join without a key");
        path->null_aware = true;
        return path;
    }
    return best_join(planner, node->join, (JoinSide){left, node->left},
                     (JoinSide){right, node->right}, &node->conditions);
}
