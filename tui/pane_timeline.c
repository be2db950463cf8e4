/* The timeline: one row an event, in order of date; the strip of counts stands in the title.
 *
 * The events of links.h are in order already.  Those the filter lets through are rows; zoomed out,
 * the events of one day, month, year or decade, which stand together, are one row that shows the
 * most told of them (timeline_fold.h).  Zooming makes the rows anew and asks the filter nothing.  A
 * table from event to row finds the way back.  Which event a place in the text tells is asked of
 * the claims of its article, which are in order of place.  Events that the reader put in by hand
 * are rows of their own among them, also where the others are folded. */
#include "tui/app.h"
#include "tui/own_events.h"
#include "tui/panes.h"
#include "tui/strip.h"
#include "tui/struck.h"
#include "tui/timeline_filter.h"
#include "tui/timeline_fold.h"

#define NARROW_COLS 50
#define STRIP_COLS_MAX 40

static const char *const scale_names[SCALES] = {"event", "day", "month", "year", "decade"};

struct own {
    uint32_t source;      /* which of the event's claims is shown in the text */
    uint32_t at; /* the event stepped to inside a row of several; 0: the one the row shows */
    enum scale scale;
    bool only_struck;     /* what was struck out is shown, and nothing else */
    struct timeline_filter filter;
    VEC(uint32_t) shown;  /* events that pass, in order */
    VEC(struct fold_mark) marks; /* theirs */
    VEC(uint32_t) disputed; /* those of them whose date is told differently */
    VEC(uint32_t) row_of; /* event -> 1 + its row; 0: not shown */
    own_event_vec hand;   /* put in by hand, in order of days */
    struct strip strip;
};

/* Row: a is the event that is shown, b how many stand in it; b 0: put in by hand, a is its number
 * in own.hand.  `at` is the number of an event among those shown, `fold` the row begun last. */
static void add_row(struct list *l, uint32_t at, struct fold *fold, uint32_t *shows)
{
    struct own *o = l->own;
    const struct fold_mark *m = &o->marks.v[at];
    if (l->rows.n && fold_holds(fold, m) && vec_last(&l->rows)->b) {
        struct list_row *row = &l->rows.v[l->rows.n - 1];
        row->b++;
        if (fold_stands_before(m, &o->marks.v[*shows]))
            row->a = o->shown.v[at], *shows = at;
    } else {
        *fold = fold_of(m, o->scale);
        *shows = at;
        vec_push(&l->rows, ((struct list_row){fold->key, o->shown.v[at], 1}));
    }
    o->row_of.v[o->shown.v[at]] = (uint32_t)l->rows.n;
}

#define KEY_BY_HAND (15ull << FOLD_KEY_BITS)

static const struct own_event *by_hand(const struct list *l, const struct list_row *row)
{
    const struct own *o = l->own;
    return row && row->b == 0 ? &o->hand.v[row->a] : NULL;
}

/* Those of before this day, from number *from on. */
static void add_by_hand(struct list *l, struct app *app, size_t *from, int32_t before)
{
    struct own *o = l->own;
    for (; *from < o->hand.n && (before == INT32_MAX || o->hand.v[*from].days.first < before);
         ++*from)
        if (own_event_passes(&o->filter, app->dossier, &o->hand.v[*from]) && !o->only_struck)
            vec_push(&l->rows, ((struct list_row){KEY_BY_HAND | (uint64_t)o->hand.v[*from].note,
                                                  (uint32_t)*from, 0}));
}

#define STRUCK UINT32_MAX /* in row_of, while filling */

static void mark_struck(event_id e, void *own)
{
    ((struct own *)own)->row_of.v[e.v] = STRUCK;
}

/* ---- kept from session to session: filter and scale ---- */

static void keep_word(struct app *app, struct str kind, struct str value)
{
    if (value.n)
        state_put(&app->state, &(struct fact){KEEP_MINE, kind, STR(""), value});
    else
        state_drop(&app->state, kind, STR(""));
}

static void keep_look(const struct own *o, struct app *app)
{
    struct line words = {0};
    timeline_filter_put(&o->filter, &words, FACE_TEXT);
    keep_word(app, STR("timeline"), str_trim(line_text(&words)));
    keep_word(app, STR("zoom"), o->scale ? str_of(scale_names[o->scale]) : STR(""));
    line_free(&words);
}

static void recall_look(struct own *o, struct app *app)
{
    struct str zoom = state_value(&app->state, STR("zoom"), STR(""));
    if (timeline_filter_parse(&o->filter, state_value(&app->state, STR("timeline"), STR(""))))
        o->filter = (struct timeline_filter){0};
    o->scale = SCALE_EVENT;
    for (int i = 0; i < SCALES; i++)
        if (zoom.n && str_eq(zoom, str_of(scale_names[i])))
            o->scale = (enum scale)i;
}

/* The events that pass, and what the strip shows of them. */
static void gather(struct own *o, struct app *app)
{
    const struct links *links = dossier_links(app->dossier);
    vec_clear(&o->shown);
    vec_clear(&o->marks);
    vec_clear(&o->row_of);
    vec_clear(&o->disputed);
    timeline_filter_resolve(&o->filter, links);
    for (uint32_t e = 0; e < links->n_events; e++)
        vec_push(&o->row_of, 0);
    struck_each(app->dossier, &app->state, mark_struck, o);
    for (uint32_t e = 1; e < links->n_events; e++) {
        bool struck = o->row_of.v[e] == STRUCK;
        o->row_of.v[e] = 0;
        if (struck != o->only_struck ||
            !timeline_filter_passes(&o->filter, app->dossier, &links->events[e]))
            continue;
        vec_push(&o->shown, e);
        vec_push(&o->marks, fold_mark_of(&links->events[e]));
        if (links_open_conflict(links, &links->events[e]))
            vec_push(&o->disputed, e);
    }
    strip_make(&o->strip, links->events, o->shown.v, o->shown.n);
}

/* Their rows, as near as one looks. */
static void fold_rows(struct list *l, struct app *app)
{
    struct own *o = l->own;
    struct fold fold = {0};
    size_t hand = 0;
    vec_clear(&l->rows);
    for (uint32_t i = 0, shows = 0; i < o->shown.n; i++) {
        if (hand < o->hand.n)
            add_by_hand(l, app, &hand, fold_begin(o->marks.v[i].first, o->scale));
        add_row(l, i, &fold, &shows);
    }
    add_by_hand(l, app, &hand, INT32_MAX);
}

static bool fill(struct list *l, struct app *app, unsigned changed)
{
    struct own *o = l->own;
    if (changed & PANE_REFILL)
        recall_look(o, app);
    bool had = o->hand.n > 0;
    own_events_gather(app->notes, &o->hand);
    bool by_notes = changed & PANE_NOTES && (had || o->hand.n);
    if (changed && !(changed & (CHANGED_LINKS | PANE_REFILL)) && !by_notes)
        return false;
    gather(o, app);
    fold_rows(l, app);
    return true;
}

static bool is_fold(const struct list *l, const struct list_row *row)
{
    const struct own *o = l->own;
    return o->scale != SCALE_EVENT && row->b > 1;
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
    const struct conflict *c = links_open_conflict(links, e);
    if (!c) /* decided */
        return;
    line_put(out, STR("  ≠"), FACE_CONFLICT);
    for (uint32_t i = c->values_begin; i < c->values_end && i < c->values_begin + 3; i++) {
        struct str value = links->conflict_values[i].value;
        if (str_eq(value, str_of(e->date)))
            continue;
        line_put(out, STR(" "), FACE_CONFLICT);
        line_put(out, difference(str_of(e->date), value), FACE_CONFLICT);
    }
}

void line_put_summary(struct line *out, struct str words, enum face face)
{
    if (words.n && words.p[0] >= 'a' && words.p[0] <= 'z')
        line_put(out, STR("… "), face);
    line_put_flat(out, words, look_of(face));
}

static void put_date(struct list *l, const struct list_row *row, const struct event *e,
                     struct line *out)
{
    const struct own *o = l->own;
    struct civil c = day_to_civil(e->days.first);
    struct str date = str_of(e->date);
    char label[16];
    const char *hour = memchr(date.p, 'T', date.n); /* the day is enough in a list */
    if (hour)
        date.n = (size_t)(hour - date.p);
    if (is_fold(l, row) && o->scale == SCALE_DECADE)
        snprintf(label, sizeof(label), "%ds", c.year / 10 * 10), date = str_of(label);
    else if (is_fold(l, row) && (o->scale == SCALE_YEAR || e->days.precision >= PRECISION_YEAR))
        snprintf(label, sizeof(label), "%d", c.year), date = str_of(label);
    else if (is_fold(l, row) && o->scale == SCALE_MONTH)
        snprintf(label, sizeof(label), "%d-%02d", c.year, c.month), date = str_of(label);
    line_cell(out, date, 10, FACE_DATE);
    line_put(out, STR("  "), FACE_TEXT);
}

static void put_counts(struct list *l, struct app *app, const struct list_row *row,
                       struct line *out)
{
    const struct event *e = event_of(app, row);
    bool narrow = l->pane.at.cols < NARROW_COLS;
    if (is_fold(l, row)) {
        line_printf(out, FACE_COUNT, narrow ? " +%u" : "  and %u more", row->b - 1);
        return;
    }
    if (narrow)
        line_printf(out, FACE_COUNT, " %u", e->n_articles);
    else if (e->n_articles > 1)
        line_printf(out, FACE_COUNT, " %u tell it", e->n_articles);
    if (!narrow)
        put_conflict(app, e, out);
    else if (links_open_conflict(dossier_links(app->dossier), e))
        line_put(out, STR("≠"), FACE_CONFLICT);
}

/* "2002-01-12  ● the killing                              yours" */
static void hand_line(const struct own_event *e, struct line *out)
{
    line_cell(out, e->value, 10, FACE_DATE);
    line_put(out, STR("  "), FACE_TEXT);
    line_put(out, STR("● "), FACE_NOTE);
    line_put_flat(out, e->words, look_of(FACE_TEXT));
    line_right(out);
    line_put(out, STR(" yours"), FACE_NOTE);
}

static void row_line(struct list *l, struct app *app, const struct list_row *row, struct line *out)
{
    if (by_hand(l, row)) {
        hand_line(by_hand(l, row), out);
        return;
    }
    const struct event *e = event_of(app, row);
    const struct article *a = dossier_article(app->dossier, e->summary.article);
    put_date(l, row, e, out);
    if (e->until && !is_fold(l, row)) {
        line_put(out, STR("– "), FACE_DATE);
        line_put(out, difference(str_of(e->date), str_of(e->until)), FACE_DATE);
        line_put(out, STR("  "), FACE_TEXT);
    }
    if (a)
        line_put_summary(out, str_at(a->text, e->summary.at), FACE_TEXT);
    line_right(out);
    put_counts(l, app, row, out);
}

static int32_t first_day(struct list *l, struct app *app, const struct list_row *row)
{
    const struct own_event *own = by_hand(l, row);
    return own ? own->days.first : event_of(app, row)->days.first;
}

/* "Timeline by month entity:"Karl Brandt"", and the strip in what room is left. */
static void title(struct list *l, struct app *app, struct line *out)
{
    struct own *o = l->own;
    const struct list_row *row = list_selected(l);
    bool narrow = l->pane.at.cols < NARROW_COLS,
         plain = !o->scale && !o->only_struck && !timeline_filter_is_set(&o->filter);
    if (!narrow || l->rows.n == 0 || !plain)
        line_put(out, STR("Timeline"), FACE_TITLE);
    if (o->scale)
        line_printf(out, FACE_TITLE, " by %s", scale_names[o->scale]);
    if (o->only_struck)
        line_put(out, STR(" struck out"), FACE_TITLE);
    timeline_filter_put(&o->filter, out, FACE_TITLE);
    if (out->text.n)
        line_put(out, STR(" "), FACE_TITLE);
    int room = l->pane.at.cols - (narrow ? 20 : 37) - (int)out->text.n;
    if (l->rows.n && room > 3)
        strip_put(&o->strip, out, room < STRIP_COLS_MAX ? room : STRIP_COLS_MAX,
                  row ? first_day(l, app, row) : DAY_NONE, !narrow);
    line_right(out);
    if (l->rows.n)
        line_printf(out, FACE_COUNT, "%zu of %zu", l->view.selected + 1, l->rows.n);
    else
        line_put(out, dossier_progress(app->dossier).done ? STR("no event") : STR("to come"),
                 FACE_COUNT);
    if (o->disputed.n)
        line_printf(out, FACE_CONFLICT, " · ≠ %zu", o->disputed.n);
}

static bool thing(struct list *l, struct app *app, const struct list_row *row, struct thing *out)
{
    const struct own_event *own = by_hand(l, row);
    if (own) {
        *out = (struct thing){.kind = THING_NOTE, .where = own->at, .note = own->note};
        return true;
    }
    *out = (struct thing){.kind = THING_EVENT, .where = event_of(app, row)->summary,
                          .event = {row->a}};
    return true;
}

static struct passage passage_of(struct list *l, struct app *app, const struct list_row *row)
{
    const struct own_event *own = by_hand(l, row);
    return own ? own->at : event_of(app, row)->summary;
}

static void moved(struct list *l, struct app *app, const struct list_row *row)
{
    struct own *o = l->own;
    o->source = o->at = 0;
    app_go(app, passage_of(l, app, row), GO_SHOW);
}

/* A fold is opened by going nearer; an event's passage by going there. */
static void open_row(struct list *l, struct app *app, const struct list_row *row)
{
    if (is_fold(l, row))
        timeline_zoom(&l->pane, app, -1);
    else
        app_go(app, passage_of(l, app, row), GO_JUMP | GO_FOCUS);
}

static void close_list(struct list *l)
{
    struct own *o = l->own;
    strip_free(&o->strip);
    vec_free(&o->shown);
    vec_free(&o->marks);
    vec_free(&o->disputed);
    vec_free(&o->row_of);
    vec_free(&o->hand);
}

static const struct list_source source = {
    .name = "Timeline",
    .context = IN_TIMELINE,
    .fill = fill,
    .line = row_line,
    .thing = thing,
    .title = title,
    .moved = moved,
    .open = open_row,
    .close = close_list,
};

struct pane *timeline_open(struct app *app)
{
    struct own *o = mem_zalloc(sizeof *o);
    recall_look(o, app);
    return list_open(app, &source, o);
}

/* ---- for the session ---- */

bool timeline_select_event(struct pane *p, event_id e)
{
    struct list *l = list_of(p);
    const struct own *o = l->own;
    if (e.v >= o->row_of.n || !o->row_of.v[e.v])
        return false;
    list_select(l, o->row_of.v[e.v] - 1);
    return true;
}

/* The event that a row shows, or, of one put in by hand, the next. */
static uint32_t event_from(const struct list *l, const struct list_row *row)
{
    while (row < l->rows.v + l->rows.n && !row->b)
        row++;
    return row < l->rows.v + l->rows.n ? row->a : UINT32_MAX;
}

/* Makes the rows anew, of other events or as near as one looks; the event that was selected stays
 * so, or the next one that is shown. */
static void remake(struct list *l, struct app *app, bool others)
{
    struct own *o = l->own;
    const struct list_row *row = list_selected(l);
    uint64_t key = by_hand(l, row) ? row->key : 0;
    uint32_t event = row ? event_from(l, row) : 0, at = event;
    o->source = o->at = 0;
    if (others)
        fill(l, app, 0);
    else
        fold_rows(l, app);
    l->pane.dirty = true;
    if (key && list_select_key(l, key))
        return;
    while (at < o->row_of.n && !o->row_of.v[at])
        at++;
    if (at >= o->row_of.n)
        for (at = event < o->row_of.n ? event : (uint32_t)o->row_of.n - 1; at && !o->row_of.v[at];)
            at--;
    if (!timeline_select_event(&l->pane, (event_id){at}))
        list_select(l, 0);
    l->pane.dirty = true;
}

static void refill(struct list *l, struct app *app)
{
    remake(l, app, true);
}

void timeline_zoom(struct pane *p, struct app *app, long n)
{
    struct own *o = list_of(p)->own;
    long to = (long)o->scale + n;
    o->scale = to < 0 ? SCALE_EVENT : to >= SCALES ? SCALE_DECADE : (enum scale)to;
    keep_look(o, app);
    remake(list_of(p), app, false);
    app_say(app, FACE_MESSAGE, "One row %s %s", o->scale == SCALE_EVENT ? "an" : "a",
            scale_names[o->scale]);
}

void timeline_strike(struct pane *p, struct app *app)
{
    struct list *l = list_of(p);
    const struct list_row *row = list_selected(l);
    if (by_hand(l, row)) {
        do_note_delete(app, NULL);
    } else if (row && is_fold(l, row)) {
        app_say(app, FACE_MESSAGE, "Several events stand here: zn shows them one by one");
    } else if (row) {
        bool struck = struck_toggle(app, (event_id){row->a});
        refill(l, app);
        app_say(app, FACE_MESSAGE, struck ? "Struck out; u undoes it, zx shows what is"
                                          : "Back in the timeline");
    }
}

void timeline_show_struck(struct pane *p, struct app *app)
{
    struct own *o = list_of(p)->own;
    o->only_struck = !o->only_struck;
    refill(list_of(p), app);
    app_say(app, FACE_MESSAGE,
            o->only_struck ? "What was struck out; x takes it back" : "The timeline again");
}

struct timeline_filter *timeline_filter_of(struct pane *p)
{
    return &((struct own *)list_of(p)->own)->filter;
}

void timeline_filtered(struct pane *p, struct app *app)
{
    struct list *l = list_of(p);
    struct own *o = l->own;
    o->only_struck = false;
    keep_look(o, app);
    refill(l, app);
    uint32_t all = dossier_links(app->dossier)->n_events;
    if (timeline_filter_is_set(&o->filter))
        app_say(app, FACE_MESSAGE, "%zu of %u events; zz shows all", o->shown.n, all ? all - 1 : 0);
    else
        app_say(app, FACE_MESSAGE, "All events");
}

void timeline_follow(struct pane *p, struct app *app, struct passage where)
{
    const struct links *links = dossier_links(app->dossier);
    struct row_run claims = links_claims_in(links, where.article);
    uint32_t i; /* the first that ends behind the place */
    BISECT(i, 0, claims.n, links->claims[claims.v[i]].at.end <= where.at.begin);
    if (i == claims.n || links->claims[claims.v[i]].at.begin > where.at.begin)
        i -= i > 0; /* between two: the one read last */
    if (i < claims.n)
        timeline_select_event(p, links->claims[claims.v[i]].event);
}

bool timeline_source(struct pane *p, struct app *app, long n, struct passage *out)
{
    struct list *l = list_of(p);
    struct own *o = l->own;
    const struct links *links = dossier_links(app->dossier);
    const struct list_row *row = list_selected(l);
    if (!row)
        return false;
    if (by_hand(l, row)) {
        *out = by_hand(l, row)->at;
        return true;
    }
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

/* Conflicts are stepped through event by event, also where rows hold several. */
bool timeline_step_conflict(struct pane *p, struct app *app, long n)
{
    struct list *l = list_of(p);
    struct own *o = l->own;
    const struct list_row *row = list_selected(l);
    bool inside = row && o->at < o->row_of.n && o->row_of.v[o->at] == l->view.selected + 1;
    uint32_t from = inside ? o->at : row ? event_from(l, row) : 0;
    int64_t first, count = (int64_t)o->disputed.n;
    BISECT(first, 0, count, o->disputed.v[first] < from);
    bool on_it = first < count && o->disputed.v[first] == from;
    int64_t to = first + n - (n > 0 && !on_it);
    if (!row || to < 0 || to >= count)
        return false;
    uint32_t event = o->disputed.v[to];
    timeline_select_event(p, (event_id){event});
    o->source = 0;
    o->at = event;
    app_go(app, dossier_links(app->dossier)->events[event].summary, GO_SHOW);
    app_say(app, FACE_MESSAGE, "Conflict %lld of %zu", (long long)to + 1, o->disputed.n);
    return true;
}

bool timeline_claim(struct pane *p, struct app *app, uint32_t *claim)
{
    struct list *l = list_of(p);
    const struct own *o = l->own;
    const struct list_row *row = list_selected(l);
    if (!row || by_hand(l, row) || is_fold(l, row))
        return false;
    const struct event *e = event_of(app, row);
    uint32_t last = e->claims_end - e->claims_begin - 1; /* links made anew may have fewer */
    *claim = e->claims_begin + (o->source < last ? o->source : last);
    return true;
}
