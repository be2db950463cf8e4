/* day: civil days, and ranges of days with the precision they were written in.
 *
 * A day is a count from 1970-01-01 in the proleptic Gregorian calendar.  A date as written
 * ("March 2021", "the 1990s", "12 January 2002") is a half-open range of days; its precision says
 * how it was meant, so that "June" never conflicts with "12 June".  Nothing here asks a clock. */
#ifndef CORE_DAY_H
#define CORE_DAY_H

#include "core/arena.h"
#include "core/base.h"

#define DAY_NONE INT32_MIN

enum precision {
    PRECISION_NONE = 0, /* the range is empty: nothing is known */
    PRECISION_DAY,
    PRECISION_WEEK,
    PRECISION_MONTH,
    PRECISION_SEASON, /* and quarter, half-year */
    PRECISION_YEAR,
    PRECISION_DECADE,
    PRECISION_CENTURY,
    PRECISION_RANGE, /* anything else: from one day until another */
};

/* Days [first, end).  All zero is "no date". */
struct days {
    int32_t first, end;
    enum precision precision;
};

struct civil {
    int32_t year;
    int month, day; /* from 1 */
};

int32_t day_from_civil(int32_t year, int month, int day); /* the arguments must be a real date */
struct civil day_to_civil(int32_t day);
bool civil_is_valid(int32_t year, int month, int day);
int day_weekday(int32_t day); /* 1 Monday .. 7 Sunday, as ISO 8601 */
int month_length(int32_t year, int month);

struct days days_of_day(int32_t day);
struct days days_of_month(int32_t year, int month);
struct days days_of_year(int32_t year);

static inline bool days_known(struct days d)
{
    return d.precision != PRECISION_NONE;
}

/* Both may be true of one event: the ranges share a day. */
static inline bool days_overlap(struct days a, struct days b)
{
    return days_known(a) && days_known(b) && a.first < b.end && b.first < a.end;
}

/* The days a TIMEX3 value names ("2002-01-12", "2009-08", "199", "2003-W05", "2003-SU",
 * "2003-Q2", "2002-01-12T10:30"); no date for durations, references and what is malformed. */
struct days days_of_timex(struct str value);

/* The range as a TIMEX3 value of its precision: "2002-01-12", "2009-08", "2003", "199".
 * PRECISION_RANGE gives its first day.  NUL-terminated, in `a`. */
struct str days_timex(struct arena *a, struct days d);

/* A whole ISO date "2011-06-03", with or without a time behind it ("T…" or a blank), or the other
 * forms of headers and page metadata ("3 June 2011", "June 3, 2011", RFC 2822, "14/02/2012" where
 * one number can be no month); DAY_NONE if none. */
int32_t day_parse(struct str s);

#endif
