/* The timeline at 1, 10 and 100 thousand articles: seconds of linking, and what a key costs in it.
 * Articles are made up: three dated statements each.
 * Seconds of linking hold names and quotations too.  A key is app_key and app_draw on the memory
 * screen of 80 by 24; the median and the 99th percentile of 200, in microseconds. */
#include <stdio.h>

#include "tests/support/bench_corpus.h"
#include "tui/app.h"

#define KEYS 200

static const char *const people[] = {"Thomas Reiss", "Anna Reiss", "Karl Brandt", "Ruth Dunn", "Edda Lindqvist",
                                     "Miriam Hallam", "Nicholas Varga", "Douglas Pell", "Roberta Quill", "Ivo Marsh"};
static const char *const places[] = {"Kestrel Head", "Port Merrin", "Lindmark", "Otter Cove", "Stonegate"};
static const char *const deeds[] = {"was killed at", "was arrested in", "was charged in", "won an appeal at",
                                    "met the council of", "launched a boat at", "was freed in", "was born in"};

static uint32_t next(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void add_articles(struct dossier *d, uint32_t n)
{
    uint32_t seed = 1;
    for (uint32_t i = 0; i < n; i++) {
        char path[32], text[1024];
        size_t at = 0;
        int32_t published = day_from_civil(2004, 1, 1) + (int32_t)(next(&seed) % 5000);
        for (int s = 0; s < 3; s++) {
            struct civil c = day_to_civil(published - (int32_t)(next(&seed) % 36000));
            at += (size_t)snprintf(text + at, sizeof text - at, "%s %s %s on %d-%02d-%02d, the court heard. ",
                                   people[next(&seed) % COUNT_OF(people)], deeds[next(&seed) % COUNT_OF(deeds)],
                                   places[next(&seed) % COUNT_OF(places)], c.year, c.month, c.day);
        }
        snprintf(path, sizeof path, "%u", i);
        dossier_add(d, &(struct article){.path = str_of(path), .text = str_from(text, at), .published = published,
                                         .not_before = DAY_NONE});
    }
    dossier_end(d);
}

/* The same keys again and again, one frame each round. */
static void time_keys(struct app *app, const char *what, const char *keys)
{
    double v[KEYS];
    for (size_t i = 0; i < KEYS; i++) {
        double start = bench_seconds();
        for (const char *k = keys; *k; k++)
            app_key(app, (uint32_t)*k);
        app_draw(app);
        v[i] = bench_seconds() - start;
    }
    double half = bench_percentile(v, KEYS, 50), most = bench_percentile(v, KEYS, 99);
    printf("  %-16s %8.0f %8.0f us\n", what, half * 1e6, most * 1e6);
}

static void measure(uint32_t n)
{
    struct dossier *d = dossier_open(&(struct dossier_options){.no_index = true});
    add_articles(d, n);
    dossier_wait(d);
    struct dossier_sums sums = dossier_sums(d);
    const double *s = sums.link_seconds;
    printf("%u articles, %llu events, linked in %.2f s: entities %.2f, quotes %.2f, events %.2f\n", n,
           (unsigned long long)sums.events, s[LINK_ENTITIES] + s[LINK_QUOTES] + s[LINK_EVENTS], s[LINK_ENTITIES],
           s[LINK_QUOTES], s[LINK_EVENTS]);
    struct screen *screen = screen_memory_open(80, 24);
    struct theme *theme = theme_open();
    struct app *app = app_open(&(struct app_setup){.dossier = d, .screen = screen, .theme = theme});
    app_take(app);
    app_key(app, 23), app_key(app, 'l'); /* ^W l: to the timeline */
    app_draw(app);
    time_keys(app, "j", "j");
    time_keys(app, "G, gg", "Ggg");
    time_keys(app, "J", "J");
    time_keys(app, "]c", "]c");
    app_key(app, 'z'), app_key(app, 'w');
    time_keys(app, "j, by month", "j");
    time_keys(app, "zn, zw", "znzw");
    time_keys(app, "zs", "zs");
    app_close(app);
    screen->ops->close(screen);
    theme_close(theme);
    dossier_close(d);
}

int main(void)
{
    glyph_init(true);
    for (uint32_t n = 1000; n <= 100000; n *= 10)
        measure(n);
    return 0;
}
