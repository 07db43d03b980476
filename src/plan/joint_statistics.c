/* SPDX-License-Identifier: Apache-2.0 */
/* joint_statistics.c - what statistics objects (CREATE STATISTICS) say of columns and expressions of one table
 * together: of conditions on several of them, and of how many combinations they have.
 *
 * Conditions of any form are run over the most common combinations, as those on one column are run over its common
 * values (statistics.c). For the rows besides, they are as independent as they are in base_share; unless none of the
 * common rows passes: then, and where there is no such list, equalities follow each other by the functional
 * dependencies. */
#include "plan/plan_internal.h"

#include "type/array.h"
#include "type/record.h"

enum { MEMBERS_MAX = STATISTICS_ATTRIBUTES_MAX };

/* ---- reading ---- */

static void read_groups(Planner *planner, ColumnGroupsKind kind, const Datum *stored,
                        ColumnGroups *groups)
{
    *groups = (ColumnGroups){0};
    if (stored->null) return;
    if (!column_groups_read(planner->state->temporary, kind, strview_str(&stored->value.str),
                            groups))
        *groups = (ColumnGroups){0};
}

static void read_common(Planner *planner, const Datum *stored, JointStats *joint)
{
    if (stored->null) return;
    if (!common_rows_read(planner->state->temporary, planner->state->options->env,
                          strview_str(&stored->value.str), &joint->common) ||
        joint->common.columns != joint->count)
        joint->common = (CommonRows){0};
}

static void read_members(Planner *planner, const Datum *object, JointStats *joint)
{
    ArrayView keys;
    const Str *texts;
    const Datum *stored = &object[PG_STATISTIC_EXT_STXEXPRS];
    if (!array_view(strview_str(&object[PG_STATISTIC_EXT_STXKEYS].value.str), &keys)) return;
    for (uint32_t i = 0; i < keys.count && joint->count < MEMBERS_MAX; i++)
        joint->members[joint->count++].number = array_get(&keys, type_get(NULL, 21), i).value.i16;
    if (stored->null) return;
    const uint32_t count = cat_expr_list_split(planner->state->temporary,
                                               strview_str(&stored->value.str), &texts);
    for (uint32_t i = 0; i < count && joint->count < MEMBERS_MAX; i++)
        joint->members[joint->count++] = (JointMember){.number = (int16_t)(-1 - (int16_t)i),
                                                       .stored = texts[i]};
}

/* pg_statistic's row of each expression. */
static void read_expressions(Planner *planner, Oid relation, const Datum *stored, JointStats *joint)
{
    const FnEnv *env = planner->state->options->env;
    const CatalogTableInfo *info = &catalog_tables[PG_STATISTIC];
    ArrayView rows;
    if (stored->null || !array_view(strview_str(&stored->value.str), &rows)) return;
    const Type *type = type_get(env, info->row_type);
    for (uint32_t i = 0, at = 0; i < joint->count && at < rows.count; i++) {
        JointMember *member = &joint->members[i];
        RecordView view;
        Datum columns[PG_STATISTIC_COLUMNS];
        if (member->stored.data == NULL) continue;
        const Datum row = array_get(&rows, type, at++);
        if (row.null || !record_view(strview_str(&row.value.str), &view)) continue;
        for (uint32_t c = 0; c < info->visible_count; c++)
            columns[c] = record_get(&view, type_get(NULL, info->columns[c].type), c);
        const QExpr *expr = (const QExpr *)bind_load(planner->state->temporary, member->stored);
        member->stats = plan__read_stats(planner, columns, relation, expr->type);
    }
}

static TableJoints *read_joints(Planner *planner, const CatRelation *relation)
{
    Arena *arena = planner->state->temporary;
    TableJoints *joints = ARENA_NEW(arena, TableJoints);
    const CatStatisticsObject *objects;
    joints->relation = relation->oid;
    const uint32_t count = cat_statistics_objects(planner->state->options->view, relation->oid,
                                                  &objects);
    joints->items = ARENA_ARRAY(arena, JointStats, count);
    for (uint32_t i = 0; i < count; i++) {
        JointStats *joint = &joints->items[joints->count++];
        const Datum *data = objects[i].data;
        read_members(planner, objects[i].object, joint);
        read_groups(planner, GROUPS_NDISTINCT, &data[PG_STATISTIC_EXT_DATA_STXDNDISTINCT],
                    &joint->ndistinct);
        read_groups(planner, GROUPS_DEPENDENCIES, &data[PG_STATISTIC_EXT_DATA_STXDDEPENDENCIES],
                    &joint->dependencies);
        read_common(planner, &data[PG_STATISTIC_EXT_DATA_STXDMCV], joint);
        read_expressions(planner, relation->oid, &data[PG_STATISTIC_EXT_DATA_STXDEXPR], joint);
    }
    return joints;
}

/* NULL: there are none over the level's table. */
static const TableJoints *joints_of(Planner *planner, uint32_t table)
{
    if (table == 0 || table > planner->query->tables.count) return NULL;
    const CatRelation *relation = planner->relations[table - 1];
    PlanState *state = planner->state;
    if (relation == NULL || relation->rows < 0 || relation->oid < 16384) return NULL;
    for (uint32_t i = 0; i < state->joints.count; i++) {
        const TableJoints *known = state->joints.items[i];
        if (known->relation == relation->oid) return known->count > 0 ? known : NULL;
    }
    TableJoints *joints = read_joints(planner, relation);
    array_push(&state->joints, joints);
    return joints->count > 0 ? joints : NULL;
}

/* ---- members in expressions ---- */

uint32_t plan__single_table(const QExpr *expr)
{
    const TableSet tables = plan__tables_of(expr);
    uint32_t found = 0;
    for (uint32_t w = 0; w < ARRAY_LEN(tables.words); w++) {
        if (tables.words[w] == 0) continue;
        if (found != 0 || (tables.words[w] & (tables.words[w] - 1)) != 0) return 0;
        found = w * 64 + (uint32_t)__builtin_ctzll(tables.words[w]);
    }
    return found;
}

/* One statistics object over one table of the level: its expressions as they would stand in a condition. */
typedef struct Members {
    Planner *planner;
    const JointStats *joint;
    uint32_t table, used; /* used: those met, bits */
    const QExpr *exprs[MEMBERS_MAX];
    bool others; /* something is read that is no member */
} Members;

static Members members_of(Planner *planner, const JointStats *joint, uint32_t table)
{
    Members members = {.planner = planner, .joint = joint, .table = table};
    for (uint32_t i = 0; i < joint->count; i++) {
        const Str stored = joint->members[i].stored;
        if (stored.data != NULL) members.exprs[i] = plan__stored_expr(planner, stored, table);
    }
    return members;
}

static int member_index(const Members *members, const QNode *node)
{
    const QVar *var = Q_IF(Var, node);
    for (uint32_t i = 0; i < members->joint->count; i++) {
        const QExpr *expr = members->exprs[i];
        if (expr != NULL && expr->kind == node->kind && query_equal(node, expr)) return (int)i;
        if (expr == NULL && var != NULL && var->up == 0 && var->table == members->table &&
            var->column == members->joint->members[i].number)
            return (int)i;
    }
    return -1;
}

/* Members become slots of a row of all of them. */
static void *put_members(void *arg, void *child)
{
    Members *members = arg;
    task_check_stack();
    QNode *node = child;
    const int at = member_index(members, node);
    if (at >= 0) {
        const QExpr *expr = (const QExpr *)node;
        QSlot *slot = Q_NEW(members->planner->state->temporary, Slot);
        slot->column = at;
        slot->type = expr->type;
        slot->typmod = expr->typmod;
        slot->collation = expr->collation;
        members->used |= 1u << at;
        return slot;
    }
    switch (node->kind) {
    case Q_VAR:
    case Q_PARAM:
    case Q_EXEC_PARAM:
    case Q_SUB_PLAN_CALL:
    case Q_SUB_LINK:
    case Q_AGGREGATE:
    case Q_WINDOW_CALL: members->others = true; return node;
    default: node_replace(&query_family, node, put_members, arg); return node;
    }
}

/* A copy over the members, and which these are; NULL: it reads more than them, or may not be computed here. */
static QExpr *over_members(Members *members, const QExpr *expr, uint32_t *used)
{
    Planner *planner = members->planner;
    members->used = 0;
    members->others = false;
    QExpr *copy = put_members(members, query_copy(planner->state->temporary, expr));
    *used = members->used;
    if (members->others || members->used == 0) return NULL;
    return expr_is_immutable(expr, planner->state->options->env) ? copy : NULL;
}

/* ---- an expression as if it were a column ---- */

const ColumnStats *plan__expression_stats(Planner *planner, const QExpr *expr)
{
    if (expr->kind == Q_CONST) return NULL;
    const uint32_t table = plan__single_table(expr);
    const TableJoints *joints = joints_of(planner, table);
    for (uint32_t j = 0; joints != NULL && j < joints->count; j++) {
        const Members members = members_of(planner, &joints->items[j], table);
        const int at = member_index(&members, &expr->base);
        if (at >= 0 && joints->items[j].members[at].stats != NULL)
            return joints->items[j].members[at].stats;
    }
    return NULL;
}

/* Slots as Vars again: what plan__share_of_values takes for its one column. */
static void *slot_to_var(void *arg, void *child)
{
    task_check_stack();
    const QSlot *slot = Q_IF(Slot, (QNode *)child);
    if (slot == NULL) {
        node_replace(&query_family, child, slot_to_var, arg);
        return child;
    }
    QVar *var = Q_NEW((Arena *)arg, Var);
    var->column = 1;
    var->type = slot->type;
    var->typmod = slot->typmod;
    var->collation = slot->collation;
    return var;
}

const ColumnStats *plan__only_expression(Planner *planner, const QExpr *condition, QExpr **over)
{
    const uint32_t table = plan__single_table(condition);
    const TableJoints *joints = joints_of(planner, table);
    for (uint32_t j = 0; joints != NULL && j < joints->count; j++) {
        const JointStats *joint = &joints->items[j];
        Members members = members_of(planner, joint, table);
        uint32_t used;
        QExpr *copy = over_members(&members, condition, &used);
        if (copy == NULL || (used & (used - 1)) != 0) continue;
        const ColumnStats *stats = joint->members[__builtin_ctz(used)].stats;
        if (stats == NULL) continue;
        *over = slot_to_var(planner->state->temporary, copy);
        return stats;
    }
    return NULL;
}

/* ---- conditions on several of them ---- */

/* Those that a statistics object says something about. */
typedef struct Match {
    Members members;
    ConditionList list;
    QExpr **over;     /* NULL: a value in it is not known yet */
    int *equal;       /* member that is equal to a value, -1: of another form */
    uint32_t *places; /* in the list that they come from */
    uint32_t used;
} Match;

/* member = value, or the other way; the member, or -1. */
static int equated_member(const Members *members, const Condition *condition)
{
    const QOpCall *call = Q_IF(OpCall, condition->expr);
    CatalogView *view = members->planner->state->options->view;
    const CatOperator *op = call != NULL ? cat_operator(view, call->op) : NULL;
    if (op == NULL || call->args.count != 2 || !str_equal(op->name, STR("="))) return -1;
    for (uint32_t side = 0; side < 2; side++) {
        const QExpr *member = call->args.items[side], *value = call->args.items[1 - side];
        while (member->kind == Q_RELABEL && member_index(members, &member->base) < 0)
            member = Q_AS(Relabel, member)->arg;
        const int at = member_index(members, &member->base);
        if (at >= 0 && set_is_empty(plan__tables_of(value)) &&
            !plan__expr_has((const QNode *)value, Q_SUB_PLAN_CALL))
            return at;
    }
    return -1;
}

static Match match_conditions(Planner *planner, const JointStats *joint, uint32_t table,
                              const ConditionList *conditions, const bool *done)
{
    Arena *arena = planner->state->temporary;
    Match match = {.members = members_of(planner, joint, table), .list.arena = arena};
    match.over = ARENA_ARRAY(arena, QExpr *, conditions->count);
    match.equal = ARENA_ARRAY(arena, int, conditions->count);
    match.places = ARENA_ARRAY(arena, uint32_t, conditions->count);
    for (uint32_t i = 0; i < conditions->count; i++) {
        Condition *condition = conditions->items[i];
        if (done[i] || plan__single_table(condition->expr) != table) continue;
        uint32_t used;
        QExpr *over = over_members(&match.members, condition->expr, &used);
        const int equal = equated_member(&match.members, condition);
        if (over == NULL && equal < 0) continue;
        match.used |= over != NULL ? used : 1u << equal;
        match.over[match.list.count] = over;
        match.equal[match.list.count] = equal;
        match.places[match.list.count] = i;
        plan__conditions_add(&match.list, condition);
    }
    return match;
}

/* Of the most common combinations: the shares of those that pass, and of all. */
typedef struct CommonShare {
    double passed, base, all;
} CommonShare;

static bool share_of_common(const Match *match, CommonShare *share)
{
    Planner *planner = match->members.planner;
    const CommonRows *common = &match->members.joint->common;
    Arena *arena = planner->state->temporary;
    const FnEnv *env = planner->state->options->env;
    *share = (CommonShare){0};
    if (common->count == 0) return false;
    for (uint32_t i = 0; i < match->list.count; i++)
        if (match->over[i] == NULL) return false;
    const ExprRun run = {.env = env, .query = arena};
    ExprState *state = expr_open(expr_compile_filter(arena, match->over, match->list.count, env),
                                 &run);
    for (uint32_t first = 0; first < common->count; first += BATCH_ROWS_MAX) {
        const uint32_t rows = MIN((uint32_t)BATCH_ROWS_MAX, common->count - first);
        const CommonRow *items = common->items + first;
        Vector columns[MEMBERS_MAX];
        for (uint32_t c = 0; c < common->columns; c++) {
            const Type *type = type_get(env, common->types[c]);
            vector_init_flat(&columns[c], arena, type->oid, type->phys, rows);
            for (uint32_t i = 0; i < rows; i++)
                vector_set(&columns[c], arena, i, &items[i].values[c]);
        }
        const Batch batch = {.columns = columns,
                             .column_count = common->columns,
                             .row_count = rows,
                             .selection = {.count = rows},
                             .arena = arena};
        const Batch *inputs[1] = {&batch};
        uint16_t *passed = ARENA_ARRAY(arena, uint16_t, rows);
        const uint32_t found = expr_filter(state, inputs, 1, batch.selection, passed);
        if (expr_has_error(state)) return false;
        for (uint32_t i = 0; i < found; i++) {
            share->passed += items[passed[i]].share;
            share->base += items[passed[i]].base_share;
        }
        for (uint32_t i = 0; i < rows; i++) share->all += items[i].share;
    }
    return true;
}

/* The members' conditions by the dependencies between them: the strongest first, that of the most columns among
 * equals. P(b | a) = d * min(P(a), P(b)) / P(a) + (1 - d) * P(b). */
static bool share_by_dependencies(const Match *match, double *share)
{
    const JointStats *joint = match->members.joint;
    double shares[MEMBERS_MAX];
    uint32_t open = 0, implied = 0;
    *share = 1;
    for (uint32_t i = 0; i < match->list.count; i++) {
        const int member = match->equal[i];
        const double own = match->list.items[i]->selectivity;
        if (member < 0 || (open >> member & 1)) {
            *share *= own;
            continue;
        }
        shares[member] = own;
        open |= 1u << member;
    }
    for (;;) {
        const ColumnGroup *best = NULL;
        uint32_t best_from = 0, best_to = 0;
        for (uint32_t d = 0; d < joint->dependencies.count; d++) {
            const ColumnGroup *group = &joint->dependencies.items[d];
            uint32_t set = 0, last = 0;
            for (uint32_t c = 0; c < group->count; c++)
                for (uint32_t m = 0; m < joint->count; m++)
                    if (joint->members[m].number == group->columns[c]) set |= 1u << (last = m);
            const bool fits = (set & ~open) == 0 && !(implied & set);
            const bool better = best == NULL || group->number > best->number ||
                                (group->number >= best->number && group->count > best->count);
            if (!fits || !better) continue;
            best = group;
            best_from = set & ~(1u << last);
            best_to = last;
        }
        if (best == NULL) break;
        double from = 1;
        for (uint32_t m = 0; m < joint->count; m++)
            if (best_from >> m & 1) from *= shares[m];
        const double to = shares[best_to];
        const double certain = from > 0 ? MIN(from, to) / from : 1;
        shares[best_to] = best->number * certain + (1 - best->number) * to;
        implied |= 1u << best_to;
    }
    for (uint32_t m = 0; m < joint->count; m++)
        if (open >> m & 1) *share *= shares[m];
    return implied != 0;
}

static bool joint_share(const Match *match, double *share)
{
    CommonShare common;
    double dependent;
    const double alone = plan__independent_selectivity(match->members.planner, &match->list);
    const bool depends = share_by_dependencies(match, &dependent);
    if (!share_of_common(match, &common)) {
        *share = dependent;
        return depends;
    }
    const double rest = common.passed > 0 || !depends ? alone - common.base : dependent;
    *share = common.passed + MIN(MAX(rest, 0), MAX(1 - common.all, 0));
    *share = MIN(MAX(*share, 0), 1);
    return true;
}

/* The object that covers the most columns of the conditions not done; false: none covers two. */
static bool best_match(Planner *planner, uint32_t table, const ConditionList *conditions,
                       const bool *done, uint32_t tried, Match *best, uint32_t *number)
{
    const TableJoints *joints = joints_of(planner, table);
    int most = 1;
    for (uint32_t j = 0; joints != NULL && j < joints->count && j < 32; j++) {
        if (tried >> j & 1) continue;
        const Match match = match_conditions(planner, &joints->items[j], table, conditions, done);
        const int covered = __builtin_popcount(match.used);
        if (covered <= most || match.list.count == 0) continue;
        most = covered;
        *best = match;
        *number = j;
    }
    return most > 1;
}

double plan__joint_selectivity(Planner *planner, const ConditionList *conditions, bool *done)
{
    double selectivity = 1;
    for (uint32_t i = 0; i < conditions->count; i++) {
        const uint32_t table = plan__single_table(conditions->items[i]->expr);
        if (done[i] || joints_of(planner, table) == NULL) continue;
        Match match;
        uint32_t tried = 0, number = 0;
        while (best_match(planner, table, conditions, done, tried, &match, &number)) {
            double share;
            tried |= 1u << number;
            if (!joint_share(&match, &share)) continue;
            selectivity *= share;
            for (uint32_t k = 0; k < match.list.count; k++) done[match.places[k]] = true;
        }
    }
    return selectivity;
}

/* ---- groups ---- */

/* The members of the keys that are not done, as bits; keys[m]: which key member m is. */
static uint32_t grouped_members(const Members *members, const QExprList *keys, const bool *done,
                                uint32_t *places)
{
    uint32_t found = 0;
    for (uint32_t i = 0; i < keys->count; i++) {
        const int at = done[i] ? -1 : member_index(members, &keys->items[i]->base);
        if (at < 0) continue;
        found |= 1u << at;
        places[at] = i;
    }
    return found;
}

static const ColumnGroup *largest_group(const JointStats *joint, uint32_t members, uint32_t *set)
{
    const ColumnGroup *best = NULL;
    for (uint32_t g = 0; g < joint->ndistinct.count; g++) {
        const ColumnGroup *group = &joint->ndistinct.items[g];
        uint32_t own = 0;
        for (uint32_t c = 0; c < group->count; c++)
            for (uint32_t m = 0; m < joint->count; m++)
                if (joint->members[m].number == group->columns[c]) own |= 1u << m;
        if ((own & ~members) != 0 || (best != NULL && best->count >= group->count)) continue;
        best = group;
        *set = own;
    }
    return best;
}

double plan__joint_groups(Planner *planner, const QExprList *keys, bool *done)
{
    double groups = 1;
    for (uint32_t i = 0; i < keys->count; i++) {
        const uint32_t table = plan__single_table(keys->items[i]);
        const TableJoints *joints = done[i] ? NULL : joints_of(planner, table);
        const ColumnGroup *best = NULL;
        uint32_t best_set = 0, best_places[MEMBERS_MAX] = {0};
        for (uint32_t j = 0; joints != NULL && j < joints->count; j++) {
            const Members members = members_of(planner, &joints->items[j], table);
            uint32_t places[MEMBERS_MAX] = {0}, set = 0;
            const uint32_t found = grouped_members(&members, keys, done, places);
            const ColumnGroup *group = largest_group(&joints->items[j], found, &set);
            if (group == NULL || (best != NULL && best->count >= group->count)) continue;
            best = group;
            best_set = set;
            memcpy(best_places, places, sizeof places);
        }
        if (best == NULL) continue;
        groups *= MAX(best->number, 1);
        for (uint32_t m = 0; m < MEMBERS_MAX; m++)
            if (best_set >> m & 1) done[best_places[m]] = true;
    }
    return groups;
}
