/* The query language: what parses to what, where errors point, and which passages of a small
 * invented case answer.  The case stands in for a dossier here (its three doors are defined
 * below), so that links can be made by hand. */
#include "core/dossier.h"
#include "core/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* ---- printing what was parsed ---- */

static const struct {
    const char *name, *in, *out; /* out null: the same */
} print_rows[] = {
    {"print: empty", "", NULL},
    {"print: blanks", " \t ", ""},
    {"print: words", "lamp house", NULL},
    {"print: AND is side by side", "lamp AND house", "lamp house"},
    {"print: OR", "lamp OR house fire", NULL},
    {"print: OR within AND", "(lamp OR house) fire", NULL},
    {"print: parentheses that change nothing", "((lamp)) (house)", "lamp house"},
    {"print: AND on the right", "a (b c)", NULL},
    {"print: OR on the right", "a OR (b OR c)", NULL},
    {"print: AND within OR", "(a b) OR c", "a b OR c"},
    {"print: NOT", "NOT a NOT NOT b", NULL},
    {"print: NOT of a group", "NOT (a OR b) NOT (c d)", NULL},
    {"print: phrase", "\"the lamp house\"", NULL},
    {"print: curly phrase", "\u201cthe lamp\u201d", "\"the lamp\""},
    {"print: straight quote in a curly phrase", "\u201cthe \"lamp\u201d", NULL},
    {"print: low and high quotes", "\u201ea \" b \u201d c\u201c", NULL},
    {"print: guillemets", "\u00aba \" \u201c\u201d b\u00bb", NULL},
    {"print: beginning", "trial* \"second tri*\"", NULL},
    {"print: near", "lamp NEAR house NEAR/3 \"the fire\"",
     "lamp NEAR/10 house house NEAR/3 \"the fire\""},
    {"print: fields",
     "title:fire outlet:\"The Ledger\" author:voss tag:court entity:\"Anna Reiss\"", NULL},
    {"print: dates", "date:2003..2009 date:2003-05 date:..2004 date:1998..", NULL},
    {"print: flags", "unread NOT note", NULL},
    {"print: of notes", "label:! label:\u00df state:orphan NOT state:exact", NULL},
    {"print: flags as words", "\"unread\" unreadable", NULL},
    {"print: pattern", "/lamp ?house/ /A\\/B (x)/i", NULL},
    {"print: lower case operators are words", "and or not near", NULL},
    {"print: marks inside words", "C-Murder State\u2019s 10:30 http://x.example/a and/or", NULL},
    {"print: word against a parenthesis", "f(x)", "f x"},
};

static bool same_tree(struct arena *a, struct str text, struct str *printed)
{
    struct query *q;
    struct query_error error;
    if (query_parse(a, text, &q, &error) != OK) {
        printf("%.*s: column %u: %s\n", (int)text.n, text.p, error.column, error.what);
        return false;
    }
    *printed = query_print(a, q);
    return true;
}

static void test_print(void **state)
{
    const char *const *row = *state;
    struct arena a = {0};
    struct str once, twice;
    assert_true(same_tree(&a, str_of(row[1]), &once));
    if (!str_eq(once, str_of(row[2] ? row[2] : row[1])))
        fail_msg("printed: %s", once.p);
    assert_true(same_tree(&a, once, &twice));
    assert_true(str_eq(once, twice));
    arena_finish(&a);
}

/* ---- errors ---- */

static const struct error_row {
    const char *name, *in;
    uint32_t column;
    const char *part; /* of the sentence */
} error_rows[] = {
    {"error: open phrase", "lamp \"house", 5, "never closed"},
    {"error: open curly phrase", "\u201cab\" c", 0, "never closed"},
    {"error: open parenthesis", "a (b c", 2, "never closed"},
    {"error: closed twice", "(a) b) c", 5, "closes nothing"},
    {"error: empty parentheses", "a ( ) b", 2, "nothing between"},
    {"error: AND first", "AND b", 0, "missing"},
    {"error: AND last", "a AND", 5, "missing"},
    {"error: OR OR", "a OR OR b", 5, "missing"},
    {"error: NOT alone", "a NOT", 5, "missing"},
    {"error: NEAR first", "NEAR/3 b", 0, "missing"},
    {"error: NEAR NOT", "a NEAR NOT b", 7, "missing"},
    {"error: NEAR without a number", "a NEAR/x b", 6, "number"},
    {"error: NEAR too far", "a NEAR/1001 b", 6, "number"},
    {"error: NEAR with nothing", "a NEAR/ b", 6, "number"},
    {"error: NEAR a group", "(a b) NEAR c", 0, "between two words"},
    {"error: NEAR a field", "a NEAR/2 title:b", 9, "between two words"},
    {"error: no letters", "cats & dogs", 5, "letter or digit"},
    {"error: no letters in a phrase", "x \"\u2014\"", 3, "letter or digit"},
    {"error: star alone", "a *", 2, "letter or digit"},
    {"error: unknown field", "a autor:Voss", 2, "no such field"},
    {"error: field without value", "title: fire", 6, "colon"},
    {"error: field at the end", "a outlet:", 9, "colon"},
    {"error: bad date", "fire date:2003-13", 10, "not a date"},
    {"error: range the wrong way", "date:2009..2003", 5, "not a date"},
    {"error: only dots", "date:..", 5, "not a date"},
    {"error: label of two", "a label:ab", 8, "one letter"},
    {"error: no label", "label: x", 6, "one letter"},
    {"error: no such state", "state:sure", 6, "exact, moved"},
    {"error: open pattern", "a /b c", 2, "never closed"},
    {"error: escaped end of pattern", "/b\\/", 0, "never closed"},
    {"error: empty pattern", "//", 0, "nothing between"},
    {"error: bad pattern", "a /b(c/", 6, "parenthesis"},
    {"error: forbidden in a pattern", "/a\\C/", 4, "disabled"},
    {"error: invalid UTF-8", "ab \xff", 3, "UTF-8"},
};

static void test_error(void **state)
{
    const struct error_row *row = *state;
    struct arena a = {0};
    struct query *q = NULL;
    struct query_error error = {0};
    assert_int_equal(query_parse(&a, str_of(row->in), &q, &error), ERR_SYNTAX);
    assert_null(q);
    if (error.column != row->column || !strstr(error.what, row->part))
        fail_msg("column %u: %s", error.column, error.what);
    arena_finish(&a);
}

static void test_limits_of_the_grammar(void **state)
{
    (void)state;
    struct arena a = {0};
    struct query *q;
    struct query_error error;
    enum { N = 100000 };
    char *text = malloc(N);
    const char *const repeated[] = {"(", "NOT ", "a ", "a OR ", "a NEAR ", "\"a\"", "(a "};
    for (size_t i = 0; i < COUNT_OF(repeated); i++) {
        size_t n = strlen(repeated[i]);
        for (size_t at = 0; at + n <= N; at += n)
            memcpy(text + at, repeated[i], n);
        assert_int_equal(query_parse(&a, str_from(text, N - N % n), &q, &error), ERR_SYNTAX);
        assert_non_null(strstr(error.what, "too many"));
    }
    free(text);
    arena_finish(&a);
}

/* ---- a case of six articles ---- */

struct dossier {
    struct segment segment;
    const struct segment *segments[1];
    struct articles all;
    struct index *index;
    struct links links;
};

const struct articles *dossier_articles(const struct dossier *d)
{
    return &d->all;
}
const struct index *dossier_index(const struct dossier *d)
{
    return d->index;
}
const struct links *dossier_links(const struct dossier *d)
{
    return &d->links;
}

static const struct {
    const char *title, *outlet, *author, *tags, *text;
    const char *published;
} articles[] = {
    {"Lamp house burns", "The Ledger", "Ida Voss", "fire, court",
     "The lamp house burned on Thursday. Anna Reiss saw the fire.", "1998-11-13"},
    {"Keeper's daughter speaks", "Harbour Post", "", "",
     "\u201cHe was never there,\u201d Reiss said of the lamp\nhouse. The lamp-house trial is near.",
     "2003-05-17"},
    {"Second trial", "Coast Wire", "J. P. Ma\u00f1ana", "Court date",
     "The trials and the triage: a second  trial, ten to two, 10\u20132.", "2003-06-01"},
    {"No title words", "The Ledger", "", "",
     "Nothing here but a house. And far away, at the end of it, a lamp.", "2009"},
    {"Undated", "", "", "", "State's attorney; the State\u2019s case. A fire, a fire, a fire!", ""},
    {"Fire", "Harbour Post", "Ida Vossberg", "", "Said Anna Reiss: house lamp house lamp.",
     "2009-12-31"},
};

/* "Reiss" and "Anna Reiss" are one entity. */
static void make_links(struct links *l, const struct articles *all)
{
    static struct mention mentions[16];
    static uint32_t starts[16], rows[16], entity_starts[3];
    static struct entity entities[2];
    static struct alias aliases[] = {{.text = {"Anna Reiss", 10}, .entity = {1}},
                                     {.text = {"Reiss", 5}, .entity = {1}}};
    *l = (struct links){.n_articles = all->n,
                        .mentions = mentions,
                        .mention_starts = starts,
                        .entities = entities,
                        .n_entities = 2,
                        .aliases = aliases,
                        .n_aliases = 2,
                        .entity_starts = entity_starts,
                        .entity_mentions = rows};
    for (uint32_t id = 1; id <= all->n; id++) {
        struct str text = article_at(all, (article_id){id})->text;
        const char *at = memmem(text.p, text.n, "Reiss", 5);
        starts[id] = l->n_mentions;
        if (at) {
            size_t begin = (size_t)(at - text.p);
            rows[l->n_mentions] = l->n_mentions;
            mentions[l->n_mentions++] =
                (struct mention){.at = span_of(begin, begin + 5), .entity = {1}};
        }
    }
    starts[all->n + 1] = entity_starts[2] = l->n_mentions;
}

static struct dossier *open_case(void)
{
    struct dossier *d = calloc(1, sizeof(*d));
    d->segment.first.v = 1;
    for (size_t i = 0; i < COUNT_OF(articles); i++)
        vec_push(
            &d->segment.rows,
            ((struct article){.title = str_of(articles[i].title),
                              .outlet = str_of(articles[i].outlet),
                              .author = str_of(articles[i].author),
                              .tags = str_of(articles[i].tags),
                              .text = str_of(articles[i].text),
                              .published = articles[i].published[0]
                                               ? days_of_timex(str_of(articles[i].published)).first
                                               : DAY_NONE}));
    d->segment.index = index_segment_build(&d->segment);
    d->index = index_over(&d->segment.index, 1);
    d->segments[0] = &d->segment;
    d->all = (struct articles){d->segments, 1, COUNT_OF(articles), COUNT_OF(articles)};
    make_links(&d->links, &d->all);
    return d;
}

static void close_case(struct dossier *d)
{
    index_close(d->index);
    index_segment_free(d->segment.index);
    vec_free(&d->segment.rows);
    free(d);
}

static bool is_unread(void *ctx, article_id a)
{
    (void)ctx;
    return a.v >= 5;
}
static bool is_noted(void *ctx, article_id a)
{
    (void)ctx;
    return a.v == 2;
}
static bool is_tagged(void *ctx, article_id a, struct str tag)
{
    (void)ctx;
    return a.v == 4 && str_eq(tag, STR("mine"));
}
static bool is_labelled(void *ctx, article_id a, uint32_t label)
{
    (void)ctx;
    return a.v == 2 && label == '!';
}
static bool is_in_state(void *ctx, article_id a, struct str state)
{
    (void)ctx;
    return a.v == 2 && str_eq(state, STR("weak"));
}
static const struct query_outside outside = {is_unread, is_noted, is_tagged, is_labelled, is_in_state, NULL};

/* Answers as "article:passage|…", in order; an article without a passage as "article". */
static const struct {
    const char *name, *query, *answer;
} run_rows[] = {
    {"run: everything", "", "1|2|3|4|5|6"},
    {"run: a word", "triage", "3:triage"},
    {"run: a missing word", "lantern", ""},
    {"run: case", "THURSDAY", "1:Thursday"},
    {"run: word in the title alone", "daughter", "2"},
    {"run: words", "lamp never", "2:never|2:lamp|2:lamp"},
    {"run: OR", "triage OR never", "2:never|3:triage"},
    {"run: NOT", "lamp NOT trial", "1:lamp|4:lamp|6:lamp|6:lamp"},
    {"run: NOT alone", "NOT lamp", "3|5"},
    {"run: NOT NOT", "NOT NOT lamp NOT house", ""},
    {"run: group", "(triage OR never) NOT said", "3:triage"},
    {"run: AND before OR", "triage OR never nothing", "3:triage"},
    {"run: phrase over a wrap and a hyphen", "\"lamp house\"",
     "1:lamp house|2:lamp\nhouse|2:lamp-house|6:lamp house"},
    {"run: hyphen in the query", "lamp-house trial", "2:lamp\nhouse|2:lamp-house|2:trial"},
    {"run: apostrophes", "\"state's\"", "5:State's|5:State\u2019s"},
    {"run: dash", "10-2", "3:10\u20132"},
    {"run: phrases do not join title and text", "\"burns the lamp\"", ""},
    {"run: beginning", "tria*", "2:trial|3:trials|3:triage|3:trial"},
    {"run: beginning in a phrase", "\"second tri*\"", "3:second  trial"},
    {"run: beginning of one", "burn*", "1:burned"},
    {"run: near", "lamp NEAR/0 house",
     "1:lamp house|2:lamp\nhouse|2:lamp-house|6:lamp house|6:house lamp"},
    {"run: near, either first", "ten NEAR/2 trial", "3:trial, ten"},
    {"run: near, just too far", "second NEAR/2 two", ""},
    {"run: near, just near enough", "second NEAR/3 two", "3:second  trial, ten to two"},
    {"run: near phrases", "\"lamp house\" NEAR/4 \"anna reiss\"",
     "1:lamp house burned on Thursday. Anna Reiss"
     "|6:Anna Reiss: house lamp house"},
    {"run: near itself", "fire NEAR/2 fire", "5:fire, a fire|5:fire, a fire"},
    {"run: pattern", "/ten|two/", "3:ten|3:two"},
    {"run: pattern is case-sensitive", "/FIRE/", ""},
    {"run: pattern without case", "/FIRE/i thursday", "1:Thursday|1:fire"},
    {"run: pattern at line ends", "/lamp$/", "2:lamp"},
    {"run: pattern under NOT", "house NOT /house/", ""},
    {"run: pattern within the rest", "/lamp/ triage", ""},
    {"run: pattern of several", "/f.re/ OR /tr.al/",
     "1:fire|2:trial|3:trial|3:trial|5:fire|5:fire|5:fire"},
    {"run: title", "title:fire", "6"},
    {"run: title in a row", "title:\"lamp house\"", "1"},
    {"run: title not in a row", "title:\"house lamp\"", ""},
    {"run: title beginning", "title:tri*", "3"},
    {"run: title and words", "title:trial ten", "3:ten"},
    {"run: outlet", "outlet:ledger", "1|4"},
    {"run: outlet phrase", "outlet:\"harbour post\" fire", "6"},
    {"run: author is whole words", "author:voss", "1"},
    {"run: author beginning", "author:voss*", "1|6"},
    {"run: author folded", "author:manana", "3"},
    {"run: tag", "tag:court", "1"},
    {"run: tag of two words", "tag:\"court date\"", "3"},
    {"run: tag of the reader", "tag:mine", "4"},
    {"run: year", "date:2003", "2|3"},
    {"run: years", "date:2003..2009", "2|3|4|6"},
    {"run: month", "date:2003-05", "2"},
    {"run: from a day", "date:2003-06-01..", "3|4|6"},
    {"run: until a year", "date:..1998", "1"},
    {"run: undated answers no date", "NOT date:..2100", "5"},
    {"run: entity", "entity:\"Anna Reiss\"", "1:Reiss|2:Reiss|6:Reiss"},
    {"run: entity by alias", "entity:reiss trial", "2:Reiss|2:trial"},
    {"run: entity unknown", "entity:brandt", ""},
    {"run: NOT entity", "fire NOT entity:reiss", "5:fire|5:fire|5:fire"},
    {"run: unread", "unread", "5|6"},
    {"run: note", "note OR unread", "2|5|6"},
    {"run: label and state", "label:! state:weak", "2"},
    {"run: no such label", "label:k OR state:orphan", ""},
    {"run: the word", "\"near\"", "2:near"},
    {"run: one inside another", "\"lamp house\" OR lamp",
     "1:lamp house|2:lamp\nhouse|2:lamp-house|4:lamp"
     "|6:lamp house|6:lamp"},
};

static size_t answer_text(const struct dossier *d, const struct query_result *r, char *out,
                          size_t size)
{
    size_t n = 0;
    for (size_t i = 0; i < r->hits.n; i++) {
        struct passage where = r->hits.v[i].where;
        struct str s = str_at(article_at(&d->all, where.article)->text, where.at);
        n += (size_t)snprintf(out + n, size - n, "%s%u%s%.*s", n ? "|" : "", where.article.v,
                              s.n ? ":" : "", (int)s.n, s.p);
    }
    out[n] = '\0';
    return n;
}

static struct query *parsed(struct arena *a, const char *text)
{
    struct query *q = NULL;
    struct query_error error = {0};
    if (query_parse(a, str_of(text), &q, &error) != OK)
        fail_msg("column %u: %s", error.column, error.what);
    return q;
}

static void test_run(void **state)
{
    const char *const *row = *state;
    struct arena a = {0};
    struct dossier *d = open_case();
    struct query_result r = {0};
    char answer[1024];
    assert_int_equal(query_run(parsed(&a, row[1]), d, &outside, (struct query_limits){0}, &r), OK);
    answer_text(d, &r, answer, sizeof(answer));
    if (strcmp(answer, row[2]) != 0)
        fail_msg("answered: %s", answer);
    assert_false(r.cut_short);
    for (size_t i = 0, k = 0; i < r.articles.n; i++) {
        while (k < r.hits.n && r.hits.v[k].where.article.v < r.articles.v[i].v)
            k++;
        assert_true(k < r.hits.n && r.hits.v[k].where.article.v == r.articles.v[i].v);
    }
    query_result_free(&r);
    close_case(d);
    arena_finish(&a);
}

/* ---- in one text ---- */

static const struct {
    const char *name, *query, *text, *lit; /* parted by '|' */
} text_rows[] = {
    {"in text: words of an AND, whether all are there or not", "lamp lantern", "a Lamp", "Lamp"},
    {"in text: not those under NOT", "lamp NOT house", "lamp house", "lamp"},
    {"in text: not those of fields", "title:lamp outlet:house", "lamp house", ""},
    {"in text: phrase and pattern", "\"lamp house\" /b.t/", "but the lamp\nhouse",
     "but|lamp\nhouse"},
    {"in text: near", "a NEAR/1 c", "a b c", "a b c"},
    {"in text: nothing", "", "lamp", ""},
    {"in text: entity without links", "entity:lamp", "lamp", ""},
};

static void test_in_text(void **state)
{
    const char *const *row = *state;
    struct arena a = {0};
    span_vec spans = {0};
    struct str text = str_of(row[2]);
    char lit[256] = "";
    assert_int_equal(query_in_text(parsed(&a, row[1]), text, (struct query_limits){0}, &spans), OK);
    for (size_t i = 0; i < spans.n; i++) {
        struct str s = str_at(text, spans.v[i]);
        snprintf(lit + strlen(lit), sizeof(lit) - strlen(lit), "%s%.*s", i ? "|" : "", (int)s.n,
                 s.p);
    }
    assert_string_equal(lit, row[3]);
    vec_free(&spans);
    arena_finish(&a);
}

/* ---- limits and rank ---- */

static void test_most_hits(void **state)
{
    (void)state;
    struct arena a = {0};
    struct dossier *d = open_case();
    struct query_result r = {0};
    for (uint32_t max = 1; max < 9; max++) {
        query_run(parsed(&a, "house OR lamp"), d, NULL, (struct query_limits){.max_hits = max}, &r);
        assert_int_equal(r.hits.n, max);
        assert_int_equal(r.articles.n, 4);
        assert_true(r.cut_short);
    }
    query_result_free(&r);
    close_case(d);
    arena_finish(&a);
}

static enum status over_at_once(void *context)
{
    (void)context;
    return ERR_LIMIT;
}

static void test_cut_short(void **state)
{
    (void)state;
    struct arena a = {0};
    struct dossier *d = open_case();
    struct query_result r = {0};
    struct query_limits limits = {.guard = {over_at_once, NULL}};
    query_run(parsed(&a, "house NOT /zzz/"), d, NULL, limits, &r);
    assert_true(r.cut_short);
    assert_true(r.articles.n <= 1); /* what was not looked at is not shown */
    query_run(parsed(&a, "/house/"), d, NULL, limits, &r);
    assert_true(r.cut_short);
    atomic_bool cancel = true;
    limits = (struct query_limits){.cancel = &cancel};
    query_run(parsed(&a, "/house/"), d, NULL, limits, &r);
    assert_true(r.cut_short);
    span_vec spans = {0};
    assert_int_equal(query_in_text(parsed(&a, "/house/"), STR("house"), limits, &spans),
                     ERR_CANCELLED);
    vec_free(&spans);
    query_result_free(&r);
    close_case(d);
    arena_finish(&a);
}

static float score_of(const struct query_result *r, uint32_t id)
{
    for (size_t i = 0; i < r->hits.n; i++)
        if (r->hits.v[i].where.article.v == id)
            return r->hits.v[i].score;
    return -1;
}

static void test_rank(void **state)
{
    (void)state;
    struct arena a = {0};
    struct dossier *d = open_case();
    struct query_result r = {0};
    query_run(parsed(&a, "lamp"), d, NULL, (struct query_limits){0}, &r);
    assert_true(score_of(&r, 1) > score_of(&r, 4)); /* in the title, and sooner */
    assert_true(score_of(&r, 6) > score_of(&r, 4)); /* twice in a shorter text */
    query_run(parsed(&a, "lamp OR triage"), d, NULL, (struct query_limits){0}, &r);
    assert_true(score_of(&r, 3) > score_of(&r, 4)); /* the rarer word */
    query_run(parsed(&a, "outlet:ledger"), d, NULL, (struct query_limits){0}, &r);
    assert_true(score_of(&r, 1) == 0);
    query_result_free(&r);
    close_case(d);
    arena_finish(&a);
}

/* What the index has not seen yet answers neither a word nor its NOT. */
static void test_while_loading(void **state)
{
    (void)state;
    struct arena a = {0};
    struct dossier *d = open_case();
    struct query_result r = {0};
    struct index *whole = d->index;
    d->index = index_over(NULL, 0);
    query_run(parsed(&a, "NOT lamp"), d, NULL, (struct query_limits){0}, &r);
    assert_int_equal(r.articles.n, 0);
    query_run(parsed(&a, "outlet:ledger"), d, NULL, (struct query_limits){0}, &r);
    assert_int_equal(r.articles.n, 2);
    index_close(d->index);
    d->index = whole;
    query_result_free(&r);
    close_case(d);
    arena_finish(&a);
}

static void test_uses(void **state)
{
    (void)state;
    struct arena a = {0};
    assert_int_equal(query_uses(parsed(&a, "outlet:x date:2003")), 0);
    assert_int_equal(query_uses(parsed(&a, "a NEAR b OR tag:x")),
                     QUERY_USES_INDEX | QUERY_USES_OUTSIDE);
    assert_int_equal(query_uses(parsed(&a, "NOT (entity:x OR /y/)")),
                     QUERY_USES_LINKS | QUERY_USES_PATTERN);
    arena_finish(&a);
}

/* ---- patterns that explode ---- */

#define ATTACKS "../shared/hostile/patterns/attacks.jsonl"

/* The value of a string of a JSON object on one line, in `a`; empty if absent. */
static struct str json_value(struct arena *a, const char *line, const char *key)
{
    const char *p = strstr(line, arena_printf(a, "\"%s\": \"", key).p);
    if (!p)
        return str_from("", 0);
    p += strlen(key) + 5;
    char *out = arena_alloc(a, strlen(p) + 8);
    size_t n = 0;
    for (; *p && *p != '"'; p++) {
        unsigned c;
        if (*p != '\\') {
            out[n++] = *p;
        } else if (*++p == 'u' && sscanf(p + 1, "%4x", &c) == 1) {
            n += utf8_encode(c, out + n);
            p += 4;
        } else {
            const char *plain = strchr("b\bf\fn\nr\rt\t", *p);
            out[n++] = plain && strchr("bfnrt", *p) ? plain[1] : *p;
        }
    }
    return str_from(out, n);
}

/* /source/ with the slashes in it escaped. */
static struct str pattern_query(struct arena *a, struct str source)
{
    char *out = arena_alloc(a, source.n * 2 + 2);
    size_t n = 0;
    out[n++] = '/';
    for (size_t i = 0; i < source.n; i++) {
        if (source.p[i] == '/')
            out[n++] = '\\';
        else if (source.p[i] == '\\' && i + 1 < source.n)
            out[n++] = source.p[i++];
        out[n++] = source.p[i];
    }
    out[n++] = '/';
    return str_from(out, n);
}

static struct str attack_text(struct arena *a, const char *line)
{
    struct str prefix = json_value(a, line, "prefix"), pump = json_value(a, line, "pump");
    struct str suffix = json_value(a, line, "suffix");
    const char *count = strstr(line, "\"count\": ");
    size_t times = count ? strtoul(count + 9, NULL, 10) : 0, n = 0, bad;
    char *out = arena_alloc(a, prefix.n + pump.n * times + suffix.n + 1);
    memcpy(out, prefix.p, prefix.n);
    for (n = prefix.n; times > 0; times--, n += pump.n)
        memcpy(out + n, pump.p, pump.n);
    memcpy(out + n, suffix.p, suffix.n);
    return utf8_repair(a, str_from(out, n + suffix.n), &bad);
}

static enum status count_down(void *left)
{
    return (*(int *)left)-- > 0 ? OK : ERR_LIMIT;
}

/* Every one of them ends when the guard says so, and when it was not done says that. */
static void test_attacks(void **state)
{
    (void)state;
    FILE *f = fopen(ATTACKS, "r");
    if (!f) {
        printf("skipped: no " ATTACKS "\n");
        skip();
    }
    static char line[1 << 16];
    unsigned run = 0, cut = 0;
    while (fgets(line, sizeof(line), f)) {
        struct arena a = {0};
        struct query *q;
        struct query_error error;
        if (query_parse(&a, pattern_query(&a, json_value(&a, line, "pattern")), &q, &error) == OK) {
            span_vec spans = {0};
            int left = 1;
            struct query_limits limits = {.guard = {count_down, &left}};
            enum status got = query_in_text(q, attack_text(&a, line), limits, &spans);
            assert_true(got == OK || got == ERR_LIMIT);
            assert_true(got == ERR_LIMIT || left >= 0);
            run++;
            cut += got == ERR_LIMIT;
            vec_free(&spans);
        }
        arena_finish(&a);
    }
    fclose(f);
    printf("%u patterns, %u cut short\n", run, cut);
    assert_true(run > 250 && cut > 0);
}

/* ---- all of them, rows by their names ---- */

static struct CMUnitTest tests[256];
static size_t n_tests;

static void add(const char *name, CMUnitTestFunction run, const void *row)
{
    tests[n_tests++] = (struct CMUnitTest){name, run, NULL, NULL, (void *)row};
}

#define ADD_ROWS(rows, run)                                                                        \
    for (size_t i = 0; i < COUNT_OF(rows); i++)                                                    \
    add(rows[i].name, run, &rows[i])

int main(void)
{
    ADD_ROWS(print_rows, test_print);
    ADD_ROWS(error_rows, test_error);
    ADD_ROWS(run_rows, test_run);
    ADD_ROWS(text_rows, test_in_text);
    add("limits of the grammar", test_limits_of_the_grammar, NULL);
    add("max_hits", test_most_hits, NULL);
    add("cut short", test_cut_short, NULL);
    add("rank", test_rank, NULL);
    add("while loading", test_while_loading, NULL);
    add("uses", test_uses, NULL);
    add("patterns that explode", test_attacks, NULL);
    return _cmocka_run_group_tests("core/query", tests, n_tests, NULL, NULL);
}
