/* SPDX-License-Identifier: Apache-2.0 */
/* pg_hba.conf, pg_ident.conf, and the methods by which a client proves who he is. */
#include "harness.h"

#include "session/scram.h"

/* ---- the files */

typedef struct Sample {
    const char *file, *host, *database, *user;
    bool tls;
    int line; /* of the rule found; 0: none; -1: the file is wrong */
} Sample;

static const Sample samples[] = {
    {"local all all trust", "[local]", "d", "u", false, 1},
    {"local all all trust", "1.2.3.4", "d", "u", false, 0},
    {"host all all 10.0.0.0/8 trust", "10.255.1.2", "d", "u", false, 1},
    {"host all all 10.0.0.0/8 trust", "11.0.0.1", "d", "u", false, 0},
    {"host all all 10.0.0.0 255.255.255.0 trust", "10.0.0.77", "d", "u", false, 1},
    {"host all all 10.0.0.0 255.255.255.0 trust", "10.0.1.77", "d", "u", false, 0},
    {"host all all ::1/128 trust", "::1", "d", "u", false, 1},
    {"host all all 2001:db8::/33 trust", "2001:db8:7fff::1", "d", "u", false, 1},
    {"host all all 2001:db8::/33 trust", "2001:db8:8000::1", "d", "u", false, 0},
    {"host all all 10.0.0.0/8 trust", "::ffff:10.1.2.3", "d", "u", false, 1},
    {"host all all 0.0.0.0/0 trust", "::1", "d", "u", false, 0},
    {"hostssl all all all trust\nhostnossl all all all trust", "1.1.1.1", "d", "u", false, 2},
    {"hostssl all all all trust\nhostnossl all all all trust", "1.1.1.1", "d", "u", true, 1},
    {"hostgssenc all all all trust\nhostnogssenc all all all trust", "1.1.1.1", "d", "u", true, 2},
    {"# c\n\nhost d1,d2 , d3 all all trust # more", "1.1.1.1", "d3", "u", false, -1},
    {"# c\n\nhost d1,d2, d3 u all trust # more", "1.1.1.1", "d3", "u", false, 3},
    {"host \"all\" all all trust", "1.1.1.1", "d", "u", false, 0},
    {"host \"all\" all all trust", "1.1.1.1", "all", "u", false, 1},
    {"host sameuser all all trust", "1.1.1.1", "u", "u", false, 1},
    {"host sameuser all all trust", "1.1.1.1", "v", "u", false, 0},
    {"host samerole all all trust", "1.1.1.1", "group", "u", false, 1},
    {"host samegroup all all trust", "1.1.1.1", "other", "u", false, 0},
    {"host all +group all trust", "1.1.1.1", "d", "u", false, 1},
    {"host all +other all trust", "1.1.1.1", "d", "u", false, 0},
    {"host all \"+group\" all trust", "1.1.1.1", "d", "u", false, 0},
    {"host replication all all trust", "1.1.1.1", "replication", "u", false, 0},
    {"host all all \\\n all \\\n md5\nhost all all all trust", "1.1.1.1", "d", "u", false, 1},
    {"host all \"a \"\"b\"\"\" all trust", "1.1.1.1", "d", "a \"b\"", false, 1},
    {"hostssl all all all cert map=m clientname=DN", "1.1.1.1", "d", "u", true, 1},
    {"hostssl all all all md5 clientcert=verify-ca", "1.1.1.1", "d", "u", true, 1},
    {"nonsense all all trust", "", "", "", false, -1},
    {"host all all", "", "", "", false, -1},
    {"local", "", "", "", false, -1},
    {"host all all all", "", "", "", false, -1},
    {"host all all 10.0.0.0/33 trust", "", "", "", false, -1},
    {"host all all 10.0.0.0 trust", "", "", "", false, -1},
    {"host all all 10.0.0.0 ::1 trust", "", "", "", false, -1},
    {"host all all example.com trust", "127.0.0.1", "d", "u", false, 0},
    {"host all all .example.com trust", "127.0.0.1", "d", "u", false, 0},
    {"host all all example.com/8 trust", "", "", "", false, -1},
    {"host all all samehost reject", "127.0.0.1", "d", "u", false, 1},
    {"host all all samehost reject", "::ffff:127.0.0.1", "d", "u", false, 1},
    {"host all all samehost reject", "203.0.113.9", "d", "u", false, 0},
    {"host all all samenet reject", "127.200.3.4", "d", "u", false, 1},
    {"host all all samenet reject", "203.0.113.9", "d", "u", false, 0},
    {"host all all \"samenet\" reject", "127.0.0.1", "d", "u", false, 0},
    {"host all all all nosuch", "", "", "", false, -1},
    {"host all all all ldap ldapserver=x", "", "", "", false, -1},
    {"host all all all peer", "", "", "", false, -1},
    {"host all all all cert", "", "", "", false, -1},
    {"host all all all trust nosuch=1", "", "", "", false, -1},
    {"host all all all trust map=m", "", "", "", false, -1},
    {"host all all all md5 clientcert=verify-ca", "", "", "", false, -1},
    {"host all /^u\\d+$ all trust", "1.1.1.1", "d", "u12", false, 1},
    {"host all /^u\\d+$ all trust", "1.1.1.1", "d", "u12x", false, 0},
    {"host db1,\"/^shop_\\d{2,4}$\",db2 all all trust", "1.1.1.1", "shop_123", "u", false, 1},
    {"host db1,\"/^shop_\\d{2,4}$\",db2 all all trust", "1.1.1.1", "shop_1", "u", false, 0},
    {"host all /part all trust", "1.1.1.1", "d", "a partner", false, 1},
    {"host all /( all trust", "", "", "", false, -1},
};

static bool in_group(void *arg, Str role)
{
    (void)arg;
    return str_equal(role, STR("group"));
}

static void count_complaint(void *arg, const char *file, int line, Str message)
{
    (void)file;
    assert_true(line > 0 && message.bytes > 0);
    ++*(int *)arg;
}

static void test_files(void **state)
{
    (void)state;
    Account *account = account_new(NULL, "test", ACCOUNT_UNLIMITED);
    Os *os;
    assert_true(os_real_new(account, &os) == OK);
    for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
        const Sample *s = &samples[i];
        int complaints = 0;
        Access *access = access_parse(account, str_from(s->file), (Str){0}, count_complaint,
                                      &complaints);
        if ((access == NULL) != (s->line < 0) || (complaints > 0) != (s->line < 0))
            fail_msg("%s", s->file);
        if (!access) continue;
        SocketAddress address = {.kind = SOCKET_UNIX};
        if (s->host[0] != '[') assert_true(socket_address_parse(str_from(s->host), 1, &address));
        Arena *arena = arena_new(account, "query");
        AccessQuery query = {.arena = arena,
                             .address = &address,
                             .tls = s->tls,
                             .database = str_from(s->database),
                             .user = str_from(s->user),
                             .is_member = in_group};
        const AccessRule *rule = access_find(access, &query);
        if ((rule ? rule->line : 0) != s->line)
            fail_msg("%s: line %d", s->file, rule ? rule->line : 0);
        access_release(access);
        arena_drop(arena);
    }
    os_real_release(os);
    account_drop(account);
}

static void test_maps(void **state)
{
    (void)state;
    Account *account = account_new(NULL, "test", ACCOUNT_UNLIMITED);
    Os *os;
    assert_true(os_real_new(account, &os) == OK);
    int complaints = 0;
    static const struct {
        const char *map, *system_user, *user;
        bool fits;
    } maps[] = {
        {"", "x", "x", true},
        {"", "x", "y", false},
        {"m", "joe", "admin", true},
        {"m", "joe", "joe", false},
        {"m", "ann", "anything", true},
        {"n", "ann", "x", true},
        {"r", "eva@example.com", "eva", true},
        {"r", "eva@example.com", "eve", false},
        {"r", "eva@example.org", "eva", false},
        {"r", "bob@other.net", "guest", true},
        {"r", "bob@other.net", "bob", false},
        {"p", "joe", "app_7", true},
        {"p", "joe", "app", false},
        {"g", "joe", "x1", false},
        /* what the system's user is called is no pattern, group or word */
        {"r", "all@example.com", "postgres", false},
        {"r", "all@example.com", "all", true},
        {"r", "+group@example.com", "postgres", false},
        {"r", "/.@example.com", "postgres", false},
    };
    Access *access = access_parse(account, STR("local all all peer map=m\n"),
                                  STR("m joe admin\nm ann +group\nn ann all\n"
                                      "r /^(.*)@example\\.com$ \\1\nr \"/@other\\.net$\" guest\n"
                                      "p joe /^app_\ng /^joe$ x\\1\n"),
                                  count_complaint, &complaints);
    assert_non_null(access);
    for (size_t i = 0; i < ARRAY_LEN(maps); i++) {
        Arena *arena = arena_new(account, "query");
        const AccessQuery query = {.arena = arena,
                                   .user = str_from(maps[i].user),
                                   .is_member = in_group};
        if (access_map(access, str_from(maps[i].map), str_from(maps[i].system_user), &query) !=
            maps[i].fits)
            fail_msg("map %zu", i);
        arena_drop(arena);
    }
    access_release(access);
    assert_null(access_parse(account, (Str){0}, STR("m joe\n"), count_complaint, &complaints));
    assert_null(access_read(account, "/nosuch/hba", "/nosuch/ident", NULL, NULL));
    os_real_release(os);
    account_drop(account);
}

/* ---- methods, over the wire */

static DoubleRole auth_roles[3];

static Socket *begin(Harness *h, const char *user)
{
    Socket *client = client_open(h);
    Bytestring b = bytes_new(h);
    StrBuilder pairs = str_builder(h->arena, 64);
    str_add_format(&pairs, "user%c%s%c", 0, user, 0);
    bytes_startup(&b, 3 << 16, str_peek(&pairs).data, str_peek(&pairs).bytes);
    bytes_send(client, &b);
    return client;
}

static void say(Harness *h, Socket *client, Str secret)
{
    Bytestring b = bytes_new(h);
    char *text = str_copy_zero(h->arena, secret);
    bytes_message(&b, 'p', text, secret.bytes + 1);
    bytes_send(client, &b);
}

#define WELCOME "R \\0\\0\\0\\0\nS server_version\\018.4\\0\nK\nZ I\n"
#define REFUSED(user) \
    "E SFATAL\\0VFATAL\\0C28P01\\0Mpassword authentication failed for user \"" user "\"\\0\nEOF\n"

static void password_body(Harness *h)
{
    Socket *client = begin(h, "u");
    must_read(h, client, 'R', 1, "R \\0\\0\\0\\03\n", "asked");
    say(h, client, STR("geheim"));
    must_read(h, client, 'Z', 1, WELCOME, "right");
    os_socket_close(client);
    client = begin(h, "u");
    must_read(h, client, 'R', 1, "R \\0\\0\\0\\03\n", "asked");
    say(h, client, STR("falsch"));
    must_read(h, client, 'Z', 1, REFUSED("u"), "wrong");
    os_socket_close(client);
    client = begin(h, "nobody");
    must_read(h, client, 'R', 1, "R \\0\\0\\0\\03\n", "asked all the same");
    say(h, client, STR("geheim"));
    must_read(h, client, 'Z', 1, REFUSED("nobody"), "no such role");
    os_socket_close(client);
    client = begin(h, "u");
    must_read(h, client, 'R', 1, "R \\0\\0\\0\\03\n", "asked");
    say(h, client, STR(""));
    must_read(h, client, 'Z', 1,
              "E SFATAL\\0VFATAL\\0C28P01\\0Mempty password returned by client\\0\nEOF\n", "empty");
    os_socket_close(client);
}

/* The salt stands behind the code. */
static void read_message(Socket *client, char *type, uint8_t *body, size_t *bytes)
{
    uint8_t head[5];
    size_t need = 5, got = 0;
    for (uint8_t *into = head; got < need;) {
        size_t done = 0;
        Status status = os_socket_read(client, into + got, need - got, &done);
        if (status == ST_BUSY)
            must_be_ok(
                os_socket_wait(client, SOCKET_READABLE, WAIT_CLIENT_READ, deadline_in_ms(1000)));
        else
            must_be_ok(status);
        got += done;
        if (into == head && got == 5) {
            need = ((size_t)head[3] << 8 | head[4]) - 4;
            got = 0;
            into = body;
            if (need == 0) break;
        }
    }
    *type = (char)head[0];
    *bytes = need;
}

static void md5_body(Harness *h)
{
    for (int wrong = 0; wrong <= 1; wrong++) {
        uint8_t body[64];
        size_t bytes;
        char type;
        Socket *client = begin(h, "u");
        read_message(client, &type, body, &bytes);
        CHECK_TRUE(type == 'R' && bytes == 8 && body[3] == 5);
        Str kept = str_from(auth_roles[0].password);
        Str answer = password_md5(h->arena, str_slice(kept, 3, kept.bytes),
                                  (Str){(char *)body + 4, 4});
        say(h, client, wrong ? STR("md5falsch") : answer);
        must_read(h, client, 'Z', 1, wrong ? REFUSED("u") : WELCOME, "md5");
        os_socket_close(client);
    }
}

/* A client of SCRAM, written from the RFC: what the server must accept, and what it must not. */
typedef enum ScramFault {
    SCRAM_RIGHT,
    SCRAM_WRONG_PASSWORD,
    SCRAM_WRONG_NONCE,
    SCRAM_WRONG_BINDING,
    SCRAM_NO_ROLE,
    SCRAM_CASES
} ScramFault;

static void send_first(Harness *h, Socket *client, const char *first)
{
    Bytestring b = bytes_new(h), m = bytes_new(h);
    str_add(&m.out, STR("SCRAM-SHA-256\0"));
    bytes_u32(&m, (uint32_t)strlen(first));
    str_add_zero_terminated(&m.out, first);
    bytes_message(&b, 'p', str_peek(&m.out).data, str_peek(&m.out).bytes);
    bytes_send(client, &b);
}

static Str value_of(Str text, const char *name)
{
    size_t at, end;
    CHECK_TRUE(str_find(text, str_from(name), &at));
    Str rest = str_slice(text, at + 2, text.bytes);
    end = rest.bytes;
    (void)str_find_char(rest, ',', &end);
    return str_slice(rest, 0, end);
}

/* ClientProof of the password for this exchange. */
static Str prove(Harness *h, Str challenge, const char *password, Str without_proof,
                 const char *bare)
{
    ScramVerifier v = {.iterations = 4096};
    size_t bytes;
    uint64_t iterations;
    uint8_t proof[SCRAM_KEY_BYTES];
    CHECK_TRUE(base64_decode(value_of(challenge, "s="), v.salt, sizeof v.salt, &bytes));
    CHECK_TRUE(str_to_u64(value_of(challenge, "i="), 10, &iterations));
    v.salt_bytes = (uint32_t)bytes;
    v.iterations = (int)iterations;
    Str auth = str_format(h->arena, "%s,%.*s,%.*s", bare, STR_ARG(challenge),
                          STR_ARG(without_proof));
    scram_client_proof(h->arena, str_from(password), &v, auth, proof);
    return base64_encode(h->arena, proof, sizeof proof);
}

static void scram_case(Harness *h, ScramFault fault)
{
    static const char bare[] = "n=,r=clientnonce";
    uint8_t body[512];
    size_t bytes;
    char type;
    Socket *client = begin(h, fault == SCRAM_NO_ROLE ? "nobody" : "u");
    must_read(h, client, 'R', 1, "R \\0\\0\\0\\0aSCRAM-SHA-256\\0\\0\n", "offered");
    send_first(h, client, "n,,n=,r=clientnonce");
    read_message(client, &type, body, &bytes);
    CHECK_TRUE(type == 'R' && body[3] == 11);
    Str challenge = str_copy(h->arena, (Str){(char *)body + 4, bytes - 4});
    Str nonce = value_of(challenge, "r=");
    CHECK_TRUE(str_starts(nonce, STR("clientnonce")) && nonce.bytes > 30);
    if (fault == SCRAM_WRONG_NONCE) nonce = STR("clientnonce");
    Str without = str_format(h->arena, "c=%s,r=%.*s",
                             fault == SCRAM_WRONG_BINDING ? "eSws" : "biws", STR_ARG(nonce));
    Str proof = prove(h, challenge, fault == SCRAM_WRONG_PASSWORD ? "falsch" : "geheim", without,
                      bare);
    Bytestring b = bytes_new(h);
    Str final = str_format(h->arena, "%.*s,p=%.*s", STR_ARG(without), STR_ARG(proof));
    bytes_message(&b, 'p', final.data, final.bytes);
    bytes_send(client, &b);
    Str answer = client_read(h, client, 'Z', 1);
    static const char *const wanted[SCRAM_CASES] = {
        [SCRAM_RIGHT] = WELCOME,
        [SCRAM_WRONG_PASSWORD] = REFUSED("u"),
        [SCRAM_NO_ROLE] = REFUSED("nobody"),
        [SCRAM_WRONG_NONCE] =
            "E SFATAL\\0VFATAL\\0C08P01\\0Mmalformed SCRAM message\\0DNonce does not match.\\0\nEOF\n",
        [SCRAM_WRONG_BINDING] =
            "E SFATAL\\0VFATAL\\0C08P01\\0Munexpected SCRAM channel-binding attribute in "
            "client-final-message\\0\nEOF\n",
    };
    if (fault == SCRAM_RIGHT) CHECK_TRUE(str_starts(answer, STR("R \\0\\0\\0\\0cv=")));
    CHECK_TRUE(str_ends(answer, str_from(wanted[fault])));
    os_socket_close(client);
}

static void scram_body(Harness *h)
{
    for (int fault = 0; fault < SCRAM_CASES; fault++) scram_case(h, (ScramFault)fault);
    static const char *const bad[] = {"",
                                      "n",
                                      "n,",
                                      "n,,",
                                      "x,,n=,r=a",
                                      "p=tls-server-end-point,,n=,r=a",
                                      "n,a=joe,n=,r=a",
                                      "n,,m=x,n=,r=a",
                                      "n,,n=,r=\x01",
                                      "n,,r=a,n="};
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        Socket *client = begin(h, "u");
        must_read(h, client, 'R', 1, "R \\0\\0\\0\\0aSCRAM-SHA-256\\0\\0\n", "offered");
        send_first(h, client, bad[i]);
        Str answer = client_read(h, client, 'Z', 1);
        if (!str_starts(answer, STR("E SFATAL\\0")) || !str_ends(answer, STR("EOF\n")))
            fail_msg("%s: %.*s", bad[i], STR_ARG(answer));
        os_socket_close(client);
    }
}

static void run_with(const char *hba, const char *password, void (*body)(Harness *h))
{
    auth_roles[0] = (DoubleRole){.name = "u", .password = password, .member_of = ""};
    Harness h = {.body = body, .hba = hba, .engine = {.roles = auth_roles, .role_count = 1}};
    harness_run(&h, test_seed(1));
}

static void test_methods(void **state)
{
    (void)state;
    Account *account = account_new(NULL, "test", ACCOUNT_UNLIMITED);
    Os *os;
    assert_true(os_real_new(account, &os) == OK);
    Arena *arena = arena_new(account, "test");
    char *scram = str_copy_zero(arena,
                                password_encrypt(arena, STR("u"), STR("geheim"), true, 4096));
    char *md5 = str_copy_zero(arena, password_encrypt(arena, STR("u"), STR("geheim"), false, 0));
    Task *task = task_switch(NULL);
    run_with("host all all all password\n", scram, password_body);
    run_with("host all all all password\n", md5, password_body);
    run_with("host all all all md5\n", md5, md5_body);
    run_with("host all all all md5\n", scram, scram_body);
    run_with("host all all all scram-sha-256\n", scram, scram_body);
    task_switch(task);
    arena_drop(arena);
    os_real_release(os);
    account_drop(account);
}

static void refusals_body(Harness *h)
{
    Socket *client = begin(h, "u");
    must_read(
        h, client, 'Z', 1,
        "E SFATAL\\0VFATAL\\0C28000\\0Mno pg_hba.conf entry for host \"127.0.0.1\", user \"u\", database \"u\", no "
        "encryption\\0\nEOF\n",
        "no line");
    os_socket_close(client);
}

static void test_no_line(void **state)
{
    (void)state;
    run_with("local all all trust\n", "", refusals_body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_files),
        cmocka_unit_test(test_maps),
        cmocka_unit_test(test_methods),
        cmocka_unit_test(test_no_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
