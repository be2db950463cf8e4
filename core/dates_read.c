/* A match to a date: its pieces, the reading its rule names, and what the next dates are reckoned
 * from. */
#include "core/dates_read.h"

/* In a history a bare year this close behind a fuller date is an aside; measured on histories. */
#define ASIDE_TOKENS 80

typedef bool reading_fn(struct date_reader *r);

static bool read_present(struct date_reader *r)
{
    return date_put(r, DATE_DATE, "PRESENT_REF");
}

static bool read_future(struct date_reader *r)
{
    return date_put(r, DATE_DATE, "FUTURE_REF");
}

static bool read_former(struct date_reader *r)
{
    return r->c->history && date_put(r, DATE_DATE, "PAST_REF");
}

static bool read_nothing(struct date_reader *r)
{
    (void)r;
    return false;
}

static reading_fn *const readings[] = {
    [READ_CALENDAR] = date_read_calendar,
    [READ_NUMERIC] = date_read_numeric,
    [READ_YEAR] = date_read_year,
    [READ_SAID_YEAR] = date_read_said_year,
    [READ_YEAR_BEFORE] = date_read_year_before,
    [READ_RANGE_DAY] = date_read_range_day,
    [READ_RANGE_YEAR] = date_read_range_year,
    [READ_NAMED] = date_read_named,
    [READ_DECADE] = date_read_decade,
    [READ_CENTURY] = date_read_century,
    [READ_SEASON] = date_read_season,
    [READ_QUARTER] = date_read_quarter,
    [READ_WEEKDAY] = date_read_weekday,
    [READ_DEICTIC] = date_read_deictic,
    [READ_SHIFT] = date_read_shift,
    [READ_OFFSET] = date_read_offset,
    [READ_DURATION] = date_read_duration,
    [READ_PERIOD] = date_read_period,
    [READ_SET] = date_read_set,
    [READ_CLOCK] = date_read_clock,
    [READ_HOLIDAY] = date_read_holiday,
    [READ_PRESENT] = read_present,
    [READ_PAST] = date_read_past,
    [READ_FUTURE] = read_future,
    [READ_FORMER] = read_former,
    [READ_NOTHING] = read_nothing,
};

/* ---- names ----
 *
 * "USA Today", "This Week", "60 Minutes", "Saturday Night Live", "Footballer of the Year", "the
 * Winter Olympics": the last word has a capital it did not get from its place in the sentence, in a
 * line that does not give capitals to all its words.  In a history they are mostly names of wars
 * and held to be lengths. */

#define NEAR_WORDS 6

static bool takes_no_capital(int class)
{
    switch (class) {
    case CLASS_UNIT:
    case CLASS_UNIT_YEAR:
    case CLASS_UNITS:
    case CLASS_DEICTIC:
    case CLASS_REGULAR:
    case CLASS_PART:
    case CLASS_NOON:
    case CLASS_TONIGHT:
    case CLASS_WEEKEND:
        return true;
    default:
        return false;
    }
}

static bool is_small_word(const struct date_context *c, size_t i)
{
    const struct date_token *t = &c->line->tokens.v[i];
    char first = c->text.p[t->begin];
    return t->end - t->begin >= 4 && first >= 'a' && first <= 'z';
}

static bool has_capital(const struct date_context *c, size_t i)
{
    char first = c->text.p[c->line->tokens.v[i].begin];
    return first >= 'A' && first <= 'Z';
}

static bool small_words_around(const struct date_context *c, struct span tokens)
{
    const char *classes = c->line->classes.v;
    for (size_t i = tokens.begin, n = 0; i-- > 0 && n < NEAR_WORDS; n++) {
        if (classes[i] == CLASS_DOT || classes[i] == CLASS_BREAK)
            break;
        if (is_small_word(c, i))
            return true;
    }
    for (size_t i = tokens.end, n = 0; i < c->line->classes.n && n < NEAR_WORDS; i++, n++) {
        if (classes[i] == CLASS_DOT || classes[i] == CLASS_BREAK)
            break;
        if (is_small_word(c, i))
            return true;
    }
    return false;
}

/* Behind a mark or a full stop, where a word has its capital from its place, unless another word
 * with one follows a mark: the "Midnight Crew". */
static bool starts_here(const struct date_line *line, size_t at)
{
    int before = at > 0 ? (unsigned char)line->classes.v[at - 1] : CLASS_BREAK;
    int after = at + 1 < line->classes.n ? (unsigned char)line->classes.v[at + 1] : CLASS_BREAK;
    if (before == CLASS_DOT || before == CLASS_BREAK)
        return true;
    bool mark = before == CLASS_MARK || before == CLASS_COLON || before == CLASS_OPEN ||
                before == CLASS_APOS || before == CLASS_HYPHEN;
    return mark && after != CLASS_CAPITAL;
}

static bool is_season(int class)
{
    return class == CLASS_SEASON || class == CLASS_SEASON_MAYBE;
}

static bool is_name(const struct date_reader *r)
{
    const struct date_context *c = r->c;
    size_t last = r->tokens.end - 1, next = r->tokens.end;
    int class = (unsigned char)c->line->classes.v[last];
    bool titled = next < c->line->classes.n && c->line->classes.v[next] == CLASS_CAPITAL;
    bool may_be = takes_no_capital(class) || (is_season(class) && titled);
    if (c->history || r->p->month || !may_be || !has_capital(c, last))
        return false;
    bool alone = last == r->tokens.begin;
    return !(alone && starts_here(c->line, last)) && small_words_around(c, r->tokens);
}

/* Whether what is told next is reckoned from this date.  In a history, what looks back from it
 * ("the past year", "two years ago") is an aside, and so is a bare year close behind a fuller date
 * unless it opens its sentence. */
static bool carries_on(const struct date_reader *r, enum date_reading reading)
{
    const struct date_context *c = r->c;
    if (r->d->type != DATE_DATE && r->d->type != DATE_TIME)
        return false;
    if ((unsigned char)c->line->classes.v[r->tokens.begin] == CLASS_OVERNIGHT)
        return false; /* said in passing */
    if (!c->narrative || !days_known(c->last))
        return true;
    if (reading == READ_SHIFT || reading == READ_OFFSET)
        return r->p->shift >= 0 && r->p->from != CLASS_AGO && r->p->from != CLASS_EARLIER;
    bool bare = reading == READ_YEAR || reading == READ_SAID_YEAR || reading == READ_DECADE ||
                reading == READ_CENTURY;
    return !bare || c->last.precision >= PRECISION_YEAR ||
           date_opens_sentence(c->line, r->tokens) ||
           r->tokens.begin > c->last_token + ASIDE_TOKENS;
}

bool date_read(struct date_context *c, const struct date_rule *rule, struct span tokens,
               struct date *d)
{
    struct date_pieces p = date_pieces_of(c->line, tokens);
    struct date_reader r = {c, &p, tokens, d};
    if ((rule->reading != READ_HOLIDAY && is_name(&r)) || !readings[rule->reading](&r))
        return false;
    if (d->days.precision == PRECISION_SEASON)
        c->quarter_token = tokens.end;
    if (days_known(d->days) && carries_on(&r, rule->reading)) {
        c->last = d->days;
        c->last_at = d->at;
        c->last_token = tokens.end;
        c->before_christ = 0;
    }
    return true;
}
