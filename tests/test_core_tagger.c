/* Tokens of the tagger, its labels as a grammar, and packed models that are damaged. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "core/tagger.h"

/* `expected`: tokens parted by '|'. */
static const struct row {
    const char *name, *input, *expected;
} rows[] = {
    {"words and marks", "Well, it rained.", "Well|,|it|rained|."},
    {"possessive", "Ida's lamp, the boys' room", "Ida|'s|lamp|,|the|boys|'|room"},
    {"curly possessive", "Ida’s lamp", "Ida|’s|lamp"},
    {"inner apostrophe", "O'Brien and d’Arc don't", "O'Brien|and|d’Arc|don't"},
    {"hyphens part", "US-backed al-Nour", "US|-|backed|al|-|Nour"},
    {"initials", "the U.S. and J. Hall, a.m.", "the|U.S.|and|J|.|Hall|,|a.m."},
    {"numbers", "1,250.50 in 1998.", "1,250.50|in|1998|."},
    {"letters and digits", "G20 on A4", "G20|on|A4"},
    {"address", "see https://ledger.example/a?b=c now", "see|https://ledger.example/a?b=c|now"},
    {"handle and hashtag", "(@a_b) #Cd1!", "(|@a_b|)|#Cd1|!"},
    {"combining mark", "Jose\xcc\x81 ran", "Jose\xcc\x81|ran"},
    {"no break space", "a\xc2\xa0" "b", "a|b"},
    {"lines", "one\ntwo\n\nthree", "one|two|three"},
};

static void test_row(void **state)
{
    const struct row *row = *state;
    struct tag_token t[64];
    char out[500] = "";
    size_t at = 0, n = tag_tokenise(str_of(row->input), &at, t, 64), w = 0;
    for (size_t i = 0; i < n; i++)
        w += (size_t)snprintf(out + w, sizeof(out) - w, "%s%.*s", i ? "|" : "", (int)(t[i].end - t[i].begin),
                              row->input + t[i].begin);
    assert_string_equal(out, row->expected);
    assert_int_equal(at, strlen(row->input));
}

static struct tag_token only(const char *word)
{
    struct tag_token t[2];
    size_t at = 0;
    assert_int_equal(tag_tokenise(str_of(word), &at, t, 2), 1);
    return t[0];
}

static void test_hashes(void **state)
{
    (void)state;
    assert_int_equal(only("Bogotá").fold, only("BOGOTA").fold);
    assert_int_not_equal(only("Bogotá").form, only("Bogota").form);
    assert_int_equal(only("1998").form, only("2003").form);
    assert_int_not_equal(only("1998").fold, only("2003").fold);
    assert_int_equal(only("U.S.").fold, only("us").fold);
    assert_int_equal(only("d’Arc").fold, only("d'arc").fold);
}

static void test_shapes(void **state)
{
    (void)state;
    static const struct { const char *word; enum token_shape shape; } shapes[] = {
        {"lamp", SHAPE_LOWER}, {"Ida", SHAPE_CAPITAL}, {"NATO", SHAPE_UPPER}, {"J", SHAPE_INITIAL},
        {"McAdam", SHAPE_MIXED}, {"U.N.", SHAPE_DOTTED}, {"12", SHAPE_NUMBER}, {"G7", SHAPE_ALNUM},
        {"@a", SHAPE_LINK}, {"—", SHAPE_MARK}, {"東京", SHAPE_OTHER}, {"Élan", SHAPE_CAPITAL},
    };
    for (size_t i = 0; i < COUNT_OF(shapes); i++)
        assert_int_equal(only(shapes[i].word).shape, shapes[i].shape);
}

/* What begins ends, in its kind and on its line, whatever the text. */
static void test_labels_follow(void **state)
{
    (void)state;
    struct tag_window w = {0};
    struct str text = STR("IDA VOSS OF THE BANK OF LUND\nThe Bank of Lund, Ida Voss and the Lund Harbour Board\n"
                          "met Karl de Wit in New South Wales. of THE Of and And AND Mr. X.Y. van Z");
    size_t at = 0;
    tag_window_read(&w, text, &at);
    assert_int_equal(at, text.n);
    struct tag_memo *memo = tag_memo_open(tag_model_builtin());
    tag_window_label(&w, memo);
    unsigned open = 0;
    for (size_t i = 0; i < w.tokens.n; i++) {
        unsigned kind = label_kind(w.labels.v[i]), part = label_part(w.labels.v[i]);
        bool goes_on = kind && (part == PART_INSIDE || part == PART_LAST);
        assert_int_equal(goes_on ? kind : 0, open);
        assert_false(goes_on && w.tokens.v[i].flags & TOKEN_LINE);
        open = kind && (part == PART_BEGIN || part == PART_INSIDE) ? kind : 0;
    }
    assert_int_equal(open, 0);
    tag_memo_close(memo);
    tag_window_free(&w);
}

/* What a memo has seen before changes no label and no score, though more was seen than it holds. */
static void test_memo(void **state)
{
    (void)state;
    static const char *const words[] = {"Ida", "van", "Lund", "of", "the", "Voss", "and", "Bank", "in", "-", "Mr.", "said"};
    struct tag_window w = {0};
    char *text = mem_alloc(200000);
    size_t n = 0, tokens;
    for (uint32_t i = 0, x = 7; n < 199000; i++, x = x * 1103515245u + 12345u)
        n += (size_t)(x & 1 << 20 ? sprintf(text + n, "%s ", words[(x >> 24) % COUNT_OF(words)])
                                  : sprintf(text + n, "%c%c%c ", 'A' + (x >> 9) % 26, 'a' + (x >> 14) % 26, 'a' + i % 26));
    struct tag_memo *memo = tag_memo_open(tag_model_builtin());
    uint8_t labels[TAGGER_WINDOW];
    int16_t lead[TAGGER_WINDOW];
    for (int round = 0; round < 2; round++) {
        size_t at = 0;
        tag_window_read(&w, str_from(text, n), &at);
        tag_window_label(&w, memo);
        tokens = w.tokens.n;
        if (round == 0) {
            memcpy(labels, w.labels.v, tokens);
            memcpy(lead, w.lead.v, tokens * sizeof(*lead));
        }
    }
    assert_true(tokens > TAGGER_WINDOW / 2);
    assert_memory_equal(labels, w.labels.v, tokens);
    assert_memory_equal(lead, w.lead.v, tokens * sizeof(*lead));
    tag_memo_close(memo);
    tag_window_free(&w);
    free(text);
}

static void test_packed(void **state)
{
    (void)state;
    char none[8 + 2 * 2 * TAG_LABELS * TAG_LABELS] = "DTM1";
    struct tag_model *m = tag_model_unpack(str_from(none, sizeof(none)));
    assert_non_null(m);
    tag_model_free(m);
    assert_null(tag_model_unpack(str_from(none, sizeof(none) - 1)));
    assert_null(tag_model_unpack(STR("")));
    assert_null(tag_model_unpack(STR("what is this, then?")));
    none[4] = 1; /* a row that is not there */
    assert_null(tag_model_unpack(str_from(none, sizeof(none))));
    assert_non_null(tag_model_builtin());
}

int main(void)
{
    struct CMUnitTest tests[COUNT_OF(rows) + 5];
    size_t n = 0;
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        tests[n++] = (struct CMUnitTest){rows[i].name, test_row, NULL, NULL, (void *)(uintptr_t)&rows[i]};
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_hashes);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_shapes);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_labels_follow);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_memo);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_packed);
    return _cmocka_run_group_tests("tagger", tests, n, NULL, NULL);
}
