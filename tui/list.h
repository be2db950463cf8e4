/* list: the pane that most panes are: rows, one of them selected.
 *
 * A source fills an array of rows once per change and draws a row when it is seen; the list does
 * the rest: selection, scrolling, search, drawing no more than the rows a key touched.  The row
 * that was selected stays selected across reloads, found again by its key.  What most sources say
 * alike (when to fill, the key of a passage, showing it, its card) is here too, to be named in
 * their tables. */
#ifndef TUI_LIST_H
#define TUI_LIST_H

#include "tui/pane.h"
#include "tui/viewport.h"

/* 16 bytes.  `key` names the same thing before and after a reload; a and b are the source's own.
 * Rows with key 0 are drawn, never selected: headings of what follows, or, where the source says
 * `tails`, the rest of the row before. */
struct list_row {
    uint64_t key;
    uint32_t a, b;
};

struct list;

struct list_source {
    const char *name; /* "Articles" */
    enum context context;
    /* Fills l->rows anew (list_anew) or, when it can, changes what is there; true when rows
     * changed.  `changed` is 0 on the first call. */
    bool (*fill)(struct list *l, struct app *app, unsigned changed);
    void (*line)(struct list *l, struct app *app, const struct list_row *row, struct line *out);
    bool (*thing)(struct list *l, struct app *app, const struct list_row *row, struct thing *out);
    void (*title)(struct list *l, struct app *app, struct line *out);
    /* The reader moved the selection to this row, often list_preview; null: nothing happens. */
    void (*moved)(struct list *l, struct app *app, const struct list_row *row);
    /* Enter; null: the thing's passage is shown in the text, which gets the keys. */
    void (*open)(struct list *l, struct app *app, const struct list_row *row);
    bool (*card)(struct list *l, struct app *app, const struct list_row *row, struct line *out);
    bool tails;    /* rows with key 0 belong to the one before */
    bool by_width; /* rows depend on the width: fill is called with PANE_WIDTH when it changed */
    bool steady;   /* keeps its place on the screen when it has few rows: they come and go */
    void (*close)(struct list *l); /* what l->own holds, itself not; may be null */
};

struct list {
    struct pane pane;
    const struct list_source *source;
    VEC(struct list_row) rows;
    struct viewport view;   /* over the rows */
    int filled_cols;        /* the width the rows were made for, where they depend on it */
    size_t search_from;     /* the row selected when the search began to be typed */
    void *own;              /* the source's, by mem_alloc; freed with the list; may be null */
    /* What is on the screen, so that only the difference is drawn. */
    struct {
        size_t selected, top;
        uint64_t search;    /* generation of the search whose hits are lit */
        bool focused;
    } drawn;
    struct line line;
};

/* A new list, filled; it takes `own` over. */
struct pane *list_open(struct app *app, const struct list_source *source, void *own);

static inline struct list *list_of(struct pane *p)
{
    return (struct list *)p;
}

const struct list_row *list_selected(const struct list *l); /* null when empty */
/* Selects the row with this key; false when there is none.  O(rows). */
bool list_select_key(struct list *l, uint64_t key);
void list_select(struct list *l, size_t row);
/* As if the reader had moved to the row that is selected: its passage is shown. */
void list_show(struct list *l, struct app *app);

/* ---- what sources share ---- */

/* How a fill begins: the rows are emptied, and true, the first time and when `changed` holds one of
 * the changes wanted; else nothing is to be done. */
bool list_anew(struct list *l, unsigned changed, unsigned wanted);
/* The key of a row that is a passage, never 0: one for each place where a passage can begin. */
uint64_t list_key(struct passage where);
/* A source's `moved`: the thing's passage, if it has one, is shown in the text. */
void list_preview(struct list *l, struct app *app, const struct list_row *row);
/* A source's `card`: who printed the thing's passage, when, and under which headline. */
bool list_card_article(struct list *l, struct app *app, const struct list_row *row,
                       struct line *out);
/* For a title, at its right: "3 of 18", or "none". */
void list_put_place(const struct list *l, struct line *out);

#endif
