/* What is a quotation, where it ends, and who says it.
 *
 * Names are given to the finder by the rows themselves, so that a row tests quotations alone:
 * {Ida Voss} is a person, <Harbour Board> an organisation; the brackets are taken off. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "core/find.h"

/* `expected`: one line a quotation: kind, "!" when open, its level when not 0, the text, the
 * speaker's words and, where they are not the name itself, "=" the mention that resolves them. */
static const struct row {
    const char *name, *input, *expected;
} rows[] = {
#include "tests/quote_rows.inc"
};

struct article {
    char text[4000];
    size_t n;
    struct found found;
};

static void read_names(const char *input, struct article *a)
{
    size_t begin = 0;
    for (const char *p = input; *p; p++) {
        if (*p == '{' || *p == '<') {
            begin = a->n;
        } else if (*p == '}' || *p == '>') {
            uint8_t kind = *p == '}' ? MENTION_PERSON : MENTION_ORGANISATION;
            vec_push(&a->found.mentions,
                     ((struct mention){.at = span_of(begin, a->n), .kind = kind, .score = 60000}));
        } else {
            a->text[a->n++] = *p;
        }
    }
}

static size_t print_quote(const struct article *a, const struct quote *q, char *out, size_t room)
{
    static const char *const kinds[] = {"?", "direct", "mixed", "block", "indirect"};
    struct str text = {a->text, a->n}, speaker = str_at(text, q->speaker), who = {0};
    char level[8] = "";
    if (q->level)
        snprintf(level, sizeof(level), "%d", q->level);
    if (q->speaker_mention)
        who = str_at(text, a->found.mentions.v[q->speaker_mention - 1].at);
    bool same = q->speaker_mention &&
                q->speaker.begin <= a->found.mentions.v[q->speaker_mention - 1].at.begin &&
                a->found.mentions.v[q->speaker_mention - 1].at.end <= q->speaker.end;
    return (size_t)snprintf(out, room, "%s%s%s|%.*s|%.*s%s%.*s\n", kinds[q->kind],
                            q->open ? "!" : "", level, (int)span_length(q->at),
                            a->text + q->at.begin, (int)speaker.n, speaker.p,
                            who.n && !same ? "=" : "", same ? 0 : (int)who.n, who.p ? who.p : "");
}

static void test_row(void **state)
{
    const struct row *row = *state;
    struct finder *f = finder_open();
    struct article *a = mem_alloc(sizeof(*a));
    *a = (struct article){0};
    read_names(row->input, a);
    struct body body = {.text = str_from(a->text, a->n), .published = DAY_NONE};
    find_sentences(f, &body, &a->found);
    find_quotes(f, &body, &a->found);
    char got[4000] = "";
    size_t n = 0;
    for (size_t i = 0; i < a->found.quotes.n; i++)
        n += print_quote(a, &a->found.quotes.v[i], got + n, sizeof(got) - n);
    vec_free(&a->found.sentences);
    vec_free(&a->found.mentions);
    vec_free(&a->found.quotes);
    free(a);
    finder_close(f);
    assert_string_equal(got, row->expected);
}

/* Rows of any text lie in order, inside it and on character boundaries. */
static void check_rows(struct str text, const struct found *found)
{
    for (size_t i = 0; i < found->quotes.n; i++) {
        const struct quote *q = &found->quotes.v[i];
        assert_true(q->at.begin < q->at.end && q->at.end <= text.n);
        assert_true((text.p[q->at.begin] & 0xc0) != 0x80);
        assert_true(q->at.end == text.n || (text.p[q->at.end] & 0xc0) != 0x80);
        assert_true(q->speaker.begin <= q->speaker.end && q->speaker.end <= text.n);
        assert_true(q->speaker_mention <= found->mentions.n);
        assert_true(i == 0 || found->quotes.v[i - 1].at.begin <= q->at.begin);
    }
}

static void test_hostile(void **state)
{
    (void)state;
    static const char *const parts[] = {"\"",      "'",          "\xe2\x80\x9c", "\xe2\x80\x98",
                                        "\" ",     "a\" ",       "\"a ",         "'a' ",
                                        "``a",     "\"A. ",      "\"A.\n\n",     "\xc2\xab a",
                                        "\"a,\" ", "he said, ",  ", a, b",       "\xe2\x80\x94 A",
                                        "(\"a) ",  "\"a\n",      "said \"",      "of a \"b\", ",
                                        "\"a\"\"", "\"A?\" He ", "that \"",      "A said "};
    struct finder *f = finder_open();
    for (size_t p = 0; p < COUNT_OF(parts); p++) {
        size_t n = strlen(parts[p]), times = 300000 / n;
        char *text = mem_alloc(n * times);
        for (size_t i = 0; i < times; i++)
            memcpy(text + i * n, parts[p], n);
        struct found found = {0};
        struct body body = {.text = str_from(text, n * times), .published = DAY_NONE};
        find_sentences(f, &body, &found);
        find_quotes(f, &body, &found);
        check_rows(body.text, &found);
        vec_free(&found.sentences);
        vec_free(&found.quotes);
        free(text);
    }
    finder_close(f);
}

int main(void)
{
    struct CMUnitTest tests[COUNT_OF(rows) + 1];
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        tests[i] = (struct CMUnitTest){
            .name = rows[i].name, .test_func = test_row, .initial_state = (void *)&rows[i]};
    tests[COUNT_OF(rows)] = (struct CMUnitTest)cmocka_unit_test(test_hostile);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
