/* SPDX-License-Identifier: Apache-2.0 */
/* expression.c - expressions that stand alone: in CHECK, DEFAULT, indexes, policies; and how they are kept. */
#include "bind/bind_internal.h"

#include "base/scope.h"

static const Place places[] = {
    [BIND_CHECK] = PLACE_CHECK,
    [BIND_DOMAIN_CHECK] = PLACE_DOMAIN_CHECK,
    [BIND_DEFAULT] = PLACE_COLUMN_DEFAULT,
    [BIND_FUNCTION_DEFAULT] = PLACE_FUNCTION_DEFAULT,
    [BIND_INDEX] = PLACE_INDEX,
    [BIND_INDEX_PREDICATE] = PLACE_INDEX_PREDICATE,
    [BIND_GENERATED] = PLACE_GENERATED,
    [BIND_ALTER_USING] = PLACE_ALTER_USING,
    [BIND_PARTITION_BOUND] = PLACE_PARTITION_BOUND,
    [BIND_PARTITION_KEY] = PLACE_PARTITION_KEY,
    [BIND_TRIGGER_WHEN] = PLACE_TRIGGER_WHEN,
    [BIND_POLICY] = PLACE_POLICY,
    [BIND_CALL] = PLACE_CALL,
    [BIND_COPY_WHERE] = PLACE_COPY_WHERE,
    [BIND_EXECUTE] = PLACE_EXECUTE,
    [BIND_LIMIT] = PLACE_LIMIT,
    [BIND_STATISTICS] = PLACE_STATISTICS,
};

/* How the error of a value that does not fit names the two. */
static const char *mismatch_format(BindUse use)
{
    switch (use) {
    case BIND_DEFAULT:
    case BIND_GENERATED:
        return "column \"%.*s\" is of type %.*s but default expression is of type %.*s";
    case BIND_EXECUTE: return "%.*s of type %.*s cannot be coerced to the expected type %.*s";
    default: return "argument of %.*s must be type %.*s, not type %.*s";
    }
}

static QExpr *fit(const Bind *bind, QExpr *expr, BindUse use, Oid type, int32_t typmod, Str what)
{
    if (!type) {
        if (expr->type != OID_UNKNOWN || use == BIND_ALTER_USING) return expr;
        return bind__coerce_type(bind, expr, OID_TEXT, -1, 'i', Q_CALL_IMPLICIT_CAST,
                                 NODE_NO_LOCATION);
    }
    Oid from = expr->type;
    QExpr *made = bind__coerce(bind, expr, type, typmod, 'a', Q_CALL_IMPLICIT_CAST,
                               NODE_NO_LOCATION);
    if (made) return made;
    bool assigned = use == BIND_DEFAULT || use == BIND_GENERATED || use == BIND_EXECUTE;
    int32_t location = use == BIND_DEFAULT || use == BIND_GENERATED ? NODE_NO_LOCATION
                                                                    : bind__location(expr);
    Error *error = bind__error(bind, DATATYPE_MISMATCH, location);
    Oid first = use == BIND_EXECUTE ? from : type, second = use == BIND_EXECUTE ? type : from;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    error_message(error, mismatch_format(use), STR_ARG(what), STR_ARG(bind__type_text(bind, first)),
                  STR_ARG(bind__type_text(bind, second)));
#pragma GCC diagnostic pop
    if (assigned) error_hint(error, "You will need to rewrite or cast the expression.");
    error_raise(error);
}

static void name_relation(Level *level, const CatRelation *relation)
{
    AstRangeVar name = {.kind = AST_RANGE_VAR, .location = NODE_NO_LOCATION};
    NsItem *item = bind__add_relation(level, relation, &name, true);
    bind__push_name(level, item, true, true);
}

QExpr *bind_expression(Arena *arena, const AstNode *expression, const BindOptions *options,
                       const CatRelation *relation, BindUse use, Oid type, int32_t typmod, Str what)
{
    Bind *bind = arena_alloc(arena, sizeof(*bind));
    *bind = (Bind){.arena = arena, .options = options, .view = options->view};
    Level *level = bind__level_new(bind, NULL);
    if (relation) name_relation(level, relation);
    if (options->domain_value) {
        QDomainValue *value = Q_NEW(arena, DomainValue);
        value->type = options->domain_value;
        value->typmod = options->domain_typmod;
        value->collation = bind__type_collation(bind, value->type);
        level->domain_value = &value->base;
    }
    QExpr *expr = bind__expr(level, expression, places[use]);
    expr = fit(bind, expr, use, type, typmod, what);
    bind__collate(bind, expr);
    return expr;
}

QFuncCall *bind_procedure(Arena *arena, const AstFuncCall *call, const BindOptions *options)
{
    Bind *bind = arena_alloc(arena, sizeof(*bind));
    *bind = (Bind){.arena = arena, .options = options, .view = options->view};
    Level *level = bind__level_new(bind, NULL);
    level->place = PLACE_CALL;
    QFuncCall *made = bind__procedure_call(level, call);
    bind__collate(bind, made);
    return made;
}

/* ---- stored trees */

Str bind_store(Arena *arena, const QNode *node)
{
    StrBuilder out = str_builder(arena, 256);
    query_print(&out, node);
    return str_done(&out);
}

QNode *bind_load(Arena *arena, Str stored)
{
    void *node;
    if (!query_read(arena, stored, &node))
        raise_error(SQLSTATE_INTERNAL_ERROR, "malformed node tree in the catalog");
    return node;
}

/* What an entry's slot holds. */
typedef struct Stored {
    Arena *arena;
    QNode *node;
} Stored;

static void release_stored(void *slot)
{
    arena_drop(((Stored *)slot)->arena);
}

static void drop_arena(void *arena)
{
    arena_drop(arena);
}

const QNode *bind_stored(const CatExpr *expr)
{
    /* The slot is a cache inside an entry that is constant otherwise. */
    CatExpr *entry = (CatExpr *)expr;
    Stored *have = atomic_load(&entry->slot);
    if (have) return have->node;
    SCOPED(scope);
    Arena *arena = arena_new(expr->account, "stored expression");
    scope_add(scope, drop_arena, arena);
    Stored *made = ARENA_NEW(arena, Stored);
    made->arena = arena;
    made->node = bind_load(arena, expr->stored);
    void *none = NULL;
    entry->slot_release = release_stored;
    if (!atomic_compare_exchange_strong(&entry->slot, &none, made))
        return ((Stored *)none)->node; /* another was first */
    scope_forget(scope, arena);
    return made->node;
}

/* ---- routines by name and types */

static bool same_parameters(const CatFunction *function, const Oid *types, uint32_t count)
{
    return function->arg_count == count && oids_equal(function->args, types, count);
}

/* What a statement may call a routine by its name alone. */
static bool is_of_kind(const CatFunction *function, AstObjectType kind)
{
    switch (kind) {
    case AST_OBJECT_PROCEDURE: return function->kind == 'p';
    case AST_OBJECT_FUNCTION: return function->kind != 'p';
    case AST_OBJECT_AGGREGATE: return function->kind == 'a';
    default: return true;
    }
}

static const char *kind_word(AstObjectType kind)
{
    switch (kind) {
    case AST_OBJECT_PROCEDURE: return "procedure";
    case AST_OBJECT_AGGREGATE: return "aggregate";
    case AST_OBJECT_ROUTINE: return "routine";
    default: return "function";
    }
}

static _Noreturn void raise_ambiguous(const Bind *bind, AstObjectType kind, Str name)
{
    const char *word = kind_word(kind);
    Error *error = bind__error(bind, AMBIGUOUS_FUNCTION, NODE_NO_LOCATION);
    error_message(error, "%s name \"%.*s\" is not unique", word, STR_ARG(name));
    error_hint(error, "Specify the argument list to select the %s unambiguously.", word);
    error_raise(error);
}

/* `types` NULL: the name alone tells. */
static const CatFunction *visible(const Bind *bind, AstObjectType kind, CatName name,
                                  const Oid *types, uint32_t type_count)
{
    const SearchPath *path = cat_search_path(bind->view);
    Oid only = name.schema.data ? cat_namespace_used(bind->view, name.schema, 0) : 0;
    const CatFunction *found = NULL;
    uint32_t count;
    if (name.schema.data && !only)
        bind__raise(bind, INVALID_SCHEMA_NAME, NODE_NO_LOCATION, "schema \"%.*s\" does not exist",
                    STR_ARG(name.schema));
    const CatFunction **all = cat_functions_named(bind->view, name.name, &count);
    for (uint32_t at = 0; at < (only ? 1 : path->lasting_count) && !(found && types); at++)
        for (uint32_t i = 0; i < count; i++) {
            if (all[i]->namespace_ != (only ? only : path->lasting[at])) continue;
            if (types ? !same_parameters(all[i], types, type_count) : !is_of_kind(all[i], kind))
                continue;
            /* One of the same arguments in a schema further in front hides it. */
            if (found && found->namespace_ != all[i]->namespace_ &&
                same_parameters(all[i], found->args, found->arg_count))
                continue;
            if (found) raise_ambiguous(bind, kind, name.name);
            found = all[i];
        }
    return found;
}

Oid bind_routine(const AstRoutineRef *routine, AstObjectType kind, const BindOptions *options,
                 bool missing_ok)
{
    Arena *arena = options->env->stmt;
    Bind bind = {.arena = arena, .options = options, .view = options->view};
    BindOptions without_places = *options; /* PostgreSQL's errors of types say no place here */
    without_places.sql = (Str){0};
    const Bind for_types = {.arena = arena, .options = &without_places, .view = options->view};
    CatName name = bind__qualified(&bind, routine->names, routine->location);
    Oid *types = ARENA_ARRAY(arena, Oid, routine->params.count + 1);
    uint32_t count = 0;
    StrBuilder text = str_builder(arena, 64);
    if (routine->star) str_add_char(&text, '*');
    for (uint32_t i = 0; i < routine->params.count; i++) {
        const AstFuncParam *param = routine->params.items[i];
        int32_t typmod;
        if (param->mode == AST_PARAM_OUT || param->mode == AST_PARAM_TABLE) continue;
        types[count] = bind__type_name(&for_types, param->type, &typmod);
        if (count) str_add(&text, STR(", "));
        str_add(&text, bind__type_text(&bind, types[count++]));
    }
    const CatFunction *found = visible(&bind, kind, name, routine->no_params ? NULL : types, count);
    if (found) return found->oid;
    if (missing_ok) return 0;
    Str whole = bind__name_text(&bind, routine->names);
    const char *word = kind_word(kind == AST_OBJECT_ROUTINE ? AST_OBJECT_FUNCTION : kind);
    if (routine->no_params)
        raise_error(SQLSTATE_UNDEFINED_FUNCTION, "could not find %s %s named \"%.*s\"",
                    word[0] == 'a' ? "an" : "a", word, STR_ARG(whole));
    raise_error(SQLSTATE_UNDEFINED_FUNCTION, "%s %.*s(%.*s) does not exist", word, STR_ARG(whole),
                STR_ARG(str_peek(&text)));
}
