/* What stands in a match, whatever its rule: the month, the number, the unit, the word that points.
 * And the tense around it, by the verb that stands nearest. */
#include "core/dates.h"

/* One token of a match; `before` is the class of the one before it, hyphens left out. */
typedef void taker_fn(struct date_pieces *p, int class, const struct date_token *t, int before);

/* The first word that points says how: "that same day" is said of that day. */
static void take_pointer(struct date_pieces *p, int class, const struct date_token *t, int before)
{
    (void)before;
    if (p->shift_class && class == CLASS_THAT)
        return;
    p->shift_class = class;
    p->shift = t->value;
}

static void take_same(struct date_pieces *p, int class, const struct date_token *t, int before)
{
    (void)class, (void)t, (void)before;
    if (!p->shift_class)
        p->shift_class = CLASS_THAT;
}

/* "Half past three", "a quarter to nine": what stands before "past" or "to" gives the minutes, the
 * number behind it the hour. */
static void take_past(struct date_pieces *p, int class, const struct date_token *t, int before)
{
    int minutes = before == CLASS_HALF ? 30 : before == CLASS_QUARTER ? 15 : 0;
    if (minutes)
        p->past_hour = class == CLASS_TO ? -minutes : minutes;
    else if (class == CLASS_PAST)
        take_pointer(p, class, t, before);
}

static void take_hour(struct date_pieces *p, int32_t hour)
{
    p->hour = (hour + (p->past_hour < 0 ? 23 : 0)) % 24;
    p->minute = (p->past_hour + 60) % 60;
    p->unit = 0, p->count = -1;
    p->of_quarter = false;
}

static void take_number(struct date_pieces *p, int class, const struct date_token *t, int before)
{
    if ((before == CLASS_PAST || before == CLASS_TO) && p->past_hour) {
        take_hour(p, t->value);
        return;
    }
    if (class == CLASS_DAY && p->day == 0)
        p->day = t->value;
    if (class == CLASS_YEAR || (class == CLASS_NUMBER && t->extra == 0))
        p->year = t->value;
    if ((class == CLASS_TWO || class == CLASS_DAY) && before == CLASS_APOS)
        p->year = t->value, p->two_digits = true;
    if (p->count >= 0 && (before == CLASS_TENS || before == CLASS_SCALE)) {
        p->count += t->value;
        return;
    }
    p->first_count = p->count < 0 ? t->value : p->first_count;
    p->count = t->value + (class == CLASS_NUMBER ? t->extra / 10.0 : 0);
}

static void take_scale(struct date_pieces *p, int class, const struct date_token *t, int before)
{
    (void)class, (void)before;
    p->count = (p->count < 0 ? 1 : p->count) * t->value;
}

/* "two and a half years", "a year and a half", "half a year". */
static void take_half(struct date_pieces *p, int class, const struct date_token *t, int before)
{
    (void)class, (void)t, (void)before;
    p->count = p->count >= 0 ? p->count + 0.5 : p->unit ? 1.5 : 0.5;
}

static void take_fraction(struct date_pieces *p, int class, const struct date_token *t, int before)
{
    (void)class, (void)before;
    if (t->extra > 0)
        p->count = (p->count < 0 ? 0 : p->count) + (double)t->value / t->extra;
}

static void take_couple(struct date_pieces *p, int class, const struct date_token *t, int before)
{
    (void)class, (void)before;
    p->count = t->value;
}

static void take_clock(struct date_pieces *p, int class, const struct date_token *t, int before)
{
    (void)class, (void)before;
    p->hour = t->value;
    p->minute = t->extra;
}

/* "5 p.m.": the number before becomes the hour. */
static void take_half_of_day(struct date_pieces *p, int class, const struct date_token *t,
                             int before)
{
    (void)class, (void)before;
    p->afternoon = t->value;
    if (p->hour >= 0 || p->count < 0)
        return;
    p->hour = (int)p->count;
    p->minute = (int)(p->count * 10 + 0.5) % 10 ? 30 : 0;
    p->day = 0, p->count = -1;
}

static void take_unit(struct date_pieces *p, int class, const struct date_token *t, int before)
{
    p->of_quarter |= class == CLASS_QUARTER;
    if (p->from && class == CLASS_QUARTER)
        return;
    if (before == CLASS_QUARTER && class == CLASS_UNIT_CENTURY)
        p->count = 0.25;
    p->plural = class == CLASS_UNITS;
    p->unit = t->value;
}

static void take_midweek(struct date_pieces *p, int class, const struct date_token *t, int before)
{
    (void)class, (void)before;
    p->unit = t->value;
    p->approximate = true;
}

/* "the second quarter", "30 second". */
static void take_second(struct date_pieces *p, int class, const struct date_token *t, int before)
{
    (void)class;
    if (p->count >= 0 && before != CLASS_YEAR)
        p->unit = UNIT_SECOND;
    else
        p->ordinal = t->value;
}

static void take_ordinal(struct date_pieces *p, int class, const struct date_token *t, int before)
{
    (void)before;
    p->ordinal = (p->count >= 20 && p->count < 100 ? (int)p->count : 0) + t->value;
    if (class == CLASS_ORDINAL_DAY)
        p->day = t->value;
}

static void take_tonight(struct date_pieces *p, int class, const struct date_token *t, int before)
{
    (void)class, (void)t, (void)before;
    p->deictic = 0;
    p->part = PART_NIGHT;
}

static void take_from(struct date_pieces *p, int class, const struct date_token *t, int before)
{
    (void)t, (void)before;
    p->from = class;
}

static void take_period(struct date_pieces *p, int class, const struct date_token *t, int before)
{
    (void)class, (void)t, (void)before;
    p->of_quarter = true;
}

/* "Q3" */
static void take_quarter_code(struct date_pieces *p, int class, const struct date_token *t,
                              int before)
{
    (void)class, (void)before;
    p->ordinal = t->value;
    p->unit = UNIT_QUARTER;
    p->of_quarter = true;
}

static void take_overnight(struct date_pieces *p, int class, const struct date_token *t, int before)
{
    (void)class, (void)t, (void)before;
    p->deictic = -1;
    p->part = PART_NIGHT;
}

static void take_turn(struct date_pieces *p, int class, const struct date_token *t, int before)
{
    (void)class, (void)t, (void)before;
    p->turn = p->approximate = true;
}

static void take_eve(struct date_pieces *p, int class, const struct date_token *t, int before)
{
    (void)class, (void)t, (void)before;
    p->eve = true;
}

static void take_flag(struct date_pieces *p, int class, const struct date_token *t, int before)
{
    (void)t;
    bool vague = class == CLASS_VAGUE && before != CLASS_AS; /* "as many as three" is not */
    p->vague |= vague;
    p->approximate |= !vague;
    p->early_or_late |= class == CLASS_EARLY || class == CLASS_EDGE;
}

static taker_fn *const takers[DATE_CLASS_KINDS] = {
    [CLASS_DAY] = take_number,
    [CLASS_TWO] = take_number,
    [CLASS_YEAR] = take_number,
    [CLASS_NUMBER] = take_number,
    [CLASS_COUNT] = take_number,
    [CLASS_TENS] = take_number,
    [CLASS_SCALE] = take_scale,
    [CLASS_HALF] = take_half,
    [CLASS_FRACTION] = take_fraction,
    [CLASS_COUPLE] = take_couple,
    [CLASS_CLOCK] = take_clock,
    [CLASS_AMPM] = take_half_of_day,
    [CLASS_LAST] = take_pointer,
    [CLASS_PAST] = take_past,
    [CLASS_TO] = take_past,
    [CLASS_SAME] = take_same,
    [CLASS_COMING] = take_pointer,
    [CLASS_PREVIOUS] = take_pointer,
    [CLASS_NEXT] = take_pointer,
    [CLASS_FOLLOWING] = take_pointer,
    [CLASS_THIS] = take_pointer,
    [CLASS_THAT] = take_pointer,
    [CLASS_UNIT] = take_unit,
    [CLASS_UNIT_YEAR] = take_unit,
    [CLASS_UNIT_CENTURY] = take_unit,
    [CLASS_UNITS] = take_unit,
    [CLASS_QUARTER] = take_unit,
    [CLASS_WEEKEND] = take_unit,
    [CLASS_REGULAR] = take_unit,
    [CLASS_SECOND] = take_second,
    [CLASS_ORDINAL] = take_ordinal,
    [CLASS_ORDINAL_DAY] = take_ordinal,
    [CLASS_TONIGHT] = take_tonight,
    [CLASS_PERIOD] = take_period,
    [CLASS_AGO] = take_from,
    [CLASS_EARLIER] = take_from,
    [CLASS_LATER] = take_from,
    [CLASS_BEFORE] = take_from,
    [CLASS_AFTER] = take_from,
    [CLASS_OVERNIGHT] = take_overnight,
    [CLASS_MIDWEEK] = take_midweek,
    [CLASS_TURN] = take_turn,
    [CLASS_VAGUE] = take_flag,
    [CLASS_ABOUT] = take_flag,
    [CLASS_EARLY] = take_flag,
    [CLASS_EDGE] = take_flag,
    [CLASS_EVE] = take_eve,
    [CLASS_QUARTER_CODE] = take_quarter_code,
};

/* Where the value of a class goes when that is all there is to it. */
#define FIELD(name) (1 + offsetof(struct date_pieces, name))

static const uint8_t fields[DATE_CLASS_KINDS] = {
    [CLASS_MONTH] = FIELD(month),
    [CLASS_MONTH_ABBR] = FIELD(month),
    [CLASS_MONTH_MAYBE] = FIELD(month),
    [CLASS_WEEKDAY] = FIELD(weekday),
    [CLASS_WEEKDAYS] = FIELD(weekday),
    [CLASS_WEEKDAY_ABBR] = FIELD(weekday),
    [CLASS_SEASON] = FIELD(season),
    [CLASS_SEASON_MAYBE] = FIELD(season),
    [CLASS_SEASONS] = FIELD(season),
    [CLASS_PART] = FIELD(part),
    [CLASS_PARTS] = FIELD(part),
    [CLASS_NOON] = FIELD(part),
    [CLASS_DEICTIC] = FIELD(deictic),
    [CLASS_DECADE] = FIELD(decade),
    [CLASS_ERA] = FIELD(era),
    [CLASS_OTHER] = FIELD(ordinal),
    [CLASS_HOLIDAY] = FIELD(holiday),
    [CLASS_HOLIDAY_NAME] = FIELD(holiday),
};

struct date_pieces date_pieces_of(const struct date_line *line, struct span tokens)
{
    struct date_pieces p = {
        .year = -1, .count = -1, .hour = -1, .minute = -1, .deictic = DEICTIC_NONE};
    int before = -1;
    for (uint32_t i = tokens.begin; i < tokens.end; i++) {
        int class = (unsigned char)line->classes.v[i];
        const struct date_token *t = &line->tokens.v[i];
        if (class >= DATE_CLASS_KINDS)
            continue;
        if (takers[class])
            takers[class](&p, class, t, before);
        else if (fields[class])
            *(int *)((char *)&p + fields[class] - 1) = t->value;
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

static int class_before(const struct date_line *line, size_t at)
{
    return at > 0 ? (unsigned char)line->classes.v[at - 1] : CLASS_BREAK;
}

static bool is_determiner(int class)
{
    return class == CLASS_THE || class == CLASS_ARTICLE || class == CLASS_OWNER;
}

/* A place before the first, which wraps, is one behind the last. */
static int class_at(const struct date_line *line, size_t at)
{
    return at < line->classes.n ? (unsigned char)line->classes.v[at] : CLASS_BREAK;
}

static bool is_verb_like(const struct date_line *line, size_t at, int class, enum date_verb kind)
{
    return class_at(line, at) == class && line->tokens.v[at].value == (int32_t)kind;
}

/* "Is due to", "was set for", "planned a march" look ahead; "had been due", "as planned" back; and
 * "set" alone is what was done, "hoped" what is over. */
static enum date_tense tense_of_expectation(const struct date_line *line, size_t at)
{
    int32_t kind = line->tokens.v[at].value;
    bool ahead = class_at(line, at + 1) == CLASS_TO;
    if (kind == EXPECT_SET && class_before(line, at) == CLASS_TO)
        return TENSE_UNKNOWN;
    if (kind == EXPECT_HOPED && !ahead)
        return TENSE_PAST;
    for (size_t i = at, n = 0; i-- > 0 && n < 4; n++) {
        int class = (unsigned char)line->classes.v[i];
        bool had = is_verb_like(line, i, CLASS_PAST_VERB, VERB_HAD);
        if (had || (class == CLASS_AS && n < 2))
            return TENSE_PAST;
        if (class == CLASS_PRESENT_VERB || class == CLASS_PAST_VERB || class == CLASS_BE)
            return TENSE_FUTURE;
        if (ends_sentence(class))
            break;
    }
    return kind == EXPECT_SET && !ahead ? TENSE_PAST : TENSE_FUTURE;
}

static bool is_verb(int class)
{
    return class == CLASS_PAST_VERB || class == CLASS_PRESENT_VERB || class == CLASS_FUTURE_VERB;
}

/* The nearest verb of the sentence before `at` (way -1) or behind (1): its place, or none. */
static size_t nearest_verb(const struct date_line *line, size_t at, int way)
{
    for (size_t n = 0; n < TENSE_REACH; n++) {
        at += (size_t)way;
        if (at >= line->classes.n || ends_sentence((unsigned char)line->classes.v[at]))
            break;
        if (is_verb((unsigned char)line->classes.v[at]))
            return at;
    }
    return SIZE_MAX;
}

/* "Until Friday they had not", "had claimed until Friday", "did not hear until Friday": over, where
 * the nearest verb before, or else behind, is such a one. */
static enum date_tense tense_of_until(const struct date_line *line, size_t at)
{
    size_t verb = nearest_verb(line, at, -1);
    if (verb == SIZE_MAX)
        verb = nearest_verb(line, at, 1);
    bool had = is_verb_like(line, verb, CLASS_PAST_VERB, VERB_HAD) ||
               is_verb_like(line, verb - 1, CLASS_PAST_VERB, VERB_HAD);
    return had ? TENSE_PAST : TENSE_FUTURE;
}

#define NOBODY_REACH 10 /* words from "neither" to its verb */

/* "Could not be reached", "neither of them could" tell of what was tried; else it is to come. */
static enum date_tense tense_of_could(const struct date_line *line, size_t at)
{
    if (class_at(line, at + 1) == CLASS_NOT || class_at(line, at + 2) == CLASS_NOT)
        return TENSE_PAST;
    for (size_t i = at, n = 0; i-- > 0 && n < NOBODY_REACH; n++) {
        if (ends_sentence((unsigned char)line->classes.v[i]))
            break;
        if (is_verb_like(line, i, CLASS_NOT, NOT_ANYONE))
            return TENSE_PAST;
    }
    return TENSE_FUTURE;
}

/* "Will be told", "to be officially told" are still to come; of "could be told" the first word
 * decides; and "will shut", "to set" have no tense of their own. */
static enum date_tense tense_of_past(const struct date_line *line, size_t at)
{
    int before = class_before(line, at);
    size_t be = before == CLASS_BE ? at - 1 : at - 2;
    if (is_verb_like(line, at, CLASS_PAST_VERB, VERB_WON) && class_at(line, at + 1) == CLASS_NOT)
        return TENSE_FUTURE;
    if (before == CLASS_TO || before == CLASS_FUTURE_VERB)
        return TENSE_UNKNOWN;
    if (before != CLASS_BE && (before != CLASS_WORD || class_at(line, be) != CLASS_BE))
        return TENSE_PAST;
    for (size_t i = be, n = 0; i-- > 0 && n < 3; n++)
        if (is_verb_like(line, i, CLASS_FUTURE_VERB, VERB_COULD))
            return TENSE_UNKNOWN;
    return TENSE_FUTURE;
}

/* "Is to open", "were to open". */
static bool looks_ahead(const struct date_line *line, size_t to)
{
    return class_before(line, to) == CLASS_PRESENT_VERB ||
           is_verb_like(line, to - 1, CLASS_PAST_VERB, VERB_WAS);
}

/* Words that are nouns behind a determiner, and tell nothing there: "the plan", "its planned". */
static enum date_tense tense_of(const struct date_line *line, size_t at)
{
    bool noun = is_determiner(class_before(line, at));
    switch ((unsigned char)line->classes.v[at]) {
    case CLASS_PAST_VERB:
        return tense_of_past(line, at);
    case CLASS_FUTURE_VERB:
        if (is_verb_like(line, at, CLASS_FUTURE_VERB, VERB_COULD))
            return tense_of_could(line, at);
        return noun ? TENSE_UNKNOWN : TENSE_FUTURE;
    case CLASS_UNTIL:
        return tense_of_until(line, at);
    case CLASS_TO:
        return looks_ahead(line, at) ? TENSE_FUTURE : TENSE_UNKNOWN;
    case CLASS_EXPECT_VERB:
        return noun ? TENSE_UNKNOWN : tense_of_expectation(line, at);
    default:
        return TENSE_UNKNOWN;
    }
}

enum date_tense date_tense_before(const struct date_line *line, struct span tokens)
{
    enum date_tense tense;
    if ((unsigned char)line->classes.v[tokens.begin] == CLASS_EARLIER ||
        class_before(line, tokens.begin) == CLASS_SINCE)
        return TENSE_PAST;
    for (size_t i = tokens.begin, n = 0; i-- > 0 && n < TENSE_REACH; n++) {
        if (ends_sentence((unsigned char)line->classes.v[i]))
            break;
        if ((tense = tense_of(line, i)) != TENSE_UNKNOWN)
            return tense;
    }
    return TENSE_UNKNOWN;
}

enum date_tense date_tense_at(const struct date_line *line, struct span tokens)
{
    enum date_tense tense = date_tense_before(line, tokens);
    for (size_t i = tokens.end, n = 0; i < line->classes.n && n < TENSE_REACH; i++, n++) {
        if (tense != TENSE_UNKNOWN || ends_sentence((unsigned char)line->classes.v[i]))
            break;
        tense = tense_of(line, i);
    }
    return tense;
}

/* At most a preposition between the date and the full stop before it. */
bool date_opens_sentence(const struct date_line *line, struct span tokens)
{
    for (size_t i = tokens.begin, n = 0; n < 2; n++) {
        if (i == 0 || ends_sentence((unsigned char)line->classes.v[i - 1]))
            return true;
        i--;
    }
    return false;
}

bool date_tense_is_sure(const struct date_line *line, struct span tokens)
{
    size_t at = tokens.begin;
    if (date_opens_sentence(line, tokens))
        return true;
    if (at > 0 && (unsigned char)line->classes.v[at - 1] >= DATE_CLASS_KINDS)
        at--;
    return at > 0 && tense_of(line, at - 1) != TENSE_UNKNOWN;
}
