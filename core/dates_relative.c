/* Dates said from another: "Friday", "yesterday", "last year", "two weeks ago", "the end of the
 * year", "10 p.m.". */
#include "core/dates_read.h"

#include <stdio.h>

static bool put_weekday_unknown(struct date_reader *r)
{
    char value[32], time[16];
    date_time_suffix(r->p, time);
    snprintf(value, sizeof(value), "XXXX-WXX-%d%s", r->p->weekday, time);
    return date_put(r, time[0] ? DATE_TIME : DATE_DATE, value);
}

/* The class of the token so many before the match, or behind it. */
static int class_beside(const struct date_reader *r, int away)
{
    const struct date_line *line = r->c->line;
    int64_t at = away < 0 ? (int64_t)r->tokens.begin + away : (int64_t)r->tokens.end + away - 1;
    return at >= 0 && at < (int64_t)line->classes.n ? (unsigned char)line->classes.v[at]
                                                    : CLASS_BREAK;
}

/* "As early as Tuesday", "as soon as Friday", not "as recently as Saturday"; "ahead of Sunday". */
static bool is_to_come(const struct date_reader *r)
{
    bool as = class_beside(r, -1) == CLASS_AS && class_beside(r, -3) == CLASS_AS;
    return (as && class_beside(r, -2) != CLASS_REF_PAST) || class_beside(r, -2) == CLASS_AHEAD;
}

/* What has a name by its weekday, "Tuesday's earthquake", is near, whatever will come of it: so
 * many days ahead it would be next week's. */
#define NAMED_DAYS_AHEAD 4

static bool is_owner(const struct date_reader *r)
{
    const struct date_line *line = r->c->line;
    if (r->tokens.end >= line->tokens.n)
        return false;
    const struct date_token *t = &line->tokens.v[r->tokens.end];
    struct str word = str_at(r->c->text, span_of(t->begin, t->end));
    return str_eq(word, STR("'s")) || str_eq(word, STR("’s"));
}

/* Days from `day` to the weekday that is meant. */
static int32_t days_to_weekday(const struct date_reader *r, int32_t day)
{
    int32_t forward = (r->p->weekday - day_weekday(day) + 7) % 7;
    if (!date_has_publication(r->c) || r->p->shift > 0)
        return forward;
    if (r->p->shift < 0)
        return forward ? forward - 7 : -7;
    bool future = is_to_come(r) || date_tense_at(r->c->line, r->tokens) == TENSE_FUTURE;
    if (forward > NAMED_DAYS_AHEAD && is_owner(r))
        future = false;
    return future || forward == 0 ? forward : forward - 7;
}

bool date_read_weekday(struct date_reader *r)
{
    int32_t day = date_today(r);
    int beside = r->p->from == CLASS_BEFORE ? -1 : r->p->from == CLASS_AFTER ? 1 : 0;
    if (beside && r->p->unit != UNIT_DAY) /* only days are counted from a weekday */
        return false;
    if (day == DAY_NONE)
        return beside ? false : put_weekday_unknown(r);
    return date_put_days(r, days_of_day(day + days_to_weekday(r, day) + beside));
}

#define LEAD_TOKENS 120 /* where an article tells what is new */

/* "Overnight" is the night before the paper where the news is told; a night nobody names where the
 * jury of long ago was kept so. */
static bool put_overnight(struct date_reader *r)
{
    if (r->tokens.end - r->tokens.begin > 1) /* "overnight yesterday" */
        return false;
    if (r->tokens.begin > LEAD_TOKENS || !date_has_publication(r->c))
        return date_put(r, DATE_TIME, "XXXX-XX-XXTNI");
    bool ahead = date_tense_at(r->c->line, r->tokens) == TENSE_FUTURE;
    return date_put_days(r, days_of_day(date_here(r) - !ahead));
}

bool date_read_deictic(struct date_reader *r)
{
    bool overnight = (unsigned char)r->c->line->classes.v[r->tokens.begin] == CLASS_OVERNIGHT;
    if (overnight && put_overnight(r))
        return true;
    int32_t day = date_today(r);
    if (day == DAY_NONE)
        return date_put(r, DATE_DATE,
                        r->p->deictic < 0    ? "PAST_REF"
                        : r->p->deictic == 0 ? "PRESENT_REF"
                                             : "FUTURE_REF");
    int deictic = r->p->deictic == DEICTIC_NONE ? 0 : r->p->deictic;
    if (r->p->unit == UNIT_DAY)
        deictic *= 2; /* "the day before yesterday" */
    return date_put_days(r, days_of_day(day + deictic));
}

static bool shift_weekday(struct date_reader *r, int32_t from)
{
    int32_t forward = (r->p->weekday - day_weekday(from) + 7) % 7;
    if (r->p->unit == UNIT_WEEK) /* "Tuesday of last week" */
        return date_put_days(r, days_of_day(date_unit_around(from, UNIT_WEEK, r->p->shift).first +
                                            r->p->weekday - 1));
    if (r->p->shift > 0)
        return date_put_days(r, days_of_day(from + (forward ? forward : 7)));
    if (r->p->shift < 0)
        return date_put_days(r, days_of_day(from + (forward ? forward - 7 : -7)));
    return r->p->shift_class == CLASS_THIS && date_tense_at(r->c->line, r->tokens) == TENSE_PAST &&
                   forward
               ? date_put_days(r, days_of_day(from + forward - 7))
               : date_put_days(r, days_of_day(from + forward));
}

/* "last August" is the latest that is over, "next August" the first to come. */
static bool shift_month(struct date_reader *r, int32_t from, int month, int length,
                        enum precision precision)
{
    struct civil c = day_to_civil(from);
    int32_t year = c.year;
    if (month + length > 13 && c.month < month + length - 12 && r->p->shift == 0)
        year--; /* "this winter", said in February */
    if (r->p->shift < 0 && month + length - 1 >= c.month)
        year--;
    if (r->p->shift > 0 && month <= c.month)
        year++;
    return date_put_days(r, date_months_from(year * 12 + month - 1, length, precision));
}

static bool shift_part(struct date_reader *r, int32_t from)
{
    return date_put_days(r, days_of_day(from + r->p->shift));
}

/* Whether one of `unit` behind a date of this precision is known: a year does not tell the day. */
static bool is_too_fine(int unit, enum precision last)
{
    switch (unit) {
    case UNIT_SECOND:
    case UNIT_MINUTE:
    case UNIT_HOUR:
    case UNIT_DAY:
    case UNIT_WEEK:
        return last >= PRECISION_MONTH;
    default:
        return unit == UNIT_MONTH && last > PRECISION_MONTH;
    }
}

/* "The following day", said of a year, is a day nobody knows: "1998-XX-XX".  False when the date it
 * is said of is known well enough. */
static bool put_coarse(struct date_reader *r, int unit)
{
    struct days last = r->c->last;
    if (span_is_empty(r->d->anchor) || !is_too_fine(unit, last.precision))
        return false;
    char value[40], time[16];
    struct civil c = day_to_civil(last.first);
    int n = last.precision > PRECISION_YEAR ? snprintf(value, sizeof(value), "XXXX")
                                            : snprintf(value, sizeof(value), "%04d", c.year);
    date_time_suffix(r->p, time);
    if (unit == UNIT_MONTH)
        snprintf(value + n, sizeof(value) - (size_t)n, "-XX");
    else if (unit == UNIT_WEEK)
        snprintf(value + n, sizeof(value) - (size_t)n, "-WXX");
    else if (last.precision == PRECISION_MONTH)
        snprintf(value + n, sizeof(value) - (size_t)n, "-%02d-XX%s", c.month, time);
    else
        snprintf(value + n, sizeof(value) - (size_t)n, "-XX-XX%s", time);
    return date_put(r, time[0] ? DATE_TIME : DATE_DATE, value);
}

bool date_read_shift(struct date_reader *r)
{
    const struct date_pieces *p = r->p;
    bool years_month = p->unit == UNIT_YEAR && p->month;
    if (years_month)
        return date_read_calendar(r);
    if (p->shift_class == CLASS_PAST && (p->unit == UNIT_DECADE || p->unit == UNIT_CENTURY))
        return date_read_duration(r);
    if (r->c->before_christ && (p->season || p->unit == UNIT_YEAR))
        return date_put_before_christ(r, r->c->before_christ - p->shift);
    bool narrative_next = p->shift_class == CLASS_NEXT && (p->unit == UNIT_DAY || p->part);
    int32_t from =
        date_points_into_text(p->shift_class) || narrative_next ? date_there(r) : date_here(r);
    if (from == DAY_NONE)
        return date_put(r, DATE_DATE,
                        p->shift < 0    ? "PAST_REF"
                        : p->shift == 0 ? "PRESENT_REF"
                                        : "FUTURE_REF");
    if (put_coarse(r, p->part || p->weekday ? UNIT_DAY : p->unit))
        return true;
    if (p->weekday)
        return shift_weekday(r, from);
    if (p->month)
        return shift_month(r, from, p->month, 1, PRECISION_MONTH);
    if (p->season)
        return shift_month(r, from, p->season, 3, PRECISION_SEASON);
    if (p->part)
        return shift_part(r, from);
    bool coming_weekend = p->shift_class == CLASS_COMING && p->unit == UNIT_WEEKEND;
    int n = coming_weekend && day_weekday(from) < 6 ? 0 : p->shift;
    return p->unit && date_put_days(r, date_unit_around(from, p->unit, n));
}

/* ---- so long ago ---- */

static const char *vague_reference(const struct date_pieces *p)
{
    return p->from == CLASS_LATER || !p->from ? "FUTURE_REF" : "PAST_REF";
}

/* No text means a date further away than this many units. */
#define OFFSET_MAX 20000

/* The day `count` units of the match before or after `from`, in its unit. */
static struct days moved(const struct date_pieces *p, int32_t from, double count)
{
    switch (p->unit) {
    case UNIT_SECOND:
    case UNIT_MINUTE:
    case UNIT_HOUR:
        return days_of_day(from);
    case UNIT_FORTNIGHT:
        return date_unit_around(from, UNIT_WEEK, (int32_t)(count * 2));
    case UNIT_DECADE:
        return date_unit_around(from, UNIT_YEAR, (int32_t)(count * 10));
    case UNIT_CENTURY:
        return date_unit_around(from, UNIT_YEAR, (int32_t)(count * 100));
    default:
        return date_unit_around(from, p->unit, (int32_t)count);
    }
}

/* Where results are compared, so many words behind a quarter, "a year earlier" is the same quarter
 * of the year before. */
#define COMPARED_TOKENS 300

static bool put_quarter_before(struct date_reader *r)
{
    struct civil c = day_to_civil(r->c->quarter.first);
    int32_t months = (c.year - 1) * 12 + c.month - 1;
    return date_put_days(r, date_months_from(months, 3, PRECISION_SEASON));
}

/* "A week from Friday", "two days from tomorrow". */
static bool put_from_day(struct date_reader *r, double count)
{
    const struct date_pieces *p = r->p;
    int32_t day = date_today(r);
    if (day == DAY_NONE || count > OFFSET_MAX)
        return date_put(r, DATE_DATE, "FUTURE_REF");
    int32_t forward = (p->weekday - day_weekday(day) + 7) % 7;
    day += p->weekday ? (forward ? forward : 7) : p->deictic;
    if (p->unit == UNIT_DAY || p->unit == UNIT_WEEK)
        return date_put_days(r,
                             days_of_day(day + (int32_t)(count * (p->unit == UNIT_WEEK ? 7 : 1))));
    return date_put_days(r, moved(p, day, count));
}

/* "A year ago today", "three weeks ago Monday". */
static bool put_day_ago(struct date_reader *r, double count)
{
    const struct date_pieces *p = r->p;
    int32_t day = date_today(r), n = (int32_t)count;
    if (day == DAY_NONE || count > OFFSET_MAX)
        return date_put(r, DATE_DATE, "PAST_REF");
    day += p->weekday ? p->weekday - day_weekday(day) : p->deictic;
    if (p->unit == UNIT_DAY || p->unit == UNIT_WEEK)
        return date_put_days(r, days_of_day(day - n * (p->unit == UNIT_WEEK ? 7 : 1)));
    int32_t first = moved(p, day, -count).first;
    struct civil c = day_to_civil(day), then = day_to_civil(first);
    int month = p->unit == UNIT_MONTH ? then.month : c.month;
    int length = month_length(then.year, month);
    return date_put_days(
        r, days_of_day(day_from_civil(then.year, month, c.day < length ? c.day : length)));
}

static bool is_of_day(int unit)
{
    return unit == UNIT_SECOND || unit == UNIT_MINUTE || unit == UNIT_HOUR;
}

/* "Two hours later" is a length in a report, and what it tells is on the day told last. */
static bool put_hours_later(struct date_reader *r)
{
    const struct date_context *c = r->c;
    if (c->last.precision == PRECISION_DAY) {
        r->d->anchor = c->last_at;
        r->d->days = c->last;
    }
    r->d->at.end = c->line->tokens.v[r->tokens.end - 2].end;
    return date_read_duration(r);
}

bool date_read_offset(struct date_reader *r)
{
    const struct date_pieces *p = r->p;
    double count = p->count >= 0 ? p->count : 1;
    int way = p->from == CLASS_LATER || !p->from ? 1 : -1;
    if (!p->unit && p->part) /* "two nights ago" */
        r->p->unit = UNIT_DAY;
    if (is_of_day(p->unit) && p->from == CLASS_LATER && date_has_publication(r->c))
        return put_hours_later(r);
    if (p->vague || !p->unit || (p->plural && p->count < 0))
        return date_put(r, DATE_DATE, vague_reference(p));
    if (p->from == CLASS_AGO && (p->weekday || p->deictic != DEICTIC_NONE))
        return put_day_ago(r, count);
    if (p->weekday || p->deictic != DEICTIC_NONE)
        return put_from_day(r, count);
    if (p->of_quarter && !days_known(r->c->quarter) && date_has_publication(r->c)) {
        r->c->quarter = date_unit_around(date_here(r), UNIT_QUARTER, -1);
        r->c->quarter_token = r->tokens.begin;
    }
    int32_t from = p->from == CLASS_AGO || !p->from ? date_here(r) : date_there(r);
    bool compared =
        days_known(r->c->quarter) && r->tokens.begin < r->c->quarter_token + COMPARED_TOKENS;
    if (p->unit == UNIT_YEAR && compared && count == 1 && way < 0)
        return put_quarter_before(r);
    if (from != DAY_NONE && put_coarse(r, p->unit))
        return true;
    bool reckoned =
        from != DAY_NONE && count <= OFFSET_MAX && date_put_days(r, moved(p, from, way * count));
    return reckoned || date_put(r, DATE_DATE, vague_reference(p));
}

/* "The weekend" that was, or will be. */
static int which_weekend(const struct date_reader *r, int32_t from)
{
    bool past = date_tense_at(r->c->line, r->tokens) != TENSE_FUTURE && day_weekday(from) < 6;
    return past ? -1 : 0;
}

/* "the quarter", "the week", "the end of the year". */
bool date_read_period(struct date_reader *r)
{
    const struct date_pieces *p = r->p;
    int32_t from = date_has_publication(r->c) ? date_here(r) : date_there(r);
    bool whole = !p->approximate && !p->from && !p->shift_class;
    bool small = p->unit != UNIT_WEEK && p->unit != UNIT_MONTH && p->unit != UNIT_YEAR &&
                 p->unit != UNIT_QUARTER && p->unit != UNIT_WEEKEND;
    if (p->of_quarter && days_known(r->c->quarter))
        return date_put_days(r, r->c->quarter);
    if (from == DAY_NONE && p->unit == UNIT_WEEKEND)
        return date_put(r, DATE_DATE, "XXXX-WXX-WE");
    if (from == DAY_NONE || !p->unit || (whole && small))
        return false;
    int n = p->unit == UNIT_WEEKEND ? which_weekend(r, from) : 0;
    if (p->of_quarter)
        r->c->quarter = date_unit_around(from, UNIT_QUARTER, n);
    return date_put_days(r, date_unit_around(from, p->unit, n));
}

/* A time is of the day told last only so many words behind it; in a history always. */
#define SAME_DAY_TOKENS 150

/* A time alone is of the day told last, or of the day of publication. */
bool date_read_clock(struct date_reader *r)
{
    const struct date_context *c = r->c;
    bool near = !date_has_publication(c) || r->tokens.begin < c->last_token + SAME_DAY_TOKENS;
    bool ahead = date_has_publication(c) && days_known(c->last) && c->last.first > c->published &&
                 date_tense_at(c->line, r->tokens) != TENSE_FUTURE;
    bool told = days_known(c->last) && c->last.precision == PRECISION_DAY && near && !ahead;
    int32_t day = told ? date_there(r) : date_here(r);
    char value[32], time[16];
    if (r->p->hour < 0 && r->p->count >= 0 && r->p->count <= 24)
        r->p->hour = (int)r->p->count;
    if (r->p->hour > 24)
        return false;
    if (day != DAY_NONE)
        return date_put_days(r, days_of_day(day));
    date_time_suffix(r->p, time);
    snprintf(value, sizeof(value), "XXXX-XX-XX%s", time);
    return date_put(r, DATE_TIME, value);
}
