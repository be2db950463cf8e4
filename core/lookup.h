/* lookup: from what a person remembers of a quotation to the passages.
 *
 * The answer says how it matches: exact, exact after folding, near (and where it differs), spliced
 * from two places, or nothing.  A near passage is never dressed as an exact one: exact means that
 * the bytes are the query's, white space aside. */
#ifndef CORE_LOOKUP_H
#define CORE_LOOKUP_H

#include "core/align.h"
#include "core/dossier.h"

enum lookup_match {
    LOOKUP_EXACT = 1, /* the very characters */
    LOOKUP_FOLDED,    /* the same words: case, quotes, hyphens, accents differ */
    LOOKUP_NEAR,      /* words are missing, added, changed, misspelt, or in another order */
    LOOKUP_SPLICED,   /* the words stand in two places of the article */
};
const char *lookup_match_name(enum lookup_match m); /* "exact", "folded", "near", "spliced" */

struct lookup_hit {
    struct passage where;    /* from the first matching word to the last */
    enum lookup_match match;
    float score;             /* 0..1: the share of the query that is there, by weight of words */
    uint32_t quote;          /* 1 + row in dossier_quotes of the article that holds it; 0: none */
};

struct lookup_result {
    struct lookup_hit *v; /* best first: exact, folded, then by score; quoted before unquoted at a tie,
                             then the earlier published */
    uint32_t n;
    bool cut_short;       /* more than `limit` answer */
};

/* At most `limit` passages, in `out`.  A query without a word finds nothing.  The work is bounded
 * by the rarest words of the query (LOOKUP_POSTINGS_MAX), not by the case. */
#define LOOKUP_POSTINGS_MAX 60000
#define LOOKUP_WORDS_MAX 128
struct lookup_result lookup_run(const struct dossier *d, struct str query, uint32_t limit, struct arena *out);

/* How the passage differs from the query: edits from the query's words to the passage's. */
struct edit_run lookup_difference(struct arena *out, struct str query, const struct article *a, struct span at,
                                  struct word_run *query_words, struct word_run *passage_words);

#endif
