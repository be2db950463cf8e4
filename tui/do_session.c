/* Commands on the session itself: panes, leaving, settings, bindings, faces. */
#include "tui/app.h"
#include "tui/panes.h"


void do_pane_cycle(struct app *app, const struct call *call)
{
    int step = call->command == CMD_PANE_NEXT ? 1 : SLOTS - 1;
    app_focus(app, (enum slot)(((int)app->focus + step) % SLOTS));
}

void do_pane_go(struct app *app, const struct call *call)
{
    enum slot to = call->command == CMD_PANE_ARTICLES ? SLOT_LIST
                   : call->command == CMD_PANE_TEXT   ? SLOT_TEXT
                                                      : SLOT_TIMELINE;
    if (app->focus == to && app->slots[to].n > 1)
        app_say(app, FACE_MESSAGE, "This view lies over that pane: q leaves it");
    app_focus(app, to);
}

void do_pane_only(struct app *app, const struct call *call)
{
    (void)call;
    app->only = !app->only;
    app->stale_layout = true;
}

/* A view; then `only`; then, from the text or the timeline, the list; last of all the program. */
void do_leave(struct app *app, const struct call *call)
{
    (void)call;
    struct pane *text = app->slots[SLOT_TEXT].v[0];
    if ((app_focused(app) == text && text_let_go(text, app)) || app_pop(app, app->focus))
        return;
    if (app->slots[SLOT_LIST].n > 1)
        app_focus(app, SLOT_LIST);
    else if (app->only)
        do_pane_only(app, call);
    else if (app->focus != SLOT_LIST)
        app_focus(app, SLOT_LIST);
    else
        app->quit = true;
}

void do_quit(struct app *app, const struct call *call)
{
    (void)call;
    app->quit = true;
}

void do_cancel(struct app *app, const struct call *call)
{
    (void)call;
    if (!text_let_go(app->slots[SLOT_TEXT].v[0], app) && search_is_set(&app->search))
        search_clear(&app->search);
}

void do_redraw(struct app *app, const struct call *call)
{
    (void)call;
    app->screen->ops->redraw(app->screen);
    app->stale_layout = true;
}

void do_suspend(struct app *app, const struct call *call)
{
    (void)call;
    app->suspend = true;
}

void do_command_line(struct app *app, const struct call *call)
{
    (void)call;
    app_ask(app, CMD_COMMAND_LINE, ":", STR(""));
}

/* ---- settings ---- */

static void apply(struct app *app, enum setting which, struct arena *a)
{
    if (which == SETTING_DIM) {
        app_dim(app);
        app_refill(app);
    }
    if (which == SETTING_KEYS)
        app_keys_style(app);
    if (which == SETTING_THEME) {
        struct str name = setting_print(&app->settings, SETTING_THEME, a);
        name = str_from(name.p + 6, name.n - 6); /* behind "theme " */
        if (!theme_choose(app->theme, name))
            app_error(app, "There is no theme '%.*s'", (int)name.n, name.p);
        app->screen->ops->theme(app->screen, app->theme);
    }
    app->stale_layout = true;
}

void do_set(struct app *app, const struct call *call)
{
    struct arena memory = {0};
    enum setting which = SETTINGS;
    struct str answer = {NULL, 0};
    if (call->argument.n == 0) {
        app_push(app, SLOT_TEXT, help_open(app));
        help_show_settings(app_focused(app));
        return;
    }
    const char *wrong = settings_set(&app->settings, call->argument, &memory, &which, &answer);
    if (wrong)
        app_error(app, "%s", wrong);
    else if (which == SETTINGS)
        app_say(app, FACE_MESSAGE, "%.*s", (int)answer.n, answer.p);
    else
        apply(app, which, &memory);
    arena_finish(&memory);
}

void do_face(struct app *app, const struct call *call)
{
    size_t n = 0;
    while (n < call->argument.n && call->argument.p[n] != ' ')
        n++;
    struct str rest = str_trim(str_from(call->argument.p + n, call->argument.n - n));
    const char *wrong = theme_set_face(app->theme, str_from(call->argument.p, n), rest);
    if (wrong)
        app_error(app, "%s", wrong);
    else
        app->screen->ops->theme(app->screen, app->theme);
}

void do_filter_files(struct app *app, const struct call *call)
{
    (void)call; /* its context is IN_NONE: config.c takes these lines out before */
    app_error(app, "'filter' belongs into the configuration file");
}
