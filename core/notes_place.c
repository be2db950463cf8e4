/* Which article a note belongs to: by the key of its text, else by what names the article. */
#include "core/note_files.h"
#include "core/notes_table.h"

static bool key_eq(struct article_key a, struct article_key b)
{
    return a.hi == b.hi && a.lo == b.lo;
}

static bool key_is_none(struct article_key k)
{
    return k.hi == 0 && k.lo == 0;
}

void notes_index(struct notes *n)
{
    n->slots = 16;
    while (n->slots < n->notes.n * 2)
        n->slots *= 2;
    free(n->by_key);
    free(n->by_id);
    n->by_key = mem_zalloc(n->slots * sizeof *n->by_key);
    n->by_id = mem_zalloc(n->slots * sizeof *n->by_id);
    for (size_t i = 0; i < n->notes.n; i++) {
        struct kept *k = &n->notes.v[i];
        uint32_t *slot = &n->by_key[k->note.key.lo & (n->slots - 1)];
        k->next = *slot;
        *slot = (uint32_t)i + 1;
        slot = &n->by_id[(uint64_t)k->note.id & (n->slots - 1)];
        k->next_id = *slot;
        *slot = (uint32_t)i + 1;
    }
}

article_id notes_article_with(const struct notes *n, struct article_key key)
{
    if (!n->by_key)
        return NO_ARTICLE;
    for (uint32_t i = n->by_key[key.lo & (n->slots - 1)]; i; i = n->notes.v[i - 1].next)
        if (n->notes.v[i - 1].article.v && key_eq(n->notes.v[i - 1].note.key, key))
            return n->notes.v[i - 1].article;
    return NO_ARTICLE;
}

/* The text is the one it was made on; its words must stand there all the same. */
static void place_on_key(struct kept *k, const struct article *a, article_id id)
{
    struct span at = k->note.anchor.at;
    k->article = id;
    if (at.begin <= at.end && at.end <= a->text.n &&
        str_eq(str_at(a->text, at), k->note.anchor.exact)) {
        k->state = NOTE_EXACT;
        k->at = at;
        return;
    }
    struct anchored found = anchor_find(&k->note.anchor, a->text);
    k->state = found.state;
    k->at = found.at;
}

bool notes_place_new(struct notes *n, const struct dossier *d)
{
    const struct articles *all = dossier_articles(d);
    bool any = false;
    if (n->seen == all->n)
        return false;
    n->settled = false;
    for (uint32_t id = n->seen + 1; n->notes.n && id <= all->n; id++) {
        const struct article *a = article_at(all, (article_id){id});
        for (uint32_t i = n->by_key[a->key.lo & (n->slots - 1)]; i; i = n->notes.v[i - 1].next) {
            struct kept *k = &n->notes.v[i - 1];
            if (k->article.v || !key_eq(k->note.key, a->key))
                continue;
            place_on_key(k, a, (article_id){id});
            any = true;
        }
    }
    n->seen = all->n;
    return any;
}

/* ---- by name ---- */

/* The first three are the article's own; the next may be shared by articles; the last is the
 * text. */
enum named_by { BY_PATH, BY_URL, BY_BARE_URL, BY_TITLE, BY_FOLDER, BY_FILE, BY_KEY, NAMES };

static uint64_t hash(uint64_t h, struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * 1099511628211u;
    return h;
}

/* A path put together with the folder it is relative to, without "." and "..": no file is asked. */
static struct str absolute(struct arena *a, struct str folder, struct str path)
{
    struct str whole = path.n && path.p[0] == '/' ? path
                                                  : arena_printf(a, "%.*s/%.*s", (int)folder.n,
                                                                 folder.p, (int)path.n, path.p);
    char *out = arena_alloc(a, whole.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < whole.n;) {
        size_t end = i;
        while (end < whole.n && whole.p[end] != '/')
            end++;
        struct str part = str_from(whole.p + i, end - i);
        if (str_eq(part, STR(".."))) {
            while (n && out[--n] != '/')
                ;
        } else if (part.n && !str_eq(part, STR("."))) {
            out[n++] = '/';
            memcpy(out + n, part.p, part.n);
            n += part.n;
        }
        i = end + 1;
    }
    return str_from(out, n);
}

/* The last parts of a path: "b/c.txt" or "c.txt" of "/a/b/c.txt". */
static struct str path_end(struct str path, int parts)
{
    size_t i = path.n;
    while (i && (path.p[i - 1] != '/' || --parts > 0))
        i--;
    return str_from(path.p + i, path.n - i);
}

/* An address without what browsers and other programs add or take off: scheme, "www.", a fragment,
 * a slash at the end. */
static struct str bare_address(struct arena *a, struct str url)
{
    static const char *const heads[] = {"https://", "http://", "www."};
    struct str s = iri_escape(a, url);
    for (size_t i = 0; i < COUNT_OF(heads); i++)
        if (str_starts(s, str_of(heads[i])))
            s = str_from(s.p + strlen(heads[i]), s.n - strlen(heads[i]));
    const char *fragment = s.n ? memchr(s.p, '#', s.n) : NULL;
    s.n = fragment ? (size_t)(fragment - s.p) : s.n;
    s.n -= str_ends(s, STR("/"));
    return s;
}

static uint64_t address_hash(uint64_t seed, struct str url, bool bare)
{
    struct arena scratch = {0};
    uint64_t h =
        url.n ? hash(seed, (bare ? bare_address : iri_escape)(&scratch, str_trim(url))) : 0;
    arena_finish(&scratch);
    return h;
}

/* What names an article in one way; 0: nothing does. */
static uint64_t name_hash(enum named_by by, struct str path, struct str url, struct str title,
                          struct str outlet)
{
    const uint64_t seed = 14695981039346656037u + by;
    switch (by) {
    case BY_PATH:
        return path.n && !str_ends(path, STR("/-")) ? hash(seed, path) : 0;
    case BY_URL:
    case BY_BARE_URL:
        return address_hash(seed, url, by == BY_BARE_URL);
    case BY_FOLDER:
    case BY_FILE:
        return path.n && !str_ends(path, STR("/-"))
                   ? hash(seed, path_end(path, by == BY_FOLDER ? 2 : 1))
                   : 0;
    default:
        return title.n ? hash(hash(seed, title) * 31, outlet) : 0;
    }
}

static void names_put(struct names *m, uint64_t hash_, uint32_t article)
{
    uint32_t i = (uint32_t)hash_ & (m->slots - 1);
    while (m->v[i].hash && m->v[i].hash != hash_)
        i = (i + 1) & (m->slots - 1);
    if (!m->v[i].hash) {
        m->v[i].hash = hash_;
        m->v[i].article = article;
    }
}

static uint32_t names_find(const struct names *m, uint64_t hash_)
{
    for (uint32_t i = (uint32_t)hash_ & (m->slots - 1); hash_ && m->v[i].hash;
         i = (i + 1) & (m->slots - 1))
        if (m->v[i].hash == hash_)
            return m->v[i].article;
    return 0;
}

static uint64_t key_hash(struct article_key key)
{
    return key_is_none(key) ? 0 : (key.lo ^ BY_KEY) | 1;
}

static uint64_t article_hash(const struct notes *n, const struct article *a, enum named_by by)
{
    if (by == BY_KEY)
        return key_hash(a->key);
    struct arena scratch = {0};
    struct str path =
        by == BY_PATH || by >= BY_FOLDER ? absolute(&scratch, n->folder, a->path) : a->path;
    uint64_t h = name_hash(by, path, a->url, a->title, a->outlet);
    arena_finish(&scratch);
    return h;
}

struct names names_of(const struct notes *n, const struct articles *all)
{
    struct names m = {.slots = 16};
    while (m.slots < all->n * 2u * NAMES)
        m.slots *= 2;
    m.v = mem_zalloc(m.slots * sizeof *m.v);
    for (uint32_t id = 1; id <= all->n; id++)
        for (enum named_by by = BY_PATH; by < NAMES; by++) {
            uint64_t h = article_hash(n, article_at(all, (article_id){id}), by);
            if (h)
                names_put(&m, h, id);
        }
    return m;
}

article_id names_lookup(const struct notes *n, const struct names *m, struct article_key key,
                        struct str path, struct str url, bool *sure)
{
    struct arena scratch = {0};
    struct str none = {NULL, 0}, whole = path.n ? absolute(&scratch, n->folder, path) : none;
    uint32_t id = names_find(m, key_hash(key));
    if (!id)
        id = names_find(m, name_hash(BY_PATH, whole, none, none, none));
    if (!id)
        id = names_find(m, name_hash(BY_URL, none, url, none, none));
    if (!id)
        id = names_find(m, name_hash(BY_BARE_URL, none, url, none, none));
    *sure = id != 0;
    for (enum named_by by = BY_FOLDER; !id && by <= BY_FILE; by++)
        id = names_find(m, name_hash(by, whole, none, none, none));
    arena_finish(&scratch);
    return (article_id){id};
}

/* Tries one article; by a name that others may have, a note must find its words there. */
static bool place_on_name(struct kept *k, const struct articles *all, uint32_t id, enum named_by by)
{
    const struct article *a = article_at(all, (article_id){id});
    if (!a)
        return false;
    struct anchored found = anchor_find(&k->note.anchor, a->text);
    if (by >= BY_TITLE && found.state == NOTE_ORPHAN)
        return false;
    k->article = (article_id){id};
    k->state = found.state;
    k->at = found.at;
    return true;
}

static bool place_by_name(struct kept *k, const struct articles *all, const struct names *m)
{
    const struct note *x = &k->note;
    for (enum named_by by = BY_PATH; by <= BY_FILE; by++) {
        uint32_t id = names_find(m, name_hash(by, x->path, x->url, x->title, x->outlet));
        if (id && place_on_name(k, all, id, by))
            return true;
    }
    return false;
}

bool notes_place_changed(struct notes *n, const struct dossier *d)
{
    const struct articles *all = dossier_articles(d);
    struct names m = {0};
    bool any = false;
    for (size_t i = 0; i < n->notes.n; i++) {
        struct kept *k = &n->notes.v[i];
        if (k->article.v)
            continue;
        if (!m.v)
            m = names_of(n, all);
        any |= place_by_name(k, all, &m);
    }
    free(m.v);
    return any;
}

/* One note that was just put: few enough articles have its key to be asked one by one. */
void notes_place_one(struct notes *n, const struct dossier *d, struct kept *k)
{
    const struct articles *all = dossier_articles(d);
    for (uint32_t id = 1; id <= all->n && !key_is_none(k->note.key); id++) {
        const struct article *a = article_at(all, (article_id){id});
        if (!key_eq(a->key, k->note.key))
            continue;
        place_on_key(k, a, (article_id){id});
        return;
    }
    struct names m = names_of(n, all);
    place_by_name(k, all, &m);
    free(m.v);
}

/* ---- making one ---- */

struct note note_on(const struct notes *n, struct arena *a, const struct article *row,
                    struct span at)
{
    return (struct note){
        .key = row->key,
        .path = absolute(a, n->folder, row->path),
        .url = arena_str(a, row->url),
        .title = arena_str(a, row->title),
        .outlet = arena_str(a, row->outlet),
        .published = row->published,
        .anchor = anchor_make(a, row->text, at),
        .author = n->author,
    };
}
