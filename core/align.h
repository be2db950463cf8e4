/* align: two sequences of words side by side, and what the difference between them amounts to.
 *
 * Words are the tokens of text.h under their terms, so typography, case and accents never count
 * as a difference.  What does count is told: a word, a number, a name, a negation. */
#ifndef CORE_ALIGN_H
#define CORE_ALIGN_H

#include "core/arena.h"
#include "core/base.h"

struct word {
    struct span at;  /* in the text it was taken from */
    struct str term; /* folded */
    uint32_t hash;   /* of the term */
    bool capital;    /* written with a capital */
};
struct word_run {
    const struct word *v;
    uint32_t n;
};

/* The words of `text` inside `within`, in `a`.  Linear. */
struct word_run words_of(struct arena *a, struct str text, struct span within);

enum likeness {
    LIKE_NOT = 0,
    LIKE_SPELLING,   /* a letter or two apart, in words long enough to say so */
    LIKE_INFLECTION, /* the same word with another ending */
    LIKE_SAME,
};
enum likeness word_likeness(const struct word *x, const struct word *y);

/* The length of the stem that inflected forms share, in bytes, by English suffixes; at least 3, or
 * all of a short term.  "deserves", "deserved": 6. */
uint32_t word_stem(struct str term);

/* ---- alignment ---- */

enum edit_kind { EDIT_SAME = '=', EDIT_REMOVED = '-', EDIT_ADDED = '+' };

/* A run of words: of a and b when the same, of a when removed, of b when added. */
struct edit {
    enum edit_kind kind;
    uint32_t begin, end;       /* words of a (same, removed) or of b (added) */
    uint32_t b_begin, b_end;   /* of b; empty when removed */
};
struct edit_run {
    const struct edit *v;
    uint32_t n;
    uint32_t same; /* words in common */
};

/* From a to b: the longest common sequence, like words opposite one another where there is a
 * choice; removed before added.  In `out`.  Time and memory a.n * b.n after what they share at
 * either end; where that is over ALIGN_CELLS_MAX, what is between counts as changed throughout. */
#define ALIGN_CELLS_MAX (1u << 20)
struct edit_run align_words(struct arena *out, struct word_run a, struct word_run b);

/* ---- what changed ---- */

enum difference {
    DIFFERENCE_WORD = 1,
    DIFFERENCE_CUT = 2,       /* words at the beginning or end are missing, nothing else */
    DIFFERENCE_NEGATION = 4,  /* "would", "would not" */
    DIFFERENCE_NUMBER = 8,    /* "10-2", "11-1"; "two", "three" */
    DIFFERENCE_NAME = 16,     /* words with capitals */
    DIFFERENCE_ELIDED = 32,   /* words in the middle are missing, and "..." stands in their place */
    DIFFERENCE_SPLICED = 64,  /* so many are, without a sign, that two places are joined */
    DIFFERENCE_INSERTED = 128, /* "[he]", "[sic]": the writer's own words, and he says so */
};

#define DIFFERENCES 8
const char *difference_name(enum difference one); /* "word", "cut", ... */

bool word_is_negation(const struct word *run, uint32_t i); /* "not", "never", the "t" of "don't" */
bool word_is_number(const struct word *w);
/* What a number is worth, "six", "6", "6th", "sixth" alike; -1: more than one number, or none. */
int64_t word_number(const struct word *w);

/* A set of enum difference over the edits between a and b, whose words were taken from the texts;
 * 0: the same words.  Which of the two leaves words out makes no difference.  Words that are left
 * out, cut, elided or spliced, do not count as numbers or names: they are not contradicted.  As a
 * negation they do where they touch what is kept: "he would" for "he would not" turns it round. */
unsigned difference_of(struct str a_text, struct word_run a, struct str b_text, struct word_run b,
                       struct edit_run edits);

#endif
