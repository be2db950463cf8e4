/* One pass from the start, greedy, a row at a time; an array keeps where each row begins.
 *
 * Paragraphs could be wrapped apart from each other, but then a row's number would not be known,
 * and the panes count in rows; at some hundred megabytes a second the simple pass is fast enough
 * for the largest article taken in, and it goes no further than it is asked.
 *
 * The row under work is a few numbers: the column, the last place it may be broken at, and whether
 * the glyph before was a blank.  Plain ASCII letters are stepped over without asking for a
 * glyph. */
#include "tui/wrap.h"

#include "core/arena.h"
#include "tui/reflow.h"

struct wrap {
    struct str text;
    int cols;
    uint32_t fill; /* characters a line set by hand holds; 0: line ends are meant */
    VEC(uint32_t) begins; /* of the rows known, the first always */
    size_t done;          /* text before it is in rows; text.n: all */
};

/* ---- life ---- */

static void forget(struct wrap *w, int cols)
{
    w->cols = cols < 1 ? 1 : cols;
    w->done = 0;
    vec_clear(&w->begins);
    vec_push(&w->begins, 0);
}

struct wrap *wrap_open(struct str text, int cols)
{
    struct wrap *w = mem_alloc(sizeof *w);
    *w = (struct wrap){.text = text};
    forget(w, cols);
    return w;
}

void wrap_close(struct wrap *w)
{
    if (!w)
        return;
    vec_free(&w->begins);
    free(w);
}

void wrap_resize(struct wrap *w, int cols)
{
    if ((cols < 1 ? 1 : cols) != w->cols)
        forget(w, cols);
}

/* ---- where a row may be broken ---- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_wordish(unsigned char c)
{
    return c >= 0x80 || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* Behind the glyph [at, next), which is `g`, when it is a hyphen or dash inside a word or a wide
 * character: ideographs part anywhere but before a closing mark and behind an opening one. */
static bool may_break_behind(struct str s, size_t at, size_t next, const struct glyph *g)
{
    static const char closers[] = "、。，．：；？！」』）】〉》ー々";
    static const char openers[] = "「『（【〈《";
    if (next >= s.n || at == 0 || is_blank(s.p[next]))
        return false;
    unsigned char before = (unsigned char)s.p[at - 1], after = (unsigned char)s.p[next];
    if (g->n == 1 && s.p[at] == '-')
        return is_wordish(before) && is_wordish(after) && !(after >= '0' && after <= '9');
    struct str here = {s.p + at, next - at};
    if (str_eq(here, STR("—")) || str_eq(here, STR("–")))
        return is_wordish(after) && !(after >= '0' && after <= '9');
    if (g->cols != 2 || g->n != 3)
        return false;
    return !memmem(openers, sizeof openers - 1, here.p, here.n) &&
           !(after >= 0xe0 && next + 3 <= s.n &&
             memmem(closers, sizeof closers - 1, s.p + next, 3));
}

/* "light-" at the end of a line, "house" on the next: the hyphen stays, no blank comes between. */
static bool is_split_word(struct str s, size_t line_end)
{
    return line_end >= 2 && line_end + 1 < s.n && s.p[line_end - 1] == '-' &&
           is_wordish((unsigned char)s.p[line_end - 2]) &&
           is_wordish((unsigned char)s.p[line_end + 1]);
}

/* ---- one row ---- */

/* Cells of the glyph at `at` when it stands in column `col`; a line end inside a row is a blank, or
 * nothing where a blank stands before it or a hyphen parts a word. */
static int take_glyph(struct str s, size_t at, int col, struct glyph *g)
{
    if (s.p[at] == '\n') {
        *g = (struct glyph){.n = 1, .taken = 1};
        return at == 0 || is_blank(s.p[at - 1]) || is_split_word(s, at) ? 0 : 1;
    }
    if (s.p[at] == '\t') {
        *g = (struct glyph){.n = 1, .taken = 1};
        return WRAP_TAB - col % WRAP_TAB;
    }
    glyph_at(s, at, g);
    return g->cols;
}

/* A blank that nothing is joined to. */
static bool is_bare_blank(struct str s, size_t at)
{
    struct glyph g;
    if (!is_blank(s.p[at]))
        return false;
    if (at + 1 == s.n || (unsigned char)s.p[at + 1] < 0x80)
        return true;
    glyph_at(s, at, &g);
    return g.taken == 1 && !g.cut;
}

static size_t skip_blanks(struct str s, size_t at)
{
    while (at < s.n && is_bare_blank(s, at))
        at++;
    return at;
}

/* Behind a row that ends at blanks: a line end among them belongs to it. */
static size_t behind_blanks(const struct wrap *w, size_t at)
{
    at = skip_blanks(w->text, at);
    return at < w->text.n && w->text.p[at] == '\n' ? at + 1 : at;
}

/* A printable ASCII character that nothing joins and no break goes with. */
static inline bool is_simple(struct str s, size_t at)
{
    unsigned char c = (unsigned char)s.p[at];
    return c > ' ' && c < 0x7f && c != '-' && at + 1 < s.n && (unsigned char)s.p[at + 1] < 0x80;
}

/* The end of the row that begins at `begin` < the text's end: where the next one begins. */
static size_t row_end(const struct wrap *w, size_t begin)
{
    struct str s = w->text;
    int cols = w->cols;
    size_t at = begin, may_break = begin, cluster = begin;
    int col = 0;
    bool inside = false; /* the glyph before is cut: the cluster that began at `cluster` goes on */
    struct glyph g;
    while (at < s.n) {
        if (is_simple(s, at) && col < cols) {
            at++;
            col++;
            inside = false;
            continue;
        }
        bool line_end = s.p[at] == '\n';
        if (line_end && !reflow_joins(s, at, w->fill))
            return at + 1;
        int wide = take_glyph(s, at, col, &g);
        bool blank = line_end || is_bare_blank(s, at);
        if (col + wide > cols && blank)
            return behind_blanks(w, at);
        cluster = inside ? cluster : at;
        if (col + wide > cols && at > begin)
            return may_break > begin ? may_break : cluster > begin ? cluster : at;
        size_t next = at + g.taken;
        if (blank || (!g.cut && may_break_behind(s, at, next, &g)))
            may_break = next;
        at = next;
        col += wide;
        inside = g.cut;
    }
    return at;
}

void wrap_reflow(struct wrap *w, bool on)
{
    w->fill = on ? reflow_width(w->text) : 0;
    forget(w, w->cols);
}

static void wrap_one(struct wrap *w)
{
    w->done = w->done < w->text.n ? row_end(w, w->done) : w->text.n;
    if (w->done < w->text.n)
        vec_push(&w->begins, (uint32_t)w->done);
}

/* ---- asking ---- */

bool wrap_row(struct wrap *w, size_t row, struct wrap_row *out)
{
    while (row + 1 >= w->begins.n && w->done < w->text.n)
        wrap_one(w);
    if (row >= w->begins.n)
        return false;
    size_t begin = w->begins.v[row], end = row + 1 < w->begins.n ? w->begins.v[row + 1] : w->text.n;
    out->at = span_of(begin, end);
    while (end > begin && (w->text.p[end - 1] == '\n' || is_blank(w->text.p[end - 1])))
        end--;
    out->shown_end = (uint32_t)end;
    return true;
}

size_t wrap_row_of(struct wrap *w, size_t byte)
{
    while (w->done <= byte && w->done < w->text.n)
        wrap_one(w);
    size_t next;
    BISECT(next, 1, w->begins.n, w->begins.v[next] <= byte);
    return next - 1;
}

size_t wrap_rows(struct wrap *w)
{
    while (w->done < w->text.n)
        wrap_one(w);
    return w->begins.n;
}

/* ---- columns ---- */

int wrap_col(const struct wrap *w, const struct wrap_row *row, size_t byte)
{
    struct glyph g;
    int col = 0;
    for (size_t at = row->at.begin; at < byte && at < row->shown_end; at += g.taken)
        col += take_glyph(w->text, at, col, &g);
    return col;
}

int wrap_put(const struct wrap *w, struct frame *f, struct rect clip, int x, int y,
             struct span stretch, struct look look)
{
    int begin = x;
    size_t at = stretch.begin;
    while (at < stretch.end) {
        size_t end = at;
        while (end < stretch.end && w->text.p[end] != '\t' && w->text.p[end] != '\n')
            end++;
        x += frame_put(f, clip, x, y, str_at(w->text, span_of(at, end)), look);
        if (end < stretch.end) {
            struct glyph g;
            int cols = take_glyph(w->text, end, x, &g);
            x += frame_put(f, clip, x, y, str_from("        ", (size_t)cols), look);
            end++;
        }
        at = end;
    }
    return x - begin;
}
