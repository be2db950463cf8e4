/* gazetteer: word lists that say what a name may be.
 *
 * The lists (core/model/NAME.txt, made by `make gazetteer`, origin and licences in
 * core/model/NOTICE.md) are compiled in as text and turned once, on first use, into one hash
 * table that every thread shares.  A list never decides: "Reading" is a town and a word, so what
 * is found here is a hint that the tagger weighs with the context. */
#ifndef CORE_GAZETTEER_H
#define CORE_GAZETTEER_H

#include "core/base.h"

enum gazetteer_kind {
    GAZETTEER_GIVEN,        /* given names */
    GAZETTEER_SURNAME,
    GAZETTEER_PERSON,       /* well-known people under their usual names */
    GAZETTEER_CITY,
    GAZETTEER_REGION,       /* states, provinces, counties */
    GAZETTEER_COUNTRY,
    GAZETTEER_PLACE,        /* rivers, mountains, islands, seas, historic places */
    GAZETTEER_ORGANISATION,
    GAZETTEER_PEOPLE,       /* nations, languages, faiths: "Finn", "Swahili", "Sunni" */
    GAZETTEER_KINDS
};

/* The lists of places. */
#define GAZETTEER_PLACES                                                                           \
    (1u << GAZETTEER_CITY | 1u << GAZETTEER_REGION | 1u << GAZETTEER_COUNTRY |                     \
     1u << GAZETTEER_PLACE)

/* Set in the answer when a longer name begins with the words asked about. */
#define GAZETTEER_LONGER (1u << GAZETTEER_KINDS)

/* A name is looked up by the keys of its tokens, one after another: start from
 * GAZETTEER_START and add the fold hash of each token (tagger.h).  O(1) a step. */
#define GAZETTEER_START 0x811c9dc5u
static inline uint32_t gazetteer_step(uint32_t key, uint32_t fold_hash)
{
    key = (key ^ fold_hash) * 0x9e3779b1u;
    return key ^ key >> 15;
}

/* A bit for each kind of list that holds the name with this key, or of which it is the head;
 * zero: none.  The first call, on any thread, builds the table (some 5 ms). */
unsigned gazetteer_find(uint32_t key);
/* What will be asked soon: begins to fetch it. */
void gazetteer_prefetch(uint32_t key);

#endif
