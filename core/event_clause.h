/* event_clause: what of a sentence tells the happening that a date in it dates. */
#ifndef CORE_EVENT_CLAUSE_H
#define CORE_EVENT_CLAUSE_H

#include "core/articles.h"

struct clause {
    /* The words to read: no dateline, no mark that has no partner, no clause of another date.  The
     * date itself need not be among them. */
    struct span at;
    /* The part of them between the date before and the first break behind: what happened then. */
    struct span near;
};

/* Where the dateline ("LINDMARK, April 1 (Coast Wire) -- ") of a sentence ends; its begin: it has
 * none. */
uint32_t clause_behind_dateline(struct str text, struct span sentence);

/* `date` is the number of a date of `dates` inside the sentence.  Spans lie inside the sentence, on
 * character boundaries.  Linear in the sentence. */
struct clause clause_of(struct str text, struct span sentence, struct date_run dates,
                        uint32_t date);

#endif
