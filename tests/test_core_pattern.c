/* Patterns: what is refused, what is found, that windows leave nothing out, and that no pattern
 * holds a search longer than its guard allows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/arena.h"
#include "core/pattern.h"

static struct pattern *compile(const char *source, unsigned flags)
{
    struct pattern *p = NULL;
    struct pattern_error why = {0};
    enum status status = pattern_compile(str_of(source), flags, &p, &why);
    if (status != OK)
        print_message("%s: %s\n", source, why.what);
    assert_int_equal(status, OK);
    return p;
}

static const struct {
    const char *source;
    unsigned flags;
    enum status status;
} sources[] = {
    {"keeper|lamp", 0, OK},
    {"", 0, OK},
    {"(", 0, ERR_SYNTAX},
    {"(", PATTERN_LITERAL, OK},
    {"\\C", 0, ERR_SYNTAX},
    {"\\C", PATTERN_LITERAL, OK},
    {"(*LIMIT_MATCH=4000000000)a", 0, ERR_SYNTAX},
    {"(*LIMIT_HEAP=4000000000)a", 0, ERR_SYNTAX},
    {"(*UTF)(*LIMIT_MATCH=4000000000)a", 0, ERR_SYNTAX},
    {"(*NO_JIT)a", 0, ERR_SYNTAX},
    {"(*LIMIT_MATCH=4000000000)a", PATTERN_LITERAL, OK},
    {"a(*FAIL)|b", 0, OK},
    {"\xff", 0, ERR_SYNTAX},
    {"((((a{1,60000}){1,60000}){1,60000}){1,60000})", 0, ERR_LIMIT},
};

static void refusals(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(sources); i++) {
        struct pattern *p = NULL;
        struct pattern_error why = {.what = ""};
        print_message("%s\n", sources[i].source);
        enum status status = pattern_compile(str_of(sources[i].source), sources[i].flags, &p, &why);
        assert_int_equal(status, sources[i].status);
        assert_int_equal(status == OK, p != NULL);
        assert_int_equal(status == OK, why.what[0] == '\0');
        pattern_free(p);
    }
    char *long_source = mem_alloc(PATTERN_SOURCE_BYTES_MAX + 1);
    memset(long_source, 'a', PATTERN_SOURCE_BYTES_MAX + 1);
    struct pattern *p = NULL;
    struct str s = str_from(long_source, PATTERN_SOURCE_BYTES_MAX + 1);
    assert_int_equal(pattern_compile(s, 0, &p, NULL), ERR_LIMIT);
    free(long_source);
}

static const struct {
    const char *source;
    unsigned flags;
    const char *text;
    int begin, end; /* -1: no match */
} finds[] = {
    {"lamp", 0, "the lamp", 4, 8},
    {"LAMP", 0, "the lamp", -1, -1},
    {"LAMP", PATTERN_CASELESS, "the lamp", 4, 8},
    {"\xc3\x89T\xc3\x89", PATTERN_CASELESS, "un \xc3\xa9t\xc3\xa9", 3, 8},
    {"l.mp", PATTERN_LITERAL, "lamp l.mp", 5, 9},
    {"l a m p # light", PATTERN_EXTENDED, "the lamp", 4, 8},
    {"^b", 0, "a\nb", -1, -1},
    {"^b", PATTERN_MULTILINE, "a\nb", 2, 3},
    {"a$", PATTERN_MULTILINE, "a\nb", 0, 1},
    {"x*", 0, "abc", -1, -1},
    {"(?<=\xe2\x82\xac)\\d+", 0, "5 \xe2\x82\xac""17", 5, 7},
    {".", 0, "\xe2\x82\xac", 0, 3},
    {"", 0, "abc", -1, -1},
    {"a", 0, "", -1, -1},
};

static void searches(void **state)
{
    (void)state;
    struct matcher *m = matcher_open();
    for (size_t i = 0; i < COUNT_OF(finds); i++) {
        struct pattern *p = compile(finds[i].source, finds[i].flags);
        struct pattern_search s = {.pattern = p, .matcher = m, .text = str_of(finds[i].text)};
        struct span hit;
        print_message("%s in %s\n", finds[i].source, finds[i].text);
        enum status status = pattern_search_next(&s, &hit);
        assert_int_equal(status, finds[i].begin < 0 ? ERR_ABSENT : OK);
        if (status == OK)
            assert_true(hit.begin == (uint32_t)finds[i].begin && hit.end == (uint32_t)finds[i].end);
        assert_false(s.incomplete);
        pattern_free(p);
    }
    matcher_close(m);
}

static void groups_and_marks(void **state)
{
    (void)state;
    struct matcher *m = matcher_open();
    struct pattern *p = compile("(a)(x)?(b)(*MARK:first)|c(*MARK:second)", 0);
    struct span g[PATTERN_GROUPS];
    struct str text = STR("--ab-c");
    assert_true(pattern_match(p, m, text, 0, g));
    assert_true(g[0].begin == 2 && g[0].end == 4 && g[1].end == 3 && g[3].begin == 3);
    assert_true(span_is_empty(g[2]) && span_is_empty(g[9]));
    assert_true(str_eq(matcher_mark(m), STR("first")));
    assert_true(pattern_match(p, m, text, g[0].end, g));
    assert_true(str_eq(matcher_mark(m), STR("second")));
    assert_false(pattern_match(p, m, text, g[0].end, g));
    pattern_free(p);
    matcher_close(m);
}

/* Hits put across every seam of the windows, found by the search as by counting. */
static void windows_leave_nothing_out(void **state)
{
    (void)state;
    const size_t n = 300000, step = 1021;
    char *text = mem_alloc(n);
    memset(text, '.', n);
    for (size_t at = 0; at + 9 < n; at += step)
        memcpy(text + at, "\xc3\xa9lighthouse" + (at / step) % 2 * 2, 9);
    struct matcher *m = matcher_open();
    struct pattern *p = compile("\xc3\xa9lightho|lighthous", 0);
    struct pattern_search s = {.pattern = p, .matcher = m, .text = str_from(text, n)};
    struct span hit;
    size_t at = 0;
    while (pattern_search_next(&s, &hit) == OK) {
        assert_int_equal(hit.begin, at);
        assert_int_equal(hit.end, at + 9);
        at += step;
    }
    assert_true(at + 9 >= n);
    assert_false(s.incomplete);
    pattern_free(p);
    matcher_close(m);
    free(text);
}

/* A guard that stops after so many windows: a clock that does not depend on the machine. */
struct budget {
    int windows;
    enum status then;
};

static enum status spend(void *context)
{
    struct budget *b = context;
    return b->windows-- > 0 ? OK : b->then;
}

static const struct {
    const char *name, *source, *prefix, *pump, *suffix;
    int count;
} hostile[] = {
    {"nested quantifier", "^(a+)+$", "", "a", "!", 5000},
    {"nested, anywhere", "(a*)*b", "", "a", "", 20000},
    {"overlapping alternatives", "(?:a|aa)+$", "", "a", "!", 20000},
    {"polynomial", "\\d+\\d+\\d+\\d+x", "", "1", "", 100000},
    {"dot star", "(?s).*.*.*=.*", "", "y", "", 200000},
    {"recursion", "(?:(?R)|a)+b", "", "a", "", 50000},
    {"deep groups", "((?:(?:a|b)(?:c|d)?)*?)+z", "", "ac", "", 50000},
    {"look-behind", "(?<=(?<=(?<=a)a)a)b", "", "a", "", 100000},
    {"back reference", "(a+)\\1+\\1+b", "", "a", "", 20000},
    {"long lazy", "(?s)x.*?y", "", "x", "", 200000},
};

static void hostile_patterns_stop(void **state)
{
    (void)state;
    struct matcher *m = matcher_open();
    for (size_t i = 0; i < COUNT_OF(hostile); i++) {
        VEC(char) text = {0};
        for (const char *c = hostile[i].prefix; *c; c++)
            vec_push(&text, *c);
        for (int k = 0; k < hostile[i].count; k++)
            for (const char *c = hostile[i].pump; *c; c++)
                vec_push(&text, *c);
        for (const char *c = hostile[i].suffix; *c; c++)
            vec_push(&text, *c);
        print_message("%s\n", hostile[i].name);
        struct pattern *p = NULL;
        struct budget budget = {4, ERR_LIMIT};
        if (pattern_compile(str_of(hostile[i].source), 0, &p, NULL) == OK) {
            struct pattern_search s = {.pattern = p, .matcher = m,
                                       .text = str_from(text.v, text.n),
                                       .guard = {spend, &budget}};
            struct span hit;
            enum status status = pattern_search_next(&s, &hit);
            assert_true(status == OK || status == ERR_ABSENT || status == ERR_LIMIT);
            assert_true(s.at <= text.n + 1);
        }
        pattern_free(p);
        vec_free(&text);
    }
    matcher_close(m);
}

/* "No match" is never said of a place that was given up. */
static void giving_up_is_said(void **state)
{
    (void)state;
    struct matcher *m = matcher_open();
    struct pattern *p = compile("^(?:a+)+\\d", 0);
    struct str text = STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!");
    struct pattern_search s = {.pattern = p, .matcher = m, .text = text};
    struct span hit;
    assert_int_equal(pattern_search_next(&s, &hit), ERR_ABSENT);
    assert_true(s.incomplete);
    pattern_free(p);
    matcher_close(m);
}

static void guard_goes_on_where_it_stopped(void **state)
{
    (void)state;
    const size_t n = 100000;
    char *text = mem_alloc(n);
    memset(text, '.', n);
    memcpy(text + n - 4, "lamp", 4);
    struct matcher *m = matcher_open();
    struct pattern *p = compile("lamp", 0);
    struct budget budget = {5, ERR_CANCELLED};
    struct pattern_search s = {
        .pattern = p, .matcher = m, .text = str_from(text, n), .guard = {spend, &budget}};
    struct span hit;
    assert_int_equal(pattern_search_next(&s, &hit), ERR_CANCELLED);
    budget.windows = 1000;
    assert_int_equal(pattern_search_next(&s, &hit), OK);
    assert_int_equal(hit.begin, n - 4);
    pattern_free(p);
    matcher_close(m);
    free(text);
}

/* A pattern that needs more stack than the JIT has still finds its match. */
static void stack_overflow_is_interpreted(void **state)
{
    (void)state;
    const size_t n = 60000;
    char *text = mem_alloc(n);
    memset(text, 'a', n);
    text[n - 1] = 'b';
    struct matcher *m = matcher_open();
    struct pattern *p = compile("^(?:(a)|(c))+b", 0);
    struct pattern_search s = {.pattern = p, .matcher = m, .text = str_from(text, n)};
    struct span hit;
    assert_int_equal(pattern_search_next(&s, &hit), OK);
    assert_int_equal(hit.end, n);
    pattern_free(p);
    matcher_close(m);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refusals),
        cmocka_unit_test(searches),
        cmocka_unit_test(groups_and_marks),
        cmocka_unit_test(windows_leave_nothing_out),
        cmocka_unit_test(hostile_patterns_stop),
        cmocka_unit_test(giving_up_is_said),
        cmocka_unit_test(guard_goes_on_where_it_stopped),
        cmocka_unit_test(stack_overflow_is_interpreted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
