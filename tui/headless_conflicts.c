/* `conflicts`: where sources disagree, claim by claim. */
#include "tui/headless.h"

static const char *const kind_names[] = {"", "date", "name", "quote", "number"};

static void sources_json(struct headless *h, const struct conflict_value *v)
{
    const struct links *l = dossier_links(h->dossier);
    record_list(h->out, "sources");
    for (uint32_t i = v->passages_begin; i < v->passages_end; i++) {
        const struct passage *p = &l->conflict_passages[i];
        record_object(h->out, NULL);
        record_passage(h->out, dossier_article(h->dossier, p->article), p->at);
        record_object_end(h->out);
    }
    record_list_end(h->out);
}

static void conflict_json(struct headless *h, const struct conflict *c)
{
    const struct links *l = dossier_links(h->dossier);
    struct record *r = h->out;
    record_begin(r);
    record_cstr(r, "kind", kind_names[c->kind]);
    record_str(r, "about", c->about);
    record_list(r, "claims");
    for (uint32_t i = c->values_begin; i < c->values_end; i++) {
        record_object(r, NULL);
        record_str(r, "value", l->conflict_values[i].value);
        sources_json(h, &l->conflict_values[i]);
        record_object_end(r);
    }
    record_list_end(r);
    if (c->decided == CONFLICT_NONE)
        record_bool(r, "dismissed", true);
    else if (c->decided)
        record_str(r, "decided", l->conflict_values[c->decided - 1].value);
    if (c->event.v)
        record_int(r, "event", c->event.v);
    if (c->entity.v)
        record_int(r, "entity", c->entity.v);
    if (c->group.v)
        record_int(r, "group", c->group.v);
    record_end(r);
}

static void conflict_text(struct headless *h, const struct conflict *c)
{
    const struct links *l = dossier_links(h->dossier);
    struct record *r = h->out;
    sayf(r, FACE_CONFLICT, "%-6s  ", kind_names[c->kind]);
    say_line(r, FACE_HEADLINE, c->about);
    if (c->decided == CONFLICT_NONE)
        say(r, FACE_COUNT, STR("  · you said: no conflict"));
    else if (c->decided)
        say(r, FACE_COUNT, STR("  · decided"));
    say(r, FACE_TEXT, STR("\n"));
    for (uint32_t i = c->values_begin; i < c->values_end; i++) {
        const struct conflict_value *v = &l->conflict_values[i];
        say(r, FACE_TEXT, c->decided == i + 1 ? STR("  = ") : STR("    "));
        say_line(r, FACE_DATE, v->value);
        say(r, FACE_TEXT, STR("\n"));
        for (uint32_t k = v->passages_begin; k < v->passages_end; k++) {
            const struct passage *p = &l->conflict_passages[k];
            say(r, FACE_TEXT, STR("        "));
            say_passage(r, dossier_article(h->dossier, p->article), p->at, FACE_TEXT);
            say(r, FACE_TEXT, STR("\n"));
        }
    }
}

int headless_conflicts(struct headless *h)
{
    const struct links *l = dossier_links(h->dossier);
    for (uint32_t i = 0; i < l->n_conflicts; i++)
        (record_is_json(h->out) ? conflict_json : conflict_text)(h, &l->conflicts[i]);
    return l->n_conflicts ? EXIT_FOUND : EXIT_NOTHING;
}
