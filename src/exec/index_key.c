/* SPDX-License-Identifier: Apache-2.0 */
/* index_key.c - the key of a row in an index: its columns' parts of a normalised key one behind the other
 * (docs/formats.md, section 7). The payload stays empty: values are read from the row.
 *
 * `table` asks for keys again when an entry alone cannot answer; it may not be raised through, so errors of expressions
 * are caught there and taken as "no entry". */
#include "exec/relation.h"

#include "base/bitset.h"
#include "base/hash.h"
#include "base/task.h"
#include "bind/bind.h"

enum { DIGEST_BYTES = 16 };

/* ---- opening ---- */

static bool note_column(void *arg, void *child)
{
    uint64_t *uses = arg;
    const QSlot *slot = Q_IF(Slot, child);
    task_check_stack();
    if (slot) bits_set(uses, (uint32_t)slot->column);
    return query_walk(child, note_column, arg);
}

static void look_at(IndexMaker *maker, QExpr *expr)
{
    note_column(maker->uses, expr);
    if (expr_parallel_hazard(&expr->base, maker->env) != EXPR_PARALLEL_SAFE)
        maker->is_open_to_workers = false;
}

static void open_expressions(IndexMaker *maker, Exec *exec)
{
    const CatIndex *index = maker->index;
    uint32_t count = 0;
    for (uint32_t i = 0; i < index->key_count; i++) count += index->keys[i].column == 0;
    QExpr **exprs = ARENA_ARRAY(exec->arena, QExpr *, count);
    for (uint32_t i = 0; i < count; i++) {
        exprs[i] = exec__stored(exec->arena, maker->relation, index->expressions[i]);
        look_at(maker, exprs[i]);
    }
    maker->expression_values = ARENA_ARRAY(exec->arena, Datum, count);
    if (count > 0) maker->expressions = exec__program(exec, exprs, count);
    if (!index->predicate) return;
    QExpr *predicate = exec__stored(exec->arena, maker->relation, index->predicate);
    look_at(maker, predicate);
    maker->predicate = exec__filter(exec, &(QExprList){&predicate, 1});
}

static bool make_again(void *arg, const Datum *columns, Arena *arena, IndexKey *key);

static void open_recheck(IndexMaker *maker, Exec *exec)
{
    const uint32_t columns = (uint32_t)maker->relation->column_count;
    uint16_t *numbers = ARENA_ARRAY(exec->arena, uint16_t, columns);
    uint32_t count = 0;
    for (uint32_t i = 0; i < columns; i++)
        if (bits_get(maker->uses, i)) numbers[count++] = maker->relation->columns[i].physical;
    maker->recheck = (IndexRecheck){{numbers, count}, make_again, maker};
    maker->recheck_row = ARENA_ARRAY(exec->arena, Datum, columns);
}

IndexMaker *index_maker_open(Exec *exec, const CatRelation *relation, const CatIndex *index)
{
    IndexMaker *maker = ARENA_NEW(exec->arena, IndexMaker);
    maker->index = index;
    maker->relation = relation;
    maker->is_open_to_workers = true;
    maker->env = exec->options.env;
    maker->calls = ARENA_ARRAY(exec->arena, TypeCall, index->key_count);
    maker->uses = ARENA_ARRAY(exec->arena, uint64_t,
                              bits_words((uint32_t)relation->column_count) + 1);
    for (uint32_t i = 0; i < index->key_count; i++) {
        const CatIndexKey *key = &index->keys[i];
        maker->calls[i] = (TypeCall){.type = type_get(maker->env,
                                                      key->key_type ? key->key_type : key->type),
                                     .env = maker->env,
                                     .typmod = -1,
                                     .collation = key->collation};
        if (key->column > 0) bits_set(maker->uses, (uint32_t)key->column - 1);
    }
    open_expressions(maker, exec);
    open_recheck(maker, exec);
    maker->open = cat_index_handle(txn_store(exec->options.txn), relation, index);
    return maker;
}

/* ---- keys ---- */

KeyExactness index_maker_column(const IndexMaker *maker, uint32_t column, const Datum *value,
                                Arena *arena, StrBuilder *out)
{
    TypeCall call = maker->calls[column];
    call.arena = arena;
    return type_key(&call, value,
                    (KeyOrder)(maker->index->keys[column].options & (KEY_DESC | KEY_NULLS_FIRST)),
                    out);
}

/* The values of the key columns, expressions computed; false: no entry. */
static bool key_values(IndexMaker *maker, const Datum *columns, Datum *values)
{
    uint32_t expression = 0;
    if (maker->predicate && !expr_filter_row(maker->predicate, columns)) return false;
    if (maker->expressions) expr_eval_row(maker->expressions, columns, maker->expression_values);
    for (uint32_t i = 0; i < maker->index->key_count; i++) {
        const int16_t column = maker->index->keys[i].column;
        values[i] = column > 0 ? columns[column - 1] : maker->expression_values[expression++];
    }
    return true;
}

/* Behind a cut key stands a digest of all its values, so that equal bytes are equal keys. */
static void add_digest(IndexMaker *maker, const Datum *values, Arena *arena, StrBuilder *key)
{
    StrBuilder whole = str_builder(arena, 2048);
    for (uint32_t i = 0; i < maker->index->key_count; i++) {
        str_add_char(&whole, values[i].null ? 'n' : 'v');
        if (!values[i].null) type_store(maker->calls[i].type, &values[i].value, &whole);
    }
    const Str text = str_peek(&whole);
    if (str_peek(key).bytes > INDEX_KEY_BYTES_MAX - DIGEST_BYTES)
        str_truncate(key, INDEX_KEY_BYTES_MAX - DIGEST_BYTES);
    for (uint64_t seed = 0; seed < 2; seed++) {
        const uint64_t digest = hash_bytes(text.data, text.bytes, seed);
        str_add(key, (Str){(const char *)&digest, sizeof digest});
    }
}

bool index_maker_key(IndexMaker *maker, const Datum *columns, Arena *arena, IndexKey *key)
{
    Datum *values = ARENA_ARRAY(arena, Datum, maker->index->key_count);
    StrBuilder bytes = str_builder(arena, 32);
    if (!key_values(maker, columns, values)) return false;
    *key = (IndexKey){0};
    for (uint32_t i = 0; i < maker->index->key_count; i++) {
        if (index_maker_column(maker, i, &values[i], arena, &bytes) == KEY_CUT) key->inexact = true;
        key->never_equal |= values[i].null && !maker->index->nulls_not_distinct;
    }
    key->inexact |= str_peek(&bytes).bytes > INDEX_KEY_BYTES_MAX;
    if (key->inexact) add_digest(maker, values, arena, &bytes);
    const Str made = str_done(&bytes);
    key->key = (Bytes){(const uint8_t *)made.data, made.bytes};
    return true;
}

typedef struct MakeAgain {
    IndexMaker *maker;
    Arena *arena;
    IndexKey *key;
    bool found;
} MakeAgain;

static void make_again_body(void *arg)
{
    MakeAgain *work = arg;
    work->found = index_maker_key(work->maker, work->maker->recheck_row, work->arena, work->key);
}

static bool make_again(void *arg, const Datum *columns, Arena *arena, IndexKey *key)
{
    IndexMaker *maker = arg;
    MakeAgain work = {maker, arena, key, false};
    uint32_t at = 0;
    for (uint32_t i = 0; i < (uint32_t)maker->relation->column_count; i++)
        if (bits_get(maker->uses, i)) maker->recheck_row[i] = columns[at++];
    return error_catch(make_again_body, &work, NULL, NULL) && work.found;
}

/* ---- duplicates ---- */

/* "(a, lower(b))=(1, x)" of a row; without data where it may not be shown. */
static Str shown_key(IndexMaker *maker, const Disclosure *disclosure, const Datum *columns,
                     Arena *arena)
{
    const uint32_t count = maker->index->key_count;
    Datum *values = ARENA_ARRAY(arena, Datum, count);
    int16_t *attnums = ARENA_ARRAY(arena, int16_t, count);
    for (uint32_t i = 0; i < count; i++) attnums[i] = maker->index->keys[i].column;
    if (!disclose_columns(disclosure, attnums, count)) return (Str){0};
    const DeparseOptions options = {.view = disclosure->view, .env = maker->env, .pretty = true};
    StrBuilder shown = str_builder(arena, 64);
    (void)key_values(maker, columns, values);
    str_add_char(&shown, '(');
    index_keys_deparse(&shown, maker->relation, maker->index, &options);
    str_add(&shown, STR(")=("));
    for (uint32_t i = 0; i < maker->index->key_count; i++) {
        TypeCall call = maker->calls[i];
        call.arena = arena;
        if (i > 0) str_add(&shown, STR(", "));
        str_add(&shown, values[i].null ? STR("null") : type_print(&call, &values[i].value));
    }
    str_add_char(&shown, ')');
    return str_done(&shown);
}

_Noreturn void index_maker_raise_duplicate(IndexMaker *maker, const Disclosure *disclosure,
                                           const Datum *columns, Arena *arena)
{
    const CatRelation *relation = maker->relation;
    const Str key = shown_key(maker, disclosure, columns, arena);
    Error *error = error_begin(SQLSTATE_UNIQUE_VIOLATION);
    error_message(error, "duplicate key value violates unique constraint \"%.*s\"",
                  STR_ARG(maker->index->name));
    if (key.data) error_detail(error, "Key %.*s already exists.", STR_ARG(key));
    error_object(error, relation->schema_name, relation->name, (Str){0}, (Str){0},
                 maker->index->name);
    error_raise(error);
}

_Noreturn void index_maker_raise_not_unique(IndexMaker *maker, const ExecOptions *options,
                                            RowId row)
{
    const CatRelation *relation = maker->relation;
    Arena *arena = options->query;
    Datum *used = ARENA_ARRAY(arena, Datum, maker->recheck.projection.count),
          *columns = maker->recheck_row;
    uint32_t at = 0;
    CHECK(table_fetch(relation->table, options->snapshot, row, maker->recheck.projection, arena,
                      used));
    for (uint32_t i = 0; i < (uint32_t)relation->column_count; i++)
        if (bits_get(maker->uses, i)) columns[i] = used[at++];
    const Disclosure disclosure = {.view = options->view,
                                   .env = maker->env,
                                   .relation = relation,
                                   .role = relation->owner};
    const Str key = shown_key(maker, &disclosure, columns, arena);
    Error *error = error_begin(SQLSTATE_UNIQUE_VIOLATION);
    error_message(error, "could not create unique index \"%.*s\"", STR_ARG(maker->index->name));
    if (key.data) error_detail(error, "Key %.*s is duplicated.", STR_ARG(key));
    error_object(error, relation->schema_name, relation->name, (Str){0}, (Str){0},
                 maker->index->name);
    error_raise(error);
}
