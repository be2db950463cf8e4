/* prompt: the one-line editor at the foot of the screen, fed one key at a time; it never blocks.
 *
 * Left ^B, right ^F, ends ^A ^E, a word C-Left C-Right; delete before ^H Backspace, under ^D
 * Delete, the word before ^W, to the start ^U, to the end ^K, put back what was deleted last ^Y;
 * older ^P Up, newer ^N Down (those that begin as the text does); complete Tab, S-Tab; Enter is
 * done; ^C, ^G, Esc, and Backspace or ^D in an empty prompt, cancel.  Everything moves by grapheme
 * clusters.  Pasted text is text: its line ends and tabs become blanks and end nothing. */
#ifndef TUI_PROMPT_H
#define TUI_PROMPT_H

#include "core/arena.h"
#include "tui/frame.h"

#define PROMPT_BYTES 4096 /* what a prompt holds; keys beyond are refused */

/* ---- history: lines entered before, newest first ---- */

struct history;

struct history *history_open(size_t most);
void history_close(struct history *h);
/* A line already there moves to the front; the empty line is none; the oldest is forgotten at
 * `most`. */
void history_add(struct history *h, struct str line);
size_t history_count(const struct history *h);
struct str history_at(const struct history *h,
                      size_t i); /* 0 is the newest; borrowed until the next add */

/* ---- completion ---- */

struct candidates {
    struct span replaced; /* of the text: what each candidate stands in for */
    VEC(struct str) list; /* in the arena, or longer-lived */
    struct arena arena;
};

struct completer {
    /* Fills `out`, which comes empty, for the cursor (bytes) in `text`. */
    void (*complete)(void *context, struct str text, size_t cursor, struct candidates *out);
    void *context;
};

/* ---- the prompt ---- */

struct prompt;

enum prompt_state { PROMPT_GOING, PROMPT_DONE, PROMPT_CANCELLED };

struct prompt *prompt_open(void);
void prompt_close(struct prompt *p);

/* Begins anew with `text`, the cursor behind it; label and text are copied, history and completer
 * borrowed until the next start or close. `history` may be null, and so may
 * `completer.complete`. */
void prompt_start(struct prompt *p, struct str label, struct str text, struct history *history,
                  struct completer completer);
/* PROMPT_DONE adds the text to the history. */
enum prompt_state prompt_key(struct prompt *p, uint32_t key);
struct str prompt_text(const struct prompt *p); /* borrowed until the next key; UTF-8 */
size_t prompt_cursor(const struct prompt *p);   /* bytes */

/* What Tab found and which of it is in the text (SIZE_MAX: none yet); empty when nothing is being
 * completed. Borrowed until the next key. */
const struct candidates *prompt_candidates(const struct prompt *p, size_t *selected);

/* Label and text in row y of `clip`, scrolled so that the cursor is seen, and the frame's
 * cursor. */
void prompt_draw(struct prompt *p, struct frame *f, struct rect clip, int y);

#endif
