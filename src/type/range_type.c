/* SPDX-License-Identifier: Apache-2.0 */
/* range_type.c - what every range and multirange type has: text ("[1,5)", "empty", "{[1,5),[7,8)}"), wire form, order,
 * hash and normalised key, all by the functions of the subtype; and the built-in range types. */
#include "type/range.h"

#include "base/hash.h"
#include "base/oids.h"
#include "base/task.h"
#include "type/type_internal.h"

/* ---- Text */

typedef struct RangeReader {
    const RangeCall *call;
    Str whole, rest;
    InputError *err;
} RangeReader;

static bool malformed(const RangeReader *r, const char *kind, const char *detail)
{
    (void)input_error(r->err, SQLSTATE_INVALID_TEXT_REPRESENTATION,
                      "malformed %s literal: \"%.*s\"", kind, STR_ARG(r->whole));
    return input_error_detail(r->err, "%s", detail);
}

static void skip_space(Str *s)
{
    while (s->bytes && is_space(s->data[0])) *s = str_slice(*s, 1, s->bytes);
}

static bool take(Str *s, char c)
{
    if (!s->bytes || s->data[0] != c) return false;
    *s = str_slice(*s, 1, s->bytes);
    return true;
}

static bool take_empty(Str *s)
{
    const Str word = STR("empty");
    if (s->bytes < word.bytes || !str_equal_ascii_nocase(str_slice(*s, 0, word.bytes), word))
        return false;
    *s = str_slice(*s, word.bytes, s->bytes);
    return true;
}

/* Up to a comma, parenthesis or bracket that is not quoted, which stays. Nothing at all: infinite. */
static bool take_bound(RangeReader *r, RangeBound *bound, Str *text)
{
    StrBuilder word = str_builder(r->call->element.arena, 16);
    bool quoted = false;
    Str *s = &r->rest;
    bound->infinite = s->bytes && strchr(",)]", s->data[0]);
    for (; s->bytes; *s = str_slice(*s, 1, s->bytes)) {
        const char c = s->data[0];
        if (!quoted && (c == ',' || c == ')' || c == ']')) {
            *text = str_done(&word);
            return true;
        }
        const bool next_is_quote = s->bytes > 1 && s->data[1] == '"';
        if (c == '\\') {
            *s = str_slice(*s, 1, s->bytes);
            if (s->bytes) str_add_char(&word, s->data[0]);
            if (!s->bytes) break;
        } else if (c == '"' && quoted && next_is_quote) {
            *s = str_slice(*s, 1, s->bytes);
            str_add_char(&word, '"');
        } else if (c == '"') {
            quoted = !quoted;
        } else {
            str_add_char(&word, c);
        }
    }
    return malformed(r, "range", "Unexpected end of input.");
}

static bool read_bound(const RangeReader *r, RangeBound *bound, Str text)
{
    return bound->infinite || type_parse(&r->call->element, text, &bound->value, r->err);
}

/* The brackets and what stands in them. */
static bool take_brackets(RangeReader *r, Range *range)
{
    Str lower, upper;
    *range = (Range){.lower.lower = true};
    range->lower.inclusive = take(&r->rest, '[');
    if (!range->lower.inclusive && !take(&r->rest, '('))
        return malformed(r, "range", "Missing left parenthesis or bracket.");
    if (!take_bound(r, &range->lower, &lower)) return false;
    if (!take(&r->rest, ',')) return malformed(r, "range", "Missing comma after lower bound.");
    if (!take_bound(r, &range->upper, &upper)) return false;
    range->upper.inclusive = take(&r->rest, ']');
    if (!range->upper.inclusive && !take(&r->rest, ')'))
        return malformed(r, "range", "Too many commas.");
    skip_space(&r->rest);
    if (r->rest.bytes) return malformed(r, "range", "Junk after right parenthesis or bracket.");
    return read_bound(r, &range->lower, lower) && read_bound(r, &range->upper, upper);
}

static bool read_range(const RangeCall *call, Str text, Range *range, InputError *err)
{
    RangeReader r = {call, text, text, err};
    skip_space(&r.rest);
    if (!take_empty(&r.rest)) return take_brackets(&r, range) && range_settle(call, range, err);
    *range = (Range){.empty = true};
    skip_space(&r.rest);
    return !r.rest.bytes || malformed(&r, "range", "Junk after \"empty\" key word.");
}

bool range_type_parse(const TypeCall *call, Str text, Value *value, InputError *err)
{
    const RangeCall ranges = range_call(call);
    Range range;
    task_check_stack();
    if (!read_range(&ranges, text, &range, err)) return false;
    value->str = strview(range_write(&ranges, &range));
    return true;
}

static void print_bound(const RangeCall *call, const RangeBound *bound, StrBuilder *out)
{
    if (bound->infinite) return;
    const Str text = type_print(&call->element, &bound->value);
    bool quote = text.bytes == 0;
    for (size_t i = 0; i < text.bytes; i++)
        quote |= is_space(text.data[i]) || strchr("\"\\()[],", text.data[i]);
    if (quote) str_add_char(out, '"');
    for (size_t i = 0; i < text.bytes; i++) {
        if (text.data[i] == '"' || text.data[i] == '\\') str_add_char(out, text.data[i]);
        str_add_char(out, text.data[i]);
    }
    if (quote) str_add_char(out, '"');
}

static void print_range(const RangeCall *call, const Range *range, StrBuilder *out)
{
    if (range->empty) {
        str_add(out, STR("empty"));
        return;
    }
    str_add_char(out, range->lower.inclusive ? '[' : '(');
    print_bound(call, &range->lower, out);
    str_add_char(out, ',');
    print_bound(call, &range->upper, out);
    str_add_char(out, range->upper.inclusive ? ']' : ')');
}

void range_type_print(const TypeCall *call, const Value *value, StrBuilder *out)
{
    const RangeCall ranges = range_call(call);
    const Range range = range_read(&ranges, strview_str(&value->str));
    print_range(&ranges, &range, out);
}

/* How much of a multirange's text its first range takes: to the bracket that is neither quoted nor escaped; 0: it has
 * no end. */
static size_t range_extent(Str s)
{
    bool quoted = false;
    for (size_t i = 0; i < s.bytes; i++) {
        const char c = s.data[i];
        if (c == '\\')
            i++;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && (c == ')' || c == ']'))
            return i + 1;
    }
    return 0;
}

/* One range off the front of r->rest. */
static bool take_range(RangeReader *r, Range *range)
{
    Str *s = &r->rest;
    *range = (Range){.empty = true};
    if (take_empty(s)) return true;
    if (!s->bytes) return malformed(r, "multirange", "Unexpected end of input.");
    if (s->data[0] != '[' && s->data[0] != '(')
        return malformed(r, "multirange", "Expected range start.");
    const size_t extent = range_extent(*s);
    if (!extent) return malformed(r, "multirange", "Unexpected end of input.");
    const Str text = str_slice(*s, 0, extent);
    *s = str_slice(*s, extent, s->bytes);
    return read_range(r->call, text, range, r->err);
}

/* The ranges between the braces, in any order. */
static bool take_ranges(RangeReader *r, Ranges *parts)
{
    uint32_t capacity = 0;
    for (bool more = true; more;) {
        task_check();
        if (parts->count == capacity) {
            Range *wider = ARENA_ARRAY(r->call->element.arena, Range, capacity * 2 + 4);
            if (capacity) memcpy(wider, parts->items, capacity * sizeof *wider);
            parts->items = wider;
            capacity = capacity * 2 + 4;
        }
        skip_space(&r->rest);
        if (!take_range(r, &parts->items[parts->count++])) return false;
        skip_space(&r->rest);
        more = take(&r->rest, ',');
        if (more || (r->rest.bytes && r->rest.data[0] == '}')) continue;
        return malformed(r, "multirange",
                         r->rest.bytes ? "Expected comma or end of multirange."
                                       : "Unexpected end of input.");
    }
    return true;
}

bool multirange_type_parse(const TypeCall *call, Str text, Value *value, InputError *err)
{
    const RangeCall ranges = range_call(call);
    RangeReader r = {&ranges, text, text, err};
    Ranges parts = {0};
    task_check_stack();
    skip_space(&r.rest);
    if (!take(&r.rest, '{')) return malformed(&r, "multirange", "Missing left brace.");
    skip_space(&r.rest);
    if (!(r.rest.bytes && r.rest.data[0] == '}') && !take_ranges(&r, &parts)) return false;
    (void)take(&r.rest, '}');
    skip_space(&r.rest);
    if (r.rest.bytes) return malformed(&r, "multirange", "Junk after closing right brace.");
    value->str = strview(multirange_write(&ranges, ranges_normalise(&ranges, parts)));
    return true;
}

void multirange_type_print(const TypeCall *call, const Value *value, StrBuilder *out)
{
    const RangeCall ranges = range_call(call);
    const Ranges parts = multirange_read(&ranges, strview_str(&value->str));
    str_add_char(out, '{');
    for (uint32_t i = 0; i < parts.count; i++) {
        task_check();
        if (i) str_add_char(out, ',');
        print_range(&ranges, &parts.items[i], out);
    }
    str_add_char(out, '}');
}

/* ---- Wire: flags, then each bound that is there, its length before it; multiranges: count, each range's length and
 * bytes */

static bool short_message(InputError *err)
{
    return input_error(err, SQLSTATE_PROTOCOL_VIOLATION, "insufficient data left in message");
}

static bool take_wire(Bytes *wire, Bytes *part, InputError *err)
{
    if (wire->bytes < sizeof(uint32_t)) return short_message(err);
    const uint32_t bytes = load_be32(wire->data);
    *wire = (Bytes){wire->data + sizeof bytes, wire->bytes - sizeof bytes};
    if (bytes > wire->bytes) return short_message(err);
    *part = (Bytes){wire->data, bytes};
    *wire = (Bytes){wire->data + bytes, wire->bytes - bytes};
    return true;
}

static bool receive_bound(const RangeCall *call, Bytes *wire, RangeBound *bound, InputError *err)
{
    Bytes part;
    if (bound->infinite) return true;
    if (!take_wire(wire, &part, err)) return false;
    if (call->element.type->receive)
        return call->element.type->receive(&call->element, part, &bound->value, err);
    return input_error(err, SQLSTATE_UNDEFINED_FUNCTION,
                       "no binary input function available for type %s", call->element.type->name);
}

static bool receive_range(const RangeCall *call, Bytes wire, Range *range, InputError *err)
{
    if (!wire.bytes)
        return input_error(err, SQLSTATE_PROTOCOL_VIOLATION, "no data left in message");
    *range = range_of_flags(wire.data[0]);
    wire = (Bytes){wire.data + 1, wire.bytes - 1};
    if (!range->empty && (!receive_bound(call, &wire, &range->lower, err) ||
                          !receive_bound(call, &wire, &range->upper, err)))
        return false;
    return type__wire_expect(wire, 0, err) && range_settle(call, range, err);
}

bool range_type_receive(const TypeCall *call, Bytes wire, Value *value, InputError *err)
{
    const RangeCall ranges = range_call(call);
    Range range;
    task_check_stack();
    if (!receive_range(&ranges, wire, &range, err)) return false;
    value->str = strview(range_write(&ranges, &range));
    return true;
}

static void send_bound(const RangeCall *call, const RangeBound *bound, StrBuilder *out)
{
    if (bound->infinite) return;
    const size_t at = out->bytes;
    wire_put_u32(out, 0);
    if (!call->element.type->send)
        raise_error(SQLSTATE_UNDEFINED_FUNCTION, "no binary output function available for type %s",
                    call->element.type->name);
    call->element.type->send(&call->element, &bound->value, out);
    store_be32(out->data + at, (uint32_t)(out->bytes - at - sizeof(uint32_t)));
}

static void send_range(const RangeCall *call, const Range *range, StrBuilder *out)
{
    str_add_char(out, (char)range_flags(range));
    if (range->empty) return;
    send_bound(call, &range->lower, out);
    send_bound(call, &range->upper, out);
}

void range_type_send(const TypeCall *call, const Value *value, StrBuilder *out)
{
    const RangeCall ranges = range_call(call);
    const Range range = range_read(&ranges, strview_str(&value->str));
    send_range(&ranges, &range, out);
}

bool multirange_type_receive(const TypeCall *call, Bytes wire, Value *value, InputError *err)
{
    const RangeCall ranges = range_call(call);
    task_check_stack();
    if (wire.bytes < sizeof(uint32_t)) return short_message(err);
    Ranges parts = {.count = load_be32(wire.data)};
    wire = (Bytes){wire.data + sizeof(uint32_t), wire.bytes - sizeof(uint32_t)};
    if (parts.count > wire.bytes / sizeof(uint32_t)) return short_message(err);
    parts.items = ARENA_ARRAY(call->arena, Range, parts.count + 1);
    for (uint32_t i = 0; i < parts.count; i++) {
        Bytes part;
        task_check();
        if (!take_wire(&wire, &part, err) || !receive_range(&ranges, part, &parts.items[i], err))
            return false;
    }
    if (!type__wire_expect(wire, 0, err)) return false;
    value->str = strview(multirange_write(&ranges, ranges_normalise(&ranges, parts)));
    return true;
}

void multirange_type_send(const TypeCall *call, const Value *value, StrBuilder *out)
{
    const RangeCall ranges = range_call(call);
    const Ranges parts = multirange_read(&ranges, strview_str(&value->str));
    wire_put_u32(out, parts.count);
    for (uint32_t i = 0; i < parts.count; i++) {
        const size_t at = out->bytes;
        task_check();
        wire_put_u32(out, 0);
        send_range(&ranges, &parts.items[i], out);
        store_be32(out->data + at, (uint32_t)(out->bytes - at - sizeof(uint32_t)));
    }
}

/* ---- Order, hash, key: of ranges and multiranges alike */

static Ranges parts_of(const RangeCall *call, const TypeCall *whole, const Value *value)
{
    return ranges_read(call, whole->type->kind, strview_str(&value->str));
}

int range_type_compare(const TypeCall *call, const Value *a, const Value *b)
{
    const RangeCall ranges = range_call(call);
    task_check_stack();
    return ranges_compare(&ranges, parts_of(&ranges, call, a), parts_of(&ranges, call, b));
}

uint64_t range_type_hash(const TypeCall *call, const Value *value)
{
    const RangeCall ranges = range_call(call);
    const Ranges parts = parts_of(&ranges, call, value);
    uint64_t hash = 0;
    task_check_stack();
    for (uint32_t i = 0; i < parts.count; i++) {
        const Range *part = &parts.items[i];
        task_check();
        hash = hash_combine(hash, range_flags(part));
        if (!part->lower.infinite)
            hash = hash_combine(hash, type_hash(&ranges.element, &part->lower.value));
        if (!part->upper.infinite)
            hash = hash_combine(hash, type_hash(&ranges.element, &part->upper.value));
    }
    return hash;
}

enum { KEY_END = 0, KEY_PART = 1, KEY_BELOW_ALL = 0, KEY_BOUND = 1, KEY_ABOVE_ALL = 2 };

static KeyExactness add_bound_key(const RangeCall *call, const RangeBound *bound, StrBuilder *out)
{
    if (bound->infinite) {
        str_add_char(out, bound->lower ? KEY_BELOW_ALL : KEY_ABOVE_ALL);
        return KEY_EXACT;
    }
    str_add_char(out, KEY_BOUND);
    if (!call->element.type->sort_key) (void)type_compare(&call->element, NULL, NULL); /* raises */
    if (call->element.type->sort_key(&call->element, &bound->value, out) == KEY_CUT) return KEY_CUT;
    str_add_char(out, (char)(bound->lower ? !bound->inclusive : bound->inclusive));
    return KEY_EXACT;
}

KeyExactness range_type_key(const TypeCall *call, const Value *value, StrBuilder *out)
{
    const RangeCall ranges = range_call(call);
    const Ranges parts = parts_of(&ranges, call, value);
    const size_t start = out->bytes;
    for (uint32_t i = 0; i < parts.count; i++) {
        str_add_char(out, KEY_PART);
        if (out->bytes - start > TYPE_KEY_BYTES_MAX ||
            add_bound_key(&ranges, &parts.items[i].lower, out) == KEY_CUT ||
            add_bound_key(&ranges, &parts.items[i].upper, out) == KEY_CUT)
            return KEY_CUT;
    }
    /* A range is one part or none, so that the parts of one need no end. */
    if (call->type->kind == 'm' || !parts.count) str_add_char(out, KEY_END);
    return KEY_EXACT;
}

/* ---- The types */

SQL_TYPE(3904, "int4range", .phys = PHYS_STR, .category = 'R', .bytes = -1, .align = 'i',
         .storage = 'x', .kind = 'r', .array = 3905, .subtype = 23, .text = "range over int4",
         TYPE_RANGE_CODE)
SQL_TYPE(4451, "int4multirange", .phys = PHYS_STR, .category = 'R', .bytes = -1, .align = 'i',
         .storage = 'x', .kind = 'm', .array = 6150, .subtype = 3904,
         .text = "ranges over int4, apart from each other", TYPE_MULTIRANGE_CODE)
SQL_RANGE(int4range, int4, int4multirange, 1978, int4range_canonical, int4range_subdiff)
SQL_TYPE(3906, "numrange", .phys = PHYS_STR, .category = 'R', .bytes = -1, .align = 'i',
         .storage = 'x', .kind = 'r', .array = 3907, .subtype = 1700, .text = "range over numeric",
         TYPE_RANGE_CODE)
SQL_TYPE(4532, "nummultirange", .phys = PHYS_STR, .category = 'R', .bytes = -1, .align = 'i',
         .storage = 'x', .kind = 'm', .array = 6151, .subtype = 3906,
         .text = "ranges over numeric, apart from each other", TYPE_MULTIRANGE_CODE)
SQL_RANGE(numrange, numeric, nummultirange, 3125, 0, numrange_subdiff)
SQL_TYPE(3908, "tsrange", .phys = PHYS_STR, .category = 'R', .bytes = -1, .align = 'd',
         .storage = 'x', .kind = 'r', .array = 3909, .subtype = 1114,
         .text = "range over timestamp", TYPE_RANGE_CODE)
SQL_TYPE(4533, "tsmultirange", .phys = PHYS_STR, .category = 'R', .bytes = -1, .align = 'd',
         .storage = 'x', .kind = 'm', .array = 6152, .subtype = 3908,
         .text = "ranges over timestamp, apart from each other", TYPE_MULTIRANGE_CODE)
SQL_RANGE(tsrange, timestamp, tsmultirange, 3128, 0, tsrange_subdiff)
SQL_TYPE(3910, "tstzrange", .phys = PHYS_STR, .category = 'R', .bytes = -1, .align = 'd',
         .storage = 'x', .kind = 'r', .array = 3911, .subtype = 1184,
         .text = "range over timestamptz", TYPE_RANGE_CODE)
SQL_TYPE(4534, "tstzmultirange", .phys = PHYS_STR, .category = 'R', .bytes = -1, .align = 'd',
         .storage = 'x', .kind = 'm', .array = 6153, .subtype = 3910,
         .text = "ranges over timestamptz, apart from each other", TYPE_MULTIRANGE_CODE)
SQL_RANGE(tstzrange, timestamptz, tstzmultirange, 3127, 0, tstzrange_subdiff)
SQL_TYPE(3912, "daterange", .phys = PHYS_STR, .category = 'R', .bytes = -1, .align = 'i',
         .storage = 'x', .kind = 'r', .array = 3913, .subtype = 1082, .text = "range over date",
         TYPE_RANGE_CODE)
SQL_TYPE(4535, "datemultirange", .phys = PHYS_STR, .category = 'R', .bytes = -1, .align = 'i',
         .storage = 'x', .kind = 'm', .array = 6155, .subtype = 3912,
         .text = "ranges over date, apart from each other", TYPE_MULTIRANGE_CODE)
SQL_RANGE(daterange, date, datemultirange, 3122, daterange_canonical, daterange_subdiff)
SQL_TYPE(3926, "int8range", .phys = PHYS_STR, .category = 'R', .bytes = -1, .align = 'd',
         .storage = 'x', .kind = 'r', .array = 3927, .subtype = 20, .text = "range over int8",
         TYPE_RANGE_CODE)
SQL_TYPE(4536, "int8multirange", .phys = PHYS_STR, .category = 'R', .bytes = -1, .align = 'd',
         .storage = 'x', .kind = 'm', .array = 6157, .subtype = 3926,
         .text = "ranges over int8, apart from each other", TYPE_MULTIRANGE_CODE)
SQL_RANGE(int8range, int8, int8multirange, 3124, int8range_canonical, int8range_subdiff)
/* Behind them the pseudo-types' own functions, which the generator takes for theirs. */
SQL_TYPE_FUNCTION(3834, "range_in", anyrange, (cstring, oid, int4), STABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(3835, "range_out", cstring, (anyrange), STABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(3836, "range_recv", anyrange, (internal, oid, int4), STABLE | STRICT, RECEIVE, "")
SQL_TYPE_FUNCTION(3837, "range_send", bytea, (anyrange), STABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(4231, "multirange_in", anymultirange, (cstring, oid, int4), STABLE | STRICT,
                  INPUT, "")
SQL_TYPE_FUNCTION(4232, "multirange_out", cstring, (anymultirange), STABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(4233, "multirange_recv", anymultirange, (internal, oid, int4), STABLE | STRICT,
                  RECEIVE, "")
SQL_TYPE_FUNCTION(4234, "multirange_send", bytea, (anymultirange), STABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(3832, "anyrange_in", anyrange, (cstring, oid, int4), STABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(3833, "anyrange_out", cstring, (anyrange), STABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(4229, "anymultirange_in", anymultirange, (cstring, oid, int4), STABLE | STRICT,
                  INPUT, "")
SQL_TYPE_FUNCTION(4230, "anymultirange_out", cstring, (anymultirange), STABLE | STRICT, OUTPUT, "")
