/* terminfo: the terminal's entry, as the reader would rather have it.
 *
 * Many entries put two things together: switching the looks off, and leaving the line-drawing
 * character set (xterm's sgr0 is ESC ( B ESC [ m).  The reader draws no lines with that set, so
 * each change of looks would pay for it, and a change of character set would go out for which
 * nobody asked.  What is here makes an entry without it.
 *
 * A scroll region that stays set from one line scrolled to the next saves setting it twice a line,
 * but moving up or down by rows (cud1 is often a line feed) is held up at its edges, or scrolls it.
 * Where the terminal has regions the entry is left without such moves; places are then addressed.
 * It is left without means to scroll as well, for curses would look for lines to scroll at each
 * frame and set the region anew: who wants to scroll notes them beforehand. */
#ifndef TUI_TERMINFO_H
#define TUI_TERMINFO_H

#include <stdbool.h>
#include <stddef.h>

/* Changes the compiled entry of `n` bytes (term(5), both formats) in place: no change of character
 * set in sgr0, and no sgr, which repeats every look at each change; bold, underline and the others
 * have strings of their own; no moves by rows, no scrolling, no lines inserted or deleted where
 * there are csr, ind and ri.  False, and nothing changed, where the entry has none of these. */
bool terminfo_trim(char *entry, size_t n);

/* From here to terminfo_restore curses finds the entry of `term` trimmed, through the environment's
 * TERMINFO.  Finds it where curses would (terminfo(5), "Fetching Compiled Descriptions"); where
 * nothing is found or nothing can be trimmed all stays as it was. */
void terminfo_offer(const char *term);
void terminfo_restore(void);

#endif
