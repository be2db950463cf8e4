/* labelled: texts with their names marked by hand, to learn from and to measure with. */
#ifndef CORPUS_LABELLED_H
#define CORPUS_LABELLED_H

#include "core/tagger.h"

/* Texts are dealt to this many parts, in turn. */
enum { LABELLED_FOLDS = 5 };

struct labelled_name {
    uint32_t begin, end;
    unsigned kind;
};

struct labelled_text {
    struct str body;
    struct tag_window window;
    VEC(struct labelled_name) names;
    uint8_t *gold;      /* a label each token */
    uint8_t *capitals;  /* a copy: which bytes were made capitals; only those lines are learnt */
    VEC(uint32_t) features; /* numbers of features, a run each token */
    VEC(uint32_t) starts;
    unsigned fold;
};

struct labelled {
    VEC(struct labelled_text) v;
};

/* Adds the texts of a file of JSON Lines: one object a line with "text", and "names", a list of
 * [begin, end, kind] in characters, half-open; kinds that the tagger has no label for are passed
 * over.  ERR_IO: no such file; ERR_SYNTAX: a line without a text (those before it are added).
 * Only the first window of a text is labelled.  What is read lives until the process ends. */
enum status labelled_read(struct labelled *set, const char *path);

/* Adds a copy of each text in which some sentences, chosen by the seed, stand on lines of their
 * own and in capitals, as headlines do; `capitals` says which. */
void labelled_add_headlines(struct labelled *set, uint64_t seed);

#endif
