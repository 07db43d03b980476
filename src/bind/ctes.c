/* SPDX-License-Identifier: Apache-2.0 */
/* ctes.c - WITH: common table expressions in an order in which each sees what it needs, recursive ones by their two
 * terms. */
#include "bind/bind_internal.h"

CteName *bind__find_cte(Level *level, Str name, uint32_t *up)
{
    *up = 0;
    for (Level *at = level; at; at = at->parent, ++*up)
        for (uint32_t i = 0; i < at->ctes.count; i++) {
            CteName *cte = at->ctes.items[i];
            if (!cte->not_yet && str_equal(cte->cte->name, name)) return cte;
        }
    return NULL;
}

/* ---- columns */

void bind__cte_columns(Level *level, CteName *cte, NodeStrs names, QExpr *const *exprs,
                       uint32_t count)
{
    const Bind *bind = level->bind;
    QCte *made = cte->cte;
    made->names = bind__strs(bind, names.items, count);
    made->types = (NodeI32s){ARENA_ARRAY(bind->arena, int32_t, count + 1), count};
    made->typmods = (NodeI32s){ARENA_ARRAY(bind->arena, int32_t, count + 1), count};
    made->collations = (NodeI32s){ARENA_ARRAY(bind->arena, int32_t, count + 1), count};
    for (uint32_t i = 0; i < count; i++) {
        made->types.items[i] = (int32_t)exprs[i]->type;
        made->typmods.items[i] = exprs[i]->typmod;
        made->collations.items[i] = (int32_t)(exprs[i]->collation
                                                  ? exprs[i]->collation
                                                  : bind__type_collation(bind, exprs[i]->type));
        if (i < made->alias_columns.count) made->names.items[i] = made->alias_columns.items[i];
    }
    if (made->alias_columns.count > count)
        bind__raise(bind, INVALID_COLUMN_REFERENCE, made->location,
                    "WITH query \"%.*s\" has %u columns available but %u columns specified",
                    STR_ARG(made->name), count, made->alias_columns.count);
}

static void columns_of_result(Level *level, CteName *cte)
{
    const Bind *bind = level->bind;
    const QQuery *query = cte->cte->query;
    bool changes = query->command != Q_COMMAND_SELECT;
    QTargetList targets = changes ? query->returning : query->targets;
    ARRAY_OF(Str) names = {.arena = bind->arena};
    ARRAY_OF(QExpr *) exprs = {.arena = bind->arena};
    for (uint32_t i = 0; i < targets.count; i++) {
        if (targets.items[i]->junk) continue;
        array_push(&names, targets.items[i]->name);
        array_push(&exprs, targets.items[i]->expr);
    }
    bind__cte_columns(level, cte, (NodeStrs){names.items, names.count}, exprs.items, exprs.count);
}

/* ---- SEARCH and CYCLE */

static void add_column(const Bind *bind, QCte *cte, Str name, Oid type, int32_t typmod,
                       Oid collation)
{
    uint32_t count = cte->names.count;
    Str *names = ARENA_ARRAY(bind->arena, Str, count + 1);
    if (count) memcpy(names, cte->names.items, count * sizeof(Str));
    names[count] = name;
    cte->names = (NodeStrs){names, count + 1};
    NodeI32s *lists[3] = {&cte->types, &cte->typmods, &cte->collations};
    int32_t values[3] = {(int32_t)type, typmod, (int32_t)collation};
    for (int i = 0; i < 3; i++) {
        int32_t *items = ARENA_ARRAY(bind->arena, int32_t, count + 1);
        if (count) memcpy(items, lists[i]->items, count * sizeof(int32_t));
        items[count] = values[i];
        *lists[i] = (NodeI32s){items, count + 1};
    }
}

static bool has_name(NodeStrs names, Str name)
{
    for (uint32_t i = 0; i < names.count; i++)
        if (str_equal(names.items[i], name)) return true;
    return false;
}

static void check_listed(Level *level, const QCte *cte, NodeStrs columns, const char *clause,
                         int32_t location)
{
    const Bind *bind = level->bind;
    for (uint32_t i = 0; i < columns.count; i++) {
        if (!has_name(cte->names, columns.items[i]))
            bind__raise(bind, SYNTAX_ERROR, location,
                        "%s column \"%.*s\" not in WITH query column list", clause,
                        STR_ARG(columns.items[i]));
        if (has_name((NodeStrs){columns.items, i}, columns.items[i]))
            bind__raise(bind, DUPLICATE_COLUMN, location,
                        "%s column \"%.*s\" specified more than once", clause,
                        STR_ARG(columns.items[i]));
    }
}

static void bind_search(Level *level, QCte *cte, const AstCteSearch *search)
{
    const Bind *bind = level->bind;
    check_listed(level, cte, search->columns, "search", search->location);
    if (has_name(cte->names, search->sequence))
        bind__raise(bind, SYNTAX_ERROR, search->location,
                    "search sequence column name \"%.*s\" already used in WITH query column list",
                    STR_ARG(search->sequence));
    cte->search_breadth = search->breadth_first;
    cte->search_columns = search->columns;
    cte->search_sequence = search->sequence;
}

static void bind_cycle(Level *level, QCte *cte, const AstCteCycle *cycle)
{
    const Bind *bind = level->bind;
    check_listed(level, cte, cycle->columns, "cycle", cycle->location);
    static const char *const kinds[] = {"mark", "path"};
    const Str made[] = {cycle->mark, cycle->path};
    for (int i = 0; i < 2; i++)
        if (has_name(cte->names, made[i]))
            bind__raise(bind, SYNTAX_ERROR, cycle->location,
                        "cycle %s column name \"%.*s\" already used in WITH query column list",
                        kinds[i], STR_ARG(made[i]));
    if (str_equal(cycle->mark, cycle->path))
        bind__raise(bind, SYNTAX_ERROR, cycle->location,
                    "cycle mark column name and cycle path column name are the same");
    cte->cycle_columns = cycle->columns;
    cte->cycle_mark = cycle->mark;
    cte->cycle_path = cycle->path;
    QExpr *pair[2];
    pair[0] = cycle->value ? bind__expr(level, cycle->value, PLACE_CYCLE_MARK)
                           : bind__const_bool(bind, true, -1);
    pair[1] = cycle->fallback ? bind__expr(level, cycle->fallback, PLACE_CYCLE_MARK)
                              : bind__const_bool(bind, false, -1);
    Oid type = bind__common_type(bind, pair, 2, "CYCLE", NULL);
    cte->cycle_value = bind__coerce_common(bind, pair[0], type, "CYCLE/SET/TO");
    cte->cycle_fallback = bind__coerce_common(bind, pair[1], type, "CYCLE/SET/DEFAULT");
    cte->cycle_type = type;
    if (!cat_type_equality(bind->view, bind__base_type(bind, type, NULL)))
        bind__raise(bind, UNDEFINED_FUNCTION, NODE_NO_LOCATION,
                    "could not identify an equality operator for type %.*s",
                    STR_ARG(bind__type_text(bind, type)));
}

/* The columns of the one clause are not those of the other. */
static void check_added(const Bind *bind, const QCte *cte, int32_t location)
{
    if (str_equal(cte->search_sequence, cte->cycle_mark))
        bind__raise(bind, SYNTAX_ERROR, location,
                    "search sequence column name and cycle mark column name are the same");
    if (str_equal(cte->search_sequence, cte->cycle_path))
        bind__raise(bind, SYNTAX_ERROR, location,
                    "search sequence column name and cycle path column name are the same");
}

/* The columns that the clauses add, as the queries behind see them. */
static void show_added(const Bind *bind, QCte *cte)
{
    if (cte->search_sequence.data)
        add_column(bind, cte, cte->search_sequence,
                   cte->search_breadth ? OID_RECORD : OID_RECORD_ARRAY, -1, 0);
    if (!cte->cycle_mark.data) return;
    add_column(bind, cte, cte->cycle_mark, cte->cycle_type, cte->cycle_value->typmod,
               bind__type_collation(bind, cte->cycle_type));
    add_column(bind, cte, cte->cycle_path, OID_RECORD_ARRAY, -1, 0);
}

/* ---- one item */

static void check_recursive(Level *level, const CteName *cte, const NodeI32s types,
                            const NodeI32s typmods)
{
    const Bind *bind = level->bind;
    const QSetOperation *top = cte->cte->query->set_operation;
    for (uint32_t i = 0; top && i < types.count; i++) {
        if (types.items[i] == top->types.items[i] && typmods.items[i] == top->typmods.items[i])
            continue;
        const QQuery *first = cte->cte->query->tables.items[0]->query;
        Error *error = bind__error(bind, DATATYPE_MISMATCH,
                                   bind__location(first->targets.items[i]->expr));
        error_message(
            error,
            "recursive query \"%.*s\" column %u has type %.*s in non-recursive term but type %.*s overall",
            STR_ARG(cte->cte->name), i + 1,
            STR_ARG(bind__type_text_mod(bind, (Oid)types.items[i], typmods.items[i])),
            STR_ARG(bind__type_text_mod(bind, (Oid)top->types.items[i], top->typmods.items[i])));
        error_raise(
            error_hint(error, "Cast the output of the non-recursive term to the correct type."));
    }
}

static void bind_one(Level *level, CteName *cte, const AstCommonTable *node, bool recursive)
{
    Bind *bind = level->bind;
    QCte *made = cte->cte;
    if (recursive) {
        made->recursive = true;
        cte->pending = node->query;
        cte->not_yet = false;
    }
    made->query = bind__query(level, node->query, bind, cte, false, true);
    if (made->query->command == Q_COMMAND_UTILITY)
        bind__raise(bind, SYNTAX_ERROR, node->location, "unexpected utility statement in WITH");
    bool changes = made->query->command != Q_COMMAND_SELECT;
    if (changes && level->parent)
        bind__raise(bind, FEATURE_NOT_SUPPORTED, node->location,
                    "WITH clause containing a data-modifying statement must be at the top level");
    level->query->has_modifying_cte |= changes;
    if (recursive)
        check_recursive(level, cte, made->types, made->typmods);
    else
        columns_of_result(level, cte);
    if (!recursive && (node->search || node->cycle))
        bind__raise(bind, SYNTAX_ERROR, node->location, "WITH query is not recursive");
    if (node->search || node->cycle) bind__check_searchable(made);
    if (node->search) bind_search(level, made, node->search);
    if (node->cycle) bind_cycle(level, made, node->cycle);
    if (node->search && node->cycle) check_added(bind, made, node->search->location);
    show_added(bind, made);
    cte->pending = NULL;
    cte->not_yet = false;
    cte->usable = true;
}

/* ---- the list */

static CteName *begin(Level *level, const AstCommonTable *node)
{
    const Bind *bind = level->bind;
    for (uint32_t i = 0; i < level->ctes.count; i++)
        if (str_equal(level->ctes.items[i]->cte->name, node->name))
            bind__raise(bind, DUPLICATE_ALIAS, node->location,
                        "WITH query name \"%.*s\" specified more than once", STR_ARG(node->name));
    CteName *cte = ARENA_NEW(bind->arena, CteName);
    cte->cte = Q_NEW(bind->arena, Cte);
    cte->cte->location = node->location;
    cte->cte->name = node->name;
    cte->cte->alias_columns = node->columns;
    cte->cte->materialized = node->materialized;
    cte->level = level;
    cte->not_yet = true;
    array_push(&level->ctes, cte);
    return cte;
}

/* With RECURSIVE an item may need later ones: the next is one whose needs come before it. */
static uint32_t next_in_order(const Bind *bind, const AstWith *with, const bool *done)
{
    const AstCommonTableList *list = &with->ctes;
    for (uint32_t i = 0; i < list->count; i++) {
        if (done[i]) continue;
        bool ready = true;
        for (uint32_t j = 0; j < list->count; j++)
            if (j != i && !done[j] &&
                bind__mentions((const AstNode *)list->items[i]->query, list->items[j]->name))
                ready = false;
        if (ready) return i;
    }
    for (uint32_t i = 0; i < list->count; i++)
        if (!done[i])
            bind__raise(bind, FEATURE_NOT_SUPPORTED, list->items[i]->location,
                        "mutual recursion between WITH items is not implemented");
    UNREACHABLE();
}

static bool is_recursive(const AstWith *with, const AstCommonTable *node)
{
    return with->recursive && bind__mentions((const AstNode *)node->query, node->name);
}

/* The items in the order in which they are bound; those that are recursive are so as they may be. */
static uint32_t *order_of(const Bind *bind, const AstWith *with)
{
    const uint32_t count = with->ctes.count;
    uint32_t *order = ARENA_ARRAY(bind->arena, uint32_t, count + 1);
    bool *done = arena_alloc_zero(bind->arena, count + 1);
    for (uint32_t n = 0; n < count; n++) {
        order[n] = with->recursive ? next_in_order(bind, with, done) : n;
        done[order[n]] = true;
    }
    for (uint32_t n = 0; n < count; n++)
        if (is_recursive(with, with->ctes.items[order[n]]))
            bind__check_recursion(bind, with->ctes.items[order[n]]);
    return order;
}

void bind__with(Level *level, const AstWith *with)
{
    const Bind *bind = level->bind;
    uint32_t count = with->ctes.count, first = level->ctes.count;
    for (uint32_t i = 0; i < count; i++) begin(level, with->ctes.items[i]);
    const uint32_t *order = order_of(bind, with);
    for (uint32_t n = 0; n < count; n++) {
        const AstCommonTable *node = with->ctes.items[order[n]];
        bind_one(level, level->ctes.items[first + order[n]], node, is_recursive(with, node));
    }
    ARRAY_OF(QCte *) made = {.arena = bind->arena};
    for (uint32_t i = 0; i < level->ctes.count; i++) array_push(&made, level->ctes.items[i]->cte);
    level->query->ctes = BIND_LIST(bind, QCteList, made);
    level->query->recursive = with->recursive;
}
