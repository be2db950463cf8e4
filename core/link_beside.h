/* link_beside: who is named beside whom. */
#ifndef CORE_LINK_BESIDE_H
#define CORE_LINK_BESIDE_H

#include "core/link.h"

struct beside {
    entity_id entity;
    uint32_t sentences;   /* that name both */
    struct passage first; /* its mention in the first of them */
};

/* The entities named in one sentence with `e`, most sentences first, at most `max` of them; returns
 * how many.  Peoples of places count as the places.  O(mentions in those sentences) */
uint32_t links_beside(const struct articles *all, const struct links *l, entity_id e,
                      struct beside *out, uint32_t max);

#endif
