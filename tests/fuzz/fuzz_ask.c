/* What is typed at the prompts of events, of the timeline and of look-up: one line each of the
 * input, the date of an event read back is one, filters print as what parses to them, and passages
 * found lie in order of rank on boundaries of their text. */
#include "core/lookup.h"
#include "core/text.h"
#include "tests/support/reader_case.h"
#include "tui/own_events.h"
#include "tui/timeline_filter.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool promise)
{
    if (!promise)
        abort();
}

static void check_days(struct arena *a, struct str text)
{
    struct days days = days_of_timex(text);
    if (!days_known(days))
        return;
    must(days.first < days.end);
    must(days_of_timex(days_timex(a, days)).first == days.first);
}

static void check_event(struct arena *a, struct str text)
{
    struct str value, words;
    if (own_event_read(a, text, day_from_civil(2003, 5, 1), &value, &words)) {
        must(days_known(days_of_timex(value)));
        must(utf8_valid_prefix(words) == words.n);
    }
}

static void check_filter(struct str text)
{
    struct timeline_filter f = {0}, again = {0};
    struct line put = {0}, twice = {0};
    if (!timeline_filter_parse(&f, text)) {
        timeline_filter_put(&f, &put, FACE_TEXT);
        must(!timeline_filter_parse(&again, str_trim(line_text(&put))));
        timeline_filter_put(&again, &twice, FACE_TEXT);
        must(str_eq(line_text(&put), line_text(&twice)));
    }
    line_free(&put);
    line_free(&twice);
}

static void check_lookup(struct arena *a, const struct dossier *d, struct str text)
{
    struct lookup_result r = text.n % 2 ? lookup_typed(d, text, 20, a) : lookup_run(d, text, 20, a);
    lookup_more(d, text, 20, &r, a);
    must(r.n <= 20);
    for (uint32_t i = 0; i < r.n; i++) {
        struct str whole = dossier_article(d, r.v[i].where.article)->text, asked;
        struct span at = r.v[i].where.at;
        struct word_run x, y;
        must(at.begin < at.end && at.end <= whole.n && utf8_valid_prefix(str_at(whole, at)) == at.end - at.begin);
        must(r.v[i].score >= 0 && r.v[i].score <= 1);
        lookup_difference(a, d, text, &r.v[i], &asked, &x, &y);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct dossier *d;
    struct arena a = {0};
    size_t bad;
    if (!d)
        d = reader_case(); /* asked by every run, changed by none */
    struct str all = utf8_repair(&a, str_from((const char *)data, size > 4000 ? 4000 : size), &bad);
    for (size_t i = 0; i < all.n;) {
        const char *end = memchr(all.p + i, '\n', all.n - i);
        size_t n = end ? (size_t)(end - all.p) - i : all.n - i;
        struct str line = arena_str(&a, str_from(all.p + i, n));
        check_days(&a, line);
        check_event(&a, line);
        check_filter(line);
        check_lookup(&a, d, line);
        i += n + 1;
    }
    arena_finish(&a);
    return 0;
}
