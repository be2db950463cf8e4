/* The inside of an index, shared by what builds, merges and asks; no other room includes this. */
#ifndef CORE_INDEX_PART_H
#define CORE_INDEX_PART_H

#include "core/index.h"
#include "core/intern.h"
#include "core/postings.h"

/* Where the dictionary's open table is no fuller than this, in percent. */
#define SLOTS_FULL_PERCENT 70

/* Positions count tokens over the whole run of articles.  An article takes its title's tokens, an
 * empty position, its text's tokens, and another empty position: so no phrase runs from one into
 * the next.  Column i of the terms:
 *
 *     name_ends[i]   where its name ends in `names` (it begins where the one before ends)
 *     counts[i]      occurrences
 *     articles[i]    articles it occurs in
 *     lists[i]       its list: byte in `data`; for a single occurrence the position itself
 *
 * 16 bytes a term, its name, and some 6 of `slots`. */
struct index_segment {
    article_id first;
    uint32_t n_articles;
    uint32_t *starts;  /* position where article i begins; n_articles + 1 of them */
    uint32_t universe; /* positions in all: starts[n_articles] */
    uint32_t n_terms;
    uint32_t *name_ends, *counts, *articles, *lists;
    char *names;
    uint32_t *slots; /* 1 + term, 0: free; 2^log2_slots of them */
    unsigned log2_slots;
    uint8_t *data;
    size_t data_bytes;
};

struct index {
    struct index_segment **parts; /* in order of articles, borrowed */
    uint32_t n_parts;
};

#define NO_TERM UINT32_MAX

static inline struct str segment_term(const struct index_segment *s, uint32_t term)
{
    uint32_t begin = term ? s->name_ends[term - 1] : 0;
    return str_from(s->names + begin, s->name_ends[term] - begin);
}

static inline void segment_list(const struct index_segment *s, uint32_t term,
                                struct postings_cursor *out)
{
    bool one = s->counts[term] == 1;
    postings_open(out, one ? NULL : s->data + s->lists[term], s->counts[term], s->universe,
                  one ? s->lists[term] : 0);
}

/* The number of a folded term, or NO_TERM. */
uint32_t segment_find(const struct index_segment *s, struct str term, struct intern_key k);

/* ---- how lists are made, from `counts` and `universe` ---- */

/* Allocates lists and data, zeroed. */
void lists_begin(struct index_segment *s);

/* A list of one is its position, in its place among `lists`. */
static inline struct postings_writer list_writer(struct index_segment *s, uint32_t term)
{
    if (s->counts[term] == 1)
        return (struct postings_writer){.only = &s->lists[term]};
    return postings_write(s->data + s->lists[term], s->counts[term], s->universe);
}

/* After the last position. */
void lists_finish(struct index_segment *s);

/* Takes the names of `t` for the terms, in their order, makes the slots, and empties `t`. */
void names_take(struct index_segment *s, struct intern *t);

#endif
