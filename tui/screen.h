/* screen: one contract, two screens.  screen_curses.c is the only file that knows curses;
 * screen_memory.c keeps the frame for a test to read. */
#ifndef TUI_SCREEN_H
#define TUI_SCREEN_H

#include "tui/frame.h"

/* A key as the keymap knows it: a code point, or one of these.  Control keys are 1..26 (Tab is 9),
 * 27 is Esc.  Carriage return is K_ENTER, DEL is K_BACKSPACE (8 is ^H). */
enum key {
    KEY_NONE_ = 0,
    KEY_SPECIAL_ = 0x110000, /* above Unicode */
    K_UP,
    K_DOWN,
    K_LEFT,
    K_RIGHT,
    K_HOME,
    K_END,
    K_PAGE_UP,
    K_PAGE_DOWN,
    K_INSERT,
    K_DELETE,
    K_BACKSPACE,
    K_BACKTAB,
    K_ENTER,
    K_WORD_LEFT,
    K_WORD_RIGHT,
    K_F1,
    K_F2,
    K_F3,
    K_F4,
    K_F5,
    K_F6,
    K_F7,
    K_F8,
    K_F9,
    K_F10,
    K_F11,
    K_F12,
    K_RESIZE, /* the size changed: ask it */
    K_PASTE_BEGIN,
    K_PASTE_END, /* bracketed paste: keys between are text ('\n', '\t' and what can be
                  * printed), never commands; an end that was pasted ends nothing */
};

/* What terminals take at most is 74,994 bytes of base64. */
#define SCREEN_COPY_BYTES (74994 / 4 * 3)

struct screen; /* made by one of the opens */

struct screen_ops {
    void (*size)(struct screen *s, int *cols, int *rows);
    /* Shows the frame: rows touched since the last show; one write(2) as a rule. */
    void (*show)(struct screen *s, struct frame *f);
    void (*redraw)(struct screen *s); /* ^L: the next show repaints everything */
    /* The next key that is already there, or KEY_NONE_; never blocks. False in *alive: the terminal
     * is gone. */
    uint32_t (*key)(struct screen *s, bool *alive);
    /* To poll for reading: keys, a new size, the loss of the terminal; -1: none.  When it is
     * readable call `key` until it gives none. */
    int (*fd)(struct screen *s);
    void (*suspend)(struct screen *s); /* the terminal as it was found, until resume */
    void (*resume)(struct screen *s);  /* the next show repaints everything */
    /* To the local clipboard (OSC 52, through multiplexers); false: longer than SCREEN_COPY_BYTES,
     * or the terminal has none. Never cut; controls but '\n' and '\t' go as their pictures. */
    bool (*copy)(struct screen *s, struct str text);
    /* The theme was changed or is another; borrowed until the next call or close. Repaints. */
    void (*theme)(struct screen *s, const struct theme *t);
    /* Synchronised updates (mode 2026) although terminfo does not tell of them, or not at all. */
    void (*sync)(struct screen *s, bool on);
    void (*close)(struct screen *s);
};

struct screen {
    const struct screen_ops *ops;
};

/* Null and a sentence in *why when the terminal will not do.  Call setlocale and glyph_init before.
 * Keys come from standard input, or from /dev/tty when that is no terminal.  One at a time. */
struct screen *screen_curses_open(const struct theme *t, const char **why);

/* Reads its keys from a script; keeps what it is shown. */
struct screen *screen_memory_open(int cols, int rows);
void screen_memory_keys(struct screen *s, const uint32_t *keys, size_t n); /* appended */
void screen_memory_resize(struct screen *s, int cols, int rows);           /* a K_RESIZE follows */
void screen_memory_hang_up(struct screen *s); /* not alive from now on */
/* The text layer, then (with `faces`) a face layer of one letter a cell: face_letter, but '@' where
 * the cursor is, '%' selected, '/' a hit; last the terminal's cursor when it is shown.  Rows end in
 * '\n', trailing blanks (trailing running text in the face layer) cut.  Malloced. */
char *screen_memory_dump(const struct screen *s, bool faces);
/* What it was shown so far: a test's measure of drawing too much. */
struct screen_count {
    uint64_t frames, rows, cells, moves;
};
struct screen_count screen_memory_count(const struct screen *s);
struct str screen_memory_copied(const struct screen *s); /* the last text copied */

#endif
