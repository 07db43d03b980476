/* SPDX-License-Identifier: Apache-2.0 */
/* tree_redo.c - the tree's log records applied again: with the page and the record alone (docs/traps.md F4), by the
 * same functions that changed the page the first time. */
#include "store/tree_redo.h"

#include "base/arith.h"
#include "base/error.h"
#include "store/tree_internal.h"

static Status record_corrupt(const WalRecord *record)
{
    return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED,
                      "log record at %" PRIX64 " of kind %s is malformed", record->lsn.v,
                      wal_kind_name(record->kind));
}

/* NULL: no such kind of page, or its room handed nothing in. */
static const LeafOps *ops_of(const WalRecord *record, uint8_t kind)
{
    switch (kind) {
    case PAGE_INNER_BYTES: return &tree__inner_bytes;
    case PAGE_INNER_ROWID: return &tree__inner_rowid;
    case PAGE_LEAF_DIRECTORY: return &tree__directory_leaf;
    case PAGE_LEAF_INDEX: return record->upper != NULL ? record->upper->leaf_index : NULL;
    case PAGE_LEAF_TABLE: return record->upper != NULL ? record->upper->leaf_table : NULL;
    default: return NULL;
    }
}

static void node_format(const WalRecord *record, uint32_t index, void *page, uint8_t kind,
                        uint64_t tree_level, bool compared)
{
    page_format(page, (PageKind)kind, page_number(record->refs[index].page),
                tree_level & ((UINT64_C(1) << 40) - 1), (uint32_t)(tree_level >> 40) & 0xff);
    if (compared) ((PageHeader *)page)->flags = TREE_PAGE_COMPARED;
}

static Status redo_root(const WalRecord *record, uint32_t index, void *page)
{
    RootPayload root;
    if (record->payload.bytes != sizeof root || record->ref_count != 1)
        return record_corrupt(record);
    memcpy(&root, record->payload.data, sizeof root);
    const LeafOps *ops = ops_of(record, root.kind);
    if (ops == NULL) return record_corrupt(record);
    node_format(record, index, page, root.kind, root.tree_level, root.compared);
    ops->init(page, &TREE_KEY_LOWEST, &TREE_KEY_HIGHEST, root.layout);
    return OK;
}

typedef struct StepRead {
    StepPayload head;
    TreeKey separator, high;
    Bytes left, right;
    const LeafOps *ops, *inner;
} StepRead;

static Bytes take(const uint8_t **at, size_t bytes)
{
    Bytes taken = {*at, bytes};
    *at += bytes;
    return taken;
}

static Status step_read(const WalRecord *record, uint32_t refs, StepRead *step)
{
    StepPayload *head = &step->head;
    if (record->payload.bytes < sizeof *head || record->ref_count != refs)
        return record_corrupt(record);
    memcpy(head, record->payload.data, sizeof *head);
    bool open = head->high_bytes == KEY_NONE;
    uint64_t high_bytes = open ? 0 : head->high_bytes;
    uint64_t bytes = (uint64_t)sizeof *head + head->separator_bytes + high_bytes +
                     head->left_bytes + head->right_bytes;
    step->ops = ops_of(record, head->kind);
    step->inner = ops_of(record, head->parent_kind);
    if (bytes != record->payload.bytes || step->ops == NULL || step->inner == NULL)
        return record_corrupt(record);
    const uint8_t *at = record->payload.data + sizeof *head;
    step->separator = (TreeKey){take(&at, head->separator_bytes), head->separator_row};
    step->high = (TreeKey){take(&at, high_bytes), head->high_row};
    if (open) step->high.bytes.data = NULL;
    step->left = take(&at, head->left_bytes);
    step->right = take(&at, head->right_bytes);
    return OK;
}

static void step_fill(const WalRecord *record, uint32_t index, void *page, const StepRead *step,
                      const TreeKey *low, const TreeKey *high, Bytes content)
{
    node_format(record, index, page, step->head.kind, step->head.tree_level, step->head.compared);
    step->ops->split_right(page, low, high, content);
}

static Status redo_split(const WalRecord *record, uint32_t index, void *page)
{
    StepRead step;
    TRY(step_read(record, 3, &step));
    if (index == 0)
        step.ops->split_left(page, &step.separator);
    else if (index == 1)
        step_fill(record, index, page, &step, &step.separator, &step.high, step.right);
    else
        tree__inner_insert(page, step.head.parent_at, &step.separator,
                           page_number(record->refs[1].page));
    return OK;
}

static Status redo_split_root(const WalRecord *record, uint32_t index, void *page)
{
    StepRead step;
    TRY(step_read(record, 3, &step));
    if (index == 1) {
        step_fill(record, index, page, &step, &TREE_KEY_LOWEST, &step.separator, step.left);
    } else if (index == 2) {
        step_fill(record, index, page, &step, &step.separator, &TREE_KEY_HIGHEST, step.right);
    } else {
        node_format(record, index, page, step.head.parent_kind,
                    step.head.tree_level + (UINT64_C(1) << 40), step.head.compared);
        step.inner->init(page, &TREE_KEY_LOWEST, &TREE_KEY_HIGHEST, 0);
        tree__inner_add(page, &TREE_KEY_LOWEST, page_number(record->refs[1].page));
        tree__inner_add(page, &step.separator, page_number(record->refs[2].page));
    }
    return OK;
}

static void free_page(const WalRecord *record, uint32_t index, void *page)
{
    page_format(page, PAGE_FREE, page_number(record->refs[index].page), 0, 0);
}

static Status redo_merge(const WalRecord *record, uint32_t index, void *page)
{
    StepRead step;
    TRY(step_read(record, 3, &step));
    if (index == 0)
        step.ops->merge(page, &step.high, step.right);
    else if (index == 1)
        free_page(record, index, page);
    else
        tree__inner_remove(page, step.head.parent_at);
    return OK;
}

static Status redo_shrink(const WalRecord *record, uint32_t index, void *page)
{
    StepRead step;
    TRY(step_read(record, 2, &step));
    if (index == 0)
        step_fill(record, index, page, &step, &TREE_KEY_LOWEST, &TREE_KEY_HIGHEST, step.right);
    else
        free_page(record, index, page);
    return OK;
}

static Status redo_bulk_page(const WalRecord *record, uint32_t index, void *page)
{
    BulkPayload bulk;
    if (record->payload.bytes < sizeof bulk) return record_corrupt(record);
    memcpy(&bulk, record->payload.data, sizeof bulk);
    uint32_t hole_end = (uint32_t)bulk.hole_at + bulk.hole_bytes;
    if (hole_end > PAGE_BYTES ||
        record->payload.bytes != sizeof bulk + PAGE_BYTES - bulk.hole_bytes)
        return record_corrupt(record);
    const uint8_t *bytes = record->payload.data + sizeof bulk;
    memcpy(page, bytes, bulk.hole_at);
    memset((char *)page + bulk.hole_at, 0, bulk.hole_bytes);
    memcpy((char *)page + hole_end, bytes + bulk.hole_at, PAGE_BYTES - hole_end);
    (void)index;
    return OK;
}

static void print_root(const WalRecord *record, StrBuilder *out)
{
    RootPayload root;
    if (record->payload.bytes != sizeof root) return;
    memcpy(&root, record->payload.data, sizeof root);
    str_add_format(out, "tree %" PRIu64 ", page kind %u, layout %" PRIu32, root.tree_level,
                   root.kind, root.layout);
}

static void print_step(const WalRecord *record, StrBuilder *out)
{
    StepPayload step;
    if (record->payload.bytes < sizeof step) return;
    memcpy(&step, record->payload.data, sizeof step);
    str_add_format(out,
                   "tree %" PRIu64 " level %u, separator row %" PRIu64
                   " or %u bytes, content %" PRIu32 " + %" PRIu32 " bytes, child %u",
                   step.tree_level & ((UINT64_C(1) << 40) - 1),
                   (unsigned)(step.tree_level >> 40) & 0xff, step.separator_row,
                   step.separator_bytes, step.left_bytes, step.right_bytes, step.parent_at);
}

static void print_bulk_page(const WalRecord *record, StrBuilder *out)
{
    BulkPayload bulk;
    if (record->payload.bytes < sizeof bulk) return;
    memcpy(&bulk, record->payload.data, sizeof bulk);
    str_add_format(out, "hole %u+%u", bulk.hole_at, bulk.hole_bytes);
}

static void print_entry(const WalRecord *record, StrBuilder *out)
{
    DirectoryPayload entry;
    if (record->payload.bytes < sizeof entry) return;
    memcpy(&entry, record->payload.data, sizeof entry);
    str_add_format(out, "entry %c, key %u bytes, value %u bytes",
                   entry.key_bytes != 0 && record->payload.bytes > sizeof entry
                       ? record->payload.data[sizeof entry]
                       : '?',
                   entry.key_bytes, entry.value_bytes);
}

const RedoEntry store__tree_redo[TREE__REDO_COUNT] = {
    {WAL_TREE_ROOT, redo_root, print_root},
    {WAL_TREE_SPLIT, redo_split, print_step},
    {WAL_TREE_SPLIT_ROOT, redo_split_root, print_step},
    {WAL_TREE_MERGE, redo_merge, print_step},
    {WAL_TREE_SHRINK, redo_shrink, print_step},
    {WAL_TREE_BULK_PAGE, redo_bulk_page, print_bulk_page},
    {WAL_DIRECTORY_PUT, tree__redo_directory_put, print_entry},
    {WAL_DIRECTORY_REMOVE, tree__redo_directory_remove, print_entry},
};
