/* Nothing in an article or a note changes the structure of a file of notes: each of the strings
 * that break programs is the title, the text, the outlet, the tags, the comment and the author of a
 * note, and what was written is read by a program that knows the format. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>
#include <cmocka.h>
#include <jansson.h>

#include "core/note_files.h"
#include "core/text.h"
#include "tests/support/memory_store.h"
#include "tui/export.h"
#include "tui/headless.h"

static const char *const own[] = {
    "# no heading", "- no list", "1. no list", "> no quotation", "```\ncode\n```", "~~~", "<b>", "<!-- c", "&amp;",
    "[a](b)", "![i](j)", "|a|b|\n|-|-|", "***", "a  \nb", "    code", "[x]: http://e", "=1+1", "\"q\",r\ns", "\\", "`a`",
    "x\n===", "x\n---", "<![CDATA[", "www.x.y a@b.c http://e", "\x01\x1b[31m\x7f", "{\"a\":[", "x\n\n\n— `a:1-2` · y",
    "a\xc2\x9b" "31mb\xe2\x80\xae" "c\xe2\x80\x8b",
};

typedef VEC(struct str) strings;

/* Ours, and the big list of them where it is at hand. */
static void gather(strings *out, struct arena *a)
{
    for (size_t i = 0; i < COUNT_OF(own); i++)
        vec_push(out, str_of(own[i]));
    json_t *list = json_load_file("../shared/hostile/blns/blns.json", 0, NULL);
    if (!list)
        printf("the big list of naughty strings is not here: skipped\n");
    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *s = json_array_get(list, i);
        vec_push(out, arena_str(a, str_from(json_string_value(s), json_string_length(s))));
    }
    json_decref(list);
}

struct files {
    strings naughty;
    struct arena memory;
    struct dossier *dossier;
    struct notes_store *store;
    struct notes *notes;
    uint32_t n;
};

static int open_files(void **state)
{
    struct files *f = mem_zalloc(sizeof *f);
    const char *why = NULL;
    gather(&f->naughty, &f->memory);
    f->n = (uint32_t)f->naughty.n;
    f->dossier = dossier_open(&(struct dossier_options){.no_find = true, .no_index = true});
    for (uint32_t i = 0; i < f->n; i++) {
        struct str s = f->naughty.v[i];
        struct str text = arena_printf(&f->memory, "%u %.*s end.", i, (int)s.n, s.p);
        dossier_add(f->dossier, &(struct article){
            .path = arena_printf(&f->memory, "/case/%u %.*s", i, (int)s.n, s.p), .title = s.n ? s : STR("x"),
            .outlet = s, .author = s, .url = s, .text = text, .published = DAY_NONE, .not_before = DAY_NONE});
    }
    dossier_end(f->dossier);
    if (!dossier_wait(f->dossier))
        return 1;
    f->store = memory_store_open();
    f->notes = notes_open(f->store, STR("me"), STR("/case"));
    notes_sync(f->notes, f->dossier);
    struct note *v = arena_array(&f->memory, struct note, f->n);
    for (uint32_t i = 0; i < f->n; i++) {
        const struct article *a = dossier_article(f->dossier, (article_id){i + 1});
        v[i] = note_on(f->notes, &f->memory, a, span_of(0, a->text.n));
        v[i].comment = v[i].author = f->naughty.v[i];
        note_add_tags(&v[i], &f->memory, tag_clean(&f->memory, f->naughty.v[i]));
        v[i].label = '=';
    }
    *state = f;
    return notes_add_all(f->notes, f->dossier, v, f->n, &why) != OK;
}

static int close_files(void **state)
{
    struct files *f = *state;
    notes_close(f->notes);
    f->store->ops->close(f->store);
    dossier_close(f->dossier);
    vec_free(&f->naughty);
    arena_finish(&f->memory);
    free(f);
    return 0;
}

static struct str write_as(struct files *f, enum export_format format)
{
    char *bytes = NULL;
    size_t n = 0;
    FILE *to = open_memstream(&bytes, &n);
    struct noted_run all = notes_all(f->notes);
    assert_int_equal(all.n, f->n);
    assert_true(export_notes(to, f->dossier, all.v, all.n, format, false));
    fclose(to);
    struct str s = arena_str(&f->memory, str_from(bytes, n));
    free(bytes);
    return s;
}

static struct str text_of(struct files *f, uint32_t i)
{
    return dossier_article(f->dossier, (article_id){i + 1})->text;
}

static void json_is_json(void **state)
{
    struct files *f = *state;
    struct str file = write_as(f, EXPORT_W3C);
    json_t *page = json_loadb(file.p, file.n, JSON_ALLOW_NUL, NULL), *items = json_object_get(page, "items");
    assert_int_equal(json_array_size(items), f->n);
    for (uint32_t i = 0; i < f->n; i++) {
        json_t *target = json_object_get(json_array_get(items, i), "target");
        json_t *exact = json_object_get(json_array_get(json_object_get(target, "selector"), 0), "exact");
        assert_true(str_eq(str_from(json_string_value(exact), json_string_length(exact)), text_of(f, i)));
    }
    json_decref(page);
}

/* RFC 4180, strictly: cells in quotes or without any, fifteen a record, no cell a formula. */
static void csv_is_csv(void **state)
{
    struct files *f = *state;
    struct str file = write_as(f, EXPORT_CSV);
    uint32_t records = 0, cells = 0;
    for (size_t i = 0; i < file.n;) {
        size_t begin = i;
        bool quoted = file.p[i] == '"';
        for (i += quoted; i < file.n && (quoted || !strchr(",\r\n\"", file.p[i])); i++)
            if (quoted && file.p[i] == '"' && file.p[++i] != '"')
                break;
        assert_null(strchr("=+-@\t", file.p[begin + quoted]));
        cells++;
        if (file.p[i] == ',') {
            i++;
            continue;
        }
        assert_true(str_starts(str_from(file.p + i, file.n - i), STR("\r\n")));
        assert_int_equal(cells, 15);
        cells = 0;
        records++;
        i += 2;
    }
    assert_int_equal(records, f->n + 1);
}

static uint32_t count_of(const char *file, const char *what)
{
    uint32_t n = 0;
    for (const char *p = file; (p = strstr(p, what)); p += strlen(what))
        n++;
    return n;
}

/* As CommonMark's own parser sees it: headings, quotations and paragraphs, and nothing else. */
static void markdown_is_plain(void **state)
{
    struct files *f = *state;
    struct str file = write_as(f, EXPORT_MARKDOWN);
    char path[] = "/tmp/dossier-export-XXXXXX", line[96];
    int fd = mkstemp(path);
    assert_int_equal(write(fd, file.p, file.n), file.n);
    close(fd);
    snprintf(line, sizeof line, "cmark -t xml %s 2>/dev/null", path);
    FILE *from = popen(line, "r");
    struct str xml = STR("");
    char bytes[4096];
    for (size_t n; (n = fread(bytes, 1, sizeof bytes, from)) > 0;)
        xml = arena_printf(&f->memory, "%.*s%.*s", (int)xml.n, xml.p, (int)n, bytes);
    pclose(from);
    unlink(path);
    if (!xml.n) {
        printf("cmark is not here: skipped\n");
        return;
    }
    static const char *const none[] = {"<list", "<item", "<code_block", "<html_", "<link", "<image", "<emph", "<strong",
                                       "<thematic_break"};
    for (size_t i = 0; i < COUNT_OF(none); i++)
        assert_int_equal(count_of(xml.p, none[i]), 0);
    assert_int_equal(count_of(xml.p, "<heading"), f->n + 1);
    assert_int_equal(count_of(xml.p, "<block_quote"), f->n);
    assert_int_equal(count_of(xml.p, "<code "), f->n);
}

/* What was written is proven to the last citation; one letter more, and that one is not. */
static void citations_are_proven(void **state)
{
    struct files *f = *state;
    struct citation *v;
    size_t n;
    struct str file = write_as(f, EXPORT_MARKDOWN);
    citations_read_markdown(file, &f->memory, &v, &n);
    assert_int_equal(n, f->n);
    struct proven *p = arena_array(&f->memory, struct proven, n);
    v[n / 2].text = arena_printf(&f->memory, "%.*sx", (int)v[n / 2].text.n, v[n / 2].text.p);
    citations_prove(f->notes, f->dossier, v, n, p);
    for (size_t i = 0; i < n; i++)
        if (p[i].proof != (i == n / 2 ? PROOF_ALTERED : PROOF_SAME))
            fail_msg("citation %zu: %s", i, proof_name(p[i].proof));
}

/* On a terminal, from `export`, in each format: C0, C1, and what turns or hides letters, are
 * pictures. */
static void on_a_terminal(void **state)
{
    static const char *const formats[] = {"markdown", "markdown-by-tag", "w3c", "csv"};
    struct files *f = *state;
    article_id *order = arena_array(&f->memory, article_id, f->n);
    for (uint32_t i = 0; i < f->n; i++)
        order[i].v = i + 1;
    for (size_t i = 0; i < COUNT_OF(formats); i++) {
        char *bytes = NULL;
        size_t n = 0;
        FILE *to = open_memstream(&bytes, &n);
        struct options o = {.format = formats[i]};
        struct headless h = {.options = &o, .dossier = f->dossier, .notes = f->notes, .order = order, .n = f->n, .scratch = &f->memory,
                             .out = record_open(to, false, false, true)};
        assert_int_equal(headless_export(&h), EXIT_FOUND);
        assert_true(record_close(h.out));
        fclose(to);
        assert_true(n > 0);
        for (const char *p = bytes; p < bytes + n;) {
            uint32_t c = utf8_decode(p, &p);
            assert_true(c == '\n' || c == '\t' || (c >= 0x20 && c < 0x7f) || c >= 0xa0);
            assert_true(c != 0x202e && c != 0x200b);
        }
        free(bytes);
    }
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, open_files, close_files)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH(json_is_json),
        WITH(csv_is_csv),
        WITH(on_a_terminal),
        WITH(markdown_is_plain),
        WITH(citations_are_proven),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
