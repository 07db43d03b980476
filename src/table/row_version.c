/* SPDX-License-Identifier: Apache-2.0 */
/* row_version.c - rows as they were (row_version.h). Undo is read newest first; each record puts back a head and the
 * columns that its change had set, until the head is one that the view sees. Record bytes stay in the version's arena
 * while a value points to them, and are given back at once when none does: a hot row has a long past. */
#include "table/row_version.h"

#include "base/error.h"
#include "table/leaf_internal.h"
#include "table/overflow.h"
#include "table/row_change.h"
#include "table/row_image.h"
#include "txn/ssi.h"

bool row_view_sees(const RowView *view, RowHead head)
{
    if (view->to_key && (head.flags & (ROW_FLAG_KEY | ROW_FLAG_DELETED))) return true;
    if (view->snapshot) return table__sees(view->snapshot, head);
    return head.xid.v == txn_xid(view->txn).v || !table__is_open(txn_system(view->txn), head.xid);
}

/* ---- from the page ---- */

Status row_version_keep(Arena *arena, Phys phys, Value *value)
{
    const void *data;
    size_t bytes;
    if (phys == PHYS_STR && value->str.bytes > STRVIEW_INLINE_MAX) {
        data = value->str.data;
        bytes = value->str.bytes;
    } else if (phys == PHYS_DECIMAL && value->decimal.kind == DECIMAL_BIG) {
        data = value->decimal.big;
        bytes = value->decimal.bytes;
    } else {
        return OK;
    }
    void *copy = arena_try_alloc(arena, bytes);
    if (!copy) return ST_NO_MEMORY;
    memcpy(copy, data, bytes);
    if (phys == PHYS_STR)
        value->str.data = copy;
    else
        value->decimal.big = copy;
    return OK;
}

static Status keep_bytes(Arena *arena, Phys phys, LeafValue *value)
{
    return value->null ? OK : row_version_keep(arena, phys, &value->value);
}

static Status wrong_kind(const Table *table, uint32_t number)
{
    return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED,
                      "column %u of tree %" PRIu64 " of space %u is stored in another kind", number,
                      tree_number(table->id), tree_space(table->id).v);
}

static Status copy_column(const TableLayout *layout, const void *page, uint32_t slot,
                          uint32_t number, Arena *arena, LeafValue *value)
{
    ASSERT(number < layout->column_count);
    Phys phys = (Phys)layout->columns[number].phys;
    if (number >= leaf_column_count(page)) {
        *value = layout->missing[number];
        return OK;
    }
    *value = leaf_get(page, slot, number);
    Phys stored = leaf__phys(leaf_shape(page, number));
    if (!value->null && !leaf__widen(stored, phys, &value->value)) return ST_CORRUPT;
    return keep_bytes(arena, phys, value);
}

Status row_version_copy(Table *table, const void *page, uint32_t slot, RowVersion *version)
{
    const TableLayout *layout = table__layout(table);
    version->row = leaf_row_id(page, slot);
    version->head = leaf_head(page, slot);
    version->image = (LeafValue){.null = true};
    if (leaf_has_images(page)) {
        version->image = leaf_get(page, slot, LEAF_IMAGE_COLUMN);
        TRY(keep_bytes(version->arena, PHYS_STR, &version->image));
    }
    for (uint32_t i = 0; i < version->count; i++) {
        Status status = copy_column(layout, page, slot, version->numbers[i], version->arena,
                                    &version->values[i]);
        if (status == ST_CORRUPT) return wrong_kind(table, version->numbers[i]);
        TRY(status);
    }
    return OK;
}

/* ---- back ---- */

/* Puts the columns of an image into the version. *kept: some value points to the image's memory. */
static Status take_columns(const Table *table, const TableLayout *layout, const RowColumn *columns,
                           uint32_t count, RowVersion *version, bool *kept)
{
    for (uint32_t c = 0; c < count; c++) {
        if (columns[c].number == LEAF_IMAGE_COLUMN) {
            version->image = columns[c].value;
            *kept = true;
        }
        for (uint32_t i = 0; i < version->count; i++) {
            if (version->numbers[i] != columns[c].number) continue;
            Phys phys = (Phys)layout->columns[columns[c].number].phys;
            LeafValue *value = &version->values[i];
            *value = columns[c].value;
            *kept |= phys == PHYS_STR || phys == PHYS_DECIMAL;
            if (!value->null && !leaf__widen(leaf__phys(columns[c].shape), phys, &value->value))
                return wrong_kind(table, columns[c].number);
        }
    }
    return OK;
}

static Status bad_undo(const Table *table, const RowVersion *version)
{
    return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED,
                      "undo record %" PRIx64 " is not one of row %" PRIu64 " of tree %" PRIu64
                      " of space %u",
                      version->head.undo.v, version->row.v, tree_number(table->id),
                      tree_space(table->id).v);
}

static Status no_undo(const RowView *view)
{
    Txn *txn = view->snapshot ? view->snapshot->txn : view->txn;
    TRY(txn_check_cancelled(txn));
    return error_note(ST_SNAPSHOT_TOO_OLD, SQLSTATE_SNAPSHOT_TOO_OLD, "snapshot too old");
}

/* One version back. */
static Status step_back(Table *table, const RowView *view, RowVersion *version)
{
    UndoRecord record;
    RowChange change;
    RowColumn columns[LEAF_COLUMNS_MAX + 1];
    uint32_t count = 0;
    size_t used;
    bool kept = false;
    ArenaMark mark = arena_mark(version->arena);
    SpaceId space = table__undo_space(table->id, version->head.undo);
    Status status = undo_read(table->store, space, version->head.undo, version->arena, &record);
    if (status == ST_END) return no_undo(view);
    TRY(status);
    if (row_change_read_undo(&record, &change) != OK || change.row.v != version->row.v ||
        change.tree != tree_number(table->id) || change.kind == UNDO_ROW_INSERT)
        return bad_undo(table, version);
    if (change.kind == UNDO_ROW_UPDATE) {
        if (row_image_read(change.image_before, columns, LEAF_COLUMNS_MAX + 1, &count, &used) != OK)
            return bad_undo(table, version);
        TRY(take_columns(table, table__layout(table), columns, count, version, &kept));
    }
    version->head = change.before;
    if (!kept) arena_rewind(version->arena, mark);
    return OK;
}

Status row_version_rebuild(Table *table, const RowView *view, RowVersion *version)
{
    while (!row_view_sees(view, version->head)) {
        const Snapshot *snapshot = view->snapshot;
        if (snapshot && version->head.xid.v != snapshot->own.v)
            TRY(ssi_read_overwritten(snapshot->txn, version->head.xid));
        if (version->head.flags & ROW_FLAG_BORN) return ST_NOT_FOUND;
        if (snapshot && snapshot->txn) TRY(txn_check_cancelled(snapshot->txn));
        TRY(step_back(table, view, version));
        TRY(task_try_check());
    }
    return version->head.flags & ROW_FLAG_DELETED ? ST_NOT_FOUND : OK;
}

/* ---- datums ---- */

/* A long value in place of the reference to it. */
Status row_version_resolve(Table *table, Arena *arena, Phys phys, Value *value)
{
    Bytes bytes;
    if (phys == PHYS_DECIMAL) {
        Decimal *d = &value->decimal;
        TRY(overflow_read(table, (Bytes){d->big, d->bytes}, arena, &bytes));
        *d = (Decimal){DECIMAL_BIG, 0, (uint32_t)bytes.bytes, {.big = bytes.data}};
        return OK;
    }
    Str ref = strview_str(&value->str);
    TRY(overflow_read(table, (Bytes){(const uint8_t *)ref.data, ref.bytes}, arena, &bytes));
    value->str = strview((Str){(const char *)bytes.data, bytes.bytes});
    return OK;
}

static int by_number(const void *key, const void *column)
{
    return (int)*(const uint16_t *)key - (int)((const RowColumn *)column)->number;
}

/* The columns wanted of a row that is one value. */
static Status datums_of_image(Table *table, RowVersion *version, Datum *datums)
{
    const TableLayout *layout = table__layout(table);
    RowColumn *columns = arena_try_alloc(version->arena, TABLE_COLUMNS_MAX * sizeof *columns);
    uint32_t count;
    size_t used;
    if (!columns) return ST_NO_MEMORY;
    LeafValue *image = &version->image;
    if (image->overflow) TRY(row_version_resolve(table, version->arena, PHYS_STR, &image->value));
    image->overflow = false;
    Str text = strview_str(&image->value.str);
    if (image->null || row_image_read((Bytes){(const uint8_t *)text.data, text.bytes}, columns,
                                      TABLE_COLUMNS_MAX, &count, &used) != OK)
        return wrong_kind(table, LEAF_IMAGE_COLUMN);
    for (uint32_t i = 0; i < version->count; i++) {
        uint16_t number = version->numbers[i];
        const TableColumn *column = &layout->columns[number];
        RowColumn *found = bsearch(&number, columns, count, sizeof *columns, by_number);
        LeafValue value = found ? found->value : layout->missing[number];
        if (column->flags & COLUMN_DROPPED) value = (LeafValue){.null = true};
        if (found && !value.null &&
            !leaf__widen(leaf__phys(found->shape), (Phys)column->phys, &value.value))
            return wrong_kind(table, number);
        datums[i] = (Datum){value.value, value.null};
    }
    return OK;
}

Status row_version_datums(Table *table, RowVersion *version, Datum *datums)
{
    const TableLayout *layout = table__layout(table);
    if (version->head.flags & ROW_FLAG_IMAGE) return datums_of_image(table, version, datums);
    for (uint32_t i = 0; i < version->count; i++) {
        LeafValue *value = &version->values[i];
        if (!value->null && value->overflow)
            TRY(row_version_resolve(table, version->arena,
                                    (Phys)layout->columns[version->numbers[i]].phys,
                                    &value->value));
        datums[i] = (Datum){value->value, value->null};
    }
    return OK;
}
