/* seen: the sentences the reader has read, so that what an agency's copy repeats can be dimmed.
 *
 * A sentence is known by its folded words: capitals, quotation marks and punctuation do not count.
 * One of fewer than SEEN_WORDS is never taken for a repetition: "He declined to comment." is
 * written anew every day.  16 bytes a sentence, some 30 sentences an article. */
#ifndef TUI_SEEN_H
#define TUI_SEEN_H

#include "core/dossier.h"

#define SEEN_WORDS 6

struct seen {
    struct seen_sentence {
        uint64_t print;    /* of its words; 0: the place is free */
        uint32_t article;  /* where it was read first */
    } *table;              /* open addressing, a power of two of places */
    size_t n, cap;
    VEC(uint8_t) articles; /* by id: 1 when its sentences are in the table */
};

void seen_finish(struct seen *s);
/* The sentences of an article count as read; nothing when they do already. */
void seen_add(struct seen *s, const struct dossier *d, article_id a);
/* Was the sentence (a span of the text of `a`) read before, in another article? */
bool seen_elsewhere(const struct seen *s, article_id a, struct str text, struct span sentence);

#endif
