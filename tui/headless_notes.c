/* `notes` and `note`: the reader's annotations from a shell. */
#include "tui/headless.h"

#include "core/text.h"
#include "tui/export.h"

#include <errno.h>

static void time_field(struct record *r, const char *key, int64_t seconds)
{
    char out[EXPORT_TIME_BYTES];
    record_cstr(r, key, export_time(seconds, out));
}

static void tags_json(struct record *r, struct str tags)
{
    if (!tags.n)
        return;
    record_list(r, "tags");
    for (size_t i = 0; i < tags.n;) {
        const char *blank = memchr(tags.p + i, ' ', tags.n - i);
        size_t n = blank ? (size_t)(blank - tags.p) - i : tags.n - i;
        if (n)
            record_str(r, NULL, str_from(tags.p + i, n));
        i += n + 1;
    }
    record_list_end(r);
}

static void note_json(struct headless *h, const struct noted *x)
{
    struct record *r = h->out;
    const struct note *n = x->note;
    char label[5];
    record_begin(r);
    record_int(r, "note", n->id);
    record_str(r, "article", dossier_article(h->dossier, x->article)->path);
    record_int(r, "begin", x->at.begin);
    record_int(r, "end", x->at.end);
    record_cstr(r, "state", note_state_name(x->state));
    record_str(r, "text", n->anchor.exact);
    if (n->label)
        record_str(r, "label", str_from(label, utf8_encode(n->label, label)));
    tags_json(r, n->tags);
    if (n->comment.n)
        record_str(r, "comment", n->comment);
    record_str(r, "author", n->author);
    time_field(r, "created", n->created);
    time_field(r, "changed", n->changed);
    record_end(r);
}

static void note_text(struct headless *h, const struct noted *x)
{
    struct record *r = h->out;
    const struct note *n = x->note;
    char label[5];
    sayf(r, FACE_COUNT, "%lld  ", (long long)n->id);
    say_line(r, FACE_MARGIN, dossier_article(h->dossier, x->article)->path);
    sayf(r, FACE_COUNT, ":%u-%u", x->at.begin, x->at.end);
    if (x->state != NOTE_EXACT)
        sayf(r, FACE_ERROR, "  %s", note_state_name(x->state));
    if (n->label) {
        say(r, FACE_TAG, STR("  "));
        say(r, FACE_TAG, str_from(label, utf8_encode(n->label, label)));
    }
    if (n->anchor.exact.n) {
        say(r, FACE_TEXT, STR("  "));
        say_line(r, FACE_QUOTE, n->anchor.exact);
    }
    struct str words = note_words(h->scratch, n);
    if (words.n) {
        say(r, FACE_NOTE, STR("  | "));
        say_line(r, FACE_NOTE, words);
    }
    say(r, FACE_TEXT, STR("\n"));
}

static void note_out(struct headless *h, const struct noted *x)
{
    (record_is_json(h->out) ? note_json : note_text)(h, x);
}

int headless_notes(struct headless *h)
{
    bool any = false;
    for (uint32_t i = 0; i < h->n; i++) {
        struct noted_run run = notes_in_article(h->notes, h->dossier, h->order[i]);
        /* A second copy of a text has the notes of the first. */
        for (uint32_t k = 0; k < run.n && run.v[k].article.v == h->order[i].v; k++, any = true)
            note_out(h, &run.v[k]);
    }
    return any ? EXIT_FOUND : EXIT_NOTHING;
}

/* ---- adding ---- */

static bool parse_byte(const char *text, const struct article *a, uint32_t *out)
{
    char *end;
    errno = 0;
    unsigned long n = strtoul(text, &end, 10);
    bool boundary =
        n == a->text.n || (n < a->text.n && ((unsigned char)a->text.p[n] & 0xc0) != 0x80);
    if (errno || *end || text[0] < '0' || text[0] > '9' || n > a->text.n || !boundary) {
        headless_complain(
            "%s: not a byte of this article's text where a character begins (0 to %zu)", text,
            a->text.n);
        return false;
    }
    *out = (uint32_t)n;
    return true;
}

static bool take_words(struct headless *h, struct note *n)
{
    const struct options *o = h->options;
    size_t bad;
    n->comment = utf8_repair(h->scratch, str_of(o->comment), &bad);
    for (size_t i = 0; i < o->tags.n; i++)
        note_add_tags(n, h->scratch,
                      tag_clean(h->scratch, utf8_repair(h->scratch, str_of(o->tags.v[i]), &bad)));
    if (!o->label || !o->label[0])
        return true;
    struct str label = utf8_repair(h->scratch, str_of(o->label), &bad);
    const char *next;
    n->label = utf8_decode(label.p, &next);
    if (next == label.p + label.n && n->label > ' ')
        return true;
    headless_complain("--label: one letter, not '%s'", o->label);
    return false;
}

int headless_note(struct headless *h)
{
    article_id id = headless_article(h);
    const struct article *a = dossier_article(h->dossier, id);
    struct span at;
    if (!a || !parse_byte(h->options->args[1], a, &at.begin) ||
        !parse_byte(h->options->args[2], a, &at.end))
        return EXIT_TROUBLE;
    struct str words = at.begin <= at.end ? str_at(a->text, at) : STR("");
    bool none = at.begin > at.end || (at.begin == at.end && at.begin > 0);
    if (none || words.n > ANCHOR_WORDS_BYTES_MAX || (words.n && !str_trim(words).n)) {
        headless_complain(
            "a note needs words: from BEGIN to END, at most %u bytes, or 0 0 for the article",
            ANCHOR_WORDS_BYTES_MAX);
        return EXIT_TROUBLE;
    }
    struct note n = note_on(h->notes, h->scratch, a, words.n ? at : span_of(0, 0));
    const char *why = NULL;
    int64_t number;
    if (!take_words(h, &n))
        return EXIT_TROUBLE;
    if (notes_put(h->notes, h->dossier, &n, &number, &why) != OK) {
        headless_complain("%s", why);
        return EXIT_TROUBLE;
    }
    note_out(h, notes_by_id(h->notes, number));
    return EXIT_FOUND;
}
