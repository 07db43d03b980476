/* SPDX-License-Identifier: Apache-2.0 */
/* test_inputs.c - some seconds of the fuzzer of types' inputs (tests/fuzz/fuzz_input.c), without libFuzzer: good values
 * of every type, as text and as the wire has them, with bytes changed, cut out and put in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "fuzz/fuzz_input.c"

enum { SECONDS = 3, INPUT_BYTES_MAX = 512, CHANGES_MAX = 6 };

static const char *const samples[] = {
    "t",
    "-32768",
    "0x7fff_ffff",
    "1.5e-10",
    "NaN",
    "-Infinity",
    "$1,234.56",
    "abc",
    "\\x00ff",
    "\\000a\\\\",
    "2024-02-29 12:34:56.789 Europe/Berlin",
    "24:00:00+05:30",
    "P1Y2M3DT4H",
    "1 year -2 mons 3 days 04:05:06",
    "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
    "10110",
    "X1F",
    "192.168.1.5/24",
    "::ffff:1.2.3.4",
    "08:00:2b:01:02:03",
    "(42,7)",
    "16/B374D848",
    "10:20:10,14,15",
    "{\"a\": [1, 2.50, null, {\"b\": \"\\u00e4\"}]}",
    "$.a[*] ? (@.b > 1 && @ like_regex \"x\")",
    "{{1,2},{3,NULL}}",
    "[2:3]={\"a b\",c}",
    "(1,\"a,b\",)",
    "[1,5)",
    "(,\"2020-01-01 00:00\"]",
    "{[1,2),(5,)}",
    "empty",
    "1 2 3",
    "10=r*w/16384",
    "infinity",
    "epoch",
    "0044-03-15 BC",
    "now",
    "",
};

static size_t begin(Random *random, uint8_t *input)
{
    const BuiltinType *type = &builtins.types[random_below(random, builtins.types_count)];
    const char *sample = samples[random_below(random, ARRAY_LEN(samples))];
    const bool binary = random_below(random, 4) == 0;
    return (size_t)snprintf((char *)input, INPUT_BYTES_MAX, "%s%s\n%s", type->name,
                            binary ? "*" : "", sample);
}

static size_t change(Random *random, uint8_t *input, size_t bytes)
{
    static const char marks[] = "{}[](),\"\\:-+. \0\1\377e0";
    const size_t at = random_below(random, (uint32_t)bytes + 1);
    switch (random_below(random, 4)) {
    case 0:
        if (at < bytes) input[at] = (uint8_t)random_below(random, 256);
        return bytes;
    case 1: return at;
    case 2:
        if (at < bytes) memmove(input + at, input + at + 1, bytes - at - 1);
        return at < bytes ? bytes - 1 : bytes;
    default:
        if (bytes == INPUT_BYTES_MAX) return bytes;
        memmove(input + at + 1, input + at, bytes - at);
        input[at] = (uint8_t)marks[random_below(random, sizeof marks - 1)];
        return bytes + 1;
    }
}

static void test_changed_values(void **state)
{
    const char *seed = getenv("TUSK_SEED");
    const time_t end = time(NULL) + SECONDS;
    Random random;
    (void)state;
    random_seed(&random, seed ? strtoull(seed, NULL, 10) : 1);
    for (uint64_t count = 0; count % 64 || time(NULL) < end; count++) {
        uint8_t input[INPUT_BYTES_MAX];
        size_t bytes = begin(&random, input);
        for (uint32_t i = random_below(&random, CHANGES_MAX); i > 0; i--)
            bytes = change(&random, input, bytes);
        assert_int_equal(LLVMFuzzerTestOneInput(input, bytes), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_changed_values)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
