/* Commands that move: lines, pages, articles, things, marks, jumps. */
#include "tui/app.h"
#include "tui/panes.h"

static long times(const struct call *call)
{
    return call->count ? (long)call->count : 1;
}

static struct pane *text_pane(const struct app *app)
{
    return app->slots[SLOT_TEXT].v[0];
}

static struct pane *list_pane(const struct app *app)
{
    return app->slots[SLOT_LIST].v[0];
}

static struct pane *timeline_pane(const struct app *app)
{
    return app->slots[SLOT_TIMELINE].v[0];
}

static bool move(struct app *app, enum move how, long n)
{
    struct pane *p = app_focused(app);
    return p->ops->move(p, app, how, n);
}

void do_move(struct app *app, const struct call *call)
{
    static const struct {
        enum move how;
        int sign;
    } moves[COMMANDS] = {
        [CMD_LINE_DOWN] = {MOVE_LINES, 1},  [CMD_LINE_UP] = {MOVE_LINES, -1},
        [CMD_PAGE_DOWN] = {MOVE_PAGES, 1},  [CMD_PAGE_UP] = {MOVE_PAGES, -1},
        [CMD_HALF_DOWN] = {MOVE_HALVES, 1}, [CMD_HALF_UP] = {MOVE_HALVES, -1},
    };
    bool could = move(app, moves[call->command].how, moves[call->command].sign * times(call));
    if (!could && app_focused(app)->context == IN_TEXT && moves[call->command].sign > 0)
        app_say(app, FACE_MESSAGE, "The end: J reads the next article");
}

void do_go_line(struct app *app, const struct call *call)
{
    long to = call->count ? (long)call->count : call->command == CMD_GO_TOP ? 1 : INT32_MAX;
    if (app_focused(app)->context == IN_TEXT)
        jumps_push(&app->jumps, app_here(app));
    move(app, MOVE_TO, to);
}

void do_go_percent(struct app *app, const struct call *call)
{
    if (!call->count)
        app_say(app, FACE_MESSAGE, "A number first: 50%% goes to the middle");
    else
        move(app, MOVE_PERCENT, call->count > 100 ? 100 : (long)call->count);
}

void do_open(struct app *app, const struct call *call)
{
    (void)call;
    struct pane *p = app_focused(app);
    struct thing thing;
    if (p->ops->open)
        p->ops->open(p, app);
    else if (app_thing(app, &thing))
        do_card(app, call);
    else
        app_say(app, FACE_MESSAGE,
                "Nothing is under the cursor: ]e, ]q and ]d go to names, quotations and dates");
}

void do_out(struct app *app, const struct call *call)
{
    (void)call;
    if (app_pop(app, app->focus))
        return;
    if (app->focus == SLOT_LIST)
        app_say(app, FACE_MESSAGE, "There is nothing further out: q quits");
    app_focus(app, SLOT_LIST);
}

void do_article_step(struct app *app, const struct call *call)
{
    long n = call->command == CMD_ARTICLE_NEXT ? times(call) : -times(call);
    article_id to = articles_step(list_pane(app), app, app_article(app), n, false);
    if (to.v == 0) {
        app_say(app, FACE_MESSAGE, "This is the %s article of the list", n > 0 ? "last" : "first");
        return;
    }
    app_go(app, (struct passage){to, {0, 0}}, GO_JUMP | GO_READ);
    articles_select(list_pane(app), to);
}

void do_source_step(struct app *app, const struct call *call)
{
    struct passage to;
    long n = call->command == CMD_SOURCE_NEXT ? times(call) : -times(call);
    if (app_focused(app)->context != IN_TIMELINE) { /* each row is a source */
        app_focused(app)->ops->move(app_focused(app), app, MOVE_LINES, n);
        return;
    }
    if (timeline_source(timeline_pane(app), app, n, &to))
        app_go(app, to, GO_SHOW);
}

void do_step(struct app *app, const struct call *call)
{
    static const struct {
        enum step_kind kind;
        int sign;
    } steps[COMMANDS] = {
        [CMD_ENTITY_NEXT] = {STEP_ENTITY, 1}, [CMD_ENTITY_PREVIOUS] = {STEP_ENTITY, -1},
        [CMD_QUOTE_NEXT] = {STEP_QUOTE, 1},   [CMD_QUOTE_PREVIOUS] = {STEP_QUOTE, -1},
        [CMD_DATE_NEXT] = {STEP_DATE, 1},     [CMD_DATE_PREVIOUS] = {STEP_DATE, -1},
    };
    text_step(text_pane(app), app, steps[call->command].kind,
              steps[call->command].sign * times(call));
    app_focus(app, SLOT_TEXT); /* what one has landed on is what the next key is about */
}

void do_step_conflict(struct app *app, const struct call *call)
{
    long n = call->command == CMD_CONFLICT_NEXT ? times(call) : -times(call);
    if (!timeline_step_conflict(timeline_pane(app), app, n))
        app_say(app, FACE_MESSAGE, "No event %s here has dates that differ",
                n > 0 ? "after" : "before");
}

void do_step_unread(struct app *app, const struct call *call)
{
    long n = call->command == CMD_UNREAD_NEXT ? times(call) : -times(call);
    article_id to = articles_step(list_pane(app), app, app_article(app), n, true);
    if (to.v)
        app_go(app, (struct passage){to, {0, 0}}, GO_JUMP | GO_FOCUS);
    else
        app_say(app, FACE_MESSAGE, "Nothing unread %s here", n > 0 ? "after" : "before");
    if (to.v)
        articles_select(list_pane(app), to);
}

void do_unread(struct app *app, const struct call *call)
{
    (void)call;
    struct thing thing = {0};
    article_id a = app_article(app);
    if (app_focused(app)->context == IN_ARTICLES && app_thing(app, &thing))
        a = thing.where.article;
    const struct article *row = dossier_article(app->dossier, a);
    if (!row)
        return;
    bool read = !state_is_read(&app->state, row->key);
    if (state_set_read(&app->state, row->key, read))
        articles_read_changed(list_pane(app), read ? -1 : 1);
    app_say(app, FACE_MESSAGE, read ? "Read" : "Unread again");
}

/* ---- mentions of one entity across the case ---- */

/* Where a mention begins beside a place: < 0 before it, 0 at it, > 0 behind it. */
static int place_cmp(const struct links *l, uint32_t row, struct passage here)
{
    article_id a = links_mention_article(l, row);
    uint32_t begin = l->mentions[row].at.begin;
    if (a.v != here.article.v)
        return a.v < here.article.v ? -1 : 1;
    return (begin > here.at.begin) - (begin < here.at.begin);
}

/* The n-th mention after (before) a place, in order of the case, round the end; its number. */
static uint32_t mention_after(const struct links *l, struct row_run rows, struct passage here,
                              long n)
{
    uint32_t first;
    BISECT(first, 0, rows.n, place_cmp(l, rows.v[first], here) < 0);
    bool on_it = first < rows.n && place_cmp(l, rows.v[first], here) == 0;
    int64_t to = (int64_t)first + n - (n > 0 && !on_it);
    int64_t count = rows.n;
    return (uint32_t)(((to % count) + count) % count);
}

void do_mention(struct app *app, const struct call *call)
{
    struct thing thing;
    const struct links *l = dossier_links(app->dossier);
    if (!app_entity(app, &thing) || thing.entity.v >= l->n_entities)
        return;
    struct row_run rows = links_of_entity(l, thing.entity);
    if (rows.n == 0)
        return;
    long n = call->command == CMD_MENTION_NEXT ? times(call) : -times(call);
    struct passage here = thing.where.article.v ? thing.where : app_here(app);
    uint32_t i = mention_after(l, rows, here, n);
    struct passage to = {links_mention_article(l, rows.v[i]), l->mentions[rows.v[i]].at};
    app_go(app, to, GO_JUMP | GO_FOCUS);
    app_say(app, FACE_MESSAGE, "Mention %u of %u", i + 1, rows.n);
    app->message.carded = true;
}

/* ---- marks and jumps ---- */

void do_mark(struct app *app, const struct call *call)
{
    struct passage *mark = jumps_mark(&app->jumps, call->letter);
    if (!mark) {
        app_error(app, "A mark is a letter from a to z");
        return;
    }
    *mark = app_here(app);
    app_say(app, FACE_MESSAGE, "Mark %c", (char)call->letter);
}

void do_go_mark(struct app *app, const struct call *call)
{
    struct passage to = {NO_ARTICLE, {0, 0}};
    if (call->letter == '\'' || call->letter == '`') {
        if (!jumps_swap(&app->jumps, app_here(app), &to))
            app_say(app, FACE_MESSAGE, "There was no jump yet");
    } else {
        struct passage *mark = jumps_mark(&app->jumps, call->letter);
        if (mark && mark->article.v) {
            to = *mark;
            jumps_push(&app->jumps, app_here(app));
        } else {
            app_error(app, "No mark with this letter");
        }
    }
    if (to.article.v)
        app_go(app, to, GO_FOCUS);
}

void do_jump(struct app *app, const struct call *call)
{
    struct passage to;
    bool back = call->command == CMD_JUMP_BACK;
    if (jumps_go(&app->jumps, (int)(back ? -times(call) : times(call)), app_here(app), &to))
        app_go(app, to, GO_FOCUS);
    else
        app_say(app, FACE_MESSAGE, back ? "No place before this" : "No place after this");
}
