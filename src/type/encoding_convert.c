/* SPDX-License-Identifier: Apache-2.0 */
/* encoding_convert.c - which bytes are characters of an encoding, and texts between it and UTF-8 by the tables of
 * src/type/encodings.txt. What is a character and how many bytes of one that is none are told are PostgreSQL's,
 * asked for every lead byte and found out from its answers. */
#include "type/encoding_internal.h"

#include "base/task.h"
#include "base/utf8.h"

static const EncodingTable *table_of(const Encoding *encoding)
{
    return &type__encoding_tables[encoding->number];
}

/* ---- characters: how many bytes the first of them says it has, and whether it is one */

typedef EncodingShape Shape;

typedef struct Window {
    const uint8_t *bytes;
    size_t left;
} Window;

/* The byte at a place; 0, which is part of no character, behind the end. */
static inline uint8_t byte_at(Window w, size_t at)
{
    return at < w.left ? w.bytes[at] : 0;
}

static inline bool in(uint8_t c, uint8_t first, uint8_t last)
{
    return c >= first && c <= last;
}

static inline bool is_euc(Window w, size_t at)
{
    return in(byte_at(w, at), 0xa1, 0xfe);
}

static Shape euc_jp_shape(Window w, uint8_t lead)
{
    if (lead == 0x8e) return (Shape){2, in(byte_at(w, 1), 0xa1, 0xdf)};
    if (lead == 0x8f) return (Shape){3, is_euc(w, 1) && is_euc(w, 2)};
    return (Shape){2, is_euc(w, 0) && is_euc(w, 1)};
}

static Shape euc_tw_shape(Window w, uint8_t lead)
{
    if (lead == 0x8e)
        return (Shape){4, in(byte_at(w, 1), 0xa1, 0xa7) && is_euc(w, 2) && is_euc(w, 3)};
    if (lead == 0x8f) return (Shape){3, false};
    return (Shape){2, is_euc(w, 1)};
}

static Shape sjis_shape(Window w, uint8_t lead)
{
    if (in(lead, 0xa1, 0xdf)) return (Shape){1, true};
    const bool leads = in(lead, 0x81, 0x9f) || in(lead, 0xe0, 0xfc);
    const uint8_t next = byte_at(w, 1);
    return (Shape){2, leads && (in(next, 0x40, 0x7e) || in(next, 0x80, 0xfc))};
}

static Shape gb18030_shape(Window w, uint8_t lead)
{
    const uint8_t next = byte_at(w, 1);
    const bool leads = in(lead, 0x81, 0xfe);
    if (in(next, '0', '9'))
        return (Shape){4, leads && in(byte_at(w, 2), 0x81, 0xfe) && in(byte_at(w, 3), '0', '9')};
    return (Shape){2, leads && (in(next, 0x40, 0x7e) || in(next, 0x80, 0xfe))};
}

static Shape mule_shape(Window w, uint8_t lead)
{
    uint32_t bytes = 1;
    if (in(lead, 0x81, 0x8d)) bytes = 2;
    if (in(lead, 0x90, 0x9b)) bytes = 3;
    if (in(lead, 0x9c, 0x9d)) bytes = 4;
    bool valid = true;
    for (uint32_t i = 1; i < bytes; i++) valid = valid && byte_at(w, i) >= 0x80;
    return (Shape){bytes, valid};
}

static Shape utf8_shape(Window w, uint8_t lead)
{
    if (lead < 0xc0 || lead >= 0xf8) return (Shape){1, false};
    const uint32_t bytes = utf8_length((char)lead);
    const Str character = {(const char *)w.bytes, MIN(bytes, w.left)};
    return (Shape){bytes, character.bytes == bytes && utf8_is_valid(character)};
}

EncodingShape type__encoding_shape(EncodingForm form, const uint8_t *bytes, size_t left)
{
    const Window w = {bytes, left};
    const uint8_t lead = bytes[0];
    ASSERT(left > 0);
    if (lead < 0x80) return (Shape){1, lead != 0};
    switch (form) {
    case FORM_ASCII:
    case FORM_BYTE: return (Shape){1, true};
    case FORM_UTF8: return utf8_shape(w, lead);
    case FORM_MULE: return mule_shape(w, lead);
    case FORM_EUC_JP: return euc_jp_shape(w, lead);
    case FORM_EUC_CN:
        if (lead == 0x8e || lead == 0x8f) return (Shape){3, false};
        return (Shape){2, is_euc(w, 0) && is_euc(w, 1)};
    case FORM_EUC_KR: return (Shape){lead == 0x8f ? 3 : 2, is_euc(w, 0) && is_euc(w, 1)};
    case FORM_EUC_TW: return euc_tw_shape(w, lead);
    case FORM_JOHAB:
        if (lead == 0x8f) return (Shape){3, is_euc(w, 1) && is_euc(w, 2)};
        return (Shape){2, is_euc(w, 1)};
    case FORM_SJIS: return sjis_shape(w, lead);
    case FORM_PAIR: /* 8d 20 is what PostgreSQL itself makes of bytes that it cannot read */
        return (Shape){2, byte_at(w, 1) != 0 && !(lead == 0x8d && byte_at(w, 1) == 0x20)};
    case FORM_GB18030: return gb18030_shape(w, lead);
    }
    return (Shape){1, false};
}

static bool no_character(EncodingFault *fault, size_t at, size_t bytes, size_t left)
{
    *fault = (EncodingFault){.at = at, .bytes = (uint32_t)MIN(bytes, left)};
    return false;
}

size_t type__encoding_ascii(Str text, size_t at)
{
    size_t end = at;
    while (end < text.bytes && (uint8_t)(text.data[end] - 1) < 0x7f) end++;
    return end - at;
}

bool type__encoding_verify(const Encoding *encoding, Str bytes, size_t *count, EncodingFault *fault)
{
    const uint8_t *data = (const uint8_t *)bytes.data;
    *count = 0;
    for (size_t at = 0; at < bytes.bytes;) {
        task_check();
        const size_t ascii = type__encoding_ascii(bytes, at);
        *count += ascii;
        at += ascii;
        if (at == bytes.bytes) break;
        const size_t left = bytes.bytes - at;
        const Shape shape = type__encoding_shape(encoding->form, data + at, left);
        if (!shape.valid) return no_character(fault, at, shape.bytes, left);
        at += shape.bytes;
        (*count)++;
    }
    return true;
}

/* ---- to UTF-8 */

/* One or two characters of a code; the second is 0 if there is none. */
typedef struct Characters {
    uint32_t first, second;
} Characters;

static Characters characters_of_slot(const EncodingTable *table, uint32_t slot)
{
    const uint32_t high = slot >> 8, low = slot & 0xff;
    if (high >= table->rows_count) return (Characters){0};
    const EncodingRow row = table->rows[high];
    if (low < row.first || low > row.last) return (Characters){0};
    const uint32_t unit = type__encoding_characters[row.at + low - row.first];
    if (unit < ENCODING_WIDE_FIRST || unit > ENCODING_WIDE_LAST) return (Characters){unit, 0};
    const EncodingWide *wide = &table->wide[unit - ENCODING_WIDE_FIRST];
    ASSERT(wide->slot == slot);
    return (Characters){wide->first, wide->second};
}

/* A code of four bytes of GB18030. */
static Characters gb18030_character(const EncodingTable *table, const uint8_t *code)
{
    const uint32_t place = (((code[0] - 0x81u) * 10 + code[1] - '0') * 126 + code[2] - 0x81u) * 10 +
                           code[3] - '0';
    uint32_t low = 0, high = table->ranges_count;
    while (low < high) {
        const uint32_t middle = (low + high) / 2;
        if (table->ranges[middle].place <= place)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0) return (Characters){0};
    const EncodingRange *range = &table->ranges[low - 1];
    const uint32_t within = place - range->place;
    return within < range->count ? (Characters){range->character + within, 0} : (Characters){0};
}

/* The code is valid in the form. */
static Characters characters_of(const Encoding *encoding, const uint8_t *code, uint32_t bytes)
{
    const EncodingTable *table = table_of(encoding);
    if (bytes == 1) return characters_of_slot(table, code[0]);
    if (bytes == 2) return characters_of_slot(table, code[0] << 8 | code[1]);
    if (bytes == 3) return characters_of_slot(table, (code[1] & 0x7f) << 8 | code[2]);
    if (encoding->form == FORM_GB18030) return gb18030_character(table, code);
    if (code[1] == 0xa1) return characters_of_slot(table, code[2] << 8 | code[3]);
    if (code[1] == 0xa2) return characters_of_slot(table, (code[2] & 0x7f) << 8 | code[3]);
    return (Characters){0};
}

static void add_character(StrBuilder *out, uint32_t c)
{
    char bytes[UTF8_BYTES_MAX];
    str_add(out, (Str){bytes, utf8_encode(c, bytes)});
}

bool type__encoding_read(const Encoding *encoding, Str bytes, StrBuilder *out, EncodingFault *fault)
{
    const uint8_t *data = (const uint8_t *)bytes.data;
    for (size_t at = 0; at < bytes.bytes;) {
        task_check();
        const size_t ascii = type__encoding_ascii(bytes, at);
        str_add(out, (Str){bytes.data + at, ascii});
        at += ascii;
        if (at == bytes.bytes) break;
        const size_t left = bytes.bytes - at;
        const Shape shape = type__encoding_shape(encoding->form, data + at, left);
        if (!shape.valid) return no_character(fault, at, shape.bytes, left);
        const Characters found = characters_of(encoding, data + at, shape.bytes);
        if (found.first == 0) {
            *fault = (EncodingFault){at, shape.bytes, true};
            return false;
        }
        add_character(out, found.first);
        if (found.second) add_character(out, found.second);
        at += shape.bytes;
    }
    return true;
}

/* ---- from UTF-8 */

/* The slot of what is no character of the first plane, or of two characters; 0: none. */
static uint32_t wide_slot(const EncodingTable *table, uint32_t first, uint32_t second)
{
    uint32_t low = 0, high = table->wide_count;
    while (low < high) {
        const uint32_t middle = (low + high) / 2;
        const EncodingWide *wide = &table->wide[middle];
        if (wide->first < first || (wide->first == first && wide->second < second))
            low = middle + 1;
        else
            high = middle;
    }
    if (low == table->wide_count) return 0;
    const EncodingWide *wide = &table->wide[low];
    return wide->first == first && wide->second == second ? wide->slot : 0;
}

static uint32_t slot_of(const EncodingTable *table, uint32_t c)
{
    if (c >= ENCODING_PLANE_CHARACTERS) return wide_slot(table, c, 0);
    const uint32_t page = table->pages[c / ENCODING_PAGE_CHARACTERS];
    return type__encoding_slots[page * ENCODING_PAGE_CHARACTERS + c % ENCODING_PAGE_CHARACTERS];
}

/* The bytes of a slot; how many. */
static uint32_t code_of_slot(EncodingForm form, uint32_t slot, char code[ENCODING_CODE_BYTES_MAX])
{
    const uint32_t high = slot >> 8, low = slot & 0xff;
    uint32_t bytes = 0;
    if (form == FORM_EUC_JP && high != 0 && high < 0x80) code[bytes++] = (char)0x8f;
    if (form == FORM_EUC_TW && high != 0 && (high < 0x80 || low < 0x80)) {
        code[bytes++] = (char)0x8e;
        code[bytes++] = (char)(high < 0x80 ? 0xa2 : 0xae);
    }
    const uint32_t high_bit = bytes ? 0x80 : 0;
    if (high != 0) code[bytes++] = (char)(high | high_bit);
    code[bytes] = (char)(low | high_bit);
    return bytes + 1;
}

/* As four bytes of GB18030; 0: none. */
static uint32_t gb18030_code(const EncodingTable *table, uint32_t c, char *code)
{
    uint32_t low = 0, high = table->ranges_count;
    while (low < high) {
        const uint32_t middle = (low + high) / 2;
        if (table->ranges_by_character[middle].character <= c)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0) return 0;
    const EncodingRange *range = &table->ranges_by_character[low - 1];
    if (c - range->character >= range->count) return 0;
    const uint32_t place = range->place + c - range->character;
    code[0] = (char)(place / 12600 + 0x81);
    code[1] = (char)(place / 1260 % 10 + '0');
    code[2] = (char)(place / 10 % 126 + 0x81);
    code[3] = (char)(place % 10 + '0');
    return 4;
}

/* The code of the character before *at, above ASCII; of it and the one behind, which *at then passes, when one code
 * stands for both. 0 bytes: it has none. */
static uint32_t code_of(const Encoding *encoding, uint32_t c, Str text, size_t *at,
                        char code[ENCODING_CODE_BYTES_MAX])
{
    const EncodingTable *table = table_of(encoding);
    if (table->wide_count) {
        size_t behind = *at;
        uint32_t next;
        if (utf8_next(text, &behind, &next) && next != 0) {
            const uint32_t pair = wide_slot(table, c, next);
            if (pair) {
                *at = behind;
                return code_of_slot(encoding->form, pair, code);
            }
        }
    }
    const uint32_t slot = slot_of(table, c);
    if (slot) return code_of_slot(encoding->form, slot, code);
    return table->ranges_count ? gb18030_code(table, c, code) : 0;
}

bool type__encoding_write(const Encoding *encoding, Str text, StrBuilder *out, EncodingFault *fault)
{
    for (size_t at = 0; at < text.bytes;) {
        task_check();
        const size_t ascii = type__encoding_ascii(text, at);
        str_add(out, (Str){text.data + at, ascii});
        at += ascii;
        const size_t start = at;
        uint32_t c;
        if (at == text.bytes || !utf8_next(text, &at, &c)) break;
        const size_t end = at;
        char code[ENCODING_CODE_BYTES_MAX];
        const uint32_t bytes = c ? code_of(encoding, c, text, &at, code) : 0;
        if (bytes == 0) {
            *fault = (EncodingFault){start, (uint32_t)(end - start), true};
            return false;
        }
        str_add(out, (Str){code, bytes});
    }
    return true;
}
