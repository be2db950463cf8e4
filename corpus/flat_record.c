/* The record that nearly all lines are: an object whose values are strings.
 *
 * jansson takes a byte at a time through three functions, which was a tenth of all work on a large
 * case.  What is read here is no more than is needed to pass such a line by it: whatever is out of
 * the ordinary (a value that is no string, a surrogate, a NUL, a fault) is left to jansson, and with
 * it every verdict on what is wrong. */
#include "corpus/record.h"

#include "core/text.h"

enum { NAME_BYTES_MAX = 64 };

struct scan {
    const char *p, *end;
    char *room; /* for strings with escapes, as large as the line */
};

/* The mark, and the blanks on both sides of it. */
static bool take_mark(struct scan *s, char mark)
{
    bool taken = false;
    while (s->p < s->end && (*s->p == ' ' || *s->p == '\t' || *s->p == '\r' || *s->p == '\n' || (*s->p == mark && !taken)))
        taken |= *s->p++ == mark;
    return taken;
}

static const char *run_end(const char *p, const char *end)
{
    static const bool apart[256] = {[0 ... 0x1f] = true, ['"'] = true, ['\\'] = true};
    while (p < end && !apart[(unsigned char)*p])
        p++;
    return p;
}

static bool take_hex(struct scan *s, uint32_t *c)
{
    static const char digits[] = "0123456789abcdef";
    *c = 0;
    for (int i = 0; i < 4; i++, s->p++) {
        const char *digit = s->p < s->end && *s->p ? strchr(digits, *s->p >= 'A' && *s->p <= 'F' ? *s->p | 0x20 : *s->p) : NULL;
        if (!digit)
            return false;
        *c = *c << 4 | (uint32_t)(digit - digits);
    }
    return *c && (*c < 0xd800 || *c > 0xdfff);
}

/* What stands behind a backslash. */
static bool take_escape(struct scan *s)
{
    static const char names[] = "\"\\/bfnrt", bytes[] = "\"\\/\b\f\n\r\t";
    char c = s->p < s->end ? *s->p++ : '\0';
    const char *name = c ? strchr(names, c) : NULL;
    uint32_t code;
    if (name)
        *s->room++ = bytes[name - names];
    else if (c == 'u' && take_hex(s, &code))
        s->room += utf8_encode(code, s->room);
    else
        return false;
    return true;
}

static bool take_string(struct scan *s, struct str *out)
{
    if (s->p == s->end || *s->p != '"')
        return false;
    const char *begin = ++s->p, *room = s->room;
    s->p = run_end(s->p, s->end);
    *out = str_from(begin, (size_t)(s->p - begin));
    if (s->p < s->end && *s->p == '\\') {
        s->room = mempcpy(s->room, out->p, out->n);
        while (s->p < s->end && *s->p == '\\') {
            s->p++;
            if (!take_escape(s))
                return false;
            const char *run = s->p;
            s->p = run_end(run, s->end);
            s->room = mempcpy(s->room, run, (size_t)(s->p - run));
        }
        *out = str_from(room, (size_t)(s->room - room));
    }
    return s->p < s->end && *s->p++ == '"';
}

static bool take_field(struct scan *s, json_t *record)
{
    struct str name, value;
    char key[NAME_BYTES_MAX + 1] = "";
    if (!take_string(s, &name) || name.n > NAME_BYTES_MAX || !take_mark(s, ':') || !take_string(s, &value))
        return false;
    memcpy(key, name.p, name.n);
    return json_object_set_new_nocheck(record, key, json_stringn_nocheck(value.p, value.n)) == 0;
}

json_t *flat_record(struct str line)
{
    struct arena memory = {0};
    struct scan s = {line.p, line.p + line.n, arena_alloc(&memory, line.n)};
    json_t *record = json_object();
    bool good = utf8_valid_prefix(line) == line.n && take_mark(&s, '{');
    for (bool more = good; more; more = good && take_mark(&s, ','))
        good = take_field(&s, record);
    arena_finish(&memory);
    if (good && take_mark(&s, '}') && s.p == s.end)
        return record;
    json_decref(record);
    return NULL;
}
