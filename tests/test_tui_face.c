/* Faces: kinds stay apart in every depth, flags never hide a kind's cursor, and what `:face`
 * takes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "tui/face.h"

static const enum face kinds[] = {FACE_TEXT, FACE_PERSON, FACE_ORGANISATION, FACE_PLACE,
                                  FACE_LAW,  FACE_HANDLE, FACE_DATE,         FACE_QUOTE};

static struct theme *open_without_wish(void)
{
    unsetenv("NO_COLOR");
    return theme_open();
}

static bool same(struct ink a, struct ink b)
{
    return a.fg == b.fg && a.bg == b.bg && a.attributes == b.attributes;
}

static const char *const themes[] = {"default", "dark", "light", "none"};

static void kinds_differ(void **state)
{
    (void)state;
    struct theme *t = open_without_wish();
    for (size_t n = 0; n < COUNT_OF(themes); n++) {
        assert_true(theme_choose(t, str_of(themes[n])));
        for (enum depth d = DEPTH_NONE; d <= DEPTH_256; d++)
            for (size_t i = 0; i < COUNT_OF(kinds); i++)
                for (size_t j = 0; j < i; j++) {
                    /* eight colours are few: a quotation has its marks, a handle its sign */
                    struct look a = {(uint8_t)kinds[i], 0}, b = {(uint8_t)kinds[j], 0};
                    assert_false(same(theme_ink(t, d, a), theme_ink(t, d, b)));
                }
    }
    theme_close(t);
}

static void flags_show_in_every_depth(void **state)
{
    (void)state;
    static const uint8_t flags[] = {LOOK_CURSOR, LOOK_SELECTED, LOOK_HIT};
    struct theme *t = open_without_wish();
    for (size_t n = 0; n < COUNT_OF(themes); n++) {
        theme_choose(t, str_of(themes[n]));
        for (enum depth d = DEPTH_NONE; d <= DEPTH_256; d++)
            for (int f = 0; f < FACES; f++)
                for (size_t i = 0; i < COUNT_OF(flags); i++) {
                    struct look bare = {(uint8_t)f, 0}, with = {(uint8_t)f, flags[i]};
                    assert_false(same(theme_ink(t, d, bare), theme_ink(t, d, with)));
                    if (flags[i] == LOOK_CURSOR)
                        continue;
                    with.flags |= LOOK_CURSOR;
                    struct look only = {(uint8_t)f, flags[i]};
                    assert_false(same(theme_ink(t, d, only), theme_ink(t, d, with)));
                }
    }
    theme_close(t);
}

static void colours_fit_the_depth(void **state)
{
    (void)state;
    static const int most[] = {0, 8, 16, 256};
    struct theme *t = open_without_wish();
    assert_null(theme_set_face(t, STR("place"), STR("fg=#ff8800 bg=bright-blue bold")));
    for (size_t n = 0; n < COUNT_OF(themes); n++) {
        for (enum depth d = DEPTH_NONE; d <= DEPTH_256; d++)
            for (unsigned l = 0; l < FACES * 64u; l++) {
                struct ink ink = theme_ink(t, d, (struct look){(uint8_t)(l / 64), (uint8_t)(l % 64)});
                assert_true(ink.fg >= -1 && ink.fg < most[d]);
                assert_true(ink.bg >= -1 && ink.bg < most[d]);
            }
        theme_choose(t, str_of(themes[n]));
    }
    theme_close(t);
}

static void no_color_is_obeyed(void **state)
{
    (void)state;
    struct look person = {FACE_PERSON, 0};
    setenv("NO_COLOR", "1", 1);
    struct theme *t = theme_open();
    assert_int_equal(theme_ink(t, DEPTH_256, person).fg, -1);
    assert_int_not_equal(theme_ink(t, DEPTH_256, person).attributes, 0);
    theme_close(t);
    setenv("NO_COLOR", "", 1);
    t = theme_open();
    assert_int_not_equal(theme_ink(t, DEPTH_256, person).fg, -1);
    theme_close(t);
    unsetenv("NO_COLOR");
}

static const struct spec {
    const char *face, *spec;
    bool good;
    int fg_256, fg_8, bg_256;
    unsigned attributes;
} specs[] = {
    {"person", "bold fg=green", true, 2, 2, -1, ATTR_BOLD},
    {"person", "  underline   italic ", true, -1, -1, -1, ATTR_UNDERLINE | ATTR_ITALIC},
    {"person", "fg=196 bg=#000080", true, 196, 1, 18, 0},
    {"person", "fg=bright-red", true, 9, 1, -1, 0},
    {"person", "plain", true, -1, -1, -1, 0},
    {"person", "fg=default", true, -1, -1, -1, 0},
    {"person", "", false, 0, 0, 0, 0},
    {"person", "fg=", false, 0, 0, 0, 0},
    {"person", "fg=256", false, 0, 0, 0, 0},
    {"person", "fg=#12345", false, 0, 0, 0, 0},
    {"person", "fg=bright-", false, 0, 0, 0, 0},
    {"person", "fg=puce", false, 0, 0, 0, 0},
    {"person", "blink", false, 0, 0, 0, 0},
    {"persona", "bold", false, 0, 0, 0, 0},
};

static void specs_are_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(specs); i++) {
        const struct spec *s = &specs[i];
        struct theme *t = open_without_wish();
        struct look look = {FACE_PERSON, 0};
        struct ink before = theme_ink(t, DEPTH_256, look);
        const char *wrong = theme_set_face(t, str_of(s->face), str_of(s->spec));
        struct ink ink = theme_ink(t, DEPTH_256, look);
        assert_int_equal(wrong == NULL, s->good);
        if (s->good) {
            assert_int_equal(ink.fg, s->fg_256);
            assert_int_equal(ink.bg, s->bg_256);
            assert_int_equal(ink.attributes, s->attributes);
            assert_int_equal(theme_ink(t, DEPTH_8, look).fg, s->fg_8);
        } else {
            assert_true(same(before, ink));
        }
        theme_close(t);
    }
}

static void letters_are_one_of_a_kind(void **state)
{
    (void)state;
    for (int f = 0; f < FACES; f++)
        for (int g = 0; g < f; g++)
            assert_int_not_equal(face_letter((enum face)f), face_letter((enum face)g));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_differ),
        cmocka_unit_test(flags_show_in_every_depth),
        cmocka_unit_test(colours_fit_the_depth),
        cmocka_unit_test(no_color_is_obeyed),
        cmocka_unit_test(specs_are_read),
        cmocka_unit_test(letters_are_one_of_a_kind),
    };
    return cmocka_run_group_tests_name("face", tests, NULL, NULL);
}
