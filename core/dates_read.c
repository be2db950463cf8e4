/* What a match means: its TIMEX3 value, and the days that covers.
 *
 * Everything relative is reckoned from one of two places: the day of publication ("Friday", "last
 * year", "two weeks ago") or the date told last ("the next day", "a year earlier", "that month").
 * In a narrative (a history, an article without a date) the date told last stands for both. */
#include "core/dates.h"

#include <math.h>
#include <stdio.h>

struct read {
    struct date_context *c;
    const struct date_pieces *p;
    struct span tokens;
    struct date *d;
};

/* ---- units ---- */

static struct days days_of_span(int32_t first, int32_t n, enum precision precision)
{
    return (struct days){first, first + n, precision};
}

static struct days months_from(int32_t months, int n, enum precision precision)
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

static struct days years_from(int32_t year, int n, enum precision precision)
{
    return (struct days){day_from_civil(year, 1, 1), day_from_civil(year + n, 1, 1), precision};
}

/* The unit that holds `day`, moved by n units. */
static struct days unit_around(int32_t day, int unit, int32_t n)
{
    struct civil c = day_to_civil(day);
    int32_t monday = day - (day_weekday(day) - 1);
    switch (unit) {
    case UNIT_WEEK:
        return days_of_span(monday + 7 * n, 7, PRECISION_WEEK);
    case UNIT_FORTNIGHT:
        return days_of_span(monday + 14 * n, 7, PRECISION_WEEK);
    case UNIT_WEEKEND:
        return days_of_span(monday + 5 + 7 * n, 2, PRECISION_RANGE);
    case UNIT_MONTH:
        return months_from(c.year * 12 + c.month - 1 + n, 1, PRECISION_MONTH);
    case UNIT_QUARTER:
        return months_from(c.year * 12 + (c.month - 1) / 3 * 3 + 3 * n, 3, PRECISION_SEASON);
    case UNIT_YEAR:
        return years_from(c.year + n, 1, PRECISION_YEAR);
    case UNIT_DECADE:
        return years_from((c.year / 10 + n) * 10, 10, PRECISION_DECADE);
    case UNIT_CENTURY:
        return years_from((c.year / 100 + n) * 100, 100, PRECISION_CENTURY);
    default:
        return days_of_span(day + n, 1, PRECISION_DAY);
    }
}

/* ---- what is reckoned from ---- */

static bool has_publication(const struct date_context *c)
{
    return c->published != DAY_NONE && !c->narrative;
}

/* The day that deictic words are said on. */
static int32_t here(const struct read *r)
{
    if (has_publication(r->c)) {
        r->d->flags |= DATE_FROM_PUBLICATION;
        return r->c->published;
    }
    if (days_known(r->c->last)) {
        r->d->anchor = r->c->last_at;
        return r->c->last.first;
    }
    return r->c->published;
}

/* The day that "the next day", "earlier" are said from: the date told last, if any. */
static int32_t there(const struct read *r)
{
    if (!days_known(r->c->last))
        return here(r);
    r->d->anchor = r->c->last_at;
    return r->c->last.first;
}

static bool points_into_text(int shift_class)
{
    return shift_class == CLASS_PREVIOUS || shift_class == CLASS_FOLLOWING ||
           shift_class == CLASS_THAT;
}

/* ---- values ---- */

static bool put_value(struct read *r, int type, const char *value)
{
    r->d->type = (uint8_t)type;
    r->d->value = arena_str(r->c->keep, str_of(value)).p;
    return true;
}

static const char *const part_names[] = {"", "TMO", "TAF", "TEV", "TNI", "TDT", "T12:00", "T24:00"};

/* "T22:00", "TMO", or nothing. */
static void time_suffix(const struct date_pieces *p, char out[16])
{
    out[0] = '\0';
    if (p->hour < 0) {
        snprintf(out, 16, "%s", part_names[p->part]);
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
static bool put_days(struct read *r, struct days days)
{
    char time[16] = "", value[48];
    if (!days_known(days))
        return false;
    bool weekend = days.precision == PRECISION_RANGE && days.end - days.first == 2;
    struct days week = days_of_span(days.first - 5, 7, PRECISION_WEEK);
    struct str date = days_timex(r->c->keep, weekend ? week : days);
    if (days.precision == PRECISION_DAY)
        time_suffix(r->p, time);
    snprintf(value, sizeof(value), "%s%s%s", date.p, weekend ? "-WE" : "", time);
    r->d->days = days;
    if (r->p->approximate)
        r->d->flags |= DATE_APPROXIMATE;
    return put_value(r, time[0] ? DATE_TIME : DATE_DATE, value);
}

/* ---- the calendar ---- */

/* "'97", "23": within fifty years of the day of publication. */
static int32_t whole_year(const struct date_context *c, int32_t year)
{
    int32_t now = c->published == DAY_NONE ? 2000 : day_to_civil(c->published).year;
    int32_t whole = now / 100 * 100 + year;
    return whole > now + 20 ? whole - 100 : whole < now - 79 ? whole + 100 : whole;
}

static int32_t day_or_last(int32_t year, int month, int day)
{
    int length = month_length(year, month);
    return day_from_civil(year, month, day > length ? length : day);
}

static struct days calendar_days(int32_t year, int month, int day)
{
    return day ? days_of_day(day_or_last(year, month, day)) : days_of_month(year, month);
}

/* Of the year before, this and the year after, the one that puts the date where the tense says,
 * or else nearest to the day of publication. */
static int32_t year_near_publication(struct read *r, int month, int day)
{
    int32_t now = r->c->published, year = day_to_civil(now).year;
    enum date_tense tense = date_tense_at(r->c->line, r->tokens);
    int32_t best = year, best_cost = INT32_MAX;
    for (int32_t y = year - 1; y <= year + 1; y++) {
        struct days d = calendar_days(y, month, day);
        int32_t away = d.first > now ? d.first - now : d.end <= now ? now - d.end + 1 : 0;
        if ((tense == TENSE_PAST && d.first > now) || (tense == TENSE_FUTURE && d.end <= now))
            away += 120;
        if (tense == TENSE_UNKNOWN && d.first > now)
            away += 60; /* news tells of what was */
        if (away < best_cost)
            best_cost = away, best = y;
    }
    r->d->flags |= DATE_FROM_PUBLICATION;
    return best;
}

static bool is_month(int class)
{
    return class == CLASS_MONTH || class == CLASS_MONTH_ABBR || class == CLASS_MONTH_MAYBE;
}

/* "April 13-15, 1915", "June and July 1941": the year stands behind the second part. */
static int32_t year_ahead(const struct read *r)
{
    const struct date_line *line = r->c->line;
    int links = 0, days = 0;
    for (size_t i = r->tokens.end; i < line->classes.n && i < r->tokens.end + 6u; i++) {
        int class = (unsigned char)line->classes.v[i];
        if (class == CLASS_YEAR)
            return links && days ? line->tokens.v[i].value : -1;
        if (class == CLASS_HYPHEN || class >= DATE_CLASS_KINDS)
            links++;
        else if (is_month(class) || class == CLASS_DAY)
            days++;
        else if (class != CLASS_COMMA)
            return -1;
        if (links > 1)
            return -1;
    }
    return -1;
}

/* A year that was not written. */
static int32_t guess_year(struct read *r, int month, int day)
{
    struct date_context *c = r->c;
    int32_t ahead = year_ahead(r);
    if (ahead >= 0)
        return ahead;
    r->d->flags |= DATE_GUESSED_YEAR;
    if (has_publication(c))
        return year_near_publication(r, month, day);
    if (days_known(c->last)) {
        r->d->anchor = c->last_at;
        return day_to_civil(c->last.first).year;
    }
    return c->published == DAY_NONE ? -1 : year_near_publication(r, month, day);
}

static bool put_unknown_year(struct read *r)
{
    char value[32], time[16];
    time_suffix(r->p, time);
    if (r->p->day)
        snprintf(value, sizeof(value), "XXXX-%02d-%02d%s", r->p->month, r->p->day, time);
    else
        snprintf(value, sizeof(value), "XXXX-%02d", r->p->month);
    return put_value(r, time[0] && r->p->day ? DATE_TIME : DATE_DATE, value);
}

static const char *season_name(int first_month)
{
    static const char *const names[] = {"", "SP", "SU", "FA", "WI"};
    return names[first_month / 3];
}

static bool put_before_christ(struct read *r, int32_t year)
{
    char value[32];
    int n = snprintf(value, sizeof(value), "BC%04d", (int)year);
    if (r->p->month)
        snprintf(value + n, sizeof(value) - (size_t)n, "-%02d", r->p->month);
    else if (r->p->season)
        snprintf(value + n, sizeof(value) - (size_t)n, "-%s", season_name(r->p->season));
    r->c->before_christ = year;
    return put_value(r, DATE_DATE, value);
}

static bool read_calendar(struct read *r)
{
    struct date_pieces *p = (struct date_pieces *)r->p;
    if (p->era < 0)
        return put_before_christ(r, p->year);
    int32_t year = p->year;
    if (r->c->before_christ && year < 0)
        return put_before_christ(r, r->c->before_christ - p->shift);
    if (p->two_digits)
        year = whole_year(r->c, year);
    if (p->shift_class && year < 0) {
        int32_t from = points_into_text(p->shift_class) ? there(r) : here(r);
        year = from == DAY_NONE ? -1 : day_to_civil(from).year + p->shift;
    }
    if (p->month < 1 || p->day > 31)
        return false;
    if (year < 0)
        year = guess_year(r, p->month, p->day);
    return year < 0 ? put_unknown_year(r) : put_days(r, calendar_days(year, p->month, p->day));
}

/* Three numbers; which is the day is settled by size, else by the habit of the case. */
static bool read_numeric(struct read *r)
{
    int n[3] = {0}, digits[3] = {0}, k = 0;
    struct str s = str_at(r->c->text, r->d->at);
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] >= '0' && s.p[i] <= '9')
            n[k] = n[k] * 10 + s.p[i] - '0', digits[k]++;
        else if (++k > 2)
            return false;
    }
    if (digits[0] == 4)
        return civil_is_valid(n[0], n[1], n[2]) && put_days(r, calendar_days(n[0], n[1], n[2]));
    int32_t year = digits[2] == 4 ? n[2] : whole_year(r->c, n[2]);
    bool month_first = civil_is_valid(year, n[0], n[1]), day_first = civil_is_valid(year, n[1], n[0]);
    if (month_first && day_first && n[0] != n[1]) {
        struct days other = calendar_days(year, n[1], n[0]);
        r->d->other = days_timex(r->c->keep, other).p;
    }
    if (!month_first && !day_first)
        return false;
    return put_days(r, month_first ? calendar_days(year, n[0], n[1]) : calendar_days(year, n[1], n[0]));
}

/* A number of four digits is a year when it could be one at all; those before 1900 only where the
 * words around say so. */
static bool is_plausible_year(const struct read *r, int32_t year)
{
    const struct date_line *line = r->c->line;
    size_t before = r->tokens.begin, after = r->tokens.end;
    int left = before > 0 ? (unsigned char)line->classes.v[before - 1] : CLASS_BREAK;
    int right = after < line->classes.n ? (unsigned char)line->classes.v[after] : CLASS_BREAK;
    if (left == CLASS_MONEY || right == CLASS_PERCENT || right == CLASS_UNITS)
        return false;
    if (left == CLASS_HYPHEN && before > 1 && line->classes.v[before - 2] == CLASS_CAPITAL)
        return false;
    return year >= 1900 || right != CLASS_WORD;
}

/* "nineteen ninety-four", "two thousand". */
static int32_t year_in_words(const struct date_pieces *p)
{
    if (p->first_count >= 11 && p->first_count <= 20 && p->count >= 0 && p->count < 100)
        return p->first_count * 100 + (int32_t)p->count;
    return p->count >= 1000 && p->count < 2200 ? (int32_t)p->count : -1;
}

static bool read_year(struct read *r)
{
    int32_t year = r->p->year < 0 && r->p->era == 0 ? year_in_words(r->p) : r->p->year;
    if (r->p->era < 0) {
        return put_before_christ(r, year < 0 ? (int32_t)r->p->count : year);
    }
    if (r->p->two_digits)
        year = whole_year(r->c, year);
    if (year < 0 || year > 2199 || (!r->p->early_or_late && !is_plausible_year(r, year)))
        return false;
    return put_days(r, days_of_year(year));
}

static bool read_said_year(struct read *r)
{
    return put_days(r, days_of_year(r->p->year));
}

/* "April 13-15": month and year of the day before; "13-15 April": those behind. */
static bool read_range_day(struct read *r)
{
    const struct date_line *line = r->c->line;
    int month = 0;
    int32_t year = r->p->year;
    for (size_t i = r->tokens.end; i < line->classes.n && i < r->tokens.end + 5u; i++) {
        int class = (unsigned char)line->classes.v[i];
        if (is_month(class))
            month = line->tokens.v[i].value;
        if (class == CLASS_YEAR && month && year < 0)
            year = line->tokens.v[i].value;
    }
    bool behind = (unsigned char)line->classes.v[r->tokens.begin > 0 ? r->tokens.begin - 1 : 0] == CLASS_HYPHEN;
    if (days_known(r->c->last) && r->c->last.precision == PRECISION_DAY && (behind || !month)) {
        struct civil c = day_to_civil(r->c->last.first);
        month = c.month;
        year = year < 0 ? c.year : year;
    }
    if (!month)
        return false;
    if (year < 0)
        year = guess_year(r, month, r->p->day);
    return year >= 0 && put_days(r, calendar_days(year, month, r->p->day));
}

static bool read_decade(struct read *r)
{
    int32_t year = r->p->decade < 100 ? whole_year(r->c, r->p->decade) : r->p->decade;
    return put_days(r, years_from(year, 10, PRECISION_DECADE));
}

static bool read_century(struct read *r)
{
    return r->p->ordinal > 0 &&
           put_days(r, years_from((r->p->ordinal - 1) * 100, 100, PRECISION_CENTURY));
}

/* The year that a season, quarter or half belongs to when the words do not say. */
static int32_t year_by_pointer(struct read *r, int month)
{
    const struct date_pieces *p = r->p;
    if (p->year >= 0)
        return p->two_digits ? whole_year(r->c, p->year) : p->year;
    if (p->shift_class) {
        int32_t from = points_into_text(p->shift_class) ? there(r) : here(r);
        return from == DAY_NONE ? -1 : day_to_civil(from).year + p->shift;
    }
    return guess_year(r, month, 0);
}

static bool read_season(struct read *r)
{
    if (r->c->before_christ && r->p->year < 0)
        return put_before_christ(r, r->c->before_christ - r->p->shift);
    int32_t year = year_by_pointer(r, r->p->season);
    char value[24];
    if (year >= 0)
        return put_days(r, months_from(year * 12 + r->p->season - 1, 3, PRECISION_SEASON));
    snprintf(value, sizeof(value), "XXXX-%s", season_name(r->p->season));
    return put_value(r, DATE_DATE, value);
}

/* The quarter's results are told of when it is over: the latest that began before. */
static bool read_quarter(struct read *r)
{
    int n = r->p->ordinal;
    int length = r->p->unit == UNIT_QUARTER ? 3 : 6;
    if (n < 1 || n > 12 / length)
        return false;
    int month = (n - 1) * length + 1;
    bool guessed = r->p->year < 0 && !r->p->shift_class && has_publication(r->c);
    int32_t year = guessed ? day_to_civil(here(r)).year : year_by_pointer(r, month);
    if (year < 0)
        return false;
    if (guessed && month > day_to_civil(r->c->published).month &&
        date_tense_at(r->c->line, r->tokens) != TENSE_FUTURE)
        year--;
    struct days d = months_from(year * 12 + month - 1, length, PRECISION_SEASON);
    if (length == 3)
        r->c->quarter = d;
    return put_days(r, d);
}

/* ---- said from somewhere ---- */

static bool put_weekday_unknown(struct read *r)
{
    char value[32], time[16];
    time_suffix(r->p, time);
    snprintf(value, sizeof(value), "XXXX-WXX-%d%s", r->p->weekday, time);
    return put_value(r, time[0] ? DATE_TIME : DATE_DATE, value);
}

/* "Today" and "Friday" are the writer's, in a history too, where the day of publication is known. */
static int32_t today(const struct read *r)
{
    if (r->c->published == DAY_NONE)
        return here(r);
    r->d->flags |= DATE_FROM_PUBLICATION;
    return r->c->published;
}

static bool read_weekday(struct read *r)
{
    int32_t day = today(r);
    if (day == DAY_NONE)
        return put_weekday_unknown(r);
    int32_t forward = (r->p->weekday - day_weekday(day) + 7) % 7;
    if (!has_publication(r->c))
        return put_days(r, days_of_day(day + forward));
    bool future = date_tense_at(r->c->line, r->tokens) == TENSE_FUTURE;
    return put_days(r, days_of_day(future || forward == 0 ? day + forward : day + forward - 7));
}

static bool read_deictic(struct read *r)
{
    int32_t day = today(r);
    if (day == DAY_NONE)
        return put_value(r, DATE_DATE, r->p->deictic < 0 ? "PAST_REF" : r->p->deictic == 0 ? "PRESENT_REF" : "FUTURE_REF");
    int deictic = r->p->deictic == DEICTIC_NONE ? 0 : r->p->deictic;
    return put_days(r, days_of_day(day + deictic));
}

static bool shift_weekday(struct read *r, int32_t from)
{
    int32_t forward = (r->p->weekday - day_weekday(from) + 7) % 7;
    if (r->p->shift > 0)
        return put_days(r, days_of_day(from + (forward ? forward : 7)));
    if (r->p->shift < 0)
        return put_days(r, days_of_day(from + (forward ? forward - 7 : -7)));
    return r->p->shift_class == CLASS_THIS && date_tense_at(r->c->line, r->tokens) == TENSE_PAST && forward
               ? put_days(r, days_of_day(from + forward - 7))
               : put_days(r, days_of_day(from + forward));
}

/* "last August" is the latest that is over, "next August" the first to come. */
static bool shift_month(struct read *r, int32_t from, int month, int length, enum precision precision)
{
    struct civil c = day_to_civil(from);
    int32_t year = c.year;
    if (r->p->shift < 0 && month + length - 1 >= c.month)
        year--;
    if (r->p->shift > 0 && month <= c.month)
        year++;
    return put_days(r, months_from(year * 12 + month - 1, length, precision));
}

static bool shift_part(struct read *r, int32_t from)
{
    return put_days(r, days_of_day(from + r->p->shift));
}

static bool read_duration(struct read *r);

static bool read_shift(struct read *r)
{
    const struct date_pieces *p = r->p;
    bool years_month = p->unit == UNIT_YEAR && p->month;
    if (years_month)
        return read_calendar(r);
    if (p->shift_class == CLASS_PAST && (p->unit == UNIT_DECADE || p->unit == UNIT_CENTURY))
        return read_duration(r);
    if (r->c->before_christ && (p->season || p->unit == UNIT_YEAR))
        return put_before_christ(r, r->c->before_christ - p->shift);
    bool narrative_next = p->shift_class == CLASS_NEXT && p->unit == UNIT_DAY;
    int32_t from = points_into_text(p->shift_class) || narrative_next ? there(r) : here(r);
    if (from == DAY_NONE)
        return put_value(r, DATE_DATE, p->shift < 0 ? "PAST_REF" : p->shift == 0 ? "PRESENT_REF" : "FUTURE_REF");
    if (p->weekday)
        return shift_weekday(r, from);
    if (p->month)
        return shift_month(r, from, p->month, 1, PRECISION_MONTH);
    if (p->season)
        return shift_month(r, from, p->season, 3, PRECISION_SEASON);
    if (p->part)
        return shift_part(r, from);
    return p->unit && put_days(r, unit_around(from, p->unit, p->shift));
}

/* ---- lengths ---- */

static double in_days(double count, int unit)
{
    switch (unit) {
    case UNIT_WEEK: return count * 7;
    case UNIT_FORTNIGHT: return count * 14;
    default: return count;
    }
}

static const char *vague_reference(const struct date_pieces *p)
{
    return p->from == CLASS_LATER ? "FUTURE_REF" : "PAST_REF";
}

static bool read_offset(struct read *r)
{
    const struct date_pieces *p = r->p;
    double count = p->count >= 0 ? p->count : 1;
    int way = p->from == CLASS_LATER || !p->from ? 1 : -1;
    if (p->vague || !p->unit)
        return put_value(r, DATE_DATE, vague_reference(p));
    if (p->of_quarter && !days_known(r->c->quarter) && has_publication(r->c))
        r->c->quarter = unit_around(here(r), UNIT_QUARTER, -1);
    int32_t from = p->from == CLASS_AGO || !p->from ? here(r) : there(r);
    if (from == DAY_NONE || count > 100000)
        return put_value(r, DATE_DATE, vague_reference(p));
    if (p->unit == UNIT_YEAR && days_known(r->c->quarter) && count == 1 && way < 0) {
        struct civil c = day_to_civil(r->c->quarter.first);
        return put_days(r, months_from((c.year - 1) * 12 + c.month - 1, 3, PRECISION_SEASON));
    }
    switch (p->unit) {
    case UNIT_YEAR: case UNIT_MONTH: case UNIT_QUARTER: case UNIT_DECADE: case UNIT_CENTURY:
    case UNIT_WEEKEND:
        return put_days(r, unit_around(from, p->unit == UNIT_DECADE || p->unit == UNIT_CENTURY ? UNIT_YEAR : p->unit,
                                       way * (int32_t)(count * (p->unit == UNIT_DECADE ? 10 : p->unit == UNIT_CENTURY ? 100 : 1))));
    case UNIT_WEEK: case UNIT_FORTNIGHT: case UNIT_DAY:
        return put_days(r, unit_around(from, p->unit == UNIT_DAY ? UNIT_DAY : UNIT_WEEK,
                                       way * (int32_t)(p->unit == UNIT_DAY ? count : in_days(count, p->unit) / 7)));
    default:
        return put_days(r, days_of_day(from));
    }
}

/* A count as TIMEX3 writes it: "2", "2.5". */
static void count_text(double count, char out[24])
{
    if (count == floor(count))
        snprintf(out, 24, "%.0f", count);
    else
        snprintf(out, 24, "%.1f", count);
}

static void period_text(double count, int unit, char out[48])
{
    char n[24];
    double whole = floor(count), rest = count - whole;
    if (unit == UNIT_DECADE || unit == UNIT_CENTURY)
        count *= unit == UNIT_DECADE ? 10 : 100, unit = UNIT_YEAR;
    if (unit == UNIT_FORTNIGHT)
        count *= 2, unit = UNIT_WEEK;
    count_text(count, n);
    if (rest == 0.5 && unit == UNIT_YEAR && whole > 0)
        snprintf(out, 48, "P%.0fY6M", whole);
    else if (rest == 0.5 && (unit == UNIT_HOUR || unit == UNIT_MINUTE) && whole > 0)
        snprintf(out, 48, unit == UNIT_HOUR ? "PT%.0fH30M" : "PT%.0fM30S", whole);
    else if (unit == UNIT_HOUR || unit == UNIT_MINUTE || unit == UNIT_SECOND)
        snprintf(out, 48, "PT%s%c", n, unit - 32);
    else if (unit == UNIT_WEEKEND)
        snprintf(out, 48, "P%sWE", n);
    else
        snprintf(out, 48, "P%s%c", n, unit);
}

static bool read_duration(struct read *r)
{
    const struct date_pieces *p = r->p;
    char value[48];
    bool clock = p->unit == UNIT_HOUR || p->unit == UNIT_MINUTE || p->unit == UNIT_SECOND;
    if (!p->unit)
        return false;
    if (p->vague || (p->count < 0 && p->plural))
        snprintf(value, sizeof(value), "P%sX%c", clock ? "T" : "", clock ? p->unit - 32 : p->unit);
    else
        period_text(p->count < 0 ? 1 : p->count, p->unit, value);
    if (p->approximate)
        r->d->flags |= DATE_APPROXIMATE;
    return put_value(r, DATE_DURATION, value);
}

/* "the quarter", "the end of the year". */
static bool read_period(struct read *r)
{
    int32_t from = has_publication(r->c) ? here(r) : there(r);
    if (r->p->unit == UNIT_YEAR && !r->p->early_or_late)
        return read_duration(r);
    if (r->p->unit == UNIT_QUARTER && days_known(r->c->quarter))
        return put_days(r, r->c->quarter);
    if (from == DAY_NONE || !r->p->unit)
        return false;
    int n = r->p->unit == UNIT_WEEKEND && date_tense_at(r->c->line, r->tokens) != TENSE_FUTURE && day_weekday(from) < 6 ? -1 : 0;
    struct days days = unit_around(from, r->p->unit, n);
    bool year_end = r->p->unit == UNIT_YEAR && r->c->line->classes.v[r->tokens.begin] == CLASS_UNIT_YEAR;
    return put_days(r, year_end ? days_of_day(days.end - 1) : days);
}

static bool read_set(struct read *r)
{
    const struct date_pieces *p = r->p;
    char value[48];
    if (p->weekday)
        snprintf(value, sizeof(value), "XXXX-WXX-%d%s", p->weekday, part_names[p->part]);
    else if (p->month)
        snprintf(value, sizeof(value), "XXXX-%02d", p->month);
    else if (p->season)
        snprintf(value, sizeof(value), "XXXX-%s", season_name(p->season));
    else if (p->part)
        snprintf(value, sizeof(value), "XXXX-XX-XX%s", part_names[p->part]);
    else if (p->unit)
        period_text(p->ordinal ? p->ordinal : 1, p->unit, value);
    else
        return false;
    return put_value(r, DATE_SET, value);
}

/* A time alone is of the day told last, or of the day of publication. */
static bool read_clock(struct read *r)
{
    int32_t day = days_known(r->c->last) && r->c->last.precision == PRECISION_DAY ? there(r) : here(r);
    char value[32], time[16];
    if (r->p->hour < 0 && !r->p->part && r->p->count >= 0 && r->p->count <= 24)
        ((struct date_pieces *)r->p)->hour = (int)r->p->count;
    if (r->p->hour > 24)
        return false;
    if (day != DAY_NONE)
        return put_days(r, days_of_day(day));
    time_suffix(r->p, time);
    snprintf(value, sizeof(value), "XXXX-XX-XX%s", time);
    return put_value(r, DATE_TIME, value);
}

/* Easter Sunday, Gregorian (Meeus, Jones, Butcher). */
static int32_t easter(int32_t y)
{
    int a = y % 19, b = y / 100, c = y % 100, d = b / 4, e = b % 4, f = (b + 8) / 25;
    int g = (b - f + 1) / 3, h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4;
    int l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451;
    int n = h + l - 7 * m + 114;
    return day_from_civil(y, n / 31, n % 31 + 1);
}

static int32_t holiday_day(int holiday, int32_t year)
{
    switch (holiday) {
    case 1:
        return day_from_civil(year, 12, 25);
    case 2: { /* the fourth Thursday of November */
        int32_t first = day_from_civil(year, 11, 1);
        return first + (4 - day_weekday(first) + 7) % 7 + 21;
    }
    case 3:
        return easter(year);
    default:
        return day_from_civil(year, 10, 31);
    }
}

static bool read_holiday(struct read *r)
{
    int32_t year = r->p->year >= 0 ? r->p->year : -1;
    int32_t from = year < 0 ? here(r) : 0;
    if (year < 0) {
        if (from == DAY_NONE)
            return false;
        year = day_to_civil(from).year;
        int32_t day = holiday_day(r->p->holiday, year);
        if ((r->p->shift < 0 && day >= from) ||
            (r->p->shift_class == 0 && day > from && date_tense_at(r->c->line, r->tokens) == TENSE_PAST))
            year--;
        if (r->p->shift > 0 && day <= from)
            year++;
    }
    return put_days(r, days_of_day(holiday_day(r->p->holiday, year)));
}

static bool read_past(struct read *r)
{
    char value[16];
    if (!r->p->unit || r->p->unit == UNIT_YEAR)
        return put_value(r, DATE_DATE, "PAST_REF");
    snprintf(value, sizeof(value), "PX%c", r->p->unit);
    return put_value(r, DATE_DURATION, value);
}

static bool read_by(struct read *r, enum date_reading reading)
{
    switch (reading) {
    case READ_CALENDAR: return read_calendar(r);
    case READ_NUMERIC: return read_numeric(r);
    case READ_YEAR: return read_year(r);
    case READ_SAID_YEAR: return read_said_year(r);
    case READ_YEAR_BEFORE: return put_before_christ(r, (int32_t)r->p->count);
    case READ_RANGE_DAY: return read_range_day(r);
    case READ_DECADE: return read_decade(r);
    case READ_CENTURY: return read_century(r);
    case READ_SEASON: return read_season(r);
    case READ_QUARTER: return read_quarter(r);
    case READ_WEEKDAY: return read_weekday(r);
    case READ_DEICTIC: return read_deictic(r);
    case READ_SHIFT: return read_shift(r);
    case READ_OFFSET: return read_offset(r);
    case READ_DURATION: return read_duration(r);
    case READ_PERIOD: return read_period(r);
    case READ_SET: return read_set(r);
    case READ_CLOCK: return read_clock(r);
    case READ_HOLIDAY: return read_holiday(r);
    case READ_PRESENT: return put_value(r, DATE_DATE, "PRESENT_REF");
    case READ_PAST: return read_past(r);
    case READ_FORMER: return r->c->narrative && put_value(r, DATE_DATE, "PAST_REF");
    case READ_NOTHING: return false;
    case READ_FUTURE: return put_value(r, DATE_DATE, "FUTURE_REF");
    }
    return false;
}

bool date_read(struct date_context *c, const struct date_rule *rule, struct span tokens,
               struct date *d)
{
    struct date_pieces p = date_pieces_of(c->line, tokens);
    struct read r = {c, &p, tokens, d};
    if (!read_by(&r, rule->reading))
        return false;
    if (days_known(d->days) && (d->type == DATE_DATE || d->type == DATE_TIME)) {
        c->last = d->days;
        c->last_at = d->at;
        c->before_christ = 0;
    }
    return true;
}
