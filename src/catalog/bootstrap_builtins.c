/* SPDX-License-Identifier: Apache-2.0 */
/* bootstrap_builtins.c - rows of what is declared beside code: types, functions, aggregates, operators, casts, classes,
 * collations, conversions, ranges. */
#include "catalog/bootstrap_internal.h"

#include "base/oids.h"
#include "type/array.h"
#include "type/collation.h"
#include "type/encoding.h"

enum {
    ARRAY_TYPANALYZE = 3816,
    RANGE_TYPANALYZE = 3916,
    MULTIRANGE_TYPANALYZE = 4242,
    ARRAY_SUBSCRIPT = 6179,
    ROLE_MONITOR = 3373,
    ROLE_READ_STATS = 3375
};

static Oid if_built(Oid function)
{
    return builtin_function(function) ? function : 0;
}

static void describe(BootRows *texts, Oid class_, Oid oid, const char *text)
{
    if (!text || !*text) return;
    Datum *row = boot__row(texts);
    row[PG_DESCRIPTION_OBJOID] = datum_oid(oid);
    row[PG_DESCRIPTION_CLASSOID] = datum_oid(class_);
    row[PG_DESCRIPTION_DESCRIPTION] = datum_str(str_from(text));
}

/* ---- types */

static Oid analyze_of(const CatType *t)
{
    if (t->category == 'A' && t->element && t->oid != OID_INT2VECTOR && t->oid != OID_OIDVECTOR)
        return if_built(ARRAY_TYPANALYZE);
    if (t->kind == 'r') return if_built(RANGE_TYPANALYZE);
    return t->kind == 'm' ? if_built(MULTIRANGE_TYPANALYZE) : 0;
}

static void add_type(BootRows *rows, const CatType *t)
{
    const BuiltinType *b = builtin_type(t->oid);
    const bool array = !b && t->element;
    Datum *row = boot__row(rows);
    row[PG_TYPE_OID] = datum_oid(t->oid);
    row[PG_TYPE_TYPNAME] = datum_str(t->name);
    row[PG_TYPE_TYPNAMESPACE] = datum_oid(t->namespace_);
    row[PG_TYPE_TYPOWNER] = datum_oid(t->owner);
    row[PG_TYPE_TYPLEN] = datum_i16(b ? b->bytes : -1);
    row[PG_TYPE_TYPBYVAL] = datum_bool(b && b->by_value);
    row[PG_TYPE_TYPTYPE] = datum_char(t->kind);
    row[PG_TYPE_TYPCATEGORY] = datum_char(t->category);
    row[PG_TYPE_TYPISPREFERRED] = datum_bool(t->preferred);
    row[PG_TYPE_TYPISDEFINED] = datum_bool(true);
    row[PG_TYPE_TYPDELIM] = datum_char(b ? b->delimiter : ',');
    row[PG_TYPE_TYPRELID] = datum_oid(t->relation);
    row[PG_TYPE_TYPSUBSCRIPT] = datum_oid(b ? b->subscript : array ? ARRAY_SUBSCRIPT : 0);
    row[PG_TYPE_TYPELEM] = datum_oid(t->element);
    row[PG_TYPE_TYPARRAY] = datum_oid(t->array);
    row[PG_TYPE_TYPINPUT] = datum_oid(t->input);
    row[PG_TYPE_TYPOUTPUT] = datum_oid(t->output);
    row[PG_TYPE_TYPRECEIVE] = datum_oid(t->receive);
    row[PG_TYPE_TYPSEND] = datum_oid(t->send);
    row[PG_TYPE_TYPMODIN] = datum_oid(t->typmod_in);
    row[PG_TYPE_TYPMODOUT] = datum_oid(t->typmod_out);
    row[PG_TYPE_TYPANALYZE] = datum_oid(analyze_of(t));
    row[PG_TYPE_TYPALIGN] = datum_char(b ? b->align : 'd');
    row[PG_TYPE_TYPSTORAGE] = datum_char(b ? b->storage : 'x');
    row[PG_TYPE_TYPTYPMOD] = datum_i32(-1);
    row[PG_TYPE_TYPCOLLATION] = datum_oid(t->collation);
}

static void add_types(Boot *boot, BootRows *texts)
{
    const CatBuiltins *made = &boot->view->catalog->builtin;
    BootRows rows = boot__rows(boot, PG_TYPE), ranges = boot__rows(boot, PG_RANGE);
    for (uint32_t i = 0; i < made->type_count; i++) {
        add_type(&rows, &made->types[i]);
        const BuiltinType *b = builtin_type(made->types[i].oid);
        if (b) describe(texts, CLASS_PG_TYPE, b->oid, b->description);
    }
    for (uint32_t i = 0; i < builtins.ranges_count; i++) {
        const BuiltinRange *b = &builtins.ranges[i];
        Datum *row = boot__row(&ranges);
        row[PG_RANGE_RNGTYPID] = datum_oid(b->type);
        row[PG_RANGE_RNGSUBTYPE] = datum_oid(b->subtype);
        row[PG_RANGE_RNGMULTITYPID] = datum_oid(b->multirange);
        row[PG_RANGE_RNGSUBOPC] = datum_oid(b->opclass);
        row[PG_RANGE_RNGCANONICAL] = datum_oid(b->canonical);
        row[PG_RANGE_RNGSUBDIFF] = datum_oid(b->difference);
    }
    boot__rows_end(&rows);
    boot__rows_end(&ranges);
}

/* ---- functions */

/* Functions that PUBLIC may not call, and who may besides the superuser. */
static const struct {
    const char *name;
    Oid role;
} restricted[] = {
    {"lo_export", 0},
    {"lo_import", 0},
    {"pg_backup_start", 0},
    {"pg_backup_stop", 0},
    {"pg_config", 0},
    {"pg_create_restore_point", 0},
    {"pg_current_logfile", ROLE_MONITOR},
    {"pg_get_aios", ROLE_READ_STATS},
    {"pg_get_backend_memory_contexts", ROLE_READ_STATS},
    {"pg_get_shmem_allocations", ROLE_READ_STATS},
    {"pg_get_shmem_allocations_numa", ROLE_READ_STATS},
    {"pg_hba_file_rules", 0},
    {"pg_ident_file_mappings", 0},
    {"pg_log_backend_memory_contexts", 0},
    {"pg_log_standby_snapshot", 0},
    {"pg_ls_archive_statusdir", ROLE_MONITOR},
    {"pg_ls_dir", 0},
    {"pg_ls_logdir", ROLE_MONITOR},
    {"pg_ls_logicalmapdir", ROLE_MONITOR},
    {"pg_ls_logicalsnapdir", ROLE_MONITOR},
    {"pg_ls_replslotdir", ROLE_MONITOR},
    {"pg_ls_summariesdir", ROLE_MONITOR},
    {"pg_ls_tmpdir", ROLE_MONITOR},
    {"pg_ls_waldir", ROLE_MONITOR},
    {"pg_promote", 0},
    {"pg_read_binary_file", 0},
    {"pg_read_file", 0},
    {"pg_reload_conf", 0},
    {"pg_replication_origin_advance", 0},
    {"pg_replication_origin_create", 0},
    {"pg_replication_origin_drop", 0},
    {"pg_replication_origin_oid", 0},
    {"pg_replication_origin_progress", 0},
    {"pg_replication_origin_session_is_setup", 0},
    {"pg_replication_origin_session_progress", 0},
    {"pg_replication_origin_session_reset", 0},
    {"pg_replication_origin_session_setup", 0},
    {"pg_replication_origin_xact_reset", 0},
    {"pg_replication_origin_xact_setup", 0},
    {"pg_rotate_logfile", 0},
    {"pg_show_all_file_settings", 0},
    {"pg_show_replication_origin_status", 0},
    {"pg_stat_file", 0},
    {"pg_stat_have_stats", 0},
    {"pg_stat_reset", 0},
    {"pg_stat_reset_backend_stats", 0},
    {"pg_stat_reset_replication_slot", 0},
    {"pg_stat_reset_shared", 0},
    {"pg_stat_reset_single_function_counters", 0},
    {"pg_stat_reset_single_table_counters", 0},
    {"pg_stat_reset_slru", 0},
    {"pg_stat_reset_subscription_stats", 0},
    {"pg_switch_wal", 0},
    {"pg_wal_replay_pause", 0},
    {"pg_wal_replay_resume", 0},
};

static Datum function_acl(Boot *boot, const BuiltinFunction *b)
{
    for (size_t i = 0; i < ARRAY_LEN(restricted); i++) {
        if (!str_equal(str_from(restricted[i].name), str_from(b->name))) continue;
        const AclItem acl[] = {{ROLE_BOOTSTRAP, ROLE_BOOTSTRAP, PRIV_EXECUTE, 0},
                               {restricted[i].role, ROLE_BOOTSTRAP, PRIV_EXECUTE, 0}};
        return cat_acl_build(boot->arena, acl, restricted[i].role ? 2 : 1);
    }
    return datum_null();
}

/* Modes, names and defaults, where the declaration gives them. */
static void add_arguments(Boot *boot, Datum *row, const BuiltinFunction *b)
{
    const uint32_t count = b->all_arg_count;
    if (b->modes) {
        Datum *modes = ARENA_ARRAY(boot->arena, Datum, count + 1);
        for (uint32_t i = 0; i < count; i++) modes[i] = datum_char(b->modes[i]);
        row[PG_PROC_PROARGMODES] = datum_str(
            array_build(boot->arena, builtin_type(OID_CHAR)->type, modes, count));
        row[PG_PROC_PROALLARGTYPES] = boot__oids(boot, b->all_args, count);
    }
    if (b->arg_names) {
        Datum *names = ARENA_ARRAY(boot->arena, Datum, count + 1);
        for (uint32_t i = 0; i < count; i++) names[i] = boot__text(boot, b->arg_names[i]);
        row[PG_PROC_PROARGNAMES] = datum_str(
            array_build(boot->arena, builtin_type(OID_TEXT)->type, names, count));
    }
    if (b->default_count) {
        Str *texts = ARENA_ARRAY(boot->arena, Str, b->default_count);
        for (uint32_t i = 0; i < b->default_count; i++) texts[i] = str_from(b->defaults[i]);
        row[PG_PROC_PROARGDEFAULTS] = datum_str(
            cat_expr_list_join(boot->arena, texts, b->default_count));
    }
}

static void add_function(BootRows *rows, BootRows *init, const CatFunction *f)
{
    Boot *boot = rows->boot;
    Datum *row = boot__row(rows);
    row[PG_PROC_OID] = datum_oid(f->oid);
    row[PG_PROC_PRONAME] = datum_str(f->name);
    row[PG_PROC_PRONAMESPACE] = datum_oid(f->namespace_);
    row[PG_PROC_PROOWNER] = datum_oid(f->owner);
    row[PG_PROC_PROLANG] = datum_oid(f->language);
    row[PG_PROC_PROCOST] = datum_f32(f->cost);
    row[PG_PROC_PROROWS] = datum_f32(f->rows);
    row[PG_PROC_PROVARIADIC] = datum_oid(f->variadic);
    row[PG_PROC_PROSUPPORT] = datum_oid(f->support);
    row[PG_PROC_PROKIND] = datum_char(f->kind);
    row[PG_PROC_PROSECDEF] = datum_bool(f->security_definer);
    row[PG_PROC_PROLEAKPROOF] = datum_bool(f->leakproof);
    row[PG_PROC_PROISSTRICT] = datum_bool(f->strict);
    row[PG_PROC_PRORETSET] = datum_bool(f->returns_set);
    row[PG_PROC_PROVOLATILE] = datum_char(f->volatility);
    row[PG_PROC_PROPARALLEL] = datum_char(f->parallel);
    row[PG_PROC_PRONARGS] = datum_i16((int16_t)f->arg_count);
    row[PG_PROC_PRONARGDEFAULTS] = datum_i16((int16_t)f->default_count);
    row[PG_PROC_PRORETTYPE] = datum_oid(f->result);
    row[PG_PROC_PROARGTYPES] = boot__oidvector(boot, f->args, f->arg_count);
    row[PG_PROC_PROSRC] = datum_str(f->source);
    add_arguments(boot, row, f->builtin);
    const Datum acl = function_acl(boot, f->builtin);
    row[PG_PROC_PROACL] = acl;
    if (!acl.null) boot__init_privilege(init, CLASS_PG_PROC, f->oid, acl);
}

static void add_aggregate(BootRows *rows, const BuiltinAggregate *b)
{
    Datum *row = boot__row(rows);
    row[PG_AGGREGATE_AGGFNOID] = datum_oid(b->function);
    row[PG_AGGREGATE_AGGKIND] = datum_char(b->kind);
    row[PG_AGGREGATE_AGGNUMDIRECTARGS] = datum_i16((int16_t)b->direct_count);
    row[PG_AGGREGATE_AGGTRANSFN] = datum_oid(b->transition);
    row[PG_AGGREGATE_AGGFINALFN] = datum_oid(b->final);
    row[PG_AGGREGATE_AGGCOMBINEFN] = datum_oid(b->combine);
    row[PG_AGGREGATE_AGGSERIALFN] = datum_oid(b->serial);
    row[PG_AGGREGATE_AGGDESERIALFN] = datum_oid(b->deserial);
    row[PG_AGGREGATE_AGGMTRANSFN] = datum_oid(b->moving_transition);
    row[PG_AGGREGATE_AGGMINVTRANSFN] = datum_oid(b->moving_inverse);
    row[PG_AGGREGATE_AGGMFINALFN] = datum_oid(b->moving_final);
    row[PG_AGGREGATE_AGGFINALEXTRA] = datum_bool(b->final_extra);
    row[PG_AGGREGATE_AGGMFINALEXTRA] = datum_bool(b->moving_final_extra);
    row[PG_AGGREGATE_AGGFINALMODIFY] = datum_char(b->final_modify);
    row[PG_AGGREGATE_AGGMFINALMODIFY] = datum_char(b->moving_final_modify);
    row[PG_AGGREGATE_AGGSORTOP] = datum_oid(b->sort_operator);
    row[PG_AGGREGATE_AGGTRANSTYPE] = datum_oid(b->state);
    row[PG_AGGREGATE_AGGTRANSSPACE] = datum_i32(b->state_bytes);
    row[PG_AGGREGATE_AGGMTRANSTYPE] = datum_oid(b->moving_state);
    row[PG_AGGREGATE_AGGMTRANSSPACE] = datum_i32(b->moving_state_bytes);
    row[PG_AGGREGATE_AGGINITVAL] = boot__text(rows->boot, b->initial);
    row[PG_AGGREGATE_AGGMINITVAL] = boot__text(rows->boot, b->moving_initial);
}

static void add_functions(Boot *boot, BootRows *texts)
{
    const CatBuiltins *made = &boot->view->catalog->builtin;
    BootRows rows = boot__rows(boot, PG_PROC), init = boot__rows(boot, PG_INIT_PRIVS);
    BootRows aggregates = boot__rows(boot, PG_AGGREGATE);
    for (uint32_t i = 0; i < builtins.functions_count; i++) {
        add_function(&rows, &init, &made->functions[i]);
        describe(texts, CLASS_PG_PROC, builtins.functions[i].oid,
                 builtins.functions[i].description);
    }
    for (uint32_t i = 0; i < builtins.aggregates_count; i++)
        add_aggregate(&aggregates, &builtins.aggregates[i]);
    boot__rows_end(&rows);
    boot__rows_end(&init);
    boot__rows_end(&aggregates);
}

/* ---- operators and casts */

static void add_operators(Boot *boot)
{
    BootRows rows = boot__rows(boot, PG_OPERATOR);
    for (uint32_t i = 0; i < builtins.operators_count; i++) {
        const BuiltinOperator *b = &builtins.operators[i];
        Datum *row = boot__row(&rows);
        row[PG_OPERATOR_OID] = datum_oid(b->oid);
        row[PG_OPERATOR_OPRNAME] = boot__text(boot, b->name);
        row[PG_OPERATOR_OPRNAMESPACE] = datum_oid(NAMESPACE_PG_CATALOG);
        row[PG_OPERATOR_OPROWNER] = datum_oid(ROLE_BOOTSTRAP);
        row[PG_OPERATOR_OPRKIND] = datum_char(b->left ? 'b' : 'l');
        row[PG_OPERATOR_OPRCANMERGE] = datum_bool(b->merge);
        row[PG_OPERATOR_OPRCANHASH] = datum_bool(b->hash);
        row[PG_OPERATOR_OPRLEFT] = datum_oid(b->left);
        row[PG_OPERATOR_OPRRIGHT] = datum_oid(b->right);
        row[PG_OPERATOR_OPRRESULT] = datum_oid(b->result);
        row[PG_OPERATOR_OPRCOM] = datum_oid(b->commutator);
        row[PG_OPERATOR_OPRNEGATE] = datum_oid(b->negator);
        row[PG_OPERATOR_OPRCODE] = datum_oid(b->function);
        row[PG_OPERATOR_OPRREST] = datum_oid(b->restrict_by);
        row[PG_OPERATOR_OPRJOIN] = datum_oid(b->join_by);
    }
    boot__rows_end(&rows);
}

static void add_casts(Boot *boot)
{
    BootRows rows = boot__rows(boot, PG_CAST);
    for (uint32_t i = 0; i < builtins.casts_count; i++) {
        const BuiltinCast *b = &builtins.casts[i];
        Datum *row = boot__row(&rows);
        row[PG_CAST_OID] = datum_oid(b->oid);
        row[PG_CAST_CASTSOURCE] = datum_oid(b->source);
        row[PG_CAST_CASTTARGET] = datum_oid(b->target);
        row[PG_CAST_CASTFUNC] = datum_oid(b->function);
        row[PG_CAST_CASTCONTEXT] = datum_char(b->context);
        row[PG_CAST_CASTMETHOD] = datum_char(b->method);
    }
    boot__rows_end(&rows);
}

/* ---- index classes */

static Oid family_method(Oid family)
{
    for (uint32_t i = 0; i < builtins.opfamilies_count; i++)
        if (builtins.opfamilies[i].oid == family)
            return cat__method_named(builtins.opfamilies[i].method);
    return 0;
}

static void add_family_members(Boot *boot)
{
    enum { OID_FIRST = 10000 }; /* PostgreSQL numbers them when a cluster is made */
    BootRows operators = boot__rows(boot, PG_AMOP), functions = boot__rows(boot, PG_AMPROC);
    for (uint32_t i = 0; i < builtins.family_operators_count; i++) {
        const BuiltinFamilyOperator *b = &builtins.family_operators[i];
        Datum *row = boot__row(&operators);
        row[PG_AMOP_OID] = datum_oid(OID_FIRST + i);
        row[PG_AMOP_AMOPFAMILY] = datum_oid(b->family);
        row[PG_AMOP_AMOPLEFTTYPE] = datum_oid(b->left);
        row[PG_AMOP_AMOPRIGHTTYPE] = datum_oid(b->right);
        row[PG_AMOP_AMOPSTRATEGY] = datum_i16(b->strategy);
        row[PG_AMOP_AMOPPURPOSE] = datum_char(b->order_by ? 'o' : 's');
        row[PG_AMOP_AMOPOPR] = datum_oid(b->operator);
        row[PG_AMOP_AMOPMETHOD] = datum_oid(family_method(b->family));
        row[PG_AMOP_AMOPSORTFAMILY] = datum_oid(b->order_by);
    }
    for (uint32_t i = 0; i < builtins.family_functions_count; i++) {
        const BuiltinFamilyFunction *b = &builtins.family_functions[i];
        Datum *row = boot__row(&functions);
        row[PG_AMPROC_OID] = datum_oid(OID_FIRST + i);
        row[PG_AMPROC_AMPROCFAMILY] = datum_oid(b->family);
        row[PG_AMPROC_AMPROCLEFTTYPE] = datum_oid(b->left);
        row[PG_AMPROC_AMPROCRIGHTTYPE] = datum_oid(b->right);
        row[PG_AMPROC_AMPROCNUM] = datum_i16(b->number);
        row[PG_AMPROC_AMPROC] = datum_oid(b->function);
    }
    boot__rows_end(&operators);
    boot__rows_end(&functions);
}

static void add_classes(Boot *boot)
{
    BootRows families = boot__rows(boot, PG_OPFAMILY), classes = boot__rows(boot, PG_OPCLASS);
    for (uint32_t i = 0; i < builtins.opfamilies_count; i++) {
        const BuiltinOpfamily *b = &builtins.opfamilies[i];
        Datum *row = boot__row(&families);
        row[PG_OPFAMILY_OID] = datum_oid(b->oid);
        row[PG_OPFAMILY_OPFMETHOD] = datum_oid(cat__method_named(b->method));
        row[PG_OPFAMILY_OPFNAME] = boot__text(boot, b->name);
        row[PG_OPFAMILY_OPFNAMESPACE] = datum_oid(NAMESPACE_PG_CATALOG);
        row[PG_OPFAMILY_OPFOWNER] = datum_oid(ROLE_BOOTSTRAP);
    }
    for (uint32_t i = 0; i < builtins.opclasses_count; i++) {
        const CatOpclass *c = &boot->view->catalog->builtin.opclasses[i];
        Datum *row = boot__row(&classes);
        row[PG_OPCLASS_OID] = datum_oid(c->oid);
        row[PG_OPCLASS_OPCMETHOD] = datum_oid(c->method);
        row[PG_OPCLASS_OPCNAME] = datum_str(c->name);
        row[PG_OPCLASS_OPCNAMESPACE] = datum_oid(NAMESPACE_PG_CATALOG);
        row[PG_OPCLASS_OPCOWNER] = datum_oid(ROLE_BOOTSTRAP);
        row[PG_OPCLASS_OPCFAMILY] = datum_oid(c->family);
        row[PG_OPCLASS_OPCINTYPE] = datum_oid(c->type);
        row[PG_OPCLASS_OPCDEFAULT] = datum_bool(c->fallback);
        row[PG_OPCLASS_OPCKEYTYPE] = datum_oid(c->key_type);
    }
    boot__rows_end(&families);
    boot__rows_end(&classes);
    add_family_members(boot);
}

/* ---- collations and conversions */

static Datum *collation_row(BootRows *rows, Oid oid, Datum name, char provider)
{
    Datum *row = boot__row(rows);
    row[PG_COLLATION_OID] = datum_oid(oid);
    row[PG_COLLATION_COLLNAME] = name;
    row[PG_COLLATION_COLLNAMESPACE] = datum_oid(NAMESPACE_PG_CATALOG);
    row[PG_COLLATION_COLLOWNER] = datum_oid(ROLE_BOOTSTRAP);
    row[PG_COLLATION_COLLPROVIDER] = datum_char(provider);
    row[PG_COLLATION_COLLISDETERMINISTIC] = datum_bool(true);
    row[PG_COLLATION_COLLENCODING] = datum_i32(-1);
    return row;
}

/* One for each locale that this machine's ICU knows: en-US-x-icu and so on, "und" being the root. */
static void add_icu_collations(Boot *boot, BootRows *rows, BootRows *texts)
{
    enum { OID_FIRST = 12360 }; /* PostgreSQL numbers them when a cluster is made */
    Str tag, title, version;
    for (uint32_t i = 0; collation_icu_locale(boot->arena, i, &tag, &title, &version); i++) {
        if (!tag.bytes) tag = STR("und");
        const Oid oid = OID_FIRST + i;
        Datum *row = collation_row(rows, oid,
                                   datum_str(str_format(boot->arena, "%.*s-x-icu", STR_ARG(tag))),
                                   'i');
        row[PG_COLLATION_COLLLOCALE] = datum_str(tag);
        if (version.bytes) row[PG_COLLATION_COLLVERSION] = datum_str(version);
        describe(texts, CLASS_PG_COLLATION, oid, str_copy_zero(boot->arena, title));
    }
}

static void add_collations(Boot *boot, BootRows *texts)
{
    BootRows rows = boot__rows(boot, PG_COLLATION);
    for (uint32_t i = 0; i < builtins.collations_count; i++) {
        const BuiltinCollation *b = &builtins.collations[i];
        Datum *row = collation_row(&rows, b->oid, boot__text(boot, b->name), b->provider);
        row[PG_COLLATION_COLLENCODING] = datum_i32(b->encoding);
        if (b->provider == 'c')
            row[PG_COLLATION_COLLCOLLATE] = row[PG_COLLATION_COLLCTYPE] = boot__text(boot,
                                                                                     b->locale);
        else if (b->provider != 'd')
            row[PG_COLLATION_COLLLOCALE] = boot__text(boot, b->locale);
        if (b->provider == 'b') row[PG_COLLATION_COLLVERSION] = boot__text(boot, "1");
    }
    add_icu_collations(boot, &rows, texts);
    boot__rows_end(&rows);
}

static Datum encoding_of(const char *name)
{
    int32_t number = -1;
    const bool found = encoding_find(str_from(name), &number);
    ASSERT(found);
    (void)found;
    return datum_i32(number);
}

static void add_conversions(Boot *boot)
{
    BootRows rows = boot__rows(boot, PG_CONVERSION);
    for (uint32_t i = 0; i < builtins.conversions_count; i++) {
        const BuiltinConversion *b = &builtins.conversions[i];
        Datum *row = boot__row(&rows);
        row[PG_CONVERSION_OID] = datum_oid(b->oid);
        row[PG_CONVERSION_CONNAME] = boot__text(boot, b->name);
        row[PG_CONVERSION_CONNAMESPACE] = datum_oid(NAMESPACE_PG_CATALOG);
        row[PG_CONVERSION_CONOWNER] = datum_oid(ROLE_BOOTSTRAP);
        row[PG_CONVERSION_CONFORENCODING] = encoding_of(b->from);
        row[PG_CONVERSION_CONTOENCODING] = encoding_of(b->to);
        row[PG_CONVERSION_CONPROC] = datum_oid(b->function);
        row[PG_CONVERSION_CONDEFAULT] = datum_bool(true);
    }
    boot__rows_end(&rows);
}

void boot__builtins(Boot *boot)
{
    BootRows texts = boot__rows(boot, PG_DESCRIPTION);
    add_types(boot, &texts);
    add_functions(boot, &texts);
    add_operators(boot);
    add_casts(boot);
    add_classes(boot);
    add_collations(boot, &texts);
    add_conversions(boot);
    boot__rows_end(&texts);
}
