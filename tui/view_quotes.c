/* The quotations of the case: in the order of the articles, or under their speakers, the one who
 * is quoted most first.  Every wording of one quotation is one row with the count of printings. */
#include "tui/app.h"
#include "tui/panes.h"

struct own {
    bool by_speaker;
    struct str only;           /* the name of the only speaker shown; empty: all */
    struct arena memory;       /* of that name */
    uint32_t n;                /* quotations, without the headings */
    const struct links *links; /* during a sort */
    uint32_t *spoken;          /* by entity: how many quotations */
};

/* The first printing of each group, and quotations that belong to none; reported speech is left
 * out, since nobody is quoted in it. */
static bool is_shown(const struct links *l, uint32_t i)
{
    const struct quote *q = &l->quotes[i];
    if (q->kind == QUOTE_INDIRECT || span_is_empty(q->at))
        return false;
    return q->group.v == 0 || links_of_group(l, q->group).v[0] == i;
}

static int by_speaker(const void *x, const void *y, void *own)
{
    const struct own *o = own;
    const struct list_row *a = x, *b = y;
    uint32_t m = o->spoken[a->b], n = o->spoken[b->b];
    if (!a->b != !b->b)
        return a->b ? -1 : 1; /* speakers unknown come last */
    if (m != n)
        return m > n ? -1 : 1;
    if (a->b != b->b)
        return a->b < b->b ? -1 : 1;
    return (a->a > b->a) - (a->a < b->a);
}

/* Puts a heading before each speaker's rows. */
static void add_headings(struct list *l)
{
    size_t n = l->rows.n, headings = 0;
    for (size_t i = 0; i < n; i++)
        headings += i == 0 || l->rows.v[i].b != l->rows.v[i - 1].b;
    vec_reserve(&l->rows, headings);
    l->rows.n = n + headings;
    for (size_t to = l->rows.n, i = n; i-- > 0;) {
        uint32_t who = l->rows.v[i].b;
        l->rows.v[--to] = l->rows.v[i];
        if (i == 0 || who != l->rows.v[i - 1].b)
            l->rows.v[--to] = (struct list_row){0, 0, who};
    }
}

uint32_t *quotes_spoken(const struct links *l)
{
    uint32_t *n = mem_alloc((l->n_entities + 1) * sizeof *n);
    memset(n, 0, (l->n_entities + 1) * sizeof *n);
    for (uint32_t i = 0; i < l->n_quotes; i++)
        if (l->quotes[i].speaker_entity.v <= l->n_entities)
            n[l->quotes[i].speaker_entity.v] += is_shown(l, i);
    return n;
}

static bool fill(struct list *l, struct app *app, unsigned changed)
{
    struct own *o = l->own;
    const struct links *links = dossier_links(app->dossier);
    if (!list_anew(l, changed, CHANGED_LINKS))
        return false;
    free(o->spoken);
    o->spoken = quotes_spoken(links);
    uint32_t only = o->only.n ? links_find_entity(links, o->only).v : 0;
    for (uint32_t i = 0; i < links->n_quotes; i++) {
        if (!is_shown(links, i))
            continue;
        article_id a = links_quote_article(links, i);
        uint32_t who = links->quotes[i].speaker_entity.v;
        if (o->only.n && who != only)
            continue;
        vec_push(&l->rows,
                 ((struct list_row){list_key((struct passage){a, links->quotes[i].at}), i, who}));
    }
    o->n = (uint32_t)l->rows.n;
    if (o->by_speaker && o->n) {
        qsort_r(l->rows.v, l->rows.n, sizeof(struct list_row), by_speaker, o);
        add_headings(l);
    }
    return true;
}

static struct str name_of(const struct links *l, uint32_t e)
{
    return e && e < l->n_entities ? l->entities[e].name : STR("Speaker unknown");
}

static void row_line(struct list *l, struct app *app, const struct list_row *row, struct line *out)
{
    struct own *o = l->own;
    const struct links *links = dossier_links(app->dossier);
    if (row->key == 0) {
        line_put(out, name_of(links, row->b), FACE_HEADLINE);
        line_printf(out, FACE_COUNT, " · %u", o->spoken[row->b]);
        return;
    }
    const struct quote *q = &links->quotes[row->a];
    article_id a = links_quote_article(links, row->a);
    if (o->by_speaker)
        line_put(out, STR("  "), FACE_TEXT);
    else if (row->b && !o->only.n) {
        line_put(out, name_of(links, row->b), FACE_SPEAKER);
        line_put(out, STR(": "), FACE_TEXT);
    }
    line_put_flat(out, str_at(dossier_article(app->dossier, a)->text, q->at), look_of(FACE_QUOTE));
    line_right(out);
    uint32_t printings = q->group.v ? links_of_group(links, q->group).n : 1;
    if (printings > 1)
        line_printf(out, FACE_COUNT, "  %u×", printings);
    if (q->open)
        line_put(out, STR(" never closed"), FACE_CONFLICT);
}

static void title(struct list *l, struct app *app, struct line *out)
{
    (void)app;
    struct own *o = l->own;
    line_printf(out, FACE_TITLE, "Quotations · %u%s", o->n,
                o->by_speaker ? " by speaker"
                : o->only.n   ? " · "
                              : "");
    line_put_flat(out, o->only, look_of(FACE_TITLE));
    line_right(out);
    if (l->rows.n)
        line_printf(out, FACE_COUNT, "%zu%%", (size_t)(l->view.selected + 1) * 100 / l->rows.n);
}

struct thing thing_of_quote(const struct links *l, uint32_t row)
{
    const struct quote *q = &l->quotes[row];
    article_id a = links_quote_article(l, row);
    return (struct thing){.kind = THING_QUOTE, .where = {a, q->at}, .entity = q->speaker_entity,
                          .group = q->group, .row = row - l->quote_starts[a.v]};
}

static bool thing(struct list *l, struct app *app, const struct list_row *row, struct thing *out)
{
    (void)l;
    *out = thing_of_quote(dossier_links(app->dossier), row->a);
    return true;
}

static void close_list(struct list *l)
{
    struct own *o = l->own;
    free(o->spoken);
    arena_finish(&o->memory);
}

static const struct list_source source = {
    .name = "Quotations",
    .context = IN_QUOTES,
    .fill = fill,
    .line = row_line,
    .thing = thing,
    .title = title,
    .moved = list_preview,
    .close = close_list,
};

struct pane *quotes_open(struct app *app, bool by, entity_id speaker)
{
    const struct links *links = dossier_links(app->dossier);
    struct own *o = mem_zalloc(sizeof *o);
    o->by_speaker = by;
    if (speaker.v && speaker.v < links->n_entities)
        o->only = arena_str(&o->memory, links->entities[speaker.v].name);
    return list_open(app, &source, o);
}
