/* viewport: which rows of a long list a pane shows, and which one is selected.
 *
 * Pure arithmetic over numbers of rows, so a list of a hundred thousand articles and a wrapped text
 * scroll alike.  Promises after every call: with rows to show, selected < n, the selected row lies
 * in [top, top + height), and no blank space is shown below the last row while rows are hidden
 * above. */
#ifndef TUI_VIEWPORT_H
#define TUI_VIEWPORT_H

#include "core/base.h"

struct viewport {
    size_t n;        /* rows there are */
    size_t height;   /* rows the pane shows, at least 1 */
    size_t top;      /* first row shown */
    size_t selected; /* 0 when n is 0 */
    size_t margin; /* scroll-off: rows kept visible around the selected one; at most half a pane */
};

/* The list or the pane changed its size; the selection stays at its row if it can. */
void viewport_fit(struct viewport *v, size_t n, size_t height);
/* Selects a row (beyond the end: the last), scrolling no more than needed. */
void viewport_select(struct viewport *v, size_t row);
/* Selection down (up for by < 0) by so many rows. */
void viewport_move(struct viewport *v, long by);
/* View and selection by `halves` half pages; a page keeps two rows of the last one. At an end the
 * selection goes to it. */
void viewport_page(struct viewport *v, long halves);
/* The view alone; the selection is dragged along at the edge. */
void viewport_scroll(struct viewport *v, long by);

enum viewport_place { VIEWPORT_TOP, VIEWPORT_MIDDLE, VIEWPORT_BOTTOM };
/* zt, zz, zb: the selected row to this place. */
void viewport_put(struct viewport *v, enum viewport_place place);

/* Selects a row that is not on the screen into the middle, one that is where it stands: for
 * jumps. */
void viewport_jump(struct viewport *v, size_t row);

/* N%: the row at so many hundredths of the list. */
size_t viewport_row_at(const struct viewport *v, unsigned percent);

#endif
