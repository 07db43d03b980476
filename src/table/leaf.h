/* SPDX-License-Identifier: Apache-2.0 */
/* leaf.h - table leaves: rows column by column inside a page. Pure functions of page bytes, so that the same ones
 * serve running and redo (docs/traps.md F4). leaf.c has the format.
 *
 * A page brings its own shape (a byte a column), so that nothing here asks the tree directory; what a row older than a
 * column shows for it is told with the re-layout that adds the column. The caller holds the page's latch: exclusive for
 * what takes `void *page`, shared for `const void *page`. */
#pragma once

#include "base/arena.h"
#include "base/base.h"
#include "base/vector.h"
#include "store/tree.h"

/* A row's head: who wrote the newest version, how, and where the version before it is. */
typedef struct RowHead {
    Xid xid;
    uint16_t flags; /* RowFlags */
    UndoPtr undo;
} RowHead;
typedef enum RowFlags {
    ROW_FLAG_DELETED = 1,
    ROW_FLAG_BORN = 2, /* made by this xid: there is no older version */
    ROW_FLAG_KEY = 4,  /* the write was one that changes a key (docs/traps.md C10) */
    ROW_FLAG_LOCK_ONLY = 16,
    ROW_FLAG_IMAGE = 32, /* the row is one value: too wide for columns (C19) */
} RowFlags;

/* A column on a page: its Phys, and these. */
typedef enum LeafShape {
    LEAF_SHAPE_PHYS = 15,
    LEAF_SHAPE_NULLABLE = 16,
    LEAF_SHAPE_ABSENT = 32, /* dropped: takes no room, reads as null */
} LeafShape;

/* How a page is to be laid out. With no columns and `images` every row is an image. */
typedef struct LeafLayout {
    uint32_t number; /* of the tree's layout */
    uint16_t column_count;
    bool images; /* there is a slot a row for its image */
    const uint8_t *shapes;
} LeafLayout;
#define LEAF_LAYOUT_NONE UINT32_MAX /* of a leaf that nobody has laid out: no room for any row */

/* A value on its way in or out. Bytes of strings and big decimals are pointed to. */
typedef struct LeafValue {
    Value value;
    bool null;
    bool overflow; /* STR, big DECIMAL: the bytes are a reference to an overflow value */
} LeafValue;
enum {
    LEAF_IMAGE_COLUMN = 0xffff,
    LEAF_NO_SLOT = 0xffff,
    LEAF_ROWS_MAX = 800,
    LEAF_COLUMNS_MAX = 320, /* a row of more is an image */
};

/* --- what a page is --- */

void leaf_init(void *page, uint64_t low,
               uint64_t high); /* page formatted; UINT64_MAX: no high fence */
uint32_t leaf_row_count(const void *page);
uint32_t leaf_capacity(const void *page);
uint32_t leaf_column_count(const void *page);
uint32_t leaf_layout_number(const void *page);
bool leaf_has_images(const void *page);
uint8_t leaf_shape(const void *page, uint32_t column);
uint64_t leaf_low(const void *page);
uint64_t leaf_high(const void *page);
uint32_t leaf_dead_count(const void *page); /* rows whose newest version is a delete */
/* No head bears a later xid: with that below a snapshot's xmin and no dead rows the page is visible as it stands. */
Xid leaf_newest_xid(const void *page);

/* --- rows --- */

RowId leaf_row_id(const void *page, uint32_t slot);
/* The slot of the first row at or above `row`; true when that is the row itself. */
bool leaf_find(const void *page, RowId row, uint32_t *slot);
/* Memory is asked, all at once, for what a change of the row and of its columns `numbers`, ascending, looks at: a hint,
 * the leaf need not have it. */
void leaf_ask_row(const void *page, RowId row, const uint16_t *numbers, uint32_t count);
/* Where the arrays of a page stand, for `arrays` below. */
uint64_t leaf_arrays(const void *page);
/* What who reads `numbers`, ascending, of a row looks at in pages of this layout with such arrays; 0: none was seen. */
void leaf_ask(uint64_t arrays, const LeafLayout *layout, const uint16_t *numbers, uint32_t count,
              TreeAsk *ask);
/* The slots of those of `rows`, ascending and all of the leaf, that it has: how many. */
uint32_t leaf_find_rows(const void *page, const RowId *rows, uint32_t count, uint16_t *slots);
RowHead leaf_head(const void *page, uint32_t slot);
/* All heads: xid in the low 48 bits, flags above; and all undo pointers. */
const uint64_t *leaf_heads(const void *page);
const uint64_t *leaf_undos(const void *page);
LeafValue leaf_get(const void *page, uint32_t slot, uint32_t column); /* or LEAF_IMAGE_COLUMN */
/* Columns `numbers`, ascending, in one walk over the page's columns; those it lacks are null. */
void leaf_get_columns(const void *page, uint32_t slot, const uint16_t *numbers, uint32_t count,
                      LeafValue *values);
/* Bytes that a value of this column takes in the page's heap. */
uint32_t leaf_value_bytes(uint8_t shape, const LeafValue *value);

/* --- room --- */

/* Bytes of fixed room for a capacity, and the most rows when none needs the heap; 0: not even one fits. */
uint32_t leaf_fixed_bytes(const LeafLayout *layout, uint32_t capacity);
uint32_t leaf_capacity_max(const LeafLayout *layout);

typedef enum LeafFit {
    LEAF_FITS,
    LEAF_GROW, /* after a re-layout to *capacity */
    LEAF_FULL, /* not without letting rows settle or splitting */
} LeafFit;
/* Does another row fit that needs `heap_bytes`? */
LeafFit leaf_fit_insert(const void *page, uint32_t heap_bytes, uint32_t *capacity);
/* Does the row still fit when its heap bytes change by `more`? */
LeafFit leaf_fit_set(const void *page, uint32_t slot, Xid xid, int32_t more, uint32_t *capacity);

/* --- changes; the room has been asked for --- */

/* A row with values for all columns of the page, or with its image alone (`image`, flag ROW_FLAG_IMAGE). */
uint32_t leaf_insert(void *page, RowId row, RowHead head, const LeafValue *values,
                     const LeafValue *image);
/* Sets the head and the columns `numbers` (ascending; LEAF_IMAGE_COLUMN last). `back`: as rollback, which needs no room
 * (F10). */
void leaf_set(void *page, uint32_t slot, RowHead head, const uint16_t *numbers,
              const LeafValue *values, uint32_t count, bool back);
void leaf_remove(void *page, uint32_t slot);
/* Same rows, another capacity (at least the row count) or layout. `missing` (may be NULL: nulls): values of columns
 * that the page lacks. Rows `settled` have nothing uncommitted: the room their rollback would have needed is given up.
 * ST_FULL: does not fit, and the page is as it was. */
Status leaf_relayout(void *page, const LeafLayout *layout, uint32_t capacity,
                     const LeafValue *missing, const uint16_t *settled, uint32_t settled_count);
/* The page's own layout; shapes point into it. */
LeafLayout leaf_layout(const void *page);

/* --- columns, for scans --- */

typedef struct LeafColumn {
    const void *data; /* array of the page's C type; STR: slots; DECIMAL: int64_t with `scales` */
    const uint64_t *nulls; /* NULL: no row of the page has a null there */
    const uint8_t *scales;
    uint8_t shape;
} LeafColumn;
/* False: the page has no such column. */
bool leaf_column(const void *page, uint32_t column, LeafColumn *found);

/* Where a column stands on a page: offsets; nulls, scales: 0 when there are none. */
typedef struct LeafPlace {
    uint32_t nulls, data, scales;
    uint8_t shape;
    bool there; /* else the page has no such column */
} LeafPlace;
/* Of the columns `numbers`, ascending, in one walk over the page's own. Reads the page's header alone. */
void leaf_places(const void *page, const uint16_t *numbers, uint32_t count, LeafPlace *places);
/* place->there */
LeafColumn leaf_column_at(const void *page, const LeafPlace *place);

/* A value that stands in overflow pages: position in the vector. */
typedef struct LeafFixup {
    uint16_t at, column;
} LeafFixup;
typedef struct LeafFixups {
    LeafFixup *list;
    uint32_t count, capacity;
    Arena *arena;
} LeafFixups;
/* Copies the values of slots rows[0 .. count) (NULL: first, first + 1, ...) to out[at ..], widened to out->phys. Bytes
 * go to `arena`; of overflow values only the reference, and a fixup is noted with number `column_tag`. out->nulls must
 * have room when the column has nulls (ST_NO_MEMORY else). */
typedef struct LeafGather {
    const uint16_t *rows;
    uint32_t first, count, at;
    uint16_t column_tag;
    Arena *arena;
    LeafFixups *fixups;
} LeafGather;
Status leaf_gather(const void *page, const LeafColumn *column, const LeafGather *gather,
                   Vector *out);
/* Narrows a selection of slots by a predicate on the page's memory; `scratch`: memory for BATCH_ROWS_MAX 16-byte
 * values, used by kinds whose page form is not the vector's. Overflow values always pass (*unsure is set): they are
 * asked again later. */
uint32_t leaf_filter(const void *page, const LeafColumn *column, const Predicate *predicate,
                     Selection in, uint16_t *out, void *scratch, bool *unsure);

/* ST_CORRUPT, noted: every number on the page is believable, every value inside the heap, every sum right. */
Status leaf_check(const void *page, PageId id);
extern const LeafOps leaf_table_ops;
