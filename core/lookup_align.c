/* Step 3 of look-up: each window aligned with the query, word by word.
 *
 * A local alignment (Smith and Waterman, 1981) by the weight of the words: words of the query may
 * be missing, words of the text that stand between cost a little, another inflection or a
 * misspelling gains somewhat less than the word itself. */
#include "core/lookup_parts.h"

/* What a query word gains by standing opposite a word of this likeness. */
static const float gain[] = {
    [LIKE_NOT] = 0, [LIKE_SPELLING] = 0.75f, [LIKE_INFLECTION] = 0.8f, [LIKE_SAME] = 1};
/* A word of the text between two that match costs so much, in parts of the mean weight. */
#define GAP_COST 0.08f
#define WORTH        0.25f /* of the best score: what may come to less is not shown */
#define NEAR_LEAST   0.3f  /* of the query that a passage holds; what has less is no answer */
#define SPLICE_WORDS 3   /* of the query in each part of a splice, at least */
#define SPLICE_GAP   10  /* words between two parts that make them stand apart */
#define SPLICE_SHARE 0.7f /* of the second part's weight that is found */
#define SPLICE_TEXT_WORDS 4000 /* of an article in which the second part is looked for */
#define MARGIN_BYTES 64  /* of text around a window, besides the length of the query */

struct aligned {
    float score;
    uint32_t first, last;     /* words of the text */
    uint32_t q_first, q_last; /* words of the query */
};

static struct aligned better(struct aligned a, struct aligned b)
{
    return b.score > a.score ? b : a;
}

/* The alignment that goes on from `before` (none: score 0) by putting query word i opposite word
 * j. */
static struct aligned extended(struct aligned before, float gained, uint32_t i, uint32_t j)
{
    if (before.score <= 0)
        return (struct aligned){gained, j, j, i, i};
    return (struct aligned){before.score + gained, before.first, j, before.q_first, i};
}

/* word_likeness, with a look at the first letters before: most pairs of words have none in
 * common. */
static enum likeness likeness(const struct word *x, const struct word *y)
{
    if (x->hash == y->hash)
        return word_likeness(x, y);
    if (x->term.n < 4 || y->term.n < 4 ||
        (x->term.p[0] != y->term.p[0] && x->term.p[1] != y->term.p[1]))
        return LIKE_NOT;
    return word_likeness(x, y);
}

/* How much query word i gains by standing opposite a word; a number, by the same one written
 * otherwise; one that is being typed, by any that begins with it. */
static float gain_of(const struct ask *q, uint32_t i, const struct word *w)
{
    enum likeness like = likeness(&q->words[i].word, w);
    if (!like && q->words[i].number >= 0 && q->words[i].number == word_number(w))
        like = LIKE_INFLECTION;
    if (!like && q->begun && i + 1 == q->n && i > 0 && str_starts(w->term, q->words[i].word.term))
        like = LIKE_INFLECTION;
    return gain[like] * q->words[i].weight;
}

/* The best local alignment of query words [from, to) with some of the text: query words may be left
 * out for nothing (they bring nothing either), words of the text cost a little. */
static struct aligned align_part(const struct ask *q, uint32_t from, uint32_t to,
                                 struct word_run text)
{
    float cost = GAP_COST * q->total / (float)q->n;
    struct aligned *up = arena_array(q->scratch, struct aligned, text.n + 1);
    struct aligned *now = arena_array(q->scratch, struct aligned, text.n + 1), best = {0};
    for (uint32_t i = from; i < to; i++) {
        now[0] = (struct aligned){0};
        for (uint32_t j = 0; j < text.n; j++) {
            struct aligned left = now[j];
            left.score -= cost;
            struct aligned c = better(up[j + 1], left);
            float gained = gain_of(q, i, &text.v[j]);
            if (gained > 0)
                c = better(c, extended(up[j], gained, i, j));
            now[j + 1] = c.score > 0 ? c : (struct aligned){0};
            best = better(best, c);
        }
        struct aligned *t = up;
        up = now, now = t;
    }
    return best;
}

float lookup_share(const struct ask *q, struct word_run text)
{
    float sum = 0;
    for (uint32_t i = 0; i < q->n; i++) {
        float most = 0;
        for (uint32_t j = 0; j < text.n && most < q->words[i].weight; j++) {
            float g = gain_of(q, i, &text.v[j]);
            most = g > most ? g : most;
        }
        sum += most;
    }
    return sum / q->total;
}

/* The words around a window: as many bytes on either side as the query has, and some more. */
static struct word_run words_around(const struct ask *q, const struct article *a,
                                    const struct window *w)
{
    struct hit h = {w->article, w->first, w->last - w->first + 1}, tail = {w->article, w->last, 1};
    struct span at;
    if (!hit_span(a, &h, &at) &&
        !hit_span(a, &tail, &at)) /* it begins in the title, or lies in it */
        return (struct word_run){0};
    uint32_t reach = (uint32_t)q->text.n + MARGIN_BYTES;
    struct span wide = span_of(at.begin > reach ? at.begin - reach : 0,
                               a->text.n - at.end > reach ? at.end + reach : a->text.n);
    while (wide.begin && wide.begin < at.begin && a->text.p[wide.begin - 1] != ' ')
        wide.begin++;
    while (wide.end < a->text.n && wide.end > at.end && a->text.p[wide.end] != ' ')
        wide.end--;
    return words_of(q->scratch, a->text, wide);
}

static int by_weight(const void *a, const void *b)
{
    const struct window *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return (x->article.v > y->article.v) - (x->article.v < y->article.v);
}

float lookup_score(const struct ask *q, struct word_run text, struct span *at)
{
    struct aligned best = align_part(q, 0, q->n, text);
    if (best.score <= 0)
        return 0;
    struct word_run part = {text.v + best.first, best.last - best.first + 1};
    float score = 0.7f * best.score / q->total + 0.3f * lookup_share(q, part);
    *at = span_of(part.v[0].at.begin, part.v[part.n - 1].at.end);
    return score < 1 ? score : 0.999f;
}

/* The passage in a window, and its score. */
static float score_window(const struct ask *q, const struct window *w, struct span *at)
{
    return lookup_score(q, words_around(q, dossier_article(q->d, w->article), w), at);
}

/* Is the passage, or one that touches it, an answer already?  Two windows of an article may lie so
 * near one another that the same words answer. */
static bool is_answer(const hit_vec *hits, article_id a, struct span at)
{
    for (size_t i = 0; i < hits->n; i++)
        if (hits->v[i].where.article.v == a.v && span_touches(hits->v[i].where.at, at))
            return true;
    return false;
}

/* Heaviest window first; those that even with all the query's other words could come to no more
 * than WORTH of the best are not looked at. */
void lookup_align(const struct ask *q, struct windows *w, hit_vec *hits)
{
    float best = 0, outside = q->total;
    if (w->n)
        qsort(w->v, w->n, sizeof(*w->v), by_weight);
    for (uint32_t i = 0; i < q->n; i++)
        outside -= q->words[i].finds ? q->words[i].weight : 0;
    for (uint32_t i = 0; i < w->n && (w->v[i].weight + outside) / q->total >= WORTH * best; i++) {
        struct arena_mark mark = arena_mark(q->scratch);
        struct span at;
        float score = score_window(q, &w->v[i], &at);
        if (score >= NEAR_LEAST && !is_answer(hits, w->v[i].article, at))
            lookup_add(q, hits, w->v[i].article, at, LOOKUP_NEAR, score);
        best = score > best ? score : best;
        arena_release(q->scratch, mark);
    }
}

/* The query's words that a passage lacks at its beginning or end, whichever weigh more. */
static bool missing_part(const struct ask *q, struct aligned found, uint32_t *from, uint32_t *to)
{
    bool head = found.q_first > q->n - 1 - found.q_last;
    *from = head ? 0 : found.q_last + 1;
    *to = head ? found.q_first : q->n;
    return *to - *from >= SPLICE_WORDS;
}

/* Does a passage hold so much between two parts of the query, of some words each, that they stand
 * apart? */
static bool stands_apart(const struct ask *q, struct word_run passage)
{
    struct word *own = arena_array(q->scratch, struct word, q->n);
    for (uint32_t i = 0; i < q->n; i++)
        own[i] = q->words[i].word;
    struct edit_run edits = align_words(q->scratch, (struct word_run){own, q->n}, passage);
    uint32_t same = 0;
    for (uint32_t i = 0; i < edits.n; i++) {
        const struct edit *e = &edits.v[i];
        same += e->kind == EDIT_SAME ? e->end - e->begin : 0;
        bool gap = e->kind == EDIT_ADDED && e->end - e->begin >= SPLICE_GAP;
        if (gap && same >= SPLICE_WORDS && edits.same - same >= SPLICE_WORDS)
            return true;
    }
    return false;
}

/* Of a near answer: are the words that it lacks elsewhere in the article, in a row?  Then the query
 * joins what the article holds apart. */
void lookup_splice(const struct ask *q, struct lookup_hit *hit)
{
    const struct article *a = dossier_article(q->d, hit->where.article);
    struct word_run passage = words_of(q->scratch, a->text, hit->where.at);
    if (stands_apart(q, passage)) {
        hit->match = LOOKUP_SPLICED;
        return;
    }
    struct aligned first = align_part(q, 0, q->n, passage);
    uint32_t from, to;
    if (!missing_part(q, first, &from, &to))
        return;
    float weight = 0;
    for (uint32_t i = from; i < to; i++)
        weight += q->words[i].weight;
    struct word_run all = words_of(q->scratch, a->text, span_of(0, a->text.n));
    if (all.n > SPLICE_TEXT_WORDS)
        all.n = SPLICE_TEXT_WORDS;
    struct aligned second = align_part(q, from, to, all);
    if (second.score < SPLICE_SHARE * weight)
        return;
    struct span at = span_of(all.v[second.first].at.begin, all.v[second.last].at.end);
    hit->match = LOOKUP_SPLICED;
    hit->score += 0.7f * second.score / q->total;
    hit->score = hit->score < 1 ? hit->score : 0.999f;
    hit->where.at.begin = at.begin < hit->where.at.begin ? at.begin : hit->where.at.begin;
    hit->where.at.end = at.end > hit->where.at.end ? at.end : hit->where.at.end;
    hit->quote = lookup_quote_around(q->d, hit->where.article, hit->where.at);
}
