/* Dates of the calendar: days, months, years and what holds them, with the year found where it was
 * not written. */
#include "core/dates_read.h"

#include <ctype.h>
#include <stdio.h>

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
static int32_t year_near_publication(struct date_reader *r, int month, int day)
{
    int32_t now = r->c->published, year = day_to_civil(now).year;
    enum date_tense tense = date_tense_at(r->c->line, r->tokens);
    bool sure = date_tense_before(r->c->line, r->tokens) == TENSE_FUTURE ||
                date_tense_is_sure(r->c->line, r->tokens);
    int32_t best = year, best_cost = INT32_MAX;
    for (int32_t y = year - 1; y <= year + 1; y++) {
        struct days d = calendar_days(y, month, day);
        int32_t away = d.first > now ? d.first - now : d.end <= now ? now - d.end + 1 : 0;
        if ((tense == TENSE_PAST && d.first > now) || (tense == TENSE_FUTURE && d.end <= now))
            away += sure ? 300 : 145;
        if (!(sure && tense == TENSE_FUTURE) && d.first > now + 275)
            away += 150; /* the month just over is nearer to mind than that of next year */
        if (tense == TENSE_UNKNOWN && d.first > now)
            away += 30; /* news tells of what was */
        if (away < best_cost)
            best_cost = away, best = y;
    }
    r->d->flags |= DATE_FROM_PUBLICATION;
    return best;
}

/* "April 13-15, 1915", "June and July 1941": the year stands behind the second part. */
static int32_t year_ahead(const struct date_reader *r)
{
    const struct date_line *line = r->c->line;
    int links = 0, days = 0;
    for (size_t i = r->tokens.end; i < line->classes.n && i < r->tokens.end + 6u; i++) {
        int class = (unsigned char)line->classes.v[i];
        if (class == CLASS_YEAR)
            return links && days ? line->tokens.v[i].value : -1;
        if (class == CLASS_HYPHEN || class == CLASS_TO || class >= DATE_CLASS_KINDS)
            links++;
        else if (date_is_month(class) || class == CLASS_DAY)
            days++;
        else if (class != CLASS_COMMA)
            return -1;
        if (links > 1)
            return -1;
    }
    return -1;
}

/* ---- days known by their date ---- */

/* What "9/11" and "the Sept. 11 attacks" are short for, from that day on. */
static const struct civil named_days[] = {{2001, 9, 11}};
#define NAMED_APART 60 /* days from an anniversary, where the day itself is spoken of */

static int32_t named_year(int32_t published, int month, int day)
{
    for (size_t i = 0; i < COUNT_OF(named_days); i++) {
        const struct civil *n = &named_days[i];
        bool over = published == DAY_NONE ||
                    published >= day_from_civil(n->year, n->month, n->day);
        if (over && n->month == month && n->day == day)
            return n->year;
    }
    return -1;
}

/* The year of a day that is spoken of as "the attacks", or far from where it comes round. */
static int32_t year_of_named(const struct date_reader *r, int month, int day)
{
    const struct date_line *line = r->c->line;
    int32_t now = r->c->published, year = named_year(now, month, day);
    if (year < 0)
        return -1;
    if (r->tokens.end < line->classes.n && line->classes.v[r->tokens.end] == CLASS_ATTACKS)
        return year;
    if (!date_has_publication(r->c) || date_tense_before(line, r->tokens) == TENSE_FUTURE)
        return -1;
    int32_t day_this_year = day_from_civil(day_to_civil(now).year, month, day);
    return abs(day_this_year - now) > NAMED_APART ? year : -1;
}

/* "9/11", a fraction otherwise. */
bool date_read_named(struct date_reader *r)
{
    const struct date_token *t = &r->c->line->tokens.v[r->tokens.begin];
    int32_t year = named_year(r->c->published, t->value, t->extra);
    return year >= 0 && date_put_days(r, days_of_day(day_from_civil(year, t->value, t->extra)));
}

/* A year that was not written. */
int32_t date_guess_year(struct date_reader *r, int month, int day)
{
    struct date_context *c = r->c;
    int32_t ahead = year_ahead(r);
    if (ahead < 0)
        ahead = year_of_named(r, month, day);
    if (ahead >= 0)
        return ahead;
    r->d->flags |= DATE_GUESSED_YEAR;
    if (date_has_publication(c))
        return year_near_publication(r, month, day);
    if (days_known(c->last)) {
        r->d->anchor = c->last_at;
        struct civil last = day_to_civil(c->last.first);
        bool by_month = c->last.precision == PRECISION_DAY || c->last.precision == PRECISION_MONTH;
        return last.year + (by_month && last.month - month >= 8);
    }
    return c->published == DAY_NONE ? -1 : year_near_publication(r, month, day);
}

bool date_put_unknown_year(struct date_reader *r)
{
    char value[32], time[16];
    date_time_suffix(r->p, time);
    if (r->p->day)
        snprintf(value, sizeof(value), "XXXX-%02d-%02d%s", r->p->month, r->p->day, time);
    else
        snprintf(value, sizeof(value), "XXXX-%02d", r->p->month);
    return date_put(r, time[0] && r->p->day ? DATE_TIME : DATE_DATE, value);
}

bool date_put_before_christ(struct date_reader *r, int32_t year)
{
    char value[32];
    int n = snprintf(value, sizeof(value), "BC%04d", (int)year);
    if (r->p->month)
        snprintf(value + n, sizeof(value) - (size_t)n, "-%02d", r->p->month);
    else if (r->p->season)
        snprintf(value + n, sizeof(value) - (size_t)n, "-%s", date_season_name(r->p->season));
    r->c->before_christ = year;
    return date_put(r, DATE_DATE, value);
}

/* "nineteen ninety-four", "two thousand". */
static int32_t year_in_words(const struct date_pieces *p)
{
    if (p->day || p->first_count == p->count)
        return -1;
    if (p->first_count >= 11 && p->first_count <= 20 && p->count >= 0 && p->count < 100)
        return p->first_count * 100 + (int32_t)p->count;
    return p->count >= 1000 && p->count < 2200 ? (int32_t)p->count : -1;
}

/* The month, from what was told last, of a day that stands alone: "on the 20th". */
static void take_month_around(struct date_reader *r)
{
    int32_t from = date_there(r);
    if (from == DAY_NONE)
        return;
    struct civil c = day_to_civil(from);
    r->p->month = c.month;
    r->p->year = c.year;
}

/* The nth of the days of a month that `first`, `first` + `step`, … are; the last for n < 0. */
static struct days nth_day(int32_t year, int month, int n, int weekday)
{
    struct days of_month = days_of_month(year, month);
    int step = weekday ? 7 : 1;
    int32_t day = of_month.first;
    if (weekday)
        day += (weekday - day_weekday(day) + 7) % 7;
    if (n < 0)
        n = (of_month.end - 1 - day) / step + 1;
    day += (n - 1) * step;
    return day < of_month.end ? days_of_day(day) : of_month;
}

/* "The first Monday in May", "the last day of March": which one, by the word that leads; 0 when the
 * words are not such. */
static int which_of_month(const struct date_reader *r)
{
    const struct date_pieces *p = r->p;
    const char *classes = r->c->line->classes.v + r->tokens.begin;
    int leads = (unsigned char)classes[0] == CLASS_THE ? classes[1] : classes[0];
    bool days = p->weekday || p->unit == UNIT_DAY;
    if (!p->month || !days)
        return 0;
    if (leads == CLASS_LAST)
        return -1;
    bool counts = leads == CLASS_ORDINAL || leads == CLASS_SECOND || leads == CLASS_ORDINAL_DAY;
    return counts ? p->ordinal : 0;
}

bool date_read_calendar(struct date_reader *r)
{
    int which = which_of_month(r);
    if (!r->p->day && !r->p->unit && !which)
        r->p->day = r->p->ordinal; /* "March eighth" */
    if (r->p->day && !r->p->month)
        take_month_around(r);
    const struct date_pieces *p = r->p;
    if (p->era < 0)
        return date_put_before_christ(r, p->year);
    int32_t year = p->year < 0 ? year_in_words(p) : p->year;
    if (r->c->before_christ && year < 0)
        return date_put_before_christ(r, r->c->before_christ - p->shift);
    if (p->two_digits)
        year = whole_year(r->c, year);
    if (p->unit == UNIT_YEAR && year < 0) { /* "of the same year" has no word that points */
        bool there = !p->shift_class || date_points_into_text(p->shift_class);
        int32_t from = there ? date_there(r) : date_here(r);
        year = from == DAY_NONE ? -1 : day_to_civil(from).year + p->shift;
    }
    if (p->month < 1 || p->day > 31)
        return false;
    if (year < 0)
        year = date_guess_year(r, p->month, p->day);
    if (year < 0)
        return date_put_unknown_year(r);
    if (which)
        return date_put_days(r, nth_day(year, p->month, which, p->weekday));
    struct days days = calendar_days(year, p->month, p->day);
    bool of_week = p->unit == UNIT_WEEK && p->day;
    return date_put_days(r, of_week ? date_unit_around(days.first, UNIT_WEEK, 0) : days);
}

struct three {
    int n[3], digits[3];
    char mark;
};

static struct three three_of(struct str s)
{
    struct three t = {0};
    for (size_t i = 0, k = 0; i < s.n && k < 3; i++) {
        if (s.p[i] >= '0' && s.p[i] <= '9')
            t.n[k] = t.n[k] * 10 + s.p[i] - '0', t.digits[k]++;
        else
            t.mark = s.p[i], k++;
    }
    return t;
}

/* A first number above 12 can only be a day, a second one can only follow a month. */
enum date_order date_order_of(const struct date_line *line, struct str text)
{
    enum date_order order = ORDER_UNKNOWN;
    for (size_t i = 0; i < line->classes.n; i++) {
        if ((unsigned char)line->classes.v[i] != CLASS_NUMERIC)
            continue;
        struct span at = {line->tokens.v[i].begin, line->tokens.v[i].end};
        struct three t = three_of(str_at(text, at));
        if (t.digits[0] == 4 || (t.n[0] > 12) == (t.n[1] > 12))
            continue;
        enum date_order says = t.n[0] > 12 ? ORDER_DAY_FIRST : ORDER_MONTH_FIRST;
        if (order != ORDER_UNKNOWN && order != says)
            return ORDER_UNKNOWN; /* several hands wrote this text */
        order = says;
    }
    return order;
}

/* "8/3/23": month first, as American papers have it, unless the size of a number here or elsewhere
 * in the text, or full stops between, say that the day is; in doubt the other value is kept. */
bool date_read_numeric(struct date_reader *r)
{
    struct three t = three_of(str_at(r->c->text, r->d->at));
    int *n = t.n;
    if (t.digits[0] == 4)
        return civil_is_valid(n[0], n[1], n[2]) &&
               date_put_days(r, calendar_days(n[0], n[1], n[2]));
    int32_t year = t.digits[2] == 4 ? n[2] : whole_year(r->c, n[2]);
    bool month_first = civil_is_valid(year, n[0], n[1]);
    bool day_first = civil_is_valid(year, n[1], n[0]);
    if (!month_first && !day_first)
        return false;
    bool both = month_first && day_first && n[0] != n[1];
    if (both && r->c->order == ORDER_UNKNOWN && t.mark != '.')
        r->d->other = days_timex(r->c->keep, calendar_days(year, n[1], n[0])).p;
    bool by_day = !month_first || (both && (r->c->order == ORDER_DAY_FIRST || t.mark == '.'));
    return date_put_days(r, by_day ? calendar_days(year, n[1], n[0])
                                   : calendar_days(year, n[0], n[1]));
}

/* "About 2000 soldiers", "killed 1950 men": a count, by the words on both sides. */
static bool counts_things(const struct date_reader *r)
{
    const struct date_line *line = r->c->line;
    size_t after = r->tokens.end;
    if (after >= line->classes.n || (unsigned char)line->classes.v[after] != CLASS_WORD)
        return false;
    int first = (unsigned char)line->classes.v[r->tokens.begin];
    int left = r->tokens.begin ? (unsigned char)line->classes.v[r->tokens.begin - 1] : CLASS_BREAK;
    return first == CLASS_ABOUT || left == CLASS_ABOUT || left == CLASS_PAST_VERB;
}

/* In a report "1345" is a time or a number; only "in", "of", "since" or "from" make it a year. */
static bool is_early(const struct date_reader *r, int32_t year)
{
    return year < 1500 && !r->c->history;
}

static bool is_early_year(const struct date_reader *r, int32_t year)
{
    static const char *const says[] = {"in", "In", "of", "since", "Since", "from", "From"};
    if (!is_early(r, year))
        return true;
    const struct date_token *t = &r->c->line->tokens.v[r->tokens.begin - 1]; /* by the rule */
    return str_among(str_at(r->c->text, span_of(t->begin, t->end)), says);
}

/* A number of four digits is a year when it could be one at all; those before 1900 only where the
 * words around say so.  What a line begins with, in front of a sentence, is the time of an
 * entry. */
static bool is_plausible_year(const struct date_reader *r, int32_t year)
{
    const struct date_line *line = r->c->line;
    size_t before = r->tokens.begin, after = r->tokens.end;
    int left = before > 0 ? (unsigned char)line->classes.v[before - 1] : CLASS_BREAK;
    int right = after < line->classes.n ? (unsigned char)line->classes.v[after] : CLASS_BREAK;
    if (left == CLASS_MONEY || right == CLASS_PERCENT || right == CLASS_UNITS)
        return false;
    if (left == CLASS_HYPHEN && before > 1 && line->classes.v[before - 2] == CLASS_CAPITAL)
        return false;
    if (counts_things(r))
        return false;
    bool entry = (left == CLASS_BREAK || left == CLASS_DOT) && after < line->classes.n &&
                 isalpha((unsigned char)r->c->text.p[line->tokens.v[after].begin]);
    bool said = right != CLASS_WORD && left != CLASS_CAPITAL && !entry;
    return year >= 1900 || (said && !is_early(r, year));
}

bool date_read_year(struct date_reader *r)
{
    int32_t year = r->p->year < 0 && r->p->era == 0 ? year_in_words(r->p) : r->p->year;
    if (r->p->era < 0) {
        return date_put_before_christ(r, year < 0 ? (int32_t)r->p->count : year);
    }
    if (r->p->two_digits)
        year = whole_year(r->c, year);
    if (year < 0 || year > 2199 || (!r->p->early_or_late && !is_plausible_year(r, year)))
        return false;
    if (r->p->of_quarter && days_known(r->c->quarter)) { /* "the 2012 period" */
        int month = day_to_civil(r->c->quarter.first).month;
        return date_put_days(r, date_months_from(year * 12 + month - 1, 3, PRECISION_SEASON));
    }
    return date_put_days(r, days_of_year(year));
}

bool date_read_said_year(struct date_reader *r)
{
    return is_early_year(r, r->p->year) && date_put_days(r, days_of_year(r->p->year));
}

/* "April 13-15": month and year of the day before; "13-15 April": those behind. */
bool date_read_range_day(struct date_reader *r)
{
    const struct date_line *line = r->c->line;
    int month = 0;
    int32_t year = r->p->year;
    for (size_t i = r->tokens.end; i < line->classes.n && i < r->tokens.end + 5u; i++) {
        int class = (unsigned char)line->classes.v[i];
        if (date_is_month(class))
            month = line->tokens.v[i].value;
        if (class == CLASS_YEAR && month && year < 0)
            year = line->tokens.v[i].value;
    }
    bool behind = (unsigned char)line->classes.v[r->tokens.begin > 0 ? r->tokens.begin - 1 : 0] ==
                  CLASS_HYPHEN;
    if (days_known(r->c->last) && r->c->last.precision == PRECISION_DAY && (behind || !month)) {
        struct civil c = day_to_civil(r->c->last.first);
        month = c.month;
        year = year < 0 ? c.year : year;
    }
    if (!month)
        return false;
    if (year < 0)
        year = date_guess_year(r, month, r->p->day);
    return year >= 0 && date_put_days(r, calendar_days(year, month, r->p->day));
}

#define STRETCH_YEARS 60 /* at most, between the two ends of "1939-45" */

/* "2012-13": the century of the year before. */
bool date_read_range_year(struct date_reader *r)
{
    const struct date_token *t = &r->c->line->tokens.v[r->tokens.begin];
    int32_t from = t[-2].value, year = from / 100 * 100 + t->value;
    if (year <= from && from % 100 == 99)
        year += 100;
    return from >= 1500 && year > from && year - from <= STRETCH_YEARS &&
           date_put_days(r, days_of_year(year));
}

bool date_read_year_before(struct date_reader *r)
{
    return date_put_before_christ(r, (int32_t)r->p->count);
}

/* "The 1800s" are a century, "the 2000s" the decade. */
bool date_read_decade(struct date_reader *r)
{
    if (r->p->decade % 100 == 0 && r->p->decade >= 1000 && r->p->decade < 2000)
        return date_put_days(r, date_years_from(r->p->decade, 100, PRECISION_CENTURY));
    int32_t year = r->p->decade < 100 ? whole_year(r->c, r->p->decade) : r->p->decade;
    return date_put_days(r, date_years_from(year, 10, PRECISION_DECADE));
}

/* "The turn of the 20th century" is its first year; that of "the century" the one told of or lived
 * in. */
static int32_t turn_of_century(const struct date_reader *r)
{
    if (r->p->ordinal > 0)
        return (r->p->ordinal - 1) * 100;
    int32_t day = date_has_publication(r->c) ? date_here(r) : date_there(r);
    if (day == DAY_NONE)
        return -1;
    int32_t year = day_to_civil(day).year;
    return (r->c->history ? year + 50 : year) / 100 * 100;
}

bool date_read_century(struct date_reader *r)
{
    if (r->p->turn)
        return date_put_days(r, days_of_year(turn_of_century(r)));
    return r->p->ordinal > 0 && r->p->unit == UNIT_CENTURY &&
           date_put_days(r, date_years_from((r->p->ordinal - 1) * 100, 100, PRECISION_CENTURY));
}

/* The year that a season, quarter or half belongs to when the words do not say. */
static int32_t year_by_pointer(struct date_reader *r, int month)
{
    const struct date_pieces *p = r->p;
    int32_t year = p->year < 0 ? year_in_words(p) : p->year;
    if (year >= 0)
        return p->two_digits ? whole_year(r->c, year) : year;
    if (p->shift_class) {
        int32_t from = date_points_into_text(p->shift_class) ? date_there(r) : date_here(r);
        return from == DAY_NONE ? -1 : day_to_civil(from).year + p->shift;
    }
    return date_guess_year(r, month, 0);
}

bool date_read_season(struct date_reader *r)
{
    if (r->c->before_christ && r->p->year < 0)
        return date_put_before_christ(r, r->c->before_christ - r->p->shift);
    int32_t year = year_by_pointer(r, r->p->season);
    char value[24];
    if (year >= 0)
        return date_put_days(r,
                             date_months_from(year * 12 + r->p->season - 1, 3, PRECISION_SEASON));
    snprintf(value, sizeof(value), "XXXX-%s", date_season_name(r->p->season));
    return date_put(r, DATE_DATE, value);
}

/* The quarter's results are told of when it is over: the latest that began before. */
bool date_read_quarter(struct date_reader *r)
{
    int length = r->p->of_quarter ? 3 : 6;
    int n = r->p->ordinal ? r->p->ordinal : r->p->shift_class == CLASS_LAST ? 12 / length : 0;
    if (n < 1 || n > 12 / length)
        return false;
    int month = (n - 1) * length + 1;
    bool guessed = r->p->year < 0 && !r->p->shift_class && date_has_publication(r->c);
    int32_t year = guessed ? day_to_civil(date_here(r)).year : year_by_pointer(r, month);
    if (year < 0)
        return false;
    if (guessed && month > day_to_civil(r->c->published).month &&
        date_tense_at(r->c->line, r->tokens) != TENSE_FUTURE)
        year--;
    year -= r->p->from != 0; /* "the year-ago third quarter" */
    struct days d = date_months_from(year * 12 + month - 1, length, PRECISION_SEASON);
    if (length == 3)
        r->c->quarter = d;
    return date_put_days(r, d);
}
