/* The bindings are one array sorted by context and keys: a few hundred rows, in which a sequence
 * and everything that begins with it lie side by side, so one binary search tells a command from a
 * prefix. A tree of nodes would say the same with more code; a hash would not know prefixes. */
#include "tui/keymap.h"

#include <stdio.h>

#include "core/text.h"
#include "tui/screen.h"

struct binding {
    unsigned context;
    uint32_t keys[KEYMAP_KEYS]; /* behind the last: 0 */
    int command;
};

struct keymap {
    VEC(struct binding) rows; /* sorted */
};

struct keymap *keymap_open(void)
{
    struct keymap *k = mem_alloc(sizeof *k);
    *k = (struct keymap){0};
    return k;
}

void keymap_close(struct keymap *k)
{
    if (!k)
        return;
    vec_free(&k->rows);
    free(k);
}

/* ---- searching ---- */

/* Order of a row against the first n keys of a sequence: 0 when the row begins with them. */
static int compare(const struct binding *b, unsigned context, const uint32_t *keys, size_t n)
{
    if (b->context != context)
        return b->context < context ? -1 : 1;
    for (size_t i = 0; i < n; i++)
        if (b->keys[i] != keys[i])
            return b->keys[i] < keys[i] ? -1 : 1;
    return 0;
}

/* The first row not before the sequence. */
static size_t lower(const struct keymap *k, unsigned context, const uint32_t *keys, size_t n)
{
    size_t i;
    BISECT(i, 0, k->rows.n, compare(&k->rows.v[i], context, keys, n) < 0);
    return i;
}

static bool ends_after(const struct binding *b, size_t n)
{
    return n == KEYMAP_KEYS || b->keys[n] == 0;
}

static enum keymap_answer find_in(const struct keymap *k, unsigned context, const uint32_t *keys,
                                  size_t n, int *command)
{
    size_t at = lower(k, context, keys, n);
    if (at == k->rows.n || compare(&k->rows.v[at], context, keys, n) != 0)
        return KEYMAP_NONE;
    if (!ends_after(&k->rows.v[at], n))
        return KEYMAP_PREFIX;
    *command = k->rows.v[at].command;
    return KEYMAP_COMMAND;
}

enum keymap_answer keymap_find(const struct keymap *k, unsigned context, const uint32_t *keys,
                               size_t n, int *command)
{
    if (n == 0 || n > KEYMAP_KEYS)
        return KEYMAP_NONE;
    enum keymap_answer own = find_in(k, context, keys, n, command);
    if (own != KEYMAP_NONE || context == 0)
        return own;
    return find_in(k, 0, keys, n, command);
}

/* ---- binding ---- */

static const char *conflict(const struct keymap *k, unsigned context, const uint32_t *keys,
                            size_t n)
{
    int command;
    if (find_in(k, context, keys, n, &command) == KEYMAP_PREFIX)
        return "other sequences begin with these keys: unbind those first";
    for (size_t i = 1; i < n; i++)
        if (find_in(k, context, keys, i, &command) == KEYMAP_COMMAND)
            return "the first of these keys is a command by itself: unbind that first";
    return NULL;
}

static void insert(struct keymap *k, size_t at, const struct binding *row)
{
    vec_push(&k->rows, *row);
    for (size_t i = k->rows.n - 1; i > at; i--)
        k->rows.v[i] = k->rows.v[i - 1];
    k->rows.v[at] = *row;
}

static void take_out(struct keymap *k, size_t at)
{
    k->rows.n--;
    for (size_t i = at; i < k->rows.n; i++)
        k->rows.v[i] = k->rows.v[i + 1];
}

const char *keymap_bind(struct keymap *k, unsigned context, struct str text, int command)
{
    struct binding row = {.context = context, .command = command};
    size_t n;
    const char *wrong = keys_parse(text, row.keys, &n);
    if (!wrong)
        wrong = command ? conflict(k, context, row.keys, n) : NULL;
    if (wrong)
        return wrong;
    size_t at = lower(k, context, row.keys, KEYMAP_KEYS);
    bool known = at < k->rows.n && compare(&k->rows.v[at], context, row.keys, KEYMAP_KEYS) == 0;
    if (known && command)
        k->rows.v[at] = row;
    else if (known)
        take_out(k, at);
    else if (command)
        insert(k, at, &row);
    return NULL;
}

/* ---- listing ---- */

static void print_row(const struct binding *b, char text[KEYMAP_TEXT])
{
    size_t n = 1;
    while (!ends_after(b, n))
        n++;
    keys_print(b->keys, n, text);
}

bool keymap_each(const struct keymap *k, unsigned context, size_t *at, int *command,
                 char text[KEYMAP_TEXT])
{
    for (; *at < k->rows.n; ++*at) {
        const struct binding *b = &k->rows.v[*at];
        if (b->context != context)
            continue;
        *command = b->command;
        print_row(b, text);
        ++*at;
        return true;
    }
    return false;
}

/* ---- notation ---- */

/* The first name of a key is the one printed. */
static const struct {
    const char *name;
    uint32_t key;
} names[] = {
    {"Space", ' '},
    {"Tab", 9},
    {"Enter", K_ENTER},
    {"Return", K_ENTER},
    {"Esc", 27},
    {"Up", K_UP},
    {"Down", K_DOWN},
    {"Left", K_LEFT},
    {"Right", K_RIGHT},
    {"Home", K_HOME},
    {"End", K_END},
    {"PageUp", K_PAGE_UP},
    {"PageDown", K_PAGE_DOWN},
    {"Insert", K_INSERT},
    {"Delete", K_DELETE},
    {"Backspace", K_BACKSPACE},
    {"BS", K_BACKSPACE},
    {"S-Tab", K_BACKTAB},
    {"C-Left", K_WORD_LEFT},
    {"C-Right", K_WORD_RIGHT},
    {"F1", K_F1},
    {"F2", K_F2},
    {"F3", K_F3},
    {"F4", K_F4},
    {"F5", K_F5},
    {"F6", K_F6},
    {"F7", K_F7},
    {"F8", K_F8},
    {"F9", K_F9},
    {"F10", K_F10},
    {"F11", K_F11},
    {"F12", K_F12},
    {"lt", '<'},
};

static bool equal_letters(struct str a, const char *b)
{
    size_t n = strlen(b);
    if (a.n != n)
        return false;
    for (size_t i = 0; i < n; i++)
        if (((a.p[i] ^ b[i]) & ~32) != 0 || ((a.p[i] ^ b[i]) && (a.p[i] | 32) < 'a'))
            return false;
    return true;
}

static uint32_t key_named(struct str name)
{
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (equal_letters(name, names[i].name))
            return names[i].key;
    if (name.n == 3 && (name.p[0] | 32) == 'c' && name.p[1] == '-' && (name.p[2] | 32) >= 'a' &&
        (name.p[2] | 32) <= 'z')
        return name.p[2] & 31;
    return KEY_NONE_;
}

static const char *name_of(uint32_t key)
{
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (names[i].key == key)
            return names[i].name;
    return NULL;
}

static bool is_letter(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

/* The key at *at of a word without blanks, which is moved behind it; KEY_NONE_: there is none. */
static uint32_t next_key(struct str word, size_t *at)
{
    struct str rest = {word.p + *at, word.n - *at};
    if (rest.p[0] == '^' && rest.n > 1 && is_letter(rest.p[1])) {
        *at += 2;
        return rest.p[1] & 31;
    }
    const char *close = rest.p[0] == '<' && rest.n > 1 ? memchr(rest.p, '>', rest.n) : NULL;
    if (close && close > rest.p + 1) {
        *at += (size_t)(close - rest.p) + 1;
        return key_named(str_from(rest.p + 1, (size_t)(close - rest.p) - 1));
    }
    const char *next;
    uint32_t key = utf8_decode(rest.p, &next);
    *at += (size_t)(next - rest.p);
    return key < 0x20 || (key >= 0x7f && key < 0xa0) ? (uint32_t)KEY_NONE_ : key;
}

static const char *add_key(uint32_t key, uint32_t keys[KEYMAP_KEYS], size_t *n)
{
    if (key == KEY_NONE_)
        return "no such key: names are like Tab, S-Tab, F1, <Space>, <Enter>, ^W";
    if (*n == KEYMAP_KEYS)
        return "a sequence has four keys at most";
    keys[(*n)++] = key;
    return NULL;
}

/* One name, or keys side by side. */
static const char *parse_word(struct str word, uint32_t keys[KEYMAP_KEYS], size_t *n)
{
    uint32_t named = word.n > 1 ? key_named(word) : KEY_NONE_;
    if (named)
        return add_key(named, keys, n);
    const char *wrong = NULL;
    for (size_t at = 0; at < word.n && !wrong;)
        wrong = add_key(next_key(word, &at), keys, n);
    return wrong;
}

const char *keys_parse(struct str text, uint32_t keys[KEYMAP_KEYS], size_t *n)
{
    *n = 0;
    memset(keys, 0, KEYMAP_KEYS * sizeof *keys);
    if (utf8_valid_prefix(text) != text.n)
        return "keys are written in UTF-8";
    for (size_t at = 0; at < text.n;) {
        size_t begin = at;
        while (at < text.n && text.p[at] != ' ')
            at++;
        struct str word = {text.p + begin, at - begin};
        const char *wrong = word.n ? parse_word(word, keys, n) : NULL;
        if (wrong)
            return wrong;
        while (at < text.n && text.p[at] == ' ')
            at++;
    }
    return *n ? NULL : "no key is named";
}

/* ---- printing ---- */

static size_t put_key(uint32_t key, bool alone, char *out)
{
    const char *name = name_of(key);
    if (name && (key == ' ' || key == '<' || !alone))
        return (size_t)sprintf(out, "<%s>", name);
    if (name)
        return (size_t)sprintf(out, "%s", name);
    if (key < 0x20)
        return (size_t)sprintf(out, "^%c", (int)key + 64);
    return utf8_encode(key < KEY_SPECIAL_ ? key : 0xfffd, out);
}

/* True when what was printed would be read as the name of one key, or a caret as a control key. */
static bool reads_otherwise(const uint32_t *keys, size_t n, const char *text)
{
    uint32_t again[KEYMAP_KEYS];
    size_t again_n;
    return keys_parse(str_of(text), again, &again_n) || again_n != n ||
           memcmp(again, keys, n * sizeof *keys) != 0;
}

static void print_with(const uint32_t *keys, size_t n, bool parted, char text[KEYMAP_TEXT])
{
    char *out = text;
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && (parted || (keys[i - 1] < 0x20 && !name_of(keys[i - 1]))))
            *out++ = ' ';
        out += put_key(keys[i], n == 1, out);
    }
    *out = '\0';
}

void keys_print(const uint32_t *keys, size_t n, char text[KEYMAP_TEXT])
{
    n = n > KEYMAP_KEYS ? KEYMAP_KEYS : n;
    print_with(keys, n, false, text);
    if (n > 1 && reads_otherwise(keys, n, text))
        print_with(keys, n, true, text);
}
