/* clipboard: a text as the bytes that put it into the clipboard of the reader's own machine. */
#ifndef TUI_CLIPBOARD_H
#define TUI_CLIPBOARD_H

#include <stdbool.h>

#include "core/base.h"
#include "tui/screen.h"

/* OSC 52 with the text in base64; controls but '\n' and '\t' go as their pictures, since another
 * program will paste it.  `tmux`, `screen`: that multiplexer stands between, and the sequence is
 * wrapped so that it hands it on.  *n bytes for the caller to free; NULL: longer than
 * SCREEN_COPY_BYTES, never cut. */
char *clipboard_sequence(struct str text, bool tmux, bool screen, size_t *n);

#endif
