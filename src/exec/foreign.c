/* SPDX-License-Identifier: Apache-2.0 */
/* foreign.c - foreign keys.
 *
 * A written row leaves an event for each constraint that it may concern (constraint_queue.c): the row that refers (is
 * its key there?) and the row referred to (who still refers to what it was?). They are looked at with a snapshot of
 * then. CASCADE, SET NULL and SET DEFAULT write rows through the same writer and so leave events of their own, until
 * none is left.
 *
 * Referred rows are found by the constraint's unique index; referring ones by an index that begins with its columns, or
 * by looking at all rows. */
#include "exec/foreign.h"

#include "base/array.h"
#include "base/bitset.h"
#include "base/oids.h"
#include "base/scope.h"
#include "base/settings.h"
#include "base/task.h"
#include "bind/foreign_sql.h"
#include "exec/foreign_pair.h"
#include "exec/modify.h"
#include "exec/writer.h"
#include "exec/wait_context.h"

enum { BTREE_METHOD = 403 };

struct Foreign {
    Exec *exec;
    const CatConstraint *constraint;
    const CatRelation *child, *parent;
    ForeignPair *pairs; /* of the constraint's columns */
    IndexMaker *parent_key;
    IndexMaker *child_key; /* NULL: none begins with the columns, or it cannot be asked */
    Writer *writer;        /* of the child; opened when something is to be changed */
    Datum *parent_row, *child_row;
    Arena *scratch;
};

static const CatColumn *child_column(const Foreign *foreign, uint32_t i)
{
    return &foreign->child->columns[foreign->constraint->columns[i] - 1];
}
static const CatColumn *parent_column(const Foreign *foreign, uint32_t i)
{
    return &foreign->parent->columns[foreign->constraint->foreign_columns[i] - 1];
}

/* ---- opening ---- */

static const CatIndex *index_by_oid(const CatRelation *relation, Oid oid)
{
    for (uint32_t i = 0; i < relation->index_count; i++)
        if (relation->indexes[i]->oid == oid) return relation->indexes[i];
    raise_error(SQLSTATE_INTERNAL_ERROR, "could not open relation with OID %u", oid);
}

/* Its first columns are the constraint's, in any order. */
static bool begins_with(const CatIndex *index, const CatConstraint *constraint)
{
    if (!index->valid || index->predicate || index->key_count < constraint->column_count ||
        index->method != BTREE_METHOD)
        return false;
    for (uint32_t i = 0; i < constraint->column_count; i++) {
        bool found = false;
        for (uint32_t k = 0; k < constraint->column_count; k++)
            found |= index->keys[k].column == constraint->columns[i];
        if (!found) return false;
    }
    return true;
}

Foreign *foreign_open(Exec *exec, const CatRelation *child, const CatConstraint *constraint)
{
    Arena *arena = exec->arena;
    Foreign *foreign = ARENA_NEW(arena, Foreign);
    foreign->exec = exec;
    foreign->constraint = constraint;
    foreign->child = child;
    foreign->parent = exec__relation(exec, constraint->foreign_relation);
    foreign->parent_key = index_maker_open(exec, foreign->parent,
                                           index_by_oid(foreign->parent, constraint->index));
    foreign->pairs = ARENA_ARRAY(arena, ForeignPair, constraint->column_count);
    bool invertible = true;
    for (uint32_t i = 0; i < constraint->column_count; i++) {
        foreign->pairs[i] = foreign_pair(child_column(foreign, i), parent_column(foreign, i));
        invertible &= foreign->pairs[i].kind != PAIR_CAST;
    }
    for (uint32_t i = 0; i < child->index_count && invertible && !foreign->child_key; i++)
        if (begins_with(child->indexes[i], constraint))
            foreign->child_key = index_maker_open(exec, child, child->indexes[i]);
    foreign->parent_row = ARENA_ARRAY(arena, Datum, (size_t)foreign->parent->column_count);
    foreign->child_row = ARENA_ARRAY(arena, Datum, (size_t)child->column_count);
    foreign->scratch = arena_new_child(arena, "foreign key");
    return foreign;
}

/* ---- values ---- */

static Str column_names(const Foreign *foreign, bool of_child, Arena *arena)
{
    StrBuilder out = str_builder(arena, 32);
    for (uint32_t i = 0; i < foreign->constraint->column_count; i++) {
        if (i > 0) str_add(&out, STR(", "));
        str_add(&out, (of_child ? child_column(foreign, i) : parent_column(foreign, i))->name);
    }
    return str_done(&out);
}

static Str shown_key(const Foreign *foreign, bool of_child, const Datum *key, Arena *arena)
{
    StrBuilder out = str_builder(arena, 32);
    for (uint32_t i = 0; i < foreign->constraint->column_count; i++) {
        const CatColumn *column = of_child ? child_column(foreign, i) : parent_column(foreign, i);
        const TypeCall call = {.type = type_get(foreign->exec->options.env, column->type),
                               .env = foreign->exec->options.env,
                               .arena = arena,
                               .typmod = -1};
        if (i > 0) str_add(&out, STR(", "));
        str_add(&out, key[i].null ? STR("null") : type_print(&call, &key[i].value));
    }
    return str_done(&out);
}

static void name_constraint(const Foreign *foreign, Error *error)
{
    error_object(error, foreign->child->schema_name, foreign->child->name, (Str){0}, (Str){0},
                 foreign->constraint->name);
}

static ForeignTables foreign_tables(const Foreign *foreign)
{
    return (ForeignTables){foreign->exec->options.view, foreign->constraint, foreign->child,
                           foreign->parent};
}

/* ---- the referring side ---- */

/* Of the rows that refer (`of_child`) or of those referred to. */
static bool may_show_key(const Foreign *foreign, bool of_child)
{
    const CatConstraint *constraint = foreign->constraint;
    const Disclosure disclosure = {.view = foreign->exec->options.view,
                                   .relation = of_child ? foreign->child : foreign->parent};
    return disclose_columns(&disclosure,
                            of_child ? constraint->columns : constraint->foreign_columns,
                            constraint->column_count);
}

static _Noreturn void raise_missing(Foreign *foreign, const Datum *key, bool mixed)
{
    const Str names = column_names(foreign, true, foreign->scratch),
              shown = shown_key(foreign, true, key, foreign->scratch);
    Error *error = error_begin(SQLSTATE_FOREIGN_KEY_VIOLATION);
    error_message(error,
                  "insert or update on table \"%.*s\" violates foreign key constraint \"%.*s\"",
                  STR_ARG(foreign->child->name), STR_ARG(foreign->constraint->name));
    if (mixed)
        error_detail(error, "MATCH FULL does not allow mixing of null and nonnull key values.");
    else if (may_show_key(foreign, true))
        error_detail(error, "Key (%.*s)=(%.*s) is not present in table \"%.*s\".", STR_ARG(names),
                     STR_ARG(shown), STR_ARG(foreign->parent->name));
    else
        error_detail(error, "Key is not present in table \"%.*s\".",
                     STR_ARG(foreign->parent->name));
    name_constraint(foreign, error);
    error_raise(error);
}

typedef struct Look {
    Snapshot snapshot;
    IndexScan *scan;
} Look;

static void end_look(void *arg)
{
    Look *look = arg;
    if (look->scan) index_scan_close(look->scan);
    txn_snapshot_release(&look->snapshot);
}

/* What is looked at: what is committed now, or what the transaction's own snapshot sees, which in READ COMMITTED is the
 * same. Either with everything that this transaction has done. */
typedef enum LookAt { LOOK_AT_NEWEST, LOOK_AT_OWN } LookAt;

static void begin_look(Foreign *foreign, Scope *scope, LookAt at, Look *look)
{
    const ExecOptions *options = &foreign->exec->options;
    bool own = at == LOOK_AT_OWN && !options->read_committed && options->snapshot;
    memset(look, 0, sizeof *look);
    CHECK(own ? txn_snapshot_copy(&look->snapshot, options->snapshot)
              : txn_snapshot(options->txn, &look->snapshot));
    scope_add(scope, end_look, look);
    txn_snapshot_refresh_own(options->txn, &look->snapshot);
}

/* A row that is to be locked or written was changed since: looked at again, or 40001. */
static void after_change(Foreign *foreign, Status status, const RowOutcome *outcome)
{
    if (status != ST_CHANGED) raise_status(status);
    if (!foreign->exec->options.read_committed) modify__raise_concurrent(outcome);
}

/* The referred row with the key in parent_row; false: none. */
static bool find_parent(Foreign *foreign, Look *look, RowId *row)
{
    IndexKey bytes;
    uint32_t count = 0;
    IndexHit hit;
    if (!index_maker_key(foreign->parent_key, foreign->parent_row, foreign->scratch, &bytes))
        return false;
    const IndexRange range = {.low = bytes.key, .high = bytes.key};
    if (look->scan) index_scan_close(look->scan);
    look->scan = NULL;
    CHECK(index_scan_open(foreign->parent_key->open, &look->snapshot, &range,
                          &foreign->parent_key->recheck, foreign->scratch, &look->scan));
    Status status = index_scan_next(look->scan, &hit, 1, &count);
    if (status == ST_END || (status == OK && count == 0)) return false;
    CHECK(status);
    *row = hit.row;
    return true;
}

/* The child's key as the parent's columns have it; false: it cannot be there. */
static bool fill_parent_row(Foreign *foreign, const Datum *key)
{
    for (uint32_t i = 0; i < foreign->constraint->column_count; i++) {
        Datum value = key[i];
        if (!foreign_pair_to_parent(&foreign->pairs[i], foreign->exec, foreign->scratch, &value))
            return false;
        foreign->parent_row[foreign->constraint->foreign_columns[i] - 1] = value;
    }
    return true;
}

typedef struct Looking {
    Foreign *foreign;
    bool found;
} Looking;

static void look_and_lock(void *arg)
{
    Looking *looking = arg;
    Foreign *foreign = looking->foreign;
    for (;;) {
        SCOPED(scope);
        Look look;
        RowId row;
        RowOutcome outcome;
        task_check();
        begin_look(foreign, scope, LOOK_AT_OWN, &look);
        if (!find_parent(foreign, &look, &row)) return;
        Status status = table_lock_row(foreign->parent->table, foreign->exec->options.txn,
                                       &look.snapshot, row, ROW_KEY_SHARE,
                                       foreign->exec->options.wait, &outcome);
        if (status == OK) {
            looking->found = true;
            return;
        }
        if (status != ST_CHANGED)
            wait_raise(foreign->exec, status, "locking", row, foreign->parent->name);
        outcome.fate = ROW_UPDATED; /* as PostgreSQL calls it whenever a lock comes too late */
        after_change(foreign, status, &outcome);
    }
}

/* Of the row with the key in parent_row. False: there is none. Errors while waiting say what was being done. */
static bool lock_parent(Foreign *foreign)
{
    Looking looking = {.foreign = foreign};
    Error *error;
    if (error_catch(look_and_lock, &looking, foreign->exec->arena, &error)) return looking.found;
    const ForeignTables tables = foreign_tables(foreign);
    const Str sql = foreign_lookup_sql(&tables, foreign->exec->arena);
    error_context(error, "SQL statement \"%.*s\"", STR_ARG(sql));
    error_raise_again(error);
}

void foreign_check_row(Foreign *foreign, const Datum *columns)
{
    const CatConstraint *constraint = foreign->constraint;
    arena_reset(foreign->scratch);
    Datum *key = ARENA_ARRAY(foreign->scratch, Datum, constraint->column_count);
    uint32_t nulls = 0;
    for (uint32_t i = 0; i < constraint->column_count; i++) {
        key[i] = columns[constraint->columns[i] - 1];
        nulls += key[i].null;
    }
    if (nulls == constraint->column_count || (nulls > 0 && constraint->match != 'f')) return;
    if (nulls > 0) raise_missing(foreign, key, true);
    if (!fill_parent_row(foreign, key)) raise_missing(foreign, key, false);
    if (!lock_parent(foreign)) raise_missing(foreign, key, false);
}

/* ---- the referred side ---- */

typedef struct Referring {
    Foreign *foreign;
    Datum *key; /* in the child's types, but for PAIR_CAST in the parent's */
    ARRAY_OF(RowId) rows;
} Referring;

static bool row_refers(const Referring *work, const Datum *columns)
{
    const Foreign *foreign = work->foreign;
    for (uint32_t i = 0; i < foreign->constraint->column_count; i++) {
        const bool casts = foreign->pairs[i].kind == PAIR_CAST;
        const CatColumn *column = casts ? parent_column(foreign, i) : child_column(foreign, i);
        Datum value = columns[foreign->constraint->columns[i] - 1];
        if (casts)
            (void)foreign_pair_to_parent(&foreign->pairs[i], foreign->exec, foreign->scratch,
                                         &value);
        const TypeCall call = {.type = type_get(foreign->exec->options.env, column->type),
                               .env = foreign->exec->options.env,
                               .arena = foreign->scratch,
                               .typmod = -1,
                               .collation = column->collation};
        if (value.null || !type_equal(&call, &value.value, &work->key[i].value)) return false;
    }
    return true;
}

static void note_referring(void *arg, const Datum *columns, RowId row)
{
    Referring *work = arg;
    if (row_refers(work, columns)) array_push(&work->rows, row);
}

static void find_by_index(Foreign *foreign, Look *look, Referring *work)
{
    IndexMaker *maker = foreign->child_key;
    StrBuilder bytes = str_builder(foreign->scratch, 32);
    IndexHit hits[64];
    uint32_t count;
    for (uint32_t k = 0; k < foreign->constraint->column_count; k++)
        for (uint32_t i = 0; i < foreign->constraint->column_count; i++)
            if (foreign->constraint->columns[i] == maker->index->keys[k].column)
                (void)index_maker_column(maker, k, &work->key[i], foreign->scratch, &bytes);
    const Str made = str_done(&bytes);
    const Bytes prefix = {(const uint8_t *)made.data, made.bytes};
    const IndexRange range = {.low = prefix, .high = prefix};
    CHECK(index_scan_open(maker->open, &look->snapshot, &range, &maker->recheck, foreign->scratch,
                          &look->scan));
    for (;;) {
        Status status = index_scan_next(look->scan, hits, ARRAY_LEN(hits), &count);
        if (status == ST_END || (status == OK && count == 0)) return;
        CHECK(status);
        for (uint32_t i = 0; i < count; i++) array_push(&work->rows, hits[i].row);
    }
}

static void find_referring(Foreign *foreign, Look *look, Referring *work)
{
    if (foreign->child_key) {
        find_by_index(foreign, look, work);
        return;
    }
    exec__visit_rows(foreign->child, &foreign->exec->options, &look->snapshot, NULL, note_referring,
                     work);
}

static _Noreturn void raise_referred(Foreign *foreign, const Datum *key, bool restricts)
{
    const Str names = column_names(foreign, false, foreign->scratch),
              shown = shown_key(foreign, false, key, foreign->scratch);
    Error *error = error_begin(restricts ? SQLSTATE_RESTRICT_VIOLATION
                                         : SQLSTATE_FOREIGN_KEY_VIOLATION);
    error_message(
        error,
        "update or delete on table \"%.*s\" violates %sforeign key constraint \"%.*s\" on table \"%.*s\"",
        STR_ARG(foreign->parent->name), restricts ? "RESTRICT setting of " : "",
        STR_ARG(foreign->constraint->name), STR_ARG(foreign->child->name));
    if (may_show_key(foreign, false))
        error_detail(error, "Key (%.*s)=(%.*s) is %sreferenced from table \"%.*s\".",
                     STR_ARG(names), STR_ARG(shown), restricts ? "" : "still ",
                     STR_ARG(foreign->child->name));
    else
        error_detail(error, "Key is %sreferenced from table \"%.*s\".", restricts ? "" : "still ",
                     STR_ARG(foreign->child->name));
    name_constraint(foreign, error);
    error_raise(error);
}

/* What a column of a referring row becomes. */
static Datum replacement(Foreign *foreign, const ConstraintEvent *event, uint32_t i, char action)
{
    const CatColumn *column = child_column(foreign, i);
    Datum value = {.null = true};
    if (action == 'c') {
        value = foreign_pair_assigned(&foreign->pairs[i], foreign->exec, foreign->scratch,
                                      event->new_key[i]);
    } else if (action == 'd' && column->default_) {
        value = expr_value(foreign->scratch,
                           exec__stored(foreign->scratch, foreign->child, column->default_),
                           foreign->exec->options.env);
    }
    return value;
}

/* CASCADE, SET NULL, SET DEFAULT on one referring row; waits and looks again while others change it. A row that the
 * transaction's snapshot does not see is not one that it may change (docs/traps.md C23). */
static void act_on_row(Referring *work, const ConstraintEvent *event, RowId row, char action)
{
    Foreign *foreign = work->foreign;
    Writer *writer = foreign->writer;
    const CatConstraint *constraint = foreign->constraint;
    int32_t *attnums = ARENA_ARRAY(foreign->scratch, int32_t, constraint->column_count);
    Datum *before = ARENA_ARRAY(foreign->scratch, Datum, writer->column_count),
          *after = ARENA_ARRAY(foreign->scratch, Datum, writer->column_count);
    for (;;) {
        SCOPED(scope);
        Look look;
        RowOutcome outcome;
        uint32_t count = 0;
        Status status;
        task_check();
        begin_look(foreign, scope, LOOK_AT_OWN, &look);
        arena_reset(writer->scratch);
        if (!writer_fetch(writer, &look.snapshot, row, foreign->scratch, before)) {
            if (foreign->exec->options.read_committed) return;
            modify__raise_concurrent(&(RowOutcome){.fate = ROW_UPDATED});
        }
        if (!row_refers(work, before)) return; /* another session had it refer to something else */
        if (action == 'c' && event->deleted) {
            status = writer_delete(writer, &look.snapshot, row, before, &outcome);
        } else {
            memcpy(after, before, sizeof *after * writer->column_count);
            for (uint32_t i = 0; i < constraint->column_count; i++) {
                if (event->deleted && !foreign_sets_column(constraint, constraint->columns[i]))
                    continue;
                after[constraint->columns[i] - 1] = replacement(foreign, event, i, action);
                attnums[count++] = constraint->columns[i];
            }
            status = writer_update(writer, &look.snapshot, row, before, after, attnums, count,
                                   &outcome);
        }
        if (status == OK) return;
        after_change(foreign, status, &outcome);
    }
}

typedef struct Acting {
    Referring *work;
    const ConstraintEvent *event;
    char action;
} Acting;

static void act_on_rows(void *arg)
{
    const Acting *acting = arg;
    const Referring *work = acting->work;
    for (uint32_t i = 0; i < work->rows.count; i++)
        act_on_row(acting->work, acting->event, work->rows.items[i], acting->action);
}

/* Errors inside say what was being done. */
static void act(Referring *work, const ConstraintEvent *event, char action)
{
    Foreign *foreign = work->foreign;
    Acting acting = {work, event, action};
    Error *error;
    if (error_catch(act_on_rows, &acting, foreign->exec->arena, &error)) return;
    const ForeignTables tables = foreign_tables(foreign);
    const Str sql = foreign_action_sql(&tables, foreign->exec->arena, event->deleted);
    error_context(error, "SQL statement \"%.*s\"", STR_ARG(sql));
    error_raise_again(error);
}

static void run_referred(Foreign *foreign, const ConstraintEvent *event)
{
    const char action = event->deleted ? foreign->constraint->on_delete
                                       : foreign->constraint->on_update;
    arena_reset(foreign->scratch);
    Referring work = {.foreign = foreign, .rows = {.arena = foreign->scratch}};
    work.key = ARENA_ARRAY(foreign->scratch, Datum, foreign->constraint->column_count);
    for (uint32_t i = 0; i < foreign->constraint->column_count; i++) {
        const ForeignPair *pair = &foreign->pairs[i];
        work.key[i] = event->old_key[i];
        if (work.key[i].null || (pair->kind != PAIR_CAST &&
                                 !foreign_pair_to_child(pair, foreign->scratch, &work.key[i])))
            return;
        foreign->parent_row[foreign->constraint->foreign_columns[i] - 1] = event->old_key[i];
    }
    {
        SCOPED(scope);
        Look look;
        RowId other;
        begin_look(foreign, scope, LOOK_AT_NEWEST, &look);
        if (action == 'a' && find_parent(foreign, &look, &other)) return;
        if (look.scan) index_scan_close(look.scan);
        look.scan = NULL;
        find_referring(foreign, &look, &work);
    }
    if (work.rows.count == 0) return;
    if (action == 'a' || action == 'r') raise_referred(foreign, event->old_key, action == 'r');
    if (!foreign->writer) foreign->writer = writer_open(foreign->exec, foreign->child);
    foreign->writer->disclosure.role = foreign->child->owner; /* in whose name it is done */
    act(&work, event, action);
}

/* ---- events ---- */

static Datum *copy_key(Arena *arena, const CatRelation *relation, const int16_t *attnums,
                       uint32_t count, const Datum *columns)
{
    Datum *key = ARENA_ARRAY(arena, Datum, count);
    for (uint32_t i = 0; i < count; i++) {
        key[i] = columns[attnums[i] - 1];
        if (!key[i].null)
            key[i].value = value_copy(arena, relation->columns[attnums[i] - 1].phys, key[i].value);
    }
    return key;
}

/* A violation of the key that other rows refer to; what is done about it other than refusing cannot wait. */
static void note_referred(Exec *exec, const CatRelation *relation, const CatConstraint *constraint,
                          RowId row, const Datum *before, const Datum *after)
{
    const char action = after ? constraint->on_update : constraint->on_delete;
    const uint32_t count = constraint->foreign_count;
    ConstraintEvent event = {.kind = CHECK_REFERRED, .deleted = !after, .row = row};
    Arena *arena = constraint_queue_arena(exec, constraint, action == 'a');
    event.old_key = copy_key(arena, relation, constraint->foreign_columns, count, before);
    if (after) event.new_key = copy_key(arena, relation, constraint->foreign_columns, count, after);
    constraint_queue_add(exec, relation, constraint, &event, action == 'a');
}

static bool any_differs(const Exec *exec, const CatRelation *relation, const int16_t *attnums,
                        uint32_t count, const Datum *before, const Datum *after,
                        const uint64_t *touched)
{
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t at = (uint32_t)attnums[i] - 1;
        const CatColumn *column = &relation->columns[at];
        const TypeCall call = {.type = type_get(exec->options.env, column->type),
                               .env = exec->options.env,
                               .arena = exec->arena,
                               .typmod = -1,
                               .collation = column->collation};
        if (touched && !bits_get(touched, at)) continue;
        if (before[at].null != after[at].null) return true;
        if (!before[at].null && !type_equal(&call, &before[at].value, &after[at].value))
            return true;
    }
    return false;
}

void foreign_note(Exec *exec, const CatRelation *relation, RowId row, const Datum *before,
                  const Datum *after, const uint64_t *touched)
{
    enum {
        ROLE_REPLICA = 1
    }; /* of session_replication_role's values: keys hold where the rows come from */
    if (exec->options.settings->session_replication_role == ROLE_REPLICA) return;
    for (uint32_t i = 0; after && i < relation->constraint_count; i++) {
        const CatConstraint *constraint = &relation->constraints[i];
        if (constraint->type != 'f' || !constraint->enforced) continue;
        if (before && !any_differs(exec, relation, constraint->columns, constraint->column_count,
                                   before, after, touched))
            continue;
        const ConstraintEvent event = {.kind = CHECK_REFERRING, .row = row};
        constraint_queue_add(exec, relation, constraint, &event, true);
    }
    for (uint32_t i = 0; before && i < relation->referenced_count; i++) {
        const CatConstraint *constraint = &relation->referenced_by[i];
        if (!constraint->enforced) continue;
        if (after && !any_differs(exec, relation, constraint->foreign_columns,
                                  constraint->foreign_count, before, after, touched))
            continue;
        note_referred(exec, relation, constraint, row, before, after);
    }
}

/* The referring row as it is now; gone, it refers to nothing. */
static void run_referring(Foreign *foreign, const ConstraintEvent *event)
{
    SCOPED(scope);
    Look look;
    arena_reset(foreign->scratch);
    begin_look(foreign, scope, LOOK_AT_NEWEST, &look);
    if (!foreign->writer) foreign->writer = writer_open(foreign->exec, foreign->child);
    Arena *arena = arena_new_child(foreign->exec->arena, "referring row");
    if (writer_fetch(foreign->writer, &look.snapshot, event->row, arena, foreign->child_row))
        foreign_check_row(foreign, foreign->child_row);
    arena_drop(arena);
}

void foreign_check_event(Foreign *foreign, const ConstraintEvent *event)
{
    if (event->kind == CHECK_REFERRED)
        run_referred(foreign, event);
    else
        run_referring(foreign, event);
}
