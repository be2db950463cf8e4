/* The program itself on a terminal, with names of files that try to drive it: what it says on
 * standard error and as an answer, in a locale of UTF-8 and in C. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <locale.h>
#include <pty.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "core/arena.h"

static char folder[] = "/tmp/dossier-hostile-XXXXXX";

static const struct row {
    const char *name, *command, *locale, *shown;
} rows[] = {
    {"an issue with a name", "articles", "C.UTF-8", "\u241b]0;taken\u2407"},
    {"an issue with a name, locale of C", "articles", "C", "^[]0;taken^G"},
    {"an answer with a title", "articles", "C.UTF-8", "caf\u00e9 \u241b[2J"},
    {"an answer with a title, locale of C", "articles", "C", "cafe ^[[2J"},
    {"names that hold nothing", "entities", "C.UTF-8", "\u241b]0;taken\u2407"},
};

static void write_file(const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

/* What a terminal is sent by the command; ended with NUL. */
static void run(const struct row *r, char *out, size_t size)
{
    int master;
    pid_t child = forkpty(&master, NULL, NULL, NULL);
    assert_true(child >= 0);
    if (child == 0) {
        setenv("LC_ALL", r->locale, 1);
        execl(getenv("DOSSIER"), "dossier", r->command, "--no-config", folder, (char *)NULL);
        _exit(127);
    }
    size_t n = 0;
    ssize_t got;
    while (n < size - 1 && (got = read(master, out + n, size - 1 - n)) > 0)
        n += (size_t)got;
    out[n] = '\0';
    close(master);
    waitpid(child, NULL, 0);
}

static void row_holds(void **state)
{
    const struct row *r = *state;
    char out[8192];
    run(r, out, sizeof out);
    print_message("%s\n", strstr(out, r->shown) ? "shown" : "not shown");
    assert_non_null(strstr(out, r->shown));
    assert_null(strstr(out, "\033]"));
    assert_null(strstr(out, "\033[2J"));
}

int main(void)
{
    struct CMUnitTest tests[COUNT_OF(rows)];
    if (!getenv("DOSSIER") || !setlocale(LC_ALL, "C.UTF-8") || !mkdtemp(folder)) {
        print_message("skipped: no program to run\n");
        return 0;
    }
    write_file("a\033]0;taken\a.txt", "");
    write_file("b.jsonl", "{\"title\": \"caf\u00e9 \\u001b[2J\", \"text\": \"Anna Reiss spoke.\"}\n");
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].name, row_holds, NULL, NULL, (void *)&rows[i]};
    int failed = _cmocka_run_group_tests("hostile", tests, COUNT_OF(rows), NULL, NULL);
    char line[64];
    snprintf(line, sizeof line, "rm -rf %s", folder);
    return failed + (system(line) != 0);
}
