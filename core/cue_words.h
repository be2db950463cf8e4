/* cue_words: what a word can do beside a quotation.
 *
 * One table for direct, mixed and indirect speech: verbs of saying, pronouns, auxiliaries and the
 * few nouns that name people by sex or office.  A word may be of several classes.  Made by going
 * through grammars of reporting verbs and reading political news; it is English alone. */
#ifndef CORE_CUE_WORDS_H
#define CORE_CUE_WORDS_H

#include "core/base.h"

enum cue_class {
    CUE_SAY = 1 << 0,    /* a verb of saying beside a quotation: "said", "wrote", "continued" */
    CUE_THAT = 1 << 1,   /* a verb that takes a clause of reported speech: "said that", "denied" */
    CUE_NOUN = 1 << 2,   /* a noun of saying: "statement", "tweet", "letter" */
    CUE_ING = 1 << 3,    /* the verb's -ing form: "saying", "adding" */
    CUE_BASE = 1 << 4,   /* the verb's base form: "say"; alone only behind a plural or auxiliary */
    WORD_HE = 1 << 5,    /* he, him */
    WORD_SHE = 1 << 6,   /* she, her */
    WORD_THEY = 1 << 7,  /* they, it: no sex */
    WORD_FIRST = 1 << 8, /* I, we, you */
    WORD_REL = 1 << 9,   /* who, that, which */
    WORD_AUX = 1 << 10,  /* has, did, would, also, then: between subject and verb */
    WORD_DET = 1 << 11,  /* the, a, this, his: begins a noun phrase */
    WORD_PREP = 1 << 12, /* of, in, at */
    WORD_JOIN = 1 << 13, /* and, but, because, as, when: begins another clause */
    WORD_MALE = 1 << 14, /* man, father, spokesman, Mr */
    WORD_FEMALE = 1 << 15,
    WORD_TITLE = 1 << 16, /* Mr, Sen, President: in front of a name */
    WORD_ROLE = 1 << 17,  /* singer, founder, official: a person by what he does */
    WORD_GROUP = 1 << 18, /* crowd, campaign, police: people who speak as one */
    WORD_TIME = 1 << 19,  /* Monday, January, yesterday: a capital, but no name */
    WORD_WORK = 1 << 20,  /* book, film, song: a title follows or stands before */
    CUE_WEAK = 1 << 21,  /* a cue beside the marks alone: "began", "went on", "read" */
    NAME_HIS = 1 << 22,  /* a given name that mostly men bear; a hint among others */
    NAME_HERS = 1 << 23, /* mostly women; names of both are in neither */
};

#define WORD_PRONOUN (WORD_HE | WORD_SHE | WORD_THEY | WORD_FIRST)

/* Classes of `word` without regard to ASCII case, or 0.  Constant time. */
unsigned cue_of_word(struct str word);

/* What the classes of a given name, or of a word for a person ("Mrs", "brother", "she"), tell of
 * whom they stand for: 1 a man, -1 a woman, 0 nothing. */
static inline int sex_of_classes(unsigned classes)
{
    if (classes & (NAME_HERS | WORD_SHE | WORD_FEMALE))
        return -1;
    return classes & (NAME_HIS | WORD_HE | WORD_MALE) ? 1 : 0;
}

#endif
