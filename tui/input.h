/* input: what a terminal sent made into keys that are safe to obey.
 *
 * A terminal's input holds more than what a person typed: pasted text, which may hold the very
 * bytes that end a paste, and answers to questions that an article tricked the terminal into
 * hearing. Here a paste is kept whole, whatever it holds, and control sequences that are no key are
 * swallowed instead of being obeyed letter by letter.  Knows no terminal: the bytes come from a
 * callback. */
#ifndef TUI_INPUT_H
#define TUI_INPUT_H

#include "core/arena.h"

/* A function key that has no meaning here. */
#define INPUT_UNKNOWN 0x11ffffu

struct input {
    uint32_t (*read)(void *context); /* what is there: a code point, an enum key, or KEY_NONE_ */
    bool (*wait)(void *context, int ms); /* true when something came within so long */
    void *context;
    VEC(uint32_t) ahead; /* read and not yet served, from `next` on */
    size_t next, ends_ahead;
    bool pasting;
};

void input_init(struct input *in, uint32_t (*read)(void *), bool (*wait)(void *, int ms),
                void *context);
void input_finish(struct input *in);

/* The next key, or KEY_NONE_ when none is there.  Waits at most some 25 ms, and only inside a
 * sequence or at the end of a paste: the rest of it is on its way. */
uint32_t input_next(struct input *in);

#endif
