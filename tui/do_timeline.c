/* Commands on the timeline: zoom, and what of it is shown. */
#include "tui/app.h"
#include "tui/panes.h"
#include "tui/timeline_filter.h"

static struct pane *timeline_pane(const struct app *app)
{
    return app->slots[SLOT_TIMELINE].v[0];
}

void do_zoom(struct app *app, const struct call *call)
{
    long n = call->count ? (long)call->count : 1;
    timeline_zoom(timeline_pane(app), app, call->command == CMD_ZOOM_WIDER ? n : -n);
}

void do_strike(struct app *app, const struct call *call)
{
    if (call->command == CMD_EVENT_STRIKE)
        timeline_strike(timeline_pane(app), app);
    else
        timeline_show_struck(timeline_pane(app), app);
}

void do_timeline(struct app *app, const struct call *call)
{
    struct timeline_filter *f = timeline_filter_of(timeline_pane(app));
    if (!call->has_argument) {
        line_clear(&app->line);
        timeline_filter_put(f, &app->line, FACE_TEXT);
        app_ask(app, call->command, "Timeline: ", str_trim(line_text(&app->line)));
        return;
    }
    struct timeline_filter new;
    const char *wrong = timeline_filter_parse(&new, call->argument);
    if (wrong) {
        app_error(app, "%s", wrong);
    } else if (!timeline_filter_resolve(&new, dossier_links(app->dossier))) {
        app_error(app, "Nobody here is called '%s'", new.entity);
    } else {
        *f = new;
        timeline_filtered(timeline_pane(app), app);
    }
}

/* The name under the cursor; of an event, the one it names most. */
static struct str name_here(struct app *app)
{
    const struct links *l = dossier_links(app->dossier);
    struct thing thing;
    uint32_t id = 0;
    if (app_thing(app, &thing) && thing.kind == THING_EVENT) {
        const struct event *e = &l->events[thing.event.v];
        id = e->entities_begin < e->entities_end ? l->event_entities[e->entities_begin].v : 0;
    } else if (app_entity(app, &thing)) {
        id = thing.entity.v;
    }
    return id && id < l->n_entities ? l->entities[id].name : STR("");
}

/* Sets the name, or lets go of the one that is set. */
static bool toggle_name(char set[FILTER_NAME_MAX], struct str name)
{
    bool was = *set != '\0';
    timeline_filter_set_name(set, was ? STR("") : name);
    return was || *set;
}

void do_timeline_toggle(struct app *app, const struct call *call)
{
    struct pane *p = timeline_pane(app);
    struct timeline_filter *f = timeline_filter_of(p);
    const struct article *a = dossier_article(app->dossier, app_article(app));
    bool found = true;
    switch (call->command) {
    case CMD_TIMELINE_ENTITY:
        found = toggle_name(f->entity, name_here(app));
        break;
    case CMD_TIMELINE_OUTLET:
        found = toggle_name(f->outlet, a ? a->outlet : STR(""));
        break;
    case CMD_TIMELINE_CONFLICTS:
        f->conflicts = !f->conflicts;
        break;
    case CMD_TIMELINE_SEVERAL:
        f->several = !f->several;
        break;
    default:
        *f = (struct timeline_filter){0};
        break;
    }
    if (found)
        timeline_filtered(p, app);
    else
        app_say(app, FACE_MESSAGE,
                call->command == CMD_TIMELINE_ENTITY ? "No name is under the cursor: ]e goes to one"
                                                     : "This article names no outlet");
}
