/* Events put in by hand: typed in any form, kept as notes, shown among the others, from a shell
 * too. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <locale.h>
#include <unistd.h>
#include <cmocka.h>

#include "tests/support/session.h"
#include "tests/support/tiny_case.h"
#include "tui/glyph.h"
#include "tui/headless.h"

/* ---- typed ---- */

static const struct typed_row {
    const char *name, *typed, *value, *words; /* value null: no date */
} typed_rows[] = {
    {"timex", "2002-01-12 the killing", "2002-01-12", "the killing"},
    {"timex_of_a_month", "2002-01 the killing", "2002-01", "the killing"},
    {"a_decade", "199 the troubles", "199", "the troubles"},
    {"day_month_year", "12 January 2002 the killing", "2002-01-12", "the killing"},
    {"month_day_year", "the killing on Jan. 12, 2002", "2002-01-12", "the killing"},
    {"month_and_year", "the killing in January 2002", "2002-01", "the killing"},
    {"a_weekday_is_the_papers", "Sunday she spoke", "2020-08-16", "she spoke"},
    {"a_colon", "12 January 2002: the killing", "2002-01-12", "the killing"},
    {"no_words", "12 January 2002", "2002-01-12", ""},
    {"no_date", "the killing", NULL, NULL},
    {"nothing", "  ", NULL, NULL},
};

static void typed_is_read(void **state)
{
    const struct typed_row *row = *state;
    struct arena a = {0};
    struct str value, words;
    int32_t monday = day_from_civil(2020, 8, 17);
    assert_int_equal(own_event_read(&a, str_of(row->typed), monday, &value, &words), row->value != NULL);
    if (row->value) {
        assert_true(str_eq(value, str_of(row->value)));
        assert_true(str_eq(words, str_of(row->words)));
    }
    arena_finish(&a);
}

/* ---- in the reader ---- */

static const struct tiny_article articles[] = {
    {"a", "2011-06-03", "The lamp went out on 12 November 1998. The keeper had sold his boat the spring before."},
    {"b", "2012-02-14", "The court freed Karl Brandt on 3 March 2003."},
};

static void start(struct session *s)
{
    session_start(s, tiny_case(articles, COUNT_OF(articles)), 100, 24);
}

static void stop(struct session *s)
{
    app_keep(s->app, KEEP_LAST);
    session_stop(s);
}

static int open_session(void **state)
{
    struct session *s = mem_zalloc(sizeof *s);
    if (!session_folder(s))
        return 1;
    start(s);
    *state = s;
    return 0;
}

static int close_session(void **state)
{
    struct session *s = *state;
    stop(s);
    int status = session_folder_remove(s);
    free(s);
    return status;
}

/* Types the keys; the screen then shows the words. */
static void type(struct session *s, const char *keys, const char *shown)
{
    session_type(s, keys);
    session_must_show(s, shown);
}

static void put_in_and_taken_out(void **state)
{
    struct session *s = *state;
    type(s, "\tE", "happened: 1998-11-12"); /* the date in the sentence is offered */
    type(s, "\025soon\n", "No date in it");
    type(s, "\0253 May 1998: the boat is sold\n", "In the timeline at 1998-05-03");
    type(s, "", "1998-05-03  ● the boat is sold");
    type(s, "", "2 of 3");
    type(s, "\tggE\0251998-06 the boat is sold\n", "In the timeline at 1998-06"); /* from its row */
    type(s, "gg", "›1998-06     ● the boat is sold");
    type(s, "x", "Deleted");
    type(s, "", "1 of 2");
    type(s, "u", "Undone · the deletion of a note");
    type(s, "", "1998-06     ● the boat is sold");
    type(s, "zwzwzw", "1998-06     ● the boat is sold"); /* its own row, whatever is folded */
    type(s, "u", "Undone · the tags of a note");
    type(s, "", "1998-05-03  ● the boat is sold");
    stop(s);
    start(s);
    type(s, "", "by year");
    type(s, "", "1998-05-03  ● the boat is sold");
}

static void the_look_is_kept(void **state)
{
    struct session *s = *state;
    type(s, ":timeline from:2000\n", "from:2000");
    type(s, "2zw", "by month");
    stop(s);
    start(s);
    type(s, "", "Timeline by month from:2000");
    type(s, "zz", "All events");
    type(s, "2zn", "One row an event");
    stop(s);
    start(s);
    type(s, "", "1 of 2");
}

/* The terminal went away while one was typed: the words are a draft. */
static void half_typed(void **state)
{
    struct session *s = *state;
    type(s, "\tE\0253 May 1998: the bo", "the bo");
    app_notes_keep_draft(s->app);
    stop(s);
    start(s);
    type(s, ":draft\n", "Note: 3 May 1998: the bo");
}

/* ---- from a shell ---- */

static char *told(struct session *s, const struct options *o)
{
    char *out = NULL;
    size_t n = 0;
    FILE *to = open_memstream(&out, &n);
    struct headless h = {.options = o, .dossier = s->dossier, .notes = s->notes, .state = &s->app->state,
                         .out = record_open(to, o->json, false, false)};
    assert_int_equal(headless_timeline(&h), EXIT_FOUND);
    assert_true(record_close(h.out));
    fclose(to);
    return out;
}

static void in_a_shell(void **state)
{
    struct session *s = *state;
    type(s, "\tE\0253 May 1998 the boat is sold\n", "In the timeline");
    type(s, "gtGx", "Struck out");
    char *out = told(s, &(struct options){0});
    assert_non_null(strstr(out, "1998-05-03  \xe2\x97\x8f the boat is sold\n1998-11-12  The lamp"));
    assert_null(strstr(out, "Karl Brandt"));
    free(out);
    out = told(s, &(struct options){.struck = true});
    assert_non_null(strstr(out, "(struck out) The court freed Karl Brandt"));
    free(out);
    out = told(s, &(struct options){.json = true, .struck = true});
    assert_non_null(strstr(out, "\"summary\":\"the boat is sold\""));
    assert_non_null(strstr(out, "\"struck\":true"));
    free(out);
    out = told(s, &(struct options){.format = "markdown"});
    assert_non_null(strstr(out, "### 1998-05-03: the boat is sold\n\nPut in by hand.\n\n> The lamp went out"));
    free(out);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, open_session, close_session)

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    glyph_init(true);
    struct CMUnitTest tests[COUNT_OF(typed_rows) + 4];
    size_t n = 0;
    for (size_t i = 0; i < COUNT_OF(typed_rows); i++)
        tests[n++] = (struct CMUnitTest){typed_rows[i].name, typed_is_read, NULL, NULL, (void *)&typed_rows[i]};
    tests[n++] = (struct CMUnitTest)WITH(put_in_and_taken_out);
    tests[n++] = (struct CMUnitTest)WITH(the_look_is_kept);
    tests[n++] = (struct CMUnitTest)WITH(half_typed);
    tests[n++] = (struct CMUnitTest)WITH(in_a_shell);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
