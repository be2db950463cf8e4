/* Three steps.  (1) The whole query as a phrase of the index: the same words, told exact from folded
 * by their bytes.  (2) If that leaves room, the rarest words of the query, with their other endings,
 * are merged article by article into candidate windows, kept best first in a small heap by the weight
 * of the words that fall into one window.  (3) Each kept window is aligned with the query word by
 * word, and scored by the weight that finds its counterpart, in order, less what stands between.
 *
 * A word's weight is its rarity in the case (idf), so "the" neither finds nor proves anything.
 * Character n-grams were refused: they cost several times the index, and inflection and misspelling
 * are told apart better by the alignment.  A word that is nowhere in the case (misspelt, or changed)
 * cannot find a window, but takes part in the alignment. */
#include "core/lookup.h"

#include "core/text.h"

#include <math.h>

#define TERMS_MAX      24  /* words of the query that may find windows, forms included */
#define FOUND_POSTINGS 3000 /* in place of LOOKUP_POSTINGS_MAX where the words were found in a row */
#define WINDOWS_MAX    96  /* windows that are aligned */
#define ARTICLE_HITS   512 /* of the query's words that are looked at in one article */
#define REACH          6   /* words a window is longer than the query, and half as much again */

const char *lookup_match_name(enum lookup_match m)
{
    static const char *const names[] = {"", "exact", "folded", "near", "spliced"};
    return names[m];
}

/* ---- the query ---- */

struct query_word {
    struct word word;
    float weight;
    bool finds; /* it, or a form of it, is looked for: a window has all that can be had of it */
};

struct ask {
    const struct dossier *d;
    struct arena *scratch;
    struct str text;
    struct query_word *words;
    uint32_t n;
    float total; /* weight */
    bool found;  /* as a phrase: what is near is of less interest, and may cost less */
};

static float weight_of(const struct dossier *d, struct str term)
{
    struct term_count c = index_count(dossier_index(d), term);
    float n = (float)dossier_articles(d)->n;
    return logf(1.0f + (n + 1.0f) / ((float)c.articles + 0.5f));
}

static void read_query(struct ask *q)
{
    struct word_run run = words_of(q->scratch, q->text, span_of(0, q->text.n));
    q->n = run.n < LOOKUP_WORDS_MAX ? run.n : LOOKUP_WORDS_MAX;
    q->words = arena_array(q->scratch, struct query_word, q->n + 1);
    for (uint32_t i = 0; i < q->n; i++) {
        q->words[i] = (struct query_word){run.v[i], weight_of(q->d, run.v[i].term), false};
        q->total += q->words[i].weight;
    }
}

/* ---- results ---- */

typedef VEC(struct lookup_hit) hit_vec;

/* The quotation of the article that holds most of `at`, as 1 + its row. */
static uint32_t quote_around(const struct dossier *d, article_id a, struct span at)
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

static void add_hit(const struct ask *q, hit_vec *hits, article_id a, struct span at, enum lookup_match m, float score)
{
    struct lookup_hit h = {{a, at}, m, score, quote_around(q->d, a, at)};
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

static void find_phrase(const struct ask *q, uint32_t limit, hit_vec *hits)
{
    struct str *terms = arena_array(q->scratch, struct str, q->n);
    for (uint32_t i = 0; i < q->n; i++)
        terms[i] = q->words[i].word.term;
    struct phrase *p = phrase_open(dossier_index(q->d), q->scratch, terms, q->n);
    struct hit h;
    struct str core = core_of(q);
    while (hits->n <= limit && phrase_next(p, &h)) {
        const struct article *a = dossier_article(q->d, h.article);
        struct span at;
        if (!hit_span(a, &h, &at))
            continue;
        enum lookup_match m = same_bytes(core, str_at(a->text, at)) ? LOOKUP_EXACT : LOOKUP_FOLDED;
        add_hit(q, hits, h.article, at, m, 1.0f);
    }
    phrase_close(p);
}

/* ---- step 2: windows ---- */

/* A term that may find windows: a word of the query, or another form of it. */
struct finder_term {
    struct phrase *cursor;
    struct hit hit;    /* the next one */
    uint16_t word;     /* of the query */
    float weight;
    bool more;
};

struct window {
    article_id article;
    uint32_t first, last; /* positions of the words that found it */
    float weight;
};

struct windows {
    struct window v[WINDOWS_MAX]; /* a heap, the lightest at the root */
    uint32_t n;
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
    if (w->n < WINDOWS_MAX) {
        w->v[w->n++] = x;
        if (w->n == WINDOWS_MAX)
            for (uint32_t i = WINDOWS_MAX / 2; i-- > 0;)
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
        add_forms(q, &all, i);
    }
    if (all.n)
        qsort(all.v, all.n, sizeof(*all.v), by_price);
    uint64_t price = 0;
    uint32_t n = 0;
    for (size_t i = 0; i < all.n && n < TERMS_MAX; i++) {
        if (n && price + all.v[i].occurrences > (q->found ? FOUND_POSTINGS : LOOKUP_POSTINGS_MAX))
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
static void find_windows(struct ask *q, struct windows *out)
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

/* ---- step 3: alignment ---- */

/* What a query word gains by standing opposite a word of this likeness. */
static const float gain[] = {[LIKE_NOT] = 0, [LIKE_SPELLING] = 0.75f, [LIKE_INFLECTION] = 0.8f, [LIKE_SAME] = 1};
#define GAP_COST   0.04f /* a word of the text between two that match, in parts of the mean weight */
#define WORTH        0.25f /* of the best score: what may come to less is not shown */
#define SPLICE_WORDS 3   /* of the query in each part of a splice, at least */
#define SPLICE_GAP   10  /* words between two parts that make them stand apart */
#define SPLICE_SHARE 0.7f /* of the second part's weight that is found */
#define SPLICE_TEXT_WORDS 4000 /* of an article in which the second part is looked for */
#define SPLICE_TRIES 8   /* best answers that are looked at for a second part */
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

/* The alignment that goes on from `before` (none: score 0) by putting query word i opposite word j. */
static struct aligned extended(struct aligned before, float gained, uint32_t i, uint32_t j)
{
    if (before.score <= 0)
        return (struct aligned){gained, j, j, i, i};
    return (struct aligned){before.score + gained, before.first, j, before.q_first, i};
}

/* word_likeness, with a look at the first letters before: most pairs of words have none in common. */
static enum likeness likeness(const struct word *x, const struct word *y)
{
    if (x->hash == y->hash)
        return word_likeness(x, y);
    if (x->term.n < 4 || y->term.n < 4 || (x->term.p[0] != y->term.p[0] && x->term.p[1] != y->term.p[1]))
        return LIKE_NOT;
    return word_likeness(x, y);
}

/* The best local alignment of query words [from, to) with some of the text: query words may be left
 * out for nothing (they bring nothing either), words of the text cost a little. */
static struct aligned align_part(const struct ask *q, uint32_t from, uint32_t to, struct word_run text)
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
            enum likeness like = likeness(&q->words[i].word, &text.v[j]);
            if (like)
                c = better(c, extended(up[j], gain[like] * q->words[i].weight, i, j));
            now[j + 1] = c.score > 0 ? c : (struct aligned){0};
            best = better(best, c);
        }
        struct aligned *t = up;
        up = now, now = t;
    }
    return best;
}

/* Words that the query has and the alignment lost to order: they count a part. */
static float unordered_share(const struct ask *q, struct word_run text)
{
    float sum = 0;
    for (uint32_t i = 0; i < q->n; i++) {
        float most = 0;
        for (uint32_t j = 0; j < text.n && most < 1; j++) {
            float g = gain[likeness(&q->words[i].word, &text.v[j])];
            most = g > most ? g : most;
        }
        sum += most * q->words[i].weight;
    }
    return sum / q->total;
}

/* The words around a window: as many bytes on either side as the query has, and some more. */
static struct word_run words_around(const struct ask *q, const struct article *a, const struct window *w)
{
    struct hit h = {w->article, w->first, w->last - w->first + 1}, tail = {w->article, w->last, 1};
    struct span at;
    if (!hit_span(a, &h, &at) && !hit_span(a, &tail, &at)) /* it begins in the title, or lies in it */
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

/* The score of the window's passage; the passage in *at. */
static float score_window(const struct ask *q, const struct window *w, struct span *at)
{
    struct word_run text = words_around(q, dossier_article(q->d, w->article), w);
    struct aligned best = align_part(q, 0, q->n, text);
    if (best.score <= 0)
        return 0;
    struct word_run part = {text.v + best.first, best.last - best.first + 1};
    float score = 0.7f * best.score / q->total + 0.3f * unordered_share(q, part);
    *at = span_of(part.v[0].at.begin, part.v[part.n - 1].at.end);
    return score < 1 ? score : 0.999f;
}

/* Heaviest window first; those that even with all the query's other words could come to no more
 * than WORTH of the best are not looked at. */
static void align_windows(const struct ask *q, struct windows *w, hit_vec *hits)
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
        if (score > 0)
            add_hit(q, hits, w->v[i].article, at, LOOKUP_NEAR, score);
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
static void try_splice(const struct ask *q, struct lookup_hit *hit)
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
    hit->quote = quote_around(q->d, hit->where.article, hit->where.at);
}

/* ---- all of it ---- */

static int by_rank(const void *a, const void *b, void *ctx)
{
    const struct lookup_hit *x = a, *y = b;
    const struct dossier *d = ctx;
    bool x_same = x->match <= LOOKUP_FOLDED, y_same = y->match <= LOOKUP_FOLDED;
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

/* Near passages that an exact one of the same article covers say nothing new. */
static void drop_covered(hit_vec *hits, size_t n_phrase)
{
    size_t kept = n_phrase;
    for (size_t i = n_phrase; i < hits->n; i++) {
        bool covered = false;
        for (size_t k = 0; k < n_phrase && !covered; k++)
            covered = hits->v[k].where.article.v == hits->v[i].where.article.v &&
                      span_touches(hits->v[k].where.at, hits->v[i].where.at);
        if (!covered)
            hits->v[kept++] = hits->v[i];
    }
    hits->n = kept;
}

struct lookup_result lookup_run(const struct dossier *d, struct str query, uint32_t limit, struct arena *out)
{
    struct arena scratch = {0};
    struct ask q = {.d = d, .scratch = &scratch, .text = query};
    struct lookup_result result = {0};
    hit_vec hits = {0};
    read_query(&q);
    if (q.n)
        find_phrase(&q, limit, &hits);
    size_t n_phrase = hits.n;
    q.found = n_phrase > 0;
    if (q.n && hits.n < limit) {
        struct windows *w = arena_new(&scratch, struct windows);
        find_windows(&q, w);
        align_windows(&q, w, &hits);
        drop_covered(&hits, n_phrase);
    }
    if (hits.n)
        qsort_r(hits.v, hits.n, sizeof(*hits.v), by_rank, (void *)d);
    bool spliced = false;
    for (size_t i = 0; !n_phrase && i < hits.n && i < SPLICE_TRIES; i++) {
        try_splice(&q, &hits.v[i]);
        spliced |= hits.v[i].match == LOOKUP_SPLICED;
    }
    if (spliced)
        qsort_r(hits.v, hits.n, sizeof(*hits.v), by_rank, (void *)d);
    result.cut_short = hits.n > limit;
    result.n = hits.n > limit ? limit : (uint32_t)hits.n;
    result.v = arena_array(out, struct lookup_hit, result.n);
    if (result.n)
        memcpy(result.v, hits.v, result.n * sizeof(*result.v));
    vec_free(&hits);
    arena_finish(&scratch);
    return result;
}

struct edit_run lookup_difference(struct arena *out, struct str query, const struct article *a, struct span at,
                                  struct word_run *query_words, struct word_run *passage_words)
{
    *query_words = words_of(out, query, span_of(0, query.n));
    *passage_words = words_of(out, a->text, at);
    return align_words(out, *query_words, *passage_words);
}
