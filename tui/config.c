/* Two tables (settings.def, commands.def) hold what can be said; this file only finds the row.
 * Words of a filter line are parted as a shell would with quotes and backslashes, but no shell
 * ever sees them. */
#include "tui/config.h"

#include "core/text.h"
#include "tui/app.h"

#include <errno.h>
#include <stdio.h>

#define CONFIG_BYTES_MAX (1u << 20)
#define FILTER_WORDS_MAX 32

#define O(ID, nm, ch, lo, hi, init, hlp)                                                           \
    [SETTING_##                                                                                    \
        ID] = {.name = nm, .choices = ch, .help = hlp, .least = lo, .most = hi, .initial = init},
const struct setting_row setting_table[SETTINGS] = {
#include "tui/settings.def"
};
#undef O

void settings_init(struct settings *o)
{
    for (int i = 0; i < SETTINGS; i++)
        o->v[i] = setting_table[i].initial;
}

/* The place of `word` among "a|b|c", or -1. */
static int choice_of(const char *choices, struct str word)
{
    int i = 0;
    for (const char *p = choices; *p; i++) {
        size_t n = strcspn(p, "|");
        if (str_eq(str_from(p, n), word))
            return i;
        p += n + (p[n] == '|');
    }
    return -1;
}

static struct str choice_at(const char *choices, int i)
{
    const char *p = choices;
    for (; i > 0 && *p; i--) {
        p += strcspn(p, "|");
        p += *p == '|';
    }
    return str_from(p, strcspn(p, "|"));
}

static enum setting setting_named(struct str name)
{
    for (int i = 0; i < SETTINGS; i++)
        if (str_eq(str_of(setting_table[i].name), name))
            return (enum setting)i;
    return SETTINGS;
}

static bool is_switch(enum setting o)
{
    return strcmp(setting_table[o].choices, "off|on") == 0;
}

struct str setting_print(const struct settings *o, enum setting which, struct arena *a)
{
    const struct setting_row *row = &setting_table[which];
    if (!row->choices[0])
        return arena_printf(a, "%s %d", row->name, o->v[which]);
    struct str word = choice_at(row->choices, o->v[which]);
    return arena_printf(a, "%s %.*s", row->name, (int)word.n, word.p);
}

static bool parse_number(struct str s, int *out)
{
    int n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9' || n > 1000000)
            return false;
        n = n * 10 + (s.p[i] - '0');
    }
    *out = n;
    return s.n > 0;
}

static const char *set_value(struct settings *o, enum setting which, struct str value,
                             struct arena *a)
{
    const struct setting_row *row = &setting_table[which];
    int n = 0;
    if (row->choices[0]) {
        n = choice_of(row->choices, value);
        if (n < 0)
            return arena_printf(a, "'%s' is one of %s", row->name, row->choices).p;
    } else if (!parse_number(value, &n) || n < row->least || n > row->most) {
        return arena_printf(a, "'%s' is a number from %d to %d", row->name, row->least, row->most)
            .p;
    }
    o->v[which] = n;
    return NULL;
}

const char *settings_set(struct settings *o, struct str text, struct arena *a, enum setting *which,
                        struct str *answer)
{
    text = str_trim(text);
    size_t n = 0;
    while (n < text.n && text.p[n] != ' ' && text.p[n] != '=' && text.p[n] != '?')
        n++;
    struct str name = str_from(text.p, n), value = str_trim(str_from(text.p + n, text.n - n));
    if (value.n && value.p[0] == '=')
        value = str_trim(str_from(value.p + 1, value.n - 1));
    enum setting found = setting_named(name);
    bool off = false;
    if (found == SETTINGS && str_starts(name, STR("no"))) {
        found = setting_named(str_from(name.p + 2, name.n - 2));
        off = true;
    }
    if (found == SETTINGS || (off && !is_switch(found)))
        return arena_printf(a, "There is no option '%.*s'", (int)name.n, name.p).p;
    *which = found;
    if (value.n == 0 && is_switch(found)) {
        o->v[found] = !off;
        return NULL;
    }
    if (value.n == 0 || str_eq(value, STR("?"))) {
        *answer = setting_print(o, found, a);
        *which = SETTINGS;
        return NULL;
    }
    return set_value(o, found, value, a);
}

/* ---- the file ---- */

static void error_add(struct config *c, uint32_t line, const char *what, int n)
{
    vec_push(&c->errors, arena_printf(&c->memory, "%.*s:%u: %.*s", (int)c->path.n, c->path.p, line,
                                      n, what));
}

/* The next word of *s, quotes and backslashes taken off, NUL-terminated; null at the end.
 * *open: a quote was never closed. */
static const char *next_word(struct str *s, struct arena *a, bool *open)
{
    *s = str_trim(*s);
    if (s->n == 0)
        return NULL;
    char *word = arena_alloc(a, s->n + 1);
    size_t n = 0, i = 0;
    char quote = 0;
    for (; i < s->n && (quote || (s->p[i] != ' ' && s->p[i] != '\t')); i++) {
        char c = s->p[i];
        if (c == '\\' && quote != '\'' && i + 1 < s->n)
            word[n++] = s->p[++i];
        else if (quote ? c == quote : c == '"' || c == '\'')
            quote = quote ? 0 : c;
        else
            word[n++] = c;
    }
    word[n] = 0;
    *open = quote != 0;
    *s = str_from(s->p + i, s->n - i);
    return word;
}

static void add_filter(struct config *c, uint32_t number, struct str words)
{
    const char *argv[FILTER_WORDS_MAX + 1];
    size_t n = 0;
    bool open = false;
    const char *pattern = next_word(&words, &c->memory, &open);
    const char *word;
    while (n < FILTER_WORDS_MAX && !open && (word = next_word(&words, &c->memory, &open)))
        argv[n++] = word;
    const char *wrong = open                       ? "a quote is not closed"
                        : n == 0                   ? "'filter' needs a pattern and a program"
                        : str_trim(words).n > 0    ? "too many words in a filter"
                                                   : NULL;
    if (wrong) {
        error_add(c, number, wrong, (int)strlen(wrong));
        return;
    }
    argv[n] = NULL;
    const char **kept = arena_array(&c->memory, const char *, n + 1);
    memcpy(kept, argv, (n + 1) * sizeof *kept);
    vec_push(&c->filters, ((struct config_filter){str_of(pattern), kept}));
}

static void add_line(struct config *c, uint32_t number, struct str line)
{
    line = str_trim(line);
    if (line.n && line.p[0] == ':')
        line = str_trim(str_from(line.p + 1, line.n - 1));
    if (line.n == 0 || line.p[0] == '#')
        return;
    if (str_starts(line, STR("filter ")) || str_starts(line, STR("filter\t")) ||
        str_eq(line, STR("filter")))
        add_filter(c, number, str_from(line.p + 6, line.n - 6));
    else
        vec_push(&c->lines, ((struct config_line){number, line}));
}

static enum status read_file(struct config *c, const char *path, struct str *out)
{
    FILE *f = fopen(path, "re");
    if (!f)
        return errno == ENOENT || errno == ENOTDIR ? ERR_ABSENT : ERR_IO;
    char *bytes = arena_alloc(&c->memory, CONFIG_BYTES_MAX);
    size_t n = fread(bytes, 1, CONFIG_BYTES_MAX, f);
    bool failed = ferror(f);
    fclose(f);
    if (failed)
        return ERR_IO;
    size_t bad;
    *out = utf8_repair(&c->memory, str_from(bytes, n), &bad);
    return OK;
}

enum status config_read(struct config *out, const char *path)
{
    *out = (struct config){0};
    out->path = arena_str(&out->memory, str_of(path));
    struct str text;
    enum status status = read_file(out, path, &text);
    if (status)
        return status;
    uint32_t number = 1;
    for (size_t at = 0; at < text.n; number++) {
        const char *end = memchr(text.p + at, '\n', text.n - at);
        size_t n = end ? (size_t)(end - text.p) - at : text.n - at;
        add_line(out, number, str_from(text.p + at, n));
        at += n + 1;
    }
    return OK;
}

void config_finish(struct config *c)
{
    vec_free(&c->lines);
    vec_free(&c->filters);
    vec_free(&c->errors);
    arena_finish(&c->memory);
}

char *config_path(void)
{
    const char *base = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    char *path = NULL;
    if (base && base[0] == '/') {
        if (asprintf(&path, "%s/dossier/config", base) < 0)
            return NULL;
    } else if (home && home[0]) {
        if (asprintf(&path, "%s/.config/dossier/config", home) < 0)
            return NULL;
    }
    return path;
}

void config_apply(struct config *c, struct app *app)
{
    for (size_t i = 0; i < c->lines.n; i++) {
        unsigned before = app->errors;
        command_line(app, c->lines.v[i].text);
        if (app->errors == before)
            continue;
        struct str said = line_text(&app->message.text);
        error_add(c, c->lines.v[i].number, said.p, (int)said.n);
    }
}
