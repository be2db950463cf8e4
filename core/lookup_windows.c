/* Step 2 of look-up: which stretches of the case are worth an alignment.
 *
 * The rarest words of the query, then other forms of them, are merged article by article; in each
 * article the window with the most weight of different words is kept, the heaviest of all in a small
 * heap.  What it costs is bounded by the postings of the words chosen, whatever the case.  Of words
 * too frequent for that, neighbours are looked for together, as phrases: "no case" is rare enough. */
#include "core/lookup_parts.h"

#define TERMS_MAX      24  /* words of the query that may find windows, forms included */
#define ARTICLE_HITS   512 /* of the query's words that are looked at in one article */
#define PAIR_POSTINGS  60000 /* of the rarer words of pairs, which are skipped through */
#define ORDER_STEP     3    /* words between two that follow one another in query and text, at most */
#define ORDER_WEIGHT   0.25f
#define REACH          6   /* words a window is longer than the query, and half as much again */

/* A term that may find windows: a word of the query, or another form of it. */
struct finder_term {
    struct phrase *cursor;
    struct hit hit;    /* the next one */
    uint16_t word;     /* of the query: the first of n_words */
    uint16_t n_words;
    uint32_t left;     /* hits that are still read */
    bool more;
};

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

/* One candidate for a finder, with its price in postings. */
struct candidate {
    struct str term;
    uint32_t occurrences;
    uint16_t word;
    bool form; /* not the word itself, but another form of it */
};

typedef VEC(struct candidate) candidate_vec;

static void add_candidate(const struct ask *q, candidate_vec *out, struct str term, uint32_t word, bool form)
{
    struct term_count c = index_count(dossier_index(q->d), term);
    if (c.occurrences)
        vec_push(out, ((struct candidate){term, c.occurrences, (uint16_t)word, form}));
}

/* The other endings that a word of the query may have in the case. */
static void add_forms(const struct ask *q, candidate_vec *out, uint32_t word)
{
    static const char *const endings[] = {"", "s", "es", "ed", "d", "ing", "e", "ies", "ied", "y", "er", "ly"};
    struct str term = q->words[word].word.term;
    struct str stem = str_from(term.p, word_stem(term));
    if (stem.n < 3)
        return;
    for (size_t i = 0; i < COUNT_OF(endings); i++) {
        struct str form = arena_printf(q->scratch, "%.*s%s", (int)stem.n, stem.p, endings[i]);
        if (!str_eq(form, term))
            add_candidate(q, out, form, word, true);
    }
}

static int by_price(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->form != y->form)
        return x->form ? 1 : -1;
    if (x->occurrences != y->occurrences)
        return x->occurrences < y->occurrences ? -1 : 1;
    return (int)x->word - (int)y->word;
}

static void open_term(struct ask *q, struct finder_term *t, const struct candidate *c, uint16_t n_words, uint32_t hits)
{
    *t = (struct finder_term){.word = c->word, .n_words = n_words, .left = hits};
    struct str *terms = arena_array(q->scratch, struct str, n_words); /* borrowed by the cursor */
    terms[0] = c->term;
    q->words[c->word].finds = true;
    for (uint16_t i = 1; i < n_words; i++) {
        terms[i] = q->words[c->word + i].word.term;
        q->words[c->word + i].finds = true;
    }
    t->cursor = phrase_open(dossier_index(q->d), q->scratch, terms, n_words);
    t->more = phrase_next(t->cursor, &t->hit);
}

/* The rarest of the candidates that together cost no more than `budget`; for who asks wide, one at
 * least, though not to its end. */
static uint32_t open_cheapest(struct ask *q, candidate_vec *all, uint32_t budget, uint16_t n_words,
                              struct finder_term *out, uint32_t n)
{
    uint64_t price = 0;
    if (all->n)
        qsort(all->v, all->n, sizeof(*all->v), by_price);
    for (size_t i = 0; i < all->n && n < TERMS_MAX; i++)
        if (price + all->v[i].occurrences <= budget || (!n && q->wide)) {
            price += all->v[i].occurrences;
            open_term(q, &out[n++], &all->v[i], n_words, budget);
        }
    vec_clear(all);
    return n;
}

/* The rarest words and other forms of words; then pairs of neighbours of which
 * neither finds by itself. */
static uint32_t choose_terms(struct ask *q, struct finder_term *out)
{
    candidate_vec all = {0};
    for (uint32_t i = 0; i < q->n; i++) {
        add_candidate(q, &all, q->words[i].word.term, i, false);
        if (q->wide)
            add_forms(q, &all, i);
    }
    uint32_t n = open_cheapest(q, &all, q->postings, 1, out, 0);
    for (uint32_t i = 0; q->wide && i + 1 < q->n; i++)
        if (!q->words[i].finds && !q->words[i + 1].finds) {
            struct term_count next = index_count(dossier_index(q->d), q->words[i + 1].word.term);
            add_candidate(q, &all, q->words[i].word.term, i, false);
            if (all.n && vec_last(&all)->word == i && next.occurrences < vec_last(&all)->occurrences)
                vec_last(&all)->occurrences = next.occurrences;
        }
    n = open_cheapest(q, &all, PAIR_POSTINGS, 2, out, n);
    vec_free(&all);
    return n;
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

/* What the spots of a window are worth besides their words: those that follow the word before them in
 * the query, as close as there, count a part once more.  That tells the place of a few frequent words
 * from a thousand other windows that have the same. */
static float weight_of_order(const struct ask *q, const struct spot *spots, uint32_t first, uint32_t last)
{
    float weight = 0;
    for (uint32_t i = first + 1; i <= last; i++) {
        uint32_t step = spots[i].pos - spots[i - 1].pos;
        if (spots[i].word > spots[i - 1].word && spots[i].word - spots[i - 1].word <= ORDER_STEP && step <= ORDER_STEP)
            weight += ORDER_WEIGHT * q->words[spots[i].word].weight;
    }
    return weight;
}

/* The heaviest window over the sorted spots of one article: each word of the query counts once. */
static struct window best_window(const struct ask *q, const struct spot *spots, uint32_t n)
{
    uint32_t reach = q->n + q->n / 2 + REACH, best_first = 0, best_last = 0;
    uint8_t count[LOOKUP_WORDS_MAX] = {0};
    float weight = 0, best = 0;
    for (uint32_t i = 0, first = 0; i < n; i++) {
        if (count[spots[i].word]++ == 0)
            weight += q->words[spots[i].word].weight;
        while (spots[i].pos - spots[first].pos > reach) {
            if (--count[spots[first].word] == 0)
                weight -= q->words[spots[first].word].weight;
            first++;
        }
        float here = weight + weight_of_order(q, spots, first, i);
        if (here > best)
            best = here, best_first = first, best_last = i;
    }
    return (struct window){.first = spots[best_first].pos, .last = spots[best_last].pos, .weight = best};
}

static article_id next_article(const struct finder_term *terms, uint32_t n)
{
    article_id next = {UINT32_MAX};
    for (uint32_t i = 0; i < n; i++)
        if (terms[i].more && terms[i].hit.article.v < next.v)
            next = terms[i].hit.article;
    return next;
}

/* The spots of a term in the article, as far as there is room; the term moves on behind it. */
static uint32_t take_spots(struct finder_term *t, article_id a, struct spot *spots, uint32_t n)
{
    while (t->more && t->hit.article.v == a.v) {
        for (uint16_t k = 0; k < t->n_words && n < ARTICLE_HITS; k++)
            spots[n++] = (struct spot){t->hit.pos + k, (uint16_t)(t->word + k)};
        t->more = t->left-- && phrase_next(t->cursor, &t->hit);
    }
    return n;
}

void lookup_windows(struct ask *q, struct windows *out)
{
    struct finder_term terms[TERMS_MAX];
    uint32_t n = choose_terms(q, terms);
    struct spot spots[ARTICLE_HITS];
    for (article_id a; (a = next_article(terms, n)).v != UINT32_MAX;) {
        uint32_t found = 0;
        for (uint32_t i = 0; i < n; i++)
            found = take_spots(&terms[i], a, spots, found);
        qsort(spots, found, sizeof(*spots), by_pos);
        struct window w = best_window(q, spots, found);
        w.article = a;
        keep_window(out, w);
    }
    for (uint32_t i = 0; i < n; i++)
        phrase_close(terms[i].cursor);
}
