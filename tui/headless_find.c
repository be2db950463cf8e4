/* What was found in the articles: `mentions`, `entities`, `dates`. */
#include "tui/headless.h"

/* "people" and "other" are this program's additions to the kinds of the contract. */
static const char *const kind_names[MENTION_KINDS] = {
    "", "person", "organisation", "place", "law", "handle", "hashtag", "people", "other"};
static const enum face kind_faces[MENTION_KINDS] = {FACE_TEXT,   FACE_PERSON, FACE_ORGANISATION,
                                                    FACE_PLACE,  FACE_LAW,    FACE_HANDLE,
                                                    FACE_HANDLE, FACE_PLACE,  FACE_LAW};
static const char *const date_type_names[] = {"", "DATE", "TIME", "DURATION", "SET"};

static void mention_out(struct headless *h, const struct article *a, const struct mention *m)
{
    struct record *r = h->out;
    const struct entity *e = headless_entity(h, m->entity);
    struct str name = e ? e->name : str_at(a->text, m->at);
    if (record_is_json(r)) {
        record_begin(r);
        record_passage(r, a, m->at);
        record_cstr(r, "kind", kind_names[m->kind]);
        record_int(r, "entity", m->entity.v);
        record_str(r, "name", name);
        record_end(r);
        return;
    }
    say_passage(r, a, m->at, kind_faces[m->kind]);
    sayf(r, FACE_TEXT, "  %s", kind_names[m->kind]);
    if (!str_eq(name, str_at(a->text, m->at))) {
        say(r, FACE_TEXT, STR("  = "));
        say_line(r, kind_faces[m->kind], name);
    }
    say(r, FACE_TEXT, STR("\n"));
}

int headless_mentions(struct headless *h)
{
    bool any = false;
    for (uint32_t i = 0; i < h->n; i++) {
        const struct article *a = dossier_article(h->dossier, h->order[i]);
        struct mention_run run = dossier_mentions(h->dossier, h->order[i]);
        for (uint32_t k = 0; k < run.n; k++)
            mention_out(h, a, &run.v[k]);
        any |= run.n > 0;
    }
    return any ? EXIT_FOUND : EXIT_NOTHING;
}

static void entity_json(struct record *r, const struct links *l, uint32_t id)
{
    const struct entity *e = &l->entities[id];
    record_begin(r);
    record_int(r, "entity", id);
    record_cstr(r, "kind", kind_names[e->kind]);
    record_str(r, "name", e->name);
    record_list(r, "aliases");
    for (uint32_t i = e->aliases_begin; i < e->aliases_end; i++)
        if (!str_eq(l->aliases[i].text, e->name))
            record_str(r, NULL, l->aliases[i].text);
    record_list_end(r);
    record_int(r, "articles", e->n_articles);
    record_int(r, "mentions", e->n_mentions);
    record_day(r, "first", e->first);
    record_day(r, "last", e->last);
    record_end(r);
}

static void entity_text(struct record *r, const struct links *l, uint32_t id)
{
    const struct entity *e = &l->entities[id];
    say_line(r, kind_faces[e->kind], e->name);
    sayf(r, FACE_TEXT, "  %s, ", kind_names[e->kind]);
    sayf(r, FACE_COUNT, "%u mention%s in %u article%s", e->n_mentions,
         e->n_mentions == 1 ? "" : "s", e->n_articles, e->n_articles == 1 ? "" : "s");
    const char *between = "  ";
    for (uint32_t i = e->aliases_begin; i < e->aliases_end; i++) {
        if (str_eq(l->aliases[i].text, e->name))
            continue;
        sayf(r, FACE_TEXT, "%s", between);
        say_line(r, FACE_TEXT, l->aliases[i].text);
        between = ", ";
    }
    say(r, FACE_TEXT, STR("\n"));
}

int headless_entities(struct headless *h)
{
    const struct links *l = dossier_links(h->dossier);
    for (uint32_t i = 1; i < l->n_entities; i++)
        (record_is_json(h->out) ? entity_json : entity_text)(h->out, l, i);
    return l->n_entities > 1 ? EXIT_FOUND : EXIT_NOTHING;
}

static void date_anchor_json(struct record *r, const struct article *a, const struct date *d)
{
    if (d->flags & DATE_FROM_PUBLICATION) {
        record_object(r, "anchor");
        record_day(r, "value", a->published);
        record_object_end(r);
    } else if (!span_is_empty(d->anchor)) {
        record_span(r, "anchor", a, d->anchor);
        record_object_end(r);
    }
}

static void date_out(struct headless *h, const struct article *a, const struct date *d)
{
    struct record *r = h->out;
    if (record_is_json(r)) {
        record_begin(r);
        record_passage(r, a, d->at);
        record_cstr(r, "type", date_type_names[d->type]);
        record_cstr(r, "value", d->value);
        date_anchor_json(r, a, d);
        record_end(r);
        return;
    }
    say_passage(r, a, d->at, FACE_DATE);
    sayf(r, FACE_TEXT, "  %s %s\n", date_type_names[d->type], d->value);
}

int headless_dates(struct headless *h)
{
    bool any = false;
    for (uint32_t i = 0; i < h->n; i++) {
        const struct article *a = dossier_article(h->dossier, h->order[i]);
        struct date_run run = dossier_dates(h->dossier, h->order[i]);
        for (uint32_t k = 0; k < run.n; k++)
            date_out(h, a, &run.v[k]);
        any |= run.n > 0;
    }
    return any ? EXIT_FOUND : EXIT_NOTHING;
}
