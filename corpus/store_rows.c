/* Notes to rows and back.  What comes out of a file may be anything: each text is repaired to
 * UTF-8 and each number held to its range before it becomes a note. */
#include "corpus/store_parts.h"

#include "core/day.h"
#include "core/text.h"

#include <endian.h>
#include <stdio.h>
#include <sys/random.h>
#include <time.h>

#define COLUMNS                                                                                    \
    "id, uid, revision, key, path, url, title, outlet, published, first, last, exact, before, "    \
    "after, rival, label, tags, comment, author, created, changed"
enum column {
    ID, UID, REVISION, KEY, PATH, URL, TITLE, OUTLET, PUBLISHED, FIRST, LAST, EXACT, BEFORE, AFTER,
    RIVAL, LABEL, TAGS, COMMENT, AUTHOR, CREATED, CHANGED, DRAFT,
};

/* ---- reading ---- */

struct str store_text(sqlite3_stmt *q, int column, struct arena *a)
{
    const char *p = (const char *)sqlite3_column_text(q, column);
    size_t n = (size_t)sqlite3_column_bytes(q, column), bad;
    struct str s = utf8_repair(a, str_from(p ? p : "", p ? n : 0), &bad);
    return s;
}

static struct str flat_at(sqlite3_stmt *q, int column, struct arena *a)
{
    struct str s = arena_str(a, store_text(q, column, a));
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < ' ')
            ((char *)(uintptr_t)s.p)[i] = ' ';
    return s;
}

struct article_key store_key(const void *bytes)
{
    struct article_key k;
    memcpy(&k.hi, bytes, 8);
    memcpy(&k.lo, (const char *)bytes + 8, 8);
    return (struct article_key){be64toh(k.hi), be64toh(k.lo)};
}

void store_key_put(unsigned char out[16], struct article_key key)
{
    uint64_t hi = htobe64(key.hi), lo = htobe64(key.lo);
    memcpy(out, &hi, 8);
    memcpy(out + 8, &lo, 8);
}

static struct article_key key_at(sqlite3_stmt *q, int column)
{
    if (sqlite3_column_bytes(q, column) != 16)
        return (struct article_key){0, 0};
    return store_key(sqlite3_column_blob(q, column));
}

static int64_t number_at(sqlite3_stmt *q, int column, int64_t low, int64_t high)
{
    int64_t n = sqlite3_column_int64(q, column);
    return n < low ? low : n > high ? high : n;
}

/* No character: a control, or nothing that UTF-8 can write. */
static uint32_t label_at(sqlite3_stmt *q)
{
    int64_t n = number_at(q, LABEL, 0, 0x10ffff);
    return n < '!' || (n >= 0x7f && n < 0xa0) || (n >= 0xd800 && n < 0xe000) ? 0 : (uint32_t)n;
}

static struct note row_of(sqlite3_stmt *q, struct arena *a)
{
    struct note n = {
        .id = sqlite3_column_int64(q, ID),
        .revision = (uint32_t)number_at(q, REVISION, 1, UINT32_MAX - 1),
        .key = key_at(q, KEY),
        .path = flat_at(q, PATH, a),
        .url = flat_at(q, URL, a),
        .title = flat_at(q, TITLE, a),
        .outlet = flat_at(q, OUTLET, a),
        .published = sqlite3_column_type(q, PUBLISHED) == SQLITE_NULL
                         ? DAY_NONE
                         : (int32_t)number_at(q, PUBLISHED, -4000000, 4000000),
        .label = label_at(q),
        .tags = flat_at(q, TAGS, a),
        .comment = store_text(q, COMMENT, a),
        .author = flat_at(q, AUTHOR, a),
        .created = number_at(q, CREATED, 0, 253402300799),
        .changed = number_at(q, CHANGED, 0, 253402300799),
        .draft = sqlite3_column_count(q) > DRAFT && sqlite3_column_int64(q, DRAFT),
    };
    n.anchor = (struct anchor){
        .at = span_of((size_t)number_at(q, FIRST, 0, UINT32_MAX),
                      (size_t)number_at(q, LAST, 0, UINT32_MAX)),
        .exact = store_text(q, EXACT, a),
        .before = store_text(q, BEFORE, a),
        .after = store_text(q, AFTER, a),
        .rival = (uint8_t)number_at(q, RIVAL, 0, 2 * ANCHOR_CONTEXT_CHARS),
        .partial = n.key.hi == 0 && n.key.lo == 0,
    };
    struct str uid = flat_at(q, UID, a);
    if (uid.n == NOTE_UID_BYTES)
        memcpy(n.uid, uid.p, NOTE_UID_BYTES);
    return n;
}

enum status store_read(struct store *s, void (*each)(void *ctx, const struct note *n), void *ctx)
{
    sqlite3_stmt *q = NULL;
    struct arena scratch = {0};
    int code =
        sqlite3_prepare_v2(s->db, "SELECT " COLUMNS ", draft FROM notes ORDER BY id", -1, &q, NULL);
    if (code == SQLITE_ERROR) /* an older file that may not be written has no such column */
        code = sqlite3_prepare_v2(s->db, "SELECT " COLUMNS " FROM notes ORDER BY id", -1, &q, NULL);
    while (code == SQLITE_OK || code == SQLITE_ROW) {
        code = sqlite3_step(q);
        if (code != SQLITE_ROW)
            break;
        struct note n = row_of(q, &scratch);
        each(ctx, &n);
        arena_finish(&scratch);
    }
    sqlite3_finalize(q);
    if (code == SQLITE_DONE || s->state != STORE_WHOLE)
        return s->state == STORE_DAMAGED ? ERR_CORRUPT : OK;
    if ((code & 0xff) == SQLITE_ERROR && sqlite3_db_readonly(s->db, "main"))
        return OK; /* an empty file that may not be written */
    store_fail(s, "Not all of the notes could be read", ERR_CORRUPT);
    return ERR_CORRUPT;
}

/* ---- writing ---- */

static void make_uid(char out[NOTE_UID_BYTES + 1])
{
    unsigned char b[16];
    if (getrandom(b, sizeof b, 0) != sizeof b) {
        struct timespec t; /* no entropy: unlikely to meet itself all the same */
        clock_gettime(CLOCK_REALTIME, &t);
        memcpy(b, &t, sizeof b);
    }
    b[6] = (unsigned char)((b[6] & 15) | 0x40); /* RFC 9562, version 4 */
    b[8] = (unsigned char)((b[8] & 63) | 0x80);
    size_t n = 0;
    for (int i = 0; i < 16; i++)
        n += (size_t)sprintf(out + n, "%s%02x", i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "",
                             b[i]);
}

static void bind_text(sqlite3_stmt *q, int column, struct str s)
{
    sqlite3_bind_text64(q, column + 1, s.p ? s.p : "", s.n, SQLITE_STATIC, SQLITE_UTF8);
}

static void bind(sqlite3_stmt *q, const struct note *n, unsigned char key[16])
{
    store_key_put(key, n->key);
    if (n->id)
        sqlite3_bind_int64(q, ID + 1, n->id);
    bind_text(q, UID, str_of(n->uid));
    sqlite3_bind_int64(q, REVISION + 1, n->revision);
    if (n->key.hi || n->key.lo)
        sqlite3_bind_blob(q, KEY + 1, key, 16, SQLITE_STATIC);
    bind_text(q, PATH, n->path), bind_text(q, URL, n->url);
    bind_text(q, TITLE, n->title), bind_text(q, OUTLET, n->outlet);
    if (n->published != DAY_NONE)
        sqlite3_bind_int(q, PUBLISHED + 1, n->published);
    sqlite3_bind_int64(q, FIRST + 1, n->anchor.at.begin),
        sqlite3_bind_int64(q, LAST + 1, n->anchor.at.end);
    bind_text(q, EXACT, n->anchor.exact), bind_text(q, BEFORE, n->anchor.before);
    bind_text(q, AFTER, n->anchor.after);
    sqlite3_bind_int(q, RIVAL + 1, n->anchor.rival);
    sqlite3_bind_int64(q, LABEL + 1, n->label);
    bind_text(q, TAGS, n->tags), bind_text(q, COMMENT, n->comment), bind_text(q, AUTHOR, n->author);
    sqlite3_bind_int64(q, CREATED + 1, n->created), sqlite3_bind_int64(q, CHANGED + 1, n->changed);
    sqlite3_bind_int(q, DRAFT + 1, n->draft);
}

struct statements {
    sqlite3_stmt *add, *replace, *remove;
};

static int prepare(struct store *s, struct statements *q)
{
    static const char add[] =
        "INSERT INTO notes (" COLUMNS ", draft) VALUES "
        "(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20,?21,?22)";
    static const char replace[] =
        "UPDATE notes SET uid=?2, revision=?3+1, key=?4, path=?5, url=?6, title=?7, outlet=?8, published=?9,"
        " first=?10, last=?11, exact=?12, before=?13, after=?14, rival=?15, label=?16, tags=?17, comment=?18,"
        " author=?19, created=?20, changed=?21, draft=?22 WHERE id=?1 AND revision=?3";
    static const char remove[] = "DELETE FROM notes WHERE id=?1 AND revision=?2";
    int code = sqlite3_prepare_v2(s->db, add, -1, &q->add, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_prepare_v2(s->db, replace, -1, &q->replace, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_prepare_v2(s->db, remove, -1, &q->remove, NULL);
    return code;
}

/* One change; SQLITE_DONE, SQLITE_NOTFOUND when the row is not as it was, or what went wrong. */
static int change(struct store *s, struct statements *q, struct note *n, bool remove)
{
    unsigned char key[16];
    bool add = !remove && (n->id == 0 || n->revision == 0);
    sqlite3_stmt *st = remove ? q->remove : add ? q->add : q->replace;
    if (!n->uid[0])
        make_uid(n->uid);
    int64_t now = time(NULL);
    n->created = n->created ? n->created : now;
    n->changed = n->changed ? n->changed : now;
    n->revision += add;
    if (remove) {
        sqlite3_bind_int64(st, 1, n->id);
        sqlite3_bind_int64(st, 2, n->revision);
    } else {
        bind(st, n, key);
    }
    int code = sqlite3_step(st);
    if (code == SQLITE_DONE && sqlite3_changes(s->db) == 0)
        code = SQLITE_NOTFOUND;
    sqlite3_reset(st);
    sqlite3_clear_bindings(st);
    if (code == SQLITE_DONE && add && !n->id)
        n->id = sqlite3_last_insert_rowid(s->db);
    n->revision += code == SQLITE_DONE && !add && !remove;
    return code;
}

static int write_all(struct store *s, struct note_change *v, size_t n, struct note *done)
{
    struct statements q = {0};
    int code = store_begin(s);
    if (code != SQLITE_OK)
        return code;
    code = prepare(s, &q);
    for (size_t i = 0; i < n && code == SQLITE_OK; i++) {
        done[i] = *v[i].note;
        code = change(s, &q, &done[i], v[i].remove);
        code = code == SQLITE_DONE ? SQLITE_OK : code;
    }
    sqlite3_finalize(q.add);
    sqlite3_finalize(q.replace);
    sqlite3_finalize(q.remove);
    return store_end(s, code, &s->notes);
}

enum status store_write(struct notes_store *base, struct note_change *v, size_t n)
{
    struct store *s = (struct store *)base;
    enum status status = store_ready(s);
    if (status != OK)
        return status;
    struct note *done = mem_alloc(n * sizeof *done);
    int code = write_all(s, v, n, done);
    for (size_t i = 0; i < n && code == SQLITE_OK; i++)
        *v[i].note = done[i];
    free(done);
    if (code == SQLITE_NOTFOUND || (code & 0xff) == SQLITE_CONSTRAINT)
        return ERR_ABSENT;
    if (code != SQLITE_OK)
        return store_refused(s, code);
    s->why[0] = 0;
    return OK;
}
