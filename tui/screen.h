/* screen: one contract, two screens.  screen_curses.c is the only file that knows curses;
 * screen_memory.c keeps the frame for a test to read. */
#ifndef TUI_SCREEN_H
#define TUI_SCREEN_H

#include "tui/frame.h"

/* A key as the keymap knows it: a code point, or one of these.  Control keys are 1..26, 27 is Esc. */
enum key {
    KEY_NONE_ = 0,
    KEY_SPECIAL_ = 0x110000, /* above Unicode */
    K_UP, K_DOWN, K_LEFT, K_RIGHT, K_HOME, K_END, K_PAGE_UP, K_PAGE_DOWN, K_INSERT, K_DELETE,
    K_BACKSPACE, K_BACKTAB, K_ENTER,
    K_F1, K_F2, K_F3, K_F4, K_F5, K_F6, K_F7, K_F8, K_F9, K_F10, K_F11, K_F12,
    K_RESIZE,        /* the size changed: ask it */
    K_PASTE_BEGIN, K_PASTE_END, /* bracketed paste: keys between are text, never commands */
};

struct screen; /* opaque; made by one of the opens */

struct screen_ops {
    void (*size)(struct screen *s, int *cols, int *rows);
    /* Shows the frame: rows touched since the last show; one write(2) as a rule. */
    void (*show)(struct screen *s, struct frame *f);
    void (*redraw)(struct screen *s); /* ^L: the next show repaints everything */
    /* The next key that is already there, or KEY_NONE_; never blocks. False in *alive: the terminal
     * is gone. */
    uint32_t (*key)(struct screen *s, bool *alive);
    int (*fd)(struct screen *s); /* to poll for keys; -1: none */
    void (*suspend)(struct screen *s);  /* the terminal as it was found, until resume */
    void (*resume)(struct screen *s);
    /* To the local clipboard (OSC 52, through multiplexers); false: too long, or the terminal has none. */
    bool (*copy)(struct screen *s, struct str text);
    void (*theme)(struct screen *s, const struct theme *t);
    void (*close)(struct screen *s);
};

struct screen {
    const struct screen_ops *ops;
};

/* Null and a sentence in *why when the terminal will not do. */
struct screen *screen_curses_open(const struct theme *t, const char **why);

/* Reads its keys from a script; keeps what it is shown. */
struct screen *screen_memory_open(int cols, int rows);
void screen_memory_keys(struct screen *s, const uint32_t *keys, size_t n); /* appended */
void screen_memory_resize(struct screen *s, int cols, int rows);           /* a K_RESIZE follows */
/* The text layer, then a face layer of one letter a cell; rows end in '\n', trailing blanks cut.  Malloced. */
char *screen_memory_dump(const struct screen *s, bool faces);
struct str screen_memory_copied(const struct screen *s); /* the last text copied */

#endif
