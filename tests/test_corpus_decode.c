/* Charsets to UTF-8: marks, names, the guess of last resort, faults, line ends, the limit; what is
 * no text; iconv as a second opinion on Windows-1252; the public UTF-8 tests, where at hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <iconv.h>

#include "core/text.h"
#include "corpus/decode.h"
#include "tests/support/gather.h"

#define BYTES(s) sizeof(s) - 1, s

static const struct row {
    const char *name, *charset;
    size_t n;
    const char *input;
    size_t expected_n;
    const char *expected, *taken_for;
    int bad; /* -1: nothing replaced */
    bool last_resort, unknown;
} rows[] = {
    {"ASCII", "", BYTES("The lamp"), BYTES("The lamp"), "UTF-8", -1, false, false},
    {"nothing", "", BYTES(""), BYTES(""), "UTF-8", -1, false, false},
    {"UTF-8", "", BYTES("caf\xc3\xa9"), BYTES("caf\xc3\xa9"), "UTF-8", -1, false, false},
    {"UTF-8 with a mark", "", BYTES("\xef\xbb\xbf" "a"), BYTES("a"), "UTF-8", -1, false, false},
    {"UTF-16LE with a mark", "", BYTES("\xff\xfe" "a\0\xe9\0\x0a\x4e\x0a\0"), BYTES("a\xc3\xa9\xe4\xb8\x8a\n"), "UTF-16LE", -1, false, false},
    {"UTF-16BE with a mark", "", BYTES("\xfe\xff" "\0a\0\xe9\x4e\x0a\0\x0a"), BYTES("a\xc3\xa9\xe4\xb8\x8a\n"), "UTF-16BE", -1, false, false},
    {"UTF-16 with CR LF", "", BYTES("\xff\xfe" "a\0\r\0\n\0\x0d\x4e"), BYTES("a\n\xe4\xb8\x8d"), "UTF-16LE", -1, false, false},
    {"UTF-16 with half a pair", "", BYTES("\xff\xfe\x00\xd8" "a\0"), BYTES("\xef\xbf\xbd" "a"), "UTF-16LE", 2, false, false},
    {"UTF-16 of odd length", "", BYTES("\xff\xfe" "a\0b"), BYTES("a\xef\xbf\xbd"), "UTF-16LE", 4, false, false},
    {"UTF-16 without a mark", "", BYTES("T\0h\0e\0 \0l\0a\0m\0p\0 \0x\0"), BYTES("The lamp x"), "UTF-16LE", -1, false, false},
    {"UTF-32 with a mark", "", BYTES("\xff\xfe\0\0a\0\0\0"), BYTES("a"), "UTF-32LE", -1, false, false},
    {"the mark beats the name", "windows-1251", BYTES("\xef\xbb\xbf\xc3\xa9"), BYTES("\xc3\xa9"), "UTF-8", -1, false, false},
    {"named", "windows-1251", BYTES("\xcb\xe0\xec\xef\xe0"), BYTES("\xd0\x9b\xd0\xb0\xd0\xbc\xd0\xbf\xd0\xb0"), "windows-1251", -1, false, false},
    {"Latin-1 is Windows-1252", "ISO-8859-1", BYTES("\x93" "a\x94"), BYTES("\xe2\x80\x9c" "a\xe2\x80\x9d"), "windows-1252", -1, false, false},
    {"named UTF-8 is not guessed at", "utf-8", BYTES("the caf\xe9"), BYTES("the caf\xef\xbf\xbd"), "UTF-8", 7, false, false},
    {"unknown name", "klingon", BYTES("a\xc3\xa9"), BYTES("a\xc3\xa9"), "UTF-8", -1, false, true},
    {"a name that is a path", "../../etc/x", BYTES("a"), BYTES("a"), "UTF-8", -1, false, true},
    {"UTF-7 is refused", "UTF-7", BYTES("+ADw-"), BYTES("+ADw-"), "UTF-8", -1, false, true},
    {"accents of Windows-1252", "", BYTES("Un caf\xe9 tr\xe8s \xe9troit"), BYTES("Un caf\xc3\xa9 tr\xc3\xa8s \xc3\xa9troit"), "Windows-1252", -1, true, false},
    {"quotes of Windows-1252", "", BYTES("\x93I didn\x92t \x96 ever\x94 \x85"), BYTES("\xe2\x80\x9cI didn\xe2\x80\x99t \xe2\x80\x93 ever\xe2\x80\x9d \xe2\x80\xa6"), "Windows-1252", -1, true, false},
    {"one fault in UTF-8", "", BYTES("Un caf\xc3\xa9 tr\xe8s \xc3\xa9troit"), BYTES("Un caf\xc3\xa9 tr\xef\xbf\xbds \xc3\xa9troit"), "UTF-8", 11, false, false},
    {"overlong", "", BYTES("slash \xc0\xaf etc"), BYTES("slash \xef\xbf\xbd\xef\xbf\xbd etc"), "UTF-8", 6, false, false},
    {"maximal subparts", "", BYTES("abcdef \xf0\x80\x80\x41\xe2\x82\x42"), BYTES("abcdef \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\x41\xef\xbf\xbd\x42"), "UTF-8", 7, false, false},
    {"NUL", "", BYTES("a\0b\0\0c"), BYTES("a\0b\0\0c"), "UTF-8", -1, false, false},
    {"line ends", "", BYTES("\r\r\na\rb\n\r"), BYTES("\n\na\nb\n\n"), "UTF-8", -1, false, false},
};

static void test_row(void **state)
{
    const struct row *row = *state;
    struct arena a = {0};
    struct decoded d = decode(&a, str_from(row->input, row->n), str_of(row->charset), 1000);
    if (!str_eq(d.text, str_from(row->expected, row->expected_n)))
        fail_msg("got \"%.*s\"", (int)d.text.n, d.text.p);
    assert_string_equal(d.charset, row->taken_for);
    assert_true(d.bad == (row->bad < 0 ? SIZE_MAX : (size_t)row->bad));
    assert_int_equal(d.last_resort, row->last_resort);
    assert_int_equal(d.unknown, row->unknown);
    assert_false(d.cut);
    arena_finish(&a);
}

static void test_limit(void **state)
{
    (void)state;
    static const struct { const char *input, *charset; size_t n, limit, expected; bool cut; } limits[] = {
        {"abc", "", 3, 3, 3, false},
        {"abc", "", 3, 2, 2, true},
        {"a\xe2\x82\xac", "", 4, 3, 1, true},
        {"\xff\xfe" "a\0b\0", "", 6, 1, 1, true},
        {"\xcb\xe0\xec", "windows-1251", 3, 5, 4, true},
        {"a\r\nb", "", 4, 3, 2, true}, /* cut before CR LF becomes one: never more than the limit */
        {"\x80\x80\x80\x80", "", 4, 3, 0, true},
    };
    for (size_t i = 0; i < COUNT_OF(limits); i++) {
        struct arena a = {0};
        struct decoded d = decode(&a, str_from(limits[i].input, limits[i].n), str_of(limits[i].charset),
                                  limits[i].limit);
        assert_int_equal(d.text.n, limits[i].expected);
        assert_int_equal(d.cut, limits[i].cut);
        arena_finish(&a);
    }
}

static void test_no_copy(void **state)
{
    (void)state;
    struct arena a = {0};
    struct str s = STR("Nothing to change: caf\xc3\xa9.\n");
    assert_ptr_equal(decode(&a, s, str_from(NULL, 0), 1000).text.p, s.p);
    assert_int_equal(a.total_bytes, 0);
}

/* Every byte as a Windows-1252 letter, against iconv. */
static void test_second_opinion(void **state)
{
    (void)state;
    iconv_t cd = iconv_open("UTF-8", "CP1252");
    assert_true(cd != (iconv_t)-1);
    for (int c = 0x80; c < 0x100; c++) {
        char input[] = "Un caf\xe9 tr\xe8s \xe9troit et un th\xe9 \xe0 moi, x", out[200], *to = out;
        input[sizeof input - 2] = (char)c;
        char *from = input;
        size_t left = sizeof input - 1, room = sizeof out;
        if (iconv(cd, &from, &left, &to, &room) == (size_t)-1)
            continue; /* one of the five bytes without a character */
        struct arena a = {0};
        struct decoded d = decode(&a, str_from(input, sizeof input - 1), STR(""), 1000);
        assert_true(d.last_resort);
        assert_true(str_eq(d.text, str_from(out, (size_t)(to - out))));
        arena_finish(&a);
    }
    iconv_close(cd);
}

static void test_binary(void **state)
{
    (void)state;
    struct arena a = {0};
    char noise[600], nuls[600], letters[600];
    uint32_t x = 1;
    for (size_t i = 0; i < sizeof noise; i++) {
        x = x * 1664525 + 1013904223;
        noise[i] = (char)(x >> 24);
        nuls[i] = (char)(i % 4 ? 'a' : '\0');
        letters[i] = (char)(i % 40 ? 'a' : i % 80 ? '\0' : '\x1b');
    }
    assert_true(decode_is_binary(str_from(noise, sizeof noise)));
    assert_true(decode_is_binary(str_from(nuls, sizeof nuls)));
    assert_false(decode_is_binary(str_from(letters, sizeof letters)));
    assert_true(decode_is_binary(STR("\x89PNG\r\n\x1a\n")));
    assert_true(decode_is_binary(STR("\x1f\x8b\x08")));
    assert_false(decode_is_binary(STR("\xff\xfe" "a\0b\0")));
    assert_false(decode_is_binary(STR("PK said")));
    assert_false(decode_is_binary(STR("")));
    arena_finish(&a);
}

/* ---- utf8tests ---- */

static struct str unhex(struct arena *a, struct str hex)
{
    char *out = arena_alloc(a, hex.n / 2 + 1), *w = out;
    int high = -1;
    for (size_t i = 0; i < hex.n; i++) {
        const char *digits = "0123456789abcdef", *d = strchr(digits, hex.p[i] | 32);
        if (hex.p[i] == ' ' || !d)
            continue;
        if (high < 0)
            high = (int)(d - digits);
        else
            *w++ = (char)(high << 4 | (int)(d - digits)), high = -1;
    }
    return str_from(out, (size_t)(w - out));
}

/* "num:kind:a:b:c", c being what stands when faults are replaced. */
static bool utf8_case(struct arena *a, struct str line, struct str *input, struct str *expected)
{
    struct str parts[5] = {0};
    size_t n = 0;
    for (size_t i = 0; n < 5; i++) {
        size_t begin = i;
        while (i < line.n && (line.p[i] != ':' || n == 4))
            i++;
        parts[n++] = str_from(line.p + begin, i - begin);
        if (i >= line.n)
            break;
    }
    struct str kind = str_trim(parts[1]);
    if (n == 3 && str_eq(kind, STR("valid")))
        *input = *expected = parts[2];
    else if (n == 3 && str_eq(kind, STR("valid hex")))
        *input = *expected = unhex(a, parts[2]);
    else if (n == 5 && str_eq(kind, STR("invalid hex")))
        *input = unhex(a, parts[2]), *expected = unhex(a, parts[4]);
    else
        return false;
    return true;
}

static void test_utf8tests(void **state)
{
    (void)state;
    static const char path[] = "../shared/hostile/utf8tests/utf8tests.txt";
    struct arena a = {0};
    struct str all = file_bytes(&a, path);
    if (!all.p) {
        print_message("skipped: no %s\n", path);
        skip();
    }
    size_t cases = 0;
    for (size_t at = 0; at < all.n;) {
        const char *end = memchr(all.p + at, '\n', all.n - at);
        struct str line = str_from(all.p + at, end ? (size_t)(end - all.p) - at : all.n - at);
        at += line.n + 1;
        struct str input, expected;
        line = str_trim(line);
        if (!line.n || line.p[0] == '#' || !utf8_case(&a, line, &input, &expected))
            continue;
        struct decoded d = decode(&a, input, STR(""), 1000);
        if (!str_eq(d.text, expected))
            fail_msg("%.*s", (int)line.n, line.p);
        cases++;
    }
    assert_int_equal(cases, 222);
    arena_finish(&a);
}

/* Whatever comes in, what comes out is valid and no longer than the limit. */
static void test_always_valid(void **state)
{
    (void)state;
    static const char *const charsets[] = {"", "", "utf-8", "utf-16", "big5", "shift_jis", "gb18030",
                                           "euc-kr", "iso-2022-jp", "utf-32be", "koi8-r"};
    uint64_t x = 88172645463325252u;
    for (int i = 0; i < 4000; i++) {
        char bytes[64];
        size_t n = x % sizeof bytes;
        for (size_t k = 0; k < n; k++) {
            x ^= x << 13, x ^= x >> 7, x ^= x << 17;
            bytes[k] = (char)(x & 1 ? x >> 8 : (x >> 8 & 0x7f));
        }
        struct arena a = {0};
        struct decoded d = decode(&a, str_from(bytes, n), str_of(charsets[i % COUNT_OF(charsets)]), 60);
        assert_true(d.text.n <= 60);
        assert_int_equal(utf8_valid_prefix(d.text), d.text.n);
        assert_true(!d.text.n || !memchr(d.text.p, '\r', d.text.n));
        arena_finish(&a);
    }
}

int main(void)
{
    struct CMUnitTest tests[COUNT_OF(rows) + 6];
    size_t n = 0;
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        tests[n++] = (struct CMUnitTest){rows[i].name, test_row, NULL, NULL, (void *)&rows[i]};
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_limit);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_no_copy);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_second_opinion);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_binary);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_utf8tests);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_always_valid);
    return _cmocka_run_group_tests("decode", tests, n, NULL, NULL);
}
