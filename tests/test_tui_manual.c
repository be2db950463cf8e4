/* The manual and the shells' completions against what the program says of itself.
 *
 * Some blocks of dossier.1, marked by comments, are made from `dossier --help` and from the tables
 * of tui/; this test makes them anew and compares.  `make manual` runs it with MANUAL=write, which
 * puts the blocks into the page instead. */
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/wait.h>
#include <cmocka.h>

#include "core/arena.h"

#define PAGE "tui/dossier.1"

static const char *program(void)
{
    const char *p = getenv("DOSSIER");
    return p ? p : ".build/plain/dossier";
}

static char *slurp(FILE *from)
{
    assert_non_null(from);
    char *all = NULL;
    size_t n = 0, cap = 0, got;
    do {
        all = mem_grow(all, cap = n + 65536);
        n += got = fread(all + n, 1, cap - n - 1, from);
    } while (got);
    all[n] = '\0';
    return all;
}

static char *slurp_file(const char *path)
{
    FILE *f = fopen(path, "r");
    char *all = slurp(f);
    fclose(f);
    return all;
}

static char *slurp_command(const char *line)
{
    FILE *f = popen(line, "r");
    char *all = slurp(f);
    assert_int_equal(pclose(f), 0);
    return all;
}

static char *help_text(void)
{
    char line[512];
    snprintf(line, sizeof line, "%s --help", program());
    return slurp_command(line);
}

/* ---- roff ---- */

/* Words for a macro line or a text line: what roff or mdoc would take for its own is escaped; with
 * `bold`, which says whether they are already, `backquoted` words are set in bold. */
static void put_words(FILE *to, const char *s, size_t n, bool *bold)
{
    for (size_t i = 0; i < n; i++)
        switch (s[i]) {
        case '\\': fputs("\\e", to); break;
        case '-': fputs("\\-", to); break;
        case '"': fputs("\\(dq", to); break;
        case '\'': fputs("\\(aq", to); break;
        case '^': fputs("\\(ha", to); break;
        case '~': fputs("\\(ti", to); break;
        case '`': fputs(!bold ? "\\(ga" : (*bold = !*bold) ? "\\fB" : "\\fR", to); break;
        default: fputc(s[i], to);
        }
}

static void put(FILE *to, const char *s, size_t n)
{
    put_words(to, s, n, NULL);
}

/* One sentence, in lines of less than 80 bytes, with a full stop. */
static void put_sentence(FILE *to, const char *s)
{
    size_t n = strlen(s), cols = 0;
    bool bold = false;
    while (n && s[n - 1] == '.')
        n--;
    for (size_t i = 0; i < n;) {
        size_t word = 0;
        while (i + word < n && s[i + word] != ' ')
            word++;
        if (cols && cols + 1 + word > 64) {
            fputc('\n', to);
            cols = 0;
        } else if (cols) {
            fputc(' ', to);
        }
        if (!cols && (s[i] == '.' || s[i] == '\''))
            fputs("\\&", to);
        put_words(to, s + i, word, &bold);
        cols += word + 1;
        i += word;
        while (i < n && s[i] == ' ')
            i++;
    }
    fputs(".\n", to);
}

/* ---- the blocks ---- */

/* The rows "  left   right" below a heading line of the help text: calls `each` for every one. */
static void help_rows(const char *heading, void (*each)(FILE *to, const char *left, const char *right), FILE *to)
{
    char *help = help_text(), *line = strstr(help, heading), *next;
    assert_non_null(line);
    int n = 0;
    for (line += strlen(heading) + 1; line[0] == ' '; line = next, n++) {
        next = strchr(line, '\n');
        *next++ = '\0';
        char *left = line + strspn(line, " "), *gap = strstr(left, "  ");
        assert_non_null(gap);
        char *right = gap + strspn(gap, " ");
        *gap = '\0';
        each(to, left, right);
    }
    assert_true(n > 5);
    free(help);
}

static void put_lower(FILE *to, const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        fputc(tolower((unsigned char)s[i]), to);
}

/* "--color=auto|always|never", "--jobs=N", "-0" */
static void put_flag(FILE *to, const char *flag, size_t n)
{
    const char *equals = memchr(flag, '=', n);
    size_t name = equals ? (size_t)(equals - flag) : n;
    fputs("Fl ", to);
    put(to, flag + 1, name - 1);
    if (!equals)
        return;
    fputs(" Ns = Ns Ar ", to);
    bool word = islower((unsigned char)equals[1]);
    (word ? put : put_lower)(to, equals + 1, n - name - 1);
}

static void option_row(FILE *to, const char *left, const char *right)
{
    fputs(".It ", to);
    put_flag(to, left, strlen(left));
    fputc('\n', to);
    char first[512];
    snprintf(first, sizeof first, "%c%s", toupper((unsigned char)right[0]), right + 1);
    put_sentence(to, strchr(right, ':') ? right : first);
}

/* "quotes [--group=N]", "text ARTICLE", "lookup WORDS | --from=FILE" */
static void command_row(FILE *to, const char *left, const char *right)
{
    fputs(".It", to);
    for (const char *s = left; *s;) {
        size_t n = strcspn(s, " ");
        fputc(' ', to);
        if (s[0] == '[') {
            fputs("Op ", to);
            put_flag(to, s + 1, n - (s[n - 1] == ']') - 1);
        } else if (s[0] == '-') {
            put_flag(to, s, n);
        } else if (isupper((unsigned char)s[0])) {
            fputs("Ar ", to);
            put_lower(to, s, n);
        } else {
            fputs(s == left ? "Ic " : "", to);
            put(to, s, n);
        }
        s += n + (s[n] == ' ');
    }
    fputc('\n', to);
    char first[512];
    snprintf(first, sizeof first, "%c%s", toupper((unsigned char)right[0]), right + 1);
    put_sentence(to, first);
}

static void options_block(FILE *to)
{
    fputs(".Bl -tag -width Ds\n", to);
    help_rows("\noptions:", option_row, to);
    fputs(".El\n", to);
}

static void commands_block(FILE *to)
{
    fputs(".Bl -tag -width Ds\n", to);
    help_rows("\ncommands:", command_row, to);
    fputs(".El\n", to);
}

static void faces_block(FILE *to)
{
    static const struct {
        const char *name, *what;
    } rows[] = {
#define FACE(ID, name, letter, what) {name, what},
#include "tui/face.def"
#undef FACE
    };
    fputs(".Bl -tag -width organisation -compact\n", to);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        fputs(".It Cm ", to);
        put(to, rows[i].name, strlen(rows[i].name));
        fprintf(to, "\n%c", toupper((unsigned char)rows[i].what[0]));
        put_sentence(to, rows[i].what + 1);
    }
    fputs(".El\n", to);
}

/* The command table, its headings as subsections; commands without keys are typed by name. */
static void keys_block(FILE *to)
{
    static const struct {
        const char *group, *name, *keys, *help;
    } rows[] = {
#define G(title) {title, NULL, NULL, NULL},
#define C(ID, function, name, keys, contexts, needs, argument, help) {NULL, name, keys, help},
#include "tui/commands.def"
#undef C
#undef G
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        if (rows[i].group) {
            fprintf(to, "%s.Ss %s\n.Bl -tag -width Ds\n", i ? ".El\n" : "", rows[i].group);
            continue;
        }
        fprintf(to, rows[i].keys[0] ? ".It Cm" : ".It Ic :");
        for (const char *k = rows[i].keys; *k;) {
            size_t n = strcspn(k, " ");
            fputs(" \\&", to); /* so that no key is taken for punctuation of the sentence */
            put(to, k, n);
            fputs("\\&", to);
            k += n + (k[n] == ' ');
        }
        if (!rows[i].keys[0])
            put(to, rows[i].name, strlen(rows[i].name));
        fputc('\n', to);
        put_sentence(to, rows[i].help);
        if (rows[i].keys[0]) {
            fputs(".Pq Ic ", to);
            put(to, rows[i].name, strlen(rows[i].name));
            fputc('\n', to);
        }
    }
    fputs(".El\n", to);
}

static void settings_block(FILE *to)
{
    static const struct {
        const char *name, *choices, *help;
        int least, most;
    } rows[] = {
#define O(ID, name, choices, least, most, initial, help) {name, choices, help, least, most},
#include "tui/settings.def"
#undef O
    };
    fputs(".Bl -tag -width Ds\n", to);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        fprintf(to, ".It Ic set Cm %s Ar ", rows[i].name);
        if (rows[i].choices[0])
            fprintf(to, "%s\n", rows[i].choices);
        else
            fprintf(to, "%d..%d\n", rows[i].least, rows[i].most);
        put_sentence(to, rows[i].help);
    }
    fputs(".El\n", to);
}

static const struct block {
    const char *name;
    void (*write)(FILE *to);
} blocks[] = {
    {"options", options_block},
    {"commands", commands_block},
    {"keys", keys_block},
    {"settings", settings_block},
    {"faces", faces_block},
};

/* The block between its comments in `page`; false when the comments are not there. */
static bool find_block(const char *page, const char *name, const char **begin, const char **end)
{
    char mark[64];
    snprintf(mark, sizeof mark, ".\\\" begin %s\n", name);
    *begin = strstr(page, mark);
    if (!*begin)
        return false;
    *begin += strlen(mark);
    snprintf(mark, sizeof mark, ".\\\" end %s\n", name);
    return (*end = strstr(*begin, mark));
}

static char *make_block(const struct block *b)
{
    char *text = NULL;
    size_t n = 0;
    FILE *to = open_memstream(&text, &n);
    b->write(to);
    fclose(to);
    return text;
}

static void write_block(const char *page, const char *begin, const char *end, const char *text)
{
    FILE *to = fopen(PAGE, "w");
    assert_non_null(to);
    fwrite(page, 1, (size_t)(begin - page), to);
    fputs(text, to);
    fputs(end, to);
    assert_int_equal(fclose(to), 0);
}

static void blocks_in_step(void **state)
{
    (void)state;
    const char *write = getenv("MANUAL");
    for (size_t i = 0; i < COUNT_OF(blocks); i++) {
        char *page = slurp_file(PAGE), *text = make_block(&blocks[i]);
        const char *begin = page, *end = page;
        assert_true(find_block(page, blocks[i].name, &begin, &end));
        bool in_step = strlen(text) == (size_t)(end - begin) && !memcmp(text, begin, strlen(text));
        if (!in_step && write && !strcmp(write, "write"))
            write_block(page, begin, end, text);
        else if (!in_step)
            fail_msg("the block \"%s\" of " PAGE " is not in step: make manual", blocks[i].name);
        free(page);
        free(text);
    }
}

/* Nothing to say about the page; skipped where mandoc is not installed. */
static void page_is_clean(void **state)
{
    (void)state;
    if (system("command -v mandoc >/dev/null")) {
        print_message("no mandoc here\n");
        skip();
    }
    char *lint = slurp_command("mandoc -Tlint " PAGE " 2>/dev/null || true");
    assert_string_equal(lint, "");
    free(lint);
}

/* The page's example commands, asked of the sample: each is understood and finds something. */
static void examples_answer(void **state)
{
    (void)state;
    static const char before[] = ".Dl $ dossier ", folder[] = "~/cases/kestrel-head";
    char *page = slurp_file(PAGE);
    int n = 0;
    for (char *p = page; (p = strstr(p, before)); p++) {
        char words[256], line[1024];
        p += strlen(before);
        snprintf(words, sizeof words, "%.*s", (int)strcspn(p, "\n"), p);
        char *at = strstr(words, folder);
        if (!at || at == words)
            continue; /* opens the screen */
        *at = '\0';
        snprintf(line, sizeof line, "%s --quiet %s corpus/sample >/dev/null", program(), words);
        print_message("%s\n", line);
        assert_int_equal(system(line), 0);
        n++;
    }
    assert_true(n >= 3);
    free(page);
}

/* ---- completions ---- */

static char *completion_texts[3];

static void completion_has(const char *left, bool option)
{
    size_t n = option ? strcspn(left, "=") : strcspn(left, " ");
    char words[3][64];
    if (option && left[1] != '-') {
        snprintf(words[0], 64, "%s", "--files-from"); /* bash completes long options alone */
        snprintf(words[1], 64, "'%.*s[", (int)n, left);
        snprintf(words[2], 64, "-s %.*s ", (int)n - 1, left + 1);
    } else if (option) {
        snprintf(words[0], 64, "%.*s%s", (int)n, left, left[n] ? "=" : "");
        snprintf(words[1], 64, "%.*s%s[", (int)n, left, left[n] ? "=" : "");
        snprintf(words[2], 64, "-l %.*s ", (int)n - 2, left + 2);
    } else {
        snprintf(words[0], 64, "%.*s", (int)n, left);
        snprintf(words[1], 64, "'%.*s:", (int)n, left);
        snprintf(words[2], 64, "-a %.*s ", (int)n, left);
    }
    for (int i = 0; i < 3; i++)
        if (!strstr(completion_texts[i], words[i]))
            fail_msg("a completion lacks %s", words[i]);
}

static void option_completed(FILE *to, const char *left, const char *right)
{
    (void)to, (void)right;
    completion_has(left, true);
}

static void command_completed(FILE *to, const char *left, const char *right)
{
    (void)to, (void)right;
    completion_has(left, false);
}

/* Every long option that a completion offers is one of the program's. */
static void completions_offer_what_is(const char *text, const char *help)
{
    for (const char *p = text; (p = strstr(p, "--")); p += 2) {
        size_t n = 2 + strspn(p + 2, "abcdefghijklmnopqrstuvwxyz-");
        char word[64];
        snprintf(word, sizeof word, "  %.*s", (int)n, p);
        if (n > 2 && !strstr(help, word))
            fail_msg("offered and not there: %s", word);
    }
}

static void completions_in_step(void **state)
{
    (void)state;
    static const char *const files[] = {"tui/completions/dossier.bash", "tui/completions/_dossier",
                                        "tui/completions/dossier.fish"};
    char *help = help_text();
    for (int i = 0; i < 3; i++)
        completion_texts[i] = slurp_file(files[i]);
    help_rows("\noptions:", option_completed, NULL);
    help_rows("\ncommands:", command_completed, NULL);
    for (int i = 0; i < 2; i++) /* fish writes them without the dashes */
        completions_offer_what_is(completion_texts[i], help);
    for (int i = 0; i < 3; i++)
        free(completion_texts[i]);
    free(help);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_in_step),
        cmocka_unit_test(page_is_clean),
        cmocka_unit_test(examples_answer),
        cmocka_unit_test(completions_in_step),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
