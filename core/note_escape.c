/* What an article or a note says stays what it says: no byte of it is taken for the format's
 * own. */
#include "core/note_files.h"
#include "core/text.h"

#include <stdio.h>

static struct str done(byte_vec *b, struct arena *a)
{
    struct str s = arena_str(a, bytes_str(b));
    vec_free(b);
    return s;
}

struct str text_plain(struct arena *a, struct str s)
{
    byte_vec out = {0};
    bool changed = false;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        char picture[4];
        if ((c >= ' ' && c != 127) || c == '\n' || c == '\t') {
            vec_push(&out, s.p[i]);
            continue;
        }
        vec_append(&out, picture, utf8_encode(c == 127 ? 0x2421 : 0x2400u + c, picture));
        changed = true;
    }
    struct str plain = changed ? done(&out, a) : s;
    vec_free(&out);
    return plain;
}

/* ---- Markdown ---- */

static bool is_word_byte(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Markdown's own in this place: some everywhere, some at the beginning of a line alone, and what
 * makes links of bare addresses. */
static bool is_own(struct str s, size_t i, size_t line)
{
    char c = s.p[i];
    size_t digits = line;
    if (c && strchr("\\`*_[]<>&#|~@$^{}", c))
        return true;
    if (i == line && c && strchr("+-=:", c))
        return true;
    while (digits < i && s.p[digits] >= '0' && s.p[digits] <= '9')
        digits++;
    if ((c == '.' || c == ')') && digits == i && i > line)
        return true;
    if (c == ':' && i + 1 < s.n && s.p[i + 1] == '/')
        return true;
    return c == '.' && i >= 3 && (s.p[i - 1] == 'w' || s.p[i - 1] == 'W') &&
           (s.p[i - 2] == 'w' || s.p[i - 2] == 'W') && (i < 4 || !is_word_byte(s.p[i - 4]));
}

struct str markdown_escape(struct arena *a, struct str s)
{
    byte_vec out = {0};
    s = text_plain(a, s);
    for (size_t i = 0, line = 0; i < s.n; i++) {
        char c = s.p[i] == '\t' ? ' ' : s.p[i];
        if (c == ' ' && i == line) { /* a line begins with its first letter */
            line = i + 1;
            continue;
        }
        if (c == '\n') {
            while (out.n && out.v[out.n - 1] == ' ')
                out.n--;
            line = i + 1;
        } else if (is_own(s, i, line)) {
            vec_push(&out, '\\');
        }
        vec_push(&out, c);
    }
    while (out.n && out.v[out.n - 1] == ' ')
        out.n--;
    return done(&out, a);
}

struct str markdown_unescape(struct arena *a, struct str s)
{
    byte_vec out = {0};
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] > ' ' && !is_word_byte(s.p[i + 1]) &&
            s.p[i + 1] < 127)
            i++;
        vec_push(&out, s.p[i]);
    }
    return done(&out, a);
}

/* ---- paths ---- */

struct str path_escape(struct arena *a, struct str s, const char *also)
{
    byte_vec out = {0};
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool edge = c == ' ' && (i == 0 || i + 1 == s.n);
        char code[4];
        if (c < ' ' || c == 127 || c == '%' || c == '`' || edge || strchr(also, (char)c)) {
            snprintf(code, sizeof code, "%%%02X", c);
            vec_append(&out, code, 3);
        } else {
            vec_push(&out, s.p[i]);
        }
    }
    return done(&out, a);
}

static int hex(char c)
{
    return c >= '0' && c <= '9'                 ? c - '0'
           : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10
                                                : -1;
}

struct str iri_escape(struct arena *a, struct str s)
{
    byte_vec out = {0};
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool stray = c == '%' && (i + 2 >= s.n || hex(s.p[i + 1]) < 0 || hex(s.p[i + 2]) < 0);
        char code[4];
        if (c <= ' ' || c == 127 || stray || strchr("\"<>\\^`{|}", (char)c)) {
            snprintf(code, sizeof code, "%%%02X", c);
            vec_append(&out, code, 3);
        } else {
            vec_push(&out, s.p[i]);
        }
    }
    return done(&out, a);
}

struct str path_unescape(struct arena *a, struct str s)
{
    byte_vec out = {0};
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '%' && i + 2 < s.n && hex(s.p[i + 1]) >= 0 && hex(s.p[i + 2]) >= 0) {
            c = (char)(hex(s.p[i + 1]) * 16 + hex(s.p[i + 2]));
            i += 2;
        }
        vec_push(&out, c);
    }
    size_t bad;
    return utf8_repair(a, done(&out, a), &bad);
}

/* ---- CSV ---- */

/* Apostrophes, then what a spreadsheet takes for the beginning of a formula. */
static bool is_formula(struct str s)
{
    size_t i = 0;
    while (i < s.n && s.p[i] == '\'')
        i++;
    return i < s.n && s.p[i] && strchr("=+-@\t\r\n", s.p[i]);
}

struct str csv_cell(struct arena *a, struct str s)
{
    byte_vec out = {0};
    s = text_plain(a, s);
    vec_push(&out, '"');
    if (is_formula(s))
        vec_push(&out, '\'');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"')
            vec_push(&out, '"');
        vec_push(&out, s.p[i]);
    }
    vec_push(&out, '"');
    return done(&out, a);
}
