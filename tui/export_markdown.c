/* The report: a heading for each article (or tag), under it each passage as a block quotation, a
 * line that cites it, and the comment. */
#include "tui/export_parts.h"


static void put(FILE *to, struct str s)
{
    fwrite(s.p ? s.p : "", 1, s.n, to);
}

/* One line of Markdown that shows these words. */
static void put_flat(FILE *to, struct arena *a, struct str s)
{
    struct str e = markdown_escape(a, s);
    for (size_t i = 0; i < e.n; i++)
        putc(e.p[i] == '\n' ? ' ' : e.p[i], to);
}

/* Each line behind `lead`; blank lines part paragraphs as they do in the text. */
static void put_lines(FILE *to, struct arena *a, struct str s, const char *lead)
{
    struct str e = markdown_escape(a, str_trim(s));
    for (size_t i = 0; i < e.n;) {
        const char *stop = memchr(e.p + i, '\n', e.n - i);
        size_t n = stop ? (size_t)(stop - e.p) - i : e.n - i;
        fputs(lead, to);
        if (n && lead[0])
            putc(' ', to);
        put(to, str_from(e.p + i, n));
        putc('\n', to);
        i += n + 1;
    }
}

static void put_source(FILE *to, struct arena *a, const struct article *row)
{
    const struct str parts[] = {row->outlet, {NULL, 0}, row->author};
    const char *between = "";
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        struct str part = i != 1                       ? parts[i]
                          : row->published != DAY_NONE ? days_timex(a, days_of_day(row->published))
                                                       : STR("undated");
        if (!part.n)
            continue;
        fputs(between, to);
        put_flat(to, a, part);
        between = " · ";
    }
}

/* "— `path:12-40` · The Ledger · 2011-06-03 · state · **k** · \#tag · who, when" */
static void put_citation(FILE *to, struct arena *a, const struct article *row,
                         const struct noted *x)
{
    const struct note *n = x->note;
    char label[5], time[EXPORT_TIME_BYTES];
    fputs("— `", to);
    put(to, path_escape(a, row->path, ""));
    if (export_is_sure(x))
        fprintf(to, ":%u-%u", x->at.begin, x->at.end);
    fputs("` · ", to);
    put_source(to, a, row);
    if (x->state != NOTE_EXACT)
        fprintf(to, " · **%s**", note_state_name(x->state));
    if (n->label) {
        fputs(" · label ", to);
        put_flat(to, a, export_label(n, label));
    }
    for (size_t i = 0; i < n->tags.n;) {
        const char *blank = memchr(n->tags.p + i, ' ', n->tags.n - i);
        size_t len = blank ? (size_t)(blank - n->tags.p) - i : n->tags.n - i;
        fputs(i ? " \\#" : " · \\#", to);
        put_flat(to, a, str_from(n->tags.p + i, len));
        i += len + 1;
    }
    fputs(" · ", to);
    put_flat(to, a, n->author);
    fprintf(to, ", %.10s\n", export_time(n->changed, time));
}

static void put_note(FILE *to, const struct dossier *d, const struct noted *x)
{
    struct arena a = {0};
    const struct article *row = dossier_article(d, x->article);
    struct str words = export_words(d, x, &a);
    if (words.n) {
        put_lines(to, &a, words, ">");
        putc('\n', to);
    }
    put_citation(to, &a, row, x);
    if (x->note->comment.n) {
        putc('\n', to);
        put_lines(to, &a, x->note->comment, "");
    }
    putc('\n', to);
    arena_finish(&a);
}

static void put_heading(FILE *to, struct str words, const char *otherwise)
{
    struct arena a = {0};
    fputs("## ", to);
    if (words.n)
        put_flat(to, &a, words);
    else
        fputs(otherwise, to);
    fputs("\n\n", to);
    arena_finish(&a);
}

static void by_article(FILE *to, const struct dossier *d, const struct noted *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || v[i].article.v != v[i - 1].article.v)
            put_heading(to, dossier_article(d, v[i].article)->title, "Untitled");
        put_note(to, d, &v[i]);
    }
}

/* Tags in order of their names; a note stands under each of its own. */
static int by_name(const void *x, const void *y)
{
    return str_cmp(*(const struct str *)x, *(const struct str *)y);
}

static void by_tags(FILE *to, const struct dossier *d, const struct noted *v, size_t n)
{
    VEC(struct str) tags = {0};
    for (size_t i = 0; i < n; i++) {
        struct str all = v[i].note->tags;
        for (size_t k = 0; k < all.n;) {
            const char *blank = memchr(all.p + k, ' ', all.n - k);
            size_t len = blank ? (size_t)(blank - all.p) - k : all.n - k;
            vec_push(&tags, str_from(all.p + k, len));
            k += len + 1;
        }
    }
    if (tags.n)
        qsort(tags.v, tags.n, sizeof *tags.v, by_name);
    for (size_t t = 0; t < tags.n; t++) {
        if (t && str_eq(tags.v[t], tags.v[t - 1]))
            continue;
        put_heading(to, tags.v[t], "");
        for (size_t i = 0; i < n; i++)
            if (note_has_tag(v[i].note, tags.v[t]))
                put_note(to, d, &v[i]);
    }
    bool headed = false;
    for (size_t i = 0; i < n; i++) {
        if (v[i].note->tags.n)
            continue;
        if (!headed)
            put_heading(to, STR(""), "Without a tag");
        headed = true;
        put_note(to, d, &v[i]);
    }
    vec_free(&tags);
}

void export_markdown(FILE *to, const struct dossier *d, const struct noted *v, size_t n,
                     bool by_tag)
{
    fprintf(to, "# Notes\n\n");
    (by_tag ? by_tags : by_article)(to, d, v, n);
}
