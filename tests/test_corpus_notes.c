/* Files of notes: what other programs write, read; and what is written for Markdown, CSV and paths,
 * read back as it was. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>
#include <cmocka.h>
#include <jansson.h>

#include "corpus/note_reader.h"
#include "corpus/store.h"
#include "tests/support/tiny_case.h"

/* ---- there and back ---- */

static const char *const awkward[] = {
    "", "plain", "# no heading", "1. no list", "1) no list", "12) 13. x", "- x", "+ x", "* x", "> x", "=== x",
    "---", "a_b_c *d* **e** `f` ``g``", "<script>alert(1)</script>", "&amp; &#65;", "[a](b) ![c](d)",
    "http://x.y www.x.y a@b.c", "| a | b |", "~~x~~ $x$ ^x^", "two\nlines", "two\n\nparagraphs", "\\", "\\\\*",
    "ends with \\", "=1+1", "'=1+1", "''@x", "+x", "-1", "\"quoted\"", "a,b\"c\nd", "\x01\x1b[31m\x7f",
    "“curly” — dash … é 漢字", "%41 % %zz", "`", " lead", "a: b://c", "{{x}}", "\tx",
};

static void markdown_reads_back(void **state)
{
    (void)state;
    struct arena a = {0};
    for (size_t i = 0; i < COUNT_OF(awkward); i++) {
        struct str once = markdown_escape(&a, str_of(awkward[i]));
        struct str back = markdown_unescape(&a, once);
        if (!words_same(back, text_plain(&a, str_of(awkward[i]))))
            fail_msg("'%s' came back as '%.*s'", awkward[i], (int)back.n, back.p);
    }
    arena_finish(&a);
}

static void paths_read_back(void **state)
{
    (void)state;
    struct arena a = {0};
    for (size_t i = 0; i < COUNT_OF(awkward); i++) {
        struct str once = path_escape(&a, str_of(awkward[i]), " #");
        assert_true(str_eq(path_unescape(&a, once), str_of(awkward[i])));
        assert_null(memchr(once.p, '`', once.n));
        assert_null(memchr(once.p, '\n', once.n));
    }
    arena_finish(&a);
}

static void addresses_stay_addresses(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"http://x/a%20b?q=1#f", "http://x/a%20b?q=1#f"}, {"http://x/a b", "http://x/a%20b"},
        {"http://x/100%", "http://x/100%25"},             {"http://x/%zz\"<>", "http://x/%25zz%22%3C%3E"},
        {"http://x/\\|^`{}", "http://x/%5C%7C%5E%60%7B%7D"}, {"http://x/é", "http://x/é"},
    };
    struct arena a = {0};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct str once = iri_escape(&a, str_of(rows[i][0]));
        assert_true(str_eq(once, str_of(rows[i][1])));
        assert_true(str_eq(iri_escape(&a, once), once));
    }
    arena_finish(&a);
}

static void csv_reads_back(void **state)
{
    (void)state;
    struct arena a = {0};
    for (size_t i = 0; i < COUNT_OF(awkward); i++) {
        struct str cell = csv_cell(&a, str_of(awkward[i]));
        struct str file = arena_printf(&a, "article,begin,end,state,text,x\r\n\"p\",5,9,\"exact\",%.*s,\"x\"\r\n",
                                       (int)cell.n, cell.p);
        struct citation *v;
        size_t n;
        assert_true(cell.n < 2 || !strchr("=+-@\t", cell.p[1]) || cell.n == 2);
        assert_int_equal(citations_read_csv(file, &a, &v, &n), OK);
        assert_int_equal(n, 1);
        assert_int_equal(v[0].begin, 5);
        assert_int_equal(v[0].end, 9);
        assert_true(str_eq(v[0].text, text_plain(&a, str_of(awkward[i]))));
    }
    arena_finish(&a);
}

/* ---- what others write ---- */

#define NS "\"@context\":\"http://www.w3.org/ns/anno.jsonld\","
#define QUOTE(e) "{\"type\":\"TextQuoteSelector\",\"exact\":\"" e "\",\"prefix\":\"a \",\"suffix\":\" z\"}"

static const struct {
    const char *name, *file;
    int n;                                  /* notes; -1: refused */
    const char *exact, *comment, *tags, *author;
} files[] = {
    {"one", "{" NS "\"id\":\"http://x/1\",\"type\":\"Annotation\",\"bodyValue\":\"why\",\"target\":{\"source\":"
            "\"http://x/p\",\"selector\":" QUOTE("words") "}}", 1, "words", "why", "", ""},
    {"page", "{\"type\":\"AnnotationPage\",\"items\":[{\"target\":\"http://x/p\"},{\"target\":[\"http://x/q\"]}]}", 2, "",
     "", "", ""},
    {"collection", "{\"type\":\"AnnotationCollection\",\"first\":{\"items\":[{\"target\":\"http://x/p\",\"body\":"
                   "{\"type\":\"TextualBody\",\"value\":\"v\"}}]}}", 1, "", "v", "", ""},
    {"list", "[{\"target\":\"http://x/p\",\"creator\":{\"name\":\"Ada\"}}]", 1, "", "", "", "Ada"},
    {"lines", "{\"target\":\"http://x/p\"}\n{\"target\":\"http://x/q\"}\n", 2, "", "", "", ""},
    {"hypothesis", "{\"export_date\":\"2024-01-01\",\"annotations\":[{\"id\":\"aBc\",\"user\":\"acct:ada@hypothes.is\","
                   "\"uri\":\"http://x/p\",\"text\":\"so?\",\"tags\":[\"two words\",\"b\"],\"created\":"
                   "\"2024-01-01T10:00:00.5+00:00\",\"target\":[{\"source\":\"http://x/p\",\"selector\":["
                   "{\"type\":\"RangeSelector\"},{\"type\":\"TextPositionSelector\",\"start\":3,\"end\":8},"
                   QUOTE("words") "]}]}]}", 1, "words", "so?", "two-words b", "ada"},
    {"several_bodies", "{\"target\":\"http://x/p\",\"body\":[{\"value\":\"one\"},{\"value\":\"t\",\"purpose\":\"tagging\"},"
                       "{\"value\":\"two\",\"purpose\":\"commenting\"},\"http://elsewhere\"]}", 1, "", "one\ntwo", "t", ""},
    {"refined", "{\"target\":{\"source\":\"http://x/p\",\"selector\":{\"type\":\"XPathSelector\",\"value\":\"/p\","
                "\"refinedBy\":" QUOTE("words") "}}}", 1, "words", "", "", ""},
    {"no_target", "{\"type\":\"Annotation\"}", 0, "", "", "", ""},
    {"wrong_types", "{\"target\":{\"source\":5,\"selector\":[1,null,{\"type\":[]}]},\"body\":[1,[]],\"tags\":{}}", 0, "",
     "", "", ""},
    {"empty", "", 0, "", "", "", ""},
    {"not_json", "hello", -1, "", "", "", ""},
    {"cut", "[{\"target\":", -1, "", "", "", ""},
};

static void read_as(void **state)
{
    size_t i = (size_t)(uintptr_t)*state;
    struct arena a = {0};
    struct note_read *v = NULL;
    size_t n = 0;
    const char *why = NULL;
    enum status status = notes_read_json(str_of(files[i].file), &a, &v, &n, &why);
    assert_int_equal(status, files[i].n < 0 ? ERR_SYNTAX : OK);
    if (files[i].n >= 0)
        assert_int_equal(n, files[i].n);
    else
        assert_non_null(why);
    if (n) {
        assert_string_equal(arena_str(&a, v[0].note.anchor.exact).p, files[i].exact);
        assert_string_equal(arena_str(&a, v[0].note.comment).p, files[i].comment);
        assert_string_equal(arena_str(&a, v[0].note.tags).p, files[i].tags);
        assert_string_equal(arena_str(&a, v[0].note.author).p, files[i].author);
    }
    arena_finish(&a);
}

static void the_same_file_twice(void **state)
{
    (void)state;
    struct arena a = {0};
    struct note_read *v, *w;
    size_t n, m;
    const char *why;
    struct str file = STR("[{\"id\":\"http://x/1\",\"target\":\"http://x/p\"},{\"id\":\"urn:uuid:01234567-89ab-4def-8123-"
                          "456789abcdef\",\"target\":\"http://x/p\"}]");
    assert_int_equal(notes_read_json(file, &a, &v, &n, &why), OK);
    assert_int_equal(notes_read_json(file, &a, &w, &m, &why), OK);
    assert_string_equal(v[0].note.uid, w[0].note.uid);
    assert_int_equal(strlen(v[0].note.uid), NOTE_UID_BYTES);
    assert_string_equal(v[1].note.uid, "01234567-89ab-4def-8123-456789abcdef");
    arena_finish(&a);
}

/* ---- into a case ---- */

#define LONG "The keeper lit the lamp at dusk. He climbed the stair alone, as he had on every night before. "
static const struct tiny_article tiny[] = {{"/case/a.txt", "2004-05-11", LONG "Nobody saw him come down again."}};

static const char to_import[] =
    "[{\"id\":\"1\",\"target\":{\"source\":\"file:///case/a.txt\",\"selector\":{\"type\":\"TextQuoteSelector\","
    "\"exact\":\"climbed the stair\",\"prefix\":\"eeper lit the lamp at dusk. He \",\"suffix\":\" alone, as he had on every nigh\"}}},"
    "{\"id\":\"2\",\"target\":{\"source\":\"file:///case/a.txt\",\"selector\":{\"type\":\"TextQuoteSelector\",\"exact\":\"Nobody saw\"}}},"
    "{\"id\":\"3\",\"target\":{\"source\":\"file:///case/a.txt\",\"selector\":{\"type\":\"TextQuoteSelector\",\"exact\":\"not there\"}}},"
    "{\"id\":\"4\",\"target\":{\"source\":\"file:///case/b.txt\"}}]";

static void imported(void **state)
{
    (void)state;
    struct arena a = {0};
    char folder[] = "/tmp/dossier-import-XXXXXX", path[64];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/notes.db", folder);
    struct dossier *d = tiny_case(tiny, 1);
    struct notes_store *store = store_open(path, false);
    struct notes *n = notes_open(store, STR("me"), STR("/"));
    struct note_read *v;
    struct import_counts c;
    size_t count;
    const char *why = NULL;
    notes_sync(n, d);
    assert_int_equal(notes_read_json(str_of(to_import), &a, &v, &count, &why), OK);
    assert_int_equal(notes_import(n, d, v, count, &c, &why), OK);
    assert_int_equal(c.state[NOTE_EXACT], 1);
    assert_int_equal(c.state[NOTE_WEAK], 1);
    assert_int_equal(c.state[NOTE_ORPHAN], 1);
    assert_int_equal(c.elsewhere, 1);
    assert_int_equal(notes_all(n).n, 3);
    assert_int_equal(notes_read_json(str_of(to_import), &a, &v, &count, &why), OK);
    assert_int_equal(notes_import(n, d, v, count, &c, &why), OK);
    assert_int_equal(c.known, 3);
    assert_int_equal(notes_undo(n, d, &why), OK);
    assert_int_equal(notes_all(n).n, 0);
    notes_close(n);
    store->ops->close(store);
    dossier_close(d);
    unlink(path);
    rmdir(folder);
    arena_finish(&a);
}

/* ---- proof ---- */

static void proven(void **state)
{
    (void)state;
    static const struct {
        struct citation c;
        enum proof proof;
    } rows[] = {
        {{.path = {"/case/a.txt", 11}, .has_place = true, .begin = 4, .end = 10, .text = {"keeper", 6}}, PROOF_SAME},
        {{.path = {"/moved/case/a.txt", 17}, .has_place = true, .begin = 4, .end = 10, .text = {"keeper", 6}}, PROOF_SAME},
        {{.path = {"/case/a.txt", 11}, .has_place = true, .begin = 5, .end = 11, .text = {"keeper", 6}}, PROOF_MOVED},
        {{.path = {"/case/a.txt", 11}, .has_place = true, .begin = 4, .end = 10, .text = {"keepes", 6}}, PROOF_ALTERED},
        {{.path = {"/case/a.txt", 11}, .has_place = true, .begin = 4, .end = 9999, .text = {"keeper", 6}}, PROOF_MOVED},
        {{.path = {"/case/a.txt", 11}, .text = {"the lamp", 8}}, PROOF_SAME},
        {{.path = {"/case/a.txt", 11}, .text = {"the light", 9}}, PROOF_ALTERED},
        {{.path = {"/case/x.txt", 11}, .text = {"the lamp", 8}}, PROOF_ABSENT},
        {{.path = {"/case/a.txt", 11}}, PROOF_SAME},
        /* A place, and nothing is quoted: the words were taken out of the report. */
        {{.path = {"/case/a.txt", 11}, .has_place = true, .begin = 4, .end = 10}, PROOF_ALTERED},
    };
    struct dossier *d = tiny_case(tiny, 1);
    struct notes *n = notes_open(NULL, STR("me"), STR("/"));
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct proven p;
        citations_prove(n, d, &rows[i].c, 1, &p);
        if (p.proof != rows[i].proof)
            fail_msg("row %zu: %s", i, proof_name(p.proof));
    }
    notes_close(n);
    dossier_close(d);
}

int main(void)
{
    struct CMUnitTest tests[COUNT_OF(files) + 10];
    size_t n = 0;
    for (size_t i = 0; i < COUNT_OF(files); i++)
        tests[n++] = (struct CMUnitTest){files[i].name, read_as, NULL, NULL, (void *)(uintptr_t)i};
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(markdown_reads_back);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(paths_read_back);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(addresses_stay_addresses);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(csv_reads_back);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(the_same_file_twice);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(imported);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(proven);
    return _cmocka_run_group_tests("note files", tests, n, NULL, NULL);
}
