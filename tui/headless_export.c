/* `export`, `import` and `check`: notes taken out, in, and proven against the articles. */
#include "tui/headless.h"

#include <stdlib.h>

#include "tui/export.h"

/* The notes in the order of the articles' paths. */
static size_t in_order(struct headless *h, struct noted **out)
{
    struct noted_run all = notes_all(h->notes);
    size_t n = 0;
    *out = arena_array(h->scratch, struct noted, all.n);
    for (uint32_t i = 0; i < h->n; i++) {
        struct noted_run run = notes_in_article(h->notes, h->dossier, h->order[i]);
        for (uint32_t k = 0; k < run.n && run.v[k].article.v == h->order[i].v; k++)
            (*out)[n++] = run.v[k];
    }
    return n;
}

int headless_export(struct headless *h)
{
    struct noted *v;
    const char *name = h->options->format ? h->options->format : "markdown";
    bool by_tag = !strcmp(name, "markdown-by-tag");
    enum export_format f = by_tag ? EXPORT_MARKDOWN : export_format_named(str_of(name));
    if (f == EXPORTS) {
        headless_complain("--format: markdown, markdown-by-tag, w3c or csv, not %s", name);
        return EXIT_TROUBLE;
    }
    char *text = NULL;
    size_t n = in_order(h, &v), bytes = 0;
    FILE *to =
        open_memstream(&text, &bytes); /* the paths in it are safe for a file, not for a terminal */
    bool made = to && export_notes(to, h->dossier, v, n, f, by_tag);
    made = to && fclose(to) == 0 && made;
    if (made)
        say(h->out, FACE_TEXT, str_from(text, bytes));
    else
        headless_complain("the notes could not be written out");
    free(text);
    return !made ? EXIT_TROUBLE : n ? EXIT_FOUND : EXIT_NOTHING;
}

/* ---- in ---- */

int headless_import(struct headless *h)
{
    struct note_read *v;
    size_t n;
    const char *why = NULL, *path = h->options->args[0];
    struct import_counts c;
    if (h->files->notes(path, h->scratch, &v, &n, &why) != OK ||
        notes_import(h->notes, h->dossier, v, n, &c, &why) != OK) {
        headless_complain("%s: %s", path, why);
        return EXIT_TROUBLE;
    }
    if (record_is_json(h->out)) {
        record_begin(h->out);
        for (int s = NOTE_EXACT; s >= NOTE_ORPHAN; s--)
            record_int(h->out, note_state_name((enum note_state)s), c.state[s]);
        record_int(h->out, "known", c.known);
        record_int(h->out, "elsewhere", c.elsewhere);
        record_end(h->out);
    } else {
        sayf(h->out, FACE_TEXT,
             "%u exact, %u moved, %u weak, %u orphan; %u known already, %u of no article here\n",
             c.state[NOTE_EXACT], c.state[NOTE_MOVED], c.state[NOTE_WEAK], c.state[NOTE_ORPHAN],
             c.known, c.elsewhere);
    }
    return n > c.elsewhere ? EXIT_FOUND : EXIT_NOTHING;
}

/* ---- proof ---- */

static void proof_json(struct headless *h, const struct citation *c, const struct proven *p,
                       const char *article)
{
    record_begin(h->out);
    record_int(h->out, "citation", c->line);
    record_cstr(h->out, "article", article);
    if (c->has_place) {
        record_int(h->out, "begin", (int64_t)c->begin);
        record_int(h->out, "end", (int64_t)c->end);
    }
    record_cstr(h->out, "proof", proof_name(p->proof));
    record_str(h->out, "text", c->text);
    record_end(h->out);
}

static void proof_text(struct headless *h, const struct citation *c, const struct proven *p,
                       const char *article)
{
    if (p->proof == PROOF_SAME)
        return;
    sayf(h->out, FACE_COUNT, "%u: ", c->line);
    sayf(h->out, FACE_ERROR, "%s", proof_name(p->proof));
    say(h->out, FACE_TEXT, STR("  "));
    say_line(h->out, FACE_MARGIN, str_of(article));
    if (c->has_place)
        sayf(h->out, FACE_COUNT, ":%llu-%llu", (unsigned long long)c->begin,
             (unsigned long long)c->end);
    say(h->out, FACE_TEXT, STR("  "));
    say_line(h->out, FACE_QUOTE, c->text);
    say(h->out, FACE_TEXT, STR("\n"));
}

int headless_check(struct headless *h)
{
    struct citation *v;
    size_t n, moved = 0, bad = 0;
    const char *why = NULL, *path = h->options->args[0];
    if (h->files->citations(path, h->scratch, &v, &n, &why) != OK) {
        headless_complain("%s: %s", path, why);
        return EXIT_TROUBLE;
    }
    struct proven *p = arena_array(h->scratch, struct proven, n);
    citations_prove(h->notes, h->dossier, v, n, p);
    for (size_t i = 0; i < n; i++) {
        struct str named = v[i].path.n ? v[i].path : v[i].url;
        const char *article =
            p[i].article.v
                ? arena_str(h->scratch, dossier_article(h->dossier, p[i].article)->path).p
                : arena_str(h->scratch, named).p;
        (record_is_json(h->out) ? proof_json : proof_text)(h, &v[i], &p[i], article);
        moved += p[i].proof == PROOF_MOVED;
        bad += p[i].proof > PROOF_MOVED;
    }
    if (!h->options->quiet)
        fprintf(stderr,
                "dossier: %zu of %zu citations stand as cited, %zu elsewhere in their article\n",
                n - bad - moved, n, moved);
    return bad ? EXIT_ALTERED : n ? EXIT_FOUND : EXIT_NOTHING;
}
