/* The program held to the sample case: its headless answers beside the gold file, which was
 * written by hand.  What must be right is asserted row by row (articles, dates of publication,
 * the planted conflicts).  What is found by likelihood is counted, and the count is held to the
 * floor in `floors` below: floors rise as the finders do, and never sink.  Each test prints what
 * it missed, so a fall can be read without running anything else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/wait.h>
#include <cmocka.h>
#include <jansson.h>

#include "core/arena.h"

#define SAMPLE "corpus/sample/"

/* Least percentage of the gold rows that must be right. */
static const struct floor {
    const char *name;
    int percent;
} floors[] = {
    {"quotations found", 0},  {"quotations invented", 0}, {"speakers", 0},
    {"wordings grouped", 0},  {"names found", 0},         {"kinds of names", 0},
    {"names tied", 0},        {"dates", 0},               {"claims on the timeline", 0},
    {"claims of one event together", 0},
};

static json_t *gold;

/* ---- counting ---- */

struct tally {
    const char *name;
    int right, all;
};

static void tally_row(struct tally *t, bool right, const char *format, ...)
{
    t->all++;
    t->right += right;
    if (right)
        return;
    va_list args;
    va_start(args, format);
    print_message("  %s: ", t->name);
    vprint_message(format, args);
    print_message("\n");
    va_end(args);
}

static void tally_check(const struct tally *t)
{
    for (size_t i = 0; i < COUNT_OF(floors); i++) {
        if (strcmp(floors[i].name, t->name))
            continue;
        print_message("%s: %d of %d, at least %d%%\n", t->name, t->right, t->all, floors[i].percent);
        assert_true(t->all > 0 && t->right * 100 >= floors[i].percent * t->all);
        return;
    }
    fail_msg("no floor for %s", t->name);
}

/* ---- asking the program ---- */

static struct answer {
    const char *words;
    json_t *records;
} answers[16];

/* The records that `dossier WORDS --json corpus/sample` prints; asked once, kept. */
static json_t *ask(const char *words)
{
    size_t i = 0;
    for (; answers[i].words; i++)
        if (!strcmp(answers[i].words, words))
            return answers[i].records;
    const char *program = getenv("DOSSIER");
    char line[512];
    snprintf(line, sizeof line, "%s %s --json --no-config --quiet " SAMPLE,
             program ? program : ".build/plain/dossier", words);
    FILE *from = popen(line, "r");
    assert_non_null(from);
    json_t *records = json_array(), *record;
    json_error_t error;
    while ((record = json_loadf(from, JSON_DISABLE_EOF_CHECK, &error)))
        json_array_append_new(records, record);
    int status = pclose(from);
    print_message("%s: %zu records\n", line, json_array_size(records));
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    answers[i] = (struct answer){words, records};
    return records;
}

static const char *text_of(json_t *row, const char *field)
{
    const char *s = json_string_value(json_object_get(row, field));
    return s ? s : "";
}

/* "01-fire-at-kestrel-head.txt" */
static const char *article_of(json_t *record)
{
    const char *path = text_of(record, "article");
    size_t n = strlen(SAMPLE);
    return strncmp(path, SAMPLE, n) ? path : path + n;
}

static bool same(json_t *a, json_t *b, const char *field)
{
    return !strcmp(text_of(a, field), text_of(b, field));
}

static long number_of(json_t *record, const char *field)
{
    return (long)json_integer_value(json_object_get(record, field));
}

static json_t *record_of(json_t *records, const char *article)
{
    size_t i;
    json_t *r;
    json_array_foreach(records, i, r)
        if (!strcmp(article_of(r), article))
            return r;
    fail_msg("no record of %s", article);
    return NULL;
}

/* ---- comparing words ---- */

/* Blanks and line ends as one blank, none at the ends, nor a closing comma or full stop. */
static void tidy(const char *from, char *to, size_t room)
{
    size_t n = 0;
    for (; *from && n + 1 < room; from++) {
        bool blank = *from == ' ' || *from == '\n' || *from == '\t';
        if (!blank)
            to[n++] = *from;
        else if (n && to[n - 1] != ' ')
            to[n++] = ' ';
    }
    while (n && strchr(" ,.", to[n - 1]))
        n--;
    to[n] = '\0';
}

static bool same_words(const char *a, const char *b)
{
    char x[2048], y[2048];
    tidy(a, x, sizeof x);
    tidy(b, y, sizeof y);
    return !strcmp(x, y);
}

/* Whether `words` stand in `text`, however the lines run. */
static bool stands_in(const char *text, const char *words)
{
    char *flat = mem_alloc(strlen(text) + 1), small[2048];
    tidy(text, flat, strlen(text) + 1);
    tidy(words, small, sizeof small);
    bool found = strstr(flat, small);
    free(flat);
    return found;
}

/* ---- the articles ---- */

static void articles_are_read(void **state)
{
    (void)state;
    static const char *const fields[] = {"title", "published", "published_from", "not_before",
                                         "outlet", "author"};
    json_t *records = ask("articles --text"), *rows = json_object_get(gold, "articles"), *row;
    assert_int_equal(json_array_size(records), json_array_size(rows));
    size_t i;
    int wrong = 0;
    json_array_foreach(rows, i, row) {
        json_t *r = record_of(records, text_of(row, "article"));
        for (size_t f = 0; f < COUNT_OF(fields); f++)
            if (!same(row, r, fields[f])) {
                print_message("%s: %s is '%s', should be '%s'\n", article_of(r), fields[f],
                              text_of(r, fields[f]), text_of(row, fields[f]));
                wrong++;
            }
        if (number_of(r, "issues") != (*text_of(row, "issue") != '\0')) {
            print_message("%s: %ld issues\n", article_of(r), number_of(r, "issues"));
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

/* Every word the gold file speaks of stands in the text the program gives: what was decoded,
 * taken out of a page or parted from its header is whole. */
static void texts_are_whole(void **state)
{
    (void)state;
    static const char *const lists[] = {"quotes", "dates", "furniture"};
    json_t *records = ask("articles --text"), *row;
    size_t i;
    int wrong = 0;
    for (size_t list = 0; list < COUNT_OF(lists); list++)
        json_array_foreach(json_object_get(gold, lists[list]), i, row) {
            json_t *r = record_of(records, text_of(row, "article"));
            if (stands_in(text_of(r, "text"), text_of(row, "text")))
                continue;
            print_message("%s lacks: %s\n", article_of(r), text_of(row, "text"));
            wrong++;
        }
    assert_int_equal(wrong, 0);
}

static void pages_lose_their_furniture(void **state)
{
    (void)state;
    json_t *records = ask("articles --text"), *row;
    size_t i;
    json_array_foreach(json_object_get(gold, "page_furniture"), i, row) {
        json_t *r = record_of(records, text_of(row, "article"));
        if (stands_in(text_of(r, "text"), text_of(row, "text")))
            fail_msg("%s keeps: %s", article_of(r), text_of(row, "text"));
    }
}

/* ---- quotations ---- */

/* The record that begins like `text` in the article of `row`, or that holds it; null if none. */
static json_t *find_quote(json_t *row, bool whole)
{
    json_t *r;
    size_t i;
    json_array_foreach(ask("quotes"), i, r) {
        if (strcmp(article_of(r), text_of(row, "article")) || !strcmp(text_of(r, "kind"), "indirect"))
            continue;
        if (whole ? same_words(text_of(r, "text"), text_of(row, "text"))
                  : stands_in(text_of(r, "text"), text_of(row, "begins")))
            return r;
    }
    return NULL;
}

static void quotations(void **state)
{
    (void)state;
    struct tally found = {"quotations found", 0, 0};
    json_t *row;
    size_t i;
    json_array_foreach(json_object_get(gold, "quotes"), i, row)
        tally_row(&found, find_quote(row, true), "%s: %s", text_of(row, "article"), text_of(row, "text"));
    tally_check(&found);
}

/* What stands between marks and is no quotation (titles of songs), or is cut wrongly. */
static void quotations_invented(void **state)
{
    (void)state;
    struct tally sound = {"quotations invented", 0, 0};
    json_t *r, *row, *rows = json_object_get(gold, "quotes");
    size_t i, j;
    json_array_foreach(ask("quotes"), i, r) {
        bool known = !strcmp(text_of(r, "kind"), "indirect");
        json_array_foreach(rows, j, row)
            if (!known && !strcmp(text_of(row, "article"), article_of(r)))
                known = stands_in(text_of(row, "text"), text_of(r, "text"));
        tally_row(&sound, known, "%s: %s", article_of(r), text_of(r, "text"));
    }
    tally_check(&sound);
}

/* Whether `name` is the entity's own in the gold file, or one of its forms. */
static bool is_name_of(const char *entity, const char *name)
{
    json_t *e, *forms, *count;
    size_t i;
    const char *article, *form;
    if (!strcmp(entity, name))
        return true;
    json_array_foreach(json_object_get(gold, "entities"), i, e)
        if (!strcmp(text_of(e, "name"), entity))
            json_object_foreach(json_object_get(e, "aliases"), article, forms)
                json_object_foreach(forms, form, count)
                    if (strchr(form, ' ') && !strcmp(form, name))
                        return true;
    return false;
}

static void speakers(void **state)
{
    (void)state;
    struct tally t = {"speakers", 0, 0};
    json_t *row;
    size_t i;
    json_array_foreach(json_object_get(gold, "quotes"), i, row) {
        json_t *r = find_quote(row, true);
        if (!r || !*text_of(row, "speaker"))
            continue;
        json_t *speaker = json_object_get(r, "speaker");
        tally_row(&t, is_name_of(text_of(row, "speaker"), text_of(speaker, "name")), "%s: %s: '%s' (%s), not %s",
                  article_of(r), text_of(r, "text"), text_of(speaker, "name"), text_of(speaker, "text"),
                  text_of(row, "speaker"));
    }
    tally_check(&t);
}

static void wordings(void **state)
{
    (void)state;
    struct tally t = {"wordings grouped", 0, 0};
    json_t *group, *wording;
    size_t i, j;
    json_array_foreach(json_object_get(gold, "groups"), i, group) {
        json_t *first = NULL;
        json_array_foreach(json_object_get(group, "wordings"), j, wording) {
            json_t *r = find_quote(wording, false);
            if (j == 0)
                first = r;
            else
                tally_row(&t, first && r && number_of(r, "group") == number_of(first, "group"), "%s: %s",
                          text_of(wording, "article"), text_of(wording, "begins"));
        }
    }
    tally_check(&t);
}

/* ---- names ---- */

static int count_mentions(const char *article, const char *text, const char *kind)
{
    json_t *r;
    size_t i;
    int n = 0;
    json_array_foreach(ask("mentions"), i, r)
        n += !strcmp(article_of(r), article) && same_words(text_of(r, "text"), text) &&
             (!kind || !strcmp(text_of(r, "kind"), kind));
    return n;
}

static void names(void **state)
{
    (void)state;
    struct tally found = {"names found", 0, 0}, kinds = {"kinds of names", 0, 0};
    json_t *e, *forms, *count;
    size_t i;
    const char *article, *form;
    json_array_foreach(json_object_get(gold, "entities"), i, e)
        json_object_foreach(json_object_get(e, "aliases"), article, forms)
            json_object_foreach(forms, form, count) {
                int n = count_mentions(article, form, NULL);
                tally_row(&found, n >= json_integer_value(count), "%s: %s %d times", article, form, n);
                if (n)
                    tally_row(&kinds, count_mentions(article, form, text_of(e, "kind")) == n,
                              "%s: %s is a %s", article, form, text_of(e, "kind"));
            }
    tally_check(&found);
    tally_check(&kinds);
}

/* The entity that most mentions of this form have, in one article or (null) anywhere; 0: none. */
static long entity_of(const char *article, const char *form)
{
    json_t *r;
    size_t i;
    json_array_foreach(ask("mentions"), i, r)
        if ((!article || !strcmp(article_of(r), article)) && same_words(text_of(r, "text"), form))
            return number_of(r, "entity");
    return 0;
}

static void names_tied(void **state)
{
    (void)state;
    struct tally t = {"names tied", 0, 0};
    json_t *row, *e, *forms, *count;
    size_t i;
    const char *article, *form;
    json_array_foreach(json_object_get(gold, "same"), i, row) {
        long a = entity_of(text_of(row, "stated_in"), text_of(row, "alias"));
        tally_row(&t, a && a == entity_of(NULL, text_of(row, "name")), "%s is %s", text_of(row, "alias"),
                  text_of(row, "name"));
    }
    json_array_foreach(json_object_get(gold, "entities"), i, e) {
        long whole = entity_of(NULL, text_of(e, "name"));
        json_object_foreach(json_object_get(e, "aliases"), article, forms)
            json_object_foreach(forms, form, count)
                tally_row(&t, whole && entity_of(article, form) == whole, "%s: %s is %s", article, form,
                          text_of(e, "name"));
    }
    tally_check(&t);
}

static void namesakes_stay_apart(void **state)
{
    (void)state;
    json_t *pair;
    size_t i;
    json_array_foreach(json_object_get(gold, "apart"), i, pair) {
        const char *a = json_string_value(json_array_get(pair, 0)), *b = json_string_value(json_array_get(pair, 1));
        long x = entity_of(NULL, a), y = entity_of(NULL, b);
        print_message("%s %ld, %s %ld\n", a, x, b, y);
        assert_true(x && y && x != y);
    }
}

/* ---- dates and events ---- */

static bool has_date(json_t *row)
{
    json_t *r;
    size_t i;
    json_array_foreach(ask("dates"), i, r)
        if (!strcmp(article_of(r), text_of(row, "article")) && same(r, row, "value") &&
            (stands_in(text_of(r, "text"), text_of(row, "text")) ||
             stands_in(text_of(row, "text"), text_of(r, "text"))))
            return true;
    return false;
}

static void dates(void **state)
{
    (void)state;
    struct tally t = {"dates", 0, 0};
    json_t *row;
    size_t i;
    json_array_foreach(json_object_get(gold, "dates"), i, row)
        tally_row(&t, has_date(row), "%s: %s is %s", text_of(row, "article"), text_of(row, "text"),
                  text_of(row, "value"));
    tally_check(&t);
}

/* The event that `claim` is told by: a source in its article that touches its words and gives
 * its date. */
static json_t *event_of(json_t *claim)
{
    const char *text = text_of(record_of(ask("articles --text"), text_of(claim, "article")), "text");
    const char *value = text_of(claim, "date");
    json_t *event, *source;
    size_t i, j;
    json_array_foreach(ask("timeline"), i, event)
        json_array_foreach(json_object_get(event, "sources"), j, source) {
            if (strcmp(article_of(source), text_of(claim, "article")) ||
                strncmp(text_of(source, "date"), value, strlen(value)))
                continue;
            size_t begin = (size_t)number_of(source, "begin"), n = (size_t)number_of(source, "end") - begin;
            char *statement = mem_alloc(n + 1);
            memcpy(statement, text + begin, n);
            statement[n] = '\0';
            bool tells = stands_in(statement, text_of(claim, "text"));
            free(statement);
            if (tells)
                return event;
        }
    return NULL;
}

static void events(void **state)
{
    (void)state;
    struct tally told = {"claims on the timeline", 0, 0}, together = {"claims of one event together", 0, 0};
    json_t *row, *claim;
    size_t i, j;
    json_array_foreach(json_object_get(gold, "events"), i, row) {
        json_t *first = NULL;
        json_array_foreach(json_object_get(row, "claims"), j, claim) {
            json_t *event = event_of(claim);
            tally_row(&told, event, "%s: %s", text_of(claim, "article"), text_of(claim, "text"));
            if (event && first)
                tally_row(&together, event == first, "%s: %s", text_of(row, "about"), text_of(claim, "article"));
            first = first ? first : event;
        }
    }
    tally_check(&told);
    tally_check(&together);
}

static int load_gold(void **state)
{
    (void)state;
    json_error_t error;
    gold = json_load_file(SAMPLE ".gold.json", 0, &error);
    if (!gold)
        print_message("gold file: line %d: %s\n", error.line, error.text);
    return gold ? 0 : -1;
}

static int free_all(void **state)
{
    (void)state;
    for (size_t i = 0; answers[i].words; i++)
        json_decref(answers[i].records);
    json_decref(gold);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(articles_are_read),
        cmocka_unit_test(texts_are_whole),
        cmocka_unit_test(pages_lose_their_furniture),
        cmocka_unit_test(quotations),
        cmocka_unit_test(quotations_invented),
        cmocka_unit_test(speakers),
        cmocka_unit_test(wordings),
        cmocka_unit_test(names),
        cmocka_unit_test(names_tied),
        cmocka_unit_test(namesakes_stay_apart),
        cmocka_unit_test(dates),
        cmocka_unit_test(events),
    };
    return cmocka_run_group_tests(tests, load_gold, free_all);
}
