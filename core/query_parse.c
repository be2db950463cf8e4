/* The grammar, read by recursive descent, one function a line of it:
 *
 *     any   := all { OR all }
 *     all   := not { [AND] not }
 *     not   := NOT not | near
 *     near  := one { NEAR[/n] one }          both sides words or phrases
 *     one   := ( any ) | "phrase" | /pattern/[i] | field:words | unread | note | words
 *              | label:letter | state:word
 *
 * There is no list of tokens in between: what a character means depends on where it stands (a
 * slash begins a pattern only where something may begin, quotes may be curly), and a column is
 * then simply the place reached.  On an error every function returns null up to the top; only the
 * first error is told.  A query is what a person typed or pasted, so nothing in it is skipped in
 * silence: a word without a letter or digit is an error with a column, not a word that matches
 * everything. */
#include "core/query_tree.h"

#include "core/text.h"

#define NEAR_DISTANCE_DEFAULT 10
#define NEAR_DISTANCE_MAX     1000

struct parser {
    struct arena *a;
    struct str text;
    size_t at;
    unsigned depth;
    uint32_t nodes;
    struct query_error error;
};

static const struct {
    const char *name;
    uint8_t kind;
} fields[] = {
    {"title:", QUERY_TITLE}, {"outlet:", QUERY_OUTLET}, {"author:", QUERY_AUTHOR},
    {"tag:", QUERY_TAG},     {"entity:", QUERY_ENTITY}, {"date:", QUERY_DATE},
    {"label:", QUERY_LABEL}, {"state:", QUERY_STATE},
};

const char *query_field_name(enum query_kind kind)
{
    for (size_t i = 0; i < COUNT_OF(fields); i++)
        if (fields[i].kind == kind)
            return fields[i].name;
    return NULL;
}

static struct query *parse_any(struct parser *p);

/* ---- small things ---- */

static struct query *fail(struct parser *p, size_t column, const char *what)
{
    if (!p->error.what)
        p->error = (struct query_error){(uint32_t)column, what};
    return NULL;
}

static struct query *node(struct parser *p, enum query_kind kind, struct query *left,
                          struct query *right)
{
    if (p->nodes >= QUERY_NODES_MAX)
        return fail(p, p->at, "the query has too many words");
    struct query *q = arena_new(p->a, struct query);
    q->kind = (uint8_t)kind;
    q->number = p->nodes++;
    q->left = left;
    q->right = right;
    q->has_pattern =
        kind == QUERY_PATTERN || (left && left->has_pattern) || (right && right->has_pattern);
    return q;
}

static void skip_blanks(struct parser *p)
{
    const char *next;
    while (p->at < p->text.n && char_is_blank(utf8_decode(p->text.p + p->at, &next)))
        p->at = (size_t)(next - p->text.p);
}

static bool at_end(struct parser *p)
{
    skip_blanks(p);
    return p->at == p->text.n;
}

const struct query_quotes query_quotes[QUERY_QUOTES] = {
    {"\"", "\""}, {"\u201c", "\u201d"}, {"\u201e", "\u201c"}, {"\u00ab", "\u00bb"}};

static const char *quote_at(struct str rest, size_t *open_bytes)
{
    for (size_t i = 0; i < QUERY_QUOTES; i++) {
        *open_bytes = strlen(query_quotes[i].open);
        if (str_starts(rest, str_of(query_quotes[i].open)))
            return query_quotes[i].close;
    }
    return NULL;
}

static struct str rest_from(const struct parser *p, size_t at)
{
    return str_from(p->text.p + at, p->text.n - at);
}

/* The characters from `at` to a blank, a parenthesis or an opening quote. */
static struct str run_at(const struct parser *p, size_t at)
{
    size_t begin = at, open_bytes;
    const char *next;
    while (at < p->text.n && !quote_at(rest_from(p, at), &open_bytes)) {
        uint32_t c = utf8_decode(p->text.p + at, &next);
        if (c == '(' || c == ')' || char_is_blank(c))
            break;
        at = (size_t)(next - p->text.p);
    }
    return str_from(p->text.p + begin, at - begin);
}

static bool keyword_here(struct parser *p, const char *word)
{
    skip_blanks(p);
    return str_eq(run_at(p, p->at), str_of(word));
}

static bool take_keyword(struct parser *p, const char *word)
{
    if (!keyword_here(p, word))
        return false;
    p->at += strlen(word);
    return true;
}

static bool near_here(struct parser *p)
{
    skip_blanks(p);
    struct str run = run_at(p, p->at);
    return str_eq(run, STR("NEAR")) || str_starts(run, STR("NEAR/"));
}

/* NOT is one as well: where it may stand it was taken already. */
static bool operator_here(struct parser *p)
{
    return keyword_here(p, "AND") || keyword_here(p, "OR") || keyword_here(p, "NOT") ||
           near_here(p);
}

/* ---- words ---- */

/* Folds the words of `text`, which begins at byte `column` of the query, into q. */
static struct query *fill_terms(struct parser *p, struct query *q, struct str text, size_t column)
{
    VEC(struct str) terms = {0};
    char buffer[TERM_BYTES_MAX];
    struct token t = {{0, 0}};
    size_t at = 0;
    q->text = arena_str(p->a, text);
    while (token_next(text, &at, &t))
        vec_push(&terms, arena_str(p->a, token_term(text, t, buffer)));
    q->n_terms = (uint32_t)terms.n;
    q->terms = arena_array(p->a, struct str, terms.n);
    for (size_t i = 0; i < terms.n; i++)
        q->terms[i] = terms.v[i];
    vec_free(&terms);
    if (!q->n_terms)
        return fail(p, column, "there is no letter or digit here to look for");
    if (str_ends(text, STR("*")) && t.at.end + 1 == text.n) {
        struct str *last = &q->terms[q->n_terms - 1];
        *last = arena_printf(p->a, "%.*s*", (int)last->n, last->p);
    }
    return q;
}

/* What stands in the quotes at p->at; p->at moves behind them. */
static bool take_quoted(struct parser *p, struct str *out, size_t *column)
{
    size_t open_bytes, open = p->at;
    const char *close = quote_at(rest_from(p, open), &open_bytes);
    *column = open + open_bytes;
    struct str rest = rest_from(p, *column);
    const char *end = rest.n ? memmem(rest.p, rest.n, close, strlen(close)) : NULL;
    if (!end)
        return fail(p, open, "this quotation mark is never closed");
    *out = str_from(rest.p, (size_t)(end - rest.p));
    p->at = *column + out->n + strlen(close);
    return true;
}

static bool quote_here(const struct parser *p)
{
    size_t open_bytes;
    return quote_at(rest_from(p, p->at), &open_bytes) != NULL;
}

static struct query *parse_words(struct parser *p, enum query_kind kind)
{
    struct query *q = node(p, kind, NULL, NULL);
    struct str text;
    size_t column = p->at;
    if (!q)
        return NULL;
    q->quoted = quote_here(p);
    if (q->quoted) {
        if (!take_quoted(p, &text, &column))
            return NULL;
    } else {
        text = run_at(p, p->at);
        p->at += text.n;
    }
    return fill_terms(p, q, text, column);
}

/* ---- fields ---- */

static bool parse_day_range(struct str text, int32_t *first, int32_t *end)
{
    const char *dots = text.n ? memmem(text.p, text.n, "..", 2) : NULL;
    struct str from = dots ? str_from(text.p, (size_t)(dots - text.p)) : text;
    struct str until = dots ? str_from(dots + 2, (size_t)(text.p + text.n - dots - 2)) : text;
    struct days a = days_of_timex(from), b = days_of_timex(until);
    if ((from.n && !days_known(a)) || (until.n && !days_known(b)) || (!from.n && !until.n))
        return false;
    *first = from.n ? a.first : DAY_NONE + 1;
    *end = until.n ? b.end : INT32_MAX;
    return *first < *end;
}

static struct query *parse_date(struct parser *p)
{
    struct query *q = node(p, QUERY_DATE, NULL, NULL);
    struct str text = run_at(p, p->at);
    if (!q)
        return NULL;
    if (!parse_day_range(text, &q->first, &q->end))
        return fail(p, p->at,
                    "not a date: 2003, 2003-05, 2003-05-17, 2003..2009, 2003.. or ..2009");
    q->text = arena_str(p->a, text);
    p->at += text.n;
    return q;
}

/* One character, whichever: a label may be a sign. */
static struct query *parse_label(struct parser *p)
{
    struct query *q = node(p, QUERY_LABEL, NULL, NULL);
    const char *next = p->text.p + p->at;
    struct str rest = rest_from(p, p->at);
    if (!q)
        return NULL;
    if (rest.n && !char_is_blank(utf8_decode(rest.p, &next)))
        q->text = arena_str(p->a, str_from(rest.p, (size_t)(next - rest.p)));
    if (!q->text.n || run_at(p, p->at + q->text.n).n)
        return fail(p, p->at, "a label is one letter: label:k");
    p->at += q->text.n;
    return q;
}

static struct query *parse_state(struct parser *p)
{
    static const char *const states[] = {"exact", "moved", "weak", "orphan"};
    struct query *q = node(p, QUERY_STATE, NULL, NULL);
    struct str text = run_at(p, p->at);
    for (size_t i = 0; q && i < COUNT_OF(states); i++)
        if (str_eq(text, str_of(states[i]))) {
            q->text = str_of(states[i]);
            p->at += text.n;
            return q;
        }
    return q ? fail(p, p->at, "a note is exact, moved, weak or orphan") : NULL;
}

static struct query *parse_field(struct parser *p, enum query_kind kind)
{
    if (kind == QUERY_DATE)
        return parse_date(p);
    if (kind == QUERY_LABEL)
        return parse_label(p);
    if (kind == QUERY_STATE)
        return parse_state(p);
    if (p->at == p->text.n || (!quote_here(p) && run_at(p, p->at).n == 0))
        return fail(p, p->at, "a word or a phrase in quotes belongs right behind the colon");
    return parse_words(p, kind);
}

/* The field whose name stands at p->at, which moves behind its colon; QUERY_ALL for none. */
static enum query_kind take_field_name(struct parser *p)
{
    struct str run = run_at(p, p->at);
    for (size_t i = 0; i < COUNT_OF(fields); i++)
        if (str_starts(run, str_of(fields[i].name))) {
            p->at += strlen(fields[i].name);
            return fields[i].kind;
        }
    size_t n = 0;
    while (n < run.n && run.p[n] >= 'a' && run.p[n] <= 'z')
        n++;
    if (n > 1 && n < run.n && run.p[n] == ':' &&
        !str_starts(str_from(run.p + n, run.n - n), STR("://")))
        fail(p, p->at,
             "no such field: there are title: outlet: author: tag: entity: date: label: state:");
    return QUERY_ALL;
}

/* ---- patterns ---- */

static struct query *parse_pattern(struct parser *p)
{
    size_t open = p->at, at = open + 1;
    while (at < p->text.n && p->text.p[at] != '/')
        at += p->text.p[at] == '\\' && at + 1 < p->text.n ? 2 : 1;
    struct query *q = node(p, QUERY_PATTERN, NULL, NULL);
    if (!q)
        return NULL;
    if (at >= p->text.n)
        return fail(p, open, "this regular expression is never closed by a /");
    q->text = arena_str(p->a, str_from(p->text.p + open + 1, at - open - 1));
    q->pattern_flags = PATTERN_MULTILINE;
    p->at = at + 1;
    if (p->at < p->text.n && p->text.p[p->at] == 'i') {
        q->pattern_flags |= PATTERN_CASELESS;
        p->at++;
    }
    struct pattern *made;
    struct pattern_error why;
    if (q->text.n == 0)
        return fail(p, open, "there is nothing between the slashes");
    if (pattern_compile(q->text, q->pattern_flags, &made, &why) != OK)
        return fail(p, open + 1 + why.at, arena_printf(p->a, "%s", why.what).p);
    pattern_free(made);
    return q;
}

/* ---- the grammar ---- */

static bool deeper(struct parser *p)
{
    if (p->depth >= QUERY_DEPTH_MAX)
        return fail(p, p->at, "too many parentheses within one another");
    p->depth++;
    return true;
}

static struct query *parse_group(struct parser *p)
{
    size_t open = p->at++;
    if (!deeper(p))
        return NULL;
    if (!at_end(p) && p->text.p[p->at] == ')')
        return fail(p, open, "there is nothing between the parentheses");
    struct query *q = parse_any(p);
    if (!q)
        return NULL;
    if (at_end(p) || p->text.p[p->at] != ')')
        return fail(p, open, "this parenthesis is never closed");
    p->at++;
    p->depth--;
    return q;
}

static struct query *parse_one(struct parser *p)
{
    if (at_end(p) || p->text.p[p->at] == ')' || operator_here(p))
        return fail(p, p->at,
                    "a word is missing here (in quotes, AND, OR, NOT and NEAR are words)");
    if (p->text.p[p->at] == '(')
        return parse_group(p);
    if (p->text.p[p->at] == '/')
        return parse_pattern(p);
    if (take_keyword(p, "unread"))
        return node(p, QUERY_UNREAD, NULL, NULL);
    if (take_keyword(p, "note"))
        return node(p, QUERY_NOTED, NULL, NULL);
    enum query_kind field = take_field_name(p);
    if (p->error.what)
        return NULL;
    return field ? parse_field(p, field) : parse_words(p, QUERY_WORDS);
}

/* Behind NEAR or NEAR/n; the distance, or -1. */
static int32_t take_near(struct parser *p)
{
    struct str run = run_at(p, p->at), digits = str_from(run.p + 4, run.n - 4);
    int32_t n = digits.n > 1 ? 0 : digits.n ? -1 : NEAR_DISTANCE_DEFAULT;
    for (size_t i = 1; i < digits.n && n >= 0; i++) {
        n = char_is_digit((unsigned char)digits.p[i]) ? n * 10 + (digits.p[i] - '0') : -1;
        if (n > NEAR_DISTANCE_MAX)
            n = -1;
    }
    if (n < 0)
        fail(p, p->at + 4, "NEAR takes a number of words from 0 to 1000: NEAR/5");
    p->at += run.n;
    return n;
}

static struct query *parse_near(struct parser *p)
{
    skip_blanks(p);
    size_t column = p->at;
    struct query *before = parse_one(p), *all = before;
    while (before && near_here(p)) {
        int32_t distance = take_near(p);
        skip_blanks(p);
        size_t right_column = p->at;
        struct query *behind = distance < 0 ? NULL : parse_one(p);
        if (!behind)
            return NULL;
        if (before->kind != QUERY_WORDS || behind->kind != QUERY_WORDS)
            return fail(p, before->kind != QUERY_WORDS ? column : right_column,
                        "NEAR stands between two words or phrases");
        struct query *near = node(p, QUERY_NEAR, before, behind);
        if (!near)
            return NULL;
        near->distance = (uint32_t)distance;
        all = all == before ? near : node(p, QUERY_AND, all, near);
        before = all ? behind : NULL;
        column = right_column;
    }
    return before ? all : NULL;
}

static struct query *parse_not(struct parser *p)
{
    if (!take_keyword(p, "NOT"))
        return parse_near(p);
    if (!deeper(p))
        return NULL;
    struct query *q = parse_not(p);
    p->depth--;
    return q ? node(p, QUERY_NOT, q, NULL) : NULL;
}

static struct query *parse_all(struct parser *p)
{
    struct query *left = parse_not(p);
    while (left && !at_end(p) && p->text.p[p->at] != ')' && !keyword_here(p, "OR")) {
        take_keyword(p, "AND");
        struct query *right = parse_not(p);
        left = right ? node(p, QUERY_AND, left, right) : NULL;
    }
    return left;
}

static struct query *parse_any(struct parser *p)
{
    struct query *left = parse_all(p);
    while (left && take_keyword(p, "OR")) {
        struct query *right = parse_all(p);
        left = right ? node(p, QUERY_OR, left, right) : NULL;
    }
    return left;
}

enum status query_parse(struct arena *a, struct str text, struct query **out,
                        struct query_error *error)
{
    struct parser p = {.a = a, .text = text};
    struct query *q = NULL;
    size_t valid = utf8_valid_prefix(text);
    if (valid < text.n)
        fail(&p, valid, "the query is not valid UTF-8");
    else if (at_end(&p))
        q = node(&p, QUERY_ALL, NULL, NULL);
    else if ((q = parse_any(&p)) && !at_end(&p))
        q = fail(&p, p.at, "this parenthesis closes nothing");
    if (q)
        *out = q;
    else
        *error = p.error;
    return q ? OK : ERR_SYNTAX;
}
