/* The card of one event, as a list: who tells it, claim by claim, each with its date as told and as
 * read, those that contradict marked; then whom it names.  Moving shows the passage. */
#include "tui/app.h"
#include "tui/panes.h"

#define TOLD_COLS 16

enum row_kind { ROW_HEADING, ROW_CLAIM, ROW_NAME };

struct own {
    struct passage summary; /* the event is found again by it after a relink */
    event_id event;
};

/* The event one of whose claims holds the place. */
static event_id event_at(const struct links *links, struct passage where)
{
    struct row_run run = where.article.v <= links->n_articles
                             ? links_claims_in(links, where.article)
                             : (struct row_run){0};
    for (uint32_t i = 0; i < run.n; i++) {
        const struct claim *c = &links->claims[run.v[i]];
        struct passage s = links->events[c->event.v].summary;
        if (s.article.v == where.article.v && s.at.begin == where.at.begin &&
            s.at.end == where.at.end)
            return c->event;
    }
    return (event_id){0};
}

static void heading(struct list *l, enum row_kind of)
{
    vec_push(&l->rows, ((struct list_row){0, of, ROW_HEADING}));
}

static bool fill(struct list *l, struct app *app, unsigned changed)
{
    struct own *o = l->own;
    const struct links *links = dossier_links(app->dossier);
    if (!list_anew(l, changed, CHANGED_LINKS))
        return false;
    if (changed)
        o->event = event_at(links, o->summary);
    if (!o->event.v)
        return true;
    const struct event *e = &links->events[o->event.v];
    heading(l, ROW_CLAIM);
    for (uint32_t i = e->claims_begin; i < e->claims_end; i++) {
        uint64_t key = list_key((struct passage){links->claims[i].article, links->claims[i].at});
        vec_push(&l->rows, ((struct list_row){(uint64_t)ROW_CLAIM << 62 | key, i, ROW_CLAIM}));
    }
    if (e->entities_begin < e->entities_end)
        heading(l, ROW_NAME);
    for (uint32_t i = e->entities_begin; i < e->entities_end; i++)
        vec_push(&l->rows, ((struct list_row){(uint64_t)ROW_NAME << 62 | (i + 1), i, ROW_NAME}));
    return true;
}

static void claim_line(struct app *app, const struct event *e, const struct claim *c,
                       struct line *out)
{
    const struct article *a = dossier_article(app->dossier, c->article);
    const struct date *d = &dossier_dates(app->dossier, c->article).v[c->date];
    struct str value = str_of(d->value);
    const char *hour =
        memchr(value.p, 'T', value.n); /* the words as told say which part of the day */
    if (hour)
        value.n = (size_t)(hour - value.p);
    line_put(out, STR("  "), FACE_TEXT);
    line_cell(out, value, 11, days_overlap(d->days, e->days) ? FACE_DATE : FACE_CONFLICT);
    line_cell(out, str_at(a->text, d->at), TOLD_COLS, FACE_COUNT);
    line_put(out, STR("  "), FACE_TEXT);
    line_put_flat(out, str_at(a->text, c->at), look_of(FACE_TEXT));
    line_right(out);
    line_put(out, STR("  "), FACE_TEXT);
    line_put_flat(out, a->outlet, look_of(FACE_OUTLET));
}

static void row_line(struct list *l, struct app *app, const struct list_row *row, struct line *out)
{
    const struct own *o = l->own;
    const struct links *links = dossier_links(app->dossier);
    if (row->b == ROW_HEADING) {
        line_put(out, row->a == ROW_CLAIM ? STR("Told by") : STR("Names"), FACE_HEADLINE);
        return;
    }
    if (row->b == ROW_CLAIM) {
        claim_line(app, &links->events[o->event.v], &links->claims[row->a], out);
        return;
    }
    const struct entity *e = &links->entities[links->event_entities[row->a].v];
    line_put(out, STR("  "), FACE_TEXT);
    line_put(out, e->name, (enum face)face_of_mention(e->kind));
    line_printf(out, FACE_COUNT, "  %u mention%s in %u article%s", e->n_mentions,
                e->n_mentions == 1 ? "" : "s", e->n_articles, e->n_articles == 1 ? "" : "s");
}

static void title(struct list *l, struct app *app, struct line *out)
{
    const struct own *o = l->own;
    const struct links *links = dossier_links(app->dossier);
    const struct event *e = &links->events[o->event.v];
    if (!o->event.v) {
        line_put(out, STR("Event · no longer told"), FACE_TITLE);
        return;
    }
    line_printf(out, FACE_TITLE, "%s%s%s ", e->date, e->until ? " to " : "",
                e->until ? e->until : "");
    line_put_summary(out,
                     str_at(dossier_article(app->dossier, e->summary.article)->text, e->summary.at),
                     FACE_TITLE);
    line_right(out);
    line_printf(out, FACE_COUNT, "  %u article%s · weight %.0f", e->n_articles,
                e->n_articles == 1 ? "" : "s", (double)e->weight);
    const struct conflict *c = links_open_conflict(links, e);
    if (c)
        line_printf(out, FACE_CONFLICT, " · ≠ %u dates", c->values_end - c->values_begin);
}

static bool thing(struct list *l, struct app *app, const struct list_row *row, struct thing *out)
{
    const struct links *links = dossier_links(app->dossier);
    (void)l;
    *out = (struct thing){0};
    if (row->b == ROW_NAME) {
        out->kind = THING_ENTITY;
        out->entity = links->event_entities[row->a];
        return true;
    }
    const struct claim *c = &links->claims[row->a];
    out->kind = THING_DATE;
    out->row = c->date;
    out->where = (struct passage){c->article, c->at};
    return true;
}

static void open_row(struct list *l, struct app *app, const struct list_row *row)
{
    struct thing t;
    if (!thing(l, app, row, &t))
        return;
    if (t.kind == THING_ENTITY)
        app_push(app, SLOT_LIST, card_open(app, t.entity));
    else
        app_go(app, t.where, GO_JUMP | GO_FOCUS);
}

static const struct list_source source = {
    .name = "Event",
    .context = IN_EVENT,
    .fill = fill,
    .line = row_line,
    .thing = thing,
    .title = title,
    .moved = list_preview,
    .open = open_row,
    .card = list_card_article,
};

bool event_claim(struct pane *p, uint32_t *claim)
{
    const struct list_row *row = list_selected(list_of(p));
    *claim = row ? row->a : 0;
    return row && row->b == ROW_CLAIM;
}

struct pane *event_open(struct app *app, event_id e)
{
    struct own *o = mem_alloc(sizeof *o);
    *o = (struct own){.summary = dossier_links(app->dossier)->events[e.v].summary, .event = e};
    return list_open(app, &source, o);
}
