/* index: tokens to postings with positions, built in segments, then frozen into one.
 *
 * Terms are tokens of text.h, folded (case, width, diacritics); positions count tokens within an
 * article, title first, then one gap, then the text; a title that was taken from the text is not
 * counted again.  A segment's index is built by one thread and never changes; an `index` is an
 * ordered set of them that answers as one, whether they have been merged yet or not. */
#ifndef CORE_INDEX_H
#define CORE_INDEX_H

#include "core/articles.h"

#include <stdatomic.h>

struct index;         /* what is asked */
struct index_segment; /* what a worker builds */

/* From the rows of `s` (titles and texts).  Sets article.words of each row. */
struct index_segment *index_segment_build(struct segment *s);
void index_segment_free(struct index_segment *s);
uint64_t index_segment_bytes(const struct index_segment *s);

/* One segment in place of n (1 or more) that follow one another, which may be freed after; null
 * when cancelled (looked at once a segment; may be null). About 1 GB of text a second. */
struct index_segment *index_segment_merge(struct index_segment *const *segments, uint32_t n,
                                          const atomic_bool *cancel);
/* How many of the n (1 or more) make one part: as many as come to INDEX_PART_TOKENS, at least one.
 * Merging parts as loading goes, and freeing what they are made of when the reader has taken the
 * new index, keeps the index from ever being there twice. */
uint32_t index_part_length(struct index_segment *const *segments, uint32_t n);

/* An index over segments, merged or not, in order of articles, that it borrows.  Cheap: no data
 * is copied. */
struct index *index_over(struct index_segment *const *segments, uint32_t n);
void index_close(struct index *x); /* null is nothing */

uint64_t index_bytes(const struct index *x);
uint64_t index_tokens(const struct index *x);   /* titles counted, and two an article more */
uint32_t index_articles(const struct index *x); /* articles 1..n are indexed */
uint32_t index_terms(const struct index *x);

/* ---- asking ---- */

/* One occurrence: token positions [pos, pos + n_tokens) of an article. */
struct hit {
    article_id article;
    uint32_t pos; /* in tokens, from 0, the title's tokens first */
    uint32_t n_tokens;
};

/* Where tokens [pos, pos + n) stand in the text; false when they lie in the title. Scans the
 * article's text up to there.  */
bool hit_span(const struct article *a, const struct hit *h, struct span *out);

/* The same for many hits of one article, in order of pos: the text is scanned once. */
struct hit_walk {
    struct str text;
    size_t at;    /* byte behind the last token read */
    uint32_t pos; /* position of the next token */
};
void hit_walk_begin(struct hit_walk *w, const struct article *a);
bool hit_walk_span(struct hit_walk *w, const struct hit *h, struct span *out);

/* A cursor over occurrences of a phrase of one or more folded terms, in order of article, then
 * position.  A term ending in "*" stands for every term with that beginning (last place only).
 * The cursor starts with the rarest word, so a frequent one costs little. */
struct phrase;
/* Terms are borrowed until the close; no terms, no hits. */
struct phrase *phrase_open(const struct index *x, struct arena *a, const struct str *terms,
                           uint32_t n);
bool phrase_next(struct phrase *p, struct hit *out);
/* On to the first hit in an article >= id; the hit last returned, again, when it is such a one. */
bool phrase_seek(struct phrase *p, article_id id, struct hit *out);
/* On to the first article >= id where hits of both begin no more than `distance` tokens apart, and
 * to the first such pair there; false when there is none. */
bool phrase_meet(struct phrase *a, struct phrase *b, article_id id, uint32_t distance,
                 struct hit *x, struct hit *y);
/* No more than so many positions of the rarest word are looked at from here on; then the hits end,
 * though there may be more. */
void phrase_limit(struct phrase *p, uint32_t steps);
void phrase_close(struct phrase *p);

/* In how many articles, and how often, a folded term occurs. */
struct term_count {
    uint32_t articles, occurrences;
};
struct term_count index_count(const struct index *x, struct str term);

/* Of the terms that begin with `head` and are longer, the most frequent among those that are so in
 * one segment: at most n (1 or more), the most frequent first; their number.  Goes through the
 * dictionary: a millisecond or two for half a million terms. */
struct beginning {
    struct str term; /* the index's */
    uint32_t occurrences;
};
uint32_t index_beginnings(const struct index *x, struct str head, struct beginning *out,
                          uint32_t n);

/* Calls `each` for every term in no order until it returns false. For look-up's spelling table. */
void index_each_term(const struct index *x,
                     bool (*each)(void *ctx, struct str term, struct term_count n), void *ctx);

#endif
