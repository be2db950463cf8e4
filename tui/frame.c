/* One array of cells, row after row, and for each row the stretch of cells that changed.
 *
 * A cell is compared before it is written, so "touched" means changed, and drawing the same thing
 * twice is free downstream.  Moves are kept as a short list in the order they were made; a touched
 * stretch moves along with its row, so that a screen that replays the moves first and writes the
 * stretches after ends with the same cells.  When the list is full the rows of a move are simply
 * touched: more than a few moves in one frame come from code that should have drawn once. */
#include "tui/frame.h"

#include "core/arena.h"

#ifndef FRAME_MOVES
#define FRAME_MOVES 8
#endif
#define FRAME_MOST 4096 /* columns or rows: no terminal is larger, and nothing overflows */

struct stretch {
    int from, to; /* empty: from >= to */
};

struct frame {
    int cols, rows;
    struct cell *cells;
    struct stretch *touched; /* one a row */
    struct frame_move moves[FRAME_MOVES];
    int moves_n;
    int cursor_x, cursor_y;
};

static const struct cell blank = {.bytes = " ", .n = 1, .cols = 1};

static struct cell *row_of(const struct frame *f, int y)
{
    return f->cells + (size_t)y * (size_t)f->cols;
}

static void touch(struct frame *f, int y, int from, int to)
{
    struct stretch *t = &f->touched[y];
    if (from < t->from)
        t->from = from;
    if (to > t->to)
        t->to = to;
}

static void untouch(struct frame *f, int y)
{
    f->touched[y] = (struct stretch){f->cols, 0};
}

/* ---- life ---- */

static int within(int v, int low, int high)
{
    return v < low ? low : v > high ? high : v;
}

void frame_resize(struct frame *f, int cols, int rows)
{
    f->cols = within(cols, 1, FRAME_MOST);
    f->rows = within(rows, 1, FRAME_MOST);
    size_t n = (size_t)f->cols * (size_t)f->rows;
    f->cells = mem_grow(f->cells, n * sizeof(*f->cells));
    f->touched = mem_grow(f->touched, (size_t)f->rows * sizeof(*f->touched));
    for (size_t i = 0; i < n; i++)
        f->cells[i] = blank;
    f->cursor_x = f->cursor_y = -1;
    frame_touch_all(f);
}

struct frame *frame_open(int cols, int rows)
{
    struct frame *f = mem_alloc(sizeof(*f));
    *f = (struct frame){0};
    frame_resize(f, cols, rows);
    return f;
}

void frame_close(struct frame *f)
{
    if (!f)
        return;
    free(f->cells);
    free(f->touched);
    free(f);
}

int frame_cols(const struct frame *f)
{
    return f->cols;
}

int frame_rows(const struct frame *f)
{
    return f->rows;
}

const struct cell *frame_row(const struct frame *f, int y)
{
    return row_of(f, y);
}

/* ---- writing cells ---- */

static bool same_look(struct look a, struct look b)
{
    return a.face == b.face && a.flags == b.flags;
}

/* A wide glyph loses its other half when one of its cells is written over. */
static void unpair(struct frame *f, int x, int y)
{
    struct cell *row = row_of(f, y);
    int other = row[x].cols == 2 ? x + 1 : row[x].cols == 0 ? x - 1 : -1;
    if (other < 0 || other >= f->cols)
        return;
    struct look look = row[other].look;
    row[other] = blank;
    row[other].look = look;
    touch(f, y, other, other + 1);
}

static void set_cell(struct frame *f, int x, int y, struct str bytes, unsigned cols,
                     struct look look)
{
    struct cell *c = row_of(f, y) + x;
    if (c->n == bytes.n && c->cols == cols && same_look(c->look, look) &&
        memcmp(c->bytes, bytes.p, bytes.n) == 0)
        return;
    unpair(f, x, y);
    if (cols == 2)
        unpair(f, x + 1, y);
    memcpy(c->bytes, bytes.p, bytes.n);
    c->n = (uint8_t)bytes.n;
    c->cols = (uint8_t)cols;
    c->look = look;
    if (cols == 2)
        c[1] = (struct cell){.look = look};
    touch(f, y, x, x + (int)cols);
}

static void set_ascii(struct frame *f, int x, int y, char byte, struct look look)
{
    struct cell *c = row_of(f, y) + x;
    if (c->bytes[0] != byte || c->n != 1 || !same_look(c->look, look))
        set_cell(f, x, y, str_from(&byte, 1), 1, look);
}

/* The part of the screen that `clip` leaves, and where its columns begin: x of clip is `left`. */
struct window {
    int left, from, to, y;
};

/* False when nothing of row y of `clip` is on the screen. */
static bool window_of(const struct frame *f, struct rect clip, int y, struct window *w)
{
    w->left = clip.x;
    w->y = clip.y + y;
    w->from = clip.x < 0 ? 0 : clip.x;
    int room = clip.cols < f->cols - clip.x ? clip.cols : f->cols - clip.x;
    w->to = clip.x + room;
    return y >= 0 && y < clip.rows && w->y >= 0 && w->y < f->rows && w->from < w->to;
}

/* One part at screen column x, of which only [from, to) may be written. */
static void put_part(struct frame *f, const struct window *w, int x, struct str part, unsigned cols,
                     struct look look)
{
    int end = x + (int)cols;
    if (end <= w->from || x >= w->to)
        return;
    if (x >= w->from && end <= w->to) {
        set_cell(f, x, w->y, part, cols, look);
        return;
    }
    for (int at = x < w->from ? w->from : x; at < end && at < w->to; at++)
        set_ascii(f, at, w->y, ' ', look);
}

static int put_glyph(struct frame *f, const struct window *w, int x, const struct glyph *g,
                     struct look look)
{
    struct str part;
    unsigned at = 0, cols;
    int begin = x;
    while (glyph_part(g, &at, &part, &cols)) {
        put_part(f, w, x, part, cols, look);
        x += (int)cols;
    }
    return x - begin;
}

int frame_put(struct frame *f, struct rect clip, int x, int y, struct str text, struct look look)
{
    struct window w;
    bool shown = window_of(f, clip, y, &w);
    int at_col = clip.x + x, begin = at_col;
    struct glyph g;
    for (size_t at = 0; at < text.n; at += g.taken) {
        if (shown && at_col >= w.to)
            shown = false;
        if (!shown && at_col - begin > FRAME_MOST)
            break;
        glyph_at(text, at, &g);
        if (!shown)
            at_col += g.cols;
        else if (g.n == 1 && at_col >= w.from)
            set_ascii(f, at_col++, w.y, g.bytes[0], look);
        else
            at_col += put_glyph(f, &w, at_col, &g, look);
    }
    return at_col - begin;
}

void frame_fill(struct frame *f, struct rect clip, int x, int y, struct look look)
{
    struct window w;
    if (!window_of(f, clip, y, &w))
        return;
    int at = clip.x + (x < 0 ? 0 : x);
    for (at = at < w.from ? w.from : at; at < w.to; at++)
        set_ascii(f, at, w.y, ' ', look);
}

/* ---- moving rows ---- */

static void blank_row(struct frame *f, int y)
{
    struct cell *row = row_of(f, y);
    for (int x = 0; x < f->cols; x++)
        row[x] = blank;
    f->touched[y] = (struct stretch){0, f->cols};
}

static void move_rows(struct frame *f, int to, int from, int rows)
{
    size_t width = (size_t)f->cols;
    memmove(row_of(f, to), row_of(f, from), (size_t)rows * width * sizeof(struct cell));
    memmove(f->touched + to, f->touched + from, (size_t)rows * sizeof(struct stretch));
}

void frame_scroll(struct frame *f, int y, int rows, int n)
{
    if (y < 0)
        rows += y, y = 0;
    if (rows > f->rows - y)
        rows = f->rows - y;
    if (n == 0 || rows <= 0)
        return;
    int by = n > 0 ? n : -n;
    if (by < rows)
        move_rows(f, n > 0 ? y : y + by, n > 0 ? y + by : y, rows - by);
    else
        by = rows;
    for (int i = 0; i < by; i++)
        blank_row(f, n > 0 ? y + rows - by + i : y + i);
    if (by < rows && f->moves_n < FRAME_MOVES)
        f->moves[f->moves_n++] = (struct frame_move){y, rows, n};
    else
        for (int i = 0; i < rows; i++)
            touch(f, y + i, 0, f->cols);
}

void frame_cursor(struct frame *f, int x, int y)
{
    f->cursor_x = x;
    f->cursor_y = y;
}

/* ---- for screens ---- */

int frame_moves(const struct frame *f, const struct frame_move **moves)
{
    *moves = f->moves;
    return f->moves_n;
}

bool frame_touched(const struct frame *f, int y, int *from, int *to)
{
    struct stretch t = f->touched[y];
    if (t.from >= t.to)
        return false;
    const struct cell *row = row_of(f, y);
    if (row[t.from].cols == 0 && t.from > 0)
        t.from--;
    if (t.to < f->cols && row[t.to].cols == 0)
        t.to++;
    *from = t.from;
    *to = t.to;
    return true;
}

void frame_touch_all(struct frame *f)
{
    f->moves_n = 0;
    for (int y = 0; y < f->rows; y++)
        f->touched[y] = (struct stretch){0, f->cols};
}

bool frame_cursor_at(const struct frame *f, int *x, int *y)
{
    if (f->cursor_x < 0 || f->cursor_x >= f->cols || f->cursor_y < 0 || f->cursor_y >= f->rows)
        return false;
    *x = f->cursor_x;
    *y = f->cursor_y;
    return true;
}

void frame_shown(struct frame *f)
{
    f->moves_n = 0;
    for (int y = 0; y < f->rows; y++)
        untouch(f, y);
}
