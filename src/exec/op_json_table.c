/* SPDX-License-Identifier: Apache-2.0 */
/* op_json_table.c - TableFunctionScan: JSON_TABLE.
 *
 * The paths are run first, over the document and over what they find: every row of the result is one item for each path
 * on the way from the root to it, and none for the other paths. Columns are then computed a batch of rows at a time,
 * over vectors of what is passed, and of each path's item and its number:
 *
 *     passed 1, passed 2, ..., item of path 0, number of path 0, item of path 1, ...
 *
 * so that a column's expression has slots for JsonItem. Paths are numbered as a walk from the root meets them. */
#include "exec/ops.h"

#include "base/array.h"
#include "base/oids.h"
#include "base/task.h"
#include "type/jsonpath.h"

typedef struct TablePath {
    Path path;
    uint32_t first, count; /* of `paths`: those nested in it */
    uint32_t *nested;
} TablePath;

typedef struct JsonTableState {
    const QJsonTable *table;
    ExprState *inputs;  /* the document, then what is passed */
    ExprState *columns; /* of the result, over `slots` */
    uint32_t passed_count, path_count, column_count, slot_count;
    TablePath *paths;
    Fn fn;
    Arena *arena;  /* what a document makes */
    Datum *passed; /* in `arena` */
    Datum *at;     /* items and numbers of the row being made */
    ARRAY_OF(Datum) rows;
    uint32_t row_count, next_row;
    bool started;
    Batch slots, row;
} JsonTableState;

/* ---- opening ---- */

typedef struct SlotWork {
    Arena *arena;
    uint32_t item; /* the slot of the path's item */
} SlotWork;

static void *put_slot(void *arg, void *child)
{
    const SlotWork *work = arg;
    const QJsonItem *item = Q_IF(JsonItem, (QNode *)child);
    task_check_stack();
    if (!item) {
        node_replace(&query_family, child, put_slot, arg);
        return child;
    }
    QSlot *slot = Q_NEW(work->arena, Slot);
    slot->base = item->base;
    slot->base.base.kind = Q_SLOT;
    slot->column = item->number ? item->number - 1 : (int32_t)work->item;
    return slot;
}

static QExpr *number_slot(Arena *arena, uint32_t item)
{
    QSlot *slot = Q_NEW(arena, Slot);
    slot->column = (int32_t)item + 1;
    slot->type = OID_INT4;
    slot->typmod = -1;
    return &slot->base;
}

typedef struct Opening {
    JsonTableState *state;
    Arena *arena;
    ARRAY_OF(QExpr *) columns;
    ARRAY_OF(TablePath) paths;
} Opening;

static uint32_t open_path(Opening *opening, const QJsonTablePath *node)
{
    Arena *arena = opening->arena;
    const uint32_t number = opening->paths.count;
    const SlotWork work = {arena, opening->state->passed_count + 2 * number};
    const QConst *path = Q_AS(Const, node->path);
    TablePath *made = array_add(&opening->paths);
    InputError err = {.arena = arena};
    task_check_stack();
    memset(made, 0, sizeof *made);
    if (!path_read(arena, path_text(strview_str(&path->value.datum.value.str)), &made->path, &err))
        input_error_raise(&err);
    for (uint32_t i = 0; i < node->columns.count; i++) {
        const QJsonTableColumn *column = node->columns.items[i];
        array_push(&opening->columns, column->expr
                                          ? put_slot((void *)&work, query_copy(arena, column->expr))
                                          : number_slot(arena, work.item));
    }
    uint32_t *nested = ARENA_ARRAY(arena, uint32_t, node->nested.count + 1);
    for (uint32_t i = 0; i < node->nested.count; i++)
        nested[i] = open_path(opening, node->nested.items[i]);
    opening->paths.items[number].nested = nested;
    opening->paths.items[number].count = node->nested.count;
    return number;
}

static void json_table_open(OpState *op)
{
    const PlanTableFunctionScan *plan = (const PlanTableFunctionScan *)op->plan;
    JsonTableState *state = OP_STATE(JsonTableState, op);
    Exec *exec = op->exec;
    Arena *arena = exec->arena;
    state->table = plan->call;
    state->passed_count = plan->call->passing.count;
    Opening opening = {.state = state,
                       .arena = arena,
                       .columns = {.arena = arena},
                       .paths = {.arena = arena}};
    (void)open_path(&opening, plan->call->root);
    state->paths = opening.paths.items;
    state->path_count = opening.paths.count;
    state->column_count = opening.columns.count;
    state->slot_count = state->passed_count + 2 * state->path_count;
    state->columns = exec__program(exec, opening.columns.items, opening.columns.count);
    QExpr **inputs = ARENA_ARRAY(arena, QExpr *, state->passed_count + 1);
    inputs[0] = plan->call->document;
    for (uint32_t i = 0; i < state->passed_count; i++) inputs[i + 1] = plan->call->passing.items[i];
    state->inputs = exec__program(exec, inputs, state->passed_count + 1);
    state->arena = arena_new_child(arena, "JSON table");
    state->fn = (Fn){.arena = state->arena, .site = arena, .env = exec->options.env};
    state->at = ARENA_ARRAY(arena, Datum, 2 * (size_t)state->path_count);
    state->slots.columns = ARENA_ARRAY(arena, Vector, state->slot_count);
    state->slots.column_count = state->slot_count;
    state->slots.arena = arena_new_child(arena, "JSON table items");
    state->row.columns = ARENA_ARRAY(arena, Vector, state->column_count);
    state->row.column_count = state->column_count;
}

/* ---- rows of a document ---- */

typedef struct Walk {
    JsonTableState *state;
    const JsonNode *vars;
} Walk;

static void set_path(JsonTableState *state, uint32_t path, const JsonNode *item, uint32_t number)
{
    const Datum null = {.null = true};
    Datum *at = &state->at[2 * path];
    at[0] = at[1] = null;
    if (!item) return;
    at[0] = (Datum){.value.str = strview(jsonb_store(state->arena, item))};
    at[1] = (Datum){.value.i32 = (int32_t)number};
}

static void clear_path(JsonTableState *state, uint32_t path)
{
    task_check_stack();
    set_path(state, path, NULL, 0);
    for (uint32_t i = 0; i < state->paths[path].count; i++)
        clear_path(state, state->paths[path].nested[i]);
}

static void walk_path(Walk *walk, uint32_t path, JsonNode document);

/* The item's rows: those of the nested paths one after the other, or itself alone where they find nothing. */
static void walk_item(Walk *walk, uint32_t path, const JsonNode *item)
{
    JsonTableState *state = walk->state;
    const TablePath *node = &state->paths[path];
    const uint32_t before = state->row_count;
    for (uint32_t i = 0; i < node->count; i++) {
        walk_path(walk, node->nested[i], *item);
        clear_path(state, node->nested[i]);
    }
    if (state->row_count > before) return;
    for (uint32_t i = 0; i < 2 * state->path_count; i++) array_push(&state->rows, state->at[i]);
    state->row_count++;
}

static void walk_path(Walk *walk, uint32_t path, JsonNode document)
{
    JsonTableState *state = walk->state;
    PathItems found;
    const PathRun run = {.fn = &state->fn,
                         .path = &state->paths[path].path,
                         .document = document,
                         .vars = walk->vars,
                         .silent = !state->table->error_on_error};
    task_check_stack();
    if (!path_run(&run, &found)) return;
    for (uint32_t i = 0; i < found.items.count; i++) {
        task_check();
        set_path(state, path, &found.items.items[i], i + 1);
        walk_item(walk, path, &found.items.items[i]);
    }
}

/* What is passed, by name, as paths see it. */
static JsonNode variables(JsonTableState *state)
{
    const uint32_t count = state->passed_count;
    Datum *values = ARENA_ARRAY(state->arena, Datum, 2 * (size_t)count + 1);
    Oid *types = ARENA_ARRAY(state->arena, Oid, 2 * (size_t)count + 1);
    for (uint32_t i = 0; i < count; i++) {
        types[2 * i] = OID_TEXT;
        types[2 * i + 1] = state->table->passing.items[i]->type;
        values[2 * i] = (Datum){.value.str = strview(state->table->names.items[i])};
        values[2 * i + 1] = state->passed[i];
    }
    return jsonb_node(json_build(&state->fn, (JsonBuild){.object = true, .binary = true}, values,
                                 types, 2 * count));
}

static void start(JsonTableState *state)
{
    const Batch *input = &exec__one_row;
    const uint16_t row = 0;
    const uint32_t count = state->passed_count;
    arena_reset(state->arena);
    memset(&state->rows, 0, sizeof state->rows);
    state->rows.arena = state->arena;
    state->row_count = state->next_row = 0;
    state->started = true;
    Vector *values = ARENA_ARRAY(state->arena, Vector, count + 1);
    if (expr_eval(state->inputs, &input, 1, (Selection){&row, 1}, values) == 0)
        expr_raise(state->inputs);
    Datum document = vector_get(&values[0], 0);
    state->passed = ARENA_ARRAY(state->arena, Datum, count + 1);
    if (document.null) return;
    document.value = value_copy(state->arena, PHYS_STR, document.value);
    for (uint32_t i = 0; i < count; i++) {
        Datum *passed = &state->passed[i];
        *passed = vector_get(&values[i + 1], 0);
        if (!passed->null)
            passed->value = value_copy(state->arena, (Phys)values[i + 1].phys, passed->value);
    }
    JsonNode vars;
    if (count) vars = variables(state);
    Walk walk = {state, count ? &vars : NULL};
    for (uint32_t i = 0; i < state->path_count; i++) set_path(state, i, NULL, 0);
    walk_path(&walk, 0, jsonb_node(strview_str(&document.value.str)));
}

/* ---- batches ---- */

static void fill_slots(OpState *op, JsonTableState *state, uint32_t count)
{
    Arena *arena = state->slots.arena;
    const uint32_t passed = state->passed_count, width = 2 * state->path_count;
    arena_reset(arena);
    for (uint32_t i = 0; i < passed; i++) {
        const Oid type = state->table->passing.items[i]->type;
        const Phys phys = type_get(op->exec->options.env, type)->phys;
        vector_init_constant(&state->slots.columns[i], arena, type, phys, &state->passed[i]);
    }
    for (uint32_t i = 0; i < width; i++) {
        Vector *column = &state->slots.columns[passed + i];
        vector_init_flat(column, arena, i % 2 ? OID_INT4 : OID_JSONB, i % 2 ? PHYS_I32 : PHYS_STR,
                         count);
        for (uint32_t row = 0; row < count; row++)
            vector_set(column, arena, row,
                       &state->rows.items[(size_t)(state->next_row + row) * width + i]);
    }
    state->slots.row_count = count;
    state->slots.selection = (Selection){.count = count};
}

/* The next rows, as many as there are without an error. */
static uint32_t fill_rows(OpState *op, JsonTableState *state, uint32_t demand)
{
    const uint32_t count = MIN(demand, state->row_count - state->next_row);
    if (count == 0) return 0;
    const Batch *slots = &state->slots;
    fill_slots(op, state, count);
    const uint32_t good = expr_eval(state->columns, &slots, 1, slots->selection,
                                    state->row.columns);
    if (good == 0) expr_raise(state->columns);
    state->next_row += good;
    state->row.row_count = good;
    state->row.selection = (Selection){.count = good};
    return good;
}

static bool json_table_next(OpState *op, uint32_t rows_max)
{
    JsonTableState *state = OP_STATE(JsonTableState, op);
    const Batch *row = &state->row;
    if (!state->started) start(state);
    for (uint32_t tries = 0;; tries++) {
        if (tail_give(op, rows_max)) return true;
        if (fill_rows(op, state, tail_demand(op, rows_max, tries)) == 0) return false;
        tail_take(op, &row, 1, state->row.selection);
    }
}

static void json_table_rewind(OpState *op)
{
    OP_STATE(JsonTableState, op)->started = false;
}

const Operator op_table_function_scan = {.kind = PLAN_TABLE_FUNCTION_SCAN,
                                         .title = "Table Function Scan",
                                         .state_bytes = sizeof(JsonTableState),
                                         .open = json_table_open,
                                         .next = json_table_next,
                                         .rewind = json_table_rewind};
