# ruff: noqa: E501 - a template a line
"""Praise for a link: spun compliments, copied honest comments and on-topic texts with a commercial tail."""

from service.training.synthetic.family import Chapter, Family
from service.training.synthetic.grammar import lexicon, lines
from service.training.synthetic.honest import blogs, ketamine, news, reviews
from service.training.synthetic.pages import EVERYDAY
from service.training.synthetic.spam import shops

ANYWHERE = shops.ANYWHERE
WORDS = {
    **shops.WORDS,
    "honest_aside": blogs.WORDS["aside"],
    "honest_curious": blogs.WORDS["curious"],
    "honest_food": (*blogs.WORDS["food"], *blogs.WORDS["plant"], *blogs.WORDS["trip"]),
    "honest_claim": ketamine.WORDS["claim"],
    "question": ketamine.WORDS["question"],
    "problem": ketamine.WORDS["problem"],
    "treatment": ketamine.WORDS["treatment"],
    "outcome": ketamine.WORDS["outcome"],
    "effect": ketamine.WORDS["effect"],
    "good_effect": reviews.WORDS["good"],
    "honest_reason": news.WORDS["reason"],
    **lexicon("""
@wow
{Great|Awesome|Excellent|Wonderful|Fantastic|Amazing|Superb|Nice|Good|Brilliant|Informative|Impressive} {post|article|blog|write-up|information|piece of writing|site|website|work|share|content|read}
@spun
I {must|have to|would} {confess|admit|declare} that {such|this kind of} {writing|material|reading} is {rarely|seldom|hardly ever} {met|seen|found} {these days|nowadays}. | {After|Following} {many|several|countless} {evenings|hours|afternoons} of {looking|searching|hunting} I {finally|at last|luckily} {landed|arrived|ended up} on your {valuable|precious|splendid} {page|blog|site}. | {Your|The} {manner|way|style} of {explaining|presenting|describing} {things|matters|facts} is {truly|really|honestly} {remarkable|superb|exceptional}, {carry on|continue like this|never stop}. | {Me and my|My} {brother|colleague|room mate} {argued|debated} about {this|exactly this}, {now|today} your {page|post} {settled|decided} it, {respect|cheers|bravo}! | {Kindly|Please} {tell|inform} me {whether|if} you {accept|welcome} {visitors'|guest} {articles|texts}, my {readers|followers} {adore|value} such {material|content}. | {Every|Each} {paragraph|line|section} {delivers|offers|contains} {gold|real value|fresh knowledge}, I {saved|stored|noted} the {address|link} {immediately|at once}. | {Your|This} {page|site} {loads|opens} {slowly|badly|strangely} on my {tablet|phone|old laptop}, {otherwise|apart from that} {perfect|flawless|first class} {work|job}. | {Whoever|The person who} {runs|manages|owns} this {place|website} {deserves|has earned} {an award|a prize|applause}. | I {grasped|understood|absorbed} {so much|plenty|a lot} {within|in} {minutes|one sitting}, {greetings|regards} from a {fresh|new|loyal} {fan|follower|visitor}. | {Such|What} {depth|clarity|quality} of {thought|information|detail}, my {cousin|boss|teacher} {recommended|suggested} {it|your page} {rightly|with reason}. | {How|Where} did you {obtain|find|get} this {layout|design|template}, I {desire|want|wish} {one|the same} for my {own project|shop|page}. | {Superior|Top|Prime} {contribution|text|entry}, {everyone|the whole world|each person} {interested in|curious about} {topic} {should|ought to} {study|read|see} it {twice|soon}. | {It|This} {brightened|improved|saved} my {gloomy|long|working} day, I {shall|will} {drop by|come again|be back} {weekly|daily|often}.
@dull
Thanks for sharing this information. | Keep sharing. | Very useful for me, thank you. | I read your article, it is very informative. | Waiting for your next post. | Your content is helpful for everyone. | Thank you for the valuable info on {topic}. | I got good knowledge from here. | It is a pleasure to read your blog. | You explained {topic} very well. | I will share it with my friends. | Nice information, well written about {topic}. | This is a very amazing article about {topic}. | Hope to see more like this.
@pivot
By the way, | Also, | In my experience | That's why I use | P.S. | If anyone is interested, | For those who struggle with this, | I recently found | My friend told me about | Speaking of {topic}, | Luckily there is | After trying everything, I went with | Last but not least: | If you want to go deeper,
@tail
we at {spamhost} offer {service} in {city}. | {service} from {where} made the difference. | {ware} from {where} are the best I've had. | {where} has {perk}. | check {where} for {trade}. | the course at {where} taught me all this in a weekend. | my {job} friend swears by {ware} from {where}. | I sell {ware} for exactly this purpose, {where}. | we compared all providers at {where}. | that is the whole idea behind {spamhost}. | new customers get {20-60/5}% off at {where}. | their {service} team picked up at once, {phone}. | ask for {first} on WhatsApp, {mobile}. | you can get {trade} at {where}. | our team at {where} does exactly that, {perk}. | have a look at {where}, they helped me a lot. | {where} is worth a visit. | I recommend {where}, ask for {first}. | call {phone} for a free quote. | {bet} at {where} pays for it all. | {coin} changed my finances, see {where}. | message {email} for details. | I get {pill} at {where}, {perk}. | I wrote a guide to {trade}: {where} | they do {service} and {service}, {where}
"""),
}
TAILED = lexicon("""
@ontopic
{honest_aside} {honest_curious}
{honest_aside} {honest_aside}
{honest_food} {honest_aside}
{topic} is something many people underestimate. {honest_aside}
I have been thinking about {topic} for {span}. {honest_aside}
{topic} matters because {honest_reason}. {honest_aside}
The part on {topic} is accurate, and I would add that patience is half of it. {honest_aside}
@ontopic_ket
I {problem}. After {treatment} {outcome}.
{honest_claim} {honest_claim}
{^relative} {problem}. {honest_claim}
{topic} is often misunderstood. {honest_claim}
After {treatment} I felt {effect}, and {good_effect}.
{^question} {honest_claim}
@clinic
our ketamine clinic in {city} | the {first} {last} Wellness Center | our team of board-certified providers | {town} Ketamine & Wellness | our at-home ketamine program | our luxury rehab in {city} | the Serenity detox center | our telehealth platform | New Dawn Infusions | our ibogaine retreat in {Mexico|Costa Rica|Portugal}
@clinic_perk
Book your free consultation today | First infusion {20-50/5}% off this month | We accept most insurance | Same-week appointments, call {phone} | Financing available from ${49-199} a month | No referral needed | Take the 2-minute quiz at {where} | Verify your benefits now at {where} | Packages from {price} | Visit {where} to get started | Limited spots, reply with your number | Text RESET to {phone}
@clinic_pitch
You don't have to suffer any longer. | Rediscover joy. | Over {2-40}00 patients helped. | {85-98}% of our patients report relief after one session. | Ready to break free from addiction? | Healing starts with one call. | Your journey begins here. | Don't let depression win. | We combine ketamine with holistic coaching. | Discover the breakthrough doctors don't tell you about. | Rated five stars in {city}.
""")

CHAPTER = Chapter(
    {**WORDS, **TAILED},
    (
        Family(
            "spam.praise.spun",
            105,
            bad=("spam",),
            pages=ANYWHERE,
            author="keyword",
            site=0.92,
            texts=lines("""
            {spun}
            {spun} {spun}
            {spun} {where}
            {wow}! {spun}
            {spun} my {web-site|blog|web page|homepage|site}: {trade}
            {spun} Feel free to visit my {webpage|site|blog} - {where}
            {spun} Here is my {blog post|website}; {trade}
            {spun} Also visit my {site|page} ... {where}
        """),
        ),
        Family(
            "spam.praise.dull",
            105,
            bad=("spam",),
            pages=ANYWHERE,
            author="keyword",
            site=0.95,
            texts=lines("""
            {wow}. {dull}
            {wow}, {dull} {dull}
            {dull} {dull}
            {wow}!
            {wow}. {where}
            {dull} {where}
            {wow}. {dull} {action} {where}
            {hello} {wow}. {dull} {trade} {where}
            {wow}, {trade}
            {dull} Visit also {where} for {trade}.
        """),
        ),
        Family(
            "spam.praise.person",
            70,
            bad=("spam",),
            pages=ANYWHERE,
            author="person",
            site=0.0,
            texts=lines("""
            {wow}. {dull} {where}
            {wow} about {topic}. {dull} {action}: {where}
            {dull} I work with {service} in {city}, {where}
            {spun} {where}
            {wow}! {dull} {spokenhost}
            {dull} {trade}: {where}
            {wow}, I also have a page about {trade} {where}
            {dull} You can also read {where}
        """),
        ),
        Family(
            "spam.tail.everyday",
            115,
            bad=("spam",),
            pages=EVERYDAY,
            author="full",
            site=0.2,
            texts=lines("""
            {ontopic} {pivot} {tail}
            {ontopic} {tail}
            {hello} {ontopic} {pivot} {tail}
            {ontopic}¶¶{pivot} {tail}
            {ontopic} {ontopic} {pivot} {tail}
            {wow}. {ontopic} {tail}
            {ontopic} {where}
        """),
        ),
        Family(
            "spam.tail.ketamine",
            95,
            bad=("spam",),
            pages=("ketamine", "recovery", "medicine", "health"),
            author="full",
            site=0.2,
            texts=lines("""
            {ontopic_ket} {pivot} {tail}
            {ontopic_ket} {tail}
            {hello} {ontopic_ket} {pivot} {tail}
            {ontopic_ket} {ontopic_ket} {pivot} {tail}
            {ontopic_ket} What finally worked for me was {where}, {perk}.
            {ontopic_ket} Nothing helped until I found {clinic}. {clinic_perk}.
            {ontopic_ket} {clinic} changed that. {where}
        """),
        ),
        Family(
            "spam.clinic",
            95,
            bad=("spam",),
            pages=("ketamine", "recovery", "health"),
            author="full",
            site=0.5,
            texts=lines("""
            {clinic_pitch} {^clinic} offers {treatment}. {clinic_perk}.
            At {clinic} we treat {depression|addiction|PTSD|anxiety|chronic pain} with {treatment}. {clinic_perk}. {clinic_perk}.
            {clinic_pitch} {clinic_perk}.
            {hello} {clinic_pitch} {clinic_perk}. {where}
            Great article! Here at {clinic} we see results like these daily. {clinic_perk}.
            Struggling with {drug}? {clinic_pitch} {clinic_perk}.
            Does your insurance cover rehab? {clinic_perk}.
            As the director of {clinic} I couldn't agree more. {clinic_pitch} {clinic_perk}.
            Looking for {rehab|detox|a ketamine clinic} near {city}? {clinic_perk}.
            Leave your number and {a counsellor|an intake specialist|one of our advisors} from {clinic} will call you. {clinic_pitch}
            We buy leads from addiction sites like yours, {20-90} dollars per call. {email}
        """),
        ),
        Family(
            "spam.copied",
            70,
            bad=("spam",),
            pages=ANYWHERE,
            author="keyword",
            site=0.7,
            texts=lines("""
            {honest_aside} {where}
            {honest_curious} {where}
            {honest_food} {where}
            {honest_aside} {honest_curious} {where}
            {where} {honest_aside}
            {honest_claim} {where}
            {honest_aside}¶{where}¶{where}
            {honest_food} <a href="{spamurl}">{trade}</a>
            @{first} {honest_aside} {shorturl}
        """),
        ),
    ),
)
