/* What all readings of a date share: units of the calendar, the day that a date is reckoned from,
 * and writing the result down.
 *
 * Everything relative is reckoned from one of two places: the day of publication ("Friday", "last
 * year", "two weeks ago") or the date told last ("the next day", "a year earlier", "that month").
 * In a narrative (a history, an article without a date) the date told last stands for both. */
#include "core/dates_read.h"

#include <stdio.h>

/* ---- units ---- */

struct days date_days_span(int32_t first, int32_t n, enum precision precision)
{
    return (struct days){first, first + n, precision};
}

struct days date_months_from(int32_t months, int n, enum precision precision)
{
    int32_t year = months >= 0 ? months / 12 : (months - 11) / 12;
    struct days d = days_of_month(year, months - year * 12 + 1);
    for (int i = 1; i < n; i++) {
        struct civil c = day_to_civil(d.end);
        d.end += month_length(c.year, c.month);
    }
    d.precision = precision;
    return d;
}

struct days date_years_from(int32_t year, int n, enum precision precision)
{
    return (struct days){day_from_civil(year, 1, 1), day_from_civil(year + n, 1, 1), precision};
}

/* The unit that holds `day`, moved by n units. */
struct days date_unit_around(int32_t day, int unit, int32_t n)
{
    struct civil c = day_to_civil(day);
    int32_t monday = day - (day_weekday(day) - 1);
    switch (unit) {
    case UNIT_WEEK:
        return date_days_span(monday + 7 * n, 7, PRECISION_WEEK);
    case UNIT_FORTNIGHT:
        return date_days_span(monday + 14 * n, 7, PRECISION_WEEK);
    case UNIT_WEEKEND:
        return date_days_span(monday + 5 + 7 * n, 2, PRECISION_RANGE);
    case UNIT_MONTH:
        return date_months_from(c.year * 12 + c.month - 1 + n, 1, PRECISION_MONTH);
    case UNIT_QUARTER:
        return date_months_from(c.year * 12 + (c.month - 1) / 3 * 3 + 3 * n, 3, PRECISION_SEASON);
    case UNIT_YEAR:
        return date_years_from(c.year + n, 1, PRECISION_YEAR);
    case UNIT_DECADE:
        return date_years_from((c.year / 10 + n) * 10, 10, PRECISION_DECADE);
    case UNIT_CENTURY:
        return date_years_from((c.year / 100 + n) * 100, 100, PRECISION_CENTURY);
    default:
        return date_days_span(day + n, 1, PRECISION_DAY);
    }
}

/* ---- what is reckoned from ---- */

bool date_has_publication(const struct date_context *c)
{
    return c->published != DAY_NONE && !c->narrative;
}

/* The day that "last year" is said on: in a history, the date told last; unknown where nobody says
 * when the article was published. */
int32_t date_here(const struct date_reader *r)
{
    if (date_has_publication(r->c)) {
        r->d->flags |= DATE_FROM_PUBLICATION;
        return r->c->published;
    }
    if (r->c->published != DAY_NONE && days_known(r->c->last)) {
        r->d->anchor = r->c->last_at;
        return r->c->last.first;
    }
    return r->c->published;
}

/* The day that "the next day", "earlier" are said from: the date told last, if any. */
int32_t date_there(const struct date_reader *r)
{
    if (!days_known(r->c->last))
        return date_here(r);
    r->d->anchor = r->c->last_at;
    return r->c->last.first;
}

bool date_points_into_text(int shift_class)
{
    return shift_class == CLASS_PREVIOUS || shift_class == CLASS_FOLLOWING ||
           shift_class == CLASS_THAT;
}

/* "Today" and "Friday" are the writer's, in a history too, where the day of publication is
 * known. */
int32_t date_today(const struct date_reader *r)
{
    if (r->c->published == DAY_NONE)
        return date_here(r);
    r->d->flags |= DATE_FROM_PUBLICATION;
    return r->c->published;
}

/* ---- values ---- */

bool date_put(struct date_reader *r, int type, const char *value)
{
    r->d->type = (uint8_t)type;
    r->d->value = arena_str(r->c->keep, str_of(value)).p;
    return true;
}

const char *const date_part_names[] = {"", "TMO", "TAF", "TEV", "TNI", "TDT", "T12:00", "T24:00"};

/* "T22:00", "TMO", or nothing. */
void date_time_suffix(const struct date_pieces *p, char out[16])
{
    out[0] = '\0';
    if (p->hour < 0) {
        snprintf(out, 16, "%s", date_part_names[p->part]);
        return;
    }
    int hour = p->hour % 24;
    bool after_noon = p->afternoon == 2 || (p->afternoon == 0 && hour < 12 &&
                                            (p->part == PART_AFTERNOON || p->part == PART_EVENING));
    if (after_noon && hour < 12)
        hour += 12;
    if (p->afternoon == 1 && hour == 12)
        hour = 0;
    snprintf(out, 16, "T%02d:%02d", hour, p->minute < 0 ? 0 : p->minute);
}

/* A stretch of days, and a time of day where the words give one and a day is known. */
bool date_put_days(struct date_reader *r, struct days days)
{
    char time[16] = "", value[48];
    int32_t year = days_known(days) ? day_to_civil(days.first).year : -1;
    if (year < 0 || year > 9999)
        return false;
    bool weekend = days.precision == PRECISION_RANGE && days.end - days.first == 2;
    struct days week = date_days_span(days.first - 5, 7, PRECISION_WEEK);
    struct str date = days_timex(r->c->keep, weekend ? week : days);
    if (days.precision == PRECISION_DAY)
        date_time_suffix(r->p, time);
    snprintf(value, sizeof(value), "%s%s%s", date.p, weekend ? "-WE" : "", time);
    r->d->days = days;
    if (r->p->approximate)
        r->d->flags |= DATE_APPROXIMATE;
    return date_put(r, time[0] ? DATE_TIME : DATE_DATE, value);
}

const char *date_season_name(int first_month)
{
    static const char *const names[] = {"", "SP", "SU", "FA", "WI"};
    return names[first_month / 3];
}

bool date_is_month(int class)
{
    return class == CLASS_MONTH || class == CLASS_MONTH_ABBR || class == CLASS_MONTH_MAYBE;
}
