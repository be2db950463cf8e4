/* The word table: rows of words that share their classes, spread over a hash at first use.
 *
 * Each word of an article may be asked, so an answer is one hash and one comparison, and nearly all
 * words of prose that are not here fall out on a byte of the hash, in a table that fits the nearest
 * cache.  A sorted table searched by halves
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
#define HIS    NAME_HIS
#define HERS   NAME_HERS

static const struct {
    uint32_t classes;
    const char *words; /* parted by single blanks */
} rows[] = {
    {AUX, "again already also always are be been being can could did do does earlier even "
          "famously finally first further had has have immediately is just might must n't never "
          "not now often once only previously publicly quickly recently repeatedly reportedly "
          "should similarly simply soon still subsequently then was were would"},
    {AUX | HIS, "will"},
    {AUX | TIME, "later may"},
    {B | GROUP | N | S | T, "email message post tweet"},
    {B | GROUP | N | S | T | WORK, "report"},
    {B | GROUP | S | T, "state"},
    {B | GROUP | S | T | WORK, "blog"},
    {B | GROUP | T, "order plan"},
    {B | N | S, "quote"},
    {B | N | S | T, "answer caption chant claim comment note pledge promise question remark reply"},
    {B | ROLE | T, "suspect"},
    {B | S, "accuse bark blast chime criticize decry denounce describe dismiss dub elaborate "
            "label mock praise rant refer retweet slam"},
    {B | S | T,
     "acknowledge add admit advise affirm agree allege announce argue ask assert assure "
     "beg bellow bemoan boast brag call caution characterize charge chide cite clarify "
     "complain concede conclude confess confirm contend counter deadpan declare demand "
     "deny disclose echo emphasise emphasize estimate exclaim explain fume growl grumble "
     "gush holler implore inquire insist interject intone joke lament maintain mention "
     "muse mutter object observe offer opine plead posit predict proclaim pronounce "
     "propose protest quip react recall recommend recount reiterate rejoin remind repeat "
     "repost respond retort reveal roar rule say scoff scream share shout sigh sneer snipe "
     "speculate stammer stress suggest summarize surmise swear tease tell testify text "
     "theorize think thunder tout urge vent venture volunteer vow wail warble warn whisper "
     "wonder write yell"},
    {B | S | T | WEAK, "boom find put reflect relate remember start"},
    {B | S | WEAK,
     "begin continue crow cry finish go laugh point rail read sing smile snap spit sum"},
    {B | T, "apologize appear assume believe blame consider convey convince decide decline "
            "determine doubt endorse expect express fear feel hope imply indicate know learn "
            "oppose realize refuse reject request see seek seem signal support thank threaten "
            "understand want welcome worry"},
    {B | T | WORK, "show"},
    {DET, "a an another both each eight eleven every five four his its many my nine no one "
          "other our seven several six some ten the their these this those three twelve two "
          "your"},
    {DET | SHE, "her"},
    {FEMALE, "actress assemblywoman aunt businesswoman councilwoman ex-girlfriend ex-wife "
             "girlfriend granddaughter grandmother heroine hostess madam mom mother-in-law mum "
             "niece nun policewoman spokeswoman stepmother supermodel waitress widow"},
    {FEMALE | ROLE, "daughter girl mother wife woman"},
    {FEMALE | ROLE | TITLE, "sister"},
    {FEMALE | TITLE, "chairwoman congresswoman lady miss mrs ms princess queen"},
    {FIRST, "i me us we you"},
    {GROUP, "ad administration agency association audience board campaign center coalition "
            "commission committee company complaint council court crowd department document "
            "foundation government group house indictment institute jury law lawsuit network "
            "newspaper office organisation organization panel paper party police poll protesters "
            "senate staff station study suit team union website"},
    {GROUP | HIS, "bill"},
    {GROUP | N, "editorial letter memo statement"},
    {GROUP | N | WORK, "article"},
    {GROUP | ROLE, "lawyers"},
    {GROUP | WORK, "magazine"},
    {HE, "he him himself"},
    {HERS, "abby abigail adele agnes aisha alexis alice alicia allison amal amanda amber amelia "
           "amy ana andrea angela angelina anita ann anna anne annie ashley astrid barbara "
           "bernice betty beverly beyonce bonnie brenda brigitte brittany camilla camille carly "
           "carmen carol carolyn catherine cathy charlotte chelsea cheryl chloe christina "
           "christine cindy claire clara colette condoleezza connie crystal cynthia dana "
           "danielle deborah debra denise diana diane dianne dolores donna doris dorothy edith "
           "elaine eleanor elena elizabeth ella ellen elsa emily emma erica erin esther eva "
           "evelyn fatima florence frances freya gail gennifer gina gloria grace greta hannah "
           "heather helen hilda hillary holly huma ida indira ines ingrid irene irina isabella "
           "ivanka jacqueline jane janet janice jean jennifer jessica jill jo joan joanna "
           "josephine joyce judith judy julia julie kamala karen kate katherine kathleen kathryn "
           "kathy katie katja kayla kelly kellyanne kendall khloe kim kimberly kourtney kris "
           "kristen kylie laura lauren leila lena leslie lily linda lisa loretta lori lucy "
           "ludmila lynn madison malala malia margaret margot maria marie marilyn martha mary "
           "maureen megan meghan megyn mei melania melinda melissa mia michele michelle mildred "
           "miranda molly monica nancy naomi natalie natasha nicole nikki noor nora norma olga "
           "olivia oprah pamela patricia paula peggy petra phyllis priscilla priya rachel "
           "rebecca renee rihanna rita robin rosa rose rosie ruth sally samantha sandra sara "
           "sarah sasha scarlett sharon sheila shirley simone sofia sonia sophia sophie "
           "stephanie susan svetlana tammy tatiana taylor teresa theresa tina tracy tulsi ursula "
           "valerie vanessa vera veronica victoria virginia wendy whitney yuki yvonne zahra zoe"},
    {HERS | TIME, "april"},
    {HIS, "aaron abdul adam ahmed alan alastair albert alejandro alexander ali anders andrew "
          "angus anthony antonio arjun arthur austin axel barack barry bastian ben benjamin "
          "bernie billy bob bobby boris brad bradley brandon brian bruce bryan caleb carl "
          "carlos chad charles chris christian christopher clarence clifford corbin corey cory "
          "craig curtis dan daniel darnell darren david dean dennis derek diego dmitri don "
          "donald doug douglas drew duncan dwight dylan earl ed edgar edward edwin elijah elon "
          "emil enrique eric erik ernest ethan eugene evan felix fernando francisco francois "
          "frank fred gabriel gareth garrett gary george gerald giovanni glenn gordon graham "
          "grant greg gregory hans harold harry hassan heinz henry herbert herman hiroshi homer "
          "horace howard hugh hugo hussein ian ibrahim igor imran ivan jack jacob jacques james "
          "jared jason javier jay jean-claude jeb jeff jeffrey jeremy jerome jerry jesse jim "
          "jimmy joe joel john jonathan jordan jorge jose joseph josh joshua juan jurgen justin "
          "kanye karl keith ken kenji kenneth kevin kirk klaus konrad kyle lance larry lars "
          "lawrence lee leo leonard lester levi lewis liam lincoln lloyd logan louis luca lucas "
          "luis luke malcolm manuel marco marcus mario mark martin marvin mason matt matthew "
          "maurice max melvin michael michel miguel mike mikhail milton mitch mitchell mitt "
          "mohamed mohammed morris moses muhammad narendra nathan nathaniel neil newt nicholas "
          "nick nigel nikolai noah norman olaf oliver omar orville oscar otto owen pablo paolo "
          "patrick paul paulo pedro pete peter phil philip philippe pierre preston quentin "
          "rafael raj ralph rand randy ray raymond reginald reince rene rex rhys ricardo "
          "richard rick robbie robert roberto rodin rodney roger roland ronald ronnie roy rudy "
          "rupert russell ryan sam samuel scott sean sergei sergio seth shane shaun sheldon "
          "sidney simon spencer stan stanley stephen steve steven stuart sven ted terry "
          "theodore thomas tim timothy tobias todd tom tommy tony travis trevor troy tyler "
          "vernon victor vincent vladimir wallace walter warren wayne wei wesley wilbur william "
          "willie xavier yusuf zach zachary"},
    {HIS | MALE | TITLE, "prince"},
    {I | N | S | T, "ruling warning"},
    {I | S, "accusing barking blasting chiming criticizing decrying denouncing describing "
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
     "questioning quipping reacting recalling recommending recounting reiterating "
     "rejoining remarking reminding repeating replying reporting reposting responding "
     "retorting revealing roaring saying scoffing screaming sharing shouting sighing "
     "sneering sniping speculating stammering stating stressing suggesting summarizing "
     "surmising swearing teasing telling testifying texting theorizing thinking thundering "
     "touting tweeting urging venting venturing volunteering vowing wailing warbling "
     "whispering wondering writing yelling"},
    {I | S | T | WEAK, "booming finding putting reflecting relating remembering starting"},
    {I | S | WEAK, "beginning continuing crowing crying finishing going laughing pointing railing "
                   "reading singing smiling snapping spitting summing"},
    {I | T, "apologizing appearing assuming believing blaming considering conveying convincing "
            "deciding declining determining doubting endorsing expecting expressing fearing "
            "feeling hoping implying indicating knowing learning opposing ordering planning "
            "realizing refusing rejecting requesting seeing seeking seeming showing signaling "
            "supporting suspecting thanking threatening understanding wanting welcoming worrying"},
    {JOIN, "although and as because but how if nor or so than though unless what when where "
           "whether while why yet"},
    {MALE, "anchorman assemblyman brother-in-law councilman cowboy dad father-in-law gentleman "
           "grandfather grandson monsignor nephew ombudsman policeman salesman son-in-law "
           "spokesman stepfather uncle waiter widower"},
    {MALE | ROLE, "actor boy brother businessman husband man priest son"},
    {MALE | ROLE | TITLE, "chairman father"},
    {MALE | TITLE, "bishop congressman king lord mr pope rabbi sir"},
    {N, "accusation affidavit argument brief e-mail filing interview letters motto opinion "
        "phrase release response speech statements testimony transcript word words"},
    {N | S, "quotes"},
    {N | S | T, "answers chants claims comments posts questions remarks reports tweets"},
    {N | WORK, "column essay op-ed slogan"},
    {PREP, "about after against among around at before behind between by despite during for from "
           "in inside into like near of on outside over per since through to toward towards "
           "under until upon via with within without"},
    {REL, "that which who whom"},
    {ROLE, "activist activists adviser advisers advisor aide aides analyst anchor artist athlete "
           "attorneys author billionaire caller candidate celebrity ceo clerk columnist comedian "
           "commander conservative contender coroner counsel critic critics defendant democrat "
           "democrats designer developer director doctor driver economist editor employee "
           "engineer entertainer executive expert family founder friend friends front-runner "
           "frontrunner historian hopeful host influencer interviewer journalist juror jurors "
           "keeper lawmaker lawmakers lawyer leader liberal manager megastar model moderator "
           "mogul musician native neighbor neighbour newcomer nominee official officials owner "
           "parent parents people plaintiff player politician pollster producer prosecutor "
           "prosecutors questioner rapper reporter republican republicans researcher researchers "
           "resident residents scientist scientists singer socialist songwriter source sources "
           "speaker spokesperson star strategist student superstar supporter supporters survivor "
           "teacher teen teenager tycoon veteran victim vocalist voter voters whip witness "
           "witnesses worker writer youngster"},
    {ROLE | TITLE,
     "ambassador attorney captain chief coach deputy detective general governor judge "
     "mayor minister officer pastor president professor secretary senator sheriff"},
    {S, "accused accuses barked barks blasted blasts chimed chimes criticized criticizes "
        "decried decries denounced denounces described describes dismissed dismisses dubs "
        "elaborated elaborates labeled labels mocked mocks praised praises quoted ranted "
        "rants referred refers retweeted retweets slammed slams"},
    {S | T, "acknowledged acknowledges added adds admits admitted advised advises affirmed "
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
            "proposed proposes protested protests questioned quipped quips reacted reacts "
            "recalled recalls recommended recommends recounted recounts reiterated reiterates "
            "rejoined rejoins remarked reminded reminds repeated repeats replied replies reported "
            "reposted reposts responded responds retorted retorts revealed reveals roared roars "
            "ruled rules said says scoffed scoffs screamed screams shared shares shouted shouts "
            "sighed sighs sneered sneers sniped snipes speculated speculates stammered stammers "
            "stated states stressed stresses suggested suggests summarized summarizes surmised "
            "surmises swears swore teased teases tells testified testifies texted texts theorized "
            "theorizes thinks thought thundered thunders told touted touts tweeted urged urges "
            "vented vents ventured ventures volunteered volunteers vowed vows wailed wails "
            "warbled warbles warned warns whispered whispers wondered wonders writes wrote yelled "
            "yells"},
    {S | T | WEAK, "boomed booms finds found puts reflected reflects related relates remembered "
                   "remembers started starts"},
    {S | WEAK,
     "began begins bristled bristles continued continues cried cries crowed crows demurred "
     "demurs enthused enthuses exulted exults finished finishes goes groaned groans huffed huffs "
     "interrupted interrupts intervened intervenes moaned moans mumbled mumbles murmured murmurs "
     "pressed presses queried queries reasoned reasons retaliated retaliates snarled snarls sobbed sobs "
     "taunted taunts whined whines "
     "laughed laughs pointed points railed rails reads sang sings smiled smiles snapped "
     "snaps spat spits summed sums went"},
    {S | WORK, "dubbed"},
    {SHE, "herself she"},
    {T, "apologized apologizes appeared appears assumed assumes believed believes blamed "
        "blames considered considers conveyed conveys convinced convinces decided decides "
        "declined declines determined determines doubted doubts endorsed endorses expected "
        "expects expressed expresses feared fears feels felt hoped hopes implied implies "
        "indicated indicates knew knows learned learns opposed opposes ordered orders planned "
        "plans realized realizes refused refuses rejected rejects requested requests saw "
        "seeks seemed seems sees showed shows signaled signals sought supported supports "
        "suspected suspects thanked thanks threatened threatens understands understood wanted "
        "wants welcomed welcomes worried worries"},
    {THEY, "it them themselves they"},
    {TIME, "afternoon ago apr aug august autumn christmas day days dec december easter evening "
           "feb february friday hour hours jan january jul july jun june mar march minutes "
           "monday month months morning night nov november oct october saturday sep sept "
           "september spring summer sunday thanksgiving thursday today tomorrow tuesday "
           "wednesday week weeks winter year years yesterday"},
    {TITLE, "capt chancellor col colonel dame det dr former gen gov imam inspector justice lt maj "
            "major prof rep representative rev reverend sen sergeant sgt superintendent vice"},
    {WORK, "album anthem autobiography bestseller book documentary entitled episode exhibit "
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
static uint8_t tags[SLOTS]; /* of each slot: a byte of the hash; 0: free */

#define HASH_SEED 2166136261u

static uint32_t hash_step(uint32_t h, char c)
{
    return (h ^ (unsigned char)c) * 16777619u;
}

static uint32_t hash_slot(uint32_t h)
{
    return (h ^ h >> 15) & (SLOTS - 1);
}

static uint8_t hash_tag(uint32_t h)
{
    return (uint8_t)(h >> 24 | 1);
}

static void put_word(const char *p, size_t n, uint32_t classes)
{
    assert(n <= WORD_BYTES_MAX);
    uint32_t h = HASH_SEED;
    for (size_t k = 0; k < n; k++)
        h = hash_step(h, p[k]);
    uint32_t i = hash_slot(h);
    while (tags[i])
        i = (i + 1) & (SLOTS - 1);
    tags[i] = hash_tag(h);
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
    uint32_t h = HASH_SEED;
    for (size_t i = 0; i < word.n; i++) {
        low[i] = word.p[i] >= 'A' && word.p[i] <= 'Z' ? (char)(word.p[i] + 32) : word.p[i];
        h = hash_step(h, low[i]);
    }
    for (uint32_t i = hash_slot(h); tags[i]; i = (i + 1) & (SLOTS - 1))
        if (tags[i] == hash_tag(h) && slots[i].length == word.n &&
            memcmp(slots[i].word, low, word.n) == 0)
            return slots[i].classes;
    return 0;
}
