/* `timeline --format markdown`: a report.  A heading for each year, one for each event with its
 * date and summary, under it every claim as a block quotation with the line that cites it, in the
 * form that notes are exported in, so that `check` proves these too.
 *
 * All words of articles go through markdown_escape: none of their bytes is Markdown's own, so an
 * article can neither open a heading nor close a quotation. */
#include "core/note_files.h"
#include "tui/headless.h"

static void put_flat(struct record *r, struct arena *a, struct str s)
{
    say_line(r, FACE_TEXT, markdown_escape(a, s));
}

/* Each line behind "> ", so that paragraphs stay parted as they are in the text. */
static void put_quoted(struct record *r, struct arena *a, struct str s)
{
    struct str rest = markdown_escape(a, str_trim(s));
    while (rest.n) {
        const char *stop = memchr(rest.p, '\n', rest.n);
        struct str line = str_from(rest.p, stop ? (size_t)(stop - rest.p) : rest.n);
        say(r, FACE_TEXT, line.n ? STR("> ") : STR(">"));
        say(r, FACE_TEXT, line);
        say(r, FACE_TEXT, STR("\n"));
        rest = str_from(rest.p + line.n + (stop != NULL), rest.n - line.n - (stop != NULL));
    }
}

/* "— `path:12-40` · The Ledger · 2011-06-03": where a quotation stands. */
static void put_place(struct headless *h, struct arena *a, struct passage p)
{
    const struct article *row = dossier_article(h->dossier, p.article);
    struct record *r = h->out;
    put_quoted(r, a, str_at(row->text, p.at));
    say(r, FACE_TEXT, STR("\n\xe2\x80\x94 `"));
    say(r, FACE_TEXT, path_escape(a, row->path, ""));
    sayf(r, FACE_TEXT, ":%u-%u` \xc2\xb7 ", p.at.begin, p.at.end);
    if (row->outlet.n) {
        put_flat(r, a, row->outlet);
        say(r, FACE_TEXT, STR(" \xc2\xb7 "));
    }
    say(r, FACE_TEXT,
        row->published != DAY_NONE ? days_timex(a, days_of_day(row->published)) : STR("undated"));
}

/* The same, with the date as told and as read. */
static void put_claim(struct headless *h, struct arena *a, const struct claim *c)
{
    const struct article *row = dossier_article(h->dossier, c->article);
    const struct date *d = &dossier_dates(h->dossier, c->article).v[c->date];
    put_place(h, a, (struct passage){c->article, c->at});
    say(h->out, FACE_TEXT, STR(" \xc2\xb7 \""));
    put_flat(h->out, a, str_at(row->text, d->at));
    sayf(h->out, FACE_TEXT, "\": %s\n\n", d->value);
}

static void put_names(struct headless *h, struct arena *a, const struct event *e)
{
    const struct links *l = dossier_links(h->dossier);
    for (uint32_t i = e->entities_begin; i < e->entities_end; i++) {
        say(h->out, FACE_TEXT, i == e->entities_begin ? STR(". Names: ") : STR(", "));
        put_flat(h->out, a, l->entities[l->event_entities[i].v].name);
    }
    say(h->out, FACE_TEXT, STR(".\n\n"));
}

static void put_conflict(struct headless *h, const struct event *e)
{
    const struct links *l = dossier_links(h->dossier);
    const struct conflict *c = e->conflict ? &l->conflicts[e->conflict - 1] : NULL;
    if (c && c->decided == CONFLICT_NONE)
        return;
    const char *lead = !c || !c->decided ? "**The sources disagree:** "
                                         : "**The sources disagree; decided by hand:** ";
    for (uint32_t i = c ? c->values_begin : 0; c && i < c->values_end; i++) {
        const struct conflict_value *v = &l->conflict_values[i];
        sayf(h->out, FACE_TEXT, "%s%.*s in %u", i == c->values_begin ? lead : ", ",
             (int)v->value.n, v->value.p, v->passages_end - v->passages_begin);
    }
    if (c)
        say(h->out, FACE_TEXT, STR(".\n\n"));
}

static void put_year(struct headless *h, struct days days, int *year)
{
    int its = day_to_civil(days.first).year;
    if (its != *year)
        sayf(h->out, FACE_TEXT, "## %d\n\n", its);
    *year = its;
}

void timeline_markdown_own(struct headless *h, const struct own_event *e, int *year)
{
    struct arena a = {0};
    put_year(h, e->days, year);
    sayf(h->out, FACE_TEXT, "### %.*s: ", (int)e->value.n, e->value.p);
    put_flat(h->out, &a, e->words);
    say(h->out, FACE_TEXT, STR("\n\nPut in by hand.\n\n"));
    if (!span_is_empty(e->at.at)) {
        put_place(h, &a, e->at);
        say(h->out, FACE_TEXT, STR("\n\n"));
    }
    arena_finish(&a);
}

void timeline_markdown_event(struct headless *h, uint32_t id, int *year)
{
    const struct links *l = dossier_links(h->dossier);
    const struct event *e = &l->events[id];
    struct arena a = {0};
    put_year(h, e->days, year);
    sayf(h->out, FACE_TEXT, "### %s%s%s: ", e->date, e->until ? " to " : "",
         e->until ? e->until : "");
    put_flat(h->out, &a,
             str_at(dossier_article(h->dossier, e->summary.article)->text, e->summary.at));
    sayf(h->out, FACE_TEXT, "\n\nTold by %u article%s", e->n_articles,
         e->n_articles == 1 ? "" : "s");
    put_names(h, &a, e);
    put_conflict(h, e);
    for (uint32_t i = e->claims_begin; i < e->claims_end; i++)
        put_claim(h, &a, &l->claims[i]);
    arena_finish(&a);
}
