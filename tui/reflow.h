/* reflow: which line ends of a text a hand put there for want of room.
 *
 * Typescript, wire copy and mail come with lines broken at some 70 characters; shown in a narrower
 * pane as they are, every other row is a stub.  A break for want of room can be told: the next word
 * would not have fitted.  A line end that is meant (a heading, verse, a list, a row of a table) has
 * room left, or begins the next line with a sign of its own. */
#ifndef TUI_REFLOW_H
#define TUI_REFLOW_H

#include "core/base.h"

/* The characters a line of this text holds, when its lines were broken by hand; 0: they were not.
 * Looks at the first `REFLOW_SAMPLE_BYTES` of wrap.h. */
uint32_t reflow_width(struct str text);
/* Was the line end at `at` put there for want of room, in a text of this width?  O(width). */
bool reflow_joins(struct str text, size_t at, uint32_t width);

#endif
