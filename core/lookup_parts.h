/* lookup_parts: what the three steps of look-up share.  For lookup*.c alone. */
#ifndef CORE_LOOKUP_PARTS_H
#define CORE_LOOKUP_PARTS_H

#include "core/lookup.h"

#define WINDOWS_MAX    96  /* windows that are aligned */

struct query_word {
    struct word word;
    float weight;
    int64_t number; /* what it is worth, -1: it is none */
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
    bool begun;        /* the last word may go on */
    struct beginning *beginnings; /* words of the case that it may be the beginning of */
    uint32_t n_beginnings;
    bool wide; /* other endings of the words find windows too, and pairs of frequent words */
};

/* The words of `text` with their weights, at most LOOKUP_WORDS_MAX, for the next two steps. */
struct ask ask_of(const struct dossier *d, struct str text, struct arena *scratch);
/* The rarity of a term in the case; 0: it is nowhere. */
float lookup_weight(const struct dossier *d, struct str term);

typedef VEC(struct lookup_hit) hit_vec;

/* A passage for the answers, with the quotation around it. */
void lookup_add(const struct ask *q, hit_vec *hits, article_id a, struct span at,
                enum lookup_match m, float score);
/* The quotation of the article that holds most of `at`, as 1 + its row; 0: none does. */
uint32_t lookup_quote_around(const struct dossier *d, article_id a, struct span at);

/* A term that may find windows: a word of the query, another form or spelling of it, or several
 * words in a row. */
#define TERMS_MAX 24
struct finder_term {
    struct phrase *cursor;
    struct hit hit;   /* the next one */
    uint16_t word;    /* of the query: the first of n_words */
    uint16_t n_words;
    uint32_t left;    /* hits that are still read */
    bool follows;     /* too frequent to find: looked for where the others found something */
    bool more;
};

/* Opens the terms that find, those that follow behind the others: at most TERMS_MAX, their number;
 * marks the words that are looked for.  The caller closes the cursors. */
uint32_t lookup_terms(struct ask *q, struct finder_term *out);

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
 * `room`. */
void lookup_windows(struct ask *q, struct windows *out);

/* Every term of the case, once, that is one slip of the hand from `term`, a word of the query that
 * is nowhere in the case; `term` passed on is good for the call alone. */
typedef void spelling_each(void *ctx, struct str term, uint32_t occurrences);
void lookup_spellings(const struct ask *q, struct str term, spelling_each *each, void *ctx);

/* 0..1: how much of the query stands in the text, in order and at all; *at: from the first word
 * that does to the last.  0: nothing. */
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
