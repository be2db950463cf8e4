/* `search`: passages that match a query, with a little text around each. */
#include "core/query_notes.h"
#include "tui/headless.h"

#include "core/text.h"
#include "tui/search.h"


/* Bytes of context on either side of a hit, before it is cut to words. */
#define CONTEXT_BYTES 60
/* For a pattern that explodes: nobody waits at a shell for longer, and a script is told. */
#define BUDGET_MS     20000

/* The hit with some text on either side, cut at blanks, within its paragraph. */
static struct span context_of(struct str text, struct span at)
{
    struct span c = at;
    while (c.begin && at.begin - c.begin < CONTEXT_BYTES && text.p[c.begin - 1] != '\n')
        c.begin--;
    while (c.begin > 0 && c.begin < at.begin && text.p[c.begin - 1] != ' ' &&
           text.p[c.begin - 1] != '\n')
        c.begin++;
    while (c.end < text.n && c.end - at.end < CONTEXT_BYTES && text.p[c.end] != '\n')
        c.end++;
    while (c.end < text.n && c.end > at.end && text.p[c.end] != ' ' && text.p[c.end] != '\n')
        c.end--;
    return c;
}

static void hit_json(struct headless *h, const struct article *a, const struct query_hit *hit,
                     uint32_t rank)
{
    struct record *r = h->out;
    bool passage = !span_is_empty(hit->where.at);
    record_begin(r);
    record_str(r, "article", a->path);
    record_int(r, "begin", hit->where.at.begin);
    record_int(r, "end", hit->where.at.end);
    record_str(r, "text", passage ? str_at(a->text, hit->where.at) : STR(""));
    record_str(r, "context",
               passage ? str_at(a->text, context_of(a->text, hit->where.at)) : a->title);
    record_int(r, "rank", rank);
    record_end(r);
}

static void hit_text(struct headless *h, const struct article *a, const struct query_hit *hit)
{
    struct record *r = h->out;
    say_line(r, FACE_MARGIN, a->path);
    if (span_is_empty(hit->where.at)) {
        say(r, FACE_TEXT, STR("  "));
        say_line(r, FACE_HEADLINE, a->title);
    } else {
        struct span c = context_of(a->text, hit->where.at);
        sayf(r, FACE_COUNT, ":%u", hit->where.at.begin);
        say(r, FACE_TEXT, STR("  "));
        say_line(r, FACE_TEXT, str_at(a->text, span_of(c.begin, hit->where.at.begin)));
        say_line(r, FACE_PERSON, str_at(a->text, hit->where.at));
        say_line(r, FACE_TEXT, str_at(a->text, span_of(hit->where.at.end, c.end)));
    }
    say(r, FACE_TEXT, STR("\n"));
}

static int by_score(const void *a, const void *b)
{
    const struct query_hit *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    if (x->where.article.v != y->where.article.v)
        return x->where.article.v < y->where.article.v ? -1 : 1;
    return (x->where.at.begin > y->where.at.begin) - (x->where.at.begin < y->where.at.begin);
}

static void hits_out(struct headless *h, struct query_result *found)
{
    uint32_t rank = 0, limit = h->options->limit > 0 ? (uint32_t)h->options->limit : UINT32_MAX;
    article_id before = NO_ARTICLE;
    if (found->hits.n)
        qsort(found->hits.v, found->hits.n, sizeof(*found->hits.v), by_score);
    for (size_t i = 0; i < found->hits.n && i < limit; i++) {
        const struct query_hit *hit = &found->hits.v[i];
        const struct article *a = dossier_article(h->dossier, hit->where.article);
        rank += hit->where.article.v != before.v;
        before = hit->where.article;
        if (record_is_json(h->out))
            hit_json(h, a, hit, rank);
        else
            hit_text(h, a, hit);
    }
}

/* Names are found and linked only for a query that asks for an entity: 100,000 articles are read
 * and indexed in seconds, and analysed in minutes. */
unsigned headless_search_needs(const struct options *o)
{
    struct arena scratch = {0};
    struct query *q;
    struct query_error error;
    size_t bad;
    struct str text = utf8_repair(&scratch, str_of(o->args[0]), &bad);
    bool asks = query_parse(&scratch, text, &q, &error) == OK;
    unsigned needs = asks && query_uses(q) & QUERY_USES_LINKS ? NEED_ALL : NEED_INDEX;
    needs |= asks && query_uses(q) & QUERY_USES_OUTSIDE ? NEED_NOTES : 0;
    arena_finish(&scratch);
    return needs;
}

/* A shell has read nothing. */
static bool is_unread(void *ctx, article_id a)
{
    (void)ctx, (void)a;
    return true;
}

int headless_search(struct headless *h)
{
    struct query *q;
    struct query_error error;
    struct str text = str_of(h->options->args[0]);
    size_t bad;
    text = utf8_repair(h->scratch, text, &bad);
    if (query_parse(h->scratch, text, &q, &error) != OK) {
        headless_complain("query, column %u: %s", error.column + 1, error.what);
        fprintf(stderr, "  %.*s\n  %*s^\n", (int)text.n, text.p, (int)error.column, "");
        return EXIT_TROUBLE;
    }
    struct query_result found = {0};
    struct notes_asked asked = {h->notes, h->dossier, is_unread, NULL};
    struct query_outside outside = notes_outside(&asked);
    struct deadline clock;
    struct query_limits limits = {.guard = deadline_guard(&clock, BUDGET_MS)};
    query_run(q, h->dossier, h->notes ? &outside : NULL, limits, &found);
    hits_out(h, &found);
    if (found.cut_short)
        headless_complain("the search was cut short: there may be more");
    int status = found.hits.n ? EXIT_FOUND : EXIT_NOTHING;
    query_result_free(&found);
    return status;
}
