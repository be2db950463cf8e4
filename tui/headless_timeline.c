/* `timeline`: events in order, with every source and the dates that contradict; the reader's own
 * among them, those struck out left out unless asked for. */
#include "tui/headless.h"
#include "tui/struck.h"
#include "tui/timeline_filter.h"

static bool parse_range(const char *option, const char *text, struct days *out)
{
    if (text)
        *out = days_of_timex(str_of(text));
    if (text && !days_known(*out))
        headless_complain("--%s: not a date: %s", option, text);
    return !text || days_known(*out);
}

/* EXIT_FOUND when it can be asked. */
static int make_filter(struct headless *h, struct timeline_filter *out)
{
    const struct options *o = h->options;
    *out = (struct timeline_filter){0};
    if (!parse_range("from", o->from, &out->from) || !parse_range("to", o->to, &out->to))
        return EXIT_TROUBLE;
    if (o->entity)
        timeline_filter_set_name(out->entity, str_of(o->entity));
    if (timeline_filter_resolve(out, dossier_links(h->dossier)))
        return EXIT_FOUND;
    headless_complain("--entity: nobody of this name: %s", o->entity);
    return EXIT_NOTHING;
}

static void sources_json(struct headless *h, const struct event *e)
{
    const struct links *l = dossier_links(h->dossier);
    struct record *r = h->out;
    record_list(r, "sources");
    for (uint32_t i = e->claims_begin; i < e->claims_end; i++) {
        const struct claim *c = &l->claims[i];
        record_object(r, NULL);
        record_str(r, "article", dossier_article(h->dossier, c->article)->path);
        record_int(r, "begin", c->at.begin);
        record_int(r, "end", c->at.end);
        record_cstr(r, "date", dossier_dates(h->dossier, c->article).v[c->date].value);
        record_object_end(r);
    }
    record_list_end(r);
}

static void entities_json(struct headless *h, const struct event *e)
{
    const struct links *l = dossier_links(h->dossier);
    record_list(h->out, "entities");
    for (uint32_t i = e->entities_begin; i < e->entities_end; i++) {
        record_object(h->out, NULL);
        record_int(h->out, "entity", l->event_entities[i].v);
        record_str(h->out, "name", l->entities[l->event_entities[i].v].name);
        record_object_end(h->out);
    }
    record_list_end(h->out);
}

static void conflicts_json(struct headless *h, const struct event *e)
{
    const struct links *l = dossier_links(h->dossier);
    const struct conflict *c = links_open_conflict(l, e);
    record_list(h->out, "conflicts");
    for (uint32_t i = c ? c->values_begin : 0; c && i < c->values_end; i++)
        if (!str_eq(l->conflict_values[i].value, str_of(e->date)))
            record_str(h->out, NULL, l->conflict_values[i].value);
    record_list_end(h->out);
}

static struct str summary_of(struct headless *h, const struct event *e)
{
    return str_at(dossier_article(h->dossier, e->summary.article)->text, e->summary.at);
}

static void event_json(struct headless *h, uint32_t id, bool struck)
{
    const struct event *e = &dossier_links(h->dossier)->events[id];
    struct record *r = h->out;
    record_begin(r);
    record_int(r, "event", id);
    record_cstr(r, "date", e->date);
    if (e->until)
        record_cstr(r, "until", e->until);
    record_str(r, "summary", summary_of(h, e));
    record_real(r, "weight", (double)e->weight);
    sources_json(h, e);
    entities_json(h, e);
    conflicts_json(h, e);
    if (struck)
        record_bool(r, "struck", true);
    record_end(r);
}

static void event_text(struct headless *h, uint32_t id, bool struck)
{
    const struct links *l = dossier_links(h->dossier);
    const struct event *e = &l->events[id];
    struct record *r = h->out;
    sayf(r, FACE_DATE, "%-10s%s%s", e->date, e->until ? " to " : "", e->until ? e->until : "");
    say(r, FACE_TEXT, struck ? STR("  (struck out) ") : STR("  "));
    struct str summary = summary_of(h, e);
    if (summary.n && summary.p[0] >= 'a' && summary.p[0] <= 'z')
        say(r, FACE_TEXT, STR("\xe2\x80\xa6 ")); /* it begins inside its sentence */
    say_line(r, FACE_TEXT, summary);
    if (e->n_articles > 1)
        sayf(r, FACE_COUNT, "  %u tell it", e->n_articles);
    const struct conflict *c = links_open_conflict(l, e);
    for (uint32_t i = c ? c->values_begin : 0; c && i < c->values_end; i++) {
        if (str_eq(l->conflict_values[i].value, str_of(e->date)))
            continue;
        say(r, FACE_CONFLICT, STR("  ≠ "));
        say_line(r, FACE_CONFLICT, l->conflict_values[i].value);
    }
    say(r, FACE_TEXT, STR("\n"));
}

/* ---- struck out ---- */

static void mark_struck(event_id e, void *marks)
{
    ((bool *)marks)[e.v] = true;
}

/* By event; without a reader nothing is. */
static const bool *struck_of(struct headless *h, struct arena *a)
{
    bool *marks = arena_array(a, bool, dossier_links(h->dossier)->n_events + 1);
    if (h->state)
        struck_each(h->dossier, h->state, mark_struck, marks);
    return marks;
}

/* ---- put in by hand ---- */

static void own_json(struct headless *h, const struct own_event *e)
{
    struct record *r = h->out;
    record_begin(r);
    record_int(r, "event", 0);
    record_str(r, "date", e->value);
    record_str(r, "summary", e->words);
    record_real(r, "weight", 0);
    record_list(r, "sources");
    record_object(r, NULL);
    record_str(r, "article", dossier_article(h->dossier, e->at.article)->path);
    record_int(r, "begin", e->at.at.begin);
    record_int(r, "end", e->at.at.end);
    record_str(r, "date", e->value);
    record_object_end(r);
    record_list_end(r);
    record_list(r, "entities");
    record_list_end(r);
    record_list(r, "conflicts");
    record_list_end(r);
    record_int(r, "note", e->note);
    record_end(r);
}

static void own_text(struct headless *h, const struct own_event *e)
{
    sayf(h->out, FACE_DATE, "%-10.*s", (int)e->value.n, e->value.p);
    say(h->out, FACE_NOTE, STR("  \xe2\x97\x8f "));
    say_line(h->out, FACE_TEXT, e->words);
    say(h->out, FACE_TEXT, STR("\n"));
}

/* ---- all ---- */

/* How events are written; false: --format names none. */
static bool make_format(struct headless *h, bool *markdown)
{
    const char *format = h->options->format;
    *markdown = format && !strcmp(format, "markdown");
    if (format && !*markdown)
        headless_complain(
            "--format: a timeline is written as text, with --json, or as markdown: %s", format);
    return !format || *markdown;
}

struct telling {
    struct headless *h;
    struct timeline_filter filter;
    own_event_vec own;
    size_t next_own;
    bool markdown, any;
    int year;
};

static void tell_event(struct telling *t, uint32_t id, bool struck)
{
    struct headless *h = t->h;
    t->any = true;
    if (t->markdown)
        timeline_markdown_event(h, id, &t->year);
    else if (record_is_json(h->out))
        event_json(h, id, struck);
    else
        event_text(h, id, struck);
}

/* Those of the reader's own of before this day. */
static void tell_own(struct telling *t, int32_t before)
{
    struct headless *h = t->h;
    for (; t->next_own < t->own.n &&
           (before == INT32_MAX || t->own.v[t->next_own].days.first < before);
         t->next_own++) {
        const struct own_event *e = &t->own.v[t->next_own];
        if (!own_event_passes(&t->filter, h->dossier, e))
            continue;
        t->any = true;
        if (t->markdown)
            timeline_markdown_own(h, e, &t->year);
        else
            (record_is_json(h->out) ? own_json : own_text)(h, e);
    }
}

int headless_timeline(struct headless *h)
{
    const struct links *l = dossier_links(h->dossier);
    struct telling t = {.h = h, .year = INT32_MIN};
    struct arena memory = {0};
    int status = make_format(h, &t.markdown) ? make_filter(h, &t.filter) : EXIT_TROUBLE;
    if (status != EXIT_FOUND)
        return status;
    const bool *struck = struck_of(h, &memory);
    if (h->notes)
        own_events_gather(h->notes, &t.own);
    if (t.markdown)
        say(h->out, FACE_TEXT, STR("# Timeline\n\n"));
    for (uint32_t i = 1; i < l->n_events; i++) {
        if ((struck[i] && !h->options->struck) ||
            !timeline_filter_passes(&t.filter, h->dossier, &l->events[i]))
            continue;
        tell_own(&t, l->events[i].days.first);
        tell_event(&t, i, struck[i]);
    }
    tell_own(&t, INT32_MAX);
    vec_free(&t.own);
    arena_finish(&memory);
    return t.any ? EXIT_FOUND : EXIT_NOTHING;
}
