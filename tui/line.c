/* Lines are made and thrown away a few thousand times a minute, so a line is two arrays that are
 * used again; the only thing worth care is where it is cut.  The right part wins: a count that
 * falls off the edge tells nothing, a title that ends in an ellipsis still does. */
#include "tui/line.h"

#include <stdarg.h>
#include <stdio.h>

#define ELLIPSIS "…"

void line_clear(struct line *l)
{
    vec_clear(&l->text);
    vec_clear(&l->runs);
    l->has_right = false;
}

void line_free(struct line *l)
{
    vec_free(&l->text);
    vec_free(&l->runs);
}

void line_put_look(struct line *l, struct str text, struct look look)
{
    if (text.n == 0)
        return;
    uint32_t begin = (uint32_t)l->text.n;
    bytes_put(&l->text, text);
    vec_push(&l->runs, ((struct run){begin, (uint32_t)l->text.n, look}));
}

void line_put(struct line *l, struct str text, enum face face)
{
    line_put_look(l, text, look_of(face));
}

void line_printf(struct line *l, enum face face, const char *format, ...)
{
    char small[256];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(small, sizeof small, format, args);
    va_end(args);
    if (n < 0)
        return;
    if ((size_t)n < sizeof small) {
        line_put(l, str_from(small, (size_t)n), face);
        return;
    }
    char *large = mem_alloc((size_t)n + 1);
    va_start(args, format);
    vsnprintf(large, (size_t)n + 1, format, args);
    va_end(args);
    line_put(l, str_from(large, (size_t)n), face);
    free(large);
}

/* Bytes of `s` that fit into `cols` cells; *used gets the cells they take. */
static size_t fitting(struct str s, unsigned cols, unsigned *used)
{
    size_t at = 0;
    *used = 0;
    struct glyph g;
    while (at < s.n) {
        glyph_at(s, at, &g);
        if (*used + g.cols > cols)
            break;
        *used += g.cols;
        at += g.taken;
    }
    return at;
}

static void put_blanks(struct line *l, unsigned n, enum face face)
{
    static const char blanks[] = "                                ";
    for (; n > 32; n -= 32)
        line_put(l, str_from(blanks, 32), face);
    line_put(l, str_from(blanks, n), face);
}

void line_cell(struct line *l, struct str text, unsigned cols, enum face face)
{
    unsigned used;
    size_t fits = fitting(text, cols, &used);
    if (fits < text.n && cols > 0) {
        fits = fitting(text, cols - 1, &used);
        line_put(l, str_from(text.p, fits), face);
        line_put(l, STR(ELLIPSIS), face);
        used++;
    } else {
        line_put(l, str_from(text.p, fits), face);
    }
    put_blanks(l, cols - used, face);
}

void line_put_flat(struct line *l, struct str text, struct look look)
{
    size_t at = 0;
    while (at < text.n) {
        size_t word = at;
        while (word < text.n && text.p[word] != '\n' && text.p[word] != '\t' && text.p[word] != ' ')
            word++;
        line_put_look(l, str_from(text.p + at, word - at), look);
        at = word;
        while (at < text.n && (text.p[at] == '\n' || text.p[at] == '\t' || text.p[at] == ' '))
            at++;
        if (at > word)
            line_put_look(l, STR(" "), look);
    }
}

void line_put_slice(struct line *l, const struct line *from, uint32_t begin, uint32_t end)
{
    for (size_t i = 0; i < from->runs.n && from->runs.v[i].begin < end; i++) {
        struct run r = from->runs.v[i];
        r.begin = r.begin > begin ? r.begin : begin;
        r.end = r.end < end ? r.end : end;
        if (r.begin < r.end)
            line_put_look(l, str_at(line_text(from), span_of(r.begin, r.end)), r.look);
    }
}

void line_right(struct line *l)
{
    l->right = (uint32_t)l->runs.n;
    l->has_right = true;
}

void line_flag(struct line *l, uint8_t flags)
{
    for (size_t i = 0; i < l->runs.n; i++)
        l->runs.v[i].look.flags |= flags;
}

/* Makes a run begin at byte `at`, if one spans it. */
static void split(struct line *l, uint32_t at)
{
    for (size_t i = 0; i < l->runs.n; i++) {
        struct run r = l->runs.v[i];
        if (r.begin >= at || at >= r.end)
            continue;
        vec_reserve(&l->runs, 1);
        memmove(&l->runs.v[i + 1], &l->runs.v[i], (l->runs.n - i) * sizeof(struct run));
        l->runs.n++;
        l->runs.v[i].end = at;
        l->runs.v[i + 1].begin = at;
        if (l->has_right && l->right > i)
            l->right++;
        return;
    }
}

void line_flag_range(struct line *l, uint32_t begin, uint32_t end, uint8_t flags)
{
    split(l, begin);
    split(l, end);
    for (size_t i = 0; i < l->runs.n; i++)
        if (l->runs.v[i].begin >= begin && l->runs.v[i].end <= end)
            l->runs.v[i].look.flags |= flags;
}

#define LEFT_LEAST 5 /* cells: fewer tell nothing, and are left to the right part */

static unsigned runs_cols(const struct line *l, size_t from, size_t to, unsigned max)
{
    unsigned cols = 0;
    for (size_t i = from; i < to && cols < max; i++)
        cols += glyph_cols(str_at(line_text(l), span_of(l->runs.v[i].begin, l->runs.v[i].end)),
                           max - cols);
    return cols;
}

/* Nothing but blanks from run i on: they may fall off the edge unsaid. */
static bool is_blank(const struct line *l, size_t i, size_t to)
{
    for (; i < to; i++)
        if (str_trim(str_at(line_text(l), span_of(l->runs.v[i].begin, l->runs.v[i].end))).n)
            return false;
    return true;
}

/* Runs [from, to) at column x, no further than `limit`, where an ellipsis tells that words are cut
 * off; the column behind them. */
static int draw_runs(const struct line *l, size_t from, size_t to, struct frame *f,
                     struct rect clip, int x, int y, int limit)
{
    struct rect part = clip;
    if (part.cols > limit)
        part.cols = limit;
    for (size_t i = from; i < to; i++) {
        struct str s = str_at(line_text(l), span_of(l->runs.v[i].begin, l->runs.v[i].end));
        int cols =
            x < limit ? frame_put(f, part, x, y, s, l->runs.v[i].look) : (int)glyph_cols(s, 1);
        if (x + cols > limit && !is_blank(l, i, to)) {
            if (limit > 0)
                frame_put(f, clip, limit - 1, y, STR(ELLIPSIS), l->runs.v[i].look);
            return limit;
        }
        x = x + cols < limit ? x + cols : limit;
    }
    return x < limit ? x : limit;
}

void line_draw(const struct line *l, struct frame *f, struct rect clip, int x, int y,
               struct look fill)
{
    size_t split_at = l->has_right ? l->right : l->runs.n;
    int right_cols = l->has_right ? (int)runs_cols(l, split_at, l->runs.n, (unsigned)clip.cols) : 0;
    if (right_cols == 0) {
        int end = draw_runs(l, 0, split_at, f, clip, x, y, clip.cols);
        frame_fill(f, clip, end, y, fill);
        return;
    }
    int right_x = clip.cols - right_cols,
        kept = clip.cols < LEFT_LEAST * 3 ? x : x + (clip.cols - x) / 3;
    if (right_x < kept) {
        int left_end = x + (int)runs_cols(l, 0, split_at, (unsigned)clip.cols) + 1;
        right_x = kept < left_end ? kept : right_x > left_end ? right_x : left_end;
    }
    int end = draw_runs(l, 0, split_at, f, clip, x, y, right_x > x ? right_x - 1 : x);
    struct rect gap = clip;
    gap.cols = right_x;
    frame_fill(f, gap, end, y, fill);
    end = draw_runs(l, split_at, l->runs.n, f, clip, right_x, y, clip.cols);
    frame_fill(f, clip, end, y, fill);
}
