/* glyph: the one place where text becomes something a terminal may be shown.
 *
 * Text of articles, file names, notes and messages is untrusted.  A glyph is one grapheme cluster
 * made safe: C0, DEL and C1 controls become pictures (␛) or, where the locale cannot show those,
 * caret forms (^[); bidirectional, zero-width and other format characters, and characters the
 * locale does not know, become visible marks (<202E>); a run of tag characters shows its letters
 * (<gbeng>); a base keeps at most GLYPH_MARKS combining marks; what the locale cannot encode
 * becomes its nearest ASCII form ("e" for "é"), else '?'.  Nothing that did not come through here
 * reaches a frame or a terminal.  (Widths as wcwidth(3) has them, since curses counts so.)
 *
 * Terminals disagree about the width of joined emoji, of skin tones and of variation selectors; so
 * the joiner, the tone and the selector are left out of what is shown (never out of the text). */
#ifndef TUI_GLYPH_H
#define TUI_GLYPH_H

#include <stdio.h>

#include "core/base.h"

#define GLYPH_MARKS 4  /* what a cell of curses holds beside its base (CCHARW_MAX is 5) */
/* Of UTF-8: an emoji family, or a tag run; longer clusters are cut in pieces. */
#define GLYPH_BYTES 40
#define CELL_BYTES (4 * (1 + GLYPH_MARKS))

struct glyph {
    char bytes[GLYPH_BYTES];
    uint8_t n;      /* bytes used */
    uint8_t cols; /* cells on the screen, never 0; above 2 for marks (<202E>) and emoji families */
    uint8_t parts;  /* spacing characters in `bytes`, each the base of one cell; see glyph_part */
    bool cut;       /* the cluster goes on behind it: no place to break a row or to stop a cursor */
    uint32_t taken; /* bytes of the source it stands for */
};

/* What the terminal's locale can show; set once at start by main, after setlocale. Until then:
 * ASCII. */
void glyph_init(bool utf8);

/* The glyph at byte `at` (< s.n) of UTF-8 (a byte that is not shows as U+FFFD).  Fast for printable
 * ASCII; looks at most some hundred bytes ahead, so a flood of marks costs no more than its length.
 * A '\n' or '\t' here is a control like any other: layout deals with line ends and tabs before. */
void glyph_at(struct str s, size_t at, struct glyph *out);

/* The next part of a glyph: one base with its marks, what one cell (two columns: two cells) shows.
 * *at counts bytes and starts at 0; false at the end. At most CELL_BYTES bytes, 1 or 2 columns. */
bool glyph_part(const struct glyph *g, unsigned *at, struct str *part, unsigned *cols);

/* Cells that the whole of `s` takes, stopping at `max` (0: none). */
unsigned glyph_cols(struct str s, unsigned max);

/* Writes `s` made safe to a stream: for headless output on a terminal, where '\n' and '\t' stay. */
void glyph_print(FILE *to, struct str s);

#endif
