/* dates_read: what the readings of a date share.  Not for other rooms: they ask find.h.
 *
 * A reading takes a match and its pieces and fills in the date; false when the words are no date
 * after all, and then nothing is kept. */
#ifndef CORE_DATES_READ_H
#define CORE_DATES_READ_H

#include "core/dates.h"

struct date_reader {
    struct date_context *c;
    struct date_pieces *p;
    struct span tokens;
    struct date *d;
};

/* ---- units ---- */

struct days date_days_span(int32_t first, int32_t n, enum precision precision);
/* `months` counts from January of the year 0. */
struct days date_months_from(int32_t months, int n, enum precision precision);
struct days date_years_from(int32_t year, int n, enum precision precision);
/* The unit (enum date_unit) that holds `day`, moved by n of them. */
struct days date_unit_around(int32_t day, int unit, int32_t n);

/* ---- what is reckoned from: a day, or DAY_NONE ---- */

bool date_has_publication(const struct date_context *c);
int32_t date_here(const struct date_reader *r);  /* where "last year" is said */
int32_t date_there(const struct date_reader *r); /* where "the year before" is said */
int32_t date_today(const struct date_reader *r); /* where "today" is said, in a history too */
bool date_points_into_text(int shift_class);
bool date_is_month(int class);
/* The year of a month and day (0: none) that were written without one; -1: unknown. */
int32_t date_guess_year(struct date_reader *r, int month, int day);

/* ---- writing down; they return true unless said otherwise ---- */

extern const char *const date_part_names[];
const char *date_season_name(int first_month); /* "SP" */
void date_time_suffix(const struct date_pieces *p, char out[16]);
bool date_put(struct date_reader *r, int type, const char *value); /* copied */
/* With the time of day where a day is known; false when there are no days, or their year has not
 * four digits. */
bool date_put_days(struct date_reader *r, struct days days);
/* The month, or the month and day, of the match. */
bool date_put_unknown_year(struct date_reader *r);
bool date_put_before_christ(struct date_reader *r, int32_t year);

/* ---- the readings ---- */

bool date_read_calendar(struct date_reader *r);
bool date_read_numeric(struct date_reader *r);
bool date_read_year(struct date_reader *r);
bool date_read_said_year(struct date_reader *r);
bool date_read_year_before(struct date_reader *r);
bool date_read_range_day(struct date_reader *r);
bool date_read_range_year(struct date_reader *r);
bool date_read_named(struct date_reader *r);
bool date_read_decade(struct date_reader *r);
bool date_read_century(struct date_reader *r);
bool date_read_season(struct date_reader *r);
bool date_read_quarter(struct date_reader *r);
bool date_read_holiday(struct date_reader *r);
bool date_read_weekday(struct date_reader *r);
bool date_read_deictic(struct date_reader *r);
bool date_read_shift(struct date_reader *r);
bool date_read_offset(struct date_reader *r);
bool date_read_period(struct date_reader *r);
bool date_read_clock(struct date_reader *r);
bool date_read_duration(struct date_reader *r);
bool date_read_set(struct date_reader *r);
bool date_read_past(struct date_reader *r);

#endif
