/* Few events are ever struck out by hand, so they are kept as a list and looked up one by one, when
 * the timeline is filled and not when it is drawn. */
#include "tui/struck.h"

#include "core/text.h"

static struct state_place place_of(const struct dossier *dossier, const struct claim *c)
{
    const struct date *d = &dossier_dates(dossier, c->article).v[c->date];
    return (struct state_place){dossier_article(dossier, c->article)->key, d->at.begin};
}

/* The event that the article dates at this byte; none: it has none there any more. */
static event_id event_dated_at(const struct dossier *d, article_id a, uint32_t begin)
{
    const struct links *l = dossier_links(d);
    struct row_run run = links_claims_in(l, a);
    for (uint32_t i = 0; i < run.n; i++)
        if (place_of(d, &l->claims[run.v[i]]).begin == begin)
            return l->claims[run.v[i]].event;
    return (event_id){0};
}

void struck_each(const struct dossier *d, const struct state *s, void (*use)(event_id, void *),
                 void *ctx)
{
    uint32_t n = s->struck.n ? dossier_links(d)->n_articles : 0;
    for (uint32_t a = 1; a <= n; a++) {
        struct article_key key = dossier_article(d, (article_id){a})->key;
        for (size_t i = 0; i < s->struck.n; i++) {
            const struct state_place *p = &s->struck.v[i];
            event_id e = {0};
            if (p->key.hi == key.hi && p->key.lo == key.lo)
                e = event_dated_at(d, (article_id){a}, p->begin);
            if (e.v)
                use(e, ctx);
        }
    }
}

/* The place in the list by which the event was struck out; false: it is not. */
static bool struck_by(const struct dossier *d, const struct state *s, const struct event *e,
                      struct state_place *out)
{
    const struct links *l = dossier_links(d);
    for (size_t i = 0; i < s->struck.n; i++)
        for (uint32_t c = e->claims_begin; c < e->claims_end; c++) {
            struct state_place p = place_of(d, &l->claims[c]), q = s->struck.v[i];
            if (p.key.hi == q.key.hi && p.key.lo == q.key.lo && p.begin == q.begin) {
                *out = p;
                return true;
            }
        }
    return false;
}

#define SAID_BYTES 40

/* After a relink it may be struck out by several statements: each is taken back. */
bool struck_toggle(struct app *app, event_id id)
{
    const struct links *l = dossier_links(app->dossier);
    const struct event *e = &l->events[id.v];
    struct str summary =
        str_at(dossier_article(app->dossier, e->summary.article)->text, e->summary.at);
    struct arena memory = {0};
    struct state_place p;
    bool back = struck_by(app->dossier, &app->state, e, &p);
    struct str shown = str_from(summary.p, summary.n < SAID_BYTES ? summary.n : SAID_BYTES);
    shown.n = utf8_valid_prefix(shown);
    struct act act = {.kind = ACT_STRUCK};
    act.said = arena_printf(&memory, "%s: %s %.*s", back ? "taken back" : "struck out", e->date,
                            (int)shown.n, shown.p);
    do {
        act.place = back ? p : place_of(app->dossier, &l->claims[e->claims_begin]);
        acts_add(app, &act);
        state_toggle_struck(&app->state, act.place);
    } while (back && struck_by(app->dossier, &app->state, e, &p));
    arena_finish(&memory);
    return !back;
}
