/* The second step of look-up: where else is this said?
 *
 * What a person remembers may be an edge of a statement ("said the minister on Tuesday"), and the
 * paper that tells it in other words has none of the words typed.  So the statement around an exact
 * answer is asked in the place of the query, and what answers is ranked by how much the two
 * statements have in common, of both of them, and by what it has of the query, half and half.  This
 * is relevance feedback (Rocchio, 1971) from the answers that are sure.  Likeness does not mind
 * order: the one paper names the speaker first, the other last.  Pairs of words besides words were
 * tried and changed nothing; nor did the speaker's agreement or more answers to start from. */
#include "core/lookup_parts.h"

#define MORE_WINDOWS   12    /* of each statement */
#define GROUP_ROWS     32    /* wordings of a quotation that are looked at */
#define NEAR_SCORE     0.6f  /* of the query that a near passage has; what has less is retold */
#define LIKENESS_LEAST 0.45f /* of what is shown; wordings of the same quotation always are */

/* A sentence or quotation, or as many as a passage touches. */
struct statement {
    struct passage where;
    struct ask ask; /* its words */
};

struct telling {
    struct passage where;
    bool wording; /* of the quotation that is asked */
};

struct more {
    const struct dossier *d;
    struct arena *scratch;
    struct ask query;
    const struct lookup_result *found;
    struct statement about[LOOKUP_MORE_ANSWERS];
    uint32_t n_about;
    VEC(struct telling) tellings;
};

static void widen(struct span *s, struct span by)
{
    s->begin = by.begin < s->begin ? by.begin : s->begin;
    s->end = by.end > s->end ? by.end : s->end;
}

/* The quotation around a passage and all sentences that it or the passage touches. */
static struct span statement_around(const struct dossier *d, struct passage p,
                                    const struct quote **quote)
{
    uint32_t row = lookup_quote_around(d, p.article, p.at);
    *quote = row ? &dossier_quotes(d, p.article).v[row - 1] : NULL;
    if (*quote)
        widen(&p.at, (*quote)->at);
    struct sentence_run run = dossier_sentences(d, p.article);
    const struct sentence *s = sentence_at(run, p.at.begin);
    struct span wide = p.at;
    for (; s && s < run.v + run.n && s->at.begin < p.at.end; s++)
        if (s->at.end > p.at.begin)
            widen(&wide, s->at);
    return wide;
}

static bool same_text(const struct more *m, struct passage a, struct passage b)
{
    return str_eq(str_at(dossier_article(m->d, a.article)->text, a.at),
                  str_at(dossier_article(m->d, b.article)->text, b.at));
}

static void add_telling(struct more *m, struct passage where, bool wording)
{
    const struct quote *quote;
    where.at = statement_around(m->d, where, &quote);
    for (uint32_t i = 0; i < m->found->n; i++)
        if (m->found->v[i].where.article.v == where.article.v &&
            span_touches(m->found->v[i].where.at, where.at))
            return;
    for (size_t i = 0; i < m->tellings.n; i++)
        if (m->tellings.v[i].where.article.v == where.article.v &&
            span_touches(m->tellings.v[i].where.at, where.at)) {
            m->tellings.v[i].wording |= wording;
            return;
        }
    vec_push(&m->tellings, ((struct telling){where, wording}));
}

/* The passages that a bounded search for these words finds. */
static void ask_words(struct more *m, struct ask *q)
{
    struct arena_mark mark = arena_mark(m->scratch);
    struct windows *w = arena_new(m->scratch, struct windows);
    w->room = MORE_WINDOWS;
    q->postings = LOOKUP_MORE_POSTINGS;
    q->wide = false;
    lookup_windows(q, w);
    for (uint32_t i = 0; i < w->n; i++) {
        struct span at;
        struct hit h = {w->v[i].article, w->v[i].first, w->v[i].last - w->v[i].first + 1};
        if (hit_span(dossier_article(m->d, h.article), &h, &at))
            add_telling(m, (struct passage){w->v[i].article, at}, false);
    }
    arena_release(m->scratch, mark);
}

static void ask_group(struct more *m, group_id group)
{
    const struct links *l = dossier_links(m->d);
    struct row_run rows = links_of_group(l, group);
    for (uint32_t i = 0; i < rows.n && i < GROUP_ROWS; i++) {
        const struct quote *q = &l->quotes[rows.v[i]];
        add_telling(m, (struct passage){links_quote_article(l, rows.v[i]), q->at}, true);
    }
}

/* The statement in which an answer stands, asked in the place of the query; once for each text. */
static void ask_around(struct more *m, const struct lookup_hit *hit)
{
    const struct quote *quote;
    struct statement *s = &m->about[m->n_about];
    *s = (struct statement){
        .where = {hit->where.article, statement_around(m->d, hit->where, &quote)}};
    for (uint32_t i = 0; i < m->n_about; i++)
        if (same_text(m, m->about[i].where, s->where))
            return;
    m->n_about++;
    s->ask = ask_of(m->d, str_at(dossier_article(m->d, s->where.article)->text, s->where.at),
                    m->scratch);
    ask_words(m, &s->ask);
    if (quote && quote->group.v)
        ask_group(m, quote->group);
}

static float weight_of_words(const struct dossier *d, struct word_run words)
{
    float sum = 0;
    for (uint32_t i = 0; i < words.n; i++)
        sum += lookup_weight(d, words.v[i].term);
    return sum;
}

/* Which of the statements the telling is most like, and how much of both they share. */
static float likeness(struct more *m, struct word_run words, const struct statement **which)
{
    float best = 0, weight = weight_of_words(m->d, words);
    for (uint32_t i = 0; i < m->n_about; i++) {
        const struct statement *s = &m->about[i];
        float shared = lookup_share(&s->ask, words) * s->ask.total;
        shared = shared < weight ? shared : weight; /* a word counts no oftener than it is there */
        float like = 2 * shared / (s->ask.total + weight);
        if (like > best)
            best = like, *which = s;
    }
    return best;
}

static void add_answer(struct more *m, const struct telling *t, hit_vec *out)
{
    struct str text = dossier_article(m->d, t->where.article)->text;
    struct word_run words = words_of(m->scratch, text, t->where.at);
    const struct statement *about = NULL;
    struct span at;
    float near = lookup_score(&m->query, words, &at), like = likeness(m, words, &about);
    if (!about || (like < LIKENESS_LEAST && near < NEAR_SCORE && !t->wording))
        return;
    bool is_near = near >= NEAR_SCORE;
    if (!is_near)
        lookup_score(&about->ask, words, &at);
    lookup_add(&m->query, out, t->where.article, at, is_near ? LOOKUP_NEAR : LOOKUP_RETOLD,
               (near + like) / 2);
    if (!is_near)
        vec_last(out)->of = about->where;
}

static void append(struct lookup_result *r, const hit_vec *more, uint32_t limit, struct arena *out)
{
    uint32_t n = r->n + (uint32_t)more->n;
    r->cut_short |= n > limit;
    n = n > limit ? limit : n;
    struct lookup_hit *v = arena_array(out, struct lookup_hit, n);
    memcpy(v, r->v, r->n * sizeof(*v));
    if (n > r->n)
        memcpy(v + r->n, more->v, (n - r->n) * sizeof(*v));
    r->v = v, r->n = n;
}

void lookup_more(const struct dossier *d, struct str query, uint32_t limit, struct lookup_result *r,
                 struct arena *out)
{
    if (!r->n || r->n >= limit || r->v[0].match > LOOKUP_FOLDED)
        return;
    struct arena scratch = {0};
    struct more m = {.d = d, .scratch = &scratch, .found = r, .query = ask_of(d, query, &scratch)};
    hit_vec hits = {0};
    ask_words(&m, &m.query);
    for (uint32_t i = 0; i < r->n && m.n_about < LOOKUP_MORE_ANSWERS; i++)
        ask_around(&m, &r->v[i]);
    for (size_t i = 0; i < m.tellings.n; i++) {
        struct arena_mark mark = arena_mark(&scratch);
        add_answer(&m, &m.tellings.v[i], &hits);
        arena_release(&scratch, mark);
    }
    if (hits.n)
        qsort_r(hits.v, hits.n, sizeof(*hits.v), lookup_by_rank, (void *)d);
    append(r, &hits, limit, out);
    vec_free(&hits);
    vec_free(&m.tellings);
    arena_finish(&scratch);
}
