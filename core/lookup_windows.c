/* Step 2 of look-up: which stretches of the case are worth an alignment.
 *
 * The rarest words of the query, then other forms of them, are merged article by article; in each
 * article the window with the most weight of different words is kept, the heaviest of all in a small
 * heap.  What it costs is bounded by the postings of the words chosen, whatever the case. */
#include "core/lookup_parts.h"

#define TERMS_MAX      24  /* words of the query that may find windows, forms included */
#define ARTICLE_HITS   512 /* of the query's words that are looked at in one article */
#define REACH          6   /* words a window is longer than the query, and half as much again */

/* A term that may find windows: a word of the query, or another form of it. */
struct finder_term {
    struct phrase *cursor;
    struct hit hit;    /* the next one */
    uint16_t word;     /* of the query */
    float weight;
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

/* The rarest words that together cost no more than LOOKUP_POSTINGS_MAX, always at least one; then
 * other forms of words, the rarest first, as far as there is room. */
static uint32_t choose_terms(struct ask *q, struct finder_term *out)
{
    candidate_vec all = {0};
    for (uint32_t i = 0; i < q->n; i++) {
        add_candidate(q, &all, q->words[i].word.term, i, false);
        if (q->forms)
            add_forms(q, &all, i);
    }
    if (all.n)
        qsort(all.v, all.n, sizeof(*all.v), by_price);
    uint64_t price = 0;
    uint32_t n = 0;
    for (size_t i = 0; i < all.n && n < TERMS_MAX; i++) {
        if (n && price + all.v[i].occurrences > q->postings)
            continue;
        price += all.v[i].occurrences;
        struct finder_term *t = &out[n++];
        *t = (struct finder_term){.word = all.v[i].word, .weight = q->words[all.v[i].word].weight};
        q->words[t->word].finds = true;
        struct str *term = arena_array(q->scratch, struct str, 1); /* borrowed by the cursor */
        *term = all.v[i].term;
        t->cursor = phrase_open(dossier_index(q->d), q->scratch, term, 1);
        t->more = phrase_next(t->cursor, &t->hit);
    }
    vec_free(&all);
    return n;
}

struct spot {
    uint32_t pos;
    uint16_t word;
    float weight;
};

static int by_pos(const void *a, const void *b)
{
    const struct spot *x = a, *y = b;
    return (x->pos > y->pos) - (x->pos < y->pos);
}

/* The heaviest window over the sorted spots of one article: each word of the query counts once. */
static struct window best_window(const struct ask *q, const struct spot *spots, uint32_t n)
{
    uint32_t reach = q->n + q->n / 2 + REACH;
    uint8_t count[LOOKUP_WORDS_MAX] = {0};
    struct window best = {0};
    float weight = 0;
    for (uint32_t i = 0, first = 0; i < n; i++) {
        if (count[spots[i].word]++ == 0)
            weight += spots[i].weight;
        while (spots[i].pos - spots[first].pos > reach) {
            if (--count[spots[first].word] == 0)
                weight -= spots[first].weight;
            first++;
        }
        if (weight > best.weight)
            best = (struct window){.first = spots[first].pos, .last = spots[i].pos, .weight = weight};
    }
    return best;
}

/* Merges the cursors article by article.  An article whose words weigh less than the lightest window
 * kept is passed over without a look at its positions. */
void lookup_windows(struct ask *q, struct windows *out)
{
    struct finder_term terms[TERMS_MAX];
    uint32_t n = choose_terms(q, terms);
    struct spot spots[ARTICLE_HITS];
    for (;;) {
        article_id next = {UINT32_MAX};
        for (uint32_t i = 0; i < n; i++)
            if (terms[i].more && terms[i].hit.article.v < next.v)
                next = terms[i].hit.article;
        if (next.v == UINT32_MAX)
            break;
        uint32_t found = 0;
        for (uint32_t i = 0; i < n; i++)
            while (terms[i].more && terms[i].hit.article.v == next.v) {
                if (found < ARTICLE_HITS)
                    spots[found++] = (struct spot){terms[i].hit.pos, terms[i].word, terms[i].weight};
                terms[i].more = phrase_next(terms[i].cursor, &terms[i].hit);
            }
        qsort(spots, found, sizeof(*spots), by_pos);
        struct window w = best_window(q, spots, found);
        w.article = next;
        keep_window(out, w);
    }
    for (uint32_t i = 0; i < n; i++)
        phrase_close(terms[i].cursor);
}
