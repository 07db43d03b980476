/* SPDX-License-Identifier: Apache-2.0 */
/* regex.c - regular expressions run by PCRE2. PCRE2 finds the first match of a backtracking search, POSIX wants the
 * longest (or, where the pattern says so, the shortest) of those that begin first. So
 *   - whether there is a match is asked of the backtracking matcher; both agree on that
 *   - how far a match goes is asked of the DFA matcher, which follows all alternatives at once, unless the pattern is
 *     so plain that both agree (regex_translate.c)
 *   - where the groups stand is asked of the backtracking matcher again, bound to that extent by a callout at the end
 *     of the pattern, which sends it back until it ends there, if the pattern is one whose groups it fills as
 *     PostgreSQL does; else by the parts of the pattern (regex_dissect.c), whose characters PCRE2 knows
 * Of a pattern with back references, which the DFA matcher does not know, the backtracking matcher is sent through all
 * of its ways from where it found a match, and the end that is farthest (or nearest) counts; if that takes more than
 * REFERENCE_STEPS_MAX, of what was seen so far. A search that gives up for its length is tried by the DFA matcher.
 * PCRE2's memory is the call site's arena, with lists of pieces that were given back. */
#include "type/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/task.h"
#include "type/regex_dissect.h"

enum {
    SIZE_CLASSES = 48,
    WORKSPACE_FIRST = 1000,
    WORKSPACE_MAX = 1 << 24,
    REFERENCE_STEPS_MAX = 1000000,
    WATCHED_BYTES = 400,
    SEARCH_STEPS_MAX = 50000, /* then by all ways at once; cancel is heard in between */
};

typedef struct Piece {
    struct Piece *next;
    size_t class;
} Piece;

typedef struct PieceStore {
    Arena *arena;
    Piece *given_back[SIZE_CLASSES]; /* of 2^class bytes */
} PieceStore;

/* A character or place of the pattern by itself, and what it says of the characters of ASCII. */
typedef struct RegexLeaf {
    pcre2_code *code;
    uint64_t known[2], matching[2];
} RegexLeaf;

struct Regex {
    Arena *arena; /* all of this but the struct; emptied for another pattern */
    PieceStore pieces;
    Str source;
    RegexOptions asked;
    RegexPattern pattern;
    pcre2_code *code,
        *watched_code; /* the latter calls back all the time; NULL: not needed so far */
    pcre2_match_data *data, *dfa_data;
    pcre2_match_context *context, *search_context, *watched_context, *bound_context, *all_context;
    size_t wanted_end;    /* read by the callout; of all ways: the best so far */
    RegexSpan *all_spans; /* of a pattern with references: room for the whole and each group */
    int *workspace;
    size_t workspace_count;
    Arena *passing, *kept; /* of regex_dissect; NULL: not needed so far */
    Str subject;
};

/* ---- Memory: called by PCRE2, so nothing is raised */

static void *piece_alloc(size_t bytes, void *arg)
{
    PieceStore *store = arg;
    size_t class = 6;
    while (class < SIZE_CLASSES - 1 && (size_t)1 << class < bytes) class ++;
    Piece *piece = store->given_back[class];
    if (piece) {
        store->given_back[class] = piece->next;
        return piece + 1;
    }
    piece = arena_try_alloc(store->arena, sizeof(Piece) + ((size_t)1 << class));
    if (!piece) return NULL;
    piece->class = class;
    return piece + 1;
}

static void piece_free(void *memory, void *arg)
{
    PieceStore *store = arg;
    if (!memory) return;
    Piece *piece = (Piece *)memory - 1;
    piece->next = store->given_back[piece->class];
    store->given_back[piece->class] = piece;
}
static_assert(sizeof(Piece) == 16, "pieces stay aligned");

/* At the end of the pattern: is it the end that is wanted? Not 0: go back and try on. */
static int check_end(pcre2_callout_block *block, void *arg)
{
    const Regex *regex = arg;
    return block->current_position != regex->wanted_end;
}

/* At the end of the pattern, on the way through all matches. */
static int take_better_end(pcre2_callout_block *block, void *arg)
{
    Regex *regex = arg;
    const size_t end = block->current_position;
    if (regex->pattern.shortest ? end < regex->wanted_end : end > regex->wanted_end)
        regex->wanted_end = end;
    return 1;
}

/* ---- Compiling */

static _Noreturn void raise_pcre2(int code)
{
    PCRE2_UCHAR message[128];
    if (code == PCRE2_ERROR_NOMEMORY || code == PCRE2_ERROR_HEAPLIMIT)
        raise_error(SQLSTATE_OUT_OF_MEMORY, "out of memory");
    if (pcre2_get_error_message(code, message, sizeof message) < 0) message[0] = 0;
    raise_error(SQLSTATE_INVALID_REGULAR_EXPRESSION, "regular expression failed: %s",
                (const char *)message);
}

static void *need(void *pointer)
{
    if (!pointer) raise_error(SQLSTATE_OUT_OF_MEMORY, "out of memory");
    return pointer;
}

static pcre2_code *compile_text(Regex *regex, pcre2_general_context *general, Str text,
                                uint32_t more)
{
    int error;
    size_t offset;
    pcre2_compile_context *context = need(pcre2_compile_context_create(general));
    const bool folds = regex->pattern.options.fold && !regex->pattern.options.ascii;
    const uint32_t options = PCRE2_UTF | PCRE2_NO_UTF_CHECK | PCRE2_NO_AUTO_POSSESS |
                             PCRE2_NO_DOTSTAR_ANCHOR | PCRE2_NEVER_BACKSLASH_C |
                             (folds ? PCRE2_CASELESS : 0) | more;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)text.data, text.bytes, options, &error, &offset,
                                     context);
    if (code) return code;
    if (error == PCRE2_ERROR_HEAP_FAILED) raise_pcre2(PCRE2_ERROR_NOMEMORY);
    raise_error(SQLSTATE_INVALID_REGULAR_EXPRESSION,
                "invalid regular expression: regular expression is too complex");
}

static pcre2_general_context *general_context(Regex *regex)
{
    return need(pcre2_general_context_create(piece_alloc, piece_free, &regex->pieces));
}

static void compile(Regex *regex)
{
    pcre2_general_context *general = general_context(regex);
    regex->code = compile_text(regex, general, regex->pattern.text, 0);
    regex->data = need(pcre2_match_data_create_from_pattern(regex->code, general));
    regex->dfa_data = need(pcre2_match_data_create(1, general));
    regex->context = need(pcre2_match_context_create(general));
    regex->search_context = need(pcre2_match_context_create(general));
    if (!regex->pattern.has_references)
        pcre2_set_match_limit(regex->search_context, SEARCH_STEPS_MAX);
    regex->bound_context = need(pcre2_match_context_create(general));
    pcre2_set_callout(regex->bound_context, check_end, regex);
    if (regex->pattern.has_references) {
        regex->all_context = need(pcre2_match_context_create(general));
        pcre2_set_callout(regex->all_context, take_better_end, regex);
        pcre2_set_match_limit(regex->all_context, REFERENCE_STEPS_MAX);
        regex->all_spans = ARENA_ARRAY(regex->arena, RegexSpan, regex->pattern.groups + 1);
    }
    regex->workspace_count = WORKSPACE_FIRST;
    regex->workspace = arena_alloc_array(regex->arena, WORKSPACE_FIRST, sizeof(int));
}

static bool same_options(const RegexOptions *a, const RegexOptions *b)
{
    return memcmp(a, b, sizeof *a) == 0; /* bytes alone, no padding */
}

Regex *regex_get(Fn *fn, Str pattern, RegexOptions options)
{
    Regex *regex = fn->state;
    if (regex && regex->code && str_equal(regex->source, pattern) &&
        same_options(&regex->asked, &options))
        return regex;
    if (!regex) {
        fn->state = regex = ARENA_NEW(fn->site, Regex);
        regex->arena = arena_new_child(fn->site, "regular expression");
    }
    Arena *arena = regex->arena;
    arena_reset(arena);
    *regex = (Regex){.arena = arena, .pieces.arena = arena, .asked = options};
    regex->source = str_copy(arena, pattern);
    regex_translate(arena, regex->source, options, &regex->pattern);
    compile(regex);
    return regex;
}

uint32_t regex_groups(const Regex *regex)
{
    return regex->pattern.groups;
}

/* ---- Matching */

/* A match that is asked to end: the caller looks why. */
static int hear_interrupts(pcre2_callout_block *block, void *arg)
{
    const Task *task = arg;
    (void)block;
    return task->interrupts_held == 0 &&
                   atomic_load_explicit(&task->interrupts, memory_order_relaxed) != 0
               ? PCRE2_ERROR_CALLOUT
               : 0;
}

static void compile_watched(Regex *regex)
{
    pcre2_general_context *general = general_context(regex);
    regex->watched_context = need(pcre2_match_context_create(general));
    regex->watched_code = compile_text(regex, general, regex->pattern.text, PCRE2_AUTO_CALLOUT);
}

/* The number of a match, or below 0 as PCRE2 has it. Of a+ it follows a way for each number of times, so that it may
 * take the third power of the subject's length. */
static int run_dfa(Regex *regex, Str s, size_t from, bool shortest)
{
    const bool watched = s.bytes - from >= WATCHED_BYTES;
    const uint32_t options = PCRE2_NO_UTF_CHECK | (shortest ? PCRE2_DFA_SHORTEST : 0);
    if (watched && !regex->watched_code) compile_watched(regex);
    if (watched) pcre2_set_callout(regex->watched_context, hear_interrupts, task_self());
    for (;;) {
        const int found = pcre2_dfa_match(watched ? regex->watched_code : regex->code,
                                          (PCRE2_SPTR)s.data, s.bytes, from, options,
                                          regex->dfa_data,
                                          watched ? regex->watched_context : regex->context,
                                          regex->workspace, regex->workspace_count);
        if (found == PCRE2_ERROR_CALLOUT) {
            task_check();
            continue;
        }
        if (found != PCRE2_ERROR_DFA_WSSIZE || regex->workspace_count >= WORKSPACE_MAX)
            return found;
        regex->workspace_count *= 4;
        regex->workspace = arena_alloc_array(regex->arena, regex->workspace_count, sizeof(int));
    }
}

static int run_search(Regex *regex, Str s, size_t from)
{
    const int found = pcre2_match(regex->code, (PCRE2_SPTR)s.data, s.bytes, from,
                                  PCRE2_NO_UTF_CHECK, regex->data, regex->search_context);
    task_check();
    return found;
}

static bool is_match(int found)
{
    if (found < 0 && found != PCRE2_ERROR_NOMATCH) raise_pcre2(found);
    return found >= 0;
}

static Str not_null(Str s)
{
    return s.data ? s : STR("");
}

bool regex_matches(Regex *regex, Str subject)
{
    subject = not_null(subject);
    task_check();
    const int found = run_search(regex, subject, 0);
    if (found == PCRE2_ERROR_MATCHLIMIT && !regex->pattern.has_references)
        return is_match(run_dfa(regex, subject, 0, true));
    return is_match(found);
}

static void read_spans(const Regex *regex, RegexSpan *spans)
{
    const size_t *ends = pcre2_get_ovector_pointer(regex->data);
    for (uint32_t i = 0; i <= regex->pattern.groups; i++)
        spans[i] = ends[2 * i] == PCRE2_UNSET ? (RegexSpan){SIZE_MAX, SIZE_MAX}
                                              : (RegexSpan){ends[2 * i], ends[2 * i + 1]};
}

/* ---- Groups */

static void compile_leaves(Regex *regex, pcre2_general_context *general, RegexNode *node)
{
    task_check();
    if (node->kind == REGEX_LEAF) {
        node->leaf = ARENA_NEW(regex->arena, RegexLeaf);
        node->leaf->code = compile_text(regex, general, node->text, 0);
    }
    for (RegexNode *part = node->first; part; part = part->next)
        compile_leaves(regex, general, part);
}

static bool search_leaf(Regex *regex, const RegexLeaf *leaf, size_t at)
{
    return is_match(pcre2_match(leaf->code, (PCRE2_SPTR)regex->subject.data, regex->subject.bytes,
                                at, PCRE2_NO_UTF_CHECK | PCRE2_ANCHORED, regex->data,
                                regex->context));
}

static bool leaf_matches(void *arg, const RegexNode *node, size_t at)
{
    Regex *regex = arg;
    RegexLeaf *leaf = node->leaf;
    if (node->is_place || (regex->subject.data[at] & 0x80)) return search_leaf(regex, leaf, at);
    const size_t word = (size_t)regex->subject.data[at] / 64;
    const uint64_t bit = (uint64_t)1 << (regex->subject.data[at] % 64);
    if (!(leaf->known[word] & bit)) {
        leaf->known[word] |= bit;
        if (search_leaf(regex, leaf, at)) leaf->matching[word] |= bit;
    }
    return leaf->matching[word] & bit;
}

static void find_groups(Regex *regex, Str subject, RegexSpan *spans)
{
    if (!regex->passing) {
        compile_leaves(regex, general_context(regex), regex->pattern.root);
        regex->kept = arena_new_child(regex->arena, "places kept");
        regex->passing = arena_new_child(regex->arena, "places");
    }
    arena_reset(regex->passing);
    arena_reset(regex->kept);
    regex->subject = subject;
    for (uint32_t i = 1; i <= regex->pattern.groups; i++)
        spans[i] = (RegexSpan){SIZE_MAX, SIZE_MAX};
    RegexDissection dissection = {.subject = subject,
                                  .passing = regex->passing,
                                  .kept = regex->kept,
                                  .leaf_matches = leaf_matches,
                                  .arg = regex,
                                  .from = spans[0].from,
                                  .to = spans[0].to};
    regex_dissect(&dissection, regex->pattern.root, spans);
}

/* The groups of the match that goes from one place to the other, in the matcher's order. */
static void read_bound(Regex *regex, Str s, size_t from, size_t to, RegexSpan *spans)
{
    regex->wanted_end = to;
    const int found = pcre2_match(regex->code, (PCRE2_SPTR)s.data, s.bytes, from,
                                  PCRE2_NO_UTF_CHECK | PCRE2_ANCHORED, regex->data,
                                  regex->bound_context);
    if (!is_match(found))
        raise_error(SQLSTATE_INTERNAL_ERROR, "a match was found and then not found again");
    read_spans(regex, spans);
}

/* The search has found a match; its end becomes the one that PostgreSQL would choose. */
static void read_with_references(Regex *regex, Str s, RegexSpan *spans, bool with_groups)
{
    const uint32_t wanted = with_groups ? regex->pattern.groups + 1 : 1;
    RegexSpan *all = regex->all_spans;
    read_spans(regex, all);
    const RegexSpan first = all[0];
    regex->wanted_end = first.to;
    const int found = pcre2_match(regex->code, (PCRE2_SPTR)s.data, s.bytes, first.from,
                                  PCRE2_NO_UTF_CHECK | PCRE2_ANCHORED, regex->data,
                                  regex->all_context);
    if (found != PCRE2_ERROR_MATCHLIMIT) (void)is_match(found);
    if (regex->wanted_end != first.to) read_bound(regex, s, first.from, regex->wanted_end, all);
    memcpy(spans, all, sizeof *spans * wanted);
}

/* What the search has found. */
static void read_found(Regex *regex, Str s, RegexSpan *spans, bool with_groups)
{
    const size_t *ends = pcre2_get_ovector_pointer(regex->data);
    if (regex->pattern.has_references)
        read_with_references(regex, s, spans, with_groups);
    else if (with_groups)
        read_spans(regex, spans);
    else
        spans[0] = (RegexSpan){ends[0], ends[1]};
}

bool regex_find(Regex *regex, Str subject, size_t from, RegexSpan *spans, bool with_groups)
{
    const RegexPattern *p = &regex->pattern;
    subject = not_null(subject);
    task_check();
    if (p->is_straight || p->has_references) {
        const int found = run_search(regex, subject, from);
        if (found != PCRE2_ERROR_MATCHLIMIT || p->has_references) {
            if (!is_match(found)) return false;
            read_found(regex, subject, spans, with_groups);
            return true;
        }
    }
    if (!is_match(run_dfa(regex, subject, from, p->shortest))) return false;
    const size_t *ends = pcre2_get_ovector_pointer(regex->dfa_data);
    spans[0] = (RegexSpan){ends[0], ends[1]};
    if (!with_groups || !p->groups) return true;
    if (!p->is_ordered) {
        find_groups(regex, subject, spans);
        return true;
    }
    read_bound(regex, subject, ends[0], ends[1], spans);
    return true;
}
