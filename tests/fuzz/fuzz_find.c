/* The finders on any bytes: repaired to UTF-8, as an article is when it enters.  What they
 * promise is checked: rows in order, inside the text, on character boundaries. */
#include <assert.h>

#include "core/find.h"
#include "core/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_span(struct str text, struct span at)
{
    assert(at.begin <= at.end && at.end <= text.n);
    assert(at.begin == text.n || (text.p[at.begin] & 0xc0) != 0x80);
    assert(at.end == text.n || (text.p[at.end] & 0xc0) != 0x80);
}

#define CHECK_ROWS(text, rows)                                                                     \
    for (size_t i = 0; i < (rows).n; i++) {                                                        \
        check_span(text, (rows).v[i].at);                                                          \
        assert((rows).v[i].at.begin < (rows).v[i].at.end);                                         \
        assert(i == 0 || (rows).v[i - 1].at.begin <= (rows).v[i].at.begin);                        \
    }

static void check_quotes(struct str text, const struct found *found)
{
    for (size_t i = 0; i < found->quotes.n; i++) {
        const struct quote *q = &found->quotes.v[i];
        check_span(text, q->speaker);
        check_span(text, q->cue);
        assert(q->kind > 0 && q->kind < QUOTE_KINDS && q->rule < SPEAKER_RULES);
        assert(q->speaker_mention <= found->mentions.n);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct finder *finder;
    if (!finder)
        finder = finder_open();
    struct arena keep = {0};
    struct found found = {0};
    size_t bad;
    struct body body = {.text = utf8_repair(&keep, str_from((const char *)data, size), &bad),
                        .published = 14000};
    find_all(finder, &body, &keep, &found);
    CHECK_ROWS(body.text, found.sentences);
    CHECK_ROWS(body.text, found.mentions);
    CHECK_ROWS(body.text, found.dates);
    CHECK_ROWS(body.text, found.quotes);
    check_quotes(body.text, &found);
    vec_free(&found.sentences);
    vec_free(&found.mentions);
    vec_free(&found.dates);
    vec_free(&found.quotes);
    arena_finish(&keep);
    return 0;
}
