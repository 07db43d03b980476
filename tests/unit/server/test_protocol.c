/* SPDX-License-Identifier: Apache-2.0 */
/* Messages and answers. What the answers are was asked of the oracle with the same bytes, where a double can give the
 * same results. */
#include "harness.h"

/* ---- exchanges: what is sent to a session, what comes back up to the n-th ReadyForQuery */

#define M(type, body)                \
    {                                \
        type, body, sizeof(body) - 1 \
    }

typedef struct Sent {
    char type;
    const char *body;
    size_t bytes;
} Sent;

typedef struct Exchange {
    const char *what;
    Sent sent[10];
    uint32_t ready;
    const char *answer;
} Exchange;

/* Every field, in PostgreSQL's order. */
#define FAILED                                                                         \
    "E SERROR\\0VERROR\\0C22012\\0Mmessage\\0Ddetail\\0Hhint\\0P7\\0p3\\0qinternal\\0" \
    "Wcontext\\0ss\\0tt\\0cc\\0dd\\0nn\\0\n"

static const Exchange exchanges[] = {
    {"an empty query", {M('Q', "\0")}, 1, "I\nZ I\n"},
    {"notice",
     {M('Q', "notice\0")},
     1,
     "N SNOTICE\\0VNOTICE\\0C00000\\0Mhello\\0\nC NOTICE\\0\nZ I\n"},
    {"an error with all fields",
     {M('Q', "notice;fail;notice\0")},
     1,
     "N SNOTICE\\0VNOTICE\\0C00000\\0Mhello\\0\nC NOTICE\\0\n" FAILED "Z I\n"},
    {"a block fails",
     {M('Q', "begin\0"), M('Q', "fail\0"), M('Q', "notice\0"), M('Q', "rollback\0")},
     4,
     "C BEGIN\\0\nZ T\n" FAILED "Z E\n"
     "E SERROR\\0VERROR\\0C25P02\\0Mcurrent transaction is aborted, commands ignored until end of "
     "transaction block\\0\nZ E\nC COMMIT\\0\nZ I\n"},
    {"settings and notifications",
     {M('Q', "report;notify\0")},
     1,
     "C SET\\0\nC NOTIFY\\0\nA \\0\\0\\0\\07channel\\0payload\\0\nS server_version\\018.4\\0\nZ I\n"},
    {"errors skip to Sync",
     {M('P', "\0selec\0\0\0"), M('B', "\0\0\0\0\0\0\0\0"), M('H', ""), M('S', "")},
     1,
     "E SERROR\\0VERROR\\0C42601\\0Msyntax error at or near \"selec\"\\0\nZ I\n"},
    {"statements and portals that are not there",
     {M('D', "Snosuch\0"), M('S', ""), M('D', "Pnosuch\0"), M('S', ""), M('E', "nosuch\0\0\0\0\0"),
      M('S', ""), M('C', "Snosuch\0"), M('S', "")},
     4,
     "E SERROR\\0VERROR\\0C26000\\0Mprepared statement \"nosuch\" does not exist\\0\nZ I\n"
     "E SERROR\\0VERROR\\0C34000\\0Mportal \"nosuch\" does not exist\\0\nZ I\n"
     "E SERROR\\0VERROR\\0C34000\\0Mportal \"nosuch\" does not exist\\0\nZ I\n3\nZ I\n"},
    {"bad subtypes",
     {M('D', "Xx\0"), M('S', ""), M('C', "Xx\0"), M('S', "")},
     2,
     "E SERROR\\0VERROR\\0C08P01\\0Minvalid DESCRIBE message subtype 88\\0\nZ I\n"
     "E SERROR\\0VERROR\\0C08P01\\0Minvalid CLOSE message subtype 88\\0\nZ I\n"},
    {"describe and bind",
     {M('P', "\0$1\0\0\0"), M('D', "S\0"), M('B', "\0\0\0\0\0\1\0\0\0\2ab\0\0"),
      M('E', "\0\0\0\0\0"), M('B', "\0\0\0\0\0\1\xff\xff\xff\xff\0\0"), M('D', "P\0"),
      M('E', "\0\0\0\0\0"), M('S', "")},
     1,
     "1\nt \\0\\01\\0\\0\\0\\19\nT \\0\\01t\\0\\0\\0@\\0\\0\\02\\0\\0\\0\\19\\ff\\ff\\ff\\ff\\ff\\ff\\0\\0\n2\n"
     "D \\0\\01\\0\\0\\0\\02ab\nC SELECT 1\\0\n2\n"
     "T \\0\\01t\\0\\0\\0@\\0\\0\\02\\0\\0\\0\\19\\ff\\ff\\ff\\ff\\ff\\ff\\0\\0\nD "
     "\\0\\01\\ff\\ff\\ff\\ff\nC SELECT 1\\0\nZ I\n"},
    {"no rows to describe",
     {M('P', "\0notice\0\0\0"), M('B', "\0\0\0\0\0\0\0\0"), M('D', "P\0"), M('S', "")},
     1,
     "1\n2\nn\nZ I\n"},
    {"an empty statement",
     {M('P', "\0\0\0\0"), M('B', "\0\0\0\0\0\0\0\0"), M('D', "P\0"), M('E', "\0\0\0\0\0"),
      M('S', "")},
     1,
     "1\n2\nn\nI\nZ I\n"},
    {"suspended",
     {M('P', "\0rows 5\0\0\0"), M('B', "\0\0\0\0\0\0\0\1\0\1"), M('E', "\0\0\0\0\2"),
      M('E', "\0\0\0\0\0"), M('S', "")},
     1,
     "1\n2\n"
     "D \\0\\03\\0\\0\\0\\04\\0\\0\\0\\01\\0\\0\\0\\0crow number 1\\0\\0\\0\\01\\01\n"
     "D \\0\\03\\0\\0\\0\\04\\ff\\ff\\ff\\fe\\0\\0\\0\\0crow number 2\\0\\0\\0\\01\\0\n"
     "s\n"
     "D \\0\\03\\0\\0\\0\\04\\0\\0\\0\\03\\ff\\ff\\ff\\ff\\0\\0\\0\\01\\01\n"
     "D \\0\\03\\0\\0\\0\\04\\ff\\ff\\ff\\fc\\0\\0\\0\\0crow number 4\\0\\0\\0\\01\\0\n"
     "D \\0\\03\\0\\0\\0\\04\\0\\0\\0\\05\\0\\0\\0\\0crow number 5\\0\\0\\0\\01\\01\n"
     "C SELECT 3\\0\nZ I\n"},
    {"parameters that do not fit",
     {M('P', "\0$1\0\0\0"), M('B', "\0\0\0\0\0\0\0\0"), M('S', ""),
      M('B', "\0\0\0\2\0\0\0\0\0\1\xff\xff\xff\xff\0\0"), M('S', ""),
      M('B', "\0\0\0\0\0\1\xff\xff\xff\xfe"), M('S', "")},
     3,
     "1\nE SERROR\\0VERROR\\0C08P01\\0Mbind message supplies 0 parameters, but prepared statement \"\" requires "
     "1\\0\nZ I\n"
     "E SERROR\\0VERROR\\0C08P01\\0Mbind message has 2 parameter formats but 1 parameters\\0\nZ I\n"
     "E SERROR\\0VERROR\\0C08P01\\0Minsufficient data left in message\\0\nZ I\n"},
    {"a format that is not there",
     {M('P', "\0rows 1\0\0\0"), M('B', "\0\0\0\0\0\0\0\1\0\2"), M('E', "\0\0\0\0\0"), M('S', "")},
     1,
     "1\n2\nE SERROR\\0VERROR\\0C22023\\0Munsupported format code: 2\\0\nZ I\n"},
    {"badly formed messages",
     {M('Q', "notice"), M('Q', "notice\0x"), M('Q', ""), M('P', "\0x\0\0"), M('S', ""),
      M('P', "\0x\0\0\0x"), M('S', ""), M('S', "xx"), M('C', ""), M('S', "")},
     7,
     "E SERROR\\0VERROR\\0C08P01\\0Minvalid string in message\\0\nZ I\n"
     "E SERROR\\0VERROR\\0C08P01\\0Minvalid message format\\0\nZ I\n"
     "E SERROR\\0VERROR\\0C08P01\\0Minvalid string in message\\0\nZ I\n"
     "E SERROR\\0VERROR\\0C08P01\\0Minsufficient data left in message\\0\nZ I\n"
     "E SERROR\\0VERROR\\0C08P01\\0Minvalid message format\\0\nZ I\n"
     "E SERROR\\0VERROR\\0C08P01\\0Minvalid message format\\0\nZ I\n"
     "E SERROR\\0VERROR\\0C08P01\\0Mno data left in message\\0\nZ I\n"},
    {"text that is not UTF-8",
     {M('Q', "x\xff\0")},
     1,
     "E SERROR\\0VERROR\\0C22021\\0Minvalid byte sequence for encoding \"UTF8\": 0xff\\0\nZ I\n"},
    {"stray COPY messages", {M('d', "xx"), M('c', ""), M('f', "x\0"), M('S', "")}, 1, "Z I\n"},
    {"COPY in",
     {M('Q', "copyin\0"), M('d', "1\t2\n"), M('H', ""), M('S', ""), M('d', "34"), M('c', "")},
     1,
     "G \\0\\0\\02\\0\\0\\0\\0\nC COPY 6\\0\nZ I\n"},
    {"COPY in fails",
     {M('Q', "copyin\0"), M('d', "1"), M('f', "oops\0")},
     1,
     "G \\0\\0\\02\\0\\0\\0\\0\nE SERROR\\0VERROR\\0C57014\\0MCOPY from stdin failed: oops\\0\nZ I\n"},
    {"COPY in fails here, the rest is dropped",
     {M('Q', "copyin\0"), M('d', "!"), M('d', "2"), M('c', ""), M('Q', "\0")},
     2,
     "G \\0\\0\\02\\0\\0\\0\\0\n" FAILED "Z I\nI\nZ I\n"},
    {"COPY out",
     {M('Q', "copyout 2\0")},
     1,
     "H \\01\\0\\02\\0\\01\\0\\01\nd data\\0a\nd data\\0a\nc\nC COPY 1\\0\nZ I\n"},
    {"function call",
     {M('F', "\0\0\0\1\0\0\0\1\0\0\0\4abcd\0\0"), M('F', "\0\0\0\1\0\0\0\1\xff\xff\xff\xff\0\0"),
      M('F', "\0\0\0\2\0\0\0\0\0\0"), M('F', "\0\0\0\1\0\2\0\0\0\0\0\1\0\0\0\0\0\0"),
      M('F', "\0\0\0\1\0\0\0\1\0\0\0\4abc"), M('F', "\0\0\0\1\0\0\0\1\0\0\0\0\0\0x")},
     6,
     "V \\0\\0\\0\\04abcd\nZ I\nV \\ff\\ff\\ff\\ff\nZ I\n"
     "E SERROR\\0VERROR\\0C42883\\0Mfunction with OID 2 does not exist\\0\nZ I\n"
     "E SERROR\\0VERROR\\0C08P01\\0Mfunction call message contains 2 argument formats but 1 arguments\\0\nZ I\n"
     "E SERROR\\0VERROR\\0C08P01\\0Minsufficient data left in message\\0\nZ I\n"
     "E SERROR\\0VERROR\\0C08P01\\0Minvalid message format\\0\nZ I\n"},
    {"sync raises",
     {M('P', "\0deferred\0\0\0"), M('B', "\0\0\0\0\0\0\0\0"), M('E', "\0\0\0\0\0"), M('S', ""),
      M('S', "")},
     2,
     "1\n2\nC DEFERRED\\0\nE SERROR\\0VERROR\\0C23503\\0Mdeferred constraint\\0\nZ I\nZ I\n"},
};

static void add_exchange(Bytestring *b, const Exchange *e)
{
    for (size_t i = 0; i < ARRAY_LEN(e->sent) && e->sent[i].type; i++)
        bytes_message(b, e->sent[i].type, e->sent[i].body, e->sent[i].bytes);
}

static void send_exchange(Harness *h, Socket *client, const Exchange *e, size_t piece)
{
    Bytestring b = bytes_new(h);
    add_exchange(&b, e);
    Str all = str_done(&b.out);
    for (size_t at = 0; at < all.bytes; at += piece) {
        client_send(client, all.data + at, MIN(piece, all.bytes - at));
        if (piece < all.bytes) must_be_ok(os_sleep_until(deadline_in_ms(7), WAIT_SLEEP));
    }
}

static void exchange_body(Harness *h)
{
    Socket *client = client_start(h);
    for (size_t i = 0; i < ARRAY_LEN(exchanges); i++) {
        const Exchange *e = &exchanges[i];
        send_exchange(h, client, e, SIZE_MAX / 2);
        must_read(h, client, 'Z', e->ready, e->answer, e->what);
    }
    os_socket_close(client);
}

static void test_exchanges(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 5; seed++) {
        Harness h = {.body = exchange_body};
        harness_run(&h, test_seed(seed));
    }
}

/* Every byte by itself: half messages are waited for, with the connection parked in between. */
static void piecewise_body(Harness *h)
{
    Socket *client = client_start(h);
    for (size_t i = 0; i < ARRAY_LEN(exchanges); i++) {
        send_exchange(h, client, &exchanges[i], 1);
        must_read(h, client, 'Z', exchanges[i].ready, exchanges[i].answer, exchanges[i].what);
    }
    os_socket_close(client);
}

static void test_half_messages(void **state)
{
    (void)state;
    Harness h = {.body = piecewise_body};
    harness_run(&h, test_seed(1));
}

/* All at once: a pipeline of everything. Sent by a task of its own, since a client that sends without reading waits for
 * ever once neither side's buffer has room. */
enum { PIPELINE_ROUNDS = 3 };

typedef struct Pipeline {
    Socket *client;
    Str bytes;
} Pipeline;

static void pipeline_sender(void *arg)
{
    Pipeline *p = arg;
    client_send(p->client, p->bytes.data, p->bytes.bytes);
}

static void pipeline_body(Harness *h)
{
    Bytestring b = bytes_new(h);
    for (int round = 0; round < PIPELINE_ROUNDS; round++)
        for (size_t i = 0; i < ARRAY_LEN(exchanges); i++) add_exchange(&b, &exchanges[i]);
    Pipeline p = {client_start(h), str_done(&b.out)};
    Task *sender = start_task("pipeline", pipeline_sender, &p);
    for (int round = 0; round < PIPELINE_ROUNDS; round++)
        for (size_t i = 0; i < ARRAY_LEN(exchanges); i++)
            must_read(h, p.client, 'Z', exchanges[i].ready, exchanges[i].answer, exchanges[i].what);
    os_task_join(sender);
    os_socket_close(p.client);
}

static void test_pipeline(void **state)
{
    (void)state;
    Harness h = {.body = pipeline_body};
    harness_run(&h, test_seed(2));
}

/* ---- what ends a connection, and only that */

typedef struct Ending {
    const char *what, *sent;
    size_t bytes;
    const char *answer;
} Ending;

#define ENDING(what, sent, answer)           \
    {                                        \
        what, sent, sizeof(sent) - 1, answer \
    }
#define FATAL_TEXT(code, text) "E SFATAL\\0VFATAL\\0C" code "\\0M" text "\\0\nEOF\n"

static const Ending endings[] = {
    ENDING("unknown type", "z\0\0\0\4", FATAL_TEXT("08P01", "invalid frontend message type 122")),
    ENDING("password out of time", "p\0\0\0\6x\0",
           FATAL_TEXT("08P01", "invalid frontend message type 112")),
    ENDING("length 3", "Q\0\0\0\3", "EOF\n"),
    ENDING("huge", "Q\x7f\xff\xff\xff", "EOF\n"),
    ENDING("over the limit", "Q\x3f\xff\xff\xff", "EOF\n"),
    ENDING("a long Sync", "S\0\0\x27\x15", "EOF\n"),
    ENDING("terminate", "X\0\0\0\4", "EOF\n"),
    ENDING(
        "COPY loses its place",
        "Q\0\0\0\x0b"
        "copyin\0Q\0\0\0\5\0",
        "G \\0\\0\\02\\0\\0\\0\\0\nE SERROR\\0VERROR\\0C08P01\\0Munexpected message type 0x51 during COPY from "
        "stdin\\0\n" FATAL_TEXT(
            "08P01", "terminating connection because protocol synchronization was lost")),
};

static void ending_body(Harness *h)
{
    Socket *witness = client_start(h);
    for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
        Socket *client = client_start(h);
        Bytestring b = bytes_new(h);
        client_send(client, endings[i].sent, endings[i].bytes);
        must_read(h, client, 'Z', 1, endings[i].answer, endings[i].what);
        os_socket_close(client);
        bytes_query(&b, "");
        bytes_send(witness, &b);
        must_read(h, witness, 'Z', 1, "I\nZ I\n", endings[i].what);
    }
    os_socket_close(witness);
}

static void test_endings(void **state)
{
    (void)state;
    Harness h = {.body = ending_body};
    harness_run(&h, test_seed(3));
}

/* ---- the first packet */

static const Ending startups[] = {
    ENDING("length 4", "\0\0\0\4", "EOF\n"),
    ENDING("length 7", "\0\0\0\7abc", "EOF\n"),
    ENDING("huge",
           "\x7f\xff\xff\xff"
           "abcd",
           "EOF\n"),
    ENDING("HTTP", "GET / HTTP/1.0\r\n\r\n", "EOF\n"),
    ENDING("version alone", "\0\0\0\x08\0\3\0\0",
           FATAL_TEXT("08P01", "invalid startup packet layout: expected terminator as last byte")),
    ENDING("no terminator", "\0\0\0\x0f\0\3\0\0user\0u\0",
           FATAL_TEXT("08P01", "invalid startup packet layout: expected terminator as last byte")),
    ENDING("more behind it", "\0\0\0\x11\0\3\0\0user\0u\0\0x",
           FATAL_TEXT("08P01", "invalid startup packet layout: expected terminator as last byte")),
    ENDING("no user", "\0\0\0\x14\0\3\0\0database\0d\0\0",
           FATAL_TEXT("28000", "no PostgreSQL user name specified in startup packet")),
    ENDING("version 4.0", "\0\0\0\x10\0\4\0\0user\0u\0\0",
           FATAL_TEXT("0A000", "unsupported frontend protocol 4.0: server supports 3.0 to 3.2")),
    ENDING("no such role", "\0\0\0\x10\0\3\0\0user\0x\0\0",
           "R \\0\\0\\0\\0\n" FATAL_TEXT("28000", "role \"x\" does not exist")),
    ENDING("no login", "\0\0\0\x16\0\3\0\0user\0nologin\0\0",
           "R \\0\\0\\0\\0\n" FATAL_TEXT("28000", "role \"nologin\" is not permitted to log in")),
    ENDING("no such database", "\0\0\0\x20\0\3\0\0user\0u\0database\0nosuch\0\0",
           "R \\0\\0\\0\\0\n" FATAL_TEXT("3D000", "database \"nosuch\" does not exist")),
    ENDING("unknown setting", "\0\0\0\x19\0\3\0\0user\0u\0nosuch\0x\0\0",
           "R \\0\\0\\0\\0\n" FATAL_TEXT("42704",
                                         "unrecognized configuration parameter \"nosuch\"")),
    ENDING(
        "options", "\0\0\0\x1b\0\3\0\0user\0u\0options\0-Z\0\0",
        "E SFATAL\\0VFATAL\\0C42601\\0Minvalid command-line argument for server process: -Z\\0HTry \"postgres "
        "--help\" for more information.\\0\nEOF\n"),
    ENDING("options without value", "\0\0\0\x20\0\3\0\0user\0u\0options\0-c geqo\0\0",
           FATAL_TEXT("42601", "-c geqo requires a value")),
    ENDING(
        "unknown protocol options and version",
        "\0\0\0\x1b\0\3\0\0user\0u\0_pq_.foo\0x\0\0"
        "X\0\0\0\4",
        "v \\0\\03\\0\\0\\0\\0\\0\\01_pq_.foo\\0\nR \\0\\0\\0\\0\nS server_version\\018.4\\0\nK\nZ I\n"),
    ENDING("version 3.9",
           "\0\0\0\x10\0\3\0\x09user\0u\0\0"
           "X\0\0\0\4",
           "v \\0\\03\\0\\02\\0\\0\\0\\0\nR \\0\\0\\0\\0\nS server_version\\018.4\\0\nK\nZ I\n"),
    ENDING("version 3.2",
           "\0\0\0\x10\0\3\0\2user\0u\0\0"
           "X\0\0\0\4",
           "R \\0\\0\\0\\0\nS server_version\\018.4\\0\nK\nZ I\n"),
    ENDING("settings by options",
           "\0\0\0\x33\0\3\0\0user\0u\0options\0-c geqo=off --work-mem=1MB\0\0X\0\0\0\4",
           "R \\0\\0\\0\\0\nS server_version\\018.4\\0\nK\nZ I\n"),
};

static void startup_body(Harness *h)
{
    for (size_t i = 0; i < ARRAY_LEN(startups); i++) {
        for (size_t piece = 1; piece <= startups[i].bytes; piece += startups[i].bytes - 1) {
            Socket *client = client_open(h);
            for (size_t at = 0; at < startups[i].bytes; at += piece)
                client_send(client, startups[i].sent + at, MIN(piece, startups[i].bytes - at));
            must_read(h, client, 'Z', 1, startups[i].answer, startups[i].what);
            os_socket_close(client);
        }
    }
}

static void test_startup(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 3; seed++) {
        Harness h = {.body = startup_body};
        harness_run(&h, test_seed(seed));
    }
}

static void encryption_body(Harness *h)
{
    static const char ssl[] = "\0\0\0\x08\x04\xd2\x16\x2f", gss[] = "\0\0\0\x08\x04\xd2\x16\x30";
    static const char start[] = "\0\0\0\x10\0\3\0\0user\0u\0";
    Socket *client = client_open(h);
    client_send(client, ssl, 8);
    CHECK_TRUE(str_equal(client_read(h, client, 0, 1), STR("N")));
    client_send(client, gss, 8);
    CHECK_TRUE(str_equal(client_read(h, client, 0, 1), STR("N")));
    client_send(client, start, sizeof start);
    must_read(h, client, 'Z', 1, "R \\0\\0\\0\\0\nS server_version\\018.4\\0\nK\nZ I\n",
              "after refusals");
    os_socket_close(client);
    client = client_open(h);
    client_send(client, "\0\0\0\x08\x04\xd2\x16\x2f\0\0\0\x10\0\3\0\0user\0u\0\0", 24);
    CHECK_TRUE(str_equal(client_read(h, client, 0, 1), STR("N")));
    must_read(
        h, client, 'Z', 1,
        "E SFATAL\\0VFATAL\\0C08P01\\0Mreceived unencrypted data after SSL request\\0DThis could be either a "
        "client-software bug or evidence of an attempted man-in-the-middle attack.\\0\nEOF\n",
        "early data");
    os_socket_close(client);
}

static void test_requests_for_encryption(void **state)
{
    (void)state;
    Harness h = {.body = encryption_body};
    harness_run(&h, test_seed(1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exchanges), cmocka_unit_test(test_half_messages),
        cmocka_unit_test(test_pipeline),  cmocka_unit_test(test_endings),
        cmocka_unit_test(test_startup),   cmocka_unit_test(test_requests_for_encryption),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
