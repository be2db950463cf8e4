/* Counts are kept by month and summed into as many blocks as there is room for.  Cases have events
 * far off their own years ("the law of 1868"): the strip shows the years between the twentieth and
 * the last twentieth of the events, so that the case itself is not squeezed into one block. */
#include "tui/strip.h"

#define MONTHS_MAX 2400 /* two hundred years; what lies outside is not on the strip */

static int32_t month_of(int32_t day)
{
    struct civil c = day_to_civil(day);
    return c.year * 12 + c.month - 1;
}

void strip_begin(struct strip *s, int32_t first_day, int32_t last_day)
{
    vec_clear(&s->counts);
    s->first_month = month_of(first_day) / 12 * 12;
    int32_t last = month_of(last_day) / 12 * 12 + 11;
    if (last - s->first_month >= MONTHS_MAX)
        s->first_month = last - MONTHS_MAX + 1;
    for (int32_t m = s->first_month; m <= last; m++)
        vec_push(&s->counts, 0);
}

void strip_add(struct strip *s, int32_t day)
{
    int32_t m = month_of(day) - s->first_month;
    if (m >= 0 && m < (int32_t)s->counts.n)
        s->counts.v[m]++;
}

void strip_make(struct strip *s, const struct event *events, const uint32_t *ids, size_t n)
{
    size_t from = n / 20, to = n - n / 20;
    vec_clear(&s->counts);
    if (from >= to)
        return;
    strip_begin(s, events[ids[from]].days.first, events[ids[to - 1]].days.first);
    for (size_t i = 0; i < n; i++)
        strip_add(s, events[ids[i]].days.first);
}

void strip_free(struct strip *s)
{
    vec_free(&s->counts);
}

/* Months a block stands for: 1, 2, 3, 6, 12 or whole years. */
static int32_t months_a_block(int32_t months, int cols)
{
    static const int32_t round[] = {1, 2, 3, 6, 12};
    for (size_t i = 0; i < COUNT_OF(round); i++)
        if (months <= round[i] * cols)
            return round[i];
    return (months / 12 + cols) / cols * 12;
}

void strip_put(const struct strip *s, struct line *out, int cols, int32_t day, bool years)
{
    static const char *const blocks[] = {"▁", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    int32_t months = (int32_t)s->counts.n;
    if (months == 0 || cols < 1)
        return;
    int32_t each = months_a_block(months, cols), n = (months + each - 1) / each;
    int32_t here = day == DAY_NONE ? -1 : month_of(day) - s->first_month;
    uint32_t most = 1;
    for (int pass = 0; pass < 2; pass++)
        for (int32_t b = 0; b < n; b++) {
            uint32_t sum = 0;
            for (int32_t m = b * each; m < (b + 1) * each && m < months; m++)
                sum += s->counts.v[m];
            if (pass == 0) {
                most = sum > most ? sum : most;
                continue;
            }
            struct look look = {FACE_STRIP, 0};
            if (here >= b * each && here < (b + 1) * each)
                look.flags = LOOK_CURSOR;
            line_put_look(out, str_of(blocks[sum ? 1 + (uint64_t)sum * 7 / most : 0]), look);
        }
    int32_t first = s->first_month / 12, last = (s->first_month + months - 1) / 12;
    if (years && first == last)
        line_printf(out, FACE_TITLE, " %d", first);
    else if (years)
        line_printf(out, FACE_TITLE, " %d-%d", first, last);
}
