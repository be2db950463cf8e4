/* The inside of a query, shared by what parses, prints and runs it; no other room includes this. */
#ifndef CORE_QUERY_TREE_H
#define CORE_QUERY_TREE_H

#include "core/day.h"
#include "core/index.h"
#include "core/query.h"

enum query_kind {
    QUERY_ALL = 0, /* matches everything */
    QUERY_AND,
    QUERY_OR,
    QUERY_NOT,   /* of `left` */
    QUERY_NEAR,  /* left and right are QUERY_WORDS */
    QUERY_WORDS, /* one or more terms in a row */
    QUERY_PATTERN,
    QUERY_TITLE, /* from here to QUERY_ENTITY: a field with words */
    QUERY_OUTLET,
    QUERY_AUTHOR,
    QUERY_TAG,
    QUERY_ENTITY,
    QUERY_LABEL,
    QUERY_STATE,
    QUERY_DATE,
    QUERY_UNREAD,
    QUERY_NOTED,
};

struct query {
    uint8_t kind;
    bool quoted;      /* the text stood in quotes */
    bool has_pattern; /* here or below: slow, so done last */
    uint32_t number;  /* from 0, unlike any other node of the query; the root's is the largest */
    struct query *left, *right;
    struct str text;   /* as written, without quotes, slashes and field name */
    struct str *terms; /* of the text, folded; the last may end in "*" */
    uint32_t n_terms;
    uint32_t distance; /* of NEAR */
    unsigned pattern_flags;
    int32_t first, end; /* of date: days [first, end) */
};

/* Quotation marks a phrase may stand in. */
struct query_quotes {
    const char *open, *close;
};
#define QUERY_QUOTES 4
extern const struct query_quotes query_quotes[QUERY_QUOTES];

/* The name of a field with its colon, "title:"; null for what is none. */
const char *query_field_name(enum query_kind kind);

/* ---- answering: which articles (query_match.c) ---- */

struct articles;
struct index;
struct links;

struct query_job {
    const struct articles *all;
    const struct index *index;
    const struct links *links;           /* may be null */
    const struct query_outside *outside; /* may be null */
    struct query_limits limits;
    uint32_t n; /* articles 1..n are asked */
    /* Notes are asked, as if they were articles: the article that each is on; null: articles
     * are. */
    const article_id *article_of;
    struct arena memory;
    struct matcher *matcher;
    uint32_t
        *matching; /* by number of node: articles that answer it, for words, NEAR and entities */
    bool cut_short;
};

/* A row of bits, one an article, 0 unused. */
typedef uint64_t *article_set;

static inline bool set_has(const uint64_t *set, uint32_t id)
{
    return set[id >> 6] >> (id & 63) & 1;
}

/* The first member >= id; 0 if there is none up to n. */
uint32_t set_next(const uint64_t *set, uint32_t n, uint32_t id);

/* The articles that match, in job->memory; `matching` and, for patterns, `matcher` are there. */
article_set query_match(struct query_job *job, const struct query *q);

/* True, and cut_short is set, when the guard or the cancel flag says stop. */
bool query_is_over(struct query_job *job);

/* Pattern of a node, compiled; the caller frees it. */
struct pattern *query_pattern(const struct query *q);

typedef VEC(struct hit) hit_vec;

/* All hits of the phrase in the article, in place of what *out held; false if there are none. */
bool query_positions(struct phrase *p, article_id id, hit_vec *out);

/* For each hit of `a` the nearest of `b` within NEAR's distance, if any: from the beginning of the
 * first to the end of the second.  In place of what *out held; false if there are none. */
bool query_near_pairs(const struct query *q, const hit_vec *a, const hit_vec *b, hit_vec *out);

#endif
