/* query_notes: the query language asked of notes, and of articles by their notes.
 *
 * Of notes: words, phrases, NEAR and patterns look at the passage, the comment and the tags; tag:,
 * label: and state: are the note's own; title:, outlet:, entity:, date: and unread are those of its
 * article; author: is whoever wrote either.  "#tag" is tag:tag.  Of articles: note, tag:, label:
 * and state: ask whether one of their notes is so. */
#ifndef CORE_QUERY_NOTES_H
#define CORE_QUERY_NOTES_H

#include "core/notes.h"
#include "core/query.h"

/* Whose notes, and what only the session knows.  All borrowed. */
struct notes_asked {
    const struct notes *notes;
    const struct dossier *dossier;
    bool (*unread)(void *ctx, article_id a); /* null: nothing is */
    void *ctx;
};

/* For query_run; borrows *n. */
struct query_outside notes_outside(struct notes_asked *n);

/* Rows of notes_all that answer, rising, in place of what *out held.  False when it was cut short:
 * there may be more.  Some 50 ms for 10,000 notes. */
typedef VEC(uint32_t) row_vec;
bool notes_query(const struct query *q, struct notes_asked *n, struct query_limits limits,
                 row_vec *out);

#endif
