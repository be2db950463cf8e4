/* review: a note whose place is not sure, what it stood in beside what stands there now. */
#ifndef TUI_REVIEW_H
#define TUI_REVIEW_H

#include "core/notes.h"
#include "tui/line.h"

struct app;

/* One note, laid out for a width.  Zeroed memory is an empty one. */
struct review {
    const struct noted *of; /* null: none is laid out */
    int cols;
    bool beside;            /* in two columns; else under one another */
    struct line was, now;
    struct span *was_rows, *now_rows; /* bytes of their lines */
    uint32_t n_was, n_now;
};

/* Lays this note out, unless it is what was laid out last; the rows that takes.  Set r->of to null
 * when notes or texts have changed. */
uint32_t review_lay(struct review *r, struct app *app, const struct noted *n, int cols);
void review_line(const struct review *r, uint32_t row, struct line *out);
void review_finish(struct review *r);

#endif
