/* Words are compared one by one (core/align.h), so that a comma or a capital is no change; what the
 * text lost stands with a minus on the left, what came instead with a plus on the right, and the
 * noted words themselves between brackets: on a terminal without colours it can still be read.
 * A passage that would take too many rows has its long stretches in common cut to their ends. */
#include "tui/review.h"

#include "core/align.h"
#include "tui/app.h"
#include "tui/wrap.h"

#define INDENT       4
#define BESIDE_COLS  72 /* two columns where there are as many */
#define ROWS_WHOLE   8  /* with more, stretches in common are cut */
#define ROWS_MAX     16
#define STRETCH_KEPT 40 /* characters of each end of such a stretch */

/* A text with the noted words in it, and the runs of words that the other one lacks. */
struct side {
    struct str text;
    struct span noted;
    VEC(struct span) changed;
};

/* A context was cut at a number of characters: the half word where it was is nobody's change. */
static struct str whole_words(struct str context, bool before)
{
    if (bytes_to_chars(context, context.n) < ANCHOR_CONTEXT_CHARS)
        return context;
    const char *blank =
        before ? memchr(context.p, ' ', context.n) : memrchr(context.p, ' ', context.n);
    if (!blank)
        return context;
    size_t n = (size_t)(blank - context.p);
    return before ? str_from(blank, context.n - n) : str_from(context.p, n + 1);
}

static struct side side_of(struct arena *a, const struct anchor *x)
{
    struct str before = whole_words(x->before, true), after = whole_words(x->after, false);
    struct side s = {.noted = span_of(before.n, before.n + x->exact.n)};
    s.text =
        arena_printf(a, "%.*s%.*s%.*s", (int)before.n, before.p ? before.p : "", (int)x->exact.n,
                     x->exact.p ? x->exact.p : "", (int)after.n, after.p ? after.p : "");
    return s;
}

/* Words at the very ends that only one side reaches: the other may have them a little further
 * on. */
static bool is_cut_off(struct edit_run edits, uint32_t i)
{
    if (edits.n < 2 || edits.v[i].kind == EDIT_SAME)
        return false;
    return (i == 0 && edits.v[1].kind == EDIT_SAME) ||
           (i == edits.n - 1 && edits.v[i - 1].kind == EDIT_SAME);
}

static void compare(struct arena *a, struct side *was, struct side *now)
{
    struct word_run x = words_of(a, was->text, span_of(0, was->text.n));
    struct word_run y = words_of(a, now->text, span_of(0, now->text.n));
    struct edit_run edits = align_words(a, x, y);
    for (uint32_t i = 0; i < edits.n; i++) {
        const struct edit *e = &edits.v[i];
        if (is_cut_off(edits, i))
            continue;
        if (e->kind == EDIT_REMOVED)
            vec_push(&was->changed, span_of(x.v[e->begin].at.begin, x.v[e->end - 1].at.end));
        else if (e->kind == EDIT_ADDED)
            vec_push(&now->changed, span_of(y.v[e->b_begin].at.begin, y.v[e->b_end - 1].at.end));
    }
}

/* A stretch in common, whole or its two ends. */
static void put_stretch(struct line *out, struct str s, struct look look, bool whole)
{
    size_t chars = bytes_to_chars(s, s.n);
    if (whole || chars <= 2 * STRETCH_KEPT + 5) {
        line_put_flat(out, s, look);
        return;
    }
    size_t head = chars_to_bytes(s, STRETCH_KEPT), tail = chars_to_bytes(s, chars - STRETCH_KEPT);
    line_put_flat(out, str_from(s.p, head), look);
    line_put(out, STR(" … "), FACE_COUNT);
    line_put_flat(out, str_from(s.p + tail, s.n - tail), look);
}

/* The next byte behind `at` where something begins or ends. */
static size_t next_edge(const struct side *s, size_t k, size_t at)
{
    size_t edges[] = {s->noted.begin, s->noted.end, s->text.n, s->text.n, s->text.n},
           next = s->text.n;
    if (k < s->changed.n) {
        edges[3] = s->changed.v[k].begin;
        edges[4] = s->changed.v[k].end;
    }
    for (size_t i = 0; i < COUNT_OF(edges); i++)
        if (edges[i] > at && edges[i] < next)
            next = edges[i];
    return next;
}

static void put_side(struct line *out, const struct side *s, const char *sign, enum face face,
                     bool whole)
{
    size_t k = 0;
    line_put(out, s->noted.begin ? STR("…") : STR(""), FACE_FURNITURE);
    for (size_t at = 0; at < s->text.n;) {
        while (k < s->changed.n && s->changed.v[k].end <= at)
            k++;
        size_t end = next_edge(s, k, at);
        bool noted = at >= s->noted.begin && at < s->noted.end;
        bool changed = k < s->changed.n && at >= s->changed.v[k].begin;
        struct look look = {changed ? face
                            : noted ? FACE_TEXT
                                    : FACE_FURNITURE,
                            noted ? LOOK_NOTED : 0};
        if (at == s->noted.begin && noted)
            line_put(out, STR("["), FACE_NOTE);
        if (changed && at == s->changed.v[k].begin)
            line_put(out, str_of(sign), face);
        put_stretch(out, str_from(s->text.p + at, end - at), look, whole || changed);
        if (end == s->noted.end && noted)
            line_put(out, STR("]"), FACE_NOTE);
        at = end;
    }
    line_put(out, s->noted.end < s->text.n ? STR("…") : STR(""), FACE_FURNITURE);
}

/* ---- rows ---- */

static int column_cols(const struct review *r)
{
    int cols = r->beside ? (r->cols - INDENT - 4) / 2 : r->cols - INDENT - 7;
    return cols > 8 ? cols : 8;
}

static uint32_t break_line(struct line *line, int cols, struct span **v)
{
    struct wrap *w = wrap_open(line_text(line), cols);
    struct wrap_row row;
    uint32_t n = (uint32_t)wrap_rows(w);
    n = n < ROWS_MAX ? n : ROWS_MAX;
    *v = mem_grow(*v, (n + 1) * sizeof **v);
    for (uint32_t i = 0; i < n && wrap_row(w, i, &row); i++)
        (*v)[i] = span_of(row.at.begin, row.shown_end);
    wrap_close(w);
    return n;
}

static void lay(struct review *r, const struct noted *n, const struct side *was,
                const struct side *now, bool whole)
{
    line_clear(&r->was);
    line_clear(&r->now);
    put_side(&r->was, was, "-", FACE_REMOVED, whole);
    if (n->state == NOTE_ORPHAN)
        line_put(&r->now,
                 STR("not found, or in two places alike: select the words in the text, then gR"),
                 FACE_ERROR);
    else
        put_side(&r->now, now, "+", FACE_ADDED, whole);
    r->n_was = break_line(&r->was, column_cols(r), &r->was_rows);
    r->n_now = break_line(&r->now, column_cols(r), &r->now_rows);
}

static uint32_t rows_of(const struct review *r)
{
    return !r->beside ? r->n_was + r->n_now : r->n_was > r->n_now ? r->n_was : r->n_now;
}

uint32_t review_lay(struct review *r, struct app *app, const struct noted *n, int cols)
{
    if (r->of == n && r->cols == cols)
        return rows_of(r);
    struct arena a = {0};
    struct side was = side_of(&a, &n->note->anchor), now = {0};
    r->of = n;
    r->cols = cols;
    r->beside = cols >= BESIDE_COLS;
    if (n->state != NOTE_ORPHAN) {
        struct anchor there =
            anchor_make(&a, dossier_article(app->dossier, n->article)->text, n->at);
        now = side_of(&a, &there);
        compare(&a, &was, &now);
    }
    lay(r, n, &was, &now, true);
    if (rows_of(r) > ROWS_WHOLE)
        lay(r, n, &was, &now, false);
    vec_free(&was.changed);
    vec_free(&now.changed);
    arena_finish(&a);
    return rows_of(r);
}

static void put_row(const struct line *from, const struct span *rows, uint32_t n, uint32_t i,
                    struct line *out)
{
    if (i < n)
        line_put_slice(out, from, rows[i].begin, rows[i].end);
}

void review_line(const struct review *r, uint32_t row, struct line *out)
{
    line_put(out, str_from("    ", INDENT - 1), FACE_TEXT);
    if (!r->beside) {
        bool now = row >= r->n_was;
        line_put(out,
                 row == 0          ? STR("was  ")
                 : row == r->n_was ? STR("now  ")
                                   : STR("     "),
                 FACE_COUNT);
        put_row(now ? &r->now : &r->was, now ? r->now_rows : r->was_rows, now ? r->n_now : r->n_was,
                now ? row - r->n_was : row, out);
        return;
    }
    size_t begin = out->text.n;
    put_row(&r->was, r->was_rows, r->n_was, row, out);
    unsigned used =
        glyph_cols(str_from(out->text.v + begin, out->text.n - begin), (unsigned)column_cols(r));
    for (unsigned i = used; i < (unsigned)column_cols(r); i++)
        line_put(out, STR(" "), FACE_TEXT);
    line_put(out, STR(" │ "), FACE_RULE);
    put_row(&r->now, r->now_rows, r->n_now, row, out);
}

void review_finish(struct review *r)
{
    line_free(&r->was);
    line_free(&r->now);
    free(r->was_rows);
    free(r->now_rows);
    *r = (struct review){0};
}
