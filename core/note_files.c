/* Coming in, a note is looked for in the article that it names, by the same rule as one whose
 * article changed: another program's place is in another program's text, so its words decide. */
#include "core/note_files.h"

#include "core/notes_table.h"

static bool known(const struct notes *n, const char *uid)
{
    for (size_t i = 0; uid[0] && i < n->notes.n; i++)
        if (!strcmp(n->notes.v[i].note.uid, uid))
            return true;
    return false;
}

/* The words may stand where it says, to the character. */
static bool stands_there(const struct note_read *r, const struct article *a, struct span *out)
{
    size_t begin = chars_to_bytes(a->text, r->first_char);
    size_t end = begin + chars_to_bytes(str_from(a->text.p + begin, a->text.n - begin),
                                        r->last_char - r->first_char);
    *out = span_of(begin, end);
    return r->has_place && r->last_char >= r->first_char &&
           str_eq(str_at(a->text, *out), r->note.anchor.exact);
}

static enum note_state settle(const struct notes *n, struct arena *memory, struct note_read *r,
                              const struct article *a)
{
    struct note *x = &r->note;
    struct span at;
    bool same_text = x->key.hi == a->key.hi && x->key.lo == a->key.lo;
    struct anchored found = anchor_find(&x->anchor, a->text);
    if (x->anchor.exact.n && same_text && stands_there(r, a, &at))
        found = (struct anchored){NOTE_EXACT, at};
    struct note own = note_on(n, memory, a, found.at);
    own.author = x->author, own.comment = x->comment, own.tags = x->tags, own.label = x->label;
    own.created = x->created, own.changed = x->changed;
    memcpy(own.uid, x->uid, sizeof own.uid);
    if (found.state < NOTE_MOVED) {
        own.key = (struct article_key){0, 0};
        own.anchor = x->anchor;
    }
    *x = own;
    return found.state;
}

enum status notes_import(struct notes *n, const struct dossier *d, struct note_read *v,
                         size_t count, struct import_counts *out, const char **why)
{
    struct arena memory = {0};
    struct note *add = mem_alloc(count * sizeof *add);
    struct names names = names_of(n, dossier_articles(d));
    size_t adds = 0;
    *out = (struct import_counts){.known = 0};
    for (size_t i = 0; i < count; i++) {
        if (known(n, v[i].note.uid)) {
            out->known++;
            continue;
        }
        bool sure;
        article_id id =
            names_lookup(n, &names, v[i].note.key, v[i].note.path, v[i].note.url, &sure);
        enum note_state state =
            id.v ? settle(n, &memory, &v[i], dossier_article(d, id)) : NOTE_ORPHAN;
        if (!id.v || (!sure && state == NOTE_ORPHAN)) {
            out->elsewhere++;
            continue;
        }
        out->state[state]++;
        add[adds++] = v[i].note;
    }
    enum status status = notes_add_all(n, d, add, adds, why);
    free(add);
    free(names.v);
    arena_finish(&memory);
    return status;
}

/* ---- proof ---- */

const char *proof_name(enum proof p)
{
    static const char *const names[] = {"same", "moved", "altered", "absent"};
    return names[p];
}

static bool stands_somewhere(struct str text, struct str words)
{
    struct anchor a = {.exact = words, .partial = true};
    struct arena scratch = {0};
    bool found = words.n && memmem(text.p, text.n, words.p, words.n);
    if (!found && words.n) { /* set with other blanks: the sure part of the search tells */
        struct anchored f = anchor_find(&a, text);
        found =
            f.state != NOTE_ORPHAN && words_same(text_plain(&scratch, str_at(text, f.at)), words);
    }
    arena_finish(&scratch);
    return found;
}

static enum proof prove_in(const struct article *a, const struct citation *c)
{
    struct arena scratch = {0};
    uint64_t begin = c->begin, end = c->end;
    if (c->has_place && c->in_chars) {
        begin = chars_to_bytes(a->text, c->begin);
        end = chars_to_bytes(a->text, c->end);
    }
    bool same = c->text.n == 0 && (!c->has_place || begin == end); /* the article as a whole */
    if (c->has_place && begin <= end && end <= a->text.n)
        same = words_same(text_plain(&scratch, str_at(a->text, span_of(begin, end))),
                          text_plain(&scratch, c->text));
    bool elsewhere = !same && stands_somewhere(a->text, c->text);
    arena_finish(&scratch);
    return same || (elsewhere && !c->has_place) ? PROOF_SAME
           : elsewhere                          ? PROOF_MOVED
                                                : PROOF_ALTERED;
}

/* The address says which article is cited, even where another has the text that was noted. */
void citations_prove(const struct notes *n, const struct dossier *d, const struct citation *v,
                     size_t count, struct proven *out)
{
    const struct article_key no_key = {0, 0};
    struct names names = names_of(n, dossier_articles(d));
    for (size_t i = 0; i < count; i++) {
        bool sure;
        article_id id = names_lookup(n, &names, no_key, v[i].path, v[i].url, &sure);
        if (!sure && (v[i].key.hi || v[i].key.lo)) {
            article_id same = names_lookup(n, &names, v[i].key, STR(""), STR(""), &sure);
            id = same.v ? same : id;
        }
        const struct article *a = dossier_article(d, id);
        out[i] = (struct proven){id, a ? prove_in(a, &v[i]) : PROOF_ABSENT};
    }
    free(names.v);
}
