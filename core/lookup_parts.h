/* lookup_parts: what the three steps of look-up share.  For lookup*.c alone. */
#ifndef CORE_LOOKUP_PARTS_H
#define CORE_LOOKUP_PARTS_H

#include "core/lookup.h"

#define WINDOWS_MAX    96  /* windows that are aligned */

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
    float total;       /* weight */
    uint32_t postings; /* that windows may cost */
    bool wide;         /* other endings of the words find windows too, and pairs of frequent words */
};

/* The words of `text` with their weights, at most LOOKUP_WORDS_MAX, for the next two steps. */
struct ask ask_of(const struct dossier *d, struct str text, struct arena *scratch);
/* The rarity of a term in the case; 0: it is nowhere. */
float lookup_weight(const struct dossier *d, struct str term);

typedef VEC(struct lookup_hit) hit_vec;

/* A passage for the answers, with the quotation around it. */
void lookup_add(const struct ask *q, hit_vec *hits, article_id a, struct span at, enum lookup_match m, float score);
/* The quotation of the article that holds most of `at`, as 1 + its row; 0: none does. */
uint32_t lookup_quote_around(const struct dossier *d, article_id a, struct span at);

struct window {
    article_id article;
    uint32_t first, last; /* positions of the words that found it */
    float weight;
};

struct windows {
    struct window v[WINDOWS_MAX]; /* a heap, the lightest at the root */
    uint32_t n, room;
};

/* Step 2 (lookup_windows.c): the windows of the case that hold most of the query's weight, at most
 * `room`; marks the words that were looked for. */
void lookup_windows(struct ask *q, struct windows *out);

/* 0..1: how much of the query stands in the text, in order and at all; *at: from the first word that
 * does to the last.  0: nothing. */
float lookup_score(const struct ask *q, struct word_run text, struct span *at);
/* 0..1: how much of the query stands in the text in whatever order. */
float lookup_share(const struct ask *q, struct word_run text);

/* Best first: see struct lookup_result. */
int lookup_by_rank(const void *a, const void *b, void *dossier);

/* Step 3 (lookup_align.c): the passages in them, aligned with the query and scored. */
void lookup_align(const struct ask *q, struct windows *w, hit_vec *hits);
/* Of a near answer: are the words that it lacks elsewhere in the article, in a row?  Then the query
 * joins what the article holds apart. */
void lookup_splice(const struct ask *q, struct lookup_hit *hit);

#endif
