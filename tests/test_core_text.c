/* Characters, folding, tokens: tables of our own, properties over all of Unicode, and the test
 * files of Unicode and of UTF-8 decoders where ../shared has them (a skipped test says so). */
#include "core/text.h"

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unictype.h>

#include <cmocka.h>

#define SHARED "../shared/hostile/"

static FILE *open_or_skip(const char *path)
{
    FILE *f = fopen(path, "r");
    if (!f) {
        printf("skipped: no %s\n", path);
        skip();
    }
    return f;
}

static void expect_str(struct str got, const char *want)
{
    if (str_eq(got, str_of(want)))
        return;
    printf("got \"%.*s\", want \"%s\"\n", (int)got.n, got.p, want);
    fail();
}

/* ---- UTF-8 ---- */

struct repair_row {
    const char *name, *in, *out;
    size_t bad;
};

static const struct repair_row repair_rows[] = {
    {"repair: nothing to do", "caf\xc3\xa9 \xf0\x9f\x98\x80", "caf\xc3\xa9 \xf0\x9f\x98\x80",
     SIZE_MAX},
    {"repair: empty", "", "", SIZE_MAX},
    {"repair: a lone continuation", "a\x80z", "a\xef\xbf\xbdz", 1},
    {"repair: an overlong slash is two", "\xc0\xaf", "\xef\xbf\xbd\xef\xbf\xbd", 0},
    {"repair: a surrogate is three", "\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd", 0},
    {"repair: a sequence cut short is one", "ab\xe2\x80|", "ab\xef\xbf\xbd|", 2},
    {"repair: cut short by the end", "12345678\xf0\x9f\x98", "12345678\xef\xbf\xbd", 8},
    {"repair: above U+10FFFF", "\xf4\x90\x80\x80",
     "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd", 0},
    {"repair: behind eight and eight", "abcdefgh12345678\xff", "abcdefgh12345678\xef\xbf\xbd", 16},
};

static void test_repair(void **state)
{
    const struct repair_row *row = *state;
    struct arena a = {0};
    size_t bad = 7;
    expect_str(utf8_repair(&a, str_of(row->in), &bad), row->out);
    assert_int_equal(bad, row->bad);
    assert_int_equal(utf8_valid_prefix(str_of(row->in)),
                     row->bad == SIZE_MAX ? strlen(row->in) : row->bad);
    arena_finish(&a);
}

static void test_encode_decode(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x10ffff; c++) {
        char out[4];
        const char *next, *before;
        size_t n = utf8_encode(c, out);
        uint32_t want = c >= 0xd800 && c < 0xe000 ? 0xfffd : c;
        assert_int_equal(utf8_decode(out, &next), want);
        assert_ptr_equal(next, out + n);
        assert_int_equal(utf8_decode_before(out + n, &before), want);
        assert_ptr_equal(before, out);
        assert_int_equal(utf8_valid_prefix(str_from(out, n)), n);
    }
}

static size_t unhex(const char *hex, const char *end, char *out)
{
    size_t n = 0;
    for (; hex < end; hex++) {
        unsigned byte;
        if (isxdigit((unsigned char)*hex) && sscanf(hex, "%2x", &byte) == 1)
            out[n++] = (char)byte, hex++;
    }
    return n;
}

/* "id:invalid hex:BYTES:skipped:REPLACED" and "id:valid hex:BYTES" */
static unsigned check_decoder_line(struct arena *a, char *line)
{
    char *kind = strchr(line, ':'), *hex = kind ? strchr(kind + 1, ':') : NULL;
    bool invalid = kind && strncmp(kind, ":invalid hex:", 13) == 0;
    if (!hex || (!invalid && strncmp(kind, ":valid hex:", 11) != 0))
        return 0;
    char in[1024], want[1024];
    const char *end = invalid ? strchr(hex + 1, ':') : hex + strlen(hex);
    const char *replaced = invalid ? strrchr(line, ':') : hex;
    struct str bytes = str_from(in, unhex(hex, end, in));
    size_t n = unhex(replaced, replaced + strlen(replaced), want), bad;
    struct str got = utf8_repair(a, bytes, &bad);
    if (!str_eq(got, str_from(want, n)) || (bad != SIZE_MAX) != invalid)
        fail_msg("decoder line: %s", line);
    return 1;
}

static void test_decoder_file(void **state)
{
    (void)state;
    FILE *f = open_or_skip(SHARED "utf8tests/utf8tests.txt");
    char line[2048];
    unsigned n = 0;
    struct arena a = {0};
    while (fgets(line, sizeof(line), f))
        if (line[0] != '#')
            n += check_decoder_line(&a, line);
    fclose(f);
    arena_finish(&a);
    assert_true(n > 150);
}

/* ---- grapheme clusters ---- */

/* Clusters parted by '|'. */
static const struct {
    const char *name, *clusters;
} cluster_rows[] = {
    {"clusters: ASCII", "a|b|\r\n|\n|c"},
    {"clusters: marks stay with their letter", "e\u0301|x\u0308\u0304|y"},
    {"clusters: skin tone", "\U0001f44b\U0001f3fe|!"},
    {"clusters: family by joiners", "\U0001f469\u200d\U0001f469\u200d\U0001f467|\U0001f600"},
    {"clusters: a joiner without a picture before it", "a\u200d|\U0001f600"},
    {"clusters: flags pair up", "\U0001f1e9\U0001f1ea|\U0001f1eb\U0001f1f7|\U0001f1e6|x"},
    {"clusters: hangul", "\u1100\u1161\u11a8|\uac00"},
    {"clusters: heart with selector", "\u2764\ufe0f|."},
};

static void check_clusters(struct str s, const size_t *ends, size_t n)
{
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        size_t next = grapheme_next(s, at);
        assert_int_equal(next, ends[i]);
        assert_int_equal(grapheme_before(s, next), at);
        at = next;
    }
    assert_int_equal(at, s.n);
    assert_int_equal(grapheme_next(s, at), s.n);
}

static void test_clusters(void **state)
{
    char text[256];
    size_t ends[64], n = 0, at = 0;
    for (const char *p = *state; *p; p++) {
        if (*p == '|')
            ends[n++] = at;
        else
            text[at++] = *p;
    }
    ends[n++] = at;
    check_clusters(str_from(text, at), ends, n);
    assert_int_equal(grapheme_before(str_from(text, at), 0), 0);
}

/* Were all characters of the line known to Unicode 14? The file is of a later version. */
static bool known_to_14(uint32_t c)
{
    return uc_general_category(c).bitmask != UC_CATEGORY_MASK_Cn || c == 0x378;
}

static bool read_break_line(const char *line, char *text, size_t *length, size_t *ends, size_t *n)
{
    bool known = true;
    *n = *length = 0;
    for (const char *p = strstr(line, "\u00f7") + 2; *p && *p != '#';) {
        unsigned c;
        int used = 0;
        if (sscanf(p, " %x%n", &c, &used) == 1 && used) {
            *length += utf8_encode(c, text + *length);
            known = known && known_to_14(c);
            p += used;
        } else {
            if (str_starts(str_of(p), STR("\u00f7")))
                ends[(*n)++] = *length;
            p++;
        }
    }
    return known;
}

static void test_cluster_file(void **state)
{
    (void)state;
    FILE *f = open_or_skip(SHARED "unicode/GraphemeBreakTest.txt");
    char line[4096], text[256];
    size_t length, ends[64], n;
    unsigned run = 0, newer = 0;
    while (fgets(line, sizeof(line), f)) {
        if (line[0] == '#')
            continue;
        if (!read_break_line(line, text, &length, ends, &n)) {
            newer++;
            continue;
        }
        check_clusters(str_from(text, length), ends, n);
        run++;
    }
    fclose(f);
    printf("%u lines, %u of a later Unicode left out\n", run, newer);
    assert_true(run >= 600);
}

/* Each line of the emoji list that is fully qualified is one cluster. */
static void test_emoji_file(void **state)
{
    (void)state;
    FILE *f = open_or_skip(SHARED "unicode/emoji-test.txt");
    char line[1024];
    unsigned run = 0;
    while (fgets(line, sizeof(line), f)) {
        char text[128], *p = line;
        size_t length = 0;
        bool known = true;
        int used;
        for (unsigned c; sscanf(p, "%x%n", &c, &used) == 1; p += used) {
            length += utf8_encode(c, text + length);
            known = known && known_to_14(c);
        }
        if (line[0] == '#' || length == 0 || !known || !strstr(p, "fully-qualified"))
            continue;
        check_clusters(str_from(text, length), &length, 1);
        run++;
    }
    fclose(f);
    assert_true(run > 3000);
}

static void test_many_flags(void **state)
{
    (void)state;
    enum { N = 200000 };
    char *text = malloc(N * 4);
    for (size_t i = 0; i < N; i++)
        utf8_encode(0x1f1e6 + i % 26, text + i * 4);
    struct str s = str_from(text, N * 4);
    size_t at = s.n, steps = 0;
    for (; at > 0; steps++)
        at = grapheme_before(s, at);
    assert_true(steps >= N / 2 && steps <= N);
    free(text);
}

/* ---- folding ---- */

static const struct fold_row {
    const char *name;
    unsigned fold;
    const char *in, *out;
} fold_rows[] = {
    {"fold: nothing to do", FOLD_ALL, "plain 12", "plain 12"},
    {"fold: case", FOLD_CASE, "The LEDGER", "the ledger"},
    {"fold: case alone keeps marks", FOLD_CASE, "JOS\u00c9", "jos\u00e9"},
    {"fold: sharp s", FOLD_CASE, "Stra\u00dfe", "strasse"},
    {"fold: final sigma", FOLD_CASE, "\u039f\u0394\u039f\u03a3", "\u03bf\u03b4\u03bf\u03c3"},
    {"fold: diacritics", FOLD_DIACRITICS, "Jos\u00e9 \u0141\u00f3d\u017a Bj\u00f8rn",
     "Jose Lodz Bjorn"},
    {"fold: decomposed alike", FOLD_ALL, "Jose\u0301", "jose"},
    {"fold: ligatures of letters", FOLD_ALL, "\u00c6sop \u0152uvre", "aesop oeuvre"},
    {"fold: width", FOLD_WIDTH, "\uff21\uff42\uff13 \ufb01n", "Ab3 fin"},
    {"fold: soft hyphen and joiner", FOLD_WIDTH, "co\u00adop\u200d", "coop"},
    {"fold: quotes", FOLD_QUOTES, "\u201cno,\u201d it\u2019s \u00ab\u2039x\u203a\u00bb",
     "\"no,\" it's \"'x'\""},
    {"fold: backtick and acute are apostrophes", FOLD_QUOTES, "`a\u00b4", "'a'"},
    {"fold: dashes", FOLD_QUOTES, "10\u20132 \u2014 \u2212x", "10-2 - -x"},
    {"fold: hangul stays whole", FOLD_ALL, "\uac01", "\uac01"},
    {"fold: indic vowel signs stay", FOLD_ALL, "\u0915\u0941", "\u0915\u0941"},
    {"fold: turkish dotted capital", FOLD_ALL, "\u0130zmir", "izmir"},
    {"fold: kelvin sign", FOLD_ALL, "\u212a", "k"},
    {"fold: no switch, no change", 0, "\u00c9 \u201c", "\u00c9 \u201c"},
};

static void test_fold(void **state)
{
    const struct fold_row *row = *state;
    struct arena a = {0};
    struct str in = str_of(row->in), out = text_fold(&a, in, row->fold);
    expect_str(out, row->out);
    if (str_eq(in, out))
        assert_ptr_equal(in.p, out.p);
    arena_finish(&a);
}

static void test_folding_twice(void **state)
{
    (void)state;
    struct arena a = {0};
    for (uint32_t c = 0x20; c <= 0x10ffff; c++) {
        char text[8] = "a";
        struct str s = str_from(text, 1 + utf8_encode(c, text + 1));
        struct arena_mark mark = arena_mark(&a);
        struct str once = text_fold(&a, s, FOLD_ALL), twice = text_fold(&a, once, FOLD_ALL);
        assert_int_equal(utf8_valid_prefix(once), once.n);
        if (!str_eq(once, twice))
            fail_msg("U+%04X: folded twice it changes again", c);
        arena_release(&a, mark);
        if (c == 0x33ff)
            c = 0x4dbf; /* ideographs do not fold */
        else if (c == 0x4e20)
            c = 0xa000;
        else if (c == 0x1ffff)
            c = 0x2f7ff;
        else if (c == 0x30000)
            c = 0xe0000;
        else if (c == 0xe0200)
            break;
    }
    arena_finish(&a);
}

/* ---- tokens ---- */

/* Terms of the tokens parted by '|'. */
static const struct token_row {
    const char *name, *text, *terms;
} token_rows[] = {
    {"tokens: words and numbers", "On 12 May, B2B cost $3,000.", "on|12|may|b2b|cost|3|000"},
    {"tokens: straight apostrophe", "the State's case", "the|state|s|case"},
    {"tokens: curly apostrophe", "the State\u2019s case", "the|state|s|case"},
    {"tokens: hyphen and wrap", "a 10-\n2 verdict", "a|10|2|verdict"},
    {"tokens: dash", "a 10\u20132 verdict", "a|10|2|verdict"},
    {"tokens: none", " \u2014\u201c\u201d... ", ""},
    {"tokens: accents", "Jos\u00e9's caf\u00e9", "jose|s|cafe"},
    {"tokens: an accent apart", "Jose\u0301 said", "jose|said"},
    {"tokens: soft hyphen inside", "co\u00adoperate", "cooperate"},
    {"tokens: marks alone are none", "\u2764\ufe0f \u0301 x", "x"},
    {"tokens: joiner alone is none", "\u200d\u00ad-", ""},
    {"tokens: emoji parts", "yes\U0001f44b\U0001f3feno", "yes|no"},
    {"tokens: han one by one", "\u5929\u6c17 ok\u5929", "\u5929|\u6c17|ok|\u5929"},
    {"tokens: kana with its voicing mark", "\u304b\u3099x", "\u304c|x"},
    {"tokens: cyrillic", "\u041c\u043e\u0441\u043a\u0432\u0430",
     "\u043c\u043e\u0441\u043a\u0432\u0430"},
    {"tokens: full width", "\uff26\uff22\uff29", "fbi"},
    {"tokens: roman numeral letter", "\u2163 x", "iv|x"},
};

static void test_tokens(void **state)
{
    const struct token_row *row = *state;
    struct str text = str_of(row->text);
    struct token t;
    size_t at = 0;
    char joined[256] = "", buffer[TERM_BYTES_MAX];
    while (token_next(text, &at, &t)) {
        struct str term = token_term(text, t, buffer);
        assert_int_equal(at, t.at.end);
        if (joined[0])
            strcat(joined, "|");
        strncat(joined, term.p, term.n);
    }
    assert_int_equal(at, text.n);
    expect_str(str_of(joined), row->terms);
}

static void test_long_token(void **state)
{
    (void)state;
    char text[1000], buffer[TERM_BYTES_MAX];
    for (size_t i = 0; i < sizeof(text); i += 2)
        memcpy(text + i, "\u0436", 2);
    struct token t;
    size_t at = 0;
    assert_true(token_next(str_from(text, sizeof(text)), &at, &t));
    assert_int_equal(t.at.end, sizeof(text));
    struct str term = token_term(str_from(text, sizeof(text)), t, buffer);
    assert_true(term.n > TERM_BYTES_MAX - 4 && term.n <= TERM_BYTES_MAX);
    assert_int_equal(utf8_valid_prefix(term), term.n);
    text[0] = 'a', text[1] = 'b'; /* every character moves by one byte against the limit */
    t.at = span_of(1, sizeof(text));
    term = token_term(str_from(text, sizeof(text)), t, buffer);
    assert_int_equal(utf8_valid_prefix(term), term.n);
}

static void test_classes(void **state)
{
    (void)state;
    assert_true(char_is_letter('a') && char_is_letter(0xe9) && char_is_letter(0x301));
    assert_false(char_is_letter('1') || char_is_letter('_') || char_is_letter(0x2019));
    assert_true(char_is_digit('0') && char_is_digit(0x663) && !char_is_digit(0xbd));
    assert_true(char_is_upper('Z') && char_is_upper(0xc9) && !char_is_upper('z'));
    assert_true(char_is_blank(' ') && char_is_blank(0xa0) && char_is_blank('\r'));
    assert_false(char_is_blank('x') || char_is_blank(0x200b));
    assert_true(char_is_mark(0x301) && !char_is_mark('a'));
}

/* ---- all of them, rows by their names ---- */

static struct CMUnitTest tests[128];
static size_t n_tests;

static void add(const char *name, CMUnitTestFunction run, const void *row)
{
    tests[n_tests++] = (struct CMUnitTest){name, run, NULL, NULL, (void *)row};
}

int main(void)
{
    for (size_t i = 0; i < COUNT_OF(repair_rows); i++)
        add(repair_rows[i].name, test_repair, &repair_rows[i]);
    for (size_t i = 0; i < COUNT_OF(cluster_rows); i++)
        add(cluster_rows[i].name, test_clusters, cluster_rows[i].clusters);
    for (size_t i = 0; i < COUNT_OF(fold_rows); i++)
        add(fold_rows[i].name, test_fold, &fold_rows[i]);
    for (size_t i = 0; i < COUNT_OF(token_rows); i++)
        add(token_rows[i].name, test_tokens, &token_rows[i]);
    add("every code point, encoded and decoded", test_encode_decode, NULL);
    add("decoders' test file", test_decoder_file, NULL);
    add("clusters: Unicode's test file", test_cluster_file, NULL);
    add("clusters: emoji list", test_emoji_file, NULL);
    add("clusters: a text of flags alone", test_many_flags, NULL);
    add("fold: twice is once", test_folding_twice, NULL);
    add("tokens: one as long as the text", test_long_token, NULL);
    add("classes", test_classes, NULL);
    return _cmocka_run_group_tests("core/text", tests, n_tests, NULL, NULL);
}
