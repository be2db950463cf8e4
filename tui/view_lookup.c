/* Quote look-up: what one remembers of a quotation, and the passages that hold it, best first,
 * as it is typed; a last word that is still being typed finds what begins with it ("begun").  The
 * first column says how each matches; what a near one lacks or adds is marked by face and sign, and
 * what follows in its paragraph stands behind it, dimmed.  With nothing typed the rows are the
 * speakers, who is quoted most first; Enter on one goes to what they said. */
#include "core/lookup.h"
#include "tui/app.h"
#include "tui/card.h"
#include "tui/panes.h"

#define ANSWERS_MAX 50
#define WIDE_COLS   100 /* from here on a row has room for its whole source */
#define TITLE_COLS  50 /* from here on the title says what to do */
#define OUTLET_COLS 70  /* from here on for its outlet */
#define AFTER_BYTES 200

struct own {
    struct arena memory; /* of the query and the answers */
    struct str query;
    struct lookup_result found;
};

static int by_count(const void *x, const void *y)
{
    const struct list_row *a = x, *b = y;
    return a->b != b->b ? (a->b > b->b ? -1 : 1) : (a->a > b->a) - (a->a < b->a);
}

/* Row of a speaker: a is the entity, b how many quotations. */
static void fill_speakers(struct list *l, struct app *app)
{
    const struct links *links = dossier_links(app->dossier);
    uint32_t *spoken = quotes_spoken(links);
    for (uint32_t e = 1; e < links->n_entities; e++)
        if (spoken[e])
            vec_push(&l->rows, ((struct list_row){e, e, spoken[e]}));
    free(spoken);
    if (l->rows.n)
        qsort(l->rows.v, l->rows.n, sizeof *l->rows.v, by_count);
}

static bool fill(struct list *l, struct app *app, unsigned changed)
{
    struct own *o = l->own;
    if (!list_anew(l, changed, CHANGED_INDEX | CHANGED_FOUND | CHANGED_LINKS | PANE_REFILL))
        return false;
    struct arena fresh = {0};
    struct str query = arena_str(&fresh, o->query);
    arena_finish(&o->memory);
    o->memory = fresh;
    o->query = query;
    o->found = lookup_typed(app->dossier, o->query, ANSWERS_MAX, &o->memory);
    lookup_more(app->dossier, o->query, ANSWERS_MAX, &o->found, &o->memory);
    if (o->query.n == 0)
        fill_speakers(l, app);
    for (uint32_t i = 0; i < o->found.n; i++)
        vec_push(&l->rows, ((struct list_row){list_key(o->found.v[i].where), i, 0}));
    return true;
}

static const struct quote *quote_of(struct app *app, const struct lookup_hit *h)
{
    struct quote_run run = dossier_quotes(app->dossier, h->where.article);
    return h->quote && h->quote <= run.n ? &run.v[h->quote - 1] : NULL;
}

static void speaker_line(struct app *app, const struct list_row *row, struct line *out)
{
    const struct links *links = dossier_links(app->dossier);
    if (row->a >= links->n_entities)
        return;
    line_printf(out, FACE_COUNT, "%5u×  ", row->b);
    line_put(out, links->entities[row->a].name, FACE_SPEAKER);
}

/* What goes on behind the words found, to the end of the paragraph. */
static void put_after(struct line *out, const struct article *a, uint32_t from)
{
    size_t end = from;
    while (end < a->text.n && end < from + AFTER_BYTES && a->text.p[end] != '\n')
        end++;
    while (end > from && end < a->text.n && ((unsigned char)a->text.p[end] & 0xc0) == 0x80)
        end--;
    line_put_flat(out, str_at(a->text, span_of(from, end)),
                  (struct look){FACE_FURNITURE, LOOK_DIM});
}

/* Is the query a wording of the passage, so that the difference says something?  A few words that
 * were remembered are not: those are shown where they stand. */
static bool is_wording(struct edit_run edits, struct word_run query, struct word_run passage)
{
    return edits.same * 3 >= query.n * 2 && edits.same * 2 >= passage.n;
}

/* How far a passage whose last word is only begun in the query is what was typed. */
static uint32_t typed_end(const struct article *a, struct span at, struct str query)
{
    struct arena scratch = {0};
    struct word_run ours = words_of(&scratch, query, span_of(0, query.n)),
                    theirs = words_of(&scratch, a->text, at);
    struct span last = theirs.v[theirs.n - 1].at;
    uint32_t typed = span_length(ours.v[ours.n - 1].at);
    while (typed < span_length(last) &&
           ((unsigned char)a->text.p[last.begin + typed] & 0xc0) == 0x80)
        typed++;
    arena_finish(&scratch);
    return last.begin + (typed < span_length(last) ? typed : span_length(last));
}

#define BEFORE_BYTES 24 /* of text before the first remembered word */

/* The passage with the words that were remembered, in whatever order, lit up in it. */
static void put_remembered(struct line *out, const struct article *a, struct span at,
                           struct word_run query, struct word_run passage)
{
    uint32_t from = at.begin > BEFORE_BYTES ? at.begin - BEFORE_BYTES : 0;
    while (from > 0 && from < at.begin && a->text.p[from - 1] != ' ')
        from++;
    for (uint32_t i = 0; i < passage.n; i++) {
        bool remembered = false;
        for (uint32_t k = 0; k < query.n && !remembered; k++)
            remembered = word_likeness(&query.v[k], &passage.v[i]) != LIKE_NOT;
        if (!remembered)
            continue;
        struct span w = passage.v[i].at;
        line_put_flat(out, str_at(a->text, span_of(from, w.begin)), look_of(FACE_TEXT));
        line_put_flat(out, str_at(a->text, w), (struct look){FACE_QUOTE, LOOK_HIT});
        from = w.end;
    }
    line_put_flat(out, str_at(a->text, span_of(from, at.end)), look_of(FACE_TEXT));
}

static void row_line(struct list *l, struct app *app, const struct list_row *row, struct line *out)
{
    struct own *o = l->own;
    if (o->query.n == 0) {
        speaker_line(app, row, out);
        return;
    }
    const struct lookup_hit *h = &o->found.v[row->a];
    const struct article *a = dossier_article(app->dossier, h->where.article);
    bool same = h->match <= LOOKUP_BEGUN;
    uint32_t end = h->match == LOOKUP_BEGUN ? typed_end(a, h->where.at, o->query) : h->where.at.end;
    line_cell(out, str_of(lookup_match_name(h->match)), 8, same ? FACE_COUNT : FACE_CONFLICT);
    if (same) {
        line_put_flat(out, str_at(a->text, span_of(h->where.at.begin, end)), look_of(FACE_QUOTE));
    } else {
        struct arena scratch = {0};
        struct word_run ours, theirs;
        struct str asked;
        struct edit_run edits =
            lookup_difference(&scratch, app->dossier, o->query, h, &asked, &ours, &theirs);
        if (is_wording(edits, ours, theirs))
            line_put_edits(out, edits, asked, ours, a->text, theirs, false);
        else
            put_remembered(out, a, h->where.at, ours, theirs);
        arena_finish(&scratch);
    }
    put_after(out, a, end);
    line_right(out);
    const struct quote *q = quote_of(app, h);
    const struct links *links = dossier_links(app->dossier);
    line_put(out, STR("  "), FACE_TEXT);
    if (q && q->speaker_entity.v && q->speaker_entity.v < links->n_entities)
        line_put_flat(out, links->entities[q->speaker_entity.v].name, look_of(FACE_SPEAKER));
    if (l->pane.at.cols < OUTLET_COLS || (l->pane.at.cols < WIDE_COLS && !a->outlet.n))
        return; /* the card line says where */
    line_put(out, STR("  "), FACE_TEXT);
    if (l->pane.at.cols < WIDE_COLS)
        line_put_flat(out, a->outlet, look_of(FACE_OUTLET));
    else
        put_source(app, h->where.article, out, FACE_OUTLET);
}

static bool on_speaker(const struct list *l)
{
    return ((const struct own *)l->own)->query.n == 0;
}

static void title(struct list *l, struct app *app, struct line *out)
{
    struct own *o = l->own;
    (void)app;
    line_put(out, STR("Look up"), FACE_TITLE);
    if (o->query.n) {
        line_put(out, STR(" · "), FACE_TITLE);
        line_put_flat(out, o->query, look_of(FACE_TITLE));
    }
    line_right(out);
    if (on_speaker(l) && l->rows.n)
        line_printf(out, FACE_COUNT,
                    l->pane.at.cols < TITLE_COLS ? "%zu speakers"
                                                 : "%zu speakers · type what you remember",
                    l->rows.n);
    else if (l->rows.n)
        line_printf(out, FACE_COUNT, "%zu of %zu%s", l->view.selected + 1, l->rows.n,
                    o->found.cut_short ? ", and more" : "");
    else
        line_put(out, o->query.n ? STR("nothing") : STR("type what you remember"), FACE_COUNT);
}

static bool thing(struct list *l, struct app *app, const struct list_row *row, struct thing *out)
{
    struct own *o = l->own;
    if (on_speaker(l)) {
        *out = (struct thing){.kind = THING_ENTITY, .entity = {row->a}};
        return true;
    }
    const struct lookup_hit *h = &o->found.v[row->a];
    const struct quote *q = quote_of(app, h);
    *out = (struct thing){.kind = THING_PASSAGE, .where = h->where};
    if (q) {
        out->kind = THING_QUOTE;
        out->entity = q->speaker_entity;
        out->group = q->group;
        out->row = h->quote - 1;
    }
    return true;
}

static void open_row(struct list *l, struct app *app, const struct list_row *row)
{
    struct own *o = l->own;
    if (on_speaker(l))
        app_push(app, SLOT_LIST, quotes_open(app, false, (entity_id){row->a}));
    else
        app_go(app, o->found.v[row->a].where, GO_JUMP | GO_FOCUS);
}

static bool card(struct list *l, struct app *app, const struct list_row *row, struct line *out)
{
    struct own *o = l->own;
    struct thing it;
    if (on_speaker(l))
        return false;
    const struct lookup_hit *h = &o->found.v[row->a];
    line_printf(out, FACE_CARD, "%s · ", lookup_match_name(h->match));
    if (thing(l, app, row, &it) && it.kind == THING_QUOTE) {
        card_put(app, &it, out);
        line_put(out, STR(" · "), FACE_CARD);
    }
    put_article(app, h->where.article, out);
    return true;
}

static void close_list(struct list *l)
{
    struct own *o = l->own;
    arena_finish(&o->memory);
}

static const struct list_source source = {
    .name = "Look up",
    .context = IN_LOOKUP,
    .fill = fill,
    .line = row_line,
    .thing = thing,
    .title = title,
    .moved = list_preview,
    .open = open_row,
    .steady = true,
    .card = card,
    .close = close_list,
};

struct pane *lookup_open(struct app *app, struct str query)
{
    struct own *o = mem_zalloc(sizeof *o);
    o->query = arena_str(&o->memory, query);
    return list_open(app, &source, o);
}

void lookup_ask(struct pane *p, struct app *app, struct str query)
{
    struct own *o = list_of(p)->own;
    o->query = arena_str(&o->memory, query);
    p->ops->taken(p, app, PANE_REFILL);
    list_select(list_of(p), 0);
    p->dirty = true;
}

struct str lookup_query(struct pane *p)
{
    return ((const struct own *)list_of(p)->own)->query;
}
