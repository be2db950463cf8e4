/* glyph: the one place where text becomes something a terminal may be shown.
 *
 * Text of articles, file names, notes and messages is untrusted.  A glyph is one grapheme cluster
 * made safe: C0, DEL and C1 controls become pictures (␛) or, where the locale cannot show those,
 * caret forms (^[); bidirectional, zero-width, tag and other format characters become visible
 * marks; a cluster keeps at most GLYPH_MARKS combining marks; what the locale cannot encode
 * becomes '?'.  Nothing that did not come through here reaches a frame or a terminal.
 * (Widths as wcwidth(3) has them, since curses counts so.) */
#ifndef TUI_GLYPH_H
#define TUI_GLYPH_H

#include "core/base.h"

#define GLYPH_MARKS 8
#define GLYPH_BYTES 40 /* of UTF-8, enough for an emoji family or GLYPH_MARKS marks */

struct glyph {
    char bytes[GLYPH_BYTES];
    uint8_t n;      /* bytes used */
    uint8_t cols;   /* cells: 1 or 2, more for visible marks such as <202E>; never 0 */
    uint32_t taken; /* bytes of the source it stands for */
};

/* What the terminal's locale can show; set once at start by main. */
void glyph_init(bool utf8);

/* The glyph at byte `at` (< s.n) of valid UTF-8.  Fast for printable ASCII. A '\n' or '\t' here is
 * a control like any other: layout deals with line ends and tabs before. */
void glyph_at(struct str s, size_t at, struct glyph *out);

/* Cells that the whole of `s` takes, stopping at `max` (0: none). */
unsigned glyph_cols(struct str s, unsigned max);

/* Writes `s` made safe to a stream: for headless output on a terminal, where '\n' stays. */
#include <stdio.h>
void glyph_print(FILE *to, struct str s);

#endif
