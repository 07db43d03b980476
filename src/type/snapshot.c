/* SPDX-License-Identifier: Apache-2.0 */
/* snapshot.c - pg_snapshot, and txid_snapshot, its older name: which transactions a snapshot sees, as text
 * "xmin:xmax:xip,xip". Stored as docs/formats.md says: xmin:8, xmax:8, count:4, zero:4, then the xids, ascending. */
#include "type/snapshot.h"

#include "base/task.h"
#include "type/type_internal.h"

enum { HEAD_BYTES = 24, XID_BYTES = 8, WIRE_HEAD_BYTES = 20 };
enum { RUNNING_MAX = (STR_BYTES_MAX - HEAD_BYTES) / XID_BYTES };

typedef struct SnapshotView {
    uint64_t xmin, xmax;
    uint32_t count;
    const uint8_t *running;
} SnapshotView;

static SnapshotView view_of(Str stored)
{
    const uint8_t *bytes = (const uint8_t *)stored.data;
    if (stored.bytes < HEAD_BYTES ||
        (stored.bytes - HEAD_BYTES) / XID_BYTES != load_le32(bytes + 16))
        raise_error(SQLSTATE_DATA_CORRUPTED, "a stored snapshot is damaged");
    return (SnapshotView){.xmin = load_le64(bytes),
                          .xmax = load_le64(bytes + 8),
                          .count = load_le32(bytes + 16),
                          .running = bytes + HEAD_BYTES};
}

static uint64_t running_xid(const SnapshotView *view, uint32_t i)
{
    return load_le64(view->running + (size_t)i * XID_BYTES);
}

static void put_u64(StrBuilder *out, uint64_t v)
{
    store_le64(str_add_space(out, 8), v);
}

static void begin(StrBuilder *out, uint64_t xmin, uint64_t xmax)
{
    put_u64(out, xmin);
    put_u64(out, xmax);
    put_u64(out, 0);
}

static Str finish(StrBuilder *out)
{
    store_le32(out->data + 16, (uint32_t)((out->bytes - HEAD_BYTES) / XID_BYTES));
    return str_done(out);
}

Str snapshot_build(Arena *arena, uint64_t xmin, uint64_t xmax, const uint64_t *running,
                   uint32_t count)
{
    StrBuilder out = str_builder(arena, HEAD_BYTES + (size_t)count * XID_BYTES);
    begin(&out, xmin, xmax);
    for (uint32_t i = 0; i < count; i++) put_u64(&out, running[i]);
    return finish(&out);
}

/* A transaction's number ends in the 32 bits that rows once held, and none of those is 0. */
static bool bounds_fit(uint64_t xmin, uint64_t xmax)
{
    return (uint32_t)xmin != 0 && (uint32_t)xmax != 0 && xmin <= xmax;
}

/* As strtoull reads: space, a sign, digits; what is too large is the largest. */
static bool take_xid(Str *s, uint64_t *xid)
{
    size_t i = 0;
    uint64_t v = 0;
    bool over = false;
    while (i < s->bytes && is_space(s->data[i])) i++;
    const bool negative = i < s->bytes && s->data[i] == '-';
    if (i < s->bytes && (s->data[i] == '-' || s->data[i] == '+')) i++;
    const size_t from = i;
    for (; i < s->bytes && is_digit(s->data[i]); i++) {
        over |= __builtin_mul_overflow(v, UINT64_C(10), &v);
        over |= __builtin_add_overflow(v, (uint64_t)(s->data[i] - '0'), &v);
    }
    *xid = over ? UINT64_MAX : negative ? 0 - v : v;
    *s = str_slice(*s, i, s->bytes);
    return i > from;
}

static bool take_char(Str *s, char c)
{
    if (!s->bytes || s->data[0] != c) return false;
    *s = str_slice(*s, 1, s->bytes);
    return true;
}

static bool parse_running(Str s, uint64_t xmin, uint64_t xmax, StrBuilder *out)
{
    uint64_t xid, last = 0;
    while (s.bytes) {
        task_check();
        if (!take_xid(&s, &xid) || xid < xmin || xid >= xmax || xid < last) return false;
        if (xid != last) put_u64(out, xid);
        last = xid;
        if (!take_char(&s, ',') && s.bytes) return false;
    }
    return true;
}

static bool snapshot_parse(const TypeCall *call, Str text, Value *value, InputError *err)
{
    Str s = text;
    uint64_t xmin, xmax;
    StrBuilder out = str_builder(call->arena, HEAD_BYTES);
    if (!take_xid(&s, &xmin) || !take_char(&s, ':') || !take_xid(&s, &xmax) ||
        !take_char(&s, ':') || !bounds_fit(xmin, xmax))
        return type__bad_syntax(err, "pg_snapshot", text);
    begin(&out, xmin, xmax);
    if (!parse_running(s, xmin, xmax, &out)) return type__bad_syntax(err, "pg_snapshot", text);
    value->str = strview(finish(&out));
    return true;
}

static void snapshot_print(const TypeCall *call, const Value *value, StrBuilder *out)
{
    const SnapshotView view = view_of(strview_str(&value->str));
    (void)call;
    str_add_format(out, "%" PRIu64 ":%" PRIu64 ":", view.xmin, view.xmax);
    for (uint32_t i = 0; i < view.count; i++) {
        if (i) str_add_char(out, ',');
        str_add_u64(out, running_xid(&view, i));
    }
}

/* Wire: count:4, xmin:8, xmax:8, xids:8 each. */
static bool snapshot_receive(const TypeCall *call, Bytes wire, Value *value, InputError *err)
{
    const uint32_t count = wire.bytes < WIRE_HEAD_BYTES ? 0 : load_be32(wire.data);
    uint64_t last = 0;
    if (wire.bytes < WIRE_HEAD_BYTES)
        return input_error(err, SQLSTATE_PROTOCOL_VIOLATION, "insufficient data left in message");
    const uint64_t xmin = load_be64(wire.data + 4), xmax = load_be64(wire.data + 12);
    bool fits = count <= RUNNING_MAX && bounds_fit(xmin, xmax);
    StrBuilder out = str_builder(call->arena, HEAD_BYTES);
    if (fits && !type__wire_expect(wire, WIRE_HEAD_BYTES + (size_t)count * XID_BYTES, err))
        return false;
    begin(&out, xmin, xmax);
    for (uint32_t i = 0; fits && i < count; i++) {
        const uint64_t xid = load_be64(wire.data + WIRE_HEAD_BYTES + (size_t)i * XID_BYTES);
        fits = xid >= last && xid >= xmin && xid < xmax;
        if (fits && xid != last) put_u64(&out, xid);
        last = xid;
    }
    if (!fits)
        return input_error(err, SQLSTATE_INVALID_BINARY_REPRESENTATION,
                           "invalid external pg_snapshot data");
    value->str = strview(finish(&out));
    return true;
}

static void snapshot_send(const TypeCall *call, const Value *value, StrBuilder *out)
{
    const SnapshotView view = view_of(strview_str(&value->str));
    (void)call;
    wire_put_u32(out, view.count);
    wire_put_u64(out, view.xmin);
    wire_put_u64(out, view.xmax);
    for (uint32_t i = 0; i < view.count; i++) wire_put_u64(out, running_xid(&view, i));
}

static bool sees(uint64_t xid, Str snapshot)
{
    const SnapshotView view = view_of(snapshot);
    uint32_t low = 0, high = view.count;
    if (xid < view.xmin || xid >= view.xmax) return xid < view.xmin;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (running_xid(&view, middle) < xid)
            low = middle + 1;
        else
            high = middle;
    }
    return low == view.count || running_xid(&view, low) != xid;
}

static bool list_running(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    const SnapshotView view = view_of(strview_str(&args[0].value.str));
    uint32_t *at = set->state;
    (void)fn;
    if (!at) at = set->state = ARENA_NEW(set->arena, uint32_t);
    if (*at == view.count) return false;
    columns[0] = (Datum){.value.u64 = running_xid(&view, (*at)++)};
    return true;
}

#define SNAPSHOT_CODE                                                              \
    .parse = snapshot_parse, .print = snapshot_print, .receive = snapshot_receive, \
    .send = snapshot_send

SQL_TYPE(5038, "pg_snapshot", .phys = PHYS_STR, .category = 'U', .bytes = -1, .align = 'd',
         .storage = 'x', .array = 5039, .text = "which transactions a snapshot sees", SNAPSHOT_CODE)
SQL_TYPE(2970, "txid_snapshot", .phys = PHYS_STR, .category = 'U', .bytes = -1, .align = 'd',
         .storage = 'x', .array = 2949, .text = "which transactions a snapshot sees, by int8",
         SNAPSHOT_CODE)
SQL_TYPE_FUNCTION(5055, "pg_snapshot_in", pg_snapshot, (cstring), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(5056, "pg_snapshot_out", cstring, (pg_snapshot), IMMUTABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(5057, "pg_snapshot_recv", pg_snapshot, (internal), IMMUTABLE | STRICT, RECEIVE,
                  "")
SQL_TYPE_FUNCTION(5058, "pg_snapshot_send", bytea, (pg_snapshot), IMMUTABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(2939, "txid_snapshot_in", txid_snapshot, (cstring), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(2940, "txid_snapshot_out", cstring, (txid_snapshot), IMMUTABLE | STRICT, OUTPUT,
                  "")
SQL_TYPE_FUNCTION(2941, "txid_snapshot_recv", txid_snapshot, (internal), IMMUTABLE | STRICT,
                  RECEIVE, "")
SQL_TYPE_FUNCTION(2942, "txid_snapshot_send", bytea, (txid_snapshot), IMMUTABLE | STRICT, SEND, "")

SQL_EXPRESSION(5062, "pg_snapshot_xmin", xid8, (pg_snapshot), IMMUTABLE | STRICT, view_of(a).xmin,
               "the first transaction that may have been running")
SQL_EXPRESSION(2945, "txid_snapshot_xmin", int8, (txid_snapshot), IMMUTABLE | STRICT,
               (int64_t)view_of(a).xmin, "the first transaction that may have been running")
SQL_EXPRESSION(5063, "pg_snapshot_xmax", xid8, (pg_snapshot), IMMUTABLE | STRICT, view_of(a).xmax,
               "the first transaction that had not begun")
SQL_EXPRESSION(2946, "txid_snapshot_xmax", int8, (txid_snapshot), IMMUTABLE | STRICT,
               (int64_t)view_of(a).xmax, "the first transaction that had not begun")
SQL_FUNCTION_SET(5064, "pg_snapshot_xip", xid8, (pg_snapshot), IMMUTABLE | STRICT, list_running,
                 "transactions that were running")
SQL_FACTS(5064, .rows = 50)
SQL_FUNCTION_SET(2947, "txid_snapshot_xip", int8, (txid_snapshot), IMMUTABLE | STRICT, list_running,
                 "transactions that were running")
SQL_FACTS(2947, .rows = 50)
SQL_EXPRESSION(5065, "pg_visible_in_snapshot", bool, (xid8, pg_snapshot), IMMUTABLE | STRICT,
               sees(a, b), "had the transaction ended?")
SQL_EXPRESSION(2948, "txid_visible_in_snapshot", bool, (int8, txid_snapshot), IMMUTABLE | STRICT,
               sees((uint64_t)a, b), "had the transaction ended?")
