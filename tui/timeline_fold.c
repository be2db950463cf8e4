/* A fold is a stretch of days and the precisions that it takes in: by month, what is known to the
 * year stands in a row of the year, and a season by itself. */
#include "tui/timeline_fold.h"

/* Events that are alone are known again by their days and the place of their summary, a fold by its
 * kind and days. */
enum kind { OF_MONTH = 1, OF_YEAR, OF_DECADE, OF_DAY };

struct fold_mark fold_mark_of(const struct event *e)
{
    uint64_t key = ((uint64_t)e->summary.article.v << 32 | e->summary.at.begin) ^
                   (uint64_t)(uint32_t)e->days.first << 20 ^ (uint64_t)(uint32_t)e->days.end << 44;
    key &= (1ull << FOLD_KEY_BITS) - 1;
    return (struct fold_mark){.key = key ? key : 1,
                              .first = e->days.first,
                              .told = e->n_articles << 4 | (uint32_t)e->days.precision,
                              .weight = e->weight};
}

bool fold_stands_before(const struct fold_mark *a, const struct fold_mark *b)
{
    uint32_t x = a->told >> 4, y = b->told >> 4;
    return x != y ? x > y : a->weight > b->weight;
}

/* From 1 January of `from`, for `years`. */
static struct fold years_fold(enum kind kind, int32_t from, int32_t years)
{
    return (struct fold){.key = (uint64_t)kind << FOLD_KEY_BITS | (uint64_t)(from + 100000),
                         .first = day_from_civil(from, 1, 1),
                         .end = day_from_civil(from + years, 1, 1),
                         .least = PRECISION_NONE,
                         .most = PRECISION_RANGE};
}

static struct fold month_fold(struct civil c)
{
    int32_t first = day_from_civil(c.year, c.month, 1);
    uint64_t year = (uint64_t)(c.year + 100000);
    return (struct fold){(uint64_t)OF_MONTH << FOLD_KEY_BITS | year << 8 | (uint64_t)c.month, first,
                         first + month_length(c.year, c.month), PRECISION_NONE, PRECISION_MONTH};
}

/* By month: what is known to the month, else to the year; a season stands alone. */
static struct fold month_or_year(const struct fold_mark *m, struct civil c)
{
    enum precision p = fold_mark_precision(m);
    struct fold year = years_fold(OF_YEAR, c.year, 1);
    year.least = PRECISION_YEAR;
    return p <= PRECISION_MONTH  ? month_fold(c)
           : p >= PRECISION_YEAR ? year
                                 : (struct fold){.key = m->key};
}

static struct fold day_fold(const struct fold_mark *m)
{
    if (fold_mark_precision(m) != PRECISION_DAY)
        return (struct fold){.key = m->key};
    return (struct fold){(uint64_t)OF_DAY << FOLD_KEY_BITS | (uint64_t)(uint32_t)m->first, m->first,
                         m->first + 1, PRECISION_DAY, PRECISION_DAY};
}

struct fold fold_of(const struct fold_mark *m, enum scale scale)
{
    struct civil c = scale > SCALE_DAY ? day_to_civil(m->first) : (struct civil){0};
    switch (scale) {
    case SCALE_DECADE:
        return years_fold(OF_DECADE, c.year - c.year % 10, 10);
    case SCALE_YEAR:
        return years_fold(OF_YEAR, c.year, 1);
    case SCALE_MONTH:
        return month_or_year(m, c);
    case SCALE_DAY:
        return day_fold(m);
    default:
        return (struct fold){.key = m->key};
    }
}

int32_t fold_begin(int32_t day, enum scale scale)
{
    struct civil c = day_to_civil(day);
    if (scale <= SCALE_DAY)
        return day;
    if (scale == SCALE_DECADE)
        c.year -= c.year % 10;
    return day_from_civil(c.year, scale == SCALE_MONTH ? c.month : 1, 1);
}
