/* Frames: clipping, wide glyphs cut in half, and that moves and touched cells are enough to rebuild
 * on another screen what the frame holds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <locale.h>
#include <stdlib.h>
#include <cmocka.h>

#include "tui/screen.h"

static const struct look text_look = {FACE_TEXT, 0}, person = {FACE_PERSON, 0};

static void assert_shown(struct frame *f, const char *expected, bool faces)
{
    struct screen *s = screen_memory_open(frame_cols(f), frame_rows(f));
    frame_touch_all(f);
    s->ops->show(s, f);
    char *dump = screen_memory_dump(s, faces);
    assert_string_equal(dump, expected);
    free(dump);
    s->ops->close(s);
}

static const struct row {
    const char *name;
    struct rect clip;
    int x;
    const char *text;
    int cells;
    const char *shown;
} rows[] = {
    {"inside", {2, 0, 6, 1}, 0, "abc", 3, "  abc\n"},
    {"cut right", {2, 0, 4, 1}, 2, "abc", 3, "    ab\n"},
    {"cut left", {2, 0, 4, 1}, -1, "abc", 3, "  bc\n"},
    {"left of all", {2, 0, 4, 1}, -5, "abc", 3, "\n"},
    {"right of all", {2, 0, 4, 1}, 9, "abc", 3, "\n"},
    {"wide", {0, 0, 8, 1}, 1, "日本", 4, " 日本\n"},
    {"wide cut right", {0, 0, 4, 1}, 1, "日本x", 5, " 日\n"},
    {"wide cut left", {1, 0, 6, 1}, -1, "日x", 3, "  x\n"},
    {"visible mark cut", {0, 0, 4, 1}, 0, "\xe2\x80\xae", 6, "<202\n"},
    {"family in its parts", {0, 0, 5, 1}, 0, "👨\xe2\x80\x8d👩\xe2\x80\x8d👧", 6, "👨👩\n"},
    {"clip beyond the frame", {6, 0, 40, 1}, 0, "abcd", 4, "      ab\n"},
    {"clip before the frame", {-2, 0, 40, 1}, 0, "abcd", 4, "cd\n"},
    {"no such row", {0, 1, 8, 1}, 0, "abc", 3, "\n"},
    {"combining", {0, 0, 8, 1}, 0, "e\xcc\x81x", 2, "e\xcc\x81x\n"},
};

static void row_holds(void **state)
{
    const struct row *r = *state;
    struct frame *f = frame_open(8, 1);
    assert_int_equal(frame_put(f, r->clip, r->x, 0, str_of(r->text), text_look), r->cells);
    assert_shown(f, r->shown, false);
    frame_close(f);
}

static void half_of_a_wide_glyph(void **state)
{
    (void)state;
    struct frame *f = frame_open(6, 1);
    struct rect all = {0, 0, 6, 1};
    frame_put(f, all, 0, 0, STR("日本語"), text_look);
    frame_put(f, all, 1, 0, STR("x"), text_look);
    frame_put(f, all, 4, 0, STR("y"), person);
    assert_shown(f, " x本y\n....P\n", true);
    frame_put(f, all, 1, 0, STR("国"), text_look);
    assert_shown(f, " 国 y\n....P\n", true);
    frame_close(f);
}

static void what_stays_is_not_touched(void **state)
{
    (void)state;
    struct frame *f = frame_open(20, 2);
    struct rect all = {0, 0, 20, 2};
    int from, to;
    frame_put(f, all, 0, 0, STR("the lamp house"), text_look);
    frame_shown(f);
    frame_put(f, all, 0, 0, STR("the lamp house"), text_look);
    frame_fill(f, all, 14, 0, text_look);
    assert_false(frame_touched(f, 0, &from, &to));
    frame_put(f, all, 4, 0, STR("lamb"), text_look);
    assert_true(frame_touched(f, 0, &from, &to));
    assert_true(from == 7 && to == 8);
    frame_put(f, all, 9, 0, STR("house"), person);
    assert_true(frame_touched(f, 0, &from, &to));
    assert_true(from == 7 && to == 14);
    assert_false(frame_touched(f, 1, &from, &to));
    frame_close(f);
}

static void scrolling(void **state)
{
    (void)state;
    struct frame *f = frame_open(3, 5);
    struct rect all = {0, 0, 3, 5};
    for (int y = 0; y < 5; y++)
        frame_put(f, all, 0, y, str_from(&"abcde"[y], 1), text_look);
    frame_scroll(f, 1, 3, 1);
    assert_shown(f, "a\nc\nd\n\ne\n", false);
    frame_scroll(f, 0, 4, -2);
    assert_shown(f, "\n\na\nc\ne\n", false);
    frame_scroll(f, 0, 5, 5);
    assert_shown(f, "\n\n\n\n\n", false);
    frame_scroll(f, -4, 2, 1);
    frame_scroll(f, 4, 9, -1);
    frame_close(f);
}

/* ---- a frame and a screen that follows it ---- */

static const char *const pieces[] = {"a", "日本", "e\xcc\x81", "lamp", "\x1b[m", "👍🏽", " ", "\xe2\x80\xae"};

static void random_step(struct frame *f, unsigned (*next)(void))
{
    int cols = frame_cols(f), rows_n = frame_rows(f);
    struct rect clip = {(int)(next() % 14) - 2, (int)(next() % 10) - 1, (int)(next() % 16), (int)(next() % 12)};
    struct look look = {(uint8_t)(next() % FACES), (uint8_t)(next() % 64)};
    int x = (int)(next() % 20) - 4, y = (int)(next() % 12) - 2;
    switch (next() % 8) {
    case 0:
        frame_scroll(f, (int)(next() % 10) - 1, (int)(next() % 10), (int)(next() % 9) - 4);
        break;
    case 1:
        frame_fill(f, clip, x, y, look);
        break;
    case 2:
        if (next() % 20 == 0)
            frame_resize(f, 1 + (cols + 3) % 13, 1 + (rows_n + 2) % 9);
        break;
    default:
        frame_put(f, clip, x, y, str_of(pieces[next() % COUNT_OF(pieces)]), look);
    }
}

static uint32_t seed = 2026;

static unsigned next_random(void)
{
    seed = seed * 1664525 + 1013904223;
    return seed >> 12;
}

static void assert_pairs_whole(const struct frame *f)
{
    for (int y = 0; y < frame_rows(f); y++) {
        const struct cell *row = frame_row(f, y);
        for (int x = 0; x < frame_cols(f); x++) {
            assert_true(row[x].cols != 2 || (x + 1 < frame_cols(f) && row[x + 1].cols == 0));
            assert_true(row[x].cols != 0 || (x > 0 && row[x - 1].cols == 2));
        }
    }
}

static void a_screen_can_follow(void **state)
{
    (void)state;
    struct frame *f = frame_open(12, 8);
    struct screen *s = screen_memory_open(12, 8);
    for (int round = 0; round < 4000; round++) {
        for (unsigned i = next_random() % 12; i > 0; i--)
            random_step(f, next_random);
        assert_pairs_whole(f);
        s->ops->show(s, f);
        char *followed = screen_memory_dump(s, true);
        assert_shown(f, followed, true);
        free(followed);
        frame_shown(f);
    }
    s->ops->close(s);
    frame_close(f);
}

static void sizes(void **state)
{
    (void)state;
    static const struct { int cols, rows; } size[] = {{0, 0}, {-3, 2}, {1, 1}, {500, 200}, {1 << 30, 1}};
    struct frame *f = frame_open(1, 1);
    for (size_t i = 0; i < COUNT_OF(size); i++) {
        frame_resize(f, size[i].cols, size[i].rows);
        assert_true(frame_cols(f) >= 1 && frame_rows(f) >= 1 && frame_cols(f) <= 4096);
        frame_put(f, (struct rect){0, 0, size[i].cols, size[i].rows}, 0, 0, STR("日本"), text_look);
        frame_scroll(f, 0, size[i].rows, 1);
        assert_pairs_whole(f);
    }
    frame_close(f);
}

int main(void)
{
    assert_non_null(setlocale(LC_ALL, "C.UTF-8"));
    glyph_init(true);
    struct CMUnitTest tests[COUNT_OF(rows) + 5] = {
        cmocka_unit_test(half_of_a_wide_glyph), cmocka_unit_test(what_stays_is_not_touched),
        cmocka_unit_test(scrolling),            cmocka_unit_test(a_screen_can_follow),
        cmocka_unit_test(sizes),
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        tests[5 + i] = (struct CMUnitTest){rows[i].name, row_holds, NULL, NULL, (void *)&rows[i]};
    return _cmocka_run_group_tests("frame", tests, COUNT_OF(tests), NULL, NULL);
}
