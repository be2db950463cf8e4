/* Finding a passage again.
 *
 * First the very words; then the words with blanks, quotes and dashes folded; then what stands
 * between the two contexts; last the stretch that shares most words.  Only the first two can be
 * sure, and only beside enough of the old context: a sentence of the house ("declined to
 * comment") that is left alone after the one that was noted has gone would else be taken for it.
 * What tells them apart is kept from the start: how like the passage's rivals already were in the
 * text it was made on.  Refused: edit distance over the whole text, which is quadratic in the
 * worst case and finds look-alikes with confidence. */
#include "core/anchor.h"

#include "core/anchor_fold.h"
#include "core/text.h"

enum {
    SIDE = ANCHOR_CONTEXT_CHARS,
    CANDIDATES_MAX = 65536,      /* same words in so many places: nobody can tell */
    COMPARED_BYTES_MAX = 64 << 20,
    CLEAR = 12,                  /* of 64: better by less is a tie */
    SURE_MARGIN = 24,            /* the best of several is sure above the next by this */
    SURE_SIDE = 24,              /* of 32: one side as good as untouched */
    SURE_BOTH = 40,              /* of 64, when there are several */
    EVIDENCE = 48,               /* characters of words and context that agree */
};

const char *note_state_name(enum note_state s)
{
    static const char *const names[] = {"orphan", "weak", "moved", "exact"};
    return names[s];
}

size_t chars_to_bytes(struct str s, size_t chars)
{
    size_t i = 0;
    for (; i < s.n; i++)
        if (((unsigned char)s.p[i] & 0xc0) != 0x80 && chars-- == 0)
            break;
    return i;
}

size_t bytes_to_chars(struct str s, size_t bytes)
{
    size_t n = 0;
    for (size_t i = 0; i < bytes && i < s.n; i++)
        n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
    return n;
}

bool words_same(struct str a, struct str b)
{
    size_t i = 0, j = 0;
    a = str_trim(a), b = str_trim(b);
    while (i < a.n && j < b.n) {
        bool x = strchr(" \t\n\r\f\v", a.p[i]) && a.p[i],
             y = strchr(" \t\n\r\f\v", b.p[j]) && b.p[j];
        if (x != y || (!x && a.p[i] != b.p[j]))
            return false;
        i++, j++;
        while (x && i < a.n && a.p[i] && strchr(" \t\n\r\f\v", a.p[i]))
            i++;
        while (y && j < b.n && b.p[j] && strchr(" \t\n\r\f\v", b.p[j]))
            j++;
    }
    return i == a.n && j == b.n;
}

/* ---- likeness of contexts ---- */

struct likeness_of_sides {
    uint8_t before, after; /* of 32 */
    uint8_t chars;         /* that agree, on both sides together */
    bool exact;            /* both sides to the byte, as far as they are known */
};

/* How many folded characters agree, walking away from the words; *full: how many there are. */
static unsigned side_chars(struct str kept, bool kept_whole, struct str text, size_t at, int step,
                           unsigned *full)
{
    size_t i = step < 0 ? kept.n : 0;
    unsigned same = 0, n = 0;
    bool alike = true;
    for (; n < SIDE; n++) {
        uint32_t want = step < 0 ? fold_back(kept, &i) : fold_on(kept, &i);
        uint32_t have = alike ? step < 0 ? fold_back(text, &at) : fold_on(text, &at) : FOLD_END;
        if (want == FOLD_END && !kept_whole)
            break;
        alike = alike && want == have;
        same += alike;
        if (want == FOLD_END) { /* the edge of the text itself: as good as all the rest */
            same += alike ? SIDE - n - 1 : 0;
            n = SIDE;
            break;
        }
    }
    *full = n;
    return same;
}

/* Was the context cut by the edge of its text, and not by its length? */
static bool at_start(const struct anchor *a)
{
    return a->at.begin == a->before.n && bytes_to_chars(a->before, a->before.n) < SIDE;
}

static bool at_end(const struct anchor *a)
{
    return !a->partial && bytes_to_chars(a->after, a->after.n) < SIDE;
}

static bool sides_exact(const struct anchor *a, struct str text, struct span at)
{
    size_t rest = text.n - at.end;
    return at.begin >= a->before.n && rest >= a->after.n &&
           memcmp(text.p + at.begin - a->before.n, a->before.p ? a->before.p : "", a->before.n) ==
               0 &&
           memcmp(text.p + at.end, a->after.p ? a->after.p : "", a->after.n) == 0 &&
           (!at_start(a) || at.begin == a->before.n) && (!at_end(a) || rest == a->after.n) &&
           (!a->partial || (a->before.n && a->after.n));
}

static struct likeness_of_sides likeness(const struct anchor *a, struct str text, struct span at)
{
    unsigned full_before, full_after;
    unsigned before = side_chars(a->before, at_start(a), text, at.begin, -1, &full_before);
    unsigned after = side_chars(a->after, at_end(a), text, at.end, 1, &full_after);
    return (struct likeness_of_sides){
        .before = (uint8_t)(full_before ? before * SIDE / full_before : 0),
        .after = (uint8_t)(full_after ? after * SIDE / full_after : 0),
        .chars = (uint8_t)(before + after),
        .exact = sides_exact(a, text, at),
    };
}

static unsigned like_of(struct likeness_of_sides l)
{
    return l.before + l.after;
}

/* ---- candidates ---- */

struct candidates_seen {
    struct span best;
    struct likeness_of_sides like;
    unsigned second; /* likeness of the next best */
    size_t n;
    bool too_many;
};

static void consider(struct candidates_seen *c, const struct anchor *a, struct str text,
                     struct span at)
{
    struct likeness_of_sides l = likeness(a, text, at);
    if (c->n++ == 0 || like_of(l) > like_of(c->like)) {
        c->second = c->n > 1 ? like_of(c->like) : 0;
        c->best = at;
        c->like = l;
    } else if (like_of(l) > c->second) {
        c->second = like_of(l);
    }
}

/* Looking for the next place costs the length of the words. */
static size_t places_max(const struct anchor *a)
{
    size_t most = COMPARED_BYTES_MAX / (a->exact.n + 1);
    return most < CANDIDATES_MAX ? most : CANDIDATES_MAX;
}

static struct candidates_seen all_places(const struct anchor *a, struct str text)
{
    struct candidates_seen c = {0};
    size_t most = places_max(a);
    for (size_t from = 0; from + a->exact.n <= text.n;) {
        const char *hit = memmem(text.p + from, text.n - from, a->exact.p, a->exact.n);
        if (!hit)
            break;
        size_t begin = (size_t)(hit - text.p);
        if (c.n >= most) {
            c.too_many = true;
            break;
        }
        consider(&c, a, text, span_of(begin, begin + a->exact.n));
        from = begin + 1;
    }
    return c;
}

/* The same with blanks, quotes and dashes folded on both sides. */
static struct candidates_seen folded_places(const struct anchor *a, struct str text,
                                            const struct folded *f)
{
    struct candidates_seen c = {0};
    struct folded words = folded_make(a->exact);
    size_t most = places_max(a);
    for (size_t from = 0; words.n && c.n < most && from + words.n <= f->n;) {
        size_t i = folded_find(f, from, words.v, words.n);
        if (i == SIZE_MAX)
            break;
        consider(&c, a, text, span_of(f->at[i], folded_end(f, i + words.n, text)));
        from = i + 1;
    }
    c.too_many = c.n >= most;
    folded_free(&words);
    return c;
}

/* ---- the verdict ---- */

static enum note_state judge(const struct anchor *a, const struct candidates_seen *c, bool verbatim)
{
    unsigned like = like_of(c->like), margin = c->n > 1 ? like - c->second : 2 * SIDE;
    size_t chars = bytes_to_chars(a->exact, a->exact.n);
    size_t evidence = (chars < SIDE ? chars : SIDE) + c->like.chars;
    if (c->n == 0 || c->too_many || margin < CLEAR)
        return NOTE_ORPHAN;
    if (like < a->rival + (unsigned)CLEAR)
        return NOTE_WEAK;
    if (verbatim && c->like.exact)
        return NOTE_EXACT;
    bool side = c->like.before >= SURE_SIDE || c->like.after >= SURE_SIDE;
    bool best = c->n == 1 || (like >= SURE_BOTH && margin >= SURE_MARGIN);
    return side && best && evidence >= EVIDENCE ? NOTE_MOVED : NOTE_WEAK;
}

static struct anchored found(enum note_state state, struct span at)
{
    return (struct anchored){state, state == NOTE_ORPHAN ? span_of(0, 0) : at};
}

static struct anchored find_changed(const struct anchor *a, struct str text, struct anchored sofar)
{
    struct folded f = folded_make(text);
    struct span at = sofar.at;
    if (sofar.state == NOTE_ORPHAN) {
        struct candidates_seen c = folded_places(a, text, &f);
        enum note_state state = judge(a, &c, false);
        sofar = found(state, c.best);
    }
    if (sofar.state == NOTE_WEAK || sofar.state == NOTE_ORPHAN) {
        if (folded_between(&f, a->before, a->after, a->exact.n, text, &at))
            sofar = found(NOTE_WEAK, at);
        else if (sofar.state == NOTE_ORPHAN && words_near(a->exact, text, &at))
            sofar = found(NOTE_WEAK, at);
    }
    folded_free(&f);
    return sofar;
}

struct anchored anchor_find(const struct anchor *a, struct str text)
{
    if (a->exact.n == 0)
        return (struct anchored){NOTE_EXACT, {0, 0}};
    struct candidates_seen c = all_places(a, text);
    enum note_state state = judge(a, &c, true);
    if (state >= NOTE_MOVED || c.n > 1)
        return found(state, c.best);
    return find_changed(a, text, found(state, c.best));
}

/* ---- making one ---- */

struct anchor anchor_make(struct arena *m, struct str text, struct span at)
{
    struct anchor a = {.at = at};
    size_t from = at.begin, to = at.end;
    const char *p;
    for (int i = 0; i < SIDE && from > 0; i++) {
        utf8_decode_before(text.p + from, &p);
        from = (size_t)(p - text.p);
    }
    for (int i = 0; i < SIDE && to < text.n; i++) {
        utf8_decode(text.p + to, &p);
        to = (size_t)(p - text.p);
    }
    a.exact = arena_str(m, str_at(text, at));
    if (span_is_empty(at))
        return a;
    a.before = arena_str(m, str_at(text, span_of(from, at.begin)));
    a.after = arena_str(m, str_at(text, span_of(at.end, to)));
    /* Folded, since the rival may be set in another style now and in the same one later. */
    struct folded f = folded_make(text);
    struct candidates_seen c = f.n ? folded_places(&a, text, &f) : all_places(&a, text);
    a.rival = (uint8_t)(c.too_many ? 2 * SIDE : c.n > 1 ? c.second : 0);
    folded_free(&f);
    return a;
}
