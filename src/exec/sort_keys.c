/* SPDX-License-Identifier: Apache-2.0 */
/* sort_keys.c - key columns to entries, a loop a column where all are numbers, a row at a time where not. */
#include "exec/sort_keys.h"

#include "base/bitset.h"
#include "base/oids.h"
#include "type/collation.h"

enum { SHORT_VALUE_BYTES = 48, SHORT_COLUMNS = 8 };

/* ---- opening ---- */

static bool is_number(const Type *type)
{
    const bool is_float = type->oid == OID_FLOAT4 || type->oid == OID_FLOAT8;
    return is_float || (type->order_is_phys && type->phys >= PHYS_I16 && type->phys <= PHYS_I64);
}

static void open_column(SortKeys *keys, uint32_t i, const FnEnv *env, Oid *types, uint8_t *physes)
{
    const SortColumn *column = &keys->columns[i];
    const Type *type = type_get(env, column->type);
    types[i] = type->oid;
    physes[i] = (uint8_t)type->phys;
    keys->calls[i] =
        (TypeCall){.type = type, .env = env, .typmod = -1, .collation = column->collation};
    const bool is_record = type->oid == OID_RECORD || type->oid == OID_RECORD_ARRAY;
    if (is_record && !column->one_shape) keys->exact_bytes = 0;
    keys->may_be_cut |= type->phys == PHYS_STR || type->phys == PHYS_DECIMAL;
    keys->all_fixed &= is_number(type);
    keys->bytes += 1 + phys_bytes(type->phys);
    /* Of these a key is hardly longer than the value; ICU's keys are several times as long. */
    keys->short_types &= type->phys != PHYS_STR ||
                         ((type->oid == OID_TEXT || type->oid == OID_VARCHAR ||
                           type->oid == OID_BYTEA || type->oid == OID_NAME) &&
                          collation_is_plain(column->collation));
    if (!type->sort_key && !type->compare)
        raise_error(SQLSTATE_UNDEFINED_FUNCTION,
                    "could not identify an ordering operator for type %s", type->name);
}

void sort_keys_init(SortKeys *keys, Exec *exec, const SortColumn *columns, uint32_t count)
{
    Oid *types = ARENA_ARRAY(exec->arena, Oid, count);
    uint8_t *physes = ARENA_ARRAY(exec->arena, uint8_t, count);
    *keys = (SortKeys){.columns = columns,
                       .calls = ARENA_ARRAY(exec->arena, TypeCall, count),
                       .count = count,
                       .shape = {count, types, physes},
                       .all_fixed = true,
                       .exact_bytes = TYPE_KEY_BYTES_MAX,
                       .short_types = count <= SHORT_COLUMNS};
    for (uint32_t i = 0; i < count; i++) open_column(keys, i, exec->options.env, types, physes);
    keys->prefix_only = count == 1 && keys->all_fixed;
}

SortColumn *sort_columns(Exec *exec, const PlanSortKeyList *keys, ExprState **program)
{
    SortColumn *columns = ARENA_ARRAY(exec->arena, SortColumn, keys->count);
    QExpr **exprs = ARENA_ARRAY(exec->arena, QExpr *, keys->count);
    for (uint32_t i = 0; i < keys->count; i++) {
        const PlanSortKey *key = keys->items[i];
        exprs[i] = key->expr;
        columns[i] = (SortColumn){key->expr->type, key->collation, key->descending,
                                  key->nulls_first, key->expr->kind == Q_ROW};
    }
    *program = exec__program(exec, exprs, keys->count);
    return columns;
}

/* ---- making ---- */

/* A number whose order is that of the values, in as many bytes as the slot. */
static inline uint64_t number_key(Phys phys, const void *slot)
{
    if (phys == PHYS_I64) return *(const uint64_t *)slot ^ (UINT64_C(1) << 63);
    if (phys == PHYS_I32) return *(const uint32_t *)slot ^ (UINT32_C(1) << 31);
    if (phys == PHYS_I16) return *(const uint16_t *)slot ^ UINT16_C(0x8000);
    if (phys == PHYS_F32) {
        const float value = *(const float *)slot + 0.0f; /* -0 is 0 */
        uint32_t bits;
        memcpy(&bits, &value, sizeof bits);
        if (value != value) return UINT32_MAX;
        return (uint32_t)(bits >> 31 ? ~bits : bits | UINT32_C(1) << 31);
    }
    const double value = *(const double *)slot + 0.0;
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    if (value != value) return UINT64_MAX;
    return bits >> 63 ? ~bits : bits | UINT64_C(1) << 63;
}

static inline __attribute__((always_inline)) void number_loop(const SortColumn *column,
                                                              const Vector *key,
                                                              Selection selection, SortEntry *out,
                                                              Phys phys)
{
    const size_t bytes = phys_bytes(phys);
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint32_t at = vector_index(key, sel_row(selection, i));
        uint64_t number = number_key(phys, (const char *)key->data + at * bytes);
        uint32_t marker = 1;
        if (column->descending) number = ~number;
        if (key->nulls && bits_get(key->nulls, at)) {
            marker = column->nulls_first ? 0 : 2;
            number = 0;
        }
        out[i] = (SortEntry){number, NULL, marker, i};
    }
}

static void number_entries(const SortColumn *column, const Vector *key, Selection selection,
                           SortEntry *out)
{
    switch ((Phys)key->phys) { /* constants for the compiler: a loop each */
    case PHYS_I16: number_loop(column, key, selection, out, PHYS_I16); break;
    case PHYS_I32: number_loop(column, key, selection, out, PHYS_I32); break;
    case PHYS_I64: number_loop(column, key, selection, out, PHYS_I64); break;
    case PHYS_F32: number_loop(column, key, selection, out, PHYS_F32); break;
    case PHYS_F64: number_loop(column, key, selection, out, PHYS_F64); break;
    case PHYS_BOOL:
    case PHYS_FIXED16:
    case PHYS_DECIMAL:
    case PHYS_STR:
    case PHYS_COUNT: (void)NEVER(true);
    }
}

/* Keys of one length, a column after the other. A NULL's bytes are zero behind its marker. */
static void fixed_entries(const SortKeys *keys, const Vector *vectors, Selection selection,
                          SortEntry *out, Arena *arena)
{
    const uint32_t stride = keys->bytes;
    uint8_t *bytes = arena_alloc(arena, (size_t)stride * selection.count + 8);
    uint32_t offset = 0;
    for (uint32_t c = 0; c < keys->count; c++) {
        const uint32_t width = phys_bytes((Phys)vectors[c].phys);
        number_entries(&keys->columns[c], &vectors[c], selection, out);
        for (uint32_t i = 0; i < selection.count; i++) {
            uint8_t *to = bytes + (size_t)i * stride + offset;
            const uint64_t number = out[i].prefix << (64 - 8 * width);
            to[0] = (uint8_t)out[i].bytes;
            for (uint32_t b = 0; b < width; b++) to[1 + b] = (uint8_t)(number >> (56 - 8 * b));
        }
        offset += 1 + width;
    }
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint8_t *key = bytes + (size_t)i * stride;
        out[i] = (SortEntry){entry_prefix(key, stride), key, stride, i};
    }
}

/* A part that may have been cut ends its key: what comes behind must not decide before the values do. */
static void byte_entries(SortKeys *keys, const Vector *vectors, Selection selection, SortEntry *out,
                         Arena *arena)
{
    StrBuilder builder = str_builder(arena, 64);
    if (keys->exact_bytes == 0) {
        static const uint8_t nothing[1] = {0};
        for (uint32_t i = 0; i < selection.count; i++)
            out[i] = (SortEntry){entry_prefix(nothing, 1), nothing, 1, i};
        keys->any_cut = true;
        return;
    }
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint32_t row = sel_row(selection, i);
        const size_t start = str_peek(&builder).bytes;
        for (uint32_t c = 0; c < keys->count; c++) {
            const SortColumn *column = &keys->columns[c];
            const Datum value = vector_get(&vectors[c], row);
            const KeyOrder order = (KeyOrder)((column->descending ? KEY_DESC : 0) |
                                              (column->nulls_first ? KEY_NULLS_FIRST : 0));
            const size_t before = str_peek(&builder).bytes;
            if (type_key(&keys->calls[c], &value, order, &builder) == KEY_CUT) keys->any_cut = true;
            if (str_peek(&builder).bytes - before > TYPE_KEY_BYTES_MAX) break;
        }
        out[i].bytes = (uint32_t)(str_peek(&builder).bytes - start);
        out[i].row = i;
    }
    const uint8_t *key = (const uint8_t *)str_peek(&builder).data;
    for (uint32_t i = 0; i < selection.count; key += out[i++].bytes) {
        out[i].key = key;
        out[i].prefix = entry_prefix(key, out[i].bytes);
    }
}

void sort_keys_make(SortKeys *keys, const Vector *vectors, Selection selection, SortEntry *out,
                    Arena *arena)
{
    for (uint32_t i = 0; i < keys->count; i++) keys->calls[i].arena = arena;
    if (keys->prefix_only)
        number_entries(&keys->columns[0], &vectors[0], selection, out);
    else if (keys->all_fixed)
        fixed_entries(keys, vectors, selection, out, arena);
    else
        byte_entries(keys, vectors, selection, out, arena);
}

bool sort_keys_may_be_long(const SortKeys *keys, const Vector *vectors, Selection selection)
{
    if (!keys->may_be_cut) return false;
    if (!keys->short_types) return true;
    for (uint32_t c = 0; c < keys->count; c++) {
        const Vector *v = &vectors[c];
        if (v->phys != PHYS_STR && v->phys != PHYS_DECIMAL) continue;
        for (uint32_t i = 0; i < selection.count; i++) {
            const void *slot = (const char *)v->data +
                               (size_t)vector_index(v, sel_row(selection, i)) * sizeof(Value);
            if (v->phys == PHYS_STR ? ((const StrView *)slot)->bytes > SHORT_VALUE_BYTES
                                    : ((const Decimal *)slot)->kind != DECIMAL_SMALL)
                return true;
        }
    }
    return false;
}

/* ---- comparing ---- */

int sort_keys_compare_value(const SortKeys *keys, uint32_t at, Datum left, Datum right)
{
    const SortColumn *column = &keys->columns[at];
    if (left.null || right.null) {
        if (left.null == right.null) return 0;
        return left.null == column->nulls_first ? -1 : 1;
    }
    const int order = type_compare(&keys->calls[at], &left.value, &right.value);
    return column->descending ? -order : order;
}
