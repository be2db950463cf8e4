/* edited_text: a text that is edited at random while every byte remembers where it came from. */
#ifndef TESTS_SUPPORT_EDITED_TEXT_H
#define TESTS_SUPPORT_EDITED_TEXT_H

#include "core/arena.h"
#include "core/base.h"

/* Real text: the five seed articles where they are, and the sample's plain ones. */
struct texts {
    struct arena memory;
    struct str v[64];
    size_t n, seeds;      /* the first so many are seeds: they share passages with one another */
};
void texts_open(struct texts *t); /* says how many; ends the program when there are none */
void texts_close(struct texts *t);

#define ORIGIN_NEW UINT32_MAX
struct edited_text {
    bool seed;            /* began as one of the seeds */
    VEC(char) text;
    VEC(uint32_t) origin; /* of each byte: its place in the first text, or ORIGIN_NEW */
};
void edited_open(struct edited_text *e, const struct texts *t, size_t which);
void edited_close(struct edited_text *e);

/* One of: words of unrelated texts inserted, words deleted or replaced, a paragraph moved, a
 * sentence repeated, blanks changed, quotes changed in style.  `below` gives a random number less
 * than its argument. */
void edit_randomly(struct edited_text *e, const struct texts *other, uint32_t (*below)(uint32_t n));

#endif
