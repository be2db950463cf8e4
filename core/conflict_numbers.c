/* One count told differently: votes and ages.
 *
 * A vote is two small numbers with a hyphen between ("10-2") in a sentence that speaks of a jury, a
 * vote, a verdict; it belongs to the person most named there.  Votes of one person that differ
 * contradict one another where as many took part, unless some article gives both: then there were
 * two votes.  Parliaments vote on a person's business every day, so no more than a grand jury
 * counts.
 *
 * An age ("Anna Reiss, 34,") with the day of publication bounds the day of birth to a year.  Two
 * ages whose bounds have no day in common contradict; the same number in different years does not,
 * since the dead stay as old as they were.
 *
 * A count that grows from paper to paper (a death toll) is news, not a conflict, and is left
 * out. */
#include "core/link_conflicts.h"


/* What is told, with whom it is told of. */
struct number {
    uint32_t entity;
    uint32_t voters;  /* votes: how many took part */
    int32_t birth_first, birth_last; /* ages: the days of birth it allows */
    struct told told;
};
typedef VEC(struct number) number_vec;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* ---- votes ---- */

/* "10-2" at byte i of s, with a hyphen or en dash: its length, 0 if there is none. */
static size_t vote_at(struct str s, size_t i)
{
    static const char en_dash[] = "\xe2\x80\x93";
    size_t a = i, b;
    if (i && (is_digit(s.p[i - 1]) || s.p[i - 1] == '-' || s.p[i - 1] == '.' || s.p[i - 1] == '/'))
        return 0;
    while (a < s.n && a - i < 3 && is_digit(s.p[a]))
        a++;
    if (a == i || a - i > 2 || a >= s.n)
        return 0;
    b = s.p[a] == '-' ? a + 1 : str_starts(str_from(s.p + a, s.n - a), STR(en_dash)) ? a + 3 : 0;
    size_t end = b;
    while (b && end < s.n && end - b < 3 && is_digit(s.p[end]))
        end++;
    if (!b || end == b || end - b > 2)
        return 0;
    bool goes_on =
        end < s.n && (s.p[end] == '-' || is_digit(s.p[end]) || s.p[end] == '/' || s.p[end] == '%');
    return goes_on ? 0 : end - i;
}

#define VOTERS_MAX 23 /* a grand jury; a jury has 6, 12 or 15, a bench 3 to 17 */

static bool speaks_of_votes(struct str sentence)
{
    static const char *const words[] = {"jury",  "jurors",  "verdict", "vote",
                                        "voted", "convict", "Jury",    "ruled"};
    return str_holds_any(sentence, words);
}

/* The person most named in the case among those named in the span; 0: none. */
static uint32_t person_in(const struct links *l, article_id a, struct span at)
{
    struct mention_run run = links_mentions(l, a);
    uint32_t best = 0;
    for (uint32_t i = 0; i < run.n; i++) {
        uint32_t id = run.v[i].entity.v;
        if (span_touches(run.v[i].at, at) && run.v[i].kind == MENTION_PERSON && id &&
            (!best || l->entities[id].n_mentions > l->entities[best].n_mentions))
            best = id;
    }
    return best;
}

/* The same, in the sentence, then its paragraph, then the article. */
static uint32_t person_for(const struct conflict_making *m, article_id a, struct sentence_run run,
                           const struct sentence *s)
{
    const struct sentence *first = s, *last = s;
    while (first > run.v && first[-1].paragraph == s->paragraph)
        first--;
    while (last + 1 < run.v + run.n && last[1].paragraph == s->paragraph)
        last++;
    uint32_t id = person_in(m->l, a, s->at);
    id = id ? id : person_in(m->l, a, span_of(first->at.begin, last->at.end));
    return id ? id : person_in(m->l, a, span_of(0, article_at(m->job->all, a)->text.n));
}

static void votes_in(struct conflict_making *m, article_id a, number_vec *out)
{
    struct str text = article_at(m->job->all, a)->text;
    struct sentence_run run = article_sentences(m->job->all, a);
    for (size_t i = 0, n; i < text.n; i += n ? n : 1) {
        n = is_digit(text.p[i]) ? vote_at(text, i) : 0;
        const struct sentence *s = n ? sentence_at(run, (uint32_t)i) : NULL;
        if (!s || !speaks_of_votes(str_at(text, s->at)))
            continue;
        size_t dash = i, rest = i + n;
        uint32_t voters = 0, second = 0;
        while (is_digit(text.p[dash]))
            voters = voters * 10 + (uint32_t)(text.p[dash++] - '0');
        while (is_digit(text.p[rest - 1]))
            rest--;
        for (size_t k = rest; k < i + n; k++)
            second = second * 10 + (uint32_t)(text.p[k] - '0');
        if (voters + second > VOTERS_MAX)
            continue;
        struct number *x = vec_add(out);
        x->entity = person_for(m, a, run, s);
        x->voters = voters + second;
        x->told.value = arena_printf(&m->l->memory, "%.*s-%.*s", (int)(dash - i), text.p + i,
                                     (int)(i + n - rest), text.p + rest);
        x->told.where = (struct passage){a, span_of(i, i + n)};
    }
}

/* ---- ages ---- */

/* ", 34," behind a name: the number's place and value; 0 if there is none. */
static unsigned age_behind(struct str text, uint32_t at, struct span *where)
{
    if (at + 5 > text.n || text.p[at] != ',' || text.p[at + 1] != ' ' || !is_digit(text.p[at + 2]))
        return 0;
    uint32_t i = at + 2;
    unsigned age = 0;
    while (i < text.n && is_digit(text.p[i]) && age < 1000)
        age = age * 10 + (unsigned)(text.p[i++] - '0');
    if (i >= text.n || !strchr(",.;)", text.p[i]) || (i + 1 < text.n && is_digit(text.p[i + 1])) ||
        age > 110)
        return 0;
    *where = span_of(at + 2, i);
    return age;
}

static void ages_in(struct conflict_making *m, article_id a, number_vec *out)
{
    const struct article *article = article_at(m->job->all, a);
    struct mention_run run = links_mentions(m->l, a);
    for (uint32_t i = 0; article->published != DAY_NONE && i < run.n; i++) {
        struct span where;
        unsigned age = run.v[i].kind == MENTION_PERSON && run.v[i].entity.v
                           ? age_behind(article->text, run.v[i].at.end, &where)
                           : 0;
        if (!age)
            continue;
        struct number *x = vec_add(out);
        x->entity = run.v[i].entity.v;
        x->birth_last = article->published - (int32_t)(age * 1461 / 4);
        x->birth_first = x->birth_last - 366;
        x->told = (struct told){str_at(article->text, where), {a, where}};
    }
}

/* ---- conflicts ---- */

static int by_entity(const void *a, const void *b)
{
    const struct number *x = a, *y = b;
    if (x->entity != y->entity)
        return x->entity < y->entity ? -1 : 1;
    if (x->voters != y->voters)
        return x->voters < y->voters ? -1 : 1;
    if (x->told.where.article.v != y->told.where.article.v)
        return x->told.where.article.v < y->told.where.article.v ? -1 : 1;
    return (x->told.where.at.begin > y->told.where.at.begin) -
           (x->told.where.at.begin < y->told.where.at.begin);
}

/* Months between two bounds are the slack of birthdays and of papers that count in years. */
#define BIRTH_SLACK 60

static bool ages_contradict(const struct number *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n; k++) {
            bool apart = v[i].birth_first - BIRTH_SLACK > v[k].birth_last ||
                         v[k].birth_first - BIRTH_SLACK > v[i].birth_last;
            if (apart && !str_eq(v[i].told.value, v[k].told.value))
                return true;
        }
    return false;
}

#define NUMBERS_MAX 64 /* of one entity that are compared with one another */

static void conflicts_by_entity(struct conflict_making *m, number_vec *all, bool ages,
                                const char *what)
{
    told_vec told = {0};
    if (all->n)
        qsort(all->v, all->n, sizeof(*all->v), by_entity);
    for (size_t i = 0, end; i < all->n; i = end) {
        vec_clear(&told);
        for (end = i; end < all->n && all->v[end].entity == all->v[i].entity &&
                      all->v[end].voters == all->v[i].voters;
             end++)
            if (told.n < NUMBERS_MAX)
                vec_push(&told, all->v[end].told);
        uint32_t id = all->v[i].entity;
        if (!id || (ages ? !ages_contradict(all->v + i, told.n) : told_share_article(&told)))
            continue;
        struct str name = m->l->entities[id].name;
        struct str about = arena_printf(&m->l->memory, "%.*s: %s", (int)name.n, name.p, what);
        struct conflict *c = conflict_add(m, CONFLICT_NUMBER, about, &told);
        if (c)
            c->entity.v = id;
    }
    vec_free(&told);
}

void conflicts_of_numbers(struct conflict_making *m)
{
    number_vec votes = {0}, ages = {0};
    for (uint32_t i = 1; i <= m->l->n_articles; i++) {
        votes_in(m, (article_id){i}, &votes);
        ages_in(m, (article_id){i}, &ages);
    }
    conflicts_by_entity(m, &votes, false, "the vote");
    conflicts_by_entity(m, &ages, true, "the age");
    vec_free(&votes);
    vec_free(&ages);
}
