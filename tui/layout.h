/* layout: the rectangles of the three places, for a size and a choice. */
#ifndef TUI_LAYOUT_H
#define TUI_LAYOUT_H

#include "tui/pane.h"

enum layout_choice { LAYOUT_AUTO, LAYOUT_BANDS, LAYOUT_COLUMNS, LAYOUT_ONE };

struct layout_wish {
    enum layout_choice
        choice; /* auto: columns from 120 cells on, one pane under 16 rows, else bands */
    enum slot focus;
    bool only;                 /* `O`: the pane with the keys has everything */
    bool view;                 /* a view stands over the list: it gets more room */
    int view_rows; /* ... but no more than this where it is above the text; 0: no limit */
};

/* A place: a title row with a body under it, side by side parted by a rule of one column.  A place
 * without rows is not shown. */
struct layout {
    enum layout_choice shape; /* never auto */
    struct rect title[SLOTS], body[SLOTS];
    int rule_x[2];            /* columns of the rules, or -1 */
    int last_row;             /* the row of prompt, message and card; -1: there is none */
};

struct layout layout_make(int cols, int rows, struct layout_wish wish);

static inline bool layout_shows(const struct layout *l, enum slot s)
{
    return l->title[s].rows > 0 || l->body[s].rows > 0;
}

#endif
