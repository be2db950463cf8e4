/* W3C Web Annotation Data Model (2017): a page of annotations.  Each has a quote selector, and a
 * position selector (in code points) where its place is sure; the content key of the text goes
 * along as the target's scope, so that a note comes back to its text wherever the file lies. */
#include "tui/export_parts.h"

#include "tui/record.h"

#include <inttypes.h>

#define CONTEXT "http://www.w3.org/ns/anno.jsonld"

static void body(struct record *r, const char *purpose, struct str value)
{
    if (!value.n)
        return;
    record_object(r, NULL);
    record_cstr(r, "type", "TextualBody");
    record_str(r, "value", value);
    record_cstr(r, "format", "text/plain");
    record_cstr(r, "purpose", purpose);
    record_object_end(r);
}

static void bodies(struct record *r, const struct note *n)
{
    char label[5];
    if (!n->comment.n && !n->tags.n && !n->label)
        return;
    record_list(r, "body");
    body(r, "commenting", n->comment);
    for (size_t i = 0; i < n->tags.n;) {
        const char *blank = memchr(n->tags.p + i, ' ', n->tags.n - i);
        size_t len = blank ? (size_t)(blank - n->tags.p) - i : n->tags.n - i;
        body(r, "tagging", str_from(n->tags.p + i, len));
        i += len + 1;
    }
    body(r, "classifying", export_label(n, label));
    record_list_end(r);
}

static void selectors(struct record *r, const struct article *row, const struct noted *x)
{
    struct arena a = {0};
    struct anchor anchor = export_is_sure(x) ? anchor_make(&a, row->text, x->at) : x->note->anchor;
    record_list(r, "selector");
    record_object(r, NULL);
    record_cstr(r, "type", "TextQuoteSelector");
    record_str(r, "exact", anchor.exact);
    record_str(r, "prefix", anchor.before);
    record_str(r, "suffix", anchor.after);
    record_object_end(r);
    if (export_is_sure(x)) {
        size_t begin = bytes_to_chars(row->text, x->at.begin);
        record_object(r, NULL);
        record_cstr(r, "type", "TextPositionSelector");
        record_int(r, "start", (int64_t)begin);
        record_int(r, "end", (int64_t)(begin + bytes_to_chars(anchor.exact, anchor.exact.n)));
        record_object_end(r);
    }
    record_list_end(r);
    arena_finish(&a);
}

/* An address of the web as it is where it is one, else the file's. */
static struct str source_of(struct arena *a, const struct article *row, const struct note *n)
{
    static const char not_in_iris[] = " \"<>\\^{|}#?[]";
    bool web = str_starts(row->url, STR("http://")) || str_starts(row->url, STR("https://"));
    if (web && row->url.n > 8)
        return iri_escape(a, row->url);
    struct str path = path_escape(a, n->path.n ? n->path : row->path, not_in_iris);
    return arena_printf(a, "file://%s%.*s", path.n && path.p[0] == '/' ? "" : "/", (int)path.n,
                        path.p);
}

static void target(struct record *r, const struct article *row, const struct noted *x)
{
    struct arena a = {0};
    struct article_key key = export_is_sure(x) ? row->key : x->note->key;
    record_object(r, "target");
    record_cstr(r, "type", "SpecificResource");
    record_str(r, "source", source_of(&a, row, x->note));
    if (key.hi || key.lo)
        record_cstr(
            r, "scope",
            arena_printf(&a, "urn:x-dossier:text:%016" PRIx64 "%016" PRIx64, key.hi, key.lo).p);
    if (x->note->anchor.exact.n)
        selectors(r, row, x);
    record_object_end(r);
    arena_finish(&a);
}

static void annotation(struct record *r, const struct dossier *d, const struct noted *x)
{
    const struct note *n = x->note;
    char time[EXPORT_TIME_BYTES], id[NOTE_UID_BYTES + 16];
    snprintf(id, sizeof id, "urn:uuid:%s", n->uid);
    record_object(r, NULL);
    record_cstr(r, "@context", CONTEXT);
    record_cstr(r, "id", id);
    record_cstr(r, "type", "Annotation");
    record_cstr(r, "motivation",
                n->comment.n ? "commenting"
                : n->tags.n  ? "tagging"
                             : "highlighting");
    record_object(r, "creator");
    record_cstr(r, "type", "Person");
    record_str(r, "name", n->author);
    record_object_end(r);
    record_cstr(r, "created", export_time(n->created, time));
    record_cstr(r, "modified", export_time(n->changed, time));
    bodies(r, n);
    target(r, dossier_article(d, x->article), x);
    record_object_end(r);
}

void export_w3c(FILE *to, const struct dossier *d, const struct noted *v, size_t n)
{
    struct record *r = record_open(to, true, false, false);
    record_begin(r);
    record_cstr(r, "@context", CONTEXT);
    record_cstr(r, "id", "urn:x-dossier:notes");
    record_cstr(r, "type", "AnnotationPage");
    record_int(r, "startIndex", 0);
    record_list(r, "items");
    for (size_t i = 0; i < n; i++)
        annotation(r, d, &v[i]);
    record_list_end(r);
    record_end(r);
    record_close(r);
}
