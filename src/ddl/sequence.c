/* SPDX-License-Identifier: Apache-2.0 */
/* sequence.c - CREATE SEQUENCE, and sequences of columns. The numbers live in a cell of the store, which no rollback
 * touches; pg_sequence holds how they are drawn. */
#include "ddl/ddl_internal.h"

typedef struct SequenceOptions {
    Oid type;
    int64_t start, increment, least, most, cache;
    bool cycle, start_given, least_given, most_given;
    const AstName *owned_by;
} SequenceOptions;

static int64_t option_number(Ddl *ddl, const AstOption *option)
{
    const AstIntConst *small = AST_IF(IntConst, option->value);
    if (small != NULL) return small->value;
    const AstFloatConst *big = AST_IF(FloatConst, option->value);
    int64_t value;
    if (big != NULL && str_to_i64(big->text, &value)) return value;
    Error *error = error_begin(SQLSTATE_INVALID_TEXT_REPRESENTATION);
    error_message(error, "invalid value for sequence option \"%.*s\"", STR_ARG(option->name));
    error_position(error, ddl__position(ddl, option));
    error_raise(error);
}

static void take_option(Ddl *ddl, SequenceOptions *o, const AstOption *option)
{
    if (str_equal(option->name, STR("as"))) {
        int32_t typmod;
        o->type = bind_type_name(ddl->arena, AST_AS(TypeName, option->value), &ddl->bind, &typmod);
        if (o->type != 20 && o->type != 21 && o->type != 23)
            raise_error(SQLSTATE_INVALID_PARAMETER_VALUE,
                        "sequence type must be smallint, integer, or bigint");
    } else if (str_equal(option->name, STR("increment"))) {
        o->increment = option_number(ddl, option);
        if (o->increment == 0)
            raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "INCREMENT must not be zero");
    } else if (str_equal(option->name, STR("start"))) {
        o->start = option_number(ddl, option);
        o->start_given = true;
    } else if (str_equal(option->name, STR("minvalue"))) {
        o->least_given = option->value != NULL;
        if (o->least_given) o->least = option_number(ddl, option);
    } else if (str_equal(option->name, STR("maxvalue"))) {
        o->most_given = option->value != NULL;
        if (o->most_given) o->most = option_number(ddl, option);
    } else if (str_equal(option->name, STR("cache"))) {
        o->cache = option_number(ddl, option);
        if (o->cache <= 0)
            raise_error(SQLSTATE_INVALID_PARAMETER_VALUE,
                        "CACHE (%" PRId64 ") must be greater than zero", o->cache);
    } else if (str_equal(option->name, STR("cycle"))) {
        const AstBoolConst *word = AST_IF(BoolConst, option->value);
        o->cycle = word == NULL || word->value;
    } else if (str_equal(option->name, STR("owned_by"))) {
        o->owned_by = AST_AS(Name, option->value);
    } else {
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "sequence option \"%.*s\" is not supported",
                    STR_ARG(option->name));
    }
}

static SequenceOptions read_options(Ddl *ddl, Oid type, const AstOptionList *options)
{
    SequenceOptions o = {.type = type, .increment = 1, .cache = 1};
    for (uint32_t i = 0; options != NULL && i < options->count; i++)
        take_option(ddl, &o, options->items[i]);
    int64_t type_most = o.type == 21 ? INT16_MAX : o.type == 23 ? INT32_MAX : INT64_MAX;
    int64_t type_least = -type_most - 1;
    if (!o.most_given) o.most = o.increment > 0 ? type_most : -1;
    if (!o.least_given) o.least = o.increment > 0 ? 1 : type_least;
    const char *name = o.type == 21 ? "smallint" : o.type == 23 ? "integer" : "bigint";
    if (o.most > type_most || o.most < type_least)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE,
                    "MAXVALUE (%" PRId64 ") is out of range for sequence data type %s", o.most,
                    name);
    if (o.least > type_most || o.least < type_least)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE,
                    "MINVALUE (%" PRId64 ") is out of range for sequence data type %s", o.least,
                    name);
    if (o.least >= o.most)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE,
                    "MINVALUE (%" PRId64 ") must be less than MAXVALUE (%" PRId64 ")", o.least,
                    o.most);
    if (!o.start_given) o.start = o.increment > 0 ? o.least : o.most;
    if (o.start < o.least)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE,
                    "START value (%" PRId64 ") cannot be less than MINVALUE (%" PRId64 ")", o.start,
                    o.least);
    if (o.start > o.most)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE,
                    "START value (%" PRId64 ") cannot be greater than MAXVALUE (%" PRId64 ")",
                    o.start, o.most);
    return o;
}

static Oid create(Ddl *ddl, Oid schema, Str name, const SequenceOptions *o, char persistence)
{
    static const CatNewColumn columns[] = {
        {.name = {"last_value", 10}, .type = 20, .typmod = -1, .not_null = true},
        {.name = {"log_cnt", 7}, .type = 20, .typmod = -1, .not_null = true},
        {.name = {"is_called", 9}, .type = 16, .typmod = -1, .not_null = true}};
    CatNewRelation relation = {.namespace_ = schema,
                               .owner = cat_view_role(ddl->view),
                               .name = name,
                               .kind = 'S',
                               .persistence = persistence,
                               .columns = columns,
                               .column_count = ARRAY_LEN(columns),
                               .sequence_start = o->start};
    Oid oid = cat_create_relation(ddl->view, &relation);
    Datum v[PG_SEQUENCE_COLUMNS];
    v[PG_SEQUENCE_SEQRELID] = datum_oid(oid);
    v[PG_SEQUENCE_SEQTYPID] = datum_oid(o->type);
    v[PG_SEQUENCE_SEQSTART] = datum_i64(o->start);
    v[PG_SEQUENCE_SEQINCREMENT] = datum_i64(o->increment);
    v[PG_SEQUENCE_SEQMAX] = datum_i64(o->most);
    v[PG_SEQUENCE_SEQMIN] = datum_i64(o->least);
    v[PG_SEQUENCE_SEQCACHE] = datum_i64(o->cache);
    v[PG_SEQUENCE_SEQCYCLE] = datum_bool(o->cycle);
    (void)cat_insert(ddl->view, PG_SEQUENCE, v);
    cat_view_next_command(ddl->view);
    return oid;
}

Oid ddl__create_owned_sequence(Ddl *ddl, Oid schema, Str name, Oid type,
                               const AstOptionList *options, char persistence)
{
    SequenceOptions o = read_options(ddl, type, options);
    return create(ddl, schema, name, &o, persistence);
}

Oid ddl__sequence_owner(Ddl *ddl, Oid sequence)
{
    Datum keys[3] = {datum_oid(CLASS_RELATION), datum_oid(sequence), datum_i32(0)};
    CatScan *scan = cat_scan_open(ddl->view, PG_DEPEND, PG_DEPEND_DEPENDER_INDEX, keys, 3);
    Oid table = 0;
    for (CatRow row; cat_scan_next(scan, &row);) {
        char type = (char)row.values[PG_DEPEND_DEPTYPE].value.i16;
        if ((type == 'a' || type == 'i') &&
            row.values[PG_DEPEND_REFCLASSID].value.u32 == CLASS_RELATION)
            table = row.values[PG_DEPEND_REFOBJID].value.u32;
    }
    cat_scan_close(scan);
    return table;
}

void ddl__own_sequence(Ddl *ddl, Oid sequence, Oid relation, int16_t column, char kind)
{
    cat_depend_add(ddl->view, ddl__object(CLASS_RELATION, sequence, 0),
                   ddl__object(CLASS_RELATION, relation, column), kind);
}

static void own_by_name(Ddl *ddl, Oid sequence, const AstName *owner)
{
    if (owner->parts.count == 1) {
        if (str_equal(owner->parts.items[0], STR("none"))) return;
        Error *error = error_begin(SQLSTATE_SYNTAX_ERROR);
        error_message(error, "invalid OWNED BY option");
        error_hint(error, "Specify OWNED BY table.column or OWNED BY NONE.");
        error_raise(error);
    }
    NodeStrs table = {.items = owner->parts.items, .count = owner->parts.count - 1};
    const CatRelation *relation = cat_relation_open(
        ddl->view, ddl__name_of(ddl, (const AstNode *)owner, &table), LOCK_ACCESS_SHARE, 0);
    Str name = owner->parts.items[owner->parts.count - 1];
    int16_t column = ddl__find_column(relation, name);
    if (column == 0)
        raise_error(SQLSTATE_UNDEFINED_COLUMN,
                    "column \"%.*s\" of relation \"%.*s\" does not exist", STR_ARG(name),
                    STR_ARG(relation->name));
    ddl__own_sequence(ddl, sequence, relation->oid, column, 'a');
}

void ddl__create_sequence_statement(UtilityCall *call)
{
    Ddl ddl = ddl__begin(call);
    const AstCreateSequence *ast = AST_AS(CreateSequence, call->tree);
    bool temporary = ast->sequence->persistence == AST_PERSISTENCE_TEMPORARY;
    CatName name = ddl__name(&ddl, ast->sequence);
    Oid schema = cat_namespace_for_creation(ddl.view, name, temporary);
    if (cat_relation_named(ddl.view, schema, name.name) != 0) {
        if (!ast->if_not_exists)
            raise_error(SQLSTATE_DUPLICATE_TABLE, "relation \"%.*s\" already exists",
                        STR_ARG(name.name));
        ddl__notice(&ddl, SEVERITY_NOTICE, SQLSTATE_DUPLICATE_TABLE,
                    "relation \"%.*s\" already exists, skipping", STR_ARG(name.name));
        return;
    }
    SequenceOptions o = read_options(&ddl, 20, &ast->options);
    Oid oid = create(&ddl, schema, name.name, &o, temporary ? 't' : 'p');
    if (o.owned_by != NULL) own_by_name(&ddl, oid, o.owned_by);
}
