/* SPDX-License-Identifier: Apache-2.0 */
/* txn_prepare.c - two-phase commit: PREPARE logs the transaction with all its locks (docs/traps.md F1), checkpoints
 * carry the record, recovery takes the locks back before anything is let in.
 *
 *   bytes  PREPARE record
 *       2  length of the gid, and the gid
 *       8  time, microseconds since 1970      4  space      4  process
 *   4 x 16 first and newest undo record a class
 *       4  heavy locks, 24 bytes each: kind, sub, mode, zero (1 each), database (4), a (8), b (8)
 *       4  row locks, 16 bytes each: tree (8), row << 3 | strength (8)
 *       4  length of what it has read as a serializable transaction (ssi.c), and that
 *       4  length of what the caller adds, and that
 *
 * COMMIT_PREPARED and ABORT_PREPARED hold the gid alone. ABORT_PREPARED makes it a loser; ABORT follows when it is
 * undone. */
#include "txn/txn_internal.h"

#include "base/error.h"
#include "os/clock.h"
#include "txn/ssi.h"

enum { GID_BYTES_MAX = 199, LOCK_BYTES = 24, ROW_BYTES = 16, STRENGTH_BITS = 3 };

/* ---- writing: first counted with data NULL, then filled ---- */

typedef struct Packer {
    uint8_t *data;
    size_t bytes;
    uint32_t items;
} Packer;

static void pack(Packer *packer, const void *data, size_t bytes)
{
    if (packer->data && bytes) memcpy(packer->data + packer->bytes, data, bytes);
    packer->bytes += bytes;
}

static void pack_u32(Packer *packer, uint32_t v)
{
    uint8_t bytes[4];
    store_le32(bytes, v);
    pack(packer, bytes, sizeof bytes);
}

static void pack_u64(Packer *packer, uint64_t v)
{
    uint8_t bytes[8];
    store_le64(bytes, v);
    pack(packer, bytes, sizeof bytes);
}

static Status pack_lock(void *arg, const LockTag *tag, LockMode mode)
{
    Packer *packer = arg;
    uint8_t head[4] = {tag->kind, tag->sub, (uint8_t)mode, 0};
    pack(packer, head, sizeof head);
    pack_u32(packer, tag->database);
    pack_u64(packer, tag->a);
    pack_u64(packer, tag->b);
    packer->items++;
    return OK;
}

static Status pack_row(void *arg, TreeId tree, RowId row, RowStrength strength)
{
    Packer *packer = arg;
    pack_u64(packer, tree.v);
    pack_u64(packer, row.v << STRENGTH_BITS | (uint64_t)strength);
    packer->items++;
    return OK;
}

static void pack_piece(void *arg, const void *data, size_t bytes)
{
    pack(arg, data, bytes);
    ((Packer *)arg)->items += (uint32_t)bytes;
}

/* Puts the number of items before them. */
static void pack_count(Packer *packer, size_t at)
{
    if (packer->data) store_le32(packer->data + at, packer->items);
    packer->items = 0;
}

static Status pack_record(Txn *txn, Packer *packer, Str gid, int64_t now, Bytes extra)
{
    uint8_t gid_bytes[2];
    store_le16(gid_bytes, (uint16_t)gid.bytes);
    pack(packer, gid_bytes, 2);
    pack(packer, gid.data, gid.bytes);
    pack_u64(packer, (uint64_t)now);
    pack_u32(packer, txn->space.v);
    pack_u32(packer, lock__process(txn->locks));
    for (uint32_t c = 0; c < UNDO_CLASSES; c++) {
        pack_u64(packer, txn__chain_first(txn, (UndoClass)c).v);
        pack_u64(packer, txn__chain_last(txn, c).v);
    }
    size_t at = packer->bytes;
    pack_u32(packer, 0);
    if (txn->locks) TRY(lock__visit(txn->locks, pack_lock, packer));
    pack_count(packer, at);
    at = packer->bytes;
    pack_u32(packer, 0);
    TRY(row__visit(txn, pack_row, packer));
    pack_count(packer, at);
    at = packer->bytes;
    pack_u32(packer, 0);
    TRY(ssi__pack(txn, pack_piece, packer));
    pack_count(packer, at);
    pack_u32(packer, (uint32_t)extra.bytes);
    pack(packer, extra.data, extra.bytes);
    return OK;
}

/* ---- reading ---- */

static bool take(Bytes *from, size_t bytes, Bytes *part)
{
    if (from->bytes < bytes) return false;
    *part = (Bytes){from->data, bytes};
    from->data += bytes;
    from->bytes -= bytes;
    return true;
}

static bool take_items(Bytes *from, size_t item_bytes, Bytes *part)
{
    Bytes count;
    if (!take(from, 4, &count)) return false;
    return take(from, load_le32(count.data) * item_bytes, part);
}

bool txn__prepare_parse(Bytes record, PrepareFacts *facts)
{
    Bytes part;
    if (!take(&record, 2, &part) || !take(&record, load_le16(part.data), &part)) return false;
    facts->gid = (Str){(const char *)part.data, part.bytes};
    if (!take(&record, 16 + (size_t)UNDO_CLASSES * 16, &part)) return false;
    facts->prepared_us = (int64_t)load_le64(part.data);
    facts->space = (SpaceId){load_le32(part.data + 8)};
    facts->process = load_le32(part.data + 12);
    for (uint32_t c = 0; c < UNDO_CLASSES; c++) {
        facts->first[c] = (UndoPtr){load_le64(part.data + 16 + (size_t)c * 16)};
        facts->last[c] = (UndoPtr){load_le64(part.data + 24 + (size_t)c * 16)};
    }
    return take_items(&record, LOCK_BYTES, &facts->locks) &&
           take_items(&record, ROW_BYTES, &facts->rows) && take_items(&record, 1, &facts->reads) &&
           take_items(&record, 1, &facts->extra) && record.bytes == 0;
}

/* ---- the list ---- */

static Prepared *find(Txns *txns, Str gid)
{
    Prepared *prepared = txns->prepared;
    while (prepared && !str_equal(prepared->gid, gid)) prepared = prepared->next;
    return prepared;
}

/* The table's lock is held. */
static Status list_add(Txns *txns, Prepared *prepared)
{
    if (find(txns, prepared->gid))
        return error_note(ST_EXISTS, SQLSTATE_DUPLICATE_OBJECT,
                          "transaction identifier \"%.*s\" is already in use",
                          STR_ARG(prepared->gid));
    if (txns->prepared_count >= txns->options.prepared_max) {
        Status status = error_note(ST_FULL, SQLSTATE_OUT_OF_MEMORY,
                                   "maximum number of prepared transactions reached");
        error_hint(error_current(), "Increase \"max_prepared_transactions\" (currently %u).",
                   txns->options.prepared_max);
        return status;
    }
    Prepared **link = &txns->prepared; /* oldest first */
    while (*link) link = &(*link)->next;
    *link = prepared;
    txns->prepared_count++;
    return OK;
}

static void list_remove(Txns *txns, Prepared *prepared)
{
    mutex_lock(&txns->table);
    Prepared **link = &txns->prepared;
    while (*link != prepared) link = &(*link)->next;
    *link = prepared->next;
    txns->prepared_count--;
    mutex_unlock(&txns->table);
    heap_free(txns->heap, prepared);
}

/* One piece of memory with the record behind the struct. */
static Prepared *prepared_new(Txns *txns, size_t record_bytes)
{
    Prepared *prepared = heap_try_alloc(txns->heap, sizeof *prepared + record_bytes);
    if (prepared) prepared->record = (Bytes){(uint8_t *)(prepared + 1), record_bytes};
    return prepared;
}

static void prepared_fill(Prepared *prepared, Txn *txn)
{
    PrepareFacts facts;
    bool good = txn__prepare_parse(prepared->record, &facts);
    ASSERT(good);
    (void)good;
    prepared->gid = facts.gid;
    prepared->prepared_us = facts.prepared_us;
    prepared->extra = facts.extra;
    prepared->txn = txn;
}

/* ---- PREPARE ---- */

static Status prepared_make(Txn *txn, Str gid, Bytes extra, Prepared **made)
{
    int64_t now = os_wall_us();
    Packer counter = {0};
    TRY(pack_record(txn, &counter, gid, now, extra));
    Prepared *prepared = prepared_new(txn->txns, counter.bytes);
    if (!prepared) return ST_NO_MEMORY;
    Packer packer = {.data = (uint8_t *)(prepared + 1)};
    Status status = pack_record(txn, &packer, gid, now, extra);
    ASSERT(status == OK && packer.bytes == counter.bytes);
    prepared_fill(prepared, txn);
    prepared->busy = true; /* until it is durable */
    *made = prepared;
    return status;
}

static Status prepare_log(Txn *txn, Prepared *prepared)
{
    Txns *txns = txn->txns;
    WalPart part = {prepared->record.data, (uint32_t)prepared->record.bytes};
    txn->prepared = prepared;
    Status status = txn__log_end(txn, WAL_PREPARE, &part, 1, false);
    if (status == OK) {
        status = wal_sync(store_wal(txns->store), txn->end_end, 0);
        if (status != OK) txn->in_doubt = true;
    }
    if (status == OK) return OK;
    mutex_lock(&txns->table);
    txn->state = TXN_ACTIVE;
    txn->prepared = NULL;
    mutex_unlock(&txns->table);
    return status;
}

Status txn_prepare(Txn *txn, Str gid, Bytes extra)
{
    Txns *txns = txn->txns;
    Prepared *prepared;
    ASSERT(txn->state == TXN_ACTIVE && !txn->snapshots);
    if (gid.bytes > GID_BYTES_MAX)
        return error_note(ST_INVALID, SQLSTATE_INVALID_PARAMETER_VALUE,
                          "transaction identifier \"%.*s\" is too long", STR_ARG(gid));
    if (txn->ssi) TRY(ssi_check_commit(txn));
    TRY(txn_need_xid(txn, NULL));
    TRY(prepared_make(txn, gid, extra, &prepared));
    mutex_lock(&txns->table);
    Status status = list_add(txns, prepared);
    mutex_unlock(&txns->table);
    if (status != OK) {
        heap_free(txns->heap, prepared);
        return status;
    }
    Task *task = task_self();
    task->interrupts_held++;
    status = lock__detach(txn);
    if (status == OK) status = prepare_log(txn, prepared);
    if (status == OK) {
        txn__leave_session(txn);
        txn__check(txn);
        mutex_lock(&txns->table);
        prepared->busy = false;
        mutex_unlock(&txns->table);
    } else {
        list_remove(txns, prepared);
    }
    task->interrupts_held--;
    return status;
}

/* ---- its end ---- */

static void unclaim(Txns *txns, Prepared *prepared)
{
    mutex_lock(&txns->table);
    prepared->busy = false;
    mutex_unlock(&txns->table);
}

static Status claim(Txns *txns, Str gid, const PreparedEnd *end, Prepared **claimed)
{
    mutex_lock(&txns->table);
    Prepared *prepared = find(txns, gid);
    bool busy = prepared && prepared->busy;
    if (prepared && !busy) prepared->busy = true;
    mutex_unlock(&txns->table);
    if (!prepared)
        return error_note(ST_NOT_FOUND, SQLSTATE_UNDEFINED_OBJECT,
                          "prepared transaction with identifier \"%.*s\" does not exist",
                          STR_ARG(gid));
    if (busy)
        return error_note(ST_BUSY, SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                          "prepared transaction with identifier \"%.*s\" is busy", STR_ARG(gid));
    const Status status = end->check ? end->check(end->arg, prepared->extra) : OK;
    if (status != OK) unclaim(txns, prepared);
    *claimed = prepared;
    return status;
}

static void tell_ended(const PreparedEnd *end, const Prepared *prepared)
{
    if (end->ended) end->ended(end->arg, prepared->extra);
}

static Status log_decision(Prepared *prepared, WalKind kind)
{
    WalPart part = {prepared->gid.data, (uint32_t)prepared->gid.bytes};
    return txn__log_end(prepared->txn, kind, &part, 1, true);
}

Status txn_commit_prepared(Txns *txns, Str gid, const PreparedEnd *end)
{
    Prepared *prepared;
    TRY(claim(txns, gid, end, &prepared));
    Txn *txn = prepared->txn;
    Task *task = task_self();
    task->interrupts_held++;
    Status status = log_decision(prepared, WAL_COMMIT_PREPARED);
    if (status == OK) status = txn__sync_and_publish(txn, 0);
    if (status == OK) {
        tell_ended(end, prepared);
        txn->prepared = NULL;
        list_remove(txns, prepared);
        txn__conclude(txn);
    } else if (!txn->in_doubt) {
        unclaim(txns, prepared);
    }
    task->interrupts_held--;
    return status;
}

Status txn_abort_prepared(Txns *txns, Str gid, const PreparedEnd *end)
{
    enum { RECORDS_HERE = 10000 };
    Prepared *prepared;
    TRY(claim(txns, gid, end, &prepared));
    Txn *txn = prepared->txn;
    Task *task = task_self();
    task->interrupts_held++;
    Status status = log_decision(prepared, WAL_ABORT_PREPARED);
    if (status == OK) {
        status = wal_sync(store_wal(txns->store), txn->end_end, 0);
        if (status != OK) txn->in_doubt = true;
    } else {
        unclaim(txns, prepared);
    }
    if (status == OK) {
        tell_ended(end, prepared);
        list_remove(txns, prepared);
        if (txn->ssi) ssi__aborted(txn);
        txn__mark_aborting(txn);
        Status undone = txn__undo(txn, RECORDS_HERE, DEADLINE_NEVER);
        if (undone == OK) undone = txn__finish_abort(txn);
        if (undone != OK) txn__hand_over(txn); /* the decision stands: the background goes on */
    }
    task->interrupts_held--;
    return status;
}

Status txn_prepared_list(Txns *txns, Arena *arena, PreparedInfo **list, uint32_t *count)
{
    Status status = OK;
    mutex_lock(&txns->table);
    uint32_t found = 0;
    *list = arena_try_alloc(arena, MAX(txns->prepared_count, 1) * sizeof **list);
    if (!*list) status = ST_NO_MEMORY;
    for (const Prepared *prepared = txns->prepared; prepared && status == OK;
         prepared = prepared->next) {
        if (prepared->txn->state != TXN_PREPARED) continue;
        uint8_t *copy = arena_try_alloc(arena, prepared->record.bytes);
        if (!copy) {
            status = ST_NO_MEMORY;
            break;
        }
        memcpy(copy, prepared->record.data, prepared->record.bytes);
        PrepareFacts facts;
        if (NEVER(!txn__prepare_parse((Bytes){copy, prepared->record.bytes}, &facts))) continue;
        (*list)[found++] = (PreparedInfo){facts.gid, txn_xid(prepared->txn), facts.prepared_us,
                                          facts.extra};
    }
    mutex_unlock(&txns->table);
    *count = found;
    return status;
}

/* ---- recovery ---- */

static Status retake(Txn *txn, const PrepareFacts *facts)
{
    for (size_t at = 0; at < facts->locks.bytes; at += LOCK_BYTES) {
        const uint8_t *p = facts->locks.data + at;
        LockTag tag = {.kind = p[0],
                       .sub = p[1],
                       .database = load_le32(p + 4),
                       .a = load_le64(p + 8),
                       .b = load_le64(p + 16)};
        TRY(lock__retake(txn->locks, &tag, (LockMode)p[2]));
    }
    for (size_t at = 0; at < facts->rows.bytes; at += ROW_BYTES) {
        const uint8_t *p = facts->rows.data + at;
        uint64_t packed = load_le64(p + 8);
        Xid holder;
        TRY(row_lock_try(txn, (TreeId){load_le64(p)}, (RowId){packed >> STRENGTH_BITS},
                         (RowStrength)(packed & ((1U << STRENGTH_BITS) - 1)), &holder));
    }
    return OK;
}

Status txn__prepared_recover(Txn *txn, Bytes record)
{
    Txns *txns = txn->txns;
    PrepareFacts facts;
    Prepared *prepared = prepared_new(txns, record.bytes);
    if (!prepared) return ST_NO_MEMORY;
    memcpy(prepared + 1, record.data, record.bytes);
    prepared_fill(prepared, txn);
    if (!txn__prepare_parse(prepared->record, &facts)) return ST_CORRUPT;
    txn->prepared = prepared;
    txn->state = TXN_PREPARED;
    /* Whatever the limit is now: they are there. */
    txns->options.prepared_max = MAX(txns->options.prepared_max, txns->prepared_count + 1);
    mutex_lock(&txns->table);
    Status status = list_add(txns, prepared);
    mutex_unlock(&txns->table);
    if (status == OK) status = retake(txn, &facts);
    if (status == OK) status = ssi__recover(txn, facts.reads);
    return status;
}
