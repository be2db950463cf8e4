/* The word table: rows of words that share their classes, spread over a hash at first use.
 *
 * Each word of an article may be asked, so an answer is one hash and one comparison, and most
 * words of prose that are not here fall out on an empty slot.  A sorted table searched by halves
 * cost three times as much. */
#include "core/cue_words.h"

#include <assert.h>
#include <pthread.h>

#define S      CUE_SAY
#define T      CUE_THAT
#define N      CUE_NOUN
#define I      CUE_ING
#define B      CUE_BASE
#define HE     WORD_HE
#define SHE    WORD_SHE
#define THEY   WORD_THEY
#define FIRST  WORD_FIRST
#define REL    WORD_REL
#define AUX    WORD_AUX
#define DET    WORD_DET
#define PREP   WORD_PREP
#define JOIN   WORD_JOIN
#define MALE   WORD_MALE
#define FEMALE WORD_FEMALE
#define TITLE  WORD_TITLE
#define ROLE   WORD_ROLE
#define GROUP  WORD_GROUP
#define TIME   WORD_TIME
#define WORK   WORD_WORK
#define WEAK   CUE_WEAK

static const struct {
    uint32_t classes;
    const char *words; /* parted by single blanks */
} rows[] = {
    {AUX,
     "again already also always are be been being can could did do does earlier even "
     "famously finally first further had has have immediately is just later might must n't "
     "never not now often once only previously publicly quickly recently repeatedly "
     "reportedly should similarly simply soon still subsequently then was were will would"},
    {AUX | TIME,
     "may"},
    {B | GROUP | N | S | T,
     "email message post tweet"},
    {B | GROUP | N | S | T | WORK,
     "report"},
    {B | GROUP | S | T | WORK,
     "blog"},
    {B | GROUP | T,
     "order plan"},
    {B | N | S,
     "quote"},
    {B | N | S | T,
     "answer caption chant claim comment note pledge promise question remark reply"},
    {B | ROLE | T,
     "suspect"},
    {B | S,
     "accuse bark blast chime criticize decry denounce describe dismiss dub elaborate "
     "label mock praise rant refer retweet slam"},
    {B | S | T,
     "acknowledge add admit advise affirm agree allege announce argue ask assert assure "
     "beg bellow bemoan boast brag call caution characterize charge chide cite clarify "
     "complain concede conclude confess confirm contend counter deadpan declare demand "
     "deny disclose echo emphasise emphasize estimate exclaim explain fume growl grumble "
     "gush holler implore inquire insist interject intone joke lament maintain mention "
     "muse mutter object observe offer opine plead posit predict proclaim pronounce "
     "propose protest quip recall recommend recount reiterate rejoin remind repeat repost "
     "respond retort reveal roar rule say scoff scream share shout sigh sneer snipe "
     "speculate stammer state stress suggest summarize surmise swear tease tell testify "
     "text theorize think thunder tout urge vent venture volunteer vow wail warble warn "
     "whisper wonder write yell"},
    {B | S | T | WEAK,
     "boom find put reflect relate remember"},
    {B | S | WEAK,
     "begin continue crow cry finish go laugh point rail read sing smile snap spit sum"},
    {B | T,
     "apologize appear assume believe blame consider convey convince decide decline "
     "determine doubt endorse expect express fear feel hope imply indicate know learn "
     "oppose realize refuse reject request see seek seem signal support thank threaten "
     "understand want welcome worry"},
    {B | T | WORK,
     "show"},
    {DET,
     "a an another both each every his its many my no one other our several some the their "
     "these this those three two your"},
    {DET | SHE,
     "her"},
    {FEMALE,
     "actress assemblywoman aunt businesswoman councilwoman ex-girlfriend ex-wife "
     "girlfriend granddaughter grandmother heroine hostess madam mom mother-in-law mum "
     "niece nun policewoman spokeswoman stepmother supermodel waitress widow"},
    {FEMALE | ROLE,
     "daughter girl mother wife woman"},
    {FEMALE | ROLE | TITLE,
     "sister"},
    {FEMALE | TITLE,
     "chairwoman congresswoman lady miss mrs ms princess queen"},
    {FIRST,
     "i me us we you"},
    {GROUP,
     "ad administration agency association audience bill board campaign center coalition "
     "commission committee company complaint council court crowd department document "
     "foundation government group house indictment institute jury law lawsuit network "
     "newspaper office organisation organization panel paper party police poll protesters "
     "senate staff station study suit team union website"},
    {GROUP | N,
     "editorial letter memo statement"},
    {GROUP | N | WORK,
     "article"},
    {GROUP | ROLE,
     "lawyers"},
    {GROUP | WORK,
     "magazine"},
    {HE,
     "he him himself"},
    {I | N | S | T,
     "ruling warning"},
    {I | S,
     "accusing barking blasting chiming criticizing decrying denouncing describing "
     "dismissing dubbing elaborating labeling mocking praising quoting ranting referring "
     "retweeting slamming"},
    {I | S | T,
     "acknowledging adding admitting advising affirming agreeing alleging announcing "
     "answering arguing asking asserting assuring begging bellowing bemoaning blogging "
     "boasting bragging calling captioning cautioning chanting characterizing charging "
     "chiding citing claiming clarifying commenting complaining conceding concluding "
     "confessing confirming contending countering deadpanning declaring demanding denying "
     "disclosing echoing emailing emphasising emphasizing estimating exclaiming explaining "
     "fuming growling grumbling gushing hollering imploring inquiring insisting "
     "interjecting intoning joking lamenting maintaining mentioning messaging musing "
     "muttering noting objecting observing offering opining pleading pledging positing "
     "posting predicting proclaiming promising pronouncing proposing protesting "
     "questioning quipping recalling recommending recounting reiterating rejoining "
     "remarking reminding repeating replying reporting reposting responding retorting "
     "revealing roaring saying scoffing screaming sharing shouting sighing sneering "
     "sniping speculating stammering stating stressing suggesting summarizing surmising "
     "swearing teasing telling testifying texting theorizing thinking thundering touting "
     "tweeting urging venting venturing volunteering vowing wailing warbling whispering "
     "wondering writing yelling"},
    {I | S | T | WEAK,
     "booming finding putting reflecting relating remembering"},
    {I | S | WEAK,
     "beginning continuing crowing crying finishing going laughing pointing railing "
     "reading singing smiling snapping spitting summing"},
    {I | T,
     "apologizing appearing assuming believing blaming considering conveying convincing "
     "deciding declining determining doubting endorsing expecting expressing fearing "
     "feeling hoping implying indicating knowing learning opposing ordering planning "
     "realizing refusing rejecting requesting seeing seeking seeming showing signaling "
     "supporting suspecting thanking threatening understanding wanting welcoming worrying"},
    {JOIN,
     "although and as because but how if nor or so than though unless what when where "
     "whether while why yet"},
    {MALE,
     "anchorman assemblyman brother-in-law councilman cowboy dad father-in-law gentleman "
     "grandfather grandson monsignor nephew ombudsman policeman salesman son-in-law "
     "spokesman stepfather uncle waiter widower"},
    {MALE | ROLE,
     "actor boy brother businessman husband man priest son"},
    {MALE | ROLE | TITLE,
     "chairman father"},
    {MALE | TITLE,
     "bishop congressman king lord mr pope prince rabbi sir"},
    {N,
     "accusation affidavit argument brief e-mail filing interview letters motto opinion "
     "phrase release response speech statements testimony transcript word words"},
    {N | S,
     "quotes"},
    {N | S | T,
     "answers chants claims comments posts questions remarks reports tweets"},
    {N | WORK,
     "column essay op-ed slogan"},
    {PREP,
     "about after against among around at before behind between by despite during for from "
     "in inside into like near of on outside over per since through to toward towards "
     "under until upon via with within without"},
    {REL,
     "that which who whom"},
    {ROLE,
     "activist activists adviser advisers advisor aide aides analyst anchor artist athlete "
     "attorneys author billionaire caller candidate celebrity ceo clerk columnist comedian "
     "commander conservative contender coroner critic critics defendant democrat democrats "
     "designer director doctor driver economist editor employee engineer entertainer "
     "executive expert family founder friend friends front-runner frontrunner historian "
     "hopeful host influencer interviewer journalist juror jurors keeper lawmaker "
     "lawmakers lawyer leader liberal manager model moderator mogul musician native "
     "neighbor neighbour newcomer nominee official officials owner parent parents people "
     "plaintiff player politician pollster producer prosecutor prosecutors questioner "
     "rapper reporter republican republicans researcher researchers resident residents "
     "scientist scientists singer socialist source sources speaker spokesperson star "
     "strategist student supporter supporters survivor teacher teen teenager tycoon "
     "veteran victim voter voters whip witness witnesses worker writer youngster"},
    {ROLE | TITLE,
     "ambassador attorney captain chief coach deputy detective general governor judge "
     "mayor minister officer pastor president professor secretary senator sheriff"},
    {S,
     "accused accuses barked barks blasted blasts chimed chimes criticized criticizes "
     "decried decries denounced denounces described describes dismissed dismisses dubs "
     "elaborated elaborates labeled labels mocked mocks praised praises quoted ranted "
     "rants referred refers retweeted retweets slammed slams"},
    {S | T,
     "acknowledged acknowledges added adds admits admitted advised advises affirmed "
     "affirms agreed agrees alleged alleges announced announces answered argued argues "
     "asked asks asserted asserts assured assures begged begs bellowed bellows bemoaned "
     "bemoans blogged blogs boasted boasts bragged brags called calls captioned captions "
     "cautioned cautions chanted characterized characterizes charged charges chided chides "
     "cited cites claimed clarified clarifies commented complained complains conceded "
     "concedes concluded concludes confessed confesses confirmed confirms contended "
     "contends countered counters deadpanned deadpans declared declares demanded demands "
     "denied denies disclosed discloses echoed echoes emailed emails emphasised emphasises "
     "emphasized emphasizes estimated estimates exclaimed exclaims explained explains "
     "fumed fumes growled growls grumbled grumbles gushed gushes hollered hollers implored "
     "implores inquired inquires insisted insists interjected interjects intoned intones "
     "joked jokes lamented laments maintained maintains mentioned mentions messaged "
     "messages mused muses muttered mutters noted notes objected objects observed observes "
     "offered offers opined opines pleaded pleads pledged pledges posited posits posted "
     "predicted predicts proclaimed proclaims promised promises pronounced pronounces "
     "proposed proposes protested protests questioned quipped quips recalled recalls "
     "recommended recommends recounted recounts reiterated reiterates rejoined rejoins "
     "remarked reminded reminds repeated repeats replied replies reported reposted reposts "
     "responded responds retorted retorts revealed reveals roared roars ruled rules said "
     "says scoffed scoffs screamed screams shared shares shouted shouts sighed sighs "
     "sneered sneers sniped snipes speculated speculates stammered stammers stated states "
     "stressed stresses suggested suggests summarized summarizes surmised surmises swears "
     "swore teased teases tells testified testifies texted texts theorized theorizes "
     "thinks thought thundered thunders told touted touts tweeted urged urges vented vents "
     "ventured ventures volunteered volunteers vowed vows wailed wails warbled warbles "
     "warned warns whispered whispers wondered wonders writes wrote yelled yells"},
    {S | T | WEAK,
     "boomed booms finds found puts reflected reflects related relates remembered "
     "remembers"},
    {S | WEAK,
     "began begins continued continues cried cries crowed crows finished finishes goes "
     "laughed laughs pointed points railed rails reads sang sings smiled smiles snapped "
     "snaps spat spits summed sums went"},
    {S | WORK,
     "dubbed"},
    {SHE,
     "herself she"},
    {T,
     "apologized apologizes appeared appears assumed assumes believed believes blamed "
     "blames considered considers conveyed conveys convinced convinces decided decides "
     "declined declines determined determines doubted doubts endorsed endorses expected "
     "expects expressed expresses feared fears feels felt hoped hopes implied implies "
     "indicated indicates knew knows learned learns opposed opposes ordered orders planned "
     "plans realized realizes refused refuses rejected rejects requested requests saw "
     "seeks seemed seems sees showed shows signaled signals sought supported supports "
     "suspected suspects thanked thanks threatened threatens understands understood wanted "
     "wants welcomed welcomes worried worries"},
    {THEY,
     "it them themselves they"},
    {TIME,
     "afternoon apr april aug august autumn christmas dec december easter evening feb "
     "february friday jan january jul july jun june mar march monday morning night nov "
     "november oct october saturday sep sept september spring summer sunday thanksgiving "
     "thursday today tomorrow tuesday wednesday week winter yesterday"},
    {TITLE,
     "capt chancellor col colonel dame det dr former gen gov imam inspector justice lt maj "
     "major prof rep representative rev reverend sen sergeant sgt superintendent vice"},
    {WORK,
     "album anthem autobiography bestseller book documentary entitled episode exhibit "
     "exhibition film game hashtag headline headlined hit memoir miniseries movie musical "
     "named nicknamed novel painting play poem program programme reality segment series "
     "single sitcom song special story title titled titles track video"},
};

#define SLOTS         4096 /* some three times the words */
#define WORD_BYTES_MAX 20

static struct slot {
    char word[WORD_BYTES_MAX];
    uint8_t length;
    uint32_t classes;
} slots[SLOTS];

static uint32_t hash_of(const char *p, size_t n)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < n; i++)
        h = (h ^ (unsigned char)p[i]) * 16777619u;
    return (h ^ h >> 15) & (SLOTS - 1);
}

static void put_word(const char *p, size_t n, uint32_t classes)
{
    assert(n <= WORD_BYTES_MAX);
    uint32_t i = hash_of(p, n);
    while (slots[i].length)
        i = (i + 1) & (SLOTS - 1);
    memcpy(slots[i].word, p, n);
    slots[i].length = (uint8_t)n;
    slots[i].classes = classes;
}

static void make_slots(void)
{
    for (size_t r = 0; r < COUNT_OF(rows); r++)
        for (const char *p = rows[r].words; *p;) {
            size_t n = strcspn(p, " ");
            put_word(p, n, rows[r].classes);
            p += n + (p[n] == ' ');
        }
}

unsigned cue_of_word(struct str word)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, make_slots);
    char low[WORD_BYTES_MAX];
    if (word.n == 0 || word.n > sizeof(low))
        return 0;
    for (size_t i = 0; i < word.n; i++)
        low[i] = word.p[i] >= 'A' && word.p[i] <= 'Z' ? (char)(word.p[i] + 32) : word.p[i];
    for (uint32_t i = hash_of(low, word.n); slots[i].length; i = (i + 1) & (SLOTS - 1))
        if (slots[i].length == word.n && memcmp(slots[i].word, low, word.n) == 0)
            return slots[i].classes;
    return 0;
}
