/* The reader says who is who: on two names, in the list of pairs, taken back, kept. */
#include "corpus/store.h"
#include "tests/support/tiny_case.h"
#include "tui/app.h"

#include <setjmp.h>
#include <stdarg.h>
#include <poll.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

static const struct tiny_article articles[] = {
    {"a", "2011-06-02", "Peter Hallam led the inquiry."},
    {"b", "2011-06-03", "Miriam Hallam sat as judge."},
    {"c", "2011-06-04", "A letter from Mr. Hallam was read."},
};

struct session {
    struct notes_store *store;
    struct keep *keep;
    struct dossier *dossier;
    struct screen *screen;
    struct theme *theme;
    struct app *app;
};

/* Takes in what was set off, as the session does: the panes are told. */
static void settle(struct session *s)
{
    do {
        struct pollfd fd = {.fd = dossier_fd(s->dossier), .events = POLLIN};
        poll(&fd, 1, 50);
        app_take(s->app);
    } while (!dossier_progress(s->dossier).done || dossier_progress(s->dossier).linking);
}

/* A null file: nothing is kept. */
static struct session open_session(const char *file)
{
    struct session s = {.dossier = tiny_case(articles, COUNT_OF(articles)),
                        .screen = screen_memory_open(100, 24), .theme = theme_open()};
    s.store = file ? store_open(file, false) : NULL;
    s.keep = keep_open(file ? store_keep(s.store) : NULL, STR("hallams"), STR("me"));
    s.app = app_open(&(struct app_setup){.dossier = s.dossier, .screen = s.screen, .theme = s.theme,
                                         .keep = s.keep});
    settle(&s);
    return s;
}

static void close_session(struct session *s)
{
    app_close(s->app);
    keep_close(s->keep);
    if (s->store)
        s->store->ops->close(s->store);
    s->screen->ops->close(s->screen);
    theme_close(s->theme);
    dossier_close(s->dossier);
}

/* Types the keys, lets what they set off be finished, and looks at the screen. */
static void type(struct session *s, const char *keys, const char *shown)
{
    app_draw(s->app);
    for (const char *k = keys; *k; k++)
        app_key(s->app, *k == '\n' ? (uint32_t)K_ENTER : (uint32_t)*k);
    app_draw(s->app);
    char *dump = screen_memory_dump(s->screen, false);
    if (!strstr(dump, shown))
        fail_msg("'%s' is not on the screen:\n%s", shown, dump);
    free(dump);
    settle(s);
}

static bool are_one(const struct session *s, const char *a, const char *b)
{
    const struct links *l = dossier_links(s->dossier);
    return links_find_entity(l, str_of(a)).v == links_find_entity(l, str_of(b)).v;
}

static void in_the_pairs(void **state)
{
    (void)state;
    struct session s = open_session(NULL);
    assert_false(are_one(&s, "Hallam", "Peter Hallam") || are_one(&s, "Hallam", "Miriam Hallam"));
    type(&s, "gp", " ? ");
    type(&s, "=", "One: ");
    assert_true(are_one(&s, "Hallam", "Peter Hallam") || are_one(&s, "Hallam", "Miriam Hallam"));
    type(&s, "", "you decided");
    type(&s, "G=", "Taken back");
    assert_false(are_one(&s, "Hallam", "Peter Hallam") || are_one(&s, "Hallam", "Miriam Hallam"));
    close_session(&s);
}

static void on_two_names(void **state)
{
    (void)state;
    struct session s = open_session(NULL);
    type(&s, "ge=", "now = on a name");
    type(&s, "j=", "One: ");
    assert_true(are_one(&s, "Hallam", "Peter Hallam") || are_one(&s, "Hallam", "Miriam Hallam") ||
                are_one(&s, "Peter Hallam", "Miriam Hallam"));
    type(&s, "gg==", "nothing is decided");
    close_session(&s);
}

static void kept_and_obeyed(void **state)
{
    (void)state;
    char folder[] = "/tmp/dossier-decide-XXXXXX", file[64];
    assert_non_null(mkdtemp(folder));
    snprintf(file, sizeof file, "%s/notes.db", folder);
    struct session s = open_session(file);
    type(&s, "gp=", "One: ");
    bool peter = are_one(&s, "Hallam", "Peter Hallam");
    close_session(&s);
    s = open_session(file);
    assert_true(are_one(&s, "Hallam", peter ? "Peter Hallam" : "Miriam Hallam"));
    type(&s, "gpG=", "Taken back");
    close_session(&s);
    s = open_session(file);
    assert_false(are_one(&s, "Hallam", peter ? "Peter Hallam" : "Miriam Hallam"));
    close_session(&s);
    char command[64];
    snprintf(command, sizeof(command), "rm -r %s", folder);
    assert_int_equal(system(command), 0);
}

static void state_of_decisions(void **state)
{
    (void)state;
    struct state s = {0};
    state_decide(&s, STR("Steve\nThomas"), STR("Steven Thomas"), VERDICT_DIFFERENT);
    assert_int_equal(state_verdict(&s, STR("Steven Thomas"), STR("Steve Thomas")), VERDICT_DIFFERENT);
    state_decide(&s, STR("Steven Thomas"), STR("Steve Thomas"), VERDICT_SAME);
    assert_int_equal(state_decisions(&s).n, 1);
    assert_true(state_decisions(&s).v[0].same);
    state_decide(&s, STR("Steve Thomas"), STR("Steven Thomas"), VERDICT_NONE);
    assert_int_equal(state_decisions(&s).n, 0);
    state_finish(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_the_pairs),
        cmocka_unit_test(on_two_names),
        cmocka_unit_test(kept_and_obeyed),
        cmocka_unit_test(state_of_decisions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
