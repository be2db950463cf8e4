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
    LOOKUP_BEGUN,   /* the same words, but that the last one of the query is the beginning of one */
    LOOKUP_NEAR,    /* words are missing, added, changed, misspelt, or in another order */
    LOOKUP_SPLICED, /* the words stand in two places of the article */
    LOOKUP_RETOLD,  /* not the query's words: those of the statement in which an exact or folded
                       answer stands, told in another way (lookup_more) */
};
const char *lookup_match_name(
    enum lookup_match m); /* "exact", "folded", "begun", "near", "spliced", "retold" */

struct lookup_hit {
    struct passage where;    /* from the first matching word to the last */
    enum lookup_match match;
    float score;             /* 0..1: the share of the query that is there, by weight of words; from
                                lookup_more, the mean of that and of the statements' likeness */
    struct passage of; /* retold: the statement of the case that is told again; else article none */
    uint32_t quote;          /* 1 + row in dossier_quotes of the article that holds it; 0: none */
};

struct lookup_result {
    struct lookup_hit *v; /* best first: exact, folded, begun, then by score; quoted before unquoted
                             at a tie, then the earlier published */
    uint32_t n;
    bool cut_short;       /* more than `limit` answer */
};

/* At most `limit` passages, in `out`: where the words stand in a row, or where nothing has them so,
 * what is near.  A query without a word finds nothing.  The work is bounded by the rarest words of
 * the query (LOOKUP_POSTINGS_MAX), not by the case. */
#define LOOKUP_POSTINGS_MAX 40000
#define LOOKUP_WORDS_MAX 128
#define LOOKUP_SURE 0.66f /* of the query: a near answer that surely is the one */
struct lookup_result lookup_run(const struct dossier *d, struct str query, uint32_t limit,
                                struct arena *out);

/* The same for a query that is being typed: where its last word is not yet behind a blank or a
 * mark, words that begin so answer too, behind the exact and folded.  Of a frequent beginning the
 * most frequent words are tried, LOOKUP_BEGINNINGS, and none for longer than LOOKUP_BEGUN_STEPS. */
#define LOOKUP_BEGINNINGS  24
#define LOOKUP_BEGUN_STEPS 3000 /* positions of the rarest word of the phrase */
struct lookup_result lookup_typed(const struct dossier *d, struct str query, uint32_t limit,
                                  struct arena *out);

/* The second step, for answers that begin with an exact or folded one (others it leaves alone):
 * where else is the same said?  Appends to *r what is near, and the passages that tell the
 * statement in which such an answer stands - its sentences, or the whole quotation it is part of -
 * in other words; wordings of that quotation's group among them.  So "said the minister on Tuesday"
 * finds what he is said to have said.  Costs some LOOKUP_MORE_POSTINGS postings for each of
 * LOOKUP_MORE_ANSWERS. */
#define LOOKUP_MORE_ANSWERS  3
#define LOOKUP_MORE_POSTINGS 4000
void lookup_more(const struct dossier *d, struct str query, uint32_t limit, struct lookup_result *r,
                 struct arena *out);

/* How the passage of a hit differs from what was asked: edits from the words of *asked, which is
 * the query, or for a retold hit the statement that it tells again, to those of the passage. */
struct edit_run lookup_difference(struct arena *out, const struct dossier *d, struct str query,
                                  const struct lookup_hit *hit, struct str *asked,
                                  struct word_run *asked_words, struct word_run *passage_words);

#endif
