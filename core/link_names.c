/* Names compared: forms, what they offer, given names that are one, slips of a letter.
 *
 * Tables rather than distances for given names: "Maria" and "Mario" are a letter apart and two
 * people, "Bill" and "William" share nothing.  A general likeness of strings was refused for the
 * same reason: every rule here can be said in a sentence, and is, when the reader asks why. */
#include "core/link_names.h"

#include "core/find.h"
#include "core/gazetteer.h"
#include "core/tagger.h"
#include "core/text.h"

/* Forms of one given name, a line each; a word stands in one line only. */
static const char *const given_names[] = {
    "steven steve stephen stephan",
    "thomas tom tommy",
    "nicholas nick nicolas nicky",
    "william bill billy will willie",
    "robert bob bobby rob robbie",
    "james jim jimmy jamie",
    "john johnny jon jonny",
    "jonathan jonathon",
    "michael mike micheal mick mikey",
    "richard dick rick ricky rich",
    "charles charlie chuck charley",
    "joseph joe joey josef",
    "edward ed eddie ted teddy",
    "anthony tony",
    "daniel dan danny",
    "david dave davy",
    "matthew matt mathew",
    "christopher chris",
    "andrew andy drew",
    "gregory greg gregg",
    "jeffrey jeff geoffrey geoff",
    "kenneth ken kenny",
    "ronald ron ronnie",
    "donald don donnie donny",
    "timothy tim timmy",
    "lawrence larry laurence",
    "gerald gerry jerry",
    "samuel sam sammy",
    "benjamin ben benny",
    "alexander alex",
    "frederick fred freddie freddy",
    "peter pete",
    "patrick paddy",
    "philip phil phillip",
    "raymond ray",
    "douglas doug",
    "leonard len lenny",
    "walter walt",
    "harold harry hal",
    "arthur art",
    "albert al bert",
    "vincent vince vinny",
    "francis frank frankie",
    "stanley stan",
    "theodore theo",
    "eugene gene",
    "nathaniel nathan nate",
    "zachary zach zack",
    "joshua josh",
    "jacob jake",
    "bernard bernie",
    "clifford cliff",
    "martin marty",
    "maxwell max",
    "russell russ",
    "leslie les",
    "elizabeth liz beth betty lizzie eliza",
    "margaret maggie peggy meg",
    "katherine catherine kate kathy katie cathy kathryn",
    "susan sue susie",
    "deborah debbie deb debra",
    "barbara barb",
    "jennifer jenny jen",
    "patricia patty trish",
    "rebecca becky becca",
    "victoria vicky vicki",
    "christine chrissy christina",
    "kimberly kim kimberley",
    "pamela pam",
    "cynthia cindy",
    "jessica jess jessie",
    "samantha sammie",
    "amanda mandy",
    "judith judy",
    "virginia ginny",
    "abigail abby",
    "madeleine maddie madeline",
    "eleanor ellie nell",
    "sarah sara sally",
    "ann anne annie",
    "eric erik",
    "mark marc",
    "karl carl",
    "philippe phillipe",
    "mohammed muhammad mohamed mohammad",
    "alexei alexey aleksei",
    "sergei sergey",
    "yuri yury",
    "dmitry dmitri",
    "mikhail mihail",
    "yevgeny evgeny",
};

/* Words behind a company's name, which may be left out. */
static const char company_words[] =
    "inc incorporated corp corporation co company ltd limited plc llc llp ag sa nv "
    "gmbh spa ab as oy kk pty bhd &";
/* Words that say what a company does, which papers leave out from the second mention on. */
static const char trade_words[] =
    "computer computers motor motors group holdings bank airlines airline airways systems "
    "industries international technologies technology entertainment news stores "
    "communications electronics software pharmaceuticals energy petroleum steel";
/* Heads that many bodies share: alone they name none. */
static const char body_words[] =
    "court service university department ministry party committee council office club "
    "association union league board agency commission bank company group society "
    "institute project centre center police government church school college team "
    "house senate congress parliament front army force forces fund federation news times "
    "post international national united city county state states republic world cup open "
    "store shop market channel network radio";
static const char small_words[] = "of the and for in on a an de la le du des et und y e";
/* Between the words of one name. */
static const char particles[] =
    "at to by with from al bin ben ibn von van der den dos das da di del el les do st zu zur "
    "between against under over into upon";

bool name_is_small_word(struct str word)
{
    return str_in_words(word, small_words);
}

bool name_holds_back(struct str word)
{
    return str_in_words(word, small_words) || str_in_words(word, particles) ||
           str_in_words(word, body_words) || str_in_words(word, trade_words) ||
           str_in_words(word, company_words);
}

/* ---- forms ---- */

static bool is_gap(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == ',' || c == '"' || c == '(' || c == ')';
}

/* "Wal - Mart": a hyphen joins whatever stands around it. */
static size_t put_char(char *out, size_t n, struct str s, size_t i)
{
    char c = s.p[i];
    if (c == '.')
        return n;
    if (c == '-')
        while (n && out[n - 1] == ' ')
            n--;
    if (is_gap(c)) {
        if (n && out[n - 1] != ' ' && out[n - 1] != '-')
            out[n++] = ' ';
    } else if (n < FORM_BYTES_MAX - 1) {
        out[n++] = c;
    }
    return n;
}

static size_t cut_possessive(const char *out, size_t n)
{
    if (n > 2 && out[n - 1] == 's' && out[n - 2] == '\'')
        n -= 2;
    else if (n > 1 && out[n - 1] == '\'')
        n -= 1;
    while (n && (out[n - 1] == ' ' || out[n - 1] == '-'))
        n--;
    return n;
}

#define RESPELL_BYTES 12 /* shorter names hold no such word and another */

/* One spelling for what papers of two countries spell in two ways; never longer than before. */
static size_t respell(char *out, size_t n)
{
    static const char *const spellings[][2] = {
        {"isation", "ization"},   {"centre", "center"}, {"defence", "defense"},
        {"programme", "program"}, {"labour", "labor"},
    };
    if (n < RESPELL_BYTES || !memchr(out, ' ', n))
        return n;
    for (size_t at = 0; at < n; at++) {
        char c = out[at];
        if (c != 'i' && c != 'c' && c != 'd' && c != 'p' && c != 'l')
            continue;
        for (size_t i = 0; i < COUNT_OF(spellings); i++) {
            if (spellings[i][0][0] != c)
                continue;
            struct str from = str_of(spellings[i][0]), to = str_of(spellings[i][1]);
            if (!str_starts(str_from(out + at, n - at), from))
                continue;
            memcpy(out + at, to.p, to.n);
            memmove(out + at + to.n, out + at + from.n, n - at - from.n);
            n -= from.n - to.n;
        }
    }
    return n;
}

/* Folded; ASCII, nearly all names, without asking for memory. */
static struct str fold_name(struct arena *scratch, struct str s, char lower[4 * FORM_BYTES_MAX])
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if ((c & 0x80) || c == '`')
            return text_fold(scratch, s, FOLD_ALL);
        lower[i] = (char)((unsigned)(c - 'A') < 26 ? c | 0x20 : c);
    }
    return str_from(lower, s.n);
}

struct str name_form(struct str written, uint8_t kind, char out[FORM_BYTES_MAX])
{
    struct arena scratch = {0};
    char lower[4 * FORM_BYTES_MAX];
    if (written.n > sizeof(lower))
        written.n = utf8_valid_prefix(str_from(written.p, sizeof(lower)));
    struct str s = fold_name(&scratch, written, lower);
    size_t n = 0;
    for (size_t i = 0; i < s.n && !(kind == MENTION_PLACE && s.p[i] == ',' && n); i++)
        n = put_char(out, n, s, i);
    n = utf8_valid_prefix(str_from(out, cut_possessive(out, n)));
    arena_finish(&scratch);
    struct str form = str_from(out, n);
    if (form.n > 4 && kind != MENTION_PERSON &&
        str_starts(form, STR("the "))) /* "The Queen" bears no surname */
        form = str_from(memmove(out, out + 4, n - 4), n - 4);
    form.n = respell(out, form.n);
    return form;
}

static bool is_number(struct str w)
{
    size_t digits = 0;
    while (digits < w.n && w.p[digits] >= '0' && w.p[digits] <= '9')
        digits++;
    return w.n <= 3 && digits == w.n;
}

struct form_words form_words(struct str form, uint8_t kind)
{
    struct form_words w = {.n = 0};
    for (size_t at = 0; at < form.n && w.n < FORM_WORDS_MAX;) {
        const char *end = memchr(form.p + at, ' ', form.n - at);
        size_t n = (end ? (size_t)(end - form.p) : form.n) - at;
        if (n)
            w.v[w.n++] = str_from(form.p + at, n);
        at += n + 1;
    }
    while (kind != MENTION_OTHER && kind != MENTION_LAW && w.n > 1 && is_number(w.v[w.n - 1]))
        w.n--;
    while (kind == MENTION_PERSON && w.n > 2 && str_in_words(w.v[w.n - 1], "jr sr ii iii iv"))
        w.n--;
    return w;
}

bool name_is_short(struct form_words w, uint8_t kind)
{
    return kind == MENTION_PERSON && (w.n == 1 || (w.n == 2 && w.v[0].n == 1));
}

/* ---- given names ---- */

uint32_t given_name_group(struct str word)
{
    for (size_t i = 0; i < COUNT_OF(given_names); i++)
        if (str_in_words(word, given_names[i]))
            return (uint32_t)i + 1;
    return 0;
}

unsigned name_lists(struct str word)
{
    struct tag_token token;
    size_t at = 0;
    if (tag_tokenise(word, &at, &token, 1) != 1 || at < word.n)
        return 0;
    return gazetteer_find(gazetteer_step(GAZETTEER_START, token.fold));
}

bool name_is_given(struct str word)
{
    return name_lists(word) >> GAZETTEER_GIVEN & 1;
}

bool middles_agree(struct form_words a, struct form_words b)
{
    uint32_t n = a.n < b.n ? a.n : b.n;
    for (uint32_t i = 1; i + 1 < n; i++) {
        struct str x = a.v[i], y = b.v[i];
        struct str shorter = x.n < y.n ? x : y, longer = x.n < y.n ? y : x;
        if (!str_eq(x, y) && !(shorter.n == 1 && str_starts(longer, shorter)))
            return false;
    }
    return true;
}

#define SLIP_LETTERS 5

bool word_slips(struct str a, struct str b)
{
    if (a.n > b.n) {
        struct str t = a;
        a = b;
        b = t;
    }
    if (a.n < SLIP_LETTERS || b.n - a.n > 1 || str_eq(a, b))
        return false;
    size_t head = 0, tail = 0;
    while (head < a.n && a.p[head] == b.p[head])
        head++;
    while (tail < a.n - head && a.p[a.n - 1 - tail] == b.p[b.n - 1 - tail])
        tail++;
    return head && head + tail + 1 >= b.n;
}

/* ---- acronyms ---- */

bool is_acronym(struct str written)
{
    size_t capitals = 0;
    for (size_t i = 0; i < written.n; i++) {
        if (written.p[i] >= 'A' && written.p[i] <= 'Z')
            capitals++;
        else if (written.p[i] != '.')
            return false;
    }
    return capitals >= 2 && capitals <= 6;
}

static bool letters_run_through(struct str letters, struct str form)
{
    size_t k = 0;
    for (size_t i = 0; i < form.n && k < letters.n; i++)
        k += (form.p[i] | 0x20) == (letters.p[k] | 0x20);
    return letters.n > 1 && form.n > letters.n + 2 && k == letters.n &&
           (form.p[0] | 0x20) == (letters.p[0] | 0x20);
}

bool letters_stand_for(struct str letters, struct str form)
{
    for (size_t at = 0; at < form.n; at++)
        if ((at == 0 || form.p[at - 1] == ' ') &&
            letters_run_through(letters, str_from(form.p + at, form.n - at)))
            return true;
    return false;
}

/* ---- what a name offers ---- */

struct offers {
    struct offer *v;
    uint32_t n;
};

static void offer(struct offers *o, struct str text, enum offer_role role)
{
    if (!text.n || text.n >= FORM_BYTES_MAX || o->n == OFFERS_MAX)
        return;
    struct offer *out = &o->v[o->n++];
    memcpy(out->text, text.p, text.n);
    out->n = (uint8_t)text.n;
    out->role = (uint8_t)role;
}

static void offer_two(struct offers *o, struct str first, struct str last, enum offer_role role)
{
    char text[2 * FORM_BYTES_MAX];
    memcpy(text, first.p, first.n);
    text[first.n] = ' ';
    memcpy(text + first.n + 1, last.p, last.n);
    offer(o, str_from(text, first.n + 1 + last.n), role);
}

/* Words from .. to - 1 as they stand in the form. */
static struct str joined(struct form_words w, uint32_t from, uint32_t to)
{
    return str_from(w.v[from].p, (size_t)(w.v[to - 1].p + w.v[to - 1].n - w.v[from].p));
}

static void offer_nickname(struct offers *o, struct form_words w)
{
    uint32_t group = given_name_group(w.v[0]);
    char number[] = {'~', (char)('0' + group % 50), (char)('0' + group / 50)};
    if (group)
        offer_two(o, str_from(number, sizeof(number)), w.v[w.n - 1], OFFER_NICKNAME);
}

/* A second given name ("Paris Katherine Jackson") is what nobody is called by alone. */
static void person_offers(struct offers *o, struct form_words w)
{
    struct str first = w.v[0], last = w.v[w.n - 1];
    for (uint32_t i = w.n - 1; i > 0; i--)
        offer(o, joined(w, i, w.n), OFFER_SURNAME);
    for (uint32_t i = 1; i + 1 < w.n; i++)
        if (w.v[i].n > 3 && !name_is_given(w.v[i]))
            offer(o, w.v[i], OFFER_MIDDLE);
    offer(o, first, OFFER_GIVEN);
    const char *behind;
    utf8_decode(first.p, &behind);
    offer_two(o, str_from(first.p, (size_t)(behind - first.p)), last, OFFER_INITIAL);
    offer_nickname(o, w);
    if (w.n > 2) {
        offer_two(o, first, last, OFFER_BARE);
        if (w.v[1].n > 1)
            offer(o, joined(w, 0, 2), OFFER_PREFIX);
    }
}

/* Initials with and without the small words: "united states of america": "usa", "usoa".  Two
 * letters stand for too much: they mean what an article says they do (link_stated.c) or the world
 * (below). */
static void offer_acronyms(struct offers *o, struct form_words w)
{
    char all[FORM_WORDS_MAX], great[FORM_WORDS_MAX];
    size_t n = 0, m = 0;
    for (uint32_t i = 0; i < w.n; i++) {
        if ((unsigned char)w.v[i].p[0] >= 0x80)
            return;
        all[n++] = w.v[i].p[0];
        if (!str_in_words(w.v[i], small_words))
            great[m++] = w.v[i].p[0];
    }
    if (m > 2)
        offer(o, str_from(great, m), OFFER_ACRONYM);
    if (n > m && n > 2)
        offer(o, str_from(all, n), OFFER_ACRONYM);
}

static void organisation_offers(struct offers *o, struct form_words w)
{
    uint32_t core = w.n;
    while (core > 1 && str_in_words(w.v[core - 1], company_words))
        core--;
    if (core < w.n)
        offer(o, joined(w, 0, core), OFFER_CORE);
    offer_acronyms(o, w);
    if (core > 1 && str_in_words(w.v[core - 1], trade_words))
        offer(o, joined(w, 0, core - 1), OFFER_TRADE);
    else if (core > 1)
        offer(o, w.v[0], OFFER_HEAD);
    for (uint32_t i = 1; i < w.n; i++)
        if (!str_in_words(w.v[i], small_words) &&
            !(i + 1 == w.n && str_in_words(w.v[i], body_words)))
            offer(o, joined(w, i, w.n), OFFER_TAIL);
}

uint32_t company_core(struct form_words w)
{
    uint32_t core = w.n;
    while (core > 1 && str_in_words(w.v[core - 1], company_words))
        core--;
    return core > 1 && str_in_words(w.v[core - 1], trade_words) ? core - 1 : core;
}

bool name_is_law(struct form_words w)
{
    return w.n > 1 && str_in_words(w.v[w.n - 1], "act code amendment constitution");
}

struct str name_of_the_world(struct str form, uint8_t kind)
{
    static const char *const names[][2] = {
        {"us", "united states"},
        {"usa", "united states"},
        {"america", "united states"},
        {"united states of america", "united states"},
        {"uk", "united kingdom"},
        {"britain", "united kingdom"},
        {"great britain", "united kingdom"},
        {"holland", "netherlands"},
        {"un", "united nations"},
        {"eu", "european union"},
        {"s korea", "south korea"},
        {"n korea", "north korea"},
        {"s africa", "south africa"},
        {"russian federation", "russia"},
        {"uae", "united arab emirates"},
        {"ussr", "soviet union"},
        {"bosnia", "bosnia and herzegovina"},
        {"bosnia-herzegovina", "bosnia and herzegovina"},
        {"fed", "federal reserve"},
        {"us federal reserve", "federal reserve"},
        {"republic of ireland", "ireland"},
        {"nz", "new zealand"},
        {"ny", "new york"},
        {"nyc", "new york"},
        {"new york city", "new york"},
        {"la", "los angeles"},
    };
    for (size_t i = 0;
         i < COUNT_OF(names) && (kind == MENTION_PLACE || kind == MENTION_ORGANISATION); i++)
        if (str_eq(form, str_of(names[i][0])))
            return str_of(names[i][1]);
    return form;
}

uint32_t name_offers(struct str form, uint8_t kind, struct offer out[OFFERS_MAX])
{
    struct offers o = {out, 0};
    struct form_words w = form_words(form, kind);
    if (w.n < 2 || name_is_short(w, kind))
        return 0;
    if (kind == MENTION_PERSON)
        person_offers(&o, w);
    else if (kind == MENTION_ORGANISATION)
        organisation_offers(&o, w);
    else if (kind == MENTION_PLACE || kind == MENTION_LAW || kind == MENTION_OTHER)
        offer_acronyms(&o, w);
    for (uint32_t i = 1; kind == MENTION_LAW && i + 1 < w.n; i++)
        offer(&o, joined(w, i, w.n), OFFER_TAIL);
    return o.n;
}
