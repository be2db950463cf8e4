/* list_filter: queries that a reader types, and which articles the list shows by one of them (`F`),
 * and how well each answers it.
 *
 * The list's query itself is kept in state.filter; this is what it came to when it was last run. */
#ifndef TUI_LIST_FILTER_H
#define TUI_LIST_FILTER_H

#include "core/arena.h"
#include "core/dossier.h"
#include "core/query_notes.h"

struct app;

struct list_filter {
    bool on;
    VEC(float) score; /* by article id; negative: does not answer */
};

/* Runs state.filter over what is there. A query that cannot be parsed shows everything, and says
 * so. */
void list_filter_run(struct app *app);
void list_filter_finish(struct list_filter *f);
bool list_filter_shows(const struct list_filter *f, article_id a);
float list_filter_score(const struct list_filter *f, article_id a); /* 0 when there is no filter */

/* What a query asks that only the session knows: its notes, and which articles are unread. */
struct notes_asked *app_asked(struct app *app);

/* A reader waits no longer for an answer; it is cut short then. */
#define QUERY_BUDGET_MS 2000

/* The query of a typed line, made in `memory`; null, and said with the column: it is none. */
struct query *app_parse_query(struct app *app, struct arena *memory, struct str text);
/* Is the line a query?  Complains as above. */
bool app_is_query(struct app *app, struct str text);
/* Runs a typed query over the case, for as many hits at the most (0: all).  False: it is no query,
 * which was said, and *out is empty.  The result is the caller's, query_result_free. */
bool app_run_query(struct app *app, struct str text, uint32_t max_hits, struct query_result *out);

#endif
