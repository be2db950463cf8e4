/* Who "she", "the singer" and "Voss's lawyer" are.
 *
 * The mentions of an article are first gathered into persons: a single word goes with the last
 * full name that ends or begins with it ("Voss", "Ida").  A person gets a sex, from titles and
 * nouns beside the name, from pronouns behind it in its sentence and, weakest, from the given
 * name; and the roles written beside it.  A pronoun then goes to the best of the persons named
 * in the last sentences: subjects before others, whoever spoke last before all, nobody of the
 * other sex.  A description goes to the person it was written beside.
 *
 * Names inside quotations are passed over: who is spoken of is seldom who speaks. */
#include "core/quote_parts.h"

#include "core/cue_words.h"

#define LOOK_BACK_WORDS  220
#define ROLES_MAX        4
#define ROLE_WINDOW      4 /* words on either side of a name */
#define NEW_PERSON_SLOTS 16
#define KIN_MAX          15 /* roles up to here are kinds of public people, see role_of */

struct person {
    uint32_t mention;          /* its first */
    uint32_t roles[ROLES_MAX]; /* hashes of nouns, see role_of */
    int16_t sex;               /* evidence: above 0 a man, below a woman */
    uint8_t n_roles;
};

struct resolver {
    const struct scene *scene;
    VEC(struct person) persons; /* row 0 is nobody */
    uint32_t *person_of;        /* for each mention */
    uint32_t *slots;            /* persons by a word of their name, open addressing */
    uint32_t n_slots;
    uint32_t last; /* the person who spoke last */
    bool stranger; /* and after that person, somebody no mention names */
};

/* ---- persons ---- */

static const struct word *word_at(const struct resolver *r, uint32_t i)
{
    return &r->scene->words->v[i];
}

static struct str text_of(const struct resolver *r, uint32_t i)
{
    return str_at(r->scene->text, word_at(r, i)->at);
}

static struct str name_of(const struct resolver *r, uint32_t mention)
{
    return str_at(r->scene->text, r->scene->found->mentions.v[mention].at);
}

static uint32_t hash_word(struct str s)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)(s.p[i] | 32)) * 16777619u;
    return h ^ h >> 15;
}

static struct str first_word(struct str s)
{
    const char *blank = s.n ? memchr(s.p, ' ', s.n) : NULL;
    return blank ? str_from(s.p, (size_t)(blank - s.p)) : s;
}

static struct str last_word(struct str s)
{
    size_t b = s.n;
    while (b > 0 && s.p[b - 1] != ' ')
        b--;
    struct str last = str_from(s.p + b, s.n - b);
    bool younger = str_eq(last, STR("Jr.")) || str_eq(last, STR("Jr")) || str_eq(last, STR("Sr."));
    return younger && b > 1 ? last_word(str_from(s.p, b - 1)) : last;
}

/* The slot of `word`: that of a person bearing it, or an empty one. */
static uint32_t *slot_of(struct resolver *r, struct str word)
{
    for (uint32_t i = hash_word(word) & (r->n_slots - 1);; i = (i + 1) & (r->n_slots - 1)) {
        if (!r->slots[i])
            return &r->slots[i];
        struct str name = name_of(r, r->persons.v[r->slots[i]].mention);
        if (str_eq(last_word(name), word) || str_eq(first_word(name), word))
            return &r->slots[i];
    }
}

static uint32_t add_person(struct resolver *r, uint32_t mention)
{
    struct str name = name_of(r, mention);
    vec_push(&r->persons,
             ((struct person){.mention = mention, .sex = (int16_t)sex_of_classes(cue_of_word(first_word(name)))}));
    uint32_t person = (uint32_t)r->persons.n - 1;
    uint32_t *slot = slot_of(r, last_word(name));
    if (!*slot)
        *slot = person;
    slot = slot_of(r, first_word(name));
    if (!*slot)
        *slot = person;
    return person;
}

/* Whether two names can be one person: one is a word of the other, or they share their ends. */
static bool same_person(struct str a, struct str b)
{
    if (!memchr(a.p, ' ', a.n) || !memchr(b.p, ' ', b.n))
        return true;
    return str_eq(first_word(a), first_word(b));
}

static uint32_t person_for(struct resolver *r, uint32_t mention)
{
    struct str name = name_of(r, mention);
    uint32_t p = *slot_of(r, last_word(name));
    if (!p && memchr(name.p, ' ', name.n))
        p = *slot_of(r, first_word(name)); /* "Kim" before "Kim Voss" */
    if (p && same_person(name, name_of(r, r->persons.v[p].mention)))
        return p;
    return add_person(r, mention);
}

/* Nouns of one calling count as one. */
static uint32_t role_of(struct str noun)
{
    static const char *const kin[][9] = {
        {"singer", "rapper", "musician", "megastar", "star", "entertainer", "songwriter",
         "vocalist", "artist"},
        {"lawyer", "attorney", "counsel", "prosecutor"},
        {"senator", "lawmaker", "congressman", "congresswoman", "representative", "politician"},
        {"businessman", "mogul", "tycoon", "billionaire", "developer", "executive", "founder"},
        {"actor", "actress"},
        {"reporter", "journalist", "columnist", "editor", "host", "anchor"},
    };
    for (size_t k = 0; k < COUNT_OF(kin); k++)
        for (size_t i = 0; i < COUNT_OF(kin[k]) && kin[k][i]; i++)
            if (str_eq(noun, str_of(kin[k][i])))
                return (uint32_t)k + 1;
    return hash_word(noun) | (KIN_MAX + 1);
}

static bool ends_look(const struct word *w)
{
    return w->kind >= KIND_OPEN || w->kind == KIND_NAME || w->kind == KIND_PAUSE;
}

/* Takes the noun at `i`, beside a name, into what is known of the person. */
static void learn_noun(struct resolver *r, struct person *p, uint32_t i)
{
    const struct word *w = word_at(r, i);
    if (w->classes & WORD_MALE)
        p->sex = (int16_t)(p->sex + 3);
    if (w->classes & WORD_FEMALE)
        p->sex = (int16_t)(p->sex - 3);
    if (w->kind == KIND_PLAIN && (w->classes & (WORD_ROLE | WORD_MALE | WORD_FEMALE)) &&
        p->n_roles < ROLES_MAX)
        p->roles[p->n_roles++] = role_of(text_of(r, i));
}

/* Titles and nouns around the name at word `i`: "rapper Tom Reiss", "Ida Voss, an actress". */
static void learn_around(struct resolver *r, struct person *p, uint32_t i)
{
    for (uint32_t j = i - 1, n = 0; j > 0 && n < ROLE_WINDOW && !ends_look(word_at(r, j));
         j--, n++) {
        if (word_at(r, j)->kind == KIND_COMMA || word_at(r, j)->kind == KIND_OWNER ||
            (word_at(r, j)->classes & (WORD_PREP | WORD_JOIN)))
            break;
        learn_noun(r, p, j);
    }
    uint32_t end = (uint32_t)r->scene->words->n;
    if (i + 2 >= end || word_at(r, i + 1)->kind != KIND_COMMA)
        return;
    for (uint32_t j = i + 2, n = 0; j < end && n < ROLE_WINDOW && !ends_look(word_at(r, j));
         j++, n++) {
        if (word_at(r, j)->kind == KIND_COMMA ||
            (word_at(r, j)->classes & (WORD_PREP | WORD_JOIN | WORD_HE | WORD_SHE)) ||
            str_eq(text_of(r, j), STR("whose")))
            break; /* "whose brother" is not the person */
        learn_noun(r, p, j);
    }
}

/* A pronoun behind the only name of its sentence tells the sex. */
static void learn_pronouns(struct resolver *r)
{
    uint32_t person = 0;
    const word_list *words = r->scene->words;
    for (uint32_t i = 1; i < words->n; i++) {
        const struct word *w = &words->v[i];
        if (w->kind == KIND_OPEN && w->other > i)
            i = w->other;
        else if (w->kind == KIND_END)
            person = 0;
        else if (w->kind == KIND_NAME && r->person_of[w->link])
            person = person && person != r->person_of[w->link] ? UINT32_MAX : r->person_of[w->link];
        else if (person && person != UINT32_MAX && w->kind == KIND_PLAIN &&
                 (w->classes & (WORD_HE | WORD_SHE)))
            r->persons.v[person].sex =
                (int16_t)(r->persons.v[person].sex + (w->classes & WORD_HE ? 1 : -1));
    }
}

struct resolver *resolver_make(const struct scene *s, struct arena *scratch)
{
    struct resolver *r = arena_new(scratch, struct resolver);
    size_t n = s->found->mentions.n;
    r->scene = s;
    r->n_slots = NEW_PERSON_SLOTS;
    while (r->n_slots < 4 * n)
        r->n_slots *= 2;
    r->slots = arena_array(scratch, uint32_t, r->n_slots);
    r->person_of = arena_array(scratch, uint32_t, n + 1);
    r->persons.v = arena_array(scratch, struct person, n + 2); /* never grows: in the arena */
    r->persons.cap = n + 2;
    r->persons.n = 1;
    for (uint32_t i = 1; i < s->words->n; i++) {
        const struct word *w = &s->words->v[i];
        if (w->kind != KIND_NAME || s->found->mentions.v[w->link].kind != MENTION_PERSON)
            continue;
        r->person_of[w->link] = person_for(r, w->link);
        learn_around(r, &r->persons.v[r->person_of[w->link]], i);
    }
    learn_pronouns(r);
    return r;
}

/* ---- looking back ---- */

struct wanted {
    int sex;       /* 0: any */
    uint32_t role; /* 0: none asked */
};

/* Whether the name at word `i` begins its sentence, nouns and titles in front aside: the likeliest
 * subject of the next. */
static bool is_subject(const struct resolver *r, uint32_t i)
{
    for (uint32_t j = i - 1, n = 0; n <= ROLE_WINDOW; j--, n++) {
        const struct word *w = word_at(r, j);
        if (w->kind >= KIND_END)
            return true;
        if ((w->kind != KIND_PLAIN && w->kind != KIND_CAPITAL) ||
            (w->classes & (WORD_PREP | WORD_JOIN | WORD_AUX)))
            return false;
    }
    return false;
}

/* How well the name at word `i`, `sentences` sentences back, answers; 0: not at all. */
static int fitness(const struct resolver *r, const struct wanted *want, uint32_t i, int sentences)
{
    uint32_t person = r->person_of[word_at(r, i)->link];
    if (!person)
        return 0;
    const struct person *p = &r->persons.v[person];
    if (want->sex && p->sex * want->sex < 0)
        return 0;
    int fit = 100 - 16 * sentences;
    if (want->sex && p->sex * want->sex > 0)
        fit += 24;
    if (person == r->last)
        fit += want->role ? 50 : 20;
    const struct word *before = word_at(r, i - 1), *behind = word_at(r, i + 1);
    if (behind->kind == KIND_OWNER)
        fit -= 10;
    if (is_subject(r, i) && behind->kind != KIND_OWNER)
        fit += 22;
    else if (before->kind == KIND_COMMA || before->classes & WORD_TITLE)
        fit += 8; /* it stands where a subject stands */
    else if (before->classes & WORD_PREP)
        fit -= 6;
    for (uint32_t k = 0; want->role && k < p->n_roles; k++)
        if (p->roles[k] == want->role)
            return fit + 60;
    if (want->role && (p->n_roles || want->role > KIN_MAX))
        return 0; /* described otherwise; or by what could be anybody's: "the juror" */
    return fit > 0 ? fit : 0;
}

/* The mention that answers best in front of word `from`; 1 + index, or 0. */
static uint32_t look_back(const struct resolver *r, const struct wanted *want, uint32_t from)
{
    uint32_t best = 0, i = from;
    int best_fit = 0, sentences = 0;
    for (int n = 0; n < LOOK_BACK_WORDS && i > 1; n++) {
        const struct word *w = word_at(r, --i);
        if (w->kind == KIND_CLOSE && w->other < i)
            i = w->other;
        else if (w->kind == KIND_END)
            sentences++;
        else if (want->role && w->kind == KIND_CAPITAL &&
                 (word_at(r, i - 1)->classes & WORD_ROLE) &&
                 role_of(text_of(r, i - 1)) == want->role)
            return 0; /* one that is meant, whose name nobody knew for a name */
        else if (w->kind == KIND_NAME) {
            int fit = fitness(r, want, i, sentences);
            if (fit > best_fit)
                best_fit = fit, best = w->link + 1;
        }
    }
    return best;
}

/* ---- the speaker's words ---- */

/* A thing that speaks for whom it belongs to: "Voss's account", "Reiss' statement". */
static bool speaks_for_owner(const struct word *w)
{
    static const uint32_t things = CUE_NOUN;
    return (w->classes & things) != 0;
}

static bool owner_speaks(const struct resolver *r, const struct attribution *a, uint32_t owner)
{
    for (uint32_t i = owner + 1; i <= a->last; i++)
        if (speaks_for_owner(word_at(r, i)) || str_eq(text_of(r, i), STR("account")))
            return true;
    return false;
}

/* The name at `i` only describes: "the Acme founder", "Reiss's lawyer". */
static bool only_describes(const struct resolver *r, const struct attribution *a, uint32_t i)
{
    if (i == a->last)
        return false;
    if (word_at(r, i + 1)->kind == KIND_OWNER)
        return !owner_speaks(r, a, i + 1);
    if (r->scene->found->mentions.v[word_at(r, i)->link].kind == MENTION_PLACE)
        return true; /* "Harbour County deputies" */
    const struct word *last = word_at(r, a->last), *first = word_at(r, a->first);
    return last->kind == KIND_PLAIN && (last->classes & WORD_ROLE) && (first->classes & WORD_DET);
}

/* The name in the phrase that is its head: "Rep. Ida Voss", not "a lawyer for Ida Voss"; of "Acme
 * reporter Ida Voss" the person, who stands last. */
static uint32_t name_inside(const struct resolver *r, const struct attribution *a)
{
    uint32_t head = 0;
    for (uint32_t i = a->first; i <= a->last; i++) {
        const struct word *w = word_at(r, i);
        bool ends = w->kind == KIND_COMMA || (w->kind == KIND_PLAIN && (w->classes & WORD_PREP));
        if (ends && i > a->first)
            return head;
        bool person =
            w->kind == KIND_NAME && r->scene->found->mentions.v[w->link].kind == MENTION_PERSON;
        if (w->kind == KIND_NAME && (person || !head) && !only_describes(r, a, i))
            head = w->link + 1;
    }
    return head;
}

/* "the singer", "the 34-year-old keeper": a description without a name. */
static bool is_description(const struct resolver *r, const struct attribution *a)
{
    const struct word *w = word_at(r, a->first);
    struct str t = text_of(r, a->first);
    bool definite = str_eq(t, STR("the")) || str_eq(t, STR("The"));
    return definite && a->last > a->first && (w->classes & WORD_DET) &&
           (word_at(r, a->last)->classes & (WORD_ROLE | WORD_MALE | WORD_FEMALE));
}

/* The person that a capital in the phrase names elsewhere in the article; 1 + mention, or 0. */
static uint32_t person_named(struct resolver *r, const struct attribution *a)
{
    for (uint32_t i = a->first; i <= a->last; i++) {
        if (word_at(r, i)->classes & WORD_PREP)
            return 0;
        if (word_at(r, i)->kind != KIND_CAPITAL ||
            (i < a->last && word_at(r, i + 1)->kind == KIND_OWNER))
            continue;
        uint32_t person = *slot_of(r, text_of(r, i));
        if (person)
            return r->persons.v[person].mention + 1;
    }
    return 0;
}

/* "she continued" behind somebody who could not be resolved either. */
static bool goes_on(const struct resolver *r, const struct attribution *a)
{
    struct str cue = str_at(r->scene->text, a->cue);
    return r->stranger && (str_starts(cue, STR("continu")) || str_starts(cue, STR("add")) ||
                           str_starts(cue, STR("went on")));
}

/* "the county attorney, Ida Voss, said": the name beside a phrase that holds none; 1 + mention, or
 * 0. */
static uint32_t name_beside(const struct resolver *r, const struct attribution *a)
{
    uint32_t i = a->last + 2;
    bool describes = (word_at(r, a->last)->classes & (WORD_ROLE | WORD_MALE | WORD_FEMALE)) != 0;
    if (!describes || i + 1 >= r->scene->words->n || word_at(r, a->last + 1)->kind != KIND_COMMA ||
        word_at(r, i)->kind != KIND_NAME || !r->person_of[word_at(r, i)->link])
        return 0;
    const struct word *behind = word_at(r, i + 1);
    return behind->kind == KIND_COMMA || behind->kind >= KIND_END ? word_at(r, i)->link + 1 : 0;
}

static uint32_t who_is_meant(struct resolver *r, const struct attribution *a)
{
    const struct word *w = word_at(r, a->last);
    struct wanted want = {.sex = sex_of_classes(w->classes)};
    uint32_t inside = name_inside(r, a);
    if (!inside)
        inside = name_beside(r, a);
    if (inside)
        return inside;
    if (a->first == a->last && (w->classes & (WORD_HE | WORD_SHE)))
        return goes_on(r, a) ? 0 : look_back(r, &want, a->first);
    if (!is_description(r, a))
        return person_named(r, a);
    want.role = role_of(text_of(r, a->last));
    if (!want.sex && a->cue_word > a->last) /* "the founder said she": she is who speaks */
        want.sex = sex_of_classes(word_at(r, a->cue_word + 1)->classes);
    return look_back(r, &want, a->first);
}

void resolve_speaker(struct resolver *r, struct attribution *a)
{
    if (!a->rule || !a->first)
        return;
    a->mention = who_is_meant(r, a);
    bool by_name =
        a->mention && r->scene->found->mentions.v[a->mention - 1].at.begin >= a->speaker.begin;
    if (a->mention && !by_name && (a->rule == SPEAKER_BY_CUE || a->rule == SPEAKER_BY_COLON))
        a->rule = SPEAKER_BY_PRONOUN;
    r->stranger = !a->mention;
    if (a->mention && r->person_of[a->mention - 1])
        r->last = r->person_of[a->mention - 1];
}
