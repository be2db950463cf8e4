/* The table of formats, and the few things that all readers need.  The order matters: names are
 * asked first, contents only where a name says nothing, and plain text takes what is left. */
#include "corpus/reader.h"

#include <stdarg.h>
#include <stdio.h>

static bool takes_anything(struct str path, struct str head)
{
    (void)path, (void)head;
    return true;
}

const struct reader readers[] = {
    {"text", takes_anything, read_text, false, 0},
};
const size_t n_readers = COUNT_OF(readers);

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
    struct issue i = {
        .path = s->path,
        .byte = byte == SIZE_MAX ? UINT64_MAX : s->offset + byte,
        .what = str_from(what, (size_t)n < sizeof what ? (size_t)n : sizeof what - 1),
        .fatal = fatal,
    };
    to->issue(to->ctx, &i);
}
