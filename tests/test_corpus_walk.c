/* The walk and the door, over a folder made for the purpose: order, links, what is passed over
 * with an issue, and that one bad file never ends the reading. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "corpus/corpus.h"
#include "tests/support/gather.h"

static char root[64];

static const char *below(const char *name)
{
    static char path[4][256];
    static int turn;
    turn = (turn + 1) % 4;
    snprintf(path[turn], sizeof path[turn], "%s/%s", root, name);
    return path[turn];
}

static void put(const char *name, struct str bytes)
{
    FILE *f = fopen(below(name), "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes.p, 1, bytes.n, f), bytes.n);
    fclose(f);
}

static void put_text(const char *name, const char *text)
{
    put(name, str_of(text));
}

static int set_up(void **state)
{
    (void)state;
    snprintf(root, sizeof root, "/tmp/dossier-walk-XXXXXX");
    return mkdtemp(root) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    char *const argv[] = {(char *)"rm", (char *)"-rf", root, NULL};
    pid_t child = fork();
    if (!child)
        execvp("rm", argv);
    return waitpid(child, NULL, 0) == child ? 0 : -1;
}

static void assert_paths(const struct gathered *g, const char *const *names, size_t n)
{
    for (size_t i = 0; i < g->articles.n && i < n; i++)
        assert_string_equal(g->articles.v[i].path.p, below(names[i]));
    assert_int_equal(g->articles.n, n);
}

static void test_order(void **state)
{
    (void)state;
    static const char *const names[] = {"B.txt", "a-b.txt", "a/x.txt", "a/y/z.txt", "a.txt", "b.txt",
                                        "\xc3\xa9.txt"};
    static const char *const sorted[] = {"B.txt", "a/x.txt", "a/y/z.txt", "a-b.txt", "a.txt", "b.txt",
                                         "\xc3\xa9.txt"};
    mkdir(below("a"), 0700);
    mkdir(below("a/y"), 0700);
    for (size_t i = 0; i < COUNT_OF(names); i++)
        put_text(names[i], names[i]);
    put_text(".hidden", "no");
    mkdir(below(".git"), 0700);
    put_text(".git/config", "no");
    struct gathered g = {0};
    assert_int_equal(gather_path(&g, below("")), OK);
    assert_paths(&g, sorted, COUNT_OF(sorted));
    assert_int_equal(g.issues.n, 0);
    assert_int_equal(g.done, g.total);
    gather_free(&g);
}

static void test_passed_over(void **state)
{
    (void)state;
    mkdir(below("d"), 0700);
    put_text("d/text.txt", "Text.");
    assert_int_equal(symlink("..", below("d/up")), 0);
    assert_int_equal(symlink("self", below("d/self")), 0);
    assert_int_equal(symlink("nowhere", below("d/dangling")), 0);
    assert_int_equal(symlink("text.txt", below("d/also.txt")), 0);
    assert_int_equal(mkfifo(below("d/fifo"), 0600), 0);
    assert_int_equal(symlink("/dev/zero", below("d/zero")), 0);
    put_text("d/empty.txt", "");
    put("d/picture.txt", STR("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"));
    put_text("d/page.html", "Text of a page.");
    mkdir(below("d/page_files"), 0700);
    put_text("d/page_files/x.js", "var x;");
    struct gathered g = {0};
    assert_int_equal(gather_path(&g, root), OK);
    static const struct { const char *name, *what; bool fatal; } expected[] = {
        {"d/up", "leads back", false},       {"d/self", "leads to itself", true},
        {"d/dangling", "No such file", true}, {"d/fifo", "a FIFO", false},
        {"d/zero", "a device", false},       {"d/empty.txt", "empty", false},
        {"d/picture.txt", "not text", true}, {"d/page_files", "saved beside", false},
    };
    assert_int_equal(g.issues.n, COUNT_OF(expected));
    for (size_t i = 0; i < COUNT_OF(expected); i++) {
        const struct issue *is = gathered_issue(&g, expected[i].what);
        assert_non_null(is);
        assert_string_equal(is->path.p, below(expected[i].name));
        assert_int_equal(is->fatal, expected[i].fatal);
        assert_true(is->byte == UINT64_MAX);
    }
    static const char *const read[] = {"d/also.txt", "d/page.html", "d/text.txt"};
    assert_paths(&g, read, COUNT_OF(read));
    gather_free(&g);
}

static void test_unreadable(void **state)
{
    (void)state;
    if (geteuid() == 0) {
        print_message("skipped: nothing is unreadable for root\n");
        skip();
    }
    put_text("a.txt", "Text.");
    put_text("b.txt", "Text.");
    assert_int_equal(chmod(below("a.txt"), 0), 0);
    struct gathered g = {0};
    assert_int_equal(gather_path(&g, root), OK);
    assert_int_equal(g.articles.n, 1);
    assert_true(gathered_issue(&g, "Permission denied")->fatal);
    gather_free(&g);
}

static void test_absent(void **state)
{
    (void)state;
    put_text("b.txt", "Text.");
    char absent[256], there[256];
    snprintf(absent, sizeof absent, "%s/absent", root);
    snprintf(there, sizeof there, "%s/b.txt", root);
    const char *const paths[] = {absent, there};
    struct gathered g = {0};
    struct sink to = gather_into(&g);
    struct corpus_options o = {.paths = paths, .n_paths = 2};
    assert_int_equal(corpus_read(&o, &to), ERR_ABSENT);
    assert_int_equal(g.articles.n, 1);
    assert_int_equal(g.issues.n, 1);
    gather_free(&g);
}

static void test_stop(void **state)
{
    (void)state;
    for (int i = 0; i < 20; i++) {
        char name[16];
        snprintf(name, sizeof name, "%02d.txt", i);
        put_text(name, "Text.");
    }
    struct gathered g = {.stop_after = 3};
    gather_path(&g, root);
    assert_int_equal(g.articles.n, 3);
    gather_free(&g);
}

/* More than an article may hold: cut, told, and what is there is valid. */
static void test_too_long(void **state)
{
    (void)state;
    FILE *f = fopen(below("long.txt"), "wb");
    assert_non_null(f);
    static char block[1 << 16];
    for (size_t i = 0; i + 1 < sizeof block; i += 2)
        memcpy(block + i, "\xc3\xa9", 2);
    fputc('x', f); /* so that the limit falls into a character */
    for (size_t i = 0; i < ARTICLE_BYTES_MAX / sizeof block + 1; i++)
        fwrite(block, 1, sizeof block, f);
    fclose(f);
    struct gathered g = {0};
    assert_int_equal(gather_path(&g, root), OK);
    assert_int_equal(g.articles.n, 1);
    assert_int_equal(g.articles.v[0].text.n, ARTICLE_BYTES_MAX - 1);
    assert_int_equal(g.issues.n, 1);
    assert_true(gathered_issue(&g, "longer than 64 MB")->fatal);
    gather_free(&g);
}

static void test_standard_input(void **state)
{
    (void)state;
    int pipes[2], kept = dup(0);
    assert_int_equal(pipe(pipes), 0);
    assert_int_equal(write(pipes[1], " date 2011-06-03 Text.", 22), 22);
    close(pipes[1]);
    dup2(pipes[0], 0);
    close(pipes[0]);
    struct gathered g = {0};
    assert_int_equal(gather_path(&g, "-"), OK);
    dup2(kept, 0);
    close(kept);
    assert_int_equal(g.articles.n, 1);
    assert_string_equal(g.articles.v[0].path.p, "-");
    assert_string_equal(g.articles.v[0].text.p, "Text.");
    gather_free(&g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_passed_over, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_unreadable, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_absent, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_stop, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_too_long, set_up, tear_down),
        cmocka_unit_test(test_standard_input),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
