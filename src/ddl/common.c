/* SPDX-License-Identifier: Apache-2.0 */
/* common.c - names, notices, catalog rows and dependencies, as all statements of this room need them. */
#include "ddl/ddl_internal.h"

#include "type/array.h"

Ddl ddl__begin(UtilityCall *call)
{
    return (Ddl){.call = call,
                 .session = call->session,
                 .view = session_view(call->session),
                 .arena = call->arena,
                 .bind = session_bind_options(call->session, call->sql, NULL)};
}

int32_t ddl__position(const Ddl *ddl, const void *node)
{
    return node != NULL ? parse_position(ddl->call->sql, ((const AstNode *)node)->location) : 0;
}

BindOptions ddl__bind_with_places(const Ddl *ddl)
{
    BindOptions options = ddl->bind;
    options.sql = ddl->call->sql;
    return options;
}

CatName ddl__name(const Ddl *ddl, const AstRangeVar *var)
{
    return (CatName){.database = var->catalog,
                     .schema = var->schema,
                     .name = var->name,
                     .location = ddl__position(ddl, var)};
}

CatName ddl__name_of(const Ddl *ddl, const AstNode *node, const NodeStrs *parts)
{
    CatName name = {.location = ddl__position(ddl, node)};
    if (parts->count > 3)
        raise_error(SQLSTATE_SYNTAX_ERROR, "improper qualified name (too many dotted names)");
    name.name = parts->items[parts->count - 1];
    if (parts->count > 1) name.schema = parts->items[parts->count - 2];
    if (parts->count > 2) name.database = parts->items[0];
    return name;
}

Oid ddl__type_of_name(const Ddl *ddl, const AstTypeName *name)
{
    int32_t typmod;
    BindOptions bind = ddl->bind;
    bind.sql = (Str){0};
    return bind_type_name(ddl->arena, name, &bind, &typmod);
}

Oid ddl__schema_for(const Ddl *ddl, CatName name, bool temporary)
{
    name.location = 0;
    return cat_namespace_for_creation(ddl->view, name, temporary);
}

void ddl__notice(const Ddl *ddl, Severity severity, Sqlstate code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    Str text = str_format_va(ddl->arena, format, args);
    va_end(args);
    Error *error = error_begin(code);
    error_severity(error, severity);
    error_message(error, "%.*s", STR_ARG(text));
    session_notice(ddl->session, error);
}

/* ---- names that nobody gave ---- */

/* PostgreSQL shortens the longer of the two names until all fits into 63 bytes. */
static Str make_name(Ddl *ddl, Str first, Str second, const char *label)
{
    size_t extra = (label != NULL ? strlen(label) + 1 : 0) + (second.bytes > 0 ? 1 : 0);
    while (first.bytes + second.bytes + extra > IDENTIFIER_BYTES_MAX) {
        Str *longer = first.bytes > second.bytes ? &first : &second;
        longer->bytes--;
        while (longer->bytes > 0 && ((uint8_t)longer->data[longer->bytes] & 0xc0) == 0x80)
            longer->bytes--;
    }
    StrBuilder out = str_builder(ddl->arena, 64);
    str_add(&out, first);
    if (second.bytes > 0) {
        str_add_char(&out, '_');
        str_add(&out, second);
    }
    if (label != NULL) {
        str_add_char(&out, '_');
        str_add_zero_terminated(&out, label);
    }
    return str_done(&out);
}

typedef bool (*NameTaken)(Ddl *ddl, Oid where, Str name);

static Str choose(Ddl *ddl, Str first, Str second, const char *label, Oid where, NameTaken taken)
{
    Str name = make_name(ddl, first, second, label);
    for (uint32_t pass = 1; taken(ddl, where, name); pass++) {
        task_check();
        Str numbered = str_format(ddl->arena, "%s%u", label != NULL ? label : "", pass);
        name = make_name(ddl, first, second, str_copy_zero(ddl->arena, numbered));
    }
    return name;
}

static bool relation_taken(Ddl *ddl, Oid schema, Str name)
{
    return cat_relation_named(ddl->view, schema, name) != 0;
}

Str ddl__choose_relation_name(Ddl *ddl, Str table, Str column, const char *label, Oid schema)
{
    return choose(ddl, table, column, label, schema, relation_taken);
}

static bool constraint_exists(Ddl *ddl, Oid relation, Oid domain, Str name)
{
    Datum keys[3] = {datum_oid(relation), datum_oid(domain), datum_str(name)};
    CatScan *scan = cat_scan_open(ddl->view, PG_CONSTRAINT,
                                  PG_CONSTRAINT_CONRELID_CONTYPID_CONNAME_INDEX, keys, 3);
    CatRow row;
    bool there = cat_scan_next(scan, &row);
    cat_scan_close(scan);
    return there;
}

bool ddl__constraint_exists(Ddl *ddl, Oid relation, Str name)
{
    return constraint_exists(ddl, relation, 0, name);
}

bool ddl__domain_constraint_exists(Ddl *ddl, Oid domain, Str name)
{
    return constraint_exists(ddl, 0, domain, name);
}

Str ddl__choose_domain_constraint_name(Ddl *ddl, Str name, const char *label, Oid domain)
{
    return choose(ddl, name, (Str){0}, label, domain, ddl__domain_constraint_exists);
}

Str ddl__choose_constraint_name(Ddl *ddl, Str table, Str column, const char *label, Oid relation)
{
    return choose(ddl, table, column, label, relation, ddl__constraint_exists);
}

int16_t ddl__find_column(const CatRelation *relation, Str name)
{
    for (int16_t i = 0; i < relation->column_count; i++) {
        if (!relation->columns[i].dropped && str_equal(relation->columns[i].name, name))
            return relation->columns[i].number;
    }
    return 0;
}

/* ---- rows ---- */

Datum *ddl__copy_values(Arena *arena, CatalogTable table, const Datum *values)
{
    const CatalogTableInfo *info = &catalog_tables[table];
    Datum *copy = ARENA_ARRAY(arena, Datum, info->column_count);
    for (uint32_t i = 0; i < info->column_count; i++) {
        copy[i].null = values[i].null;
        if (!values[i].null)
            copy[i].value = value_copy(arena, (Phys)info->columns[i].phys, values[i].value);
    }
    return copy;
}

static void change_row(Ddl *ddl, CatalogTable table, CatalogIndex index, const Datum *keys,
                       uint32_t key_count, uint32_t columns,
                       void (*change)(void *arg, Datum *values), void *arg)
{
    CatScan *scan = cat_scan_open(ddl->view, table, index, keys, key_count);
    CatRow row;
    if (!cat_scan_next(scan, &row))
        raise_error(SQLSTATE_INTERNAL_ERROR, "cache lookup failed for a catalog row");
    Datum *values = arena_copy(ddl->arena, row.values, columns * sizeof(Datum));
    RowId id = row.id;
    change(arg, values);
    cat_update(ddl->view, table, id, values);
    cat_scan_close(scan);
}

void ddl__update_class(Ddl *ddl, Oid relation, void (*change)(void *arg, Datum *values), void *arg)
{
    Datum key = datum_oid(relation);
    change_row(ddl, PG_CLASS, PG_CLASS_OID_INDEX, &key, 1, PG_CLASS_COLUMNS, change, arg);
}

void ddl__update_attribute(Ddl *ddl, Oid relation, int16_t column,
                           void (*change)(void *arg, Datum *values), void *arg)
{
    Datum keys[2] = {datum_oid(relation), datum_i16(column)};
    change_row(ddl, PG_ATTRIBUTE, PG_ATTRIBUTE_RELID_ATTNUM_INDEX, keys, 2, PG_ATTRIBUTE_COLUMNS,
               change, arg);
}

void ddl__update_index(Ddl *ddl, Oid index, void (*change)(void *arg, Datum *values), void *arg)
{
    Datum key = datum_oid(index);
    change_row(ddl, PG_INDEX, PG_INDEX_INDEXRELID_INDEX, &key, 1, PG_INDEX_COLUMNS, change, arg);
}

const CatRelation *ddl__reopen(Ddl *ddl, Oid relation)
{
    cat_view_next_step(ddl->view);
    const CatRelation *now = cat_relation(ddl->view, relation);
    ASSERT(now != NULL);
    return now;
}

Datum ddl__int2_array(Arena *arena, const int16_t *values, uint32_t count)
{
    Datum *datums = ARENA_ARRAY(arena, Datum, count);
    for (uint32_t i = 0; i < count; i++) datums[i] = datum_i16(values[i]);
    return datum_str(array_build(arena, type_get(NULL, 21), datums, count));
}

Datum ddl__oid_array(Arena *arena, const Oid *values, uint32_t count)
{
    Datum *datums = ARENA_ARRAY(arena, Datum, count);
    for (uint32_t i = 0; i < count; i++) datums[i] = datum_oid(values[i]);
    return datum_str(array_build(arena, type_get(NULL, 26), datums, count));
}

Datum ddl__oid_vector(Arena *arena, const Oid *values, uint32_t count)
{
    Datum *datums = ARENA_ARRAY(arena, Datum, count);
    for (uint32_t i = 0; i < count; i++) datums[i] = datum_oid(values[i]);
    return datum_str(array_build_vector(arena, type_get(NULL, 26), datums, count));
}

/* ---- dependencies ---- */

static void depend(Ddl *ddl, CatObject object, CatObject on, char kind)
{
    /* What comes with the server cannot be dropped: nothing needs to remember it. */
    if (on.oid >= OID_FIRST_USER) cat_depend_add(ddl->view, object, on, kind);
}

void ddl__depend_on_type(Ddl *ddl, CatObject object, Oid type, char kind)
{
    depend(ddl, object, ddl__object(CLASS_TYPE, type, 0), kind);
}

void ddl__change_owner_dependency(Ddl *ddl, CatObject object, Oid owner)
{
    Datum keys[4] = {datum_oid(cat_view_database(ddl->view)), datum_oid(object.class_),
                     datum_oid(object.oid), datum_i32(0)};
    CatScan *scan = cat_scan_open(ddl->view, PG_SHDEPEND, PG_SHDEPEND_DEPENDER_INDEX, keys, 4);
    CatRow row;
    while (cat_scan_next(scan, &row)) {
        if ((char)row.values[PG_SHDEPEND_DEPTYPE].value.i16 == 'o')
            cat_delete(ddl->view, PG_SHDEPEND, row.id);
    }
    cat_scan_close(scan);
    cat_view_next_command(ddl->view);
    cat_depend_owner(ddl->view, object, owner);
}

typedef struct Dependence {
    CatObject on;
    char kind;
} Dependence;
typedef ARRAY_OF(Dependence) Dependences;

typedef struct DependWalk {
    Ddl *ddl;
    Dependences *found;
    const QQuery *query;
    const struct DependWalk *outer;
    Oid self;
    char self_kind;
} DependWalk;

/* Each once. */
static void note(const DependWalk *walk, CatObject on, char kind)
{
    Dependences *found = walk->found;
    if (on.oid < OID_FIRST_USER && on.oid != walk->self) return;
    for (uint32_t i = 0; i < found->count; i++)
        if (memcmp(&found->items[i].on, &on, sizeof on) == 0 && found->items[i].kind == kind)
            return;
    const Dependence new = {on, kind};
    array_push(found, new);
}

static bool depend_walk(void *arg, void *child);

static void depend_on_column(DependWalk *walk, const QVar *var)
{
    if (walk->query == NULL) {
        if (walk->self != 0)
            note(walk, ddl__object(CLASS_RELATION, walk->self, MAX(var->column, 0)),
                 walk->self_kind);
        return;
    }
    const DependWalk *level = walk;
    for (uint32_t up = var->up; up > 0 && level->outer != NULL; up--) level = level->outer;
    if (level->query == NULL || var->table == 0 || var->table > level->query->tables.count) return;
    const QTable *table = level->query->tables.items[var->table - 1];
    if (table->table == Q_RTE_RELATION)
        note(walk, ddl__object(CLASS_RELATION, table->relation, MAX(var->column, 0)), 'n');
    if (table->table != Q_RTE_JOIN) return;
    DependWalk of_join = *level;
    for (uint32_t i = 0; i < table->join_vars.count; i++)
        if (var->column == 0 || (uint32_t)var->column == i + 1)
            (void)depend_walk(&of_join, table->join_vars.items[i]);
}

/* A constant that names an object by its OID: nextval('s'::regclass). */
static void depend_on_named(DependWalk *walk, const QConst *constant)
{
    static const struct {
        Oid type, class_;
    } kinds[] = {{24, CLASS_PROC},        {2202, CLASS_PROC},     {2203, CLASS_OPERATOR},
                 {2204, CLASS_OPERATOR},  {2205, CLASS_RELATION}, {2206, CLASS_TYPE},
                 {4089, CLASS_NAMESPACE}, {4191, CLASS_COLLATION}};
    const Datum value = constant->value.datum;
    for (size_t i = 0; i < ARRAY_LEN(kinds) && !value.null; i++) {
        if (kinds[i].type == constant->type && value.value.u32 != 0)
            note(walk, ddl__object(kinds[i].class_, value.value.u32, 0), 'n');
    }
}

static bool depend_walk(void *arg, void *child)
{
    DependWalk *walk = arg;
    task_check_stack();
    const QNode *node = child;
    switch (node->kind) {
    case Q_VAR: depend_on_column(walk, Q_AS(Var, node)); break;
    case Q_CONST:
        note(walk, ddl__object(CLASS_TYPE, Q_AS(Const, node)->type, 0), 'n');
        depend_on_named(walk, Q_AS(Const, node));
        break;
    case Q_FUNC_CALL:
        note(walk, ddl__object(CLASS_PROC, Q_AS(FuncCall, node)->function, 0), 'n');
        break;
    case Q_AGGREGATE:
        note(walk, ddl__object(CLASS_PROC, Q_AS(Aggregate, node)->function, 0), 'n');
        break;
    case Q_OP_CALL: note(walk, ddl__object(CLASS_OPERATOR, Q_AS(OpCall, node)->op, 0), 'n'); break;
    case Q_COLLATE:
        note(walk, ddl__object(CLASS_COLLATION, ((const QExpr *)node)->collation, 0), 'n');
        break;
    case Q_JSON_EXPR:
    case Q_RELABEL:
    case Q_COERCE_IO:
    case Q_COERCE_DOMAIN:
    case Q_COERCE_ROW:
        note(walk, ddl__object(CLASS_TYPE, ((const QExpr *)node)->type, 0), 'n');
        break;
    case Q_TABLE:
        if (Q_AS(Table, node)->table == Q_RTE_JOIN)
            return false; /* its columns: where they are used */
        if (Q_AS(Table, node)->table == Q_RTE_RELATION)
            note(walk, ddl__object(CLASS_RELATION, Q_AS(Table, node)->relation, 0), 'n');
        break;
    case Q_QUERY: {
        DependWalk inner = *walk;
        inner.query = Q_AS(Query, node);
        for (uint32_t i = 0; i < inner.query->grouping_keys.count; i++)
            note(walk, ddl__object(CLASS_CONSTRAINT, (Oid)inner.query->grouping_keys.items[i], 0),
                 'n');
        inner.outer = walk;
        return query_walk(node, depend_walk, &inner);
    }
    default: break;
    }
    return query_walk(node, depend_walk, arg);
}

static bool reads_temporary(void *arg, void *child)
{
    Ddl *ddl = arg;
    task_check_stack();
    const QTable *table = Q_IF(Table, (QNode *)child);
    if (table == NULL || table->table != Q_RTE_RELATION)
        return query_walk(child, reads_temporary, arg);
    const CatRelation *relation = cat_relation(ddl->view, table->relation);
    return relation != NULL && relation->persistence == 't';
}

bool ddl__reads_temporary(Ddl *ddl, QQuery *query)
{
    return query_walk(query, reads_temporary, ddl);
}

char ddl__persistence(const Ddl *ddl, const AstRangeVar *name, Oid schema, int32_t position)
{
    static const char letters[] = {[AST_PERSISTENCE_PERMANENT] = 'p',
                                   [AST_PERSISTENCE_TEMPORARY] = 't',
                                   [AST_PERSISTENCE_UNLOGGED] = 'u'};
    if (schema != cat_search_path(ddl->view)->temporary) return letters[name->persistence];
    if (name->persistence != AST_PERSISTENCE_UNLOGGED) return 't';
    Error *error = error_begin(SQLSTATE_INVALID_TABLE_DEFINITION);
    error_message(error, "only temporary relations may be created in temporary schemas");
    error_position(error, position);
    error_raise(error);
}

void ddl__on_commit(const Ddl *ddl, Oid relation, char persistence, AstOnCommit action)
{
    if (action == AST_ON_COMMIT_NOTHING) return;
    if (persistence != 't')
        raise_error(SQLSTATE_INVALID_TABLE_DEFINITION,
                    "ON COMMIT can only be used on temporary tables");
    if (action != AST_ON_COMMIT_PRESERVE)
        session_on_commit(ddl->call->session, relation, action == AST_ON_COMMIT_DROP);
}

/* Who depends on columns need not say that he depends on their table. */
static bool names_part(const Dependences *found, const Dependence *whole)
{
    for (uint32_t i = 0; i < found->count; i++) {
        const CatObject on = found->items[i].on;
        if (on.class_ == whole->on.class_ && on.oid == whole->on.oid && on.sub != 0 &&
            found->items[i].kind == whole->kind)
            return true;
    }
    return false;
}

void ddl__depend_on_expr(Ddl *ddl, CatObject object, const QNode *expr, Oid self, char self_kind)
{
    Dependences found = {.arena = ddl->arena};
    DependWalk walk = {.ddl = ddl, .found = &found, .self = self, .self_kind = self_kind};
    if (expr != NULL) (void)depend_walk(&walk, (void *)expr);
    for (uint32_t i = 0; i < found.count; i++)
        if (found.items[i].on.sub != 0 || !names_part(&found, &found.items[i]))
            cat_depend_add(ddl->view, object, found.items[i].on, found.items[i].kind);
}

ExecOptions ddl__exec_options(Ddl *ddl, Scope *scope)
{
    return session_exec_options(ddl->session, session_latest_snapshot(ddl->session, scope),
                                ddl->arena);
}

ExecOptions ddl__query_options(Ddl *ddl, Scope *scope)
{
    return session_exec_options(ddl->session, session_statement_snapshot(ddl->session, scope),
                                ddl->arena);
}
