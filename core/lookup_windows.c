/* Step 2 of look-up: which stretches of the case are worth an alignment.
 *
 * The terms that find (lookup_terms.c) are merged article by article; in each article the windows
 * with the most weight of different words are kept, the heaviest of all in a small heap.  Terms
 * that follow are looked for only in articles that could still come into the heap with them. */
#include "core/lookup_parts.h"

#define ARTICLE_HITS   512 /* of the query's words that are looked at in one article */
#define ORDER_STEP      3 /* words between two that follow one another in query and text, at most */
#define ORDER_WEIGHT   0.25f
#define ARTICLE_WINDOWS 3   /* of one article, at most */
#define ARTICLE_SHARE  0.75f /* of its best window, at least */
#define REACH          6   /* words a window is longer than the query, and half as much again */

static void sift_down(struct windows *w, uint32_t i)
{
    for (;;) {
        uint32_t least = i, left = 2 * i + 1;
        for (uint32_t k = left; k < left + 2 && k < w->n; k++)
            if (w->v[k].weight < w->v[least].weight)
                least = k;
        if (least == i)
            return;
        struct window t = w->v[i];
        w->v[i] = w->v[least];
        w->v[least] = t;
        i = least;
    }
}

static void keep_window(struct windows *w, struct window x)
{
    if (w->n < w->room) {
        w->v[w->n++] = x;
        if (w->n == w->room)
            for (uint32_t i = w->room / 2; i-- > 0;)
                sift_down(w, i);
    } else if (x.weight > w->v[0].weight) {
        w->v[0] = x;
        sift_down(w, 0);
    }
}

struct spot {
    uint32_t pos;
    uint16_t word;
};

static int by_pos(const void *a, const void *b)
{
    const struct spot *x = a, *y = b;
    return (x->pos > y->pos) - (x->pos < y->pos);
}

/* What the spots of a window are worth besides their words: those that follow the word before them
 * in the query, as close as there, count a part once more.  That tells the place of a few frequent
 * words from a thousand other windows that have the same. */
static float weight_of_order(const struct ask *q, const struct spot *spots, uint32_t first,
                             uint32_t last)
{
    float weight = 0;
    for (uint32_t i = first + 1; i <= last; i++) {
        uint32_t step = spots[i].pos - spots[i - 1].pos;
        if (spots[i].word > spots[i - 1].word && spots[i].word - spots[i - 1].word <= ORDER_STEP &&
            step <= ORDER_STEP)
            weight += ORDER_WEIGHT * q->words[spots[i].word].weight;
    }
    return weight;
}

/* The spots of one article. */
struct reading {
    struct spot spots[ARTICLE_HITS];
    uint32_t n;
    bool seen[LOOKUP_WORDS_MAX]; /* words of the query that are among them */
    float weight;                /* of those words */
};

/* The heaviest window over the sorted spots: each word of the query counts once.  Its spots are
 * [*from, *to). */
static struct window best_window(const struct ask *q, const struct reading *r, uint32_t *from,
                                 uint32_t *to)
{
    const struct spot *spots = r->spots;
    uint32_t reach = q->n + q->n / 2 + REACH;
    uint8_t count[LOOKUP_WORDS_MAX] = {0};
    float weight = 0, best = 0;
    *from = *to = 0;
    for (uint32_t i = 0, first = 0; i < r->n; i++) {
        if (count[spots[i].word]++ == 0)
            weight += q->words[spots[i].word].weight;
        while (spots[i].pos - spots[first].pos > reach) {
            if (--count[spots[first].word] == 0)
                weight -= q->words[spots[first].word].weight;
            first++;
        }
        if (weight * (1 + ORDER_WEIGHT) <= best)
            continue;
        float here = weight + weight_of_order(q, spots, first, i);
        if (here > best)
            best = here, *from = first, *to = i + 1;
    }
    return (struct window){.first = spots[*from].pos, .last = spots[*to - 1].pos, .weight = best};
}

/* The best windows of an article, and of those that are hardly less: where its one rare word stands
 * twice, the words around tell which place is meant. */
static void keep_windows(const struct ask *q, struct reading *r, article_id a, struct windows *out)
{
    qsort(r->spots, r->n, sizeof(*r->spots), by_pos);
    float least = 0;
    for (int k = 0; k < ARTICLE_WINDOWS && r->n; k++) {
        uint32_t from, to;
        struct window w = best_window(q, r, &from, &to);
        if (w.weight < least)
            return;
        least = w.weight * ARTICLE_SHARE;
        w.article = a;
        keep_window(out, w);
        memmove(r->spots + from, r->spots + to, (r->n - to) * sizeof(*r->spots));
        r->n -= to - from;
    }
}

static article_id next_article(const struct finder_term *terms, uint32_t n)
{
    article_id next = {UINT32_MAX};
    for (uint32_t i = 0; i < n; i++)
        if (terms[i].more && !terms[i].follows && terms[i].hit.article.v < next.v)
            next = terms[i].hit.article;
    return next;
}

/* The spots of a term in the article, as far as there is room; the term moves on behind it. */
static void take_spots(const struct ask *q, struct finder_term *t, article_id a, struct reading *r)
{
    while (t->more && t->hit.article.v == a.v) {
        for (uint16_t k = 0; k < t->n_words && r->n < ARTICLE_HITS; k++) {
            uint16_t word = (uint16_t)(t->word + k);
            r->spots[r->n++] = (struct spot){t->hit.pos + k, word};
            r->weight += r->seen[word] ? 0 : q->words[word].weight;
            r->seen[word] = true;
        }
        t->more = t->left-- && phrase_next(t->cursor, &t->hit);
    }
}

/* Can a window of words that weigh so much come into the heap?  Order adds to it; what it adds for
 * a word that stands there twice is not reckoned with. */
static bool is_worth(const struct windows *w, float weight)
{
    return w->n < w->room || weight * (1 + ORDER_WEIGHT) > w->v[0].weight;
}

/* Of the words that follow, what they weigh together that the article has not shown yet. */
static float weight_of_followers(const struct ask *q, const struct finder_term *terms, uint32_t n,
                                 const struct reading *r)
{
    float weight = 0;
    for (uint32_t i = 0; i < n; i++)
        if (terms[i].follows && !r->seen[terms[i].word])
            weight += q->words[terms[i].word].weight;
    return weight;
}

void lookup_windows(struct ask *q, struct windows *out)
{
    struct finder_term terms[TERMS_MAX];
    uint32_t n = lookup_terms(q, terms);
    struct reading r;
    for (article_id a; (a = next_article(terms, n)).v != UINT32_MAX;) {
        r.n = 0, r.weight = 0;
        memset(r.seen, 0, q->n);
        uint32_t i = 0;
        for (; i < n && !terms[i].follows; i++)
            take_spots(q, &terms[i], a, &r);
        for (; i < n && is_worth(out, r.weight + weight_of_followers(q, terms + i, n - i, &r));
             i++) {
            if (terms[i].more && terms[i].hit.article.v < a.v)
                terms[i].more = phrase_seek(terms[i].cursor, a, &terms[i].hit);
            take_spots(q, &terms[i], a, &r);
        }
        if (is_worth(out, r.weight))
            keep_windows(q, &r, a, out);
    }
    for (uint32_t i = 0; i < n; i++)
        phrase_close(terms[i].cursor);
}
