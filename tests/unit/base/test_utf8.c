/* SPDX-License-Identifier: Apache-2.0 */
/* UTF-8 against a slow decoder that knows only ranges and lengths, over every code point and over broken texts. */
#include "base/utf8.h"

#include "base/random.h"
#include "unit/unit.h"

/* Length of the one shortest form of a scalar value at `s`, by decoding and encoding anew; 0 when there is none. */
static size_t decode_slowly(const unsigned char *s, size_t left, uint32_t *codepoint)
{
    static const struct {
        unsigned char mask, lead;
        uint32_t least;
    } forms[] = {{0x80, 0x00, 0}, {0xe0, 0xc0, 0x80}, {0xf0, 0xe0, 0x800}, {0xf8, 0xf0, 0x10000}};
    for (size_t extra = 0; extra < 4; extra++) {
        if ((s[0] & forms[extra].mask) != forms[extra].lead || left <= extra) continue;
        uint32_t v = s[0] & (unsigned char)~forms[extra].mask;
        for (size_t i = 1; i <= extra; i++) {
            if ((s[i] & 0xc0) != 0x80) return 0;
            v = v << 6 | (s[i] & 0x3f);
        }
        if (v < forms[extra].least || v > 0x10ffff || (v >= 0xd800 && v <= 0xdfff)) return 0;
        *codepoint = v;
        return extra + 1;
    }
    return 0;
}

static void test_every_codepoint(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x110010; c++) {
        char out[UTF8_BYTES_MAX];
        size_t bytes = utf8_encode(c, out), at = 0;
        bool scalar = c <= 0x10ffff && !(c >= 0xd800 && c <= 0xdfff);
        assert_int_equal(bytes > 0, scalar);
        if (!scalar) continue;
        uint32_t slow, fast;
        assert_int_equal(decode_slowly((unsigned char *)out, bytes, &slow), bytes);
        assert_true(utf8_next((Str){out, bytes}, &at, &fast));
        assert_true(at == bytes && slow == c && fast == c && utf8_length(out[0]) == bytes);
    }
}

static void check_text(Str s)
{
    size_t at = 0, fast_at = 0;
    uint32_t slow, fast;
    while (at < s.bytes) {
        size_t bytes = decode_slowly((const unsigned char *)s.data + at, s.bytes - at, &slow);
        assert_int_equal(utf8_next(s, &fast_at, &fast), bytes > 0);
        if (bytes == 0) break;
        assert_int_equal(fast, slow);
        at += bytes;
        assert_int_equal(fast_at, at);
    }
    assert_int_equal(utf8_valid_prefix(s), at);
    assert_int_equal(utf8_is_valid(s), at == s.bytes);
    assert_int_equal(fast_at, at);
}

static void check_valid_text(Str s, Random *random)
{
    size_t characters = utf8_count(s), walked = 0, at = 0;
    uint32_t c;
    for (; utf8_next(s, &at, &c); walked++) assert_int_equal(utf8_offset(s, walked + 1), at);
    assert_int_equal(walked, characters);
    assert_int_equal(utf8_offset(s, characters + 5), s.bytes);
    size_t clip = random_below(random, s.bytes + 2);
    Str clipped = utf8_clip(s, clip);
    assert_true(utf8_is_valid(clipped) && clipped.bytes <= clip &&
                (clip < 3 || clipped.bytes + 4 > MIN(clip, s.bytes)));
    for (size_t end = s.bytes; end > 0; walked--) end = utf8_prev(s, end);
    assert_int_equal(walked, 0);
}

static void test_texts(void **state)
{
    (void)state;
    Random random;
    random_seed(&random, unit_seed());
    for (int i = 0; i < 20000; i++) {
        char text[200];
        size_t bytes = 0, wanted = random_below(&random, 120);
        uint64_t ascii = 1 + random_below(&random, 30);
        while (bytes < wanted) {
            uint32_t c = random_below(&random, 30) < ascii
                             ? (uint32_t)random_below(&random, 128)
                             : (uint32_t)random_below(&random,
                                                      UINT64_C(1)
                                                          << (7 + random_below(&random, 14)));
            bytes += utf8_encode(c, text + bytes);
        }
        check_text((Str){text, bytes});
        check_valid_text((Str){text, bytes}, &random);
        if (bytes == 0) continue;
        text[random_below(&random, bytes)] = (char)random_u64(&random); /* broken, or perhaps not */
        check_text((Str){text, bytes});
        check_text((Str){text, random_below(&random, bytes)}); /* cut */
    }
}

static void test_widths(void **state)
{
    (void)state;
    const struct {
        uint32_t codepoint, width;
    } wanted[] = {
        {'a', 1},    {0, 0},      {0x1b, 0},    {0x7f, 0},    {0x9f, 0},     {0xa0, 1},
        {0xad, 0},   {0xe9, 1},   {0x301, 0},   {0x200b, 0},  {0x4e2d, 2},   {0xac00, 2},
        {0xff21, 2}, {0xff71, 1}, {0x1f600, 2}, {0x20000, 2}, {0x10ffff, 1}, {0x5d0, 1},
    };
    for (size_t i = 0; i < ARRAY_LEN(wanted); i++)
        assert_int_equal(utf8_width(wanted[i].codepoint), wanted[i].width);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_codepoint),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_widths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
