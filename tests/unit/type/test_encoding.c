/* SPDX-License-Identifier: Apache-2.0 */
/* Conversions between encodings answer as PostgreSQL's do: for every byte, every two bytes, all codes of more bytes and
 * many that are none, and for every character. PostgreSQL's answers stand as digests in encodings.digests, a line a
 * block of questions, which tools/encodings_oracle.py asked; the questions there and here are the same.
 *
 * A run takes some of the blocks, by its seed. TUSK_ENCODING=name takes all of one encoding and TUSK_ENCODING=all all
 * there are (a minute); TUSK_SHOW=1 prints the answers of blocks that differ. */
#include "base/builtins.h"

#include <stdio.h>
#include <stdlib.h>

#include <openssl/evp.h>

#include "base/random.h"
#include "base/sqlstate.h"
#include "base/utf8.h"
#include "os/os.h"
#include "type/encoding.h"
#include "unit/unit.h"

enum {
    LENGTH = 1713,
    CONVERT_FROM = 1714,
    CONVERT_TO = 1717,
    CONVERT = 1813,
    DIGEST_DIGITS = 16,
    RUN_SHARE = 10
};

typedef struct Block {
    char questions[32], encoding[32], digest[DIGEST_DIGITS + 1];
    uint32_t number;
} Block;

typedef struct Fixture {
    Unit unit;
    FnEnv env;
    Arena *arena; /* of one answer */
    EVP_MD_CTX *md5;
    const Block *block;
    bool shown;
} Fixture;

/* ---- one call */

typedef struct Call {
    Fixture *f;
    Oid function;
    uint32_t arg_count;
    Str args[3];
    StrBuilder *out;
} Call;

static void call(void *arg)
{
    Call *c = arg;
    const BuiltinFunction *found = builtin_function(c->function);
    Fn fn = {.arena = c->f->arena,
             .site = c->f->arena,
             .env = &c->f->env,
             .function = found,
             .arg_count = c->arg_count};
    Vector args[3], result;
    for (uint32_t i = 0; i < c->arg_count; i++) {
        vector_init_flat(&args[i], c->f->arena, found->args[i], PHYS_STR, 1);
        ((StrView *)args[i].data)[0] = strview(c->args[i]);
    }
    const bool counts = c->function == LENGTH;
    vector_init_flat(&result, c->f->arena, found->result, counts ? PHYS_I32 : PHYS_STR, 1);
    found->vector(&fn, args, (Selection){.count = 1}, &result);
    if (counts) {
        str_add_i64(c->out, ((int32_t *)result.data)[0]);
        return;
    }
    const Str bytes = strview_str(&((StrView *)result.data)[0]);
    for (size_t i = 0; i < bytes.bytes; i++) str_add_format(c->out, "%02x", (uint8_t)bytes.data[i]);
}

/* Its result, or its error. */
static void add_answer(Call *c)
{
    Error *error = NULL;
    if (error_catch(call, c, c->f->arena, &error)) return;
    char code[6];
    sqlstate_print(error->code, code);
    str_add_format(c->out, "%s %.*s", code, STR_ARG(error->message));
    error_clear();
}

/* ---- questions: each answer goes into the digest, ended by a line end */

static void take_answer(Fixture *f, StrBuilder *out)
{
    str_add_char(out, '\n');
    const Str answer = str_peek(out);
    if (f->shown) (void)fwrite(answer.data, 1, answer.bytes, stdout);
    EVP_DigestUpdate(f->md5, answer.data, answer.bytes);
    arena_reset(f->arena);
}

static void ask_read(Fixture *f, const uint8_t *code, size_t bytes)
{
    StrBuilder out = str_builder(f->arena, 128);
    const Str name = str_from(f->block->encoding), question = {(const char *)code, bytes};
    add_answer(&(Call){f, CONVERT_FROM, 2, {question, name}, &out});
    str_add_char(&out, '|');
    add_answer(&(Call){f, LENGTH, 2, {question, name}, &out});
    take_answer(f, &out);
}

static void ask_write(Fixture *f, const uint32_t *characters, size_t count)
{
    StrBuilder out = str_builder(f->arena, 128);
    char text[16];
    size_t bytes = 0;
    for (size_t i = 0; i < count; i++) bytes += utf8_encode(characters[i], text + bytes);
    add_answer(&(Call){f, CONVERT_TO, 2, {(Str){text, bytes}, str_from(f->block->encoding)}, &out});
    take_answer(f, &out);
}

static void ask_write_range(Fixture *f, uint32_t first, uint32_t last, uint32_t step)
{
    for (uint32_t c = first; c <= last; c += step)
        if (c != 0 && (c < 0xd800 || c > 0xdfff)) ask_write(f, &c, 1);
}

static void read1(Fixture *f, uint32_t block)
{
    (void)block;
    for (uint32_t n = 0; n < 256; n++) ask_read(f, &(uint8_t){(uint8_t)n}, 1);
}

static void read2(Fixture *f, uint32_t block)
{
    for (uint32_t n = block << 12; n < (block + 1) << 12; n++)
        ask_read(f, (uint8_t[]){(uint8_t)(n >> 8), (uint8_t)n}, 2);
}

static void read3(Fixture *f, uint32_t lead)
{
    for (uint32_t n = 0; n < 0x10000; n++)
        ask_read(f, (uint8_t[]){(uint8_t)lead, (uint8_t)(n >> 8), (uint8_t)n}, 3);
}

/* Some bytes of every sort at each place, behind a lead byte, and two letters behind them. */
static void read6(Fixture *f, uint32_t lead)
{
    static const uint8_t odd[] = {0,   32,  47,  48,  57,  58,  64,  127, 128, 143,
                                  144, 159, 160, 161, 167, 168, 191, 192, 254, 255};
    for (size_t x = 0; x < ARRAY_LEN(odd); x++)
        for (size_t y = 0; y < ARRAY_LEN(odd); y++)
            for (size_t z = 0; z < ARRAY_LEN(odd); z++)
                ask_read(f, (uint8_t[]){(uint8_t)lead, odd[x], odd[y], odd[z], 'a', 'a'}, 6);
}

static void read_planes(Fixture *f, uint32_t plane)
{
    for (uint32_t n = 160 << 8 | 160; n < 0x10000; n++)
        if ((n & 255) >= 160)
            ask_read(f, (uint8_t[]){142, (uint8_t)plane, (uint8_t)(n >> 8), (uint8_t)n}, 4);
}

static void read_four(Fixture *f, uint32_t lead)
{
    for (uint32_t x = 48; x < 58; x++)
        for (uint32_t y = 129; y < 255; y++)
            for (uint32_t z = 48; z < 58; z++)
                ask_read(f, (uint8_t[]){(uint8_t)lead, (uint8_t)x, (uint8_t)y, (uint8_t)z}, 4);
}

static void write_few(Fixture *f, uint32_t block)
{
    ask_write_range(f, block << 12, (block << 12) + 0xfff, 1);
}

static void write_plane(Fixture *f, uint32_t plane)
{
    ask_write_range(f, plane << 16, (plane << 16) + 0xffff, 1);
}

static void write_far(Fixture *f, uint32_t plane)
{
    const uint32_t step = 61, before = (plane << 16) - 0x10000;
    ask_write_range(f, 0x10000 + (before + step - 1) / step * step, (plane << 16) + 0xffff, step);
}

static void write_two(Fixture *f, uint32_t second)
{
    for (uint32_t c = 128; c <= 13000; c++) ask_write(f, (uint32_t[]){c, second, 'z'}, 3);
}

/* The encodings of these are FROM>TO. */
static void ask_pass(Fixture *f, const uint8_t *code, size_t bytes)
{
    StrBuilder out = str_builder(f->arena, 128);
    const Str both = str_from(f->block->encoding);
    size_t arrow = 0;
    assert_true(str_find_char(both, '>', &arrow));
    add_answer(&(Call){f,
                       CONVERT,
                       3,
                       {{(const char *)code, bytes},
                        str_slice(both, 0, arrow),
                        str_slice(both, arrow + 1, both.bytes)},
                       &out});
    take_answer(f, &out);
}

static void pass1(Fixture *f, uint32_t block)
{
    (void)block;
    for (uint32_t n = 0; n < 256; n++) ask_pass(f, &(uint8_t){(uint8_t)n}, 1);
}

static void pass2(Fixture *f, uint32_t block)
{
    for (uint32_t n = block << 13; n < (block + 1) << 13; n++)
        if ((n & 255) >= 64) ask_pass(f, (uint8_t[]){(uint8_t)(n >> 8), (uint8_t)n}, 2);
}

static void pass3(Fixture *f, uint32_t lead)
{
    for (uint32_t x = 161; x < 255; x++)
        for (uint32_t y = 161; y < 255; y++)
            ask_pass(f, (uint8_t[]){(uint8_t)lead, (uint8_t)x, (uint8_t)y}, 3);
}

static void pass4(Fixture *f, uint32_t plane)
{
    const uint8_t lead = strncmp(f->block->encoding, "EUC_TW", 6) == 0 ? 142 : 157;
    for (uint32_t x = 161; x < 255; x++)
        for (uint32_t y = 161; y < 255; y++)
            ask_pass(f, (uint8_t[]){lead, (uint8_t)plane, (uint8_t)x, (uint8_t)y}, 4);
}

static const struct {
    const char *name;
    void (*ask)(Fixture *f, uint32_t block);
} questions[] = {
    {"read1", read1},
    {"read2", read2},
    {"read3", read3},
    {"read6", read6},
    {"read_planes", read_planes},
    {"read_four", read_four},
    {"write", write_few},
    {"write_wide", write_plane},
    {"write_far", write_far},
    {"write_all", write_plane},
    {"write_two", write_two},
    {"pass1", pass1},
    {"pass2", pass2},
    {"pass3", pass3},
    {"pass4", pass4},
};

static bool agrees(Fixture *f)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    char digits[DIGEST_DIGITS + 1];
    bool asked = false;
    EVP_DigestInit_ex(f->md5, EVP_md5(), NULL);
    for (size_t i = 0; i < ARRAY_LEN(questions); i++) {
        if (strcmp(questions[i].name, f->block->questions) != 0) continue;
        questions[i].ask(f, f->block->number);
        asked = true;
    }
    EVP_DigestFinal_ex(f->md5, digest, NULL);
    assert_true(asked);
    for (size_t i = 0; i < DIGEST_DIGITS / 2; i++)
        (void)snprintf(digits + 2 * i, 3, "%02x", digest[i]);
    return strcmp(digits, f->block->digest) == 0;
}

static FILE *open_digests(void)
{
    char folder[4096], path[5000];
    const ssize_t bytes = readlink("/proc/self/exe", folder, sizeof folder - 1);
    assert_true(bytes > 0);
    folder[bytes] = 0;
    for (int i = 0; i < 4; i++) *strrchr(folder, '/') = 0; /* build/KIND/tests/program */
    (void)snprintf(path, sizeof path, "%s/tests/unit/type/encodings.digests", folder);
    return fopen(path, "r");
}

static void answers_are_postgresqls(void **state)
{
    (void)state;
    Fixture f = {.md5 = EVP_MD_CTX_new()};
    unit_open(&f.unit);
    f.arena = arena_new_child(f.unit.arena, "answer");
    f.env.stmt = f.unit.arena;
    FILE *file = open_digests();
    assert_non_null(file);
    const char *only = getenv("TUSK_ENCODING");
    Random random;
    random_seed(&random, unit_seed());
    char line[256];
    uint32_t compared = 0, failed = 0;
    while (fgets(line, sizeof line, file)) {
        Block block;
        if (line[0] == '#') continue;
        assert_int_equal(sscanf(line, "%31s %31s %u %16s", block.questions, block.encoding,
                                &block.number, block.digest),
                         4);
        if (only ? strcmp(only, "all") != 0 && strcmp(only, block.encoding) != 0
                 : !random_chance(&random, RUN_SHARE))
            continue;
        f.block = &block;
        compared++;
        if (agrees(&f)) continue;
        failed++;
        print_message("differs: %s", line);
        f.shown = getenv("TUSK_SHOW") != NULL;
        if (f.shown) (void)agrees(&f);
        f.shown = false;
    }
    (void)fclose(file);
    EVP_MD_CTX_free(f.md5);
    unit_close(&f.unit);
    print_message("%u blocks, %u differ\n", compared, failed);
    assert_true(compared > 0);
    assert_int_equal(failed, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(answers_are_postgresqls)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
