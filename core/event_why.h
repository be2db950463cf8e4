/* event_why: why the statements of one event are taken for one. */
#ifndef CORE_EVENT_WHY_H
#define CORE_EVENT_WHY_H

#include "core/link.h"

#define WHY_WORDS 6
#define WHY_NAMES 4

struct event_why {
    uint32_t same, vaguer,
        otherwise; /* claims: the event's very days, days around them, other days */
    struct passage words[WHY_WORDS]; /* one word for each kind of happening, the most told first */
    uint32_t told[WHY_WORDS];        /* claims that speak of it */
    uint32_t n_words;
    entity_id names[WHY_NAMES]; /* those the claims name or stand beside, the most named first */
    uint32_t n_names;
};

/* What the claims of the event (the first 64) have in common.  Linear in their sentences. */
struct event_why event_why(const struct articles *all, const struct links *l, event_id e);

#endif
