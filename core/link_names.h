/* link_names: names as the linker compares them, and who may be called what.
 *
 * A *form* is a name folded and stripped of what does not tell people apart: case, accents, dots,
 * a leading "the", a possessive.  A full name *offers* keys, which are forms too: what shorter
 * mentions of it look like ("kim kardashian west" offers "west", "kardashian west", "kim"...), each
 * with the role it plays.  So every question of the linker is a look-up by form. */
#ifndef CORE_LINK_NAMES_H
#define CORE_LINK_NAMES_H

#include "core/base.h"

#define FORM_BYTES_MAX 160 /* what is longer is cut: no name is */
#define FORM_WORDS_MAX 12

/* The form of a name as written, in `out`; empty when nothing is left.  `kind`: enum mention_kind;
 * of a place, what stands behind a comma ("Boston, Mass.") is left out.  Linear. */
struct str name_form(struct str written, uint8_t kind, char out[FORM_BYTES_MAX]);

struct form_words {
    struct str v[FORM_WORDS_MAX];
    uint32_t n;
};
/* The words of a form; those of a person without "jr", "iii". Views into `form`. */
struct form_words form_words(struct str form, uint8_t kind);

enum offer_role {
    OFFER_NONE = 0,
    OFFER_SURNAME,  /* "miller", "kardashian west" */
    OFFER_MIDDLE,   /* "kardashian" of "kim kardashian west" */
    OFFER_GIVEN,    /* "corey" */
    OFFER_INITIAL,  /* "c miller" */
    OFFER_BARE,     /* "john kennedy" of "john f kennedy" */
    OFFER_PREFIX,   /* "kim kardashian" of "kim kardashian west" */
    OFFER_NICKNAME, /* the same for all forms of a given name, with the surname; never a mention */
    OFFER_ACRONYM,  /* "faa" */
    OFFER_CORE,     /* "apple" of "apple inc" */
    OFFER_TRADE,    /* "apple" of "apple computer": if an article uses both */
    OFFER_HEAD,     /* "npd" of "npd data house": likewise, and only behind the long one */
    OFFER_TAIL,     /* "yankees", "court of appeals" */
    OFFER_ROLES
};

#define OFFERS_MAX 24
struct offer {
    char text[FORM_BYTES_MAX];
    uint8_t n;
    uint8_t role;
};

/* What the name with this form offers, at most OFFERS_MAX; returns how many. */
uint32_t name_offers(struct str form, uint8_t kind, struct offer out[OFFERS_MAX]);

/* A person's name of one word, or of an initial and a surname: to be read as short for another. */
bool name_is_short(struct form_words w, uint8_t kind);

/* The number of the group of given names that are forms of one ("steve", "steven"); 0: none. */
uint32_t given_name_group(struct str word);

/* The lists that hold the word: bits of enum gazetteer_kind; 0 of what is no single word. */
unsigned name_lists(struct str word);

/* A word that is in the list of given names (gazetteer.h). */
bool name_is_given(struct str word);

/* The middles of two names that agree in first and last word do not contradict one another. */
bool middles_agree(struct form_words a, struct form_words b);

/* One letter is other, missing or added, in words long enough for that to be a slip. */
bool word_slips(struct str a, struct str b);

/* `letters` ("FAA") may stand for the form: its letters come in order, the first at
 * the beginning of a word ("US Centers for Disease Control (CDC)"). */
bool letters_stand_for(struct str letters, struct str form);

/* How many words are left of an organisation's name without company endings and, after those, one
 * word for its trade; all of them when nothing may be left out. */
uint32_t company_core(struct form_words w);

/* Two words and more, of which the last says that it is a law: "evidence code". */
bool name_is_law(struct form_words w);

/* What the world calls it, where that is another name: "america": "united states"; else itself. */
struct str name_of_the_world(struct str form, uint8_t kind);

/* "of", "the", "and": `word` in lower case. */
bool name_is_small_word(struct str word);

/* Small words and particles inside names, and words that names of bodies end in ("council",
 * "times"): where such a word stands, what is before and behind it may be one name.  `word` in
 * lower case. */
bool name_holds_back(struct str word);

/* Written as an acronym: two to six capitals, dots left out. */
bool is_acronym(struct str written);

#endif
