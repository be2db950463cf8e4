/* Where sources disagree: each conflict under a heading, each answer with the papers that give it,
 * the answer most of them give first.  What they disagree on stands out in the passage, which
 * begins later where it would not be seen otherwise.  Moving shows the passage. */
#include "tui/app.h"
#include "tui/panes.h"

#define VALUE_COLS       12
#define OUTLET_COLS      14
#define OUTLET_FROM_COLS 60
#define WORDS_BEFORE     6 /* what a passage cut at its beginning shows before the evidence */

static const char *const kind_names[] = {"", "Date", "Name", "Quotation", "Number"};

/* Row: a is the conflict; b the passage of a claim.  A heading has key 0 and b the conflict. */
static bool fill(struct list *l, struct app *app, unsigned changed)
{
    const struct links *links = dossier_links(app->dossier);
    if (!list_anew(l, changed, CHANGED_LINKS))
        return false;
    for (uint32_t i = 0; i < links->n_conflicts; i++) {
        const struct conflict *c = &links->conflicts[i];
        vec_push(&l->rows, ((struct list_row){0, i, 0}));
        for (uint32_t v = c->values_begin; v < c->values_end; v++)
            for (uint32_t p = links->conflict_values[v].passages_begin;
                 p < links->conflict_values[v].passages_end; p++) {
                struct passage at = links->conflict_passages[p];
                uint64_t key =
                    (uint64_t)at.article.v << 40 | (uint64_t)(at.at.begin + 1) << 8 | c->kind;
                vec_push(&l->rows, ((struct list_row){key, p, v}));
            }
    }
    return true;
}

/* The conflict an answer belongs to: they lie in the same order. */
static const struct conflict *conflict_of(const struct links *links, uint32_t answer)
{
    uint32_t next;
    BISECT(next, 1, links->n_conflicts, links->conflicts[next].values_begin <= answer);
    return &links->conflicts[next - 1];
}

static uint8_t kind_of(const struct list_row *row)
{
    return (uint8_t)row->key; /* as fill has put it there */
}

/* The words of a passage that give the value; empty: it is not written there as such. */
static struct span evidence_of(struct app *app, uint8_t kind, struct str value, struct passage p)
{
    struct str said = str_at(dossier_article(app->dossier, p.article)->text, p.at);
    struct date_run dates = dossier_dates(app->dossier, p.article);
    for (uint32_t i = 0; kind == CONFLICT_DATE && i < dates.n; i++)
        if (dates.v[i].at.begin >= p.at.begin && dates.v[i].at.end <= p.at.end &&
            str_eq(str_of(dates.v[i].value), value))
            return dates.v[i].at;
    const char *found =
        kind != CONFLICT_QUOTE && value.n ? memmem(said.p, said.n, value.p, value.n) : NULL;
    uint32_t at = found ? p.at.begin + (uint32_t)(found - said.p) : 0;
    return span_of(at, found ? at + value.n : at);
}

/* A name or a number alone says little: the sentence it stands in. */
static struct span told_in(struct app *app, uint8_t kind, struct passage p)
{
    const struct sentence *s = sentence_at(dossier_sentences(app->dossier, p.article), p.at.begin);
    bool bare = kind == CONFLICT_NAME || kind == CONFLICT_NUMBER;
    return bare && s && s->at.begin <= p.at.begin && p.at.end <= s->at.end ? s->at : p.at;
}

/* The byte n words before `at`, not before `begin`. */
static uint32_t words_before(struct str text, uint32_t begin, uint32_t at, unsigned n)
{
    for (; n && at > begin; n--) {
        while (at > begin && text.p[at - 1] == ' ')
            at--;
        while (at > begin && text.p[at - 1] != ' ')
            at--;
    }
    return at;
}

/* The passage in `cols` cells, so that the evidence is seen. */
static void put_passage(struct line *out, struct str text, struct span at, struct span evidence,
                        unsigned cols)
{
    uint32_t from = at.begin;
    if (span_is_empty(evidence))
        evidence = span_of(at.end, at.end);
    else if (glyph_cols(str_at(text, span_of(from, evidence.end)), cols + 1) > cols) {
        line_put(out, STR("…"), FACE_FURNITURE);
        unsigned words = WORDS_BEFORE;
        do
            from = words_before(text, at.begin, evidence.begin, words);
        while (words-- && glyph_cols(str_at(text, span_of(from, evidence.end)), cols) + 1 >= cols);
    }
    line_put_flat(out, str_at(text, span_of(from, evidence.begin)), look_of(FACE_TEXT));
    line_put_flat(out, str_at(text, evidence), look_of(FACE_CONFLICT));
    line_put_flat(out, str_at(text, span_of(evidence.end, at.end)), look_of(FACE_TEXT));
}

static void heading_line(const struct conflict *c, struct line *out)
{
    line_printf(out, c->decided ? FACE_COUNT : FACE_CONFLICT, "%s %s  ", c->decided ? "=" : "≠",
                kind_names[c->kind]);
    line_put_flat(out, c->about, look_of(c->decided ? FACE_COUNT : FACE_HEADLINE));
    if (!c->decided)
        return;
    line_right(out);
    line_put(out, c->decided == CONFLICT_NONE ? STR("  no conflict") : STR("  decided"),
             FACE_COUNT);
}

static void row_line(struct list *l, struct app *app, const struct list_row *row, struct line *out)
{
    const struct links *links = dossier_links(app->dossier);
    if (row->key == 0) {
        heading_line(&links->conflicts[row->a], out);
        return;
    }
    const struct conflict_value *v = &links->conflict_values[row->b];
    struct passage p = links->conflict_passages[row->a];
    bool first = row->a == v->passages_begin;
    const struct article *a = dossier_article(app->dossier, p.article);
    bool right = conflict_of(links, row->b)->decided == row->b + 1;
    line_put(out, right && first ? STR("= ") : STR("  "), right ? FACE_MESSAGE : FACE_TEXT);
    if (kind_of(row) != CONFLICT_QUOTE) { /* a wording is its own value */
        line_cell(out, first ? v->value : STR(""), VALUE_COLS, FACE_DATE);
        line_put(out, STR("  "), FACE_TEXT);
    }
    if (a->outlet.n && l->pane.at.cols >= OUTLET_FROM_COLS) {
        line_cell(out, a->outlet, OUTLET_COLS, FACE_OUTLET);
        line_put(out, STR("  "), FACE_TEXT);
    }
    int room = l->pane.at.cols - 1 - (int)glyph_cols(line_text(out), 1000);
    struct span evidence = evidence_of(app, kind_of(row), v->value, p);
    put_passage(out, a->text, told_in(app, kind_of(row), p), evidence,
                room > 1 ? (unsigned)room : 1);
}

static void title(struct list *l, struct app *app, struct line *out)
{
    uint32_t n = dossier_links(app->dossier)->n_conflicts;
    (void)l;
    const struct links *links = dossier_links(app->dossier);
    uint32_t decided = 0;
    for (uint32_t i = 0; i < n; i++)
        decided += links->conflicts[i].decided != 0;
    line_printf(out, FACE_TITLE, "Conflicts · %u", n);
    line_right(out);
    if (decided)
        line_printf(out, FACE_COUNT, "%u decided", decided);
    if (!n)
        line_put(out, STR("the sources agree"), FACE_COUNT);
}

static bool thing(struct list *l, struct app *app, const struct list_row *row, struct thing *out)
{
    (void)l;
    *out = (struct thing){.kind = THING_PASSAGE,
                          .where = dossier_links(app->dossier)->conflict_passages[row->a]};
    return true;
}

static const struct list_source source = {
    .name = "Conflicts",
    .context = IN_CONFLICTS,
    .fill = fill,
    .line = row_line,
    .thing = thing,
    .title = title,
    .moved = list_preview,
    .card = list_card_article,
};

const struct conflict *conflicts_selected(struct pane *p, struct app *app, uint32_t *answer)
{
    const struct list_row *row = list_selected(list_of(p));
    if (!row || !row->key)
        return NULL;
    *answer = row->b;
    return conflict_of(dossier_links(app->dossier), row->b);
}

struct pane *conflicts_open(struct app *app)
{
    return list_open(app, &source, NULL);
}
