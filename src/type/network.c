/* SPDX-License-Identifier: Apache-2.0 */
/* network.c - inet and cidr: addresses of IPv4 and IPv6 with a netmask, as text and on the wire, their order, and
 * arithmetic on them. The two types share one form; a cidr has no bits to the right of its mask.
 *
 * Text is read as the inet_net_pton family of BIND reads it: an IPv4 address may end early when its mask says how long
 * it is, and a cidr without a mask gets that of its class. */
#include "type/aggregate.h"
#include "type/text.h"
#include "type/type_internal.h"

#include "base/hash.h"
#include "type/hash_pg.h"

enum {
    FAMILY_V4 = 2, /* as stored and on the wire */
    FAMILY_V6 = 3,
    V4_BYTES = 4,
    V6_BYTES = 16,
    V6_WORDS = 8,
    STORED_MAX = 2 + V6_BYTES,
    GROUP_DIGITS_MAX = 4
};

typedef struct Network {
    uint8_t family, bits, address[V6_BYTES];
} Network;

static uint32_t network_bytes(const Network *n)
{
    return n->family == FAMILY_V4 ? V4_BYTES : V6_BYTES;
}

static uint32_t bits_max(const Network *n)
{
    return 8 * network_bytes(n);
}

/* Of the empty slot of a NULL, which TOTAL bodies see: zeros. */
static Network load_network(Str stored)
{
    Network n = {0};
    ASSERT(stored.bytes == 0 || stored.bytes == 2 + V4_BYTES || stored.bytes == STORED_MAX);
    if (stored.bytes == 0) return n;
    memcpy(&n, stored.data, MIN(stored.bytes, sizeof n));
    return n;
}

static Str store_network(Arena *arena, const Network *n)
{
    return str_copy(arena, (Str){(const char *)n, 2 + network_bytes(n)});
}

/* Bit `i` from the left. */
static bool bit_at(const Network *n, uint32_t i)
{
    return n->address[i / 8] >> (7 - i % 8) & 1;
}

/* All bits from `from` on become `to`. */
static void fill_bits(Network *n, uint32_t from, bool to)
{
    for (uint32_t i = from; i < bits_max(n); i++) {
        const uint8_t bit = (uint8_t)(0x80 >> i % 8);
        n->address[i / 8] = (uint8_t)(to ? n->address[i / 8] | bit : n->address[i / 8] & ~bit);
    }
}

static bool has_host_bits(const Network *n)
{
    for (uint32_t i = n->bits; i < bits_max(n); i++)
        if (bit_at(n, i)) return true;
    return false;
}

/* ---- text to address */

/* Decimal digits at `*at`, at least one, not above `most`. */
static bool read_number(Str s, size_t *at, uint32_t most, uint32_t *number)
{
    *number = 0;
    if (*at == s.bytes || !is_digit(s.data[*at])) return false;
    for (; *at < s.bytes && is_digit(s.data[*at]); ++*at) {
        *number = 10 * *number + (uint32_t)(s.data[*at] - '0');
        if (*number > most) return false;
    }
    return true;
}

/* The mask after a slash; false: there is none that may stand here. */
static bool read_mask(Str s, size_t at, uint32_t most, uint8_t *bits)
{
    uint32_t number;
    if (!read_number(s, &at, most, &number) || at != s.bytes) return false;
    *bits = (uint8_t)number;
    return true;
}

/* Octets with dots between them; one dot may stand behind the last of an inet. How many, 0: bad. */
static uint32_t read_octets(Str s, size_t *at, bool cidr, uint8_t *octets)
{
    uint32_t count = 0, number;
    do {
        if (count == V4_BYTES) return 0;
        if (!read_number(s, at, 255, &number)) return 0;
        octets[count++] = (uint8_t)number;
        if (*at == s.bytes || s.data[*at] != '.') return count;
        ++*at;
    } while (cidr || (*at < s.bytes && s.data[*at] != '/'));
    return count;
}

static int hex_digit(char c)
{
    if (is_digit(c)) return c - '0';
    return (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

/* "0xa1b": octets by pairs of digits, the last may lack its second. */
static uint32_t read_hex_octets(Str s, size_t *at, uint8_t *octets)
{
    uint32_t digits = 0;
    for (*at = 2; *at < s.bytes && hex_digit(s.data[*at]) >= 0; ++*at, digits++) {
        if (digits == 2 * V4_BYTES) return 0;
        const int digit = hex_digit(s.data[*at]);
        octets[digits / 2] |= (uint8_t)(digits % 2 ? digit : digit << 4);
    }
    return (digits + 1) / 2;
}

/* The mask that the class of an address gives, before classes were given up (RFC 791, RFC 1112). */
static uint32_t class_bits(uint8_t first)
{
    return first >= 240 ? 32 : first >= 224 ? 8 : first >= 192 ? 24 : first >= 128 ? 16 : 8;
}

static bool parse_v4(Str s, bool cidr, Network *n)
{
    size_t at = 0;
    const bool hex = cidr && (str_starts(s, STR("0x")) || str_starts(s, STR("0X")));
    const uint32_t octets = hex ? read_hex_octets(s, &at, n->address)
                                : read_octets(s, &at, cidr, n->address);
    n->family = FAMILY_V4;
    if (!octets) return false;
    const bool masked = at < s.bytes && s.data[at] == '/';
    if (masked && !read_mask(s, at + 1, 32, &n->bits)) return false;
    if (!masked && at < s.bytes) return false;
    if (masked) return cidr || octets == V4_BYTES || n->bits <= 8 * octets;
    if (!cidr) {
        n->bits = 32;
        return octets == V4_BYTES;
    }
    n->bits = (uint8_t)MAX(class_bits(n->address[0]), 8 * octets);
    if (n->address[0] == 224 && n->bits == 8) n->bits = 4;
    return true;
}

/* "1.2.3.4" at the end of an IPv6 address: no leading zeros; the octets that are missing are 0, as is one without
 * digits, but at the end of the text. */
static bool read_v4_tail(Str s, size_t *at, uint8_t *octets)
{
    for (uint32_t count = 0; count < V4_BYTES; count++) {
        const size_t start = *at;
        uint32_t number = 0;
        const bool empty = start < s.bytes && (s.data[start] == '.' || s.data[start] == '/');
        if (!empty && !read_number(s, at, 255, &number)) return false;
        if (s.data[start] == '0' && *at > start + 1) return false;
        octets[count] = (uint8_t)number;
        if (*at == s.bytes || s.data[*at] != '.') return true;
        ++*at;
    }
    return false;
}

static bool is_v4_tail(Str s, size_t at)
{
    while (at < s.bytes && is_digit(s.data[at])) at++;
    return at < s.bytes && s.data[at] == '.';
}

/* Groups into address bytes; `*gap` is where "::" stood, or -1. */
static bool read_groups(Str s, size_t *at, uint8_t *bytes, uint32_t *used, int *gap)
{
    if (str_starts(s, STR("::"))) *gap = 0, *at = 2;
    while (*at < s.bytes && s.data[*at] != '/') {
        uint32_t value = 0, digits = 0;
        if (is_v4_tail(s, *at)) {
            if (*used + V4_BYTES > V6_BYTES || !read_v4_tail(s, at, bytes + *used)) return false;
            *used += V4_BYTES;
            return true;
        }
        for (; *at < s.bytes && hex_digit(s.data[*at]) >= 0; ++*at, digits++)
            value = value << 4 | (uint32_t)hex_digit(s.data[*at]);
        if (!digits || digits > GROUP_DIGITS_MAX || *used + 2 > V6_BYTES) return false;
        store_be16(bytes + *used, (uint16_t)value);
        *used += 2;
        if (*at == s.bytes || s.data[*at] != ':') return true;
        ++*at;
        if (*at < s.bytes && s.data[*at] == ':') {
            if (*gap >= 0) return false;
            *gap = (int)*used;
            ++*at;
        } else if (*at == s.bytes || s.data[*at] == '/') {
            return false;
        }
    }
    return true;
}

static bool parse_v6(Str s, Network *n)
{
    uint8_t bytes[V6_BYTES] = {0};
    uint32_t used = 0;
    int gap = -1;
    size_t at = 0;
    n->family = FAMILY_V6;
    n->bits = 128;
    if (!read_groups(s, &at, bytes, &used, &gap)) return false;
    if (at < s.bytes && (s.data[at] != '/' || !read_mask(s, at + 1, 128, &n->bits))) return false;
    if (gap < 0 ? used != V6_BYTES : used == V6_BYTES) return false;
    const uint32_t head = gap < 0 ? used : (uint32_t)gap, tail = used - head;
    memcpy(n->address, bytes, head);
    memcpy(n->address + V6_BYTES - tail, bytes + head, tail);
    return true;
}

static bool network_parse(const TypeCall *call, Str text, Value *value, InputError *err)
{
    Network n = {0};
    size_t at;
    const bool cidr = call->type->oid == 650;
    const bool good = str_find_char(text, ':', &at) ? parse_v6(text, &n) : parse_v4(text, cidr, &n);
    if (!good) return type__bad_syntax(err, call->type->name, text);
    if (cidr && has_host_bits(&n)) {
        (void)input_error(err, SQLSTATE_INVALID_TEXT_REPRESENTATION, "invalid cidr value: \"%.*s\"",
                          STR_ARG(text));
        (void)input_error_detail(err, "Value has bits set to right of mask.");
        return false;
    }
    value->str = strview(store_network(call->arena, &n));
    return true;
}

/* ---- address to text */

static void add_octets(StrBuilder *out, const uint8_t *octets, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) str_add_format(out, i ? ".%u" : "%u", octets[i]);
}

/* The first longest run of at least `least` zero words. */
static uint32_t find_zeros(const uint8_t *address, uint32_t words, uint32_t least, uint32_t *start)
{
    uint32_t best = 0;
    for (uint32_t i = 0; i < words;) {
        uint32_t end = i;
        while (end < words && load_be16(address + 2 * end) == 0) end++;
        if (end - i >= least && end - i > best) {
            best = end - i;
            *start = i;
        }
        i = MAX(end, i + 1);
    }
    return best;
}

/* RFC 5952's form of the first `words` words, with an embedded IPv4 address as such. A lone zero word is shortened only
 * in abbreviations (`least` 1). */
static void add_v6(StrBuilder *out, const uint8_t *address, uint32_t words, uint32_t least)
{
    uint32_t start = 0;
    const uint32_t zeros = find_zeros(address, words, least, &start);
    for (uint32_t i = 0; i < words; i++) {
        if (zeros && i >= start && i < start + zeros) {
            if (i == start) str_add_char(out, ':');
            continue;
        }
        if (i > 0) str_add_char(out, ':');
        if (i == 6 && start == 0 &&
            (zeros == 6 || (zeros == 5 && load_be16(address + 10) == 0xffff))) {
            add_octets(out, address + 12, 2 * (words - 6));
            return;
        }
        str_add_format(out, "%x", load_be16(address + 2 * i));
    }
    if (zeros && start + zeros == words) str_add_char(out, ':');
}

static void add_host(StrBuilder *out, const Network *n)
{
    if (n->family == FAMILY_V4)
        add_octets(out, n->address, V4_BYTES);
    else
        add_v6(out, n->address, V6_WORDS, 2);
}

static void network_print(const TypeCall *call, const Value *value, StrBuilder *out)
{
    const Network n = load_network(strview_str(&value->str));
    add_host(out, &n);
    if (call->type->oid == 650 || n.bits < bits_max(&n)) str_add_format(out, "/%u", n.bits);
}

/* ---- wire: family, bits, whether it is a cidr, bytes of the address, the address */

static bool network_receive(const TypeCall *call, Bytes wire, Value *value, InputError *err)
{
    Network n = {0};
    const char *name = call->type->name;
    const uint8_t *w = wire.data;
    if (wire.bytes < 4 || (w[0] != FAMILY_V4 && w[0] != FAMILY_V6)) {
        (void)input_error(err, SQLSTATE_INVALID_BINARY_REPRESENTATION,
                          "invalid address family in external \"%s\" value", name);
        return false;
    }
    n.family = w[0];
    n.bits = w[1];
    if (n.bits > bits_max(&n)) {
        (void)input_error(err, SQLSTATE_INVALID_BINARY_REPRESENTATION,
                          "invalid bits in external \"%s\" value", name);
        return false;
    }
    if (w[3] != network_bytes(&n)) {
        (void)input_error(err, SQLSTATE_INVALID_BINARY_REPRESENTATION,
                          "invalid length in external \"%s\" value", name);
        return false;
    }
    if (!type__wire_expect(wire, 4 + network_bytes(&n), err)) return false;
    memcpy(n.address, w + 4, network_bytes(&n));
    if (call->type->oid == 650 && has_host_bits(&n)) {
        (void)input_error(err, SQLSTATE_INVALID_BINARY_REPRESENTATION,
                          "invalid external \"cidr\" value");
        (void)input_error_detail(err, "Value has bits set to right of mask.");
        return false;
    }
    value->str = strview(store_network(call->arena, &n));
    return true;
}

static void network_send(const TypeCall *call, const Value *value, StrBuilder *out)
{
    const Network n = load_network(strview_str(&value->str));
    const uint8_t head[] = {n.family, n.bits, call->type->oid == 650, (uint8_t)network_bytes(&n)};
    str_add(out, (Str){(const char *)head, sizeof head});
    str_add(out, (Str){(const char *)n.address, network_bytes(&n)});
}

/* ---- order: family, the network, the length of its mask, the whole address */

/* Do the first `bits` agree, and if not, which is greater? How far whole bytes are apart. */
static int compare_bits(const Network *a, const Network *b, uint32_t bits)
{
    const int bytes = bytes_distance((Str){(const char *)a->address, bits / 8},
                                     (Str){(const char *)b->address, bits / 8});
    if (bytes) return bytes;
    for (uint32_t i = bits / 8 * 8; i < bits; i++)
        if (bit_at(a, i) != bit_at(b, i)) return bit_at(a, i) ? 1 : -1;
    return 0;
}

static int network_order(Str left, Str right)
{
    const Network a = load_network(left), b = load_network(right);
    if (a.family != b.family) return a.family < b.family ? -1 : 1;
    const int order = compare_bits(&a, &b, MIN(a.bits, b.bits));
    if (order) return order;
    if (a.bits != b.bits) return (int)a.bits - (int)b.bits;
    return compare_bits(&a, &b, bits_max(&a));
}

static int network_compare(const TypeCall *call, const Value *a, const Value *b)
{
    (void)call;
    return network_order(strview_str(&a->str), strview_str(&b->str));
}

static uint64_t network_hash(const TypeCall *call, const Value *value)
{
    const Str stored = strview_str(&value->str);
    (void)call;
    return hash_bytes(stored.data, stored.bytes, 0);
}

static KeyExactness network_key(const TypeCall *call, const Value *value, StrBuilder *out)
{
    const Network n = load_network(strview_str(&value->str));
    Network masked = n;
    (void)call;
    fill_bits(&masked, n.bits, false);
    str_add_char(out, (char)n.family);
    str_add(out, (Str){(const char *)masked.address, network_bytes(&n)});
    str_add_char(out, (char)n.bits);
    str_add(out, (Str){(const char *)n.address, network_bytes(&n)});
    return KEY_EXACT;
}

SQL_TYPE(869, "inet", .phys = PHYS_STR, .category = 'I', .preferred = true, .bytes = -1,
         .align = 'i', .storage = 'm', .array = 1041, .text = "IP address, or a network",
         .parse = network_parse, .print = network_print, .receive = network_receive,
         .send = network_send, .compare = network_compare, .hash = network_hash,
         .sort_key = network_key)
SQL_TYPE(650, "cidr", .phys = PHYS_STR, .category = 'I', .bytes = -1, .align = 'i', .storage = 'm',
         .array = 651, .text = "network of IP addresses", .parse = network_parse,
         .print = network_print, .receive = network_receive, .send = network_send,
         .compare = network_compare, .hash = network_hash, .sort_key = network_key)
SQL_TYPE_FUNCTION(910, "inet_in", inet, (cstring), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(911, "inet_out", cstring, (inet), IMMUTABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(2496, "inet_recv", inet, (internal), IMMUTABLE | STRICT, RECEIVE, "")
SQL_TYPE_FUNCTION(2497, "inet_send", bytea, (inet), IMMUTABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(1267, "cidr_in", cidr, (cstring), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(1427, "cidr_out", cstring, (cidr), IMMUTABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(2498, "cidr_recv", cidr, (internal), IMMUTABLE | STRICT, RECEIVE, "")
SQL_TYPE_FUNCTION(2499, "cidr_send", bytea, (cidr), IMMUTABLE | STRICT, SEND, "")

/* ---- comparing */

SQL_EXPRESSION(920, "network_eq", bool, (inet, inet), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               network_order(a, b) == 0, "equal")
SQL_EXPRESSION(921, "network_lt", bool, (inet, inet), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               network_order(a, b) < 0, "below")
SQL_EXPRESSION(922, "network_le", bool, (inet, inet), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               network_order(a, b) <= 0, "below or equal")
SQL_EXPRESSION(923, "network_gt", bool, (inet, inet), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               network_order(a, b) > 0, "above")
SQL_EXPRESSION(924, "network_ge", bool, (inet, inet), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               network_order(a, b) >= 0, "above or equal")
SQL_EXPRESSION(925, "network_ne", bool, (inet, inet), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               network_order(a, b) != 0, "not equal")
SQL_EXPRESSION(926, "network_cmp", int4, (inet, inet), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               network_order(a, b), "below, at or above 0: how far addresses are apart")
SQL_EXPRESSION(3562, "network_larger", inet, (inet, inet), IMMUTABLE | STRICT | TOTAL,
               network_order(a, b) > 0 ? a : b, "the greater address")
SQL_EXPRESSION(3563, "network_smaller", inet, (inet, inet), IMMUTABLE | STRICT | TOTAL,
               network_order(a, b) < 0 ? a : b, "the smaller address")
SQL_EXPRESSION(422, "hashinet", int4, (inet), IMMUTABLE | STRICT | TOTAL, (int32_t)hash_pg_bytes(a),
               "hash")
SQL_EXPRESSION(779, "hashinetextended", int8, (inet, int8), IMMUTABLE | STRICT | TOTAL,
               (int64_t)hash_pg_bytes_extended(a, (uint64_t)b), "64-bit hash with a seed")
SQL_OPERATOR(1201, "=", inet, inet, bool, network_eq, .commutator = 1201, .negator = 1202,
             .hash = true, .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(1202, "<>", inet, inet, bool, network_ne, .commutator = 1202, .negator = 1201,
             .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(1203, "<", inet, inet, bool, network_lt, .commutator = 1205, .negator = 1206,
             .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(1204, "<=", inet, inet, bool, network_le, .commutator = 1206, .negator = 1205,
             .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(1205, ">", inet, inet, bool, network_gt, .commutator = 1203, .negator = 1204,
             .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(1206, ">=", inet, inet, bool, network_ge, .commutator = 1204, .negator = 1203,
             .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPFAMILY(1974, btree, "network_ops")
SQL_OPCLASS(10009, btree, "cidr_ops", 1974, inet)
SQL_OPCLASS(10015, btree, "inet_ops", 1974, inet, .fallback = true)
SQL_FAMILY_OPERATOR(1974, inet, inet, 1, 1203)
SQL_FAMILY_OPERATOR(1974, inet, inet, 2, 1204)
SQL_FAMILY_OPERATOR(1974, inet, inet, 3, 1201)
SQL_FAMILY_OPERATOR(1974, inet, inet, 4, 1206)
SQL_FAMILY_OPERATOR(1974, inet, inet, 5, 1205)
SQL_FAMILY_FUNCTION(1974, inet, inet, 1, 926)
SQL_FAMILY_FUNCTION(1974, inet, inet, 2, 5033)
SQL_FAMILY_FUNCTION(1974, inet, inet, 4, 5051)
SQL_OPFAMILY(1975, hash, "network_ops")
SQL_OPCLASS(10010, hash, "cidr_ops", 1975, inet)
SQL_OPCLASS(10016, hash, "inet_ops", 1975, inet, .fallback = true)
SQL_FAMILY_OPERATOR(1975, inet, inet, 1, 1201)
SQL_FAMILY_FUNCTION(1975, inet, inet, 1, 422)
SQL_FAMILY_FUNCTION(1975, inet, inet, 2, 779)

/* ---- networks in networks */

/* Is `inner` within the network of `outer`; `strict`: and smaller? */
static bool is_within(Str inner, Str outer, bool strict)
{
    const Network a = load_network(inner), b = load_network(outer);
    return a.family == b.family && (strict ? a.bits > b.bits : a.bits >= b.bits) &&
           compare_bits(&a, &b, b.bits) == 0;
}

static bool network_overlap(Fn *fn, Str left, Str right)
{
    (void)fn;
    return is_within(left, right, false) || is_within(right, left, false);
}
SQL_EXPRESSION(927, "network_sub", bool, (inet, inet), IMMUTABLE | STRICT | TOTAL,
               is_within(a, b, true), "is a smaller network within the other")
SQL_FACTS(927, .support = 1173)
SQL_EXPRESSION(928, "network_subeq", bool, (inet, inet), IMMUTABLE | STRICT | TOTAL,
               is_within(a, b, false), "is within the other network or equal to it")
SQL_FACTS(928, .support = 1173)
SQL_EXPRESSION(929, "network_sup", bool, (inet, inet), IMMUTABLE | STRICT | TOTAL,
               is_within(b, a, true), "contains the other, smaller network")
SQL_FACTS(929, .support = 1173)
SQL_EXPRESSION(930, "network_supeq", bool, (inet, inet), IMMUTABLE | STRICT | TOTAL,
               is_within(b, a, false), "contains the other network or equals it")
SQL_FACTS(930, .support = 1173)
SQL_FUNCTION(3551, "network_overlap", bool, (inet, inet), IMMUTABLE | STRICT | TOTAL,
             network_overlap, "does one of them contain the other")
SQL_OPERATOR(931, "<<", inet, inet, bool, network_sub, .commutator = 933,
             .restrict_by = "networksel", .join_by = "networkjoinsel")
SQL_OPERATOR(932, "<<=", inet, inet, bool, network_subeq, .commutator = 934,
             .restrict_by = "networksel", .join_by = "networkjoinsel")
SQL_OPERATOR(933, ">>", inet, inet, bool, network_sup, .commutator = 931,
             .restrict_by = "networksel", .join_by = "networkjoinsel")
SQL_OPERATOR(934, ">>=", inet, inet, bool, network_supeq, .commutator = 932,
             .restrict_by = "networksel", .join_by = "networkjoinsel")
SQL_OPERATOR(3552, "&&", inet, inet, bool, network_overlap, .commutator = 3552,
             .restrict_by = "networksel", .join_by = "networkjoinsel")

static Str inet_merge(Fn *fn, Str left, Str right)
{
    Network a = load_network(left);
    const Network b = load_network(right);
    if (a.family != b.family)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE,
                    "cannot merge addresses from different families");
    uint32_t bits = MIN(a.bits, b.bits), same = 0;
    while (same < bits && bit_at(&a, same) == bit_at(&b, same)) same++;
    a.bits = (uint8_t)same;
    fill_bits(&a, same, false);
    return store_network(fn->arena, &a);
}
SQL_FUNCTION(4063, "inet_merge", cidr, (inet, inet), IMMUTABLE | STRICT, inet_merge,
             "the smallest network that holds both")
SQL_EXPRESSION(4071, "inet_same_family", bool, (inet, inet), IMMUTABLE | STRICT,
               a.data[0] == b.data[0], "are both IPv4, or both IPv6")

/* ---- parts */

static Str network_host(Fn *fn, Str stored)
{
    const Network n = load_network(stored);
    StrBuilder out = str_builder(fn->arena, 48);
    add_host(&out, &n);
    return str_done(&out);
}

static Str network_text(Fn *fn, Str stored)
{
    const Network n = load_network(stored);
    StrBuilder out = str_builder(fn->arena, 48);
    add_host(&out, &n);
    str_add_format(&out, "/%u", n.bits);
    return str_done(&out);
}

static Str inet_abbrev(Fn *fn, Str stored)
{
    const TypeCall call = {.type = &type_869, .env = fn->env, .arena = fn->arena, .typmod = -1};
    const Value value = {.str = strview(stored)};
    return type_print(&call, &value);
}

/* Only as much of the address as the mask covers. */
static Str cidr_abbrev(Fn *fn, Str stored)
{
    const Network n = load_network(stored);
    StrBuilder out = str_builder(fn->arena, 48);
    if (n.family == FAMILY_V4)
        add_octets(&out, n.address, MAX((n.bits + 7u) / 8, 1u));
    else
        add_v6(&out, n.address, MAX((n.bits + 15u) / 16, 2u), 1);
    str_add_format(&out, "/%u", n.bits);
    return str_done(&out);
}

static Str set_mask(Fn *fn, Str stored, int32_t bits, bool cidr)
{
    Network n = load_network(stored);
    if (bits == -1) bits = (int32_t)bits_max(&n);
    if (bits < 0 || bits > (int32_t)bits_max(&n))
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "invalid mask length: %d", bits);
    n.bits = (uint8_t)bits;
    if (cidr) fill_bits(&n, n.bits, false);
    return store_network(fn->arena, &n);
}

/* The address with the bits right of the mask, or left of it, made all alike. */
static Str inet_network(Fn *fn, Str stored)
{
    Network n = load_network(stored);
    fill_bits(&n, n.bits, false);
    return store_network(fn->arena, &n);
}

static Str inet_broadcast(Fn *fn, Str stored)
{
    Network n = load_network(stored);
    fill_bits(&n, n.bits, true);
    return store_network(fn->arena, &n);
}

static Str mask_of(Fn *fn, Str stored, bool host)
{
    Network n = load_network(stored);
    fill_bits(&n, 0, !host);
    fill_bits(&n, n.bits, host);
    n.bits = (uint8_t)bits_max(&n);
    return store_network(fn->arena, &n);
}
SQL_FUNCTION(699, "host", text, (inet), IMMUTABLE | STRICT, network_host, "the address as text")
SQL_FUNCTION(730, "text", text, (inet), IMMUTABLE | STRICT, network_text,
             "the address with its mask as text")
SQL_FUNCTION(598, "abbrev", text, (inet), IMMUTABLE | STRICT, inet_abbrev, "short text")
SQL_FUNCTION(599, "abbrev", text, (cidr), IMMUTABLE | STRICT, cidr_abbrev,
             "short text: what lies within the mask")
SQL_EXPRESSION(605, "set_masklen", inet, (inet, int4), IMMUTABLE | STRICT,
               set_mask(fn, a, b, false), "the address with another mask")
SQL_EXPRESSION(635, "set_masklen", cidr, (cidr, int4), IMMUTABLE | STRICT, set_mask(fn, a, b, true),
               "the network with another mask")
SQL_FUNCTION(683, "network", cidr, (inet), IMMUTABLE | STRICT, inet_network,
             "the network of an address")
SQL_EXPRESSION(696, "netmask", inet, (inet), IMMUTABLE | STRICT, mask_of(fn, a, false),
               "the mask as an address")
SQL_EXPRESSION(1362, "hostmask", inet, (inet), IMMUTABLE | STRICT, mask_of(fn, a, true),
               "the opposite of the mask as an address")
SQL_EXPRESSION(697, "masklen", int4, (inet), IMMUTABLE | STRICT, (uint8_t)a.data[1],
               "bits of the mask")
SQL_FUNCTION(698, "broadcast", inet, (inet), IMMUTABLE | STRICT, inet_broadcast,
             "the last address of the network")
SQL_EXPRESSION(711, "family", int4, (inet), IMMUTABLE | STRICT, a.data[0] == FAMILY_V4 ? 4 : 6,
               "4 or 6")
SQL_FUNCTION(1715, "cidr", cidr, (inet), IMMUTABLE | STRICT, inet_network,
             "the network of an address")
SQL_CAST(10187, cidr, inet, BINARY, IMPLICIT)
SQL_CAST(10188, inet, cidr, 1715, ASSIGNMENT)
SQL_CAST(10195, cidr, text, 730, ASSIGNMENT)
SQL_CAST(10196, inet, text, 730, ASSIGNMENT)
SQL_CAST(10200, cidr, varchar, 730, ASSIGNMENT)
SQL_CAST(10201, inet, varchar, 730, ASSIGNMENT)
SQL_CAST(10205, cidr, bpchar, 730, ASSIGNMENT)
SQL_CAST(10206, inet, bpchar, 730, ASSIGNMENT)

/* ---- arithmetic */

static Str inet_not(Fn *fn, Str stored)
{
    Network n = load_network(stored);
    for (uint32_t i = 0; i < network_bytes(&n); i++) n.address[i] = (uint8_t)~n.address[i];
    return store_network(fn->arena, &n);
}

static Str combine(Fn *fn, Str left, Str right, bool and)
{
    Network a = load_network(left);
    const Network b = load_network(right);
    if (a.family != b.family)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "cannot %s inet values of different sizes",
                    and? "AND" : "OR");
    for (uint32_t i = 0; i < network_bytes(&a); i++)
        a.address[i] = (uint8_t)(and? a.address[i] & b.address[i] : a.address[i] | b.address[i]);
    a.bits = MAX(a.bits, b.bits);
    return store_network(fn->arena, &a);
}

static _Noreturn void out_of_range(void)
{
    raise_error(SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE, "result is out of range");
}

/* Adds a number as long as the address, its sign carried on: from the last byte to the first. */
static Str inet_add(Fn *fn, Str stored, int64_t addend)
{
    Network n = load_network(stored);
    int32_t carry = 0;
    int64_t rest = addend;
    for (uint32_t i = network_bytes(&n); i-- > 0;) {
        const int32_t sum = n.address[i] + (int32_t)(rest & 0xff) + carry;
        n.address[i] = (uint8_t)sum;
        carry = sum >> 8;
        rest >>= 8;
    }
    /* What is left of the addend is its sign; the carry must have the same to say that nothing was lost. */
    if (!((rest == 0 && carry == 0) || (rest == -1 && carry == 1))) out_of_range();
    return store_network(fn->arena, &n);
}

/* The least number has no opposite; as in PostgreSQL it stays itself. */
static Str inet_subtract_number(Fn *fn, Str stored, int64_t number)
{
    return inet_add(fn, stored, (int64_t)(0 - (uint64_t)number));
}

static int64_t inet_difference(Fn *fn, Str left, Str right)
{
    const Network a = load_network(left), b = load_network(right);
    (void)fn;
    if (a.family != b.family)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE,
                    "cannot subtract inet values of different sizes");
    __extension__ typedef unsigned __int128 U128;
    U128 x = 0, y = 0;
    for (uint32_t i = 0; i < network_bytes(&a); i++) {
        x = x << 8 | a.address[i];
        y = y << 8 | b.address[i];
    }
    const U128 distance = x >= y ? x - y : y - x;
    if (distance > (U128)INT64_MAX + (x < y)) out_of_range();
    return x >= y ? (int64_t)distance : (int64_t)(0 - (uint64_t)distance);
}
SQL_FUNCTION(2627, "inetnot", inet, (inet), IMMUTABLE | STRICT, inet_not, "every bit inverted")
SQL_EXPRESSION(2628, "inetand", inet, (inet, inet), IMMUTABLE | STRICT, combine(fn, a, b, true),
               "bits that both have")
SQL_EXPRESSION(2629, "inetor", inet, (inet, inet), IMMUTABLE | STRICT, combine(fn, a, b, false),
               "bits that one of both has")
SQL_FUNCTION(2630, "inetpl", inet, (inet, int8), IMMUTABLE | STRICT, inet_add,
             "the address so many further")
SQL_EXPRESSION(2631, "int8pl_inet", inet, (int8, inet), IMMUTABLE | IN_SQL | STRICT,
               inet_add(fn, b, a), "the address so many further")
SQL_FUNCTION(2632, "inetmi_int8", inet, (inet, int8), IMMUTABLE | STRICT, inet_subtract_number,
             "the address so many before")
SQL_FUNCTION(2633, "inetmi", int8, (inet, inet), IMMUTABLE | STRICT, inet_difference,
             "how far apart two addresses are")
SQL_OPERATOR(2634, "~", 0, inet, inet, inetnot)
SQL_OPERATOR(2635, "&", inet, inet, inet, inetand)
SQL_OPERATOR(2636, "|", inet, inet, inet, inetor)
SQL_OPERATOR(2637, "+", inet, int8, inet, inetpl, .commutator = 2638)
SQL_OPERATOR(2638, "+", int8, inet, inet, int8pl_inet, .commutator = 2637)
SQL_OPERATOR(2639, "-", inet, int8, inet, inetmi_int8)
SQL_OPERATOR(2640, "-", inet, inet, int8, inetmi)

SQL_AGGREGATE(3564, "max", inet, (inet), IMMUTABLE, aggregate_max_any, "greatest value",
              .transition = 3562, .combine = 3562, .sort_operator = 1205, .state = inet)
SQL_AGGREGATE(3565, "min", inet, (inet), IMMUTABLE, aggregate_min_any, "least value",
              .transition = 3563, .combine = 3563, .sort_operator = 1203, .state = inet)
