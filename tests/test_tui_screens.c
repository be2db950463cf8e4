/* Golden screens: each tests/screens/NAME.keys is played on the memory screen at three sizes, and
 * what it shows must be NAME.screen: every dump at the first size, the last at the others.
 * SCREENS=write (`make screens`) writes them anew.
 *
 * A line of a script holds keys in the notation of keymap.h, parted by blanks; "type WORDS" types
 * the words as they are; "size COLS ROWS" resizes; "show" dumps; # comments.  A script ends with a
 * dump.  "case rivals" as the first line opens the case of sources that disagree. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <dirent.h>
#include <locale.h>
#include <cmocka.h>

#include "core/text.h"
#include "tests/support/reader_case.h"
#include "tui/app.h"

#define FOLDER "tests/screens/"

static const struct {
    int cols, rows;
} sizes[] = {{80, 24}, {120, 40}, {200, 60}};

struct play {
    struct dossier *dossier;
    struct screen *screen;
    struct theme *theme;
    struct app *app;
    FILE *out;
    bool every; /* dump, not the last alone */
};

static void dump(struct play *p, const char *what)
{
    int cols, rows;
    app_draw(p->app);
    p->screen->ops->size(p->screen, &cols, &rows);
    char *shown = screen_memory_dump(p->screen, true);
    fprintf(p->out, "==== %dx%d %s\n%s", cols, rows, what, shown);
    free(shown);
}

/* As the session's loop does: all keys that are there, then one frame. */
static void press(struct play *p, const uint32_t *keys, size_t n)
{
    for (size_t i = 0; i < n; i++)
        app_key(p->app, keys[i]);
    app_draw(p->app);
}

static void press_word(struct play *p, struct str word)
{
    uint32_t keys[KEYMAP_KEYS];
    size_t n;
    const char *wrong = keys_parse(word, keys, &n);
    if (wrong)
        fail_msg("%.*s: %s", (int)word.n, word.p, wrong);
    press(p, keys, n);
}

static void play_line(struct play *p, struct str line)
{
    int cols, rows;
    if (str_starts(line, STR("type "))) {
        for (const char *at = line.p + 5; at < line.p + line.n;) {
            uint32_t key = utf8_decode(at, &at);
            press(p, &key, 1);
        }
    } else if (sscanf(line.p, "size %d %d", &cols, &rows) == 2) {
        screen_memory_resize(p->screen, cols, rows);
        press(p, &(uint32_t){K_RESIZE}, 1);
    } else if (str_starts(line, STR("show"))) {
        if (p->every)
            dump(p, str_trim(str_from(line.p + 4, line.n - 4)).p);
    } else {
        while (line.n) {
            size_t n = 0;
            while (n < line.n && line.p[n] != ' ')
                n++;
            press_word(p, str_from(line.p, n));
            line = str_trim(str_from(line.p + n, line.n - n));
        }
    }
}

static struct dossier *case_of(FILE *script)
{
    char line[64] = "";
    if (fgets(line, sizeof line, script) && strcmp(line, "case rivals\n") == 0)
        return rival_case();
    rewind(script);
    return reader_case();
}

static void play_script(const char *path, int cols, int rows, FILE *out)
{
    struct play p = {.out = out, .every = cols == sizes[0].cols};
    char line[512];
    FILE *script = fopen(path, "r");
    assert_non_null(script);
    p.dossier = case_of(script);
    p.screen = screen_memory_open(cols, rows);
    p.theme = theme_open();
    p.app = app_open(&(struct app_setup){.dossier = p.dossier, .screen = p.screen,
                                         .theme = p.theme});
    app_draw(p.app);
    while (fgets(line, sizeof line, script)) {
        struct str s = str_trim(str_of(line));
        line[s.p - line + (ptrdiff_t)s.n] = '\0';
        if (s.n && s.p[0] != '#')
            play_line(&p, s);
    }
    dump(&p, "end");
    fclose(script);
    app_close(p.app);
    p.screen->ops->close(p.screen);
    theme_close(p.theme);
    dossier_close(p.dossier);
}

static char *slurp(const char *path)
{
    FILE *f = fopen(path, "r");
    char *all = mem_alloc(4 << 20);
    size_t n = f ? fread(all, 1, (4 << 20) - 1, f) : 0;
    all[n] = '\0';
    if (f)
        fclose(f);
    return all;
}

/* The first line that differs, since a whole screen says little. */
static void compare(const char *name, const char *expected, const char *shown)
{
    const char *e = expected, *s = shown, *heading = "";
    for (int line = 1; *e || *s; line++) {
        size_t en = strcspn(e, "\n"), sn = strcspn(s, "\n");
        if (strncmp(e, "====", 4) == 0)
            heading = e;
        if (en != sn || memcmp(e, s, en) != 0)
            fail_msg("%s:%d, under '%.*s'\n  expected: %.*s\n  shown:    %.*s", name, line,
                     (int)strcspn(heading, "\n"), heading, (int)en, e, (int)sn, s);
        e += en + (e[en] == '\n');
        s += sn + (s[sn] == '\n');
    }
}

static void plays(void **state)
{
    const char *name = *state;
    char keys[256], screen[256];
    char *shown = NULL;
    size_t n = 0;
    snprintf(keys, sizeof keys, FOLDER "%s.keys", name);
    snprintf(screen, sizeof screen, FOLDER "%s.screen", name);
    FILE *out = open_memstream(&shown, &n);
    for (size_t i = 0; i < COUNT_OF(sizes); i++)
        play_script(keys, sizes[i].cols, sizes[i].rows, out);
    fclose(out);
    const char *write = getenv("SCREENS");
    if (write && strcmp(write, "write") == 0) {
        FILE *f = fopen(screen, "w");
        assert_non_null(f);
        fwrite(shown, 1, n, f);
        assert_int_equal(fclose(f), 0);
    } else {
        char *expected = slurp(screen);
        compare(screen, expected, shown);
        free(expected);
    }
    free(shown);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct CMUnitTest *)a)->name, ((const struct CMUnitTest *)b)->name);
}

int main(void)
{
    VEC(struct CMUnitTest) tests = {0};
    setlocale(LC_ALL, "C.UTF-8");
    glyph_init(true);
    DIR *folder = opendir(FOLDER);
    for (struct dirent *e; folder && (e = readdir(folder));) {
        size_t n = strlen(e->d_name);
        if (n > 5 && strcmp(e->d_name + n - 5, ".keys") == 0) {
            char *name = strndup(e->d_name, n - 5);
            vec_push(&tests, ((struct CMUnitTest){name, plays, NULL, NULL, name}));
        }
    }
    if (folder)
        closedir(folder);
    qsort(tests.v, tests.n, sizeof *tests.v, by_name);
    int failed = _cmocka_run_group_tests("screens", tests.v, tests.n, NULL, NULL);
    for (size_t i = 0; i < tests.n; i++)
        free((char *)tests.v[i].name);
    vec_free(&tests);
    return failed;
}
