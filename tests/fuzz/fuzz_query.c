/* The first line of the input is a query, the rest a text: parsing ends with a query or a column,
 * what is printed parses to the same, and passages lie in order on boundaries of the text. */
#include "core/query.h"
#include "core/text.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool promise)
{
    if (!promise)
        abort();
}

static void check_print(struct arena *a, const struct query *q)
{
    struct query *again = NULL;
    struct query_error error;
    struct str once = query_print(a, q);
    must(query_parse(a, once, &again, &error) == OK);
    must(str_eq(query_print(a, again), once));
}

static bool is_boundary(struct str text, uint32_t at)
{
    return at == text.n || (at < text.n && ((unsigned char)text.p[at] & 0xc0) != 0x80);
}

static enum status count_down(void *left)
{
    return (*(int *)left)-- > 0 ? OK : ERR_LIMIT;
}

static void check_spans(const struct query *q, struct str text)
{
    int left = 20;
    span_vec spans = {0};
    struct query_limits limits = {.max_hits = 1000, .guard = {count_down, &left}};
    query_in_text(q, text, limits, &spans);
    for (size_t i = 0; i < spans.n; i++) {
        struct span s = spans.v[i];
        must(s.begin < s.end && is_boundary(text, s.begin) && is_boundary(text, s.end));
        must(i == 0 || spans.v[i - 1].begin <= s.begin);
    }
    vec_free(&spans);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a = {0};
    struct str input = str_from((const char *)data, size);
    const char *end = size ? memchr(data, '\n', size) : NULL;
    struct str line = str_from(input.p, end ? (size_t)(end - input.p) : size);
    struct str rest = str_from(input.p + line.n, size - line.n);
    struct query *q = NULL;
    struct query_error error = {0};
    size_t bad;
    if (query_parse(&a, line, &q, &error) == OK) {
        check_print(&a, q);
        check_spans(q, utf8_repair(&a, rest, &bad));
    } else {
        must(error.what && error.column <= line.n);
    }
    arena_finish(&a);
    return 0;
}
