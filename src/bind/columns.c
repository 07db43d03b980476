/* SPDX-License-Identifier: Apache-2.0 */
/* columns.c - references to columns and tables of the FROM list, and to parameters; near misses become hints. */
#include "bind/bind_internal.h"

/* ---- tables by name */

static bool item_usable(const Level *level, const NsItem *item)
{
    return !item->lateral_only || level->lateral_active;
}

static void check_lateral(const Level *level, const NsItem *item, int32_t location)
{
    if (!item->lateral_only || item->lateral_ok) return;
    const Bind *bind = level->bind;
    Str name = item->name.data ? item->name : item->table->name;
    Error *error = bind__error(bind, INVALID_COLUMN_REFERENCE, location);
    error_message(error, "invalid reference to FROM-clause entry for table \"%.*s\"",
                  STR_ARG(name));
    if (item->table->table == Q_RTE_RELATION && item->index == level->query->result_table)
        error_raise(error_hint(error,
                               "There is an entry for table \"%.*s\", but it cannot be "
                               "referenced from this part of the query.",
                               STR_ARG(name)));
    error_raise(
        error_detail(error,
                     "The combining JOIN type must be INNER or LEFT for a LATERAL reference."));
}

NsItem *bind__find_table(Level *level, Str schema, Str name, int32_t location, uint32_t *up)
{
    const Bind *bind = level->bind;
    Oid wanted = 0;
    if (schema.data) {
        Oid namespace_ = cat_namespace_named(bind->view, schema);
        wanted = namespace_ ? cat_relation_named(bind->view, namespace_, name) : 0;
        if (!wanted) return NULL;
    }
    *up = 0;
    for (Level *at = level; at; at = at->parent, ++*up) {
        NsItem *found = NULL;
        for (uint32_t i = 0; i < at->names.count; i++) {
            NsItem *item = at->names.items[i];
            if (!item->table_visible || !item_usable(at, item)) continue;
            /* OLD and NEW of RETURNING are the relation under names of their own. */
            bool same = wanted ? item->table->table == Q_RTE_RELATION && !item->returning &&
                                     item->table->relation == wanted && !item->table->alias.data
                               : item->name.data && str_equal(item->name, name);
            if (!same) continue;
            if (found)
                bind__raise(bind, AMBIGUOUS_ALIAS, location,
                            "table reference \"%.*s\" is ambiguous", STR_ARG(name));
            check_lateral(at, item, location);
            found = item;
        }
        if (found) return found;
    }
    return NULL;
}

/* ---- columns by name */

static const struct {
    const char *name;
    int32_t column;
    Oid type;
} system_columns[] = {{"ctid", -1, OID_TID}, {"xmin", -2, OID_XID}, {"cmin", -3, OID_CID},
                      {"xmax", -4, OID_XID}, {"cmax", -5, OID_CID}, {"tableoid", -6, OID_OID}};

static void mark_used(Level *level, uint32_t up, uint32_t table, int32_t column)
{
    for (; up; up--) level = level->parent;
    if (!table || table > level->tables.count) return;
    QTable *entry = level->tables.items[table - 1];
    if (entry->table == Q_RTE_JOIN) return;
    for (uint32_t i = 0; i < entry->selected.count; i++)
        if (entry->selected.items[i] == column) return;
    int32_t *items = ARENA_ARRAY(level->bind->arena, int32_t, entry->selected.count + 1);
    if (entry->selected.count)
        memcpy(items, entry->selected.items, entry->selected.count * sizeof(*items));
    items[entry->selected.count] = column;
    entry->selected = (NodeI32s){items, entry->selected.count + 1};
    if (entry->table == Q_RTE_RELATION) entry->permissions |= PRIV_SELECT;
}

static QExpr *system_column(Level *level, NsItem *item, uint32_t up, Str name, int32_t location)
{
    const QTable *table = item->table;
    bool stored = table->table == Q_RTE_RELATION && table->relation_kind != 'v';
    for (size_t i = 0; stored && i < sizeof system_columns / sizeof *system_columns; i++) {
        if (!str_equal(name, str_from(system_columns[i].name))) continue;
        NsColumn column = {.table = item->index,
                           .column = system_columns[i].column,
                           .type = system_columns[i].type,
                           .typmod = -1};
        if (level->place == PLACE_CHECK && column.column != -6)
            bind__raise(level->bind, INVALID_COLUMN_REFERENCE, location,
                        "system column \"%.*s\" reference in check constraint is invalid",
                        STR_ARG(name));
        if (level->place == PLACE_GENERATED && column.column != -6)
            bind__raise(level->bind, INVALID_COLUMN_REFERENCE, location,
                        "cannot use system column \"%.*s\" in column generation expression",
                        STR_ARG(name));
        mark_used(level, up, item->index, column.column);
        return bind__var(item, &column, up, level->bind->arena, location);
    }
    return NULL;
}

static QExpr *column_of(Level *level, NsItem *item, uint32_t up, Str name, int32_t location)
{
    const NsColumn *found = NULL;
    for (uint32_t i = 0; i < item->column_count; i++) {
        const NsColumn *column = &item->columns[i];
        if (!column->name.bytes || !str_equal(column->name, name)) continue;
        if (found)
            bind__raise(level->bind, AMBIGUOUS_COLUMN, location,
                        "column reference \"%.*s\" is ambiguous", STR_ARG(name));
        found = column;
    }
    if (!found) return system_column(level, item, up, name, location);
    return bind__column_at(level, item, up, found, location);
}

QExpr *bind__column_at(Level *level, NsItem *item, uint32_t up, const NsColumn *column,
                       int32_t location)
{
    mark_used(level, up, column->table, column->column);
    return bind__var(item, column, up, level->bind->arena, location);
}

QExpr *bind__find_column_of(Level *level, NsItem *item, uint32_t up, Str name, int32_t location)
{
    return column_of(level, item, up, name, location);
}

QExpr *bind__find_column(Level *level, Str name, int32_t location, bool local_only)
{
    uint32_t up = 0;
    for (Level *at = level; at; at = at->parent, up++) {
        QExpr *found = NULL;
        for (uint32_t i = 0; i < at->names.count; i++) {
            NsItem *item = at->names.items[i];
            if (!item->columns_visible || !item_usable(at, item)) continue;
            QExpr *here = column_of(level, item, up, name, location);
            if (!here) continue;
            if (found)
                bind__raise(level->bind, AMBIGUOUS_COLUMN, location,
                            "column reference \"%.*s\" is ambiguous", STR_ARG(name));
            check_lateral(at, item, location);
            found = here;
        }
        if (found || local_only) return found;
    }
    return NULL;
}

/* Is it the alias of USING, which is a name for the merged columns alone? */
static bool is_using_alias(const NsItem *item)
{
    return item->table->table == Q_RTE_JOIN && item->column_count < item->table->names.count;
}

static QExpr *merged_row(Level *level, NsItem *item, uint32_t up, int32_t location)
{
    const Bind *bind = level->bind;
    QRow *row = Q_NEW(bind->arena, Row);
    row->location = location;
    row->type = OID_RECORD;
    row->typmod = -1;
    ARRAY_OF(QExpr *) items = {.arena = bind->arena};
    ARRAY_OF(Str) names = {.arena = bind->arena};
    for (uint32_t i = 0; i < item->column_count; i++) {
        array_push(&items, bind__column_at(level, item, up, &item->columns[i], location));
        array_push(&names, item->columns[i].name);
    }
    row->items = BIND_LIST(bind, QExprList, items);
    row->names = BIND_LIST(bind, NodeStrs, names);
    return &row->base;
}

QExpr *bind__whole_row(Level *level, NsItem *item, uint32_t up, int32_t location)
{
    if (is_using_alias(item)) return merged_row(level, item, up, location);
    const Bind *bind = level->bind;
    const QTable *table = item->table;
    NsColumn column = {.table = item->index, .column = 0, .type = OID_RECORD, .typmod = -1};
    if (table->table == Q_RTE_RELATION) {
        const CatRelation *relation = cat_relation(bind->view, table->relation);
        if (relation && relation->type) column.type = relation->type;
    } else if (table->table == Q_RTE_FUNCTION && table->functions.count == 1 &&
               !table->ordinality) {
        /* A function's row is its value: composite as it is, a scalar stands for its one column. */
        const QTableFunction *function = table->functions.items[0];
        Oid type = function->call->type;
        if (type != OID_RECORD && bind__is_complex(bind, type)) {
            column.type = type;
        } else if (type != OID_RECORD && function->column_count == 1) {
            column.type = type;
            column.typmod = function->call->typmod;
            column.collation = bind__type_collation(bind, type);
            column.column = 1;
        }
    }
    mark_used(level, up, item->index, column.column);
    return bind__var(item, &column, up, bind->arena, location);
}

/* ---- errors that know what was meant */

/* Changes of one letter that make b of a; limit + 1 when they are more. */
static uint32_t edit_distance(Arena *arena, Str a, Str b, uint32_t limit)
{
    if (a.bytes > 255 || b.bytes > 255) return limit + 1;
    uint32_t *row = ARENA_ARRAY(arena, uint32_t, b.bytes + 1);
    for (uint32_t j = 0; j <= b.bytes; j++) row[j] = j;
    for (uint32_t i = 1; i <= a.bytes; i++) {
        uint32_t diagonal = row[0];
        row[0] = i;
        for (uint32_t j = 1; j <= b.bytes; j++) {
            uint32_t change = diagonal + (a.data[i - 1] != b.data[j - 1]);
            diagonal = row[j];
            row[j] = MIN(change, MIN(row[j], row[j - 1]) + 1);
        }
    }
    return MIN(row[b.bytes], limit + 1);
}

enum { FUZZY_MAX = 3 };

typedef struct Near {
    uint32_t distance;
    const QTable *first, *second, *exact, *other_exact;
    Str first_column, second_column;
} Near;

static void note_near(Near *near, const QTable *table, Str column, uint32_t distance)
{
    if (distance < near->distance) {
        *near = (Near){.distance = distance,
                       .first = table,
                       .first_column = column,
                       .exact = near->exact,
                       .other_exact = near->other_exact};
    } else if (distance == near->distance && near->first) {
        if (near->second) { /* three alike tell nothing */
            near->first = near->second = NULL;
            near->distance = distance == 0 ? 0 : distance - 1;
            return;
        }
        near->second = table;
        near->second_column = column;
    }
}

static void search_near(const Level *level, const QTable *table, Str alias, Str column, Near *near)
{
    Arena *arena = level->bind->arena;
    const bool is_target = level->result == table;
    uint32_t penalty = 0;
    if (table->table == Q_RTE_JOIN || (!table->in_from && !is_target)) return;
    if (alias.data) penalty = edit_distance(arena, alias, table->name, FUZZY_MAX);
    for (uint32_t i = 0; i < table->names.count; i++) {
        Str name = table->names.items[i];
        if (!name.bytes) continue;
        if (penalty == 0 && str_equal(name, column)) {
            if (!near->exact)
                near->exact = table;
            else if (!near->other_exact)
                near->other_exact = table;
            continue;
        }
        uint32_t distance = edit_distance(arena, column, name, FUZZY_MAX);
        if (distance > FUZZY_MAX || distance + penalty > FUZZY_MAX || 2 * distance > column.bytes)
            continue;
        note_near(near, table, name, distance + penalty);
    }
}

static void add_near_hint(Error *error, const Near *near)
{
    if (!near->first) return;
    if (!near->second) {
        error_hint(error, "Perhaps you meant to reference the column \"%.*s.%.*s\".",
                   STR_ARG(near->first->name), STR_ARG(near->first_column));
        return;
    }
    error_hint(
        error,
        "Perhaps you meant to reference the column \"%.*s.%.*s\" or the column \"%.*s.%.*s\".",
        STR_ARG(near->first->name), STR_ARG(near->first_column), STR_ARG(near->second->name),
        STR_ARG(near->second_column));
}

static bool seen_by_lateral(const Level *level, const QTable *table)
{
    for (const Level *at = level; at; at = at->parent)
        for (uint32_t i = 0; i < at->names.count; i++)
            if (at->names.items[i]->table == table && at->names.items[i]->lateral_only &&
                at->names.items[i]->lateral_ok)
                return true;
    return false;
}

static bool seen_with_its_table(const Level *level, const QTable *table)
{
    for (const Level *at = level; at; at = at->parent)
        for (uint32_t i = 0; i < at->names.count; i++) {
            const NsItem *item = at->names.items[i];
            if (item->table == table && item->table_visible && item_usable(at, item)) return true;
        }
    return false;
}

/* The column is there, in a table that cannot be referred to, or not by the column's name alone. */
static void tell_exact(const Level *level, Error *error, const Near *near, Str table, Str column)
{
    if (near->other_exact) {
        error_detail(error,
                     "There are columns named \"%.*s\", but they are in tables that cannot be "
                     "referenced from this part of the query.",
                     STR_ARG(column));
        if (!table.data) error_hint(error, "Try using a table-qualified name.");
        return;
    }
    error_detail(error,
                 "There is a column named \"%.*s\" in table \"%.*s\", but it cannot be "
                 "referenced from this part of the query.",
                 STR_ARG(column), STR_ARG(near->exact->name));
    if (seen_by_lateral(level, near->exact))
        error_hint(error, "To reference that column, you must mark this subquery with LATERAL.");
    else if (!table.data && seen_with_its_table(level, near->exact))
        error_hint(error, "To reference that column, you must use a table-qualified name.");
}

void bind__no_column(Level *level, Str table, Str column, int32_t location)
{
    const Bind *bind = level->bind;
    Near near = {.distance = FUZZY_MAX + 1};
    for (const Level *at = level; at; at = at->parent)
        for (uint32_t i = 0; i < at->tables.count; i++)
            search_near(at, at->tables.items[i], table, column, &near);
    Error *error = bind__error(bind, UNDEFINED_COLUMN, location);
    if (table.data)
        error_message(error, "column %.*s.%.*s does not exist", STR_ARG(table), STR_ARG(column));
    else
        error_message(error, "column \"%.*s\" does not exist", STR_ARG(column));
    if (near.exact)
        tell_exact(level, error, &near, table, column);
    else
        add_near_hint(error, &near);
    error_raise(error);
}

/* Is it EXCLUDED of the level's ON CONFLICT, which RETURNING cannot see? */
static bool is_proposed(const Level *level, uint32_t table)
{
    const QOnConflict *conflict = level->query != NULL ? level->query->on_conflict : NULL;
    return conflict != NULL && conflict->excluded == table;
}

/* An entry of the name that stands where it cannot be seen. */
static const QTable *hidden_table(const Level *level, Str schema, Str name, bool *relation_only)
{
    CatalogView *view = level->bind->view;
    const Oid space = schema.data ? cat_namespace_named(view, schema) : 0;
    *relation_only = false;
    for (const Level *at = level; at; at = at->parent)
        for (uint32_t i = 0; i < at->tables.count; i++) {
            const QTable *table = at->tables.items[i];
            if (!table->in_from && at->result != table && !is_proposed(at, i + 1)) continue;
            if (str_equal(table->name, name)) return table;
        }
    for (const Level *at = level; at; at = at->parent)
        for (uint32_t i = 0; i < at->tables.count; i++) {
            const QTable *table = at->tables.items[i];
            const CatRelation *relation = table->table == Q_RTE_RELATION
                                              ? cat_relation(view, table->relation)
                                              : NULL;
            if (!relation || !str_equal(relation->name, name)) continue;
            if (schema.data && relation->namespace_ != space) continue;
            *relation_only = true;
            return table;
        }
    return NULL;
}

void bind__no_table(Level *level, Str schema, Str name, int32_t location)
{
    const Bind *bind = level->bind;
    bool relation_only;
    const QTable *table = hidden_table(level, schema, name, &relation_only);
    if (!table)
        bind__raise(bind, UNDEFINED_TABLE, location, "missing FROM-clause entry for table \"%.*s\"",
                    STR_ARG(name));
    Error *error = bind__error(bind, UNDEFINED_TABLE, location);
    error_message(error, "invalid reference to FROM-clause entry for table \"%.*s\"",
                  STR_ARG(name));
    if (relation_only && table->alias.data) {
        error_hint(error, "Perhaps you meant to reference the table alias \"%.*s\".",
                   STR_ARG(table->name));
        error_raise(error);
    }
    error_detail(error,
                 "There is an entry for table \"%.*s\", but it cannot be referenced from this "
                 "part of the query.",
                 STR_ARG(table->name));
    if (seen_by_lateral(level, table))
        error_hint(error, "To reference that table, you must mark this subquery with LATERAL.");
    error_raise(error);
}

/* ---- what a name in an expression means */

static QExpr *as_parameter(Level *level, const AstColumnRef *ref)
{
    const BindParams *params = level->bind->options->params;
    int32_t number;
    if (!params || !params->find_name) return NULL;
    if (params->find_name(params->arg, ref, &number))
        return bind__param(level, number, ref->location);
    /* a.x: the field x of the parameter a, which is a row. */
    AstColumnRef row = *ref;
    if (ref->star || row.names.count < 2) return NULL;
    row.names.count--;
    if (!params->find_name(params->arg, &row, &number)) return NULL;
    return bind__field_or_call(level, bind__param(level, number, ref->location),
                               ref->names.items[row.names.count], ref->location);
}

static QExpr *one_name(Level *level, const AstColumnRef *ref)
{
    Str name = ref->names.items[0];
    uint32_t up;
    if (level->domain_value && str_equal(name, STR("value")))
        return query_copy(level->bind->arena, level->domain_value);
    QExpr *found = bind__find_column(level, name, ref->location, false);
    if (found) return found;
    NsItem *item = bind__find_table(level, (Str){0}, name, ref->location, &up);
    if (item) return bind__whole_row(level, item, up, ref->location);
    found = as_parameter(level, ref);
    if (found) return found;
    bind__no_column(level, (Str){0}, name, ref->location);
}

static QExpr *qualified(Level *level, const AstColumnRef *ref, Str schema, Str table, Str column)
{
    uint32_t up;
    NsItem *item = bind__find_table(level, schema, table, ref->location, &up);
    if (!item) {
        QExpr *parameter = as_parameter(level, ref);
        if (parameter) return parameter;
        bind__no_table(level, schema, table, ref->location);
    }
    QExpr *found = column_of(level, item, up, column, ref->location);
    if (found) return found;
    if (is_using_alias(item)) bind__no_column(level, table, column, ref->location);
    /* t.f may be the function f of the row. */
    QExpr *row = bind__whole_row(level, item, up, ref->location);
    return bind__field_or_call(level, row, column, ref->location);
}

void bind__check_dotted(const Bind *bind, const AstColumnRef *ref)
{
    const uint32_t parts = ref->names.count - !ref->star; /* of the table's name */
    if (ref->names.count == 0 || parts < 3) return;
    const CatDatabase *here = cat_database(bind->view, cat_view_database(bind->view));
    const Str all = bind__name_text(bind, ref->names);
    const char *star = ref->star ? ".*" : "";
    if (parts > 3)
        bind__raise(bind, SYNTAX_ERROR, ref->location,
                    "improper qualified name (too many dotted names): %.*s%s", STR_ARG(all), star);
    if (here && !str_equal(here->name, ref->names.items[0]))
        bind__raise(bind, FEATURE_NOT_SUPPORTED, ref->location,
                    "cross-database references are not implemented: %.*s%s", STR_ARG(all), star);
}

QExpr *bind__column_ref(Level *level, const AstColumnRef *ref)
{
    const Bind *bind = level->bind;
    const PlaceFacts *place = bind__place(level->place);
    const Str *names = ref->names.items;
    if (place->no_columns)
        bind__raise(bind, FEATURE_NOT_SUPPORTED, ref->location,
                    "cannot use column reference in %s%s",
                    level->place == PLACE_PARTITION_BOUND ? "partition bound expression"
                                                          : place->subquery,
                    "");
    bind__check_dotted(bind, ref);
    if (ref->star) { /* t.*: the row of t */
        uint32_t up;
        Str schema = ref->names.count > 1 ? names[ref->names.count - 2] : (Str){0},
            name = names[ref->names.count - 1];
        NsItem *item = bind__find_table(level, schema, name, ref->location, &up);
        if (!item) bind__no_table(level, schema, name, ref->location);
        return bind__whole_row(level, item, up, ref->location);
    }
    switch (ref->names.count) {
    case 1: return one_name(level, ref);
    case 2: return qualified(level, ref, (Str){0}, names[0], names[1]);
    case 3: return qualified(level, ref, names[0], names[1], names[2]);
    default: return qualified(level, ref, names[1], names[2], names[3]);
    }
}

/* ---- parameters */

QExpr *bind__param(Level *level, int32_t number, int32_t location)
{
    const Bind *bind = level->bind;
    BindParams *params = bind->options->params;
    enum { PARAM_NUMBER_MAX = 65535 };
    if (!params || number <= 0 || number > PARAM_NUMBER_MAX ||
        (params->fixed && ((uint32_t)number > params->count || !params->types[number - 1])))
        bind__raise(bind, UNDEFINED_PARAMETER, location, "there is no parameter $%d", number);
    if ((uint32_t)number > params->capacity) {
        uint32_t capacity = MAX((uint32_t)number, 2 * params->capacity);
        Oid *types = ARENA_ARRAY(params->arena, Oid, capacity);
        if (params->count) memcpy(types, params->types, params->count * sizeof(Oid));
        params->types = types;
        params->capacity = capacity;
    }
    params->count = MAX(params->count, (uint32_t)number);
    Oid *type = &params->types[number - 1];
    if (*type == 0) *type = OID_UNKNOWN;
    QParam *param = Q_NEW(bind->arena, Param);
    param->location = location;
    param->number = number;
    param->type = *type;
    param->typmod = -1;
    param->collation = bind__type_collation(bind, *type);
    return &param->base;
}

QExpr *bind__param_coerced(const Bind *bind, QParam *param, Oid target, int32_t typmod,
                           int32_t location)
{
    BindParams *params = bind->options->params;
    (void)typmod;
    if (!params || params->fixed || (uint32_t)param->number > params->count) return NULL;
    Oid *type = &params->types[param->number - 1];
    if (*type == OID_UNKNOWN || *type == 0) {
        *type = target;
    } else if (*type != target) {
        Error *error = bind__error(bind, AMBIGUOUS_PARAMETER, param->location);
        error_message(error, "inconsistent types deduced for parameter $%d", param->number);
        error_raise(error_detail(error, "%.*s versus %.*s", STR_ARG(bind__type_text(bind, *type)),
                                 STR_ARG(bind__type_text(bind, target))));
    }
    param->type = target;
    param->typmod = -1;
    param->collation = bind__type_collation(bind, target);
    if (location >= 0 && (param->location < 0 || location < param->location))
        param->location = location;
    return &param->base;
}
