/* SPDX-License-Identifier: Apache-2.0 */
/* text_compare.c - comparison, hashing and index classes of text, name, char(n), "char" and bytea. Order and
 * equality are those of the collation (equality that of the bytes unless it is nondeterministic), or of the bytes for
 * the "pattern" operators. */
#include "type/hash_pg.h"
#include "type/text.h"

#include "base/arith.h"

/* char(n): trailing spaces do not count. */
static int bpchar_order(const Fn *fn, Oid collation, Str a, Str b)
{
    return text_compare(fn->env, collation, text_without_padding(a), text_without_padding(b));
}

static bool bpchar_same(const Fn *fn, Str a, Str b)
{
    return text_equal(fn->env, fn->collation, text_without_padding(a), text_without_padding(b));
}

int bytes_distance(Str a, Str b)
{
    const size_t common = MIN(a.bytes, b.bytes);
    size_t at = 0;
    if (common > 0 && memcmp(a.data, b.data, common) != 0) {
        while (a.data[at] == b.data[at]) at++;
        return (uint8_t)a.data[at] - (uint8_t)b.data[at];
    }
    return (a.bytes > b.bytes) - (a.bytes < b.bytes);
}

/* Of texts by bytes, how far apart; of others -1, 0 or 1. */
static int text_distance(const Fn *fn, Str a, Str b)
{
    const Collation *collation = collation_get(fn->env, fn->collation);
    return collation ? collation_compare(collation, a, b) : bytes_distance(a, b);
}

static Str hashed(const Fn *fn, Str s)
{
    return text_hashed(fn->env, fn->arena, fn->collation, s);
}

/* ---- Equality of bytes, over blocks: short texts are two words each, compared without a branch */

typedef uint64_t Words __attribute__((vector_size(16)));
typedef int32_t HalfWords __attribute__((vector_size(16)));
typedef uint8_t Flags __attribute__((vector_size(16)));

static ALWAYS_INLINE Words words_of(const StrView *view)
{
    Words words;
    memcpy(&words, view, sizeof words);
    return words;
}

/* All ones for each of two rows that are equal. *longs: a text of the first side is long. */
static ALWAYS_INLINE HalfWords two_equal(const StrView *a, const StrView *b, HalfWords *longs)
{
    const HalfWords most = {STRVIEW_INLINE_MAX, INT32_MAX, INT32_MAX, INT32_MAX};
    const Words first = words_of(a), second = words_of(a + 1), first_differs = first ^ words_of(b),
                second_differs = second ^ words_of(b + 1);
    *longs |= ((HalfWords)first > most) | ((HalfWords)second > most);
    return (HalfWords)((__builtin_shufflevector(first_differs, second_differs, 0, 2) |
                        __builtin_shufflevector(first_differs, second_differs, 1, 3)) == 0);
}

static ALWAYS_INLINE HalfWords four_equal(const StrView *a, const StrView *b, HalfWords *longs)
{
    const HalfWords first = two_equal(a, b, longs), second = two_equal(a + 2, b + 2, longs);
    return __builtin_shufflevector(first, second, 0, 2, 4, 6);
}

/* Eight rows at a time. False: there are long texts, whose words say only that they may differ. */
__attribute__((noinline)) static bool words_equal(const StrView *restrict a,
                                                  const StrView *restrict b, bool *restrict out,
                                                  uint32_t n)
{
    enum { ROWS = 8 };
    static_assert(offsetof(StrView, bytes) == 0, "the length is the first half of a word");
    HalfWords longs = {0};
    uint32_t i = 0;
    for (; i + ROWS <= n; i += ROWS) {
        const HalfWords first = four_equal(a + i, b + i, &longs),
                        second = four_equal(a + i + 4, b + i + 4, &longs);
        const Flags flags = __builtin_shufflevector((Flags)first, (Flags)second, 0, 4, 8, 12, 16,
                                                    20, 24, 28, 0, 0, 0, 0, 0, 0, 0, 0) &
                            1;
        memcpy(out + i, &flags, ROWS);
    }
    bool any_long = longs[0] != 0;
    for (; i < n; i++) {
        out[i] = ((load_le64(&a[i]) ^ load_le64(&b[i])) |
                  (load_le64(a[i].rest) ^ load_le64(b[i].rest))) == 0;
        any_long |= a[i].bytes > STRVIEW_INLINE_MAX;
    }
    return !any_long;
}

static void bytes_equal(const StrView *a, const StrView *b, bool *out, uint32_t n, bool wanted)
{
    if (!words_equal(a, b, out, n))
        for (uint32_t i = 0; i < n; i++)
            if (!out[i] && a[i].bytes > STRVIEW_INLINE_MAX) out[i] = strview_equal(&a[i], &b[i]);
    if (wanted) return;
    for (uint32_t i = 0; i < n; i++) out[i] = !out[i];
}

static void equality(Fn *fn, const Vector *args, Selection selection, Vector *result, bool wanted)
{
    bool *out = result->data;
    StrView spread[2][FN_BULK_ROWS];
    const StrView *from[2] = {spread[0], spread[1]};
    if (collation_is_plain(fn->collation) && fn_is_plain(args, 2, selection, true)) {
        if (fn_unite_nulls(fn, args, 2, selection.count, result)) return;
        for (uint32_t at = 0; at < selection.count; at += FN_BULK_ROWS) {
            const uint32_t n = MIN(selection.count - at, (uint32_t)FN_BULK_ROWS);
            for (uint32_t i = 0; i < 2; i++) {
                if (args[i].form == VECTOR_FLAT)
                    from[i] = (const StrView *)args[i].data + at;
                else if (at == 0)
                    fn_spread(spread[i], args[i].data, sizeof(StrView), n);
            }
            bytes_equal(from[0], from[1], &out[at], n, wanted);
        }
        return;
    }
    for (uint32_t at = 0; at < selection.count; at++) {
        const uint32_t row = fn_selected(selection, at), i = vector_index(&args[0], row),
                       j = vector_index(&args[1], row);
        const StrView *a = args[0].data, *b = args[1].data;
        fn->row = row;
        if (fn_null_at(&args[0], i) || fn_null_at(&args[1], j))
            fn_set_null(fn, result, row);
        else
            out[row] = text_equal(fn->env, fn->collation, strview_str(&a[i]), strview_str(&b[j])) ==
                       wanted;
    }
}

static void texts_equal(Fn *fn, const Vector *args, Selection selection, Vector *result)
{
    equality(fn, args, selection, result, true);
}

static void texts_differ(Fn *fn, const Vector *args, Selection selection, Vector *result)
{
    equality(fn, args, selection, result, false);
}

/* Of the type alone there is no answer: a call in SQL has no collation. */
static bool equal_texts_are_same(Fn *fn, uint32_t type)
{
    (void)type;
    if (fn->collation) return true;
    Error *error = error_begin(SQLSTATE_INDETERMINATE_COLLATION);
    error_message(error, "could not determine which collation to use for string comparison");
    error_raise(error_hint(error, "Use the COLLATE clause to set the collation explicitly."));
}

SQL_EXPRESSION(61, "chareq", bool, (char, char), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a == b,
               "equal")
SQL_EXPRESSION(62, "nameeq", bool, (name, name), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               str_equal(a, b), "equal")
SQL_FUNCTION_VECTOR(67, "texteq", bool, (text, text), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
                    texts_equal, "equal")
SQL_EXPRESSION(70, "charne", bool, (char, char), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a != b,
               "not equal")
SQL_EXPRESSION(72, "charle", bool, (char, char), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a <= b,
               "less than or equal")
SQL_EXPRESSION(73, "chargt", bool, (char, char), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a > b,
               "greater than")
SQL_EXPRESSION(74, "charge", bool, (char, char), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a >= b,
               "greater than or equal")
SQL_FUNCTION_VECTOR(157, "textne", bool, (text, text), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
                    texts_differ, "not equal")
SQL_EXPRESSION(240, "nameeqtext", bool, (name, text), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               text_equal(fn->env, fn->collation, a, b), "equal")
SQL_EXPRESSION(241, "namelttext", bool, (name, text), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               text_compare(fn->env, fn->collation, a, b) < 0, "less than")
SQL_EXPRESSION(242, "nameletext", bool, (name, text), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               text_compare(fn->env, fn->collation, a, b) <= 0, "less than or equal")
SQL_EXPRESSION(243, "namegetext", bool, (name, text), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               text_compare(fn->env, fn->collation, a, b) >= 0, "greater than or equal")
SQL_EXPRESSION(244, "namegttext", bool, (name, text), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               text_compare(fn->env, fn->collation, a, b) > 0, "greater than")
SQL_EXPRESSION(245, "namenetext", bool, (name, text), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               !text_equal(fn->env, fn->collation, a, b), "not equal")
SQL_EXPRESSION(247, "texteqname", bool, (text, name), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               text_equal(fn->env, fn->collation, a, b), "equal")
SQL_EXPRESSION(248, "textltname", bool, (text, name), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               text_compare(fn->env, fn->collation, a, b) < 0, "less than")
SQL_EXPRESSION(249, "textlename", bool, (text, name), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               text_compare(fn->env, fn->collation, a, b) <= 0, "less than or equal")
SQL_EXPRESSION(250, "textgename", bool, (text, name), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               text_compare(fn->env, fn->collation, a, b) >= 0, "greater than or equal")
SQL_EXPRESSION(251, "textgtname", bool, (text, name), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               text_compare(fn->env, fn->collation, a, b) > 0, "greater than")
SQL_EXPRESSION(252, "textnename", bool, (text, name), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               !text_equal(fn->env, fn->collation, a, b), "not equal")
SQL_EXPRESSION(655, "namelt", bool, (name, name), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               text_compare(fn->env, fn->collation, a, b) < 0, "less than")
SQL_EXPRESSION(656, "namele", bool, (name, name), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               text_compare(fn->env, fn->collation, a, b) <= 0, "less than or equal")
SQL_EXPRESSION(657, "namegt", bool, (name, name), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               text_compare(fn->env, fn->collation, a, b) > 0, "greater than")
SQL_EXPRESSION(658, "namege", bool, (name, name), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               text_compare(fn->env, fn->collation, a, b) >= 0, "greater than or equal")
SQL_EXPRESSION(659, "namene", bool, (name, name), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               !str_equal(a, b), "not equal")
SQL_EXPRESSION(740, "text_lt", bool, (text, text), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               text_compare(fn->env, fn->collation, a, b) < 0, "less than")
SQL_EXPRESSION(741, "text_le", bool, (text, text), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               text_compare(fn->env, fn->collation, a, b) <= 0, "less than or equal")
SQL_EXPRESSION(742, "text_gt", bool, (text, text), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               text_compare(fn->env, fn->collation, a, b) > 0, "greater than")
SQL_EXPRESSION(743, "text_ge", bool, (text, text), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               text_compare(fn->env, fn->collation, a, b) >= 0, "greater than or equal")
SQL_EXPRESSION(1048, "bpchareq", bool, (bpchar, bpchar), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               bpchar_same(fn, a, b), "equal")
SQL_EXPRESSION(1049, "bpcharlt", bool, (bpchar, bpchar), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               bpchar_order(fn, fn->collation, a, b) < 0, "less than")
SQL_EXPRESSION(1050, "bpcharle", bool, (bpchar, bpchar), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               bpchar_order(fn, fn->collation, a, b) <= 0, "less than or equal")
SQL_EXPRESSION(1051, "bpchargt", bool, (bpchar, bpchar), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               bpchar_order(fn, fn->collation, a, b) > 0, "greater than")
SQL_EXPRESSION(1052, "bpcharge", bool, (bpchar, bpchar), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               bpchar_order(fn, fn->collation, a, b) >= 0, "greater than or equal")
SQL_EXPRESSION(1053, "bpcharne", bool, (bpchar, bpchar), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               !bpchar_same(fn, a, b), "not equal")
SQL_EXPRESSION(1246, "charlt", bool, (char, char), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a < b,
               "less than")
SQL_EXPRESSION(1948, "byteaeq", bool, (bytea, bytea), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               str_equal(a, b), "equal")
SQL_EXPRESSION(1949, "bytealt", bool, (bytea, bytea), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               str_compare(a, b) < 0, "less than")
SQL_EXPRESSION(1950, "byteale", bool, (bytea, bytea), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               str_compare(a, b) <= 0, "less than or equal")
SQL_EXPRESSION(1951, "byteagt", bool, (bytea, bytea), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               str_compare(a, b) > 0, "greater than")
SQL_EXPRESSION(1952, "byteage", bool, (bytea, bytea), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               str_compare(a, b) >= 0, "greater than or equal")
SQL_EXPRESSION(1953, "byteane", bool, (bytea, bytea), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               !str_equal(a, b), "not equal")
SQL_EXPRESSION(2160, "text_pattern_lt", bool, (text, text), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               str_compare(a, b) < 0, "less than, by bytes")
SQL_EXPRESSION(2161, "text_pattern_le", bool, (text, text), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               str_compare(a, b) <= 0, "less than or equal, by bytes")
SQL_EXPRESSION(2163, "text_pattern_ge", bool, (text, text), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               str_compare(a, b) >= 0, "greater than or equal, by bytes")
SQL_EXPRESSION(2164, "text_pattern_gt", bool, (text, text), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               str_compare(a, b) > 0, "greater than, by bytes")
SQL_EXPRESSION(2174, "bpchar_pattern_lt", bool, (bpchar, bpchar),
               IMMUTABLE | STRICT | LEAKPROOF | TOTAL, bpchar_order(fn, COLLATION_C, a, b) < 0,
               "less than, by bytes")
SQL_EXPRESSION(2175, "bpchar_pattern_le", bool, (bpchar, bpchar),
               IMMUTABLE | STRICT | LEAKPROOF | TOTAL, bpchar_order(fn, COLLATION_C, a, b) <= 0,
               "less than or equal, by bytes")
SQL_EXPRESSION(2177, "bpchar_pattern_ge", bool, (bpchar, bpchar),
               IMMUTABLE | STRICT | LEAKPROOF | TOTAL, bpchar_order(fn, COLLATION_C, a, b) >= 0,
               "greater than or equal, by bytes")
SQL_EXPRESSION(2178, "bpchar_pattern_gt", bool, (bpchar, bpchar),
               IMMUTABLE | STRICT | LEAKPROOF | TOTAL, bpchar_order(fn, COLLATION_C, a, b) > 0,
               "greater than, by bytes")
SQL_EXPRESSION(246, "btnametextcmp", int4, (name, text), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               text_distance(fn, a, b), "order of two values, by bytes: how far apart")
SQL_EXPRESSION(253, "bttextnamecmp", int4, (text, name), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               text_distance(fn, a, b), "order of two values, by bytes: how far apart")
SQL_EXPRESSION(358, "btcharcmp", int4, (char, char), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a - b,
               "order of two values: -1, 0 or 1")
SQL_EXPRESSION(359, "btnamecmp", int4, (name, name), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               text_compare(fn->env, fn->collation, a, b), "order of two values: -1, 0 or 1")
SQL_EXPRESSION(360, "bttextcmp", int4, (text, text), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               text_distance(fn, a, b), "order of two values, by bytes: how far apart")
SQL_EXPRESSION(1078, "bpcharcmp", int4, (bpchar, bpchar), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               text_distance(fn, text_without_padding(a), text_without_padding(b)),
               "order of two values, by bytes: how far apart")
SQL_EXPRESSION(1954, "byteacmp", int4, (bytea, bytea), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               bytes_distance(a, b), "order of two values, by bytes: how far apart")
SQL_EXPRESSION(2166, "bttext_pattern_cmp", int4, (text, text),
               IMMUTABLE | STRICT | LEAKPROOF | TOTAL, bytes_distance(a, b),
               "order of two values, by bytes: how far apart")
SQL_EXPRESSION(2180, "btbpchar_pattern_cmp", int4, (bpchar, bpchar),
               IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               bytes_distance(text_without_padding(a), text_without_padding(b)),
               "order of two values, by bytes: how far apart")
SQL_EXPRESSION(458, "text_larger", text, (text, text), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               text_compare(fn->env, fn->collation, a, b) > 0 ? a : b, "the larger of two values")
SQL_EXPRESSION(459, "text_smaller", text, (text, text), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               text_compare(fn->env, fn->collation, a, b) < 0 ? a : b, "the smaller of two values")
SQL_EXPRESSION(1063, "bpchar_larger", bpchar, (bpchar, bpchar),
               IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               bpchar_order(fn, fn->collation, a, b) > 0 ? a : b, "the larger of two values")
SQL_EXPRESSION(1064, "bpchar_smaller", bpchar, (bpchar, bpchar),
               IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               bpchar_order(fn, fn->collation, a, b) < 0 ? a : b, "the smaller of two values")
SQL_EXPRESSION(6393, "bytea_larger", bytea, (bytea, bytea), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               str_compare(a, b) > 0 ? a : b, "the larger of two values")
SQL_EXPRESSION(6394, "bytea_smaller", bytea, (bytea, bytea), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               str_compare(a, b) < 0 ? a : b, "the smaller of two values")

SQL_EXPRESSION(400, "hashtext", int4, (text), IMMUTABLE | STRICT | TOTAL,
               (int32_t)hash_pg_bytes(hashed(fn, a)), "hash")
SQL_EXPRESSION(455, "hashname", int4, (name), IMMUTABLE | STRICT | TOTAL, (int32_t)hash_pg_bytes(a),
               "hash")
SQL_EXPRESSION(1080, "hashbpchar", int4, (bpchar), IMMUTABLE | STRICT | TOTAL,
               (int32_t)hash_pg_bytes(hashed(fn, text_without_padding(a))), "hash")
SQL_EXPRESSION(6413, "hashbytea", int4, (bytea), IMMUTABLE | STRICT | TOTAL,
               (int32_t)hash_pg_bytes(a), "hash")
SQL_EXPRESSION(454, "hashchar", int4, (char), IMMUTABLE | STRICT | TOTAL,
               (int32_t)hash_pg_u32((uint32_t)(int8_t)a), "hash")
SQL_EXPRESSION(448, "hashtextextended", int8, (text, int8), IMMUTABLE | STRICT | TOTAL,
               (int64_t)hash_pg_bytes_extended(hashed(fn, a), (uint64_t)b),
               "64-bit hash with a seed")
SQL_EXPRESSION(447, "hashnameextended", int8, (name, int8), IMMUTABLE | STRICT | TOTAL,
               (int64_t)hash_pg_bytes_extended(a, (uint64_t)b), "64-bit hash with a seed")
SQL_EXPRESSION(972, "hashbpcharextended", int8, (bpchar, int8), IMMUTABLE | STRICT | TOTAL,
               (int64_t)hash_pg_bytes_extended(hashed(fn, text_without_padding(a)), (uint64_t)b),
               "64-bit hash with a seed")
SQL_EXPRESSION(6414, "hashbyteaextended", int8, (bytea, int8), IMMUTABLE | STRICT | TOTAL,
               (int64_t)hash_pg_bytes_extended(a, (uint64_t)b), "64-bit hash with a seed")
SQL_EXPRESSION(446, "hashcharextended", int8, (char, int8), IMMUTABLE | STRICT | TOTAL,
               (int64_t)hash_pg_u32_extended((uint32_t)(int8_t)a, (uint64_t)b),
               "64-bit hash with a seed")
SQL_FUNCTION(5050, "btvarstrequalimage", bool, (oid), IMMUTABLE | STRICT, equal_texts_are_same,
             "equal texts have equal bytes: under every deterministic collation")

SQL_OPERATOR(92, "=", char, char, bool, chareq, .commutator = 92, .negator = 630, .hash = true,
             .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(93, "=", name, name, bool, nameeq, .commutator = 93, .negator = 643, .hash = true,
             .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(98, "=", text, text, bool, texteq, .commutator = 98, .negator = 531, .hash = true,
             .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(254, "=", name, text, bool, nameeqtext, .commutator = 260, .negator = 259,
             .hash = true, .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(255, "<", name, text, bool, namelttext, .commutator = 264, .negator = 257,
             .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(256, "<=", name, text, bool, nameletext, .commutator = 263, .negator = 258,
             .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(257, ">=", name, text, bool, namegetext, .commutator = 262, .negator = 255,
             .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPERATOR(258, ">", name, text, bool, namegttext, .commutator = 261, .negator = 256,
             .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(259, "<>", name, text, bool, namenetext, .commutator = 265, .negator = 254,
             .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(260, "=", text, name, bool, texteqname, .commutator = 254, .negator = 265,
             .hash = true, .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(261, "<", text, name, bool, textltname, .commutator = 258, .negator = 263,
             .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(262, "<=", text, name, bool, textlename, .commutator = 257, .negator = 264,
             .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(263, ">=", text, name, bool, textgename, .commutator = 256, .negator = 261,
             .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPERATOR(264, ">", text, name, bool, textgtname, .commutator = 255, .negator = 262,
             .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(265, "<>", text, name, bool, textnename, .commutator = 259, .negator = 260,
             .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(531, "<>", text, text, bool, textne, .commutator = 531, .negator = 98,
             .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(630, "<>", char, char, bool, charne, .commutator = 630, .negator = 92,
             .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(631, "<", char, char, bool, charlt, .commutator = 633, .negator = 634,
             .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(632, "<=", char, char, bool, charle, .commutator = 634, .negator = 633,
             .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(633, ">", char, char, bool, chargt, .commutator = 631, .negator = 632,
             .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(634, ">=", char, char, bool, charge, .commutator = 632, .negator = 631,
             .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPERATOR(643, "<>", name, name, bool, namene, .commutator = 643, .negator = 93,
             .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(660, "<", name, name, bool, namelt, .commutator = 662, .negator = 663,
             .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(661, "<=", name, name, bool, namele, .commutator = 663, .negator = 662,
             .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(662, ">", name, name, bool, namegt, .commutator = 660, .negator = 661,
             .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(663, ">=", name, name, bool, namege, .commutator = 661, .negator = 660,
             .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPERATOR(664, "<", text, text, bool, text_lt, .commutator = 666, .negator = 667,
             .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(665, "<=", text, text, bool, text_le, .commutator = 667, .negator = 666,
             .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(666, ">", text, text, bool, text_gt, .commutator = 664, .negator = 665,
             .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(667, ">=", text, text, bool, text_ge, .commutator = 665, .negator = 664,
             .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPERATOR(1054, "=", bpchar, bpchar, bool, bpchareq, .commutator = 1054, .negator = 1057,
             .hash = true, .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(1057, "<>", bpchar, bpchar, bool, bpcharne, .commutator = 1057, .negator = 1054,
             .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(1058, "<", bpchar, bpchar, bool, bpcharlt, .commutator = 1060, .negator = 1061,
             .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(1059, "<=", bpchar, bpchar, bool, bpcharle, .commutator = 1061, .negator = 1060,
             .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(1060, ">", bpchar, bpchar, bool, bpchargt, .commutator = 1058, .negator = 1059,
             .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(1061, ">=", bpchar, bpchar, bool, bpcharge, .commutator = 1059, .negator = 1058,
             .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPERATOR(1955, "=", bytea, bytea, bool, byteaeq, .commutator = 1955, .negator = 1956,
             .hash = true, .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(1956, "<>", bytea, bytea, bool, byteane, .commutator = 1956, .negator = 1955,
             .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(1957, "<", bytea, bytea, bool, bytealt, .commutator = 1959, .negator = 1960,
             .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(1958, "<=", bytea, bytea, bool, byteale, .commutator = 1960, .negator = 1959,
             .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(1959, ">", bytea, bytea, bool, byteagt, .commutator = 1957, .negator = 1958,
             .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(1960, ">=", bytea, bytea, bool, byteage, .commutator = 1958, .negator = 1957,
             .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPERATOR(2314, "~<~", text, text, bool, text_pattern_lt, .commutator = 2318, .negator = 2317,
             .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(2315, "~<=~", text, text, bool, text_pattern_le, .commutator = 2317, .negator = 2318,
             .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(2317, "~>=~", text, text, bool, text_pattern_ge, .commutator = 2315, .negator = 2314,
             .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPERATOR(2318, "~>~", text, text, bool, text_pattern_gt, .commutator = 2314, .negator = 2315,
             .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(2326, "~<~", bpchar, bpchar, bool, bpchar_pattern_lt, .commutator = 2330,
             .negator = 2329, .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(2327, "~<=~", bpchar, bpchar, bool, bpchar_pattern_le, .commutator = 2329,
             .negator = 2330, .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(2329, "~>=~", bpchar, bpchar, bool, bpchar_pattern_ge, .commutator = 2327,
             .negator = 2326, .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPERATOR(2330, "~>~", bpchar, bpchar, bool, bpchar_pattern_gt, .commutator = 2326,
             .negator = 2327, .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")

SQL_OPFAMILY(426, btree, "bpchar_ops")
SQL_OPCLASS(10004, btree, "bpchar_ops", 426, bpchar, .fallback = true)
SQL_FAMILY_OPERATOR(426, bpchar, bpchar, 1, 1058)
SQL_FAMILY_OPERATOR(426, bpchar, bpchar, 2, 1059)
SQL_FAMILY_OPERATOR(426, bpchar, bpchar, 3, 1054)
SQL_FAMILY_OPERATOR(426, bpchar, bpchar, 4, 1061)
SQL_FAMILY_OPERATOR(426, bpchar, bpchar, 5, 1060)
SQL_FAMILY_FUNCTION(426, bpchar, bpchar, 1, 1078)
SQL_FAMILY_FUNCTION(426, bpchar, bpchar, 2, 3328)
SQL_FAMILY_FUNCTION(426, bpchar, bpchar, 4, 5050)
SQL_OPFAMILY(427, hash, "bpchar_ops")
SQL_OPCLASS(10005, hash, "bpchar_ops", 427, bpchar, .fallback = true)
SQL_FAMILY_OPERATOR(427, bpchar, bpchar, 1, 1054)
SQL_FAMILY_FUNCTION(427, bpchar, bpchar, 1, 1080)
SQL_FAMILY_FUNCTION(427, bpchar, bpchar, 2, 972)
SQL_OPFAMILY(428, btree, "bytea_ops")
SQL_OPCLASS(10006, btree, "bytea_ops", 428, bytea, .fallback = true)
SQL_FAMILY_OPERATOR(428, bytea, bytea, 1, 1957)
SQL_FAMILY_OPERATOR(428, bytea, bytea, 2, 1958)
SQL_FAMILY_OPERATOR(428, bytea, bytea, 3, 1955)
SQL_FAMILY_OPERATOR(428, bytea, bytea, 4, 1960)
SQL_FAMILY_OPERATOR(428, bytea, bytea, 5, 1959)
SQL_FAMILY_FUNCTION(428, bytea, bytea, 1, 1954)
SQL_FAMILY_FUNCTION(428, bytea, bytea, 2, 3331)
SQL_FAMILY_FUNCTION(428, bytea, bytea, 4, 5051)
SQL_OPFAMILY(429, btree, "char_ops")
SQL_OPCLASS(10007, btree, "char_ops", 429, char, .fallback = true)
SQL_FAMILY_OPERATOR(429, char, char, 1, 631)
SQL_FAMILY_OPERATOR(429, char, char, 2, 632)
SQL_FAMILY_OPERATOR(429, char, char, 3, 92)
SQL_FAMILY_OPERATOR(429, char, char, 4, 634)
SQL_FAMILY_OPERATOR(429, char, char, 5, 633)
SQL_FAMILY_FUNCTION(429, char, char, 1, 358)
SQL_FAMILY_FUNCTION(429, char, char, 4, 5051)
SQL_FAMILY_FUNCTION(429, char, char, 6, 6406)
SQL_OPFAMILY(431, hash, "char_ops")
SQL_OPCLASS(10008, hash, "char_ops", 431, char, .fallback = true)
SQL_FAMILY_OPERATOR(431, char, char, 1, 92)
SQL_FAMILY_FUNCTION(431, char, char, 1, 454)
SQL_FAMILY_FUNCTION(431, char, char, 2, 446)
SQL_OPFAMILY(1994, btree, "text_ops")
SQL_OPCLASS(3126, btree, "text_ops", 1994, text, .fallback = true)
SQL_OPCLASS(10028, btree, "name_ops", 1994, name, .fallback = true, .key_type = cstring)
SQL_OPCLASS(10044, btree, "varchar_ops", 1994, text)
SQL_FAMILY_OPERATOR(1994, name, name, 1, 660)
SQL_FAMILY_OPERATOR(1994, name, name, 2, 661)
SQL_FAMILY_OPERATOR(1994, name, name, 3, 93)
SQL_FAMILY_OPERATOR(1994, name, name, 4, 663)
SQL_FAMILY_OPERATOR(1994, name, name, 5, 662)
SQL_FAMILY_OPERATOR(1994, name, text, 1, 255)
SQL_FAMILY_OPERATOR(1994, name, text, 2, 256)
SQL_FAMILY_OPERATOR(1994, name, text, 3, 254)
SQL_FAMILY_OPERATOR(1994, name, text, 4, 257)
SQL_FAMILY_OPERATOR(1994, name, text, 5, 258)
SQL_FAMILY_OPERATOR(1994, text, name, 1, 261)
SQL_FAMILY_OPERATOR(1994, text, name, 2, 262)
SQL_FAMILY_OPERATOR(1994, text, name, 3, 260)
SQL_FAMILY_OPERATOR(1994, text, name, 4, 263)
SQL_FAMILY_OPERATOR(1994, text, name, 5, 264)
SQL_FAMILY_OPERATOR(1994, text, text, 1, 664)
SQL_FAMILY_OPERATOR(1994, text, text, 2, 665)
SQL_FAMILY_OPERATOR(1994, text, text, 3, 98)
SQL_FAMILY_OPERATOR(1994, text, text, 4, 667)
SQL_FAMILY_OPERATOR(1994, text, text, 5, 666)
SQL_FAMILY_FUNCTION(1994, name, name, 1, 359)
SQL_FAMILY_FUNCTION(1994, name, name, 2, 3135)
SQL_FAMILY_FUNCTION(1994, name, name, 4, 5050)
SQL_FAMILY_FUNCTION(1994, name, text, 1, 246)
SQL_FAMILY_FUNCTION(1994, text, name, 1, 253)
SQL_FAMILY_FUNCTION(1994, text, text, 1, 360)
SQL_FAMILY_FUNCTION(1994, text, text, 2, 3255)
SQL_FAMILY_FUNCTION(1994, text, text, 4, 5050)
SQL_OPFAMILY(1995, hash, "text_ops")
SQL_OPCLASS(10029, hash, "name_ops", 1995, name, .fallback = true)
SQL_OPCLASS(10037, hash, "text_ops", 1995, text, .fallback = true)
SQL_OPCLASS(10045, hash, "varchar_ops", 1995, text)
SQL_FAMILY_OPERATOR(1995, name, name, 1, 93)
SQL_FAMILY_OPERATOR(1995, name, text, 1, 254)
SQL_FAMILY_OPERATOR(1995, text, name, 1, 260)
SQL_FAMILY_OPERATOR(1995, text, text, 1, 98)
SQL_FAMILY_FUNCTION(1995, name, name, 1, 455)
SQL_FAMILY_FUNCTION(1995, name, name, 2, 447)
SQL_FAMILY_FUNCTION(1995, text, text, 1, 400)
SQL_FAMILY_FUNCTION(1995, text, text, 2, 448)
SQL_OPFAMILY(2095, btree, "text_pattern_ops")
SQL_OPCLASS(4217, btree, "text_pattern_ops", 2095, text)
SQL_OPCLASS(4218, btree, "varchar_pattern_ops", 2095, text)
SQL_FAMILY_OPERATOR(2095, text, text, 1, 2314)
SQL_FAMILY_OPERATOR(2095, text, text, 2, 2315)
SQL_FAMILY_OPERATOR(2095, text, text, 3, 98)
SQL_FAMILY_OPERATOR(2095, text, text, 4, 2317)
SQL_FAMILY_OPERATOR(2095, text, text, 5, 2318)
SQL_FAMILY_FUNCTION(2095, text, text, 1, 2166)
SQL_FAMILY_FUNCTION(2095, text, text, 2, 3332)
SQL_FAMILY_FUNCTION(2095, text, text, 4, 5051)
SQL_OPFAMILY(2097, btree, "bpchar_pattern_ops")
SQL_OPCLASS(4219, btree, "bpchar_pattern_ops", 2097, bpchar)
SQL_FAMILY_OPERATOR(2097, bpchar, bpchar, 1, 2326)
SQL_FAMILY_OPERATOR(2097, bpchar, bpchar, 2, 2327)
SQL_FAMILY_OPERATOR(2097, bpchar, bpchar, 3, 1054)
SQL_FAMILY_OPERATOR(2097, bpchar, bpchar, 4, 2329)
SQL_FAMILY_OPERATOR(2097, bpchar, bpchar, 5, 2330)
SQL_FAMILY_FUNCTION(2097, bpchar, bpchar, 1, 2180)
SQL_FAMILY_FUNCTION(2097, bpchar, bpchar, 2, 3333)
SQL_FAMILY_FUNCTION(2097, bpchar, bpchar, 4, 5051)
SQL_OPFAMILY(2223, hash, "bytea_ops")
SQL_OPCLASS(10049, hash, "bytea_ops", 2223, bytea, .fallback = true)
SQL_FAMILY_OPERATOR(2223, bytea, bytea, 1, 1955)
SQL_FAMILY_FUNCTION(2223, bytea, bytea, 1, 6413)
SQL_FAMILY_FUNCTION(2223, bytea, bytea, 2, 6414)
SQL_OPFAMILY(2229, hash, "text_pattern_ops")
SQL_OPCLASS(10056, hash, "text_pattern_ops", 2229, text)
SQL_OPCLASS(10057, hash, "varchar_pattern_ops", 2229, text)
SQL_FAMILY_OPERATOR(2229, text, text, 1, 98)
SQL_FAMILY_FUNCTION(2229, text, text, 1, 400)
SQL_FAMILY_FUNCTION(2229, text, text, 2, 448)
SQL_OPFAMILY(2231, hash, "bpchar_pattern_ops")
SQL_OPCLASS(10058, hash, "bpchar_pattern_ops", 2231, bpchar)
SQL_FAMILY_OPERATOR(2231, bpchar, bpchar, 1, 1054)
SQL_FAMILY_FUNCTION(2231, bpchar, bpchar, 1, 1080)
SQL_FAMILY_FUNCTION(2231, bpchar, bpchar, 2, 972)
