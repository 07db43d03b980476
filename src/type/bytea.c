/* SPDX-License-Identifier: Apache-2.0 */
/* bytea.c - byte strings as a type: \x hexadecimal and the old escape format, wire, order. */
#include "type/text.h"

#include "base/hash.h"
#include "base/settings.h"
#include "type/type_internal.h"

static int hex_digit(char c)
{
    return is_digit(c) ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

bool bytea_parse_hex(Arena *arena, Str text, Str *bytes, InputError *err)
{
    StrBuilder out = str_builder(arena, text.bytes / 2 + 1);
    for (size_t i = 0; i < text.bytes;) {
        if (strchr(" \n\t\r", text.data[i]) && text.data[i]) {
            i++;
            continue;
        }
        const int high = hex_digit(text.data[i]);
        const int low = i + 1 < text.bytes ? hex_digit(text.data[i + 1]) : -1;
        if (high >= 0 && i + 1 == text.bytes)
            return input_error(err, SQLSTATE_INVALID_PARAMETER_VALUE,
                               "invalid hexadecimal data: odd number of digits");
        if (high < 0 || low < 0) {
            const Str bad = str_slice(text, high < 0 ? i : i + 1, text.bytes);
            const size_t shown = MIN(bad.bytes, (uint8_t)bad.data[0] < 0x80   ? 1u
                                                : (uint8_t)bad.data[0] < 0xe0 ? 2u
                                                                              : 3u);
            return input_error(err, SQLSTATE_INVALID_PARAMETER_VALUE,
                               "invalid hexadecimal digit: \"%.*s\"",
                               STR_ARG(str_slice(bad, 0, shown)));
        }
        str_add_char(&out, (char)(high << 4 | low));
        i += 2;
    }
    *bytes = str_done(&out);
    return true;
}

bool bytea_parse_escape(Arena *arena, Str text, Str *bytes, InputError *err)
{
    StrBuilder out = str_builder(arena, text.bytes);
    for (size_t i = 0; i < text.bytes;) {
        const char *p = text.data + i;
        const size_t left = text.bytes - i;
        if (*p != '\\') {
            str_add_char(&out, *p);
            i++;
        } else if (left >= 4 && p[1] >= '0' && p[1] <= '3' && p[2] >= '0' && p[2] <= '7' &&
                   p[3] >= '0' && p[3] <= '7') {
            str_add_char(&out, (char)((p[1] - '0') << 6 | (p[2] - '0') << 3 | (p[3] - '0')));
            i += 4;
        } else if (left >= 2 && p[1] == '\\') {
            str_add_char(&out, '\\');
            i += 2;
        } else {
            return input_error(err, SQLSTATE_INVALID_TEXT_REPRESENTATION,
                               "invalid input syntax for type bytea");
        }
    }
    *bytes = str_done(&out);
    return true;
}

static bool bytea_parse(const TypeCall *call, Str text, Value *value, InputError *err)
{
    Str bytes;
    const bool good = str_starts(text, STR("\\x"))
                          ? bytea_parse_hex(call->arena, str_slice(text, 2, text.bytes), &bytes,
                                            err)
                          : bytea_parse_escape(call->arena, text, &bytes, err);
    if (good) value->str = strview(bytes);
    return good;
}

void bytea_print_hex(Str bytes, StrBuilder *out)
{
    char *at = str_add_space(out, bytes.bytes * 2);
    for (size_t i = 0; i < bytes.bytes; i++) {
        const uint8_t c = (uint8_t)bytes.data[i];
        *at++ = "0123456789abcdef"[c >> 4];
        *at++ = "0123456789abcdef"[c & 15];
    }
}

static void bytea_print(const TypeCall *call, const Value *value, StrBuilder *out)
{
    const Str bytes = strview_str(&value->str);
    const bool escape = call->env &&
                        call->env->settings->bytea_output == SETTING_BYTEA_OUTPUT_ESCAPE;
    if (!escape) {
        str_add(out, STR("\\x"));
        bytea_print_hex(bytes, out);
        return;
    }
    for (size_t i = 0; i < bytes.bytes; i++) {
        const uint8_t c = (uint8_t)bytes.data[i];
        if (c == '\\') {
            str_add(out, STR("\\\\"));
        } else if (c < 0x20 || c > 0x7e) {
            str_add_format(out, "\\%03o", c);
        } else {
            str_add_char(out, (char)c);
        }
    }
}

static bool bytea_receive(const TypeCall *call, Bytes wire, Value *value, InputError *err)
{
    (void)err;
    value->str = strview_copy(call->arena, (Str){(const char *)wire.data, wire.bytes});
    return true;
}

static void bytea_send(const TypeCall *call, const Value *value, StrBuilder *out)
{
    (void)call;
    str_add(out, strview_str(&value->str));
}

static int bytea_compare(const TypeCall *call, const Value *a, const Value *b)
{
    (void)call;
    return strview_compare(&a->str, &b->str);
}

static bool bytea_equal(const TypeCall *call, const Value *a, const Value *b)
{
    (void)call;
    return strview_equal(&a->str, &b->str);
}

static uint64_t bytea_hash(const TypeCall *call, const Value *value)
{
    (void)call;
    return hash_str(strview_str(&value->str));
}

static KeyExactness bytea_key(const TypeCall *call, const Value *value, StrBuilder *out)
{
    (void)call;
    return type_key_bytes(strview_str(&value->str), out);
}

SQL_TYPE(17, "bytea", .phys = PHYS_STR, .category = 'U', .bytes = -1, .align = 'i', .storage = 'x',
         .array = 1001, .text = "bytes of any length", .order_is_phys = true, .parse = bytea_parse,
         .print = bytea_print, .receive = bytea_receive, .send = bytea_send,
         .compare = bytea_compare, .equal = bytea_equal, .hash = bytea_hash, .sort_key = bytea_key)
SQL_TYPE_FUNCTION(31, "byteaout", cstring, (bytea), IMMUTABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(1244, "byteain", bytea, (cstring), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(2412, "bytearecv", bytea, (internal), IMMUTABLE | STRICT, RECEIVE, "")
SQL_TYPE_FUNCTION(2413, "byteasend", bytea, (bytea), IMMUTABLE | STRICT, SEND, "")
