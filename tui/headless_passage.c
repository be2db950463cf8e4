/* How a passage is written in a record, and a quotation with its speaker: shared by the
 * commands. */
#include "tui/headless.h"

void record_passage(struct record *r, const struct article *a, struct span at)
{
    record_str(r, "article", a->path);
    record_int(r, "begin", at.begin);
    record_int(r, "end", at.end);
    record_str(r, "text", str_at(a->text, at));
}

void say_passage(struct record *r, const struct article *a, struct span at, enum face face)
{
    say_line(r, FACE_MARGIN, a->path);
    sayf(r, FACE_COUNT, ":%u-%u", at.begin, at.end);
    say(r, FACE_TEXT, STR("  "));
    say_line(r, face, str_at(a->text, at));
}

void record_span(struct record *r, const char *key, const struct article *a, struct span at)
{
    record_object(r, key);
    record_int(r, "begin", at.begin);
    record_int(r, "end", at.end);
    record_str(r, "text", str_at(a->text, at));
}

const struct entity *headless_entity(struct headless *h, entity_id e)
{
    const struct links *l = dossier_links(h->dossier);
    return e.v && e.v < l->n_entities ? &l->entities[e.v] : NULL;
}

void record_speaker(struct headless *h, const struct article *a, const struct quote *q)
{
    struct record *r = h->out;
    const struct entity *e = headless_entity(h, q->speaker_entity);
    if (!e && span_is_empty(q->speaker))
        return;
    record_span(r, "speaker", a, q->speaker);
    if (e) {
        record_int(r, "entity", q->speaker_entity.v);
        record_str(r, "name", e->name);
    }
    record_object_end(r);
}

void say_speaker(struct headless *h, const struct article *a, const struct quote *q)
{
    const struct entity *e = headless_entity(h, q->speaker_entity);
    if (!e && span_is_empty(q->speaker))
        return;
    say(h->out, FACE_TEXT, STR("  \xe2\x80\x94 "));
    say_line(h->out, FACE_SPEAKER, e ? e->name : str_at(a->text, q->speaker));
}

/* The words of one edit, as they stand in the text they are of. */
static struct str edit_words(const struct edit *e, struct str a_text, struct word_run a,
                             struct str b_text, struct word_run b)
{
    if (e->kind == EDIT_REMOVED)
        return str_at(a_text, span_of(a.v[e->begin].at.begin, a.v[e->end - 1].at.end));
    return str_at(b_text, span_of(b.v[e->b_begin].at.begin, b.v[e->b_end - 1].at.end));
}

void record_difference(struct record *r, struct edit_run edits, struct str a_text,
                       struct word_run a, struct str b_text, struct word_run b)
{
    record_list(r, "difference");
    for (uint32_t i = 0; i < edits.n; i++) {
        char sign = (char)edits.v[i].kind;
        record_list(r, NULL);
        record_str(r, NULL, str_from(&sign, 1));
        record_str(r, NULL, edit_words(&edits.v[i], a_text, a, b_text, b));
        record_list_end(r);
    }
    record_list_end(r);
}

void say_difference(struct record *r, struct edit_run edits, struct str a_text, struct word_run a,
                    struct str b_text, struct word_run b)
{
    for (uint32_t i = 0; i < edits.n; i++) {
        const struct edit *e = &edits.v[i];
        bool same = e->kind == EDIT_SAME;
        enum face face = same ? FACE_TEXT : e->kind == EDIT_REMOVED ? FACE_REMOVED : FACE_ADDED;
        sayf(r, face, "%s%s", i ? " " : "", same ? "" : e->kind == EDIT_REMOVED ? "[-" : "[+");
        say_line(r, face, edit_words(e, a_text, a, b_text, b));
        sayf(r, face, "%s", same ? "" : "]");
    }
}
