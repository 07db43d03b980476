/* SPDX-License-Identifier: Apache-2.0 */
/* domain.c - whether a value may be one of a domain: the constraints of the domain that it is built on first, then its
 * own. CHECKs are compiled at the first value of a statement and kept until the next one. */
#include "session/session_internal.h"

#include "expr/expr.h"

struct DomainChecks {
    struct DomainChecks *next;
    const CatType *type; /* of this statement: the entry is held by the view */
    ExprState **checks;  /* by constraint; NULL: it is no CHECK */
};

static ExprState *compile(Session *session, const CatConstraint *constraint)
{
    Arena *arena = session->domain_arena;
    if (constraint->type != 'c' || constraint->check == NULL || !constraint->enforced) return NULL;
    QExpr *expr = query_copy(arena, bind_stored(constraint->check));
    expr = expr_fold(arena, expr, &session->env, NULL, 0);
    const ExprRun run = {.env = &session->env, .query = arena};
    return expr_open(expr_compile(arena, &expr, 1, &session->env), &run);
}

static const DomainChecks *checks_of(Session *session, const CatType *type)
{
    for (const DomainChecks *checks = session->domains; checks != NULL; checks = checks->next)
        if (checks->type == type) return checks;
    DomainChecks *made = ARENA_NEW(session->domain_arena, DomainChecks);
    made->type = type;
    made->checks = ARENA_ARRAY(session->domain_arena, ExprState *, type->constraint_count);
    for (uint32_t i = 0; i < type->constraint_count; i++)
        made->checks[i] = compile(session, &type->constraints[i]);
    made->next = session->domains;
    session->domains = made;
    return made;
}

static bool refuse(Session *session, const CatType *type, Str constraint, InputError *err)
{
    const CatNamespace *schema = cat_namespace(session->view, type->namespace_);
    const Str name = cat_type_name(session->view, session->domain_arena, type->oid, -1);
    if (constraint.bytes == 0)
        (void)input_error(err, SQLSTATE_NOT_NULL_VIOLATION,
                          "domain %.*s does not allow null values", STR_ARG(name));
    else
        (void)input_error(err, SQLSTATE_CHECK_VIOLATION,
                          "value for domain %.*s violates check constraint \"%.*s\"", STR_ARG(name),
                          STR_ARG(constraint));
    return input_error_object(err, schema != NULL ? schema->name : (Str){0}, type->name,
                              constraint);
}

/* Errors name the domain that the value is for, `whole`, whichever of those below it refuses. */
static bool check(Session *session, const CatType *whole, const CatType *type, const Datum *value,
                  InputError *err)
{
    task_check_stack();
    const CatType *base = cat_type(session->view, type->base);
    if (base != NULL && base->kind == 'd' && !check(session, whole, base, value, err)) return false;
    if (value->null && type->not_null) return refuse(session, whole, (Str){0}, err);
    const DomainChecks *checks = checks_of(session, type);
    for (uint32_t i = 0; i < type->constraint_count; i++) {
        Datum answer;
        if (checks->checks[i] == NULL) continue;
        expr_eval_row(checks->checks[i], value, &answer);
        if (!answer.null && !answer.value.b)
            return refuse(session, whole, type->constraints[i].name, err);
    }
    return true;
}

bool session__domain_check(void *arg, Oid domain, const Datum *value, InputError *err)
{
    Session *session = cat_view_owner(arg);
    const CatType *type = cat_type(session->view, domain);
    if (type == NULL)
        raise_error(SQLSTATE_INTERNAL_ERROR, "cache lookup failed for type %u", domain);
    return check(session, type, type, value, err);
}

void session__domains_clear(Session *session)
{
    session->domains = NULL;
    arena_reset(session->domain_arena);
}
