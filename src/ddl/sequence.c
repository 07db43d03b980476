/* SPDX-License-Identifier: Apache-2.0 */
/* sequence.c - CREATE and ALTER SEQUENCE, and sequences of columns. The numbers live in a cell of the store, which no
 * rollback touches; pg_sequence holds how they are drawn. ALTER gives the sequence a new cell, so that it is undone
 * with its transaction; whoever draws numbers holds a lock that it waits for. */
#include "ddl/ddl_internal.h"

enum { TYPE_INT8 = 20, TYPE_INT2 = 21, TYPE_INT4 = 23 };

typedef enum OptionKind {
    OPTION_AS,
    OPTION_INCREMENT,
    OPTION_START,
    OPTION_RESTART,
    OPTION_MINVALUE,
    OPTION_MAXVALUE,
    OPTION_CACHE,
    OPTION_CYCLE,
    OPTION_OWNED_BY,
    OPTION_SEQUENCE_NAME,
    OPTION_LOGGED,
    OPTION_COUNT
} OptionKind;
static const char *const option_names[OPTION_COUNT] = {
    [OPTION_AS] = "as",
    [OPTION_INCREMENT] = "increment",
    [OPTION_START] = "start",
    [OPTION_RESTART] = "restart",
    [OPTION_MINVALUE] = "minvalue",
    [OPTION_MAXVALUE] = "maxvalue",
    [OPTION_CACHE] = "cache",
    [OPTION_CYCLE] = "cycle",
    [OPTION_OWNED_BY] = "owned_by",
    [OPTION_SEQUENCE_NAME] = "sequence_name",
    [OPTION_LOGGED] = "logged",
};

/* What a statement makes of a sequence: its row of pg_sequence and its cell. */
typedef struct Sequence {
    Oid type;
    int64_t start, increment, least, most, cache;
    bool cycle;
    int64_t value; /* the cell */
    bool called;
} Sequence;

typedef struct Options {
    const AstOption *given[OPTION_COUNT];
    bool create, identity;
} Options;

/* ---- what is given ---- */

static Options find_options(Ddl *ddl, const AstOptionList *list, bool create)
{
    Options options = {.create = create};
    const DdlOptionNames known = {option_names, OPTION_COUNT, "option", false};
    if (list != NULL) ddl__options_find(ddl, list, &known, options.given);
    return options;
}

/* SEQUENCE NAME is for identity columns, which take it out. */
static void forbid_name(Ddl *ddl, const Options *options)
{
    const AstOption *option = options->given[OPTION_SEQUENCE_NAME];
    if (option == NULL) return;
    Error *error = error_begin(SQLSTATE_SYNTAX_ERROR);
    error_message(error, "invalid sequence option SEQUENCE NAME");
    error_position(error, ddl__position(ddl, option));
    error_raise(error);
}

static int64_t number_of(Ddl *ddl, const AstOption *option)
{
    const AstIntConst *small = AST_IF(IntConst, option->value);
    if (small != NULL) return small->value;
    Str text = option_text(ddl->arena, option);
    TypeCall call = {.type = type_get(ddl->bind.env, TYPE_INT8),
                     .env = ddl->bind.env,
                     .arena = ddl->arena,
                     .typmod = -1};
    InputError input = {.arena = ddl->arena};
    Value value;
    if (!type_parse(&call, text, &value, &input)) input_error_raise(&input);
    return value.i64;
}

static int64_t type_most(Oid type)
{
    return type == TYPE_INT2 ? INT16_MAX : type == TYPE_INT4 ? INT32_MAX : INT64_MAX;
}

static int64_t type_least(Oid type)
{
    return -type_most(type) - 1;
}

/* ---- the options applied ---- */

static void check_type(Oid type, bool identity)
{
    if (type == TYPE_INT8 || type == TYPE_INT2 || type == TYPE_INT4) return;
    raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "%s type must be smallint, integer, or bigint",
                identity ? "identity column" : "sequence");
}

/* A limit that was its type's goes with the type. */
static void take_type(Ddl *ddl, const Options *options, Sequence *s, bool *default_most,
                      bool *default_least)
{
    const AstOption *option = options->given[OPTION_AS];
    *default_most = *default_least = options->create;
    if (option != NULL) {
        int32_t typmod;
        Oid type = bind_type_name(ddl->arena, AST_AS(TypeName, option->value), &ddl->bind, &typmod);
        check_type(type, options->identity);
        *default_most |= s->most == type_most(s->type);
        *default_least |= s->least == type_least(s->type);
        s->type = type;
    }
    check_type(s->type, options->identity);
}

static void check_limit(const Sequence *s, int64_t value, const char *what)
{
    if (value >= type_least(s->type) && value <= type_most(s->type)) return;
    raise_error(SQLSTATE_INVALID_PARAMETER_VALUE,
                "%s (%" PRId64 ") is out of range for sequence data type %s", what, value,
                s->type == TYPE_INT2   ? "smallint"
                : s->type == TYPE_INT4 ? "integer"
                                       : "bigint");
}

static void take_limits(Ddl *ddl, const Options *options, Sequence *s, bool default_most,
                        bool default_least)
{
    const AstOption *most = options->given[OPTION_MAXVALUE],
                    *least = options->given[OPTION_MINVALUE];
    const bool up = s->increment > 0;
    if (most != NULL && most->value != NULL)
        s->most = number_of(ddl, most);
    else if (most != NULL || default_most)
        s->most = up ? type_most(s->type) : -1;
    check_limit(s, s->most, "MAXVALUE");
    if (least != NULL && least->value != NULL)
        s->least = number_of(ddl, least);
    else if (least != NULL || default_least)
        s->least = up ? 1 : type_least(s->type);
    check_limit(s, s->least, "MINVALUE");
    if (s->least >= s->most)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE,
                    "MINVALUE (%" PRId64 ") must be less than MAXVALUE (%" PRId64 ")", s->least,
                    s->most);
}

static void check_within(const Sequence *s, int64_t value, const char *what)
{
    if (value < s->least)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE,
                    "%s value (%" PRId64 ") cannot be less than MINVALUE (%" PRId64 ")", what,
                    value, s->least);
    if (value > s->most)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE,
                    "%s value (%" PRId64 ") cannot be greater than MAXVALUE (%" PRId64 ")", what,
                    value, s->most);
}

static void apply(Ddl *ddl, const Options *options, Sequence *s)
{
    const AstOption *const *given = options->given;
    bool default_most, default_least;
    take_type(ddl, options, s, &default_most, &default_least);
    if (given[OPTION_INCREMENT] != NULL) s->increment = number_of(ddl, given[OPTION_INCREMENT]);
    if (s->increment == 0)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "INCREMENT must not be zero");
    if (given[OPTION_CYCLE] != NULL) s->cycle = option_bool(given[OPTION_CYCLE]);
    take_limits(ddl, options, s, default_most, default_least);
    if (given[OPTION_START] != NULL)
        s->start = number_of(ddl, given[OPTION_START]);
    else if (options->create)
        s->start = s->increment > 0 ? s->least : s->most;
    check_within(s, s->start, "START");
    const AstOption *restart = given[OPTION_RESTART];
    if (restart != NULL || options->create) {
        bool told = restart != NULL && restart->value != NULL;
        s->value = told ? number_of(ddl, restart) : s->start;
        s->called = false;
    }
    check_within(s, s->value, "RESTART");
    if (given[OPTION_CACHE] != NULL) s->cache = number_of(ddl, given[OPTION_CACHE]);
    if (s->cache <= 0)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE,
                    "CACHE (%" PRId64 ") must be greater than zero", s->cache);
}

/* ---- rows ---- */

static void put_facts(Datum *v, const Sequence *s)
{
    v[PG_SEQUENCE_SEQTYPID] = datum_oid(s->type);
    v[PG_SEQUENCE_SEQSTART] = datum_i64(s->start);
    v[PG_SEQUENCE_SEQINCREMENT] = datum_i64(s->increment);
    v[PG_SEQUENCE_SEQMAX] = datum_i64(s->most);
    v[PG_SEQUENCE_SEQMIN] = datum_i64(s->least);
    v[PG_SEQUENCE_SEQCACHE] = datum_i64(s->cache);
    v[PG_SEQUENCE_SEQCYCLE] = datum_bool(s->cycle);
}

static Oid create(Ddl *ddl, const NewSequence *new, const Sequence *s)
{
    static const CatNewColumn columns[] = {
        {.name = {"last_value", 10}, .type = 20, .typmod = -1, .not_null = true},
        {.name = {"log_cnt", 7}, .type = 20, .typmod = -1, .not_null = true},
        {.name = {"is_called", 9}, .type = 16, .typmod = -1, .not_null = true}};
    CatNewRelation relation = {.namespace_ = new->schema,
                               .owner = new->owner,
                               .name = new->name,
                               .kind = 'S',
                               .persistence = new->persistence,
                               .columns = columns,
                               .column_count = ARRAY_LEN(columns),
                               .sequence_start = s->value};
    Oid oid = cat_create_relation(ddl->view, &relation);
    Datum v[PG_SEQUENCE_COLUMNS];
    v[PG_SEQUENCE_SEQRELID] = datum_oid(oid);
    put_facts(v, s);
    (void)cat_insert(ddl->view, PG_SEQUENCE, v);
    cat_view_next_command(ddl->view);
    return oid;
}

static Sequence read_sequence(Ddl *ddl, Oid oid, RowId *id)
{
    Datum key = datum_oid(oid);
    CatScan *scan = cat_scan_open(ddl->view, PG_SEQUENCE, PG_SEQUENCE_SEQRELID_INDEX, &key, 1);
    CatRow row;
    if (!cat_scan_next(scan, &row))
        raise_error(SQLSTATE_INTERNAL_ERROR, "cache lookup failed for sequence %u", oid);
    *id = row.id;
    Sequence s = {.type = row.values[PG_SEQUENCE_SEQTYPID].value.u32,
                  .start = row.values[PG_SEQUENCE_SEQSTART].value.i64,
                  .increment = row.values[PG_SEQUENCE_SEQINCREMENT].value.i64,
                  .most = row.values[PG_SEQUENCE_SEQMAX].value.i64,
                  .least = row.values[PG_SEQUENCE_SEQMIN].value.i64,
                  .cache = row.values[PG_SEQUENCE_SEQCACHE].value.i64,
                  .cycle = row.values[PG_SEQUENCE_SEQCYCLE].value.b};
    cat_scan_close(scan);
    cat_sequence_read(ddl->view, oid, &s.value, &s.called);
    return s;
}

/* ---- the column that a sequence belongs to ---- */

static void find_owner(Ddl *ddl, Oid sequence, Oid *table, char *kind, bool forget)
{
    Datum keys[3] = {datum_oid(CLASS_RELATION), datum_oid(sequence), datum_i32(0)};
    CatScan *scan = cat_scan_open(ddl->view, PG_DEPEND, PG_DEPEND_DEPENDER_INDEX, keys, 3);
    *table = 0;
    *kind = 0;
    for (CatRow row; cat_scan_next(scan, &row);) {
        char type = (char)row.values[PG_DEPEND_DEPTYPE].value.i16;
        if ((type != 'a' && type != 'i') ||
            row.values[PG_DEPEND_REFCLASSID].value.u32 != CLASS_RELATION)
            continue;
        *table = row.values[PG_DEPEND_REFOBJID].value.u32;
        *kind = type;
        if (forget) cat_delete(ddl->view, PG_DEPEND, row.id);
    }
    cat_scan_close(scan);
}

Oid ddl__sequence_owner(Ddl *ddl, Oid sequence)
{
    Oid table;
    char kind;
    find_owner(ddl, sequence, &table, &kind, false);
    return table;
}

void ddl__own_sequence(Ddl *ddl, Oid sequence, Oid relation, int16_t column, char kind)
{
    cat_depend_add(ddl->view, ddl__object(CLASS_RELATION, sequence, 0),
                   ddl__object(CLASS_RELATION, relation, column), kind);
}

/* OWNED BY table.column: the two must live and belong together. `*column` 0: OWNED BY NONE. */
static const CatRelation *owner_named(Ddl *ddl, const AstOption *option, int16_t *column)
{
    const AstName *owner = AST_AS(Name, option->value);
    *column = 0;
    if (owner->parts.count == 1) {
        if (str_equal(owner->parts.items[0], STR("none"))) return NULL;
        Error *error = error_begin(SQLSTATE_SYNTAX_ERROR);
        error_message(error, "invalid OWNED BY option");
        error_hint(error, "Specify OWNED BY table.column or OWNED BY NONE.");
        error_raise(error);
    }
    NodeStrs table = {.items = owner->parts.items, .count = owner->parts.count - 1};
    CatName name = ddl__name_of(ddl, (const AstNode *)owner, &table);
    name.location = 0;
    const CatRelation *relation = cat_relation_open(ddl->view, name, LOCK_ACCESS_SHARE, 0);
    if (strchr("rfvp", relation->kind) == NULL) {
        Error *error = error_begin(SQLSTATE_WRONG_OBJECT_TYPE);
        error_message(error, "sequence cannot be owned by relation \"%.*s\"",
                      STR_ARG(relation->name));
        error_detail(error, "This operation is not supported for %s.",
                     ddl__relation_kinds(relation->kind));
        error_raise(error);
    }
    Str last = owner->parts.items[owner->parts.count - 1];
    *column = ddl__find_column(relation, last);
    return relation;
}

static void own_by_name(Ddl *ddl, Oid sequence, const Options *options)
{
    const AstOption *option = options->given[OPTION_OWNED_BY];
    if (option == NULL) return;
    int16_t column;
    const CatRelation *owner = owner_named(ddl, option, &column);
    const CatRelation *own = cat_relation(ddl->view, sequence);
    if (owner != NULL) {
        const AstName *name = AST_AS(Name, option->value);
        Str last = name->parts.items[name->parts.count - 1];
        if (owner->owner != own->owner)
            raise_error(SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                        "sequence must have same owner as table it is linked to");
        if (owner->namespace_ != own->namespace_)
            raise_error(SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                        "sequence must be in same schema as table it is linked to");
        if (column == 0)
            raise_error(SQLSTATE_UNDEFINED_COLUMN,
                        "column \"%.*s\" of relation \"%.*s\" does not exist", STR_ARG(last),
                        STR_ARG(owner->name));
    }
    Oid table;
    char kind;
    find_owner(ddl, sequence, &table, &kind, true);
    if (kind == 'i') {
        Error *error = error_begin(SQLSTATE_FEATURE_NOT_SUPPORTED);
        error_message(error, "cannot change ownership of identity sequence");
        error_detail(error, "Sequence \"%.*s\" is linked to table \"%.*s\".", STR_ARG(own->name),
                     STR_ARG(cat_relation(ddl->view, table)->name));
        error_raise(error);
    }
    if (owner != NULL) ddl__own_sequence(ddl, sequence, owner->oid, column, 'a');
}

/* ---- sequences of columns ---- */

/* The name that an identity column's options give: where to make it. */
static void place_sequence(Ddl *ddl, const Options *options, NewSequence *new)
{
    const AstOption *option = options->given[OPTION_SEQUENCE_NAME];
    if (option == NULL) {
        if (new->name.data == NULL)
            new->name = ddl__choose_relation_name(ddl, new->table, new->column, "seq", new->schema);
        return;
    }
    CatName name = ddl__name_of(ddl, option->value, &AST_AS(Name, option->value)->parts);
    if (name.schema.data != NULL) new->schema = ddl__schema_for(ddl, name, new->persistence == 't');
    new->name = name.name;
}

Oid ddl__create_owned_sequence(Ddl *ddl, const NewSequence *given)
{
    NewSequence new = *given;
    Options options = find_options(ddl, new.options, true);
    options.identity = new.identity;
    Sequence s = {.type = new.type, .increment = 1, .cache = 1};
    const AstOption *as = options.given[OPTION_AS];
    if (as != NULL) ddl__refuse_twice(ddl, as); /* the column's own type is one already */
    place_sequence(ddl, &options, &new);
    if (new.persistence != 't')
        cat_check_privilege(ddl->view, ddl__object(CLASS_NAMESPACE, new.schema, 0), PRIV_CREATE);
    apply(ddl, &options, &s);
    if (new.owner == 0) new.owner = cat_view_role(ddl->view);
    return create(ddl, &new, &s);
}

/* ---- the statements ---- */

void ddl__create_sequence_statement(UtilityCall *call)
{
    Ddl ddl = ddl__begin(call);
    const AstCreateSequence *ast = AST_AS(CreateSequence, call->tree);
    bool temporary = ast->sequence->persistence == AST_PERSISTENCE_TEMPORARY;
    CatName name = ddl__name(&ddl, ast->sequence);
    NewSequence new = {.schema = ddl__schema_for(&ddl, name, temporary),
                       .owner = cat_view_role(ddl.view),
                       .name = name.name};
    new.persistence = ddl__persistence(&ddl, ast->sequence, new.schema, 0);
    if (cat_relation_named(ddl.view, new.schema, name.name) != 0) {
        if (!ast->if_not_exists)
            raise_error(SQLSTATE_DUPLICATE_TABLE, "relation \"%.*s\" already exists",
                        STR_ARG(name.name));
        ddl__notice(&ddl, SEVERITY_NOTICE, SQLSTATE_DUPLICATE_TABLE,
                    "relation \"%.*s\" already exists, skipping", STR_ARG(name.name));
        return;
    }
    Options options = find_options(&ddl, &ast->options, true);
    forbid_name(&ddl, &options);
    Sequence s = {.type = TYPE_INT8, .increment = 1, .cache = 1};
    apply(&ddl, &options, &s);
    Oid oid = create(&ddl, &new, &s);
    own_by_name(&ddl, oid, &options);
}

static void alter_options(Ddl *ddl, Oid oid, const Options *options)
{
    bool only_owner = true;
    for (uint32_t i = 0; i < OPTION_COUNT; i++)
        only_owner &= options->given[i] == NULL || i == OPTION_OWNED_BY;
    if (only_owner) return;
    RowId id;
    Sequence s = read_sequence(ddl, oid, &id);
    apply(ddl, options, &s);
    Datum v[PG_SEQUENCE_COLUMNS];
    v[PG_SEQUENCE_SEQRELID] = datum_oid(oid);
    put_facts(v, &s);
    cat_update(ddl->view, PG_SEQUENCE, id, v);
    cat_sequence_replace(ddl->view, oid, s.value, s.called);
    cat_view_next_command(ddl->view);
}

void ddl__alter_sequence_options(Ddl *ddl, Oid oid, const AstOptionList *list, bool identity)
{
    Options options = find_options(ddl, list, false);
    options.identity = identity;
    alter_options(ddl, oid, &options);
}

void ddl__restart_sequence(Ddl *ddl, Oid oid)
{
    RowId id;
    const Sequence s = read_sequence(ddl, oid, &id);
    cat_sequence_replace(ddl->view, oid, s.start, false);
}

/* The type of its column has changed. */
void ddl__alter_sequence_type(Ddl *ddl, Oid oid, Oid type)
{
    RowId id;
    Sequence s = read_sequence(ddl, oid, &id);
    if (s.most == type_most(s.type)) s.most = type_most(type);
    if (s.least == type_least(s.type)) s.least = type_least(type);
    check_type(type, true);
    s.type = type;
    check_limit(&s, s.most, "MAXVALUE");
    check_limit(&s, s.least, "MINVALUE");
    Datum v[PG_SEQUENCE_COLUMNS];
    v[PG_SEQUENCE_SEQRELID] = datum_oid(oid);
    put_facts(v, &s);
    cat_update(ddl->view, PG_SEQUENCE, id, v);
    cat_view_next_command(ddl->view);
}

void ddl__alter_sequence(UtilityCall *call)
{
    Ddl ddl = ddl__begin(call);
    const AstAlterSequence *ast = AST_AS(AlterSequence, call->tree);
    const CatRelation *relation = ddl__open_to_alter(&ddl, ast->sequence, AST_OBJECT_TABLE,
                                                     LOCK_SHARE_ROW_EXCLUSIVE, ast->if_exists);
    if (relation == NULL) return;
    if (relation->kind != 'S') {
        Error *error = error_begin(SQLSTATE_WRONG_OBJECT_TYPE);
        error_message(error, "cannot open relation \"%.*s\"", STR_ARG(relation->name));
        error_detail(error, "This operation is not supported for %s.",
                     ddl__relation_kinds(relation->kind));
        error_raise(error);
    }
    Options options = find_options(&ddl, &ast->options, false);
    forbid_name(&ddl, &options);
    Oid oid = relation->oid;
    alter_options(&ddl, oid, &options);
    own_by_name(&ddl, oid, &options);
}
