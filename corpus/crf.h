/* crf: weights of features and of steps from label to label, learnt from labelled texts.
 *
 * A linear-chain conditional random field (Lafferty, McCallum and Pereira 2001) over the labels of
 * core/tagger.h.  For the trainer alone; the program itself only adds up what came out of it. */
#ifndef CORPUS_CRF_H
#define CORPUS_CRF_H

#include "corpus/labelled.h"

/* Weights come as whole numbers, this many to one unit of log odds. */
#define CRF_UNIT 4096

/* Row 0 is of no feature. */
struct crf {
    uint32_t n; /* rows */
    int32_t (*row)[TAG_LANES];
    int32_t step[TAG_LABELS][TAG_LABELS]; /* [from][to] */
};

/* Learns from the texts of `set`, but for those of the fold `without` (-1: from all), whose
 * features are numbers under `n`.  The same set, number and seed give the same weights, bit by bit.
 * Some 100 bytes and 10 us a token; freed by crf_free. */
struct crf crf_learn(const struct labelled *set, uint32_t n, int without, uint64_t seed);
void crf_free(struct crf *c);

/* The end of the run of tokens from i on that may be part of one name; i itself: it is none.  The
 * labels of a run do not depend on those of another. */
size_t crf_run_end(const struct tag_window *w, size_t i);
/* Is this token's run learnt from: may it be a name, on a line that is not there twice? */
bool crf_is_learnt(const struct labelled_text *t, size_t token);

/* Writes the best labels of each run of a text into its window. */
void crf_label(const struct crf *c, struct labelled_text *t);

#endif
