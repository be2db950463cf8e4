/* JSON Lines, and files that hold an array of records or records one after another.
 *
 * jansson parses one record at a time and never the whole file: a tree of a gigabyte of articles
 * is several gigabytes, and one fault would lose them all.  An array is entered by hand, its
 * members parsed one by one; after a fault the reading goes on at the next place where a record
 * plausibly begins, never before the place of the fault, so the cost stays linear.
 *
 * jansson is strict, and twice too strict for text that people have: bytes that are not UTF-8 are
 * repaired and the record parsed again, and so is one with a NUL in the name of a field. */
#include "corpus/complete.h"
#include "corpus/decode.h"
#include "corpus/record.h"

#include <stdio.h>

#include "core/text.h"

enum { FAULTS_MAX = 1000 }; /* told of one file; then the reading ends */

struct reading {
    const struct source *s;
    const struct sink *to;
    struct str text;    /* what is parsed */
    uint32_t n;         /* articles so far, those of earlier pieces with them */
    uint32_t n_faults;
    uint64_t line;      /* of `counted`, from 1 */
    size_t counted;
    bool several;       /* there is, or may be, more than one article in the file */
    struct arena *memory; /* of `text` where it had to be changed; null when read by lines */
    size_t base;        /* of `text` in the bytes of the source; SIZE_MAX: they were converted */
    bool nul_replaced;
};

/* ---- issues ---- */

static uint64_t line_at(struct reading *r, size_t at)
{
    const char *p = r->text.p + r->counted, *end = r->text.p + at;
    while (p < end && (p = memchr(p, '\n', (size_t)(end - p))))
        r->line++, p++;
    r->counted = at > r->counted ? at : r->counted;
    return r->line;
}

/* Where byte `at` of the text is in the source, as far as that is known. */
static size_t source_byte(const struct reading *r, size_t at)
{
    return r->base == SIZE_MAX ? SIZE_MAX : r->base + at;
}

static void fault(struct reading *r, size_t at, const char *what)
{
    source_issue(r->s, r->to, source_byte(r, at), true, "line %llu: %s",
                 (unsigned long long)line_at(r, at), what);
    r->n_faults++;
}

static const char *fault_text(const json_error_t *e)
{
    switch (json_error_code(e)) {
    case json_error_stack_overflow:
        return "nested too deeply";
    case json_error_premature_end_of_input:
        return "the JSON ends too early";
    case json_error_numeric_overflow:
        return "a number too large to hold";
    default:
        return "not valid JSON";
    }
}

/* ---- one record ---- */

static void emit(struct reading *r, size_t at, const json_t *record)
{
    struct arena memory = {0};
    struct article a;
    struct str date;
    bool cut;
    if (!json_is_object(record) || !record_article(&memory, record, &a, &cut, &date)) {
        source_issue(r->s, r->to, source_byte(r, at), false,
                     "line %llu: no article: there is no text in it",
                     (unsigned long long)line_at(r, at));
    } else {
        r->n++;
        a.path = r->several
                     ? arena_printf(&memory, "%.*s#%u", (int)r->s->path.n, r->s->path.p, r->n)
                     : r->s->path;
        struct source named = *r->s;
        named.path = a.path;
        a.file_bytes = r->s->file_bytes ? r->s->file_bytes : r->s->bytes.n;
        if (cut)
            source_issue(&named, r->to, source_byte(r, at), true,
                         "longer than %u MB: the rest is left out", ARTICLE_BYTES_MAX >> 20);
        if (date.n)
            source_issue(&named, r->to, source_byte(r, at), false,
                         "the date \"%.*s\" is not understood", date.n < 40 ? (int)date.n : 40,
                         date.p);
        a.issues = cut + (date.n > 0);
        article_complete(&a);
        r->to->article(r->to->ctx, &a);
    }
    arena_finish(&memory);
}

/* The escape \u0000 replaced by U+FFFD. */
static struct str without_nul(struct arena *a, struct str s)
{
    struct str copy = arena_str(a, s);
    char *p = (char *)(uintptr_t)copy.p, *end = p + copy.n;
    for (; p + 1 < end; p += *p == '\\' ? 2 : 1)
        if (end - p >= 6 && !memcmp(p, "\\u0000", 6))
            memcpy(p, "\\ufffd", 6);
    return copy;
}

enum { FLAGS = JSON_ALLOW_NUL | JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL };

/* ---- lines ---- */

/* What the line can be read as after all; null when its fault is another. */
static json_t *parse_repaired(struct reading *r, size_t at, struct str line, json_error_t *e)
{
    struct arena memory = {0};
    json_t *record = NULL;
    size_t bad;
    if (json_error_code(e) == json_error_null_byte_in_key) {
        struct str plain = without_nul(&memory, line);
        record = json_loadb(plain.p, plain.n, FLAGS, e);
    } else if (json_error_code(e) == json_error_invalid_utf8) {
        struct str repaired = utf8_repair(&memory, line, &bad);
        json_error_t later;
        record = json_loadb(repaired.p, repaired.n, FLAGS, &later);
        if (record)
            source_issue(r->s, r->to, at + bad, false,
                         "line %llu: not valid UTF-8; replaced by U+FFFD",
                         (unsigned long long)line_at(r, at));
    }
    arena_finish(&memory);
    return record;
}

static void read_line(struct reading *r, size_t at, struct str line)
{
    json_error_t e;
    json_t *record = json_loadb(line.p, line.n, FLAGS, &e);
    if (!record)
        record = parse_repaired(r, at, line, &e);
    if (record)
        emit(r, at, record);
    else
        fault(r, at + (size_t)e.position, fault_text(&e));
    json_decref(record);
}

static bool is_blank(struct str s)
{
    return str_trim(s).n == 0;
}

void read_jsonl(const struct source *s, const struct sink *to)
{
    struct reading r = {.s = s, .to = to, .text = s->bytes, .n = s->before, .line = s->lines + 1};
    size_t at = s->offset == 0 ? decode_mark_bytes(s->bytes) : 0;
    while (at < r.text.n && r.n_faults < FAULTS_MAX && !(to->stop && to->stop(to->ctx))) {
        const char *begin = r.text.p + at, *end = memchr(begin, '\n', r.text.n - at);
        struct str line = str_from(begin, end ? (size_t)(end - begin) : r.text.n - at);
        size_t next = at + line.n + (end != NULL);
        if (!is_blank(line)) {
            r.several = r.several || s->offset || s->more ||
                        !is_blank(str_from(r.text.p + next, r.text.n - next));
            read_line(&r, at, line);
        }
        at = next;
    }
    if (at < r.text.n && r.n_faults == FAULTS_MAX)
        source_issue(s, to, at, true, "too many faults: the rest is left out");
}

/* ---- arrays, and records one after another ---- */

static size_t skip_blanks(struct str s, size_t at)
{
    while (at < s.n && (s.p[at] == ' ' || s.p[at] == '\n' || s.p[at] == '\t' || s.p[at] == '\r'))
        at++;
    return at;
}

/* After a fault: the next "{" that begins a line, or stands behind "},"; the end if none. */
static size_t next_record(struct str s, size_t at)
{
    for (; at < s.n; at++) {
        if (s.p[at] != '{')
            continue;
        size_t i = at;
        while (i && (s.p[i - 1] == ' ' || s.p[i - 1] == '\t'))
            i--;
        bool begins_line = i && s.p[i - 1] == '\n';
        bool behind = i >= 2 && s.p[i - 1] == ',' && s.p[i - 2] == '}';
        if (begins_line || behind)
            return at;
    }
    return s.n;
}

/* The value at `at`; *end gets the place behind it.  Null after a fault, *end then where to go
 * on. */
static json_t *parse_value(struct reading *r, size_t at, size_t *end)
{
    json_error_t e = {0};
    const size_t flags = FLAGS | JSON_DISABLE_EOF_CHECK;
    json_t *value = json_loadb(r->text.p + at, r->text.n - at, flags, &e);
    if (!value && !r->nul_replaced && json_error_code(&e) == json_error_null_byte_in_key) {
        r->nul_replaced = true; /* in all of the text at once, or the cost would be quadratic */
        r->text = without_nul(r->memory, r->text);
        value = json_loadb(r->text.p + at, r->text.n - at, flags, &e);
    }
    size_t position = at + (size_t)e.position;
    if (!value)
        fault(r, position, fault_text(&e));
    *end = value ? position : next_record(r->text, position > at ? position : at + 1);
    return value;
}

/* The members of an array from behind its "[" on; returns the place behind its "]". */
static size_t read_members(struct reading *r, size_t at)
{
    const struct str s = r->text; /* bytes may be replaced below, their number stays */
    at = skip_blanks(s, at);
    if (at < s.n && s.p[at] == ']')
        return at + 1;
    while (r->n_faults < FAULTS_MAX && !(r->to->stop && r->to->stop(r->to->ctx))) {
        size_t begin = skip_blanks(s, at);
        json_t *member = parse_value(r, begin, &at);
        if (!member && at == s.n)
            return at;
        if (!member) {
            r->several = true;
            continue;
        }
        at = skip_blanks(s, at);
        char then = at < s.n ? s.p[at] : '\0';
        r->several |= then != ']';
        emit(r, begin, member);
        json_decref(member);
        if (then == ']')
            return at + 1;
        if (then == ',') {
            at++;
            continue;
        }
        fault(r, at, "not valid JSON: neither \",\" nor \"]\" behind a member");
        at = next_record(s, at);
        if (at == s.n)
            return at;
    }
    return s.n;
}

/* Behind a value there may be blanks, and another value on another line. */
static bool is_parted(struct str s, size_t end, size_t next)
{
    return next == s.n || memchr(s.p + end, '\n', next - end);
}

void read_json(const struct source *s, const struct sink *to)
{
    struct arena memory = {0};
    struct decoded d = decode(&memory, s->bytes, s->charset, SIZE_MAX);
    struct reading r = {.s = s, .to = to, .text = d.text, .line = 1, .memory = &memory};
    bool same = d.text.p >= s->bytes.p && d.text.p <= s->bytes.p + s->bytes.n;
    r.base = same ? (size_t)(d.text.p - s->bytes.p) : SIZE_MAX;
    if (d.bad != SIZE_MAX || d.last_resort)
        source_issue(s, to, d.bad, false,
                     "not valid UTF-8; read as %s, with U+FFFD for what is not valid", d.charset);
    size_t at = skip_blanks(d.text, 0);
    if (at == d.text.n)
        fault(&r, at, "there is no JSON in it");
    while (at < d.text.n && r.n_faults < FAULTS_MAX) {
        size_t end;
        if (d.text.p[at] == '[') {
            end = read_members(&r, at + 1);
        } else {
            json_t *record = parse_value(&r, at, &end);
            r.several |= skip_blanks(d.text, end) < d.text.n;
            if (record)
                emit(&r, at, record);
            json_decref(record);
        }
        at = skip_blanks(d.text, end);
        if (at < d.text.n && !is_parted(d.text, end, at) && r.n_faults < FAULTS_MAX) {
            fault(&r, at, "not valid JSON: something behind the end");
            at = next_record(d.text, at);
        }
        if (to->stop && to->stop(to->ctx))
            break;
    }
    if (s->more)
        source_issue(s, to, s->bytes.n, true,
                     "the file is too large to be read as a whole: use JSON Lines");
    arena_finish(&memory);
}
