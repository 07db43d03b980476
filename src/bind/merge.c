/* SPDX-License-Identifier: Apache-2.0 */
/* merge.c - MERGE: a join of the target and its source, and what is done with each row of it.
 *
 * The kind of the join follows from the actions: rows without a partner are wanted only on the sides for which there is
 * a WHEN NOT MATCHED. Where target rows without a source are wanted, a row of VALUES joined to the source tells whether
 * there is one: any column of the source itself may be NULL. */
#include "bind/dml_internal.h"

#include "catalog/datums.h"

typedef struct Merge {
    Level *level;
    NsItem *target;
    NsItems source;
    const bool *source_visible; /* two for each: by name, its columns */
} Merge;

/* Which tables' names the next expression may use. */
static void show(const Merge *merge, bool target, bool source)
{
    merge->target->table_visible = merge->target->columns_visible = target;
    for (uint32_t i = 0; i < merge->source.count; i++) {
        NsItem *item = merge->source.items[i];
        item->table_visible = source && merge->source_visible[2 * i];
        item->columns_visible = source && merge->source_visible[2 * i + 1];
    }
}

static void check_name(const Merge *merge)
{
    const Bind *bind = merge->level->bind;
    for (uint32_t i = 0; i < merge->source.count; i++) {
        const NsItem *item = merge->source.items[i];
        if (!item->table_visible || !item->name.data || !str_equal(item->name, merge->target->name))
            continue;
        Error *error = bind__error(bind, DUPLICATE_ALIAS, NODE_NO_LOCATION);
        error_message(error, "name \"%.*s\" specified more than once", STR_ARG(item->name));
        error_detail(error, "The name is used both as MERGE target table and data source.");
        error_raise(error);
    }
}

static void check_reachable(const Merge *merge, const AstMergeWhenList *whens)
{
    bool closed[3] = {false};
    for (uint32_t i = 0; i < whens->count; i++) {
        const AstMergeWhen *when = whens->items[i];
        if (closed[when->match])
            bind__raise(merge->level->bind, SYNTAX_ERROR, NODE_NO_LOCATION,
                        "unreachable WHEN clause specified after unconditional WHEN clause");
        closed[when->match] |= when->condition == NULL;
    }
}

static uint32_t privileges(const AstMergeWhenList *whens)
{
    static const uint32_t of[] = {[AST_MERGE_DO_INSERT] = PRIV_INSERT,
                                  [AST_MERGE_DO_UPDATE] = PRIV_UPDATE,
                                  [AST_MERGE_DO_DELETE] = PRIV_DELETE,
                                  [AST_MERGE_DO_NOTHING] = 0};
    uint32_t all = 0;
    for (uint32_t i = 0; i < whens->count; i++) all |= of[whens->items[i]->action];
    return all;
}

/* ---- the join */

static QJoinItem *join(const Bind *bind, QJoinKind kind, QJoinItem *left, QJoinItem *right)
{
    QJoin *made = Q_NEW(bind->arena, Join);
    made->join = kind;
    made->left = left;
    made->right = right;
    return (QJoinItem *)made;
}

static QJoinItem *table_ref(const Bind *bind, const NsItem *item)
{
    QTableRef *ref = Q_NEW(bind->arena, TableRef);
    ref->table = item->index;
    return (QJoinItem *)ref;
}

/* A row of VALUES beside the source; its column is not NULL where the source has a row. */
static QJoinItem *mark_source(Level *level, QJoinItem *source)
{
    const Bind *bind = level->bind;
    QTable *table = Q_NEW(bind->arena, Table);
    QValuesRow *row = Q_NEW(bind->arena, ValuesRow);
    QExpr *truth = &bind__const(bind, OID_BOOL, -1, datum_bool(true), NODE_NO_LOCATION)->base;
    int32_t type = OID_BOOL, typmod = -1, collation = 0;
    Str name = STR("column1");
    row->items = bind__exprs(bind, &truth, 1);
    table->table = Q_RTE_VALUES;
    table->rows = (QValuesRowList){ARENA_ARRAY(bind->arena, QValuesRow *, 1), 1};
    table->rows.items[0] = row;
    table->names = (NodeStrs){ARENA_ARRAY(bind->arena, Str, 1), 1};
    table->names.items[0] = name;
    table->types = bind__i32s(bind, &type, 1);
    table->typmods = bind__i32s(bind, &typmod, 1);
    table->collations = bind__i32s(bind, &collation, 1);
    NsItem *item = bind__add_table(level, table, STR("*SOURCE*"));
    level->query->merge_source = bind__var(item, &item->columns[0], 0, bind->arena,
                                           NODE_NO_LOCATION);
    return join(bind, Q_JOIN_INNER, source, table_ref(bind, item));
}

static void join_source(Merge *merge, const AstMerge *node)
{
    Level *level = merge->level;
    const Bind *bind = level->bind;
    bool by_source = false, by_target = false;
    for (uint32_t i = 0; i < node->whens.count; i++) {
        by_source |= node->whens.items[i]->match == AST_MERGE_NOT_MATCHED_BY_SOURCE;
        by_target |= node->whens.items[i]->match == AST_MERGE_NOT_MATCHED_BY_TARGET;
    }
    QJoinItem *source = level->query->from->items.items[0];
    if (by_source) source = mark_source(level, source);
    const QJoinKind kind = by_source && by_target ? Q_JOIN_FULL
                           : by_source            ? Q_JOIN_LEFT
                           : by_target            ? Q_JOIN_RIGHT
                                                  : Q_JOIN_INNER;
    QJoin *made = (QJoin *)join(bind, kind, table_ref(bind, merge->target), source);
    show(merge, true, true);
    made->on = bind__where(level, (const AstNode *)node->on, PLACE_JOIN_ON, "JOIN/ON");
    level->query->from->items.items[0] = (QJoinItem *)made;
}

/* ---- WHEN */

static void bind_insert(Merge *merge, const AstMergeWhen *node, QMergeWhen *made)
{
    Level *level = merge->level;
    InsertColumns columns = bind__insert_columns(level, &node->columns);
    made->command = Q_COMMAND_INSERT;
    made->override_ = node->overriding;
    QExprList row = bind__expr_list(level, (AstNode *const *)node->values.items, node->values.count,
                                    PLACE_VALUES_SINGLE, true);
    if (node->values.count > 0) bind__assign_row(level, &columns, &row, node->columns.count > 0);
    bind__insert_targets(level, &columns, &row);
    made->targets = level->query->targets;
    level->query->targets = (QTargetList){0};
}

static QMergeWhen *bind_when(Merge *merge, const AstMergeWhen *node)
{
    Level *level = merge->level;
    QMergeWhen *made = Q_NEW(level->bind->arena, MergeWhen);
    made->match = (QMergeMatch)node->match;
    made->command = Q_COMMAND_UTILITY; /* DO NOTHING */
    show(merge, node->match != AST_MERGE_NOT_MATCHED_BY_TARGET,
         node->match != AST_MERGE_NOT_MATCHED_BY_SOURCE);
    made->condition = bind__where(level, (const AstNode *)node->condition, PLACE_MERGE_WHEN,
                                  "WHEN");
    switch (node->action) {
    case AST_MERGE_DO_INSERT: bind_insert(merge, node, made); break;
    case AST_MERGE_DO_UPDATE:
        made->command = Q_COMMAND_UPDATE;
        made->targets = bind__assignments(level, &node->assignments);
        break;
    case AST_MERGE_DO_DELETE: made->command = Q_COMMAND_DELETE; break;
    case AST_MERGE_DO_NOTHING: break;
    }
    return made;
}

QQuery *bind__merge(Level *level, const AstMerge *node)
{
    const Bind *bind = level->bind;
    QQuery *query = level->query;
    Merge merge = {.level = level, .source = {.arena = bind->arena}};
    query->command = Q_COMMAND_MERGE;
    if (node->with && node->with->recursive)
        bind__raise(bind, SYNTAX_ERROR, NODE_NO_LOCATION,
                    "WITH RECURSIVE is not supported for MERGE statement");
    if (node->with) bind__with(level, node->with);
    check_reachable(&merge, &node->whens);
    merge.target = bind__open_target(level, node->relation, false, privileges(&node->whens));
    bind__from(level, &(AstFromItemList){(AstFromItem **)&node->source, 1});
    bool *visible = ARENA_ARRAY(bind->arena, bool, 2 * level->names.count + 1);
    for (uint32_t i = 0; i < level->names.count; i++) {
        visible[2 * i] = level->names.items[i]->table_visible;
        visible[2 * i + 1] = level->names.items[i]->columns_visible;
        array_push(&merge.source, level->names.items[i]);
    }
    merge.source_visible = visible;
    check_name(&merge);
    bind__push_name(level, merge.target, true, true);
    join_source(&merge, node);
    show(&merge, true, true);
    bind__returning(level, node->returning, PLACE_MERGE_RETURNING);
    ARRAY_OF(QMergeWhen *) whens = {.arena = bind->arena};
    for (uint32_t i = 0; i < node->whens.count; i++)
        array_push(&whens, bind_when(&merge, node->whens.items[i]));
    query->merge_whens = BIND_LIST(bind, QMergeWhenList, whens);
    bind__finish(level);
    return query;
}
