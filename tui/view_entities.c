/* All entities of the case, most mentioned first; Enter opens the card of one. */
#include "tui/app.h"
#include "tui/card.h"
#include "tui/panes.h"

#define NAME_COLS_MAX 30
#define WIDE_COLS 70
#define DAYS_COLS 100

struct own {
    unsigned name_cols;
};

static uint64_t entity_key(struct str name, uint8_t kind)
{
    uint64_t h = 14695981039346656037u ^ kind;
    for (size_t i = 0; i < name.n; i++)
        h = (h ^ (unsigned char)name.p[i]) * 1099511628211u;
    return h ? h : 1;
}

static bool fill(struct list *l, struct app *app, unsigned changed)
{
    struct own *o = l->own;
    const struct links *links = dossier_links(app->dossier);
    if (!list_anew(l, changed, CHANGED_LINKS | PANE_REFILL))
        return false;
    o->name_cols = 8;
    for (uint32_t e = 1; e < links->n_entities; e++) {
        const struct entity *x = &links->entities[e];
        unsigned cols = glyph_cols(x->name, NAME_COLS_MAX);
        if (cols > o->name_cols && l->rows.n < 1000)
            o->name_cols = cols;
        vec_push(&l->rows, ((struct list_row){entity_key(x->name, x->kind), e, 0}));
    }
    return true;
}

int face_of_mention(uint8_t kind)
{
    static const uint8_t faces[MENTION_KINDS] = {
        [MENTION_PERSON] = FACE_PERSON, [MENTION_ORGANISATION] = FACE_ORGANISATION,
        [MENTION_PLACE] = FACE_PLACE,   [MENTION_LAW] = FACE_LAW,
        [MENTION_HANDLE] = FACE_HANDLE, [MENTION_HASHTAG] = FACE_HANDLE,
        [MENTION_PEOPLE] = FACE_PLACE,  [MENTION_OTHER] = FACE_LAW,
    };
    return kind < MENTION_KINDS ? faces[kind] : FACE_TEXT;
}

/* Wide: the days of the first and the last article, else their years. */
static void put_times(struct line *out, const struct entity *e, bool wide)
{
    if (e->first == DAY_NONE || e->last == DAY_NONE)
        return;
    if (wide) {
        struct arena scratch = {0};
        line_printf(out, FACE_DATE, "  %.10s", days_timex(&scratch, days_of_day(e->first)).p);
        line_printf(out, FACE_DATE, e->last == e->first ? "%-11s" : " %.10s",
                    e->last == e->first ? "" : days_timex(&scratch, days_of_day(e->last)).p);
        arena_finish(&scratch);
        return;
    }
    int from = day_to_civil(e->first).year, to = day_to_civil(e->last).year;
    if (from == to)
        line_printf(out, FACE_DATE, "  %d", from);
    else
        line_printf(out, FACE_DATE, "  %d-%d", from, to);
}

static void row_line(struct list *l, struct app *app, const struct list_row *row, struct line *out)
{
    struct own *o = l->own;
    const struct links *links = dossier_links(app->dossier);
    const struct entity *e = &links->entities[row->a];
    line_cell(out, e->name, o->name_cols, (enum face)face_of_mention(e->kind));
    line_put(out, STR("  "), FACE_TEXT);
    line_cell(out, str_of(mention_kind_name(e->kind)), 12, FACE_TEXT);
    if (l->pane.at.cols >= WIDE_COLS) {
        bool first = true;
        for (uint32_t i = e->aliases_begin; i < e->aliases_end && i < e->aliases_begin + 6; i++) {
            if (str_eq(links->aliases[i].text, e->name))
                continue;
            line_put(out, first ? STR("  ") : STR(", "), FACE_OUTLET);
            line_put_flat(out, links->aliases[i].text, look_of(FACE_OUTLET));
            first = false;
        }
    }
    line_right(out);
    line_printf(out, FACE_COUNT, " %u in %u", e->n_mentions, e->n_articles);
    put_times(out, e, l->pane.at.cols >= DAYS_COLS);
}

static void title(struct list *l, struct app *app, struct line *out)
{
    (void)app;
    line_put(out, STR("Names · most mentioned first"), FACE_TITLE);
    list_put_place(l, out);
}

static bool thing(struct list *l, struct app *app, const struct list_row *row, struct thing *out)
{
    (void)l, (void)app;
    *out = (struct thing){.kind = THING_ENTITY, .entity = {row->a}};
    return true;
}

static void open_row(struct list *l, struct app *app, const struct list_row *row)
{
    (void)l;
    app_push(app, app->focus, card_open(app, (entity_id){row->a}));
}

static const struct list_source source = {
    .name = "Names",
    .context = IN_ENTITIES,
    .fill = fill,
    .line = row_line,
    .thing = thing,
    .title = title,
    .open = open_row,
};

struct pane *entities_open(struct app *app)
{
    struct own *o = mem_zalloc(sizeof *o);
    return list_open(app, &source, o);
}
