/* Viewports: moves by example, and for random operations that the promises of the header hold. */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <stdint.h>
#include <cmocka.h>

#include "tui/viewport.h"

enum op { MOVE, PAGE, SCROLL, SELECT, PUT, JUMP };

static const struct row {
    const char *name;
    struct viewport before;
    enum op op;
    long by;
    size_t top, selected;
} rows[] = {
    {"down inside", {100, 10, 0, 3, 0}, MOVE, 1, 0, 4},
    {"down past the edge", {100, 10, 0, 9, 0}, MOVE, 1, 1, 10},
    {"down with a margin", {100, 10, 0, 6, 3}, MOVE, 1, 1, 7},
    {"margin at the end", {100, 10, 88, 96, 3}, MOVE, 2, 90, 98},
    {"up past the edge", {100, 10, 5, 5, 0}, MOVE, -2, 3, 3},
    {"down beyond all", {100, 10, 0, 0, 0}, MOVE, LONG_MAX, 90, 99},
    {"up beyond all", {100, 10, 50, 55, 0}, MOVE, LONG_MIN, 0, 0},
    {"page", {100, 10, 0, 3, 0}, PAGE, 2, 8, 11},
    {"half page", {100, 10, 0, 3, 0}, PAGE, 1, 5, 8},
    {"page back", {100, 10, 50, 53, 0}, PAGE, -2, 42, 45},
    {"page onto the end", {100, 10, 88, 90, 0}, PAGE, 2, 90, 99},
    {"page at the end", {100, 10, 90, 92, 0}, PAGE, 2, 90, 99},
    {"page at the start", {100, 10, 0, 2, 0}, PAGE, -2, 0, 0},
    {"many pages", {100, 10, 0, 0, 0}, PAGE, LONG_MAX - 1, 90, 99},
    {"short list", {4, 10, 0, 1, 0}, PAGE, 2, 0, 3},
    {"scroll", {100, 10, 10, 15, 0}, SCROLL, 2, 12, 15},
    {"scroll drags", {100, 10, 10, 10, 0}, SCROLL, 3, 13, 13},
    {"scroll back drags", {100, 10, 10, 19, 0}, SCROLL, -4, 6, 15},
    {"scroll at the end", {100, 10, 90, 95, 2}, SCROLL, 5, 90, 95},
    {"select far", {100, 10, 0, 0, 0}, SELECT, 40, 31, 40},
    {"select beyond", {100, 10, 0, 0, 0}, SELECT, 400, 90, 99},
    {"to the top", {100, 10, 20, 25, 0}, PUT, VIEWPORT_TOP, 25, 25},
    {"to the middle", {100, 10, 20, 20, 0}, PUT, VIEWPORT_MIDDLE, 16, 20},
    {"to the bottom", {100, 10, 20, 25, 0}, PUT, VIEWPORT_BOTTOM, 16, 25},
    {"jump near", {100, 10, 20, 20, 0}, JUMP, 25, 20, 25},
    {"jump far", {100, 10, 20, 20, 0}, JUMP, 60, 56, 60},
    {"empty", {0, 10, 0, 0, 0}, MOVE, 5, 0, 0},
    {"one row high", {10, 1, 0, 0, 5}, MOVE, 1, 1, 1},
};

static void apply(struct viewport *v, enum op op, long by)
{
    switch (op) {
    case MOVE:
        viewport_move(v, by);
        break;
    case PAGE:
        viewport_page(v, by);
        break;
    case SCROLL:
        viewport_scroll(v, by);
        break;
    case SELECT:
        viewport_select(v, (size_t)by);
        break;
    case PUT:
        viewport_put(v, (enum viewport_place)by);
        break;
    case JUMP:
        viewport_jump(v, (size_t)by);
        break;
    }
}

static void row_holds(void **state)
{
    const struct row *r = *state;
    struct viewport v = r->before;
    apply(&v, r->op, r->by);
    assert_int_equal(v.top, r->top);
    assert_int_equal(v.selected, r->selected);
}

static void promises_hold(void **state)
{
    (void)state;
    uint32_t seed = 5;
    struct viewport v = {.height = 1};
    for (int i = 0; i < 200000; i++) {
        seed = seed * 1664525 + 1013904223;
        unsigned r = seed >> 8, op = r % 8;
        if (op == 7) {
            v.margin = r / 8 % 6;
            viewport_fit(&v, r / 64 % 300, r / 16 % 40);
        } else if (op < 6) {
            long by = (long)(r / 8 % 200) - 60;
            apply(&v, (enum op)op, op == PUT ? labs(by) % 3 : op == SELECT || op == JUMP ? labs(by) : by);
        }
        assert_true(v.n == 0 ? v.selected == 0 : v.selected < v.n);
        assert_true(v.top <= v.selected && v.selected < v.top + v.height);
        assert_true(v.top == 0 || v.top + v.height <= v.n);
    }
}

static void percentages(void **state)
{
    (void)state;
    struct viewport v = {.n = 201, .height = 10};
    assert_int_equal(viewport_row_at(&v, 0), 0);
    assert_int_equal(viewport_row_at(&v, 50), 100);
    assert_int_equal(viewport_row_at(&v, 100), 200);
    assert_int_equal(viewport_row_at(&v, 4000), 200);
    v.n = 0;
    assert_int_equal(viewport_row_at(&v, 70), 0);
}

int main(void)
{
    struct CMUnitTest tests[COUNT_OF(rows) + 2] = {
        cmocka_unit_test(promises_hold),
        cmocka_unit_test(percentages),
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        tests[2 + i] = (struct CMUnitTest){rows[i].name, row_holds, NULL, NULL, (void *)&rows[i]};
    return _cmocka_run_group_tests("viewport", tests, COUNT_OF(tests), NULL, NULL);
}
