/* The table of formats, and the few things that all readers need.  The order matters: names are
 * asked first, contents only where a name says nothing, and plain text takes what is left. */
#include "corpus/reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <strings.h>

#include "core/text.h"

static char first_letter(struct str head)
{
    head = str_trim(head);
    if (str_starts(head, STR("\xef\xbb\xbf")))
        head = str_trim(str_from(head.p + 3, head.n - 3));
    return head.n ? head.p[0] : '\0';
}

/* Of what comes without a name, or with one that says nothing, the contents are asked. */
static bool is_nameless(struct str path)
{
    const char *dot = memrchr(path.p, '.', path.n), *slash = memrchr(path.p, '/', path.n);
    return !dot || (slash && dot < slash);
}

/* "{" or "[", then what must follow in a record: "\"", or "{" in an array of them. */
static bool looks_like_json(struct str head, char open, char then)
{
    head = str_trim(head);
    if (!head.n || head.p[0] != open)
        return false;
    head = str_trim(str_from(head.p + 1, head.n - 1));
    return head.n && head.p[0] == then;
}

static bool takes_jsonl(struct str path, struct str head)
{
    static const char *const endings[] = {".jsonl", ".ndjson", NULL};
    if (path_ends_in(path, endings))
        return first_letter(head) != '[';
    return is_nameless(path) && looks_like_json(head, '{', '"');
}

static bool takes_json(struct str path, struct str head)
{
    static const char *const endings[] = {".json", ".jsonl", ".ndjson", NULL};
    return path_ends_in(path, endings) ||
           (is_nameless(path) && looks_like_json(head, '[', '{'));
}

static bool takes_html(struct str path, struct str head)
{
    static const char *const endings[] = {".html", ".htm", ".xhtml", ".shtml", NULL};
    static const char *const text_endings[] = {".txt", ".text", ".md", ".markdown", NULL};
    if (path_ends_in(path, endings))
        return true;
    if (path_ends_in(path, text_endings))
        return false;
    head = str_trim(head);
    return head.n > 14 && (!strncasecmp(head.p, "<!doctype html", 14) ||
                           !strncasecmp(head.p, "<html", 5));
}

static bool takes_anything(struct str path, struct str head)
{
    (void)path, (void)head;
    return true;
}

static const struct reader readers[] = {
    {"JSON Lines", takes_jsonl, read_jsonl, .by_lines = true},
    {"JSON", takes_json, read_json, .bytes_max = 1u << 30},
    {"HTML", takes_html, read_html, .bytes_max = 0},
    {"text", takes_anything, read_text, .bytes_max = 0},
};

const struct reader *reader_for(struct str path, struct str head)
{
    const struct reader *r = readers;
    while (!r->takes(path, head))
        r++;
    return r;
}

static bool ends_in(struct str path, struct str ending)
{
    if (path.n <= ending.n)
        return false;
    for (size_t i = 0; i < ending.n; i++) {
        char c = path.p[path.n - ending.n + i];
        if ((c >= 'A' && c <= 'Z' ? c | 32 : c) != ending.p[i])
            return false;
    }
    return true;
}

bool path_ends_in(struct str path, const char *const *endings)
{
    for (; *endings; endings++)
        if (ends_in(path, str_of(*endings)))
            return true;
    return false;
}

void source_issue(const struct source *s, const struct sink *to, size_t byte, bool fatal,
                  const char *format, ...)
{
    char what[512];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(what, sizeof what, format, args);
    va_end(args);
    struct arena memory = {0}; /* what is quoted may be cut in a character */
    size_t length = (size_t)n < sizeof what ? (size_t)n : sizeof what - 1, bad;
    struct issue i = {
        .path = s->path,
        .byte = byte == SIZE_MAX ? UINT64_MAX : s->offset + byte,
        .what = utf8_repair(&memory, str_from(what, length), &bad),
        .fatal = fatal,
    };
    to->issue(to->ctx, &i);
    arena_finish(&memory);
}
