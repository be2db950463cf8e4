/* Notes are few beside articles: so they are hashed by what they know of their article, and the
 * articles walk past.  A note whose text is in the case is placed when the article comes in; the
 * others wait until everything is there, since an article with the same text may still come.
 *
 * Found by address and not by text: the article was changed, and the anchor is looked for in it.
 * A path or an address is the article's own; a title and an outlet may be shared, so with those
 * alone a note must find its words, or it is not of this case.  Every change is written first and
 * made here after. */
#include "core/notes_table.h"

#include "core/text.h"

#include <stdlib.h>

/* ---- memory of notes ---- */

struct note note_copy(struct arena *a, const struct note *note)
{
    struct note n = *note;
    n.path = arena_str(a, note->path);
    n.url = arena_str(a, note->url);
    n.title = arena_str(a, note->title);
    n.outlet = arena_str(a, note->outlet);
    n.anchor.exact = arena_str(a, note->anchor.exact);
    n.anchor.before = arena_str(a, note->anchor.before);
    n.anchor.after = arena_str(a, note->anchor.after);
    n.tags = arena_str(a, note->tags);
    n.comment = arena_str(a, note->comment);
    n.author = arena_str(a, note->author);
    return n;
}

struct notes *notes_open(struct notes_store *store, struct str author, struct str folder)
{
    struct notes *n = mem_zalloc(sizeof *n);
    n->store = store;
    n->author = arena_str(&n->memory, author);
    n->folder = arena_str(&n->memory, folder);
    n->stale = true;
    return n;
}

void notes_close(struct notes *n)
{
    vec_free(&n->notes);
    vec_free(&n->shown);
    vec_free(&n->undo);
    free(n->by_key);
    free(n->by_id);
    arena_finish(&n->rows_memory);
    arena_finish(&n->undo_memory);
    arena_finish(&n->memory);
    free(n);
}

/* ---- what is in the store ---- */

static void take_note(void *ctx, const struct note *note)
{
    struct notes *n = ctx;
    struct kept *k = vec_add(&n->notes);
    k->note = note_copy(&n->rows_memory, note);
}

static void load(struct notes *n)
{
    vec_clear(&n->notes);
    arena_finish(&n->rows_memory);
    n->seen = 0;
    n->stale = n->settled = false;
    n->generation++;
    if (n->store)
        n->status = n->store->ops->load(n->store, take_note, n);
    notes_index(n);
}

/* ---- order ---- */

static int by_place(const void *x, const void *y)
{
    const struct noted *a = x, *b = y;
    if (a->article.v != b->article.v)
        return a->article.v < b->article.v ? -1 : 1;
    if (a->at.begin != b->at.begin)
        return a->at.begin < b->at.begin ? -1 : 1;
    if (a->at.end != b->at.end)
        return a->at.end > b->at.end ? -1 : 1;
    return (a->note->id > b->note->id) - (a->note->id < b->note->id);
}

void notes_show(struct notes *n)
{
    vec_clear(&n->shown);
    vec_reserve(&n->shown, n->notes.n + 1);
    n->draft = SIZE_MAX;
    for (size_t i = 0; i < n->notes.n; i++) {
        struct kept *k = &n->notes.v[i];
        k->shown = 0;
        if (!k->article.v)
            continue;
        if (k->note.draft)
            n->draft = i;
        else
            vec_push(&n->shown, ((struct noted){&k->note, k->article, k->at, k->state}));
    }
    if (n->shown.n)
        qsort(n->shown.v, n->shown.n, sizeof *n->shown.v, by_place);
    for (size_t i = 0; i < n->shown.n; i++) /* the note is the first thing in what is kept of it */
        ((struct kept *)(uintptr_t)n->shown.v[i].note)->shown = (uint32_t)i + 1;
    n->generation++;
}

bool notes_sync(struct notes *n, const struct dossier *d)
{
    uint64_t before = n->generation;
    if (n->stale || (n->store && n->store->ops->changed(n->store)))
        load(n);
    bool placed = notes_place_new(n, d);
    if (!n->settled && dossier_progress(d).done) {
        placed |= notes_place_changed(n, d);
        n->settled = true;
    }
    if (placed || n->generation != before)
        notes_show(n);
    return n->generation != before;
}

struct noted_run notes_all(const struct notes *n)
{
    return (struct noted_run){n->shown.v, (uint32_t)n->shown.n};
}

static uint32_t first_of(const struct notes *n, uint32_t article)
{
    uint32_t i;
    BISECT(i, 0, (uint32_t)n->shown.n, n->shown.v[i].article.v < article);
    return i;
}

struct noted_run notes_in_article(const struct notes *n, const struct dossier *d, article_id a)
{
    const struct article *row = dossier_article(d, a);
    article_id first = row ? notes_article_with(n, row->key) : NO_ARTICLE;
    if (first.v)
        a = first;
    uint32_t from = first_of(n, a.v), to = first_of(n, a.v + 1);
    return (struct noted_run){n->shown.v + from, to - from};
}

const struct noted *notes_by_id(const struct notes *n, int64_t id)
{
    uint32_t i = n->by_id && id ? n->by_id[(uint64_t)id & (n->slots - 1)] : 0;
    while (i && n->notes.v[i - 1].note.id != id)
        i = n->notes.v[i - 1].next_id;
    return i && n->notes.v[i - 1].shown ? &n->shown.v[n->notes.v[i - 1].shown - 1] : NULL;
}

bool notes_draft(const struct notes *n, struct noted *out)
{
    if (n->draft >= n->notes.n)
        return false;
    const struct kept *k = &n->notes.v[n->draft];
    *out = (struct noted){&k->note, k->article, k->at, k->state};
    return true;
}

bool notes_draft_by_id(const struct notes *n, int64_t id, struct noted *out)
{
    for (size_t i = 0; id && i < n->notes.n; i++) {
        const struct kept *k = &n->notes.v[i];
        if (k->note.id == id && k->note.draft) {
            *out = (struct noted){&k->note, k->article, k->at, k->state};
            return true;
        }
    }
    return false;
}

int notes_fd(const struct notes *n, int *wait_ms)
{
    *wait_ms = -1;
    return n->store ? n->store->ops->fd(n->store, wait_ms) : -1;
}

void notes_rest(struct notes *n)
{
    if (n->store)
        n->store->ops->rest(n->store);
}

uint64_t notes_generation(const struct notes *n)
{
    return n->generation;
}

const char *notes_warning(const struct notes *n)
{
    return n->store ? n->store->ops->why(n->store) : NULL;
}

enum status notes_status(const struct notes *n)
{
    return n->status;
}

const char *notes_refusal(const struct notes *n, const struct note *note)
{
    if (!n->store)
        return "There is no place to keep notes";
    if (!n->store->ops->writable(n->store)) {
        const char *why = n->store->ops->why(n->store);
        return why ? why : "The notes can be read and not changed";
    }
    if (note && note->author.n && !str_eq(note->author, n->author))
        return "This note is another reader's: only they can change it";
    return NULL;
}

/* ---- changing ---- */

static struct kept *kept_by_id(struct notes *n, int64_t id)
{
    for (size_t i = 0; i < n->notes.n; i++)
        if (id && n->notes.v[i].note.id == id)
            return &n->notes.v[i];
    return NULL;
}

/* What was written is made so here. */
static void follow(struct notes *n, const struct dossier *d, const struct note_change *c)
{
    struct kept *k = kept_by_id(n, c->note->id);
    if (c->remove) {
        if (k)
            *k = *vec_last(&n->notes), n->notes.n--;
        return;
    }
    if (!k)
        k = vec_add(&n->notes);
    *k = (struct kept){.note = note_copy(&n->rows_memory, c->note)};
    notes_place_one(n, d, k);
}

static enum status say(const char **why, const char *what, enum status status)
{
    *why = what;
    return status;
}

static enum status write_all(struct notes *n, const struct dossier *d, struct note_change *v,
                             size_t count, const char **why)
{
    if (notes_refusal(n, NULL))
        return say(why, notes_refusal(n, NULL), ERR_READONLY);
    enum status status = n->store->ops->write(n->store, v, count);
    if (status == ERR_ABSENT) {
        n->stale = true;
        notes_sync(n, d);
        return say(why, "Another session changed this note meanwhile: look at it again", status);
    }
    if (status != OK) {
        const char *what = n->store->ops->why(n->store);
        return say(why, what ? what : "The note could not be written", status);
    }
    for (size_t i = 0; i < count; i++)
        follow(n, d, &v[i]);
    notes_index(n);
    notes_show(n);
    return OK;
}

/* Changes from `at` on are forgotten: they were undone, and now something else was done. */
static void remember(struct notes *n, const struct note *before, const struct note *after,
                     uint32_t batch)
{
    struct undo *u = vec_add(&n->undo);
    u->batch = batch;
    u->had_before = before;
    u->had_after = after;
    if (before)
        u->before = note_copy(&n->undo_memory, before);
    if (after)
        u->after = note_copy(&n->undo_memory, after);
    n->undone_at = n->undo.n;
}

enum status notes_put(struct notes *n, const struct dossier *d, const struct note *note,
                      int64_t *id, const char **why)
{
    struct arena scratch = {0};
    struct kept *k = kept_by_id(n, note->id);
    struct note old = k ? note_copy(&scratch, &k->note) : (struct note){0}, put = *note;
    enum status status = ERR_READONLY;
    const char *no = notes_refusal(n, k ? &k->note : NULL);
    if (no) {
        *why = no;
    } else {
        put.changed = 0;
        status = write_all(n, d, &(struct note_change){&put, false}, 1, why);
    }
    if (status == OK && !put.draft) { /* a draft is nobody's act yet */
        n->undo.n = n->undone_at;
        remember(n, k && !old.draft ? &old : NULL, &put, ++n->batch);
    }
    if (status == OK)
        *id = put.id;
    arena_finish(&scratch);
    return status;
}

enum status notes_remove(struct notes *n, const struct dossier *d, int64_t id, const char **why)
{
    struct arena scratch = {0};
    struct kept *k = kept_by_id(n, id);
    if (!k)
        return say(why, "This note is gone already", ERR_ABSENT);
    const char *no = notes_refusal(n, &k->note);
    if (no)
        return say(why, no, ERR_READONLY);
    struct note old = note_copy(&scratch, &k->note);
    enum status status = write_all(n, d, &(struct note_change){&old, true}, 1, why);
    if (status == OK && !old.draft) {
        n->undo.n = n->undone_at;
        remember(n, &old, NULL, ++n->batch);
    }
    arena_finish(&scratch);
    return status;
}

enum status notes_add_all(struct notes *n, const struct dossier *d, struct note *v, size_t count,
                          const char **why)
{
    struct note_change *changes = mem_alloc(count * sizeof *changes);
    for (size_t i = 0; i < count; i++)
        changes[i] = (struct note_change){&v[i], false};
    enum status status = count ? write_all(n, d, changes, count, why) : OK;
    free(changes);
    n->undo.n = status == OK ? n->undone_at : n->undo.n;
    n->batch += status == OK;
    for (size_t i = 0; status == OK && i < count; i++)
        remember(n, NULL, &v[i], n->batch);
    return status;
}

/* ---- undo ---- */

static bool says_the_same(const struct note *a, const struct note *b)
{
    return a->label == b->label && str_eq(a->tags, b->tags) && str_eq(a->comment, b->comment) &&
           a->anchor.at.begin == b->anchor.at.begin && str_eq(a->anchor.exact, b->anchor.exact);
}

/* From what the note was made to be to what it shall be.  A removed one comes back under its
 * number; one that another session changed since is refused by a revision that it never had. */
static struct note_change change_to(struct notes *n, struct note *scratch, const struct note *from,
                                    const struct note *to)
{
    const struct kept *k = kept_by_id(n, (from ? from : to)->id);
    *scratch = *(to ? to : from);
    scratch->revision = !k                                      ? 0
                        : from && says_the_same(&k->note, from) ? k->note.revision
                                                                : UINT32_MAX;
    if (!k && from)
        scratch->revision = UINT32_MAX;
    return (struct note_change){scratch, to == NULL};
}

static enum status replay(struct notes *n, const struct dossier *d, size_t from, size_t to,
                          bool back, const char **why)
{
    size_t count = to - from;
    struct note_change *changes = mem_alloc(count * sizeof *changes);
    struct note *scratch = mem_alloc(count * sizeof *scratch);
    for (size_t i = 0; i < count; i++) {
        const struct undo *u = &n->undo.v[back ? to - 1 - i : from + i];
        const struct note *before = u->had_before ? &u->before : NULL;
        const struct note *after = u->had_after ? &u->after : NULL;
        changes[i] = back ? change_to(n, &scratch[i], after, before)
                          : change_to(n, &scratch[i], before, after);
    }
    enum status status = write_all(n, d, changes, count, why);
    free(scratch);
    free(changes);
    return status;
}

enum status notes_undo(struct notes *n, const struct dossier *d, const char **why)
{
    size_t to = n->undone_at, from = to;
    *why = NULL;
    if (to == 0)
        return ERR_ABSENT;
    while (from > 0 && n->undo.v[from - 1].batch == n->undo.v[to - 1].batch)
        from--;
    enum status status = replay(n, d, from, to, true, why);
    if (status == OK)
        n->undone_at = from;
    return status;
}

enum status notes_redo(struct notes *n, const struct dossier *d, const char **why)
{
    size_t from = n->undone_at, to = from;
    *why = NULL;
    if (from == n->undo.n)
        return ERR_ABSENT;
    while (to < n->undo.n && n->undo.v[to].batch == n->undo.v[from].batch)
        to++;
    enum status status = replay(n, d, from, to, false, why);
    if (status == OK)
        n->undone_at = to;
    return status;
}

uint32_t notes_changes(const struct notes *n)
{
    return n->batch;
}

static const char *change_name(const struct undo *u)
{
    if (!u->had_after)
        return "the deletion of a note";
    if (!u->had_before)
        return "a note";
    if (u->before.label != u->after.label)
        return "the label of a note";
    if (!str_eq(u->before.tags, u->after.tags))
        return "the tags of a note";
    return str_eq(u->before.comment, u->after.comment) ? "the place of a note"
                                                       : "the words of a note";
}

#define NAME_BYTES 40

struct str notes_undo_name(const struct notes *n, struct arena *a, bool redo)
{
    size_t at = redo ? n->undone_at : n->undone_at - 1, others = 0;
    if (at >= n->undo.n)
        return STR("");
    const struct undo *u = &n->undo.v[at];
    for (size_t i = 0; i < n->undo.n; i++)
        others += n->undo.v[i].batch == u->batch;
    struct str words = (u->had_after ? &u->after : &u->before)->anchor.exact;
    struct str shown = str_from(words.p, words.n < NAME_BYTES ? words.n : NAME_BYTES);
    shown.n = utf8_valid_prefix(shown);
    if (others > 1)
        return arena_printf(a, "%zu notes", others);
    if (!words.n)
        return arena_printf(a, "%s on the article", change_name(u));
    return arena_printf(a, "%s on \"%.*s%s\"", change_name(u), (int)shown.n, shown.p,
                        shown.n < words.n ? "…" : "");
}
