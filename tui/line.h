/* line: one row of a pane or a title, as text with runs of looks over half-open ranges of bytes.
 *
 * A pane builds a line and hands it to line_draw; nobody else counts cells.  The part after
 * line_right is set against the right edge and is kept when there is not room for both, but leaves
 * a third of the row, if that is a few cells, to what stands before it.  A line is used again and
 * again: line_clear keeps its memory. */
#ifndef TUI_LINE_H
#define TUI_LINE_H

#include "core/arena.h"
#include "tui/frame.h"

struct run {
    uint32_t begin, end; /* bytes of line.text */
    struct look look;
};

struct line {
    byte_vec text;
    VEC(struct run) runs;  /* in order, without gaps */
    uint32_t right;        /* runs from this one on stand at the right edge; runs.n: none do */
    bool has_right;
};

void line_clear(struct line *l);
void line_free(struct line *l);

/* Appends; a blank is nothing special. */
void line_put(struct line *l, struct str text, enum face face);
void line_put_look(struct line *l, struct str text, struct look look);
void line_printf(struct line *l, enum face face, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Exactly `cols` cells: padded with blanks, or cut with an ellipsis. */
void line_cell(struct line *l, struct str text, unsigned cols, enum face face);
/* As line_put, with '\n', '\t' and runs of blanks shown as one blank: a passage on one line. */
void line_put_flat(struct line *l, struct str text, struct look look);
/* Bytes [begin, end) of another line, in their looks. */
void line_put_slice(struct line *l, const struct line *from, uint32_t begin, uint32_t end);
/* What follows stands at the right edge. */
void line_right(struct line *l);

/* Adds the flags to the looks of all runs, or to those of bytes [begin, end). */
void line_flag(struct line *l, uint8_t flags);
void line_flag_range(struct line *l, uint32_t begin, uint32_t end, uint8_t flags);

/* Draws at row y of `clip` from column x on and fills the rest of the row with `fill`. */
void line_draw(const struct line *l, struct frame *f, struct rect clip, int x, int y,
               struct look fill);

static inline struct str line_text(const struct line *l)
{
    return str_from(l->text.v, l->text.n);
}

static inline struct look look_of(enum face face)
{
    return (struct look){(uint8_t)face, 0};
}

#endif
