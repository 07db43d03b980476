/* SPDX-License-Identifier: Apache-2.0 */
/* tpch_data.c - the data of TPC-H (TPC Benchmark H, Standard Specification, clause 4.2) as text for COPY.
 *
 *   tpch_data SCALE TABLE     prints the rows of one table; SCALE may be a fraction (0.01)
 *
 * The distributions and the text grammar are the specification's; the random numbers are our own: each value is drawn
 * from a generator seeded by table, row and purpose, so any row is made without those before it and every run gives the
 * same bytes. orders and lineitem are made from the same draws, since an order's status and price follow from its
 * lines. */
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(a) ((uint32_t)(sizeof(a) / sizeof((a)[0])))

/* ---- random numbers: splitmix64 (Steele, Lea, Flood, OOPSLA 2014) ---- */

typedef struct Random {
    uint64_t state;
} Random;

static uint64_t next(Random *random)
{
    uint64_t z = random->state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static Random random_of(uint32_t table, uint64_t row)
{
    Random random = {(uint64_t)table << 56 ^ row * UINT64_C(0xd1342543de82ef95)};
    (void)next(&random);
    return random;
}

static int64_t between(Random *random, int64_t least, int64_t most)
{
    const uint64_t span = (uint64_t)(most - least) + 1;
    return least + (int64_t)((unsigned __int128)next(random) * span >> 64);
}

/* ---- words (clause 4.2.2.13 and .14) ---- */

static const char *const nouns[] = {
    "foxes",     "ideas",     "theodolites", "pinto beans", "instructions",   "dependencies",
    "excuses",   "platelets", "asymptotes",  "courts",      "dolphins",       "multipliers",
    "sauternes", "warthogs",  "frets",       "dinos",       "attainments",    "somas",
    "Tiresias'", "patterns",  "forges",      "braids",      "hockey players", "frays",
    "warhorses", "dugouts",   "notornis",    "epitaphs",    "pearls",         "tithes",
    "waters",    "orbits",    "gifts",       "sheaves",     "depths",         "sentiments",
    "decoys",    "realms",    "pains",       "grouches",    "escapades"};
static const char *const verbs[] = {"sleep",     "wake",     "are",    "cajole",  "haggle",
                                    "nag",       "use",      "boost",  "affix",   "detect",
                                    "integrate", "maintain", "nod",    "was",     "lose",
                                    "sublate",   "solve",    "thrash", "promise", "engage",
                                    "hinder",    "print",    "x-ray",  "breach",  "eat",
                                    "grow",      "impress",  "mold",   "poach",   "serve",
                                    "run",       "dazzle",   "snooze", "doze",    "unwind",
                                    "kindle",    "play",     "hang",   "believe", "doubt"};
static const char *const adjectives[] = {"furious",   "sly",      "careful", "blithe",   "quick",
                                         "fluffy",    "slow",     "quiet",   "ruthless", "thin",
                                         "close",     "dogged",   "daring",  "brave",    "stealthy",
                                         "permanent", "enticing", "idle",    "busy",     "regular",
                                         "final",     "ironic",   "even",    "bold",     "silent"};
static const char *const adverbs[] = {"sometimes",  "always",     "never",       "furiously",
                                      "slyly",      "carefully",  "blithely",    "quickly",
                                      "fluffily",   "slowly",     "quietly",     "ruthlessly",
                                      "thinly",     "closely",    "doggedly",    "daringly",
                                      "bravely",    "stealthily", "permanently", "enticingly",
                                      "idly",       "busily",     "regularly",   "finally",
                                      "ironically", "evenly",     "boldly",      "silently"};
static const char *const prepositions[] = {
    "about",        "above",   "according to", "across",  "after",       "against", "along",
    "alongside of", "among",   "around",       "at",      "atop",        "before",  "behind",
    "beneath",      "beside",  "besides",      "between", "beyond",      "by",      "despite",
    "during",       "except",  "for",          "from",    "in place of", "inside",  "instead of",
    "into",         "near",    "of",           "on",      "outside",     "over",    "past",
    "since",        "through", "throughout",   "to",      "toward",      "under",   "until",
    "up",           "upon",    "without",      "with",    "within"};
static const char *const auxiliaries[] = {
    "do",           "may",          "might",         "shall",         "will",
    "would",        "can",          "could",         "should",        "ought to",
    "must",         "will have to", "shall have to", "could have to", "should have to",
    "must have to", "need to",      "try to"};
static const char *const terminators[] = {".", ";", ":", "?", "!", "--"};
static const char *const colors[] = {
    "almond",   "antique",   "aquamarine", "azure",      "beige",     "bisque",    "black",
    "blanched", "blue",      "blush",      "brown",      "burlywood", "burnished", "chartreuse",
    "chiffon",  "chocolate", "coral",      "cornflower", "cornsilk",  "cream",     "cyan",
    "dark",     "deep",      "dim",        "dodger",     "drab",      "firebrick", "floral",
    "forest",   "frosted",   "gainsboro",  "ghost",      "gold",      "goldenrod", "green",
    "grey",     "honeydew",  "hot",        "indian",     "ivory",     "khaki",     "lace",
    "lavender", "lawn",      "lemon",      "light",      "lime",      "linen",     "magenta",
    "maroon",   "medium",    "metallic",   "midnight",   "mint",      "misty",     "moccasin",
    "navajo",   "navy",      "olive",      "orange",     "orchid",    "pale",      "papaya",
    "peach",    "peru",      "pink",       "plum",       "powder",    "puff",      "purple",
    "red",      "rose",      "rosy",       "royal",      "saddle",    "salmon",    "sandy",
    "seashell", "sienna",    "sky",        "slate",      "smoke",     "snow",      "spring",
    "steel",    "tan",       "thistle",    "tomato",     "turquoise", "violet",    "wheat",
    "white",    "yellow"};
static const char *const type_1[] = {"STANDARD", "SMALL", "MEDIUM", "LARGE", "ECONOMY", "PROMO"};
static const char *const type_2[] = {"ANODIZED", "BURNISHED", "PLATED", "POLISHED", "BRUSHED"};
static const char *const type_3[] = {"TIN", "NICKEL", "BRASS", "STEEL", "COPPER"};
static const char *const container_1[] = {"SM", "LG", "MED", "JUMBO", "WRAP"};
static const char *const container_2[] = {"CASE", "BOX",  "BAG", "JAR",
                                          "PKG",  "PACK", "CAN", "DRUM"};
static const char *const segments[] = {"AUTOMOBILE", "BUILDING", "FURNITURE", "MACHINERY",
                                       "HOUSEHOLD"};
static const char *const priorities[] = {"1-URGENT", "2-HIGH", "3-MEDIUM", "4-NOT SPECIFIED",
                                         "5-LOW"};
static const char *const instructs[] = {"DELIVER IN PERSON", "COLLECT COD", "NONE",
                                        "TAKE BACK RETURN"};
static const char *const modes[] = {"REG AIR", "AIR", "RAIL", "SHIP", "TRUCK", "MAIL", "FOB"};
static const char *const regions[] = {"AFRICA", "AMERICA", "ASIA", "EUROPE", "MIDDLE EAST"};
static const struct {
    const char *name;
    int region;
} nations[] = {{"ALGERIA", 0},      {"ARGENTINA", 1}, {"BRAZIL", 1}, {"CANADA", 1},
               {"EGYPT", 4},        {"ETHIOPIA", 0},  {"FRANCE", 3}, {"GERMANY", 3},
               {"INDIA", 2},        {"INDONESIA", 2}, {"IRAN", 4},   {"IRAQ", 4},
               {"JAPAN", 2},        {"JORDAN", 4},    {"KENYA", 0},  {"MOROCCO", 0},
               {"MOZAMBIQUE", 0},   {"PERU", 1},      {"CHINA", 2},  {"ROMANIA", 3},
               {"SAUDI ARABIA", 4}, {"VIETNAM", 2},   {"RUSSIA", 3}, {"UNITED KINGDOM", 3},
               {"UNITED STATES", 1}};

#define PICK(random, list) (list)[between(random, 0, COUNT(list) - 1)]

/* ---- text: sentences of the grammar, cut out of a pool ---- */

enum { POOL_BYTES = 4 << 20, TEXT_BYTES_MAX = 256 };
static char pool[POOL_BYTES + TEXT_BYTES_MAX];

static char *add(char *at, const char *word)
{
    const size_t bytes = strlen(word);
    memcpy(at, word, bytes);
    return at + bytes;
}

static char *noun_phrase(char *at, Random *random)
{
    const int64_t form = between(random, 0, 3);
    if (form == 3) at = add(add(at, PICK(random, adverbs)), " ");
    if (form > 0) at = add(at, PICK(random, adjectives));
    if (form == 2) at = add(add(at, ", "), PICK(random, adjectives));
    if (form > 0) at = add(at, " ");
    return add(at, PICK(random, nouns));
}

static char *verb_phrase(char *at, Random *random)
{
    const int64_t form = between(random, 0, 3);
    if (form & 1) at = add(add(at, PICK(random, auxiliaries)), " ");
    at = add(at, PICK(random, verbs));
    return form & 2 ? add(add(at, " "), PICK(random, adverbs)) : at;
}

static char *prepositional_phrase(char *at, Random *random)
{
    at = add(add(at, PICK(random, prepositions)), " the ");
    return noun_phrase(at, random);
}

static char *sentence(char *at, Random *random)
{
    const int64_t form = between(random, 0, 4);
    at = add(noun_phrase(at, random), " ");
    if (form == 2 || form == 4) at = add(prepositional_phrase(at, random), " ");
    at = verb_phrase(at, random);
    if (form == 1 || form == 4) at = prepositional_phrase(add(at, " "), random);
    if (form == 3) at = noun_phrase(add(at, " "), random);
    return add(add(at, PICK(random, terminators)), " ");
}

static void fill_pool(void)
{
    Random random = random_of(99, 0);
    char *at = pool, one[1024];
    while (at < pool + sizeof pool) {
        const size_t bytes = (size_t)(sentence(one, &random) - one);
        const size_t room = (size_t)(pool + sizeof pool - at);
        memcpy(at, one, bytes < room ? bytes : room);
        at += bytes < room ? bytes : room;
    }
}

static const char *text(Random *random, int64_t least, int64_t most, int *bytes)
{
    *bytes = (int)between(random, least, most);
    return pool + between(random, 0, POOL_BYTES - 1);
}

static void print_text(Random *random, int64_t least, int64_t most)
{
    int bytes;
    const char *start = text(random, least, most, &bytes);
    fwrite(start, 1, (size_t)bytes, stdout);
}

static void print_v_string(Random *random)
{
    static const char letters[] =
        "0123456789abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ,";
    char out[40];
    const int64_t bytes = between(random, 10, 40);
    for (int64_t i = 0; i < bytes; i++) out[i] = letters[between(random, 0, 63)];
    fwrite(out, 1, (size_t)bytes, stdout);
}

static void print_phone(Random *random, int64_t nation)
{
    const int64_t a = between(random, 100, 999), b = between(random, 100, 999);
    printf("%" PRId64 "-%" PRId64 "-%" PRId64 "-%" PRId64, nation + 10, a, b,
           between(random, 1000, 9999));
}

static void print_cents(int64_t cents)
{
    const int64_t size = cents < 0 ? -cents : cents;
    printf("%s%" PRId64 ".%02" PRId64, cents < 0 ? "-" : "", size / 100, size % 100);
}

/* Days since 1992-01-01 as a date. */
static void print_date(int64_t day)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year = 1992, month = 0;
    for (;; year++) {
        const int days = year % 4 == 0 ? 366 : 365;
        if (day < days) break;
        day -= days;
    }
    for (;; month++) {
        const int days = lengths[month] + (month == 1 && year % 4 == 0);
        if (day < days) break;
        day -= days;
    }
    printf("%d-%02d-%02d", year, month + 1, (int)day + 1);
}

/* ---- tables ---- */

typedef struct Scale {
    int64_t suppliers, parts, customers, orders, clerks;
} Scale;
enum { SUPPLIER = 1, PART, PARTSUPP, CUSTOMER, ORDERS };
enum { DAYS = 2557, TODAY = 1263 }; /* 1992-01-01 to 1998-12-31; 1995-06-17 */

static int64_t retail_price(int64_t part)
{
    return 90000 + (part / 10) % 20001 + 100 * (part % 1000);
}

static int64_t supplier_of(const Scale *scale, int64_t part, int64_t i)
{
    const int64_t s = scale->suppliers;
    return (part + i * (s / 4 + (part - 1) / s)) % s + 1;
}

static void region(const Scale *scale)
{
    (void)scale;
    for (uint32_t i = 0; i < COUNT(regions); i++) {
        Random random = random_of(10, i);
        printf("%u\t%s\t", i, regions[i]);
        print_text(&random, 31, 115);
        putchar('\n');
    }
}

static void nation(const Scale *scale)
{
    (void)scale;
    for (uint32_t i = 0; i < COUNT(nations); i++) {
        Random random = random_of(11, i);
        printf("%u\t%s\t%d\t", i, nations[i].name, nations[i].region);
        print_text(&random, 31, 114);
        putchar('\n');
    }
}

/* Of 2,000 suppliers one has complaints in its comment and one recommendations. */
static void print_supplier_comment(Random *random, int64_t key)
{
    int bytes;
    const char *start = text(random, 25, 100, &bytes);
    char copy[TEXT_BYTES_MAX];
    memcpy(copy, start, (size_t)bytes);
    const int64_t of = key % 2000;
    if (of == 7 || of == 1007) {
        const int64_t gap = between(random, 0, bytes - 25);
        memcpy(copy, "Customer", 8);
        memcpy(copy + 8 + gap, of == 7 ? "Complaints" : "Recommends", 10);
    }
    fwrite(copy, 1, (size_t)bytes, stdout);
}

static void supplier(const Scale *scale)
{
    for (int64_t key = 1; key <= scale->suppliers; key++) {
        Random random = random_of(SUPPLIER, (uint64_t)key);
        printf("%" PRId64 "\tSupplier#%09" PRId64 "\t", key, key);
        print_v_string(&random);
        const int64_t home = between(&random, 0, 24);
        printf("\t%" PRId64 "\t", home);
        print_phone(&random, home);
        putchar('\t');
        print_cents(between(&random, -99999, 999999));
        putchar('\t');
        print_supplier_comment(&random, key);
        putchar('\n');
    }
}

static void print_part_name(Random *random)
{
    uint32_t used[5];
    for (uint32_t i = 0; i < 5; i++) {
        bool again;
        do {
            used[i] = (uint32_t)between(random, 0, COUNT(colors) - 1);
            again = false;
            for (uint32_t j = 0; j < i; j++) again |= used[j] == used[i];
        } while (again);
        printf("%s%s", i > 0 ? " " : "", colors[used[i]]);
    }
}

static void part(const Scale *scale)
{
    for (int64_t key = 1; key <= scale->parts; key++) {
        Random random = random_of(PART, (uint64_t)key);
        printf("%" PRId64 "\t", key);
        print_part_name(&random);
        const int64_t maker = between(&random, 1, 5);
        printf("\tManufacturer#%" PRId64 "\tBrand#%" PRId64 "%" PRId64, maker, maker,
               between(&random, 1, 5));
        const char *a = PICK(&random, type_1), *b = PICK(&random, type_2);
        printf("\t%s %s %s", a, b, PICK(&random, type_3));
        printf("\t%" PRId64, between(&random, 1, 50));
        a = PICK(&random, container_1);
        printf("\t%s %s\t", a, PICK(&random, container_2));
        print_cents(retail_price(key));
        putchar('\t');
        print_text(&random, 5, 22);
        putchar('\n');
    }
}

static void partsupp(const Scale *scale)
{
    for (int64_t key = 1; key <= scale->parts; key++) {
        Random random = random_of(PARTSUPP, (uint64_t)key);
        for (int64_t i = 0; i < 4; i++) {
            printf("%" PRId64 "\t%" PRId64, key, supplier_of(scale, key, i));
            printf("\t%" PRId64 "\t", between(&random, 1, 9999));
            print_cents(between(&random, 100, 100000));
            putchar('\t');
            print_text(&random, 49, 198);
            putchar('\n');
        }
    }
}

static void customer(const Scale *scale)
{
    for (int64_t key = 1; key <= scale->customers; key++) {
        Random random = random_of(CUSTOMER, (uint64_t)key);
        printf("%" PRId64 "\tCustomer#%09" PRId64 "\t", key, key);
        print_v_string(&random);
        const int64_t home = between(&random, 0, 24);
        printf("\t%" PRId64 "\t", home);
        print_phone(&random, home);
        putchar('\t');
        print_cents(between(&random, -99999, 999999));
        printf("\t%s\t", PICK(&random, segments));
        print_text(&random, 29, 116);
        putchar('\n');
    }
}

/* An order with its lines. */
typedef struct Line {
    int64_t part, supplier, quantity, price, discount, tax, shipped, committed, received;
    const char *instruct, *mode, *comment;
    int comment_bytes;
    char returned, status;
} Line;
typedef struct Order {
    int64_t key, customer, date, total;
    uint32_t line_count;
    Line lines[7];
    char status;
    Random random; /* for what is drawn behind the lines */
} Order;

static void make_line(const Scale *scale, Random *random, int64_t date, Line *line)
{
    line->part = between(random, 1, scale->parts);
    line->supplier = supplier_of(scale, line->part, between(random, 0, 3));
    line->quantity = between(random, 1, 50);
    line->price = line->quantity * retail_price(line->part);
    line->discount = between(random, 0, 10);
    line->tax = between(random, 0, 8);
    line->shipped = date + between(random, 1, 121);
    line->committed = date + between(random, 30, 90);
    line->received = line->shipped + between(random, 1, 30);
    line->returned = line->received > TODAY ? 'N' : between(random, 0, 1) ? 'R' : 'A';
    line->status = line->shipped > TODAY ? 'O' : 'F';
    line->instruct = PICK(random, instructs);
    line->mode = PICK(random, modes);
    line->comment = text(random, 10, 43, &line->comment_bytes);
}

static void make_order(const Scale *scale, int64_t i, Order *order)
{
    Random random = random_of(ORDERS, (uint64_t)i);
    order->key = i / 8 * 32 + i % 8 + 1; /* a quarter of the keys is used */
    do {
        order->customer = between(&random, 1, scale->customers);
    } while (order->customer % 3 == 0); /* a third of the customers never orders */
    order->date = between(&random, 0, DAYS - 151 - 1);
    order->line_count = (uint32_t)between(&random, 1, 7);
    order->total = 0;
    uint32_t open = 0;
    for (uint32_t l = 0; l < order->line_count; l++) {
        Line *line = &order->lines[l];
        make_line(scale, &random, order->date, line);
        open += line->status == 'O';
        order->total += line->price * (100 + line->tax) / 100 * (100 - line->discount) / 100;
    }
    order->status = open == 0 ? 'F' : open == order->line_count ? 'O' : 'P';
    order->random = random;
}

static void orders(const Scale *scale)
{
    for (int64_t i = 0; i < scale->orders; i++) {
        Order order;
        make_order(scale, i, &order);
        printf("%" PRId64 "\t%" PRId64 "\t%c\t", order.key, order.customer, order.status);
        print_cents(order.total);
        putchar('\t');
        print_date(order.date);
        printf("\t%s", PICK(&order.random, priorities));
        printf("\tClerk#%09" PRId64 "\t0\t", between(&order.random, 1, scale->clerks));
        print_text(&order.random, 19, 78);
        putchar('\n');
    }
}

static void print_line(const Order *order, uint32_t number)
{
    const Line *line = &order->lines[number];
    printf("%" PRId64 "\t%" PRId64 "\t%" PRId64 "\t%u\t%" PRId64 "\t", order->key, line->part,
           line->supplier, number + 1, line->quantity);
    print_cents(line->price);
    printf("\t0.%02" PRId64 "\t0.%02" PRId64 "\t%c\t%c\t", line->discount, line->tax,
           line->returned, line->status);
    print_date(line->shipped);
    putchar('\t');
    print_date(line->committed);
    putchar('\t');
    print_date(line->received);
    printf("\t%s\t%s\t%.*s\n", line->instruct, line->mode, line->comment_bytes, line->comment);
}

static void lineitem(const Scale *scale)
{
    for (int64_t i = 0; i < scale->orders; i++) {
        Order order;
        make_order(scale, i, &order);
        for (uint32_t l = 0; l < order.line_count; l++) print_line(&order, l);
    }
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*print)(const Scale *scale);
    } tables[] = {{"region", region}, {"nation", nation},     {"supplier", supplier},
                  {"part", part},     {"partsupp", partsupp}, {"customer", customer},
                  {"orders", orders}, {"lineitem", lineitem}};
    const double factor = argc == 3 ? atof(argv[1]) : 0;
    if (factor < 0.001 || factor > 1000) {
        fprintf(stderr, "usage: tpch_data SCALE TABLE\n");
        return 2;
    }
    const Scale scale = {.suppliers = (int64_t)(factor * 10000),
                         .parts = (int64_t)(factor * 200000),
                         .customers = (int64_t)(factor * 150000),
                         .orders = (int64_t)(factor * 1500000),
                         .clerks = factor < 1 ? (int64_t)(factor * 1000) + 1
                                              : (int64_t)(factor * 1000)};
    static char buffer[1 << 20];
    setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
    fill_pool();
    for (uint32_t i = 0; i < COUNT(tables); i++) {
        if (strcmp(tables[i].name, argv[2]) != 0) continue;
        tables[i].print(&scale);
        return fflush(stdout) == 0 ? 0 : 1;
    }
    fprintf(stderr, "tpch_data: no table %s\n", argv[2]);
    return 2;
}
