/* Days: the calendar against its own laws and against the C library, then tables of readings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>
#include <cmocka.h>

#include "core/day.h"

/* Every day of 1200 years, one after another, and back again. */
static void calendar_is_consecutive(void **state)
{
    (void)state;
    int32_t day = day_from_civil(1500, 1, 1);
    int weekday = day_weekday(day);
    for (int32_t year = 1500; year < 2700; year++)
        for (int month = 1; month <= 12; month++)
            for (int d = 1; d <= month_length(year, month); d++) {
                assert_int_equal(day_from_civil(year, month, d), day);
                struct civil c = day_to_civil(day);
                assert_true(c.year == year && c.month == month && c.day == d);
                assert_int_equal(day_weekday(day), weekday);
                weekday = weekday % 7 + 1;
                day++;
            }
}

static void calendar_agrees_with_libc(void **state)
{
    (void)state;
    for (int32_t day = -400000; day < 400000; day += 37) {
        time_t seconds = (time_t)day * 86400;
        struct tm tm;
        gmtime_r(&seconds, &tm);
        struct civil c = day_to_civil(day);
        assert_true(c.year == tm.tm_year + 1900 && c.month == tm.tm_mon + 1 && c.day == tm.tm_mday);
        assert_int_equal(day_weekday(day) % 7, tm.tm_wday);
    }
}

static void civil_validity(void **state)
{
    (void)state;
    assert_true(civil_is_valid(2000, 2, 29));
    assert_false(civil_is_valid(1900, 2, 29));
    assert_false(civil_is_valid(2001, 0, 1));
    assert_false(civil_is_valid(2001, 13, 1));
    assert_false(civil_is_valid(2001, 4, 31));
    assert_false(civil_is_valid(2001, 4, 0));
}

static int32_t day_of(const char *iso)
{
    int32_t day = day_parse(str_of(iso));
    assert_int_not_equal(day, DAY_NONE);
    return day;
}

/* ---- TIMEX3 values ---- */

static const struct {
    const char *value, *first, *end;
    enum precision precision;
} timex[] = {
    {"2002-01-12", "2002-01-12", "2002-01-13", PRECISION_DAY},
    {"2002-01-12T10:30", "2002-01-12", "2002-01-13", PRECISION_DAY},
    {"2002-01-12TNI", "2002-01-12", "2002-01-13", PRECISION_DAY},
    {"2009-08", "2009-08-01", "2009-09-01", PRECISION_MONTH},
    {"2009-12", "2009-12-01", "2010-01-01", PRECISION_MONTH},
    {"2003", "2003-01-01", "2004-01-01", PRECISION_YEAR},
    {"199", "1990-01-01", "2000-01-01", PRECISION_DECADE},
    {"19", "1900-01-01", "2000-01-01", PRECISION_CENTURY},
    {"2003-W05", "2003-01-27", "2003-02-03", PRECISION_WEEK},
    {"2009-W53", "2009-12-28", "2010-01-04", PRECISION_WEEK},
    {"2003-W05-WE", "2003-02-01", "2003-02-03", PRECISION_RANGE},
    {"2003-SU", "2003-06-01", "2003-09-01", PRECISION_SEASON},
    {"2003-WI", "2003-12-01", "2004-03-01", PRECISION_SEASON},
    {"2003-Q2", "2003-04-01", "2003-07-01", PRECISION_SEASON},
    {"2003-H2", "2003-07-01", "2004-01-01", PRECISION_SEASON},
};

static void timex_values(void **state)
{
    (void)state;
    struct arena a = {0};
    for (size_t i = 0; i < COUNT_OF(timex); i++) {
        struct days d = days_of_timex(str_of(timex[i].value));
        print_message("%s\n", timex[i].value);
        assert_int_equal(d.precision, timex[i].precision);
        assert_int_equal(d.first, day_of(timex[i].first));
        assert_int_equal(d.end, day_of(timex[i].end));
        struct days back = days_of_timex(days_timex(&a, d));
        assert_int_equal(back.first, d.first);
        if (d.precision != PRECISION_RANGE)
            assert_true(back.end == d.end && back.precision == d.precision);
    }
    arena_finish(&a);
}

static void timex_nonsense(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "",           "P21Y",       "PT24H",     "PXY",        "PRESENT_REF", "XXXX-WXX-7",
        "2002-13",    "2002-02-30", "2002-W54",  "2003-W53",   "2002-",       "2002-0",
        "2002-01-",   "2002-01-1",  "20021",     "2002-ZZ",    "2002-01-122", "1",
        "2002-W05-X", "XXXX-08-11", "2002-W5",   "T10:30",     "2002-01x12",
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        print_message("%s\n", rows[i]);
        assert_false(days_known(days_of_timex(str_of(rows[i]))));
    }
}

static void overlap(void **state)
{
    (void)state;
    struct days june = days_of_month(2011, 6), twelfth = days_of_day(day_of("2011-06-12"));
    assert_true(days_overlap(june, twelfth));
    assert_false(days_overlap(twelfth, days_of_day(day_of("2011-06-13"))));
    assert_true(days_overlap(days_of_year(2011), june));
    assert_false(days_overlap(days_of_year(2010), june));
    assert_false(days_overlap((struct days){0}, june));
}

/* ---- headers ---- */

static const struct {
    const char *text, *iso; /* null: no day */
} headers[] = {
    {"2011-06-03", "2011-06-03"},
    {" 2011-06-03\n", "2011-06-03"},
    {"2011-06-03T10:22:00Z", "2011-06-03"},
    {"2011-06-03 10:22", "2011-06-03"},
    {"2011/6/3", "2011-06-03"},
    {"20110603", "2011-06-03"},
    {"20110603T102200", "2011-06-03"},
    {"3 June 2011", "2011-06-03"},
    {"June 3, 2011", "2011-06-03"},
    {"Jun. 3rd, 2011, 9:15 am", "2011-06-03"},
    {"Sept. 3, 2011", "2011-09-03"},
    {"Fri, 03 Jun 2011 10:00:00 +0200", "2011-06-03"},
    {"Friday, June 3, 2011 at 10:00 PM EDT", "2011-06-03"},
    {"Published 3 June 2011", "2011-06-03"},
    {"Fri Jun  3 10:00:00 2011", "2011-06-03"},
    {"14/02/2012", "2012-02-14"},
    {"02/14/2012 09:30", "2012-02-14"},
    {"14.2.2012", "2012-02-14"},
    {"03/03/2011", "2011-03-03"},
    {"03/06/2011", NULL},
    {"14/02-2012", NULL},
    {"14/13/2012", NULL},
    {"14/02/20122", NULL},
    {"14/02", NULL},
    {"2011-06-31", NULL},
    {"2011-06-03x", NULL},
    {"2011-06", NULL},
    {"2011", NULL},
    {"June 2011", NULL},
    {"June 31, 2011", NULL},
    {"yesterday", NULL},
    {"", NULL},
    {"12345678901234567890", NULL},
    {"Mayor 3, 2011", NULL},
};

static void header_dates(void **state)
{
    (void)state;
    struct arena a = {0};
    for (size_t i = 0; i < COUNT_OF(headers); i++) {
        int32_t day = day_parse(str_of(headers[i].text));
        print_message("%s\n", headers[i].text);
        if (!headers[i].iso) {
            assert_int_equal(day, DAY_NONE);
            continue;
        }
        assert_int_not_equal(day, DAY_NONE);
        assert_string_equal(days_timex(&a, days_of_day(day)).p, headers[i].iso);
    }
    arena_finish(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calendar_is_consecutive), cmocka_unit_test(calendar_agrees_with_libc),
        cmocka_unit_test(civil_validity),          cmocka_unit_test(timex_values),
        cmocka_unit_test(timex_nonsense),          cmocka_unit_test(overlap),
        cmocka_unit_test(header_dates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
