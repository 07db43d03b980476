/* SPDX-License-Identifier: Apache-2.0 */
/* test_crash.c - crashes by the million: a small machine lives for some tens of changes, dies at any of its calls, also
 * in the middle of recovery, and lives on from the same disk, so that trees grow, split, merge and shrink over many
 * lives. Whatever survived must be, for each client, one of the states that its commits made, and none before the last
 * that is sure (crash_model.h); in each life every index agrees with its table and every row with its undo, and in one
 * of CHECK_ONE_IN every page belongs to one thing.
 *
 * A life does all that touches the disk: rows of one page and of many, long values, keys that move, savepoints, aborts,
 * prepared transactions, commits that do not wait for their sync, tables made and dropped, purge, checkpoints, pages
 * written for want of frames. Some lives have several clients at once, some no background tasks; some end cleanly, some
 * as a process that is killed.
 *
 * TUSK_SEEDS machines of TUSK_LIVES lives each; those below TUSK_FIRST are left out. */
#include "crash_model.h"

#include <malloc.h>

#include "base/arena.h"
#include "base/log.h"
#include "store/check.h"
#include "store/store.h"

enum {
    MACHINES = 4,
    LIVES = 60,
    FRAMES_LEAST = 64,
    K_VALUES = 25, /* of all */
    DEPTH = 3,
    BATCH_MOST = 6,
    ASIDE_ROWS = 60,
    EARLY_STEPS = 800, /* recovery takes about so many calls */
    LIFE_STEPS = 6000,
    CHECK_ONE_IN = 8, /* lives that look at every page */
};

typedef struct Saved {
    Savepoint savepoint;
    CrashState state;
} Saved;

typedef struct World {
    Sim *sim;
    uint64_t seed;
    Random random; /* what a life is like */
    Engine engine;
    TreeId table_id, k_id, u_id;
    Table *table;
    Index *k, *u;
    CrashHistory histories[CRASH_CLIENTS];
    Saved saved[CRASH_CLIENTS][DEPTH]; /* of the transactions under way */
    uint32_t serial, transactions;     /* of prepared transactions' names; left in this life */
    uint32_t inserts, deletes;         /* how often, in this life */
    uint32_t started;
    bool background, looks, fails;
    Task *machine;
    bool killed, ended; /* the life is over */
    /* figures */
    uint64_t open_steps; /* when the engine was open; 0: it is not */
    uint64_t crashes, in_recovery, kills, closes, looked, commits, in_doubt, forgotten, rows, stops;
} World;

typedef struct Client {
    World *world;
    uint32_t number;
    Session session;
    Arena *arena;
    CrashHistory *history;
    CrashState now;
    uint64_t frozen;
    uint64_t keys[CRASH_KEYS / 64]; /* that the transaction had */
    uint64_t updated; /* slots whose row it has changed, perhaps back to what it was */
    Txn *txn;
} Client;

static uint32_t below(Client *c, uint64_t limit)
{
    return (uint32_t)random_below(&c->session.random, limit);
}

static uint64_t bit(uint32_t slot)
{
    return UINT64_C(1) << slot;
}

/* ---- calls that may fail ---- */

/* The process ends here: nothing of the life is done any more. */
static void stop_life(World *world)
{
    world->killed = true;
    os_wake(world->machine);
    for (;;) (void)os_wait_through(WAIT_BACKGROUND, DEADLINE_NEVER);
}

/* Where the machine fails, the process is stopped as a client hears of it: what was asked for may have been done. */
static void works_or_stops(World *world, Status status, Status wanted, const char *call, int line)
{
    bool may = status == ST_IO || status == ST_CLOSED || status == ST_FULL;
    if (status != wanted && may && world->fails) {
        world->stops++;
        stop_life(world);
    }
    must_be(status, wanted, call, __FILE__, line);
}
#define works_as(world, status, call) works_or_stops((world), (call), (status), #call, __LINE__)
#define works(world, call) works_as((world), OK, (call))

/* The store cannot go on. */
static void store_failed(void *arg, Status status)
{
    World *world = arg;
    (void)status;
    CHECK_TRUE(world->fails);
    world->stops++;
    world->killed = true;
    os_wake(world->machine);
}

/* From now on, or once, some call of a kind fails; a disk that stays full, or cannot be read, is waited for, so that
 * happens once. */
static void fail_somewhere(World *world, uint64_t within)
{
    static const uint32_t kinds[] = {SIM_FAIL_SYNC, SIM_FAIL_WRITE, SIM_FAIL_READ, SIM_FAIL_FULL,
                                     SIM_FAIL_SYNC | SIM_FAIL_WRITE | SIM_FAIL_READ};
    uint32_t kind = kinds[random_below(&world->random, ARRAY_LEN(kinds))];
    sim_fail_at(world->sim, kind, 1 + random_below(&world->random, within),
                kind != SIM_FAIL_FULL && kind != SIM_FAIL_READ && random_chance(&world->random, 2));
}

/* ---- changes of rows ---- */

static uint32_t slot_of_all(const Client *c, uint32_t slot)
{
    return slot * CRASH_CLIENTS + c->number;
}

/* A slot with a row, or without; CRASH_SLOTS: there is none that may be touched. */
static uint32_t pick_slot(Client *c, bool with_row)
{
    uint32_t first = below(c, CRASH_SLOTS);
    for (uint32_t i = 0; i < CRASH_SLOTS; i++) {
        uint32_t slot = (first + i) % CRASH_SLOTS;
        if ((c->now.rows[slot].id.v != 0) == with_row && !(c->frozen & bit(slot))) return slot;
    }
    return CRASH_SLOTS;
}

static bool has_key(const uint64_t *keys, uint32_t key)
{
    return keys[key / 64] >> key % 64 & 1;
}

/* No row of the client has the unique key, and no prepared transaction has had it. */
static bool is_free(const Client *c, uint32_t key)
{
    int64_t u = (int64_t)key * CRASH_CLIENTS + c->number;
    for (uint32_t i = 0; i < CRASH_SLOTS; i++)
        if (c->now.rows[i].id.v && c->now.rows[i].u == u) return false;
    for (uint32_t p = 0; p < CRASH_PREPARED; p++)
        if (c->now.prepared[p].serial && has_key(c->now.prepared[p].keys, key)) return false;
    return true;
}

static int64_t free_u(Client *c)
{
    uint32_t key;
    do {
        key = below(c, CRASH_KEYS);
    } while (!is_free(c, key));
    c->keys[key / 64] |= bit(key % 64);
    return (int64_t)key * CRASH_CLIENTS + c->number;
}

static CrashRow new_row(Client *c)
{
    CrashRow row = {.u = free_u(c),
                    .k = below(c, K_VALUES),
                    .body = random_u64(&c->session.random),
                    .big = random_u64(&c->session.random),
                    .k_null = below(c, 10) == 0};
    if (row.k_null) row.k = 0;
    return row;
}

static Status u_insert(Client *c, const CrashRow *row)
{
    IndexKey key;
    IndexOutcome outcome;
    crash_u_key(row, c->arena, &key);
    return index_insert(c->world->u, c->txn, &key, row->id, UNIQUE_NOW, &c->session.wait, &outcome);
}

static void k_insert(Client *c, const CrashRow *row)
{
    IndexKey key;
    if (crash_k_key(row, c->arena, &key))
        works(c->world, index_insert(c->world->k, c->txn, &key, row->id, UNIQUE_NONE,
                                     &c->session.wait, NULL));
}

static void u_mark(Client *c, const CrashRow *row)
{
    IndexKey key;
    crash_u_key(row, c->arena, &key);
    works(c->world, index_mark(c->world->u, c->txn, &key, row->id));
}

static void k_mark(Client *c, const CrashRow *row)
{
    IndexKey key;
    if (crash_k_key(row, c->arena, &key))
        works(c->world, index_mark(c->world->k, c->txn, &key, row->id));
}

static void table_put(Client *c, const uint32_t *slots, uint32_t count, RowId *ids)
{
    Vector vectors[CRASH_COLUMNS];
    Batch batch = {count, CRASH_COLUMNS, vectors, {NULL, count}, c->arena};
    for (uint32_t i = 0; i < CRASH_COLUMNS; i++)
        vector_init_flat(&vectors[i], c->arena, 0, (Phys)crash_columns[i].phys, count);
    for (uint32_t r = 0; r < count; r++) {
        Datum datums[CRASH_COLUMNS];
        crash_datums(&c->now.rows[slots[r]], slot_of_all(c, slots[r]), c->arena, datums);
        for (uint32_t i = 0; i < CRASH_COLUMNS; i++)
            vector_set(&vectors[i], c->arena, r, &datums[i]);
    }
    works(c->world, table_insert(c->world->table, c->txn, &batch, ids));
}

/* Entries of rows that came together; all of u's, whose keys are nobody else's. */
static void entries_put(Client *c, const uint32_t *slots, uint32_t count)
{
    IndexKey u_keys[CRASH_SLOTS], k_keys[CRASH_SLOTS];
    RowId u_ids[CRASH_SLOTS], k_ids[CRASH_SLOTS];
    uint32_t k_slots[CRASH_SLOTS], k_count = 0, waited;
    uint64_t u_done[CRASH_SLOTS / 64 + 1] = {0}, k_done[CRASH_SLOTS / 64 + 1] = {0};
    for (uint32_t i = 0; i < count; i++) {
        const CrashRow *row = &c->now.rows[slots[i]];
        crash_u_key(row, c->arena, &u_keys[i]);
        u_ids[i] = row->id;
        if (!crash_k_key(row, c->arena, &k_keys[k_count])) continue;
        k_slots[k_count] = slots[i];
        k_ids[k_count++] = row->id;
    }
    works(c->world, index_insert_batch(c->world->u, c->txn, u_keys, u_ids, count, UNIQUE_NOW,
                                       &c->session.wait, c->arena, u_done, &waited));
    works(c->world, index_insert_batch(c->world->k, c->txn, k_keys, k_ids, k_count, UNIQUE_NONE,
                                       &c->session.wait, c->arena, k_done, &waited));
    for (uint32_t i = 0; i < count; i++)
        if (!(u_done[i / 64] >> i % 64 & 1)) works(c->world, u_insert(c, &c->now.rows[slots[i]]));
    for (uint32_t i = 0; i < k_count; i++)
        if (!(k_done[i / 64] >> i % 64 & 1)) k_insert(c, &c->now.rows[k_slots[i]]);
}

static void insert_rows(Client *c, uint32_t most)
{
    uint32_t slots[CRASH_SLOTS], count = 0;
    RowId ids[CRASH_SLOTS];
    for (uint32_t slot; count < most && (slot = pick_slot(c, false)) < CRASH_SLOTS;) {
        c->now.rows[slot] = new_row(c);
        c->now.rows[slot].id.v = ROW_ID_MAX; /* taken */
        slots[count++] = slot;
    }
    if (count == 0) return;
    table_put(c, slots, count, ids);
    for (uint32_t i = 0; i < count; i++) c->now.rows[slots[i]].id = ids[i];
    if (below(c, 2)) {
        entries_put(c, slots, count);
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        works(c->world, u_insert(c, &c->now.rows[slots[i]]));
        k_insert(c, &c->now.rows[slots[i]]);
    }
}

/* A row whose unique key is another's: it comes and goes. */
static void insert_duplicate(Client *c)
{
    uint32_t slot = pick_slot(c, false), other = pick_slot(c, true);
    RowId id;
    if (slot == CRASH_SLOTS || other == CRASH_SLOTS) return;
    Savepoint savepoint = txn_savepoint(c->txn);
    CrashRow row = new_row(c);
    row.u = c->now.rows[other].u;
    c->now.rows[slot] = row;
    table_put(c, &slot, 1, &id);
    row.id = id;
    k_insert(c, &row);
    works_as(c->world, ST_DUPLICATE, u_insert(c, &row));
    works(c->world, txn_rollback_to(c->txn, &savepoint));
    c->now.rows[slot] = (CrashRow){0};
}

static void move_entries(Client *c, const CrashRow *old, const CrashRow *new)
{
    IndexKey key;
    if (new->u != old->u) {
        u_mark(c, old);
        works(c->world, u_insert(c, new));
    }
    if (new->k == old->k &&new->k_null == old->k_null) {
        if (new->body != old->body && crash_k_key(new, c->arena, &key))
            works(c->world, index_set_payload(c->world->k, c->txn, &key, new->id));
        return;
    }
    k_mark(c, old);
    k_insert(c, new);
}

static void update_row(Client *c)
{
    uint32_t slot = pick_slot(c, true), count = 0;
    if (slot == CRASH_SLOTS) return;
    CrashRow old = c->now.rows[slot], new = new_row(c);
    uint16_t numbers[CRASH_COLUMNS];
    Datum datums[CRASH_COLUMNS], values[CRASH_COLUMNS];
    Snapshot snapshot;
    RowOutcome outcome;
    new.id = old.id;
    if (below(c, 3)) new.u = old.u;
    if (below(c, 2)) new.k = old.k, new.k_null = old.k_null;
    if (below(c, 2)) new.big = old.big;
    if (below(c, 4) == 0) new.body = old.body;
    crash_datums(&new, slot_of_all(c, slot), c->arena, datums);
    const bool touched[CRASH_COLUMNS] = {[CRASH_K] = new.k != old.k || new.k_null != old.k_null,
                                         [CRASH_U] = new.u != old.u,
                                         [CRASH_BODY_SEED] = new.body != old.body,
                                         [CRASH_BODY] = new.body != old.body,
                                         [CRASH_BIG_SEED] = new.big != old.big,
                                         [CRASH_BIG] = new.big != old.big};
    for (uint16_t i = 0; i < CRASH_COLUMNS; i++) {
        if (!touched[i]) continue;
        numbers[count] = i;
        values[count++] = datums[i];
    }
    if (count == 0) return;
    c->updated |= bit(slot);
    works(c->world, txn_snapshot(c->txn, &snapshot));
    works(c->world, table_update(c->world->table, c->txn, &snapshot, old.id, numbers, values, count,
                                 new.u != old.u, &c->session.wait, &outcome));
    txn_snapshot_release(&snapshot);
    move_entries(c, &old, &new);
    c->now.rows[slot] = new;
}

static void delete_row(Client *c, const Snapshot *snapshot, uint32_t slot)
{
    RowOutcome outcome;
    CrashRow *row = &c->now.rows[slot];
    works(c->world,
          table_delete(c->world->table, c->txn, snapshot, row->id, &c->session.wait, &outcome));
    u_mark(c, row);
    k_mark(c, row);
    *row = (CrashRow){0};
}

static void delete_rows(Client *c, uint32_t most)
{
    Snapshot snapshot;
    works(c->world, txn_snapshot(c->txn, &snapshot));
    for (uint32_t slot, n = 0; n < most && (slot = pick_slot(c, true)) < CRASH_SLOTS; n++)
        delete_row(c, &snapshot, slot);
    txn_snapshot_release(&snapshot);
}

/* ---- a table beside ---- */

/* From the rows' entries, which are in order. */
static void aside_index(Client *c, Table *table, const CrashAside *aside, const RowId *ids)
{
    Index *index;
    IndexBuild *build;
    works(c->world, index_open(c->world->engine.store, aside->index, table, &index));
    works(c->world, index_build_begin(index, c->arena, &build));
    for (uint32_t r = 0; r < aside->rows; r++) {
        const CrashRow row = {.u = r};
        IndexKey key;
        crash_u_key(&row, c->arena, &key);
        works(c->world, index_build_add(build, &key, ids[r], txn_xid(c->txn)));
    }
    works(c->world, index_build_end(build));
    index_close(index);
}

static void aside_fill(Client *c, const CrashAside *aside)
{
    uint32_t rows = aside->rows;
    Table *table;
    Vector vectors[CRASH_COLUMNS];
    RowId ids[ASIDE_ROWS];
    Batch batch = {rows, CRASH_COLUMNS, vectors, {NULL, rows}, c->arena};
    for (uint32_t i = 0; i < CRASH_COLUMNS; i++)
        vector_init_flat(&vectors[i], c->arena, 0, (Phys)crash_columns[i].phys, rows);
    for (uint32_t r = 0; r < rows; r++) {
        const CrashRow row = {.u = r, .body = random_u64(&c->session.random), .big = r};
        Datum datums[CRASH_COLUMNS];
        crash_datums(&row, r, c->arena, datums);
        for (uint32_t i = 0; i < CRASH_COLUMNS; i++)
            vector_set(&vectors[i], c->arena, r, &datums[i]);
    }
    works(c->world, table_open(c->world->engine.store, aside->tree, &table));
    if (rows > 0) works(c->world, table_insert(table, c->txn, &batch, ids));
    aside_index(c, table, aside, ids);
    table_close(table);
}

/* A row that was there in each state which a crash may still end in: that it is gone tells all later states from
 * those, since no id comes again. */
static uint32_t pick_telling_slot(Client *c)
{
    const CrashState *sure = crash_state(c->history, c->history->sure);
    uint32_t first = below(c, CRASH_SLOTS);
    for (uint32_t i = 0; i < CRASH_SLOTS; i++) {
        uint32_t slot = (first + i) % CRASH_SLOTS;
        RowId id = c->now.rows[slot].id;
        if (id.v != 0 && id.v == sure->rows[slot].id.v && !(c->frozen & bit(slot))) return slot;
    }
    return CRASH_SLOTS;
}

/* With a row that goes, by which a crash's end is told. */
static void aside_renew(Client *c)
{
    CrashAside *aside = &c->now.aside;
    Snapshot snapshot;
    uint32_t slot = pick_telling_slot(c);
    if (slot == CRASH_SLOTS) return;
    works(c->world, txn_snapshot(c->txn, &snapshot));
    delete_row(c, &snapshot, slot);
    txn_snapshot_release(&snapshot);
    if (aside->tree.v) {
        works(c->world, table_drop_at_commit(c->txn, aside->index));
        works(c->world, table_drop_at_commit(c->txn, aside->tree));
    }
    *aside = (CrashAside){.unlogged = below(c, 4) == 0};
    if (below(c, 5) == 0) return;
    const uint32_t flags = aside->unlogged ? TREE_UNLOGGED : 0;
    aside->rows = below(c, ASIDE_ROWS);
    works(c->world,
          table_create(c->txn, ENGINE_SPACE, crash_columns, CRASH_COLUMNS, flags, &aside->tree));
    works(c->world,
          index_create(c->txn, ENGINE_SPACE, &(IndexOptions){.tree_flags = flags}, &aside->index));
    aside_fill(c, aside);
}

/* ---- transactions ---- */

static void look_at_own(Client *c);

static void statement(Client *c)
{
    const World *world = c->world;
    uint32_t what = below(c, world->inserts + world->deletes + 12);
    arena_reset(c->arena);
    if (what < world->inserts)
        insert_rows(c, 1 + below(c, BATCH_MOST));
    else if (what < world->inserts + world->deletes)
        delete_rows(c, 1 + below(c, 2));
    else if (what == world->inserts + world->deletes)
        insert_duplicate(c);
    else if (what == world->inserts + world->deletes + 1 && below(c, 4) == 0)
        look_at_own(c);
    else
        update_row(c);
}

static void statements(Client *c)
{
    Saved *saved = c->world->saved[c->number];
    uint32_t depth = 0;
    for (uint32_t steps = below(c, 7); steps > 0; steps--) {
        if (depth < DEPTH && below(c, 5) == 0) {
            saved[depth].savepoint = txn_savepoint(c->txn);
            saved[depth++].state = c->now;
        }
        statement(c);
        if (depth > 0 && below(c, 5) == 0) {
            depth -= 1 + below(c, depth);
            works(c->world, txn_rollback_to(c->txn, &saved[depth].savepoint));
            c->now = saved[depth].state;
        }
    }
}

/* A commit that waited for its sync was acknowledged: whatever was acknowledged before it began is durable too. */
static void acknowledged(Client *c, bool synced, const uint64_t *before)
{
    c->history->acked = c->history->newest;
    c->world->commits++;
    if (!synced) return;
    c->history->sure = c->history->newest;
    for (uint32_t i = 0; i < CRASH_CLIENTS; i++)
        c->world->histories[i].sure = MAX(c->world->histories[i].sure, before[i]);
}

static void acknowledged_so_far(const World *world, uint64_t *before)
{
    for (uint32_t i = 0; i < CRASH_CLIENTS; i++) before[i] = world->histories[i].acked;
}

static Str gid_of(const Client *c, uint32_t serial, char *buffer, size_t bytes)
{
    int length = snprintf(buffer, bytes, "%u of %u", serial, c->number);
    return (Str){buffer, (size_t)length};
}

static uint32_t free_prepared(const Client *c)
{
    uint32_t p = 0;
    while (p < CRASH_PREPARED && c->now.prepared[p].serial) p++;
    return p;
}

static void prepare(Client *c)
{
    char buffer[40];
    uint64_t before[CRASH_CLIENTS];
    uint32_t p = free_prepared(c);
    const CrashState *old = crash_state(c->history, c->history->newest);
    CrashPrepared *prepared = &c->now.prepared[p];
    *prepared = (CrashPrepared){.serial = ++c->world->serial,
                                .touched = crash_changed(old, &c->now) | c->updated};
    memcpy(prepared->rows, c->now.rows, sizeof prepared->rows);
    memcpy(prepared->keys, c->keys, sizeof prepared->keys);
    memcpy(c->now.rows, old->rows, sizeof c->now.rows);
    crash_push(c->history, &c->now);
    acknowledged_so_far(c->world, before);
    works(c->world,
          txn_prepare(c->txn, gid_of(c, prepared->serial, buffer, sizeof buffer), (Bytes){0}));
    acknowledged(c, true, before);
}

/* The end of some prepared transaction. */
static void end_prepared(Client *c)
{
    char buffer[40];
    uint64_t before[CRASH_CLIENTS];
    const PreparedEnd nothing_else = {0};
    uint32_t p = below(c, CRASH_PREPARED);
    CrashPrepared *prepared = &c->now.prepared[p];
    bool commits = below(c, 2);
    if (!prepared->serial) return;
    Str gid = gid_of(c, prepared->serial, buffer, sizeof buffer);
    if (commits) crash_prepared_apply(&c->now, p);
    *prepared = (CrashPrepared){0};
    crash_push(c->history, &c->now);
    acknowledged_so_far(c->world, before);
    if (commits)
        works(c->world, txn_commit_prepared(c->world->engine.txns, gid, &nothing_else));
    else
        works(c->world, txn_abort_prepared(c->world->engine.txns, gid, &nothing_else));
    acknowledged(c, true, before);
}

static void commit(Client *c, bool sync)
{
    uint64_t before[CRASH_CLIENTS];
    const CommitOptions options = {.sync = sync ? COMMIT_SYNC_LOCAL : COMMIT_SYNC_OFF};
    if (!txn_wrote(c->txn)) {
        works(c->world, txn_commit(c->txn, &options));
        return;
    }
    crash_push(c->history, &c->now);
    acknowledged_so_far(c->world, before);
    works(c->world, txn_commit(c->txn, &options));
    acknowledged(c, sync, before);
}

static void transaction(Client *c)
{
    c->now = *crash_state(c->history, c->history->newest);
    if (below(c, 6) == 0) end_prepared(c);
    c->frozen = crash_frozen(&c->now);
    memset(c->keys, 0, sizeof c->keys);
    c->updated = 0;
    arena_reset(c->arena);
    c->txn = session_begin(&c->session);
    bool aside = below(c, 15) == 0;
    if (aside)
        aside_renew(c);
    else
        statements(c);
    uint32_t end = below(c, 10);
    if (end == 0)
        txn_abort(c->txn);
    else if (end == 1 && !aside && txn_wrote(c->txn) && free_prepared(c) < CRASH_PREPARED)
        prepare(c);
    else
        commit(c, end > 4 || !crash_has_room(c->history));
}

/* ---- what is there ---- */

typedef struct Found {
    CrashRow rows[CRASH_CLIENTS][CRASH_SLOTS];
    uint32_t count;
} Found;

static void find_batch(Client *c, const Batch *batch, const RowId *ids, Found *found)
{
    for (uint32_t i = 0; i < batch->selection.count; i++) {
        uint32_t at = batch->selection.rows ? batch->selection.rows[i] : i, slot;
        Datum datums[CRASH_COLUMNS];
        CrashRow row;
        for (uint32_t k = 0; k < CRASH_COLUMNS; k++) datums[k] = vector_get(&batch->columns[k], at);
        crash_read(datums, ids[at], c->arena, &row, &slot);
        CHECK_TRUE(slot < CRASH_CLIENTS * CRASH_SLOTS);
        CrashRow *place = &found->rows[slot % CRASH_CLIENTS][slot / CRASH_CLIENTS];
        CHECK_TRUE(place->id.v == 0);
        *place = row;
        found->count++;
    }
}

/* All rows that a snapshot taken now sees. */
static void find_rows(Client *c, Table *table, Found *found)
{
    const TableScanOptions options = {.projection = crash_everything,
                                      .last = {ROW_ID_MAX},
                                      .sample_fraction = 1};
    Batch batch = {.arena = arena_new_child(c->arena, "batch")};
    RowId ids[BATCH_ROWS_MAX];
    Snapshot snapshot;
    TableScan *scan;
    Status status;
    *found = (Found){0};
    works(c->world, txn_snapshot(c->txn, &snapshot));
    works(c->world, table_scan_open(table, &snapshot, &options, c->arena, &scan));
    while ((status = table_scan_next(scan, BATCH_ROWS_MAX, &batch, ids)) == OK)
        find_batch(c, &batch, ids, found);
    works_as(c->world, ST_END, status);
    table_scan_close(scan);
    txn_snapshot_release(&snapshot);
}

static bool rows_agree(const CrashState *state, const CrashRow *rows)
{
    for (uint32_t i = 0; i < CRASH_SLOTS; i++)
        if (!crash_row_same(&state->rows[i], &rows[i])) return false;
    return true;
}

/* In the middle of a transaction: own changes are seen. */
static void look_at_own(Client *c)
{
    Found *found = arena_alloc(c->arena, sizeof *found);
    find_rows(c, c->world->table, found);
    CHECK_TRUE(rows_agree(&c->now, found->rows[c->number]));
}

/* Are the client's prepared transactions those of the state, and no others? */
static bool prepared_agree(const Client *c, const CrashState *state, const PreparedInfo *list,
                           uint32_t count)
{
    char buffer[40];
    uint32_t found = 0, own = 0;
    for (uint32_t i = 0; i < count; i++) {
        own += list[i].gid.data[list[i].gid.bytes - 1] == (char)('0' + c->number);
        for (uint32_t p = 0; p < CRASH_PREPARED; p++)
            found += state->prepared[p].serial &&
                     str_equal(list[i].gid,
                               gid_of(c, state->prepared[p].serial, buffer, sizeof buffer));
    }
    uint32_t wanted = 0;
    for (uint32_t p = 0; p < CRASH_PREPARED; p++) wanted += state->prepared[p].serial != 0;
    return found == wanted && own == wanted;
}

static void tell_difference(const Client *c, const CrashState *state, const Found *found,
                            const PreparedInfo *list, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        (void)fprintf(stderr, "prepared: %.*s\n", STR_ARG(list[i].gid));
    for (uint32_t p = 0; p < CRASH_PREPARED; p++)
        if (state->prepared[p].serial)
            (void)fprintf(stderr, "must be prepared: %u of %u\n", state->prepared[p].serial,
                          c->number);
    for (uint32_t i = 0; i < CRASH_SLOTS; i++) {
        const CrashRow *is = &found->rows[c->number][i], *must = &state->rows[i];
        if (!crash_row_same(is, must))
            (void)fprintf(stderr,
                          "client %u slot %u: row %" PRIu64 " u %" PRId64 " k %" PRId64
                          ", must be row %" PRIu64 " u %" PRId64 " k %" PRId64 "\n",
                          c->number, i, is->id.v, is->u, is->k, must->id.v, must->u, must->k);
    }
}

/* The newest state that is what was found; one that is sure is not taken back. */
static void settle_history(Client *c, const Found *found, const PreparedInfo *list, uint32_t count)
{
    CrashHistory *history = c->history;
    World *world = c->world;
    uint64_t number = history->newest;
    while (!rows_agree(crash_state(history, number), found->rows[c->number]) ||
           !prepared_agree(c, crash_state(history, number), list, count)) {
        if (number == history->sure) {
            (void)fprintf(stderr, "client %u, states %" PRIu64 " to %" PRIu64 " of %" PRIu64 "\n",
                          c->number, history->sure, history->acked, history->newest);
            tell_difference(c, crash_state(history, history->newest), found, list, count);
            CHECK_TRUE(!"a commit is lost, or one is half there");
        }
        number--;
    }
    world->in_doubt += history->newest > history->acked;
    world->forgotten += history->newest - number;
    crash_settle(history, number);
}

static void problem(void *arg, PageId page, const char *format, ...) PRINTF_LIKE(3, 4);
static void problem(void *arg, PageId page, const char *format, ...)
{
    va_list args;
    (void)arg;
    va_start(args, format);
    (void)fprintf(stderr, "page %" PRIu64 ": ", page_number(page));
    (void)vfprintf(stderr, format, args);
    (void)fprintf(stderr, "\n");
    va_end(args);
    CHECK_TRUE(!"a check found something");
}

static void look_at_aside(Client *c)
{
    CrashAside *aside = &crash_state(c->history, c->history->newest)->aside;
    Store *store = c->world->engine.store;
    Table *table;
    Index *index;
    Snapshot snapshot;
    Found found;
    if (!aside->tree.v) return;
    works(c->world, table_open(store, aside->tree, &table));
    find_rows(c, table, &found);
    if (aside->unlogged && !store_was_clean(store)) aside->rows = 0;
    CHECK_TRUE(found.count == aside->rows);
    works(c->world, index_open(store, aside->index, table, &index));
    works(c->world, txn_snapshot(c->txn, &snapshot));
    works(c->world, index_check(index, &snapshot, &crash_u_recheck, problem, NULL));
    txn_snapshot_release(&snapshot);
    index_close(index);
    table_close(table);
}

/* Rows, entries, and what leads from the one to the other. */
static void check_trees(Client *c)
{
    World *world = c->world;
    Snapshot snapshot;
    works(world, txn_snapshot(c->txn, &snapshot));
    works(world, index_check(world->k, &snapshot, &crash_k_recheck, problem, NULL));
    works(world, index_check(world->u, &snapshot, &crash_u_recheck, problem, NULL));
    txn_snapshot_release(&snapshot);
    works(world, table_check(world->table, world->engine.txns, problem, NULL));
}

static void client_open(Client *c, World *world, uint32_t number)
{
    *c = (Client){.world = world, .number = number, .history = &world->histories[number]};
    c->arena = arena_new(task_self()->account, "client");
    session_open(&c->session, &world->engine, random_u64(&world->random));
}

static void client_close(Client *c)
{
    session_close(&c->session);
    arena_drop(c->arena);
}

/* What the crash before left. */
static void verify(World *world)
{
    Client c;
    PreparedInfo *list;
    uint32_t count;
    client_open(&c, world, 0);
    Found *found = arena_alloc(c.arena, sizeof *found);
    c.txn = session_begin(&c.session);
    find_rows(&c, world->table, found);
    works(world, txn_prepared_list(world->engine.txns, c.arena, &list, &count));
    for (uint32_t i = 0; i < CRASH_CLIENTS; i++) {
        c.number = i;
        c.history = &world->histories[i];
        settle_history(&c, found, list, count);
        look_at_aside(&c);
    }
    world->rows = MAX(world->rows, found->count);
    check_trees(&c);
    txn_abort(c.txn);
    client_close(&c);
}

/* ---- lives ---- */

static void now_and_then(Client *c)
{
    World *world = c->world;
    PurgeFigures figures;
    uint32_t what = below(c, 24);
    if (what == 0) {
        Status status = store_checkpoint(world->engine.store, true);
        works(world, status == ST_FULL ? OK : status);
    } else if (what < 3) {
        Status status = table_purge_now(world->engine.txns, world->engine.store, &figures);
        works(world, status == ST_BUSY ? OK : status);
    }
}

static void client_main(void *arg)
{
    World *world = arg;
    Client c;
    client_open(&c, world, world->started++);
    while (world->transactions > 0) {
        world->transactions--;
        transaction(&c);
        now_and_then(&c);
    }
    client_close(&c);
}

static void several_clients(World *world)
{
    Task *tasks[CRASH_CLIENTS];
    world->started = 0;
    for (uint32_t i = 0; i < CRASH_CLIENTS; i++)
        tasks[i] = start_task("client", client_main, world);
    for (uint32_t i = 0; i < CRASH_CLIENTS; i++) os_task_join(tasks[i]);
}

static void one_client(World *world)
{
    world->started = (uint32_t)random_below(&world->random, CRASH_CLIENTS);
    client_main(world);
}

static void purge_main(void *arg)
{
    World *world = arg;
    Status status = table_purge_run(world->engine.txns, world->engine.store);
    CHECK_TRUE(status == ST_CANCELLED || world->fails);
    while (status != ST_CANCELLED) status = os_wait(WAIT_BACKGROUND, DEADLINE_NEVER);
}

static void no_log(void *arg, const Error *record, Str line)
{
    (void)arg, (void)record, (void)line;
}

static void open_engine(World *world)
{
    static const Log quiet = {.least = SEVERITY_ERROR, .prefix = "", .sink = no_log};
    const DeviceLocalOptions device = test_device_options();
    uint32_t frames = FRAMES_LEAST + (uint32_t)random_below(&world->random, 60);
    const StoreOptions options = {.pool = {.frames = frames, .redo_bytes_max = 400000},
                                  .wal_buffer_bytes = 1 << 17,
                                  .checkpoint_seconds = 5,
                                  .checkpoint_wal_bytes = 200000,
                                  .background = world->background,
                                  .on_failure = store_failed,
                                  .on_failure_arg = world};
    task_self()->log = (Log *)(uintptr_t)&quiet;
    if (world->fails && random_chance(&world->random, 3)) fail_somewhere(world, 40);
    works(world, engine_open_as(&world->engine, &device, &options));
    (void)sim_disarm(world->sim);
    world->open_steps = sim_steps(world->sim);
    Store *store = world->engine.store;
    works(world, table_open(store, world->table_id, &world->table));
    works(world, index_open(store, world->k_id, world->table, &world->k));
    works(world, index_open(store, world->u_id, world->table, &world->u));
}

static void close_engine(World *world)
{
    index_close(world->u);
    index_close(world->k);
    table_close(world->table);
    engine_close(&world->engine);
}

/* Every page belongs to one thing. Before anybody works. */
static void check_pages(World *world)
{
    const StoreCheck check = {.found = problem, .tree = table_check_pages};
    CheckFigures figures;
    works(world, store_check(world->engine.store, &check, &figures));
    world->looked++;
}

static void life_main(void *arg)
{
    World *world = arg;
    bool several = random_chance(&world->random, 3), purges = random_chance(&world->random, 2);
    Task *purge = NULL;
    open_engine(world);
    if (world->looks) check_pages(world);
    engine_start(&world->engine);
    if (random_chance(&world->random, 2)) engine_settle(&world->engine);
    verify(world);
    if (world->fails) fail_somewhere(world, 60);
    if (purges) purge = start_task("purge", purge_main, world);
    if (several)
        several_clients(world);
    else
        one_client(world);
    if (purge) {
        os_task_interrupt(purge, TASK_TERMINATE);
        os_task_join(purge);
    }
    (void)sim_disarm(world->sim);
    if (world->fails || random_chance(&world->random, 3)) stop_life(world);
    close_engine(world);
    world->ended = true;
    os_wake(world->machine);
}

/* The machine's main task: life goes on in another one, which a kill leaves behind wherever it stands. */
static void machine_main(void *arg)
{
    World *world = arg;
    world->machine = task_self();
    world->killed = world->ended = false;
    Task *life = start_task("life", life_main, world);
    while (!world->killed && !world->ended) must_be_ok(os_wait(WAIT_BACKGROUND, DEADLINE_NEVER));
    if (world->ended) os_task_join(life);
}

static void make_main(void *arg)
{
    World *world = arg;
    Session session;
    engine_create();
    engine_open(&world->engine, 128);
    session_open(&session, &world->engine, 1);
    Txn *txn = session_begin(&session);
    must_be_ok(table_create(txn, ENGINE_SPACE, crash_columns, CRASH_COLUMNS, 0, &world->table_id));
    must_be_ok(index_create(txn, ENGINE_SPACE, &(IndexOptions){0}, &world->k_id));
    must_be_ok(index_create(txn, ENGINE_SPACE, &(IndexOptions){.unique = true}, &world->u_id));
    must_be_ok(session_commit(txn));
    session_close(&session);
    engine_close(&world->engine);
}

static SimEnd one_life(World *world, uint32_t life)
{
    world->looks = life % CHECK_ONE_IN == 0;
    world->background = !world->looks && !random_chance(&world->random, 4);
    world->fails = !world->looks && random_chance(&world->random, 10);
    world->transactions = 1 + (uint32_t)random_below(&world->random, 16);
    world->inserts = 1 + (uint32_t)random_below(&world->random, 8);
    world->deletes = 1 + (uint32_t)random_below(&world->random, 8);
    world->open_steps = 0;
    bool early = random_chance(&world->random, 4);
    if (!random_chance(&world->random, world->fails ? 2 : 16))
        sim_crash_at(world->sim, 1 + random_below(&world->random, early ? EARLY_STEPS : LIFE_STEPS),
                     random_chance(&world->random, 2));
    SimEnd end = sim_run(world->sim, machine_main, world);
    (void)sim_disarm(world->sim);
    world->crashes += end == SIM_CRASHED;
    world->in_recovery += end == SIM_CRASHED && world->open_steps == 0;
    world->kills += end == SIM_DONE && world->killed;
    world->closes += end == SIM_DONE && world->ended;
    return end;
}

static uint64_t number_of(const char *name, uint64_t otherwise)
{
    return getenv(name) != NULL ? strtoull(getenv(name), NULL, 10) : otherwise;
}

static void one_machine(uint64_t seed)
{
    static World world;
    uint32_t lives = (uint32_t)number_of("TUSK_LIVES", LIVES);
    memset(&world, 0, sizeof world);
    world.seed = seed;
    random_seed(&world.random, seed);
    world.sim = new_sim(seed);
    (void)fprintf(stderr, "seed %" PRIu64 ":", seed); /* before anything can end the process */
    SimEnd end = sim_run(world.sim, make_main, &world);
    for (uint32_t i = 0; i < lives && (end == SIM_DONE || end == SIM_CRASHED); i++)
        end = one_life(&world, i);
    if (end != SIM_DONE && end != SIM_CRASHED)
        fail_msg("seed %" PRIu64 " ended with %d: %s", seed, (int)end, sim_report(world.sim));
    (void)fprintf(stderr,
                  " crashes %" PRIu64 " in recovery %" PRIu64 " kills %" PRIu64 " closes %" PRIu64
                  " looked %" PRIu64 " commits %" PRIu64 " in doubt %" PRIu64 " forgotten %" PRIu64
                  " rows %" PRIu64 " stops %" PRIu64 "\n",
                  world.crashes, world.in_recovery, world.kills, world.closes, world.looked,
                  world.commits, world.in_doubt, world.forgotten, world.rows, world.stops);
    assert_true(world.crashes > lives / 3);
    sim_release(world.sim);
}

/* docs/traps.md F1, F4 to F11, F18. */
static void crashes(void **state)
{
    (void)state;
    uint64_t machines = number_of("TUSK_SEEDS", MACHINES);
    for (uint64_t n = number_of("TUSK_FIRST", 0); n < machines; n++) one_machine(test_seed(n));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(crashes)};
    /* A life's memory is given back to the process at its end, and not to the system: the next life takes it again. */
    (void)mallopt(M_MMAP_THRESHOLD, 1 << 30);
    (void)mallopt(M_TRIM_THRESHOLD, 1 << 30);
    return cmocka_run_group_tests_name("crash", tests, NULL, NULL);
}
