/* The reader says who is who: on two names, in the list of pairs, taken back, kept. */
#include "tests/support/session.h"
#include "tests/support/tiny_case.h"
#include "tui/glyph.h"
#include "tui/panes.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static const struct tiny_article articles[] = {
    {"a", "2011-06-02", "Peter Hallam led the inquiry."},
    {"b", "2011-06-03", "Miriam Hallam sat as judge."},
    {"c", "2011-06-04", "A letter from Mr. Hallam was read."},
};

/* One killing under two days; a juror spelt in two ways. */
static const struct tiny_article contradicting[] = {
    {"a", "2011-06-03", "Thomas Reiss was killed at Kestrel Head on 12 November 1998. The juror Edda Lindqvist saw it. "
                        "Edda Lindqvist regretted her vote."},
    {"b", "2012-02-14", "Lawyers recalled that Thomas Reiss was killed at Kestrel Head on 12 November 1998."},
    {"c", "2016-01-01", "Thomas Reiss was killed at Kestrel Head on November 18, 1998, said the juror Edda Lindquist."},
};

static void open_case(struct session *s, const struct tiny_article *rows, size_t n)
{
    session_start(s, tiny_case(rows, n), 100, 24);
    session_settle(s);
}

static void open_session(struct session *s)
{
    open_case(s, articles, COUNT_OF(articles));
}

/* Types the keys, looks at the screen, and lets what they set off be finished. */
static void type(struct session *s, const char *keys, const char *shown)
{
    session_type(s, keys);
    session_must_show(s, shown);
    session_settle(s);
}

static bool are_one(const struct session *s, const char *a, const char *b)
{
    const struct links *l = dossier_links(s->dossier);
    return links_find_entity(l, str_of(a)).v == links_find_entity(l, str_of(b)).v;
}

static void in_the_pairs(void **state)
{
    (void)state;
    struct session s = {0};
    open_session(&s);
    assert_false(are_one(&s, "Hallam", "Peter Hallam") || are_one(&s, "Hallam", "Miriam Hallam"));
    type(&s, "gp", " ? ");
    type(&s, "", "A letter from Mr. Hallam was read");
    type(&s, "=", "One: ");
    assert_true(are_one(&s, "Hallam", "Peter Hallam") || are_one(&s, "Hallam", "Miriam Hallam"));
    type(&s, "", "you decided");
    type(&s, "G=", "Taken back");
    assert_false(are_one(&s, "Hallam", "Peter Hallam") || are_one(&s, "Hallam", "Miriam Hallam"));
    session_stop(&s);
}

static void on_two_names(void **state)
{
    (void)state;
    struct session s = {0};
    open_session(&s);
    type(&s, "ge=", "now = on a name");
    type(&s, "j=", "One: ");
    assert_true(are_one(&s, "Hallam", "Peter Hallam") || are_one(&s, "Hallam", "Miriam Hallam") ||
                are_one(&s, "Peter Hallam", "Miriam Hallam"));
    type(&s, "gg==", "nothing is decided");
    session_stop(&s);
}

static void kept_and_obeyed(void **state)
{
    (void)state;
    struct session s = {0};
    assert_true(session_folder(&s));
    open_session(&s);
    type(&s, "gp=", "One: ");
    bool peter = are_one(&s, "Hallam", "Peter Hallam");
    session_stop(&s);
    open_session(&s);
    assert_true(are_one(&s, "Hallam", peter ? "Peter Hallam" : "Miriam Hallam"));
    type(&s, "gpG=", "Taken back");
    session_stop(&s);
    open_session(&s);
    assert_false(are_one(&s, "Hallam", peter ? "Peter Hallam" : "Miriam Hallam"));
    session_stop(&s);
    assert_int_equal(session_folder_remove(&s), 0);
}

/* The event is told of that day. */
static bool stands_on(const struct session *s, const char *date)
{
    const struct links *l = dossier_links(s->dossier);
    for (uint32_t i = 1; i < l->n_events; i++)
        if (!strcmp(l->events[i].date, date))
            return true;
    return false;
}

static void a_conflict(void **state)
{
    (void)state;
    struct session s = {0};
    open_case(&s, contradicting, COUNT_OF(contradicting));
    assert_true(stands_on(&s, "1998-11-12") && !stands_on(&s, "1998-11-18"));
    type(&s, "gx", "Conflicts · 2");
    type(&s, "JJ=", "Decided, right: 1998-11-18");
    assert_true(stands_on(&s, "1998-11-18") && !stands_on(&s, "1998-11-12"));
    type(&s, "", "= Date");
    type(&s, "", "1 decided");
    type(&s, "-", "Decided, no conflict");
    assert_true(stands_on(&s, "1998-11-12"));
    type(&s, "", "no conflict");
    type(&s, "-", "Open again; it was no conflict");
    type(&s, "", "≠ Date");
    type(&s, "u", "Undone · no conflict, taken back");
    type(&s, "u", "Undone · no conflict");
    assert_true(stands_on(&s, "1998-11-18"));
    type(&s, "u", "Undone · right: 1998-11-18");
    assert_true(stands_on(&s, "1998-11-12"));
    type(&s, "u", "Nothing to undo");
    type(&s, "\022", "Done again · right: 1998-11-18");
    assert_true(stands_on(&s, "1998-11-18"));
    type(&s, "G=", "Decided, right: Edda Lind");
    session_stop(&s);
}

static void a_conflict_from_the_timeline_and_the_card(void **state)
{
    (void)state;
    struct session s = {0};
    open_case(&s, contradicting, COUNT_OF(contradicting));
    type(&s, "gt", "≠ 11-18");
    type(&s, "JJ=", "Decided, right: 1998-11-18");
    assert_true(stands_on(&s, "1998-11-18"));
    type(&s, "ggjgd", "Told by");
    type(&s, "-", "Decided, no conflict");
    assert_true(stands_on(&s, "1998-11-12"));
    session_stop(&s);
}

/* Everything the reader does is undone in the order of doing, whatever it was. */
static void undone_in_order(void **state)
{
    (void)state;
    struct session s = {0};
    assert_true(session_folder(&s));
    open_case(&s, contradicting, COUNT_OF(contradicting));
    type(&s, "gx=", "Decided, right: 1998-11-12");
    type(&s, "qgtx", "Struck out");
    type(&s, "\ta", "Note:");
    type(&s, "why him?\n", "Saved");
    type(&s, "AX", "Labelled X");
    type(&s, ":tag court\n", "Tagged");
    type(&s, "ge=", "now = on a name");
    type(&s, "j=", "One: ");
    type(&s, "u", "Undone · One: ");
    type(&s, "u", "Undone · a note on the article");
    type(&s, "u", "Undone · the label of a note on ");
    type(&s, "\022", "Done again · the label of a note on ");
    type(&s, "u", "Undone · the label of a note on ");
    type(&s, "u", "Undone · a note on ");
    type(&s, "u", "Undone · struck out: 1998-11-12");
    session_stop(&s);
    open_case(&s, contradicting, COUNT_OF(contradicting));
    assert_int_equal(notes_all(s.notes).n, 0);
    assert_int_equal(s.app->state.struck.n, 0);
    type(&s, "gx", "1 decided");
    type(&s, "u", "Nothing to undo"); /* a session's own acts */
    session_stop(&s);
    assert_int_equal(session_folder_remove(&s), 0);
}

/* Names that Tab offers outlive the links they came from. */
static void offers_outlive_links(void **state)
{
    (void)state;
    struct tiny_article rows[COUNT_OF(contradicting) + 1] = {{"d", "2016-01-02", "The judge, Edgar Brandt, told Edgar Brandt's son."}};
    memcpy(rows + 1, contradicting, sizeof contradicting);
    struct session s = {0};
    open_case(&s, rows, COUNT_OF(rows));
    type(&s, "gxG=", "Decided, right: Edda Lind");
    type(&s, ":mentions Ed\t", " Edgar Brandt"); /* both are offered above the line */
    state_decide(&s.app->state, STR("Thomas Reiss"), STR("Kestrel Head"), VERDICT_DIFFERENT);
    app_decided(s.app);
    session_settle(&s);
    type(&s, "\t\t", " Edgar Brandt");
    session_stop(&s);
}

static const struct tiny_article told_twice[] = {
    {"a", "2011-06-03", "Thomas Reiss was killed on 12 November 1998."},
    {"b", "2012-02-14", "A gunman murdered Tom Reiss on 12 November 1998."},
    {"c", "2012-02-14", "The harbour was closed on 14 November 1998."},
};

/* The second source of an event that is two after a decision: what is meant is still a source of
 * it. */
static void a_source_of_an_event_taken_apart(void **state)
{
    (void)state;
    uint32_t claim;
    struct session s = {0};
    open_case(&s, told_twice, COUNT_OF(told_twice));
    type(&s, "gtgg", "2 tell it");
    type(&s, "J", "Source 2 of 2");
    state_decide(&s.app->state, STR("Thomas Reiss"), STR("Tom Reiss"), VERDICT_DIFFERENT);
    app_decided(s.app);
    session_settle(&s);
    const struct links *l = dossier_links(s.dossier);
    struct thing thing;
    assert_int_equal(l->n_events, 4);
    assert_true(app_thing(s.app, &thing) && timeline_claim(app_focused(s.app), s.app, &claim));
    assert_int_equal(l->claims[claim].event.v, thing.event.v);
    session_stop(&s);
}

/* Nothing breaks whatever is decided, noted and undone, while links come in between. */
static void random_decisions(void **state)
{
    (void)state;
    static const char *const words[] = {
        "=", "-", "=", "-", "u", "\022", "E", "E1999 it began\n", "x", "zx", "zw", "zn", "ze", "zo", "zc", "zs", "zz", "gx",
        "gp", "ge", "gw", "gW", "gd", "gn", "gt", "gr", "gR", "gq", "gs", "ga", "j", "k", "G", "gg", "J", "K", "\t", "\n",
        "q", "h", "l", "]e", "]q", "]d", "]n", "[n", "]c", "v", "w", "vin", "a", "words\n", "AX", "d", "x", "+", "F",
        ":review\n", ":notes label:X\n", ":notes tag:court\n", ":tag court\n", ":tag -court\n", ":mentions E\t", "O",
        ":timeline entity:Reiss\n", ":sort title\n", "g/Reiss\n", "5", "\033", "\033", "\033"};
    struct session s = {0};
    assert_true(session_folder(&s));
    open_case(&s, contradicting, COUNT_OF(contradicting));
    const char *times = getenv("KEYS");
    uint32_t random = times ? (uint32_t)atoi(times) : 1;
    for (int i = 0; i < (times ? atoi(times) : 1200); i++) {
        random = random * 1664525u + 1013904223u;
        const char *word = words[(random >> 9) % COUNT_OF(words)];
        if (random >> 26 == 1) {
            screen_memory_resize(s.screen, 1 + (int)(random >> 8) % 140, 1 + (int)(random >> 16) % 50);
            app_key(s.app, K_RESIZE);
        }
        session_type(&s, word);
        s.app->quit = s.app->suspend = false;
        app_draw(s.app);
        if (random >> 12 & 1)
            app_take(s.app);
    }
    session_settle(&s);
    session_stop(&s);
    assert_int_equal(session_folder_remove(&s), 0);
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
    setlocale(LC_ALL, "C.UTF-8");
    glyph_init(true);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_the_pairs),
        cmocka_unit_test(on_two_names),
        cmocka_unit_test(kept_and_obeyed),
        cmocka_unit_test(a_conflict),
        cmocka_unit_test(a_conflict_from_the_timeline_and_the_card),
        cmocka_unit_test(undone_in_order),
        cmocka_unit_test(offers_outlive_links),
        cmocka_unit_test(a_source_of_an_event_taken_apart),
        cmocka_unit_test(random_decisions),
        cmocka_unit_test(state_of_decisions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
