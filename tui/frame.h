/* frame: a grid of cells with clipping; what the screen is to show.
 *
 * Everything drawn goes through frame_put, and so through glyph.h.  A frame remembers for each row
 * which cells changed since it was last shown, and that a band of full-width rows moved
 * (frame_scroll), so that a screen can let the terminal scroll and rewrite only what changed.
 * A pane may therefore draw all its rows at every key: rows that come out as they were cost some
 * ten instructions a cell and reach neither curses nor the wire.  24 bytes a cell. */
#ifndef TUI_FRAME_H
#define TUI_FRAME_H

#include "tui/face.h"
#include "tui/glyph.h"

struct rect {
    int x, y, cols, rows;
};

/* One cell.  A glyph of two columns is in the left one; the right has cols 0 and n 0. */
struct cell {
    char bytes[CELL_BYTES];
    uint8_t n, cols;
    struct look look;
};

struct frame;

/* At least 1x1, whatever is asked; blank. */
struct frame *frame_open(int cols, int rows);
void frame_close(struct frame *f);
/* Keeps nothing; all rows count as touched. */
void frame_resize(struct frame *f, int cols, int rows);
int frame_cols(const struct frame *f);
int frame_rows(const struct frame *f);
const struct cell *frame_row(const struct frame *f, int y); /* borrowed until the next change */

/* Puts text at (x, y) of `clip`, whose corner is (0, 0); what lies outside is cut, and a wide glyph
 * cut in half becomes a blank.  Returns the cells it took, clipped or not. Cells that come out as
 * they were do not touch their row.  Stops looking at the text behind the right edge when the text
 * is longer than the row can hold: the sum returned is then at least what fits. */
int frame_put(struct frame *f, struct rect clip, int x, int y, struct str text, struct look look);
/* Blanks to the end of the row of `clip`. */
void frame_fill(struct frame *f, struct rect clip, int x, int y, struct look look);

/* The rows [y, y + rows) moved up by n (down for n < 0); vacated rows are blank and touched. */
void frame_scroll(struct frame *f, int y, int rows, int n);

void frame_cursor(struct frame *f, int x, int y); /* -1, -1: hidden */

/* ---- for screens ---- */

struct frame_move {
    int y, rows, n; /* as in frame_scroll */
};

/* The moves since the last show, in order: to be done before the touched cells are written.
 * Borrowed until the next change. */
int frame_moves(const struct frame *f, const struct frame_move **moves);
/* True when cells of row y changed: those in [*from, *to), whole glyphs. */
bool frame_touched(const struct frame *f, int y, int *from, int *to);
void frame_touch_all(struct frame *f); /* and forgets the moves */
bool frame_cursor_at(const struct frame *f, int *x, int *y);
void frame_shown(struct frame *f); /* nothing is touched any more */

#endif
