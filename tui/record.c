/* One buffer, one comma flag a level.  Strings are valid UTF-8 by the time they come here, so
 * escaping is what RFC 8259 demands (quote, backslash, C0) and DEL, which some terminals act on. */
#include "tui/record.h"

#include "core/arena.h"
#include "tui/glyph.h"

#include <inttypes.h>
#include <stdarg.h>

struct record {
    FILE *to;
    bool json, color, terminal;
    bool comma;     /* something stands before at this level */
    unsigned depth;
    struct theme *theme;
    struct arena scratch;
};

struct record *record_open(FILE *to, bool json, bool color, bool terminal)
{
    struct record *r = mem_alloc(sizeof(*r));
    *r = (struct record){
        .to = to, .json = json, .color = color && !json, .terminal = terminal && !json};
    r->theme = r->color ? theme_open() : NULL;
    return r;
}

bool record_close(struct record *r)
{
    bool well = fflush(r->to) == 0 && !ferror(r->to);
    if (r->theme)
        theme_close(r->theme);
    arena_finish(&r->scratch);
    free(r);
    return well;
}

bool record_is_json(const struct record *r)
{
    return r->json;
}

/* ---- JSON ---- */

static void put_string(FILE *to, struct str s)
{
    putc_unlocked('"', to);
    size_t plain = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7f)
            continue;
        fwrite_unlocked(s.p + plain, 1, i - plain, to);
        plain = i + 1;
        if (c == '"' || c == '\\')
            fprintf(to, "\\%c", c);
        else if (c == '\n')
            fputs("\\n", to);
        else if (c == '\t')
            fputs("\\t", to);
        else
            fprintf(to, "\\u%04x", c);
    }
    if (s.n > plain)
        fwrite_unlocked(s.p + plain, 1, s.n - plain, to);
    putc_unlocked('"', to);
}

static void put_key(struct record *r, const char *key)
{
    if (r->comma)
        putc_unlocked(',', r->to);
    r->comma = true;
    if (!key)
        return;
    putc_unlocked('"', r->to);
    fputs_unlocked(key, r->to);
    fputs_unlocked("\":", r->to);
}

static void open_level(struct record *r, char bracket)
{
    putc_unlocked(bracket, r->to);
    r->comma = false;
    r->depth++;
}

static void close_level(struct record *r, char bracket)
{
    putc_unlocked(bracket, r->to);
    r->comma = true;
    if (--r->depth == 0) {
        putc_unlocked('\n', r->to);
        r->comma = false;
    }
}

void record_begin(struct record *r)
{
    open_level(r, '{');
}

void record_end(struct record *r)
{
    close_level(r, '}');
}

void record_object(struct record *r, const char *key)
{
    put_key(r, key);
    open_level(r, '{');
}

void record_object_end(struct record *r)
{
    close_level(r, '}');
}

void record_list(struct record *r, const char *key)
{
    put_key(r, key);
    open_level(r, '[');
}

void record_list_end(struct record *r)
{
    close_level(r, ']');
}

void record_str(struct record *r, const char *key, struct str value)
{
    put_key(r, key);
    put_string(r->to, value);
}

void record_cstr(struct record *r, const char *key, const char *value)
{
    record_str(r, key, str_of(value));
}

void record_int(struct record *r, const char *key, int64_t value)
{
    put_key(r, key);
    fprintf(r->to, "%" PRId64, value);
}

void record_real(struct record *r, const char *key, double value)
{
    put_key(r, key);
    fprintf(r->to, "%.6g", value);
}

void record_bool(struct record *r, const char *key, bool value)
{
    put_key(r, key);
    fputs_unlocked(value ? "true" : "false", r->to);
}

void record_day(struct record *r, const char *key, int32_t day)
{
    if (day == DAY_NONE)
        return;
    struct arena_mark mark = arena_mark(&r->scratch);
    record_str(r, key, days_timex(&r->scratch, days_of_day(day)));
    arena_release(&r->scratch, mark);
}

/* ---- people's text ---- */

/* SGR for a face; colours of the 16-colour palette, since that is what every terminal has. */
static void ink_on(struct record *r, enum face face)
{
    struct ink ink = theme_ink(r->theme, DEPTH_16, (struct look){(uint8_t)face, 0});
    if (ink.attributes & ATTR_BOLD)
        fputs("\033[1m", r->to);
    if (ink.attributes & ATTR_UNDERLINE)
        fputs("\033[4m", r->to);
    if (ink.attributes & ATTR_ITALIC)
        fputs("\033[3m", r->to);
    if (ink.fg >= 0)
        fprintf(r->to, "\033[%dm", ink.fg < 8 ? 30 + ink.fg : 82 + ink.fg);
}

static void put_text(struct record *r, struct str text)
{
    if (r->terminal)
        glyph_print(r->to, text);
    else
        fwrite(text.p, 1, text.n, r->to);
}

void say(struct record *r, enum face face, struct str text)
{
    bool inked = r->color && face != FACE_TEXT && text.n;
    if (inked)
        ink_on(r, face);
    put_text(r, text);
    if (inked)
        fputs("\033[m", r->to);
}

void say_line(struct record *r, enum face face, struct str text)
{
    struct arena_mark mark = arena_mark(&r->scratch);
    char *line = arena_alloc(&r->scratch, text.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        bool blank = c == '\n' || c == '\r' || c == '\t' || c == ' ';
        if (!blank)
            line[n++] = c;
        else if (!n || line[n - 1] != ' ')
            line[n++] = ' ';
    }
    say(r, face, str_from(line, n));
    arena_release(&r->scratch, mark);
}

void sayf(struct record *r, enum face face, const char *format, ...)
{
    char line[256];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(line, sizeof(line), format, args);
    va_end(args);
    say(r, face,
        str_from(line, n < 0                      ? 0
                       : (size_t)n < sizeof(line) ? (size_t)n
                                                  : sizeof(line) - 1));
}

void say_day(struct record *r, int32_t day)
{
    if (day == DAY_NONE) {
        say(r, FACE_DATE, STR("undated   "));
        return;
    }
    struct arena_mark mark = arena_mark(&r->scratch);
    say(r, FACE_DATE, days_timex(&r->scratch, days_of_day(day)));
    arena_release(&r->scratch, mark);
}
