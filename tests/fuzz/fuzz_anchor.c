/* The input is a text, a line, and another text: a passage of the first (its place from two bytes)
 * is looked for in the second.  What is found lies on boundaries, and what is sure has the
 * words. */
#include "core/anchor.h"
#include "core/text.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool promise)
{
    if (!promise)
        abort();
}

static bool is_boundary(struct str text, size_t at)
{
    return at == text.n || (at < text.n && ((unsigned char)text.p[at] & 0xc0) != 0x80);
}

static size_t boundary(struct str text, size_t at)
{
    while (!is_boundary(text, at))
        at++;
    return at;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a = {0};
    size_t bad;
    if (size < 4)
        return 0;
    struct str input = str_from((const char *)data + 2, size - 2);
    const char *line = memchr(input.p, '\n', input.n);
    size_t first = line ? (size_t)(line - input.p) : input.n / 2;
    struct str text = utf8_repair(&a, str_from(input.p, first), &bad);
    struct str now = utf8_repair(&a, str_from(input.p + first, input.n - first), &bad);
    size_t begin = boundary(text, text.n * data[0] / 256);
    size_t end = boundary(text, begin + (text.n - begin) * data[1] / 255);
    struct anchor x = anchor_make(&a, text, span_of(begin, end));
    must(words_same(x.exact, str_at(text, span_of(begin, end))) && x.rival <= 2 * ANCHOR_CONTEXT_CHARS);
    for (int partial = 0; partial < 2; partial++) {
        x.partial = partial;
        struct anchored f = anchor_find(&x, now);
        must(f.at.begin <= f.at.end && f.at.end <= now.n);
        must(is_boundary(now, f.at.begin) && is_boundary(now, f.at.end));
        must(f.state != NOTE_EXACT || str_eq(str_at(now, f.at), x.exact));
    }
    arena_finish(&a);
    return 0;
}
