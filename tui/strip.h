/* strip: how many events each year or month holds, as a row of blocks. */
#ifndef TUI_STRIP_H
#define TUI_STRIP_H

#include "core/link.h"
#include "tui/line.h"

/* Events in order of date, counted by month; 4 bytes a month of the case's span. */
struct strip {
    int32_t first_month; /* months since year 0 */
    VEC(uint32_t) counts;
};

/* An empty strip over the years of these days; then a count for each day that is on it. */
void strip_begin(struct strip *s, int32_t first_day, int32_t last_day);
void strip_add(struct strip *s, int32_t day);
/* Of the events with these n ids, in order of date.  O(n + months). */
void strip_make(struct strip *s, const struct event *events, const uint32_t *ids, size_t n);
void strip_free(struct strip *s);
/* At most `cols` blocks, and the years from and to when asked for; the block of `day` (or DAY_NONE)
 * stands out. */
void strip_put(const struct strip *s, struct line *out, int cols, int32_t day, bool years);

#endif
