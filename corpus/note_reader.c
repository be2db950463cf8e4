/* JSON by jansson, which is strict; then each annotation's parts where the model (W3C Web
 * Annotation Data Model, 2017) or Hypothesis' export has them.  What is missing is left empty:
 * the words decide where a note belongs. */
#include "corpus/note_reader.h"

#include "core/day.h"
#include "core/text.h"

#include <errno.h>
#include <inttypes.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

typedef VEC(struct note_read) note_vec;

static struct str text_of(struct arena *a, const json_t *v)
{
    return json_is_string(v) ? arena_str(a, str_from(json_string_value(v), json_string_length(v)))
                             : STR("");
}

static json_t *first_of(json_t *v)
{
    return json_is_array(v) ? json_array_get(v, 0) : v;
}

/* ---- the parts of an annotation ---- */

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

/* "urn:uuid:..." as it is; any other id becomes a UUID (version 8) made of its hash, so that the
 * same file read twice gives the same notes. */
static void read_uid(struct str id, char out[NOTE_UID_BYTES + 1])
{
    const struct str urn = STR("urn:uuid:");
    if (id.n == 0)
        return;
    if (str_starts(id, urn) && id.n == urn.n + NOTE_UID_BYTES) {
        bool well = true;
        for (size_t i = 0; i < NOTE_UID_BYTES; i++)
            well &= i == 8 || i == 13 || i == 18 || i == 23 ? id.p[urn.n + i] == '-'
                                                            : is_hex(id.p[urn.n + i]);
        if (well) {
            memcpy(out, id.p + urn.n, NOTE_UID_BYTES);
            return;
        }
    }
    struct article_key k = article_key_of(id);
    snprintf(out, NOTE_UID_BYTES + 1, "%08" PRIx32 "-%04x-8%03x-%04x-%012" PRIx64,
             (uint32_t)(k.hi >> 32), (unsigned)(k.hi >> 16) & 0xffff, (unsigned)k.hi & 0xfff,
             0x8000 | ((unsigned)(k.lo >> 48) & 0x3fff), k.lo & 0xffffffffffff);
}

/* "2011-06-03T08:00:00Z", with a fraction and an offset where there are some; 0: none. */
static int64_t read_time(const json_t *v)
{
    const char *s = json_is_string(v) ? json_string_value(v) : "";
    struct tm tm = {0};
    int zone_h = 0, zone_m = 0;
    char sign = '+';
    const char *rest = strptime(s, "%Y-%m-%dT%H:%M:%S", &tm);
    if (!rest)
        return 0;
    if (*rest == '.')
        rest += 1 + strspn(rest + 1, "0123456789");
    if (*rest != 'Z' && sscanf(rest, "%c%2d:%2d", &sign, &zone_h, &zone_m) < 2)
        zone_h = zone_m = 0;
    int64_t t = timegm(&tm) - (sign == '-' ? -1 : 1) * (zone_h * 3600 + zone_m * 60);
    return t < 0 ? 0 : t;
}

/* "acct:name@host" as "name"; an agent's name, else its id. */
static struct str read_author(struct arena *a, json_t *v)
{
    v = first_of(v);
    json_t *name = json_object_get(v, "name");
    struct str s =
        text_of(a, json_is_object(v) ? name ? first_of(name) : json_object_get(v, "id") : v);
    if (str_starts(s, STR("acct:"))) {
        const char *at = memchr(s.p, '@', s.n);
        s = str_from(s.p + 5, (at ? (size_t)(at - s.p) : s.n) - 5);
    }
    return s;
}

static void read_selector(struct arena *a, json_t *s, struct note_read *out)
{
    struct str type = text_of(a, json_object_get(s, "type"));
    if (str_eq(type, STR("TextQuoteSelector"))) {
        out->note.anchor.exact = text_of(a, json_object_get(s, "exact"));
        out->note.anchor.before = text_of(a, json_object_get(s, "prefix"));
        out->note.anchor.after = text_of(a, json_object_get(s, "suffix"));
    } else if (str_eq(type, STR("TextPositionSelector"))) {
        json_int_t first = json_integer_value(json_object_get(s, "start"));
        json_int_t last = json_integer_value(json_object_get(s, "end"));
        out->has_place =
            first >= 0 && last >= first && json_is_integer(json_object_get(s, "start"));
        out->first_char = out->has_place ? (uint64_t)first : 0;
        out->last_char = out->has_place ? (uint64_t)last : 0;
    }
    if (json_is_object(json_object_get(s, "refinedBy")) && out->note.anchor.exact.n == 0)
        read_selector(a, json_object_get(s, "refinedBy"), out);
}

/* An address: a file's becomes its path. */
static void read_source(struct arena *a, struct str source, struct note *n)
{
    if (str_starts(source, STR("file://")))
        n->path = path_unescape(a, str_from(source.p + 7, source.n - 7));
    else
        n->url = source;
}

/* "urn:x-dossier:text:" and the key of the text in hexadecimal. */
static void read_scope(struct str s, struct note *n)
{
    const struct str lead = STR("urn:x-dossier:text:");
    if (str_starts(s, lead) && s.n == lead.n + 32)
        sscanf(s.p + lead.n, "%16" SCNx64 "%16" SCNx64, &n->key.hi, &n->key.lo);
}

static void read_target(struct arena *a, json_t *target, struct note_read *out)
{
    target = first_of(target);
    if (json_is_string(target)) {
        read_source(a, text_of(a, target), &out->note);
        return;
    }
    json_t *source = json_object_get(target, "source"),
           *selector = json_object_get(target, "selector");
    if (!source)
        source = json_object_get(target, "id");
    read_source(a, text_of(a, json_is_object(source) ? json_object_get(source, "id") : source),
                &out->note);
    read_scope(text_of(a, first_of(json_object_get(target, "scope"))), &out->note);
    if (json_is_object(selector))
        read_selector(a, selector, out);
    for (size_t i = 0; i < json_array_size(selector); i++)
        read_selector(a, json_array_get(selector, i), out);
}

static void add_comment(struct arena *a, struct note *n, struct str words)
{
    n->comment = n->comment.n ? arena_printf(a, "%.*s\n%.*s", (int)n->comment.n, n->comment.p,
                                             (int)words.n, words.p)
                              : words;
}

static void add_tag(struct arena *a, struct note *n, struct str tag)
{
    note_add_tags(n, a, tag_clean(a, tag));
}

static void read_body(struct arena *a, json_t *body, struct note *n)
{
    if (json_is_string(body)) /* the address of something elsewhere */
        return;
    struct str value = text_of(a, json_object_get(body, "value"));
    struct str purpose = text_of(a, first_of(json_object_get(body, "purpose")));
    const char *next;
    if (str_eq(purpose, STR("tagging")))
        add_tag(a, n, value);
    else if (str_eq(purpose, STR("classifying")) && value.n &&
             (utf8_decode(value.p, &next), next == value.p + value.n))
        n->label = utf8_decode(value.p, &next);
    else if (value.n)
        add_comment(a, n, value);
}

static void read_bodies(struct arena *a, json_t *v, struct note *n)
{
    json_t *body = json_object_get(v, "body"), *tags = json_object_get(v, "tags");
    if (json_is_object(body))
        read_body(a, body, n);
    for (size_t i = 0; i < json_array_size(body); i++)
        read_body(a, json_array_get(body, i), n);
    if (json_is_string(json_object_get(v, "bodyValue")))
        add_comment(a, n, text_of(a, json_object_get(v, "bodyValue")));
    if (json_is_string(json_object_get(v, "text"))) /* Hypothesis */
        add_comment(a, n, text_of(a, json_object_get(v, "text")));
    for (size_t i = 0; i < json_array_size(tags); i++)
        add_tag(a, n, text_of(a, json_array_get(tags, i)));
}

/* One that names neither an article nor words is none. */
static void read_annotation(struct arena *a, json_t *v, note_vec *out)
{
    struct note_read r = {.note = {.published = DAY_NONE, .anchor = {.partial = true}}};
    json_t *creator = json_object_get(v, "creator");
    read_target(a, json_object_get(v, "target"), &r);
    if (r.note.path.n + r.note.url.n == 0)
        read_source(a, text_of(a, json_object_get(v, "uri")), &r.note);
    if (r.note.path.n + r.note.url.n == 0 && !r.note.key.hi && !r.note.key.lo)
        return;
    if (r.note.anchor.exact.n > ANCHOR_WORDS_BYTES_MAX)
        return;
    read_bodies(a, v, &r.note);
    r.note.author = read_author(a, creator ? creator : json_object_get(v, "user"));
    json_t *changed = json_object_get(v, "modified");
    r.note.created = read_time(json_object_get(v, "created"));
    r.note.changed = read_time(changed ? changed : json_object_get(v, "updated"));
    if (!r.note.changed)
        r.note.changed = r.note.created;
    read_uid(text_of(a, json_object_get(v, "id")), r.note.uid);
    vec_push(out, r);
}

/* An annotation, or whatever holds several. */
static void read_any(struct arena *a, json_t *v, note_vec *out)
{
    static const char *const holders[] = {"items", "annotations", "rows"};
    for (size_t i = 0; i < json_array_size(v); i++)
        read_annotation(a, json_array_get(v, i), out);
    for (size_t i = 0; i < COUNT_OF(holders); i++) {
        json_t *held = json_object_get(v, holders[i]);
        for (size_t k = 0; k < json_array_size(held); k++)
            read_annotation(a, json_array_get(held, k), out);
        if (json_is_array(held))
            return;
    }
    json_t *first =
        json_object_get(v, "first"); /* of a collection: its first page, when it is here */
    if (json_is_object(first))
        read_any(a, first, out);
    else if (json_is_object(v))
        read_annotation(a, v, out);
}

enum status notes_read_json(struct str file, struct arena *a, struct note_read **v, size_t *n,
                            const char **why)
{
    static _Thread_local char sentence[200];
    note_vec out = {0};
    size_t at = 0;
    while (at < file.n) { /* one value as a rule, or one a line */
        json_error_t error;
        json_t *value =
            json_loadb(file.p + at, file.n - at, JSON_DISABLE_EOF_CHECK | JSON_ALLOW_NUL, &error);
        if (!value) {
            snprintf(sentence, sizeof sentence, "no JSON of annotations: %.150s", error.text);
            *why = sentence;
            vec_free(&out);
            return ERR_SYNTAX;
        }
        read_any(a, value, &out);
        json_decref(value);
        at += (size_t)error.position;
        while (at < file.n && strchr(" \t\r\n", file.p[at]) && file.p[at])
            at++;
    }
    *n = out.n;
    *v = arena_array(a, struct note_read, out.n);
    if (out.n)
        memcpy(*v, out.v, out.n * sizeof **v);
    vec_free(&out);
    return OK;
}

/* ---- files ---- */

static enum status read_file(const char *path, struct arena *a, struct str *out, const char **why)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) ||
        st.st_size > (off_t)NOTE_FILE_BYTES_MAX) {
        *why = fd < 0 ? strerror(errno) : "not a file, or too large a one";
        if (fd >= 0)
            close(fd);
        return ERR_IO;
    }
    char *bytes = arena_alloc(a, (size_t)st.st_size + 1);
    size_t n = 0, bad;
    for (ssize_t got = 1; got > 0 && n < (size_t)st.st_size; n += got > 0 ? (size_t)got : 0) {
        do
            got = read(fd, bytes + n, (size_t)st.st_size - n);
        while (got < 0 && errno == EINTR);
    }
    close(fd);
    if (n >= 3 && !memcmp(bytes, "\xef\xbb\xbf", 3))
        bytes += 3, n -= 3;
    *out = utf8_repair(a, str_from(bytes, n), &bad);
    return OK;
}

static enum status read_notes(const char *path, struct arena *a, struct note_read **v, size_t *n,
                              const char **why)
{
    struct str file;
    enum status status = read_file(path, a, &file, why);
    return status ? status : notes_read_json(file, a, v, n, why);
}

static enum status citations_of_json(struct str file, struct arena *a, struct citation **v,
                                     size_t *n, const char **why)
{
    struct note_read *notes;
    enum status status = notes_read_json(file, a, &notes, n, why);
    if (status != OK)
        return status;
    *v = arena_array(a, struct citation, *n);
    for (size_t i = 0; i < *n; i++) {
        const struct note_read *r = &notes[i];
        (*v)[i] = (struct citation){.path = r->note.path,
                                    .url = r->note.url,
                                    .key = r->note.key,
                                    .has_place = r->has_place && r->note.anchor.exact.n,
                                    .in_chars = true,
                                    .begin = r->first_char,
                                    .end = r->last_char,
                                    .text = r->note.anchor.exact,
                                    .line = (uint32_t)i + 1};
    }
    return OK;
}

static enum status read_citations(const char *path, struct arena *a, struct citation **v, size_t *n,
                                  const char **why)
{
    struct str file;
    enum status status = read_file(path, a, &file, why);
    struct str bare = status ? STR("") : str_trim(file);
    if (status)
        return status;
    if (bare.n && (bare.p[0] == '{' || bare.p[0] == '['))
        return citations_of_json(file, a, v, n, why);
    if (citations_read_csv(file, a, v, n) != OK)
        citations_read_markdown(file, a, v, n);
    return OK;
}

const struct note_reader note_reader = {read_notes, read_citations};
