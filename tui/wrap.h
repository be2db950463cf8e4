/* wrap: a body cut into display rows, each a span of its bytes.
 *
 * Rows join up to the body: row i ends where row i + 1 begins, line ends and the blanks a line was
 * broken at included.  A row breaks at the last blank, after a hyphen or dash inside a word, or
 * between wide characters; a word longer than the row is cut between clusters.  Every '\n' ends a
 * row (but see wrap_reflow), so a blank line is an empty row.  Widths are glyph.h's, a tab goes to
 * the next eighth column.
 *
 * Lazy: rows are found from the start as far as they are asked for, some 250 MB/s of ASCII, and
 * kept (4 bytes a row); what is known costs a binary search. */
#ifndef TUI_WRAP_H
#define TUI_WRAP_H

#include "core/base.h"
#include "tui/frame.h"

#define WRAP_TAB 8

struct wrap;

struct wrap_row {
    struct span at;     /* all its bytes */
    uint32_t
        shown_end; /* what is shown is [at.begin, shown_end): no line end, no blanks before it */
};

/* `text` is valid UTF-8, borrowed until the close; cols is at least 1 (less counts as 1). */
struct wrap *wrap_open(struct str text, int cols);
void wrap_close(struct wrap *w);
/* Whether line ends that a hand put where the next word had no room (typescript, wire copy, mail)
 * are shown as blanks, and the paragraph is filled for the width at hand.  Off when opened.  A text
 * is taken for such a one by its first REFLOW_SAMPLE_BYTES: its lines stay under 100 characters and
 * most line ends inside its paragraphs stand where the next word would not have fitted.  Verse,
 * lists, tables and indented lines keep their line ends.  All rows are forgotten. */
#define REFLOW_SAMPLE_BYTES (64u << 10)
void wrap_reflow(struct wrap *w, bool on);
/* Another width: all rows are forgotten. Nothing when the width is the same. */
void wrap_resize(struct wrap *w, int cols);

/* False behind the last row.  An empty text has one empty row. */
bool wrap_row(struct wrap *w, size_t row, struct wrap_row *out);
/* The row that holds `byte`; the last one for the end of the text and beyond. */
size_t wrap_row_of(struct wrap *w, size_t byte);
/* How many rows there are in all: wraps what is left. */
size_t wrap_rows(struct wrap *w);

/* Cells between the begin of a row and `byte` (inside the row or its end). */
int wrap_col(const struct wrap *w, const struct wrap_row *row, size_t byte);

/* Puts a stretch of a row, [from, to) within its shown part, at (x, y) of `clip`, of which column 0
 * is the row's: tabs count from there.  Returns the cells it took: the next stretch's x is x plus
 * that. */
int wrap_put(const struct wrap *w, struct frame *f, struct rect clip, int x, int y,
             struct span stretch, struct look look);

#endif
