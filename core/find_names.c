/* Names in an article: what the tagger found, and what needs no learning.
 *
 * The tagger reads windows of tokens (tagger.h); its labels become mentions.  Handles, hashtags
 * and laws follow patterns, which are matched on the same tokens: "@name", "#word", "Sixth
 * Amendment", "Section 926.2", "Miller v. Alabama".  Where a pattern and the tagger want the same
 * words, the pattern has them. */
#include "core/clusters.h"
#include "core/gazetteer.h"
#include "core/names.h"

struct names_finder {
    struct tag_window window;
    struct tag_memo *memo;
};

static void *make_names_finder(void)
{
    struct names_finder *n = mem_alloc(sizeof(*n));
    *n = (struct names_finder){.memo = tag_memo_open(tag_model_builtin())};
    return n;
}

static void free_names_finder(void *state)
{
    struct names_finder *n = state;
    tag_window_free(&n->window);
    tag_memo_close(n->memo);
    free(n);
}

static struct str token_text(struct str text, const struct tag_token *t)
{
    return str_at(text, (struct span){t->begin, t->end});
}

static enum mention_kind mention_kind_of(unsigned tag)
{
    switch (tag) {
    case TAG_PERSON: return MENTION_PERSON;
    case TAG_ORGANISATION: return MENTION_ORGANISATION;
    case TAG_PLACE: return MENTION_PLACE;
    case TAG_PEOPLE: return MENTION_PEOPLE;
    case TAG_OTHER: return MENTION_OTHER;
    default: return MENTION_KINDS;
    }
}

/* From the mean lead of its capitals: a lead of none is the threshold, one of 512 as sure as can
 * be.  On news like that learnt from, six in ten names with a lead under 25 are right, eight to
 * nine of those up to 250, 96 in 100 above.  What a rule of names.h decided is halfway sure. */
static uint16_t score_of(const struct tag_window *w, size_t from, size_t to)
{
    int sum = 0, n = 0;
    if (w->rule.v[from] != MENTION_BY_TAGGER)
        return 49152;
    for (size_t i = from; i < to; i++)
        if (tag_is_capital(&w->tokens.v[i]))
            sum += w->lead.v[i], n++;
    int lead = n ? sum / n : 0;
    return (uint16_t)(32768 + (lead < 0 ? 0 : lead > 511 ? 32767 : lead * 64));
}

/* ---- laws ---- */

static bool is_capital_word(const struct tag_token *t)
{
    return t->shape == SHAPE_CAPITAL || t->shape == SHAPE_UPPER || t->shape == SHAPE_MIXED;
}

static bool same_line(const struct tag_window *w, size_t from, size_t to)
{
    for (size_t i = from + 1; i < to; i++)
        if (w->tokens.v[i].flags & TOKEN_LINE)
            return false;
    return true;
}

/* A number as sections bear it: "5", "12b", "IX". */
static bool is_section_number(struct str text, const struct tag_token *t)
{
    if (t->flags & (TOKEN_LINE | TOKEN_GLUED))
        return false;
    return t->shape == SHAPE_NUMBER || t->shape == SHAPE_ALNUM ||
           (t->shape == SHAPE_UPPER && strspn(text.p + t->begin, "IVXL") >= t->end - t->begin);
}

/* "Section 926.2", "Article 5", "Title IX", with "(a)" and ".1" glued behind. */
static size_t law_section(const struct tag_window *w, struct str text, size_t i)
{
    static const char words[] = "Section Sections Article Articles Title Rule Proposition";
    const struct tag_token *t = w->tokens.v;
    if (i + 1 >= w->tokens.n || !is_section_number(text, &t[i + 1]) ||
        !str_in_words(token_text(text, &t[i]), words))
        return i;
    size_t e = i + 2;
    while (e + 2 < w->tokens.n && t[e].mark == '(' && t[e].flags & TOKEN_GLUED &&
           t[e + 2].mark == ')' && t[e + 1].end - t[e + 1].begin <= 3)
        e += 3;
    return e;
}

/* "Sixth Amendment", "14th Amendment". */
static size_t law_amendment(const struct tag_window *w, struct str text, size_t i)
{
    static const char ordinals[] =
        "First Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth Eleventh Twelfth Thirteenth "
        "Fourteenth Fifteenth Sixteenth Seventeenth Eighteenth Nineteenth Twentieth";
    const struct tag_token *t = w->tokens.v;
    if (i + 1 >= w->tokens.n || text.p[t[i + 1].begin] != 'A' ||
        !str_in_words(token_text(text, &t[i + 1]), "Amendment Amendments"))
        return i;
    bool ordinal =
        str_in_words(token_text(text, &t[i]), ordinals) ||
        (t[i].shape == SHAPE_ALNUM && text.p[t[i].begin] >= '0' && text.p[t[i].begin] <= '9');
    return ordinal && !(t[i + 1].flags & TOKEN_LINE) ? i + 2 : i;
}

/* From the capital i back and on over a party's name: capitals, initials, "of", "&". */
static size_t party_begin(const struct tag_window *w, struct str text, size_t i)
{
    static const char openers[] = "In The As See Under From But And Since After Before Unlike Like";
    const struct tag_token *t = w->tokens.v;
    while (i > 0 && !(t[i].flags & TOKEN_LINE)) {
        if (t[i - 1].flags & TOKEN_SENTENCE && str_in_words(token_text(text, &t[i - 1]), openers))
            break;
        if (is_capital_word(&t[i - 1]))
            i--;
        else if (i > 1 && str_in_words(token_text(text, &t[i - 1]), "of & and") &&
                 is_capital_word(&t[i - 2]) && !(t[i - 1].flags & TOKEN_LINE))
            i -= 2;
        else
            break;
    }
    return i;
}

static size_t party_end(const struct tag_window *w, struct str text, size_t i)
{
    const struct tag_token *t = w->tokens.v;
    size_t n = w->tokens.n;
    while (i < n && !(t[i].flags & TOKEN_LINE)) {
        if (is_capital_word(&t[i]))
            i++;
        else if (i + 1 < n && str_in_words(token_text(text, &t[i]), "of &") &&
                 is_capital_word(&t[i + 1]))
            i += 2;
        else
            break;
    }
    return i;
}

/* "Miller v. Alabama": i is the "v". */
static size_t law_case(const struct tag_window *w, struct str text, size_t i, size_t *begin)
{
    const struct tag_token *t = w->tokens.v;
    if (i == 0 || i + 2 >= w->tokens.n || text.p[t[i].begin] != 'v' ||
        !str_in_words(token_text(text, &t[i]), "v vs") || t[i].flags & TOKEN_LINE ||
        !is_capital_word(&t[i - 1]) || t[i + 1].mark != '.' || !is_capital_word(&t[i + 2]))
        return i;
    *begin = party_begin(w, text, i - 1);
    return same_line(w, i, i + 3) ? party_end(w, text, i + 2) : i;
}

/* ---- rows ---- */

static void add_mention(struct found *out, struct mention m)
{
    while (out->mentions.n) { /* the later pattern has the words of the earlier name */
        struct mention *last = vec_last(&out->mentions);
        if (last->at.end <= m.at.begin)
            break;
        if (m.rule != MENTION_BY_PATTERN || last->rule == MENTION_BY_PATTERN)
            return;
        out->mentions.n--;
    }
    vec_push(&out->mentions, m);
}

/* A pattern that begins at token i, or whose "v." it is; 0: none. */
static size_t find_pattern(const struct tag_window *w, struct str text, size_t i, struct mention *m)
{
    const struct tag_token *t = &w->tokens.v[i];
    size_t begin = i, end = i;
    *m = (struct mention){.rule = MENTION_BY_PATTERN, .score = UINT16_MAX, .kind = MENTION_LAW};
    if (t->shape == SHAPE_LINK && (t->mark == '@' || t->mark == '#')) {
        bool glued =
            t->flags & TOKEN_GLUED && i && w->tokens.v[i - 1].shape != SHAPE_MARK; /* a@b.c */
        end = i + !glued;
        m->kind = t->mark == '@' ? MENTION_HANDLE : MENTION_HASHTAG;
    } else if (t->shape == SHAPE_CAPITAL || t->shape == SHAPE_ALNUM) {
        end = law_section(w, text, i);
        if (end == i)
            end = law_amendment(w, text, i);
    } else if (t->shape == SHAPE_LOWER && t->end - t->begin <= 2) {
        end = law_case(w, text, i, &begin);
    }
    if (end == i)
        return 0;
    m->at = (struct span){w->tokens.v[begin].begin, w->tokens.v[end - 1].end};
    return end;
}

static size_t name_end(const struct tag_window *w, size_t i)
{
    size_t e = i + 1;
    if (label_part(w->labels.v[i]) == PART_BEGIN)
        while (e < w->tokens.n && label_part(w->labels.v[e++]) != PART_LAST)
            ;
    return e;
}

enum { OFFICE_BYTES = 6 }; /* shorter words are the surnames of other languages */

/* "Spokeswoman" of "Spokeswoman Celia Bray": a word of the language, before a given name and
 * another. */
static bool is_office(const struct tag_window *w, size_t i, size_t to)
{
    const unsigned names = 1u << GAZETTEER_GIVEN | 1u << GAZETTEER_SURNAME | 1u << GAZETTEER_PERSON;
    const struct tag_token *t = &w->tokens.v[i];
    return i + 2 < to && t[0].shape == SHAPE_CAPITAL && t[1].shape == SHAPE_CAPITAL &&
           !(t[0].single & names) && t[0].end - t[0].begin >= OFFICE_BYTES &&
           clusters_find(t[0].fold).fine && t[1].single >> GAZETTEER_GIVEN & 1;
}

/* The first token behind the titles that the tagger took for a part of the person's name. */
static size_t skip_titles(const struct tag_window *w, struct str text, size_t from, size_t to)
{
    static const char titles[] =
        "Mr Mrs Ms Miss Dr Prof Professor Judge Justice Sen Senator Rep Representative Gov Governor "
        "President Chancellor Minister Premier Mayor Congressman Congresswoman Attorney Captain Capt "
        "Lieutenant Lt Sergeant Sgt Colonel Col General Gen Major Officer Detective Inspector Sheriff "
        "Ambassador Councillor Rev Reverend";
    size_t i = from;
    while (i + 1 < to &&
           (str_in_words(token_text(text, &w->tokens.v[i]), titles) || is_office(w, i, to))) {
        i++;
        if (i + 1 < to && w->tokens.v[i].mark == '.')
            i++;
    }
    return i;
}

/* "rapper Lamplight": whoever is called so is a person, whatever the name looks like. */
static bool role_before(const struct tag_window *w, struct str text, size_t i)
{
    static const char roles[] =
        "rapper singer songwriter actor actress comedian musician artist lawyer attorney activist "
        "detective brother sister wife husband son daughter father mother teenager";
    return i > 0 && !(w->tokens.v[i].flags & (TOKEN_LINE | TOKEN_GLUED)) &&
           w->tokens.v[i - 1].shape == SHAPE_LOWER &&
           str_in_words(token_text(text, &w->tokens.v[i - 1]), roles);
}

/* A word that opens a sentence and is never a name by itself. */
static bool is_no_name(struct str text, const struct tag_token *t)
{
    static const char words[] =
        "I He She It We You They His Her Its Our Their The This That These Those And But";
    return str_in_words(token_text(text, t), words);
}

/* "the Post-Trial Review Act": another name whose last word says that it is a law. */
static bool is_law_by_ending(const struct tag_window *w, struct str text, size_t from, size_t to)
{
    static const char endings[] =
        "Act Code Amendment Bill Law Treaty Convention Constitution Statute";
    return to - from > 1 && str_in_words(token_text(text, &w->tokens.v[to - 1]), endings);
}

/* "the singer Kid Tallow": all capitals behind the role are the name. */
static bool follows_role(const struct tag_window *w, struct str text, size_t i)
{
    return i > 1 && w->tokens.v[i - 1].shape == SHAPE_CAPITAL && !w->labels.v[i - 1] &&
           !(w->tokens.v[i].flags & (TOKEN_LINE | TOKEN_GLUED)) && role_before(w, text, i - 1);
}

/* A day is a date, and no name but of a paper or a people ("the Sun", "the Mon"). */
static bool is_day_word(struct str text, const struct tag_token *t)
{
    static const char words[] =
        "Mon Tue Tues Wed Thu Thur Thurs Fri Sat Monday Tuesday Wednesday Thursday Friday "
        "Saturday Sunday";
    return str_in_words(token_text(text, t), words);
}

/* "thanks to EVERYONE": a word that news writes small, and never in capitals, is loud, no name. */
static bool is_loud_word(const struct tag_window *w, size_t i)
{
    const struct tag_token *t = &w->tokens.v[i];
    return t->shape == SHAPE_UPPER && t->line == LINE_PLAIN && t->end - t->begin >= 4 &&
           !t->cluster[0] && !t->single && clusters_find(t->fold).fine;
}

/* "LOST PASSPORT": all of them. */
static bool is_loud(const struct tag_window *w, size_t from, size_t to)
{
    while (from < to && is_loud_word(w, from))
        from++;
    return from == to;
}

/* A month is a date, but "April" may be a person. */
static bool is_month_word(struct str text, const struct tag_token *t)
{
    static const char words[] =
        "January February March April May June July August September October November December";
    return str_in_words(token_text(text, t), words);
}

/* "Salt Quay": a name that ends in such a word is where it is, but for people who bear it as a
 * surname. */
static bool is_place_by_ending(const struct tag_window *w, struct str text, size_t from, size_t to,
                               unsigned kind)
{
    static const char endings[] =
        "Quay Wharf Pier Cove Creek Canyon Strait Peninsula Island Islands Reef Valley Heights Street Avenue Boulevard "
        "Highway Parish Township Prefecture Province";
    const struct tag_token *t = &w->tokens.v[to - 1];
    bool surname = t->single >> GAZETTEER_SURNAME & 1;
    return (kind == MENTION_ORGANISATION || (kind == MENTION_PERSON && !surname)) &&
           to - from == 2 && t[-1].shape == SHAPE_CAPITAL &&
           str_in_words(token_text(text, t), endings);
}

/* "iPod": so products are written, and hardly a body. */
static bool is_product_word(struct str text, const struct tag_token *t)
{
    return t->shape == SHAPE_MIXED && text.p[t->begin] == 'i' &&
           !(t->begins >> GAZETTEER_ORGANISATION & 1) && text.p[t->begin + 1] >= 'A' &&
           text.p[t->begin + 1] <= 'Z';
}

/* One word that looks like a name of that kind and is none. */
static bool is_no_name_of(const struct tag_window *w, struct str text, size_t i, unsigned kind)
{
    const struct tag_token *t = &w->tokens.v[i];
    if (kind != MENTION_ORGANISATION && kind != MENTION_PEOPLE && is_day_word(text, t))
        return true;
    return is_no_name(text, t) || is_loud_word(w, i) ||
           (kind == MENTION_OTHER && is_month_word(text, t));
}

/* "Northmark Wanderers 7-4": the number behind a name is a score when another is glued to it. */
static size_t skip_score(const struct tag_window *w, size_t from, size_t to)
{
    const struct tag_token *t = w->tokens.v;
    if (to - from < 2 || to + 1 >= w->tokens.n || t[to - 1].shape != SHAPE_NUMBER ||
        t[to - 1].end - t[to - 1].begin > 3)
        return to;
    bool score = t[to].mark == '-' && t[to].flags & t[to + 1].flags & TOKEN_GLUED &&
                 t[to + 1].shape == SHAPE_NUMBER;
    return score ? to - 1 : to;
}

static void add_name(const struct tag_window *w, struct str text, size_t from, size_t to,
                     struct found *out)
{
    uint16_t score = score_of(w, from, to);
    from -= label_kind(w->labels.v[from]) == TAG_PERSON && follows_role(w, text, from);
    struct mention m = {.at = {w->tokens.v[from].begin, w->tokens.v[to - 1].end},
                        .kind = (uint8_t)mention_kind_of(label_kind(w->labels.v[to - 1])),
                        .rule = w->rule.v[to - 1],
                        .score = score};
    if (m.kind == MENTION_KINDS)
        return;
    if (m.kind != MENTION_PERSON && m.kind != MENTION_PEOPLE && role_before(w, text, from))
        m.kind = MENTION_PERSON, m.rule = MENTION_BY_TITLE;
    if (to - from == 1 && is_no_name_of(w, text, from, m.kind))
        return;
    if (to - from > 1 && is_loud(w, from, to))
        return;
    if (is_place_by_ending(w, text, from, to, m.kind))
        m.kind = MENTION_PLACE, m.rule = MENTION_BY_PATTERN;
    if (m.kind != MENTION_PEOPLE && is_product_word(text, &w->tokens.v[from]))
        m.kind = MENTION_OTHER, m.rule = MENTION_BY_PATTERN;
    if (m.kind == MENTION_OTHER && is_law_by_ending(w, text, from, to))
        m.kind = MENTION_LAW, m.rule = MENTION_BY_PATTERN;
    add_mention(out, m);
}

/* The end of the name, or its beginning when a pattern begins inside it. */
static size_t name_before_pattern(const struct tag_window *w, struct str text, size_t from,
                                  size_t to)
{
    struct mention m;
    for (size_t i = from + 1; i < to; i++)
        if (find_pattern(w, text, i, &m))
            return from;
    return to;
}

static void add_window(const struct tag_window *w, struct str text, struct found *out)
{
    for (size_t i = 0, e; i < w->tokens.n; i = e) {
        struct mention m;
        e = find_pattern(w, text, i, &m);
        if (e) {
            add_mention(out, m);
            continue;
        }
        unsigned kind = label_kind(w->labels.v[i]);
        e = i + 1;
        if (!kind)
            continue;
        e = name_before_pattern(w, text, i, name_end(w, i));
        if (e == i)
            e = i + 1;
        else
            add_name(w, text, kind == TAG_PERSON ? skip_titles(w, text, i, e) : i,
                     skip_score(w, i, e), out);
    }
}

void find_names(struct finder *f, const struct body *body, struct found *out)
{
    struct names_finder *n = finder_state(f, FINDER_NAMES, make_names_finder, free_names_finder);
    struct tag_window *w = &n->window;
    for (size_t at = 0; at < body->text.n;) {
        tag_window_read(w, body->text, &at);
        if (w->tokens.n == 0)
            break;
        tag_window_label(w, n->memo);
        names_of_headlines(w);
        names_told(w);
        names_of_clubs(w);
        add_window(w, body->text, out);
    }
}
