/* timeline_filter: which events are shown, as words a reader types and sees in the title.
 *
 *   entity:NAME  outlet:NAME  from:DATE  to:DATE  conflicts  several
 *
 * A name of several words stands between double quotes.  All must hold. */
#ifndef TUI_TIMELINE_FILTER_H
#define TUI_TIMELINE_FILTER_H

#include "core/dossier.h"
#include "tui/line.h"

#define FILTER_NAME_MAX 96 /* bytes; a longer name is cut */

struct timeline_filter {
    char entity[FILTER_NAME_MAX], outlet[FILTER_NAME_MAX]; /* empty: all */
    struct days from, to; /* overlapping or behind; overlapping or before; unknown: no bound */
    bool conflicts;       /* dates that contradict one another */
    bool several;         /* told by more than one article */
    entity_id id;         /* of `entity`, for the links it was resolved with */
};

/* Null, or what is wrong with the words; then *out is as it was. */
const char *timeline_filter_parse(struct timeline_filter *out, struct str words);
void timeline_filter_set_name(char to[FILTER_NAME_MAX], struct str name);

/* Finds the entity again; before asking, and after every relink.  O(aliases).  False: nobody of
 * that name. */
bool timeline_filter_resolve(struct timeline_filter *f, const struct links *l);
/* O(claims and entities of the event). */
bool timeline_filter_passes(const struct timeline_filter *f, const struct dossier *d,
                            const struct event *e);

bool timeline_filter_is_set(const struct timeline_filter *f);
/* The words that parse to it. */
void timeline_filter_put(const struct timeline_filter *f, struct line *out, enum face face);

#endif
