/* query: the language of `/`, `g/`, `F` and `dossier search`.
 *
 *     word  "exact phrase"  trial*  /regular expression/  a NEAR/5 b  ( )  AND OR NOT
 *     title: outlet: author: tag: entity:"Corey Miller"  date:2003..2009  unread  note
 *
 * Words side by side mean AND.  Errors point at the column. */
#ifndef CORE_QUERY_H
#define CORE_QUERY_H

#include "core/base.h"
#include "core/arena.h"

#include <stdatomic.h>

struct dossier;
struct query;

struct query_error {
    uint32_t column;   /* byte offset into the query */
    const char *what;  /* a sentence */
};

/* Lives in `a`.  ERR_SYNTAX fills *error. An empty query is one that everything matches. */
enum status query_parse(struct arena *a, struct str text, struct query **out, struct query_error *error);

/* Printed so that parsing it gives the same query. */
struct str query_print(struct arena *a, const struct query *q);

/* What the query asks that the core cannot know: is the article unread, has it a note, a tag. */
struct query_outside {
    bool (*unread)(void *ctx, article_id a);
    bool (*noted)(void *ctx, article_id a);
    bool (*tagged)(void *ctx, article_id a, struct str tag);
    void *ctx;
};

/* A passage that answers, with its article's rank (best first is the caller's sort). */
struct query_hit {
    struct passage where; /* empty span: the article matches without a passage (fields only) */
    float score;          /* of the article: rarer words, more of them, nearer the top */
};

struct query_result {
    VEC(struct query_hit) hits;         /* by article, then begin */
    VEC(article_id) articles;           /* that match, rising */
    bool cut_short;                     /* by the clock, the cancel flag or max_hits */
};

struct query_limits {
    uint32_t max_hits;                  /* 0: none */
    uint32_t budget_ms;                 /* for regular expressions; 0: 2000 */
    const atomic_bool *cancel;          /* may be null */
};

/* Over all articles that are there.  The result is the caller's, query_result_free. */
enum status query_run(const struct query *q, const struct dossier *d, const struct query_outside *outside,
                      struct query_limits limits, struct query_result *out);
void query_result_free(struct query_result *r);

/* Passages of one text that a query's words, phrases and patterns match, in order: what `/` steps
 * through and what is lit up.  Appends to *out. */
typedef VEC(struct span) span_vec;
enum status query_in_text(const struct query *q, struct str text, struct query_limits limits, span_vec *out);

#endif
