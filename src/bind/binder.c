/* SPDX-License-Identifier: Apache-2.0 */
/* binder.c - the way in, errors with their positions, and what may stand where. */
#include "bind/bind.h"

#include "bind/bind_internal.h"
#include "bind/json_ops.h"

/* ---- places */

static const PlaceFacts places[PLACE_COUNT] = {
    [PLACE_NONE] = {"an expression", true, true, true, NULL, false},
    [PLACE_TARGET] = {"SELECT", true, true, true, NULL, false},
    [PLACE_WHERE] = {"WHERE", false, false, false, NULL, false},
    [PLACE_HAVING] = {"HAVING", true, false, false, NULL, false},
    [PLACE_FILTER] = {"FILTER", false, false, false, NULL, false},
    [PLACE_JOIN_ON] = {"JOIN conditions", false, false, false, NULL, false},
    [PLACE_JOIN_USING] = {"JOIN conditions", false, false, false, NULL, false},
    [PLACE_FROM_SUBSELECT] = {"FROM clause of their own query level", false, false, true, NULL,
                              false},
    [PLACE_FROM_FUNCTION] = {"functions in FROM", false, false, true, NULL, false},
    [PLACE_GROUP_BY] = {"GROUP BY", false, false, true, NULL, false},
    [PLACE_ORDER_BY] = {"ORDER BY", true, true, true, NULL, false},
    [PLACE_DISTINCT_ON] = {"DISTINCT ON", true, true, true, NULL, false},
    [PLACE_LIMIT] = {"LIMIT", false, false, false, NULL, false},
    [PLACE_OFFSET] = {"OFFSET", false, false, false, NULL, false},
    [PLACE_WINDOW_PARTITION] = {"window definitions", true, false, true, NULL, false},
    [PLACE_WINDOW_ORDER] = {"window definitions", true, false, true, NULL, false},
    [PLACE_FRAME_RANGE] = {"window RANGE", false, false, false, NULL, false},
    [PLACE_FRAME_ROWS] = {"window ROWS", false, false, false, NULL, false},
    [PLACE_FRAME_GROUPS] = {"window GROUPS", false, false, false, NULL, false},
    [PLACE_INSERT_TARGET] = {"INSERT", true, true, true, NULL, false},
    [PLACE_UPDATE_SOURCE] = {"UPDATE", false, false, false, NULL, false},
    [PLACE_UPDATE_TARGET] = {"UPDATE", false, false, false, NULL, false},
    [PLACE_MERGE_WHEN] = {"MERGE WHEN conditions", false, false, false, NULL, false},
    [PLACE_RETURNING] = {"RETURNING", false, false, false, NULL, false},
    [PLACE_MERGE_RETURNING] = {"RETURNING", false, false, false, NULL, false},
    [PLACE_VALUES] = {"VALUES", false, false, false, NULL, false},
    [PLACE_VALUES_SINGLE] = {"VALUES", false, false, true, NULL, false},
    [PLACE_CHECK] = {"check constraints", false, false, false, "check constraint", false},
    [PLACE_DOMAIN_CHECK] = {"check constraints", false, false, false, "check constraint", false},
    [PLACE_COLUMN_DEFAULT] = {"DEFAULT expressions", false, false, false, "DEFAULT expression",
                              true},
    [PLACE_FUNCTION_DEFAULT] = {"DEFAULT expressions", false, false, false, "DEFAULT expression",
                                true},
    [PLACE_INDEX] = {"index expressions", false, false, false, "index expression", false},
    [PLACE_INDEX_PREDICATE] = {"index predicates", false, false, false, "index predicate", false},
    [PLACE_STATISTICS] = {"statistics expressions", false, false, false, "statistics expression",
                          false},
    [PLACE_ALTER_USING] = {"transform expressions", false, false, false, "transform expression",
                           false},
    [PLACE_EXECUTE] = {"EXECUTE parameters", false, false, false, "EXECUTE parameter", false},
    [PLACE_TRIGGER_WHEN] = {"trigger WHEN conditions", false, false, false,
                            "trigger WHEN condition", false},
    [PLACE_POLICY] = {"policy expressions", false, false, false, NULL, false},
    [PLACE_PARTITION_BOUND] = {"partition bound", false, false, false, "partition bound", true},
    [PLACE_PARTITION_KEY] = {"partition key expressions", false, false, false,
                             "partition key expression", false},
    [PLACE_CALL] = {"CALL arguments", false, false, false, "CALL argument", false},
    [PLACE_COPY_WHERE] = {"COPY FROM WHERE conditions", false, false, false,
                          "COPY FROM WHERE condition", false},
    [PLACE_GENERATED] = {"column generation expressions", false, false, false,
                         "column generation expression", false},
    [PLACE_CYCLE_MARK] = {"CYCLE", false, false, false, NULL, false},
};

const PlaceFacts *bind__place(Place place)
{
    return &places[place];
}

const char *bind__frame_or(Place place)
{
    switch (place) {
    case PLACE_FRAME_RANGE:
    case PLACE_FRAME_ROWS:
    case PLACE_FRAME_GROUPS: return "window definitions";
    default: return places[place].name;
    }
}

/* ---- errors */

int32_t bind__position(const Bind *bind, int32_t location)
{
    return location < 0 || bind->options->sql.data == NULL
               ? 0
               : parse_position(bind->options->sql, location);
}

void bind__raise_input(const Bind *bind, const InputError *err, int32_t location)
{
    error_raise(error_position(input_error_begin(err), bind__position(bind, location)));
}

void bind__not_yet(const Bind *bind, int32_t location, const char *what)
{
    bind__raise(bind, FEATURE_NOT_SUPPORTED, location, "%s is not supported yet", what);
}

Str bind__type_text(const Bind *bind, Oid type)
{
    return cat_type_name(bind->view, bind->arena, type, -1);
}

Str bind__type_text_mod(const Bind *bind, Oid type, int32_t typmod)
{
    return cat_type_name(bind->view, bind->arena, type, typmod);
}

Str bind__name_text(const Bind *bind, NodeStrs names)
{
    StrBuilder text = str_builder(bind->arena, 32);
    for (uint32_t i = 0; i < names.count; i++) {
        if (i) str_add_char(&text, '.');
        str_add(&text, names.items[i]);
    }
    return str_done(&text);
}

static int32_t leftmost(int32_t a, int32_t b)
{
    return a < 0 ? b : b < 0 ? a : MIN(a, b);
}

static bool take_leftmost(void *arg, void *child)
{
    int32_t *location = arg;
    *location = leftmost(*location, bind__location(child));
    return false;
}

/* Kinds that begin with an operand rather than with a word of their own. */
static bool begins_with_operand(const QExpr *expr)
{
    switch (expr->kind) {
    case Q_FUNC_CALL:
    case Q_OP_CALL:
    case Q_ARRAY_OP:
    case Q_DISTINCT_FROM:
    case Q_NULL_IF:
    case Q_BOOL:
    case Q_NULL_TEST:
    case Q_TRUTH:
    case Q_RELABEL:
    case Q_COERCE_IO:
    case Q_COERCE_ARRAY:
    case Q_COERCE_ROW:
    case Q_COERCE_DOMAIN:
    case Q_COLLATE:
    case Q_FIELD_SELECT:
    case Q_ROW_COMPARE: return true;
    case Q_JSON_EXPR: return Q_AS(JsonExpr, expr)->op == JSON_EXPR_IS;
    default: return false;
    }
}

int32_t bind__location(const QExpr *expr)
{
    if (!expr) return NODE_NO_LOCATION;
    task_check();
    int32_t location = expr->location;
    if (begins_with_operand(expr))
        query_walk(expr, take_leftmost, &location);
    else if (expr->kind == Q_SUBSCRIPT)
        location = leftmost(location, bind__location(Q_AS(Subscript, expr)->arg));
    else if (expr->kind == Q_SUB_LINK)
        location = leftmost(location, bind__location(Q_AS(SubLink, expr)->test));
    return location;
}

static bool take_leftmost_ast(void *arg, void *child)
{
    int32_t *location = arg;
    *location = leftmost(*location, bind__ast_location(child));
    return false;
}

int32_t bind__ast_location(const AstNode *node)
{
    if (!node) return NODE_NO_LOCATION;
    task_check();
    int32_t location = node->location;
    switch (node->kind) {
    case AST_OP_EXPR:
    case AST_OP_ANY_EXPR:
    case AST_BOOL_EXPR:
    case AST_NOT_EXPR:
    case AST_NULL_TEST:
    case AST_TRUTH_EXPR:
    case AST_DISTINCT_EXPR:
    case AST_NULL_IF_EXPR:
    case AST_IN_EXPR:
    case AST_BETWEEN_EXPR:
    case AST_LIKE_EXPR:
    case AST_COLLATE_EXPR:
    case AST_CAST_EXPR:
    case AST_INDIRECTION:
    case AST_FUNC_CALL: ast_walk(node, take_leftmost_ast, &location); break;
    default: break;
    }
    return location;
}

/* ---- the way in */

static Bind begin(Arena *arena, const BindOptions *options)
{
    return (Bind){.arena = arena, .options = options, .view = options->view};
}

QQuery *bind_statement(Arena *arena, const AstNode *tree, const BindOptions *options)
{
    Bind *bind = arena_alloc(arena, sizeof(*bind));
    *bind = begin(arena, options);
    QQuery *query = bind__query(NULL, tree, bind, NULL, false, true);
    query->can_set_tag = true;
    return query;
}

void bind_check_params(const BindParams *params)
{
    for (uint32_t i = 0; i < params->count; i++)
        if (params->types[i] == 0 || params->types[i] == OID_UNKNOWN)
            raise_error(SQLSTATE_INDETERMINATE_DATATYPE,
                        "could not determine data type of parameter $%u", i + 1);
}

Oid bind_type_name(Arena *arena, const AstTypeName *name, const BindOptions *options,
                   int32_t *typmod)
{
    Bind bind = begin(arena, options);
    return bind__type_name(&bind, name, typmod);
}

Oid bind_find_type_name(Arena *arena, const AstTypeName *name, const BindOptions *options)
{
    int32_t typmod;
    Bind bind = begin(arena, options);
    return bind__find_type_name(&bind, name, &typmod);
}

typedef struct TypeParse {
    Arena *arena;
    Str text;
    const BindOptions *options;
    Oid type;
    int32_t typmod;
    bool parsed;  /* the grammar takes it */
    bool no_name; /* SETOF */
} TypeParse;

static void parse_type(void *arg)
{
    TypeParse *parse = arg;
    ParseOptions options = parse_options_default();
    options.mode = PARSE_TYPE_NAME;
    ParseResult *parsed = parse_sql(parse->arena, parse->text, &options);
    const AstTypeName *name = AST_AS(TypeName, parsed->statements[0].tree);
    BindOptions inner = *parse->options;
    inner.sql = parse->text;
    Bind bind = begin(parse->arena, &inner);
    parse->parsed = true;
    parse->no_name = name->setof;
    if (!name->setof) parse->type = bind__type_name(&bind, name, &parse->typmod);
}

bool bind_type_parse(Arena *arena, Str text, const BindOptions *options, Oid *type, int32_t *typmod,
                     InputError *err)
{
    TypeParse parse = {.arena = arena, .text = text, .options = options};
    Error *error;
    const bool good = str_trim(text, " \t\r\n").bytes > 0;
    if (good && error_catch(parse_type, &parse, arena, &error) && !parse.no_name) {
        *type = parse.type;
        *typmod = parse.typmod;
        return true;
    }
    if (!good || parse.no_name)
        return input_error(err, SQLSTATE_SYNTAX_ERROR, "invalid type name \"%.*s\"", STR_ARG(text));
    input_error(err, error->code, "%.*s", STR_ARG(error->message));
    if (error->hint.bytes) input_error_hint(err, "%.*s", STR_ARG(error->hint));
    if (!parse.parsed) input_error_context(err, "invalid type name \"%.*s\"", STR_ARG(text));
    /* A type that is not there is bad input, as of any type; what is no name of a type is an error everywhere. */
    if (error->code != SQLSTATE_UNDEFINED_OBJECT && error->code != SQLSTATE_INVALID_SCHEMA_NAME)
        input_error_insist(err, parse.parsed ? 0 : error->position);
    error_clear();
    return false;
}

QExpr *bind_coerce(Arena *arena, QExpr *expr, Oid type, int32_t typmod, char context,
                   QCallForm form, const BindOptions *options)
{
    Bind bind = begin(arena, options);
    return bind__coerce(&bind, expr, type, typmod, context, form, NODE_NO_LOCATION);
}
