/* Which dates of a text place something in time, and how.
 *
 * A page is full of dates that tell nothing: the stamp it was printed with, those of comments, the
 * dateline, the byline of a post.  And a date may be one end of a stretch, or only a bound. */
#include "core/event_parts.h"

#define STAMP_REACH   24  /* bytes between a day and the clock of its stamp */
#define STAMPS_LOOKED 8   /* at the front of a sentence */
#define COMMENT_DAYS  60  /* that comments come in after publication */
#define RANGE_APART   10  /* bytes between the two ends of a stretch */
#define RANGE_DAYS    366 /* it lasts, where its year was only guessed */
#define MOVING_REACH  120 /* bytes between "moved" and the two days */
#define WORD_LOOKED   16  /* bytes of a word before a date */
#define BYLINE_APART  8   /* bytes between a post and its byline */

static const struct date *date_of(const struct dated *d)
{
    return &d->dates.v[d->date];
}

/* The last WORD_LOOKED bytes at most of the word that ends before byte `at`, but for blanks. */
static struct str word_before(const struct dated *d, uint32_t at)
{
    const char *p = d->text.p;
    uint32_t begin = d->sentence->at.begin;
    for (int blanks = 0; at > begin && p[at - 1] == ' ' && blanks < WORD_LOOKED; blanks++)
        at--;
    uint32_t from = at;
    while (from > begin && at - from < WORD_LOOKED && p[from - 1] != ' ' && p[from - 1] != '\n')
        from--;
    return str_at(d->text, span_of(from, at));
}

/* ---- stamps ---- */

static bool is_clock_at(struct str text, uint32_t i)
{
    return i + 2 < text.n && text.p[i] == ':' && i && text.p[i - 1] >= '0' &&
           text.p[i - 1] <= '9' && text.p[i + 1] >= '0' && text.p[i + 1] <= '9';
}

/* A stamp of the page or of a comment, "Mon May 4, 2009 3:56 pm EDT", "At 15:41 30th Apr 2009": a
 * day written with its year, of publication or of the weeks that comments come in, and a clock
 * beside it. In running text nobody writes this year's number. */
static bool is_stamp(const struct dated *dated, const struct date *d)
{
    int32_t day = d->days.first, published = dated->published;
    bool here = published != DAY_NONE && day >= published - 1 && day <= published + COMMENT_DAYS;
    bool reckoned =
        d->flags & (DATE_FROM_PUBLICATION | DATE_GUESSED_YEAR) || !span_is_empty(d->anchor);
    uint32_t from = d->at.begin > STAMP_REACH ? d->at.begin - STAMP_REACH : 0;
    if (d->days.precision != PRECISION_DAY || !here || reckoned)
        return false;
    for (uint32_t i = from; i < d->at.end + STAMP_REACH; i++)
        if (is_clock_at(dated->text, i))
            return true;
    return false;
}

/* Behind the stamps that a sentence begins with, "CITY | Mon May 4, 2009 3:56 pm EDT CITY (Agency)
 * - ". */
struct span dated_told(const struct dated *d)
{
    const struct date *v = d->dates.v;
    struct span told = d->sentence->at;
    for (uint32_t i = d->date; i > 0 && d->date - i < STAMPS_LOOKED; i--) {
        if (v[i - 1].at.begin < told.begin)
            break;
        if (is_stamp(d, &v[i - 1])) {
            bool clock = i < d->date && v[i].anchor.end == v[i - 1].at.end; /* "3:56 pm EDT" */
            told.begin = v[clock ? i : i - 1].at.end;
            break;
        }
    }
    bool cut = told.begin > d->sentence->at.begin;
    while (cut && told.begin < v[d->date].at.begin && strchr(" ,|", d->text.p[told.begin]))
        told.begin++;
    return told;
}

/* "— Name (@handle) August 3, 2023" under a post: what the date dates is the post. */
const struct quote *dated_post(const struct dated *d)
{
    struct span at = d->sentence->at;
    struct str s = str_at(d->text, at);
    bool dash = str_starts(s, STR("\xe2\x80\x94")) || str_starts(s, STR("--"));
    if (date_of(d)->at.end + 1 < at.end || !dash)
        return NULL;
    uint32_t i;
    BISECT(i, 0, d->quotes.n, d->quotes.v[i].at.begin <= at.begin);
    const struct quote *q = i ? &d->quotes.v[i - 1] : NULL;
    return q && q->at.end <= at.begin && at.begin - q->at.end <= BYLINE_APART ? q : NULL;
}

/* ---- stretches ---- */

/* What is moved from one day to another does not last from the one to the other. */
static bool speaks_of_moving(struct str words)
{
    static const char *const moves[] = {"moved",           "postpone", "delayed", "pushed",
                                        "brought forward", "changed",  "resched", "put off",
                                        "put back",        "extended", "revised"};
    return str_holds_any(words, moves);
}

/* Do the days of `b` stand behind those of `a`, written and meant in the same way? */
static bool may_be_range(const struct date *a, const struct date *b)
{
    bool guessed = a->flags & DATE_GUESSED_YEAR;
    return b->at.begin >= a->at.end && b->at.begin - a->at.end <= RANGE_APART &&
           days_known(a->days) && a->days.precision == b->days.precision &&
           a->days.precision <= PRECISION_YEAR && b->days.first >= a->days.end &&
           !(guessed && b->days.first - a->days.first > RANGE_DAYS);
}

/* Is the next date the end of a time that begins with this one: "from 3 to 7 June", "between 1998
 * and 2003", "June 3-7"? */
static bool begins_range(const struct dated *d, uint32_t date)
{
    if (date + 1 >= d->dates.n)
        return false;
    const struct date *a = &d->dates.v[date], *b = a + 1;
    struct span in = d->sentence->at;
    if (a->at.begin < in.begin || b->at.end > in.end || !may_be_range(a, b))
        return false;
    struct str link = str_trim(str_at(d->text, span_of(a->at.end, b->at.begin)));
    bool between =
        str_eq(link, STR("and")) && term_is_among(word_before(d, a->at.begin), "between|Between");
    if (!between && !term_is_among(link, "to|until|till|through|-|\xe2\x80\x93|--"))
        return false;
    uint32_t from = a->at.begin - in.begin > MOVING_REACH ? a->at.begin - MOVING_REACH : in.begin;
    return !speaks_of_moving(str_at(d->text, span_of(from, a->at.begin)));
}

const char *dated_until(const struct dated *d)
{
    return begins_range(d, d->date) ? d->dates.v[d->date + 1].value : NULL;
}

bool dated_bounds(const struct dated *d)
{
    return term_is_among(word_before(d, date_of(d)->at.begin),
                         "by|By|before|Before|until|Until|till|since|Since|after|After");
}

/* ---- statements ---- */

bool dated_states(const struct dated *d)
{
    const struct date *x = date_of(d);
    if (!days_known(x->days) || x->days.precision > PRECISION_YEAR ||
        (d->sentence->flags & SENTENCE_FURNITURE) ||
        clause_behind_dateline(d->text, d->sentence->at) > x->at.begin)
        return false;
    bool clock = d->date > 0 && x->anchor.end == x[-1].at.end; /* of the day in front of it */
    return !is_stamp(d, clock ? x - 1 : x) && !(d->date > 0 && begins_range(d, d->date - 1));
}

bool dated_loosely(const struct dated *d, uint32_t kinds)
{
    const struct date *x = date_of(d);
    uint32_t i;
    BISECT(i, 0, d->quotes.n, d->quotes.v[i].at.begin <= x->at.begin);
    const struct quote *q = i ? &d->quotes.v[i - 1] : NULL;
    bool anchored = !span_is_empty(x->anchor);
    if (!q || q->at.end < x->at.end || (anchored && span_holds(q->at, x->anchor)))
        return false;
    if (q->kind == QUOTE_INDIRECT)
        return anchored && str_starts(str_at(d->text, x->at), STR("that "));
    if (!anchored && !(x->flags & DATE_FROM_PUBLICATION))
        return false;
    char first = d->text.p[x->at.begin] | 0x20;
    return !kinds || first == 't' || first == 'y';
}
