/* own_events: events that the reader put into the timeline.
 *
 * Such an event is a note with the tag `event:DATE` (TIMEX3): so it is anchored on exact words,
 * found again in a changed text, undone, exported and shared as notes are. */
#ifndef TUI_OWN_EVENTS_H
#define TUI_OWN_EVENTS_H

#include "core/notes.h"
#include "tui/timeline_filter.h"

#define EVENT_TAG "event:"

struct own_event {
    struct days days;
    struct str value;        /* of the date; in the note */
    struct passage at;       /* where it is anchored; empty: its words were not found again */
    struct str words;        /* what happened: the comment, else the words it is on; borrowed */
    int64_t note;            /* its number */
};
typedef VEC(struct own_event) own_event_vec;

/* The date among the tags of a note; empty: it is no event. */
struct str own_event_date(const struct note *note);
/* All of the case in order of days; borrowed until the next change of notes.  O(notes) */
void own_events_gather(const struct notes *n, own_event_vec *out);
/* As timeline_filter_passes: one source tells it, and nobody contradicts. */
bool own_event_passes(const struct timeline_filter *f, const struct dossier *d,
                      const struct own_event *e);

/* What a reader typed, "12 January 2002 the killing", "2002-01 the killing": the date's value in
 * `a` and the words without it.  Days without a year are reckoned from `published`.  False: there
 * is no date. */
bool own_event_read(struct arena *a, struct str typed, int32_t published, struct str *value,
                    struct str *words);

#endif
