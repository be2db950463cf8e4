/* Drawing a session: titles, panes, rules, the last line.  Titles and the last line are made anew
 * at every key, since the frame notices what came out as it was; the panes know themselves what
 * moved. */
#include "tui/app.h"

#include "tui/card.h"

#define PROGRESS_COLS 6

/* ---- titles ---- */

static void put_progress(struct app *app, struct line *out)
{
    struct dossier_progress p = dossier_progress(app->dossier);
    if (p.done)
        return;
    /* Reading and analysing are each half of the way; linking is the last hundredth. */
    uint64_t of = p.total_bytes ? p.total_bytes : p.read_bytes + 1;
    uint64_t text = p.text_bytes ? p.text_bytes : 1;
    uint64_t share = (p.read_bytes * 100 / of + p.analysed_bytes * 100 / text) / 2;
    share = share > 99 ? 99 : share;
    line_put(out, p.linking ? STR(" linking ") : STR(" loading "), FACE_COUNT);
    for (unsigned i = 0; i < PROGRESS_COLS; i++)
        line_put(out, share * PROGRESS_COLS >= i * 100 + 50 ? STR("▓") : STR("░"), FACE_COUNT);
    line_printf(out, FACE_COUNT, " %2u%%", (unsigned)share);
}

static void put_rule(struct app *app, struct rect at, int x, int cols, struct str glyph)
{
    for (int i = 0; i < cols; i++)
        frame_put(app->frame, at, x + i, 0, glyph, look_of(FACE_RULE));
}

static int run_cols(const struct line *l, size_t from, size_t to)
{
    int cols = 0;
    for (size_t i = from; i < to; i++)
        cols += (int)glyph_cols(
            str_at(line_text(l), span_of(l->runs.v[i].begin, l->runs.v[i].end)), 1000);
    return cols;
}

/* What a line shows, as a number: the same line twice need not be drawn twice. */
static uint64_t line_print(const struct line *l)
{
    uint64_t h = 14695981039346656037u + l->right;
    for (size_t i = 0; i < l->text.n; i++)
        h = (h ^ (unsigned char)l->text.v[i]) * 1099511628211u;
    for (size_t i = 0; i < l->runs.n; i++)
        h = (h ^ (l->runs.v[i].end * 65536u + l->runs.v[i].look.face * 256u +
                  l->runs.v[i].look.flags)) * 1099511628211u;
    return h;
}

/* "─ Left ───────── right ─": the left part is cut before the right one is. */
static void put_title(struct app *app, const struct line *l, struct rect at, struct str rule)
{
    int left = run_cols(l, 0, l->right), right = run_cols(l, l->right, l->runs.n);
    int room = at.cols - 4 - (right ? right + 2 : 0);
    left = left < room ? left : room > 0 ? room : 0;
    put_rule(app, at, 0, 1, rule);
    put_rule(app, at, 1, 1, STR(" "));
    struct rect part = at;
    part.cols = 2 + left;
    struct line cut = *l; /* a view of the left runs */
    cut.runs.n = l->right;
    cut.has_right = false;
    line_draw(&cut, app->frame, part, 2, 0, look_of(FACE_TITLE));
    int x = 2 + left, end = right ? at.cols - right - 3 : at.cols;
    put_rule(app, at, x, 1, STR(" "));
    if (end > x + 1)
        put_rule(app, at, x + 1, end - x - 1, rule);
    if (!right)
        return;
    put_rule(app, at, end, 1, STR(" "));
    for (size_t i = l->right, rx = (size_t)end + 1; i < l->runs.n; i++) {
        struct run r = l->runs.v[i];
        rx += (size_t)frame_put(app->frame, at, (int)rx, 0,
                                str_at(line_text(l), span_of(r.begin, r.end)), r.look);
    }
    put_rule(app, at, at.cols - 2, 1, STR(" "));
    put_rule(app, at, at.cols - 1, 1, rule);
}

/* The title of a slot, when it says something else than what is shown. */
static void draw_title(struct app *app, enum slot s, bool first)
{
    struct pane *p = app_pane(app, s);
    struct rect at = app->layout.title[s];
    struct line *l = &app->line;
    uint64_t print;
    struct str rule = at.y == 0 && app->layout.shape != LAYOUT_COLUMNS ? STR(" ") : STR("─");
    if (at.rows == 0)
        return;
    line_clear(l);
    p->ops->title(p, app, l);
    if (!l->has_right)
        line_right(l);
    if (first)
        put_progress(app, l);
    for (size_t i = 0; app->focus == s && i < l->runs.n; i++)
        if (l->runs.v[i].look.face == FACE_TITLE)
            l->runs.v[i].look.face = FACE_TITLE_FOCUS;
    print = line_print(l);
    if (print == app->title_shown[s])
        return;
    app->title_shown[s] = print;
    put_title(app, l, at, rule);
}

static void draw_rules(struct app *app)
{
    struct rect all = {0, 0, app->cols, app->rows};
    int bottom = app->layout.last_row < 0 ? app->rows : app->layout.last_row;
    for (int i = 0; i < 2; i++)
        for (int y = 0; app->layout.rule_x[i] >= 0 && y < bottom; y++)
            frame_put(app->frame, all, app->layout.rule_x[i], y, STR("│"), look_of(FACE_RULE));
}

/* ---- the last line ---- */

static void put_card(struct app *app, struct line *out)
{
    struct pane *p = app_focused(app);
    struct thing thing;
    if (!(p->ops->card && p->ops->card(p, app, out)) && app_thing(app, &thing))
        card_put(app, &thing, out);
}

static void draw_last(struct app *app)
{
    struct rect at = {0, app->layout.last_row, app->cols, 1};
    struct line *l = &app->line;
    if (at.y < 0 || app_prompt_draw(app, at))
        return;
    line_clear(l);
    if (app->message.set)
        line_put(l, line_text(&app->message.text), app->message.face);
    if (app->message.set && app->message.carded)
        line_put(l, STR(" · "), FACE_CARD);
    if (!app->message.set || app->message.carded)
        put_card(app, l);
    line_draw(l, app->frame, at, 1, 0, look_of(FACE_CARD));
    frame_put(app->frame, at, 0, 0, STR(" "), look_of(FACE_TEXT));
}

/* ---- all of it ---- */

/* A view with few rows leaves the others to the text; help is read by itself. */
static void lay_out(struct app *app)
{
    struct pane *list = app_pane(app, SLOT_LIST);
    struct layout_wish wish = {
        .choice = (enum layout_choice)app->settings.v[SETTING_LAYOUT],
        .focus = app->focus,
        .only = app->only || app_focused(app)->context == IN_HELP,
        .view = app->slots[SLOT_LIST].n > 1,
    };
    app->layout = layout_make(app->cols, app->rows, wish);
    if (wish.view && list->ops->rows_wanted) {
        wish.view_rows = list->ops->rows_wanted(list, app, app->layout.body[SLOT_LIST].cols);
        app->layout = layout_make(app->cols, app->rows, wish);
    }
    for (int s = 0; s < SLOTS; s++) {
        app_pane(app, s)->at = app->layout.body[s];
        app_pane(app, s)->dirty = true;
        app->title_shown[s] = 0;
    }
    draw_rules(app);
    app->stale_layout = false;
}

void app_lay_out(struct app *app)
{
    if (app->stale_layout)
        lay_out(app);
}

void app_draw(struct app *app)
{
    app_lookup_due(app);
    app_lay_out(app);
    bool first = true;
    frame_cursor(app->frame, -1, -1);
    for (enum slot s = 0; s < SLOTS; s++) {
        struct pane *p = app_pane(app, s);
        if (!layout_shows(&app->layout, s))
            continue;
        p->ops->draw(p, app, app->focus == s);
        draw_title(app, s, first);
        first = false;
    }
    draw_last(app);
    app->screen->ops->show(app->screen, app->frame);
}
