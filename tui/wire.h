/* wire: the way to the terminal, where several parts of a frame become one write.
 *
 * Curses writes its own output and takes no strings from others into it.  Between wire_hold and
 * wire_release what is written to the terminal's descriptor is kept, whoever writes it; the release
 * sends it at once, with what belongs before and behind it. */
#ifndef TUI_WIRE_H
#define TUI_WIRE_H

#include "core/base.h"

struct wire {
    int fd;       /* the terminal's, as curses knows it */
    int terminal; /* the terminal, whatever fd is at the moment */
    int kept;     /* a file in memory */
};

/* False: the system has no means to hold, and the wire must not be held. */
bool wire_open(struct wire *w, int fd);
void wire_close(struct wire *w);

void wire_hold(struct wire *w);
/* Without changes of looks that the next undoes (wire_shorten). */
void wire_release(struct wire *w, struct str before, struct str behind);

/* Takes out the SGR sequences right before one that resets all looks (ESC [ m); curses, which
 * resets a colour by itself, writes both.  Returns what is left of the n bytes. Linear. */
size_t wire_shorten(char *bytes, size_t n);

/* Writes all of it, waiting as long as it takes; false: it cannot be written. Safe in a handler of
 * signals. */
bool wire_write(int fd, const char *bytes, size_t n);

#endif
