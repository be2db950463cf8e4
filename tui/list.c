/* A list keeps what it drew last (selected, top), so that a key that moves the selection draws two
 * rows, and one that scrolls in a full-width pane lets the frame move the others.  Nothing here
 * costs more in a long list than in a short one, except filling it and searching it. */
#include "tui/list.h"

#include "tui/app.h"
#include "tui/card.h"

#define SEARCH_ROWS_INCREMENTAL 20000 /* rows looked at for each key typed at the prompt */

static bool is_heading(const struct list *l, size_t i)
{
    return l->rows.v[i].key == 0;
}

const struct list_row *list_selected(const struct list *l)
{
    size_t i = l->view.selected;
    return i < l->rows.n && !is_heading(l, i) ? &l->rows.v[i] : NULL;
}

/* A heading stays with its first row, where there is room for both. */
static void show_heading(struct list *l)
{
    size_t top = l->view.top;
    if (l->view.height > 1 && top && top == l->view.selected && is_heading(l, top - 1))
        viewport_scroll(&l->view, -1);
}

/* The rest of the selected row is seen as far as there is room. */
static void show_tail(struct list *l)
{
    size_t last = l->view.selected, bottom = l->view.top + l->view.height - 1;
    while (last + 1 < l->rows.n && is_heading(l, last + 1))
        last++;
    size_t room = l->view.selected - l->view.top, by = last > bottom ? last - bottom : 0;
    viewport_scroll(&l->view, (long)(by < room ? by : room));
}

static void show_around(struct list *l)
{
    if (l->source->tails)
        show_tail(l);
    else
        show_heading(l);
}

static void fit(struct list *l)
{
    int rows = l->pane.at.rows;
    viewport_fit(&l->view, l->rows.n, rows > 0 ? (size_t)rows : 1);
    show_around(l);
}

/* Away from a heading, on in direction `step`, or back when there is nothing further. */
static void leave_heading(struct list *l, int step)
{
    int64_t n = (int64_t)l->rows.n, i = (int64_t)l->view.selected, at = i;
    while (at >= 0 && at < n && is_heading(l, (size_t)at))
        at += step;
    if (at < 0 || at >= n)
        for (at = i; at >= 0 && at < n && is_heading(l, (size_t)at);)
            at -= step;
    if (at >= 0 && at < n && at != i)
        viewport_select(&l->view, (size_t)at);
    show_around(l);
}

void list_select(struct list *l, size_t row)
{
    fit(l);
    viewport_jump(&l->view, row);
    leave_heading(l, 1);
}

bool list_select_key(struct list *l, uint64_t key)
{
    for (size_t i = 0; i < l->rows.n; i++)
        if (l->rows.v[i].key == key) {
            list_select(l, i);
            return true;
        }
    return false;
}

/* ---- the contract of panes ---- */

static void list_close(struct pane *p)
{
    struct list *l = list_of(p);
    if (l->source->close)
        l->source->close(l);
    free(l->own);
    vec_free(&l->rows);
    line_free(&l->line);
    free(l);
}

static void list_taken(struct pane *p, struct app *app, unsigned changed)
{
    struct list *l = list_of(p);
    const struct list_row *row = list_selected(l);
    uint64_t key = row ? row->key : 0;
    size_t from_top = l->view.selected - l->view.top;
    if (!l->source->fill(l, app, changed))
        return;
    p->dirty = true;
    fit(l);
    if (key && list_select_key(l, key)) /* it also stays where it is on the screen */
        viewport_scroll(&l->view, (long)(l->view.selected - l->view.top) - (long)from_top);
    else
        leave_heading(l, 1);
}

/* Rows that depend on the width are made anew for another one. */
static void fit_width(struct list *l, struct app *app, int cols)
{
    if (!l->source->by_width || cols < 1 || l->filled_cols == cols)
        return;
    l->filled_cols = cols;
    list_taken(&l->pane, app, PANE_WIDTH);
}

static int list_rows_wanted(struct pane *p, struct app *app, int cols)
{
    struct list *l = list_of(p);
    fit_width(l, app, cols);
    size_t rows = l->rows.n ? l->rows.n : 1;
    return l->source->steady ? 0 : (int)(rows < 1000 ? rows : 1000);
}

static void list_title(struct pane *p, struct app *app, struct line *out)
{
    list_of(p)->source->title(list_of(p), app, out);
}

static void draw_row(struct list *l, struct app *app, size_t i, bool focused)
{
    struct rect at = l->pane.at;
    int y = (int)(i - l->view.top);
    bool selected = i == l->view.selected && !is_heading(l, i);
    line_clear(&l->line);
    l->source->line(l, app, &l->rows.v[i], &l->line);
    app_light(app, &l->line);
    if (selected)
        line_flag(&l->line, LOOK_BOLD);
    frame_put(app->frame, at, 0, y, !selected ? STR(" ") : focused ? STR("›") : STR("·"),
              look_of(FACE_MARGIN));
    line_draw(&l->line, app->frame, at, 1, y, look_of(FACE_TEXT));
}

/* Rows [from, to) of the pane, counted from its top. */
static void draw_rows(struct list *l, struct app *app, int64_t from, int64_t to, bool focused)
{
    if (from < 0)
        from = 0;
    for (int64_t y = from; y < to && y < l->pane.at.rows; y++) {
        if (l->view.top + (size_t)y < l->rows.n)
            draw_row(l, app, l->view.top + (size_t)y, focused);
        else
            frame_fill(app->frame, l->pane.at, 0, (int)y, look_of(FACE_TEXT));
    }
}

static void draw_one(struct list *l, struct app *app, size_t row, bool focused)
{
    int64_t y = (int64_t)row - (int64_t)l->view.top;
    if (y >= 0)
        draw_rows(l, app, y, y + 1, focused);
}

static void list_draw(struct pane *p, struct app *app, bool focused)
{
    struct list *l = list_of(p);
    int rows = p->at.rows;
    fit_width(l, app, p->at.cols);
    fit(l);
    if (l->drawn.search != app->search.generation || l->drawn.focused != focused)
        p->dirty = true;
    int64_t moved = (int64_t)l->view.top - (int64_t)l->drawn.top;
    bool wide = p->at.x == 0 && p->at.cols == app->cols;
    if (p->dirty || moved >= rows || -moved >= rows || (moved && !wide)) {
        draw_rows(l, app, 0, rows, focused);
    } else {
        if (moved) {
            frame_scroll(app->frame, p->at.y, rows, (int)moved);
            draw_rows(l, app, moved > 0 ? rows - moved : 0, moved > 0 ? rows : -moved, focused);
        }
        if (l->view.selected != l->drawn.selected || moved) {
            draw_one(l, app, l->drawn.selected, focused);
            draw_one(l, app, l->view.selected, focused);
        }
    }
    p->dirty = false;
    l->drawn.selected = l->view.selected;
    l->drawn.top = l->view.top;
    l->drawn.search = app->search.generation;
    l->drawn.focused = focused;
}

void list_show(struct list *l, struct app *app)
{
    const struct list_row *row = list_selected(l);
    if (row && l->source->moved)
        l->source->moved(l, app, row);
}

static void moved_to(struct list *l, struct app *app, size_t before)
{
    if (l->view.selected != before)
        list_show(l, app);
}

static bool list_move(struct pane *p, struct app *app, enum move how, long n)
{
    struct list *l = list_of(p);
    app_lay_out(app);
    fit_width(l, app, p->at.cols);
    fit(l);
    size_t before = l->view.selected;
    switch (how) {
    case MOVE_LINES:
        viewport_move(&l->view, n);
        break;
    case MOVE_PAGES:
    case MOVE_HALVES:
        viewport_page(&l->view, how == MOVE_PAGES ? 2 * n : n);
        break;
    case MOVE_TO:
        viewport_jump(&l->view, n > 0 ? (size_t)n - 1 : 0);
        break;
    case MOVE_PERCENT:
        viewport_jump(&l->view, viewport_row_at(&l->view, (unsigned)n));
        break;
    }
    leave_heading(l, n < 0 && how != MOVE_TO ? -1 : 1);
    moved_to(l, app, before);
    return l->view.selected != before;
}

static bool list_thing(struct pane *p, struct app *app, struct thing *out)
{
    struct list *l = list_of(p);
    const struct list_row *row = list_selected(l);
    return row && l->source->thing && l->source->thing(l, app, row, out);
}

static void list_open_row(struct pane *p, struct app *app)
{
    struct list *l = list_of(p);
    const struct list_row *row = list_selected(l);
    struct thing thing = {0};
    if (row && l->source->open)
        l->source->open(l, app, row);
    else if (row && l->source->thing && l->source->thing(l, app, row, &thing) &&
             thing.where.article.v)
        app_go(app, thing.where, GO_JUMP | GO_FOCUS);
    else
        app_say(app, FACE_MESSAGE, "There is nothing to open here");
}

static bool list_card(struct pane *p, struct app *app, struct line *out)
{
    struct list *l = list_of(p);
    const struct list_row *row = list_selected(l);
    return row && l->source->card && l->source->card(l, app, row, out);
}

static void list_copy(struct pane *p, struct app *app, struct line *out)
{
    struct list *l = list_of(p);
    const struct list_row *row = list_selected(l);
    if (row)
        l->source->line(l, app, row, out);
}

static bool row_answers(struct list *l, struct app *app, size_t i)
{
    if (is_heading(l, i))
        return false;
    line_clear(&l->line);
    l->source->line(l, app, &l->rows.v[i], &l->line);
    return app_matches(app, line_text(&l->line));
}

/* The next row that answers, from `at` on and round the end; -1 when none of `budget` does. */
static int64_t next_answer(struct list *l, struct app *app, int64_t at, int step, int64_t budget)
{
    int64_t rows = (int64_t)l->rows.n;
    for (int64_t tried = 0; tried < budget; tried++) {
        at = (at + step + rows) % rows;
        if (row_answers(l, app, (size_t)at))
            return at;
    }
    return -1;
}

static void list_search(struct pane *p, struct app *app, long n, bool incremental)
{
    struct list *l = list_of(p);
    size_t before = l->view.selected;
    int64_t rows = (int64_t)l->rows.n, budget = rows, at = (int64_t)before;
    int step = n < 0 ? -1 : 1;
    if (n == 0) {
        if (incremental)
            list_select(l, l->search_from);
        l->search_from = incremental ? l->search_from : before;
        return;
    }
    if (incremental) { /* the row where one is may be the answer */
        at = (int64_t)l->search_from - step;
        if (app->asking.command)
            budget = rows < SEARCH_ROWS_INCREMENTAL ? rows : SEARCH_ROWS_INCREMENTAL;
    }
    for (long left = n * step; rows && left > 0 && at >= -1; left--) {
        at = next_answer(l, app, at, step, budget);
        if (at < 0)
            break;
    }
    if (rows && at >= 0) {
        viewport_jump(&l->view, (size_t)at);
        moved_to(l, app, before);
    } else if (!app->asking.command) {
        app_say(app, FACE_MESSAGE, "No line here answers the search");
    }
}

static const struct pane_ops list_ops = {
    .close = list_close,
    .taken = list_taken,
    .title = list_title,
    .draw = list_draw,
    .move = list_move,
    .open = list_open_row,
    .thing = list_thing,
    .card = list_card,
    .search = list_search,
    .rows_wanted = list_rows_wanted,
    .copy = list_copy,
};

struct pane *list_open(struct app *app, const struct list_source *source, void *own)
{
    struct list *l = mem_zalloc(sizeof *l);
    l->source = source;
    l->own = own;
    l->pane = (struct pane){.ops = &list_ops, .name = source->name, .context = source->context,
                            .dirty = true};
    source->fill(l, app, 0);
    list_select(l, 0);
    return &l->pane;
}

/* ---- what sources share ---- */

bool list_anew(struct list *l, unsigned changed, unsigned wanted)
{
    if (changed && !(changed & wanted))
        return false;
    vec_clear(&l->rows);
    return true;
}

uint64_t list_key(struct passage where)
{
    return (uint64_t)where.article.v << 32 | (where.at.begin + 1);
}

static bool passage_of(struct list *l, struct app *app, const struct list_row *row,
                       struct passage *out)
{
    struct thing thing = {0};
    bool is = l->source->thing(l, app, row, &thing) && thing.where.article.v;
    *out = thing.where;
    return is;
}

void list_preview(struct list *l, struct app *app, const struct list_row *row)
{
    struct passage where;
    if (passage_of(l, app, row, &where))
        app_go(app, where, GO_SHOW);
}

bool list_card_article(struct list *l, struct app *app, const struct list_row *row,
                       struct line *out)
{
    struct passage where;
    bool is = passage_of(l, app, row, &where);
    if (is)
        put_article(app, where.article, out);
    return is;
}

void list_put_place(const struct list *l, struct line *out)
{
    line_right(out);
    if (l->rows.n)
        line_printf(out, FACE_COUNT, "%zu of %zu", l->view.selected + 1, l->rows.n);
    else
        line_put(out, STR("none"), FACE_COUNT);
}
