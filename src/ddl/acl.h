/* SPDX-License-Identifier: Apache-2.0 */
/* acl.h - lists of privileges and how GRANT and REVOKE change them. */
#pragma once

#include "ddl/ddl_internal.h"

typedef struct AclList {
    AclItem *items;
    uint32_t count, capacity;
    Arena *arena;
} AclList;

typedef struct AclChange {
    bool revoke, grant_option, cascade;
    uint32_t bits;
    Oid owner, grantor;
    const Oid *grantees; /* 0: PUBLIC */
    uint32_t grantee_count;
} AclChange;

/* A stored list, or where it is NULL what that means. */
AclList ddl__acl_read(Ddl *ddl, const Datum *stored, const AclItem *defaults, uint32_t count);
/* Raises 2BP01 where something passed on is in the way of a REVOKE. */
void ddl__acl_change(AclList *list, const AclChange *change);
/* pg_shdepend follows: who came into the list, who left it. */
void ddl__acl_note_roles(Ddl *ddl, CatObject object, Oid owner, const AclList *before,
                         const AclList *after);
/* Privileges named in a statement, as bits; 0: ALL. Raises 42601 for a name that is none. */
uint32_t ddl__privilege_bit(Str name);
/* The upper-case name of the lowest of these bits. */
Str ddl__privilege_name(Ddl *ddl, uint32_t bits);
const Oid *ddl__grantees(Ddl *ddl, const AstGrant *ast);
