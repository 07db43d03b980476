/* SPDX-License-Identifier: Apache-2.0 */
/* deparse_renamed.c - JOIN ... USING over columns that have other names by now.
 *
 * USING finds columns by name, so a query that is written out after one of them was renamed has to give the table a
 * list of column aliases, in which the column has the name that USING says. As PostgreSQL does it, the list names all
 * columns of the table, those behind a shorter list that was written as they are called by now. */
#include "bind/deparse_internal.h"

typedef struct Wanted {
    const QQuery *query;
    CatalogView *view;
    Arena *arena;
    Str name; /* of the column that USING merges at the moment */
    Str **
        names; /* by table, of those that need a list: by column what USING calls it; data NULL: it does not */
} Wanted;

static const CatRelation *plain_relation(const Wanted *wanted, uint32_t table)
{
    if (table == 0 || table > wanted->query->tables.count) return NULL;
    const QTable *entry = wanted->query->tables.items[table - 1];
    if (entry->table != Q_RTE_RELATION) return NULL;
    return cat_relation(wanted->view, entry->relation);
}

/* What is said of the names of the table's columns: at first, those of the list that was written. */
static Str *names_of(const Wanted *wanted, uint32_t table, const CatRelation *relation)
{
    Str **names = &wanted->names[table - 1];
    const QTable *entry = wanted->query->tables.items[table - 1];
    if (*names != NULL) return *names;
    *names = ARENA_ARRAY(wanted->arena, Str, (size_t)relation->column_count);
    uint32_t listed = 0;
    for (uint32_t i = 0; i < entry->names.count && listed < entry->alias_columns.count; i++) {
        if (entry->names.items[i].bytes == 0) continue; /* dropped before */
        listed++;
        (*names)[i] = entry->names.items[i];
    }
    return *names;
}

/* Notes the columns of tables in one condition of USING. */
static bool note_columns(void *arg, void *child)
{
    Wanted *wanted = arg;
    const QVar *var = Q_IF(Var, (QNode *)child);
    task_check_stack();
    if (var == NULL) return query_walk(child, note_columns, arg);
    const CatRelation *relation = var->up == 0 ? plain_relation(wanted, var->table) : NULL;
    if (relation == NULL || var->column <= 0 || var->column > relation->column_count) return false;
    Str *names = names_of(wanted, var->table, relation);
    if (names[var->column - 1].data == NULL) names[var->column - 1] = wanted->name;
    return false;
}

static bool note_joins(void *arg, void *child)
{
    Wanted *wanted = arg;
    const QJoin *join = Q_IF(Join, (QNode *)child);
    task_check_stack();
    if (join == NULL) return false;
    const QBool *all = join->on != NULL ? Q_IF(Bool, join->on) : NULL;
    for (uint32_t i = 0; i < join->using.count && join->on != NULL; i++) {
        wanted->name = join->using.items[i];
        if (join->using.count == 1)
            (void)note_columns(wanted, join->on);
        else if (!NEVER(all == NULL || i >= all->args.count))
            (void)note_columns(wanted, all->args.items[i]);
    }
    (void)note_joins(wanted, join->left);
    (void)note_joins(wanted, join->right);
    return false;
}

static bool is_among(const Str *names, uint32_t count, Str name)
{
    for (uint32_t i = 0; i < count; i++)
        if (names[i].data != NULL && str_equal(names[i], name)) return true;
    return false;
}

/* The entry with its list; NULL: its columns are called as USING calls them. */
static QTable *with_list(const Wanted *wanted, uint32_t table)
{
    const CatRelation *relation = plain_relation(wanted, table + 1);
    const Str *said = wanted->names[table];
    const uint32_t count = (uint32_t)relation->column_count;
    bool differs = false;
    for (uint32_t i = 0; i < count; i++)
        differs |= said[i].data != NULL && !str_equal(said[i], relation->columns[i].name);
    if (!differs) return NULL;
    Str *names = ARENA_ARRAY(wanted->arena, Str, count);
    for (uint32_t i = 0; i < count; i++) {
        const Str base = said[i].data != NULL ? said[i] : relation->columns[i].name;
        Str name = base;
        for (uint32_t n = 1;
             said[i].data == NULL && (is_among(said, count, name) || is_among(names, i, name)); n++)
            name = str_format(wanted->arena, "%.*s_%u", STR_ARG(base), n);
        names[i] = relation->columns[i].dropped ? (Str){0} : name;
    }
    QTable *made = ARENA_NEW(wanted->arena, QTable);
    *made = *wanted->query->tables.items[table];
    made->names = made->alias_columns = (NodeStrs){names, count};
    return made;
}

const QTableList *bind__tables_for_using(CatalogView *view, Arena *arena, const QQuery *query)
{
    const uint32_t count = query->tables.count;
    if (query->from == NULL) return &query->tables;
    Wanted wanted = {.query = query, .view = view, .arena = arena};
    wanted.names = ARENA_ARRAY(arena, Str *, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        const CatRelation *relation = plain_relation(&wanted, i + 1);
        if (relation != NULL && query->tables.items[i]->alias_columns.count > 0)
            (void)names_of(&wanted, i + 1, relation);
    }
    for (uint32_t i = 0; i < query->from->items.count; i++)
        (void)note_joins(&wanted, query->from->items.items[i]);
    QTableList *made = NULL;
    for (uint32_t i = 0; i < count; i++) {
        QTable *table = wanted.names[i] != NULL ? with_list(&wanted, i) : NULL;
        if (table == NULL) continue;
        if (made == NULL) {
            made = ARENA_NEW(arena, QTableList);
            made->items = ARENA_ARRAY(arena, QTable *, count);
            memcpy(made->items, query->tables.items, count * sizeof(*made->items));
            made->count = count;
        }
        made->items[i] = table;
    }
    return made != NULL ? made : &query->tables;
}
