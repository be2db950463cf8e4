/* The session's state and what may be asked of it.  A key goes, in this order, to the prompt when
 * it is open, to a command that waits for its letter, and to the keymap; what comes out of that is
 * a call of the command table (command.c).  Drawing is in draw.c, the loop in session.c. */
#include "tui/app.h"

#include "core/text.h"
#include "tui/panes.h"

#include <stdarg.h>
#include <stdio.h>

/* ---- saying ---- */

static void say(struct app *app, enum face face, const char *format, va_list args)
{
    char text[1024];
    int n = vsnprintf(text, sizeof text, format, args);
    if (n < 0)
        return;
    struct str s = str_from(text, (size_t)n < sizeof text ? (size_t)n : sizeof text - 1);
    s.n = utf8_valid_prefix(s); /* a cut may have halved a character */
    line_clear(&app->message.text);
    line_put(&app->message.text, s, face);
    app->message.set = true;
    app->message.carded = false;
    app->message.face = face;
}

void app_say(struct app *app, enum face face, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(app, face, format, args);
    va_end(args);
}

void app_error(struct app *app, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(app, FACE_ERROR, format, args);
    va_end(args);
    app->errors++;
}

/* ---- panes ---- */

struct pane *app_pane(const struct app *app, enum slot s)
{
    return app->slots[s].v[app->slots[s].n - 1];
}

struct pane *app_focused(const struct app *app)
{
    return app_pane(app, app->focus);
}

static struct pane *base(const struct app *app, enum slot s)
{
    return app->slots[s].v[0];
}

unsigned app_context(const struct app *app)
{
    struct pane *p = app_focused(app);
    if (p->context == IN_TEXT && text_selection(p, &(struct span){0}))
        return IN_SELECTION;
    return p->context;
}

void app_focus(struct app *app, enum slot s)
{
    if (app->focus == s)
        return;
    app->focus = s;
    app->stale_layout = true;
}

static void close_top(struct app *app, enum slot s)
{
    struct pane *p = app->slots[s].v[--app->slots[s].n];
    p->ops->close(p);
    app->stale_layout = true;
}

void app_push(struct app *app, enum slot s, struct pane *view)
{
    struct stack *stack = &app->slots[s];
    enum slot from = app->focus;
    if (stack->n > 1 && app_pane(app, s)->context == view->context) {
        close_top(app, s);
        from = from == s ? stack->from[stack->n] : from;
    }
    while (stack->n >= VIEWS_MAX)
        close_top(app, s);
    stack->from[stack->n] = from;
    stack->v[stack->n++] = view;
    app->focus = s;
    app->stale_layout = true;
}

bool app_pop(struct app *app, enum slot s)
{
    if (app->slots[s].n <= 1)
        return false;
    close_top(app, s);
    app_focus(app, app->slots[s].from[app->slots[s].n]);
    return true;
}

struct pane *app_find(const struct app *app, enum context context)
{
    for (int s = 0; s < SLOTS; s++)
        for (int i = app->slots[s].n - 1; i >= 0; i--)
            if (app->slots[s].v[i]->context == context)
                return app->slots[s].v[i];
    return NULL;
}

static void tell(struct app *app, unsigned changed)
{
    for (int s = 0; s < SLOTS; s++)
        for (int i = 0; i < app->slots[s].n; i++) {
            struct pane *p = app->slots[s].v[i];
            if (p->ops->taken)
                p->ops->taken(p, app, changed);
        }
}

void app_refill(struct app *app)
{
    tell(app, PANE_REFILL);
}

void app_notes_changed(struct app *app)
{
    tell(app, PANE_NOTES);
}

/* ---- what the cursor is on ---- */

article_id app_article(const struct app *app)
{
    return text_article(base(app, SLOT_TEXT));
}

struct passage app_here(const struct app *app)
{
    uint32_t at = text_cursor(base(app, SLOT_TEXT));
    return (struct passage){app_article(app), {at, at}};
}

bool app_thing(struct app *app, struct thing *out)
{
    struct pane *p = app_focused(app);
    return p->ops->thing && p->ops->thing(p, app, out);
}

bool app_entity(struct app *app, struct thing *out)
{
    struct pane *p = app_focused(app);
    if (p->context == IN_TEXT)
        return text_entity_near(p, app, out) && out->entity.v;
    return app_thing(app, out) && out->entity.v;
}

bool app_selection(struct app *app, struct passage *out)
{
    struct span s;
    if (app_focused(app) != base(app, SLOT_TEXT) || !text_selection(app_focused(app), &s))
        return false;
    if (out)
        *out = (struct passage){app_article(app), s};
    return true;
}

/* ---- going ---- */

static void set_read(struct app *app, article_id a)
{
    if (state_set_read(&app->state, dossier_article(app->dossier, a)->key, true))
        articles_read_changed(base(app, SLOT_LIST), -1);
    if (app->settings.v[SETTING_DIM])
        seen_add(&app->seen, app->dossier, a);
}

void app_dim(struct app *app)
{
    const struct articles *all = dossier_articles(app->dossier);
    if (!app->settings.v[SETTING_DIM]) {
        seen_finish(&app->seen);
        return;
    }
    for (uint32_t id = 1; id <= all->n; id++)
        if (state_is_read(&app->state, article_at(all, (article_id){id})->key))
            seen_add(&app->seen, app->dossier, (article_id){id});
}

void app_go(struct app *app, struct passage where, unsigned how)
{
    if (!dossier_article(app->dossier, where.article))
        return;
    if (how & GO_JUMP)
        jumps_push(&app->jumps, app_here(app));
    app->keep_due |= how & (GO_FOCUS | GO_READ) && app_article(app).v != where.article.v;
    text_show(base(app, SLOT_TEXT), app, where);
    app->placed = true;
    if (how & GO_FOCUS) {
        while (app->slots[SLOT_TEXT].n > 1)
            close_top(app, SLOT_TEXT);
        app_focus(app, SLOT_TEXT);
    }
    if (how & (GO_FOCUS | GO_READ))
        set_read(app, where.article);
    if (app->focus != SLOT_LIST || app->slots[SLOT_LIST].n > 1)
        articles_select(base(app, SLOT_LIST), where.article);
    app_text_moved(app);
}

void app_text_moved(struct app *app)
{
    if (app->focus != SLOT_TIMELINE)
        timeline_follow(base(app, SLOT_TIMELINE), app, app_here(app));
}

/* ---- searching ---- */

bool app_matches(struct app *app, struct str text)
{
    return search_matches(&app->search, text);
}

void app_light(struct app *app, struct line *l)
{
    if (!search_is_set(&app->search))
        return;
    vec_clear(&app->lit);
    search_in(&app->search, line_text(l), &app->lit);
    for (size_t i = 0; i < app->lit.n; i++)
        line_flag_range(l, app->lit.v[i].begin, app->lit.v[i].end, LOOK_HIT);
}

/* ---- taking in ---- */

/* The article of a kept place; none when it is not there (yet). */
static struct passage passage_of(struct app *app, struct state_place place)
{
    const struct articles *all = dossier_articles(app->dossier);
    for (uint32_t id = 1; id <= all->n && (place.key.hi || place.key.lo); id++) {
        const struct article *a = article_at(all, (article_id){id});
        if (a->key.hi == place.key.hi && a->key.lo == place.key.lo)
            return (struct passage){{id}, {place.begin, place.begin}};
    }
    return (struct passage){NO_ARTICLE, {0, 0}};
}

/* Shows something at once: the kept place as soon as its article is there, the first article of
 * the list until then, unless the reader has gone somewhere. */
static void find_place(struct app *app)
{
    const struct articles *all = dossier_articles(app->dossier);
    if (app->placed || all->n == 0)
        return;
    struct passage kept = passage_of(app, app->state.place);
    if (kept.article.v) {
        articles_select(base(app, SLOT_LIST), kept.article);
        app_go(app, kept, GO_SHOW);
        return;
    }
    struct thing first;
    struct pane *list = base(app, SLOT_LIST);
    if (app->touched || !list->ops->thing(list, app, &first))
        return;
    bool wait = (app->state.place.key.hi || app->state.place.key.lo) &&
                !dossier_progress(app->dossier).done;
    if (app_article(app).v != first.where.article.v)
        app_go(app, first.where, GO_SHOW);
    app->placed = !wait;
}

static void restore_marks(struct app *app)
{
    for (int i = 0; i < STATE_MARKS; i++)
        if (app->jumps.marks[i].article.v == 0)
            app->jumps.marks[i] = passage_of(app, app->state.marks[i]);
}

static void state_taken(struct app *app, unsigned changed)
{
    if (changed & STATE_DECISIONS)
        app_decided(app);
    if (changed)
        app_refill(app);
}

/* All articles are there: what is kept of them is taken up, if other paths led here before. */
static void settle(struct app *app)
{
    unsigned changed =
        app->settled ? 0 : state_settle(&app->state, dossier_articles(app->dossier), true);
    app->settled = true;
    if (changed) {
        app->placed = app->placed && app->touched;
        find_place(app);
    }
    state_taken(app, changed);
}

void app_sync(struct app *app)
{
    state_taken(app, state_sync(&app->state));
}

void app_take(struct app *app)
{
    unsigned changed = dossier_take(app->dossier);
    if (!changed)
        return;
    if (app->notes_taken)
        app_notes_take(app);
    tell(app, changed);
    find_place(app);
    if (changed & CHANGED_LINKS)
        app_text_moved(app);
    if (changed & CHANGED_DONE) {
        settle(app);
        restore_marks(app);
        app_dim(app);
    }
}

/* ---- keeping ---- */

static struct state_place place_of(struct app *app, struct passage p)
{
    const struct article *a = dossier_article(app->dossier, p.article);
    return a ? (struct state_place){a->key, p.at.begin} : (struct state_place){0};
}

void app_keep(struct app *app, enum keep_when when)
{
    if (!app->state.keep || !dossier_articles(app->dossier)->n)
        return;
    app->keep_due = false;
    if (app_article(app).v && app->placed)
        app->state.place = place_of(app, app_here(app));
    for (int i = 0; i < STATE_MARKS; i++)
        if (app->jumps.marks[i].article.v)
            app->state.marks[i] = place_of(app, app->jumps.marks[i]);
    if (!app->settled && when == KEEP_LAST)
        state_settle(&app->state, dossier_articles(app->dossier), false);
    enum status status = state_save(&app->state, when != KEEP_IDLE);
    if (status != OK && status != ERR_LIMIT && !app->keep_failed)
        app_error(app, "Place and articles read are not kept. %s", keep_why(app->state.keep));
    app->keep_failed = status != OK && status != ERR_LIMIT;
}

/* ---- opening ---- */

static void open_panes(struct app *app)
{
    /* The text first: the others may ask for it. */
    app->slots[SLOT_TEXT] = (struct stack){.v = {text_open(app)}, .n = 1};
    app->slots[SLOT_LIST] = (struct stack){.v = {articles_open(app)}, .n = 1};
    app->slots[SLOT_TIMELINE] = (struct stack){.v = {timeline_open(app)}, .n = 1};
}

struct app *app_open(const struct app_setup *setup)
{
    struct app *app = mem_zalloc(sizeof *app);
    app->dossier = setup->dossier;
    app->screen = setup->screen;
    app->theme = setup->theme;
    app->case_name = setup->case_name;
    app->state_folder = setup->state_folder;
    app->notes = setup->notes ? setup->notes : notes_open(NULL, STR(""), STR("/"));
    app->own_notes = !setup->notes;
    app->note_reader = setup->note_reader;
    app->stale_layout = true;
    settings_init(&app->settings);
    state_open(&app->state, setup->keep, setup->state_folder);
    if (state_has_decisions(&app->state))
        app_decided(app);
    app->screen->ops->size(app->screen, &app->cols, &app->rows);
    app->frame = frame_open(app->cols, app->rows);
    app_keys_open(app);
    app_ask_open(app);
    open_panes(app);
    if (setup->config)
        config_apply(setup->config, app);
    find_place(app);
    restore_marks(app);
    if (dossier_progress(app->dossier).done)
        settle(app);
    return app;
}

void app_close(struct app *app)
{
    for (int s = SLOTS - 1; s >= 0; s--)
        while (app->slots[s].n)
            close_top(app, (enum slot)s);
    app_keys_close(app);
    app_ask_close(app);
    search_finish(&app->search);
    acts_finish(&app->acts);
    state_finish(&app->state);
    vec_free(&app->deciding.name);
    vec_free(&app->deciding.entity);
    list_filter_finish(&app->filter);
    seen_finish(&app->seen);
    if (app->own_notes)
        notes_close(app->notes);
    line_free(&app->message.text);
    line_free(&app->line);
    vec_free(&app->lit);
    frame_close(app->frame);
    free(app);
}
