/* Lines: what is cut and where, what stands at the right edge, slices, flags over ranges, one line
 * out of several; by example, and that any width is drawn full and no wider. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <locale.h>
#include <stdio.h>
#include <cmocka.h>

#include "tui/line.h"
#include "tui/screen.h"

static const struct row {
    const char *name, *left, *right; /* '|' parts runs; right null: there is no right part */
    int cols;
    const char *shown;
} rows[] = {
    {"fits", "the lamp", NULL, 10, "the lamp  "},
    {"exactly", "the lamp", NULL, 8, "the lamp"},
    {"cut inside a run", "the lamp", NULL, 6, "the l…"},
    {"cut between runs", "the| |lamp", NULL, 4, "the…"},
    {"cut behind a run", "the|lamp", NULL, 3, "th…"},
    {"blanks fall off unsaid", "the|  | ", NULL, 3, "the"},
    {"right edge", "the", "81%", 10, "the    81%"},
    {"right wins", "the lamp house", "81%", 10, "the l… 81%"},
    {"right wins between runs", "the l|amp", "81%", 10, "the l… 81%"},
    {"no room for the left", "the lamp", "100%", 4, "100%"},
    {"no room for either", "the lamp", "100%", 3, "10…"},
    {"a third is the left's", "the lamp house", "66 in 24  1998-2019", 20, "the … 66 in 24  199…"},
    {"a short left takes no more", "ab", "66 in 24  1998-2019", 20, "ab 66 in 24  1998-2…"},
    {"empty right part", "the lamp", "", 6, "the l…"},
    {"wide characters", "日本語", NULL, 4, "日 …"},
    {"wide and whole", "日本", NULL, 4, "日本"},
    {"one cell", "the lamp", NULL, 1, "…"},
    {"nothing", "", NULL, 3, "   "},
};

static void put_runs(struct line *l, const char *runs)
{
    for (const char *p = runs; *p;) {
        size_t n = strcspn(p, "|");
        line_put(l, str_from(p, n), FACE_TEXT);
        p += n + (p[n] == '|');
    }
}

/* What one row of a frame shows. */
static void shown(struct frame *f, char *out)
{
    *out = '\0';
    for (int x = 0; x < frame_cols(f); x++) {
        const struct cell *c = &frame_row(f, 0)[x];
        strncat(out, c->bytes, c->n);
    }
}

static void row_holds(void **state)
{
    const struct row *r = *state;
    struct line l = {0};
    char got[256];
    struct frame *f = frame_open(r->cols, 1);
    put_runs(&l, r->left);
    if (r->right) {
        line_right(&l);
        put_runs(&l, r->right);
    }
    line_draw(&l, f, (struct rect){0, 0, r->cols, 1}, 0, 0, look_of(FACE_TEXT));
    shown(f, got);
    assert_string_equal(got, r->shown);
    line_free(&l);
    frame_close(f);
}

static void cells(void **state)
{
    static const struct {
        const char *text;
        unsigned cols;
        const char *put;
    } cases[] = {
        {"lamp", 6, "lamp  "}, {"lamp", 4, "lamp"}, {"lamp", 3, "la…"}, {"日本", 3, "日…"},
        {"日本", 2, "… "},     {"", 2, "  "},       {"lamp", 0, ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct line l = {0};
        line_cell(&l, str_of(cases[i].text), cases[i].cols, FACE_TEXT);
        assert_int_equal(l.text.n, strlen(cases[i].put));
        if (l.text.n)
            assert_memory_equal(l.text.v, cases[i].put, l.text.n);
        line_free(&l);
    }
}

static void passages_on_one_line(void **state)
{
    struct line l = {0};
    (void)state;
    line_put_flat(&l, STR("a\n\n b\t c "), look_of(FACE_TEXT));
    assert_true(str_eq(line_text(&l), STR("a b c ")));
    line_clear(&l);
    line_printf(&l, FACE_COUNT, "%300d", 7);
    assert_int_equal(l.text.n, 300);
    line_free(&l);
}

static void slices_keep_their_looks(void **state)
{
    struct line l = {0}, part = {0};
    (void)state;
    line_put(&l, STR("the "), FACE_QUOTE);
    line_put(&l, STR("lamp "), FACE_ADDED);
    line_put(&l, STR("house"), FACE_QUOTE);
    line_put_slice(&part, &l, 2, 11);
    assert_true(str_eq(line_text(&part), STR("e lamp ho")));
    assert_int_equal(part.runs.n, 3);
    assert_int_equal(part.runs.v[0].look.face, FACE_QUOTE);
    assert_int_equal(part.runs.v[1].look.face, FACE_ADDED);
    assert_int_equal(part.runs.v[2].end, 9);
    line_clear(&part);
    line_put_slice(&part, &l, 4, 9);
    assert_true(str_eq(line_text(&part), STR("lamp ")));
    line_clear(&part);
    line_put_slice(&part, &l, 14, 20);
    assert_int_equal(part.text.n, 0);
    line_free(&l);
    line_free(&part);
}

/* A flag over a range parts runs and leaves the text and the place of the right part alone. */
static void flags_over_a_range(void **state)
{
    struct line l = {0};
    (void)state;
    line_put(&l, STR("the lamp house"), FACE_TEXT);
    line_right(&l);
    line_put(&l, STR("81%"), FACE_COUNT);
    line_flag_range(&l, 4, 8, LOOK_HIT);
    assert_int_equal(l.runs.n, 4);
    assert_int_equal(l.right, 3);
    for (size_t i = 0; i < l.runs.n; i++)
        assert_int_equal(l.runs.v[i].look.flags & LOOK_HIT, i == 1 ? LOOK_HIT : 0);
    assert_int_equal(l.runs.v[1].begin, 4);
    assert_int_equal(l.runs.v[1].end, 8);
    line_flag(&l, LOOK_BOLD);
    for (size_t i = 0; i < l.runs.n; i++)
        assert_true(l.runs.v[i].look.flags & LOOK_BOLD);
    line_free(&l);
}

/* Whatever the width, cells beyond it stay as they were, and when words are missing a sign says
 * so. */
static void every_width(void **state)
{
    struct line l = {0};
    (void)state;
    put_runs(&l, "the| |日本| |house|, |burned");
    line_right(&l);
    put_runs(&l, "81|%");
    int whole = 26;
    for (int cols = 1; cols <= 40; cols++) {
        struct frame *f = frame_open(42, 1);
        struct rect all = {0, 0, 42, 1};
        char got[256];
        frame_put(f, all, cols, 0, STR("#"), look_of(FACE_TEXT));
        line_draw(&l, f, (struct rect){0, 0, cols, 1}, 0, 0, look_of(FACE_TEXT));
        assert_int_equal(frame_row(f, 0)[cols].bytes[0], '#');
        shown(f, got);
        if (cols < whole)
            assert_true(cols <= 4 || strstr(got, "…"));
        else
            assert_null(strstr(got, "…"));
        frame_close(f);
    }
    line_free(&l);
}

int main(void)
{
    assert_non_null(setlocale(LC_ALL, "C.UTF-8"));
    glyph_init(true);
    enum { PLAIN = 5 };
    struct CMUnitTest tests[PLAIN + COUNT_OF(rows)] = {
        cmocka_unit_test(cells), cmocka_unit_test(passages_on_one_line),
        cmocka_unit_test(slices_keep_their_looks), cmocka_unit_test(flags_over_a_range),
        cmocka_unit_test(every_width),
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        tests[PLAIN + i] = (struct CMUnitTest){rows[i].name, row_holds, NULL, NULL, (void *)&rows[i]};
    return _cmocka_run_group_tests("line", tests, COUNT_OF(tests), NULL, NULL);
}
