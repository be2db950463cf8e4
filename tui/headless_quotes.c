/* `quotes`: quotations and who said them; with --group, the wordings of one, earliest first. */
#include "tui/headless.h"

static const char *const quote_kind_names[QUOTE_KINDS] = {"", "direct", "mixed", "block",
                                                          "indirect"};

/* The fields of a quotation, without the braces. */
static void quote_fields(struct headless *h, const struct article *a, const struct quote *q)
{
    struct record *r = h->out;
    record_passage(r, a, q->at);
    record_cstr(r, "kind", quote_kind_names[q->kind]);
    record_speaker(h, a, q);
    if (!span_is_empty(q->cue)) {
        record_span(r, "cue", a, q->cue);
        record_object_end(r);
    }
    record_int(r, "group", q->group.v);
    record_bool(r, "open", q->open);
}

static void quote_out(struct headless *h, const struct article *a, const struct quote *q)
{
    struct record *r = h->out;
    if (record_is_json(r)) {
        record_begin(r);
        quote_fields(h, a, q);
        record_end(r);
        return;
    }
    say_passage(r, a, q->at, FACE_QUOTE);
    say_speaker(h, a, q);
    sayf(r, FACE_TEXT, "  (%s, quotation %u)\n", quote_kind_names[q->kind], q->group.v);
}

/* What a wording changes against the earliest, in words for people. */
static void flags_json(struct record *r, unsigned flags)
{
    record_list(r, "flags");
    for (unsigned i = 0; i < DIFFERENCES; i++)
        if (flags & 1u << i)
            record_cstr(r, NULL, difference_name(1u << i));
    record_list_end(r);
}

static void wording_out(struct headless *h, uint32_t row, uint32_t first_row)
{
    const struct links *l = dossier_links(h->dossier);
    const struct quote *q = &l->quotes[row], *first = &l->quotes[first_row];
    const struct article *a = dossier_article(h->dossier, links_quote_article(l, row));
    const struct article *o = dossier_article(h->dossier, links_quote_article(l, first_row));
    struct word_run theirs = words_of(h->scratch, o->text, first->at),
                    ours = words_of(h->scratch, a->text, q->at);
    struct edit_run edits = align_words(h->scratch, theirs, ours);
    struct record *r = h->out;
    if (record_is_json(r)) {
        record_begin(r);
        quote_fields(h, a, q);
        record_day(r, "published", a->published);
        record_difference(r, edits, o->text, theirs, a->text, ours);
        flags_json(r, difference_of(o->text, theirs, a->text, ours, edits));
        record_end(r);
        return;
    }
    say_day(r, a->published);
    say(r, FACE_TEXT, STR("  "));
    say_line(r, FACE_MARGIN, a->path);
    sayf(r, FACE_COUNT, ":%u-%u  ", q->at.begin, q->at.end);
    say_difference(r, edits, o->text, theirs, a->text, ours);
    say_speaker(h, a, q);
    say(r, FACE_TEXT, STR("\n"));
}

static int quotes_of_group(struct headless *h)
{
    group_id g = {(uint32_t)h->options->group};
    struct row_run run = links_of_group(dossier_links(h->dossier), g);
    for (uint32_t i = 0; i < run.n; i++)
        wording_out(h, run.v[i], run.v[0]);
    return run.n ? EXIT_FOUND : EXIT_NOTHING;
}

int headless_quotes(struct headless *h)
{
    bool any = false;
    if (h->options->group > 0)
        return quotes_of_group(h);
    for (uint32_t i = 0; i < h->n; i++) {
        const struct article *a = dossier_article(h->dossier, h->order[i]);
        struct quote_run run = dossier_quotes(h->dossier, h->order[i]);
        for (uint32_t k = 0; k < run.n; k++)
            quote_out(h, a, &run.v[k]);
        any |= run.n > 0;
    }
    return any ? EXIT_FOUND : EXIT_NOTHING;
}
