/* SPDX-License-Identifier: Apache-2.0 */
/* Nodes over a family written by hand that has every kind of field: copies are apart, equality sees each field and no
 * location, what is printed reads back, what is broken is refused, and every allocation fails once. */
#include "base/node.h"

#include "base/random.h"
#include "unit/fail_each.h"
#include "unit/unit.h"

typedef enum { SHAPE_NONE, SHAPE_ROUND, SHAPE_SQUARE } Shape;
typedef enum { KIND_LEAF = 1, KIND_ALL } Kind;

typedef struct Leaf {
    uint8_t kind;
    int32_t location;
    Str name;
} Leaf;

typedef struct All {
    uint8_t kind;
    int32_t location;
    void *child, *stranger; /* the stranger is of another family */
    NodeList list;
    Str text;
    NodeStrs texts;
    NodeI32s numbers;
    double real;
    int64_t large;
    Str foreign; /* an extern: as text without space or bracket */
    int32_t small;
    uint32_t natural;
    int32_t place;
    bool flag;
    uint8_t shape;
    char letter;
} All;

static void foreign_copy(Arena *arena, void *to, const void *from)
{
    *(Str *)to = str_copy(arena, *(const Str *)from);
}

static bool foreign_equal(const void *a, const void *b)
{
    return str_equal(*(const Str *)a, *(const Str *)b);
}

static void foreign_print(StrBuilder *out, const void *value)
{
    str_add(out, STR("~"));
    str_add(out, *(const Str *)value);
}

static bool foreign_read(Arena *arena, Str word, void *value)
{
    if (word.bytes == 0 || word.data[0] != '~') return false;
    *(Str *)value = str_copy(arena, str_slice(word, 1, word.bytes));
    return true;
}

static const NodeExtern foreign = {sizeof(Str), foreign_copy, foreign_equal, foreign_print,
                                   foreign_read};
static const NodeExtern unreadable = {sizeof(Str), foreign_copy, foreign_equal, foreign_print,
                                      NULL};

static const char *const shapes[] = {"none", "round", "square"};

static const NodeField leaf_fields[] = {
    {.name = "name", .offset = offsetof(Leaf, name), .type = NODE_FIELD_STR}};
static const NodeField secret_fields[] = {{.name = "name",
                                           .offset = offsetof(Leaf, name),
                                           .type = NODE_FIELD_EXTERN,
                                           .foreign = &unreadable}};
static const uint8_t leaf_order[] = {0};

/* The other family counts its kinds in two bytes. */
static const NodeType other_types[] = {{0},
                                       {"other", sizeof(Leaf), 1, 0, leaf_fields, leaf_order},
                                       {"secret", sizeof(Leaf), 1, 0, secret_fields, leaf_order}};
static const NodeFamily others = {"other", 2, ARRAY_LEN(other_types), other_types};

static const NodeField all_fields[] = {
#define FIELD(member, TYPE, ...)                                                                 \
    {                                                                                            \
        .name = #member, .offset = offsetof(All, member), .type = NODE_FIELD_##TYPE, __VA_ARGS__ \
    }
    FIELD(child, CHILD),
    FIELD(stranger, CHILD, .family = &others),
    FIELD(list, LIST),
    FIELD(text, STR),
    FIELD(texts, STRS),
    FIELD(numbers, I32S),
    FIELD(real, F64),
    FIELD(large, I64),
    FIELD(foreign, EXTERN, .foreign = &foreign),
    FIELD(small, I32),
    FIELD(natural, U32),
    FIELD(place, LOCATION),
    FIELD(flag, BOOL),
    FIELD(shape, ENUM, .value_count = ARRAY_LEN(shapes), .values = shapes),
    FIELD(letter, CHAR),
#undef FIELD
};
static const uint8_t all_order[] = {14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0};
static_assert(ARRAY_LEN(all_order) == ARRAY_LEN(all_fields), "each field is printed once");

static const NodeType types[] = {{0},
                                 {"leaf", sizeof(Leaf), 1, 0, leaf_fields, leaf_order},
                                 {"all", sizeof(All), ARRAY_LEN(all_fields), 3, all_fields,
                                  all_order}};
static const NodeFamily family = {"test", 1, ARRAY_LEN(types), types};

static Leaf *leaf_new(Arena *arena, Str name)
{
    Leaf *leaf = ARENA_NEW(arena, Leaf);
    *leaf = (Leaf){.kind = KIND_LEAF,
                   .location = 7,
                   .name = name.data ? str_copy(arena, name) : name};
    return leaf;
}

static void *other_new(Arena *arena, uint16_t kind, Str name)
{
    Leaf *other = leaf_new(arena, name);
    memcpy(other, &kind, sizeof kind);
    return other;
}

/* Every field has a value. */
static All *all_new(Arena *arena)
{
    All *all = ARENA_NEW(arena, All);
    *all = (All){.kind = KIND_ALL,
                 .location = 3,
                 .child = leaf_new(arena, STR("a \"b\" \\ c\nd")),
                 .stranger = other_new(arena, 1, STR("stranger")),
                 .list = {arena_alloc_array_zero(arena, 3, sizeof(void *)), 3},
                 .text = STR(""),
                 .texts = {arena_alloc_array_zero(arena, 3, sizeof(Str)), 3},
                 .numbers = {arena_alloc_array_zero(arena, 3, sizeof(int32_t)), 3},
                 .real = 0.1,
                 .large = INT64_MIN,
                 .foreign = STR("x"),
                 .small = INT32_MIN,
                 .natural = UINT32_MAX,
                 .place = 9,
                 .flag = true,
                 .shape = SHAPE_SQUARE,
                 .letter = ' '};
    all->list.items[0] = leaf_new(arena, STR("first"));
    all->list.items[2] = leaf_new(arena, (Str){0});
    all->texts.items[0] = STR("one two");
    all->texts.items[1] = STR("");
    all->numbers.items[0] = -1;
    all->numbers.items[2] = INT32_MAX;
    return all;
}

static Str printed(Arena *arena, const void *node)
{
    StrBuilder out = str_builder(arena, 64);
    node_print(&family, &out, node);
    return str_done(&out);
}

static void test_printing(void **state)
{
    Unit *unit = *state;
    Str text = printed(unit->arena, all_new(unit->arena));
    static const char wanted[] =
        "(all :letter   :shape square :flag true :natural 4294967295 :small -2147483648 :foreign ~x "
        ":large -9223372036854775808 :real 0.10000000000000001 :numbers [-1 0 2147483647] "
        ":texts [\"one two\" \"\" null] :text \"\" :list [(leaf :name \"first\") null (leaf)] "
        ":stranger (other :name \"stranger\") :child (leaf :name \"a \\\"b\\\" \\\\ c\\nd\"))";
    assert_int_equal(text.bytes, sizeof wanted - 1);
    assert_memory_equal(text.data, wanted, text.bytes);
    assert_true(str_equal(printed(unit->arena, NULL), STR("null")));
    All odd = {.kind = KIND_ALL, .shape = 77};
    assert_true(str_equal(printed(unit->arena, &odd), STR("(all :shape ? :foreign ~)")));
    assert_int_equal(node_kind(&family, &odd), KIND_ALL);
    assert_int_equal(node_kind(&others, other_new(unit->arena, 2, STR("x"))), 2);
    assert_string_equal(node_kind_name(&family, KIND_LEAF), "leaf");
    assert_string_equal(node_kind_name(&family, 0), "(none)");
    assert_string_equal(node_kind_name(&family, 3), "(none)");
}

static void test_copies_are_apart(void **state)
{
    Unit *unit = *state;
    All *all = all_new(unit->arena);
    All *copy = node_copy(&family, unit->arena, all);
    assert_true(node_equal(&family, all, copy));
    assert_int_equal(copy->location, 3);
    assert_int_equal(copy->place, 9);
    assert_ptr_not_equal(copy->child, all->child);
    assert_ptr_not_equal(copy->stranger, all->stranger);
    assert_ptr_not_equal(copy->list.items, all->list.items);
    assert_ptr_not_equal(copy->list.items[0], all->list.items[0]);
    assert_ptr_not_equal(copy->texts.items[0].data, all->texts.items[0].data);
    assert_ptr_not_equal(copy->numbers.items, all->numbers.items);
    ((Leaf *)all->list.items[2])->name = STR("changed");
    assert_null(((Leaf *)copy->list.items[2])->name.data);
    assert_null(node_copy(&family, unit->arena, NULL));
    All empty = {.kind = KIND_ALL};
    assert_true(node_equal(&family, node_copy(&family, unit->arena, &empty), &empty));
}

/* One change a call, each of another field; false: no more. */
static bool change(Arena *arena, All *all, uint32_t which)
{
    switch (which) {
    case 0: all->child = leaf_new(arena, STR("another")); break;
    case 1: all->child = NULL; break;
    case 2: all->child = all_new(arena); break;
    case 3: all->stranger = other_new(arena, 2, STR("stranger")); break;
    case 4: all->list.count = 2; break;
    case 5: all->list.items[1] = leaf_new(arena, STR("first")); break;
    case 6: all->text = (Str){0}; break;
    case 7: all->text = STR("x"); break;
    case 8: all->texts.count = 1; break;
    case 9: all->texts.items[1] = (Str){0}; break;
    case 10: all->numbers.items[1] = 1; break;
    case 11: all->numbers.count = 0; break;
    case 12: all->real = 0.2; break;
    case 13: all->large++; break;
    case 14: all->foreign = STR("y"); break;
    case 15: all->small = 0; break;
    case 16: all->natural = 0; break;
    case 17: all->flag = false; break;
    case 18: all->shape = SHAPE_ROUND; break;
    case 19: all->letter = 'x'; break;
    default: return false;
    }
    return true;
}

static void test_equality_sees_each_field(void **state)
{
    Unit *unit = *state;
    All *all = all_new(unit->arena);
    assert_true(node_equal(&family, all, all));
    assert_true(node_equal(&family, NULL, NULL));
    assert_false(node_equal(&family, all, NULL));
    assert_false(node_equal(&family, NULL, all));
    assert_false(node_equal(&family, all, all->child));
    All *other = all_new(unit->arena);
    other->location = other->place = 99;
    assert_true(node_equal(&family, all, other));
    uint32_t changes = 0;
    for (; change(unit->arena, other, changes); changes++) {
        assert_false(node_equal(&family, all, other));
        assert_false(node_equal(&family, other, all));
        other = all_new(unit->arena);
    }
    assert_int_equal(changes, 20);
}

static void test_reading_back(void **state)
{
    Unit *unit = *state;
    void *node;
    All *all = all_new(unit->arena);
    for (uint32_t i = 0;; i++) {
        Str text = printed(unit->arena, all);
        assert_true(node_read(&family, unit->arena, text, &node) == (i != 4));
        if (i != 4) {
            assert_true(node_equal(&family, all, node));
            assert_true(((All *)node)->location == NODE_NO_LOCATION);
        }
        all = all_new(unit->arena);
        if (!change(unit->arena, all, i)) break;
    }
    assert_true(node_read(&family, unit->arena, STR(" null "), &node));
    assert_null(node);
    assert_true(node_read(&others, unit->arena, STR("(other :name \"x\")"), &node));
    assert_int_equal(node_kind(&others, node), 1);
    assert_true(
        node_read(&family, unit->arena, STR("(all :flag false :numbers [ ] :text null)"), &node));
    assert_true(!((All *)node)->flag && ((All *)node)->text.data == NULL);
}

static void test_broken_texts(void **state)
{
    Unit *unit = *state;
    static const char *const broken[] = {"",
                                         "nul",
                                         "(",
                                         "()",
                                         "(nobody)",
                                         "(leaf",
                                         "(leaf :",
                                         "(leaf name)",
                                         "(leaf :nobody 1)",
                                         "(leaf :name x)",
                                         "(leaf :name \"x",
                                         "(leaf :name \"x\\",
                                         "(leaf) x",
                                         "(all :list null)",
                                         "(all :list [x])",
                                         "(all :list [null",
                                         "(all :texts [x])",
                                         "(all :texts null)",
                                         "(all :numbers [x])",
                                         "(all :numbers 1)",
                                         "(all :small 2147483648)",
                                         "(all :small -2147483649)",
                                         "(all :small x)",
                                         "(all :natural -1)",
                                         "(all :natural 4294967296)",
                                         "(all :large 9223372036854775808)",
                                         "(all :real x)",
                                         "(all :real )",
                                         "(all :real 1x)",
                                         "(all :shape oval)",
                                         "(all :letter",
                                         "(all :place 1)",
                                         "(all :foreign x)",
                                         "(all :stranger (leaf))",
                                         "(all :stranger (secret :name ~x))"};
    void *node;
    for (size_t i = 0; i < ARRAY_LEN(broken); i++)
        if (node_read(&family, unit->arena, str_from(broken[i]), &node))
            fail_msg("accepted: %s", broken[i]);
    Str text = printed(unit->arena, all_new(unit->arena));
    for (size_t bytes = 0; bytes < text.bytes; bytes++)
        assert_false(node_read(&family, unit->arena, str_slice(text, 0, bytes), &node));
}

/* A changed text is refused or is a node like any other: it prints, and reads back as itself. */
static void test_random_texts(void **state)
{
    Unit *unit = *state;
    Random random;
    random_seed(&random, unit_seed());
    Arena *arena = arena_new(unit->account, "texts");
    uint32_t accepted = 0;
    for (int round = 0; round < 20000; round++) {
        arena_reset(arena);
        Str text = printed(arena, all_new(arena));
        char *bytes = str_copy_zero(arena, text);
        for (uint64_t n = 1 + random_below(&random, 3); n > 0; n--)
            bytes[random_below(&random, text.bytes)] = text.data[random_below(&random, text.bytes)];
        void *node, *again;
        if (!node_read(&family, arena, (Str){bytes, text.bytes}, &node)) continue;
        accepted++;
        assert_true(node_read(&family, arena, printed(arena, node), &again));
        assert_true(node_equal(&family, node, again));
    }
    assert_true(accepted > 100);
    arena_drop(arena);
}

typedef struct Visits {
    uint32_t count, stop_at;
    void *seen[8];
} Visits;

static bool visit(void *arg, void *child)
{
    Visits *visits = arg;
    visits->seen[visits->count++] = child;
    return visits->count == visits->stop_at;
}

static void *replaced(void *arg, void *child)
{
    visit(arg, child);
    return NULL;
}

static void test_walk_and_replace(void **state)
{
    Unit *unit = *state;
    All *all = all_new(unit->arena);
    Visits visits = {0};
    assert_false(node_walk(&family, all, visit, &visits));
    assert_int_equal(visits.count, 3); /* the stranger is not ours */
    assert_ptr_equal(visits.seen[0], all->child);
    assert_ptr_equal(visits.seen[1], all->list.items[0]);
    assert_ptr_equal(visits.seen[2], all->list.items[2]);
    for (uint32_t stop = 1; stop <= 3; stop++) {
        visits = (Visits){.stop_at = stop};
        assert_true(node_walk(&family, all, visit, &visits));
        assert_int_equal(visits.count, stop);
    }
    visits = (Visits){0};
    assert_false(node_walk(&family, NULL, visit, &visits));
    node_replace(&family, NULL, replaced, &visits);
    assert_int_equal(visits.count, 0);
    node_replace(&family, all, replaced, &visits);
    assert_int_equal(visits.count, 3);
    assert_true(!all->child && all->stranger && !all->list.items[0] && !all->list.items[2]);
    node_replace(&family, all, replaced, &visits);
    assert_int_equal(visits.count, 3);
}

/* Deeper than any stack: 54001, not a crash. */
enum { DEPTH = 1000000 };

typedef struct Deep {
    Arena *arena;
    All *all, *other;
    Str text;
} Deep;

static All *chain_new(Arena *arena)
{
    All *all = NULL;
    for (uint32_t i = 0; i < DEPTH; i++) {
        All *above = ARENA_NEW(arena, All);
        *above = (All){.kind = KIND_ALL, .child = all};
        all = above;
    }
    return all;
}

static void copy_deep(void *arg)
{
    Deep *deep = arg;
    node_copy(&family, deep->arena, deep->all);
}

static void compare_deep(void *arg)
{
    Deep *deep = arg;
    (void)node_equal(&family, deep->all, deep->other);
}

static void print_deep(void *arg)
{
    Deep *deep = arg;
    StrBuilder out = str_builder(deep->arena, 64);
    node_print(&family, &out, deep->all);
}

static void read_deep(void *arg)
{
    Deep *deep = arg;
    void *node;
    (void)node_read(&family, deep->arena, deep->text, &node);
}

static void test_depth(void **state)
{
    Unit *unit = *state;
    Arena *arena = arena_new(unit->account, "deep");
    Deep deep = {.arena = arena, .all = chain_new(arena), .other = chain_new(arena)};
    StrBuilder text = str_builder(arena, 64);
    for (uint32_t i = 0; i < DEPTH; i++) str_add(&text, STR("(all :child "));
    deep.text = str_done(&text);
    unit->task.stack_low = (char *)__builtin_frame_address(0) - (1 << 20);
    static void (*const bodies[])(void *) = {copy_deep, compare_deep, print_deep, read_deep};
    for (size_t i = 0; i < ARRAY_LEN(bodies); i++)
        assert_raises(SQLSTATE_STATEMENT_TOO_COMPLEX, bodies[i], &deep);
    unit->task.stack_low = NULL;
    arena_drop(arena);
}

typedef struct Work {
    Unit *unit;
    const All *all;
    Arena *arena;
    bool done;
} Work;

static void work_body(void *arg)
{
    Work *work = arg;
    void *read;
    All *copy = node_copy(&family, work->arena, work->all);
    assert_true(node_read(&family, work->arena, printed(work->arena, copy), &read));
    assert_true(node_equal(&family, work->all, read));
    work->done = true;
}

static void workload(void *arg, bool failing)
{
    Work *work = arg;
    work->done = false;
    work->arena = arena_try_new(work->unit->account, "work");
    if (!work->arena) {
        assert_true(failing);
        return;
    }
    int code = unit_raised(work_body, work);
    assert_true(work->done ? code == 0 : failing && code == SQLSTATE_OUT_OF_MEMORY);
    arena_drop(work->arena);
}

static void test_allocations_fail(void **state)
{
    Work work = {.unit = *state, .all = all_new(((Unit *)*state)->arena)};
    assert_true(fail_each_allocation(workload, &work) >= 2);
}

static Unit the_unit;

static int setup(void **state)
{
    unit_open(&the_unit);
    *state = &the_unit;
    return 0;
}

static int teardown(void **state)
{
    unit_close(*state);
    return 0;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_printing),
        TEST(test_copies_are_apart),
        TEST(test_equality_sees_each_field),
        TEST(test_reading_back),
        TEST(test_broken_texts),
        TEST(test_random_texts),
        TEST(test_walk_and_replace),
        TEST(test_depth),
        TEST(test_allocations_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
