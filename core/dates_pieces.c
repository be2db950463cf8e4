/* What stands in a match, whatever its rule: the month, the number, the unit, the word that points.
 * And the tense around it, by the verb that stands nearest. */
#include "core/dates.h"

static void take_count(struct date_pieces *p, int class, const struct date_token *t, int before)
{
    if (class == CLASS_SCALE)
        p->count = (p->count < 0 ? 1 : p->count) * t->value;
    else if (p->count >= 0 && (before == CLASS_TENS || before == CLASS_SCALE))
        p->count += t->value;
    else {
        p->first_count = p->count < 0 ? t->value : p->first_count;
        p->count = t->value + (class == CLASS_NUMBER ? t->extra / 10.0 : 0);
    }
}

static void take_number(struct date_pieces *p, int class, const struct date_token *t, int before)
{
    if (class == CLASS_DAY && p->day == 0)
        p->day = t->value;
    if (class == CLASS_YEAR || (class == CLASS_NUMBER && t->extra == 0))
        p->year = t->value;
    if ((class == CLASS_TWO || class == CLASS_DAY) && before == CLASS_APOS)
        p->year = t->value, p->two_digits = true;
    take_count(p, class, t, before);
}

static void take_half(struct date_pieces *p)
{
    p->half = true;
    p->count = p->count >= 0 ? p->count + 0.5 : p->unit ? 1.5 : 0.5;
}

static void take_fraction(struct date_pieces *p, const struct date_token *t)
{
    if (t->extra > 0)
        p->count = (p->count < 0 ? 0 : p->count) + (double)t->value / t->extra;
}

static void take_clock(struct date_pieces *p, const struct date_token *t)
{
    p->hour = t->value;
    p->minute = t->extra;
}

/* "5 p.m.": the number before becomes the hour. */
static void take_half_of_day(struct date_pieces *p, const struct date_token *t)
{
    p->afternoon = t->value;
    if (p->hour >= 0 || p->count < 0)
        return;
    p->hour = (int)p->count;
    p->minute = (int)(p->count * 10 + 0.5) % 10 ? 30 : 0;
    p->day = 0, p->count = -1;
}

static void take_pointer(struct date_pieces *p, int class, const struct date_token *t)
{
    if (p->shift_class && class == CLASS_THAT)
        return;
    p->shift_class = class;
    p->shift = t->value;
}

static void take_unit(struct date_pieces *p, int class, const struct date_token *t)
{
    if (p->from && class == CLASS_QUARTER) {
        p->of_quarter = true;
        return;
    }
    p->plural = class == CLASS_UNITS;
    p->unit = class == CLASS_QUARTER ? UNIT_QUARTER
              : class == CLASS_WEEKEND ? UNIT_WEEKEND
              : class == CLASS_SECOND ? UNIT_SECOND
                                      : t->value;
}

static void take(struct date_pieces *p, int class, const struct date_token *t, int before)
{
    switch (class) {
    case CLASS_MONTH: case CLASS_MONTH_ABBR: case CLASS_MONTH_MAYBE: p->month = t->value; break;
    case CLASS_WEEKDAY: case CLASS_WEEKDAYS: case CLASS_WEEKDAY_ABBR: p->weekday = t->value; break;
    case CLASS_DAY: case CLASS_TWO: case CLASS_YEAR: case CLASS_NUMBER: case CLASS_COUNT:
    case CLASS_TENS: case CLASS_SCALE: take_number(p, class, t, before); break;
    case CLASS_ARTICLE: p->article = true; break;
    case CLASS_FRACTION: take_fraction(p, t); break;
    case CLASS_HALF: take_half(p); break;
    case CLASS_COUPLE: p->count = t->value; break;
    case CLASS_PERIOD: p->of_quarter = p->from != 0; break;
    case CLASS_VAGUE: p->vague = true; break;
    case CLASS_ORDINAL_DAY: p->day = t->value; p->ordinal = t->value; break;
    case CLASS_ORDINAL: p->ordinal = (p->count >= 20 ? (int)p->count : 0) + t->value; break;
    case CLASS_SECOND:
        if (before == CLASS_THE || before < 0)
            p->ordinal = t->value;
        else
            take_unit(p, class, t);
        p->ordinal = t->value;
        break;
    case CLASS_UNIT: case CLASS_UNIT_YEAR: case CLASS_UNIT_CENTURY: case CLASS_UNITS: case CLASS_QUARTER: case CLASS_WEEKEND:
        take_unit(p, class, t); break;
    case CLASS_SEASON: case CLASS_SEASON_MAYBE: case CLASS_SEASONS: p->season = t->value; break;
    case CLASS_PART: case CLASS_PARTS: case CLASS_NOON: p->part = t->value; break;
    case CLASS_TONIGHT: p->deictic = 0; p->part = PART_NIGHT; break;
    case CLASS_DEICTIC: p->deictic = t->value; break;
    case CLASS_CLOCK: take_clock(p, t); break;
    case CLASS_AMPM: take_half_of_day(p, t); break;
    case CLASS_DECADE: p->decade = t->value; break;
    case CLASS_ERA: p->era = t->value; break;
    case CLASS_HOLIDAY: p->holiday = t->value; break;
    case CLASS_FISCAL: p->fiscal = true; break;
    case CLASS_REGULAR: case CLASS_EACH: p->every = true; p->unit = class == CLASS_REGULAR ? t->value : p->unit; break;
    case CLASS_AGO: case CLASS_EARLIER: case CLASS_LATER: p->from = class; break;
    case CLASS_LAST: case CLASS_PAST: case CLASS_COMING: case CLASS_PREVIOUS: case CLASS_NEXT: case CLASS_FOLLOWING: case CLASS_THIS:
    case CLASS_THAT: take_pointer(p, class, t); break;
    case CLASS_ABOUT: p->approximate = true; break;
    case CLASS_EARLY: case CLASS_EDGE: p->early_or_late = p->approximate = true; break;
    default: break;
    }
}

struct date_pieces date_pieces_of(const struct date_line *line, struct span tokens)
{
    struct date_pieces p = {.year = -1, .count = -1, .hour = -1, .minute = -1,
                            .deictic = DEICTIC_NONE};
    int before = -1;
    for (uint32_t i = tokens.begin; i < tokens.end; i++) {
        int class = (unsigned char)line->classes.v[i];
        take(&p, class, &line->tokens.v[i], before);
        if (class != CLASS_HYPHEN)
            before = class;
    }
    return p;
}

/* ---- tense ---- */

#define TENSE_REACH 30 /* words on either side */

static bool ends_sentence(int class)
{
    return class == CLASS_DOT || class == CLASS_BREAK;
}

/* "is due to", "are expected to" look ahead; "had been due", "as planned" look back. */
static enum date_tense tense_of_expectation(const struct date_line *line, size_t at)
{
    for (size_t i = at, n = 0; i-- > 0 && n < 4; n++) {
        int class = (unsigned char)line->classes.v[i];
        if (class == CLASS_PRESENT_VERB || class == CLASS_FUTURE_VERB)
            return TENSE_FUTURE;
        if (class == CLASS_PAST_VERB || ends_sentence(class))
            break;
    }
    return TENSE_PAST;
}

static enum date_tense tense_of(const struct date_line *line, size_t at)
{
    switch ((unsigned char)line->classes.v[at]) {
    case CLASS_PAST_VERB:
        return TENSE_PAST;
    case CLASS_FUTURE_VERB:
    case CLASS_UNTIL:
        return TENSE_FUTURE;
    case CLASS_EXPECT_VERB:
        return tense_of_expectation(line, at);
    default:
        return TENSE_UNKNOWN;
    }
}

/* The nearest verb before the date in its sentence, else the nearest behind. */
enum date_tense date_tense_at(const struct date_line *line, struct span tokens)
{
    enum date_tense tense;
    for (size_t i = tokens.begin, n = 0; i-- > 0 && n < TENSE_REACH; n++) {
        if (ends_sentence((unsigned char)line->classes.v[i]))
            break;
        if ((tense = tense_of(line, i)) != TENSE_UNKNOWN)
            return tense;
    }
    for (size_t i = tokens.end, n = 0; i < line->classes.n && n < TENSE_REACH; i++, n++) {
        if (ends_sentence((unsigned char)line->classes.v[i]))
            break;
        if ((tense = tense_of(line, i)) != TENSE_UNKNOWN)
            return tense;
    }
    return TENSE_UNKNOWN;
}
