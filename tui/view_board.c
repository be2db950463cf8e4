/* The board of one quotation: every wording, earliest first, each against the earliest.
 *
 * A wording is a row that says who printed it when, who is said to have said it, after which paper
 * it was likely printed and what it does to the earliest, and under it the words themselves, as
 * many rows as they need: what it lacks and has more is marked by face and sign.  A wording that
 * would take too many rows has the long stretches in common cut to their ends.  How many rows a
 * wording needs is known by aligning it, so of a group of thousands those far down are given one,
 * and aligned when they come into sight: no key waits for all of them.  One row for each with
 * everything on it was refused: at 80 columns no wording could be read.  Passages that repeat the
 * words without marks stand among them. */
#include "core/align.h"
#include "core/shingles.h"
#include "tui/app.h"
#include "tui/panes.h"
#include "tui/wrap.h"

#define INDENT       4
#define WORDING_ROWS 4  /* a wording that needs more is shown by its differences */
#define FIRST_ROWS   12
/* Wordings that are laid out when the board opens; one behind them takes a row. */
#define LAID_MAX 200
#define OUTLET_COLS  16
#define SPEAKER_COLS 24

/* Row: a is the quotation's row; b its place on the board, and above that, for the rows of its
 * words, which of them it is. */
#define PLACE 0xffffffu

struct printing {
    uint64_t words; /* a hash of them */
    article_id article;
};

struct own {
    struct passage first; /* the earliest wording: the group is found again by it after a relink */
    group_id group;
    struct line words;    /* those of row `of`, and where its rows begin and end */
    uint32_t of;
    VEC(struct span) rows;
    VEC(struct printing) printings; /* by place on the board */
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

static const struct quote *first_quote(const struct list *l, const struct links *links)
{
    return &links->quotes[l->rows.v[0].a];
}

/* The words of a wording against the earliest, in o->words; what it does to it. */
static unsigned make_words(struct own *o, struct app *app, const struct quote *first, uint32_t row,
                           bool whole)
{
    const struct links *links = dossier_links(app->dossier);
    const struct quote *q = &links->quotes[row];
    struct str a = dossier_article(app->dossier, links_quote_article(links, row))->text;
    struct str b = dossier_article(app->dossier, o->first.article)->text;
    struct arena scratch = {0};
    unsigned flags = 0;
    line_clear(&o->words);
    if (q == first) {
        line_put_flat(&o->words, str_at(a, q->at), look_of(FACE_QUOTE));
    } else {
        struct word_run theirs = words_of(&scratch, b, first->at),
                        ours = words_of(&scratch, a, q->at);
        struct edit_run edits = align_words(&scratch, theirs, ours);
        flags = difference_of(b, theirs, a, ours, edits);
        if (edits.n == 1 && edits.v[0].kind == EDIT_SAME)
            line_put(&o->words, STR("the same words"), FACE_FURNITURE);
        else
            line_put_edits(&o->words, edits, b, theirs, a, ours, whole);
    }
    arena_finish(&scratch);
    return flags;
}

static void break_words(struct own *o, int cols)
{
    struct wrap *w = wrap_open(line_text(&o->words), cols);
    struct wrap_row row;
    vec_clear(&o->rows);
    for (size_t i = 0; wrap_row(w, i, &row); i++)
        vec_push(&o->rows, span_of(row.at.begin, row.shown_end));
    wrap_close(w);
}

/* Makes the words of a wording and breaks them into rows, unless it is done. */
static void lay_words(struct own *o, struct app *app, const struct quote *first, uint32_t row,
                      int cols)
{
    if (o->of == row + 1)
        return;
    make_words(o, app, first, row, true);
    break_words(o, cols);
    if (o->rows.n > WORDING_ROWS) {
        make_words(o, app, first, row, false);
        break_words(o, cols);
    }
    if (o->rows.n > FIRST_ROWS)
        o->rows.n = FIRST_ROWS;
    o->of = row + 1;
}

static void add_printing(struct own *o, struct app *app, struct passage p)
{
    struct arena scratch = {0};
    struct word_run words =
        words_of(&scratch, dossier_article(app->dossier, p.article)->text, p.at);
    vec_push(&o->printings, ((struct printing){shingle_at(words.v, 0, words.n), p.article}));
    arena_finish(&scratch);
}

/* The article that a wording was likely taken from: the first on the board to have these very
 * words, or else the one that its own article copies as a whole; none: it is the first itself. */
static article_id source_of(const struct own *o, const struct links *links, uint32_t place)
{
    const struct printing *p = &o->printings.v[place];
    for (uint32_t i = 0; i < place; i++)
        if (o->printings.v[i].article.v != p->article.v && o->printings.v[i].words == p->words)
            return o->printings.v[i].article;
    return links->near_copy_of[p->article.v];
}

static int words_cols(const struct list *l)
{
    return l->filled_cols > INDENT + 12 ? l->filled_cols - INDENT - 2 : 10;
}

static bool fill(struct list *l, struct app *app, unsigned changed)
{
    struct own *o = l->own;
    const struct links *links = dossier_links(app->dossier);
    if (!list_anew(l, changed, CHANGED_LINKS | PANE_WIDTH))
        return false;
    vec_clear(&o->printings);
    o->of = 0;
    if (!find_group(app, o))
        return true;
    struct row_run run = links_of_group(links, o->group);
    if (run.n)
        o->first = passage_of(links, run.v[0]);
    struct passage last = {0};
    for (uint32_t r = 0, i = 0; r < run.n; r++) {
        struct passage p = passage_of(links, run.v[r]);
        if (p.article.v == last.article.v && p.at.begin < last.at.end && last.at.begin < p.at.end)
            continue; /* the same words, found as reported speech and as a repetition */
        last = p;
        add_printing(o, app, p);
        vec_push(&l->rows, ((struct list_row){list_key(p), run.v[r], i}));
        if (i < LAID_MAX)
            lay_words(o, app, &links->quotes[run.v[0]], run.v[r], words_cols(l));
        for (uint32_t k = 0; k < (i < LAID_MAX ? o->rows.n : 1); k++)
            vec_push(&l->rows, ((struct list_row){0, run.v[r], i | k << 24}));
        i++;
    }
    return true;
}

static void put_flag(struct line *out, const char *what, const char *more, enum face face)
{
    line_put(out, STR("  "), FACE_TEXT);
    line_printf(out, face, "%s%s", what, more);
}

/* "cut  number changed": what a wording does to the earliest. */
static void put_flags(struct line *out, unsigned flags, const struct quote *q,
                      const struct quote *first)
{
    const unsigned grave = DIFFERENCE_NEGATION | DIFFERENCE_NUMBER | DIFFERENCE_NAME;
    for (unsigned i = 0; i < DIFFERENCES; i++)
        if (flags & 1u << i) {
            enum difference d = (enum difference)(1u << i);
            bool changed = d & (grave | DIFFERENCE_WORD);
            put_flag(out, difference_name(d), changed ? " changed" : "",
                     d & (grave | DIFFERENCE_SPLICED) ? FACE_CONFLICT : FACE_TAG);
        }
    if (q->kind == QUOTE_BLOCK)
        put_flag(out, "no marks", "", FACE_TAG);
    if (q->speaker_entity.v && first->speaker_entity.v &&
        q->speaker_entity.v != first->speaker_entity.v)
        put_flag(out, "other speaker", "", FACE_CONFLICT);
}

/* "after Coast Wire": by day or by outlet, whichever is known. */
static void put_source_of(struct line *out, struct app *app, article_id source)
{
    if (!source.v)
        return;
    const struct article *a = dossier_article(app->dossier, source);
    struct arena scratch = {0};
    struct str name = a->outlet.n ? a->outlet
                      : a->published != DAY_NONE ? days_timex(&scratch, days_of_day(a->published))
                                                 : a->path;
    line_put(out, STR("  after "), FACE_FURNITURE);
    line_put_flat(out, name, look_of(FACE_OUTLET));
    arena_finish(&scratch);
}

static void words_line(struct list *l, struct app *app, const struct list_row *row,
                       struct line *out)
{
    struct own *o = l->own;
    const struct quote *first = first_quote(l, dossier_links(app->dossier));
    uint32_t i = row->b >> 24;
    line_put(out, str_from("        ", INDENT - 1), FACE_TEXT);
    if ((row->b & PLACE) >= LAID_MAX) {
        make_words(o, app, first, row->a, false);
        o->of = 0;
        line_put_slice(out, &o->words, 0, (uint32_t)line_text(&o->words).n);
        return;
    }
    lay_words(o, app, first, row->a, words_cols(l));
    if (i < o->rows.n)
        line_put_slice(out, &o->words, o->rows.v[i].begin, o->rows.v[i].end);
}

static void row_line(struct list *l, struct app *app, const struct list_row *row, struct line *out)
{
    struct own *o = l->own;
    if (row->key == 0) {
        words_line(l, app, row, out);
        return;
    }
    const struct links *links = dossier_links(app->dossier);
    const struct quote *q = &links->quotes[row->a], *first = first_quote(l, links);
    const struct article *a = dossier_article(app->dossier, links_quote_article(links, row->a));
    struct arena scratch = {0};
    struct str day =
        a->published == DAY_NONE ? STR("undated") : days_timex(&scratch, days_of_day(a->published));
    line_cell(out, day, 12, FACE_DATE);
    unsigned outlet_cols = glyph_cols(a->outlet, OUTLET_COLS);
    if (outlet_cols) {
        line_cell(out, a->outlet, outlet_cols, FACE_OUTLET);
        line_put(out, STR("  "), FACE_TEXT);
    }
    if (q->speaker_entity.v && q->speaker_entity.v < links->n_entities) {
        struct str name = links->entities[q->speaker_entity.v].name;
        line_cell(out, name, glyph_cols(name, SPEAKER_COLS), FACE_SPEAKER);
    }
    put_source_of(out, app, source_of(o, links, row->b));
    line_right(out);
    put_flags(out, make_words(o, app, first, row->a, true), q, first);
    o->of = 0;
    arena_finish(&scratch);
}

static void title(struct list *l, struct app *app, struct line *out)
{
    const struct links *links = dossier_links(app->dossier);
    uint32_t n = l->rows.n ? (l->rows.v[l->rows.n - 1].b & PLACE) + 1 : 0;
    line_printf(out, FACE_TITLE, "Quotation · %u wording%s", n, n == 1 ? "" : "s");
    const struct quote *q = l->rows.n ? &links->quotes[l->rows.v[0].a] : NULL;
    if (q && q->speaker_entity.v && q->speaker_entity.v < links->n_entities) {
        line_put(out, STR(" · "), FACE_TITLE);
        line_put_flat(out, links->entities[q->speaker_entity.v].name, look_of(FACE_TITLE));
    }
    line_right(out);
    const struct list_row *row = list_selected(l);
    if (row && n > 1)
        line_printf(out, FACE_COUNT, "%u of %u, earliest first", row->b + 1, n);
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
    line_free(&o->words);
    vec_free(&o->rows);
    vec_free(&o->printings);
}

static const struct list_source source = {
    .name = "Quotation",
    .context = IN_BOARD,
    .fill = fill,
    .line = row_line,
    .thing = thing,
    .title = title,
    .moved = list_preview,
    .tails = true,
    .by_width = true,
    .close = close_list,
};

struct pane *board_open(struct app *app, struct passage wording)
{
    struct own *o = mem_alloc(sizeof *o);
    *o = (struct own){.first = wording};
    return list_open(app, &source, o);
}
