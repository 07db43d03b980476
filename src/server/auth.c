/* SPDX-License-Identifier: Apache-2.0 */
/* auth.c - proves who the client is, by the method of the first line of pg_hba.conf that fits. What goes wrong is told
 * to the client in one sentence that names the method and nothing else; the log hears why. */
#include "server/server_internal.h"

#include "session/scram.h"

enum { AUTH_CLEARTEXT = 3, AUTH_MD5_PASSWORD = 5, AUTH_OK = 0, AUTH_TOKEN_BYTES_MAX = 65535 };

typedef struct Proof {
    Connection *connection;
    const AccessQuery *query;
    const AccessRule *rule;
    SessionRole role;
    bool found;
    Str why; /* for the log */
} Proof;

/* ---- messages */

static void ask(Connection *c, int32_t what, const void *data, size_t bytes)
{
    wire_begin(&c->wire, 'R');
    wire_i32(&c->wire, what);
    wire_bytes(&c->wire, data, bytes);
    wire_end(&c->wire);
}

static size_t token_bytes_max(char type)
{
    (void)type;
    return AUTH_TOKEN_BYTES_MAX;
}

Message auth__response(Connection *connection)
{
    for (;;) {
        Message message;
        Status status = wire_next(&connection->wire, token_bytes_max, &message);
        if (status == OK && message.type == 'p') return message;
        if (status == OK)
            connection__fatal(SQLSTATE_PROTOCOL_VIOLATION,
                              "expected password response, got message type %d",
                              (uint8_t)message.type);
        if (status == ST_BUSY) status = wire_fill_wait(&connection->wire, DEADLINE_NEVER);
        if (status == OK) continue;
        if (status == ST_CANCELLED) {
            task_check();
            continue;
        }
        if (status == ST_NO_MEMORY) raise_status(status);
        connection->wire.lost = true; /* psql asks the user first, and connects anew */
        connection__fatal(SQLSTATE_PROTOCOL_VIOLATION, "unexpected EOF within message length word");
    }
}

static Str read_password(Connection *c)
{
    Message message = auth__response(c);
    Str password = message_text(&message);
    if (message.at != message.end)
        connection__fatal(SQLSTATE_PROTOCOL_VIOLATION, "invalid password packet size");
    if (password.bytes == 0)
        connection__fatal(SQLSTATE_INVALID_PASSWORD, "empty password returned by client");
    return str_copy(c->arena, password);
}

/* ---- methods: true when the client is who it says */

/* May a password of pg_authid prove him? A secret that is out of date, or none, proves nothing. */
static bool has_secret(Proof *proof)
{
    Arena *arena = proof->connection->arena;
    Str user = proof->connection->user;
    if (!proof->found)
        proof->why = str_format(arena, "Role \"%.*s\" does not exist.", STR_ARG(user));
    else if (proof->role.password.bytes == 0)
        proof->why = str_format(arena, "User \"%.*s\" has no password assigned.", STR_ARG(user));
    else if (proof->role.expired)
        proof->why = str_format(arena, "User \"%.*s\" has an expired password.", STR_ARG(user));
    return proof->why.bytes == 0;
}

static bool by_password(Proof *proof)
{
    Connection *c = proof->connection;
    ask(c, AUTH_CLEARTEXT, NULL, 0);
    Str password = read_password(c);
    if (!has_secret(proof)) return false;
    if (password_matches(c->scratch, c->user, proof->role.password, password)) return true;
    proof->why = str_format(c->arena, "Password does not match for user \"%.*s\".",
                            STR_ARG(c->user));
    return false;
}

static bool by_md5(Proof *proof)
{
    Connection *c = proof->connection;
    uint8_t salt[4];
    os_random_bytes(salt, sizeof salt);
    ask(c, AUTH_MD5_PASSWORD, salt, sizeof salt);
    Str response = read_password(c);
    if (!has_secret(proof)) return false;
    Str kept = proof->role.password;
    if (password_form(kept) != PASSWORD_MD5) {
        proof->why = str_format(c->arena,
                                "User \"%.*s\" has a password that cannot be used with MD5 "
                                "authentication.",
                                STR_ARG(c->user));
        return false;
    }
    Str wanted = password_md5(c->scratch, str_slice(kept, 3, kept.bytes),
                              (Str){(const char *)salt, sizeof salt});
    if (password_equal(response, wanted)) return true;
    proof->why = str_format(c->arena, "Password does not match for user \"%.*s\".",
                            STR_ARG(c->user));
    return false;
}

static bool by_scram(Proof *proof)
{
    Connection *c = proof->connection;
    bool usable = has_secret(proof) && password_form(proof->role.password) == PASSWORD_SCRAM;
    if (!usable && proof->why.bytes == 0)
        proof->why = str_format(c->arena, "User \"%.*s\" does not have a valid SCRAM secret.",
                                STR_ARG(c->user));
    if (auth__scram(c, proof->role.password, usable)) return true;
    if (proof->why.bytes == 0)
        proof->why = str_format(c->arena, "Password does not match for user \"%.*s\".",
                                STR_ARG(c->user));
    return false;
}

/* The md5 method takes what the role's secret allows. */
static bool by_md5_or_scram(Proof *proof)
{
    bool scram = !proof->found || password_form(proof->role.password) != PASSWORD_MD5;
    return scram ? by_scram(proof) : by_md5(proof);
}

static bool is_member(void *arg, Str role)
{
    Proof *proof = arg;
    Connection *c = proof->connection;
    return proof->found && c->server->ops->role_is_member(c->server->engine, proof->role.oid, role);
}

static bool by_name(Proof *proof, const Access *access, Str system_user)
{
    Connection *c = proof->connection;
    c->authenticated_as = str_copy(c->arena, system_user);
    if (access_map(access, proof->rule->map, system_user, proof->query)) return true;
    proof->why = str_format(c->arena,
                            "provided user name (%.*s) and authenticated user name (%.*s) do not "
                            "match",
                            STR_ARG(c->user), STR_ARG(system_user));
    return false;
}

static bool by_peer(Proof *proof, const Access *access)
{
    Connection *c = proof->connection;
    Str system_user;
    Status status = os_socket_peer_user(c->scratch, c->wire.socket, &system_user);
    if (status != OK) {
        proof->why = str_format(c->arena, "could not get peer credentials: %s",
                                status_text(status));
        return false;
    }
    return by_name(proof, access, system_user);
}

static bool by_certificate(Proof *proof, const Access *access)
{
    Connection *c = proof->connection;
    Str name = c->wire.tls ? tls_peer_name(c->scratch, c->wire.tls, proof->rule->client_name_dn)
                           : (Str){0};
    if (name.bytes > 0) return by_name(proof, access, name);
    proof->why = STR("client certificate contains no user name");
    return false;
}

static bool prove(Proof *proof, const Access *access)
{
    const AccessRule *rule = proof->rule;
    Connection *c = proof->connection;
    if (rule->client_cert != CLIENT_CERT_NONE && !(c->wire.tls && tls_peer_verified(c->wire.tls)))
        connection__fatal(SQLSTATE_INVALID_AUTHORIZATION_SPECIFICATION,
                          "connection requires a valid client certificate");
    bool good = false;
    switch (rule->method) {
    case AUTH_TRUST: good = true; break;
    case AUTH_PASSWORD: good = by_password(proof); break;
    case AUTH_MD5: good = by_md5_or_scram(proof); break;
    case AUTH_SCRAM: good = by_scram(proof); break;
    case AUTH_PEER: good = by_peer(proof, access); break;
    case AUTH_CERT: return by_certificate(proof, access);
    case AUTH_REJECT:
    case AUTH_IDENT:
    case AUTH_GSS:
    case AUTH_SSPI:
    case AUTH_PAM:
    case AUTH_BSD:
    case AUTH_LDAP:
    case AUTH_RADIUS:
    case AUTH_OAUTH:
    case AUTH_METHOD_COUNT: return false; /* such lines are refused when read, or before */
    }
    if (good && rule->client_cert == CLIENT_CERT_VERIFY_FULL) good = by_certificate(proof, access);
    return good;
}

/* ---- verdicts */

static _Noreturn void refuse_connection(Connection *c, const AccessRule *rule)
{
    Str host = socket_address_print(c->arena, &c->peer);
    const char *encryption = c->wire.tls ? "SSL encryption" : "no encryption";
    Error *error = error_begin(SQLSTATE_INVALID_AUTHORIZATION_SPECIFICATION);
    error_message(
        error,
        rule ? "pg_hba.conf rejects connection for host \"%.*s\", user \"%.*s\", database "
               "\"%.*s\", %s"
             : "no pg_hba.conf entry for host \"%.*s\", user \"%.*s\", database \"%.*s\", %s",
        STR_ARG(host), STR_ARG(c->user), STR_ARG(c->database), encryption);
    error_raise(error_severity(error, SEVERITY_FATAL));
}

static _Noreturn void refuse_user(Proof *proof)
{
    static const char *const texts[AUTH_METHOD_COUNT] = {
        [AUTH_TRUST] = "\"trust\" authentication failed for user \"%.*s\"",
        [AUTH_PASSWORD] = "password authentication failed for user \"%.*s\"",
        [AUTH_MD5] = "password authentication failed for user \"%.*s\"",
        [AUTH_SCRAM] = "password authentication failed for user \"%.*s\"",
        [AUTH_PEER] = "Peer authentication failed for user \"%.*s\"",
        [AUTH_CERT] = "certificate authentication failed for user \"%.*s\"",
    };
    const AccessRule *rule = proof->rule;
    bool password = rule->method == AUTH_PASSWORD || rule->method == AUTH_MD5 ||
                    rule->method == AUTH_SCRAM;
    Error *error = error_begin(password ? SQLSTATE_INVALID_PASSWORD
                                        : SQLSTATE_INVALID_AUTHORIZATION_SPECIFICATION);
    Str user = proof->connection->user;
    StrBuilder message = str_builder(proof->connection->arena, 64);
    Str text = str_from(texts[rule->method]);
    size_t at = text.bytes;
    (void)str_find(text, STR("%.*s"), &at);
    str_add(&message, str_slice(text, 0, at));
    str_add(&message, user);
    str_add(&message, str_slice(text, at + 4, text.bytes));
    error_message(error, "%.*s", STR_ARG(str_done(&message)));
    error_detail_log(error, "%.*s%sConnection matched file \"%.*s\" line %d: \"%.*s\"",
                     STR_ARG(proof->why), proof->why.bytes ? "\n" : "", STR_ARG(rule->file),
                     rule->line, STR_ARG(rule->text));
    error_raise(error_severity(error, SEVERITY_FATAL));
}

/* What SYSTEM_USER says: the method, and the name that it proved, which a password's is the role's own. */
static void note_identity(Connection *c, AuthMethod method)
{
    static const char *const words[AUTH_METHOD_COUNT] = {
#define METHOD_WORD(NAME, text, built) [AUTH_##NAME] = text,
        AUTH_METHODS(METHOD_WORD)
#undef METHOD_WORD
    };
    if (method == AUTH_TRUST) return;
    const Str name = c->authenticated_as.bytes > 0 ? c->authenticated_as : c->user;
    c->system_user = str_format(c->arena, "%s:%.*s", words[method], STR_ARG(name));
}

static void check_under(Connection *c, const Access *access)
{
    Proof proof = {.connection = c};
    proof.found = c->server->ops->role_find(c->server->engine, c->arena, c->user, &proof.role);
    AccessQuery query = {.arena = c->arena,
                         .address = &c->peer,
                         .tls = c->wire.tls != NULL,
                         .database = c->database,
                         .user = c->user,
                         .is_member = is_member,
                         .arg = &proof};
    proof.query = &query;
    const AccessRule *rule = access_find(access, &query);
    if (!rule || rule->method == AUTH_REJECT) refuse_connection(c, rule);
    proof.rule = rule;
    if (!prove(&proof, access)) refuse_user(&proof);
    note_identity(c, rule->method);
    ask(c, AUTH_OK, NULL, 0);
}

static void release_access(void *access)
{
    access_release(access);
}

void auth__check(Connection *connection)
{
    Server *server = connection->server;
    mutex_lock(&server->lock);
    Access *access = access_hold(server->access);
    mutex_unlock(&server->lock);
    SCOPED(scope);
    scope_add(scope, release_access, access);
    check_under(connection, access);
}
