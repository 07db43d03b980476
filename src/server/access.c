/* SPDX-License-Identifier: Apache-2.0 */
/* access.c - pg_hba.conf and pg_ident.conf: fields of lines, lists in fields, files in lists, and the first match.
 *
 *     field    item { , item }     item   word | "quoted word" | @file
 *     hba      type databases users [address [mask]] method { option=value }
 *     ident    map system-user database-user
 *
 * A name that begins with a slash is a regular expression. A quoted word has no other special meaning. A backslash at a
 * line's end goes on with the next. `include`, `include_if_exists` and `include_dir` stand for lines of other files. */
#include "server/access.h"

#include "base/task.h"
#include "os/file.h"
#include "server/access_internal.h"
#include "type/regex.h"

enum { ACCESS_FILE_BYTES_MAX = 16 << 20, ACCESS_DEPTH_MAX = 10, ACCESS_FIELDS_MAX = 256 };

typedef struct Reader {
    Access *access;
    bool ident; /* which of the two files */
    const char *file;
    Str text, raw;
    size_t at;
    int line, depth;
    bool good;
    AccessComplaint complain;
    void *arg;
    Field fields[ACCESS_FIELDS_MAX];
    uint32_t field_count;
} Reader;

static void read_file(const Reader *outer, const char *path, bool optional, bool *good);

/* ---- complaints */

static bool wrong(Reader *r, const char *format, ...) PRINTF_LIKE(2, 3);
static bool wrong(Reader *r, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    Str message = str_format_va(r->access->arena, format, args);
    va_end(args);
    r->good = false;
    if (r->complain) r->complain(r->arg, r->file, r->line, message);
    return false;
}

/* ---- fields */

static void field_add(Arena *arena, Field *field, Item item)
{
    if (field->count == field->capacity) {
        uint32_t capacity = MAX(2, 2 * field->capacity);
        field->items = arena_grow(arena, field->items, field->count * sizeof(Item),
                                  capacity * sizeof(Item));
        field->capacity = capacity;
    }
    field->items[field->count++] = item;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* One word up to space, comma or comment; *quoted when any of it was in quotes at its start. */
static Item read_word(Arena *arena, Str line, size_t *at)
{
    StrBuilder out = str_builder(arena, 16);
    bool in_quotes = false;
    Item item = {.quoted = line.data[*at] == '"'};
    for (; *at < line.bytes; ++*at) {
        char c = line.data[*at];
        if (!in_quotes && (is_space(c) || c == ',' || c == '#')) break;
        if (c == '"') {
            bool doubled = in_quotes && *at + 1 < line.bytes && line.data[*at + 1] == '"';
            if (!doubled) {
                in_quotes = !in_quotes;
                continue;
            }
            ++*at;
        }
        str_add_char(&out, c);
    }
    item.text = str_done(&out);
    return item;
}

static char *beside(const Reader *r, Str name)
{
    Str file = str_from(r->file);
    size_t slash = file.bytes;
    while (slash > 0 && file.data[slash - 1] != '/') slash--;
    if (name.bytes > 0 && name.data[0] == '/') return str_copy_zero(r->access->arena, name);
    return str_copy_zero(r->access->arena,
                         str_concat(r->access->arena, str_slice(file, 0, slash), name));
}

/* "@file": its words stand in the list. */
static void add_file_items(Reader *r, Field *field, Str name)
{
    Str text;
    const char *path = beside(r, name);
    Status status = os_file_read_all(r->access->arena, path, ACCESS_FILE_BYTES_MAX, &text);
    if (status == ST_NO_MEMORY) raise_status(status);
    if (status != OK) {
        (void)wrong(r, "could not open file \"%s\": %s", path, status_text(status));
        return;
    }
    for (size_t at = 0; at < text.bytes;) {
        char c = text.data[at];
        task_check();
        if (c == '#') {
            while (at < text.bytes && text.data[at] != '\n') at++;
        } else if (is_space(c) || c == ',' || c == '\n') {
            at++;
        } else {
            size_t end = at;
            while (end < text.bytes && text.data[end] != '\n') end++;
            Str line = str_slice(text, 0, end);
            field_add(r->access->arena, field, read_word(r->access->arena, line, &at));
        }
    }
}

static void read_field(Reader *r, Str line, size_t *at, Field *field)
{
    *field = (Field){0};
    for (;;) {
        Item item = read_word(r->access->arena, line, at);
        bool file = !item.quoted && item.text.bytes > 1 && item.text.data[0] == '@';
        if (file)
            add_file_items(r, field, str_slice(item.text, 1, item.text.bytes));
        else
            field_add(r->access->arena, field, item);
        size_t next = *at;
        while (next < line.bytes && is_space(line.data[next])) next++;
        /* A list goes on behind a comma, which may stand apart only at a word's end. */
        if (*at == line.bytes || line.data[*at] != ',') return;
        *at += 1;
        while (*at < line.bytes && is_space(line.data[*at])) ++*at;
        if (*at == line.bytes || line.data[*at] == '#') return;
    }
}

static bool split_line(Reader *r, Str line)
{
    r->field_count = 0;
    for (size_t at = 0;;) {
        while (at < line.bytes && is_space(line.data[at])) at++;
        if (at >= line.bytes || line.data[at] == '#') return true;
        if (line.data[at] == ',') {
            at++;
            continue;
        }
        if (r->field_count == ACCESS_FIELDS_MAX)
            return wrong(r, "authentication file line too long");
        read_field(r, line, &at, &r->fields[r->field_count++]);
    }
}

static Str field_text(const Reader *r, uint32_t n)
{
    return r->fields[n].count ? r->fields[n].items[0].text : (Str){0};
}

/* ---- pg_hba.conf */

static const char *const type_words[] = {"local",     "host",       "hostssl",
                                         "hostnossl", "hostgssenc", "hostnogssenc"};

const char *access__type_word(HbaType type)
{
    return type_words[type];
}

static bool parse_type(Reader *r, HbaLine *line)
{
    Str word = field_text(r, 0);
    if (r->fields[0].count > 1) return wrong(r, "multiple values specified for connection type");
    for (size_t i = 0; i < ARRAY_LEN(type_words); i++) {
        if (!str_equal(word, str_from(type_words[i]))) continue;
        line->type = (HbaType)i;
        return true;
    }
    return wrong(r, "invalid connection type \"%.*s\"", STR_ARG(word));
}

/* One match of a pattern; without text, it is only compiled. */
typedef struct NameMatch {
    Arena *arena;
    Str pattern, text;
    uint32_t groups;
    RegexSpan *spans;
    bool found;
} NameMatch;

static void match_name(void *arg)
{
    NameMatch *match = arg;
    Fn fn = {.arena = match->arena, .site = match->arena};
    Regex *regex = regex_get(&fn, match->pattern, (RegexOptions){.ascii = true});
    match->groups = regex_groups(regex);
    match->spans = ARENA_ARRAY(match->arena, RegexSpan, match->groups + 1);
    match->found = match->text.data && regex_find(regex, match->text, 0, match->spans, true);
}

static bool is_pattern(const Item *item)
{
    return str_starts(item->text, STR("/"));
}

static Str pattern_of(const Item *item)
{
    return str_slice(item->text, 1, item->text.bytes);
}

/* Names that are regular expressions must be some. */
static bool check_names(Reader *r, const Field *field)
{
    for (uint32_t i = 0; i < field->count; i++) {
        if (!is_pattern(&field->items[i])) continue;
        NameMatch match = {.arena = r->access->arena, .pattern = pattern_of(&field->items[i])};
        Error *error;
        size_t colon;
        if (error_catch(match_name, &match, r->access->arena, &error)) continue;
        Str why = error->message;
        if (str_find(why, STR(": "), &colon)) why = str_slice(why, colon + 2, why.bytes);
        return wrong(r, "invalid regular expression \"%.*s\": %.*s", STR_ARG(match.pattern),
                     STR_ARG(why));
    }
    return true;
}

static bool mask_of_bits(Reader *r, HbaLine *line, Str bits)
{
    uint64_t count;
    uint32_t most = line->network.kind == SOCKET_IPV4 ? 32 : 128;
    if (!str_to_u64(bits, 10, &count) || count > most)
        return wrong(r, "invalid CIDR mask in address \"%.*s\"", STR_ARG(field_text(r, 3)));
    line->mask = (SocketAddress){.kind = line->network.kind};
    for (uint32_t i = 0; i < count; i++) line->mask.ip[i / 8] |= (uint8_t)(0x80 >> i % 8);
    return true;
}

static bool parse_network(Reader *r, HbaLine *line, Str text, uint32_t *field)
{
    size_t slash = text.bytes;
    bool cidr = str_find_char(text, '/', &slash);
    Str host = str_slice(text, 0, slash);
    if (!socket_address_parse(host, 0, &line->network)) {
        line->where = WHERE_HOST;
        line->host = text;
        return !cidr || wrong(r, "specifying both host name and CIDR mask is invalid: \"%.*s\"",
                              STR_ARG(text));
    }
    if (cidr) return mask_of_bits(r, line, str_slice(text, slash + 1, text.bytes));
    if (r->field_count <= 4) return wrong(r, "end-of-line before netmask specification");
    Str mask = field_text(r, ++*field);
    if (!socket_address_parse(mask, 0, &line->mask))
        return wrong(r, "invalid IP mask \"%.*s\": Name or service not known", STR_ARG(mask));
    if (line->mask.kind != line->network.kind) return wrong(r, "IP address and mask do not match");
    return true;
}

static bool parse_address(Reader *r, HbaLine *line, uint32_t *field)
{
    Str text = field_text(r, *field);
    bool quoted = r->fields[*field].items[0].quoted;
    if (r->fields[*field].count > 1) return wrong(r, "multiple values specified for host address");
    line->where = quoted                             ? WHERE_NETWORK
                  : str_equal(text, STR("all"))      ? WHERE_ANY
                  : str_equal(text, STR("samehost")) ? WHERE_OWN
                  : str_equal(text, STR("samenet"))  ? WHERE_OWN_NETS
                                                     : WHERE_NETWORK;
    return line->where != WHERE_NETWORK || parse_network(r, line, text, field);
}

static bool parse_method(Reader *r, HbaLine *line, uint32_t field)
{
    static const struct {
        const char *name;
        bool built;
    } methods[] = {
#define AUTH_METHOD_ROW(NAME, text, built) {text, built},
        AUTH_METHODS(AUTH_METHOD_ROW)
#undef AUTH_METHOD_ROW
    };
    Str name = field_text(r, field);
    for (size_t i = 0; i < ARRAY_LEN(methods); i++) {
        if (!str_equal(name, str_from(methods[i].name))) continue;
        line->rule.method = (AuthMethod)i;
        if (!methods[i].built)
            return wrong(r, "invalid authentication method \"%.*s\": not supported by this build",
                         STR_ARG(name));
        if (line->rule.method == AUTH_PEER && line->type != HBA_LOCAL)
            return wrong(r, "peer authentication is only supported on local sockets");
        if (line->rule.method == AUTH_CERT && line->type != HBA_HOSTSSL)
            return wrong(r, "cert authentication is only supported on hostssl connections");
        if (line->rule.method == AUTH_CERT) line->rule.client_cert = CLIENT_CERT_VERIFY_FULL;
        return true;
    }
    return wrong(r, "invalid authentication method \"%.*s\"", STR_ARG(name));
}

static bool parse_client_cert(Reader *r, HbaLine *line, Str value)
{
    if (line->type != HBA_HOSTSSL)
        return wrong(r, "clientcert can only be configured for \"hostssl\" rows");
    if (str_equal(value, STR("verify-full")))
        line->rule.client_cert = CLIENT_CERT_VERIFY_FULL;
    else if (!str_equal(value, STR("verify-ca")))
        return wrong(r, "invalid value for clientcert: \"%.*s\"", STR_ARG(value));
    else if (line->rule.method == AUTH_CERT)
        return wrong(r,
                     "clientcert only accepts \"verify-full\" when using \"cert\" authentication");
    else
        line->rule.client_cert = CLIENT_CERT_VERIFY_CA;
    return true;
}

static bool parse_option(Reader *r, HbaLine *line, Str option)
{
    size_t equals;
    if (!str_find_char(option, '=', &equals))
        return wrong(r, "authentication option not in name=value format: %.*s", STR_ARG(option));
    Str name = str_slice(option, 0, equals), value = str_slice(option, equals + 1, option.bytes);
    bool cert = line->rule.method == AUTH_CERT;
    if (str_equal(name, STR("map"))) {
        if (!cert && line->rule.method != AUTH_PEER)
            return wrong(r,
                         "authentication option \"map\" is only valid for authentication methods "
                         "ident, peer, gssapi, sspi, cert, and oauth");
        line->rule.map = value;
        return true;
    }
    if (str_equal(name, STR("clientcert"))) return parse_client_cert(r, line, value);
    if (str_equal(name, STR("clientname"))) {
        line->rule.client_name_dn = str_equal(value, STR("DN"));
        if (line->type != HBA_HOSTSSL)
            return wrong(r, "clientname can only be configured for \"hostssl\" rows");
        return line->rule.client_name_dn || str_equal(value, STR("CN")) ||
               wrong(r, "invalid value for clientname: \"%.*s\"", STR_ARG(value));
    }
    return wrong(r, "unrecognized authentication option name: \"%.*s\"", STR_ARG(name));
}

static bool parse_hba(Reader *r, HbaLine *line)
{
    static const char *const missing[] = {"database specification", "role specification",
                                          "IP address specification"};
    uint32_t field = 3;
    if (!parse_type(r, line)) return false;
    uint32_t needed = line->type == HBA_LOCAL ? 3 : 4;
    if (r->field_count < needed)
        return wrong(r, "end-of-line before %s", missing[r->field_count - 1]);
    line->databases = r->fields[1];
    line->users = r->fields[2];
    if (!check_names(r, &line->databases) || !check_names(r, &line->users)) return false;
    if (line->type != HBA_LOCAL) {
        if (!parse_address(r, line, &field)) return false;
        field++;
    }
    if (r->field_count <= field) return wrong(r, "end-of-line before authentication method");
    if (!parse_method(r, line, field)) return false;
    line->rule.file = str_from(r->file);
    line->rule.text = r->raw;
    line->rule.line = r->line;
    for (field++; field < r->field_count; field++)
        for (uint32_t i = 0; i < r->fields[field].count; i++)
            if (!parse_option(r, line, r->fields[field].items[i].text)) return false;
    return true;
}

static void add_hba(Reader *r)
{
    Access *a = r->access;
    HbaLine line = {0};
    if (!parse_hba(r, &line)) return;
    if (a->hba_count == a->hba_capacity) {
        uint32_t capacity = MAX(16, 2 * a->hba_capacity);
        a->hba = arena_grow(a->arena, a->hba, a->hba_count * sizeof(HbaLine),
                            capacity * sizeof(HbaLine));
        a->hba_capacity = capacity;
    }
    a->hba[a->hba_count++] = line;
}

/* ---- pg_ident.conf */

static void add_ident(Reader *r)
{
    Access *a = r->access;
    for (uint32_t i = 0; i < r->field_count; i++) {
        if (r->fields[i].count > 1) {
            (void)wrong(r, "multiple values in ident field");
            return;
        }
        if (!check_names(r, &r->fields[i])) return;
    }
    if (r->field_count < 3) {
        (void)wrong(r, "missing entry at end of line");
        return;
    }
    if (a->ident_count == a->ident_capacity) {
        uint32_t capacity = MAX(16, 2 * a->ident_capacity);
        a->ident = arena_grow(a->arena, a->ident, a->ident_count * sizeof(IdentLine),
                              capacity * sizeof(IdentLine));
        a->ident_capacity = capacity;
    }
    a->ident[a->ident_count++] = (IdentLine){field_text(r, 0), r->fields[1].items[0],
                                             r->fields[2].items[0], str_from(r->file), r->line};
}

/* ---- lines and files */

static void include_folder(Reader *r, Str name)
{
    Str *names;
    uint32_t count;
    const char *path = beside(r, name);
    Status status = os_dir_list(r->access->arena, path, &names, &count);
    if (status != OK) {
        (void)wrong(r, "could not open directory \"%s\": %s", path, status_text(status));
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (names[i].data[0] == '.' || !str_ends(names[i], STR(".conf"))) continue;
        Str file = str_format(r->access->arena, "%s/%.*s", path, STR_ARG(names[i]));
        read_file(r, str_copy_zero(r->access->arena, file), false, &r->good);
    }
}

static bool follow_include(Reader *r)
{
    Str word = field_text(r, 0);
    bool optional = str_equal(word, STR("include_if_exists"));
    bool folder = str_equal(word, STR("include_dir"));
    if (r->field_count != 2 || (!optional && !folder && !str_equal(word, STR("include"))))
        return false;
    if (folder)
        include_folder(r, field_text(r, 1));
    else
        read_file(r, beside(r, field_text(r, 1)), optional, &r->good);
    return true;
}

/* The next line, with those that a backslash joins to it; r->line counts the first of them. */
static Str next_line(Reader *r, int *lines)
{
    StrBuilder joined = str_builder(r->access->arena, 0);
    for (*lines = 0;;) {
        size_t from = r->at;
        while (r->at < r->text.bytes && r->text.data[r->at] != '\n') r->at++;
        Str line = str_slice(r->text, from, r->at);
        if (line.bytes > 0 && line.data[line.bytes - 1] == '\r') line.bytes--;
        r->at++;
        ++*lines;
        bool goes_on = line.bytes > 0 && line.data[line.bytes - 1] == '\\' && r->at < r->text.bytes;
        if (!goes_on && str_peek(&joined).bytes == 0) return line;
        str_add(&joined, str_slice(line, 0, line.bytes - goes_on));
        if (!goes_on) return str_done(&joined);
    }
}

static void parse_text(Reader *r)
{
    int lines = 0;
    for (r->line = 1; r->at < r->text.bytes; r->line += lines) {
        task_check();
        Str line = next_line(r, &lines);
        r->raw = line;
        if (!split_line(r, line) || r->field_count == 0) continue;
        if (follow_include(r)) continue;
        if (r->ident)
            add_ident(r);
        else
            add_hba(r);
    }
}

static void read_file(const Reader *outer, const char *path, bool optional, bool *good)
{
    Reader *r = arena_alloc_zero(outer->access->arena, sizeof(Reader));
    *r = (Reader){.access = outer->access,
                  .ident = outer->ident,
                  .file = path,
                  .good = true,
                  .depth = outer->depth + 1,
                  .complain = outer->complain,
                  .arg = outer->arg};
    if (r->depth > ACCESS_DEPTH_MAX) {
        (void)wrong(r, "could not open file \"%s\": maximum nesting depth exceeded", path);
    } else {
        Status status = os_file_read_all(r->access->arena, path, ACCESS_FILE_BYTES_MAX, &r->text);
        if (status == ST_NO_MEMORY) raise_status(status);
        if (status == OK)
            parse_text(r);
        else if (!(status == ST_NOT_FOUND && optional))
            (void)wrong(r, "could not open file \"%s\": %s", path,
                        status == ST_NOT_FOUND ? "No such file or directory" : status_text(status));
    }
    *good = *good && r->good;
}

bool access__read_file(Access *access, const char *path, bool ident, AccessComplaint complain,
                       void *arg)
{
    const Reader outer = {.access = access, .ident = ident, .complain = complain, .arg = arg};
    bool good = true;
    read_file(&outer, path, ident, &good);
    return good;
}

typedef struct ReadCall {
    Account *account;
    const char *paths[2];
    Str texts[2];
    AccessComplaint complain;
    void *arg;
    Access *access;
    bool good;
} ReadCall;

static void read_both(void *arg)
{
    ReadCall *call = arg;
    Arena *arena = call->access->arena;
    for (int i = 0; i < 2; i++) {
        Reader *r = arena_alloc_zero(arena, sizeof(Reader));
        *r = (Reader){.access = call->access,
                      .ident = i == 1,
                      .file = "",
                      .text = call->texts[i],
                      .good = true,
                      .complain = call->complain,
                      .arg = call->arg};
        if (call->paths[i])
            read_file(r, str_copy_zero(arena, str_from(call->paths[i])), i == 1, &r->good);
        else
            parse_text(r);
        call->good = call->good && r->good;
    }
}

static Access *read_access(ReadCall *call)
{
    Arena *arena = arena_new(call->account, "access");
    call->access = arena_try_alloc_zero(arena, sizeof(Access));
    call->good = true;
    Error *error = NULL;
    if (call->access) {
        *call->access = (Access){.arena = arena, .holders = 1};
        if (error_catch(read_both, call, NULL, &error) && call->good) return call->access;
    }
    arena_drop(arena);
    if (error) error_raise_again(error);
    return NULL;
}

Access *access_read(Account *account, const char *hba_path, const char *ident_path,
                    AccessComplaint complain, void *arg)
{
    ReadCall call = {.account = account,
                     .paths = {hba_path, ident_path},
                     .complain = complain,
                     .arg = arg};
    return read_access(&call);
}

Access *access_parse(Account *account, Str hba, Str ident, AccessComplaint complain, void *arg)
{
    ReadCall call = {.account = account, .texts = {hba, ident}, .complain = complain, .arg = arg};
    return read_access(&call);
}

Access *access_hold(Access *access)
{
    atomic_fetch_add_explicit(&access->holders, 1, memory_order_relaxed);
    return access;
}

void access_release(Access *access)
{
    if (access && atomic_fetch_sub_explicit(&access->holders, 1, memory_order_acq_rel) == 1)
        arena_drop(access->arena);
}

/* ---- the first match */

static bool type_fits(const HbaLine *line, const AccessQuery *q)
{
    bool local = q->address->kind == SOCKET_UNIX;
    switch (line->type) {
    case HBA_LOCAL: return local;
    case HBA_HOST:
    case HBA_HOSTNOGSS: return !local;
    case HBA_HOSTSSL: return !local && q->tls;
    case HBA_HOSTNOSSL: return !local && !q->tls;
    case HBA_HOSTGSS: return false;
    }
    UNREACHABLE();
}

/* An IPv4 address that came through an IPv6 socket is itself. */
static bool as_ipv4(const SocketAddress *address, uint8_t ip[4])
{
    static const uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    bool inside = address->kind == SOCKET_IPV6 && memcmp(address->ip, mapped, 12) == 0;
    if (address->kind != SOCKET_IPV4 && !inside) return false;
    memcpy(ip, address->ip + (inside ? 12 : 0), 4);
    return true;
}

static bool network_fits(const SocketAddress *network, const SocketAddress *mask,
                         const SocketAddress *address)
{
    uint8_t ip[16];
    size_t bytes = network->kind == SOCKET_IPV4 ? 4 : 16;
    if (bytes == 4 && !as_ipv4(address, ip)) return false;
    if (bytes == 16 && address->kind != SOCKET_IPV6) return false;
    if (bytes == 16) memcpy(ip, address->ip, 16);
    for (size_t i = 0; i < bytes; i++)
        if ((ip[i] ^ network->ip[i]) & mask->ip[i]) return false;
    return true;
}

static bool same_address(const SocketAddress *a, const SocketAddress *b)
{
    SocketAddress whole = {.kind = a->kind};
    memset(whole.ip, 0xff, sizeof whole.ip);
    return network_fits(a, &whole, b);
}

/* Is the address one of the machine's own, or on a network of those? */
static bool is_own(const AccessQuery *q, bool nets)
{
    NetAddress *own;
    uint32_t count;
    if (os_net_addresses(q->arena, &own, &count) != OK) return false;
    for (uint32_t i = 0; i < count; i++)
        if (nets ? network_fits(&own[i].address, &own[i].mask, q->address)
                 : same_address(&own[i].address, q->address))
            return true;
    return false;
}

/* The network's name of the client must be the line's, and the name lead back to the client: who answers for his own
 * addresses may claim any name. */
static bool host_fits(const HbaLine *line, const AccessQuery *q)
{
    Str name;
    SocketAddress *addresses;
    uint32_t count;
    if (os_socket_host_name(q->arena, q->address, &name) != OK) return false;
    const bool of_domain = str_starts(line->host, STR("."));
    const size_t from = of_domain && name.bytes > line->host.bytes ? name.bytes - line->host.bytes
                                                                   : 0;
    if (!str_equal_ascii_nocase(str_slice(name, from, name.bytes), line->host)) return false;
    if (os_socket_resolve(q->arena, str_copy_zero(q->arena, name), 0, &addresses, &count) != OK)
        return false;
    for (uint32_t i = 0; i < count; i++)
        if (same_address(&addresses[i], q->address)) return true;
    return false;
}

static bool address_fits(const HbaLine *line, const AccessQuery *q)
{
    if (line->type == HBA_LOCAL) return true;
    switch (line->where) {
    case WHERE_ANY: return true;
    case WHERE_NETWORK: return network_fits(&line->network, &line->mask, q->address);
    case WHERE_OWN: return is_own(q, false);
    case WHERE_OWN_NETS: return is_own(q, true);
    case WHERE_HOST: return host_fits(line, q);
    }
    UNREACHABLE();
}

static bool is_word(const Item *item, const char *word)
{
    return !item->quoted && str_equal(item->text, str_from(word));
}

/* By the pattern, or the same name. */
static bool name_fits(const Item *item, Str name, Arena *arena)
{
    if (!is_pattern(item)) return str_equal(item->text, name);
    NameMatch match = {.arena = arena, .pattern = pattern_of(item), .text = name};
    match_name(&match);
    return match.found;
}

static bool database_fits(const HbaLine *line, const AccessQuery *q)
{
    for (uint32_t i = 0; i < line->databases.count; i++) {
        const Item *item = &line->databases.items[i];
        if (q->replication) {
            if (is_word(item, "replication")) return true;
        } else if (is_word(item, "all")) {
            return true;
        } else if (is_word(item, "sameuser")) {
            if (str_equal(q->database, q->user)) return true;
        } else if (is_word(item, "samerole") || is_word(item, "samegroup")) {
            if (q->is_member(q->arg, q->database)) return true;
        } else if (!is_word(item, "replication") && name_fits(item, q->database, q->arena)) {
            return true;
        }
    }
    return false;
}

static bool role_fits(const Item *item, const AccessQuery *q)
{
    if (!item->quoted && item->text.bytes > 1 && item->text.data[0] == '+')
        return q->is_member(q->arg, str_slice(item->text, 1, item->text.bytes));
    return is_word(item, "all") || name_fits(item, q->user, q->arena);
}

static bool user_fits(const HbaLine *line, const AccessQuery *q)
{
    for (uint32_t i = 0; i < line->users.count; i++)
        if (role_fits(&line->users.items[i], q)) return true;
    return false;
}

const AccessRule *access_find(const Access *access, const AccessQuery *query)
{
    for (uint32_t i = 0; i < access->hba_count; i++) {
        const HbaLine *line = &access->hba[i];
        if (type_fits(line, query) && address_fits(line, query) && database_fits(line, query) &&
            user_fits(line, query))
            return &line->rule;
    }
    return NULL;
}

/* Does the line speak of the system's user, and of the query's? What the pattern's first group took stands in place of
 * \\1 in the name of the database user, which then is nothing but a name: "all", "+group" and "/pattern" would be the
 * system user's own choice. */
static bool ident_fits(const IdentLine *line, Str system_user, const AccessQuery *query)
{
    size_t at;
    const Str user = line->user.text;
    if (!is_pattern(&line->system_user))
        return str_equal(line->system_user.text, system_user) && role_fits(&line->user, query);
    NameMatch match = {.arena = query->arena,
                       .pattern = pattern_of(&line->system_user),
                       .text = system_user};
    match_name(&match);
    if (!match.found) return false;
    if (is_pattern(&line->user) || !str_find(user, STR("\\1"), &at))
        return role_fits(&line->user, query);
    /* Without a first group, there is nothing to put there. */
    if (match.groups == 0 || match.spans[1].from == SIZE_MAX) return false;
    const Str name = str_format(query->arena, "%.*s%.*s%.*s", STR_ARG(str_slice(user, 0, at)),
                                STR_ARG(
                                    str_slice(system_user, match.spans[1].from, match.spans[1].to)),
                                STR_ARG(str_slice(user, at + 2, user.bytes)));
    return str_equal(name, query->user);
}

bool access_map(const Access *access, Str map, Str system_user, const AccessQuery *query)
{
    if (map.bytes == 0) return str_equal(system_user, query->user);
    for (uint32_t i = 0; i < access->ident_count; i++) {
        const IdentLine *line = &access->ident[i];
        if (str_equal(line->map, map) && ident_fits(line, system_user, query)) return true;
    }
    return false;
}
