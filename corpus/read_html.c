/* A saved page to an article: the charset it names, what it states, the body the scorer finds.
 * Parsing is libxml2's, without network and entities of its own; the page is one buffer of
 * limited size, decoded here, so that libxml2 never guesses at a charset. */
#include "corpus/complete.h"
#include "corpus/decode.h"
#include "corpus/header.h"
#include "corpus/html.h"
#include "corpus/reader.h"

#include <strings.h>

#include "core/text.h"

enum { PAGE_BYTES_MAX = 32 << 20, PRESCAN_BYTES = 4096 };

/* What <meta charset=…> or the like names in the first bytes; empty if nothing does. */
static struct str charset_of_page(struct str bytes)
{
    size_t n = bytes.n < PRESCAN_BYTES ? bytes.n : PRESCAN_BYTES;
    for (size_t i = 0; i + 9 < n; i++) {
        if (strncasecmp(bytes.p + i, "charset", 7))
            continue;
        size_t at = i + 7;
        while (at < n && (bytes.p[at] == ' ' || bytes.p[at] == '='))
            at++;
        at += at < n && (bytes.p[at] == '"' || bytes.p[at] == '\'');
        size_t end = at;
        while (end < n && !strchr("\"' ;>/\n", bytes.p[end]))
            end++;
        if (end > at)
            return str_from(bytes.p + at, end - at);
    }
    return str_from(bytes.p, 0);
}

/* A browser that saves a page may write UTF-8 and leave the name of another charset in it; text in
 * that other one is never valid UTF-8 by chance once it has letters beyond ASCII. */
static bool is_utf8_for_sure(struct str bytes)
{
    if (utf8_valid_prefix(bytes) < bytes.n)
        return false;
    for (size_t i = 0; i < bytes.n; i++)
        if ((unsigned char)bytes.p[i] >= 0x80)
            return true;
    return false;
}

/* libxml2 takes a NUL for the end; HTML takes it for nothing. */
static struct str without_nul(struct arena *a, struct str s)
{
    if (!s.n || !memchr(s.p, '\0', s.n))
        return s;
    struct str copy = arena_str(a, s);
    for (char *p = (char *)(uintptr_t)copy.p, *end = p + copy.n; p < end; p++)
        *p = *p ? *p : ' ';
    return copy;
}

static uint32_t report(const struct source *s, const struct sink *to, const struct decoded *d,
                       const struct html_page *p, bool empty)
{
    uint32_t n = 0;
    if (d->bad != SIZE_MAX)
        source_issue(s, to, d->bad, false, "not valid %s from here on; replaced by U+FFFD",
                     d->charset), n++;
    if (d->cut || s->more)
        source_issue(s, to, SIZE_MAX, true, "a page longer than %d MB: the rest is left out",
                     PAGE_BYTES_MAX >> 20), n++;
    if (p->too_deep)
        source_issue(s, to, SIZE_MAX, false,
                     "nested too deeply to be read as a page: the text between its tags"), n++;
    if (empty)
        source_issue(s, to, SIZE_MAX, true, "no article was found in the page"), n++;
    return n;
}

static void take_fields(struct html_page *p, struct article *a)
{
    a->title = html_title(p);
    a->author = p->fields[HTML_AUTHOR].value;
    a->outlet = p->fields[HTML_OUTLET].value;
    a->url = p->fields[HTML_URL].value;
    a->tags = header_tags(&p->memory, p->fields[HTML_TAGS].value);
    a->published = day_parse(p->fields[HTML_DATE].value);
    if (a->published == DAY_NONE)
        a->published = day_of_path(a->url);
    a->published_from = a->published != DAY_NONE ? PUBLISHED_PAGE : PUBLISHED_NONE;
}

/* What JSON-LD gives as the text stands when the page shows less than half of it. */
static struct str body_of(struct html_page *p, struct arena *a, struct str title)
{
    struct str body = html_body(p, a, title), stated = p->fields[HTML_BODY].value;
    return body.n * 2 < stated.n ? text_line_ends(a, stated) : body;
}

void read_html(const struct source *s, const struct sink *to)
{
    struct arena memory = {0};
    struct html_page page = {0};
    struct str charset = s->charset.n ? s->charset : charset_of_page(s->bytes);
    if (!s->charset.n && is_utf8_for_sure(s->bytes))
        charset = STR("utf-8");
    struct decoded d = decode(&memory, s->bytes, charset, PAGE_BYTES_MAX);
    struct str text = without_nul(&memory, d.text);
    struct article a = {.path = s->path, .not_before = DAY_NONE, .format = FORMAT_HTML};
    html_parse(&page, text);
    take_fields(&page, &a);
    a.text = page.too_deep ? html_strip(&memory, text) : body_of(&page, &memory, a.title);
    a.file_bytes = s->file_bytes ? s->file_bytes : s->bytes.n;
    a.issues = report(s, to, &d, &page, a.text.n == 0);
    article_complete(&a);
    to->article(to->ctx, &a);
    html_page_free(&page);
    arena_finish(&memory);
}
