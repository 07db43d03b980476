/* SPDX-License-Identifier: Apache-2.0 */
/* deparse_call.c - function calls with all that may stand in and behind their parentheses, those that SQL gives a
 * syntax of their own, XML and SQL/JSON. */
#include "parse/deparse_internal.h"

#include "base/arith.h"

/* ---- parts of calls ---- */

static void sort_item(StrBuilder *out, const void *node)
{
    const AstSortItem *item = node;
    deparse__node(out, item->expr);
    if (item->order == AST_SORT_USING) {
        NodeStrs schema = {item->operator.items, item->operator.count - 1 };
        deparse__text(out, " USING ");
        deparse__operator(out, schema, item->operator.items[item->operator.count - 1]);
    }
    deparse__sort_suffix(out, (AstSortOrder)item->order, (AstNullsOrder)item->nulls);
}

static void named_arg(StrBuilder *out, const void *node)
{
    const AstNamedArg *arg = node;
    parse_quote_identifier(out, arg->name);
    deparse__with(out, " => ", arg->value);
}

static void frame_bound(StrBuilder *out, AstFrameBound bound, const AstExpr *offset)
{
    switch (bound) {
    case AST_BOUND_UNBOUNDED_PRECEDING: deparse__text(out, "UNBOUNDED PRECEDING"); return;
    case AST_BOUND_UNBOUNDED_FOLLOWING: deparse__text(out, "UNBOUNDED FOLLOWING"); return;
    case AST_BOUND_CURRENT_ROW: deparse__text(out, "CURRENT ROW"); return;
    case AST_BOUND_PRECEDING:
        deparse__node(out, offset);
        deparse__text(out, " PRECEDING");
        return;
    case AST_BOUND_FOLLOWING:
        deparse__node(out, offset);
        deparse__text(out, " FOLLOWING");
        return;
    }
}

static const char *frame_word(AstFrameMode mode)
{
    switch (mode) {
    case AST_FRAME_NONE: return "";
    case AST_FRAME_RANGE: return "RANGE ";
    case AST_FRAME_ROWS: return "ROWS ";
    case AST_FRAME_GROUPS: return "GROUPS ";
    }
    UNREACHABLE();
}

static void frame(StrBuilder *out, const AstWindowDef *window)
{
    deparse__text(out, frame_word((AstFrameMode)window->frame));
    deparse__if(out, window->between, "BETWEEN ");
    frame_bound(out, (AstFrameBound)window->start, window->start_offset);
    if (window->between) {
        deparse__text(out, " AND ");
        frame_bound(out, (AstFrameBound)window->end, window->end_offset);
    }
    deparse__if(out, window->exclusion == AST_EXCLUDE_CURRENT_ROW, " EXCLUDE CURRENT ROW");
    deparse__if(out, window->exclusion == AST_EXCLUDE_GROUP, " EXCLUDE GROUP");
    deparse__if(out, window->exclusion == AST_EXCLUDE_TIES, " EXCLUDE TIES");
}

/* Parts of a specification are separated by a space once there is something before them. */
static void separate(StrBuilder *out, size_t start)
{
    if (out->bytes > start) str_add_char(out, ' ');
}

/* Words that begin a clause of a window's specification, though they are names elsewhere. */
static bool begins_clause(Str name)
{
    return str_equal(name, STR("partition")) || str_equal(name, STR("range")) ||
           str_equal(name, STR("rows")) || str_equal(name, STR("groups"));
}

static void window_specification(StrBuilder *out, const AstWindowDef *window)
{
    deparse__text(out, "(");
    size_t start = out->bytes;
    if (deparse__has(window->parent))
        deparse__quoted_if(out, window->parent, begins_clause(window->parent));
    if (window->partition_by.count) {
        separate(out, start);
        deparse__text(out, "PARTITION BY ");
        deparse__list(out, &window->partition_by);
    }
    if (window->order_by.count) {
        separate(out, start);
        deparse__order_by(out, "", &window->order_by);
    }
    if (window->frame != AST_FRAME_NONE) {
        separate(out, start);
        frame(out, window);
    }
    deparse__text(out, ")");
}

/* In WINDOW: name AS (...); in OVER: a name or (...). */
static void window_def(StrBuilder *out, const void *node)
{
    const AstWindowDef *window = node;
    deparse__with_name(out, "", window->name);
    if (window->reference) return;
    deparse__if(out, deparse__has(window->name), " AS ");
    window_specification(out, window);
}

static void filter_and_over(StrBuilder *out, const AstExpr *filter, const AstWindowDef *over)
{
    deparse__with(out, " FILTER (WHERE ", filter);
    deparse__if(out, filter != NULL, ")");
    deparse__with(out, " OVER ", over);
}

static void call_arguments(StrBuilder *out, const AstFuncCall *call)
{
    deparse__if(out, call->distinct, "DISTINCT ");
    deparse__if(out, call->star, "*");
    for (uint32_t i = 0; i < call->args.count; i++) {
        if (i) deparse__text(out, ", ");
        deparse__if(out, call->variadic && i + 1 == call->args.count, "VARIADIC ");
        deparse__node(out, call->args.items[i]);
    }
}

static void plain_call(StrBuilder *out, const AstFuncCall *call)
{
    deparse__name(out, call->names);
    deparse__text(out, "(");
    call_arguments(out, call);
    if (!call->within_group) deparse__order_by(out, " ", &call->order_by);
    deparse__text(out, ")");
    if (call->within_group) {
        deparse__order_by(out, " WITHIN GROUP (", &call->order_by);
        deparse__text(out, ")");
    }
}

/* ---- calls in SQL's own syntax ---- */

static const AstExpr *argument(const AstFuncCall *call, uint32_t i)
{
    return i < call->args.count ? call->args.items[i] : NULL;
}

static void extract(StrBuilder *out, const AstFuncCall *call)
{
    deparse__with(out, "EXTRACT(", argument(call, 0));
    deparse__with(out, " FROM ", argument(call, 1));
    deparse__text(out, ")");
}

static void overlay(StrBuilder *out, const AstFuncCall *call)
{
    deparse__with(out, "OVERLAY(", argument(call, 0));
    deparse__with(out, " PLACING ", argument(call, 1));
    deparse__with(out, " FROM ", argument(call, 2));
    deparse__with(out, " FOR ", argument(call, 3));
    deparse__text(out, ")");
}

static void position(StrBuilder *out, const AstFuncCall *call)
{
    deparse__text(out, "POSITION(");
    deparse__operand(out, argument(call, 1), BINDS_CAST);
    deparse__text(out, " IN ");
    deparse__operand(out, argument(call, 0), BINDS_CAST);
    deparse__text(out, ")");
}

static void substring(StrBuilder *out, const AstFuncCall *call)
{
    deparse__with(out, "SUBSTRING(", argument(call, 0));
    deparse__with(out, " FROM ", argument(call, 1));
    deparse__with(out, " FOR ", argument(call, 2));
    deparse__text(out, ")");
}

/* TRIM takes a list behind FROM: the characters to trim are an argument like others, and the last one. */
static void trim(StrBuilder *out, const AstFuncCall *call, const char *side)
{
    deparse__text(out, "TRIM(");
    deparse__text(out, side);
    deparse__text(out, " FROM ");
    call_arguments(out, call);
    deparse__text(out, ")");
}

static void trim_both(StrBuilder *out, const AstFuncCall *call)
{
    trim(out, call, "BOTH");
}

static void trim_leading(StrBuilder *out, const AstFuncCall *call)
{
    trim(out, call, "LEADING");
}

static void trim_trailing(StrBuilder *out, const AstFuncCall *call)
{
    trim(out, call, "TRAILING");
}

/* NFC and its kin are words here, though the tree has them as a string. */
static void normal_form(StrBuilder *out, const AstExpr *form)
{
    str_add(out, AST_AS(StringConst, form)->value);
}

static void normalize(StrBuilder *out, const AstFuncCall *call)
{
    deparse__with(out, "NORMALIZE(", argument(call, 0));
    if (call->args.count > 1) {
        deparse__text(out, ", ");
        normal_form(out, argument(call, 1));
    }
    deparse__text(out, ")");
}

static void is_normalized(StrBuilder *out, const AstFuncCall *call)
{
    deparse__operand(out, argument(call, 0), BINDS_IS + 1);
    deparse__text(out, " IS ");
    if (call->args.count > 1) {
        normal_form(out, argument(call, 1));
        deparse__text(out, " ");
    }
    deparse__text(out, "NORMALIZED");
}

static void collation_for(StrBuilder *out, const AstFuncCall *call)
{
    deparse__with(out, "COLLATION FOR (", argument(call, 0));
    deparse__text(out, ")");
}

/* The function takes the zone first; AT LOCAL has none. */
static void at_time_zone(StrBuilder *out, const AstFuncCall *call)
{
    bool local = call->args.count == 1;
    deparse__operand(out, argument(call, local ? 0 : 1), BINDS_AT);
    deparse__text(out, local ? " AT LOCAL" : " AT TIME ZONE ");
    if (!local) deparse__operand(out, argument(call, 0), BINDS_AT + 1);
}

static void overlaps(StrBuilder *out, const AstFuncCall *call)
{
    for (uint32_t i = 0; i < 4; i += 2) {
        deparse__with(out, i ? " OVERLAPS (" : "(", argument(call, i));
        deparse__with(out, ", ", argument(call, i + 1));
        deparse__text(out, ")");
    }
}

static void system_user(StrBuilder *out, const AstFuncCall *call)
{
    (void)call;
    deparse__text(out, "SYSTEM_USER");
}

static void xml_exists(StrBuilder *out, const AstFuncCall *call)
{
    deparse__text(out, "XMLEXISTS(");
    deparse__operand(out, argument(call, 0), BINDS_ATOM);
    deparse__text(out, " PASSING ");
    deparse__operand(out, argument(call, 1), BINDS_ATOM);
    deparse__text(out, ")");
}

static const struct SqlSyntax {
    const char *name;
    void (*deparse)(StrBuilder *out, const AstFuncCall *call);
} sql_syntaxes[] = {
    {"extract", extract},
    {"overlay", overlay},
    {"position", position},
    {"substring", substring},
    {"btrim", trim_both},
    {"ltrim", trim_leading},
    {"rtrim", trim_trailing},
    {"normalize", normalize},
    {"is_normalized", is_normalized},
    {"pg_collation_for", collation_for},
    {"timezone", at_time_zone},
    {"overlaps", overlaps},
    {"system_user", system_user},
    {"xmlexists", xml_exists},
};

static void func_call(StrBuilder *out, const void *node)
{
    const AstFuncCall *call = node;
    const struct SqlSyntax *syntax = NULL;
    Str name = call->names.items[call->names.count - 1];
    for (size_t i = 0; call->sql_syntax && i < ARRAY_LEN(sql_syntaxes); i++)
        if (str_equal(name, str_from(sql_syntaxes[i].name))) syntax = &sql_syntaxes[i];
    if (syntax)
        syntax->deparse(out, call);
    else
        plain_call(out, call);
    filter_and_over(out, call->filter, call->over);
}

/* ---- XML ---- */

static void xml_attribute(StrBuilder *out, const void *node)
{
    const AstXmlAttribute *attribute = node;
    deparse__node(out, attribute->value);
    deparse__with_name(out, " AS ", attribute->name);
}

static void xml_element(StrBuilder *out, const void *node)
{
    const AstXmlElement *element = node;
    deparse__with_name(out, "XMLELEMENT(NAME ", element->name);
    if (element->attributes.count) {
        deparse__text(out, ", XMLATTRIBUTES(");
        deparse__list(out, &element->attributes);
        deparse__text(out, ")");
    }
    deparse__if(out, element->args.count > 0, ", ");
    deparse__list(out, &element->args);
    deparse__text(out, ")");
}

static void xml_forest(StrBuilder *out, const void *node)
{
    deparse__text(out, "XMLFOREST(");
    deparse__list(out, &((const AstXmlForest *)node)->items);
    deparse__text(out, ")");
}

static void xml_concat(StrBuilder *out, const void *node)
{
    deparse__text(out, "XMLCONCAT(");
    deparse__list(out, &((const AstXmlConcat *)node)->args);
    deparse__text(out, ")");
}

static void xml_parse(StrBuilder *out, const void *node)
{
    const AstXmlParse *parse = node;
    deparse__with(out, parse->document ? "XMLPARSE(DOCUMENT " : "XMLPARSE(CONTENT ", parse->arg);
    deparse__text(out, parse->preserve_whitespace ? " PRESERVE WHITESPACE)" : ")");
}

static void xml_pi(StrBuilder *out, const void *node)
{
    const AstXmlPi *pi = node;
    deparse__with_name(out, "XMLPI(NAME ", pi->name);
    deparse__with(out, ", ", pi->arg);
    deparse__text(out, ")");
}

static void xml_root(StrBuilder *out, const void *node)
{
    const AstXmlRoot *root = node;
    deparse__with(out, "XMLROOT(", root->arg);
    deparse__with(out, ", VERSION ", root->version);
    deparse__if(out, !root->version, ", VERSION NO VALUE");
    deparse__if(out, root->standalone == AST_STANDALONE_YES, ", STANDALONE YES");
    deparse__if(out, root->standalone == AST_STANDALONE_NO, ", STANDALONE NO");
    deparse__if(out, root->standalone == AST_STANDALONE_NO_VALUE, ", STANDALONE NO VALUE");
    deparse__text(out, ")");
}

static void xml_serialize(StrBuilder *out, const void *node)
{
    const AstXmlSerialize *serialize = node;
    deparse__with(out, serialize->document ? "XMLSERIALIZE(DOCUMENT " : "XMLSERIALIZE(CONTENT ",
                  serialize->arg);
    deparse__with(out, " AS ", serialize->type);
    deparse__text(out, serialize->indent ? " INDENT)" : ")");
}

static void xml_is_document(StrBuilder *out, const void *node)
{
    deparse__operand(out, ((const AstXmlIsDocument *)node)->arg, BINDS_IS + 1);
    deparse__text(out, " IS DOCUMENT");
}

/* ---- SQL/JSON ---- */

static void json_format(StrBuilder *out, bool format_json, AstJsonEncoding encoding)
{
    deparse__if(out, format_json, " FORMAT JSON");
    deparse__if(out, encoding == AST_JSON_ENCODING_UTF8, " ENCODING UTF8");
    deparse__if(out, encoding == AST_JSON_ENCODING_UTF16, " ENCODING UTF16");
    deparse__if(out, encoding == AST_JSON_ENCODING_UTF32, " ENCODING UTF32");
}

static void json_value(StrBuilder *out, const void *node)
{
    const AstJsonValue *value = node;
    deparse__node(out, value->expr);
    json_format(out, value->format_json, (AstJsonEncoding)value->encoding);
}

static void json_returning(StrBuilder *out, const void *node)
{
    const AstJsonReturning *returning = node;
    deparse__node(out, returning->type);
    json_format(out, returning->format_json, (AstJsonEncoding)returning->encoding);
}

/* The key is a c_expr before VALUE and an a_expr before a colon. */
static void json_key_value(StrBuilder *out, const void *node)
{
    const AstJsonKeyValue *pair = node;
    deparse__operand(out, pair->key, BINDS_ATOM);
    deparse__with(out, " : ", pair->value);
}

static void json_argument(StrBuilder *out, const void *node)
{
    const AstJsonArgument *argument = node;
    deparse__node(out, argument->value);
    deparse__with_name(out, " AS ", argument->name);
}

static void json_object(StrBuilder *out, const void *node)
{
    const AstJsonObject *object = node;
    deparse__text(out, "JSON_OBJECT(");
    deparse__list(out, &object->items);
    deparse__if(out, object->absent_on_null, " ABSENT ON NULL");
    deparse__if(out, object->unique, " WITH UNIQUE KEYS");
    deparse__with(out, object->items.count ? " RETURNING " : "RETURNING ", object->returning);
    deparse__text(out, ")");
}

static void json_array(StrBuilder *out, const void *node)
{
    const AstJsonArray *array = node;
    deparse__text(out, "JSON_ARRAY(");
    deparse__list(out, &array->items);
    deparse__if(out, array->items.count && !array->absent_on_null, " NULL ON NULL");
    deparse__with(out, array->items.count ? " RETURNING " : "RETURNING ", array->returning);
    deparse__text(out, ")");
}

static void json_array_query(StrBuilder *out, const void *node)
{
    const AstJsonArrayQuery *array = node;
    deparse__with(out, "JSON_ARRAY(", array->select);
    json_format(out, array->format_json, (AstJsonEncoding)array->encoding);
    deparse__with(out, " RETURNING ", array->returning);
    deparse__text(out, ")");
}

static void json_object_agg(StrBuilder *out, const void *node)
{
    const AstJsonObjectAgg *agg = node;
    deparse__with(out, "JSON_OBJECTAGG(", agg->item);
    deparse__if(out, agg->absent_on_null, " ABSENT ON NULL");
    deparse__if(out, agg->unique, " WITH UNIQUE KEYS");
    deparse__with(out, " RETURNING ", agg->returning);
    deparse__text(out, ")");
    filter_and_over(out, agg->filter, agg->over);
}

static void json_array_agg(StrBuilder *out, const void *node)
{
    const AstJsonArrayAgg *agg = node;
    deparse__with(out, "JSON_ARRAYAGG(", agg->value);
    deparse__order_by(out, " ", &agg->order_by);
    deparse__if(out, !agg->absent_on_null, " NULL ON NULL");
    deparse__with(out, " RETURNING ", agg->returning);
    deparse__text(out, ")");
    filter_and_over(out, agg->filter, agg->over);
}

static void json_parse(StrBuilder *out, const void *node)
{
    const AstJsonParse *parse = node;
    deparse__with(out, "JSON(", parse->value);
    deparse__text(out, parse->unique ? " WITH UNIQUE KEYS)" : ")");
}

static void json_scalar(StrBuilder *out, const void *node)
{
    deparse__with(out, "JSON_SCALAR(", ((const AstJsonScalar *)node)->arg);
    deparse__text(out, ")");
}

static void json_serialize(StrBuilder *out, const void *node)
{
    const AstJsonSerialize *serialize = node;
    deparse__with(out, "JSON_SERIALIZE(", serialize->value);
    deparse__with(out, " RETURNING ", serialize->returning);
    deparse__text(out, ")");
}

static void json_is(StrBuilder *out, const void *node)
{
    static const char *const types[] = {[AST_JSON_TYPE_ANY] = "",
                                        [AST_JSON_TYPE_OBJECT] = " OBJECT",
                                        [AST_JSON_TYPE_ARRAY] = " ARRAY",
                                        [AST_JSON_TYPE_SCALAR] = " SCALAR"};
    const AstJsonIs *is = node;
    deparse__operand(out, is->arg, BINDS_IS + 1);
    deparse__text(out, " IS JSON");
    deparse__text(out, types[is->type]);
    deparse__if(out, is->unique, " WITH UNIQUE KEYS");
}

static void json_behavior(StrBuilder *out, const void *node)
{
    static const char *const words[] = {
        [AST_JSON_ON_NULL] = "NULL",
        [AST_JSON_ON_ERROR] = "ERROR",
        [AST_JSON_ON_EMPTY] = "EMPTY",
        [AST_JSON_ON_TRUE] = "TRUE",
        [AST_JSON_ON_FALSE] = "FALSE",
        [AST_JSON_ON_UNKNOWN] = "UNKNOWN",
        [AST_JSON_ON_EMPTY_ARRAY] = "EMPTY ARRAY",
        [AST_JSON_ON_EMPTY_OBJECT] = "EMPTY OBJECT",
        [AST_JSON_ON_DEFAULT] = "DEFAULT ",
    };
    const AstJsonBehavior *behavior = node;
    deparse__text(out, words[behavior->behavior]);
    deparse__node(out, behavior->expr);
}

static void json_wrapper_and_quotes(StrBuilder *out, AstJsonWrapper wrapper, AstJsonQuotes quotes)
{
    deparse__if(out, wrapper == AST_WRAPPER_NONE, " WITHOUT WRAPPER");
    deparse__if(out, wrapper == AST_WRAPPER_CONDITIONAL, " WITH CONDITIONAL WRAPPER");
    deparse__if(out, wrapper == AST_WRAPPER_UNCONDITIONAL, " WITH UNCONDITIONAL WRAPPER");
    deparse__if(out, quotes == AST_QUOTES_KEEP, " KEEP QUOTES");
    deparse__if(out, quotes == AST_QUOTES_OMIT, " OMIT QUOTES");
}

static void json_behaviors(StrBuilder *out, const AstJsonBehavior *on_empty,
                           const AstJsonBehavior *on_error)
{
    deparse__with(out, " ", on_empty);
    deparse__if(out, on_empty != NULL, " ON EMPTY");
    deparse__with(out, " ", on_error);
    deparse__if(out, on_error != NULL, " ON ERROR");
}

static void json_passing(StrBuilder *out, const AstJsonArgumentList *passing)
{
    deparse__if(out, passing->count > 0, " PASSING ");
    deparse__list(out, passing);
}

static void json_function(StrBuilder *out, const void *node)
{
    static const char *const names[] = {[AST_JSON_OP_EXISTS] = "JSON_EXISTS(",
                                        [AST_JSON_OP_VALUE] = "JSON_VALUE(",
                                        [AST_JSON_OP_QUERY] = "JSON_QUERY("};
    const AstJsonFunction *function = node;
    deparse__with(out, names[function->op], function->context);
    deparse__with(out, ", ", function->path);
    json_passing(out, &function->passing);
    deparse__with(out, " RETURNING ", function->returning);
    json_wrapper_and_quotes(out, (AstJsonWrapper)function->wrapper,
                            (AstJsonQuotes)function->quotes);
    json_behaviors(out, function->on_empty, function->on_error);
    deparse__text(out, ")");
}

static void json_table_column(StrBuilder *out, const void *node)
{
    const AstJsonTableColumn *column = node;
    if (column->column == AST_JSON_COLUMN_NESTED) {
        deparse__with_literal(out, "NESTED PATH ", column->path);
        deparse__with_name(out, " AS ", column->path_name);
        deparse__text(out, " COLUMNS (");
        deparse__list(out, &column->columns);
        deparse__text(out, ")");
        return;
    }
    parse_quote_identifier(out, column->name);
    deparse__if(out, column->column == AST_JSON_COLUMN_ORDINALITY, " FOR ORDINALITY");
    deparse__with(out, " ", column->type);
    deparse__if(out, column->column == AST_JSON_COLUMN_EXISTS, " EXISTS");
    json_format(out, column->column == AST_JSON_COLUMN_FORMATTED,
                (AstJsonEncoding)column->encoding);
    deparse__with_literal(out, " PATH ", column->path);
    json_wrapper_and_quotes(out, (AstJsonWrapper)column->wrapper, (AstJsonQuotes)column->quotes);
    json_behaviors(out, column->on_empty, column->on_error);
}

static void json_table(StrBuilder *out, const void *node)
{
    const AstJsonTable *table = node;
    deparse__if(out, table->lateral, "LATERAL ");
    deparse__with(out, "JSON_TABLE(", table->context);
    deparse__with(out, ", ", table->path);
    deparse__with_name(out, " AS ", table->path_name);
    json_passing(out, &table->passing);
    deparse__text(out, " COLUMNS (");
    deparse__list(out, &table->columns);
    deparse__text(out, ")");
    json_behaviors(out, NULL, table->on_error);
    deparse__text(out, ")");
    deparse__alias(out, table->alias);
}

const DeparseEntry deparse__calls[] = {
    {AST_SORT_ITEM, sort_item},
    {AST_NAMED_ARG, named_arg},
    {AST_FUNC_CALL, func_call},
    {AST_WINDOW_DEF, window_def},
    {AST_XML_ATTRIBUTE, xml_attribute},
    {AST_XML_ELEMENT, xml_element},
    {AST_XML_FOREST, xml_forest},
    {AST_XML_CONCAT, xml_concat},
    {AST_XML_PARSE, xml_parse},
    {AST_XML_PI, xml_pi},
    {AST_XML_ROOT, xml_root},
    {AST_XML_SERIALIZE, xml_serialize},
    {AST_XML_IS_DOCUMENT, xml_is_document},
    {AST_JSON_VALUE, json_value},
    {AST_JSON_RETURNING, json_returning},
    {AST_JSON_KEY_VALUE, json_key_value},
    {AST_JSON_ARGUMENT, json_argument},
    {AST_JSON_OBJECT, json_object},
    {AST_JSON_ARRAY, json_array},
    {AST_JSON_ARRAY_QUERY, json_array_query},
    {AST_JSON_OBJECT_AGG, json_object_agg},
    {AST_JSON_ARRAY_AGG, json_array_agg},
    {AST_JSON_PARSE, json_parse},
    {AST_JSON_SCALAR, json_scalar},
    {AST_JSON_SERIALIZE, json_serialize},
    {AST_JSON_IS, json_is},
    {AST_JSON_BEHAVIOR, json_behavior},
    {AST_JSON_FUNCTION, json_function},
    {AST_JSON_TABLE_COLUMN, json_table_column},
    {AST_JSON_TABLE, json_table},
    {0, NULL},
};
