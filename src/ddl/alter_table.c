/* SPDX-License-Identifier: Apache-2.0 */
/* alter_table.c - ALTER TABLE and its like: the table of actions, and those on whole relations and on whole columns.
 * A statement's actions have their turns, as PostgreSQL gives them: what is dropped goes first, keys come last. Few
 * actions rewrite the table (rewrite.c): a new column's default is kept with the layout (docs/design.md section 3), a
 * dropped column stays in old rows unseen. */
#include "ddl/alter.h"
#include "ddl/column.h"

#include "expr/expr.h"
#include "table/table.h"
#include "type/array.h"

const CatRelation *ddl__alter_relation(Alter *alter)
{
    return ddl__reopen(&alter->ddl, alter->oid);
}

int16_t ddl__alter_column(const CatRelation *relation, Str name)
{
    int16_t column = ddl__find_column(relation, name);
    if (column != 0) return column;
    if (cat_system_column(name) != 0)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "cannot alter system column \"%.*s\"",
                    STR_ARG(name));
    raise_error(SQLSTATE_UNDEFINED_COLUMN, "column \"%.*s\" of relation \"%.*s\" does not exist",
                STR_ARG(name), STR_ARG(relation->name));
}

/* ---- ADD COLUMN ---- */

/* The value that rows older than the column show. False: it differs from row to row, and rows are there. */
static bool missing_value(Alter *alter, const CatRelation *relation, const CatNewColumn *column,
                          const AstNode *expr, Datum *missing)
{
    Ddl *ddl = &alter->ddl;
    *missing = datum_null();
    if (expr == NULL) return true;
    QExpr *bound = bind_expression(ddl->arena, expr, &ddl->bind, relation, BIND_DEFAULT,
                                   column->type, column->typmod, column->name);
    if (expr_is_volatile(bound, ddl->bind.env)) return table_row_bound(relation->table) == 0;
    *missing = expr_value(ddl->arena, bound, ddl->bind.env);
    return true;
}

typedef struct Missing {
    Datum array;
} Missing;

static void set_missing(void *arg, Datum *values)
{
    values[PG_ATTRIBUTE_ATTHASMISSING] = datum_bool(true);
    values[PG_ATTRIBUTE_ATTMISSINGVAL] = ((const Missing *)arg)->array;
}

static void set_column_count(void *arg, Datum *values)
{
    values[PG_CLASS_RELNATTS] = datum_i16(*(const int16_t *)arg);
}

/* The further layout, and the column's rows of the catalogs. */
static void append_column(Alter *alter, const CatRelation *relation, const CatNewColumn *column,
                          Datum missing)
{
    Ddl *ddl = &alter->ddl;
    Table *table = relation->table;
    uint32_t count = table_column_count(table);
    TableColumn *columns = ARENA_ARRAY(ddl->arena, TableColumn, count + 1);
    memcpy(columns, table_columns(table), count * sizeof(TableColumn));
    const Type *type = type_get(ddl->bind.env, column->type);
    columns[count] = (TableColumn){.number = (uint16_t)count,
                                   .phys = (uint8_t)type->phys,
                                   .missing = missing};
    Status status = table_change_columns(table, columns, count + 1);
    if (status == ST_UNSUPPORTED)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "ADD COLUMN with a default of more than 2000 bytes is not supported");
    CHECK(status);
    int16_t number = (int16_t)(relation->column_count + 1);
    cat_create_column(ddl->view, alter->oid, relation->kind, number, (uint16_t)count, column);
    ddl__update_class(ddl, alter->oid, set_column_count, &number);
    cat_invalidate(ddl->view, CLASS_RELATION, alter->oid);
    if (missing.null) return;
    cat_view_next_command(ddl->view);
    Missing value = {datum_str(array_build(ddl->arena, type, &missing, 1))};
    ddl__update_attribute(ddl, alter->oid, number, set_missing, &value);
}

/* A column whose value differs from row to row: each row gets its own when it is written anew. */
typedef struct AddedColumn {
    Alter *alter;
    const NewColumn *column;
} AddedColumn;

static void finish_column(Alter *alter, const NewColumn *column)
{
    const CatRelation *relation = ddl__alter_relation(alter);
    ddl__finish_column(&alter->ddl, relation, relation->column_count, column);
}

static void append_with_value(void *arg)
{
    const AddedColumn *added = arg;
    append_column(added->alter, ddl__alter_relation(added->alter), &added->column->column,
                  datum_null());
    finish_column(added->alter, added->column);
}

/* False: it is there already, and that was said. */
static bool is_new_column(Alter *alter, const CatRelation *relation, const AstAlterCommand *command)
{
    const Str name = command->column->name;
    if (ddl__find_column(relation, name) == 0) return true;
    if (!command->if_not_exists)
        raise_error(SQLSTATE_DUPLICATE_COLUMN,
                    "column \"%.*s\" of relation \"%.*s\" already exists", STR_ARG(name),
                    STR_ARG(relation->name));
    ddl__notice(&alter->ddl, SEVERITY_NOTICE, SQLSTATE_DUPLICATE_COLUMN,
                "column \"%.*s\" of relation \"%.*s\" already exists, skipping", STR_ARG(name),
                STR_ARG(relation->name));
    return false;
}

/* Said before anything is changed; the check of the constraint would say it too. */
static void forbid_nulls(const CatRelation *relation, Str column)
{
    if (table_row_bound(relation->table) == 0) return;
    Error *error = error_begin(SQLSTATE_NOT_NULL_VIOLATION);
    error_message(error, "column \"%.*s\" of relation \"%.*s\" contains null values",
                  STR_ARG(column), STR_ARG(relation->name));
    error_object(error, relation->schema_name, relation->name, column, (Str){0}, (Str){0});
    error_raise(error);
}

static void add_column(Alter *alter, const AstAlterCommand *command)
{
    Ddl *ddl = &alter->ddl;
    const CatRelation *relation = ddl__alter_relation(alter);
    if (!is_new_column(alter, relation, command)) return;
    NewConstraints constraints = {.arena = ddl->arena};
    NewColumn column;
    ddl__warn_of_type(ddl, command->column);
    ddl__read_column(ddl, relation->name, command->column, &constraints, &column);
    ddl__forbid_row_in_itself(ddl, relation, column.column.type);
    NewSequence place = {.schema = relation->namespace_,
                         .owner = relation->owner,
                         .table = relation->name,
                         .persistence = relation->persistence};
    ddl__make_column_sequence(ddl, &place, &column);
    relation = ddl__alter_relation(alter);
    /* NOT NULL of a column whose rows get no value is checked when it is added. */
    const bool filled = column.sequence != 0 || column.column.generated == 's';
    const bool not_null = column.column.not_null;
    column.column.not_null = false;
    Datum missing = datum_null();
    const bool is_virtual = column.column.generated == 'v';
    const bool same = !filled &&
                      missing_value(alter, relation, &column.column, column.default_, &missing);
    if (!same && table_row_bound(relation->table) > 0) {
        AddedColumn added = {alter, &column};
        const AstNode *select = (const AstNode *)ddl__whole_table(ddl, relation);
        QQuery *query = bind_statement(ddl->arena, select, &ddl->bind);
        ddl__rewrite(ddl, relation, query, append_with_value, &added);
    } else {
        if (not_null && same && missing.null && !is_virtual)
            forbid_nulls(relation, column.column.name);
        append_column(alter, relation, &column.column, missing);
        finish_column(alter, &column);
    }
    relation = ddl__alter_relation(alter);
    if (not_null && (column.serial || column.identity != NULL))
        ddl__add_not_null(ddl, alter->oid, (Str){0}, relation->column_count, false);
    ddl__add_constraints(ddl, alter->oid, &constraints, true);
}

/* ---- DROP COLUMN ---- */

static void drop_column(Alter *alter, const AstAlterCommand *command)
{
    Ddl *ddl = &alter->ddl;
    const CatRelation *relation = ddl__alter_relation(alter);
    int16_t column = ddl__find_column(relation, command->name);
    if (column == 0 && command->if_exists) {
        ddl__notice(ddl, SEVERITY_NOTICE, SQLSTATE_SUCCESSFUL_COMPLETION,
                    "column \"%.*s\" of relation \"%.*s\" does not exist, skipping",
                    STR_ARG(command->name), STR_ARG(relation->name));
        return;
    }
    if (column == 0 && cat_system_column(command->name) != 0)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "cannot drop system column \"%.*s\"",
                    STR_ARG(command->name));
    if (column == 0) (void)ddl__alter_column(relation, command->name);
    CatObject object = ddl__object(CLASS_RELATION, alter->oid, column);
    cat_drop(ddl->view, &object, 1, command->behavior == AST_DROP_CASCADE, ddl__drop_object, ddl);
}

/* ---- the relation as a whole ---- */

static void column_type(Alter *alter, const AstAlterCommand *command)
{
    const CatRelation *relation = ddl__alter_relation(alter);
    int16_t column = ddl__alter_column(relation, command->name);
    ddl__alter_column_type(alter, column, command);
}

static void owner(Alter *alter, const AstAlterCommand *command)
{
    (void)ddl__alter_relation(alter);
    ddl__relation_owner(&alter->ddl, alter->oid, command->owner);
}

static void put_options(void *arg, Datum *values)
{
    values[PG_CLASS_RELOPTIONS] = *(const Datum *)arg;
}

static void set_options(Alter *alter, const AstAlterCommand *command)
{
    Ddl *ddl = &alter->ddl;
    const CatRelation *relation = ddl__alter_relation(alter);
    const OptionsOf of = relation->kind == 'v'   ? OPTIONS_OF_VIEW
                         : relation->kind == 'i' ? OPTIONS_OF_INDEX
                                                 : OPTIONS_OF_TABLE;
    if (relation->kind == 'v' && command->action != AST_ALTER_TABLE_RESET_OPTIONS)
        ddl__check_view_options((const QQuery *)bind_stored(relation->view_query),
                                &command->options);
    Datum stored = cat_text_array(ddl->arena, relation->options, relation->option_count);
    Datum options = ddl__change_options(ddl, of, stored, &command->options,
                                        command->action == AST_ALTER_TABLE_RESET_OPTIONS);
    ddl__update_class(ddl, alter->oid, put_options, &options);
    cat_invalidate(ddl->view, CLASS_RELATION, alter->oid);
}

/* What this engine stores in one way alone. */
static void accept(Alter *alter, const AstAlterCommand *command)
{
    (void)alter;
    (void)command;
}

static void access_method(Alter *alter, const AstAlterCommand *command)
{
    (void)alter;
    if (command->name.data != NULL && !str_equal(command->name, STR("heap")))
        raise_error(SQLSTATE_UNDEFINED_OBJECT, "access method \"%.*s\" does not exist",
                    STR_ARG(command->name));
}

void ddl__tablespace_named(Str name)
{
    if (str_equal(name, STR("pg_default"))) return;
    if (str_equal(name, STR("pg_global")))
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE,
                    "only shared relations can be placed in pg_global tablespace");
    raise_error(SQLSTATE_UNDEFINED_OBJECT, "tablespace \"%.*s\" does not exist", STR_ARG(name));
}

static void tablespace(Alter *alter, const AstAlterCommand *command)
{
    (void)alter;
    ddl__tablespace_named(command->name);
}

/* ---- CLUSTER ON, REPLICA IDENTITY ---- */

const CatIndex *ddl__index_named(Ddl *ddl, const CatRelation *relation, Str name)
{
    for (uint32_t i = 0; i < relation->index_count; i++) {
        if (str_equal(relation->indexes[i]->name, name)) return relation->indexes[i];
    }
    if (cat_relation_named(ddl->view, relation->namespace_, name) == 0)
        raise_error(SQLSTATE_UNDEFINED_OBJECT, "index \"%.*s\" for table \"%.*s\" does not exist",
                    STR_ARG(name), STR_ARG(relation->name));
    raise_error(SQLSTATE_WRONG_OBJECT_TYPE, "\"%.*s\" is not an index for table \"%.*s\"",
                STR_ARG(name), STR_ARG(relation->name));
}

typedef struct IndexMark {
    int column; /* of pg_index */
    bool value;
} IndexMark;

static void put_mark(void *arg, Datum *values)
{
    const IndexMark *mark = arg;
    values[mark->column] = datum_bool(mark->value);
}

/* The mark is on one index alone; NULL: on none. */
static void mark_index(Ddl *ddl, const CatRelation *relation, const CatIndex *index, int column)
{
    for (uint32_t i = 0; i < relation->index_count; i++) {
        IndexMark mark = {column, relation->indexes[i] == index};
        ddl__update_index(ddl, relation->indexes[i]->oid, put_mark, &mark);
    }
}

void ddl__check_clusterable(const CatIndex *index)
{
    if (index->predicate != NULL)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "cannot cluster on partial index \"%.*s\"",
                    STR_ARG(index->name));
    if (!index->valid)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "cannot cluster on invalid index \"%.*s\"",
                    STR_ARG(index->name));
}

void ddl__cluster_on(Ddl *ddl, const CatRelation *relation, const CatIndex *index)
{
    if (index != NULL) ddl__check_clusterable(index);
    mark_index(ddl, relation, index, PG_INDEX_INDISCLUSTERED);
}

static void cluster_on(Alter *alter, const AstAlterCommand *command)
{
    const CatRelation *relation = ddl__alter_relation(alter);
    const bool on = command->action == AST_ALTER_TABLE_CLUSTER_ON;
    ddl__cluster_on(&alter->ddl, relation,
                    on ? ddl__index_named(&alter->ddl, relation, command->name) : NULL);
}

static void check_identity_index(const CatRelation *relation, const CatIndex *index)
{
    bool expression = false;
    const CatColumn *nullable = NULL;
    for (uint32_t k = 0; k < index->key_count; k++) {
        const int16_t column = index->keys[k].column;
        expression |= column == 0;
        if (column > 0 && nullable == NULL && !relation->columns[column - 1].not_null)
            nullable = &relation->columns[column - 1];
    }
    const char *what = !index->unique             ? "non-unique"
                       : !index->immediate        ? "non-immediate"
                       : expression               ? "expression"
                       : index->predicate != NULL ? "partial"
                                                  : NULL;
    if (what != NULL)
        raise_error(what[0] == 'n' && index->unique ? SQLSTATE_FEATURE_NOT_SUPPORTED
                    : index->unique                 ? SQLSTATE_FEATURE_NOT_SUPPORTED
                                                    : SQLSTATE_WRONG_OBJECT_TYPE,
                    "cannot use %s index \"%.*s\" as replica identity", what, STR_ARG(index->name));
    if (nullable != NULL)
        raise_error(SQLSTATE_WRONG_OBJECT_TYPE,
                    "index \"%.*s\" cannot be used as replica identity because column \"%.*s\" is "
                    "nullable",
                    STR_ARG(index->name), STR_ARG(nullable->name));
}

static void put_replica_identity(void *arg, Datum *values)
{
    values[PG_CLASS_RELREPLIDENT] = datum_char(*(const char *)arg);
}

static void replica_identity(Alter *alter, const AstAlterCommand *command)
{
    static const char kept[] = {[AST_REPLICA_IDENTITY_NOTHING] = 'n',
                                [AST_REPLICA_IDENTITY_FULL] = 'f',
                                [AST_REPLICA_IDENTITY_DEFAULT] = 'd',
                                [AST_REPLICA_IDENTITY_INDEX] = 'i'};
    Ddl *ddl = &alter->ddl;
    const CatRelation *relation = ddl__alter_relation(alter);
    char identity = kept[command->replica_identity];
    const CatIndex *index = NULL;
    if (identity == 'i') {
        index = ddl__index_named(&alter->ddl, relation, command->word);
        check_identity_index(relation, index);
    }
    mark_index(ddl, relation, index, PG_INDEX_INDISREPLIDENT);
    ddl__update_class(ddl, alter->oid, put_replica_identity, &identity);
    cat_invalidate(ddl->view, CLASS_RELATION, alter->oid);
}

/* ---- SET LOGGED, SET UNLOGGED ---- */

static void put_persistence(void *arg, Datum *values)
{
    values[PG_CLASS_RELPERSISTENCE] = datum_char(*(const char *)arg);
}

typedef struct Persistence {
    Alter *alter;
    char value;
} Persistence;

static void change_persistence(void *arg)
{
    const Persistence *persistence = arg;
    Ddl *ddl = &persistence->alter->ddl;
    char value = persistence->value;
    const CatRelation *relation = ddl__alter_relation(persistence->alter);
    uint32_t count;
    const Oid *sequences = ddl__owned_sequences(ddl, relation->oid, &count);
    ddl__update_class(ddl, relation->oid, put_persistence, &value);
    for (uint32_t i = 0; i < relation->index_count; i++)
        ddl__update_class(ddl, relation->indexes[i]->oid, put_persistence, &value);
    for (uint32_t i = 0; i < count; i++)
        ddl__update_class(ddl, sequences[i], put_persistence, &value);
    cat_invalidate(ddl->view, CLASS_RELATION, relation->oid);
}

/* A logged table must not refer to one whose rows a crash takes. */
static void check_references(Ddl *ddl, const CatRelation *relation, char persistence)
{
    const bool logged = persistence == 'p';
    const CatConstraint *keys = logged ? relation->constraints : relation->referenced_by;
    const uint32_t count = logged ? relation->constraint_count : relation->referenced_count;
    for (uint32_t i = 0; i < count; i++) {
        const Oid oid = logged ? keys[i].foreign_relation : keys[i].relation;
        if (keys[i].type != 'f' || oid == relation->oid) continue;
        const CatRelation *other = cat_relation(ddl->view, oid);
        if (other->persistence == persistence) continue;
        Error *error = error_begin(SQLSTATE_INVALID_TABLE_DEFINITION);
        error_message(error,
                      "could not change table \"%.*s\" to %s because it references %s table "
                      "\"%.*s\"",
                      STR_ARG(relation->name), logged ? "logged" : "unlogged",
                      logged ? "unlogged" : "logged", STR_ARG(other->name));
        error_object(error, relation->schema_name, relation->name, (Str){0}, (Str){0},
                     keys[i].name);
        error_raise(error);
    }
}

static void set_persistence(Alter *alter, const AstAlterCommand *command)
{
    Ddl *ddl = &alter->ddl;
    const CatRelation *relation = ddl__alter_relation(alter);
    Persistence new = {alter, command->action == AST_ALTER_TABLE_SET_LOGGED ? 'p' : 'u'};
    if (alter->persistence_set)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "cannot change persistence setting twice");
    alter->persistence_set = true;
    if (relation->persistence == 't') {
        Error *error = error_begin(SQLSTATE_INVALID_TABLE_DEFINITION);
        error_message(error,
                      "cannot change logged status of table \"%.*s\" because it is temporary",
                      STR_ARG(relation->name));
        error_object(error, relation->schema_name, relation->name, (Str){0}, (Str){0}, (Str){0});
        error_raise(error);
    }
    if (relation->persistence == new.value) return;
    if (relation->kind == 'S') {
        ddl__update_class(ddl, alter->oid, put_persistence, &new.value);
        cat_invalidate(ddl->view, CLASS_RELATION, alter->oid);
        return;
    }
    check_references(ddl, relation, new.value);
    const AstNode *select = (const AstNode *)ddl__whole_table(ddl, relation);
    QQuery *query = bind_statement(ddl->arena, select, &ddl->bind);
    ddl__rewrite(ddl, relation, query, change_persistence, &new);
}

/* ---- the table of actions ---- */

/* When an action has its turn. */
typedef enum Turn {
    TURN_DROP,
    TURN_TYPE,
    TURN_ADD_COLUMN,
    TURN_EXPRESSION,
    TURN_ADD_CONSTRAINT,
    TURN_COLUMN,
    TURN_ADD_KEY,
    TURN_ADD_OTHER,
    TURN_MISC,
    TURN_COUNT
} Turn;

typedef struct Action {
    AstAlterAction action;
    const char *name; /* as a message says it */
    const char *kinds;
    Turn turn;
    void (*run)(Alter *alter, const AstAlterCommand *command); /* NULL: not supported */
} Action;

/* clang-format off */
static const Action actions[] = {
    {AST_ALTER_TABLE_ADD_COLUMN, "ADD COLUMN", "rpf", TURN_ADD_COLUMN, add_column},
    {AST_ALTER_TABLE_DROP_COLUMN, "DROP COLUMN", "rpf", TURN_DROP, drop_column},
    {AST_ALTER_TABLE_COLUMN_DEFAULT, "ALTER COLUMN ... SET DEFAULT", "rpfv", TURN_ADD_OTHER, ddl__column_default},
    {AST_ALTER_TABLE_DROP_EXPRESSION, "ALTER COLUMN ... DROP EXPRESSION", "rpf", TURN_DROP, ddl__drop_expression},
    {AST_ALTER_TABLE_SET_EXPRESSION, "ALTER COLUMN ... SET EXPRESSION", "rpf", TURN_EXPRESSION, ddl__set_expression},
    {AST_ALTER_TABLE_SET_NOT_NULL, "ALTER COLUMN ... SET NOT NULL", "rpf", TURN_COLUMN, ddl__set_not_null},
    {AST_ALTER_TABLE_DROP_NOT_NULL, "ALTER COLUMN ... DROP NOT NULL", "rpf", TURN_DROP, ddl__drop_not_null},
    {AST_ALTER_TABLE_SET_STATISTICS, "ALTER COLUMN ... SET STATISTICS", "rpfmiI", TURN_MISC, ddl__set_statistics},
    {AST_ALTER_TABLE_SET_COLUMN_OPTIONS, "ALTER COLUMN ... SET", "rpfm", TURN_MISC, ddl__set_column_options},
    {AST_ALTER_TABLE_RESET_COLUMN_OPTIONS, "ALTER COLUMN ... RESET", "rpfm", TURN_MISC, ddl__set_column_options},
    {AST_ALTER_TABLE_SET_STORAGE, "ALTER COLUMN ... SET STORAGE", "rpfm", TURN_MISC, ddl__set_storage},
    {AST_ALTER_TABLE_SET_COMPRESSION, "ALTER COLUMN ... SET COMPRESSION", "rpm", TURN_MISC, ddl__set_compression},
    {AST_ALTER_TABLE_ADD_IDENTITY, "ALTER COLUMN ... ADD IDENTITY", "rpfv", TURN_ADD_OTHER, ddl__add_identity},
    {AST_ALTER_TABLE_SET_IDENTITY, "ALTER COLUMN ... SET", "rpfv", TURN_MISC, ddl__set_identity},
    {AST_ALTER_TABLE_DROP_IDENTITY, "ALTER COLUMN ... DROP IDENTITY", "rpfv", TURN_DROP, ddl__drop_identity},
    {AST_ALTER_TABLE_COLUMN_TYPE, "ALTER COLUMN ... SET DATA TYPE", "rpf", TURN_TYPE, column_type},
    {AST_ALTER_TABLE_ADD_CONSTRAINT, "ADD CONSTRAINT", "rpf", TURN_ADD_CONSTRAINT, ddl__add_constraint},
    {AST_ALTER_TABLE_ALTER_CONSTRAINT, "ALTER CONSTRAINT", "rp", TURN_MISC, ddl__alter_constraint},
    {AST_ALTER_TABLE_VALIDATE_CONSTRAINT, "VALIDATE CONSTRAINT", "rpf", TURN_MISC, ddl__validate_constraint},
    {AST_ALTER_TABLE_DROP_CONSTRAINT, "DROP CONSTRAINT", "rpf", TURN_DROP, ddl__drop_constraint},
    {AST_ALTER_TABLE_SET_WITHOUT_OIDS, "SET WITHOUT OIDS", "rpfm", TURN_DROP, accept},
    {AST_ALTER_TABLE_CLUSTER_ON, "CLUSTER ON", "rpm", TURN_MISC, cluster_on},
    {AST_ALTER_TABLE_SET_WITHOUT_CLUSTER, "SET WITHOUT CLUSTER", "rpm", TURN_MISC, cluster_on},
    {AST_ALTER_TABLE_SET_LOGGED, "SET LOGGED", "rS", TURN_MISC, set_persistence},
    {AST_ALTER_TABLE_SET_UNLOGGED, "SET UNLOGGED", "rS", TURN_MISC, set_persistence},
    {AST_ALTER_TABLE_ENABLE_TRIGGER, "ENABLE TRIGGER", "rpf", TURN_MISC, NULL},
    {AST_ALTER_TABLE_ENABLE_ALWAYS_TRIGGER, "ENABLE ALWAYS TRIGGER", "rpf", TURN_MISC, NULL},
    {AST_ALTER_TABLE_ENABLE_REPLICA_TRIGGER, "ENABLE REPLICA TRIGGER", "rpf", TURN_MISC, NULL},
    {AST_ALTER_TABLE_ENABLE_TRIGGER_ALL, "ENABLE TRIGGER ALL", "rpf", TURN_MISC, NULL},
    {AST_ALTER_TABLE_ENABLE_TRIGGER_USER, "ENABLE TRIGGER USER", "rpf", TURN_MISC, NULL},
    {AST_ALTER_TABLE_DISABLE_TRIGGER, "DISABLE TRIGGER", "rpf", TURN_MISC, NULL},
    {AST_ALTER_TABLE_DISABLE_TRIGGER_ALL, "DISABLE TRIGGER ALL", "rpf", TURN_MISC, NULL},
    {AST_ALTER_TABLE_DISABLE_TRIGGER_USER, "DISABLE TRIGGER USER", "rpf", TURN_MISC, NULL},
    {AST_ALTER_TABLE_ENABLE_RULE, "ENABLE RULE", "rp", TURN_MISC, NULL},
    {AST_ALTER_TABLE_ENABLE_ALWAYS_RULE, "ENABLE ALWAYS RULE", "rp", TURN_MISC, NULL},
    {AST_ALTER_TABLE_ENABLE_REPLICA_RULE, "ENABLE REPLICA RULE", "rp", TURN_MISC, NULL},
    {AST_ALTER_TABLE_DISABLE_RULE, "DISABLE RULE", "rp", TURN_MISC, NULL},
    {AST_ALTER_TABLE_INHERIT, "INHERIT", "rpf", TURN_MISC, NULL},
    {AST_ALTER_TABLE_NO_INHERIT, "NO INHERIT", "rpf", TURN_MISC, NULL},
    {AST_ALTER_TABLE_OF_TYPE, "OF", "rp", TURN_MISC, NULL},
    {AST_ALTER_TABLE_NOT_OF, "NOT OF", "rp", TURN_MISC, NULL},
    {AST_ALTER_TABLE_OWNER, "OWNER TO", "rpfvmSiI", TURN_MISC, owner},
    {AST_ALTER_TABLE_SET_TABLESPACE, "SET TABLESPACE", "rpmiI", TURN_MISC, tablespace},
    {AST_ALTER_TABLE_SET_OPTIONS, "SET", "rpvmiI", TURN_MISC, set_options},
    {AST_ALTER_TABLE_RESET_OPTIONS, "RESET", "rpvmiI", TURN_MISC, set_options},
    {AST_ALTER_TABLE_REPLICA_IDENTITY, "REPLICA IDENTITY", "rpm", TURN_MISC, replica_identity},
    {AST_ALTER_TABLE_ENABLE_ROW_SECURITY, "ENABLE ROW SECURITY", "rp", TURN_MISC, NULL},
    {AST_ALTER_TABLE_DISABLE_ROW_SECURITY, "DISABLE ROW SECURITY", "rp", TURN_MISC, NULL},
    {AST_ALTER_TABLE_FORCE_ROW_SECURITY, "FORCE ROW SECURITY", "rp", TURN_MISC, NULL},
    {AST_ALTER_TABLE_NO_FORCE_ROW_SECURITY, "NO FORCE ROW SECURITY", "rp", TURN_MISC, NULL},
    {AST_ALTER_TABLE_SET_ACCESS_METHOD, "SET ACCESS METHOD", "rpm", TURN_MISC, access_method},
    {AST_ALTER_TABLE_ATTACH_PARTITION, "ATTACH PARTITION", "pI", TURN_MISC, NULL},
    {AST_ALTER_TABLE_DETACH_PARTITION, "DETACH PARTITION", "p", TURN_MISC, NULL},
    {AST_ALTER_TABLE_DETACH_FINALIZE, "DETACH PARTITION ... FINALIZE", "p", TURN_MISC, NULL},
    {AST_ALTER_TABLE_ADD_ATTRIBUTE, "ADD COLUMN", "c", TURN_ADD_COLUMN, ddl__add_attribute},
    {AST_ALTER_TABLE_DROP_ATTRIBUTE, "DROP COLUMN", "c", TURN_DROP, ddl__drop_attribute},
    {AST_ALTER_TABLE_ATTRIBUTE_TYPE, "ALTER COLUMN ... SET DATA TYPE", "c", TURN_TYPE, ddl__attribute_type},
};
/* clang-format on */

const char *ddl__alter_table_tag(const AstNode *tree)
{
    switch (AST_AS(AlterTable, tree)->object) {
    case AST_OBJECT_INDEX: return "ALTER INDEX";
    case AST_OBJECT_VIEW: return "ALTER VIEW";
    case AST_OBJECT_SEQUENCE: return "ALTER SEQUENCE";
    case AST_OBJECT_MATERIALIZED_VIEW: return "ALTER MATERIALIZED VIEW";
    case AST_OBJECT_TYPE: return "ALTER TYPE";
    default: return "ALTER TABLE";
    }
}

static const Action *action_of(Alter *alter, const CatRelation *relation,
                               const AstAlterCommand *command)
{
    const char *tag = ddl__alter_table_tag((const AstNode *)alter->ast);
    for (uint32_t i = 0; i < ARRAY_LEN(actions); i++) {
        const Action *action = &actions[i];
        if (action->action != command->action) continue;
        if (strchr(action->kinds, relation->kind) == NULL) {
            Error *error = error_begin(SQLSTATE_WRONG_OBJECT_TYPE);
            error_message(error, "ALTER action %s cannot be performed on relation \"%.*s\"",
                          action->name, STR_ARG(relation->name));
            error_detail(error, "This operation is not supported for %s.",
                         ddl__relation_kinds(relation->kind));
            error_raise(error);
        }
        if (action->run == NULL)
            raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "%s ... %s is not supported", tag,
                        action->name);
        return action;
    }
    raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "this form of %s is not supported", tag);
}

/* Keys are added behind other constraints, references to keys last; a default is dropped before all else. */
static Turn turn_of(const Action *action, const AstAlterCommand *command)
{
    if (action->action == AST_ALTER_TABLE_COLUMN_DEFAULT && command->expr == NULL) return TURN_DROP;
    if (action->action != AST_ALTER_TABLE_ADD_CONSTRAINT) return action->turn;
    switch (command->constraint->constraint) {
    case AST_CONSTRAINT_PRIMARY_KEY:
    case AST_CONSTRAINT_UNIQUE:
    case AST_CONSTRAINT_EXCLUSION: return TURN_ADD_KEY;
    case AST_CONSTRAINT_FOREIGN_KEY: return TURN_ADD_OTHER;
    default: return action->turn;
    }
}

/* ALTER TABLE takes no composite types, ALTER TYPE nothing else. */
static const CatRelation *open_relation(Alter *alter)
{
    const AstObjectType kind = alter->ast->object;
    const CatRelation *relation = ddl__open_to_alter(&alter->ddl, alter->ast->relation, kind,
                                                     LOCK_ACCESS_EXCLUSIVE, alter->ast->if_exists);
    if (relation == NULL) return NULL;
    if (relation->kind == 'c' && kind != AST_OBJECT_TYPE) {
        Error *error = error_begin(SQLSTATE_WRONG_OBJECT_TYPE);
        error_message(error, "\"%.*s\" is a composite type", STR_ARG(relation->name));
        error_hint(error, "Use ALTER TYPE instead.");
        error_raise(error);
    }
    if (relation->kind != 'c' && kind == AST_OBJECT_TYPE)
        raise_error(SQLSTATE_WRONG_OBJECT_TYPE, "\"%.*s\" is not a composite type",
                    STR_ARG(relation->name));
    return relation;
}

void ddl__alter_table(UtilityCall *call)
{
    Alter alter = {.ddl = ddl__begin(call), .ast = AST_AS(AlterTable, call->tree)};
    const CatRelation *relation = open_relation(&alter);
    if (relation == NULL) return;
    session_forbid_in_use(alter.ddl.session, relation, "ALTER TABLE");
    alter.oid = relation->oid;
    alter.ddl.bind.sql = (Str){0}; /* PostgreSQL's errors say no places but in types and USING */
    alter.references.arena = call->arena;
    const AstAlterCommandList *commands = &alter.ast->commands;
    const Action **turns = ARENA_ARRAY(call->arena, const Action *, commands->count);
    for (uint32_t i = 0; i < commands->count; i++)
        turns[i] = action_of(&alter, relation, commands->items[i]);
    for (Turn turn = 0; turn < TURN_COUNT; turn++) {
        for (uint32_t i = 0; i < commands->count; i++) {
            if (turn_of(turns[i], commands->items[i]) == turn)
                turns[i]->run(&alter, commands->items[i]);
        }
        if (turn == TURN_TYPE) ddl__redo_references(&alter.ddl, &alter.references);
    }
}
