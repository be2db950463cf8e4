/* Filters: the file's name as an argument whatever is in it, the limits, and what is said of a
 * program that fails. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "corpus/read_filter.h"
#include "tests/support/gather.h"

#define ARGV(...) ((const char *const[]){__VA_ARGS__, NULL})

static char root[64];

static int set_up(void **state)
{
    (void)state;
    snprintf(root, sizeof root, "/tmp/dossier-filter-XXXXXX");
    return mkdtemp(root) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    return rmdir(root);
}

/* The file `name` holding `text`, through `argv`. */
static void run(struct gathered *g, const char *name, const char *text, const char *const *argv, unsigned ms)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", root, name);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
    const struct filter filters[] = {{STR("*.odd"), argv}};
    const char *const paths[] = {path};
    struct corpus_options o = {.paths = paths, .n_paths = 1, .filters = filters, .n_filters = 1, .filter_ms = ms};
    struct sink to = gather_into(g);
    assert_int_equal(corpus_read(&o, &to), OK);
    remove(path);
}

static const struct row {
    const char *name, *file, *text;
    const char *const argv[5];
    const char *expected; /* the article's text; null: none */
    const char *issue;
    bool fatal;
} rows[] = {
    {"a program that copies", "a.odd", " date 2011-06-03 Text.", {"cat", "%f"}, "Text.", NULL, false},
    {"from standard input", "a.odd", "Text.", {"cat"}, "Text.", NULL, false},
    {"a name that a shell would obey", "$(touch x); `id` \"'\n|&.odd", "Text.", {"cat", "%f"}, "Text.", NULL, false},
    {"a name inside an argument", "a.odd", "Text.", {"dd", "status=none", "if=%f"}, "Text.", NULL, false},
    {"a name with a percent", "%f.odd", "Text.", {"cat", "%f"}, "Text.", NULL, false},
    {"another file is not touched", "a.txt", "Text.", {"false"}, "Text.", NULL, false},
    {"JSON Lines inside", "a.jsonl.odd", "{\"text\":\"Text.\"}", {"cat", "%f"}, "Text.", NULL, false},
    {"a page inside", "a.odd", "<!doctype html><p>The lamp house burned.</p>", {"cat", "%f"}, "The lamp house burned.", NULL, false},
    {"no such program", "a.odd", "Text.", {"/no/such/program", "%f"}, NULL, "cannot be run: No such file", true},
    {"failing", "a.odd", "Text.", {"sh", "-c", "echo first >&2; echo second >&2; exit 3"}, NULL, "ended with status 3: first", true},
    {"failing behind its text", "a.odd", "Text.", {"sh", "-c", "cat; exit 3"}, "Text.", "ended with status 3", false},
    {"killed", "a.odd", "Text.", {"sh", "-c", "kill -9 $$"}, NULL, "signal 9", true},
    {"silent", "a.odd", "Text.", {"true"}, NULL, "gave no text", true},
    {"complaint that drives a terminal", "a.odd", "Text.", {"printf", "\\033]0;x\\a", NULL}, "\033]0;x\a", NULL, false},
    {"escape in a complaint", "a.odd", "Text.", {"sh", "-c", "printf 'a\\033[2Jb' >&2; exit 1"}, NULL, "status 1: a?[2Jb", true},
};

static void test_row(void **state)
{
    const struct row *row = *state;
    struct gathered g = {0};
    run(&g, row->file, row->text, row->argv, 0);
    assert_int_equal(g.articles.n, row->expected != NULL);
    if (row->expected) {
        assert_string_equal(g.articles.v[0].text.p, row->expected);
        assert_int_equal(g.articles.v[0].format, strstr(row->file, ".odd") ? FORMAT_FILTER : FORMAT_TEXT);
    }
    assert_int_equal(g.issues.n, row->issue != NULL);
    if (row->issue) {
        assert_non_null(gathered_issue(&g, row->issue));
        assert_int_equal(g.issues.v[0].fatal, row->fatal);
    }
    gather_free(&g);
}

/* Programs that do not end, close their output and go on, or leave children behind. */
static void test_time(void **state)
{
    (void)state;
    static const char *const argvs[][5] = {
        {"sleep", "1000"},
        {"sh", "-c", "exec >&- 2>&-; sleep 1000"},
        {"sh", "-c", "sleep 1000 & sleep 1000"},
        {"sh", "-c", "trap '' TERM INT HUP; while :; do sleep 1; done"},
        {"sh", "-c", "(sleep 1000)& echo Text."},
    };
    for (size_t i = 0; i < COUNT_OF(argvs); i++) {
        struct gathered g = {0};
        time_t begin = time(NULL);
        run(&g, "a.odd", "Text.", argvs[i], 200);
        assert_true(time(NULL) - begin < 100);
        assert_int_equal(g.issues.n, 1);
        assert_true(g.issues.v[0].fatal);
        gather_free(&g);
    }
}

static void test_size(void **state)
{
    (void)state;
    struct gathered g = {0};
    run(&g, "a.odd", "Text.", ARGV("yes", "The lamp house burned."), 0);
    assert_non_null(gathered_issue(&g, "wrote more than 64 MB"));
    assert_int_equal(g.articles.n, 1);
    assert_true(g.articles.v[0].text.n <= ARTICLE_BYTES_MAX);
    gather_free(&g);
}

static void test_names(void **state)
{
    (void)state;
    const struct filter filters[] = {{STR("*.pdf"), ARGV("a")}, {STR("scan-??.*"), ARGV("b")}};
    assert_ptr_equal(filter_for(filters, 2, STR("x/y.pdf")), &filters[0]);
    assert_ptr_equal(filter_for(filters, 2, STR("x/scan-01.tif")), &filters[1]);
    assert_null(filter_for(filters, 2, STR("x.pdf/y.txt")));
    assert_null(filter_for(filters, 0, STR("y.pdf")));
}

int main(void)
{
    struct CMUnitTest tests[COUNT_OF(rows) + 3];
    size_t n = 0;
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        tests[n++] = (struct CMUnitTest){rows[i].name, test_row, set_up, tear_down, (void *)&rows[i]};
    tests[n++] = (struct CMUnitTest)cmocka_unit_test_setup_teardown(test_time, set_up, tear_down);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test_setup_teardown(test_size, set_up, tear_down);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_names);
    return _cmocka_run_group_tests("filter", tests, n, NULL, NULL);
}
