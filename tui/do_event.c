/* Events by hand: a note with a date (own_events.h), asked for in one line, the date and what
 * happened. */
#include "tui/noting.h"
#include "tui/own_events.h"

/* The date that is meant before anything is typed: the note's own, the one under the cursor, the
 * first in the words; empty: none. */
static struct str date_meant(struct app *app, const struct note *note)
{
    struct thing thing;
    struct passage where = app->noting.where;
    struct str own = own_event_date(note);
    if (own.n || !where.article.v)
        return own;
    struct date_run dates = dossier_dates(app->dossier, where.article);
    if (app_thing(app, &thing) && thing.kind == THING_DATE && thing.row < dates.n &&
        days_known(dates.v[thing.row].days))
        return str_of(dates.v[thing.row].value);
    for (uint32_t i = 0; i < dates.n; i++)
        if (span_touches(dates.v[i].at, where.at) && days_known(dates.v[i].days))
            return str_of(dates.v[i].value);
    return STR("");
}

/* The note's words and tags, but for its date. */
static struct str other_words(struct arena *a, const struct note *note)
{
    struct note rest = *note;
    rest.tags = STR("");
    for (size_t i = 0; i < note->tags.n;) {
        const char *blank = memchr(note->tags.p + i, ' ', note->tags.n - i);
        size_t n = blank ? (size_t)(blank - note->tags.p) - i : note->tags.n - i;
        struct str tag = str_from(note->tags.p + i, n);
        if (!str_starts(tag, STR(EVENT_TAG)))
            note_add_tags(&rest, a, tag);
        i += n + 1;
    }
    return note_words(a, &rest);
}

static void ask(struct app *app, const char *label, struct str typed)
{
    app_ask(app, CMD_EVENT, label, typed);
    app->noting.set = true;
}

static void finish(struct app *app, struct str typed)
{
    struct arena a = {0};
    const struct article *row = dossier_article(app->dossier, app->noting.where.article);
    struct str value, words;
    if (own_event_read(&a, typed, row ? row->published : DAY_NONE, &value, &words)) {
        noting_finish(app, arena_printf(&a, "%.*s #" EVENT_TAG "%.*s", (int)words.n, words.p,
                                        (int)value.n, value.p));
        if (!app->noting.set)
            app_say(app, FACE_MESSAGE, "In the timeline at %.*s; u undoes it", (int)value.n,
                    value.p);
    } else {
        ask(app, "No date in it, such as 12 Jan 2002 · Event: ", typed);
    }
    arena_finish(&a);
}

void do_event(struct app *app, const struct call *call)
{
    struct arena a = {0};
    struct note note;
    if (!app->noting.set && !noting_begin(app))
        return;
    if (call->has_argument) {
        finish(app, call->argument);
    } else if (noting_note(app, &a, &note)) {
        struct str date = date_meant(app, &note), words = other_words(&a, &note);
        ask(app, "Event, its date and what happened: ",
            arena_printf(&a, "%.*s %.*s", (int)date.n, date.p, (int)words.n,
                         words.p ? words.p : ""));
    } else {
        app->noting.set = false; /* it is gone: the next key asks anew */
    }
    arena_finish(&a);
}
