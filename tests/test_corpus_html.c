/* Saved pages: what they state, which blocks are the article, and that no page is too odd to be
 * read in time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>

#include "core/text.h"
#include "tests/support/assert_str.h"
#include "tests/support/gather.h"

#define P1 "Anna Reiss, 34, told the inquiry on Thursday that her father had left the lighthouse."
#define P2 "The county attorney's office, which has twice refused a new hearing, declined to comment."
#define P3 "The end of it came in March 2003, when the last of the men who had seen it died."
#define BODY "<p>" P1 "</p><p>" P2 "</p><p>" P3 "</p>"
#define TEXT P1 "\n\n" P2 "\n\n" P3

static const struct field_row {
    const char *name, *head, *body; /* BODY follows */
    const char *title, *day, *author, *outlet, *url, *tags;
} field_rows[] = {
    {"title", "<title>The lamp case</title>", "", .title = "The lamp case"},
    {"title and paper", "<title>The lamp case, ten years on | Harbour Post</title>", "", .title = "The lamp case, ten years on"},
    {"paper that is known", "<meta property=og:site_name content='Harbour Post'><title>The lamp case - Harbour Post</title>", "",
     .title = "The lamp case", .outlet = "Harbour Post"},
    {"a dash in a title", "<title>The lamp case - and the fire</title>", "", .title = "The lamp case - and the fire"},
    {"heading", "<title>Harbour Post</title>", "<h1>The <i>lamp</i>\n case</h1>", .title = "The lamp case"},
    {"heading in the title", "<title>The lamp case: daily news from Coast</title>", "<h1>The lamp case</h1>", .title = "The lamp case"},
    {"og:title", "<meta property='og:title' content='The lamp &amp; the case'><title>x</title>", "", .title = "The lamp & the case"},
    {"published time", "<meta property='article:published_time' content='2011-06-02T23:00:00+01:00'><meta name=date content=2012-01-01>", "", .day = "2011-06-02"},
    {"meta date", "<meta name='DC.date.issued' content='2011-06-02'>", "", .day = "2011-06-02"},
    {"time element", "", "<time datetime='2011-06-02T10:00'>2 June</time>", .day = "2011-06-02"},
    {"time element in words", "", "<time>2 June 2011</time>", .day = "2011-06-02"},
    {"itemprop", "", "<span itemprop=datePublished content='2011-06-02'></span>", .day = "2011-06-02"},
    {"day in the address", "<link rel=canonical href='https://www.coast.example/2011/06/02/lamp'>", "",
     .day = "2011-06-02", .url = "https://www.coast.example/2011/06/02/lamp", .outlet = "coast.example"},
    {"a date that is none", "<meta name=date content='yesterday'>", "", .title = NULL},
    {"meta author", "<meta name=author content='By Ida Voss'>", "", .author = "Ida Voss"},
    {"author that is an address", "<meta property='article:author' content='https://x.example/ida'>", "", .title = NULL},
    {"byline", "", "<div class='article-byline'>By <a rel=author>Ida Voss</a></div>", .author = "Ida Voss"},
    {"byline with more in it", "", "<div class=byline>By: Ida Voss    posted Aug 3</div>", .author = "Ida Voss"},
    {"byline with a time behind", "", "<div class=byline>By Ida Voss 10:20 a.m.</div>", .author = "Ida Voss"},
    {"byline without a name", "", "<div class=byline>By </div>", .title = NULL},
    {"heading that is the paper's name", "<title>The lamp case - Harbour Post</title>", "<h1>Harbour Post</h1>", .title = "The lamp case"},
    {"JSON-LD", "<script type='application/ld+json'>{\"@graph\":[{\"@type\":\"WebPage\",\"headline\":\"No\"},"
     "{\"@type\":[\"NewsArticle\"],\"headline\":\"The lamp\",\"datePublished\":\"2011-06-02T08:00Z\",\"author\":{\"name\":\"Ida Voss\"},"
     "\"publisher\":{\"name\":\"The Ledger\"}}]}</script>", "",
     .title = "The lamp", .day = "2011-06-02", .author = "Ida Voss", .outlet = "The Ledger"},
    {"broken JSON-LD", "<script type='application/ld+json'>{\"@type\":</script>", "", .title = NULL},
    {"keywords", "<meta name=keywords content='lamp,fire'>", "", .tags = "lamp, fire"},
};

static void assert_day(int32_t day, const char *expected)
{
    assert_int_equal(day, expected ? day_parse(str_of(expected)) : DAY_NONE);
}

static void test_field(void **state)
{
    const struct field_row *row = *state;
    struct gathered g = {0};
    struct str page = arena_printf(&g.memory, "<!doctype html><html><head>%s</head><body>%s" BODY "</body></html>", row->head, row->body);
    gather_read(&g, read_html, "page.html", page);
    assert_int_equal(g.articles.n, 1);
    const struct article *a = &g.articles.v[0];
    assert_str(a->title, row->title);
    assert_day(a->published, row->day);
    assert_int_equal(a->published_from, row->day ? PUBLISHED_PAGE : PUBLISHED_NONE);
    assert_str(a->author, row->author);
    assert_str(a->outlet, row->outlet);
    assert_str(a->url, row->url);
    assert_str(a->tags, row->tags);
    assert_str(a->text, TEXT);
    assert_int_equal(g.issues.n, 0);
    gather_free(&g);
}

static const struct body_row {
    const char *name, *page, *text;
} body_rows[] = {
    {"plain", BODY, TEXT},
    {"no tags at all", P1, P1},
    {"navigation and footer", "<nav><ul><li><a>Home</a><li><a>News</a></ul></nav><div>" BODY "</div><footer><p>Copyright 2011 Harbour Post, and all the rights are reserved.</p></footer>", TEXT},
    {"everything in a form with a suspect class", "<form class='has-sidebar page-header'>" BODY "</form>", TEXT},
    {"list of links", "<div>" BODY "<ul><li><a>Another story about the lamp house</a></li><li><a>A second one about the keeper.</a></li></ul></div>", TEXT},
    {"related box", "<div>" BODY "<div class='relatedStories'><p>Read how it all began, in a long story of the year 1998.</p></div></div>", TEXT},
    {"readers' comments", "<div>" BODY "</div><div id=comments><p>I think that all this is wrong and that nobody should be believed.</p></div>", TEXT},
    {"cut in two by an advertisement", "<div><div><p>" P1 "</p></div><div class=ad>Advertisement</div><div><p>" P2 "</p><p>" P3 "</p></div></div>", TEXT},
    {"breaks for paragraphs", "<table><tr><td>" P1 "<br><br>" P2 "<BR/> <br>" P3 "</td></tr></table>", TEXT},
    {"one break", "<p>" P1 "<br>" P2 "</p>", P1 "\n" P2},
    {"heading inside", "<p>" P1 "</p><h2>A witness</h2><p>" P2 "</p>", P1 "\n\nA witness\n\n" P2},
    {"heading behind", "<p>" P1 "</p><p>" P2 "</p><h2>More stories</h2>", P1 "\n\n" P2},
    {"short speech", "<p>" P1 "</p><p>\xe2\x80\x9cNo,\xe2\x80\x9d he said.</p><p>Never</p><p>" P2 "</p>", P1 "\n\n\xe2\x80\x9cNo,\xe2\x80\x9d he said.\n\nNever\n\n" P2},
    {"items", "<p>" P1 "</p><ul><li>The lamp</li><li>The fire</li></ul><p>" P2 "</p>", P1 "\n\nThe lamp\n\nThe fire\n\n" P2},
    {"script and style", "<p>" P1 "<script>var x = 'a long line of script, with words in it.'</script></p><style>p {}</style><p>" P2 "</p>", P1 "\n\n" P2},
    {"blanks", "<p>\n  A   b&nbsp;&#160;c\td <b> e</b>f, and so on to the end.\n</p>", "A b c d ef, and so on to the end."},
    {"letters beyond ASCII", "<p>Zo\xc3\xab \xc3\x80 la fin, tout \xc3\xa9tait dit\xc2\xa0: \xc2\xab rien \xc2\xbb.</p>", "Zo\xc3\xab \xc3\x80 la fin, tout \xc3\xa9tait dit : \xc2\xab rien \xc2\xbb."},
    {"a suspect wrapper with all the menus in it", "<div class=sidebar><ul><li><a>Home and the world</a><li><a>News of the day</a><li><a>Sport on the coast</a></ul>" BODY "</div>", TEXT},
    {"a lead set apart", "<div><p>" P1 "</p><div itemprop=articleBody><p>" P2 "</p><p>" P3 "</p><p>" P2 " Again.</p></div></div>",
     P1 "\n\n" P2 "\n\n" P3 "\n\n" P2 " Again."},
    {"a lead in large letters", "<h2>" P1 "</h2><p>" P2 "</p>", P1 "\n\n" P2},
    {"no prose", "<ul><li>One</li><li>Two</li></ul>", "One\n\nTwo"},
    {"the heading is not repeated", "<h1>It began at dawn, and nobody saw it.</h1>" BODY, TEXT},
    {"text kept in JSON-LD", "<script type='application/ld+json'>{\"@type\":\"Article\",\"articleBody\":\"" P1 "\\r\\n" P2 "\"}</script><p>Loading the page.</p>", P1 "\n" P2},
};

static void test_body(void **state)
{
    const struct body_row *row = *state;
    struct gathered g = {0};
    gather_read(&g, read_html, "page.html", str_of(row->page));
    assert_str(g.articles.v[0].text, row->text);
    gather_free(&g);
}

static void test_charset(void **state)
{
    (void)state;
    static const char *const pages[] = {
        "<meta charset=windows-1251><p>\xcb\xe0\xec\xef\xe0.</p>",
        "<meta http-equiv=Content-Type content='text/html; charset=KOI8-R'><p>\xec\xc1\xcd\xd0\xc1.</p>",
        "<p>\xd0\x9b\xd0\xb0\xd0\xbc\xd0\xbf\xd0\xb0.</p>",
        "<meta charset=iso-8859-1><p>\xd0\x9b\xd0\xb0\xd0\xbc\xd0\xbf\xd0\xb0.</p>", /* saved anew */
        "\xef\xbb\xbf<meta charset=koi8-r><p>\xd0\x9b\xd0\xb0\xd0\xbc\xd0\xbf\xd0\xb0.</p>",
    };
    for (size_t i = 0; i < COUNT_OF(pages); i++) {
        struct gathered g = {0};
        gather_read(&g, read_html, "page.html", str_of(pages[i]));
        assert_str(g.articles.v[0].text, "\xd0\x9b\xd0\xb0\xd0\xbc\xd0\xbf\xd0\xb0.");
        gather_free(&g);
    }
}

static void test_nul(void **state)
{
    (void)state;
    struct gathered g = {0};
    gather_read(&g, read_html, "page.html", STR("<p>The lamp\0house burned.</p>\0<p>It did.</p>"));
    assert_str(g.articles.v[0].text, "The lamp house burned.\n\nIt did.");
    gather_free(&g);
}

static void test_empty(void **state)
{
    (void)state;
    struct gathered g = {0};
    gather_read(&g, read_html, "page.html", STR("<script>render()</script>"));
    assert_int_equal(g.articles.v[0].text.n, 0);
    assert_true(gathered_issue(&g, "no article")->fatal);
    gather_free(&g);
}

/* Pages that are squares or worse for a parser; a runner's time limit is the assertion, and each
 * says what became of it. */
static void test_bombs(void **state)
{
    (void)state;
    static const struct { const char *first, *each; size_t n; bool too_deep; } bombs[] = {
        {"", "<div>", 100000, true},       {"", "<b 1>", 200000, true},   {"<p ", "a=1 ", 200000, true},
        {"", "</i>", 200000, false},       {"", "<p>", 200000, false},    {"", "<!--", 200000, false},
        {"", "<script>", 100000, false},   {"", "<", 500000, false},      {"", "<html a=1>", 50000, false},
        {"<table>", "<tr>", 100000, false}, {"", "&#0;", 100000, false},  {"<title>", "<title>", 50000, true},
    };
    for (size_t i = 0; i < COUNT_OF(bombs); i++) {
        struct gathered g = {0};
        size_t each = strlen(bombs[i].each), first = strlen(bombs[i].first);
        size_t n = first + each * bombs[i].n;
        char *page = mem_alloc(n + 32), *w = mempcpy(page, bombs[i].first, first);
        for (size_t k = 0; k < bombs[i].n; k++)
            w = mempcpy(w, bombs[i].each, each);
        w = mempcpy(w, ">The end.", 9);
        gather_read(&g, read_html, "page.html", str_from(page, (size_t)(w - page)));
        assert_int_equal(g.articles.n, 1);
        assert_int_equal(gathered_issue(&g, "nested too deeply") != NULL, bombs[i].too_deep);
        if (bombs[i].too_deep)
            assert_non_null(memmem(g.articles.v[0].text.p, g.articles.v[0].text.n, "The end.", 8));
        free(page);
        gather_free(&g);
    }
}

/* Every file of a folder as one page; what comes out must be valid. */
static void read_folder(const char *folder)
{
    DIR *dir = opendir(folder);
    if (!dir) {
        print_message("skipped: no %s\n", folder);
        skip();
    }
    size_t n = 0;
    for (struct dirent *e; (e = readdir(dir));) {
        if (e->d_type != DT_REG)
            continue;
        struct gathered g = {0};
        char path[512];
        snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        gather_read(&g, read_html, path, file_bytes(&g.memory, path));
        assert_int_equal(g.articles.n, 1);
        struct str text = g.articles.v[0].text;
        assert_int_equal(utf8_valid_prefix(text), text.n);
        gather_free(&g);
        n++;
    }
    closedir(dir);
    assert_true(n > 0);
}

static void test_w3m_cases(void **state)
{
    (void)state;
    read_folder("../shared/hostile/html/w3m-cases");
}

/* The cases of a file stand between "#data" and the next line that begins with "#". */
static size_t read_cases(struct str all)
{
    size_t n = 0;
    const char *end = all.p + all.n;
    for (const char *p = all.p; p && p < end && (p = memmem(p, (size_t)(end - p), "#data\n", 6)); n++) {
        p += 6;
        const char *close = memmem(p, (size_t)(end - p), "\n#", 2);
        struct gathered g = {0};
        gather_read(&g, read_html, "page.html", str_from(p, (size_t)((close ? close : end) - p)));
        assert_int_equal(g.articles.n, 1);
        gather_free(&g);
        p = close;
    }
    return n;
}

static void test_tree_construction(void **state)
{
    (void)state;
    static const char folder[] = "../shared/hostile/html/tree-construction";
    DIR *dir = opendir(folder);
    if (!dir) {
        print_message("skipped: no %s\n", folder);
        skip();
    }
    size_t n = 0;
    for (struct dirent *e; (e = readdir(dir));) {
        if (!strstr(e->d_name, ".dat"))
            continue;
        struct arena a = {0};
        char path[512];
        snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        n += read_cases(file_bytes(&a, path));
        arena_finish(&a);
    }
    closedir(dir);
    assert_true(n > 1000);
}

int main(void)
{
    struct CMUnitTest tests[COUNT_OF(field_rows) + COUNT_OF(body_rows) + 6];
    size_t n = 0;
    for (size_t i = 0; i < COUNT_OF(field_rows); i++)
        tests[n++] = (struct CMUnitTest){field_rows[i].name, test_field, NULL, NULL, (void *)&field_rows[i]};
    for (size_t i = 0; i < COUNT_OF(body_rows); i++)
        tests[n++] = (struct CMUnitTest){body_rows[i].name, test_body, NULL, NULL, (void *)&body_rows[i]};
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_charset);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_nul);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_empty);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_bombs);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_w3m_cases);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_tree_construction);
    return _cmocka_run_group_tests("html", tests, n, NULL, NULL);
}
