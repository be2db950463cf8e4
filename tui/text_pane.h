/* text_pane: what the files of the text pane share.  Only they include this.
 *
 *   pane_text.c     the article laid out in rows, drawing, the contract of panes
 *   text_things.c   what was found in the text: what the cursor is on, stepping, looks of bytes
 *   text_select.c   motions and selecting */
#ifndef TUI_TEXT_PANE_H
#define TUI_TEXT_PANE_H

#include "tui/app.h"
#include "tui/panes.h"
#include "tui/wrap.h"

struct text_quote {
    struct span at, speaker;
    uint32_t row;   /* of the article's quotations */
    uint32_t reach; /* the farthest end of this one and those before: they nest */
    entity_id entity;
    group_id group;
};

struct text_note {
    struct span at;
    uint32_t reach; /* as above */
    uint32_t label;
    enum face face; /* of the label; FACE_NOTE: it has none */
    int64_t id;
    enum note_state state;
};

struct text_pane {
    struct pane pane;
    article_id article;         /* none: nothing is open */
    const struct article *row;  /* of the article; lives as long as the dossier */
    struct str text;

    /* Rows of the screen: those of the head (headline, dateline, a blank), then the body's. */
    struct wrap *wrap;          /* of the text, for `cols` */
    struct wrap *head;          /* of head_text */
    struct arena memory;        /* of the head */
    struct str head_text;
    uint32_t headline_bytes;    /* of head_text, which goes on with the dateline */
    int cols;                   /* the width both are wrapped for; 0: neither is yet */
    bool reflow;                /* lines broken by hand are filled */
    uint32_t top;               /* the row at the top of the pane */

    uint32_t cursor;            /* byte of text */
    bool resting;               /* it came there by scrolling: nothing is under it yet */
    uint8_t prefer;             /* enum thing_kind the cursor was put on, or THING_NONE */
    struct span shown;          /* the passage that was gone to: lit while the cursor is on it */
    uint32_t search_from;       /* the cursor when the search began to be typed */
    enum select_mode mode;
    uint32_t anchor;            /* the other end of the selection */

    /* Found in the text; borrowed until the next take. */
    struct sentence_run sentences;
    struct mention_run mentions;
    struct date_run dates;
    struct { /* quotations; reported speech is none: nobody's words stand there */
        struct text_quote *v;
        size_t n, cap;
    } quotes;

    struct {                    /* notes that have a place here */
        struct text_note *v;
        size_t n, cap;
    } notes;
    bool noted;                 /* the article as a whole has one */

    VEC(uint8_t) again;         /* by sentence: 1 when it was read elsewhere; empty without `dim` */
    span_vec hits;              /* of the search of this generation in this article */
    uint64_t hits_generation;
    article_id hits_article;

    struct {
        uint32_t top;
        uint32_t rows; /* of the pane; 0: never drawn */
        struct span cursor, selected;
        uint64_t generation;
        bool focused;
    } drawn;
    VEC(struct look) looks;     /* of the bytes of the row that is drawn */
};

/* ---- rows ---- */

uint32_t text_rows(const struct text_pane *t);
uint32_t text_row_of(const struct text_pane *t, uint32_t byte);
/* The bytes of a row; false for rows of the head. */
bool text_row_span(const struct text_pane *t, uint32_t row, struct span *out);
/* Puts the cursor there and scrolls so that it is seen; a place out of sight comes to rest in the
 * upper third. */
void text_put_cursor(struct text_pane *t, struct app *app, uint32_t byte);

/* ---- things ---- */

void text_load_things(struct text_pane *t, struct app *app);
void text_load_hits(struct text_pane *t, const struct search *s);
/* The thing the cursor is on; false: nothing. */
bool text_thing_at(const struct text_pane *t, uint32_t byte, struct thing *out);
/* What is shown in reverse: the words the cursor is on; empty: a single place. */
struct span text_lit(const struct text_pane *t);
/* looks.v[i] for each byte of `row`. */
void text_paint(struct text_pane *t, const struct app *app, struct span row);
/* The mark in the margin of a row, and its face; an empty string: none. `out` may hold it. */
struct str text_margin(const struct text_pane *t, struct span row, char out[8], enum face *face);
/* The quotation of t->quotes that holds the byte, the innermost; -1. */
int64_t text_quote_at(const struct text_pane *t, uint32_t byte);

/* The note that holds the byte, the innermost; null. */
const struct text_note *text_note_at(const struct text_pane *t, uint32_t byte);

/* ---- selecting ---- */

/* The selected bytes, in lines when that is the mode; empty: none. */
struct span text_selected(const struct text_pane *t);

#endif
