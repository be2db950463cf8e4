/* event_fate: to whom a statement says that it happened, where its date dates just that.
 *
 * Of "Anna Voss said that Thomas Reiss died in June 1998" the date dates a death, and the death is
 * Reiss's.  Papers tell what a case is about in passing and in ever other sentences, so that
 * their words have little in common; what they agree in is this. */
#ifndef CORE_EVENT_FATE_H
#define CORE_EVENT_FATE_H

#include "core/align.h"
#include "core/articles.h"
#include "core/event_clause.h"

struct fate {
    uint32_t kind; /* one bit, 1 << enum event_kind; 0: the date dates nothing of that sort */
    uint32_t who;  /* the person, an entity; 0: told by a pronoun or a description */
    bool aside;    /* told by the way: "Reiss, who died in 1998, had kept the light" */
};

/* The words of a sentence around a date in it. */
struct dated_words {
    struct str text;
    struct word_run words;    /* those of the sentence; WORD_IN_NAME in the hash of those in names */
    const uint32_t *kinds;    /* what each of them speaks of, a set as in struct statement */
    struct mention_run names; /* of the article, from the sentence on */
    struct clause clause;     /* of the date */
    uint32_t first, behind;   /* the words of the date are [first, behind) */
};

/* All zero where the date dates nothing that befalls a person.  Looks at a bounded number of words
 * around the date. */
struct fate fate_of(const struct dated_words *s);

#endif
