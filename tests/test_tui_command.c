/* The command table walked: what stands in it must be whole, and its keys must not quarrel. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>
#include <cmocka.h>

#include "tests/support/reader_case.h"
#include "tests/support/session.h"

static void every_row_is_whole(void **state)
{
    (void)state;
    for (int c = CMD_NONE + 1; c < COMMANDS; c++) {
        const struct command_row *row = &command_table[c];
        struct str help = str_of(row->help), name = str_of(row->name);
        assert_non_null(row->function);
        assert_true(help.n > 10 && help.n < 120);
        assert_true(help.p[0] >= 'A' && help.p[0] <= 'Z');
        assert_true(help.p[help.n - 1] != '.');
        assert_true(name.n > 1);
        for (size_t i = 0; i < name.n; i++)
            assert_true((name.p[i] >= 'a' && name.p[i] <= 'z') || name.p[i] == '-');
        assert_string_not_equal(command_group((enum command)c), "");
        assert_int_equal(command_find(name), c);
    }
}

static void names_are_found_by_their_beginning(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        enum command expected;
    } rows[] = {
        {"set", CMD_SET}, {"unread", CMD_NONE}, {"unb", CMD_UNBIND}, {"", CMD_NONE},
        {"entity", CMD_NONE}, {"entities", CMD_VIEW_ENTITIES}, {"nope", CMD_NONE},
        {"redr", CMD_REDRAW}, {"sort", CMD_SORT}, {"search", CMD_SEARCH}, {"sea", CMD_NONE},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        assert_int_equal(command_find(str_of(rows[i].name)), rows[i].expected);
}

/* Binding says no to a key that is the beginning of another; a key twice in one pane would be
 * taken over silently, so that is looked for by hand. */
static void no_key_twice_in_a_context(void **state)
{
    (void)state;
    struct keymap *keys = keymap_open();
    for (int c = CMD_NONE + 1; c < COMMANDS; c++)
        for (const char *p = command_table[c].keys; *p;) {
            size_t n = strcspn(p, " "), length;
            uint32_t sequence[KEYMAP_KEYS];
            assert_null(keys_parse(str_from(p, n), sequence, &length));
            for (unsigned bit = 1; bit & IN_ANY; bit <<= 1) {
                int bound = 0;
                if (!(command_table[c].contexts & bit))
                    continue;
                if (keymap_find(keys, bit, sequence, length, &bound) != KEYMAP_NONE)
                    fail_msg("%.*s is bound to '%s' and to '%s'", (int)n, p,
                             command_table[bound].name, command_table[c].name);
                assert_null(keymap_bind(keys, bit, str_from(p, n), c));
            }
            p += n + (p[n] == ' ');
        }
    keymap_close(keys);
    keys = keymap_open();
    assert_null(keys_bind_table(keys));
    keymap_close(keys);
}

/* ---- the command line and the file ---- */

static int open_session(void **state)
{
    struct session *s = mem_zalloc(sizeof *s);
    session_start(s, reader_case(), 80, 24);
    *state = s;
    return 0;
}

static int close_session(void **state)
{
    session_stop(*state);
    free(*state);
    return 0;
}

static void lines_and_what_they_say(void **state)
{
    static const struct {
        const char *line;
        bool error;
        const char *says; /* part of the message; null: whatever */
    } rows[] = {
        {"", false, NULL},
        {"# a comment", false, NULL},
        {"set layout bands", false, NULL},
        {"set layout", false, "layout bands"},
        {"set preview", false, NULL},
        {"set nopreview", false, NULL},
        {"set preview?", false, "preview off"},
        {"set nolayout", true, "There is no option 'nolayout'"},
        {"set layout heaps", true, "'layout' is one of auto|bands|columns|one"},
        {"set measure 0", true, "'measure' is a number from 20 to 400"},
        {"set measure=72", false, NULL},
        {"frobnicate", true, "There is no command 'frobnicate'"},
        {"quit now", true, "'quit' takes no argument"},
        {"bind", true, "'bind' needs an argument"},
        {"bind zz nothing", true, "There is no command 'nothing'"},
        {"bind <Nokey> quit", true, "<Nokey>: no such key"},
        {"bind zz go-top", false, NULL},
        {"bind zb set layout bands", false, NULL},
        {"bind g quit", true, "g: other sequences begin"},
        {"filter *.pdf pdftotext %f -", true, "belongs into the configuration file"},
        {"face person bold fg=nocolour", true, NULL},
        {"sort title", false, NULL},
        {"sort sideways", true, "Sort by"},
        {"mark 1", true, "A mark is a letter"},
        {"select-sentence", true, "'select-sentence' has no meaning in this pane"},
        {"mentions Nobody Atall", true, "Nobody here is called 'Nobody Atall'"},
        {"3", false, NULL},
    };
    struct app *app = ((struct session *)*state)->app;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        unsigned before = app->errors;
        line_clear(&app->message.text);
        command_line(app, str_of(rows[i].line));
        if ((app->errors > before) != rows[i].error)
            fail_msg("':%s' %s", rows[i].line, rows[i].error ? "is no error" : "is an error");
        char said[1024];
        snprintf(said, sizeof said, "%.*s", (int)app->message.text.text.n,
                 app->message.text.text.v ? app->message.text.text.v : "");
        if (rows[i].says && !strstr(said, rows[i].says))
            fail_msg("':%s' says '%s', not '%s'", rows[i].line, said, rows[i].says);
    }
}

static const char config_text[] = "# mine\n"
                                  "set layout columns\n"
                                  ":set preview\n"
                                  "  set colour never\n"
                                  "filter *.pdf pdftotext -layout \"%f\" -\n"
                                  "filter *.odt\n"
                                  "filter *.x 'open\n"
                                  "bind zz go-top\n"
                                  "frob\n";

static void the_file_tells_line_and_reason(void **state)
{
    struct app *app = ((struct session *)*state)->app;
    char path[] = "/tmp/dossier-config-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, config_text, sizeof config_text - 1), sizeof config_text - 1);
    close(fd);
    struct config c;
    assert_int_equal(config_read(&c, path), OK);
    config_apply(&c, app);
    static const char *const expected[] = {
        ":6: 'filter' needs a pattern and a program",
        ":7: a quote is not closed",
        ":4: There is no option 'colour'",
        ":9: There is no command 'frob'",
    };
    assert_int_equal(c.errors.n, COUNT_OF(expected));
    for (size_t i = 0; i < COUNT_OF(expected); i++) {
        struct str error = c.errors.v[i];
        assert_memory_equal(error.p, path, sizeof path - 1);
        assert_string_equal(error.p + sizeof path - 1, expected[i]);
    }
    assert_int_equal(c.filters.n, 1);
    assert_string_equal(c.filters.v[0].argv[2], "%f");
    assert_null(c.filters.v[0].argv[4]);
    assert_int_equal(app->settings.v[SETTING_PREVIEW], 1);
    config_finish(&c);
    unlink(path);
    assert_int_equal(config_read(&c, path), ERR_ABSENT);
    config_finish(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_is_whole),
        cmocka_unit_test(names_are_found_by_their_beginning),
        cmocka_unit_test(no_key_twice_in_a_context),
        cmocka_unit_test_setup_teardown(lines_and_what_they_say, open_session, close_session),
        cmocka_unit_test_setup_teardown(the_file_tells_line_and_reason, open_session, close_session),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
