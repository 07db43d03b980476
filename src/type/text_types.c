/* SPDX-License-Identifier: Apache-2.0 */
/* text_types.c - text, varchar, char(n) (bpchar), name, "char", cstring and unknown as types: text, wire, order, keys.
 * Their functions stand in other files. All but "char" are the bytes themselves; char(n) is stored padded. A modifier
 * is the length in characters plus 4, as clients see it in atttypmod. */
#include "type/text.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "type/encoding.h"
#include "type/type_internal.h"

enum { TYPMOD_OFFSET = 4, CHARS_MAX = 10485760, NAME_BYTES_MAX = 63 };

/* ---- What they share */

static bool text_parse(const TypeCall *call, Str text, Value *value, InputError *err)
{
    (void)err;
    value->str = strview_copy(call->arena, text);
    return true;
}

static void text_print(const TypeCall *call, const Value *value, StrBuilder *out)
{
    (void)call;
    str_add(out, strview_str(&value->str));
}

/* Of the client, if its texts are not UTF-8. */
static const Encoding *client_encoding(const TypeCall *call)
{
    return call->env && call->env->encoding != ENCODING_UTF8
               ? encoding_of_client(call->env->encoding)
               : NULL;
}

void text_send_to_client(const TypeCall *call, Str text, StrBuilder *out)
{
    const Encoding *encoding = client_encoding(call);
    str_add(out, encoding && !encoding_is_ascii(text) ? encoding_encode(call->arena, encoding, text)
                                                      : text);
}

static void text_send(const TypeCall *call, const Value *value, StrBuilder *out)
{
    text_send_to_client(call, strview_str(&value->str), out);
}

bool text_of_client(const TypeCall *call, Bytes wire, Str *text, InputError *err)
{
    const Encoding *encoding = client_encoding(call);
    *text = (Str){(const char *)wire.data, wire.bytes};
    if (encoding && !encoding_is_ascii(*text))
        *text = encoding_decode(call->arena, encoding, *text);
    return text_check_encoding(*text, err);
}

static bool text_receive(const TypeCall *call, Bytes wire, Value *value, InputError *err)
{
    Str text;
    return text_of_client(call, wire, &text, err) && call->type->parse(call, text, value, err);
}

bool text_check_encoding(Str text, InputError *err)
{
    const size_t valid = utf8_valid_prefix(text);
    size_t zero;
    const bool has_zero = str_find_char(str_slice(text, 0, valid), '\0', &zero);
    if (valid == text.bytes && !has_zero) return true;
    char bytes[32] = "";
    const size_t at = has_zero ? zero : valid;
    const uint8_t lead = (uint8_t)text.data[at];
    const bool leads = lead >= 0xc0 && lead < 0xf8;
    const size_t length = leads ? MIN((size_t)utf8_length((char)lead), text.bytes - at) : 1;
    for (size_t i = 0, used = 0; i < length; i++) {
        const uint8_t byte = (uint8_t)text.data[at + i];
        if (i) bytes[used++] = ' ';
        memcpy(bytes + used, "0x", 2);
        bytes[used + 2] = "0123456789abcdef"[byte >> 4];
        bytes[used + 3] = "0123456789abcdef"[byte & 15];
        used += 4;
    }
    return input_error(err, SQLSTATE_CHARACTER_NOT_IN_REPERTOIRE,
                       "invalid byte sequence for encoding \"UTF8\": %s", bytes);
}

/* The one place that compares text for order. */
int text_compare(const FnEnv *env, Oid collation, Str a, Str b)
{
    const Collation *found = collation_get(env, collation);
    return found ? collation_compare(found, a, b) : str_compare(a, b);
}

bool text_equal_collated(const FnEnv *env, Oid collation, Str a, Str b)
{
    const Collation *found = collation_get(env, collation);
    return found ? collation_equal(found, a, b) : str_equal(a, b);
}

Str text_hashed(const FnEnv *env, Arena *arena, Oid collation, Str s)
{
    if (collation_is_plain(collation) || collation_is_deterministic(env, collation)) return s;
    return collation_sort_key(collation_get(env, collation), arena, s);
}

void text_need_deterministic(const FnEnv *env, Oid collation, const char *what)
{
    if (!collation_is_deterministic(env, collation))
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "nondeterministic collations are not supported for %s", what);
}

static int text_compare_values(const TypeCall *call, const Value *a, const Value *b)
{
    return text_compare(call->env, call->collation, strview_str(&a->str), strview_str(&b->str));
}

static bool text_equal_values(const TypeCall *call, const Value *a, const Value *b)
{
    if (collation_is_plain(call->collation)) return strview_equal(&a->str, &b->str);
    return text_equal_collated(call->env, call->collation, strview_str(&a->str),
                               strview_str(&b->str));
}

static uint64_t text_hash(const TypeCall *call, const Value *value)
{
    return hash_str(text_hashed(call->env, call->arena, call->collation, strview_str(&value->str)));
}

/* Under ICU its sort key, and behind it the bytes that tell apart what a deterministic collation does. */
static KeyExactness key_of(const TypeCall *call, Str s, StrBuilder *out)
{
    const Collation *collation = collation_get(call->env, call->collation);
    if (!collation) return type_key_bytes(s, out);
    if (type_key_bytes(collation_sort_key(collation, call->arena, s), out) == KEY_CUT)
        return KEY_CUT;
    return collation_is_deterministic(call->env, call->collation) ? type_key_bytes(s, out)
                                                                  : KEY_EXACT;
}

static KeyExactness text_key(const TypeCall *call, const Value *value, StrBuilder *out)
{
    return key_of(call, strview_str(&value->str), out);
}

/* ---- Lengths of varchar(n) and char(n) */

static bool length_typmod_parse(const char *name, const Str *words, uint32_t count, int32_t *typmod,
                                InputError *err)
{
    int64_t length;
    if (count != 1)
        return input_error(err, SQLSTATE_INVALID_PARAMETER_VALUE, "invalid type modifier");
    if (!str_to_i64(words[0], &length)) return type__bad_syntax(err, "integer", words[0]);
    if (length < 1)
        return input_error(err, SQLSTATE_INVALID_PARAMETER_VALUE,
                           "length for type %s must be at least 1", name);
    if (length > CHARS_MAX)
        return input_error(err, SQLSTATE_INVALID_PARAMETER_VALUE,
                           "length for type %s cannot exceed %d", name, CHARS_MAX);
    *typmod = (int32_t)length + TYPMOD_OFFSET;
    return true;
}

static bool varchar_typmod_parse(const Str *words, uint32_t count, int32_t *typmod, InputError *err)
{
    return length_typmod_parse("varchar", words, count, typmod, err);
}

static bool bpchar_typmod_parse(const Str *words, uint32_t count, int32_t *typmod, InputError *err)
{
    return length_typmod_parse("char", words, count, typmod, err);
}

static void length_typmod_print(int32_t typmod, StrBuilder *out)
{
    if (typmod > TYPMOD_OFFSET) str_add_format(out, "(%d)", typmod - TYPMOD_OFFSET);
}

bool text_fit(Str *text, int32_t typmod, bool explicit_cast, const char *type_name, InputError *err)
{
    if (typmod < TYPMOD_OFFSET) return true;
    const size_t limit = (size_t)(typmod - TYPMOD_OFFSET);
    const size_t keep = utf8_offset(*text, limit);
    for (size_t i = keep; i < text->bytes && !explicit_cast; i++)
        if (text->data[i] != ' ')
            return input_error(err, SQLSTATE_STRING_DATA_RIGHT_TRUNCATION,
                               "value too long for type %s(%zu)", type_name, limit);
    *text = str_slice(*text, 0, keep);
    return true;
}

Str text_pad(Arena *arena, Str text, int32_t typmod)
{
    if (typmod < TYPMOD_OFFSET) return text;
    const size_t characters = utf8_count(text), wanted = (size_t)(typmod - TYPMOD_OFFSET);
    if (characters >= wanted) return text;
    StrBuilder out = str_builder(arena, text.bytes + wanted - characters);
    str_add(&out, text);
    str_add_repeat(&out, ' ', wanted - characters);
    return str_done(&out);
}

Str text_without_padding(Str text)
{
    while (text.bytes && text.data[text.bytes - 1] == ' ') text.bytes--;
    return text;
}

static bool varchar_parse(const TypeCall *call, Str text, Value *value, InputError *err)
{
    if (!text_fit(&text, call->typmod, false, "character varying", err)) return false;
    value->str = strview_copy(call->arena, text);
    return true;
}

static bool bpchar_parse(const TypeCall *call, Str text, Value *value, InputError *err)
{
    if (!text_fit(&text, call->typmod, false, "character", err)) return false;
    value->str = strview_copy(call->arena, text_pad(call->arena, text, call->typmod));
    return true;
}

static int bpchar_compare(const TypeCall *call, const Value *a, const Value *b)
{
    return text_compare(call->env, call->collation, text_without_padding(strview_str(&a->str)),
                        text_without_padding(strview_str(&b->str)));
}

static bool bpchar_equal(const TypeCall *call, const Value *a, const Value *b)
{
    return text_equal(call->env, call->collation, text_without_padding(strview_str(&a->str)),
                      text_without_padding(strview_str(&b->str)));
}

static uint64_t bpchar_hash(const TypeCall *call, const Value *value)
{
    return hash_str(text_hashed(call->env, call->arena, call->collation,
                                text_without_padding(strview_str(&value->str))));
}

static KeyExactness bpchar_key(const TypeCall *call, const Value *value, StrBuilder *out)
{
    return key_of(call, text_without_padding(strview_str(&value->str)), out);
}

/* ---- name: at most 63 bytes; longer input is cut without a word, at a character */

static bool name_parse(const TypeCall *call, Str text, Value *value, InputError *err)
{
    (void)err;
    value->str = strview_copy(call->arena, utf8_clip(text, NAME_BYTES_MAX));
    return true;
}

static bool name_receive(const TypeCall *call, Bytes wire, Value *value, InputError *err)
{
    Str text;
    if (!text_of_client(call, wire, &text, err)) return false;
    if (text.bytes > NAME_BYTES_MAX) {
        input_error(err, SQLSTATE_NAME_TOO_LONG, "identifier too long");
        return input_error_detail(err, "Identifier must be less than %d characters.",
                                  NAME_BYTES_MAX + 1);
    }
    return name_parse(call, text, value, err);
}

/* ---- "char": one byte, kept as 0 to 255 so that the slot's order is its order; \ooo for bytes above ASCII */

int16_t char_of(Str text)
{
    const uint8_t *p = (const uint8_t *)text.data;
    const bool octal = text.bytes == 4 && p[0] == '\\' && p[1] >= '0' && p[1] <= '7' &&
                       p[2] >= '0' && p[2] <= '7' && p[3] >= '0' && p[3] <= '7';
    if (octal) return (uint8_t)((p[1] - '0') * 64 + (p[2] - '0') * 8 + (p[3] - '0'));
    return text.bytes ? p[0] : 0;
}

static bool char_parse(const TypeCall *call, Str text, Value *value, InputError *err)
{
    (void)call;
    (void)err;
    value->i16 = char_of(text);
    return true;
}

void char_print(int16_t c, StrBuilder *out)
{
    if (c >= 0x80)
        str_add_format(out, "\\%03o", (unsigned)c);
    else if (c != 0)
        str_add_char(out, (char)c);
}

static void char_print_value(const TypeCall *call, const Value *value, StrBuilder *out)
{
    (void)call;
    char_print(value->i16, out);
}

static bool char_receive(const TypeCall *call, Bytes wire, Value *value, InputError *err)
{
    (void)call;
    if (!type__wire_expect(wire, 1, err)) return false;
    value->i16 = wire.data[0];
    return true;
}

static void char_send(const TypeCall *call, const Value *value, StrBuilder *out)
{
    (void)call;
    str_add_char(out, (char)value->i16);
}

static int char_compare(const TypeCall *call, const Value *a, const Value *b)
{
    (void)call;
    return (a->i16 > b->i16) - (a->i16 < b->i16);
}

static uint64_t char_hash(const TypeCall *call, const Value *value)
{
    (void)call;
    return hash_u64((uint64_t)value->i16);
}

static KeyExactness char_key(const TypeCall *call, const Value *value, StrBuilder *out)
{
    (void)call;
    str_add_char(out, (char)value->i16);
    return KEY_EXACT;
}

static void char_store(const Value *value, StrBuilder *out)
{
    str_add_char(out, (char)value->i16);
}

static bool char_load(Bytes bytes, Value *value)
{
    if (bytes.bytes != 1) return false;
    value->i16 = bytes.data[0];
    return true;
}

/* void, the result of functions without one: any text is none. */
static bool void_parse(const TypeCall *call, Str text, Value *value, InputError *err)
{
    (void)call;
    (void)text;
    (void)err;
    value->str = strview(STR(""));
    return true;
}

static void void_print(const TypeCall *call, const Value *value, StrBuilder *out)
{
    (void)call;
    (void)value;
    (void)out;
}

SQL_TYPE(18, "char", .phys = PHYS_I16, .category = 'Z', .bytes = 1, .align = 'c', .storage = 'p',
         .by_value = true, .array = 1002, .text = "one byte", .order_is_phys = true,
         .parse = char_parse, .print = char_print_value, .receive = char_receive, .send = char_send,
         .compare = char_compare, .hash = char_hash, .sort_key = char_key, .store = char_store,
         .load = char_load)
SQL_TYPE(19, "name", .phys = PHYS_STR, .category = 'S', .bytes = 64, .align = 'c', .storage = 'p',
         .array = 1003, .element = 18, .collation = 950, .subscript = 6180,
         .text = "name of an object, at most 63 bytes", .order_is_phys = true, .parse = name_parse,
         .print = text_print, .receive = name_receive, .send = text_send,
         .compare = text_compare_values, .equal = text_equal_values, .hash = text_hash,
         .sort_key = text_key)
SQL_TYPE(25, "text", .phys = PHYS_STR, .category = 'S', .bytes = -1, .align = 'i', .storage = 'x',
         .preferred = true, .array = 1009, .collation = 100, .text = "text of any length",
         .parse = text_parse, .print = text_print, .receive = text_receive, .send = text_send,
         .compare = text_compare_values, .equal = text_equal_values, .hash = text_hash,
         .sort_key = text_key)
SQL_TYPE(1790, "refcursor", .phys = PHYS_STR, .category = 'U', .bytes = -1, .align = 'i',
         .storage = 'x', .array = 2201, .text = "name of a cursor", .parse = text_parse,
         .print = text_print, .receive = text_receive, .send = text_send)
SQL_TYPE(1042, "bpchar", .phys = PHYS_STR, .category = 'S', .bytes = -1, .align = 'i',
         .storage = 'x', .array = 1014, .collation = 100,
         .text = "text of a fixed length, padded with spaces", .parse = bpchar_parse,
         .print = text_print, .receive = text_receive, .send = text_send,
         .typmod_parse = bpchar_typmod_parse, .typmod_print = length_typmod_print,
         .compare = bpchar_compare, .equal = bpchar_equal, .hash = bpchar_hash,
         .sort_key = bpchar_key)
SQL_TYPE(1043, "varchar", .phys = PHYS_STR, .category = 'S', .bytes = -1, .align = 'i',
         .storage = 'x', .array = 1015, .collation = 100, .text = "text with a greatest length",
         .parse = varchar_parse, .print = text_print, .receive = text_receive, .send = text_send,
         .typmod_parse = varchar_typmod_parse, .typmod_print = length_typmod_print,
         .compare = text_compare_values, .equal = text_equal_values, .hash = text_hash,
         .sort_key = text_key)
SQL_TYPE(705, "unknown", .phys = PHYS_STR, .category = 'X', .bytes = -2, .align = 'c',
         .storage = 'p', .kind = 'p', .text = "literal whose type is still open",
         .parse = text_parse, .print = text_print, .receive = text_receive, .send = text_send)
SQL_TYPE(2275, "cstring", .phys = PHYS_STR, .category = 'P', .bytes = -2, .align = 'c',
         .storage = 'p', .kind = 'p', .array = 1263,
         .text = "text ended by a zero byte, inside the server", .parse = text_parse,
         .print = text_print, .receive = text_receive, .send = text_send)
SQL_TYPE(2278, "void", .phys = PHYS_STR, .category = 'P', .bytes = 4, .align = 'i', .storage = 'p',
         .kind = 'p', .by_value = true, .text = "no result", .parse = void_parse,
         .print = void_print, .receive = text_receive, .send = void_print)

SQL_TYPE_FUNCTION(2298, "void_in", void, (cstring), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(2299, "void_out", cstring, (void), IMMUTABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(3120, "void_recv", void, (internal), IMMUTABLE | STRICT, RECEIVE, "")
SQL_TYPE_FUNCTION(3121, "void_send", bytea, (void), IMMUTABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(33, "charout", cstring, (char), IMMUTABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(34, "namein", name, (cstring), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(35, "nameout", cstring, (name), IMMUTABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(46, "textin", text, (cstring), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(47, "textout", cstring, (text), IMMUTABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(109, "unknownin", unknown, (cstring), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(110, "unknownout", cstring, (unknown), IMMUTABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(1044, "bpcharin", bpchar, (cstring, oid, int4), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(1045, "bpcharout", cstring, (bpchar), IMMUTABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(1046, "varcharin", varchar, (cstring, oid, int4), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(1047, "varcharout", cstring, (varchar), IMMUTABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(1245, "charin", char, (cstring), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(2292, "cstring_in", cstring, (cstring), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(2293, "cstring_out", cstring, (cstring), IMMUTABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(2414, "textrecv", text, (internal), STABLE | STRICT, RECEIVE, "")
SQL_TYPE_FUNCTION(2415, "textsend", bytea, (text), STABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(2416, "unknownrecv", unknown, (internal), IMMUTABLE | STRICT, RECEIVE, "")
SQL_TYPE_FUNCTION(2417, "unknownsend", bytea, (unknown), IMMUTABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(2422, "namerecv", name, (internal), STABLE | STRICT, RECEIVE, "")
SQL_TYPE_FUNCTION(2423, "namesend", bytea, (name), STABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(2430, "bpcharrecv", bpchar, (internal, oid, int4), STABLE | STRICT, RECEIVE, "")
SQL_TYPE_FUNCTION(2431, "bpcharsend", bytea, (bpchar), STABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(2432, "varcharrecv", varchar, (internal, oid, int4), STABLE | STRICT, RECEIVE, "")
SQL_TYPE_FUNCTION(2433, "varcharsend", bytea, (varchar), STABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(2434, "charrecv", char, (internal), IMMUTABLE | STRICT, RECEIVE, "")
SQL_TYPE_FUNCTION(2435, "charsend", bytea, (char), IMMUTABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(2500, "cstring_recv", cstring, (internal), STABLE | STRICT, RECEIVE, "")
SQL_TYPE_FUNCTION(2501, "cstring_send", bytea, (cstring), STABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(2913, "bpchartypmodin", int4, (_cstring), IMMUTABLE | STRICT, TYPMOD_IN bpchar,
                  "")
SQL_TYPE_FUNCTION(2914, "bpchartypmodout", cstring, (int4), IMMUTABLE | STRICT, TYPMOD_OUT bpchar,
                  "")
SQL_TYPE_FUNCTION(2915, "varchartypmodin", int4, (_cstring), IMMUTABLE | STRICT, TYPMOD_IN varchar,
                  "")
SQL_TYPE_FUNCTION(2916, "varchartypmodout", cstring, (int4), IMMUTABLE | STRICT, TYPMOD_OUT varchar,
                  "")
