/* Passages in context: every place a query stands, or every mention of an entity, one a row, with
 * the words looked for under one another.  Moving in it shows the passage in the text. */
#include "core/text.h"
#include "tui/app.h"
#include "tui/panes.h"

#define HITS_MAX 100000
#define SOURCE_COLS 12
#define NARROW_COLS 60

struct own {
    entity_id entity; /* or none: */
    struct str query;
    struct str name;  /* of the entity: found again by it after a relink */
    struct arena memory;
    VEC(struct passage) places;
    uint32_t articles;
    bool cut_short;
};

static void add(struct own *o, struct passage p)
{
    o->articles += o->places.n == 0 || vec_last(&o->places)->article.v != p.article.v;
    vec_push(&o->places, p);
}

static void gather_mentions(struct app *app, struct own *o)
{
    const struct links *l = dossier_links(app->dossier);
    if (o->entity.v >= l->n_entities || !str_eq(l->entities[o->entity.v].name, o->name))
        o->entity = links_find_entity(l, o->name);
    if (o->entity.v == 0)
        return;
    struct row_run rows = links_of_entity(l, o->entity);
    for (uint32_t i = 0; i < rows.n; i++)
        add(o, (struct passage){links_mention_article(l, rows.v[i]), l->mentions[rows.v[i]].at});
}

static void gather_hits(struct app *app, struct own *o)
{
    struct query_result result;
    if (!app_run_query(app, o->query, HITS_MAX, &result))
        return;
    for (size_t i = 0; i < result.hits.n; i++)
        add(o, result.hits.v[i].where);
    o->cut_short = result.cut_short;
    query_result_free(&result);
}

static bool fill(struct list *l, struct app *app, unsigned changed)
{
    struct own *o = l->own;
    unsigned wanted = o->name.n ? CHANGED_LINKS : CHANGED_ARTICLES | CHANGED_FOUND | CHANGED_INDEX;
    if (!list_anew(l, changed, wanted))
        return false;
    vec_clear(&o->places);
    o->articles = 0;
    if (o->name.n)
        gather_mentions(app, o);
    else
        gather_hits(app, o);
    for (uint32_t i = 0; i < o->places.n; i++)
        vec_push(&l->rows, ((struct list_row){list_key(o->places.v[i]), i, 0}));
    return true;
}

/* The words before `at` that fit into `cols` cells on one line, right-aligned in them. */
static void put_before(struct line *out, struct str text, uint32_t at, unsigned cols)
{
    uint32_t from = at;
    unsigned used = 0;
    struct glyph g;
    while (from > 0) {
        uint32_t before = (uint32_t)grapheme_before(text, from);
        glyph_at(text, before, &g);
        unsigned cells = text.p[before] == '\n' ? 1 : g.cols;
        if (used + cells > cols || (text.p[before] == '\n' && before && text.p[before - 1] == '\n'))
            break;
        used += cells;
        from = before;
    }
    line_cell(out, STR(""), cols - used, FACE_TEXT);
    /* Blank for blank, so that the cells come out as counted. */
    for (uint32_t i = from; i < at;) {
        uint32_t end = i;
        while (end < at && text.p[end] != '\n')
            end++;
        line_put(out, str_from(text.p + i, end - i), FACE_TEXT);
        if (end < at)
            line_put(out, STR(" "), FACE_TEXT);
        i = end + 1;
    }
}

void context_put(struct app *app, struct passage where, unsigned cols, struct line *out)
{
    const struct article *a = dossier_article(app->dossier, where.article);
    if (!a)
        return;
    uint32_t end =
        where.at.end + cols * 4 < a->text.n ? where.at.end + cols * 4 : (uint32_t)a->text.n;
    while (end < a->text.n && ((unsigned char)a->text.p[end] & 0xc0) == 0x80)
        end++;
    if (span_is_empty(where.at)) {
        line_put_flat(out, a->title, look_of(FACE_TEXT));
        return;
    }
    put_before(out, a->text, where.at.begin, cols / 3);
    line_put_flat(out, str_at(a->text, where.at), (struct look){FACE_TEXT, LOOK_HIT});
    line_put_flat(out, str_at(a->text, span_of(where.at.end, end)), look_of(FACE_TEXT));
}

static void row_line(struct list *l, struct app *app, const struct list_row *row, struct line *out)
{
    struct own *o = l->own;
    struct passage where = o->places.v[row->a];
    const struct article *a = dossier_article(app->dossier, where.article);
    unsigned cols = l->pane.at.cols > 1 ? (unsigned)l->pane.at.cols - 1 : 0;
    if (a && cols >= NARROW_COLS) {
        struct arena scratch = {0};
        struct str date = a->published != DAY_NONE
                              ? days_timex(&scratch, days_of_day(a->published)) : STR("undated");
        line_cell(out, date, 10, FACE_DATE);
        line_put(out, STR(" "), FACE_TEXT);
        line_cell(out, a->outlet.n ? a->outlet : a->title, SOURCE_COLS, FACE_OUTLET);
        line_put(out, STR(" "), FACE_TEXT);
        arena_finish(&scratch);
        cols -= 10 + SOURCE_COLS + 2;
    }
    context_put(app, where, cols, out);
}

static void title(struct list *l, struct app *app, struct line *out)
{
    (void)app;
    struct own *o = l->own;
    line_put(out, o->name.n ? STR("Mentions · ") : STR("Search · "), FACE_TITLE);
    line_put(out, o->name.n ? o->name : o->query, FACE_TITLE);
    line_right(out);
    if (l->rows.n)
        line_printf(out, FACE_COUNT, "%zu of %zu in %u %s%s", l->view.selected + 1, l->rows.n,
                    o->articles, o->articles == 1 ? "article" : "articles",
                    o->cut_short ? ", cut short" : "");
    else
        line_put(out, STR("nothing"), FACE_COUNT);
}

static bool thing(struct list *l, struct app *app, const struct list_row *row, struct thing *out)
{
    (void)app;
    struct own *o = l->own;
    *out = (struct thing){.kind = o->name.n ? THING_ENTITY : THING_PASSAGE,
                          .where = o->places.v[row->a], .entity = o->entity};
    return true;
}

static void close_list(struct list *l)
{
    struct own *o = l->own;
    vec_free(&o->places);
    arena_finish(&o->memory);
}

static const struct list_source source = {
    .name = "Passages",
    .context = IN_HITS,
    .fill = fill,
    .line = row_line,
    .thing = thing,
    .title = title,
    .moved = list_preview,
    .card = list_card_article,
    .close = close_list,
};

struct pane *hits_open_query(struct app *app, struct str query)
{
    struct own *o = mem_zalloc(sizeof *o);
    o->query = arena_str(&o->memory, query);
    return list_open(app, &source, o);
}

struct pane *hits_open_entity(struct app *app, entity_id e)
{
    struct own *o = mem_zalloc(sizeof *o);
    o->entity = e;
    o->name = arena_str(&o->memory, dossier_links(app->dossier)->entities[e.v].name);
    return list_open(app, &source, o);
}
