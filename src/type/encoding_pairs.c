/* SPDX-License-Identifier: Apache-2.0 */
/* encoding_pairs.c - from an encoding to another without Unicode between, where PostgreSQL has a conversion of their
 * own: among four Cyrillic ones, between EUC_JP and SJIS and the like, and between MULE_INTERNAL and many.
 *
 * What the codes become are the runs of src/type/encoding_pairs.txt. A character of MULE_INTERNAL is the code of
 * another encoding, its base, behind a byte or two that tell which, and without those that say the same in the base;
 * other encodings reach it by way of a base (BIG5 as EUC_TW), which is what PostgreSQL's answers show.
 *
 * Where we differ: bytes that are valid and in none of the encoding's rows (BIG5 with a second byte below 40, a code in
 * MULE_INTERNAL with one below a1) are no characters, and what PostgreSQL's arithmetic makes of some of them is not
 * made here. */
#include "type/encoding_internal.h"

#include "base/task.h"

typedef struct Code {
    uint32_t value; /* its bytes as a number; 0: none */
    uint32_t bytes;
} Code;

/* ---- runs */

static const EncodingPair *pair_of(EncodingNumber from, EncodingNumber to)
{
    for (uint32_t i = 0; i < type__encoding_pairs_count; i++) {
        const EncodingPair *pair = &type__encoding_pairs[i];
        if (pair->from == from && pair->to == to) return pair;
    }
    return NULL;
}

/* Where the last two bytes of a code stand in the encoding's rows; of a single byte, itself. */
static uint32_t place_of(EncodingForm form, uint32_t code)
{
    const uint32_t high = code >> 8 & 0xff, low = code & 0xff;
    if (code < 0x100) return code;
    if (form == FORM_SJIS)
        return (high < 0xa0 ? high : high - 0x40) * 188 + low - 0x40 - (low > 0x7f);
    if (form == FORM_PAIR) return high * 157 + low - (low > 0xa0 ? 0x62 : 0x40);
    return high * 94 + low - 0xa1;
}

/* The code at a place; what stands before the last two bytes is as in `like`. */
static uint32_t code_at(EncodingForm form, uint32_t place, uint32_t like)
{
    if (like < 0x100) return place;
    uint32_t high, low;
    if (form == FORM_SJIS) {
        high = place / 188;
        low = place % 188 + 0x40;
        if (low > 0x7e) low++;
        if (high > 0x9f) high += 0x40;
    } else if (form == FORM_PAIR) {
        high = place / 157;
        low = place % 157 + 0x40;
        if (low > 0x7e) low += 0x22;
    } else {
        high = place / 94;
        low = place % 94 + 0xa1;
    }
    return (like & 0xffff0000) | high << 8 | low;
}

static uint32_t bytes_of(uint32_t value)
{
    return value < 0x100 ? 1 : value < 0x10000 ? 2 : value < 0x1000000 ? 3 : 4;
}

static Code run_code(const EncodingPair *pair, EncodingForm from, EncodingForm to, Code code)
{
    uint32_t low = 0, high = pair->runs_count;
    while (low < high) {
        const uint32_t middle = (low + high) / 2;
        if (pair->runs[middle].first <= code.value)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0 || code.value > pair->runs[low - 1].last) return (Code){0};
    const EncodingRun *run = &pair->runs[low - 1];
    const uint32_t behind = run->same ? 0 : place_of(from, code.value) - place_of(from, run->first);
    const uint32_t value = code_at(to, place_of(to, run->target) + behind, run->target);
    return (Code){value, bytes_of(value)};
}

/* ---- MULE_INTERNAL */

/* A base's codes that begin with `prefix` and have `bytes` behind it stand behind `mark`. */
typedef struct Charset {
    EncodingNumber base;
    Code prefix;
    uint32_t bytes;
    Code mark;
} Charset;

/* In both directions the first that fits. */
static const Charset charsets[] = {
    {ENCODING_LATIN1, {0, 0}, 1, {0x81, 1}},        {ENCODING_LATIN2, {0, 0}, 1, {0x82, 1}},
    {ENCODING_LATIN3, {0, 0}, 1, {0x83, 1}},        {ENCODING_LATIN4, {0, 0}, 1, {0x84, 1}},
    {ENCODING_KOI8R, {0, 0}, 1, {0x8b, 1}},         {ENCODING_EUC_JP, {0x8e, 1}, 1, {0x89, 1}},
    {ENCODING_EUC_JP, {0x8f, 1}, 2, {0x94, 1}},     {ENCODING_EUC_JP, {0, 0}, 2, {0x92, 1}},
    {ENCODING_EUC_CN, {0, 0}, 2, {0x91, 1}},        {ENCODING_EUC_KR, {0, 0}, 2, {0x93, 1}},
    {ENCODING_EUC_TW, {0, 0}, 2, {0x95, 1}},        {ENCODING_EUC_TW, {0x8ea1, 2}, 2, {0x95, 1}},
    {ENCODING_EUC_TW, {0x8ea2, 2}, 2, {0x96, 1}},   {ENCODING_EUC_TW, {0x8ea3, 2}, 2, {0x9df6, 2}},
    {ENCODING_EUC_TW, {0x8ea4, 2}, 2, {0x9df7, 2}}, {ENCODING_EUC_TW, {0x8ea5, 2}, 2, {0x9df8, 2}},
    {ENCODING_EUC_TW, {0x8ea6, 2}, 2, {0x9df9, 2}}, {ENCODING_EUC_TW, {0x8ea7, 2}, 2, {0x9dfa, 2}},
};

/* The encoding by way of which another becomes MULE_INTERNAL; itself if it needs none. */
static EncodingNumber base_of(EncodingNumber number)
{
    static const EncodingNumber bases[][2] = {
        {ENCODING_SJIS, ENCODING_EUC_JP},      {ENCODING_BIG5, ENCODING_EUC_TW},
        {ENCODING_WIN1251, ENCODING_KOI8R},    {ENCODING_WIN866, ENCODING_KOI8R},
        {ENCODING_ISO_8859_5, ENCODING_KOI8R}, {ENCODING_WIN1250, ENCODING_LATIN2},
    };
    for (size_t i = 0; i < ARRAY_LEN(bases); i++)
        if (bases[i][0] == number) return bases[i][1];
    return number;
}

static bool is_base(EncodingNumber number)
{
    for (size_t i = 0; i < ARRAY_LEN(charsets); i++)
        if (charsets[i].base == number) return true;
    return false;
}

/* With other bytes before its last ones; none if it does not begin with those. */
static Code exchange(Code code, Code begins, uint32_t bytes, Code with)
{
    const uint32_t bits = bytes * 8;
    if (code.bytes != begins.bytes + bytes || (begins.bytes && code.value >> bits != begins.value))
        return (Code){0};
    return (Code){with.value << bits | (code.value & ((UINT32_C(1) << bits) - 1)),
                  with.bytes + bytes};
}

static Code to_mule(EncodingNumber base, Code code)
{
    Code found = {0};
    for (size_t i = 0; i < ARRAY_LEN(charsets) && code.bytes && !found.bytes; i++)
        if (charsets[i].base == base)
            found = exchange(code, charsets[i].prefix, charsets[i].bytes, charsets[i].mark);
    return found;
}

static Code from_mule(EncodingNumber base, Code code)
{
    Code found = {0};
    for (size_t i = 0; i < ARRAY_LEN(charsets) && !found.bytes; i++)
        if (charsets[i].base == base)
            found = exchange(code, charsets[i].mark, charsets[i].bytes, charsets[i].prefix);
    return found;
}

/* ---- texts */

/* A way: perhaps out of MULE_INTERNAL, perhaps along a pair, perhaps into MULE_INTERNAL. */
typedef struct Way {
    EncodingNumber from_base, to_base; /* what stands on both sides of the pair */
    bool out_of_mule, into_mule;
    const EncodingPair *pair; /* NULL: they are one */
    EncodingForm from_form, to_form;
} Way;

/* Of those in pairs; single bytes have no rows. */
static EncodingForm form_of(EncodingNumber number)
{
    if (number == ENCODING_SJIS || number == ENCODING_SHIFT_JIS_2004) return FORM_SJIS;
    return number == ENCODING_BIG5 ? FORM_PAIR : FORM_EUC_JP;
}

static bool find_way(const Encoding *from, const Encoding *to, Way *way)
{
    *way = (Way){.from_base = from->number,
                 .to_base = to->number,
                 .out_of_mule = from->number == ENCODING_MULE_INTERNAL,
                 .into_mule = to->number == ENCODING_MULE_INTERNAL};
    if (way->out_of_mule) way->from_base = base_of(to->number);
    if (way->into_mule) way->to_base = base_of(from->number);
    if ((way->out_of_mule && !is_base(way->from_base)) ||
        (way->into_mule && !is_base(way->to_base)))
        return false;
    way->from_form = form_of(way->from_base);
    way->to_form = form_of(way->to_base);
    way->pair = pair_of(way->from_base, way->to_base);
    return way->pair || way->from_base == way->to_base;
}

static Code along(const Way *way, Code code)
{
    static const Code plane_one = {0x8ea1, 2}, nothing = {0, 0};
    if (way->out_of_mule) code = from_mule(way->from_base, code);
    if (way->pair && way->from_base == ENCODING_EUC_TW && code.bytes == 4) {
        const Code short_code = exchange(code, plane_one, 2, nothing);
        if (short_code.bytes) code = short_code;
    }
    if (way->pair && code.bytes) code = run_code(way->pair, way->from_form, way->to_form, code);
    return way->into_mule ? to_mule(way->to_base, code) : code;
}

bool type__encoding_passes(const Encoding *from, const Encoding *to)
{
    Way way;
    return find_way(from, to, &way);
}

bool type__encoding_pass(const Encoding *from, const Encoding *to, Str bytes, StrBuilder *out,
                         EncodingFault *fault)
{
    Way way;
    const bool found = find_way(from, to, &way);
    ASSERT(found);
    for (size_t at = 0; at < bytes.bytes && found;) {
        task_check();
        const size_t ascii = type__encoding_ascii(bytes, at);
        str_add(out, (Str){bytes.data + at, ascii});
        at += ascii;
        if (at == bytes.bytes) break;
        const uint8_t *data = (const uint8_t *)bytes.data + at;
        const EncodingShape shape = type__encoding_shape(from->form, data, bytes.bytes - at);
        ASSERT(shape.valid && shape.bytes <= ENCODING_CODE_BYTES_MAX);
        Code code = {.bytes = shape.bytes};
        for (uint32_t i = 0; i < shape.bytes; i++) code.value = code.value << 8 | data[i];
        code = along(&way, code);
        if (code.bytes == 0) {
            /* The rows of its second plane that SHIFT_JIS_2004 has no room for are bad bytes. */
            *fault = (EncodingFault){at, shape.bytes, from->number != ENCODING_EUC_JIS_2004};
            return false;
        }
        for (uint32_t i = code.bytes; i > 0; i--)
            str_add_char(out, (char)(code.value >> (i - 1) * 8));
        at += shape.bytes;
    }
    return true;
}
