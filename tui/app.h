/* app: a reading session.  State and a key make new state; drawing is apart.
 *
 * The session knows which panes stand where and which of them has the keys, the place in the text
 * and how one came there, what is searched for, and what the last line says.  It takes in what
 * the dossier has ready between two keys, so no lock is held while drawing.  Everything is in
 * `struct app`: two sessions may live in one test. */
#ifndef TUI_APP_H
#define TUI_APP_H

#include "core/note_files.h"
#include "tui/acts.h"
#include "tui/command.h"
#include "tui/config.h"
#include "tui/jumps.h"
#include "tui/keymap.h"
#include "tui/label.h"
#include "tui/layout.h"
#include "tui/list_filter.h"
#include "tui/pane.h"
#include "tui/prompt.h"
#include "tui/screen.h"
#include "tui/search.h"
#include "tui/seen.h"
#include "tui/state.h"

/* What main introduces.  All borrowed, until app_run or app_close returns. */
struct app_setup {
    struct dossier *dossier;
    struct screen *screen;
    struct theme *theme;
    struct config *config;       /* may be null; its errors are added to */
    struct str case_name;        /* for people */
    struct keep *keep;           /* where state is kept; null: nowhere */
    const char *state_folder;    /* for drafts, and what no clipboard takes; null: there is none */
    struct notes *notes;         /* null: none can be made */
    const struct note_reader *note_reader; /* null: notes cannot be imported */
};

/* Reads until the reader quits or the terminal is gone: the exit status.  The screen is left open;
 * it must be closed by the caller, also after a lost terminal. */
int app_run(const struct app_setup *setup);

/* ---- the session, for app_run and for tests ---- */

#define VIEWS_MAX 8

struct stack {
    struct pane *v[VIEWS_MAX];
    enum slot from[VIEWS_MAX]; /* who had the keys when it was put there */
    int n;
};

struct app {
    struct dossier *dossier;
    struct screen *screen;
    struct theme *theme;
    struct str case_name;
    const char *state_folder;
    struct config *config;
    struct settings settings;

    struct frame *frame;
    int cols, rows;
    struct layout layout;
    uint64_t title_shown[SLOTS]; /* a fingerprint of what each title shows; 0: nothing yet */
    bool stale_layout;   /* rectangles, rules and titles are to be made anew */
    enum slot focus;
    bool only;
    struct stack slots[SLOTS];

    struct keymap *keys;
    uint32_t pending[KEYMAP_KEYS]; /* the sequence typed so far */
    size_t n_pending;
    uint32_t count;              /* typed before it; 0: none */
    struct call wants_letter;    /* ARG_LETTER: the next key is its letter; CMD_NONE: none is */
    bool pasting;                /* inside a paste that nobody asked for */
    VEC(struct str) bound_lines; /* `:bind` to a command with its argument */

    /* The prompt, and the command whose argument it asks for; CMD_NONE: it is closed. */
    struct prompt *prompt;
    struct call asking;
    bool offering;               /* what Tab found is shown */
    bool lookup_due;             /* a quotation was typed on: looked up before the next frame */
    struct history *command_history, *search_history;
    struct passage asked_at;     /* the place in the text when asking began */

    struct search search;
    struct jumps jumps;
    struct notes *notes;
    const struct note_reader *note_reader;
    struct notes_asked asked;    /* for queries (list_filter.h) */
    bool own_notes;              /* there was no store: an empty table of our own */
    /* The note that the prompt, or the editor, is asked about. */
    struct {
        bool set;
        bool unsaved;            /* words were typed since a draft kept them */
        int64_t id;              /* of the note; 0: a new one */
        int64_t draft;           /* the row that keeps what is typed; 0: none yet */
        struct passage where;    /* of a new one */
    } noting;
    int64_t stepped_note; /* gone to by `]n` last: where several begin, the cursor is on this one */
    int64_t held_note;           /* selected by its words, to be put on others; 0: none */
    uint32_t label_letters[LABEL_FACES]; /* of label-1 and so on; all 0: by the alphabet */
    bool draft_offered;
    bool notes_taken;            /* the notes were asked for: after the first frame */
    /* The name that `=` was pressed on, until it or `-` is pressed on another. */
    struct {
        byte_vec name, entity; /* as it stands there; the name of whose it is */
        bool set;
    } deciding;
    struct acts acts;            /* what the reader did, to be undone */
    struct state state;          /* articles read, sort, filter: what is kept */
    bool settled;                /* it is known which case this is */
    bool keep_due;               /* an article was left: keep when no key waits */
    bool keep_failed;            /* said already */
    struct list_filter filter;
    struct seen seen;            /* sentences read, while `dim` is on */
    span_vec lit;                /* of the row that is drawn */
    bool placed;                 /* the text shows what the reader or the kept place asked for */
    bool touched;                /* a key was pressed */

    struct {
        enum face face;
        bool set;
        bool carded; /* the card of what the cursor is on follows it */
        struct line text;
    } message;
    unsigned errors;             /* said so far */
    struct line line;            /* for titles and the card */
    bool quit, suspend;
};

struct app *app_open(const struct app_setup *setup);
void app_close(struct app *app);
/* One key (enum key or a code point). */
void app_key(struct app *app, uint32_t key);
/* Takes in what the dossier has ready. */
void app_take(struct app *app);
/* Makes the frame and shows it: what did not change is not drawn. */
void app_draw(struct app *app);
/* Gives the panes their rectangles, when something changed them. */
void app_lay_out(struct app *app);

/* Links are made anew with what the reader decided (state.h). */
void app_decided(struct app *app);

enum keep_when {
    KEEP_IDLE, /* no key waits: not now, if another session is writing */
    KEEP_NOW,
    KEEP_LAST, /* the session ends, whether all articles came in or not */
};
/* Writes what is to be kept of this session (state.h); says once that it cannot be. */
void app_keep(struct app *app, enum keep_when when);
/* Takes in what another session kept of the same case. */
void app_sync(struct app *app);

/* Keys (keys.c) and prompt (ask.c). */
void app_ask_open(struct app *app);
void app_ask_close(struct app *app);
void app_keys_open(struct app *app);
void app_keys_close(struct app *app);
/* Binds the keys of the setting `keys` anew, over the defaults. */
void app_keys_style(struct app *app);
/* Binds (action > 0: a command, or COMMANDS and more: a line of app->bound_lines) one sequence in
 * these contexts.  Null, or a sentence. */
const char *keys_bind(struct keymap *keys, struct str sequence, unsigned contexts, int action);
/* Binds all of the command table.  Null, or what is wrong with the table. */
const char *keys_bind_table(struct keymap *keys);
/* A key for the open prompt. */
void app_ask_key(struct app *app, uint32_t key);
/* Draws the prompt; false when it is closed. */
bool app_prompt_draw(struct app *app, struct rect at);

/* ---- for commands and panes ---- */

/* Opens the prompt for the argument of a command, which is called with it on Enter. */
void app_ask(struct app *app, enum command c, const char *label, struct str text);
/* Makes the text the session's search; false when it is no query, which is said unless the text is
 * still being typed. */
bool app_search_for(struct app *app, struct str text, bool back, bool incremental);
/* Looks up what is typed of a quotation so far: once for all keys (or a whole paste) that came
 * before a frame. */
void app_lookup_due(struct app *app);
/* Leaves the look-up when asking was cancelled with nothing typed. */
void app_lookup_cancelled(struct app *app);
/* To the n-th next place of it in the pane that has the keys. */
void app_search_go(struct app *app, long n, bool incremental);

/* printf to the message line; stays until the next key. */
void app_say(struct app *app, enum face face, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The same for what went wrong; counted in app->errors. */
void app_error(struct app *app, const char *format, ...) __attribute__((format(printf, 2, 3)));

struct pane *app_pane(const struct app *app, enum slot s); /* the top of the stack; never null */
struct pane *app_focused(const struct app *app);
/* The contexts of the pane that has the keys. */
unsigned app_context(const struct app *app);

void app_focus(struct app *app, enum slot s);
/* Puts a view over a slot and gives it the keys.  A view of the same context that is already
 * there is replaced. */
void app_push(struct app *app, enum slot s, struct pane *view);
/* Takes the top view of a slot away, and gives the keys back to the pane that had them when it was
 * opened; false when only the pane itself is left. */
bool app_pop(struct app *app, enum slot s);
/* The pane of this context, wherever it stands in a stack; null: it is not open. */
struct pane *app_find(const struct app *app, enum context context);
/* Finds the places of notes in what is there, tells the panes, offers a draft left behind. */
void app_notes_take(struct app *app);
/* The panes are told that notes changed. */
void app_notes_changed(struct app *app);
/* What is being typed for a note is kept as a draft: at pauses, and when the terminal is gone. */
void app_notes_keep_draft(struct app *app);
/* All panes are told: filter, sort, read articles, notes (PANE_REFILL). */
void app_refill(struct app *app);

/* The article in the text; id 0 when none is open. */
article_id app_article(const struct app *app);
/* What the cursor of the pane that has the keys is on. */
bool app_thing(struct app *app, struct thing *out);
/* The thing with an entity that is meant: under the cursor, or first in the cursor's line. */
bool app_entity(struct app *app, struct thing *out);
/* The selected words of the text, while it has the keys; out may be null. */
bool app_selection(struct app *app, struct passage *out);

/* Does this text answer the session's search?  False when nothing is searched for. */
bool app_matches(struct app *app, struct str text);
/* Lights up in `l` what answers the search. */
void app_light(struct app *app, struct line *l);

/* How a passage is gone to. */
enum go {
    GO_SHOW = 0,
    GO_JUMP = 1,  /* remember where we were */
    GO_FOCUS = 2, /* the text gets the keys, and counts as read */
    GO_READ = 4,  /* it counts as read */
};
/* Shows a passage in the text; the list and the timeline follow. */
void app_go(struct app *app, struct passage where, unsigned how);
/* The place in the text. */
struct passage app_here(const struct app *app);
/* Keeps up with `dim`: the sentences of all articles read are known while it is on. */
void app_dim(struct app *app);
/* The text's cursor moved: the timeline follows, unless it is what moved it. */
void app_text_moved(struct app *app);

#endif
