/* Bands are full-width because a terminal scrolls only across its whole width: a line of text
 * scrolled in a band costs that line, beside another pane the whole pane.  The text gets by far
 * the most; the two lists get a sixth to a quarter of the rows each, never less than two. */
#include "tui/layout.h"

#define COLUMNS_FROM 120
#define ONE_UNDER_ROWS 16
#define TEXT_COLS_MIN 44
#define VIEW_BESIDE_COLS 180 /* a view of passages needs the timeline's room on anything narrower */

static void place(struct layout *l, enum slot s, int x, int y, int cols, int rows)
{
    if (rows <= 0 || cols <= 0)
        return;
    if (rows == 1) { /* one row alone shows text rather than a title */
        l->body[s] = (struct rect){x, y, cols, 1};
        return;
    }
    l->title[s] = (struct rect){x, y, cols, 1};
    l->body[s] = (struct rect){x, y + 1, cols, rows - 1};
}

static int between(int low, int n, int high)
{
    return n < low ? low : n > high ? high : n;
}

static void make_bands(struct layout *l, int cols, int rows, struct layout_wish wish)
{
    int list = between(3, rows / 5, 10) + 1;
    int timeline = between(2, rows / 6, 9) + 1;
    if (wish.view && (wish.view_rows == 0 || wish.view_rows >= list)) {
        int most = wish.view_rows && wish.view_rows + 1 < rows / 2 ? wish.view_rows + 1 : rows / 2;
        list = between(list, most, rows - timeline - 4);
    }
    place(l, SLOT_LIST, 0, 0, cols, list);
    place(l, SLOT_TEXT, 0, list, cols, rows - list - timeline);
    place(l, SLOT_TIMELINE, 0, rows - timeline, cols, timeline);
}

static void make_columns(struct layout *l, int cols, int rows, struct layout_wish wish)
{
    int text = between(TEXT_COLS_MIN, cols / 2, 84);
    if (wish.view && cols < VIEW_BESIDE_COLS && wish.focus != SLOT_TIMELINE) {
        place(l, SLOT_LIST, 0, 0, cols - text - 1, rows);
        place(l, SLOT_TEXT, cols - text, 0, text, rows);
        l->rule_x[0] = cols - text - 1;
        return;
    }
    int list = wish.view ? (cols - text) * 3 / 5 : (cols - text) / 2;
    if (list < 8)
        list = 8;
    int timeline = cols - text - list - 2;
    place(l, SLOT_LIST, 0, 0, list, rows);
    place(l, SLOT_TEXT, list + 1, 0, text, rows);
    place(l, SLOT_TIMELINE, list + text + 2, 0, timeline, rows);
    l->rule_x[0] = list;
    l->rule_x[1] = list + text + 1;
}

static enum layout_choice shape_of(int cols, int rows, struct layout_wish wish)
{
    if (wish.only || wish.choice == LAYOUT_ONE || rows < ONE_UNDER_ROWS)
        return LAYOUT_ONE;
    if (wish.choice == LAYOUT_COLUMNS && cols >= TEXT_COLS_MIN + 24)
        return LAYOUT_COLUMNS;
    if (wish.choice == LAYOUT_AUTO && cols >= COLUMNS_FROM)
        return LAYOUT_COLUMNS;
    return LAYOUT_BANDS;
}

struct layout layout_make(int cols, int rows, struct layout_wish wish)
{
    struct layout l = {.rule_x = {-1, -1}, .last_row = rows > 1 ? rows - 1 : -1};
    int room = rows > 1 ? rows - 1 : rows;
    l.shape = shape_of(cols, rows, wish);
    if (l.shape == LAYOUT_ONE)
        place(&l, wish.focus, 0, 0, cols, room);
    else if (l.shape == LAYOUT_BANDS)
        make_bands(&l, cols, room, wish);
    else
        make_columns(&l, cols, room, wish);
    return l;
}
