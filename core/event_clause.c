/* The clause of a date.
 *
 * "Brandt was convicted in 2000, won a new trial in 2003 and was convicted again in 2004" tells
 * three happenings.  A parse would part them; a parser is a heavy thing to be wrong with.  The
 * dates part them nearly as well: what a date dates lies between its neighbours, and ends at a
 * comma, semicolon, dash, "and" or "but" behind it.  The beginning of the sentence is kept for
 * reading, since it names who, unless it fills the row before the date comes.
 *
 * A date that leads its clause ("On 12 March the ferry sank, and on ...") has its happening behind
 * it: there the last such place before the next date is the end. */
#include "core/event_clause.h"

#define CLAUSE_MIN   40  /* bytes; a clause is not cut to less where no other date asks for it */
#define CLAUSE_MAX   160 /* a sentence no longer, with no other date, is left whole */
#define DATELINE_MAX 80
#define APART_MIN    12 /* bytes between two dates; nearer ones are one ("between 1999 and 2004") */
#define DATES_LOOKED 16
#define WHEN_MIN     16 /* bytes behind "when": "he was shot dead" */
/* Bytes between a clause's begin and the date that leads it: "On ", "But by " */
#define LEADS_MAX 12

static const char *const breaks[] = {"; ",   ", ",    " \xe2\x80\x94 ", " \xe2\x80\x93 ",
                                     " -- ", " and ", " but ",          ": "};
static const char *const asides[] = {"; ",     " \xe2\x80\x94 ", " \xe2\x80\x93 ", " -- ",
                                     ", who ", ", which ",       ", where "};

static bool starts_with_one(struct str s, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_starts(s, str_of(words[i])))
            return true;
    return false;
}

static bool break_at(struct str text, uint32_t at, uint32_t end)
{
    return starts_with_one(str_at(text, span_of(at, end)), breaks, COUNT_OF(breaks));
}

/* ---- datelines ---- */

/* Is every word of it one that begins large, a number or in brackets, and the first all large or in
 * brackets? */
static bool is_dateline(struct str s)
{
    size_t first = 0;
    while (first < s.n && s.p[first] != ' ' && s.p[first] != ',' && s.p[first] != '.')
        first++;
    bool large = s.n && s.p[0] == '(' && s.p[s.n - 1] == ')';
    for (size_t i = 0; i < first && !large; i++)
        if (s.p[i] >= 'a' && s.p[i] <= 'z')
            return false;
    if (!large && first < 3)
        return false;
    for (size_t i = 1; i < s.n; i++)
        if ((s.p[i - 1] == ' ' || s.p[i - 1] == '(') && s.p[i] >= 'a' && s.p[i] <= 'z')
            return false;
    return true;
}

uint32_t clause_behind_dateline(struct str text, struct span sentence)
{
    static const char *const dashes[] = {" \xe2\x80\x94 ", " \xe2\x80\x93 ", " -- ", " - "};
    struct str s = str_at(text, sentence);
    for (size_t i = 3; i + 4 < s.n && i < DATELINE_MAX; i++) {
        if (s.p[i] != ' ' || (s.p[i + 1] != '-' && s.p[i + 1] != '\xe2'))
            continue;
        for (size_t k = 0; k < COUNT_OF(dashes); k++)
            if (str_starts(str_from(s.p + i, s.n - i), str_of(dashes[k])))
                return sentence.begin +
                       (is_dateline(str_from(s.p, i)) ? (uint32_t)(i + strlen(dashes[k])) : 0);
    }
    return sentence.begin;
}

/* ---- where the clause ends ---- */

/* Behind byte `from`, the first break, or the last one before `to`; `end` if there is none. */
static uint32_t break_between(struct str text, uint32_t from, uint32_t to, uint32_t end, bool last)
{
    uint32_t found = end;
    for (uint32_t i = from; i < to; i++)
        if (break_at(text, i, end)) {
            found = i;
            if (!last)
                break;
        }
    return found;
}

static bool leads(struct str text, uint32_t begin, struct span date)
{
    uint32_t from = date.begin - begin > LEADS_MAX ? date.begin - LEADS_MAX : begin;
    if (from == begin)
        return true;
    for (uint32_t i = from; i < date.begin; i++)
        if (break_at(text, i, date.begin + 1))
            return true;
    return false;
}

static uint32_t end_of_clause(struct str text, struct span at, struct span date, uint32_t next)
{
    if (next < at.end)
        return break_between(text, date.end, next, at.end, leads(text, at.begin, date));
    if (at.end - at.begin <= CLAUSE_MAX)
        return at.end;
    uint32_t from = date.end > at.begin + CLAUSE_MIN ? date.end : at.begin + CLAUSE_MIN;
    for (uint32_t i = from; i < at.end && i < at.begin + CLAUSE_MAX + (date.end - at.begin); i++)
        if (starts_with_one(str_at(text, span_of(i, at.end)), asides, COUNT_OF(asides)))
            return i;
    return at.end;
}

/* ---- where it begins ---- */

/* Behind the "when" right behind a date, where at least WHEN_MIN bytes are told there; 0: there is
 * none. */
static uint32_t behind_when(struct str text, struct span at, struct span date)
{
    static const char *const whens[] = {", when ", " when "};
    struct str rest = str_at(text, span_of(date.end, at.end));
    for (size_t i = 0; i < COUNT_OF(whens); i++)
        if (str_starts(rest, str_of(whens[i])) && rest.n >= strlen(whens[i]) + WHEN_MIN)
            return date.end + (uint32_t)strlen(whens[i]);
    return 0;
}

/* Where more than half a row leads up to the date, what leads there is cut, at the nearest such
 * place that leaves CLAUSE_MIN bytes, and some of them before the date.  "... than the patrons who
 * were at the club on January 12, when Reiss was shot" begins with the patrons, who are no news, so
 * that what is told of them goes with them: it is "Reiss was shot". */
static uint32_t begin_of_clause(struct str text, struct span at, struct span date)
{
    static const char *const leads_on[] = {"; ",    ": ",     " \xe2\x80\x94 ", " -- ",
                                           " but ", " that ", " after "};
    if (at.end - at.begin <= CLAUSE_MAX || date.begin - at.begin <= CLAUSE_MAX / 2)
        return at.begin;
    for (uint32_t i = date.begin - LEADS_MAX; i > at.begin && i + CLAUSE_MAX > date.begin; i--) {
        struct str rest = str_at(text, span_of(i, at.end));
        if (rest.n < CLAUSE_MIN || str_starts(rest, STR(" that of ")))
            continue;
        if (str_starts(rest, STR(" who ")) && text.p[i - 1] != ',') {
            bool were = str_starts(rest, STR(" who were ")) || str_starts(rest, STR(" who was "));
            uint32_t when = behind_when(text, at, date);
            if (were && when)
                return when;
            while (i > at.begin && text.p[i - 1] != ' ')
                i--;
            return i; /* with the word it speaks of */
        }
        for (size_t k = 0; k < COUNT_OF(leads_on); k++)
            if (str_starts(rest, str_of(leads_on[k])))
                return i + (uint32_t)strlen(leads_on[k]);
    }
    return at.begin;
}

/* ---- marks without a partner ---- */

enum mark { MARK_NONE, MARK_OPENS, MARK_CLOSES, MARK_EITHER };

static enum mark mark_at(struct str s, size_t i, size_t *n)
{
    *n = 1;
    if (i < s.n && s.p[i] == '"')
        return MARK_EITHER;
    *n = 3;
    if (str_starts(str_from(s.p + i, s.n - i), STR("\xe2\x80\x9c")))
        return MARK_OPENS;
    return str_starts(str_from(s.p + i, s.n - i), STR("\xe2\x80\x9d")) ? MARK_CLOSES : MARK_NONE;
}

/* Takes off a mark at the front that nothing closes, one at the end that nothing opened, and the
 * pair where all of it stands between them. */
static struct span without_marks(struct str text, struct span at)
{
    struct str s = str_at(text, at);
    size_t marks = 0, n, head = 0, tail = 0;
    for (size_t i = 0; i < s.n; i++)
        marks += mark_at(s, i, &n) != MARK_NONE;
    if (s.n && mark_at(s, 0, &n) != MARK_NONE)
        head = n;
    for (size_t k = 1; k <= 3 && k <= s.n; k += 2)
        if (mark_at(s, s.n - k, &n) != MARK_NONE && n == k)
            tail = k;
    bool whole = marks == 2 && head && tail;
    if (s.n <= head + tail || (marks != 1 && !whole))
        return at;
    return span_of(at.begin + head, at.end - tail);
}

/* Where the next date begins that is not one with this; `end` if there is none. */
static uint32_t next_date(struct date_run dates, uint32_t date, uint32_t end)
{
    for (uint32_t i = date + 1;
         i < dates.n && i <= date + DATES_LOOKED && dates.v[i].at.begin < end; i++)
        if (dates.v[i].at.begin >= dates.v[date].at.end + APART_MIN && days_known(dates.v[i].days))
            return dates.v[i].at.begin;
    return end;
}

struct clause clause_of(struct str text, struct span sentence, struct date_run dates, uint32_t date)
{
    struct span d = dates.v[date].at, at = sentence;
    uint32_t behind = clause_behind_dateline(text, sentence), before = at.begin;
    if (behind <= d.begin)
        at.begin = before = behind;
    if (date > 0 && dates.v[date - 1].at.end > before && dates.v[date - 1].at.end <= d.begin)
        before = dates.v[date - 1].at.end;
    at.end = end_of_clause(text, at, d, next_date(dates, date, at.end));
    while (at.end > d.end && (text.p[at.end - 1] == ',' || text.p[at.end - 1] == ' '))
        at.end--;
    at.begin = begin_of_clause(text, at, d);
    uint32_t near =
        leads(text, before, d) ? at.end : break_between(text, d.end, at.end, at.end, false);
    return (struct clause){without_marks(text, at), span_of(before, near)};
}
