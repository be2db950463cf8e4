/* The passages that answer, and how well each article does.
 *
 * When the matching articles are known (query_match.c), the words, NEARs, patterns and entities of
 * the query that are not under NOT go through them together, article by article: so hits come out
 * in order, the text of an article is scanned once a word, and max_hits ends the work.
 *
 * The score is BM25 with the usual constants, with two changes for news, where what an article is
 * about stands at its head: a hit in the title counts for TITLE_WEIGHT of them, and the first hit
 * counts for more the nearer it is to the top. */
#include "core/query_tree.h"

#include "core/articles.h"
#include "core/dossier.h"
#include "core/link.h"

#include <math.h>

#define BM25_K1      1.2
#define BM25_B       0.75
#define TITLE_WEIGHT 3
#define TOP_WEIGHT   0.3  /* added for a hit in the first words */
#define TOP_WORDS    64.0 /* where half of it is gone */

/* What finds passages: a node of the query and where it stands. */
struct seeker {
    const struct query *q;
    struct phrase *a, *b; /* of words; b of NEAR */
    struct pattern *pattern;
    struct row_run mentions; /* of an entity, and the one to go on with */
    uint32_t at_mention;
    double weight; /* rarer is more */
};

struct run {
    struct query_job job;
    VEC(struct seeker) seekers;
    hit_vec x, y, hits; /* scratch */
    span_vec spans;     /* of the article at hand */
    double mean_words;
};

/* ---- seekers ---- */

static void open_seeker(struct run *r, const struct query *q, struct seeker *s)
{
    struct query_job *job = &r->job;
    const struct query *words = q->kind == QUERY_NEAR ? q->left : q;
    *s = (struct seeker){.q = q};
    if (q->kind == QUERY_PATTERN)
        s->pattern = query_pattern(q);
    else if (q->kind == QUERY_ENTITY)
        s->mentions = links_of_entity(job->links, links_find_entity(job->links, q->text));
    else
        s->a = phrase_open(job->index, &job->memory, words->terms, words->n_terms);
    if (q->kind == QUERY_NEAR)
        s->b = phrase_open(job->index, &job->memory, q->right->terms, q->right->n_terms);
    double matching = job->matching[q->number], n = job->n;
    s->weight = log(1 + (n - fmin(matching, n) + 0.5) / (matching + 0.5));
}

static void open_seekers(struct run *r, const struct query *q)
{
    struct seeker s;
    switch (q->kind) {
    case QUERY_ENTITY:
        if (!r->job.links)
            break;
        /* fallthrough */
    case QUERY_NEAR:
    case QUERY_WORDS:
    case QUERY_PATTERN:
        open_seeker(r, q, &s);
        vec_push(&r->seekers, s);
        break;
    case QUERY_AND:
    case QUERY_OR:
        open_seekers(r, q->left);
        open_seekers(r, q->right);
        break;
    default: /* NOT, and fields: nothing to show */
        break;
    }
}

static void close_seekers(struct run *r)
{
    for (size_t i = 0; i < r->seekers.n; i++) {
        struct seeker *s = &r->seekers.v[i];
        if (s->a)
            phrase_close(s->a);
        if (s->b)
            phrase_close(s->b);
        pattern_free(s->pattern);
    }
    vec_free(&r->seekers);
}

/* ---- one article ---- */

/* How often and how soon a seeker found something. */
struct tally {
    uint32_t in_text, in_title;
    double first; /* words before the first hit in the text */
};

static void seek_words(struct run *r, struct seeker *s, article_id id, const struct article *a,
                       struct tally *n)
{
    const hit_vec *hits = &r->x;
    query_positions(s->a, id, &r->x);
    if (s->b) {
        query_positions(s->b, id, &r->y);
        query_near_pairs(s->q, &r->x, &r->y, &r->hits);
        hits = &r->hits;
    }
    struct hit_walk walk;
    hit_walk_begin(&walk, a);
    uint32_t title_words = walk.pos;
    for (size_t i = 0; i < hits->n; i++) {
        struct span at;
        if (!hit_walk_span(&walk, &hits->v[i], &at)) {
            n->in_title++;
            continue;
        }
        if (n->in_text++ == 0)
            n->first = hits->v[i].pos - title_words;
        vec_push(&r->spans, at);
    }
}

static enum status check_limits(void *context)
{
    return query_is_over(context) ? ERR_LIMIT : OK;
}

static void seek_pattern(struct run *r, struct seeker *s, const struct article *a, struct tally *n)
{
    struct query_job *job = &r->job;
    struct pattern_search search = {s->pattern, job->matcher, a->text, {check_limits, job},
                                    0,          false};
    struct span at;
    while (pattern_search_next(&search, &at) == OK) {
        if (n->in_text++ == 0)
            n->first = at.begin / 6.0; /* bytes to words */
        vec_push(&r->spans, at);
        if (job->limits.max_hits && n->in_text > job->limits.max_hits)
            break;
    }
    job->cut_short |= search.incomplete;
}

static void seek_mentions(struct run *r, struct seeker *s, article_id id, struct tally *n)
{
    const struct links *l = r->job.links;
    for (; s->at_mention < s->mentions.n; s->at_mention++) {
        uint32_t row = s->mentions.v[s->at_mention], in = links_mention_article(l, row).v;
        if (in > id.v)
            break;
        if (in < id.v)
            continue;
        if (n->in_text++ == 0)
            n->first = l->mentions[row].at.begin / 6.0;
        vec_push(&r->spans, l->mentions[row].at);
    }
}

static double score_of(const struct run *r, const struct seeker *s, const struct tally *n,
                       const struct article *a)
{
    double often = n->in_text + TITLE_WEIGHT * n->in_title;
    if (often == 0)
        return 0;
    double length = r->mean_words > 0 ? a->words / r->mean_words : 1;
    double score =
        s->weight * often * (BM25_K1 + 1) / (often + BM25_K1 * (1 - BM25_B + BM25_B * length));
    double first = n->in_title ? 0 : n->first;
    return score * (1 + TOP_WEIGHT / (1 + first / TOP_WORDS));
}

/* Fills r->spans with what the seekers find in the article; returns its score. */
static double seek_all(struct run *r, article_id id, const struct article *a)
{
    double score = 0;
    vec_clear(&r->spans);
    for (size_t i = 0; i < r->seekers.n; i++) {
        struct seeker *s = &r->seekers.v[i];
        struct tally n = {0};
        if (s->pattern)
            seek_pattern(r, s, a, &n);
        else if (s->a)
            seek_words(r, s, id, a, &n);
        else
            seek_mentions(r, s, id, &n);
        score += score_of(r, s, &n, a);
    }
    return score;
}

static int by_begin(const void *a, const void *b)
{
    const struct span *x = a, *y = b;
    if (x->begin != y->begin)
        return x->begin < y->begin ? -1 : 1;
    return (x->end < y->end) - (x->end > y->end); /* the longer first */
}

/* In order, without those that lie inside another. */
static void settle_spans(span_vec *spans)
{
    size_t kept = 0;
    if (spans->n > 1)
        qsort(spans->v, spans->n, sizeof(*spans->v), by_begin);
    for (size_t i = 0; i < spans->n; i++)
        if (!kept || spans->v[i].end > spans->v[kept - 1].end)
            spans->v[kept++] = spans->v[i];
    spans->n = kept;
}

/* ---- all articles ---- */

static void put_hits(struct run *r, article_id id, float score, struct query_result *out)
{
    uint32_t max = r->job.limits.max_hits;
    size_t n = r->spans.n ? r->spans.n : 1;
    if (max && out->hits.n + n > max) {
        r->job.cut_short = true;
        n = max - out->hits.n;
    }
    for (size_t i = 0; i < n; i++) {
        struct span at = r->spans.n ? r->spans.v[i] : span_of(0, 0);
        vec_push(&out->hits, ((struct query_hit){{id, at}, score}));
    }
}

static void find_passages(struct run *r, const uint64_t *matching, struct query_result *out)
{
    struct query_job *job = &r->job;
    uint32_t looked_at = 0;
    for (uint32_t id = 0; (id = set_next(matching, job->n, id + 1));)
        vec_push(&out->articles, (article_id){id});
    for (size_t i = 0; i < out->articles.n; i++) {
        article_id id = out->articles.v[i];
        if ((job->limits.max_hits && out->hits.n >= job->limits.max_hits) ||
            (++looked_at % 256 == 0 && query_is_over(job))) {
            job->cut_short = true;
            break;
        }
        double score = seek_all(r, id, article_at(job->all, id));
        settle_spans(&r->spans);
        put_hits(r, id, (float)score, out);
    }
}

static void begin_run(struct run *r, const struct query *q)
{
    r->job.matching = arena_array(&r->job.memory, uint32_t, q->number + 1);
    r->job.matcher = query_uses(q) & QUERY_USES_PATTERN ? matcher_open() : NULL;
    uint32_t indexed = index_articles(r->job.index);
    r->mean_words = indexed ? (double)index_tokens(r->job.index) / indexed : 0;
}

static void end_run(struct run *r)
{
    close_seekers(r);
    if (r->job.matcher)
        matcher_close(r->job.matcher);
    vec_free(&r->x);
    vec_free(&r->y);
    vec_free(&r->hits);
    vec_free(&r->spans);
    arena_finish(&r->job.memory);
}

enum status query_run(const struct query *q, const struct dossier *d,
                      const struct query_outside *outside, struct query_limits limits,
                      struct query_result *out)
{
    struct run r = {.job = {.all = dossier_articles(d),
                            .index = dossier_index(d),
                            .links = dossier_links(d),
                            .outside = outside,
                            .limits = limits}};
    uint32_t indexed = index_articles(r.job.index);
    r.job.n = r.job.all->n;
    if (query_uses(q) & QUERY_USES_INDEX && indexed < r.job.n)
        r.job.n = indexed;
    query_result_free(out);
    begin_run(&r, q);
    article_set matching = query_match(&r.job, q);
    open_seekers(&r, q);
    find_passages(&r, matching, out);
    out->cut_short = r.job.cut_short;
    end_run(&r);
    return OK;
}

void query_result_free(struct query_result *r)
{
    vec_free(&r->hits);
    vec_free(&r->articles);
    r->cut_short = false;
}

/* The text becomes a case of one article, so that it is searched by the same code. */
enum status query_in_text(const struct query *q, struct str text, struct query_limits limits,
                          span_vec *out)
{
    struct segment one = {.first = {1}};
    vec_push(&one.rows, ((struct article){.text = text, .title_in_text = true}));
    one.index = index_segment_build(&one);
    struct index *x = index_over(&one.index, 1);
    struct run r = {.job = {.index = x, .limits = limits, .n = 1}};
    begin_run(&r, q);
    open_seekers(&r, q);
    seek_all(&r, (article_id){1}, &one.rows.v[0]);
    settle_spans(&r.spans);
    vec_append(out, r.spans.v, r.spans.n);
    enum status status = !r.job.cut_short                              ? OK
                         : limits.cancel && atomic_load(limits.cancel) ? ERR_CANCELLED
                                                                       : ERR_LIMIT;
    end_run(&r);
    index_close(x);
    index_segment_free(one.index);
    vec_free(&one.rows);
    return status;
}
