/* The reader decides who is who: `=` on one name, then `=` or `-` on another; and who is right: `=`
 * on a claim that others contradict, `-` where there is no conflict.
 *
 * Two steps rather than a prompt: both names are on the screen, and pointing is surer than typing.
 * A decision is kept by name (state.h), since ids last no longer than a session, and the links are
 * made anew with it.  Pressed again on the same two, the key takes it back. */
#include "tui/app.h"
#include "tui/panes.h"

void app_decided(struct app *app)
{
    struct decisions all = state_decisions(&app->state);
    dossier_decide(app->dossier, &all);
}

/* What is decided already stands against it; said. */
static bool is_refused(struct app *app, struct str a, struct str b, bool same)
{
    struct decisions all = state_decisions(&app->state);
    const struct decision *d = decisions_against(&all, a, b, same);
    if (d)
        app_error(app, "You decided that %.*s %s %.*s: take that back first (gp)", (int)d->a.n,
                  d->a.p, d->same ? "is" : "is not", (int)d->b.n, d->b.p);
    return d != NULL;
}

static void decide(struct app *app, struct str a, struct str b, enum verdict v)
{
    enum verdict before = state_verdict(&app->state, a, b), after = before == v ? VERDICT_NONE : v;
    if (after != VERDICT_NONE && is_refused(app, a, b, v == VERDICT_SAME))
        return;
    const char *what = before == v ? "Taken back" : v == VERDICT_SAME ? "One" : "Different";
    struct arena memory = {0};
    struct str said = arena_printf(&memory, "%s: %.*s, %.*s", what, (int)a.n, a.p, (int)b.n, b.p);
    acts_add(
        app,
        &(struct act){
            .kind = ACT_NAMES, .said = said, .a = a, .b = b, .before = before, .after = after});
    state_decide(&app->state, a, b, after);
    app_decided(app);
    app_keep(app, KEEP_NOW);
    app_refill(app);
    app_say(app, FACE_MESSAGE, "%.*s", (int)said.n, said.p);
    arena_finish(&memory);
}

/* ---- conflicts ---- */

/* The answer that a claim gives, among those of the conflict about its event; UINT32_MAX: none. */
static uint32_t answer_of(struct app *app, const struct conflict *c, uint32_t claim)
{
    const struct links *l = dossier_links(app->dossier);
    const struct claim *said = &l->claims[claim];
    struct days days = dossier_dates(app->dossier, said->article).v[said->date].days;
    struct arena memory = {0};
    struct str value = days_timex(&memory, days);
    uint32_t found = UINT32_MAX;
    for (uint32_t i = c->values_begin; days.precision == PRECISION_DAY && i < c->values_end; i++)
        if (str_eq(l->conflict_values[i].value, value))
            found = i;
    arena_finish(&memory);
    return found;
}

/* The conflict that is meant, and the answer the cursor is on (UINT32_MAX: on none); null: it is on
 * no conflict. */
static const struct conflict *conflict_here(struct app *app, uint32_t *answer)
{
    const struct links *l = dossier_links(app->dossier);
    struct pane *p = app_focused(app);
    uint32_t claim;
    if (p->context == IN_CONFLICTS)
        return conflicts_selected(p, app, answer);
    bool there = p->context == IN_EVENT
                     ? event_claim(p, &claim)
                     : p->context == IN_TIMELINE && timeline_claim(p, app, &claim);
    const struct event *e = there ? &l->events[l->claims[claim].event.v] : NULL;
    if (!e || !e->conflict)
        return NULL;
    *answer = answer_of(app, &l->conflicts[e->conflict - 1], claim);
    return &l->conflicts[e->conflict - 1];
}

static void decide_conflict(struct app *app, const struct conflict *c, struct str right)
{
    const struct links *l = dossier_links(app->dossier);
    struct conflict_decision d = conflict_decided_for(dossier_articles(app->dossier), l, c, right);
    struct str was = state_conflict(&app->state, &d);
    bool back = was.p && str_eq(was, right);
    struct arena memory = {0};
    struct str said =
        right.n ? arena_printf(&memory, "right: %.*s", (int)right.n, right.p) : STR("no conflict");
    struct act act = {.kind = ACT_CONFLICT, .conflict = d, .was = was};
    act.is = back ? (struct str){NULL, 0} : right;
    act.said = back ? arena_printf(&memory, "%.*s, taken back", (int)said.n, said.p) : said;
    acts_add(app, &act);
    d.right = act.is;
    state_decide_conflict(&app->state, &d);
    app_decided(app);
    app_keep(app, KEEP_NOW);
    app_refill(app);
    app_say(app, FACE_MESSAGE, "%s%.*s; u undoes it", back ? "Open again; it was " : "Decided, ",
            (int)said.n, said.p);
    arena_finish(&memory);
}

/* False: the cursor is on no conflict. */
static bool decided_conflict(struct app *app, enum verdict v)
{
    uint32_t answer = UINT32_MAX;
    const struct conflict *c = conflict_here(app, &answer);
    if (!c)
        return false;
    if (v == VERDICT_SAME && answer == UINT32_MAX)
        app_say(app, FACE_MESSAGE, "This source gives no day: J goes to the next");
    else
        decide_conflict(app, c,
                        v == VERDICT_SAME
                            ? dossier_links(app->dossier)->conflict_values[answer].value
                            : STR(""));
    return true;
}

/* ---- names ---- */

/* The words under the cursor, or the name of the entity where it stands nowhere in particular. */
static struct str name_here(struct app *app, const struct thing *t)
{
    const struct article *a = dossier_article(app->dossier, t->where.article);
    bool is_mention = a && t->kind == THING_ENTITY && t->where.at.end > t->where.at.begin;
    return is_mention ? str_at(a->text, t->where.at)
                      : dossier_links(app->dossier)->entities[t->entity.v].name;
}

static void decide_second(struct app *app, const struct thing *t, enum verdict v)
{
    struct str entity = dossier_links(app->dossier)->entities[t->entity.v].name;
    struct str name = name_here(app, t);
    struct str first = bytes_str(&app->deciding.name);
    struct str first_entity = bytes_str(&app->deciding.entity);
    app->deciding.set = false;
    if (!str_eq(entity, first_entity))
        decide(app, first_entity, entity, v);
    else if (!str_eq(name, first))
        decide(app, first, name, v);
    else
        app_say(app, FACE_MESSAGE, "That is the same name: nothing is decided");
}

void do_decide(struct app *app, const struct call *call)
{
    enum verdict v = call->command == CMD_SAME ? VERDICT_SAME : VERDICT_DIFFERENT;
    struct str a, b;
    struct thing t;
    if (decided_conflict(app, v))
        return;
    if (pairs_selected(app_focused(app), app, &a, &b)) {
        decide(app, a, b, v);
        return;
    }
    if (!app_entity(app, &t) || t.entity.v >= dossier_links(app->dossier)->n_entities) {
        app_say(app, FACE_MESSAGE, "No name is under the cursor: ]e goes to one");
        return;
    }
    if (app->deciding.set) {
        decide_second(app, &t, v);
        return;
    }
    a = name_here(app, &t);
    b = dossier_links(app->dossier)->entities[t.entity.v].name;
    bytes_set(&app->deciding.name, a);
    bytes_set(&app->deciding.entity, b);
    app->deciding.set = true;
    app_say(app, FACE_MESSAGE, "%.*s: now = on a name that is the same, or - on one that is not",
            (int)a.n, a.p);
}
