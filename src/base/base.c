/* SPDX-License-Identifier: Apache-2.0 */
/* base.c - the end of a process that found a bug of its own, and the lists that MARK and TUNABLE build: the linker
 * gathers each into a section of its own and names its ends. */
#include "base/base.h"

#include "base/hash.h"
#include "base/random.h"
#include "base/tunables.h"

_Noreturn void assert_failed(const char *expression, const char *file, int line)
{
    fprintf(stderr, "%s:%d: assertion failed: %s\n", file, line, expression);
    abort();
}

#ifdef TUSK_TEST
/* Weak: a program without any mark or tunable has no such section. */
extern Mark marks_start[] __asm__("__start_tusk_marks") __attribute__((weak));
extern Mark marks_stop[] __asm__("__stop_tusk_marks") __attribute__((weak));
extern Tunable tunables_start[] __asm__("__start_tusk_tunables") __attribute__((weak));
extern Tunable tunables_stop[] __asm__("__stop_tusk_tunables") __attribute__((weak));

void marks_visit(void (*visit)(void *arg, const char *text, const char *file, int line,
                               uint32_t hits),
                 void *arg)
{
    for (Mark *mark = marks_start; mark < marks_stop; mark++)
        visit(arg, mark->text, mark->file, mark->line,
              atomic_load_explicit(&mark->hits, memory_order_relaxed));
}

/* Each tunable by its own name, so that one more or less leaves the others' draws alone. A third of them take an end of
 * their range or the production value: that is where the bugs are. */
static uint32_t draw(const Tunable *tunable, uint64_t seed)
{
    Random random;
    random_seed(&random, hash_combine(seed, hash_str(str_from(tunable->name))));
    switch (random_below(&random, 9)) {
    case 0: return tunable->least;
    case 1: return tunable->most;
    case 2: return tunable->production;
    default: return (uint32_t)random_i64_between(&random, tunable->least, tunable->most);
    }
}

void tunables_draw(uint64_t seed)
{
    for (Tunable *tunable = tunables_start; tunable < tunables_stop; tunable++)
        tunable->value = seed == 0 ? tunable->production : draw(tunable, seed);
}

static bool tunable_set(const char *name, size_t bytes, unsigned long value)
{
    for (Tunable *tunable = tunables_start; tunable < tunables_stop; tunable++) {
        if (strlen(tunable->name) != bytes || memcmp(tunable->name, name, bytes) != 0) continue;
        if (value < tunable->least || value > tunable->most) return false;
        tunable->value = (uint32_t)value;
        return true;
    }
    return false;
}

bool tunables_set(const char *text)
{
    while (*text != 0) {
        const char *equals = strchr(text, '=');
        char *end;
        if (equals == NULL) return false;
        unsigned long value = strtoul(equals + 1, &end, 10);
        if (end == equals + 1 || !tunable_set(text, (size_t)(equals - text), value)) return false;
        if (*end != 0 && *end != ',') return false;
        text = *end == ',' ? end + 1 : end;
    }
    return true;
}

void tunables_visit(void (*visit)(void *arg, const char *name, uint32_t value), void *arg)
{
    for (Tunable *tunable = tunables_start; tunable < tunables_stop; tunable++)
        visit(arg, tunable->name, tunable->value);
}
#else
void marks_visit(void (*visit)(void *arg, const char *text, const char *file, int line,
                               uint32_t hits),
                 void *arg)
{
    (void)visit;
    (void)arg;
}

void tunables_draw(uint64_t seed)
{
    (void)seed;
}

bool tunables_set(const char *text)
{
    return *text == 0;
}

void tunables_visit(void (*visit)(void *arg, const char *name, uint32_t value), void *arg)
{
    (void)visit;
    (void)arg;
}
#endif
