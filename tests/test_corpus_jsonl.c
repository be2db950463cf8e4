/* JSON: lines, arrays and single records; what becomes an article, what a fault costs; and the
 * public test suite of JSON parsers, where it is at hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>

#include "corpus/corpus.h"
#include "tests/support/assert_str.h"
#include "tests/support/gather.h"

static const struct row {
    const char *name, *path, *input;
    const char *paths, *texts; /* of all articles, "|" behind each */
    const char *issue;         /* part of the sentence of the only issue; null: none */
    int byte;                  /* of that issue */
} rows[] = {
    {"one line", "a.jsonl", "{\"text\":\"One.\"}\n", "a.jsonl|", "One.|", NULL, 0},
    {"two lines", "a.jsonl", "{\"text\":\"One.\"}\n\n{\"body\":\"Two.\"}", "a.jsonl#1|a.jsonl#2|", "One.|Two.|", NULL, 0},
    {"line ends CR LF", "a.jsonl", "{\"text\":\"One.\"}\r\n{\"content\":\"a\\r\\nb\\rc\"}\r\n", "a.jsonl#1|a.jsonl#2|", "One.|a\nb\nc|", NULL, 0},
    {"mark", "a.jsonl", "\xef\xbb\xbf{\"text\":\"One.\"}\n", "a.jsonl|", "One.|", NULL, 0},
    {"broken line", "a.jsonl", "{\"text\":\"One.\"}\n{\"text\":\"Two}\n{\"text\":\"Three.\"}\n", "a.jsonl#1|a.jsonl#2|", "One.|Three.|", "line 2", 29},
    {"bytes that are not UTF-8", "a.jsonl", "{\"text\":\"A \xff.\"}\n", "a.jsonl|", "A \xef\xbf\xbd.|", "U+FFFD", 11},
    {"no text", "a.jsonl", "{\"title\":\"One.\"}\n", "", "", "no article", 0},
    {"no object", "a.jsonl", "[1]\n", "", "", "no article", 1},
    {"array", "a.json", "[{\"text\":\"One.\"}, {\"text\":\"Two.\"}]", "a.json#1|a.json#2|", "One.|Two.|", NULL, 0},
    {"array of one", "a.json", " [ {\"text\":\"One.\"} ] \n", "a.json|", "One.|", NULL, 0},
    {"empty array", "a.json", "[]", "", "", NULL, 0},
    {"array with a fault", "a.json", "[{\"text\":\"One.\"},\n{\"text\":Two.\"},\n{\"text\":\"Three.\"}\n]", "a.json#1|a.json#2|", "One.|Three.|", "line 2", -1},
    {"array with a fault in one line", "a.json", "[{\"text\":One.\"},{\"text\":\"Two.\"},{\"text\":\"Three.\"}]", "a.json#1|a.json#2|", "Two.|Three.|", "line 1", -1},
    {"array that never ends", "a.json", "[{\"text\":\"One.\"},\n{\"text\":\"Two.\"}\n", "a.json#1|a.json#2|", "One.|Two.|", "line 3", -1},
    {"no comma", "a.json", "[{\"text\":\"One.\"}\n{\"text\":\"Two.\"}]", "a.json#1|a.json#2|", "One.|Two.|", "neither", 17},
    {"comma and nothing", "a.json", "[{\"text\":\"One.\"},]", "a.json#1|", "One.|", "line 1", -1},
    {"record over many lines", "a.json", "{\n  \"text\": \"One.\"\n}\n", "a.json|", "One.|", NULL, 0},
    {"lines in .json", "a.json", "{\"text\":\"One.\"}\n{\"text\":\"Two.\"}\n", "a.json#1|a.json#2|", "One.|Two.|", NULL, 0},
    {"array in .jsonl", "a.jsonl", "[\n{\"text\":\"One.\"},\n{\"text\":\"Two.\"}]\n", "a.jsonl#1|a.jsonl#2|", "One.|Two.|", NULL, 0},
    {"something behind the end", "a.json", "[{\"text\":\"One.\"}]]", "a.json|", "One.|", "behind the end", 17},
    {"nothing", "a.json", " \n", "", "", "no JSON", -1},
    {"NUL in a field's name", "a.json", "[{\"\\u0000\":1,\"text\":\"One\\\\u0000.\"}]", "a.json|", "One\\u0000.|", NULL, 0},
    {"by its contents", "-", "{\"text\":\"One.\"}\n{\"text\":\"Two.\"}\n", "-#1|-#2|", "One.|Two.|", NULL, 0},
    {"array by its contents", "-", "[ {\"text\":\"One.\"}]", "-|", "One.|", NULL, 0},
    {"paragraphs", "a.jsonl", "{\"text\":[\"One.\",\"Two.\",{\"name\":\"Three.\"}]}", "a.jsonl|", "One.\n\nTwo.\n\nThree.|", NULL, 0},
    {"date that nobody understands", "a.jsonl", "{\"text\":\"One.\",\"date\":\"some day\"}", "a.jsonl|", "One.|", "some day", 0},
};

/* Through the table, as the door does it. */
static void read_as(struct gathered *g, const char *path, struct str bytes)
{
    gather_read(g, reader_for(str_of(path), bytes)->read, path, bytes);
}

static struct str joined(struct gathered *g, bool paths)
{
    struct str all = STR("");
    for (size_t i = 0; i < g->articles.n; i++) {
        struct str s = paths ? g->articles.v[i].path : g->articles.v[i].text;
        all = arena_printf(&g->memory, "%s%.*s|", all.p, (int)s.n, s.p);
    }
    return all;
}

static void test_row(void **state)
{
    const struct row *row = *state;
    struct gathered g = {0};
    read_as(&g, row->path, str_of(row->input));
    assert_str(joined(&g, true), row->paths);
    assert_str(joined(&g, false), row->texts);
    assert_int_equal(g.issues.n, row->issue != NULL);
    if (row->issue) {
        assert_non_null(gathered_issue(&g, row->issue));
        if (row->byte >= 0)
            assert_int_equal(g.issues.v[0].byte, row->byte);
    }
    gather_free(&g);
}

static void test_fields(void **state)
{
    (void)state;
    static const char *const inputs[] = {
        "{\"title\":\"A lamp\",\"date\":\"2011-06-03\",\"author\":\"Ida Voss\",\"source\":\"The Ledger\","
        "\"url\":\"https://ledger.example/1\",\"tags\":[\"lamp\",\"fire\"],\"text\":\"T\"}",
        "{\"headline\":\" A lamp \",\"published\":\"Fri, 03 Jun 2011 10:00:00 +0200\","
        "\"authors\":[{\"name\":\"Ida Voss\"}],\"source\":{\"id\":null,\"name\":\"The Ledger\"},"
        "\"link\":\"https://ledger.example/1\",\"keywords\":\"lamp; fire\",\"content\":\"T\"}",
        "{\"title\":\"A lamp\",\"date\":1307059200,\"byline\":\"Ida Voss\",\"publisher\":\"The Ledger\","
        "\"url\":\"https://ledger.example/1\",\"tags\":\"lamp,fire\",\"body\":\"T\",\"text\":null}",
    };
    for (size_t i = 0; i < COUNT_OF(inputs); i++) {
        struct gathered g = {0};
        read_as(&g, "a.jsonl", str_of(inputs[i]));
        assert_int_equal(g.articles.n, 1);
        const struct article *a = &g.articles.v[0];
        assert_str(a->title, "A lamp");
        assert_str(a->author, "Ida Voss");
        assert_str(a->outlet, "The Ledger");
        assert_str(a->url, "https://ledger.example/1");
        assert_str(a->tags, "lamp, fire");
        assert_str(a->text, "T");
        assert_int_equal(a->published, day_from_civil(2011, 6, 3));
        assert_int_equal(a->published_from, PUBLISHED_HEADER);
        assert_int_equal(a->format, FORMAT_JSON);
        gather_free(&g);
    }
}

static void test_nul_in_text(void **state)
{
    (void)state;
    struct gathered g = {0};
    read_as(&g, "a.jsonl", STR("{\"text\":\"a\\u0000b\"}"));
    assert_int_equal(g.articles.v[0].text.n, 3);
    assert_memory_equal(g.articles.v[0].text.p, "a\0b", 3);
    gather_free(&g);
}

/* Offsets count bytes of the file; in a text that grew by its repairs they are not known. */
static void test_place_in_repaired_file(void **state)
{
    (void)state;
    struct gathered g = {0};
    read_as(&g, "a.json", STR("[\"\xff\xff\xff\xff\", x"));
    assert_true(g.issues.n > 1);
    assert_int_equal(gathered_issue(&g, "U+FFFD")->byte, 2);
    assert_true(gathered_issue(&g, "not valid JSON")->byte == UINT64_MAX);
    gather_free(&g);
}

static struct str repeated(struct arena *a, const char *what, size_t n)
{
    size_t each = strlen(what);
    char *p = arena_alloc(a, n * each);
    for (size_t i = 0; i < n; i++)
        memcpy(p + i * each, what, each);
    return str_from(p, n * each);
}

static void test_bombs(void **state)
{
    (void)state;
    static const struct { const char *path, *what; size_t n; } bombs[] = {
        {"a.json", "[", 100000},      {"a.jsonl", "[", 100000},      {"a.jsonl", "{\"text\":", 100000},
        {"a.json", "[{\"text\":", 100000}, {"a.jsonl", "{\n", 100000}, {"a.json", "[{\"\\u0000\":1},", 100000},
        {"a.json", "{},{", 100000},   {"a.json", "[{\"text\":\"", 100000}, {"a.json", "{\"\n},{", 100000},
    };
    struct arena a = {0};
    for (size_t i = 0; i < COUNT_OF(bombs); i++) {
        struct gathered g = {0};
        read_as(&g, bombs[i].path, repeated(&a, bombs[i].what, bombs[i].n));
        assert_int_equal(g.articles.n, 0);
        assert_true(g.issues.n > 0);
        gather_free(&g);
    }
    arena_finish(&a);
}

/* What the suite says of a file by the first letter of its name. */
static size_t run_suite(const char *folder, char verdict, const char *path)
{
    size_t n = 0;
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    for (struct dirent *e; (e = readdir(dir));) {
        if (e->d_name[0] != verdict || e->d_name[1] != '_')
            continue;
        struct arena a = {0};
        struct gathered g = {0};
        char file[512];
        snprintf(file, sizeof file, "%s/%s", folder, e->d_name);
        read_as(&g, path, file_bytes(&a, file));
        bool refused = false;
        for (size_t i = 0; i < g.issues.n; i++)
            refused |= g.issues.v[i].fatal;
        if (refused != (verdict == 'n') && verdict != 'i')
            fail_msg("%s: %s", e->d_name, refused ? "refused" : "accepted");
        gather_free(&g);
        arena_finish(&a);
        n++;
    }
    closedir(dir);
    return n;
}

static void test_suite(void **state)
{
    (void)state;
    static const char folder[] = "../shared/hostile/json/test_parsing";
    DIR *dir = opendir(folder);
    if (!dir) {
        print_message("skipped: no %s\n", folder);
        skip();
    }
    closedir(dir);
    assert_int_equal(run_suite(folder, 'y', "a.json"), 95);
    assert_int_equal(run_suite(folder, 'n', "a.json"), 188);
    assert_int_equal(run_suite(folder, 'i', "a.json"), 35);
}

/* A file read in pieces gives what it gives as a whole: the door's seams, and its numbers. */
static void test_pieces(void **state)
{
    (void)state;
    enum { ARTICLES = 9000 };
    char path[] = "/tmp/dossier-pieces-XXXXXX.jsonl";
    int fd = mkstemps(path, 6);
    assert_true(fd >= 0);
    FILE *f = fdopen(fd, "wb");
    for (int i = 1; i <= ARTICLES; i++)
        fprintf(f, "{\"text\":\"Article %d%*s\"}\n", i, i % 1500, "");
    fputs("broken\n{\"text\":\"last\"}", f);
    fclose(f);
    struct gathered g = {0};
    assert_int_equal(gather_path(&g, path), OK);
    remove(path);
    assert_int_equal(g.articles.n, ARTICLES + 1);
    for (int i = 1; i <= ARTICLES; i++) {
        struct str expected = arena_printf(&g.memory, "Article %d%*s", i, i % 1500, "");
        assert_true(str_eq(g.articles.v[i - 1].text, expected));
    }
    assert_str(g.articles.v[ARTICLES].path, arena_printf(&g.memory, "%s#%d", path, ARTICLES + 1).p);
    assert_int_equal(g.issues.n, 1);
    assert_str(g.issues.v[0].what, "line 9001: not valid JSON");
    assert_true(g.issues.v[0].byte > 4 << 20);
    assert_true(g.total > 4 << 20);
    assert_int_equal(g.done, g.total);
    gather_free(&g);
}

int main(void)
{
    struct CMUnitTest tests[COUNT_OF(rows) + 6];
    size_t n = 0;
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        tests[n++] = (struct CMUnitTest){rows[i].name, test_row, NULL, NULL, (void *)&rows[i]};
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_fields);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_nul_in_text);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_place_in_repaired_file);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_bombs);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_suite);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_pieces);
    return _cmocka_run_group_tests("jsonl", tests, n, NULL, NULL);
}
