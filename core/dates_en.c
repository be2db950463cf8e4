/* English, made from its table: words into the hash, rules into one pattern.
 *
 * A rule is written over names; here each name becomes the byte of its class, or the text of a
 * part, and each small word that the table of words does not hold gets a class of its own.  All
 * rules are joined by "|", each ending in (*MARK:its number).  Bytes are written as \x{..}, so no
 * class can be taken for something PCRE2 knows. */
#include "core/dates.h"

#include <assert.h>
#include <pthread.h>
#include <stdio.h>

static const struct {
    int class;
    int value;
    const char *words;
} words[] = {
#define W(class, value, list) {CLASS_##class, value, list},
#define M(name, text)
#define R(reading, name, text)
#include "core/dates_en.def"
#undef W
#undef M
#undef R
};

static const struct {
    const char *name, *text;
} parts[] = {
#define W(class, value, list)
#define M(name, text) {#name, text},
#define R(reading, name, text)
#include "core/dates_en.def"
#undef W
#undef M
#undef R
};

static const struct date_rule rules[] = {
#define W(class, value, list)
#define M(name, text)
#define R(reading, name, text) {name, text, READ_##reading},
#include "core/dates_en.def"
#undef W
#undef M
#undef R
};

static const char *const class_names[] = {
#define X(name) #name,
    DATE_CLASSES(X)
#undef X
};

struct translation {
    byte_vec out;
    struct date_words *words;
    int classes; /* given out so far */
};

static void put(struct translation *t, const char *text)
{
    bytes_put(&t->out, str_of(text));
}

static void put_class(struct translation *t, int class)
{
    char byte[16];
    assert(class < 256);
    snprintf(byte, sizeof(byte), "\\x{%02x}", (unsigned)class);
    put(t, byte);
}

static bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '\'';
}

static void translate(struct translation *t, const char *text);

static void put_name(struct translation *t, struct str name)
{
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        if (str_eq(name, str_of(parts[i].name))) {
            translate(t, parts[i].text);
            return;
        }
    for (size_t i = 0; i < COUNT_OF(class_names); i++)
        if (str_eq(name, str_of(class_names[i]))) {
            put_class(t, (int)i);
            return;
        }
    int value;
    int class = date_words_find(t->words, name, &value);
    assert(class < 0 || class >= DATE_CLASS_KINDS); /* a word of a class goes by its class */
    if (class < 0) {
        class = t->classes++;
        date_words_add(t->words, name, class, 0);
    }
    put_class(t, class);
}

static void translate(struct translation *t, const char *text)
{
    while (*text) {
        size_t n = 0;
        while (is_name(text[n]))
            n++;
        if (n > 0)
            put_name(t, str_from(text, n));
        else if (*text != ' ')
            vec_push(&t->out, *text);
        text += n > 0 ? n : 1;
    }
}

static void add_words(struct date_words *w)
{
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        const char *p = words[i].words;
        while (*p) {
            size_t n = strcspn(p, " ");
            date_words_add(w, str_from(p, n), words[i].class, words[i].value);
            p += n + (p[n] == ' ');
        }
    }
}

static struct date_language english;

static void make_english(void)
{
    struct translation t = {.words = date_words_new(), .classes = DATE_CLASS_KINDS};
    add_words(t.words);
    translate(&t, "(?! NO_START ) (?:");
    for (size_t i = 0; i < COUNT_OF(rules); i++) {
        char mark[32];
        put(&t, i ? "|(?:" : "(?:");
        translate(&t, rules[i].pattern);
        snprintf(mark, sizeof(mark), ")(*MARK:%zu)", i);
        put(&t, mark);
    }
    put(&t, ")");
    english = (struct date_language){.words = t.words, .rules = rules, .n_rules = COUNT_OF(rules)};
    struct pattern_error why;
    enum status status =
        pattern_compile(bytes_str(&t.out), PATTERN_BYTES, &english.pattern, &why);
    if (status != OK)
        fprintf(stderr, "dates: %s at %zu: %.60s\n", why.what, why.at, t.out.v + why.at);
    assert(status == OK);
    (void)status;
    vec_free(&t.out);
}

const struct date_language *date_language_english(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, make_english);
    return &english;
}
