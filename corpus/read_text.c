/* Plain text and Markdown: the file's text with its header taken off, and nothing else. */
#include "corpus/complete.h"
#include "corpus/decode.h"
#include "corpus/header.h"
#include "corpus/reader.h"


static bool is_markdown(struct str path)
{
    static const char *const endings[] = {".md", ".markdown", ".mkd", NULL};
    return path_ends_in(path, endings);
}

/* The text of "# Title ##", or of a line underlined with = or -. */
static struct str heading_of(struct str line, struct str below)
{
    size_t level = 0;
    while (level < line.n && line.p[level] == '#')
        level++;
    if (level && level <= 6 && level < line.n && line.p[level] == ' ') {
        line = str_trim(str_from(line.p + level, line.n - level));
        while (line.n && line.p[line.n - 1] == '#')
            line.n--;
        return str_trim(line);
    }
    below = str_trim(below);
    for (size_t i = 0; i < below.n; i++)
        if (below.p[i] != below.p[0] || (below.p[0] != '=' && below.p[0] != '-'))
            return str_from(line.p, 0);
    return below.n >= 3 ? str_trim(line) : str_from(line.p, 0);
}

/* The first heading of a Markdown text, in its first lines; empty if there is none. */
static struct str markdown_title(struct str text)
{
    struct str before = str_from(text.p, 0);
    if (text.n > 8192)
        text.n = 8192;
    for (size_t at = 0; at < text.n;) {
        const char *begin = text.p + at, *end = memchr(begin, '\n', text.n - at);
        struct str line = str_from(begin, end ? (size_t)(end - begin) : text.n - at);
        struct str title = heading_of(line, str_from(line.p, 0));
        if (!title.n && before.n)
            title = heading_of(before, line);
        if (title.n)
            return title;
        before = str_trim(line);
        at += line.n + 1;
    }
    return str_from(text.p, 0);
}

/* Tells what was odd about the decoding; returns how many issues that were. */
static uint32_t report_decoding(const struct source *s, const struct sink *to,
                                const struct decoded *d)
{
    uint32_t n = 0;
    if (d->unknown)
        source_issue(s, to, SIZE_MAX, false, "the charset \"%.*s\" is not known; read as %s",
                     s->charset.n < 40 ? (int)s->charset.n : 40, s->charset.p, d->charset), n++;
    if (d->last_resort)
        source_issue(s, to, SIZE_MAX, false, "not UTF-8 and no charset named: read as %s",
                     d->charset), n++;
    if (d->bad != SIZE_MAX)
        source_issue(s, to, d->bad, false, "not valid %s from here on; replaced by U+FFFD",
                     d->charset), n++;
    if (d->cut || s->more)
        source_issue(s, to, SIZE_MAX, true, "longer than %u MB: the rest is left out",
                     ARTICLE_BYTES_MAX >> 20), n++;
    return n;
}

/* A date that is stated and not understood, or one of which only month or year is known. */
static uint32_t report_date(const struct source *s, const struct sink *to, const struct header *h)
{
    if (!h->date.n || h->published != DAY_NONE || h->not_before != DAY_NONE)
        return 0;
    source_issue(s, to, SIZE_MAX, false, "the date \"%.*s\" is not understood",
                 h->date.n < 40 ? (int)h->date.n : 40, h->date.p);
    return 1;
}

void read_text(const struct source *s, const struct sink *to)
{
    struct arena memory = {0};
    struct decoded d = decode(&memory, s->bytes, s->charset, ARTICLE_BYTES_MAX);
    struct header h = header_parse(&memory, d.text);
    struct article a = {.path = s->path, .format = FORMAT_TEXT};
    header_apply(&h, &a);
    a.text = str_from(d.text.p + h.bytes, d.text.n - h.bytes);
    a.file_bytes = s->file_bytes ? s->file_bytes : s->bytes.n;
    a.issues = report_decoding(s, to, &d) + report_date(s, to, &h);
    if (is_markdown(s->path)) {
        a.format = FORMAT_MARKDOWN;
        if (!a.title.n) {
            a.title = markdown_title(a.text);
            a.title_in_text = a.title.n > 0;
        }
    }
    article_complete(&a);
    to->article(to->ctx, &a);
    arena_finish(&memory);
}
