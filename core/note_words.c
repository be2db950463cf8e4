/* A reader types one line: words, and tags among them.  The tags are kept apart, so that they can
 * be asked for; what is edited later is the line again. */
#include "core/notes.h"
#include "core/text.h"

static bool is_tag_char(uint32_t c)
{
    return char_is_letter(c) || char_is_digit(c) || c == '-' || c == '_' || c == ':' || c == '/' ||
           c == '.';
}

/* Bytes of the tag that begins behind the '#' at `at`; 0: it is none. */
static size_t tag_bytes(struct str s, size_t at)
{
    size_t i = at;
    while (i < s.n) {
        const char *next;
        if (!is_tag_char(utf8_decode(s.p + i, &next)))
            break;
        i = (size_t)(next - s.p);
    }
    while (i > at && (s.p[i - 1] == '.' || s.p[i - 1] == ':'))
        i--; /* the end of a sentence */
    return i - at;
}

static bool has_word(struct str words, struct str word)
{
    for (size_t i = 0; i < words.n;) {
        const char *blank = memchr(words.p + i, ' ', words.n - i);
        size_t n = blank ? (size_t)(blank - words.p) - i : words.n - i;
        if (str_eq(str_from(words.p + i, n), word))
            return true;
        i += n + 1;
    }
    return false;
}

bool note_has_tag(const struct note *note, struct str tag)
{
    if (tag.n && tag.p[0] == '#')
        tag.p++, tag.n--;
    return tag.n && has_word(note->tags, tag);
}

struct str tag_clean(struct arena *a, struct str tag)
{
    tag = str_trim(tag);
    while (tag.n && tag.p[0] == '#')
        tag.p++, tag.n--;
    char *out = arena_alloc(a, tag.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < tag.n;) {
        const char *next;
        uint32_t c = utf8_decode(tag.p + i, &next);
        size_t bytes = (size_t)(next - tag.p) - i;
        if (char_is_blank(c) || c < ' ' || c == ',' || c == '#' || c == 127)
            out[n++] = '-';
        else
            memcpy(out + n, tag.p + i, bytes), n += bytes;
        i += bytes;
    }
    return str_from(out, n);
}

void note_add_tags(struct note *note, struct arena *a, struct str more)
{
    for (size_t i = 0; i < more.n;) {
        const char *blank = memchr(more.p + i, ' ', more.n - i);
        size_t n = blank ? (size_t)(blank - more.p) - i : more.n - i;
        struct str tag = tag_clean(a, str_from(more.p + i, n));
        if (tag.n && !has_word(note->tags, tag))
            note->tags =
                arena_printf(a, "%.*s%s%.*s", (int)note->tags.n, note->tags.p ? note->tags.p : "",
                             note->tags.n ? " " : "", (int)tag.n, tag.p);
        i += n + 1;
    }
}

void note_set_words(struct note *note, struct arena *a, struct str typed)
{
    char *out = arena_alloc(a, typed.n + 1);
    size_t n = 0;
    note->tags = STR("");
    for (size_t i = 0; i < typed.n; i++) {
        bool begins = typed.p[i] == '#' && (i == 0 || strchr(" \t\n", typed.p[i - 1]));
        size_t tag = begins ? tag_bytes(typed, i + 1) : 0;
        if (!tag) {
            out[n++] = typed.p[i];
            continue;
        }
        note_add_tags(note, a, str_from(typed.p + i + 1, tag));
        i += tag;
        while (n && out[n - 1] == ' ') /* the blank before it goes with it */
            n--;
    }
    note->comment = str_trim(str_from(out, n));
}

struct str note_words(struct arena *a, const struct note *note)
{
    struct str out = note->comment;
    for (size_t i = 0; i < note->tags.n;) {
        const char *blank = memchr(note->tags.p + i, ' ', note->tags.n - i);
        size_t n = blank ? (size_t)(blank - note->tags.p) - i : note->tags.n - i;
        out = arena_printf(a, "%.*s%s#%.*s", (int)out.n, out.p ? out.p : "", out.n ? " " : "",
                           (int)n, note->tags.p + i);
        i += n + 1;
    }
    return out;
}
