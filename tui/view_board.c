/* The board of one quotation: every wording, earliest first, each against the earliest.  Words that
 * a wording lacks and has more are marked by face and sign; long stretches in common are cut to
 * their ends, so that what differs is on the screen.  Passages that repeat the words without marks
 * stand among them. */
#include "core/align.h"
#include "tui/app.h"
#include "tui/card.h"
#include "tui/panes.h"

struct own {
    struct passage first; /* the earliest wording: the group is found again by it after a relink */
    group_id group;
};

static bool find_group(struct app *app, struct own *o)
{
    struct quote_run run = dossier_quotes(app->dossier, o->first.article);
    for (uint32_t i = 0; i < run.n; i++)
        if (run.v[i].at.begin == o->first.at.begin && run.v[i].at.end == o->first.at.end) {
            o->group = run.v[i].group;
            return true;
        }
    return false;
}

static struct passage passage_of(const struct links *l, uint32_t row)
{
    return (struct passage){links_quote_article(l, row), l->quotes[row].at};
}

static bool fill(struct list *l, struct app *app, unsigned changed)
{
    struct own *o = l->own;
    const struct links *links = dossier_links(app->dossier);
    if (changed && !(changed & CHANGED_LINKS))
        return false;
    vec_clear(&l->rows);
    if (!find_group(app, o))
        return true;
    struct row_run run = links_of_group(links, o->group);
    for (uint32_t i = 0; i < run.n; i++) {
        struct passage p = passage_of(links, run.v[i]);
        vec_push(&l->rows, ((struct list_row){(uint64_t)p.article.v << 32 | (p.at.begin + 1), run.v[i], i}));
    }
    if (run.n)
        o->first = passage_of(links, run.v[0]);
    return true;
}

/* "cut, number changed": what a wording does to the earliest. */
static void put_flags(struct line *out, unsigned flags, const struct quote *q, const struct quote *first)
{
    for (unsigned i = 0; i < DIFFERENCES; i++)
        if (flags & 1u << i) {
            enum difference d = (enum difference)(1u << i);
            bool grave = d & (DIFFERENCE_NEGATION | DIFFERENCE_NUMBER | DIFFERENCE_NAME);
            line_put(out, STR("  "), FACE_TEXT);
            line_put(out, str_of(difference_name(d)), grave ? FACE_CONFLICT : FACE_TAG);
        }
    if (q->kind == QUOTE_BLOCK)
        line_put(out, STR("  no marks"), FACE_TAG);
    if (q->speaker_entity.v && first->speaker_entity.v && q->speaker_entity.v != first->speaker_entity.v)
        line_put(out, STR("  other speaker"), FACE_CONFLICT);
}

static void row_line(struct list *l, struct app *app, const struct list_row *row, struct line *out)
{
    struct own *o = l->own;
    const struct links *links = dossier_links(app->dossier);
    const struct quote *q = &links->quotes[row->a], *first = &links->quotes[l->rows.v[0].a];
    const struct article *a = dossier_article(app->dossier, links_quote_article(links, row->a));
    const struct article *b = dossier_article(app->dossier, o->first.article);
    struct arena scratch = {0};
    struct str day = a->published == DAY_NONE ? STR("undated") : days_timex(&scratch, days_of_day(a->published));
    line_cell(out, day, 11, FACE_DATE);
    unsigned flags = 0;
    if (row->b == 0) {
        line_put_flat(out, str_at(a->text, q->at), look_of(FACE_QUOTE));
    } else {
        struct word_run theirs = words_of(&scratch, b->text, first->at), ours = words_of(&scratch, a->text, q->at);
        struct edit_run edits = align_words(&scratch, theirs, ours);
        flags = difference_of(theirs, ours, edits);
        line_put_edits(out, edits, b->text, theirs, a->text, ours);
    }
    line_right(out);
    put_flags(out, flags, q, first);
    line_put(out, STR("  "), FACE_TEXT);
    line_put_flat(out, a->outlet, look_of(FACE_OUTLET));
    arena_finish(&scratch);
}

static void title(struct list *l, struct app *app, struct line *out)
{
    const struct links *links = dossier_links(app->dossier);
    line_printf(out, FACE_TITLE, "Quotation · %zu wording%s", l->rows.n, l->rows.n == 1 ? "" : "s");
    const struct quote *q = l->rows.n ? &links->quotes[l->rows.v[0].a] : NULL;
    if (q && q->speaker_entity.v && q->speaker_entity.v < links->n_entities) {
        line_put(out, STR(" · "), FACE_TITLE);
        line_put_flat(out, links->entities[q->speaker_entity.v].name, look_of(FACE_TITLE));
    }
    line_right(out);
    if (l->rows.n)
        line_printf(out, FACE_COUNT, "%zu of %zu, earliest first", l->view.selected + 1, l->rows.n);
}

static bool thing(struct list *l, struct app *app, const struct list_row *row, struct thing *out)
{
    (void)l;
    const struct links *links = dossier_links(app->dossier);
    const struct quote *q = &links->quotes[row->a];
    struct passage p = passage_of(links, row->a);
    *out = (struct thing){.kind = THING_QUOTE, .where = p, .entity = q->speaker_entity, .group = q->group,
                          .row = row->a - links->quote_starts[p.article.v]};
    return true;
}

static void moved(struct list *l, struct app *app, const struct list_row *row)
{
    (void)l;
    app_go(app, passage_of(dossier_links(app->dossier), row->a), GO_SHOW);
}

static void close_list(struct list *l)
{
    free(l->own);
}

static const struct list_source source = {
    .name = "Quotation",
    .context = IN_BOARD,
    .fill = fill,
    .line = row_line,
    .thing = thing,
    .title = title,
    .moved = moved,
    .close = close_list,
};

struct pane *board_open(struct app *app, struct passage wording)
{
    struct own *o = mem_alloc(sizeof *o);
    *o = (struct own){.first = wording};
    return list_open(app, &source, o);
}
