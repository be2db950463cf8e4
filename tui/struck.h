/* struck: events that the reader struck out of the timeline.
 *
 * Ids change with every relink and summaries with every article that comes in, so an event is known
 * by the place of one dated statement of it: the article's key and the byte where the date
 * begins. */
#ifndef TUI_STRUCK_H
#define TUI_STRUCK_H

#include "tui/app.h"

/* Calls for each event that is struck out, as the links are now.  O(articles * struck). */
void struck_each(const struct dossier *d, const struct state *s, void (*use)(event_id, void *),
                 void *ctx);

/* Strikes the event out, true; or takes it back in, false: an act that can be undone. */
bool struck_toggle(struct app *app, event_id e);

#endif
