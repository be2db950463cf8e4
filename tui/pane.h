/* pane: the contract of what can stand in one of the three places of the screen.
 *
 * A pane shows something and has a cursor in it.  The session (app.h) gives it a rectangle and
 * keys' meanings; the pane answers what its cursor is on, so that every command ("card",
 * "mentions", "copy") works in every pane.  A pane draws only what changed since it drew last.
 *
 * Most panes are lists: those are a `struct list_source` (list.h) and no more.  A new view is one
 * file with an opening function, an IN_... bit here, and a row in commands.def. */
#ifndef TUI_PANE_H
#define TUI_PANE_H

#include "core/dossier.h"
#include "tui/line.h"

struct app;

/* Where keys mean something; a pane has one bit, selecting in the text another. */
enum context {
    IN_NONE = 0,
    IN_ARTICLES = 1 << 0,
    IN_TEXT = 1 << 1,
    IN_SELECTION = 1 << 2,
    IN_TIMELINE = 1 << 3,
    IN_HITS = 1 << 4, /* passages in context: g/ and g* */
    IN_ENTITIES = 1 << 5,
    IN_CARD = 1 << 6,
    IN_QUOTES = 1 << 7,
    IN_ISSUES = 1 << 8,
    IN_HELP = 1 << 9,
    IN_LOOKUP = 1 << 10,
    IN_BOARD = 1 << 11,
    IN_CONFLICTS = 1 << 12,
    IN_NOTES = 1 << 13,
    IN_EVENT = 1 << 14,
    IN_PAIRS = 1 << 15,
    IN_WHY = 1 << 16,
    IN_ANY = (1 << 17) - 1,
};

/* The three places; views are stacked over one of them. */
enum slot { SLOT_LIST, SLOT_TEXT, SLOT_TIMELINE, SLOTS };

/* What a cursor can be on. */
enum thing_kind {
    THING_NONE = 0,
    THING_ARTICLE,
    THING_ENTITY, /* a mention of it, or the entity itself (where.article none) */
    THING_QUOTE,
    THING_DATE,
    THING_EVENT,
    THING_PASSAGE, /* words with nothing found in them: a search hit */
    THING_ISSUE,
    THING_NOTE,
};

struct thing {
    uint8_t kind;
    struct passage where; /* where it stands; article none: nowhere in particular */
    entity_id entity;
    group_id group;
    event_id event;
    int64_t note;         /* its number; 0: none */
    uint32_t row;         /* index in its article's run: mention, quotation or date; or an issue */
};

/* Ways to move. */
enum move {
    MOVE_LINES,   /* n, negative up */
    MOVE_PAGES,
    MOVE_HALVES,
    MOVE_TO,      /* line n, from 1; past the end: the last */
    MOVE_PERCENT,
};

struct pane {
    const struct pane_ops *ops;
    const char *name;     /* "Articles": for titles and help */
    enum context context;
    struct rect at;     /* where it draws, its title row not counted */
    bool dirty;         /* everything must be drawn anew: set on layout, reload, focus */
};

struct pane_ops {
    void (*close)(struct pane *p);
    /* dossier_take reported `changed` (enum dossier_change, or PANE_REFILL): ids of entities,
     * groups and events may be new ones.  May be null. */
    void (*taken)(struct pane *p, struct app *app, unsigned changed);
    void (*title)(struct pane *p, struct app *app, struct line *out);
    void (*draw)(struct pane *p, struct app *app, bool focused);
    /* False when it could not move any further. */
    bool (*move)(struct pane *p, struct app *app, enum move how, long n);
    void (*open)(struct pane *p, struct app *app);                  /* Enter; may be null */
    bool (*thing)(struct pane *p, struct app *app, struct thing *out); /* may be null */
    /* The card line of what the cursor is on, where there is something better to say than the
     * session's own card of the thing; false: nothing.  May be null. */
    bool (*card)(struct pane *p, struct app *app, struct line *out);
    /* Goes to the n-th next place that answers the session's search (n < 0: back), counted from
     * where the cursor is, or, when `incremental`, from where the search began; says "3 of 17".
     * n 0: remembers that a search begins here; incremental: goes back to there. */
    void (*search)(struct pane *p, struct app *app, long n, bool incremental);
    /* The rows that would show all of it in a pane this wide; 0: as many as it may have.  May be
     * null: the same. */
    int (*rows_wanted)(struct pane *p, struct app *app, int cols);
    /* The line at the cursor as text, for copying where there is no thing; may be null. */
    void (*copy)(struct pane *p, struct app *app, struct line *out);
};

/* Besides enum dossier_change: the reader changed filter, sort, notes or read articles. */
#define PANE_REFILL 0x1000u
/* Notes alone changed, or their places. */
#define PANE_NOTES  0x2000u
/* A list whose rows depend on its width has another one. */
#define PANE_WIDTH  0x4000u

#endif
