/* SPDX-License-Identifier: Apache-2.0 */
/* extended_statistics.c - the stored and shown forms of statistics over several columns. Nobody but ANALYZE makes
 * values of these types: text is refused as their input, as PostgreSQL does.
 *
 * The layouts are in docs/formats.md, section 8. A most common combination is a number a column into that column's list
 * of distinct values, as a list of combinations repeats the few values of its columns. */
#include "type/extended_statistics.h"

#include "base/oids.h"
#include "type/array.h"
#include "type/text.h"
#include "type/type_internal.h"

enum {
    NDISTINCT_MAGIC = 0xa352bfa4,
    DEPENDENCIES_MAGIC = 0xb4549a2c,
    COMMON_MAGIC = 0xe1a651c2,
    LAYOUT_BASIC = 1,
    COMMON_ROWS_MAX = 10000, /* default_statistics_target's maximum */
};

/* ---- writing and reading little-endian fields ---- */

static void put_u16(StrBuilder *out, uint16_t v)
{
    store_le16(str_add_space(out, 2), v);
}

static void put_u32(StrBuilder *out, uint32_t v)
{
    store_le32(str_add_space(out, 4), v);
}

static void put_f64(StrBuilder *out, double v)
{
    uint64_t bits;
    memcpy(&bits, &v, sizeof bits);
    store_le64(str_add_space(out, 8), bits);
}

/* What is left to be read; past its end everything reads as 0 and `broken` is set. */
typedef struct Reader {
    Str rest;
    bool broken;
} Reader;

static const char *take(Reader *reader, size_t bytes)
{
    static const char zeroes[8] = {0};
    ASSERT(bytes <= sizeof zeroes);
    if (reader->rest.bytes < bytes) {
        reader->broken = true;
        return zeroes;
    }
    const char *at = reader->rest.data;
    reader->rest = str_slice(reader->rest, bytes, reader->rest.bytes);
    return at;
}

static uint16_t take_u16(Reader *reader)
{
    return load_le16(take(reader, 2));
}

static uint32_t take_u32(Reader *reader)
{
    return load_le32(take(reader, 4));
}

static double take_f64(Reader *reader)
{
    const uint64_t bits = load_le64(take(reader, 8));
    double v;
    memcpy(&v, &bits, sizeof v);
    return v;
}

/* ---- groups of columns ---- */

Str column_groups_build(Arena *arena, ColumnGroupsKind kind, const ColumnGroups *groups)
{
    StrBuilder out = str_builder(arena, 12 + 20 * (size_t)groups->count);
    put_u32(&out, kind == GROUPS_NDISTINCT ? NDISTINCT_MAGIC : DEPENDENCIES_MAGIC);
    put_u32(&out, LAYOUT_BASIC);
    put_u32(&out, groups->count);
    for (uint32_t i = 0; i < groups->count; i++) {
        const ColumnGroup *group = &groups->items[i];
        put_f64(&out, group->number);
        if (kind == GROUPS_NDISTINCT)
            put_u32(&out, group->count);
        else
            put_u16(&out, (uint16_t)group->count);
        for (uint32_t c = 0; c < group->count; c++) put_u16(&out, (uint16_t)group->columns[c]);
    }
    return str_done(&out);
}

bool column_groups_read(Arena *arena, ColumnGroupsKind kind, Str stored, ColumnGroups *groups)
{
    Reader reader = {.rest = stored};
    const uint32_t magic = take_u32(&reader);
    if (magic != (kind == GROUPS_NDISTINCT ? NDISTINCT_MAGIC : DEPENDENCIES_MAGIC)) return false;
    if (take_u32(&reader) != LAYOUT_BASIC) return false;
    const uint32_t count = take_u32(&reader);
    if (count > reader.rest.bytes / 8) return false;
    *groups = (ColumnGroups){ARENA_ARRAY(arena, ColumnGroup, count), count};
    for (uint32_t i = 0; i < count; i++) {
        ColumnGroup *group = &groups->items[i];
        group->number = take_f64(&reader);
        group->count = kind == GROUPS_NDISTINCT ? take_u32(&reader) : take_u16(&reader);
        if (group->count > STATISTICS_ATTRIBUTES_MAX) return false;
        for (uint32_t c = 0; c < group->count; c++) group->columns[c] = (int16_t)take_u16(&reader);
    }
    return !reader.broken;
}

static _Noreturn void raise_broken(const char *type)
{
    raise_error(SQLSTATE_DATA_CORRUPTED, "invalid value of type %s", type);
}

static ColumnGroups groups_of(const TypeCall *call, const Value *value, ColumnGroupsKind kind)
{
    ColumnGroups groups;
    if (!column_groups_read(call->arena, kind, strview_str(&value->str), &groups))
        raise_broken(call->type->name);
    return groups;
}

static void ndistinct_print(const TypeCall *call, const Value *value, StrBuilder *out)
{
    const ColumnGroups groups = groups_of(call, value, GROUPS_NDISTINCT);
    str_add_char(out, '{');
    for (uint32_t i = 0; i < groups.count; i++) {
        const ColumnGroup *group = &groups.items[i];
        if (i > 0) str_add(out, STR(", "));
        for (uint32_t c = 0; c < group->count; c++)
            str_add_format(out, "%s%d", c == 0 ? "\"" : ", ", (int)group->columns[c]);
        str_add_format(out, "\": %.0f", group->number);
    }
    str_add_char(out, '}');
}

static void dependencies_print(const TypeCall *call, const Value *value, StrBuilder *out)
{
    const ColumnGroups groups = groups_of(call, value, GROUPS_DEPENDENCIES);
    str_add_char(out, '{');
    for (uint32_t i = 0; i < groups.count; i++) {
        const ColumnGroup *group = &groups.items[i];
        if (i > 0) str_add(out, STR(", "));
        for (uint32_t c = 0; c < group->count; c++) {
            const char *between = c + 1 == group->count ? " => " : ", ";
            str_add_format(out, "%s%d", c == 0 ? "\"" : between, (int)group->columns[c]);
        }
        str_add_format(out, "\": %f", group->number);
    }
    str_add_char(out, '}');
}

/* ---- common combinations ---- */

/* A column's distinct values, in order. */
typedef struct Domain {
    Value *values;
    uint32_t count;
} Domain;

/* Where the value is, or (`*found` false) where it belongs. */
static uint32_t domain_search(const Domain *domain, const TypeCall *call, const Value *value,
                              bool *found)
{
    uint32_t low = 0, high = domain->count;
    *found = false;
    while (low < high && !*found) {
        const uint32_t middle = low + (high - low) / 2;
        const int order = call->type->compare(call, value, &domain->values[middle]);
        *found = order == 0;
        if (order == 0) return middle;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static Domain domain_of(Arena *arena, const CommonRows *rows, uint32_t column, const TypeCall *call)
{
    Domain domain = {.values = ARENA_ARRAY(arena, Value, rows->count)};
    for (uint32_t i = 0; i < rows->count; i++) {
        const Datum *value = &rows->items[i].values[column];
        bool found;
        if (value->null) continue;
        const uint32_t at = domain_search(&domain, call, &value->value, &found);
        if (found) continue;
        for (uint32_t k = domain.count++; k > at; k--) domain.values[k] = domain.values[k - 1];
        domain.values[at] = value->value;
    }
    return domain;
}

/* Are the type's values of its length wherever they lie, and so need none of their own? */
static bool has_fixed_form(const Type *type, Str first)
{
    return type->by_value && type->bytes > 0 && first.bytes == (size_t)type->bytes;
}

static Str stored_value(Arena *arena, const Type *type, const Value *value)
{
    StrBuilder out = str_builder(arena, 16);
    type_store(type, value, &out);
    return str_done(&out);
}

/* The column's line of the head, and its values. */
static void put_domain(Arena *arena, const Domain *domain, const Type *type, StrBuilder *head,
                       StrBuilder *body)
{
    const size_t began = str_peek(body).bytes;
    size_t aligned = 0;
    bool fixed = type->by_value;
    for (uint32_t i = 0; i < domain->count; i++) {
        const Str bytes = stored_value(arena, type, &domain->values[i]);
        if (i == 0) fixed = has_fixed_form(type, bytes);
        if (!fixed) put_u32(body, (uint32_t)bytes.bytes);
        if (!fixed) aligned += (4 + bytes.bytes + 7) / 8 * 8;
        str_add(body, bytes);
    }
    put_u32(head, domain->count);
    put_u32(head, (uint32_t)(str_peek(body).bytes - began));
    put_u32(head, (uint32_t)aligned);
    put_u32(head, (uint32_t)type->bytes);
    put_u32(head, fixed);
}

Str common_rows_build(Arena *arena, const CommonRows *rows, const TypeCall *calls)
{
    StrBuilder head = str_builder(arena, 128), body = str_builder(arena, 512);
    Domain domains[STATISTICS_ATTRIBUTES_MAX];
    put_u32(&head, COMMON_MAGIC);
    put_u32(&head, LAYOUT_BASIC);
    put_u32(&head, rows->count);
    put_u16(&head, (uint16_t)rows->columns);
    for (uint32_t c = 0; c < rows->columns; c++) put_u32(&head, rows->types[c]);
    for (uint32_t c = 0; c < rows->columns; c++) {
        domains[c] = domain_of(arena, rows, c, &calls[c]);
        put_domain(arena, &domains[c], calls[c].type, &head, &body);
    }
    for (uint32_t i = 0; i < rows->count; i++) {
        const CommonRow *row = &rows->items[i];
        for (uint32_t c = 0; c < rows->columns; c++) str_add_char(&body, row->values[c].null);
        put_f64(&body, row->share);
        put_f64(&body, row->base_share);
        for (uint32_t c = 0; c < rows->columns; c++) {
            bool found;
            put_u16(&body, row->values[c].null
                               ? 0
                               : (uint16_t)domain_search(&domains[c], &calls[c],
                                                         &row->values[c].value, &found));
        }
    }
    str_add(&head, str_done(&body));
    return str_done(&head);
}

typedef struct DomainHead {
    uint32_t count;
    int32_t bytes; /* of a value, where it is fixed */
    bool fixed;
} DomainHead;

static bool take_domain(Reader *reader, Arena *arena, const Type *type, const DomainHead *head,
                        Domain *domain)
{
    if (head->count > COMMON_ROWS_MAX) return false;
    *domain = (Domain){ARENA_ARRAY(arena, Value, head->count), head->count};
    for (uint32_t i = 0; i < head->count; i++) {
        const size_t bytes = head->fixed ? (size_t)head->bytes : take_u32(reader);
        if (reader->rest.bytes < bytes) return false;
        const Bytes stored = {(const uint8_t *)reader->rest.data, bytes};
        if (!type_load(type, stored, &domain->values[i])) return false;
        reader->rest = str_slice(reader->rest, bytes, reader->rest.bytes);
    }
    return !reader->broken;
}

static bool take_rows(Reader *reader, const Domain *domains, CommonRows *rows)
{
    for (uint32_t i = 0; i < rows->count; i++) {
        CommonRow *row = &rows->items[i];
        for (uint32_t c = 0; c < rows->columns; c++) row->values[c].null = *take(reader, 1) != 0;
        row->share = take_f64(reader);
        row->base_share = take_f64(reader);
        for (uint32_t c = 0; c < rows->columns; c++) {
            const uint16_t at = take_u16(reader);
            if (row->values[c].null) continue;
            if (at >= domains[c].count) return false;
            row->values[c].value = domains[c].values[at];
        }
    }
    return !reader->broken && reader->rest.bytes == 0;
}

bool common_rows_read(Arena *arena, const FnEnv *env, Str stored, CommonRows *rows)
{
    Reader reader = {.rest = stored};
    const uint32_t magic = take_u32(&reader), layout = take_u32(&reader);
    if (magic != COMMON_MAGIC || layout != LAYOUT_BASIC) return false;
    *rows = (CommonRows){.count = take_u32(&reader)};
    rows->columns = take_u16(&reader);
    if (rows->count > COMMON_ROWS_MAX || rows->columns > STATISTICS_ATTRIBUTES_MAX) return false;
    DomainHead heads[STATISTICS_ATTRIBUTES_MAX];
    Domain domains[STATISTICS_ATTRIBUTES_MAX];
    for (uint32_t c = 0; c < rows->columns; c++) rows->types[c] = take_u32(&reader);
    for (uint32_t c = 0; c < rows->columns; c++) {
        heads[c].count = take_u32(&reader);
        (void)take_u32(&reader);
        (void)take_u32(&reader);
        heads[c].bytes = (int32_t)take_u32(&reader);
        heads[c].fixed = take_u32(&reader) != 0;
        if (heads[c].fixed && heads[c].bytes <= 0) return false;
    }
    for (uint32_t c = 0; c < rows->columns; c++) {
        const Type *type = type_find(env, rows->types[c]);
        if (type == NULL || !take_domain(&reader, arena, type, &heads[c], &domains[c]))
            return false;
    }
    rows->items = ARENA_ARRAY(arena, CommonRow, rows->count);
    return take_rows(&reader, domains, rows);
}

static void common_print(const TypeCall *call, const Value *value, StrBuilder *out)
{
    const Type *bytea = type_get(NULL, OID_BYTEA);
    const TypeCall as_bytes = {.type = bytea, .env = call->env, .arena = call->arena, .typmod = -1};
    bytea->print(&as_bytes, value, out);
}

/* One of its rows a call. */
typedef struct CommonItems {
    CommonRows rows;
    uint32_t at;
} CommonItems;

static Datum text_datum(Str bytes)
{
    return (Datum){.value.str = strview(bytes)};
}

static bool common_items(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    CommonItems *items = set->state;
    if (items == NULL) {
        items = set->state = ARENA_NEW(set->arena, CommonItems);
        const Str stored = str_copy(set->arena, strview_str(&args[0].value.str));
        if (!common_rows_read(set->arena, fn->env, stored, &items->rows))
            raise_broken("pg_mcv_list");
    }
    if (items->at == items->rows.count) return false;
    const CommonRow *row = &items->rows.items[items->at];
    Datum texts[STATISTICS_ATTRIBUTES_MAX], nulls[STATISTICS_ATTRIBUTES_MAX];
    for (uint32_t c = 0; c < items->rows.columns; c++) {
        nulls[c] = (Datum){.value.b = row->values[c].null};
        texts[c] = (Datum){.null = true};
        if (row->values[c].null) continue;
        const TypeCall call = type_call(fn, type_get(fn->env, items->rows.types[c]));
        texts[c] = text_datum(type_print(&call, &row->values[c].value));
    }
    const uint32_t count = items->rows.columns;
    columns[0] = (Datum){.value.i32 = (int32_t)items->at++};
    columns[1] = text_datum(array_build(fn->arena, type_get(NULL, OID_TEXT), texts, count));
    columns[2] = text_datum(array_build(fn->arena, type_get(NULL, OID_BOOL), nulls, count));
    columns[3] = (Datum){.value.f64 = row->share};
    columns[4] = (Datum){.value.f64 = row->base_share};
    return true;
}
SQL_FUNCTION_SET(3427, "pg_mcv_list_items", record, (pg_mcv_list), STABLE | STRICT, common_items,
                 "the combinations of values in a list of the most common ones")
SQL_FACTS(3427, .rows = 1000,
          .arguments = "mcv_list pg_mcv_list, OUT index int4, OUT values _text, OUT nulls _bool, "
                       "OUT frequency float8, OUT base_frequency float8")

/* ---- the types ---- */

/* The stored bytes. */
static void bytes_send(const TypeCall *call, const Value *value, StrBuilder *out)
{
    (void)call;
    str_add(out, strview_str(&value->str));
}

SQL_TYPE(3361, "pg_ndistinct", .phys = PHYS_STR, .category = 'Z', .bytes = -1, .align = 'i',
         .storage = 'x', .collation = 100, .text = "distinct counts of column groups",
         .parse = type__refuse_text, .print = ndistinct_print, .receive = type__refuse_wire,
         .send = bytes_send)
SQL_TYPE(3402, "pg_dependencies", .phys = PHYS_STR, .category = 'Z', .bytes = -1, .align = 'i',
         .storage = 'x', .collation = 100, .text = "functional dependencies between columns",
         .parse = type__refuse_text, .print = dependencies_print, .receive = type__refuse_wire,
         .send = bytes_send)
SQL_TYPE(5017, "pg_mcv_list", .phys = PHYS_STR, .category = 'Z', .bytes = -1, .align = 'i',
         .storage = 'x', .collation = 100, .text = "most common combinations of values",
         .parse = type__refuse_text, .print = common_print, .receive = type__refuse_wire,
         .send = bytes_send)
SQL_TYPE_FUNCTION(3355, "pg_ndistinct_in", pg_ndistinct, (cstring), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(3356, "pg_ndistinct_out", cstring, (pg_ndistinct), IMMUTABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(3357, "pg_ndistinct_recv", pg_ndistinct, (internal), STABLE | STRICT, RECEIVE, "")
SQL_TYPE_FUNCTION(3358, "pg_ndistinct_send", bytea, (pg_ndistinct), STABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(3404, "pg_dependencies_in", pg_dependencies, (cstring), IMMUTABLE | STRICT, INPUT,
                  "")
SQL_TYPE_FUNCTION(3405, "pg_dependencies_out", cstring, (pg_dependencies), IMMUTABLE | STRICT,
                  OUTPUT, "")
SQL_TYPE_FUNCTION(3406, "pg_dependencies_recv", pg_dependencies, (internal), STABLE | STRICT,
                  RECEIVE, "")
SQL_TYPE_FUNCTION(3407, "pg_dependencies_send", bytea, (pg_dependencies), STABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(5018, "pg_mcv_list_in", pg_mcv_list, (cstring), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(5019, "pg_mcv_list_out", cstring, (pg_mcv_list), IMMUTABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(5020, "pg_mcv_list_recv", pg_mcv_list, (internal), STABLE | STRICT, RECEIVE, "")
SQL_TYPE_FUNCTION(5021, "pg_mcv_list_send", bytea, (pg_mcv_list), STABLE | STRICT, SEND, "")
SQL_CAST(10152, pg_ndistinct, bytea, BINARY, IMPLICIT)
SQL_CAST(10153, pg_ndistinct, text, IO, IMPLICIT)
SQL_CAST(10154, pg_dependencies, bytea, BINARY, IMPLICIT)
SQL_CAST(10155, pg_dependencies, text, IO, IMPLICIT)
SQL_CAST(10156, pg_mcv_list, bytea, BINARY, IMPLICIT)
SQL_CAST(10157, pg_mcv_list, text, IO, IMPLICIT)
