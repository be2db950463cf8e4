/* Few events are ever struck out by hand, so they are kept as a list and looked up one by one, when
 * the timeline is filled and not when it is drawn. */
#include "tui/struck.h"

static struct state_place place_of(struct app *app, const struct claim *c)
{
    const struct date *d = &dossier_dates(app->dossier, c->article).v[c->date];
    return (struct state_place){dossier_article(app->dossier, c->article)->key, d->at.begin};
}

/* The event that the article dates at this byte; none: it has none there any more. */
static event_id event_dated_at(struct app *app, article_id a, uint32_t begin)
{
    const struct links *l = dossier_links(app->dossier);
    struct row_run run = links_claims_in(l, a);
    for (uint32_t i = 0; i < run.n; i++)
        if (place_of(app, &l->claims[run.v[i]]).begin == begin)
            return l->claims[run.v[i]].event;
    return (event_id){0};
}

void struck_each(struct app *app, void (*use)(event_id, void *), void *ctx)
{
    const struct state *s = &app->state;
    uint32_t n = s->struck.n ? dossier_links(app->dossier)->n_articles : 0;
    for (uint32_t a = 1; a <= n; a++) {
        struct article_key key = dossier_article(app->dossier, (article_id){a})->key;
        for (size_t i = 0; i < s->struck.n; i++) {
            const struct state_place *p = &s->struck.v[i];
            event_id e = {0};
            if (p->key.hi == key.hi && p->key.lo == key.lo)
                e = event_dated_at(app, (article_id){a}, p->begin);
            if (e.v)
                use(e, ctx);
        }
    }
}

struct search_for {
    event_id event;
    bool found;
};

static void is_it(event_id e, void *ctx)
{
    struct search_for *s = ctx;
    s->found |= e.v == s->event.v;
}

bool struck_toggle(struct app *app, event_id id)
{
    const struct links *l = dossier_links(app->dossier);
    const struct event *e = &l->events[id.v];
    struct search_for s = {.event = id};
    struck_each(app, is_it, &s);
    if (!s.found)
        return state_toggle_struck(&app->state, place_of(app, &l->claims[e->claims_begin]));
    /* By whichever of its statements it was struck out, after a relink perhaps by several. */
    for (size_t i = app->state.struck.n; i-- > 0;)
        for (uint32_t c = e->claims_begin; c < e->claims_end; c++) {
            struct state_place p = place_of(app, &l->claims[c]), *q = &app->state.struck.v[i];
            if (i < app->state.struck.n && p.key.hi == q->key.hi && p.key.lo == q->key.lo && p.begin == q->begin)
                state_toggle_struck(&app->state, p);
        }
    return false;
}
