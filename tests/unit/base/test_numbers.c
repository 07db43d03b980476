/* SPDX-License-Identifier: Apache-2.0 */
/* Wide integers and their text, random numbers, hashes and checksums. */
#include "base/arith.h"

#include "base/bytes16.h"
#include "base/hash.h"
#include "base/random.h"
#include "base/varint.h"
#include "unit/unit.h"

static i128 random_i128(Random *random)
{
    u128 v = (u128)random_u64(random) << 64 | random_u64(random);
    return (i128)(v >> random_below(random, 128)) * (random_chance(random, 2) ? 1 : -1);
}

/* Digit by digit, slowly. */
static size_t print_slowly(char *out, i128 v)
{
    char digits[50];
    size_t count = 0, length = 0;
    u128 magnitude = v < 0 ? 0 - (u128)v : (u128)v;
    do digits[count++] = (char)('0' + (int)(magnitude % 10));
    while ((magnitude /= 10) != 0);
    if (v < 0) out[length++] = '-';
    while (count > 0) out[length++] = digits[--count];
    return length;
}

static void check_i128(i128 v)
{
    char slow[50], text[50];
    size_t wanted = print_slowly(slow, v), got = i128_print(text, v);
    i128 parsed;
    assert_int_equal(got, wanted);
    assert_memory_equal(text, slow, got);
    assert_true(i128_parse((Str){text, got}, &parsed) && parsed == v);
    if (v == (int64_t)v) {
        assert_int_equal(i64_print(text, (int64_t)v), wanted);
        assert_memory_equal(text, slow, wanted);
    }
    if (v >= 0 && v == (i128)(uint64_t)v) assert_int_equal(u64_print(text, (uint64_t)v), wanted);
}

static void test_text_of_integers(void **state)
{
    (void)state;
    Random random;
    random_seed(&random, unit_seed());
    for (int i = 0; i < 20000; i++) check_i128(random_i128(&random));
    for (uint32_t n = 0; n <= 38; n++) {
        u128 power = u128_pow10(n);
        assert_int_equal(u128_decimal_digits(power), n + 1);
        assert_int_equal(u128_decimal_digits(power - 1), MAX(n, 1u));
        if (n <= 19) assert_true(u64_pow10(n) == (uint64_t)power);
        if (n <= 19) assert_int_equal(u64_decimal_digits((uint64_t)power), n + 1);
        check_i128((i128)power);
        check_i128(-(i128)power);
        check_i128((i128)power - 1);
    }
    check_i128(I128_MAX);
    check_i128(I128_MIN);
    char text[40];
    assert_int_equal(u128_print(text, ~(u128)0), 39);
    assert_memory_equal(text, "340282366920938463463374607431768211455", 39);
    i128 v;
    assert_false(i128_parse(STR("170141183460469231731687303715884105728"), &v));
    assert_true(i128_parse(STR("-170141183460469231731687303715884105728"), &v) && v == I128_MIN);
    assert_false(i128_parse(STR("-170141183460469231731687303715884105729"), &v));
    assert_true(i128_parse(STR("+5"), &v) && v == 5);
    assert_false(i128_parse(STR(""), &v) || i128_parse(STR("-"), &v) || i128_parse(STR("1a"), &v) ||
                 i128_parse((Str){0}, &v));
}

static void test_division_and_sizes(void **state)
{
    (void)state;
    for (int64_t a = -20; a <= 20; a++)
        for (int64_t b = -7; b <= 7; b++) {
            if (b == 0) continue;
            int64_t q = i64_div_floor(a, b), r = i64_mod_floor(a, b);
            assert_int_equal(q * b + r, a);
            assert_true(r == 0 || (r < 0) == (b < 0));
            assert_true(r < 0 ? -r < -b : r < (b < 0 ? -b : b));
        }
    assert_int_equal(size_add(SIZE_MAX, 1), SIZE_MAX);
    assert_int_equal(size_add(3, 4), 7);
    assert_int_equal(size_mul(SIZE_MAX / 2, 3), SIZE_MAX);
    assert_int_equal(size_mul(3, 4), 12);
    assert_int_equal(u64_bit_length(0), 0);
    for (uint32_t i = 0; i < 64; i++) assert_int_equal(u64_bit_length(UINT64_C(1) << i), i + 1);
    unsigned char bytes[8];
    store_be32(bytes, 0x01020304);
    assert_memory_equal(bytes, "\1\2\3\4", 4);
    assert_int_equal(load_be32(bytes), 0x01020304);
    assert_int_equal(load_le32(bytes), 0x04030201);
    store_le16(bytes, 0x0102);
    store_be64(bytes, 5);
    assert_int_equal(bytes[7], 5);
    assert_int_equal(load_be16(bytes + 6), 5);
    assert_int_equal(load_be64(bytes), 5);
}

static void test_random(void **state)
{
    (void)state;
    Random a, b;
    random_seed(&a, 42);
    random_seed(&b, 42);
    for (int i = 0; i < 100; i++) assert_true(random_u64(&a) == random_u64(&b));
    uint32_t counts[6] = {0};
    for (int i = 0; i < 60000; i++) counts[random_below(&a, 6)]++;
    for (int i = 0; i < 6; i++) assert_true(counts[i] > 9500 && counts[i] < 10500);
    assert_int_equal(random_below(&a, 1), 0);
    for (int i = 0; i < 1000; i++) {
        int64_t v = random_i64_between(&a, -3, 3);
        double d = random_double(&a);
        assert_true(v >= -3 && v <= 3 && d >= 0 && d < 1);
        assert_true(random_below(&a, UINT64_MAX / 2 + 2) <
                    UINT64_MAX / 2 + 2); /* nearly every other is refused */
    }
    assert_int_equal(random_i64_between(&a, INT64_MIN, INT64_MIN), INT64_MIN);
    random_i64_between(&a, INT64_MIN, INT64_MAX);
    uint32_t hits = 0;
    for (int i = 0; i < 10000; i++) hits += random_chance(&a, 10);
    assert_true(hits > 800 && hits < 1200);
    char bytes[14] = {0};
    random_bytes(&a, bytes, 13);
    assert_int_equal(bytes[13], 0);
    /* the authors' generator, from the state 1 2 3 4 */
    Random known = {{1, 2, 3, 4}};
    assert_true(random_u64(&known) == 11520 && random_u64(&known) == 0 &&
                random_u64(&known) == 1509978240);
}

static void test_crc32c(void **state)
{
    (void)state;
    Random random;
    random_seed(&random, unit_seed());
    static unsigned char data[20000];
    random_bytes(&random, data, sizeof data);
    /* RFC 3720, B.4 */
    unsigned char known[32] = {0};
    assert_int_equal(crc32c(0, known, 32), 0x8a9136aa);
    memset(known, 0xff, 32);
    assert_int_equal(crc32c(0, known, 32), 0x62a8ab43);
    for (int i = 0; i < 32; i++) known[i] = (unsigned char)i;
    assert_int_equal(crc32c(0, known, 32), 0x46dd794e);
    assert_int_equal(crc32c_portable(0, "123456789", 9), 0xe3069283);
    assert_int_equal(crc32c(7, NULL, 0), 7);
    for (int i = 0; i < 2000; i++) {
        size_t from = random_below(&random, 100),
               bytes = random_below(&random, i % 2 ? 1000 : 19000);
        size_t split = random_below(&random, bytes + 1);
        uint32_t start = (uint32_t)random_u64(&random), whole = crc32c(start, data + from, bytes);
        assert_int_equal(whole, crc32c_portable(start, data + from, bytes));
        assert_int_equal(whole, crc32c(crc32c(start, data + from, split), data + from + split,
                                       bytes - split));
    }
}

static void test_hashes(void **state)
{
    (void)state;
    assert_true(hash_bytes("", 0, 0) == UINT64_C(0x2d06800538d394c2)); /* XXH3's own test value */
    assert_true(hash_str((Str){0}) == hash_str(STR("")));
    assert_true(hash_str(STR("a")) != hash_str(STR("b")) &&
                hash_bytes("a", 1, 1) != hash_bytes("a", 1, 2));
    assert_true(hash_combine(1, 2) != hash_combine(2, 1));
    assert_true(hash_u64(1) != hash_u64(2));
}

/* Every byte against every pair of bounds, in every place. */
static void test_bytes16(void **state)
{
    (void)state;
    for (uint32_t least = 0; least < 256; least += 5)
        for (uint32_t most = least; most < 256; most += 7)
            for (uint32_t first = 0; first < 256; first += sizeof(Bytes16)) {
                uint8_t bytes[sizeof(Bytes16)];
                uint32_t high = 0, between = 0;
                for (uint32_t i = 0; i < sizeof bytes; i++) {
                    const uint32_t byte = (first + i * 17) % 256;
                    bytes[i] = (uint8_t)byte;
                    high |= (uint32_t)(bytes[i] >> 7) << i;
                    between |= (uint32_t)(bytes[i] >= least && bytes[i] <= most) << i;
                }
                Bytes16 v = bytes16_load(bytes);
                assert_int_equal(bytes16_bits(v), high);
                assert_int_equal(bytes16_bits(bytes16_between(v, (uint8_t)least, (uint8_t)most)),
                                 between);
            }
}

static void test_bytes16_lookup(void **state)
{
    (void)state;
    uint8_t table[sizeof(Bytes16)], at[sizeof(Bytes16)];
    for (uint32_t i = 0; i < sizeof table; i++) table[i] = (uint8_t)(101 + 7 * i);
    for (uint32_t first = 0; first < 256; first++) {
        for (uint32_t i = 0; i < sizeof at; i++) at[i] = (uint8_t)(first + i * 13);
        Bytes16 found = bytes16_lookup(bytes16_load(table), bytes16_load(at));
        for (uint32_t i = 0; i < sizeof at; i++)
            assert_int_equal(found[i], at[i] < 128 ? table[at[i] % 16] : 0);
    }
    uint8_t one[sizeof(Bytes16)] = {0};
    assert_false(bytes16_any(bytes16_load(one)));
    for (uint32_t bit = 0; bit < 8 * sizeof one; bit++) {
        one[bit / 8] = (uint8_t)(1u << bit % 8);
        assert_true(bytes16_any(bytes16_load(one)));
        one[bit / 8] = 0;
    }
}

/* Every length, alone and between others; cut anywhere, all that is behind the cut is bad. */
static void check_varints(const uint64_t *numbers, uint32_t count)
{
    uint8_t bytes[64 * VARINT_BYTES_MAX], *at = bytes;
    for (uint32_t i = 0; i < count; i++) {
        uint8_t *end = varint_put(at, numbers[i]);
        uint32_t wanted = 1;
        while (wanted < VARINT_BYTES_MAX && numbers[i] >> 7 * wanted != 0) wanted++;
        assert_int_equal(end - at, wanted);
        at = end;
    }
    const size_t whole = (size_t)(at - bytes);
    for (size_t cut = 0; cut <= whole; cut++) {
        uint8_t *copy = malloc(cut + 1); /* so that a sanitizer sees who reads on */
        memcpy(copy, bytes, cut);
        PackReader in = pack_reader((Bytes){copy, cut});
        bool bad = false;
        for (uint32_t i = 0; i < count; i++) {
            uint64_t v = pack_varint(&in);
            assert_true(in.bad >= bad);
            bad = in.bad;
            assert_true(v == (bad ? 0 : numbers[i]));
        }
        assert_int_equal(bad, cut < whole);
        assert_int_equal(pack_rest(&in).bytes, 0);
        assert_true(pack_bytes(&in, 1) == NULL && in.bad);
        free(copy);
    }
}

static void test_varints(void **state)
{
    Random random;
    uint64_t numbers[64];
    (void)state;
    random_seed(&random, unit_seed());
    for (uint32_t bits = 0; bits < 64; bits++) {
        const uint64_t one = UINT64_C(1) << bits;
        check_varints((uint64_t[]){one - 1, one, one + 1, one << 1}, 4);
        assert_true(varint_unzigzag(varint_zigzag((int64_t)one)) == (int64_t)one);
        assert_true(varint_unzigzag(varint_zigzag((int64_t)(0 - one))) == (int64_t)(0 - one));
        assert_true(bits == 63 || varint_zigzag(-(int64_t)one) == 2 * one - 1);
    }
    for (uint32_t round = 0; round < 200; round++) {
        const uint32_t count = (uint32_t)random_below(&random, 64) + 1;
        for (uint32_t i = 0; i < count; i++)
            numbers[i] = random_u64(&random) >> random_below(&random, 64);
        check_varints(numbers, count);
    }
    PackReader in = pack_reader((Bytes){(const uint8_t *)"\x0b\x0d", 2});
    assert_int_equal(pack_varint_most(&in, 5), 5);
    assert_int_equal(pack_varint_most(&in, 5), 0);
    assert_true(in.bad);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_of_integers), cmocka_unit_test(test_division_and_sizes),
        cmocka_unit_test(test_random),           cmocka_unit_test(test_crc32c),
        cmocka_unit_test(test_hashes),           cmocka_unit_test(test_bytes16),
        cmocka_unit_test(test_bytes16_lookup),   cmocka_unit_test(test_varints),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
