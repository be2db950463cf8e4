/* Notes are few, so all are looked through whenever the timeline is filled.  A date typed is read
 * by the finder of dates, which knows every form that papers use. */
#include "tui/own_events.h"

#include "core/find.h"

struct str own_event_date(const struct note *note)
{
    struct str tags = note->tags, head = STR(EVENT_TAG);
    for (size_t i = 0; i < tags.n;) {
        const char *blank = memchr(tags.p + i, ' ', tags.n - i);
        struct str tag = str_from(tags.p + i, blank ? (size_t)(blank - tags.p) - i : tags.n - i);
        if (str_starts(tag, head) &&
            days_known(days_of_timex(str_from(tag.p + head.n, tag.n - head.n))))
            return str_from(tag.p + head.n, tag.n - head.n);
        i += tag.n + 1;
    }
    return STR("");
}

static int by_days(const void *a, const void *b)
{
    const struct own_event *x = a, *y = b;
    if (x->days.first != y->days.first)
        return x->days.first < y->days.first ? -1 : 1;
    return (x->note > y->note) - (x->note < y->note);
}

void own_events_gather(const struct notes *n, own_event_vec *out)
{
    struct noted_run all = notes_all(n);
    vec_clear(out);
    for (uint32_t i = 0; i < all.n; i++) {
        const struct note *note = all.v[i].note;
        struct str date = own_event_date(note);
        struct own_event e = {.days = days_of_timex(date),
                              .value = date,
                              .at = {all.v[i].article, all.v[i].at},
                              .note = note->id};
        e.words = note->comment.n ? note->comment : note->anchor.exact;
        if (date.n)
            vec_push(out, e);
    }
    if (out->n)
        qsort(out->v, out->n, sizeof(*out->v), by_days);
}

static bool names(const struct dossier *d, const struct own_event *e, entity_id id)
{
    struct mention_run run = dossier_mentions(d, e->at.article);
    for (uint32_t i = 0; i < run.n; i++)
        if (run.v[i].entity.v == id.v && span_touches(run.v[i].at, e->at.at))
            return true;
    return false;
}

bool own_event_passes(const struct timeline_filter *f, const struct dossier *d,
                      const struct own_event *e)
{
    if (f->conflicts || f->several)
        return false;
    if (days_known(f->from) && e->days.end <= f->from.first)
        return false;
    if (days_known(f->to) && e->days.first >= f->to.end)
        return false;
    if (*f->entity && (!f->id.v || !names(d, e, f->id)))
        return false;
    return !*f->outlet || str_eq(dossier_article(d, e->at.article)->outlet, str_of(f->outlet));
}

/* ---- typed ---- */

/* "2002-01-12 the killing": its first word; not the day of "12 January". */
static bool read_value(struct arena *a, struct str typed, struct str *value, struct str *words)
{
    size_t n = 0;
    while (n < typed.n && typed.p[n] != ' ')
        n++;
    if (n < 3 || !days_known(days_of_timex(str_from(typed.p, n))))
        return false;
    *value = arena_str(a, str_from(typed.p, n));
    *words = str_trim(str_from(typed.p + n, typed.n - n));
    return true;
}

static const struct date *first_date(const struct found *found)
{
    for (size_t i = 0; i < found->dates.n; i++)
        if (days_known(found->dates.v[i].days))
            return &found->dates.v[i];
    return NULL;
}

/* What stands before and behind the date, its preposition left out. */
static struct str without(struct arena *a, struct str typed, struct span date)
{
    static const char *const before[] = {"on", "in", "at", "by", "On", "In", "At", "By"};
    struct str head = str_trim(str_from(typed.p, date.begin));
    struct str tail = str_trim(str_from(typed.p + date.end, typed.n - date.end));
    for (size_t i = 0; i < COUNT_OF(before); i++) {
        struct str word = str_of(before[i]);
        if (str_eq(head, word) || (str_ends(head, word) && head.p[head.n - word.n - 1] == ' '))
            head = str_trim(str_from(head.p, head.n - word.n));
    }
    while (tail.n && strchr(",:;", tail.p[0]))
        tail = str_trim(str_from(tail.p + 1, tail.n - 1));
    return arena_printf(a, "%.*s%s%.*s", (int)head.n, head.p, head.n && tail.n ? " " : "",
                        (int)tail.n, tail.p);
}

bool own_event_read(struct arena *a, struct str typed, int32_t published, struct str *value,
                    struct str *words)
{
    typed = str_trim(typed);
    if (read_value(a, typed, value, words))
        return true;
    struct finder *f = finder_open();
    struct body body = {.text = typed, .published = published};
    struct found found = {0};
    find_sentences(f, &body, &found);
    find_dates(f, &body, a, &found);
    const struct date *d = first_date(&found);
    if (d) {
        const char *hour = strchr(d->value, 'T'); /* an event has a day */
        *value =
            arena_str(a, str_from(d->value, hour ? (size_t)(hour - d->value) : strlen(d->value)));
        *words = without(a, typed, d->at);
    }
    bool read = d && days_known(days_of_timex(*value));
    finder_close(f);
    vec_free(&found.sentences);
    vec_free(&found.dates);
    return read;
}
