/* Holidays: a day of the month, a weekday counted within one, or a day counted from Easter; what
 * lies beside them; and which year's is meant. */
#include "core/dates_read.h"

/* Days: what is told as past is last year's, if this year's is farther ahead. */
#define HALF_A_YEAR 180
#define NO_DAY      99  /* in the tables of Easter: no such day has a name */

/* Easter Sunday, Gregorian (Meeus, Jones, Butcher). */
static int32_t easter(int32_t y)
{
    int a = y % 19, b = y / 100, c = y % 100, d = b / 4, e = b % 4, f = (b + 8) / 25;
    int g = (b - f + 1) / 3, h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4;
    int l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451;
    int n = h + l - 7 * m + 114;
    return day_from_civil(y, n / 31, n % 31 + 1);
}

/* The days of an enum date_holiday: a day of a month, or the nth weekday of one counted from its
 * day `from` (5 U.S.C. 6103 and custom). */
static const struct {
    uint8_t month, day, weekday, from;
} holidays[] = {
    [HOLIDAY_CHRISTMAS] = {12, 25, 0, 0},  [HOLIDAY_THANKSGIVING] = {11, 0, 4, 22},
    [HOLIDAY_HALLOWEEN] = {10, 31, 0, 0},  [HOLIDAY_NEW_YEAR] = {1, 1, 0, 0},
    [HOLIDAY_LABOR] = {9, 0, 1, 1},        [HOLIDAY_MEMORIAL] = {5, 0, 1, 25},
    [HOLIDAY_INDEPENDENCE] = {7, 4, 0, 0}, [HOLIDAY_VETERANS] = {11, 11, 0, 0},
    [HOLIDAY_VALENTINE] = {2, 14, 0, 0},   [HOLIDAY_ELECTION] = {11, 0, 2, 2},
    [HOLIDAY_COLUMBUS] = {10, 0, 1, 8},    [HOLIDAY_PRESIDENTS] = {2, 0, 1, 15},
    [HOLIDAY_MOTHERS] = {5, 0, 7, 8},      [HOLIDAY_FATHERS] = {6, 0, 7, 15},
    [HOLIDAY_BOXING] = {12, 26, 0, 0},     [HOLIDAY_KING] = {1, 0, 1, 15},
    [HOLIDAY_PATRICK] = {3, 17, 0, 0},     [HOLIDAY_MAY] = {5, 1, 0, 0},
    [HOLIDAY_JUNETEENTH] = {6, 19, 0, 0},  [HOLIDAY_REMEMBRANCE] = {11, 11, 0, 0},
    [HOLIDAY_FAWKES] = {11, 5, 0, 0},      [HOLIDAY_CANADA] = {7, 1, 0, 0},
    [HOLIDAY_AUSTRALIA] = {1, 26, 0, 0},   [HOLIDAY_ANZAC] = {4, 25, 0, 0},
    [HOLIDAY_EARTH] = {4, 22, 0, 0},       [HOLIDAY_BASTILLE] = {7, 14, 0, 0},
    [HOLIDAY_GROUNDHOG] = {2, 2, 0, 0},
};

static int32_t holiday_day(int holiday, int32_t year)
{
    if (holiday == HOLIDAY_EASTER)
        return easter(year);
    int month = holidays[holiday].month;
    if (holidays[holiday].day)
        return day_from_civil(year, month, holidays[holiday].day);
    int32_t from = day_from_civil(year, month, holidays[holiday].from);
    return from + (holidays[holiday].weekday - day_weekday(from) + 7) % 7;
}

/* Which year's, when it was not written. */
static int32_t holiday_year(const struct date_reader *r, int holiday, int32_t from)
{
    int32_t year = day_to_civil(from).year, day = holiday_day(holiday, year);
    if (r->p->shift_class == 0 && day > from)
        return year -
               (date_tense_at(r->c->line, r->tokens) == TENSE_PAST && day > from + HALF_A_YEAR);
    return r->p->shift < 0 && day >= from   ? year - 1
           : r->p->shift > 0 && day <= from ? year + 1
                                            : year;
}

/* One that is on the same day each year is at least that. */
static bool put_holiday_unknown(struct date_reader *r, int holiday)
{
    r->p->month = holidays[holiday].month;
    r->p->day = holidays[holiday].day;
    return r->p->day && !r->p->eve && date_put_unknown_year(r);
}

/* From Easter Sunday to Easter Monday, or to Good Friday, Ash Wednesday, Palm Sunday, Maundy
 * Thursday, Shrove Tuesday, which do not name it; NO_DAY for what is none of them. */
static int days_from_easter(const struct date_pieces *p)
{
    static const int8_t named[] = {NO_DAY, NO_DAY, -47, -46, -3, -2, NO_DAY, -7};
    static const int8_t of_easter[] = {NO_DAY, 1, 2, NO_DAY, NO_DAY, -2, -1, 0};
    return p->weekday > 7 ? NO_DAY : p->holiday ? of_easter[p->weekday] : named[p->weekday];
}

/* What stands behind the name: "Labor Day", "Election Night", "Remembrance Sunday", and no "Canada
 * Friday". */
static bool is_holiday(const struct date_reader *r, int holiday)
{
    const struct date_pieces *p = r->p;
    bool named = (unsigned char)r->c->line->classes.v[r->tokens.begin] == CLASS_HOLIDAY_NAME;
    bool of_night = holiday == HOLIDAY_FAWKES || holiday == HOLIDAY_ELECTION;
    if (holiday == HOLIDAY_EASTER && p->weekday)
        return days_from_easter(p) != NO_DAY;
    if (holiday == HOLIDAY_MAY)
        return p->month == 5 && p->unit == UNIT_DAY;
    if (!named)
        return true;
    return p->unit == UNIT_DAY || p->unit == UNIT_WEEKEND ||
           (p->part == PART_NIGHT && of_night) ||
           (p->weekday == 7 && holiday == HOLIDAY_REMEMBRANCE);
}

static int named_holiday(const struct date_pieces *p)
{
    if (p->holiday)
        return p->holiday;
    return p->month ? HOLIDAY_MAY : p->weekday ? HOLIDAY_EASTER : HOLIDAY_NEW_YEAR;
}

/* The day meant: its eve, or the Sunday beside it. */
static int32_t day_of_holiday(const struct date_pieces *p, int holiday, int32_t year)
{
    int32_t day = holiday_day(holiday, year);
    if (p->eve)
        return holiday == HOLIDAY_NEW_YEAR ? day_from_civil(year, 12, 31) : day - 1;
    if (holiday == HOLIDAY_EASTER && p->weekday)
        return day + days_from_easter(p);
    if (holiday == HOLIDAY_REMEMBRANCE && p->weekday) { /* the second one of November */
        int32_t from = day_from_civil(year, 11, 8);
        return from + 7 - day_weekday(from);
    }
    return day;
}

/* "The day after Christmas", "Easter week", "Labor Day weekend": the weekend it lies beside. */
static struct days days_beside(const struct date_pieces *p, int32_t day)
{
    int way = p->from == CLASS_BEFORE ? -1 : p->from == CLASS_AFTER ? 1 : 0;
    if (p->unit == UNIT_WEEK)
        return date_unit_around(day, UNIT_WEEK, way);
    if (p->unit == UNIT_WEEKEND)
        return date_unit_around(day, UNIT_WEEKEND, day_weekday(day) < 4 ? -1 : 0);
    return days_of_day(day + way);
}

bool date_read_holiday(struct date_reader *r)
{
    int holiday = named_holiday(r->p);
    if (!is_holiday(r, holiday))
        return false;
    int32_t year = r->p->year;
    if (year < 0) {
        int32_t from = date_here(r);
        if (from == DAY_NONE)
            return put_holiday_unknown(r, holiday);
        year = holiday_year(r, holiday, from);
    }
    return date_put_days(r, days_beside(r->p, day_of_holiday(r->p, holiday, year)));
}
