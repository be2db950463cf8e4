/* Asking the program about the sample case, and holding the answers to the gold file. */
#include "tests/support/sample.h"

#include <sys/wait.h>

json_t *gold;

/* ---- counting ---- */

void tally_row(struct tally *t, bool right, const char *format, ...)
{
    t->all++;
    t->right += right;
    if (right)
        return;
    va_list args;
    va_start(args, format);
    print_message("  %s: ", t->name);
    vprint_message(format, args);
    print_message("\n");
    va_end(args);
}

void tally_check(const struct tally *t)
{
    print_message("%s: %d of %d, at least %d%%\n", t->name, t->right, t->all, t->percent);
    assert_true(t->all > 0 && t->right * 100 >= t->percent * t->all);
}

/* ---- asking the program ---- */

static struct answer {
    const char *words;
    json_t *records;
} answers[16];

/* The records that `dossier WORDS --json corpus/sample` prints; asked once, kept. */
json_t *ask(const char *words)
{
    size_t i = 0;
    for (; answers[i].words; i++)
        if (!strcmp(answers[i].words, words))
            return answers[i].records;
    const char *program = getenv("DOSSIER");
    char line[512];
    snprintf(line, sizeof line, "%s %s --json --no-config --quiet " SAMPLE,
             program ? program : ".build/plain/dossier", words);
    FILE *from = popen(line, "r");
    assert_non_null(from);
    json_t *records = json_array(), *record;
    json_error_t error;
    while ((record = json_loadf(from, JSON_DISABLE_EOF_CHECK, &error)))
        json_array_append_new(records, record);
    int status = pclose(from);
    print_message("%s: %zu records\n", line, json_array_size(records));
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) <= 1); /* 1: nothing found */
    answers[i] = (struct answer){words, records};
    return records;
}

const char *text_of(json_t *row, const char *field)
{
    const char *s = json_string_value(json_object_get(row, field));
    return s ? s : "";
}

/* "01-fire-at-kestrel-head.txt" */
const char *article_of(json_t *record)
{
    const char *path = text_of(record, "article");
    size_t n = strlen(SAMPLE);
    return strncmp(path, SAMPLE, n) ? path : path + n;
}

bool same(json_t *a, json_t *b, const char *field)
{
    return !strcmp(text_of(a, field), text_of(b, field));
}

long number_of(json_t *record, const char *field)
{
    return (long)json_integer_value(json_object_get(record, field));
}

/* Null if the program has no such article. */
json_t *record_of(json_t *records, const char *article)
{
    size_t i;
    json_t *r;
    json_array_foreach(records, i, r)
        if (!strcmp(article_of(r), article))
            return r;
    return NULL;
}

/* ---- comparing words ---- */

/* Blanks and line ends as one blank, none at the ends, nor a closing comma or full stop. */
static void tidy(const char *from, char *to, size_t room)
{
    size_t n = 0;
    for (; *from && n + 1 < room; from++) {
        bool blank = *from == ' ' || *from == '\n' || *from == '\t';
        if (!blank)
            to[n++] = *from;
        else if (n && to[n - 1] != ' ')
            to[n++] = ' ';
    }
    while (n && strchr(" ,.", to[n - 1]))
        n--;
    to[n] = '\0';
}

bool same_words(const char *a, const char *b)
{
    char x[2048], y[2048];
    tidy(a, x, sizeof x);
    tidy(b, y, sizeof y);
    return !strcmp(x, y);
}

/* Whether `words` stand in `text`, however the lines run. */
bool stands_in(const char *text, const char *words)
{
    char *flat = mem_alloc(strlen(text) + 1), small[2048];
    tidy(text, flat, strlen(text) + 1);
    tidy(words, small, sizeof small);
    bool found = strstr(flat, small);
    free(flat);
    return found;
}

int sample_open(void **state)
{
    (void)state;
    json_error_t error;
    gold = json_load_file(SAMPLE ".gold.json", 0, &error);
    if (!gold)
        print_message("gold file: line %d: %s\n", error.line, error.text);
    return gold ? 0 : -1;
}

int sample_close(void **state)
{
    (void)state;
    for (size_t i = 0; answers[i].words; i++)
        json_decref(answers[i].records);
    json_decref(gold);
    return 0;
}
