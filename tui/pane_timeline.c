/* The timeline: one row an event, in order of date; the strip of counts stands in the title.
 *
 * The events of links.h are in order already, so a row is an event's number.  Which event a place
 * in the text tells is asked of the claims of its article, which are in order of place. */
#include "core/text.h"
#include "tui/app.h"
#include "tui/panes.h"
#include "tui/strip.h"

#define NARROW_COLS 50
#define STRIP_COLS_MAX 40

struct own {
    uint32_t conflicts;   /* events whose date is told differently */
    uint32_t source;      /* which of the event's claims is shown in the text */
    struct strip strip;
};

static bool fill(struct list *l, struct app *app, unsigned changed)
{
    struct own *o = l->own;
    const struct links *links = dossier_links(app->dossier);
    if (changed && !(changed & (CHANGED_LINKS | PANE_REFILL)))
        return false;
    vec_clear(&l->rows);
    o->conflicts = 0;
    for (uint32_t e = 1; e < links->n_events; e++) {
        const struct event *event = &links->events[e];
        o->conflicts += event->conflict != 0;
        /* Known again after a relink by its days and the place of its summary. */
        uint64_t key = ((uint64_t)event->summary.article.v << 32 | event->summary.at.begin) ^
                       (uint64_t)(uint32_t)event->days.first << 20 ^
                       (uint64_t)(uint32_t)event->days.end << 44;
        vec_push(&l->rows, ((struct list_row){key ? key : 1, e, 0}));
    }
    strip_make(&o->strip, links->events, links->n_events);
    return true;
}

static const struct event *event_of(struct app *app, const struct list_row *row)
{
    return &dossier_links(app->dossier)->events[row->a];
}

/* ---- looks ---- */

/* What a conflicting date differs in: "11-18" beside 2002-11-12, "1999" beside 1998. */
static struct str difference(struct str date, struct str other)
{
    size_t i = 0, cut = 0;
    while (i < date.n && i < other.n && date.p[i] == other.p[i])
        if (other.p[i++] == '-')
            cut = i;
    return cut == 5 || cut == 0 ? str_from(other.p + cut, other.n - cut)
                                : str_from(other.p + 5, other.n - 5); /* the month too */
}

static void put_conflict(struct app *app, const struct event *e, struct line *out)
{
    const struct links *links = dossier_links(app->dossier);
    const struct conflict *c = &links->conflicts[e->conflict - 1];
    line_put(out, STR("  ≠"), FACE_CONFLICT);
    for (uint32_t i = c->values_begin; i < c->values_end && i < c->values_begin + 3; i++) {
        struct str value = links->conflict_values[i].value;
        if (str_eq(value, str_of(e->date)))
            continue;
        line_put(out, STR(" "), FACE_CONFLICT);
        line_put(out, difference(str_of(e->date), value), FACE_CONFLICT);
    }
}

static void row_line(struct list *l, struct app *app, const struct list_row *row, struct line *out)
{
    const struct event *e = event_of(app, row);
    const struct article *a = dossier_article(app->dossier, e->summary.article);
    struct str date = str_of(e->date);
    const char *hour = memchr(date.p, 'T', date.n); /* the day is enough in a list */
    if (hour)
        date.n = (size_t)(hour - date.p);
    line_cell(out, date, 10, FACE_DATE);
    line_put(out, STR("  "), FACE_TEXT);
    if (a)
        line_put_flat(out, str_at(a->text, e->summary.at), look_of(FACE_TEXT));
    line_right(out);
    if (l->pane.at.cols < NARROW_COLS)
        line_printf(out, FACE_COUNT, " %u", e->n_articles);
    else if (e->n_articles > 1)
        line_printf(out, FACE_COUNT, " %u tell it", e->n_articles);
    if (e->conflict && l->pane.at.cols >= NARROW_COLS)
        put_conflict(app, e, out);
    else if (e->conflict)
        line_put(out, STR("≠"), FACE_CONFLICT);
}

static void title(struct list *l, struct app *app, struct line *out)
{
    struct own *o = l->own;
    const struct list_row *row = list_selected(l);
    bool narrow = l->pane.at.cols < NARROW_COLS;
    int room = l->pane.at.cols - (narrow ? 20 : 46);
    if (!narrow || l->rows.n == 0)
        line_put(out, STR("Timeline "), FACE_TITLE);
    if (l->rows.n && room > 3)
        strip_put(&o->strip, out, room < STRIP_COLS_MAX ? room : STRIP_COLS_MAX,
                  row ? event_of(app, row)->days.first : DAY_NONE, !narrow);
    line_right(out);
    if (l->rows.n)
        line_printf(out, FACE_COUNT, "%zu of %zu", l->view.selected + 1, l->rows.n);
    else
        line_put(out, dossier_progress(app->dossier).done ? STR("no event") : STR("to come"),
                 FACE_COUNT);
    if (o->conflicts)
        line_printf(out, FACE_CONFLICT, " · ≠ %u", o->conflicts);
}

static bool thing(struct list *l, struct app *app, const struct list_row *row, struct thing *out)
{
    (void)l;
    *out = (struct thing){.kind = THING_EVENT, .where = event_of(app, row)->summary,
                          .event = {row->a}};
    return true;
}

static void moved(struct list *l, struct app *app, const struct list_row *row)
{
    struct own *o = l->own;
    o->source = 0;
    app_go(app, event_of(app, row)->summary, GO_SHOW);
}

static void close_list(struct list *l)
{
    struct own *o = l->own;
    strip_free(&o->strip);
    free(o);
}

static const struct list_source source = {
    .name = "Timeline",
    .context = IN_TIMELINE,
    .fill = fill,
    .line = row_line,
    .thing = thing,
    .title = title,
    .moved = moved,
    .close = close_list,
};

struct pane *timeline_open(struct app *app)
{
    struct own *o = mem_alloc(sizeof *o);
    memset(o, 0, sizeof *o);
    return list_open(app, &source, o);
}

/* ---- for the session ---- */

bool timeline_select_event(struct pane *p, event_id e)
{
    struct list *l = list_of(p);
    if (e.v == 0 || e.v > l->rows.n)
        return false;
    list_select(l, e.v - 1);
    return true;
}

void timeline_follow(struct pane *p, struct app *app, struct passage where)
{
    const struct links *links = dossier_links(app->dossier);
    struct row_run claims = links_claims_in(links, where.article);
    uint32_t low = 0, high = claims.n;
    while (low < high) { /* the first that ends behind the place */
        uint32_t mid = low + (high - low) / 2;
        if (links->claims[claims.v[mid]].at.end <= where.at.begin)
            low = mid + 1;
        else
            high = mid;
    }
    if (low == claims.n || links->claims[claims.v[low]].at.begin > where.at.begin)
        low -= low > 0; /* between two: the one read last */
    if (low < claims.n)
        timeline_select_event(p, links->claims[claims.v[low]].event);
}

bool timeline_source(struct pane *p, struct app *app, long n, struct passage *out)
{
    struct list *l = list_of(p);
    struct own *o = l->own;
    const struct links *links = dossier_links(app->dossier);
    const struct list_row *row = list_selected(l);
    if (!row)
        return false;
    const struct event *e = event_of(app, row);
    int64_t sources = (int64_t)e->claims_end - e->claims_begin;
    int64_t to = (int64_t)o->source + n;
    if (sources == 0)
        return false;
    to = to < 0 ? 0 : to >= sources ? sources - 1 : to;
    o->source = (uint32_t)to;
    const struct claim *c = &links->claims[e->claims_begin + o->source];
    *out = (struct passage){c->article, c->at};
    app_say(app, FACE_MESSAGE, "Source %lld of %lld", (long long)to + 1, (long long)sources);
    return true;
}

bool timeline_step_conflict(struct pane *p, struct app *app, long n)
{
    struct list *l = list_of(p);
    struct own *o = l->own;
    const struct links *links = dossier_links(app->dossier);
    int64_t i = l->view.selected, step = n < 0 ? -1 : 1, found = -1;
    for (i += step; n && i >= 0 && i < (int64_t)l->rows.n; i += step)
        if (links->events[l->rows.v[i].a].conflict) {
            found = i;
            n -= step;
        }
    if (found < 0)
        return false;
    list_select(l, (uint32_t)found);
    uint32_t place = 0;
    for (int64_t k = 0; k <= found; k++)
        place += links->events[l->rows.v[k].a].conflict != 0;
    app_say(app, FACE_MESSAGE, "Conflict %u of %u", place, o->conflicts);
    moved(l, app, list_selected(l));
    return true;
}
