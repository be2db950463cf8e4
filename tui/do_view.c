/* Commands that open views, search, filter and sort. */
#include "tui/app.h"
#include "tui/card.h"
#include "tui/panes.h"

void do_view(struct app *app, const struct call *call)
{
    switch (call->command) {
    case CMD_VIEW_ENTITIES:
        app_push(app, SLOT_LIST, entities_open(app));
        break;
    case CMD_VIEW_PAIRS:
        app_push(app, SLOT_LIST, pairs_open(app));
        break;
    case CMD_VIEW_QUOTES:
    case CMD_VIEW_SPEAKERS:
        app_push(app, SLOT_LIST,
                 quotes_open(app, call->command == CMD_VIEW_SPEAKERS, (entity_id){0}));
        break;
    case CMD_VIEW_CONFLICTS:
        app_push(app, SLOT_LIST, conflicts_open(app));
        break;
    case CMD_VIEW_ISSUES:
        app_push(app, SLOT_LIST, issues_open(app));
        break;
    default:
        app_push(app, SLOT_TEXT, help_open(app));
        break;
    }
}

/* What was put together in app->line. */
static void tell(struct app *app, enum face face)
{
    struct str s = line_text(&app->line);
    if (s.n)
        app_say(app, face, "%.*s", (int)s.n, s.p);
    else
        app_say(app, FACE_MESSAGE, "There is no more to tell of this");
}

void do_card(struct app *app, const struct call *call)
{
    struct thing thing;
    (void)call;
    if (app_entity(app, &thing) && thing.kind == THING_ENTITY) {
        app_push(app, SLOT_LIST, card_open(app, thing.entity));
        return;
    }
    if (!app_thing(app, &thing))
        return;
    if (thing.kind == THING_EVENT) {
        app_push(app, SLOT_LIST, event_open(app, thing.event));
        return;
    }
    line_clear(&app->line);
    card_put(app, &thing, &app->line);
    tell(app, FACE_CARD);
}

void do_why(struct app *app, const struct call *call)
{
    struct thing thing;
    (void)call;
    if (!app_thing(app, &thing))
        return;
    if (thing.kind == THING_ENTITY && thing.entity.v && thing.where.article.v &&
        app_context(app) != IN_WHY) {
        jumps_push(&app->jumps, app_here(app));
        app_push(app, SLOT_LIST, why_open(app, thing.where));
        return;
    }
    line_clear(&app->line);
    card_why(app, &thing, &app->line);
    tell(app, FACE_MESSAGE);
}

/* Selects the passage at or behind this place of its article, or the last one before it, so that
 * the reader stays there. */
static void select_near(struct list *l, struct passage at)
{
    uint64_t wanted = list_key(at);
    size_t best = SIZE_MAX;
    for (size_t i = 0; at.article.v && i < l->rows.n; i++) {
        uint64_t key = l->rows.v[i].key;
        if (key >> 32 != at.article.v)
            continue;
        if (best == SIZE_MAX || l->rows.v[best].key < wanted)
            best = i;
    }
    if (best != SIZE_MAX)
        list_select(l, best);
}

void do_mentions(struct app *app, const struct call *call)
{
    struct thing thing = {0};
    if (call->has_argument)
        thing.entity = links_find_entity(dossier_links(app->dossier), call->argument);
    else if (!app_entity(app, &thing))
        app_say(app, FACE_MESSAGE, "No name is under the cursor: ]e goes to one");
    if (thing.entity.v) {
        struct pane *view = hits_open_entity(app, thing.entity);
        struct passage at = thing.where;
        app_push(app, SLOT_LIST, view);
        jumps_push(&app->jumps, app_here(app));
        select_near(list_of(view), at);
        list_show(list_of(view), app);
    } else if (call->has_argument) {
        app_error(app, "Nobody here is called '%.*s'", (int)call->argument.n, call->argument.p);
    }
}

/* The event nearest to a date under the cursor, else the one told here. */
void do_go_timeline(struct app *app, const struct call *call)
{
    (void)call;
    struct thing thing;
    struct pane *timeline = app->slots[SLOT_TIMELINE].v[0];
    struct passage at = app_here(app);
    if (app_thing(app, &thing) && thing.where.article.v)
        at = thing.where;
    if (app->focus == SLOT_TIMELINE)
        return;
    jumps_push(&app->jumps, app_here(app));
    timeline_follow(timeline, app, at);
    app_focus(app, SLOT_TIMELINE);
}

/* ---- searching ---- */

bool app_search_for(struct app *app, struct str text, bool back, bool incremental)
{
    struct query_error error;
    if (search_set(&app->search, text, back, &error))
        return true;
    if (!incremental)
        app_error(app, "Column %u: %s", error.column + 1, error.what);
    return false;
}

void app_search_go(struct app *app, long n, bool incremental)
{
    struct pane *p = app_focused(app);
    p->ops->search(p, app, app->search.back ? -n : n, incremental);
}

void do_search_prompt(struct app *app, const struct call *call)
{
    bool back = call->command == CMD_SEARCH_BACK;
    if (!call->has_argument) {
        app_ask(app, call->command, back ? "?" : "/", STR(""));
        return;
    }
    if (call->argument.n == 0) { /* as in vi: the last search again */
        app->search.back = back;
        do_search_again(app, &(struct call){.command = CMD_SEARCH_NEXT, .count = call->count});
        return;
    }
    struct pane *p = app_focused(app);
    if (p->context & (IN_TEXT | IN_SELECTION))
        jumps_push(&app->jumps, app->asked_at.article.v ? app->asked_at : app_here(app));
    /* From the prompt: counted from where typing began, as it was while typing. */
    if (app_search_for(app, call->argument, back, false))
        app_search_go(app, call->count ? (long)call->count : 1, app->asked_at.article.v != 0);
    app->asked_at.article = NO_ARTICLE;
}

void do_search_again(struct app *app, const struct call *call)
{
    long n = call->count ? (long)call->count : 1;
    if (!search_is_set(&app->search))
        app_say(app, FACE_MESSAGE, "Nothing was searched for yet: / begins");
    else
        app_search_go(app, call->command == CMD_SEARCH_NEXT ? n : -n, false);
}

void do_search_all(struct app *app, const struct call *call)
{
    if (!call->has_argument) {
        app_ask(app, call->command, "Search all: ", STR(""));
        return;
    }
    if (call->argument.n == 0)
        return;
    unsigned errors = app->errors;
    struct pane *view = hits_open_query(app, call->argument);
    if (app->errors != errors) {
        view->ops->close(view);
        return;
    }
    app_push(app, SLOT_LIST, view);
    jumps_push(&app->jumps, app_here(app));
    list_show(list_of(view), app);
}

/* ---- quotations ---- */

/* Pushes the look-up, or goes back to the one that is open and asks it. */
static void show_lookup(struct app *app, struct str query)
{
    struct pane *view = app_find(app, IN_LOOKUP);
    if (view) {
        while (view != app_pane(app, SLOT_LIST))
            app_pop(app, SLOT_LIST);
        lookup_ask(view, app, query);
        app_focus(app, SLOT_LIST);
    } else {
        view = lookup_open(app, query);
        app_push(app, SLOT_LIST, view);
    }
    if (list_selected(list_of(view)))
        list_show(list_of(view), app);
}

/* As it is typed: the answers stand above the prompt, which keeps the keys. */
void app_lookup_due(struct app *app)
{
    if (app->lookup_due)
        show_lookup(app, prompt_text(app->prompt));
    app->lookup_due = false;
}

void app_lookup_cancelled(struct app *app)
{
    struct pane *view = app_find(app, IN_LOOKUP);
    if (view && view == app_pane(app, SLOT_LIST) && lookup_query(view).n == 0)
        app_pop(app, SLOT_LIST);
}

void do_lookup(struct app *app, const struct call *call)
{
    struct thing thing;
    struct passage selected;
    if (call->has_argument) {
        show_lookup(app, call->argument);
        return;
    }
    if (app_selection(app, &selected)) {
        jumps_push(&app->jumps, app_here(app));
        text_let_go(app_focused(app), app);
        show_lookup(app,
                    str_at(dossier_article(app->dossier, selected.article)->text, selected.at));
    } else if (!(app_focused(app)->context & (IN_LOOKUP | IN_BOARD)) && app_thing(app, &thing) &&
               thing.kind == THING_QUOTE && thing.group.v) {
        jumps_push(&app->jumps, app_here(app));
        app_push(app, SLOT_LIST, board_open(app, thing.where));
        list_select_key(list_of(app_focused(app)), list_key(thing.where));
    } else {
        jumps_push(&app->jumps, app_here(app));
        show_lookup(app, STR(""));
        app_ask(app, call->command, "Look up: ", STR(""));
    }
}

/* ---- the list ---- */

void do_filter(struct app *app, const struct call *call)
{
    struct pane *view = app_focused(app)->context == IN_NOTES ? app_focused(app) : NULL;
    if (!call->has_argument) {
        app_ask(app, call->command, "Filter: ",
                view ? notes_view_query(view) : bytes_str(&app->state.filter));
        return;
    }
    if (view) {
        notes_view_filter(view, app, call->argument);
        return;
    }
    if (!app_is_query(app, call->argument))
        return;
    state_set_filter(&app->state, call->argument);
    app_refill(app);
    uint32_t n;
    articles_place(app->slots[SLOT_LIST].v[0], NO_ARTICLE, &n);
    if (call->argument.n)
        app_say(app, FACE_MESSAGE, "%u of %u articles; F and an empty line shows all", n,
                dossier_articles(app->dossier)->n);
}

void do_sort(struct app *app, const struct call *call)
{
    if (app_focused(app)->context == IN_NOTES && !call->has_argument) {
        app_say(app, FACE_MESSAGE, "Notes by %s", notes_view_sort(app_focused(app), app));
        return;
    }
    if (!call->has_argument) {
        app_ask(app, call->command, "Sort by date, title, outlet, length or relevance: ", STR(""));
        return;
    }
    enum sort sort = sort_named(call->argument);
    if (sort == SORTS) {
        if (call->argument.n)
            app_error(app, "Sort by date, title, outlet, length or relevance");
        return;
    }
    app->state.reversed = sort == app->state.sort && !app->state.reversed;
    app->state.sort = sort;
    app_refill(app);
}

void do_open_article(struct app *app, const struct call *call)
{
    const struct articles *all = dossier_articles(app->dossier);
    article_id found = dossier_find_path(app->dossier, call->argument);
    uint32_t number = 0;
    for (size_t i = 0; i < call->argument.n && number < 100000000; i++) {
        char c = call->argument.p[i];
        if (c < '0' || c > '9') {
            number = 0;
            break;
        }
        number = number * 10 + (uint32_t)(c - '0');
    }
    if (!found.v && number && number <= all->n)
        found.v = number;
    struct search words = {0};
    struct query_error error;
    if (!found.v && search_set(&words, call->argument, false, &error))
        for (uint32_t id = 1; id <= all->n && !found.v; id++)
            if (search_matches(&words, article_at(all, (article_id){id})->title))
                found.v = id;
    search_finish(&words);
    if (found.v)
        app_go(app, (struct passage){found, {0, 0}}, GO_JUMP | GO_FOCUS);
    else
        app_error(app, "No article is called '%.*s'", (int)call->argument.n, call->argument.p);
}
