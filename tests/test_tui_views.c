/* The views of quotations and conflicts, on the memory screen over a tiny case. */
#include "tests/support/tiny_case.h"
#include "tui/app.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static const struct tiny_article articles[] = {
    {"a", "2011-06-02",
     "The inquiry sat.\n\n\"He was never there that night, and two men have now said so,\" Anna Reiss said.\n\nThomas "
     "Reiss was killed at Kestrel Head on 12 November 1998."},
    {"b", "2016-09-09",
     "The study was printed.\n\n\"He was there that night, and two men have now said so,\" Anna Reiss said.\n\nThomas "
     "Reiss was killed at Kestrel Head on November 18, 1998, it says."},
    {"c", "2012-02-14", "A court heard that Thomas Reiss was killed at Kestrel Head on November 12, 1998."},
};

struct row {
    const char *name;
    const char *keys;
    const char *shows[4];
    const char *hides;
};

static const struct row rows[] = {
    {"lookup_as_typed", "\"never there night", {"Look up · never there night", "near", "was never there"}, NULL},
    {"a_few_words_are_shown_where_they_stand", "\"men never oath", {"never there that night, and two men"}, NULL},
    {"lookup_exact", "\"two men have now\n", {"exact", "1 of 2"}, NULL},
    {"lookup_nothing", "\"xylophone", {"nothing"}, NULL},
    {"lookup_cancelled_leaves_the_answers", "\"never there\x1b", {"Look up · never there"}, NULL},
    {"a_step_lands_in_the_text", "]eg*", {"Mentions · Anna Reiss", "1 of 2"}, "No name is under"},
    {"board_marks_what_changed", "]q\"", {"2 wordings", "2011-06-02", "-never", "negation"}, NULL},
    {"conflicts_side_by_side", "gx", {"Conflicts · 2", "1998-11-12", "1998-11-18", "Quotation"}, NULL},
    {"q_leaves_the_view", "gxq", {"Articles"}, "Conflicts ·"},
};

static void shows(void **state)
{
    const struct row *row = *state;
    struct dossier *d = tiny_case(articles, COUNT_OF(articles));
    struct screen *screen = screen_memory_open(100, 30);
    struct theme *theme = theme_open();
    struct app *app = app_open(&(struct app_setup){.dossier = d, .screen = screen, .theme = theme});
    app_take(app);
    app_draw(app);
    for (const char *k = row->keys; *k; k++)
        app_key(app, *k == '\n' ? (uint32_t)K_ENTER : (uint32_t)*k);
    app_draw(app);
    char *dump = screen_memory_dump(screen, false);
    for (size_t i = 0; i < COUNT_OF(row->shows) && row->shows[i]; i++)
        if (!strstr(dump, row->shows[i]))
            fail_msg("'%s' is not on the screen:\n%s", row->shows[i], dump);
    if (row->hides && strstr(dump, row->hides))
        fail_msg("'%s' is on the screen:\n%s", row->hides, dump);
    free(dump);
    app_close(app);
    screen->ops->close(screen);
    theme_close(theme);
    dossier_close(d);
}

int main(void)
{
    struct CMUnitTest tests[COUNT_OF(rows)];
    glyph_init(true);
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].name, shows, NULL, NULL, (void *)&rows[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
