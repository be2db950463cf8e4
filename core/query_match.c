/* Which articles answer: every node of a query gives a set of articles, one bit each (12 KB for a
 * hundred thousand), and AND, OR and NOT are bit by bit.  Words and NEAR come from the index and
 * leap from article to article; fields are read from the rows.  Patterns read the texts, so they
 * come last, and only within what the rest of the query has left over.
 *
 * A search that is cut short must not show what it did not look at: under NOT, the articles that
 * a pattern had no time for count as found, so that they drop out. */
#include "core/query_tree.h"

#include "core/articles.h"
#include "core/link.h"
#include "core/text.h"

static void eval(struct query_job *job, const struct query *q, bool negated, const uint64_t *within,
                 article_set out);

static size_t words_of(const struct query_job *job)
{
    return job->n / 64 + 1;
}

static article_set new_set(struct query_job *job)
{
    return arena_array(&job->memory, uint64_t, words_of(job));
}

static void set_add(article_set set, uint32_t id)
{
    set[id >> 6] |= (uint64_t)1 << (id & 63);
}

uint32_t set_next(const uint64_t *set, uint32_t n, uint32_t id)
{
    if (id > n)
        return 0;
    size_t i = id >> 6;
    uint64_t word = set[i] & ~UINT64_C(0) << (id & 63);
    while (!word) {
        if (++i > n >> 6)
            return 0;
        word = set[i];
    }
    return (uint32_t)(i * 64 + (size_t)__builtin_ctzll(word));
}

bool query_is_over(struct query_job *job)
{
    const struct query_limits *l = &job->limits;
    if ((l->cancel && atomic_load_explicit(l->cancel, memory_order_relaxed)) ||
        (l->guard.check && l->guard.check(l->guard.context) != OK))
        return job->cut_short = true;
    return false;
}

/* ---- words ---- */

static void eval_words(struct query_job *job, const struct query *q, const uint64_t *within,
                       article_set out)
{
    struct phrase *p = phrase_open(job->index, &job->memory, q->terms, q->n_terms);
    struct hit hit;
    uint32_t n = 0;
    for (uint32_t id = 1; id <= job->n && phrase_seek(p, (article_id){id}, &hit);
         id = hit.article.v + 1) {
        if (hit.article.v > job->n || (++n % 4096 == 0 && query_is_over(job)))
            break;
        if (set_has(within, hit.article.v))
            set_add(out, hit.article.v);
    }
    job->matching[q->number] = n;
    phrase_close(p);
}

bool query_positions(struct phrase *p, article_id id, hit_vec *out)
{
    struct hit hit;
    vec_clear(out);
    for (bool more = phrase_seek(p, id, &hit); more && hit.article.v == id.v;
         more = phrase_next(p, &hit))
        vec_push(out, hit);
    return out->n > 0;
}

/* From the first of two hits to the end of the second, if there are no more than `distance` words
 * between them. */
static bool span_pair(const struct hit *first, const struct hit *second, uint32_t distance,
                      struct hit *out)
{
    *out = *first;
    out->n_tokens = second->pos + second->n_tokens - first->pos;
    return second->pos - (first->pos + first->n_tokens) <= distance;
}

bool query_near_pairs(const struct query *q, const hit_vec *a, const hit_vec *b, hit_vec *out)
{
    size_t behind = 0,
           before = 0; /* b's from `behind` on begin behind a; those below `before` end before it */
    vec_clear(out);
    for (size_t i = 0; i < a->n; i++) {
        const struct hit *x = &a->v[i];
        struct hit right, left;
        while (behind < b->n && b->v[behind].pos < x->pos + x->n_tokens)
            behind++;
        while (before < b->n && b->v[before].pos + b->v[before].n_tokens <= x->pos)
            before++;
        bool has_right = behind < b->n && span_pair(x, &b->v[behind], q->distance, &right);
        bool has_left = before > 0 && span_pair(&b->v[before - 1], x, q->distance, &left);
        if (has_right && (!has_left || right.n_tokens <= left.n_tokens))
            vec_push(out, right);
        else if (has_left)
            vec_push(out, left);
    }
    return out->n > 0;
}

struct near_search {
    struct phrase *a, *b;
    hit_vec x, y, pairs;
};

/* Phrases may overlap and be long: where two begin near enough, all hits of the article are looked
 * at. */
static bool near_in_article(const struct query *q, struct near_search *s, article_id id)
{
    query_positions(s->a, id, &s->x);
    query_positions(s->b, id, &s->y);
    return query_near_pairs(q, &s->x, &s->y, &s->pairs);
}

static void eval_near(struct query_job *job, const struct query *q, const uint64_t *within,
                      article_set out)
{
    const struct query *l = q->left, *r = q->right;
    struct near_search s = {
        .a = phrase_open(job->index, &job->memory, l->terms, l->n_terms),
        .b = phrase_open(job->index, &job->memory, r->terms, r->n_terms),
    };
    uint32_t reach = q->distance + (l->n_terms > r->n_terms ? l->n_terms : r->n_terms);
    struct hit x, y;
    uint32_t n = 0, looked_at = 0;
    for (uint32_t id = 1; id <= job->n && phrase_meet(s.a, s.b, (article_id){id}, reach, &x, &y);
         id++) {
        id = x.article.v;
        if (id > job->n || (++looked_at % 4096 == 0 && query_is_over(job)))
            break;
        bool surely = l->n_terms == 1 && r->n_terms == 1 && x.pos != y.pos;
        if (!surely && !near_in_article(q, &s, x.article))
            continue;
        n++;
        if (set_has(within, id))
            set_add(out, id);
    }
    job->matching[q->number] = n;
    phrase_close(s.a);
    phrase_close(s.b);
    vec_free(&s.x);
    vec_free(&s.y);
    vec_free(&s.pairs);
}

/* ---- fields ---- */

static bool term_is(struct str want, struct str term)
{
    return str_ends(want, STR("*")) ? str_starts(term, str_from(want.p, want.n - 1))
                                    : str_eq(want, term);
}

static bool words_stand_at(const struct query *q, struct str s, size_t at)
{
    struct token t;
    char buffer[TERM_BYTES_MAX];
    for (uint32_t i = 0; i < q->n_terms; i++)
        if (!token_next(s, &at, &t) || !term_is(q->terms[i], token_term(s, t, buffer)))
            return false;
    return true;
}

/* Do the words stand in a row somewhere in `s`? */
static bool holds_words(const struct query *q, struct str s)
{
    struct token t;
    for (size_t before = 0, behind = 0; token_next(s, &behind, &t); before = behind)
        if (words_stand_at(q, s, before))
            return true;
    return false;
}

static bool is_tag(const struct query *q, struct str tag)
{
    struct token t;
    size_t at = 0;
    for (uint32_t i = 0; i < q->n_terms; i++)
        if (!token_next(tag, &at, &t))
            return false;
    return !token_next(tag, &at, &t) && words_stand_at(q, tag, 0);
}

static bool has_tag(const struct query *q, struct str tags)
{
    while (tags.n) {
        const char *comma = memchr(tags.p, ',', tags.n);
        size_t n = comma ? (size_t)(comma - tags.p) : tags.n;
        if (is_tag(q, str_from(tags.p, n)))
            return true;
        n += comma != NULL;
        tags = str_from(tags.p + n, tags.n - n);
    }
    return false;
}

static bool outside_says(const struct query_job *job, const struct query *q, article_id id)
{
    const struct query_outside *o = job->outside;
    if (!o)
        return false;
    switch (q->kind) {
    case QUERY_UNREAD:
        return o->unread && o->unread(o->ctx, id);
    case QUERY_NOTED:
        return o->noted && o->noted(o->ctx, id);
    case QUERY_LABEL:
        return o->labelled &&
               o->labelled(o->ctx, id, utf8_decode(q->text.p, &(const char *){NULL}));
    case QUERY_STATE:
        return o->in_state && o->in_state(o->ctx, id, q->text);
    default:
        return o->tagged && o->tagged(o->ctx, id, q->text);
    }
}

static bool field_matches(const struct query_job *job, const struct query *q,
                          const struct article *a, article_id id)
{
    switch (q->kind) {
    case QUERY_TITLE:
        return holds_words(q, a->title);
    case QUERY_OUTLET:
        return holds_words(q, a->outlet);
    case QUERY_AUTHOR:
        return holds_words(q, a->author);
    case QUERY_TAG:
    case QUERY_WORDS: /* "#tag" */
        return has_tag(q, a->tags) || outside_says(job, q, id);
    case QUERY_DATE:
        return a->published != DAY_NONE && a->published >= q->first && a->published < q->end;
    default:
        return outside_says(job, q, id);
    }
}

static void eval_rows(struct query_job *job, const struct query *q, const uint64_t *within,
                      article_set out)
{
    uint32_t looked_at = 0;
    for (uint32_t id = 0; (id = set_next(within, job->n, id + 1));) {
        if (++looked_at % 4096 == 0 && query_is_over(job))
            break;
        if (field_matches(job, q, article_at(job->all, (article_id){id}), (article_id){id}))
            set_add(out, id);
    }
}

/* The index knows which articles have the words at all; then the titles of those are read. */
static void eval_title(struct query_job *job, const struct query *q, const uint64_t *within,
                       article_set out)
{
    article_set having = new_set(job);
    if (job->article_of) { /* the title is the article's: the index has the words of notes alone */
        eval_rows(job, q, within, out);
        return;
    }
    eval_words(job, q, within, having);
    eval_rows(job, q, having, out);
}

static void eval_entity(struct query_job *job, const struct query *q, const uint64_t *within,
                        article_set out)
{
    entity_id e = job->links ? links_find_entity(job->links, q->text) : NO_ENTITY;
    struct row_run rows = {0};
    uint32_t n = 0, before = 0, articles = job->links ? job->links->n_articles : 0;
    article_set having = arena_array(&job->memory, uint64_t, articles / 64 + 1);
    if (e.v)
        rows = links_of_entity(job->links, e);
    for (uint32_t i = 0; i < rows.n; i++) {
        uint32_t id = links_mention_article(job->links, rows.v[i]).v;
        n += id != before;
        before = id;
        set_add(having, id);
    }
    for (uint32_t id = 0; n && (id = set_next(within, job->n, id + 1));) {
        uint32_t article = job->article_of ? job->article_of[id].v : id;
        if (article <= articles && set_has(having, article))
            set_add(out, id);
    }
    job->matching[q->number] = n;
}

/* ---- patterns ---- */

struct pattern *query_pattern(const struct query *q)
{
    struct pattern *p = NULL;
    return pattern_compile(q->text, q->pattern_flags, &p, NULL) == OK ? p : NULL;
}

static enum status check_limits(void *context)
{
    return query_is_over(context) ? ERR_LIMIT : OK;
}

static void eval_pattern(struct query_job *job, const struct query *q, bool negated,
                         const uint64_t *within, article_set out)
{
    struct pattern *compiled = query_pattern(q);
    bool over = false;
    for (uint32_t id = 0; compiled && (id = set_next(within, job->n, id + 1));) {
        struct pattern_search s = {compiled,
                                   job->matcher,
                                   article_at(job->all, (article_id){id})->text,
                                   {check_limits, job},
                                   0,
                                   false};
        struct span hit;
        enum status got = over ? ERR_LIMIT : pattern_search_next(&s, &hit);
        over = over || query_is_over(job);
        bool unsure = s.incomplete || (got != OK && got != ERR_ABSENT);
        job->cut_short |= unsure && got != OK;
        job->matching[q->number] += got == OK;
        if (got == OK || (negated && unsure))
            set_add(out, id);
        else if (over && !negated)
            break;
    }
    pattern_free(compiled);
}

/* ---- all kinds ---- */

static void eval_and(struct query_job *job, const struct query *q, bool negated,
                     const uint64_t *within, article_set out)
{
    bool swap = q->left->has_pattern && !q->right->has_pattern;
    article_set first = new_set(job);
    eval(job, swap ? q->right : q->left, negated, within, first);
    eval(job, swap ? q->left : q->right, negated, first, out);
}

static void eval_or(struct query_job *job, const struct query *q, bool negated,
                    const uint64_t *within, article_set out)
{
    article_set other = new_set(job);
    eval(job, q->left, negated, within, out);
    eval(job, q->right, negated, within, other);
    for (size_t i = 0; i < words_of(job); i++)
        out[i] |= other[i];
}

static void eval_not(struct query_job *job, const struct query *q, bool negated,
                     const uint64_t *within, article_set out)
{
    article_set inner = new_set(job);
    eval(job, q->left, !negated, within, inner);
    for (size_t i = 0; i < words_of(job); i++)
        out[i] = within[i] & ~inner[i];
}

/* `out` is empty at first and gets those of `within` that match. */
static void eval(struct query_job *job, const struct query *q, bool negated, const uint64_t *within,
                 article_set out)
{
    struct arena_mark mark = arena_mark(&job->memory);
    switch (q->kind) {
    case QUERY_ALL:
        memcpy(out, within, words_of(job) * sizeof(*out));
        break;
    case QUERY_AND:
        eval_and(job, q, negated, within, out);
        break;
    case QUERY_OR:
        eval_or(job, q, negated, within, out);
        break;
    case QUERY_NOT:
        eval_not(job, q, negated, within, out);
        break;
    case QUERY_NEAR:
        eval_near(job, q, within, out);
        break;
    case QUERY_WORDS:
        if (job->article_of && !q->quoted && q->text.p[0] == '#') /* among notes a tag is meant */
            eval_rows(job, q, within, out);
        else
            eval_words(job, q, within, out);
        break;
    case QUERY_PATTERN:
        eval_pattern(job, q, negated, within, out);
        break;
    case QUERY_TITLE:
        eval_title(job, q, within, out);
        break;
    case QUERY_ENTITY:
        eval_entity(job, q, within, out);
        break;
    default:
        eval_rows(job, q, within, out);
    }
    arena_release(&job->memory, mark);
}

article_set query_match(struct query_job *job, const struct query *q)
{
    article_set all = new_set(job), out = new_set(job);
    for (uint32_t id = 1; id <= job->n; id++)
        set_add(all, id);
    eval(job, q, false, all, out);
    return out;
}
