/* The reader decides who is who: `=` on one name, then `=` or `-` on another.
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

static void decide(struct app *app, struct str a, struct str b, enum verdict v)
{
    enum verdict before = state_verdict(&app->state, a, b);
    state_decide(&app->state, a, b, before == v ? VERDICT_NONE : v);
    app_decided(app);
    app_keep(app, KEEP_NOW);
    app_refill(app);
    const char *said = before == v ? "Taken back" : v == VERDICT_SAME ? "One" : "Different";
    app_say(app, FACE_MESSAGE, "%s: %.*s, %.*s", said, (int)a.n, a.p, (int)b.n, b.p);
}

static struct str str_of_vec(const char *v, size_t n)
{
    return str_from(v, n);
}

#define COPY_STR(vec, s)                                                                           \
    do {                                                                                           \
        vec_clear(vec);                                                                            \
        for (size_t copy_i = 0; copy_i < (s).n; copy_i++)                                          \
            vec_push(vec, (s).p[copy_i]);                                                          \
    } while (0)

/* The words under the cursor, or the name of the entity where it stands nowhere in particular. */
static struct str name_here(struct app *app, const struct thing *t)
{
    const struct article *a = dossier_article(app->dossier, t->where.article);
    bool is_mention = a && t->kind == THING_ENTITY && t->where.at.end > t->where.at.begin;
    return is_mention ? str_at(a->text, t->where.at) : dossier_links(app->dossier)->entities[t->entity.v].name;
}

static void decide_second(struct app *app, const struct thing *t, enum verdict v)
{
    struct str entity = dossier_links(app->dossier)->entities[t->entity.v].name;
    struct str name = name_here(app, t);
    struct str first = str_of_vec(app->deciding.name.v, app->deciding.name.n);
    struct str first_entity = str_of_vec(app->deciding.entity.v, app->deciding.entity.n);
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
    COPY_STR(&app->deciding.name, a);
    COPY_STR(&app->deciding.entity, b);
    app->deciding.set = true;
    app_say(app, FACE_MESSAGE, "%.*s: now = on a name that is the same, or - on one that is not", (int)a.n, a.p);
}
