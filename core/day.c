/* Civil days by arithmetic alone: no table of years, no time zone, no locale.
 *
 * The count of days follows the era method (400 years are 146,097 days), which is exact over the
 * whole range of int32_t years that a text can name.  The parsers below read by hand: what they
 * accept is small, and a pattern library would cost more to set up than the header it reads. */
#include "core/day.h"

#define DAYS_PER_ERA 146097
#define EPOCH_SHIFT  719468 /* from 0000-03-01 to 1970-01-01 */

static bool is_leap(int32_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int month_length(int32_t year, int month)
{
    static const uint8_t length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : length[month - 1];
}

bool civil_is_valid(int32_t year, int month, int day)
{
    return month >= 1 && month <= 12 && day >= 1 && day <= month_length(year, month);
}

/* Years begin in March here, so that the leap day is the last of its year. */
int32_t day_from_civil(int32_t year, int month, int day)
{
    year -= month <= 2;
    int32_t era = (year >= 0 ? year : year - 399) / 400;
    int32_t of_era = year - era * 400;
    int32_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * DAYS_PER_ERA + of_era * 365 + of_era / 4 - of_era / 100 + of_year - EPOCH_SHIFT;
}

struct civil day_to_civil(int32_t day)
{
    day += EPOCH_SHIFT;
    int32_t era = (day >= 0 ? day : day - (DAYS_PER_ERA - 1)) / DAYS_PER_ERA;
    int32_t rest = day - era * DAYS_PER_ERA;
    int32_t year = (rest - rest / 1460 + rest / 36524 - rest / 146096) / 365;
    int32_t of_year = rest - (365 * year + year / 4 - year / 100);
    int32_t march = (5 * of_year + 2) / 153;
    int month = march < 10 ? march + 3 : march - 9;
    return (struct civil){year + era * 400 + (month <= 2), month,
                          of_year - (153 * march + 2) / 5 + 1};
}

/* 1970-01-01 was a Thursday. */
int day_weekday(int32_t day)
{
    int of_week = (int)(((int64_t)day + 3) % 7);
    return (of_week < 0 ? of_week + 7 : of_week) + 1;
}

struct days days_of_day(int32_t day)
{
    return (struct days){day, day + 1, PRECISION_DAY};
}

static struct days days_of_months(int32_t year, int month, int n, enum precision precision)
{
    int after = month + n - 1;
    int32_t end = day_from_civil(year + after / 12, after % 12 + 1, 1);
    return (struct days){day_from_civil(year, month, 1), end, precision};
}

static struct days days_of_years(int32_t year, int n, enum precision precision)
{
    return (struct days){day_from_civil(year, 1, 1), day_from_civil(year + n, 1, 1), precision};
}

struct days days_of_month(int32_t year, int month)
{
    return days_of_months(year, month, 1, PRECISION_MONTH);
}

struct days days_of_year(int32_t year)
{
    return days_of_years(year, 1, PRECISION_YEAR);
}

/* The Monday of the ISO week that holds 4 January begins week 1. */
static int32_t week_one(int32_t year)
{
    int32_t fourth = day_from_civil(year, 1, 4);
    return fourth - (day_weekday(fourth) - 1);
}

/* ---- reading ---- */

/* Exactly `n` digits at s[at..]; -1 when they are not there. */
static int digits(struct str s, size_t at, int n)
{
    int value = 0;
    if (at + (size_t)n > s.n)
        return -1;
    for (int i = 0; i < n; i++) {
        char c = s.p[at + (size_t)i];
        if (c < '0' || c > '9')
            return -1;
        value = value * 10 + (c - '0');
    }
    return value;
}

static bool is_digit_at(struct str s, size_t at)
{
    return digits(s, at, 1) >= 0;
}

/* What stands behind a month may be the end, or a time. */
static struct days days_of_week_value(int32_t year, struct str s)
{
    int week = digits(s, 6, 2);
    if (week < 1 || week > 53)
        return (struct days){0};
    int32_t monday = week_one(year) + (week - 1) * 7;
    if (monday >= week_one(year + 1))
        return (struct days){0};
    if (s.n == 8)
        return (struct days){monday, monday + 7, PRECISION_WEEK};
    if (str_eq(str_from(s.p + 8, s.n - 8), STR("-WE")))
        return (struct days){monday + 5, monday + 7, PRECISION_RANGE};
    return (struct days){0};
}

/* Winter is the months around the turn into the year after, as TimeBank has it. */
static struct days days_of_part(int32_t year, struct str part)
{
    static const struct {
        const char *name;
        int month, n;
    } parts[] = {
        {"SP", 3, 3}, {"SU", 6, 3}, {"FA", 9, 3},  {"AU", 9, 3}, {"WI", 12, 3}, {"Q1", 1, 3},
        {"Q2", 4, 3}, {"Q3", 7, 3}, {"Q4", 10, 3}, {"H1", 1, 6}, {"H2", 7, 6},
    };
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        if (str_eq(part, str_of(parts[i].name)))
            return days_of_months(year, parts[i].month, parts[i].n, PRECISION_SEASON);
    return (struct days){0};
}

static struct days days_of_month_value(int32_t year, struct str s)
{
    int month = digits(s, 5, 2);
    if (month < 1 || month > 12)
        return (struct days){0};
    if (s.n == 7)
        return days_of_month(year, month);
    int day = s.p[7] == '-' ? digits(s, 8, 2) : -1;
    if (day < 1 || !civil_is_valid(year, month, day))
        return (struct days){0};
    return s.n == 10 || s.p[10] == 'T' ? days_of_day(day_from_civil(year, month, day))
                                       : (struct days){0};
}

struct days days_of_timex(struct str s)
{
    if (s.n == 2 && digits(s, 0, 2) >= 0)
        return days_of_years(digits(s, 0, 2) * 100, 100, PRECISION_CENTURY);
    if (s.n == 3 && digits(s, 0, 3) >= 0)
        return days_of_years(digits(s, 0, 3) * 10, 10, PRECISION_DECADE);
    int32_t year = digits(s, 0, 4);
    if (year < 0)
        return (struct days){0};
    if (s.n == 4)
        return days_of_year(year);
    if (s.p[4] != '-' || s.n < 7)
        return (struct days){0};
    if (s.p[5] == 'W' && is_digit_at(s, 6))
        return days_of_week_value(year, s);
    if (!is_digit_at(s, 5))
        return days_of_part(year, str_from(s.p + 5, s.n - 5));
    return days_of_month_value(year, s);
}

/* ---- writing ---- */

static struct str week_timex(struct arena *a, int32_t day)
{
    int32_t year = day_to_civil(day + 3 - (day_weekday(day) - 1)).year; /* that of its Thursday */
    return arena_printf(a, "%04d-W%02d", year, (day - week_one(year)) / 7 + 1);
}

static struct str season_timex(struct arena *a, struct days d, struct civil c)
{
    static const char *const by_month[] = {"Q1", NULL, "SP", "Q2", NULL, "SU",
                                           "Q3", NULL, "FA", "Q4", NULL, "WI"};
    if (d.end - d.first > 100)
        return arena_printf(a, "%04d-H%d", c.year, c.month < 7 ? 1 : 2);
    const char *name = by_month[c.month - 1];
    return name ? arena_printf(a, "%04d-%s", c.year, name)
                : arena_printf(a, "%04d-%02d", c.year, c.month);
}

struct str days_timex(struct arena *a, struct days d)
{
    struct civil c = days_known(d) ? day_to_civil(d.first) : (struct civil){0};
    switch (d.precision) {
    case PRECISION_NONE:
        return arena_str(a, STR(""));
    case PRECISION_WEEK:
        return week_timex(a, d.first);
    case PRECISION_MONTH:
        return arena_printf(a, "%04d-%02d", c.year, c.month);
    case PRECISION_SEASON:
        return season_timex(a, d, c);
    case PRECISION_YEAR:
        return arena_printf(a, "%04d", c.year);
    case PRECISION_DECADE:
        return arena_printf(a, "%03d", c.year / 10);
    case PRECISION_CENTURY:
        return arena_printf(a, "%02d", c.year / 100);
    case PRECISION_DAY:
    case PRECISION_RANGE:
        break;
    }
    return arena_printf(a, "%04d-%02d-%02d", c.year, c.month, c.day);
}

/* ---- headers and page metadata ---- */

static int month_of_name(struct str word)
{
    static const char names[12][10] = {"january",   "february", "march",    "april",
                                       "may",       "june",     "july",     "august",
                                       "september", "october",  "november", "december"};
    if (word.n < 3)
        return 0;
    for (int m = 0; m < 12; m++) {
        size_t i = 0;
        while (i < word.n && names[m][i] && (word.p[i] | 32) == names[m][i])
            i++;
        if (i == word.n && (i == 3 || !names[m][i] || (m == 8 && i == 4)))
            return m + 1;
    }
    return 0;
}

/* "2011-06-03", "2011/6/3", "20110603", each perhaps with a time behind it. */
static int32_t parse_iso(struct str s)
{
    int year = digits(s, 0, 4), month, day;
    size_t at = 4;
    if (digits(s, 0, 8) >= 0) {
        month = digits(s, 4, 2), day = digits(s, 6, 2);
        at = 8;
    } else {
        if (year < 0 || s.n < 8 || (s.p[4] != '-' && s.p[4] != '/' && s.p[4] != '.'))
            return DAY_NONE;
        char sep = s.p[at++];
        int width = digits(s, at, 2) >= 0 ? 2 : 1;
        month = digits(s, at, width);
        at += (size_t)width;
        if (at >= s.n || s.p[at++] != sep)
            return DAY_NONE;
        width = digits(s, at, 2) >= 0 ? 2 : 1;
        day = digits(s, at, width);
        at += (size_t)width;
    }
    bool ends = at == s.n || s.p[at] == 'T' || s.p[at] == 't' || s.p[at] == ' ' || s.p[at] == ',';
    return ends && civil_is_valid(year, month, day) ? day_from_civil(year, month, day) : DAY_NONE;
}

/* "14/02/2012", "02/14/2012", "14.2.2012": only where one number can be no month, or both are the
 * same; "03/06/2011" stays unread, for nobody can say which country wrote it. */
static int32_t parse_slashed(struct str s)
{
    int n[2];
    size_t at = 0;
    char sep = 0;
    for (int i = 0; i < 2; i++) {
        int width = digits(s, at, 2) >= 0 ? 2 : 1;
        n[i] = digits(s, at, width);
        at += (size_t)width;
        if (n[i] < 1 || at >= s.n || !strchr("/.-", s.p[at]) || (sep && s.p[at] != sep))
            return DAY_NONE;
        sep = s.p[at++];
    }
    int year = digits(s, at, 4), month = n[0] > 12 ? n[1] : n[0], day = n[0] > 12 ? n[0] : n[1];
    bool certain = n[0] > 12 || n[1] > 12 || n[0] == n[1];
    bool ends = at + 4 == s.n || (at + 4 < s.n && (s.p[at + 4] == ' ' || s.p[at + 4] == ','));
    return certain && ends && civil_is_valid(year, month, day) ? day_from_civil(year, month, day)
                                                               : DAY_NONE;
}

struct pieces {
    int month, day, year;
    bool bad;
};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* One number: a year when it has four digits, else a day of the month; those of a time of day
 * ("10:22:00") say nothing here. */
static void take_number(struct pieces *p, struct str s, size_t begin, size_t end)
{
    if ((end < s.n && s.p[end] == ':') || (begin > 0 && s.p[begin - 1] == ':'))
        return;
    int n = end - begin <= 4 ? digits(s, begin, (int)(end - begin)) : -1;
    if (end - begin == 4 && !p->year)
        p->year = n;
    else if (end - begin <= 2 && n > 0 && !p->day)
        p->day = n;
    else
        p->bad = true;
}

/* "3 June 2011", "Fri, 03 Jun 2011 10:00:00 +0200", "June 3rd, 2011 at 9am": a month's name, a
 * day and a year in any order, and nothing that matters behind them. */
static int32_t parse_words(struct str s)
{
    struct pieces p = {0};
    size_t i = 0;
    while (i < s.n && !p.bad && !(p.month && p.day && p.year)) {
        size_t begin = i;
        if (is_digit_at(s, i)) {
            while (is_digit_at(s, i))
                i++;
            take_number(&p, s, begin, i);
            while (i < s.n && is_letter(s.p[i]))
                i++; /* "3rd" */
        } else if (is_letter(s.p[i])) {
            while (i < s.n && is_letter(s.p[i]))
                i++;
            int month = month_of_name(str_from(s.p + begin, i - begin));
            p.month = month && !p.month ? month : p.month;
        } else {
            i++;
        }
    }
    bool whole = !p.bad && p.month && p.day && p.year;
    return whole && civil_is_valid(p.year, p.month, p.day) ? day_from_civil(p.year, p.month, p.day)
                                                           : DAY_NONE;
}

int32_t day_parse(struct str s)
{
    s = str_trim(s);
    if (s.n > 80)
        s.n = 80; /* what names a day names it early */
    int32_t day = parse_iso(s);
    if (day == DAY_NONE)
        day = parse_slashed(s);
    return day != DAY_NONE ? day : parse_words(s);
}
