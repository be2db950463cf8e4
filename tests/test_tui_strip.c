/* The strip over the timeline: blocks for months, as many as there is room for, heights by the
 * largest, the years it covers, and the block of a day. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/day.h"
#include "tui/strip.h"

static const struct row {
    const char *name;
    uint32_t counts[36]; /* by month from January 2004 */
    int months, cols;
    const char *day; /* its block stands out; null: none */
    bool years;
    const char *shown;
    int lit;         /* which block does; -1 */
} rows[] = {
    {"a block a month", {1, 0, 7, 0, 0, 0, 0, 0, 0, 0, 0, 4}, 12, 12, NULL, false, "▂▁█▁▁▁▁▁▁▁▁▅", -1},
    {"room to spare", {1, 0, 7, 0, 0, 0, 0, 0, 0, 0, 0, 7}, 12, 40, NULL, false, "▂▁█▁▁▁▁▁▁▁▁█", -1},
    {"two months a block", {1, 0, 4, 3, 0, 0, 0, 0, 0, 0, 0, 7}, 12, 6, NULL, false, "▂█▁▁▁█", -1},
    {"years", {[0] = 1, [12] = 1, [24] = 1}, 36, 3, NULL, true, "███ 2004-2006", -1},
    {"one block for all", {[0] = 1, [35] = 1}, 36, 1, NULL, false, "█", -1},
    {"the block of a day", {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, 12, 12, "2004-03-31", false, "████████████", 2},
    {"a day off the strip", {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, 12, 12, "1999-03-31", false, "████████████", -1},
    {"nothing is as low as a little", {0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 100}, 12, 12, NULL, false, "▁▁▁▁▁▁▁▁▁▁▁█", -1},
    {"no room", {1}, 12, 0, NULL, true, "", -1},
    {"no events", {0}, 0, 12, NULL, true, "", -1},
};

static void row_holds(void **state)
{
    const struct row *r = *state;
    struct strip s = {.first_month = 2004 * 12};
    struct line l = {0};
    int block = 0, lit = -1;
    for (int i = 0; i < r->months; i++)
        vec_push(&s.counts, r->counts[i]);
    strip_put(&s, &l, r->cols, r->day ? day_parse(str_of(r->day)) : DAY_NONE, r->years);
    assert_int_equal(l.text.n, strlen(r->shown));
    if (l.text.n)
        assert_memory_equal(l.text.v, r->shown, l.text.n);
    for (size_t i = 0; i < l.runs.n; i++)
        if (l.runs.v[i].look.face == FACE_STRIP) {
            if (l.runs.v[i].look.flags & LOOK_CURSOR)
                lit = block;
            block++;
        }
    assert_int_equal(lit, r->lit);
    assert_true(block <= (r->cols > 0 ? r->cols : 0));
    strip_free(&s);
    line_free(&l);
}

/* An event far off the case's own years is left out, so that it does not squeeze the others. */
static void years_of_the_case(void **state)
{
    struct event events[42] = {0};
    uint32_t ids[41];
    struct strip s = {0};
    (void)state;
    for (uint32_t i = 1; i <= 41; i++) {
        int32_t day = day_from_civil(2004 + (int)i / 20, 1 + (int)(i % 12), 15);
        events[i].days = days_of_day(i == 1 ? day_from_civil(1868, 7, 9) : day);
        ids[i - 1] = i;
    }
    strip_make(&s, events, ids, 41);
    assert_int_equal(s.first_month, 2004 * 12);
    assert_int_equal(s.counts.n % 12, 0);
    uint32_t sum = 0;
    for (size_t m = 0; m < s.counts.n; m++)
        sum += s.counts.v[m];
    assert_int_equal(sum, 38); /* nor are the two of 2006 on it */
    strip_make(&s, events, ids, 0);
    assert_int_equal(s.counts.n, 0);
    strip_free(&s);
}

int main(void)
{
    struct CMUnitTest tests[COUNT_OF(rows) + 1] = {[COUNT_OF(rows)] = cmocka_unit_test(years_of_the_case)};
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].name, row_holds, NULL, NULL, (void *)&rows[i]};
    return _cmocka_run_group_tests("strip", tests, COUNT_OF(tests), NULL, NULL);
}
