#include "tests/support/reading.h"

#include <stdio.h>

#include "core/text.h"

static void demand(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "broken: %s\n", what);
    abort();
}

static void demand_valid(struct str s, const char *what)
{
    demand(utf8_valid_prefix(s) == s.n, what);
}

static void look_at_article(void *ctx, const struct article *a)
{
    (void)ctx;
    demand(a->path.n > 0, "an article has a path");
    demand_valid(a->path, "a path is valid UTF-8");
    demand_valid(a->title, "a title is valid UTF-8");
    demand_valid(a->author, "an author is valid UTF-8");
    demand_valid(a->outlet, "an outlet is valid UTF-8");
    demand_valid(a->url, "an address is valid UTF-8");
    demand_valid(a->tags, "tags are valid UTF-8");
    demand_valid(a->text, "a text is valid UTF-8");
    demand(a->text.n <= ARTICLE_BYTES_MAX, "a text is no longer than the limit");
    demand(!a->text.n || !memchr(a->text.p, '\r', a->text.n), "lines end with a line feed");
    demand((a->published == DAY_NONE) == (a->published_from == PUBLISHED_NONE), "a day has a source");
    demand(a->published == DAY_NONE || a->not_before == DAY_NONE, "a bound is for undated articles");
}

static void look_at_issue(void *ctx, const struct issue *i)
{
    const size_t *size = ctx;
    demand(i->what.n > 0, "an issue is a sentence");
    demand_valid(i->what, "an issue is valid UTF-8");
    demand(i->byte == UINT64_MAX || i->byte <= *size, "an issue lies in the file");
}

void check_reading(void (*read)(const struct source *, const struct sink *), const char *path,
                   const uint8_t *data, size_t size)
{
    struct source s = {.path = str_of(path), .bytes = str_from((const char *)data, size)};
    struct sink to = {look_at_article, look_at_issue, NULL, &size};
    read(&s, &to);
}
