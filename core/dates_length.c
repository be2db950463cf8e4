/* Lengths of time and what comes back every so often: "ten months", "every Sunday". */
#include "core/dates_read.h"

#include <math.h>
#include <stdio.h>

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
    if (unit == UNIT_DECADE || unit == UNIT_CENTURY)
        count *= unit == UNIT_DECADE ? 10 : 100, unit = UNIT_YEAR;
    if (unit == UNIT_FORTNIGHT)
        count *= 2, unit = UNIT_WEEK;
    if (count == 0.5 && (unit == UNIT_HOUR || unit == UNIT_MINUTE))
        count = 30, unit = unit == UNIT_HOUR ? UNIT_MINUTE : UNIT_SECOND;
    if (count == 0.5 && unit == UNIT_YEAR)
        count = 6, unit = UNIT_MONTH;
    double whole = floor(count), rest = count - whole;
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

/* "Three quarters of the voters" are no time. */
static bool is_share(const struct date_reader *r)
{
    const struct date_line *line = r->c->line;
    size_t of = r->tokens.end, from = r->tokens.begin;
    bool alone = r->p->count < 0 && !r->p->vague && from > 0; /* behind the number, tried again */
    bool three = alone ? line->tokens.v[from - 1].value == 3 : r->p->count == 3;
    if (r->p->unit != UNIT_QUARTER || !three || of + 1 >= line->classes.n)
        return false;
    const struct date_token *t = &line->tokens.v[of];
    int class = (unsigned char)line->classes.v[of + 1];
    bool whole = class == CLASS_THE || class == CLASS_OWNER || class == CLASS_THAT ||
                 class == CLASS_PRONOUN || class == CLASS_WORD || class == CLASS_CAPITAL;
    return whole && str_eq(str_at(r->c->text, span_of(t->begin, t->end)), STR("of"));
}

bool date_read_duration(struct date_reader *r)
{
    const struct date_pieces *p = r->p;
    char value[48];
    if (is_share(r))
        return false;
    bool clock = p->unit == UNIT_HOUR || p->unit == UNIT_MINUTE || p->unit == UNIT_SECOND;
    if (!p->unit)
        return false;
    if (p->early_or_late && p->plural && p->unit == UNIT_HOUR) { /* "in the early hours" */
        r->p->part = PART_MORNING;
        return date_read_clock(r);
    }
    bool open = p->vague || (p->count < 0 && p->plural);
    if (open && p->unit == UNIT_DECADE)
        return date_put(r, DATE_DURATION, "PXY");
    if (open)
        snprintf(value, sizeof(value), "P%sX%c", clock ? "T" : "", clock ? p->unit - 32 : p->unit);
    else
        period_text(p->count < 0 ? 1 : p->count, p->unit, value);
    if (p->approximate)
        r->d->flags |= DATE_APPROXIMATE;
    return date_put(r, DATE_DURATION, value);
}

bool date_read_set(struct date_reader *r)
{
    const struct date_pieces *p = r->p;
    char value[48];
    if (p->weekday)
        snprintf(value, sizeof(value), "XXXX-WXX-%d%s", p->weekday, date_part_names[p->part]);
    else if (p->month)
        snprintf(value, sizeof(value), "XXXX-%02d", p->month);
    else if (p->season)
        snprintf(value, sizeof(value), "XXXX-%s", date_season_name(p->season));
    else if (p->part)
        snprintf(value, sizeof(value), "XXXX-XX-XX%s", date_part_names[p->part]);
    else if (p->unit)
        period_text(p->ordinal                  ? p->ordinal
                    : p->plural && p->count > 0 ? p->count
                                                : 1,
                    p->unit, value);
    else
        return false;
    return date_put(r, DATE_SET, value);
}

bool date_read_past(struct date_reader *r)
{
    char value[16];
    if (!r->p->unit || r->p->unit == UNIT_YEAR)
        return date_put(r, DATE_DATE, "PAST_REF");
    snprintf(value, sizeof(value), "PX%c", r->p->unit);
    return date_put(r, DATE_DURATION, value);
}
