/* link_why: why a mention is of its entity, mention by mention.
 *
 *     "Calloway"       the surname of a name in its article
 *     "Anna Calloway"  an article says: "Anna Calloway, who was Anna Reiss until her wedding"
 *     "Anna Reiss"     its own name
 *
 * The tables keep one reason for each alias (link.h); the chain is made when somebody asks. */
#ifndef CORE_LINK_WHY_H
#define CORE_LINK_WHY_H

#include "core/link.h"

#define WHY_STEPS_MAX 8

struct why_step {
    struct passage at;      /* a mention: the first step's is the one asked about */
    struct passage because; /* where its tie to the next step is to be read; none: by form alone */
    uint8_t reason; /* enum link_reason: its tie to the next step; of the last, LINK_IS_NAME */
};

/* The steps from the mention that begins at `at` to its entity's own name, at most WHY_STEPS_MAX;
 * returns how many, 0 where no linked mention begins there.  O(rows of the entity) */
uint32_t links_why(const struct articles *all, const struct links *l, struct passage at,
                   struct why_step out[WHY_STEPS_MAX]);

#endif
