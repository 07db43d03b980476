/* SPDX-License-Identifier: Apache-2.0 */
/* test_undo.c - undo streams on a machine that crashes: chains grow, are read, jump back, end, are freed and taken up
 * again after a crash. What must be there is kept outside of the machine; a record is there when its log record is. */
#include "tree_model.h"

#include "base/arena.h"
#include "base/arith.h"
#include "base/log.h"
#include "store/store.h"
#include "store/undo.h"

enum { EVENTS_MAX = 60000, CHAINS_MAX = 4000, TASKS = 3, STREAMS = 64, HEAD_BYTES = 16 };

/* A record of a chain, or a jump. */
typedef struct Event {
    uint64_t lsn; /* 0: not known to be in the log */
    UndoPtr ptr, to;
    uint32_t chain, bytes,
        before; /* `before`: the event that stands before it on the way back, + 1 */
    uint8_t kind, flags;
    bool jump;
} Event;

typedef struct Chain {
    Xid xid;
    UndoClass class_;
    uint32_t newest, first; /* events + 1; 0: none */
    bool ended;
} Chain;

typedef struct Outside {
    Sim *sim;
    Event events[EVENTS_MAX];
    Chain chains[CHAINS_MAX];
    uint64_t freed[2][STREAMS];
    uint32_t event_count, chain_count, reads, jumps, taken_up, frees;
    bool made, big;
    Store *store;
    uint64_t end;
    _Atomic uint64_t logged; /* newest record with a log record, of the last to append; 0: none */
    _Atomic bool done;
} Outside;

static Outside *outside; /* too large for a stack; survives the machine */

static uint64_t below(uint64_t limit)
{
    return random_below(sim_random(outside->sim), limit);
}

static void payload_make(uint32_t number, uint32_t bytes, uint8_t *out)
{
    for (uint32_t i = 0; i < bytes; i++) out[i] = (uint8_t)hash_u64(number * 7919 + i / 8);
    if (bytes >= 4) store_le32(out, number);
}

/* ---- the room above ---- */

static Status redo(const WalRecord *record, uint32_t index, void *page)
{
    const uint8_t *p = record->payload.data;
    CHECK_TRUE(record->payload.bytes >= HEAD_BYTES && record->refs[index].flags & WAL_REF_UNDO);
    undo_page_redo(page, record->refs[index].page, record->refs[index].flags & WAL_REF_FORMAT,
                   (UndoPtr){load_le64(p)}, load_le16(p + 8), p[10], p[11], record->xid,
                   &(WalPart){p + HEAD_BYTES, (uint32_t)record->payload.bytes - HEAD_BYTES}, 1);
    return OK;
}

static Status analysis_begin(void *arg, Bytes transactions)
{
    (void)arg;
    (void)transactions;
    outside->end = 0;
    return OK;
}

/* The jump that is known to stand there; else the chain's last one, of which a crash kept the place from us. */
static void note_jump(const WalRecord *record)
{
    PackReader in = pack_reader(record->payload);
    uint64_t at = undo_ptr_take(&in).v;
    Event *found = NULL;
    for (uint32_t i = outside->event_count; i-- > 0;) {
        Event *event = &outside->events[i];
        if (!event->jump || outside->chains[event->chain].xid.v != record->xid.v) continue;
        if (event->ptr.v == at) found = event;
        if (event->ptr.v == at) break;
        if (event->ptr.v == 0 && !found) found = event;
    }
    CHECK_TRUE(found != NULL);
    found->ptr.v = at;
    found->lsn = record->lsn.v;
}

static Status analysis_record(void *arg, const WalRecord *record)
{
    (void)arg;
    outside->end = record->end.v;
    if (record->kind == WAL_UNDO_JUMP) note_jump(record);
    if (record->kind != WAL_ROW_LOCK) return OK;
    uint32_t number = load_le32(record->payload.data + 12);
    CHECK_TRUE(number < outside->event_count);
    outside->events[number].lsn = record->lsn.v;
    outside->events[number].ptr.v = load_le64(record->payload.data);
    return OK;
}

static const RedoEntry entries[] = {{WAL_ROW_LOCK, redo, NULL}};

/* ---- writing ---- */

static Event *event_new(Chain *chain, bool jump)
{
    if (outside->event_count == EVENTS_MAX) return NULL;
    Event *event = &outside->events[outside->event_count++];
    *event = (Event){.chain = (uint32_t)(chain - outside->chains), .jump = jump};
    return event;
}

static uint32_t number_of(const Event *event)
{
    return (uint32_t)(event - outside->events);
}

static void add_to_chain(Chain *chain, Event *event)
{
    event->before = chain->newest;
    chain->newest = number_of(event) + 1;
    if (chain->first == 0) chain->first = chain->newest;
}

static Status append(Chain *model, UndoChain *chain)
{
    static const uint32_t sizes[] = {20, 60, 300, UNDO_RECORD_BYTES_MAX - UNDO_RECORD_HEADER_BYTES};
    uint8_t payload[UNDO_RECORD_BYTES_MAX], head[HEAD_BYTES];
    Event *event = event_new(model, false);
    if (event == NULL) return ST_END;
    uint64_t most = sizes[outside->big ? 3 : below(4)];
    event->bytes = (uint32_t)(outside->big ? most : below(most + 1)) & ~1u;
    event->kind = (uint8_t)(1 + below(200));
    event->flags = (uint8_t)below(256);
    payload_make(number_of(event), event->bytes, payload);
    uint32_t bytes = UNDO_RECORD_HEADER_BYTES + event->bytes;
    uint32_t credit = wal_record_bytes(1, HEAD_BYTES + event->bytes);
    UndoPtr least = undo_chain_end(chain);
    PageRef page;
    bool format;
    for (;;) {
        TRY(undo_reserve(chain, bytes));
        TRY(wal_credit_take(store_wal(outside->store), credit, 0));
        Status status = undo_append_begin(chain, bytes, &page, &event->ptr, &format);
        if (status == OK) break;
        wal_credit_return(store_wal(outside->store), credit);
        undo_unreserve(chain);
        if (status != ST_BUSY) return status;
    }
    /* F3, U2: also after a jump */
    CHECK_TRUE(event->ptr.v >= least.v);
    CHECK_TRUE(model->newest == 0 || event->ptr.v > outside->events[model->newest - 1].ptr.v);
    store_le64(head, event->ptr.v);
    store_le16(head + 8, undo_previous_bytes(chain));
    head[10] = event->kind;
    head[11] = event->flags;
    store_le32(head + 12, number_of(event));
    WalPart part = {payload, event->bytes};
    undo_append_finish(chain, &page, event->ptr, event->kind, event->flags, &part, 1);
    PoolChange change = {&page, (uint8_t)(WAL_REF_UNDO | (format ? WAL_REF_FORMAT : 0))};
    WalPart parts[] = {{head, sizeof head}, part};
    event->lsn = pool_log(store_pool(outside->store), WAL_ROW_LOCK, model->xid, &change, 1, parts,
                          2, false)
                     .v;
    atomic_store(&outside->logged, event->ptr.v);
    pool_unlatch(&page);
    add_to_chain(model, event);
    CHECK_TRUE(undo_chain_last(chain).v == event->ptr.v);
    CHECK_TRUE(undo_chain_end(chain).v > event->ptr.v);
    return OK;
}

/* The record that a walk from `event` (number + 1) comes to first; 0: none. */
static uint32_t skip_jumps(uint32_t event)
{
    while (event != 0 && outside->events[event - 1].jump) event = outside->events[event - 1].before;
    return event;
}

/* Rolls back to a random record of the chain, or to its beginning. */
static Status jump(Chain *model, UndoChain *chain)
{
    uint32_t to = skip_jumps(model->newest);
    for (uint64_t n = below(6); n > 0 && to != 0; n--)
        to = skip_jumps(outside->events[to - 1].before);
    Event *event = event_new(model, true);
    if (event == NULL) return ST_END;
    event->to = to ? outside->events[to - 1].ptr : UNDO_NONE;
    uint32_t newest = model->newest;
    event->before = to;
    TRY(undo_chain_jump(chain, event->to));
    CHECK_TRUE(model->newest == newest);
    event->lsn = event->lsn ? event->lsn : wal_insert_position(store_wal(outside->store)).v;
    event->ptr = undo_chain_last(chain);
    model->newest = number_of(event) + 1;
    if (model->first == 0) model->first = model->newest;
    outside->jumps++;
    return OK;
}

/* ---- reading ---- */

static bool is_freed(const Event *event)
{
    const Chain *chain = &outside->chains[event->chain];
    return undo_ptr_offset(event->ptr) < outside->freed[chain->class_][undo_ptr_stream(event->ptr)];
}

/* The record at a position, read as purge reads; behind what was freed it begins with what is left. */
static Status read_forward(const Event *event, Arena *arena)
{
    UndoRecord record;
    UndoPtr next;
    Status status = undo_read_forward(outside->store, SPACE_SHARED, event->ptr, arena, &record,
                                      &next);
    if (status != OK || record.ptr.v != event->ptr.v) {
        CHECK_TRUE(is_freed(event));
        return status == ST_END ? OK : status;
    }
    CHECK_TRUE(record.kind == event->kind && record.payload.bytes == event->bytes);
    CHECK_TRUE(next.v > event->ptr.v);
    return OK;
}

static Status read_event(const Event *event, Arena *arena)
{
    uint8_t payload[UNDO_RECORD_BYTES_MAX];
    UndoRecord record;
    bool freed = is_freed(event);
    Status status = undo_read(outside->store, SPACE_SHARED, event->ptr, arena, &record);
    if (status == ST_END) {
        CHECK_TRUE(freed || is_freed(event));
        return OK;
    }
    TRY(status);
    payload_make(number_of(event), event->bytes, payload);
    CHECK_TRUE(record.kind == event->kind && record.flags == event->flags);
    CHECK_TRUE(record.xid.v == outside->chains[event->chain].xid.v);
    CHECK_TRUE(record.ptr.v == event->ptr.v && record.payload.bytes == event->bytes);
    CHECK_TRUE(event->bytes == 0 || memcmp(record.payload.data, payload, event->bytes) == 0);
    outside->reads++;
    return read_forward(event, arena);
}

static Status read_some(Arena *arena, uint32_t count)
{
    for (uint32_t i = 0; i < count && outside->event_count > 0; i++) {
        const Event *event = &outside->events[below(outside->event_count)];
        if (event->jump || event->lsn == 0 || event->lsn == UINT64_MAX) continue;
        TRY(read_event(event, arena));
        arena_reset(arena);
    }
    return OK;
}

/* Walks the whole chain back, over its jumps, as rollback does. */
static Status walk_back(const Chain *chain, Arena *arena)
{
    uint32_t expect = chain->newest;
    UndoRecord record, previous;
    if (expect == 0) return OK;
    TRY(undo_read(outside->store, SPACE_SHARED, outside->events[expect - 1].ptr, arena, &record));
    if (outside->events[expect - 1].jump) {
        CHECK_TRUE(record.kind == UNDO_KIND_JUMP);
        expect = skip_jumps(expect);
        if (expect == 0) {
            must_give(ST_END,
                      undo_chain_previous(outside->store, SPACE_SHARED, &record, arena, &previous));
            return OK;
        }
        TRY(undo_chain_previous(outside->store, SPACE_SHARED, &record, arena, &record));
    }
    for (;;) {
        CHECK_TRUE(record.ptr.v == outside->events[expect - 1].ptr.v);
        expect = skip_jumps(outside->events[expect - 1].before);
        Status status = undo_chain_previous(outside->store, SPACE_SHARED, &record, arena,
                                            &previous);
        if (status == ST_END) CHECK_TRUE(expect == 0);
        if (status != OK) return status == ST_END ? OK : status;
        CHECK_TRUE(expect != 0);
        record = previous;
    }
}

/* ---- a transaction ---- */

static Status use_chain(Chain *model, UndoChain *chain, Arena *arena)
{
    for (uint64_t n = below(outside->big ? 60 : 30); n > 0; n--) {
        Status status = below(10) == 0 ? jump(model, chain) : append(model, chain);
        if (status != OK) return status;
        if (below(4) == 0) TRY(read_some(arena, 3));
    }
    return walk_back(model, arena);
}

static Status one_chain(Arena *arena)
{
    UndoChain *chain;
    if (outside->chain_count == CHAINS_MAX) return ST_END;
    Chain *model = &outside->chains[outside->chain_count++];
    *model = (Chain){.xid = {outside->chain_count + 10u},
                     .class_ = below(3) ? UNDO_DATA : UNDO_CATALOG};
    TRY(undo_attach(outside->store, SPACE_SHARED, model->class_, below(4), model->xid, &chain));
    CHECK_TRUE(undo_chain_last(chain).v == UNDO_NONE.v);
    Status status = use_chain(model, chain, arena);
    undo_detach(chain);
    if (status == OK) model->ended = true;
    return status;
}

static void worker_main(void *arg)
{
    (void)arg;
    Arena *arena = arena_new(task_self()->account, "worker");
    for (uint64_t n = below(12); n > 0; n--) {
        Status status = one_chain(arena);
        if (status != OK) {
            CHECK_TRUE(status == ST_IO || status == ST_CLOSED || status == ST_END);
            break;
        }
        arena_reset(arena);
    }
    arena_drop(arena);
}

/* ---- purge ---- */

/* As far as ended chains alone stand there. */
static uint64_t free_limit(const UndoStreamFigures *stream)
{
    uint64_t limit = stream->tail;
    for (uint32_t i = 0; i < outside->chain_count; i++) {
        const Chain *chain = &outside->chains[i];
        if (chain->ended || chain->first == 0 || chain->class_ != stream->class_) continue;
        UndoPtr first = outside->events[chain->first - 1].ptr;
        if (undo_ptr_stream(first) == stream->stream) limit = MIN(limit, undo_ptr_offset(first));
    }
    return limit;
}

static Status purge(Arena *arena)
{
    UndoStreamFigures *streams;
    uint32_t count;
    TRY(undo_streams(outside->store, SPACE_SHARED, arena, &streams, &count));
    for (uint32_t i = 0; i < count; i++) {
        const UndoStreamFigures *stream = &streams[i];
        CHECK_TRUE(stream->stream < STREAMS && stream->head <= stream->tail);
        if (stream->attached.v != 0 || below(2)) continue;
        uint64_t limit = free_limit(stream);
        if (limit <= stream->head) continue;
        uint64_t *freed = &outside->freed[stream->class_][stream->stream];
        *freed = MAX(*freed, limit);
        uint64_t bytes;
        TRY(undo_free_until(outside->store, SPACE_SHARED, stream->class_, stream->stream, limit,
                            (Xid){9}, 9, &bytes));
        CHECK_TRUE(bytes == limit - stream->head);
        outside->frees++;
    }
    return OK;
}

/* ---- after a start ---- */

/* A chain's way back runs over its events in log order, so what is kept must be found from all of them. */
static void rebuild_chains(void)
{
    for (uint32_t i = 0; i < outside->chain_count; i++)
        outside->chains[i].newest = outside->chains[i].first = 0;
    for (uint32_t i = 0; i < outside->event_count; i++) {
        Event *event = &outside->events[i];
        if (event->lsn == 0 || event->lsn >= outside->end) {
            event->lsn = UINT64_MAX; /* lost */
            event->ptr = UNDO_NONE;
            event->ptr.v = 1;
            continue;
        }
        Chain *chain = &outside->chains[event->chain];
        if (!event->jump) event->before = chain->newest;
        chain->newest = i + 1;
        if (chain->first == 0) chain->first = i + 1;
    }
}

static Status take_up(Arena *arena)
{
    for (uint32_t i = 0; i < outside->chain_count; i++) {
        Chain *model = &outside->chains[i];
        UndoChain *chain;
        if (model->ended) continue;
        if (model->newest == 0) {
            model->ended = true;
            continue;
        }
        TRY(undo_reattach(outside->store, SPACE_SHARED, outside->events[model->newest - 1].ptr,
                          model->xid, &chain));
        outside->taken_up++;
        Status status = walk_back(model, arena);
        if (status == OK) status = use_chain(model, chain, arena);
        undo_detach(chain);
        if (status != OK) return status;
        model->ended = true;
        arena_reset(arena);
    }
    return OK;
}

static Status verify_all(Arena *arena)
{
    for (uint32_t i = 0; i < outside->event_count; i++) {
        const Event *event = &outside->events[i];
        if (event->jump || event->lsn == 0 || event->lsn == UINT64_MAX) continue;
        TRY(read_event(event, arena));
        arena_reset(arena);
    }
    return OK;
}

static void no_log(void *arg, const Error *record, Str line)
{
    (void)arg;
    (void)record;
    (void)line;
}

static void use_store(Arena *arena)
{
    Task *tasks[TASKS];
    rebuild_chains();
    Status status = verify_all(arena);
    tree_model_check_store(outside->store);
    if (status == OK) status = take_up(arena);
    for (uint32_t i = 0; i < TASKS; i++) tasks[i] = start_task("worker", worker_main, NULL);
    for (uint64_t n = below(4); n > 0 && status == OK; n--) {
        status = purge(arena);
        arena_reset(arena);
        if (status == OK && below(3) == 0) status = store_checkpoint(outside->store, true);
        os_yield_point();
    }
    for (uint32_t i = 0; i < TASKS; i++) os_task_join(tasks[i]);
    if (status == OK) status = verify_all(arena);
    CHECK_TRUE(status == OK || status == ST_IO || status == ST_CLOSED || status == ST_END);
}

static void open_store(void)
{
    static const Log quiet = {.least = SEVERITY_LOG, .prefix = "", .sink = no_log};
    task_self()->log = (Log *)&quiet;
    DeviceLocalOptions device_options = test_device_options();
    if (!outside->made) {
        must_be_ok(os_dir_make(TEST_DIR));
        must_be_ok(os_dir_sync("/"));
        must_be_ok(store_create(task_self()->account, &device_options, 4711));
        outside->made = true;
    }
    StoreOptions options = {.pool = {.frames = 128},
                            .wal_buffer_bytes = 1 << 16,
                            .checkpoint_wal_bytes = 400000,
                            .background = true};
    StoreUpper upper = {.redo_entries = entries,
                        .redo_count = ARRAY_LEN(entries),
                        .analysis_begin = analysis_begin,
                        .analysis_record = analysis_record};
    Device *device = test_device_open();
    must_be_ok(store_open(task_self()->account, device, &options, &upper, &outside->store));
}

static void run_main(void *arg)
{
    (void)arg;
    open_store();
    Arena *arena = arena_new(task_self()->account, "main");
    use_store(arena);
    arena_drop(arena);
    Status status = store_close(outside->store, below(2));
    CHECK_TRUE(status == OK || status == ST_IO || status == ST_CLOSED);
}

static void one_machine(uint64_t seed, uint32_t runs)
{
    Random random;
    memset(outside, 0, sizeof *outside);
    Sim *sim = outside->sim = new_sim(seed);
    outside->big = seed % 3 == 0;
    random_seed(&random, seed);
    for (uint32_t i = 0; i < runs; i++) {
        if (i > 0 && random_below(&random, 4) != 0)
            sim_crash_at(sim, 1 + random_below(&random, 30000), random_chance(&random, 2));
        SimEnd end = sim_run(sim, run_main, NULL);
        if (end != SIM_DONE && end != SIM_CRASHED) {
            (void)fprintf(stderr, "seed %" PRIu64 " run %u: %s\n", seed, i, sim_report(sim));
            assert_true(false);
        }
        (void)sim_disarm(sim);
    }
    sim_release(sim);
}

static void crashes(void **state)
{
    (void)state;
    uint64_t seeds = getenv("TUSK_SEEDS") != NULL ? strtoull(getenv("TUSK_SEEDS"), NULL, 10) : 6;
    uint32_t reads = 0, jumps = 0, taken_up = 0, frees = 0;
    outside = calloc(1, sizeof *outside);
    assert_non_null(outside);
    /* A chain survives a crash to be taken up only in some machines: go on until one has. */
    for (uint64_t seed = 0; seed < seeds || (taken_up == 0 && seed < 10 * seeds); seed++) {
        one_machine(test_seed(seed), 15);
        reads += outside->reads;
        jumps += outside->jumps;
        taken_up += outside->taken_up;
        frees += outside->frees;
    }
    free(outside);
    print_message("%u records read, %u jumps, %u chains taken up, %u frees\n", reads, jumps,
                  taken_up, frees);
    assert_true(reads > 0 && jumps > 0 && taken_up > 0 && frees > 0);
}

/* ---- what a checkpoint sees of a chain that grows ---- */

static void look_main(void *arg)
{
    const UndoChain *chain = arg;
    while (!atomic_load(&outside->done)) {
        UndoPtr first, last;
        undo_chain_ends(chain, &first, &last);
        CHECK_TRUE(last.v <= atomic_load(&outside->logged));
        CHECK_TRUE((first.v == UNDO_NONE.v) == (last.v == UNDO_NONE.v) && first.v <= last.v);
        outside->reads++;
        os_yield_point();
    }
}

static void ends_main(void *arg)
{
    (void)arg;
    UndoChain *chain;
    Chain *model = &outside->chains[outside->chain_count++];
    *model = (Chain){.xid = {11}, .class_ = UNDO_DATA};
    open_store();
    must_be_ok(undo_attach(outside->store, SPACE_SHARED, UNDO_DATA, 0, model->xid, &chain));
    Task *looker = start_task("looker", look_main, chain);
    for (uint32_t i = 0; i < 100; i++) must_be_ok(append(model, chain));
    atomic_store(&outside->done, true);
    os_task_join(looker);
    undo_detach(chain);
    must_be_ok(store_close(outside->store, true));
}

static void ends_are_in_the_log(void **state)
{
    (void)state;
    outside = calloc(1, sizeof *outside);
    assert_non_null(outside);
    uint32_t reads = 0;
    for (uint64_t seed = 0; seed < 5; seed++) {
        memset(outside, 0, sizeof *outside);
        outside->sim = new_sim(test_seed(seed));
        assert_int_equal(sim_run(outside->sim, ends_main, NULL), SIM_DONE);
        reads += outside->reads;
        sim_release(outside->sim);
    }
    assert_true(reads > 0);
    free(outside);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(crashes),
                                       cmocka_unit_test(ends_are_in_the_log)};
    return cmocka_run_group_tests_name("undo", tests, NULL, NULL);
}
