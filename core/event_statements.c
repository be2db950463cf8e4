/* Dated statements, and what they are compared by: kinds of happening, entities, content words.
 *
 * The kinds are told by a table of words (event_kinds.def) as the ACE event extractors of the first
 * generation did; what they miss is made good by shared words. */
#include "core/link_events.h"

#include "core/align.h"
#include "core/event_clause.h"
#include "core/link_parts.h"

/* ---- kinds ---- */

static const struct {
    const char *words;
    bool once;
} kind_rows[EVENT_KINDS] = {
#define EVENT_KIND(ID, once, words) [EVENT_##ID] = {words, once},
#include "core/event_kinds.def"
#undef EVENT_KIND
};

uint32_t event_kinds_once(void)
{
    uint32_t set = 0;
    for (int k = 0; k < EVENT_KINDS; k++)
        set |= kind_rows[k].once ? 1u << k : 0;
    return set;
}

/* Is the term one of "word|word|beginning*"? */
static bool in_words(const char *words, struct str term)
{
    while (*words) {
        const char *end = strchrnul(words, '|');
        size_t n = (size_t)(end - words);
        bool open = n && words[n - 1] == '*';
        struct str w = str_from(words, n - open);
        if (open ? str_starts(term, w) : str_eq(term, w))
            return true;
        words = *end ? end + 1 : end;
    }
    return false;
}

/* The kinds among `of`. */
static uint32_t kinds_among(struct str term, uint32_t of)
{
    uint32_t set = 0;
    for (; of; of &= of - 1) {
        int k = __builtin_ctz(of);
        if (in_words(kind_rows[k].words, term))
            set |= 1u << k;
    }
    return set;
}

uint32_t event_kinds_of(struct str term)
{
    return kinds_among(term, (uint32_t)(1ull << EVENT_KINDS) - 1);
}

/* Words that nearly every sentence has: they make none alike. */
static bool is_empty(struct str term)
{
    static const char *const empty[] = {"that", "this", "with", "from", "were", "have", "been", "they", "their",
                                        "said", "which", "when", "would", "about", "after", "before", "into",
                                        "also", "than", "there", "will", "over", "more", "year", "years", "last",
                                        "month", "week", "monday", "tuesday", "wednesday", "thursday", "friday",
                                        "saturday", "sunday", "january", "february", "march", "april", "june",
                                        "july", "august", "september", "october", "november", "december"};
    for (size_t i = 0; i < COUNT_OF(empty); i++)
        if (str_eq(term, str_of(empty[i])))
            return true;
    return false;
}

static uint32_t stem_hash(struct str term)
{
    uint32_t h = 2166136261u, n = word_stem(term);
    for (uint32_t i = 0; i < n; i++)
        h = (h ^ (unsigned char)term.p[i]) * 16777619u;
    return h;
}

/* What there is to know of a word is asked for every word of every dated sentence: remembered by hash,
 * as it is the same few thousand words again and again; of the others most begin with two letters as
 * none of the table does. */
#define MEMORY 8192
#define BEGINNINGS 1024
struct kind_memory {
    struct known_word {
        uint32_t hash, kinds, stem;
        bool known, empty;
    } rows[MEMORY];
    uint32_t beginnings[BEGINNINGS]; /* by the first two letters of a word: the kinds that it may be of */
};

static uint32_t *beginning_of(struct kind_memory *m, const char *word)
{
    return &m->beginnings[(unsigned)(word[0] & 31) << 5 | (word[1] & 31)];
}

/* All words of the table have two letters and more. */
static void read_beginnings(struct kind_memory *m)
{
    for (int k = 0; k < EVENT_KINDS; k++)
        for (const char *w = kind_rows[k].words; w; w = strchr(w, '|')) {
            w += *w == '|';
            *beginning_of(m, w) |= 1u << k;
        }
}

static const struct known_word *word_known(struct kind_memory *m, const struct word *w)
{
    struct known_word *k = &m->rows[w->hash % MEMORY];
    if (!k->known || k->hash != w->hash) {
        uint32_t may = w->term.n > 1 ? *beginning_of(m, w->term.p) : 0;
        k->hash = w->hash;
        k->kinds = kinds_among(w->term, may) & (w->hash & WORD_IN_NAME ? ~event_kinds_once() : UINT32_MAX);
        k->stem = stem_hash(w->term);
        k->empty = is_empty(w->term);
        k->known = true;
    }
    return k;
}

/* ---- words ---- */

/* Keeps the first STATEMENT_STEMS that it is given, in rising order. */
static void add_stem(struct statement *s, uint32_t hash)
{
    uint32_t i = s->n_stems;
    if (i == STATEMENT_STEMS)
        return;
    while (i && s->stems[i - 1] > hash)
        i--;
    if (i && s->stems[i - 1] == hash)
        return;
    memmove(s->stems + i + 1, s->stems + i, (s->n_stems - i) * sizeof(s->stems[0]));
    s->stems[i] = hash;
    s->n_stems++;
}

/* Names are compared as entities. */
static void add_word(struct statement *s, struct kind_memory *memory, const struct word *w)
{
    if (w->capital || w->term.n < 4 || (w->term.p[0] >= '0' && w->term.p[0] <= '9'))
        return;
    const struct known_word *k = word_known(memory, w);
    if (!k->empty)
        add_stem(s, k->stem);
}

/* What courts and police do is done about something else: of "arrested for the murder" the date is
 * the arrest's. */
#define JUSTICE                                                                                    \
    (1u << EVENT_ARREST | 1u << EVENT_PRISON | 1u << EVENT_CHARGE | 1u << EVENT_TRIAL |            \
     1u << EVENT_VERDICT | 1u << EVENT_SENTENCE | 1u << EVENT_APPEAL | 1u << EVENT_RELEASE)
/* Words behind a date that it may stand for: "the 2002 murder", "the 1998 lighthouse fire". */
#define BEHIND_DATE 2
/* Words on either side of the date that tell what happened then, before the rest of the sentence. */
#define AROUND_DATE 12

static uint32_t kinds_between(struct kind_memory *memory, struct word_run words, uint32_t from, uint32_t to)
{
    uint32_t set = 0;
    for (uint32_t i = from; i < to && i < words.n; i++)
        set |= word_known(memory, &words.v[i])->kinds;
    return set;
}

static uint32_t of_justice(uint32_t set)
{
    if (set & (1u << EVENT_VERDICT | 1u << EVENT_SENTENCE))
        set &= ~(1u << EVENT_TRIAL); /* "convicted at his second trial" */
    return set & JUSTICE ? set & JUSTICE : set;
}

/* Does the word begin something new behind a date, "convicted in 2009 of murder", where a noun would
 * take the date for its own, "the 2002 murder"? */
static bool parts(struct str term)
{
    return in_words("after|and|as|at|before|but|by|during|for|from|had|has|in|is|of|on|that|to|was|were|when|where|"
                    "while|who|will|with|would", term);
}

static uint32_t kinds_behind(struct kind_memory *memory, struct word_run words, uint32_t behind)
{
    return behind < words.n && parts(words.v[behind].term) ? 0 : of_justice(kinds_between(memory, words, behind, behind + BEHIND_DATE));
}

/* The words within AROUND_DATE of those of the date, [first, behind), that lie in its clause. */
static uint32_t kinds_around(struct kind_memory *memory, struct word_run words, uint32_t first, uint32_t behind,
                             struct span near)
{
    uint32_t from = first > AROUND_DATE ? first - AROUND_DATE : 0, to = behind + AROUND_DATE;
    while (from < first && words.v[from].at.begin < near.begin)
        from++;
    while (to > behind && (to > words.n || words.v[to - 1].at.begin >= near.end))
        to--;
    return kinds_between(memory, words, from, to);
}

/* What the date's own clause says happened, and what the words beside it add: "burned on Nov. 12, and two
 * were killed". */
static uint32_t kinds_told(struct kind_memory *memory, struct word_run words, uint32_t first, uint32_t behind,
                           const struct clause *c)
{
    uint32_t own = of_justice(kinds_around(memory, words, first, behind, c->near));
    uint32_t beside = kinds_around(memory, words, first, behind, span_of(c->near.begin, c->at.end));
    if (!own)
        return of_justice(beside ? beside : kinds_between(memory, words, 0, words.n));
    return own & JUSTICE ? own : own | beside;
}

static void read_words(struct statement *s, struct kind_memory *memory, struct word_run words, struct span date,
                       const struct clause *clause)
{
    uint32_t first = 0, behind;
    while (first < words.n && words.v[first].at.end <= date.begin)
        first++;
    for (behind = first; behind < words.n && words.v[behind].at.begin < date.end;)
        behind++;
    s->kinds = kinds_behind(memory, words, behind);
    if (!s->kinds)
        s->kinds = kinds_told(memory, words, first, behind, clause);
    else if (!(s->kinds & ~(1u << EVENT_TRIAL | 1u << EVENT_APPEAL))) /* "found guilty in a 2009 retrial" */
        s->kinds |= kinds_around(memory, words, first, behind, clause->near) & 1u << EVENT_VERDICT;
    for (uint32_t i = first, k = behind; s->n_stems < STATEMENT_STEMS && (i > 0 || k < words.n);) {
        if (i > 0)
            add_word(s, memory, &words.v[--i]);
        if (k < words.n)
            add_word(s, memory, &words.v[k++]);
    }
}

/* ---- entities ---- */

static void add_entity(struct statement *s, uint32_t id, bool near)
{
    uint32_t n = (uint32_t)s->n_entities + s->n_near;
    for (uint32_t i = 0; i < n; i++)
        if (s->entities[i] == id)
            return;
    if (n == STATEMENT_ENTITIES || !id)
        return;
    s->entities[n] = id;
    if (near)
        s->n_near++;
    else
        s->n_entities++;
}

static void add_entities(struct statement *s, struct mention_run names, struct span at, bool near)
{
    uint32_t i;
    BISECT(i, 0, names.n, names.v[i].at.begin < at.begin);
    for (; i < names.n && names.v[i].at.begin < at.end; i++)
        if (names.v[i].kind != MENTION_PEOPLE)
            add_entity(s, names.v[i].entity.v, near);
}

static struct word_run with_names_marked(struct arena *a, struct word_run words, struct mention_run names)
{
    struct word *v = arena_array(a, struct word, words.n + 1);
    uint32_t k = 0;
    for (uint32_t i = 0; i < words.n; i++) {
        v[i] = words.v[i];
        while (k < names.n && names.v[k].at.end <= v[i].at.begin)
            k++;
        bool in_name = k < names.n && span_touches(names.v[k].at, v[i].at);
        in_name |= i > 0 && in_words("cardiac|heart|asthma", v[i - 1].term); /* an arrest, an attack: no man's */
        v[i].hash = in_name ? v[i].hash | WORD_IN_NAME : v[i].hash & ~WORD_IN_NAME;
    }
    return (struct word_run){v, words.n};
}

/* The names from the first that ends behind byte `from`. */
static struct mention_run names_from(struct mention_run names, uint32_t from)
{
    uint32_t i;
    BISECT(i, 0, names.n, names.v[i].at.end <= from);
    return (struct mention_run){names.v + i, names.n - i};
}

/* ---- gathering ---- */

struct gathering {
    const struct link_job *job;
    const struct links *l;
    struct statement *out; /* where the next goes */
    struct kind_memory memory;
    struct arena scratch;
};

/* A sentence may be all of a hostile text: no more of it is read than this to either side of the date. */
#define REACH 2000
#define STAMP_REACH 24 /* bytes between a day and the clock of its stamp */
#define STAMPS_LOOKED 8
#define WORD_LOOKED 16
#define MOVING_REACH 120 /* bytes between "moved" and the two days */
#define COMMENT_DAYS 60
#define RANGE_WORDS 10 /* bytes between the two ends of a range */

static struct span within_reach(struct str text, struct span sentence, struct span date)
{
    uint32_t begin = date.begin > sentence.begin + REACH ? date.begin - REACH : sentence.begin;
    uint32_t end = sentence.end > date.end + REACH ? date.end + REACH : sentence.end;
    while (begin > sentence.begin && ((unsigned char)text.p[begin] & 0xc0) == 0x80)
        begin--;
    while (end < sentence.end && ((unsigned char)text.p[end] & 0xc0) == 0x80)
        end++;
    return span_of(begin, end);
}

/* The last quotation that begins at or before byte `at`; null: there is none. */
static const struct quote *quote_before(struct quote_run quotes, uint32_t at)
{
    uint32_t i;
    BISECT(i, 0, quotes.n, quotes.v[i].at.begin <= at);
    return i ? &quotes.v[i - 1] : NULL;
}

/* "— Name (@handle) August 3, 2023" under a post: what the date dates is the post. */
#define BYLINE_APART 8 /* bytes between the two */
static const struct quote *post_above(struct str text, struct span sentence, struct span date, struct quote_run quotes)
{
    struct str s = str_at(text, sentence);
    if (date.end + 1 < sentence.end || !(str_starts(s, STR("\xe2\x80\x94")) || str_starts(s, STR("--"))))
        return NULL;
    const struct quote *q = quote_before(quotes, sentence.begin);
    return q && q->at.end <= sentence.begin && sentence.begin - q->at.end <= BYLINE_APART ? q : NULL;
}

/* "If his trial was today", "ask me on Monday", "he was there that night": the words of somebody
 * quoted are reckoned from when and where they were said, which is not known.  They count where they
 * tell of a happening, and "today", "that night" and the like not even there. */
static bool is_said_loosely(const struct date *d, struct str text, struct quote_run quotes, uint32_t kinds)
{
    const struct quote *q = quote_before(quotes, d->at.begin);
    bool anchored = !span_is_empty(d->anchor);
    if (!q || q->at.end < d->at.end || (anchored && span_holds(q->at, d->anchor)))
        return false;
    if (q->kind == QUOTE_INDIRECT)
        return anchored && str_starts(str_at(text, d->at), STR("that "));
    if (!anchored && !(d->flags & DATE_FROM_PUBLICATION))
        return false;
    char c = text.p[d->at.begin] | 0x20;
    return !kinds || c == 't' || c == 'y';
}

static bool is_clock_at(struct str text, uint32_t i)
{
    return i + 2 < text.n && text.p[i] == ':' && i && text.p[i - 1] >= '0' && text.p[i - 1] <= '9' &&
           text.p[i + 1] >= '0' && text.p[i + 1] <= '9';
}

/* A stamp of the page or of a comment, "Mon May 4, 2009 3:56 pm EDT", "At 15:41 30th Apr 2009": a day
 * written with its year, of publication or of the weeks that comments come in, and a clock beside it.
 * In running text nobody writes this year's number. */
static bool is_stamp(struct str text, const struct date *d, int32_t published)
{
    bool here = published != DAY_NONE && d->days.first >= published - 1 && d->days.first <= published + COMMENT_DAYS;
    bool with_year = !(d->flags & (DATE_FROM_PUBLICATION | DATE_GUESSED_YEAR)) && span_is_empty(d->anchor);
    uint32_t from = d->at.begin > STAMP_REACH ? d->at.begin - STAMP_REACH : 0, to = d->at.end + STAMP_REACH;
    if (d->days.precision != PRECISION_DAY || !here || !with_year)
        return false;
    for (uint32_t i = from; i < to; i++)
        if (is_clock_at(text, i))
            return true;
    return false;
}

/* ---- ranges ---- */

static bool word_is_one(struct str word, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(word, str_of(words[i])))
            return true;
    return false;
}

/* The word that ends before byte `at`, no more than blanks between, or its last WORD_LOOKED bytes. */
static struct str word_before(struct str text, uint32_t begin, uint32_t at)
{
    for (int blanks = 0; at > begin && text.p[at - 1] == ' ' && blanks < WORD_LOOKED; blanks++)
        at--;
    uint32_t from = at;
    while (from > begin && at - from < WORD_LOOKED && text.p[from - 1] != ' ' && text.p[from - 1] != '\n')
        from--;
    return str_at(text, span_of(from, at));
}

static bool is_bound(struct str text, const struct sentence *s, const struct date *d)
{
    static const char *const words[] = {"by", "By", "before", "Before", "until", "Until", "till", "since", "Since",
                                        "after", "After"};
    return word_is_one(word_before(text, s->at.begin, d->at.begin), words, COUNT_OF(words));
}

/* What is moved from one day to another does not last from the one to the other. */
static bool speaks_of_moving(struct str words)
{
    static const char *const moves[] = {"moved", "postpone", "delayed", "pushed", "brought forward", "changed", "resched",
                                        "put off", "put back", "extended", "revised"};
    for (size_t i = 0; i < COUNT_OF(moves); i++)
        if (memmem(words.p, words.n, moves[i], strlen(moves[i])))
            return true;
    return false;
}

/* Is the next date the end of a time that begins with this one: "from 3 to 7 June", "between 1998 and
 * 2003", "June 3-7"? */
static bool begins_range(struct str text, struct span sentence, struct date_run dates, uint32_t date)
{
    static const char *const until[] = {"to", "until", "till", "through", "-", "\xe2\x80\x93", "--"};
    if (date + 1 >= dates.n)
        return false;
    const struct date *a = &dates.v[date], *b = &dates.v[date + 1];
    if (a->at.begin < sentence.begin || b->at.begin < a->at.end || b->at.begin - a->at.end > RANGE_WORDS || b->at.end > sentence.end ||
        !days_known(a->days) || a->days.precision != b->days.precision || a->days.precision > PRECISION_YEAR ||
        b->days.first < a->days.end || (a->flags & DATE_GUESSED_YEAR && b->days.first - a->days.first > 366))
        return false;
    struct str link = str_trim(str_at(text, span_of(a->at.end, b->at.begin)));
    struct str before = word_before(text, sentence.begin, a->at.begin);
    bool between = str_eq(link, STR("and")) && (str_eq(before, STR("between")) || str_eq(before, STR("Between")));
    if (!between && !word_is_one(link, until, COUNT_OF(until)))
        return false;
    uint32_t from = a->at.begin - sentence.begin > MOVING_REACH ? a->at.begin - MOVING_REACH : sentence.begin;
    return !speaks_of_moving(str_at(text, span_of(from, a->at.begin)));
}

/* Those named in `told`, then those in the sentences beside it of its paragraph; where paragraphs are of
 * one sentence, and it befell "a singer", the sentence behind says who that is. */
static void add_all_entities(struct statement *x, struct mention_run names, struct sentence_run sentences,
                             const struct sentence *s, struct span told)
{
    bool before = s > sentences.v && s[-1].paragraph == s->paragraph;
    bool last = s + 1 == sentences.v + sentences.n, unnamed = x->fate.kind && !x->fate.who;
    add_entities(x, names, told, false);
    if (before)
        add_entities(x, names, s[-1].at, true);
    if (!last && (s[1].paragraph == s->paragraph || (!before && unnamed)))
        add_entities(x, names, s[1].at, true);
}

/* Behind the stamps that a sentence begins with, "CITY | Mon May 4, 2009 3:56 pm EDT CITY (Agency) - ...". */
static uint32_t behind_stamps(struct str text, const struct sentence *s, struct date_run dates, uint32_t date,
                              int32_t published)
{
    uint32_t behind = s->at.begin;
    for (uint32_t i = date; i > 0 && dates.v[i - 1].at.begin >= s->at.begin && date - i < STAMPS_LOOKED; i--)
        if (is_stamp(text, &dates.v[i - 1], published)) {
            bool clock = i < date && dates.v[i].anchor.end == dates.v[i - 1].at.end; /* "3:56 pm EDT" */
            behind = dates.v[clock ? i : i - 1].at.end;
            break;
        }
    while (behind > s->at.begin && behind < dates.v[date].at.begin && strchr(" ,|", text.p[behind]))
        behind++;
    return behind;
}

static struct fate read_fate(struct gathering *g, struct str text, struct word_run words, struct mention_run names,
                             struct span date, struct span near)
{
    struct fate_sentence s = {text, words, NULL, names, near, 0, 0};
    uint32_t *kinds = arena_array(&g->scratch, uint32_t, words.n + 1);
    for (uint32_t i = 0; i < words.n; i++)
        kinds[i] = word_known(&g->memory, &words.v[i])->kinds;
    s.kinds = kinds;
    BISECT(s.first, 0, words.n, words.v[s.first].at.end <= date.begin);
    BISECT(s.behind, s.first, words.n, words.v[s.behind].at.begin < date.end);
    return fate_of(&s);
}

static void gather_one(struct gathering *g, article_id id, uint32_t date, struct sentence_run sentences)
{
    struct str text = article_at(g->job->all, id)->text;
    struct date_run dates = article_dates(g->job->all, id);
    const struct date *d = &dates.v[date];
    const struct sentence *s = sentence_at(sentences, d->at.begin);
    if (!s || !days_known(d->days) || d->days.precision > PRECISION_YEAR || (s->flags & SENTENCE_FURNITURE) ||
        clause_behind_dateline(text, s->at) > d->at.begin)
        return;
    int32_t published = article_at(g->job->all, id)->published;
    const struct date *day = date > 0 && d->anchor.end == d[-1].at.end ? d - 1 : d; /* of a clock */
    if (is_stamp(text, day, published) || (date > 0 && begins_range(text, s->at, dates, date - 1)))
        return;
    struct span told = span_of(behind_stamps(text, s, dates, date, published), s->at.end);
    uint32_t begin = clause_behind_dateline(text, told); /* the dateline's place and agency took no part */
    struct statement x = {.claim = {.article = id, .at = s->at, .date = date}, .days = d->days, .value = d->value};
    x.bound = is_bound(text, s, d);
    if (begins_range(text, s->at, dates, date))
        x.until = dates.v[date + 1].value;
    struct span read = within_reach(text, told, d->at);
    struct clause clause = clause_of(text, read, dates, date);
    x.summary = clause.at;
    const struct quote *post = post_above(text, s->at, d->at, links_quotes(g->l, id));
    if (post)
        begin = x.claim.at.begin = x.summary.begin = post->at.begin;
    struct arena_mark mark = arena_mark(&g->scratch);
    struct word_run words = words_of(&g->scratch, text, read);
    struct mention_run names = names_from(links_mentions(g->l, id), read.begin);
    words = with_names_marked(&g->scratch, words, names);
    read_words(&x, &g->memory, words, d->at, &clause);
    if (!x.bound)
        x.fate = read_fate(g, text, words, names, d->at, clause.near);
    arena_release(&g->scratch, mark);
    if (is_said_loosely(d, text, links_quotes(g->l, id), x.kinds))
        return;
    add_all_entities(&x, links_mentions(g->l, id), sentences, s, span_of(begin, s->at.end));
    *g->out++ = x;
}

/* All parts write into one table, each from the row that it would begin at if every date stated
 * something: so it is there only once. */
struct parts {
    const struct link_job *job;
    const struct links *l;
    struct part {
        size_t begin, n;
    } *v;
    struct statement *rows;
};

static void gather_part(void *arg, uint32_t i)
{
    struct parts *p = arg;
    struct link_part articles = link_part(i, p->l->n_articles);
    struct gathering *g = mem_zalloc(sizeof(*g));
    g->job = p->job, g->l = p->l, g->out = p->rows + p->v[i].begin;
    read_beginnings(&g->memory);
    for (uint32_t a = articles.first; a < articles.end && !link_cancelled(p->job); a++) {
        struct sentence_run sentences = article_sentences(p->job->all, (article_id){a});
        for (uint32_t k = 0, n = article_dates(p->job->all, (article_id){a}).n; k < n; k++)
            gather_one(g, (article_id){a}, k, sentences);
    }
    p->v[i].n = (size_t)(g->out - p->rows) - p->v[i].begin;
    arena_finish(&g->scratch);
    free(g);
}

void statements_gather(const struct link_job *job, const struct links *l, statement_vec *out)
{
    uint32_t n = link_parts(l->n_articles);
    struct parts p = {.job = job, .l = l, .v = mem_zalloc((n + 1) * sizeof(*p.v))};
    size_t dates = 1;
    for (uint32_t i = 0; i < n; i++) {
        struct link_part articles = link_part(i, l->n_articles);
        p.v[i].begin = dates;
        for (uint32_t a = articles.first; a < articles.end; a++)
            dates += article_dates(job->all, (article_id){a}).n;
    }
    vec_reserve(out, dates);
    vec_add(out);
    p.rows = out->v;
    pool_share(job->pool, n, gather_part, &p);
    for (uint32_t i = 0; i < n; i++) {
        memmove(out->v + out->n, out->v + p.v[i].begin, p.v[i].n * sizeof(*out->v));
        out->n += p.v[i].n;
    }
    free(p.v);
}

/* ---- comparing ---- */

bool statement_shares_entity(const struct statement *a, const struct statement *b, bool near)
{
    uint32_t n = a->n_entities + (near ? a->n_near : 0u), m = b->n_entities + (near ? b->n_near : 0u);
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < m; k++)
            if (a->entities[i] == b->entities[k])
                return true;
    return false;
}

uint32_t statement_shared_stems(const struct statement *a, const struct statement *b)
{
    uint32_t n = 0;
    for (uint32_t i = 0, k = 0; i < a->n_stems && k < b->n_stems;) {
        uint32_t x = a->stems[i], y = b->stems[k];
        n += x == y; /* no branch, which nothing could foretell */
        i += x <= y;
        k += y <= x;
    }
    return n;
}

float statement_likeness(const struct statement *a, const struct statement *b)
{
    uint32_t least = a->n_stems < b->n_stems ? a->n_stems : b->n_stems, stems = statement_shared_stems(a, b);
    float words = least ? (float)stems / (float)(least < 4 ? 4 : least) : 0;
    float entities = statement_shares_entity(a, b, false) ? 1.0f : statement_shares_entity(a, b, true) ? 0.5f : 0;
    float kinds = (float)__builtin_popcount(a->kinds & b->kinds);
    if (kinds > 0)
        kinds /= (float)__builtin_popcount(a->kinds | b->kinds);
    return words * 2 + entities * 0.6f + kinds * 0.6f;
}
