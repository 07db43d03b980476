/* SPDX-License-Identifier: Apache-2.0 */
/* Plans over tables of a catalog, on the simulated machine: what is written is read back by scans and by indexes, in
 * every direction and at every demand; rules of rows, unique keys, RETURNING, ON CONFLICT, foreign keys; indexes built
 * over rows that are there. */
#include "unit/catalog/server.h"

#include "p.h"
#include "type/array.h"

enum { TABLE_ROWS = 3000 };

typedef struct World {
    QTest t;
    Client client;
    Snapshot snapshot;
    LockOptions lock;
    RowWaitOptions wait;
    ExecDeferred *deferred;
} World;

static void world_open(World *w, Server *server)
{
    memset(w, 0, sizeof *w);
    client_open(&w->client, server);
    w->t.arena = w->client.arena;
    w->t.env = (FnEnv){.settings = &settings_boot,
                       .stmt = w->client.arena,
                       .calls = &w->client.calls,
                       .calls_arg = w->client.view};
    w->wait = (RowWaitOptions){.session = w->client.locks, .wait = ROW_WAIT, .lock = &w->lock};
}

/* A statement's options: a snapshot of now. */
static ExecOptions begin_statement(World *w)
{
    must_be_ok(txn_snapshot(w->client.txn, &w->snapshot));
    txn_snapshot_refresh_own(w->client.txn, &w->snapshot);
    return (ExecOptions){.view = w->client.view,
                         .env = &w->t.env,
                         .settings = &settings_boot,
                         .txn = w->client.txn,
                         .snapshot = &w->snapshot,
                         .read_committed = true,
                         .query = w->t.arena,
                         .wait = &w->wait,
                         .deferred = w->deferred};
}
static void end_statement(World *w)
{
    txn_snapshot_release(&w->snapshot);
    cat_view_release(w->client.view);
}

static uint64_t run(World *w, PlanOp *root, uint32_t demand, Rows *rows)
{
    const ExecOptions options = begin_statement(w);
    Exec *exec = exec_open(p_plan(&w->t, root), &options);
    const Batch *batch;
    if (rows)
        p_collect(exec, demand, rows);
    else
        while (exec_next(exec, demand, &batch)) continue;
    exec_finish(exec);
    const uint64_t processed = exec_processed(exec);
    exec_close(exec);
    end_statement(w);
    return processed;
}

typedef struct Statement {
    World *w;
    PlanOp *root;
    Exec *exec;
} Statement;
static void statement_body(void *arg)
{
    Statement *statement = arg;
    const ExecOptions options = begin_statement(statement->w);
    statement->exec = exec_open(p_plan(&statement->w->t, statement->root), &options);
    const Batch *batch;
    while (exec_next(statement->exec, 2048, &batch)) continue;
    exec_finish(statement->exec);
}
/* The statement raises `code`; what it did is undone. */
static void must_raise(World *w, PlanOp *root, Sqlstate code, const char *detail)
{
    Statement statement = {w, root, NULL};
    const Savepoint before = txn_savepoint(w->client.txn);
    Error *error = NULL;
    CHECK_TRUE(!error_catch(statement_body, &statement, w->t.arena, &error));
    if (error->code != code) (void)fprintf(stderr, "%.*s\n", STR_ARG(error->message));
    CHECK_TRUE(error->code == code);
    if (detail) CHECK_STR(error->detail, detail);
    if (statement.exec) exec_close(statement.exec);
    must_be_ok(txn_rollback_to(w->client.txn, &before));
    end_statement(w);
}

/* ---- tables ---- */

static Oid make_table(World *w, const char *name)
{
    static const CatNewColumn columns[] = {
        {.name = {"a", 1}, .type = OID_INT4, .typmod = -1, .not_null = true},
        {.name = {"b", 1}, .type = OID_INT4, .typmod = -1},
    };
    const CatNewRelation r = {.namespace_ = 2200,
                              .owner = 10,
                              .name = str_from(name),
                              .kind = 'r',
                              .persistence = 'p',
                              .columns = columns,
                              .column_count = 2};
    return cat_create_relation(w->client.view, &r);
}

static Oid make_index(World *w, Oid relation, const char *name, int16_t column, bool unique,
                      bool descending)
{
    const CatIndexKey key = {.column = column,
                             .opclass = 1978,
                             .type = OID_INT4,
                             .options = descending ? 3 : 0};
    const Str names = column == 1 ? STR("a") : STR("b");
    const CatNewIndex index = {.relation = relation,
                               .method = 403,
                               .name = str_from(name),
                               .unique = unique,
                               .keys = &key,
                               .names = &names,
                               .key_count = 1,
                               .column_count = 1};
    const Oid oid = cat_create_index(w->client.view, &index);
    const ExecOptions options = begin_statement(w);
    const CatRelation *r = cat_relation(w->client.view, relation);
    for (uint32_t i = 0; i < r->index_count; i++)
        if (r->indexes[i]->oid == oid) exec_build_index(r, r->indexes[i], &options);
    end_statement(w);
    return oid;
}

static PlanModifyTable *modify(World *w, QCommand command, Oid relation, PlanOp *child)
{
    PlanModifyTable *plan = P_NEW(&w->t, ModifyTable);
    plan->child = child;
    plan->command = command;
    plan->relation = relation;
    plan->table = 1;
    plan->can_set_tag = true;
    return plan;
}

static PlanOp *insert_rows(World *w, Oid relation, const Rows *rows)
{
    return &modify(w, Q_COMMAND_INSERT, relation, p_values(&w->t, rows))->base;
}

/* Rows (a, b), and the ctid before them where asked for. */
static PlanTableScan *scan(World *w, Oid relation, bool with_id)
{
    static int32_t columns[] = {-1, 1, 2};
    PlanTableScan *plan = P_NEW(&w->t, TableScan);
    plan->relation = relation;
    plan->table = 1;
    plan->columns = with_id ? (NodeI32s){columns, 3} : (NodeI32s){columns + 1, 2};
    if (with_id)
        plan->outputs = P_OUTPUTS(&w->t, p_slot(&w->t, 0, 0, OID_TID), p_int(&w->t, 0, 1),
                                  p_int(&w->t, 0, 2));
    else
        plan->outputs = p_all(&w->t, 2, 0);
    return plan;
}

static void check_rows(World *w, PlanOp *plan, Rows want, bool any_order)
{
    static const uint32_t demands[] = {2048, 1, 300};
    if (any_order) rows_sort(&want);
    for (uint32_t i = 0; i < ARRAY_LEN(demands); i++) {
        Rows got = rows_make(&w->t, want.columns);
        (void)run(w, plan, demands[i], &got);
        if (any_order) rows_sort(&got);
        CHECK_TRUE(got.count == want.count);
        for (uint32_t r = 0; r < got.count; r++)
            CHECK_TRUE(memcmp(got.at[r], want.at[r], sizeof(int64_t) * got.columns) == 0);
    }
}

static Rows zeroed(World *w)
{
    Rows rows = rows_make(&w->t, 2);
    memset(rows.at, 0, sizeof(int64_t[RESULT_ROWS_MAX][COLUMNS_MAX]));
    return rows;
}

/* a = every number once, shuffled; b = a % 50, NULL for a % 11 = 0. */
static Rows table_rows(World *w)
{
    Rows rows = zeroed(w);
    for (uint32_t i = 0; i < TABLE_ROWS; i++) {
        const int64_t a = (int64_t)i * 1009 % TABLE_ROWS;
        rows_add(&rows, (int64_t[]){a, a % 11 == 0 ? NOTHING : a % 50});
    }
    return rows;
}

/* ---- index ranges ---- */

static PlanIndexKey *index_key(World *w, int32_t strategy, QExpr *value)
{
    PlanIndexKey *key = P_NEW(&w->t, IndexKey);
    key->strategy = strategy;
    key->value = value;
    return key;
}

static PlanIndexScan *index_scan(World *w, Oid relation, Oid index, uint32_t count,
                                 PlanIndexKey **keys)
{
    static int32_t columns[] = {1, 2};
    PlanIndexScan *plan = P_NEW(&w->t, IndexScan);
    plan->relation = relation;
    plan->table = 1;
    plan->index = index;
    plan->columns = (NodeI32s){columns, 2};
    plan->keys = (PlanIndexKeyList){arena_copy(w->t.arena, keys, sizeof *keys * count), count};
    plan->outputs = p_all(&w->t, 2, 0);
    return plan;
}

static bool keeps(int64_t v, int32_t strategy, int64_t bound)
{
    if (v == NOTHING) return false;
    switch (strategy) {
    case 1: return v < bound;
    case 2: return v <= bound;
    case 3: return v == bound;
    case 4: return v >= bound;
    default: return v > bound;
    }
}

static void check_ranges(World *w, Oid relation, Oid index, uint32_t column, bool descending)
{
    Rows rows = table_rows(w);
    for (int32_t strategy = 1; strategy <= 5; strategy++)
        for (int wide = 0; wide < 2; wide++)
            for (int backward = 0; backward < 2; backward++) {
                Rows want = zeroed(w);
                for (uint32_t r = 0; r < rows.count; r++)
                    if (keeps(rows.at[r][column], strategy, 17)) rows_add(&want, rows.at[r]);
                QExpr *value = wide ? q_const(&w->t, OID_INT8, (Datum){.value.i64 = 17})
                                    : q_int(&w->t, 17);
                PlanIndexKey *key = index_key(w, strategy, value);
                PlanIndexScan *plan = index_scan(w, relation, index, 1, &key);
                plan->backward = backward;
                check_rows(w, &plan->base.base, want, true);
                /* In the order of the index. */
                Rows got = rows_make(&w->t, 2);
                (void)run(w, &plan->base.base, 100, &got);
                for (uint32_t r = 1; r < got.count; r++) {
                    const bool falls = got.at[r][column] <= got.at[r - 1][column];
                    const bool rises = got.at[r][column] >= got.at[r - 1][column];
                    CHECK_TRUE(backward != descending ? falls : rises);
                }
            }
}

static void check_special_ranges(World *w, Oid relation, Oid index)
{
    Rows rows = table_rows(w), nulls = zeroed(w), list = zeroed(w), between = zeroed(w);
    for (uint32_t r = 0; r < rows.count; r++) {
        const int64_t b = rows.at[r][1];
        if (b == NOTHING) rows_add(&nulls, rows.at[r]);
        if (b == 3 || b == 40) rows_add(&list, rows.at[r]);
        if (b != NOTHING && b > 10 && b <= 20) rows_add(&between, rows.at[r]);
    }
    PlanIndexKey *key = index_key(w, 0, NULL);
    key->is_null = true;
    check_rows(w, &index_scan(w, relation, index, 1, &key)->base.base, nulls, true);
    QArray *array = Q_NEW(w->t.arena, Array);
    array->items = Q_LIST(&w->t, q_int(&w->t, 40), q_int(&w->t, 3), q_int(&w->t, 40),
                          q_null(&w->t, OID_INT4));
    array->element = OID_INT4;
    key = index_key(w, 3, q_typed(array, 1007));
    key->is_array = true;
    check_rows(w, &index_scan(w, relation, index, 1, &key)->base.base, list, true);
    PlanIndexKey *both[] = {index_key(w, 5, q_int(&w->t, 10)), index_key(w, 2, q_int(&w->t, 20))};
    check_rows(w, &index_scan(w, relation, index, 2, both)->base.base, between, true);
    key = index_key(w, 3, q_null(&w->t, OID_INT4));
    check_rows(w, &index_scan(w, relation, index, 1, &key)->base.base, zeroed(w), true);
    key = index_key(w, 1, q_const(&w->t, OID_INT8, (Datum){.value.i64 = INT64_C(1) << 40}));
    Rows all = zeroed(w);
    for (uint32_t r = 0; r < rows.count; r++)
        if (rows.at[r][1] != NOTHING) rows_add(&all, rows.at[r]);
    check_rows(w, &index_scan(w, relation, index, 1, &key)->base.base, all, true);
}

static void writing_and_reading(World *w)
{
    client_begin(&w->client);
    const Oid t = make_table(w, "t");
    const Oid by_a = make_index(w, t, "t_a", 1, true, false);
    Rows rows = table_rows(w);
    CHECK_TRUE(run(w, insert_rows(w, t, &rows), 2048, NULL) == TABLE_ROWS);
    const Oid by_b = make_index(w, t, "t_b", 2, false, false); /* over rows that are there */
    const Oid down = make_index(w, t, "t_b_down", 2, false, true);
    check_rows(w, &scan(w, t, false)->base.base, rows, false);
    check_ranges(w, t, by_a, 0, false);
    check_ranges(w, t, by_b, 1, false);
    check_ranges(w, t, down, 1, true);
    check_special_ranges(w, t, by_b);
    check_special_ranges(w, t, down);
    client_commit(&w->client);
}

/* ---- rules ---- */

static Oid find(World *w, const char *name)
{
    return cat_relation_search(w->client.view, (CatName){.name = str_from(name)});
}

static Rows one_row(World *w, int64_t a, int64_t b)
{
    Rows rows = zeroed(w);
    rows_add(&rows, (int64_t[]){a, b});
    return rows;
}

static void rules(World *w)
{
    client_begin(&w->client);
    const Oid t = find(w, "t");
    Rows twice = one_row(w, 17, 5), null = one_row(w, NOTHING, 5), mixed = one_row(w, 90000, 1);
    must_raise(w, insert_rows(w, t, &twice), SQLSTATE_UNIQUE_VIOLATION,
               "Key (a)=(17) already exists.");
    must_raise(w, insert_rows(w, t, &null), SQLSTATE_NOT_NULL_VIOLATION,
               "Failing row contains (null, 5).");
    /* The duplicate stands before the NULL: it is told first. */
    rows_add(&mixed, (int64_t[]){18, 0});
    rows_add(&mixed, (int64_t[]){NOTHING, 0});
    must_raise(w, insert_rows(w, t, &mixed), SQLSTATE_UNIQUE_VIOLATION,
               "Key (a)=(18) already exists.");
    check_rows(w, &scan(w, t, false)->base.base, table_rows(w), false);
    const CatConstraint a_not_null = {.type = 'n',
                                      .relation = t,
                                      .columns = (int16_t[]){1},
                                      .column_count = 1};
    const ExecOptions options = begin_statement(w);
    exec_check_constraint(cat_relation(w->client.view, t), &a_not_null, &options);
    end_statement(w);
    client_commit(&w->client);
}

/* ---- UPDATE, DELETE, RETURNING ---- */

static PlanModifyTable *update_where_below(World *w, Oid t, int32_t bound)
{
    static int32_t set[] = {1};
    PlanTableScan *child = scan(w, t, true);
    child->pushed = Q_LIST(&w->t, q_op(&w->t, p_int(&w->t, 0, 1), "<", q_int(&w->t, bound)));
    child->outputs = P_OUTPUTS(&w->t, p_slot(&w->t, 0, 0, OID_TID),
                               q_op(&w->t, p_int(&w->t, 0, 1), "+", q_int(&w->t, 100000)));
    PlanModifyTable *plan = modify(w, Q_COMMAND_UPDATE, t, &child->base.base);
    plan->columns = (NodeI32s){set, 1};
    return plan;
}

static void changing(World *w)
{
    client_begin(&w->client);
    const Oid t = find(w, "t");
    PlanModifyTable *update = update_where_below(w, t, 10);
    update->returning = P_OUTPUTS(&w->t, p_int(&w->t, 1, 0), p_int(&w->t, 2, 0));
    update->outputs = update->returning;
    Rows returned = rows_make(&w->t, 2);
    CHECK_TRUE(run(w, &update->base, 3, &returned) == 10);
    CHECK_TRUE(returned.count == 10);
    for (uint32_t r = 0; r < 10; r++) CHECK_TRUE(returned.at[r][0] == returned.at[r][1] + 100000);
    PlanTableScan *rest = scan(w, t, true);
    rest->pushed = Q_LIST(&w->t, q_op(&w->t, p_int(&w->t, 0, 1), ">=", q_int(&w->t, 2000)));
    rest->pushed.items = arena_copy(w->t.arena,
                                    (QExpr *[]){rest->pushed.items[0],
                                                q_op(&w->t, p_int(&w->t, 0, 1), "<",
                                                     q_int(&w->t, 100000))},
                                    2 * sizeof(QExpr *));
    rest->pushed.count = 2;
    PlanModifyTable *delete = modify(w, Q_COMMAND_DELETE, t, &rest->base.base);
    CHECK_TRUE(run(w, &delete->base, 2048, NULL) == 1000);
    Rows rows = table_rows(w), want = zeroed(w), moved = zeroed(w);
    for (uint32_t r = 0; r < rows.count; r++) {
        int64_t *row = rows.at[r];
        if (row[0] >= 2000) continue;
        if (row[0] < 10) row[0] += 100000;
        rows_add(row[0] >= 100000 ? &moved : &want, row);
    }
    const Oid by_a = cat_relation(w->client.view, t)->indexes[0]->oid;
    PlanIndexKey *below = index_key(w, 1, q_int(&w->t, 100000)),
                 *above = index_key(w, 4, q_int(&w->t, 100000));
    check_rows(w, &index_scan(w, t, by_a, 1, &below)->base.base, want, true);
    check_rows(w, &index_scan(w, t, by_a, 1, &above)->base.base, moved, true);
    client_abort(&w->client);
    client_begin(&w->client);
    check_rows(w, &scan(w, find(w, "t"), false)->base.base, table_rows(w), false);
    client_commit(&w->client);
}

static void on_conflict(World *w)
{
    client_begin(&w->client);
    const Oid t = find(w, "t");
    Rows rows = one_row(w, 17, 1);
    rows_add(&rows, (int64_t[]){5000, 2});
    PlanModifyTable *nothing = modify(w, Q_COMMAND_INSERT, t, p_values(&w->t, &rows));
    nothing->on_conflict = Q_NEW(w->t.arena, OnConflict);
    nothing->on_conflict->action = Q_CONFLICT_NOTHING;
    CHECK_TRUE(run(w, &nothing->base, 2048, NULL) == 1);
    /* DO UPDATE SET b = excluded.b + t.b RETURNING a, b */
    rows.at[1][0] = 5001;
    PlanModifyTable *update = modify(w, Q_COMMAND_INSERT, t, p_values(&w->t, &rows));
    update->on_conflict = Q_NEW(w->t.arena, OnConflict);
    update->on_conflict->action = Q_CONFLICT_UPDATE;
    update->on_conflict->set = P_OUTPUTS(&w->t,
                                         q_op(&w->t, p_int(&w->t, 0, 1), "+", p_int(&w->t, 2, 1)));
    update->on_conflict->set.items[0]->number = 2;
    update->returning = P_OUTPUTS(&w->t, p_int(&w->t, 1, 0), p_int(&w->t, 1, 1));
    update->outputs = update->returning;
    Rows returned = zeroed(w), want = one_row(w, 17, 18);
    rows_add(&want, (int64_t[]){5001, 2});
    CHECK_TRUE(run(w, &update->base, 2048, &returned) == 2);
    CHECK_TRUE(returned.count == 2 && memcmp(returned.at, want.at, 2 * sizeof want.at[0]) == 0);
    Rows same = one_row(w, 6000, 1);
    rows_add(&same, (int64_t[]){6000, 2});
    update->child = p_values(&w->t, &same);
    must_raise(w, &update->base, SQLSTATE_CARDINALITY_VIOLATION, NULL);
    client_abort(&w->client);
}

/* ---- foreign keys ---- */

static void add_foreign_key(World *w, Oid child, Oid parent, Oid index, char on_delete,
                            char on_update, bool deferred)
{
    const Type *int2 = type_get(NULL, OID_INT2), *oid = type_get(NULL, OID_OID);
    const Datum one = {.value.i16 = 1}, two = {.value.i16 = 2}, equal = {.value.u32 = 96};
    Datum values[PG_CONSTRAINT_COLUMNS];
    for (int i = 0; i < PG_CONSTRAINT_COLUMNS; i++) values[i] = (Datum){0};
    values[PG_CONSTRAINT_OID].value.u32 = cat_new_oid(w->client.view, PG_CONSTRAINT);
    values[PG_CONSTRAINT_CONNAME].value.str = strview(STR("fk"));
    values[PG_CONSTRAINT_CONNAMESPACE].value.u32 = 2200;
    values[PG_CONSTRAINT_CONTYPE].value.i16 = 'f';
    values[PG_CONSTRAINT_CONENFORCED].value.b = values[PG_CONSTRAINT_CONVALIDATED].value.b = true;
    values[PG_CONSTRAINT_CONDEFERRABLE].value.b = values[PG_CONSTRAINT_CONDEFERRED].value.b =
        deferred;
    values[PG_CONSTRAINT_CONRELID].value.u32 = child;
    values[PG_CONSTRAINT_CONINDID].value.u32 = index;
    values[PG_CONSTRAINT_CONFRELID].value.u32 = parent;
    values[PG_CONSTRAINT_CONFUPDTYPE].value.i16 = on_update;
    values[PG_CONSTRAINT_CONFDELTYPE].value.i16 = on_delete;
    values[PG_CONSTRAINT_CONFMATCHTYPE].value.i16 = 's';
    values[PG_CONSTRAINT_CONISLOCAL].value.b = true;
    values[PG_CONSTRAINT_CONKEY].value.str = strview(array_build(w->t.arena, int2, &two, 1));
    values[PG_CONSTRAINT_CONFKEY].value.str = strview(array_build(w->t.arena, int2, &one, 1));
    values[PG_CONSTRAINT_CONPFEQOP].value.str = strview(array_build(w->t.arena, oid, &equal, 1));
    values[PG_CONSTRAINT_CONPPEQOP] = values[PG_CONSTRAINT_CONFFEQOP] =
        values[PG_CONSTRAINT_CONPFEQOP];
    values[PG_CONSTRAINT_CONFDELSETCOLS].null = values[PG_CONSTRAINT_CONEXCLOP].null = true;
    values[PG_CONSTRAINT_CONBIN].null = true;
    (void)cat_insert(w->client.view, PG_CONSTRAINT, values);
    const CatObject constraint = {CLASS_PG_CONSTRAINT, values[PG_CONSTRAINT_OID].value.u32, 0};
    cat_depend_add(w->client.view, constraint, (CatObject){CLASS_PG_CLASS, parent, 1}, 'n');
    cat_invalidate(w->client.view, CLASS_PG_CLASS, child);
    cat_invalidate(w->client.view, CLASS_PG_CLASS, parent);
    cat_view_release(w->client.view);
}

static PlanOp *delete_below(World *w, Oid t, int32_t bound)
{
    PlanTableScan *rows = scan(w, t, true);
    rows->pushed = Q_LIST(&w->t, q_op(&w->t, p_int(&w->t, 0, 1), "<", q_int(&w->t, bound)));
    return &modify(w, Q_COMMAND_DELETE, t, &rows->base.base)->base;
}

static void foreign_keys(World *w, char on_delete, char on_update, bool indexed)
{
    client_begin(&w->client);
    const Oid parent = make_table(w, "parent"), child = make_table(w, "child");
    const Oid index = make_index(w, parent, "parent_a", 1, true, false);
    (void)make_index(w, child, "child_a", 1, true, false);
    if (indexed) (void)make_index(w, child, "child_b", 2, false, false);
    add_foreign_key(w, child, parent, index, on_delete, on_update, false);
    Rows parents = zeroed(w), children = zeroed(w), missing = one_row(w, 900, 77);
    for (int64_t i = 0; i < 10; i++) rows_add(&parents, (int64_t[]){i, i});
    for (int64_t i = 0; i < 20; i++) rows_add(&children, (int64_t[]){i, i == 7 ? NOTHING : i % 10});
    CHECK_TRUE(run(w, insert_rows(w, parent, &parents), 2048, NULL) == 10);
    CHECK_TRUE(run(w, insert_rows(w, child, &children), 2048, NULL) == 20);
    must_raise(w, insert_rows(w, child, &missing), SQLSTATE_FOREIGN_KEY_VIOLATION,
               "Key (b)=(77) is not present in table \"parent\".");
    PlanOp *gone = delete_below(w, parent, 2), *moved = &update_where_below(w, parent, 4)->base;
    Rows want = zeroed(w);
    if (on_delete == 'a')
        must_raise(w, gone, SQLSTATE_FOREIGN_KEY_VIOLATION,
                   "Key (a)=(0) is still referenced from table \"child\".");
    else if (on_delete == 'r')
        must_raise(w, gone, SQLSTATE_RESTRICT_VIOLATION,
                   "Key (a)=(0) is referenced from table \"child\".");
    else
        CHECK_TRUE(run(w, gone, 2048, NULL) == 2);
    if (on_update == 'c')
        CHECK_TRUE(run(w, moved, 2048, NULL) == (on_delete == 'a' || on_delete == 'r' ? 4 : 2));
    else
        must_raise(w, moved, SQLSTATE_FOREIGN_KEY_VIOLATION, NULL);
    for (uint32_t i = 0; i < 20; i++) {
        int64_t *row = children.at[i];
        if (row[1] != NOTHING && row[1] < 2 && on_delete == 'c') continue;
        if (row[1] != NOTHING && row[1] < 2 && on_delete == 'n') row[1] = NOTHING;
        if (row[1] != NOTHING && row[1] < 4 && on_update == 'c') row[1] += 100000;
        rows_add(&want, row);
    }
    check_rows(w, &scan(w, child, false)->base.base, want, true);
    client_abort(&w->client);
}

static void run_deferred(void *arg)
{
    World *w = arg;
    const ExecOptions options = begin_statement(w);
    exec_deferred_run(w->deferred, &options);
}

/* A child before its parent: fine until the transaction ends, unless the savepoint is gone that it was written
 * behind. */
static void deferred_keys(World *w)
{
    client_begin(&w->client);
    const Oid parent = make_table(w, "parent"), child = make_table(w, "child");
    const Oid index = make_index(w, parent, "parent_a", 1, true, false);
    add_foreign_key(w, child, parent, index, 'a', 'a', true);
    Rows five = one_row(w, 1, 5), six = one_row(w, 2, 6), parents = one_row(w, 5, 0);
    w->deferred = exec_deferred_new(w->t.arena);
    CHECK_TRUE(run(w, insert_rows(w, child, &five), 2048, NULL) == 1);
    const Savepoint before = txn_savepoint(w->client.txn);
    CHECK_TRUE(run(w, insert_rows(w, child, &six), 2048, NULL) == 1);
    must_be_ok(txn_rollback_to(w->client.txn, &before));
    exec_deferred_rollback_to(w->deferred, &before, 0);
    CHECK_TRUE(run(w, insert_rows(w, parent, &parents), 2048, NULL) == 1);
    run_deferred(w);
    end_statement(w);
    CHECK_TRUE(run(w, insert_rows(w, child, &six), 2048, NULL) == 1);
    Error *error = NULL;
    CHECK_TRUE(!error_catch(run_deferred, w, w->t.arena, &error));
    CHECK_TRUE(error->code == SQLSTATE_FOREIGN_KEY_VIOLATION);
    end_statement(w);
    w->deferred = NULL;
    client_abort(&w->client);
}

/* ---- rows from outside ---- */

static void loading(World *w)
{
    client_begin(&w->client);
    const Oid t = make_table(w, "loaded");
    const Oid index = make_index(w, t, "loaded_a", 1, true, false);
    ExecOptions options = begin_statement(w);
    ExecInsert *insert = exec_insert_open(cat_relation(w->client.view, t), &options, (int16_t[]){1},
                                          1);
    Batch batch = {.column_count = 1, .columns = ARENA_ARRAY(w->t.arena, Vector, 1)};
    Rows want = zeroed(w);
    for (uint32_t part = 0; part < 3; part++) {
        vector_init_flat(&batch.columns[0], w->t.arena, OID_INT4, PHYS_I32, 1000);
        for (int32_t i = 0; i < 1000; i++) {
            ((int32_t *)batch.columns[0].data)[i] = (int32_t)part * 1000 + i;
            rows_add(&want, (int64_t[]){part * 1000 + i, NOTHING});
        }
        batch.row_count = 1000;
        batch.selection = (Selection){.count = 1000};
        exec_insert_rows(insert, &batch);
    }
    exec_insert_close(insert);
    end_statement(w);
    check_rows(w, &scan(w, t, false)->base.base, want, false);
    PlanIndexKey *all = index_key(w, 4, q_int(&w->t, 0));
    check_rows(w, &index_scan(w, t, index, 1, &all)->base.base, want, false);
    client_abort(&w->client);
}

/* ---- the machine ---- */

static void bodies(void *arg)
{
    World w;
    world_open(&w, arg);
    writing_and_reading(&w);
    rules(&w);
    changing(&w);
    on_conflict(&w);
    static const char actions[][3] = {"aa", "ra", "ca", "nc", "cc", "ac"};
    for (uint32_t i = 0; i < ARRAY_LEN(actions); i++)
        foreign_keys(&w, actions[i][0], actions[i][1], i % 2 == 0);
    deferred_keys(&w);
    loading(&w);
    client_close(&w.client);
}

static void tables_main(void *arg)
{
    Server server;
    (void)arg;
    server_create();
    server_open(&server);
    if (!error_catch(bodies, &server, NULL, NULL)) {
        const Error *e = error_current();
        (void)fprintf(stderr, "%.*s\n%.*s (%s:%d)\n", STR_ARG(e->message), STR_ARG(e->detail),
                      e->file, e->line);
        assert_failed("raised", __FILE__, __LINE__);
    }
    server_close(&server);
}

static void tables(void **state)
{
    (void)state;
    on_machine(test_seed(1), tables_main, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(tables)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
