/* The command line, read once; mistakes are told in one line and end with exit status 2. */
#include "tui/options.h"

#include "core/day.h"
#include "tui/headless.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>

enum long_option {
    OPT_JSON = 256, OPT_COLOR, OPT_CONFIG, OPT_NO_CONFIG, OPT_NOTES, OPT_TODAY, OPT_QUIET, OPT_JOBS,
    OPT_FILES_FROM, OPT_TEXT, OPT_FROM, OPT_TO, OPT_ENTITY, OPT_GROUP, OPT_LIMIT, OPT_FORMAT,
    OPT_LABEL, OPT_TAG, OPT_COMMENT, OPT_CHARSET, OPT_STRUCK, OPT_HELP, OPT_VERSION,
};

static const struct row {
    const char *name;
    int id;
    const char *argument; /* null: takes none */
    const char *help;
} rows[] = {
    {"json", OPT_JSON, NULL, "JSON Lines instead of text for people"},
    {"color", OPT_COLOR, "auto|always|never", "colours in text for people"},
    {"config", OPT_CONFIG, "FILE", "read this file of commands instead of the usual one"},
    {"no-config", OPT_NO_CONFIG, NULL, "read no configuration"},
    {"notes", OPT_NOTES, "FILE", "keep the notes in this file"},
    {"today", OPT_TODAY, "DATE", "what today means where an article states no date"},
    {"quiet", OPT_QUIET, NULL, "say nothing on standard error but what is fatal"},
    {"jobs", OPT_JOBS, "N", "worker threads"},
    {"files-from", OPT_FILES_FROM, "FILE", "read paths from FILE, one a line; - is standard input"},
    {"charset", OPT_CHARSET, "NAME", "charset of files that do not say"},
    {"text", OPT_TEXT, NULL, "articles: with their text"},
    {"from", OPT_FROM, "DATE|FILE",
     "timeline: from this day; lookup: quotations from FILE, one a line"},
    {"to", OPT_TO, "DATE", "timeline: up to this day"},
    {"entity", OPT_ENTITY, "NAME", "timeline: events of this entity alone"},
    {"struck", OPT_STRUCK, NULL, "timeline: with the events that you struck out"},
    {"group", OPT_GROUP, "N", "quotes: the wordings of one quotation"},
    {"limit", OPT_LIMIT, "N", "no more than N answers"},
    {"format", OPT_FORMAT, "NAME",
     "export: markdown, markdown-by-tag, w3c or csv; timeline: markdown"},
    {"label", OPT_LABEL, "L", "note: its label, one letter"},
    {"tag", OPT_TAG, "T", "note: a tag; may be given again"},
    {"comment", OPT_COMMENT, "C", "note: its comment"},
    {"help", OPT_HELP, NULL, "this text"},
    {"version", OPT_VERSION, NULL, "versions of the program and of the headless contract"},
};

static void print_help(FILE *to)
{
    fputs("usage: dossier [OPTIONS] [PATH...]                        read a case, full screen\n"
          "       dossier COMMAND [OPTIONS] [ARGUMENTS] [PATH...]    ask the same from a shell\n"
          "\nNothing named opens the sample case; - reads standard input.\n\ncommands:\n", to);
    for (size_t i = 0; i < n_headless_commands; i++)
        fprintf(to, "  %-28s %s\n", headless_commands[i].usage, headless_commands[i].help);
    fputs("\noptions:\n", to);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        char left[64];
        snprintf(left, sizeof(left), "--%s%s%s", rows[i].name, rows[i].argument ? "=" : "",
                 rows[i].argument ? rows[i].argument : "");
        fprintf(to, "  %-28s %s\n", left, rows[i].help);
    }
    fputs("  -0                           names in --files-from end in NUL\n", to);
}

/* Reads all of a stream; false on an error. */
static bool slurp(FILE *from, struct arena *a, struct str *out)
{
    byte_vec bytes = {0};
    size_t got;
    do {
        vec_reserve(&bytes, 65536);
        got = fread(bytes.v + bytes.n, 1, 65536, from);
        bytes.n += got;
    } while (got);
    *out = arena_str(a, bytes_str(&bytes));
    vec_free(&bytes);
    return !ferror(from);
}

static bool read_names(struct options *o, const char *file, char end)
{
    FILE *from = strcmp(file, "-") ? fopen(file, "r") : stdin;
    struct str all = {0};
    bool well = from && slurp(from, &o->memory, &all);
    if (from && from != stdin)
        fclose(from);
    if (!well) {
        headless_complain("%s: %s", file, strerror(errno));
        return false;
    }
    for (size_t i = 0; i < all.n;) {
        const char *stop = memchr(all.p + i, end, all.n - i);
        size_t n = stop ? (size_t)(stop - all.p) - i : all.n - i;
        if (n)
            vec_push(&o->paths, arena_str(&o->memory, str_from(all.p + i, n)).p);
        i += n + 1;
    }
    if (!o->paths.n) /* not the sample case, which is for who names nothing */
        headless_complain("%s: no path is named in it", file);
    return o->paths.n > 0;
}

static bool parse_number(const char *name, const char *text, long min, long *out)
{
    char *end;
    errno = 0;
    long n = strtol(text, &end, 10);
    if (errno || *end || end == text || n < min) {
        headless_complain("--%s: not a number of %ld or more: %s", name, min, text);
        return false;
    }
    *out = n;
    return true;
}

static bool parse_day(const char *name, const char *text, int32_t *out)
{
    *out = day_parse(str_of(text));
    if (*out == DAY_NONE)
        headless_complain("--%s: not a date: %s", name, text);
    return *out != DAY_NONE;
}

static bool parse_color(const char *text, enum color_choice *out)
{
    static const char *const names[] = {"auto", "always", "never"};
    for (int i = 0; i < 3; i++)
        if (!strcmp(text, names[i])) {
            *out = (enum color_choice)i;
            return true;
        }
    headless_complain("--color: auto, always or never, not %s", text);
    return false;
}

/* One option; false when its argument will not do. */
static bool take_option(struct options *o, int id, const char *arg)
{
    long n;
    switch (id) {
    case OPT_JSON: o->json = true; return true;
    case OPT_COLOR: return parse_color(arg, &o->color);
    case OPT_CONFIG: o->config = arg; return true;
    case OPT_NO_CONFIG: o->no_config = true; return true;
    case OPT_NOTES: o->notes = arg; return true;
    case OPT_TODAY: o->has_today = true; return parse_day("today", arg, &o->today);
    case OPT_QUIET: o->quiet = true; return true;
    case OPT_JOBS:
        if (!parse_number("jobs", arg, 1, &n))
            return false;
        o->jobs = n > 64 ? 64 : (unsigned)n;
        return true;
    case OPT_TEXT: o->with_text = true; return true;
    case OPT_FROM: o->from = o->from_file = arg; return true;
    case OPT_TO: o->to = arg; return true;
    case OPT_ENTITY: o->entity = arg; return true;
    case OPT_STRUCK: o->struck = true; return true;
    case OPT_GROUP: return parse_number("group", arg, 1, &o->group);
    case OPT_LIMIT: return parse_number("limit", arg, 1, &o->limit);
    case OPT_FORMAT: o->format = arg; return true;
    case OPT_LABEL: o->label = arg; return true;
    case OPT_TAG: vec_push(&o->tags, arg); return true;
    case OPT_COMMENT: o->comment = arg; return true;
    case OPT_CHARSET: o->charset = arg; return true;
    }
    return false;
}

/* The words that are no options: the command, its arguments, the paths. */
static bool take_words(struct options *o, char **words, int n)
{
    int i = 0;
    const struct headless_command *c = n ? headless_find(words[0]) : NULL;
    if (c) {
        o->command = c->name;
        i++;
        int want = c->n_args >= 0 ? c->n_args : o->from_file || o->group > 0 ? 0 : -c->n_args;
        while (o->n_args < want && i < n)
            o->args[o->n_args++] = words[i++];
        if (o->n_args < want) {
            headless_complain("usage: dossier %s", c->usage);
            return false;
        }
    }
    vec_append(&o->paths, words + i, n - i);
    return true;
}

/* getopt's own words would carry what was typed, or a file's name that a pattern of the shell gave,
 * to the terminal as it is. */
static int not_an_option(int id, char **argv)
{
    if (id == ':')
        headless_complain("%s needs an argument", argv[optind - 1]);
    else if (optopt > 0 && optopt <= UCHAR_MAX)
        headless_complain("-%c: there is no such option: --help tells them", optopt);
    else if (optopt)
        headless_complain("%s: this option takes no argument", argv[optind - 1]);
    else
        headless_complain("%s: there is no such option, or there are several: --help tells them",
                          argv[optind - 1]);
    return EXIT_TROUBLE;
}

int options_parse(int argc, char **argv, struct options *out)
{
    *out = (struct options){.group = -1, .limit = -1};
    struct option table[COUNT_OF(rows) + 1] = {0};
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        table[i] = (struct option){rows[i].name, rows[i].argument ? required_argument : no_argument,
                                   NULL, rows[i].id};
    const char *files_from = NULL;
    char end = '\n';
    opterr = 0;
    for (int id; (id = getopt_long(argc, argv, ":0hV", table, NULL)) != -1;) {
        if (id == '?' || id == ':')
            return not_an_option(id, argv);
        if (id == OPT_HELP || id == 'h') {
            print_help(stdout);
            return EXIT_FOUND;
        }
        if (id == OPT_VERSION || id == 'V') {
            puts("dossier " DOSSIER_VERSION ", headless contract " CONTRACT_VERSION);
            return EXIT_FOUND;
        }
        if (id == '0')
            end = '\0';
        else if (id == OPT_FILES_FROM)
            files_from = optarg;
        else if (!take_option(out, id, optarg))
            return EXIT_TROUBLE;
    }
    if (!take_words(out, argv + optind, argc - optind))
        return EXIT_TROUBLE;
    if (files_from && !read_names(out, files_from, end))
        return EXIT_TROUBLE;
    return -1;
}

void options_finish(struct options *o)
{
    vec_free(&o->paths);
    vec_free(&o->tags);
    arena_finish(&o->memory);
}
