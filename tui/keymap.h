/* keymap: key sequences and the commands they mean, per context.
 *
 * A sequence is one to KEYMAP_KEYS keys, written the way help prints it: "j", "g*", "]e", "^W h",
 * "Tab", "S-Tab", "F1", "<Space>", "g<Enter>".  A sequence that is the beginning of others is a
 * prefix and means nothing by itself, so nothing ever waits for a timer: the reader shows the
 * prefix and the next key decides.  Context 0 holds what is true everywhere; a pane's own context
 * goes before it.  Counts, and keys taken as arguments (m x), are the caller's. */
#ifndef TUI_KEYMAP_H
#define TUI_KEYMAP_H

#include "core/arena.h"

#define KEYMAP_KEYS 4
#define KEYMAP_TEXT 64 /* bytes of a printed sequence, NUL included */

struct keymap;

struct keymap *keymap_open(void);
void keymap_close(struct keymap *k);

/* Binds (command > 0) or unbinds (0) a sequence; what was bound to it before is forgotten.  Null,
 * or a sentence: bad notation; the sequence is the beginning of others in this context, or goes on
 * behind a bound one. */
const char *keymap_bind(struct keymap *k, unsigned context, struct str keys, int command);

enum keymap_answer {
    KEYMAP_NONE,    /* nothing begins so */
    KEYMAP_PREFIX,  /* more keys are needed */
    KEYMAP_COMMAND, /* *command is set */
};
/* What `keys` mean in `context`, then in context 0. O(log bindings). */
enum keymap_answer keymap_find(const struct keymap *k, unsigned context, const uint32_t *keys,
                               size_t n, int *command);

/* For help: the sequences bound in `context` (alone), in order of their keys; false behind the
 * last. `text` gets the printed sequence. */
bool keymap_each(const struct keymap *k, unsigned context, size_t *at, int *command,
                 char text[KEYMAP_TEXT]);

/* ---- notation ---- */

/* Reads a sequence; null, or a sentence about what is wrong.  Keys named with more than one letter
 * stand alone between blanks or in <>; ^X and <C-x> are control keys; blanks part keys; "<lt>" is
 * <. */
const char *keys_parse(struct str text, uint32_t keys[KEYMAP_KEYS], size_t *n);
/* Prints a sequence (cut at KEYMAP_KEYS keys) so that keys_parse reads the same. */
void keys_print(const uint32_t *keys, size_t n, char text[KEYMAP_TEXT]);

#endif
