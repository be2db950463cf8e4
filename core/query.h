/* query: the language of `/`, `g/`, `F` and `dossier search`.
 *
 *     word  "exact phrase"  trial*  /regular expression/  a NEAR/5 b  ( )  AND OR NOT
 *     title: outlet: author: tag: entity:"Corey Miller"  date:2003..2009  unread
 *     note  label:k  state:weak
 *
 * Words side by side mean AND, which binds tighter than OR; NOT binds tighter than both.  Capitals
 * make an operator: `and` is a word, and so is "unread" in quotes.  Words and phrases compare
 * terms (text.h): case, accents, width, quotes, hyphens and line wraps make no difference, and a
 * word with marks inside ("C-Murder", "State's") is a phrase.
 *
 *     NEAR/5     at most five words between the two, either first; NEAR alone is NEAR/10
 *     /x/  /x/i  PCRE2 over the text, ^ and $ at line ends; i: upper and lower case alike
 *     title:     the words stand in a row in the title; outlet: and author: likewise
 *     tag:       one of the article's tags, or a tag of the reader's
 *     entity:    mentions of the entity with this name or alias, under any of its names
 *     date:      the day of publication: a TIMEX3 or ISO value (2003, 2003-05, 2003-05-17), or two
 *                of them with .. between, either left out at will; both ends included.  Undated
 *                articles do not answer.  What an article tells of is asked with the timeline
 *     note       the reader has a note there; label: one with this letter; state: one that is
 * exact, moved, weak or orphan.  Asked of notes (query_notes.h) these are the note's own
 *
 * Errors point at the column. */
#ifndef CORE_QUERY_H
#define CORE_QUERY_H

#include "core/base.h"
#include "core/arena.h"
#include "core/pattern.h"

#include <stdatomic.h>

struct dossier;
struct query;

#define QUERY_DEPTH_MAX 100  /* parentheses and NOTs within one another */
#define QUERY_NODES_MAX 2000 /* words, fields, operators */

struct query_error {
    uint32_t column;  /* byte offset into the query */
    const char *what; /* a sentence; static, or in the arena of the query */
};

/* Lives in `a` (the text is copied).  ERR_SYNTAX fills *error. An empty query is one that
 * everything matches. */
enum status query_parse(struct arena *a, struct str text, struct query **out,
                        struct query_error *error);

/* Printed so that parsing it gives the same query. */
struct str query_print(struct arena *a, const struct query *q);

/* What must be there before the query can be answered: a set of these. */
enum query_use {
    QUERY_USES_INDEX = 1,
    QUERY_USES_LINKS = 2,
    QUERY_USES_OUTSIDE = 4,
    QUERY_USES_PATTERN = 8
};
unsigned query_uses(const struct query *q);

/* What the query asks that the core cannot know: is the article unread, has it a note, a tag.  A
 * null function answers no. */
struct query_outside {
    bool (*unread)(void *ctx, article_id a);
    bool (*noted)(void *ctx, article_id a);
    bool (*tagged)(void *ctx, article_id a, struct str tag);
    bool (*labelled)(void *ctx, article_id a, uint32_t label); /* a code point */
    bool (*in_state)(void *ctx, article_id a, struct str state);
    void *ctx;
};

/* A passage that answers, with its article's rank (best first is the caller's sort). */
struct query_hit {
    struct passage where; /* empty span: the article matches without a passage (fields, title) */
    float score; /* of the article: rarer words, more of them, in the title, nearer the top */
};

struct query_result {
    VEC(struct query_hit) hits; /* by article, then begin; none inside another */
    VEC(article_id) articles;   /* that match, rising */
    bool cut_short;             /* by the guard, the cancel flag or max_hits, or a pattern
                                   gave up somewhere: there may be more */
};

/* All zero: no limits. */
struct query_limits {
    uint32_t max_hits;          /* 0: none */
    struct pattern_guard guard; /* the caller's clock; asked between articles and windows */
    const atomic_bool *cancel;  /* may be null */
};

/* Over all articles that are there; what asks for words, over those that are indexed, so that an
 * article still unread by the index answers neither a word nor its NOT.  OK even when cut short.
 * The result is the caller's, query_result_free; what it held before is freed. `outside` may be
 * null. */
enum status query_run(const struct query *q, const struct dossier *d,
                      const struct query_outside *outside, struct query_limits limits,
                      struct query_result *out);
void query_result_free(struct query_result *r);

/* Passages of one text that a query's words, phrases and patterns match, in order: what `/` steps
 * through and what is lit up; those under NOT and in fields are left out.  Appends to *out.
 * ERR_LIMIT or ERR_CANCELLED when cut short, with what was found until then. */
typedef VEC(struct span) span_vec;
enum status query_in_text(const struct query *q, struct str text, struct query_limits limits,
                          span_vec *out);

#endif
