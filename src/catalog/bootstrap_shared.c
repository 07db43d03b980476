/* SPDX-License-Identifier: Apache-2.0 */
/* bootstrap_shared.c - first rows that no declaration beside code has: roles, template1, tablespaces, schemas,
 * languages, access methods. */
#include "catalog/bootstrap_internal.h"

enum { ROLE_MONITOR = 3373 };

static const struct {
    Oid oid;
    const char *name;
    bool in_monitor; /* pg_monitor is a member */
} predefined_roles[] = {
    {ROLE_DATABASE_OWNER, "pg_database_owner", false},
    {6181, "pg_read_all_data", false},
    {6182, "pg_write_all_data", false},
    {ROLE_MONITOR, "pg_monitor", false},
    {3374, "pg_read_all_settings", true},
    {3375, "pg_read_all_stats", true},
    {3377, "pg_stat_scan_tables", true},
    {4569, "pg_read_server_files", false},
    {4570, "pg_write_server_files", false},
    {4571, "pg_execute_server_program", false},
    {4200, "pg_signal_backend", false},
    {4544, "pg_checkpoint", false},
    {6337, "pg_maintain", false},
    {4550, "pg_use_reserved_connections", false},
    {6304, "pg_create_subscription", false},
    {6392, "pg_signal_autovacuum_worker", false},
};

static void add_roles(Boot *boot)
{
    BootRows roles = boot__rows(boot, PG_AUTHID), members = boot__rows(boot, PG_AUTH_MEMBERS);
    Datum *row = boot__row(&roles);
    row[PG_AUTHID_OID] = datum_oid(ROLE_BOOTSTRAP);
    row[PG_AUTHID_ROLNAME] = datum_str(boot->options->superuser);
    static const uint8_t attributes[] = {PG_AUTHID_ROLSUPER,      PG_AUTHID_ROLINHERIT,
                                         PG_AUTHID_ROLCREATEROLE, PG_AUTHID_ROLCREATEDB,
                                         PG_AUTHID_ROLCANLOGIN,   PG_AUTHID_ROLREPLICATION,
                                         PG_AUTHID_ROLBYPASSRLS};
    for (size_t i = 0; i < ARRAY_LEN(attributes); i++) row[attributes[i]] = datum_bool(true);
    row[PG_AUTHID_ROLCONNLIMIT] = datum_i32(-1);
    if (boot->options->password_hash.bytes)
        row[PG_AUTHID_ROLPASSWORD] = datum_str(boot->options->password_hash);
    Oid membership = 10308;
    for (size_t i = 0; i < ARRAY_LEN(predefined_roles); i++) {
        row = boot__row(&roles);
        row[PG_AUTHID_OID] = datum_oid(predefined_roles[i].oid);
        row[PG_AUTHID_ROLNAME] = boot__text(boot, predefined_roles[i].name);
        row[PG_AUTHID_ROLINHERIT] = datum_bool(true);
        row[PG_AUTHID_ROLCONNLIMIT] = datum_i32(-1);
        if (!predefined_roles[i].in_monitor) continue;
        row = boot__row(&members);
        row[PG_AUTH_MEMBERS_OID] = datum_oid(membership++);
        row[PG_AUTH_MEMBERS_ROLEID] = datum_oid(predefined_roles[i].oid);
        row[PG_AUTH_MEMBERS_MEMBER] = datum_oid(ROLE_MONITOR);
        row[PG_AUTH_MEMBERS_GRANTOR] = datum_oid(ROLE_BOOTSTRAP);
        row[PG_AUTH_MEMBERS_INHERIT_OPTION] = datum_bool(true);
        row[PG_AUTH_MEMBERS_SET_OPTION] = datum_bool(true);
    }
    boot__rows_end(&roles);
    boot__rows_end(&members);
}

static void add_tablespaces(Boot *boot)
{
    BootRows rows = boot__rows(boot, PG_TABLESPACE);
    const struct {
        Oid oid;
        const char *name;
    } spaces[] = {{TABLESPACE_DEFAULT, "pg_default"}, {TABLESPACE_GLOBAL, "pg_global"}};
    for (size_t i = 0; i < ARRAY_LEN(spaces); i++) {
        Datum *row = boot__row(&rows);
        row[PG_TABLESPACE_OID] = datum_oid(spaces[i].oid);
        row[PG_TABLESPACE_SPCNAME] = boot__text(boot, spaces[i].name);
        row[PG_TABLESPACE_SPCOWNER] = datum_oid(ROLE_BOOTSTRAP);
    }
    boot__rows_end(&rows);
}

static void add_template1(Boot *boot)
{
    BootRows rows = boot__rows(boot, PG_DATABASE);
    Datum *row = boot__row(&rows);
    const Str locale = boot->options->locale.bytes ? boot->options->locale : STR("C.UTF-8");
    const char provider = boot->options->provider.bytes ? boot->options->provider.data[0] : 'b';
    const AclItem acl[] = {{0, ROLE_BOOTSTRAP, PRIV_CONNECT, 0},
                           {ROLE_BOOTSTRAP, ROLE_BOOTSTRAP,
                            cat_privileges_of_class(CLASS_PG_DATABASE, 0), 0}};
    row[PG_DATABASE_OID] = datum_oid(DATABASE_TEMPLATE1);
    row[PG_DATABASE_DATNAME] = boot__text(boot, "template1");
    row[PG_DATABASE_DATDBA] = datum_oid(ROLE_BOOTSTRAP);
    row[PG_DATABASE_ENCODING] = datum_i32(6);
    row[PG_DATABASE_DATLOCPROVIDER] = datum_char(provider);
    row[PG_DATABASE_DATISTEMPLATE] = datum_bool(true);
    row[PG_DATABASE_DATALLOWCONN] = datum_bool(true);
    row[PG_DATABASE_DATCONNLIMIT] = datum_i32(-1);
    row[PG_DATABASE_DATFROZENXID] = datum_oid(3);
    row[PG_DATABASE_DATMINMXID] = datum_oid(1);
    row[PG_DATABASE_DATTABLESPACE] = datum_oid(TABLESPACE_DEFAULT);
    row[PG_DATABASE_DATCOLLATE] = boot__text(boot, "C");
    row[PG_DATABASE_DATCTYPE] = boot__text(boot, "C");
    row[PG_DATABASE_DATLOCALE] = datum_str(locale);
    if (provider == 'b') row[PG_DATABASE_DATCOLLVERSION] = boot__text(boot, "1");
    row[PG_DATABASE_DATACL] = cat_acl_build(boot->arena, acl, ARRAY_LEN(acl));
    row[PG_DATABASE_SPACE] = datum_i32((int32_t)boot->view->db->space.v);
    boot__rows_end(&rows);
}

static void add_namespaces(Boot *boot, BootRows *init)
{
    static const struct {
        Oid oid, owner;
        const char *name;
        bool open;
        const char *text;
    } schemas[] = {
        {NAMESPACE_PG_CATALOG, ROLE_BOOTSTRAP, "pg_catalog", true, "what is built in"},
        {NAMESPACE_PG_TOAST, ROLE_BOOTSTRAP, "pg_toast", false, "kept for names that clients know"},
        {NAMESPACE_PUBLIC, ROLE_DATABASE_OWNER, "public", true, "standard public schema"},
    };
    BootRows rows = boot__rows(boot, PG_NAMESPACE), texts = boot__rows(boot, PG_DESCRIPTION);
    for (size_t i = 0; i < ARRAY_LEN(schemas); i++) {
        const Oid owner = schemas[i].owner;
        const AclItem acl[] = {{owner, owner, PRIV_USAGE | PRIV_CREATE, 0},
                               {0, owner, PRIV_USAGE, 0}};
        Datum *row = boot__row(&rows);
        row[PG_NAMESPACE_OID] = datum_oid(schemas[i].oid);
        row[PG_NAMESPACE_NSPNAME] = boot__text(boot, schemas[i].name);
        row[PG_NAMESPACE_NSPOWNER] = datum_oid(owner);
        if (schemas[i].open) {
            row[PG_NAMESPACE_NSPACL] = cat_acl_build(boot->arena, acl, ARRAY_LEN(acl));
            boot__init_privilege(init, CLASS_PG_NAMESPACE, schemas[i].oid,
                                 row[PG_NAMESPACE_NSPACL]);
        }
        row = boot__row(&texts);
        row[PG_DESCRIPTION_OBJOID] = datum_oid(schemas[i].oid);
        row[PG_DESCRIPTION_CLASSOID] = datum_oid(CLASS_PG_NAMESPACE);
        row[PG_DESCRIPTION_DESCRIPTION] = boot__text(boot, schemas[i].text);
    }
    boot__rows_end(&rows);
    boot__rows_end(&texts);
}

static void add_languages(Boot *boot)
{
    static const struct {
        Oid oid, validator;
        const char *name;
        bool trusted;
    } languages[] = {{LANGUAGE_INTERNAL, 2246, "internal", false},
                     {LANGUAGE_C, 2247, "c", false},
                     {LANGUAGE_SQL, 2248, "sql", true}};
    BootRows rows = boot__rows(boot, PG_LANGUAGE);
    for (size_t i = 0; i < ARRAY_LEN(languages); i++) {
        Datum *row = boot__row(&rows);
        row[PG_LANGUAGE_OID] = datum_oid(languages[i].oid);
        row[PG_LANGUAGE_LANNAME] = boot__text(boot, languages[i].name);
        row[PG_LANGUAGE_LANOWNER] = datum_oid(ROLE_BOOTSTRAP);
        row[PG_LANGUAGE_LANPLTRUSTED] = datum_bool(languages[i].trusted);
        row[PG_LANGUAGE_LANVALIDATOR] = datum_oid(languages[i].validator);
    }
    boot__rows_end(&rows);
}

static void add_methods(Boot *boot)
{
    static const struct {
        Oid oid, handler;
        const char *name;
        char type;
    } methods[] = {{METHOD_HEAP, 3, "heap", 't'},   {METHOD_BTREE, 330, "btree", 'i'},
                   {METHOD_HASH, 331, "hash", 'i'}, {783, 332, "gist", 'i'},
                   {2742, 333, "gin", 'i'},         {4000, 334, "spgist", 'i'},
                   {3580, 335, "brin", 'i'}};
    BootRows rows = boot__rows(boot, PG_AM);
    for (size_t i = 0; i < ARRAY_LEN(methods); i++) {
        Datum *row = boot__row(&rows);
        row[PG_AM_OID] = datum_oid(methods[i].oid);
        row[PG_AM_AMNAME] = boot__text(boot, methods[i].name);
        row[PG_AM_AMHANDLER] = datum_oid(methods[i].handler);
        row[PG_AM_AMTYPE] = datum_char(methods[i].type);
    }
    boot__rows_end(&rows);
}

void boot__shared(Boot *boot)
{
    BootRows init = boot__rows(boot, PG_INIT_PRIVS);
    add_roles(boot);
    add_tablespaces(boot);
    add_template1(boot);
    add_namespaces(boot, &init);
    add_languages(boot);
    add_methods(boot);
    boot__rows_end(&init);
}
