/* SPDX-License-Identifier: Apache-2.0 */
/* aclitem.c - the type of one entry of an access list, "role=arwd/grantor", and the functions over lists. It stands
 * here since its text holds names of roles. Stored form: grantee:4, grantor:4, privileges:4, grant options:4. */
#include "catalog/catalog_internal.h"

#include "base/arith.h"
#include "base/hash.h"
#include "base/oids.h"
#include "type/array.h"
#include "type/hash_pg.h"

enum { ACL_ITEM_BYTES = 16 };

/* A letter and a name a bit, from the lowest. */
static const struct {
    char letter;
    const char *name;
} privileges[] = {{'a', "INSERT"},   {'r', "SELECT"},       {'w', "UPDATE"},    {'d', "DELETE"},
                  {'D', "TRUNCATE"}, {'x', "REFERENCES"},   {'t', "TRIGGER"},   {'X', "EXECUTE"},
                  {'U', "USAGE"},    {'C', "CREATE"},       {'T', "TEMPORARY"}, {'c', "CONNECT"},
                  {'s', "SET"},      {'A', "ALTER SYSTEM"}, {'m', "MAINTAIN"}};

static AclItem item_of(const Value *value)
{
    const Str s = strview_str(&value->str);
    return cat_acl_item((Bytes){(const uint8_t *)s.data, s.bytes});
}

static StrView item_view(Arena *arena, AclItem item)
{
    char bytes[ACL_ITEM_BYTES];
    store_le32(bytes, item.grantee);
    store_le32(bytes + 4, item.grantor);
    store_le32(bytes + 8, item.privileges);
    store_le32(bytes + 12, item.grantable);
    return strview_copy(arena, (Str){bytes, sizeof bytes});
}

/* ---- text */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_plain(Str name)
{
    bool plain = name.bytes > 0;
    for (size_t i = 0; i < name.bytes; i++) {
        const char c = name.data[i];
        plain &= is_letter(c) || (c >= '0' && c <= '9') || c == '_' || (uint8_t)c >= 0x80;
    }
    return plain;
}

/* Names of roles go through the table of calls, which participants of a parallel query have too: there they are
 * identifiers. */
static Str quoted_name(Arena *arena, Str name)
{
    StrBuilder out = str_builder(arena, name.bytes + 8);
    str_add_char(&out, '"');
    for (size_t i = 0; i < name.bytes; i++) {
        if (name.data[i] == '"') str_add_char(&out, '"');
        str_add_char(&out, name.data[i]);
    }
    str_add_char(&out, '"');
    return str_done(&out);
}

static Str bare_name(Arena *arena, Str identifier)
{
    if (!identifier.bytes || identifier.data[0] != '"') return identifier;
    StrBuilder out = str_builder(arena, identifier.bytes);
    for (size_t i = 1; i + 1 < identifier.bytes; i++) {
        if (identifier.data[i] == '"') i++;
        str_add_char(&out, identifier.data[i]);
    }
    return str_done(&out);
}

/* The bare name of a role; an OID that none has as a number. */
static void print_role(const TypeCall *call, Oid role, StrBuilder *out)
{
    const FnCalls *calls = call->env->calls;
    Str name;
    if (!calls || !calls->name_print(call->env->calls_arg, FN_NAME_ROLE, role, call->arena, &name))
        str_add_u64(out, role);
    else if (is_plain(name = bare_name(call->arena, name)))
        str_add(out, name);
    else
        str_add(out, quoted_name(call->arena, name));
}

static void aclitem_print(const TypeCall *call, const Value *value, StrBuilder *out)
{
    const AclItem item = item_of(value);
    if (item.grantee) print_role(call, item.grantee, out);
    str_add_char(out, '=');
    for (size_t i = 0; i < ARRAY_LEN(privileges); i++) {
        if (item.privileges >> i & 1) str_add_char(out, privileges[i].letter);
        if (item.grantable >> i & 1) str_add_char(out, '*');
    }
    str_add_char(out, '/');
    print_role(call, item.grantor, out);
}

static void skip_spaces(Str text, size_t *at)
{
    while (*at < text.bytes && text.data[*at] == ' ') ++*at;
}

/* A quote that is not closed reaches to the end. */
static void next_role_name(const TypeCall *call, Str text, size_t *at, Str *name)
{
    StrBuilder out = str_builder(call->arena, 64);
    bool quoted = false;
    skip_spaces(text, at);
    for (; *at < text.bytes; ++*at) {
        const char c = text.data[*at];
        if (c == '"' && quoted && *at + 1 < text.bytes && text.data[*at + 1] == '"') {
            str_add_char(&out, '"');
            ++*at;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (!quoted && !is_plain((Str){&c, 1})) {
            break;
        } else {
            str_add_char(&out, c);
        }
    }
    *name = str_done(&out);
    skip_spaces(text, at);
}

/* "group name" and "user name" are "name". */
static bool after_key_word(const TypeCall *call, Str text, size_t *at, Str *name, InputError *err)
{
    if (!str_equal(*name, STR("group")) && !str_equal(*name, STR("user")))
        return input_error(err, SQLSTATE_INVALID_TEXT_REPRESENTATION,
                           "unrecognized key word: \"%.*s\"", STR_ARG(*name)) ||
               input_error_hint(err, "ACL key word must be \"group\" or \"user\".");
    next_role_name(call, text, at, name);
    return name->bytes > 0 ||
           input_error(err, SQLSTATE_INVALID_TEXT_REPRESENTATION, "missing name") ||
           input_error_hint(err, "A name must follow the \"group\" or \"user\" key word.");
}

static bool find_role(const TypeCall *call, Str name, Oid *role, InputError *err)
{
    int64_t number;
    const FnCalls *calls = call->env->calls;
    if (calls)
        return calls->name_find(call->env->calls_arg, FN_NAME_ROLE, quoted_name(call->arena, name),
                                role, err);
    /* Without a catalog a role is its number, which is how it is printed then. */
    *role = str_to_i64(name, &number) && number > 0 && number <= UINT32_MAX ? (Oid)number : 0;
    return *role || input_error(err, SQLSTATE_UNDEFINED_OBJECT, "role \"%.*s\" does not exist",
                                STR_ARG(name));
}

static bool parse_letters(Str text, size_t *at, AclItem *item, InputError *err)
{
    uint32_t last = 0;
    for (; *at < text.bytes && (is_letter(text.data[*at]) || text.data[*at] == '*'); ++*at) {
        const char c = text.data[*at];
        if (c == '*') {
            item->grantable |= last;
            continue;
        }
        size_t i = 0;
        while (i < ARRAY_LEN(privileges) && privileges[i].letter != c) i++;
        if (i == ARRAY_LEN(privileges))
            return input_error(err, SQLSTATE_INVALID_TEXT_REPRESENTATION,
                               "invalid mode character: must be one of \"arwdDxtXUCTcsAm\"");
        last = 1u << i;
        item->privileges |= last;
    }
    return true;
}

static void warn_of_grantor(const FnEnv *env)
{
    const FnCalls *calls = env->calls;
    if (!calls || !calls->notice) return;
    Error *warning = error_severity(error_begin(SQLSTATE_INVALID_GRANTOR), SEVERITY_WARNING);
    error_message(warning, "defaulting grantor to user ID %u", ROLE_BOOTSTRAP);
    calls->notice(env->calls_arg, warning);
}

static bool aclitem_parse(const TypeCall *call, Str text, Value *value, InputError *err)
{
    AclItem item = {0};
    size_t at = 0;
    Str name;
    text = str_trim(text, " \t\r\n");
    next_role_name(call, text, &at, &name);
    if ((at >= text.bytes || text.data[at] != '=') && !after_key_word(call, text, &at, &name, err))
        return false;
    if (at >= text.bytes || text.data[at] != '=')
        return input_error(err, SQLSTATE_INVALID_TEXT_REPRESENTATION, "missing \"=\" sign");
    at++;
    if (!parse_letters(text, &at, &item, err)) return false;
    if (name.bytes && !find_role(call, name, &item.grantee, err)) return false;
    if (at < text.bytes && text.data[at] == '/') {
        at++;
        next_role_name(call, text, &at, &name);
        if (!name.bytes)
            return input_error(err, SQLSTATE_INVALID_TEXT_REPRESENTATION,
                               "a name must follow the \"/\" sign");
        if (!find_role(call, name, &item.grantor, err)) return false;
    } else {
        item.grantor = ROLE_BOOTSTRAP;
        warn_of_grantor(call->env);
    }
    if (at < text.bytes)
        return input_error(err, SQLSTATE_INVALID_TEXT_REPRESENTATION,
                           "extra garbage at the end of the ACL specification");
    value->str = item_view(call->arena, item);
    return true;
}

static bool aclitem_equal(const TypeCall *call, const Value *a, const Value *b)
{
    (void)call;
    return strview_equal(&a->str, &b->str);
}

static uint64_t aclitem_hash(const TypeCall *call, const Value *value)
{
    (void)call;
    return hash_str(strview_str(&value->str));
}

SQL_TYPE(1033, "aclitem", .phys = PHYS_STR, .category = 'U', .bytes = 16, .align = 'd',
         .storage = 'p', .array = 1034, .text = "what a role may do, and who granted it",
         .parse = aclitem_parse, .print = aclitem_print, .equal = aclitem_equal,
         .hash = aclitem_hash)
SQL_TYPE_FUNCTION(1031, "aclitemin", aclitem, (cstring), STABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(1032, "aclitemout", cstring, (aclitem), STABLE | STRICT, OUTPUT, "")

/* ---- functions */

static AclItem item_of_str(Str s)
{
    if (s.bytes != ACL_ITEM_BYTES)
        raise_error(SQLSTATE_DATA_CORRUPTED, "an access list entry is damaged");
    return cat_acl_item((Bytes){(const uint8_t *)s.data, s.bytes});
}

static bool aclitem_same(Fn *fn, Str a, Str b)
{
    (void)fn;
    return str_equal(a, b);
}
SQL_FUNCTION(1062, "aclitemeq", bool, (aclitem, aclitem), IMMUTABLE | STRICT, aclitem_same, "equal")
SQL_OPERATOR(974, "=", aclitem, aclitem, bool, aclitemeq, .commutator = 974, .hash = true,
             .restrict_by = "eqsel", .join_by = "eqjoinsel")

/* As partitions of PostgreSQL's users have it: all of the item's numbers added up. */
static uint32_t item_sum(Str s)
{
    const AclItem item = item_of_str(s);
    return item.privileges + item.grantee + item.grantor;
}
SQL_EXPRESSION(329, "hash_aclitem", int4, (aclitem), IMMUTABLE | STRICT, (int32_t)item_sum(a),
               "hash")
SQL_EXPRESSION(777, "hash_aclitem_extended", int8, (aclitem, int8), IMMUTABLE | STRICT,
               b ? (int64_t)hash_pg_u32_extended(item_sum(a), (uint64_t)b) : (int64_t)item_sum(a),
               "hash with a seed")
SQL_OPFAMILY(2235, hash, "aclitem_ops")
SQL_OPCLASS(10059, hash, "aclitem_ops", 2235, aclitem, .fallback = true)
SQL_FAMILY_OPERATOR(2235, aclitem, aclitem, 1, 974)
SQL_FAMILY_FUNCTION(2235, aclitem, aclitem, 1, 329)
SQL_FAMILY_FUNCTION(2235, aclitem, aclitem, 2, 777)

static bool acl_contains(Fn *fn, Str list, Str item)
{
    AclItem *items;
    const AclItem wanted = item_of_str(item);
    const uint32_t count = cat_acl_read(fn->arena, list, &items);
    for (uint32_t i = 0; i < count; i++)
        if (items[i].grantee == wanted.grantee && items[i].grantor == wanted.grantor &&
            (items[i].privileges & wanted.privileges) == wanted.privileges &&
            (items[i].grantable & wanted.grantable) == wanted.grantable)
            return true;
    return false;
}
SQL_FUNCTION(1037, "aclcontains", bool, (_aclitem, aclitem), IMMUTABLE | STRICT, acl_contains,
             "does a list hold what an entry gives")
SQL_OPERATOR(968, "@>", _aclitem, aclitem, bool, aclcontains, .restrict_by = "contsel",
             .join_by = "contjoinsel")

static Str acl_default(Fn *fn, int16_t kind, Oid owner)
{
    static const struct {
        char kind;
        Oid class_;
        char relkind;
    } kinds[] = {{'c', CLASS_PG_ATTRIBUTE, 0},
                 {'r', CLASS_PG_CLASS, 'r'},
                 {'s', CLASS_PG_CLASS, 'S'},
                 {'d', CLASS_PG_DATABASE, 0},
                 {'f', CLASS_PG_PROC, 0},
                 {'l', CLASS_PG_LANGUAGE, 0},
                 {'L', CLASS_PG_LARGEOBJECT, 0},
                 {'n', CLASS_PG_NAMESPACE, 0},
                 {'p', CLASS_PG_PARAMETER_ACL, 0},
                 {'t', CLASS_PG_TABLESPACE, 0},
                 {'F', CLASS_PG_FOREIGN_DATA_WRAPPER, 0},
                 {'S', CLASS_PG_FOREIGN_SERVER, 0},
                 {'T', CLASS_PG_TYPE, 0}};
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        if (kinds[i].kind != (char)kind) continue;
        AclItem items[2];
        const uint32_t count = kinds[i].kind == 'c'
                                   ? 0
                                   : cat_acl_default(kinds[i].class_, kinds[i].relkind, owner,
                                                     items);
        const Datum list = cat_acl_build(fn->arena, items, count);
        return str_copy(fn->arena, datum_text(&list));
    }
    raise_error(SQLSTATE_INTERNAL_ERROR, "unrecognized object type abbreviation: %c", (char)kind);
}
SQL_FUNCTION(3943, "acldefault", _aclitem, (char, oid), IMMUTABLE | STRICT, acl_default,
             "access list that an object without one has")

static Str make_item(Fn *fn, Oid grantee, Oid grantor, Str names, bool grantable)
{
    AclItem item = {grantee, grantor, 0, 0};
    size_t from = 0;
    for (size_t i = 0; i <= names.bytes; i++) {
        if (i < names.bytes && names.data[i] != ',') continue;
        const Str word = str_trim(str_slice(names, from, i), " \t\r\n");
        size_t p = 0;
        while (p < ARRAY_LEN(privileges) &&
               !str_equal_ascii_nocase(str_from(privileges[p].name), word))
            p++;
        if (str_equal_ascii_nocase(word, STR("TEMP"))) p = 10;
        if (p == ARRAY_LEN(privileges))
            raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "unrecognized privilege type: \"%.*s\"",
                        STR_ARG(word));
        item.privileges |= 1u << p;
        from = i + 1;
    }
    if (grantable) item.grantable = item.privileges;
    const StrView view = item_view(fn->arena, item);
    return str_copy(fn->arena, strview_str(&view));
}
SQL_FUNCTION(1365, "makeaclitem", aclitem, (oid, oid, text, bool), IMMUTABLE | STRICT, make_item,
             "an entry of an access list from its parts")

typedef struct Explode {
    AclItem *items;
    uint32_t count, at, bit;
} Explode;

static bool acl_explode(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    Explode *e = set->state;
    (void)fn;
    if (!e) {
        e = set->state = ARENA_NEW(set->arena, Explode);
        e->count = cat_acl_read(set->arena, datum_text(&args[0]), &e->items);
    }
    for (; e->at < e->count; e->at++, e->bit = 0)
        for (; e->bit < ARRAY_LEN(privileges); e->bit++) {
            const AclItem *item = &e->items[e->at];
            if (!(item->privileges >> e->bit & 1)) continue;
            columns[0] = datum_oid(item->grantor);
            columns[1] = datum_oid(item->grantee);
            columns[2] = datum_str(str_from(privileges[e->bit].name));
            columns[3] = datum_bool(item->grantable >> e->bit & 1);
            e->bit++;
            return true;
        }
    return false;
}
SQL_FUNCTION_SET(1689, "aclexplode", record, (_aclitem), STABLE | STRICT, acl_explode,
                 "entries of an access list, a privilege a row")
SQL_FACTS(
    1689, .rows = 10,
    .arguments =
        "acl _aclitem, OUT grantor oid, OUT grantee oid, OUT privilege_type text, OUT is_grantable bool")

/* GRANT and REVOKE change lists of privileges; these do not any more. */
static Str acl_refuse(const Fn *fn)
{
    raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "%s is no longer supported", fn->function->name);
}

SQL_EXPRESSION(1035, "aclinsert", _aclitem, (_aclitem, aclitem), IMMUTABLE | STRICT,
               ((void)a, (void)b, acl_refuse(fn)), "refused: use GRANT")
SQL_EXPRESSION(1036, "aclremove", _aclitem, (_aclitem, aclitem), IMMUTABLE | STRICT,
               ((void)a, (void)b, acl_refuse(fn)), "refused: use REVOKE")
SQL_OPERATOR(966, "+", _aclitem, aclitem, _aclitem, aclinsert)
SQL_OPERATOR(967, "-", _aclitem, aclitem, _aclitem, aclremove)
