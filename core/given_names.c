/* Given names that news in English is full of, by the sex that mostly bears them.
 *
 * A hint among others: a title, a pronoun or a noun ("the actress") outweighs it.  Names borne by
 * both (Robin aside: the commoner wins) were left out; so was any list drawn from a census, which
 * would be exact about one country. */
#include "core/given_names.h"

static const char women[] =
    "abby abigail adele agnes aisha alexis alice alicia allison amal amanda amber amelia amy "
    "ana andrea angela angelina anita ann anna anne annie april ashley astrid barbara bernice "
    "betty beverly beyonce bonnie brenda brigitte brittany camilla camille carly carmen carol "
    "carolyn catherine cathy charlotte chelsea cheryl chloe christina christine cindy claire "
    "clara colette condoleezza connie crystal cynthia dana danielle deborah debra denise "
    "diana diane dianne dolores donna doris dorothy edith elaine eleanor elena elizabeth ella "
    "ellen elsa emily emma erica erin esther eva evelyn fatima florence frances freya gail "
    "gennifer gina gloria grace greta hannah heather helen hilda hillary holly huma ida "
    "indira ines ingrid irene irina isabella ivanka jacqueline jane janet janice jean "
    "jennifer jessica jill jo joan joanna josephine joyce judith judy julia julie kamala "
    "karen kate katherine kathleen kathryn kathy katie katja kayla kelly kellyanne kendall "
    "khloe kim kimberly kourtney kris kristen kylie laura lauren leila lena leslie lily linda "
    "lisa loretta lori lucy ludmila lynn madison malala malia margaret margot maria marie "
    "marilyn martha mary maureen megan meghan megyn mei melania melinda melissa mia michele "
    "michelle mildred miranda molly monica nancy naomi natalie natasha nicole nikki noor nora "
    "norma olga olivia oprah pamela patricia paula peggy petra phyllis priscilla priya rachel "
    "rebecca renee rihanna rita robin rosa rose rosie ruth sally samantha sandra sara sarah "
    "sasha scarlett sharon sheila shirley simone sofia sonia sophia sophie stephanie susan "
    "svetlana tammy tatiana taylor teresa theresa tina tracy tulsi ursula valerie vanessa "
    "vera veronica victoria virginia wendy whitney yuki yvonne zahra zoe ";

static const char men[] =
    "aaron abdul adam ahmed alan alastair albert alejandro alexander ali anders andrew angus "
    "anthony antonio arjun arthur austin axel barack barry bastian ben benjamin bernie bill "
    "billy bob bobby boris brad bradley brandon brian bruce bryan caleb carl carlos chad "
    "charles chris christian christopher clarence clifford corbin corey cory craig curtis dan "
    "daniel darnell darren david dean dennis derek diego dmitri don donald doug douglas drew "
    "duncan dwight dylan earl ed edgar edward edwin elijah elon emil enrique eric erik ernest "
    "ethan eugene evan felix fernando francisco francois frank fred gabriel gareth garrett "
    "gary george gerald giovanni glenn gordon graham grant greg gregory hans harold harry "
    "hassan heinz henry herbert herman hiroshi homer horace howard hugh hugo hussein ian "
    "ibrahim igor imran ivan jack jacob jacques james jared jason javier jay jean-claude jeb "
    "jeff jeffrey jeremy jerome jerry jesse jim jimmy joe joel john jonathan jordan jorge "
    "jose joseph josh joshua juan jurgen justin kanye karl keith ken kenji kenneth kevin kirk "
    "klaus konrad kyle lance larry lars lawrence lee leo leonard lester levi lewis liam "
    "lincoln lloyd logan louis luca lucas luis luke malcolm manuel marco marcus mario mark "
    "martin marvin mason matt matthew maurice max melvin michael michel miguel mike mikhail "
    "milton mitch mitchell mitt mohamed mohammed morris moses muhammad narendra nathan "
    "nathaniel neil newt nicholas nick nigel nikolai noah norman olaf oliver omar orville "
    "oscar otto owen pablo paolo patrick paul paulo pedro pete peter phil philip philippe "
    "pierre preston prince quentin rafael raj ralph rand randy ray raymond reginald reince "
    "rene rex rhys ricardo richard rick robbie robert roberto rodin rodney roger roland "
    "ronald ronnie roy rudy rupert russell ryan sam samuel scott sean sergei sergio seth "
    "shane shaun sheldon sidney simon spencer stan stanley stephen steve steven stuart sven "
    "ted terry theodore thomas tim timothy tobias todd tom tommy tony travis trevor troy "
    "tyler vernon victor vincent vladimir wallace walter warren wayne wei wesley wilbur will "
    "william willie xavier yusuf zach zachary ";

/* Whether `low` stands in `list`, words behind blanks or at the front, each with a blank behind. */
static bool lists(const char *list, const char *low)
{
    size_t n = strlen(low);
    for (const char *p = list; (p = strstr(p, low)); p++)
        if ((p == list || p[-1] == ' ') && p[n] == ' ')
            return true;
    return false;
}

int given_name_sex(struct str name)
{
    char low[16];
    if (name.n < 2 || name.n >= sizeof(low))
        return 0;
    for (size_t i = 0; i < name.n; i++)
        low[i] = name.p[i] >= 'A' && name.p[i] <= 'Z' ? (char)(name.p[i] + 32) : name.p[i];
    low[name.n] = '\0';
    return lists(women, low) ? -1 : lists(men, low) ? 1 : 0;
}
