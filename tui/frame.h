/* frame: a grid of cells with clipping; what the screen is to show.
 *
 * Everything drawn goes through frame_put, and so through glyph.h.  A frame remembers for each row
 * whether it was touched since it was last shown, and that a band of full-width rows moved
 * (frame_scroll), so that a screen can let the terminal scroll and rewrite only what changed. */
#ifndef TUI_FRAME_H
#define TUI_FRAME_H

#include "tui/face.h"
#include "tui/glyph.h"

struct rect {
    int x, y, cols, rows;
};

/* One cell.  A glyph of two columns is in the left one; the right has cols 0 and n 0. */
struct cell {
    char bytes[GLYPH_BYTES];
    uint8_t n, cols;
    struct look look;
};

struct frame;

struct frame *frame_open(int cols, int rows);
void frame_close(struct frame *f);
/* Keeps nothing; all rows count as touched. */
void frame_resize(struct frame *f, int cols, int rows);
int frame_cols(const struct frame *f);
int frame_rows(const struct frame *f);
const struct cell *frame_row(const struct frame *f, int y); /* borrowed until the next change */

/* Puts text at (x, y) of `clip`, whose corner is (0, 0); what lies outside is cut, and a wide glyph
 * cut in half becomes a blank.  Returns the cells it took, clipped or not. Cells that come out as
 * they were do not touch their row. */
int frame_put(struct frame *f, struct rect clip, int x, int y, struct str text, struct look look);
/* Blanks to the end of the row of `clip`. */
void frame_fill(struct frame *f, struct rect clip, int x, int y, struct look look);
void frame_clear(struct frame *f, struct rect clip);

/* The rows [y, y + rows) moved up by n (down for n < 0); vacated rows are blank and touched. */
void frame_scroll(struct frame *f, int y, int rows, int n);

void frame_cursor(struct frame *f, int x, int y); /* -1, -1: hidden */

#endif
