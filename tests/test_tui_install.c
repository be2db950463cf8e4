/* What `make install` puts in place and `make uninstall` takes away, and the completion for bash
 * asked as bash would ask it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>
#include <cmocka.h>

#include "core/arena.h"

static char folder[] = "/tmp/dossier-install-XXXXXX";

/* The sanitizers of the program under test, so that nothing else is built: ".build/san-a-b/" */
static const char *variant(void)
{
    static char name[64];
    const char *program = getenv("DOSSIER"), *san = program ? strstr(program, "/san-") : NULL;
    if (!san)
        return "";
    snprintf(name, sizeof name, "%.*s", (int)strcspn(san + 5, "/"), san + 5);
    for (char *c = name; *c; c++)
        if (*c == '-')
            *c = ',';
    return name;
}

static int make(const char *target)
{
    char line[512];
    snprintf(line, sizeof line, "env -u MAKEFLAGS -u MAKELEVEL make -s SAN=%s DESTDIR=%s %s >&2", variant(), folder,
             target);
    return system(line);
}

static bool is_installed(const char *path)
{
    char whole[512];
    snprintf(whole, sizeof whole, "%s/usr/local/%s", folder, path);
    return access(whole, R_OK) == 0;
}

static void installs_and_uninstalls(void **state)
{
    (void)state;
    static const char *const files[] = {
        "bin/dossier",
        "share/man/man1/dossier.1",
        "share/bash-completion/completions/dossier",
        "share/zsh/site-functions/_dossier",
        "share/fish/vendor_completions.d/dossier.fish",
        "share/dossier/sample/01-fire-at-kestrel-head.txt",
        "share/dossier/sample/19-minase-report.html",
    };
    assert_int_equal(make("install"), 0);
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        print_message("%s\n", files[i]);
        assert_true(is_installed(files[i]));
    }
    assert_false(is_installed("share/dossier/sample/.gold.json"));
    assert_int_equal(make("uninstall"), 0);
    for (size_t i = 0; i < COUNT_OF(files); i++)
        assert_false(is_installed(files[i]));
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    char line[128];
    snprintf(line, sizeof line, "rm -rf %s", folder);
    return system(line);
}

static const struct {
    const char *words; /* the last one is being completed */
    const char *offers;
} completions[] = {
    {"dossier qu", "quotes"},
    {"dossier timel", "timeline"},
    {"dossier quotes --js", "--json"},
    {"dossier quotes --limi", "--limit="},
    {"dossier --color = al", "always"},
    {"dossier export --format = w", "w3c"},
    {"dossier timeline --from = README.m", "README.md"},
    {"dossier quotes README.m", "README.md"},
    {"dossier quotes qu", ""},
};

static void bash_completes(void **state)
{
    (void)state;
    if (system("command -v bash >/dev/null")) {
        print_message("no bash here\n");
        skip();
    }
    for (size_t i = 0; i < COUNT_OF(completions); i++) {
        char line[512], got[256] = "";
        snprintf(line, sizeof line,
                 "bash -c 'compopt() { :; }; . tui/completions/dossier.bash; COMP_WORDS=(%s); "
                 "COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _dossier; printf %%s \"${COMPREPLY[*]}\"'",
                 completions[i].words);
        FILE *from = popen(line, "r");
        assert_non_null(from);
        got[fread(got, 1, sizeof got - 1, from)] = '\0';
        pclose(from);
        print_message("%s: %s\n", completions[i].words, got);
        assert_string_equal(got, completions[i].offers);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(installs_and_uninstalls, make_folder, remove_folder),
        cmocka_unit_test(bash_completes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
