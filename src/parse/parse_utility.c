/* SPDX-License-Identifier: Apache-2.0 */
/* parse_utility.c - statements that work on what is there: VACUUM, ANALYZE, CLUSTER, REINDEX, REFRESH, TRUNCATE, LOCK,
 * LISTEN and NOTIFY, LOAD, CHECKPOINT, DISCARD. */
#include "parse/parse_internal.h"

/* ---- VACUUM, ANALYZE ---- */

/* Pushes the option if its word is here. */
static bool option_word(Parser *p, uint16_t word, Str name)
{
    uint32_t start = p->tok->start;
    if (!parse__accept(p, word)) return false;
    parse__push(p, parse__option(p, name, NULL, start));
    return true;
}

/* relation [(columns)], ..., or nothing. */
static void optional_tables(Parser *p, AstVacuumTableList *list)
{
    if (!parse__is_col_id(p->tok) && !parse__is(p, KW_ONLY)) return;
    uint32_t mark = parse__mark(p);
    do {
        AstVacuumTable *table = NEW(p, VacuumTable, p->tok->start);
        table->relation = parse__relation_expr(p);
        table->columns = parse__optional_column_list(p);
        parse__push(p, table);
    } while (parse__accept(p, ','));
    TAKE(p, mark, list);
}

AstStmt *parse__vacuum(Parser *p)
{
    AstVacuum *vacuum = NEW(p, Vacuum, p->tok->start);
    vacuum->analyze = !parse__is(p, KW_VACUUM);
    parse__next(p);
    if (parse__is(p, '(')) {
        parse__utility_options(p, &vacuum->options);
    } else {
        uint32_t mark = parse__mark(p);
        if (!vacuum->analyze) {
            option_word(p, KW_FULL, STR("full"));
            option_word(p, KW_FREEZE, STR("freeze"));
        }
        option_word(p, KW_VERBOSE, STR("verbose"));
        if (!vacuum->analyze && !option_word(p, KW_ANALYZE, STR("analyze")))
            option_word(p, KW_ANALYSE, STR("analyze"));
        TAKE(p, mark, &vacuum->options);
    }
    optional_tables(p, &vacuum->tables);
    return &vacuum->base;
}

/* ---- CLUSTER, REINDEX, REFRESH ---- */

AstStmt *parse__cluster(Parser *p)
{
    AstCluster *cluster = NEW(p, Cluster, p->tok->start);
    parse__next(p);
    bool options = parse__is(p, '(');
    if (options) {
        parse__utility_options(p, &cluster->options);
    } else {
        uint32_t mark = parse__mark(p);
        option_word(p, KW_VERBOSE, STR("verbose"));
        TAKE(p, mark, &cluster->options);
    }
    if (!parse__is_col_id(p->tok)) return &cluster->base;
    cluster->relation = parse__qualified_name(p);
    if (parse__accept(p, KW_USING)) {
        cluster->index = parse__name(p);
    } else if (!options && !cluster->relation->schema.data && parse__accept(p, KW_ON)) {
        cluster->index = cluster->relation->name;
        cluster->relation = parse__qualified_name(p);
    }
    return &cluster->base;
}

AstStmt *parse__reindex(Parser *p)
{
    AstReindex *reindex = NEW(p, Reindex, p->tok->start);
    parse__next(p);
    AstOptionList options = {0};
    if (parse__is(p, '(')) parse__utility_options(p, &options);
    uint32_t mark = parse__mark(p);
    for (uint32_t i = 0; i < options.count; i++) parse__push(p, options.items[i]);
    uint16_t word = p->tok->type;
    switch (word) {
    case KW_INDEX: reindex->reindex = AST_REINDEX_INDEX; break;
    case KW_TABLE: reindex->reindex = AST_REINDEX_TABLE; break;
    case KW_SCHEMA: reindex->reindex = AST_REINDEX_SCHEMA; break;
    case KW_SYSTEM: reindex->reindex = AST_REINDEX_SYSTEM; break;
    case KW_DATABASE: reindex->reindex = AST_REINDEX_DATABASE; break;
    default: parse__syntax_error(p);
    }
    parse__next(p);
    option_word(p, KW_CONCURRENTLY, STR("concurrently"));
    TAKE(p, mark, &reindex->options);
    if (word == KW_INDEX || word == KW_TABLE)
        reindex->relation = parse__qualified_name(p);
    else if (word == KW_SCHEMA || parse__is_col_id(p->tok))
        reindex->name = parse__name(p);
    return &reindex->base;
}

AstStmt *parse__refresh(Parser *p)
{
    AstRefreshMatView *refresh = NEW(p, RefreshMatView, p->tok->start);
    parse__next(p);
    parse__expect2(p, KW_MATERIALIZED, KW_VIEW);
    refresh->concurrently = parse__accept(p, KW_CONCURRENTLY);
    refresh->relation = parse__qualified_name(p);
    refresh->no_data = parse__optional_no_data(p);
    return &refresh->base;
}

/* ---- TRUNCATE, LOCK ---- */

AstStmt *parse__truncate(Parser *p)
{
    AstTruncate *truncate = NEW(p, Truncate, p->tok->start);
    parse__next(p);
    parse__accept(p, KW_TABLE);
    parse__relation_expr_list(p, &truncate->tables);
    truncate->restart_identity = parse__accept(p, KW_RESTART);
    if (truncate->restart_identity || parse__accept(p, KW_CONTINUE)) parse__expect(p, KW_IDENTITY);
    truncate->cascade = parse__drop_behavior(p) == AST_DROP_CASCADE;
    return &truncate->base;
}

typedef struct LockWords {
    Phrase phrase;
    AstLockMode mode;
} LockWords;

static const LockWords lock_words[] = {
    {{{KW_ACCESS, KW_EXCLUSIVE}, 0}, AST_LOCK_MODE_ACCESS_EXCLUSIVE},
    {{{KW_ACCESS, KW_SHARE}, 0}, AST_LOCK_MODE_ACCESS_SHARE},
    {{{KW_ROW, KW_SHARE}, 0}, AST_LOCK_MODE_ROW_SHARE},
    {{{KW_ROW, KW_EXCLUSIVE}, 0}, AST_LOCK_MODE_ROW_EXCLUSIVE},
    {{{KW_SHARE, KW_UPDATE, KW_EXCLUSIVE}, 0}, AST_LOCK_MODE_SHARE_UPDATE_EXCLUSIVE},
    {{{KW_SHARE}, 0}, AST_LOCK_MODE_SHARE},
    {{{KW_SHARE, KW_ROW, KW_EXCLUSIVE}, 0}, AST_LOCK_MODE_SHARE_ROW_EXCLUSIVE},
    {{{KW_EXCLUSIVE}, 0}, AST_LOCK_MODE_EXCLUSIVE},
};

AstStmt *parse__lock(Parser *p)
{
    AstLockTable *lock = NEW(p, LockTable, p->tok->start);
    parse__next(p);
    parse__accept(p, KW_TABLE);
    parse__relation_expr_list(p, &lock->tables);
    lock->mode = AST_LOCK_MODE_ACCESS_EXCLUSIVE;
    if (parse__accept(p, KW_IN)) {
        const LockWords *words = PHRASE(p, lock_words, 0);
        lock->mode = words->mode;
        parse__expect(p, KW_MODE);
    }
    lock->nowait = parse__accept(p, KW_NOWAIT);
    return &lock->base;
}

/* ---- notifications ---- */

AstStmt *parse__listen(Parser *p)
{
    AstListen *listen = NEW(p, Listen, p->tok->start);
    parse__next(p);
    listen->channel = parse__name(p);
    return &listen->base;
}

AstStmt *parse__unlisten(Parser *p)
{
    AstUnlisten *unlisten = NEW(p, Unlisten, p->tok->start);
    parse__next(p);
    if (!parse__accept(p, '*')) unlisten->channel = parse__name(p);
    return &unlisten->base;
}

AstStmt *parse__notify(Parser *p)
{
    AstNotify *notify = NEW(p, Notify, p->tok->start);
    parse__next(p);
    notify->channel = parse__name(p);
    if (parse__accept(p, ',')) notify->payload = parse__string(p);
    return &notify->base;
}

/* ---- the server ---- */

AstStmt *parse__load(Parser *p)
{
    AstLoad *load = NEW(p, Load, p->tok->start);
    parse__next(p);
    load->file = parse__string(p);
    return &load->base;
}

AstStmt *parse__checkpoint(Parser *p)
{
    AstCheckpoint *checkpoint = NEW(p, Checkpoint, p->tok->start);
    parse__next(p);
    return &checkpoint->base;
}

AstStmt *parse__discard(Parser *p)
{
    AstDiscard *discard = NEW(p, Discard, p->tok->start);
    parse__next(p);
    switch (p->tok->type) {
    case KW_ALL: discard->discard = AST_DISCARD_ALL; break;
    case KW_PLANS: discard->discard = AST_DISCARD_PLANS; break;
    case KW_SEQUENCES: discard->discard = AST_DISCARD_SEQUENCES; break;
    case KW_TEMP:
    case KW_TEMPORARY: discard->discard = AST_DISCARD_TEMP; break;
    default: parse__syntax_error(p);
    }
    parse__next(p);
    return &discard->base;
}
