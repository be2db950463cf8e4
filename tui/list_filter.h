/* list_filter: which articles the list shows, by a query (`F`), and how well each answers it.
 *
 * The query itself is kept in state.filter; this is what it came to when it was last run. */
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

#endif
