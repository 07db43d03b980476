/* SPDX-License-Identifier: Apache-2.0 */
/* access.h - who may connect, and how he proves who he is: pg_hba.conf and pg_ident.conf, read once and then immutable;
 * a reload makes a new object. */
#pragma once

#include "base/arena.h"
#include "base/error.h"
#include "os/net.h"

typedef struct Access Access;

#define AUTH_METHODS(X)             \
    X(TRUST, "trust", true)         \
    X(REJECT, "reject", true)       \
    X(PASSWORD, "password", true)   \
    X(MD5, "md5", true)             \
    X(SCRAM, "scram-sha-256", true) \
    X(PEER, "peer", true)           \
    X(CERT, "cert", true)           \
    X(IDENT, "ident", false)        \
    X(GSS, "gss", false)            \
    X(SSPI, "sspi", false)          \
    X(PAM, "pam", false)            \
    X(BSD, "bsd", false)            \
    X(LDAP, "ldap", false)          \
    X(RADIUS, "radius", false)      \
    X(OAUTH, "oauth", false)
typedef enum AuthMethod {
#define AUTH_METHOD_ENUM(NAME, text, built) AUTH_##NAME,
    AUTH_METHODS(AUTH_METHOD_ENUM)
#undef AUTH_METHOD_ENUM
        AUTH_METHOD_COUNT
} AuthMethod;

typedef enum ClientCert {
    CLIENT_CERT_NONE,
    CLIENT_CERT_VERIFY_CA,
    CLIENT_CERT_VERIFY_FULL
} ClientCert;

/* The line of pg_hba.conf that decides. */
typedef struct AccessRule {
    AuthMethod method;
    Str map; /* name of a map in pg_ident.conf; empty: none */
    ClientCert client_cert;
    bool client_name_dn; /* compare the certificate's whole name, not its CN */
    Str file, text;
    int line;
} AccessRule;

typedef struct AccessQuery {
    Arena *arena; /* for what is looked up and compared */
    const SocketAddress *address;
    bool tls, replication;
    Str database, user;
    /* Is the user a member of the role? */
    bool (*is_member)(void *arg, Str role);
    void *arg;
} AccessQuery;

/* A wrong line; LOG, not fatal by itself. */
typedef void (*AccessComplaint)(void *arg, const char *file, int line, Str message);

/* Reads both files (pg_ident.conf may be absent). NULL when anything is wrong; each fault was told. Raises 53200. */
Access *access_read(Account *account, const char *hba_path, const char *ident_path,
                    AccessComplaint complain, void *arg);
/* The same of texts, for tests. */
Access *access_parse(Account *account, Str hba, Str ident, AccessComplaint complain, void *arg);
Access *access_hold(Access *access);
void access_release(Access *access);

/* The first line that fits; NULL: none. Lines with host names wait for the network. */
const AccessRule *access_find(const Access *access, const AccessQuery *query);
/* May the one whom the system or a certificate calls `system_user` be the query's user? Without map: when the names are
 * equal. */
bool access_map(const Access *access, Str map, Str system_user, const AccessQuery *query);
