/* SPDX-License-Identifier: Apache-2.0 */
/* acl.c - lists of privileges changed, as GRANT and REVOKE say it. An item says who gave what to whom; what is given
 * with GRANT OPTION may be passed on, and what was passed on goes when the option goes. */
#include "ddl/acl.h"

/* ---- items ---- */

static AclItem *item_of(AclList *list, Oid grantee, Oid grantor)
{
    for (uint32_t i = 0; i < list->count; i++) {
        if (list->items[i].grantee == grantee && list->items[i].grantor == grantor)
            return &list->items[i];
    }
    AclItem item = {.grantee = grantee, .grantor = grantor};
    array_push(list, item);
    return &list->items[list->count - 1];
}

/* What of `bits` the role may still pass on. */
static uint32_t options_of(const AclList *list, Oid role, Oid owner, uint32_t bits)
{
    uint32_t have = role == owner ? bits : 0;
    for (uint32_t i = 0; i < list->count; i++) {
        if (list->items[i].grantee == role) have |= list->items[i].grantable & bits;
    }
    return have;
}

/* `role` has lost the right to pass on `bits`: what it passed on goes, or is in the way. */
static void revoke_dependent(AclList *list, const AclChange *change, Oid role, uint32_t bits)
{
    task_check_stack();
    bits &= ~options_of(list, role, change->owner, bits);
    for (uint32_t i = 0; i < list->count && bits != 0; i++) {
        AclItem *item = &list->items[i];
        const uint32_t passed = item->privileges & bits;
        if (item->grantor != role || passed == 0) continue;
        if (!change->cascade) {
            Error *error = error_begin(SQLSTATE_DEPENDENT_OBJECTS_STILL_EXIST);
            error_message(error, "dependent privileges exist");
            error_hint(error, "Use CASCADE to revoke them too.");
            error_raise(error);
        }
        const uint32_t options = item->grantable & bits;
        item->privileges &= ~bits;
        item->grantable &= ~bits;
        revoke_dependent(list, change, list->items[i].grantee, options);
    }
}

static void change_one(AclList *list, const AclChange *change, Oid grantee)
{
    AclItem *item = item_of(list, grantee, change->grantor);
    if (!change->revoke) {
        item->privileges |= change->bits;
        if (change->grant_option) item->grantable |= change->bits;
        return;
    }
    const uint32_t options = item->grantable & change->bits;
    item->grantable &= ~change->bits;
    if (!change->grant_option) item->privileges &= ~change->bits;
    if (options != 0) revoke_dependent(list, change, grantee, options);
}

AclList ddl__acl_read(Ddl *ddl, const Datum *stored, const AclItem *defaults, uint32_t count)
{
    AclList list = {.arena = ddl->arena};
    AclItem *items = NULL;
    if (!stored->null) count = cat_acl_read(ddl->arena, strview_str(&stored->value.str), &items);
    for (uint32_t i = 0; i < count; i++) array_push(&list, stored->null ? defaults[i] : items[i]);
    return list;
}

void ddl__acl_change(AclList *list, const AclChange *change)
{
    for (uint32_t i = 0; i < change->grantee_count; i++)
        change_one(list, change, change->grantees[i]);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < list->count; i++) {
        if (list->items[i].privileges != 0) list->items[kept++] = list->items[i];
    }
    list->count = kept;
}

/* ---- who is named in them ---- */

static bool names(const AclList *list, Oid role)
{
    for (uint32_t i = 0; i < list->count; i++) {
        if (list->items[i].grantee == role || list->items[i].grantor == role) return true;
    }
    return false;
}

/* Rows of kind 'a' in pg_shdepend follow the list: a role cannot be dropped while it stands in one. */
void ddl__acl_note_roles(Ddl *ddl, CatObject object, Oid owner, const AclList *before,
                         const AclList *after)
{
    const AclList *lists[] = {before, after};
    for (uint32_t l = 0; l < ARRAY_LEN(lists); l++) {
        for (uint32_t i = 0; i < lists[l]->count; i++) {
            const Oid role = lists[l]->items[i].grantee;
            const bool was = names(before, role), is = names(after, role);
            bool seen = role == 0 || role == owner || was == is;
            for (uint32_t j = 0; j < i && !seen; j++) seen = lists[l]->items[j].grantee == role;
            if (seen) continue;
            if (is)
                cat_depend_add(ddl->view, object, ddl__object(CLASS_AUTHID, role, 0), 'a');
            else
                cat_depend_forget_role(ddl->view, object, role, 'a');
        }
    }
}
