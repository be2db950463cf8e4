/* What a case remembers: facts out and in, what an earlier version left in a file, two sessions of
 * one case, and a folder that was moved. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "tests/support/session.h"
#include "tests/support/tiny_case.h"

static int open_place(void **state)
{
    struct session *p = mem_zalloc(sizeof *p);
    *state = p;
    return session_folder(p) ? 0 : 1;
}

static int close_place(void **state)
{
    int status = session_folder_remove(*state);
    free(*state);
    return status;
}

/* What a session keeps, without the rest of it. */
struct kept {
    struct notes_store *store;
    struct keep *keep;
    struct state state;
};

static struct kept start_as(struct session *p, const char *paths, const char *reader)
{
    struct kept s = {.store = store_open(p->file, true)};
    s.keep = keep_open(store_keep(s.store), str_of(paths), str_of(reader));
    assert_int_equal(state_open(&s.state, s.keep, p->folder), OK);
    return s;
}

static struct kept start(struct session *p, const char *paths)
{
    return start_as(p, paths, "me");
}

static void stop(struct kept *s)
{
    state_finish(&s->state);
    keep_close(s->keep);
    s->store->ops->close(s->store);
}

static const struct tiny_article tides[] = {
    {"a", "2011-06-02", "The tide rose."}, {"b", "2011-06-03", "The tide fell."}, {"c", NULL, "It rose again."},
    {"d", NULL, "Then came a calm."},
};
static const struct tiny_article coals[] = {
    {"a", "2011-06-02", "Coal was dear."}, {"b", "2011-06-03", "Coal was cheap."}, {"c", NULL, "Coal was gone."},
};

/* It is this case, and all of it is there. */
static unsigned settle(struct kept *s, const struct tiny_article *rows, size_t n)
{
    struct dossier *d = tiny_case(rows, n);
    unsigned changed = state_settle(&s->state, dossier_articles(d), true);
    dossier_close(d);
    return changed;
}

static const struct state_place here = {{7, 70}, 123};

static void say_all(struct state *s)
{
    s->place = here;
    s->marks[3] = (struct state_place){{8, 80}, 4};
    s->sort = SORT_TITLE;
    s->reversed = true;
    state_set_filter(s, STR("court\n2003"));
    for (uint64_t i = 1; i < 300; i++)
        state_set_read(s, (struct article_key){i, i * 64}, true);
    for (uint64_t i = 1; i < 300; i += 2)
        state_set_read(s, (struct article_key){i, i * 64}, false);
    for (uint32_t i = 1; i < 4; i++)
        assert_true(state_toggle_struck(s, (struct state_place){{7, i}, i}));
    assert_false(state_toggle_struck(s, (struct state_place){{7, 2}, 2}));
    state_decide(s, STR("Ann"), STR("Anna"), VERDICT_SAME);
    state_decide(s, STR("Ann"), STR("Bo"), VERDICT_SAME);
    state_decide(s, STR("Bo"), STR("Ann"), VERDICT_DIFFERENT);
    assert_true(state_put(s, &(struct fact){KEEP_MINE, STR("zoom"), STR(""), STR("month")}));
    assert_false(state_put(s, &(struct fact){KEEP_MINE, STR("zoom"), STR(""), STR("month")}));
    assert_true(state_put(s, &(struct fact){KEEP_OURS, STR("conflict"), STR("x"), STR("1")}));
    assert_true(state_drop(s, STR("conflict"), STR("x")));
    assert_false(state_drop(s, STR("conflict"), STR("x")));
}

static void has_all(struct state *s)
{
    assert_memory_equal(&s->place, &here, sizeof here);
    assert_int_equal(s->marks[3].key.lo, 80);
    assert_int_equal(s->sort, SORT_TITLE);
    assert_true(s->reversed);
    assert_true(str_eq(str_from(s->filter.v, s->filter.n), STR("court 2003")));
    assert_int_equal(s->n_read, 149);
    for (uint64_t i = 1; i < 300; i++)
        assert_int_equal(state_is_read(s, (struct article_key){i, i * 64}), i % 2 == 0);
    assert_int_equal(s->struck.n, 2);
    assert_int_equal(state_decisions(s).n, 2);
    assert_int_equal(state_verdict(s, STR("Anna"), STR("Ann")), VERDICT_SAME);
    assert_int_equal(state_verdict(s, STR("Ann"), STR("Bo")), VERDICT_DIFFERENT);
    assert_true(str_eq(state_value(s, STR("zoom"), STR("")), STR("month")));
    assert_null(state_value(s, STR("conflict"), STR("x")).p);
}

static void everything_comes_back(void **state)
{
    struct session *p = *state;
    struct kept s = start(p, "tides");
    say_all(&s.state);
    settle(&s, tides, COUNT_OF(tides));
    has_all(&s.state);
    assert_int_equal(state_save(&s.state, true), OK);
    assert_false(keep_is_due(s.keep));
    assert_int_equal(state_save(&s.state, true), OK);
    stop(&s);
    s = start(p, "tides");
    has_all(&s.state);
    assert_int_equal(settle(&s, tides, COUNT_OF(tides)), 0);
    assert_int_equal(state_save(&s.state, true), OK);
    assert_false(keep_is_due(s.keep)); /* nothing new was said: nothing is to be written */
    stop(&s);
}

/* Read is read, wherever the article is met; the rest is of the case. */
static void another_case_has_its_own(void **state)
{
    struct session *p = *state;
    struct kept s = start(p, "tides");
    settle(&s, tides, COUNT_OF(tides));
    say_all(&s.state);
    assert_int_equal(state_save(&s.state, true), OK);
    stop(&s);
    s = start(p, "coals");
    assert_int_equal(settle(&s, coals, COUNT_OF(coals)), 0);
    assert_int_equal(s.state.n_read, 149);
    assert_int_equal(s.state.place.key.hi, 0);
    assert_int_equal(state_decisions(&s.state).n, 0);
    assert_int_equal(s.state.struck.n, 0);
    stop(&s);
    /* A colleague who shares the file has the decisions, and a place of their own. */
    s = start_as(p, "tides", "you");
    assert_int_equal(state_decisions(&s.state).n, 2);
    assert_int_equal(s.state.struck.n, 2);
    assert_int_equal(s.state.n_read, 0);
    assert_int_equal(s.state.place.key.hi, 0);
    stop(&s);
}

static void a_moved_folder_keeps_its_own(void **state)
{
    struct session *p = *state;
    struct kept s = start(p, "/old");
    say_all(&s.state);
    settle(&s, tides, COUNT_OF(tides));
    assert_int_equal(state_save(&s.state, true), OK);
    stop(&s);
    /* Another case in the old place does not get them; the same one under new paths does, from its
     * articles first, and from then on at once. */
    s = start(p, "/old");
    assert_int_equal(settle(&s, coals, COUNT_OF(coals)), STATE_CHANGED | STATE_DECISIONS);
    assert_int_equal(state_decisions(&s.state).n, 0);
    state_put(&s.state, &(struct fact){KEEP_OURS, STR("pin"), STR("coal"), STR("1")});
    assert_int_equal(state_save(&s.state, true), OK);
    stop(&s);
    s = start(p, "/new");
    assert_int_equal(state_decisions(&s.state).n, 0);
    state_decide(&s.state, STR("Cy"), STR("Di"), VERDICT_SAME); /* before all was read: added to what was kept */
    assert_int_equal(settle(&s, tides, COUNT_OF(tides) - 1), STATE_CHANGED | STATE_DECISIONS);
    assert_int_equal(state_decisions(&s.state).n, 3);
    assert_true(s.state.sort == SORT_TITLE && s.state.place.begin == here.begin);
    assert_null(state_value(&s.state, STR("pin"), STR("coal")).p);
    assert_int_equal(state_save(&s.state, true), OK);
    stop(&s);
    s = start(p, "/new");
    assert_int_equal(state_decisions(&s.state).n, 3);
    stop(&s);
    s = start(p, "/old");
    assert_true(str_eq(state_value(&s.state, STR("pin"), STR("coal")), STR("1")));
    stop(&s);
}

/* Standard input has no name: its articles alone tell. */
static void without_a_name(void **state)
{
    struct session *p = *state;
    for (int i = 0; i < 2; i++) {
        struct kept s = start(p, "");
        assert_int_equal(state_decisions(&s.state).n, 0);
        settle(&s, tides, COUNT_OF(tides));
        assert_int_equal(state_decisions(&s.state).n, i ? 2 : 0);
        if (i == 0)
            say_all(&s.state);
        assert_int_equal(state_save(&s.state, true), OK);
        stop(&s);
    }
}

/* Each adds to the other, and none takes the other's away. */
static void two_sessions_of_one_case(void **state)
{
    struct session *p = *state;
    struct kept a = start(p, "tides"), b = start(p, "tides");
    settle(&a, tides, COUNT_OF(tides));
    settle(&b, tides, COUNT_OF(tides));
    state_set_read(&a.state, (struct article_key){1, 1}, true);
    assert_int_equal(state_save(&a.state, true), OK);
    state_set_read(&b.state, (struct article_key){2, 2}, true);
    state_set_filter(&b.state, STR("mine"));
    assert_int_equal(state_sync(&b.state), STATE_CHANGED);
    assert_true(state_is_read(&b.state, (struct article_key){1, 1}) && state_is_read(&b.state, (struct article_key){2, 2}));
    assert_true(str_eq(str_from(b.state.filter.v, b.state.filter.n), STR("mine")));
    assert_int_equal(state_sync(&b.state), 0);
    state_decide(&b.state, STR("Ann"), STR("Anna"), VERDICT_SAME);
    assert_int_equal(state_save(&b.state, true), OK);
    assert_int_equal(state_sync(&b.state), 0); /* its own */
    assert_int_equal(state_sync(&a.state), STATE_CHANGED | STATE_DECISIONS);
    assert_int_equal(a.state.n_read, 2);
    /* Notes were not touched by all this: nobody reads them anew. */
    assert_false(a.store->ops->changed(a.store));
    stop(&a);
    stop(&b);
}

static void put_old_file(struct session *p, const char *facts)
{
    struct keep *k = keep_open(NULL, STR("tides"), STR(""));
    char path[128];
    snprintf(path, sizeof path, "%s/%s.state", p->folder, keep_name(k).p);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(facts, f);
    fclose(f);
    keep_close(k);
}

/* Once: what came after is not undone by what the file says. */
static void an_old_file_is_taken_over(void **state)
{
    struct session *p = *state;
    put_old_file(p, "place 0000000000000007 0000000000000046 123\nmark d 0000000000000008 0000000000000050 4\n"
                    "sort -title\nfilter court\nsame Ann\tAnna\ndifferent Bo\tCy\n"
                    "struck 0000000000000007 0000000000000001 1\nread 0000000000000001 0000000000000040\n");
    struct kept s = start(p, "tides");
    assert_memory_equal(&s.state.place, &here, sizeof here);
    assert_true(s.state.marks[3].key.lo == 80 && s.state.sort == SORT_TITLE && s.state.reversed);
    assert_true(s.state.struck.n == 1 && s.state.n_read == 1 && s.state.filter.n == 5);
    assert_int_equal(state_verdict(&s.state, STR("Bo"), STR("Cy")), VERDICT_DIFFERENT);
    settle(&s, tides, COUNT_OF(tides));
    assert_int_equal(state_save(&s.state, true), OK);
    state_decide(&s.state, STR("Ann"), STR("Anna"), VERDICT_NONE);
    assert_false(state_toggle_struck(&s.state, s.state.struck.v[0]));
    assert_int_equal(state_save(&s.state, true), OK);
    stop(&s);
    s = start(p, "tides");
    assert_int_equal(state_decisions(&s.state).n, 1);
    assert_int_equal(s.state.struck.n, 0);
    assert_true(s.state.n_read == 1 && s.state.place.begin == 123);
    stop(&s);
}

static void nonsense_is_no_harm(void **state)
{
    struct session *p = *state;
    put_old_file(p, "read 12\nstruck 1\nplace x\nsort up\nmark 7 1 2 3\nlater fact\nfilter \377\n\nsame a\n"
                    "read 0000000000000001 0000000000000040\n");
    struct kept s = {.store = store_open(p->file, false)};
    s.keep = keep_open(store_keep(s.store), STR("tides"), STR("me"));
    assert_int_equal(state_open(&s.state, s.keep, p->folder), ERR_CORRUPT);
    assert_true(s.state.n_read == 1 && s.state.struck.n == 0 && s.state.sort == SORT_DATE && !s.state.filter.n);
    stop(&s);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, open_place, close_place)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH(everything_comes_back),
        WITH(another_case_has_its_own),
        WITH(a_moved_folder_keeps_its_own),
        WITH(without_a_name),
        WITH(two_sessions_of_one_case),
        WITH(an_old_file_is_taken_over),
        WITH(nonsense_is_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
