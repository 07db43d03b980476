/* SPDX-License-Identifier: Apache-2.0 */
/* row_room.h - room in a table leaf: laying it out anew, letting rows settle, splitting it. */
#pragma once

#include "table/table_internal.h"

typedef struct RoomWish {
    RowId row;           /* whose leaf; of an insert: the id that it will get at least */
    Xid xid;             /* the writer */
    bool insert;         /* else: a row that is there grows */
    bool image;          /* the row is an image: the page wants a slot for such */
    uint32_t heap_bytes; /* insert: of the row */
    int32_t more;        /* else: its growth */
} RoomWish;

/* The key of a table's last leaf. */
#define TABLE_TAIL_KEY ((TreeKey){.row_id = ROW_ID_MAX})

/* Has the latched page the table's newest layout, and a slot for images when one is wanted? */
bool row_room_is_laid_out(Table *table, const void *page, bool image);
/* Can the wish be granted on the latched page as it is? `slot` of a row that is there. */
bool row_room_is_there(Table *table, const void *page, uint32_t slot, const RoomWish *wish);
/* One step towards it, by a record of its own; then look again. Nothing is latched, nor credit or frames reserved,
 * before or after. ST_FULL: there is no way. */
Status row_room_make(Table *table, Txns *txns, const RoomWish *wish);
/* Takes Table.grow: whoever changes where the last leaf begins has it. Nothing is latched. */
void row_room_lock(Table *table);
