/* The articles.  The list is sorted by a number made once for each row, so that a comparison
 * touches the rows alone; while the case is loading, new articles are sorted among themselves and
 * merged in, so that a hundred thousand of them cost no more than one sort. */
#include "tui/panes.h"

#include "tui/app.h"

#define OUTLET_COLS_MAX 16
#define TAG_COLS_MAX 12
#define TITLE_COLS  40 /* from here on the title has room for the order everybody expects */
#define TAGS_COLS   70 /* below that the title needs the room of the tags */
#define NARROW_COLS 50 /* no room for an outlet */

struct own {
    uint32_t seen;        /* articles 1..seen are in the list, or filtered out */
    uint32_t shown_from;  /* of how many when filtered */
    unsigned outlet_cols; /* of the widest outlet; 0: nobody states one */
    uint32_t unread;
    const struct articles *all; /* during a sort */
    enum sort sort;
    bool reversed;
};

/* ---- order ---- */

/* What a row is sorted by, as a number where one will do. */
static uint32_t sort_number(struct app *app, const struct own *o, const struct article *a,
                            article_id id)
{
    switch (o->sort) {
    case SORT_DATE:
        return a->published != DAY_NONE    ? (uint32_t)a->published ^ 0x80000000u
               : a->not_before != DAY_NONE ? (uint32_t)a->not_before ^ 0x80000000u
                                           : UINT32_MAX;
    case SORT_LENGTH:
        return UINT32_MAX - (uint32_t)a->text.n;
    case SORT_RELEVANCE: /* scores are small numbers above zero: a fixed point will do */
        return UINT32_MAX - (uint32_t)(list_filter_score(&app->filter, id) * 65536.0f);
    default:
        return 0;
    }
}

static int compare(const struct own *o, const struct list_row *x, const struct list_row *y)
{
    int c = 0;
    if (o->sort == SORT_TITLE || o->sort == SORT_OUTLET) {
        const struct article *a = article_at(o->all, (article_id){x->a});
        const struct article *b = article_at(o->all, (article_id){y->a});
        c = o->sort == SORT_TITLE ? str_cmp(a->title, b->title) : str_cmp(a->outlet, b->outlet);
    } else {
        c = (x->b > y->b) - (x->b < y->b);
    }
    if (o->reversed)
        c = -c;
    return c ? c : (x->a > y->a) - (x->a < y->a);
}

static int compare_rows(const void *x, const void *y, void *own)
{
    return compare(own, x, y);
}

/* ---- filling ---- */

static void add_articles(struct list *l, struct app *app, struct own *o, uint32_t from)
{
    for (uint32_t id = from; id <= o->all->n; id++) {
        const struct article *a = article_at(o->all, (article_id){id});
        unsigned cols = glyph_cols(a->outlet, OUTLET_COLS_MAX);
        if (cols > o->outlet_cols)
            o->outlet_cols = cols;
        if (list_filter_shows(&app->filter, (article_id){id}))
            vec_push(&l->rows,
                     ((struct list_row){id, id, sort_number(app, o, a, (article_id){id})}));
    }
}

/* Rows [0, n) and [n, rows.n) are each in order: makes one order of them. */
static void merge(struct list *l, struct own *o, size_t n)
{
    size_t rows = l->rows.n, i = 0, j = n, k = 0;
    if (n == 0 || n == rows || compare(o, &l->rows.v[n - 1], &l->rows.v[n]) <= 0)
        return;
    struct list_row *out = mem_alloc(rows * sizeof *out);
    while (i < n || j < rows)
        out[k++] = j == rows || (i < n && compare(o, &l->rows.v[i], &l->rows.v[j]) <= 0)
                       ? l->rows.v[i++]
                       : l->rows.v[j++];
    free(l->rows.v);
    l->rows.v = out;
    l->rows.cap = rows;
}

static void count_unread(struct app *app, struct own *o)
{
    o->unread = 0;
    for (uint32_t id = 1; id <= o->all->n; id++)
        o->unread += !state_is_read(&app->state, article_at(o->all, (article_id){id})->key);
}

static bool fill(struct list *l, struct app *app, unsigned changed)
{
    struct own *o = l->own;
    o->all = dossier_articles(app->dossier);
    bool anew =
        changed == 0 || (changed & PANE_REFILL) ||
        (app->state.filter.n && (changed & (CHANGED_ARTICLES | CHANGED_FOUND | PANE_NOTES)));
    if (anew) {
        vec_clear(&l->rows);
        o->seen = 0;
        o->sort = app->state.sort;
        o->reversed = app->state.reversed;
        list_filter_run(app);
    }
    if (anew || o->seen < o->all->n) {
        size_t had = l->rows.n;
        add_articles(l, app, o, o->seen + 1);
        if (l->rows.n > had)
            qsort_r(l->rows.v + had, l->rows.n - had, sizeof(struct list_row), compare_rows, o);
        merge(l, o, had);
        count_unread(app, o);
        o->seen = o->all->n;
        return true;
    }
    return changed & (CHANGED_LINKS | PANE_NOTES);
}

/* ---- looks ---- */

static void put_date(struct line *out, const struct article *a)
{
    int32_t day = a->published != DAY_NONE ? a->published : a->not_before;
    if (day == DAY_NONE) {
        line_cell(out, STR("undated"), 10, FACE_DATE);
        return;
    }
    struct civil c = day_to_civil(day);
    char date[32];
    int n = snprintf(date, sizeof date, "%s%04d-%02d-%02d", a->published != DAY_NONE ? "" : "≥",
                     c.year, c.month, c.day);
    if (a->published == DAY_NONE)
        n = (int)sizeof "≥2023-08" - 1; /* as many cells as any date has: month precision will do */
    line_cell(out, str_from(date, (size_t)n), 10, FACE_DATE);
}

static void row_line(struct list *l, struct app *app, const struct list_row *row, struct line *out)
{
    struct own *o = l->own;
    const struct article *a = dossier_article(app->dossier, (article_id){row->a});
    put_date(out, a);
    line_put(out, STR("  "), FACE_TEXT);
    if (o->outlet_cols && l->pane.at.cols >= NARROW_COLS) {
        line_cell(out, a->outlet, o->outlet_cols, FACE_OUTLET);
        line_put(out, STR("  "), FACE_TEXT);
    }
    line_put_flat(out, a->title, look_of(FACE_TEXT));
    line_right(out);
    if (a->tags.n && l->pane.at.cols >= TAGS_COLS)
        line_cell(out, a->tags, glyph_cols(a->tags, TAG_COLS_MAX), FACE_TAG);
    if (notes_in_article(app->notes, app->dossier, (article_id){row->a}).n)
        line_put(out, STR(" ●"), FACE_NOTE);
    const struct links *links = dossier_links(app->dossier);
    if (row->a <= links->n_articles && links->near_copy_of[row->a].v)
        line_put(out, STR(" ≈"), FACE_MARGIN);
    if (a->issues)
        line_put(out, STR(" !"), FACE_ERROR);
    if (!state_is_read(&app->state, a->key))
        line_flag(out, LOOK_BOLD);
}

static void title(struct list *l, struct app *app, struct line *out)
{
    struct own *o = l->own;
    line_printf(out, FACE_TITLE, "Articles · %zu", l->rows.n);
    if (app->state.filter.n)
        line_printf(out, FACE_TITLE, " of %u · %.*s", o->all->n, (int)app->state.filter.n,
                    app->state.filter.v);
    if (l->pane.at.cols >= TITLE_COLS || app->state.sort != SORT_DATE || app->state.reversed)
        line_printf(out, FACE_TITLE, "%s by %s%s", app->state.filter.n ? " ·" : "",
                    sort_name(app->state.sort), app->state.reversed ? ", turned round" : "");
    if (o->unread && o->unread < o->all->n)
        line_printf(out, FACE_TITLE, " · %u unread", o->unread);
}

static bool thing(struct list *l, struct app *app, const struct list_row *row, struct thing *out)
{
    (void)l, (void)app;
    *out = (struct thing){.kind = THING_ARTICLE, .where = {{row->a}, {0, 0}}};
    return true;
}

static void moved(struct list *l, struct app *app, const struct list_row *row)
{
    (void)l;
    if (app->settings.v[SETTING_PREVIEW])
        app_go(app, (struct passage){{row->a}, {0, 0}}, GO_SHOW);
}

static void open_row(struct list *l, struct app *app, const struct list_row *row)
{
    (void)l;
    bool here = app_article(app).v == row->a;
    struct passage to = here ? app_here(app) : (struct passage){{row->a}, {0, 0}};
    app_go(app, to, here ? GO_FOCUS : GO_JUMP | GO_FOCUS);
}

static const struct list_source source = {
    .name = "Articles",
    .context = IN_ARTICLES,
    .fill = fill,
    .line = row_line,
    .thing = thing,
    .title = title,
    .moved = moved,
    .open = open_row,
};

struct pane *articles_open(struct app *app)
{
    struct own *o = mem_zalloc(sizeof *o);
    return list_open(app, &source, o);
}

/* ---- for the session ---- */

bool articles_select(struct pane *p, article_id a)
{
    const struct list_row *row = list_selected(list_of(p));
    if (row && row->a == a.v)
        return true;
    return list_select_key(list_of(p), a.v);
}

static int64_t row_of(const struct list *l, article_id a)
{
    if (l->view.selected < l->rows.n && l->rows.v[l->view.selected].a == a.v)
        return l->view.selected;
    for (size_t i = 0; i < l->rows.n; i++)
        if (l->rows.v[i].a == a.v)
            return (int64_t)i;
    return -1;
}

article_id articles_step(struct pane *p, struct app *app, article_id a, long n, bool unread)
{
    struct list *l = list_of(p);
    int64_t i = row_of(l, a), step = n < 0 ? -1 : 1;
    article_id found = NO_ARTICLE;
    if (i < 0)
        i = (int64_t)l->view.selected - step;
    for (i += step; n && i >= 0 && i < (int64_t)l->rows.n; i += step) {
        article_id id = {l->rows.v[i].a};
        if (unread && state_is_read(&app->state, dossier_article(app->dossier, id)->key))
            continue;
        found = id;
        n -= step;
    }
    return found;
}

void articles_read_changed(struct pane *p, int unread)
{
    struct own *o = list_of(p)->own;
    o->unread += (uint32_t)unread;
    p->dirty = true;
}

uint32_t articles_place(struct pane *p, article_id a, uint32_t *n)
{
    struct list *l = list_of(p);
    *n = (uint32_t)l->rows.n;
    return (uint32_t)(row_of(l, a) + 1);
}
