/* Which events stand in one row: rows of (scale, days of two events in order of date, one row?). */
#include "tui/timeline_fold.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct row {
    const char *name;
    enum scale scale;
    const char *a, *b;
    bool together;
} rows[] = {
    {"events_stand_alone", SCALE_EVENT, "2004-10-22", "2004-10-22", false},
    {"one_day", SCALE_DAY, "2004-10-22", "2004-10-22", true},
    {"two_days", SCALE_DAY, "2004-10-22", "2004-10-23", false},
    {"a_month_is_no_day", SCALE_DAY, "2004-10", "2004-10-01", false},
    {"two_months_alone_by_day", SCALE_DAY, "2004-10", "2004-10", false},
    {"one_month", SCALE_MONTH, "2004-10", "2004-10-31", true},
    {"a_week_in_its_month", SCALE_MONTH, "2004-10-01", "2004-W42", true},
    {"two_months", SCALE_MONTH, "2004-10-31", "2004-11-01", false},
    {"a_year_is_no_month", SCALE_MONTH, "2004", "2004-01-03", false},
    {"a_year_by_month", SCALE_MONTH, "2004", "2004", true},
    {"a_season_by_month", SCALE_MONTH, "2004-SU", "2004-SU", false},
    {"one_year", SCALE_YEAR, "2004", "2004-12-31", true},
    {"a_season_in_its_year", SCALE_YEAR, "2004-SU", "2004-10-22", true},
    {"two_years", SCALE_YEAR, "2004-12-31", "2005-01-01", false},
    {"one_decade", SCALE_DECADE, "2000", "2009-12-31", true},
    {"two_decades", SCALE_DECADE, "1999-12-31", "2000", false},
};

static struct fold_mark mark_of(const char *value, uint32_t articles)
{
    struct event e = {.days = days_of_timex(str_of(value)), .n_articles = articles};
    return fold_mark_of(&e);
}

static void check_row(void **state)
{
    const struct row *row = *state;
    struct fold_mark a = mark_of(row->a, 1), b = mark_of(row->b, 2);
    struct fold f = fold_of(&a, row->scale);
    assert_true(fold_holds(&f, &b) == row->together);
    assert_true(f.key != 0);
    if (row->together)
        assert_true(fold_of(&b, row->scale).key == f.key);
    assert_true(fold_stands_before(&b, &a) && !fold_stands_before(&a, &b));
}

static void folds_begin(void **state)
{
    (void)state;
    int32_t day = day_from_civil(1998, 11, 12);
    assert_int_equal(fold_begin(day, SCALE_EVENT), day);
    assert_int_equal(fold_begin(day, SCALE_DAY), day);
    assert_int_equal(fold_begin(day, SCALE_MONTH), day_from_civil(1998, 11, 1));
    assert_int_equal(fold_begin(day, SCALE_YEAR), day_from_civil(1998, 1, 1));
    assert_int_equal(fold_begin(day, SCALE_DECADE), day_from_civil(1990, 1, 1));
}

int main(void)
{
    struct CMUnitTest tests[COUNT_OF(rows) + 1] = {cmocka_unit_test(folds_begin)};
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        tests[i + 1] = (struct CMUnitTest){.name = rows[i].name, .test_func = check_row, .initial_state = (void *)&rows[i]};
    return cmocka_run_group_tests_name("fold", tests, NULL, NULL);
}
