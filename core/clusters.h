/* clusters: which words stand in the same company.
 *
 * Words of unlabelled news were put into classes so that the class of a word tells as much as it
 * can about the classes beside it (corpus/clusters_tool.c; the text is named in
 * core/model/README.md).  A class is a feature of the tagger: what was learnt of "Kerry" also
 * says something of "McCain", which the labelled text may not hold. */
#ifndef CORE_CLUSTERS_H
#define CORE_CLUSTERS_H

#include "core/base.h"

/* Classes of one word, from 1; 0 for a word that the table does not hold. */
struct word_class {
    uint16_t fine, coarse;
};

/* `form` is the hash of the word as written (tagger.h).  The first call, on any thread, builds
 * the table (some 2 ms). */
struct word_class clusters_find(uint32_t form);
/* What will be asked soon: begins to fetch it. */
void clusters_prefetch(uint32_t form);

#endif
