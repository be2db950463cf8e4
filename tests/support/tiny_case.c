/* One worker, so that nothing about a test depends on which thread is faster. */
#include "tests/support/tiny_case.h"

#include <stdio.h>

struct dossier *tiny_case(const struct tiny_article *rows, size_t n)
{
    struct dossier *d = dossier_open(&(struct dossier_options){.jobs = 1});
    for (size_t i = 0; i < n; i++) {
        struct article a = {.path = str_of(rows[i].path), .text = str_of(rows[i].text),
                            .published = DAY_NONE, .not_before = DAY_NONE};
        if (rows[i].published) {
            a.published = day_parse(str_of(rows[i].published));
            a.published_from = PUBLISHED_HEADER;
        }
        dossier_add(d, &a);
    }
    dossier_end(d);
    dossier_wait(d);
    return d;
}

const char *tiny_text(const struct dossier *d, struct passage p)
{
    static char buffer[4096];
    struct str s = str_at(dossier_article(d, p.article)->text, p.at);
    snprintf(buffer, sizeof(buffer), "%.*s", (int)s.n, s.p);
    return buffer;
}
