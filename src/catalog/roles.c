/* SPDX-License-Identifier: Apache-2.0 */
/* roles.c - who is a member of what. pg_auth_members is kept whole, as one entry: it is small, and every question walks
 * it upward from a role. */
#include "catalog/catalog_internal.h"

#include "base/oids.h"

typedef struct Membership {
    Oid role, member;
    bool inherit, set, admin;
} Membership;

typedef struct CatMembers {
    CatEntry entry;
    const Membership *list;
    uint32_t count;
} CatMembers;

static CatEntry *load_members(CatalogView *view, Arena *arena, const CatKey *key)
{
    ARRAY_OF(Membership) list = {.arena = arena};
    (void)key;
    CatScan *scan = cat_scan_open(view, PG_AUTH_MEMBERS, CAT_INDEX_NONE, NULL, 0);
    for (CatRow row; cat_scan_next(scan, &row);) {
        const Membership m = {
            .role = row.values[PG_AUTH_MEMBERS_ROLEID].value.u32,
            .member = row.values[PG_AUTH_MEMBERS_MEMBER].value.u32,
            .inherit = row.values[PG_AUTH_MEMBERS_INHERIT_OPTION].value.b,
            .set = row.values[PG_AUTH_MEMBERS_SET_OPTION].value.b,
            .admin = row.values[PG_AUTH_MEMBERS_ADMIN_OPTION].value.b,
        };
        array_push(&list, m);
    }
    cat_scan_close(scan);
    CatMembers *members = ARENA_NEW(arena, CatMembers);
    members->list = list.items;
    members->count = list.count;
    return &members->entry;
}

static const CatMembers *members_of_all(CatalogView *view)
{
    const CatKey key = {0, CLASS_PG_AUTHID | CAT_KEY_WHOLE, 0, {0}};
    return (const CatMembers *)cat__entry(view, &key, load_members);
}

static Oid owner_of_database(CatalogView *view)
{
    const CatDatabase *d = view->db->oid ? cat_database(view, view->db->oid) : NULL;
    return d ? d->owner : 0;
}

static bool counts(const Membership *m, RoleLink link)
{
    switch (link) {
    case ROLE_LINK_MEMBER: return true;
    case ROLE_LINK_INHERIT: return m->inherit;
    case ROLE_LINK_SET: return m->set;
    case ROLE_LINK_ADMIN: return m->admin;
    }
    UNREACHABLE();
}

/* Breadth first from `role` upward; ADMIN counts only for the last step. */
bool cat__role_reaches(CatalogView *view, Oid role, Oid of, RoleLink link)
{
    if (role == of) return link != ROLE_LINK_ADMIN;
    if (!view->db->tables[PG_AUTH_MEMBERS]) return false;
    const CatMembers *members = members_of_all(view);
    const Oid database_owner = owner_of_database(view);
    const RoleLink step = link == ROLE_LINK_ADMIN ? ROLE_LINK_MEMBER : link;
    ARRAY_OF(Oid) reached = {.arena = view->stmt};
    array_push(&reached, role);
    for (uint32_t at = 0; at < reached.count; at++) {
        const Oid member = reached.items[at];
        task_check();
        for (uint32_t i = 0; i <= members->count; i++) {
            Oid next = member == database_owner ? (Oid)ROLE_DATABASE_OWNER : 0;
            if (i < members->count) {
                const Membership *m = &members->list[i];
                if (m->member != member) continue;
                if (m->role == of && counts(m, link)) return true;
                next = counts(m, step) ? m->role : 0;
            } else if (next == of && next && link != ROLE_LINK_ADMIN) {
                return true;
            }
            bool known = !next;
            for (uint32_t j = 0; j < reached.count && !known; j++) known = reached.items[j] == next;
            if (!known) array_push(&reached, next);
        }
    }
    return false;
}

const CatRole *cat_role_in_force(CatalogView *view)
{
    static const CatRole nobody;
    const CatRole *role = cat_role(view, view->role);
    return role ? role : &nobody;
}

bool cat__is_superuser(CatalogView *view, Oid role)
{
    if (!view->db->tables[PG_AUTHID]) return true;
    const CatRole *r = cat_role(view, role);
    return r && r->superuser;
}

bool cat_role_is_member(CatalogView *view, Oid role, Oid of)
{
    return cat__is_superuser(view, role) || cat__role_reaches(view, role, of, ROLE_LINK_MEMBER);
}

bool cat_role_is_granted(CatalogView *view, Oid role, Oid of)
{
    return cat__role_reaches(view, role, of, ROLE_LINK_MEMBER);
}

bool cat_role_can_set(CatalogView *view, Oid role, Oid to)
{
    return cat__is_superuser(view, role) || cat__role_reaches(view, role, to, ROLE_LINK_SET);
}

bool cat_role_has_rights(CatalogView *view, Oid role, Oid of)
{
    return cat__has_privileges_of(view, role, of);
}

bool cat__has_privileges_of(CatalogView *view, Oid role, Oid of)
{
    return role == of || cat__is_superuser(view, role) ||
           cat__role_reaches(view, role, of, ROLE_LINK_INHERIT);
}
