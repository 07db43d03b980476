/* SPDX-License-Identifier: Apache-2.0 */
/* access_internal.h - lines of pg_hba.conf and pg_ident.conf as they are kept, for access.c, and access_views.c that
 * shows them. */
#pragma once

#include "server/access.h"

typedef struct Item {
    Str text;
    bool quoted;
} Item;

typedef struct Field {
    Item *items;
    uint32_t count, capacity;
} Field;

typedef enum HbaType {
    HBA_LOCAL,
    HBA_HOST,
    HBA_HOSTSSL,
    HBA_HOSTNOSSL,
    HBA_HOSTGSS,
    HBA_HOSTNOGSS
} HbaType;

typedef enum HbaWhere {
    WHERE_NETWORK, /* `network` under `mask` */
    WHERE_ANY,
    WHERE_OWN,      /* one of the machine's own addresses */
    WHERE_OWN_NETS, /* on a network that the machine is on */
    WHERE_HOST,     /* `host`, or, when it begins with a dot, a host of that domain */
} HbaWhere;

typedef struct HbaLine {
    HbaType type;
    Field databases, users;
    HbaWhere where;
    SocketAddress network, mask;
    Str host;
    AccessRule rule;
} HbaLine;

typedef struct IdentLine {
    Str map;
    Item system_user, user;
    Str file;
    int line;
} IdentLine;

struct Access {
    Arena *arena;
    _Atomic uint32_t holders;
    HbaLine *hba;
    uint32_t hba_count, hba_capacity;
    IdentLine *ident;
    uint32_t ident_count, ident_capacity;
};

/* One of the two files, into the access's arena; what is wrong is told of and left out. False: something was. */
bool access__read_file(Access *access, const char *path, bool ident, AccessComplaint complain,
                       void *arg);
const char *access__type_word(HbaType type);
