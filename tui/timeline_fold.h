/* timeline_fold: which events of a timeline stand in one row, by how near one looks.
 *
 * Of each event a mark is kept, side by side, so that zooming reads them alone: half a million
 * events lie 80 bytes apart and their marks 24. */
#ifndef TUI_TIMELINE_FOLD_H
#define TUI_TIMELINE_FOLD_H

#include "core/link.h"

enum scale { SCALE_EVENT, SCALE_DAY, SCALE_MONTH, SCALE_YEAR, SCALE_DECADE, SCALES };

/* The bits of a key above these say what kind of row it is of: 0, of one event; 15 is left to
 * others. */
#define FOLD_KEY_BITS 60

/* 24 bytes. */
struct fold_mark {
    uint64_t key;  /* of a row of the event alone; the same after a relink */
    int32_t first; /* its first day */
    uint32_t told; /* articles << 4 | precision */
    float weight;
};

static inline enum precision fold_mark_precision(const struct fold_mark *m)
{
    return m->told & 15;
}

struct fold_mark fold_mark_of(const struct event *e);
/* Of two events the one that stands for both: told by more, then the weightier. */
bool fold_stands_before(const struct fold_mark *a, const struct fold_mark *b);

/* The days whose events stand in one row. */
struct fold {
    uint64_t key;       /* of the row */
    int32_t first, end; /* empty: the event stands alone */
    enum precision least, most;
};

/* That of an event, in order of date the first of its row. */
struct fold fold_of(const struct fold_mark *m, enum scale scale);
/* Does the next event stand in it too? */
static inline bool fold_holds(const struct fold *f, const struct fold_mark *m)
{
    enum precision p = fold_mark_precision(m);
    return m->first >= f->first && m->first < f->end && p >= f->least && p <= f->most;
}

/* The first day of what is folded with this day. */
int32_t fold_begin(int32_t day, enum scale scale);

#endif
