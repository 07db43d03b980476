/* SPDX-License-Identifier: Apache-2.0 */
/* kernels.c - the vector loops of SQL functions against plain C loops over the same arrays, in one run.
 *
 *     ninja -C build/release bench/kernels && build/release/bench/kernels
 *
 * A line a function: rows a nanosecond of the plain loop and of the function's loop, and the second as a part of the
 * first. The plain loop does what C does: no overflow check, no NaN order, no NULL. The best of many short rounds in
 * turn, a batch of 2048 rows, warm. */
#include <stdio.h>
#include <time.h>

#include "base/account.h"
#include "base/builtins.h"
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
    bool constant; /* the second argument is a constant */
} Case;

#define PLAIN(name, A, R, expression)                                                      \
    __attribute__((noinline)) static void name(const void *pa, const void *pb, void *pout, \
                                               uint32_t n)                                 \
    {                                                                                      \
        const A *restrict a = pa, *restrict b = pb;                                        \
        R *restrict out = pout;                                                            \
        for (uint32_t i = 0; i < n; i++) out[i] = (R)(expression);                         \
    }
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

static const Case cases[] = {
    {"int4 + int4", 177, PHYS_I32, PHYS_I32, i32_add, false},
    {"int4 * int4", 141, PHYS_I32, PHYS_I32, i32_multiply, false},
    {"int4 < int4", 66, PHYS_I32, PHYS_BOOL, i32_less, false},
    {"int4 = constant", 65, PHYS_I32, PHYS_BOOL, i32_equal_constant, true},
    {"int8 + int8", 463, PHYS_I64, PHYS_I64, i64_add, false},
    {"int8 + constant", 463, PHYS_I64, PHYS_I64, i64_add_constant, true},
    {"int8 - int8", 464, PHYS_I64, PHYS_I64, i64_subtract, false},
    {"int8 * int8", 465, PHYS_I64, PHYS_I64, i64_multiply, false},
    {"int8 < int8", 469, PHYS_I64, PHYS_BOOL, i64_less, false},
    {"float8 + float8", 218, PHYS_F64, PHYS_F64, f64_add, false},
    {"float8 * float8", 216, PHYS_F64, PHYS_F64, f64_multiply, false},
    {"float8 / float8", 217, PHYS_F64, PHYS_F64, f64_divide, false},
    {"float8 < float8", 295, PHYS_F64, PHYS_BOOL, f64_less, false},
    {"float8 = float8", 293, PHYS_F64, PHYS_BOOL, f64_equal, false},
    {"numeric + numeric (against int8)", 1724, PHYS_DECIMAL, PHYS_DECIMAL, i64_add, false},
    {"numeric * numeric (against int8)", 1726, PHYS_DECIMAL, PHYS_DECIMAL, i64_multiply, false},
    {"numeric / numeric (against int8)", 1727, PHYS_DECIMAL, PHYS_DECIMAL, i64_multiply, false},
    {"numeric < numeric (against int8)", 1722, PHYS_DECIMAL, PHYS_BOOL, i64_less, false},
    {"short text = text (against int8)", 67, PHYS_STR, PHYS_BOOL, i64_equal, false},
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

static void run_case(const Case *c, Arena *arena, const FnEnv *env, Random *random)
{
    Vector args[2], result;
    const BuiltinFunction *function = builtin_function(c->function);
    const Oid types[2] = {function->args[0], function->args[1]};
    Arena *results = arena_new_child(arena, "results");
    int64_t *plain_a = ARENA_ARRAY(arena, int64_t, ROWS),
            *plain_b = ARENA_ARRAY(arena, int64_t, ROWS);
    double best_plain = 1e30, best = 1e30;
    for (int i = 0; i < 2; i++) {
        vector_init_flat(&args[i], arena, types[i], c->arg, ROWS);
        fill(&args[i], c->arg, random);
    }
    if (c->constant) args[1].form = VECTOR_CONSTANT;
    vector_init_flat(&result, arena, function->result, c->result, ROWS);
    const bool decimal = c->arg == PHYS_DECIMAL, stands_in = decimal || c->arg == PHYS_STR;
    for (int round = 0; round < ROUNDS; round++) {
        const uint32_t repeats = decimal ? REPEATS / 10 : REPEATS;
        double start = now_ns();
        for (uint32_t i = 0; i < repeats; i++)
            c->plain(stands_in ? plain_a : args[0].data, stands_in ? plain_b : args[1].data,
                     result.data, ROWS);
        const double plain = (now_ns() - start) / repeats / ROWS;
        Fn fn = {.arena = results,
                 .site = arena,
                 .env = env,
                 .function = function,
                 .result_type = function->result,
                 .arg_types = types,
                 .collation = COLLATION_C,
                 .arg_count = 2};
        start = now_ns();
        for (uint32_t i = 0; i < repeats; i++) {
            function->vector(&fn, args, (Selection){.count = ROWS}, &result);
            if (decimal) arena_reset(results);
        }
        const double loop = (now_ns() - start) / repeats / ROWS;
        if (plain < best_plain) best_plain = plain;
        if (loop < best) best = loop;
    }
    printf("%-34s plain %6.3f ns/row   function %7.3f ns/row   %5.1f %%\n", c->name, best_plain,
           best, 100 * best_plain / best);
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
