/* SPDX-License-Identifier: Apache-2.0 */
/* kernels.c - the vector loops of SQL functions against plain C loops over the same arrays, in one run.
 *
 *     ninja -C build/release bench/kernels && build/release/bench/kernels
 *
 * A line a function: nanoseconds a row of the plain loop, of the same loop compiled CPU_WIDE, and of the function's
 * loop; and the first two as parts of the third. The plain loops do what C does: no overflow check, no NaN order, no
 * NULL. The best of many short rounds in turn, a batch of 2048 rows, warm. Where the processor is not wide (or
 * GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2 says so) both plain loops are the narrow one. */
#include <stdio.h>
#include <time.h>

#include "base/account.h"
#include "base/builtins.h"
#include "base/cpu.h"
#include "base/oids.h"
#include "base/random.h"
#include "base/settings.h"
#include "base/task.h"
#include "type/numeric.h"

enum { ROWS = BATCH_ROWS_MAX, REPEATS = 400, ROUNDS = 150 };

static double now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

typedef struct Case {
    const char *name;
    Oid function;
    Phys arg, result;
    void (*plain)(const void *a, const void *b, void *out, uint32_t n);
    void (*wide)(const void *a, const void *b, void *out, uint32_t n);
    bool constant; /* the second argument is a constant */
} Case;

#define PLAIN_LOOP(attribute, name, A, R, expression)                                    \
    attribute __attribute__((noinline)) static void name(const void *pa, const void *pb, \
                                                         void *pout, uint32_t n)         \
    {                                                                                    \
        const A *restrict a = pa, *restrict b = pb;                                      \
        R *restrict out = pout;                                                          \
        for (uint32_t i = 0; i < n; i++) out[i] = (R)(expression);                       \
    }
#define PLAIN(name, A, R, expression) \
    PLAIN_LOOP(, name, A, R, expression) PLAIN_LOOP(CPU_WIDE, name##_wide, A, R, expression)
PLAIN(i32_add, int32_t, int32_t, (uint32_t)a[i] + (uint32_t)b[i])
PLAIN(i32_multiply, int32_t, int32_t, (uint32_t)a[i] * (uint32_t)b[i])
PLAIN(i32_less, int32_t, bool, a[i] < b[i])
PLAIN(i32_equal_constant, int32_t, bool, a[i] == b[0])
PLAIN(i64_add, int64_t, int64_t, (uint64_t)a[i] + (uint64_t)b[i])
PLAIN(i64_add_constant, int64_t, int64_t, (uint64_t)a[i] + (uint64_t)b[0])
PLAIN(i64_subtract, int64_t, int64_t, (uint64_t)a[i] - (uint64_t)b[i])
PLAIN(i64_multiply, int64_t, int64_t, (uint64_t)a[i] * (uint64_t)b[i])
PLAIN(i64_less, int64_t, bool, a[i] < b[i])
PLAIN(i64_equal, int64_t, bool, a[i] == b[i])
PLAIN(f64_add, double, double, a[i] + b[i])
PLAIN(f64_multiply, double, double, a[i] * b[i])
PLAIN(f64_divide, double, double, a[i] / b[i])
PLAIN(f64_less, double, bool, a[i] < b[i])
PLAIN(f64_equal, double, bool, a[i] == b[i])

#define LOOPS(name) name, name##_wide
static const Case cases[] = {
    {"int4 + int4", 177, PHYS_I32, PHYS_I32, LOOPS(i32_add), false},
    {"int4 * int4", 141, PHYS_I32, PHYS_I32, LOOPS(i32_multiply), false},
    {"int4 < int4", 66, PHYS_I32, PHYS_BOOL, LOOPS(i32_less), false},
    {"int4 = constant", 65, PHYS_I32, PHYS_BOOL, LOOPS(i32_equal_constant), true},
    {"int8 + int8", 463, PHYS_I64, PHYS_I64, LOOPS(i64_add), false},
    {"int8 + constant", 463, PHYS_I64, PHYS_I64, LOOPS(i64_add_constant), true},
    {"int8 - int8", 464, PHYS_I64, PHYS_I64, LOOPS(i64_subtract), false},
    {"int8 * int8", 465, PHYS_I64, PHYS_I64, LOOPS(i64_multiply), false},
    {"int8 < int8", 469, PHYS_I64, PHYS_BOOL, LOOPS(i64_less), false},
    {"float8 + float8", 218, PHYS_F64, PHYS_F64, LOOPS(f64_add), false},
    {"float8 * float8", 216, PHYS_F64, PHYS_F64, LOOPS(f64_multiply), false},
    {"float8 / float8", 217, PHYS_F64, PHYS_F64, LOOPS(f64_divide), false},
    {"float8 < float8", 295, PHYS_F64, PHYS_BOOL, LOOPS(f64_less), false},
    {"float8 = float8", 293, PHYS_F64, PHYS_BOOL, LOOPS(f64_equal), false},
    {"numeric + numeric (against int8)", 1724, PHYS_DECIMAL, PHYS_DECIMAL, LOOPS(i64_add), false},
    {"numeric * numeric (against int8)", 1726, PHYS_DECIMAL, PHYS_DECIMAL, LOOPS(i64_multiply),
     false},
    {"numeric / numeric (against int8)", 1727, PHYS_DECIMAL, PHYS_DECIMAL, LOOPS(i64_multiply),
     false},
    {"numeric < numeric (against int8)", 1722, PHYS_DECIMAL, PHYS_BOOL, LOOPS(i64_less), false},
    {"short text = text (against int8)", 67, PHYS_STR, PHYS_BOOL, LOOPS(i64_equal), false},
};

static StrView short_text(int64_t v)
{
    char digits[STRVIEW_INLINE_MAX + 1];
    return strview((Str){digits, (size_t)snprintf(digits, sizeof digits, "n%" PRId64, v)});
}

static void fill(Vector *vector, Phys phys, Random *random)
{
    for (uint32_t i = 0; i < ROWS; i++) {
        const int64_t v = random_i64_between(random, 1, 30000);
        switch (phys) {
        case PHYS_I32: ((int32_t *)vector->data)[i] = (int32_t)v; break;
        case PHYS_I64: ((int64_t *)vector->data)[i] = v; break;
        case PHYS_F64: ((double *)vector->data)[i] = (double)v / 7; break;
        case PHYS_STR: ((StrView *)vector->data)[i] = short_text(v); break;
        default: ((Decimal *)vector->data)[i] = decimal_small(v, 2); break;
        }
    }
}

/* A case in the making. */
typedef struct Run {
    const Case *c;
    Fn fn;
    Vector args[2], result;
    int64_t *stand_in[2]; /* what the plain loop reads where it is not of the function's type */
} Run;

static double plain_ns(Run *r, void (*loop)(const void *, const void *, void *, uint32_t),
                       uint32_t repeats)
{
    const bool stands_in = r->c->arg == PHYS_DECIMAL || r->c->arg == PHYS_STR;
    const void *a = stands_in ? r->stand_in[0] : r->args[0].data,
               *b = stands_in ? r->stand_in[1] : r->args[1].data;
    const double start = now_ns();
    for (uint32_t i = 0; i < repeats; i++) loop(a, b, r->result.data, ROWS);
    return (now_ns() - start) / repeats / ROWS;
}

static double function_ns(Run *r, uint32_t repeats)
{
    const double start = now_ns();
    for (uint32_t i = 0; i < repeats; i++) {
        r->fn.function->vector(&r->fn, r->args, (Selection){.count = ROWS}, &r->result);
        if (r->c->arg == PHYS_DECIMAL) arena_reset(r->fn.arena);
    }
    return (now_ns() - start) / repeats / ROWS;
}

static void run_case(const Case *c, Arena *arena, const FnEnv *env, Random *random)
{
    const BuiltinFunction *function = builtin_function(c->function);
    const Oid types[2] = {function->args[0], function->args[1]};
    Run r = {.c = c};
    double plain = 1e30, wide = 1e30, best = 1e30;
    for (int i = 0; i < 2; i++) {
        r.stand_in[i] = ARENA_ARRAY(arena, int64_t, ROWS);
        vector_init_flat(&r.args[i], arena, types[i], c->arg, ROWS);
        fill(&r.args[i], c->arg, random);
    }
    if (c->constant) r.args[1].form = VECTOR_CONSTANT;
    vector_init_flat(&r.result, arena, function->result, c->result, ROWS);
    r.fn = (Fn){.arena = arena_new_child(arena, "results"),
                .site = arena,
                .env = env,
                .function = function,
                .result_type = function->result,
                .arg_types = types,
                .collation = COLLATION_C,
                .arg_count = 2};
    const uint32_t repeats = c->arg == PHYS_DECIMAL ? REPEATS / 10 : REPEATS;
    for (int round = 0; round < ROUNDS; round++) {
        const double of_plain = plain_ns(&r, c->plain, repeats);
        const double of_wide = plain_ns(&r, cpu_is_wide() ? c->wide : c->plain, repeats);
        const double of_function = function_ns(&r, repeats);
        plain = MIN(plain, of_plain);
        wide = MIN(wide, of_wide);
        best = MIN(best, of_function);
    }
    printf("%-34s plain %6.3f  wide %6.3f  function %7.3f ns/row  %5.1f %%  %5.1f %%\n", c->name,
           plain, wide, best, 100 * plain / best, 100 * wide / best);
}

int main(void)
{
    static Task task;
    static Random random;
    Account *account = account_new(NULL, "kernels", ACCOUNT_UNLIMITED);
    if (task_init(&task, account, "kernels") != OK) return 1;
    task_switch(&task);
    Arena *arena = arena_new(account, "kernels");
    const FnEnv env = {.settings = &settings_boot, .random = &random, .stmt = arena};
    random_seed(&random, 1);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) run_case(&cases[i], arena, &env, &random);
    account_drop_contents(account);
    return 0;
}
