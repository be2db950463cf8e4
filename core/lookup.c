/* Three steps.  (1) The whole query as a phrase of the index: the same words, told exact from
 * folded by their bytes; who wants to know where the same is said in other words asks lookup_more
 * then (lookup_more.c).  (2) If nothing has the words in a row, the rarest words of the query, with
 * their other endings, are merged article by article into candidate windows, kept best first in a
 * small heap by the weight of the words that fall into one window.  (3) Each kept window is aligned
 * with the query word by word, and scored by the weight that finds its counterpart, in order, less
 * what stands between.
 *
 * A word's weight is its rarity in the case (idf), so "the" neither finds nor proves anything.
 * Character n-grams were refused: they cost several times the index, and inflection and misspelling
 * are told apart better by the alignment.  A word that is nowhere in the case (misspelt, or
 * changed) cannot find a window, but takes part in the alignment. */
#include "core/lookup_parts.h"


#include <math.h>

#define SURE_POSTINGS 8000 /* in place of LOOKUP_POSTINGS_MAX at first */
#define SPLICE_TRIES  8   /* best answers that are looked at for a second part */

const char *lookup_match_name(enum lookup_match m)
{
    static const char *const names[] = {"",     "exact",   "folded", "begun",
                                        "near", "spliced", "retold"};
    return names[m];
}

/* ---- the query ---- */

float lookup_weight(const struct dossier *d, struct str term)
{
    struct term_count c = index_count(dossier_index(d), term);
    float n = (float)dossier_articles(d)->n;
    return c.articles ? logf(1.0f + (n + 1.0f) / ((float)c.articles + 0.5f)) : 0;
}

/* A word that is nowhere in the case, misspelt or changed, says nothing about its rarity: it weighs
 * what the others weigh on the average. */
static void weigh(struct ask *q)
{
    uint32_t known = 0;
    for (uint32_t i = 0; i < q->n; i++) {
        q->words[i].weight = lookup_weight(q->d, q->words[i].word.term);
        q->total += q->words[i].weight;
        known += q->words[i].weight > 0;
    }
    float mean = known ? q->total / (float)known : 1;
    for (uint32_t i = 0; i < q->n; i++)
        if (q->words[i].weight <= 0)
            q->words[i].weight = mean;
    q->total = mean * (float)q->n;
}

struct ask ask_of(const struct dossier *d, struct str text, struct arena *scratch)
{
    struct ask q = {.d = d, .scratch = scratch, .text = text, .postings = LOOKUP_POSTINGS_MAX};
    struct word_run run = words_of(scratch, text, span_of(0, text.n));
    q.n = run.n < LOOKUP_WORDS_MAX ? run.n : LOOKUP_WORDS_MAX;
    q.words = arena_array(scratch, struct query_word, q.n + 1);
    for (uint32_t i = 0; i < q.n; i++)
        q.words[i] = (struct query_word){.word = run.v[i], .number = word_number(&run.v[i])};
    weigh(&q);
    return q;
}

/* ---- results ---- */

/* The quotation of the article that holds most of `at`, as 1 + its row. */
uint32_t lookup_quote_around(const struct dossier *d, article_id a, struct span at)
{
    struct quote_run run = dossier_quotes(d, a);
    for (uint32_t i = 0; i < run.n; i++) {
        uint32_t begin = run.v[i].at.begin > at.begin ? run.v[i].at.begin : at.begin;
        uint32_t end = run.v[i].at.end < at.end ? run.v[i].at.end : at.end;
        if (begin < end && run.v[i].kind != QUOTE_INDIRECT && (end - begin) * 2 > span_length(at))
            return i + 1;
    }
    return 0;
}

void lookup_add(const struct ask *q, hit_vec *hits, article_id a, struct span at,
                enum lookup_match m, float score)
{
    struct lookup_hit h = {{a, at}, m, score, {NO_ARTICLE, at}, lookup_quote_around(q->d, a, at)};
    vec_push(hits, h);
}

/* ---- step 1: the same words in a row ---- */

/* Equal but for the amount of white space. */
static bool same_bytes(struct str a, struct str b)
{
    size_t i = 0, j = 0;
    a = str_trim(a), b = str_trim(b);
    while (i < a.n && j < b.n) {
        bool x = str_trim(str_from(a.p + i, 1)).n == 0, y = str_trim(str_from(b.p + j, 1)).n == 0;
        if (x != y || (!x && a.p[i] != b.p[j]))
            return false;
        do
            i++;
        while (x && i < a.n && !str_trim(str_from(a.p + i, 1)).n);
        do
            j++;
        while (y && j < b.n && !str_trim(str_from(b.p + j, 1)).n);
    }
    return i == a.n && j == b.n;
}

/* From the first word of the query to its last: what can be compared with a passage. */
static struct str core_of(const struct ask *q)
{
    return str_at(q->text, span_of(q->words[0].word.at.begin, q->words[q->n - 1].word.at.end));
}

static void add_phrase(const struct ask *q, struct phrase *p, bool begun, uint32_t limit,
                       hit_vec *hits)
{
    struct hit h;
    struct str core = core_of(q);
    while (hits->n <= limit && phrase_next(p, &h)) {
        const struct article *a = dossier_article(q->d, h.article);
        struct span at;
        if (!hit_span(a, &h, &at))
            continue;
        bool same = !begun && same_bytes(core, str_at(a->text, at));
        lookup_add(q, hits, h.article, at,
                   begun  ? LOOKUP_BEGUN
                   : same ? LOOKUP_EXACT
                          : LOOKUP_FOLDED,
                   1.0f);
    }
    phrase_close(p);
}

static struct str *terms_of(const struct ask *q)
{
    struct str *terms = arena_array(q->scratch, struct str, q->n);
    for (uint32_t i = 0; i < q->n; i++)
        terms[i] = q->words[i].word.term;
    return terms;
}

static void find_phrase(const struct ask *q, uint32_t limit, hit_vec *hits)
{
    add_phrase(q, phrase_open(dossier_index(q->d), q->scratch, terms_of(q), q->n), false, limit,
               hits);
}

/* ---- the last word half typed ---- */

/* A single letter alone begins too much. */
static bool is_begun(const struct ask *q)
{
    const struct word *last = &q->words[q->n - 1].word;
    return last->at.end == q->text.n && (q->n > 1 || last->term.n > 1);
}

static void find_begun(struct ask *q, uint32_t limit, hit_vec *hits)
{
    struct str *terms = terms_of(q);
    q->begun = true;
    q->beginnings = arena_array(q->scratch, struct beginning, LOOKUP_BEGINNINGS);
    q->n_beginnings =
        index_beginnings(dossier_index(q->d), terms[q->n - 1], q->beginnings, LOOKUP_BEGINNINGS);
    for (uint32_t i = 0; i < q->n_beginnings && hits->n <= limit; i++) {
        terms[q->n - 1] = q->beginnings[i].term;
        struct phrase *p = phrase_open(dossier_index(q->d), q->scratch, terms, q->n);
        phrase_limit(p, LOOKUP_BEGUN_STEPS);
        add_phrase(q, p, true, limit, hits);
    }
}

/* ---- all of it ---- */

int lookup_by_rank(const void *a, const void *b, void *dossier)
{
    const struct lookup_hit *x = a, *y = b;
    const struct dossier *d = dossier;
    bool x_same = x->match <= LOOKUP_BEGUN, y_same = y->match <= LOOKUP_BEGUN;
    if (x_same != y_same || (x_same && x->match != y->match))
        return (int)x->match - (int)y->match;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    if (!x->quote != !y->quote)
        return x->quote ? -1 : 1;
    int32_t p = dossier_article(d, x->where.article)->published;
    int32_t o = dossier_article(d, y->where.article)->published;
    if (p != o && p != DAY_NONE && o != DAY_NONE)
        return p < o ? -1 : 1;
    if (x->where.article.v != y->where.article.v)
        return x->where.article.v < y->where.article.v ? -1 : 1;
    return (x->where.at.begin > y->where.at.begin) - (x->where.at.begin < y->where.at.begin);
}

/* What is near, best first.  The rarest words find it nearly always; only when what they find is
 * not sure are more of them asked. */
static void find_near(struct ask *q, hit_vec *hits)
{
    struct windows *w = arena_new(q->scratch, struct windows);
    w->room = WINDOWS_MAX;
    q->postings = SURE_POSTINGS;
    for (int turn = 0; turn < 2; turn++) {
        lookup_windows(q, w);
        lookup_align(q, w, hits);
        if (hits->n)
            qsort_r(hits->v, hits->n, sizeof(*hits->v), lookup_by_rank, (void *)q->d);
        if (turn || (hits->n && hits->v[0].score >= LOOKUP_SURE))
            break;
        q->postings = LOOKUP_POSTINGS_MAX, q->wide = true;
        w->n = 0;
        vec_clear(hits);
    }
    for (size_t i = 0; i < hits->n && i < SPLICE_TRIES; i++)
        lookup_splice(q, &hits->v[i]);
}

static struct lookup_result run(const struct dossier *d, struct str query, uint32_t limit,
                                bool typed, struct arena *out)
{
    struct arena scratch = {0};
    struct ask q = ask_of(d, query, &scratch);
    struct lookup_result result = {0};
    hit_vec hits = {0};
    if (q.n)
        find_phrase(&q, limit, &hits);
    if (typed && q.n && hits.n <= limit && is_begun(&q))
        find_begun(&q, limit, &hits);
    if (q.n && !hits.n)
        find_near(&q, &hits);
    if (hits.n)
        qsort_r(hits.v, hits.n, sizeof(*hits.v), lookup_by_rank, (void *)d);
    result.cut_short = hits.n > limit;
    result.n = hits.n > limit ? limit : (uint32_t)hits.n;
    result.v = arena_array(out, struct lookup_hit, result.n);
    if (result.n)
        memcpy(result.v, hits.v, result.n * sizeof(*result.v));
    vec_free(&hits);
    arena_finish(&scratch);
    return result;
}

struct lookup_result lookup_run(const struct dossier *d, struct str query, uint32_t limit,
                                struct arena *out)
{
    return run(d, query, limit, false, out);
}

struct lookup_result lookup_typed(const struct dossier *d, struct str query, uint32_t limit,
                                  struct arena *out)
{
    return run(d, query, limit, true, out);
}

struct edit_run lookup_difference(struct arena *out, const struct dossier *d, struct str query,
                                  const struct lookup_hit *hit, struct str *asked,
                                  struct word_run *asked_words, struct word_run *passage_words)
{
    *asked = query;
    if (hit->match == LOOKUP_RETOLD)
        *asked = str_at(dossier_article(d, hit->of.article)->text, hit->of.at);
    *asked_words = words_of(out, *asked, span_of(0, asked->n));
    *passage_words = words_of(out, dossier_article(d, hit->where.article)->text, hit->where.at);
    return align_words(out, *asked_words, *passage_words);
}
