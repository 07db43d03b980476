/* SPDX-License-Identifier: Apache-2.0 */
/* auth_scram.c - the exchange of SASL SCRAM-SHA-256 and SCRAM-SHA-256-PLUS (RFC 5802, 7677, 5929), server's side. A
 * role that is not there, or cannot prove itself so, goes through the same steps with a salt made of its name and a
 * secret of this run, and fails at the end: nobody learns which roles there are. */
#include "server/server_internal.h"

#include "session/scram.h"

enum { AUTH_SASL = 10, AUTH_SASL_CONTINUE = 11, AUTH_SASL_FINAL = 12, NONCE_BYTES = 18 };

typedef struct Scram {
    Connection *connection;
    Arena *arena;
    ScramVerifier verifier;
    bool plus;     /* the client chose channel binding */
    char flag;     /* gs2: n, y or p */
    Str header;    /* gs2 header as the client sent it */
    Str first;     /* client-first-message-bare */
    Str nonce;     /* both parts */
    Str challenge; /* server-first-message */
    Str binding;   /* of the channel */
} Scram;

static _Noreturn void malformed(const char *detail)
{
    error_raise(error_severity(error_detail(error_message(error_begin(SQLSTATE_PROTOCOL_VIOLATION),
                                                          "malformed SCRAM message"),
                                            "%s", detail),
                               SEVERITY_FATAL));
}

static void send_sasl(Connection *c, int32_t what, Str data)
{
    wire_begin(&c->wire, 'R');
    wire_i32(&c->wire, what);
    wire_bytes(&c->wire, data.data, data.bytes);
    wire_end(&c->wire);
}

static void offer(Scram *s)
{
    Connection *c = s->connection;
    bool binding = c->wire.tls && tls_channel_binding(s->arena, c->wire.tls, &s->binding);
    StrBuilder names = str_builder(s->arena, 64);
    if (binding) str_add(&names, STR("SCRAM-SHA-256-PLUS\0"));
    str_add(&names, STR("SCRAM-SHA-256\0"));
    str_add_char(&names, 0);
    send_sasl(c, AUTH_SASL, str_done(&names));
}

/* ",x=value": the value of the attribute that must stand next. */
static Str attribute(Str *rest, char name)
{
    char text[64];
    size_t comma = rest->bytes;
    (void)snprintf(text, sizeof text, "Expected attribute \"%c\" but found \"%.1s\".", name,
                   rest->bytes ? rest->data : "");
    if (rest->bytes < 2 || rest->data[0] != name) malformed(text);
    if (rest->data[1] != '=') malformed("Expected character \"=\" for attribute.");
    (void)str_find_char(*rest, ',', &comma);
    Str value = str_slice(*rest, 2, comma);
    *rest = str_slice(*rest, comma + 1, rest->bytes);
    return value;
}

/* gs2-cbind-flag "," [ authzid ] "," */
static Str read_header(Scram *s, Str message)
{
    Str rest = message;
    size_t comma;
    s->flag = rest.bytes ? rest.data[0] : 0;
    if (s->flag == 'p') {
        Str kind = attribute(&rest, 'p');
        if (!s->plus)
            malformed("The client selected SCRAM-SHA-256 without channel binding, but the SCRAM "
                      "message includes channel binding data.");
        if (!str_equal(kind, STR("tls-server-end-point")))
            connection__fatal(SQLSTATE_PROTOCOL_VIOLATION,
                              "unsupported SCRAM channel-binding type \"%.*s\"", STR_ARG(kind));
    } else if (s->flag == 'n' || s->flag == 'y') {
        if (s->plus)
            malformed("The client selected SCRAM-SHA-256-PLUS, but the SCRAM message does not "
                      "include channel binding data.");
        if (s->flag == 'y' && s->binding.bytes)
            connection__fatal(SQLSTATE_INVALID_AUTHORIZATION_SPECIFICATION,
                              "SCRAM channel binding negotiation error");
        if (rest.bytes < 2 || rest.data[1] != ',')
            malformed("Comma expected, but found another character.");
        rest = str_slice(rest, 2, rest.bytes);
    } else {
        malformed("Unexpected channel-binding flag.");
    }
    if (!str_find_char(rest, ',', &comma)) malformed("The message has no end of its header.");
    if (comma > 0)
        connection__fatal(SQLSTATE_FEATURE_NOT_SUPPORTED,
                          "client uses authorization identity, but it is not supported");
    rest = str_slice(rest, 1, rest.bytes);
    s->header = str_slice(message, 0, message.bytes - rest.bytes);
    return rest;
}

static void read_first(Scram *s)
{
    Message message = auth__response(s->connection);
    Str mechanism = message_text(&message);
    s->plus = str_equal(mechanism, STR("SCRAM-SHA-256-PLUS"));
    if (!(s->plus && s->binding.bytes) && !str_equal(mechanism, STR("SCRAM-SHA-256")))
        connection__fatal(SQLSTATE_PROTOCOL_VIOLATION,
                          "client selected an invalid SASL authentication mechanism");
    int32_t bytes = message_i32(&message);
    if (bytes < 0) malformed("The message is empty.");
    Bytes data = message_bytes(&message, (size_t)bytes);
    message_end(&message);
    Str text = str_copy(s->arena, (Str){(const char *)data.data, data.bytes});
    s->first = read_header(s, text);
    Str rest = s->first;
    if (str_starts(rest, STR("m=")))
        connection__fatal(SQLSTATE_FEATURE_NOT_SUPPORTED,
                          "client requires an unsupported SCRAM extension");
    (void)attribute(&rest, 'n'); /* the user of the startup packet counts */
    Str nonce = attribute(&rest, 'r');
    for (size_t i = 0; i < nonce.bytes; i++)
        if (nonce.data[i] < 0x21 || nonce.data[i] > 0x7e)
            connection__fatal(SQLSTATE_PROTOCOL_VIOLATION,
                              "non-printable characters in SCRAM nonce");
    uint8_t random[NONCE_BYTES];
    os_random_bytes(random, sizeof random);
    s->nonce = str_concat(s->arena, nonce, base64_encode(s->arena, random, sizeof random));
}

static void challenge(Scram *s)
{
    Str salt = base64_encode(s->arena, s->verifier.salt, s->verifier.salt_bytes);
    s->challenge = str_format(s->arena, "r=%.*s,s=%.*s,i=%d", STR_ARG(s->nonce), STR_ARG(salt),
                              s->verifier.iterations);
    send_sasl(s->connection, AUTH_SASL_CONTINUE, s->challenge);
}

/* The client repeats its header and, with channel binding, names the certificate it saw. */
static void check_binding(const Scram *s, Str given)
{
    Str wanted = s->flag == 'p' ? str_concat(s->arena, s->header, s->binding) : s->header;
    if (str_equal(given, base64_encode(s->arena, wanted.data, wanted.bytes))) return;
    if (s->flag == 'p')
        connection__fatal(SQLSTATE_INVALID_AUTHORIZATION_SPECIFICATION,
                          "SCRAM channel binding check failed");
    connection__fatal(SQLSTATE_PROTOCOL_VIOLATION,
                      "unexpected SCRAM channel-binding attribute in client-final-message");
}

static bool read_final(Scram *s, Str *signature)
{
    Message message = auth__response(s->connection);
    Str text = str_copy(s->arena,
                        (Str){(const char *)message.at, (size_t)(message.end - message.at)});
    Str rest = text, proof_text;
    size_t bytes, proof_at = 0;
    uint8_t proof[SCRAM_KEY_BYTES], server[SCRAM_KEY_BYTES];
    check_binding(s, attribute(&rest, 'c'));
    Str nonce = attribute(&rest, 'r');
    if (!password_equal(nonce, s->nonce)) malformed("Nonce does not match.");
    while (rest.bytes && rest.data[0] != 'p') (void)attribute(&rest, rest.data[0]); /* extensions */
    proof_at = text.bytes - rest.bytes;
    proof_text = attribute(&rest, 'p');
    if (rest.bytes || !base64_decode(proof_text, proof, sizeof proof, &bytes) ||
        bytes != sizeof proof)
        malformed("Malformed proof in client-final-message.");
    Str final = str_slice(text, 0, proof_at - 1); /* without ",p=..." */
    Str auth = str_format(s->arena, "%.*s,%.*s,%.*s", STR_ARG(s->first), STR_ARG(s->challenge),
                          STR_ARG(final));
    scram_server_signature(&s->verifier, auth, server);
    *signature = base64_encode(s->arena, server, sizeof server);
    return scram_check_proof(&s->verifier, auth, proof);
}

/* A salt that is always the same for a name, as a real one would be. */
static void pretend(Scram *s)
{
    Str secret = {(const char *)s->connection->server->mock_secret, 32};
    Str digest = password_md5(s->arena, secret, s->connection->user);
    s->verifier = (ScramVerifier){.iterations = SCRAM_ITERATIONS, .salt_bytes = SCRAM_SALT_BYTES};
    for (int i = 0; i < SCRAM_SALT_BYTES; i++) {
        uint64_t byte = 0;
        (void)str_to_u64(str_slice(digest, 3 + 2 * (size_t)i, 5 + 2 * (size_t)i), 16, &byte);
        s->verifier.salt[i] = (uint8_t)byte;
    }
}

bool auth__scram(Connection *connection, Str kept, bool may_match)
{
    Scram s = {.connection = connection, .arena = connection->arena};
    Str signature;
    offer(&s);
    read_first(&s);
    if (!may_match || !scram_parse(kept, &s.verifier)) {
        may_match = false;
        pretend(&s);
    }
    challenge(&s);
    if (!read_final(&s, &signature) || !may_match) return false;
    send_sasl(connection, AUTH_SASL_FINAL, str_format(s.arena, "v=%.*s", STR_ARG(signature)));
    return true;
}
