/* A screen that is an array.
 *
 * It does not copy the frame it is shown: it replays the moves and takes the touched cells alone,
 * as a terminal would, so that a test sees what a reader would see when a pane forgot to touch what
 * it changed.  Keys come from a script. */
#include "tui/screen.h"

#include "core/arena.h"

struct memory {
    struct screen base;
    int cols, rows;             /* of the terminal */
    int shown_cols, shown_rows; /* of what was shown last */
    struct cell *cells;
    int cursor_x, cursor_y;
    VEC(uint32_t) keys;
    size_t next_key;
    bool gone, repaint;
    struct screen_count count;
    byte_vec copied;
};

static struct memory *memory_of(const struct screen *s)
{
    return (struct memory *)(uintptr_t)s;
}

static void memory_size(struct screen *s, int *cols, int *rows)
{
    *cols = memory_of(s)->cols;
    *rows = memory_of(s)->rows;
}

static struct cell *row_of(const struct memory *m, int y)
{
    return m->cells + (size_t)y * (size_t)m->shown_cols;
}

static void blank_rows(struct memory *m, int y, int rows)
{
    for (struct cell *c = row_of(m, y); c < row_of(m, y + rows); c++)
        *c = (struct cell){.bytes = " ", .n = 1, .cols = 1};
}

static void fit(struct memory *m, const struct frame *f)
{
    if (m->shown_cols == frame_cols(f) && m->shown_rows == frame_rows(f))
        return;
    m->shown_cols = frame_cols(f);
    m->shown_rows = frame_rows(f);
    m->cells =
        mem_grow(m->cells, (size_t)m->shown_cols * (size_t)m->shown_rows * sizeof(*m->cells));
    blank_rows(m, 0, m->shown_rows);
}

static void move(struct memory *m, struct frame_move v)
{
    int by = v.n > 0 ? v.n : -v.n, kept = v.rows - by;
    size_t bytes = (size_t)kept * (size_t)m->shown_cols * sizeof(struct cell);
    memmove(row_of(m, v.n > 0 ? v.y : v.y + by), row_of(m, v.n > 0 ? v.y + by : v.y), bytes);
    blank_rows(m, v.n > 0 ? v.y + kept : v.y, by);
}

static void memory_show(struct screen *s, struct frame *f)
{
    struct memory *m = memory_of(s);
    fit(m, f);
    if (m->repaint)
        frame_touch_all(f);
    m->repaint = false;
    const struct frame_move *moves;
    int n = frame_moves(f, &moves), from, to;
    for (int i = 0; i < n; i++)
        move(m, moves[i]);
    for (int y = 0; y < m->shown_rows; y++)
        if (frame_touched(f, y, &from, &to)) {
            memcpy(row_of(m, y) + from, frame_row(f, y) + from,
                   (size_t)(to - from) * sizeof(struct cell));
            m->count.cells += (uint64_t)(to - from);
            m->count.rows++;
        }
    if (!frame_cursor_at(f, &m->cursor_x, &m->cursor_y))
        m->cursor_x = m->cursor_y = -1;
    m->count.frames++;
    m->count.moves += (uint64_t)n;
    frame_shown(f);
}

static void memory_redraw(struct screen *s)
{
    memory_of(s)->repaint = true;
}

static uint32_t memory_key(struct screen *s, bool *alive)
{
    struct memory *m = memory_of(s);
    *alive = !m->gone;
    return m->gone || m->next_key >= m->keys.n ? KEY_NONE_ : m->keys.v[m->next_key++];
}

static int memory_fd(struct screen *s)
{
    (void)s;
    return -1;
}

static void memory_suspend(struct screen *s)
{
    (void)s;
}

static bool memory_copy(struct screen *s, struct str text)
{
    struct memory *m = memory_of(s);
    if (text.n > SCREEN_COPY_BYTES)
        return false;
    bytes_set(&m->copied, text);
    return true;
}

static void memory_theme(struct screen *s, const struct theme *t)
{
    (void)t;
    memory_redraw(s);
}

static void memory_sync(struct screen *s, bool on)
{
    (void)s;
    (void)on;
}

static void memory_close(struct screen *s)
{
    struct memory *m = memory_of(s);
    vec_free(&m->keys);
    vec_free(&m->copied);
    free(m->cells);
    free(m);
}

static const struct screen_ops memory_ops = {
    memory_size,    memory_show, memory_redraw, memory_key,  memory_fd,    memory_suspend,
    memory_suspend, memory_copy, memory_theme,  memory_sync, memory_close,
};

struct screen *screen_memory_open(int cols, int rows)
{
    struct memory *m = mem_alloc(sizeof(*m));
    *m = (struct memory){.base.ops = &memory_ops, .cols = cols, .rows = rows};
    m->cursor_x = m->cursor_y = -1;
    return &m->base;
}

void screen_memory_keys(struct screen *s, const uint32_t *keys, size_t n)
{
    struct memory *m = memory_of(s);
    vec_append(&m->keys, keys, n);
}

void screen_memory_resize(struct screen *s, int cols, int rows)
{
    struct memory *m = memory_of(s);
    m->cols = cols;
    m->rows = rows;
    vec_push(&m->keys, K_RESIZE);
}

void screen_memory_hang_up(struct screen *s)
{
    memory_of(s)->gone = true;
}

struct screen_count screen_memory_count(const struct screen *s)
{
    return memory_of(s)->count;
}

struct str screen_memory_copied(const struct screen *s)
{
    const struct memory *m = memory_of(s);
    return bytes_str(&m->copied);
}

/* ---- dumping ---- */

static void dump_text(FILE *to, const struct memory *m, int y)
{
    const struct cell *row = row_of(m, y);
    int end = m->shown_cols;
    while (end > 0 && row[end - 1].n == 1 && row[end - 1].bytes[0] == ' ')
        end--;
    for (int x = 0; x < end; x++)
        fwrite(row[x].bytes, 1, row[x].n, to);
    putc('\n', to);
}

/* '.' for running text; the right half of a wide glyph repeats its letter. */
static void dump_faces(FILE *to, const struct memory *m, int y)
{
    const struct cell *row = row_of(m, y);
    int end = m->shown_cols;
    while (end > 0 && row[end - 1].look.face == FACE_TEXT && !row[end - 1].look.flags)
        end--;
    for (int x = 0; x < end; x++) {
        struct look look = row[x].look;
        putc(look.flags & LOOK_CURSOR     ? '@'
             : look.flags & LOOK_SELECTED ? '%'
             : look.flags & LOOK_HIT      ? '/'
                                          : face_letter(look.face), to);
    }
    putc('\n', to);
}

char *screen_memory_dump(const struct screen *s, bool faces)
{
    const struct memory *m = memory_of(s);
    char *text = NULL;
    size_t n = 0;
    FILE *to = open_memstream(&text, &n);
    for (int y = 0; y < m->shown_rows; y++)
        dump_text(to, m, y);
    for (int y = 0; faces && y < m->shown_rows; y++)
        dump_faces(to, m, y);
    if (m->cursor_x >= 0 && faces)
        fprintf(to, "cursor %d,%d\n", m->cursor_x, m->cursor_y);
    fclose(to);
    return text;
}
