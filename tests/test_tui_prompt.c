/* The prompt, fed keys by a script; '|' shows where the cursor is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <locale.h>
#include <stdio.h>
#include <cmocka.h>

#include "core/text.h"
#include "tui/keymap.h"
#include "tui/prompt.h"
#include "tui/screen.h"

#define ACUTE "\xcc\x81"
#define FAMILY "👨\xe2\x80\x8d👩\xe2\x80\x8d👧"

/* Script: characters, and key names in braces. */
static const struct row {
    const char *name, *start, *script, *expected;
} rows[] = {
    {"typing", "", "lamp", "lamp|"},
    {"start text", "find", " it", "find it|"},
    {"left and insert", "", "lmp{Left}{Left}a", "la|mp"},
    {"right stops", "ab", "{Right}{Right}c", "abc|"},
    {"ends", "ab", "{^A}x{^E}y", "xaby|"},
    {"home and end keys", "ab", "{Home}x{End}y", "xaby|"},
    {"backspace", "abc", "{Backspace}", "ab|"},
    {"backspace takes a cluster", "ae" ACUTE, "{^H}", "a|"},
    {"left over a cluster", "a" FAMILY, "{Left}x", "ax|" FAMILY},
    {"delete a cluster", "a" FAMILY "b", "{^A}{Right}{Delete}", "a|b"},
    {"delete at the end", "ab", "{Delete}", "ab|"},
    {"word back", "one two  ", "{^W}", "one |"},
    {"words back", "one two", "{^W}{^W}", "|"},
    {"word motions", "one two", "{C-Left}{C-Left}x{C-Right}y", "xoney| two"},
    {"to the start", "one two", "{C-Left}{^U}", "|two"},
    {"to the end", "one two", "{C-Left}{^K}", "one |"},
    {"put back", "one two", "{C-Left}{^K}{^A}{^Y} ", "two |one "},
    {"put back nothing", "ab", "{^Y}", "ab|"},
    {"older", "", "{Up}", "newest|"},
    {"older and newer", "", "x{Backspace}{^P}{^P}{^N}", "newest|"},
    {"older that begins alike", "ol", "{Up}", "oldest|"},
    {"back to one's own", "ol", "{Up}{Up}{Down}", "ol|"},
    {"none older", "zz", "{Up}", "zz|"},
    {"unique completion", "", "al{Tab}", "alpha |"},
    {"common prefix", "", "b{Tab}", "bet|"},
    {"stepping", "", "b{Tab}{Tab}{Tab}", "better |"},
    {"stepping around", "", "b{Tab}{Tab}{Tab}{Tab}", "beta |"},
    {"stepping back", "", "b{Tab}{S-Tab}", "better |"},
    {"going on after", "", "b{Tab}{Tab}x", "beta x|"},
    {"no completion", "", "q{Tab}", "q|"},
    {"in the middle", "x b y", "{Left}{Left}{Tab}", "x bet| y"},
    {"paste", "", "a{PASTE}b{Enter}{Tab}c{END}d", "ab  cd|"},
    {"paste of control keys", "", "a{PASTE}{^U}{^C}{Esc}b{END}", "ab|"},
    {"keys without a meaning", "ab", "{F5}{^T}{Insert}", "ab|"},
};

static void complete_words(void *context, struct str text, size_t cursor, struct candidates *out)
{
    static const char *const words[] = {"alpha ", "beta ", "better "};
    (void)context;
    size_t begin = cursor;
    while (begin > 0 && text.p[begin - 1] != ' ')
        begin--;
    out->replaced = span_of(begin, cursor);
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (str_starts(str_of(words[i]), str_at(text, out->replaced)))
            vec_push(&out->list, arena_str(&out->arena, str_of(words[i])));
}

static uint32_t next_key(const char **script)
{
    if (**script != '{') {
        const char *p = *script;
        return utf8_decode(p, script);
    }
    const char *end = strchr(*script, '}');
    struct str name = {*script + 1, (size_t)(end - *script) - 1};
    *script = end + 1;
    if (str_eq(name, STR("PASTE")))
        return K_PASTE_BEGIN;
    if (str_eq(name, STR("END")))
        return K_PASTE_END;
    uint32_t keys[KEYMAP_KEYS];
    size_t n;
    assert_null(keys_parse(name, keys, &n));
    return keys[0];
}

static enum prompt_state feed(struct prompt *p, const char *script)
{
    enum prompt_state state = PROMPT_GOING;
    while (*script && state == PROMPT_GOING)
        state = prompt_key(p, next_key(&script));
    return state;
}

static void row_holds(void **state)
{
    const struct row *r = *state;
    struct history *h = history_open(10);
    history_add(h, STR("oldest"));
    history_add(h, STR("newest"));
    struct prompt *p = prompt_open();
    prompt_start(p, STR(":"), str_of(r->start), h, (struct completer){complete_words, NULL});
    assert_int_equal(feed(p, r->script), PROMPT_GOING);
    char shown[256];
    struct str text = prompt_text(p);
    size_t at = prompt_cursor(p);
    snprintf(shown, sizeof shown, "%.*s|%.*s", (int)at, text.p, (int)(text.n - at), text.p + at);
    assert_string_equal(shown, r->expected);
    prompt_close(p);
    history_close(h);
}

static const struct {
    const char *script;
    enum prompt_state state;
} ends[] = {
    {"ab{Enter}", PROMPT_DONE},        {"ab{^C}", PROMPT_CANCELLED},
    {"ab{Esc}", PROMPT_CANCELLED},     {"ab{^G}", PROMPT_CANCELLED},
    {"{Backspace}", PROMPT_CANCELLED}, {"a{Backspace}", PROMPT_GOING},
    {"{^D}", PROMPT_CANCELLED},        {"{Delete}", PROMPT_GOING},
    {"{Enter}", PROMPT_DONE},
};

static void how_it_ends(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(ends); i++) {
        struct prompt *p = prompt_open();
        prompt_start(p, STR("/"), STR(""), NULL, (struct completer){0});
        assert_int_equal(feed(p, ends[i].script), ends[i].state);
        prompt_close(p);
    }
}

static void what_is_entered_is_remembered(void **state)
{
    (void)state;
    struct history *h = history_open(3);
    struct prompt *p = prompt_open();
    static const char *const lines[] = {"a{Enter}", "b{Enter}", "{Enter}", "a{Enter}", "c{Enter}", "d{Enter}", "e{^C}"};
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        prompt_start(p, STR(":"), STR(""), h, (struct completer){0});
        feed(p, lines[i]);
    }
    assert_int_equal(history_count(h), 3);
    assert_true(str_eq(history_at(h, 0), STR("d")));
    assert_true(str_eq(history_at(h, 1), STR("c")));
    assert_true(str_eq(history_at(h, 2), STR("a")));
    prompt_close(p);
    history_close(h);
}

static void it_holds_so_much(void **state)
{
    (void)state;
    struct prompt *p = prompt_open();
    prompt_start(p, STR(":"), STR(""), NULL, (struct completer){0});
    prompt_key(p, K_PASTE_BEGIN);
    for (int i = 0; i < 100000; i++)
        prompt_key(p, i % 5 ? 'x' : 0x65e5);
    prompt_key(p, K_PASTE_END);
    assert_true(prompt_text(p).n <= PROMPT_BYTES && prompt_text(p).n > PROMPT_BYTES - 4);
    assert_int_equal(utf8_valid_prefix(prompt_text(p)), prompt_text(p).n);
    prompt_close(p);
}

static void drawing(void **state)
{
    (void)state;
    static const struct {
        int cols;
        const char *text, *script, *shown;
    } cases[] = {
        {20, "lamp", "", ":lamp\n::::::::::::::::::::\ncursor 5,0\n"},
        {20, "日本", "{Left}", ":日本\n::::::::::::::::::::\ncursor 3,0\n"},
        {8, "abcdefgh", "", ":cdefgh\n::::::::\ncursor 7,0\n"},
        {8, "abcdefghijkl", "{^A}", ":abcdefg\n::::::::\ncursor 1,0\n"},
        {1, "ab", "", "\n:\ncursor 0,0\n"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct prompt *p = prompt_open();
        struct frame *f = frame_open(cases[i].cols, 1);
        struct screen *s = screen_memory_open(cases[i].cols, 1);
        prompt_start(p, STR(":"), str_of(cases[i].text), NULL, (struct completer){0});
        feed(p, cases[i].script);
        prompt_draw(p, f, (struct rect){0, 0, cases[i].cols, 1}, 0);
        s->ops->show(s, f);
        char *dump = screen_memory_dump(s, true);
        assert_string_equal(dump, cases[i].shown);
        free(dump);
        s->ops->close(s);
        frame_close(f);
        prompt_close(p);
    }
}

/* Whatever is typed, the text stays UTF-8, the cursor stays on a boundary and on the screen. */
static void random_keys(void **state)
{
    (void)state;
    static const uint32_t pool[] = {'a', ' ', 0xe9, 0x301, 0x1f468, 0x200d, 1, 2, 4, 5, 6, 8, 9, 11, 14, 16, 21, 23, 25,
                                    K_LEFT, K_RIGHT, K_UP, K_DOWN, K_BACKTAB, K_DELETE, K_WORD_LEFT, K_PASTE_BEGIN,
                                    K_PASTE_END, K_ENTER, 27, 0xd800, 0x85, K_RESIZE};
    struct history *h = history_open(5);
    struct prompt *p = prompt_open();
    struct frame *f = frame_open(12, 1);
    uint32_t seed = 9;
    prompt_start(p, STR(":"), STR(""), h, (struct completer){complete_words, NULL});
    for (int i = 0; i < 100000; i++) {
        seed = seed * 1664525 + 1013904223;
        if (prompt_key(p, pool[(seed >> 12) % COUNT_OF(pool)]) != PROMPT_GOING)
            prompt_start(p, STR(":"), STR("b"), h, (struct completer){complete_words, NULL});
        struct str text = prompt_text(p);
        size_t at = prompt_cursor(p);
        assert_int_equal(utf8_valid_prefix(text), text.n);
        assert_true(at <= text.n && (at == text.n || ((unsigned char)text.p[at] & 0xc0) != 0x80));
        int x, y;
        prompt_draw(p, f, (struct rect){0, 0, 12, 1}, 0);
        assert_true(frame_cursor_at(f, &x, &y));
    }
    frame_close(f);
    prompt_close(p);
    history_close(h);
}

int main(void)
{
    assert_non_null(setlocale(LC_ALL, "C.UTF-8"));
    glyph_init(true);
    struct CMUnitTest tests[COUNT_OF(rows) + 5] = {
        cmocka_unit_test(how_it_ends), cmocka_unit_test(what_is_entered_is_remembered),
        cmocka_unit_test(it_holds_so_much), cmocka_unit_test(drawing), cmocka_unit_test(random_keys),
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        tests[5 + i] = (struct CMUnitTest){rows[i].name, row_holds, NULL, NULL, (void *)&rows[i]};
    return _cmocka_run_group_tests("prompt", tests, COUNT_OF(tests), NULL, NULL);
}
