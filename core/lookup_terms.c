/* Which terms find windows: words of the query, other forms of them, other spellings, pairs.
 *
 * The rarest find nearly always, and what they cost is bounded by their postings, whatever the
 * case. A word that is nowhere in the case finds by what it may be a misspelling of.  Who asks wide
 * has other endings find too; of words too frequent to find, neighbours are looked for together, as
 * phrases ("no case" is rare enough), and the words themselves follow: they are looked for where
 * others found something, to tell its places apart. */
#include "core/lookup_parts.h"

#include <inttypes.h>

#define FINDERS_MAX    16    /* the rest of TERMS_MAX is left to those that follow */
#define PAIR_POSTINGS  20000 /* of the rarer words of pairs, which are skipped through */
#define FORM_LEAST     4     /* letters: what ends otherwise is another word in shorter ones */
#define FORM_WEIGHT    1 /* of a word whose other endings are asked: those of "that" tell nothing */
#define SPELLED_MAX    8     /* unknown words whose spellings are looked for */
#define BEGINNINGS_MAX 4     /* words that the last one may begin, which find */
#define FOLLOWS_MAX    2     /* occurrences for each article of a word that follows */

/* One candidate for a term, with its price in postings. */
struct candidate {
    struct str term;
    uint32_t occurrences;
    uint16_t word;
    bool form; /* not the word itself or a spelling of it, but another form of it */
};

typedef VEC(struct candidate) candidate_vec;

static bool add_candidate(const struct ask *q, candidate_vec *out, struct str term, uint32_t word,
                          bool form)
{
    struct term_count c = index_count(dossier_index(q->d), term);
    if (c.occurrences)
        vec_push(out, ((struct candidate){term, c.occurrences, (uint16_t)word, form}));
    return c.occurrences > 0;
}

/* The other endings that a word of the query may have in the case. */
static void add_forms(const struct ask *q, candidate_vec *out, uint32_t word)
{
    static const char *const endings[] = {"",  "s",   "es",  "ed", "d",  "ing",
                                          "e", "ies", "ied", "y",  "er", "ly"};
    struct str term = q->words[word].word.term;
    struct str stem = str_from(term.p, word_stem(term));
    if (term.n < FORM_LEAST || stem.n < 3 || q->words[word].weight < FORM_WEIGHT)
        return;
    for (size_t i = 0; i < COUNT_OF(endings); i++) {
        struct str form = arena_printf(q->scratch, "%.*s%s", (int)stem.n, stem.p, endings[i]);
        if (!str_eq(form, term))
            add_candidate(q, out, form, word, true);
    }
}

/* "ten", which the papers print as "10". */
static void add_digits(const struct ask *q, candidate_vec *out, uint32_t word)
{
    if (q->words[word].number < 0)
        return;
    struct str digits = arena_printf(q->scratch, "%" PRId64, q->words[word].number);
    if (!str_eq(digits, q->words[word].word.term))
        add_candidate(q, out, digits, word, true);
}

struct spelled {
    const struct ask *q;
    candidate_vec *out;
    uint16_t word;
};

static void add_spelling(void *ctx, struct str term, uint32_t occurrences)
{
    struct spelled *s = ctx;
    vec_push(s->out,
             ((struct candidate){arena_str(s->q->scratch, term), occurrences, s->word, false}));
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

static void open_term(struct ask *q, struct finder_term *t, const struct candidate *c,
                      uint16_t n_words, uint32_t hits)
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
    for (size_t i = 0; i < all->n && n < FINDERS_MAX; i++)
        if (price + all->v[i].occurrences <= budget || (!n && q->wide)) {
            price += all->v[i].occurrences;
            open_term(q, &out[n++], &all->v[i], n_words, budget);
        }
    return n;
}

/* Pairs of neighbours of which neither finds by itself. */
static uint32_t open_pairs(struct ask *q, struct finder_term *out, uint32_t n)
{
    candidate_vec pairs = {0};
    for (uint32_t i = 0; i + 1 < q->n; i++) {
        struct str next = q->words[i + 1].word.term;
        if (q->words[i].finds || q->words[i + 1].finds ||
            !add_candidate(q, &pairs, q->words[i].word.term, i, false))
            continue;
        uint32_t *price = &vec_last(&pairs)->occurrences,
                 other = index_count(dossier_index(q->d), next).occurrences;
        *price = other < *price ? other : *price;
    }
    n = open_cheapest(q, &pairs, PAIR_POSTINGS, 2, out, n);
    vec_free(&pairs);
    return n;
}

/* The rarest candidates first that have found nothing yet. */
static uint32_t open_followers(struct ask *q, const candidate_vec *all, struct finder_term *out,
                               uint32_t n)
{
    uint64_t most = (uint64_t)FOLLOWS_MAX * dossier_articles(q->d)->n;
    for (size_t i = 0; i < all->n && n < TERMS_MAX; i++)
        if (!all->v[i].form && !q->words[all->v[i].word].finds && all->v[i].occurrences <= most) {
            open_term(q, &out[n], &all->v[i], 1, UINT32_MAX);
            out[n++].follows = true;
        }
    return n;
}

uint32_t lookup_terms(struct ask *q, struct finder_term *out)
{
    candidate_vec all = {0};
    uint32_t spelled = 0;
    for (uint32_t i = 0; i < q->n; i++) {
        struct str term = q->words[i].word.term;
        if (!add_candidate(q, &all, term, i, false) && spelled++ < SPELLED_MAX)
            lookup_spellings(q, term, add_spelling, &(struct spelled){q, &all, (uint16_t)i});
        add_digits(q, &all, i);
        if (q->wide)
            add_forms(q, &all, i);
    }
    for (uint32_t i = 0; i < q->n_beginnings && i < BEGINNINGS_MAX; i++)
        add_candidate(q, &all, q->beginnings[i].term, q->n - 1, false);
    uint32_t n = open_cheapest(q, &all, q->postings, 1, out, 0);
    if (q->wide) {
        n = open_pairs(q, out, n);
        n = open_followers(q, &all, out, n);
    }
    vec_free(&all);
    return n;
}
