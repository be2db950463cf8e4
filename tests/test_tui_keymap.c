/* Keys: notation read and printed, bindings that conflict, contexts, and sequences as a reader
 * types them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tui/keymap.h"
#include "tui/screen.h"

static const struct row {
    const char *text;
    uint32_t keys[KEYMAP_KEYS];
    const char *printed; /* null: refused */
} rows[] = {
    {"j", {'j'}, "j"},
    {"g*", {'g', '*'}, "g*"},
    {"]e", {']', 'e'}, "]e"},
    {"^W h", {23, 'h'}, "^W h"},
    {"^Wh", {23, 'h'}, "^W h"},
    {"<C-w>h", {23, 'h'}, "^W h"},
    {"C-w", {23}, "^W"},
    {"^w ^w", {23, 23}, "^W ^W"},
    {"^", {'^'}, "^"},
    {"^ a", {'^', 'a'}, "^ a"},
    {"<F1>", {K_F1}, "F1"},
    {"F12", {K_F12}, "F12"},
    {"F13", {'F', '1', '3'}, "F13"},
    {"<Space>", {' '}, "<Space>"},
    {"Space", {' '}, "<Space>"},
    {"g<Space>", {'g', ' '}, "g<Space>"},
    {"S-Tab", {K_BACKTAB}, "S-Tab"},
    {"s-tab", {K_BACKTAB}, "S-Tab"},
    {"Tab", {9}, "Tab"},
    {"^I", {9}, "Tab"},
    {"T a b", {'T', 'a', 'b'}, "T a b"},
    {"g Tab", {'g', 9}, "g<Tab>"},
    {"<", {'<'}, "<lt>"},
    {"<<", {'<', '<'}, "<lt><lt>"},
    {"< >", {'<', '>'}, "<lt>>"},
    {"é日", {0xe9, 0x65e5}, "é日"},
    {"\"", {'"'}, "\""},
    {"Esc", {27}, "Esc"},
    {"ZZ", {'Z', 'Z'}, "ZZ"},
    {"", {0}, NULL},
    {"   ", {0}, NULL},
    {"abcde", {0}, NULL},
    {"<Nonsense>", {0}, NULL},
    {"a\tb", {0}, NULL},
    {"\xff", {0}, NULL},
};

static void row_holds(void **state)
{
    const struct row *r = *state;
    uint32_t keys[KEYMAP_KEYS], again[KEYMAP_KEYS];
    size_t n, again_n;
    char text[KEYMAP_TEXT];
    const char *wrong = keys_parse(str_of(r->text), keys, &n);
    assert_int_equal(wrong == NULL, r->printed != NULL);
    if (wrong)
        return;
    assert_memory_equal(keys, r->keys, sizeof keys);
    keys_print(keys, n, text);
    assert_string_equal(text, r->printed);
    assert_null(keys_parse(str_of(text), again, &again_n));
    assert_int_equal(n, again_n);
}

/* Printing and parsing any sequence gives the sequence. */
static void printed_keys_read_the_same(void **state)
{
    (void)state;
    static const uint32_t pool[] = {'a', 'T', 'b', '^', '<', '>', ' ', 9, 27, 1, 23, 'C', '-', 'F', '1', 'E', 's', 'c',
                                    K_UP, K_F1, K_BACKTAB, K_ENTER, 0xe9, 0x1f468, 'l', 't'};
    uint32_t seed = 3;
    for (int i = 0; i < 300000; i++) {
        uint32_t keys[KEYMAP_KEYS] = {0}, again[KEYMAP_KEYS];
        size_t n = 1 + (seed >> 9) % KEYMAP_KEYS, again_n;
        char text[KEYMAP_TEXT];
        for (size_t k = 0; k < n; k++) {
            seed = seed * 1664525 + 1013904223;
            keys[k] = pool[(seed >> 12) % COUNT_OF(pool)];
        }
        keys_print(keys, n, text);
        assert_null(keys_parse(str_of(text), again, &again_n));
        assert_int_equal(again_n, n);
        assert_memory_equal(keys, again, sizeof keys);
    }
}

static enum keymap_answer ask(const struct keymap *k, unsigned context, const char *typed, int *command)
{
    uint32_t keys[KEYMAP_KEYS];
    size_t n;
    *command = 0;
    assert_null(keys_parse(str_of(typed), keys, &n));
    return keymap_find(k, context, keys, n, command);
}

#define MEANS(k, context, typed, answer, wanted)                                                   \
    do {                                                                                           \
        int got;                                                                                   \
        assert_int_equal(ask(k, context, typed, &got), answer);                                    \
        assert_int_equal(got, wanted);                                                             \
    } while (0)

static void bind(struct keymap *k, unsigned context, const char *keys, int command)
{
    assert_null(keymap_bind(k, context, str_of(keys), command));
}

static void sequences(void **state)
{
    (void)state;
    struct keymap *k = keymap_open();
    bind(k, 0, "j", 1);
    bind(k, 0, "gg", 2);
    bind(k, 0, "gd", 3);
    bind(k, 0, "^W h", 4);
    bind(k, 1, "j", 5);
    bind(k, 1, "g*", 6);
    bind(k, 2, "jx", 7);
    MEANS(k, 0, "j", KEYMAP_COMMAND, 1);
    MEANS(k, 1, "j", KEYMAP_COMMAND, 5);
    MEANS(k, 2, "j", KEYMAP_PREFIX, 0);
    MEANS(k, 2, "jx", KEYMAP_COMMAND, 7);
    MEANS(k, 1, "g", KEYMAP_PREFIX, 0);
    MEANS(k, 1, "g*", KEYMAP_COMMAND, 6);
    MEANS(k, 1, "gd", KEYMAP_COMMAND, 3);
    MEANS(k, 0, "g*", KEYMAP_NONE, 0);
    MEANS(k, 9, "^W", KEYMAP_PREFIX, 0);
    MEANS(k, 0, "x", KEYMAP_NONE, 0);
    MEANS(k, 0, "ggg", KEYMAP_NONE, 0);
    keymap_close(k);
}

static void binding_again_and_not(void **state)
{
    (void)state;
    struct keymap *k = keymap_open();
    bind(k, 0, "gg", 1);
    assert_non_null(keymap_bind(k, 0, STR("g"), 2));
    assert_non_null(keymap_bind(k, 0, STR("ggx"), 2));
    assert_non_null(keymap_bind(k, 0, STR("<Bad>"), 2));
    MEANS(k, 0, "gg", KEYMAP_COMMAND, 1);
    bind(k, 0, "gg", 3);
    MEANS(k, 0, "gg", KEYMAP_COMMAND, 3);
    bind(k, 0, "gg", 0);
    bind(k, 0, "gg", 0);
    MEANS(k, 0, "g", KEYMAP_NONE, 0);
    bind(k, 0, "g", 4);
    MEANS(k, 0, "g", KEYMAP_COMMAND, 4);
    keymap_close(k);
}

static void listing(void **state)
{
    (void)state;
    struct keymap *k = keymap_open();
    char text[KEYMAP_TEXT];
    int command, seen = 0;
    bind(k, 0, "j", 1);
    bind(k, 0, "Down", 1);
    bind(k, 1, "J", 2);
    for (size_t at = 0; keymap_each(k, 0, &at, &command, text);)
        seen += command;
    assert_int_equal(seen, 2);
    size_t first = 0;
    assert_true(keymap_each(k, 1, &first, &command, text));
    assert_int_equal(command, 2);
    assert_string_equal(text, "J");
    assert_false(keymap_each(k, 1, &first, &command, text));
    keymap_close(k);
}

int main(void)
{
    struct CMUnitTest tests[COUNT_OF(rows) + 4] = {
        cmocka_unit_test(printed_keys_read_the_same),
        cmocka_unit_test(sequences),
        cmocka_unit_test(binding_again_and_not),
        cmocka_unit_test(listing),
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        tests[4 + i] = (struct CMUnitTest){rows[i].text, row_holds, NULL, NULL, (void *)&rows[i]};
    return _cmocka_run_group_tests("keymap", tests, COUNT_OF(tests), NULL, NULL);
}
